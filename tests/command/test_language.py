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
# Words that stand for themselves: what is typed, file names, formats, ids.
TYPED = re.compile(r"`[^`]*`|“?muster [a-z-]+[^，。；”]*|\S*[./_=<>|\"-]\S*|[A-Z]{2,}\S*|\b(?:Muster|JuPedSim|"
                   r"Chromium|OpenStreetMap|GeoJSON|GeoPackage|Excel|indoor)\b")
ENGLISH = re.compile(r"(?:\b[a-z][a-zA-Z']+\b[ ,;:]+){3,}\b[a-z][a-zA-Z']+\b")
CHINESE = re.compile(r"[\u4e00-\u9fff]+")


# Threads that wait would spin, and these jobs are too small to share.
ALONE = dict(os.environ, OMP_NUM_THREADS="1")


def muster(*words):
    return subprocess.run([MUSTER, *map(str, words)], capture_output=True, text=True, check=False, env=ALONE)


def text_of(page):
    return html.unescape(re.sub(r"<(style|script|code|pre)\b.*?</\1>|<svg[^>]*>|<[^>]+>", "\n",
                                page.read_text(encoding="utf-8"), flags=re.S))


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
    year = json.loads((ROOT / "scenarios/campus/year.json").read_text("utf-8"))
    (folder / "year.json").write_text(json.dumps(dict(
        year, days=40, stores=[], duties=[d for d in year["duties"] if "patrol" not in d]),
        ensure_ascii=False), encoding="utf-8")
    return path


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
    yield "batch", out.parent / "study.json", "-q", "-o", out.parent / "batch.sqlite"
    yield "compare", out.parent / "batch.sqlite", "--draws", 100, "--html", out / "compare.html"
    yield ("compare", out.parent / "batch.sqlite", "--draws", 100, "--arm", 1, "--improvement", "--html",
           out / "improvement.html")
    yield "fix", incident, *levers, "-n", 2, "-q", "--budget", 60, "-o", out.parent / "f.sqlite", "--html", \
        out / "fix.html"
    yield ("hazop", incident, *levers, "-n", 5, "--screen", 5, "--kinds", "channel", "--guides", "lost",
           "-q", "-o", out.parent / "h.sqlite", "--html", out / "hazop.html", "--redacted", out / "shared.html")
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
        tally.check(f"what is printed ({language})", not said, said)
        own = sorted([*out.rglob("*.html"), *out.rglob("*.md")])
        faults = {p.name: found for p in own if (found := faults_in(text_of(p)))}
        tally.check(f"{len(own)} pages ({language})", not faults and len(own) > 26, faults)
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
