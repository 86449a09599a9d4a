#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Systems of the response on small sites, one at a time: move a setting, and the outcome moves the
way a security officer would expect; take somebody or something away, and it shows.

usage: test_systems_yard.py MUSTER ROOT [SHARED]
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from scenario import Office, Tally, clause, play, read, records
from yard import Yard, group, having, member, seconds, step, unit

BLAST = "exploded:item"


def first(log, kind, **fields):
    found = having(log, kind, **fields)
    return seconds(found[0]) if found else None


# Hospitals.

def hurt_yard(root):
    yard = Yard(root)
    yard.groups = [group("crowd", 9, ["hall"])]
    yard.members = [member("medic", "medic", 4), member("bearer", "bearer", 4),
                    member("desk", "desk")]
    yard.units = [unit(f"ambulance.{k}", hospital_m=500, handover_s=60) for k in range(9)]
    yard.hospitals = [
        {"id": "near", "road_m": 1000, "onward_m": 3000, "red": 1, "yellow": 3, "green": 4},
        {"id": "far", "road_m": 4000, "onward_m": 3000, "red": 9, "yellow": 9, "green": 9}]
    tell = step("tell", "notify", BLAST, "desk", object="hospital", to="medical",
                over=["telephone"])
    yard.steps = [
        tell, step("triage", "triage", BLAST, "medic", count=4, object="casualties", place="hall",
                   takes_s=1),
        step("carry", "carry", "step:triage", "bearer", count=4, object="casualties",
             place="post.medical", needs=[{"equipment": "stretcher", "count": 2}], takes_s=5),
        step("ready", "report", {"all": ["step:triage"], "wait_s": 600}, "desk", object="ready"),
        step("transport", "transport", "step:ready", "medical", count=0, object="casualties",
             place="post.medical", takes_s=10)]
    return yard.hurt(red=4, yellow=2)


def check_hospitals(tally, muster, root):
    yard = hurt_yard(root)
    log, metrics = yard.run(muster)
    went = {h["id"]: h for h in metrics["casualties"]["hospitals"]}
    tally.check("told beforehand, each hospital gets no more of a tag than it has places for",
                (went["near"]["red"], went["far"]["red"], went["near"]["yellow"]) == (1, 3, 2), went)
    tally.check("… and nobody is sent on", not having(log, "sent_on"))
    who = {p["id"]: p["hospital"] for p in metrics["casualties"]["patients"]}
    tally.check("who went where is told patient by patient", set(who.values()) == {"near", "far"})
    later = yard.copy()
    later.steps[0]["object"] = "ambulances"
    other, found = later.run(muster)
    tally.check("not told, the nearest sends on whom it has no place for",
                len(having(other, "sent_on")) == 3, having(other, "sent_on"))
    sums = {h["id"]: h["sent_on"] for h in found["casualties"]["hospitals"]}
    tally.check("… which the results say", sums == {"near": 3, "far": 0}, sums)
    last = [max(map(seconds, having(x, "admitted"))) for x in (log, other)]
    # There and then 3 km on at 10 m/s, where 4 km would have done: no gain, and the chain says so.
    tally.check("… and it takes 4 km by way of the first as well", abs(last[0] - last[1]) < 61, last)
    wide = yard.copy()
    wide.hospitals[0]["red"] = 4
    short, _ = wide.run(muster)
    tally.check("more places nearby: the last is there sooner",
                max(map(seconds, having(short, "admitted"))) < last[0] - 60)


# Stores.

def store_yard(root):
    yard = Yard(root)
    yard.groups = [group("crowd", 2, ["room"])]
    yard.members = [member("guard", "guard"), member("keeper", "keeper", 2, post="post.base")]
    yard.site["equipment"] += [
        {"id": "locked", "kind": "protective_kit", "space": "yard", "at": [62, 18], "count": 2,
         "issued_by": "keeper", "issue_persons": 2, "issue_s": 30},
        {"id": "open", "kind": "protective_kit", "space": "yard", "at": [40, 10], "count": 2}]
    yard.steps = [
        step("busy", "post", BLAST, "keeper", count=2, object="busy", place="post.medical",
             takes_s=1, holds=True, until="step:kit"),
        step("kit", "post", {"all": [BLAST], "wait_s": 5}, "guard", object="kit",
             place="post.medical", needs=[{"equipment": "protective_kit", "count": 1}],
             takes_s=1)]
    return yard


def check_stores(tally, muster, root):
    yard = store_yard(root)
    log, _ = yard.run(muster)
    took = [r["subject"] for r in having(log, "granted", step="kit")
            if r["subject"].startswith("equipment:")]
    tally.check("keepers busy: the open store further off serves, nobody waits for them",
                took == ["equipment:open"] and first(log, "step", object="kit") is not None, took)
    went = [(r["place"], r.get("holder")) for r in having(log, "reached", step="kit")]
    tally.check("… and whoever walks there leaves the nearer one aside, which the log says",
                went[:1] == [("equipment:open", "equipment:locked")], went)
    free = yard.copy()
    free.steps = free.steps[1:]
    free.site["equipment"][-2]["issue_s"] = 1
    log, _ = free.run(muster)
    took = [r["subject"] for r in having(log, "granted", step="kit")
            if r["subject"].startswith("equipment:")]
    tally.check("keepers free and quick: the near store serves, opened by two",
                took == ["equipment:locked"] and len(having(log, "issued")) == 1, took)
    check_two_needs(tally, muster, free)
    check_own_store(tally, muster, free)


def check_two_needs(tally, muster, free):
    """Two keepers stand by one store: they hand out both things that a step wants from it."""
    two = free.copy()
    two.site["equipment"].append(dict(two.site["equipment"][-2], id="bag", kind="medical_kit",
                                      at=[61, 18]))
    two.site["equipment"].pop(-2)
    two.steps[0]["needs"].append({"equipment": "medical_kit", "count": 1})
    log, _ = two.run(muster)
    given = [r["subject"] for r in having(log, "issued")]
    tally.check("two keepers hand out both of two things from their store, and nobody waits",
                given == ["equipment:locked", "equipment:bag"]
                and first(log, "step", object="kit") is not None, given)
    openers = {r["subject"] for r in having(log, "reached") if "keeper" in r["subject"]}
    tally.check("… each of them came once", len(openers) == 2, openers)


def check_own_store(tally, muster, free):
    """Whoever has the role opens the store themselves: nobody else has to come for it."""
    own = free.copy()
    own.steps[0]["who"] = {"role": "keeper", "count": 2}
    own.site["equipment"].pop()
    log, _ = own.run(muster)
    tally.check("two keepers who fetch something open their own store",
                len(having(log, "issued")) == 1 and first(log, "step", object="kit") is not None)
    lone = own.copy()
    lone.steps[0]["who"]["count"] = 1
    log, _ = lone.run(muster)
    came = {r["subject"] for r in having(log, "reached", step="kit")}
    tally.check("… one of them has the other come", len(came) == 2 and len(having(log, "issued")) == 1,
                came)


# Calling off, too few people, decisions.

def check_steps(tally, muster, root):
    yard = Yard(root)
    yard.groups = [group("crowd", 2, ["room"])]
    yard.members = [member("head", "head", 2)]
    yard.steps = [
        step("red", "declare", BLAST, "head", object="red", takes_s=1),
        step("orange", "declare", {"all": [BLAST], "wait_s": 60}, "head", object="orange",
             unless=["declared:yellow", "declared:red"]),
        step("many", "assemble", BLAST, "head", count=5, object="many", place="post.base"),
        step("after", "record", "abandoned:many", "head", object="after")]
    log, _ = yard.run(muster)
    tally.check("orange is called off by red, the second of its two terms",
                [r["object"] for r in having(log, "declared")] == ["red"])
    lone = yard.copy()
    lone.steps[1]["unless"] = "declared:yellow"
    log, _ = lone.run(muster)
    tally.check("… and not where one term alone says yellow",
                [r["object"] for r in having(log, "declared")] == ["red", "orange"])
    gone = having(log, "short_of", step="many")
    tally.check("five are asked for and there are two: said at once, with the number, no hang",
                len(gone) == 1 and gone[0]["value"] == 3 and gone[0]["object"] == "head"
                and having(log, "recorded", object="after"), gone)
    code, said = yard.check(muster)
    tally.check("… and the check of the files warns of it", code == 0 and "too-few" in said)


def decide_yard(root):
    yard = Yard(root)
    yard.groups = [group("crowd", 2, ["room"])]
    yard.members = [member("head", "head"), member("guard", "guard")]
    yard.steps = [
        step("picture", "record", BLAST, "guard", object="live_picture", over=["pa"], takes_s=1,
             holds=True),
        step("decide", "declare", {"all": [BLAST], "wait_s": 10}, "head", object="red",
             informed_by="live_picture", blind_factor=3, takes_s=100),
    ]
    return yard


def check_picture(tally, muster, root):
    yard = decide_yard(root)
    log, _ = yard.run(muster)
    blind = yard.copy()
    blind.steps = blind.steps[1:]
    dark, _ = blind.run(muster)
    took = [first(x, "declared") - seconds(having(x, "began", step="decide")[0])
            for x in (log, dark)]
    tally.check("a decision without the live picture takes as many times longer as it says",
                abs(took[0] - 100) < 0.01 and abs(took[1] - 300) < 0.01, took)


# Roads, car park, information.

def road_yard(root, chance):
    yard = Yard(root)
    yard.groups = [group("crowd", 4, ["room"])]
    yard.members = [member("desk", "desk")]
    yard.units = [unit("ambulance", distance_m=600), unit("second", distance_m=900)]
    yard.site["roads"][0].update(blocked_chance=chance, cleared_s=100)
    yard.steps = [
        step("call", "notify", BLAST, "desk", object="medical", to="medical", over=["telephone"],
             takes_s=20),
        step("again", "notify", "notified:medical", "desk", object="relay", to="medical",
             over=["telephone"], takes_s=20)]
    return yard


def check_road(tally, muster, root):
    runs = [road_yard(root, c).run(muster) for c in (0, 1)]
    came = [[seconds(r) for r in having(log, "on_site")] for log, _ in runs]
    tally.check("a blocked lane holds the first unit until it is free, and the second as long",
                [round(b - a, 3) for a, b in zip(came[0], came[1])] == [100, 70], came)
    verdicts = [clause(m, "3.5.3b")["verdict"] for _, m in runs]
    tally.check("… which misses the clause about the fire lane", verdicts == ["met", "missed"])
    watched = road_yard(root, 1)
    watched.site["equipment"].append({"id": "cam", "kind": "camera", "space": "yard", "at": [2, 2],
                                      "covers": ["yard"]})
    watched.site["roads"][0].update(watched_by="cam", caught_share=1)
    log, metrics = watched.run(muster)
    tally.check("a camera that has such cars moved keeps it free",
                clause(metrics, "3.5.3b")["verdict"] == "met" and not having(log, "lane_blocked"))
    ages = [r["value"] / 1000 for r in having(runs[0][0], "measured", object="information_age")]
    tally.check("information passed on is as old as both talks and all waits together",
                len(ages) == 2 and ages[1] > ages[0] + 19.9, ages)


def check_car_park(tally, muster, root):
    yard = road_yard(root, 0)
    next(s for s in yard.site["spaces"] if s["id"] == "room")["use"] = "parking"
    yard.steps.append(step("leave", "evacuate", BLAST, "desk", object="site", over=["pa"]))
    _, without = yard.run(muster)
    yard.site["equipment"].append({"id": "guide", "kind": "parking_guidance", "space": "room",
                                   "at": [40, 40], "covers": ["room"], "needs_power": True})
    _, counted = yard.run(muster)
    verdicts = [clause(m, "3.5.3c")["verdict"] for m in (without, counted)]
    tally.check("a car park that nobody counts is a gap when the order to leave comes",
                verdicts == ["missed", "met"], verdicts)


# What is lost, on the head office.

def office_runs(muster, office):
    metrics, _, _ = office.run(muster, "--reps", "2", "--seed", "5", "--motion", "flow")
    return metrics


def median(metrics, name):
    found = clause(metrics, name)
    return float("inf") if found["never"] else found["median"]


def without(office, name):
    other = office.copy()
    members = other.files["roster"]["members"]
    other.files["roster"]["members"] = [m for m in members if m["id"] != name]
    return other


def check_losses(tally, muster, root):
    office = Office(root)
    whole = office_runs(muster, office)
    alone = office_runs(muster, without(office, "operator.2"))
    late = ("3.2.1a", "3.5.3a", "4.2.1e", "4.2.1g")
    tally.check("without the second operator everything at the desk is later",
                all(median(alone, c) > median(whole, c) for c in late),
                {c: (median(whole, c), median(alone, c)) for c in late})
    by_guard = office.copy()
    by_guard.files["incident"]["item"].update(staff_notice_s=600000, guard_notice_chance=1)
    jammed = by_guard.copy()
    jammed.files["incident"]["outages"] = [{"at_s": 0, "channel": "radio"}]
    runs = [o.run(muster, "--reps", "1", "--seed", "5", "--motion", "flow")
            for o in (by_guard, jammed)]
    logs = [records(log) for _, _, log in runs]
    over = [having(x, "delivered", step="report.guard")[0]["place"] for x in logs]
    took = [first(x, "notified", object="security") - first(x, "noticed") for x in logs]
    tally.check("with the radio jammed the guard's report goes by telephone, and takes longer",
                over == ["channel:radio", "channel:telephone"] and took[1] > took[0] + 5,
                (over, took))
    reached = [clause(m, "3.4.3a") for m, _, _ in runs]
    tally.check("… and no space has radio", reached[1]["median"] == 0 < reached[0]["median"])


# What stays of a campus with its files, one run each: see test_systems_campus.py.

def campus_run(muster, root, name, change):
    folder = Path(root).resolve() / "scenarios" / "campus"
    incident = read(folder / f"{name}.json")
    files = {k: read(folder / incident[k]) for k in ("site", "roster")}
    change(files["site"], files["roster"])
    with tempfile.TemporaryDirectory() as out:
        for key, value in files.items():
            Path(out, f"{key}.json").write_text(json.dumps(value), encoding="utf-8")
            incident[key] = f"{key}.json"
        incident["policy"] = str(folder / incident["policy"])
        incident["playbooks"] = [str(folder / p) for p in incident["playbooks"]]
        Path(out, "incident.json").write_text(json.dumps(incident), encoding="utf-8")
        metrics, log = play(muster, Path(out, "incident.json"), "--motion", "flow", "--reps", "1")
        return records(log), json.loads(metrics)


def check_passes(tally, muster, root):
    def all_look(_, roster):
        roster["passes"].update(challenge_chance=1, challenge_s=2, worn_share=1)

    def most_bare(_, roster):
        roster["passes"].update(challenge_chance=1, challenge_s=20, worn_share=1)
    log, metrics = campus_run(muster, root, "intruder-archive", all_look)
    tally.check("a guard who looks asks the stranger before any sensor tells",
                clause(metrics, "2.2.3d")["verdict"] == "met"
                and first(log, "challenged") < first(log, "detected"))
    slow, found = campus_run(muster, root, "intruder-archive", most_bare)
    tally.check("one who is slow about it asks nobody in time, and security learns later",
                clause(found, "2.2.3d")["verdict"] == "missed"
                and first(slow, "verified") > first(log, "verified"))
    tally.check("… and being asked has kept the stranger",
                first(log, "disturbed") > first(slow, "disturbed"))


def check_gate(tally, muster, root):
    """The vehicle stands there from 60 s on; with the gate manned it is noticed after 114 s, and
    it drives at 240 s."""
    def nobody(_, roster):
        roster["members"] = [m for m in roster["members"] if ".gate" not in m["id"]]
    alone, metrics = campus_run(muster, root, "vehicle", nobody)
    seen = first(alone, "noticed")
    tally.check("without the gate's guards the vehicle is noticed later, or not before it drives",
                seen is None or seen > 120, seen)
    tally.check("… and the road is not closed before it drives",
                first(alone, "closed", object="road") is None
                or first(alone, "closed", object="road") > 240)
    tally.check("… so it gets in, whoever is near sees it, and the response begins then",
                clause(metrics, "3.5.1b")["verdict"] == "missed" and
                having(alone, "entered", object="vehicle")[0]["t_us"] <= having(alone, "noticed")[0]["t_us"]
                and first(alone, "notified", object="police") > 240, clause(metrics, "3.5.1b"))


def check_shut(tally, muster, root):
    """Somebody behind whom they walk in is of no use where the door is shut to both."""
    def door(state):
        def change(site, _):
            lobby = next(p for p in site["portals"] if p["id"] == "door.dc.lobby")
            lobby.update(one_per_pass=False, state=state)
        log, _ = campus_run(muster, root, "tailgater", change)
        return ([(r["object"], r["subject"]) for r in having(log, "denied")],
                [r["object"] for r in having(log, "entered")])

    tally.check("an open door lets a tailgater in, as far as they want",
                door("open") == ([], ["building", "control_zone", "data_centre", "target"]), door("open"))
    tally.check("a shut one stops them before it",
                door("closed") == ([("closed_passage", "portal:door.dc.lobby")], ["building"]), door("closed"))


def check_stays(tally, muster, root):
    """A building that takes six: nobody more comes in, or one more for each who leaves after a minute."""
    def admitted(stays):
        yard = Yard(root)
        yard.groups = [group("crowd", 2, ["yard"])]
        yard.members = [member("desk", "desk")]
        yard.item["explosion"]["at_s"] = 640
        yard.horizon_s = 700
        yard.steps = [step("call", "notify", BLAST, "desk", object="medical", over=["telephone"], takes_s=20)]
        yard.site["lanes"] = [
            {"id": "lane", "of": "visitors", "lanes": 2, "service_s": 1, "building": "house", "inside_most": 6,
             "arrivals": [{"from_h": 0, "to_h": 24, "per_h": 3600}], "metered": True, "stays_s": stays}]
        log, _ = yard.run(muster)
        return [seconds(r) for r in having(log, "measured", object="occupancy") if seconds(r) < 600]

    for_good, a_minute = admitted(0), admitted(60)
    tally.check("those who stay for good fill it once", len(for_good) == 6, for_good)
    # A place is taken again a minute and a check of a second later: 9 times in 600 s, and up to once more.
    tally.check("those who leave after a minute make room, one for one",
                6 * 9 <= len(a_minute) <= 6 * 10 and
                all(b - a >= 60 for a, b in zip(a_minute, a_minute[6:])), a_minute)


def check_cooling(tally, muster, root):
    yard = Yard(root)
    yard.groups = [group("crowd", 2, ["room"])]
    yard.members = [member("desk", "desk"), member("engineer", "engineer")]
    yard.site["alarm_desk"] = {"role": "desk", "assess_s": 10}
    yard.site["equipment"].append(
        {"id": "climate", "kind": "climate_sensor", "space": "room", "at": [40, 40],
         "guards": "racks", "usual_c": 24, "alarm_c": 27, "rise_c_per_min": 1.5,
         "detects_in_s": 20, "detect_chance": 1})
    yard.outages = [{"at_s": 20, "mains": True, "standby_fails": True}]
    yard.steps = [step("look", "verify", "assessed:climate@racks", "engineer", object="racks"),
                  step("restart", "switch_power", {"all": ["outage:mains"], "wait_s": 300},
                       "engineer", object="standby")]
    log, metrics = yard.run(muster)
    tally.check("from 24 to 27 degrees at 1.5 a minute takes two minutes, then the sensor 20 s",
                (first(log, "out_of_range"), first(log, "detected")) == (140, 160))
    tally.check("an operator looks, and the engineer is sent", first(log, "verified") >= 170)
    slow = yard.copy()
    slow.site["equipment"][-1]["detects_in_s"] = 50
    tally.check("a slower sensor tells later",
                clause(slow.run(muster)[1], "3.4.2c")["median"] == 50
                > clause(metrics, "3.4.2c")["median"])
    damp = yard.copy()
    damp.site["equipment"][-1].update(rise_c_per_min=0, usual_rh=0.5, damp_rh=0.6, dry_rh=0.2,
                                      air_changes_per_h=6, outside_dew_c=24)
    log, metrics = damp.run(muster)
    # A fifth of the way from 50 % to the outside's 100 % at six changes an hour: 10 min x ln(1 / 0.8).
    tally.check("damp air leaks in: 134 s to 60 %, then the same sensor tells, and the clause judges it",
                [(r["place"], round(seconds(r))) for r in having(log, "out_of_range")]
                == [("damp", 154)] and clause(metrics, "3.4.2c")["median"] == 20,
                having(log, "out_of_range"))
    quick = yard.copy()
    quick.steps[1]["when"]["wait_s"] = 30
    tally.check("with power back in time it never gets too warm",
                not having(quick.run(muster)[0], "out_of_range"))


def check_station(tally, muster, root):
    """A mobile base station: it takes its time to set up, and carries fewer messages at once."""
    yard = Yard(root)
    yard.groups = [group("crowd", 2, ["room"])]
    yard.members = [member("desk", "desk", 3), member("driver", "driver")]
    yard.outages = [{"at_s": 1, "channel": "telephone"}]
    phone = next(c for c in yard.site["channels"] if c["id"] == "telephone")
    phone.update(lines=3, relief_lines=1, retry_s=5)
    yard.steps = [step("station", "switch_channel", "outage:telephone", "driver",
                       object="telephone", takes_s=200)] + [
        step(f"call.{k}", "notify", "outage:telephone", "desk", object=f"call_{k}",
             over=["telephone"], takes_s=60) for k in range(3)]
    log, _ = yard.run(muster)
    back = first(log, "back", object="telephone")
    ends = [seconds(r) for r in having(log, "notified")]
    tally.check("nothing gets through until the station stands", back == 201 < min(ends))
    tally.check("… and then one after the other", max(ends) > back + 3 * 60)
    phone["relief_lines"] = 0
    wide, _ = yard.run(muster)
    tally.check("with as many lines as before all three at once",
                max(seconds(r) for r in having(wide, "notified")) < back + 2 * 60)


def check_interlock(tally, muster, root):
    def one_person(site, _):
        next(p for p in site["portals"] if p["id"] == "door.dc_core_a").update(needs_persons=1)
    log, _ = campus_run(muster, root, "intruder", one_person)
    tally.check("a forced buffer door keeps the core door shut even to a valid pass",
                [r["object"] for r in having(log, "denied")] == ["interlock"],
                having(log, "denied"))


# Where each clause is judged.

def check_clauses(tally, muster, _):
    done = subprocess.run([muster, "clauses", "--json"], capture_output=True, text=True, check=True)
    said = json.loads(done.stdout)
    clauses, counts = said["clauses"], said["counts"]
    bare = [c["id"] for c in clauses if not c["judged"] and not c["off"]]
    tally.check("each of 172 clauses says where and how it is judged",
                len(clauses) == counts["clauses"] == 172 and not bare and counts["without"] == 0,
                bare)
    tally.check("the counts by main way add up", sum(
        counts[k] for k in ("simulated", "scheduled", "declared", "off", "without")) == 172, counts)
    places = {"simulated": "run", "scheduled": "year", "declared": "audit"}
    tally.check("a way, its place and what it goes by belong together", all(
        j["where"] == places[j["how"]] and (j.get("measure") if j["how"] == "simulated"
                                            else j.get("evidence"))
        for c in clauses for j in c["judged"]))


def main():
    muster, root = sys.argv[1:3]
    tally = Tally()
    for part in (check_hospitals, check_stores, check_steps, check_picture, check_road,
                 check_car_park, check_losses, check_passes, check_interlock, check_shut, check_gate, check_stays,
                 check_cooling, check_station, check_clauses):
        part(tally, muster, root)
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
