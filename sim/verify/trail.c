/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One growing list of positions for each person. */
#include "verify/trail.h"

#include <stdlib.h>

mu_trail *mu_trail_create(uint32_t persons, double start_s, double frame_s) {
    mu_trail *trail = calloc(1, sizeof *trail);
    mu_trail_person *each = calloc((size_t)persons + 1, sizeof *each);
    if (trail == NULL || each == NULL) {
        free(trail);
        free(each);
        return NULL;
    }
    *trail = (mu_trail){
        .start_s = start_s, .frame_s = frame_s, .person_count = persons, .persons = each};
    return trail;
}

void mu_trail_destroy(mu_trail *trail) {
    if (trail != NULL) {
        for (uint32_t p = 0; p < trail->person_count; p++) {
            free(trail->persons[p].at);
        }
        free(trail->persons);
        free(trail);
    }
}

static bool make_room(mu_trail *trail, mu_trail_person *one, uint32_t count) {
    if (count <= one->room) {
        return true;
    }
    const uint32_t room = count + count / 2 + 64;
    mu_trail_point *at = realloc(one->at, room * sizeof *at);
    if (at == NULL) {
        trail->no_memory = true;
        return false;
    }
    one->at = at;
    one->room = room;
    return true;
}

void mu_trail_add(mu_trail *trail, uint32_t person, mu_trail_point at) {
    mu_trail_person *one = &trail->persons[person];
    if (one->count == 0) {
        one->first = trail->frames;
    }
    const uint32_t count = trail->frames - one->first + 1;
    if (!make_room(trail, one, count)) {
        return;
    }
    for (uint32_t k = one->count; k > 0 && k + 1 < count; k++) {
        one->at[k] = one->at[k - 1];
    }
    one->at[count - 1] = at;
    one->count = count;
}

void mu_trail_next(mu_trail *trail) {
    trail->frames++;
}

void mu_trail_take(mu_trail *trail, const mu_sim *sim) {
    const mu_body *bodies = mu_bodies(sim);
    for (uint32_t p = 0; p < trail->person_count; p++) {
        if (bodies[p].mode != MU_BODY_ABSENT) {
            mu_trail_point here = {.area = bodies[p].area};
            const mu_point on_plan =
                mu_area_on_plan(sim->walkable, bodies[p].area, mu_crowd_at(sim, p), &here.level);
            here.x = on_plan.x;
            here.y = on_plan.y;
            mu_trail_add(trail, p, here);
        }
    }
    mu_trail_next(trail);
}

const mu_trail_point *mu_trail_at(const mu_trail *trail, uint32_t person, uint32_t frame) {
    const mu_trail_person *one = &trail->persons[person];
    return frame < one->first || frame - one->first >= one->count ? NULL
                                                                  : &one->at[frame - one->first];
}
