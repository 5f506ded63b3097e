#!/usr/bin/env python3
"""Each layout as the tool for it reads it: what comes out of kustomize, kubectl, Helm or go-yaml is what isvcc streams, object for object. And
the Jsonnet library as jsonnet itself reads it.

The tools are looked for in $ISVCC_TEST_TOOLS and on the PATH; `ci/run layouts` builds them, and with --all none may be missing. Without tools the
layouts are read by a small reader here, as the tools are documented to.

usage: layouts.py ISVCC SOURCE_DIR [BUILD_DIR] [--all]
"""
import json, os, pathlib, shutil, subprocess, sys, tempfile
import yaml

CRDS = "crds"  # in $ISVCC_TEST_TOOLS: the schemas of Argo CD's and Flux's own kinds


class Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):
    """Kubernetes has no dates, and no key that stands for a value."""


Loader.yaml_implicit_resolvers = {first: [(tag, regexp) for tag, regexp in rows if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:value")] for first, rows in Loader.yaml_implicit_resolvers.items()}


def objects_of(text):
    return [o for o in yaml.load_all(text, Loader) if o]


def identity(o):
    return o["apiVersion"], o["kind"], o["metadata"].get("namespace", ""), o["metadata"]["name"]


class Trial:
    def __init__(self, isvcc, source, folder, strict):
        self.isvcc, self.source, self.root, self.strict = isvcc, source, pathlib.Path(folder), strict
        self.tools = os.pathsep.join([os.environ.get("ISVCC_TEST_TOOLS", ""), os.environ["PATH"]])
        self.notes = []

    def have(self, tool):
        if shutil.which(tool, path=self.tools):
            return True
        assert not self.strict or tool == "kubectl", f"{tool} is missing"  # Go installs no kubectl
        self.notes.append(f"{tool} is not installed: skipped")
        return False

    def fetched(self, name):
        """A file that ci/layout_tools took out of a module."""
        return pathlib.Path(os.environ.get("ISVCC_TEST_TOOLS", ".").split(os.pathsep)[0]) / name

    def run(self, *words, stdin=None, cwd=None):
        environment = {**os.environ, "PATH": f"{pathlib.Path(self.isvcc).parent}{os.pathsep}{self.tools}", "HOME": str(self.root)}
        done = subprocess.run([str(word) for word in words], cwd=cwd or self.root, capture_output=True, text=True, input=stdin, env=environment)
        assert done.returncode == 0, (words, done.stderr[-2000:])
        return done.stdout

    def build(self, project, layout, *more):
        out = self.root / f"{project.name}-{layout}"
        self.run(self.isvcc, "build", project, "-o", out, "--layout", layout, "-q", *more)
        return out

    def streamed(self, project, *more):
        return objects_of(self.run(self.isvcc, "build", project, "-o", "-", "-q", *more))

    def same(self, what, got, wanted):
        got, wanted = ({identity(o): o for o in objects} for objects in (got, wanted))
        assert got.keys() == wanted.keys(), (what, sorted(got.keys() ^ wanted.keys())[:5])
        for name, o in wanted.items():
            assert got[name] == o, f"{what}: {name}\n{json.dumps(got[name], indent=1)}\n{json.dumps(o, indent=1)}"


def without_substitution(objects):
    """What the layout flux adds to objects with ${…}."""
    for o in objects:
        annotations = o["metadata"].get("annotations", {})
        if annotations.pop("kustomize.toolkit.fluxcd.io/substitute", None) and not annotations:
            del o["metadata"]["annotations"]
    return objects


def read_kustomization(folder):
    """resources of a kustomization.yaml, as kustomize reads them: files, and folders with their own."""
    listed = yaml.safe_load((folder / "kustomization.yaml").read_text())["resources"]
    assert listed == sorted(listed) and len(set(listed)) == len(listed), folder
    for name in listed:
        path = folder / name
        yield from read_kustomization(path) if path.is_dir() else objects_of(path.read_text())


def layouts_read_here(t, project, wanted):
    t.same("tree", [o for path in t.build(project, "tree").rglob("*.yaml") for o in objects_of(path.read_text())], wanted)
    t.same("bundle", [o for path in t.build(project, "bundle").glob("*.yaml") for o in objects_of(path.read_text())], wanted)
    t.same("kustomize", read_kustomization(t.build(project, "kustomize")), wanted)
    flux = t.build(project, "flux")
    t.same("flux", without_substitution(list(read_kustomization(flux))), wanted)
    t.same("argocd-hydrator", [o for path in t.build(project, "argocd-hydrator").rglob("manifest.yaml") for o in objects_of(path.read_text())], wanted)
    archive = t.root / f"{project.name}.tar.gz"
    t.run(t.isvcc, "bundle", project, "-o", archive, "-q")
    unpacked = t.root / f"{project.name}-unpacked"
    unpacked.mkdir()
    t.run("tar", "-xzf", archive, "-C", unpacked)
    t.same("bundle archive", without_substitution(list(read_kustomization(unpacked))), wanted)


def kustomize_builds_them(t, project, wanted):
    commands = [command for command in (["kustomize", "build"], ["kubectl", "kustomize"]) if t.have(command[0])]
    for command in commands:
        t.same(f"{command[0]}: kustomize", objects_of(t.run(*command, t.root / f"{project.name}-kustomize")), wanted)
        flux = t.root / f"{project.name}-flux"
        t.same(f"{command[0]}: flux", without_substitution(objects_of(t.run(*command, flux))), wanted)
        for folder in (path for path in flux.iterdir() if path.is_dir() and path.name != ".isvcc"):
            part = without_substitution(objects_of(t.run(*command, folder)))
            t.same(f"{command[0]}: {folder.name}", part, [o for o in wanted if o["metadata"].get("namespace", "_cluster") == folder.name])


def kustomize_names_files_so(t, project, wanted):
    """--file-name kustomize: the names, and the bytes, of `kustomize build -o FOLDER`. Where all objects have one namespace kustomize leaves it out of the
    names; isvcc never does, so that a second namespace renames nothing."""
    if not t.have("kustomize"):
        return
    ours, theirs = t.root / f"{project.name}-named", t.root / f"{project.name}-theirs"
    t.run(t.isvcc, "build", project, "-o", ours, "--file-name", "kustomize", "-q")
    theirs.mkdir()
    t.run("kustomize", "build", t.root / f"{project.name}-kustomize", "-o", theirs)
    spaces = {o["metadata"].get("namespace", "") for o in wanted}
    prefix = f"{spaces.pop()}_" if len(spaces) == 1 else ""
    texts = [{path.name.removeprefix(prefix): path.read_text() for path in folder.glob("*.yaml")} for folder in (ours, theirs)]
    assert texts[0] == texts[1], sorted(texts[0].keys() ^ texts[1].keys()) or [name for name in texts[0] if texts[0][name] != texts[1][name]]


def helm_passes_them_on(t, project, wanted):
    """The tree as the templates of a chart, and the sources behind a post-renderer. `{{` in manifests is not for Helm."""
    if not t.have("helm"):
        return
    chart = t.root / f"{project.name}-chart"
    (chart / "templates").mkdir(parents=True)
    (chart / "Chart.yaml").write_text("apiVersion: v2\nname: models\nversion: 0.1.0\n")
    for path in (t.root / f"{project.name}-tree").rglob("*.yaml"):
        (chart / "templates" / "-".join(path.relative_to(t.root / f"{project.name}-tree").parts)).write_text(path.read_text().replace("{{", '{{ "{{" }}'))
    t.same("helm", objects_of(t.run("helm", "template", "models", chart)), wanted)


def the_hydrator_writes_the_same_bytes(t, project, wanted):
    if not t.have("hydrate"):
        return
    out = t.root / f"{project.name}-argocd-hydrator"
    for path in out.rglob("manifest.yaml"):
        text = path.read_text()
        assert t.run("hydrate", "manifest", stdin=json.dumps(objects_of(text))) == text, path
    for path in out.rglob("hydrator.metadata"):
        text = path.read_text()
        assert json.loads(text).keys() & {"repoURL", "drySha"} or project.name == "demo", path  # a copy of the demo may have left its repository
        assert t.run("hydrate", "metadata", stdin=text) == text, path
        readme = path.parent / "README.md"
        if "repoURL" in text and readme.exists():
            assert t.run("hydrate", "readme", t.fetched("settings.go"), stdin=text) == readme.read_text(), readme


def flux_applies_them(t, project, wanted):
    """What the kustomize-controller makes of each folder is what isvcc streams, though postBuild would replace every ${…}."""
    if not t.have("flux-build"):
        return
    flux = t.root / f"{project.name}-flux"
    parts = [path for path in flux.iterdir() if path.is_dir() and path.name != ".isvcc"]
    for folder in (flux, *parts):
        built = without_substitution(objects_of(t.run("flux-build", flux, folder)))
        t.same(f"flux: {folder.name}", built, [o for o in wanted if folder == flux or o["metadata"].get("namespace", "_cluster") == folder.name])


def objects_fit_their_schemas(t, project, wanted):
    crds = t.fetched(CRDS)
    if not crds.is_dir():
        assert not t.strict, f"{crds} is missing"
        t.notes.append("no schemas of Argo CD and Flux: skipped")
        return
    for tool, url in (("argocd", "https://git.example/m"), ("applicationset", "https://git.example/m"), ("flux", "https://git.example/m"), ("flux", "oci://registry.example/m")):
        file = t.root / f"{project.name}-{tool}.yaml"
        t.run(t.isvcc, "gitops", tool, project, "--repo-url", url, "-o", file, "-q")
        t.run(t.isvcc, "check", file, "--schema", crds, "--deny-warnings", "-q")


def the_integrations_are_read_by_their_systems(t):
    folder = t.source / "templates/integrations"
    if t.have("tekton-task"):
        t.run("tekton-task", folder / "tekton/task.yaml")
    if t.have("actionlint"):
        t.run("actionlint", *(folder / "github/workflows").glob("*.yaml"))
    crds = t.fetched(CRDS)
    if crds.is_dir():
        t.run(t.isvcc, "check", folder / "argocd/application.yaml", "--schema", crds, "--deny-warnings", "-q")


def the_library_is_plain_jsonnet(t):
    """What jsonnet itself makes of templates/lib is what isvcc makes of it."""
    if not t.have("jsonnet"):
        return
    shutil.copytree(t.source / "templates/lib", t.root / "library/isvcc")
    for release in ("v0.18.1", "v0.19.0", "v0.20.0"):
        (t.root / "shipped.jsonnet").write_text(f"std.objectValues((import 'isvcc/runtimes.libsonnet').release('{release}') + (import 'isvcc/storagecontainers.libsonnet').release('{release}'))\n")
        wanted = json.loads(t.run("jsonnet", "-J", "library", "shipped.jsonnet"))
        assert len(wanted) > 5
        t.same(f"the runtimes of {release}", objects_of(t.run(t.isvcc, "dump", "tree", "shipped.jsonnet", "--runtimes", "none", "-q")), wanted)


HOSTILE = """apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: {name: dollars, namespace: "on", annotations: {serving.kserve.io/deploymentMode: Standard}}
spec:
  predictor:
    containers:
    - name: kserve-container
      image: acme/own:1
      args: ["$$(POD)", "$(POD)", "$HOME", "$$HOME", "$$", "a$", "$ {x}", "$#", "$\\n{x}", "$'{x}'"]
---
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: {name: hostile, namespace: "on", annotations: {serving.kserve.io/deploymentMode: Standard, note: "${HOME} {{ .Values }} a: b # c"}}
spec:
  predictor:
    containers:
    - name: kserve-container
      image: acme/own:1
      args: ["yes", "0x1F", "1e3", "2024-01-01", "  lead", "trail  ", "a\\tb", "", "~", "- x", "é ü 漢", "%s", "'", '"', "line\\nline\\n", "x: y", "0o7", "1_000", "=", "12:30:45",
             "a long text of many words that a writer may want to fold because it does not fit into eighty columns at all"]
      env: [{name: "ON", value: "on"}, {name: JSON, value: '{"a": ["b", 1]}'}]
"""


def projects(t):
    yield t.source / "fixtures/demo"
    hostile = t.root / "hostile"
    hostile.mkdir()
    (hostile / "isvcc.yaml").write_text("apiVersion: isvcc.dev/v1\nkind: Project\nkserve: v0.20.0\n")
    (hostile / "service.yaml").write_text(HOSTILE)
    for words in (["init", "-q"], ["remote", "add", "origin", "https://git.example/models.git?a=1&b=<2>"], ["add", "-A"], ["commit", "-q", "-m", 'Name "x" <y> & \\ \t é \u2028', "-m", "Body\nof two lines"]):
        t.run("git", "-c", "user.name=Jörg <J>", "-c", "user.email=j@example.com", *words, cwd=hostile)
    yield hostile


def main():
    words = [word for word in sys.argv[1:] if word != "--all"]
    isvcc, source = os.path.abspath(words[0]), pathlib.Path(words[1]).resolve()
    tests = [layouts_read_here, kustomize_builds_them, kustomize_names_files_so, helm_passes_them_on, the_hydrator_writes_the_same_bytes, flux_applies_them, objects_fit_their_schemas]
    with tempfile.TemporaryDirectory() as folder:
        t = Trial(isvcc, source, folder, "--all" in sys.argv)
        for project in projects(t):
            wanted = t.streamed(project)
            assert wanted
            for test in tests:
                test(t, project, wanted)
        the_integrations_are_read_by_their_systems(t)
        the_library_is_plain_jsonnet(t)
    print("\n".join(sorted(set(t.notes))))
    print(f"{len(tests)} tests of layouts, on two projects")
    return 0


if __name__ == "__main__":
    sys.exit(main())
