#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run is a pure function of its files, seed and replication: not of threads, the order of arrays,
or who else is somewhere else.

usage: test_determinism.py MUSTER ROOT [SHARED]
"""
import json
import sys

from scenario import Office, Tally, records


def reverse_lists(value):
    """Reverses every list of records; lists whose order means something stay."""
    if isinstance(value, dict):
        return {key: item if key in ("stops", "between", "polygon", "line", "upper_line", "over",
                                     "holes", "at")
                else reverse_lists(item) for key, item in reversed(value.items())}
    if isinstance(value, list):
        return [reverse_lists(item) for item in reversed(value)]
    return value


def own_times(log):
    """Per occupant: how long after an order each was alerted and how long each then took to move."""
    alerted, moves, sent = {}, {}, {}
    for record in records(log):
        if record["kind"] == "ordered":
            sent[record["object"]] = record["t_us"]
        elif record["kind"] == "alerted":
            alerted[record["subject"]] = record["t_us"]
        elif record["kind"] == "moves":
            moves.setdefault(record["subject"], record["t_us"])
    return {who: (alerted[who], moves.get(who)) for who in alerted}


def main():
    muster, root = sys.argv[1:3]
    tally = Tally()
    office = Office(root)
    seed = ["--seed", "5", "--jobs", "1"]

    _, text, log = office.run(muster, "--reps", "1", *seed)
    _, again_text, again = office.run(muster, "--reps", "1", *seed)
    tally.check("same seed, same log to the byte", log[1:] == again[1:])
    tally.check("same seed, same state hash", log[-1] == again[-1], f"{log[-1]} {again[-1]}")
    _, _, other = office.run(muster, "--reps", "1", "--seed", "6")
    tally.check("another seed, another log", other[1:] != log[1:])

    one, one_text, _ = office.run(muster, "--reps", "4", "--seed", "5", "--jobs", "1")
    _, two_text, _ = office.run(muster, "--reps", "4", "--seed", "5", "--jobs", "2")
    strip = lambda t: json.dumps({k: v for k, v in json.loads(t).items() if k != "inputs"})
    tally.check("one thread and two, the same metrics", strip(one_text) == strip(two_text))
    tally.check("four replications are four different runs",
                len({r["state_hash"] for r in one["replications"]}) == 4)

    turned = office.copy()
    turned.files = {name: reverse_lists(data) for name, data in office.files.items()}
    _, _, turned_log = turned.run(muster, "--reps", "1", *seed)
    differing = [(a, b) for a, b in zip(log[1:], turned_log[1:]) if a != b]
    tally.check("reordered files, the same log", log[1:] == turned_log[1:],
                str(differing[:1]))

    crowded = office.copy()
    crowded.files["roster"]["groups"].append(
        {"id": "a.bystander", "role": "contractor", "count": 3, "in": ["gate_house"],
         "familiar": False, "training": "M2"})
    _, _, crowded_log = crowded.run(muster, "--reps", "1", *seed)
    before, after = own_times(log), own_times(crowded_log)
    changed = [who for who in before if after.get(who) != before[who]]
    tally.check("bystanders elsewhere change nobody else's draws", not changed, str(changed[:5]))
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
