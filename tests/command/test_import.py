#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`muster import imdf`: a small house drawn here, with the faults that real plans have, and, where
the shared plans are there, a real campus whose figures are known.

usage: test_import.py MUSTER ROOT SHARED
"""
import copy
import json
import math
import pathlib
import subprocess
import sys
import tempfile

from scenario import Tally

MUSTER, ROOT, SHARED = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
LON, LAT = 10.0, 50.0
TALLY = Tally()
check, skip = TALLY.check, TALLY.skip


def muster(*words):
    return subprocess.run([MUSTER, *map(str, words)], capture_output=True, text=True, timeout=250)


def uuid(name):
    """A stable id that looks like IMDF's."""
    digits = "".join(f"{(ord(c) * 37 + i * 11) % 256:02x}" for i, c in enumerate(name * 16))[:32]
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:32]}"


def degrees(x, y):
    return [LON + x / (111320 * math.cos(math.radians(LAT)) * 1.00112), LAT + y / 111229]


def box(x0, y0, x1, y1):
    return [[x0, y0], [x1, y0], [x1, y1], [x0, y1]]


def polygon(points):
    ring = [degrees(*p) for p in points + points[:1]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(kind, key, geometry, **properties):
    return {"type": "Feature", "feature_type": kind, "id": uuid(key), "geometry": geometry,
            "properties": properties}


def unit(key, level_key, category, points, name=None):
    return feature("unit", key, polygon(points), category=category, level_id=uuid(level_key),
                   name=name, restriction=None)


def opening(key, level_key, a, b):
    line = {"type": "LineString", "coordinates": [degrees(*a), degrees(*b)]}
    return feature("opening", key, line, category="pedestrian", level_id=uuid(level_key), name=None)


def level(key, building, ordinal, short):
    return feature("level", key, polygon(box(0, -10, 20, 8)), ordinal=ordinal, category="unspecified",
                   name={"en": f"Level {short}"}, short_name={"en": short},
                   building_ids=[uuid(building)], outdoor=False)


def house():
    """Two levels with a stair and one exit, and an annex that has no door to the outside."""
    spiky = [[0, 3], [8, 3], [8, 3.001], [8, 8], [5, 8], [5, 12], [4.999, 8], [0, 8]]
    return {
        "venue": [feature("venue", "venue", polygon(box(-50, -50, 90, 50)), name={"en": "Test place"},
                          category="university")],
        "building": [
            feature("building", "house", None, name={"ru": "Дом №1", "en": "House 1"}, category="x"),
            feature("building", "annex", None, name={"ru": "Пристройка"}, category="x"),
        ],
        "footprint": [],
        "level": [level("g", "house", 0, "1"), level("u", "house", 1, "2"),
                  level("a", "annex", 0, "1")],
        "unit": [
            unit("corridor", "g", "walkway", box(0, 0, 20, 3)),
            unit("room", "g", "classroom", box(0, 3.2, 8, 8), name={"ru": "Щит", "en": ""}),
            unit("shut", "g", "office", box(8.2, 3.2, 12, 8)),
            unit("lift", "g", "elevator", box(12.2, 3.2, 14, 5.5)),
            unit("stair", "g", "stairs", box(16, 3, 20, 8)),
            unit("hall", "g", "auditorium", box(0, -10, 12, 0)),
            unit("nook", "g", "restroom.female", box(0, -10, 4, -6)),
            unit("pillar", "g", "column", box(15, 0.5, 15.5, 1)),
            unit("corridor2", "u", "walkway", box(0, 0, 20, 3)),
            unit("stair2", "u", "stairs", box(16, 3, 20, 8)),
            unit("spiky", "u", "laboratory", spiky),
            unit("lift2", "u", "elevator", box(12.2, 3, 14, 5.5)),
            unit("liftroom", "u", "classroom", box(12.2, 5.5, 14, 8)),
            unit("passage", "a", "walkway", box(60, 0, 70, 3)),
            unit("cell", "a", "classroom", box(60, 3, 70, 8)),
        ],
        "opening": [
            opening("d-room", "g", [3, 3.1], [4, 3.1]),       # in the middle of a wall of 0.2 m
            opening("d-hall", "g", [5, 0], [6.5, 0]),
            opening("d-nook", "g", [1, -6], [2, -6]),          # between two that overlap as drawn
            opening("d-stair", "g", [17, 3], [18.4, 3]),
            opening("d-lift", "g", [12.5, 3.1], [13.5, 3.1]),
            opening("exit", "g", [20, 1], [20, 2.5]),
            opening("d-stair2", "u", [17, 3], [18.4, 3]),
            opening("d-spiky", "u", [2, 3], [3, 3]),
            opening("d-lift2", "u", [12.5, 3], [13.5, 3]),
            opening("d-liftroom", "u", [12.5, 5.5], [13.5, 5.5]),
            opening("balcony", "u", [0, 1], [0, 2]),           # outdoors, but above the ground
            opening("d-cell", "a", [64, 3], [65, 3]),
        ],
        "anchor": [feature("anchor", "anchor", {"type": "Point", "coordinates": degrees(3, -3)},
                           unit_id=uuid("hall"))],
        "occupant": [feature("occupant", "occupant", None, anchor_id=uuid("anchor"),
                             category="classroom", name={"en": "Classroom 7"})],
    }


def write(folder, plan, reverse=False):
    folder.mkdir(parents=True)
    for kind, features in plan.items():
        ordered = features[::-1] if reverse else features
        (folder / f"{kind}.geojson").write_text(
            json.dumps({"type": "FeatureCollection", "name": kind, "features": ordered}),
            encoding="utf-8")
    return folder


class Import:
    """What one import gave."""

    def __init__(self, folder, out, *words):
        self.out = out
        self.run = muster("import", "imdf", folder, "-o", out, *words)
        self.code = self.run.returncode
        self.site = self.report = self.roster = None
        if (out / "site.json").exists():
            self.site, self.report, self.roster = [
                json.loads((out / name).read_text(encoding="utf-8"))
                for name in ("site.json", "import-report.json", "roster.json")]
            self.names = {source: own for own, source in self.report["ids"]["units"].items()}
            self.doors = {source: own for own, source in self.report["ids"]["openings"].items()}
            self.spaces = {s["id"]: s for s in self.site["spaces"]}
            self.portals = {p["id"]: p for p in self.site["portals"]}

    def unit(self, name):
        return self.names.get(uuid(name))

    def space(self, name):
        return self.spaces.get(self.unit(name))

    def between(self, name):
        portal = self.portals.get(self.doors.get(uuid(name)), {"between": []})
        return set(portal["between"])

    def lost(self):
        return {row["unit"]: row["reason"] for row in self.report["no_way_out"]}

    def bytes(self):
        return {p.name: p.read_bytes() for p in sorted(self.out.iterdir())}


def area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1])) / 2


def off_border(space, at):
    """Distance of a point from a space's border."""
    least = math.inf
    for ring in [space["polygon"], *space.get("holes", [])]:
        for a, b in zip(ring, ring[1:] + ring[:1]):
            square = math.dist(a, b) ** 2
            t = ((at[0] - a[0]) * (b[0] - a[0]) + (at[1] - a[1]) * (b[1] - a[1])) / square
            t = min(1, max(0, t))
            least = min(least, math.dist(at, [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]))
    return least


def holds(space, at):
    inside = False
    for ring in [space["polygon"], *space.get("holes", [])]:
        for a, b in zip(ring, ring[1:] + ring[:1]):
            if (a[1] > at[1]) != (b[1] > at[1]) and \
                    at[0] < a[0] + (at[1] - a[1]) / (b[1] - a[1]) * (b[0] - a[0]):
                inside = not inside
    return inside


def check_site(name, got):
    """What holds for every import: lines on borders, stairs inside, rings the right way round."""
    faults = []
    for space in got.spaces.values():
        if area(space["polygon"]) <= 0 or any(area(hole) >= 0 for hole in space.get("holes", [])):
            faults.append(f"{space['id']}: ring the wrong way round")
    for portal in got.portals.values():
        first, second = (got.spaces[i] for i in portal["between"])
        if portal["kind"] == "stair":
            if not all(holds(first, p) for p in portal["line"]) or \
                    not all(holds(second, p) for p in portal["upper_line"]):
                faults.append(f"{portal['id']}: a flight outside its stair")
        elif max(off_border(first, p) for p in portal["line"]) > 0.01 or \
                max(off_border(second, p) for p in portal["line"]) > 0.6:
            faults.append(f"{portal['id']}: not on the borders")
    for point in got.site["assembly_points"]:
        for portal in got.portals.values():
            if point["space"] in portal["between"] and \
                    math.dist(point["at"], portal["line"][0]) < 7:
                faults.append(f"{point['id']}: close to {portal['id']}")
    check(f"{name}: doors on borders, flights inside, rings in order", not faults, faults[:3])


def check_loads(name, got):
    run = muster("check", got.out / "evacuation.json", got.out / "site.json")
    check(f"{name}: what is written passes `muster check`", run.returncode == 0,
          (run.stdout + run.stderr)[:500])


def check_house(got):
    check("house: imported", got.code == 0 and got.site is not None, got.run.stderr)
    check("house: ids are readable", got.unit("corridor", ).startswith("house-1-l1-walkway-u"),
          got.unit("corridor"))
    check("house: names fall back to transliteration", got.space("room")["name"] == "Shchit",
          got.space("room")["name"])
    check("house: an occupant tells more than a category", got.space("hall")["use"] == "classroom",
          got.space("hall")["use"])
    check("house: no building without a name in the ids",
          any(s["id"].startswith("pristroyka-l1-") for s in got.site["spaces"]), list(got.spaces))
    check("house: a door crosses a wall", got.between("d-room") ==
          {got.unit("corridor"), got.unit("room")}, got.between("d-room"))
    check("house: the larger of two that overlap is cut",
          abs(area(got.space("hall")["polygon"]) - 104) < 0.2 and
          abs(area(got.space("nook")["polygon"]) - 16) < 0.05, area(got.space("hall")["polygon"]))
    check("house: and the cut is told", got.report["figures"]["overlaps_above_1_m2"] == 1 and
          any(r["code"] == "overlap" and r["subject"] == got.unit("hall")
              for r in got.report["repaired"]), got.report["repaired"])
    check("house: a door between them joins them", got.between("d-nook") ==
          {got.unit("hall"), got.unit("nook")}, got.between("d-nook"))
    spiky = got.space("spiky")["polygon"]
    check("house: a spike and a double point are removed",
          max(p[1] for p in spiky) - min(p[1] for p in spiky) < 5.1 and len(spiky) <= 6, spiky)
    check("house: a column is no space", got.unit("pillar") is None, got.unit("pillar"))
    stairs = got.report["stairs"]
    check("house: stairs over each other are linked", len(stairs) == 1 and
          (stairs[0]["lower"], stairs[0]["upper"]) == (got.unit("stair"), got.unit("stair2")) and
          abs(stairs[0]["length_m"] - 3.6 * 1.85) < 1e-9 and stairs[0]["width_m"] == 1.4, stairs)


def check_house_ways(got):
    exits = got.report["exits"]
    check("house: the door at the outer edge is an exit", len(exits) == 1 and
          exits[0]["unit"] == got.unit("corridor") and exits[0]["to"] == "house-1-outdoor" and
          abs(exits[0]["width_m"] - 1.5) < 0.01, exits)
    check("house: a door out of an upper level is set aside",
          any("above the ground" in r["text"] for r in got.report["left_out"]),
          got.report["left_out"])
    expected = {got.unit("shut"): "no-opening", got.unit("liftroom"): "lift-only",
                got.unit("passage"): "no-exterior-door", got.unit("cell"): "no-exterior-door"}
    check("house: who has no way out, and why", got.lost() == expected, got.lost())
    figures = got.report["figures"]["as_drawn"]
    check("house: the figures add up", (figures["units_with_way_out"],
          figures["units_without_way_out"], figures["lifts"]) == (8, 4, 2), figures)
    proposals = {p["id"]: p for p in got.report["proposals"]}
    check("house: an exit is proposed for the annex's passage",
          f"exit-{got.unit('passage')}-1" in proposals, list(proposals))
    check("house: a door is proposed for the room without any",
          f"door-{got.unit('shut')}-1" in proposals, list(proposals))
    check("house: no exit is proposed where there is one",
          not any(p["unit"] == got.unit("corridor") and p["kind"] == "exit"
                  for p in proposals.values()), list(proposals))
    groups = {g["id"]: g["count"] for g in got.roster["groups"]}
    wanted = (8 * 4.8 + 104) / 1.9 * 0.5
    check("house: people by area, load and occupancy",
          abs(groups.get("house-1-l1-class", 0) - wanted) <= 1, (groups, wanted))


def overlay(got):
    return {
        "format": "muster.overlay", "version": 1, "id": "test", "source": "drawn by hand",
        "accept": [f"exit-{got.unit('passage')}-1", "exit-from-nowhere-1"],
        "doors": [{"id": "added", "unit": uuid("shut"), "to": got.unit("room"),
                   "at": [[10_000, 10_000]], "width_m": 1}],
        "stairs": [{"lower": uuid("stair"), "upper": got.unit("stair2"), "width_m": 1.0}],
        "uses": [{"unit": got.unit("room"), "use": "meeting", "why": "so it is"}],
        "drops": [{"unit": uuid("liftroom")}, {"unit": "not-there"}],
    }


def check_overlay(folder, plain, work):
    """Accepts, adds, changes and drops; what fits nothing is told and does not stop the rest."""
    wanted = overlay(plain)
    shut, room = plain.space("shut")["polygon"], plain.space("room")["polygon"]
    x = (min(p[0] for p in shut) + max(p[0] for p in room)) / 2
    y = sum(p[1] for p in room) / 4
    wanted["doors"].append({"id": "added-well", "unit": uuid("shut"), "to": plain.unit("room"),
                            "at": [[x, y]], "width_m": 1})
    cell = plain.space("cell")["polygon"]
    top = max(p[1] for p in cell)
    west = min(p[0] for p in cell)
    wanted["doors"].append({"id": "cell-exit", "unit": uuid("cell"),
                            "line": [[west + 2, top + 0.3], [west + 4, top + 0.3]]})
    file = work / "overlay.json"
    file.write_text(json.dumps(wanted), encoding="utf-8")
    got = Import(folder, work / "with-overlay", "--overlay", file)
    check("overlay: entries that fit nothing give exit status 1", got.code == 1, got.run.stderr)
    unfit = {r["subject"] for r in got.report["overlay"] if not r["fits"]}
    check("overlay: and are named", unfit == {"exit-from-nowhere-1", "added", "not-there"}, unfit)
    check("overlay: the accepted exit leads the annex out",
          plain.unit("cell") not in got.lost() and plain.unit("passage") not in got.lost(),
          got.lost())
    check("overlay: the added door leads the shut room out", got.lost() == {}, got.lost())
    exit_door = got.portals.get("cell-exit", {"between": [], "line": [[0, 0]]})
    check("overlay: a door given by a line is laid on the border",
          exit_door["between"] == [plain.unit("cell"), "pristroyka-outdoor"] and
          off_border(got.space("cell"), exit_door["line"][0]) < 0.002, exit_door)
    check("overlay: a flight is replaced", [(s["width_m"], s["from"]) for s in got.report["stairs"]]
          == [(1.0, "overlay")], got.report["stairs"])
    check("overlay: a use is changed", got.space("room")["use"] == "meeting", got.space("room"))
    check("overlay: a unit is dropped", got.unit("liftroom") is None, got.unit("liftroom"))
    check("overlay: the source is stated", got.site["source"]["en"] == "drawn by hand",
          got.site["source"])
    check_site("overlay", got)
    check_loads("overlay", got)


def check_stability(plan, plain, work):
    again = Import(work / "plan", work / "again")
    check("a re-import gives the same bytes", again.bytes() == plain.bytes())
    turned = Import(write(work / "turned-plan", plan, reverse=True), work / "turned")
    check("the order of features does not matter", turned.site == plain.site)
    chinese = Import(work / "plan", work / "chinese", "--lang", "zh")
    check("the language changes the report only", chinese.site == plain.site and
          chinese.roster == plain.roster)
    grown = copy.deepcopy(plan)
    grown["unit"].append(unit("new", "u", "classroom", box(8.2, 3, 12, 8)))
    more = Import(write(work / "grown-plan", grown), work / "grown")
    check("a new unit renames no other",
          all(more.names.get(source) == own for source, own in plain.names.items()))


def check_choice(folder, plain, work):
    part = Import(folder, work / "part", "--buildings", "house-1")
    check("--buildings leaves the others out", part.code == 0 and
          {s["level"] for s in part.site["spaces"]} == {"house-1-l1", "house-1-l2"},
          part.run.stderr)
    file = work / "annex-overlay.json"
    file.write_text(json.dumps({"format": "muster.overlay", "version": 1, "id": "x", "accept":
                                [f"exit-{plain.unit('passage')}-1"]}), encoding="utf-8")
    part = Import(folder, work / "part3", "--buildings", "house-1", "--overlay", file)
    check("an overlay's entry for what was not chosen is no fault", part.code == 0 and
          [r["code"] for r in part.report["overlay"]] == ["not-chosen"], part.run.stderr)
    part = Import(folder, work / "part2", "--levels", "house-1-l2,pristroyka-l1")
    check("--levels takes a list", part.code == 0 and
          {s["level"] for s in part.site["spaces"]} == {"house-1-l2", "pristroyka-l1"},
          part.run.stderr)
    for words in (["--levels", "roof"], ["--occupancy", "many"], ["--ring", "0"], ["--id", "a b"]):
        wrong = Import(folder, work / "wrong", *words)
        check(f"{' '.join(words)} is refused", wrong.code == 2 and not wrong.out.exists() and
              wrong.run.stderr.count("\n") >= 1, (wrong.code, wrong.run.stderr))


def broken(plan):
    """(name, how the files are spoilt, word of the message)"""
    def spoil(kind, text):
        return lambda folder: (folder / f"{kind}.geojson").write_text(text, encoding="utf-8")

    whole = json.dumps({"type": "FeatureCollection", "features": plan["unit"]})
    flat = copy.deepcopy(plan["unit"])
    flat[0]["geometry"]["coordinates"] = [[[500000, 5540000], [500020, 5540000], [500020, 5540003]]]
    far = copy.deepcopy(plan["unit"])
    far[0]["geometry"]["coordinates"] = [[[0, 0], [0.001, 0], [0.001, 0.001], [0, 0]]]
    twice = plan["unit"] + plan["unit"][:1]
    features = '{"type": "FeatureCollection", "features": %s}'
    return [
        ("no unit file", lambda folder: (folder / "unit.geojson").unlink(), "unit.geojson"),
        ("truncated", spoil("unit", whole[: len(whole) // 2]), "unit.geojson"),
        ("empty file", spoil("level", ""), "level.geojson"),
        ("no features", spoil("unit", features % "[]"), "unit"),
        ("metres for degrees", spoil("unit", features % json.dumps(flat)), "longitude"),
        ("continents apart", spoil("unit", features % json.dumps(far)), "km"),
        ("an id twice", spoil("unit", features % json.dumps(twice)), uuid("corridor")),
        ("not GeoJSON", spoil("unit", "hello"), "unit.geojson"),
    ]


def check_broken(plan, work):
    for number, (name, spoil, word) in enumerate(broken(plan)):
        folder = write(work / f"broken-{number}", plan)
        spoil(folder)
        got = Import(folder, work / f"broken-out-{number}")
        check(f"broken: {name}", got.code == 2 and not got.out.exists() and word in got.run.stderr,
              (got.code, got.run.stderr[:300]))
    bad = work / "bad-overlay.json"
    bad.write_text('{"format": "muster.overlay", "version": 1, "id": "x", "accpet": []}')
    got = Import(work / "plan", work / "bad-out", "--overlay", bad)
    check("broken: an unknown key in the overlay", got.code == 2 and not got.out.exists() and
          "accpet" in got.run.stderr, (got.code, got.run.stderr[:300]))


def check_campus(work):
    folder = pathlib.Path(SHARED, "plans", "polytech-campus-imdf") if SHARED else None
    if folder is None or not folder.is_dir():
        skip("campus", "the shared plans are not here")
        return
    plain = Import(folder, work / "campus")
    figures = plain.report["figures"]
    check("campus: 443 units on 8 levels, 38,100 m2", figures["units"] == 443 and
          figures["levels_read"] == 8 and abs(figures["area_m2"] - 38100) < 50, figures)
    # 468 lie on the borders of two units or more. The other four are doors of rooms that are drawn
    # over a corridor: once the overlap is cut they join two units as well, and none leads outdoors.
    two = figures["openings_near_two_borders"] + figures["openings_near_another_number"]
    check("campus: 468 of 472 openings on two borders, 4 on one",
          (figures["openings"], two, figures["openings_near_one_border"]) == (472, 468, 4), figures)
    check("campus: all 472 join two units, none leads outdoors",
          (figures["openings_joining_two_units"], figures["openings_leading_outdoors"]) == (472, 0),
          figures)
    check("campus: four overlaps above 1 m2", figures["overlaps_above_1_m2"] == 4, figures)
    check("campus: groups of 273, 164 and 1 units, and 5 lifts, without a way out",
          sorted(figures["as_drawn"]["components"]) == [1, 164, 273] and
          figures["as_drawn"]["lifts"] == 5, figures["as_drawn"])
    check("campus: 36 flights", len(plain.report["stairs"]) == 36, len(plain.report["stairs"]))
    check_site("campus", plain)
    exits = ROOT / "scenarios" / "imports" / "polytech-overlay.json"
    got = Import(folder, work / "campus-out", "--overlay", exits)
    check("campus: every entry of the shipped overlay fits", got.code == 0, got.run.stderr)
    now = got.report["figures"]["with_overlay"]
    check("campus: with it all get out but one room without a door",
          (now["units_with_way_out"], now["units_without_way_out"]) == (437, 1) and
          list(got.lost().values()) == ["no-opening"], now)
    check("campus: the licence is stated", "Apache" in got.site["source"]["en"], got.site["source"])
    check_site("campus with exits", got)
    check_loads("campus with exits", got)


def main():
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        plan = house()
        folder = write(work / "plan", plan)
        plain = Import(folder, work / "out")
        if "import.no-gdal" in plain.run.stderr:
            check("without GDAL the command says what to install",
                  plain.code == 2 and "libgdal-dev" in plain.run.stderr, plain.run.stderr)
            skip("import", "built without GDAL")
        else:
            check_house(plain)
            check_house_ways(plain)
            check_site("house", plain)
            check_loads("house", plain)
            check_overlay(folder, plain, work)
            check_stability(plan, plain, work)
            check_choice(folder, plain, work)
            check_broken(plan, work)
            check_campus(work)
    return TALLY.finish()


if __name__ == "__main__":
    sys.exit(main())
