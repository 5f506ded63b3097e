"""Builds with --cache give what builds without it give, whatever happened in between to the sources, the output and the cache."""

import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

ISVCC, SOURCE, BUILD = (pathlib.Path(argument).resolve() for argument in sys.argv[1:4])
sys.path.insert(0, str(SOURCE / "tests" / "bench"))
import corpus  # noqa: E402

STEPS = int(os.environ.get("ISVCC_INCREMENTAL_STEPS", "40"))
SEEDS = [int(s) for s in os.environ.get("ISVCC_INCREMENTAL_SEEDS", "1 2 6").split()]

SECRET = "apiVersion: v1\nkind: Secret\nmetadata: {{name: token, namespace: {0}}}\nstringData: {{key: {1}}}\n"
GRAPH = """apiVersion: serving.kserve.io/v1alpha1
kind: InferenceGraph
metadata: {{name: graph, namespace: {0}}}
spec:
  nodes:
    root:
      routerType: Sequence
      steps: [{{serviceName: {1}, name: first}}]
"""
TRAINED = """apiVersion: serving.kserve.io/v1alpha1
kind: TrainedModel
metadata: {{name: trained, namespace: {0}}}
spec:
  inferenceService: {1}
  model: {{framework: sklearn, storageUri: s3://a/b, memory: 1Gi}}
"""


def tree(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()} if folder.exists() else {}


class Repository:
    def __init__(self, root, seed):
        self.root, self.random = root, random.Random(seed)
        corpus.generate(root, 40, runtimes=14, namespaces=4)
        self.count = 0
        (root / "isvcc.yaml").write_text("apiVersion: isvcc.dev/v1\nkind: Project\nsources: [.]\nruntimes: none\n")

    def services(self):
        return sorted((self.root / "teams").rglob("*.yaml"))

    def service(self):
        return self.random.choice(self.services())

    def runtime(self):
        return self.random.choice(sorted((self.root / "platform" / "runtimes").glob("*.yaml")))

    @staticmethod
    def replace(path, old, new):
        path.write_text(path.read_text().replace(old, new, 1))

    # ---- what people do

    def nothing(self):
        pass

    def touch(self):
        os.utime(self.service())

    def change_service(self):
        self.replace(self.service(), "labels:\n", f"labels:\n    run: r{self.count}\n")

    def same_size(self):
        self.replace(self.service(), "minReplicas: 1", f"minReplicas: {self.random.randint(0, 3)}")

    def comment_service(self):
        path = self.service()
        path.write_text("# moved\n" + path.read_text())

    def break_service(self):
        self.replace(self.service(), "spec:\n", "spec:\n  unknown: [\n")

    def typo(self):
        self.replace(self.service(), "storageUri", "storageUrl")

    def no_format(self):
        self.replace(self.service(), "modelFormat:\n", "modelFormat:\n        extra: 1\n" if self.random.random() < 0.3 else "modelFormat:\n")
        self.replace(self.service(), "name: sklearn\n", "name: sklern\n")

    def waive(self):
        self.replace(self.service(), "annotations:\n", "annotations:\n    isvcc.dev/allow: \"W0901 known\"\n")

    def remove_service(self):
        if len(self.services()) > 20:
            self.service().unlink()

    def rename_service(self):
        path = self.service()
        path.rename(path.with_name(f"{self.random.choice('amz')}-{self.count}.yaml"))

    def add_service(self):
        made = corpus.service(100 + self.count, 14, 4)
        corpus.write(self.root / "teams" / made["metadata"]["namespace"] / f"new-{self.count}.yaml", corpus.yaml(made))

    def duplicate(self):
        path = self.service()
        (path.parent / f"copy-{self.count}.yaml").write_text(path.read_text())

    def join(self):
        a, b = self.service(), self.service()
        if a != b:
            a.write_text(a.read_text() + "---\n" + b.read_text())
            b.unlink()

    def mix(self):
        path = self.service()
        path.write_text(path.read_text() + "---\n" + SECRET.format(path.parent.name, self.count))

    def collide(self):
        # A service whose objects have the names of another one's.
        path = self.service()
        text = path.read_text()
        name = text.split('name: "')[1].split('"')[0] if 'name: "' in text else None
        if name and text.count("kind: InferenceService") == 1:
            (path.parent / f"collision-{self.count}.yaml").write_text(text.replace(name, name + "-predictor", 1))

    def image(self):
        self.replace(self.runtime(), "image: \"registry", "image: \"mirror-registry")

    def formats(self):
        self.replace(self.runtime(), "priority: 1\n", f"priority: {self.random.randint(1, 9)}\n")

    def disable(self):
        self.replace(self.runtime(), "  supportedModelFormats", "  disabled: true\n  supportedModelFormats")

    def pull_secret(self):
        self.replace(self.runtime(), "  containers:\n", "  imagePullSecrets:\n    - name: registry\n  containers:\n")

    def comment_runtime(self):
        path = self.runtime()
        path.write_text("# a line\n" + path.read_text())

    def remove_runtime(self):
        if len(list((self.root / "platform" / "runtimes").glob("*.yaml"))) > 9:
            self.runtime().unlink()

    def secret(self):
        namespace = self.service().parent.name
        (self.root / f"secret-{namespace}.yaml").write_text(SECRET.format(namespace, self.count))

    def graph(self):
        path = self.service()
        (self.root / "graph.yaml").write_text(GRAPH.format(path.parent.name, path.stem))

    def trained(self):
        path = self.service()
        (self.root / "trained.yaml").write_text(TRAINED.format(path.parent.name, path.stem))

    def no_graph(self):
        for name in ("graph.yaml", "trained.yaml"):
            (self.root / name).unlink(missing_ok=True)

    def config(self):
        (self.root / "isvcc.yaml").write_text("apiVersion: isvcc.dev/v1\nkind: Project\nsources: [.]\nruntimes: none\n"
                                              f"clusterDomain: c{self.random.randint(0, 1)}.local\n")

    def edit(self):
        self.count += 1
        done = []
        for _ in range(self.random.choice([1, 1, 1, 2, 5])):
            name = self.random.choice(EDITS)
            getattr(self, name)()
            done.append(name)
        return done


EDITS = ["nothing", "touch", "change_service", "change_service", "same_size", "comment_service", "break_service", "typo", "no_format", "waive", "remove_service", "rename_service", "add_service",
         "duplicate", "join", "mix", "collide", "image", "image", "formats", "disable", "pull_secret", "comment_runtime", "remove_runtime", "secret", "graph", "trained", "no_graph", "config"]


LAYOUTS = [[], ["--layout", "flux"], ["--layout", "kustomize", "--file-per", "object"], ["--file-per", "namespace"], ["--layout", "bundle"], ["--sync-waves"], ["--app-limit", "60000"]]


class Bench:
    def __init__(self, folder, layout=()):
        self.folder, self.layout = folder, layout
        self.root = folder / "project"
        self.cache = folder / "cache"
        self.outputs = 0

    def build(self, out, *extra, told=False):
        """With a report that lists all services, or as people see it: a part of a build can only be told to people."""
        report = self.folder / f"{out.name}.json"
        telling = [] if told else ["--quiet", "--report", f"json={report}"]
        done = subprocess.run([ISVCC, "build", self.root, "-o", out, "--keep-going", *self.layout, *telling, *extra], capture_output=True, text=True, cwd=self.folder)
        errors = re.sub(r"used, [0-9.]+ s; .*", "used", done.stderr) if told else done.stderr
        return {"exit code": done.returncode, "errors": errors, "report": report.read_text() if report.exists() and not told else "", "tree": tree(out)}

    def cold(self, told=False):
        self.outputs += 1
        out = self.folder / f"cold-{self.outputs}"
        result = self.build(out, told=told)
        shutil.rmtree(out, ignore_errors=True)
        return result

    def warm(self, name="warm", cache=None, told=False):
        return self.build(self.folder / name, "--cache", str(cache or self.cache), told=told)

    def packs(self):
        return sorted(self.cache.rglob("pack-*"))

    def compiled(self, name="warm"):
        """How many services the last phase of admission saw."""
        done = subprocess.run([ISVCC, "build", self.root, "-o", self.folder / name, "--keep-going", "--stats", "--cache", self.cache], capture_output=True, text=True)
        row = next(line for line in done.stderr.splitlines() if line.startswith("admit"))
        return int(row.split()[2])


failures = []


def expect(what, got, wanted):
    for key in wanted:
        if got[key] == wanted[key]:
            continue
        detail = f"{got[key]!r:.600}\n  wanted {wanted[key]!r:.600}"
        if key == "tree":
            paths = sorted(p for p in set(got[key]) | set(wanted[key]) if got[key].get(p) != wanted[key].get(p))
            detail = f"these files differ: {paths[:5]}"
        if key == "report" and got[key] and wanted[key]:
            a, b = json.loads(got[key]), json.loads(wanted[key])
            for part in b:
                for x, y in zip(a[part], b[part]):
                    if x != y:
                        detail = f"{part}: {x}\n  wanted {y}"
                        break
        failures.append(f"{what}: {key} differs: {detail}")
        return


def random_edits(folder, seed):
    bench = Bench(folder, LAYOUTS[seed % len(LAYOUTS)])
    repository = Repository(bench.root, seed)
    history = []
    for step in range(STEPS):
        history += repository.edit() if step else ["start"]
        told = step % 5 != 4
        expect(f"seed {seed}, step {step}, after {history[-6:]}", bench.warm(told=told), bench.cold(told=told))
        if failures:
            return
    # Another checkout with other times finds the same results in the cache.
    shutil.copytree(bench.root, folder / "again")
    shutil.rmtree(bench.root)
    (folder / "again").rename(bench.root)
    expect(f"seed {seed}, another checkout", bench.warm("fresh"), bench.cold())


def settle(bench):
    """Until files are old enough to be known by their times."""
    for _ in range(3):
        subprocess.run(["sleep", "0.03"], check=True)
        bench.warm()


def recompiles_little(folder):
    bench = Bench(folder)
    repository = Repository(bench.root, 7)
    settle(bench)
    if (n := bench.compiled()) != 0:
        failures.append(f"nothing changed, but {n} services were compiled")
    repository.replace(repository.services()[0], "labels:\n", "labels:\n    x: z1\n")
    if (n := bench.compiled()) != 1:
        failures.append(f"one service changed, but {n} were compiled")
    used = json.loads(bench.cold()["report"])["services"]
    name = used[0]["runtime"]["name"]
    users = sum(1 for s in used if s.get("runtime", {}).get("name") == name)
    path = bench.root / "platform" / "runtimes" / f"{name}.yaml"
    path.write_text(path.read_text().replace("--workers", "--threads"))
    if (n := bench.compiled()) != users:
        failures.append(f"the runtime of {users} services changed, but {n} were compiled")
    expect("after all of that", bench.warm(), bench.cold())


def compiles_a_part(folder):
    """Where few service files changed, the others are not even looked up: no pack is written."""
    bench = Bench(folder)
    repository = Repository(bench.root, 23)
    services = repository.services()
    broken = services[5].read_text()
    cases = {
        "another label": lambda: repository.replace(services[0], "labels:\n", "labels:\n    x: z1\n"),
        "a line more": lambda: services[0].write_text("# moved\n" + services[0].read_text()),
        "the same service again": lambda: repository.replace(services[0], "x: z1", "x: z2"),
        "another service, while the first is still changed": lambda: repository.replace(services[1], "labels:\n", "labels:\n    x: z1\n"),
        "what it was before": lambda: repository.replace(services[0], "x: z2", "x: z1"),
    }
    bench.warm(told=True)
    for what, change in cases.items():
        change()
        before = bench.packs()
        expect(what, bench.warm(told=True), bench.cold(told=True))
        if bench.packs() != before:
            failures.append(f"{what}: everything was looked at")
    for what, text in {"a new finding": broken.replace("minReplicas: 1", "minReplicas: 0"), "a broken file": broken + "\n  x: [\n", "a mended file": broken, "another name": broken.replace('name: "', 'name: "x-', 1)}.items():
        services[5].write_text(text)
        expect(what, bench.warm(told=True), bench.cold(told=True))
    victim = next(p for p in sorted((folder / "warm").rglob("*.yaml")))
    printed = victim.read_text()
    victim.write_text(printed + "# edited\n")
    repository.replace(services[1], "x: z1", "x: z3")
    if bench.warm(told=True)["exit code"] in (0, 1):
        failures.append("a part was written into an output that somebody had edited")
    victim.write_text(printed)
    expect("the edit taken back", bench.warm(told=True), bench.cold(told=True))


def damage(path, kind, rng):
    data = bytearray(path.read_bytes())
    if kind == "flip":
        for _ in range(rng.choice([1, 1, 5])):
            at = rng.randrange(len(data)) if rng.random() < 0.5 else len(data) - 1 - rng.randrange(min(len(data), 4000))
            data[at] ^= 1 << rng.randrange(8)
        path.write_bytes(data)
    elif kind == "cut":
        path.write_bytes(data[: rng.randrange(len(data))])
    elif kind == "grow":
        path.write_bytes(data + bytes(rng.randrange(1, 200)))
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "swap":
        half = len(data) // 2
        path.write_bytes(data[half:] + data[:half])
    elif kind == "remove":
        path.unlink()
    elif kind == "folder":
        path.unlink()
        path.mkdir()
    elif kind == "link":
        path.unlink()
        path.symlink_to("/dev/zero")
    elif kind == "pipe":
        path.unlink()
        os.mkfifo(path)


def damaged_cache(folder):
    bench = Bench(folder)
    repository = Repository(bench.root, 3)
    settle(bench)
    whole = folder / "whole"
    shutil.copytree(bench.cache, whole)
    wanted = {told: bench.cold(told=told) for told in (False, True)}
    rng = random.Random(11)
    for step in range(60):
        shutil.rmtree(bench.cache)
        shutil.copytree(whole, bench.cache)
        files = [p for p in sorted(bench.cache.rglob("*")) if p.is_file()]
        kind = rng.choice(["flip"] * 8 + ["cut", "cut", "grow", "empty", "swap", "remove", "folder", "link", "pipe"])
        victim = rng.choice(files)
        damage(victim, kind, rng)
        # Into an empty folder everything comes from the cache; into a full one nothing should be touched.
        out = rng.choice(["warm", f"other-{step}"])
        told = rng.random() < 0.5
        expect(f"{kind} of {victim.name} ({step})", bench.warm(out, told=told), wanted[told])
    expect("no cache folder can be made", bench.warm("last", "/proc/nowhere"), wanted[False])
    repository.replace(repository.services()[0], "labels:\n", "labels:\n    x: z1\n")
    expect("a change after all of that", bench.warm(), bench.cold())


def edited_output(folder):
    """What somebody did to the output is seen in spite of all that is known."""
    bench = Bench(folder)
    Repository(bench.root, 5)
    settle(bench)
    victim = sorted(p for p in (folder / "warm").rglob("*.yaml"))[3]
    text = victim.read_text()
    status = victim.stat()
    victim.write_text(text.replace("a", "b", 1))
    os.utime(victim, ns=(status.st_atime_ns, status.st_mtime_ns))
    done = subprocess.run([ISVCC, "build", bench.root, "-o", folder / "warm", "--cache", bench.cache, "--force"], capture_output=True, text=True)
    if done.returncode not in (0, 1) or victim.read_text() != text:
        failures.append(f"an edited output was not noticed: {done.stderr[-300:]}")
    victim.unlink()
    expect("a removed output", bench.warm(), bench.cold())


MARK = b"toldagain"  # as long as what it stands for


def mark_run(bench):
    """Puts a mark into what the last run told, so that whoever tells it again can be known."""
    path = next(bench.cache.glob("run-*.bin"))
    content = path.read_bytes()
    assert b"no Secret" in content or MARK in content
    path.write_bytes(content.replace(b"no Secret", MARK))
    subprocess.run([BUILD / "tests" / "seal_cache_file", path], check=True)


def told_again(folder):
    """A build is only told again when sources, settings, day and output are those of the last one."""
    bench = Bench(folder)
    repository = Repository(bench.root, 17)
    for runtime in (bench.root / "platform" / "runtimes").glob("*.yaml"):
        repository.replace(runtime, "  containers:\n", "  imagePullSecrets:\n    - name: registry\n  containers:\n")
    out = folder / "warm"

    def build(*extra, day="1700000000"):
        done = subprocess.run([ISVCC, "build", bench.root, "-o", out, "--keep-going", "--cache", bench.cache, *extra], capture_output=True, text=True, env={**os.environ, "SOURCE_DATE_EPOCH": day})
        return {"exit code": done.returncode, "told": re.sub(r"[0-9.]+ s;.*", "", done.stderr), "tree": tree(out)}

    def settled(*extra):
        for _ in range(3):
            subprocess.run(["sleep", "0.03"], check=True)
            build(*extra)

    def is_told(*extra, **more):
        return MARK.decode() in build(*extra, **more)["told"]

    settled()
    first = build()
    expect("nothing changed", build(), first)
    mark_run(bench)
    if not is_told():
        failures.append("nothing changed, but the build was not told again")
    service, new = repository.services()[0], bench.root / "new.yaml"
    victim = sorted(out.rglob("*.yaml"))[0]
    kept, printed = service.read_text(), victim.read_text()

    changes = {
        "a source": (lambda: service.write_text(kept.replace("a", "b", 1)), lambda: service.write_text(kept)),
        "a new source": (lambda: new.write_text("# nothing\n"), new.unlink),
        "a removed source": (service.unlink, lambda: service.write_text(kept)),
        "an ignore file": (lambda: (bench.root / ".isvccignore").write_text("x.yaml\nteams/*\n"), (bench.root / ".isvccignore").unlink),
        "an output": (lambda: victim.write_text(printed + "# edited\n"), lambda: victim.write_text(printed)),
        "a removed output": (victim.unlink, lambda: None),
    }
    for what, (change, undo) in changes.items():
        settled()
        mark_run(bench)
        change()
        if is_told():
            failures.append(f"{what} changed, but the build was told again")
        undo()
    settled()
    mark_run(bench)
    for what, again in {"other options": lambda: is_told("--deny-warnings"), "another layout": lambda: is_told("--file-per", "namespace")}.items():
        if again():
            failures.append(f"{what}, but the build was told again")
        settled()
        mark_run(bench)
    if is_told(day="1800000000"):
        failures.append("another day, but the build was told again")
    settled()
    expect("after all of that", build(), first)


def at_once(folder):
    bench = Bench(folder)
    repository = Repository(bench.root, 9)
    for round_ in range(4):
        runs = [subprocess.Popen([ISVCC, "build", bench.root, "-o", folder / f"out-{i}", "--keep-going", "--quiet", "--cache", bench.cache], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for i in range(5)]
        codes = [run.wait() for run in runs]
        wanted = bench.cold()
        for i, code in enumerate(codes):
            expect(f"run {i} of five at once, round {round_}", {"exit code": code, "tree": tree(folder / f"out-{i}")}, {"exit code": wanted["exit code"], "tree": wanted["tree"]})
        repository.edit()


def many_packs(folder):
    bench = Bench(folder)
    repository = Repository(bench.root, 13)
    for i in range(24):
        repository.count = i
        repository.replace(repository.service(), "labels:\n", f"labels:\n    run: r{i}\n")
        bench.warm()
    packs = list(bench.cache.rglob("pack-*"))
    if len(packs) > 9:
        failures.append(f"{len(packs)} packs were never put together")
    expect("after many small changes", bench.warm("fresh"), bench.cold())


def main():
    with tempfile.TemporaryDirectory(prefix="isvcc-incremental-") as folder:
        tests = [recompiles_little, compiles_a_part, damaged_cache, edited_output, told_again, at_once, many_packs] + [lambda f, s=s: random_edits(f, s) for s in SEEDS]
        for i, test in enumerate(tests):
            here = pathlib.Path(folder) / str(i)
            here.mkdir()
            test(here)
            if failures:
                break
    print("\n".join(failures) or "incremental builds: fine")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
