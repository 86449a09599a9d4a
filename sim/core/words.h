/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a plan: every object and place that its playbooks and clauses speak of ("police",
 * "red", "outer_cordon"), once each, in alphabetical order, so that a word's number does not depend
 * on the order of files. */
#ifndef MU_CORE_WORDS_H
#define MU_CORE_WORDS_H

#include <stdint.h>

#include "core/arena.h"
#include "core/given.h"

typedef struct mu_words {
    const char **items;
    uint32_t count, capacity;
    int sealed; /* sorted; no more words */
} mu_words;

/* Adds a word (copied) unless it is known; before mu_words_seal only. 0 = no memory. */
int mu_words_add(mu_words *words, mu_arena *arena, const char *word, size_t length);
/* Sorts; from now on words have numbers. */
void mu_words_seal(mu_words *words);
/* The number of a word, or MU_NONE. */
uint32_t mu_words_find(const mu_words *words, const char *word, size_t length);

#endif
