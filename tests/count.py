#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sums up what the test programs of some build folders said (or, given a file, what stands in it), as
one plain line.

Check programs say 'NN%: Checks: a, Failures: b, Errors: c'; the others 'a passed, b failed'. A
program that said neither, or ended badly without naming a failure, counts as one failure.
"""
import json
import pathlib
import re
import sys

CHECK = re.compile(r"^\d+%: Checks: (\d+), Failures: (\d+), Errors: (\d+)$", re.M)
PLAIN = re.compile(r"^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$", re.M)


def count(text, returncode):
    passed = failed = 0
    for checks, failures, errors in CHECK.findall(text):
        failed += int(failures) + int(errors)
        passed += int(checks) - int(failures) - int(errors)
    for good, bad, _ in PLAIN.findall(text):
        passed += int(good)
        failed += int(bad)
    if (returncode != 0 and failed == 0) or passed + failed == 0:
        failed += 1
    return passed, failed


def main():
    total_passed = total_failed = 0
    for folder in sys.argv[1:]:
        if pathlib.Path(folder).is_file():
            passed, failed = count(pathlib.Path(folder).read_text(encoding="utf-8"), 0)
            total_passed += passed
            total_failed += failed
            continue
        log = pathlib.Path(folder, "meson-logs", "testlog.json")
        for line in log.read_text(encoding="utf-8").splitlines():
            test = json.loads(line)
            text = test.get("stdout", "") + "\n" + test.get("stderr", "")
            passed, failed = count(text, test["returncode"])
            if failed:
                print(f"failed: {test['name']} ({folder}): {failed}", file=sys.stderr)
            for skipped in re.findall(r"^skipped: .*$", text, re.M):
                print(f"{test['name']}: {skipped}", file=sys.stderr)
            total_passed += passed
            total_failed += failed
    print(f"{total_passed} passed, {total_failed} failed")
    return 1 if total_failed or not total_passed else 0


if __name__ == "__main__":
    sys.exit(main())
