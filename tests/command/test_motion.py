#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Both motion models on the whole package incident: everybody is accounted for, results say which
model and mode moved them, verdicts and times are broadly the same, and `flow` is repeatable.

usage: test_motion.py MUSTER ROOT [SHARED]
"""
import json
import pathlib
import subprocess
import sys
import tempfile

from scenario import Tally

RUNS = 4
TALLY = Tally()
report = TALLY.report


def play(muster, incident, folder, *options):
    subprocess.run([muster, "run", str(incident), "-q", "-n", str(RUNS), "-o", str(folder), *options],
                   check=True, capture_output=True)
    metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    return metrics, (folder / "log.jsonl").read_bytes(), (folder / "report.md").read_text("utf-8")


def check_accounts(model, metrics):
    faults = []
    states = metrics["occupants"]["by_state"]
    if round(sum(states.values()) * RUNS) != metrics["occupants"]["total"] * RUNS:
        faults.append(f"the states sum to {sum(states.values())}")
    inside = sum(one["runs"] for one in metrics["remaining"])
    if round(states["inside"] * RUNS) != inside:
        faults.append(f"{states['inside'] * RUNS} are inside, {inside} are named")
    faults += [f"run {r['replication']}: {r['left']} left" for r in metrics["replications"]
               if r["left"] < 0.98 * metrics["occupants"]["indoors"]]
    report(f"{model}: everybody is accounted for", faults)


def check_named(model, mode, metrics, text):
    said = metrics["incident"]
    faults = [] if (said["motion"], said["motion_mode"]) == (model, mode) else [str(said)]
    faults += [word for word in (f"{model}: ", f"{mode}: ") if word not in text]
    report(f"{model}, {mode}: metrics and report say so", faults)


def check_bench(muster, incident):
    """The campus is a scene of the benchmark, with people of its own."""
    words = [muster, "bench", "motion", "--scene", "S3", "--model", "flow", "--repeats", "1"]
    measured = subprocess.run([*words, "--json"], check=True, capture_output=True)
    scenes = json.loads(measured.stdout)["scenes"]
    good = [one for one in scenes if one["scene"] == "S3" and one["n"] > 1000 and one["events"] > one["n"]
            and one["walking_at_end"] == 0 and one["simulated_s"] > 60]
    refused = subprocess.run([*words, "--people", "7"], check=False, capture_output=True).returncode
    agreed = subprocess.run([muster, "bench", "agree", str(incident), "-n", "1", "-j", "1", "--motion-mode", "free",
                             "--json"], check=False, capture_output=True)
    report("the agreement as JSON: one incident, and no complaint",
           [] if len(json.loads(agreed.stdout)["agreement"]) == 1 and not agreed.stderr else [agreed.stderr.decode()])
    report("the campus is measured as scene S3", ([] if len(good) == 1 == len(scenes) else [str(scenes)])
           + ([measured.stderr.decode()] if measured.stderr else [])
           + ([] if refused == 2 else ["--people is taken with it"]))


def check_alike(walk, flow):
    by_walk = {c["id"]: c for c in walk["clauses"]}
    differ = [f"{c['id']}: {by_walk[c['id']]['verdict']} by walk, {c['verdict']} by flow"
              for c in flow["clauses"] if c["verdict"] != by_walk[c["id"]]["verdict"]]
    report("verdicts by both models differ on three clauses at the most",
           differ if len(differ) > 3 else [])
    faults = []
    for key in ("mean_s", "p95_s"):
        one = sum(r[key] for r in walk["replications"])
        other = sum(r[key] for r in flow["replications"])
        if abs(other / one - 1) > 0.1:
            faults.append(f"{key}: {other / one:.3f} of walk's")
    report("mean and 95 % of the times of leaving agree within 10 %", faults)


def check_refused(muster, incident, folder):
    done = subprocess.run([muster, "run", str(incident), "-q", "-o", str(folder), "--motion", "fly"],
                          capture_output=True, text=True, check=False)
    faults = [] if done.returncode == 2 and "walk" in done.stderr else [done.stderr]
    report("a model that there is not is refused", faults)


def main():
    muster, root = sys.argv[1], pathlib.Path(sys.argv[2])
    incident = root / "scenarios/head-office/package.json"
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        walk, _, walk_text = play(muster, incident, place / "walk", "--motion", "walk")
        flow, log, flow_text = play(muster, incident, place / "flow", "--motion", "flow",
                                    "--motion-mode", "regulatory")
        again, log_again, _ = play(muster, incident, place / "again", "--motion", "flow",
                                   "--motion-mode", "regulatory", "-j", "2")
        free, _, _ = play(muster, incident, place / "free", "--motion", "flow")
        check_named("walk", "free", walk, walk_text)
        check_named("flow", "regulatory", flow, flow_text)
        for model, metrics in (("walk", walk), ("flow", free), ("flow, regulatory", flow)):
            check_accounts(model, metrics)
        check_alike(walk, free)
        report("flow gives the same bytes again, with two threads",
               [] if log == log_again and flow == again else ["they differ"])
        if "--motion flow --motion-mode regulatory" not in flow_text:
            report("the command to repeat it names the model", [flow_text[-400:]])
        check_refused(muster, incident, place / "no")
        check_bench(muster, root / "tests/plant/incident.json")
    return TALLY.finish()


sys.exit(main())
