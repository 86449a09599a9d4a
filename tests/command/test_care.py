#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Casualties, care, ambulances, roll-call, a second item: on a small site where published and
hand-worked numbers are known.

usage: test_care.py MUSTER ROOT [SHARED]
"""
import sys

from scenario import Tally
from yard import Yard, group, having, member, seconds, step, unit

BLAST = "exploded:item"


def triage_yard(root, medics, patients=60):
    """Everybody in the hall plays 'delayed'; medics stand among them and take 30 s for each."""
    yard = Yard(root)
    yard.groups = [group("crowd", patients, ["hall"])]
    yard.members = [dict(member("medic", "medic", medics), post="post.hall")]
    yard.site["posts"].append({"id": "post.hall", "kind": "guard", "space": "hall",
                               "at": [20, 40]})
    yard.steps = [step("triage", "triage", "found:casualty", "medic", count=medics, object="casualties",
                       takes_s=30)]
    return yard.hurt(yellow=patients)


def team_times(records, kind):
    """For each first of a team: how long it worked and how long it walked."""
    times, since = {}, {}
    for r in records:
        if r["kind"] == "set_out" and r.get("place", "").startswith("person:"):
            since[r["subject"]] = r["t_us"]
        elif r["kind"] == "reached" and r["subject"] in since:
            walked = r["t_us"] - since[r["subject"]]
            times.setdefault(r["subject"], [0, 0, 0])[1] += walked
            since[r["subject"]] = r["t_us"]
        elif r["kind"] == kind and r.get("holder") in since:
            entry = times.setdefault(r["holder"], [0, 0, 0])
            entry[0] += r["t_us"] - since[r["holder"]]
            entry[2] += 1
    return times


def check_triage(tally, muster, root):
    """60 patients, 30 s each, 3 teams: 10 min of work; the walking between them is on top."""
    records, metrics = triage_yard(root, 3).run(muster)
    began = having(records, "began", step="triage")[0]["t_us"]
    done = having(records, "triaged")[0]["t_us"]
    times = team_times(records, "tagged")
    tally.check("60 patients are each tagged once",
                len({r["subject"] for r in having(records, "tagged")}) == 60 ==
                len(having(records, "tagged")))
    tally.check("three teams work 10 min each", sorted(t[2] for t in times.values()) ==
                [20, 20, 20] and all(t[0] == 600_000_000 for t in times.values()), str(times))
    longest = max(t[0] + t[1] for t in times.values())
    tally.check("work and walking are all there is", done - began == longest,
                f"{done - began} us against {longest}")
    tally.check("walking among them is short", done - began < 1.25 * 600_000_000,
                f"{(done - began) / 1e6:.1f} s")
    tally.check("tags are what the medics find",
                all(r.get("value") == 1 for r in having(records, "tagged")))
    short, _ = triage_yard(root, 2).run(muster)
    began_short = having(short, "began", step="triage")[0]["t_us"]
    late = having(short, "triaged")[0]["t_us"] - began_short
    tally.check("a missing medic delays: 15 min of work with two",
                900_000_000 <= late < 1.25 * 900_000_000, f"{late / 1e6:.1f} s")
    states = metrics["occupants"]["by_state"]
    tally.check("casualties stay people", states["casualty"] == 60, str(states))


def check_ambulances(tally, muster, root):
    """Load 10 + drive 15 + hand over 20 + return 15 min, 6 vehicles of 1, 20 patients, all ready:
    the last is delivered after (ceil(20 / 6) - 1) * 60 + 10 + 15 = 205 min."""
    yard = Yard(root)
    yard.groups = [group("crowd", 20, ["hall"])]
    yard.members = [member("medic", "medic", 4), member("desk", "desk")]
    yard.units = [unit(f"ambulance.{k}", hospital_m=9000, handover_s=1200) for k in range(6)]
    yard.steps = [
        step("call", "notify", BLAST, "desk", object="medical", to="medical", over=["telephone"]),
        step("triage", "triage", BLAST, "medic", count=4, object="casualties", place="hall",
             takes_s=1),
        step("ready", "report", {"all": ["step:triage"], "wait_s": 600}, "desk", object="ready"),
        step("transport", "transport", "step:ready", "medical", count=0, object="casualties",
             place="post.medical", takes_s=600),
    ]
    yard.hurt(green=20)
    records, metrics = yard.run(muster)
    began = having(records, "began", step="transport")[0]["t_us"]
    last = having(records, "admitted")[-1]["t_us"]
    tally.check("all 20 are delivered", len(having(records, "admitted")) == 20)
    tally.check("the last after 205 min", last - began == 205 * 60_000_000,
                f"{(last - began) / 6e7:.3f} min")
    tally.check("and then they are transported",
                having(records, "transported")[0]["t_us"] == last)
    states = metrics["occupants"]["by_state"]
    tally.check("taken away, all of them", states["taken"] == 20, str(states))
    two = yard.copy()
    for u in two.units:
        u["patients"] = 2
    records, _ = two.run(muster)
    began = having(records, "began", step="transport")[0]["t_us"]
    last = having(records, "admitted")[-1]["t_us"]
    tally.check("two at a time: 2 trips, the second loads 20 min as well", last - began <=
                (70 + 20 + 15) * 60_000_000 and len(having(records, "taken")) == 20,
                f"{(last - began) / 6e7:.3f} min")


def care_yard(root):
    """One of each tag in the hall; medics, bearers, an ambulance."""
    yard = Yard(root)
    yard.groups = [group("crowd", 8, ["hall"]), group("office", 6, ["room"])]
    yard.members = [member("medic", "medic", 2), member("bearer", "bearer", 4),
                    member("desk", "desk")]
    yard.units = [unit("ambulance", 2, hospital_m=3000, handover_s=600)]
    yard.steps = [
        step("call", "notify", BLAST, "desk", object="medical", to="medical", over=["telephone"]),
        step("triage", "triage", BLAST, "medic", count=2, object="casualties", place="hall",
             takes_s=30),
        step("carry", "carry", BLAST, "bearer", count=4, object="casualties", place="post.medical",
             needs=[{"equipment": "stretcher", "count": 2}], takes_s=20, holds=True),
        step("treat", "treat", "step:triage", "medic", count=2, object="casualties",
             place="post.medical", needs=[{"equipment": "medical_kit", "count": 2}], takes_s=300,
             holds=True),
        step("transport", "transport", {"all": ["on_site:medical", "step:triage"]}, "medical",
             count=0, object="casualties", place="post.medical", takes_s=120),
    ]
    return yard.hurt(red=2, yellow=2, green=2, black=1)


def check_care(tally, muster, root):
    records, metrics = care_yard(root).run(muster)
    hurt = {r["subject"]: r.get("value", 0) for r in having(records, "injured")}
    tally.check("the mix is as given", sorted(hurt.values()) == [0, 0, 1, 1, 2, 2, 3], str(hurt))
    first = {}
    for kind in ("found", "tagged", "laid", "cared", "taken", "admitted"):
        for r in having(records, kind):
            first.setdefault((kind, r["subject"]), r)
    order = ("found", "tagged", "laid", "cared", "taken", "admitted")
    faults = []
    for who, tag in hurt.items():
        wanted = order[:2] if tag == 3 else order
        times = [first[(kind, who)]["t_us"] for kind in wanted if (kind, who) in first]
        if len(times) != len(wanted) or times != sorted(times):
            faults.append(f"{who} {tag} {times}")
    tally.check("each is found, tagged, brought, treated, taken, in that order", not faults,
                "; ".join(faults))
    tally.check("greens walk to the post, others are carried",
                all((hurt[r["subject"]] == 0) == (r.get("value", 0) == 1)
                    for r in having(records, "laid")))
    treated = [(r["t_us"] - 300e6, r["subject"]) for r in having(records, "cared")]
    passed_over = [(who, other) for began, who in treated for later, other in treated
                   if first[("laid", other)]["t_us"] < began - 10e6 and later > began + 10e6 and
                   hurt[other] > hurt[who]]  # two medics choose; each then walks to the one chosen
    tally.check("of those who wait the worst is treated first", len(treated) == 6 and
                not passed_over, str((passed_over, treated)))
    tally.check("the dead are left", ("taken", next(w for w, t in hurt.items() if t == 3))
                not in first)
    care = metrics["casualties"]
    tally.check("metrics say the same", care["runs"] == 1 and care["count"] == 7 and
                care["by_tag"] == {"green": 2, "yellow": 2, "red": 2, "black": 1} and
                [s["share"] for s in care["stages"]] == [1] * 6, str(care["stages"]))
    last = max(r["t_us"] for r in having(records, "admitted")) / 1e6 - 10
    half = sorted(first[("cared", w)]["t_us"] for w, t in hurt.items() if t != 3)[2] / 1e6 - 10
    tally.check("the last at the hospital, and half treated, from when they were hurt",
                abs(care["stages"][5]["last_s"] - last) < 1e-6 and
                abs(care["stages"][2]["t50_s"] - half) < 1e-6)
    tally.check("patients are listed one by one", len(care["patients"]) == 7 and
                all(p["tag"] == p["plays"] for p in care["patients"]))
    tally.check("milestones of all four", all(having(records, kind) for kind in
                                              ("triaged", "treated", "carried", "transported")))
    states = metrics["occupants"]["by_state"]
    tally.check("states add up", sum(states.values()) == 14 and states["taken"] == 6 and
                states["casualty"] == 1, str(states))
    lacking = care_yard(root)
    lacking.site["equipment"] = [e for e in lacking.site["equipment"] if e["kind"] != "stretcher"]
    records, _ = lacking.run(muster)
    tally.check("without stretchers nobody is carried",
                not [r for r in having(records, "laid") if r.get("value", 0) == 0])
    erring = care_yard(root)
    erring.steps[1]["under_triage"] = 1
    records, _ = erring.run(muster)
    tally.check("a medic may err: every red taken for yellow",
                all(r["value"] == 1 for r in having(records, "tagged") if hurt[r["subject"]] == 2))


def check_luck(tally, muster, root):
    """Who else is there changes nobody's part; an edit that means nothing changes nothing."""
    yard = care_yard(root)
    records, _ = yard.run(muster)
    hurt = {(r["subject"], r.get("value", 0)) for r in having(records, "injured")}
    more = yard.copy()
    more.groups.append(group("late", 3, ["upper"]))
    other, _ = more.run(muster)
    tally.check("a bystander elsewhere changes nobody's part",
                hurt == {(r["subject"], r.get("value", 0)) for r in having(other, "injured")})
    null = yard.copy()
    null.steps.reverse()
    null.groups.reverse()
    same, _ = null.run(muster)
    tally.check("the order of lists means nothing",
                [(r["t_us"], r["kind"], r.get("subject")) for r in records] ==
                [(r["t_us"], r["kind"], r.get("subject")) for r in same])
    fewer = care_yard(root).hurt(yellow=12)
    records, _ = fewer.run(muster)
    tally.check("no more than are there", len(having(records, "injured")) == 8)
    near = care_yard(root).hurt(yellow=12, within_m=60)
    records, _ = near.run(muster)
    tally.check("or the nearest others, if the file says so", len(having(records, "injured")) == 12)


def check_finding(tally, muster, root):
    """Nobody knows of a casualty before somebody saw them."""
    yard = Yard(root)
    yard.groups = [group("crowd", 3, ["upper"])]
    yard.members = [member("medic", "medic", 2)]
    yard.item.update(space="upper", at=[20, 36])
    yard.hurt(yellow=2)
    yard.steps = [step("triage", "triage", BLAST, "medic", count=1, object="casualties",
                       takes_s=30, holds=True)]
    records, _ = yard.run(muster)
    tally.check("unseen, they wait", not having(records, "found") and not having(records, "tagged"))
    told = yard.copy()
    told.item["explosion"]["casualties"]["report_s"] = 90
    records, _ = told.run(muster)
    tally.check("a bystander's report comes after its time", [seconds(r) for r in
                having(records, "found")] == [100.0, 100.0] and len(having(records, "tagged")) == 2)
    searched = yard.copy()
    searched.steps.append(step("search", "search", BLAST, "medic", count=1, object="house",
                               place="upper", takes_s=60))
    records, _ = searched.run(muster)
    tally.check("a search finds them, and the medic who waits goes", len(having(records, "found"))
                == 2 and len(having(records, "tagged")) == 2)


def check_no_way(tally, muster, root):
    """The only door to the casualties is lost: who would sort them gives them up, and the run ends."""
    yard = Yard(root)
    yard.groups = [group("crowd", 3, ["upper"]), group("near", 2, ["room"])]
    yard.members = [member("medic", "medic", 2)]
    yard.item.update(space="upper", at=[20, 36])
    yard.hurt(yellow=2, report_s=30)
    yard.steps = [step("triage", "triage", BLAST, "medic", count=1, object="casualties", takes_s=30,
                       holds=True)]
    open_log, _ = yard.run(muster)
    yard.item["explosion"]["doors_lost"] = ["door.stair"]
    shut_log, metrics = yard.run(muster)
    tally.check("a way to them: both are sorted", len(having(open_log, "tagged")) == 2)
    tally.check("no way: they are known, and nobody is sorted", len(having(shut_log, "found")) == 2 and
                not having(shut_log, "tagged"), shut_log[-5:])
    sent = having(shut_log, "set_out", step="triage")
    tally.check("each is tried for once, not again and again",
                sorted(r["place"] for r in sent) == sorted(r["subject"] for r in having(shut_log, "injured")), sent)
    shares = {stage["stage"]: stage["share"] for stage in metrics["casualties"]["stages"]}
    tally.check("and the results say so", shares["found"] == 1 and shares["tagged"] == 0, shares)


def check_explosion(tally, muster, root):
    yard = Yard(root)
    yard.groups = [group("crowd", 10, ["hall"]), group("upstairs", 4, ["upper"]),
                   group("far", 4, ["room"])]
    yard.members = [member("guard", "guard")]
    yard.steps = [step("safe", "search", "noticed:item", "guard", object="item", place="@item")]
    yard.item["explosion"].update(fear_radius_m=5, heard_radius_m=100)
    records, _ = yard.run(muster)
    crowd = [r for r in having(records, "moves") if "crowd" in r["subject"]]
    tally.check("those in the same space run at once", len(crowd) == 10 and
                all(seconds(r) == 10 for r in crowd))
    rest = [r for r in having(records, "moves") if "crowd" not in r["subject"]]
    tally.check("those who hear it leave after a while, through floors", len(rest) == 8 and
                all(seconds(r) > 20 for r in rest))
    deaf = yard.copy()
    deaf.item["explosion"]["heard_radius_m"] = 0
    records, _ = deaf.run(muster)
    tally.check("who does not hear it stays", not [r for r in having(records, "moves")
                                                  if "far" in r["subject"]])
    safe = yard.copy()
    safe.item["explosion"].update(at_s=500, unless="searched:item")
    safe.item.update(guard_notice_chance=1, notice_radius_m=200)
    safe.members[0]["post"] = "post.hall"
    safe.site["posts"].append({"id": "post.hall", "kind": "guard", "space": "hall", "at": [12, 32]})
    records, _ = safe.run(muster)
    tally.check("made safe in time, it does not explode", having(records, "searched") and
                not having(records, "exploded"))
    lost = yard.copy()
    lost.item["explosion"]["doors_lost"] = ["door.hall"]
    records, _ = lost.run(muster)
    out = {r["object"] for r in having(records, "left")}
    tally.check("a lost door is not used, others are", "portal:door.hall" not in out and
                len(having(records, "left")) == 18, str(out))
    alone = yard.copy()
    alone.groups = [group("crowd", 1, ["hall"])]
    smoky = alone.copy()
    smoky.item["explosion"]["smoke"] = [{"space": s, "extinction_per_m": 10}
                                        for s in ("hall", "room")]

    def way_out_s(which, seed):
        records, _ = which.run(muster, "--seed", str(seed))
        return seconds(having(records, "left")[0]) - 10

    seed = next(s for s in range(1, 50) if way_out_s(alone, s) > 8)  # somebody far from the door
    clear_s, smoky_s = way_out_s(alone, seed), way_out_s(smoky, seed)
    # Turning to the door takes its half second in smoke and in clear air alike.
    tally.check("smoke of 10 per metre makes the way out 1 / 0.19264 as long",
                abs((smoky_s - 0.5) / (clear_s - 0.5) * 0.19264 - 1) < 0.03,
                f"{smoky_s:.2f} s, {clear_s:.2f} s")


def second_yard(root, chance):
    yard = Yard(root)
    yard.groups = [group("crowd", 12, ["room"])]
    yard.members = [member("guard", "guard", 3)]
    yard.second = {"space": "yard", "at": [70, 22], "search_chance": chance}
    go = {"over": ["pa"], "object": "site"}
    yard.steps = [
        step("search", "search", BLAST, "guard", object="assembly", place="first", takes_s=60),
        step("go.first", "evacuate", "searched:assembly@first", gather_at=["first"], **go),
        step("go.second", "evacuate", "found:second_item@first", gather_at=["second"], **go),
    ]
    return yard


def check_second(tally, muster, root):
    records, _ = second_yard(root, 1).run(muster)
    tally.check("a search that finds something has not cleared the place",
                having(records, "found", object="second_item") and not having(records, "searched"))
    out = [r for r in having(records, "state") if r.get("value") == 5]
    tally.check("people are sent to the other point", len(out) == 12 and
                all(r["place"] == "space:north" for r in out))
    records, _ = second_yard(root, 0).run(muster)
    out = [r for r in having(records, "state") if r.get("value") == 5]
    tally.check("overlooked, the first point is used", having(records, "searched") and
                len(out) == 12 and all(r["place"] == "space:yard" for r in out))
    before = min(r["t_us"] for r in having(records, "moves"))
    tally.check("nobody is sent before the place has been searched",
                before > having(records, "searched")[0]["t_us"])
    late = second_yard(root, 1)
    late.steps[0]["when"] = {"all": ["cleared:site"], "wait_s": 60}
    late.steps[1]["when"] = {"all": [BLAST]}
    late.steps[2] = step("move", "evacuate", "found:second_item@first", "guard", object="first",
                         place="first", over=["in_person"], gather_at=["second"], takes_s=5)
    records, _ = late.run(muster)
    tally.check("those who stand there are moved on", having(records, "cleared", object="first"),
                "the point was not cleared")
    loud = late.copy()
    loud.steps[2] = step("other", "evacuate", "found:second_item@first", object="site",
                         over=["pa"], gather_at=["second"])
    records, _ = loud.run(muster)
    told = having(records, "ordered", step="other")[0]["t_us"]
    tally.check("a loudspeaker that names another point moves them as well",
                len([r for r in having(records, "moves") if r["t_us"] > told]) == 12)
    hit = second_yard(root, 0)
    hit.second["explosion"] = {"at_s": 400, "casualties": {"yellow": 2, "in": ["yard"]},
                               "fear_radius_m": 30}
    records, metrics = hit.run(muster)
    tally.check("at a point that was not cleared people are hurt, and the others run",
                having(records, "exploded", object="second_item") and
                len(having(records, "injured")) == 2 and
                metrics["occupants"]["by_state"]["casualty"] == 2)


def roll_yard(root):
    yard = Yard(root)
    yard.groups = [group("crowd", 10, ["room"]), group("guest", 3, ["room"], role="visitor"),
                   group("upstairs", 2, ["upper"]),
                   group("unlisted", 2, ["upper"], role="visitor", registered_share=0)]
    yard.members = [member("warden", "warden", 2), member("helper", "helper", 2)]
    yard.site["channels"][0]["dead_spaces"] = ["upper"]
    yard.steps = [
        step("go", "evacuate", BLAST, object="site", over=["pa"], gather_at=["first"]),
        step("roll", "record", {"all": ["ordered:site"], "wait_s": 300}, "warden",
             object="roll_call", place="first", takes_s=20, each_s=2),
        step("compare", "verify", "step:roll", "warden", object="roll_call", takes_s=30),
        step("look", "search", "missing:people", "helper", count=2, object="missing", team=2,
             takes_s=40),
    ]
    return yard


def check_roll(tally, muster, root):
    records, metrics = roll_yard(root).run(muster)
    roll = metrics["roll_call"]
    tally.check("metrics of the roll-call", (roll["runs"], roll["expected"], roll["present"],
                roll["missing"], roll["found"], roll["unlisted"], roll["known"]) ==
                (1, 15, 13, 2, 2, 0, 0), str(roll))
    missing = {r["subject"]: r for r in having(records, "missing")}
    tally.check("the missing are named; who is on no list is missed by nobody",
                set(missing) == {"person:upstairs/1", "person:upstairs/2"} or
                {m.rsplit("/")[0] for m in missing} == {"person:upstairs"}, str(list(missing)))
    tally.check("with the place where they were last seen, or work",
                all(r["place"] == "space:upper" for r in missing.values()))
    began = having(records, "began", step="roll")[0]["t_us"]
    worked = having(records, "worked", step="roll")[0]["t_us"]
    tally.check("counting takes its time and so much a head", worked - began == (20 + 13 * 2) * 10**6,
                f"{(worked - began) / 1e6} s")
    tally.check("searchers find them, and those on no list too",
                len(having(records, "found", object="missing")) == 4)
    tally.check("then nobody is missing", having(records, "accounted", object="all"))
    tally.check("all are out", len([r for r in having(records, "state") if r.get("value") == 5])
                == 17)
    tally.check("every visitor who was counted is registered", having(records, "registered"))
    lax = roll_yard(root)
    lax.groups[1]["registered_share"] = 0
    records, _ = lax.run(muster)
    tally.check("one who was counted is not: no such milestone", not having(records, "registered"))
    chair = roll_yard(root)
    chair.groups[2]["mobility"] = [{"kind": "wheelchair", "share": 1}]
    records, _ = chair.run(muster)
    left = [r for r in having(records, "left") if "upstairs" in r["subject"]]
    tally.check("who cannot use the stairs is carried out", len(left) == 2 and
                having(records, "accounted", object="all"))
    hurt = roll_yard(root)
    hurt.item.update(space="upper", at=[20, 36])
    hurt.hurt(yellow=4)
    records, _ = hurt.run(muster)
    tally.check("a missing one who lies hurt is found by the searchers",
                len(having(records, "found", object="casualty")) == 4 and
                having(records, "accounted", object="all"))


def check_faults(tally, muster, root):
    def broken(title, says, change):
        yard = care_yard(root)
        change(yard)
        status, text = yard.check(muster)
        tally.check(title, (status == 1 or "warning: " in text) and says in text, text[-400:])

    broken("explodes before it is there", "explodes at 10 s, but is put there at 60 s",
           lambda y: y.item.update(appears_at_s=60))
    broken("a term that is none", "is not a milestone",
           lambda y: y.item["explosion"].update(unless="clear:item"))
    broken("nothing prevents it", "nothing can prevent the explosion",
           lambda y: y.item["explosion"].update(unless="searched:item"))
    broken("carried nowhere", "does not say where to", lambda y: y.steps[2].pop("place"))
    broken("nobody cares", "but nobody does it", lambda y: y.steps[1].pop("who"))
    broken("odd team", "in teams of 2", lambda y: y.steps[2]["who"].update(count=3))
    broken("counted nowhere", "does not say where", lambda y: y.steps.append(
        step("roll", "record", BLAST, "desk", object="roll_call")))
    broken("a door that is none", "door.cellar",
           lambda y: y.item["explosion"].update(doors_lost=["door.cellar"]))
    broken("more than the world has", "red", lambda y: y.hurt(red=100000))


def main():
    muster, root = sys.argv[1], sys.argv[2]
    tally = Tally()
    for check in (check_triage, check_ambulances, check_care, check_luck, check_finding, check_no_way,
                  check_explosion, check_second, check_roll, check_faults):
        check(tally, muster, root)
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
