#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""muster why: what one person did and why agrees with the log of the same run, in both motion
models and both languages; asking changes nothing; families of the campus leave by one door.

usage: test_why.py MUSTER ROOT [SHARED]
"""
import json
import pathlib
import subprocess
import sys
import tempfile

from scenario import Tally

MUSTER, ROOT = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
INCIDENT = ROOT / "scenarios/campus/evacuation.json"
TALLY = Tally()
ok = TALLY.check


def run(*words):
    return subprocess.run([MUSTER, *map(str, words)], capture_output=True, text=True, check=False)


def why(person, *words):
    done = run("why", INCIDENT, person, "--motion", "flow", "--json", *words)
    return json.loads(done.stdout)["moments"] if done.returncode == 0 else done.stderr


def read_log(folder):
    run("run", INCIDENT, "--reps", 1, "--motion", "flow", "-q", "--no-report", "-o", folder)
    return [json.loads(line) for line in (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()]


def of(log, kind, person):
    return [r for r in log if r.get("kind") == kind and r.get("subject") == f"person:{person}"]


def check_against_log(log, person):
    moments = why(person)
    ok(f"{person}: there is an answer", isinstance(moments, list) and moments, moments)
    if not isinstance(moments, list):
        return []
    for kind, what in (("alerted", "alerted"), ("moves", "ready"), ("left", "left")):
        told = [(round(m["t_s"] * 1e6), m["object"]) for m in moments if m["what"] == what]
        logged = [(r["t_us"], (r.get("object") or r.get("place", "")).split(":", 1)[-1] if kind != "moves" else None)
                  for r in of(log, kind, person)]
        ok(f"{person}: {what} as in the log of a run that nobody asked about", told == logged, (told, logged))
    times = [m["t_s"] for m in moments]
    ok(f"{person}: in the order of time", times == sorted(times), times)
    return moments


def check_choices(moments, person, because):
    choosing = [m for m in moments if m["what"] in ("sets_out", "chose")]
    ok(f"{person}: says why", choosing and choosing[-1]["because"] in because, choosing)
    for m in choosing:
        ways = [o["way_m"] for o in m["options"]]
        ok(f"{person}: the door taken is among the ways compared, the cheapest first",
           m["door"] in [o["door"] for o in m["options"]] and ways == sorted(ways) and len(ways) > 1, m)
    left = [m for m in moments if m["what"] == "left"]
    ok(f"{person}: leaves by the door that they chose last", left and left[0]["object"] == choosing[-1]["door"],
       (left, choosing))


def check_families(log):
    """Parties of the roster leave by one door, and those of a party follow each other closely."""
    left = {r["subject"].split(":", 1)[1]: r for r in log if r.get("kind") == "left"}
    pairs = [(f"public.gallery/{2 * k + 1:03d}", f"public.gallery/{2 * k + 2:03d}") for k in range(14)]
    both = [(left[a], left[b]) for a, b in pairs if a in left and b in left]
    ok("pairs on the gallery have left", len(both) == 14, len(both))
    ok("each by one door", all(a["object"] == b["object"] for a, b in both),
       [(a["subject"], a["object"], b["object"]) for a, b in both if a["object"] != b["object"]])
    ok("and within twenty seconds of each other", all(abs(a["t_us"] - b["t_us"]) <= 20e6 for a, b in both),
       [(a["subject"], (a["t_us"] - b["t_us"]) / 1e6) for a, b in both])


def check_words():
    english, chinese = (run("why", INCIDENT, "public.market/001", "--motion", "flow", "--lang", language)
                        for language in ("en", "zh"))
    ok("in words", english.returncode == 0 and "sets out for" in english.stdout and "*" in english.stdout,
       english.stdout + english.stderr)
    ok("and in Chinese", "出发走向" in chinese.stdout and "sets out" not in chinese.stdout, chinese.stdout)
    ok("the same again", run("why", INCIDENT, "public.market/001", "--motion", "flow").stdout == english.stdout)
    other = run("why", INCIDENT, "public.market/001", "--motion", "flow", "--seed", 99)
    ok("another seed, another day", other.returncode == 0 and other.stdout != english.stdout)
    wrong = run("why", INCIDENT, "public.markt/001")
    ok("an unknown person is refused, with advice", wrong.returncode == 2 and "public.market/001" in wrong.stderr,
       wrong.stderr)
    ok("wrong usage is refused", run("why", INCIDENT).returncode == 2 and
       run("why", INCIDENT, "public.market/001", "--motion", "swim").returncode == 2 and
       run("why", ROOT / "no-such.json", "x").returncode == 2)


def main():
    with tempfile.TemporaryDirectory() as folder:
        log = read_log(pathlib.Path(folder) / "out")
    chosen = {}
    for r in log:
        if r.get("kind") == "chose":
            chosen.setdefault(r["value"], r["subject"].split(":", 1)[1])
    ok("people are turned by the door they came in by, signs, others and their party",
       sorted(chosen) == [2, 3, 4, 5], chosen)
    words = {2: {"came_by", "sign"}, 3: {"sign"}, 4: {"others"}, 5: {"party"}}
    for value, person in sorted(chosen.items()):
        check_choices(check_against_log(log, person), person, words.get(value, set()) | {"others", "party", "sign"})
    check_families(log)
    check_words()
    said = run("why", INCIDENT, "public.gallery").stderr
    ok("a group without a number: how its people are called", "'public.gallery/001'" in said, said)
    return TALLY.finish()


if __name__ == "__main__":
    sys.exit(main())
