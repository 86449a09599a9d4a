/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crowd/census.h"

#include <stdlib.h>

#include "crowd/scratch.h"

void mu_census_free(mu_census *census) {
    free(census->who);
}

static uint32_t words_of(const mu_sim *sim) {
    return sim->people->list.count / 64 + 1;
}

static void look_at(const mu_sim *sim, mu_census *census, uint32_t person) {
    uint64_t *word = &census->who[person / 64];
    const uint64_t bit = UINT64_C(1) << (person % 64);
    const bool counts = census->counts(sim, census->of, person);
    census->count += counts;
    census->count -= (*word & bit) != 0;
    *word = counts ? *word | bit : *word & ~bit;
}

/* The census of this question, or the one that was asked for longest ago; NULL without memory. */
static mu_census *census_of(const mu_sim *sim, mu_person_counts counts, const void *of,
                            bool *anew) {
    mu_census *kept = sim->scratch->censuses, *oldest = kept;
    for (uint32_t k = 0; k < MU_CENSUSES_KEPT; k++) {
        if (kept[k].counts == counts && kept[k].of == of) {
            *anew = false;
            return &kept[k];
        }
        oldest = kept[k].seen < oldest->seen || kept[k].counts == NULL ? &kept[k] : oldest;
    }
    if (oldest->who == NULL) {
        oldest->who = calloc(words_of(sim), sizeof *oldest->who);
    }
    if (oldest->who == NULL) {
        return NULL;
    }
    oldest->counts = counts;
    oldest->of = of;
    *anew = true;
    return oldest;
}

/* The first of those who count from one on; `otherwise` without any. */
static uint32_t first_of(const mu_sim *sim, const mu_census *census, uint32_t from,
                         uint32_t otherwise) {
    for (uint32_t w = from / 64; census->count > 0 && w < words_of(sim); w++) {
        const uint64_t left =
            w == from / 64 ? census->who[w] & (UINT64_MAX << (from % 64)) : census->who[w];
        if (left != 0) {
            return w * 64 + (uint32_t)__builtin_ctzll(left);
        }
    }
    return otherwise;
}

/* Without memory for it. */
static uint32_t count_all(const mu_sim *sim, mu_person_counts counts, const void *of,
                          uint32_t *first) {
    uint32_t count = 0;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (counts(sim, of, p)) {
            *first = count == 0 ? p : *first;
            count++;
        }
    }
    return count;
}

/* The census of a question as people are now; NULL without memory. */
static mu_census *census_now(const mu_sim *sim, mu_person_counts counts, const void *of) {
    const mu_changes *changes = &sim->scratch->changes;
    bool anew;
    mu_census *census = census_of(sim, counts, of, &anew);
    if (census == NULL) {
        return NULL;
    }
    if (mu_scratch_has_changes(sim, &census->seen) && !anew) {
        for (; census->seen < changes->count; census->seen++) {
            look_at(sim, census, changes->person[census->seen % MU_CHANGES_KEPT]);
        }
    } else {
        for (uint32_t p = 0; p < sim->people->list.count; p++) {
            look_at(sim, census, p);
        }
        census->seen = changes->count;
    }
    return census;
}

uint32_t mu_crowd_census(const mu_sim *sim, mu_person_counts counts, const void *of,
                         uint32_t *first) {
    const mu_census *census = census_now(sim, counts, of);
    if (census == NULL) {
        return count_all(sim, counts, of, first);
    }
    *first = first_of(sim, census, 0, *first);
    return census->count;
}

uint32_t mu_crowd_census_next(const mu_sim *sim, mu_person_counts counts, const void *of,
                              uint32_t from) {
    const mu_census *census = census_now(sim, counts, of);
    if (census != NULL) {
        return first_of(sim, census, from, MU_NONE);
    }
    for (uint32_t p = from; p < sim->people->list.count; p++) {
        if (counts(sim, of, p)) {
            return p;
        }
    }
    return MU_NONE;
}
