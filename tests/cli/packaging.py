#!/usr/bin/env python3
"""What `cmake --install` and cpack make: the installed program runs from a temporary prefix, the packages hold what they should.

usage: packaging.py ISVCC SOURCE_DIR BUILD_DIR. Without cpack or dpkg-deb their part is skipped with a line.
"""
import pathlib, shutil, subprocess, sys, tarfile, tempfile

FILES = ["bin/isvcc", "share/man/man1/isvcc.1.gz", "share/man/man1/isvcc-build.1.gz", "share/bash-completion/completions/isvcc",
         "share/zsh/vendor-completions/_isvcc", "share/fish/vendor_completions.d/isvcc.fish", "share/isvcc/lib/isvcc/kserve.libsonnet",
         "share/isvcc/integrations/README.md", "share/doc/isvcc/README.md"]


def run(*words, cwd=None):
    done = subprocess.run([str(word) for word in words], cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, words))}: exit {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def missing(names, prefix):
    return [f"{prefix}{name}" for name in FILES if f"{prefix}{name}" not in names]


def works(isvcc, source):
    """Away from the source tree and with an empty environment."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(source / "fixtures/demo", f"{folder}/demo")
        run("env", "-i", isvcc, "build", "demo", "-o", "out", cwd=folder)
        return any(pathlib.Path(folder, "out").rglob("*.yaml"))


def main():
    source, build = pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3]).resolve()
    problems, notes = [], []
    with tempfile.TemporaryDirectory() as folder:
        prefix = pathlib.Path(folder, "prefix")
        run("cmake", "--install", build, "--prefix", prefix)
        problems += missing({path.relative_to(prefix).as_posix() for path in prefix.rglob("*")}, "")
        if not works(prefix / "bin/isvcc", source):
            problems.append("the installed program writes nothing")
        if shutil.which("cpack"):
            run("cpack", "-G", "TGZ", "--config", build / "CPackConfig.cmake", "-B", f"{folder}/tgz", cwd=folder)
            archive = next(pathlib.Path(folder, "tgz").glob("*.tar.gz"))
            with tarfile.open(archive) as tar:
                problems += missing(set(tar.getnames()), archive.name.removesuffix(".tar.gz") + "/")
                tar.extractall(f"{folder}/unpacked")
            if not works(next(pathlib.Path(folder, "unpacked").glob("*/bin/isvcc")), source):
                problems.append("the unpacked program writes nothing")
        else:
            notes.append("cpack is not installed: no packages tried")
        if shutil.which("cpack") and shutil.which("dpkg-deb") and shutil.which("dpkg-shlibdeps"):
            run("cpack", "-G", "DEB", "--config", build / "CPackConfig.cmake", "-B", f"{folder}/deb", cwd=folder)
            package = next(pathlib.Path(folder, "deb").glob("*.deb"))
            listed = [line.split(None, 5)[1::4] for line in run("dpkg-deb", "-c", package).splitlines()]
            problems += missing({name for _, name in listed}, "./usr/")
            problems += [f"{name} belongs to {owner}" for owner, name in listed if owner != "root/root"]
            control = run("dpkg-deb", "-f", package)
            problems += [f"control has no {word}" for word in ("Package: isvcc", "Depends: ", "libjsonnet", "Section: devel") if word not in control]
        else:
            notes.append("dpkg-deb or dpkg-shlibdeps is not installed: no .deb tried")
    print("\n".join(notes))
    print("\n".join(problems) or "the installed tree and the packages are complete")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
