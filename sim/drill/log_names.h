/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How log.jsonl writes what a handle names: a word as it stands, else "kind:id". */
#ifndef MU_DRILL_LOG_NAMES_H
#define MU_DRILL_LOG_NAMES_H

#include "core/json_out.h"
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
/* Writes what begins the object of a record: its number, time, kind and cause. */
void mu_log_put_head(mu_json_out *out, uint32_t id, const mu_record *record);
/* Writes what a handle names, so that mu_log_names_find finds it; nothing where it is 0. */
void mu_log_put_handle(mu_json_out *out, const char *key, const mu_plan *plan, mu_handle handle);
/* The step with this id; 0 if there is none. */
mu_handle mu_log_names_step(const mu_log_names *names, const char *id);

#endif
