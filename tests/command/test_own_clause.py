#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A clause of a planner's own that says no more than it must is judged, explained, reported and
listed like any other.

usage: test_own_clause.py MUSTER ROOT [SHARED]
"""
import json
import pathlib
import subprocess
import sys
import tempfile

from scenario import Tally

MUSTER, ROOT = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
INCIDENT = ROOT / "scenarios/head-office/package.json"
OWN = {"id": "own.1", "kind": "deadline", "demands": [{"name": "limit", "value": 1, "unit": "s"}],
       "start": "noticed:item", "end": "declared:red", "judged_by": ["simulated"]}
TALLY = Tally()
ok = TALLY.check


def run(*words):
    return subprocess.run([MUSTER, *map(str, words)], capture_output=True, text=True, check=False)


def main():
    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work)
        policy = folder / "own.json"
        policy.write_text(json.dumps({"format": "muster.policy", "version": 1, "id": "own",
                                      "based_on": str(ROOT / "scenarios/policy/baseline.json"),
                                      "clauses": [OWN]}), encoding="utf-8")
        for lang, owner in (("en", "not assigned"), ("zh", "未指定")):
            done = run("run", INCIDENT, "--policy", policy, "--reps", 1, "--motion", "flow", "-q",
                       "-o", folder / lang, "--lang", lang)
            ok(f"{lang}: it runs", done.returncode == 0, done.stderr)
            page = folder / lang / "report.html"
            text = page.read_text(encoding="utf-8") if page.exists() else ""
            ok(f"{lang}: a gap of its own, whose owner is to be named", "own.1" in text and owner in text)
        done = run("run", INCIDENT, "--policy", policy, "--reps", 1, "--motion", "flow", "-q",
                   "--no-report", "-o", folder / "why", "--why", "own.1")
        ok("the chain is printed", done.returncode == 0 and "own.1" in done.stdout, done)
        figures = json.loads((folder / "why/metrics.json").read_text(encoding="utf-8"))
        mine = [c for c in figures["clauses"] if c["id"] == "own.1"]
        ok("missed: nobody declares red within a second",
           len(mine) == 1 and mine[0]["verdict"] == "missed", mine)
        for words in (["clauses", "--policy", policy], ["clauses", "own.1", "--policy", policy],
                      ["clauses", "--json", "--policy", policy], ["check", policy],
                      ["lint", ROOT / "scenarios/head-office/site.json", "--policy", policy],
                      ["pack", INCIDENT, "--policy", policy, "--motion", "flow", "--reps", 1, "--no-pdf",
                       "-q", "-o", folder / "pack"]):
            done = run(*words)
            ok(f"muster {' '.join(map(str, words[:2]))}", done.returncode in (0, 1), done.stderr)
    return TALLY.finish()


if __name__ == "__main__":
    sys.exit(main())
