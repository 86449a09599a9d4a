#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults of the machine in their long form: every request for memory refused at the first and last call
from each place of the code in all commands that read or write files (of those that play many runs each
time, at every seventh or eleventh place), sixty kills of each writer at random moments, forty damaged
files of results. It takes 13 minutes of processor time, one request after the other; beside other work, at a
fifth of a processor, it took an hour. How long each part took is said beside it.

usage: faults.py BUILD_FOLDER
"""
import os
import pathlib
import subprocess
import sys


def main():
    root, build = pathlib.Path(__file__).resolve().parents[2], pathlib.Path(sys.argv[1]).resolve()
    failed = 0
    for test, more in (("test_faults", []), ("test_memory", [build / "tests/faults/starve", build / "tests/faults/starve_edit"])):
        words = [sys.executable, "-B", root / f"tests/command/{test}.py", build / "tools/muster", root, "", *more]
        failed += subprocess.run([str(w) for w in words], check=False,
                                 env={**os.environ, "MUSTER_FAULTS": "long"}).returncode != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
