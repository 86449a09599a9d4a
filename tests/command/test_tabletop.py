#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tabletop as it is held: the window under Xvfb, driven by real keys and mouse from outside. An
incident runs, is paused, an inject sent, a decision typed; it is killed in the middle of a sentence
and goes on; another branch is begun and compared; `muster report` judges the session.

usage: test_tabletop.py MUSTER ROOT [SHARED]
"""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from scenario import Tally
from xserver import Screen

MUSTER, ROOT = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
INCIDENT = ROOT / "scenarios" / "head-office" / "tabletop.json"
WIDTH, HEIGHT = 1280, 720
wait = Screen.wait


def different(a, b):
    """Share of pixels, each tenth of them, that are not the same."""
    return sum(a[i:i + 3] != b[i:i + 3] for i in range(0, len(a), 30)) / (len(a) / 30)


class Table(Screen):
    """An X server of our own, and the program in it as often as it is started."""

    def __init__(self, folder):
        self.session = folder / "session.jsonl"
        super().__init__(WIDTH, HEIGHT)
        self.program = None

    def open(self):
        self.program = subprocess.Popen(
            [MUSTER, "show", str(INCIDENT), "--session", str(self.session), "--size",
             f"{WIDTH}x{HEIGHT}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=self.environment)
        return wait(lambda: self.colours(0.02, 0.04, 0.1, 0.1) > 1)

    def close(self):
        if self.program is not None:
            self.program.kill()
            self.program.wait()
        super().close()

    def kill(self):
        self.program.send_signal(signal.SIGKILL)
        self.program.wait()
        wait(lambda: self.colours(0.02, 0.04, 0.1, 0.1) == 1, 20)

    def run(self, *words):
        return subprocess.run(words, env=self.environment, check=False, capture_output=True)

    def look(self, *crop):
        """Pixels of the window as the X server has them."""
        picture = self.run("import", "-window", "root", "-depth", "8", "rgb:-").stdout
        rows = [picture[y * WIDTH * 3:(y + 1) * WIDTH * 3] for y in range(HEIGHT)]
        if crop:
            x0, y0, x1, y1 = crop
            rows = [r[int(x0 * WIDTH) * 3:int(x1 * WIDTH) * 3] for r in
                    rows[int(y0 * HEIGHT):int(y1 * HEIGHT)]]
        return b"".join(rows)

    def colours(self, *crop):
        pixels = self.look(*crop)
        return len({pixels[i:i + 3] for i in range(0, len(pixels) - 2, 3)})

    def share(self, colour):
        pixels = self.look()
        return sum(pixels[i:i + 3] == bytes(colour) for i in range(0, len(pixels), 30)) / (
            len(pixels) / 30)

    def key(self, *keys):
        for one in keys:
            self.run("xdotool", "key", one)
            time.sleep(0.15)

    def type(self, text):
        time.sleep(0.5)
        self.run("xdotool", "type", "--delay", "15", text)

    def click(self, x, y):
        self.run("xdotool", "mousemove", str(int(x * WIDTH)), str(int(y * HEIGHT)), "click", "1")
        time.sleep(0.2)

    def entries(self, kind):
        if not self.session.exists():
            return []
        lines = self.session.read_text(encoding="utf-8").splitlines()[1:]
        return [e for e in map(json.loads, lines) if e["kind"] == kind]


def first_half(tally, table):
    tally.check("the window opens with the goals", table.open())
    opening = table.look()
    table.key("l")
    tally.check("the language changes at once", wait(lambda: table.look() != opening))
    table.key("l", "Return")
    tally.check("a session's file begins", wait(table.session.exists))
    table.key("braceright", "braceright", "braceright", "braceright", "braceright")
    table.click(0.86, 0.168)  # the first inject, and its button
    sent = wait(lambda: [table.click(0.80, y) for y in (0.36, 0.38, 0.4)] and
                table.entries("sent"), 20)
    tally.check("an inject is sent by a click", bool(sent), table.session.read_text()[-300:])
    table.key("F5")
    table.type("Commander")
    table.key("Tab")
    table.type("Everybody leaves by the north door")
    table.key("Return")
    made = wait(lambda: table.entries("decision"), 20)
    decision = (table.entries("decision") or [{}])[0]
    tally.check("a decision is typed, timed and saved",
                bool(made) and decision["what"] == "Everybody leaves by the north door" and
                decision["who"] == "Commander" and 0 < decision["t_us"] <= 300e6, decision)


def killed(tally, table):
    table.key("F7")
    table.type("Wachbuch")
    table.key("Tab")
    table.type("half a sent")
    tally.check("text is saved as it is typed",
                wait(lambda: any(d.get("what") == "half a sent" for d in table.entries("draft")), 20))
    table.kill()
    before = len(table.entries("decision")) + len(table.entries("sent"))
    tally.check("after SIGKILL it opens again", table.open())
    table.key("Return")  # goes on: the note is open again, with what had been typed
    time.sleep(5)  # it is played again up to there
    table.type("ence")
    table.key("Return")
    tally.check("and goes on in the middle of the sentence",
                wait(lambda: any(n.get("what") == "half a sentence" for n in table.entries("note")),
                     30), table.session.read_text()[-400:])
    tally.check("nothing was lost",
                len(table.entries("decision")) + len(table.entries("sent")) == before)


def second_half(tally, table, folder):
    table.key("braceleft", "braceleft", "braceleft")
    time.sleep(1)
    table.key("F5")
    table.type("Guard")
    table.key("Tab")
    table.type("Wait for the police")
    table.key("Return")
    tally.check("a decision after rewinding begins a branch of its own",
                wait(lambda: table.entries("branch"), 20))
    second_window(tally, table)
    one = table.look()
    table.key("F9")
    tally.check("two branches are compared",
                wait(lambda: different(one, table.look()) > 0.15, 30), different(one, table.look()))
    table.key("Escape", "F4")
    tally.check("everybody sees that it is paused for safety",
                wait(lambda: table.share((0x9c, 0x1c, 0x12)) > 0.5, 20))
    table.key("Return", "F2")
    tally.check("the pause is noted", wait(lambda: table.entries("resumed"), 20))
    table.kill()
    done = subprocess.run([MUSTER, "report", str(table.session), "-o", str(folder / "report")],
                          capture_output=True, text=True, check=False, timeout=120)
    page = (folder / "report" / "report.md")
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    tally.check("muster report judges the session", done.returncode == 0 and
                "Everybody leaves by the north door" in text and "half a sentence" in text and
                "Wait for the police" in text, done.stderr[-300:])
    metrics = json.loads((folder / "report" / "metrics.json").read_text(encoding="utf-8"))
    tally.check("with metrics", bool(metrics["clauses"]))


def second_window(tally, table):
    """F3 opens a window for everybody beside the desk, whose keys go on to the desk."""
    def found():
        windows = table.run("xdotool", "search", "--class", "muster").stdout.decode().split()
        return [w for w in windows if table.run("xdotool", "getwindowname", w).stdout.decode() ==
                "Muster: for everybody\n"]

    def red():
        """How much of it is red, brought to the front."""
        table.run("xdotool", "windowraise", found()[0])
        time.sleep(0.5)
        picture = table.run("import", "-window", found()[0], "-depth", "8", "rgb:-").stdout
        pixels = [picture[i:i + 3] for i in range(0, len(picture), 30)]
        return pixels.count(bytes((0x9c, 0x1c, 0x12))) / max(len(pixels), 1)

    table.key("F3")
    tally.check("F3 opens a window for everybody", wait(found, 20))
    tally.check("it shows the plan, not the pause", found() and wait(lambda: red() < 0.05, 20))
    table.key("F4")
    tally.check("a pause for safety is seen in it", found() and wait(lambda: red() > 0.5, 20))
    table.key("Return", "F3")
    tally.check("F3 closes it", wait(lambda: not found(), 20))


def check_film(tally, folder):
    """ffmpeg's place is taken by a script that writes down what it is called with."""
    tools = folder / "tools"
    tools.mkdir()
    fake = tools / "ffmpeg"
    fake.write_text("#!/bin/sh\nfor a; do printf '%s\\n' \"$a\"; last=$a; done > \"$FAKE_LOG\"\n"
                    "cat > \"${last#file:}\"\n", encoding="utf-8")
    fake.chmod(0o755)
    name = "-vf $(touch owned);.mp4"
    environment = dict(os.environ, PATH=f"{tools}:{os.environ['PATH']}",
                       FAKE_LOG=str(folder / "log"))
    command = [MUSTER, "show", str(INCIDENT), "--movie", name, "--at", "300,306", "--speed", "30",
               "--size", "640x360", "--plan-only", "--headless", "-o", str(folder / "unused")]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True,
                          check=False, timeout=120)
    film = folder / name
    size = film.stat().st_size if film.exists() else 0
    tally.check("a film is made of six pictures", done.returncode == 0 and
                size == 6 * 640 * 360 * 4, (done.stderr[-300:], size))
    words = (folder / "log").read_text(encoding="utf-8").splitlines() if size else []
    tally.check("its name can do no harm", bool(words) and words[-1] == f"file:{name}.part" and
                not (folder / "owned").exists(), words[-3:])
    done = subprocess.run(command, cwd=folder, env=dict(environment, PATH="/nowhere"),
                          capture_output=True, text=True, check=False, timeout=120)
    tally.check("without ffmpeg it says so", done.returncode == 2 and "ffmpeg" in done.stderr,
                done.stderr[-300:])


def main():
    tally = Tally()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        check_film(tally, folder)
        missing = [p for p in ("Xvfb", "xdotool", "import") if shutil.which(p) is None]
        if missing:
            print(f"ok the window needs {', '.join(missing)} to be tested # skipped")
            return tally.finish()
        table = Table(folder)
        try:
            first_half(tally, table)
            killed(tally, table)
            second_half(tally, table, folder)
        finally:
            table.close()
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
