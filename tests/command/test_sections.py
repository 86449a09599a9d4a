#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the report says of casualties, roll-call, shelter and people held is what the metrics say, in
words and in its two charts.

usage: test_sections.py MUSTER ROOT [SHARED]
"""
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile

from scenario import Tally
from yard import Yard, group, member, step

MUSTER, ROOT = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
RUNS = 2
TAGS = {"red": "red, immediate", "yellow": "yellow, delayed", "green": "green, minor", "black": "black, deceased"}


def play(folder, incident):
    done = subprocess.run([MUSTER, "run", ROOT / f"scenarios/campus/{incident}.json", "--motion", "flow", "--reps",
                           str(RUNS), "--seed", "7", "-q", "-o", folder], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{incident} ended with {done.returncode}: {done.stderr}")
    return (json.loads((folder / "metrics.json").read_text("utf-8")), (folder / "report.md").read_text("utf-8"),
            (folder / "report.html").read_text("utf-8"))


def section(report, title):
    return re.search(rf"^### {title}\n(.*?)(?=^##|\Z)", report, re.M | re.S)[1]


def facts(text):
    return dict(re.findall(r"^- (.+): (.+)$", text, re.M))


def table(text, first):
    """The rows of the table whose head begins with a word."""
    head = re.search(rf"^\| {first} \|.*\n\|[-:|]+\n((?:\|.*\n)+)", text, re.M)
    return [[c.strip() for c in line.strip("|").split("|")] for line in head[1].splitlines()]


def clock(seconds):
    whole = math.ceil(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def same(said, value):
    """A number as people say it: three digits, or to the half where runs are few."""
    found = re.match(r"[\d.]+", said)
    return found is not None and abs(float(found[0]) - value) <= max(0.5, 0.005 * value)


def test_casualties(tally, folder):
    metrics, report, page = play(folder, "explosion")
    care, text = metrics["casualties"], section(report, "Casualty treatment")
    tally.check("runs and casualties", f"in {care['runs']} of {RUNS} runs, {care['count']} each" in text, text[:300])
    tally.check("how many play what", all(f"{TAGS[t]} {n}" in text for t, n in care["by_tag"].items() if n > 0),
                (care["by_tag"], text[:300]))
    rows = table(text, "Stage of care")
    wanted = [[f"{100 * s['share']:.0f} %", *(clock(s[k]) for k in ("t50_s", "t95_s", "last_s"))]
              for s in care["stages"]]
    tally.check("shares and times of each stage", [r[1:] for r in rows] == wanted, (rows, wanted))
    rows = table(text, "Hospital")
    tally.check("who went to which hospital", len(rows) == len(care["hospitals"]) and all(
        same(r[3], h["patients"]) and same(r[4], h["red"]) and same(r[5], h["yellow"]) and same(r[6], h["green"])
        for r, h in zip(rows, care["hospitals"])), (rows, care["hospitals"]))
    rows = table(text, "Patient")
    tags = {t: sum(r[1] == word for r in rows) for t, word in TAGS.items()}
    tally.check("one row for each patient of a run", len(rows) == 24 and tags == care["by_tag"], (len(rows), tags))
    tally.check("the dead are not taken away, the others are",
                all((r[6] == "–") == (r[1] == TAGS["black"]) for r in rows))
    roll, told = metrics["roll_call"], facts(section(report, "Roll-call"))
    tally.check("the roll-call", all(same(told[words], roll[key]) for words, key in (
        ("On roster or register", "expected"), ("Counted", "present"), ("Known casualties elsewhere", "known"),
        ("Missing", "missing"), ("Of them found or come later", "found"), ("Counted, but on no list", "unlisted"))) and
        told["Lists compared"].startswith(f"after {clock(roll['compared_s'])}, in 2 of 2") and
        told["Nobody missing any more"].startswith(f"after {clock(roll['closed_s'])}"), (told, roll))
    chart = re.search(r"<figure[^>]*>\s*(<svg.*?</svg>)\s*<figcaption>[^<]*Share of casualties", page, re.S)
    names = re.sub(r"<[^>]+>", " ", chart[1][chart[1].rfind("<figure") + 1:]) if chart else ""
    tally.check("the chart names its lines", chart is not None and
                all(word in names for word in ("found", "sorted", "treated", "taken to hospital")), names[:300])


def test_siege(tally, folder):
    metrics, report, page = play(folder, "hostage")
    shelter, told = metrics["shelter"], facts(section(report, "Lockdown and shelter"))
    tally.check("lockdown and shelter", all(same(told[words], shelter[key]) for words, key in (
        ("Most in shelter at once", "most"), ("Stayed in to the end, as they were told", "stayed_in"),
        ("Doors locked by hand", "doors_locked"), ("Asked how they are, in shelter", "asked"),
        ("Of them known by an answer", "known"))), (told, shelter))
    tally.check("how long after the order", told["Lockdown secured, from the order"] == clock(shelter["secured_s"]) and
        told["Half of those in shelter known, from the order"] == clock(shelter["known_half_s"]), told)
    held, told = metrics["hostage"], facts(section(report, "People held"))
    tally.check("people held", same(told["Held at the start"], held["held"]) and
                same(told["Let go before the end"], held["let_go"]) and
                same(told["Time held, all together"], held["held_person_s"] / 3600) and
                told["Until the end: half of the runs"] == clock(held["lasted_median_s"]) and
                told["Until the end: 95 % of the runs"] == clock(held["lasted_p95_s"]), (told, held))
    tally.check("no casualties, and it says that nothing was tried",
                "treatment was not exercised" in section(report, "Casualty treatment"))
    chart = re.search(r"<figure[^>]*>\s*(<svg.*?</svg>)\s*<figcaption>[^<]*Occupants by their state", page, re.S)
    names = re.sub(r"<[^>]+>", " ", chart[1][chart[1].rfind("<figure") + 1:]) if chart else ""
    tally.check("the chart of states names those in shelter and held", chart is not None and
                "helter" in names and "eld" in names, names[:300])


def test_never_given(tally, folder):
    """One kit that somebody keeps, and a locked store that two would have to open."""
    yard = Yard(ROOT)
    yard.groups = [group("crowd", 2, ["room"])]
    yard.members = [member("first", "guard"), member("second", "captain", skills=["medic"]), member("keeper", "keeper")]
    yard.site["equipment"] += [
        {"id": "kit", "kind": "protective_kit", "space": "yard", "at": [40, 10], "count": 1},
        {"id": "locked", "kind": "stretcher", "space": "yard", "at": [62, 18], "count": 2, "issued_by": "keeper",
         "issue_persons": 2, "issue_s": 30}]
    kit = [{"equipment": "protective_kit", "count": 1}]
    yard.steps = [
        step("keep", "post", "exploded:item", "guard", object="kept", place="post.medical", needs=kit, takes_s=1,
             holds=True),
        step("want", "post", {"all": ["step:keep"]}, "captain", object="wanted", place="post.medical", needs=kit,
             takes_s=1),
        step("later", "post", {"all": ["step:keep"], "wait_s": 300}, "keeper", object="later", place="post.base",
             takes_s=1)]
    yard.steps[1]["who"]["skill"] = "medic"
    yard.horizon_s = 1200
    incident = yard.write(folder)
    done = subprocess.run([MUSTER, "run", incident, "--motion", "flow", "--reps", "2", "-q", "-o", folder / "out"],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    report = (folder / "out/report.md").read_text("utf-8")
    log = [json.loads(line) for line in (folder / "out/log.jsonl").read_text("utf-8").splitlines()]
    kept = next(r["t_us"] for r in log if r.get("kind") == "step" and r.get("object") == "keep") / 1e6
    end = log[-1]["end_us"] / 1e6
    rows = table(section(report, "Asked for and never given"), "What waited")
    tally.check("who never got what they asked for, and what that was", len(rows) == 1 and rows[0][0] == "want" and
                rows[0][1] == "1 × captain (medics) + 1 × protective kits" and rows[0][2] == "2 / 2", rows)
    tally.check("waited from the step before to the end", len(rows) == 1 and rows[0][3] == clock(end - kept),
                (rows, kept, end))
    tally.check("a store that two open and one guards stays shut", re.search(
        r"locked: 2 of .keeper. open it together, and 1 on duty: it stays shut",
        section(report, "What the roster cannot carry at once")) is not None,
        section(report, "What the roster cannot carry at once"))


def main():
    tally = Tally()
    for test in (test_casualties, test_siege, test_never_given):
        with tempfile.TemporaryDirectory() as place:
            test(tally, pathlib.Path(place))
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
