#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tutorials, word by word: every command of docs/tutorial-*.md is typed into a shell, one after
the other, in a folder that has nothing but the scenarios and the program.

usage: test_tutorials.py MUSTER ROOT [SHARED]
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from scenario import Tally

MUSTER, ROOT = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
# They say so: the lint finds something, and a fresh ledger lacks actions.
EXITS_WITH_1 = ("lint", "ledger")


def lines_of(page):
    for block in re.findall(r"```sh\n(.*?)```", page.read_text("utf-8"), re.S):
        yield from (line for line in block.splitlines() if line.strip())


def main():
    tally = Tally()
    for page in sorted((ROOT / "docs").glob("tutorial-*.md")):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "build/tools").mkdir(parents=True)
            (folder / "out").mkdir()
            (folder / "build/tools/muster").symlink_to(MUSTER)
            (folder / "scenarios").symlink_to(ROOT / "scenarios")
            for line in lines_of(page):
                verb = line.split()[1]
                if verb == "show" and "--headless" in subprocess.run(
                        [MUSTER, "show", "--help"], capture_output=True, text=True,
                        check=False).stderr:
                    continue
                done = subprocess.run(line, shell=True, cwd=folder, capture_output=True, text=True,
                                      check=False, env=dict(os.environ, LANGUAGE="en"))
                wanted = 1 if verb in EXITS_WITH_1 else 0
                tally.check(f"{page.name}: {line}", done.returncode == wanted,
                            f"{done.returncode}: {done.stderr[-400:]}")
            if page.name == "tutorial-analyst.md":
                same = [(folder / f"out/{one}/log.jsonl").read_bytes() for one in ("one", "two")]
                tally.check("and both folders hold the same bytes, as it says", same[0] == same[1])
    tally.check("there are three", len(list((ROOT / "docs").glob("tutorial-*.md"))) == 3)
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
