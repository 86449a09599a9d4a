/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of a start from a day share. */
#ifndef MU_STUDY_YEAR_START_INSIDE_H
#define MU_STUDY_YEAR_START_INSIDE_H

#include "readiness/year_state.h"
#include "study/year_start.h"

/* One change of a file of this format; `file` NULL: of any of them. */
void mu_start_change(const mu_year_plan *plan, mu_year_start *out, mu_edit edit);
/* One line of what is otherwise. */
void mu_start_tell(const mu_year_plan *plan, mu_year_start *out, const char *line);
const char *mu_start_name(const mu_text *name, const char *id, const char *language);

bool mu_wear_is_radio(const mu_wear *wear);
/* year_start.c: what is broken, which radios are dead, what stock is left, who is away. `taken` has
 * a number for each member of the roster, 0 before. */
void mu_start_state(const mu_year_sim *y, const mu_year_moment *moment, uint32_t *taken,
                    mu_year_start *out);

/* year_start_stock.c */
void mu_start_stock(const mu_year_sim *y, const mu_year_moment *moment, mu_year_start *out);
/* year_start_skills.c */
void mu_start_skills(const mu_year_sim *y, const mu_year_moment *moment, const uint32_t *taken,
                     mu_year_start *out);
void mu_start_plans(const mu_year_sim *y, const mu_year_moment *moment, mu_year_start *out);

#endif
