#!/usr/bin/env python3
"""--provenance and explain --line: comments change no value, sidecars and answers name the line of the source that holds the value.

usage: provenance.py ISVCC SOURCE_DIR
"""
import csv, json, pathlib, re, subprocess, sys, tempfile
import yaml


def main():
    isvcc, source = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
    demo = source / "fixtures" / "demo"
    problems = []

    def run(*words):
        return subprocess.run([isvcc, *map(str, words)], capture_output=True, text=True, cwd=source)

    def expect(what, fine, seen=""):
        if not fine:
            problems.append(f"{what}\n{seen}")

    def tree(folder):
        return {str(p.relative_to(folder)): p.read_text() for p in sorted(folder.rglob("*")) if p.is_file() and ".isvcc" not in p.parts}

    with tempfile.TemporaryDirectory() as name:
        here = pathlib.Path(name)

        def build(layout, *extra):
            out = here / "-".join([layout, *extra])
            done = run("build", demo, "-o", out, "--layout", layout, "--quiet", *extra)
            expect(f"build {layout} {extra}", done.returncode == 0, done.stderr)
            return tree(out)

        for layout in ("tree", "bundle", "flux"):
            plain, commented, beside = build(layout), build(layout, "--provenance", "comments"), build(layout, "--provenance", "sidecar")
            expect(f"{layout}: the same files", plain.keys() == commented.keys())
            expect(f"{layout}: sidecars leave the files alone", plain == {k: v for k, v in beside.items() if not k.endswith(".provenance")})
            for path, text in plain.items():
                if path.endswith(".yaml"):
                    expect(f"{layout}: comments of {path} change no value", list(yaml.safe_load_all(text)) == list(yaml.safe_load_all(commented[path])))
        expect("values out of Jsonnet tell their path", any(re.search(r"\.jsonnet at \$\.\S+$", line) for text in beside.values() for line in text.splitlines()))
        expect("there are comments", any(re.search(r"# teams/\S+:\d+$", line) for text in commented.values() for line in text.splitlines()))

        # What was written on one line in plain form stands there.
        checked = 0
        plain, beside = build("tree"), build("tree", "--provenance", "sidecar")
        for path, text in beside.items():
            if not path.endswith(".provenance"):
                continue
            lines = plain[path.removesuffix(".provenance")].splitlines()
            for row in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
                if row["path"].endswith("].name"):
                    continue  # KServe gives the container a name, in the place of the author's
                place = re.fullmatch(r"(.+\.yaml):(\d+):(\d+)", row["origin"])
                value = re.sub(r"^\s*(- )*([^\s:]+:\s+)?", "", lines[int(row["line"]) - 1])
                if place and re.fullmatch(r"[a-z][a-z0-9./:-]{6,}", value):
                    written = (demo / place[1]).read_text().splitlines()[int(place[2]) - 1]
                    expect(f"{path}: {row} holds {value}", value in written, written)
                    checked += 1
        expect("places were checked", checked > 200, str(checked))

        # --line gives what the sidecar gives.
        path, text = next((p, t) for p, t in beside.items() if p.endswith("merchant-risk.yaml.provenance"))
        rows = list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
        for row in rows[:: max(1, len(rows) // 12)]:
            done = run("explain", "--line", f"out/{path.removesuffix('.provenance')}:{row['line']}", demo, "--format", "json")
            expect(f"explain --line {row['line']}", done.returncode == 0, done.stderr)
            answer = json.loads(done.stdout)["answers"][0]["values"][0]
            expect("the same path", answer["path"] == row["path"], done.stdout)
            origin = answer["origin"]
            words = origin.get("pass") or (f"{origin['file']}:{origin['line']}:{origin['column']}" if "line" in origin else f"{origin['file']} at {origin['jsonPath']}")
            expect("the same origin", words == row["origin"], f"{words}\n{row}")

        for words, code, message in (
            (("--line", "out/nowhere.yaml:3", demo), 1, "no output file"),
            (("--line", "out", demo), 2, "--line needs FILE:NUMBER"),
            (("fraud/merchant-risk", demo, "--field", "spec.replica"), 1, "no value at"),
            (("fraud/nobody", demo, "--field", "spec"), 1, "nothing is rendered for"),
            (("--field", "spec", demo), 2, "needs NAMESPACE/NAME"),
        ):
            done = run("explain", *words)
            expect(f"explain {words}", done.returncode == code and message in done.stderr, done.stderr)

    for problem in problems[:20]:
        print("FAILED:", problem)
    print(f"provenance: {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
