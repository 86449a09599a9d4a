#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures speed and adds it to docs/benchmarks.tsv, so that what was fast when can be looked up. Wants
a quiet machine: the load at the start stands in each row, and so does the yardstick, the bare heap of
`muster bench queue` in the same run, by which rows of different machines are compared.

usage: bench.py MUSTER [FILE]
"""
import datetime
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEAD = ["date", "version", "load", "yardstick_Mholds_per_s", "bench", "what", "value", "unit"]


def bench(muster, *words):
    done = subprocess.run([muster, "bench", *words, "--json"], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def motion(muster):
    for model, scene, people in (("walk", "S1", 5000), ("walk", "S2", 5000), ("walk", "S5", 1000), ("flow", "S4", 10000)):
        words = ("--scene", scene, "--people", str(people), "--model", model)
        for row in bench(muster, "motion", *words)["scenes"]:
            what = f"{model} {row['scene']} {row['n']} dt {row['dt_s']}"
            if scene in ("S5", "S4"):
                yield "motion", what, row["cpu_s"], "s"
            else:
                yield "motion", what, row["ns_per_person_step"], "ns per person-step"


def queue(answer):
    for row in answer["hold"]:
        yield "queue", f"hold {row['pending']}", row["holds_per_s"] / 1e6, "million per s"
    yield "queue", "M/M/1", answer["mm1"]["events_per_s"] / 1e6, "million per s"


def main():
    muster = str(pathlib.Path(sys.argv[1]).resolve())
    file = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "docs" / "benchmarks.tsv"
    load = f"{os.getloadavg()[0]:.1f}"
    version = subprocess.run(["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"], capture_output=True,
                             text=True).stdout.strip() or "unknown"
    answer = bench(muster, "queue")
    rows = [*queue(answer), *motion(muster)]
    yardstick = f"{answer['hold'][0]['bare_holds_per_s'] / 1e6:.1f}"
    new = not file.exists()
    with open(file, "a", encoding="utf-8") as out:
        if new:
            print(*HEAD, sep="\t", file=out)
        for name, what, value, unit in rows:
            line = [datetime.date.today().isoformat(), version, load, yardstick, name, what, f"{value:.4g}", unit]
            print(*line, sep="\t", file=out)
            print(*line, sep="\t")


if __name__ == "__main__":
    main()
