#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shifts that change, provisions that run down, stores that two open, guides who lead, and gas that
one intake draws in: change how things really are, and what happens moves the right way; change only
what the policy demands, and nothing but the verdict moves.

usage: test_siege.py MUSTER ROOT [SHARED]
"""
import sys

from scenario import Tally
from test_systems_campus import Campus, check_demands, check_settings, value


def by_kind(log, kind):
    return [r for r in log if r["kind"] == kind]


def check_handovers(tally, log):
    came = {r["subject"]: r for r in by_kind(log, "relief_comes")}
    talks = {r["subject"]: r for r in by_kind(log, "handover")}
    done = by_kind(log, "relieved")
    gone = {r["subject"] for r in by_kind(log, "off_duty")}
    tally.check("shift: everybody who comes takes over once", len(came) > 10 and
                len(done) == len({r["subject"] for r in done}) == len(came), (len(came), len(done)))
    tally.check("shift: it takes the time of walking there and of handing over", all(
        came[r["subject"]]["t_us"] < talks[r["subject"]]["t_us"] <= r["t_us"] - 120_000_000
        for r in done))
    tally.check("shift: each who is relieved goes", all(r["holder"] in gone for r in done
                                                        if "holder" in r))


def shift_and_provisions(tally, muster, root):
    campus = Campus(root, "hostage")
    before, log = campus.run(muster)
    tally.check("shift: none changes within a morning", not by_kind(log, "relieved"))
    campus.incident["shift_changes"] = [
        {"at_s": 30, "gap_s": 900, "roles": ["operator", "guard", "guard_captain"]}]
    campus.equipment("food.stockroom")["person_days"] = 30
    campus.step("progress")["every_s"] = 6000
    after, log = campus.run(muster)
    check_handovers(tally, log)
    check_settings(tally, "an unplanned change of shift", before, after, {
        "3.3.1c": "down", "3.5.3a": "up", "4.2.1a": "up"})
    check_settings(tally, "a small stock", before, after, {"3.5.2b": "down"})
    check_settings(tally, "reports further apart", before, after, {"4.2.3e": "up"})
    order = [r["t_us"] for r in by_kind(log, "locked_down")]
    gone = [r for r in by_kind(log, "exhausted") if r["object"] == "provisions"]
    tally.check("a small stock runs out while people are in shelter", order and len(gone) == 1
                and gone[0]["t_us"] > order[0], gone)


def stores_and_guides(tally, muster, root):
    campus = Campus(root, "package-staff")
    before, log = campus.run(muster)
    tally.check("package-staff: is found by staff", by_kind(log, "noticed")[0]["place"] == "staff")
    issued = by_kind(log, "issued")
    tally.check("stores: what is fetched from them is handed out", len(issued) >= 2, issued)
    demands = {"6.2.3a": 4}
    check_demands(tally, "stores", before, campus.run(muster, demands)[0], demands)
    for thing in campus.site["equipment"]:
        if "issued_by" in thing:
            thing.update(issue_persons=1)
    campus.step("guides")["when"]["wait_s"] = 120
    after, _ = campus.run(muster)
    check_settings(tally, "stores and guides", before, after, {"6.2.3a": "down", "4.2.2c": "up"})


def desks_of(tally, log):
    """Operators whom the air drives out do nothing until they are at another desk."""
    left, taken = by_kind(log, "left_desk"), by_kind(log, "desk_taken")
    tally.check("intake: operators leave the control room, two take over the reserve desks",
                len(left) == 4 and [r["place"] for r in taken[:2]] == ["space:plant.g.control"] * 2,
                (len(left), taken))
    away = {r["subject"]: (r["t_us"], next((t["t_us"] for t in taken if
                                            t["subject"] == r["subject"]), 1e18)) for r in left}
    wrong = [r for r in by_kind(log, "granted")
             if away.get(r["subject"], (1e18, 0))[0] < r["t_us"] < away.get(r["subject"], (0, 0))[1]]
    tally.check("intake: … and none does anything in between", not wrong, wrong)
    waits = [r for r in by_kind(log, "granted") if r.get("holder") == "space:office.g.control_room"]
    tally.check("intake: … whoever waited for them is told from where they were driven", waits)


def no_reserve(tally, muster, root, before):
    campus = Campus(root, "air-intake")
    del campus.site["alarm_desk"]["reserve"]
    after, log = campus.run(muster)
    tally.check("without a reserve desk they stop until the air is clear", min(
        r["t_us"] for r in by_kind(log, "desk_taken")) > by_kind(log, "dispersed")[0]["t_us"])
    check_settings(tally, "no reserve desk", before, after, {"2.2.2b": "up", "4.2.3a": "up"})


def intake(tally, muster, root):
    campus = Campus(root, "air-intake")
    before, log = campus.run(muster)
    floors = [z["peak_ppm"] for z in before["gas"]["zones"] if z["id"].startswith("air.office")]
    others = [z["peak_ppm"] for z in before["gas"]["zones"] if not z["id"].startswith("air.office")]
    tally.check("intake: the gas is on the floors of that unit, and nowhere else",
                min(floors) > 1 and max(others) < 0.01 * min(floors), (floors, others))
    tally.check("intake: people notice it first", by_kind(log, "noticed")[0]["place"] in (
        "staff", "guard"))
    desks_of(tally, log)
    for name in ("office.vent", "office.leave"):
        campus.step(name)["takes_s"] = 600
    after, _ = campus.run(muster)
    breathed = [m["gas"]["bands"][0]["person_minutes"] for m in (before, after)]
    tally.check("intake: shut later, more is breathed", breathed[1] > 1.2 * breathed[0], breathed)
    no_reserve(tally, muster, root, before)


def break_off(tally, muster, root):
    """Who is in the middle of something at a desk that the air drives people from begins again elsewhere."""
    campus = Campus(root, "air-intake")
    campus.playbooks[0]["steps"].append({
        "id": "books", "when": {"all": ["started"], "wait_s": 100}, "verb": "report", "object": "books",
        "who": {"role": "operator", "count": 4}, "takes_s": 120})
    _, log = campus.run(muster)
    broken = [r for r in by_kind(log, "broken_off") if r.get("step") == "books"]
    left = {r["subject"]: r["t_us"] for r in by_kind(log, "left_desk")}
    done = [r for r in by_kind(log, "step") if r["object"] == "books"]
    tally.check("what they were at is broken off as one of them leaves the desk", len(broken) >= 1 and
                left.get(broken[0]["subject"]) == broken[0]["t_us"], (broken, left))
    begun = [r["t_us"] for r in by_kind(log, "began") if r.get("step") == "books"]
    tally.check("it begins again, and takes its whole time", len(begun) >= 2 and len(done) == 1 and
                done[0]["t_us"] - begun[-1] == 120_000_000 and begun[-1] > broken[-1]["t_us"], (begun, done))


def found_by(tally, muster, root):
    for name, place in (("package-patrol", "guard"), ("package-camera", "camera")):
        campus = Campus(root, name)
        metrics, log = campus.run(muster)
        tally.check(f"{name}: is found by {place}", by_kind(log, "noticed")[0]["place"] == place)
        if place == "guard":
            tally.check("… and reported at once (5.1.1b)", value(metrics, "5.1.1b") < 60,
                        value(metrics, "5.1.1b"))


def main():
    muster, root = sys.argv[1:3]
    tally = Tally()
    for part in (shift_and_provisions, stores_and_guides, intake, break_off, found_by):
        part(tally, muster, root)
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
