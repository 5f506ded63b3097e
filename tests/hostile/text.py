"""Bytes, encodings, sizes, shapes, documents, keys, tags and scalars: files that are hard to read."""
from case import GOOD, config_map, json, yaml

THING = "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a, namespace: team}\n"
MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: team}\n"


def encodings():
    yield yaml("empty", "", 0)
    yield yaml("only-comments", "# nothing\n# here\n", 0)
    for name, text in {"comma": ",", "strings-and-comma": '"foo","bar"', "comma-line": "- a\n,", "comma-document": "--- ,"}.items():
        yield yaml(name, text, 1)
    yield yaml("byte-order-mark", b"\xef\xbb\xbf" + MAP.encode(), 0)
    yield yaml("byte-order-mark-inside", MAP.encode() + b"data:\n  \xef\xbb\xbfkey: v\n", 1, "E0103")
    for name in ("utf-16-le", "utf-16-be", "utf-16"):
        mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff", "utf-16": b""}[name]
        yield yaml(f"{name}-with-mark", mark + MAP.encode(name), 0)
    for name in ("utf-16-le", "utf-16-be"):
        yield yaml(f"{name}-without-mark", MAP.encode(name), 1, "E0103")
    broken = {"ff": b"\xff", "overlong": b"\xc0\x80", "surrogate": b"\xed\xa0\x80", "cut": b"\xe6\x97", "five-bytes": b"\xf8\x88\x80\x80\x80", "beyond": b"\xf4\x90\x80\x80", "continuation": b"\x80"}
    for name, raw in broken.items():
        yield yaml(f"bad-utf-8-{name}-in-value", MAP.encode() + b"data: {k: 'a" + raw + b"b'}\n", 1, "E0103")
        yield yaml(f"bad-utf-8-{name}-in-key", MAP.encode() + b"data: {'a" + raw + b"b': v}\n", 1, "E0103")
        yield yaml(f"bad-utf-8-{name}-in-comment", MAP.encode() + b"# a" + raw + b"b\n", 1, "E0103")
    controls = {"nul": "\0", "one": "\x01", "escape": "\x1b", "delete": "\x7f", "c1": "\x80"}
    for name, char in controls.items():
        yield yaml(f"control-{name}-in-value", MAP + f"data: {{k: a{char}b}}\n", 1, "E0103")
        yield yaml(f"control-{name}-in-quotes", MAP + f"data: {{k: 'a{char}b'}}\n", 1, "E0103")
        yield yaml(f"control-{name}-in-comment", MAP + f"# a{char}b\n", 1, "E0103")
    yield yaml("nul-at-end", MAP + "\0", 1, "E0103")
    yield yaml("crlf", MAP.replace("\n", "\r\n"), 0)
    yield yaml("cr-only", MAP.replace("\n", "\r"), 0)
    yield yaml("no-final-newline", MAP.rstrip("\n"), 0)
    yield yaml("a-mebibyte-of-spaces", " " * (1 << 20), 0)
    yield yaml("a-mebibyte-of-newlines", "\n" * (1 << 20), 0)
    yield yaml("a-mebibyte-of-tabs", "\t" * (1 << 20), 1, "E0101")
    yield yaml("tab-indentation", MAP + "data:\n\tk: v\n", 1, "E0101")
    yield yaml("tab-after-colon", MAP + "data:\n  k:\tv\n", 0)
    yield yaml("tab-at-end", MAP + "data:\n  k: v\t\n", 0)
    yield yaml("surrogate-pair-escape", MAP + 'data: {k: "\\ud83d\\ude00"}\n', 1)
    yield json("surrogate-pair-escape", '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"k":"\\ud83d\\ude00"}}', 0)
    yield json("bad-utf-8", b'{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"k":"\xff"}}', 1)


def shapes():
    for depth, exit, code in ((150, 0, None), (250, 1, "E0110"), (100_000, 1, "E0110")):
        yield yaml(f"{depth}-brackets", THING + "x: " + "[" * depth + "]" * depth + "\n", exit, code)
    for name, unit in {"open-brackets": "[", "open-braces": "{a: ", "dashes": "- ", "questions": "? ", "braces": "{"}.items():
        yield yaml(f"100000-{name}", unit * 100_000, 1)
    yield yaml("5000-indents", "".join(" " * i + "a:\n" for i in range(5000)), 1, "E0110")
    yield yaml("bomb-9-9", "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi")), 1)
    yield yaml("bomb-2-20", "a0: &a0 [x,x]\n" + "".join(f"a{i}: &a{i} [*a{i-1},*a{i-1}]\n" for i in range(1, 21)), 1)
    yield yaml("bomb-of-maps", "a0: &a0 {x: 1, y: 2}\n" + "".join(f"a{i}: &a{i} {{l: *a{i-1}, r: *a{i-1}}}\n" for i in range(1, 25)), 1)
    yield yaml("bomb-of-merges", "a0: &a0 {x: 1}\n" + "".join(f"a{i}: &a{i} {{<<: [*a{i-1}, *a{i-1}], k{i}: *a{i-1}}}\n" for i in range(1, 30)), 1)
    yield yaml("50000-aliases", THING + "x: &x {a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9, j: 10, k: 11, l: 12, m: 13, n: 14, o: 15, p: 16, q: 17, r: 18, s: 19, t: 20}\ny:\n" + "- *x\n" * 60_000, 1)
    for name, text in {"alias-in-own-list": "a: &x [*x]", "alias-in-own-map": "a: &x {b: *x}", "merge-of-itself": "a: &x {<<: *x}", "unknown-alias": "a: *x"}.items():
        yield yaml(name, text + "\n", 1, "E0108")
    big = 5 << 20
    yield yaml("plain-scalar-too-long", THING + "x: " + "a" * big + "\n", 1, "E0110")
    yield yaml("quoted-scalar-too-long", THING + "x: '" + "a" * big + "'\n", 1, "E0110")
    yield yaml("literal-too-long", THING + "x: |\n" + ("  " + "a" * 98 + "\n") * (big // 100), 1, "E0110")
    for mark in "'\"":
        yield yaml(f"unterminated-{'single' if mark == chr(39) else 'double'}-of-15-mebibytes", "a: " + mark + "x y\n" * (15 << 18), 1)
    yield yaml("many-documents", "a: 1\n---\n" * 200_000, 0)
    yield yaml("many-items", THING + "x:\n" + "- 1\n" * 900_000, 0)
    yield yaml("too-many-items", "x: [" + "1," * 2_000_000 + "]\n", 1, "E0110")
    yield yaml("200000-keys", THING + "x:\n" + "".join(f"  k{i}: 1\n" for i in range(200_000)), 0)
    yield yaml("200000-anchors", THING + "x:\n" + "".join(f"- &a{i} 1\n" for i in range(200_000)), 0)
    yield yaml("200000-tags", THING + "x:\n" + "- !!str 1\n" * 200_000, 0)
    yield yaml("1000000-comments", "# c\n" * 1_000_000, 0)
    yield yaml("long-key", THING + "a" * 1_025 + ": 1\n", 1)
    yield yaml("very-long-key", THING + "a" * 4_000_000 + ": 1\n", 1)
    yield yaml("colons", "x:" * 2_000_000, 1)
    yield yaml("over-the-file-limit", b"#" * ((16 << 20) + 1), 1, "E0110")

    def hole(path):
        with open(path, "wb") as file:
            file.truncate(1 << 40)
    yield yaml("hole-of-a-tebibyte", hole, 1, "E0110")
    head = '{"apiVersion":"example.com/v1","kind":"Thing","metadata":{"name":"a"},'
    yield json("deep", head + '"x":' + "[" * 1_000_000, 1)
    yield json("deep-and-closed", head + '"x":' + "[" * 100_000 + "]" * 100_000 + "}", 1, "E0110")
    yield json("many-keys", head + '"x":{' + ",".join(f'"k{i}":1' for i in range(400_000)) + "}}", 0)
    yield json("long-number", head + '"x":' + "1" * 5_000_000 + "}", 1)
    yield json("huge-exponent", head + '"x":1e999}', 1)


def documents():
    yield yaml("anchor-of-another-document", MAP + "x: &x 1\n---\n" + MAP.replace("name: a", "name: b") + "x: *x\n", 1, "E0108")
    yield yaml("second-document-broken", GOOD.replace("name: good", "name: first") + "---\na: [\n", 1)
    for name, line in {"content": "--- a: 1", "four": "----", "tag": "--- !!map"}.items():
        yield yaml(f"separator-with-{name}", f"a: 1\n{line}\nb: 1\n", 1)
    yield yaml("indented-separator", MAP + "data:\n  k: 1\n ---\n", 1)
    for name, text in {"list-then-map": "- 1\na: 1\n", "two-strings": '"a" "b"\n', "list-then-text": "[a] b\n"}.items():
        yield yaml(name, text, 1)
    yield yaml("text-after-end", MAP + "...\nmore\n", 1, "E0113")
    for name, line in {"1.2": "%YAML 1.2", "2.0": "%YAML 2.0", "unknown": "%FOO bar"}.items():
        yield yaml(f"directive-{name}", f"{line}\n---\n{MAP}", 1)
    yield json("stream", "{}{}" .replace("{}", '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"}}') % ("a", "b"), 0)
    yield json("trailing-comma", '{"apiVersion":"v1",}', 1)
    yield json("comment", '{"apiVersion":"v1" /* no */}', 1)
    yield json("duplicate-key", '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","name":"b"}}', 1, "E0105")
    yield yaml("list-in-list", "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: List\n  items:\n  - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n", 0)
    yield yaml("long-list", "apiVersion: v1\nkind: List\nitems:\n" + "".join(f"- {{apiVersion: v1, kind: ConfigMap, metadata: {{name: c{i}}}}}\n" for i in range(50_000)), 0, mebibytes=400)
    yield yaml("helm-template", "{{- if .Values.x }}\na: 1\n{{- end }}\n", 1, "E0115")
    yield yaml("conflict-markers", "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other\n", 1, "E0116")
    yield yaml("lfs-pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 1\n", 1, "E0117")
    for name, text in {"single": "a: '", "double": 'a: "', "bracket": "a: [", "brace": "a: {", "colons": "a: b: c", "dedent": "a:\n    b: 1\n  c: 1", "map-then-list": "a: 1\n- b"}.items():
        yield yaml(f"unfinished-{name}", text + "\n", 1, "E0101")


def keys_and_scalars():
    duplicates = {"top": "a: 1\na: 2", "nested": "x:\n  a: 1\n  a: 2", "flow": "x: {a: 1, a: 2}", "hex": "x: {1: a, 0x1: b}", "quoted-number": "x: {1: a, '1': b}", "boolean": "x: {yes: a, true: b}"}
    for name, text in duplicates.items():
        yield yaml(f"duplicate-{name}", MAP + text + "\n", 1, "E0105")
    for name, key in {"null": "~", "list": "[a]", "map": "{a: 1}"}.items():
        yield yaml(f"key-{name}", MAP + f"x: {{? {key} : 1}}\n", 1, "E0106")
    for name, value in {"scalar": "1", "list-of-scalars": "[1, 2]", "text": "a"}.items():
        yield yaml(f"merge-{name}", MAP + f"x: {{<<: {value}}}\n", 1, "E0112")
    for name, tag in {"python": "!!python/object:os.system", "local": "!custom", "verbatim": "!<tag:example.com,2000:x>", "binary-broken": "!!binary", "integer": "!!int", "timestamp": "!!timestamp"}.items():
        yield yaml(f"tag-{name}", MAP + f"data: {{k: {tag} '#x'}}\n", 1, "E0107")
    for value in (".inf", "-.inf", ".nan", ".NaN"):
        yield yaml(f"number-{value.strip('.-').lower()}-{len(value)}-{value.count('N')}", MAP + f"x: {value}\n", 1, "E0111")
    for name, value in {"number": "8080", "boolean": "true", "float": "1.10", "octal": "0777", "yes": "yes", "exponent": "1e3"}.items():
        yield yaml(f"data-{name}", config_map(k=value), 1, "E0202")


def all_cases():
    for group in (encodings, shapes, documents, keys_and_scalars):
        yield from group()
