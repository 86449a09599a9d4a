#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bounds of a defender's tool. Each check fails if somebody loosens one: docs/architecture.md has
the table. What an incident may say is written out here field by field, so that a new one has to be
added in this file, too, with this text above it: an incident is given, one place, one time, one
means; nothing designs, computes or searches for harm.

usage: test_bounds.py MUSTER ROOT [SHARED]
"""
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from scenario import Tally, read

MUSTER, ROOT = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
TALLY = Tally()
ok = TALLY.check

CASUALTIES = "red:integer yellow:integer green:integer black:integer in:array within_m:number report_s:dist"
EXPLOSION = ("at_s:number unless:string casualties:object fear_radius_m:number heard_radius_m:number smoke:array "
             "doors_lost:array")
# Where, when and by what means are single values; `dist` (a distribution) is left to those who notice
# and respond, and to delays that the planner gives for a path.
GIVEN = {
    "item": "category:enum space:string at:array appears_at_s:number notice_radius_m:number staff_notice_s:dist "
            "guard_notice_chance:number explosion:object",
    "item.explosion": EXPLOSION,
    "item.explosion.casualties": CASUALTIES,
    "item.explosion.smoke[]": "space:string extinction_per_m:number clears_after_s:number",
    "second_item": "space:string at:array appears_at_s:number by_inject:boolean search_chance:number explosion:object",
    "second_item.explosion": EXPLOSION,
    "second_item.explosion.casualties": CASUALTIES,
    "release": "substance:enum space:string at:array starts_at_s:number rate_g_s:number lasts_s:number "
               "source_g_s:array concentration_ppm:array in_open_air:boolean intake:string spill:enum night:boolean "
               "smell_ppm:number smell_s:dist operator_chance:number operator_s:dist clear_ppm:number",
    "hostage": "space:string at:array seized_at_s:number holds_in:array holds:integer holds_responders:boolean "
               "line_of_sight:array notice_s:dist camera_notice_chance:number camera_notice_s:dist "
               "button_chance:number button_s:dist call_s:dist ends:enum agreed_after_s:number lets_go:array",
    "intruder": "starts_at_s:number speed_mps:number dark:boolean path:array",
    "intruder.path[]": "space:string at:array as:string how:enum through:string delay_s:dist stays_s:number",
    "call": "at_s:number lasts_s:dist role:string space:string at:array",
    "vehicle": "at_s:number gate:string space:string at:array mass_t:number notice_chance:number notice_m:number "
               "notice_s:dist drives_at_s:number seen_m:number",
}
SUBSTANCES = {"chlorine", "ammonia", "hydrogen_chloride"}
KINDS = {"evacuation", "package", "chemical", "hostage", "intrusion", "call", "vehicle"}
DEFENDERS = {"policy", "playbook", "roster", "equipment", "site"}
EASI = "communication:number response_s:number response_sd_s:number unsure:number tasks:array"
EASI_TASK = "name:dist detection:number where:enum delay_s:number delay_sd_s:number"


def run(*words, folder=None):
    return subprocess.run([MUSTER, *map(str, words)], capture_output=True, text=True, check=False, cwd=folder,
                          timeout=120)


class Schema:
    def __init__(self, kind):
        self.root = json.loads(run("schema", kind).stdout)

    def whole(self, part):
        return self.root["$defs"][part["$ref"].rsplit("/", 1)[-1]] if "$ref" in part else part

    def at(self, path):
        part = self.root
        for name in path.split(".") if path else []:
            part = self.whole(self.whole(part)["properties"][name.removesuffix("[]")])
            part = self.whole(part["items"]) if name.endswith("[]") else part
        return part

    def fields(self, path):
        """What a planner may write there, as "name:type" words; schema's and file's own left out."""
        def kind(part):
            part = self.whole(part)
            return "enum" if "enum" in part else part.get("type", "dist" if "oneOf" in part else "any")
        own = {"$schema", "format", "version", "id", "name", "story"} if not path else set()
        return {f"{name}:{kind(part)}" for name, part in self.at(path)["properties"].items() if name not in own}


def test_given():
    """One place, one time, one means, and no field from which harm could be worked out."""
    incident = Schema("incident")
    for path, words in GIVEN.items():
        has, may = incident.fields(path), set(words.split())
        ok(f"an incident's {path} says what it may and nothing else", has == may, sorted(has ^ may))
    point = incident.at("item.at")
    ok("a place is one point", (point.get("minItems"), point.get("maxItems")) == (2, 2), point)
    ok("substances are those with public exposure bands", set(incident.at("release.substance")["enum"]) == SUBSTANCES)
    ok("kinds of incident", set(incident.at("kind")["enum"]) == KINDS)
    lists = {name for name, part in incident.at("")["properties"].items()
             if incident.whole(part).get("type") == "array"}
    ok("an incident is one: what it lists is not means or places", lists == {"playbooks", "outages", "tips",
                                                                            "shift_changes"}, lists)
    easi, task = Schema("easi").fields(""), Schema("easi").fields("tasks[]")
    ok("EASI scores one given path", easi == set(EASI.split()), sorted(easi ^ set(EASI.split())))
    ok("which knows no place to search another in", task == set(EASI_TASK.split()), sorted(task))
    example = ROOT / "scenarios/easi/published-example.json"
    ok("of two paths none is chosen", run("easi", example, example).returncode == 2)


def plant(folder, name, **changes):
    incident = read(ROOT / "tests/plant/incident.json")
    for key in ("site", "roster"):
        incident[key] = str(ROOT / "tests/plant" / incident[key])
    incident["playbooks"] = [str(ROOT / "tests/plant" / p) for p in incident["playbooks"]]
    incident["policy"] = str(ROOT / "scenarios/policy/baseline.json")
    incident.update(changes)
    path = folder / f"{name}.json"
    path.write_text(json.dumps(incident), encoding="utf-8")
    return path


def study(folder, **changes):
    made = {"format": "muster.study", "version": 1, "id": "bounds", "reps": 2, "incidents": ["one.json", "two.json"],
            "design": "one_at_a_time", "factors": [], **changes}
    path = folder / "study.json"
    path.write_text(json.dumps(made), encoding="utf-8")
    return path


def lever(folder, **change):
    path = folder / "levers.json"
    path.write_text(json.dumps({"format": "muster.levers", "version": 1, "id": "bounds",
                                "levers": [{"id": "x", "cost": 1, "changes": [change]}]}), encoding="utf-8")
    return path


def test_search(folder):
    """Studies, levers and HAZOP vary the defender's side; incidents are never held against each other."""
    for kind, path in (("study", "factors[].in"), ("levers", "levers[].changes[].in")):
        schema = Schema(kind)
        head, last = path.rsplit(".", 1)
        words = schema.whole(schema.at(head)["properties"][last])["enum"]
        ok(f"{kind}: what may be varied is the defender's", set(words) == DEFENDERS, words)
    one = plant(folder, "one")
    plant(folder, "two", id="two")
    site = read(ROOT / "tests/plant/site.json")
    room = site["spaces"][0]["id"]
    for where, pointer, value in (("incident", "/release/space", "x"), ("incident", "/starts_at", "x"),
                                  ("site", f"/spaces/{room}/polygon", []), ("site", f"/spaces/{room}", None),
                                  ("site", "/levels/0/elevation_m", 1), ("equipment", "/spaces/0", None),
                                  ("roster", "/id", "x"), ("policy", "/based_on", "x")):
        made = study(folder, factors=[{"id": "f", "in": where, "pointer": pointer, "values": [value]}])
        done = run("check", made)
        ok(f"no factor over {where} {pointer}", done.returncode == 1, done.stdout[-300:])
        done = run("fix", one, "--levers", lever(folder, **{"in": where, "pointer": pointer, "value": value}), "-n", 1,
                   "-q", "-o", folder / "fix.sqlite")
        ok(f"no lever over {where} {pointer}", done.returncode == 2 and done.stderr, (done.returncode, done.stdout))
    results = folder / "x.sqlite"
    made = study(folder, factors=[{"id": "f", "in": "policy", "pointer": "/clauses/4.2.3a/note", "values": ["x"]}])
    done = run("batch", made, "-q", "-o", results)
    told = json.loads(run("compare", results, "--json").stdout or "{}")
    pairs = told.get("pairs", [])
    ok("variants of an incident are played side by side", done.returncode == 0 and
       {p.get("incident") for p in pairs} == {"small-plant-gas", "two"}, (done.stderr[-300:], list(told)))
    ok("and a comparison is of two arms of one incident, never of two incidents",
       all(isinstance(p["incident"], str) and p["arm"] != p.get("base") for p in pairs) and
       not any(re.search("worst|rank|severe", key) for key in told), list(told))


def explosion(folder, name, casualties):
    incident = read(ROOT / "scenarios/head-office/explosion.json")
    office = ROOT / "scenarios/head-office"
    for key in ("site", "roster", "policy"):
        incident[key] = str(office / incident[key])
    incident["playbooks"] = [str(office / p) for p in incident["playbooks"]]
    incident["horizon_s"] = 600
    if casualties is None:
        del incident["item"]["explosion"]["casualties"]
    else:
        incident["item"]["explosion"]["casualties"].update(casualties)
    path = folder / f"{name}.json"
    path.write_text(json.dumps(incident), encoding="utf-8")
    out = folder / name
    done = run("run", path, "--reps", 1, "--motion", "flow", "-q", "--no-report", "-o", out)
    if done.returncode != 0:
        return None, done.stderr
    records = [json.loads(line) for line in (out / "log.jsonl").read_text(encoding="utf-8").splitlines()][1:-1]
    return collections.Counter(r["kind"] for r in records), read(out / "metrics.json")


def test_harm(folder):
    """Casualties are exercise casualties: as many as the planner gives, none where none are given,
    whoever stands however near."""
    given = {"red": 1, "yellow": 0, "green": 4, "black": 0}
    for name, casualties, count in (("none", None, 0), ("five", given, 5)):
        kinds, metrics = explosion(folder, name, casualties)
        ok(f"an explosion with {name} given hurts {count}", kinds and kinds["exploded"] == 1 and
           kinds["injured"] == count, (kinds and kinds["injured"], metrics if kinds is None else ""))
        if kinds:
            ok(f"and the metrics say the same ({name})", (metrics["casualties"] or {}).get("count", 0) == count)
            ok(f"though people are inside the radius ({name})", metrics["exposure"] and kinds["exposed"] > 0)
    banned = re.compile(r"lethal|fatalit|probit|over_?pressure|shrapnel|blast_(wave|load)|tnt_|\bl[cd]t?_?50|"
                        r"kill_(prob|chance|radius)|dose_response", re.I)
    found = [f"{path.relative_to(ROOT)}:{n}" for folder_ in ("sim", "include", "tools", "render")
             for path in sorted((ROOT / folder_).rglob("*.[ch]"))
             for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if banned.search(line)]
    ok("no code speaks of how harm comes about", not found, found[:5])


def test_remedies(folder):
    """A list of weak points comes with remedies, is marked internal, and can be redacted. That each
    point has its own, and that the redacted page names none, is seen in test_batch."""
    office = ROOT / "scenarios/head-office/package.json"
    done = run("hazop", office, "-n", 1, "-q", "-o", folder / "h.sqlite")
    ok("without remedies there is no list of weak points", done.returncode == 2 and "remedy" in done.stderr and
       not (folder / "h.sqlite").exists(), done.stderr)
    one = plant(folder, "one")
    member = read(ROOT / "tests/plant/roster.json")["members"][0]["id"]
    remedy = lever(folder, **{"in": "roster", "pointer": f"/members/{member}/radio", "value": True})
    files = {"--html": "h.html", "--redacted": "r.html", "--xlsx": "h.xlsx"}
    done = run("hazop", one, "--levers", remedy, "--kinds", "person", "--guides", "lost", "--screen", 5, "-n", 5, "-q",
               "-o", folder / "h.sqlite", "--json", *[w for k, v in files.items() for w in (k, folder / v)])
    told = json.loads(done.stdout or "{}")
    ok("a HAZOP is marked internal", told.get("marking") == "internal", (done.stderr[-300:], list(told)))
    text = run("hazop", one, "--levers", remedy, "--kinds", "person", "--guides", "lost", "--screen", 5, "-n", 5, "-q",
               "-o", folder / "h.sqlite", "--lang", "en").stdout
    ok("its words are marked, too", "internal" in text, text[:200])
    page, bare = ((folder / files[k]).read_text(encoding="utf-8") for k in ("--html", "--redacted"))
    ok("the page is marked, and so is the redacted one", "INTERNAL" in page and "REDACTED" in bare and
       "INTERNAL" not in bare)
    out = folder / "run"
    for language, words in (("en", "internal"), ("zh", "内部")):
        run("run", one, "--reps", 1, "--motion", "flow", "-q", "-o", out, "--lang", language)
        for name in ("report.html", "report.md"):
            ok(f"{name} in {language} is marked internal", words in (out / name).read_text(encoding="utf-8"))


def test_shipped():
    """No threat in a real named building: whatever has an incident is fictional, and says so."""
    sites, bare = {}, []
    for path in sorted([*ROOT.glob("scenarios/**/*.json"), *ROOT.glob("tests/**/*.json"), *ROOT.glob("docs/**/*.json")]):
        given = read(path)
        if not isinstance(given, dict):
            continue
        if given.get("format") == "muster.incident":
            site = (path.parent / given["site"]).resolve()
            sites.setdefault(site, []).append(path)
            ok(f"{path.relative_to(ROOT)} stands in the product's own site", site.is_relative_to(ROOT) and site.exists())
        if path.is_relative_to(ROOT / "scenarios/imports") and given.get("format") != "muster.overlay":
            bare.append(str(path))
    ok("there are some", len(sites) > 3, len(sites))
    for site in sites:
        name = read(site)["name"]
        ok(f"{site.parent.name} is said to be fictional in both languages",
           "fictional" in name["en"] and "虚构" in name["zh"], name)
    ok("what is imported from real plans has no incident, playbook or roster beside it", not bare, bare)
    overlay = read(ROOT / "scenarios/imports/polytech-overlay.json")
    ok("and no fixture for an attack", not re.search("package|hostage|chemical|vehicle|intru|bomb", json.dumps(
        {k: v for k, v in overlay.items() if k not in ("story", "source")}), re.I))


def main():
    test_given()
    for test in (test_search, test_harm, test_remedies):
        with tempfile.TemporaryDirectory() as work:
            test(pathlib.Path(work))
    test_shipped()
    return TALLY.finish()


if __name__ == "__main__":
    sys.exit(main())
