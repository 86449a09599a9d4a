/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A counting sort; within a kind records keep their order. */
#include "policy/by_kind.h"

#include <stdlib.h>

static uint16_t kind_of(const mu_log *log, uint32_t id) {
    return mu_log_get(log, id)->kind;
}

mu_by_kind mu_by_kind_make(const mu_log *log) {
    const uint32_t count = mu_log_count(log);
    mu_by_kind sorted = {.log = log, .ids = malloc(((size_t)count + 1) * sizeof *sorted.ids)};
    uint32_t *end = sorted.first; /* of each kind, so far */
    if (sorted.ids == NULL) {
        return sorted;
    }
    for (uint32_t id = 0; id < count; id++) {
        end[kind_of(log, id) + 1]++;
    }
    for (uint32_t kind = 0; kind < MU_RECORD_KIND_COUNT; kind++) {
        end[kind + 1] += end[kind];
    }
    /* From behind, so that `end` moves back to where each kind begins. */
    for (uint32_t id = count; id-- > 0;) {
        sorted.ids[--end[kind_of(log, id) + 1]] = id;
    }
    for (uint32_t kind = 0; kind < MU_RECORD_KIND_COUNT; kind++) {
        end[kind] = end[kind + 1];
    }
    end[MU_RECORD_KIND_COUNT] = count;
    return sorted;
}

void mu_by_kind_free(mu_by_kind *sorted) {
    free(sorted->ids);
    sorted->ids = NULL;
}

/* Where in `ids` the first record of a kind from `id` on stands. */
static uint32_t place_of(const mu_by_kind *sorted, mu_record_kind kind, uint32_t id) {
    uint32_t low = sorted->first[kind], high = sorted->first[kind + 1];
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (sorted->ids[middle] < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uint32_t mu_by_kind_find(const mu_by_kind *sorted, const mu_term *term, uint32_t id,
                         mu_time at_us) {
    if (sorted->ids == NULL) {
        return mu_log_find(sorted->log, term, id, at_us);
    }
    if (term->kind >= MU_RECORD_KIND_COUNT) {
        return MU_NO_RECORD;
    }
    const uint32_t end = sorted->first[term->kind + 1];
    for (uint32_t at = place_of(sorted, term->kind, id); at < end; at++) {
        const mu_record *record = mu_log_get(sorted->log, sorted->ids[at]);
        if (record->time_us >= at_us && mu_term_matches(term, record)) {
            return sorted->ids[at];
        }
    }
    return MU_NO_RECORD;
}
