#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Works out again, from log.jsonl and the input files alone, what metrics.json says of one run: when
people left, and the value of every clause with a start and an end. Shares no code with Muster.

usage: recompute.py LOG INCIDENT [POLICY]     prints {evacuation: …, clauses: {id: …}} as JSON
"""
import json
import math
import pathlib
import sys

UNITS = {"s": 1, "min": 60, "h": 3600, "d": 86400}
HAPPENING = {"process", "physical", "stock", "distance"}
NEVER = None


def read_log(path):
    with open(path, encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    return lines[0], lines[1:-1], lines[-1]


def read_policy(path):
    """A policy, with the one that it is based on underneath."""
    policy = json.loads(path.read_text(encoding="utf-8"))
    if policy.get("based_on"):
        own = {clause["id"]: clause for clause in policy["clauses"]}
        base = json.loads((path.parent / policy["based_on"]).read_text(encoding="utf-8"))
        clauses = {clause["id"]: clause for clause in base["clauses"]}
        clauses.update(own)
        policy["clauses"] = list(clauses.values())
    return policy


def parse(term):
    token, _, rest = term.partition(":")
    word, _, place = rest.partition("@")
    return token, word, place


def times_of(records, term):
    """(time, id) of every record that a term names, in order."""
    token, word, place = parse(term)
    return [(r["t_us"], r["id"]) for r in records
            if r["kind"] == token and word in ("", r.get("object"))
            and place in ("", r.get("place"))]


def first_from(events, at_us, other_than=None):
    return next((t for t, i in events if t >= at_us and i != other_than), NEVER)


def lasts_already(term, records, before):
    """Closed before that record and not opened again since; or cordoned, with no all-clear since."""
    token = parse(term)[0]
    if token not in ("closed", "cordoned"):
        return False
    undone = "opened" + term[len("closed"):] if token == "closed" else "all_clear"
    last = [max((i for _, i in times_of(records, t) if i < before), default=-1)
            for t in (term, undone)]
    return last[0] > last[1]


def durations(clause, records):
    """The time of each start to the first end at or after it; NEVER where there is none."""
    starts, ends = times_of(records, clause["start"]), times_of(records, clause["end"])
    if clause.get("statistic", "first") == "first":
        starts = starts[:1]
    took = []
    for at_us, number in starts:
        end = first_from(ends, at_us, number)
        if end is NEVER and parse(clause["end"])[0] in ("arrived", "on_site") and ends:
            end = at_us  # there already
        if end is NEVER and lasts_already(clause["end"], records, number):
            end = at_us
        took.append(NEVER if end is NEVER else end - at_us)
    return took


def longest_interval(clause, records, end_us, limit_us):
    starts = times_of(records, clause["start"])
    if not starts:
        return []
    at_us, number = starts[0]
    over = first_from(times_of(records, "all_clear"), at_us)
    until_us = end_us if over is NEVER else over
    points = [at_us] + [t for t, i in times_of(records, clause["end"])
                        if at_us <= t <= until_us and i != number]
    gaps = [b - a for a, b in zip(points, points[1:])]
    if until_us - points[-1] >= limit_us or not gaps:
        return [NEVER]
    return [max(gaps)]


def value_of(clause, records, end_us):
    """'none' where it did not start, None for never, else microseconds."""
    limit = clause["demands"][0]
    seconds = UNITS.get(limit["unit"], 0)
    if clause["kind"] == "rate":
        took = longest_interval(clause, records, end_us, round(limit["value"] * seconds * 1e6))
    else:
        took = durations(clause, records)
    if not took:
        return "none"
    if NEVER in took:
        return NEVER
    if clause.get("statistic") == "mean":
        return sum(took) // len(took)
    return max(took)


def measured(clause, records):
    """The number that a clause about numbers is judged on; 'none' where it did not start."""
    start = times_of(records, clause["start"])[:1] if clause.get("start") else [(0, 0)]
    token, word, place = parse(clause["end"])
    names = [d["name"] for d in clause["demands"]]
    most = clause["statistic"] == "most" or (
        clause["statistic"] != "least" and clause["kind"] in ("deadline", "rate", "distance"))
    shown = []
    for index, demand in enumerate(clause["demands"]):
        found = [r.get("value", 0) / 1000 for r in records
                 if start and r["id"] >= start[0][1] and r["kind"] == token
                 and r.get("object") == word and place in ("", r.get("place"))
                 and (names.index(r["place"]) if r.get("place") in names else 0) == index]
        if found:
            value = sum(found) / len(found) if clause["statistic"] == "mean" else (
                max(found) if most else min(found))
            if value > demand["value"] if most else value < demand["value"]:
                return value
            shown.append(value)
    return shown[0] if shown else "none" if clause.get("start") and not start else "unmeasured"


def is_comparable(clause):
    if clause.get("end", "").startswith("measured:"):
        return not clause.get("off")
    if clause.get("off") or not clause.get("start") or not clause.get("end"):
        return False
    in_time = clause["demands"][0]["unit"] in UNITS
    return clause["kind"] in HAPPENING or (clause["kind"] in ("deadline", "rate") and in_time)


def recompute(log, incident, policy=None):
    _, records, end = read_log(log)
    incident = pathlib.Path(incident)
    given = json.loads(incident.read_text(encoding="utf-8"))
    roster = json.loads((incident.parent / given["roster"]).read_text(encoding="utf-8"))
    policy = read_policy(pathlib.Path(policy) if policy else incident.parent / given["policy"])
    groups = {group["id"] for group in roster["groups"]}
    left = {}
    for r in records:
        kind, _, who = r.get("subject", "").partition(":")
        if r["kind"] == "left" and kind == "person" and who.rpartition("/")[0] in groups:
            left.setdefault(who, r["t_us"])
    clauses = {}
    for clause in policy["clauses"]:
        if is_comparable(clause):
            if clause["end"].startswith("measured:"):
                clauses[clause["id"]] = measured(clause, records)
                continue
            unit = clause["demands"][0]["unit"] if clause["kind"] in ("deadline", "rate") else "s"
            value = value_of(clause, records, end["end_us"])
            clauses[clause["id"]] = value if value in ("none", NEVER) else value / 1e6 / UNITS[unit]
    return {
        "evacuation": {
            "count": len(left),
            "mean_s": sum(left.values()) / len(left) / 1e6 if left else None,
            "last_s": max(left.values()) / 1e6 if left else None,
        },
        "clauses": clauses,
    }


def clause_differences(metrics, again):
    """Where metrics.json of one run tells another value or verdict of a clause than was worked out; and
    how many deadlines were compared."""
    faults, deadlines = [], 0
    for clause in metrics["clauses"]:
        value = again["clauses"].get(clause["same_as"] or clause["id"])
        if clause["id"] not in again["clauses"]:
            continue
        if value == "unmeasured":  # it might have come
            if clause["runs"]:
                faults.append(f"{clause['id']}: {clause['verdict']} without a number")
        elif value == "none":
            if clause["verdict"] != "not_exercised":
                faults.append(f"{clause['id']}: {clause['verdict']} without a start")
        elif value is None:
            if clause["runs"] and not clause["never"]:
                faults.append(f"{clause['id']}: {clause['median']}, but it never ended")
        else:
            deadlines += clause["kind"] == "deadline"
            if not math.isclose(clause["median"], value, rel_tol=1e-9, abs_tol=1e-9):
                faults.append(f"{clause['id']}: {clause['median']} against {value}")
            limit = clause["limit"]
            met = clause["kind"] not in ("deadline", "rate") or value <= limit
            if clause["statistic"] in ("least", "most"):
                met = value >= limit if clause["statistic"] == "least" else value <= limit
            if (clause["met"] == 1) != met:
                faults.append(f"{clause['id']}: {value} against {limit} gives {clause['verdict']}")
    return faults, deadlines


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    print(json.dumps(recompute(*sys.argv[1:]), indent=2))
