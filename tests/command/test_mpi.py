#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A study on two ranks of MPI: the same rows as alone, and what a dead rank leaves can be gone on with.

usage: test_mpi.py MUSTER ROOT
"""
import json
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from scenario import Office, Tally

muster, root = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
tally = Tally()
MPIRUN = ["mpirun", "--oversubscribe", "-n", "2"]
if os.geteuid() == 0:
    MPIRUN.insert(1, "--allow-run-as-root")


def rows(path):
    with sqlite3.connect(path) as base:
        names = [n for (n,) in base.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        return {n: sorted(map(repr, base.execute(f"SELECT * FROM {n}"))) for n in names}


def write(folder, reps):
    path = folder / f"study{reps}.json"
    path.write_text(json.dumps({
        "format": "muster.study", "version": 1, "id": "test", "incidents": ["incident.json"],
        "reps": reps, "seed": 5, "factors": [
            {"id": "police", "in": "roster", "pointer": "/units/police.patrol/distance_m",
             "values": [300]}]}), encoding="utf-8")
    return path


def worker_of(parent):
    """The process of rank 1 among the descendants of mpirun."""
    for place in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            given = (place / "environ").read_bytes().split(b"\0")
            command = (place / "cmdline").read_bytes()
        except OSError:
            continue
        if b"OMPI_COMM_WORLD_RANK=1" in given and parent.encode() in command:
            return int(place.name)
    return None


def test_same(folder):
    study = write(folder, 10)
    alone, two = folder / "alone.sqlite", folder / "two.sqlite"
    subprocess.run([muster, "batch", study, "-q", "-j", "1", "-o", alone], check=True,
                   stdout=subprocess.DEVNULL)
    done = subprocess.run([*MPIRUN, muster, "batch", study, "-q", "-o", two], capture_output=True,
                          text=True, check=False, timeout=200)
    tally.check("two ranks give the rows of one thread",
                done.returncode == 0 and rows(two) == rows(alone), done.stderr)


def test_death(folder):
    study, broken = write(folder, 80), folder / "broken.sqlite"
    with subprocess.Popen([*MPIRUN, muster, "batch", study, "-q", "-o", broken],
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        until, worker = time.monotonic() + 100, None
        while time.monotonic() < until and process.poll() is None:
            worker = worker or worker_of(str(broken))
            if worker and broken.exists() and broken.with_name("broken.sqlite-wal").exists():
                break
            time.sleep(0.05)
        time.sleep(0.3)
        if worker and process.poll() is None:
            os.kill(worker, signal.SIGKILL)
        said = process.communicate(timeout=150)[1]
    tally.check("a rank that dies ends the job with a message",
                process.returncode != 0 and "signal 9" in said, said)
    done = subprocess.run([muster, "batch", study, "-q", "-j", "1", "--json", "-o", broken],
                          capture_output=True, text=True, check=False)
    tally.check("and the same command goes on without it",
                done.returncode == 0 and json.loads(done.stdout)["runs"] == 160, done.stderr)


with tempfile.TemporaryDirectory() as place:
    office = Office(root)
    office.files["incident"]["horizon_s"] = 900
    office.files["incident"]["item"]["staff_notice_s"] = 30
    office.write(pathlib.Path(place))
    test_same(pathlib.Path(place))
    test_death(pathlib.Path(place))
sys.exit(tally.finish())
