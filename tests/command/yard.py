# SPDX-License-Identifier: GPL-3.0-or-later
"""A small made-up site for exercises with casualties: a yard with two assembly points and a medical
post, a hall, a room beside it, an upper floor over a stair. Tests change what they need."""
import copy
import json
import pathlib
import subprocess
import tempfile

from scenario import play, records


def square(x0, y0, x1, y1):
    return [[x0, y0], [x1, y0], [x1, y1], [x0, y1]]


def space(name, use, polygon, level="G"):
    return {"id": name, "level": level, "use": use, "polygon": polygon,
            **({} if use == "outdoor" else {"building": "house"})}


def portal(name, kind, between, line, **more):
    return {"id": name, "kind": kind, "between": between, "line": line, **more}


def site():
    return {
        "format": "muster.site", "version": 1, "id": "yard",
        "levels": [{"id": "G", "elevation_m": 0}, {"id": "L1", "elevation_m": 4}],
        "spaces": [
            space("yard", "outdoor", square(0, 0, 80, 30)),
            space("north", "outdoor", square(0, 60, 80, 90)),
            space("hall", "lobby", square(10, 30, 30, 50)),
            space("room", "office", square(30, 30, 50, 50)),
            space("upper", "office", square(10, 30, 50, 42), "L1"),
            space("stair.g", "stair", square(50, 30, 56, 40)),
            space("stair.1", "stair", square(50, 30, 56, 40), "L1"),
        ],
        "portals": [
            portal("edge", "outdoor_edge", ["yard"], [[0, 2], [0, 8]]),
            portal("door.hall", "door", ["hall", "yard"], [[18, 30], [22, 30]]),
            portal("door.room", "door", ["room", "yard"], [[38, 30], [40, 30]]),
            portal("door.between", "door", ["hall", "room"], [[30, 38], [30, 40]]),
            portal("door.stair", "door", ["stair.g", "yard"], [[52, 30], [54, 30]]),
            portal("door.upper", "door", ["upper", "stair.1"], [[50, 34], [50, 36]]),
            portal("stair", "stair", ["stair.g", "stair.1"], [[52, 38], [54, 38]],
                   upper_line=[[52, 32], [54, 32]], width_m=1.4, length_m=8),
        ],
        "equipment": [
            {"id": "stretchers", "kind": "stretcher", "space": "yard", "at": [60, 10], "count": 4},
            {"id": "kits", "kind": "medical_kit", "space": "yard", "at": [61, 10], "count": 8},
        ],
        "posts": [
            {"id": "post.medical", "kind": "medical", "space": "yard", "at": [60, 14]},
            {"id": "post.base", "kind": "guard", "space": "yard", "at": [64, 20]},
        ],
        "assembly_points": [
            {"id": "first", "space": "yard", "at": [72, 24], "capacity": 100},
            {"id": "second", "space": "north", "at": [70, 80], "capacity": 100},
        ],
        "roads": [{"id": "road", "space": "yard", "at": [3, 5]}],
        "channels": [
            {"id": "pa", "kind": "pa", "latency_s": 1, "delivery_chance": 1, "response_factor": 1},
            {"id": "telephone", "kind": "telephone", "latency_s": 1, "delivery_chance": 1,
             "response_factor": 1, "lines": 4},
            {"id": "in_person", "kind": "in_person", "latency_s": 1, "delivery_chance": 1,
             "response_factor": 1},
        ],
    }


# The north lawn is reached over a path beside the house.
PATH = (space("path", "outdoor", square(74, 30, 80, 60)),
        [portal("gate.path_yard", "gate", ["path", "yard"], [[75, 30], [79, 30]]),
         portal("gate.path_north", "gate", ["path", "north"], [[75, 60], [79, 60]])])


def group(name, count, spaces, role="staff", **more):
    return {"id": name, "role": role, "count": count, "familiar": True, "training": "M1",
            "in": spaces, **more}


def member(name, role, count=1, **more):
    return {"id": name, "role": role, "count": count, "post": "post.base", **more}


def unit(name, count=1, **more):
    return {"id": name, "role": "medical", "count": count, "road": "road", "dispatched_in_s": 0,
            "distance_m": 10, "speed_mps": 10, **more}


def step(name, verb, when, role=None, **more):
    out = {"id": name, "when": when if isinstance(when, dict) else {"all": [when]}, "verb": verb}
    if role:
        out["who"] = {"role": role, "count": more.pop("count", 1)}
    return {**out, **more}


class Yard:
    """Four dictionaries and a run of them."""

    def __init__(self, root):
        self.root = pathlib.Path(root).resolve()
        self.site = site()
        self.site["spaces"].append(copy.deepcopy(PATH[0]))
        self.site["portals"] += copy.deepcopy(PATH[1])
        self.groups, self.members, self.units, self.steps = [], [], [], []
        self.hospitals, self.outages = [], []
        self.item = {"category": "suitcase", "space": "hall", "at": [20, 40],
                     "staff_notice_s": 100000, "guard_notice_chance": 0,
                     "explosion": {"at_s": 10, "heard_radius_m": 0, "fear_radius_m": 0}}
        self.second = None
        self.horizon_s = 40000

    def copy(self):
        return copy.deepcopy(self)

    def hurt(self, **casualties):
        self.item["explosion"]["casualties"] = casualties
        return self

    def write(self, folder):
        folder = pathlib.Path(folder)
        roster = {"format": "muster.roster", "version": 1, "id": "yard", "groups": self.groups,
                  "members": self.members, "units": self.units, "hospitals": self.hospitals}
        playbook = {"format": "muster.playbook", "version": 1, "id": "yard", "threat": "bombing",
                    "steps": self.steps}
        incident = {"format": "muster.incident", "version": 1, "id": "yard", "kind": "package",
                    "site": "site.json", "roster": "roster.json", "playbooks": ["playbook.json"],
                    "policy": str(self.root / "scenarios" / "policy" / "baseline.json"),
                    "item": self.item, "horizon_s": self.horizon_s, "outages": self.outages}
        if self.second:
            incident["second_item"] = self.second
        for name, value in (("site", self.site), ("roster", roster), ("playbook", playbook),
                            ("incident", incident)):
            (folder / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")
        return folder / "incident.json"

    def run(self, muster, *options):
        """The records of one run, in order, and the metrics."""
        with tempfile.TemporaryDirectory() as folder:
            metrics, log = play(muster, self.write(folder), "--reps", "1", *options)
            return records(log), json.loads(metrics)

    def check(self, muster):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([muster, "check", str(self.write(folder))],
                                  capture_output=True, text=True, check=False)
            return done.returncode, done.stdout + done.stderr


def having(records, kind, **fields):
    return [r for r in records if r["kind"] == kind and
            all(r.get(name) == value for name, value in fields.items())]


def seconds(record):
    return record["t_us"] / 1e6
