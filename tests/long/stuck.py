#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Is anybody ever stuck? Plays evacuations with many seeds and accounts for everyone at the end.

usage: stuck.py MUSTER OUT [INCIDENT.json…] [--plans FOLDER] [--only NAMES] [--seeds N]
                [--motion walk,flow] [--jobs N] [--block N] [--occupancy NAME=SHARE,…]

The shipped campus and tower are played unless incidents are named; with --plans also every floor
plan of that folder that can be imported (the list PLANS below; `MUSTER import` makes their files
under OUT). Each run has its own luck: the
replications of a seed, a new seed for each block. Blocks of runs are kept in OUT, so that the same command
goes on where it was stopped; a block of another build or of changed files is played again.

Accounted for is: out or taken away; not told (no message reached them); at a place of refuge; told
to stay in; and, in an imported plan, whoever is in a unit that the import report lists as having no
way out. Everybody else is unexplained: on the way when the run was stopped at its horizon, without a
way from a place that has one, or in no state at all. The last line sums up; exit status 1 if anybody
is unexplained.
"""
import argparse
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHIPPED = {"campus": ROOT / "scenarios/campus/evacuation.json",
           "tower": ROOT / "scenarios/tower/evacuation.json"}
# Name: what `muster import` is told. Overlays are the repository's, sources the folder's.
PLANS = {
    "polytech": ("imdf", ["polytech-campus-imdf"], "--overlay",
                 ROOT / "scenarios/imports/polytech-overlay.json"),
    "university-r3": ("vector", ["university-r3/R3-1F-Polygon.geojson",
                                 "university-r3/R3-2F-Polygon.geojson"],
                      "--accept", "--default-use", "classroom"),
    "caserne": ("vector", ["caserne-mall/caserne.geojson"], "--accept"),
    "caserne-osm": ("vector", ["caserne-mall/caserne.osm"], "--accept"),
    "buw": ("wkt", ["jupedsim/BUW.wkt"], "--accept", "--default-use", "classroom"),
    "sib2023": ("wkt", ["jupedsim/SiB2023_entrance.wkt"], "--accept", "--default-use", "office"),
    "iso-office": ("dxf", ["jupedsim/ISO-Office.dxf"], "--accept", "--default-use", "office"),
    "shopping-lines": ("dxf", ["shopping-level/einkaufsebene.dxf"], "--unit", "dm", "--accept",
                       "--default-use", "retail"),
    "shopping-model": ("jupedsim", ["shopping-level/einkaufsebene_geo.xml"], "--unit", "dm",
                       "--accept", "--default-use", "retail"),
}
WHYS = ("untold", "refuge", "stayed", "no_way", "on_the_way")


def arguments():
    text = __doc__.splitlines()[0]
    read = argparse.ArgumentParser(description=text)
    read.add_argument("muster")
    read.add_argument("out", type=pathlib.Path)
    read.add_argument("incidents", nargs="*", type=pathlib.Path)
    read.add_argument("--plans", type=pathlib.Path)
    read.add_argument("--only", default="")
    read.add_argument("--seeds", type=int, default=200)
    read.add_argument("--first-seed", type=int, default=1)
    read.add_argument("--motion", default="walk,flow")
    read.add_argument("--jobs", type=int, default=1)
    read.add_argument("--block", type=int, default=10)
    read.add_argument("--occupancy", default="")
    return read.parse_args()


def build_of(muster):
    """Of the program and the library beside it: results of another build are no results of this."""
    digest = hashlib.sha256()
    program = pathlib.Path(muster).resolve()
    for file in [program, *sorted(program.parent.parent.glob("libmuster.so*.*"))]:
        if file.is_file() and not file.is_symlink():
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def import_plan(given, name, occupancy):
    form, sources, *words = PLANS[name]
    out = given.out / (name if occupancy is None else f"{name}-{occupancy}")
    extra = [] if occupancy is None else ["--occupancy", occupancy]
    made = subprocess.run([given.muster, "import", form, *[given.plans / s for s in sources],
                           *map(str, words), *extra, "--id", name, "-o", out],
                          capture_output=True, text=True)
    if made.returncode != 0:
        sys.exit(f"{name}: cannot be imported: {made.stderr.strip()}")
    return out / "evacuation.json"


def incidents_of(given):
    if given.incidents:
        return {file.parent.name + "-" + file.stem: file for file in given.incidents}
    all_of = dict(SHIPPED)
    shares = dict(word.split("=") for word in given.occupancy.split(",") if word)
    wanted = given.only.split(",") if given.only else [*SHIPPED, *(PLANS if given.plans else [])]
    for name in wanted:
        if name in PLANS and given.plans:
            all_of[name] = import_plan(given, name, shares.get(name))
        elif name not in SHIPPED:
            sys.exit(f"{name}: no such plan" + ("" if given.plans else " without --plans"))
    return {name: all_of[name] for name in wanted}


def closed_units(incident):
    """Units from which the import itself says that there is no way out."""
    report = incident.parent / "import-report.json"
    if not report.exists():
        return set()
    units = json.loads(report.read_text(encoding="utf-8"))["no_way_out"]
    return {unit["unit"] for unit in units}


def tally(metrics, incident, seed):
    """One row for each run of a block, and who was unexplained."""
    closed, rows, names = closed_units(incident), [], []
    lost = {}  # by run: persons without a way who stand where there is one
    for one in metrics["remaining"]:
        bad = one["why"] == "on_the_way" or (one["why"] == "no_way" and one["space"] not in closed)
        if bad:
            names.append(f"{one['id']} in {one['space']}: {one['why']}, seed {seed} replication "
                         f"{one['first_replication']}, {one['runs']} runs of the block")
        if bad and one["why"] == "no_way":
            run = one["first_replication"]
            lost[run] = lost.get(run, 0) + 1
    for run in metrics["replications"]:
        inside = run["inside"]
        nowhere = metrics["occupants"]["total"] - run["out"] - sum(inside.values())
        rows.append({"seed": seed, "replication": run["replication"], "end_s": run["end_s"],
                     "out": run["out"], **inside,
                     "unexplained": inside["on_the_way"] + nowhere +
                     lost.get(run["replication"], 0)})
    return rows, names


def play(given, name, incident, motion, seed, count, build):
    """The rows of a block, from its file if that is of this build and these files."""
    kept = given.out / f"{name}.{motion}.{seed}-{seed + count - 1}.json"
    made_of = {"build": build, "files": [hashlib.sha256(p.read_bytes()).hexdigest()[:16]
                                         for p in sorted(incident.parent.glob("*.json"))]}
    if kept.exists():
        block = json.loads(kept.read_text(encoding="utf-8"))
        if block["made_of"] == made_of:
            return block["rows"], block["names"]
    rows, names, folder = [], [], given.out / f"{name}.{motion}.now"
    ran = subprocess.run([given.muster, "run", incident, "--motion", motion, "--seed", str(seed),
                          "--reps", str(count), "--jobs", str(given.jobs), "-q", "-o", folder],
                         capture_output=True, text=True)
    if ran.returncode != 0:
        sys.exit(f"{name} by {motion}, seed {seed}: {ran.stderr.strip() or ran.returncode}")
    rows, names = tally(json.loads((folder / "metrics.json").read_text(encoding="utf-8")), incident,
                        seed)
    shutil.rmtree(folder)
    beside = kept.with_suffix(".part")
    beside.write_text(json.dumps({"made_of": made_of, "rows": rows, "names": names}),
                      encoding="utf-8")
    os.replace(beside, kept)
    return rows, names


def told(rows):
    parts = [f"out {sum(r['out'] for r in rows)}"]
    parts += [f"{why.replace('_', ' ')} {sum(r[why] for r in rows)}" for why in WHYS
              if any(r[why] for r in rows)]
    return ", ".join(parts) + f", unexplained {sum(r['unexplained'] for r in rows)}"


def main():
    given = arguments()
    given.out.mkdir(parents=True, exist_ok=True)
    build, everything = build_of(given.muster), []
    for name, incident in incidents_of(given).items():
        for motion in given.motion.split(","):
            of_this = []
            for seed in range(given.first_seed, given.first_seed + given.seeds, given.block):
                count = min(given.block, given.first_seed + given.seeds - seed)
                rows, names = play(given, name, incident, motion, seed, count, build)
                of_this += rows
                for row in rows:
                    print(f"  {name} {motion} seed {row['seed']} replication {row['replication']}: "
                          f"{row['end_s']:.0f} s, {told([row])}", flush=True)
                for who in names:
                    print(f"    unexplained: {who}", flush=True)
            print(f"{name} {motion}: {len(of_this)} runs, {told(of_this)}", flush=True)
            everything += of_this
    bad = sum(r["unexplained"] for r in everything)
    end = "nobody is stuck" if bad == 0 else "not everybody is accounted for"
    print(f"stuck: {len(everything)} runs, {told(everything)}: {end}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
