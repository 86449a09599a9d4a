#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files from everywhere: names that would be markup, commands, formulas or paths do no harm, what is
no file is not read, results are not written through a link that leads out of their folder, and small
files that stand for large ones end in a message. With MUSTER_HOSTILE=all further pages and names.

usage: test_hostile.py MUSTER ROOT [SHARED]
"""
import csv
import html.parser
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree
import zipfile

from scenario import Tally

MUSTER, ROOT = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
ALL = os.environ.get("MUSTER_HOSTILE") == "all"
TALLY = Tally()
ok = TALLY.check

MARK = "zqx"
NAMES = [f"\"'><script>{MARK}()</script>", f"<img src=x onerror={MARK}()>", f"</title></style><svg onload={MARK}()>",
         f"={MARK}|' /C calc'!A1", f"$({MARK}) `{MARK}`; {MARK} &", f"\u202e{MARK}\u2066\u200f", f"&lt;{MARK}&#60;",
         f"]]>--><!--{MARK}", "W" * 300 + MARK, f"javascript:{MARK}()", f"-2+3+{MARK}|' /C calc'!A1",
         f"\u200b{MARK}\u2060\u00ad", f"@{MARK}(1)", "长" * 3900 + MARK]
HIDDEN = "\u202e\u2066\u200f\u200b\u2060\u009b\x1b"  # what turns a line around, hides in it or steers a terminal


def run(*words, folder=None, limit=120):
    try:
        return subprocess.run([MUSTER, *map(str, words)], capture_output=True, text=True, check=False,
                              cwd=folder, timeout=limit)
    except subprocess.TimeoutExpired as late:
        return subprocess.CompletedProcess(late.cmd, 124, "", "it hangs")


def rename(value, count, key=None):
    """Every name and text that people read becomes one of NAMES."""
    if isinstance(value, dict):
        return {k: rename(v, count, k) for k, v in value.items()}
    if isinstance(value, list):
        return [rename(v, count, key) for v in value]
    if isinstance(value, str) and key in ("en", "zh", "title", "text", "story", "note", "source"):
        count[0] += 1
        return NAMES[count[0] % len(NAMES)]
    return value


def calm(name, done):
    """Nothing that was printed can steer a terminal (CWE-150)."""
    said = done.stdout + done.stderr
    bad = sorted({hex(ord(c)) for c in said if (ord(c) < 32 and c not in "\n\t\r") or c in HIDDEN})
    ok(f"{name}: nothing printed steers the terminal", not bad, (bad, said[:200]))


def everything(folder):
    return {p: (p.lstat().st_mtime_ns, p.lstat().st_size) for p in folder.rglob("*") if not p.is_dir()}


class Page(html.parser.HTMLParser):
    """What a browser would run or fetch."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.faults, self.text, self.script = [], [], False

    def handle_starttag(self, tag, attrs):
        self.script = tag == "script"
        for name, value in attrs:
            value = value or ""
            if name.startswith("on") or value.strip().lower().startswith(("javascript:", "data:text")):
                self.faults.append((tag, name, value[:60]))
            if name in ("src", "href", "action") and "://" in value and not value.startswith("data:"):
                self.faults.append((tag, name, value[:60]))
        if tag in ("img", "iframe", "object", "embed", "base", "form", "link") and MARK in str(attrs):
            self.faults.append((tag, attrs))

    def handle_endtag(self, tag):
        self.script = self.script and tag != "script"

    def handle_data(self, data):
        if self.script and MARK in data and "</" in data:
            self.faults.append(("script", data[:80]))
        self.text.append(data)

    def handle_comment(self, data):
        if MARK in data:
            self.faults.append(("comment", data[:60]))


def look_at_page(path):
    page = Page()
    page.feed(path.read_text(encoding="utf-8"))
    page.close()
    text = "".join(page.text)
    ok(f"{path.name}: names are text and nothing else", not page.faults, page.faults[:5])
    hidden = sorted({hex(ord(c)) for c in text if c in HIDDEN})
    ok(f"{path.name}: nothing turns a line around or hides in it", not hidden, hidden)
    return text


def look_at_table(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    bad = [cell[:40] for cell in cells if cell[:1] in tuple("=+-@\t\r") and MARK in cell]
    ok(f"{path.name}: no cell is a formula", not bad, bad[:3])


def copy_of_office(folder):
    shutil.copytree(ROOT / "scenarios/head-office", folder / "head-office")
    shutil.copytree(ROOT / "scenarios/policy", folder / "policy")
    shutil.copytree(ROOT / "scenarios/playbooks", folder / "playbooks")
    count = [0]
    for path in [*folder.glob("head-office/*.json"), folder / "policy/baseline.json",
                 folder / "playbooks/package.json"]:
        given = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps(rename(given, count), ensure_ascii=False), encoding="utf-8")
    return folder / "head-office/package.json"


def test_names(folder):
    incident = copy_of_office(folder)
    out = folder / "out"
    before = everything(folder)
    done = run("run", incident, "--reps", 2, "--motion", "flow", "-q", "-o", out)
    ok("names of any kind: it runs", done.returncode == 0, done.stderr[-400:])
    text = look_at_page(out / "report.html")
    ok("the report shows them as they are", NAMES[0] in text or "<script>" in text, "not found")
    calm("run", done)
    done = run("pack", incident, "--reps", 1, "--motion", "flow", "--no-pdf", "-q", "-o", folder / "pack")
    ok("a pack is made", done.returncode == 0, done.stderr[-400:])
    for page in sorted((folder / "pack").rglob("*.html")):
        look_at_page(page)
    for table in sorted((folder / "pack").rglob("*.csv")):
        look_at_table(table)
    done = run("lint", folder / "head-office/site.json", "--html", folder / "lint.html")
    calm("lint", done)
    if (folder / "lint.html").exists():
        look_at_page(folder / "lint.html")
    test_of_studies(folder, incident)
    test_of_pictures(folder, incident)
    outside = [p for p in everything(folder) if p not in before and
               not {"out", "pack", "pictures"} & set(p.relative_to(folder).parts[:1]) and p.parent != folder]
    ok("nothing is written outside the folders of results", not outside, outside[:5])


def test_of_studies(folder, incident):
    """Pages and tables of many runs, and the policy as a spreadsheet."""
    study = json.loads((ROOT / "scenarios/studies/head-office-operators.json").read_text(encoding="utf-8"))
    study = rename({**study, "incidents": [str(incident)]}, [0])
    study["rows"], study["reps"] = study["rows"][:1], 2
    (folder / "study.json").write_text(json.dumps(study, ensure_ascii=False), encoding="utf-8")
    done = run("batch", folder / "study.json", "-q", "-o", folder / "study.sqlite", "--csv", folder / "runs.csv")
    ok("a study of them is played", done.returncode == 0, done.stderr[-300:])
    calm("batch", done)
    look_at_table(folder / "runs.csv")
    done = run("compare", folder / "study.sqlite", "--html", folder / "compare.html")
    calm("compare", done)
    ok("compared", done.returncode == 0, done.stderr[-300:])
    look_at_page(folder / "compare.html")
    if ALL:
        test_of_hazop(folder, incident)
    done = run("export", "policy", folder / "policy/baseline.json", "-o", folder / "policy.csv")
    ok("the policy is written as a spreadsheet", done.returncode == 0, done.stderr[-300:])
    look_at_table(folder / "policy.csv")
    for words in (["clauses", "--policy", folder / "policy/baseline.json"], ["check", incident]):
        calm(words[0], run(*words))


def test_of_hazop(folder, incident):
    levers = json.loads((ROOT / "scenarios/levers/head-office.json").read_text(encoding="utf-8"))
    (folder / "levers.json").write_text(json.dumps(rename(levers, [0]), ensure_ascii=False), encoding="utf-8")
    done = run("hazop", incident, "--levers", folder / "levers.json", "--kinds", "channel", "--guides", "lost",
               "--screen", 5, "--reps", 5, "-q", "-o", folder / "hazop.sqlite", "--html", folder / "hazop.html")
    ok("a HAZOP of them is played", done.returncode == 0, done.stderr[-300:])
    calm("hazop", done)
    look_at_page(folder / "hazop.html")
    done = run("year", folder / "head-office/site.json", "-o", folder / "out/year", "-q")
    calm("year", done)
    for page in sorted((folder / "out/year").rglob("*.html")):
        look_at_page(page)


def test_of_pictures(folder, incident):
    done = run("show", incident, "--headless", "--at", 60, "--plan-only", "--svg", "-o", folder / "pictures")
    ok("pictures are made", done.returncode == 0, done.stderr[-300:])
    for picture in sorted((folder / "pictures").glob("*.svg")):
        tree = xml.etree.ElementTree.parse(picture)
        odd = [e.tag for e in tree.iter() if e.tag.rpartition("}")[2] not in
               ("svg", "title", "g", "path", "rect", "circle", "text", "clipPath", "defs")]
        ok(f"{picture.name}: it is XML, and names are text", not odd, odd[:3])


def test_what_is_no_file(folder):
    os.mkfifo(folder / "pipe")
    office = ROOT / "scenarios/head-office"
    given = json.loads((office / "package.json").read_text(encoding="utf-8"))
    for what in (folder / "pipe", "/dev/zero", "/dev/tty", folder):
        for kind in ("site", "policy"):
            path = folder / "package.json"
            path.write_text(json.dumps({**given, "site": str(office / "site.json"), "roster": str(office / "roster.json"),
                                        "policy": str(ROOT / "scenarios/policy/baseline.json"),
                                        "playbooks": [], kind: str(what)}), encoding="utf-8")
            done = run("check", path, limit=30)
            ok(f"{kind} {what}: a message", done.returncode in (1, 2) and str(what) in done.stdout + done.stderr,
               done.stderr[-200:])
    for words in (["import", "wkt"], ["import", "dxf"], ["import", "rooms"]):
        for what in (folder / "pipe", "/dev/zero"):
            done = run(*words, what, "-o", folder / "imported", limit=30)
            ok(f"{' '.join(words)} {what}: a message", done.returncode == 2 and done.stderr, (done.returncode, done.stderr[-200:]))


def test_links(folder):
    precious = folder / "precious"
    precious.write_text("mine", encoding="utf-8")
    out = folder / "results"
    out.mkdir()
    for name in ("metrics.json", "report.html", "log.jsonl", "report.md"):
        (out / name).symlink_to(precious)
    done = run("run", ROOT / "scenarios/head-office/package.json", "--reps", 1, "--motion", "flow", "-q",
               "--no-report", "-o", out)
    ok("a link in the folder of results is not written through",
       done.returncode != 0 and precious.read_text(encoding="utf-8") == "mine" and "link" in done.stderr,
       (done.returncode, done.stderr[-300:]))


def test_odd_paths(folder):
    for name in ("-rf", "a b", "$(touch hacked)", "quote'\"", "new\nline", "中文"):
        at = folder / "odd"
        shutil.rmtree(at, ignore_errors=True)
        at.mkdir()
        done = run("export", "geojson", ROOT / "scenarios/head-office/site.json", "-o", f"./{name}.geojson", folder=at)
        ok(f"written as {name!r}", done.returncode == 0 and sorted(p.name for p in at.iterdir()) == [f"{name}.geojson"],
           (done.returncode, done.stderr[-200:], list(at.iterdir())))


def test_names_that_are_refused(folder):
    """Ids are words; texts have no control characters and are not endless."""
    incident = json.loads((ROOT / "scenarios/head-office/package.json").read_text(encoding="utf-8"))
    site = json.loads((ROOT / "scenarios/head-office/site.json").read_text(encoding="utf-8"))
    for name, text in (("../../etc/x", "../../etc/x"), ("/etc/x", "/etc/x"), ("a\0b", "a\\u0000b"), ("a\nb", "a\\nb"),
                       ("..", ".."), ("", ""), ("x" * 81, "x" * 81), ("x/../y", "x/../y"), ("a b", "a b")):
        changed = {**site, "levels": [{**site["levels"][0], "id": name}, *site["levels"][1:]]}
        (folder / "site.json").write_text(json.dumps(changed), encoding="utf-8")
        done = run("check", folder / "site.json")
        ok(f"the id {text[:20]!r} is refused", done.returncode == 1 and "$.levels[0].id" in done.stdout, done.stdout[:300])
        calm(f"the id {text[:20]!r}", done)
    for what, text in (("10,000 characters", "n" * 10000), ("an escape", "a\x1b[31mred"), ("a bell", "a\x07"), ("a C1 control", "a\u009b31m"), ("NUL", "a\0b")):
        (folder / "package.json").write_text(json.dumps({**incident, "name": {"en": text}}), encoding="utf-8")
        done = run("check", folder / "package.json")
        ok(f"a name with {what} is refused", done.returncode == 1 and "$.name.en" in done.stdout, done.stdout[:300])
        calm(f"a name with {what}", done)


def test_terminal(folder):
    """What steers a terminal stays out of messages, wherever it comes from."""
    esc = "\x1b]0;zqx\x07\x1b[31m"
    office = ROOT / "scenarios/head-office"
    for words in (["check", f"{esc}.json"], ["run", f"{esc}.json", "-o", folder / "o"], [esc], ["run", f"--{esc}"],
                  ["check", "--lang", esc], ["import", "dxf", f"{esc}.dxf", "-o", folder / "o"],
                  ["run", office / "package.json", "--why", esc, "-o", folder / "o"], ["schema", esc],
                  ["verify", f"{esc}.json"], ["compare", f"{esc}.sqlite"], ["show", f"{esc}.json", "--headless", "-o", folder / "o"],
                  ["new", esc, "--rooms", "3"], ["report", f"{esc}.jsonl", "-o", folder / "o"],
                  ["export", "geojson", office / "site.json", "-o", folder / f"{esc}.geojson"],
                  ["migrate", office / "site.json", "-o", folder / f"{esc}.json"]):
        calm(f"{words[0]!r}…", run(*words))
    (folder / "policy.csv").write_text(f"id,kind,{esc}\n{esc},{esc},1\n", encoding="utf-8")
    calm("import policy", run("import", "policy", folder / "policy.csv", "-o", folder / "policy.json"))
    (folder / "rooms.csv").write_text(f"id,name,x,y,w,h,level\n{esc},{esc},0,0,5,5,0\n", encoding="utf-8")
    calm("import rooms", run("import", "rooms", folder / "rooms.csv", "-o", folder / "rooms"))
    (folder / "log.jsonl").write_text(json.dumps({"format": esc, "kind": esc}) + "\n", encoding="utf-8")
    calm("report of a log", run("report", folder / "log.jsonl", "-o", folder / "o"))


FFMPEG = """#!/bin/sh
for word; do printf '%s\\0' "$word" >>"$ARGUMENTS"; last=$word; done
cat >"${last#file:}"
"""


def test_films(folder):
    """ffmpeg gets each name as one word that is a file, and writes through no link."""
    (folder / "bin").mkdir()
    (folder / "bin/ffmpeg").write_text(FFMPEG, encoding="utf-8")
    (folder / "bin/ffmpeg").chmod(0o755)
    (folder / "precious").write_text("mine", encoding="utf-8")
    names = ["-i\n-y.mp4", "%03d$(touch hacked)`touch hacked`;'\".mp4", "-rf.mp4", "a;touch hacked.mp4", "concat:a|b.mp4", "pipe:1.mp4"]
    for name in names if ALL else names[:2]:
        (folder / "films").mkdir(exist_ok=True)
        (folder / "films" / f"{name}.part").symlink_to(folder / "precious")
        words = {**os.environ, "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "ARGUMENTS": str(folder / "words")}
        done = subprocess.run([MUSTER, "show", str(ROOT / "scenarios/head-office/package.json"), f"--movie={name}", "--at",
                               "0,2", "--speed", "60", "--size", "320x240"], capture_output=True, text=True, check=False,
                              cwd=folder / "films", env=words, timeout=120)
        given = (folder / "words").read_bytes().split(b"\0")[:-1]
        ok(f"a film {name!r}: one word, a file", done.returncode == 0 and given[-1] == f"file:{name}.part".encode()
           and given[-2] == b"mp4" and given[0] == b"-hide_banner", (done.returncode, done.stderr[-200:], given[-3:]))
        ok(f"a film {name!r}: and nothing else", sorted(p.name for p in (folder / "films").iterdir()) == [name]
           and (folder / "precious").read_text(encoding="utf-8") == "mine" and not (folder / "films" / name).is_symlink(),
           list((folder / "films").iterdir()))
        shutil.rmtree(folder / "films")
        (folder / "words").unlink()


def test_bombs(folder):
    """Small files that stand for more than there is memory or time for."""
    with zipfile.ZipFile(folder / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(280):
                sheet.write(b" " * (1 << 20))
    done = run("import", "policy", folder / "bomb.xlsx", "-o", folder / "policy.json", limit=60)
    ok("a workbook that unpacks to 280 MiB is refused", done.returncode == 2 and "sheet-unpacked" in done.stderr
       and "bomb.xlsx" in done.stderr, done.stderr[-300:])
    within = "0\nLINE\n8\nwall\n10\n0\n20\n0\n11\n1\n21\n0\n" * 10
    blocks = ""
    for depth in range(12):
        blocks += f"0\nBLOCK\n8\n0\n2\nB{depth}\n70\n0\n10\n0\n20\n0\n30\n0\n3\nB{depth}\n{within}0\nENDBLK\n8\n0\n"
        within = "".join(f"0\nINSERT\n8\nwall\n2\nB{depth}\n10\n{k}\n20\n{depth}\n" for k in range(10))
    (folder / "bomb.dxf").write_text(f"0\nSECTION\n2\nBLOCKS\n{blocks}0\nENDSEC\n0\nSECTION\n2\nENTITIES\n{within}"
                                     "0\nENDSEC\n0\nEOF\n", encoding="utf-8")
    done = run("import", "dxf", folder / "bomb.dxf", "--default-use", "office", "-o", folder / "o", limit=60)
    ok("blocks twelve deep end in a message", done.returncode in (0, 2) and done.stderr, (done.returncode, done.stderr[-300:]))


def main():
    for test in (test_names, test_names_that_are_refused, test_terminal, test_what_is_no_file, test_links,
                 test_odd_paths, test_films, test_bombs):
        with tempfile.TemporaryDirectory() as work:
            test(pathlib.Path(work))
    return TALLY.finish()


if __name__ == "__main__":
    sys.exit(main())
