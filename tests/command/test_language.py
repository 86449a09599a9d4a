#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A walk over what people read, in both languages: the help of every command, the report, the papers of
a drill pack, a picture of a run, the printed plan. Chinese pages hold no sentence in English, English
ones nothing in Chinese but the marking and what the files themselves say in one language only.

usage: test_language.py MUSTER ROOT [SHARED]
"""
import html
import pathlib
import re
import subprocess
import sys
import tempfile

from scenario import Tally

MUSTER, ROOT = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
INCIDENT = ROOT / "scenarios/head-office/tabletop.json"
# Words that stand for themselves: what is typed, file names, formats, ids.
TYPED = re.compile(r"`[^`]*`|“?muster [a-z-]+[^，。；”]*|\S*[./_=<>|\"-]\S*|[A-Z]{2,}\S*|\b(?:Muster|JuPedSim|"
                   r"Chromium|OpenStreetMap|GeoJSON|GeoPackage|Excel|indoor)\b")
ENGLISH = re.compile(r"(?:\b[a-z][a-zA-Z']+\b[ ,;:]+){3,}\b[a-z][a-zA-Z']+\b")
CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def muster(*words):
    return subprocess.run([MUSTER, *map(str, words)], capture_output=True, text=True, check=False)


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
        faults = {c: found for c in commands
                  if (found := faults_in(muster(c, "--help", "--lang", language).stdout))}
        tally.check(f"help of {len(commands)} commands ({language})", not faults and commands, faults)


def pages(tally, folder):
    for language, faults_in in (("zh", english_in), ("en", chinese_in)):
        out = folder / language
        fast = ["--motion", "flow", "-n", 1, "-q", "--lang", language]
        done = [muster("run", INCIDENT, *fast, "-o", out / "run"),
                muster("pack", INCIDENT, *fast, "--no-pdf", "-o", out / "pack"),
                muster("export", "plan", INCIDENT, "--lang", language, "-o", out / "plan.svg"),
                muster("export", "redacted", out / "run/metrics.json", "--lang", language, "-o",
                       out / "bare.html"),
                muster("lint", ROOT / "scenarios/head-office/site.json", "--lang", language)]
        if not tally.check(f"everything is written ({language})",
                           all(d.returncode in (0, 1) for d in done), [d.stderr for d in done]):
            continue
        written = sorted([*out.rglob("*.html"), *out.glob("*.svg")])
        faults = {p.name: found for p in written if (found := faults_in(text_of(p)))}
        tally.check(f"{len(written)} pages ({language})", not faults and len(written) > 14, faults)
        if language == "en":
            tally.check("the walk sees English where it is", english_in(text_of(out / "bare.html")))
        said = {i: found for i, d in enumerate(done) if (found := faults_in(d.stdout + d.stderr))}
        tally.check(f"what is printed meanwhile ({language})", not said, said)


def main():
    tally = Tally()
    helps(tally)
    with tempfile.TemporaryDirectory() as name:
        pages(tally, pathlib.Path(name))
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
