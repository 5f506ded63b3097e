#!/usr/bin/env python3
"""isvcc as a part of pipes: KRM function, Helm post-renderer, `-` as a source, OpenShift templates. What is not rendered goes through
byte for byte, and what a Secret holds is never printed. Real kustomize and helm are asked where they are installed.

usage: pipes.py ISVCC SOURCE_DIR
"""
import json, os, pathlib, shutil, subprocess, sys, tempfile
import yaml

SERVICE = """apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: {name: iris, namespace: ml}
spec:
  predictor:
    model: {modelFormat: {name: sklearn}, storageUri: gs://models/iris}
"""
SECRET = """# Source: chart/templates/secret.yaml
apiVersion: v1
kind: Secret
metadata: {name: token, namespace: ml}   # kept as it is
stringData:
  password: "hunter2"
  on: 'yes'
"""
RUNTIME = """apiVersion: serving.kserve.io/v1alpha1
kind: ServingRuntime
metadata: {name: own, namespace: ml}
spec:
  supportedModelFormats: [{name: own-format, autoSelect: true}]
  containers: [{name: kserve-container, image: "registry.example/own:1"}]
"""
OWN = SERVICE.replace("sklearn", "own-format").replace("name: iris", "name: own")
PATH = "internal.config.kubernetes.io/path"


WINNER = """apiVersion: serving.kserve.io/v1alpha1
kind: ServingRuntime
metadata: {name: own, namespace: ml}
spec:
  supportedModelFormats: [{name: sklearn, version: "1", autoSelect: true, priority: 9}]
  protocolVersions: [v1]
  containers: [{name: kserve-container, image: "acme/own:1"}]
"""


def stream_project(isvcc, run, here, expect):
    """Whoever reads files reads standard input as well."""
    project = here / "stream"
    project.mkdir()
    (project / "isvcc.yaml").write_text("apiVersion: isvcc.dev/v1\nkind: Project\nkserve: v0.20.0\n")
    (project / "service.yaml").write_text(SERVICE)
    for verb, wanted in (("build -o -", "kind: Service"), ("dump plan", "service ml/iris"), ("dump tree", "kind: InferenceService"), ("explain ml/iris", "<stdin>:"), ("gitops flux --repo-url https://git.example/m", "path: ./ml"),
                         ("pin --exit-code", "runtime: kserve-sklearnserver"), ("runtimes", "1 service"), ("upgrade --from v0.19.0 --to v0.20.0", "1 service"), ("verify", "the same bytes")):
        done = run(isvcc, *verb.split(), "-", text=SERVICE)
        expect(f"{verb} reads a stream", wanted in done.stdout + done.stderr, done.stdout + done.stderr)
    done = run(isvcc, "impact", "-p", project, "-", "--format", "json", text=WINNER)
    reached = json.loads(done.stdout)["services"] if done.returncode == 0 else []
    expect("impact tells whom a runtime would win that nobody has added yet", [s["reach"] for s in reached] == ["switches"], done.stdout + done.stderr)
    (project / "runtime.yaml").write_text(WINNER)
    done = run(isvcc, "impact", "-p", project, "-", "--format", "json", text=WINNER.replace("name: sklearn", "name: lightgbm"))
    reached = json.loads(done.stdout)["services"] if done.returncode == 0 else []
    expect("and one that is to replace another", reached == [], done.stdout + done.stderr)
    (project / "runtime.yaml").unlink()
    rendered = run(isvcc, "build", project, "-o", "-", "-q").stdout
    run(isvcc, "build", project, "-o", here / "stream-out", "-q")
    for words, text, code, wanted in ((["--rendered", "--from", here / "stream-out"], rendered, 0, "nothing that isvcc renders changes"), (["--rendered", "--from", here / "stream-out"], rendered.replace("2Gi", "3Gi"), 1, "2Gi → 3Gi"),
                                      (["--from", project], SERVICE.replace("models/iris", "models/other"), 1, "models/other"), (["--from", project / "service.yaml"], SERVICE, 0, "nothing that isvcc renders changes"), (["--from", "-"], SERVICE, 2, "not both")):
        done = run(isvcc, "diff", *words, "--to", "-", "--exit-code", text=text)
        expect(f"diff {words} --to - is {code}", done.returncode == code and wanted in done.stdout + done.stderr, done.stdout + done.stderr)
    done = run(isvcc, "watch", "-", "-o", here / "stream-out", text=SERVICE)
    expect("a stream cannot be watched", done.returncode == 2 and "standard input" in done.stderr, done.stderr)


def main():
    isvcc, source = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
    problems, notes = [], []
    folder = tempfile.TemporaryDirectory()
    here = pathlib.Path(folder.name)

    def run(*words, text="", cwd=here, **variables):
        return subprocess.run([str(word) for word in words], input=text, cwd=cwd, env={**os.environ, **variables}, capture_output=True, text=True)

    def expect(what, fine, seen=""):
        if not fine:
            problems.append(f"{what}\n{seen}")

    def tool(name):
        found = os.environ.get(f"ISVCC_TEST_{name.upper()}") or shutil.which(name)
        if not found:
            notes.append(f"{name} is not installed: skipped")
        return found

    def names(text):
        return [f"{o['kind']}/{o['metadata']['name']}" for o in yaml.safe_load_all(text) if o]

    # ---- post-render
    done = run(isvcc, "post-render", text=f"---\n{SECRET}---\n{SERVICE}")
    expect("post-render renders", done.returncode == 0 and "Service/iris-predictor" in names(done.stdout) and "kind: InferenceService" not in done.stdout, done.stderr + done.stdout)
    expect("post-render keeps other documents byte for byte", done.stdout.startswith(f"---\n{SECRET}---\n"), done.stdout[:400])
    expect("post-render says nothing of a Secret", "hunter2" not in done.stderr, done.stderr)
    plain = f"---\n{SECRET}---\n# only a comment\n---\nkind: ConfigMap\napiVersion: v1\nmetadata: {{name: a}}\n"
    done = run(isvcc, "post-render", text=plain)
    expect("a stream without services is the same stream", done.returncode == 0 and done.stdout == plain, done.stdout + done.stderr)
    done = run(isvcc, "post-render", text=f"{SECRET}---\n{SERVICE.replace('sklearn', 'sklern')}")
    expect("nothing is printed after an error", done.returncode == 1 and done.stdout == "" and "sklern" in done.stderr, done.stdout + done.stderr)
    done = run(isvcc, "post-render", text=SECRET.replace('"hunter2"', "[hunter2") + "---\n" + SERVICE)
    expect("a Secret that does not parse is not shown", done.returncode == 1 and "hunter2" not in done.stderr + done.stdout, done.stderr)
    done = run(isvcc, "post-render", "--report", "json=report.json", text=SECRET.replace("'yes'", "[hunter2]") + "---\n" + SERVICE)
    expect("nor in a report", "hunter2" not in done.stderr + (here / "report.json").read_text(), done.stderr)
    done = run(isvcc, "post-render", text=f"{RUNTIME}---\n{OWN}")
    expect("runtimes of the stream are compiled in", "registry.example/own:1" in done.stdout and "ServingRuntime" not in done.stdout and "left out" in done.stderr, done.stdout + done.stderr)
    (here / "platform").mkdir()
    (here / "platform/runtime.yaml").write_text(RUNTIME)
    done = run(isvcc, "post-render", "platform", text=OWN)
    expect("runtimes of a folder are used, not printed", done.returncode == 0 and "registry.example/own:1" in done.stdout and "ServingRuntime" not in done.stdout, done.stderr)
    unplaced = SERVICE.replace(", namespace: ml", "")
    done = run(isvcc, "post-render", text=unplaced, HELM_NAMESPACE="release")
    expect("Helm's namespace is the default", "namespace: release" in done.stdout and "'release'" in done.stderr, done.stdout + done.stderr)
    done = run(isvcc, "post-render", "--render", "stored", text=f"{RUNTIME}---\n{OWN}")
    expect("stored services stay beside their runtime", names(done.stdout) == ["ServingRuntime/own", "InferenceService/own"] and RUNTIME in done.stdout, done.stdout)
    helm4 = "postrenderer.helm.sh/postrender-filename"
    done = run(isvcc, "post-render", text=SERVICE.replace("namespace: ml}", f"namespace: ml, annotations: {{{helm4}: a.yaml}}}}"))
    objects = list(yaml.safe_load_all(done.stdout))
    expect("Helm 4 finds its files again", all(o["metadata"]["annotations"].get(helm4) == "a.yaml" for o in objects), done.stdout)
    expect("and pods know nothing of them", all(helm4 not in str(o.get("spec")) for o in objects), done.stdout)
    listed = "apiVersion: v1\nkind: List\nitems:\n- " + SERVICE.replace("\n", "\n  ").rstrip() + "\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: beside}\n"
    done = run(isvcc, "post-render", text=listed)
    expect("a List is taken apart", {"ConfigMap/beside", "Service/iris-predictor"} <= set(names(done.stdout)), done.stdout + done.stderr)

    # ---- fn
    def resource_list(*items, config="", indent=""):
        text = "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n"
        for item in items:
            first, *rest = item.rstrip("\n").split("\n")
            text += f"{indent}- {first}\n" + "".join(f"{indent}  {line}\n" for line in rest)
        return text + config

    secret = SECRET.split("\n", 1)[1]
    for indent in ("", "  "):
        given = resource_list(secret, SERVICE, indent=indent)
        done = run(isvcc, "fn", text=given)
        items = yaml.safe_load(done.stdout)["items"] if done.returncode == 0 else []
        expect("fn renders in place", [o["kind"] for o in items][:1] == ["Secret"] and "serving.knative.dev/v1" in [o["apiVersion"] for o in items] and "InferenceService" not in str(items), done.stdout + done.stderr)
        kept = given.split("items:\n")[1].split(f"{indent}- apiVersion: serving")[0]
        expect("fn keeps the text of other items", kept in done.stdout, done.stdout[:600])
    for version in ("v1", "v1beta1"):
        done = run(isvcc, "fn", text=f"apiVersion: config.kubernetes.io/{version}\nkind: ResourceList\nitems: []\n")
        expect("an empty list stays one", yaml.safe_load(done.stdout) == {"apiVersion": f"config.kubernetes.io/{version}", "kind": "ResourceList", "items": []}, done.stdout + done.stderr)
    done = run(isvcc, "fn", text=SERVICE)
    expect("plain manifests are refused in words", done.returncode == 1 and "ResourceList" in done.stderr and "E0124" in done.stderr and done.stdout == "", done.stderr)
    with_path = SERVICE.replace("namespace: ml}", f"namespace: ml, annotations: {{{PATH}: 'a/b.yaml', internal.config.kubernetes.io/index: '3', internal.config.kubernetes.io/id: '7'}}}}")
    broken = with_path.replace("sklearn", "sklern")
    done = run(isvcc, "fn", text=resource_list(secret, broken))
    result = [r for r in yaml.safe_load(done.stdout)["results"] if r["severity"] == "error"][0]
    expect("a finding is a result", done.returncode == 1 and result["severity"] == "error" and result["file"] == {"path": "a/b.yaml", "index": 3} and result["tags"]["code"].startswith("E"), done.stdout)
    expect("about its object", result["resourceRef"] == {"apiVersion": "serving.kserve.io/v1beta1", "kind": "InferenceService", "name": "iris", "namespace": "ml"}, result)
    expect("items stay as they were after an error", done.stdout.startswith(resource_list(secret, broken)), done.stdout[:600])
    done = run(isvcc, "fn", text=resource_list(with_path))
    items = yaml.safe_load(done.stdout)["items"]
    expect("rendered objects belong to the file of their service", all(o["metadata"]["annotations"].get(PATH) == "a/b.yaml" for o in items), done.stdout)
    expect("and take no other books over", "internal.config.kubernetes.io/id" not in done.stdout and PATH not in str([o.get("spec") for o in items]), done.stdout)
    config = "functionConfig:\n  apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: isvcc}\n  data: {render: stored, kserve: v0.19.0}\n"
    done = run(isvcc, "fn", text=resource_list(SERVICE, config=config))
    answer = yaml.safe_load(done.stdout)
    expect("a ConfigMap sets what isvcc.yaml sets", [o["kind"] for o in answer["items"]] == ["InferenceService"] and answer["functionConfig"]["data"]["render"] == "stored", done.stdout + done.stderr)
    config = "functionConfig:\n  apiVersion: isvcc.dev/v1\n  kind: Project\n  metadata: {name: isvcc}\n  check: true\n"
    done = run(isvcc, "fn", text=resource_list(broken, config=config))
    expect("a check leaves items alone", done.returncode == 1 and "kind: InferenceService" in done.stdout and "results:" in done.stdout, done.stdout)
    done = run(isvcc, "fn", text=resource_list(SERVICE, config=config.replace("check: true", "rendr: stored")))
    expect("an unknown setting is told", done.returncode != 0 and "did you mean 'render'" in done.stderr, done.stderr)
    anchored = resource_list("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: &d {k: v}\nbinaryData: *d", SERVICE)
    done = run(isvcc, "fn", text=anchored)
    expect("anchors are written out", yaml.safe_load(done.stdout)["items"][0]["binaryData"] == {"k": "v"} and "&d" not in done.stdout, done.stdout + done.stderr)

    # ---- strange input: an answer in words, and whatever goes through says the same as before
    head = "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n"
    note = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\n"
    item = "- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: %s}\n"
    strange = {
        "json": '{"apiVersion":"config.kubernetes.io/v1","kind":"ResourceList","items":[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"k":"---"}}]}',
        "flow": head + "items: [{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}, {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}]\n",
        "wide dashes": head + "items:\n-   apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: a}\n-   apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: b}\n",
        "a dash on its own line": head + "items:\n-\n  apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: a}\n" + item % "b",
        "comments": head + "items:\n# one\n" + item % "a" + "  # two\n# three\n\n" + item % "b" + "# four\nfunctionConfig: {kind: ConfigMap, apiVersion: v1, metadata: {name: f}, data: {}}\n# five\n",
        "items first": "items:\n" + item % "a" + "kind: ResourceList\napiVersion: config.kubernetes.io/v1\n",
        "results already": head + "items:\n" + item % "a" + "results:\n- message: old\n",
        "a block scalar with dashes": head + "items:\n" + item % "a" + "  data:\n    k: |\n      - apiVersion\n      functionConfig: x\n" + item % "b",
        "a document start": "---\n" + head + "items:\n" + item % "a",
        "a document end": head + "items:\n" + item % "a" + "...\n",
        "carriage returns": (head + "items:\n" + item % "a" + item % "b").replace("\n", "\r\n"),
        "a quoted key": head + "items:\n" + (item % "a").replace("apiVersion", '"apiVersion"'),
        "no final newline": (head + "items:\n" + item % "a").rstrip("\n"),
    }
    for name, text in strange.items():
        done = run(isvcc, "fn", text=text)
        same = done.returncode == 0 and yaml.safe_load(done.stdout)["items"] == next(iter(yaml.safe_load_all(text)))["items"]
        expect(f"fn, {name}: items say the same", same, done.stdout + done.stderr)
    for name, text in {"null items": head + "items:\n", "a text": head + "items: [a]\n", "nested": head + "items:\n- " + "[" * 300, "an alias bomb": head + "items:\n- &a [x, x]\n" + "".join(f"- &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}, *{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(24)),
                       "two documents": head + "items: []\n---\n" + head, "nothing": "", "a list": "[]", "config of another kind": head + "items: []\nfunctionConfig: [1]\n",
                       "a Secret that is wrong": head + "items:\n- {apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {a: [hunter2]}}\n"}.items():
        done = run(isvcc, "fn", text=text)
        expect(f"fn, {name}: an answer", done.returncode in (0, 1, 2) and "hunter2" not in done.stderr and (done.returncode or done.stdout), done.stderr)
    for name, text in {"separators with comments": f"--- # a\n{note % 'a'}--- # b\n{note % 'b'}", "directives": f"%YAML 1.1\n---\n{note % 'a'}", "a document end": f"{note % 'a'}...\n---\n{note % 'b'}"}.items():
        done = run(isvcc, "post-render", text=text)
        expect(f"post-render, {name}: documents say the same", done.returncode == 0 and [o for o in yaml.safe_load_all(done.stdout) if o] == [o for o in yaml.safe_load_all(text) if o], done.stdout + done.stderr)

    # ---- streams
    done = run(isvcc, "build", "-", "-o", "-", text=SERVICE)
    expect("build reads and writes streams", done.returncode == 0 and "Service/iris-predictor" in names(done.stdout), done.stderr)
    done = run(isvcc, "check", "-", "--report", "json=-", text=SERVICE)
    expect("check reads a stream", done.returncode == 0 and '"iris"' in done.stdout, done.stderr)

    stream_project(isvcc, run, here, expect)

    # ---- OpenShift templates
    template = """apiVersion: template.openshift.io/v1
kind: Template
metadata: {name: t}
labels: {from: '${NAME}-template'}
parameters:
- {name: NAME, required: true}
- {name: REPLICAS, value: '2'}
objects:
- apiVersion: serving.kserve.io/v1beta1
  kind: InferenceService
  metadata: {name: '${NAME}', namespace: written-out}
  spec:
    predictor:
      minReplicas: ${{REPLICAS}}
      model: {modelFormat: {name: sklearn}, storageUri: 'gs://models/${NAME}', args: ['$(KEPT)', '${UNKNOWN}']}
"""
    (here / "t.yaml").write_text(template)
    (here / "values.env").write_text("# who\nNAME=flowers\n\n")
    done = run(isvcc, "build", "t.yaml", "-o", "-")
    expect("a required parameter must have a value", done.returncode == 1 and "parameter 'NAME'" in done.stderr and "--template-param-file" in done.stderr, done.stderr)
    done = run(isvcc, "build", "t.yaml", "-o", "-", "--render", "stored", "--template-param-file", "values.env", "-n", "ml")
    stored = yaml.safe_load(done.stdout) if done.returncode == 0 else {}
    expect("parameters are replaced", stored and stored["metadata"]["name"] == "flowers" and stored["spec"]["predictor"]["minReplicas"] == 2 and stored["spec"]["predictor"]["model"]["args"] == ["$(KEPT)", "${UNKNOWN}"], done.stdout + done.stderr)
    expect("namespaces written out are left to the creator, labels added", stored and stored["metadata"]["namespace"] == "ml" and stored["metadata"]["labels"] == {"from": "flowers-template"}, done.stdout)
    (here / "values.env").write_text("NAME flowers\n")
    done = run(isvcc, "build", "t.yaml", "-o", "-", "--template-param-file", "values.env")
    expect("a bad parameter file is a usage error", done.returncode == 2 and "line 1" in done.stderr, done.stderr)

    # ---- bundle
    for name in ("one.tar.gz", "two.tar.gz"):
        done = run(isvcc, "bundle", source / "fixtures/demo", "-o", here / name, "-j", "1" if name == "one.tar.gz" else "8", TZ="Asia/Tokyo" if name == "two.tar.gz" else "UTC")
        expect("bundle writes", done.returncode == 0 and "sha256:" in done.stderr, done.stderr)
    one = (here / "one.tar.gz").read_bytes()
    expect("a bundle has the same bytes every time", one == (here / "two.tar.gz").read_bytes())
    expect("and names neither a file nor a time", one[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff", one[:10])
    listed = run("tar", "tvzf", "one.tar.gz", "--numeric-owner", TZ="UTC").stdout.splitlines()
    paths = [line.split()[-1] for line in listed]
    expect("tar lists it", "kustomization.yaml" in paths and len(paths) > 10 and paths == sorted(paths, key=lambda p: p), "\n".join(paths[:10]))
    expect("without owners and times", all(" 0/0 " in line and " 1970-01-01 00:00 " in line for line in listed), "\n".join(listed[:3]))
    run(isvcc, "build", source / "fixtures/demo", "-o", here / "tree", "--layout", "flux")
    (here / "unpacked").mkdir()
    run("tar", "xzf", "one.tar.gz", "-C", "unpacked")
    same = run("diff", "-r", "--exclude=.isvcc", "tree", "unpacked")
    expect("it holds what build writes", same.returncode == 0, same.stdout[:500])
    piped = subprocess.run([isvcc, "bundle", str(source / "fixtures/demo"), "-o", "-"], capture_output=True)
    expect("and streams", piped.stdout == one, piped.stderr.decode())

    # ---- the real tools
    def executable(name, command):
        path = here / name
        path.write_text(f"#!/bin/sh\nexec {isvcc} {command} \"$@\"\n")
        path.chmod(0o755)
        return path

    kustomize = tool("kustomize")
    if kustomize:
        function = executable("isvcc-fn", "fn")
        base = here / "base"
        base.mkdir()
        (base / "service.yaml").write_text(unplaced)
        (base / "secret.yaml").write_text(SECRET)
        (base / "isvcc.yaml.fn").write_text("")
        (base / "render.yaml").write_text("apiVersion: isvcc.dev/v1\nkind: Project\nmetadata:\n  name: isvcc\n  annotations:\n    config.kubernetes.io/function: |\n      exec: {path: " + str(function) + "}\nkserve: v0.20.0\n")
        (base / "kustomization.yaml").write_text("namespace: team\nresources: [service.yaml, secret.yaml]\ntransformers: [render.yaml]\n")
        done = run(kustomize, "build", "--enable-alpha-plugins", "--enable-exec", base)
        objects = [o for o in yaml.safe_load_all(done.stdout) if o]
        expect("kustomize build runs the function", done.returncode == 0 and {"Service", "VirtualService", "Secret"} <= {o["kind"] for o in objects} and "InferenceService" not in {o["kind"] for o in objects}, done.stdout + done.stderr)
        expect("in its namespace, without books", all(o["metadata"]["namespace"] == "team" and "internal.config" not in str(o) for o in objects), done.stdout)
        data = here / "data"
        data.mkdir()
        (data / "service.yaml").write_text("# why it is here\n" + SERVICE)
        (data / "broken.yaml").write_text(broken.replace("name: iris", "name: bad"))
        done = run(kustomize, "fn", "run", data, "--enable-exec", "--exec-path", function, "--results-dir", here / "results")
        expect("kustomize fn run fails with the finding", done.returncode != 0 and "sklern" in done.stderr, done.stderr)
        (data / "broken.yaml").unlink()
        done = run(kustomize, "fn", "run", data, "--enable-exec", "--exec-path", function)
        expect("kustomize fn run writes the rendered objects to the file of the service", done.returncode == 0 and "serving.knative.dev/v1" in (data / "service.yaml").read_text(), done.stderr)
    helm = tool("helm")
    if helm:
        chart = here / "chart/templates"
        chart.mkdir(parents=True)
        (chart.parent / "Chart.yaml").write_text("apiVersion: v2\nname: models\nversion: 0.1.0\n")
        (chart / "service.yaml").write_text(unplaced.replace("name: iris}", "name: '{{ .Release.Name }}', namespace: '{{ .Release.Namespace }}'}"))
        (chart / "secret.yaml").write_text(SECRET)
        renderer = executable("isvcc-post-render", "post-render")
        variables = {"HELM_PLUGINS": str(here / "plugins"), "HELM_CACHE_HOME": str(here / "c"), "HELM_CONFIG_HOME": str(here / "h"), "HELM_DATA_HOME": str(here / "d")}
        version = run(helm, "version", "--short", **variables).stdout
        post_renderer = str(renderer)
        if version.startswith("v4"):
            shutil.copytree(source / "templates/integrations/helm", here / "plugins/isvcc")
            post_renderer = "isvcc"
            variables["PATH"] = f"{pathlib.Path(isvcc).parent}:{os.environ['PATH']}"
        done = run(helm, "template", "risk", here / "chart", "-n", "fraud", "--post-renderer", post_renderer, **variables)
        expect(f"helm {version.strip()} renders through isvcc", done.returncode == 0 and "Service/risk-predictor" in names(done.stdout) and "hunter2" in done.stdout and "InferenceService" not in done.stdout, done.stdout + done.stderr)
    print("\n".join(notes))
    print("\n".join(problems) or "pipes are tight")
    folder.cleanup()
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
