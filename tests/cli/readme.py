#!/usr/bin/env python3
"""Runs every `isvcc …` command that the README shows in a sh block, and checks exit codes of the basic commands. Where a text
block follows a block of one command, it is what the command prints; a line `…` stands for any number of lines.

usage: readme.py ISVCC SOURCE_DIR
"""
import pathlib, re, shlex, subprocess, sys, tempfile


def run(isvcc, arguments, cwd):
    return subprocess.run([isvcc, *arguments], cwd=cwd, capture_output=True, text=True)


def shows(shown, printed):
    pattern = "".join(".*" if line == "…" else re.escape(line) + "\n" for line in shown.splitlines())
    return re.fullmatch(pattern, printed, re.S)


def main():
    isvcc, source = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
    problems = []

    def expect(arguments, code, contains=""):
        done = run(isvcc, arguments, source)
        if done.returncode != code or contains not in done.stdout + done.stderr:
            problems.append(f"isvcc {' '.join(arguments)}: exit {done.returncode}, wanted {code} and {contains!r}\n{done.stderr[:500]}")

    with tempfile.TemporaryDirectory() as out:
        expect(["version"], 0, "v0.20.0")
        expect(["help"], 0, "commands:")
        expect(["help", "build"], 0, "--render")
        expect(["explain", "E0401"], 0, "no runtime serves the model")
        if run(isvcc, ["explain", "codes"], source).stdout != (source / "docs/diagnostics.md").read_text():
            problems.append("docs/diagnostics.md is not what `isvcc explain codes` prints")
        if run(isvcc, ["help", "limits"], source).stdout not in (source / "docs/security.md").read_text():
            problems.append("docs/security.md has another table of limits than `isvcc help limits` prints")
        expect(["explain", "fraud/merchant-risk", "fixtures/demo"], 0, "acme-sklearn")
        expect(["dump", "plan", "fixtures/demo"], 0, "service fraud/card-score")
        expect(["check", "fixtures/demo"], 0, "services")
        expect(["build", "fixtures/demo", "-o", out + "/tree"], 0, "files written")
        expect(["build", "fixtures/demo", "-o", "-"], 0, "kind: LeaderWorkerSet")
        expect(["build", "fixtures/demo"], 2, "needs -o")
        expect(["biuld"], 2, "did you mean 'build'")
        expect(["build", "fixtures/demo", "-o", out + "/x", "--lyout", "flux"], 2)
        for layout in ("bundle", "flux", "kustomize", "argocd-hydrator"):
            expect(["build", "fixtures/demo", "-o", f"{out}/{layout}", "--layout", layout], 0)
        for document in [source / "README.md", *sorted((source / "docs").glob("*.md"))]:
            # docs.py follows the pages of docs/ from top to bottom.
            for block in re.findall(r"```sh\n(.*?)```", document.read_text(), re.S) if document.name == "README.md" else []:
                for line in re.findall(r"(?m)^isvcc (.+?)(?:\s+#.*)?$", block):
                    expect([word.replace("out/", out + "/doc-") for word in shlex.split(line)], 0)
            for command, shown in re.findall(r"```sh\nisvcc ([^\n]+)\n```\n\n```text\n(.*?)```", document.read_text(), re.S):
                printed = run(isvcc, shlex.split(command), source).stdout
                if not shows(shown, printed):
                    problems.append(f"{document.name}: `isvcc {command}` now prints\n{printed}")
    print("\n".join(problems) or "every command answers as documented")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
