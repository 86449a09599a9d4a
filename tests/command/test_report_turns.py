#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a report and a pack say of runs that no shipped incident has: more tasks at once than are named, more teams than a
page holds, no hospital, no assembly point, a lower level declared after a higher one, a cordon on the plan.

usage: test_report_turns.py MUSTER ROOT [SHARED]
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from scenario import Tally, play
from test_systems_yard import BLAST
from yard import Yard, group, member, space, square, step


ROLES = 60


def reports(yard, muster, reps=1):
    """The report as Markdown and as HTML."""
    with tempfile.TemporaryDirectory() as folder:
        file = yard.write(folder)
        play(muster, file, "--reps", str(reps), "--motion", "flow", report=True)
        return [(file.parent / f"out/report.{kind}").read_text("utf-8") for kind in ("md", "html")]


def busy_yard(root):
    """One guard with fourteen things to do at once; two with two each; the others with one."""
    yard = Yard(root)
    yard.groups = [group("crowd", 3, ["hall"])]
    yard.members = [member("desk", "desk"), member("medic", "medic")] + [member(f"m{k}", f"role{k}") for k in range(ROLES)]
    yard.hurt(red=2)
    yard.horizon_s = 600
    yard.steps = [step(f"s{k:02}", "report", BLAST, "desk", object=f"o{k}", takes_s=5) for k in range(14)]
    yard.steps += [step(f"t{k}{i}", "report", BLAST, f"role{k}", object=f"p{k}{i}", takes_s=100) for i in (0, 1) for k in (1, 0)]
    yard.steps += [step(f"u{k}", "report", BLAST, f"role{k}", object=f"q{k}", takes_s=9) for k in range(2, ROLES)]
    yard.steps += [step("red", "declare", BLAST, "medic", object="red", takes_s=1),
                   step("yellow", "declare", "step:red", "medic", object="yellow", takes_s=1)]
    yard.steps += [step("triage", "triage", BLAST, "medic", object="casualties", place="hall", takes_s=100)]
    return yard


def check_busy(tally, muster, root):
    yard = busy_yard(root)
    text, page = reports(yard, muster)
    moment = next((line for line in text.splitlines() if "others (" in line), "")
    tally.check("of fourteen tasks at once ten are named, and the rest counted", moment.count(" (1)") == 10 and
                "+ others (4) = 14, and 1 are there" in moment, moment)
    tally.check("a lower level that is declared under a higher one is told as that", "Level declared: red" in text and
                "Declared under a higher level, which stays in force: yellow" in text)
    told = [name for line in text.splitlines() for name in re.findall(r"^\| (t\d\d) \|", line)]
    tally.check("waits of the same length come by name", told == ["t01", "t11"], told)
    captions = re.findall(r"<figcaption>([^<]*)</figcaption>", page)
    parts = [c for c in captions if c.endswith(" (continued)")]
    tally.check("teams that fill more than a page go on on the next, under the same name", parts and all(
        c.removesuffix(" (continued)") in captions for c in parts), captions)
    tally.check("care without a hospital has no table of hospitals", "| Treated |" in text and "| Hospital |" not in text)
    yard.hospitals = [{"id": "h", "road_m": 1000, "red": 1, "yellow": 1, "green": 1}]
    tally.check("with one it has", "| Hospital |" in reports(yard, muster)[0])


def check_never(tally, muster, root):
    """Half a team comes in some runs only: how often never is told beside the time."""
    yard = Yard(root)
    yard.groups, yard.members = [group("crowd", 2, ["hall"])], [member("medic", "medic")]
    yard.hurt(red=2)
    yard.horizon_s = 400
    yard.steps = [step("triage", "triage", BLAST, "medic", object="casualties", place="hall",
                       takes_s={"dist": "uniform", "low": 10, "high": 700, "source": "test"})]
    text = reports(yard, muster, 8)[0]
    rows = [line for line in text.splitlines() if re.search(r"\| (Found|Sorted|Treated|At the) ", line)]
    tally.check("runs in which it never came to that are counted", any(re.search(r"\(in [1-7] runs? never\)", row)
                                                                      for row in rows), rows)


def check_cordon(tally, muster, root):
    """The two doors on the line of a cordon are drawn on both plans of their level; a key is there without them."""
    yard = Yard(root)
    yard.groups, yard.members = [group("crowd", 3, ["hall"])], [member("guard", "guard", 2)]
    doors = {}
    for closes in (["line"], None):
        for portal in yard.site["portals"]:
            if portal["id"] in ("door.hall", "door.between"):
                portal["zone"] = "line"
        yard.steps = [step("line", "cordon", BLAST, "guard", object="inner", takes_s=5, **({"closes": closes} if closes else {}))]
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder, "pack")
            subprocess.run([muster, "pack", str(yard.write(folder)), "-o", str(out), "-n", "1", "--no-pdf", "--lang", "en"],
                           capture_output=True, check=True)
            doors[closes is not None] = sum(page.read_text("utf-8").count('class="plan-cordon-door"')
                                            for page in out.rglob("*.html"))
    tally.check("a cordon's doors are on the plan", doors[True] - doors[False] == 4, doors)


def check_no_assembly(tally, muster, root):
    """A site without an assembly point has no sheets of roll-call, and its pack says why."""
    yard = Yard(root)
    yard.groups, yard.members = [group("crowd", 3, ["hall"])], [member("guard", "guard")]
    yard.steps = [step("look", "report", BLAST, "guard", object="it", takes_s=5)]
    said = {}
    for points in (2, 0):
        yard.site["assembly_points"] = yard.site["assembly_points"][:points]
        with tempfile.TemporaryDirectory() as folder:
            file, out = yard.write(folder), pathlib.Path(folder, "pack")
            done = subprocess.run([muster, "pack", str(file), "-o", str(out), "-n", "1", "--no-pdf", "--lang", "en"],
                                  capture_output=True, text=True, check=False)
            text = "".join(page.read_text("utf-8") for page in out.rglob("*.html"))
            said[points] = (done.returncode, "The site has no assembly point." in text, "Who is missing" in text)
    tally.check("no assembly point, no sheets for them", said == {2: (0, False, True), 0: (0, True, False)}, said)


def pack(yard, muster, *options, **exercise):
    """The pages of a pack by name, and what the incident's exercise has."""
    with tempfile.TemporaryDirectory() as folder:
        file, out = yard.write(folder), pathlib.Path(folder, "pack")
        file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), **exercise}), "utf-8")
        subprocess.run([muster, "pack", str(file), "-o", str(out), "-n", "1", "--no-pdf", "--lang", "en", *options],
                       capture_output=True, check=True)
        return {page.stem: page.read_text("utf-8") for page in out.rglob("*.html")}


def plain(root):
    yard = Yard(root)
    yard.groups, yard.members = [group("crowd", 3, ["hall"])], [member("guard", "guard")]
    yard.steps = [step("look", "report", BLAST, "guard", object="it", takes_s=5)]
    return yard


def check_injects(tally, muster, root):
    """Three injects are due at one moment, and one as the incident begins."""
    injects = [{"id": name, "at_s": at_s, "name": {"en": name}, "text": {"en": f"Text of {name}."}}
               for name, at_s in (("b", 10), ("c", 10), ("a", 10), ("z", 0))]
    page = pack(plain(root), muster, exercise={"injects": injects})["inject-list"]
    order = [page.find(f">{code}<") for code in ("I-z", "C-1", "I-b", "I-c", "I-a")]
    tally.check("an inject comes before what is said at its moment; those of one moment keep the order of the file",
                -1 not in order and order == sorted(order), order)


def check_buildings(tally, muster, root):
    """Two buildings on one level, of two rooms each, have a plan each."""
    yard = plain(root)
    yard.site["spaces"].append(space("den", "office", square(10, 52, 30, 58)))
    found = {}
    for building in ("house", "annex"):
        for one in yard.site["spaces"]:
            if one["id"] in ("room", "stair.g"):
                one["building"] = building
        found[building] = sum(page.count("<svg") for page in pack(yard, muster).values())
    tally.check("a building more is a plan more", found["annex"] > found["house"], found)


def check_printed(tally, muster, root):
    """With a browser the pack's index names the PDFs, without one the pages themselves."""
    with tempfile.TemporaryDirectory() as place:
        browser = pathlib.Path(place, "chromium")
        browser.write_text('#!/bin/sh\nfor a in "$@"; do case $a in --print-to-pdf=*) echo printed > "${a#*=}";; esac; done\n')
        browser.chmod(0o755)
        said = {}
        for options in ([], ["--no-pdf"]):
            with tempfile.TemporaryDirectory() as folder:
                out = pathlib.Path(folder, "pack")
                subprocess.run([muster, "pack", str(plain(root).write(folder)), "-o", str(out), "-n", "1", "--lang", "en", *options],
                               capture_output=True, check=True, env={**os.environ, "PATH": f"{place}:{os.environ['PATH']}"})
                text = (out / "index.html").read_text("utf-8")
                said[not options] = ("Each PDF has a page of the same name" in text, "Each page prints on A4" in text,
                                     len(list(out.rglob("*.pdf"))) > 0)
    tally.check("the index says what there is to print", said == {True: (True, False, True), False: (False, True, False)}, said)


def effects(yard, muster, root, *clauses):
    """The numbers that times of clauses of one's own are made of: rows of the report's list, by their first cells."""
    own = [{"id": f"own.{k}", "kind": "deadline", "demands": [{"name": "limit", "value": 1, "unit": "s"}], "start": start,
            "end": end, "judged_by": ["simulated"]} for k, (start, end) in enumerate(clauses)]
    with tempfile.TemporaryDirectory() as folder:
        file, policy = yard.write(folder), pathlib.Path(folder, "own.json")
        policy.write_text(json.dumps({"format": "muster.policy", "version": 1, "id": "own", "clauses": own,
                                      "based_on": str(root / "scenarios/policy/baseline.json")}))
        play(muster, file, "--reps", "1", "--motion", "flow", "--policy", str(policy), report=True)
        text = (file.parent / "out/report.md").read_text("utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if re.search(r"own\\?\.[0-9] ", line)]
    return {(row[0], row[1].split()[0]): row[-1].replace("\\", "") for row in rows if len(row) == 4}


def check_noticing(tally, muster, root):
    """The time until something is noticed is made of what whoever noticed it takes, and of nobody else's."""
    camera = {"kind": "camera", "space": "hall", "at": [12, 32], "covers": ["hall"], "detect_chance": 1}
    found = {}
    for name, staff_s, guard, cameras in (("staff", 4, 0, []), ("camera", 100000, 0, [("early", 5), ("late", 8)]),
                                          ("guard", 100000, 1, [("late", 8)])):
        yard = plain(root)
        yard.members[0]["post"] = "post.inside"
        yard.site["posts"].append({"id": "post.inside", "kind": "guard", "space": "hall", "at": [14, 34]})
        yard.item.update(staff_notice_s=staff_s, guard_notice_chance=guard, notice_radius_m=20)
        yard.site["equipment"] += [{**camera, "id": c, "detects_in_s": takes_s} for c, takes_s in cameras]
        found[name] = effects(yard, muster, root, ("placed:item", "noticed:item"))
    tally.check("a member of staff who notices it, the camera that does, and no time for a guard",
                (list(found["staff"]), list(found["camera"].values()), found["guard"]) ==
                ([("yard", "Time")], ["own.0 ✕ 5 s of 5 s, met without it"], {}) and
                [of for of, _ in found["camera"]] == ["early"], found)


def check_named_once(tally, muster, root):
    """What is done every few minutes is named where it was done first, as long as the next bar leaves the name its room."""
    yard = plain(root)
    yard.horizon_s = 900
    yard.steps[0].update(id="go", every_s=200, takes_s=20)
    page = reports(yard, muster)[1]
    chart = page[page.index('aria-label="Who was on what when"'):].split("</svg>")[0]
    named = [float(x) for x in re.findall(r'<text class="team-label" x="([0-9.]+)"[^>]*>go<', chart)]
    bars = [(float(x), float(x) + float(wide)) for x, wide in
            re.findall(r'<rect class="part" [^>]*x="([0-9.]+)" y="65.50" width="([0-9.]+)"', chart)]
    tally.check("what is done again is named once, behind the first time", len(bars) == 5 and len(named) == 1 and
                bars[0][1] < named[0] < bars[1][0], (named, bars))


def main():
    muster, root = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    tally = Tally()
    for part in (check_noticing, check_named_once, check_busy, check_never, check_cordon, check_no_assembly, check_injects, check_buildings,
                 check_printed):
        part(tally, muster, root)
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
