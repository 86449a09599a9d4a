#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""muster verify on floors so simple that every measure can be reckoned by hand: lifts, belts, rounds, wheelchairs,
statistics, measures of other measures, and the charts that are drawn of them.

usage: test_verify_measures.py MUSTER ROOT [SHARED]
"""
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile

from scenario import Tally

MUSTER = sys.argv[1]
NAMES = {key: {"en": "x", "zh": "x"} for key in ("title", "source", "shows")}


def box(x0, y0, x1, y1):
    return [[x0, y0], [x1, y0], [x1, y1], [x0, y1]]


def walkers(name, at, mps=1.0, **more):
    return {"id": name, "count": len(at), "at": at, "speed_mps": mps, "radius_m": 0.2, **more}


def corridor(people, **more):
    """20 m by 4 m in two halves, a pillar in the first, and the way out in the east."""
    return {"spaces": [{"id": "first", "outline": box(0, 0, 10, 4), "holes": [box(4, 0.2, 4.4, 0.6)]},
                       {"id": "second", "outline": box(10, 0, 20, 4)}],
            "doors": [{"id": "middle", "from": "first", "to": "second", "line": [[10, 0], [10, 4]]},
                      {"id": "exit", "from": "second", "line": [[20, 0], [20, 4]]}],
            "people": people, "until_s": 60, **more}


def tower(**more):
    """Two floors of 10 m by 10 m, one 3.5 m above the other."""
    return {"spaces": [{"id": "lower", "outline": box(0, 0, 10, 10)},
                       {"id": "upper", "outline": box(0, 0, 10, 10), "elevation_m": 3.5}],
            "doors": [{"id": "exit", "from": "lower", "line": [[0, 4.5], [0, 5.5]]}], "until_s": 200, **more}


def write(folder, name, scenes, checks, **more):
    path = folder / f"{name}.json"
    path.write_text(json.dumps({
        "format": "muster.case", "version": 1, "id": name, "suite": "curves", **NAMES, "seeds": 1,
        "scenes": [{"id": key, **scene} for key, scene in scenes.items()], "checks": checks, **more}), "utf-8")
    return path


def verify(*words):
    return subprocess.run([MUSTER, "verify", "-q", "--lang", "en", *map(str, words)], capture_output=True, text=True,
                          check=False)


def measured(path, *words):
    done = verify("--json", *words, path)
    if not done.stdout.startswith("{"):
        raise SystemExit(f"{path.name}: {done.stderr}")
    return json.loads(done.stdout)["cases"][0]["measured"]


def check(name, measure, scene, **more):
    return {"id": name, "measure": measure, "scene": scene, **more}


def test_spaces(tally, folder):
    one = corridor([walkers("one", [[2, 2]])])
    got = measured(write(folder, "spaces", {"walk": one, "cut": {**one, "until_s": 4}}, [
        check("left", "empty_s", "walk", space="first"), check("still", "empty_s", "cut", space="first"),
        check("last", "last_s", "walk", line=[[15, 0], [15, 4]]), check("out", "out_s", "walk"),
        check("crossed", "crossed", "walk", line=[[15, 0], [15, 4]]),
        check("outside", "outside", "walk"), check("kept", "not_conserved", "walk"),
        check("overlap", "overlap", "walk")]))
    tally.check("8 m at 1 m/s: a space is empty after 8 s", abs(got["left"] - 8) < 0.7, got)
    tally.check("somebody is there still: no time", got["still"] is None, got)
    tally.check("the last crosses after 13 s, and is out after 18 s", abs(got["last"] - 13) < 0.7 and
                abs(got["out"] - 18) < 0.7 and got["crossed"] == 1, got)
    trail = folder / "trail.txt"
    verify("--trajectory", trail, folder / "spaces.json")
    last = [line for line in trail.read_text("utf-8").splitlines() if line and line[0] != "#"][-1].split()
    tally.check("the trajectory is that of the first scene that was played, up to the way out",
                abs(float(last[2]) - 20) < 0.5 and abs(float(last[3]) - 2) < 0.5, last)
    tally.check("nobody outside, everybody counted, no bodies in one another",
                got["outside"] == got["kept"] == got["overlap"] == 0, got)


def test_statistics(tally, folder):
    speeds = [1.0, 1.0, 1.6, 1.6, 1.6]
    room = corridor([walkers("slow", [[2, 1], [2, 3]]), walkers("quick", [[6, 1], [6, 2], [6, 3]], 1.6)])
    mean = sum(speeds) / 5
    got = measured(write(folder, "statistics", {"room": room}, [
        check("sum", "free_mps", "room", statistic="sum"), check("sd", "free_mps", "room", statistic="sd"),
        check("middle", "free_mps", "room", statistic="quantile"),
        check("low", "free_mps", "room", statistic="quantile", share=0.1),
        check("ks", "free_mps", "room", statistic="ks", people="quick")]))
    tally.check("a sum", abs(got["sum"] - sum(speeds)) < 1e-5, got)
    tally.check("a standard deviation, over one fewer than there are",
                abs(got["sd"] - math.sqrt(sum((v - mean) ** 2 for v in speeds) / 4)) < 1e-5, got)
    tally.check("quantiles", abs(got["middle"] - 1.6) < 1e-5 and abs(got["low"] - 1) < 1e-5, got)
    tally.check("three people of one given speed follow it", got["ks"] == 1, got)


def test_of_others(tally, folder):
    """One, two and three persons in three rooms, where 1, 2 and 6 are expected."""
    rooms = {f"r{n}": corridor([walkers("p", [[2, 1 + 0.8 * k] for k in range(n)])]) for n in (1, 2, 3)}
    expected, of = [1, 2, 6], ["c1", "c2", "c3"]
    path = write(folder, "others", rooms, [
        *(check(f"c{n}", "out", f"r{n}", value=v) for n, v in zip((1, 2, 3), expected)),
        *(check(m, m, "r1", of=of) for m in ("deviation", "largest", "largest_at", "linearity"))])
    got = measured(path)
    xs, ys = expected, [1, 2, 3]
    mx, my = sum(xs) / 3, sum(ys) / 3
    r2 = sum((x - mx) * (y - my) for x, y in zip(xs, ys)) ** 2 / (
        sum((x - mx) ** 2 for x in xs) * sum((y - my) ** 2 for y in ys))
    tally.check("mean deviation, the largest, and where it is", abs(got["deviation"] - 1) < 1e-6 and
                got["largest"] == 3 and got["largest_at"] == 6, got)
    tally.check("the share that a straight line explains", abs(got["linearity"] - r2) < 1e-4, (got, r2))
    page = folder / "others.html"
    verify("--report", page, path)
    # 6 m is off the chart; the other two and the key's dot are drawn.
    chart = re.search(r"<svg[^>]*Flow against width.*?</svg>", page.read_text("utf-8"), re.S)
    dots = re.findall(r'<circle[^>]*class="case-dot"', chart[0]) if chart else []
    tally.check("flow against width: a dot for each width that is on the chart", len(dots) == 3,
                chart and chart[0][:400])
    broken = json.loads(path.read_text("utf-8"))
    broken["checks"][3]["of"] = ["c1", "c9"]
    path.write_text(json.dumps(broken), "utf-8")
    done = verify(path)
    tally.check("a check of a check that there is not is refused", done.returncode == 2 and "c9" in done.stderr,
                done.stderr)


def test_lifts(tally, folder):
    cars = [{"id": "car_lower", "outline": box(10, 4, 12, 6)},
            {"id": "car_upper", "outline": box(10, 4, 12, 6), "elevation_m": 3.5}]
    house = tower(lifts=[{"id": "lift", "cars": ["car_lower", "car_upper"], "capacity": 2, "speed_mps": 1.0, "doors_s": 3,
                          "stays_s": 1}],
                  people=[walkers("riders", [[7, 3], [7, 4], [7, 5], [7, 6], [7, 7]], space="upper")])
    house["spaces"] += cars
    house["doors"] += [{"id": f"door_{n}", "from": n, "to": f"car_{n}", "line": [[10, 4.4], [10, 5.6]]}
                       for n in ("lower", "upper")]
    house["doors"].append({"id": "ride", "from": "car_lower", "to": "car_upper", "line": [[12, 4.5], [12, 5.5]]})
    above = json.loads(json.dumps(house))
    above["lifts"][0]["at"] = "car_upper"
    recalled = {**house, "alarm": True}
    checks = [check(f"{m}_{s}", m, s) for s in ("below", "above", "recalled") for m in ("lift_trips", "lift_load", "out")]
    checks += [check(f"first_{s}", "out_s", s, statistic="least") for s in ("below", "above")]
    path = write(folder, "lifts", {"below": house, "above": above, "recalled": recalled}, checks)
    got = measured(path)
    tally.check("five people and a lift for two: three trips, two at most", got["lift_trips_below"] == 3 and
                got["lift_load_below"] == 2 and got["out_below"] == 5, got)
    # Up 3.5 m at 1 m/s is what a lift that stands above already saves.
    tally.check("one that stands above already is there 3.5 s sooner", got["out_above"] == 5 and
                2.5 < got["first_below"] - got["first_above"] < 5, got)
    tally.check("recalled, it takes nobody", got["lift_trips_recalled"] == got["lift_load_recalled"] == 0 and
                got["out_recalled"] == 0, got)
    for what, change in (("cars", lambda l: l["cars"].__setitem__(1, "attic")), ("at", lambda l: l.update(at="attic"))):
        broken = json.loads(path.read_text("utf-8"))
        change(broken["scenes"][0]["lifts"][0])
        (folder / "broken.json").write_text(json.dumps(broken), "utf-8")
        done = verify(folder / "broken.json")
        tally.check(f"a lift whose {what} leads nowhere is refused", done.returncode == 2 and "attic" in done.stderr,
                    done.stderr)


def test_belts(tally, folder):
    def moving(down=False, **more):
        flight = {"id": "flight", "from": "lower", "to": "upper", "line": [[2, 10], [3, 10]],
                  "upper_line": [[6, 10], [7, 10]], "length_m": 10, "belt_mps": 0.5, "belt_down": down, **more}
        scene = tower(people=[walkers("one", [[6.5, 8]], space="upper")])
        scene["doors"].append(flight)
        return scene

    scenes = {"down": moving(True), "walked": moving(True, belt_walked=True),
              "up": moving(), "stairs": moving(belt_mps=0), "still": {**moving(True), "alarm": True}}
    path = write(folder, "belts", scenes, [
        *(check(f"t_{s}", "flight_s", s, door="flight") for s in scenes), *(check(f"out_{s}", "out", s) for s in scenes)])
    got = measured(path)
    tally.check("10 m on a belt of 0.5 m/s, standing: 20 s", abs(got["t_down"] - 20) < 1.5, got)
    tally.check("walking on it is quicker than the stairs alone, and than the belt alone",
                got["t_walked"] < got["t_stairs"] and got["t_walked"] < got["t_down"], got)
    tally.check("nobody goes down a belt that runs up", got["out_up"] == 0 and got["t_up"] is None, got)
    tally.check("after the alarm it stands still, and is stairs", got["out_still"] == 1 and
                abs(got["t_still"] - got["t_stairs"]) < 3, got)
    page = folder / "belts.html"
    verify("--report", page, path)
    text = page.read_text("utf-8")
    tally.check("the floor shows the flight at both its ends", text.count('class="flight"') == 2 * text.count("<svg"),
                (text.count('class="flight"'), text.count("<svg")))


def test_wheelchair_and_round(tally, folder):
    flight = {"id": "flight", "from": "lower", "to": "upper", "line": [[2, 10], [3, 10]],
              "upper_line": [[6, 10], [7, 10]]}
    stairs = tower(people=[walkers("wheel", [[6.5, 8]], space="upper", wheelchair=True),
                           walkers("foot", [[5, 8]], space="upper")])
    stairs["doors"].append(flight)
    ring = corridor([walkers("guard", [[2, 2.4]], round=[[1, 2], [9, 2]]), walkers("other", [[2, 1.2]])])
    got = measured(write(folder, "wheels", {"stairs": stairs, "ring": ring}, [
        check("wheel", "inside", "stairs", people="wheel"), check("foot", "out", "stairs", people="foot"),
        check("guard", "inside", "ring", people="guard"), check("there", "visited", "ring", space="second", people="guard"),
        check("once", "travel_s", "ring", people="guard", line=[[3, 1], [3, 4]], to=[[8, 1], [8, 4]]),
        check("other", "out", "ring", people="other")]))
    tally.check("who cannot use stairs stays, who can is out", got["wheel"] == 1 and got["foot"] == 1, got)
    tally.check("a guard on a round never leaves, and comes by at 1 m/s", got["guard"] == got["other"] == 1 and
                got["there"] == 0 and abs(got["once"] - 5) < 0.7, got)


def test_round_outside(tally, folder):
    """A point of a round beside its space, or in a pillar, is told with its line; in the space that it is in it is none."""
    check = [{"id": "c1", "scene": "a", "measure": "crossed", "line": [[5, 0], [5, 4]]}]
    said = {}
    for name, more in (("beside", {"round": [[2, 2], [12, 2]]}), ("pillar", {"round": [[2, 2], [4.2, 0.4]]}),
                       ("named", {"round": [[12, 2], [18, 2]], "space": "second"}), ("inside", {"round": [[2, 2], [8, 2]]})):
        scene = corridor([walkers("walker", [[14, 2] if "space" in more else [2, 2]], **more)], until_s=5)
        done = verify(write(folder, name, {"a": scene}, check))
        told = re.findall(r"json:\d+:\d+: error: (point .*?) \[case.round\]", done.stderr)
        said[name] = (done.returncode == 2, told, "move the point into the space" in done.stderr)
    point = 'point 2 of the round of "walker", at {}, is not in the space "first"'
    tally.check("points of a round outside its space are refused", said == {
        "beside": (True, [point.format("12, 2")], True), "pillar": (True, [point.format("4.2, 0.4")], True),
        "named": (False, [], False), "inside": (False, [], False)}, said)


def test_diagram(tally, folder):
    area = box(8, 0, 12, 4)
    crowds = {f"n{n}": corridor([{"id": "p", "count": n, "space": "first", "area": box(0.5, 0.8, 9.5, 3.8), "speed_mps": 1.2}])
              for n in (4, 8, 16)}
    checks = [check(f"{m}_{s}", m, s, area=area, from_s=1, to_s=6) for s in crowds for m in ("speed", "area_flow", "density")]
    checks[0].update(least=0.2, most=2)
    checks[1].update(least=0.0)
    checks[2].update(most=0.001)
    path = write(folder, "diagram", crowds, checks)
    got = measured(path)
    # Density times speed, sample by sample, over speed lies near the density.
    tally.check("flow over speed is near the density", all(
        0.3 < got[f"area_flow_{s}"] / got[f"speed_{s}"] / got[f"density_{s}"] < 3 for s in crowds), got)
    page = folder / "diagram.html"
    done = verify("--report", page, path)
    text = page.read_text("utf-8")
    chart = re.search(r"<svg[^>]*Speed against density.*?</svg>", text, re.S)
    tally.check("speed against density: a curve to compare with, a ring for each crowd, and its name",
                chart is not None and len(re.findall(r'class="case-dot"', chart[0])) == 4 and "diagram" in chart[0] and
                len(re.search(r'class="given" points="([^"]*)"', chart[0])[1].split()) == 53, chart and chart[0][:300])
    tally.check("limits are told: both, one, and what does not hold", done.returncode == 1 and "0.200 … 2 m/s" in text and
                "≥ 0 1/(m s)" in text and "≤ 0.001 1/m²" in text and 'class="bad">no<' in text, text[-1500:])


def test_crowds(tally, folder):
    hall = {"spaces": [{"id": "hall", "outline": box(0, 0, 20, 4)}],
            "doors": [{"id": "east", "from": "hall", "line": [[20, 0], [20, 4]]},
                      {"id": "west", "from": "hall", "line": [[0, 0], [0, 4]]}], "until_s": 60}
    many = walkers("many", [[9, 1], [9, 2], [9, 3], [8, 2]], exit="west")
    flight = {"id": "flight", "from": "lower", "to": "upper", "line": [[2, 10], [3, 10]], "upper_line": [[6, 10], [7, 10]]}
    stairs = tower(people=[walkers("one", [[6.5, 8]], space="upper")])
    stairs["doors"].append(flight)
    crush = [[2 + 0.05 * (k % 6), 2 + 0.05 * (k // 6)] for k in range(30)]
    scenes = {"loose": corridor([walkers("p", [[2, 1], [3, 3]])]), "stairs": stairs,
              "crush": corridor([walkers("p", crush, 0.05) | {"radius_m": 0.45}], until_s=5),
              "told": corridor([walkers("p", [[2, 2], [3, 3]], alerted=True)], until_s=2000),
              "alone": {**hall, "people": [many, walkers("one", [[12, 2]])]},
              "follows": {**hall, "people": [many, walkers("one", [[12, 2]], follows_share=1)]}}
    west, east = [[1, 0], [1, 4]], [[15, 0], [15, 4]]
    path = write(folder, "crowds", scenes, [
        check("loose", "overlap", "loose"), check("crush", "overlap", "crush"),
        check("at_once", "start_s", "loose"), check("told", "start_s", "told"), check("left", "out", "told"),
        check("alone", "crossed", "alone", people="one", line=west),
        check("follows", "crossed", "follows", people="one", line=west),
        check("foot", "crossed", "stairs", line=[[1.5, 0], [1.5, 10]]),
        check("between", "crossed", "stairs", line=[[4.5, 0], [4.5, 10]]),
        check("flow", "steady_flow", "loose", line=east), check("per", "steady_flow", "loose", line=east, per_metre=4),
        check("two", "crossed", "loose", line=east, least=2, most=2)])
    got = measured(path)
    tally.check("bodies in one another are found where thirty stand on a quarter of a square metre",
                got["loose"] == 0 and got["crush"] > 0.2, got)
    tally.check("who is told only sets out after a while", got["at_once"] < 1 and got["told"] > 5 and got["left"] == 2, got)
    tally.check("one goes out where it is nearest, or where the others go", got["alone"] == 0 and got["follows"] == 1, got)
    tally.check("from one level to another nobody crosses what lies between", got["foot"] == 1 and got["between"] == 0, got)
    tally.check("a flow, and per metre", got["flow"] > 0 and abs(got["flow"] / 4 - got["per"]) < 1e-6, got)
    page = folder / "crowds.html"
    verify("--report", page, path)
    tally.check("one value alone will do", "= 2 " in page.read_text("utf-8"), "")


def experiment(folder, name, agents, measured, **geometry):
    path = folder / f"{name}.json"
    path.write_text(json.dumps({
        "id": name, "reference": "made up", "frame_rate": 16, "N": len(agents), "t_start_s": 0, "t_end_s": 40,
        "how_to_start": "as recorded", "geometry": {"walkable": box(0, 0, 10, 4), **geometry}, "measured": measured,
        "agents_columns": ["id", "t_s", "x_m", "y_m", "vx", "vy", "dir"], "agents": agents}), "utf-8")
    return path


def test_experiment_with_a_door(tally, folder):
    """The exit line is 1 m of a border of 4 m; two people stand aside of it, and nothing else says where they go."""
    figures = {"crossed_fraction": {"50": 2, "100": 8}, "N": 2, "speed_in_front_9x4_0_4s": 1,
               **{f"speed_{word}_0_4s": 1 for word in ("sd", "median", "max", "min")}}
    path = experiment(folder, "door", [[1, 0, 4.1, 0.5, 1.3, 0, None], [2, 0, 1, 3.5, 1.3, 0, None]], figures,
                      exit_line=[[10, 1.5], [10, 2.5]], measurement_areas={"a": box(4, 0, 6, 4), "b": box(0, 0, 1, 1)},
                      cameras={}, obstacles=[box(5, 1.9, 5.3, 2.1)])
    done = subprocess.run([MUSTER, "verify", "--json", "--verbose", "--lang", "en", "--seeds", "1", path],
                          capture_output=True, text=True, check=False)
    one = json.loads(done.stdout)["cases"][0]["measured"]
    tally.check("both go through the door and nowhere else", one["N"] == 2 and
                0 < one["crossed_fraction"]["50"] <= one["crossed_fraction"]["100"] < 25, one)
    tally.check("what is not read, or read in part, is told; and that there is no line", all(
        code in done.stderr for code in ("experiment.areas", "experiment.unused", "experiment.line")), done.stderr)
    least, middle, most, sd = (one[f"speed_{word}_0_4s"] for word in ("min", "median", "max", "sd"))
    tally.check("two people walk at two speeds: they spread by half of what lies between",
                most - least > 0.05 and 0.3 < sd / (most - least) < 0.6 and least <= middle <= most, one)
    tally.check("in front of the exit is where people come from", one["speed_in_front_9x4_0_4s"] is not None, one)
    seeds = [measured(path, "--seeds", 1, "--seed", k)["crossed_fraction"]["100"] for k in (1, 2, 3)]
    mean = sum(seeds) / 3
    row = re.search(r"crossed_fraction\.100 +8 +(\S+) +(\S+)", verify("--seeds", 3, path).stdout)
    tally.check("mean of three runs, and the standard deviation between them",
                row and abs(float(row[1]) - mean) < 0.01 and
                abs(float(row[2]) - math.sqrt(sum((t - mean) ** 2 for t in seeds) / 2)) < 0.01, (row and row[0], seeds))
    page = folder / "door.html"
    verify("--seeds", 1, "--report", page, path)
    text = page.read_text("utf-8")
    chart = re.search(r"<svg[^>]*People past the line against time.*?</svg>", text, re.S)
    lines = re.findall(r'<polyline class="(\w+)" points="([^"]*)"', chart[0]) if chart else []
    xs = {name: [float(point.split(",")[0]) for point in points.split()] for name, points in lines}
    # The same scale for both: what of the people took 2 s and 8 s stands where the model's times say.
    t = one["crossed_fraction"]
    scale = (xs["given"][1] - xs["given"][0]) / 6 if len(xs) == 2 else 0
    tally.check("people past the line against time: the people's curve and the model's, on one scale",
                scale > 0 and abs((xs["model"][1] - xs["model"][0]) / scale - (t["100"] - t["50"])) < 0.1 and
                abs((xs["model"][0] - xs["given"][0]) / scale - (t["50"] - 2)) < 0.1, (xs, t))
    tally.check("the floor has its obstacle", len(re.findall(r'class="hole"', text)) == 1, text.count("hole"))


def test_experiment_with_ways_only(tally, folder):
    """No exit: two ways, of which a number says which one; named lines; a list of method B on the chart."""
    agents = [[1, 0, 2, 1.2, 1, 0, 1], [2, 0, 2, 0.5, 1, 0, 1], [3, 0, 8, 3.4, -1, 0, -1], [4, 0, 7.4, 2.8, 1, 0, -1]]
    figures = {"right": {"N": 2}, "left": {"N": 2}, "gate": {"N": 4, "mean_speed": 1, "mean_density": 1},
               "method_B_list": [[0.5, 1], [1, 1.2], [2, 0.5]]}
    path = experiment(folder, "ways", agents, figures, direction="+x and -x",
                      measurement_lines={"middle": [[5, 0], [5, 4]], "gate": [[4.5, 0], [4.5, 4]]})
    got = measured(path, "--seeds", 1)
    # The fourth looks the other way when it begins: its number counts, not its velocity.
    tally.check("two cross each way, as their numbers say", got["right"]["N"] == got["left"]["N"] == 2 and
                got["gate"]["N"] == 4, got)
    tally.check("speed and density at a named line", 0.5 < got["gate"]["mean_speed"] < 2 and
                0 < got["gate"]["mean_density"] <= 4 / 8, got)
    case = write(folder, "speeds", {"room": corridor([walkers("p", [[2, 1], [3, 2]])])},
                 [check(m, m, "room", area=box(0, 0, 8, 4), from_s=0, to_s=4) for m in ("speed", "area_flow")])
    page = folder / "ways.html"
    verify("--seeds", 1, "--report", page, case, path)
    chart = re.search(r"<svg[^>]*Speed against density.*?</svg>", page.read_text("utf-8"), re.S)
    tally.check("speed against density: a dot for each pair of the people and of the model",
                chart and len(re.findall(r'class="given-dot"', chart[0])) == 3 and
                len(re.findall(r'class="model-dot"', chart[0])) == len(got["method_B_list"]) > 0, chart and chart[0][-400:])
    verify("--seeds", 1, "--report", page, path)
    alone = re.search(r"<svg[^>]*Speed against density.*?</svg>", page.read_text("utf-8"), re.S)
    tally.check("which needs no case beside it", alone and alone[0].count('class="given-dot"') == 3 and
                "case-dot" not in alone[0])


def test_bench_scenes(tally, _folder):
    """The scenes of `bench motion`, each with 48 people at 1.2 m/s, so that times can be reckoned."""
    done = subprocess.run([MUSTER, "bench", "motion", "--people", "48", "--repeats", "1", "--json"], capture_output=True,
                          text=True, check=False)
    rows = {(r["scene"], r["model"], r["dt_s"]): r for r in json.loads(done.stdout)["scenes"]}
    tally.check("every scene by both models, each step once", set(rows) == {
        *((s, "walk", dt) for s in ("S1", "S2") for dt in (0.05, 0.01)), *((s, "walk", 0.05) for s in ("S1L", "S4", "S5")),
        *((s, "flow", 0) for s in ("S1", "S2", "S1L", "S4"))} and all(r["n"] == 48 for r in rows.values()), list(rows))
    # From the far corner of a hall of 50 m to its door in the middle of the other side, and 9 m of corridor.
    far = (math.hypot(49, 24.5 - 2.5) + 9) / 1.2
    tally.check("the hall is empty when the furthest has walked to the door and on",
                all(far * 0.95 < rows[key]["simulated_s"] < far * 1.25 and rows[key]["walking_at_end"] == 0
                    for key in (("S1", "flow", 0), ("S5", "walk", 0.05))), (far, rows[("S1", "flow", 0)]))
    tally.check("pillars are ways about, no more",
                0 < rows[("S2", "flow", 0)]["simulated_s"] - rows[("S1", "flow", 0)]["simulated_s"] < 2, rows)
    # Two people per square metre: a hall whose side is 4.9 m, which a crowd leaves by a door as wide.
    side = math.sqrt(48 / 2)
    short = (math.hypot(side - 1, 0) + 9) / 1.2
    tally.check("a hall that grows with its people", short * 0.9 < rows[("S1L", "flow", 0)]["simulated_s"] < short * 1.6,
                (short, rows[("S1L", "flow", 0)]))
    # Nine flights of 8 m at 0.6 of the speed, and 50 m of open ground at least.
    down = 9 * 8 / (0.6 * 1.2) + 40 / 1.2
    tally.check("ten floors: down nine flights, and to the assembly point",
                down < rows[("S4", "flow", 0)]["simulated_s"] < 2.2 * down and rows[("S4", "flow", 0)]["walking_at_end"] == 0 and
                rows[("S4", "walk", 0.05)]["walking_at_end"] == 48, (down, rows[("S4", "flow", 0)]))


def main():
    tally = Tally()
    for test in (test_spaces, test_statistics, test_of_others, test_lifts, test_belts, test_wheelchair_and_round, test_round_outside,
                 test_diagram, test_crowds, test_experiment_with_a_door, test_experiment_with_ways_only, test_bench_scenes):
        with tempfile.TemporaryDirectory() as place:
            test(tally, pathlib.Path(place))
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
