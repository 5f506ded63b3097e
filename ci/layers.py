#!/usr/bin/env python3
"""Checks that the folders of compiler/ depend on each other one way, and that third-party headers stay where they are wrapped.

A folder may include itself and what its row names, directly or through those. Exit status 1 with one line per offending include.
"""
import pathlib, re, sys

USES = {  # folder -> folders it may include
    "base": [], "tree": ["base"], "diag": ["tree"], "schema": ["diag"], "load": ["diag"], "emit": ["diag"],
    "ops": ["schema", "load", "emit"], "kserve": ["ops"], "repo": ["kserve"], "plan": ["repo"],
    "admit": ["plan"], "select": ["plan"], "merge": ["select"], "inject": ["plan"], "lower": ["plan"], "finish": ["plan"],
    "lint": ["select", "finish"], "review": ["admit", "select", "merge", "inject", "lower", "finish"], "driver": ["lint", "review"],
    "tools": ["driver"],
}
WRAPPED = {  # third-party header prefix -> path prefixes that may include it
    "yaml.h": ["load/"], "yaml-cpp/": ["load/"], "libjsonnet": ["load/", "tools/"], "boost/program_options": ["driver/options.cpp"],
    "git2": ["load/git/"], "openssl/": ["base/"], "xxhash.h": ["base/"], "seccomp.h": ["load/"], "zlib.h": ["emit/"],
}


def closure(folder):
    seen, todo = set(), [folder]
    while todo:
        at = todo.pop()
        if at not in seen:
            seen.add(at)
            todo += USES[at]
    return seen


def problems(root):
    allowed = {folder: closure(folder) for folder in USES}
    for path in sorted(root.rglob("*")):
        if path.suffix not in (".h", ".cpp", ".def"):
            continue
        inside = path.relative_to(root).as_posix()
        folder = inside.split("/")[0]
        if folder not in USES:
            yield f"{inside}: folder '{folder}' has no place in the layers (ci/layers.py)"
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            found = re.match(r'\s*#\s*include\s+["<]([^">]+)[">]', line)
            if not found:
                continue
            header = found.group(1)
            target = header.split("/")[0]
            if "/" in header and target in USES and target not in allowed[folder]:
                yield f"{inside}:{number}: {folder} may not include {header}"
            for prefix, places in WRAPPED.items():
                if header.startswith(prefix) and not any(inside.startswith(p) for p in places):
                    yield f"{inside}:{number}: {header} is wrapped in {', '.join(places)}"


def main():
    found = list(problems(pathlib.Path(__file__).resolve().parent.parent / "compiler"))
    print("\n".join(found) if found else "layers: fine")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
