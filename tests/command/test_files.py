#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that leave the house, and files that come back: what is redacted names nobody, no post and no
place of equipment, and can still be used; files of older versions are read, and migrated; a policy
goes through a spreadsheet; a level goes to JuPedSim and back; plans are printed.

usage: test_files.py MUSTER ROOT [SHARED]
"""
import csv
import html
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree
import zipfile

from scenario import Office, Tally, play, read

MUSTER, ROOT = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
SCENARIOS = ROOT / "scenarios"


def muster(*words):
    return subprocess.run([MUSTER, *map(str, words)], capture_output=True, text=True, check=False)


def walk(value, key=""):
    """Every text of a file, with the key that it stands under."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from walk(inner, name if name not in ("en", "zh") else key)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner, key)
    elif isinstance(value, str):
        yield key, value


# Words that a format closes, and our own: they name nothing of the organisation.
CLOSED = {"format", "kind", "use", "state", "access", "training", "verb", "dist", "unit", "severity",
          "motion", "motion_mode", "statistic", "basis", "how", "judged_by", "equipment", "belt",
          "verdict", "$schema", "version"}


def secrets(*files):
    """Ids, labels and texts of the files given."""
    found = set()
    for file in files:
        found |= {text for key, text in walk(read(file)) if key not in CLOSED}
    return found


def places(site):
    """Where posts and equipment lie once the site begins at its least coordinates."""
    corners = [p for space in site["spaces"] for p in space["polygon"]]
    left, low = min(p[0] for p in corners), min(p[1] for p in corners)
    for thing in site.get("posts", []) + site.get("equipment", []):
        x, y = thing["at"]
        yield thing["id"], (round(x - left, 3), round(y - low, 3))


def points(value):
    if isinstance(value, list):
        if len(value) == 2 and all(isinstance(n, (int, float)) for n in value):
            yield tuple(round(n, 3) for n in value)
        for inner in value:
            yield from points(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from points(inner)


def names_nothing(tally, what, texts, hidden):
    """No text is one of the hidden ones, and none holds one that is more than a word."""
    texts = [text for text in texts if not re.fullmatch(r"[a-z]+\.\d+", text)]
    said = {text for text in texts if text in hidden}
    whole = "\n".join(texts)
    held = {h for h in hidden if len(h) > 1 and (" " in h or "." in h or ord(h[0]) > 255) and
            h in whole}
    tally.check(f"{what}: nothing is named", not said and not held, sorted(said | held)[:8])


def redacted_folder(tally, folder, name, incident):
    given = read(SCENARIOS / incident)
    base = (SCENARIOS / incident).parent
    site = base / given["site"]
    out = folder / name
    done = muster("export", "redacted", SCENARIOS / incident, "-o", out)
    if not tally.check(f"{name}: is redacted", done.returncode == 0, done.stderr):
        return
    hidden = secrets(SCENARIOS / incident, site, base / given["roster"],
                     *(base / book for book in given["playbooks"])) - {"alarm"}
    for file in sorted(out.glob("*.json")):
        names_nothing(tally, f"{name}/{file.name}",
                      [text for key, text in walk(read(file)) if key not in CLOSED],
                      hidden - {"site.json", "roster.json", "alarm:general", "site", "evacuation"})
    bare = read(out / "site.json")
    tally.check(f"{name}: has neither posts nor equipment",
                not any(key in bare for key in ("posts", "equipment", "signs", "roads", "lanes")))
    drawn = set(points(bare))
    given_away = [i for i, place in places(read(site)) if place in drawn]
    tally.check(f"{name}: it begins at its own origin",
                min(p[0] for p in drawn) == 0 and min(p[1] for p in drawn) == 0)
    tally.check(f"{name}: no place of a post or of equipment is in it", not given_away, given_away)
    tally.check(f"{name}: as many rooms and ways as before",
                all(len(bare[k]) == len(read(site)[k]) for k in ("spaces", "portals")))
    check = muster("check", out / "incident.json")
    tally.check(f"{name}: checks clean", check.returncode == 0, check.stdout + check.stderr)
    return out


def redacted(tally, folder):
    redacted_folder(tally, folder, "campus", "campus/package.json")
    out = redacted_folder(tally, folder, "office", "head-office/package.json")
    played = muster("run", out / "incident.json", "-n", 1, "--motion", "flow", "--no-report", "-q",
                    "-o", out / "played")
    numbers = read(out / "played/metrics.json") if played.returncode == 0 else {}
    tally.check("the redacted office can be emptied",
                numbers and numbers["evacuation"]["evacuated_share"] > 0.95, played.stderr)


def redacted_results(tally, folder):
    base = SCENARIOS / "head-office"
    incident = read(base / "package.json")
    files = [base / "package.json", *(base / incident[k] for k in ("site", "roster", "policy")),
             *(base / book for book in incident["playbooks"])]
    hidden = secrets(*files)
    muster("run", base / "package.json", "-n", 2, "--motion", "flow", "--no-report", "-q", "-o",
           folder / "run")
    done = muster("export", "redacted", folder / "run/metrics.json", "-o", folder / "bare.json")
    if not tally.check("results are redacted", done.returncode == 0, done.stderr):
        return
    bare, whole = read(folder / "bare.json"), read(folder / "run/metrics.json")
    names_nothing(tally, "results", [text for key, text in walk(bare) if key not in CLOSED],
                  hidden - {"predicted"})
    tally.check("verdicts stay", [c["verdict"] for c in bare["clauses"]] ==
                [c["verdict"] for c in whole["clauses"]])
    for language, mark in (("en", "REDACTED"), ("zh", "脱敏")):
        page = folder / f"bare-{language}.html"
        muster("export", "redacted", folder / "run/metrics.json", "-o", page, "--lang", language)
        text = html.unescape(re.sub(r"<style>.*?</style>|<[^>]+>", "\n",
                                    page.read_text(encoding="utf-8"), flags=re.S))
        names_nothing(tally, f"page ({language})", text.split("\n"), hidden - {"rate", "coverage"})
        tally.check(f"page ({language}): is marked", mark in text)


def refused(tally):
    done = muster("export", "redacted", SCENARIOS / "policy/baseline.json")
    tally.check("a policy is not redacted, and why is said",
                done.returncode == 2 and "policies" in done.stderr, done.stderr)


def lines_of(text, old, new):
    return text.replace('"version": 2', '"version": 1', 1).replace(new, old)


def migrated(tally, folder):
    """A roster as the first form of all wrote it."""
    old = ROOT / "tests/old/roster-1.json"
    check = muster("check", old)
    tally.check("a roster of version 1 is read, and that it is one is noted",
                check.returncode == 0 and "version 1" in check.stdout and "muster migrate" in
                check.stdout, check.stdout)
    new = folder / "roster.json"
    done = muster("migrate", old, "-o", new)
    text = new.read_text(encoding="utf-8")
    tally.check("it becomes version 2", done.returncode == 0 and read(new)["version"] == 2 and
                {g["training"] for g in read(new)["groups"]} <= {"M1", "M2", "M3"}, done.stderr)
    tally.check("what the version did not change keeps its bytes",
                lines_of(text, '"training": "m', '"training": "M') == old.read_text(encoding="utf-8"))
    tally.check("what it changed is said", "M1, M2, M3" in done.stdout, done.stdout)
    again = muster("migrate", new)
    tally.check("a new file is left alone", again.returncode == 0 and "nothing" in again.stdout and
                new.read_text(encoding="utf-8") == text)
    tally.check("--dry-run says which are older, and writes nothing",
                [muster("migrate", "--dry-run", f).returncode for f in (old, new)] == [1, 0])
    new.write_text(text.replace('"version": 2', '"version": 3', 1), encoding="utf-8")
    tally.check("a version of the future is refused", muster("check", new).returncode == 1)
    other = muster("migrate", ROOT / "meson.build")
    tally.check("what is no file of ours is refused", other.returncode == 2, other.stderr)


def same_run(tally, folder):
    """The old form plays as the new one does."""
    numbers = []
    for version in (2, 1):
        office = Office(ROOT)
        if version == 1:
            office.files["roster"]["version"] = 1
            for group in office.files["roster"]["groups"]:
                group["training"] = group.get("training", "M2").lower()
        (folder / f"v{version}").mkdir()
        incident = office.write(folder / f"v{version}")
        played = json.loads(play(MUSTER, incident, "-n", "1", "--motion", "flow")[0])
        played.pop("inputs")
        numbers.append(played)
    tally.check("an old roster gives the same results", numbers[0] == numbers[1])


def rows_of(path):
    return list(csv.reader(open(path, encoding="utf-8-sig", newline="")))


def write_rows(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    return path


def change_workbook(path, before, after):
    """One text of a workbook for another, as a spreadsheet program would store it."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    strings = "xl/sharedStrings.xml"
    assert before.encode() in parts[strings]
    parts[strings] = parts[strings].replace(before.encode(), after.encode())
    with zipfile.ZipFile(path, "w") as book:
        for name, part in parts.items():
            book.writestr(name, part)


def policy_sheet(tally, folder):
    """There and back again without a difference; a changed limit is the only one; faults by cell."""
    base = SCENARIOS / "policy/baseline.json"
    sheet = folder / "policy.csv"
    done = muster("export", "policy", base, "-o", sheet)
    full = folder / "full.json"
    back = muster("import", "policy", sheet, "-o", full)
    if not tally.check("a policy becomes a sheet and a policy again",
                       done.returncode == back.returncode == 0, done.stderr + back.stderr):
        return
    tally.check("with every field of every clause as it was",
                read(full)["clauses"] == read(base)["clauses"])
    rows = rows_of(sheet)
    column = {name: c for c, name in enumerate(rows[0])}
    row = next(r for r in rows if r[column["id"]] == "4.2.3b")
    tally.check("the limit stands where it is looked for", row[column["demand_value"]] == "180", row)

    def differences(change, name="changed.csv"):
        copy = [list(r) for r in rows]
        change(next(r for r in copy if r[column["id"]] == "4.2.3b"), copy)
        out = folder / "changed.json"
        took = muster("import", "policy", write_rows(folder / name, copy), "--based-on", base, "-o",
                      out)
        return took, read(out) if took.returncode == 0 else {}

    took, got = differences(lambda r, _: r.__setitem__(column["demand_value"], "240"))
    tally.check("a changed limit is all that differs",
                got.get("changes") == [{"clause": "4.2.3b", "demand": "limit", "value": 240}] and
                got["clauses"] == [], took.stderr or got)
    checked = muster("check", folder / "changed.json")
    tally.check("what is written checks clean", checked.returncode == 0, checked.stdout)
    took, got = differences(lambda r, _: r.__setitem__(column["off"], "是"))
    tally.check("so is a clause that is switched off",
                got.get("changes") == [{"clause": "4.2.3b", "switches": True, "off": True}], got)
    took, got = differences(lambda r, _: r.__setitem__(column["title_en"], "Police there"))
    tally.check("another title makes the clause our own",
                [c["id"] for c in got.get("clauses", [])] == ["4.2.3b"] and got["changes"] == [], got)
    took, got = differences(lambda r, _: r.__setitem__(column["note_zh"], "原文没有说明。"))
    tally.check("another Chinese note, too, and its English stays",
                [c["note"] for c in got.get("clauses", [])] ==
                [{"en": row[column["note_en"]], "zh": "原文没有说明。"}], took.stderr or got)

    def one_note(_, all_rows):
        """As a sheet of before notes had languages."""
        for r in all_rows:
            del r[column["note_zh"]]
        all_rows[0][column["note_en"]] = "note"

    took, got = differences(one_note)
    tally.check("a sheet whose note has no language says the same",
                got.get("changes") == [] and got["clauses"] == [], took.stderr or got)
    took = muster("import", "policy", folder / "changed.csv", "-o", folder / "one.json")
    tally.check("and stands for both without another policy", took.returncode == 0 and
                [c["note"] for c in read(folder / "one.json")["clauses"] if "note" in c] ==
                [{"en": c["note"]["en"], "zh": c["note"]["en"]} for c in read(base)["clauses"] if "note" in c],
                took.stderr)
    line = rows.index(row) + 1
    cell = f"{chr(ord('A') + column['demand_value'])}{line}"
    faults = {
        cell: lambda r, _: r.__setitem__(column["demand_value"], "three minutes"),
        f"D{line}": lambda r, _: r.__setitem__(column["kind"], "deadlin"),
        f"H{line}": lambda r, _: r.__setitem__(column["severity"], "9"),
        f"{chr(ord('A') + column['note_zh'])}{line}": lambda r, _: r.__setitem__(column["note_zh"], "长" * 4001),
        "H1": lambda _, all_rows: all_rows[0].__setitem__(column["severity"], "severty"),
        f"{chr(ord('A') + column['same_as'])}{line}":
            lambda r, _: r.__setitem__(column["same_as"], "9.9.9z"),
    }
    for where, change in faults.items():
        took, _ = differences(change)
        tally.check(f"what is wrong in {where} is named by its cell",
                    took.returncode == 2 and f"{where}: " in took.stderr, took.stderr)
    book = folder / "policy.xlsx"
    if muster("export", "policy", base, "-o", book).returncode == 0:
        change_workbook(book, "<t>Police in position outside</t>", "<t>Police in place</t>")
        took = muster("import", "policy", book, "--based-on", base, "-o", folder / "book.json")
        tally.check("a workbook, too", took.returncode == 0 and
                    [c["title"]["en"] for c in read(folder / "book.json")["clauses"]] ==
                    ["Police in place"], took.stderr)


def area(ring):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1]))) / 2


def jupedsim(tally, folder):
    """A level goes to JuPedSim's XML and comes back with its rooms and doors."""
    site = read(SCENARIOS / "head-office/site.json")
    file = folder / "level.xml"
    done = muster("export", "jupedsim", SCENARIOS / "head-office/site.json", "--level", "G", "-o", file)
    if not tally.check("a level becomes JuPedSim's XML", done.returncode == 0, done.stderr):
        return
    root = xml.etree.ElementTree.parse(file).getroot()
    tally.check("as its schema has it", root.tag == "geometry" and
                {"version", "caption", "unit"} <= set(root.attrib) and
                [c.tag for c in root] == ["rooms", "transitions"] and
                all(s.get("class") in ("stair", "subroom") for s in root.iter("subroom")) and
                all(p.get("caption") for p in root.iter("polygon")))
    rooms = {s["id"] for s in site["spaces"] if s["level"] == "G"}
    doors = [p for p in site["portals"] if set(p["between"]) <= rooms and p["kind"] != "stair"]
    tally.check("with a line for every door",
                len(list(root.iter("crossing"))) + len(list(root.iter("transition"))) == len(doors))
    back = muster("import", "jupedsim", file, "-o", folder / "level")
    if back.returncode != 0 and "GDAL" in back.stderr:
        return
    got = read(folder / "level/site.json")
    sizes = sorted(round(area(s["polygon"])) for s in got["spaces"] if s["id"] != "outside")
    given = sorted(round(area(s["polygon"])) for s in site["spaces"] if s["level"] == "G")
    missing = [a for a in given if not any(abs(a - b) <= max(2, a / 50) for b in sizes)]
    tally.check("which come back as rooms of the same size", len(missing) == 0, missing)


def plans(tally, folder):
    """Plans to be printed: one file a sheet, marked, with title block, north and scale."""
    incident = SCENARIOS / "head-office/package.json"
    for language, words in (("en", ["INTERNAL", "Ground floor", "Approved by, date"]),
                            ("zh", ["内部资料", "首层", "批准人、日期"])):
        done = muster("export", "plan", incident, "--level", "G", "--lang", language, "--paper", "a3",
                      "-o", folder / f"{language}.svg")
        files = sorted(folder.glob(f"{language}-*.svg"))
        if not tally.check(f"plans ({language}): ground and building", done.returncode == 0 and
                           len(files) == 2, done.stderr):
            continue
        texts = [f.read_text(encoding="utf-8") for f in files]
        trees = [xml.etree.ElementTree.fromstring(t) for t in texts]
        tally.check(f"plans ({language}): well formed and as large as the paper",
                    all(t.get("width") == "420mm" for t in trees))
        tally.check(f"plans ({language}): marked, named, with north and scale",
                    all(w in t for t in texts for w in words + [">N<", "10 m"[:2]]))
        tally.check(f"plans ({language}): no variable of CSS is left",
                    not any("var(--" in t for t in texts))
    page = muster("export", "plan", incident, "--level", "G", "-o", folder / "plans.html")
    text = (folder / "plans.html").read_text(encoding="utf-8") if page.returncode == 0 else ""
    tally.check("as a page: a leaf for each sheet, on A4, titled with the site's name", page.returncode == 0 and
                text.count('class="leaf" width="297mm" height="210mm"') == 2 and "@page{size:A4 landscape" in text and
                "<title>Head office (fictional)</title>" in text and text.rstrip().endswith("</html>"),
                page.stderr + text[:600])
    bare = muster("export", "plan", incident, "--level", "G", "--bare", "-o", folder / "bare.svg")
    tally.check("a bare plan names no incident", bare.returncode == 0 and not any(
        "Unattended" in f.read_text(encoding="utf-8") for f in folder.glob("bare-*.svg")))
    for words in (["--paper", "a5", "-o", "x.svg"], ["-o", "x.doc"], ["--level", "Z", "-o", "x.svg"]):
        tally.check(f"refused: {' '.join(words)}",
                    muster("export", "plan", incident, *words).returncode == 2)


def verbose(tally):
    """Notes are for who asks for them; nothing is coloured, whatever NO_COLOR says."""
    old = ROOT / "tests/old/roster-1.json"
    quiet, loud = muster("export", "redacted", old), muster("export", "redacted", old, "--verbose")
    tally.check("--verbose prints the notes, too", "version 1" not in quiet.stderr and
                "version 1" in loud.stderr, loud.stderr)
    tally.check("no output is coloured", "\x1b" not in
                muster("--help").stdout + muster("check", old).stdout + loud.stderr)


def piped(tally):
    """A pipe gives its text once; `check` reads a file twice, for its kind and for what it holds."""
    text = (SCENARIOS / "head-office/roster.json").read_text(encoding="utf-8")
    for name, given, wanted in (("good", text, 0), ("wrong", text.replace('"count": 1', '"count": -1', 1), 1)):
        done = subprocess.run([MUSTER, "check", "/dev/stdin"], input=given, capture_output=True, text=True,
                              check=False)
        tally.check(f"a {name} file through a pipe is checked", done.returncode == wanted and
                    ("is out of range" in done.stderr + done.stdout) == (wanted == 1),
                    done.stdout + done.stderr)


def versions(tally):
    files = [f for f in sorted(SCENARIOS.rglob("*.json"))]
    bare = [f.name for f in files if not {"format", "version"} <= set(read(f))]
    tally.check("every file that is shipped has its format and version", not bare, bare)
    older = muster("migrate", "--dry-run", *files)
    tally.check("and is of the newest", older.returncode == 0, older.stdout)


def main():
    tally = Tally()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        redacted(tally, folder)
        redacted_results(tally, folder)
        refused(tally)
        migrated(tally, folder)
        same_run(tally, folder)
        policy_sheet(tally, folder)
        jupedsim(tally, folder)
        plans(tally, folder)
    verbose(tally)
    piped(tally)
    versions(tally)
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
