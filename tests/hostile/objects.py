"""Quantities, names, templates, patterns, schemas and references: objects that are hard to work with."""
from case import Case, GOOD, config_map, service, yaml

RUNTIME = """apiVersion: serving.kserve.io/v1alpha1
kind: ServingRuntime
metadata: {name: own, namespace: team%s}
spec:
  supportedModelFormats: [{name: own, version: "1", autoSelect: true}]
  containers:
  - name: kserve-container
    image: example.com/own:1
    args: [%s]
"""


def quantities():
    for name, text in {"exponent-32-bit": "1e2147483648", "exponent-33-bit": "1e4294967297", "digits": "1" * 100_000, "exabytes": "1000E", "blank": "1 Gi", "letters": "GB", "unit": "1K",
                       "lower": "1ki", "comma": "1,5", "signs": "--1", "two-dots": "1.2.3", "empty-exponent": "1e", "hex": "0x1"}.items():
        yield yaml(f"quantity-{name}", service(f"model: {{modelFormat: {{name: sklearn}}, storageUri: 'gs://b/m', resources: {{limits: {{memory: '{text}'}}}}}}"), 1)


def names():
    for name, text in {"traversal": "../../etc", "dot": ".", "dots": "..", "slash": "a/b", "upper": "Abc", "long": "a" * 254, "newline": '"a\\nb"', "nul-escape": '"a\\0b"', "empty": '""', "space": '"a b"', "unicode": "é",
                       "command": "'::error::x'", "escape": '"\\e[31mred"', "bidi": '"a\\u202Eb"'}.items():
        yield yaml(f"name-{name}", service(name=text), 1)
    yield yaml("label-of-64", service(metadata=f"  labels: {{a: {'x' * 64}}}\n"), 1, "E0210")
    yield yaml("annotations-too-large", service(metadata=f"  annotations: {{a: {'x' * 262_144}}}\n"), 1)
    for name, text in {"traversal": "../x", "slash": "a/b", "upper": "Team", "dot": ".", "long": "n" * 64}.items():
        yield yaml(f"namespace-{name}", service().replace("namespace: team", f"namespace: {text}"), 1)
    yield yaml("defined-twice", service() + "---\n" + service(), 1, "E0004")
    for name, text in {"command": "::error file=x::y", "azure": "##vso[task.setvariable variable=x]y", "escape": "\\e]0;title\\a", "bidi": "\\u202Ex\\u2066", "carriage": "x\\rerror: y", "newline": "x\\n::warning::y"}.items():
        yield Case(f"yaml/message-{name}", {"in/a.yaml": service(f'"{text}": 1')}, 1, absent=("\n::", "##vso[", "\x1b", "‮", "\r"))


def templates():
    harmless = ("range", "printf")  # nothing to range over; a width that Go refuses in words
    for name, text in {"recursion": '{{define `a`}}{{template `a`}}{{end}}{{template `a`}}', "range": "{{range $i, $e := .Annotations}}{{range $j, $f := $.Annotations}}{{printf `%1000000d` 1}}{{end}}{{end}}",
                       "printf": "{{printf `%1000000000d` 1}}", "open": "{{.Name", "unknown-function": "{{env `HOME`}}", "method": "{{.GetName}}", "call": "{{call .Name}}", "comment": "{{/* open"}.items():
        runtime = RUNTIME % ("", '"--x=%s"' % text.replace("\\", "\\\\").replace('"', '\\"'))
        yield Case(f"template/{name}", {"in/r.yaml": runtime, "in/a.yaml": service("model: {modelFormat: {name: own}, storageUri: 'gs://b/m'}"), "in/good.yaml": GOOD}, 0 if name in harmless else 1, survivor=True)
    long = "{{range .Labels}}" * 5_000 + "x" + "{{end}}" * 5_000
    yield Case("template/deep", {"in/r.yaml": RUNTIME % ("", f'"{long}"'), "in/a.yaml": service("model: {modelFormat: {name: own}, storageUri: 'gs://b/m'}"), "in/good.yaml": GOOD}, 1, survivor=True)


CRD = """apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: toys.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Toy, plural: toys}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema: {type: object, properties: {spec: %s}}
---
apiVersion: example.com/v1
kind: Toy
metadata: {name: a, namespace: team}
spec: %s
"""


def schemas():
    yield yaml("crd-pattern-bomb", CRD % ("{type: string, pattern: '^((a{1000}){1000}){1000}$'}", "aaa"), 1, "E0213")
    yield yaml("crd-backtracking-pattern", CRD % ("{type: string, pattern: '^(a*)*b$'}", "a" * 100_000), 1, "E0205")
    yield yaml("crd-look-behind", CRD % ("{type: string, pattern: '(?<=a)b'}", "ab"), 1, "E0213")
    deep = "{type: object, properties: {a: " * 60 + "{type: string}" + "}}" * 60
    yield yaml("crd-deep", CRD % (deep, "{}"), 0)
    yield yaml("crd-long-enum", CRD % ("{type: string, enum: [" + ",".join(f"v{i}" for i in range(100_000)) + "]}", "v99999"), 1, "E0213")
    yield yaml("crd-reference", CRD % ("{'$ref': 'file:///dev/zero'}", "{}"), 1, "E0213")
    yield yaml("crd-rule-without-end", CRD % ("{type: object, x-kubernetes-validations: [{rule: '" + "(" * 5_000 + "'}]}", "{}"), 0)
    yield yaml("crd-rule-of-loops", CRD % ("{type: object, properties: {l: {type: array, items: {type: integer}}}, x-kubernetes-validations: [{rule: 'self.l.all(a, self.l.all(b, self.l.all(c, a + b + c >= 0)))'}]}",
                                           "{l: [" + ",".join("1" for _ in range(2_000)) + "]}"), 0, seconds=4.0)


def services():
    for name, predictor in {"list": "[]", "text": "abc", "number": "1"}.items():
        yield yaml(f"predictor-{name}", service().replace("predictor:\n    model", "predictor: " + predictor + "\n  x:\n    model"), 1)
    for port in ("2147483648", "9223372036854775808", "1.5"):
        yield yaml(f"port-{port}", service(f"containers: [{{name: kserve-container, image: a, ports: [{{containerPort: {port}}}]}}]"), 1)
    for name, text in {"exponent": "1e3", "whole-float": "1.0"}.items():
        yield yaml(f"replicas-{name}", service(f"minReplicas: {text}\n    maxReplicas: 1000\n    model: {{modelFormat: {{name: sklearn}}, storageUri: 'gs://b/m'}}"), 0)
    for name, field in {"unknown": "unknownField: 1", "case": "Model: {}", "patch": "$patch: delete", "retain": "$retainKeys: [a]"}.items():
        yield yaml(f"field-{name}", service(f"{field}\n    model: {{modelFormat: {{name: sklearn}}, storageUri: 'gs://b/m'}}"), 1)
    for name, uri in {"newline": '"gs://a\\nb"', "quotes": "'gs://\"],\"image\":\"evil'", "shell": "'gs://$(touch x)`y`;z'", "long": "'gs://" + "a" * 100_000 + "'"}.items():
        yield yaml(f"uri-{name}", service(f"model: {{modelFormat: {{name: sklearn}}, storageUri: {uri}}}"), 0)
    yield yaml("many-containers", service("containers: [" + ",".join(f"{{name: c{i}, image: a}}" for i in range(5_000)) + "]"), 1, seconds=4.0)
    yield yaml("many-env", service("model: {modelFormat: {name: sklearn}, storageUri: 'gs://b/m', env: [" + ",".join(f"{{name: E{i}, value: x}}" for i in range(20_000)) + "]}"), 0, seconds=4.0)
    yield yaml("many-uris", service("storageUris: [" + ",".join(f"{{uri: 'gs://b/{i}', mountPath: /mnt/models/{i}}}" for i in range(2_000)) + "]\n    model: {modelFormat: {name: sklearn}}"), 1, "E0502")
    graph = "apiVersion: serving.kserve.io/v1alpha1\nkind: InferenceGraph\nmetadata: {name: g, namespace: team}\nspec: {nodes: {%s}}\n"
    yield yaml("graph-of-itself", graph % "root: {routerType: Sequence, steps: [{nodeName: root}]}", 0)
    yield yaml("graph-of-5000-nodes", graph % ("root: {routerType: Sequence, steps: [{nodeName: n0}]}," + ",".join(f"n{i}: {{routerType: Sequence, steps: [{{nodeName: n{i + 1}}}]}}" for i in range(5_000))), 0, seconds=4.0)
    runtimes = "---\n".join(RUNTIME.replace("name: own, namespace", f"name: own-{i}, namespace") % ("", "--x") for i in range(2_000)).replace('autoSelect: true', 'autoSelect: false')
    yield Case("yaml/many-runtimes", {"in/r.yaml": runtimes, "in/a.yaml": "---\n".join(service("model: {modelFormat: {name: own}, runtime: own-7, storageUri: 'gs://b/m'}", name=f"s{i}") for i in range(1_000))}, 0, seconds=6.0)
    yield yaml("secret-stays-secret", "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: team}\nstringData: {password: 'hunter2', bad: [1]}\n", 1, absent=("hunter2",))
    yield yaml("config-map-number", config_map(k="8080"), 1, "E0202")


def all_cases():
    for group in (quantities, names, templates, schemas, services):
        yield from group()
