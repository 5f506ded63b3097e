#!/usr/bin/env python3
"""Renders the demo repository under many circumstances and demands the same bytes each time.

usage: determinism.py ISVCC SOURCE_DIR
"""
import hashlib, os, pathlib, shutil, subprocess, sys, tempfile


def tree_hash(folder):
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + oct(path.stat().st_mode & 0o777).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def copy_reversed(source, target):
    """The same tree with its directory entries made in the opposite order."""
    target.mkdir()
    for entry in sorted(source.iterdir(), reverse=True):
        if entry.is_dir():
            copy_reversed(entry, target / entry.name)
        else:
            shutil.copy(entry, target / entry.name)


def render(isvcc, project, out, arguments=(), environment=None, cwd=None, umask=0o022):
    env = {"PATH": os.environ["PATH"], **(environment or {})}
    done = subprocess.run([isvcc, "build", project, "-o", str(out), "--quiet", *arguments], env=env, cwd=cwd, umask=umask, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return tree_hash(out)


def main():
    isvcc, demo = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve() / "fixtures/demo"
    with tempfile.TemporaryDirectory() as folder:
        base = pathlib.Path(folder)
        other = base / "elsewhere" / "copy"
        other.parent.mkdir()
        copy_reversed(demo, other)
        runs = {
            "plain": dict(project=str(demo)),
            "one thread": dict(project=str(demo), arguments=["-j", "1"]),
            "sixteen threads": dict(project=str(demo), arguments=["-j", "16"]),
            "another time zone and locale": dict(project=str(demo), environment={"TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE.UTF-8"}),
            "a large environment": dict(project=str(demo), environment={"SECRET_CANARY": "x" * 100000}),
            "a strict umask": dict(project=str(demo), umask=0o077),
            "from the project's folder": dict(project=".", cwd=str(demo)),
            "a copy made in reverse order": dict(project=str(other)),
        }
        hashes = {name: render(isvcc, out=base / f"out{i}", **run) for i, (name, run) in enumerate(runs.items())}
        wrong = [name for name, value in hashes.items() if value != hashes["plain"]]
        before = {p: p.stat().st_mtime_ns for p in (base / "out0").rglob("*") if p.is_file()}
        again = render(isvcc, str(demo), base / "out0")
        touched = [str(p) for p, t in before.items() if p.stat().st_mtime_ns != t]
        if again != hashes["plain"] or touched:
            wrong.append(f"a second run changed files: {touched[:3]}")
    print("\n".join(f"differs: {name}" for name in wrong) or f"{len(runs) + 1} runs, equal bytes")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
