/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a results file; docs/results.md describes them for who reads one. */
#ifndef MU_STUDY_STORE_SCHEMA_H
#define MU_STUDY_STORE_SCHEMA_H

#include "study/measure_list.h"

#define MU_STORE_VERSION "2"

#define MU_MEASURE(name, unit, better, censored, meaning) #name " REAL,"

static const char mu_store_schema[] =
    "CREATE TABLE study(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
    "CREATE TABLE incident(incident INTEGER PRIMARY KEY, file TEXT, id TEXT, name_en TEXT,"
    " name_zh TEXT, starts_at TEXT, horizon_s REAL, occupants INTEGER);"
    "CREATE TABLE arm(arm INTEGER PRIMARY KEY, name TEXT, policy TEXT, name_en TEXT, name_zh TEXT);"
    "CREATE TABLE setting(arm INTEGER, factor TEXT, target TEXT, pointer TEXT, value TEXT,"
    " PRIMARY KEY(arm, factor)) WITHOUT ROWID;"
    "CREATE TABLE cell(cell INTEGER PRIMARY KEY, incident INTEGER, arm INTEGER, hash TEXT,"
    " motion TEXT, motion_mode TEXT, runs INTEGER);"
    "CREATE TABLE input(cell INTEGER, place INTEGER, file TEXT, hash TEXT,"
    " PRIMARY KEY(cell, place)) WITHOUT ROWID;"
    "CREATE TABLE measure(measure INTEGER PRIMARY KEY, name TEXT, unit TEXT, better TEXT,"
    " meaning TEXT);"
    "CREATE TABLE clause(clause INTEGER PRIMARY KEY, id TEXT UNIQUE, title_en TEXT, title_zh TEXT,"
    " severity INTEGER);"
    "CREATE TABLE demand(cell INTEGER, clause INTEGER, value REAL, unit TEXT,"
    " of TEXT, better TEXT, PRIMARY KEY(cell, clause)) WITHOUT ROWID;"
    "CREATE TABLE run(cell INTEGER, replication INTEGER, state_hash TEXT, end_s REAL,"
    " quiet INTEGER," MU_MEASURES " curve BLOB, verdicts TEXT, clause_values BLOB,"
    " PRIMARY KEY(cell, replication)) WITHOUT ROWID;"
    "CREATE VIEW verdict AS SELECT run.cell, run.replication, clause.id AS clause,"
    " CASE substr(run.verdicts, clause.clause + 1, 1) WHEN 'm' THEN 'met' WHEN 'x' THEN 'missed'"
    " WHEN 'u' THEN 'undecided' ELSE 'not_exercised' END AS verdict FROM run JOIN clause"
    " WHERE substr(run.verdicts, clause.clause + 1, 1) NOT IN ('.', '');";
#undef MU_MEASURE

#endif
