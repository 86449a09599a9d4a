#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Take a named cause away, and the time moves as the chain said it would.

Each case finds a replication in which the chain of a clause names a certain part, takes just that
cause away, runs the same replication again under the same luck, and compares.

usage: test_counterfactual.py MUSTER ROOT [SHARED]
"""
import sys

from campus import Campus
from scenario import Office, Tally, clause, parts

SECOND = 1_000_000


def value_us(metrics, name):
    chain = clause(metrics, name)["cause_chain"]
    return chain["total_us"]


def find(muster, office, name, wanted, seeds):
    """The first seed whose single run has the wanted part in the clause's chain."""
    for seed in seeds:
        metrics, _, _ = office.run(muster, "--reps", "1", "--seed", str(seed), "--jobs", "1",
                                   "--motion", "flow")
        found = [p for p in parts(metrics, name) if wanted(p)]
        if found:
            return seed, metrics, found
    return None, None, []


def case(tally, muster, title, office, without, name, wanted, tolerance_s, seeds=range(1, 13)):
    seed, metrics, found = find(muster, office, name, wanted, seeds)
    if seed is None:
        tally.check(title, False, "no run of this seed range has the cause in its chain")
        return
    changed, _, _ = without.run(muster, "--reps", "1", "--seed", str(seed), "--jobs", "1",
                                   "--motion", "flow")
    left = sum(p["duration_us"] for p in parts(changed, name) if wanted(p))
    predicted = sum(p["duration_us"] for p in found) - left
    moved = value_us(metrics, name) - value_us(changed, name)
    tally.check(f"{title} (seed {seed}: {predicted / SECOND:.1f} s)",
                predicted > 0 and abs(moved - predicted) <= tolerance_s * SECOND,
                f"the chain names {predicted / SECOND:.2f} s, the time moved by "
                f"{moved / SECOND:.2f} s")


def compare(tally, title, before, after, name, part):
    """The chain's parts of this kind differ between two runs, and the time by just as much."""
    named = [sum(p["duration_us"] for p in parts(m, name) if p["part"] == part)
             for m in (before, after)]
    times = [value_us(m, name) for m in (before, after)]
    tally.check(f"{title} ({(named[0] - named[1]) / SECOND:.1f} s)",
                named[0] != named[1] and times[0] - times[1] == named[0] - named[1], (named, times))


def gas_and_shelter(tally, muster, root):
    """Parts that no clause of the policy ends in: 9.9.9 asks how long going into shelter takes."""
    runs = []
    for factor in (1, 2):
        campus = Campus(root, "chlorine")
        for flow in campus.site["air_flows"]:
            if flow.get("unit") == "fan.chlorine":
                flow["m3_h"] *= factor
        campus.step("shelter.downwind")["reacts_s"]["median"] *= factor
        runs.append(campus.run(muster, more={"9.9.9": ("verified:incident", "secured")})[0])
    compare(tally, "an extract twice as strong clears the air, and the sweep is done, earlier", *runs,
            "4.3.1a", "air")
    compare(tally, "people who take twice as long to react are in shelter later", *runs, "9.9.9",
            "sheltering")


def warm_room(tally, muster, root):
    runs = []
    for campus in (Campus(root, "cooling-lost"), Campus(root, "cooling-lost")):
        campus.equipment("climate.dc")["detects_in_s"] = 2 if runs else 90
        runs.append(campus.run(muster)[0])
    compare(tally, "a sensor that takes less time to see it raises the alarm earlier", *runs, "3.4.2c",
            "unnoticed")


def check_sums(tally, muster, office):
    metrics, _, _ = office.run(muster, "--reps", "3", "--seed", "1", "--motion", "flow")
    faults, chains = [], 0
    for item in metrics["clauses"]:
        chain = item.get("cause_chain")
        if not chain:
            continue
        chains += 1
        at = chain["parts"][0]["from_us"] if chain["parts"] else 0
        for part in chain["parts"]:
            if part["from_us"] != at or part["to_us"] - part["from_us"] != part["duration_us"]:
                faults.append(f"{item['id']}: gap or overlap at {part['from_us']}")
            if part["part"] in ("none", "other", ""):
                faults.append(f"{item['id']}: a part without a name")
            at = part["to_us"]
        if sum(p["duration_us"] for p in chain["parts"]) != chain["total_us"]:
            faults.append(f"{item['id']}: parts do not add up")
    tally.check(f"the parts of all {chains} chains add up, without gap or overlap",
                chains >= 10 and not faults, "; ".join(faults[:5]))


def main():
    muster, root = sys.argv[1:3]
    tally = Tally()
    office = Office(root)
    check_sums(tally, muster, office)

    near = office.copy()
    for unit in near.files["roster"]["units"]:
        if unit["role"] == "police":
            unit["distance_m"] = unit["distance_m"] / 3
    case(tally, muster, "police a third as far away are earlier by the time on the road", office,
         near, "4.2.3b", lambda p: p["part"] == "road", 6)

    quick = office.copy()
    for portal in quick.files["site"]["portals"]:
        if portal.get("zone") == "road":
            portal["closes_in_s"] = 2
    case(tally, muster, "faster bollards close the road earlier by the difference", office, quick,
         "3.5.3a", lambda p: p["part"] == "mechanism", 0.01)

    staffed = office.copy()
    for member in staffed.files["roster"]["members"]:
        if member["role"] == "operator":
            member["count"] = 4
            member.pop("routine", None)
    case(tally, muster, "with operators to spare the area is sealed earlier by the wait for one",
         office, staffed, "3.2.1a",
         lambda p: p["part"] == "wait" and str(p["who"]).startswith("operator"), 0.01)

    brief = office.copy()
    brief.step("police.call")["takes_s"] = 1
    case(tally, muster, "a shorter call tells the police earlier by the difference", office, brief,
         "4.2.3a", lambda p: p["part"] == "work" and p.get("step") == "police.call", 0.01)
    ready = office.copy()
    for unit in ready.files["roster"]["units"]:
        if unit["role"] == "police":
            unit["dispatched_in_s"] = 1
    case(tally, muster, "police who set out at once are earlier by the time they took", office, ready,
         "4.2.3b", lambda p: p["part"] == "dispatch", 6)

    clear = office.copy()
    for channel in clear.files["site"]["channels"]:
        if channel["id"] == "telephone":
            channel.update(latency_s=0.1, delivery_chance=1)
    case(tally, muster, "a line that carries at once tells the police earlier by the way of the call",
         office, clear, "4.2.3a", lambda p: p["part"] == "message", 0.01)

    decided = office.copy()
    decided.step("meeting")["when"]["wait_s"] = 1
    case(tally, muster, "a meeting that is called at once is held earlier by the time it was put off",
         office, decided, "2.1.1b", lambda p: p["part"] == "decision", 0.01)

    near_by = office.copy()
    near_by.step("medical.group")["place"] = near_by.step("team.posts")["place"]
    walks = [o.run(muster, "--reps", "1", "--seed", "1", "--jobs", "1", "--motion", "flow")[0]
             for o in (office, near_by)]
    on_foot = [sum(p["duration_us"] for p in parts(m, "4.2.2b") if p["part"] == "travel")
               for m in walks]
    times = [value_us(m, "4.2.2b") for m in walks]
    tally.check(f"another way moves the time by the difference on foot ({on_foot})",
                on_foot[0] != on_foot[1] and times[0] - times[1] == on_foot[0] - on_foot[1], times)

    awake = office.copy()
    awake.files["incident"]["premovement_factor"] = 0.1
    case(tally, muster, "people who get ready in a tenth of the time are out earlier", office, awake,
         "3.2.1b", lambda p: p["part"] in ("premovement", "evacuation"), 60)
    gas_and_shelter(tally, muster, root)
    warm_room(tally, muster, root)
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
