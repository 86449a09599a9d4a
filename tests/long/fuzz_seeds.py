# SPDX-License-Identifier: GPL-3.0-or-later
"""Seeds for the fuzzers (fuzz.py): small whole plans of every kind of incident, as bundles of their
files; the tree's own files one by one; and what the program makes of one of them. Small on purpose: a
fuzzer learns more from a thousand runs of a yard than from one of a campus."""
import base64
import copy
import json
import pathlib
import re
import sqlite3
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "command"))
from yard import group, site  # noqa: E402  pylint: disable=wrong-import-position

# 9 by 5 pixels of grey, baseline.
JPEG = ("/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71"
        "////m8H////6/+b9//j/wAALCAAFAAkBAREA/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAYEAACAwAAAAAAAAAAAAAAAAAABBVR"
        "of/aAAgBAQAAPwCmIXrBEL1h/9k=")



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


def policy_for(*givens):
    """Those clauses that steps and duties serve, and a few of the others."""
    policy = without_texts(read("policy/baseline.json"))
    served = {w for given in givens for key in ("serves", "clause") for w in words(given, key)}
    policy["clauses"] = [c for i, c in enumerate(policy["clauses"]) if c["id"] in served or i % 17 == 0]
    return policy


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
    out["air_zones"] = [{"id": "z.room", "spaces": ["room"], "height_m": 4}, {"id": "z.hall", "spaces": ["hall"], "height_m": 5}]
    out["air_units"] = [{"id": "ahu", "shuts_in_s": 15, "starts_in_s": 30}]
    out["air_flows"] = [{"to": "z.room", "unit": "ahu", "m3_h": 800}, {"from": "z.room", "to": "z.hall", "unit": "ahu", "m3_h": 800},
                        {"from": "z.hall", "unit": "ahu", "m3_h": 800}]
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


def half(value, within=False):
    """Everything drawn, half as large: a quarter of the work."""
    if isinstance(value, dict):
        return {k: half(v, k in ("polygon", "line", "upper_line", "at")) for k, v in value.items()}
    if isinstance(value, list):
        return [half(v, within) for v in value]
    return value / 2 if within and isinstance(value, (int, float)) else value


LOGNORMAL = {"dist": "lognormal", "median": 30, "sigma": 0.5}
INCIDENTS = {
    "evacuation": ("evacuation.json", {"kind": "evacuation", "alarm_at_s": 5}),
    "package": ("starter-package.json", {
        "kind": "package", "item": {"category": "suitcase", "space": "hall", "at": [20, 40], "appears_at_s": 10,
                                    "staff_notice_s": LOGNORMAL, "guard_notice_chance": 0.5}}),
    "explosion": ("explosion.json", {
        "kind": "package", "item": {"category": "suitcase", "space": "hall", "at": [20, 40], "staff_notice_s": 1000,
                                    "guard_notice_chance": 0, "explosion": {"at_s": 20, "casualties": {"red": 1, "green": 2}}}}),
    "release": ("starter-chemical.json", {
        "kind": "chemical", "wind": {"from_deg": 0, "speed_mps": 2},
        "release": {"substance": "chlorine", "space": "room", "at": [40, 40], "starts_at_s": 10, "rate_g_s": 0.5, "lasts_s": 200,
                    "smell_ppm": 0.3, "smell_s": 20, "clear_ppm": 0.5}}),
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
    return {"incident.json": half(incident), "site.json": half(small_site()), "roster.json": roster_for(playbook["steps"]),
            "policy.json": policy_for(playbook), "playbook.json": playbook}


def plans():
    return {name: bundle(name) for name in INCIDENTS}


def write_bundle(folder, files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, value in files.items():
        (folder / name).write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def year():
    """Some duties of the year of the tree, on the small site."""
    given = without_texts(read("campus/year.json"))
    given["duties"] = given["duties"][::7]
    known = {d["id"] for d in given["duties"]}
    given["duties"] = [d for d in given["duties"] if d.get("after", d["id"]) in known]
    for duty in given["duties"]:
        if "patrol" in duty:
            duty["patrol"] = "round"
    for staff in given["staff"]:
        staff["count"] = max(1, staff["count"] // 8)
    for store in given["stores"]:
        store["equipment"] = ["kits"]
    for key in ("equipment", "statements"):
        given[key] = given[key][:4]
    for key in ("schedule", "occasions"):
        given.pop(key, None)
    files = bundle("package")
    del files["incident.json"]
    return {**files, "year.json": given, "policy.json": policy_for(given, files["playbook.json"])}


def study():
    return {**bundle("evacuation"), "study.json": {
        "format": "muster.study", "version": 1, "id": "s", "incidents": ["incident.json"], "design": "grid", "reps": 10, "block": 10,
        "factors": [{"id": "staff", "in": "roster", "pointer": "/groups/staff/count", "values": [3, 5]},
                    {"id": "wide", "in": "site", "pointer": "/channels/pa/latency_s", "least": 1, "most": 9, "levels": 2}],
        "stop": [{"metric": "left_95_s", "half_width": 5}]}}


def experiment():
    agents = [[k + 1, 1.0 + k, 0.3, 1.0, 1.3, 0.0] for k in range(8)]
    return {"id": "corridor", "reference": "made up", "frame_rate": 16, "N": 8, "t_start_s": 1.0, "t_end_s": 25,
            "how_to_start": "as recorded",
            "geometry": {"walkable": [[0, 0], [12, 0], [12, 2], [0, 2]], "obstacles": [[[5, 0.9], [5.2, 0.9], [5.2, 1.1]]],
                         "exit_line": [[11.5, 0], [11.5, 2]], "direction": "+x", "measurement_line": [[6, 0], [6, 2]],
                         "measurement_area": [[5, 0], [7, 0], [7, 2], [5, 2]]},
            "measured": {"N_crossed": 8, "width_m": 2.0, "mean_flow_per_s": 1.0, "method_B_mean": {"rho": 0.4, "v": 1.3, "n": 10}},
            "agents_columns": ["id", "t_enter_s", "x_m", "y_m", "vx0", "vy0"], "agents": agents}


def put(out, target, name, content):
    folder = out / "seeds" / target
    folder.mkdir(parents=True, exist_ok=True)
    if isinstance(content, (dict, list)):
        content = json.dumps(content, ensure_ascii=False)
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def put_json(out):
    for name, files in plans().items():
        put(out, "plan", name, {"files": files})
        for file, value in files.items():
            for target in ("kinds", "redact", "document"):
                put(out, target, f"{name}-{file}", value)
    put(out, "year", "year", {"files": year()})
    put(out, "study", "study", {"files": study()})
    put(out, "experiment", "corridor", experiment())
    for file in sorted([*(ROOT / "scenarios").rglob("*.json"), *(ROOT / "tests" / "verification").rglob("*.json"),
                        *(ROOT / "tests" / "old").glob("*.json")]):
        if file.stat().st_size < 20000:
            put(out, "kinds", file.name, file.read_bytes())
            if "old" in file.parts:
                put(out, "migrate", file.name, file.read_bytes())
    old = roster_for([])
    put(out, "migrate", "roster", {**old, "version": 1})


def put_drawings(out, work):
    """The small floors that the tests of the importers draw."""
    kept, sys.argv = sys.argv, ["", "", str(ROOT), ""]
    import test_import  # pylint: disable=import-outside-toplevel
    import test_import_formats as formats  # pylint: disable=import-outside-toplevel
    sys.argv = kept
    for target, write, ending in (("vector", formats.geojson, "geojson"), ("vector", formats.osm, "osm"), ("dxf", formats.dxf, "dxf"),
                                  ("jupedsim", formats.jupedsim, "xml"), ("rooms", formats.table, "csv"), ("wkt", formats.wkt, "wkt")):
        path = work / f"floor.{ending}"
        write(path)
        put(out, target, path.name, path.read_bytes())
    put(out, "floor", "floor.wkt", (work / "floor.wkt").read_bytes())
    put(out, "floor", "two.wkt", "GEOMETRYCOLLECTION (POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 2 1, 2 2, 1 1)), MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0))))")
    put(out, "imdf", "house", {"files": {f"{kind}.geojson": {"type": "FeatureCollection", "name": kind, "features": features}
                                         for kind, features in test_import.house().items()}})


def put_played(out, work, muster):
    """What the program makes of the small plan: a log, a replay, results, a policy's sheet."""
    small = json.loads((ROOT / "tests" / "fuzz" / "small.json").read_text(encoding="utf-8"))["files"]
    write_bundle(work / "small", {**small, "study.json": study()["study.json"]})

    def run(*words):
        subprocess.run([str(muster), *map(str, words)], check=True, capture_output=True, cwd=work / "small")

    run("run", "incident.json", "-o", work / "run", "--reps", 1, "--log-rep", 0, "-q")
    put(out, "log", "log.jsonl", (work / "run" / "log.jsonl").read_bytes())
    put(out, "redact", "metrics.json", (work / "run" / "metrics.json").read_bytes())
    run("run", "incident.json", "-o", work / "track", "--reps", 1, "--trajectory", work / "small.replay", "-q")
    put(out, "replay", "small.replay", (work / "small.replay").read_bytes())
    run("batch", "study.json", "-o", work / "results.sqlite", "-q")
    put(out, "results", "lines", results_lines(work / "results.sqlite"))
    put(out, "results", "bytes", (work / "results.sqlite").read_bytes())
    run("export", "policy", "policy.json", "-o", work / "policy.csv")
    put(out, "policy-sheet", "policy.csv", (work / "policy.csv").read_bytes())
    put(out, "sheet", "policy.csv", (work / "policy.csv").read_bytes()[:4000])
    run("export", "policy", "policy.json", "-o", work / "policy.xlsx")
    put(out, "workbook", "policy", workbook_text(work / "policy.xlsx"))


def workbook_text(path):
    """The parts of a workbook as the target takes them (read_workbook.c), no more than a few rows."""
    text = ""
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            if name.startswith(("docProps/", "xl/theme/")) or name == "xl/styles.xml":
                continue
            part = book.read(name).decode()
            rows = re.findall(r"<row .*?</row>", part, re.S)
            for row in rows[6:]:
                part = part.replace(row, "", 1)
            strings = re.findall(r"<si>.*?</si>", part, re.S)
            for string in strings[40:]:
                part = part.replace(string, "<si><t>x</t></si>", 1)
            text += f"--- {name}\n{part}\n"
    return text


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def put_pictures(out):
    """One small picture of each kind that is read, and a PNG of few colours."""
    rows = b"".join(b"\0" + bytes((x * 40 + y, y * 30, x * y)[k] for x in range(6) for k in range(3)) for y in range(5))
    head = struct.pack(">II", 6, 5)
    png = b"\x89PNG\r\n\x1a\n"
    put(out, "picture", "true.png", png + chunk(b"IHDR", head + b"\x08\x02\0\0\0") + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
    put(out, "picture", "few.png", png + chunk(b"IHDR", head + b"\x02\x03\0\0\0") + chunk(b"PLTE", bytes(range(12))) + chunk(b"tRNS", b"\0\x80")
        + chunk(b"IDAT", zlib.compress(b"".join(b"\0\x1b\xe4" for _ in range(5)))) + chunk(b"IEND", b""))
    put(out, "picture", "plan.bmp", b"BM" + struct.pack("<IIIIiiHHIIiiII", 54 + 24, 0, 54, 40, 2, 3, 1, 24, 0, 24, 0, 0, 0, 0) + bytes(range(24)))
    tags = [(256, 3, 3), (257, 3, 2), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8), (277, 3, 1), (278, 3, 2), (279, 4, 6)]
    put(out, "picture", "plan.tif", b"II*\0" + struct.pack("<I", 16) + bytes(range(8)) + struct.pack("<H", len(tags))
        + b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags) + struct.pack("<I", 0))
    put(out, "picture", "plan.jpg", base64.b64decode(JPEG))


def results_lines(path):
    """A results file as the target takes it: "table|value|…" (read_results.c)."""
    def value(v):
        return "" if v is None else f"#{v.hex()}" if isinstance(v, bytes) else f"'{v}" if isinstance(v, str) else repr(v)
    base = sqlite3.connect(path)
    tables = [row[0] for row in base.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY rowid")]
    lines = ["|".join([table, *map(value, row)]) for table in tables for row in base.execute(f"SELECT * FROM {table}")]
    base.close()
    return "\n".join(lines) + "\n"


def put_typed(out):
    for name, text in (
            ("cuts", "C 1 10 0 3\n  \n\nC 2 4 2 1\n1\nU 2\nR 2\nU 2\n"), ("one", "C 5 29 1 3\n7,8\n")):
        put(out, "journal", name, text)
    put(out, "times", "times.csv", "box,what,clauses,expected,by_clock,observed,value,note\nSTART,,,,,2026-09-15 10:00,,\nP01,declared,,,,10:07:30.5,,\n"
        "P02,step,,,,T+7:30,,x\nP03,alerted,,,,00:10 +1 d,12,\nEND,,,,,2026-09-16 11:00,,\nOVER,,,,,,no,\n")
    put(out, "fit", "values.csv", "setting,value\n" + "".join(f"a,{k * k % 17 + 1}\n" for k in range(12)))
    put(out, "options", "words", "--seed=12\n-o\nfile\n--verbose\n--lang\nzh\n--\n--quiet\n-q\nfile.json\n--sec=3")
    put(out, "options", "help", "--help\n")
    entries = [{"kind": "seen", "t_us": 30000000, "wall_s": 1001, "branch": 0},
               {"kind": "sent", "t_us": 60000000, "wall_s": 1002, "branch": 0, "inject": "1"},
               {"kind": "decision", "t_us": 70000000, "wall_s": 1003, "branch": 0, "who": "Head", "what": "Close", "act": "cut", "on": "channel:radio"},
               {"kind": "branch", "t_us": 75000000, "wall_s": 1004, "branch": 1, "parent": 0, "what": "B"},
               {"kind": "note", "t_us": 80000000, "wall_s": 1005, "branch": 1, "what": "n"},
               {"kind": "postponed", "t_us": 80000000, "wall_s": 1006, "branch": 1, "inject": "2", "until_us": 120000000},
               {"kind": "stopped", "t_us": 80000000, "wall_s": 1007, "branch": 1}, {"kind": "resumed", "t_us": 80000000, "wall_s": 1008, "branch": 1},
               {"kind": "draft", "t_us": 80000000, "wall_s": 1008, "branch": 1, "form": "note", "what": "abc"}]
    put(out, "session", "entries", "".join(json.dumps(e) + "\n" for e in entries))


def put_words(out, kinds):
    """Dictionaries: every key and word of the schemas, and what the typed formats are made of."""
    found = set()
    for file in (ROOT / "sim").rglob("*.c"):
        text = file.read_text(encoding="utf-8")
        found |= {m for m in re.findall(r'MU_FIELD_AT\(\w+, (\w+)\)', text)}
        if file.name.endswith("_fields.c"):
            found |= set(re.findall(r'= "([a-z_0-9.]{2,40})"', text))
    own = {"wkt": "POLYGON MULTIPOLYGON GEOMETRYCOLLECTION EMPTY POINT Z ( ) , LINESTRING CURVEPOLYGON nan inf 1e308".split(),
           "dxf": "SECTION ENTITIES LWPOLYLINE LINE POLYLINE VERTEX SEQEND TEXT MTEXT INSERT BLOCK ENDBLK CIRCLE ARC SPLINE ELLIPSE HATCH SOLID 3DFACE "
                  "$INSUNITS HEADER ENDSEC EOF 10 20 30 42 66 70".split(),
           "jupedsim": "<room <subroom <polygon <vertex px= py= <crossing <transition <obstacle <geometry <hline class= id= caption= </polygon>".split(),
           "rooms": "kind level name use door exit room polygon line x y width_m".split(),
           "journal": ["C ", "U ", "R ", "\\x0a"], "floor": "POLYGON MULTIPOLYGON GEOMETRYCOLLECTION EMPTY ( ) ,".split(),
           "options": "--seed --seconds --output --quiet --help --help=man --help=bash --lang --verbose -- -o = \\x0a".split(),
           "times": "T+ START END OVER yes no P01 P02 P03 - +1 d 10:00 2026-09-15 Box Observed Value".split(),
           "results": "study run arm cell incident clause demand measure setting input muster.results \\x0a | ' #".split(),
           "vector": "FeatureCollection Feature Polygon coordinates properties indoor=room level <node <way <tag <nd ref= k= v= room door".split()}
    folder = out / "words"
    folder.mkdir(parents=True, exist_ok=True)
    for target, form in kinds.items():
        chosen = own.get(target) or (sorted(found) if form == "json" else [])
        if chosen:
            escaped = [w if "\\x" in w else w.replace('"', '\\"') for w in chosen]
            (folder / f"{target}.dict").write_text("".join(f'"{w}"\n' for w in escaped), encoding="utf-8")


def make(muster, out, kinds):
    for target in kinds:
        (out / "seeds" / target).mkdir(parents=True, exist_ok=True)
    put_json(out)
    put_typed(out)
    put_pictures(out)
    put_words(out, kinds)
    with tempfile.TemporaryDirectory() as work:
        put_drawings(out, pathlib.Path(work))
        put_played(out, pathlib.Path(work), muster)
    for file in (ROOT / "tests" / "fuzz" / "regress").rglob("*"):
        if file.is_file() and file.parent.name in kinds:
            put(out, file.parent.name, f"regress-{file.name}", file.read_bytes())


if __name__ == "__main__":
    for plan_name, plan_files in plans().items():
        write_bundle(pathlib.Path(sys.argv[1]) / plan_name, plan_files)
