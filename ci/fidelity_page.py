#!/usr/bin/env python3
"""Prints docs/fidelity.md: recorded cases per area, and which upstream function each part of the compiler mirrors.

usage: fidelity_page.py [--check]

The figures come from fixtures/, the functions from comments: a sentence that begins with "Mirrors", or, in headers, Go names alone in
parentheses. --check compares with docs/fidelity.md and exits with 1 when they differ.
"""
import argparse, collections, pathlib, re, sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FACETS = ("objects", "workloads", "stored", "admission", "selection")
FILES = {"objects": "objects", "workloads": "workloads", "stored": "stored", "admission": "admission", "selection": "status"}
SETS = (("cases", "v0.20.0"), ("cases-more", "v0.20.0, more"), ("cases-v0.19.0", "v0.19.0"), ("cases-v0.18.1", "v0.18.1"), ("leader-worker-set", "our own"))
PARTS = (("load", "YAML, JSON and Jsonnet as Kubernetes reads them"), ("ops", "operations driven by schemas"), ("emit", "printing"),
         ("kserve", "facts about KServe"), ("repo", "the objects of a run"), ("plan", "the plan"), ("admit", "admission: API server and webhooks"),
         ("select", "choosing the runtime"), ("merge", "runtime and service become one pod"), ("inject", "the pod webhook"),
         ("lower", "what the controller creates"), ("lint", "findings of our own"))
GO_NAME = r"(?:[A-Z]\w*\.[A-Z]\w*|(?:[a-z]\w*\.)?[A-Za-z][a-z0-9]*[A-Z]\w*(?:\.[A-Z]\w*)?(?:\(\))?)"
GO_FILE = r"[a-z_/0-9]+\.go"
NO_GO = {"oldSelf", "storageUris", "apiVersion", "KServe", "InferenceService", "KiB"}


# ---- cases

def agreed_differences():
    for line in (ROOT / "fixtures/DIFFERENCES.md").read_text().splitlines():
        cells = [cell.strip(" `") for cell in line.split("|")]
        if len(cells) > 3 and "/" in cells[1]:
            for facet in cells[2].split():
                yield cells[1], facet


def facets_of(path):
    text = path.read_text()
    return [facet for facet in FACETS if f"\n-- expected/{FILES[facet]}.yaml --\n" in text]


def case_rows():
    differ = set(agreed_differences())
    for folder, release in SETS:
        areas = collections.defaultdict(list)
        for path in sorted((ROOT / "fixtures" / folder).rglob("*.txtar")):
            areas[path.parent.name].append(path)
        for area, paths in sorted(areas.items()):
            counts = collections.Counter(facet for path in paths for facet in facets_of(path))
            apart = collections.Counter(facet for path in paths for case, facet in differ if folder == "cases" and case == f"{area}/{path.stem}")
            cells = [f"{counts[f] - apart[f]} of {counts[f]}" if apart[f] else str(counts[f]) if counts[f] else "–" for f in FACETS]
            yield f"| {release} | {area} | {len(paths)} | " + " | ".join(cells) + " |"


# ---- upstream functions

def comments(path):
    """The comments of a header, each as one line of text."""
    block = []
    for line in path.read_text().splitlines() + [""]:
        found = re.match(r"\s*///?\s?(.*)", line) or re.search(r"//\s(.*)$", line)
        whole_line = re.match(r"\s*//", line)
        if found and whole_line:
            block.append(found.group(1))
            continue
        if block:
            yield " ".join(block)
            block = []
        if found:
            yield found.group(1)


def names_in(comment, header):
    for sentence in re.findall(r"[Mm]irrors ([^.:;]*(?:\.\w[^.:;]*)*)", comment):
        yield from re.findall(rf"{GO_FILE}|{GO_NAME}|\bresolve\(\)|\b[a-z]+\.[a-z_]+\b", sentence)
    for inside in header * re.findall(r"\(([^()]*(?:\(\))?[^()]*)\)", comment):
        words = [word for word in re.split(r",\s*|\s+and\s+", inside.strip()) if word]
        if words and all(re.fullmatch(rf"{GO_NAME}|{GO_FILE}", word) for word in words):
            yield from words


def mirror_rows():
    for folder, title in PARTS:
        rows = []
        for path in sorted((ROOT / "compiler" / folder).rglob("*.*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            names = [n for comment in comments(path) for n in names_in(comment, path.suffix == ".h") if n not in NO_GO and not n.isupper()]
            if names:
                rows.append((path.relative_to(ROOT / "compiler").as_posix(), list(dict.fromkeys(n.rstrip("()") for n in names))))
        if rows:
            yield f"\n### {folder}: {title}\n"
            yield "| file | mirrors |\n|---|---|"
            for header, names in rows:
                yield f"| {header} | " + ", ".join(f"`{n}`" for n in names) + " |"


def page():
    lines = ["# Fidelity", "",
             "Written by `ci/run fidelity --docs`; a test compares. `ci/run fidelity` runs the cases and prints who passes.", "",
             "## Recorded cases", "",
             "Every case in `fixtures/` is a test: what KServe's own controller and webhooks did with a small repository, compared facet by facet.",
             "A number is the count of recorded facets, all of which isvcc reproduces; \"6 of 7\" means that one differs on purpose",
             "([DIFFERENCES.md](../fixtures/DIFFERENCES.md)). Cases of older releases are those whose result differs from v0.20.0;",
             "\"more\" are what a comparison over random repositories had found, \"our own\" are LeaderWorkerSets, which KServe does not make.", "",
             "| recorded with | area | cases | " + " | ".join(FACETS) + " |", "|---" * (len(FACETS) + 3) + "|", *case_rows(), "",
             "Objects: what the controller creates. Workloads: the same after the pod webhook. Stored: the service as the API server keeps it.",
             "Admission: who is refused, with which texts. Selection: deployment mode, runtime and failure of each service.", "",
             "## What mirrors what", "",
             "Go functions and files of KServe, Kubernetes and their libraries, as comments name them.", *mirror_rows()]
    return "\n".join(lines) + "\n"


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--check", action="store_true")
    if not options.parse_args().check:
        print(page(), end="")
        return 0
    if (ROOT / "docs/fidelity.md").read_text() == page():
        return 0
    print("docs/fidelity.md is out of date: run `ci/run fidelity --docs`")
    return 1


if __name__ == "__main__":
    sys.exit(main())
