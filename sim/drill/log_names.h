/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How log.jsonl writes what a handle names: a word as it stands, else "kind:id". */
#ifndef MU_DRILL_LOG_NAMES_H
#define MU_DRILL_LOG_NAMES_H

#include "drill/plan.h"

/* Every name of a plan, sorted for finding. */
typedef struct mu_log_names mu_log_names;

/* NULL only where there is no memory. */
mu_log_names *mu_log_names_create(const mu_plan *plan);
void mu_log_names_destroy(mu_log_names *names);

/* The kind that is written before the id: "person"; "" for words. */
const char *mu_log_thing(mu_thing thing);
/* The handle that `text` names; 0 if the plan has nothing of that name. */
mu_handle mu_log_names_find(const mu_log_names *names, const char *text);
/* The step with this id; 0 if there is none. */
mu_handle mu_log_names_step(const mu_log_names *names, const char *id);

#endif
