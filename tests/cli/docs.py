#!/usr/bin/env python3
"""Every command in docs/ runs. A page is a story: it is followed from top to bottom in an empty folder with a copy of the demo in it.

  ```yaml file=service.yaml     the block becomes this file
  ```sh                         the block runs in bash and succeeds
  ```sh exit=1                  it ends with this status
  ```sh needs=kustomize         it is skipped, with a line, where the tool is not installed
Blocks of any other kind are only shown.

usage: docs.py ISVCC SOURCE_DIR [BUILD_DIR [PAGE…]]
"""
import os, pathlib, re, shutil, subprocess, sys, tempfile


def blocks(text):
    for found in re.finditer(r"^```(\w+)([^\n]*)\n(.*?)^```$", text, re.S | re.M):
        words = dict(word.split("=", 1) for word in found.group(2).split() if "=" in word)
        yield found.group(1), words, found.group(3)


def follow(page, isvcc, source, notes):
    """The problems of one page."""
    with tempfile.TemporaryDirectory() as folder:
        here = pathlib.Path(folder)
        shutil.copytree(source / "fixtures/demo", here / "fixtures/demo")
        (here / "templates").mkdir()
        shutil.copytree(source / "templates/integrations", here / "templates/integrations")
        tools = os.pathsep.join([str(isvcc.parent), os.environ.get("ISVCC_TEST_TOOLS", ""), os.environ["PATH"]])
        environment = {**os.environ, "PATH": tools, "HOME": folder, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.invalid",
                       "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.invalid"}
        for language, words, text in blocks(page.read_text()):
            if "file" in words:
                path = here / words["file"]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            elif language == "sh":
                absent = [tool for tool in words.get("needs", "").split(",") if tool and not shutil.which(tool, path=tools)]
                if absent:
                    notes.add(f"{', '.join(absent)} is not installed: a block of {page.name} is skipped")
                    continue
                done = subprocess.run(["bash", "-euo", "pipefail", "-c", text], cwd=here, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
                if done.returncode != int(words.get("exit", 0)):
                    yield f"{page.name}: exit {done.returncode}, wanted {words.get('exit', 0)}\n{text}{done.stdout[-600:]}{done.stderr[-1200:]}"


def main():
    isvcc, source = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    pages = [pathlib.Path(name) for name in sys.argv[4:]] or sorted((source / "docs").glob("*.md"))
    notes, problems = set(), []
    for page in pages:
        problems += follow(page, isvcc, source, notes)
    print("\n".join(sorted(notes)))
    print("\n".join(problems) or "every page can be followed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
