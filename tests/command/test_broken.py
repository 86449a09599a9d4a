#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Broken inputs: each gives a clear message with file, line and path, the right exit status from
`run` (2) and `check` (1), and no output file.

usage: test_broken.py MUSTER ROOT
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from scenario import Tally

MUSTER, ROOT = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
SITE, ROSTER, INCIDENT = (f"head-office/{n}.json" for n in ("site", "roster", "package"))
POLICY, PLAYBOOK = "policy/baseline.json", "playbooks/package.json"
ENVIRONMENT = dict(os.environ, LANGUAGE="en")
TALLY = Tally()


def muster(*words):
    return subprocess.run([MUSTER, *map(str, words)], capture_output=True, check=False,
                          env=ENVIRONMENT, encoding="utf-8", errors="replace", timeout=60)


def by_id(items, wanted):
    return next(item for item in items if item["id"] == wanted)


class Edit:
    """One way to break one file: as JSON (change(root)) or as text (text(text) -> text or bytes)."""

    def __init__(self, name, file, code, path, says, change=None, text=None, found_in=None,
                 placed=True):
        self.name, self.file, self.code, self.path, self.says = name, file, code, path, says
        self.change, self.text, self.placed = change, text, placed
        self.found_in = (found_in or file).rpartition("/")[2]

    def apply(self, folder):
        target = folder / self.file
        content = target.read_text(encoding="utf-8")
        if self.change:
            root = json.loads(content)
            self.change(root)
            content = json.dumps(root, indent=2, ensure_ascii=False)
        elif self.text:
            content = self.text(content)
        if content is None:
            target.unlink()
        else:
            target.write_bytes(content if isinstance(content, bytes) else content.encode())


def put(*keys_and_value):
    """An edit that puts a value at a place, such as put("spaces", 3, "use", "castle")."""
    *keys, last, value = keys_and_value

    def change(root):
        for key in keys:
            root = root[key]
        root[last] = value
    return change


def overlap(root):
    ring = by_id(root["spaces"], "l1.executive_1")["polygon"]
    right = max(x for x, _ in ring)
    ring[:] = [[x + 1.5 if x == right else x, y] for x, y in ring]


def cross(root):
    ring = by_id(root["spaces"], "canteen")["polygon"]
    ring[1], ring[2] = ring[2], ring[1]


def off_wall(root):
    portal = next(p for p in root["portals"] if p["kind"] == "door")
    portal["line"] = [[x + 1.7, y + 1.7] for x, y in portal["line"]]


def door_to_nowhere(root):
    portal = next(p for p in root["portals"] if p["kind"] == "door")
    portal["between"][1] = "nowhere"


def duplicate_id(root):
    root["spaces"][1]["id"] = root["spaces"][0]["id"]


def duplicate_key(text):
    return text.replace('"count": 10,', '"count": 10, "count": 11,', 1)


def nobody(root):
    step = next(s for s in root["steps"] if s.get("who", {}).get("role") == "operator")
    step["who"]["role"] = "astronaut"


def trigger(term):
    def change(root):
        next(s for s in root["steps"] if s.get("when", {}).get("all"))["when"]["all"] = [term]
    return change


EDITS = [
    Edit("truncated", SITE, "json.truncated", None, "end of the file|ends where",
         text=lambda t: t[:len(t) // 2]),
    Edit("empty file", ROSTER, r"json\.\S*", None, "empty", text=lambda t: ""),
    Edit("not UTF-8", ROSTER, r"json\.\S*", None, "UTF-8",
         text=lambda t: t.encode().replace(b"Head office", b"Head \xff\xfeoffice", 1)),
    Edit("trailing comma", INCIDENT, "json.syntax", None, "comma",
         text=lambda t: t.rstrip()[:-1].rstrip() + ",\n}\n"),
    Edit("text behind the end", INCIDENT, r"json\.\S*", None, "end of the JSON",
         text=lambda t: t + "\n{}"),
    Edit("a comment", INCIDENT, "json.syntax", None, "found '/'",
         text=lambda t: t.replace("{", "{ // here\n", 1)),
    Edit("NaN", INCIDENT, "json.syntax", "horizon_s", "no such number|expected",
         text=lambda t: re.sub(r'"horizon_s": [0-9]+', '"horizon_s": NaN', t)),
    Edit("unknown key", SITE, r"\S*unknown\S*", r"\$\.spaces\[4\]", 'unknown key "colour"',
         change=put("spaces", 4, "colour", "red")),
    Edit("duplicate key", ROSTER, r"\S*duplicate\S*", r"\$\.groups\[0\]", "key", text=duplicate_key),
    Edit("negative width", SITE, r"\S*range\S*", r"\$\.portals\[2\]\.width_m", "-1",
         change=put("portals", 2, "width_m", -1)),
    Edit("1e999", SITE, r"json\.\S*", r"\$\.levels\[1\]\.elevation_m", "too large",
         text=lambda t: t.replace('"elevation_m": 4', '"elevation_m": 1e999', 1)),
    Edit("10^9 people", ROSTER, r"\S+", r"\$\.groups\[1\]\.count", "1000000000|range",
         change=put("groups", 1, "count", 10 ** 9)),
    Edit("many groups of the most people each", ROSTER, r"\S+", r"\$", "more than \\d+ persons",
         change=lambda root: [g.__setitem__("count", 100000) for g in root["groups"]]),
    Edit("deep nesting", SITE, r"json\.\S*", None, "levels deep",
         text=lambda t: t.replace('"levels": [', '"levels": ' + "[" * 100000, 1)),
    Edit("wrong type", ROSTER, r"\S*type\S*", r"\$\.groups\[0\]\.count", "whole number",
         change=put("groups", 0, "count", "ten")),
    Edit("null", ROSTER, r"\S*type\S*", r"\$\.groups\[0\]\.count", "null",
         change=put("groups", 0, "count", None)),
    Edit("bad enum", SITE, r"\S+", r"\$\.spaces\[0\]\.use", '"castle" is none of',
         change=put("spaces", 0, "use", "castle")),
    Edit("missing key", SITE, r"\S+", r"\$\.spaces\[0\]", '"polygon" is missing',
         change=lambda root: root["spaces"][0].pop("polygon")),
    Edit("wrong format", SITE, r"\S*format\S*", r"\$\.format", "muster.castle",
         change=put("format", "muster.castle")),
    Edit("a site where the roster should be", INCIDENT, r"\S*format\S*", r"\$\.format", "muster.roster",
         change=put("roster", "site.json"), found_in=SITE),
    Edit("newer version", SITE, r"\S*version\S*", r"\$\.version", "version 99",
         change=put("version", 99)),
    Edit("duplicate id", SITE, r"\S+", r"\$\.spaces\[\d\]", "names another", change=duplicate_id),
    Edit("door to nowhere", SITE, r"\S*ref\S*", r"\$\.portals\[\d+\]\.between\[1\]",
         'no space "nowhere"', change=door_to_nowhere),
    Edit("dangling reference", ROSTER, r"\S*ref\S*", r"\$\.groups\[0\]\.in\[0\]",
         'no space "lobbby"', change=put("groups", 0, "in", ["lobbby"])),
    Edit("came in by an inner door", ROSTER, "roster.came-by", r"\$\.groups\[0\]", "does not lead to the open",
         change=put("groups", 0, "came_by", ["door.lobby_west"])),
    Edit("sign to an inner door", SITE, "site.sign-nowhere", r"\$\.signs\[0\]", "does not lead to the open",
         change=lambda root: root.update(signs=[{"id": "s", "space": root["spaces"][0]["id"], "to": "door.lobby_west",
                                                 "at": root["spaces"][0]["polygon"][0]}])),
    Edit("two points are no room", SITE, r"\S+", r"\$\.spaces\[0\]\.polygon", "2 points",
         change=put("spaces", 0, "polygon", [[0, 0], [4, 4]])),
    Edit("self-crossing polygon", SITE, r"site\.\S+", r"\$\.spaces\[\d+\]", "cross", change=cross),
    Edit("overlapping rooms", SITE, r"site\.\S+", r"\$\.spaces\[\d+\]", "overlap", change=overlap),
    Edit("door in no wall", SITE, r"site\.\S+", r"\$\.portals\[\d+\]", "wall", change=off_wall),
    Edit("distribution without a parameter", INCIDENT, r"\S+", r"\$\.item\.staff_notice_s",
         'needs "median"', change=put("item", "staff_notice_s", {"dist": "lognormal", "sigma": 1})),
    Edit("unknown distribution", INCIDENT, r"\S+", r"\$\.item\.staff_notice_s", "is none of",
         change=put("item", "staff_notice_s", {"dist": "poisson", "mean": 3})),
    Edit("item outside its space", INCIDENT, r"\S+", r"\$\.item", "lobby",
         change=put("item", "at", [1000, 1000]), placed=False),
    Edit("negative horizon", INCIDENT, r"\S*range\S*", r"\$\.horizon_s", "-5",
         change=put("horizon_s", -5)),
    Edit("role nobody holds", PLAYBOOK, r"\S+", r"\$\.steps\[\d+\]", "astronaut", change=nobody),
    Edit("unknown verb", PLAYBOOK, r"\S+", r"\$\.steps\[0\]\.verb", '"pray" is none of',
         change=put("steps", 0, "verb", "pray")),
    Edit("bad term", PLAYBOOK, r"\S+", r"\$\.steps\[\d+\]", "explodes", change=trigger("explodes:item")),
    Edit("step that serves no clause of the policy", PLAYBOOK, r"\S*ref\S*", r"\$\.steps\[0\]\.serves",
         'no clause "9.9.9z"', change=put("steps", 0, "serves", ["9.9.9z"])),
    Edit("bad term of a clause", POLICY, r"\S+", r"\$\.clauses\[1\]", "happens",
         change=put("clauses", 1, "start", "happens:often")),
    Edit("missing playbook", INCIDENT, "file.read", None, "cannot read the file",
         change=put("playbooks", ["../playbooks/nosuch.json"]), found_in="nosuch.json", placed=False),
    Edit("missing incident", INCIDENT, "file.read", None, "cannot read the file",
         text=lambda t: None, placed=False),
]


def fault_of(edit, text):
    """What is wrong with a message; the message must stand in one line of its own."""
    file = edit.found_in
    place = r":\d+:\d+" if edit.placed else r"(:\d+:\d+)?"
    path = r" at \S*" + edit.path if edit.path and edit.path != r"\$" else ""
    for line in text.splitlines():
        if re.search(rf"{re.escape(file)}{place}: error: .*({edit.says}).*\[{edit.code}\]{path}", line):
            return ""
    return f"no {file}:line:column: error: …{edit.says}… [{edit.code}] at {edit.path} in\n{text[:1500]}"


def try_edit(edit, folder):
    work, out = folder / "scenarios", folder / "out"
    shutil.copytree(ROOT / "scenarios", work)
    edit.apply(work)
    run = muster("run", work / INCIDENT, "--reps", "1", "-o", out)
    check = muster("check", work / INCIDENT)
    faults = [fault_of(edit, run.stderr), fault_of(edit, check.stdout),
              run.returncode != 2 and f"run exits with {run.returncode}",
              check.returncode != 1 and f"check exits with {check.returncode}",
              out.exists() and "it wrote something", run.stdout and "on standard output: " + run.stdout,
              len(run.stderr) > 20000 and f"{len(run.stderr)} characters of message"]
    shutil.rmtree(work)
    shutil.rmtree(out, ignore_errors=True)
    TALLY.report(edit.name, faults)


def try_several(folder):
    """All faults of all files come in one go."""
    work = folder / "scenarios"
    shutil.copytree(ROOT / "scenarios", work)
    names = ["unknown key", "wrong type", "bad enum", "unknown verb"]
    chosen = [edit for edit in EDITS if edit.name in names]
    for edit in chosen:
        edit.apply(work)
    text = muster("check", work / INCIDENT).stdout
    faults = [fault_of(edit, text) for edit in chosen]
    shutil.rmtree(work)
    TALLY.report("several faults in several files at once", faults)


def try_words(folder, name, file, change, wanted, unwanted, errors=None):
    """What stands beside the errors: a hint, or nothing that only follows from the first fault; how many there are."""
    work = folder / "scenarios"
    shutil.copytree(ROOT / "scenarios", work)
    root = json.loads((work / file).read_text(encoding="utf-8"))
    change(root, work)
    (work / file).write_text(json.dumps(root), encoding="utf-8")
    text = muster("check", work / INCIDENT).stdout
    good = wanted in text and (unwanted is None or unwanted not in text) and errors in (None, text.count(": error: "))
    shutil.rmtree(work)
    TALLY.check(name, good, text)


def mistype_guard(root, _):
    for item in root["groups"] + root["members"]:
        item["role"] = "gaurd" if item["role"] == "guard" else item["role"]


def lose_base(root, work):
    own = {"format": "muster.policy", "version": 1, "id": "own", "based_on": "nosuch.json",
           "clauses": [{"id": "own.1", "kind": "process", "judged_by": ["declared"]}]}
    (work / "own.json").write_text(json.dumps(own), encoding="utf-8")
    root["policy"] = "../own.json"


def without(*keys):
    def change(root):
        for key in keys[:-1]:
            root = root[key]
        del root[keys[-1]]
    return change


# Of each kind of incident what it cannot do without: incident, change, code, words, and what is changed if not it.
INCIDENTS = [
    ("campus/package", without("policy"), "incident.no-policy", "the incident names no policy"),
    ("campus/package", without("item"), "incident.no-item", "an incident of kind 'package' needs an item"),
    ("campus/hostage", without("hostage"), "incident.no-hostage", "an incident of kind 'hostage' needs a place"),
    ("campus/explosion", put("second_item", "at", [500, 500]), "incident.item-outside",
     "the item at (500.00, 500.00) is not in space 'out.west_park'"),
    ("campus/explosion", lambda root: root["second_item"].update(
        by_inject=True, explosion={"at_s": 700, "heard_radius_m": 50}), "incident.inject-explodes",
     "an item that an inject puts there cannot explode"),
    ("campus/intruder", put("intruder", "path", []), "incident.no-path", "kind 'intrusion' needs a path"),
    ("campus/intruder", lambda root: next(
        leg for leg in root["intruder"]["path"] if leg.get("how") == "forces").pop("through"), "incident.leg-no-door",
     "of the path has no door"),
    ("campus/intruder", lambda root: next(
        leg for leg in root["intruder"]["path"] if leg.get("how") == "forces").update(through="gate.main_in"),
     "incident.leg-other-door", "'gate.main_in' does not lead into '"),
    ("campus/warning", without("intelligence_desk"), "incident.no-intelligence-desk",
     "reports come in, and the site has no intelligence desk", "campus/site"),
    ("campus/vehicle", without("vehicle"), "incident.no-gate", "kind 'vehicle' needs a gate"),
    ("campus/bomb-threat", put("call", "role", "astronaut"), "incident.nobody-called",
     "nobody on the roster is 'astronaut'"),
    ("head-office/package", lambda root: next(
        s for s in root["steps"] if s.get("who", {}).get("role") == "guard")["who"].update(skill="juggler"),
     "playbook.nobody", "nobody on the roster has it and its skill", "playbooks/package"),
    ("head-office/tabletop", lambda root: root["exercise"]["injects"][0].update(act={"kind": "close"}),
     "exercise.acts-on-nothing", "inject '1' acts on nothing"),
    ("head-office/tabletop", lambda root: root["exercise"]["injects"][0].update(
        act={"kind": "delay", "unit": "police.patrol"}), "exercise.no-delay", "inject '1' delays by nothing"),
]


def try_incident(folder, name, change, code, words, file=None):
    work = folder / "scenarios"
    shutil.copytree(ROOT / "scenarios", work)
    target = work / f"{file or name}.json"
    root = json.loads(target.read_text(encoding="utf-8"))
    change(root)
    target.write_text(json.dumps(root, ensure_ascii=False), encoding="utf-8")
    done = muster("check", work / f"{name}.json")
    shutil.rmtree(work)
    said = " ".join((done.stdout + done.stderr).split())
    good = done.returncode == 1 and words in said and f"[{code}]" in said
    TALLY.check(f"{name}: {code}", good, f"{done.returncode}: {said[-600:]}")


def try_acts(folder):
    """What injects may do is found in the files that the incident names, and a level or step that is not there is not."""
    for act, good in (({"kind": "close", "portal": "gate.vehicle"}, True), ({"kind": "open", "portal": "gate.vehicle"}, True),
                      ({"kind": "declare", "level": "orange"}, True), ({"kind": "declare", "level": "mauve"}, False),
                      ({"kind": "start", "step": "police.call"}, True), ({"kind": "call_off", "step": "police.call"}, True),
                      ({"kind": "start", "step": "police.dance"}, False)):
        work = folder / "scenarios"
        shutil.copytree(ROOT / "scenarios", work)
        target = work / "head-office/tabletop.json"
        root = json.loads(target.read_text(encoding="utf-8"))
        root["exercise"]["injects"][0]["act"] = act
        target.write_text(json.dumps(root), encoding="utf-8")
        done = muster("check", target)
        shutil.rmtree(work)
        TALLY.check(f"inject {act} is {'taken' if good else 'refused'}",
                    done.returncode == (0 if good else 1), done.stdout[-600:])


def main():
    with tempfile.TemporaryDirectory() as name:
        for edit in EDITS:
            try_edit(edit, pathlib.Path(name))
        try_several(pathlib.Path(name))
        try_acts(pathlib.Path(name))
        for incident in INCIDENTS:
            try_incident(pathlib.Path(name), *incident)
        try_words(pathlib.Path(name), "a role mistyped in the roster", ROSTER, mistype_guard,
                  "the roster has the role 'gaurd'", None)
        try_words(pathlib.Path(name), "which is one fault, however many steps name it", ROSTER, mistype_guard,
                  "; also in '", None, 1)
        try_words(pathlib.Path(name), "a base that cannot be read is the only fault", INCIDENT, lose_base,
                  "it is based on 'nosuch.json'", "there is no clause")
    return TALLY.finish()


sys.exit(main())
