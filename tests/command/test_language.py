#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A walk over what people read, in both languages: the help of every command, what each prints, every
page that one writes. Chinese pages hold no sentence in English, English ones nothing in Chinese but the
marking and what the files themselves say in one language only; and no text overflows its box, on an A4
sheet or on a screen, measured by one headless Chromium.

usage: test_language.py MUSTER ROOT [SHARED]
"""
import html
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from browser import Browser, find_browser
from scenario import Tally

MUSTER, ROOT = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
INCIDENT = ROOT / "scenarios/head-office/tabletop.json"
PLANT = ROOT / "tests/plant/incident.json"
LAYERS = "names,cordon,teams,routes,density,paths,queues,equipment"
# Words that stand for themselves: what is typed, file names, formats, ids.
TYPED = re.compile(r"`[^`]*`|“?muster [a-z-]+[^，。；”]*|\S*[./_=<>|\"-]\S*|[A-Z]{2,}\S*|\b(?:Muster|JuPedSim|"
                   r"Chromium|OpenStreetMap|GeoJSON|GeoPackage|Excel|indoor)\b")
KINDS = [line.split()[0] for line in subprocess.run([MUSTER, "schema"], capture_output=True, text=True,
                                                    check=True).stdout.splitlines()]
ENGLISH = re.compile(r"(?:\b[a-z][a-zA-Z']+\b[ ,;:]+){3,}\b[a-z][a-zA-Z']+\b")
CHINESE = re.compile(r"[\u4e00-\u9fff]+")


# Threads that wait would spin, and these jobs are too small to share.
ALONE = dict(os.environ, OMP_NUM_THREADS="1")


def refused(out):
    """What is said of input that cannot be used."""
    parent = out.parent
    yield "merge", parent / "part-1.sqlite", parent / "s.sqlite", "-o", out / "no.sqlite"
    yield "merge", parent / "part-1.sqlite", "-o", out / "no.sqlite"
    yield "sensitivity", parent / "study.json", "-q", "-o", out / "no.sqlite"
    yield "sensitivity", parent / "ranges.json", "-q", "-m", "no-such", "-o", parent / "s.sqlite"
    yield "show", PLANT, "--headless", "--at", "x", "-o", out / "no"
    yield "show", PLANT, "--headless", "--layers", "x", "-o", out / "no"
    yield "import", "rooms", parent / "cell.csv", "-o", out / "no"
    yield "import", "dxf", parent / "no.dxf", "-o", out / "no"
    yield "schema", "x"
    yield "bench", "x"
    yield "bench", "motion", "--scene", "x"


def muster(*words):
    return subprocess.run([MUSTER, *map(str, words)], capture_output=True, text=True, check=False, env=ALONE)


def text_of(page):
    return html.unescape(re.sub(r"<(style|script|code|pre)\b.*?</\1>|<svg[^>]*>|<[^>]+>", "\n",
                                page.read_text(encoding="utf-8"), flags=re.S))


def strings_of(value):
    """Every text of a JSON value, one a line; its keys are for programs."""
    if isinstance(value, (dict, list)):
        return "\n".join(map(strings_of, value.values() if isinstance(value, dict) else value))
    return value if isinstance(value, str) else ""


GIVEN = "".join(f.read_text(encoding="utf-8") for f in (ROOT / "scenarios").rglob("*.json"))


def english_in(text):
    """Sentences of ours; where a number comes from is said in the file's own words."""
    found = [m.group(0) for line in text.splitlines() if len(line) < 4000
             for m in [ENGLISH.search(TYPED.sub("　", line))] if m]
    return [words for words in found if words not in GIVEN]


def chinese_in(text):
    return sorted(set(CHINESE.findall(text)) - {"演练"})


def helps(tally):
    commands = muster("--help=bash").stdout.split()
    for language, faults_in in (("zh", english_in), ("en", chinese_in)):
        said = muster("--help=all", "--lang", language).stdout
        silent = [c for c in commands if f"muster {c} " not in said]
        faults = faults_in(said + muster("--help", "--lang", language).stdout)
        tally.check(f"help of {len(commands)} commands ({language})",
                    not faults and not silent and len(commands) > 30, (faults, silent))


def quick_incident(folder):
    """The tabletop's incident with people moved by the quick model, a study of two arms and forty
    days of the campus's year, without what the head office has not: patrols and stores."""
    incident = json.loads(INCIDENT.read_text(encoding="utf-8"))
    for key in ("site", "roster", "policy"):
        incident[key] = str((INCIDENT.parent / incident[key]).resolve())
    incident["playbooks"] = [str((INCIDENT.parent / p).resolve()) for p in incident["playbooks"]]
    path = folder / "incident.json"
    path.write_text(json.dumps(dict(incident, motion="flow"), ensure_ascii=False), encoding="utf-8")
    study = json.loads((ROOT / "scenarios/studies/head-office-operators.json").read_text("utf-8"))
    levers = json.loads((ROOT / "scenarios/levers/head-office.json").read_text("utf-8"))
    # One for each file that they may change: all that `hazop` and `fix` say of them.
    kinds = {lever["changes"][0]["in"]: lever for lever in levers["levers"]}
    (folder / "levers.json").write_text(json.dumps(dict(levers, levers=list(kinds.values())),
                                                   ensure_ascii=False), encoding="utf-8")
    (folder / "study.json").write_text(json.dumps(dict(study, incidents=[str(path)], reps=2),
                                                  ensure_ascii=False), encoding="utf-8")
    ranges = json.loads((ROOT / "scenarios/studies/head-office-unknowns.json").read_text("utf-8"))
    drive = next(f for f in ranges["factors"] if f["pointer"].startswith("/units/"))
    ranges.update(incidents=[str(PLANT)], points=2, reps=1, factors=[
        dict(drive, pointer="/units/fire/distance_m", least=900, most=6000)])
    (folder / "ranges.json").write_text(json.dumps(ranges, ensure_ascii=False), encoding="utf-8")
    year = json.loads((ROOT / "scenarios/campus/year.json").read_text("utf-8"))
    (folder / "year.json").write_text(json.dumps(dict(
        year, days=40, stores=[], duties=[d for d in year["duties"] if "patrol" not in d]),
        ensure_ascii=False), encoding="utf-8")
    return path


# A floor with most of what an import has to tell of: rooms that overlap, one that nothing leads to, one drawn
# twice, a gap, doors nowhere, a use that is not known, stairs over stairs, and no way out of the upper floor.
ROOMS = """kind,id,name,level,use,x,y,width,depth
room,c,Corridor,0,corridor,0,0,12,3\nroom,g,Gap,0,other,0,3,6,0.3\nroom,o,Office,0,office,0,3.3,6,5
room,p,Passage,0,corridor,6,3,2,5.3\nroom,m,Meeting,0,meeting,7,3,5,5\nroom,t,Twice,0,meeting,7,3,5,5
room,s,Stairs,0,stair,12,0,4,6\nroom,s1,Stairs,1,stair,12,0,4,6\nroom,u,Upper,1,office,0,0,12,6
room,w,Well,0,store,2,4,1,1\nentrance,e,,0,,0,1.5,,\ndoor,d,,0,,3,3.3,,\ndoor,q,,0,,7,3,0.9,
door,q2,,0,,7.1,3,1.2,\ndoor,n,,0,,60,60,,\ndoor,k,,0,,12,2,,\nentrance,a,,1,,0,2,,
"""
OVERLAY = {"format": "muster.overlay", "version": 1, "id": "additions", "accept": ["exit-999"],
           "doors": [{"id": "far", "unit": "c", "at": [[6, 40]], "why": "survey"}],
           "drops": [{"unit": "no-such-unit"}], "uses": [{"unit": "o", "use": "classroom"}]}


def drawings(folder):
    """The floor above as a table, what a planner adds to it, and a drawing far from its origin that does
    not say its unit, with a wall whose ends nearly meet."""
    (folder / "rooms.csv").write_text(ROOMS, encoding="utf-8")
    (folder / "cell.csv").write_text(ROOMS.replace("Office,0,office,0", "Office,0,office,zero"), encoding="utf-8")
    (folder / "overlay.json").write_text(json.dumps(OVERLAY), encoding="utf-8")
    walls = [(0, 0, 12, 0), (12, 0, 12, 8), (12, 8, .04, 8), (0, 8, 0, 0), (5, 0, 5, 8)]
    lines = "".join(f"  0\nLINE\n  8\nWALLS\n 10\n{(a + 9000) * 1000}\n 20\n{b * 1000}\n 11\n{(c + 9000) * 1000}\n 21\n"
                    f"{d * 1000}\n" for a, b, c, d in walls)
    (folder / "floor.dxf").write_text(f"  0\nSECTION\n  2\nENTITIES\n{lines}  0\nENDSEC\n  0\nEOF\n", encoding="utf-8")


def everything(out, incident):
    """Every command that writes pages or prints findings, each once. What is played into a file of
    results in one language is only told in the other."""
    office = ROOT / "scenarios/head-office"
    levers, quick = ["--levers", out.parent / "levers.json"], ["-n", 1, "-q"]
    cases = [ROOT / f"tests/verification/{name}.json" for name in (
        "nist/nist-2.1", "imo/imo-01", "rimea/rimea-01")]
    yield "run", incident, *quick, "--why", "4.2.3b", "-o", out / "run"
    yield "pack", incident, *quick, "--no-pdf", "-o", out / "pack"
    yield "observe", out / "pack", "--from-log", out / "run/log.jsonl", "-o", out / "times.csv"
    yield "observe", out / "pack", out / "times.csv", "-q", "--no-pdf", "-o", out / "observed"
    yield "ledger", out / "observed/hazards.csv"
    yield "fit", out / "observed/measured-steps.csv", "--html", out / "fit.html"
    yield "year", office / "site.json", "--year", out.parent / "year.json", "-n", 1, "-j", 1, "-o", out / "year"
    parts = [out.parent / f"part-{k}.sqlite" for k in (1, 2)]
    for k, part in enumerate(parts, 1):
        yield "batch", out.parent / "study.json", "-q", "--shard", f"{k}/2", "-o", part
    yield "merge", *parts, "-o", out / "batch.sqlite"
    yield "compare", out / "batch.sqlite", "--draws", 100, "--html", out / "compare.html"
    yield ("compare", out / "batch.sqlite", "--draws", 100, "--arm", 1, "--improvement", "--html",
           out / "improvement.html")
    yield "fix", incident, *levers, "-n", 2, "-q", "--budget", 60, "-o", out.parent / "f.sqlite", "--html", \
        out / "fix.html"
    yield ("hazop", incident, *levers, "-n", 5, "--screen", 5, "--kinds", "channel", "--guides", "lost",
           "-q", "-o", out.parent / "h.sqlite", "--html", out / "hazop.html", "--redacted", out / "shared.html")
    yield "sensitivity", out.parent / "ranges.json", "-q", "-o", out.parent / "s.sqlite", "--html", out / "ranks.html"
    yield "show", PLANT, "--headless", "--svg", "--at", 60, "--layers", LAYERS, "-o", out / "shown"
    yield "import", "rooms", out.parent / "rooms.csv", "--overlay", out.parent / "overlay.json", "-o", out / "floor"
    yield "import", "dxf", out.parent / "floor.dxf", "--accept", "-o", out / "drawn"
    for kind in KINDS if out.name == "zh" else KINDS[:2]:
        yield "schema", kind, "--doc"
    yield "schema", KINDS[0]  # says of a field what its documentation says
    yield "schema",
    yield "bench", "motion", "--scene", "S1", "--people", 20, "--repeats", 1
    yield "bench", "agree", PLANT, "-n", 1, "-j", 1, "--motion-mode", "free"
    yield "verify", *cases, "-q", "--report", out / "verify.html"
    yield "lint", office / "site.json", "--html", out / "lint.html"
    yield "audit", office / "site.json", "--html", out / "audit.html"
    yield "export", "plan", INCIDENT, "-o", out / "plan.html"
    yield "export", "redacted", out / "run/metrics.json", "-o", out / "bare.html"
    yield "easi", ROOT / "scenarios/easi/published-example.json"
    yield "why", incident, "staff.marketing/001"
    yield "check", incident
    yield "clauses",
    yield "clauses", "4.2.3b", "3.1.1a"
    yield "doctor",
    yield "new", out / "new", "--template", "office", "--name", "A", "--floors", 2, "--people", 60
    yield "migrate", office / "site.json"


def pages(tally, folder):
    incident, written = quick_incident(folder), []
    drawings(folder)
    for language, faults_in in (("zh", english_in), ("en", chinese_in)):
        out = folder / language
        out.mkdir()
        said = {}
        for words in everything(out, incident):
            done = muster(*words, "--lang", language)
            name = " ".join(str(w).replace(str(folder), "") for w in words[:3])
            tally.check(f"{name} ({language})", done.returncode in (0, 1), done.stderr)
            if found := faults_in((done.stdout + done.stderr).replace(str(folder), "")):
                said[name] = found
        for words in refused(out):
            done = muster(*words, "--lang", language)
            name = " ".join(str(w).replace(str(folder), "") for w in words[:4])
            if done.returncode != 2 or (found := faults_in(done.stderr.replace(str(folder), ""))):
                said[name] = found if done.returncode == 2 else done
        tally.check(f"what is printed ({language})", not said, said)
        own = sorted([*out.rglob("*.html"), *out.rglob("*.md")])
        faults = {p.name: found for p in own if (found := faults_in(text_of(p)))}
        drawn = sorted((out / "shown").glob("*.svg"))
        faults |= {p.name: found for p in drawn if (found := faults_in(
            re.sub(r"<[^>]+>", "\n", p.read_text(encoding="utf-8")).replace("中文", "")))}
        reports = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(out.rglob("import-report.json"))]
        faults |= {f"report {k}": found for k, r in enumerate(reports) if (found := faults_in(strings_of(r)))}
        tally.check(f"pictures and import reports ({language})", len(drawn) == 1 and len(reports) == 2)
        tally.check(f"{len(own)} pages ({language})", not faults and len(own) > 30, faults)
        written += [p for p in own if p.suffix == ".html"]
        if language == "en":
            tally.check("the walk sees English where it is", english_in(text_of(out / "bare.html")))
    return written


def boxes(tally, folder, written):
    """No text outside its box, cut off or under another, on paper and, but for the papers of a drill
    pack, on a screen."""
    if not find_browser():
        print("skipped: Chromium, which measures pages, is not installed")
        return
    poor = folder / "poor.html"
    poor.write_text("<!doctype html><table style='width:90px;table-layout:fixed'><td>Donaudampfschiff"
                    "</table><div style='overflow:hidden;height:9px'>two<br>lines</div><svg width=90 "
                    "height=20><text y=15>one</text><text y=15>two</text></svg>", encoding="utf-8")
    browser = Browser()
    try:
        found = " ".join(browser.faults_of(poor)[1])
        tally.check("the browser sees what is poor", all(w in found for w in (
            "outside its box", "cut", "over 'one'")), found)
        for page in written:
            texts, faults = browser.faults_of(page, page.parent.name != "pack")
            tally.check(f"{page.parent.parent.name}/{page.parent.name}/{page.name}: {texts} texts in "
                        "their boxes", not faults and texts > 5, faults[:6])
    finally:
        browser.close()


def main():
    tally = Tally()
    helps(tally)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        boxes(tally, folder, pages(tally, folder))
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
