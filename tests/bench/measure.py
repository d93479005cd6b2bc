#!/usr/bin/env python3
"""Measures clean builds, builds with nothing to do, and edits. Linux.

    measure.py build RUNS COMMAND…         each run into a new folder, put in the place of {out}
    measure.py again RUNS COMMAND…         all runs into one folder; the first is not counted
    measure.py edit  RUNS FILE FROM URL COMMAND…    saves FILE with a mark behind FROM, asks for URL until it shows it

Prints medians. CPU time is that of all threads and children; memory is the peak of the process. For `edit`, COMMAND is a
server, its CPU time is counted from the save until 0.3 s after the page was there, and FILE is put back at the end.
"""
import glob
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request


def run(command):
    begun = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"{command[0]} failed")
    return time.monotonic() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def builds(runs, command, into_one):
    base = tempfile.mkdtemp(dir="/dev/shm")
    try:
        figures = []
        for nth in range(runs + 1):
            out = os.path.join(base, "out" if into_one else str(nth))
            figures.append(run([part.replace("{out}", out) for part in command]))
            if not into_one:
                shutil.rmtree(out)
        wall, cpu, memory = (statistics.median(column) for column in zip(*figures[1:]))
        print(f"wall {wall:.3f} s, CPU {cpu:.3f} s, memory {memory:.0f} MiB")
    finally:
        shutil.rmtree(base)


def cpu_of(pid):
    total = 0
    for path in glob.glob(f"/proc/{pid}/task/*/schedstat"):
        try:
            with open(path) as file:
                total += int(file.read().split()[0])
        except OSError:
            pass
    return total / 1e6


def shows(url, mark):
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return mark in answer.read()
    except OSError:
        return False


def wait_for(url, mark):
    patience = time.monotonic() + 300
    while not shows(url, mark):
        if time.monotonic() > patience:
            sys.exit(f"{url} never showed {mark.decode()}")
        time.sleep(0.001)


def edits(runs, path, anchor, url, command):
    with open(path, encoding="utf-8") as file:
        original = file.read()
    assert anchor in original, f"{path} does not hold {anchor!r}"
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(url, b"</html>")
        figures = []
        for nth in range(runs + 1):
            time.sleep(2.5)
            mark = f"mark{nth}"
            before, begun = cpu_of(child.pid), time.monotonic()
            with open(path, "w", encoding="utf-8") as file:
                file.write(original.replace(anchor, f"{anchor} {mark}", 1))
            wait_for(url, mark.encode())
            latency = (time.monotonic() - begun) * 1000
            time.sleep(0.3)
            figures.append((latency, cpu_of(child.pid) - before))
        return tuple(statistics.median(column) for column in zip(*figures[1:]))
    finally:
        child.kill()
        with open(path, "w", encoding="utf-8") as file:
            file.write(original)


if __name__ == "__main__":
    what, runs, rest = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    if what == "edit":
        latency, cpu = edits(runs, rest[0], rest[1], rest[2], rest[3:])
        print(f"latency {latency:.1f} ms, CPU {cpu:.1f} ms")
    else:
        builds(runs, rest, what == "again")
