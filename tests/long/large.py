#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How far does it go? A building of 50 levels and 2,051 spaces is emptied with 100,000 people by flow and
with 20,000 by walk, 10,000 runs of many kinds are played in one process, and a tabletop is left open until its
clock ends. Each line gives processor time, wall time and the most memory.

usage: large.py MUSTER OUT [--only flow,walk,soak,tabletop] [--runs 10000] [--jobs 2]
                [--people-flow 100000] [--people-walk 20000]

Exit status 1 if a run did not end, somebody is not accounted for, or 10,000 runs need over a tenth more
memory than 1,000. The building is drawn here: nothing of it is a real place.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
LEVELS = 50
ROOMS = 18  # on either side of a corridor
HORIZON_S = 36000
MIXED = ("package", "package-patrol", "package-staff", "explosion", "hostage", "chlorine", "evacuation", "intruder",
         "vehicle", "bomb-threat", "power-lost", "radio-jammed", "tailgater")
GROWTH = 1.10


def box(x0, y0, x1, y1):
    return [[x0, y0], [x1, y0], [x1, y1], [x0, y1]]


def both(text):
    return {"en": text, "zh": text}


def level_id(n):
    return f"L{n:02}"


def rooms_of(level):
    """Rooms on both sides of a corridor of 4 m, each with a door of 1 m to it."""
    corridor = f"corridor.{level}"
    spaces = [{"id": corridor, "name": both(corridor), "level": level, "use": "corridor",
               "polygon": box(0, 10, 10 * ROOMS, 14)}]
    portals = []
    for n in range(ROOMS):
        for side, y0, wall in (("s", 0, 10), ("n", 14, 14)):
            room = f"room.{side}{n:02}.{level}"
            spaces.append({"id": room, "name": both(room), "level": level, "use": "office",
                           "polygon": box(10 * n, y0, 10 * n + 10, y0 + 10)})
            portals.append({"id": f"door.{room}", "kind": "door", "between": [room, corridor],
                            "line": [[10 * n + 4.5, wall], [10 * n + 5.5, wall]]})
    return spaces, portals


# Name, west edge, south edge, the side of the corridor's end, the door, where flights meet the landing.
STAIRS = (("wa", -10, 4, 0, (10.2, 11.8), 4), ("wb", -10, 12, 0, (12.2, 13.8), 20),
          ("ea", 10 * ROOMS, 4, 10 * ROOMS, (10.2, 11.8), 4), ("eb", 10 * ROOMS, 12, 10 * ROOMS, (12.2, 13.8), 20))


def stairs_of(n):
    """Four stairs with flights of 3 m, two at either end of the corridor."""
    level, spaces, portals = level_id(n), [], []
    for name, x, y, wall, (low, high), edge in STAIRS:
        landing = f"stair.{name}.{level}"
        spaces.append({"id": landing, "name": both(landing), "level": level, "use": "stair",
                       "polygon": box(x, y, x + 10, y + 8)})
        portals.append({"id": f"door.{name}.{level}", "kind": "door", "between": [f"corridor.{level}", landing],
                        "line": [[wall, low], [wall, high]]})
        if n > 0:
            portals.append({"id": f"flight.{name}.{level}", "name": both(f"flight {name} {level}"), "kind": "stair",
                            "between": [f"stair.{name}.{level_id(n - 1)}", landing], "length_m": 8,
                            "line": [[x + 1, edge], [x + 4, edge]], "upper_line": [[x + 6, edge], [x + 9, edge]]})
        else:
            outer = x if wall == 0 else x + 10
            portals.append({"id": f"exit.{name}", "name": both(f"exit {name}"), "kind": "door",
                            "between": [landing, "yard.w" if wall == 0 else "yard.e"],
                            "line": [[outer, y + 2], [outer, y + 6]]})
    return spaces, portals


def site():
    spaces, portals = [], []
    for n in range(LEVELS):
        for made in (rooms_of(level_id(n)), stairs_of(n)):
            spaces += made[0]
            portals += made[1]
    for name, x in (("yard.w", -110), ("yard.e", 10 * ROOMS + 10)):
        spaces.append({"id": name, "name": both(name), "level": level_id(0), "use": "outdoor",
                       "polygon": box(x, -40, x + 100, 60)})
    return {"format": "muster.site", "version": 1, "id": "large", "name": both("Large building (fictional)"),
            "levels": [{"id": level_id(n), "name": both(level_id(n)), "elevation_m": 3.5 * n} for n in range(LEVELS)],
            "spaces": spaces, "portals": portals,
            "assembly_points": [{"id": f"assembly.{name}", "name": both(name), "space": f"yard.{name}",
                                 "at": [x, 10], "capacity": 60000}
                                for name, x in (("w", -80), ("e", 10 * ROOMS + 80))],
            "channels": [{"id": "alarm", "name": both("Alarm"), "kind": "alarm", "latency_s": 0,
                          "delivery_chance": 1, "response_factor": 2}]}


def roster(people):
    each = people // LEVELS
    rooms = [[space["id"] for space in rooms_of(level_id(n))[0][1:]] for n in range(LEVELS)]
    return {"format": "muster.roster", "version": 2, "id": "large-people", "name": both("People"),
            "groups": [{"id": f"staff.{level_id(n)}", "name": both(f"Staff {level_id(n)}"), "role": "staff",
                        "count": each, "in": rooms[n], "familiar": True, "training": "M1"} for n in range(LEVELS)]}


def evacuation(folder, people):
    """An evacuation of the building with so many people, written to the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    shared = ROOT / "scenarios"
    incident = {"format": "muster.incident", "version": 1, "id": "large-evacuation", "name": both("Evacuation"),
                "kind": "evacuation", "site": "site.json", "roster": "roster.json",
                "policy": os.path.relpath(shared / "policy/baseline.json", folder),
                "playbooks": [os.path.relpath(shared / "playbooks/evacuation.json", folder)],
                "alarm_at_s": 0, "horizon_s": HORIZON_S, "seed": 1}
    for name, file in (("site", site()), ("roster", roster(people)), ("evacuation", incident)):
        (folder / f"{name}.json").write_text(json.dumps(file, indent=1, ensure_ascii=False), encoding="utf-8")
    return folder / "evacuation.json"


def watched(words):
    """Runs a command; its exit status, wall and processor seconds, most memory in MB."""
    began = time.monotonic()
    with subprocess.Popen([str(word) for word in words], stdout=subprocess.DEVNULL) as running:
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    return running.returncode, time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def told(name, what, wall_s, cpu_s, most_mb, good):
    print(f"{name:9} {what}: {cpu_s:.1f} s of processor, {wall_s:.1f} s by the clock, {most_mb:.0f} MB at most"
          f"{'' if good else '  FAILED'}", flush=True)
    return good


def emptied(given, motion, people):
    """Everybody leaves the building; whoever did not must be accounted for."""
    folder = given.out / f"{motion}-{people}"
    incident = evacuation(folder, people)
    kept = folder / "out/metrics.json"
    kept.unlink(missing_ok=True)
    status, wall_s, cpu_s, most_mb = watched([given.muster, "run", incident, "--motion", motion, "--reps", 1,
                                              "--no-report", "-q", "-o", folder / "out"])
    run = json.loads(kept.read_text())["replications"][0] if status == 0 else None
    inside = run["inside"] if run else {}
    good = run is not None and run["out"] + inside["untold"] + inside["refuge"] + inside["stayed"] == people
    ends = f"{run['out']:,} out, the last after {run['last_s']:.0f} s, inside {inside}" if run else f"status {status}"
    return told(motion, f"{people:,} people, {LEVELS} levels, {len(site()['spaces']):,} spaces: {ends}",
                wall_s, cpu_s, most_mb, good)


def batch(given, runs):
    """So many runs of all kinds of incident in one process."""
    results = given.out / f"soak-{runs}.sqlite"
    for file in given.out.glob(results.name + "*"):
        file.unlink()
    incidents = [ROOT / f"scenarios/campus/{name}.json" for name in MIXED]
    return watched([given.muster, "batch", *incidents, "--motion", "flow", "--reps", max(1, runs // len(MIXED)),
                    "--jobs", given.jobs, "-q", "-o", results])


def soaked(given):
    """Ten times as many runs may not need more memory."""
    few = batch(given, given.runs // 10)
    told("soak", f"{given.runs // 10:,} runs of {len(MIXED)} incidents, {given.jobs} threads", *few[1:], few[0] == 0)
    many = batch(given, given.runs)
    growth = many[3] / few[3]
    return told("soak", f"{given.runs:,} runs, memory {growth:.2f} times that", *many[1:],
                few[0] == 0 and many[0] == 0 and growth <= GROWTH)


def left_open(given):
    """A tabletop that nobody decides anything in, for as long as its clock goes, and a look back."""
    folder = given.out / "tabletop"
    folder.mkdir(parents=True, exist_ok=True)
    session = folder / "left-open.session.jsonl"
    session.unlink(missing_ok=True)
    table = json.loads((ROOT / "scenarios/head-office/tabletop.json").read_text(encoding="utf-8"))
    hours = table["horizon_s"] // 3600
    status, wall_s, cpu_s, most_mb = watched([
        given.muster, "show", ROOT / "scenarios/head-office/tabletop.json", "--session", session, "--headless",
        "--at", f"60,3600,{table['horizon_s'] - 1}", "-o", folder])
    return told("tabletop", f"left open for {hours} hours", wall_s, cpu_s, most_mb,
                status == 0 and len(list(folder.glob("*.png"))) >= 3)


PARTS = {"flow": lambda given: emptied(given, "flow", given.people_flow),
         "walk": lambda given: emptied(given, "walk", given.people_walk), "soak": soaked, "tabletop": left_open}


def main():
    read = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    read.add_argument("muster")
    read.add_argument("out", type=pathlib.Path)
    read.add_argument("--only", default=",".join(PARTS))
    read.add_argument("--runs", type=int, default=10000)
    read.add_argument("--jobs", type=int, default=2)
    read.add_argument("--people-flow", type=int, default=100000)
    read.add_argument("--people-walk", type=int, default=20000)
    given = read.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    return 0 if all([PARTS[part](given) for part in given.only.split(",")]) else 1


if __name__ == "__main__":
    sys.exit(main())
