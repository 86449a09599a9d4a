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
from yard import Yard, group, having, member, step

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


def hall(count, lost):
    """So many people in the hall of the yard, told to leave at about a hundred seconds, when doors are lost."""
    yard = Yard(ROOT)
    yard.groups, yard.members = [group("crowd", count, ["hall"])], [member("guard", "guard")]
    yard.item["explosion"].update(doors_lost=lost, at_s=100)
    yard.horizon_s = 900
    yard.steps = [step("leave", "evacuate", "started:package", "guard", object="building", over=["pa"], takes_s=85)]
    return yard


def check_closed():
    """No way out any more: it is told which doors they learned of, and that they are stuck."""
    yard = hall(3, ["door.hall", "door.between"])
    log, metrics = yard.run(MUSTER, "--motion", "flow")
    with tempfile.TemporaryDirectory() as folder:
        done = run("why", yard.write(folder), "crowd/002", "--motion", "flow", "--json")
    moments = json.loads(done.stdout)["moments"]
    learned = [(m["t_s"], m["object"]) for m in moments if m["what"] == "closed"]
    ok("closed doors are told as the log has them", len(learned) == 2 and learned == [
        (r["t_us"] / 1e6, r["object"].split(":", 1)[1]) for r in having(log, "rerouted", subject="person:crowd/002")],
       (learned, having(log, "rerouted")))
    ok("who has no way is stuck, and stays", [m["what"] for m in moments][-1] == "stuck" and
       metrics["occupants"]["by_state"]["inside"] == 3, moments)


def check_queue():
    """Two doors, and a queue before one: some leave it for the other, and go out by that."""
    yard, left_it = hall(250, []), []
    with tempfile.TemporaryDirectory() as folder:
        incident = yard.write(folder)
        for k in (1, 21, 41, 61, 81, 101, 121, 141, 161, 181, 201, 221, 241):
            moments = json.loads(run("why", incident, f"crowd/{k:03d}", "--motion", "flow", "--json").stdout)["moments"]
            left_it += [(m, moments) for m in moments if m["what"] == "queue"]
            if left_it:
                break
    ok("some leave a queue, after they have set out", left_it and all(
        [m["what"] for m in moments].index("sets_out") < moments.index(one) for one, moments in left_it), len(left_it))
    ok("they say for which door, and what else there was", all(
        one["because"] == "queue" and one["door"] in [o["door"] for o in one["options"]] and
        one["object"] in ("door.between", "door.hall") for one, _ in left_it), left_it[:1])


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
    check_closed()
    check_queue()
    said = run("why", INCIDENT, "public.gallery").stderr
    ok("a group without a number: how its people are called", "'public.gallery/001'" in said, said)
    return TALLY.finish()


if __name__ == "__main__":
    sys.exit(main())
