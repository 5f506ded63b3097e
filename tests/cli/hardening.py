#!/usr/bin/env python3
"""The program is built so that a memory error is hard to use: position independent, relocations read-only from the start, no executable
stack, stack canaries; in release builds also with checked library calls.

usage: hardening.py ISVCC SOURCE_DIR BUILD_DIR
"""
import json, pathlib, re, shutil, subprocess, sys


def readelf(isvcc, *what):
    return subprocess.run(["readelf", "-W", *what, isvcc], capture_output=True, text=True, check=True).stdout


def own_commands(source, build):
    """The commands that compile our own code; those of tests and tools do not reach a user."""
    for command in json.loads((build / "compile_commands.json").read_text()):
        if pathlib.Path(command["file"]).is_relative_to(source / "compiler"):
            yield command


def missing(isvcc, source, build):
    segments, dynamic = readelf(isvcc, "-l"), readelf(isvcc, "-d")
    promises = {
        "position independent": "DYN (Position-Independent Executable file)" in readelf(isvcc, "-h") and re.search(r"FLAGS_1\).*\bPIE\b", dynamic),
        "relocations are read-only": "GNU_RELRO" in segments,
        "and complete before main": re.search(r"FLAGS_1\).*\bNOW\b", dynamic),
        "the stack is not executable": re.search(r"GNU_STACK\s.*\bRW\s", segments),
        "nothing is writable and executable": not re.search(r"LOAD\s.*\bRWE\b", segments),
        "stack canaries": "__stack_chk_fail" in readelf(isvcc, "--dyn-syms"),
        "no search path for libraries": "RPATH" not in dynamic and "RUNPATH" not in dynamic,
    }
    yield from (promise for promise, kept in promises.items() if not kept)
    if "CMAKE_BUILD_TYPE:STRING=Release" not in (build / "CMakeCache.txt").read_text():
        return
    for command in own_commands(source, build):
        for flag in ("-D_FORTIFY_SOURCE=2", "-fstack-protector-strong"):
            if flag not in command["command"].split():
                yield f"{flag} for {command['file']}"


def main():
    if not shutil.which("readelf"):
        print("readelf is not installed: skipped")
        return 77
    isvcc, source, build = (pathlib.Path(word).resolve() for word in sys.argv[1:4])
    problems = list(missing(isvcc, source, build))
    print("\n".join(f"missing: {problem}" for problem in problems) or "every protection is there")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
