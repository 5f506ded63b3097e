#!/usr/bin/env python3
"""Reads a year of a company's repository as its reviewers would: every commit's difference is told, twice with the same words, and a
revision does not differ from itself.

usage: history.py ISVCC SOURCE_DIR
"""
import pathlib, subprocess, sys, tempfile

FORMATS = ("text", "markdown", "json", "html")


def main():
    isvcc, source = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        repository = pathlib.Path(folder) / "history"
        subprocess.run([sys.executable, str(source / "fixtures/history/make_history.py"), str(repository)], check=True, capture_output=True)
        revisions = subprocess.run(["git", "rev-list", "--reverse", "HEAD"], cwd=repository, check=True, capture_output=True, text=True).stdout.split()

        def diff(span, *arguments):
            return subprocess.run([isvcc, "diff", span, "--exit-code", "--quiet", *arguments], cwd=repository, capture_output=True, text=True)

        told = 0
        for i, (before, after) in enumerate(zip(revisions, revisions[1:])):
            how = FORMATS[i % len(FORMATS)]
            first, second = diff(f"{before}..{after}", "--format", how), diff(f"{before}..{after}", "--format", how, "-j", "1")
            if first.returncode > 2 or (first.returncode == 2 and "error" not in first.stdout):
                problems.append(f"{after}: exit {first.returncode}: {first.stderr[:300]}")
            if first.stdout != second.stdout:
                problems.append(f"{after}: two runs tell different things as {how}")
            if first.returncode != 0 and not first.stdout.strip():
                problems.append(f"{after}: differs, and says nothing")
            told += first.returncode != 0
        for revision in revisions[:: len(revisions) // 5]:
            same = diff(f"{revision}..{revision}")
            if same.returncode != 0:
                problems.append(f"{revision} differs from itself: {same.stdout[:300]}")
        if told < len(revisions) // 2:
            problems.append(f"only {told} of {len(revisions) - 1} commits change anything")
    print("\n".join(problems) or f"{len(revisions) - 1} commits, {told} of them with differences")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
