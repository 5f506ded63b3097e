#!/usr/bin/env python3
"""Exit codes and signals, as docs/architecture.md lists them.

usage: exit_codes.py ISVCC SOURCE_DIR
"""
import fcntl, os, pathlib, shutil, signal, subprocess, sys, tempfile

SERVICE = "apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata: {name: a}\nspec: {predictor: {model: {modelFormat: {name: %s}, storageUri: 'gs://b/m'}}}\n"


class Checker:
    def __init__(self, isvcc, base):
        self.isvcc, self.base, self.problems = isvcc, base, []

    def write(self, name, text):
        path = self.base / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def expect(self, code, *arguments, finding="", **how):
        done = subprocess.run([self.isvcc, *map(str, arguments)], cwd=self.base, capture_output=True, text=True, **how)
        if done.returncode != code or finding not in done.stderr:
            self.problems.append(f"isvcc {' '.join(map(str, arguments))}: exit {done.returncode}, wanted {code} {finding}\n{done.stderr[:500]}")
        return done


def unprivileged():
    """Somebody who may not read every file."""
    return {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}


def opened(process):
    """The files that a process has open; one that it closes meanwhile is none."""
    found = set()
    for descriptor in pathlib.Path(f"/proc/{process.pid}/fd").iterdir():
        try:
            found.add(os.readlink(descriptor))
        except FileNotFoundError:
            pass
    return found


def one_writer_at_a_time(check):
    """While another one holds the lock beside the output, isvcc waits, gives up at once, or is stopped: the old output stays."""
    with open(check.base / ".busy.isvcc-lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        check.expect(3, "build", "good", "-o", "busy", "--no-wait", finding="E0806")
        waiting = subprocess.Popen([check.isvcc, "build", "good", "-o", "busy"], cwd=check.base, stderr=subprocess.PIPE, text=True)
        while waiting.poll() is None and os.path.realpath(lock.name) not in opened(waiting):
            os.sched_yield()
        waiting.send_signal(signal.SIGTERM)
        said = waiting.communicate()[1]
        if waiting.returncode != 128 + signal.SIGTERM or (check.base / "busy").exists():
            check.problems.append(f"stopped while it waits: exit {waiting.returncode}\n{said}")
    check.expect(0, "build", "good", "-o", "busy")


def kinds_and_assumptions(check):
    check.write("kinds/a.yaml", "apiVersion: example.com/v1\nkind: Bucket\nmetadata: {name: a}\n")
    check.expect(0, "check", "kinds", finding="W0203")
    check.expect(1, "check", "kinds", "--reject", "Bucket", finding="E0216")
    check.expect(1, "build", "good", "-o", "assumed", "--deny-assumption", finding="E0005")


def mistakes_are_told_with_what_was_meant(check):
    check.expect(2, "buidl", finding="did you mean 'build'")
    check.expect(2, "build", "good", "--layuot", "flux", finding="did you mean --layout?")
    check.expect(2, "check", "good", "--layout", "flux", finding="it is one of build, watch")
    check.expect(2, "build", "good", "-x", finding="build has no option '-x'")


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        base = pathlib.Path(folder)
        isvcc = shutil.copy(sys.argv[1], base / "isvcc")
        check = Checker(isvcc, base)
        check.write("good/a.yaml", SERVICE % "sklearn")
        check.write("bad/a.yaml", SERVICE % "no-such-format")
        check.write("config/isvcc.yaml", "apiVersion: isvcc.dev/v1\nkind: Project\nlayuot: tree\n")
        check.write("locked/a.yaml", SERVICE % "sklearn").chmod(0)
        (base / "file").write_text("")

        check.expect(0, "check", "good")
        check.expect(1, "check", "bad")
        check.expect(1, "build", "bad", "-o", "out")
        if (base / "out").exists():
            check.problems.append("a build with errors wrote something")
        check.expect(1, "build", "bad", "good", "-o", "out", "--keep-going")
        check.expect(2, "check", "-p", "config")
        check.expect(2, "check", "nowhere")
        check.expect(2, "check", "good", "--threads", "many")
        check.expect(3, "check", "locked", **unprivileged())
        check.expect(3, "build", "good", "-o", "file/out")
        check.expect(3, "check", "good", "--report", "json=file/report.json")
        for words in (("build", "good", "-o", "-"), ("version",), ("help", "build"), ("check", "--help"), ("completion", "bash"), ("explain", "E0301"), ("runtimes", "good")):
            with open("/dev/full", "w") as full:
                done = subprocess.run([isvcc, *words], cwd=base, stdout=full, stderr=subprocess.PIPE, text=True)
            if done.returncode != 3 or "standard output" not in done.stderr:
                check.problems.append(f"{words} into a full standard output: exit {done.returncode}, wanted 3: {done.stderr}")
        check.write("mixed/a.yaml", SERVICE % "no-such-format" + "---\n" + (SERVICE % "sklearn").replace("{name: a}", "{name: b}"))
        with open("/dev/full", "w") as full:  # what was found is not told again with what went wrong
            done = subprocess.run([isvcc, "build", "mixed", "--keep-going", "-o", "-"], cwd=base, stdout=full, stderr=subprocess.PIPE, text=True)
        errors = [line for line in done.stderr.splitlines() if "error: " in line]
        if done.returncode != 3 or len(errors) != len(set(errors)) or len(errors) < 2:
            check.problems.append(f"findings and a full standard output: exit {done.returncode}: {done.stderr}")
        reading, writing = os.pipe()
        os.close(reading)
        done = subprocess.run([isvcc, "build", "good", "-o", "-"], cwd=base, stdout=writing, stderr=subprocess.PIPE)
        if done.returncode != 141:
            check.problems.append(f"a reader that has gone: exit {done.returncode}, wanted 141")
        one_writer_at_a_time(check)
        kinds_and_assumptions(check)
        mistakes_are_told_with_what_was_meant(check)
    print("\n".join(check.problems) or "every exit code is as documented")
    return 1 if check.problems else 0


if __name__ == "__main__":
    sys.exit(main())
