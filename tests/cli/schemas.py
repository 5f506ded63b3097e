#!/usr/bin/env python3
"""Schemas that the user brings: --schema and `schemas` of the project file read CustomResourceDefinitions, --schema-location also
kubeconform's path templates of JSON schemas. They win over the built-in ones, and none is fetched.

usage: schemas.py ISVCC SOURCE_DIR
"""
import json, os, pathlib, subprocess, sys, tempfile

CRD = """apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: buckets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Bucket, plural: buckets, singular: bucket, listKind: BucketList}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec: {type: object, required: [region], properties: {region: {type: string}}}
"""
BUCKET = "apiVersion: example.com/v1\nkind: Bucket\nmetadata: {name: a, namespace: ml}\nspec: {}\n"
MISSING = "'spec.region' is required"
JSON_SCHEMA = {"type": "object", "properties": {"spec": {"type": "object", "required": ["region"], "properties": {"region": {"type": "string"}}}}}


class Trial:
    def __init__(self, isvcc, folder):
        self.isvcc, self.folder, self.problems = isvcc, pathlib.Path(folder), []

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content))

    def expect(self, what, code, said, *words):
        """`said` in what isvcc answers; None: no finding at all."""
        done = subprocess.run([self.isvcc, "check", *words, "--quiet"], cwd=self.folder, capture_output=True, text=True)
        if done.returncode != code or (said not in done.stderr if said else done.stderr):
            self.problems.append(f"{what}: exit {done.returncode}, wanted {code} {said}\n{done.stderr[:1000]}")


def definitions(t):
    t.write("crds/bucket.yaml", CRD)
    t.write("crds/note.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: note}\n")
    t.write("in/a.yaml", BUCKET)
    t.expect("without a schema nothing is checked", 0, "W0203", "in")
    t.expect("a file", 1, MISSING, "in", "--schema", "crds/bucket.yaml")
    t.expect("a folder", 1, MISSING, "in", "--schema", "crds")
    t.expect("a folder with a slash", 1, MISSING, "in", "--schema", "crds/")
    t.expect("kubeconform's word for it", 1, MISSING, "in", "--schema-location", "crds")
    t.expect("several", 1, MISSING, "in", "--schema-location", "default", "--schema-location", "crds")
    t.expect("no such place", 2, "no such file or folder: 'nowhere'", "in", "--schema", "nowhere")
    t.expect("a place without definitions", 2, "there is no CustomResourceDefinition in 'in'", "in", "--schema", "in")
    t.write("broken/crd.yaml", CRD.replace("    schema:\n      openAPIV3Schema:", "    schema:\n      none:"))
    t.expect("a definition without a schema", 1, "has no schema", "in", "--schema", "broken")
    os.symlink("crds", t.folder / "link")
    t.expect("a link on the command line is followed", 1, MISSING, "in", "--schema", "link")


def of_the_project(t):
    t.write("project/isvcc.yaml", "apiVersion: isvcc.dev/v1\nkind: Project\nsources: [in]\nschemas: [crds]\n")
    t.write("project/crds/bucket.yaml", CRD)
    t.write("project/in/a.yaml", BUCKET)
    t.expect("`schemas` of the project file", 1, MISSING, "-p", "project")
    t.write("project/isvcc.yaml", "apiVersion: isvcc.dev/v1\nkind: Project\nsources: [in]\nschemas: [../crds]\n")
    t.expect("it stays inside the project", 2, "E0001", "-p", "project")


def path_templates(t):
    strict, loose = "json/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}{{.StrictSuffix}}.json", "plain/{{.ResourceKind}}{{.KindSuffix}}.json"
    t.write("json/example.com/bucket_v1-strict.json", JSON_SCHEMA)
    t.write("plain/bucket-example-v1.json", JSON_SCHEMA)
    t.expect("a template with the strict suffix", 1, MISSING, "in", "--schema-location", strict)
    t.expect("the other suffix when there is no strict one", 1, MISSING, "in", "--schema-location", strict, "--no-strict")
    t.expect("group and version in the name", 1, MISSING, "in", "--schema-location", loose)
    t.expect("the first location that has the kind is taken", 1, MISSING, "in", "--schema-location", "none/{{.ResourceKind}}.json", "--schema-location", loose)
    t.expect("no location has it", 0, "W0203", "in", "--schema-location", "none/{{.ResourceKind}}.json")
    t.expect("a template that is none", 2, "schema-location", "in", "--schema-location", "json/{{.Group")
    t.expect("nothing is fetched", 2, "does not use the network", "in", "--schema-location", "https://example.com/{{.ResourceKind}}.json")
    t.write("own/v1.30.0-standalone-strict/bucket-example-v1.json", JSON_SCHEMA)
    t.expect("kubeconform's layout of a folder", 1, MISSING, "in", "--schema-location", "own", "--kubernetes-version", "1.30.0")
    t.write("bad/bucket-example-v1.json", "{")
    t.expect("a schema that is no JSON", 1, "bad/bucket-example-v1.json", "in", "--schema-location", "bad/{{.ResourceKind}}{{.KindSuffix}}.json")
    t.write("evil/a.yaml", BUCKET.replace("kind: Bucket", "kind: ../../plain/bucket-example-v1"))
    t.expect("a kind cannot climb out of the folder", 0, "W0203", "evil", "--schema-location", "json/deep/{{.ResourceKind}}.json")


def main():
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(str(pathlib.Path(sys.argv[1]).resolve()), folder)
        for test in (definitions, of_the_project, path_templates):
            test(trial)
    print("\n".join(trial.problems) or "the user's schemas are used")
    return 1 if trial.problems else 0


if __name__ == "__main__":
    sys.exit(main())
