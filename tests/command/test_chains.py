#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of cause chains, over incidents and seeds: the parts of a chain touch, are named and add
up; a step that waits for all of several things is caused by the last of them, one that waits for any
by the first; whatever was granted was requested, and a wait names who or what held it.

usage: test_chains.py MUSTER ROOT [SHARED]
MUSTER_CHAIN_SEEDS is the number of seeds (1); MUSTER_CHAIN_INCIDENTS=all takes every incident, or
those named, with commas between them.
"""
import json
import os
import sys
import tempfile
from pathlib import Path

from scenario import Tally, play, read, records

FEW = ("package-patrol", "hostage-night")


def steps_of(folder, incident):
    books = [read(folder / p) for p in incident["playbooks"]]
    return {s["id"]: s for book in books for s in book["steps"]}


def matches(term, record):
    kind, _, rest = term.partition(":")
    wanted, _, place = rest.partition("@")
    return (record["kind"] == kind and (not wanted or record.get("object") == wanted)
            and (not place or record.get("place") == place))


def first_match(log, term):
    return next((r["id"] for r in log if matches(term, r)), None)


def check_due(log, steps):
    """The first time that a step is due; repetitions are caused by the time before."""
    faults, checked, seen = [], 0, set()
    for record in log:
        if record["kind"] != "due" or record["step"] in seen:
            continue
        seen.add(record["step"])
        when = steps[record["step"]]["when"]
        every = [first_match(log, t) for t in when.get("all", [])]
        some = [i for i in (first_match(log, t) for t in when.get("any", [])) if i is not None]
        if None in every or (when.get("any") and not some):
            continue  # a step that brings people down is also called by whoever needs it
        wanted = max(every + ([min(some)] if some else []))
        checked += 1
        if record.get("cause") != wanted:
            faults.append((record["step"], record.get("cause"), wanted))
    return checked, faults


def check_grants(log):
    by_id = {r["id"]: r for r in log}
    faults, waits = [], 0
    for record in log:
        if record["kind"] != "granted" or "step" not in record:
            continue
        cause = by_id.get(record.get("cause"), {})
        if cause.get("kind") not in ("requested", "on_site") or (
                cause["kind"] == "requested" and cause.get("step") != record["step"]):
            faults.append((record["id"], "was not requested"))
        elif cause["kind"] == "requested" and record["t_us"] > cause["t_us"]:
            waits += 1
            if "holder" not in record:
                faults.append((record["id"], "nobody held it"))
    return waits, faults


def check_parts(metrics):
    faults, chains = [], 0
    for item in metrics["clauses"]:
        chain = item.get("cause_chain")
        if not chain or not chain["parts"]:
            continue
        chains += 1
        at = chain["parts"][0]["from_us"]
        for part in chain["parts"]:
            if part["from_us"] != at or part["to_us"] - at != part["duration_us"]:
                faults.append((item["id"], "gap or overlap", at))
            if part["part"] in ("none", "other", ""):
                faults.append((item["id"], "a part without a name", at))
            at = part["to_us"]
        if at - chain["parts"][0]["from_us"] != chain["total_us"]:
            faults.append((item["id"], "the parts do not add up", chain["total_us"]))
    return chains, faults


def check_incident(tally, muster, folder, name, seed):
    incident = read(folder / f"{name}.json")
    with tempfile.TemporaryDirectory() as out:
        path = Path(out, "incident.json")
        for key in ("site", "roster", "policy"):
            incident[key] = str((folder / incident[key]).resolve())
        incident["playbooks"] = [str((folder / p).resolve()) for p in incident["playbooks"]]
        path.write_text(json.dumps(incident), encoding="utf-8")
        metrics, lines = play(muster, path, "--motion", "flow", "--reps", "1", "--seed", str(seed))
    log = records(lines)
    title = f"{name}, seed {seed}"
    chains, faults = check_parts(json.loads(metrics))
    tally.check(f"{title}: {chains} chains touch, are named and add up", not faults, faults[:5])
    due, faults = check_due(log, steps_of(folder, incident))
    tally.check(f"{title}: {due} steps are caused by the last of all, the first of any",
                not faults, faults[:5])
    waits, faults = check_grants(log)
    tally.check(f"{title}: grants were requested, and {waits} waits name who held it",
                not faults, faults[:5])
    return chains, due, waits


def main():
    muster, root = sys.argv[1:3]
    folder = Path(root).resolve() / "scenarios" / "campus"
    names = os.environ.get("MUSTER_CHAIN_INCIDENTS", ",".join(FEW)).split(",")
    if names == ["all"]:
        names = sorted(p.stem for p in folder.glob("*.json")
                       if '"muster.incident"' in p.read_text(encoding="utf-8")[:200])
    tally = Tally()
    seen = (0, 0, 0)
    for name in names:
        for seed in range(1, 1 + int(os.environ.get("MUSTER_CHAIN_SEEDS", "1"))):
            found = check_incident(tally, muster, folder, name, seed)
            seen = tuple(a + b for a, b in zip(seen, found))
    tally.check("of all of them there were some: chains, steps, waits", all(seen), seen)
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
