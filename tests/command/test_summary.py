#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What muster run prints adds up: the missed clauses of the headline are those of the table and those
that repeat one of them; a ratio is a share; the run that is explained goes by the number that
--log-rep takes.

usage: test_summary.py MUSTER ROOT [SHARED]
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from scenario import Tally

MUSTER, ROOT = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
INCIDENT = ROOT / "scenarios/head-office/package.json"
TALLY = Tally()
ok = TALLY.check


def run(*words):
    done = subprocess.run([MUSTER, "run", INCIDENT, *map(str, words), "--reps", "5", "--motion", "flow",
                           "-q"], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def number(pattern, text):
    found = re.search(pattern, text)
    return int(found.group(1)) if found else -1


def main():
    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work)
        said = run("-o", folder / "en", "--lang", "en")
        missed, rows = number(r"(\d+) missed\.", said), number(r"worst of (\d+);", said)
        repeats = number(r"(\d+) more missed clauses ask for the same", said)
        ok("missed: those listed and those that repeat one of them",
           repeats > 0 and missed == rows + repeats, said)
        ok("the report says so, too", f"{repeats} more missed clauses ask for the same" in
           (folder / "en/report.md").read_text("utf-8"), repeats)
        ok("a ratio above one is a share", "at least 150 %" in said and "125 %" in said, said)
        said = run("-o", folder / "zh", "--lang", "zh")
        ok("in Chinese", repeats > 0 and number(r"另有未达标的(\d+)条", said) == repeats, said)

        clause = "4.2.3b"
        said = run("--why", clause, "--lang", "en")
        which = number(r"Run (\d+), counted from 0", said)
        took = re.search(r"add up to (\d+):(\d\d)\.", said)
        ok("the run explained is numbered from 0, and says so", which >= 0 and took, said)
        run("-o", folder / "one", "--no-report", "--log-rep", which)
        log = [json.loads(line) for line in (folder / "one/log.jsonl").read_text("utf-8").splitlines()]
        told = next(r for r in log if r.get("kind") == "notified" and r.get("object") == "police")
        there = next(r for r in log if r.get("kind") == "arrived" and r.get("object") == "police" and
                     r.get("place") == "outer_cordon")
        seconds = int(took.group(1)) * 60 + int(took.group(2))
        ok("and --log-rep of that number is its log",
           abs(there["t_us"] - told["t_us"] - 1e6 * seconds) < 1e6, (told, there, said))
    return TALLY.finish()


if __name__ == "__main__":
    sys.exit(main())
