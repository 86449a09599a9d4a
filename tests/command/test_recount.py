#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What metrics.json says of one run, counted again from its log by scripts that share no code with
Muster (recompute.py: clauses; recount.py: people, messages, care, roll-call, shelter, gas). A few kinds
of incident; with MUSTER_RECOUNT=all every incident that comes with the product.

usage: test_recount.py MUSTER ROOT [SHARED]
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import recompute
import recount
from scenario import Tally

MUSTER, ROOT = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
TALLY = Tally()
ok = TALLY.check
FEW = ("explosion", "hostage", "chlorine")


def incidents():
    every = [path for folder in ("campus", "head-office") for path in sorted((ROOT / "scenarios" / folder).glob("*.json"))
             if json.loads(path.read_text(encoding="utf-8")).get("format") == "muster.incident"]
    return every if os.environ.get("MUSTER_RECOUNT") == "all" else [
        ROOT / "scenarios" / "campus" / f"{name}.json" for name in FEW]


def compare(incident, out):
    done = subprocess.run([MUSTER, "run", incident, "--reps", "1", "--motion", "flow", "-q", "--no-report", "-o", out],
                          capture_output=True, text=True, check=False)
    if not ok(f"{incident.name}: it runs", done.returncode == 0, done.stderr[-300:]):
        return
    metrics = json.loads((out / "metrics.json").read_text(encoding="utf-8"))
    counted = recount.recount(*recount.read_log(out / "log.jsonl"), incident)
    wrong = recount.differences(counted, recount.told(metrics))
    ok(f"{incident.name}: the headline figures are those of its log", not wrong, wrong[:5])
    wrong, deadlines = recompute.clause_differences(metrics, recompute.recompute(out / "log.jsonl", incident))
    ok(f"{incident.name}: {deadlines} deadlines and the other clauses, too", not wrong, wrong[:5])


def test_that_it_can_fail(out):
    """A log from which one record is missing tells something else."""
    metrics = json.loads((out / "metrics.json").read_text(encoding="utf-8"))
    incident = ROOT / "scenarios" / "campus" / f"{FEW[0]}.json"
    head, records, end = recount.read_log(out / "log.jsonl")
    for kind, figure in (("left", "evacuation"), ("alerted", "notification"), ("tagged", "casualties"),
                         ("accounted", "roll_call"), ("state", "occupants"), ("exposed", "exposure")):
        choose = min if kind == "exposed" else max  # the last one tells of nobody
        at = choose(r["id"] for r in records if r["kind"] == kind)
        spoilt = [*records[:at], {**records[at], "kind": "told"}, *records[at + 1:]]  # the others keep their numbers
        wrong = recount.differences(recount.recount(head, spoilt, end, incident), recount.told(metrics))
        ok(f"without one record '{kind}' they differ", any(w.startswith(figure) for w in wrong), wrong[:3])


def main():
    with tempfile.TemporaryDirectory() as folder:
        for incident in incidents():
            compare(incident, pathlib.Path(folder) / incident.stem)
        if os.environ.get("MUSTER_RECOUNT") != "all":
            test_that_it_can_fail(pathlib.Path(folder) / FEW[0])
    return TALLY.finish()


if __name__ == "__main__":
    sys.exit(main())
