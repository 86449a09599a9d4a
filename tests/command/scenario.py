# SPDX-License-Identifier: GPL-3.0-or-later
"""What the command tests share: counting checks, and running the binary on changed copies of the
head-office files."""
import copy
import json
import pathlib
import subprocess
import tempfile


class Tally:
    """Counts checks and prints one line for each."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def check(self, name, good, why=""):
        if good:
            self.passed += 1
            print(f"ok {name}")
        else:
            self.failed += 1
            print(f"not ok {name}: {str(why)[:2000]}")
        return good

    def report(self, name, faults):
        """Passes where no fault is told."""
        faults = [str(fault)[:600] for fault in faults if fault]
        return self.check(name, not faults, "".join(f"\n    {fault}" for fault in faults[:25]))

    def skip(self, name, why):
        self.skipped += 1
        print(f"ok {name}: {why} # skipped")

    def finish(self):
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        print(f"{self.passed} passed, {self.failed} failed{skipped}")
        return 1 if self.failed or not self.passed else 0


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def play(muster, incident, *options, report=False):
    """Runs an incident into the folder `out` beside it; returns the text of metrics.json and the
    lines of log.jsonl. The report, whose pictures take longer than most runs, is for who reads it."""
    out = pathlib.Path(incident).parent / "out"
    done = subprocess.run([muster, "run", str(incident), "-q", "-o", str(out), *options,
                           *([] if report else ["--no-report"])],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return ((out / "metrics.json").read_text(encoding="utf-8"),
            (out / "log.jsonl").read_text(encoding="utf-8").splitlines())


class Office:
    """The head-office incident as four dictionaries that a test may change before it runs them."""

    def __init__(self, root):
        self.root = pathlib.Path(root).resolve()
        folder = self.root / "scenarios" / "head-office"
        self.files = {
            "site": json.loads((folder / "site.json").read_text(encoding="utf-8")),
            "roster": json.loads((folder / "roster.json").read_text(encoding="utf-8")),
            "incident": json.loads((folder / "package.json").read_text(encoding="utf-8")),
            "playbook": json.loads((self.root / "scenarios" / "playbooks" / "package.json")
                                   .read_text(encoding="utf-8")),
        }

    def copy(self):
        other = copy.copy(self)
        other.files = copy.deepcopy(self.files)
        return other

    def write(self, folder):
        folder = pathlib.Path(folder)
        incident = dict(self.files["incident"], site="site.json", roster="roster.json",
                        playbooks=["playbook.json"],
                        policy=str(self.root / "scenarios" / "policy" / "baseline.json"))
        for name in ("site", "roster", "playbook"):
            (folder / f"{name}.json").write_text(json.dumps(self.files[name], ensure_ascii=False),
                                                 encoding="utf-8")
        path = folder / "incident.json"
        path.write_text(json.dumps(incident, ensure_ascii=False), encoding="utf-8")
        return path

    def step(self, name):
        return next(s for s in self.files["playbook"]["steps"] if s["id"] == name)

    def run(self, muster, *options):
        """Runs it; returns metrics (a dictionary), its text, and log.jsonl's lines."""
        with tempfile.TemporaryDirectory() as folder:
            text, log = play(muster, self.write(folder), *options)
            return json.loads(text), text, log


def clause(metrics, name):
    return next(c for c in metrics["clauses"] if c["id"] == name)


def parts(metrics, name):
    """The cause chain's parts of a clause; an empty list where there is none."""
    chain = clause(metrics, name).get("cause_chain")
    return chain["parts"] if chain else []


def records(log):
    return [json.loads(line) for line in log[1:-1]]
