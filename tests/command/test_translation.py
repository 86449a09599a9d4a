#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Chinese catalogue is complete: every marked message is translated, none is fuzzy or left over,
formats agree, POTFILES lists every file with marked text, and the program uses it.

usage: test_translation.py MUSTER ROOT
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from scenario import Tally

MUSTER, ROOT = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
CATALOGUE = ROOT / "po/zh_CN.po"
KEYWORDS = ["-k_", "-kN_", "-kP_:1,2"]
TALLY = Tally()
ok = TALLY.report


def run(*words):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)


def entries(path):
    """(flags, msgid, [msgstr…]) of a catalogue's entries, without the header."""
    found, flags, fields, field = [], "", {}, None

    def close():
        if fields.get("msgid"):
            found.append((flags, fields["msgid"],
                          [value for key, value in fields.items() if key.startswith("msgstr")]))

    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        match = re.match(r'(msgid_plural|msgid|msgstr(?:\[\d+\])?) (".*")$', line)
        if line.startswith("#,"):
            flags = line
        elif match:
            field = match.group(1)
            fields[field] = match.group(2)[1:-1]
        elif line.startswith('"') and field:
            fields[field] += line[1:-1]
        elif not line.strip():
            close()
            flags, fields, field = "", {}, None
    return found


def marked_files():
    files = []
    for folder in ("sim", "tools", "render"):
        for path in sorted((ROOT / folder).rglob("*.[ch]")):
            text = path.read_text(encoding="utf-8")
            if path.name != "i18n.h" and re.search(r"\b(_|N_|P_)\(", text):
                files.append(str(path.relative_to(ROOT)))
    return files


# What is typed as it stands: quoted, in brackets of JSON, or a name before its colon.
AS_TYPED = re.compile(r"“[^”]*”|\{[^}]*\}|\[[^\]]*\]|里程碑:对象(?:@地点)?|单元:K|时:分:秒|✓ 达标，✕ 未达标，\? 未决|^\? 未决$")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff] ?[,;:()!?]|[,;:()!?] ?[\u4e00-\u9fff]|%s ?[,;:](?!\S*%)|[,;:] ?%s")


def half_width(text):
    """Commas, colons and brackets of a Latin text between Chinese words."""
    return HALF_WIDTH.search(AS_TYPED.sub("x", text.replace(r"\"", '"')))


def main():
    if not shutil.which("xgettext") or not shutil.which("msgfmt"):
        print("ok gettext's tools are not installed: nothing to compare # skipped")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    listed = [line for line in (ROOT / "po/POTFILES").read_text().split() if line]
    ok("POTFILES lists every file with marked text, and no other",
       set(marked_files()) ^ set(listed))
    with tempfile.TemporaryDirectory() as folder:
        template = pathlib.Path(folder, "muster.pot")
        done = run("xgettext", "--from-code=UTF-8", *KEYWORDS, "-o", template, "-D", ROOT,
                   *marked_files())
        ok("the messages can be extracted", [done.stderr] if done.returncode else [])
        wanted = {msgid for _, msgid, _ in entries(template)}
    given = entries(CATALOGUE)
    texts = {msgid: strings for _, msgid, strings in given}
    ok(f"all {len(wanted)} messages are in the catalogue", sorted(wanted - set(texts)))
    ok("none is left over from before", sorted(set(texts) - wanted))
    ok("none is empty", [msgid for msgid, strings in texts.items() if not all(strings)])
    ok("none is fuzzy", [msgid for flags, msgid, _ in given if "fuzzy" in flags])
    plain = re.compile(r"^[\x00-\x7f–…✓✕▲]*$")
    words = re.compile(r"[a-z]{3,}.* [a-z]{3,}")
    ok("none is English still", [m for m, s in texts.items() if plain.match(s[0]) and
                                 words.search(re.sub(r"%[\w.$]+|\S*[./_]\S*|-\S+", "", s[0]))])
    ok("stops and brackets between Chinese words are Chinese", [t for s in texts.values() for t in s if half_width(t)])
    done = run("msgfmt", "--check", "-o", "/dev/null", CATALOGUE)
    ok("printf formats agree (msgfmt --check)", [done.stderr] if done.returncode else [])
    done = run(MUSTER, "--lang", "zh", "--help")
    ok("the program finds the catalogue", [] if "用法" in done.stdout else [done.stdout[:200]])
    return TALLY.finish()


sys.exit(main())
