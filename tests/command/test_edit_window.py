#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The editor as a planner uses it, under Xvfb with real mouse and keyboard events: a floor of 20 rooms
is traced from a picture of its plan, given doors, people and a package, played, and its report opened.
Each step is listed with the time that it took. Then the editor is killed in the middle of work, and
nothing is lost.

usage: test_edit_window.py MUSTER ROOT [SHARED]
"""
import json
import os
import pathlib
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import zlib

from scenario import Tally
from xserver import Screen

MUSTER, ROOT = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
WIDTH, HEIGHT = 1280, 720
# The plan in pixels of the picture, of 5 cm each: ten columns, a corridor, a lobby of two columns.
PICTURE = (900, 500)
ACCENT = bytes((0x0d, 0x59, 0x66))
COLUMN, LEFT, NORTH, CORRIDOR, SOUTH, END = 86, 20, 20, 200, 260, 480
NORTH_ROOMS = [(LEFT + COLUMN * k, NORTH, LEFT + COLUMN * (k + 1), CORRIDOR) for k in range(10)]
SOUTH_ROOMS = [(LEFT + COLUMN * k, SOUTH, LEFT + COLUMN * (k + 1), END)
               for k in range(10) if k not in (4, 5)]
HALL = (LEFT, CORRIDOR, LEFT + COLUMN * 10, SOUTH)
LOBBY = (LEFT + COLUMN * 4, SOUTH, LEFT + COLUMN * 6, END)


def draw_plan(path):
    """A scan of sorts: grey paper, walls three pixels wide."""
    width, height = PICTURE
    rows = [bytearray(b"\xe8" * width) for _ in range(height)]
    for x0, y0, x1, y1 in NORTH_ROOMS + SOUTH_ROOMS + [HALL, LOBBY]:
        for y in range(y0 - 1, y1 + 2):
            for x in (x0 - 1, x0, x0 + 1, x1 - 1, x1, x1 + 1):
                rows[y][x] = 30
        for x in range(x0 - 1, x1 + 2):
            for y in (y0 - 1, y0, y0 + 1, y1 - 1, y1, y1 + 1):
                rows[y][x] = 30

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    raw = b"".join(b"\0" + bytes(row) for row in rows)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" +
                     chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) +
                     chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b""))


def on_screen(x, y):
    """The picture fills nine tenths of the plan's box, in its middle, and stays there."""
    left, top, width, height = 216, 46, 752, 646
    scale = 0.9 * min(width / PICTURE[0], height / PICTURE[1])
    return (left + width / 2 + (x - PICTURE[0] / 2) * scale,
            top + height / 2 + (y - PICTURE[1] / 2) * scale)


class Editor:
    def __init__(self, screen, folder, *options, file="floor.json"):
        self.screen, self.folder = screen, folder
        opener = folder / "bin"
        opener.mkdir(exist_ok=True)
        (opener / "xdg-open").write_text(f'#!/bin/sh\nprintf "%s" "$1" > "{folder}/opened"\n')
        (opener / "xdg-open").chmod(0o755)
        self.nothing = screen.under_pointer()
        environment = dict(screen.environment, PATH=f"{opener}:{os.environ['PATH']}")
        self.program = subprocess.Popen(
            [MUSTER, "edit", str(folder / file), "--size", f"{WIDTH}x{HEIGHT}", "--reps", "5",
             *map(str, options)], env=environment, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE)
        screen.wait(lambda: screen.under_pointer() != self.nothing and
                    screen.colour(200, 20) == ACCENT)  # the page Plan, which is shown

    def site(self):
        path = self.folder / "floor.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}

    def saved(self, condition):
        """Saves until the site's file is as it should be."""
        self.screen.key("ctrl+s")
        return self.screen.wait(lambda: condition(self.site()), 20)

    def close(self):
        if self.program.poll() is None:
            self.program.send_signal(signal.SIGKILL)
        self.program.wait()


def draw_room(screen, room):
    screen.drag(*on_screen(room[0], room[1]), *on_screen(room[2], room[3]))


def trace(screen):
    x0, y0 = on_screen(LEFT, CORRIDOR)
    x1, _ = on_screen(LEFT + COLUMN * 10, CORRIDOR)
    screen.click(x0, y0)
    screen.click(x1, y0)
    screen.wait(lambda: screen.colour(11, 285) == ACCENT)  # the field has the keyboard
    time.sleep(0.1)
    screen.type("43")  # 860 pixels of 5 cm
    screen.key("Return")
    for room in NORTH_ROOMS + SOUTH_ROOMS:
        draw_room(screen, room)
    screen.click(140, 232)  # Corridor
    draw_room(screen, HALL)
    screen.click(45, 253)  # Lobby
    draw_room(screen, LOBBY)
    screen.click(45, 442)  # Open ground
    x0, y0 = on_screen(LEFT, END)
    x1, _ = on_screen(LEFT + COLUMN * 10, END)
    screen.drag(x0, y0, x1, 670)


def give_doors(screen):
    screen.key("d")
    for x0, _, x1, _ in NORTH_ROOMS:
        screen.click(*on_screen((x0 + x1) / 2, CORRIDOR))
    for x0, _, x1, _ in SOUTH_ROOMS + [LOBBY]:
        screen.click(*on_screen((x0 + x1) / 2, SOUTH))
    middle = (LOBBY[0] + LOBBY[2]) / 2
    screen.click(*on_screen(middle - 40, END))
    screen.click(*on_screen(middle + 40, END))
    screen.key("t")
    screen.click(on_screen(700, END)[0], 640)  # an assembly point


def check_floor(tally, site):
    uses = [s["use"] for s in site["spaces"]]
    tally.check("20 rooms and the open ground were traced",
                sorted(uses) == sorted(["office"] * 18 + ["corridor", "lobby", "outdoor"]), uses)
    tally.check("21 doors", len(site["portals"]) == 21, len(site["portals"]))
    tally.check("an assembly point", len(site.get("assembly_points", [])) == 1)
    hall = next(s for s in site["spaces"] if s["use"] == "corridor")
    wide = max(p[0] for p in hall["polygon"]) - min(p[0] for p in hall["polygon"])
    tally.check("the two-point scale holds: the corridor is 43 m long", abs(wide - 43) < 0.3, wide)
    first = next(s for s in site["spaces"] if s["id"] == "office.1")
    tally.check("rooms meet without a gap",
                min(p[1] for p in first["polygon"]) == max(p[1] for p in hall["polygon"]))


def plan_evening(tally, folder, screen):
    steps = []

    def step(name, began):
        steps.append((name, time.monotonic() - began))

    began = time.monotonic()
    editor = Editor(screen, folder, "--picture", folder / "plan.png")
    step("open, with the picture below", began)
    try:
        began = time.monotonic()
        trace(screen)
        step("scale, and trace 20 rooms", began)
        began = time.monotonic()
        give_doors(screen)
        good = editor.saved(lambda s: len(s.get("portals", [])) == 21)
        step("21 doors and an assembly point", began)
        tally.check("the floor is saved", good, editor.site().keys())
        check_floor(tally, editor.site())
        began = time.monotonic()
        screen.key("F5")
        screen.key("F3")
        screen.click(640, 380)  # people by use
        screen.key("F4")
        screen.click(520, 380)  # a package
        screen.key("ctrl+s")
        tally.check("people and a package are there",
                    screen.wait(lambda: (folder / "package.json").exists() and
                                (folder / "roster.json").exists(), 20))
        step("people and a package", began)
        began = time.monotonic()
        screen.key("F9")
        screen.key("F10")
        tally.check("the report is opened",
                    screen.wait(lambda: (folder / "opened").exists(), 90) and
                    (folder / "opened").read_text().endswith("report/report.html"))
        step("played, the report written and opened", began)
        screen.picture(folder / "end.png")
        screen.key("ctrl+q")
        tally.check("it leaves without asking", screen.wait(lambda: editor.program.poll() == 0, 10),
                    editor.program.poll())
    finally:
        editor.close()
    for name, seconds in steps:
        print(f"    {seconds:5.1f} s  {name}")
    checked = subprocess.run([MUSTER, "check", str(folder / "package.json")], capture_output=True,
                             text=True, check=False)
    tally.check("what was drawn checks clean", checked.returncode == 0, checked.stdout[-500:])
    left = [p.name for p in folder.iterdir() if p.name.endswith(".unsaved")]
    tally.check("no record of unsaved changes is left", not left, left)


def draw_the_rest(tally, folder, screen):
    """On the floor that was traced: a pillar, a camera, a lane, a round, by mouse; each is in the file.
    Then the picture still lies where it lay."""
    before = (folder / "floor.json").read_bytes()
    tracing = json.loads((folder / "floor.tracing.json").read_text(encoding="utf-8"))["pictures"][0]
    tally.check("the picture is remembered, with its scale",
                tracing["file"] == "plan.png" and abs(tracing["metres_per_pixel"] - 0.05) < 0.0005,
                tracing)
    editor = Editor(screen, folder)
    try:
        # the view is that of the site: its extent fills the plan's box
        site = json.loads(before)
        xs = [p[0] for s in site["spaces"] for p in s["polygon"]]
        ys = [p[1] for s in site["spaces"] for p in s["polygon"]]
        screen.key("0")

        def at(x, y):
            left, top, width, height = 216, 46, 752, 646
            scale = min(width / (max(xs) - min(xs)), height / (max(ys) - min(ys))) * 0.94
            return (left + width / 2 + (x - (min(xs) + max(xs)) / 2) * scale,
                    top + height / 2 - (y - (min(ys) + max(ys)) / 2) * scale)

        lobby = next(s for s in site["spaces"] if s["use"] == "lobby")
        low = [min(p[k] for p in lobby["polygon"]) for k in (0, 1)]
        high = [max(p[k] for p in lobby["polygon"]) for k in (0, 1)]
        middle = [(low[k] + high[k]) / 2 for k in (0, 1)]
        ground = next(s for s in site["spaces"] if s["use"] == "outdoor")
        y = (min(p[1] for p in ground["polygon"]) + max(p[1] for p in ground["polygon"])) / 2
        kept = (folder / "floor.tracing.json").read_text(encoding="utf-8")
        screen.key("i")
        screen.drag(*at(middle[0], y), *at(middle[0] + 3, y))

        def lies_as_before():
            return (folder / "floor.tracing.json").read_text(encoding="utf-8") == kept

        tally.check("the picture is moved", screen.wait(lambda: not lies_as_before(), 10))
        screen.key("ctrl+z")
        tally.check("and lies where it lay again", screen.wait(lies_as_before, 10))
        screen.key("o")
        pillar = (middle[0] + 2.5, middle[1] - 2.5)  # beside the post in the middle
        screen.drag(*at(pillar[0] - 1, pillar[1] - 1), *at(pillar[0] + 1, pillar[1] + 1))
        screen.key("c")
        screen.drag(*at(low[0] + 0.5, high[1] - 0.5), *at(middle[0], low[1] + 1))
        screen.key("w")
        screen.click(*at(min(xs) + 2, y))
        screen.click(*at(max(xs) - 4, y))
        screen.key("Return")
        posts = site.get("posts", [])
        screen.key("g")
        for post in posts[:2]:
            screen.click(*at(*post["at"]))
        screen.key("Return")
        screen.key("F5")  # and as one draws
        good = editor.saved(lambda s: s.get("roads", [{}])[-1].get("course"))
        site = editor.site()
        lobby = next(s for s in site["spaces"] if s["use"] == "lobby")
        camera = next((e for e in site.get("equipment", []) if e["kind"] == "camera"), {})
        tally.check("a lane", good, site.get("roads"))
        tally.check("a pillar", len(lobby.get("holes", [])) == 1, lobby)
        tally.check("a camera covers what it sees", lobby["id"] in camera.get("covers", []) and
                    abs(camera.get("view_deg", 0) - 60) < 0.1, camera)
        patrols = json.loads((folder / "roster.json").read_text(encoding="utf-8")).get("patrols", [])
        tally.check("a round", len(posts) < 2 or
                    [s["post"] for s in patrols[-1]["stops"]] == [p["id"] for p in posts[:2]], patrols)
        screen.key("v")
        screen.click(*at(*pillar))
        screen.key("Delete")
        tally.check("the pillar is removed", editor.saved(
            lambda s: not next(r for r in s["spaces"] if r["use"] == "lobby").get("holes")))
        (folder / "floor.json").unlink()
        (folder / "floor.json").write_bytes(before)
    finally:
        editor.close()


def check_tables(tally, folder, screen):
    """The day, the shifts and the line of time, by mouse and keyboard."""
    editor = Editor(screen, folder, file="package.json")

    def read(name):
        return json.loads((folder / name).read_text(encoding="utf-8"))

    try:
        screen.click(270, 20)  # the page People
        screen.click(80, 97)  # who is there at which hour
        screen.click(496, 290)  # the first group's curve
        screen.click(496, 334)  # an office day
        screen.click(640, 290)  # its people at two in the morning
        screen.type("3")
        screen.key("Return")
        screen.click(80, 123)  # shifts
        screen.drag(626, 160, 760, 160)  # the first member is off until six
        screen.key("F4")
        screen.drag(682, 244, 933, 244)  # the item is put there after five minutes
        screen.key("ctrl+s")
        good = screen.wait(lambda: read("package.json")["item"]["appears_at_s"] == 300, 10)
        tally.check("a mark of the timeline is dragged", good, read("package.json")["item"])
        # files are saved one after the other: the roster behind the incident
        screen.wait(lambda: "shifts" in read("roster.json")["members"][0], 10)
        groups, members = read("roster.json")["groups"], read("roster.json")["members"]
        tally.check("a group goes by the curve that was chosen", groups[0].get("day") == "office",
                    groups[0])
        tally.check("an hour's people are typed",
                    round(groups[0].get("by_hour", [0] * 24)[2] * groups[0]["count"]) == 3,
                    groups[0])
        tally.check("hours of a shift are painted", members[0].get("shifts") ==
                    [{"from_h": 6, "to_h": 24}], members[0])
        checked = subprocess.run([MUSTER, "check", str(folder / "package.json")],
                                 capture_output=True, text=True, check=False)
        tally.check("it still checks clean", checked.returncode == 0, checked.stdout[-500:])
    finally:
        editor.close()


def check_loss(tally, folder, screen):
    before = (folder / "floor.json").read_bytes()
    editor = Editor(screen, folder)
    try:
        screen.key("ctrl+a")
        screen.key("Right")  # all rooms by 0.1 m
        journal = folder / ".floor.json.unsaved"
        tally.check("a change is written down at once",
                    screen.wait(lambda: journal.exists() and journal.stat().st_size > 1000, 10))
    finally:
        editor.close()  # killed
    tally.check("the file itself is untouched", (folder / "floor.json").read_bytes() == before)
    editor = Editor(screen, folder)
    try:
        good = editor.saved(lambda s: s["spaces"][0]["polygon"] != json.loads(before)["spaces"][0]
                            ["polygon"])
        tally.check("after a kill the change is there again", good)
        screen.key("ctrl+z")
        screen.key("ctrl+s")
        tally.check("taken back, the file is the same to the byte",
                    screen.wait(lambda: (folder / "floor.json").read_bytes() == before, 10))
    finally:
        editor.close()


def main():
    tally = Tally()
    missing = [tool for tool in ("Xvfb", "xdotool", "import") if not shutil.which(tool)]
    if missing:
        print(f"ok # skipped: {', '.join(missing)} not installed")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        draw_plan(folder / "plan.png")
        screen = Screen(WIDTH, HEIGHT)
        try:
            plan_evening(tally, folder, screen)
            draw_the_rest(tally, folder, screen)
            check_tables(tally, folder, screen)
            check_loss(tally, folder, screen)
        finally:
            screen.close()
            if "MUSTER_KEEP" in os.environ:
                shutil.copytree(folder, os.environ["MUSTER_KEEP"], dirs_exist_ok=True)
    return tally.finish()


sys.exit(main())
