# SPDX-License-Identifier: GPL-3.0-or-later
"""Seeds for the fuzzers (fuzz.py): small whole plans of every kind of incident, as bundles of their
files; the tree's own files one by one; and what the program makes of one of them. Small on purpose: a
fuzzer learns more from a thousand runs of a yard than from one of a campus."""
import copy
import json
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "command"))
from yard import group, site  # noqa: E402  pylint: disable=wrong-import-position

CLAUSES_MOST = 24
KINDS = ("radio", "telephone", "pa", "in_person", "alarm", "sms", "button")


def read(name):
    return json.loads((ROOT / "scenarios" / name).read_text(encoding="utf-8"))


def words(value, key):
    """Every string that stands under a key, anywhere below."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == key:
                yield from (w for w in (inner if isinstance(inner, list) else [inner]) if isinstance(w, str))
            yield from words(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from words(inner, key)


def without_texts(value):
    """Names and stories are long, and read by nobody here."""
    if isinstance(value, dict):
        return {k: without_texts(v) for k, v in value.items()
                if k not in ("story", "source", "says", "text") and not (k == "name" and isinstance(v, dict))}
    return [without_texts(v) for v in value] if isinstance(value, list) else value


def policy_for(steps):
    """Those clauses that the steps serve, and a few of the others."""
    policy = read("policy/baseline.json")
    served = set(words(steps, "serves"))
    chosen = [c for i, c in enumerate(policy["clauses"]) if c["id"] in served or i % 17 == 0]
    policy["clauses"] = [without_texts(c) for c in chosen[:CLAUSES_MOST]]
    kept = {c["id"] for c in policy["clauses"]}
    for step in steps:
        if "serves" in step:
            step["serves"] = [c for c in step["serves"] if c in kept]
    return without_texts(policy)


def small_site():
    """A yard, a hall, a room, an upper floor, and one of each thing that a site can have."""
    out = site()
    out["spaces"][3]["use"] = "office"
    out["posts"] += [{"id": "desk.1", "kind": "desk", "space": "hall", "at": [12, 48]},
                     {"id": "stop.hall", "kind": "key", "space": "hall", "at": [25, 40]}]
    out["channels"] = [{"id": kind, "kind": kind, "latency_s": 2, "delivery_chance": 0.9}
                       for kind in ("pa", "radio", "telephone", "in_person", "alarm", "sms", "satellite")]
    out["channels"][2]["lines"] = 2
    out["equipment"] += [{"id": "blanket", "kind": "blast_blanket", "space": "hall", "at": [12, 32], "count": 1}]
    return out


def roster_for(steps):
    """A few people, and one of every role that the steps speak of."""
    roles = sorted({w for key in ("role", "to", "roles") for w in words(steps, key) if not w.startswith("@")})
    units = ("police", "police_eod", "fire", "medical", "negotiator")
    skills = sorted(set(words(steps, "skill")) | set(words(steps, "skills")))
    members = [{"id": f"m.{role}", "role": role, "post": "desk.1", "radio": True, "phone": True, "skills": skills}
               for role in sorted({*roles, "operator", "guard", "reception", "security_head"} - set(units))]
    members.append({"id": "guard.2", "role": "guard", "post": "post.base", "radio": True, "count": 3})
    return {"format": "muster.roster", "version": 2, "id": "yard",
            "groups": [group("staff", 12, ["room", "upper"], phone_share=0.9), group("visitors", 8, ["hall"], role="visitor"),
                       group("chairs", 1, ["upper"], mobility=[{"kind": "wheelchair", "share": 1}])],
            "members": members,
            "units": [{"id": f"u.{role}", "role": role, "count": 2, "road": "road", "dispatched_in_s": 30,
                       "distance_m": 800, "speed_mps": 9} for role in units],
            "patrols": [{"id": "round", "every_s": 900, "stops": [{"post": "stop.hall", "stays_s": 20},
                                                                  {"post": "post.base", "stays_s": 20}]}]}


HERE = {"assembly.front": "first", "assembly.rear": "second", "plant.g.control": "room", "lobby": "hall"}


def at_home(value):
    """Places of other sites become places of this one."""
    if isinstance(value, dict):
        return {k: at_home(v) for k, v in value.items()}
    if isinstance(value, list):
        return [at_home(v) for v in value]
    return HERE.get(value, value) if isinstance(value, str) else value


LOGNORMAL = {"dist": "lognormal", "median": 30, "sigma": 0.5}
INCIDENTS = {
    "evacuation": ("evacuation.json", {"kind": "evacuation", "alarm_at_s": 5}),
    "package": ("starter-package.json", {
        "kind": "package", "item": {"category": "suitcase", "space": "hall", "at": [20, 40], "appears_at_s": 10,
                                    "staff_notice_s": LOGNORMAL, "guard_notice_chance": 0.5}}),
    "explosion": ("explosion.json", {
        "kind": "package", "item": {"category": "suitcase", "space": "hall", "at": [20, 40], "staff_notice_s": 1000,
                                    "guard_notice_chance": 0, "explosion": {"at_s": 20, "casualties": {"red": 1, "green": 2}}}}),
    "hostage": ("starter-hostage.json", {
        "kind": "hostage", "hostage": {"space": "room", "at": [40, 40], "seized_at_s": 10, "holds": 3, "notice_s": 10,
                                       "call_s": 60, "ends": "negotiated", "lets_go": [{"at_s": 300, "share": 0.3}]}}),
    "intrusion": ("starter-intrusion.json", {
        "kind": "intrusion", "intruder": {"starts_at_s": 10, "path": [
            {"space": "yard", "at": [40, 10], "as": "grounds"},
            {"space": "room", "at": [40, 40], "as": "core", "how": "forces", "through": "door.room", "delay_s": 30}]}}),
    "call": ("starter-call.json", {
        "kind": "call", "call": {"at_s": 10, "lasts_s": 40, "role": "reception", "space": "room", "at": [40, 40]}}),
    "vehicle": ("starter-vehicle.json", {
        "kind": "vehicle", "vehicle": {"at_s": 10, "gate": "edge", "space": "yard", "at": [10, 5], "mass_t": 3.5,
                                       "notice_s": 20, "drives_at_s": 120}}),
    "outage": ("campus-power-lost.json", {
        "kind": "evacuation", "alarm_at_s": 30, "outages": [{"at_s": 10, "channel": "radio", "until_s": 90}, {"at_s": 20, "mains": True}],
        "exercise": {"stop_word": "STOP", "goals": ["Decide"], "roles": [{"part": "player", "name": "Head"}],
                     "injects": [{"id": "1", "name": "One", "at_s": 60, "text": "A courier asks", "question": "Who decides?"},
                                 {"id": "2", "name": "Two", "at_s": 90, "text": "Gone", "act": {"kind": "cut", "channel": "telephone"}}]}}),
    "walk": ("evacuation.json", {"kind": "evacuation", "alarm_at_s": 5, "motion": "walk"}),
}


def bundle(name):
    playbook_file, given = INCIDENTS[name]
    playbook = at_home(without_texts(read(f"playbooks/{playbook_file}")))
    incident = {"format": "muster.incident", "version": 1, "id": name, "site": "site.json", "roster": "roster.json",
                "policy": "policy.json", "playbooks": ["playbook.json"], "horizon_s": 1800, "motion": "flow", **copy.deepcopy(given)}
    return {"incident.json": incident, "site.json": small_site(), "roster.json": roster_for(playbook["steps"]),
            "policy.json": policy_for(playbook["steps"]), "playbook.json": playbook}


def plant():
    """The gas release of the tests."""
    files = {f"{n}.json": without_texts(json.loads((ROOT / "tests" / "plant" / f"{n}.json").read_text(encoding="utf-8")))
             for n in ("incident", "site", "roster", "playbook")}
    files["policy.json"] = policy_for(files["playbook.json"]["steps"])
    files["incident.json"]["policy"] = "policy.json"
    return files


def plans():
    return {**{name: bundle(name) for name in INCIDENTS}, "release": plant()}


def write_bundle(folder, files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, value in files.items():
        (folder / name).write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    for plan_name, plan_files in plans().items():
        write_bundle(pathlib.Path(sys.argv[1]) / plan_name, plan_files)
