#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check the campus as data: is everything there that its incidents and playbooks need, in numbers
that make sense, and does the program find no fault in it?

usage: test_campus.py MUSTER ROOT [SHARED]
"""
import math
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from scenario import Tally, read

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
ROSTERS = {"roster.json": "evacuation.json", "roster-evening.json": "evacuation-evening.json",
           "roster-night.json": "evacuation-night.json"}
DEMANDED_PER_HUNDRED_M = 0.65  # GB 50016-2014, table 5.5.21-1, two storeys above ground


def count(records, **wanted):
    return sum(r.get("count", 1) for r in records
               if all(r.get(key) == value for key, value in wanted.items()))


def area(space):
    def ring(points):
        ends = zip(points, points[1:] + points[:1])
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in ends)) / 2
    return ring(space["polygon"]) - sum(ring(hole) for hole in space.get("holes", []))


def names(value):
    """Every text of a file that has two languages or should."""
    if isinstance(value, dict):
        if set(value) & {"en", "zh"}:
            yield value
        for item in value.values():
            yield from names(item)
    elif isinstance(value, list):
        for item in value:
            yield from names(item)


def reached(site, passes):
    """Spaces from which the open is reached over portals that `passes` lets through; lifts aside."""
    uses = {s["id"]: s["use"] for s in site["spaces"]}
    out = {s for s, use in uses.items() if use == "outdoor"}
    more = True
    while more:
        more = False
        for portal in site["portals"]:
            pair = portal["between"]
            if len(pair) < 2 or not passes(portal):
                continue
            one_way = portal.get("state") in ("exit_only", "one_way")
            for a, b in [pair] if one_way else [pair, pair[::-1]]:
                if b in out and a not in out:
                    out.add(a)
                    more = True
    return out, {s for s, use in uses.items() if use != "lift"}


def check_site(tally, site):
    uses = Counter(s["use"] for s in site["spaces"])
    for use in ("office", "meeting", "lobby", "corridor", "stair", "lift", "sanitary", "control_room",
                "command", "data_centre", "archive", "plant", "retail", "assembly", "parking", "roof",
                "outdoor"):
        tally.check(f"has {use}", uses[use] > 0)
    built = {s["level"] for s in site["spaces"] if s["use"] == "office"}
    tally.check("offices on four levels", len(built) >= 4, built)
    stairs = {frozenset(p["between"]) for p in site["portals"] if p["kind"] == "stair"}
    levels = {s["id"]: s["level"] for s in site["spaces"]}
    linked = {frozenset(levels[s] for s in pair) for pair in stairs}
    tally.check("stairs between at least four levels", len(set().union(*linked)) >= 4, linked)
    hall = sum(area(s) for s in site["spaces"]
               if s["id"].startswith("mall.") and s["use"] in ("assembly", "retail"))
    tally.check("the hall holds 600 at 5.6 m² each", hall / 5.6 >= 600, hall)
    tally.check("assembly points and a reserve", len(site["assembly_points"]) >= 3)
    middle = [sum(p["at"][k] for p in site["assembly_points"]) / len(site["assembly_points"])
              for k in (0, 1)]
    bearings = sorted(math.atan2(p["at"][1] - middle[1], p["at"][0] - middle[0])
                      for p in site["assembly_points"])
    gaps = [b - a for a, b in zip(bearings, bearings[1:] + [bearings[0] + 2 * math.pi])]
    tally.check("assembly points on all sides", max(gaps) < math.radians(200), gaps)
    kinds = Counter(p["kind"] for p in site["posts"])
    for kind in ("guard", "key", "outer_cordon", "inner_cordon", "command", "medical", "desk"):
        tally.check(f"posts: {kind}", kinds[kind] > 0)
    equipment = Counter(e["kind"] for e in site["equipment"])
    for kind in ("camera", "blast_blanket", "eod_kit", "protective_kit", "medical_kit", "radio",
                 "barrier_tape", "generator"):
        tally.check(f"equipment: {kind}", equipment[kind] > 0)
    tally.check("every camera sees a space",
                all(e.get("covers") for e in site["equipment"] if e["kind"] == "camera"))
    tally.check("eight kinds of channel", len({c["kind"] for c in site["channels"]}) == 8)
    radio = next(c for c in site["channels"] if c["kind"] == "radio")
    tally.check("radio has dead spots", {"garage.b1.hall", "dc.g.core_a"} <= set(radio["dead_spaces"]))


def check_zones(tally, site):
    zones = {}
    for portal in site["portals"]:
        zones.setdefault(portal.get("zone"), []).append(portal)
    for zone in ("road", "pedestrian", "utility", "entrance", "screening", "area", "fire_doors",
                 "emergency_exit", "keysite", "plant_doors", "chlorine", "mall_entrance", "mall_shops",
                 "mall_area", "non_essential", "control", "roof", "office_l2_rooms",
                 "office_l2_stairs"):
        tally.check(f"zone {zone}", zones.get(zone), sorted(filter(None, zones)))
    tally.check("two gates close the road", len({tuple(sorted(p["between"])) for p in zones["road"]}) >= 2)
    tally.check("bollards take time",
                all(p["closes_in_s"]["high"] <= 30 for p in zones["road"]))
    passages = [p for p in zones["keysite"] if set(p["between"]) == {"dc.g.buffer_s", "dc.g.corridor"}]
    tally.check("two passages into the buffer zone", len(passages) == 2)
    into_core = [p for p in site["portals"] if "dc.g.core_a" in p["between"]]
    tally.check("the core is entered through the buffer zone only",
                all(set(p["between"]) & {"dc.g.buffer_s", "dc.g.buffer_n"} for p in into_core))
    beside = {s for p in site["portals"] if "plant.g.chlorine" in p["between"] for s in p["between"]}
    tally.check("the dosing room has its neighbours",
                {"plant.g.corridor", "plant.g.pump_room"} <= beside, beside)


def check_ways(tally, site):
    out, spaces = reached(site, lambda p: p.get("access") != "key" and
                          p.get("state", "open") not in ("closed", "wait"))
    keyed, _ = reached(site, lambda p: True)
    tally.check("every space reaches the open with keys", spaces <= keyed, spaces - keyed)
    locked = spaces - out
    tally.check("few rooms need a key", len(locked) <= 10, locked)
    return locked


def width(portal):
    (ax, ay), (bx, by) = portal["line"]
    return portal.get("width_m") or math.hypot(bx - ax, by - ay)


def check_stair_width(tally, site, roster, name):
    """People above ground in the office and in the mall against the stairs of the level below."""
    levels = {s["id"]: s["level"] for s in site["spaces"]}
    for building, places in (("office", ("L1", "L2", "L3")), ("mall", ("L1",))):
        above = 0
        for group in roster["groups"]:
            inside = [s for s in group["in"] if s.startswith(building) and levels[s] in places]
            above += group["count"] * len(inside) / len(group["in"])
        have = sum(width(p) for p in site["portals"] if p["kind"] == "stair" and
                   p["between"][0].startswith(building + ".g"))
        need = DEMANDED_PER_HUNDRED_M * above / 100
        tally.check(f"{name}: stairs of the {building} are wide enough", have >= need, (have, need))


def check_roster(tally, site, roster, name, locked):
    people = count(roster["groups"]) + count(roster["members"])
    guards = count(roster["members"], role="guard") + count(roster["members"], role="guard_captain")
    tally.check(f"{name}: a guard for every fifty", guards * 50 >= people, (guards, people))
    tally.check(f"{name}: nobody is put where a key is needed",
                not {s for g in roster["groups"] for s in g["in"]} & locked)
    patrols = {p["id"]: p for p in roster["patrols"]}
    walked = {m["patrol"] for m in roster["members"] if "patrol" in m}
    tally.check(f"{name}: patrols hourly", all(p["every_s"] <= 3600 for p in patrols.values()))
    tally.check(f"{name}: patrols are walked", walked and walked <= set(patrols))
    roles = {u["role"] for u in roster["units"]}
    tally.check(f"{name}: help from outside", {"police", "medical", "fire"} <= roles, roles)
    tally.check(f"{name}: two operators at least", count(roster["members"], role="operator") >= 2)
    check_stair_width(tally, site, roster, name)


def check_day(tally, roster, evening, night):
    people = count(roster["groups"]) + count(roster["members"])
    tally.check("about 1,200 people", 1100 <= people <= 1300, people)
    for role, least in (("staff", 500), ("visitor", 60), ("contractor", 50), ("public", 250)):
        tally.check(f"{role}: {least} at least", count(roster["groups"], role=role) >= least)
    kinds = {m["kind"] for g in roster["groups"] for m in g.get("mobility", [])}
    tally.check("people with impaired mobility", {"wheelchair", "stick", "elderly", "crutches"} <= kinds)
    team = [m for m in roster["members"] if m["role"] == "ert"]
    tally.check("response team of 20", count(team) == 20)
    skills = Counter()
    for member in team:
        for skill in member["skills"]:
            skills[skill] += member.get("count", 1)
    tally.check("5 disposal, 8 medical, 7 negotiators",
                (skills["eod"], skills["medic"], skills["negotiator"]) == (5, 8, 7), skills)
    leaders = count(roster["members"], role="leader")
    tally.check("commander, deputy and four group heads", leaders == 6, leaders)
    for role in ("security_head", "emergency_head", "duty_head", "intelligence", "engineer",
                 "logistics", "guide"):
        tally.check(f"on duty: {role}", count(roster["members"], role=role) > 0)
    tally.check("the hall is full in the evening", count(evening["groups"], role="public") >= 600)
    tally.check("few at night", count(night["groups"]) < 100)
    shift = [{m["id"].split(".")[1] for m in r["members"] if m["role"] == "guard"
              and not m.get("off_duty")}
             for r in (roster, night)]
    tally.check("another team at night", not shift[0] & shift[1], shift)


def main():
    muster, root = sys.argv[1], Path(sys.argv[2])
    folder = root / "scenarios" / "campus"
    tally = Tally()
    site = read(folder / "site.json")
    rosters = {name: read(folder / name) for name in ROSTERS}
    done = subprocess.run([muster, "check", *(str(folder / i) for i in ROSTERS.values())],
                          capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    tally.check("the incidents have no fault", done.returncode == 0 and "0 errors, 0 warnings" in said,
                said)
    for name, incident in ROSTERS.items():
        tally.check(f"{incident} uses its roster", read(folder / incident)["roster"] == name)
    for name, file in [("site.json", site), *rosters.items()]:
        lacking = [t for t in names(file) if not (t.get("en") and HAN.search(t.get("zh", "")))]
        tally.check(f"{name}: both languages everywhere", not lacking, lacking[:3])
    check_site(tally, site)
    check_zones(tally, site)
    locked = check_ways(tally, site)
    for name, roster in rosters.items():
        check_roster(tally, site, roster, name, locked)
    check_day(tally, *rosters.values())
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
