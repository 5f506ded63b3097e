#!/usr/bin/env python3
"""Renders one repository under many circumstances and demands the same tree each time: names, modes and bytes.

usage: determinism.py ISVCC SOURCE_DIR [BUILD_DIR] [--runs N] [--also ISVCC]…

--runs: how often each circumstance is tried (default 2). --also: another build of isvcc, which has to write the same.
"""
import argparse, hashlib, os, pathlib, random, shutil, subprocess, sys, tempfile, time

SERVICE = """apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata:
  name: model-{n}
  namespace: crowd-{space}
  annotations: {{example.com/share: "0.1", example.com/dotless: "Iıİi"}}
spec:
  predictor:
    minReplicas: {replicas}
    model:
      modelFormat: {{name: {format}}}
      storageUri: gs://models/{n}
      resources: {{limits: {{cpu: "1.5", memory: 0.5Gi}}}}
"""
FORMATS = ("sklearn", "xgboost", "huggingface", "lightgbm", "paddle")


def crowd(folder, services=150):
    """Enough services in enough files to keep sixteen threads busy."""
    folder.mkdir()
    for n in range(services):
        text = SERVICE.format(n=n, space=n % 7, replicas=n % 3, format=FORMATS[n % len(FORMATS)])
        with open(folder / f"{n % 40:02}.yaml", "a") as file:
            file.write(f"---\n{text}")


def tree_hash(folder):
    digest = hashlib.sha256()
    for path in [folder, *sorted(folder.rglob("*"))]:
        info = path.lstat()
        content = os.readlink(path).encode() if path.is_symlink() else path.read_bytes() if path.is_file() else b""
        # What the umask takes from a folder belongs to the user who set it.
        mode = oct(info.st_mode if not path.is_dir() else info.st_mode & ~0o777)
        digest.update(f"{path.relative_to(folder).as_posix()}\0{mode}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def copy_shuffled(source, target, order):
    """The same tree with its directory entries made in another order, other inodes and other times."""
    target.mkdir(parents=True)
    entries = sorted(source.iterdir())
    order(entries)
    for entry in entries:
        if entry.is_dir():
            copy_shuffled(entry, target / entry.name, order)
        else:
            shutil.copy(entry, target / entry.name)
            os.utime(target / entry.name, (1e9, 1e9))


class Matrix:
    def __init__(self, isvcc, base, build):
        self.isvcc, self.base, self.build, self.notes = isvcc, base, build, []
        self.project = base / "project"

    def render(self, out, isvcc=None, project=None, sources=(), arguments=(), environment=None, cwd=None, umask=0o022, wrapper=()):
        environment = {"PATH": os.environ["PATH"]} if environment is None else environment
        words = [*wrapper, isvcc or self.isvcc, "build", *sources, "-p", str(project or self.project), "-o", str(out), "--quiet", *arguments]
        done = subprocess.run(words, env=environment, cwd=cwd or self.base, umask=umask, capture_output=True, text=True)
        assert done.returncode == 0, (words, done.stderr[:2000])
        return tree_hash(out)

    def clocks(self):
        """Before 1970 ended, after 32 bits of seconds; none where the shim cannot be preloaded."""
        shim = self.build / "tests/libisvcc_clock_shim.so"
        if not shim.exists() or subprocess.run([self.isvcc, "--version"], env={"LD_PRELOAD": str(shim)}, capture_output=True).returncode:
            self.notes.append("the clock cannot be set here: skipped")
            return
        for year, seconds in (("1970", 86400), ("1999", 946598400), ("2039", 2177452800)):
            yield f"in the year {year}", dict(environment={"LD_PRELOAD": str(shim), "ISVCC_CLOCK": str(seconds)})

    def without_randomization(self):
        words = ("setarch", "-R")
        if not shutil.which("setarch") or subprocess.run([*words, "true"], capture_output=True).returncode:
            self.notes.append("addresses are always random here: skipped")
            return
        yield "at fixed addresses", dict(wrapper=words)

    def circumstances(self):
        """Yields a name and what is different; each call makes new copies and new random choices."""
        project, parts = self.project, sorted(str(p) for p in self.project.iterdir() if p.is_dir())
        for threads in (1, 2, 3, 5, 8, 16):
            yield f"{threads} threads", dict(arguments=["-j", str(threads)])
        for zone in ("UTC", "Asia/Kathmandu", "America/St_Johns"):
            yield f"time zone {zone}", dict(environment={"TZ": zone})
        for locale in ("C", "de_DE.UTF-8", "tr_TR.UTF-8", "ja_JP.SJIS"):
            yield f"locale {locale}", dict(environment={"LC_ALL": locale, "LANG": locale, "LANGUAGE": locale})
        for umask in (0o000, 0o022, 0o077):
            yield f"umask {umask:03o}", dict(umask=umask)
        yield from self.clocks()
        yield from self.without_randomization()
        yield "an empty environment", dict(environment={})
        yield "a large environment", dict(environment={f"SECRET_CANARY_{i}": "x" * 100000 for i in range(10)})
        yield "somebody else's home and name", dict(environment={"HOME": "/nonexistent", "USER": "mallory", "LOGNAME": "mallory", "HOSTNAME": "elsewhere"})
        yield "from the project's folder", dict(project=".", cwd=project)
        yield "from below it", dict(project="..", cwd=parts[0])
        yield "by a detour", dict(project=project / parts[0] / "..")
        yield "sources by name", dict(sources=parts)
        yield "sources in the opposite order", dict(sources=parts[::-1])
        for name, order in (("in reverse order", list.reverse), ("in random order", random.shuffle)):
            copy = self.base / f"copies/{time.monotonic_ns()}"
            copy_shuffled(project, copy, order)
            yield f"a copy made {name}", dict(project=copy)
        yield "with the other parser", dict(arguments=["--yaml-engine", "yaml-cpp"])

    def differing(self, runs, others):
        wanted, out = self.render(self.base / "out"), self.base / "again"
        for run in range(runs):
            tried = list(self.circumstances()) + [(f"built as {other}", dict(isvcc=other)) for other in others]
            for name, how in tried:
                shutil.rmtree(out, ignore_errors=True)
                if self.render(out, **how) != wanted:
                    yield f"{name}, run {run + 1}"
            shutil.rmtree(self.base / "copies")
        self.notes.append(f"{len(tried)} circumstances, {runs} runs each: equal bytes")


def untouched(matrix):
    """A second run has nothing to do."""
    out = matrix.base / "out"
    before = {p: p.stat().st_mtime_ns for p in out.rglob("*")}
    matrix.render(out)
    return [f"a second run touched {p}" for p, stamp in before.items() if p.stat().st_mtime_ns != stamp]


def main():
    options = argparse.ArgumentParser()
    for name in ("isvcc", "source"):
        options.add_argument(name, type=pathlib.Path)
    options.add_argument("build", type=pathlib.Path, nargs="?", default=pathlib.Path("build/release"))
    options.add_argument("--runs", type=int, default=2)
    options.add_argument("--also", type=os.path.abspath, action="append", default=[])
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        base = pathlib.Path(folder).resolve()
        shutil.copytree(given.source / "fixtures/demo", base / "project")
        crowd(base / "project/teams/crowd")
        matrix = Matrix(os.path.abspath(given.isvcc), base, given.build.resolve())
        wrong = [f"differs: {name}" for name in matrix.differing(given.runs, given.also)] + untouched(matrix)
    print("\n".join(wrong or dict.fromkeys(matrix.notes)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
