#!/usr/bin/env python3
"""Gives isvcc every hostile input and checks how it answers: exit code, diagnostic, time, memory, what must not be said, and that
the good file beside the bad one is still compiled.

usage: run.py ISVCC [-k PART_OF_NAME] [--slow FACTOR] [--write DIR] [-v]
  --slow   multiplies the bounds, for builds with sanitizers
  --write  only writes the inputs as files
"""
import argparse, json, os, pathlib, re, subprocess, sys, tempfile, time

import objects, programs, text, tree

CANARY = "canary-of-the-environment"
FORMATS = ("json", "text", "junit", "sarif", "tap", "github", "azure", "gitlab-codequality", "rdjson", "rdjsonl", "kubeconform")
COMMANDS = {"github": re.compile(r"::(error|warning|notice) "), "azure": re.compile(r"##vso\[task\.logissue [^\]]*\](?!.*##vso\[)")}


def all_cases():
    for module in (text, objects, tree, programs):
        yield from module.all_cases()


def run(isvcc, case, root, timeout):
    """Seconds are of the processor, so that other load does not count; a hang is ended by the clock."""
    report = root / "report.json"
    environment = {"PATH": os.environ["PATH"], "SECRET_CANARY": CANARY, "HOME": str(root / "home-of-canary"), **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}}
    with open(root / "stdout", "wb") as out, open(root / "stderr", "wb") as err:
        begin = time.monotonic()
        child = subprocess.Popen([isvcc, *case.arguments, *(f"--report={name}={root / 'report.'}{name}" for name in FORMATS)],
                                 cwd=root, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True)
        while True:
            pid, status, usage = os.wait4(child.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() - begin > timeout:
                os.killpg(child.pid, 9)
            time.sleep(0.002)
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, report


def problems_of(case, root, isvcc, slow):
    code, seconds, mebibytes, report = run(isvcc, case, root, case.seconds * slow * 10)
    found = []
    said = b"".join((root / name).read_bytes() for name in ("stdout", "stderr", *(f"report.{name}" for name in FORMATS if name not in ("github", "azure"))) if (root / name).is_file()).decode("utf-8", "surrogateescape")
    if code != case.exit:
        found.append(f"exit {code}, wanted {case.exit}")
    try:
        findings = json.loads(report.read_bytes()) if report.is_file() else {"diagnostics": [], "services": []}
    except ValueError as error:
        return [*found, f"the JSON report cannot be read: {error}"], seconds, mebibytes, said
    codes = {d["code"] for d in findings["diagnostics"]}
    # A sanitizer's allocator ends the Jsonnet worker before the limit on its memory does.
    fits = {case.code, "E0154"} if slow > 1 and case.code == "E0153" else {case.code}
    if case.code and not fits & codes and f"[{case.code}]" not in said:
        found.append(f"no {case.code}, but {sorted(codes)}")
    if case.survivor and code in (0, 1) and not any(s["name"] == "good" for s in findings["services"]):
        found.append("the good file beside it was not compiled")
    for text_ in (*case.absent, CANARY, "home-of-canary"):
        if text_ in "\n" + said.replace("\\n", " "):
            found.append(f"says {text_!r}")
    for name, command in COMMANDS.items():
        if (report.parent / f"report.{name}").is_file():
            lines = (report.parent / f"report.{name}").read_bytes().decode("utf-8", "surrogateescape").splitlines()
            found += [f"{name}: {line[:80]!r}" for line in lines if not command.match(line)][:1]
    if seconds > case.seconds * slow:
        found.append(f"{seconds:.2f} s, allowed {case.seconds * slow:.2f}")
    if mebibytes > case.mebibytes * slow:
        found.append(f"{mebibytes:.0f} MiB, allowed {case.mebibytes * slow:.0f}")
    return found, seconds, mebibytes, said


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("isvcc")
    parser.add_argument("rest", nargs="*", help=argparse.SUPPRESS)
    parser.add_argument("-k", dest="only", default="")
    parser.add_argument("--slow", type=float, default=1.0)
    parser.add_argument("--write")
    parser.add_argument("-v", dest="verbose", action="store_true")
    options = parser.parse_args()
    isvcc, count, bad, slowest, largest = str(pathlib.Path(options.isvcc).resolve()), 0, 0, (0.0, ""), (0.0, "")
    names = set()
    for case in all_cases():
        assert case.name not in names, f"two cases named {case.name}"
        names.add(case.name)
        if options.only not in case.name:
            continue
        count += 1
        if options.write:
            case.write(pathlib.Path(options.write) / case.name)
            continue
        root = pathlib.Path(tempfile.mkdtemp(prefix="isvcc-hostile-"))
        try:
            case.write(root)
            found, seconds, mebibytes, said = problems_of(case, root, isvcc, options.slow)
        finally:
            subprocess.run(["rm", "-rf", str(root)], check=False)  # deeper than Python's recursion
        slowest, largest = max(slowest, (seconds, case.name)), max(largest, (mebibytes, case.name))
        if found:
            bad += 1
            print(f"{case.name}: {'; '.join(found)}", flush=True)
            if options.verbose:
                print("    " + said[:1500].replace("\n", "\n    "))
    if not options.write:
        print(f"{count - bad} of {count} hostile inputs answered as they must; slowest {slowest[0]:.2f} s ({slowest[1]}), largest {largest[0]:.0f} MiB ({largest[1]})")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
