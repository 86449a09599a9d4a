/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Full areas that wait for each other. Area X waits for area Y where the first at a mouth from X
 * into Y found Y full. Everyone who walks in a full area gets, in time, to its end or to the first
 * place of a queue; so if nobody moves for want of room, some areas wait for each other in a ring,
 * and the ring was closed when the last of these firsts began to wait. It is looked for then, and
 * all its firsts change places at once, as two do who squeeze past each other in a doorway. So no
 * jam lasts, and areas hold no more than they held. */
#include "crowd/flow.h"

typedef struct search {
    mu_sim *sim;
    mu_flow_room *room;
    uint32_t home; /* the area whose first has just begun to wait */
    uint32_t count;
} search;

/* Follows the firsts who wait in `area` for room, depth first; true once one of them waits for
 * home. */
static bool leads_home(search *s, uint32_t area) {
    if (s->room->seen[area] == s->room->search) {
        return false;
    }
    s->room->seen[area] = s->room->search;
    const mu_flow_gate *gates = mu_flow_gates(s->sim);
    const uint32_t *next = &s->room->mouths[s->room->mouth_first[area]];
    for (uint32_t left = mu_flow_areas(s->sim)[area].blocking; left > 0; next++) {
        const uint32_t mouth = *next;
        if (gates[mouth / 2].side[mouth % 2].blocked == 0) {
            continue;
        }
        left--;
        const uint32_t beyond = s->sim->scratch->mouths[mouth].beyond;
        s->room->ring[s->count++] = mouth;
        if (beyond == s->home || leads_home(s, beyond)) {
            return true;
        }
        s->count--;
    }
    return false;
}

/* Looks for the ring that the first at a mouth closes; its mouths are then in room->ring. */
static bool find_ring(search *s, uint32_t mouth) {
    const mu_mouth *m = &s->sim->scratch->mouths[mouth];
    if (mu_flow_areas(s->sim)[m->area].blocked == 0) {
        return false; /* nobody waits for this area, so no ring leads home */
    }
    s->home = m->area;
    s->room = mu_flow_room_of(s->sim);
    if (s->room == NULL) {
        return false;
    }
    s->room->search++;
    s->room->ring[s->count++] = mouth;
    return leads_home(s, m->beyond);
}

bool mu_flow_closes_ring(mu_sim *sim, uint32_t mouth) {
    search s = {.sim = sim};
    return find_ring(&s, mouth);
}

void mu_flow_untie(mu_sim *sim, uint32_t mouth) {
    search s = {.sim = sim};
    if (!find_ring(&s, mouth)) {
        return;
    }
    for (uint32_t k = 0; k < s.count; k++) {
        /* Whoever stood there may have gone with somebody of the ring already. */
        if (mu_flow_side_of(sim, s.room->ring[k])->first != MU_NONE) {
            mu_flow_pass_first(sim, s.room->ring[k]);
        }
    }
    for (uint32_t k = 0; k < s.count; k++) {
        mu_flow_call(sim, s.room->ring[k] / 2, mu_sim_now(sim));
    }
}
