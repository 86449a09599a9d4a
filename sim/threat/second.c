/* SPDX-License-Identifier: GPL-3.0-or-later */
/* It is there or not, and found or not: two records. */
#include "threat/second.h"

#include "threat/threat.h"

static mu_second_now *second_now(const mu_sim *sim) {
    return mu_world_section(&sim->world, MU_SECTION_SECOND);
}

static mu_handle word(const mu_sim *sim) {
    return MU_HANDLE(MU_THING_WORD, sim->threat->second.word);
}

void mu_second_register(const mu_second_plan *plan, mu_layout *layout) {
    if (plan->given != NULL) {
        mu_layout_add(layout, MU_SECTION_SECOND, sizeof(mu_second_now), 1);
    }
}

void mu_second_begin(mu_sim *sim, uint32_t started) {
    const mu_second_given *given = sim->threat->second.given;
    if (given != NULL) {
        *second_now(sim) = (mu_second_now){.placed = MU_NO_RECORD, .found = MU_NO_RECORD};
        if (!given->by_inject) {
            mu_sim_schedule(sim, mu_time_from_s(given->appears_at_s), MU_EVENT_SECOND_APPEARS, 0,
                            started, 0);
        }
    }
}

bool mu_second_is_awaited(const mu_sim *sim) {
    return sim->threat->second.given != NULL && second_now(sim)->placed == MU_NO_RECORD;
}

void mu_second_place(mu_sim *sim, uint32_t cause) {
    second_now(sim)->placed = mu_sim_record(sim, MU_RECORD_PLACED, cause, 0, word(sim),
                                            MU_HANDLE(MU_THING_SPACE, sim->threat->second.area));
}

void mu_second_on_appears(mu_sim *sim, const mu_event *event) {
    if (mu_second_is_awaited(sim)) { /* an inject may have been earlier */
        mu_second_place(sim, event->cause);
    }
}

uint32_t mu_second_search(mu_sim *sim, uint32_t space, uint64_t search, uint32_t occasion,
                          mu_handle by, mu_handle place, uint32_t cause) {
    const mu_second_plan *plan = &sim->threat->second;
    if (plan->given == NULL || plan->area != space || second_now(sim)->placed == MU_NO_RECORD ||
        second_now(sim)->found != MU_NO_RECORD) {
        return MU_NO_RECORD;
    }
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_SEARCH, search, occasion);
    if (mu_stream_uniform(&stream) >= plan->given->search_chance) {
        return MU_NO_RECORD;
    }
    second_now(sim)->found = mu_sim_write(sim, (mu_record){.kind = MU_RECORD_FOUND,
                                                           .cause = cause,
                                                           .object = word(sim),
                                                           .place = place,
                                                           .holder = by});
    return second_now(sim)->found;
}
