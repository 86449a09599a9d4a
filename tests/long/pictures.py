#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of every state of the tabletop, to be looked at: in both languages, light and dark, from
1280x720 to 3840x2160. A session is held by real keys and mouse under Xvfb, and the X server's own
screenshots are kept.

usage: pictures.py MUSTER OUT [--sizes 1280x720,…] [--languages en,zh] [--themes light,dark]
                   [--sheets]

Makes OUT/SIZE-LANGUAGE-THEME/NN-STATE.png; with --sheets, by ImageMagick's montage, also
OUT/sheet-STATE.png with one state in all of them. Nothing is judged here but that a state came up: a
picture like the one before it is an error.
"""
import argparse
import pathlib
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "command"))
from xserver import Screen  # noqa: E402

TABLETOP = ROOT / "scenarios" / "head-office" / "tabletop.json"
PACKAGE = ROOT / "scenarios" / "head-office" / "package.json"
WORDS = {"en": {"who": "Incident commander", "inject": "Reception: a journalist is calling.",
                "what": "Everybody leaves by the north door", "why": "The item is in the lobby",
                "not": "Stay and wait for the police", "other": "Wait for the police"},
         "zh": {"who": "现场总指挥", "inject": "前台报告：有记者来电。", "what": "全体人员由北门撤离",
                "why": "可疑物在大堂", "not": "原地等候公安", "other": "等候公安到达"}}
LOUDER = 0.25  # seconds in which a picture must stay the same


class Hands(Screen):
    def __init__(self, width, height, folder):
        super().__init__(width, height)
        self.width, self.height, self.folder = width, height, folder
        self.unit = min(width / 1280, height / 720)
        self.count, self.last, self.faults = 0, None, []
        self.program = None

    def open(self, *words):
        self.program = subprocess.Popen(list(map(str, words)), env=self.environment,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.wait(self.has_begun, 120)

    def has_begun(self):
        seen = self.look()
        return len({seen[i:i + 3] for i in range(0, len(seen) - 2, len(seen) // 999 * 3)}) > 2

    def shut(self):
        if self.program is not None:
            self.program.kill()
            self.program.wait()
            self.program = None

    def look(self):
        return subprocess.run(["import", "-window", "root", "-depth", "8", "rgb:-"],
                              env=self.environment, check=True, capture_output=True).stdout

    def settle(self, most=30):
        before, end = self.look(), time.monotonic() + most
        while time.monotonic() < end:
            time.sleep(LOUDER)
            now = self.look()
            if now == before:
                return
            before = now

    def keep(self, state):
        self.settle()
        self.count += 1
        path = self.folder / f"{self.count:02d}-{state}.png"
        self.picture(path)
        seen = path.read_bytes()
        if seen == self.last:
            self.faults.append(f"{path}: nothing has changed")
        self.last = seen

    def keys(self, *names):
        for name in names:
            self.key(name)
            time.sleep(0.15)

    def type(self, text):
        """Letters that no key has are put on one for the moment; the window has to hear of that."""
        self.do("type", "--delay", 10 if text.isascii() else round(120 * self.unit), text)

    def enter(self, *fields):
        time.sleep(0.4)
        for k, text in enumerate(fields):
            self.type(text)
            if k + 1 < len(fields):
                self.keys("Tab")

    def tab(self, number):
        u = self.unit
        side = min(312 * u, self.width * 0.36)
        wide = (side - 16 * u) / 4
        self.click(self.width - side + 8 * u + (number + 0.5) * wide, 60 * u + 19 * u)

    def on_plan(self, x, y):
        side = min(312 * self.unit, self.width * 0.36)
        high = self.height - (60 + 104) * self.unit
        self.click(x * (self.width - side), 60 * self.unit + y * high)


def hold(hands, muster, language, theme, replay):
    words = WORDS[language]
    dark = ["--dark"] if theme == "dark" else []
    look = ["--lang", language, "--size", f"{hands.width}x{hands.height}", *dark]
    session = hands.folder / "session.jsonl"
    session.unlink(missing_ok=True)
    hands.open(muster, "show", TABLETOP, "--session", session, *look)
    hands.keep("opening")
    hands.keys("F2")
    hands.keep("audience-goals")
    hands.keys("F2")
    hands.keep("cover")
    hands.keys("Return", "Return", *["braceright"] * 5)
    hands.keep("injects")
    hands.click(hands.width - 150 * hands.unit, 121 * hands.unit)
    hands.keep("inject-open")
    hands.keys("F6")
    hands.enter(words["who"], words["inject"])
    hands.keep("inject-form")
    hands.keys("Return", "F5")
    hands.enter(words["who"], words["what"], words["why"], words["not"])
    hands.keep("decision-form")
    hands.keys("Return")
    hands.keep("decisions")
    hands.keys(*["braceright"] * 6)
    hands.tab(0)
    hands.keep("plan")
    hands.on_plan(0.55, 0.5)
    hands.keep("asked")
    hands.keys("d", "r")
    hands.keep("density")
    hands.keys("d", "r", "Escape", *["braceleft"] * 4)
    time.sleep(1)
    hands.keys("F5")
    hands.enter(words["who"], words["other"])
    hands.keys("Return", *["braceright"] * 6)
    hands.tab(3)
    hands.keep("branches")
    hands.keys("F9")
    hands.keep("compare")
    hands.keys("Escape", "F4")
    hands.keep("stopped")
    hands.keys("Return", "F2")
    hands.keep("audience")
    hands.keys("l")
    hands.keep("audience-other-language")
    hands.keys("l", "F2", "Return", "F1")
    hands.keep("help")
    hands.shut()
    hands.open(muster, "show", replay, "--at", 760, *look)
    hands.keep("recording")
    hands.on_plan(0.5, 0.52)
    hands.keys("d")
    hands.keep("recording-asked")
    hands.shut()


def sheets(out, folders):
    names = sorted({p.name for f in folders for p in f.glob("*.png")})
    for name in names:
        files = [f / name for f in folders if (f / name).exists()]
        subprocess.run(["montage", *map(str, files), "-geometry", "960x540+4+4", "-tile", "2x",
                        str(out / f"sheet-{name}")], check=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("muster", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--sizes", default="1280x720,1920x1080,3840x2160")
    parser.add_argument("--languages", default="en,zh")
    parser.add_argument("--themes", default="light,dark")
    parser.add_argument("--sheets", action="store_true")
    asked = parser.parse_args()
    missing = [p for p in ("Xvfb", "xdotool", "import") if shutil.which(p) is None]
    if missing:
        sys.exit(f"pictures.py needs {', '.join(missing)}")
    muster, out = asked.muster.resolve(), asked.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    replay = out / "run.replay"
    subprocess.run([muster, "run", PACKAGE, "--reps", "1", "-o", out / "run", "--trajectory", replay],
                   check=True, stdout=subprocess.DEVNULL)
    folders, faults = [], []
    for size in asked.sizes.split(","):
        width, height = map(int, size.split("x"))
        for language in asked.languages.split(","):
            for theme in asked.themes.split(","):
                folder = out / f"{size}-{language}-{theme}"
                folder.mkdir(exist_ok=True)
                folders.append(folder)
                hands = Hands(width, height, folder)
                try:
                    hold(hands, muster, language, theme, replay)
                finally:
                    hands.shut()
                    hands.close()
                faults += hands.faults
                print(f"{folder}: {hands.count} pictures", flush=True)
    if asked.sheets:
        sheets(out, folders)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
