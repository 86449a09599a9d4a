/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A second item that waits where people are sent, or where responders gather. Nobody comes upon it
 * by chance: a search of the place finds it, or not. */
#ifndef MU_THREAT_SECOND_H
#define MU_THREAT_SECOND_H

#include "threat/blast.h"

typedef struct mu_second_given {
    mu_ref space;
    mu_point at;
    double appears_at_s;
    bool by_inject;       /* not by itself: an inject of the exercise, or a decision, puts it there */
    double search_chance; /* that one search of the place finds it, 0..1 */
    mu_explosion_given explosion;
} mu_second_given;

extern const struct mu_record_type mu_second_type;

typedef struct mu_second_plan {
    const mu_second_given *given; /* NULL: there is none */
    uint32_t area;
    uint32_t word; /* "second_item" */
} mu_second_plan;

typedef struct mu_second_now {
    uint32_t placed; /* record; MU_NO_RECORD */
    uint32_t found;
} mu_second_now;

void mu_second_register(const mu_second_plan *plan, mu_layout *layout);
void mu_second_begin(mu_sim *sim, uint32_t started);
/* Somebody has searched a space. Returns the FOUND record (with this place), or MU_NO_RECORD: it is
 * not there, or was overlooked. `search` names the search and `occasion` its repetition: each has
 * luck of its own. */
uint32_t mu_second_search(mu_sim *sim, uint32_t space, uint64_t search, uint32_t occasion,
                          mu_handle by, mu_handle place, uint32_t cause);

/* May it still be put there? */
bool mu_second_is_awaited(const mu_sim *sim);
void mu_second_place(mu_sim *sim, uint32_t cause);

/* Handlers. */
void mu_second_on_appears(mu_sim *sim, const mu_event *event);

#endif
