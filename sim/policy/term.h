/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A term names a class of log records: "declared:red", "arrived:police@core", "step:verify". One
 * grammar serves the triggers of playbooks and the start and end of clauses, so that what a playbook
 * does and what a clause is judged on cannot drift apart.
 *
 *     term   = token [":" object ["@" place]]        token: a milestone of record_kinds.h
 *     object = place = word                          a missing one matches anything */
#ifndef MU_POLICY_TERM_H
#define MU_POLICY_TERM_H

#include <stdbool.h>

#include "core/words.h"
#include "muster/log.h"
#include "muster/time.h"

typedef struct mu_term {
    mu_record_kind kind;
    uint32_t object; /* word; MU_NONE = any */
    uint32_t place;
} mu_term;

/* Adds the words of a term (and checks its grammar). False: not a term; *why says what is wrong
 * (translated), *why is NULL if there was no memory. */
bool mu_term_collect(const char *text, mu_words *words, mu_arena *arena, const char **why);
/* Reads a term that mu_term_collect accepted; words must be sealed. */
mu_term mu_term_read(const char *text, const mu_words *words);
bool mu_term_matches(const mu_term *term, const mu_record *record);
/* The first record from `id` on, not before `at_us`, that the term names; MU_NO_RECORD. */
uint32_t mu_log_find(const mu_log *log, const mu_term *term, uint32_t id, mu_time at_us);

#endif
