#!/usr/bin/env python3
"""isvcc gitops: the objects of Argo CD and Flux name every folder that build writes, once, and what autoscalers set is left to them.

usage: gitops.py ISVCC SOURCE_DIR
"""
import os, pathlib, subprocess, sys, tempfile
import yaml

PROJECT = "apiVersion: isvcc.dev/v1\nkind: Project\nkserve: v0.20.0\n"
SERVICE = """apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: {name: NAME, namespace: SPACE, annotations: {serving.kserve.io/deploymentMode: Standard}}
spec: {predictor: {model: {modelFormat: {name: sklearn}, storageUri: gs://models/iris}}}
"""
SCALED = """apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {replicas: 2, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: web, image: web}]}}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec: {minReplicas: 1, maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
"""
TRAILERS = """Reviewed-by: Bob
Argocd-reference-commit-author: Ann B <ann@example.com>
Argocd-reference-commit-sha: 0123abcd
Argocd-reference-commit-sha: not one
Argocd-reference-commit-subject: New model
Argocd-reference-commit-body: "a\\nb"
Argocd-reference-commit-date: 2026-01-01T00:00:00Z
Argocd-reference-commit-repourl: https://git.example/app"""
URL = "https://git.example/models.git"


class Trial:
    def __init__(self, isvcc, folder):
        self.isvcc, self.root = isvcc, pathlib.Path(folder)

    def project(self, files, more=""):
        self.write("isvcc.yaml", PROJECT + more)
        for name, text in files.items():
            self.write(name, text)

    def write(self, name, text):
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text)

    def run(self, *words, code=0):
        done = subprocess.run([self.isvcc, *words], cwd=self.root, capture_output=True, text=True)
        assert done.returncode == code, (words, done.returncode, done.stderr)
        return done.stdout if code == 0 else done.stderr

    def said(self, *words):
        return subprocess.run([self.isvcc, *words], cwd=self.root, capture_output=True, text=True).stderr

    def objects(self, *words):
        return list(yaml.safe_load_all(self.run("gitops", *words)))

    def folders(self, layout, *words):
        self.run("build", "-o", f"out-{layout}", "--layout", layout, "-q", *words)
        return sorted(path.name for path in (self.root / f"out-{layout}").iterdir() if path.is_dir() and path.name != ".isvcc")


def two_namespaces(t):
    t.project({"a.yaml": SERVICE.replace("SPACE", "shop").replace("NAME", "a"), "b.yaml": SERVICE.replace("SPACE", "ml").replace("NAME", "b")}, "ignore: [out-*]\n")


def each_folder_has_one_application(t):
    two_namespaces(t)
    for layout in ("tree", "flux", "argocd-hydrator"):
        folders = t.folders(layout)
        applications = t.objects("argocd", "--layout", layout, "--repo-url", URL, "--repo-path", "deep/er")
        assert [a["spec"]["source"]["path"] for a in applications] == [f"deep/er/{folder}" for folder in folders], applications
        assert [a["metadata"]["name"] for a in applications] == [f"models-{folder}" for folder in folders]
        assert all(("directory" in a["spec"]["source"]) == (layout != "flux") for a in applications)
        source, *parts = t.objects("flux", "--layout", layout, "--repo-url", URL)
        assert source["kind"] == "GitRepository" and [p["spec"]["path"] for p in parts] == [f"./{folder}" for folder in folders], parts
        assert {p["spec"]["sourceRef"]["name"] for p in parts} == {source["metadata"]["name"]}


def bundles_are_files(t):
    two_namespaces(t)
    assert [a["spec"]["source"]["directory"]["include"] for a in t.objects("argocd", "--layout", "bundle", "--repo-url", URL)] == ["ml.yaml", "shop.yaml"]
    assert "no folder for each namespace" in t.run("gitops", "flux", "--layout", "bundle", "--repo-url", URL, code=2)
    assert len(t.objects("flux", "--layout", "bundle", "--repo-url", URL, "--app-per", "cluster")) == 2


def parts_of_a_large_namespace_are_applications(t):
    two_namespaces(t)
    for name in "cdefgh":
        t.write(f"{name}.yaml", SERVICE.replace("SPACE", "shop").replace("NAME", name))
    said = t.said("build", "-o", "out-said", "--layout", "argocd-hydrator", "--app-limit", "12000")
    assert "W0802" in said and "'shop' are split into" in said, said
    assert "W0802" in t.said("build", "-o", "out-tree", "--app-limit", "12000")
    assert "W0802" not in t.said("build", "-o", "out-flux", "--app-limit", "12000", "--layout", "flux")
    folders = t.folders("argocd-hydrator", "--app-limit", "12000")
    assert len([folder for folder in folders if folder.startswith("shop.")]) > 1, folders
    applications = t.objects("argocd", "--layout", "argocd-hydrator", "--app-limit", "12000", "--repo-url", URL)
    assert [a["spec"]["source"]["path"] for a in applications] == folders
    assert {a["spec"]["destination"]["namespace"] for a in applications} == {"ml", "shop"}
    [found] = t.objects("applicationset", "--layout", "argocd-hydrator", "--app-limit", "12000", "--repo-url", URL)
    assert 'splitList "."' in found["spec"]["template"]["spec"]["destination"]["namespace"]


def what_an_autoscaler_sets_is_left_to_it(t):
    t.project({"a.yaml": SERVICE.replace("SPACE", "ml").replace("NAME", "a"), "scaled.yaml": SCALED}, "passthrough: true\n")
    ml, shop = t.objects("argocd", "--repo-url", URL)
    assert "ignoreDifferences" not in ml["spec"], ml
    assert shop["spec"]["ignoreDifferences"] == [{"group": "apps", "kind": "Deployment", "namespace": "shop", "name": "web", "jsonPointers": ["/spec/replicas"]}]
    assert "RespectIgnoreDifferences=true" in shop["spec"]["syncPolicy"]["syncOptions"]
    _, ml, shop = t.objects("flux", "--repo-url", URL)
    assert "patches" not in ml["spec"] and "/spec/replicas" in shop["spec"]["patches"][0]["patch"]


def what_stands_in_no_namespace_comes_first(t):
    t.project({"a.yaml": SERVICE.replace("SPACE", "ml").replace("NAME", "a"), "n.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: ml}\n"}, "passthrough: true\n")
    _, first, second = t.objects("flux", "--repo-url", URL)
    assert (first["metadata"]["name"], first["spec"]["path"]) == ("models.cluster", "./_cluster")
    assert second["spec"]["dependsOn"] == [{"name": "models.cluster"}]
    application, found = t.objects("applicationset", "--repo-url", URL)
    assert application["kind"] == "Application" and application["spec"]["source"]["path"] == "_cluster"
    assert found["spec"]["generators"][0]["git"]["directories"] == [{"path": "*"}, {"path": "_*", "exclude": True}]


def clusters_have_their_own(t):
    t.project({"a.yaml": SERVICE.replace("SPACE", "ml").replace("NAME", "a")}, "clusters: {staging: {}, prod: {}}\n")
    applications = t.objects("argocd", "--repo-url", URL, "--repo-path", "out")
    assert [(a["spec"]["destination"]["name"], a["spec"]["source"]["path"]) for a in applications] == [("staging", "out/staging/ml"), ("prod", "out/prod/ml")], applications
    assert "a Flux of its own" in t.run("gitops", "flux", "--repo-url", URL, code=2)
    assert t.objects("flux", "--repo-url", URL, "--cluster", "prod")[1]["spec"]["path"] == "./prod/ml"
    [found] = t.objects("applicationset", "--repo-url", URL)
    assert [g["git"]["values"]["cluster"] for g in found["spec"]["generators"]] == ["staging", "prod"]


def an_artifact_is_an_oci_repository(t):
    two_namespaces(t)
    source = t.objects("flux", "--repo-url", "oci://registry.example/models", "--revision", "v7")[0]
    assert source["kind"] == "OCIRepository" and source["spec"]["ref"] == {"tag": "v7"}


def usage_is_checked(t):
    two_namespaces(t)
    assert "one of argocd, applicationset, flux" in t.run("gitops", "helm", "--repo-url", URL, code=2)
    assert "--repo-url" in t.run("gitops", "flux", code=2)
    t.write("isvcc.yaml", PROJECT + 'fileName: "{kind}-{name}.yaml"\n')
    assert "no folder to each namespace" in t.run("gitops", "flux", "--repo-url", URL, code=2)


def the_commit_is_named(t):
    two_namespaces(t)
    git = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.com"]
    for words in (["init", "-q", "-b", "main"], ["remote", "add", "origin", "https://token:secret@git.example/models.git"], ["add", "-A"],
                  ["commit", "-q", "-m", "One & two", "-m", "Why.", "-m", TRAILERS, "--date", "2026-01-02T03:04:05+01:30"]):
        subprocess.run([*git, *words], cwd=t.root, check=True, env={**os.environ, "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(t.root)})
    t.run("build", "-o", "out-h", "--layout", "argocd-hydrator", "-q")
    facts = yaml.safe_load((t.root / "out-h/hydrator.metadata").read_text())
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=t.root, capture_output=True, text=True).stdout.strip()
    assert facts == {"repoURL": "https://git.example/models.git", "drySha": head, "author": "Ada <ada@example.com>",
                     "date": "2026-01-02T01:34:05Z", "subject": "One & two", "body": "Why.\n\nReviewed-by: Bob\nArgocd-reference-commit-sha: not one\n",
                     "references": [{"commit": {"author": '"Ann B" <ann@example.com>', "date": "2026-01-01T00:00:00Z", "subject": "New model", "body": "a\nb", "sha": "0123abcd",
                                                "repoUrl": "https://git.example/app"}}]}, facts
    facts = yaml.safe_load((t.root / "out-h/ml/hydrator.metadata").read_text())
    assert facts == {"repoURL": "https://git.example/models.git", "drySha": head, "commands": ["isvcc build . --layout argocd-hydrator -o out"]}, facts


def main():
    isvcc = os.path.abspath(sys.argv[1])
    tests = [each_folder_has_one_application, bundles_are_files, parts_of_a_large_namespace_are_applications, what_an_autoscaler_sets_is_left_to_it,
             what_stands_in_no_namespace_comes_first, clusters_have_their_own, an_artifact_is_an_oci_repository, usage_is_checked, the_commit_is_named]
    for test in tests:
        with tempfile.TemporaryDirectory() as folder:
            test(Trial(isvcc, folder))
    print(f"{len(tests)} tests of gitops")
    return 0


if __name__ == "__main__":
    sys.exit(main())
