/* SPDX-License-Identifier: GPL-3.0-or-later */
/* metrics.json: the findings for programs. Nothing in it depends on how many threads did the work,
 * or on the language. */
#ifndef MU_DRILL_METRICS_JSON_H
#define MU_DRILL_METRICS_JSON_H

#include <stdio.h>

#include "core/json_out.h"
#include "drill/findings.h"

/* The file kind "muster.metrics", for its JSON Schema and reference: Muster writes such files and
 * does not read them. */
extern const mu_file_kind mu_metrics_file;

/* Writes the file to a stream (errors stick to it). `program` is the program's version, "0.1.0".
 * A number that is infinite or missing is null, and a count beside it says in how many runs. */
void mu_metrics_print(const mu_findings *findings, const char *program, FILE *stream);
/* The list of clauses, for mu_metrics_print (metrics_clauses.c). */
void mu_metrics_put_clauses(mu_json_out *out, const mu_findings *findings);
/* Casualties and roll-call (metrics_care.c). */
void mu_metrics_put_care(mu_json_out *out, const mu_findings *findings);
/* The words of result files, the same in every language: "wait"; "out". */
const char *mu_metrics_part_word(mu_part part);
const char *mu_metrics_state_word(mu_occupant_state state);

/* metrics_assisted.c */
void mu_metrics_put_assisted(mu_json_out *out, const mu_findings *findings);

/* metrics_gas.c */
void mu_metrics_put_gas(mu_json_out *out, const mu_findings *findings);

#endif
