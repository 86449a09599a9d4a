#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of the house, read from the source: arrows between rooms run one way, libmuster's names
begin with mu_, nothing in sim/ prints, exits or knows a window, drawing sees only the public headers
and one file of it SDL, files and functions stay readable.

usage: test_house.py MUSTER ROOT SHARED [LIBRARY.a [RENDER.a]]
"""
import pathlib
import re
import subprocess
import sys

from scenario import Tally

ROOMS = ["core", "site", "policy", "hazard", "crowd", "threat", "response", "readiness", "audit",
         "drill", "study", "verify", "edit"]
# A table is read, not followed: long ones may be long.
LONGEST_FILE = 600
LONGEST_FUNCTION = 60

TALLY = Tally()
report = TALLY.report


def sources(root, *folders):
    for folder in folders:
        for path in sorted((root / folder).rglob("*.[ch]")):
            yield path


def check_arrows(root):
    faults = []
    for path in sources(root, "sim"):
        room = path.relative_to(root / "sim").parts[0]
        for line in path.read_text(encoding="utf-8").splitlines():
            found = re.match(r'#include "([a-z_]+)/', line)
            if not found or found[1] == "muster":
                continue
            if found[1] not in ROOMS:
                faults.append(f"{path.relative_to(root)}: {line}: not a room below")
            elif ROOMS.index(found[1]) > ROOMS.index(room):
                faults.append(f"{path.relative_to(root)}: {room} must not include {found[1]}")
    report("arrows between rooms run one way", faults)


def check_public_headers(root):
    faults = []
    for path in sources(root, "include"):
        for line in path.read_text(encoding="utf-8").splitlines():
            found = re.match(r'#include "([^"]+)"', line)
            if found and not found[1].startswith("muster/"):
                faults.append(f"{path.name}: {line}")
    report("public headers include nothing of the rooms", faults)


def check_quiet(root):
    faults, clocks = [], []
    banned = re.compile(r"\b(printf|puts|putchar|exit|abort|perror)\s*\(|\bstd(out|err)\b|SDL")
    for path in sources(root, "sim", "include"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        if re.search(r"\b(time|clock_gettime|gettimeofday|localtime(_r)?|gmtime(_r)?)\s*\(", text):
            clocks.append(path.name)
        for number, line in enumerate(text.splitlines(), 1):
            if banned.search(line):
                faults.append(f"{path.relative_to(root)}:{number}: {line.strip()}")
    report("sim/ prints nothing, never exits, knows no window", faults)
    report("sim/ knows no clock on the wall", clocks)


def check_render(root):
    faults, windows = [], []
    for path in sources(root, "render"):
        text = path.read_text(encoding="utf-8")
        for found in re.finditer(r'^#include "([a-z_]+)/', text, re.M):
            if found[1] not in ("muster", "render"):
                faults.append(f"{path.relative_to(root)}: {found[0]}")
        if re.search(r"^#include <SDL", text, re.M):
            windows.append(path.name)
    report("render/ sees only itself and the public headers", faults)
    report("only files of render/ that are called so know SDL",
           [name for name in windows if not name.endswith("_sdl.c")] if windows else ["none"])


def check_licence(root):
    faults = [str(p.relative_to(root))
              for p in sources(root, "sim", "include", "render", "tools", "tests")
              if "SPDX-License-Identifier: GPL-3.0-or-later" not in p.read_text(encoding="utf-8")[:80]]
    report("every file states its licence", faults)


def check_lengths(root):
    long_files, long_functions = [], []
    for path in sources(root, "sim", "include", "tools", "render"):
        lines = path.read_text(encoding="utf-8").splitlines()
        if len(lines) > LONGEST_FILE:
            long_files.append(f"{path.relative_to(root)}: {len(lines)} lines")
        start = None
        for number, line in enumerate(lines, 1):
            if re.match(r"^[a-z].*\) \{$|^ +.*\) \{$", line) and start is None and \
                    not line.startswith("    ") or (line.endswith(") {") and line[:1] == " " and
                                                   start is None and lines[number - 2][:1].isalpha()):
                start = number
            if line == "}" and start is not None:
                if number - start > LONGEST_FUNCTION:
                    long_functions.append(
                        f"{path.relative_to(root)}:{start}: {number - start} lines")
                start = None
            elif line == "};":
                start = None
    report(f"no file over {LONGEST_FILE} lines", long_files)
    report(f"no function over {LONGEST_FUNCTION} lines", long_functions)


def element_structs(root):
    """The structs that the world's sections are made of."""
    text = "".join(p.read_text(encoding="utf-8") for p in sources(root, "sim"))
    calls = re.findall(r"mu_layout_add\(([^;]*);", text)
    return {name for call in calls for name in re.findall(r"sizeof\((mu_\w+)\)", call)}


def check_holes(root):
    """State is hashed byte by byte: what a compiler leaves between members must not be in it."""
    wanted = element_structs(root)
    headers = [p.relative_to(root / "sim") for p in sources(root, "sim") if p.suffix == ".h"]
    faults = [] if wanted else ["no sections were found"]
    for header in headers:
        text = (root / "sim" / header).read_text(encoding="utf-8")
        if not wanted.intersection(re.findall(r"^} (mu_\w+);", text, re.M)):
            continue
        said = subprocess.run(["cc", "-std=c17", "-D_XOPEN_SOURCE=700", "-Wpadded", "-fsyntax-only",
                               "-x", "c", "-I", root / "include", "-I", root / "sim", "-"],
                              input=f'#include <stdint.h>\n#include "{header}"\n', text=True,
                              capture_output=True, check=True).stderr
        lines = text.splitlines()
        for line in re.findall(rf"{re.escape(str(header))}:(\d+):\d+: warning: padding", said):
            ends = (re.match(r"} (mu_\w+);", one) for one in lines[int(line) - 1:])
            name = next((end[1] for end in ends if end), None)
            if name in wanted:
                faults.append(f"{header}:{line}: a hole in {name}")
    report("no hole in what is hashed", faults)


def check_streams(root):
    """A stream points into itself: one that is returned or assigned draws from where it was."""
    copies = re.compile(r"^(static |inline |const )*mu_stream [a-z]\w*\(|\bmu_stream \w+ = [^{]", re.M)
    faults = [f"{path.relative_to(root)}: {found[0]}" for path in sources(root, "sim", "tests", "tools", "render")
              for found in copies.finditer(path.read_text(encoding="utf-8"))]
    report("no stream of luck is copied", faults)


def check_names(library):
    """The names, too."""
    out = subprocess.run(["nm", "--defined-only", "--extern-only", library], check=True,
                         capture_output=True, text=True).stdout
    names = re.findall(r"^[0-9a-f]+ [A-TV-Z] (\S+)$", out, re.M)
    names = [n for n in names if not n.startswith(("__", "_GLOBAL"))]
    report("every external name begins with mu_", [n for n in names if not n.startswith("mu_")])
    mutable = re.findall(r"^[0-9a-f]+ [BCDG] (\S+)$", out, re.M)
    # Constant tables that hold addresses land in .data.rel.ro, which nm calls D.
    sections = subprocess.run(["objdump", "-t", library], check=True, capture_output=True,
                              text=True).stdout
    writable = [n for n in mutable
                if re.search(rf"\s\.(data|bss)\s+[0-9a-f]+ (\.hidden )?{re.escape(n)}$", sections,
                             re.M) and not n.startswith("__")]
    report("no global that can change", writable)
    return set(names)


def check_apart(first, second):
    report("drawing and simulation name nothing alike", sorted(first & second))


def main():
    root = pathlib.Path(sys.argv[2])
    check_arrows(root)
    check_public_headers(root)
    check_quiet(root)
    check_licence(root)
    check_lengths(root)
    check_render(root)
    check_holes(root)
    check_streams(root)
    if len(sys.argv) > 4:
        names = check_names(sys.argv[4])
        if len(sys.argv) > 5:
            check_apart(names, check_names(sys.argv[5]))
    return TALLY.finish()


if __name__ == "__main__":
    sys.exit(main())
