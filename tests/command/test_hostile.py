#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files from everywhere: names that would be markup, commands, formulas or paths do no harm, what is
no file is not read, and results are not written through a link that leads out of their folder.

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

from scenario import Tally

MUSTER, ROOT = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
TALLY = Tally()
ok = TALLY.check

MARK = "zqx"
NAMES = [f"\"'><script>{MARK}()</script>", f"<img src=x onerror={MARK}()>", f"</title></style><svg onload={MARK}()>",
         f"={MARK}|' /C calc'!A1", f"$({MARK}) `{MARK}`; {MARK} &", f"\u202e{MARK}\u2066\u200f", f"&lt;{MARK}&#60;",
         f"]]>--><!--{MARK}", "W" * 300 + MARK, f"javascript:{MARK}()"]


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
    return text


def look_at_table(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    bad = [cell[:40] for cell in cells if cell[:1] in "=+-@\t\r" and MARK in cell]
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
    done = run("run", incident, "--reps", 2, "--motion", "flow", "-q", "-o", out)
    ok("names of any kind: it runs", done.returncode == 0, done.stderr[-400:])
    text = look_at_page(out / "report.html")
    ok("the report shows them as they are", NAMES[0] in text or "<script>" in text, "not found")
    ok("standard output has no control characters", not any(ord(c) < 32 and c not in "\n\t" for c in done.stdout))
    done = run("pack", incident, "--reps", 1, "--motion", "flow", "--no-pdf", "-q", "-o", folder / "pack")
    ok("a pack is made", done.returncode == 0, done.stderr[-400:])
    for page in sorted((folder / "pack").rglob("*.html")):
        look_at_page(page)
    for table in sorted((folder / "pack").rglob("*.csv")):
        look_at_table(table)
    done = run("lint", folder / "head-office/site.json", "--html", folder / "lint.html")
    if (folder / "lint.html").exists():
        look_at_page(folder / "lint.html")


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


def main():
    for test in (test_names, test_what_is_no_file, test_links, test_odd_paths):
        with tempfile.TemporaryDirectory() as work:
            test(pathlib.Path(work))
    return TALLY.finish()


if __name__ == "__main__":
    sys.exit(main())
