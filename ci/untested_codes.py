#!/usr/bin/env python3
"""Lists the diagnostic codes that no test names: neither their id nor their name stands in tests/ or fixtures/.

usage: untested_codes.py

Exit status 1 with one line a code when there are more than N (default 0).
"""
import argparse, pathlib, re, sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ROW = re.compile(r'^CODE\((\w+), (\w+), \w+, "([^"]*)"')
TEXTS = (".cpp", ".h", ".py", ".txtar", ".txt", ".md", ".yaml", ".json", ".sh", ".list")


def codes():
    for path in sorted((ROOT / "compiler/diag/codes").glob("*.def")):
        for line in path.read_text().splitlines():
            found = ROW.match(line)
            if found:
                yield found.groups()


def words():
    """Every identifier in tests and fixtures; what a fixture expects counts, what it feeds in can name no code."""
    seen = set()
    for folder in ("tests", "fixtures"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix in TEXTS:
                seen.update(re.findall(r"\b(?:[EW]\d{4}|Code::\w+)\b", path.read_text(errors="replace")))
    return seen


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--allow", type=int, default=0)
    allowed = options.parse_args().allow
    seen = words()
    untested = [(id, name, title) for id, name, title in codes() if id not in seen and f"Code::{name}" not in seen]
    if len(untested) <= allowed:
        return 0
    for id, name, title in untested:
        print(f"no test names {id} ({name}): {title}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
