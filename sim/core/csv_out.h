/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One cell of a CSV file (RFC 4180) that a spreadsheet will open. */
#ifndef MU_CORE_CSV_OUT_H
#define MU_CORE_CSV_OUT_H

#include <stdbool.h>
#include <stdio.h>

/* Would a spreadsheet take it for a formula? A number is none. */
bool mu_csv_is_formula(const char *cell);
/* Quoted where it must be, or always; what would be a formula begins with an apostrophe. */
void mu_csv_put(FILE *out, const char *cell, bool always_quoted);

#endif
