#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""No memory: tests/faults/starve plays a command of the program again and again with another request
for memory refused. Each time the command ends as it always does, or with status 2, a message, no file
half written and nothing kept. Here: every request of the smallest cases, and the first and last from
each place in the code, thinned out, of the larger ones. The long form (MUSTER_FAULTS=long) leaves
nothing out but of those cases that are in THINNED.

usage: test_memory.py MUSTER ROOT SHARED STARVE STARVE_EDIT
"""
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

from scenario import Tally

MUSTER, ROOT = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
STARVE, EDIT = (str(pathlib.Path(word).resolve()) for word in sys.argv[4:6])
LONG = os.environ.get("MUSTER_FAULTS") == "long"
PLANT = ROOT / "tests/plant"
TALLY = Tally()
# Where even the long form takes only every so many-th place: each costs a second or more.
THINNED = {"hazop": 11, "sensitivity": 11, "bench agree": 7}

# Two rooms and a yard: the smallest site with a way out.
SITE = {"format": "muster.site", "version": 1, "id": "two", "levels": [{"id": "G", "elevation_m": 0}],
        "spaces": [{"id": "room", "level": "G", "use": "office", "polygon": [[0, 0], [4, 0], [4, 4], [0, 4]]},
                   {"id": "yard", "level": "G", "use": "outdoor", "polygon": [[4, 0], [12, 0], [12, 8], [4, 8]]}],
        "portals": [{"id": "door", "kind": "door", "between": ["room", "yard"], "line": [[4, 1], [4, 2]]}],
        "assembly_points": [{"id": "A", "space": "yard", "at": [10, 4]}]}


def starve(name, folder, how, *words, env=None, program=STARVE):
    """`how` are options of starve; {out} in the words is the folder that the command writes into."""
    out = folder / "out"
    out.mkdir(exist_ok=True)
    begun = time.monotonic()
    done = subprocess.run([program, *map(str, how), "--out", str(out), "--",
                           *[str(w).replace("{out}", str(out)) for w in words]],
                          capture_output=True, text=True, check=False, errors="replace", env=env, cwd=ROOT,
                          timeout=3000 if LONG else 240)
    last = done.stdout.strip().splitlines()[-1:] or [done.stderr[-200:]]
    faults = [line for line in done.stdout.splitlines() if line.startswith("fault")]
    took = f" ({time.monotonic() - begun:.0f} s)" if LONG else ""
    TALLY.check(f"{name}{took}: {last[0]}", done.returncode == 0, faults[:6] or done.stderr[-300:])


def small_cases(folder):
    """Every request, alone and with all that follow."""
    site = folder / "site.json"
    site.write_text(json.dumps(SITE), encoding="utf-8")
    bad = folder / "bad.json"
    bad.write_text(json.dumps({**SITE, "portals": [{**SITE["portals"][0], "between": ["rom", "yard"]}]}),
                   encoding="utf-8")
    for name, words in (("check a site", ["check", site]), ("check a site with a fault", ["check", bad]),
                        ("export", ["export", "wkt", site, "-o", "{out}/x.wkt"])):
        starve(name, folder, [], *words)
        starve(f"{name}, and none after it", folder, ["--and-on"], *words)


YEAR = {"format": "muster.year", "version": 1, "id": "y", "from": "2026-01-01", "days": 10, "staff": [
    {"id": "guard", "name": "guards", "count": 6, "department": "security", "pattern": "rota"}]}
LEVERS = {"format": "muster.levers", "version": 1, "id": "l", "levers": [
    {"id": "two", "name": "One more", "cost": 1, "changes": [
        {"in": "roster", "pointer": "/members/operator-1/count", "value": 2}]}]}


def study_cases(folder, plant, log):
    """A year, remedies, what must not fail, and a real exercise beside the runs of its pack."""
    year, levers, pack, times = (folder / name for name in ("year.json", "levers.json", "pack", "times.csv"))
    year.write_text(json.dumps(YEAR), encoding="utf-8")
    levers.write_text(json.dumps(LEVERS), encoding="utf-8")
    for words in (["pack", plant, "--reps", 1, "-j", 1, "--motion", "flow", "--no-pdf", "-q", "-o", pack],
                  ["observe", pack, "--from-log", log, "-q", "-o", times]):
        subprocess.run([MUSTER, *map(str, words)], check=True, stdout=subprocess.DEVNULL)
    ledger = folder / "ledger.csv"
    columns = ("id,found_on,source,clause,finding,severity,interim,action,element,owner,deadline,status,acceptance,"
               "accepted_by,accepted_on,note")
    ledger.write_text(f"{columns}\nE-1,2026-09-15,drill,4.2.3b,late,3,,,,liaison,,open,,,,\n", encoding="utf-8")
    cases = [
        ("a year", 13, ["year", folder / "site.json", "--year", year, "--policy", ROOT / "scenarios/policy/baseline.json",
                          "-n", 1, "-j", 1, "-o", "{out}/y"]),
        ("fix", 1009, ["fix", plant, "-l", levers, "-n", 2, "-j", 1, "-q", "-o", "{out}/f.sqlite"]),
        ("ledger", 1, ["ledger", ledger, "-o", "{out}/l.csv"]),
        ("observe", 149, ["observe", pack, times, "--no-pdf", "-q", "-j", 1, "-o", "{out}/ob"]),
    ]
    if LONG:
        cases += [("hazop", 11, ["hazop", plant, "-l", levers, "--kinds", "channel", "--guides", "lost", "--screen", 5,
                                 "-n", 5, "-j", 1, "-q", "-o", "{out}/h.sqlite"])]
    return cases


def tabletop_cases(folder, plant, log):
    """The session of a tabletop with a decision, a branch and a note: reported on, and gone on with."""
    channel = json.loads((PLANT / "site.json").read_text(encoding="utf-8"))["channels"][0]["id"]
    head = json.loads(log.read_text(encoding="utf-8").splitlines()[0])
    lines = [{"format": "muster.session", "version": 1, "program": "0", "incident": str(plant), "policy": None, "seed": 7,
              "replication": 0, "wall_s": 0, "files": [i["hash"] for i in head["inputs"]]},
             {"kind": "decision", "t_us": 60000000, "wall_s": 1, "branch": 0, "who": "head", "what": "close", "why": "gas",
              "act": "cut", "on": f"channel:{channel}"},
             {"kind": "branch", "t_us": 120000000, "wall_s": 2, "branch": 1, "parent": 0},
             {"kind": "note", "t_us": 180000000, "wall_s": 3, "branch": 1, "what": "late"},
             {"kind": "seen", "t_us": 600000000, "wall_s": 4, "branch": 1}]
    session = folder / "x.session.jsonl"
    session.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    return [("report on a tabletop", 61, ["report", session, "-o", "{out}/o"]),
            ("a tabletop", 61, ["show", plant, "--session", session, "--headless", "--svg", "--plan-only", "--at", 300,
                                "--size", "640x360", "-o", "{out}"])]


def counsel_cases(folder, plant):
    """What is told of a plan without results: inputs that matter, distributions, one person's way, an
    audit; and what the program says of itself."""
    ranges, logs, unit = folder / "ranges.json", folder / "logs.csv", "/units/fire/dispatched_in_s"
    ranges.write_text(json.dumps({
        "format": "muster.study", "version": 1, "id": "r", "design": "morris", "points": 1, "reps": 1,
        "incidents": [str(plant)], "policies": [str(ROOT / "scenarios/policy/baseline.json")],
        "factors": [{"id": "far", "in": "roster", "pointer": "/units/fire/distance_m", "least": 1000, "most": 5000}]}),
        encoding="utf-8")
    normal = statistics.NormalDist(3.4, 0.5)
    logs.write_text("setting,value\n" + "".join(f"{unit},{2.718 ** normal.inv_cdf((i + 0.5) / 12):.3f}\n"
                                                for i in range(12)) + "/units/x,1\n", encoding="utf-8")
    why = ["why", plant, "crew/001", "--motion", "flow"]
    bench = ["bench", "motion", "--repeats", 1, "--people", 20]
    cases = [
        ("sensitivity", 701, ["sensitivity", ranges, "-q", "-j", 1, "-o", "{out}/s.sqlite", "--html", "{out}/s.html"]),
        ("fit", 5, ["fit", logs, "--into", PLANT / "roster.json", "-o", "{out}/r.json", "--html", "{out}/f.html"]),
        ("fit to JSON", 1, ["fit", logs, "--json"]),
        ("easi", 3, ["easi", ROOT / "scenarios/easi/published-example.json", "-n", 100]),
        ("why", 101, why),
        ("audit", 17, ["audit", PLANT / "site.json", "--playbooks", ROOT / "scenarios/playbooks", "--html", "{out}/a.html"]),
        ("doctor", 1, ["doctor"]),
        ("limits", 1, ["doctor", "--limits"]),
        ("bench", 13, [*bench, "--scene", "S1"]),
        ("bench agree", 401, ["bench", "agree", plant, "-n", 1, "-j", 1, "--motion-mode", "free"]),
    ]
    if LONG:
        cases += [
            ("easi to JSON", 1, ["easi", ROOT / "scenarios/easi/published-example.json", "-n", 100, "--json"]),
            ("why to JSON", 1, [*why, "--json"]),
            ("audit to JSON", 1, ["audit", PLANT / "site.json", "--json"]),
            ("bench of a tower", 1, [*bench, "--scene", "S4"]),
        ]
    return cases


def large_cases(folder):
    """What each costs in the short form is in the step: a few hundred runs in all."""
    plant = PLANT / "incident.json"
    made = folder / "made"
    subprocess.run([MUSTER, "run", str(plant), "--reps", "1", "--motion", "flow", "-q", "--no-report", "-o",
                    str(made), "--trajectory", str(folder / "x.replay")], check=True, stdout=subprocess.DEVNULL)
    results = folder / "x.sqlite"
    subprocess.run([MUSTER, "batch", str(plant), "-n", "2", "-q", "-o", str(results), "--policy",
                    str(ROOT / "scenarios/policy/baseline.json"), "--against",
                    str(ROOT / "scenarios/policy/baseline.json")], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([MUSTER, "export", "wkt", str(PLANT / "site.json"), "-o", str(folder / "site.wkt")], check=True)
    case = ROOT / "tests/verification/rimea/rimea-01.json"
    cases = [
        ("check an incident", 47, ["check", plant]),
        ("run", 41, ["run", plant, "--reps", 1, "--jobs", 1, "--motion", "flow", "-q", "--no-report", "-o", "{out}/o"]),
        ("batch", 127, ["batch", plant, "-n", 1, "-j", 1, "-q", "-o", "{out}/x.sqlite"]),
        ("compare", 61, ["compare", results, "--html", "{out}/x.html"]),
        ("merge", 127, ["merge", results, "-o", "{out}/m.sqlite"]),
        ("redact", 41, ["export", "redacted", plant, "-o", "{out}/o"]),
        ("diff", 47, ["diff", made, made]),
        ("replay", 1, ["show", folder / "x.replay", "--headless", "--svg", "--at", 5, "--size", "640x360", "-o",
                       "{out}"]),
        ("export", 7, ["export", "geojson", PLANT / "site.json", "-o", "{out}/x.geojson"]),
        ("export to JuPedSim", 1, ["export", "jupedsim", PLANT / "site.json", "--level", "G", "-o", "{out}/x.xml"]),
        ("import", 19, ["import", "wkt", folder / "site.wkt", "-o", "{out}/o"]),
    ]
    if LONG:
        cases += [
            ("run by walk", 1, ["run", plant, "--reps", 1, "--jobs", 1, "--motion", "walk", "-q", "--no-report", "-o",
                                "{out}/o"]),
            ("report", 1, ["run", plant, "--reps", 1, "--jobs", 1, "--motion", "flow", "-q", "-o", "{out}/o"]),
            ("pack", 1, ["pack", plant, "--reps", 1, "-j", 1, "--motion", "flow", "--no-pdf", "-q", "-o", "{out}/o"]),
            ("pictures", 1, ["show", plant, "--headless", "--svg", "--plan-only", "--at", 60, "--size", "640x360",
                             "-o", "{out}"]),
            ("verify", 1, ["verify", case]),
            ("lint", 1, ["lint", ROOT / "scenarios/head-office/site.json"]),
            ("clauses", 1, ["clauses", "--json"]),
            ("migrate", 1, ["check", ROOT / "tests/old/roster-1.json"]),
            ("year", 1, ["check", ROOT / "scenarios/campus/year.json"]),
        ]
    cases += study_cases(folder, plant, made / "log.jsonl") + tabletop_cases(folder, plant, made / "log.jsonl")
    cases += counsel_cases(folder, plant)
    for name, step, words in cases:
        times = ["--times"] if words[0] == "bench" else []
        starve(name, folder, ["--places", *times, "--every", THINNED.get(name, 1) if LONG else step], *words)


def bounded():
    """What cannot be measured for want of memory is no measurement of nothing, which starve cannot see:
    no two measurements are alike."""
    most = 25 << 20  # a million events are 32 MB
    done = subprocess.run([MUSTER, "bench", "queue", "--repeats", "1"], capture_output=True, text=True, check=False,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (most, most)))
    TALLY.check("bench of the queue in 25 MB: it says that there is not enough",
                done.returncode == 2 and "memory" in done.stderr and not done.stdout, (done.returncode, done.stderr, done.stdout))


def editor(folder):
    """A scenario is drawn, checked, tried, played and saved without the window (tests/faults/edit.c)."""
    starve("the editor", folder, ["--places", "--every", 1 if LONG else 29], "{out}", ROOT / "scenarios/policy/baseline.json",
           ROOT / "scenarios/playbooks", program=EDIT)


def main():
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as work:
        folder = pathlib.Path(work)
        small_cases(folder)
        large_cases(folder)
        bounded()
        editor(folder)
    return TALLY.finish()


if __name__ == "__main__":
    sys.exit(main())
