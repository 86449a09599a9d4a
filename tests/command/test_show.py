#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`muster show` as people use it: pictures without a display, the same from run to run; and the window
under Xvfb, driven by real key and mouse events, looked at through screenshots of the X server. What a
click was answered is read from --log-answers.

usage: test_show.py MUSTER ROOT [SHARED]
"""
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree

from scenario import Tally
from xserver import Screen

MUSTER, ROOT = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
INCIDENT = ROOT / "scenarios" / "head-office" / "package.json"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
TAG, TOLD, EXIT, INK = (0x0d, 0x59, 0x66), (0xe6, 0x9f, 0x00), (0x00, 0x79, 0x5a), (0x18, 0x22, 0x2b)


def show(*options, **more):
    return subprocess.run([MUSTER, "show", str(INCIDENT), *map(str, options)], capture_output=True,
                          text=True, check=False, timeout=120, **more)


def pictures(folder, *options):
    """Writes pictures; {name: bytes}."""
    done = show("--headless", "-o", folder, *options)
    if done.returncode != 0:
        raise SystemExit(f"muster show failed: {done.stderr[-500:]}")
    if str(folder) not in done.stdout:
        raise SystemExit(f"muster show did not say where its pictures are: {done.stdout[-500:]}")
    return {p.name: p.read_bytes() for p in sorted(pathlib.Path(folder).iterdir())}


def check_pictures(tally, folder):
    at = ("--at", "0,330,700.5")
    no_display = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    os.environ.clear()
    os.environ.update(no_display)
    first = pictures(folder / "a", *at)
    again = pictures(folder / "b", *at)
    tally.check("one picture a time", list(first) == ["00000.000s.png", "00330.000s.png",
                                                      "00700.500s.png"], list(first))
    tally.check("pictures are the same from run to run", first == again)
    tally.check("pictures of other times differ", len(set(first.values())) == 3)
    alone = pictures(folder / "alone", "--at", "700.5")
    tally.check("a moment looks the same whatever was drawn before",
                alone["00700.500s.png"] == first["00700.500s.png"])
    size = struct.unpack(">II", first["00000.000s.png"][16:24])
    tally.check("pictures are 1280 by 720", size == (1280, 720), size)
    large = pictures(folder / "c", "--at", "330", "--size", "1920x1080", "--lang", "zh")
    size = struct.unpack(">II", large["00330.000s.png"][16:24])
    tally.check("--size is kept", size == (1920, 1080), size)
    level = pictures(folder / "d", "--at", "330", "--level", "L1", "--plan-only")
    tally.check("--level shows another picture", level["00330.000s.png"] != first["00330.000s.png"])
    for language in ("en", "zh"):
        text = pictures(folder / language, "--svg", "--at", "330", "--lang", language)
        tree = xml.etree.ElementTree.fromstring(text["00330.000s.svg"])
        words = " ".join(e.text or "" for e in tree.iter("{http://www.w3.org/2000/svg}text"))
        wanted = "演练" if language == "zh" else "EXERCISE"
        tally.check(f"SVG is well formed and says {wanted}", wanted in words, words[:200])


def check_refusals(tally, folder):
    for name, options in (("--at", ["--headless", "-o", folder, "--at", "5,x"]),
                          ("--at", ["--headless", "-o", folder, "--at", "-5"]),
                          ("--size", ["--headless", "-o", folder, "--size", "12"]),
                          ("'L9'", ["--headless", "-o", folder, "--level", "L9"]),
                          ("-o", ["--headless"]),
                          ("--headless", ["--svg"])):
        done = show(*options)
        tally.check(f"refused: {' '.join(map(str, options[2:] or options))}",
                    done.returncode == 2 and name in done.stderr, done.stderr[-300:])
    done = show(env={k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")})
    tally.check("without a display it says so and names --headless",
                done.returncode == 2 and "--headless" in done.stderr, done.stderr[-300:])


class Window(Screen):
    """An X server of our own with the program in it."""

    def __init__(self, folder, width, height, language, at, shown=INCIDENT):
        super().__init__(width, height)
        self.width, self.height = width, height
        self.told = folder / "told"
        self.folder = folder
        with self.told.open("wb") as told:
            self.program = subprocess.Popen(
                [MUSTER, "show", str(shown), "--log-answers", "--at", str(at), "--lang", language,
                 "--size", f"{width}x{height}", "-o", str(folder)],
                stdout=subprocess.DEVNULL, stderr=told, env=self.environment)
        try:
            self.wait(self.is_ready, 60)
            self.point(0.3, 0.5)
            self.wait(lambda: TAG in set(self.pixels(self.look(), 0, 0, 0.1, 0.08).values()), 120)
        except BaseException:
            self.close()  # whoever makes a window that fails has nothing to close
            raise

    def close(self):
        self.program.terminate()
        self.program.wait()
        super().close()

    def is_ready(self):
        return subprocess.run(["xdotool", "getmouselocation"], env=self.environment, check=False,
                              capture_output=True).returncode == 0

    def point(self, x, y):
        self.do("mousemove", int(x * self.width), int(y * self.height))

    def look(self):
        """A screenshot: width, height and RGB bytes, taken by the X server."""
        raw = subprocess.run(["import", "-window", "root", "-depth", "8", "ppm:-"],
                             env=self.environment, check=True, capture_output=True).stdout
        header = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", raw)
        return int(header[1]), int(header[2]), raw[header.end():]

    def steady(self):
        """A screenshot once two in turn are the same."""
        before = self.look()
        for _ in range(100):
            time.sleep(0.3)
            now = self.look()
            if now == before:
                return now
            before = now
        return before

    def after(self, before):
        """The picture once it has changed and stands still again; the same one if it never changes."""
        self.wait(lambda: self.look() != before, 10)
        return self.steady()

    @staticmethod
    def pixels(picture, left, top, right, bottom):
        """{(x, y): colour} of a part given by shares of the picture."""
        width, height, data = picture
        return {(x, y): tuple(data[3 * (y * width + x):3 * (y * width + x) + 3])
                for y in range(int(top * height), int(bottom * height))
                for x in range(int(left * width), int(right * width))}

    def answers(self):
        return [line for line in self.told.read_text(encoding="utf-8").splitlines() if " | " in line]

    def click(self, x, y):
        """Clicks at a pixel; the answer, or an empty string where there is none."""
        before = len(self.answers())
        self.do("mousemove", int(x), int(y), "click", 1)
        self.wait(lambda: len(self.answers()) > before, 3)
        answers = self.answers()
        return answers[-1] if len(answers) > before else ""

    def blobs(self, picture, colour, least):
        """Middles of connected patches of one colour on the plan, the largest first."""
        plan = {at for at, found in self.pixels(picture, 0.01, 0.16, 0.74, 0.84).items()
                if found == colour}
        found = []
        while plan:
            patch, edge = [], [plan.pop()]
            while edge:
                x, y = edge.pop()
                patch.append((x, y))
                near = {(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)} & plan
                plan -= near
                edge.extend(near)
            if len(patch) >= least:
                found.append((len(patch), sum(x for x, _ in patch) / len(patch),
                              sum(y for _, y in patch) / len(patch)))
        return [(x, y) for _, x, y in sorted(found, reverse=True)]


def first_answer(window, colour, least, wanted):
    """Clicks on patches of a colour until an answer has what is wanted; the answer or ''."""
    for x, y in window.blobs(window.steady(), colour, least)[:40]:
        answer = window.click(x, y)
        if re.search(wanted, answer):
            return answer
    return ""


def check_window(tally, folder, width, height, language):
    words = {"en": ("Has been told", "[Dd]oor", "[Gg]uard", "Step: |round|post"),
             "zh": ("已接到撤离通知", "门", "保安", "步骤：|巡逻|在岗")}[language]
    name = f"{width}x{height} {language}"
    window = Window(folder, width, height, language, 330)
    try:
        start = window.steady()
        tally.check(f"{name}: the window fills with the picture",
                    len(set(window.pixels(start, 0, 0, 1, 1).values())) > 100)
        window.do("key", "b")
        built = window.after(start)
        tally.check(f"{name}: B changes what is in view", built != start)
        answer = first_answer(window, TOLD, 8, words[0])
        tally.check(f"{name}: a click on a person tells what they are doing", answer, "no answer")
        answer = first_answer(window, EXIT, 8, words[1])
        tally.check(f"{name}: a click on a door tells its state",
                    re.search("Open|Closed|One way|开启|关闭|单向", answer), answer)
        answer = first_answer(window, INK, 24, words[2])
        tally.check(f"{name}: a click on a guard tells what it is and does",
                    re.search(words[3], answer), answer)
        tally.check(f"{name}: the answer is in the language",
                    bool(CHINESE.search(answer)) == (language == "zh"), answer)
        window.do("key", "Escape")
        before = window.steady()
        window.point(0.3, 0.5)
        window.do("click", 4, "click", 4)
        zoomed = window.after(before)
        tally.check(f"{name}: the wheel zooms", zoomed != before)
        window.do("mousedown", 1, "mousemove", int(0.4 * width), int(0.4 * height), "mouseup", 1)
        tally.check(f"{name}: a drag moves the plan", window.after(zoomed) != zoomed)
        window.do("key", "0")
        window.point(0.9, 0.95)
        own = window.steady()
        window.do("key", "l")
        other = window.after(own)
        window.do("key", "l")
        tally.check(f"{name}: L changes the language and back",
                    other != own and window.after(other) == own)
        check_time(tally, name, window)
        plain = window.steady()
        window.do("key", "F1")
        helped = window.after(plain)
        window.do("key", "Escape")
        tally.check(f"{name}: F1 shows the keys, Escape takes them away",
                    helped != plain and window.after(helped) == plain)
        window.do("key", "p")
        saved = window.wait(lambda: any(folder.glob("muster-*.png")), 20)
        tally.check(f"{name}: P saves a picture", saved)
        window.do("key", "q")
        tally.check(f"{name}: Q quits", window.wait(lambda: window.program.poll() is not None, 20)
                    and window.program.returncode == 0, window.program.returncode)
    finally:
        window.close()


def seconds(answer):
    """The clock that an answer begins with."""
    total = 0
    for part in answer.split(" | ")[0].split(":"):
        total = 60 * total + int(part)
    return total


def ask_somewhere(window):
    """A room or whatever else lies in the middle of the plan: something answers, once the picture
    stands still and a long way through time is gone."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        window.steady()
        for x, y in ((0.5, 0.5), (0.55, 0.45), (0.45, 0.6), (0.6, 0.6)):
            answer = window.click(x * window.width, y * window.height)
            if answer:
                return answer
    return ""


def check_time(tally, name, window):
    then = seconds(ask_somewhere(window))
    window.do("key", "bracketright")
    now = seconds(ask_somewhere(window))
    tally.check(f"{name}: ] goes on by ten seconds", now == then + 10, (then, now))
    window.do("key", "bracketleft", "key", "bracketleft")
    now = seconds(ask_somewhere(window))
    tally.check(f"{name}: [ goes back", now == then - 10, (then, now))
    window.do("key", "space")
    time.sleep(2)
    window.do("key", "space")
    played = seconds(ask_somewhere(window))
    tally.check(f"{name}: space plays and pauses", played > now, (now, played))
    tally.check(f"{name}: it is still while paused", seconds(ask_somewhere(window)) == played)
    window.do("mousemove", int(0.5 * window.width), int(window.height * (1 - 62 / 720)), "click", 1)
    scrubbed = seconds(ask_somewhere(window))
    tally.check(f"{name}: a press on the timeline goes there", scrubbed > played + 600,
                (played, scrubbed))
    window.do("key", "Home")
    tally.check(f"{name}: Home goes back to the beginning", seconds(ask_somewhere(window)) == 0)
    window.do("key", "period")
    tally.check(f"{name}: a full stop goes to the next event", seconds(ask_somewhere(window)) > 0)


def check_resize(tally, folder):
    """Without a window manager a window takes the size that it is told."""
    window = Window(folder, 1920, 1080, "en", 600)
    try:
        where = subprocess.run(["xdotool", "getmouselocation", "--shell"], check=True, text=True,
                               env=window.environment, capture_output=True).stdout
        before = window.steady()
        window.do("windowsize", re.search(r"WINDOW=(\d+)", where)[1], 1100, 640)
        after = window.after(before)
        tally.check("the window can be resized and goes on",
                    before != after and window.program.poll() is None)
        window.width, window.height = 1100, 640
        tally.check("and answers", ask_somewhere(window))
    finally:
        window.close()


def check_recording(tally, folder):
    """A replay in the same window: pan and zoom, scrub, speed, follow; and what it has not got."""
    replay = folder / "run.replay"
    done = subprocess.run([MUSTER, "run", str(INCIDENT), "--reps", "1", "-o", str(folder / "run"),
                           "--trajectory", str(replay)], capture_output=True, text=True, check=False,
                          timeout=120)
    tally.check("a run leaves a replay", done.returncode == 0, done.stderr[-300:])
    seen = []
    for name in ("a", "b"):
        done = subprocess.run([MUSTER, "show", str(replay), "--headless", "--at", "400,760.25", "-o",
                               str(folder / name)], capture_output=True, text=True, check=False,
                              timeout=120)
        seen.append([p.read_bytes() for p in sorted((folder / name).glob("*.png"))])
    tally.check("pictures of a replay, the same from run to run",
                len(seen[0]) == 2 and seen[0] == seen[1] and seen[0][0] != seen[0][1], done.stderr)
    done = subprocess.run([MUSTER, "show", str(replay), "--session", "x"], capture_output=True,
                          text=True, check=False, timeout=60)
    tally.check("a replay has no session", done.returncode == 2 and "--session" in done.stderr)
    damaged = folder / "damaged.replay"
    damaged.write_bytes(replay.read_bytes()[:-20])
    done = subprocess.run([MUSTER, "show", str(damaged), "--headless", "-o", str(folder / "no")],
                          capture_output=True, text=True, check=False, timeout=60)
    tally.check("a damaged one is refused", done.returncode == 2 and "damaged.replay" in done.stderr)
    return replay


def check_recording_window(tally, folder, replay):
    window = Window(folder, 1280, 720, "en", 760, replay)
    try:
        answer = first_answer(window, (0x00, 0x72, 0xb2), 8, "somebody recorded")
        tally.check("recording: a click says who it is, how fast, and that nothing else is known",
                    re.search(r"m/s.*not in the recording", answer), answer)
        before = window.steady()
        window.do("key", "g")
        tally.check("recording: G follows them", window.after(before) != before)
        then = seconds(window.answers()[-1])
        window.do("key", "F5")
        noticed = window.steady()
        window.do("key", "Escape", "key", "0")
        tally.check("recording: a decision is refused, and said so", window.after(noticed) != noticed)
        window.do("mousemove", 640, 720 - 62, "click", 1)
        later = seconds(ask_somewhere(window))
        tally.check("recording: a press on the timeline goes there", later > then + 600, (then, later))
        window.do("key", "Home", "key", "f", "key", "f", "key", "space")
        time.sleep(1.5)
        window.do("key", "space")
        played = seconds(ask_somewhere(window))
        tally.check("recording: it plays, five times as fast", 0 < played < 200, played)
        still = window.steady()
        window.point(0.3, 0.5)
        window.do("click", 4)
        tally.check("recording: the wheel zooms", window.after(still) != still)
    finally:
        window.close()


def main():
    tally = Tally()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        if "libsdl2-dev" in show("--headless", "-o", folder).stderr:
            print("ok built without a window, it says what to install # skipped")
            print("1 passed, 0 failed, 1 skipped")
            return 0
        check_pictures(tally, folder)
        check_refusals(tally, folder)
        (folder / "rec").mkdir()
        replay = check_recording(tally, folder / "rec")
        missing = [tool for tool in ("Xvfb", "xdotool", "import") if not shutil.which(tool)]
        if missing:
            print(f"ok the window needs {', '.join(missing)} to be tested # skipped")
        else:
            for width, height, language in ((1280, 720, "en"), (1920, 1080, "zh")):
                (folder / language / "w").mkdir(parents=True, exist_ok=True)
                check_window(tally, folder / language / "w", width, height, language)
            (folder / "r").mkdir()
            check_resize(tally, folder / "r")
            check_recording_window(tally, folder / "rec", replay)
    return tally.finish()


sys.exit(main())
