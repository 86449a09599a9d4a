#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`muster run` on the package incident: metrics.json against its own schema by an independent
validator, its figures against a recount from log.jsonl, its cause chains against the log.

usage: test_metrics.py MUSTER ROOT [SHARED]
"""
import json
import math
import pathlib
import subprocess
import sys
import tempfile

import recompute
from scenario import Tally

TALLY = Tally()
report = TALLY.report


def run(muster, incident, folder, *options):
    done = subprocess.run([muster, "run", str(incident), "-q", "--no-report", "-o", str(folder), *options],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print(done.stderr)
    return done.returncode


def close(a, b):
    return a is not None and b is not None and math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)


def check_schema(muster, metrics):
    try:
        import jsonschema
    except ImportError:
        report("metrics.json validates (python3-jsonschema is missing)", ["not installed"])
        return
    schema = json.loads(subprocess.run([muster, "schema", "metrics"], capture_output=True,
                                       text=True, check=True).stdout)
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    report("metrics.json validates against `muster schema metrics`",
           [f"{e.json_path}: {e.message[:200]}" for e in validator.iter_errors(metrics)])
    broken = json.loads(json.dumps(metrics))
    broken["clauses"][0]["verdict"] = "passed"
    broken["clauses"][1]["share"] = 1.5
    del broken["clauses"][2]["ci95"]
    broken["occupants"]["guests"] = 1
    report("the schema refuses what is broken",
           [] if len(list(validator.iter_errors(broken))) == 4 else ["it lets it pass"])


def check_whole(metrics, root):
    policy = recompute.read_policy(root / "scenarios" / "policy" / "baseline.json")
    given = {clause["id"] for clause in policy["clauses"]}
    listed = [clause["id"] for clause in metrics["clauses"]]
    faults = [f"{id_} is not listed" for id_ in sorted(given - set(listed))]
    report(f"all {len(given)} clauses are listed",
           faults + ([] if len(listed) == len(set(listed)) else ["one is listed twice"]))
    faults = []
    for clause in metrics["clauses"]:
        counted = clause["runs"] + clause["undecided"] + clause["not_exercised"]
        if counted != metrics["reps"]:
            faults.append(f"{clause['id']}: {counted} of {metrics['reps']} runs are counted")
        if (clause["verdict"] == "not_exercised") != (clause["reason"] is not None):
            faults.append(f"{clause['id']}: {clause['verdict']} because of {clause['reason']}")
        if clause["met"] + clause["never"] > clause["runs"]:
            faults.append(f"{clause['id']}: more met and never than runs")
        if clause["runs"] and not close(clause["share"], clause["met"] / clause["runs"]):
            faults.append(f"{clause['id']}: share {clause['share']}")
    report("every run of every clause is counted once", faults)
    states = sum(metrics["occupants"]["by_state"].values())
    report("states sum to all occupants", [] if close(states, metrics["occupants"]["total"])
           else [f"{states} of {metrics['occupants']['total']}"])
    curve = metrics["evacuation"]["curve"]
    faults = [str(b) for a, b in zip(curve, curve[1:])
              if b["share"] < a["share"] or not b["low"] <= b["share"] <= b["high"]]
    if not close(curve[-1]["share"], metrics["evacuation"]["evacuated_share"]):
        faults.append(f"the curve ends at {curve[-1]['share']}")
    report("the curve rises to the share that left", faults)
    judged = [c for c in metrics["clauses"] if c["kind"] == "deadline" and c["runs"] > 0]
    faults = [c["id"] for c in judged if c["cause_chain"] is None and c["never"] < c["runs"]]
    if len(judged) < 10:
        faults.append(f"only {len(judged)} deadlines are judged")
    report("at least 10 deadlines are judged, each with its chain", faults)


def check_chains(metrics, log):
    _, records, _ = recompute.read_log(log)
    faults, chains = [], 0
    for clause in metrics["clauses"]:
        chain = clause["cause_chain"]
        if chain is None:
            continue
        chains += 1
        parts = chain["parts"]
        if sum(part["duration_us"] for part in parts) != chain["total_us"]:
            faults.append(f"{clause['id']}: the parts do not sum to the whole")
        for a, b in zip(parts, parts[1:]):
            if a["to_us"] != b["from_us"]:
                faults.append(f"{clause['id']}: a gap at {a['to_us']}")
        for part in parts:
            record = records[part["record"]]
            if part["part"] == "none" or part["duration_us"] <= 0:
                faults.append(f"{clause['id']}: a part that is no part")
            if (record["kind"] != part["kind"] or record.get("step") != part["step"]
                    or record.get("holder", ":").rpartition(":")[2] != (part["holder"] or "")):
                faults.append(f"{clause['id']}: record {part['record']} is another")
    report(f"the parts of {chains} chains sum to the microsecond and name their records", faults)


def check_recount(metrics, log, incident):
    again = recompute.recompute(log, incident)
    evacuation = metrics["evacuation"]
    faults = [f"{key}: {evacuation[key]} against {again['evacuation'][key]}"
              for key in ("mean_s", "last_s")
              if not close(evacuation[key], again["evacuation"][key])]
    report("people left when the log says", faults)
    faults, deadlines = recompute.clause_differences(metrics, again)
    if deadlines < 10:
        faults.append(f"only {deadlines} deadlines to compare")
    report(f"{deadlines} deadlines and the other clauses have the log's own times", faults)


def main():
    muster, root = sys.argv[1], pathlib.Path(sys.argv[2])
    incident = root / "scenarios" / "head-office" / "package.json"
    if not incident.exists():
        print("ok nothing to run: there is no package incident")
        print("1 passed, 0 failed")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        one, two = pathlib.Path(folder) / "one", pathlib.Path(folder) / "two"
        codes = [run(muster, incident, one, "--reps", "1", "--jobs", "1"),
                 run(muster, incident, two, "--reps", "3", "--jobs", "1")]
        report("both runs end well", [] if codes == [0, 0] else [str(codes)])
        if codes != [0, 0]:
            return TALLY.finish()
        single = json.loads((one / "metrics.json").read_text(encoding="utf-8"))
        several = json.loads((two / "metrics.json").read_text(encoding="utf-8"))
        check_schema(muster, several)
        check_whole(several, root)
        check_chains(single, one / "log.jsonl")
        check_recount(single, one / "log.jsonl", incident)
        report("the first run is the same alone and among others",
               [] if single["replications"][0] == several["replications"][0]
               and (one / "log.jsonl").read_bytes() == (two / "log.jsonl").read_bytes()
               else ["it differs"])
        three = pathlib.Path(folder) / "three"
        code = run(muster, incident, three, "--reps", "3", "--jobs", "2")
        same = code == 0 and ((two / "metrics.json").read_bytes()
                              == (three / "metrics.json").read_bytes())
        report("one thread or two: the same metrics.json", [] if same else ["it differs"])
    return TALLY.finish()


if __name__ == "__main__":
    sys.exit(main())
