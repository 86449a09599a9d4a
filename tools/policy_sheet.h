/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A policy as a spreadsheet, there and back: one row for each number of a clause, one column for
 * each field that the table of clauses has (policy_fields.c), so that neither knows a field that
 * the other does not. Texts have a column for each language; rows after a clause's first hold
 * further numbers of it and nothing else. */
#ifndef MUSTER_TOOLS_POLICY_SHEET_H
#define MUSTER_TOOLS_POLICY_SHEET_H

#include "grid.h"
#include "policy/policy.h"

enum { MU_POLICY_COLUMNS_MOST = 32 };

typedef struct mu_policy_column {
    const mu_field *field;
    const char *language; /* of a MU_FIELD_TEXT: "en", "zh"; else NULL */
    bool is_demand;       /* a field of the number, not of the clause */
    char heading[40];     /* "title_en", "demand_value" */
} mu_policy_column;

/* Fills in the columns in their order and returns how many there are. */
uint32_t mu_policy_columns(mu_policy_column out[MU_POLICY_COLUMNS_MOST]);

/* The rows of a policy; `grid` has its columns already. */
void mu_policy_rows(const mu_policy *policy, mu_grid *grid);

/* The policy in a file (merged with the one that it is based on, changes made) to a .csv or .xlsx
 * file; a workbook gets a second sheet that says what each column means. */
MU_MUST_USE mu_status mu_policy_sheet_write(const char *policy, const char *out, mu_arena *arena,
                                            mu_diags *diags);

/* The sheet at `path` as a policy file. With `based_on`, a policy file, only what differs from that
 * one is written; a fault is named by its cell. */
MU_MUST_USE mu_status mu_policy_sheet_read(const char *path, const char *based_on, const char *out,
                                           mu_arena *arena, mu_diags *diags);

#endif
