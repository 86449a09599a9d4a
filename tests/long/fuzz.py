#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fuzzes every reader: builds the targets with clang in a folder of its own, makes seeds and a
dictionary from the tree, runs one target after the other, and adds what was done to OUT/totals.tsv, so
that the totals of many evenings can be read in one place. A finding stays in OUT/findings/TARGET: mend
the reader, and put the file into tests/fuzz/regress/TARGET, where the tests read it again from then on.

usage: fuzz.py MUSTER OUT [--seconds N] [--rounds N] [--targets A,B] [--build DIR] [--totals]
  MUSTER      a built program, for seeds that only it can make (logs, replays, results)
  --seconds   per target and round (60); targets of JSON get three times as much
  --rounds    how often all targets are gone through (1); 0 = until stopped, after the round's target,
              by a file OUT/stop
  --totals    only print the table of what was done so far
"""
import argparse
import collections
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import fuzz_seeds  # noqa: E402  pylint: disable=wrong-import-position

ROOT = fuzz_seeds.ROOT
SANITIZE = ("-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined "
            "-fno-omit-frame-pointer -gline-tables-only")
HEAD = ("began", "target", "executions", "seconds", "edges", "features", "corpus", "read", "passed", "built",
        "played", "ended", "findings")
# By the clock on the wall, for what hangs; what is slow is told by processor time (fuzz.c).
TIMEOUT_S, MEMORY_MB, LENGTH_MOST = 120, 2048, {"json": 40000, "lines": 20000, "bytes": 8000, "xml": 20000}
# The share of UB and leaks that is not ours: libraries keep what they set up once.
OPTIONS = {"ASAN_OPTIONS": "detect_leaks=1:allocator_may_return_null=1:malloc_context_size=12",
           "LSAN_OPTIONS": f"suppressions={ROOT}/tests/fuzz/leaks.txt:print_suppressions=0",
           "UBSAN_OPTIONS": "print_stacktrace=1"}


def build(folder):
    if not (folder / "build.ninja").exists():
        subprocess.run(["meson", "setup", str(folder), str(ROOT), "--buildtype=release", "-Doptimization=2",
                        "-Dfuzz=true", "-Dmpi=disabled", "-Db_lundef=false", f"-Dc_args={SANITIZE}",
                        "-Dc_link_args=-fsanitize=address,undefined"], check=True,
                       env={**os.environ, "CC": "clang"}, stdout=subprocess.DEVNULL)
    subprocess.run(["ninja", "-C", str(folder), "-j2", "tests/fuzz/fuzz", "tests/fuzz/fuzz_quiet"], check=True, stdout=subprocess.DEVNULL)
    return folder / "tests" / "fuzz" / "fuzz"


def targets_of(program):
    said = subprocess.run([str(program)], capture_output=True, text=True, check=False,
                          env={**os.environ, "MUSTER_FUZZ": ""}).stderr
    rows = [line.split("\t") for line in said.splitlines() if line.count("\t") == 2]
    return {name: kind for name, kind, _ in rows}


def number(pattern, text, last=True):
    found = re.findall(pattern, text)
    return int(found[-1 if last else 0]) if found else 0


class Fuzzer:
    def __init__(self, program, out):
        self.program, self.out = program, out
        self.totals = out / "totals.tsv"

    def run(self, target, kind, seconds):
        corpus, findings = self.out / "corpus" / target, self.out / "findings" / target
        corpus.mkdir(parents=True, exist_ok=True)
        findings.mkdir(parents=True, exist_ok=True)
        before = set(findings.iterdir())
        program = str(self.program) + ("" if kind in ("bytes", "xml") else "_quiet")
        words = [program, str(corpus), str(self.out / "seeds" / target), f"-max_total_time={seconds}",
                 f"-timeout={TIMEOUT_S}", f"-rss_limit_mb={MEMORY_MB}", f"-max_len={LENGTH_MOST[kind]}",
                 f"-artifact_prefix={findings}/", "-print_final_stats=1", "-len_control=20", "-reload=0", "-report_slow_units=1000",
                 "-detect_leaks=0"]  # libFuzzer would look after every input that leaves a library something; fuzz.c does now and then
        if kind not in ("bytes", "xml"):
            words += ["-mutate_depth=1", "-len_control=0"]
        dictionary = self.out / "words" / f"{target}.dict"
        if dictionary.exists():
            words.append(f"-dict={dictionary}")
        began, log = time.time(), self.out / "logs" / f"{target}.log"
        log.parent.mkdir(exist_ok=True)
        with open(log, "w", encoding="utf-8", errors="replace") as file:
            subprocess.run(words, check=False, stdout=subprocess.DEVNULL, stderr=file,
                           env={**os.environ, **OPTIONS, "MUSTER_FUZZ": target, "MUSTER_SOURCE": str(ROOT)})
        said = log.read_text(encoding="utf-8", errors="replace")
        if "ERROR: LeakSanitizer" in said:  # found at the end, when no input is to blame
            (findings / f"leak-{int(began)}").touch()
        fresh = sorted(set(findings.iterdir()) - before)
        self.note(target, said, began, fresh)
        for found in fresh:
            shutil.copy(log, f"{found}.txt")
        return fresh

    def note(self, target, said, began, fresh):
        stages = [number(rf"stages: .*\b{word} (\d+)", said) for word in HEAD[7:12]]
        runs = number(r"stat::number_of_executed_units: (\d+)", said) or number(r"^#(\d+)", said) or \
            max((int(n) for n in re.findall(r"^#(\d+)\s", said, re.M)), default=0)
        row = [time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(began)), target, runs, round(time.time() - began),
               number(r"cov: (\d+)", said), number(r"ft: (\d+)", said), number(r"corp: (\d+)", said), *stages,
               len(fresh)]
        new = not self.totals.exists()
        with open(self.totals, "a", encoding="utf-8") as out:
            if new:
                print(*HEAD, sep="\t", file=out)
            print(*row, sep="\t", file=out)


def tell(totals):
    """The table: what was added up over all rounds, and the most that was covered."""
    rows = [dict(zip(HEAD, line.split("\t"))) for line in totals.read_text(encoding="utf-8").splitlines()[1:]]
    added = collections.OrderedDict()
    for row in rows:
        into = added.setdefault(row["target"], collections.Counter())
        for key in HEAD[2:]:
            value = int(row[key])
            into[key] = max(into[key], value) if key in ("edges", "features", "corpus") else into[key] + value
    shown = ("executions", "per s", "edges", "passed", "built", "played", "ended", "findings")
    print(f"{'target':<14}" + "".join(f"{word:>12}" for word in shown))
    for target, into in added.items():
        into["per s"] = into["executions"] // max(1, into["seconds"])
        print(f"{target:<14}" + "".join(f"{into[word]:>12,}" for word in shown))
    total = sum(into["executions"] for into in added.values())
    print(f"{'all':<14}{total:>12,}")


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("muster", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--targets", default="")
    parser.add_argument("--build", type=pathlib.Path)
    parser.add_argument("--totals", action="store_true")
    given = parser.parse_args()
    out = given.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    if not given.totals:
        fuzz(given, out)
    tell(out / "totals.tsv")


def fuzz(given, out):
    program = build((given.build or out / "build").resolve())
    kinds = targets_of(program)
    chosen = [t for t in given.targets.split(",") if t] or list(kinds)
    fuzz_seeds.make(given.muster.resolve(), out, kinds)
    fuzzer = Fuzzer(program, out)
    left = given.rounds if given.rounds > 0 else sys.maxsize
    while left > 0:
        left -= 1
        for target in chosen:
            if (out / "stop").exists():
                return
            for found in fuzzer.run(target, kinds[target], given.seconds * (3 if kinds[target] == "json" else 1)):
                print(f"FOUND {found}", flush=True)


if __name__ == "__main__":
    main()
