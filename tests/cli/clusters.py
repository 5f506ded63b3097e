#!/usr/bin/env python3
"""Compiles one project for several clusters: each has its own release, configuration, sources, variables and output folder.

usage: clusters.py ISVCC SOURCE_DIR
"""
import json, os, pathlib, subprocess, sys, tempfile

PROJECT = """\
apiVersion: isvcc.dev/v1
kind: Project
kserve: v0.20.0
sources: [shared]
output: out
config:
  deploy: {defaultDeploymentMode: Standard}
  ingress: {ingressDomain: example.com}
jsonnet:
  extVars: {team: ml}
clusters:
  staging:
    kserve: v0.19.0
    jsonnet: {extVars: {replicas: "1"}}
  prod:
    sources: [prod]
    config: {ingress: {ingressDomain: models.example.org}}
    absentCRDs: [HorizontalPodAutoscaler]
    jsonnet: {extVars: {replicas: "3"}}
    output: rendered/production
"""
SERVICE = """\
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: {name: NAME, namespace: ml}
spec:
  predictor:
    model:
      modelFormat: {name: sklearn}
      storageUri: gs://models/NAME
"""
JSONNET = """\
{
  apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService',
  metadata: { name: 'scaled', namespace: std.extVar('team') },
  spec: { predictor: { minReplicas: std.parseInt(std.extVar('replicas')), sklearn: { storageUri: 'gs://models/x' } } },
}
"""


class Project:
    def __init__(self, isvcc, folder):
        self.isvcc, self.root = isvcc, pathlib.Path(folder)
        self.write("isvcc.yaml", PROJECT)
        self.write("shared/iris.yaml", SERVICE.replace("NAME", "iris"))
        self.write("shared/scaled.jsonnet", JSONNET)
        self.write("prod/only.yaml", SERVICE.replace("NAME", "only"))

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def run(self, *arguments, code=0):
        done = subprocess.run([self.isvcc, *arguments], cwd=self.root, capture_output=True, text=True)
        assert done.returncode == code, (arguments, done.returncode, done.stderr)
        return done.stdout + done.stderr

    def files(self, folder):
        return sorted(p.relative_to(self.root / folder).as_posix() for p in (self.root / folder).rglob("*") if p.is_file() and ".isvcc/" not in p.as_posix())

    def text(self, name):
        return (self.root / name).read_text()


def one_run_renders_all(project):
    said = project.run("build")
    assert project.files("out/staging") == ["ml/iris.yaml", "ml/scaled.yaml"], project.files("out/staging")
    assert project.files("rendered/production") == ["ml/iris.yaml", "ml/only.yaml", "ml/scaled.yaml"]
    assert "isvcc: staging: 2 services" in said and "isvcc: prod: 3 services" in said, said
    assert "minReplicas: 1" in project.text("out/staging/ml/scaled.yaml")
    assert "minReplicas: 3" not in project.text("out/staging/ml/scaled.yaml")
    assert "iris-ml.example.com" in project.text("out/staging/ml/iris.yaml")
    assert "iris-ml.models.example.org" in project.text("rendered/production/ml/iris.yaml")
    assert "sklearnserver:v0.19.0" in project.text("out/staging/ml/iris.yaml")
    assert "sklearnserver:v0.20.0" in project.text("rendered/production/ml/iris.yaml")


def one_cluster_alone_gives_the_same(project):
    before = project.text("rendered/production/ml/scaled.yaml")
    project.run("build", "--cluster", "prod", "-o", "alone")
    assert project.text("alone/prod/ml/scaled.yaml") == before
    assert not (project.root / "alone/staging").exists()
    assert "kind: Deployment" in project.run("build", "--cluster", "staging", "-o", "-")


def usage_is_checked(project):
    assert "no cluster 'live'; known: staging, prod" in project.run("check", "--cluster", "staging,live", code=2)
    assert "name it with --cluster" in project.run("build", "-o", "-", code=2)
    assert "looks at one cluster" in project.run("explain", "ml/iris", code=2)
    assert "kserve-sklearnserver" in project.run("explain", "ml/iris", "--cluster", "prod")


def findings_name_the_cluster(project):
    project.write("prod/broken.yaml", SERVICE.replace("NAME", "broken").replace("sklearn", "sklern"))
    project.write("shared/everywhere.yaml", SERVICE.replace("NAME", "everywhere").replace("sklearn", "sklern"))
    said = project.run("build", "--report", "json=report.json", code=1)
    assert "found in: cluster prod\n" in said and "found in: clusters staging, prod\n" in said, said
    report = json.loads(project.text("report.json"))
    found = {(d["object"]["name"], tuple(d["clusters"])) for d in report["diagnostics"] if d["severity"] == "error"}
    assert found == {("broken", ("prod",)), ("everywhere", ("staging", "prod"))}, found
    assert sorted({s["cluster"] for s in report["services"]}) == ["prod", "staging"]
    assert not (project.root / "out/staging/ml/everywhere.yaml").exists()
    assert project.run("check", "--cluster", "staging", code=1).count("error: ") == 1
    (project.root / "prod/broken.yaml").unlink()
    (project.root / "shared/everywhere.yaml").unlink()


def threads_do_not_show(project):
    one, many = project.run("check", "--report", "json=-", "-q", "-j1"), project.run("check", "--report", "json=-", "-q", "-j8")
    assert one == many


def two_clusters_are_compared(project):
    report = json.loads(project.run("diff", "--cluster", "staging,prod", "--format", "json"))
    assert (report["before"]["label"], report["after"]["label"]) == ("cluster staging", "cluster prod"), report["before"]
    assert {s["name"]: s["effects"] for s in report["services"]}["only"] == ["create", "traffic", "scale"], report["services"]
    said = project.run("diff", "--cluster", "staging,prod", "--exit-code", code=1)
    assert "sklearnserver:v0.19.0 → kserve/sklearnserver:v0.20.0" in said, said
    assert "→" not in project.run("diff", "--cluster", "prod,prod", "--exit-code")
    assert "two clusters can be compared, not 3" in project.run("diff", "--cluster", "a,b,c", code=2)
    assert "no cluster 'live'" in project.run("diff", "--cluster", "staging,live", code=2)


def outputs_stand_apart(project):
    project.write("isvcc.yaml", PROJECT.replace("rendered/production", "out/staging/prod"))
    assert "need output folders apart" in project.run("build", code=2)
    project.write("isvcc.yaml", PROJECT.replace("prod:", "Prod_1:"))
    assert "must be lower-case letters" in project.run("build", code=2)
    project.write("isvcc.yaml", PROJECT.replace("absentCRDs:", "absentCRD:"))
    assert "did you mean 'absentCRDs'?" in project.run("build", code=2)
    project.write("isvcc.yaml", PROJECT)


def main():
    isvcc = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        project = Project(isvcc, folder)
        tests = [one_run_renders_all, one_cluster_alone_gives_the_same, usage_is_checked, findings_name_the_cluster, threads_do_not_show, two_clusters_are_compared, outputs_stand_apart]
        for test in tests:
            test(project)
    print(f"{len(tests)} tests of several clusters")
    return 0


if __name__ == "__main__":
    sys.exit(main())
