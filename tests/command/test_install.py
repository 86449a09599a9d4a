#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `meson install` lays down works on its own: the program with its data, translation, manual and
completion, and the library, on which the example program is built and run.

usage: test_install.py MUSTER ROOT SHARED BUILD
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from scenario import Tally

ROOT, BUILD = pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[4]).resolve()
TALLY = Tally()
check = TALLY.check


def run(*words, **more):
    return subprocess.run([str(w) for w in words], capture_output=True, text=True, encoding="utf-8",
                          check=False, **more)


def installed(folder):
    done = run("meson", "install", "-C", BUILD, "--no-rebuild", "--quiet",
               env=dict(os.environ, DESTDIR=str(folder)))
    check("meson install", done.returncode == 0, done.stdout + done.stderr)
    return next(folder.rglob("bin/muster")).parent.parent


def program_works(prefix, env):
    done = run(prefix / "bin/muster", "doctor", "--json", env=env)
    found = {line["what"]: line for line in json.loads(done.stdout)["found"]}
    data = found["policy and examples"]
    check("the doctor finds nothing missing", done.returncode == 0, done.stdout)
    check("it finds the installed policy, not the source's",
          pathlib.Path(data["found"]).resolve().is_relative_to(prefix), data)
    done = run(prefix / "bin/muster", "clauses", "4.2.3c", "--lang", "zh", env=env)
    check("it speaks Chinese", "公安" in done.stdout and done.returncode == 0, done.stdout)


def manual(prefix):
    commands = run(sys.argv[1], "--help=bash").stdout.split()
    for folder, word in (("man/man1", "OPTIONS"), ("man/zh_CN/man1", "选项")):
        pages = {page.stem: page.read_text(encoding="utf-8")
                 for page in (prefix / "share" / folder).glob("*.1")}
        check(f"{folder}: a page for each command", set(pages) ==
              {"muster", *(f"muster-{c}" for c in commands)}, sorted(pages))
        check(f"{folder}: each has its options",
              all(f'.SH "{word}"' in text and "\\-\\-lang" in text for text in pages.values()))
    if shutil.which("mandoc"):
        bad = [p.name for p in (prefix / "share/man/man1").glob("*.1")
               if run("mandoc", "-Tlint", "-Wwarning", p).returncode]
        check("mandoc reads them", not bad, bad)


def completion(prefix):
    script = prefix / "share/bash-completion/completions/muster"
    ask = ('source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _muster; '
           'printf "%s\\n" "${COMPREPLY[@]}"')

    def complete(*words):
        return run("bash", "-c", ask, "bash", script, *words).stdout.split()

    check("bash completes a command", complete("muster", "ver") == ["verify"], complete("muster", "ver"))
    check("bash completes an option", complete("muster", "run", "a.json", "--se") == ["--seed"],
          complete("muster", "run", "a.json", "--se"))
    check("bash completes a language", complete("muster", "run", "--lang", "z") == ["zh"])
    if shutil.which("zsh"):
        done = run("zsh", "-n", prefix / "share/zsh/site-functions/_muster")
        check("zsh reads its script", done.returncode == 0, done.stderr)


def example(folder, prefix, env):
    library = next(prefix.rglob("libmuster.so")).parent
    made = folder / "gaps"
    # pkg-config would name the final prefix; under DESTDIR the folders are given by hand.
    done = run("cc", "-std=c17", "-Wall", "-Wextra", "-Werror", f"-I{prefix / 'include'}",
               ROOT / "docs/examples/gaps.c", f"-L{library}", "-lmuster", "-o", made)
    check("the example compiles with the installed headers alone", done.returncode == 0, done.stderr)
    incident = next((prefix / "share/muster").rglob("head-office/package.json"))
    done = run(made, incident, folder / "metrics.json", 1, env=env)
    clauses = json.loads((folder / "metrics.json").read_text())["clauses"] if done.returncode == 0 else []
    check("and writes the metrics of every clause", len(clauses) > 100, done.stderr)
    done = run(made, ROOT / "scenarios/policy/baseline.json", folder / "none.json", env=env)
    check("a file that is no incident is said so, and nothing is written",
          done.returncode == 1 and done.stderr and not (folder / "none.json").exists(), done.stderr)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        prefix = installed(folder / "root")
        env = dict(os.environ, LD_LIBRARY_PATH=str(next(prefix.rglob("libmuster.so")).parent))
        program_works(prefix, env)
        manual(prefix)
        completion(prefix)
        example(folder, prefix, env)
    return TALLY.finish()


sys.exit(main())
