#!/usr/bin/env python3
"""Whatever happens to the writer, the output is the old tree or the new one.

usage: run_faults.py --subject PROGRAM --shim LIBRARY [--kills N] [--pairs N] [--stride N] [--only NAME]
"""
import argparse
import contextlib
import errno
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

FOREIGN = {"README.md": "mine\n", "notes/own.txt": "mine\n"}


def tree(folder):
    """path -> text of everything below a folder; None when there is no folder."""
    if not os.path.isdir(folder):
        return None
    found = {}
    for at, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(at, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = file.read()
    return found


class Bench:
    """One scratch folder with an output folder `out` in it."""

    def __init__(self, options, scratch, files=8, flags=(), to=2, how=()):
        """`to`: the generation that faults come on the way to; `how`: flags of the runs on that way."""
        self.options, self.scratch, self.flags, self.to, self.how = options, scratch, (f"--files={files}", *flags), to, how
        self.out, self.phase = os.path.join(scratch, "out"), 0
        self.trees = {generation: self.clean_tree(generation) for generation in (1, to)}

    def clean_tree(self, generation):
        folder = os.path.join(self.scratch, f"clean-{generation}")
        subprocess.run([self.options.subject, folder, str(generation), *self.flags], check=True, capture_output=True)
        found = tree(folder)
        shutil.rmtree(folder)
        return found

    def wanted(self, generation, foreign):
        return {**self.trees[generation], **({name: text.encode() for name, text in FOREIGN.items()} if foreign else {})}

    def reset(self, generation, foreign=False):
        for name in os.listdir(self.scratch):
            shutil.rmtree(os.path.join(self.scratch, name))
        for name, text in ({} if generation is None else self.wanted(generation, foreign)).items():
            os.makedirs(os.path.dirname(os.path.join(self.out, name)), exist_ok=True)
            with open(os.path.join(self.out, name), "wb") as file:
                file.write(text)

    def command(self, generation, *flags):
        return [self.options.subject, self.out, str(generation), *self.flags, *flags]

    def run(self, generation, check=False, shim=None, **how):
        environment = dict(os.environ)
        if shim is not None:
            environment.update(LD_PRELOAD=self.options.shim, **{f"ISVCC_FAULT_{name}": str(value) for name, value in shim.items()})
        done = subprocess.run(self.command(generation, *self.how), env=environment, capture_output=True, text=True, **how)
        if check and done.returncode != 0:
            fail(f"a run without faults ended with {done.returncode}: {done.stderr}")
        return done

    def run_to(self, at, generation, **shim):
        """Runs with a fault at the n-th call; True when the run came that far."""
        reader, writer = os.pipe()
        try:
            done = self.run(generation, shim={"AT": at, "MARK": writer, **shim}, pass_fds=(writer,))
        finally:
            os.close(writer)
        reached = os.read(reader, 1) == b"x"
        os.close(reader)
        return reached, done

    def leftovers(self):
        beside = [name for name in os.listdir(self.scratch) if name != "out"]
        inside = [name for name in ("lock", "new", "journal", "journal.new") if os.path.lexists(os.path.join(self.out, ".isvcc", name))]
        return beside + inside


def fail(message):
    raise SystemExit(f"FAILED: {message}")


def expect_tree(bench, allowed, foreign, what):
    found = tree(bench.out)
    if not any(found == (None if generation is None else bench.wanted(generation, foreign)) for generation in allowed):
        names = sorted(found or {})
        fail(f"{what}: the output is none of the trees {allowed}: {names}, left over: {bench.leftovers()}")


def expect_recovery(bench, foreign, what):
    done = bench.run(bench.to)
    if done.returncode != 0:
        fail(f"{what}: the next run ended with {done.returncode}: {done.stderr}")
    expect_tree(bench, [bench.to], foreign, f"{what}, next run")
    if bench.leftovers():
        fail(f"{what}: left over after the next run: {bench.leftovers()}")


def each_call(bench, start, foreign, one, **shim):
    """Calls one(n) with the fault at n = 1, 2, … until a run is not hit any more; gives the number of faults."""
    bench.phase = (bench.phase + 1) % bench.options.stride
    for tried, at in enumerate(range(1 + bench.phase, 100000, bench.options.stride)):
        bench.reset(start, foreign)
        reached, done = bench.run_to(at, bench.to, **shim)
        if not reached:
            if done.returncode != 0:
                fail(f"a run that was not hit ended with {done.returncode}: {done.stderr}")
            return tried
        one(at, done)
    return fail("the run never ends")


def failing_calls(options, scratch, **shim):
    bench = Bench(options, scratch, flags=("--one-thread",))
    total = 0
    for start, foreign in ((None, False), (1, False), (1, True), (2, False)):
        for error in (errno.ENOSPC, errno.EIO):
            what = f"start {start}, foreign {foreign}, {errno.errorcode[error]}"

            def one(at, done, what=what, start=start, foreign=foreign):
                if done.returncode not in (0, 2, 3):
                    fail(f"{what} at call {at}: ended with {done.returncode}: {done.stderr}")
                expect_tree(bench, [2] if done.returncode == 0 else [start], foreign, f"{what} at call {at}, exit {done.returncode}")
                if bench.leftovers() and "W0801" not in done.stderr:
                    fail(f"{what} at call {at}: left over: {bench.leftovers()}")
                if done.returncode and not done.stderr:
                    fail(f"{what} at call {at}: no message")
                expect_recovery(bench, foreign, f"{what} at call {at}")

            total += each_call(bench, start, foreign, one, ERRNO=error, **shim)
    return f"{total} calls failed one by one"


def failing_calls_in_place(options, scratch):
    return failing_calls(options, scratch, NO_EXCHANGE=1)


def killed_calls(options, scratch):
    bench = Bench(options, scratch, flags=("--one-thread",))
    total = 0
    for start, foreign in ((None, False), (1, False), (1, True)):

        def one(at, done, start=start, foreign=foreign):
            what = f"start {start}, killed at call {at}"
            if done.returncode != -signal.SIGKILL:
                fail(f"{what}: ended with {done.returncode}")
            expect_tree(bench, [start, 2], foreign, what)
            expect_recovery(bench, foreign, what)

        total += each_call(bench, start, foreign, one, KILL=1)
    return f"killed at {total} calls one by one"


def killed_calls_in_place(options, scratch):
    """File by file the output can be half old and half new after a kill: the next run must finish it."""
    bench = Bench(options, scratch, flags=("--one-thread",))
    total = 0
    for foreign in (False, True):
        total += each_call(bench, 1, foreign, lambda at, done, foreign=foreign: expect_recovery(bench, foreign, f"killed at call {at}"), KILL=1, NO_EXCHANGE=1)
    return f"killed at {total} calls one by one"


# Few files of an output that is as it was left are put in place one by one.
def replacing(options, scratch):
    return Bench(options, scratch, flags=("--one-thread",), to=3, how=("--replace",))


def failing_replacements(options, scratch):
    bench, total = replacing(options, scratch), 0
    for error in (errno.ENOSPC, errno.EIO):

        def one(at, done, what=errno.errorcode[error]):
            expect_tree(bench, [3] if done.returncode == 0 else [1], True, f"{what} at call {at}, exit {done.returncode}: {done.stderr}")
            expect_recovery(bench, True, f"{what} at call {at}")

        total += each_call(bench, 1, True, one, ERRNO=error)
    return f"{total} calls failed one by one"


def killed_replacements(options, scratch):
    bench = replacing(options, scratch)
    total = each_call(bench, 1, True, lambda at, done: expect_recovery(bench, True, f"killed at call {at}"), KILL=1)
    return f"killed at {total} calls one by one"


def killed_any_time(options, scratch):
    bench = Bench(options, scratch, files=300)
    bench.reset(1)
    generator, states = random.Random(1), {1: 0, 2: 0}
    old = 1
    for kill in range(options.kills):
        new = 3 - old
        process = subprocess.Popen(bench.command(new), stderr=subprocess.DEVNULL)
        time.sleep(generator.uniform(0, 0.03))
        process.send_signal(signal.SIGKILL)
        process.wait()
        expect_tree(bench, [old, new], False, f"kill {kill}")
        old = new if tree(bench.out) == bench.trees[new] else old
        states[old] += 1
    expect_recovery(bench, False, "after the last kill")
    return f"{options.kills} kills at random times"


def two_at_once(options, scratch):
    bench = Bench(options, scratch, files=100)
    for pair in range(options.pairs):
        bench.reset(None if pair % 2 else 1)
        flags = ("--no-wait",) if pair % 4 > 1 else ()
        processes = [subprocess.Popen(bench.command(generation, *flags), stderr=subprocess.PIPE, text=True) for generation in (1, 2)]
        codes = [(process.communicate()[1], process.returncode) for process in processes]
        if any(code not in ((0, 4) if flags else (0,)) for _, code in codes):
            fail(f"pair {pair}: {codes}")
        expect_tree(bench, [1, 2], False, f"pair {pair}")
        if bench.leftovers():
            fail(f"pair {pair}: left over: {bench.leftovers()}")
    return f"{options.pairs} pairs"


def stopped_by_signals(options, scratch):
    bench = Bench(options, scratch, files=200)
    slowest, stopped, generator = 0.0, 0, random.Random(2)
    for attempt in range(options.pairs):
        number = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)[attempt % 3]
        bench.reset(1)
        environment = dict(os.environ, LD_PRELOAD=options.shim, ISVCC_FAULT_DELAY="200")
        process = subprocess.Popen(bench.command(2), env=environment, stderr=subprocess.DEVNULL)
        time.sleep(generator.uniform(0.01, 0.25))
        sent = time.monotonic()
        process.send_signal(number)
        code = process.wait()
        if code == 128 + number:
            slowest, stopped = max(slowest, time.monotonic() - sent), stopped + 1
        elif code != 0 and code != -number:  # -n: before the signals were taken over
            fail(f"{number.name}: ended with {code}")
        expect_tree(bench, [1, 2], False, f"{number.name}, exit {code}")
        if bench.leftovers():
            fail(f"{number.name}: left over: {bench.leftovers()}")
    return f"{stopped} of {options.pairs} runs were stopped on the way, the slowest {slowest * 1000:.0f} ms after the signal"


def no_rights(options, scratch):
    bench = Bench(options, scratch)
    user = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
    bench.reset(1)
    os.chmod(scratch, 0o555)
    os.chmod(bench.out, 0o555)
    try:
        done = bench.run(2, **user)
        if done.returncode != 3 or "EACCES" not in done.stderr:
            fail(f"ended with {done.returncode}: {done.stderr}")
        expect_tree(bench, [1], False, "without rights")
        done = bench.run(1, **user)
        if done.returncode != 0:
            fail(f"an unchanged tree needs no rights, but the run ended with {done.returncode}: {done.stderr}")
        os.chmod(scratch, 0o755)
    finally:
        os.chmod(scratch, 0o755)
        os.chmod(bench.out, 0o755)
    return "a folder without write permission"


def only_the_output_is_writable(options, scratch):
    """As where an output folder is mounted into a container: nothing can be made beside it."""
    if os.geteuid() != 0:
        return "skipped: needs to be root to become another user"
    os.chmod(scratch, 0o777)
    bench = Bench(options, scratch)
    user = {"user": 65534, "group": 65534, "extra_groups": []}
    os.mkdir(bench.out)
    os.chown(bench.out, 65534, 65534)
    os.chmod(scratch, 0o555)
    for generation in (1, 2, 1):
        done = bench.run(generation, **user)
        if done.returncode != 0:
            fail(f"ended with {done.returncode}: {done.stderr}")
        expect_tree(bench, [generation], False, "only the output is writable")
        if bench.leftovers():
            fail(f"left over: {bench.leftovers()}")
    os.chmod(scratch, 0o755)
    return "a folder in one that cannot be written"


def file_size_limit(options, scratch):
    bench = Bench(options, scratch, files=60)
    bench.reset(1)
    done = bench.run(2, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024)))
    if done.returncode != 3 or "EFBIG" not in done.stderr:
        fail(f"ended with {done.returncode}: {done.stderr}")
    expect_tree(bench, [1], False, "file size limit")
    expect_recovery(bench, False, "file size limit")
    return "RLIMIT_FSIZE"


def full_disk(options, scratch):
    disk = os.path.join(scratch, "disk")
    os.mkdir(disk)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk], capture_output=True).returncode != 0:
        return "skipped: a tmpfs cannot be mounted here"
    try:
        bench = Bench(options, disk, files=40)
        bench.reset(1)
        with open(os.path.join(disk, "ballast"), "wb", buffering=0) as file, contextlib.suppress(OSError):
            while file.write(b"x" * 4096):
                pass
        done = bench.run(2)
        if done.returncode != 3 or "ENOSPC" not in done.stderr:
            fail(f"ended with {done.returncode}: {done.stderr}")
        expect_tree(bench, [1], False, "full disk")
        os.remove(os.path.join(disk, "ballast"))
        expect_recovery(bench, False, "full disk")
    finally:
        subprocess.run(["umount", disk], check=True)
    return "a full tmpfs"


SCENARIOS = [failing_calls, failing_calls_in_place, killed_calls, killed_calls_in_place, failing_replacements, killed_replacements, killed_any_time, two_at_once, stopped_by_signals, no_rights,
             only_the_output_is_writable, file_size_limit, full_disk]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--subject", required=True)
    parser.add_argument("--shim", required=True)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--pairs", type=int, default=20)
    parser.add_argument("--stride", type=int, default=1, help="try every STRIDE-th call only")
    parser.add_argument("--only")
    options = parser.parse_args()
    options.subject, options.shim = os.path.abspath(options.subject), os.path.abspath(options.shim)
    failed = 0
    for scenario in SCENARIOS:
        if options.only and options.only != scenario.__name__:
            continue
        with tempfile.TemporaryDirectory(prefix="isvcc-faults-") as scratch:
            os.chmod(scratch, 0o755)
            try:
                print(f"{scenario.__name__}: {scenario(options, scratch)}", flush=True)
            except SystemExit as end:
                failed += 1
                print(f"{scenario.__name__}: {end}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
