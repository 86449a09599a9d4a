#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Studies on the real binary: what is the same gives exactly nothing, what was interrupted ends as if
it had not been, and nothing of an incident can be varied.

usage: test_batch.py MUSTER ROOT SHARED [TEST]
"""
import csv
import json
import math
import os
import pathlib
import random
import re
import resource
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time

from scenario import Office, Tally

muster, root = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
tally = Tally()
REPS = 12


def call(*arguments, **more):
    return subprocess.run([muster, *map(str, arguments)], capture_output=True, text=True,
                          check=False, **more)


def rows(path):
    """Every row of every table, as sets would hide doubles."""
    with sqlite3.connect(path) as base:
        names = [n for (n,) in base.execute("SELECT name FROM sqlite_master WHERE type='table' "
                                            "ORDER BY name")]
        return {n: base.execute(f"SELECT * FROM {n} ORDER BY 1, 2").fetchall() for n in names}


def runs(path, cell):
    with sqlite3.connect(path) as base:
        names = [r[1] for r in base.execute("PRAGMA table_info(run)")]
        return [dict(zip(names, r)) for r in
                base.execute("SELECT * FROM run WHERE cell = ? ORDER BY replication", (cell,))]


def values_of(run, names):
    """What was judged of each clause of a run that decides."""
    values = struct.unpack(f"<{len(run['clause_values']) // 8}d", run["clause_values"])
    judged = [n for n, letter in zip(names, run["verdicts"]) if letter in "mxu"]
    return dict(zip(judged, values))


def write(path, **fields):
    study = {"format": "muster.study", "version": 1, "id": "test", "incidents": ["incident.json"],
             "reps": REPS, "seed": 5}
    study.update(fields)
    path.write_text(json.dumps(study), encoding="utf-8")
    return path


def factor(name, where, pointer, **values):
    return {"id": name, "in": where, "pointer": pointer, **values}


def small(folder):
    """Ten minutes of the suitcase in the lobby, found at once."""
    office = Office(root)
    office.files["incident"]["horizon_s"] = 900
    office.files["incident"]["item"]["staff_notice_s"] = 30
    office.files["incident"]["motion"] = "flow"
    office.write(folder)
    return office


def plant(folder, **incident):
    """The small plant for an hour, under a policy of its own: the baseline's with another limit."""
    for file in (root / "tests/plant").glob("*.json"):
        data = json.loads(file.read_text("utf-8"))
        if file.name == "incident.json":
            data.update(policy="own.json", motion="flow", horizon_s=3600)
            data.update(incident)
        (folder / file.name).write_text(json.dumps(data), "utf-8")
    rules = json.loads((root / "scenarios/policy/baseline.json").read_text("utf-8"))
    own = next(c for c in rules["clauses"] if c["id"] == "2.3.2d")
    own["demands"][0]["value"] = 240
    (folder / "own.json").write_text(json.dumps({
        "format": "muster.policy", "version": 1, "id": "own", "clauses": [own],
        "based_on": str(root / "scenarios/policy/baseline.json")}), "utf-8")


def same_outcomes(path, cell):
    """Whether a cell's runs equal those of cell 0 in all that is measured."""
    kept = [k for k in runs(path, 0)[0] if k not in ("cell", "state_hash")]
    return all(all(a[k] == b[k] for k in kept) for a, b in zip(runs(path, 0), runs(path, cell)))


def test_zero(folder):
    office = small(folder)
    bystander = {"id": "gardener", "role": "gardener", "post": "post.gate", "radio": False,
                 "phone": False}
    study = write(folder / "zero.json", design="one_at_a_time", factors=[
        factor("title", "policy", "/clauses/4.2.3a/note", values=["a remark"]),
        factor("owner", "policy", "/clauses/4.2.3a/owner", values=["somebody"]),
        factor("bystander", "roster", "/members/-", values=[bystander]),
        factor("operator", "roster", "/members/operator.2", values=[None]),
        factor("other", "policy", "/clauses/3.3.1b/demands/0/value", values=[60])])
    done = call("batch", study, "-q", "-o", folder / "zero.sqlite")
    if not tally.check("a study of edits is played", done.returncode == 0, done.stderr):
        return
    for cell, what in ((1, "a remark"), (2, "another owner"), (3, "a bystander elsewhere"),
                       (5, "a limit that the incident never comes near")):
        tally.check(f"{what} changes nothing in any run", same_outcomes(folder / "zero.sqlite", cell))
    tally.check("the loss of an operator does", not same_outcomes(folder / "zero.sqlite", 4))
    told = json.loads(call("compare", folder / "zero.sqlite", "--json").stdout)["pairs"]
    tally.check("and compare says zero, exactly",
                all(p["mean_difference"] == 0 and p["differing"] == 0 and p["p"] == 1
                    for p in told if p["arm"] != "operator=null"))
    tally.check("but not of the operator",
                any(p["mean_difference"] != 0 for p in told if p["arm"] == "operator=null"))
    for items in (office.files["roster"]["members"], office.files["roster"]["groups"],
                  office.files["site"]["portals"], office.files["site"]["spaces"]):
        items.reverse()
    office.write(folder)
    done = call("batch", study, "-q", "-o", folder / "turned.sqlite")
    tally.check("files in another order change nothing",
                done.returncode == 0 and [r["verdicts"] for r in runs(folder / "turned.sqlite", 0)]
                == [r["verdicts"] for r in runs(folder / "zero.sqlite", 0)] and
                [r["left_all_s"] for r in runs(folder / "turned.sqlite", 0)]
                == [r["left_all_s"] for r in runs(folder / "zero.sqlite", 0)], done.stderr)
    tally.check("results of other files are not mixed in",
                call("batch", study, "-q", "-o", folder / "zero.sqlite").returncode == 2)


def operators(folder, **more):
    return write(folder / "study.json", design="one_at_a_time", factors=[
        factor("police", "roster", "/units/police.patrol/distance_m", values=[300, 3000]),
        factor("operator", "roster", "/members/operator.2", values=[None])], **more)


def test_resume(folder):
    small(folder)
    study = operators(folder)
    whole = folder / "whole.sqlite"
    tally.check("one thread", call("batch", study, "-q", "-j", 1, "-o", whole).returncode == 0)
    wanted = rows(whole)
    tally.check("every run is there", len(wanted["run"]) == 4 * REPS)
    two = folder / "two.sqlite"
    call("batch", study, "-q", "-j", 2, "-o", two)
    tally.check("two threads give the same rows", rows(two) == wanted)
    again = json.loads(call("batch", study, "-q", "--json", "-o", two).stdout)
    tally.check("what is there is not played again", again["played"] == 0 and again["complete"])

    killed, luck = folder / "killed.sqlite", random.Random(7)
    kills = 0
    for _ in range(int(os.environ.get("MUSTER_KILLS", "4"))):
        with subprocess.Popen([muster, "batch", str(study), "-q", "-o", str(killed)],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(luck.uniform(0.05, 0.8))
            process.kill()
            kills += process.wait() == -signal.SIGKILL
    done = call("batch", study, "-q", "-o", killed)
    tally.check(f"killed {kills} times and started again, the rows are the same",
                done.returncode == 0 and rows(killed) == wanted, done.stderr)

    stopped = folder / "stopped.sqlite"
    with subprocess.Popen([muster, "batch", str(study), "-o", str(stopped), "-j", "1"],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        process.stderr.readline()
        process.send_signal(signal.SIGINT)
        text = process.communicate()[0]
    tally.check("Ctrl-C ends it in order", process.returncode == 1 and "goes on" in text, text)
    text = call("compare", stopped, "--html", folder / "stopped.html").stdout
    tally.check("and so does its page", "The study is not complete" in (folder / "stopped.html").read_text("utf-8"))
    tally.check("and compare says that it is not complete, in whole lines",
                "so far.\n" in text and "?" not in text.splitlines()[0], text[:200])
    tally.check("with whole runs kept", 0 < len(rows(stopped)["run"]) < 4 * REPS)
    call("batch", study, "-q", "-o", stopped)
    tally.check("and it goes on to the same rows", rows(stopped) == wanted)
    test_parts(folder, study, wanted)
    test_full_disk(folder, study, wanted)
    test_small_disk(folder, study, wanted)
    test_replay(folder, study, whole)
    test_compare(whole, wanted)


def test_parts(folder, study, wanted):
    parts = [folder / f"part{i}.sqlite" for i in (1, 2, 3)]
    merged = folder / "merged.sqlite"
    for i in (0, 1):
        call("batch", study, "-q", "--shard", f"{i + 1}/3", "-o", parts[i])
    done = call("merge", *parts[:2], "-o", merged)
    tally.check("a missing part is told", done.returncode == 2 and not merged.exists(), done.stderr)
    call("batch", study, "-q", "--shard", "3/3", "-o", parts[2])
    merged.write_bytes(b"")
    for ending in ("-wal", "-shm"):
        merged.with_name(merged.name + ending).write_bytes(b"left by a program that was killed")
    done = call("merge", parts[2], parts[0], parts[1], "-o", merged)
    tally.check("what SQLite kept beside an older file goes with it",
                not list(folder.glob("merged.sqlite-*")), list(folder.glob("merged*")))
    tally.check("three parts merged are the same rows",
                done.returncode == 0 and rows(merged) == wanted, done.stderr)


def limit_files():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (150000, 150000))


def test_full_disk(folder, study, wanted):
    """A limit on the size of files stands for a disk without room."""
    full = folder / "full.sqlite"
    done = call("batch", study, "-q", "-o", full, preexec_fn=limit_files)
    tally.check("no room: the cause is told", done.returncode == 2 and "results:" in done.stderr,
                done.stderr)
    done = call("batch", study, "-q", "-o", full)
    tally.check("with room again it goes on to the same rows",
                done.returncode == 0 and rows(full) == wanted, done.stderr)


def mount(*arguments):
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


def test_small_disk(folder, study, wanted):
    """A disk that really is full; only root can make one."""
    place = folder / "disk"
    place.mkdir()
    if os.geteuid() != 0 or not mount("-t", "tmpfs", "-o", "size=96k", "tmpfs", str(place)):
        print("skipped: a small disk of its own, which only root can mount")
        return
    try:
        results = place / "full.sqlite"
        done = call("batch", study, "-q", "-o", results)
        tally.check("a full disk: the cause is told", done.returncode == 2 and
                    "make room" in done.stderr, done.stderr + done.stdout)
        mount("-o", "remount,size=20m", str(place))
        done = call("batch", study, "-q", "-o", results)
        tally.check("with room on it the study goes on to the same rows",
                    done.returncode == 0 and rows(results) == wanted, done.stderr)
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def test_replay(folder, study, results):
    there = folder / "there"
    done = call("batch", study, "-o", results, "--replay", "3:4", "--to", there)
    tally.check("one run is played again by itself",
                done.returncode == 0 and runs(results, 3)[4]["state_hash"] in done.stdout,
                done.stderr + done.stdout)
    out = folder / "alone"
    done = call("run", there / "incident.json", "-q", "--no-report", "--reps", 5, "--log-rep", 4, "-o", out)
    kept = (there / "log.jsonl").read_text(encoding="utf-8").splitlines()
    alone = (out / "log.jsonl").read_text(encoding="utf-8").splitlines()
    tally.check("and its files are a plan that gives the same log",
                done.returncode == 0 and kept[1:] == alone[1:] and len(kept) > 100, done.stderr)


def share(letters_x, letters_y, clause):
    pairs = [(x[clause], y[clause]) for x, y in zip(letters_x, letters_y)
             if x[clause] in "mx" and y[clause] in "mx"]
    return pairs and sum((y == "m") - (x == "m") for x, y in pairs) / len(pairs)


def test_compare(results, wanted):
    told = json.loads(call("compare", results, "--json", "--base", 0, "--arm", 3).stdout)
    tally.check("compare knows what it reads", told["complete"] and told["runs"] == 4 * REPS)
    x, y = runs(results, 0), runs(results, 3)
    names = [c[1] for c in sorted(wanted["clause"])]
    wrong = [p["name"] for p in told["pairs"] if p["kind"] == "clause" and not math.isclose(
        p["mean_difference"], share([r["verdicts"] for r in x], [r["verdicts"] for r in y],
                                    names.index(p["name"])), abs_tol=1e-12)]
    tally.check("shares are those of the verdicts", not wrong, wrong)
    by_name = {p["name"]: p for p in told["pairs"] if p["kind"] == "metric"}
    mean = sum(min(b["left_95_s"], 900) - min(a["left_95_s"], 900) for a, b in zip(x, y)) / REPS
    tally.check("means are those of the runs, cut at the horizon",
                math.isclose(by_name["left_95_s"]["mean_difference"], mean, abs_tol=1e-9))
    limits = dict(zip(names, sorted(r[1:] for r in wanted["demand"] if r[0] == 0)))
    ratio, team = values_of(x[0], names).get("3.5.2a"), limits["3.6.1a"]
    tally.check("a number is kept as a number, with its own limit",
                ratio is not None and limits["3.5.2a"][1:] == (1.5, "number", "number", "more") and
                (ratio >= 1.5) == (x[0]["verdicts"][names.index("3.5.2a")] == "m") and
                team[1:3] == (None, "persons"), (ratio, limits["3.5.2a"], team))
    tally.check("and is no time", not [p for p in told["pairs"] if p["name"] == "3.5.2a" and
                                       p["kind"] == "clause_time"])
    letters, blob = x[0]["verdicts"], x[0]["clause_values"]
    tally.check("there is a value for every judged clause",
                len(struct.unpack(f"<{len(blob) // 8}d", blob)) ==
                sum(letter in "mxu" for letter in letters))
    page = results.with_suffix(".html")
    for language, word in (("en", "Worse"), ("zh", "变差")):
        done = call("compare", results, "--html", page, "--arm", 3, "--improvement", "--lang",
                    language)
        text = page.read_text(encoding="utf-8")
        tally.check(f"compare says in {language} where its page is",
                    done.stdout.splitlines()[-1:] == [f"{dict(en='Page: ', zh='网页：')[language]}{page}"],
                    done.stdout[-300:])
        tally.check(f"the page in {language} has its charts",
                    done.returncode == 0 and text.count("<svg") >= 3 and word in text, done.stderr)
        tally.check(f"and in {language} says what was changed and what became of the gaps",
                    "/members/operator.2" in text and
                    {"en": "Gaps before and after", "zh": "改进前后的差距"}[language] in text)
    done = call("compare", results, "--html", page, "--arm", 3, "--json")
    tally.check("and in JSON nothing but JSON", "pairs" in json.loads(done.stdout), done.stdout[-300:])


def test_policies(folder):
    """Two policies that differ in two limits: the page of an improvement says which, and a limit that moved is no
    better response."""
    small(folder)
    rules = json.loads((root / "scenarios/policy/baseline.json").read_text(encoding="utf-8"))
    moved = {"4.2.3a": 30, "4.2.3b": 9000}
    (folder / "before.json").write_text(json.dumps(rules), encoding="utf-8")
    for rule in rules["clauses"]:
        if rule["id"] in moved:
            rule["demands"][0].update(value=moved[rule["id"]], unit="s")
    own = dict(next(rule for rule in rules["clauses"] if rule["id"] == "4.2.3a"), id="own.1")
    (folder / "after.json").write_text(json.dumps(dict(rules, clauses=rules["clauses"] + [own])), encoding="utf-8")
    results = folder / "policies.sqlite"
    done = call("batch", write(folder / "policies.json", reps=4, policies=["before.json", "after.json"]), "-q", "-o",
                results)
    tally.check("a study of two policies", done.returncode == 0, done.stderr)
    page = folder / "policies.html"
    done = call("compare", results, "--arm", 1, "--improvement", "--html", page)
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    tally.check("which policy came before, and which after", "Policy before: before.json; after: after.json." in text,
                done.stderr)
    table = re.search(r"limit before.*?</table>", text, re.S)
    told = re.findall(r'<tr><td>([\d.a-z]+) [^<]*</td>' + 2 * r'\s*<td class="number">([^<]*)</td>',
                      table[0] if table else "")
    tally.check("both limits that moved, and no other", sorted(r[0] for r in told) == [*sorted(moved), "own.1"], told)
    by_clause = {r[0]: r[1:] for r in told}
    tally.check("a clause that is new had no limit", by_clause.get("own.1") == ("–", "30.0 s"), told)
    tally.check("a limit of hours is told in hours", by_clause.get("4.2.3b", ("", ""))[1] == "2.50 h", told)
    slow = factor("slow", "playbook", "/steps/police.call/takes_s", values=[60])
    call("batch", write(folder / "both.json", reps=8, policies=["before.json", "after.json"], factors=[slow],
                        design="one_at_a_time"), "-q", "-o", folder / "both.sqlite")
    call("compare", folder / "both.sqlite", "--base", 0, "--arm", 3, "--html", page)
    text = page.read_text("utf-8")
    tally.check("a chart of two limits has both", "limit before" in text and "limit after" in text, text[-600:])
    done = call("batch", write(folder / "stop.json", reps=40, block=10, policies=["before.json", "after.json"],
                               stop=[{"clause": "4.2.3a", "half_width": 1}]), "-q", "-o", folder / "by_clause.sqlite")
    tally.check("a clause can stop a study", done.returncode == 0 and
                {r[6] for r in rows(folder / "by_clause.sqlite")["cell"]} == {10}, done.stderr)


def test_no_fix(folder):
    """A lever that changes nothing closes nothing, and what it needs is told all the same."""
    small(folder)
    catalogue = folder / "idle.json"
    catalogue.write_text(json.dumps({
        "format": "muster.levers", "version": 1, "id": "idle", "levers": [
            {"id": "idle", "cost": 3, "persons": 2, "lead_d": 30, "changes": [
                {"in": "roster", "pointer": "/members/guard.reserve/name", "value": "Reserve"}]}]}), encoding="utf-8")
    page = folder / "idle.html"
    done = call("fix", folder / "incident.json", "-l", catalogue, "-n", 6, "-q", "-o", folder / "idle.sqlite", "--html",
                page)
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    tally.check("no single lever is a fix", done.returncode == 0 and
                "No single lever closes a gap for certain." in text, done.stderr)
    tally.check("what a lever needs stands beside it", "persons on duty: 2" in text and "ready in 30 days" in text,
                text[-900:])


def test_care_measures(folder):
    """What a study keeps of casualties, roll-call, shelter and people held is what a run of the same luck says."""
    names = ("explosion", "hostage")
    incidents = [str(root / f"scenarios/campus/{name}.json") for name in names]
    study = write(folder / "care.json", incidents=incidents, reps=1, motion="flow")
    done = call("batch", study, "-q", "-o", folder / "care.sqlite")
    if not tally.check("a study of an explosion and of people held", done.returncode == 0, done.stderr):
        return
    kept = {name: runs(folder / "care.sqlite", k)[0] for k, name in enumerate(names)}
    told = {}
    for name, incident in zip(names, incidents):
        call("run", incident, "--motion", "flow", "--seed", 5, "-n", 1, "-q", "--no-report", "-o", folder / name)
        told[name] = json.loads((folder / name / "metrics.json").read_text(encoding="utf-8"))
    stages = {s["stage"]: s for s in told["explosion"]["casualties"]["stages"]}
    roll, shelter, held = told["explosion"]["roll_call"], told["hostage"]["shelter"], told["hostage"]["hostage"]
    log = [json.loads(line) for line in (folder / "hostage/log.jsonl").read_text(encoding="utf-8").splitlines()]
    secured_s = next(r["t_us"] for r in log if r.get("kind") == "secured") / 1e6
    # A study counts from the beginning; the metrics from the explosion, and from the order to shelter.
    since_s = json.loads(pathlib.Path(incidents[0]).read_text(encoding="utf-8"))["item"]["explosion"]["at_s"]
    order_s = secured_s - shelter["secured_s"]
    wanted = {"explosion": {"treated_share": stages["treated"]["share"], "treated_s": since_s + stages["treated"]["last_s"],
                            "taken_s": since_s + stages["taken"]["last_s"], "roll_compared_s": roll["compared_s"],
                            "roll_closed_s": roll["closed_s"]},
              "hostage": {"held_person_s": held["held_person_s"], "secured_s": secured_s,
                          "known_half_s": order_s + shelter["known_half_s"]}}
    wrong = {(name, key): (kept[name][key], value) for name, values in wanted.items() for key, value in values.items()
             if not math.isclose(kept[name][key], value, rel_tol=1e-6)}
    tally.check("treated, taken away, counted, in shelter and held: the same", not wrong, wrong)
    tally.check("and of the other kind there is nothing", kept["hostage"]["treated_s"] is None and
                kept["explosion"]["held_person_s"] is None, kept["hostage"])


def test_stop(folder):
    small(folder)
    study = operators(folder, block=10, reps=40,
                      stop=[{"metric": "left_95_s", "half_width": 1000}])
    done = call("batch", study, "-q", "-o", folder / "stop.sqlite")
    tally.check("a study stops once it is precise enough",
                done.returncode == 0 and
                {r[6] for r in rows(folder / "stop.sqlite")["cell"]} == {10}, done.stderr)


def number(text):
    return None if text == "" else float(text)


def test_table(folder):
    """The tidy table says what the database holds, row for row, and nothing else."""
    small(folder)
    done = call("batch", operators(folder, reps=6), "-q", "-o", folder / "t.sqlite", "--csv", folder / "t.csv")
    tally.check("a study is written as a table, too", done.returncode == 0, done.stderr)
    with open(folder / "t.csv", encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))
    with sqlite3.connect(folder / "t.sqlite") as base:
        columns = [r[1] for r in base.execute("PRAGMA table_info(run)")]
        clauses = [i for (i,) in base.execute("SELECT id FROM clause ORDER BY clause")]
        played = base.execute("SELECT incident.id, arm.name, run.* FROM run JOIN cell USING (cell) JOIN incident "
                              "USING (incident) JOIN arm USING (arm) ORDER BY cell, replication").fetchall()
    wanted = []
    for incident, arm, *values in played:
        run = dict(zip(columns, values))
        which = (incident, arm, run["replication"])
        wanted += [(*which, name, run[name], "") for name in columns[columns.index("ordered_s"):]
                   if isinstance(run[name], float | int)]
        letters = {c: w for c, w in zip(clauses, run["verdicts"]) if w in "mxu"}
        wanted += [(*which, f"clause {c}", None if math.isnan(v) else v,
                    {"m": "met", "x": "missed", "u": "undecided"}[letters[c]])
                   for c, v in values_of(run, clauses).items()]
    found = [(r["incident"], r["arm"], int(r["replication"]), r["name"], number(r["value"]), r["verdict"])
             for r in told]
    tally.check("all runs, measures and verdicts are in it", len(played) > 6 and found == wanted,
                next((pair for pair in zip(found, wanted) if pair[0] != pair[1]), (len(found), len(wanted))))
    tally.check("some met and some not, and with their units", {"met", "missed"} <= {r["verdict"] for r in told}
                and {"s", "persons"} <= {r["unit"] for r in told}, {r["unit"] for r in told})


def refused(folder, name, part, **fields):
    study = write(folder / "refused.json", **fields)
    done = call("check", study)
    batch = call("batch", study, "-q", "-o", folder / "refused.sqlite")
    tally.check(f"refused: {name}", done.returncode == 1 and part in done.stdout and
                batch.returncode == 2 and not (folder / "refused.sqlite").exists(),
                done.stdout + batch.stderr)


def test_bounds(folder):
    small(folder)
    for pointer in ("/item/space", "/item/at", "/item/appears_at_s", "/item/category", "/starts_at"):
        refused(folder, f"incident {pointer}", "none of policy",
                factors=[factor("f", "incident", pointer, values=[1])])
        refused(folder, f"site {pointer}", "leads nowhere" if pointer.count("/") > 1 else "list",
                factors=[factor("f", "site", pointer, values=[1])])
    refused(folder, "moving the room", "may move it",
            factors=[factor("f", "site", "/spaces/lobby/polygon", values=[[]])])
    refused(folder, "renaming a room's neighbour", "no setting",
            factors=[factor("f", "site", "/portals/0/id", values=["x"])])
    refused(folder, "incident.json as the file", "leads nowhere",
            factors=[dict(factor("f", "roster", "/members/operator.2", values=[None]),
                          file="incident.json")])
    refused(folder, "a value that the file may not have", "moon",
            factors=[factor("f", "roster", "/members/operator.2/post", values=["moon"])])


def test_usage(folder):
    small(folder)
    policy = root / "scenarios" / "policy" / "baseline.json"
    done = call("batch", folder / "incident.json", "--against", policy, "-q", "-o", folder / "x")
    tally.check("--against alone is refused",
                done.returncode == 2 and "--policy" in done.stderr, done.stderr)
    done = call("batch", operators(folder), "--policy", policy, "-q", "-o", folder / "x")
    tally.check("a policy beside a study file is refused",
                done.returncode == 2 and "--policy" in done.stderr, done.stderr)


def levers(path, **changes):
    path.write_text(json.dumps({
        "format": "muster.levers", "version": 1, "id": "test",
        "levers": [{"id": name, "cost": cost, "changes": [dict(change)]}
                   for name, (cost, change) in changes.items()]}), encoding="utf-8")
    return path


def test_candidates(folder, lever):
    """The gap report tells what was measured, at the clauses that it mends."""
    call("run", folder / "incident.json", "-n", 2, "-q", "--fixes", folder / "fix1.sqlite", "-o",
         folder / "gap")
    text = (folder / "gap/report.md").read_text(encoding="utf-8")
    gaps = text.split("### Gap ")[1:]
    tally.check("each gap has its candidate fixes, or says that there is none",
                gaps and all("Candidate fixes, measured" in gap for gap in gaps) and
                any(f"- {lever}: met in" in gap for gap in gaps), text[-300:])
    done = call("run", root / "scenarios/head-office/explosion.json", "-n", 1, "-q", "--fixes",
                folder / "fix1.sqlite", "-o", folder / "other")
    tally.check("results of another incident are refused", done.returncode == 2 and
                "say nothing of the incident" in done.stderr, done.stderr)


def test_fix(folder):
    small(folder)
    script = {"in": "playbook", "pointer": "/steps/police.call/takes_s", "value": 5}
    near = {"in": "roster", "pointer": "/units/police.patrol/distance_m", "value": 300}
    idle = {"in": "roster", "pointer": "/members/guard.reserve/name", "value": "Reserve"}
    alien = {"in": "roster", "pointer": "/members/astronaut/count", "value": 2}
    catalogue = levers(folder / "levers.json", script=(3, script), near=(5, near), idle=(0, idle),
                       alien=(0, alien))
    told = {}
    for seed in (1, 2):
        done = call("fix", folder / "incident.json", "-l", catalogue, "-n", 24, "--seed", seed,
                    "--budget", 8, "--json", "-q", "-o", folder / f"fix{seed}.sqlite", "--html",
                    folder / "fix.html", "--lang", ("en", "zh")[seed - 1])
        if not tally.check(f"levers are measured with seed {seed}", done.returncode == 0,
                           done.stderr):
            return
        told[seed] = json.loads(done.stdout)
    page = (folder / "fix.html").read_text(encoding="utf-8")
    tally.check("the page has every lever, its chart and what gets worse",
                page.count("<svg") >= 2 and "何处变差" in page and "idle" in page and
                "http" not in page, page[-500:])
    by_name = {lever["lever"]: lever for lever in told[1]["ranking"]}
    tally.check("what has nothing to hold on to is named",
                told[1]["not_applicable"] == ["alien"] and "alien" not in by_name)
    tally.check("what changes nothing closes nothing",
                by_name["idle"]["gaps_closed"] == 0 and by_name["idle"]["p_holm"] == 1 and
                not by_name["idle"]["chosen"])
    sure = [lever["lever"] for lever in told[1]["ranking"]
            if lever["p_holm"] < 0.05 and lever["gaps_closed"] > 0]
    again = {lever["lever"]: lever for lever in told[2]["ranking"]}
    tally.check("at least one lever is a fix", sure, told[1])
    tally.check("and new luck says so, too", all(again[name]["ci95"][0] > 0 for name in sure),
                told[2])
    test_candidates(folder, sure[0])
    kept = folder / "fix1.sqlite.together"
    before = kept.stat().st_ino if kept.exists() else 0
    call("fix", folder / "incident.json", "-l", catalogue, "-n", 24, "--seed", 1, "--budget", 8,
         "--json", "-q", "-o", folder / "fix1.sqlite")
    tally.check("the choice is not played again", before == kept.stat().st_ino)
    tally.check("the choice keeps to the budget and is played together",
                sum(lever["cost"] for lever in told[1]["ranking"] if lever["chosen"]) <= 8 and
                told[1]["together"]["gaps_closed"] > 0 and told[1]["together"]["cost"] <= 8 and
                told[1]["together"]["indifference"] == 0.5, told[1])
    with sqlite3.connect(kept) as base:
        given = [n for (n,) in base.execute("SELECT runs FROM cell ORDER BY arm")]
    tally.check("sets that fall behind play no more, the base as long as any",
                len(given) == told[1]["together"]["sets"] + 1 and
                given[0] == max(given) == told[1]["together"]["runs"] and
                given.count(max(given)) == told[1]["together"]["not_told_apart"] + 1, given)
    moved = levers(folder / "moved.json", moved=(1, dict(script, **{"in": "incident"})))
    done = call("fix", folder / "incident.json", "-l", moved, "-q", "-o", folder / "no.sqlite")
    tally.check("a lever cannot reach the incident",
                done.returncode == 2 and "none of policy" in done.stderr, done.stderr)


def test_hazop(folder):
    """The police are called over one line only, which nobody else uses: a single point of failure
    that is planted here, and a lever that gives the call a second way."""
    office = small(folder)
    office.files["site"]["channels"].append(
        {"id": "hotline", "kind": "telephone", "latency_s": 1, "delivery_chance": 1})
    call_step = next(s for s in office.files["playbook"]["steps"] if s["id"] == "police.call")
    call_step["over"] = ["hotline"]
    office.write(folder)
    catalogue = levers(
        folder / "levers.json",
        second=(4, {"in": "playbook", "pointer": "/steps/police.call/over",
                    "value": ["hotline", "telephone"]}),
        undone=(0, {"in": "site", "pointer": "/channels/hotline/delivery_chance", "value": 1}))
    files = {kind: folder / f"hazop.{kind}" for kind in ("sqlite", "html", "xlsx")}
    done = call("hazop", folder / "incident.json", "-l", catalogue, "--guides", "lost", "--kinds",
                "channel", "--screen", 12, "-n", 12, "--json", "-q", "-o", files["sqlite"], "--html",
                files["html"], "--redacted", folder / "redacted.html",
                *(("--xlsx", files["xlsx"]) if has_xlsx() else ()))
    if not tally.check("what channels the plan stands on is measured", done.returncode == 0,
                       done.stderr):
        return
    told = json.loads(done.stdout)
    single = {f["id"]: f for f in told["findings"] if f["single"]}
    tally.check("the planted single point of failure is found", "hotline" in single, list(single))
    found = single.get("hotline", {"remedy": {}, "losses": []})
    tally.check("with its remedy, which is measured; what would undo the loss is none",
                found["remedy"].get("lever") == "second" and found["remedy"]["low"] > 0 and
                found["remedy"]["cost"] == 4, found["remedy"])
    tally.check("it takes clauses from met to never coming about",
                any(loss["single"] and loss["met_base"] >= 0.9 and loss["met_now"] == 0 and
                    loss["never_comes"] > 0.9 for loss in found["losses"]), found["losses"])
    tally.check("no point is told without a remedy or advice",
                all(f["remedy"].get("lever") or f["remedy"]["advice"] for f in single.values()))
    page = files["html"].read_text(encoding="utf-8")
    bare = (folder / "redacted.html").read_text(encoding="utf-8")
    tally.check("the page is marked and names it", "INTERNAL" in page and "hotline" in page)
    tally.check("the redacted page names nothing",
                "REDACTED" in bare and "INTERNAL" not in bare and
                not [w for w in ("hotline", "uitcase", "olice", "4.2.", "script")
                     if w in bare.split("</style>")[1]])
    if has_xlsx():
        tally.check("there is a workbook", files["xlsx"].read_bytes()[:2] == b"PK")
    again = call("hazop", folder / "incident.json", "-l", catalogue, "--guides", "lost", "--kinds",
                 "channel", "--screen", 12, "-n", 12, "--json", "-q", "-o", files["sqlite"])
    tally.check("started again it says the same", again.stdout == done.stdout, again.stderr)
    pages = {"Page": "网页", "Redacted page": "脱敏网页"} | ({"Workbook": "工作簿"} if has_xlsx() else {})
    for language in ("en", "zh"):
        done = call("hazop", folder / "incident.json", "-l", catalogue, "--guides", "lost", "--kinds", "channel",
                    "--screen", 12, "-n", 12, "-q", "-o", files["sqlite"], "--lang", language, "--html", files["html"],
                    "--redacted", folder / "redacted.html", *(("--xlsx", files["xlsx"]) if has_xlsx() else ()))
        named = (files["html"], folder / "redacted.html", files["xlsx"])
        tally.check(f"hazop says in {language} where its files are", done.stdout.splitlines()[-len(pages):] ==
                    [dict(en=f"{en}: {path}", zh=f"{zh}：{path}")[language] for (en, zh), path in zip(pages.items(), named)],
                    done.stdout[-300:])


def test_guides(folder):
    """What is late or weaker, not lost: each step and channel twice, by the same luck."""
    small(folder)
    second = {"in": "playbook", "pointer": "/steps/police.call/over", "value": ["telephone", "radio"]}
    words = ("hazop", folder / "incident.json", "-l", levers(folder / "levers.json", second=(4, second)), "--kinds",
             "step,channel", "--late", 600, "--screen", 5, "-n", 5, "--json", "-q", "-o")
    done = call(*words, folder / "late.sqlite", "--guides", "late,weak", "--html", folder / "late.html")
    if not tally.check("what is late and weaker is tried", done.returncode == 0, done.stderr):
        return
    told = json.loads(done.stdout)
    found = {(f["kind"], f["id"], f["guide"]): f["fewer_met"] for f in told["findings"]}
    steps = [s["id"] for s in json.loads((folder / "playbook.json").read_text("utf-8"))["steps"]]
    tally.check("steps and channels, late and weaker", {k[0] for k in found} == {"step", "channel"} and
                {k[2] for k in found} == {"late", "weak"} and not told["not_tried"] and
                {k[1] for k in found if k[0] == "step"} <= set(steps), list(found))
    tally.check("a telephone ten minutes late costs more than anything that nobody waits for",
                found["channel", "telephone", "late"] == max(found.values()) > 5 and
                found.get(("step", "blanket", "late"), 0) < 2, found)
    tally.check("somebody who verifies later makes all later, who is less sure only some of it",
                found["step", "verify", "late"] > found["step", "verify", "weak"] > 0, found)
    page = (folder / "late.html").read_text(encoding="utf-8")
    tally.check("the page says so in words", "late" in page and "weaker" in page)
    few = json.loads(call(*words, folder / "one.sqlite", "--guides", "weak").stdout)["findings"]
    same = [(f, found[f["kind"], f["id"], "weak"]) for f in few if (f["kind"], f["id"], "weak") in found]
    tally.check("only what is asked for is tried, and alone it comes to the same",
                {f["guide"] for f in few} == {"weak"} and len(same) > 10 and
                all(f["fewer_met"] == both for f, both in same), same)


def test_likelihood(folder):
    """The only disposal kit works three days on average and is away for one: an incident finds it
    so on a quarter of days."""
    small(folder)
    (folder / "year.json").write_text(json.dumps({
        "format": "muster.year", "version": 1, "id": "test", "from": "2026-01-01", "days": 120,
        "staff": [{"id": "technician", "count": 3, "pattern": "rota", "teams": 1, "shift_h": 12}],
        "duties": [{"id": "mend", "staff": "technician", "does": "mend", "after": "fault_found",
                    "limit_h": 240}],
        "equipment": [{"id": "kits", "kinds": ["eod_kit"], "tells": True, "tells_h": 0,
                       "life_d": {"dist": "exponential", "mean": 3}, "repair_h": 0.1,
                       "parts_h": 24}]}), encoding="utf-8")
    script = {"in": "playbook", "pointer": "/steps/police.call/takes_s", "value": 5}
    catalogue = levers(folder / "levers.json", script=(3, script))
    done = call("hazop", folder / "incident.json", "-l", catalogue, "--kinds", "equipment", "--guides",
                "lost", "--screen", 5, "-n", 5, "--year", folder / "year.json", "--json", "-q", "-o",
                folder / "kit.sqlite", "--html", folder / "kit.html")
    if not tally.check("likelihood is looked up in a year", done.returncode == 0, done.stderr):
        return
    found = {f["id"]: f["likelihood"] for f in json.loads(done.stdout)["findings"]}
    tally.check("a thing that is away one day in four is lost on a quarter of days",
                0.2 < found.get("eod_kit", 0) < 0.3, found)
    tally.check("of what the year does not know nothing is said",
                all(v is None for k, v in found.items() if k != "eod_kit"), found)
    tally.check("the matrix says whose likelihood it is",
                "simulated years" in (folder / "kit.html").read_text(encoding="utf-8"))


def test_hazop_of_all(folder):
    """A plant where the chief tells by radio, and two of the shift call the fire brigade by radio and with a note:
    what is lost or weak of all kinds, how likely the year makes it, and what stands beside it on the page."""
    plant(folder, policy=str(root / "scenarios/policy/baseline.json"))
    files = {name: json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("playbook", "roster", "site")}
    steps = {s["id"]: s for s in files["playbook"]["steps"]}
    steps["told"].update(serves=["2.3.2d"], who={"role": "chief"}, over=["radio"])
    steps["call"].update(serves=["3.5.3b", "2.3.2d"], over=["radio"], needs=[{"equipment": "other", "count": 1}])
    steps["call"]["who"]["count"] = files["roster"]["members"][0]["count"] = 2
    files["site"]["channels"].append({"id": "radio", "kind": "radio", "latency_s": 2, "delivery_chance": 1})
    files["site"]["equipment"].append({**files["site"]["equipment"][1], "id": "note", "kind": "other", "count": 1})
    for name, data in files.items():
        (folder / f"{name}.json").write_text(json.dumps(data), "utf-8")
    # Two people, 60 days of leave each out of 260; radios that die after five days, unseen; notes that keep a week.
    (folder / "year.json").write_text(json.dumps({
        "format": "muster.year", "version": 1, "id": "test", "from": "2026-01-01", "days": 364,
        "staff": [{"id": "shift", "count": 2, "role": "operator", "pattern": "rota", "teams": 1, "shift_h": 24, "leave_d": 60}],
        "equipment": [{"id": "sets", "kinds": ["radio"], "count": 5, "life_d": 5}],
        "stores": [{"id": "paper", "count": 1, "keeps_d": 7, "equipment": ["note"]}]}), "utf-8")
    catalogue = levers(
        folder / "levers.json", third=(3, {"in": "roster", "pointer": "/members/operator-1/count", "value": 3}),
        way=(2, {"in": "playbook", "pointer": "/steps/call/over", "value": ["radio", "telephone"]}))
    given = json.loads(catalogue.read_text("utf-8"))
    given["levers"][0].update(persons=1, lead_d=90)
    catalogue.write_text(json.dumps(given), "utf-8")
    done = call("hazop", folder / "incident.json", "-l", catalogue, "--late", 86400, "--screen", 5, "-n", 14, "--year",
                folder / "year.json", "--json", "-q", "-o", folder / "all.sqlite", "--html", folder / "all.html", "--lang",
                "en")
    if not tally.check("everything is tried", done.returncode == 0, done.stderr):
        return
    told = json.loads(done.stdout)
    found = {(f["kind"], f["id"], f["guide"]): f for f in told["findings"]}
    single = {key for key, f in found.items() if f["single"]}
    tally.check("what a step takes with it that it serves itself makes it no single point",
                ("step", "call", "lost") in found and ("step", "call", "lost") not in single and
                ("step", "told", "lost") in single and [x["clause"] for x in found["step", "told", "lost"]["losses"]
                                                        if x["single"]] == ["3.5.3b"], found)
    tally.check("people, their radios and what they write on are single points",
                {("person", "operator-1", "lost"), ("person", "chief", "weak"), ("equipment", "note", "lost")} <= single,
                single)
    likely = {key: f["likelihood"] for key, f in found.items()}
    tally.check("one of two is on leave on two days of five; a radio of one's own is dead on most",
                0.35 < likely["person", "operator-1", "lost"] < 0.45 and likely["person", "chief", "weak"] > 0.8, likely)
    tally.check("notes are gone once they have kept a week", likely["equipment", "note", "lost"] > 0.5, likely)
    tally.check("of whom the year has not, and of radios that several share, nothing is said",
                likely["person", "operator-1", "weak"] is None and likely["person", "chief", "lost"] is None and
                likely["step", "told", "lost"] is None, likely)
    third = found["person", "operator-1", "lost"]["remedy"]
    tally.check("a third leaves two when one is lost", third["lever"] == "third" and third["low"] > 0, third)
    untried = told["not_tried"]
    tally.check("a message a day and two seconds late is more than a file may say",
                "channel:radio:late" in untried, untried)
    page = (folder / "all.html").read_text("utf-8")
    others = page.partition("What else is felt")[2].partition("<h2")[0]
    tally.check("the page has what else is felt, with advice of its own kind",
                "call: lost" in others and "second role" in others and "told: lost" not in others, others)
    tally.check("and how likely, what the remedy needs, and how much was not tried",
                "20 % of days or more" in page and "not in the year" in page and
                "persons on duty: 1; ready in 90 days" in page and
                f"{len(untried)} deviations could not be set" in page, page[-1500:])


def test_own_policy(folder):
    """A policy that is another with a limit of its own; settings with names."""
    plant(folder)
    slow = {**factor("slow", "playbook", "/steps/call/takes_s", values=[200]), "name": {"en": "The call", "zh": "呼叫"}}
    gone = {**factor("gone", "playbook", "/steps/clear", values=[None]), "name": {"en": "All clear", "zh": "解除"}}
    study = write(folder / "study.json", design="one_at_a_time", reps=20, block=10, factors=[slow, gone])
    results = folder / "own.sqlite"
    done = call("batch", study, "-q", "-o", results)
    if not tally.check("a study under a policy that has a base", done.returncode == 0, done.stderr):
        return
    tally.check("an arm is named after what it sets", [r[3:] for r in rows(results)["arm"]] == [
        (None, None), ("The call: 200", "呼叫：200"), ("All clear: taken away", "解除：去掉")], rows(results)["arm"])
    done = call("batch", study, "-o", results, "--replay", "1:2", "--to", folder / "there")
    kept = (folder / "there/log.jsonl").read_text("utf-8").splitlines()
    call("run", folder / "there/incident.json", "-q", "--no-report", "-n", 3, "--log-rep", 2, "-o", folder / "alone")
    alone = (folder / "alone/log.jsonl").read_text("utf-8").splitlines()
    tally.check("a run's files have the policy's base among them, and give the same log",
                json.loads((folder / "there/policy.json").read_text("utf-8"))["based_on"] == "policy-base.json" and
                len(json.loads((folder / "there/policy-base.json").read_text("utf-8"))["clauses"]) > 100 and
                kept[1:] == alone[1:] and len(kept) > 20, done.stderr)
    page = folder / "own.html"
    call("compare", results, "--html", page, "--arm", 2, "--improvement")
    tally.check("no gap before, none after", "None, neither before nor after." in page.read_text("utf-8"))


def test_no_difference(folder):
    """Nobody is told to leave; inputs that change nothing; a rule of stopping about what never comes about."""
    plant(folder, horizon_s=60)
    book = json.loads((folder / "playbook.json").read_text("utf-8"))
    book["steps"] = [s for s in book["steps"] if s["id"] != "leave"]
    (folder / "playbook.json").write_text(json.dumps(book), "utf-8")
    slow = factor("slow", "playbook", "/steps/call/takes_s", values=[31])
    study = write(folder / "study.json", reps=20, block=10, factors=[slow], design="one_at_a_time",
                  stop=[{"clause": "4.2.3a", "half_width": 1}])
    done = call("batch", study, "-q", "-o", folder / "stay.sqlite")
    tally.check("a clause that no run judges stops no study", done.returncode == 0 and
                {r[6] for r in rows(folder / "stay.sqlite")["cell"]} == {20}, done.stderr)
    study = write(folder / "typing.json", reps=20, block=10, factors=[slow], design="one_at_a_time",
                  stop=[{"clause": "4.2.3a", "half_width": 1}, {"clause": "4.2.3z", "half_width": 1}])
    done = call("batch", study, "-q", "-o", folder / "typing.sqlite")
    tally.check("a rule about a clause that no policy has is told with its place", done.returncode == 2 and
                re.search(r"typing\.json:\d+:\d+: .*\"4\.2\.3z\"", done.stderr), done.stderr)
    page = folder / "stay.html"
    call("compare", folder / "stay.sqlite", "--html", page)
    tally.check("where nobody leaves there is no curve", "nobody leaves in most runs" in page.read_text("utf-8"))
    plant(folder, horizon_s=600)
    study = write(folder / "morris.json", design="morris", points=2, reps=2, factors=[
        {k: v for k, v in slow.items() if k != "values"} | {"least": 30, "most": 31}])
    done = call("sensitivity", study, "--clause", "2.3.2d", "-q", "-o", folder / "morris.sqlite", "--html", page)
    text = page.read_text("utf-8")
    tally.check("none of the inputs matters to a share of runs", done.returncode == 0 and
                "None of these inputs makes a difference here." in text and "Share of runs that meet 2.3.2d" in text,
                done.stderr + done.stdout)


def test_much_better(folder):
    """Somebody who looks for ten minutes before anything is said, and a lever that ends it: more is better than can be
    listed."""
    office = small(folder)
    next(s for s in office.files["playbook"]["steps"] if s["id"] == "verify")["takes_s"] = 600
    office.write(folder)
    catalogue = levers(folder / "levers.json", quick=(1, {"in": "playbook", "pointer": "/steps/verify/takes_s", "value": 20}))
    page = folder / "fix.html"
    done = call("fix", folder / "incident.json", "-l", catalogue, "-n", 12, "-q", "-o", folder / "fix.sqlite", "--html", page)
    text = page.read_text("utf-8") if page.exists() else ""
    better = re.search(r"Better</h4>\s*<ul>(.*?)</ul>", text, re.S)
    items = re.findall(r"<li>(.*?)</li>", better[1], re.S) if better else []
    told = json.loads(call("compare", folder / "fix.sqlite", "--json", "--draws", 100).stdout)["pairs"]
    tally.check("twelve are told, and how many more there are", len(items) == 13 and
                re.fullmatch(r"and \d+ more", items[12]) and len(told) > 12, items or done.stderr)
    tally.check("fix says where its page is", done.stdout.splitlines()[-1:] == [f"Page: {page}"], done.stdout[-300:])


def has_xlsx():
    return "without libxlsxwriter" not in call("hazop", "x", "-l", "x", "-o", "x", "--xlsx",
                                               "x").stderr


def test_sensitivity(folder):
    small(folder)
    ranges = [dict(factor("police", "roster", "/units/police.patrol/distance_m"), least=300,
                   most=6000),
              dict(factor("eod", "roster", "/units/police.eod/distance_m"), least=30000,
                   most=60000)]
    study = write(folder / "morris.json", design="morris", points=3, reps=4, factors=ranges)
    done = call("sensitivity", study, "--metric", "clauses_missed", "-q", "--json", "-o",
                folder / "morris.sqlite", "--html", folder / "morris.html")
    if not tally.check("inputs are ranked", done.returncode == 0, done.stderr):
        return
    inputs = json.loads(done.stdout)["incidents"][0]["inputs"]
    tally.check("the one that matters comes first, the one that cannot has no effect",
                inputs[0]["factor"] == "police" and inputs[0]["mean_absolute_effect"] > 0 and
                inputs[1]["mean_absolute_effect"] == 0, inputs)
    page = (folder / "morris.html").read_text(encoding="utf-8")
    tally.check("the page has its chart and both inputs", page.count("<svg") >= 2 and
                "Clauses missed" in page and "What matters most here is: police." in page)
    done = call("sensitivity", study, "-q", "-o", folder / "morris.sqlite", "--html", folder / "morris.html")
    tally.check("in words, too: what is explained comes first",
                done.stdout.startswith("What is explained: Clauses missed (unit: clauses)"), done.stdout)
    tally.check("and last where the page is", done.stdout.splitlines()[-1:] == [f"Page: {folder / 'morris.html'}"],
                done.stdout[-300:])
    done = call("sensitivity", operators(folder), "-q", "-o", folder / "x.sqlite")
    tally.check("another design is refused", done.returncode == 2 and "morris" in done.stderr)


def test_indices(folder):
    """Of two inputs one explains everything: its indices are 1 within their error, those of the other 0."""
    small(folder)
    ranges = [dict(factor("police", "roster", "/units/police.patrol/distance_m"), least=300, most=6000),
              dict(factor("eod", "roster", "/units/police.eod/distance_m"), least=30000, most=60000)]
    study = write(folder / "sobol.json", design="sobol_indices", points=8, reps=2, factors=ranges)
    done = call("sensitivity", study, "--metric", "clauses_missed", "-q", "--json", "-o", folder / "sobol.sqlite",
                "--html", folder / "sobol.html")
    if not tally.check("Sobol's indices are taken", done.returncode == 0, done.stderr):
        return
    inputs = json.loads(done.stdout)["incidents"][0]["inputs"]
    tally.check("points times factors and two arms are played, and what is given",
                len(rows(folder / "sobol.sqlite")["arm"]) == 1 + 8 * (2 + 2))
    tally.check("the one that matters explains all of it, the other nothing",
                [i["factor"] for i in inputs] == ["police", "eod"] and
                abs(inputs[0]["total"] - 1) <= inputs[0]["half_width"] and inputs[0]["total"] > 0.5 and
                inputs[1]["total"] == inputs[1]["first"] == 0, inputs)
    tally.check("the page says where the method comes from",
                "Saltelli" in (folder / "sobol.html").read_text(encoding="utf-8"))


def test_other_metrics(folder):
    """Results of a program that measured other things, or kept them in other places, are refused by name."""
    small(folder)
    results = folder / "results.sqlite"
    call("batch", write(folder / "study.json", reps=1), "-q", "-o", results)
    tally.check("results are read by the program that made them", call("compare", results).stderr.count("metrics") == 0)
    with sqlite3.connect(results) as base:
        names = [name for name, in base.execute("SELECT name FROM measure ORDER BY measure")]
    changes = {"swapped": [f"UPDATE measure SET name = 'x' WHERE name = '{names[2]}'",
                           f"UPDATE measure SET name = '{names[2]}' WHERE name = '{names[5]}'"],
               "without values": [f"ALTER TABLE run RENAME COLUMN {names[2]} TO other"],
               "not listed": [f"DELETE FROM measure WHERE name = '{names[2]}'"]}
    said = {}
    for change, commands in changes.items():
        changed = folder / "changed.sqlite"
        changed.write_bytes(results.read_bytes())
        with sqlite3.connect(changed) as base:
            for command in commands:
                base.execute(command)
        done = call("compare", changed)
        said[change] = (done.returncode, f"'{names[2]}' is not where it should be" in done.stderr)
    tally.check("with other metrics they are refused, and the first that is missing is named",
                set(said.values()) == {(2, True)}, said)


def test_pipe(folder):
    """A pipe gives a study once."""
    small(folder)
    text = write(folder / "study.json", incidents=[str(folder / "incident.json")], reps=1).read_text("utf-8")
    done = call("batch", "/dev/stdin", "-q", "-o", folder / "piped.sqlite", input=text)
    tally.check("a study may come through a pipe", done.returncode == 0 and
                len(rows(folder / "piped.sqlite")["run"]) == 1, done.stderr)
    text = (folder / "incident.json").read_text("utf-8")
    done = call("batch", "/dev/stdin", "-q", "-o", folder / "no.sqlite", input=text)
    tally.check("an incident may not, and is told so", done.returncode == 2 and "muster.study" in done.stderr,
                done.stderr)


for test in (test_usage, test_pipe, test_other_metrics, test_zero, test_resume, test_stop, test_table, test_bounds, test_fix, test_hazop,
             test_guides, test_hazop_of_all, test_likelihood, test_sensitivity, test_indices, test_policies,
             test_no_fix, test_care_measures, test_own_policy, test_no_difference, test_much_better):
    if len(sys.argv) > 4 and sys.argv[4] != test.__name__:
        continue
    with tempfile.TemporaryDirectory() as place:
        test(pathlib.Path(place))
sys.exit(tally.finish())
