#!/usr/bin/env python3
"""Checks that no two types of one name are defined in one namespace: the linker would join their functions and say nothing.

Types inside of functions, classes and unnamed namespaces do not count. Exit status 1 with one line per name.
"""
import collections, pathlib, re, sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
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


def defined_twice(folder):
    """Names with several homes in one folder, and the number of all names."""
    homes = collections.defaultdict(set)
    for path in sorted([*folder.rglob("*.h"), *folder.rglob("*.cpp")]):
        for name in types_of(path):
            homes[name].add(path.relative_to(ROOT))
    # A class whose body is hidden in its .cpp has a nested type there: `struct Outer::Inner` is no match of TYPE.
    return {name: files for name, files in homes.items() if len({f.with_suffix("") for f in files}) > 1}, len(homes)


def main():
    """What is linked together: the compiler, and the tests of each area."""
    found = [defined_twice(folder) for folder in [ROOT / "compiler", *sorted((ROOT / "tests/unit").iterdir())]]
    twice = [f"{name} is defined in {' and '.join(map(str, sorted(files)))}" for names, _ in found for name, files in names.items()]
    print("\n".join(twice) or f"one definition: fine, {sum(count for _, count in found)} types")
    return 1 if twice else 0


if __name__ == "__main__":
    sys.exit(main())
