#!/usr/bin/env python3
"""Mutated documents through Kubernetes' own parser and isvcc's: the same verdict and the same value, but for what fixtures/DIFFERENCES.md lists.

The Go program is built through the module proxy; without Go the test is skipped with a line.
usage: go_parser.py READER SECONDS [SEED]
"""
import base64, collections, json, os, pathlib, random, re, shutil, subprocess, sys, time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BATCH = 2000
# What isvcc refuses on purpose although Go reads it, by code; see "YAML reader" in fixtures/DIFFERENCES.md.
STRICTER = {
    "E0103": "control characters, a byte order mark inside",
    "E0104": "text behind a separator",
    "E0105": "a key given twice",
    "E0106": "keys that are no texts",
    "E0107": "unknown tags",
    "E0109": "aliases beyond the limit",
    "E0110": "limits",
    "E0111": "infinity and not-a-number, also where a repeated key replaces them",
    "E0113": "text after the end of a document",
    "E0116": "merge conflicts",
}
# Where libyaml, which both parsers come from, is stricter than the Go translation of it.
LIBYAML = ("did not find expected whitespace or line break", "found unexpected ':'", "did not find expected tag URI", "an unknown escape in double quotes")
PIECES = ["'", '"', "&a ", "*a", "!!str ", "!!int ", "!!binary ", "<<: ", "? ", "- ", ": ", "#", "|", ">", "|-\n", ">+\n", "[", "]", "{", "}", ",", "~", "null", "yes", "off", "0o17", "0x1F",
          "017", "1_000", "1e3", ".5", "-.inf", ".nan", "1:30", "2001-01-01", "2001-12-14t21:59:43.10-05:00", "\t", "\n", "\n  ", "\n\n", "\r\n", " ", "\\", "\\u00e9", "\u00e9", "%", "@", "`",
          "=", "<<", "1", "-1", "+1", "0b11", "0.0", "1.", "on", "N", "é: ", "🙂", "\u2028", "\u0085", "\x7f", "a: &x {b: 1}\n", "c: *x\n", "<<: *x\n"]


def seeds():
    texts = []
    for path in sorted((ROOT / "fixtures" / "cases").rglob("*.txtar"))[::6]:
        body = path.read_text(errors="replace")
        texts += [part for part in re.split(r"(?m)^-- .* --\n|^---\n", body) if 0 < len(part) < 3000]
    for case in json.loads((ROOT / "fixtures" / "yaml" / "documents.json").read_text()):
        texts.append(base64.b64decode(case["yamlBase64"]).decode("utf-8", "surrogateescape") if "yamlBase64" in case else case.get("yaml", ""))
    for case in json.loads((ROOT / "fixtures" / "yaml" / "resolve.json").read_text()):
        texts += [f"v: {case['text']}\n", f"{case['text']}: 1\n", f"- [{case['text']}, a]\n", f"a:\n  b: {case['text']}  # c\n"]
    return [t for t in texts if t.strip()]


def mutated(text, chance):
    for _ in range(chance.choice((1, 1, 2, 4))):
        at = chance.randrange(len(text) + 1)
        kind = chance.randrange(6)
        if kind == 0:
            text = text[:at] + chance.choice(PIECES) + text[at:]
        elif kind == 1:
            text = text[:at] + text[at + chance.randrange(1, 4):]
        elif kind == 2:
            lines = text.split("\n")
            line = chance.randrange(len(lines))
            lines[line] = " " * chance.randrange(3) + lines[line].lstrip() if chance.random() < .5 else lines[line] + chance.choice(PIECES)
            text = "\n".join(lines)
        elif kind == 3:
            words = re.findall(r"\S+", text) or ["a"]
            text = text.replace(chance.choice(words), chance.choice(PIECES + words), 1)
        elif kind == 4:
            lines = text.split("\n")
            lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines))
            text = "\n".join(lines)
        else:
            begin = chance.randrange(len(text) + 1)
            text = text[:at] + text[begin:begin + chance.randrange(1, 40)] + text[at:]
    return text


def is_comparable(text):
    """Streams, directives and JSON are read by another path: the single-document reader is no judge of them. To Go, the keys 0.0 and -0.0 are one."""
    return not (re.search(r"(?m)-0*\.?0*(e\d+)?\s*:", text) or re.search(r"(?m)^(---|\.\.\.|%)", text) or text.lstrip("\ufeff \t\r\n").startswith("{") or "\ufeff" in text or len(text) > 16000)


def ask(command, texts):
    lines = "\n".join(base64.b64encode(t.encode("utf-8", "surrogateescape")).decode() for t in texts) + "\n"
    done = subprocess.run(command, input=lines, capture_output=True, text=True)
    answers = [line.split(" ", 1) for line in done.stdout.split("\n") if line]
    if done.returncode != 0 or len(answers) != len(texts):
        sys.exit(f"{command[0]} ended with {done.returncode} after {len(answers)} of {len(texts)} documents\n{done.stderr[-2000:]}")
    return [(word, base64.b64decode(value).decode("utf-8", "replace")) for word, value in answers]


def value(text):
    # Numbers as their texts: 1e3 and 1000 are printed by both sides in Go's form.
    return json.loads(text, parse_float=lambda t: ("float", t), parse_int=lambda t: ("int", t))


def verdict(go, ours):
    """Empty when they agree, else what the difference is called."""
    if go[0] == "ok" and ours[0] == "ok":
        return "" if value(go[1]) == value(ours[1]) else "another value"
    if go[0] != "ok" and ours[0] != "ok":
        return ""
    if go[0] != "ok":
        return "isvcc reads what Go refuses"
    return "" if ours[0] in STRICTER or (ours[0] == "E0101" and ours[1] in LIBYAML) else f"isvcc refuses what Go reads: {ours[0]} {ours[1]}"


def main():
    reader, seconds, seed = sys.argv[1], float(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1
    if not shutil.which("go"):
        print("go_parser: Go is not installed: skipped")
        return 0
    program = ROOT / "build" / "fuzz" / "go_reader"
    subprocess.run(["go", "build", "-o", program, "."], cwd=HERE / "go_reader", check=True, env={**os.environ, "GOFLAGS": "-mod=mod"})
    chance, corpus = random.Random(seed), seeds()
    compared, refused, differences, examples = 0, collections.Counter(), collections.Counter(), {}
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        texts = [t for t in (mutated(chance.choice(corpus), chance) for _ in range(BATCH)) if is_comparable(t)]
        for text, go, ours in zip(texts, ask([str(program)], texts), ask([reader], texts)):
            compared += 1
            if go[0] == "ok" and ours[0] in STRICTER:
                refused[ours[0]] += 1
            if difference := verdict(go, ours):
                differences[difference] += 1
                best = examples.get(difference)
                if best is None or len(text) < len(best[0]):
                    examples[difference] = (text, go, ours)
    print(f"go_parser: {compared} documents compared; stricter on purpose: " + (", ".join(f"{code} {n} ({STRICTER[code]})" for code, n in sorted(refused.items())) or "none"))
    for difference, count in differences.most_common():
        text, go, ours = examples[difference]
        print(f"{count} times {difference}\n  document {text!r}\n  Go    {go}\n  isvcc {ours}")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
