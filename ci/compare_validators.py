#!/usr/bin/env python3
"""Who finds what: kubeconform, kubectl-validate and isvcc over fixtures/wrong, sixty manifests with one mistake each.

usage: compare_validators.py ISVCC [--upstream DIR] [--peers DIR] [--write docs/validators.md] [--corpus DIR]

The peers are built through the Go module proxy into --peers (default build/peers) and get the same schemas: the CRDs of --upstream (default
../shared/kserve), and the schemas of Kubernetes' own kinds that kubectl-validate brings along, both converted for kubeconform. --write
replaces the tables between the markers of the page. --corpus DIR measures kubeconform and isvcc on a big repository instead. Needs Go and
PyYAML.
"""
import argparse, json, os, pathlib, re, resource, subprocess, sys, time
import yaml

KUBECONFORM = "github.com/yannh/kubeconform/cmd/kubeconform@v0.7.0"
KUBECTL_VALIDATE = "sigs.k8s.io/kubectl-validate@v0.0.4"
KUBERNETES = "1.30"
ROOT = pathlib.Path(__file__).resolve().parent.parent
MARK = "# <-"
GROUPS = {"yaml": "YAML", "meta": "metadata", "deployment": "Deployment", "kserve": "KServe"}
OTHER_BUILTIN = ("service", "hpa", "ingress", "config", "secret", "claim")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


# ---- the peers and their schemas

def build_peers(folder):
    binaries = folder / "bin"
    for name, package in (("kubeconform", KUBECONFORM), ("kubectl-validate", KUBECTL_VALIDATE)):
        if not (binaries / name).exists():
            print(f"building {package}", file=sys.stderr)
            subprocess.run(["go", "install", package], check=True, env={**os.environ, "GOBIN": str(binaries)})
    return binaries


def closed(schema):
    """The schema with unknown fields forbidden where its author did not allow them: what kubeconform's -strict schemas are."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    out = {key: ({name: closed(child) for name, child in value.items()} if key in ("properties", "definitions") else closed(value))
           for key, value in schema.items()}
    if isinstance(out.get("properties"), dict) and "additionalProperties" not in out and not out.get("x-kubernetes-preserve-unknown-fields"):
        out["additionalProperties"] = False
    return out


def write_schema(folder, group, version, kind, schema):
    path = folder / (group or version) / f"{kind.lower()}_{version}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(schema))


def crd_schemas(upstream, folder):
    releases = sorted(p for p in upstream.glob("v*") if (p / "crds").is_dir())
    for path in sorted((upstream / "crds").glob("*.yaml")) + sorted((releases[-1] / "crds").glob("*.yaml")):
        crd = yaml.load(path.read_text(), LOADER)
        for version in crd["spec"]["versions"]:
            schema = closed(version["schema"]["openAPIV3Schema"])
            for name, typed in (("apiVersion", {"type": "string"}), ("kind", {"type": "string"}), ("metadata", {"type": "object"})):
                schema.setdefault("properties", {})[name] = typed
            write_schema(folder, crd["spec"]["group"], version["name"], crd["spec"]["names"]["kind"], schema)
        yield path


def builtin_schemas(folder):
    cache = subprocess.run(["go", "env", "GOMODCACHE"], capture_output=True, text=True, check=True).stdout.strip()
    for path in sorted(pathlib.Path(cache, KUBECTL_VALIDATE, "pkg/openapiclient/builtins", KUBERNETES).rglob("*.json")):
        all_of_them = json.loads(path.read_text().replace("#/components/schemas/", "#/definitions/"))
        definitions = closed(all_of_them.get("components", {}).get("schemas", {}))
        for name, schema in definitions.items():
            for kind in schema.get("x-kubernetes-group-version-kind", []):
                if len(schema["x-kubernetes-group-version-kind"]) == 1 and "metadata" in schema.get("properties", {}):
                    write_schema(folder, kind["group"], kind["version"], kind["kind"], {**schema, "definitions": definitions})


def prepare(peers, upstream):
    schemas, crds = peers / "schemas", peers / "crds"
    if not crds.exists():
        crds.mkdir(parents=True)
        for path in crd_schemas(upstream, schemas):
            (crds / path.name).write_text(path.read_text())
        builtin_schemas(schemas)
    return {
        "kubeconform": ["-strict", "-output", "json", "-schema-location", f"{schemas}/{{{{.Group}}}}/{{{{.ResourceKind}}}}_{{{{.ResourceAPIVersion}}}}.json"],
        "kubectl-validate": ["--version", KUBERNETES, "--local-crds", str(crds)],
    }


# ---- one manifest

def run(command):
    done = subprocess.run(command, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def verdict(code, text, line):
    """'' found nothing, 'found', 'line' (names some line) or 'place' (names the marked line)."""
    if code == 0:
        return ""
    named = {int(n) for n in re.findall(r"(?:line |\.yaml:)(\d+)", text)}
    return "place" if line in named else "line" if named else "found"


def marked_line(path):
    return next(n for n, text in enumerate(path.read_text().splitlines(), 1) if MARK in text)


def judge(path, isvcc, binaries, options):
    line = marked_line(path)
    commands = {
        "kubeconform": [str(binaries / "kubeconform"), *options["kubeconform"], str(path)],
        "kubectl-validate": [str(binaries / "kubectl-validate"), *options["kubectl-validate"], str(path)],
        "isvcc": [isvcc, "check", "--deny-warnings", "--quiet", str(path)],
    }
    return {name: verdict(*run(command), line) for name, command in commands.items()}


def group_of(path):
    head = path.stem.split("-")[0]
    return GROUPS.get(head) or ("other built-in kinds" if head in OTHER_BUILTIN else "integrations")


# ---- tables

WORDS = {"": "–", "found": "yes", "line": "yes", "place": "yes, line"}


def summary_table(verdicts):
    groups = ["YAML", "metadata", "Deployment", "other built-in kinds", "KServe", "integrations"]
    size = {g: sum(1 for p in verdicts if group_of(p) == g) for g in groups}
    lines = ["| validator | " + " | ".join(f"{g} ({size[g]})" for g in groups) + f" | found of {len(verdicts)} | with the line |",
             "|---" * (len(groups) + 3) + "|"]
    for name in ("kubeconform", "kubectl-validate", "isvcc"):
        found = [sum(1 for p, v in verdicts.items() if group_of(p) == g and v[name]) for g in groups]
        places = sum(1 for v in verdicts.values() if v[name] == "place")
        lines.append(f"| {name} | " + " | ".join(map(str, found)) + f" | {sum(found)} | {places} |")
    return lines


def long_table(verdicts):
    lines = ["| manifest | mistake | kubeconform | kubectl-validate | isvcc |", "|---|---|---|---|---|"]
    for path, v in verdicts.items():
        what = path.read_text().splitlines()[0].lstrip("# ")
        lines.append(f"| {path.stem} | {what} | " + " | ".join(WORDS[v[n]] for n in ("kubeconform", "kubectl-validate", "isvcc")) + " |")
    return lines


def replace_between(text, name, lines):
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    head, rest = text.split(begin, 1)
    return head + begin + "\n" + "\n".join(lines) + "\n" + end + rest.split(end, 1)[1]


# ---- a big repository

def timed(command):
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.returncode


def measure(corpus, isvcc, binaries, options, pairs=5):
    folders = [str(p) for p in (corpus / "platform", corpus / "teams") if p.is_dir()] or [str(corpus)]
    peer = [str(binaries / "kubeconform"), "-n", "2", "-strict", *options["kubeconform"][3:], *folders]
    own = [isvcc, "check", "-n", "2", "--quiet", *folders]
    timed(own), timed(peer)
    rows = [(timed(own), timed(peer)) for _ in range(pairs)]
    for a, b in rows:
        print(f"isvcc {a[0]:.3f} s wall {a[1]:.3f} s cpu (exit {a[2]}); kubeconform {b[0]:.3f} s wall {b[1]:.3f} s cpu (exit {b[2]}); "
              f"ratio wall {b[0] / a[0]:.1f}, cpu {b[1] / a[1]:.1f}")
    middle = lambda values: sorted(values)[len(values) // 2]
    print(f"median ratio: wall {middle([b[0] / a[0] for a, b in rows]):.1f}, cpu {middle([b[1] / a[1] for a, b in rows]):.1f}")


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("isvcc")
    options.add_argument("--upstream", type=pathlib.Path, default=ROOT.parent / "shared/kserve")
    options.add_argument("--peers", type=pathlib.Path, default=ROOT / "build/peers")
    options.add_argument("--write", type=pathlib.Path)
    options.add_argument("--corpus", type=pathlib.Path)
    chosen = options.parse_args()
    peers = chosen.peers.resolve()
    binaries = build_peers(peers)
    flags = prepare(peers, chosen.upstream)
    if chosen.corpus:
        return measure(chosen.corpus, chosen.isvcc, binaries, flags)
    wrong = sorted((ROOT / "fixtures/wrong").glob("*.yaml"))
    verdicts = {path: judge(path, chosen.isvcc, binaries, flags) for path in wrong}
    short, long = summary_table(verdicts), long_table(verdicts)
    print("\n".join(short + [""] + long))
    if chosen.write:
        text = replace_between(chosen.write.read_text(), "summary", short)
        chosen.write.write_text(replace_between(text, "manifests", long))


if __name__ == "__main__":
    sys.exit(main())
