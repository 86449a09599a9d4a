#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The moving picture of a report, played in a browser: headless Chromium opens the page that `muster
run` writes, presses what a reader would press, and says what it saw.

usage: test_animation.py MUSTER ROOT [SHARED]
"""
import json
import os
import pathlib
import select
import shutil
import subprocess
import sys
import tempfile
import time

from scenario import Tally

MUSTER, ROOT = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
INCIDENT = ROOT / "scenarios" / "head-office" / "package.json"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Presses what a reader would. Each look is a hash of the canvas's pixels, how many of them are inked,
# and the clock.
PROBE = """(async()=>{
const f=document.querySelector(".animation"),c=f.querySelector("canvas"),r=f.querySelector("input"),
b=f.querySelector("button"),o=f.querySelector("output"),frame=()=>new Promise(requestAnimationFrame);
async function until(holds){const end=Date.now()+20000;while(!holds()&&Date.now()<end)await frame()}
const copy=document.createElement("canvas"),q=copy.getContext("2d",{willReadFrequently:true});
copy.width=c.width;copy.height=c.height;
function look(){q.clearRect(0,0,c.width,c.height);q.drawImage(c,0,0);
const p=q.getImageData(0,0,c.width,c.height).data;let h=2166136261,n=0;
for(let i=0;i<p.length;i+=4){if(p[i+3])n++;h=Math.imul(h^(p[i]<<16|p[i+1]<<8|p[i+2]|p[i+3]<<24),16777619)}
return{hash:h>>>0,inked:n,clock:o.textContent,at:+r.value}}
function seek(v){r.value=v;r.dispatchEvent(new Event("input"));return look()}
const out={start:look(),most:+r.max,label:b.textContent};
out.middle=seek(out.most/2);out.between=seek(out.most/2+0.5);out.back=seek(0);
b.click();await until(()=>+r.value>0);out.playing=look();out.pause=b.textContent;
b.click();out.paused=look();for(let k=0;k<5;k++)await frame();out.still=look();
out.end=seek(out.most);b.click();await until(()=>+r.value<out.most);b.click();out.again=look();
seek(out.most-0.2);b.click();await until(()=>+r.value>=out.most);out.over=look();
out.over.label=b.textContent;
out.outside=performance.getEntriesByType("resource").map(e=>e.name);
return JSON.stringify(out)})()"""


class Browser:
    """Headless, spoken to over a pair of pipes as its developer tools do."""

    def __init__(self, program, folder):
        read, self.to = os.pipe()
        self.answers, write = os.pipe()
        self.process = subprocess.Popen(
            ["sh", "-c", f'exec "$0" "$@" 3<&{read} 4>&{write}', program, "--headless",
             "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={folder}"],
            pass_fds=[read, write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(read)
        os.close(write)
        self.kept, self.number, self.events = b"", 0, []

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.to)
        os.close(self.answers)

    def hear(self, end):
        """The next message."""
        while b"\0" not in self.kept:
            ready, _, _ = select.select([self.answers], [], [], max(end - time.monotonic(), 0))
            more = os.read(self.answers, 1 << 20) if ready else b""
            if not more:
                raise TimeoutError("the browser does not answer")
            self.kept += more
        message, self.kept = self.kept.split(b"\0", 1)
        return json.loads(message)

    def ask(self, method, session=None, seconds=90, **parameters):
        self.number += 1
        words = {"id": self.number, "method": method, "params": parameters}
        if session is not None:
            words["sessionId"] = session
        os.write(self.to, json.dumps(words).encode() + b"\0")
        end = time.monotonic() + seconds
        while True:
            message = self.hear(end)
            if message.get("id") == self.number:
                return message["result"]
            self.events.append(message)

    def wait_for(self, event, seconds=60):
        end = time.monotonic() + seconds
        while not any(e.get("method") == event for e in self.events):
            self.events.append(self.hear(end))


def play_in(program, page, folder):
    """What the probe saw, and what the page complained of."""
    browser = Browser(program, folder)
    try:
        target = browser.ask("Target.createTarget", url="about:blank")["targetId"]
        session = browser.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            browser.ask(f"{domain}.enable", session)
        browser.ask("Page.navigate", session, url=page.as_uri())
        browser.wait_for("Page.loadEventFired")
        seen = browser.ask("Runtime.evaluate", session, expression=PROBE, awaitPromise=True,
                           returnByValue=True)
        faults = [e for e in browser.events
                  if e.get("method") == "Runtime.exceptionThrown" or
                  (e.get("method") == "Log.entryAdded" and
                   e["params"]["entry"]["level"] in ("error", "warning")) or
                  (e.get("method") == "Runtime.consoleAPICalled" and
                   e["params"]["type"] in ("error", "warning", "assert"))]
        return json.loads(seen["result"].get("value", "null")), faults + (
            [seen] if "exceptionDetails" in seen else [])
    finally:
        browser.close()


def check_playing(tally, name, seen, faults):
    tally.check(f"{name}: the browser opens it", seen is not None, faults)
    if seen is None:
        return
    start, middle, end = seen["start"], seen["middle"], seen["end"]
    tally.check(f"{name}: people are drawn", start["inked"] > 500 and middle["inked"] > 500, seen)
    tally.check(f"{name}: they stand elsewhere later on",
                len({start["hash"], middle["hash"], end["hash"]}) == 3, seen)
    tally.check(f"{name}: between two moments they walk on", seen["between"]["hash"] != middle["hash"])
    tally.check(f"{name}: the clock goes along",
                len({start["clock"], middle["clock"], end["clock"]}) == 3, seen)
    tally.check(f"{name}: going back shows what was there", seen["back"] == start, seen["back"])
    playing = seen["playing"]
    tally.check(f"{name}: it plays",
                playing["at"] > 0 and playing["hash"] != start["hash"] and
                seen["pause"] != seen["label"], playing)
    tally.check(f"{name}: pressed again it stands still", seen["still"] == seen["paused"])
    tally.check(f"{name}: from its end it begins anew", seen["again"]["at"] < seen["most"] / 2 and
                seen["again"]["inked"] > 500,
                seen["again"])
    tally.check(f"{name}: it ends by itself", seen["over"]["at"] == seen["most"] and
                seen["over"]["label"] == seen["label"], seen["over"])
    tally.check(f"{name}: without an error", not faults, faults[:3])
    tally.check(f"{name}: and with nothing from elsewhere", not seen["outside"], seen["outside"])


def main():
    tally = Tally()
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print("ok no Chromium here to play it in # skipped")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = pathlib.Path(name)
        subprocess.run([MUSTER, "run", str(INCIDENT), "--reps", "1", "--lang", "zh", "-o",
                        str(folder / "run")], check=True, capture_output=True, timeout=120)
        page = folder / "run" / "report.html"
        if "class=\"animation\"" not in page.read_text(encoding="utf-8"):
            print("ok built without pictures # skipped")
            print("0 passed, 0 failed, 1 skipped")
            return 0
        check_playing(tally, "report", *play_in(browser, page, folder / "profile"))
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
