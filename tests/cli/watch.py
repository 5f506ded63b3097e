#!/usr/bin/env python3
"""`isvcc watch`: after every change of the sources the output is what `isvcc build` would write, whatever changed and however it was saved.

usage: watch.py ISVCC SOURCE_DIR
"""
import os, pathlib, queue, shutil, signal, subprocess, sys, tempfile, threading

LONGEST = 120  # seconds until an answer that never comes counts as a failure


class Watch:
    def __init__(self, isvcc, project, *options, out="out", environment=None):
        command = [isvcc, "watch", project, "-o", project.parent / out, *options]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})})
        self.lines = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stderr:
            self.lines.put(line.rstrip("\n"))
        self.lines.put(None)

    def build(self):
        """The lines of the next build, up to the one that says that it waits."""
        seen = []
        while (line := self.lines.get(timeout=LONGEST)) is not None:
            seen.append(line)
            if line.startswith("isvcc: watching "):
                break
        return seen

    def stop(self, number=signal.SIGINT):
        self.process.send_signal(number)
        return self.process.wait(timeout=LONGEST)


def child_of(pid):
    """The process that `pid` has made, as soon as there is one."""
    parent = str(pid)
    while True:
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                state, found = stat.read_text().rsplit(")", 1)[1].split()[:2]
            except OSError:
                continue
            if found == parent and state != "Z":
                return int(stat.parent.name)


def tree(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def replace(path, text):
    """As many editors save: beside it, then renamed."""
    beside = path.with_name(path.name + "~new")
    beside.write_text(text)
    os.replace(beside, path)


def main():
    isvcc, source = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
    problems = []

    def expect(what, fine, seen=""):
        if not fine:
            problems.append(f"{what}\n{seen}")

    with tempfile.TemporaryDirectory() as name:
        here = pathlib.Path(name)
        project = here / "project"
        shutil.copytree(source / "fixtures" / "demo", project)
        service = project / "teams" / "fraud" / "merchant-risk.yaml"
        library = next(p for p in project.rglob("*.libsonnet") if "vendor" not in p.parts)
        runtime = project / "platform" / "runtimes" / "sklearn-hardened.yaml"
        settings = project / "isvcc.yaml"
        written = service.read_text()

        def follows(what, lines):
            """The output becomes that of a build. One change may be several events, with a build each."""
            subprocess.run([isvcc, "build", project, "-o", here / "fresh", "--quiet"], capture_output=True)
            while tree(here / "out") != tree(here / "fresh") and lines:
                try:
                    lines = watch.build()
                except queue.Empty:
                    break
            expect(f"{what}: the output is that of a build", tree(here / "out") == tree(here / "fresh"))
            shutil.rmtree(here / "fresh")

        watch = Watch(isvcc, project, "--cache", here / "cache")
        first = watch.build()
        expect("it builds first", any("files written" in line for line in first), first)
        expect("it tells what it finds", any("[W" in line for line in first), first)
        follows("at first", first)

        steps = (
            ("a save in place", lambda: service.write_text(written.replace("s3://fraud-models/merchant-risk", "s3://fraud-models/other"))),
            ("a save by renaming", lambda: replace(service, written)),
            ("a runtime", lambda: replace(runtime, runtime.read_text().replace("cpu: \"1\"", "cpu: \"2\""))),
            ("the project file", lambda: replace(settings, settings.read_text().replace("models.acme.example", "models.other.example"))),
            ("a service after the project file", lambda: replace(service, written.replace("s3://fraud-models/merchant-risk", "s3://fraud-models/third"))),
            ("a Jsonnet library", lambda: replace(library, library.read_text() + "\n")),
            ("a new file", lambda: (project / "teams" / "fraud" / "new.yaml").write_text(written.replace("name: merchant-risk", "name: new"))),
            ("a file that goes", lambda: (project / "teams" / "fraud" / "new.yaml").unlink()),
            ("a new folder", lambda: (project / "teams" / "young").mkdir()),
            ("a file in the new folder", lambda: (project / "teams" / "young" / "a.yaml").write_text(written.replace("name: merchant-risk", "name: young"))),
            ("a folder that goes", lambda: shutil.rmtree(project / "teams" / "young")),
        )
        for what, change in steps:
            change()
            lines = watch.build()
            expect(f"{what}: old findings are not told again", not any("teams/language/summarise.yaml" in line for line in lines), lines)
            expect(f"{what}: it is named", any(line.startswith("isvcc: changed: ") for line in lines), lines)
            follows(what, lines)

        before = tree(here / "out")
        replace(service, "kind: [\n")
        lines = watch.build()
        expect("a broken file is told", any("E0" in line for line in lines), lines)
        expect("what was rendered stays", tree(here / "out") == before)
        replace(service, written)
        follows("a mended file", watch.build())
        os.kill(child_of(watch.process.pid), signal.SIGKILL)
        replace(service, written.replace("s3://fraud-models/merchant-risk", "s3://fraud-models/fourth"))
        follows("a change after the waiting build was killed", watch.build())
        expect("Ctrl-C ends it", watch.stop() == 128 + signal.SIGINT)

        temporary = here / "temporary"
        temporary.mkdir()
        watch = Watch(isvcc, project, out="uncached", environment={"TMPDIR": str(temporary)})
        watch.build()
        expect("without --cache there is one for the time being", len(list(temporary.glob("isvcc-watch-*/build-*"))) == 1, list(temporary.rglob("*")))
        expect("SIGTERM ends it", watch.stop(signal.SIGTERM) == 128 + signal.SIGTERM)
        expect("its cache goes with it", not list(temporary.iterdir()), list(temporary.iterdir()))

        done = subprocess.run([isvcc, "watch", project, "-o", "-"], capture_output=True, text=True)
        expect("a stream is refused", done.returncode == 2 and "-o DIR" in done.stderr, done.stderr)

    print("\n".join(problems) or "the output follows the sources")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
