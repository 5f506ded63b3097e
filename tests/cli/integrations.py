#!/usr/bin/env python3
"""templates/integrations as far as it can be tried without the systems it is for: files parse and have the form that is expected, scripts
run with stub environments in temporary repositories.

usage: integrations.py ISVCC SOURCE_DIR
"""
import json, os, pathlib, re, shutil, subprocess, sys, tempfile
import yaml

SERVICE = """apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: {name: iris, namespace: ml}
spec:
  predictor:
    model: {modelFormat: {name: sklearn}, storageUri: gs://models/iris}
"""
PROJECT = "apiVersion: isvcc.dev/v1\nkind: Project\nkserve: v0.20.0\n"


class Trial:
    def __init__(self, isvcc, source):
        self.isvcc, self.folder = isvcc, source / "templates/integrations"
        self.problems, self.notes = [], []
        self.temporary = tempfile.TemporaryDirectory()
        self.here = pathlib.Path(self.temporary.name)

    def run(self, *words, cwd=None, **variables):
        environment = {"PATH": f"{pathlib.Path(self.isvcc).parent}:{os.environ['PATH']}", "HOME": str(self.here), "GIT_CONFIG_NOSYSTEM": "1",
                       "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.invalid", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.invalid", **variables}
        return subprocess.run([str(word) for word in words], cwd=cwd or self.here, env=environment, capture_output=True, text=True)

    def expect(self, what, fine, seen=""):
        if not fine:
            self.problems.append(f"{what}\n{seen}")

    def have(self, tool):
        if shutil.which(tool):
            return True
        self.notes.append(f"{tool} is not installed: skipped")
        return False

    def repository(self, name):
        """A Git repository with one service, and a bare one as its origin."""
        root = self.here / name
        root.mkdir()
        (root / "isvcc.yaml").write_text(PROJECT)
        (root / "service.yaml").write_text(SERVICE)
        self.run("git", "init", "-q", "-b", "main", cwd=root)
        self.run("git", "init", "-q", "--bare", f"{name}.git")
        self.run("git", "remote", "add", "origin", self.here / f"{name}.git", cwd=root)
        self.run("git", "add", "-A", cwd=root)
        self.run("git", "commit", "-qm", "first", cwd=root)
        self.run("git", "push", "-q", "origin", "main", cwd=root)
        return root


def files(t):
    for path in sorted(t.folder.rglob("*.y*ml")):
        try:
            documents = list(yaml.safe_load_all(path.read_text()))
            t.expect(f"{path.name} is empty", documents)
        except yaml.YAMLError as problem:
            t.problems.append(f"{path}: {problem}")
    scripts = [path for path in t.folder.rglob("*") if path.is_file() and path.read_bytes()[:2] == b"#!"]
    for path in scripts:
        t.expect(f"{path.name} cannot be executed", os.access(path, os.X_OK))
        shell = "bash" if "bash" in path.read_text().splitlines()[0] else "sh"
        parsed = t.run(shell, "-n", path)
        t.expect(f"{shell} -n {path.name}", parsed.returncode == 0, parsed.stderr)
    if t.have("shellcheck"):
        done = t.run("shellcheck", *scripts)
        t.expect("shellcheck", done.returncode == 0, done.stdout)
    if t.have("check-jsonschema"):
        for schema, names in (("vendor.github-actions", ["github/action.yml"]), ("vendor.github-workflows", ["github/workflows/rendered-manifests.yaml", "github/workflows/pull-request.yaml"])):
            done = t.run("check-jsonschema", "--builtin-schema", schema, *[t.folder / name for name in names])
            t.expect(schema, done.returncode == 0, done.stdout + done.stderr)


def argocd(t):
    plugin = yaml.safe_load((t.folder / "argocd/plugin.yaml").read_text())
    t.expect("the plugin is named without a version", plugin["kind"] == "ConfigManagementPlugin" and set(plugin["spec"]) <= {"init", "generate", "discover", "parameters", "preserveFileMode", "provideGitCreds"}, plugin)
    root = t.here / "argo"
    (root / "teams/fraud").mkdir(parents=True)
    (root / "teams/risk").mkdir()
    (root / "isvcc.yaml").write_text(PROJECT)
    (root / "teams/fraud/service.yaml").write_text(SERVICE.replace(", namespace: ml", ""))
    (root / "teams/risk/service.yaml").write_text(SERVICE.replace("sklearn", "sklern").replace("name: iris", "name: other"))
    generate = plugin["spec"]["generate"]["command"]
    done = t.run(*generate, cwd=root / "teams/fraud", ARGOCD_APP_NAMESPACE="fraud", ARGOCD_APP_PARAMETERS='[{"name":"render","string":"workloads"},{"name":"ext-str","map":{"cluster":"prod"}}]')
    kinds = [o["kind"] for o in yaml.safe_load_all(done.stdout)] if done.returncode == 0 else []
    t.expect("an application gets what comes from its folder, whatever its neighbours do", "VirtualService" in kinds and "other" not in done.stdout and "namespace: fraud" in done.stdout, done.stdout + done.stderr)
    done = t.run(*generate, cwd=root / "teams/risk")
    t.expect("and a failure when that is wrong", done.returncode == 1 and done.stdout == "" and "sklern" in done.stderr, done.stdout + done.stderr)
    done = t.run(*generate, cwd=root / "teams/fraud", ARGOCD_ENV_ISVCC_RENDER="stored", ARGOCD_APP_PARAMETERS="")
    t.expect("plugin.env sets options", done.stdout.startswith("apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService"), done.stdout + done.stderr)
    for parameters in ('[{"name":"jpath","array":["/etc"]}]', '[{"name":"output","string":"/tmp/x"}]', "{", '{"name":"render"}'):
        done = t.run(*generate, cwd=root / "teams/fraud", ARGOCD_APP_PARAMETERS=parameters)
        t.expect(f"parameters {parameters} are refused", done.returncode == 2 and done.stdout == "", done.stdout + done.stderr)
    announced = json.loads(t.run(*plugin["spec"]["parameters"]["dynamic"]["command"]).stdout)
    t.expect("parameters are announced", {"kserve", "render", "ext-str"} <= {p["name"] for p in announced} and all(p["collectionType"] in ("string", "array", "map") for p in announced), announced)
    application = yaml.safe_load((t.folder / "argocd/application.yaml").read_text())
    known = {p["name"] for p in announced}
    t.expect("the example's parameters exist", all(p["name"] in known for p in application["spec"]["source"]["plugin"]["parameters"]), known)


def github(t):
    root = t.repository("github")
    action = yaml.safe_load((t.folder / "github/action.yml").read_text())
    for step in action["runs"]["steps"]:
        t.expect("inputs reach scripts as variables only", "${{" not in step["run"], step)
    output = t.here / "github-output"
    done = t.run(t.folder / "github/run.sh", cwd=root, PROJECT=".", OUTPUT="out", ARGS="--render\nworkloads\n", SARIF="isvcc.sarif", GITHUB_OUTPUT=str(output))
    t.expect("the action renders", done.returncode == 0 and any((root / "out").rglob("*.yaml")) and json.loads((root / "isvcc.sarif").read_text())["version"] == "2.1.0", done.stdout + done.stderr)
    t.expect("and gives a digest", output.exists() and output.read_text().startswith("digest=") and len(output.read_text().strip()) == 71)
    publish = t.folder / "github/publish.sh"
    t.expect("the first publication", (done := t.run(publish, "out", "rendered", cwd=root)).returncode == 0, done.stdout + done.stderr)
    listed = t.run("git", "--git-dir", "github.git", "ls-tree", "-r", "--name-only", "rendered").stdout.split()
    t.expect("the branch holds the manifests and nothing else", listed and all(name.startswith(("ml/", "_")) for name in listed), listed)
    t.expect("nothing new is no commit", "already" in t.run(publish, "out", "rendered", cwd=root).stdout)
    (root / "service.yaml").write_text(SERVICE.replace("name: iris", "name: iris2"))
    t.run("git", "commit", "-qam", "second", cwd=root)
    t.run(t.folder / "github/run.sh", cwd=root, OUTPUT="out")
    done = t.run(publish, "out", "rendered", cwd=root)
    log = t.run("git", "--git-dir", "github.git", "log", "--format=%B", "rendered").stdout
    t.expect("the next one replaces files and names its commit", done.returncode == 0 and "Render second" in log and "Argocd-reference-commit-sha" in log, done.stderr + log)
    listed = t.run("git", "--git-dir", "github.git", "ls-tree", "-r", "--name-only", "rendered").stdout
    t.expect("old files are gone", "iris2" in listed and "iris.yaml" not in listed, listed)
    t.expect("the work tree stays as it is", t.run("git", "worktree", "list", cwd=root).stdout.count("\n") == 1)
    hydrated(t, root, publish)
    (root / "service.yaml").write_text(SERVICE.replace("sklearn", "sklern"))
    done = t.run(t.folder / "github/run.sh", cwd=root, OUTPUT="out")
    t.expect("a finding is an annotation and fails the step", done.returncode == 1 and "::error file=service.yaml,line=" in done.stdout, done.stdout + done.stderr)
    package = t.here / "x.deb"
    package.write_text("no package")
    done = t.run(t.folder / "github/install.sh", URL=package.as_uri(), SHA256="0" * 64)
    t.expect("a package with another checksum is not installed", done.returncode != 0, done.stdout + done.stderr)
    comment(t, root)


def hydrated(t, root, publish):
    """The branch of the layout argocd-hydrator: a commit that changes no manifest is none there, and folders keep what is said about their manifests."""
    def commit(message):
        t.run("git", "add", "-A", ":!out", cwd=root)
        t.run("git", "commit", "-qm", message, cwd=root)
        t.run(t.folder / "github/run.sh", cwd=root, OUTPUT="out", ARGS="--layout\nargocd-hydrator\n")
        return t.run(publish, "out", "hydrated", cwd=root)
    def shown(name):
        return t.run("git", "--git-dir", "github.git", "show", f"hydrated:{name}").stdout
    (root / "other.yaml").write_text(SERVICE.replace("namespace: ml", "namespace: shop"))
    done = commit("two namespaces")
    first = shown("ml/hydrator.metadata")
    t.expect("the hydrated branch", done.returncode == 0 and "drySha" in first and "kind: " in shown("shop/manifest.yaml"), done.stdout + done.stderr)
    (root / "note.txt").write_text("nothing that is rendered")
    t.expect("a commit without manifests", "already" in commit("a note").stdout)
    (root / "other.yaml").write_text(SERVICE.replace("namespace: ml", "namespace: shop").replace("models/iris", "models/iris2"))
    done = commit("one namespace")
    t.expect("only what changed names the new commit", done.returncode == 0 and shown("ml/hydrator.metadata") == first and shown("shop/hydrator.metadata") != first, done.stdout + done.stderr)
    (root / "other.yaml").unlink()


GH = """#!/bin/sh
# A stand-in for gh: keeps what it was called with and the body that it would send.
echo "$@" >> "$HOME/gh.log"
for word in "$@"; do case $word in body=@*) cp "${word#body=@}" "$HOME/body.md" ;; esac; done
case "$*" in *--paginate*) cat "$HOME/comments" ;; esac
exit 0
"""
CURL = """#!/bin/sh
# A stand-in for curl: answers with the known notes, keeps the body that it would send.
echo "$@" >> "$HOME/curl.log"
for word in "$@"; do case $word in body=\\<*) cp "${word#body=<}" "$HOME/note.md"; exit 0 ;; esac; done
cat "$HOME/notes"
"""


def stand_in(t, name, text):
    binaries = t.here / "bin"
    binaries.mkdir(exist_ok=True)
    (binaries / name).write_text(text)
    (binaries / name).chmod(0o755)
    return f"{binaries}:{pathlib.Path(t.isvcc).parent}:{os.environ['PATH']}"


def comment(t, root):
    path = stand_in(t, "gh", GH)
    t.run("git", "checkout", "-q", "--", ".", cwd=root)
    log = t.here / "gh.log"
    for known, methods in (("", ["POST"]), ("1 17\n", ["PATCH"]), ("1 17\n2 18\n", ["PATCH", "DELETE"])):
        (t.here / "comments").write_text(known)
        log.write_text("")
        done = t.run(t.folder / "github/comment.sh", "HEAD~1", "HEAD", cwd=root, PATH=path, REPOSITORY="o/r", PULL_REQUEST="3", GH_TOKEN="x")
        body = t.here / "body.md"
        t.expect("a comment has the report", done.returncode == 0 and body.exists() and body.read_text().startswith("<!-- isvcc-diff part 1") and "iris2" in body.read_text(), done.stdout + done.stderr)
        called = [line.split("--method ")[1].split()[0] for line in log.read_text().splitlines() if "--method" in line]
        t.expect(f"with {known!r} known it is {methods}", called == methods, log.read_text())


def gitlab(t):
    spec, jobs = yaml.safe_load_all((t.folder / "gitlab/templates/isvcc.yml").read_text())
    conditions = [rule["if"].replace("$[[ inputs.comment ]]", "true") for job in jobs.values() for rule in job["rules"]]
    operand = r'(\$[A-Z_]+|"[^"]*")'
    t.expect("rules compare variables and quoted texts", all(re.fullmatch(rf"{operand} == {operand}", part) for condition in conditions for part in condition.split(" && ")), conditions)
    t.expect("every input is used", all(f"inputs.{name} " in (t.folder / "gitlab/templates/isvcc.yml").read_text() for name in spec["spec"]["inputs"]))
    root = t.repository("gitlab")
    script = "set -e\n" + "\n".join(jobs["isvcc"]["script"])
    done = t.run("sh", "-c", script, cwd=root, ISVCC_CI_PROJECT=".", ISVCC_CI_OUTPUT="out", ISVCC_CI_ARGS="--render workloads")
    if t.have("jq"):
        path = stand_in(t, "curl", CURL)
        (root / "service.yaml").write_text(SERVICE.replace("models/iris", "models/iris2"))
        t.run("git", "commit", "-qam", "second", cwd=root)
        for notes, method in (("[]", "POST"), ('[{"id": 5, "body": "other"}, {"id": 6, "body": "<!-- isvcc-diff part 1 -->"}]', "PUT")):
            (t.here / "notes").write_text(notes)
            commented = t.run(t.folder / "gitlab/comment-gitlab.sh", ".", "HEAD~1..HEAD", cwd=root, PATH=path, CI_API_V4_URL="https://gitlab.invalid/api/v4", CI_PROJECT_ID="1", CI_MERGE_REQUEST_IID="2", ISVCC_GITLAB_TOKEN="hidden")
            log = (t.here / "curl.log").read_text()
            t.expect(f"a note is sent with {method}", commented.returncode == 0 and f"--request {method}" in log.splitlines()[-1] and (t.here / "note.md").read_text().startswith("<!-- isvcc-diff part 1"), commented.stderr + log)
            t.expect("without the token among the arguments", "hidden" not in log)
    t.expect("the job renders and reports", done.returncode == 0 and json.loads((root / "gl-code-quality-report.json").read_text()) is not None and (root / "isvcc.junit.xml").exists() and any((root / "out").rglob("*.yaml")), done.stdout + done.stderr)


def tekton(t):
    task = yaml.safe_load((t.folder / "tekton/task.yaml").read_text())
    t.expect("the task has its parts", task["kind"] == "Task" and [step["name"] for step in task["spec"]["steps"]] == ["isvcc"])
    root = t.repository("tekton")
    script = task["spec"]["steps"][0]["script"].replace("$(results.digest.path)", str(t.here / "digest"))
    t.expect("parameters reach the script as variables only", "$(params" not in script, script)
    (t.here / "step.sh").write_text(script)
    done = t.run("sh", t.here / "step.sh", "--render", "workloads", cwd=root, PROJECT=".", OUTPUT="out")
    t.expect("the step renders and gives a digest", done.returncode == 0 and len((t.here / "digest").read_text()) == 64, done.stdout + done.stderr)
    done = t.run("sh", t.here / "step.sh", cwd=root, PROJECT=".", OUTPUT="")
    t.expect("without an output it gives none", done.returncode == 0 and (t.here / "digest").read_text() == "", done.stderr)


def pre_commit(t):
    root = t.repository("hook")
    hook = root / ".git/hooks/pre-commit"
    shutil.copy(t.folder / "pre-commit/pre-commit", hook)
    (root / "service.yaml").write_text(SERVICE.replace("sklearn", "sklern"))
    done = t.run("git", "commit", "-qam", "wrong", cwd=root)
    t.expect("a wrong service is not committed", done.returncode != 0 and "sklern" in done.stderr, done.stdout + done.stderr)
    (root / "notes.txt").write_text("x")
    t.run("git", "reset", "-q", cwd=root)
    t.run("git", "add", "notes.txt", cwd=root)
    t.expect("what is not staged does not count", t.run("git", "commit", "-qm", "notes", cwd=root).returncode == 0)
    (root / "service.yaml").write_text(SERVICE.replace("models/iris", "models/iris2"))
    done = t.run("git", "commit", "-qam", "right", cwd=root)
    t.expect("a right one is", done.returncode == 0, done.stdout + done.stderr)
    hooks = yaml.safe_load((t.folder.parent.parent / ".pre-commit-hooks.yaml").read_text())
    for entry in hooks:
        words = entry["entry"].split()
        done = t.run(*words, *(["-o", "out"] if "build" in words else []), cwd=root)
        t.expect(f"{entry['id']} runs", done.returncode == 0 and not entry["pass_filenames"], done.stderr)
    if t.have("pre-commit"):
        hook.unlink()
        (root / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [{"repo": "local", "hooks": [{k: v for k, v in hooks[0].items() if k != "description"}]}]}))
        t.run("git", "add", "-A", cwd=root)
        done = t.run("pre-commit", "run", "--all-files", cwd=root, PRE_COMMIT_HOME=str(t.here / "pc"))
        t.expect("pre-commit runs the hook", done.returncode == 0 and "Passed" in done.stdout, done.stdout + done.stderr)
        (root / "service.yaml").write_text(SERVICE.replace("sklearn", "sklern"))
        done = t.run("pre-commit", "run", "--all-files", cwd=root, PRE_COMMIT_HOME=str(t.here / "pc"))
        t.expect("and stops a wrong service", done.returncode != 0 and "sklern" in done.stdout, done.stdout + done.stderr)


def make(t):
    if not t.have("make"):
        return
    root = t.repository("make")
    (root / "Makefile").write_text(f"include {t.folder}/make/isvcc.mk\n")
    done = t.run("make", "manifests", "check", "bundle", cwd=root)
    t.expect("make renders, checks and bundles", done.returncode == 0 and any((root / "out").rglob("*.yaml")) and (root / "out.tar.gz").exists(), done.stdout + done.stderr)
    t.expect("a second run does nothing", "isvcc build" not in t.run("make", "manifests", cwd=root).stdout)


def docker(t):
    lines = (t.folder / "docker/Dockerfile").read_text().splitlines()
    t.expect("the image runs without root", any(line.startswith("USER 999") for line in lines))
    t.expect("and is made of two stages", sum(line.startswith("FROM ") for line in lines) == 2)
    bootstrap = (t.folder.parent.parent / "ci/bootstrap").read_text()
    packages = [word for line in lines[:12] for word in line.split() if word.startswith("lib") and word.endswith("-dev")]
    t.expect("it installs what ci/bootstrap installs", all(package in bootstrap for package in packages), packages)


def main():
    trial = Trial(str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve())
    for part in (files, argocd, github, gitlab, tekton, pre_commit, make, docker):
        part(trial)
    print("\n".join(dict.fromkeys(trial.notes)))
    print("\n".join(trial.problems) or "the integrations work as far as they can be tried here")
    trial.temporary.cleanup()
    return 1 if trial.problems else 0


if __name__ == "__main__":
    sys.exit(main())
