#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The drill pack and what comes after the exercise: the papers say what they should and to players no
more than that; times typed in are judged as the run or the tabletop that they come from; a wrong
value is named by its cell; a difference is explained by the setting that makes it; the ledger is
followed up.

usage: test_pack.py MUSTER ROOT [SHARED]
"""
import csv
import html
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

from scenario import Tally

MUSTER, ROOT = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
INCIDENT = ROOT / "scenarios/head-office/tabletop.json"
FAST = ["--motion", "flow", "-q"]
PAPERS = ["exercise-plan", "situation-manual", "inject-list", "evaluation-sheets", "role-cards",
          "decision-log", "sign-in", "roll-call", "safety", "floor-plans", "facilitator-guide"]


def muster(*words):
    return subprocess.run([MUSTER, *map(str, words)], capture_output=True, text=True, check=False)


def text_of(path):
    page = re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", path.read_text(encoding="utf-8"),
                  flags=re.S)
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


def rows_of(path):
    return list(csv.reader(open(path, encoding="utf-8-sig", newline="")))


def write_rows(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    return path


def papers(tally, pack, language, mark):
    tally.check(f"{language}: every paper is there",
                all((pack / f"{name}.html").exists() for name in PAPERS + ["index"]))
    bare = [name for name in PAPERS if mark not in text_of(pack / f"{name}.html") or
            "@top-center{content:" not in (pack / f"{name}.html").read_text(encoding="utf-8")]
    tally.check(f"{language}: every paper is marked", not bare, bare)


def secrets(tally, pack):
    """Players get neither injects nor expected times nor where the item is."""
    injects = json.loads(INCIDENT.read_text(encoding="utf-8"))["exercise"]["injects"]
    for name in ("situation-manual", "role-cards", "safety"):
        said = text_of(pack / f"{name}.html")
        told = [i["id"] for i in injects if i["text"]["en"] in said]
        tally.check(f"no inject in the {name}", not told, told)
    plan = (pack / "situation-manual.html").read_text(encoding="utf-8")
    tally.check("no item on players' plans", 'class="plan-item"' not in plan and "<svg" in plan)
    floors = (pack / "floor-plans.html").read_text(encoding="utf-8")
    tally.check("routes and cordons on the others", 'class="plan-route"' in floors and
                'class="plan-cordon-post"' in floors and 'class="plan-item"' in floors)
    guide = text_of(pack / "facilitator-guide.html")
    tally.check("the guide reads every inject aloud", all(i["text"]["en"] in guide for i in injects))
    tally.check("the stop-word stands on the safety page",
                "STOP EXERCISE" in text_of(pack / "safety.html"))


def cells_of(page):
    return [[html.unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in
             re.findall(r"<td.*?</td>", row, re.S)] for row in re.findall(r"<tr>.*?</tr>", page, re.S)]


def predictions(tally, folder):
    """What nine runs in ten reach is on the worse side of the middle: above it, or below it where
    more is better, or not at all."""
    campus = ROOT / "scenarios/campus/package.json"
    muster("pack", campus, *FAST, "-n", 6, "--no-pdf", "-o", folder / "six")
    muster("run", campus, *FAST, "-n", 6, "--no-report", "-o", folder / "judged-six")
    found = {c["id"]: c for c in json.loads(
        (folder / "judged-six/metrics.json").read_text(encoding="utf-8"))["clauses"]}
    rows = [row for row in cells_of((folder / "six/evaluation-sheets.html").read_text(encoding="utf-8"))
            if len(row) == 7 and row[0] in found]
    wrong, seen = [], {}
    for row in rows:
        clause, word = found[row[0]], re.search(r"; (9 of 10 at least|9 of 10 at most|never in)", row[4])
        median, p90 = clause.get("median"), clause.get("p90")
        due = ("never in" if p90 is None else "9 of 10 at least" if p90 < median
               else "9 of 10 at most") if median is not None and p90 != median else None
        word = word and word[1]
        seen[word] = seen.get(word, 0) + 1
        if word != due:
            wrong.append((row[0], row[4], median, p90))
    tally.check("a prediction says what nine runs in ten reach, and on which side that is",
                not wrong and all(seen.get(w, 0) > 0 for w in (
                    "9 of 10 at least", "9 of 10 at most", "never in", None)), wrong or seen)


def numbers(tally, folder):
    """Where one box of numbers ends a clause, its number is what the clause is judged by; the campus
    has clauses by the first, the least, the most and the mean."""
    campus = ROOT / "scenarios/campus/package.json"
    muster("pack", campus, *FAST, "-n", 1, "--no-pdf", "-o", folder / "campus")
    muster("run", campus, *FAST, "-n", 1, "--no-report", "-o", folder / "judged")
    judged = {c["id"]: c.get("median") for c in json.loads(
        (folder / "judged/metrics.json").read_text(encoding="utf-8"))["clauses"]}
    rows = cells_of((folder / "campus/evaluation-sheets.html").read_text(encoding="utf-8"))
    boxes = {row[0]: row for row in rows if row and re.fullmatch(r"N\d+", row[0])}
    wrong, seen = [], 0
    for row in rows:
        if len(row) == 7 and row[3] in boxes and judged.get(row[0]) is not None:
            box, seen = float(boxes[row[3]][2].split()[0]), seen + 1
            if abs(box - judged[row[0]]) > 1e-3 * max(1, abs(box)):
                wrong.append((row[0], boxes[row[3]][:3], judged[row[0]]))
    tally.check(f"{seen} boxes of numbers hold what their clause is judged by", not wrong and seen > 10, wrong)
    said = " ".join(box[1] for box in boxes.values())
    tally.check("they say which of several numbers counts", all(
        word in said for word in ("the mean counts", "the highest counts", "the lowest counts")), said)
    several = [row for row in rows if len(row) == 7 and row[0] == "3.6.1a"]
    tally.check("a clause names all its boxes", several and several[0][3].count("N") == 4, several)
    tally.check("no number is said twice", "0 = 0" not in text_of(folder / "campus/evaluation-sheets.html"))


def lists(tally, pack):
    documented = re.findall(r"(?m)^\| `(\w+)` \|", (ROOT / "docs/pack.md").read_text("utf-8")
                            .split("## msel")[1].split("\n## ")[0])
    rows = rows_of(pack / "msel.csv")
    tally.check("msel.csv has the columns that docs/pack.md describes", rows[0] == documented,
                (rows[0], documented))
    tally.check("it is in the order of time", [float(r[3]) for r in rows[1:]] ==
                sorted(float(r[3]) for r in rows[1:]))
    tally.check("muster check knows pack.json", muster("check", pack / "pack.json").returncode == 0)
    boxes = {b["code"] for b in json.loads((pack / "pack.json").read_text())["boxes"]}
    listed = {r[0] for r in rows_of(pack / "times.csv")[1:]} - {"START", "END", "OVER"}
    tally.check("each box has a row to type into", boxes == listed, boxes ^ listed)


def verdicts(metrics):
    return {c["id"]: c["verdict"] for c in json.loads(metrics.read_text())["clauses"]}


def observe(pack, times, out, *options):
    done = muster("observe", pack, times, "-o", out, "--no-pdf", "-q", "--json", *options)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return {c["id"]: c for c in json.loads(done.stdout)["clauses"]}


def same_verdicts(tally, what, pack, folder, run):
    """The log of a run or a tabletop, written into the sheet and typed in again."""
    sheet = folder / f"{what}.csv"
    done = muster("observe", pack, "--from-log", run / "log.jsonl", "-o", sheet)
    tally.check(f"{what}: the sheet is filled in from its log", done.returncode == 0, done.stderr)
    typed, own = observe(pack, sheet, folder / f"seen-{what}"), verdicts(run / "metrics.json")
    differ = [(c, own[c], typed[c]["verdict"]) for c in own if own[c] != typed[c]["verdict"]]
    kinds = set(own.values())
    tally.check(f"{what}: the same verdict on each of {len(own)} clauses", not differ, differ)
    tally.check(f"{what}: among them met and missed ones", {"met", "missed"} <= kinds, kinds)
    return sheet


def tabletop(folder, run):
    """A session as its file has it: the radio fails by an inject, and it is played to 40 minutes."""
    head = json.loads((run / "log.jsonl").read_text(encoding="utf-8").splitlines()[0])
    lines = [{"format": "muster.session", "version": 1, "program": "0", "incident": str(INCIDENT),
              "policy": None, "seed": 7, "replication": 0, "wall_s": 0,
              "files": [i["hash"] for i in head["inputs"]]},
             {"kind": "sent", "t_us": 600000000, "wall_s": 1, "branch": 0, "inject": "3",
              "act": "cut", "on": "channel:radio"},
             {"kind": "seen", "t_us": 2400000000, "wall_s": 2, "branch": 0}]
    session = folder / "session.jsonl"
    session.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    done = muster("report", session, "-o", folder / "table")
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return folder / "table"


def sessions(tally, folder, run):
    """A session in which injects were skipped and put off, one without anything, and one whose line is broken."""
    head = json.loads((run / "log.jsonl").read_text(encoding="utf-8").splitlines()[0])
    begun = {"format": "muster.session", "version": 1, "program": "0", "incident": str(INCIDENT), "policy": None,
             "seed": 7, "replication": 0, "wall_s": 0, "files": [i["hash"] for i in head["inputs"]]}
    seen = {"kind": "seen", "t_us": 60000000, "wall_s": 9, "branch": 0}
    lines = {"other": [{"kind": "skipped", "t_us": 20000000, "wall_s": 1, "branch": 0, "inject": "1"},
                       {"kind": "postponed", "t_us": 30000000, "wall_s": 1, "branch": 0, "inject": "2", "by_s": 60}, seen],
             "empty": [seen]}
    told = {}
    for name, entries in lines.items():
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, [begun, *entries])) + "\n", "utf-8")
        done = muster("report", folder / f"{name}.jsonl", "--lang", "en", "-o", folder / name)
        told[name] = text_of(folder / name / "report.html") if done.returncode == 0 else done.stderr
    tally.check("injects that were skipped and put off stand in the report", "Inject skipped" in told["other"] and
                "Inject put off" in told["other"], told["other"][:300])
    tally.check("a session without an entry says so", "Nothing was entered." in told["empty"], told["empty"][:300])
    (folder / "broken.jsonl").write_text("\n".join(map(json.dumps, [begun, seen])) + "\n[1, 2\n", "utf-8")
    done = muster("report", folder / "broken.jsonl", "-o", folder / "broken")
    tally.check("a line that is none is named", done.returncode == 2 and "broken.jsonl:3" in done.stderr, done.stderr)


def workbook(path, rows):
    """The least that is an XLSX file."""
    def cell(column, number, text):
        text = html.escape(text)
        return f'<c r="{chr(65 + column)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
    body = "".join(f'<row r="{n}">' + "".join(cell(c, n, t) for c, t in enumerate(row) if t) +
                   "</row>" for n, row in enumerate(rows, 1))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = "http://schemas.openxmlformats.org/package/2006/content-types"
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("[Content_Types].xml", f'<Types xmlns="{kinds}"><Default Extension="rels" '
                     'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                     f'<Override PartName="/xl/workbook.xml" ContentType="{sheet}.sheet.main+xml"/>'
                     '<Override PartName="/xl/worksheets/sheet1.xml" '
                     f'ContentType="{sheet}.worksheet+xml"/></Types>')
        out.writestr("_rels/.rels", f'<Relationships xmlns="{rels}"><Relationship Id="r1" '
                     f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        out.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{rels}"><Relationship '
                     f'Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
                     '</Relationships>')
        out.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
                     '<sheet name="times" sheetId="1" r:id="r1"/></sheets></workbook>')
        out.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{main}"><sheetData>{body}'
                     '</sheetData></worksheet>')
    return path


def faults(tally, pack, sheet, folder):
    rows = rows_of(sheet)
    times = [n for n, r in enumerate(rows) if r[0].startswith("P") and ":" in r[1]][:4]
    for n, wrong in zip(times, ("25:61", "soon", "09:58:00", "23:59")):
        rows[n][1] = wrong
    number = next(n for n, r in enumerate(rows) if r[0].startswith("N") and r[2])
    rows[number][2] = "many"
    rows.append(["P999", "10:00", ""])
    wanted = {f"B{n + 1}" for n in times} | {f"C{number + 1}", f"A{len(rows)}"}
    for kind in ("csv", "xlsx"):
        path = folder / f"wrong.{kind}"
        write_rows(path, rows) if kind == "csv" else workbook(path, rows)
        done = muster("observe", pack, path, "-o", folder / "none", "--no-pdf", "-q")
        if kind == "xlsx" and "GDAL" in done.stderr:
            print("skipped: workbooks are read by GDAL, which is left out")
            continue
        named = set(re.findall(r"cell ([A-Z]+\d+):", done.stderr))
        tally.check(f"{kind}: each wrong value is named by its cell", named == wanted,
                    (named, wanted, done.stderr[-400:]))
        tally.check(f"{kind}: and nothing is written", done.returncode == 2 and
                    not (folder / "none").exists())


def said(tally, pack, sheet, folder):
    """What cannot be read or written is named, not only in the status."""
    done = muster("observe", pack, "--from-log", folder / "run/log.jsonl", "-o", folder / "none.xlsx", "-q")
    tally.check("no sheet of CSV that is called a workbook", done.returncode == 2 and ".csv" in done.stderr and
                not (folder / "none.xlsx").exists(), (done.returncode, done.stderr))
    log, place = folder / "wrong.jsonl", folder / "place"
    log.write_text("{\n", encoding="utf-8")
    place.mkdir()
    (place / "hazards.csv").mkdir()
    for name, named, words in (("log", log, ["--from-log", log, "-o", folder / "none.csv"]),
                               ("sheet", place, ["--from-log", folder / "run/log.jsonl", "-o", place]),
                               ("report", place / "hazards.csv", [sheet, "-o", place, "--no-pdf"])):
        done = muster("observe", pack, *words, "-q")
        tally.check(f"{name}: what is wrong is said", done.returncode == 2 and str(named) in done.stderr,
                    (done.returncode, done.stderr))


def explained(tally, pack, sheet, folder):
    """Police set out 20 minutes late, and the boxes measure it."""
    boxes = {b["code"]: b["term"] for b in json.loads((pack / "pack.json").read_text())["boxes"]}
    rows = rows_of(sheet)
    late = {"dispatched:police", "on_site:police", "arrived:police@outer_cordon",
            "arrived:police@core", "cordoned:outer", "contained:core"}
    for row in rows:
        if row[0] == "START":
            row[1] = "2026-09-15 10:00:00"
        if boxes.get(row[0]) in late and ":" in row[1]:
            hour, minute, second = row[1].split(" ")[0].split(":")
            all_s = int(hour) * 3600 + int(minute) * 60 + 1200
            row[1] = f"{all_s // 3600:02d}:{all_s // 60 % 60:02d}:{second}"
    seen = observe(pack, write_rows(folder / "late.csv", rows), folder / "late")
    tally.check("a late arrival is worse than predicted, and missed",
                seen["4.2.3b"]["against_runs"] == "worse" and seen["4.2.3b"]["verdict"] == "missed",
                seen["4.2.3b"])
    report = text_of(folder / "late" / "evaluation-report.html")
    first = re.search(r"/units/police\.patrol/(\w+)\s+\S+\s+(\S+).{0,60}", report)
    tally.check("the setting that was late explains it",
                first and first[1] == "dispatched_in_s" and "this is it" in first[0], first)
    tally.check("the report says when it is due", "due by 2026-09-17" in report)
    measured = dict(rows_of(folder / "late" / "measured-units.csv")[1:])
    tally.check("what was measured is there for muster fit",
                float(measured["/units/police.patrol/dispatched_in_s"]) > 1200, measured)
    fitted = muster("fit", folder / "late" / "measured-units.csv")
    tally.check("which reads it, and wants more exercises", fitted.returncode == 1 and
                "too few values" in fitted.stdout, fitted.stdout + fitted.stderr)
    return folder / "late" / "hazards.csv"


def unseen(tally, pack, sheet, folder):
    """An empty box says nothing; a dash says that it did not come."""
    boxes = {b["code"]: b["term"] for b in json.loads((pack / "pack.json").read_text())["boxes"]}
    rows = rows_of(sheet)
    for row in rows:
        if boxes.get(row[0]) == "arrived:police@core":
            row[1] = ""
        if boxes.get(row[0], "").startswith("assembled:command"):
            row[1] = "–"
    seen = observe(pack, write_rows(folder / "gaps.csv", rows), folder / "gaps")
    tally.check("an empty box is not watched", not seen["4.2.3c"]["watched"] and
                seen["4.2.3c"]["verdict"] == "not_exercised", seen["4.2.3c"])
    tally.check("a dash is a miss", seen["4.2.1a"]["verdict"] == "missed", seen["4.2.1a"])


def ledger(tally, hazards, folder):
    rows = rows_of(hazards)
    head = rows[0]
    row = next(r for r in rows if r[head.index("clause")] == "4.2.3b")
    for name, value in (("action", "second patrol"), ("owner", "liaison"),
                        ("deadline", "2026-10-01"), ("status", "open")):
        row[head.index(name)] = value
    own = write_rows(folder / "own.csv", [head, row])

    def standing(*words):
        done = muster("ledger", *words, "--json")
        return done.returncode, [h["standing"] for h in json.loads(done.stdout)["hazards"]]
    tally.check("open before its deadline", standing(own, "--on", "2026-09-30") == (0, ["open"]))
    nowhere = folder / "nowhere/all.csv"
    done = muster("ledger", own, "-o", nowhere)
    tally.check("a ledger that cannot be written is said", done.returncode == 2 and str(nowhere) in done.stderr,
                (done.returncode, done.stderr))
    tally.check("overdue after it", standing(own, "--on", "2026-10-02") == (1, ["overdue"]))
    row[head.index("status")], row[head.index("accepted_on")] = "accepted", "2026-09-28"
    write_rows(own, [head, row])
    tally.check("accepted", standing(own, "--on", "2026-10-02") == (0, ["accepted"]))
    again = list(row)
    again[0], again[head.index("found_on")] = "later", "2026-12-01"
    again[head.index("status")] = "open"
    later = write_rows(folder / "again.csv", [head, again])
    code, seen = standing(own, later, "--on", "2026-09-30", "-o", folder / "both.csv")
    tally.check("missed again at a later exercise", code == 1 and seen[0] == "again", seen)
    tally.check("both in one file", len(rows_of(folder / "both.csv")) == 3)
    row[head.index("deadline")] = "tomorrow"
    done = muster("ledger", write_rows(own, [head, row]))
    tally.check("a date that is none is named by its cell", done.returncode == 2 and
                "K2" in done.stderr, done.stderr)


def late_doors(tally, pack, sheet, folder):
    boxes = {b["code"]: b["term"] for b in json.loads((pack / "pack.json").read_text())["boxes"]}
    rows = rows_of(sheet)
    for row in rows:
        if boxes.get(row[0], "").startswith("closed:") and ":" in row[1]:
            hour, minute, second = row[1].split(" ")[0].split(":")
            row[1] = f"{int(hour):02d}:{int(minute) + 20:02d}:{second}"
    seen = observe(pack, write_rows(folder / "doors.csv", rows), folder / "doors")
    report = text_of(folder / "doors" / "evaluation-report.html")
    tally.check("doors that shut late are explained by how long they are in motion",
                seen["4.2.1e"]["against_runs"] == "worse" and re.search(r"/portals/[\w.]+/closes_in_s", report),
                seen["4.2.1e"])


def few_people(tally, pack, sheet, folder):
    """Fewer were there than lists have, and each of them was told."""
    boxes = {b["code"]: b for b in json.loads((pack / "pack.json").read_text())["boxes"]}
    told = {}
    for present in (None, 150):
        rows = rows_of(sheet)
        for row in rows:
            if boxes.get(row[0], {}).get("what") == "people" and present:
                row[2] = str(present)
        told[present] = observe(pack, write_rows(folder / f"people{present}.csv", rows), folder / f"people{present}")
    before, after = (told[k]["4.2.1d"] for k in (None, 150))
    tally.check("whoever was not there need not be told", before["value"] < 1 and after["value"] == 1 and
                after["verdict"] == "met", (before, after))


def plant(folder):
    """The small plant: no date, an order to leave on every other run, after some have gone by themselves, a unit that no
    step speaks of, and clauses about what never comes, or begins with a number."""
    for file in (ROOT / "tests/plant").glob("*.json"):
        (folder / file.name).write_text(file.read_text())
    files = {name: json.loads((folder / f"{name}.json").read_text()) for name in ("incident", "playbook", "roster")}
    files["incident"].update(policy="own.json", horizon_s=600)
    del files["incident"]["starts_at"]
    steps = {s["id"]: s for s in files["playbook"]["steps"]}
    steps["leave"].update(chance=0.5, when={**steps["leave"]["when"], "wait_s": 240})
    files["playbook"]["steps"].append({**steps["call"], "id": "again", "when": {**steps["call"]["when"], "wait_s": 200}})
    files["roster"]["units"].append({**files["roster"]["units"][0], "id": "army", "role": "army"})

    def clause(cid, name="required", value=1, unit="1", **more):
        return {"id": cid, "kind": "process", "title": {"en": cid, "zh": cid}, "text": {"en": cid, "zh": cid},
                "demands": [{"name": name, "value": value, "unit": unit}], "judged_by": ["simulated"], **more}

    files["own"] = {"format": "muster.policy", "version": 1, "id": "own", "clauses": [
        clause("1.a", end="all_clear:site"), clause("1.b", start="contained:leak", end="all_clear:site"),
        clause("1.c", start="noticed:gas", end="notified:security"),
        clause("1.d", "coverage", 0.9, start="ordered:building") | {"kind": "coverage"},
        clause("1.e", "age", 300, "s", end="measured:information_age", statistic="first"),
        clause("1.f", start="measured:fire_lane", end="all_clear:site")]}
    for name, data in files.items():
        (folder / f"{name}.json").write_text(json.dumps(data))
    return folder / "incident.json"


def otherwise(tally, folder):
    folder.mkdir()
    incident, pack = plant(folder), folder / "pack"
    words = ("--motion", "flow", "--motion-mode", "regulatory")
    muster("pack", incident, "-o", pack, "-n", 5, "--no-pdf", "--lang", "en", *words)
    boxes = {b["code"]: b["term"] for b in json.loads((pack / "pack.json").read_text())["boxes"]}
    codes = {term: code for code, term in boxes.items()}
    sheets = {row[0]: row for row in cells_of((pack / "evaluation-sheets.html").read_text("utf-8")) if row}
    tally.check("what is left open is to be filled in, and times count from the beginning",
                "to be filled in" in text_of(pack / "exercise-plan.html") and
                sheets[codes["noticed:gas@detector"]][3].startswith("T+"), sheets[codes["noticed:gas@detector"]])
    tally.check("what never comes has a box, and says so", sheets[codes["all_clear:site"]][2] == "never in the runs",
                sheets[codes["all_clear:site"]])
    age, lane = (sheets[codes[f"measured:{word}"]] for word in ("information_age@age", "fire_lane"))
    tally.check("the first of several numbers counts", "the first counts" in age[1] and age[2].endswith(" s"), age)
    tally.check("a number that no clause judges has none", "fire lane" in lane[1] and lane[2] == "–", lane)
    tally.check("the pack keeps how people were moved", json.loads((pack / "pack.json").read_text())["motion_mode"] ==
                "regulatory")
    ordered = set()
    for k in range(5):
        run = folder / f"run{k}"
        muster("run", incident, "-n", 5, "--log-rep", k, "--no-report", "-q", "-o", run, *words)
        log = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
        order_us = next((r["t_us"] for r in log if r.get("kind") == "ordered"), None)
        if (order_us is None) in ordered:
            continue
        ordered.add(order_us is None)
        gone = sum(r.get("kind") == "left" and r["t_us"] < order_us for r in log) if order_us else 0
        sheet = folder / f"sheet{k}.csv"
        muster("observe", pack, "--from-log", run / "log.jsonl", "-o", sheet)
        there = dict((row[0], row[1:]) for row in rows_of(sheet))[codes["ordered"]]
        if order_us is None:
            tally.check("without an order nobody was there when it came", there == ["–", ""], there)
        else:
            tally.check("whoever had gone before the order was not there", gone > 5 and
                        float(there[1]) == 28 - gone, (there, gone))
    tally.check("with and without an order", ordered == {True, False}, ordered)
    rows = rows_of(sheet)
    for row in rows:
        row[1] = {codes["all_clear:site"]: "12:09:59"}.get(row[0], row[1])
    seen = observe(pack, write_rows(folder / "clear.csv", rows), folder / "clear")
    report = text_of(folder / "clear" / "evaluation-report.html")
    tally.check("what no run came to is not predicted", seen["1.a"]["verdict"] == "met" and
                seen["1.a"]["predicted_median"] is None and "not predicted" in report, seen["1.a"])
    units = rows_of(folder / "clear" / "measured-units.csv")
    tally.check("of a unit that no step speaks of nothing is measured", not any("army" in row[0] for row in units), units)
    for row in rows:
        row[1:] = row[1:] if row[0] in ("box", "START", "END", "OVER", codes["notified:security"],
                                        codes["noticed:gas@detector"]) else ["", ""]
    seen = observe(pack, write_rows(folder / "calm.csv", rows), folder / "calm")
    tally.check("nothing that was watched was missed", {c["id"]: c["verdict"] for c in seen.values() if c["watched"]} ==
                {"1.c": "met"} and "No clause that was watched was missed." in text_of(
                    folder / "calm" / "evaluation-report.html"), [c for c in seen.values() if c["watched"]])
    other = json.loads((pack / "pack.json").read_text())
    next(b for b in other["boxes"] if b["term"] == "notified:security")["term"] = "notified:nobody"
    (pack / "pack.json").write_text(json.dumps(other))
    muster("observe", pack, "--from-log", folder / "run0/log.jsonl", "-o", folder / "unknown.csv")
    tally.check("a box that the plan does not know is left empty", not any(
        row[0] == codes["notified:security"] and row[1] for row in rows_of(folder / "unknown.csv")))


def main():
    tally = Tally()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for language, mark in (("en", "EXERCISE / 演练"), ("zh", "演练 / EXERCISE")):
            done = muster("pack", INCIDENT, "-o", folder / language, "-n", 3, "--no-pdf", "--lang",
                          language, *FAST)
            if not tally.check(f"muster pack in {language}", done.returncode == 0, done.stderr):
                return tally.finish()
            papers(tally, folder / language, language, mark)
        pack = folder / "en"
        secrets(tally, pack)
        lists(tally, pack)
        numbers(tally, folder)
        predictions(tally, folder)
        muster("run", INCIDENT, "-n", 1, "--no-report", "-o", folder / "run", *FAST)
        sheet = same_verdicts(tally, "run", pack, folder, folder / "run")
        said(tally, pack, sheet, folder)
        same_verdicts(tally, "tabletop", pack, folder, tabletop(folder, folder / "run"))
        sessions(tally, folder, folder / "run")
        faults(tally, pack, sheet, folder)
        unseen(tally, pack, sheet, folder)
        late_doors(tally, pack, sheet, folder)
        few_people(tally, pack, sheet, folder)
        otherwise(tally, folder / "plant")
        ledger(tally, explained(tally, pack, sheet, folder), folder)
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
