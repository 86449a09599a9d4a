/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small site made in memory, people on it, and a run of the crowd alone: what the crowd's tests
 * stand on. Rooms are rectangles; everything is added before stage_open. */
#ifndef TESTS_UNIT_STAGE_H
#define TESTS_UNIT_STAGE_H

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crowd/crowd.h"
#include "crowd/exits.h"
#include "crowd/lift.h"
#include "crowd/motion.h"
#include "crowd/parties.h"
#include "crowd/people.h"
#include "crowd/refuge.h"
#include "hazard/smoke.h"
#include "site/portal_state.h"
#include "site/route.h"
#include "site/service_state.h"

#define STAGE_MOST 32

/* How far discs of the breadth of shoulders may overlap in a queue, where people stand as close as
 * bodies are deep: 0.45 m less 0.25 m. */
#define PACKED_M 0.2

typedef struct stage {
    mu_level levels[4];
    mu_space spaces[STAGE_MOST];
    mu_portal portals[STAGE_MOST];
    mu_assembly assembly[STAGE_MOST];
    mu_post posts[STAGE_MOST];
    mu_group groups[STAGE_MOST];
    mu_member members[STAGE_MOST];
    mu_unit units[STAGE_MOST];
    mu_ref in[STAGE_MOST], between[STAGE_MOST][2];
    mu_point rings[STAGE_MOST][8], lines[STAGE_MOST][4];
    mu_mobility_share shares[STAGE_MOST];
    mu_site site;
    mu_roster roster;
    mu_arena *arena;
    mu_diags *diags;
    mu_walkable *walkable;
    mu_people people;
    mu_sim sim;
    /* Watched while it runs. */
    double worst_overlap; /* metres, over the radii; walkers only */
    uint32_t outside;     /* bodies seen outside their area */
    uint32_t arrived, no_way;
    int (*watch)(struct stage *); /* after every event; not 0 stops the run */
} stage;

static inline const char *stage_id(stage *s, char letter, uint32_t number) {
    return mu_arena_print(s->arena, "%c%02u", letter, number);
}

static inline stage *stage_new(void) {
    stage *s = calloc(1, sizeof *s);
    s->arena = mu_arena_create();
    s->diags = mu_diags_create();
    s->site.id = "stage";
    for (uint32_t l = 0; l < 4; l++) {
        s->levels[l] = (mu_level){.id = stage_id(s, 'l', l), .elevation_m = 3.0 * l};
    }
    s->site.levels.items = s->levels;
    s->site.levels.count = 1;
    s->site.spaces.items = s->spaces;
    s->site.portals.items = s->portals;
    s->site.assembly_points.items = s->assembly;
    s->site.posts.items = s->posts;
    s->roster.groups.items = s->groups;
    s->roster.members.items = s->members;
    s->roster.units.items = s->units;
    return s;
}

/* A rectangle, corners x0, y0 and x1, y1. */
static inline uint32_t stage_room(stage *s, mu_use use, uint32_t level, double x0, double y0,
                                  double x1, double y1) {
    const uint32_t i = s->site.spaces.count++;
    const mu_point ring[4] = {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}};
    memcpy(s->rings[i], ring, sizeof ring);
    const char *id = stage_id(s, 's', i);
    s->spaces[i] = (mu_space){.id = id,
                              .name = {id, id},
                              .level = {s->levels[level].id, level},
                              .use = use,
                              .polygon = {s->rings[i], 4}};
    s->site.levels.count = level + 1 > s->site.levels.count ? level + 1 : s->site.levels.count;
    return i;
}

/* A polygon of at most 8 points, counter-clockwise. */
static inline uint32_t stage_polygon(stage *s, mu_use use, const mu_point *points, uint32_t count) {
    const uint32_t i = stage_room(s, use, 0, 0, 0, 1, 1);
    memcpy(s->rings[i], points, count * sizeof *points);
    s->spaces[i].polygon.count = count;
    return i;
}

static inline uint32_t stage_portal(stage *s, mu_portal_kind kind, uint32_t from, uint32_t to,
                                    double x0, double y0, double x1, double y1) {
    const uint32_t i = s->site.portals.count++;
    s->lines[i][0] = (mu_point){x0, y0};
    s->lines[i][1] = (mu_point){x1, y1};
    s->between[i][0] = (mu_ref){s->spaces[from].id, from};
    const char *id = stage_id(s, 'p', i);
    s->portals[i] = (mu_portal){.id = id,
                                .name = {id, id},
                                .kind = kind,
                                .between = {s->between[i], to == MU_NONE ? 1 : 2},
                                .line = {s->lines[i], 2}};
    if (to != MU_NONE) {
        s->between[i][1] = (mu_ref){s->spaces[to].id, to};
    }
    return i;
}

static inline uint32_t stage_stair(stage *s, uint32_t lower, uint32_t upper, mu_point foot_a,
                                   mu_point foot_b, mu_point head_a, mu_point head_b,
                                   double length_m) {
    const uint32_t i =
        stage_portal(s, MU_PORTAL_STAIR, lower, upper, foot_a.x, foot_a.y, foot_b.x, foot_b.y);
    s->lines[i][2] = head_a;
    s->lines[i][3] = head_b;
    s->portals[i].upper_line.items = &s->lines[i][2];
    s->portals[i].upper_line.count = 2;
    s->portals[i].length_m = length_m;
    return i;
}

static inline uint32_t stage_assembly(stage *s, uint32_t space, double x, double y) {
    const uint32_t i = s->site.assembly_points.count++;
    s->assembly[i] = (mu_assembly){
        .id = stage_id(s, 'a', i), .space = {s->spaces[space].id, space}, .at = {x, y}};
    return i;
}

static inline mu_group *stage_group(stage *s, const char *id, const char *role, int64_t count,
                                    uint32_t space) {
    const uint32_t i = s->roster.groups.count++;
    s->in[i] = (mu_ref){s->spaces[space].id, space};
    s->groups[i] = (mu_group){.id = id,
                              .name = {id, id},
                              .role = role,
                              .count = count,
                              .in = {&s->in[i], 1},
                              .familiar = true,
                              .training = MU_TRAINING_M1};
    return &s->groups[i];
}

static inline uint32_t stage_post(stage *s, uint32_t space, double x, double y) {
    const uint32_t i = s->site.posts.count++;
    s->posts[i] =
        (mu_post){.id = stage_id(s, 'q', i), .space = {s->spaces[space].id, space}, .at = {x, y}};
    return i;
}

static inline mu_member *stage_member(stage *s, const char *id, const char *role, uint32_t post) {
    const uint32_t i = s->roster.members.count++;
    s->members[i] = (mu_member){
        .id = id, .name = {id, id}, .role = role, .count = 1, .post = {s->posts[post].id, post}};
    return &s->members[i];
}

static inline void stage_print_faults(const stage *s) {
    for (size_t i = 0; i < mu_diags_count(s->diags, MU_NOTE); i++) {
        fprintf(stderr, "stage: %s: %s\n", mu_diags_get(s->diags, i)->code,
                mu_diags_get(s->diags, i)->text);
    }
}

/* Makes the run; everyone is in place at time 0. */
static inline void stage_open(stage *s, uint64_t seed, uint32_t replication) {
    s->walkable = mu_walkable_create(&s->site, s->diags);
    if (s->walkable == NULL) {
        stage_print_faults(s);
    }
    ck_assert_ptr_nonnull(s->walkable);
    ck_assert_int_eq(
        mu_people_create(&s->site, s->walkable, &s->roster, s->arena, s->diags, &s->people), MU_OK);
    mu_layout layout = {{0}, {0}};
    const uint32_t people = s->people.list.count;
    mu_layout_add(&layout, MU_SECTION_QUEUE, sizeof(mu_event), 4 * people + 64);
    mu_layout_add(&layout, MU_SECTION_STAMP, sizeof(uint16_t), people + s->site.portals.count);
    mu_crowd_register(&s->site, &s->people, &layout);
    mu_portal_register(&s->site, &layout);
    mu_service_register(&s->site, &layout);
    mu_smoke_register(&s->site, &layout);
    ck_assert_int_eq(mu_world_create(&layout, &s->sim.world), MU_OK);
    s->sim.log = mu_log_create();
    s->sim.stamps.first[MU_STAMPED_PERSON] = 0;
    s->sim.stamps.first[MU_STAMPED_STEP] = people;
    s->sim.stamps.first[MU_STAMPED_PORTAL] = people;
    s->sim.site = &s->site;
    s->sim.walkable = s->walkable;
    s->sim.people = &s->people;
    s->sim.routes = mu_route_cache_create(s->walkable);
    s->sim.scratch = mu_crowd_scratch_create(s->walkable, &s->people);
    mu_clock *clock = mu_world_clock(&s->sim.world);
    clock->seed = seed;
    clock->replication = replication;
    mu_portal_begin(&s->sim);
    mu_service_begin(&s->sim);
    ck_assert_int_eq(mu_crowd_begin(&s->sim), MU_OK);
}

/* From here on by the motion model. */
static inline void stage_move_by(stage *s, int motion) {
    ck_assert_int_eq(mu_crowd_move_by(&s->sim, (mu_motion_kind)motion, MU_MOTION_FREE), MU_OK);
}

/* Also of what was never opened. */
static inline void stage_close(stage *s) {
    mu_crowd_scratch_destroy(s->sim.scratch);
    mu_route_cache_destroy(s->sim.routes);
    mu_log_destroy(s->sim.log);
    mu_world_destroy(&s->sim.world);
    mu_walkable_destroy(s->walkable);
    mu_diags_destroy(s->diags);
    mu_arena_destroy(s->arena);
    free(s);
}

/* The invariants of walking, for every body: inside its area, and how much bodies overlap. */
static inline void stage_inspect(stage *s) {
    const mu_body *bodies = mu_bodies(&s->sim);
    for (uint32_t i = 0; i < s->people.list.count; i++) {
        const mu_body *b = &bodies[i];
        if (b->mode == MU_BODY_ABSENT) {
            continue;
        }
        ck_assert(isfinite(b->at.x) && isfinite(b->at.y));
        if (!mu_area_contains(s->walkable, b->area, b->at)) {
            s->outside++;
        }
        for (uint32_t k = 0; k < i; k++) {
            const mu_body *o = &bodies[k];
            if (o->mode != MU_BODY_ABSENT && o->area == b->area &&
                (o->mode == MU_BODY_WALKING || b->mode == MU_BODY_WALKING)) {
                const double dx = o->at.x - b->at.x, dy = o->at.y - b->at.y;
                const double overlap =
                    (double)o->radius_m + (double)b->radius_m - sqrt(dx * dx + dy * dy);
                s->worst_overlap = fmax(s->worst_overlap, overlap);
            }
        }
    }
}

/* The same bytes, padding included. */
static inline bool stage_same(const void *a, const void *b, size_t bytes) {
    return memcmp(a, b, bytes) == 0;
}

/* Handles events until `until_s`, until nothing is left, or until `watch` says so. Returns the
 * time reached in seconds. */
static inline double stage_run(stage *s, double until_s) {
    mu_event event;
    const mu_time until = mu_time_from_s(until_s);
    while (mu_world_clock(&s->sim.world)->pending > 0 &&
           mu_queue_first(mu_queue_of(&s->sim.world))->time_us <= until &&
           mu_sim_next(&s->sim, &event)) {
        switch ((mu_event_kind)event.kind) {
        case MU_EVENT_CROWD_STEP:
            mu_crowd_on_step(&s->sim, &event);
            break;
        case MU_EVENT_PERSON_MOVES:
            mu_crowd_on_moves(&s->sim, &event);
            break;
        case MU_EVENT_PERSON_ARRIVED:
            s->arrived += event.argument == 0;
            s->no_way += event.argument == 1;
            mu_crowd_on_arrived(&s->sim, &event);
            break;
        case MU_EVENT_FLOW_PERSON:
            mu_crowd_on_flow_person(&s->sim, &event);
            break;
        case MU_EVENT_FLOW_GATE:
            mu_crowd_on_flow_gate(&s->sim, &event);
            break;
        case MU_EVENT_PERSON_LOOKS:
            mu_crowd_on_looks(&s->sim, &event);
            break;
        case MU_EVENT_LIFT_ACTS:
            mu_lift_on_acts(&s->sim, &event);
            break;
        case MU_EVENT_HELP_CALLED:
            mu_refuge_on_called(&s->sim, &event);
            break;
        case MU_EVENT_PARTY_LOOKS:
            mu_crowd_on_party(&s->sim, &event);
            break;
        default:
            ck_abort_msg("an event that the crowd does not know");
        }
        ck_assert_int_eq(mu_world_clock(&s->sim.world)->status, MU_OK);
        ck_assert(mu_crowd_conserved(&s->sim));
        ck_assert_int_eq(mu_crowd_reserve(&s->sim), MU_OK);
        if (s->watch != NULL && s->watch(s)) {
            break;
        }
    }
    return mu_time_to_s(mu_sim_now(&s->sim));
}

static inline uint32_t stage_person(const stage *s, const char *id) {
    for (uint32_t i = 0; i < s->people.list.count; i++) {
        if (strcmp(s->people.list.items[i].id, id) == 0) {
            return i;
        }
    }
    ck_abort_msg("nobody is called %s", id);
    return MU_NONE;
}

static inline mu_goal stage_point(uint32_t area, double x, double y) {
    return (mu_goal){.kind = MU_GOAL_POINT, .area = area, .at = {x, y}};
}

/* Records of a kind. */
static inline uint32_t stage_count(const stage *s, mu_record_kind kind) {
    uint32_t count = 0;
    for (uint32_t r = 0; r < mu_log_count(s->sim.log); r++) {
        count += mu_log_get(s->sim.log, r)->kind == kind;
    }
    return count;
}

/* The first record of a kind about a person, or MU_NO_RECORD. */
static inline uint32_t stage_find(const stage *s, mu_record_kind kind, uint32_t person) {
    for (uint32_t r = 0; r < mu_log_count(s->sim.log); r++) {
        const mu_record *record = mu_log_get(s->sim.log, r);
        if (record->kind == kind && record->subject == MU_HANDLE(MU_THING_PERSON, person)) {
            return r;
        }
    }
    return MU_NO_RECORD;
}

/* Sends all occupants off, at once and without pre-movement. */
static inline void stage_evacuate(stage *s, uint32_t goal_kind) {
    for (uint32_t i = 0; i < s->people.list.count; i++) {
        if (s->people.list.items[i].kind == MU_PERSON_OCCUPANT) {
            mu_minds(&s->sim)[i].evacuating = 1;
            mu_crowd_send(&s->sim, i, (mu_goal){.kind = goal_kind}, 0, MU_NO_RECORD);
        }
    }
}

#endif
