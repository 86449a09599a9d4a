# SPDX-License-Identifier: GPL-3.0-or-later
"""Incidents of the campus that a test may change before it runs them, and pairs of such runs: another
setting moves the value that a clause is judged on, another demand only its verdict."""
import json
import math
import tempfile
from pathlib import Path

from scenario import clause, play, read, records

NEVER = math.inf


def find(things, name):
    return next(t for t in things if t["id"] == name)


class Campus:
    """One incident of the campus with all its files, free to be changed before it is run."""

    def __init__(self, root, name):
        self.root = Path(root).resolve()
        folder = self.root / "scenarios" / "campus"
        self.incident = read(folder / f"{name}.json")
        self.site = read(folder / self.incident["site"])
        self.roster = read(folder / self.incident["roster"])
        self.playbooks = [read(folder / p) for p in self.incident["playbooks"]]

    def step(self, name):
        return next(s for p in self.playbooks for s in p["steps"] if s["id"] == name)

    def equipment(self, name):
        return find(self.site["equipment"], name)

    def write(self, folder):
        names = [f"playbook{k}.json" for k in range(len(self.playbooks))]
        files = dict(zip(names, self.playbooks))
        files["site.json"], files["roster.json"] = self.site, self.roster
        files["incident.json"] = dict(
            self.incident, site="site.json", roster="roster.json", playbooks=names,
            policy=str(self.root / "scenarios" / "policy" / "baseline.json"))
        for name, data in files.items():
            Path(folder, name).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return Path(folder, "incident.json")

    def further(self, more):
        """Deadlines that the policy does not have."""
        policy = read(self.root / "scenarios" / "policy" / "baseline.json")
        like = next(c for c in policy["clauses"] if c["kind"] == "deadline" and not c["off"])
        return [dict(like, id=name, start=start, end=end, statistic="first")
                for name, (start, end) in more.items()]

    def run(self, muster, demands=None, off=(), more=None):
        """`demands` are other numbers for clauses, `off` are clauses that are switched off, `more`
        are the start and the end of further ones by their ids."""
        with tempfile.TemporaryDirectory() as folder:
            options = ["--motion", "flow", "--reps", "1", "--jobs", "1"]
            if demands or off or more:
                changes = [{"clause": c, "value": v} for c, v in (demands or {}).items()]
                changes += [{"clause": c, "switches": True, "off": True} for c in off]
                policy = {"format": "muster.policy", "version": 1, "id": "other",
                          "based_on": str(self.root / "scenarios" / "policy" / "baseline.json"),
                          "changes": changes}
                if more:
                    policy["clauses"] = self.further(more)
                Path(folder, "policy.json").write_text(json.dumps(policy), encoding="utf-8")
                options += ["--policy", f"{folder}/policy.json"]
            metrics, log = play(muster, self.write(folder), *options)
            return json.loads(metrics), records(log)


def value(metrics, name):
    """The value that decided; never, where the end never came."""
    found = clause(metrics, name)
    return NEVER if found["never"] else found["median"]


def verdict(metrics, name):
    return clause(metrics, name)["verdict"]


def check_settings(tally, title, before, after, wanted):
    for name, direction in wanted.items():
        old, new = value(before, name), value(after, name)
        judged = verdict(before, name) in ("met", "missed") and verdict(after, name) in (
            "met", "missed")
        good = judged and (new > old if direction == "up" else new < old)
        tally.check(f"{title}: a setting moves {name} {direction}", good,
                    f"{old} ({verdict(before, name)}) became {new} ({verdict(after, name)})")


def check_demands(tally, title, before, after, demands):
    for name in demands:
        tally.check(f"{title}: another demand leaves the value of {name}",
                    value(before, name) == value(after, name),
                    f"{value(before, name)} became {value(after, name)}")
        tally.check(f"{title}: another demand turns the verdict of {name}",
                    verdict(before, name) != verdict(after, name)
                    and verdict(after, name) in ("met", "missed"),
                    f"{verdict(before, name)} became {verdict(after, name)}")


def find_everybody(campus):
    """No luck: every sensor finds whoever it can."""
    for thing in campus.site["equipment"]:
        if "guards" in thing and "detect_chance" in thing:
            thing["detect_chance"] = 1
        thing["false_per_day"] = 0
        if "spots_chance" in thing:
            thing["spots_chance"] = 1
            thing["dark_share"] = 1
