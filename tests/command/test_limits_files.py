#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of limits (`muster doctor --limits`): docs/limits.md is it, in both languages it is whole,
and every row is tried with real files: one above each, and a few at it; with MUSTER_LIMITS=all at each
that does not take gigabytes or minutes there. (At, below and above every row by number: test_limits.c.)

usage: test_limits_files.py MUSTER ROOT [SHARED]
"""
import json
import math
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile

from scenario import Tally

MUSTER, ROOT = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
OFFICE = ROOT / "scenarios/head-office"
ALL = os.environ.get("MUSTER_LIMITS") == "all"
TALLY = Tally()
ok = TALLY.check
# Tried where they are asked: the window, sessions, runs that would take an hour to reach them.
IN_UNIT_TESTS = {"log-line": "MU_LOG_LINE_MOST", "run-events": "budget.events", "instant-events": "mu_run_budget budget",
                 "log-records": "budget.records", "picture-bytes": "MU_PICTURE_BYTES_MOST",
                 "picture-pixels": "mu_picture_head_fits", "branches": "START_TEST(branches_end)",
                 "editor-files": "START_TEST(open_files_end)", "drawn-corners": "START_TEST(corners_of_an_outline_end)"}
# Seconds, or tens of them: with MUSTER_LIMITS=all alone.
LONG = {"shunned-portals", "drawing-features"}


def muster(*words, limit=600 if ALL else 120, before=None):
    done = subprocess.run([MUSTER, *map(str, words)], capture_output=True, text=True, check=False, timeout=limit,
                          preexec_fn=before)
    return done.returncode, done.stdout + done.stderr


def write(path, value):
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


class Try:
    """How a limit is met: makes a file of so many of it; what is said above and not at it."""

    def __init__(self, make, said, command=("check",), at=ALL):
        self.make, self.said, self.command, self.at = make, said, command, at

    def refused(self, folder, value):
        words = self.make(folder, value)
        status, text = muster(*self.command, *(words if isinstance(words, list) else [words]))
        return bool(re.search(self.said, text)), status, text


def site(**lists):
    def make(folder, value):
        given = json.loads((OFFICE / "site.json").read_text(encoding="utf-8"))
        for name, item in lists.items():
            given[name] = [item(i) if callable(item) else item for i in range(value)]
        return write(folder / "site.json", given)
    return make


def site_list(name):
    return Try(site(**{name: {}}), rf"items in the list; it takes \d to .*at \$\.{name}\b")


def in_lift(folder, value):
    return write(folder / "site.json", {"format": "muster.site", "version": 1, "id": "s", "levels": [], "spaces": [],
                                        "lifts": [{"id": "l", "cars": ["x"] * value}]})


def in_space(**fields):
    def make(folder, value):
        given = json.loads((OFFICE / "site.json").read_text(encoding="utf-8"))
        given["spaces"][0].update({k: v(value) for k, v in fields.items()})
        return write(folder / "site.json", given)
    return make


def padded(name, text):
    def make(folder, value):
        path = folder / name
        path.write_text(text, encoding="utf-8")
        with open(path, "a", encoding="utf-8") as file:
            file.write(" " * (value - len(text)))
        return path
    return make


def sparse(folder, value):
    with open(folder / "plan.geojson", "wb") as file:
        file.truncate(value)
    return [folder / "plan.geojson", "-o", folder / "out"]


def long_log(folder, value):
    """Of holes: it takes no room on the disk."""
    with open(folder / "log.jsonl", "wb") as file:
        file.truncate(value)
    return [folder / "log.jsonl", folder / "log.jsonl"]


def long_recording(folder, value):
    with open(folder / "film.rec", "wb") as file:
        file.write(b"MUSTRPL1")
        file.truncate(value)
    return [folder / "film.rec", "--headless", "-o", folder / "out"]


def features(folder, value):
    """A block of a thousand words (shapes would become one), put in so often, on a layer that is not looked at."""
    word = "0\nTEXT\n8\njps-words\n10\n0\n20\n0\n40\n0.2\n1\nA\n"
    return [write(folder / "plan.dxf", "0\nSECTION\n2\nHEADER\n9\n$INSUNITS\n70\n6\n0\nENDSEC\n0\nSECTION\n2\n"
                  f"BLOCKS\n0\nBLOCK\n8\n0\n2\nB\n70\n0\n10\n0\n20\n0\n{word * 1000}"
                  "0\nENDBLK\n0\nENDSEC\n0\nSECTION\n2\nENTITIES\n" + "0\nINSERT\n8\nW\n2\nB\n10\n0\n20\n0\n" * (value // 1000)
                  + word * (value % 1000) + "0\nENDSEC\n0\nEOF\n"), "-o", folder / "out"]


def nested(folder, value):
    return write(folder / "site.json", '{"a":' + "[" * (value - 1) + "]" * (value - 1) + "}")


def policy(folder, value, demands=1):
    clause = {"id": "1.1.1a", "kind": "process", "demands": [{"name": f"d{i}", "value": 1, "unit": "1"} for i in range(demands)]}
    return write(folder / "policy.json", {"format": "muster.policy", "version": 1, "id": "p",
                                          "clauses": [{**clause, "id": f"1.1.1a{i}"} for i in range(value)]})


def incident(change):
    def make(folder, value):
        shutil.copytree(OFFICE, folder / "head-office", dirs_exist_ok=True)
        shutil.copytree(ROOT / "scenarios/policy", folder / "policy", dirs_exist_ok=True)
        shutil.copytree(ROOT / "scenarios/playbooks", folder / "playbooks", dirs_exist_ok=True)
        for name in ("head-office/package.json", "head-office/roster.json", "head-office/site.json", "playbooks/package.json"):
            given = json.loads((folder / name).read_text(encoding="utf-8"))
            change(given, value)
            write(folder / name, given)
        return folder / "head-office/package.json"
    return make


def horizon(given, value):
    if given["format"] == "muster.incident":
        given["horizon_s"] = value


def people(given, value):
    if given["format"] == "muster.roster":
        given["groups"] = [g for g in given["groups"] if "arrives_by" not in g]  # they do not always come
        others = sum(x.get("count", 1) for k in ("groups", "members", "units") for x in given[k]) - given["groups"][0]["count"]
        given["groups"] += [{**given["groups"][0], "id": f"more{i}", "count": 90000} for i in range(2)]
        given["groups"][0]["count"] = value - others - 180000


def first_step(**fields):
    def change(given, value):
        if given["format"] == "muster.playbook":
            step = next(s for s in given["steps"] if s.get("who", {}).get("role") == "operator")
            for name, make in fields.items():
                step[name] = make(step, value)
    return change


def steps(given, value):
    if given["format"] == "muster.playbook":
        given["steps"] += [{**given["steps"][0], "id": f"more{i}"} for i in range(value - len(given["steps"]))]


def shunned(given, value):
    """Narrow halls side by side, with many doors from each to the next; and an order to keep clear."""
    if given["format"] == "muster.playbook":
        next(s for s in given["steps"] if s["verb"] == "evacuate")["avoids"] = ["street"]
    if given["format"] == "muster.site":
        more, each = value - len(given["portals"]), 24
        given["spaces"] += [{"id": f"h{i}", "level": "G", "use": "office", "polygon": [
            [1000, i], [1000 + each, i], [1000 + each, i + 1], [1000, i + 1]]} for i in range(more // each + 2)]
        given["portals"] += [{"id": f"d{n}", "kind": "door", "between": [f"h{n // each}", f"h{n // each + 1}"], "width_m": 0.8,
                              "line": [[1000.1 + n % each, n // each + 1], [1000.9 + n % each, n // each + 1]]} for n in range(more)]


def study(**fields):
    def make(folder, value):
        given = json.loads((ROOT / "scenarios/studies/head-office-operators.json").read_text(encoding="utf-8"))
        given.update({name: change(value) for name, change in fields.items()})
        return write(folder / "study.json", given)
    return make


def factorial(folder, value):
    """Two factors whose values make so many arms, or at least one more."""
    factor = {"in": "incident", "pointer": "/alarm_at_s"}
    return write(folder / "study.json", {
        "format": "muster.study", "version": 1, "id": "s", "incidents": [str(OFFICE / "package.json")],
        "design": "grid", "factors": [
            {**factor, "id": "a", "in": "roster", "pointer": "/units/police.patrol/distance_m", "values": list(range(1000, 1100))},
            {**factor, "id": "b", "in": "roster", "pointer": "/units/police.patrol/count",
             "values": list(range(1, 2 + value // 100))}]})


def rows(folder, value):
    return write(folder / "rows.csv", "id,kind\n" * value)


def columns(folder, value):
    return write(folder / "columns.csv", "id" + "," * (value - 1) + "\n")


def squares(folder, value):
    return [write(folder / "plan.wkt", "MULTIPOLYGON (" + ",".join(
        f"(({x} 0,{x}.4 0,{x}.4 1,{x} 1,{x} 0))" for x in range(value)) + ")"), "-o", folder / "out"]


def crossing(folder, value):
    """Slanting lines side by side, each pair of which may cross; and as many crosses as are missing."""
    many = int((1 + math.isqrt(1 + 8 * value)) / 2)
    lines = [(i, 0, i + 5000, 5000) for i in range(many)]
    for i in range(value - many * (many - 1) // 2):
        lines += [(9 * i, 9000, 9 * i + 5, 9005), (9 * i, 9005, 9 * i + 5, 9000)]
    lines += [(-9, 0, -5, 0), (-5, 0, -5, 5), (-5, 5, -9, 0)]
    text = "".join(f"0\nLINE\n8\nW\n10\n{a}\n20\n{b}\n11\n{c}\n21\n{d}\n" for a, b, c, d in lines)
    return [write(folder / "plan.dxf", f"0\nSECTION\n2\nENTITIES\n{text}0\nENDSEC\n0\nEOF\n"), "--unit", "m", "-o", folder / "out"]


def halls(folder, value):
    """Halls of 2 km across with as many doors as their share of the values needs, and more."""
    count = value // 12_000_000 + 2
    side = 1900
    doors = [{"id": f"d{k}.{i}", "kind": "door", "between": [f"h{k}", f"h{k + 1}"], "width_m": 2,
              "line": [[(k + 1) * side, 3 * i + 1], [(k + 1) * side, 3 * i + 3]]} for k in range(count - 1) for i in range(1)]
    return write(folder / "site.json", {
        "format": "muster.site", "version": 1, "id": "s", "levels": [{"id": "g", "elevation_m": 0}], "portals": doors,
        "spaces": [{"id": f"h{k}", "level": "g", "use": "outdoor", "polygon": [
            [k * side, 0], [(k + 1) * side, 0], [(k + 1) * side, side], [k * side, side]]} for k in range(count)]})


def unpacked(folder, value):
    with zipfile.ZipFile(folder / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for done in range(0, value, 1 << 20):
                sheet.write(b" " * min(1 << 20, value - done))
    return [folder / "bomb.xlsx", "-o", folder / "policy.json"]


def option(*words):
    return lambda folder, value: [*[str(w).replace("N", str(value)) if w == "N" else w for w in words], "-o", folder / "out"]


def every(folder, value):
    return [OFFICE / "package.json", "--headless", "--at", f"0,{value - 1}", "--every", "1", "--size", "1x1", "-o", folder / "out"]


LENGTH = r"items in the list; it takes"
TRIES = {
    "json-bytes": Try(padded("site.json", "{}"), "64 MiB"),
    "json-values": Try(lambda f, v: write(f / "site.json", "[" + "0," * (v - 2) + "0]"), "10000000 values", at=False),
    "json-depth": Try(nested, "64 levels deep", at=True),
    "text-bytes": Try(lambda f, v: [padded("plan.wkt", "POINT (0 0)")(f, v), "-o", f / "out"], "64 M", ("import", "wkt")),
    "sheet-rows": Try(lambda f, v: [rows(f, v), "-o", f / "p.json"], "limit 'sheet-rows'", ("import", "policy")),
    "sheet-columns": Try(lambda f, v: [columns(f, v), "-o", f / "p.json"], "limit 'sheet-columns'", ("import", "policy"), at=True),
    "sheet-unpacked": Try(unpacked, "limit 'sheet-unpacked'", ("import", "policy")),
    "log-bytes": Try(long_log, "limit 'log-bytes'", ("diff",), at=False),
    "replay-bytes": Try(long_recording, "limit 'replay-bytes'", ("show",), at=False),
    "drawing-bytes": Try(sparse, "limit 'drawing-bytes'", ("import", "vector"), at=True),
    "drawing-features": Try(features, "limit 'drawing-features'", ("import", "dxf")),
    "drawing-shapes": Try(squares, "limit 'drawing-shapes'", ("import", "wkt"), at=False),
    "drawing-crossings": Try(crossing, "limit 'drawing-crossings'", ("import", "dxf"), at=False),
    "id-length": Try(in_space(id=lambda n: "x" * n), r"at most 80 of them.*\$\.spaces\[0\]\.id|\[json\.\w+\] at \$\.spaces\[0\]\.id"),
    "text-length": Try(in_space(name=lambda n: {"en": "x" * n}), "it may have 4000"),
    "list-length": Try(site(equipment={}), LENGTH + " 0 to 100000"),
    "coordinate": Try(in_space(polygon=lambda n: [[0, 0], [n, 0], [n, 1]]), "out of range"),
    "ring-vertices": Try(in_space(polygon=lambda n: [[i, i % 2] for i in range(n)]), "10001|10000"),
    **{word: site_list(name) for word, name in
       (("levels", "levels"), ("spaces", "spaces"), ("portals", "portals"), ("lifts", "lifts"), ("air-zones", "air_zones"),
        ("air-flows", "air_flows"), ("assembly-points", "assembly_points"))},
    "lift-levels": Try(in_lift, LENGTH + r" .*at \$\.lifts\[0\]"),
    "site-values": Try(halls, "limit 'site-values'", at=False),
    "shunned-portals": Try(incident(shunned), "limit 'shunned-portals'"),
    "people": Try(incident(people), r"more than 200000 persons", at=True),
    "clauses": Try(policy, LENGTH + " 0 to 4096"),
    "demands": Try(lambda f, v: policy(f, 1, v), LENGTH + " 0 to 8", at=True),
    "steps": Try(incident(steps), "more than 1024 steps", at=True),
    "step-needs": Try(incident(first_step(needs=lambda s, n: [{"equipment": "medical_kit", "count": 1}] * n)), LENGTH + " 0 to 4 "),
    "crew": Try(incident(first_step(who=lambda s, n: {**s["who"], "count": n})), "out of range"),
    "horizon": Try(incident(horizon), "out of range", at=True),
    "replications": Try(study(reps=lambda n: n), "out of range"),
    "arms": Try(factorial, "more than 10000 arms", at=False),
    "study-incidents": Try(study(incidents=lambda n: [str(OFFICE / "package.json")] * n), LENGTH),
    "threads": Try(option(OFFICE / "package.json", "--reps", "1", "--motion", "flow", "-q", "--no-report", "--jobs", "N"),
                   "--jobs", ("run",)),
    "pictures": Try(every, "more than 1000 pictures|--size", ("show",), at=False),
    "template-floors": Try(lambda f, v: [f / "made", "--template", "office", "--name", "x", "--people", 50, "--floors", v], "floors", ("new",), at=False),
    "template-people": Try(lambda f, v: [f / "made", "--template", "office", "--name", "x", "--floors", 2, "--people", v], "people|persons", ("new",), at=False),
}


def try_row(row, folder):
    word, attempt = row["limit"], TRIES[row["limit"]]
    said, status, text = attempt.refused(folder, row["most"] + 1)
    ok(f"{word}: {row['most'] + 1} are refused, and it is said how many can be", said and status in (1, 2), (status, text[-400:]))
    if attempt.at:
        said, status, text = attempt.refused(folder, row["most"])
        ok(f"{word}: {row['most']} are taken", not said and status in (0, 1, 2), (status, text[-400:]))


def test_rooms(folder, most):
    """As many rooms with doors as a site may have are imported (fewer: the ground about them is one, too)."""
    for count, taken in ((most - 10, True), (most + 1, False)):
        side = math.isqrt(count) + 1
        marks = []
        for x, y in ((4 * (i % side), 4 * (i // side)) for i in range(count)):
            room = [[x, y], [x + 4, y], [x + 4, y + 4], [x, y + 4], [x, y]]
            marks += [{"type": "Feature", "properties": {"indoor": "room"}, "geometry": {"type": "Polygon", "coordinates": [room]}},
                      {"type": "Feature", "properties": {"door": "yes"}, "geometry": {"type": "Point", "coordinates": [x + 4, y + 2]}}]
        plan = write(folder / "plan.geojson", {"type": "FeatureCollection", "features": marks})
        begun = sum(os.times()[2:4])
        status, text = muster("import", "vector", plan, "--unit", "m", "--accept", "--default-use", "office", "-o", folder / "out")
        took = sum(os.times()[2:4]) - begun
        ok(f"{count} rooms drawn: {'taken' if taken else 'refused'}", (status == 0) == taken
           and (taken or "limit 'spaces'" in text), (status, text[-300:]))
        ok(f"{count} rooms drawn: within a minute of processor", took < 60, took)


def test_memory(folder):
    """Less memory than it needs: a message, nothing half-written."""
    def bound():
        resource.setrlimit(resource.RLIMIT_DATA, (24 << 20, 24 << 20))
    status, text = muster("run", ROOT / "scenarios/campus/evacuation.json", "--reps", 1, "--motion", "flow", "-o",
                          folder / "out", before=bound)
    ok("memory: where it is not enough that is said", status == 2 and "memory" in text, (status, text[-300:]))
    ok("memory: and nothing is written", not (folder / "out/metrics.json").exists())
    begun = time.process_time() + sum(os.times()[2:4])
    status, text = muster("run", OFFICE / "package.json", "--reps", 100000, "--motion", "flow", "-q", "-o", folder / "out",
                          before=lambda: resource.setrlimit(resource.RLIMIT_DATA, (400 << 20, 400 << 20)))
    ok("memory: more replications than it holds are refused before the first, with what can be done",
       status == 2 and "fewer replications" in text and "muster batch" in text
       and time.process_time() + sum(os.times()[2:4]) - begun < 20, text[-400:])


def test_page(table):
    """docs/limits.md is what the program prints; the Chinese table is whole, too."""
    page = muster("doctor", "--limits", "--doc", "--lang", "en")[1]
    ok("docs/limits.md is the table (muster doctor --limits --doc > docs/limits.md)",
       page == (ROOT / "docs/limits.md").read_text(encoding="utf-8"))
    ok("it has every row", all(f"`{row['limit']}`" in page for row in table))
    chinese = json.loads(muster("doctor", "--limits", "--json", "--lang", "zh")[1])["limits"]
    bad = [row["limit"] for row in chinese for key in ("of", "why", "advice") if not re.search("[\u4e00-\u9fff]", row[key])]
    ok("every row is told in Chinese, too", not bad and [r["most"] for r in chinese] == [r["most"] for r in table], bad)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        status, text = muster("import", "policy", columns(folder, 1001), "-o", folder / "p.json", "--lang", "zh")
        ok("and a message is", status == 2 and "sheet-columns" in text and "columns.csv" in text
           and len(re.findall("[\u4e00-\u9fff]", text)) > 15, text[:300])


def main():
    table = json.loads(muster("doctor", "--limits", "--json", "--lang", "en")[1])["limits"]
    test_page(table)
    units = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests/unit").glob("*.c")))
    for row in table:
        with tempfile.TemporaryDirectory() as folder:
            if row["limit"] in LONG and not ALL:
                print(f"skipped {row['limit']}: MUSTER_LIMITS=all tries it")
            elif row["limit"] in TRIES:
                try_row(row, pathlib.Path(folder))
                if row["limit"] == "spaces" and ALL:
                    test_rooms(pathlib.Path(folder), row["most"])
            elif row["limit"] == "memory":
                test_memory(pathlib.Path(folder))
            else:
                where = IN_UNIT_TESTS.get(row["limit"])
                ok(f"{row['limit']}: has a test elsewhere", where is not None and where in units, where)
    return TALLY.finish()


if __name__ == "__main__":
    sys.exit(main())
