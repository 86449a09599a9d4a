#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A building of two storeys with somebody upstairs who cannot use stairs: under both motion models
they wait at the place of refuge, call, and are brought down by the stairs or by an evacuation lift;
every record of it has its cause, and metrics and report count it. Without helpers they are named as
waiting there. The campus brings everybody out, and faults of lifts are explained.

usage: test_refuge.py MUSTER ROOT [SHARED]
"""
import copy
import json
import pathlib
import subprocess
import sys
import tempfile

from scenario import Tally, play, records
from yard import having


def text(word):
    return {"en": word, "zh": word}


def room(name, level, use, x0, y0, x1, y1):
    return {"id": name, "level": level, "use": use,
            "polygon": [[x0, y0], [x1, y0], [x1, y1], [x0, y1]]}


def way(name, kind, a, b, line, **more):
    return dict({"id": name, "kind": kind, "between": [a, b], "line": line}, **more)


SITE = {
    "format": "muster.site", "version": 1, "id": "house", "name": text("House"),
    "levels": [{"id": "G", "elevation_m": 0}, {"id": "U", "elevation_m": 4}],
    "spaces": [
        room("yard", "G", "outdoor", -40, -20, 0, 20),
        room("hall", "G", "lobby", 0, 0, 14, 10), room("floor", "U", "office", 0, 0, 14, 10),
        room("car_g", "G", "lift", 14, 4, 16, 6), room("car_u", "U", "lift", 14, 4, 16, 6)],
    "portals": [
        way("exit", "door", "hall", "yard", [[0, 4], [0, 6]]),
        way("stair", "stair", "hall", "floor", [[3, 9], [4.5, 9]], upper_line=[[9, 9], [10.5, 9]],
            length_m=9),
        way("door_g", "door", "hall", "car_g", [[14, 4.4], [14, 5.6]]),
        way("door_u", "door", "floor", "car_u", [[14, 4.4], [14, 5.6]]),
        way("ride", "lift", "car_g", "car_u", [[16, 4.5], [16, 5.5]])],
    "equipment": [{"id": "chair", "kind": "evacuation_chair", "space": "floor", "at": [13, 9]}],
    "posts": [{"id": "desk", "kind": "guard", "space": "hall", "at": [2, 2]}],
    "assembly_points": [{"id": "meet", "space": "yard", "at": [-20, 0], "capacity": 50}],
    "channels": [{"id": "alarm", "kind": "alarm", "latency_s": 1},
                 {"id": "telephone", "kind": "telephone", "latency_s": 8, "delivery_chance": 0.9}],
    "lifts": [{"id": "lift", "cars": ["car_g", "car_u"], "capacity": 8}],
    "refuges": [{"id": "refuge", "space": "floor", "at": [13, 8.5], "calls": "telephone"}],
}
ROSTER = {
    "format": "muster.roster", "version": 1, "id": "people",
    "groups": [
        {"id": "staff", "role": "staff", "count": 12, "familiar": True, "training": "M1",
         "in": ["floor"]},
        {"id": "wheels", "role": "staff", "count": 1, "familiar": True, "training": "M1",
         "in": ["floor"], "mobility": [{"kind": "wheelchair", "share": 1}]}],
    "members": [{"id": "guard", "role": "ert", "count": 4, "post": "desk"}],
}


class House:
    def __init__(self, muster, root):
        self.muster, self.root = muster, root
        self.site, self.roster = copy.deepcopy(SITE), copy.deepcopy(ROSTER)
        self.helpers = True

    def write(self, folder):
        playbooks = self.root / "scenarios" / "playbooks"
        names = ["evacuation.json"] + ["bring-down.json"] * self.helpers
        incident = {
            "format": "muster.incident", "version": 1, "id": "leave", "name": text("Leave"),
            "kind": "evacuation", "site": "site.json", "roster": "roster.json",
            "policy": str(self.root / "scenarios/policy/baseline.json"),
            "playbooks": [str(playbooks / name) for name in names],
            "starts_at": "2026-09-15T10:00", "alarm_at_s": 10, "horizon_s": 3600, "seed": 7}
        for name, data in (("site", self.site), ("roster", self.roster), ("incident", incident)):
            (folder / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
        return folder / "incident.json"

    def run(self, *options):
        with tempfile.TemporaryDirectory() as place:
            folder = pathlib.Path(place)
            metrics, log = play(self.muster, self.write(folder), "--reps", "3", "--log-rep", "0",
                                *options, report=True)
            return (json.loads(metrics), records(log),
                    (folder / "out" / "report.md").read_text(encoding="utf-8"))

    def check(self):
        with tempfile.TemporaryDirectory() as place:
            incident = self.write(pathlib.Path(place))
            done = subprocess.run([self.muster, "check", str(incident)], capture_output=True, text=True,
                                  check=False)
            return done.returncode, done.stdout + done.stderr


def ancestors(records, record):
    by_id = {r["id"]: r for r in records}
    while record is not None:
        yield record["kind"]
        record = by_id.get(record.get("cause"))


def check_brought_down(tally, model, metrics, records, report):
    states = metrics["occupants"]["by_state"]
    tally.check(f"{model}: all are out", states["out"] == 13 and not metrics["remaining"], states)
    sums = metrics["assisted"]
    tally.check(f"{model}: one at a refuge, one brought down, in every run",
                (sums["runs"], sums["reached"], sums["called"], sums["brought"]) == (3, 1, 1, 1), sums)
    tally.check(f"{model}: in the chair that is kept there", sums["with"]["evacuation_chair"] == 1,
                sums)
    tally.check(f"{model}: the wait is part of the time", 0 < sums["waited_s"] < sums["out_s"], sums)
    tally.check(f"{model}: the report tells", "Came to a place of refuge: 1" in report)
    who = "person:wheels/001"
    kinds = [k for r in having(records, "brought_down", subject=who) for k in ancestors(records, r)]
    wanted = ["brought_down", "reached", "helped", "reached", "set_out", "began", "due",
              "help_called", "reached_refuge", "moves", "alerted"]
    at = 0
    for kind in kinds:
        at += at < len(wanted) and kind == wanted[at]
    tally.check(f"{model}: every record has its cause", at == len(wanted), kinds)
    changes = [r["value"] for r in having(records, "state", subject=who)]
    tally.check(f"{model}: at a refuge, then out", changes == [7, 5], changes)
    recalled = having(records, "lifts_recalled")
    tally.check(f"{model}: the alarm recalls the lift",
                len(recalled) == 1 and "alarm" in ancestors(records, recalled[0]) and
                len(having(records, "lift_stands")) == 1, recalled)


def check_alone(tally, model, metrics):
    left = metrics["remaining"]
    states = metrics["occupants"]["by_state"]
    tally.check(f"{model}: without helpers they are named as waiting there",
                [(r["id"], r["why"], r["runs"]) for r in left] == [("wheels/001", "refuge", 3)] and
                states["refuge"] == 1 and states["inside"] == 0, left)


def check_by_lift(tally, model, house):
    house.site["lifts"][0]["evacuation"] = True
    next(p for p in house.site["portals"] if p["id"] == "stair")["length_m"] = 60
    metrics, records, _ = house.run("--motion", model)
    entered = having(records, "entered_lift")
    tally.check(f"{model}: an evacuation lift takes helpers and the one they bring, nobody else",
                metrics["occupants"]["by_state"]["out"] == 13 and len(entered) == 2 and
                all(r["subject"].startswith("person:guard") for r in entered), entered)
    tally.check(f"{model}: what goes in comes out", len(having(records, "left_lift")) == len(entered))


def check_faults(tally, make):
    house = make()
    code, said = house.check()
    tally.check("the house has no fault", code == 0, said)
    for name, change, code in (
            ("a lift with one level", lambda s: s["lifts"][0].update(cars=["car_g"]), "site.lift-levels"),
            ("a car that is an office", lambda s: s["lifts"][0].update(cars=["car_g", "floor"]),
             "site.lift-car"),
            ("the upper car first", lambda s: s["lifts"][0].update(cars=["car_u", "car_g"]),
             "site.lift-order"),
            ("no ride", lambda s: s["portals"].pop(), "site.lift-ride"),
            ("recalled elsewhere", lambda s: s["lifts"][0].update(recall="hall"), "site.lift-recall"),
            ("a ride without a lift", lambda s: s["lifts"].clear(), "site.ride-nowhere"),
            ("a refuge in the yard", lambda s: s["refuges"][0].update(space="yard", at=[-5, 0]),
             "site.refuge-outdoors"),
            ("a refuge outside its space", lambda s: s["refuges"][0].update(at=[30, 8.5]),
             "site.point-outside"),
            ("a refuge in the lift", lambda s: s["refuges"][0].update(space="car_u", at=[15, 5]),
             "site.point-unreachable"),
            ("a refuge up a stair only",
             lambda s: (s["portals"].pop(3), s["portals"].pop(3), s["lifts"].clear()),
             "site.refuge-unreachable"),
            ("no such call point", lambda s: s["refuges"][0].update(calls="drum"), "json.reference")):
        house = make()
        change(house.site)
        status, said = house.check()
        tally.check(f"{name} is explained", code in said and (status == 1 or " 0 warnings" not in said),
                    said[:600])


def check_campus(tally, muster, root):
    with tempfile.TemporaryDirectory() as place:
        out = pathlib.Path(place, "out")
        subprocess.run([muster, "run", str(root / "scenarios/campus/evacuation.json"), "-q", "--reps",
                        "3", "--motion", "flow", "--no-report", "-o", str(out)], check=True, capture_output=True)
        metrics = json.loads((out / "metrics.json").read_text(encoding="utf-8"))
        tally.check("campus: both wheelchair users upstairs are brought down",
                    metrics["assisted"]["brought"] == 2 and
                    all(r["why"] == "untold" for r in metrics["remaining"]),
                    (metrics["assisted"], metrics["remaining"]))


def check_own_phone(tally, muster, root):
    """Where no call point is, whoever carries a telephone calls, if one can be made from there."""
    wanted = (("with a telephone", 1, [], True), ("without one", 0, [], False),
              ("where none has reception", 1, ["floor"], False))
    for name, share, dead, calls in wanted:
        house = House(muster, root)
        del house.site["refuges"][0]["calls"]
        next(c for c in house.site["channels"] if c["id"] == "telephone")["dead_spaces"] = dead
        house.roster["groups"][1]["phone_share"] = share
        metrics, records, _ = house.run("--motion", "flow")
        called = having(records, "help_called", subject="person:wheels/001")
        tally.check(f"{name}: {'help is' if calls else 'no help is'} called", bool(called) == calls and
                    metrics["assisted"]["called"] == calls and
                    metrics["occupants"]["by_state"]["refuge" if not calls else "out"] >= 1,
                    (called, metrics["assisted"]))


def check_means(tally, muster, root):
    """What a team brings somebody down with: what is kept there if it is any use, or else their hands."""
    took = {}
    for kept, means in (("evacuation_chair", "evacuation_chair"), ("carry_chair", "carry_chair"),
                        ("stretcher", "stretcher"), ("medical_kit", "by_hand"), (None, "by_hand")):
        house = House(muster, root)
        house.site["equipment"] = [{**SITE["equipment"][0], "kind": kept}] if kept else []
        sums = house.run("--motion", "flow")[0]["assisted"]
        used = {k: n for k, n in sums["with"].items() if n > 0}
        took[means] = sums["out_s"] - sums["waited_s"]
        tally.check(f"{kept} at the refuge: down with {means}", used == {means: 1} and sums["brought"] == 1, sums)
    tally.check("a chair that rolls is faster than one that is carried, which is as fast as the others",
                took["evacuation_chair"] < took["carry_chair"] - 5 and
                took["carry_chair"] == took["stretcher"] == took["by_hand"], took)


def main():
    muster, root = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    tally = Tally()
    for model in ("walk", "flow"):
        check_brought_down(tally, model, *House(muster, root).run("--motion", model))
        alone = House(muster, root)
        alone.helpers = False
        check_alone(tally, model, alone.run("--motion", model)[0])
        check_by_lift(tally, model, House(muster, root))
    check_own_phone(tally, muster, root)
    check_means(tally, muster, root)
    check_faults(tally, lambda: House(muster, root))
    check_campus(tally, muster, root)
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
