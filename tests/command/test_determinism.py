#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run is a pure function of its files, seed and replication: not of threads, the order of arrays,
or who else is somewhere else.

usage: test_determinism.py MUSTER ROOT [SHARED]
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

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


def diff(muster, *words):
    done = subprocess.run([muster, "diff", *map(str, words), "--json"], capture_output=True, text=True,
                          check=False)
    return done.returncode, json.loads(done.stdout) if done.returncode < 2 else done.stderr


def moved(line):
    """The record a microsecond later."""
    return re.sub(r'"t_us":(\d+)', lambda found: f'"t_us":{int(found[1]) + 1}', line, count=1)


def test_diff(tally, muster, log, other, folder):
    """muster diff names the first event that differs: of any record that was changed, left out or
    added, and of the end."""
    def written(name, lines):
        path = folder / f"{name}.jsonl"
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        return path

    whole = written("whole", log)
    status, said = diff(muster, whole, whole)
    tally.check("a log is the same as itself", status == 0 and said["same"] and not said["partings"])
    for at in (1, len(log) // 2, len(log) - 2):
        status, said = diff(muster, whole, written("moved", [*log[:at], moved(log[at]), *log[at + 1:]]))
        who = json.loads(log[at])
        who = who.get("subject") or who.get("object") or who.get("place") or ""
        tally.check(f"record {at - 1}, moved by a microsecond, is named with whose it is",
                    status == 1 and said["same_records"] == at - 1 and said["a"]["line"] == log[at] and
                    said["b"]["line"] == moved(log[at]) and
                    [p["who"] for p in said["partings"]] == [who], said)
        status, said = diff(muster, whole, written("less", [*log[:at], *log[at + 1:]]))
        kind = json.loads(log[at])["kind"]
        tally.check(f"record {at - 1}, left out, is named, and one of its kind is missing",
                    status == 1 and said["same_records"] == at - 1 and
                    [(k["kind"], k["a"] - k["b"]) for k in said["kinds"]] == [(kind, 1)], said["kinds"])
    end = re.sub(r'(state_hash":")(.)', lambda f: f[1] + ("0" if f[2] != "0" else "1"), log[-1])
    status, said = diff(muster, whole, written("end", [*log[:-1], end]))
    tally.check("another state at the end is told from another event",
                status == 1 and said["same_records"] == len(log) - 2 and not said["same_end"], said)
    status, said = diff(muster, whole, written("other", other))
    first = next(i for i, (a, b) in enumerate(zip(log[1:], other[1:])) if a != b)
    tally.check("of two seeds, too", status == 1 and said["same_records"] == first and
                said["parting_count"] > len(said["partings"]) == 10, said["same_records"])
    for name, lines in (("cut short", log[:-1]), ("no log", ["{}"]), ("no record", [log[0], "x", log[-1]])):
        status, said = diff(muster, whole, written("bad", lines))
        tally.check(f"{name}: said so", status == 2 and "bad.jsonl" in said, said)


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
    with tempfile.TemporaryDirectory() as folder:
        test_diff(tally, muster, log, other, pathlib.Path(folder))

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
