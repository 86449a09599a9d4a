#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts again, from log.jsonl, the site and the roster alone, the headline figures of metrics.json of
one run: who left, was reached, was hurt and cared for, missing, in shelter, held, in bad air, helped.
Shares no code with Muster. Written from docs/results.md and the meaning of the records.

usage: recount.py LOG INCIDENT     prints the figures as JSON
"""
import json
import math
import pathlib
import sys

EXPECTED, INSIDE, SHELTERING, HELD = range(4)
STAGES = {"found": "found", "tagged": "tagged", "cared": "treated", "laid": "gathered", "taken": "taken",
          "admitted": "admitted"}
TAGS = ["green", "yellow", "red", "black"]
BURDENS = ["none", "stretcher", "evacuation_chair", "carry_chair", "by_hand"]


def area(ring):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1]))) / 2


def dealt(total, weights):
    """Whole persons by largest remainders, ties to the first."""
    quotas = [total * w / sum(weights) for w in weights]
    counts = [int(q) for q in quotas]
    order = sorted(range(len(weights)), key=lambda i: (counts[i] - quotas[i], i))
    for i in order[:total - sum(counts)]:
        counts[i] += 1
    return counts


class Occupants:
    """Every occupant, where they start, and whether they come later; only a tabletop has them come."""

    def __init__(self, site, roster, exercise):
        spaces = {space["id"]: space for space in site["spaces"]}
        self.outdoors, self.later = {}, {}
        played = any(exercise.get(part) for part in ("injects", "goals"))
        for group in roster["groups"]:
            if "arrives_by" in group and not played:
                continue
            places = sorted({p for p in group["in"] if spaces[p]["use"] != "stair"})
            areas = [area(spaces[p]["polygon"]) - sum(area(o) for o in spaces[p].get("obstacles", []))
                     for p in places]
            number = 0
            for place, count in zip(places, dealt(group["count"], areas)):
                for _ in range(count):
                    number += 1
                    who = f"person:{group['id']}/{number:03d}"
                    self.outdoors[who] = spaces[place]["use"] == "outdoor"
                    self.later[who] = "arrives_by" in group

    def __contains__(self, who):
        return who in self.outdoors

    def start_indoors(self):
        return [w for w in self.outdoors if not self.outdoors[w] and not self.later[w]]


def rank(values, percent):
    """Nearest rank; None for never sorts last."""
    ordered = sorted(values, key=lambda v: math.inf if v is None else v)
    return ordered[math.ceil(percent * len(ordered) / 100) - 1] if ordered else None


def seconds(us):
    return None if us is None else us / 1e6


def first_times(records, kind, people):
    first = {}
    for r in records:
        if r["kind"] == kind and r.get("subject") in people:
            first.setdefault(r["subject"], r["t_us"])
    return first


def evacuation(records, people):
    indoors = people.start_indoors()
    left = first_times(records, "left", set(indoors))
    ordered = [r["t_us"] for r in records if r["kind"] in ("alarm", "ordered")]
    times = list(left.values())
    return {"mean_s": sum(times) / len(times) / 1e6 if times else None, "p95_s": seconds(rank(times, 95)),
            "last_s": seconds(max(times, default=None)), "ordered_s": seconds(min(ordered, default=None)),
            "evacuated_share": len(left) / len(indoors)}


def states(head, records, people, end_us):
    """How many are in which state at the end, most sheltering, and the person-seconds held."""
    now = {who: EXPECTED if people.later[who] else INSIDE for who in people.outdoors}
    count = [0] * len(head["states"])
    for state in now.values():
        count[state] += 1
    most, held, since = 0, 0.0, 0
    for r in records:
        if r["kind"] == "state" and r.get("subject") in now:
            held += count[HELD] * (r["t_us"] - since) / 1e6
            since = r["t_us"]
            count[now[r["subject"]]] -= 1
            now[r["subject"]] = r.get("value", 0)
            count[now[r["subject"]]] += 1
            most = max(most, count[SHELTERING])
    held += count[HELD] * (end_us - since) / 1e6
    return dict(zip(head["states"], count)), most, held, now


def notification(records, people, state_at_end):
    alerted = first_times(records, "alerted", people)
    came = [who for who, state in state_at_end.items() if state != EXPECTED]
    times = [alerted.get(who) for who in came]
    by_channel = {}
    seen = set()
    for r in records:
        if r["kind"] == "alerted" and r.get("subject") in people and r["subject"] not in seen:
            seen.add(r["subject"])
            channel = r.get("place", "").partition("channel:")[2]
            if channel:  # else they saw or smelt it themselves
                by_channel[channel] = by_channel.get(channel, 0) + 1
    return {"reached_share": sum(t is not None for t in times) / len(times), "t50_s": seconds(rank(times, 50)),
            "t95_s": seconds(rank(times, 95))}, by_channel


def communications(records):
    sent = delivered = lost = 0
    for r in records:
        value = r.get("value", 0)
        told = r["kind"] == "delivered" and "cause" in r and records[r["cause"]]["kind"] == "told"
        sent += value if r["kind"] == "sent" or told else 0
        delivered += value if r["kind"] == "delivered" else 0
        lost += value if r["kind"] == "lost" else 0
    return {"sent": sent, "delivered": delivered, "lost": lost}


def exposure(records, end_us):
    peak = now = since = 0
    total = 0.0
    for r in records:
        if r["kind"] == "exposed" and r.get("place") == "policy_radius":
            total += now * (r["t_us"] - since) / 1e6
            now, since = r.get("value", 0), r["t_us"]
            peak = max(peak, now)
    return {"peak": peak, "person_s": total + now * (end_us - since) / 1e6}


def casualties(records):
    hurt = {r["subject"]: r for r in records if r["kind"] == "injured"}
    if not hurt:
        return None
    reached = {stage: {} for stage in STAGES.values()}
    hospitals = {}
    for r in records:
        stage = STAGES.get(r["kind"])
        if stage and r.get("subject") in hurt and r["subject"] not in reached[stage]:
            reached[stage][r["subject"]] = r["t_us"]
            if stage == "admitted":
                hospitals[r.get("place", "")] = hospitals.get(r.get("place", ""), 0) + 1
    out = {"count": len(hurt), "by_tag": {tag: 0 for tag in TAGS}, "stages": {},
           "hospitals": {h.partition("hospital:")[2]: n for h, n in hospitals.items() if h.startswith("hospital:")}}
    for r in hurt.values():
        out["by_tag"][TAGS[r.get("value", 0)]] += 1
    for stage, times in reached.items():
        counted = [w for w, r in hurt.items() if stage in ("found", "tagged") or TAGS[r.get("value", 0)] != "black"]
        waits = [times[w] - hurt[w]["t_us"] if w in times else None for w in counted]
        there = [w for w in waits if w is not None]
        out["stages"][stage] = {"share": len(there) / len(counted) if counted else 0,
                                "t50_s": seconds(rank(waits, 50)), "t95_s": seconds(rank(waits, 95)),
                                "last_s": seconds(max(there, default=None))}
    return out


def roll_call(records):
    """Present and unlisted until the lists were compared; missing then; found after."""
    out = {"compared_s": None, "present": 0, "unlisted": 0, "missing": 0, "found": 0, "closed_s": None}
    for r in records:
        if r["kind"] == "verified" and r.get("object") == "roll_call" and out["compared_s"] is None:
            out["compared_s"] = r["t_us"] / 1e6
        elif r["kind"] == "missing":
            out["missing"] += 1
        elif r["kind"] == "accounted" and r.get("object") == "all" and "subject" not in r:
            out["closed_s"] = r["t_us"] / 1e6
        elif r["kind"] == "accounted" and out["compared_s"] is not None:
            out["found"] += 1
        elif r["kind"] == "accounted":
            out["present" if r.get("value", 0) else "unlisted"] += 1
    return out if out["compared_s"] is not None else None


def times_by_kind(records):
    first = {}
    for r in records:
        first.setdefault(r["kind"], r["t_us"])
    return first


def shelter(records, people, most, lockdown_steps):
    first = times_by_kind(records)
    secured = [r["t_us"] for r in records if r["kind"] == "secured" and r.get("step") in lockdown_steps]
    start = first.get("locked_down")
    known = {r["subject"] for r in records if r["kind"] == "replied" and r.get("subject") in people}
    return {"most": most, "doors_locked": sum(r["kind"] == "locked" for r in records), "known": len(known),
            "secured_s": (min(secured) - start) / 1e6 if secured and start is not None else None}


def hostage(records, held_person_s):
    first = times_by_kind(records)
    if "seized" not in first:
        return None
    lasted = (first["resolved"] - first["seized"]) / 1e6 if "resolved" in first else None
    return {"held": [r.get("value", 0) for r in records if r["kind"] == "seized"][-1],
            "let_go": sum(r.get("value", 0) for r in records if r["kind"] == "let_go"),
            "held_person_s": held_person_s, "lasted_mean_s": lasted}


def gas(records, people, end_us):
    """Persons by the band that they end in, and person-minutes at or above each level."""
    if not any(r["kind"] == "leaks" for r in records):
        return None
    band, level, since = {}, {}, {}
    minutes = [0.0, 0.0, 0.0]

    def breathe(who, now):
        for k in range(min(level.get(who, 0), 3)):
            minutes[k] += (now - since[who]) / 60e6
        since[who] = now

    for r in records:
        who = r.get("subject", "")
        if r["kind"] == "band" and who.startswith("person:"):
            band[who] = r.get("value", 0)
        elif r["kind"] == "breathes" and who.startswith("person:"):
            breathe(who, r["t_us"])
            level[who] = r.get("value", 0)
    for who in level:
        breathe(who, end_us)
    gone = [r["t_us"] for r in records if r["kind"] == "dispersed"]
    leaks = [r["t_us"] for r in records if r["kind"] == "leaks"]
    return {"gone_s": (gone[-1] - leaks[-1]) / 1e6 if gone else None,
            "bands": [{"band": b, "person_minutes": minutes[b - 1],
                       "occupants": sum(v == b and w in people for w, v in band.items()),
                       "responders": sum(v == b and w not in people for w, v in band.items())}
                      for b in (1, 2, 3)]}


def assisted(records):
    came, waited, took = {}, [], []
    out = {"reached": 0, "called": 0, "brought": 0, "lift_rides": 0, "last_s": None, "with": dict.fromkeys(BURDENS[1:], 0)}
    for r in records:
        if r["kind"] == "reached_refuge":
            came[r["subject"]] = r["t_us"]
            out["reached"] += 1
        elif r["kind"] == "help_called":
            out["called"] += 1
        elif r["kind"] == "entered_lift":
            out["lift_rides"] += 1
        elif r["kind"] == "helped":
            waited.append((r["t_us"] - came[r["subject"]]) / 1e6)
            if r.get("value", 0):
                out["with"][BURDENS[r["value"]]] += 1
        elif r["kind"] == "brought_down":
            took.append((r["t_us"] - came[r["subject"]]) / 1e6)
            out["brought"] += 1
            out["last_s"] = r["t_us"] / 1e6
    out["waited_s"] = sum(waited) / len(waited) if waited else None
    out["out_s"] = sum(took) / len(took) if took else None
    return out


def read(path):
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8"))


def read_log(path):
    with open(path, encoding="utf-8") as file:
        head, *records, end = [json.loads(line) for line in file]
    return head, records, end


def recount(head, records, end, incident):
    incident = pathlib.Path(incident)
    given = read(incident)
    people = Occupants(read(incident.parent / given["site"]), read(incident.parent / given["roster"]),
                       given.get("exercise", {}))
    locking = {step["id"] for book in given["playbooks"] for step in read(incident.parent / book)["steps"]
               if step["verb"] == "lock_down"}
    by_state, most, held_s, at_end = states(head, records, people, end["end_us"])
    reach, by_channel = notification(records, people, at_end)
    return {"occupants": {"total": len(people.outdoors), "indoors": len(people.start_indoors()), "by_state": by_state},
            "evacuation": evacuation(records, people), "notification": reach,
            "first_reached_by": {c: n / len(people.outdoors) for c, n in by_channel.items()},
            "communications": communications(records), "exposure": exposure(records, end["end_us"]),
            "casualties": casualties(records), "roll_call": roll_call(records),
            "shelter": shelter(records, people, most, locking), "hostage": hostage(records, held_s),
            "gas": gas(records, people, end["end_us"]), "assisted": assisted(records)}


def told(metrics):
    """The same figures as metrics.json tells them."""
    care = metrics["casualties"]
    care = {**care, "stages": {s["stage"]: s for s in care["stages"]},
            "hospitals": {h["id"]: h["patients"] for h in care["hospitals"]}} if care and care["runs"] else None
    roll = metrics["roll_call"]
    return {**metrics, "casualties": care, "roll_call": roll if roll and roll["runs"] else None,
            "first_reached_by": {c["id"]: c["share"] for c in metrics["notification"]["by_channel"]}}


def differences(ours, theirs, path=""):
    """Where what is counted here is not what is told there; what only they have is theirs."""
    if isinstance(ours, dict):
        if not isinstance(theirs, dict):
            return [f"{path}: counted {ours}, told {theirs}"]
        return [d for k, v in ours.items() for d in differences(v, theirs.get(k), f"{path}.{k}".lstrip("."))]
    if isinstance(ours, list):
        return [d for i, v in enumerate(ours) for d in differences(v, theirs[i], f"{path}[{i}]")]
    if ours is None or theirs is None or isinstance(ours, str):
        return [] if ours == theirs else [f"{path}: counted {ours}, told {theirs}"]
    return [] if math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-6) else [f"{path}: counted {ours}, told {theirs}"]


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    print(json.dumps(recount(*read_log(sys.argv[1]), sys.argv[2]), indent=2))
