#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`muster import` of drawings that are not IMDF: one small floor told in five formats must give the
same rooms; and, where the shared plans are there, other people's drawings.

usage: test_import_formats.py MUSTER ROOT SHARED
"""
import json
import math
import pathlib
import subprocess
import sys
import tempfile

from scenario import Tally

MUSTER, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
SHARED = pathlib.Path(sys.argv[3] or "no-shared-plans")
TALLY = Tally()
check, skip = TALLY.check, TALLY.skip

# Two offices on a corridor: name, use, box.
ROOMS = [("East office", "office", (0, 3, 5, 8)), ("West office", "办公室", (5, 3, 12, 8)),
         ("Corridor", "corridor", (0, 0, 12, 3))]
# Doors as (ends of a line, leads out).
DOORS = [((2, 3), (3, 3), False), ((8, 3), (9, 3), False), ((12, 0.5), (12, 2.5), True)]


class Import:
    def __init__(self, out, *words):
        self.run = subprocess.run([MUSTER, "import", *map(str, words), "-o", out],
                                  capture_output=True, text=True, timeout=250)
        self.out, self.code = out, self.run.returncode
        self.site = self.report = None
        if (out / "site.json").exists():
            self.site = json.loads((out / "site.json").read_text(encoding="utf-8"))
            self.report = json.loads((out / "import-report.json").read_text(encoding="utf-8"))

    def rooms(self):
        return {s["name"]: s for s in self.site["spaces"] if s["use"] != "outdoor"}

    def loads(self):
        run = subprocess.run([MUSTER, "check", self.out / "evacuation.json"], capture_output=True,
                             text=True, timeout=250)
        return run.returncode == 0, run.stdout + run.stderr


def ring_area(ring):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1]))) / 2


def area(space):
    return ring_area(space["polygon"]) - sum(map(ring_area, space.get("holes", [])))


def corners(box):
    x0, y0, x1, y1 = box
    return [[x0, y0], [x1, y0], [x1, y1], [x0, y1]]


def geojson(path):
    """The floor in degrees about (0, 0), doors as points."""
    def degrees(point):
        return [point[0] / 111319.5, point[1] / 110574.3]

    features = [{"type": "Feature", "properties": {"Name": name, "type": use, "id": i},
                 "geometry": {"type": "Polygon",
                              "coordinates": [[degrees(p) for p in corners(box) + corners(box)[:1]]]}}
                for i, (name, use, box) in enumerate(ROOMS)]
    for i, (a, b, out) in enumerate(DOORS):
        middle = degrees([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2])
        features.append({"type": "Feature", "geometry": {"type": "Point", "coordinates": middle},
                         "properties": {"type": "Exit" if out else "Door", "id": 100 + i}})
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def osm(path):
    """The same as OpenStreetMap's Simple Indoor Tagging, with a second level that has no way out."""
    lines, nodes, ways = [], {}, []
    for name, use, box in ROOMS:
        refs = []
        for x, y in corners(box):
            nodes.setdefault((x, y), -len(nodes) - 1)
            refs.append(nodes[x, y])
        kind = "corridor" if use == "corridor" else "room"
        level = "0;1" if name == "Corridor" else "0"
        ways.append((refs + refs[:1], {"indoor": kind, "level": level, "name": name,
                                       **({} if kind == "corridor" else {"room": "office"})}))
    doors = {}
    for a, b, out in DOORS:
        at = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        nodes[at] = -len(nodes) - 1
        doors[at] = {"level": "0", **({"entrance": "main", "width": "2"} if out else {"door": "yes"})}
    for (x, y), node in nodes.items():
        tags = "".join(f'<tag k="{k}" v="{v}"/>' for k, v in doors.get((x, y), {}).items())
        lines.append(f'<node id="{1000 + node}" version="1" visible="true" lat="{y / 110574.3:.9f}" '
                     f'lon="{x / 111319.5:.9f}">{tags}</node>')
    for i, (refs, tags) in enumerate(ways):
        body = "".join(f'<nd ref="{1000 + r}"/>' for r in refs)
        body += "".join(f'<tag k="{k}" v="{v}"/>' for k, v in tags.items())
        lines.append(f'<way id="{i + 1}" version="1" visible="true">{body}</way>')
    path.write_text('<?xml version="1.0"?><osm version="0.6">' + "".join(lines) + "</osm>", "utf-8")
    return path


def wall_lines():
    """The walls of the floor as single lines with gaps where the doors are, 4 cm short at one
    corner and 4 cm off the corridor's wall, as drawn by hand."""
    return [((0, 0), (12, 0)), ((12, 0), (12, 0.5)), ((12, 2.5), (12, 8)), ((12, 8), (0.04, 8)),
            ((0, 8), (0, 0)), ((0, 3), (2, 3)), ((3, 3), (8, 3)), ((9, 3), (12, 3)),
            ((5, 3.04), (5, 8))]


def dxf(path, scale=1000, header="  9\n$INSUNITS\n 70\n     4\n"):
    """A drawing in millimetres: lines on layers, and a text in each room."""
    parts = ["  0\nSECTION\n  2\nHEADER\n" + header + "  0\nENDSEC\n  0\nSECTION\n  2\nENTITIES\n"]

    def line(layer, a, b):
        parts.append(f"  0\nLINE\n  8\n{layer}\n 10\n{a[0] * scale}\n 20\n{a[1] * scale}\n 30\n0\n"
                     f" 11\n{b[0] * scale}\n 21\n{b[1] * scale}\n 31\n0\n")

    for a, b in wall_lines():
        line("WALLS", a, b)
    for a, b, _ in DOORS:
        line("A-DOORS", a, b)
    line("FURNITURE", (1, 4), (2, 5))
    for name, use, box in ROOMS:
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        parts.append(f"  0\nTEXT\n  8\nNAMES\n 10\n{x * scale}\n 20\n{y * scale}\n 30\n0\n 40\n200\n"
                     f"  1\n{name}\n")
    path.write_text("".join(parts) + "  0\nENDSEC\n  0\nEOF\n", "utf-8")
    return path


def jupedsim(path):
    def vertices(points):
        return "".join(f'<vertex px="{x}" py="{y}"/>' for x, y in points)

    def door(i, a, b, first, second):
        return (f'<transition id="{i}" room1_id="{first}" subroom1_id="0" room2_id="{second}" '
                f'subroom2_id="{-1 if second < 0 else 0}">{vertices([a, b])}</transition>')

    walls = [[[(2, 3), (0, 3), (0, 8), (5, 8), (5, 3), (3, 3)]],
             [[(8, 3), (5, 3), (5, 8), (12, 8), (12, 3), (9, 3)]],
             [[(12, 2.5), (12, 3), (9, 3)], [(8, 3), (3, 3)],
              [(2, 3), (0, 3), (0, 0), (12, 0), (12, 0.5)]]]
    rooms = "".join(
        f'<room id="{i}" caption="{ROOMS[i][0]}" zpos="0"><subroom id="0" class="'
        f'{"corridor" if i == 2 else "office"}">' +
        "".join(f'<polygon caption="wall">{vertices(w)}</polygon>' for w in walls[i]) +
        "</subroom></room>" for i in range(3))
    doors = "".join(door(i, a, b, [0, 1, 2][i], -1 if out else 2)
                    for i, (a, b, out) in enumerate(DOORS))
    path.write_text(f'<?xml version="1.0"?><geometry version="0.5" unit="m"><rooms>{rooms}</rooms>'
                    f"<transitions>{doors}</transitions></geometry>", "utf-8")
    return path


def table(path):
    rows = ["kind,id,name,level,use,x,y,width,depth"]
    for i, (name, use, (x0, y0, x1, y1)) in enumerate(ROOMS):
        rows.append(f"room,r{i},{name},0,{use},{x0},{y0},{x1 - x0},{y1 - y0}")
    for i, (a, b, out) in enumerate(DOORS):
        rows.append(f"{'entrance' if out else 'door'},d{i},,0,,{(a[0] + b[0]) / 2},"
                    f"{(a[1] + b[1]) / 2},,")
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def check_floor(name, got):
    check(f"{name}: imported", got.code == 0 and got.site is not None, got.run.stderr)
    if got.site is None:
        return
    rooms = got.rooms()
    wanted = {room: (box[2] - box[0]) * (box[3] - box[1]) for room, _, box in ROOMS}
    sizes = {room: round(area(space), 1) for room, space in rooms.items()}
    check(f"{name}: the rooms by name and size",
          set(sizes) == set(wanted) and all(abs(sizes[r] - wanted[r]) < 0.4 for r in wanted), sizes)
    uses = {room: space["use"] for room, space in rooms.items()}
    check(f"{name}: and by use", uses == {"East office": "office", "West office": "office",
                                          "Corridor": "corridor"}, uses)
    widths = sorted(round(p["width_m"], 1) for p in got.site["portals"])
    check(f"{name}: two doors and an exit", widths == [1.0, 1.0, 2.0], widths)
    figures = got.report["figures"]["with_overlay"]
    check(f"{name}: everybody gets out", (figures["units_with_way_out"],
          figures["units_without_way_out"], figures["exits"]) == (3, 0, 1), figures)
    good, said = got.loads()
    check(f"{name}: what is written passes `muster check`", good, said[:400])


def check_formats(work):
    check_floor("vector", Import(work / "v", "vector", geojson(work / "floor.geojson")))
    check_floor("dxf", Import(work / "d", "dxf", dxf(work / "floor.dxf")))
    check_floor("jupedsim", Import(work / "j", "jupedsim", jupedsim(work / "floor.xml")))
    check_floor("rooms", Import(work / "r", "rooms", table(work / "floor.csv")))
    got = Import(work / "o", "vector", osm(work / "floor.osm"))
    check("osm: a room on two levels is a space on each", got.site is not None and
          sorted(s["level"] for s in got.site["spaces"] if s["name"] == "Corridor") ==
          ["floor-l0", "floor-l1"], got.run.stderr)
    figures = got.report["figures"]["with_overlay"]
    check("osm: the upper one is told to have no way out", (figures["units_with_way_out"],
          figures["units_without_way_out"], figures["exits"]) == (3, 1, 1), figures)


def check_units(work):
    got = Import(work / "u1", "dxf", dxf(work / "u1.dxf", 1000, ""))
    unit = got.report["projection"]
    check("a drawing without a unit is taken for millimetres by its extent",
          unit["unit_m"] == 0.001 and "guess" in unit["unit_why"], unit)
    got = Import(work / "u2", "dxf", dxf(work / "u2.dxf", 10), "--unit", "dm")
    check("--unit beats what the file says", got.report["projection"]["unit_m"] == 0.1 and
          abs(area(got.rooms()["East office"]) - 25) < 0.4, got.report["projection"])
    got = Import(work / "u3", "wkt", wkt(work / "far.wkt", 4_000_000), "--default-use", "office")
    check("coordinates far off are brought near by whole kilometres",
          got.report["projection"]["shift_m"] == [4_000_000, 0] and
          area(next(iter(got.rooms().values()))) == 99, got.report["projection"])


def wkt(path, east=0):
    ring = ", ".join(f"{x + east} {y}" for x, y in corners((0, 0, 10, 10)) + [[0, 0]])
    hole = ", ".join(f"{x + east} {y}" for x, y in corners((4, 4, 5, 5)) + [[4, 4]])
    path.write_text(f"GEOMETRYCOLLECTION (POLYGON (({ring}), ({hole})))", "utf-8")
    return path


def check_proposals(work):
    plain = geojson(work / "bare.geojson")
    drawn = json.loads(plain.read_text("utf-8"))
    drawn["features"] = [f for f in drawn["features"] if f["geometry"]["type"] == "Polygon"]
    plain.write_text(json.dumps(drawn), "utf-8")
    got = Import(work / "p1", "vector", plain)
    figures = got.report["figures"]["with_overlay"]
    kinds = sorted(p["kind"] for p in got.report["proposals"])
    check("a plan without doors: each room is told, doors and an exit are proposed",
          figures["units_with_way_out"] == 0 and kinds.count("door") >= 2 and "exit" in kinds,
          (figures, kinds))
    got = Import(work / "p2", "vector", plain, "--accept")
    figures = got.report["figures"]["with_overlay"]
    check("--accept takes them all up", got.code == 0 and
          (figures["units_with_way_out"], figures["units_without_way_out"]) == (3, 0), figures)
    good, said = got.loads()
    check("and what it gives passes `muster check`", good, said[:400])


def check_led_elsewhere(work):
    """Files that name other files, commands or addresses are refused, whatever they are called."""
    room = work / "floor.geojson"
    vrt = f'<OGRVRTDataSource><OGRVRTLayer name="floor"><SrcDataSource>{room}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'
    wfs = "<OGRWFSDataSource><URL>http://127.0.0.1:9/wfs</URL></OGRWFSDataSource>"
    for name, text in (("elsewhere.vrt", vrt), ("elsewhere.geojson", vrt), ("service.xml", wfs), ("service.osm", wfs)):
        (work / name).write_text(text, "utf-8")
        got = Import(work / f"led-{name}", "vector", work / name)
        check(f"{name} leads nowhere", got.code == 2 and got.site is None and name in got.run.stderr and
              "127.0.0.1" not in got.run.stderr, got.run.stderr)
    for word in (f"WFS:http://127.0.0.1:9/{room}", f"/vsizip/{room}", vrt):
        got = Import(work / "led-word", "vector", word)
        check(f"{word[:30]} is no file", got.code == 2 and got.site is None, got.run.stderr)


def check_refusals(work):
    bad = work / "bad"
    bad.write_text("no drawing at all", "utf-8")
    for kind in ("vector", "dxf", "wkt", "jupedsim", "rooms"):
        got = Import(work / f"bad-{kind}", kind, bad)
        check(f"{kind}: a file that is none is refused", got.code == 2 and got.site is None and
              "bad" in got.run.stderr, got.run.stderr)
        got = Import(work / f"none-{kind}", kind, work / "not-there")
        check(f"{kind}: a file that is not there is refused", got.code == 2 and got.site is None and
              "not-there" in got.run.stderr, got.run.stderr)
    text = (work / "floor.csv").read_text("utf-8").replace("办公室,5,", "办公室,five,")
    (work / "cell.csv").write_text(text, "utf-8")
    got = Import(work / "cell", "rooms", work / "cell.csv")
    check("a cell that is no number is named", got.code == 2 and "cell.csv:3" in got.run.stderr and
          "five" in got.run.stderr, got.run.stderr)
    check_led_elsewhere(work)
    for words in (["--unit", "furlong"], ["--default-use", "zoo"], ["--gap", "3"]):
        got = Import(work / "wrong", "wkt", wkt(work / "w.wkt"), *words)
        check(f"{' '.join(words)} is refused", got.code == 2 and got.site is None, got.run.stderr)
    got = Import(work / "wrong", "pdf", bad)
    check("a format that is not there is refused", got.code == 2 and "jupedsim" in got.run.stderr,
          got.run.stderr)


def export(*words):
    return subprocess.run([MUSTER, "export", *map(str, words)], capture_output=True, text=True,
                          timeout=250)


def check_export(work):
    """What is written for others is read back: the same rooms, of the same use and size."""
    file = ROOT / "scenarios" / "head-office" / "site.json"
    site = json.loads(file.read_text("utf-8"))
    run = export("geojson", file, "-o", work / "out.geojson")
    got = Import(work / "back", "vector", work / "out.geojson", "--unit", "m")

    def rooms(of):
        return sorted((s["name"] if isinstance(s["name"], str) else s["name"]["en"],
                       round(area(s), 1)) for s in of["spaces"] if s["use"] != "outdoor")

    check("export: the rooms come back from GeoJSON", run.returncode == 0 and got.site is not None and
          rooms(got.site) == rooms(site), run.stderr + got.run.stderr)
    level = site["levels"][0]["id"]
    run = export("wkt", file, "--level", level, "-o", work / "out.wkt")
    back = Import(work / "back-wkt", "wkt", work / "out.wkt")
    walked = sum(area(s) for s in back.site["spaces"] if s["use"] != "outdoor")
    drawn = sum(area(s) for s in site["spaces"] if s["level"] == level)
    check("export: WKT holds the area of all spaces, and the doors' depth", run.returncode == 0 and
          drawn - 0.5 <= walked <= 1.02 * drawn, (drawn, walked))
    for words in (["wkt", file, "--level", "attic"], ["pdf", file], ["wkt", work / "out.wkt"]):
        run = export(*words)
        check(f"export {words[0]} {pathlib.Path(words[1]).name} {words[2:]} is refused",
              run.returncode == 2 and run.stdout == "" and run.stderr != "", run.stderr)


def check_gap(work):
    """A door onto a gap between walls, 0.3 m wide, is left out; the room gets one where a body fits."""
    (work / "gap.csv").write_text(
        "kind,id,name,level,use,x,y,width,depth\n"
        "room,c,Corridor,0,corridor,0,0,12,3\nroom,g,Gap,0,other,0,3,6,0.3\n"
        "room,o,Office,0,office,0,3.3,6,5\nroom,p,Passage,0,corridor,6,3,2,5.3\n"
        "entrance,e,,0,,12,1.5,,\ndoor,d,,0,,3,3.3,,\ndoor,q,,0,,7,3,,\n", "utf-8")
    got = Import(work / "gap", "rooms", work / "gap.csv", "--accept")
    told = [r["text"] for r in got.report["left_out"] if r["code"] == "opening"]
    names = {s["id"]: str(s["name"]) for s in got.site["spaces"]}
    doors = [{names[end] for end in p["between"]} for p in got.site["portals"]]
    check("a door onto a gap that no body fits into is left out and told",
          len(told) == 1 and "no body" in told[0] and
          not any("Gap" in pair for pair in doors), (told, doors))
    checked = subprocess.run([MUSTER, "check", work / "gap" / "site.json"], capture_output=True,
                             text=True, timeout=100)
    check("the office has a door to the passage, and the site is in order",
          checked.returncode == 0 and {"Office", "Passage"} in doors, (doors, checked.stderr))


def check_twice(work):
    """A door drawn twice, the second time wider and a little off, is one; the next one is another."""
    (work / "twice.csv").write_text(
        "kind,id,name,level,use,x,y,width,depth\n"
        "room,c,Corridor,0,corridor,0,0,12,3\nroom,o,Office,0,office,0,3,12,5\n"
        "entrance,e,,0,,12,1.5,,\ndoor,d,,0,,3,3,0.9,\ndoor,w,,0,,3.1,3,1.4,\n"
        "door,n,,0,,6,3,0.9,\n", "utf-8")
    got = Import(work / "twice", "rooms", work / "twice.csv", "--accept")
    told = [r["text"] for r in got.report["left_out"] if r["code"] == "opening"]
    widths = sorted(math.dist(*p["line"]) for p in got.site["portals"] if len(p["between"]) == 2
                    and p["kind"] == "door" and "outdoor" not in str(p["between"]))
    check("a door drawn twice is imported once, as wide as the wider", len(told) == 1 and
          "drawn twice" in told[0] and len(widths) == 2 and abs(widths[0] - 0.9) < 0.01 and
          abs(widths[1] - 1.4) < 0.01, (told, widths))


def check_shared(work):
    plans = SHARED / "plans"
    if not plans.is_dir():
        skip("other people's drawings", "the shared plans are not here")
        return
    got = Import(work / "r3", "vector", plans / "university-r3" / "R3-1F-Polygon.geojson",
                 plans / "university-r3" / "R3-2F-Polygon.geojson",
                 plans / "university-r3" / "R3-1F_point.geojson", "--accept")
    figures = got.report["figures"]["with_overlay"]
    check("university: 70 spaces on two levels, two stairs, all with a way out",
          (figures["units_without_way_out"], len(got.report["stairs"]),
           len({s["level"] for s in got.site["spaces"]}), len(got.rooms())) == (0, 2, 2, 70),
          (figures, len(got.rooms())))
    hand = Import(work / "hand", "jupedsim", plans / "shopping-level" / "einkaufsebene_geo.xml",
                  "--unit", "dm")
    lines = Import(work / "lines", "dxf", plans / "shopping-level" / "einkaufsebene.dxf",
                   "--unit", "dm")
    same = [s["name"] for s in hand.site["spaces"]
            if any(m["name"] == f"Raum_{s['name']}" and abs(area(m) - area(s)) < 0.02 * area(s)
                   for m in lines.site["spaces"])]
    for got, name in ((hand, "model"), (lines, "lines")):
        checked = subprocess.run([MUSTER, "check", got.out / "site.json"], capture_output=True,
                                 text=True, timeout=100)
        check(f"shopping level: the site made of its {name} can be used", checked.returncode == 0,
              checked.stderr)
    check("shopping level: the lines give the rooms of the hand-made model, within 2 % of its areas",
          len(same) >= 34, (len(same), same))
    got = Import(work / "iso", "dxf", plans / "jupedsim" / "ISO-Office.dxf")
    check("office with layers named as JuPedSim does: one area, its two exits",
          len(got.report["exits"]) == 2 and len(got.rooms()) == 1, got.report["exits"])
    for kind, file in (("wkt", "BUW.wkt"), ("wkt", "SiB2023_entrance.wkt")):
        got = Import(work / file, kind, plans / "jupedsim" / file, "--accept")
        check(f"{file}: one area with a way out",
              got.report["figures"]["with_overlay"]["units_with_way_out"] == 1, got.run.stderr)


def main():
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        got = Import(work / "first", "wkt", wkt(work / "first.wkt"))
        if "import.no-gdal" in got.run.stderr:
            skip("import", "built without GDAL")
        else:
            check_formats(work)
            check_units(work)
            check_proposals(work)
            check_refusals(work)
            check_gap(work)
            check_twice(work)
            check_export(work)
            check_shared(work)
    return TALLY.finish()


if __name__ == "__main__":
    sys.exit(main())
