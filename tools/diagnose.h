/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Diagnostics for a person and for a program. */
#ifndef MUSTER_TOOLS_DIAGNOSE_H
#define MUSTER_TOOLS_DIAGNOSE_H

#include <stdio.h>

#include "core/json_out.h"
#include "muster/diag.h"

/* Prints those of them from number `first` on that are at least so severe: "file:line:column:
 * error: text [code] at $.path" and the advice on a line below. Notes are for who checks a file,
 * not for who runs it for the hundredth time. */
/* With MU_VERBOSE in the environment (muster --verbose) notes are printed, too. */
#define MU_VERBOSE "MUSTER_VERBOSE"
void mu_diags_print(const mu_diags *diags, size_t first, mu_severity least, FILE *out);
/* The same as a JSON array under `key`. */
void mu_diags_put(mu_json_out *out, const char *key, const mu_diags *diags);
/* "3 errors, 1 warning" */
void mu_diags_print_counts(size_t errors, size_t warnings, FILE *out);
/* Says what stopped a command, where the diagnostics do not; returns MU_EXIT_USAGE. */
int mu_refuse_status(const char *command, mu_status status, const mu_diags *diags);

#endif
