/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each run's unreached are counted by reason and by the space that they were in. */
#include "drill/findings_reach.h"

#include <stdlib.h>

#include "drill/findings_inside.h"

const char *mu_unreached_name(mu_unreached_why why) {
    static const char *const words[] = {"lost", "no_speaker", "no_phone", "left_out"};
    return words[why];
}

/* In one run: was nobody's word for them, although they were there? */
static bool is_unreached(const mu_replicate *one, uint32_t occupant) {
    return one->alerted_us[occupant] == MU_NEVER && one->left_us[occupant] >= one->ordered_us;
}

static mu_unreached_why why_of(const mu_replicate *one, uint32_t occupant) {
    const uint8_t bits = one->unreached[occupant];
    for (int why = 0; why < MU_UNREACHED_LEFT_OUT; why++) {
        if ((bits & (1U << why)) != 0) {
            return (mu_unreached_why)why;
        }
    }
    return MU_UNREACHED_LEFT_OUT;
}

static void count_run(const mu_findings *findings, const mu_replicate *one, double *by_space,
                      mu_reach_finding *out) {
    const mu_people *people = &findings->plan->people;
    uint32_t k = 0; /* of the occupants */
    for (uint32_t p = 0; p < people->list.count; p++) {
        if (people->list.items[p].kind != MU_PERSON_OCCUPANT) {
            continue;
        }
        if (is_unreached(one, k)) {
            out->persons++;
            out->why[why_of(one, k)]++;
            /* Where they were at the order, else at the start. */
            const uint32_t space = one->unreached_in[k] != MU_NONE ? one->unreached_in[k]
                                                                   : people->list.items[p].space;
            if (space < findings->plan->site.spaces.count) {
                by_space[space]++;
            }
        }
        k++;
    }
}

/* The fullest spaces first; of equal ones the first in the file. */
static void choose_places(const mu_findings *findings, const double *by_space,
                          mu_reach_finding *out) {
    for (uint32_t s = 0; s < findings->plan->site.spaces.count; s++) {
        uint32_t at = out->place_count;
        while (at > 0 && out->places[at - 1].persons < by_space[s]) {
            at--;
        }
        if (by_space[s] <= 0 || at == MU_UNREACHED_PLACES) {
            continue;
        }
        out->place_count += out->place_count < MU_UNREACHED_PLACES;
        for (uint32_t k = out->place_count - 1; k > at; k--) {
            out->places[k] = out->places[k - 1];
        }
        out->places[at] = (mu_unreached_place){s, by_space[s]};
    }
}

mu_status mu_findings_sum_unreached(mu_findings *findings) {
    mu_reach_finding *out = &findings->reach;
    double *by_space = calloc(findings->plan->site.spaces.count + 1, sizeof *by_space);
    if (by_space == NULL) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < findings->reps; i++) {
        const mu_replicate *one = &findings->replicates[i];
        if (one->ordered_us != MU_NEVER && one->unreached != NULL) {
            out->runs++;
            count_run(findings, one, by_space, out);
        }
    }
    choose_places(findings, by_space, out);
    free(by_space);
    const double runs = out->runs > 0 ? out->runs : 1;
    out->persons /= runs;
    for (int why = 0; why < MU_UNREACHED_WHY_COUNT; why++) {
        out->why[why] /= runs;
    }
    for (uint32_t k = 0; k < out->place_count; k++) {
        out->places[k].persons /= runs;
    }
    return MU_OK;
}
