#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every system that the campus's incidents exercise: change how the site, the roster or the plan
really is, and the value that its clause is judged on moves the right way; change only what the
policy demands, and nothing but the verdict moves.

usage: test_systems_campus.py MUSTER ROOT [SHARED]
"""
import math
import sys

from campus import Campus, check_demands, check_settings, find, find_everybody, value, verdict
from scenario import Tally, clause


def intruder(tally, muster, root):
    campus = Campus(root, "intruder")
    find_everybody(campus)
    before, log = campus.run(muster)
    entered = [r for r in log if r["kind"] == "entered"]
    tally.check("the intruder is denied the core by the two-person rule",
                any(r["kind"] == "denied" and r["object"] == "two_person" for r in log))
    tally.check("… and does not reach the target",
                entered and all(r["object"] != "target" for r in entered), entered)
    demands = {"3.3.3a": 0.5, "3.3.1b": 0.5, "3.3.1a": 3, "3.5.1a": 3, "3.5.2b": 100,
               "3.3.1c": 3, "3.4.3a": 0.5, "3.5.2a": 3}
    other, _ = campus.run(muster, demands)
    check_demands(tally, "intruder", before, other, demands)
    campus.equipment("cable.north")["detects_in_s"] = 20
    campus.equipment("thermal.north")["detects_in_s"] = 15
    for name in ("camera.service_yard", "camera.west_garden"):
        campus.equipment(name)["spots_in_s"] = 30
    campus.equipment("contact.dc_exit_w")["detects_in_s"] = 20
    for portal in campus.site["portals"]:
        if portal.get("zone") == "keysite":
            portal["closes_in_s"] = 9
    find(campus.site["portals"], "door.dc_core_a").update(needs_persons=1)
    campus.site.update(wall_height_m=1.8, wall_topped=False)
    campus.equipment("protective.stockroom")["count"] = 1
    campus.equipment("food.stockroom")["person_days"] = 100
    find(campus.site["channels"], "radio")["dead_spaces"] = []
    find(campus.roster["members"], "ert.medic")["count"] = 9
    campus.roster["members"] = [m for m in campus.roster["members"] if m["id"] != "operator.2"]
    campus.step("guards.contain")["takes_s"] = 300
    after, _ = campus.run(muster)
    check_settings(tally, "intruder", before, after, {
        "3.3.3a": "up", "3.4.1a": "up", "3.4.1b": "up", "3.4.2a": "up", "3.3.1b": "up",
        "3.3.1a": "down", "3.5.1a": "down", "3.5.1e": "down", "3.5.2a": "down",
        "3.5.2b": "down", "3.4.3a": "up", "3.6.1a": "up", "3.3.1c": "down", "4.2.3a": "up", "3.2.1d": "up"})


def tailgater(tally, muster, root):
    campus = Campus(root, "tailgater")
    before, _ = campus.run(muster)
    find(campus.site["portals"], "door.dc.lobby")["one_per_pass"] = False
    after, _ = campus.run(muster)
    check_settings(tally, "tailgater", before, after, {"3.5.1c": "up"})
    demands = {"3.5.1c": 2}
    check_demands(tally, "tailgater", after, campus.run(muster, demands)[0], demands)
    tally.check("a turnstile lets one through, an open gate two",
                (value(before, "3.5.1c"), value(after, "3.5.1c")) == (1, 2))


def archive(tally, muster, root):
    campus = Campus(root, "intruder-archive")
    find_everybody(campus)
    before, log = campus.run(muster)
    gas = [r for r in log if r["kind"] == "discharged"]
    tally.check("the gas goes off once, and says who is still inside",
                len(gas) == 1 and gas[0].get("value", 0) > 0, gas)
    campus.equipment("suppression.archive")["detects_in_s"] = 60
    campus.roster["passes"].update(challenge_chance=1, challenge_s=0.2)
    after, _ = campus.run(muster)
    check_settings(tally, "archive", before, after, {"3.3.1e": "up", "2.2.3d": "up"})


def vehicle(tally, muster, root):
    campus = Campus(root, "vehicle")
    before, log = campus.run(muster)
    tally.check("the raised barrier stops the vehicle",
                any(r["kind"] == "denied" and r["object"] == "barrier" for r in log))
    demands = {"3.5.1b": 8, "3.3.2a": 300}
    other, _ = campus.run(muster, demands)
    check_demands(tally, "vehicle", before, other, demands)
    find(campus.site["portals"], "gate.main_in")["stops_t"] = 2
    for lane in campus.site["lanes"]:
        lane["service_s"] = 5
        lane["gate"] = False
    campus.incident["outages"] = [{"at_s": 3000, "until_s": 3600, "channel": "chat"}]
    campus.step("visitor.checks")["takes_s"] = 200
    campus.step("one.way")["takes_s"] = 120
    after, log = campus.run(muster)
    tally.check("a weaker barrier lets it through",
                any(r["kind"] == "entered" and r["object"] == "vehicle" for r in log))
    check_settings(tally, "vehicle", before, after, {
        "3.5.1b": "down", "3.3.2a": "down", "4.2.2d": "down", "3.2.2e": "up", "3.3.2e": "down",
        "3.3.2c": "up"})


def bomb_threat(tally, muster, root):
    campus = Campus(root, "bomb-threat")
    before, _ = campus.run(muster)
    demands = {"3.2.2b": 60 if verdict(before, "3.2.2b") == "met" else 36000, "3.1.2b": 1}
    check_demands(tally, "bomb threat", before, campus.run(muster, demands)[0], demands)
    for name in ("patrol.garage", "patrol.roof"):
        campus.step(name)["every_s"] = 600
    campus.step("call.ert")["takes_s"] = 300
    campus.step("declare.orange")["takes_s"] = 300
    campus.step("police.call")["takes_s"] = 300
    after, _ = campus.run(muster)
    check_settings(tally, "bomb threat", before, after, {
        "3.2.2b": "down", "3.1.2b": "up", "3.1.2c": "up", "3.1.2d": "up"})


def warning(tally, muster, root):
    """Reports are borne out level by level, and each level is told to whom it is for."""
    campus = Campus(root, "warning")
    before, log = campus.run(muster)
    told = {"yellow": "warning_yellow", "orange": "warning_orange", "red": "ert"}
    warned = [r for r in log if r["kind"] == "warned"]
    tally.check("the desk warns yellow, orange, red in this order",
                [r["object"] for r in warned] == list(told), warned)
    times = [next((r["t_us"] for r in log if r["kind"] == "notified" and r["object"] == told[w["object"]]), 0)
             for w in warned]
    tally.check("… each level is told before the desk goes on with the next",
                all(w["t_us"] < t for w, t in zip(warned, times))
                and all(t < w["t_us"] for t, w in zip(times, warned[1:])), (times, warned))
    came = next(r for r in log if r["kind"] == "received")
    tally.check("… and what is told is as old as what was reported",
                all(abs(w["value"] - came["value"] - (w["t_us"] - came["t_us"]) / 1e6) <= 1 for w in warned)
                and value(before, "2.3.2d") > warned[-1]["value"], (came, warned))
    demands = {"3.1.2b": 1, "2.3.2d": 86400}
    check_demands(tally, "warning", before, campus.run(muster, demands)[0], demands)
    campus.site["intelligence_desk"]["others_per_h"] = 30
    campus.step("warning.team")["takes_s"] = 200
    campus.step("warning.police")["takes_s"] = 300
    after, _ = campus.run(muster)
    check_settings(tally, "a desk with many other reports", before, after, {
        "3.1.2b": "up", "3.1.2c": "up", "3.1.2d": "up", "2.3.2d": "up"})
    campus.incident["tips"][0]["good_for_s"] = 60
    stale, log = campus.run(muster)
    tally.check("a report that is older than it is good for is put aside, and nobody is warned",
                any(r["kind"] == "assessed" and r["object"] == "stale" for r in log)
                and not any(r["kind"] == "warned" for r in log))
    tally.check("… so that the vehicle finds the road open",
                [verdict(m, "3.5.1b") for m in (before, stale)] == ["met", "missed"])


def outages(tally, muster, root):
    campus = Campus(root, "power-lost")
    before, log = campus.run(muster)
    kinds = [(r["kind"], r.get("object")) for r in log]
    tally.check("the standby supply starts by itself", ("power_switched", "standby") in kinds)
    tally.check("the police are told although the telephone is down", verdict(before, "3.4.3b")
                == "met", clause(before, "3.4.3b"))
    find(campus.site["channels"], "satellite")["latency_s"] = 300
    campus.site["standby_starts"] = False
    campus.playbooks[-1]["steps"] = [s for s in campus.playbooks[-1]["steps"]
                                     if s["id"] != "standby.power"]
    after, _ = campus.run(muster)
    check_settings(tally, "power lost", before, after, {"3.4.3b": "up"})
    reached = [m["notification"]["reached_share"] for m in (before, after)]
    tally.check("without a standby supply fewer people are reached", reached[1] <= reached[0],
                reached)


def unreached(tally, muster, root):
    """A share that is missed says who was not reached, why and where."""
    room = "office.l2.engineering"
    campus = Campus(root, "evacuation")
    before, _ = campus.run(muster)
    for channel in campus.site["channels"]:
        channel.setdefault("dead_spaces", []).append(room)
    after, log = campus.run(muster)
    old, new = (m["notification"]["unreached"] for m in (before, after))
    reasons = ("lost", "no_speaker", "no_phone", "left_out")
    for found in (old, new):
        tally.check("the reasons add up to everybody who was not reached",
                    math.isclose(sum(found[r] for r in reasons), found["persons"], abs_tol=1e-9),
                    found)
    tally.check("a room without any channel leaves its people untold",
                new["persons"] > old["persons"] and new["no_speaker"] > old["no_speaker"], new)
    tally.check("… and is named first", new["places"] and new["places"][0]["space"] == room,
                new["places"])
    there = {r["subject"] for r in log if r["kind"] == "unreached"
             and r.get("place") == f"space:{room}"}
    tally.check("… with the people by name in the log", len(there) > 10, len(there))


def main():
    muster, root = sys.argv[1:3]
    tally = Tally()
    for part in (intruder, tailgater, archive, vehicle, bomb_threat, warning, outages, unreached):
        part(tally, muster, root)
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
