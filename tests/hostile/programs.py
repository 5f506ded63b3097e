"""Jsonnet: programs that leak, loop, grow or crash."""
import os

from case import Case, GOOD, jsonnet

LIMIT = "E0153"
OBJECT = '{apiVersion: "v1", kind: "ConfigMap", metadata: {name: "a", namespace: "team"}%s}'


def loops():
    yield jsonnet("recursion", "local f(x) = 1 + f(x + 1); f(0)", 1)
    yield jsonnet("recursion-of-objects", "local o = {a: o.b, b: self.a}; o.a", 1)
    yield jsonnet("import-of-itself", "import 'a.jsonnet'", 1)
    yield jsonnet("import-circle", "import 'b.libsonnet'", 1, files={"in/b.libsonnet": "import 'a.jsonnet'"})
    yield jsonnet("tail-calls-for-ever", "local f(x) = f(x + 1) tailstrict; f(0)", 1, LIMIT)
    yield jsonnet("fibonacci", "local f(n) = if n < 2 then n else f(n - 1) + f(n - 2); f(60)", 1, LIMIT)
    yield jsonnet("quadratic-sort", "std.length(std.sort([300000 - i for i in std.range(1, 300000)]))", 1)


def memory():
    for name, code in {"repeat": "std.length(std.repeat('x', 1000000000))", "make-array": "std.length(std.makeArray(1000000000000, function(i) i))", "range": "std.length(std.range(1, 1000000000))",
                       "doubling": "local f(s, n) = if n == 0 then s else f(s + s, n - 1); std.length(f('x', 40))", "join": "std.length(std.join('x' * 1, std.repeat(['y'], 1000000000)))",
                       "format": "std.length('%1000000000d' % 1)"}.items():
        yield jsonnet(f"memory-{name}", code, 1, mebibytes=1400)
    yield jsonnet("output-too-large", "[{a: std.repeat('x', 1000000)} for i in std.range(1, 200)]", 1, LIMIT, mebibytes=1400)


def deep_sources():
    for name, unit in {"bracket": "[", "parenthesis": "(", "not": "!", "object": "{a:", "if": "if ", "local": "local a=", "function": "function() "}.items():
        yield jsonnet(f"source-{name}", unit * 100_000, 1)
    yield jsonnet("source-plus", "1" + "+1" * 200_000, 1)
    yield jsonnet("source-fields", "local a = {}; a" + ".a" * 100_000, 1)
    yield jsonnet("source-indices", "local a = []; a" + "[0]" * 100_000, 1)
    yield jsonnet("nested-value", "std.foldl(function(a, b) [a], std.range(1, 200000), 0)", 1)
    yield jsonnet("nested-object", "std.foldl(function(a, b) {x: a}, std.range(1, 200000), 0)", 1)
    yield jsonnet("nested-equality", "local d = std.foldl(function(a, b) [a], std.range(1, 100000), 0); d == d", 1)


def library():
    for name, text in {"tab": "\\tx", "quote": "a: \\\"b", "anchor": "a: &x 1\\nb: *x", "tag": "!x 1"}.items():
        yield jsonnet(f"parse-yaml-{name}", f'local v = std.parseYaml("{text}"); [] + (if std.type(v) == "x" then [v] else error "done")', 1)
    yield jsonnet("parse-json-infinite", "std.parseJson('1e999')", 1)
    yield jsonnet("parse-json-deep", "std.parseJson(std.repeat('[', 100000))", 1)
    for name, code in {"home": "std.extVar('HOME')", "path": "std.extVar('PATH')", "undefined": "std.extVar('nothing')", "unknown-native": "std.native('exec')('id')", "native-arity": "std.native('parseYaml')()",
                       "native-function": "std.native('parseYaml')(function(x) x)", "assertion": "assert false : 'no'; {}", "error-with-escape": "error '\\u001b[31m::error::'"}.items():
        yield jsonnet(name, code, 1, absent=("\x1b[31m", os.environ.get("HOME", "/nowhere") + "/"))
    yield jsonnet("long-error", "error std.repeat('x', 10000000)", 1)
    yield jsonnet("many-traces", "std.foldl(function(a, i) std.trace('t' + i, a), std.range(1, 100000), " + OBJECT % "" + ")", 0)
    yield jsonnet("native-alias-bomb", "std.native('parseYaml')('" + "a0: &a0 [x,x]\\n" + "".join(f"a{i}: &a{i} [*a{i-1},*a{i-1}]\\n" for i in range(1, 30)) + "')", 1)
    yield jsonnet("native-pattern", "std.native('regexMatch')('(a*)*b', std.repeat('a', 10000))", 1, "E0155")
    yield jsonnet("native-pattern-bomb", "std.native('regexMatch')('((a{1000}){1000}){1000}', 'a')", 1)


def imports():
    canary = ("root:x:0:0", "canary-outside")
    targets = {"passwd": "/etc/passwd", "up": "../outside.txt", "far-up": "../" * 20 + "etc/passwd", "environment": "/proc/self/environ", "zero": "/dev/zero", "http": "http://example.com/x", "file": "file:///etc/passwd",
               "nul": "x\\u0000y", "long": "a" * 5_000, "folder": "folder", "fifo": "fifo", "link": "link.txt", "folder-link": "linked/passwd"}
    files = {"outside.txt": "canary-outside", "in/folder/x": "", "in/fifo": os.mkfifo, "in/link.txt": lambda p: os.symlink("../outside.txt", p), "in/linked": lambda p: os.symlink("/etc", p)}
    for how in ("import", "importstr"):
        for name, target in targets.items():
            extra = {key: value for key, value in files.items() if not callable(value) or key.split("/")[-1].split(".")[0] in target}
            yield Case(f"jsonnet/{how}-{name}", {"in/a.jsonnet": OBJECT % f", data: {{k: std.toString({how} '{target}')}}", "in/good.yaml": GOOD, **extra}, 1, absent=canary, seconds=30.0, survivor=name not in ("link", "folder-link"))
    yield jsonnet("import-through-link-inside", OBJECT % ", data: import 'link.libsonnet'", 0, files={"in/real.libsonnet": "{a: 'b'}", "in/link.libsonnet": lambda p: os.symlink("real.libsonnet", p)})
    yield jsonnet("one-file-by-two-names", OBJECT % ", data: (import 'x.libsonnet') + (import './y/../x.libsonnet')", 0, files={"in/x.libsonnet": "{a: 'b'}", "in/y/z": ""})
    yield jsonnet("importstr-too-large", OBJECT % ", data: {k: importstr 'big.txt'}", 1, files={"in/big.txt": lambda p: p.write_bytes(b"x" * (100 << 20))})


def results():
    for name, code in {"text": "'hello'", "number": "1", "function": "function(x) x", "nested-text": "{a: {b: 'x'}}", "infinite": OBJECT % ", data: {k: 1e308 * 10}", "division": OBJECT % ", data: {k: 0 / 0}"}.items():
        yield jsonnet(f"result-{name}", code, 1)
    yield jsonnet("result-null", "null", 0)
    yield jsonnet("result-nested", "{a: {b: {c: " + OBJECT % "" + "}}}", 0)
    yield jsonnet("result-big-number", OBJECT.replace('"team"}', '"team", generation: 9007199254740993}') % "", 0, "W0150")
    yield Case("jsonnet/missing-argument", {"in/a.jsonnet": "function(x) x", "in/good.yaml": GOOD}, 1, seconds=30.0, survivor=True)
    yield Case("jsonnet/crash-beside-others", {"in/a.jsonnet": "1" + "+1" * 200_000, **{f"in/b{i}.jsonnet": OBJECT.replace('"a"', f'"b{i}"') % "" for i in range(5)}, "in/good.yaml": GOOD}, 1, seconds=30.0, survivor=True)


def all_cases():
    for group in (loops, memory, deep_sources, library, imports, results):
        yield from group()
