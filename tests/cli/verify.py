#!/usr/bin/env python3
"""A cluster that holds what isvcc renders, with everything a cluster adds, agrees; one edit by hand is found.

usage: verify.py ISVCC SOURCE_DIR
"""
import json, pathlib, subprocess, sys, tempfile


def run(isvcc, arguments, cwd):
    return subprocess.run([isvcc, *arguments], cwd=cwd, capture_output=True, text=True)


def objects(isvcc, source, folder):
    run(isvcc, ["build", "fixtures/demo", "--render", "objects", "--file-per", "object", "-o", folder], source)
    for path in sorted(pathlib.Path(folder).rglob("*.yaml")):
        yield path.read_text()


def as_cluster(text):
    """The text of one object with what a cluster adds at known places: a line before `spec:` and in `metadata:`."""
    head, _, tail = text.partition("metadata:\n")
    return head + "metadata:\n  uid: 5e1f\n  resourceVersion: \"7\"\n  generation: 2\n  creationTimestamp: \"2024-05-01T10:00:00Z\"\n" + tail.replace('uid: ""', "uid: 77aa") + "status:\n  observedGeneration: 2\n"


def main():
    isvcc, source = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        dump = pathlib.Path(folder) / "live.yaml"
        texts = [as_cluster(text) for text in objects(isvcc, source, folder + "/out")]
        dump.write_text("---\n".join(texts))
        same = run(isvcc, ["verify", "fixtures/demo", "--live", str(dump)], source)
        if same.returncode != 0 or "holds what isvcc renders" not in same.stdout:
            problems.append(f"a cluster as rendered: exit {same.returncode}\n{same.stdout[:2000]}{same.stderr[:500]}")
        dump.write_text("---\n".join(text.replace("image: kserve/lgbserver:v0.20.0", "image: by/hand:1") for text in texts))
        edited = run(isvcc, ["verify", "fixtures/demo", "--live", str(dump)], source)
        if edited.returncode != 1 or "by/hand:1 → kserve/lgbserver:v0.20.0" not in edited.stdout:
            problems.append(f"an image by hand: exit {edited.returncode}\n{edited.stdout[:2000]}")
        dump.write_text("---\n".join(text for text in texts if "kind: HTTPRoute" not in text))
        partial = run(isvcc, ["verify", "fixtures/demo", "--live", str(dump)], source)
        if partial.returncode != 0 or "the dump holds no HTTPRoute" not in partial.stderr:
            problems.append(f"a dump of some kinds: exit {partial.returncode}\n{partial.stdout[:2000]}{partial.stderr[:500]}")
    demo = "".join(path.read_text() + "\n---\n" for path in sorted((source / "fixtures/demo/teams/vision").glob("*.yaml")))
    piped = subprocess.run([isvcc, "verify", "-"], cwd=source, input=demo, capture_output=True, text=True)
    if piped.returncode not in (0, 1) or "differ" in piped.stdout:
        problems.append(f"standard input, read once: exit {piped.returncode}\n{piped.stdout[:2000]}{piped.stderr[:500]}")
    runs = json.loads(run(isvcc, ["verify", "fixtures/demo", "--format", "json"], source).stdout)
    if not runs["equal"] or len({r["sha256"] for r in runs["runs"]}) != 1:
        problems.append(f"runs differ: {runs}")
    print("\n".join(problems) or "verify tells agreement from drift")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
