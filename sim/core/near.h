/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that a person may have meant when they wrote another. */
#ifndef MU_CORE_NEAR_H
#define MU_CORE_NEAR_H

#include <stdbool.h>
#include <stdint.h>

/* How far apart two words are: insertions, deletions, changes and swaps of neighbours (Damerau
 * 1964, Levenshtein 1966, as "optimal string alignment"), in bytes; a change of case or between '-'
 * and
 * '_' is free. Stops counting beyond `most`: returns most + 1. Words of more than 80 bytes count as
 * farther than any limit. */
uint32_t mu_near_distance(const char *left, const char *right, uint32_t most);

enum { MU_NEAR_KEPT = 3 };
/* The nearest of the words offered so far, nearest first, the first offered first among equals. */
typedef struct mu_near {
    const char *word; /* what was written; borrowed */
    const char *kept[MU_NEAR_KEPT];
    uint32_t distance[MU_NEAR_KEPT];
    uint32_t count;
} mu_near;

mu_near mu_near_start(const char *word);
void mu_near_offer(mu_near *near, const char *candidate);
/* 'did you mean "a" or "b"?', translated, in `out`; false and nothing written where none is near.
 */
bool mu_near_advise(const mu_near *near, char *out, uint32_t room);

#endif
