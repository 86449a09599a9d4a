#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every command that README.md and docs/ print can be typed: the verb is there, so are its options,
and every file that it names comes with the product. (Playing them all would take too long here; the
quick ones are played.)

usage: test_docs.py MUSTER ROOT SHARED
"""
import pathlib
import json
import re
import shlex
import subprocess
import sys
import tempfile

from scenario import Tally

MUSTER, ROOT = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
QUICK = {"check", "clauses", "lint", "audit", "schema", "export"}
TALLY = Tally()
check = TALLY.check


def muster(*words, folder=ROOT):
    return subprocess.run([MUSTER, *words], capture_output=True, text=True, timeout=250, cwd=folder)


def commands(page):
    """The lines of a page's sh blocks, and what stands in backquotes, that begin with muster."""
    text = page.read_text("utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.S)
    for block in blocks:
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True)
            if words and words[0].endswith("tools/muster"):
                yield words[1:]
            for at, word in enumerate(words):
                if at > 0 and word.endswith("tools/muster"):
                    yield words[at + 1:]
    for quoted in re.findall(r"`muster ([^`]*)`", re.sub(r"```.*?```", "", text, flags=re.S)):
        words = shlex.split(quoted.replace("…", " "))
        if words:
            yield words


def numbers():
    """docs/models.md prints the numbers that the code uses, all of them."""
    page = (ROOT / "docs" / "models.md").read_text("utf-8")
    tables = re.findall(r"<!-- numbers: (\S+) -->\n((?:\|.*\n)+)", page)
    check("models.md has tables of numbers", len(tables) >= 2, tables)
    for file, table in tables:
        code = dict(re.findall(r"^#define (?!MU_\w+_H$)(\w+) +([0-9.]+)[FU]*(?: |$)",
                               (ROOT / file).read_text("utf-8"), re.M))
        told = dict(re.findall(r"^\| `(\w+)` \| ([0-9.]+) \|", table, re.M))
        wrong = {n: (v, code.get(n)) for n, v in told.items() if n not in code or float(code[n]) != float(v)}
        check(f"models.md: {file}: values", not wrong, wrong)
        check(f"models.md: {file}: all of them", not set(code) - set(told), set(code) - set(told))


# Grids, rounding and places on a line, which nobody would see if they were others.
UNSEEN = {"MU_MOUTH_NEAR_M", "MU_QUEUE_BIN_M", "MU_FLOW_WALKERS_SHARE", "OVER_SILL_M", "AT_POINT_M", "HELD_MOST_MS", "MU_AREA_BOX_M",
          "MOUTH_CELL_M", "MU_WALK_SILL_M", "AT_LINE_M", "SILL_M", "ACROSS_M", "ROUNDING_M", "LONG_S", "OVER_THE_SILL_M", "CELL_M",
          "MINUTE_S", "DAY_S", "TELL_S", "FINE_M"}
UNIT = r"\w+_(?:M|M2|S|MS|MPS|DAYS|SHARE|FLOW|PACE|PPM|COST|POINTS)"


def other_numbers():
    """And what has a unit in the rooms of the models: told with its source, or of no account."""
    page = (ROOT / "docs" / "models.md").read_text("utf-8")
    told = re.findall(r"^\| `(sim/\S+)` \| `(\w+)` \| (-?[0-9.]+) \|.*\| (?:[ABCDF]) \|$", page, re.M)
    wrong = []
    for file, name, value in told:
        code = re.search(rf"^#define {name} +\(?(-?[0-9.]+)", (ROOT / file).read_text("utf-8"), re.M)
        wrong += [] if code and float(code[1]) == float(value) else [(file, name, value)]
    check("models.md: other numbers: values", len(told) > 50 and not wrong, wrong)
    names, missing = {(file, name) for file, name, _ in told}, []
    for room in ("crowd", "hazard", "response", "threat"):
        for path in sorted((ROOT / "sim" / room).glob("*.[ch]")):
            file = str(path.relative_to(ROOT))
            if f"<!-- numbers: {file} -->" not in page:
                found = re.findall(rf"^#define ({UNIT}) +\(?-?[0-9.]+[FU]?\)?(?: |$)", path.read_text("utf-8"), re.M)
                missing += [(file, n) for n in found if n not in UNSEEN and (file, n) not in names]
    check("models.md: other numbers: all of them", not missing, missing)


def defaults():
    """What a file may leave out, unless 0 or 1 stands for it: with source, as the schemas have it."""
    page = (ROOT / "docs" / "models.md").read_text("utf-8")
    table = re.search(r"<!-- defaults -->\n((?:\|.*\n)+)", page)
    told = {(k, f): float(v) for k, f, v in re.findall(
        r"^\| (\w+) \| `([\w.]+)` \| (-?[0-9.]+) \|.*\| [ABCDF] \|$", table[1] if table else "", re.M)}
    real = {}
    for kind in ("site", "roster", "policy", "playbook", "incident", "year", "easi"):
        schema = json.loads(muster("schema", kind, "--lang", "en").stdout)
        for record, of in (("", schema), *schema.get("$defs", {}).items()):
            for name, field in of.get("properties", {}).items():
                value = field.get("default")
                if isinstance(value, (int, float)) and not isinstance(value, bool) and value not in (-1, 0, 1):
                    real[kind, f"{record}.{name}".lstrip(".")] = float(value)
    check("models.md: defaults, all as the schemas have them", len(real) > 30 and told == real,
          set(told.items()) ^ set(real.items()))


PLACE = re.compile(r"(?:sim|render|tools|include|tests|scenarios|docs|po)/[\w./*-]+")
# What only building or a finding makes.
MADE = ("tools/muster", "tools/muster-gdal.so", "tests/fuzz/regress/TARGET", "tests/fuzz/fuzz_again")


def places():
    """Files and folders that a page or the picture of the house names are there, and so are the
    functions that the page on the house names."""
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")),
                 ROOT / "docs" / "house.svg"]:
        text = page.read_text("utf-8")
        told = re.findall(r"`([^`\n]+)`", text) if page.suffix == ".md" else [text]
        named = {place.rstrip("./") for part in told for place in re.findall(r"(?<![\w/.-])" + PLACE.pattern, part)}
        gone = sorted(p for p in named if p not in MADE and not list(ROOT.glob(p)))
        check(f"{page.name}: what it names is there", not gone, gone)
    code = "".join(p.read_text("utf-8") for room in ("sim", "include") for p in (ROOT / room).rglob("*.h"))
    house = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    gone = [name for name in re.findall(r"`(mu_\w+)`", house) if not re.search(rf"\b{name}\b", code)]
    check("architecture.md: functions", not gone, gone)


def main():
    numbers()
    other_numbers()
    defaults()
    places()
    helps = {}
    for line in muster("--help", "--lang", "en").stdout.splitlines():
        verb = re.match(r"  ([a-z]+)  ", line)
        if verb:
            helps[verb.group(1)] = muster(verb.group(1), "--help", "--lang", "en").stdout
    check("there are verbs", len(helps) > 10, helps)
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for words in commands(page):
            verb, rest = words[0], words[1:]
            name = f"{page.name}: muster {' '.join(words)}"
            if verb not in helps:
                check(name, verb in ("VERB", "COMMAND", "--help", "--version"), "no such verb")
                continue
            options = [w.split("=")[0] for w in rest if w.startswith("-") and len(w) > 1]
            missing = [o for o in options if o not in ("--lang",) and
                       not re.search(re.escape(o) + r"[ ,\n]", helps[verb])]
            files = [w for w in rest if w.startswith("scenarios/") and not (ROOT / w).exists()]
            check(name, not missing and not files, (missing, files))
            written = [w for w in rest if w.isupper() or w.startswith("out/") or "FILE" in w]
            if verb in QUICK and rest and not written and "…" not in " ".join(words):
                with tempfile.TemporaryDirectory() as work:
                    here = [str(ROOT / w) if w.startswith("scenarios/") else w for w in rest]
                    run = muster(verb, *here, folder=work)
                    check(f"{name} runs", run.returncode in (0, 1) and "Traceback" not in run.stderr,
                          run.stderr[:300])
    return TALLY.finish()


if __name__ == "__main__":
    sys.exit(main())
