#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long does a comparison of a million stored runs take?

    python3 tests/million.py build/tools/muster [STUDY] [RUNS] [FOLDER]

Plays a few runs of a study, then fills its results up to RUNS with copies of them whose numbers are
moved a little by luck (the same luck for all arms), and compares. Not part of the tests: the file
takes about a gigabyte."""
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile

REAL = 8  # replications that are played


def fill(path, runs):
    """Every cell gets its share of the runs, each a copy of one that was played."""
    db = sqlite3.connect(path)
    columns = [row[1:3] for row in db.execute("PRAGMA table_info(run)")]
    cells = [row[0] for row in db.execute("SELECT cell FROM cell ORDER BY cell")]
    each = runs // len(cells)
    moved = [f"{name} * (1 + 0.2 * luck.u * (1 + 0.05 * run.cell))" if kind == "REAL" else name
             for name, kind in columns]
    moved[1] = "luck.n"
    db.execute("PRAGMA synchronous = OFF")
    db.execute("CREATE TEMP TABLE luck(n INTEGER PRIMARY KEY, u REAL)")
    db.execute("WITH RECURSIVE k(n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM k WHERE n + 1 < ?2) "
               "INSERT INTO luck SELECT n, abs(random() % 1000000) / 1e6 FROM k", (REAL, each))
    for cell in cells:
        db.execute(f"INSERT INTO run SELECT {', '.join(moved)} FROM luck JOIN run "
                   f"ON run.cell = ?1 AND run.replication = luck.n % {REAL}", (cell,))
        db.execute("UPDATE cell SET runs = ?2 WHERE cell = ?1", (cell, each))
    db.commit()
    count = db.execute("SELECT count(*) FROM run").fetchone()[0]
    db.close()
    return count, len(cells)


def cpu_seconds(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    muster = sys.argv[1]
    study = sys.argv[2] if len(sys.argv) > 2 else "scenarios/studies/head-office-operators.json"
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 1000000
    folder = sys.argv[4] if len(sys.argv) > 4 else tempfile.mkdtemp()
    path = os.path.join(folder, "million.sqlite")
    if not os.path.exists(path):
        subprocess.run([muster, "batch", study, "--reps", str(REAL), "-q", "-o", path], check=True,
                       stdout=subprocess.DEVNULL)
        count, cells = fill(path, runs)
        print(f"{count} runs in {cells} cells, {os.path.getsize(path) >> 20} MB: {path}")
    print(f"compare: {cpu_seconds([muster, 'compare', path, '--json']):.2f} s of processor time")


main()
