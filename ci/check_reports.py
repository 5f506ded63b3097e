#!/usr/bin/env python3
"""Holds isvcc's reports against the schemas of their formats: SARIF 2.1.0 (OASIS) and JUnit (Jenkins' junit-4.xsd).

usage: check_reports.py ISVCC [--peers DIR]

Reports are made of fixtures/wrong and of every archive in fixtures/broken. The schemas come out of two Go modules, the validators from PyPI,
both through their ordinary clients into --peers (default build/peers). Exit status 1 with one line for each violation.
"""
import argparse, json, os, pathlib, re, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SARIF = ("github.com/owenrumney/go-sarif/v3@v3.3.1", "pkg/report/v210/sarif/schema.go")
JUNIT = ("github.com/yannh/kubeconform@v0.7.0", "fixtures/junit.xsd")


def module_file(module, path):
    done = subprocess.run(["go", "mod", "download", "-json", module], capture_output=True, text=True, check=True, cwd="/")
    return (pathlib.Path(json.loads(done.stdout)["Dir"]) / path).read_text()


def use_validators(folder):
    target = folder / "python"
    if not target.exists():
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--target", str(target), "jsonschema", "xmlschema"], check=True)
    sys.path.insert(0, str(target))


def inputs(folder):
    """Folders to check: the wrong manifests, and what is packed in each archive of broken inputs."""
    yield ROOT / "fixtures/wrong"
    for archive in sorted((ROOT / "fixtures/broken").glob("*.txtar")):
        parts = re.split(r"(?m)^-- (.+) --\n", archive.read_text(errors="surrogateescape"))
        for name, text in zip(parts[1::2], parts[2::2]):
            if not name.startswith("expected/"):
                path = folder / archive.stem / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, errors="surrogateescape")
        yield folder / archive.stem


def reports(isvcc, source, folder):
    sarif, junit = folder / "report.sarif", folder / "report.xml"
    for path in (sarif, junit):
        path.unlink(missing_ok=True)
    subprocess.run([isvcc, "check", "-q", "--report", f"sarif={sarif}", "--report", f"junit={junit}", str(source)], stderr=subprocess.DEVNULL)
    return sarif, junit


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("isvcc")
    options.add_argument("--peers", type=pathlib.Path, default=ROOT / "build/peers")
    chosen = options.parse_args()
    use_validators(chosen.peers.resolve())
    import jsonschema, xmlschema
    sarif_schema = jsonschema.Draft4Validator(json.loads(module_file(*SARIF).split("`", 1)[1].rsplit("`", 1)[0]))
    junit_schema = xmlschema.XMLSchema(module_file(*JUNIT))
    problems, count = [], 0
    with tempfile.TemporaryDirectory() as scratch:
        for source in inputs(pathlib.Path(scratch)):
            sarif, junit = reports(chosen.isvcc, source, pathlib.Path(scratch))
            count += 1
            problems += [f"{source.name}: sarif: {'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in sarif_schema.iter_errors(json.loads(sarif.read_text()))]
            problems += [f"{source.name}: junit: {e.path}: {e.reason}" for e in junit_schema.iter_errors(str(junit))]
    print("\n".join(problems) if problems else f"{count} SARIF and {count} JUnit reports are valid")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
