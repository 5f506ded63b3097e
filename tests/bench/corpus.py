"""A synthetic repository for the bench where no richer generator is at hand: runtimes, services, and the same services as Jsonnet.

Same arguments, same bytes. Service i is the same whatever the number of services.
"""

import hashlib
import json
import pathlib

FORMATS = {
    "sklearn": ("v1", "v2"),
    "xgboost": ("v1", "v2"),
    "lightgbm": ("v1",),
    "tensorflow": ("v1", "grpc-v1"),
    "onnx": ("v2", "grpc-v2"),
    "pytorch": ("v1", "v2"),
    "huggingface": ("v1", "v2"),
}
SCHEMES = ["s3://models/{}", "gs://models/{}", "pvc://model-store/{}", "https://models.example.com/{}.tar"]
TEAMS = ["ads", "claims", "credit", "fraud", "pricing", "ranking", "search", "vision", "routing", "support"]


def number(*key):
    """The same for the same key, on every machine."""
    return int.from_bytes(hashlib.sha256("/".join(map(str, key)).encode()).digest()[:8], "big")


def pick(items, *key):
    return items[number(*key) % len(items)]


def runtime(i):
    name = list(FORMATS)[i % len(FORMATS)]
    first = i < len(FORMATS)
    limits = {"cpu": str(1 + i % 4), "memory": f"{2 + i % 6}Gi"}
    return {
        "apiVersion": "serving.kserve.io/v1alpha1",
        "kind": "ClusterServingRuntime",
        "metadata": {"name": f"{name}-server-{i:05}"},
        "spec": {
            "annotations": {"prometheus.kserve.io/port": "8080", "prometheus.kserve.io/path": "/metrics"},
            "supportedModelFormats": [{"name": name, "version": "1", "autoSelect": first, "priority": 1 + i // len(FORMATS)}],
            "protocolVersions": list(FORMATS[name]),
            "containers": [
                {
                    "name": "kserve-container",
                    "image": f"registry.example.com/{name}:1.{i}",
                    "args": ["--model_name={{.Name}}", "--model_dir=/mnt/models", "--http_port=8080", f"--workers={1 + i % 4}"],
                    "env": [{"name": "OMP_NUM_THREADS", "value": str(1 + i % 8)}],
                    "ports": [{"containerPort": 8080, "protocol": "TCP"}],
                    "resources": {"requests": limits, "limits": limits},
                    "readinessProbe": {"httpGet": {"path": f"/v2/models/{name}/ready", "port": 8080}, "periodSeconds": 10},
                    "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
                }
            ],
            "nodeSelector": {"pool": pick(["general", "spot", "batch"], "pool", i)},
        },
    }


def namespace(i, namespaces):
    return f"{TEAMS[i % len(TEAMS)]}-{i % namespaces:03}"


def service(i, runtimes, namespaces):
    format_name = pick(list(FORMATS), "format", i)
    name = f"{format_name}-{pick(TEAMS, 'name', i)}-{i:06}"
    model = {"modelFormat": {"name": format_name, "version": "1"}, "storageUri": pick(SCHEMES, "uri", i).format(name)}
    if "v1" not in FORMATS[format_name]:
        model["protocolVersion"] = FORMATS[format_name][0]
    if i % 5 == 0:
        chosen = [r for r in range(runtimes) if r % len(FORMATS) == list(FORMATS).index(format_name)]
        if chosen:
            model["runtime"] = f"{format_name}-server-{pick(chosen, 'runtime', i):05}"
    if i % 3 == 0:
        model["resources"] = {"requests": {"cpu": "500m", "memory": "1Gi"}, "limits": {"cpu": "2", "memory": "4Gi"}}
    if i % 4 == 0:
        model["env"] = [{"name": "LOG_LEVEL", "value": pick(["debug", "info", "warning"], "log", i)}]
    predictor = {"minReplicas": 1 + i % 2, "maxReplicas": 3 + i % 5, "model": model}
    if i % 2:
        predictor.update({"scaleMetric": "cpu", "scaleTarget": 60 + i % 30})
    spec = {"predictor": predictor}
    if i % 10 == 0:
        spec["transformer"] = {"minReplicas": 1, "containers": [{"name": "kserve-container", "image": "registry.example.com/transform:3", "args": ["--protocol=v2"]}]}
    return {
        "apiVersion": "serving.kserve.io/v1beta1",
        "kind": "InferenceService",
        "metadata": {
            "name": name,
            "namespace": namespace(i, namespaces),
            "labels": {"team": TEAMS[i % len(TEAMS)], "tier": pick(["gold", "silver"], "tier", i)},
            "annotations": {"serving.kserve.io/deploymentMode": "RawDeployment", "example.com/owner": f"{TEAMS[i % len(TEAMS)]}@example.com"},
        },
        "spec": spec,
    }


def yaml(value, indent=0):
    """Block style, strings in JSON's quotes where plain ones could be misread."""
    pad = "  " * indent
    if isinstance(value, dict) and value:
        return "".join(f"{pad}{k}:{below(v, indent)}" for k, v in value.items())
    if isinstance(value, list) and value:
        return "".join(f"{pad}- {yaml(v, indent + 1).lstrip()}" if isinstance(v, (dict, list)) else f"{pad}- {scalar(v)}\n" for v in value)
    return f"{pad}{scalar(value)}\n"


def below(value, indent):
    if isinstance(value, (dict, list)) and value:
        return "\n" + yaml(value, indent + 1)
    return f" {scalar(value)}\n"


def scalar(value):
    plain = isinstance(value, str) and value.replace("-", "").replace("_", "").replace("/", "").isalpha() and value.lower() not in ("true", "false", "yes", "no", "on", "off", "null", "y", "n")
    return value if plain else json.dumps(value)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def generate(out, services, runtimes=100, namespaces=50, services_per_file=1, jsonnet=False):
    out = pathlib.Path(out)
    for i in range(runtimes):
        made = runtime(i)
        write(out / "platform" / "runtimes" / f"{made['metadata']['name']}.yaml", yaml(made))
    files = {}
    for i in range(services):
        made = service(i, runtimes, namespaces)
        home = out / "teams" / made["metadata"]["namespace"]
        path = home / f"{made['metadata']['name']}.yaml" if services_per_file == 1 else home / f"services-{i // namespaces // services_per_file:03}.yaml"
        files.setdefault(path, []).append(yaml(made))
        if jsonnet:
            write(out / "jsonnet" / "teams" / made["metadata"]["namespace"] / f"{made['metadata']['name']}.jsonnet", jsonnet_service(made))
    for path, documents in files.items():
        write(path, "---\n".join(documents))
    if jsonnet:
        write(out / "jsonnet" / "lib" / "service.libsonnet", LIBRARY)
        for i in range(runtimes):
            write(out / "jsonnet" / "platform" / f"runtime-{i:05}.jsonnet", json.dumps(runtime(i), indent=2) + "\n")
        write_all(out / "jsonnet")


LIBRARY = """{
  service(name, namespace):: { apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService', metadata: { name: name, namespace: namespace }, spec: {} },
  meta(labels, annotations):: { metadata+: { labels: labels, annotations: annotations } },
  parts(spec):: { spec+: spec },
}
"""


def jsonnet_service(made):
    metadata = made["metadata"]
    return (
        "local ks = import '../../lib/service.libsonnet';\n"
        f"ks.service({json.dumps(metadata['name'])}, {json.dumps(metadata['namespace'])})\n"
        f"+ ks.meta({json.dumps(metadata['labels'])}, {json.dumps(metadata['annotations'])})\n"
        f"+ ks.parts({json.dumps(made['spec'], indent=2)})\n"
    )


def write_all(folder):
    """Everything as one array, for evaluators that take one file."""
    paths = sorted(p.relative_to(folder) for p in folder.rglob("*.jsonnet"))
    write(folder / "all.jsonnet", "[\n" + "".join(f"  import '{p}',\n" for p in paths) + "]\n")
