#!/usr/bin/env python3
"""Makes the whole table of README.md. Linux, with room in /dev/shm; about half an hour with 100,000 questions.

    table.py PREPBOOK [--before PREPBOOK] [--hugo HUGO] [--mdbook MDBOOK] [--largest COUNT] [--rounds COUNT]

Programs take turns in one run, so that whatever else the machine does meets all of them. Times are CPU time of all threads,
medians; latencies are real time. Without --hugo and --mdbook their columns stay empty, and --before has no figure for this
handbook if that program is too old to read it.
"""
import argparse
import os
import re
import shutil
import statistics
import subprocess
import tempfile

import measure

HERE = os.path.dirname(os.path.abspath(__file__))
ANSWER = "situation: |\n        The"
NONE = (None, None, None)


def corpus(tool, count, base):
    folder = os.path.join(base, f"{tool}-{count}")
    if not os.path.isdir(folder):
        subprocess.run(["python3", os.path.join(HERE, "corpus.py"), tool, str(count), folder], check=True)
    return folder


def in_turns(rounds, runs):
    """By name: medians of what its runs return, the first round not counted."""
    figures = {name: [] for name in runs}
    for nth in range(rounds + 1):
        for name, one in runs.items():
            figure = one(nth)
            if nth:
                figures[name].append(figure)
    return {name: tuple(statistics.median(column) for column in zip(*all)) for name, all in figures.items()}


def into_new(command, base):
    def one(_):
        out = tempfile.mkdtemp(dir=base)
        shutil.rmtree(out)
        figure = measure.run([part.replace("{out}", out) for part in command])
        shutil.rmtree(out)
        return figure
    return one


def clean(args, base, count, rounds):
    build = lambda program: into_new([program, "--root", corpus("prepbook", count, base), "build", "-q", "-o", "{out}"], base)
    runs = {name: build(program) for name, program in args.programs.items()}
    if args.hugo and count <= 10_000:
        runs["hugo"] = into_new([args.hugo, "--quiet", "-s", corpus("hugo", count, base), "-d", "{out}"], base)
    if args.mdbook and count <= 1_000:
        runs["mdbook"] = into_new([args.mdbook, "build", corpus("mdbook", count, base), "-d", "{out}"], base)
    return in_turns(rounds, runs)


def again(args, base, count, rounds, edits):
    """Builds into one folder, of the same or with one edited answer."""
    runs = {}
    for name, program in args.programs.items():
        root = os.path.join(base, f"again-{name}")
        shutil.copytree(corpus("prepbook", count, base), root)
        path = os.path.join(root, f"content/questions/q{count // 2:06}.yaml")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        assert ANSWER in text

        def one(nth, program=program, root=root, path=path, text=text):
            if edits:
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text.replace(ANSWER, f"{ANSWER} mark{nth}", 1))
            return measure.run([program, "--root", root, "build", "-q"])
        runs[name] = one
    figures = in_turns(rounds, runs)
    for name in args.programs:
        shutil.rmtree(os.path.join(base, f"again-{name}"))
    return figures


def latency(program, base, count, file, anchor):
    """Milliseconds from a save until the preview shows it, and the CPU time of the server.

    `file` is one of the program's own theme."""
    root = os.path.join(base, "served")
    shutil.copytree(corpus("prepbook", count, base), root)
    question = f"q{count // 2:06}"
    path = os.path.join(root, file or f"content/questions/{question}.yaml")
    if file:
        subprocess.run([program, "--root", root, "theme", "eject", "-q", file], check=True)
    url = f"http://127.0.0.1:4399/questions/{question}/"
    figure = measure.edits(8, path, anchor, url, [program, "--root", root, "serve", "--port", "4399"])
    shutil.rmtree(root)
    return figure


def instructions(program, root, base):
    out = tempfile.mkdtemp(dir=base)
    shutil.rmtree(out)
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, "--root", root, "build", "-q", "-o", out]
    told = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "RAYON_NUM_THREADS": "1"}).stderr
    shutil.rmtree(out)
    return int(re.search(r"Collected : (\d+)", told)[1]) / 1e6


def seconds(value):
    return "–" if value is None else f"{value:.3f} s"


def can_build(program, root, base):
    out = tempfile.mkdtemp(dir=base)
    try:
        return subprocess.run([program, "--root", root, "build", "-q", "-o", out], capture_output=True).returncode == 0
    finally:
        shutil.rmtree(out)


def row(what, goal, now, before=None, other=None, show=seconds):
    ratio = lambda one, two: f"{one / two:.2f}" if one and two else "–"
    shown = lambda value: "–" if value is None else show(value)
    print(f"| {what} | {goal} | {shown(before)} | {shown(now)} | {ratio(now, before)} | {shown(other)} | {ratio(now, other)} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("prepbook")
    parser.add_argument("--before")
    parser.add_argument("--hugo")
    parser.add_argument("--mdbook")
    parser.add_argument("--largest", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    args.programs = {"now": args.prepbook, **({"before": args.before} if args.before else {})}
    mebibytes, millions, milliseconds = (lambda value, unit=unit: f"{value:,.0f} {unit}" for unit in ("MiB", "M", "ms"))
    base = tempfile.mkdtemp(dir="/dev/shm")
    try:
        print("| what | goal | before | now | ratio | Hugo | to Hugo |\n|---|---|---|---|---|---|---|")
        figures = {}
        for count, goal in ((100, "0.2 of Hugo"), (1_000, "0.18 of Hugo"), (10_000, "0.12 of Hugo")):
            all = figures[count] = clean(args, base, count, args.rounds if count < 10_000 else 3)
            get = lambda name, column: all.get(name, NONE)[column]
            row(f"clean build, {count:,} questions", goal, get("now", 1), get("before", 1), get("hugo", 1))
            if "mdbook" in all:
                row("the same beside mdBook", "–", get("now", 1), None, get("mdbook", 1))
        row("its memory", "250 MiB", get("now", 2), get("before", 2), get("hugo", 2), mebibytes)
        if args.largest > 10_000:
            programs, args.programs = args.programs, {"now": args.prepbook}
            largest = clean(args, base, args.largest, 1)["now"]
            args.programs = programs
            row(f"clean build, {args.largest:,}", "–", largest[1])
            row("its memory", "2,048 MiB", largest[2], show=mebibytes)
            a_page = largest[1] / args.largest / (figures[10_000]["now"][1] / 10_000)
            row("its time for a page, to that at 10,000", "1.3", a_page, show=lambda value: f"{value:.2f}")
            shutil.rmtree(corpus("prepbook", args.largest, base))
        own = os.path.join(HERE, "..", "..")
        readers = {name: program for name, program in args.programs.items() if name == "now" or can_build(program, own, base)}
        runs = {name: into_new([program, "--root", own, "build", "-q", "-o", "{out}"], base) for name, program in readers.items()}
        handbook = in_turns(args.rounds, runs)
        row("clean build of this handbook", "0.070 s", handbook["now"][1], handbook.get("before", NONE)[1])
        for what, goal, edits in (("nothing changed, 10,000", "0.15 s", False), ("one edited answer, 10,000", "0.4 s", True)):
            all = again(args, base, 10_000, args.rounds, edits)
            row(what, goal, all["now"][1], all.get("before", NONE)[1])
            row("its memory", "250 MiB", all["now"][2], all.get("before", NONE)[2], show=mebibytes)
        for what, goal, count, file, anchor in (
            ("save to seen, text, 1,000, latency", "15 ms", 1_000, None, ANSWER),
            ("save to seen, title, 1,000, latency", "–", 1_000, None, 'title: "Tell me'),
            ("save to seen, template, 1,000, latency", "–", 1_000, "themes/default/templates/question.html", "</h1>"),
            ("save to seen, text, 10,000, latency", "80 ms", 10_000, None, ANSWER),
        ):
            all = {name: latency(program, base, count, file, anchor)[0] for name, program in args.programs.items()}
            row(what, goal, all["now"], all.get("before"), show=milliseconds)
        for what, root in (
            ("9 questions, instructions: start-up", corpus("prepbook", 9, base)),
            ("100 questions, instructions", corpus("prepbook", 100, base)),
            ("1,000, instructions", corpus("prepbook", 1_000, base)),
            ("this handbook, instructions", own),
        ):
            programs = readers if root == own else args.programs
            all = {name: instructions(program, root, base) for name, program in programs.items()}
            row(what, "–", all["now"], all.get("before"), show=millions)
    finally:
        shutil.rmtree(base)


if __name__ == "__main__":
    main()
