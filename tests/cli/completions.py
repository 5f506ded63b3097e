#!/usr/bin/env python3
"""The completion scripts parse in their shells and offer what the table of options says; manual pages are well-formed troff.

usage: completions.py ISVCC SOURCE_DIR. A shell that is not installed is skipped with a line.
"""
import pathlib, shutil, subprocess, sys, tempfile

BASH = """
source "$1"
ask() { COMP_WORDS=("$@"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=(); _isvcc; echo "$(IFS=,; echo "${COMPREPLY[*]}")"; }
ask isvcc bu
ask isvcc build --rend
ask isvcc build --render ''
ask isvcc build --layout = fl
ask isvcc build --report sa
ask isvcc check --layo
ask isvcc completion ''
ask isvcc help expl
ask isvcc gitops flu
"""
BASH_ANSWERS = ["build,bundle", "--render", "workloads,objects,stored,pinned", "flux", "sarif=", "", "bash,zsh,fish", "explain", "flux"]
FISH = {"isvcc build --rend": "--render", "isvcc build --render w": "workloads", "isvcc build --multi-node ": "leader-worker-set",
        "isvcc completion f": "fish", "isvcc che": "check", "isvcc build -": "-o"}


def main():
    isvcc = str(pathlib.Path(sys.argv[1]).resolve())
    problems, notes = [], []

    def run(*words, **more):
        return subprocess.run(words, capture_output=True, text=True, **more)

    def expect(what, fine, seen=""):
        if not fine:
            problems.append(f"{what}\n{seen}")

    def have(tool):
        if shutil.which(tool):
            return True
        notes.append(f"{tool} is not installed: skipped")
        return False

    verbs = [line.split()[0] for line in run(isvcc, "help").stdout.split("commands:\n")[1].split("\n\n")[0].splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        scripts = {}
        for shell in ("bash", "zsh", "fish"):
            scripts[shell] = pathlib.Path(folder) / ("_isvcc" if shell == "zsh" else f"isvcc.{shell}")
            scripts[shell].write_text(run(isvcc, "completion", shell).stdout)
            for verb in verbs:
                expect(f"{shell}: no word about {verb}", verb in scripts[shell].read_text())
            if have(shell):
                parsed = run(shell, "-n", str(scripts[shell]))
                expect(f"{shell} -n", parsed.returncode == 0 and not parsed.stderr, parsed.stderr)
        if have("bash"):
            done = run("bash", "-c", BASH, "bash", str(scripts["bash"]))
            wanted = ["build" if line == "build,bundle" and "bundle" not in verbs else line for line in BASH_ANSWERS]
            expect("bash offers other words", done.stdout.splitlines() == wanted, done.stdout + done.stderr)
        if have("fish"):
            for line, word in FISH.items():
                done = run("fish", "--no-config", "-c", f"source {scripts['fish']}; complete -C '{line}'")
                expect(f"fish: '{line}' should offer {word}", word in [offer.split("\t")[0] for offer in done.stdout.splitlines()], done.stdout + done.stderr)
        if have("zsh"):
            done = run("zsh", "-f", "-c", f"fpath=({folder} $fpath); autoload -Uz compinit && compinit -u -D && print $_comps[isvcc]")
            expect("zsh does not register the function", done.stdout.strip() == "_isvcc", done.stdout + done.stderr)
        if have("shellcheck"):
            done = run("shellcheck", "--shell=bash", str(scripts["bash"]))
            expect("shellcheck", done.returncode == 0, done.stdout)
    for page in [[], *[[verb] for verb in verbs]]:
        text = run(isvcc, "man", *page).stdout
        expect(f"man {page}: no page", text.startswith(".TH "))
        if have("mandoc"):
            lint = run("mandoc", "-T", "lint", "-W", "warning", input=text)
            bad = [line for line in lint.stdout.splitlines() if "missing date" not in line]
            expect(f"man {page}", not bad, "\n".join(bad))
    expect("an unknown shell is a usage error", run(isvcc, "completion", "tcsh").returncode == 2)
    expect("an unknown page is a usage error", run(isvcc, "man", "nothing").returncode == 2)
    print("\n".join(dict.fromkeys(notes)))
    print("\n".join(problems) or "completions and manual pages are fine")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
