#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How well studies use a machine: two threads and two ranks against one thread, `hazop` against
`batch`. All in one run, in turn, so that a busy machine slows every side alike; of each the fastest
round counts. Wants two processors with nothing else on them: the load is printed beside.

usage: ratios.py MUSTER [--incident FILE] [--runs N] [--rounds N]

Prints a table; exit status 1 if threads reach less than 1.9, ranks less than 1.8, hazop less than 0.8.
"""
import argparse
import json
import os
import pathlib
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def timed(command):
    """Seconds by the clock and of the processor."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def count_runs(place, name):
    count = 0
    for path in place.glob(name + "*"):
        if not path.name.endswith(("-wal", "-shm", ".json")):
            with sqlite3.connect(path) as base:
                count += base.execute("SELECT count(*) FROM run").fetchone()[0]
    return count


def batch(given, place, name, *more, launcher=()):
    study = place / "study.json"
    study.write_text(json.dumps({
        "format": "muster.study", "version": 1, "id": "ratios", "motion": "flow", "seed": 1,
        "incidents": [str(given.incident)], "reps": given.runs}), encoding="utf-8")
    return timed([*launcher, given.muster, "batch", study, "-q", *more, "-o", place / name])


def hazop(given, place, jobs):
    """With a single lever: remedies are runs like others, and take their time."""
    levers = place / "levers.json"
    levers.write_text(json.dumps({
        "format": "muster.levers", "version": 1, "id": "one", "levers": [{
            "id": "slow", "changes": [{"in": "policy", "pointer": "/clauses/4.2.3a/note",
                                       "value": "a remark"}]}]}), encoding="utf-8")
    wall, processor = timed([given.muster, "hazop", given.incident, "-l", levers, "--kinds", "channel",
                             "--guides", "lost", "--screen", 20, "-n", 20, "-q", "-j", jobs, "-o",
                             place / "hazop"])
    return wall, processor, count_runs(place, "hazop") + 10  # and the base runs that are looked at


def play_round(given, place):
    ranks = ["mpirun", "--oversubscribe", "-n", "2"]
    if os.geteuid() == 0:
        ranks.insert(1, "--allow-run-as-root")
    found = {"one": batch(given, place, "one", "-j", 1), "two": batch(given, place, "two", "-j", 2)}
    if shutil.which("mpirun"):
        found["ranks"] = batch(given, place, "ranks", launcher=ranks)
    found["hazop"] = hazop(given, place, 1)
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("muster", type=pathlib.Path)
    parser.add_argument("--incident", type=pathlib.Path, default=ROOT / "scenarios/campus/package.json")
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    given.muster, given.incident = given.muster.resolve(), given.incident.resolve()
    rounds = []
    for _ in range(given.rounds):
        with tempfile.TemporaryDirectory() as place:
            rounds.append(play_round(given, pathlib.Path(place)))
        print("load %.2f; %s" % (os.getloadavg()[0], "; ".join(
            f"{name} {took[0]:.2f} s, processor {took[1]:.2f} s"
            for name, took in rounds[-1].items())), flush=True)
    wall = {name: min(r[name][0] for r in rounds) for name in rounds[0]}
    each = min(r["one"][1] for r in rounds) / given.runs
    hazop_each = min(r["hazop"][1] / r["hazop"][2] for r in rounds)
    ratios = {"two threads": (wall["one"] / wall["two"], 1.9)}
    if "ranks" in wall:
        ratios["two ranks"] = (wall["one"] / wall["ranks"], 1.8)
    ratios["hazop, runs a processor second against batch"] = (each / hazop_each, 0.8)
    for name, (ratio, wanted) in ratios.items():
        print(f"{name}: {ratio:.2f} (wanted {wanted})")
    print(f"{1 / each:.1f} runs a processor second")
    return 0 if all(ratio >= wanted for ratio, wanted in ratios.values()) else 1


sys.exit(main())
