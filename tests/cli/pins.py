#!/usr/bin/env python3
"""isvcc pin: names runtimes in sources and touches nothing else.

usage: pins.py ISVCC SOURCE_DIR
"""
import json, os, pathlib, shutil, stat, subprocess, sys, tempfile

PROJECT = "apiVersion: isvcc.dev/v1\nkind: Project\nkserve: v0.20.0\n"
HEAD = "apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata: {name: NAME, namespace: ml}\n"

# What an author wrote, and what stands there after `isvcc pin --in-place`.
EDITS = {
    "block style, comments": (
        "spec:\n  predictor:\n    model:  # the model\n      # its format\n      modelFormat:\n        name: sklearn   # of scikit-learn\n\n      storageUri: 'gs://m/x'\n",
        "spec:\n  predictor:\n    model:  # the model\n      runtime: kserve-sklearnserver\n      # its format\n      modelFormat:\n        name: sklearn   # of scikit-learn\n\n      storageUri: 'gs://m/x'\n"),
    "deep indentation": (
        "spec:\n    predictor:\n        model:\n            modelFormat: {name: sklearn}\n            storageUri: gs://m/x\n",
        "spec:\n    predictor:\n        model:\n            runtime: kserve-sklearnserver\n            modelFormat: {name: sklearn}\n            storageUri: gs://m/x\n"),
    "Windows line ends": (
        "spec:\r\n  predictor:\r\n    model:\r\n      modelFormat: {name: sklearn}\r\n      storageUri: gs://m/x\r\n",
        "spec:\r\n  predictor:\r\n    model:\r\n      runtime: kserve-sklearnserver\r\n      modelFormat: {name: sklearn}\r\n      storageUri: gs://m/x\r\n"),
    "no line end at the end": (
        "spec:\n  predictor:\n    model:\n      modelFormat: {name: sklearn}\n      storageUri: gs://m/x",
        "spec:\n  predictor:\n    model:\n      runtime: kserve-sklearnserver\n      modelFormat: {name: sklearn}\n      storageUri: gs://m/x"),
    "flow style": (
        "spec: {predictor: {model: {modelFormat: {name: sklearn}, storageUri: gs://m/x}}}\n",
        "spec: {predictor: {model: {runtime: kserve-sklearnserver, modelFormat: {name: sklearn}, storageUri: gs://m/x}}}\n"),
    "flow style over lines": (
        "spec:\n  predictor:\n    model: {\n      modelFormat: {name: sklearn},\n      storageUri: gs://m/x\n    }\n",
        "spec:\n  predictor:\n    model: {\n      runtime: kserve-sklearnserver,\n      modelFormat: {name: sklearn},\n      storageUri: gs://m/x\n    }\n"),
    "quoted keys": (
        "\"spec\":\n  'predictor':\n    \"model\": {\"modelFormat\": {\"name\": \"sklearn\"}, \"storageUri\": \"gs://m/x\"}\n",
        "\"spec\":\n  'predictor':\n    \"model\": {\"runtime\": \"kserve-sklearnserver\", \"modelFormat\": {\"name\": \"sklearn\"}, \"storageUri\": \"gs://m/x\"}\n"),
    "an old field": (
        "spec:\n  predictor:\n    sklearn:  # old\n      storageUri: gs://m/x\n",
        "spec:\n  predictor:\n    model:  # old\n      modelFormat:\n        name: sklearn\n      runtime: kserve-sklearnserver\n      storageUri: gs://m/x\n"),
    "an old field in flow style": (
        "spec:\n  predictor: {sklearn: {storageUri: gs://m/x}}\n",
        "spec:\n  predictor: {model: {modelFormat: {name: sklearn}, runtime: kserve-sklearnserver, storageUri: gs://m/x}}\n"),
    "an old field with a protocol of its own": (
        "spec:\n  predictor:\n    triton:\n      storageUri: gs://m/x\n",
        "spec:\n  predictor:\n    model:\n      modelFormat:\n        name: triton\n      protocolVersion: v2\n      runtime: kserve-tritonserver\n      storageUri: gs://m/x\n"),
    "a runtime is named": (
        "spec:\n  predictor:\n    model:\n      runtime: kserve-sklearnserver\n      modelFormat: {name: sklearn}\n      storageUri: gs://m/x\n", None),
    "no runtime is needed": (
        "spec:\n  predictor:\n    containers: [{name: kserve-container, image: acme/own:1}]\n", None),
}
# Places that are refused, with a part of the reason.
REFUSED = {
    "has an anchor": "spec:\n  predictor:\n    model: &m\n      modelFormat: {name: sklearn}\n      storageUri: gs://m/x\n",
    "comes from a merge key": "base: &base\n  model: {modelFormat: {name: sklearn}, storageUri: gs://m/x}\nspec:\n  predictor:\n    <<: *base\n",
    "is an alias of another place": "base: &base {modelFormat: {name: sklearn}, storageUri: gs://m/x}\nspec:\n  predictor:\n    model: *base\n",
    "written in a way that is not edited": "spec:\n  predictor:\n    ? model\n    : modelFormat: {name: sklearn}\n      storageUri: gs://m/x\n",
    "has an empty runtime already": "spec:\n  predictor:\n    model: {runtime: null, modelFormat: {name: sklearn}, storageUri: gs://m/x}\n",
}


class Trial:
    def __init__(self, isvcc, folder):
        self.isvcc, self.root = isvcc, pathlib.Path(folder)

    def fresh(self, files, project=PROJECT):
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir()
        self.write("isvcc.yaml", project)
        for name, text in files.items():
            self.write(name, text)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())

    def read(self, name):
        return (self.root / name).read_bytes().decode()

    def run(self, *arguments, code=0):
        done = subprocess.run([self.isvcc, *arguments], cwd=self.root, capture_output=True)
        assert done.returncode == code, (arguments, done.returncode, done.stdout.decode(), done.stderr.decode())
        return done.stdout.decode(), done.stderr.decode()

    def pinned(self):
        return self.run("build", "--render", "pinned", "-o", "-")[0]


def edits_touch_nothing_else(t):
    for what, (before, after) in EDITS.items():
        t.fresh({"a.yaml": HEAD.replace("NAME", "a") + before})
        meant = t.pinned()
        t.run("pin", "--in-place")
        assert t.read("a.yaml") == HEAD.replace("NAME", "a") + (after or before), (what, t.read("a.yaml"))
        assert t.pinned() == meant, what
        assert "every service names its runtime" in t.run("pin", "--in-place")[1]


def json_keeps_its_form(t):
    service = {"apiVersion": "serving.kserve.io/v1beta1", "kind": "InferenceService", "metadata": {"name": "a", "namespace": "ml"},
               "spec": {"predictor": {"model": {"modelFormat": {"name": "sklearn"}, "storageUri": "gs://m/x"}}}}
    for form in ({"indent": 2}, {"indent": "\t"}, {"separators": (",", ":")}, {}):
        t.fresh({"a.json": json.dumps(service, **form)})
        t.run("pin", "--in-place")
        wanted = json.loads(json.dumps(service))
        wanted["spec"]["predictor"]["model"] = {"runtime": "kserve-sklearnserver", **wanted["spec"]["predictor"]["model"]}
        assert t.read("a.json") == json.dumps(wanted, **form), t.read("a.json")


def several_in_one_file(t):
    block, flow = EDITS["block style, comments"], EDITS["flow style"]
    texts = [[HEAD.replace("NAME", name) + case[side] for name, case in (("a", block), ("b", flow), ("c", block))] for side in (0, 1)]
    t.fresh({"all.yaml": "---\n".join(texts[0]), "one/list.yaml": "kind: List\napiVersion: v1\nitems:\n- " + (HEAD.replace("NAME", "d") + block[0]).replace("\n", "\n  ").rstrip() + "\n"})
    patch, said = t.run("pin")
    assert "4 services to pin in 2 files" in said, said
    assert "---\n".join(texts[0]) == t.read("all.yaml")
    shutil.copytree(t.root, t.root.parent / "patched", dirs_exist_ok=True)
    done = subprocess.run(["git", "apply", "-"], cwd=t.root.parent / "patched", input=patch.encode(), capture_output=True)
    assert done.returncode == 0, (patch, done.stderr)
    t.run("pin", "--in-place")
    assert t.read("all.yaml") == "---\n".join(texts[1])
    for name in ("all.yaml", "one/list.yaml"):
        assert (t.root.parent / "patched" / name).read_text() == t.read(name)
    assert "\n        runtime: kserve-sklearnserver\n        # its format" in t.read("one/list.yaml"), t.read("one/list.yaml")


def unclear_places_are_refused(t):
    for why, text in REFUSED.items():
        t.fresh({"a.yaml": HEAD.replace("NAME", "a") + text, "b.yaml": HEAD.replace("NAME", "b") + EDITS["flow style"][0]}, PROJECT + "strict: false\n")
        said = t.run("pin", "--in-place", code=1)[1]
        assert why in said and "E1102" in said and "write runtime: kserve-sklearnserver in spec.predictor.model" in said, said
        assert t.read("a.yaml") == HEAD.replace("NAME", "a") + text, why
        assert "runtime: kserve-sklearnserver" in t.read("b.yaml")


def jsonnet_is_refused(t):
    t.fresh({"a.jsonnet": "local ks = import 'isvcc/kserve.libsonnet';\nks.model('a', 'sklearn', 'gs://m/a', namespace='ml')\n"})
    said = t.run("pin", "--in-place", code=1)[1]
    assert "a.jsonnet" in said and "Jsonnet makes the service" in said and "runtime: kserve-sklearnserver" in said, said


def services_that_are_not_updated_are_told(t):
    kept = HEAD.replace("NAME", "a").replace("namespace: ml}", "namespace: ml, annotations: {serving.kserve.io/disable-auto-update: 'true'}}")
    t.fresh({"a.yaml": kept + EDITS["flow style"][0]})
    said = t.run("build", "--render", "pinned", "-o", "-")[1]
    assert "W1102" in said, said


def links_are_refused(t):
    t.fresh({"real/a.yaml": HEAD.replace("NAME", "a") + EDITS["flow style"][0]}, PROJECT + "sources: [services]\n")
    (t.root / "services").mkdir()
    (t.root / "services/a.yaml").symlink_to("../real/a.yaml")
    assert "behind a symbolic link" in t.run("pin", "--in-place", code=1)[1]
    assert (t.root / "services/a.yaml").is_symlink() and "runtime" not in t.read("real/a.yaml")


def other_encodings_are_refused(t):
    t.fresh({})
    text = (HEAD.replace("NAME", "a") + EDITS["flow style"][0]).encode("utf-16")
    (t.root / "a.yaml").write_bytes(text)
    assert "not written in UTF-8" in t.run("pin", "--in-place", code=1)[1]
    assert (t.root / "a.yaml").read_bytes() == text
    text = "\ufeff" + HEAD.replace("NAME", "a") + EDITS["flow style"][0]
    t.write("a.yaml", text)
    t.run("pin", "--in-place")
    assert t.read("a.yaml") == text.replace("{model: {", "{model: {runtime: kserve-sklearnserver, ")


def standard_input_is_refused(t):
    t.fresh({})
    done = subprocess.run([t.isvcc, "pin", "--in-place", "-"], cwd=t.root, input=(HEAD.replace("NAME", "a") + EDITS["flow style"][0]).encode(), capture_output=True)
    assert done.returncode == 1 and b"no file of the project" in done.stderr, done


def modes_and_neighbours_stay(t):
    t.fresh({"a.yaml": HEAD.replace("NAME", "a") + EDITS["flow style"][0], "named.yaml": HEAD.replace("NAME", "b") + EDITS["a runtime is named"][0]})
    (t.root / "a.yaml").chmod(0o640)
    before = (t.root / "named.yaml").stat()
    t.run("pin", "--in-place")
    assert stat.S_IMODE((t.root / "a.yaml").stat().st_mode) == 0o640
    after = (t.root / "named.yaml").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert sorted(path.name for path in t.root.iterdir()) == ["a.yaml", "isvcc.yaml", "named.yaml"]


def a_new_runtime_moves_nobody(t):
    t.fresh({"a.yaml": HEAD.replace("NAME", "a") + EDITS["block style, comments"][0]})
    t.run("pin", "--in-place")
    before = t.run("build", "-o", "-")[0]
    t.write("new.yaml", "apiVersion: serving.kserve.io/v1alpha1\nkind: ServingRuntime\nmetadata: {name: newer, namespace: ml}\nspec:\n"
            "  supportedModelFormats: [{name: sklearn, autoSelect: true, priority: 9}]\n  containers: [{name: kserve-container, image: acme/new:1}]\n")
    assert t.run("build", "-o", "-")[0] == before


def paths_name_what_is_edited_not_what_is_read(t):
    runtime = ("apiVersion: serving.kserve.io/v1alpha1\nkind: ServingRuntime\nmetadata: {name: own, namespace: ml}\nspec:\n"
               "  supportedModelFormats: [{name: sklearn, autoSelect: true, priority: 9}]\n  containers: [{name: kserve-container, image: acme/own:1}]\n")
    t.fresh({"platform/own.yaml": runtime, "a/a.yaml": HEAD.replace("NAME", "a") + EDITS["flow style"][0], "b/b.yaml": HEAD.replace("NAME", "b") + EDITS["flow style"][0]})
    t.run("pin", "--in-place", "a")
    assert "runtime: own" in t.read("a/a.yaml") and "runtime" not in t.read("b/b.yaml")
    t.write("b/b.yaml", t.read("b/b.yaml").replace("sklearn", "sklern"))
    assert "every service names its runtime" in t.run("pin", "a")[1]
    assert "no service of the project is in platform" in t.run("pin", "platform", code=2)[1]


def clusters_have_to_agree(t):
    runtime = ("apiVersion: serving.kserve.io/v1alpha1\nkind: ServingRuntime\nmetadata: {name: own, namespace: ml}\nspec:\n"
               "  supportedModelFormats: [{name: sklearn, autoSelect: true, priority: 9}]\n  containers: [{name: kserve-container, image: acme/own:1}]\n")
    project = PROJECT + "sources: [shared]\nclusters:\n  staging: {}\n  prod: {sources: [prod]}\n"
    t.fresh({"shared/a.yaml": HEAD.replace("NAME", "a") + EDITS["flow style"][0], "prod/empty.yaml": ""}, project)
    assert t.run("pin")[0].count("+spec") == 1
    t.write("prod/own.yaml", runtime)
    said = t.run("pin", "--in-place", code=1)[1]
    assert "its clusters want different ones" in said and "kserve-sklearnserver (staging)" in said and "own (prod)" in said, said
    assert "runtime" not in t.read("shared/a.yaml")


def errors_come_first(t):
    t.fresh({"a.yaml": HEAD.replace("NAME", "a") + EDITS["flow style"][0], "b.yaml": "kind: [\n"})
    assert "nothing is pinned" in t.run("pin", "--in-place", code=1)[1]
    assert "runtime" not in t.read("a.yaml")
    t.run("pin", "--in-place", "--keep-going", code=1)
    assert "runtime: kserve-sklearnserver" in t.read("a.yaml")


def exit_codes_serve_as_a_gate(t):
    t.fresh({"a.yaml": HEAD.replace("NAME", "a") + EDITS["flow style"][0]})
    t.run("pin", "--exit-code", code=1)
    t.run("pin")
    t.run("pin", "--in-place", "-q")
    t.run("pin", "--exit-code")


def the_demo_renders_the_same(t):
    shutil.rmtree(t.root)
    shutil.copytree(SOURCE / "fixtures/demo", t.root)
    def pinned():
        return t.run("build", "--render", "pinned", "--keep-going", "-o", "-", code=1)[0]
    meant, rendered = pinned(), t.run("build", "-o", "-")[0]
    patch = t.run("pin", code=PINNED_DEMO)[0]
    t.run("pin", "--in-place", code=PINNED_DEMO)
    assert pinned() == meant and t.run("build", "-o", "-")[0] == rendered
    assert not [line for line in patch.splitlines() if line.startswith("-") and not line.startswith("---") and "runtime" in line]
    assert "\n+" not in t.run("pin", code=PINNED_DEMO)[0]


def frozen_copies_stay_while_they_are_named(t):
    """A service that names a copy keeps it when the runtime changes; a copy that nobody names goes away."""
    runtime = ("apiVersion: serving.kserve.io/v1alpha1\nkind: ServingRuntime\nmetadata: {name: own, namespace: ml}\nspec:\n"
               "  supportedModelFormats: [{name: sklearn, autoSelect: true}]\n  containers: [{name: kserve-container, image: acme/own:1}]\n")
    t.fresh({"own.yaml": runtime, "a.yaml": HEAD.replace("NAME", "a") + EDITS["flow style"][0], "b.yaml": HEAD.replace("NAME", "b") + EDITS["flow style"][0]},
            PROJECT + "runtimes: none\nrender: pinned\nfreezeRuntimes: true\noutput: out\n")
    def copies():
        t.run("build", "-q")
        return sorted(path.name for path in (t.root / "out/ml/_shared").iterdir())
    [first] = copies()
    name = first.removeprefix("servingruntime-").removesuffix(".yaml")
    t.write("a.yaml", t.read("a.yaml").replace("{model: {", "{model: {runtime: " + name + ", "))
    assert f"copy ml/_shared/{first} from an earlier output" in t.run("check", code=1)[1]
    t.write("kept.yaml", t.read(f"out/ml/_shared/{first}"))
    t.write("own.yaml", runtime.replace("own:1", "own:2"))
    both = copies()
    assert first in both and len(both) == 2, both
    t.write("a.yaml", t.read("a.yaml").replace(f"runtime: {name}, ", ""))
    assert copies() == [other for other in both if other != first]


PINNED_DEMO = 1  # its Jsonnet services are refused


def main():
    global SOURCE
    isvcc, SOURCE = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    tests = [edits_touch_nothing_else, json_keeps_its_form, several_in_one_file, unclear_places_are_refused, jsonnet_is_refused, links_are_refused, other_encodings_are_refused, standard_input_is_refused,
             modes_and_neighbours_stay, a_new_runtime_moves_nobody, paths_name_what_is_edited_not_what_is_read, clusters_have_to_agree, errors_come_first, exit_codes_serve_as_a_gate, frozen_copies_stay_while_they_are_named, the_demo_renders_the_same]
    with tempfile.TemporaryDirectory() as folder:
        for test in tests:
            test(Trial(isvcc, folder + "/project"))
    print(f"{len(tests)} tests of pin")
    return 0


if __name__ == "__main__":
    sys.exit(main())
