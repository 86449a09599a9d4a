/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A value that may vary: a number, or a distribution, as a small form of its own. The kind is
 * chosen by name, its numbers are typed with what they mean, and it is said in words. */
#ifndef MU_EDIT_SPREAD_H
#define MU_EDIT_SPREAD_H

#include "core/dist.h"
#include "edit/form.h"

/* The field that a pointer leads to, where that is one of a distribution; else NULL. */
const mu_field *mu_spread_field(const mu_project *project, uint32_t paper, const char *pointer);
/* Rows for kind, numbers and source; the number of rows, 0 where there is nothing to show. */
uint32_t mu_spread_rows(mu_project *project, uint32_t paper, const char *pointer,
                        const mu_form_row **rows);
/* As mu_project_enter, into one of those rows. A limit that is passed goes along. */
mu_status mu_spread_enter(mu_project *project, uint32_t paper, const char *pointer, const char *key,
                          const char *text, char *why, size_t room);
/* "about 15 min, lognormal, half between 8.8 and 26 min", of a distribution's JSON; NULL of a
 * number alone. */
const char *mu_spread_say(mu_arena *arena, const mu_field *field, const char *json);
/* The same in another kind: about the same middle and width, within the field's bounds. */
mu_dist mu_spread_turn(const mu_field *field, const mu_dist *dist, mu_dist_kind kind);

#endif
