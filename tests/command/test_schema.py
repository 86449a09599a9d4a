#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hold the JSON Schemas against the reader: an independent validator and the reader must agree on
good files, on named broken ones, and on every file that comes from a good one by changing one value,
leaving one key out or adding one.

usage: test_schema.py READER_PROBE

READER_PROBE is the test program of that name. Where it is not given, or python3-jsonschema is not
there, the test is skipped (status 77).
"""

import copy
import json
import random
import subprocess
import sys

WORDS = {"id": "x1", "name": {"en": "Name", "zh": "\u540d\u79f0"}}
DISTRIBUTIONS = [
    5,
    {"dist": "constant", "value": 2},
    {"dist": "uniform", "low": 1, "high": 2, "source": "trial of 2025"},
    {"dist": "triangular", "low": 1, "mode": 1.5, "high": 2},
    {"dist": "normal", "mean": 10, "sd": 2},
    {"dist": "lognormal", "median": 3, "sigma": 0.7},
    {"dist": "exponential", "mean": 4},
    {"dist": "gamma", "mean": 4, "sd": 1},
    {"dist": "weibull", "scale": 4, "shape": 1.5},
]
SQUARE = [[0, 0], [10, 0], [10, 10.5], [0, 10]]


def channels():
    return [{"id": f"channel-{i}", "kind": "sms", "latency_s": dist, "delivery_chance": 0.9,
             "lines": 2, "dead_spaces": ["hall"], "response_factor": 1.5, "retry_s": 9}
            for i, dist in enumerate(DISTRIBUTIONS)]


GOOD = {
    "site": {
        **WORDS, "story": "One line.\nAnother.", "source": {"zh": "\u6765\u6e90"},
        "levels": [{"id": "L0", "elevation_m": -3.5}],
        "spaces": [
            {"id": "hall", "level": "L0", "use": "lobby", "building": "Main house", "capacity": 90,
             "polygon": SQUARE, "holes": [[[1, 1], [2, 1], [2, 2]]]},
        ],
        "portals": [
            {"id": "stair", "kind": "stair", "between": ["hall", "hall"], "line": [[0, 0], [1, 0]],
             "upper_line": [[0, 5], [1, 5]], "width_m": 1.2, "length_m": 6.5, "state": "one_way",
             "access": "pass", "non_essential": True, "closes_in_s": 3, "zone": "core"},
        ],
        "equipment": [
            {"id": "cam", "kind": "camera", "space": "hall", "at": [1, 1], "count": 1,
             "covers": ["hall"], "detects_in_s": {"dist": "exponential", "mean": 30},
             "detect_chance": 0.8},
        ],
        "posts": [{"id": "gate", "kind": "outer_cordon", "space": "hall", "at": [2, 2]}],
        "assembly_points": [{"id": "lawn", "space": "hall", "at": [3, 3], "capacity": 100}],
        "roads": [{"id": "north", "space": "hall", "at": [4, 4]}],
        "channels": channels(),
    },
    "roster": {
        **WORDS,
        "groups": [
            {"id": "staff", "role": "staff", "count": 120, "in": ["hall"], "familiar": True,
             "training": "M1", "phone_share": 0.95,
             "mobility": [{"kind": "wheelchair", "share": 0.01}]},
        ],
        "members": [
            {"id": "guard", "role": "guard", "skills": ["first_aid"], "count": 2, "post": "gate",
             "space": "hall", "radio": True, "phone": False, "patrol": "round",
             "routine": {"every_s": 600, "lasts_s": {"dist": "uniform", "low": 10, "high": 60}}},
        ],
        "units": [
            {"id": "police", "role": "police", "skills": ["eod"], "count": 4, "road": "north",
             "dispatched_in_s": 60, "distance_m": 8000,
             "speed_mps": {"dist": "normal", "mean": 11, "sd": 2}},
        ],
        "patrols": [{"id": "round", "stops": [{"post": "gate", "stays_s": 20}], "every_s": 3600}],
    },
    "policy": {
        **WORDS, "based_on": "baseline.json", "required_share": 0.9,
        "clauses": [
            {"id": "4.2.3b", "source": "System, chapter 4", "system": "police", "kind": "deadline",
             "basis": "stated", "off": False, "owner": "security_head", "severity": 4,
             "capability": "Command", "title": {"en": "Police told"}, "text": "In three minutes.",
             "demands": [{"name": "limit", "value": 180, "unit": "s"}], "start": "declared:red",
             "end": "notified:police", "statistic": "first", "judged_by": ["simulated", "declared"],
             "same_as": "3.6.1b", "note": "The clock is not said."},
            {"id": "4.2.3c", "kind": "process", "note": {"en": "Open.", "zh": "\u672a\u5b9a\u3002"}},
        ],
    },
    "playbook": {
        **WORDS, "threat": "bombing", "approved_by": "The head", "effective": "2026-02-28",
        "reviewed_by": ["One", "Two"], "revisions": [{"date": "2025-12-01T09:30", "what": "New"}],
        "steps": [
            {"id": "tell", "when": {"all": ["declared:red"], "any": ["noticed:item"], "wait_s": 5},
             "who": {"role": "@actor", "skill": "radio", "count": 0}, "verb": "notify",
             "object": "police", "place": "@item", "over": ["sms"],
             "takes_s": {"dist": "triangular", "low": 5, "mode": 10, "high": 30}, "chance": 0.9,
             "tries": 3, "radius_m": 50, "needs": [{"equipment": "radio", "count": 1}],
             "holds": True, "until": "all_clear", "every_s": 60, "priority": -2,
             "serves": ["4.2.3b"], "says": {"en": "Come", "zh": "\u6765"}},
        ],
    },
    "incident": {
        **WORDS, "kind": "package", "site": "site.json", "roster": "roster.json",
        "policy": "policy.json", "playbooks": ["a.json"], "starts_at": "2026-09-15T10:30",
        "alarm_at_s": 5,
        "item": {"category": "suitcase", "space": "hall", "at": [5, 5], "appears_at_s": 10,
                 "notice_radius_m": 8, "staff_notice_s": {"dist": "exponential", "mean": 600},
                 "guard_notice_chance": 0.5},
        "horizon_s": 3600, "incremental_premovement": True, "seed": 42,
    },
}

LEAST = {
    "site": {"id": "s", "levels": [{"id": "L", "elevation_m": 0}],
             "spaces": [{"id": "a", "level": "L", "use": "other", "polygon": SQUARE}]},
    "roster": {"id": "r"},
    "policy": {"id": "p"},
    "playbook": {"id": "b", "threat": "x", "steps": [{"id": "s", "when": {}, "verb": "report"}]},
    "incident": {"id": "i", "kind": "evacuation", "site": "s", "roster": "r"},
}

# Kind, path of keys and indices, new value, code of the fault.
BROKEN = [
    ("site", ["portals", 0, "width_m"], -1, "json.range"),
    ("site", ["portals", 0, "width_m"], "wide", "json.type"),
    ("site", ["portals", 0, "line"], [[0, 0]], "json.length"),
    ("site", ["portals", 0, "between"], [], "json.length"),
    ("site", ["portals", 0, "colour"], "red", "json.unknown-key"),
    ("site", ["spaces", 0, "use"], "Lobby", "json.enum"),
    ("site", ["spaces", 0, "polygon"], [[0, 0], [1, 1], [2]], "json.type"),
    ("site", ["spaces", 0, "building"], "bell \u0007", "json.control"),
    ("site", ["spaces", 0, "building"], "x" * 4001, "json.length"),
    ("site", ["spaces", 0, "id"], "the hall", "json.id"),
    ("site", ["spaces", 0, "id"], "x" * 81, "json.id"),
    ("site", ["spaces"], [], "json.length"),
    ("roster", ["groups", 0, "count"], 10**9, "json.range"),
    ("roster", ["groups", 0, "count"], 1.5, "json.type"),
    ("roster", ["members", 0, "role"], "duty head", "json.word"),
    ("policy", ["clauses", 0, "severity"], 6, "json.range"),
    ("policy", ["clauses", 0, "note"], 7, "json.type"),
    ("policy", ["clauses", 1, "note"], {"en": "Open.", "de": "Offen."}, "json.unknown-key"),
    ("policy", ["clauses", 1, "note", "zh"], "", "json.length"),
    ("playbook", ["effective"], "2026-02-30", "json.date"),
    ("playbook", ["effective"], "2026-00-10", "json.date"),
    ("playbook", ["effective"], "2026-09-00", "json.date"),
    ("playbook", ["effective"], "2026-09-15T24:00", "json.date"),
    ("playbook", ["effective"], "15.9.2026", "json.date"),
    ("playbook", ["steps", 0, "chance"], 1.01, "json.range"),
    ("playbook", ["steps", 0, "takes_s"], {"dist": "gamma", "mean": 5, "sd": 0}, "json.range"),
    ("playbook", ["steps", 0, "takes_s"], {"dist": "gamma", "mean": 5}, "json.missing-key"),
    ("playbook", ["steps", 0, "takes_s"], {"mean": 5}, "json.missing-key"),
    ("incident", ["horizon_s"], None, "json.type"),
    ("incident", ["format"], "muster.site", "json.format"),
    ("incident", ["version"], 2, "json.version"),
]

REPLACEMENTS = [
    None, True, -1, 0, 0.25, 1, 2.0, 7, 1e6, 1e12, -1e300, "", "word", "two words", "\u4e2d\u6587",
    "\u0001", "a\nb", "\u0085", "2026-09-15", "2026-13-01", "lobby", "M1", [], [[]], ["word"],
    [[0, 0], [1, 1]], [0, 1], {}, {"en": "x"}, {"de": "x"}, {"dist": "constant", "value": 1},
    {"dist": "normal", "mean": 1},
]


NEWEST = {"roster": 2}


def complete(kind, body):
    return {"format": f"muster.{kind}", "version": NEWEST.get(kind, 1), **body}


def places(value, path=()):
    """Every place in a JSON value: its path as a tuple of keys and indices."""
    yield path
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], path + (key,))
    elif isinstance(value, list):
        for index in range(len(value)):
            yield from places(value[index], path + (index,))


def put(document, path, value):
    """A copy of the document with the value at that place."""
    if not path:
        return value
    result = copy.deepcopy(document)
    inner = result
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return result


def leave_out(document, path):
    result = copy.deepcopy(document)
    inner = result
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    return result


def neighbours(document):
    """Documents one change away: at each place a few of the replacements, always the same ones."""
    chosen = random.Random(2026)
    for path in list(places(document)):
        for value in chosen.sample(REPLACEMENTS, 5):
            yield put(document, path, value)
        if path:
            yield leave_out(document, path)
        if path and isinstance(path[-1], str):
            yield put(document, path[:-1] + ("extra",), 1)


def ask_reader(probe, kind, documents):
    """The reader's answer to each document."""
    lines = "".join(json.dumps(document) + "\n" for document in documents)
    done = subprocess.run([probe, "read", kind], input=lines, capture_output=True, text=True,
                          check=True)
    answers = done.stdout.splitlines()
    assert len(answers) == len(documents), "the reader skipped lines"
    return answers


def is_beyond_schemas(answer):
    """Whether all faults are of the few sorts that a schema cannot express: parameters of a
    distribution in the wrong order, ids given twice, days that the year does not have."""
    def is_one(fault):
        code, _, path = fault.partition(" ")
        return code == "json.duplicate-id" or (
            code == "json.range" and path.endswith(("latency_s", "takes_s", "lasts_s")))
    return all(is_one(fault) for fault in answer.split("; "))


def check_kind(probe, kind, validator):
    failures = []
    documents = [complete(kind, GOOD[kind]), complete(kind, LEAST[kind])]
    for document, answer in zip(documents, ask_reader(probe, kind, documents)):
        errors = [f"{e.json_path}: {e.message}" for e in validator.iter_errors(document)]
        if errors or answer != "ok":
            failures.append(f"good {kind}: schema says {errors}, reader says {answer}")
    for path, value, code in [row[1:] for row in BROKEN if row[0] == kind]:
        document = put(complete(kind, GOOD[kind]), path, value)
        answer = ask_reader(probe, kind, [document])[0]
        if validator.is_valid(document) or answer.split(" ")[0] != code:
            failures.append(f"broken {kind} {path}: schema {validator.is_valid(document)}, "
                            f"reader {answer}, expected {code}")
    changed = list(neighbours(documents[0])) + list(neighbours(documents[1]))
    refused = 0
    for document, answer in zip(changed, ask_reader(probe, kind, changed)):
        valid = validator.is_valid(document)
        refused += answer != "ok"
        if valid != (answer == "ok") and not (valid and is_beyond_schemas(answer)):
            failures.append(f"{kind}: schema {valid}, reader {answer}: {json.dumps(document)}")
    print(f"{kind}: {len(changed)} changed documents, {refused} refused, "
          f"{len(failures)} disagreements")
    return failures


def main():
    if len(sys.argv) < 2:
        print("skipped: the path of reader_probe is not given")
        return 77
    try:
        import jsonschema
    except ImportError:
        print("skipped: python3-jsonschema is not installed")
        return 77
    failures = []
    for kind in GOOD:
        text = subprocess.run([sys.argv[1], "schema", kind], capture_output=True, text=True,
                              check=True).stdout
        schema = json.loads(text)
        jsonschema.Draft202012Validator.check_schema(schema)
        failures += check_kind(sys.argv[1], kind, jsonschema.Draft202012Validator(schema))
    for failure in failures[:20]:
        print(failure[:1500], file=sys.stderr)
    wrong = {failure.split(":")[0] for failure in failures}
    print(f"{len(GOOD) - len(wrong)} passed, {len(wrong)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
