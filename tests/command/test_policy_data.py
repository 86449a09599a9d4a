#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check the baseline policy as data, without the program: is every clause there, in both languages,
with the numbers it should have and with terms that a run can produce?

usage: test_policy_data.py MUSTER ROOT [SHARED]

ROOT is the root of the repository. SHARED is the folder of reference material with the table that the
policy was written from; the checks that need it are skipped where it is absent.
"""

import csv
import json
import re
import sys
from pathlib import Path

CLAUSE_COUNT = 172
OWNERS = {
    "leading_group", "security_head", "emergency_head", "intelligence_head", "control_room",
    "guard_captain", "facilities_head", "hr_head", "it_head", "logistics_head", "liaison_officer",
    "finance_head",
}
KINDS = {"deadline", "rate", "coverage", "stock", "physical", "distance", "process", "outcome"}
BASES = {"stated", "assumed", "example"}
HOWS = {"simulated", "scheduled", "declared"}
STATISTICS = {"first", "each", "mean", "least", "most"}
UNITS = {"s", "d", "months", "working_days", "m", "t", "persons", "1", "per_year", "per_vehicle",
         "hours_per_week"}
KEYS = {"id", "source", "system", "kind", "basis", "off", "owner", "severity", "capability",
        "title", "text", "demands", "start", "end", "statistic", "judged_by", "audit", "same_as",
        "note"}
OPTIONAL_KEYS = {"start", "end", "audit", "same_as", "note"}
CHINESE = re.compile("[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]")
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
TERM = re.compile(r"([a-z_]+)(?::([a-z0-9_]+)(?:@([a-z0-9_]+))?)?")


def refuse_duplicates(pairs):
    keys = [key for key, _ in pairs]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise ValueError(f"duplicate key {twice[0]!r}")
    return dict(pairs)


def read_policy(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file, object_pairs_hook=refuse_duplicates)


def read_source(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["id"]: row for row in rows}


def read_milestones(header):
    """The tokens that a term may use: rows of record_kinds.h whose last column is 1."""
    row = re.compile(r'^MU_RECORD\(\w+,\s*"(\w+)",\s*\w+,\s*([01])\)', re.MULTILINE)
    found = row.findall(Path(header).read_text(encoding="utf-8"))
    return {token for token, milestone in found if milestone == "1"}


# --- numbers of the source table, in the units of the policy --------------------------------------

QUANTITY = re.compile(r"(?P<value>\d+(?:\.\d+)?)\s*(?P<unit>%|[a-z][a-z ]*)?")


def convert(name, value, unit):
    """Every (value, unit) that says the same; None as unit = any unit."""
    per_s = {"s": 1.0, "s mean": 1.0, "min": 60.0, "min mean": 60.0, "h": 3600.0}
    per_d = {"h": 1 / 24, "day": 1.0, "days": 1.0, "week": 7.0, "weeks": 7.0}
    if name == "hours" and not unit:
        unit = "h"
    if name == "days" and not unit:
        unit = "days"
    forms = []
    if unit in per_s:
        forms.append((value * per_s[unit], "s"))
    if unit in per_d:
        forms.append((value * per_d[unit], "d"))
    if unit in ("month", "months"):
        forms.append((value, "months"))
    if unit == "working days":
        forms.append((value, "working_days"))
    if unit == "per year":
        forms.append((value, "per_year"))
    if unit == "per week":
        forms.append((value, f"{name}_per_week"))
    if unit in ("m", "t"):
        forms.append((value, unit))
    if unit == "%":
        forms.append((value / 100, "1"))
    return forms or [(value, None)]


def wanted_demands(params):
    """A list of (what the table says, forms of it) for each number of a params column."""
    wanted = []
    for part in filter(None, (p.strip() for p in params.split(";"))):
        name, _, said = part.partition("=")
        if part == "required":
            wanted.append((part, [(1.0, "1")]))
        elif name in ("same_as", "clock_starts", "counted"):
            continue
        elif said == "per vehicle":
            wanted.append((part, [(1.0, "per_vehicle")]))
        elif re.fullmatch(r"1:\d+", said):
            wanted.append((part, [(1 / float(said[2:]), "1")]))
        elif re.fullmatch(r"[a-z]+(,[a-z]+)+", said):
            wanted.append((part, [(float(said.count(",") + 1), "1")]))
        else:
            said = re.sub(r"\(.*?\)| of hours| of spaces| to close portals", "", said)
            said = said.replace("% per day", "%; 1 day").replace("1 per pass", "1")
            for piece in re.split("[,;]", said):
                found = QUANTITY.search(piece)
                unit = (found["unit"] or "").strip()
                weighted = name == "weights"
                wanted.append((f"{name}={piece.strip()}",
                               convert(name, float(found["value"]), "" if weighted else unit)))
    return wanted


def has_demand(demands, forms):
    return any(abs(d["value"] - value) <= 1e-9 * max(1.0, abs(value)) and unit in (None, d["unit"])
               for d in demands for value, unit in forms)


# --- numbers as the two languages say them --------------------------------------------------------

def number(value):
    return f"{value:g}"


def ways_to_say(demand):
    """Regular expressions, English and Chinese: any one of each must be found in the text."""
    value, unit = demand["value"], demand["unit"]
    n = number(value)
    if unit == "s":
        en, zh = [rf"\b{n} seconds\b"], [rf"(?<!\d){n}秒"]
        for size, english, chinese in ((60, "minute", "分钟"), (3600, "hour", "小时")):
            if value % size == 0:
                en.append(rf"\b{number(value / size)} {english}s?\b")
                zh.append(rf"(?<!\d){number(value / size)}{chinese}")
        if value == 3600:
            en.append(r"\bevery hour\b")
            zh.append("每小时")
        return en, zh
    if unit == "d":
        special = {1: ([r"\bevery day\b"], ["每日"]), 7: ([r"\bevery week\b"], ["每周"]),
                   14: ([r"\b2 weeks\b"], ["2周"]), 3: ([r"\b72 hours\b"], ["72小时"])}
        en, zh = special.get(value, ([], []))
        return en + [rf"\b{n} days\b"], zh + [rf"(?<!\d){n}天"]
    if unit == "months":
        special = {1: ([r"\bevery month\b"], ["每月"]), 3: ([], ["每季度"]), 12: ([], ["每年"])}
        en, zh = special.get(value, ([], []))
        return en + [rf"\b{n} months?\b"], zh + [rf"(?<!\d){n}个月"]
    if unit == "working_days":
        return [rf"\b{n} working days\b"], [rf"(?<!\d){n}个工作日"]
    if unit == "1" and demand["name"] == "ratio" and value < 1:
        return [rf"\b1 guard for every {number(1 / value)} people\b"], [rf"1:{number(1 / value)}"]
    if unit == "1" and (value < 1 or demand["name"] in ("coverage", "pass", "ratio")):
        share = number(round(value * 100, 9))
        return [rf"\b{share}%"], [rf"(?<!\d){share}%"]
    if unit == "per_year":
        return [rf"\b{n} .*\ba year\b"], [rf"每年.*(?<!\d){n}次"]
    alone = rf"(?<![\d.]){n}(?!\d|\.\d)"
    return [alone], [alone]


def says(patterns, text):
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)


# --- the checks: each returns its faults as lines -------------------------------------------------

def check_head(policy):
    faults = []
    for key, value in (("format", "muster.policy"), ("version", 1), ("id", "baseline")):
        if policy.get(key) != value:
            faults.append(f"{key} is {policy.get(key)!r}, not {value!r}")
    if not 0 < policy.get("required_share", 0) <= 1:
        faults.append("required_share is not in (0, 1]")
    for key in ("name", "story"):
        faults += language_faults(key, policy.get(key))
    return faults


def check_ids(clauses):
    faults = []
    if len(clauses) != CLAUSE_COUNT:
        faults.append(f"{len(clauses)} clauses, not {CLAUSE_COUNT}")
    seen = set()
    for clause in clauses:
        if clause["id"] in seen:
            faults.append(f"{clause['id']} appears twice")
        seen.add(clause["id"])
        place = re.fullmatch(r"(\d)\.(\d)\.(\d)[a-z]", clause["id"])
        source = "security work system, chapter {0}, section {0}.{1}, item {2}"
        if not place:
            faults.append(f"{clause['id']} is not a place like 3.2.1a")
        elif clause["source"] != source.format(*place.groups()):
            faults.append(f"{clause['id']}: source {clause['source']!r} is another place")
    return faults


def check_fields(clauses):
    faults = []
    for clause in clauses:
        def fault(what, clause=clause):
            faults.append(f"{clause['id']}: {what}")
        for key in sorted(set(clause) - KEYS):
            fault(f"unknown key {key!r}")
        for key in sorted(KEYS - OPTIONAL_KEYS - set(clause)):
            fault(f"no {key!r}")
        for key, words in (("kind", KINDS), ("basis", BASES), ("owner", OWNERS),
                           ("statistic", STATISTICS)):
            if clause.get(key) not in words:
                fault(f"{key} {clause.get(key)!r} is not known")
        how = clause.get("judged_by", [])
        if not how or set(how) - HOWS or len(set(how)) != len(how):
            fault(f"judged_by {how!r}")
        if clause.get("severity") not in range(1, 6):
            fault(f"severity {clause.get('severity')!r} is not 1 to 5")
        if not re.fullmatch(r"[a-z]+(_[a-z]+)*", clause.get("capability", "")):
            fault(f"capability {clause.get('capability')!r} is not in snake_case")
        if clause.get("off") is not (clause.get("basis") == "example"):
            fault("off is to be true for examples and false for all others")
        note = clause.get("note", {"en": "", "zh": ""})
        if clause.get("basis") == "assumed":
            if "assumed" not in note["en"] and "taken" not in note["en"]:
                fault("an assumed number, and no note that says so")
            if "假定" not in note["zh"] and "视为" not in note["zh"]:
                fault("an assumed number, and no Chinese note that says so")
    return faults


def check_demands(clauses):
    faults = []
    for clause in clauses:
        names = [demand["name"] for demand in clause["demands"]]
        if not names or len(set(names)) != len(names):
            faults.append(f"{clause['id']}: demands {names!r} are none or not unique")
        for demand in clause["demands"]:
            if demand["unit"] not in UNITS:
                faults.append(f"{clause['id']}: unit {demand['unit']!r} is not known")
            if demand["value"] <= 0:
                faults.append(f"{clause['id']}: {demand['name']} is not positive")
        if clause["kind"] == "deadline" and clause["demands"][0]["unit"] not in (
                "s", "months", "working_days"):
            faults.append(f"{clause['id']}: a deadline in {clause['demands'][0]['unit']!r}")
    return faults


def language_faults(where, text):
    faults = []
    text = text if isinstance(text, dict) else {}
    en, zh = text.get("en", ""), text.get("zh", "")
    if not en.strip() or not zh.strip():
        return [f"{where}: empty in English or Chinese"]
    if CHINESE.search(en):
        faults.append(f"{where}: the English holds Chinese characters: {en}")
    if not HAN.search(zh):
        faults.append(f"{where}: the Chinese holds no Chinese characters: {zh}")
    return faults


def check_languages(clauses):
    faults = []
    for clause in clauses:
        for key in ("title", "text") + (("note",) if "note" in clause else ()):
            faults += language_faults(f"{clause['id']} {key}", clause.get(key))
    return faults


def check_shipped(root):
    """Of every policy that is shipped: each title, text and note in both languages."""
    faults, found = [], 0
    for path in sorted((root / "scenarios").rglob("*.json")):
        policy = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(policy, dict) and policy.get("format") == "muster.policy":
            found += 1
            faults += [f"{path.name}: {fault}" for fault in check_languages(policy.get("clauses", []))]
    return faults if found else ["no policy was found"]


def check_notes(clauses):
    """Both languages of a note are sentences and name the same numbers and clauses; what is said twice
    in one language is said twice in the other."""
    faults, said = [], {}
    for clause in clauses:
        if "note" not in clause:
            continue
        en, zh = clause["note"]["en"], clause["note"]["zh"]
        if not (en.endswith(".") and zh.endswith("。")) or re.search(r"[,;:!?()](?!\d)|\s", zh):
            faults.append(f"{clause['id']}: a note that is no sentence, or has half-width marks: {zh}")
        numbers = [sorted(re.findall(r"\d+(?:\.\d+)*[a-z]?", text)) for text in (en, zh)]
        if numbers[0] != numbers[1] and not ("first hour" in en and "第1个小时" in zh):
            faults.append(f"{clause['id']}: the note has the numbers {numbers[0]} and {numbers[1]}")
        if said.setdefault(en, zh) != zh:
            faults.append(f"{clause['id']}: another Chinese for the same note")
    return faults


def check_sentences(clauses):
    faults = []
    seen = {}
    for clause in clauses:
        en, zh = clause["text"]["en"], clause["text"]["zh"]
        if not (en.endswith(".") and zh.endswith("。")):
            faults.append(f"{clause['id']}: a text that does not end as a sentence")
        if "  " in en or en != en.strip() or re.search(r"\s", zh):
            faults.append(f"{clause['id']}: stray spaces")
        if re.search(r"[,;:!?()](?!\d)", zh):
            faults.append(f"{clause['id']}: half-width punctuation in the Chinese: {zh}")
        for key, text in (("title", clause["title"]), ("text", clause["text"])):
            for language in ("en", "zh"):
                same = seen.setdefault((key, language, text[language]), clause["id"])
                if same != clause["id"]:
                    faults.append(f"{clause['id']}: the {key} of {same} again: {text[language]}")
    return faults


def check_numbers_said(clauses):
    faults = []
    for clause in clauses:
        for demand in clause["demands"]:
            if demand["name"] == "required":
                continue
            for language, patterns in zip(("en", "zh"), ways_to_say(demand)):
                if not says(patterns, clause["text"][language]):
                    what = f"{demand['name']} {number(demand['value'])} {demand['unit']}"
                    faults.append(f"{clause['id']}: the {language} text does not say {what}: "
                                  f"{clause['text'][language]}")
    return faults


def check_terms(clauses, milestones):
    faults = []
    if not milestones:
        faults.append("no milestone found in record_kinds.h")
    for clause in clauses:
        # A coverage is counted over people from its start on and needs no end; a number that is
        # measured may stand from the beginning and needs no start.
        measured = clause.get("end", "").startswith("measured:")
        if ("start" in clause) != ("end" in clause) and clause["kind"] != "coverage" \
                and not measured:
            faults.append(f"{clause['id']}: start or end without the other")
        if "start" in clause and "simulated" not in clause["judged_by"]:
            faults.append(f"{clause['id']}: has terms but is not judged by simulation")
        for key in ("start", "end"):
            if key not in clause:
                continue
            parts = TERM.fullmatch(clause[key])
            if not parts:
                faults.append(f"{clause['id']}: {key} {clause[key]!r} is not token:object@place")
            elif parts[1] not in milestones:
                faults.append(f"{clause['id']}: {key} {clause[key]!r}: no such milestone")
    return faults


def check_same_as(clauses):
    faults = []
    by_id = {clause["id"]: clause for clause in clauses}
    for clause in clauses:
        if "same_as" not in clause:
            continue
        other = by_id.get(clause["same_as"])
        if other is None or other is clause:
            faults.append(f"{clause['id']}: same_as {clause['same_as']!r} is no other clause")
        elif "same_as" in other:
            faults.append(f"{clause['id']}: same_as {other['id']}, which points on")
        elif any(clause.get(key) != other.get(key) for key in ("start", "end", "demands")):
            faults.append(f"{clause['id']}: same_as {other['id']}, but its terms or demands differ")
    return faults


def check_against_source(clauses, source):
    faults = []
    ids = [clause["id"] for clause in clauses]
    for missing in (i for i in source if i not in ids):
        faults.append(f"{missing} is in the table and not in the policy")
    for extra in (i for i in ids if i not in source):
        faults.append(f"{extra} is in the policy and not in the table")
    if not faults and ids != list(source):
        faults.append("the clauses are not in the order of the table")
    for clause in clauses:
        row = source.get(clause["id"], {})
        for key in ("system", "kind", "basis"):
            if row and clause[key] != row[key]:
                faults.append(f"{clause['id']}: {key} {clause[key]!r}, the table has {row[key]!r}")
    return faults


def check_params(clauses, source):
    faults = []
    for clause in clauses:
        params = source.get(clause["id"], {}).get("params", "")
        for said, forms in wanted_demands(params):
            if not has_demand(clause["demands"], forms):
                faults.append(f"{clause['id']}: {said!r} is in no demand")
        same = re.search(r"same_as=(\S+)", params)
        if same and clause.get("same_as") != same[1]:
            faults.append(f"{clause['id']}: same_as {clause.get('same_as')!r}, not {same[1]!r}")
        if "a setting" in params and "note" not in clause:
            faults.append(f"{clause['id']}: the table leaves a setting open and there is no note")
        if " mean" in params and clause["statistic"] != "mean":
            faults.append(f"{clause['id']}: the table asks for the mean")
    return faults


def check_own_words(clauses, source):
    def plain(text):
        return re.sub(r"\W+", "", text).casefold()
    faults = []
    for clause in clauses:
        row = source.get(clause["id"], {})
        for key in ("title", "text"):
            for language in ("en", "zh"):
                if row and plain(clause[key][language]) == plain(row[language]):
                    faults.append(f"{clause['id']}: the {language} {key} is copied from the table")
    return faults


def main(arguments):
    if not 3 <= len(arguments) <= 4:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    root = Path(arguments[2])
    try:
        policy = read_policy(root / "scenarios/policy/baseline.json")
        milestones = read_milestones(root / "include/muster/record_kinds.h")
        clauses = policy["clauses"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"not ok reading: {error!r}\n0 passed, 1 failed")
        return 1
    checks = [
        ("head", lambda: check_head(policy)),
        ("fields", lambda: check_fields(clauses)),
        ("ids", lambda: check_ids(clauses)),
        ("demands", lambda: check_demands(clauses)),
        ("languages", lambda: check_shipped(root)),
        ("notes", lambda: check_notes(clauses)),
        ("sentences", lambda: check_sentences(clauses)),
        ("numbers said", lambda: check_numbers_said(clauses)),
        ("terms", lambda: check_terms(clauses, milestones)),
        ("same as", lambda: check_same_as(clauses)),
    ]
    table = Path(arguments[3], "policy", "clauses.tsv") if arguments[3:4] not in ([], [""]) else None
    if table is not None and table.is_file():
        source = read_source(table)
        checks += [
            ("against the table", lambda: check_against_source(clauses, source)),
            ("params", lambda: check_params(clauses, source)),
            ("own words", lambda: check_own_words(clauses, source)),
        ]
    else:
        print("skipped: no clauses.tsv")
    failed = 0
    for name, check in checks:
        try:
            faults = check()
        except (KeyError, TypeError, AttributeError, IndexError) as error:
            faults = [f"the data are not of the expected shape ({error!r})"]
        if faults:
            failed += 1
            for fault in faults:
                print(f"not ok {name}: {fault}")
        else:
            print(f"ok {name}")
    print(f"{len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
