"""The programs isvcc is compared with. One that cannot be had is left out with a line."""

import json
import os
import pathlib
import re
import shutil
import subprocess

GO_PEERS = {
    "kubeconform": "github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0",
    "kustomize": "sigs.k8s.io/kustomize/kustomize/v5@v5.8.2",
    "helm": "helm.sh/helm/v3/cmd/helm@v3.22.0",
    "go-jsonnet": "github.com/google/go-jsonnet/cmd/jsonnet@v0.22.0",
}


class Peers:
    def __init__(self, folder, offline=False):
        self.folder = pathlib.Path(folder)
        self.offline = offline
        self.missing = {}

    def get(self, name):
        """The path of a program, None when it cannot be had."""
        if name in GO_PEERS:
            return self.go_peer(name)
        found = shutil.which(name)
        return found or self.skip(name, "not installed")

    def go_peer(self, name):
        # Go names a program after the last part of its path that is no major version.
        parts = GO_PEERS[name].split("@")[0].split("/")
        path = self.folder / name / (parts[-2] if re.fullmatch(r"v\d+", parts[-1]) else parts[-1])
        if path.exists():
            return str(path)
        if name in self.missing:
            return None
        if self.offline or not shutil.which("go"):
            return self.skip(name, "no Go" if not self.offline else "not installed, --offline")
        print(f"installing {GO_PEERS[name]}", flush=True)
        done = subprocess.run(["go", "install", GO_PEERS[name]], env={**os.environ, "GOBIN": str(path.parent.resolve())}, capture_output=True, text=True)
        return str(path) if done.returncode == 0 and path.exists() else self.skip(name, "go install failed: " + (done.stderr.strip().splitlines() or ["?"])[-1])

    def skip(self, name, why):
        self.missing[name] = why
        return None

    def version(self, name):
        return GO_PEERS[name].split("@")[1] if name in GO_PEERS else "system"


# ---- what the peers need to do a comparable job


def json_schema(dump, release, api_version, kind):
    """The JSON schema that kubeconform wants, from isvcc's own: one line a field, see schema_dump."""
    text = subprocess.run([dump, release, api_version, kind], check=True, capture_output=True, text=True).stdout
    root = {}
    for line in text.splitlines():
        path, facts = line.split("\t")
        words = facts.split(" ")
        place(root, path, words)
    root["properties"]["metadata"] = {"type": "object"}
    return root


SIMPLE = {"object": "object", "map": "object", "list": "array", "string": "string", "integer": "integer", "number": "number", "boolean": "boolean"}


def place(root, path, words):
    at, parent, name = root, None, None
    for step in steps(path):
        parent, name = at, step
        if step == "[]":
            at = at.setdefault("items", {})
        elif step == "{}":
            at = at["additionalProperties"] if isinstance(at.get("additionalProperties"), dict) else at.setdefault("additionalProperties", {})
        else:
            at = at.setdefault("properties", {}).setdefault(step, {})
            if "preserve" not in words and not isinstance(parent.get("additionalProperties"), dict) and not parent.get("x-open"):
                parent["additionalProperties"] = False
    kind = words[0]
    if kind in SIMPLE:
        at["type"] = SIMPLE[kind]
    if "preserve" in words:
        at["x-open"] = True
        at.pop("additionalProperties", None)
    if "nullable" in words and "type" in at:
        at["type"] = [at["type"], "null"]
    if "required" in words and parent is not None and name not in ("[]", "{}"):
        parent.setdefault("required", []).append(name)


def steps(path):
    for part in path.split(".") if path else []:
        name = part.rstrip("[]{}")
        if name:
            yield name
        rest = part[len(name):]
        while rest:
            yield rest[:2]
            rest = rest[2:]


KINDS = [("serving.kserve.io/v1beta1", "InferenceService"), ("serving.kserve.io/v1alpha1", "ServingRuntime"), ("serving.kserve.io/v1alpha1", "ClusterServingRuntime")]


def write_schemas(folder, dump, release="v0.20.0"):
    folder.mkdir(parents=True, exist_ok=True)
    for api_version, kind in KINDS:
        version = api_version.split("/")[1]
        (folder / f"{kind.lower()}_{version}.json").write_text(json.dumps(json_schema(dump, release, api_version, kind)))
    return str(folder) + "/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json"


def kubeconform(program, schemas, *paths):
    # The objects around the services have no schema here: isvcc checks them, kubeconform need not.
    skipped = "Namespace,ConfigMap,Secret,ServiceAccount,PersistentVolumeClaim,ClusterStorageContainer"
    return [program, "-n", "2", "-strict", "-skip", skipped, "-schema-location", schemas, *map(str, paths)]


def write_kustomization(corpus):
    corpus = pathlib.Path(corpus)
    files = sorted(str(p.relative_to(corpus)) for p in corpus.rglob("*.yaml") if p.name != "kustomization.yaml")
    (corpus / "kustomization.yaml").write_text("resources:\n" + "".join(f"- {f}\n" for f in files))


CHART = """{{- range .Values.services }}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ .name }}, namespace: {{ .namespace }}, labels: {app: {{ .name }}}}
spec:
  replicas: {{ .replicas }}
  selector: {matchLabels: {app: {{ .name }}}}
  template:
    metadata: {labels: {app: {{ .name }}}, annotations: {uri: {{ .uri | quote }}}}
    spec:
      containers:
      - name: kserve-container
        image: {{ .image }}
        args: ["--model_name={{ .name }}", "--model_dir=/mnt/models", "--http_port=8080"]
        resources: {requests: {cpu: {{ .cpu | quote }}, memory: {{ .memory | quote }}}}
---
apiVersion: v1
kind: Service
metadata: {name: {{ .name }}, namespace: {{ .namespace }}}
spec: {selector: {app: {{ .name }}}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: {{ .name }}, namespace: {{ .namespace }}}
spec:
  minReplicas: {{ .replicas }}
  maxReplicas: {{ add .replicas 3 }}
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: {{ .name }}}
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]
{{- end }}
"""


def write_chart(folder, services):
    """A chart of three objects a service; its values are handed over with -f."""
    (folder / "templates").mkdir(parents=True, exist_ok=True)
    (folder / "Chart.yaml").write_text("apiVersion: v2\nname: services\nversion: 0.1.0\n")
    (folder / "templates" / "services.yaml").write_text(CHART)
    rows = [{"name": f"model-{i:06}", "namespace": f"team-{i % 50:02}", "replicas": 1 + i % 3, "uri": f"s3://models/{i}", "image": f"registry.example.com/server:{i % 100}", "cpu": "500m", "memory": "1Gi"} for i in range(services)]
    (folder / "services.json").write_text(json.dumps({"services": rows}))
    return str(folder / "services.json")
