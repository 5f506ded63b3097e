#!/usr/bin/env python3
"""Checks that no two types of one name are defined in one namespace: the linker would join their functions and say nothing.

Types inside of functions, classes and unnamed namespaces do not count. Exit status 1 with one line per name.
"""
import collections, pathlib, re, sys

TYPE = re.compile(r"(?:template <.*> )?(?:struct|class|enum class|enum) (\w+)(?: final)?\s*(?::[^;]*)?\{")


def types_of(path):
    """Names with their namespaces; a closing brace of a namespace carries its comment."""
    spaces = []
    for line in path.read_text().splitlines():
        if opened := re.match(r"namespace\s*([\w:]*)\s*\{", line):
            spaces.append(opened[1])
        elif line.startswith("}  // namespace") and spaces:
            spaces.pop()
        elif (found := TYPE.match(line)) and "" not in spaces:
            yield "::".join([*spaces, found[1]])


def main():
    root = pathlib.Path(__file__).resolve().parent.parent / "compiler"
    homes = collections.defaultdict(set)
    for path in sorted([*root.rglob("*.h"), *root.rglob("*.cpp")]):
        for name in types_of(path):
            homes[name].add(path.relative_to(root))
    # A class whose body is hidden in its .cpp has a nested type there: `struct Outer::Inner` is no match of TYPE.
    twice = {name: files for name, files in homes.items() if len({f.with_suffix("") for f in files}) > 1}
    for name, files in twice.items():
        print(f"{name} is defined in {' and '.join(map(str, sorted(files)))}")
    if not twice:
        print(f"one definition: fine, {len(homes)} types")
    return 1 if twice else 0


if __name__ == "__main__":
    sys.exit(main())
