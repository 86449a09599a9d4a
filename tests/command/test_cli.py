#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line as a person meets it: usage, help, exit statuses, languages, what is printed
where, and files that are never left half-written.

usage: test_cli.py MUSTER ROOT
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from scenario import Tally

MUSTER, ROOT = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
INCIDENT = ROOT / "scenarios/head-office/package.json"
POLICY = ROOT / "scenarios/policy/baseline.json"
COMMANDS = ["run", "new", "edit", "show", "report", "pack", "observe", "ledger", "why", "diff", "batch", "compare", "fix", "hazop", "sensitivity", "merge",
            "check", "migrate", "lint", "audit", "year", "easi", "fit", "clauses", "schema", "import", "export",
            "verify", "bench", "doctor", "completion"]
KINDS = ["site", "roster", "policy", "playbook", "incident", "overlay", "metrics", "case", "study",
         "levers", "year", "easi", "year-results", "pack", "tracing"]
TALLY = Tally()


def ok(name, *faults):
    """Passes if every fault is empty or None."""
    TALLY.report(name, faults)


def muster(*words, language="en", **options):
    environment = dict(os.environ, LANGUAGE=language)
    environment.pop("LC_ALL", None)
    return subprocess.run([MUSTER, *map(str, words)], capture_output=True, text=True, check=False,
                          env=environment, encoding="utf-8", errors="replace", **options)


def status(done, wanted):
    return "" if done.returncode == wanted else \
        f"exit {done.returncode}, not {wanted}: {done.stdout[-300:]}{done.stderr[-300:]}"


def says(text, pattern):
    return "" if re.search(pattern, text) else f"no /{pattern}/ in: {text[:300]}"


def usage_errors():
    cases = [
        ([], "Usage: muster COMMAND"),
        (["--"], "no command given"),
        (["rnu"], r"no command 'rnu'; did you mean \"run\""),
        (["--frobnicate"], "unknown option --frobnicate"),
        (["run"], "no incident file given"),
        (["run", INCIDENT], "-o is missing"),
        (["run", INCIDENT, INCIDENT, "-o", "x"], "one incident at a time"),
        (["run", INCIDENT, "-o"], "option --output needs a value"),
        (["run", INCIDENT, "-o", ""], "-o is missing"),
        (["run", INCIDENT, "-o", "x", "--reps", "0"], "--reps must be a whole number from 1 to"),
        (["run", INCIDENT, "-o", "x", "--reps", "ten"], "--reps must be a whole number"),
        (["run", INCIDENT, "-o", "x", "--reps", "-3"], "--reps must be a whole number"),
        (["run", INCIDENT, "-o", "x", "--reps", "4", "--log-rep", "4"],
         "--log-rep must be a whole number from 0 to 3"),
        (["run", INCIDENT, "-o", "x", "--seed", "99999999999999999999999"], "--seed must be"),
        (["run", INCIDENT, "-o", "x", "--quiet=yes"], "option --quiet takes no value"),
        (["run", INCIDENT, "-o", "x", "-Z"], "unknown option -Z"),
        (["run", INCIDENT, "-o", "x", "--"], None),  # fails later: nothing of it is usage
        (["check"], "no file given"),
        (["check", "--jsn", POLICY], "unknown option --jsn"),
        (["clauses", "9.9.9z"], "the policy has no clause 9.9.9z"),
        (["clauses", "4.2.3cc"], "did you mean \"4.2.3c\""),
        (["clauses", "--policy", "/nonexistent.json"], "cannot read the file"),
        (["schema", "castle"], "no kind of file 'castle'"),
        (["schema", "site", "roster"], "one kind at a time"),
        (["import"], "no format given"),
        (["--lang", "fr", "clauses"], "--lang must be zh or en, not 'fr'"),
        (["clauses", "--lang"], "--lang must be zh or en, not ''"),
    ]
    for words, pattern in cases:
        if pattern is None:
            continue
        done = muster(*words)
        ok(f"usage: muster {' '.join(pathlib.Path(str(w)).name for w in words)}", status(done, 2),
           says(done.stderr, pattern), done.stdout and f"on standard output: {done.stdout}")
    ok("usage: nothing was made on the way", pathlib.Path("x").exists() and "a folder x")


def helps():
    done = muster("--help")
    ok("muster --help", status(done, 0), done.stderr, *[says(done.stdout, rf"(?m)^  {c} +\w")
                                                        for c in COMMANDS])
    listed = re.findall(r"(?m)^  ([a-z]+) +", done.stdout)
    ok("muster --help lists what exists and nothing else",
       sorted(listed) != sorted(COMMANDS) and listed)
    for command in COMMANDS:
        done = muster(command, "--help")
        short = muster(command, "-h")
        ok(f"muster {command} --help", status(done, 0), done.stderr,
           says(done.stdout, f"^Usage: muster {command} "), says(done.stdout, "--lang zh|en"),
           done.stdout != short.stdout and "-h differs")
    version = re.search(r"version: '([^']+)'", (ROOT / "meson.build").read_text()).group(1)
    done = muster("--version")
    ok("muster --version", status(done, 0), says(done.stdout, f"^muster {re.escape(version)}\n"),
       says(done.stdout, "GPL"))


def languages():
    english, chinese = muster("clauses", "4.2.3c"), muster("--lang", "zh", "clauses", "4.2.3c")
    ok("--lang zh before the command", status(chinese, 0), says(chinese.stdout, "公安"),
       says(english.stdout, "police"))
    after = muster("clauses", "4.2.3c", "--lang=zh")
    ok("--lang=zh after the command says the same", after.stdout != chinese.stdout and after.stdout)
    environment = muster("clauses", "4.2.3c", language="zh_CN:en")
    ok("LANGUAGE chooses the language", environment.stdout != chinese.stdout and environment.stdout)
    ok("--lang en beats LANGUAGE",
       muster("--lang", "en", "clauses", "4.2.3c", language="zh").stdout != english.stdout and "no")
    bare = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "zh_CN.UTF-8", "LC_NUMERIC": "de_DE.UTF-8"}
    if "LD_LIBRARY_PATH" in os.environ:
        bare["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
    done = subprocess.run([MUSTER, "clauses", "--json", "3.3.1b"], env=bare, capture_output=True,
                          text=True, encoding="utf-8", check=False)
    ok("LC_ALL chooses the language; numbers keep their point", status(done, 0),
       json.loads(done.stdout)["clauses"][0]["params"][0]["value"] != 5 and done.stdout)
    ok("help in Chinese", says(muster("run", "--help", "--lang", "zh").stdout, "用法：muster run"))
    done = muster("run", "--lang", "zh")
    ok("complaints in Chinese", status(done, 2), says(done.stderr, "未给出事件文件"))
    pathlib.Path("bare.json").write_text('{"format": "muster.site", "version": 1}', "utf-8")
    for language, word in (("zh", "错误："), ("en", "error: ")):
        done = muster("check", "bare.json", language=language)
        ok(f"a place is said for programs, what is wrong there for people ({language})", status(done, 1),
           says(done.stderr + done.stdout, rf"(?m)^bare\.json:1:1: {word}\S"))


def clauses():
    done = muster("clauses")
    ids = re.findall(r"(?m)^(\d+\.\d+\.\d+[a-z])  ", done.stdout)
    given = [clause["id"] for clause in json.loads(POLICY.read_text())["clauses"]]
    ok("muster clauses lists every clause", status(done, 0), sorted(ids) != sorted(given) and ids)
    ok("the table's columns line up",
       len({re.match(r"(?:\S+(?: \S+)* {2,}){3}", line).end()
            for line in done.stdout.splitlines()[:len(ids) + 1]}) != 1 and done.stdout[:400])
    ok("… and say how many are judged where", says(done.stdout, "172 clauses: "))
    read = json.loads(muster("clauses", "--json").stdout)["clauses"]
    ok("muster clauses --json", len(read) != len(given) and len(read),
       *[f"{c['id']}: no {key}" for c in read
         for key in ("id", "zh", "en", "kind", "params", "judged_by") if c.get(key) is None])
    one = json.loads(muster("clauses", "--json", "4.2.3c").stdout)["clauses"]
    ok("muster clauses --json ID", [c["id"] for c in one] != ["4.2.3c"] and one,
       one[0]["params"] != [{"name": "limit", "value": 300, "unit": "s"}] and one[0]["params"])
    noted = {c["id"]: c["note"] for c in json.loads(POLICY.read_text(encoding="utf-8"))["clauses"] if "note" in c}
    ok("muster clauses --json has notes in both languages", len(noted) < 40 and len(noted),
       {c["id"]: c["note"] for c in read if c["note"] is not None} != noted and "not those of the file")
    for language, other in (("zh", "en"), ("en", "zh")):
        done = muster("clauses", *noted, language=language)
        ok(f"notes of clauses in {language}", status(done, 0),
           [i for i, note in noted.items() if note[language] not in done.stdout or note[other] in done.stdout])
    done = muster("clauses", "-p", POLICY, "4.2.3c", "3.5.3a")
    ok("muster clauses ID… shows texts", status(done, 0), says(done.stdout, "3.5.3a"),
       says(done.stdout, r"demand +at most 300 seconds"))


def schemas():
    done = muster("schema")
    ok("muster schema lists the kinds", status(done, 0),
       re.findall(r"(?m)^([\w-]+)  ", done.stdout) != KINDS and done.stdout)
    for kind in KINDS:
        text = muster("schema", kind)
        try:
            schema = json.loads(text.stdout)
            fault = schema.get("$schema", "") != "https://json-schema.org/draft/2020-12/schema"
        except ValueError as error:
            fault = error
        page = muster("schema", kind, "--doc")
        ok(f"muster schema {kind}", status(text, 0), fault, status(page, 0), says(page.stdout, "^# "))


def checks():
    files = sorted((ROOT / "scenarios/head-office").glob("*.json")) + [POLICY]
    done = muster("check", *files)
    ok("muster check on good files", status(done, 0), done.stderr,
       says(done.stdout, rf"(?m)^{len(files)} files checked: 0 errors, "))
    read = json.loads(muster("check", "--json", *files).stdout)
    ok("muster check --json", read["errors"] != 0 and read["errors"],
       [f["file"] for f in read["files"]] != [str(f) for f in files] and read["files"],
       {f["format"] for f in read["files"]} -
       {"muster.site", "muster.roster", "muster.policy", "muster.incident"})
    ok("a diagnostic is said once",
       len(read["diagnostics"]) != len({json.dumps(d) for d in read["diagnostics"]}) and "twice")
    done = muster("check", "/nonexistent.json")
    ok("muster check on a missing file", status(done, 1), says(done.stdout, "/nonexistent.json"),
       says(done.stdout, "1 file checked: 1 error, 0 warnings"))
    with tempfile.TemporaryDirectory() as folder:
        strange = pathlib.Path(folder, "a\x1b[31mb.json")
        strange.write_text("{")
        done = muster("check", strange)
        ok("a file's name cannot steer the terminal", status(done, 1), "\x1b" in done.stdout and "it can")
        dashed = pathlib.Path(folder, "-x.json")
        dashed.write_text(POLICY.read_text())
        done = muster("check", "--", "-x.json", cwd=folder)
        ok("after -- a name may start with a dash", status(done, 0))


def runs(folder):
    out = folder / "deep/er/out"
    done = muster("run", INCIDENT, f"--output={out}", "--rep", "2", "-j1", "--json", "--seed", "7")
    ok("muster run", status(done, 0), says(done.stderr, "run 2 of 2"))
    if done.returncode != 0:
        return
    summary = json.loads(done.stdout)
    made = sorted(p.name for p in out.iterdir())
    wanted = ["log.jsonl", "metrics.json", "report.html", "report.md"]
    ok("it writes four files and nothing else", made != wanted and made,
       sorted(pathlib.Path(f).name for f in summary["files"]) != wanted and summary["files"])
    metrics = json.loads((out / "metrics.json").read_text())
    counts = summary["clauses"]
    verdicts = [clause["verdict"] for clause in metrics["clauses"]]
    ok("the summary counts as metrics.json does", metrics["seed"] != 7, metrics["reps"] != 2,
       counts["total"] != len(verdicts), counts["met"] != verdicts.count("met"),
       counts["missed"] != verdicts.count("missed"),
       counts["exercised"] != len(verdicts) - verdicts.count("not_exercised"))
    page = (out / "report.html").read_text()
    ids = [clause["id"] for clause in metrics["clauses"]]
    ok("report.html lists every clause, opens offline and says that it predicts",
       *[f"no {i}" for i in ids if f">{i}<" not in page], says(page, "(?i)predicted"),
       re.search(r"(src|href)=\"(?!#|data:)", page) and "it loads something",
       re.search(r"https?://(?!www\.w3\.org)", page) and "it names a place in the network",
       "<script src" in page)
    head = json.loads((out / "log.jsonl").read_text().splitlines()[0])
    ok("log.jsonl names its run", head.get("replication") != 0 and head, head.get("seed") != 7)
    again = folder / "again"
    done = muster("run", INCIDENT, "-q", "-n", "2", "-o", again, "--seed=7", "--log-rep=1",
                  "--fail-on-gap", "--lang", "zh")
    ok("--fail-on-gap exits with 1 when a clause is missed",
       status(done, 1 if counts["missed"] else 0))
    ok("--quiet keeps progress quiet", "推演 " in done.stderr and done.stderr)
    ok("the headline is on standard output, in Chinese", says(done.stdout, "^制度共"))
    ok("the Chinese report", says((again / "report.html").read_text(), "演练评估报告"),
       says((again / "report.html").read_text(), '<html lang="zh-CN">'),
       says((again / "report.md").read_text(), "一、演练基本情况"))
    ok("results do not depend on the language",
       (again / "metrics.json").read_bytes() != (out / "metrics.json").read_bytes() and "they do")
    head = json.loads((again / "log.jsonl").read_text().splitlines()[0])
    ok("--log-rep chooses the log", head.get("replication") != 1 and head)
    bare = folder / "bare"
    done = muster("run", INCIDENT, "-q", "-n2", "-j1", "-o", bare, "--seed=7", "--no-report", "--json")
    made = {p.name: p.read_bytes() for p in bare.iterdir()}
    ok("--no-report writes metrics and log alone, the same as with one", status(done, 0),
       sorted(made) != ["log.jsonl", "metrics.json"] and sorted(made),
       [n for n, text in made.items() if text != (out / n).read_bytes()],
       sorted(pathlib.Path(f).name for f in json.loads(done.stdout)["files"]) != sorted(made))
    policy = folder / "policy.json"
    other = json.loads(POLICY.read_text())
    other["id"] = "tighter"
    policy.write_text(json.dumps(other))
    done = muster("run", INCIDENT, "-q", "-n1", "-o", folder / "p", "-p", policy)
    read = json.loads((folder / "p/metrics.json").read_text()) if done.returncode == 0 else {}
    ok("--policy replaces the policy", status(done, 0),
       read.get("policy", {}).get("id") != "tighter" and read.get("policy"))
    unwritable(folder, out)


def new(folder):
    done = muster("new", folder / "made", "--template", "office", "--name", "A", "--floors", 2, "--people", 60)
    made = {name: json.loads((folder / f"made/{name}.json").read_text("utf-8")) for name in ("policy", "playbook")}
    shipped = json.loads((ROOT / "scenarios/policy/baseline.json").read_text("utf-8"))
    steps = json.loads((ROOT / "scenarios/playbooks/starter-package.json").read_text("utf-8"))["steps"]
    ok("a new scenario has the policy and the playbook that come with Muster", status(done, 0),
       made["policy"]["clauses"] != shipped["clauses"] and len(made["policy"]["clauses"]),
       {s["id"] for s in made["playbook"]["steps"]} ^ {s["id"] for s in steps})


def unwritable(folder, out):
    before = {p.name: p.read_bytes() for p in out.iterdir()}
    blocked = folder / "file"
    blocked.write_text("in the way")
    done = muster("run", INCIDENT, "-q", "-n1", "-o", blocked / "out")
    ok("a folder below a file", status(done, 2), says(done.stderr, "cannot make the folder"),
       blocked.read_text() != "in the way")
    done = muster("run", INCIDENT, "-q", "-n1", "-o", blocked)
    ok("a file where the folder should be", status(done, 2), says(done.stderr, "cannot make"))
    (out / "report.html").unlink()
    (out / "report.html").mkdir()
    (out / "report.html" / "kept").write_text("")
    done = muster("run", INCIDENT, "-q", "-n1", "-o", out)
    left = sorted(p.name for p in out.iterdir())
    ok("a folder where a file should be: no half-written file is left", status(done, 2),
       left != sorted(before) and left, says(done.stderr, "report.html"))
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run([MUSTER, "clauses"], stdout=full, stderr=subprocess.PIPE, text=True,
                              check=False)
    ok("a full disk behind standard output", status(
        subprocess.CompletedProcess([], done.returncode, "", done.stderr), 2))


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        usage_errors()
        helps()
        languages()
        clauses()
        schemas()
        checks()
        runs(pathlib.Path(folder))
        new(pathlib.Path(folder))
        os.chdir("/")
    return TALLY.finish()


sys.exit(main())
