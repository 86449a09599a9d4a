#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A gas by the command: mistakes in air zones, releases and playbooks are named with file and path;
shutting the ventilation late shows in the metrics; the order of a file and the number of jobs do
not.

usage: test_gas.py MUSTER ROOT
"""
import copy
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from scenario import Tally, play

MUSTER, ROOT = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
ENVIRONMENT = dict(os.environ, LANGUAGE="en")
NAMES = ("site", "roster", "playbook", "incident")
PLANT = {n: json.loads((ROOT / "tests/plant" / f"{n}.json").read_text(encoding="utf-8"))
         for n in NAMES}


def by_id(items, wanted):
    return next(item for item in items if item["id"] == wanted)


def write(files, folder):
    files["incident"]["policy"] = str(ROOT / "scenarios/policy/baseline.json")
    for name in NAMES:
        pathlib.Path(folder, f"{name}.json").write_text(
            json.dumps(files[name], ensure_ascii=False), encoding="utf-8")
    return str(pathlib.Path(folder, "incident.json"))


def muster(*words):
    return subprocess.run([MUSTER, *words], capture_output=True, text=True, check=False,
                          env=ENVIRONMENT, timeout=120)


def run(change, *options):
    """Metrics of the plant with a change."""
    files = copy.deepcopy(PLANT)
    change(files)
    with tempfile.TemporaryDirectory() as folder:
        return json.loads(play(MUSTER, write(files, folder), *options)[0])


def put(*keys_and_value):
    *keys, last, value = keys_and_value

    def change(files):
        at = files
        for key in keys:
            at = at[key]
        at[last] = value
    return change


def drop(*keys):
    *keys, last = keys

    def change(files):
        at = files
        for key in keys:
            at = at[key]
        del at[last]
    return change


def evacuation(files):
    incident = files["incident"]
    incident["kind"] = "evacuation"
    del incident["release"], incident["wind"]


def step(name, **fields):
    def change(files):
        by_id(files["playbook"]["steps"], name).update(fields)
    return change


RELEASE = ("incident", "release")
BROKEN = [
    ("site.air-balance", "site.json", "z.pumps", put("site", "air_flows", 2, "m3_h", 500)),
    ("site.air-balance", "site.json", "z.dosing", put("site", "air_flows", 5, "m3_h", 41)),
    ("site.air-twice", "site.json", "pumps",
     put("site", "air_zones", 0, "spaces", ["dosing", "pumps"])),
    ("site.air-outdoors", "site.json", "north", put("site", "air_zones", 0, "spaces",
                                                    ["dosing", "north"])),
    ("site.air-nowhere", "site.json", "itself", put("site", "air_flows", 2, "to", "z.pumps")),
    ("site.air-no-unit", "site.json", "no unit", put("site", "air_flows", 5, "shut_m3_h", 3)),
    ("site.air-size", "site.json", "z.dosing", put("site", "air_zones", 0, "volume_m3", 0.1)),
    ("site.point-outside", "site.json", "wash", put("site", "decontamination", 0, "at", [45, 45])),
    ("incident.no-release", "incident.json", "chemical", drop(*RELEASE)),
    ("incident.release-source", "incident.json", "no source", drop(*RELEASE, "rate_g_s")),
    ("incident.release-source", "incident.json", "two sources",
     put(*RELEASE, "source_g_s", [{"at_s": 0, "value": 1}, {"at_s": 9, "value": 1}])),
    ("incident.release-curve", "incident.json", "back in time",
     lambda f: f["incident"]["release"].update(
         rate_g_s=0, source_g_s=[{"at_s": 9, "value": 1}, {"at_s": 0, "value": 1}])),
    ("incident.release-open-air", "incident.json", "open air", put(*RELEASE, "in_open_air", True)),
    ("incident.release-outside", "incident.json", "dosing", put(*RELEASE, "at", [0, 0])),
    ("incident.release-no-zone", "incident.json", "no air zone",
     lambda f: f["incident"]["release"].update(space="north", at=[60, 80])),
    ("incident.release-spill", "incident.json", "Guidebook", put(*RELEASE, "spill", "nurse_tank")),
    ("json.word", "incident.json", "sarin", put(*RELEASE, "substance", "sarin")),
    ("playbook.no-ventilation", "playbook.json", "fan", step("vent", object="fan")),
    ("playbook.no-line", "playbook.json", "decon", step("decon", place="a.north")),
    ("playbook.no-gathering", "playbook.json", "uphill", step("leave", to="uphill")),
    ("playbook.no-wind", "playbook.json", "upwind", evacuation),
    ("playbook.no-zone", "playbook.json", "@downwind",
     lambda f: (evacuation(f), step("leave", object="@downwind")(f))),
]


def check_broken(tally):
    for code, file, says, change in BROKEN:
        files = copy.deepcopy(PLANT)
        change(files)
        with tempfile.TemporaryDirectory() as folder:
            done = muster("check", write(files, folder))
        lines = [line for line in done.stderr.splitlines() + done.stdout.splitlines()
                 if f"[{code}]" in line or code == "json.word" and says in line]
        good = done.returncode == 1 and any(file in line and says in line for line in lines)
        tally.check(f"{code}: {says}", good, done.stderr[-600:] + done.stdout[-300:])


def zone(metrics, name):
    return by_id(metrics["gas"]["zones"], name)


def check_late(tally):
    def shut(seconds):
        return lambda files: by_id(files["site"]["air_units"], "ahu").update(shuts_in_s=seconds)
    early, late = run(shut(0), "--reps", "2"), run(shut(900), "--reps", "2")
    tally.check("shut late, more gets to the pump hall",
                zone(late, "z.pumps")["peak_ppm"] > 5 * zone(early, "z.pumps")["peak_ppm"])
    tally.check("and to the office",
                zone(late, "z.office")["peak_ppm"] > 5 * zone(early, "z.office")["peak_ppm"])
    tally.check("and less stays in the dosing room",
                zone(late, "z.dosing")["peak_ppm"] < zone(early, "z.dosing")["peak_ppm"])
    unit = [by_id(m["gas"]["ventilation"], "ahu") for m in (early, late)]
    tally.check("the metrics say when it was shut",
                unit[0]["runs"] == unit[1]["runs"] == 2 and
                abs(unit[1]["shut_after_s"] - unit[0]["shut_after_s"] - 900) < 60,
                str([u["shut_after_s"] for u in unit]))
    minutes = [sum(b["person_minutes"] for b in m["gas"]["bands"]) for m in (early, late)]
    tally.check("and people breathe more of it", minutes[1] > minutes[0], str(minutes))


def check_order(tally):
    def turned(files):
        for name in ("air_flows", "air_zones", "air_units", "equipment"):
            files["site"][name].reverse()
    plain = run(lambda files: None, "--reps", "3")
    hashes = [r["state_hash"] for r in plain["replications"]]
    tally.check("the order of zones, units and flows changes nothing",
                hashes == [r["state_hash"] for r in run(turned, "--reps", "3")["replications"]])
    tally.check("nor does the number of jobs",
                run(lambda files: None, "--reps", "3", "--jobs", "2")["gas"] == plain["gas"])


def check_intake(tally):
    """A concentration outdoors comes in by the ventilation; shut, much less of it does."""
    curve = [{"at_s": 0, "value": 40}, {"at_s": 1200, "value": 40}]

    def intake(files):
        files["incident"]["release"] = {
            "substance": "hydrogen_chloride", "space": "north", "at": [60, 80], "starts_at_s": 30,
            "concentration_ppm": curve, "in_open_air": True, "smell_ppm": 1.8, "smell_s": 10,
            "operator_chance": 1, "operator_s": 60, "clear_ppm": 1}
        files["playbook"]["steps"] = [s for s in files["playbook"]["steps"]
                                      if s["id"] not in ("purge", "air.out")]

    def never(files):
        intake(files)
        files["playbook"]["steps"] = [s for s in files["playbook"]["steps"] if s["id"] != "vent"]
    shut, open_ = run(intake, "--reps", "1"), run(never, "--reps", "1")
    tally.check("what is outdoors gets in", 1 < zone(open_, "z.dosing")["peak_ppm"] < 40)
    tally.check("less with the ventilation shut",
                zone(shut, "z.dosing")["peak_ppm"] < 0.6 * zone(open_, "z.dosing")["peak_ppm"],
                str([zone(m, "z.dosing")["peak_ppm"] for m in (shut, open_)]))
    tally.check("and whoever stands outside breathes it",
                sum(b["person_minutes"] for b in shut["gas"]["bands"]) > 10)


def main():
    tally = Tally()
    check_broken(tally)
    check_late(tally)
    check_order(tally)
    check_intake(tally)
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
