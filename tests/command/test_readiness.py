#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The year, the audit and the lint from the command line: the lint finds every planted conflict and
none in a clean policy; a guard fewer, a site twice as large, half the technicians and no
self-diagnosis move the clauses that they should and no others; the same seed gives the same bytes.

usage: test_readiness.py MUSTER ROOT SHARED
"""
import copy
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from scenario import Tally

MUSTER, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
SITE = ROOT / "scenarios/head-office/site.json"
ROSTER = ROOT / "scenarios/head-office/roster.json"
TALLY = Tally()
check = TALLY.check


def muster(*words, status=(0,)):
    done = subprocess.run([MUSTER, *map(str, words)], capture_output=True, text=True)
    if done.returncode not in status:
        print(done.stdout[-2000:], done.stderr[-2000:])
        raise SystemExit(f"muster {words[0]} ended with {done.returncode}")
    return done.stdout


# What only comes up when somebody fails or an occasion happens to come: test_records has it.
RARE = {"5.2.1b", "5.3.1b", "5.3.2a", "5.3.2b", "5.3.3a", "6.1.2c", "3.6.2b", "6.2.1b"}


def clause(cid, kind, demands, **more):
    return {"id": cid, "kind": kind, "title": {"en": cid, "zh": cid}, "text": {"en": cid, "zh": cid},
            "demands": [{"name": n, "value": v, "unit": u} for n, v, u in demands],
            "judged_by": ["simulated"], **more}


def policy(clauses):
    return {"format": "muster.policy", "version": 1, "id": "test", "clauses": clauses}


CLEAN = [
    clause("1.a", "deadline", [("limit", 600, "s")], start="declared:red", end="cordoned:outer"),
    clause("1.b", "deadline", [("limit", 600, "s")], start="notified:police",
           end="arrived:police@outer_cordon"),
    clause("1.c", "distance", [("radius", 100, "m")], start="declared:yellow", end="cleared:radius"),
    clause("1.d", "physical", [("retention", 90, "d")]),
    clause("1.e", "stock", [("total", 20, "persons"), ("eod", 8, "persons"),
                            ("medic", 12, "persons")]),
    clause("1.f", "rate", [("count", 2, "per_year")], system="drills"),
    clause("1.g", "physical", [("mass", 7.5, "t"), ("speed", 64, "1")], system="perimeter"),
    clause("1.h", "process", [("required", 1, "1")], start="detected:intrusion@archive",
           end="locked_down:archive"),
    clause("1.i", "deadline", [("limit", 900, "s")], start="declared:orange", end="posted:key"),
]
# What is planted: number of the clause, what is wrong, with whom.
PLANTED = [
    ("1.a", {"demands": [{"name": "limit", "value": 1200, "unit": "s"}]}, "contradiction"),
    ("1.b", {"demands": [{"name": "limit", "value": 20, "unit": "s"}]}, "arithmetic"),
    ("1.c", {"demands": [{"name": "radius", "value": 10, "unit": "m"}]}, "weaker"),
    ("1.d", {"demands": [{"name": "retention", "value": 30, "unit": "d"}]}, "weaker"),
    ("1.e", {"demands": [{"name": "total", "value": 15, "unit": "persons"},
                         {"name": "eod", "value": 8, "unit": "persons"},
                         {"name": "medic", "value": 12, "unit": "persons"}]}, "arithmetic"),
    ("1.f", {"demands": [{"name": "count", "value": 0.5, "unit": "per_year"}]}, "weaker"),
    ("1.g", {"demands": [{"name": "mass", "value": 7.5, "unit": "t"}]}, "weaker"),
    ("1.h", {"end": "discharged:archive"}, "danger"),
    ("1.i", {"end": "covered:item"}, "danger"),
]


def lint(folder, clauses):
    file = folder / "policy.json"
    file.write_text(json.dumps(policy(clauses)))
    out = muster("lint", SITE, "--policy", file, "--json", status=(0, 1))
    return json.loads(out)["findings"]


def test_lint(folder):
    found = lint(folder, CLEAN)
    check("a clean policy has no findings", found == [], found)
    for cid, change, kind in PLANTED:
        clauses = [{**c, **(change if c["id"] == cid else {})} for c in CLEAN]
        found = lint(folder, clauses)
        hits = [f for f in found if f["kind"] == kind and f["clause"]["id"] == cid]
        check(f"planted in {cid}: {kind}", hits and all(
            cid in (f["clause"]["id"], (f["other"] or {}).get("id")) for f in found), found)
    found = json.loads(muster("lint", ROOT / "scenarios/campus/site.json", "--json", status=(1,)))
    said = {(f["kind"], f["clause"]["id"], (f["other"] or {}).get("id")) for f in found["findings"]
            if f["clause"]}
    for wanted in (("contradiction", "3.2.1c", "4.2.3b"), ("weaker", "3.2.3b", None),
                   ("danger", "3.3.1e", None), ("arithmetic", "2.1.1a", None)):
        check(f"the source policy: {wanted[0]} of {wanted[1]}", wanted in said, said)
    check("every finding says where it is written",
          all(f["source"] and f["what"] for f in found["findings"]))


def test_lint_of_a_year(folder):
    """What stations and duties ask of people, and of one duty by two clauses."""
    rules = folder / "year-policy.json"
    file = folder / "lint-year.json"
    gate = clause("1.a", "rate", [("interval", 1, "h")])
    look = clause("1.b", "rate", [("interval", 1, "h")])
    given = {**year(), "equipment": [], "staff": [{"id": "guard", "count": 1, "pattern": "rota", "teams": 4}],
             "stations": [{"id": "gate", "staff": "guard", "persons": 2, "serves": ["1.a"]}],
             "duties": [{"id": "round", "staff": "guard", "every": 1, "period": "hour", "hours": 0.25,
                         "serves": ["1.a", "1.b"]}]}

    def found(guards, interval):
        given["staff"][0]["count"] = guards
        file.write_text(json.dumps(given))
        look["demands"][0]["value"] = interval
        rules.write_text(json.dumps(policy([gate, look])))
        return json.loads(muster("lint", SITE, "--policy", rules, "--year", file, "--json",
                                 status=(0, 1)))["findings"]

    check("twelve guards are enough, and one interval is no contradiction", found(12, 1) == [], found(12, 1))
    # Two at the gate, and a quarter of an hour in each: 2.25 of 24 hours on 91 days; a fourth of them is each team's.
    short = found(4, 1)
    check("four guards are too few for a gate of two, and the gate's clause is named",
          [(f["kind"], f["clause"]["id"]) for f in short] == [("hours", "1.a")] and "guard" in short[0]["what"] and
          f"{2.25 * 24 * 91:.0f} hours in 91 days" in short[0]["what"], short)
    stations = given.pop("stations")
    given["duties"][0].update(hours=3, serves=["1.b"])
    alone = found(1, 1)
    check("without a station the duty's own clause is named", [(f["kind"], f["clause"]["id"]) for f in alone] ==
          [("hours", "1.b")], alone)
    given["duties"][0].update(hours=0.25, serves=["1.a", "1.b"])
    given["stations"] = stations
    twice = found(12, 2)
    check("one duty cannot be due every hour and every two",
          [(f["kind"], f["clause"]["id"], f["other"]["id"]) for f in twice] == [("contradiction", "1.a", "1.b")] and
          "round" in twice[0]["what"], twice)

def test_lint_of_a_site(folder):
    """Mechanisms, lanes, posts and roads that cannot keep a limit, whatever the form of their times: the number
    in the finding is the one that the form gives."""
    folder = folder / "slow"
    folder.mkdir()
    usual = {n: json.loads((ROOT / f"scenarios/campus/{n}.json").read_text()) for n in ("site", "roster")}
    cable = [e["id"] for e in usual["site"]["equipment"] if e["kind"] == "vibration_cable"]
    gates = [p["id"] for p in usual["site"]["portals"] if p.get("zone") == "road"]
    posts = sum(p["kind"] == "key" for p in usual["site"]["posts"])

    def found(clauses, change=None):
        given = copy.deepcopy(usual)
        if change is not None:
            change(given)
        for name, value in given.items():
            (folder / f"{name}.json").write_text(json.dumps(value))
        (folder / "policy.json").write_text(json.dumps(policy(clauses)))
        out = muster("lint", folder / "site.json", "--roster", folder / "roster.json", "--policy",
                     folder / "policy.json", "--json", status=(0, 1))
        return json.loads(out)["findings"]

    def limit(seconds, end, start="declared:orange", **more):
        return [clause("1.a", "deadline", [("limit", seconds, "s")], start=start, end=end, **more)]

    def closing(given):
        for portal in given["site"]["portals"]:
            if portal["id"] == gates[0]:
                portal["closes_in_s"] = {"dist": "normal", "mean": 60, "sd": 10}

    check("gates that close within the limit are no finding", found(limit(30, "closed:road")) == [])
    shut = found(limit(30, "closed:road"), closing)
    check("one that takes longer is named, with the least of its normal time",
          [f["kind"] for f in shut] == ["arithmetic"] and
          f"{gates[0]} takes at least 40.4 s to close, the limit is 30 s" == shut[0]["what"], shut)

    power = found(limit(5, "power_switched:standby"))
    check("a standby supply that is slower than its limit",
          [f["what"] for f in power] == ["the standby supply takes at least 8 s, the limit is 5 s"], power)
    check("… and one that is not", found(limit(10, "power_switched:standby")) == [])

    slow = found(limit(1, "detected:vibration_cable@perimeter", start="disturbed"))
    check("every cable that alarms too late", sorted(f["what"].split()[0] for f in slow) == sorted(cable) and
          all("alarms after 1.5 s at the earliest, the limit is 1 s" in f["what"] for f in slow), slow)
    check("… and none that is in time", found(limit(2, "detected:vibration_cable@perimeter", start="disturbed")) == [])

    wait = limit(10, "checked:visitor", start="queued:visitor", statistic="mean", system="crowd")
    queue = found(wait)
    check("a check that takes longer than one may wait", len(queue) == 1 and
          "one check at lane.lobby takes 13.6 s on average without any queue, the limit is 10 s" == queue[0]["what"], queue)

    def fewer(given):
        given["site"]["lanes"][0]["lanes"] = 1

    wait[0]["demands"][0]["value"] = 300
    check("lanes that are enough", found(wait) == [], found(wait))
    queue = found(wait, fewer)
    check("one lane for 420 an hour: the queue only grows, then and at no quieter time", len(queue) == 1 and
          "at lane.lobby 420 come in an hour from 7.5 h on and 1 lanes check 265" in queue[0]["what"], queue)

    def guards(count):
        def change(given):
            of = [m for m in given["roster"]["members"] if m["role"] == "guard"]
            for member in of[1:]:
                member["off_duty"] = True
            of[0]["count"] = count
            of[0].pop("off_duty", None)
        return change

    check("a guard for each key post", found(limit(900, "posted:key"), guards(posts)) == [])
    thin = found(limit(900, "posted:key"), guards(posts - 1))
    check("one guard fewer", [f["what"] for f in thin] == [f"{posts} key posts and {posts - 1} guards on this shift"], thin)

    def road(dispatched, speed):
        def change(given):
            for unit in given["roster"]["units"]:
                if unit["role"] == "police":
                    unit.update(dispatched_in_s=dispatched, speed_mps=speed, distance_m=3600)
        return change

    fixed = {"dist": "constant", "value": 60}
    for dispatched, speed, best in (
            (fixed, {"dist": "constant", "value": 12}, 360),
            (fixed, {"dist": "uniform", "low": 8, "high": 12}, 360),
            (fixed, {"dist": "triangular", "low": 6, "mode": 8, "high": 12}, 360),
            ({"dist": "normal", "mean": 60, "sd": 10}, {"dist": "normal", "mean": 10, "sd": 1}, 341),
            (fixed, {"dist": "gamma", "mean": 10, "sd": 3}, 150)):
        far = found(limit(100, "arrived:police@outer_cordon", start="notified:police"), road(dispatched, speed))
        check(f"the best time by {speed['dist']} speed", len(far) == 1 and f"at best {best} s" in far[0]["what"], far)

    many = [{**limit(5, "power_switched:standby")[0], "id": f"1.{k}"} for k in range(40)]
    told = {f["clause"]["id"] for f in found(many) if f["kind"] == "arithmetic"}
    check("forty findings are all kept", len(told) == 40, sorted(told))


def test_faults_of_a_year(folder):
    """What a year file asks that cannot be, or is never asked for."""
    file = folder / "faulty.json"

    def told(change, status=2):
        given = year()
        change(given)
        file.write_text(json.dumps(given))
        done = subprocess.run([MUSTER, "year", SITE, "--roster", ROSTER, "--year", file, "-n", "1", "-o",
                               folder / "faulty"], capture_output=True, text=True)
        check(f"… ends with {status}", done.returncode == status, (done.returncode, done.stderr[-400:]))
        return " ".join(done.stderr.split())

    def duty(name, **more):
        return lambda given: next(d for d in given["duties"] if d["id"] == name).update(more)

    for name, change, status, words in (
            ("after what there is not", duty("repair", after="raport"), 2,
             ("'repair' comes after 'raport', which is no duty, occasion or other call", 'did you mean "report"?')),
            ("due every two of nothing", lambda given: given["duties"][4].pop("period"), 2,
             ("'meeting' falls due every 1 of no period", "hour, day, week or month")),
            ("about no topic", duty("meeting", topic="knots"), 2, ("'meeting' is about 'knots', which is no topic",)),
            ("never called for", duty("meeting", every=0), 0, ("nothing ever calls for duty 'meeting'",)),
            ("more than there are", duty("meeting", persons=9), 0, ("takes 9 people at a time and there are 4",)),
            ("equipment that the site has not", lambda given: given["equipment"][0].update(kinds=["vibration_cable"]),
             0, ("the site has no equipment of the kinds of 'cameras'",)),
            ("offices that close first", lambda given: given.update(opens_h=18, closes_h=9), 2,
             ("the offices close (closes_h) before they open (opens_h)",))):
        said = told(change, status)
        check(f"a year {name}", all(w in said for w in words), said[-600:])


def test_lapses(folder):
    """What nobody can do, for it takes five and there is one; what only some take up; what is mended before it has to
    be made safe; bookings out of order."""
    def number(cid, name, value, unit, kind="rate"):
        return clause(cid, kind, [(name, value, unit)])

    file, rules = folder / "lapses.json", folder / "lapses-policy.json"
    rules.write_text(json.dumps(policy([
        number("1.a", "limit", 2, "h", "deadline"), number("1.b", "limit", 1, "d", "deadline"),
        number("1.c", "coverage", 0.5, "1"), number("1.d", "coverage", 0.5, "1"), number("1.e", "coverage", 0.5, "1"),
        number("1.f", "coverage", 0.5, "1"), number("1.g", "coverage", 0.9, "1")])))
    lamps = {"id": "lamps", "count": 60, "life_d": {"dist": "exponential", "mean": 10}, "tells": True, "tells_h": 0,
             "repair_h": 1, "serious": True}
    hard = {"staff": "one", "persons": 5, "hours": 1}
    file.write_text(json.dumps({
        "format": "muster.year", "version": 1, "id": "test", "from": "2026-01-01", "days": 56, "equipment": [lamps],
        "staff": [{"id": "one", "count": 1, "pattern": "rota", "teams": 1, "shift_h": 24},
                  {"id": "many", "count": 30, "pattern": "rota", "teams": 1, "shift_h": 24},
                  {"id": "teacher", "count": 1, "pattern": "rota", "teams": 1, "shift_h": 24},
                  {"id": "crew", "count": 20, "pattern": "rota", "teams": 1, "shift_h": 12, "ill_per_year": 12,
                   "ill_d": 20}],
        "topics": [{"id": "craft"}],
        "duties": [
            {"id": "mend", "staff": "many", "after": "fault_found", "does": "mend"},
            {"id": "safe", "staff": "many", "hours": 1, "after": "serious_fault", "does": "interim", "wait_h": 8},
            {"id": "late", **hard, "after": "fault_found", "limit_h": 24, "serves": ["1.a"]},
            {"id": "never", **hard, "after": "fault_found", "serves": ["1.b"]},
            {"id": "part", **hard, "every": 1, "period": "week", "share": 0.8, "serves": ["1.c"]},
            {"id": "called", **hard, "after": "fault_found", "limit_h": 24, "serves": ["1.d"]},
            {"id": "round", "staff": "one", "persons": 5, "every": 1, "period": "day", "patrol": "patrol.inside",
             "serves": ["1.e"]},
            {"id": "course", **hard, "every": 1, "period": "week", "does": "teach", "topic": "craft", "attends": ["crew"],
             "serves": ["1.f"]},
            # The second sitting is a week after the first, and the teacher is away with something longer by then.
            {"id": "sittings", "staff": "teacher", "hours": 1, "does": "teach", "topic": "craft", "attends": ["crew"],
             "limit_h": 400, "serves": ["1.g"]},
            {"id": "long", "staff": "teacher", "hours": 1000, "priority": 9},
            {"id": "some", "staff": "many", "hours": 0, "after": "fault_found", "taken_up": 0.3},
            {"id": "book", "staff": "many", "hours": 0}],
        "schedule": [{"duty": "sittings", "at": "2026-01-02T10:00"}, {"duty": "long", "at": "2026-01-05T10:00"},
                     *({"duty": "book", "at": f"2026-01-{d}T10:00"} for d in ("10", "05", "20"))]}))
    muster("year", SITE, "--policy", rules, "--roster", ROSTER, "--year", file, "-n", 1, "-j", 1, "-o", folder / "out")
    results = json.loads((folder / "out/results.json").read_text())
    log = [json.loads(line) for line in (folder / "out/log.jsonl").read_text().splitlines()]
    duties = {d["id"]: {k: d[k]["mean"] for k in ("due", "done", "lapsed")} for d in results["duties"]}

    def numbers(cid):
        return [r.get("value", 0) / 1000 for r in log if r.get("kind") == "measured" and r.get("object") == cid]

    faults = duties["mend"]["due"]
    check("what is given up after a day is measured by the day", duties["late"]["lapsed"] == duties["called"]["lapsed"] >=
          0.8 * faults > 20 and numbers("1.a")[0] == max(numbers("1.a")) == 24, (duties, numbers("1.a")))
    check("what nobody gives up is measured at the end, where it is too long by then",
          len(numbers("1.b")) > 20 and min(numbers("1.b")) > 1 and max(numbers("1.b")) < 56 and
          duties["never"]["lapsed"] == 0, numbers("1.b"))
    for cid, what in (("1.c", "a share that nobody covered"), ("1.d", "calls that nobody followed"),
                      ("1.e", "a round that nobody walked"), ("1.f", "a course that nobody taught")):
        check(f"{what} is none", numbers(cid) and set(numbers(cid)) == {0}, numbers(cid))
    check("a course that ends for want of a teacher has those who sat in it", duties["sittings"]["lapsed"] == 1 and
          0 < numbers("1.g")[-1] < 1, (numbers("1.g"), duties["sittings"]))
    check("what is mended in time has not to be made safe", duties["mend"]["done"] > 0.8 * faults and
          duties["safe"]["done"] + duties["safe"]["lapsed"] < 0.2 * faults, duties)
    check("some take it up", 0.1 * faults < duties["some"]["done"] < 0.6 * faults, duties["some"])
    check("a booking that lies before the last is passed over", duties["book"]["done"] == 2, duties["book"])


def test_clauses(folder):
    clauses = json.loads(muster("clauses", "--json"))["clauses"]
    modes = {c["id"]: c["mode"] for c in clauses}
    check("every clause has a mode",
          set(modes.values()) <= {"simulated", "scheduled", "declared", "off"} and
          len(clauses) == 172)
    check("the two examples are off", sum(m == "off" for m in modes.values()) == 2)
    campus = ROOT / "scenarios/campus/site.json"
    muster("year", campus, "--playbooks", ROOT / "scenarios/playbooks", "-n", 1, "-j", 1, "-o",
           folder / "campus")
    results = json.loads((folder / "campus/results.json").read_text())
    silent = {c["id"] for c in results["clauses"] if c["verdict"] == "not_exercised" and
              modes[c["id"]] in ("scheduled", "declared")}
    check("the campus's year and audit judge every clause that is theirs", silent <= RARE, silent)


WEAR = {"id": "cameras", "kinds": ["camera"], "life_d": {"dist": "exponential", "mean": 30},
        "repair_h": 6, "tells": True, "tells_h": 0, "serves": ["3.4.2b"]}


def year():
    """An organisation that just copes: two stations and two rounds need four guards, repairs two
    technicians."""
    return {
        "format": "muster.year", "version": 1, "id": "test", "from": "2026-01-01", "days": 91,
        "staff": [
            {"id": "guard", "count": 4, "pattern": "rota", "teams": 1, "shift_h": 12},
            {"id": "operator", "count": 1, "pattern": "rota", "teams": 1, "shift_h": 12},
            {"id": "technician", "count": 2, "pattern": "rota", "teams": 1, "shift_h": 12},
            {"id": "office", "count": 4},
        ],
        "stations": [{"id": "gate", "staff": "guard", "persons": 2, "serves": ["2.1.2a"]}],
        "duties": [
            {"id": "round.inside", "staff": "guard", "every": 1, "period": "hour",
             "patrol": "patrol.inside", "serves": ["2.2.3a"], "does": "look", "finds": 1},
            {"id": "round.outside", "staff": "guard", "every": 1, "period": "hour",
             "patrol": "patrol.outside", "serves": ["2.2.3a"]},
            {"id": "report", "staff": "operator", "hours": 0.1, "after": "fault_found",
             "serves": ["3.1.1b"]},
            {"id": "repair", "staff": "technician", "after": "report", "does": "mend",
             "limit_h": 240, "serves": ["5.1.3a"]},
            {"id": "meeting", "staff": "office", "persons": 2, "hours": 1, "every": 1,
             "period": "week", "working_days": True, "serves": ["2.3.1a"]},
        ],
        "equipment": [copy.deepcopy(WEAR)],
    }


def play(folder, given, site=SITE, reps=3):
    file = folder / "year.json"
    file.write_text(json.dumps(given))
    muster("year", site, "--roster", ROSTER, "--year", file, "-n", reps, "-j", 1, "-o",
           folder / "out")
    results = json.loads((folder / "out/results.json").read_text())
    return results, {c["id"]: c["verdict"] for c in results["clauses"]
                     if c["verdict"] != "not_exercised" and c["how"] == "scheduled"}


def moved(before, after):
    return {c for c in before if before[c] != after.get(c)}


def larger(site, factor):
    """The site with every length multiplied."""
    def grow(at):
        if isinstance(at, list):
            return [grow(x) for x in at]
        return at * factor if isinstance(at, (int, float)) else at
    out = json.loads(site.read_text())
    for kind in ("spaces", "portals", "equipment", "posts", "assembly_points", "roads", "signs"):
        for thing in out.get(kind, []):
            for key in ("polygon", "holes", "line", "upper_line", "at"):
                if key in thing:
                    thing[key] = grow(thing[key])
            for key in ("width_m", "length_m"):
                if key in thing:
                    thing[key] *= factor
    return out


def test_what_moves(folder):
    results, usual = play(folder, year())
    check("the organisation copes", set(usual.values()) == {"met"}, usual)
    first = (folder / "out/results.json").read_bytes(), (folder / "out/log.jsonl").read_bytes()
    play(folder, year())
    again = (folder / "out/results.json").read_bytes(), (folder / "out/log.jsonl").read_bytes()
    check("the same seed gives the same bytes", first == again)

    fewer = year()
    fewer["staff"][0]["count"] = 2
    _, after = play(folder, fewer)
    check("no guard but those at the gate: the hourly rounds alone",
          moved(usual, after) == {"2.2.3a"}, moved(usual, after))

    silent = year()
    silent["equipment"][0]["tells"] = False
    _, after = play(folder, silent)
    check("no self-diagnosis: that clause alone", moved(usual, after) == {"3.4.2b"},
          moved(usual, after))

    busy = year()
    busy["equipment"][0]["repair_h"] = 80
    _, before = play(folder, busy)
    busy["staff"][2]["count"] = 1
    results, after = play(folder, busy)
    check("half the technicians: repairs alone", moved(before, after) == {"5.1.3a"},
          (moved(before, after), results["equipment"]))

    big = folder / "big.json"
    big.write_text(json.dumps(larger(SITE, 2)))
    alone = year()
    alone["staff"][0]["count"] = 3
    for duty in alone["duties"][:2]:
        duty["hours"] = 0.33  # with the writing of the log: just under an hour for both rounds
    _, before = play(folder, alone)
    _, after = play(folder, alone, site=big)
    check("a site twice as large, one guard for both rounds: the rounds alone",
          moved(before, after) == {"2.2.3a"} and before["2.2.3a"] == "met",
          (moved(before, after), before))


def thin():
    """Nobody is free for the rounds, and everything that follows from that is there."""
    given = year()
    given["staff"][0].update({"count": 2, "led_by": "captain"})
    given["staff"].append({"id": "captain", "count": 1, "pattern": "rota", "teams": 1,
                           "shift_h": 12, "department": "security"})
    given["duties"] = [d for d in given["duties"] if d["id"] != "round.outside"]
    given["duties"][0].update({"every": 1, "period": "week", "blamed": True, "limit_h": 24})
    given["duties"] += [
        {"id": "record", "staff": "captain", "hours": 0.2, "after": "blamed",
         "serves": ["5.3.1b"]},
        {"id": "sanction", "staff": "office", "persons": 3, "hours": 0.5, "after": "record",
         "does": "sanction", "number": 4, "limit_wd": 20, "working_days": True,
         "serves": ["5.3.2a", "5.3.2b"]},
        {"id": "appeal", "staff": "office", "hours": 0.5, "after": "sanction", "demand": "appeal",
         "serves": ["5.3.3a"], "working_days": True},
        {"id": "review", "staff": "office", "persons": 3, "hours": 1, "after": "appeal",
         "demand": "review", "serves": ["5.3.3a"], "working_days": True},
        {"id": "stars", "staff": "office", "hours": 1, "every": 1, "period": "month",
         "does": "rate", "attends": ["captain", "guard"], "number": 5, "serves": ["5.2.2a"]},
        {"id": "drill", "staff": "captain", "persons": 2, "hours": 1, "every": 1, "period": "week",
         "does": "exercise"},
        {"id": "scores", "staff": "office", "hours": 1, "every": 1, "period": "month",
         "does": "score"},
        {"id": "rectify", "staff": "office", "hours": 2, "after": "low_again",
         "serves": ["5.2.1b"], "number": 2, "limit_wd": 10, "working_days": True},
    ]
    return given


def test_records(folder):
    results, verdicts = play(folder, thin())
    check("what follows from a failing is judged", all(verdicts.get(c) == "met" for c in (
        "5.2.1b", "5.2.2a", "5.3.1b", "5.3.2a", "5.3.2b", "5.3.3a")), verdicts)
    log = [json.loads(line) for line in (folder / "out/log.jsonl").read_text().splitlines()]
    grades = [r["value"] for r in log if r.get("kind") == "sanctioned"]
    check("the n-th failing of a person has the n-th grade, at most the fourth",
          grades[:5] == [1, 2, 3, 4, 4], grades)
    persons = {p["id"]: p for p in results["logged"]["persons"]}
    captain = persons["captain/1"]
    check("whoever leads the shift answers, and has the stars for it",
          captain["failings"] == len([r for r in log if r.get("kind") == "lapsed" and
                                      r.get("value")]) and captain["grade"] == 4 and
          captain["ratings"][0]["grade"] < 5 and persons["guard/1"]["ratings"][0]["grade"] == 5,
          (captain, persons["guard/1"]))
    check("the means are those of the years", results["failings"]["mean"] >= 12 and
          results["sanctions"][0] == 1, (results["failings"], results["sanctions"]))


def test_who_answers(folder):
    """A captain who is ill for months answers still for the shift that is theirs."""
    given = thin()
    given["staff"][-1].update({"ill_per_year": 30, "ill_d": 60})
    results, _ = play(folder, given)
    persons = {p["id"]: p for p in results["logged"]["persons"]}
    lapsed = [json.loads(line) for line in (folder / "out/log.jsonl").read_text().splitlines() if '"lapsed"' in line]
    blamed = [r for r in lapsed if r.get("value")]
    check("who is ill and has the shift answers for it", len(blamed) > 5 and
          all(r.get("subject") == "person:captain/1" for r in blamed) and persons["captain/1"]["failings"] == len(blamed),
          (blamed[:2], persons["captain/1"]))


def test_ledger(folder):
    given = year()
    given["equipment"][0]["serious"] = True
    given["duties"].append({"id": "guarded", "staff": "office", "hours": 0.5, "limit_h": 24,
                            "after": "serious_fault", "does": "interim", "serves": ["5.1.3a"],
                            "priority": 9})
    results, verdicts = play(folder, given)
    ledger = results["logged"]["ledger"]
    check("every fault is in the ledger, found, made safe and mended",
          ledger and results["ledger"]["opened"]["mean"] > 0 and
          all(h["serious"] and h["found_d"] <= h["mended_d"] for h in ledger if h["mended_d"]),
          ledger[:2])
    check("ages are the days from being found to being mended",
          all(abs(h["mended_d"] - h["found_d"] - h["age_d"]) < 1e-6 for h in ledger if
              h["mended_d"]))
    given["duties"][-1]["persons"] = 5  # there are four
    slow = copy.deepcopy(given)
    slow["equipment"][0]["parts_h"] = 48
    results, verdicts = play(folder, slow)
    check("a serious hazard that nobody makes safe is missed", verdicts["5.1.3a"] == "missed" and
          results["ledger"]["unsafe"]["mean"] > 0, (verdicts, results["ledger"]))


def test_overdue(folder):
    """Repairs that have so many working days, and a year of nothing but duties."""
    given = year()
    given["equipment"][0]["parts_h"] = 100
    repair = next(d for d in given["duties"] if d["id"] == "repair")
    del repair["limit_h"]
    sums = {}
    for days in (1, 40):
        repair["limit_wd"] = days
        results, _ = play(folder, given, reps=1)
        sums[days] = results["ledger"]["overdue"]["mean"]
        late = [h for h in results["logged"]["ledger"] if h["mended_d"] and h["age_d"] > 4]
    check("four days for parts are more than one working day, and fewer than forty", sums[1] > 0 and sums[40] == 0 and late,
          sums)
    given["equipment"], given["stations"] = [], []
    play(folder, given, reps=1)
    page = (folder / "out/report.html").read_text()
    check("a year without equipment or stations has no table of them", "Days until mended" not in page and
          "Fully manned" not in page and "Duties that were missed or late" in page)


def test_undecided(folder):
    """What an incident leaves open counts more than what never comes about."""
    incident = json.loads((ROOT / "scenarios/head-office/package.json").read_text())
    incident.update(site=str(SITE.resolve()), roster=str(ROSTER.resolve()), policy=str((ROOT / "scenarios/policy/baseline.json").resolve()), horizon_s=120,
                    playbooks=[str((ROOT / "scenarios/playbooks/package.json").resolve())])
    incident["item"]["staff_notice_s"] = 5
    (folder / "short.json").write_text(json.dumps(incident))
    (folder / "year.json").write_text(json.dumps(year()))
    muster("year", SITE, folder / "short.json", "--incident-reps", 1, "--motion", "flow", "--roster", ROSTER, "--year",
           folder / "year.json", "-n", 1, "-j", 1, "-o", folder / "open")
    results = json.loads((folder / "open/results.json").read_text())
    told = [c for c in results["clauses"] if c["verdict"] == "undecided"]
    check("what is not decided in the incident is told so, and whose it is", told and all(
        c["how"] == "simulated" and c["incident"].endswith("short.json") and c["runs"] == 0 for c in told), told)


def test_results(folder):
    """results.json against its schema, and the incident in one table with the rest."""
    file = folder / "year.json"
    file.write_text(json.dumps(thin()))
    muster("year", SITE, ROOT / "scenarios/head-office/package.json", "--incident-reps", 1,
           "--motion", "flow", "--roster", ROSTER, "--year", file, "-n", 2, "-j", 1, "-o",
           folder / "both")
    results = json.loads((folder / "both/results.json").read_text())
    hows = {c["how"] for c in results["clauses"] if c["verdict"] in ("met", "missed")}
    check("incident, year and audit stand in one table", hows == {
        "simulated", "scheduled", "declared"}, hows)
    report = (folder / "both/report.md").read_text()
    check("and in one report", "head-office/package.json" in report and "| 5.3.1b |" in report)
    try:
        import jsonschema
    except ImportError:
        check("results.json validates (python3-jsonschema is missing)", False)
        return
    schema = json.loads(muster("schema", "year-results"))
    jsonschema.Draft202012Validator.check_schema(schema)
    wrong = [e.json_path for e in jsonschema.Draft202012Validator(schema).iter_errors(results)]
    check("results.json validates against its schema", not wrong, wrong[:5])
    check("the log has no empty lines", all(
        line.startswith("{") for line in (folder / "both/log.jsonl").read_text().splitlines()))


def test_pages(folder):
    for verb, words in (("lint", ()), ("audit", ("--playbooks", ROOT / "scenarios/playbooks"))):
        page = folder / f"{verb}.html"
        told = muster(verb, SITE, *words, "--lang", "zh", "--html", page,
                      status=(0, 1))
        check(f"{verb} says where its page is", told.splitlines()[-1:] == [f"网页：{page}"], told[-300:])
        check(f"{verb} as a page", "<h1" in page.read_text() and "3.2.3b" in page.read_text() or
              verb == "audit" and "3.5.2a" in page.read_text())


    small = folder / "small.json"
    small.write_text(json.dumps(policy([clause("9.a", "process", [("required", 1, "1")], judged_by=["declared"])])))
    muster("audit", SITE, "--policy", small, "--html", page, status=(0, 1))
    text = page.read_text()
    check("an audit has no chapter for what there is none of", "Without evidence (1)" in text and
          "Missed (" not in text and "Met (" not in text, re.findall("<h2[^>]*>[^<]*", text))


def test_headers(folder):
    """Headers of playbooks: who approved them, when, their revisions, who reviewed them."""
    books = folder / "books"
    books.mkdir()
    good = json.loads((ROOT / "scenarios/playbooks/package.json").read_text())
    file = folder / "year.json"
    file.write_text(json.dumps(year()))

    def verdicts(**change):
        (books / "book.json").write_text(json.dumps({**good, **change}))
        audit = json.loads(muster("audit", SITE, "--roster", ROSTER, "--year", file, "--playbooks",
                                  books, "--json"))
        return {c["id"]: (c["verdict"], c["evidence"]) for c in audit["clauses"]}

    usual = verdicts()
    check("a whole header is met", usual["4.1.1b"][0] == usual["4.1.1c"][0] == "met", usual["4.1.1c"])
    check("one threat of three is not enough", usual["4.1.1a"][0] == "missed")
    found = verdicts(revisions=[])["4.1.1b"]
    check("no record of revisions is missed, and says so",
          found[0] == "missed" and "revisions" in found[1][0]["text"], found)
    unsigned = {k: v for k, v in good.items() if k != "approved_by"}
    (books / "second.json").write_text(json.dumps(unsigned))
    found = verdicts()["4.1.1b"]
    check("of two headers the one without who approved it is named", found[0] == "missed" and
          [e["text"].split(": ", 1)[1] for e in found[1]] == ["who approved it is missing"] and
          "second.json" in found[1][0]["text"], found)
    (books / "second.json").unlink()
    found = verdicts(reviewed_by=["Fire service"])["4.1.1c"]
    check("no medical review is missed, and says so",
          found[0] == "missed" and "medical" in found[1][0]["text"], found)
    found = verdicts(effective="2024-01-01",
                     revisions=[{"date": "2024-02-01", "what": "x"}])["4.1.2a"]
    check("a plan of two years ago is missed", found[0] == "missed", found)


def test_reports(folder):
    text = (folder / "out/report.md").read_text()
    check("the report names what was missed", "2.2.3a" in text)
    file = folder / "year.json"
    muster("year", SITE, "--roster", ROSTER, "--year", file, "-n", 1, "--lang", "zh", "-o",
           folder / "zh")
    check("the report in Chinese", "年度" in (folder / "zh/report.html").read_text())


def test_audit(folder):
    given = year()
    given["statements"] = [
        {"clause": "6.1.3a", "value": 30, "evidence": "a list"},
        {"clause": "6.1.2b", "value": 1, "evidence": "names", "until": "2025-06-30"},
        {"clause": "3.4.1c", "value": 90, "evidence": "settings"},
    ]
    file = folder / "audited.json"
    file.write_text(json.dumps(given))
    audit = json.loads(muster("audit", SITE, "--roster", ROSTER, "--year", file, "--playbooks",
                              ROOT / "scenarios/playbooks", "--json"))
    verdicts = {c["id"]: c["verdict"] for c in audit["clauses"]}
    check("fewer than demanded is missed", verdicts["6.1.3a"] == "missed")
    check("paper that is out of date is missed", verdicts["6.1.2b"] == "missed")
    check("enough is met", verdicts["3.4.1c"] == "met")
    check("plans for three threats are found", verdicts["4.1.1a"] == "met")
    check("what nothing speaks of lacks evidence", verdicts["6.2.1a"] == "no_evidence")


def test_facts(folder):
    """What a planner's own clauses may ask of a site and a roster."""
    folder = folder / "facts"  # no year file lies beside the site
    folder.mkdir()
    site = json.loads(SITE.read_text())
    site["alarm_desk"] = {"role": "operator", "assess_s": 15, "takes_over_s": 90}
    rules = folder / "facts.json"
    rules.write_text(json.dumps(policy([
        {**clause("1.a", "physical", [("coverage", 1, "1")], audit="radio_coverage"), "judged_by": ["declared"]},
        {**clause("1.b", "physical", [("persons", 2, "persons")], audit="staffing"), "judged_by": ["declared"]}])))
    roster = json.loads(ROSTER.read_text())
    desk = [m for m in roster["members"] if m["role"] == "operator"]
    for member in desk:
        member["count"] = 1
    (folder / "roster.json").write_text(json.dumps(roster))

    def evidence(dead, persons):
        next(c for c in site["channels"] if c["kind"] == "radio")["dead_spaces"] = dead
        (folder / "site.json").write_text(json.dumps(site))
        desk[0]["count"] = persons
        (folder / "roster.json").write_text(json.dumps(roster))
        told = json.loads(muster("audit", folder / "site.json", "--policy", rules, "--json"))["clauses"]
        return {c["id"]: (c["verdict"], " ".join(e["text"] for e in c["evidence"])) for c in told}

    rooms = [s for s in site["spaces"] if s["use"] != "lift"]
    dark, bright = evidence([rooms[0]["id"], rooms[1]["id"]], 1), evidence([], 3)
    check("dead spots of the radio miss a clause of coverage, and are counted", dark["1.a"][0] == "missed" and
          f"2 of {len(rooms)} spaces" in dark["1.a"][1], dark)
    check("without any it is met", bright["1.a"][0] == "met", bright)
    check("who sits at the alarm desk is counted", dark["1.b"][0] == ("missed" if len(desk) < 2 else "met") and
          bright["1.b"][0] == "met" and f"{len(desk) + 2} at the alarm desk" in bright["1.b"][1], (dark, bright))


def test_walls(folder):
    """A wall's top, and what keeps vehicles from a gate for goods."""
    folder = folder / "walls"
    folder.mkdir()
    site = json.loads((ROOT / "scenarios/campus/site.json").read_text())
    rules = folder / "walls.json"
    rules.write_text(json.dumps(policy([
        {**clause(cid, "physical", [("required", 1, "1")], audit=word), "judged_by": ["declared"]}
        for cid, word in (("1.a", "wall_top"), ("1.b", "bollards"))])))
    gate = next(p for p in site["portals"] if p["kind"] == "gate")
    gate["zone"] = "utility"

    def told(topped, stops):
        site["wall_topped"] = topped
        gate["stops_t"] = stops
        (folder / "site.json").write_text(json.dumps(site))
        clauses = json.loads(muster("audit", folder / "site.json", "--policy", rules, "--json"))["clauses"]
        return [(c["verdict"], [e["text"] for e in c["evidence"]]) for c in clauses]

    (top, top_said), (stop, stop_said) = told(True, 7.5)
    check("a secured wall and a gate that stops vehicles are met", top == stop == "met" and
          f"site: vehicles are stopped at {gate['id']}" in stop_said, (top_said, stop_said))
    (top, top_said), (stop, stop_said) = told(False, 0)
    check("a bare wall and an open gate are missed, and say why", top == stop == "missed" and
          top_said == ["site: nothing on the wall's top"] and
          f"site: nothing stops vehicles at {gate['id']}" in stop_said, (top_said, stop_said))


def test_unwritten(folder):
    """A page that cannot be written is said, once what was found has been printed."""
    nowhere = folder / "none/page.html"
    for verb in ("audit", "lint"):
        done = subprocess.run([MUSTER, verb, SITE, "--html", nowhere], check=False, capture_output=True, text=True)
        check(f"{verb}: a page that cannot be written: status 2, said with its name",
              done.returncode == 2 and "none/page.html" in done.stderr and done.stdout, (done.returncode, done.stderr))


def test_easi_and_fit(folder):
    card = json.loads(muster("easi", ROOT / "scenarios/easi/published-example.json", "--json"))
    check("EASI's published example", round(card["interrupted"], 3) == 0.476, card)
    check("played, it agrees within three errors",
          abs(card["played"] - card["interrupted"]) < 3 * card["played_error"], card)
    logs = folder / "logs.csv"
    # Quantiles of a log-normal distribution with median 30 and sigma 0.5.
    import statistics
    normal = statistics.NormalDist(3.4011974, 0.5)
    rows = [f"/units/U/dispatched_in_s,{2.718281828 ** normal.inv_cdf((i + 0.5) / 60):.3f}"
            for i in range(60)]
    unit = json.loads(ROSTER.read_text())["units"][0]["id"]
    logs.write_text("setting,value\n" + "\n".join(rows).replace("/U/", f"/{unit}/") + "\n")
    new = folder / "roster.json"
    fits = json.loads(muster("fit", logs, "--into", ROSTER, "-o", new, "--html",
                             folder / "fit.html", "--json"))["settings"][0]["fits"]
    best = next(f for f in fits if f["best"])
    check("a log-normal sample is fitted as one", best["dist"] == "lognormal" and
          abs(best["a"] - 30) < 0.5 and abs(best["b"] - 0.5) < 0.03, best)
    told = muster("fit", logs, "--html", folder / "fit.html")
    check("fit says where its page is", told.splitlines()[-1:] == [f"Page: {folder / 'fit.html'}"], told[-300:])
    written = json.loads(new.read_text())["units"][0]["dispatched_in_s"]
    check("the file says where its numbers come from", written["dist"] == "lognormal" and
          "60 values of logs.csv" in written["source"], written)
    logs.write_text("setting,value\nx,-1\n")
    muster("fit", logs, status=(2,))


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        test_clauses(folder)
        test_lint(folder)
        test_lint_of_a_year(folder)
        test_lint_of_a_site(folder)
        test_faults_of_a_year(folder)
        test_lapses(folder)
        test_what_moves(folder)
        test_records(folder)
        test_who_answers(folder)
        test_ledger(folder)
        test_overdue(folder)
        test_undecided(folder)
        test_results(folder)
        test_pages(folder)
        test_headers(folder)
        play(folder, {**year(), "staff": [{**s, "count": 2} if s["id"] == "guard" else s
                                          for s in year()["staff"]]})
        test_reports(folder)
        test_audit(folder)
        test_facts(folder)
        test_walls(folder)
        test_unwritten(folder)
        test_easi_and_fit(folder)
    return TALLY.finish()


if __name__ == "__main__":
    sys.exit(main())
