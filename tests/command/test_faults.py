#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a machine can do to a planner the night before: disks that are full, read-only or gone, closed
and broken streams, no font, no display, another locale, few open files, a damaged or shared file of
results, a kill at any moment. Each ends with a message and the right status, with no file half
written and nothing that was finished lost. The long form (MUSTER_FAULTS=long) kills more often.

usage: test_faults.py MUSTER ROOT [SHARED]
"""
import contextlib
import json
import os
import pathlib
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from scenario import Tally
from xserver import Screen

MUSTER, ROOT = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
LONG = os.environ.get("MUSTER_FAULTS") == "long"
PLANT = ROOT / "tests/plant/incident.json"
TALLY = Tally()
ok = TALLY.check
NOBODY = 65534


def run(*words, limit=60, **more):
    """The program's status and what it says; a hang is status 124. Root reads and writes what it
    likes, so where rights matter somebody else runs it."""
    more = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
    try:
        return subprocess.run([MUSTER, *map(str, words)], check=False, timeout=limit, text=True,
                              errors="replace", **more)
    except subprocess.TimeoutExpired as late:
        return subprocess.CompletedProcess(late.cmd, 124, "", "it hangs")


def play(out, *words, **more):
    return run("run", PLANT, "--reps", 1, "--motion", "flow", "-q", "--no-report", "-o", out, *words, **more)


def environment(**changes):
    """None takes a variable away."""
    made = {**os.environ, "LANGUAGE": "en", **changes}
    return {k: str(v) for k, v in made.items() if v is not None}


def someone_else():
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


def contents(folder):
    """Every file below, by its name there."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def halves(folder):
    return [name for name in contents(folder) if name.endswith(".part")] if folder.exists() else []


def refuses(name, done, *says):
    return ok(name, done.returncode == 2 and all(s in (done.stderr or "") for s in says),
              (done.returncode, (done.stderr or "")[-400:]))


# Disks

def test_read_only(folder):
    shut = folder / "shut"
    shut.mkdir()
    shut.chmod(0o555)
    folder.chmod(0o755)
    else_ = someone_else()
    site = ROOT / "tests/plant/site.json"
    for name, words in (("run", ["run", PLANT, "--reps", 1, "--motion", "flow", "-q", "--no-report", "-o",
                                 shut / "out"]),
                        ("run into it", ["run", PLANT, "--reps", 1, "--motion", "flow", "-q", "--no-report",
                                         "-o", shut]),
                        ("batch", ["batch", PLANT, "-n", 1, "-q", "-o", shut / "x.sqlite"]),
                        ("pack", ["pack", PLANT, "--reps", 1, "--motion", "flow", "--no-pdf", "-q", "-o",
                                  shut / "pack"]),
                        ("export", ["export", "geojson", site, "-o", shut / "x.geojson"]),
                        ("show", ["show", PLANT, "--headless", "--motion", "flow", "--at", 1, "-o", shut])):
        words = [w for w in words if name != "show" or w not in ("--motion", "flow")]
        refuses(f"read-only folder: {name}", run(*words, **else_), "shut")
    ok("read-only folder: nothing was written", not contents(shut), contents(shut).keys())


def limit_size(most):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        # Python itself ignores the signal; who starts the program from a shell does not.
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    return limit


@contextlib.contextmanager
def small_disk(folder, size):
    """A disk that is full; only root can make one. Yields None where it cannot be made."""
    folder.mkdir()
    made = os.geteuid() == 0 and subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder],
                                                capture_output=True, check=False).returncode == 0
    try:
        yield folder if made else None
    finally:
        if made:
            subprocess.run(["umount", "-l", folder], check=False)


def test_full(folder):
    out = folder / "out"
    play(out)
    before = contents(out)
    for most in (0, 4096, 100_000) if LONG else (4096,):
        done = play(out, "--seed", 99, preexec_fn=limit_size(most))
        refuses(f"files of at most {most} bytes: run", done, "out/")
    ok("a full disk leaves the older results whole", set(before) == set(contents(out)) and not halves(out) and
       before["metrics.json"] == contents(out)["metrics.json"])
    png = folder / "png"
    done = run("show", PLANT, "--headless", "--plan-only", "--at", 1, "--size", "320x240", "-o", png,
               preexec_fn=limit_size(1000))
    refuses("files of at most 1,000 bytes: a picture", done, "png/")
    ok("no half picture", not png.exists() or not contents(png), png)
    for name in ("policy.csv", "policy.xlsx"):
        sheet = folder / name
        sheet.write_text("older")
        done = run("export", "policy", ROOT / "scenarios/policy/baseline.json", "-o", sheet, preexec_fn=limit_size(1000))
        refuses(f"files of at most 1,000 bytes: {name}", done, name)
        ok(f"the older {name} is whole", sheet.read_bytes() == b"older" and not halves(folder))
    pack = folder / "pack"
    done = run("pack", PLANT, "--reps", 1, "--motion", "flow", "--no-pdf", "-q", "-o", pack,
               preexec_fn=limit_size(20_000))
    refuses("files of at most 20,000 bytes: pack", done, "pack/")
    ok("no half page of a pack", not halves(pack), halves(pack))
    with small_disk(folder / "disk", "64k") as disk:
        if disk is None:
            print("skipped: a small disk of its own, which only root can mount")
            return
        refuses("a disk of 64 KB: run", play(disk / "out"), "No space left")
        ok("no half file fills it", not halves(disk), halves(disk))
        done = run("export", "geojson", ROOT / "scenarios/campus/site.json", "-o", disk / "x.geojson")
        refuses("a disk of 64 KB: export", done, "No space left")


def test_vanishing(folder):
    """The folder of results, and the files that are read, go away while it runs."""
    out = folder / "out"
    child = subprocess.Popen([MUSTER, "run", ROOT / "scenarios/head-office/package.json", "--reps", "2", "--jobs",
                              "1", "--motion", "flow", "-q", "-o", out], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + 30
    while not out.exists() and child.poll() is None and time.monotonic() < end:
        time.sleep(0.01)
    shutil.rmtree(out, ignore_errors=True)
    said = child.communicate(timeout=60)[1]
    ok("the folder of results vanishes: said with its name, or made again",
       child.returncode == 2 and "out/" in said or child.returncode == 0 and (out / "metrics.json").exists(),
       (child.returncode, said[-300:]))
    there = folder / "there"
    shutil.copytree(ROOT / "tests/plant", there)
    (there / "incident.json").write_text((there / "incident.json").read_text(encoding="utf-8").replace(
        "../../scenarios", str(ROOT / "scenarios")), encoding="utf-8")
    results = folder / "x.sqlite"
    child = subprocess.Popen([MUSTER, "batch", there / "incident.json", "-n", "12", "-j", "1", "-o", results],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    child.stderr.readline()
    shutil.rmtree(there)
    said = child.communicate(timeout=60)[1]
    ok("the files that it reads vanish: it goes on with what it has read, or says which",
       child.returncode == 0 or child.returncode == 2 and "incident.json" in said, (child.returncode, said[-300:]))
    done = run("batch", there / "incident.json", "-n", 12, "-q", "-o", results)
    refuses("and started again it says which is missing", done, "incident.json")
    ok("what was played is still there", run("compare", results).returncode == 0 or
       sqlite3.connect(results).execute("select count(*) from run").fetchone()[0] > 0)


# Streams

def test_streams(folder):
    with open("/dev/full", "w", encoding="utf-8") as full:
        for words in (["clauses"], ["--help"], ["schema", "site"], ["run", PLANT, "--reps", 1, "--motion", "flow", "-q", "--no-report", "-o",
                                         folder / "full"]):
            refuses(f"standard output full: {words[0]}", run(*words, stdout=full), "standard output")
    ok("the results are there all the same", json.loads((folder / "full/metrics.json").read_text("utf-8")))
    wanted = contents(folder / "full")
    for closed in ((1,), (2,), (0, 1, 2)):
        out = folder / ("closed" + "".join(map(str, closed)))

        def close(closed=closed):
            for descriptor in closed:
                os.close(descriptor)
        done = play(out, preexec_fn=close, stdout=None, stderr=None) if closed != (2,) else \
            play(out, preexec_fn=close, stderr=None)
        ok(f"closed {closed}: status", done.returncode == (2 if 1 in closed else 0), done.returncode)
        ok(f"closed {closed}: no message went into a file", contents(out) == wanted,
           [n for n in wanted if contents(out).get(n) != wanted[n]])
    read, write = os.pipe()
    os.close(read)
    done = play(folder / "pipe", stdout=write)
    os.close(write)
    ok("nobody reads its output: it ends, its results whole",
       done.returncode in (-signal.SIGPIPE, 2) and contents(folder / "pipe") == wanted, done.returncode)


# Environment

def test_environment(folder):
    play(folder / "plain")
    wanted = contents(folder / "plain")
    empty = folder / "empty"
    empty.mkdir()
    (folder / "fonts.conf").write_text("<fontconfig></fontconfig>", encoding="utf-8")
    no_font = environment(FONTCONFIG_FILE=folder / "fonts.conf", HOME=empty, XDG_DATA_HOME=empty)
    lost = {"TMPDIR": folder / "no", "HOME": folder / "no", "XDG_CACHE_HOME": folder / "no"}
    for name, env in (("no font", no_font), ("no home, no folder for temporary files", environment(**lost)),
                      ("no variable at all", {})):
        out = folder / "out"
        done = play(out, env=env)
        ok(f"{name}: the same results", done.returncode == 0 and contents(out) == wanted,
           (done.returncode, done.stderr[-300:]))
        shutil.rmtree(out, ignore_errors=True)
    show = ["show", PLANT, "--headless", "--at", 1, "--size", "640x360", "-o", folder / "pictures"]
    refuses("no font: a picture says what to install", run(*show, env=no_font), "font")
    done = run(*show, env=environment(HOME=None, TMPDIR=folder / "no", DISPLAY=None))
    ok("no home, no display: a picture all the same", done.returncode == 0, done.stderr[-300:])
    for verb, file in (("show", PLANT), ("edit", ROOT / "tests/plant/site.json")):
        for name, display in (("no display", None), ("a display that is gone", ":7777")):
            done = run(verb, file, limit=20, env=environment(DISPLAY=display, WAYLAND_DISPLAY=None,
                                                             XDG_RUNTIME_DIR=None))
            refuses(f"{name}: {verb}", done)
            ok(f"{name}: {verb} says what to do", "--headless" in done.stderr or "DISPLAY" in done.stderr or
               "display" in done.stderr, done.stderr[-300:])
            ok(f"{name}: {verb} says nothing else", "XDG" not in done.stderr, done.stderr[-300:])


def test_locale(folder):
    """Where 1.5 is written 1,5."""
    made = folder / "locales"
    made.mkdir()
    (made / "comma").write_text('LC_CTYPE\ncopy "POSIX"\nEND LC_CTYPE\nLC_NUMERIC\ndecimal_point ","\n'
                                'thousands_sep "."\ngrouping 3;3\nEND LC_NUMERIC\n', encoding="utf-8")
    if shutil.which("localedef") is None or subprocess.run(
            ["localedef", "-c", "-i", "./comma", "-f", "ANSI_X3.4-1968", "./comma.ASCII"], check=False, cwd=made,
            capture_output=True).returncode not in (0, 1) or not (made / "comma.ASCII/LC_NUMERIC").exists():
        print("skipped: a locale with a decimal comma cannot be made here")
        return
    comma = environment(LOCPATH=made, LC_ALL=None, LC_NUMERIC="comma.ASCII", LC_CTYPE="C.UTF-8", LANGUAGE="en",
                        LANG="C.UTF-8")
    probe = subprocess.run([sys.executable, "-c", "import locale; locale.setlocale(locale.LC_ALL, '');"
                            "print(locale.localeconv()['decimal_point'])"], env=comma, check=False,
                           capture_output=True, text=True)
    ok("the locale is in force", probe.stdout.strip() == ",", probe.stdout or probe.stderr)
    plain = environment(LC_ALL="C.UTF-8", LANGUAGE="en")
    site = ROOT / "tests/plant/site.json"
    for name, words in (("run", ["run", PLANT, "--reps", 1, "--motion", "flow", "-q", "-o", "OUT"]),
                        ("batch", ["batch", PLANT, "-n", 2, "-q", "-o", "OUT/x.sqlite", "--csv", "OUT/x.csv"]),
                        ("geojson", ["export", "geojson", site, "-o", "OUT/x.geojson"]),
                        ("clauses", ["clauses", "--json"])):
        said = []
        for env in (plain, comma):
            out = folder / "out"
            out.mkdir()
            done = run(*[out if w == "OUT" else str(w).replace("OUT", str(out)) for w in words], env=env)
            said.append((done.returncode, done.stdout, {k: v for k, v in contents(out).items()
                                                         if not k.endswith("sqlite")}))
            shutil.rmtree(out)
        ok(f"decimal comma: {name} gives the same bytes", said[0][0] == 0 and said[0] == said[1],
           [k for k in said[0][2] if said[1][2].get(k) != said[0][2][k]] or (said[0][1], said[1][1]))


def test_few_files(folder):
    wanted = None
    for most in (1024, *((24, 12, 6, 4) if LONG else ()), 8, 5):
        out = folder / f"files{most}"

        def limit(most=most):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        done = play(out, preexec_fn=limit)
        wanted = wanted or contents(out)
        if done.returncode == 127:  # not even its libraries could be opened
            continue
        ok(f"{most} open files: all of it, or a message",
           done.returncode == 0 and contents(out) == wanted or
           done.returncode == 2 and done.stderr and not halves(out), (done.returncode, done.stderr[-300:]))


# Results

def study(results, reps=3, **more):
    return run("batch", PLANT, "-n", reps, "-q", "-j", 1, "-o", results, **more)


def rows(results):
    with contextlib.closing(sqlite3.connect(results)) as db:
        return db.execute("select * from run order by cell, replication").fetchall()


def test_last_runs(folder):
    """What SQLite keeps beside the results while a study runs is in the file itself at the end, or it
    is said; then they can be read where nothing can be written."""
    made = folder / "made.sqlite"
    ok("a study", study(made, 40).returncode == 0)
    wanted = rows(made)
    with contextlib.closing(sqlite3.connect(made)) as db:
        db.execute("delete from run where replication > 34")
        db.execute("update cell set runs = null")
        db.commit()
        db.execute("vacuum")
    size = made.stat().st_size
    refuses("no room for the last runs", study(made, 40, preexec_fn=limit_size(size)), "made.sqlite", "room on the disk")
    ok("started again it goes on", study(made, 40).returncode == 0 and rows(made) == wanted)
    ok("they are in the file itself", [p.name for p in folder.iterdir()] == ["made.sqlite"], list(folder.iterdir()))
    shut = folder / "shut"
    shut.mkdir()
    shutil.copy(made, shut)
    shut.chmod(0o555)
    folder.chmod(0o755)
    done = run("compare", shut / "made.sqlite", **someone_else())
    ok("results in a read-only folder: they are read", "one arm only" in done.stderr, (done.returncode, done.stderr))


def flipped(data, luck):
    made = bytearray(data)
    for _ in range(40):
        made[luck.randrange(100, len(made))] ^= 1 << luck.randrange(8)
    return bytes(made)


def test_damaged(folder):
    good = folder / "good.sqlite"
    ok("a study to damage", study(good).returncode == 0)
    whole = good.read_bytes()
    other = folder / "other.sqlite"
    shutil.copy(good, other)
    with contextlib.closing(sqlite3.connect(other)) as db:
        db.execute("update study set value = 'muster.results 999' where key = 'format'")
        db.commit()
    strange = folder / "strange.sqlite"
    with contextlib.closing(sqlite3.connect(strange)) as db:
        db.execute("create table letters (a text)")
        db.commit()
    luck = random.Random(11)
    cases = {"cut short": whole[:len(whole) // 2], "cut to its head": whole[:100], "not a database": b"x" * 5000,
             "its head damaged": b"SQLite format 3\0" + b"\xff" * 84 + whole[100:],
             "of another program": strange.read_bytes(),
             "of a newer version": other.read_bytes(), "zeros": bytes(len(whole)),
             **{f"bytes flipped {i}": flipped(whole, luck) for i in range(40 if LONG else 2)}}
    bad = folder / "bad.sqlite"
    for name, data in cases.items():
        verbs = (("compare", ["compare", bad]), ("merge", ["merge", bad, "-o", folder / "merged.sqlite"]),
                 ("batch", ["batch", PLANT, "-n", 3, "-q", "-o", bad]))
        for verb, words in verbs if LONG else verbs[:1] + verbs[2:] if name in ("of another program", "cut short") \
                else verbs[:2] if name.startswith("bytes") else verbs[:1]:
            bad.write_bytes(data)
            for ending in ("-wal", "-shm", "-journal"):
                bad.with_name(bad.name + ending).unlink(missing_ok=True)
            done = run(*words)
            flip = name.startswith("bytes")  # perhaps where nothing stands
            ok(f"results {name}: {verb}", done.returncode == 2 and "bad.sqlite" in done.stderr or
               flip and (done.returncode == 0 or "one arm only" in done.stderr),
               (done.returncode, done.stderr[-300:]))
            if done.returncode == 2:
                ok(f"results {name}: {verb} leaves the file", bad.read_bytes() == data or flip, len(bad.read_bytes()))


def test_other_metrics(folder):
    """Results of a program that measured less: each command says so, none that they are complete."""
    results = folder / "less.sqlite"
    study(results)
    with contextlib.closing(sqlite3.connect(results)) as db:
        last, = db.execute("select name from measure order by measure desc limit 1").fetchone()
        db.executescript(f"drop view verdict; delete from measure where name = '{last}'; "
                         f"alter table run drop column {last};")
    for name, done in (("batch", study(results)), ("compare", run("compare", results)),
                       ("merge", run("merge", results, "-o", folder / "made.sqlite"))):
        ok(f"other metrics: {name}: said, with which", done.returncode == 2 and "less.sqlite" in done.stderr
           and "other metrics" in done.stderr and last in done.stderr, (done.returncode, done.stderr[-300:]))


def test_merge_names_the_part(folder):
    """What is damaged is the part that is read, not what is made of it."""
    part = folder / "part.sqlite"
    study(part)
    with contextlib.closing(sqlite3.connect(part)) as db:
        db.executescript("create table again as select * from measure; drop table measure; "
                         "alter table again rename to measure; insert into measure select * from measure limit 1;")
    done = run("merge", part, "-o", folder / "made.sqlite")
    ok("merge: a row that is there twice: said of the part", done.returncode == 2 and "part.sqlite" in done.stderr
       and "made.sqlite" not in done.stderr, (done.returncode, done.stderr[-300:]))


def test_two_at_once(folder):
    """Two programs on one file of results: no row is lost or doubled."""
    alone, shared = folder / "alone.sqlite", folder / "shared.sqlite"
    study(alone, 6)
    both = [subprocess.Popen([MUSTER, "batch", PLANT, "-n", "6", "-q", "-j", "1", "-o", shared],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [child.communicate(timeout=60)[1] for child in both]
    for child, words in zip(both, said):
        ok("two on one file: each is done, or says that another is at it",
           child.returncode == 0 or child.returncode == 2 and "shared.sqlite" in words,
           (child.returncode, words[-300:]))
    ok("two on one file: at least one is done", 0 in [child.returncode for child in both])
    ok("two on one file: the rows are those of one", rows(shared) == rows(alone), len(rows(shared)))


# Kills

def killed(words, out, luck, times, longest):
    """Kills the command at random moments; what is under its names is whole each time."""
    wanted = None
    for _ in range(times):
        shutil.rmtree(out, ignore_errors=True)
        done = run(*words)
        wanted = wanted or contents(out)
        break
    bad, kills = [], 0
    for _ in range(times):
        with subprocess.Popen([MUSTER, *map(str, words)], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) as child:
            time.sleep(luck.uniform(0, longest))
            child.kill()
            kills += child.wait() == -signal.SIGKILL
        bad += [n for n, data in contents(out).items() if not n.endswith(".part") and wanted.get(n) != data]
    done = run(*words)
    after = {n: data for n, data in contents(out).items() if not n.endswith(".part")}
    return kills, bad, done.returncode == 0 and after == wanted, halves(out)


def test_kills(folder):
    luck = random.Random(3)
    begun = time.monotonic()
    play(folder / "timed")
    takes = time.monotonic() - begun
    writers = (("run", ["run", PLANT, "--reps", 1, "--motion", "flow", "-q", "--no-report", "-o"]),
               ("pack", ["pack", PLANT, "--reps", 1, "--motion", "flow", "--no-pdf", "-q", "-o"]))
    for name, words in writers if LONG else writers[1:]:
        out = folder / name
        kills, bad, again, left = killed([*words, out], out, luck, 60 if LONG else 2, 1.2 * takes)
        ok(f"{name} killed {kills} times: no half file under any name", not bad, bad[:5])
        ok(f"{name} started again gives the same files", again)
        ok(f"{name}: what the killed left beside them goes", not left, left)


def test_display_lost(folder):
    """The X server dies under the window: the program ends, and what was drawn is not lost."""
    if shutil.which("Xvfb") is None or shutil.which("xdotool") is None:
        print("skipped: Xvfb or xdotool not installed")
        return
    site = folder / "site.json"
    shutil.copy(ROOT / "tests/plant/site.json", site)
    for verb, file in (("show", PLANT), ("edit", site)):
        screen = Screen(800, 600)
        child = subprocess.Popen([MUSTER, verb, file], env=screen.environment, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.PIPE, text=True)
        root = screen.under_pointer()
        seen = screen.wait(lambda: screen.under_pointer() not in ("", root), 30)
        journal = folder / ".site.json.unsaved"
        if verb == "edit":
            screen.wait(lambda: (screen.key("ctrl+a"), screen.key("Right"), journal.exists() and
                                 journal.stat().st_size > 100)[-1], 20)
        screen.server.kill()
        screen.server.wait()
        try:
            said = child.communicate(timeout=20)[1]
        except subprocess.TimeoutExpired:
            child.kill()
            said = "it hangs: " + child.communicate()[1]
        ok(f"the display is lost under {verb}: it ends by itself", seen and child.returncode > 0,
           (seen, child.returncode, said[-300:]))
    ok("the drawing is untouched, and its changes are kept beside it",
       site.read_bytes() == (ROOT / "tests/plant/site.json").read_bytes() and journal.exists() and
       journal.stat().st_size > 100)


TESTS = (test_read_only, test_full, test_last_runs, test_vanishing, test_streams, test_environment, test_locale, test_few_files,
         test_damaged, test_other_metrics, test_merge_names_the_part, test_two_at_once, test_kills, test_display_lost)


def main():
    chosen = os.environ.get("MUSTER_ONLY", "").split()
    for test in TESTS:
        if chosen and test.__name__ not in chosen:
            continue
        begun = time.monotonic()
        with tempfile.TemporaryDirectory() as work:
            test(pathlib.Path(work))
        if LONG:
            print(f"{test.__name__}: {time.monotonic() - begun:.0f} s", flush=True)
    return TALLY.finish()


if __name__ == "__main__":
    sys.exit(main())
