#!/usr/bin/env python3
"""Compare the built-in schemas with the CRDs of the real releases, field by field.

usage: check_schemas.py SCHEMA_DUMP UPSTREAM_DIR [--show N]

UPSTREAM_DIR holds v0.20.0/crds/*.yaml and so on (KServe releases) and crds/*.yaml (integrations). Both sides become lines
`path: type required default=… pattern=… …`. KServe's kinds must agree in every line; for the integrations only figures
are printed. Exit status: 0 all equal, 1 some differ. Needs PyYAML.
"""
import argparse, json, pathlib, subprocess, sys
import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
OPAQUE = ("LLMInferenceService", "LLMInferenceServiceConfig")


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def number(value):
    return compact(int(value) if float(value) == int(value) else value)


def type_word(schema):
    if schema.get("x-kubernetes-int-or-string"):
        return "int-or-string"
    kind = schema.get("type")
    if kind == "array":
        return "list"
    if kind == "object":
        return "map" if isinstance(schema.get("additionalProperties"), dict) else "object"
    return kind or "any"


def combinations(schema):
    """allOf, anyOf, oneOf and not, apart from those of int-or-string; Istio's "at most one" in short."""
    words = []
    for name in ("allOf", "anyOf", "oneOf", "not"):
        parts = schema.get(name)
        if not parts or (name == "anyOf" and all(set(part) == {"type"} for part in parts)):
            continue
        given = [part["required"][0] for part in parts if set(part) == {"required"}]
        if name == "oneOf" and parts[0] == {"not": {"anyOf": parts[1:]}} and len(given) == len(parts) - 1:
            words.append("atMostOne=" + "|".join(sorted(given)))
        else:
            words.append(f"{name}={compact(parts)}")
    return words


def facts(schema, required):
    words = [type_word(schema)]
    if required:
        words.append("required")
    if "default" in schema:
        words.append("default=" + compact(schema["default"]))
    for name in ("format", "pattern"):
        if schema.get(name):
            words.append(f"{name}={schema[name]}")
    if schema.get("enum"):
        words.append("enum=" + "|".join(compact(v) for v in schema["enum"]))
    if "minimum" in schema:
        words.append(("above=" if schema.get("exclusiveMinimum") else "min=") + number(schema["minimum"]))
    if "maximum" in schema:
        words.append(("below=" if schema.get("exclusiveMaximum") else "max=") + number(schema["maximum"]))
    for name in ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"):
        if name in schema:
            words.append(f"{name}={schema[name]}")
    if schema.get("nullable"):
        words.append("nullable")
    if schema.get("x-kubernetes-preserve-unknown-fields") or words[0] == "any":
        words.append("preserve")
    if schema.get("x-kubernetes-embedded-resource"):
        words.append("embedded")
    if schema.get("x-kubernetes-list-type") == "set":
        words.append("set")
    if schema.get("x-kubernetes-list-map-keys"):
        words.append("keys=" + ",".join(sorted(schema["x-kubernetes-list-map-keys"])))
    words += combinations(schema)
    for rule in schema.get("x-kubernetes-validations", []):
        words.append(f"rule={rule['rule']} / {rule.get('message', '')}")
    return " ".join(words)


def flatten(schema, path, required, into):
    into[path] = facts(schema, required)
    if "items" in schema:
        flatten(schema["items"], path + "[]", False, into)
    if isinstance(schema.get("additionalProperties"), dict):
        flatten(schema["additionalProperties"], path + "{}", False, into)
    for name, child in schema.get("properties", {}).items():
        if path or name != "metadata":
            flatten(child, f"{path}.{name}" if path else name, name in schema.get("required", []), into)
    return into


def ours(dump, release, api_version, kind):
    done = subprocess.run([dump, release, api_version, kind], capture_output=True, text=True)
    if done.returncode:
        return None
    return dict(line.split("\t", 1) for line in done.stdout.split("\n") if line)


def compare(dump, release, path, show):
    """(lines, differing lines) of every kind of one CRD file."""
    crd = yaml.load(path.read_text(), LOADER)
    kind, group = crd["spec"]["names"]["kind"], crd["spec"]["group"]
    total = wrong = 0
    for version in crd["spec"]["versions"]:
        have = ours(dump, release, f"{group}/{version['name']}", kind)
        if have is None:
            print(f"  {release} {group}/{version['name']} {kind}: not built in")
            continue
        want = flatten(version["schema"]["openAPIV3Schema"], "", False, {})
        differ = sorted(k for k in want.keys() | have.keys() if want.get(k) != have.get(k))
        total, wrong = total + len(want), wrong + len(differ)
        print(f"  {release} {group}/{version['name']} {kind}: {len(want)} lines, {len(differ)} differ")
        for k in differ[:show]:
            print(f"    {k or '(object)'}\n      upstream: {want.get(k, '-')}\n      ours:     {have.get(k, '-')}")
    return total, wrong


def is_opaque(path):
    return any(path.stem.endswith("_" + kind.lower() + "s") for kind in OPAQUE)


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("dump")
    options.add_argument("upstream", type=pathlib.Path)
    options.add_argument("--show", type=int, default=5)
    chosen = options.parse_args()
    total = wrong = 0
    for folder in sorted(chosen.upstream.glob("v*/crds")):
        for path in sorted(folder.glob("*.yaml")):
            if not is_opaque(path):
                lines, differ = compare(chosen.dump, folder.parent.name, path, chosen.show)
                total, wrong = total + lines, wrong + differ
    print("integrations, for information:")
    newest = max(p.name for p in chosen.upstream.glob("v*"))
    for path in sorted((chosen.upstream / "crds").glob("*.yaml")):
        compare(chosen.dump, newest, path, 0)
    print(f"KServe: {total - wrong} of {total} lines agree")
    return 1 if wrong or not total else 0


if __name__ == "__main__":
    sys.exit(main())
