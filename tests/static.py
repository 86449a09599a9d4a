#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""clang-tidy, cppcheck and GCC's -fanalyzer over every file that the build compiles.

A finding is either mended or has a row in docs/static-analysis.md that says why it stands: the page
is read here, and a row that explains nothing any more is a fault too. What a tool said of a file is
kept in the work folder under the hash of what the compiler sees of it, so that a second run looks
only at what has changed.

usage: static.py ROOT BUILD WORK [--tool NAME]... [--only PART_OF_A_PATH] [--seconds N] [--jobs N]
"""
import argparse
import collections
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import signal
import subprocess
import sys
import threading

FINDING = re.compile(r"^(?P<file>[^\s:][^:]*):(?P<line>\d+):\d+: "
                     r"(?P<kind>warning|error|performance|portability|style): (?P<said>.*)$")
ROW = re.compile(r"^\| (?P<tool>[a-z-]+) \| `(?P<check>[^`]+)` \| `(?P<file>[^`]+)` \| (?P<count>\d+) \|")
ENDLESS = "time-limit"
MAY_BE_NULL = re.compile(r"-Wanalyzer-(possible-)?null|clang-analyzer-(core\.NullDereference|core\.NonNull)")
OUT_OF_TIME = "CPU time limit exceeded"  # of the compiler proper, by gcc that started it


# A tool that is silent about this is silent about everything.
PLANTED = """#include <stdlib.h>
int planted(int value);
int planted(int value) {
    int *kept = malloc(sizeof *kept);
    *kept = value;
    return value == value ? *kept : 0;
}
"""


class Unit:
    """One line of the compilation database."""

    def __init__(self, root, build, entry):
        self.folder = entry["directory"]
        path = pathlib.Path(os.path.normpath(os.path.join(self.folder, entry["file"])))
        self.path, self.name = path, str(path.relative_to(root))
        words = [w for w in shlex.split(entry["command"]) if w != "ccache"]
        self.options = words[1:words.index("-MD")]
        self.build = build

    def seen(self):
        """The hash of what the compiler sees."""
        text = subprocess.run(["gcc", *self.options, "-E", self.path], cwd=self.folder, check=True,
                              capture_output=True).stdout
        return hashlib.sha256(text + "\0".join(self.options).encode())


def tidy(unit):
    return ["clang-tidy", "-p", str(unit.build), "--quiet", "--checks=-clang-analyzer-*", str(unit.path)]


def clang_analyzer(unit):
    # By itself: it follows paths, and takes forty times as long as all the other checks.
    return ["clang-tidy", "-p", str(unit.build), "--quiet",
            "--checks=-bugprone-*,-cert-*,-misc-*,-performance-*,-portability-*,-readability-*",
            str(unit.path)]


def cppcheck(unit):
    folders = [w for w in unit.options if w.startswith(("-I", "-D"))]
    return ["cppcheck", "--enable=warning,performance,portability", "--max-configs=1", "--std=c11",
            "-j1", "-q", "--library=posix", "--suppress=missingIncludeSystem",
            "--suppress=toomanyconfigs", "--suppress=readdirCalled",
            "--template={file}:{line}:{column}: {severity}: {message} [{id}]",
            *folders, str(unit.path)]


def gcc_analyzer(unit):
    # Without optimisation the analyzer sees the functions as they are written.
    return ["gcc", *unit.options, "-O0", "-fanalyzer", "-fdiagnostics-path-format=none",
            "-fdiagnostics-color=never", "-c", str(unit.path), "-o", "/dev/null"]


# In the order of what they cost.
TOOLS = {"clang-tidy": tidy, "cppcheck": cppcheck, "gcc-analyzer": gcc_analyzer,
         "clang-analyzer": clang_analyzer}


def version(root, tool):
    """A new version of a tool, or other checks, begin afresh."""
    program = {"gcc-analyzer": "gcc", "clang-analyzer": "clang-tidy"}.get(tool, tool)
    said = subprocess.run([program, "--version"], check=True, capture_output=True).stdout
    return said + ((root / ".clang-tidy").read_bytes() if program == "clang-tidy" else b"")


def said_of(unit, tool, told, work, seconds):
    """What the tool says of one file: from the last time, if nothing has changed."""
    command = TOOLS[tool](unit)
    key = unit.seen()
    key.update(told + "\0".join(command).encode())
    kept = work / tool / key.hexdigest()
    if not kept.exists():
        done = subprocess.run(["prlimit", f"--cpu={seconds}:{seconds + 9}", *command], cwd=unit.folder, check=False,
                              capture_output=True, text=True, errors="replace")
        text = done.stdout + done.stderr
        if done.returncode == -signal.SIGXCPU or OUT_OF_TIME in text:
            text += f"\n{unit.path}:1:1: warning: did not end in {seconds} s [{ENDLESS}]\n"
        elif done.returncode and not any(FINDING.match(line) for line in text.splitlines()):
            raise RuntimeError(f"{tool} failed on {unit.name}: {text[-2000:]}")
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(f".{threading.get_ident()}")
        part.write_text(text)
        part.rename(kept)
    return kept.read_text()


def findings(root, unit, tool, text):
    """Of the tree only, each once: (tool, check, file, line, what was said)."""
    for line in text.splitlines():
        found = FINDING.match(line)
        if not found:
            continue
        path = os.path.normpath(os.path.join(unit.folder, found["file"]))
        if not path.startswith(f"{root}/"):
            continue
        path = path[len(str(root)) + 1:]
        checks = re.findall(r"\[([^\[\]]+)\]", found["said"])
        check = (checks[-1] if checks else found["kind"]).replace(",-warnings-as-errors", "")
        if tool == "gcc-analyzer" and not check.startswith("-Wanalyzer"):
            continue  # an ordinary warning, which the ordinary build judges with optimisation
        if path.startswith("tests/") and MAY_BE_NULL.match(check):
            continue  # a test that finds nothing there, or has no memory, fails by it
        said = found["said"].split(" [")[0]
        yield tool, check.removeprefix("-W"), path, int(found["line"]), said


def explained(root):
    """The rows of the page: how many findings of a check in a file have a reason."""
    rows = {}
    for line in (root / "docs" / "static-analysis.md").read_text(encoding="utf-8").splitlines():
        row = ROW.match(line)
        if row:
            rows[row["tool"], row["check"], row["file"]] = int(row["count"])
    return rows


def judged(found, rows, whole):
    """What is not in the page, and what the page explains for nothing."""
    faults, counts = [], collections.Counter(f[:3] for f in found)
    for key, count in sorted(counts.items()):
        if count != rows.get(key, 0):
            faults += [f"{f[2]}:{f[3]}: {f[0]}: {f[4]} [{f[1]}]" for f in sorted(found) if f[:3] == key]
            if key in rows:
                faults.append(f"    docs/static-analysis.md has {rows[key]} of these")
    if whole:
        faults += [f"docs/static-analysis.md: nothing is found any more by {key[0]} {key[1]} in {key[2]}"
                   for key in sorted(rows) if key not in counts]
    return faults


def hears(build, work, tool):
    """Does the tool say anything of a file with faults in it?"""
    source = work / "planted.c"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(PLANTED)
    unit = Unit(source.parent, build, {"directory": str(work), "file": str(source),
                                       "command": "gcc -std=c17 -MD"})
    done = subprocess.run(TOOLS[tool](unit), cwd=work, check=False, capture_output=True, text=True)
    return any(FINDING.match(line) for line in (done.stdout + done.stderr).splitlines())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("root", type=lambda p: pathlib.Path(p).resolve())
    parser.add_argument("build", type=lambda p: pathlib.Path(p).resolve())
    parser.add_argument("work", type=lambda p: pathlib.Path(p).resolve())
    parser.add_argument("--tool", action="append", choices=list(TOOLS))
    parser.add_argument("--only", default="")
    parser.add_argument("--seconds", type=int, default=600, help="of processor a file may take")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    asked = parser.parse_args()
    entries = json.loads((asked.build / "compile_commands.json").read_text())
    units = sorted((Unit(asked.root, asked.build, e) for e in entries), key=lambda u: u.name)
    units = [u for u in units if asked.only in u.name]
    if not units:
        parser.error("no file is called so")
    rows, failed = explained(asked.root), 0
    for tool in asked.tool or TOOLS:
        if not hears(asked.build, asked.work, tool):
            print(f"not ok {tool}: does not find faults that were put there")
            failed += 1
            continue
        told, found = version(asked.root, tool), set()
        with concurrent.futures.ThreadPoolExecutor(asked.jobs) as workers:
            texts = workers.map(lambda u, t=tool, v=told: said_of(u, t, v, asked.work, asked.seconds), units)
            for number, (unit, text) in enumerate(zip(units, texts), 1):
                new = set(findings(asked.root, unit, tool, text)) - found
                found |= new
                print(f"{tool} {number}/{len(units)} {unit.name}{f': {len(new)}' if new else ''}",
                      file=sys.stderr, flush=True)
        faults = judged(found, {key: n for key, n in rows.items() if key[0] == tool}, not asked.only)
        failed += bool(faults)
        print("\n".join(faults + [f"{'not ok' if faults else 'ok'} {tool}: {len(units)} files, "
                                  f"{len(found)} findings with their reasons" if not faults else
                                  f"not ok {tool}: {len(faults)} lines above"]))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
