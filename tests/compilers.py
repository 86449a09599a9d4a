#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same run under two compilers, and two levels of optimisation: same log, same state hash.

The two optimised builds are those that the tests have made anyway: gcc's release and clang's, which
has the sanitizers in it too. With MUSTER_ALL_COMPILERS set, those of both compilers without
optimisation are made and compared as well.

usage: compilers.py ROOT WORK_FOLDER GCC_BUILD CLANG_BUILD
"""
import os
import pathlib
import subprocess
import sys


def build(root, folder, compiler):
    """Without optimisation, and only what the run needs."""
    if not (folder / "build.ninja").exists():
        subprocess.run(["meson", "setup", str(folder), str(root), "--buildtype=plain",
                        "-Doptimization=0", "-Dtests=disabled", "-Dgdal=disabled",
                        "-Dopenmp=disabled", "-Dshow=disabled"],
                       check=True, stdout=sys.stderr, env=dict(os.environ, CC=compiler))
    subprocess.run(["ninja", "-C", str(folder), "tools/muster"], check=True, stdout=sys.stderr)
    return folder / "tools" / "muster"


def run(root, muster, out):
    incident = root / "scenarios" / "head-office" / "package.json"
    subprocess.run([str(muster), "run", str(incident), "--reps", "1", "--seed", "7", "-q", "-o",
                    str(out)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   env=dict(os.environ, ASAN_OPTIONS="detect_leaks=0"))  # fontconfig keeps some
    return (out / "log.jsonl").read_bytes()


def binaries(root, work, optimised):
    """Name and maker of each build, the one that the others are held against first."""
    yield "gcc optimised", lambda: optimised[0] / "tools" / "muster"
    yield "clang optimised", lambda: optimised[1] / "tools" / "muster"
    for compiler in ("clang", "gcc") if os.environ.get("MUSTER_ALL_COMPILERS") else ():
        yield f"{compiler} -O0", lambda: build(root, work / f"{compiler}-O0", compiler)


def first_difference(muster, expected, out):
    """Which event first differs, as the program itself says it."""
    said = subprocess.run([str(muster), "diff", str(expected), str(out), "--lang", "en"], check=False,
                          capture_output=True, text=True,
                          env=dict(os.environ, ASAN_OPTIONS="detect_leaks=0"))
    return (said.stdout or said.stderr).strip().replace("\n", "\n    ")


def main():
    root, work, *optimised = (pathlib.Path(word).resolve() for word in sys.argv[1:5])
    passed = failed = 0
    expected = first = None
    for name, made in binaries(root, work, optimised):
        out = work / name.replace(" ", "")
        try:
            muster = made()
            log = run(root, muster, out)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"not ok {name}: {error}")
            failed += 1
            continue
        first = first or (muster, out)
        expected = expected or log
        if log == expected:
            passed += 1
            print(f"ok {name} gives the same log and hash")
        else:
            failed += 1
            print(f"not ok {name} differs\n    {first_difference(*first, out)}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
