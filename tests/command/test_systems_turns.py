#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns that a response seldom takes, one at a time on a small site: work that is handed over with a shift, ways that are
gone, somebody who is hurt while telling, tags that err, zones by level and by air.

usage: test_systems_turns.py MUSTER ROOT [SHARED]
"""
import json
import pathlib
import sys
import tempfile

from scenario import Tally, play, read, records
from test_refuge import House
from test_systems_yard import store_yard
from yard import Yard, group, having, member, seconds, step, unit

BLAST = "exploded:item"
START = "started:package"


def run(yard, muster, *options, **incident):
    """The records of one run, with so much of the incident otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        file = yard.write(folder)
        file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), **incident}), "utf-8")
        _, log = play(muster, file, "--reps", "1", "--motion", "flow", *options)
        return records(log)


def first(log, kind, **fields):
    found = having(log, kind, **fields)
    return seconds(found[0]) if found else None


def calm(root):
    """Nothing explodes before all is over."""
    yard = Yard(root)
    yard.item["explosion"]["at_s"] = 30000
    yard.members = [member("desk", "desk")]
    yard.horizon_s = 4000
    return yard


def after(wait_s, term=START):
    return {"all": [term], "wait_s": wait_s}


def check_handover(tally, muster, root):
    """A guard who leads to a door is relieved where they stand: the other leads there from then on."""
    yard = calm(root)
    yard.groups = [group("crowd", 30, ["hall"], familiar=False)]
    yard.members += [member("early", "guard"),
                     member("late", "guard", off_duty=True, relieves="early", road="road", handover_s=60)]
    yard.site["posts"].append({"id": "post.hall", "kind": "key", "space": "hall", "at": [28, 39]})
    hold = step("hold", "post", START, "guard", object="door", place="post.hall", takes_s=5, holds=True)
    yard.steps = [hold, step("leave", "evacuate", after(1500), "desk", object="building", over=["pa"], takes_s=5),
                  step("other", "report", after(1200), "guard", object="it", takes_s=5)]
    change = {"shift_changes": [{"at_s": 200, "gap_s": 600}]}
    alone = run(yard, muster, **change)
    hold["leads_to"] = ["door.hall"]
    led = run(yard, muster, **change)
    doors = [{r["object"] for r in having(log, "left")} for log in (alone, led)]
    tally.check("a shift of all roles changes, and the post is handed over at it", first(led, "relief_comes") == 800 and
                first(led, "handover") < first(led, "relieved") and len(having(led, "off_duty", subject="person:early")) == 1)
    tally.check("who has taken over holds the post: nothing else can be asked of them",
                having(led, "requested", step="other") and not having(led, "granted", step="other"))
    tally.check("and leads to the same door", len(having(led, "left")) == 30 and doors[1] == {"portal:door.hall"} and
                len(doors[0]) == 2, doors)
    # Work that ends while it is being handed over is over: the other is free, and the first goes home.
    yard.steps[0] = step("work", "report", START, "guard", object="work", place="post.hall",
                         takes_s=round(first(led, "handover")))
    yard.steps[2]["when"]["wait_s"] = 900
    log = run(yard, muster, **change)
    tally.check("work that ends in the talk ends once", len(having(log, "worked", step="work")) == 1 and
                first(log, "handover") < first(log, "worked", step="work") < first(log, "relieved"),
                [(r["kind"], seconds(r)) for r in log if r.get("step") == "work"])
    granted = having(log, "granted", step="other")
    tally.check("and the next is free for what comes", [r["subject"] for r in granted] == ["person:late"] and
                seconds(granted[0]) >= first(log, "relieved"), granted)


def check_tags(tally, muster, root):
    """A medic who always errs to the worse; who can walk is shown the way to the post."""
    yard = Yard(root)
    yard.groups, yard.members = [group("crowd", 6, ["hall"])], [member("medic", "medic", 2), member("bearer", "bearer", 4)]
    yard.hurt(green=2, yellow=2, red=1)
    yard.steps = [step("triage", "triage", BLAST, "medic", count=2, object="casualties", place="hall", takes_s=1),
                  step("walk", "carry", "step:triage", "bearer", count=2, object="casualties", place="post.medical",
                       takes_s=5, tags=["green"])]
    found, greens, plain = {}, set(), []
    for over in (0, 1):
        yard.steps[0]["over_triage"] = over
        log = run(yard, muster)
        found[over] = sorted(r.get("value", 0) for r in having(log, "tagged"))
        if over == 0:
            greens = {r["subject"] for r in having(log, "tagged") if r.get("value", 0) == min(found[0])}
            plain = log
    tally.check("each tag but the worst is one too bad", found[1] == sorted(
        v + (v < max(found[0])) for v in found[0]) and len(found[0]) == 5 and found[0] != found[1], found)
    carried = [r["subject"] for r in having(plain, "set_out", step="walk") if "crowd" in r.get("subject", "")]
    tally.check("tags that nobody has been given are nobody's", greens and not carried, (greens, carried))
    # Treated where they lie, sorted on the way; then carried, but for those who can walk.
    yard.steps[0] = step("treat", "treat", BLAST, "medic", count=2, object="casualties", place="hall", takes_s=1)
    yard.steps[1].update(when=after(200, BLAST), tags=["green", "yellow", "red"], who={"role": "bearer", "count": 4})
    log = run(yard, muster)
    greens = {r["subject"] for r in having(log, "tagged") if "value" not in r}
    walked = {r["subject"] for r in having(log, "laid") if r.get("value") == 1}
    tally.check("who can walk is shown the way, the others are carried", len(having(log, "laid")) == 5 and
                len(greens) == 2 and walked == greens, (greens, walked))


def check_zones(tally, muster, root):
    """An order for a level reaches those on it; one for what an air handler serves those in its rooms."""
    yard = calm(root)
    yard.groups = [group("below", 4, ["hall"]), group("beside", 4, ["room"]), group("above", 4, ["upper"])]
    yard.site["air_zones"] = [{"id": "air", "spaces": ["room"]}]
    for zone, who in (("L1", "above"), ("air", "beside")):
        yard.steps = [step("leave", "evacuate", START, "desk", object=zone, over=["pa"], takes_s=5)]
        log = run(yard, muster)
        told = {r["subject"].split(":")[1].split("/")[0] for r in having(log, "alerted")}
        tally.check(f"an order for {zone} is for those there", told == {who}, told)


def check_place_of_actor(tally, muster, root):
    """A guard goes to whoever has noticed the item."""
    yard = calm(root)
    yard.groups = [group("crowd", 1, ["hall"])]
    yard.item.update(staff_notice_s=20)
    yard.members += [member("guard", "guard", post="post.medical")]
    yard.steps = [step("come", "support", "noticed:item@staff", "guard", object="witness", place="@actor", takes_s=5)]
    log = run(yard, muster)
    came = having(log, "reached", step="come", subject="person:guard")
    # From the medical post at (60, 14) to somebody in the hall, which begins at x = 10 to 30 and y = 30.
    tally.check("a guard who is asked to come goes to whoever noticed it", first(log, "noticed") == first(
        log, "set_out", step="come") and 34 / 1.6 < seconds(came[0]) - first(log, "set_out", step="come") < 70, came)


def check_stand(tally, muster, root):
    """Ambulances without a place to come to stop on their road; patients are brought there."""
    yard = Yard(root)
    yard.groups, yard.members = [group("crowd", 2, ["hall"])], [member("medic", "medic", 2), member("desk", "desk")]
    yard.units = [unit("ambulance", hospital_m=500, handover_s=60)]
    yard.hurt(green=2)
    yard.steps = [step("call", "notify", BLAST, "desk", object="medical", to="medical", over=["telephone"]),
                  step("triage", "triage", BLAST, "medic", object="casualties", place="hall", takes_s=1),
                  step("transport", "transport", "step:triage", "medical", count=0, object="casualties", takes_s=10)]
    log = run(yard, muster)
    # The road begins at (3, 5) in the yard, 30 m from the hall's door.
    walk_s = first(log, "set_out", step="transport") - first(log, "began", step="transport")
    tally.check("ambulances without a place stop on their road, and the patient comes there",
                len(having(log, "admitted")) == 2 and 20 < walk_s < 60, walk_s)
    trips = [seconds(r) for r in having(log, "taken")]
    tally.check("and stop there again for the next", len(trips) == 2 and trips[1] - trips[0] > 2 * 500 / 10, trips)


def check_hurt_while_telling(tally, muster, root):
    """Who noticed the item calls, and it explodes before they have said it: nobody is told."""
    yard = Yard(root)
    yard.groups, yard.members = [group("crowd", 1, ["hall"])], [member("desk", "operator")]
    yard.item.update(staff_notice_s=5)
    yard.hurt(red=1)
    yard.steps = [step("tell", "notify", "noticed:item@staff", object="security", to="operator", over=["telephone"],
                       takes_s=100, who={"role": "@actor"})]
    told = {}
    for at_s in (40, 20000):
        yard.item["explosion"]["at_s"] = at_s
        told[at_s] = run(yard, muster)
    tally.check("unhurt they say it", len(having(told[20000], "notified")) == 1 and not having(told[20000], "abandoned"))
    ended = having(told[40], "abandoned", step="tell")
    tally.check("hurt they do not, and who listened is free again", [seconds(r) for r in ended] == [40] and
                not having(told[40], "notified") and not having(told[40], "worked") and
                having(told[40], "released", subject="person:desk"), [(r["kind"], seconds(r)) for r in told[40]])


def check_no_way(tally, muster, root):
    """A room whose doors are lost: whoever is to stand in it, or to open its store, gives up."""
    yard = Yard(root)
    yard.groups, yard.members = [group("crowd", 1, ["yard"])], [member("guard", "guard")]
    yard.item["explosion"]["doors_lost"] = ["door.room", "door.between"]
    yard.site["posts"].append({"id": "post.room", "kind": "key", "space": "room", "at": [40, 40]})
    yard.steps = [step("go", "post", BLAST, "guard", object="room", place="post.room", takes_s=5)]
    log = run(yard, muster)
    tally.check("a post that nobody can reach is given up once they stand before it",
                first(log, "abandoned", step="go") > first(log, "set_out", step="go") + 10 and
                not having(log, "arrived", step="go") and having(log, "released", subject="person:guard"))
    yard = store_yard(root)
    yard.steps = yard.steps[1:]
    yard.site["equipment"].pop()
    yard.site["equipment"][-1].update(space="room", at=[40, 40])
    yard.item["explosion"].update(doors_lost=["door.room", "door.between"], at_s=1)
    yard.site["posts"].append({"id": "post.north", "kind": "guard", "space": "north", "at": [70, 88]})
    yard.members[0]["post"] = "post.north"  # the keepers are there first
    log = run(yard, muster)
    free = {r["subject"] for r in having(log, "released", step="kit")}
    tally.check("a store that its keepers cannot reach stays shut, and all who came for it are free",
                having(log, "abandoned", step="kit") and not having(log, "issued") and
                free == {"equipment:locked", "person:keeper", "person:keeper/2", "person:guard"}, free)


def check_bare(tally, muster, root):
    """Among thirty who wear no pass the stranger's turn comes late; among thirty who do, at once."""
    def crowd(worn, role):
        def change(incident, _site, roster, _books):
            incident["horizon_s"] = 200
            roster["passes"].update(challenge_chance=1, challenge_s=2, worn_share=worn)
            roster["groups"] = [{"id": "extra", "role": role, "count": 30, "familiar": True, "training": "M1",
                                 "in": ["office.g.rear_hall"]}]
        return first(campus(muster, root, "intruder-archive", change), "challenged")
    worn, bare, listed = crowd(1, "staff"), crowd(0, "staff"), crowd(0, "visitor")
    tally.check("the only one without a pass is asked first", worn == 122, worn)
    tally.check("where all the staff are without, many are asked before", bare is None or bare >= worn + 10, bare)
    tally.check("a visitor has one from the gate", listed == worn, listed)


def check_brought_down(tally, muster, root):
    """A chair that the team brings, and a stair that is shut before they come."""
    house = House(muster, pathlib.Path(root).resolve())
    book = json.loads((house.root / "scenarios/playbooks/bring-down.json").read_text("utf-8"))
    book["steps"][0]["needs"] = [{"equipment": "evacuation_chair", "count": 1}]
    house.site["equipment"][0].update(space="hall", at=[3, 2])
    shut = {"id": "shut", "when": {"any": ["help_called"]}, "verb": "close", "who": {"role": "shutter"}, "object": "flight",
            "takes_s": 1}

    def play_with(*steps):
        with tempfile.TemporaryDirectory() as place:
            file = house.write(pathlib.Path(place))
            incident = json.loads(file.read_text("utf-8"))
            incident["playbooks"][1] = "own.json"
            (file.parent / "own.json").write_text(json.dumps({**book, "steps": [*book["steps"], *steps]}), "utf-8")
            file.write_text(json.dumps(incident), "utf-8")
            _, log = play(muster, file, "--reps", "1", "--motion", "flow")
            return records(log)
    brought = play_with()
    helped = having(brought, "helped")
    tally.check("in a chair that they fetch on the way", len(having(brought, "brought_down")) == 1 and
                helped[0].get("value") == 2, helped)
    next(p for p in house.site["portals"] if p["id"] == "stair")["zone"] = "flight"
    house.roster["members"].append({"id": "shutter", "role": "shutter", "count": 1, "post": "desk"})
    log = play_with(shut)
    failed = having(log, "failed", subject="person:wheels/001")
    tally.check("over a stair that is shut nobody comes, and the one who waits is given up",
                not having(log, "brought_down") and len(failed) == 1 and
                seconds(failed[0]) > first(log, "help_called"), [(r["kind"], seconds(r)) for r in log][-30:])


def campus(muster, root, name, change):
    """One run of an incident of the campus whose files were changed, its playbooks among them."""
    folder = pathlib.Path(root).resolve() / "scenarios" / "campus"
    incident = read(folder / f"{name}.json")
    files = {key: read(folder / incident[key]) for key in ("site", "roster")}
    books = [read(folder / book) for book in incident["playbooks"]]
    change(incident, files["site"], files["roster"], books)
    files.update((f"book{k}", book) for k, book in enumerate(books))
    incident.update(site="site.json", roster="roster.json", policy=str(folder / incident["policy"]),
                    playbooks=[f"book{k}.json" for k in range(len(books))])
    with tempfile.TemporaryDirectory() as out:
        for key, value in {**files, "incident": incident}.items():
            pathlib.Path(out, f"{key}.json").write_text(json.dumps(value), encoding="utf-8")
        _, log = play(muster, pathlib.Path(out, "incident.json"), "--motion", "flow", "--reps", "1")
        return records(log)


def check_held_at_work(tally, muster, root):
    """Whoever is at work where people are seized does not end it; what they were handing out is asked for again."""
    def change(incident, site, roster, books):
        room = incident["hostage"]["space"]
        incident["horizon_s"] = 120
        incident["hostage"].update(holds=0, holds_responders=True)
        roster["members"] += [{"id": "watch", "role": "watch", "count": 1, "space": room},
                              {"id": "keeper", "role": "keeper", "count": 1, "space": room},
                              {"id": "taker", "role": "taker", "count": 1, "post": site["posts"][0]["id"]}]
        site["equipment"].append({"id": "chair", "kind": "carry_chair", "space": room, "at": [126, 86], "count": 1,
                                  "issued_by": "keeper", "issue_persons": 1, "issue_s": 600})
        books[0]["steps"] += [
            step("listen", "report", "started:hostage", "watch", object="listened", takes_s=300),
            step("fetch", "report", "started:hostage", "taker", object="fetched", takes_s=5,
                 needs=[{"equipment": "carry_chair", "count": 1}])]
    log = campus(muster, root, "hostage", change)
    seized = first(log, "seized")
    tally.check("work that somebody who is held was at does not come about", seized == 60 and
                first(log, "abandoned", step="listen") == seized and not having(log, "worked", step="listen"))
    again = [seconds(r) for r in having(log, "requested", step="fetch")]
    tally.check("the keeper is held: what they were to hand out is free, and asked for again",
                first(log, "released", step="fetch", subject="equipment:chair") == seized and again[-1] == seized and
                not having(log, "issued", subject="equipment:chair"), again)


def check_barriers(tally, muster, root):
    """A gate for utilities has bollards; extinguishing gas that covers nothing else covers its own room."""
    def plain(incident, *_):
        incident["horizon_s"] = 260

    def utility(incident, site, *_):
        incident["horizon_s"] = 260
        next(p for p in site["portals"] if p["id"] == incident["vehicle"]["gate"])["zone"] = "utility"
    found = {}
    for name, change in (("as it is", plain), ("utility", utility)):
        found[name] = [r["object"] for r in having(campus(muster, root, "vehicle", change), "measured")
                       if r["object"] in ("bollards", "barrier")]
    tally.check("bollards are measured at a gate for utilities only", found == {
        "as it is": ["barrier"], "utility": ["barrier", "bollards"]}, found)

    def short(incident, *_):
        incident["horizon_s"] = 500

    def bare(incident, site, *_):
        short(incident)
        del next(e for e in site["equipment"] if e["kind"] == "suppression")["covers"]
    both = [having(campus(muster, root, "intruder-archive", change), "discharged") for change in (short, bare)]
    tally.check("gas without a list covers the room that it stands in", both[0] and [
        (r["t_us"], r.get("value")) for r in both[0]] == [(r["t_us"], r.get("value")) for r in both[1]], both)


def check_frightened(tally, muster, root):
    """Who has taken shelter and is frightened by an explosion leaves it, and the building."""
    yard = Yard(root)
    yard.groups, yard.members = [group("crowd", 4, ["hall"])], [member("desk", "desk")]
    yard.steps = [step("in", "shelter", START, "desk", object="building", over=["pa"], takes_s=5)]
    yard.horizon_s = 900
    states = {}
    for radius_m in (0, 60):
        yard.item["explosion"].update(at_s=200, fear_radius_m=radius_m)
        log = run(yard, muster)
        states[radius_m] = ([r.get("value", 0) for r in having(log, "state", subject="person:crowd/001")],
                            len(having(log, "left")))
    tally.check("unafraid they stay, frightened they are inside again and out", states[0][1] == 0 and states[60][1] == 4 and
                states[60][0][:len(states[0][0])] == states[0][0] and len(states[60][0]) > len(states[0][0]), states)


def check_search(tally, muster, root):
    """A second item in a room of the list that is searched; in none of it nobody finds it."""
    yard = Yard(root)
    yard.groups, yard.members = [group("crowd", 1, ["yard"])], [member("guard", "guard", 2)]
    yard.item["explosion"]["at_s"] = 30000
    yard.second = {"space": "room", "at": [40, 40], "search_chance": 1}
    found = {}
    for rooms in (["upper", "room"], ["upper"]):
        yard.steps = [step("look", "search", START, "guard", count=2, object="rooms", spaces=rooms, takes_s=30)]
        found[len(rooms)] = len(having(run(yard, muster), "found"))
    tally.check("a search of listed rooms finds what stands in one of them", found == {2: 1, 1: 0}, found)


def check_blind_camera(tally, muster, root):
    """A camera that is without power when it would have seen the item looks again once it has some."""
    yard = calm(root)
    yard.steps = [step("wait", "report", "noticed:item", "desk", object="it", takes_s=5)]
    yard.site["equipment"].append({"id": "camera", "kind": "camera", "space": "hall", "at": [12, 32], "covers": ["hall"],
                                   "detect_chance": 1, "detects_in_s": 20, "needs_power": True})
    noticed = {}
    for until_s in (0, 300):
        yard.outages = [{"at_s": 5, "until_s": until_s, "mains": True}] if until_s else []
        log = run(yard, muster)
        noticed[until_s] = [(r["subject"], seconds(r)) for r in having(log, "noticed")]
    tally.check("with power a camera sees the item when it is due, without within a minute of having it again",
                noticed[0] == [("equipment:camera", noticed[0][0][1])] and noticed[0][0][1] < 30 and
                len(noticed[300]) == 1 and noticed[300][0][0] == "equipment:camera" and
                300 <= noticed[300][0][1] <= 360, noticed)


def check_two_stores(tally, muster, root):
    """Two stores in two places, each opened by one keeper, are opened by two of them."""
    yard = store_yard(root)
    yard.steps = yard.steps[1:]
    yard.site["equipment"][-2].update(issue_persons=1, issue_s=30)
    yard.site["equipment"][-1].update(kind="carry_chair", space="hall", at=[20, 35], issued_by="keeper", issue_persons=1, issue_s=30)
    yard.steps[0]["needs"].append({"equipment": "carry_chair", "count": 1})
    log = run(yard, muster)
    keepers = {(r["subject"], r["place"]) for r in having(log, "reached", step="kit") if "keeper" in r["subject"]}
    tally.check("nobody opens two stores at once", keepers == {("person:keeper", "equipment:locked"),
                ("person:keeper/2", "equipment:open")} and len(having(log, "issued")) == 2, keepers)


def check_keeper_walks(tally, muster, root):
    """One keeper opens two stores of one yard, 24 m from each other, one after the other, for one guard or for two."""
    found = {}
    for guards in (1, 2):
        yard = store_yard(root)
        yard.steps = yard.steps[1:]
        yard.members = [member("guard", "guard", guards), member("keeper", "keeper", post="post.base")]
        yard.site["equipment"][-2].update(issue_persons=1, issue_s=30)
        yard.site["equipment"][-1].update(kind="carry_chair", issued_by="keeper", issue_persons=1, issue_s=30)
        yard.steps[0]["who"]["count"] = guards
        yard.steps[0]["needs"].append({"equipment": "carry_chair", "count": 1})
        log = run(yard, muster)
        came = {r["place"]: seconds(r) for r in having(log, "reached", step="kit") if r["subject"] == "person:keeper"}
        gave = {r["subject"]: seconds(r) for r in having(log, "issued")}
        locked, second = "equipment:locked", "equipment:open"
        found[guards] = (came, gave, list(came) == [locked, second] and gave[locked] >= came[locked] + 30 and
                         came[second] > gave[locked] + 10 and gave[second] >= came[second] + 30)
    tally.check("a keeper walks from one store to the next, and opens it when they are there",
                all(fine for _, _, fine in found.values()), found)


def check_ways_in(tally, muster, root):
    """A shut door is no way round a cordon; a belt that only runs up, and does not stop, none down."""
    yard = calm(root)
    yard.groups = [group("crowd", 1, ["hall"])]
    for portal in yard.site["portals"]:
        if portal["id"] in ("door.hall", "door.between"):
            portal["zone"] = "line"
    beside = {"id": "beside", "kind": "door", "between": ["hall", "room"], "line": [[30, 43], [30, 45]]}
    yard.site["portals"].append(beside)
    yard.steps = [step("line", "cordon", START, "desk", object="inner", closes=["line"], takes_s=5)]
    told = {}
    for state in ("open", "closed"):
        beside["state"] = state
        told[state] = "one can still get round it" in yard.check(muster)[1]
    tally.check("one gets round a cordon by an open door, and by no shut one", told == {"open": True, "closed": False}, told)
    yard = calm(root)
    yard.groups = [group("crowd", 1, ["hall"])]
    yard.steps = [step("wait", "report", START, "desk", object="it", takes_s=5)]
    stair = next(p for p in yard.site["portals"] if p["id"] == "stair")
    stair.update(kind="escalator", belt_mps=0.5)
    told = {}
    for belt in ("up", "down"):
        for stops in (False, True):
            stair.update(belt=belt, belt_stops=stops)
            told[belt, stops] = "no way out" in yard.check(muster)[1]
    tally.check("no way out is one that runs against people, and is not stopped", told == {
        ("up", False): True, ("up", True): False, ("down", False): False, ("down", True): False}, (told, yard.check(muster)))


def report_of(yard, muster):
    with tempfile.TemporaryDirectory() as folder:
        file = yard.write(folder)
        metrics, _ = play(muster, file, "--reps", "1", "--motion", "flow", report=True)
        return json.loads(metrics), (file.parent / "out/report.md").read_text("utf-8")


def check_remaining(tally, muster, root):
    """Who has no way out, and who was on the stair when the run was stopped, are told of as that."""
    yard = calm(root)
    yard.groups = [group("crowd", 3, ["hall"])]
    yard.item["explosion"].update(doors_lost=["door.hall", "door.between"], at_s=20)
    yard.steps = [step("leave", "evacuate", after(30), "desk", object="building", over=["pa"], takes_s=5)]
    yard.horizon_s = 900
    metrics, text = report_of(yard, muster)
    tally.check("who has no way out is told of so", len(metrics["remaining"]) == 3 and
                "no way out that they can use" in text, metrics["remaining"])
    yard = calm(root)
    yard.groups = [group("crowd", 1, ["upper"])]
    yard.steps = [step("leave", "evacuate", START, "desk", object="building", over=["pa"], takes_s=5)]
    gone = first(run(yard, muster), "left")
    yard.horizon_s = int(gone) - 9
    metrics, text = report_of(yard, muster)
    tally.check("who is on the stair when it is stopped is told of so", "on a stair" in text and
                "on the way when the run was stopped" in text, metrics["remaining"])


def check_gas_left(tally, muster, root):
    """A leak that is watched for five minutes is told of as not gone."""
    folder = pathlib.Path(root).resolve() / "tests" / "plant"
    incident = read(folder / "incident.json")
    incident.update(horizon_s=300, policy=str((folder / incident["policy"]).resolve()),
                    **{key: str(folder / incident[key]) for key in ("site", "roster")},
                    playbooks=[str(folder / book) for book in incident["playbooks"]])
    with tempfile.TemporaryDirectory() as out:
        file = pathlib.Path(out, "incident.json")
        file.write_text(json.dumps(incident), "utf-8")
        play(muster, file, "--reps", "1", "--motion", "flow", report=True)
        text = (file.parent / "out/report.md").read_text("utf-8")
    tally.check("gas that is not gone when the run ends is told of so", "Air clear again: not within the run" in
                text.replace("**", ""), [line for line in text.splitlines() if "Air clear" in line])


def main():
    muster, root = sys.argv[1:3]
    tally = Tally()
    for part in (check_handover, check_tags, check_zones, check_place_of_actor, check_stand,
                 check_hurt_while_telling, check_no_way, check_bare, check_brought_down, check_remaining,
                 check_held_at_work, check_barriers, check_frightened, check_search, check_gas_left,
                 check_blind_camera, check_two_stores, check_keeper_walks, check_ways_in):
        part(tally, muster, root)
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
