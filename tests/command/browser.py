# SPDX-License-Identifier: GPL-3.0-or-later
"""One headless Chromium for all pages of a test, spoken to through a pipe, and what it says of their
text: what stands outside its box, is cut, or lies under other text."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

NAMES = ("chromium", "chromium-browser", "google-chrome")
# What an A4 sheet leaves inside its margins (style.c: 20, 15 and 18 mm), in points of the screen.
UPRIGHT, ACROSS, WHOLE = (680, 979), (1009, 650), (1123, 794)

MEASURE = r"""(function (high) {
  const found = [], tell = (what, node, rect) => found.push(what + ": '" +
    node.textContent.trim().replace(/\s+/g, " ").slice(0, 60) + "' " + [rect.left, rect.top,
    rect.right, rect.bottom].map(Math.round).join(" ") + " in " + node.parentElement.tagName +
    "." + (node.parentElement.getAttribute("class") || ""));
  // A letter's box is higher than its line by what the font leaves free, in Chinese by half.
  const outside = (r, b, x, y = Math.max(4, 0.3 * r.height)) => r.left < b.left - x || r.right > b.right + x ||
    r.top < b.top - y || r.bottom > b.bottom + y;
  // People walk over names in a moment's picture.
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT,
    n => n.nodeType === Node.TEXT_NODE ? (n.data.trim() ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP)
      : n.matches("title,desc,script,style,.moment svg,svg.moment") ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_SKIP);
  const labels = new Map(), boxes = new Map(), pictures = new Map();
  // What asks for a style is asked once for each element: a page has thousands of texts.
  const once = (known, node, find) => {
    if (!known.has(node)) known.set(node, find(node));
    return known.get(node);
  };
  const pictureOf = node => {
    let svg = node.closest("svg");
    while (svg && svg.parentElement.closest("svg")) svg = svg.parentElement.closest("svg");
    return svg;
  };
  const boxOf = node => {
    let box = node;
    while (/^(inline|contents)$/.test(getComputedStyle(box).display)) box = box.parentElement;
    return box;
  };
  const cutters = new Map([[document.body, []]]); // boxes around it that show nothing outside
  const cuttersOf = box => once(cutters, box, b => getComputedStyle(b).overflowX === "visible"
    ? cuttersOf(b.parentElement) : [b, ...cuttersOf(b.parentElement)]);
  let texts = 0;
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter(r => r.width > 0);
    if (!rects.length) continue;
    texts++;
    if (getComputedStyle(node.parentElement).visibility !== "visible") continue;
    const svg = once(pictures, node.parentElement, pictureOf);
    if (svg) {
      const all = node.parentElement.getBoundingClientRect();
      if (outside(all, svg.getBoundingClientRect(), 1)) tell("outside its picture", node, all);
      if (!labels.has(svg)) labels.set(svg, []);
      labels.get(svg).push([node, all]);
      continue;
    }
    const box = once(boxes, node.parentElement, boxOf);
    const bounds = box.getBoundingClientRect();
    const wrong = rects.find(r => outside(r, bounds, 1));
    if (wrong) tell("outside its box", node, wrong);
    for (const up of cuttersOf(box)) {
      const cut = rects.find(r => outside(r, up.getBoundingClientRect(), 1));
      if (cut) tell("cut", node, cut);
    }
  }
  for (const row of labels.values())
    for (let i = 0; i < row.length; i++)
      for (let k = 0; k < i; k++) {
        const a = row[i][1], b = row[k][1];
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const tall = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 3 && tall > 0.5 * Math.min(a.height, b.height) && row[i][0].data !== row[k][0].data)
          tell("over '" + row[k][0].data.trim().slice(0, 40) + "'", row[i][0], a);
      }
  if (document.documentElement.scrollWidth > innerWidth + 1)
    found.push("the page is " + document.documentElement.scrollWidth + " wide, not " + innerWidth);
  for (const one of document.querySelectorAll("svg:not(svg svg),img")) {
    const tall = one.getBoundingClientRect().height;
    if (high && tall > high) found.push("a picture of " + Math.round(tall) + " on a sheet of " + high);
  }
  return JSON.stringify([texts, found]);
})"""


def find_browser():
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Browser:
    def __init__(self):
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        theirs_in, self.out = os.pipe()
        self.back, theirs_out = os.pipe()

        def wire():
            """Chromium reads from 3 and writes to 4."""
            spare_in, spare_out = os.dup(theirs_in), os.dup(theirs_out)
            os.dup2(spare_in, 3)
            os.dup2(spare_out, 4)
        self.process = subprocess.Popen(
            [find_browser(), "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
             f"--user-data-dir={self.profile.name}", "--hide-scrollbars", "--no-first-run",
             "--disable-extensions", "--disable-background-networking", "about:blank"],
            preexec_fn=wire, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(theirs_in)
        os.close(theirs_out)
        self.rest, self.number, self.session = b"", 0, None
        # In the background nothing is painted, only laid out.
        target = self.ask("Target.createTarget", url="about:blank", background=True)["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Page.enable")
        self.frame = self.ask("Page.getFrameTree")["frameTree"]["frame"]["id"]

    def close(self):
        os.close(self.out)
        os.close(self.back)
        self.process.terminate()
        self.process.wait()
        self.profile.cleanup()

    def _next(self):
        while b"\0" not in self.rest:
            more = os.read(self.back, 1 << 20)
            if not more:
                raise RuntimeError("the browser has gone")
            self.rest += more
        one, self.rest = self.rest.split(b"\0", 1)
        return json.loads(one)

    def ask(self, method, **words):
        self.number += 1
        message = {"id": self.number, "method": method, "params": words}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while (one := self._next()).get("id") != self.number:
            pass
        if "error" in one:
            raise RuntimeError(f"{method}: {one['error']}")
        return one["result"]

    def window(self, width, high=0):
        """A window of this width; a sheet of paper where it has a height."""
        self.ask("Emulation.setEmulatedMedia", media="print" if high else "screen")
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=high or 900,
                 deviceScaleFactor=1, mobile=False)

    def measure(self, high=0):
        """Texts that were measured, and what is wrong with them."""
        told = self.ask("Runtime.evaluate", expression=f"{MEASURE}({high})", returnByValue=True)
        return json.loads(told["result"]["value"])

    def faults_of(self, page, screen=True):
        """On paper, lying or standing as its style says, and on a screen. The pages hold all that they
        show, so that each is put into the one document: to go from file to file costs more than to lay out."""
        text = pathlib.Path(page).read_text(encoding="utf-8")
        width, high = WHOLE if "landscape;margin:0" in text else \
            ACROSS if "size:A4 landscape" in text else UPRIGHT
        self.window(width, high)
        self.ask("Page.setDocumentContent", frameId=self.frame, html=text)
        texts, faults = self.measure(high)
        faults = [f"printed: {f}" for f in faults]
        if screen:
            self.window(1200)
            faults += [f"on screen: {f}" for f in self.measure()[1]]
        return texts, faults
