# SPDX-License-Identifier: GPL-3.0-or-later
"""An X server of our own, and hands on its mouse and keyboard."""
import os
import subprocess
import time


class Screen:
    def __init__(self, width, height):
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-noreset", "-screen", "0", f"{width}x{height}x24"],
            pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as display:
            self.environment = dict(os.environ, DISPLAY=":" + display.readline().strip())

    def close(self):
        self.server.terminate()
        self.server.wait()

    def do(self, *words):
        """xdotool's words, sent as one go."""
        subprocess.run(["xdotool", *map(str, words)], env=self.environment, check=True,
                       stdout=subprocess.DEVNULL, timeout=60)

    def click(self, x, y):
        self.do("mousemove", round(x), round(y), "click", 1)

    def drag(self, x0, y0, x1, y1):
        self.do("mousemove", round(x0), round(y0), "mousedown", 1, "mousemove", round((x0 + x1) / 2),
                round((y0 + y1) / 2), "mousemove", round(x1), round(y1), "mouseup", 1)

    def key(self, *names):
        self.do("key", *names)

    def type(self, text):
        self.do("type", "--delay", 10, text)

    def under_pointer(self):
        """The window under the pointer, as a line of xdotool; the root's where there is none."""
        told = subprocess.run(["xdotool", "mousemove", "640", "360", "getmouselocation", "--shell"],
                              env=self.environment, check=False, capture_output=True, text=True)
        return next((line for line in told.stdout.splitlines() if line.startswith("WINDOW=")), "")

    def colour(self, x, y):
        """Of one pixel, as three bytes."""
        return subprocess.run(["import", "-window", "root", "-crop", f"1x1+{x}+{y}", "-depth", "8",
                               "rgb:-"], env=self.environment, check=True, capture_output=True,
                              timeout=60).stdout[:3]

    def picture(self, path):
        """What is to be seen, as a file; its colours as a set."""
        subprocess.run(["import", "-window", "root", str(path)], env=self.environment, check=True,
                       timeout=60)

    @staticmethod
    def wait(condition, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if condition():
                return True
            time.sleep(0.05)
        return False
