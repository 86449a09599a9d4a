#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same run under two compilers and two levels of optimisation: same log, same state hash.

usage: compilers.py ROOT WORK_FOLDER
"""
import os
import pathlib
import subprocess
import sys

BUILDS = [("gcc", "0"), ("gcc", "2"), ("clang", "0"), ("clang", "2")]


def build(root, folder, compiler, level):
    if not (folder / "build.ninja").exists():
        subprocess.run(["meson", "setup", str(folder), str(root), "--buildtype=plain",
                        f"-Doptimization={level}", "-Dtests=disabled", "-Dgdal=disabled",
                        "-Dopenmp=disabled"],
                       check=True, stdout=sys.stderr, env=dict(os.environ, CC=compiler))
    subprocess.run(["ninja", "-C", str(folder)], check=True, stdout=sys.stderr)
    return folder / "tools" / "muster"


def run(root, muster, out):
    incident = root / "scenarios" / "head-office" / "package.json"
    subprocess.run([str(muster), "run", str(incident), "--reps", "1", "--seed", "7", "-q", "-o",
                    str(out)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (out / "log.jsonl").read_text(encoding="utf-8")


def main():
    root, work = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    passed = failed = 0
    expected = None
    for compiler, level in BUILDS:
        name = f"{compiler} -O{level}"
        try:
            muster = build(root, work / f"{compiler}-O{level}", compiler, level)
            log = run(root, muster, work / f"{compiler}-O{level}" / "out")
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"not ok {name}: {error}")
            failed += 1
            continue
        expected = expected or log
        if log == expected:
            passed += 1
            print(f"ok {name} gives the log and hash of {BUILDS[0][0]} -O{BUILDS[0][1]}")
        else:
            failed += 1
            pairs = zip(log.splitlines(), expected.splitlines())
            first = next((f"{a}\n    {b}" for a, b in pairs if a != b), "another length")
            print(f"not ok {name} differs first at\n    {first}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
