"""Links, devices, file names, folders, project files and places to write to: trees that are hard to walk."""
import os, socket

from case import Case, GOOD


def link(target):
    return lambda path: os.symlink(target, path)


def device(path):
    os.mkfifo(path)


def listening(path):
    here = os.getcwd()
    os.chdir(path.parent)  # names of sockets are short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def read():
    canary = "root:x:0:0"
    for name, target in {"passwd": "/etc/passwd", "parent": "..", "up": "../outside.yaml", "environment": "/proc/self/environ", "zero": "/dev/zero", "magic": "/proc/self/cwd/outside.yaml"}.items():
        yield Case(f"tree/link-{name}", {"outside.yaml": "secret: canary-outside\n", "in/a.yaml": link(target), "in/good.yaml": GOOD}, 1, absent=(canary, "canary-outside"), survivor=True)
    yield Case("tree/link-absolute-folder", {"in/a": link("/etc"), "in/good.yaml": GOOD}, 1, "E0118", survivor=True)
    yield Case("tree/link-inside", {"in/x/a.yaml": GOOD.replace("good", "other"), "in/b.yaml": link("good.yaml"), "in/good.yaml": GOOD}, 0, survivor=True)
    yield Case("tree/link-loop", {"in/a.yaml": link("b.yaml"), "in/b.yaml": link("a.yaml"), "in/good.yaml": GOOD}, 0, "W0107", survivor=True)
    yield Case("tree/folder-loop", {"in/x/y": link(".."), "in/good.yaml": GOOD}, 0, "W0107", survivor=True)
    yield Case("tree/dangling", {"in/a.yaml": link("nothing.yaml"), "in/good.yaml": GOOD}, 0, "W0106", survivor=True)
    for name, make in {"fifo": device, "socket": listening}.items():
        yield Case(f"tree/{name}", {"in/a.yaml": make, "in/good.yaml": GOOD}, 0, "W0105", survivor=True)
        yield Case(f"tree/{name}-by-name", {"in/a.yaml": make, "in/good.yaml": GOOD}, 1, "E0120", arguments=("check", "in/a.yaml"))
    yield Case("tree/folder-with-the-name-of-a-file", {"in/x.yaml/good.yaml": GOOD}, 0)
    names = {"newline": "a\nb.yaml", "escape": "a\x1b[31m.yaml", "command": "::error::.yaml", "azure": "##vso[x].yaml", "not-utf-8": b"a\xff.yaml", "long": "a" * 250 + ".yaml", "dash": "-rf.yaml", "bidi": "a‮.yaml"}
    for name, file in names.items():
        yield Case(f"tree/name-{name}", {os.fsdecode(b"in/" + os.fsencode(file)): "a: [\n", "in/good.yaml": GOOD}, 1, absent=("\n::", "\n##", "\x1b[31m", "‮"), survivor=True)
    for hidden in (".git", "node_modules", ".hidden"):
        yield Case(f"tree/unread-{hidden.strip('.')}", {f"in/{hidden}/a.yaml": "a: [\n", "in/good.yaml": GOOD}, 0, survivor=True)

    def deep(path):
        folder = os.open(path.parent, os.O_RDONLY)
        for _ in range(3_000):
            os.mkdir("d", dir_fd=folder)
            inner = os.open("d", os.O_RDONLY, dir_fd=folder)
            os.close(folder)
            folder = inner
        os.close(folder)
    yield Case("tree/3000-folders-deep", {"in/deep": deep, "in/good.yaml": GOOD}, 1, "E0110", survivor=True)

    def wide(path):
        path.mkdir()
        for i in range(5_000):
            (path / f"{i}.txt").touch()
    yield Case("tree/5000-other-files", {"in/wide": wide, "in/good.yaml": GOOD}, 0, survivor=True)
    yield Case("tree/too-many-files", {f"in/{i}.yaml": "# nothing\n" for i in range(50)} | {"in/good.yaml": GOOD}, 1, "E0110", arguments=("check", "in", "--max-files", "20"))
    yield Case("tree/too-much-input", {"in/a.yaml": "#" * 100_000, "in/good.yaml": GOOD}, 1, "E0110", arguments=("check", "in", "--max-input-size", "1000"))


def projects():
    head = "apiVersion: isvcc.dev/v1\nkind: Project\n"
    for name, line in {"absolute": "sources: [/etc]", "up": "sources: ['../..']", "command": "exec: rm -rf /", "limit": "maxFileSize: 999999999999", "output-up": "output: ../../x", "output-absolute": "output: /etc/isvcc",
                       "environment": "jsonnet: {extVars: {x: {env: HOME}}}", "library-absolute": "jsonnet: {libraryPaths: [/etc]}"}.items():
        yield Case(f"project/{name}", {"in/isvcc.yaml": head + line + "\n", "in/good.yaml": GOOD}, 2, arguments=("check", "-p", "in"))
    yield Case("project/library-up", {"in/isvcc.yaml": head + "jsonnet: {libraryPaths: ['../lib']}\n", "in/good.yaml": GOOD}, 2, arguments=("check", "-p", "in"))
    yield Case("project/not-yaml", {"in/isvcc.yaml": "a: [\n"}, 2, arguments=("check", "-p", "in"))
    yield Case("project/bomb", {"in/isvcc.yaml": head + "x:\n" + "".join(f"  a{i}: &a{i} [*a{i-1},*a{i-1}]\n" if i else "  a0: &a0 [x]\n" for i in range(30))}, 2, arguments=("check", "-p", "in"))
    yield Case("project/hole", {"in/isvcc.yaml": lambda path: os.truncate(os.open(path, os.O_CREAT | os.O_WRONLY), 1 << 40)}, 2, arguments=("check", "-p", "in"))
    yield Case("project/fifo", {"in/isvcc.yaml": device}, 2, arguments=("check", "-p", "in"))
    for pattern in ("[", "a" * 5_000, "**/" * 2_000 + "x", "*a" * 500):
        yield Case(f"project/ignore-{pattern[:3].strip('/')}-{len(pattern)}".replace("*", "star").replace("[", "bracket"), {"in/.isvccignore": pattern + "\n", "in/" + "a" * 200 + ".yaml": GOOD}, 1 if pattern == "[" or len(pattern) > 4_096 else 0)


def write():
    build = ("build", "in", "-o")
    bad = {"source": "in", "parent-of-source": ".", "root": "/", "dots": "in/..", "git": "repo"}
    for name, place in bad.items():
        yield Case(f"output/{name}", {"in/good.yaml": GOOD, "repo/.git/HEAD": "ref: x\n"}, 3, "E0802", arguments=(*build, place))
    yield Case("output/link", {"in/good.yaml": GOOD, "target/keep": "x", "out": link("target")}, 3, "E0802", arguments=(*build, "out"))
    yield Case("output/link-above", {"in/good.yaml": GOOD, "planted": link("/tmp")}, 3, "E0802", arguments=(*build, "planted/isvcc-hostile-out"))
    yield Case("output/foreign-file-stays", {"in/good.yaml": GOOD, "out/README": "mine\n"}, 0, arguments=(*build, "out"))
    yield Case("output/foreign-file-in-the-way", {"in/good.yaml": GOOD, "out/team/good.yaml": "mine\n"}, 3, arguments=(*build, "out"))
    forged = '{"version":1,"files":{"../../in/good.yaml":"x","/etc/hostname":"x","..":"x"}}'
    yield Case("output/forged-index", {"in/good.yaml": GOOD, "out/.isvcc/index.json": forged}, 3, arguments=(*build, "out"))
    for name, text in {"bomb": "[" * 100_000, "empty": "", "text": "hello", "huge": '{"files":{' + ",".join(f'"f{i}":"x"' for i in range(100_000)) + "}}"}.items():
        yield Case(f"output/index-{name}", {"in/good.yaml": GOOD, "out/.isvcc/index.json": text}, 3, arguments=(*build, "out"))


def all_cases():
    for group in (read, projects, write):
        yield from group()
