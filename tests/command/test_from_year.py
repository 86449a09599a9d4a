#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An incident that starts from a day of a year: which cameras work, which radios are dead and
whether a test has found it, who is there, who still holds a skill, what is left in stock, and which
revision of the plan people know. Each is planted alone in a year; each must be named, and must
change what happens.

usage: test_from_year.py MUSTER ROOT SHARED
"""
import json
import pathlib
import subprocess
import sys
import tempfile

from scenario import Tally

MUSTER, ROOT = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
HOUSE = ROOT / "scenarios/head-office"
TALLY = Tally()
check = TALLY.check


def year(**parts):
    """Twenty-eight days of one guard who is never away, and what is planted."""
    return {"format": "muster.year", "version": 1, "id": "test", "from": "2026-03-02", "days": 28,
            "staff": [{"id": "guard", "count": 9, "pattern": "rota", "teams": 1, "shift_h": 24,
                       "role": "guard"}],
            **parts}


def wear(**more):
    return {"id": "things", "life_d": 5, **more}


RADIO_TEST = {"id": "test", "staff": "guard", "hours": 0.1, "every": 1, "period": "day",
              "does": "look", "looks_at": ["radio"]}
MEDICS = [{"id": "ert", "count": 8, "role": "ert"}]
REVISION = [
    {"id": "revision", "staff": "guard", "does": "revise", "topic": "plans", "hours": 1},
    {"id": "teaching", "staff": "guard", "does": "teach", "topic": "plans", "attends": ["guard"],
     "after": "revision", "wait_h": 5000}]


def play(folder, name, given, incident="by_guard.json"):
    """The lines about what is otherwise, and the log of one run."""
    words = [MUSTER, "run", folder / incident, "--motion", "flow", "-n", "1", "-j", "1", "-q",
             "--no-report", "--lang", "en", "-o", folder / name]
    if given is not None:
        file = folder / f"{name}.json"
        file.write_text(json.dumps(given))
        words += ["--from-year", file, "--year-day", "2026-03-20"]
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{name}: {done.stderr[-2000:]}")
    said = [line.strip() for line in done.stderr.splitlines() if line.startswith("  ")]
    log = [json.loads(line) for line in (folder / name / "log.jsonl").read_text().splitlines()]
    return said, log[1:-1]


def told_in_report(folder, name, given):
    """The list of the report that says what is otherwise than in the files."""
    file = folder / f"{name}.json"
    file.write_text(json.dumps(given))
    done = subprocess.run([MUSTER, "run", folder / "by_guard.json", "--motion", "flow", "-n", "1", "-j", "1", "-q", "--lang",
                           "en", "-o", folder / name, "--from-year", file, "--year-day", "2026-03-20"],
                          capture_output=True, text=True)
    said = [line.strip() for line in done.stderr.splitlines() if line.startswith("  ")]
    report = (folder / name / "report.md").read_text()
    list_of = report.partition("The incident starts from a day of a year")[2].partition("\n#")[0].splitlines()
    return said, list_of[0] if list_of else "", [line[2:].strip() for line in list_of if line.startswith("- ")]


def prepare(folder):
    """The incident with its playbook beside it, revised: two guards clear the radius, one did."""
    incident = json.loads((HOUSE / "package.json").read_text())
    for key in ("site", "roster"):
        incident[key] = str(HOUSE / incident[key])
    incident["policy"] = str(ROOT / "scenarios/policy/baseline.json")
    incident["playbooks"] = ["package.json.book"]
    book = json.loads((ROOT / "scenarios/playbooks/package.json").read_text())
    was = next(dict(s) for s in book["steps"] if s["id"] == "radius")
    was["takes_s"] = 90
    book["revisions"][-1]["was"] = [was]
    incident["item"].update({"guard_notice_chance": 0})
    (folder / "by_staff.json").write_text(json.dumps(incident))
    # A guard on the round finds the item and reports it by radio.
    incident["item"].update({"guard_notice_chance": 1, "staff_notice_s": 100000})
    (folder / "by_guard.json").write_text(json.dumps(incident))
    (folder / "package.json.book").write_text(json.dumps(book))


def count(log, kind, place=None):
    return sum(r["kind"] == kind and (place is None or r.get("place") == place) for r in log)


def events(log):
    """What happened, without the numbers of records."""
    return [tuple(r.get(k) for k in ("t_us", "kind", "subject", "object", "place", "value"))
            for r in log]


def main():
    planted = {
        "cameras": year(equipment=[wear(kinds=["camera"])]),
        "untested": year(equipment=[wear(kinds=["radio"], count=30)]),
        "tested": year(equipment=[wear(kinds=["radio"], count=30)], duties=[RADIO_TEST]),
        "skill": year(staff=year()["staff"] + MEDICS,
                      topics=[{"id": "care", "half_life_d": 1, "skill": "medic"}],
                      duties=[{"id": "course", "staff": "ert", "does": "teach", "topic": "care",
                               "attends": ["ert"], "every": 2, "period": "month",
                               "limit_h": 0.001, "hours": 1, "persons": 8, "priority": 0,
                               "wait_h": 1}]),
        "stock": year(stores=[{"id": "medicine", "count": 8, "keeps_d": 2,
                               "equipment": ["medical.ert", "protective.ert"]}]),
        "plan": year(topics=[{"id": "plans"}], duties=REVISION,
                     schedule=[{"duty": "revision", "at": "2026-03-10T09:00"}]),
    }
    away = year()
    away["staff"][0].update({"ill_per_year": 30, "ill_d": 20})
    planted["away"] = away
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        prepare(folder)
        _, plain = play(folder, "plain", None)
        said, same = play(folder, "nothing", year())
        check("a year in which nothing happens changes nothing",
              said == [] and events(same) == events(plain), said)
        _, by_staff = play(folder, "by_staff", None, "by_staff.json")
        said, head, listed = told_in_report(folder, "reported", year(equipment=[wear(kinds=["camera"])]))
        check("the report lists what is otherwise, line for line", said and len(listed) == len(said) and
              head == ". Otherwise than in the files:", (head, said[:2], listed[:2]))
        _, head, listed = told_in_report(folder, "usual", year())
        check("… or says that nothing is", head == ", on which all is as in the files." and listed == [], head)
        told_all = year(topics=[{"id": "plans"}], duties=[dict(REVISION[0]), {**REVISION[1], "wait_h": 1, "persons": 9}],
                        schedule=[{"duty": "revision", "at": "2026-03-10T09:00"}])
        said, taught = play(folder, "taught", told_all)
        check("plan: whoever has been taught the revision does as it says", said == [] and events(taught) == events(plain),
              said)
        runs = {what: play(folder, what, given, "by_staff.json" if what == "cameras" else
                           "by_guard.json") for what, given in planted.items()}
    for what, (said, log) in runs.items():
        check(f"{what}: is said, and changes what happens",
              said and events(log) != events(by_staff if what == "cameras" else plain), said)
    check("cameras: all fourteen, and nobody knows",
          sum("does not work, and nobody knows" in s for s in runs["cameras"][0]) == 14)
    check("radios: untested ones are tried in vain",
          count(plain, "lost", "channel:radio") == 0 and
          count(runs["untested"][1], "lost", "channel:radio") > 0,
          sorted({r.get("place") for r in runs["untested"][1] if r["kind"] == "lost"}))
    check("radios: tested ones are not tried",
          all("a test found it dead" in s for s in runs["tested"][0] if "radio of" in s or
              "has no radio" in s) and count(runs["tested"][1], "lost", "channel:radio") == 0 and
          count(runs["tested"][1], "sent", "channel:radio") < count(plain, "sent", "channel:radio"))
    check("skill: the medics have lost it", any("skill medic" in s for s in runs["skill"][0]),
          runs["skill"][0])
    check("stock: nothing usable is left", sum("0 of" in s for s in runs["stock"][0]) == 2,
          runs["stock"][0])
    check("plan: guards do the step as it was before",
          any("as revised" in s for s in runs["plan"][0]), runs["plan"][0])
    check("away: guards are missing", any("away" in s for s in runs["away"][0]), runs["away"][0])
    return TALLY.finish()


if __name__ == "__main__":
    sys.exit(main())
