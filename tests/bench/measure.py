"""Programs side by side: A B A B …, wall time, CPU time and peak memory of each, ratios pair by pair."""

import os
import statistics
import subprocess
import time


class Run:
    def __init__(self, wall, cpu, mib, output):
        self.wall, self.cpu, self.mib, self.output = wall, cpu, mib, output


def run(command, cwd=None, keep_output=False, accept=(0, 1)):
    """One run. `accept`: exit codes that count as success (findings are no failure here)."""
    start = time.perf_counter()
    sink = subprocess.PIPE if keep_output else subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=sink)
    output = process.stderr.read().decode(errors="replace") if keep_output else ""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode not in accept:
        raise RuntimeError(f"exit code {process.returncode}: {' '.join(map(str, command))}\n{output}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output)


class Side:
    """One of two programs: what makes its ground ready (not measured), and what is measured."""

    def __init__(self, command, prepare=lambda: None, cwd=None):
        self.command, self.prepare, self.cwd = command, prepare, cwd

    def run(self):
        self.prepare()
        return run(self.command, self.cwd)


class Comparison:
    def __init__(self, a_runs, b_runs):
        self.a, self.b = a_runs, b_runs

    def median(self, side, what):
        return statistics.median(getattr(r, what) for r in (self.a if side == "a" else self.b))

    def ratios(self, what):
        return sorted(getattr(a, what) / max(getattr(b, what), 1e-6) for a, b in zip(self.a, self.b))

    def ratio(self, what):
        return statistics.median(self.ratios(what))


def save_to_output(watch, change, written, edits):
    """Seconds from each save of a source to the output file `written()` that it leads to, while the command `watch` runs."""
    process = subprocess.Popen(watch, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def until_it_waits():
        for line in process.stderr:
            if line.startswith("isvcc: watching "):
                return
        raise RuntimeError(f"ended: {' '.join(map(str, watch))}")

    def one():
        target = written()
        before = target.stat().st_mtime_ns
        change()
        start = time.perf_counter()
        while target.stat().st_mtime_ns == before and time.perf_counter() - start < 10:
            time.sleep(0.0005)
        took = time.perf_counter() - start
        until_it_waits()
        time.sleep(0.2)  # as somebody would who edits: the next build gets ready
        return took

    try:
        until_it_waits()
        time.sleep(0.5)
        return [one() for _ in range(edits)]
    finally:
        process.terminate()
        process.wait()


def compare(a, b, pairs):
    a.run(), b.run()  # both once, for the caches of files
    runs = [(a.run(), b.run()) for _ in range(pairs)]
    return Comparison([r[0] for r in runs], [r[1] for r in runs])
