#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Do walk and flow say the same of an evacuation in which everybody sets off when alerted?

usage: agree.py MUSTER OUT [INCIDENT.json…] [--plans FOLDER] [--only NAMES] [--seeds N]
                [--mode free,regulatory] [--occupancy NAME=SHARE,…]

The shipped campus and tower are played unless incidents are named; with --plans also the polytech
buildings of that folder (or, by --only, any other plan that stuck.py can import). Each seed is one
pair of runs with the same luck (`MUSTER bench agree`, one replication). Every pair is kept in OUT, so
that the same command goes on where it was stopped, or with more seeds; a pair of another build or of
changed files is played again.

The table gives, since the alarm, the means over the seeds by walk and by flow, and flow against
walk as the ratio of these means with half of its 95 % interval (residuals of the pairs about that
ratio). Mean and 95 % of the times at which people are out are to agree within 10 %; the last one out
is told and not judged. Exit status 1 if they do not, or if nobody got out in some run.
"""
import argparse
import hashlib
import json
import math
import os
import pathlib
import subprocess
import sys

from stuck import SHIPPED, build_of, import_plan

WITHIN = 0.10
FIGURES = {"mean": "mean", "p95": "95 %", "last": "last"}
# Student's t, 97.5 %, by degrees of freedom; between two of them the earlier one, which is wider.
T = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262,
     10: 2.228, 12: 2.179, 15: 2.131, 20: 2.086, 25: 2.060, 29: 2.045, 40: 2.021, 60: 2.000,
     120: 1.980}


def arguments():
    read = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    read.add_argument("muster")
    read.add_argument("out", type=pathlib.Path)
    read.add_argument("incidents", nargs="*", type=pathlib.Path)
    read.add_argument("--plans", type=pathlib.Path)
    read.add_argument("--only", default="")
    read.add_argument("--seeds", type=int, default=30)
    read.add_argument("--first-seed", type=int, default=1)
    read.add_argument("--mode", default="free,regulatory")
    read.add_argument("--occupancy", default="")
    return read.parse_args()


def incidents_of(given):
    if given.incidents:
        return {file.parent.name + "-" + file.stem: file for file in given.incidents}
    shares = dict(word.split("=") for word in given.occupancy.split(",") if word)
    wanted = given.only.split(",") if given.only else [*SHIPPED,
                                                       *(["polytech"] if given.plans else [])]
    if not given.plans and set(wanted) - set(SHIPPED):
        sys.exit(f"{', '.join(set(wanted) - set(SHIPPED))}: only with --plans")
    return {name: SHIPPED[name] if name in SHIPPED
            else import_plan(given, name, shares.get(name)) for name in wanted}


def play(given, name, incident, mode, seed, build):
    """One pair of runs, from its file if that is of this build and these files."""
    kept = given.out / f"{name}.{mode}.{seed}.json"
    made_of = {"build": build, "files": [hashlib.sha256(p.read_bytes()).hexdigest()[:16]
                                         for p in sorted(incident.parent.glob("*.json"))]}
    if kept.exists():
        pair = json.loads(kept.read_text(encoding="utf-8"))
        if pair["made_of"] == made_of:
            return pair["told"]
    ran = subprocess.run([given.muster, "bench", "agree", incident, "--motion-mode", mode, "--seed",
                          str(seed), "--reps", "1", "--jobs", "1", "--json"],
                         capture_output=True, text=True)
    if ran.returncode not in (0, 1):
        sys.exit(f"{name}, {mode}, seed {seed}: {ran.stderr.strip() or ran.returncode}")
    told = json.loads(ran.stdout)["agreement"][0]
    beside = kept.with_suffix(".part")
    beside.write_text(json.dumps({"made_of": made_of, "told": told}), encoding="utf-8")
    os.replace(beside, kept)
    return told


def ratio(pairs):
    """Flow against walk less 1, and half of its 95 % interval (NaN of one pair)."""
    walk, flow = (sum(p[k] for p in pairs) / len(pairs) for k in (0, 1))
    share, free = flow / walk - 1, len(pairs) - 1
    if free < 1:
        return walk, flow, share, math.nan
    squares = sum((f - (1 + share) * w) ** 2 for w, f in pairs)
    t = T[max(k for k in T if k <= free)]
    return walk, flow, share, t * math.sqrt(squares / free / len(pairs)) / walk


def judge(name, mode, told):
    """Prints the rows of one incident in one mode; true if the two models agree."""
    agrees = True
    for key, words in FIGURES.items():
        pairs = [(one[key]["walk_s"], one[key]["flow_s"]) for one in told]
        if any(value is None for pair in pairs for value in pair):
            print(f"{name:16} {mode:10} {words:5} nobody got out in some run")
            agrees = False
            continue
        walk, flow, share, half = ratio(pairs)
        near = abs(share) <= WITHIN
        verdict = "" if key == "last" else "yes" if near else "no"
        agrees = agrees and (near or key == "last")
        print(f"{name:16} {mode:10} {words:5} {len(told):5} {walk:9.1f} {flow:9.1f} "
              f"{100 * share:+7.1f} % {'' if math.isnan(half) else f'{100 * half:.1f}':>6} "
              f"{verdict:>6}")
    for key, words in (("left", "out"), ("inside", "still inside"), ("cpu_s", "processor s")):
        walk, flow = (sum(one[key][by] for one in told) / len(told) for by in ("walk", "flow"))
        print(f"{'':16} {'':10} {words:>11} {walk:9.1f} {flow:9.1f}")
    sys.stdout.flush()
    return agrees


def main():
    given = arguments()
    given.out.mkdir(parents=True, exist_ok=True)
    build, agrees = build_of(given.muster), True
    print(f"{'incident':16} {'mode':10} {'time':5} {'pairs':>5} {'walk s':>9} {'flow s':>9} "
          f"{'flow/walk':>9} {'95 %':>6} {'within':>6}", flush=True)
    for name, incident in incidents_of(given).items():
        for mode in given.mode.split(","):
            told = [play(given, name, incident, mode, seed, build)
                    for seed in range(given.first_seed, given.first_seed + given.seeds)]
            agrees = judge(name, mode, told) and agrees
    print("agree: mean and 95 % within 10 %" if agrees else "agree: not everywhere within 10 %")
    return 0 if agrees else 1


if __name__ == "__main__":
    sys.exit(main())
