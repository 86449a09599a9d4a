/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the crowd works with and never remembers: lists made from the world, and the motion models'
 * arrays. Nothing here is state: a fresh scratch gives the same run.
 *
 * Lists of who is in which area are remade when the fingerprint in mu_crowd_now says that somebody
 * changed area or began or ceased to walk; so people who stand still cost nothing. */
#ifndef MU_CROWD_SCRATCH_H
#define MU_CROWD_SCRATCH_H

#include "crowd/census.h"
#include "crowd/crowd.h"
#include "crowd/rooms.h"
#include "crowd/within.h"
#include "site/mouths.h"
#include "site/site.h"

/* How many have arrived at a point, counted when first asked for in a step. */
#define MU_GATHERED_KEPT 64U
typedef struct mu_gathered {
    uint64_t round; /* of the scratch, when it was counted */
    mu_point point;
    uint32_t area;
    uint32_t count;
} mu_gathered;

/* What somebody is, in one byte: people are many, and this is asked at every door. */
#define MU_GIVEN_WHEELCHAIR 1U
#define MU_GIVEN_OCCUPANT   2U
#define MU_GIVEN_VISITOR    4U /* has no pass */

/* Moments of 50 ms, after which everyone's turn to look about comes again. */
#define MU_LOOK_PHASES 100U

/* How far those who walk to a mouth are from its middle, counted when first asked in a step. */
#define MU_QUEUES_KEPT 16U
#define MU_QUEUE_BINS  256U
#define MU_QUEUE_BIN_M 0.25
typedef struct mu_queue_count {
    uint64_t round;
    uint32_t mouth;
    uint32_t nearer[MU_QUEUE_BINS]; /* than the bin's near edge; the last bin has no far one */
} mu_queue_count;

/* Who has changed area, mode or state of late, the last MU_CHANGES_KEPT of them: whoever keeps
 * something about everyone looks at these only. */
#define MU_CHANGES_KEPT 1024U
typedef struct mu_changes {
    uint64_t places; /* fingerprint of the world that has changed so */
    uint64_t count;  /* of all changes */
    uint32_t person[MU_CHANGES_KEPT];
} mu_changes;

#define MU_CARRIED_KEPT 8U

typedef struct mu_crowd_scratch {
    const mu_walkable *walkable;
    uint32_t area_count, people_count;

    const mu_mouth *mouths; /* these four: the walkable's */
    const mu_mouth_grid *grids;
    const uint32_t *mouth_start;
    const uint32_t *mouth_items;

    uint64_t places; /* the fingerprint that the lists were made for */
    bool listed;
    uint32_t *area_first; /* area_count + 1: into members */
    uint32_t *area_rests; /* per area: how many stand in it */
    uint32_t *members;    /* persons present, by area, then by index */
    uint32_t *walkers;    /* persons walking, by index */
    uint8_t *due;         /* per person: may have come to a gate or to the end in this step */
    uint32_t walker_count;
    uint8_t *phase; /* per person: in which of MU_LOOK_PHASES moments they look about */
    uint64_t round; /* one more with every step that is made with this scratch */
    mu_gathered gathered[MU_GATHERED_KEPT];
    mu_queue_count *queues; /* MU_QUEUES_KEPT */

    mu_changes changes;
    mu_ring_watch rings; /* of mu_crowd_count_within */
    mu_ring_watch zone;  /* of mu_crowd_first_within */
    mu_rooms rooms;
    uint32_t carried[MU_CARRIED_KEPT]; /* who were carried when last asked, by index */
    mu_census censuses[MU_CENSUSES_KEPT];
    uint64_t *belief;                   /* room for one, made when first needed */
    struct mu_party_near *party_near;   /* per person (parties.h); made when first needed */
    struct mu_party_known *party_known; /* the same (party_ways.h) */
    uint8_t *given; /* per person: MU_GIVEN_…, of what the people are that mu_mind_class asks for */
    uint64_t *exits; /* a bit for every portal that leads to the open; made when first needed */

    struct mu_walk_room *walk; /* of the walk model (walk.h) */
    struct mu_flow_room *flow; /* of the flow model (flow.h), made when first needed */
} mu_crowd_scratch;

/* Somebody goes another way; a queue in an area moves on: whoever counts them looks. */
static inline void mu_rings_turn(const mu_sim *sim, uint32_t person) {
    mu_ring_watch_turn(&sim->scratch->rings, person, mu_bodies(sim)[person].area);
    mu_ring_watch_turn(&sim->scratch->zone, person, mu_bodies(sim)[person].area);
}
static inline void mu_rings_stir(const mu_sim *sim, uint32_t area) {
    mu_ring_watch_stir(&sim->scratch->rings, area);
    mu_ring_watch_stir(&sim->scratch->zone, area);
}

/* Somebody has changed; `before` is what the fingerprint was until now. */
static inline void mu_scratch_note(const mu_sim *sim, uint32_t person, uint64_t before) {
    mu_changes *changes = &sim->scratch->changes;
    if (changes->places == before) {
        changes->places = mu_crowd(sim)->places;
        changes->person[changes->count++ % MU_CHANGES_KEPT] = person;
    }
}
static inline void mu_scratch_note_state(const mu_sim *sim, uint32_t person) {
    mu_scratch_note(sim, person, mu_crowd(sim)->places);
}
/* Are all changes since `*seen` kept? Then they are from there to changes.count; if not, everyone
 * has to be looked at, and *seen is set to changes.count. */
bool mu_scratch_has_changes(const mu_sim *sim, uint64_t *seen);
/* The world is another one now, of which nothing here tells. */
void mu_scratch_forget(mu_crowd_scratch *scratch);

/* Remakes the lists if anything has changed since. */
void mu_scratch_refresh(mu_crowd_scratch *scratch, const mu_sim *sim);
/* Mouths of the area near a point, ascending. */
static inline const uint32_t *mu_mouths_near(const mu_crowd_scratch *scratch, uint32_t area,
                                             mu_point at, uint32_t *count) {
    const mu_mouth_grid *grid = &scratch->grids[area];
    double x = (at.x - grid->low.x) * grid->per_cell, y = (at.y - grid->low.y) * grid->per_cell;
    x = x > 0 ? x : 0; /* no branches: it is asked for everyone at every step */
    y = y > 0 ? y : 0;
    const int32_t column = (int32_t)(x < grid->last_column ? x : grid->last_column);
    const int32_t row = (int32_t)(y < grid->last_row ? y : grid->last_row);
    const uint32_t *start =
        &scratch->mouth_start[grid->first + (uint32_t)row * grid->columns + (uint32_t)column];
    *count = start[1] - start[0];
    return scratch->mouth_items + start[0];
}

/* A copy of a set in the one buffer that there is for sets (`known` may be in it); NULL without
 * memory. */
uint64_t *mu_scratch_own_belief(mu_crowd_scratch *scratch, const mu_site *site, mu_belief known);
/* A belief that holds one portal more closed, until the next call; as known without memory. What is
 * known may be the answer to a call before. */
mu_belief mu_scratch_belief(mu_crowd_scratch *scratch, const mu_site *site, mu_belief known,
                            uint32_t closed);
/* How many stand in an area who made for this very point. */
uint32_t mu_scratch_gathered(mu_crowd_scratch *scratch, const mu_sim *sim, uint32_t area,
                             mu_point point);

/* Is there a closed leaf in the gate? Nobody sees or passes through it. */
static inline bool mu_mouth_is_shut(const mu_sim *sim, const mu_mouth *m) {
    const uint32_t state = mu_portals(sim)[m->portal].state;
    return state == MU_PORTAL_CLOSED || state == MU_PORTAL_WAIT || state == MU_PORTAL_LOCKED;
}
/* May one pass out of the mouth's area now? */
static inline bool mu_mouth_is_passable(const mu_sim *sim, const mu_mouth *m) {
    const mu_portal_now *now = &mu_portals(sim)[m->portal];
    return m->from_flight || (now->state == MU_PORTAL_OPEN && now->waits == 0) ||
           mu_portal_passable(sim, m->portal, m->area);
}
/* Is it closed for the moment only, so that one waits in front of it? */
static inline bool mu_mouth_waits(const mu_sim *sim, const mu_mouth *m) {
    const mu_portal_now *now = &mu_portals(sim)[m->portal];
    return now->state == MU_PORTAL_WAIT ||
           (now->state == MU_PORTAL_OPEN && now->waits == m->area + 1);
}
/* May one more pass a gate yet? The regulatory mode meters the flow, and so do lanes and belts. */
static inline mu_time *mu_meters(const mu_sim *sim) {
    return (mu_time *)mu_world_section(&sim->world, MU_SECTION_METER);
}
static inline bool mu_gate_is_ready(const mu_sim *sim, uint32_t gate) {
    return mu_meters(sim)[gate] <= mu_sim_now(sim);
}
/* May this body? Responders have keys to what is locked, and pass cordons. */
static inline bool mu_mouth_lets(const mu_sim *sim, const mu_mouth *m, const mu_body *body) {
    if (mu_mouth_is_passable(sim, m)) {
        return true;
    }
    const uint32_t state = mu_portals(sim)[m->portal].state;
    const uint32_t given = (uint32_t)sim->site->portals.items[m->portal].state;
    return (state == MU_PORTAL_LOCKED || (state == MU_PORTAL_EXIT_ONLY && given != state)) &&
           sim->people->list.items[body - mu_bodies(sim)].kind != MU_PERSON_OCCUPANT;
}
/* The mouth of a gate that is in an area, one of the two that the gate joins. */
static inline uint32_t mu_mouth_in(const mu_crowd_scratch *scratch, uint32_t area, uint32_t gate) {
    return scratch->mouths[gate * 2].area == area ? gate * 2 : gate * 2 + 1;
}
/* The mouth that a body heads for, or MU_NONE. */
static inline uint32_t mu_body_mouth(const mu_crowd_scratch *scratch, const mu_body *body) {
    if (body->gate == MU_NONE || body->gate == MU_GATE_UNCHOSEN) {
        return MU_NONE;
    }
    return mu_mouth_in(scratch, body->area, body->gate);
}

#endif
