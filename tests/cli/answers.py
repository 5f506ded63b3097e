#!/usr/bin/env python3
"""What isvcc answers in JSON says the same as its text: who serves which format, and where a value comes from.

usage: answers.py ISVCC SOURCE_DIR
"""
import json, pathlib, subprocess, sys, tempfile

RUNTIME = """apiVersion: serving.kserve.io/v1alpha1
kind: {kind}
metadata: {{name: {name}{space}}}
spec:
  supportedModelFormats:
  - {{name: tree, version: "1", autoSelect: true, priority: {priority}}}
  protocolVersions: [v1, v2]
  containers: [{{name: kserve-container, image: "example/{name}:1", args: ["--model={{{{.Name}}}}"]}}]
"""
SERVICE = """apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: {name: iris, namespace: ml}
spec:
  predictor:
    model:
      modelFormat: {name: tree}
      storageUri: gs://m/iris
      env: [{name: GREETING, value: hello}]
"""


class Trial:
    def __init__(self, isvcc, folder):
        self.isvcc, self.folder, self.problems = isvcc, folder, []

    def ask(self, *words, code=0):
        done = subprocess.run([self.isvcc, *words], cwd=self.folder, capture_output=True, text=True)
        self.expect(f"isvcc {' '.join(words)} ends with {code}", done.returncode == code, done.stderr)
        return done.stdout

    def expect(self, what, fine, seen=""):
        if not fine:
            self.problems.append(f"{what}\n{str(seen)[:1500]}")


def who_serves(t):
    text, answer = t.ask("runtimes", "in", "--runtimes", "none"), json.loads(t.ask("runtimes", "in", "--runtimes", "none", "--format", "json"))
    runtimes = {r["name"]: r for r in answer["runtimes"]}
    t.expect("the schema is named", answer["schema"] == "isvcc.dev/runtimes/v1")
    t.expect("every runtime is listed, in both", set(runtimes) == {"best", "second", "own"} and all(name in text for name in runtimes), text)
    t.expect("with its formats", runtimes["best"]["formats"] == [{"name": "tree", "version": "1", "autoSelect": True, "priority": 2}], runtimes["best"])
    t.expect("and protocols", runtimes["best"]["protocols"] == ["v1", "v2"] and not runtimes["best"]["bundled"] and not runtimes["best"]["disabled"])
    t.expect("and users", runtimes["own"]["users"] == [{"namespace": "ml", "name": "iris", "automatic": True}] and runtimes["second"]["users"] == [], runtimes)
    t.expect("one that never wins says because of whom", runtimes["second"]["neverWinsBecauseOf"]["name"] == "best", runtimes["second"])
    orders = [[r["name"] for r in row["order"]] for row in answer["matrix"] if row["format"] == "tree"]
    t.expect("the order is that of KServe", ["best", "second"] in orders and ["own", "best", "second"] in orders, answer["matrix"])


def clashes(t):
    (t.folder / "clash").mkdir()
    for name in ("one", "two"):
        (t.folder / f"clash/{name}.yaml").write_text(RUNTIME.format(kind="ClusterServingRuntime", name=name, space="", priority=1).replace(", priority: 1", ""))
    answer = json.loads(t.ask("runtimes", "clash", "--runtimes", "none", "--format", "json"))
    found = [(c["first"]["name"], c["second"]["name"], c["format"]) for c in answer.get("clashes", [])]
    t.expect("runtimes that are equal for KServe clash", sorted(found[0][:2]) == ["one", "two"] and found[0][2] == "tree" if found else False, answer)


def where_values_come_from(t):
    place = ("explain", "ml/iris", "--runtimes", "none")
    field = ("--field", "spec.template.spec.containers[kserve-container]")
    answer, text = json.loads(t.ask(*place, *field, "--format", "json")), t.ask(*place, *field)
    values = {v["path"].rsplit("]", 1)[1] if "env" not in v["path"] else v["path"].split("]", 1)[1]: v for a in answer["answers"] for v in a["values"]}
    t.expect("the schema is named", answer["schema"] == "isvcc.dev/explain-value/v1")
    t.expect("a value of the runtime has its file", values[".image"]["value"] == "example/own:1" and values[".image"]["origin"]["file"].endswith("own.yaml"), values)
    greeting = [v for v in values.values() if v["value"] == "hello"]
    t.expect("a value of the service has its line", greeting and greeting[0]["origin"]["file"].endswith("iris.yaml") and greeting[0]["origin"]["line"] == 9, greeting)
    t.expect("the text shows the same values", all(json.dumps(v["value"]) in text for v in greeting) and "example/own:1" in text, text)
    answer = json.loads(t.ask(*place, "--field", "spec.template.spec.containers[kserve-container].args[0]", "--format", "json"))
    history = [entry["value"] for entry in answer["answers"][0]["history"]]
    t.expect("what a value was before is told", "--model={{.Name}}" in history and history[-1] == "--model=iris" or "--model=iris" in str(answer), answer)
    t.ask(*place, "--field", "spec.nothing", code=1)


def main():
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(folder))
        sources = trial.folder / "in"
        sources.mkdir()
        (trial.folder / "isvcc.yaml").write_text("apiVersion: isvcc.dev/v1\nkind: Project\nsources: [in]\n")
        for kind, name, space, priority in (("ClusterServingRuntime", "best", "", 2), ("ClusterServingRuntime", "second", "", 1), ("ServingRuntime", "own", ", namespace: ml", 1)):
            (sources / f"{name}.yaml").write_text(RUNTIME.format(kind=kind, name=name, space=space, priority=priority))
        (sources / "iris.yaml").write_text(SERVICE)
        for test in (who_serves, clashes, where_values_come_from):
            test(trial)
    print("\n".join(trial.problems) or "the answers in JSON say what the text says")
    return 1 if trial.problems else 0


if __name__ == "__main__":
    sys.exit(main())
