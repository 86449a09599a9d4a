/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists are made by counting sorts, so that their order is that of areas and persons and nothing
 * else. */
#include "crowd/scratch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "crowd/flow.h"
#include "crowd/walk.h"

static uint8_t given_of(const mu_people *people, uint32_t person, uint32_t visitor) {
    const mu_person *who = &people->list.items[person];
    const uint32_t given = (who->mobility == MU_MOBILITY_WHEELCHAIR ? MU_GIVEN_WHEELCHAIR : 0) |
                           (who->kind == MU_PERSON_OCCUPANT ? MU_GIVEN_OCCUPANT : 0) |
                           (who->role == visitor ? MU_GIVEN_VISITOR : 0);
    return (uint8_t)given;
}

mu_crowd_scratch *mu_crowd_scratch_create(const mu_walkable *walkable, const mu_people *people) {
    mu_crowd_scratch *scratch = calloc(1, sizeof *scratch);
    if (scratch == NULL) {
        return NULL;
    }
    const mu_mouths *mouths = mu_walkable_mouths(walkable);
    scratch->walkable = walkable;
    scratch->mouths = mouths->items;
    scratch->grids = mouths->grids;
    scratch->mouth_start = mouths->start;
    scratch->mouth_items = mouths->near;
    scratch->area_count = mu_walkable_area_count(walkable);
    scratch->people_count = people->list.count;
    scratch->area_first = calloc((size_t)scratch->area_count + 2, sizeof *scratch->area_first);
    scratch->area_rests = calloc((size_t)scratch->area_count + 1, sizeof *scratch->area_rests);
    scratch->members = calloc((size_t)people->list.count + 1, sizeof *scratch->members);
    scratch->walkers = calloc((size_t)people->list.count + 1, sizeof *scratch->walkers);
    scratch->due = calloc((size_t)people->list.count + 1, sizeof *scratch->due);
    scratch->phase = calloc((size_t)people->list.count + 1, sizeof *scratch->phase);
    scratch->given = calloc((size_t)people->list.count + 1, sizeof *scratch->given);
    scratch->queues = calloc(MU_QUEUES_KEPT, sizeof *scratch->queues);
    scratch->walk = mu_walk_room_create(walkable, people->list.count);
    const bool whole = scratch->area_first != NULL && scratch->area_rests != NULL &&
                       scratch->members != NULL && scratch->walkers != NULL &&
                       scratch->due != NULL && scratch->phase != NULL && scratch->given != NULL &&
                       scratch->queues != NULL && scratch->walk != NULL;
    if (whole) {
        const uint32_t visitor = mu_people_role(people, "visitor");
        for (uint32_t p = 0; p < people->list.count; p++) {
            scratch->phase[p] = (uint8_t)(people->list.items[p].hash % MU_LOOK_PHASES);
            scratch->given[p] = given_of(people, p, visitor);
        }
        return scratch;
    }
    mu_crowd_scratch_destroy(scratch);
    return NULL;
}

void mu_crowd_scratch_destroy(mu_crowd_scratch *scratch) {
    if (scratch != NULL) {
        mu_walk_room_destroy(scratch->walk);
        mu_flow_room_destroy(scratch->flow);
        free(scratch->party_near);
        free(scratch->party_known);
        free(scratch->area_first);
        free(scratch->area_rests);
        free(scratch->members);
        free(scratch->walkers);
        free(scratch->due);
        free(scratch->phase);
        free(scratch->given);
        free(scratch->queues);
        mu_ring_watch_free(&scratch->rings);
        mu_ring_watch_free(&scratch->zone);
        mu_rooms_free(&scratch->rooms);
        for (uint32_t k = 0; k < MU_CENSUSES_KEPT; k++) {
            mu_census_free(&scratch->censuses[k]);
        }
        free(scratch->belief);
        free(scratch->exits);
        free(scratch);
    }
}

static bool takes_room(const mu_body *body) {
    return body->mode == MU_BODY_RESTING || body->mode == MU_BODY_WALKING;
}

size_t mu_crowd_bytes(const mu_sim *sim) {
    const mu_crowd_scratch *scratch = sim->scratch;
    const size_t lists = sizeof *scratch->members + sizeof *scratch->walkers +
                         sizeof *scratch->due + sizeof *scratch->phase;
    return scratch->people_count * (sizeof(mu_body) + lists) + mu_walk_room_bytes(scratch->walk);
}

bool mu_scratch_has_changes(const mu_sim *sim, uint64_t *seen) {
    mu_changes *changes = &sim->scratch->changes;
    if (changes->places != mu_crowd(sim)->places) { /* of another world: nothing holds any more */
        changes->places = mu_crowd(sim)->places;
        changes->count += MU_CHANGES_KEPT + 1;
    }
    if (changes->count - *seen <= MU_CHANGES_KEPT) {
        return true;
    }
    *seen = changes->count;
    return false;
}

void mu_scratch_forget(mu_crowd_scratch *scratch) {
    scratch->listed = false;
    scratch->changes.count += MU_CHANGES_KEPT + 1;
    free(scratch->party_near); /* beliefs are numbered otherwise */
    scratch->party_near = NULL;
    if (scratch->flow != NULL) {
        mu_flow_forget(scratch->flow);
    }
    free(scratch->party_known);
    scratch->party_known = NULL;
}

void mu_scratch_refresh(mu_crowd_scratch *scratch, const mu_sim *sim) {
    const uint64_t places = mu_crowd(sim)->places;
    if (scratch->listed && scratch->places == places) {
        return;
    }
    const mu_body *bodies = mu_bodies(sim);
    uint32_t *first = scratch->area_first; /* one further on while it counts and fills */
    memset(first, 0, ((size_t)scratch->area_count + 2) * sizeof *first);
    memset(scratch->area_rests, 0, scratch->area_count * sizeof *scratch->area_rests);
    scratch->walker_count = 0;
    for (uint32_t p = 0; p < scratch->people_count; p++) {
        if (takes_room(&bodies[p])) {
            first[bodies[p].area + 2]++;
            scratch->area_rests[bodies[p].area] += bodies[p].mode == MU_BODY_RESTING;
        }
        if (bodies[p].mode == MU_BODY_WALKING) {
            scratch->walkers[scratch->walker_count++] = p;
        }
    }
    for (uint32_t a = 0; a < scratch->area_count; a++) {
        first[a + 2] += first[a + 1];
    }
    for (uint32_t p = 0; p < scratch->people_count; p++) {
        if (takes_room(&bodies[p])) {
            scratch->members[first[bodies[p].area + 1]++] = p;
        }
    }
    scratch->places = places;
    scratch->listed = true;
}

uint64_t *mu_scratch_own_belief(mu_crowd_scratch *scratch, const mu_site *site, mu_belief known) {
    const uint32_t words = mu_belief_words(site->portals.count);
    if (scratch->belief == NULL) {
        scratch->belief = calloc((size_t)words + 1, sizeof *scratch->belief);
    }
    if (scratch->belief == NULL) {
        mu_walkable_note_no_memory(scratch->walkable);
    } else {
        memmove(scratch->belief, known, words * sizeof *known);
    }
    return scratch->belief;
}

mu_belief mu_scratch_belief(mu_crowd_scratch *scratch, const mu_site *site, mu_belief known,
                            uint32_t closed) {
    uint64_t *own = mu_scratch_own_belief(scratch, site, known);
    if (own == NULL) {
        return known;
    }
    own[closed / 64] |= UINT64_C(1) << (closed % 64);
    return own;
}

static uint32_t count_gathered(const mu_crowd_scratch *scratch, const mu_sim *sim, uint32_t area,
                               mu_point point) {
    const mu_body *bodies = mu_bodies(sim);
    const mu_mind *minds = mu_minds(sim);
    uint32_t count = 0;
    for (uint32_t k = scratch->area_first[area]; k < scratch->area_first[area + 1]; k++) {
        const mu_mind *mind = &minds[scratch->members[k]];
        count += bodies[scratch->members[k]].mode == MU_BODY_RESTING &&
                 mind->gathering.x == point.x && mind->gathering.y == point.y;
    }
    return count;
}

uint32_t mu_scratch_gathered(mu_crowd_scratch *scratch, const mu_sim *sim, uint32_t area,
                             mu_point point) {
    uint64_t bits[2];
    memcpy(bits, &point, sizeof bits);
    const uint64_t hash = mu_hash_with(bits[0] ^ (uint64_t)area, bits[1]);
    mu_gathered *kept = &scratch->gathered[hash % MU_GATHERED_KEPT];
    if (kept->round != scratch->round || kept->area != area || kept->point.x != point.x ||
        kept->point.y != point.y) {
        *kept =
            (mu_gathered){scratch->round, point, area, count_gathered(scratch, sim, area, point)};
    }
    return kept->count;
}
