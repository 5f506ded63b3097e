#!/usr/bin/env python3
"""Shares of an output put together are the whole; a dependency file names everything that was read.

usage: shards.py ISVCC SOURCE_DIR
"""
import os, pathlib, shutil, subprocess, sys, tempfile, time

LAYOUTS = ("tree", "bundle", "flux", "kustomize", "argocd-hydrator")


def run(isvcc, *arguments, code=0, cwd=None):
    done = subprocess.run([isvcc, *map(str, arguments)], capture_output=True, text=True, cwd=cwd)
    assert done.returncode == code, (arguments, done.returncode, done.stderr)
    return done.stdout + done.stderr


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def difference(a, b):
    return sorted(name for name in a.keys() | b.keys() if a.get(name) != b.get(name))


def shares_put_together_are_the_whole(isvcc, demo, base):
    for layout in LAYOUTS:
        run(isvcc, "build", demo, "-q", "--layout", layout, "-o", base / layout)
        whole = contents(base / layout)
        apart, into_one = {}, base / f"{layout}-into-one"
        for k in (3, 1, 4, 2):
            run(isvcc, "build", demo, "-q", "--layout", layout, "--shard", f"{k}/4", "-o", base / f"{layout}-{k}")
            share = contents(base / f"{layout}-{k}")
            assert share and all(apart.get(name, text) == text for name, text in share.items()), layout
            assert len(share) < len(whole), (layout, k)
            apart.update(share)
            # Into one folder, one after the other: each leaves alone what the others wrote.
            run(isvcc, "build", demo, "-q", "--layout", layout, "--shard", f"{k}/4", "-o", into_one)
        assert apart == whole, (layout, difference(apart, whole))
        assert contents(into_one) == whole, (layout, difference(contents(into_one), whole))
        assert " 0 files written" in run(isvcc, "build", demo, "--layout", layout, "-o", into_one)


def streams_put_together_are_the_whole(isvcc, demo, base):
    def documents(*arguments):
        return sorted(subprocess.run([isvcc, "build", demo, "-q", "-o", "-", *arguments], capture_output=True, text=True, check=True).stdout.split("---\n"))

    whole, apart = documents(), sorted(d for k in (1, 2, 3) for d in documents("--shard", f"{k}/3"))
    assert whole == apart


def a_share_removes_only_what_is_its_own(isvcc, demo, base):
    project, out = base / "project", base / "out"
    shutil.copytree(demo, project)
    for k in (1, 2):
        run(isvcc, "build", project, "-q", "--shard", f"{k}/2", "-o", out)
    before = contents(out)
    shutil.rmtree(project / "teams/fraud")
    removed = [set(before) - set(contents(out)) for k in (1, 2) if run(isvcc, "build", project, "-q", "--shard", f"{k}/2", "-o", out) is not None]
    gone = {name for name in before if name.startswith("fraud/") or name == ".isvcc/index/fraud.json"}
    assert set(before) - set(contents(out)) == gone, set(before) - set(contents(out))
    assert not removed[0] or removed[0] == gone, removed


def findings_are_told_by_one_share(isvcc, demo, base):
    project = base / "broken"
    shutil.copytree(demo, project)
    service = (project / "teams/fraud/merchant-risk.yaml").read_text()
    (project / "teams/fraud/merchant-risk.yaml").write_text(service.replace("sklearn:", "sklern:"))
    codes = [subprocess.run([isvcc, "check", project, "-q", "--shard", f"{k}/7"], capture_output=True).returncode for k in range(1, 8)]
    assert sorted(codes) == [0] * 6 + [1], codes


def usage_is_checked(isvcc, demo, base):
    for wrong in ("0/3", "4/3", "2", "a/b", "1/0"):
        assert "--shard needs K/N" in run(isvcc, "check", demo, "--shard", wrong, code=2)


def the_depfile_names_everything(isvcc, demo, base):
    project = base / "dep"
    shutil.copytree(demo, project)
    odd = project / "teams/with blank#and$and:colon.yaml"
    odd.write_text("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: fraud}\n")
    (project / ".isvccignore").write_text("nothing\n")
    run(isvcc, "build", project, "-q", "-o", "out", "--depfile", "out.d", cwd=base)
    text = (base / "out.d").read_text()
    assert text.startswith("out/.isvcc/index.json: \\\n"), text[:100]
    for name in ("dep/isvcc.yaml", "dep/.isvccignore", "dep/teams/pricing/services.jsonnet", "dep/platform/lib/acme.libsonnet", "dep/teams/fraud/card-score.yaml", "dep/teams/fraud"):
        assert f"  {name} \\\n" in text or f"  {name}\n" in text, name
    assert r"dep/teams/with\ blank\#and$$and\:colon.yaml" in text
    assert "embedded" not in text
    rule = text[:next(i for i in range(len(text)) if text[i] == "\n" and text[i - 1] != "\\")]
    for path in rule.split(" \\\n  ")[1:]:
        plain = path.replace("\\ ", " ").replace("\\#", "#").replace("\\:", ":").replace("$$", "$")
        assert (base / plain).exists(), path
    assert "needs --depfile-target" in run(isvcc, "build", project, "-o", "-", "--depfile", base / "x.d", code=2)


def make_and_ninja_rebuild_when_they_should(isvcc, demo, base):
    project = base / "incremental"
    shutil.copytree(demo, project)
    odd = project / "teams/fraud/a b#c$d.yaml"
    odd.write_text("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: fraud}\n")
    (base / "Makefile").write_text(
        f"out.stamp: ; {isvcc} build incremental -q -o out --depfile out.d --depfile-target out.stamp && touch out.stamp\n-include out.d\n")
    (base / "build.ninja").write_text(
        f"rule isvcc\n  command = {isvcc} build incremental -q -o nout --depfile $out.d --depfile-target $out && touch $out\n  depfile = $out.d\n  deps = gcc\nbuild nout.stamp: isvcc incremental/isvcc.yaml\n")
    for tool, idle, output in ((["make"], "up to date", "out"), (["ninja"], "no work to do", "nout")):
        if not shutil.which(tool[0]):
            print(f"{tool[0]} is not installed: skipped")
            continue

        stamp, past = base / f"{output}.stamp", time.time() - 10000
        for path in [project, *project.rglob("*")]:
            os.utime(path, (past, past))

        def build():
            done = subprocess.run(tool, cwd=base, capture_output=True, text=True)
            assert done.returncode == 0, (tool, done.stdout, done.stderr)
            return idle not in done.stdout

        assert build() and not build(), tool
        for changed in ("platform/lib/acme.libsonnet", "teams/fraud/a b#c$d.yaml", "isvcc.yaml", "teams/fraud"):
            os.utime(stamp, (past + 50, past + 50))
            assert not build(), (tool, changed)
            past += 100
            os.utime(project / changed, (past, past))
            assert build(), (tool, changed)


def main():
    isvcc, demo = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve() / "fixtures/demo"
    tests = [shares_put_together_are_the_whole, streams_put_together_are_the_whole, a_share_removes_only_what_is_its_own, findings_are_told_by_one_share,
             usage_is_checked, the_depfile_names_everything, make_and_ninja_rebuild_when_they_should]
    for test in tests:
        with tempfile.TemporaryDirectory() as folder:
            test(isvcc, demo, pathlib.Path(folder))
    print(f"{len(tests)} tests of shares and dependency files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
