/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Luck belongs to whoever looks, once for each space that the stranger comes into. */
#include "response/passes.h"

#include <string.h>

#include "response/inside.h"
#include "response/measures.h"

static const mu_passes *given(const mu_sim *sim) {
    return &sim->people->roster->passes;
}

bool mu_pass_is_worn(const mu_sim *sim, uint32_t person) {
    const mu_person *who = &sim->people->list.items[person];
    if (strcmp(sim->people->roles.items[who->role], "staff") != 0) {
        return mu_roll_lists(sim, person); /* a badge is given out on entering somebody */
    }
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_PASS, who->hash, 0);
    return mu_stream_uniform(&stream) < given(sim)->worn_share;
}

static bool applies_in(const mu_sim *sim, uint32_t space) {
    const char *building = sim->site->spaces.items[space].building;
    bool applies = false;
    for (uint32_t i = 0; building != NULL && i < given(sim)->buildings.count; i++) {
        applies = applies || strcmp(given(sim)->buildings.items[i], building) == 0;
    }
    return applies;
}

/* Of the site's own people in the space, those who wear none now. */
static uint32_t count_without(const mu_sim *sim, uint32_t space) {
    uint32_t without = 0;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        without += sim->people->list.items[p].kind == MU_PERSON_OCCUPANT &&
                   mu_bodies(sim)[p].mode != MU_BODY_ABSENT && mu_bodies(sim)[p].area == space &&
                   !mu_pass_is_worn(sim, p);
    }
    return without;
}

/* The stranger is one of those without a pass, and their turn comes at any place among them. */
static void look_around(mu_sim *sim, uint32_t person, uint32_t space, uint32_t entered) {
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_CHALLENGE, sim->people->list.items[person].hash, space);
    const bool asks = mu_stream_uniform(&stream) < given(sim)->challenge_chance;
    const double luck = mu_stream_uniform(&stream);
    const uint32_t before = (uint32_t)(luck * (count_without(sim, space) + 1));
    double after_s = 0;
    for (uint32_t k = 0; k <= before; k++) {
        after_s += mu_dist_draw(&given(sim)->challenge_s, &stream.rng);
    }
    mu_hands(sim)[person].state = MU_HAND_ROUTINE;
    mu_sim_schedule(sim, mu_time_from_s(after_s), MU_EVENT_PASS_ASKED, person, entered,
                    (uint64_t)space << 1 | (asks ? 1U : 0U));
}

void mu_passes_hear(mu_sim *sim, uint32_t record) {
    const mu_record heard = *mu_log_get(sim->log, record);
    const uint32_t role = given(sim)->challenged_by == NULL
                              ? MU_NONE
                              : mu_people_role(sim->people, given(sim)->challenged_by);
    if (heard.kind != MU_RECORD_ENTERED || role == MU_NONE ||
        mu_handle_thing(heard.subject) != MU_THING_SPACE ||
        !applies_in(sim, mu_handle_index(heard.subject))) {
        return;
    }
    const uint32_t space = mu_handle_index(heard.subject);
    const uint32_t *first = sim->response->role_first;
    for (uint32_t i = first[role]; i < first[role + 1]; i++) {
        const uint32_t person = sim->response->by_role[i];
        if (mu_person_is_free(sim, person) && mu_bodies(sim)[person].area == space) {
            look_around(sim, person, space, record);
        }
    }
}

void mu_passes_on_asked(mu_sim *sim, const mu_event *event) {
    const uint32_t person = event->subject;
    const bool asks = (event->argument & 1) != 0;
    const uint32_t space = (uint32_t)(event->argument >> 1);
    const bool met = asks && mu_intruder_is_open(sim) && mu_intruder_space(sim) == space;
    uint32_t cause = event->cause;
    if (met) {
        cause =
            mu_sim_record(sim, MU_RECORD_CHALLENGED, event->cause,
                          MU_HANDLE(MU_THING_PERSON, person), mu_word_named(sim, "stranger"), 0);
        mu_stream stream;
        mu_sim_stream(sim, &stream, MU_PURPOSE_CHALLENGE, sim->people->list.items[person].hash,
                      space + sim->site->spaces.count);
        mu_intruder_hold(sim, mu_time_from_s(mu_dist_draw(&given(sim)->holds_s, &stream.rng)));
    }
    mu_measure(sim, "pass_challenge", NULL, met ? 1 : 0, cause);
    mu_person_free(sim, person, MU_HANDLE(MU_THING_PERSON, person), MU_NONE, cause);
    mu_step_retry_waiting(sim);
}
