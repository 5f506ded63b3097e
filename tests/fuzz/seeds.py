#!/usr/bin/env python3
"""Seeds for the fuzz targets, from the recordings.

usage: seeds.py SOURCE_DIR SEED_DIR    (makes SEED_DIR/<target>/…)
"""
import hashlib, json, pathlib, sys


def parts(archive):
    """The files of a txtar archive."""
    name, lines = None, []
    for line in archive.splitlines(keepends=True):
        if line.startswith("-- ") and line.rstrip().endswith(" --"):
            if name:
                yield name, "".join(lines)
            name, lines = line.strip()[3:-3], []
        else:
            lines.append(line)
    if name:
        yield name, "".join(lines)


def texts(value):
    """All texts of a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def main():
    fixtures, target = pathlib.Path(sys.argv[1]) / "fixtures", pathlib.Path(sys.argv[2])

    def seed(name, data):
        data = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
        folder = target / name
        folder.mkdir(parents=True, exist_ok=True)
        if len(data) <= 16384:
            (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)

    for path in sorted(fixtures.rglob("*.txtar")):
        inputs = [text for name, text in parts(path.read_text(errors="replace")) if name.endswith((".yaml", ".json"))]
        for text in inputs[:3]:
            seed("yaml", text)
        seed("pipeline", "\0".join("y" + text for text in inputs[:4]))
    for path in sorted((fixtures / "cases").rglob("*.yaml")) if (fixtures / "cases").is_dir() else []:
        seed("yaml", path.read_bytes())
        seed("pipeline", b"y" + path.read_bytes())
    recordings = {"yaml": ("yaml",), "quantity": ("quantity",), "placeholders": ("template",), "strategicmerge": ("merge", "schema", "json")}
    for folder, names in recordings.items():
        for path in sorted((fixtures / folder).rglob("*.json")):
            value = json.loads(path.read_text(encoding="utf-8", errors="replace"))
            if names[0] == "merge":
                for case in value if isinstance(value, list) else value.get("cases", []):
                    if isinstance(case, dict):
                        sides = [json.dumps(item) for item in case.values() if isinstance(item, (dict, list))]
                        seed("merge", "\0".join(sides[:2]))
                        for side in sides:
                            seed("schema", side)
                            seed("json", side)
            else:
                for text in list(texts(value))[:3000]:
                    for name in names:
                        seed(name, text)
    for folder in sorted(p for p in target.iterdir()):
        print(f"{folder.name}: {sum(1 for _ in folder.iterdir())} seeds")


if __name__ == "__main__":
    main()
