/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws sites from structs, as the loaders do from files: everything lives in the scene's arena,
 * and lists grow by doubling. */
#include "verify/scene.h"

#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "crowd/exits.h"
#include "crowd/lift.h"
#include "crowd/parties.h"
#include "hazard/smoke.h"
#include "site/route.h"

mu_scene *mu_scene_create(void) {
    mu_scene *scene = calloc(1, sizeof *scene);
    if (scene == NULL) {
        return NULL;
    }
    scene->arena = mu_arena_create();
    scene->diags = mu_diags_create();
    if (scene->arena == NULL || scene->diags == NULL) {
        mu_scene_destroy(scene);
        return NULL;
    }
    scene->site.id = "scene";
    return scene;
}

void mu_scene_destroy(mu_scene *scene) {
    if (scene != NULL) {
        mu_crowd_scratch_destroy(scene->sim.scratch);
        mu_route_cache_destroy(scene->sim.routes);
        mu_log_destroy(scene->sim.log);
        mu_world_destroy(&scene->sim.world);
        mu_walkable_destroy(scene->walkable);
        mu_diags_destroy(scene->diags);
        mu_arena_destroy(scene->arena);
        free(scene);
    }
}

/* A list of `count` items with room for one more; as it is once anything has failed. */
static void *grow(mu_scene *scene, void *items, uint32_t count, size_t size) {
    if (scene->failed || (count > 0 && (count & (count - 1)) != 0)) {
        return items; /* not full: rooms are powers of two */
    }
    void *more = mu_arena_array(scene->arena, count == 0 ? 1 : 2 * (size_t)count, size);
    if (more == NULL) {
        scene->failed = true;
        return items;
    }
    if (count > 0) {
        memcpy(more, items, count * size);
    }
    return more;
}

/* The index of a new item; MU_NONE without memory, and from then on: what is drawn next would refer
 * to what is not there. */
#define ADD(scene, list)                                                                           \
    ((list).items = grow((scene), (list).items, (list).count, sizeof *(list).items),               \
     (scene)->failed ? MU_NONE : (list).count++)

static const char *id_of(mu_scene *scene, char letter, uint32_t number) {
    const char *id = mu_arena_print(scene->arena, "%c%u", letter, number);
    scene->failed = scene->failed || id == NULL;
    return id;
}

static mu_ring ring_of(mu_scene *scene, const mu_point *points, uint32_t count) {
    mu_point *items = mu_arena_array(scene->arena, count, sizeof *items);
    if (items == NULL) {
        scene->failed = true;
        return (mu_ring){NULL, 0};
    }
    memcpy(items, points, count * sizeof *items);
    return (mu_ring){items, count};
}

uint32_t mu_scene_level(mu_scene *scene, double elevation_m) {
    const uint32_t i = ADD(scene, scene->site.levels);
    if (i != MU_NONE) {
        const char *id = id_of(scene, 'l', i);
        scene->site.levels.items[i] =
            (mu_level){.id = id, .name = {id, id}, .elevation_m = elevation_m};
    }
    return i;
}

uint32_t mu_scene_space(mu_scene *scene, mu_use use, uint32_t level, const mu_point *ring,
                        uint32_t count) {
    const uint32_t i = ADD(scene, scene->site.spaces);
    if (i != MU_NONE) {
        const char *id = id_of(scene, 's', i);
        scene->site.spaces.items[i] =
            (mu_space){.id = id,
                       .name = {id, id},
                       .level = {scene->site.levels.items[level].id, level},
                       .use = use,
                       .polygon = ring_of(scene, ring, count)};
    }
    return i;
}

uint32_t mu_scene_room(mu_scene *scene, mu_use use, uint32_t level, mu_point low, mu_point high) {
    const mu_point ring[4] = {low, {high.x, low.y}, high, {low.x, high.y}};
    return mu_scene_space(scene, use, level, ring, 4);
}

void mu_scene_hole(mu_scene *scene, uint32_t space, const mu_point *ring, uint32_t count) {
    if (scene->failed) {
        return;
    }
    mu_space *in = &scene->site.spaces.items[space];
    const uint32_t i = ADD(scene, in->holes);
    if (i != MU_NONE) {
        in->holes.items[i] = ring_of(scene, ring, count);
    }
}

uint32_t mu_scene_portal(mu_scene *scene, mu_portal_kind kind, uint32_t from, uint32_t to,
                         mu_point a, mu_point b) {
    const uint32_t i = ADD(scene, scene->site.portals);
    mu_ref *between = mu_arena_array(scene->arena, 2, sizeof *between);
    if (i == MU_NONE || between == NULL) {
        scene->failed = true;
        return MU_NONE;
    }
    const mu_space *spaces = scene->site.spaces.items;
    between[0] = (mu_ref){spaces[from].id, from};
    between[1] = (mu_ref){to == MU_NONE ? NULL : spaces[to].id, to};
    const mu_point line[2] = {a, b};
    const char *id = id_of(scene, 'p', i);
    scene->site.portals.items[i] = (mu_portal){.id = id,
                                               .name = {id, id},
                                               .kind = kind,
                                               .between = {between, to == MU_NONE ? 1 : 2},
                                               .line = ring_of(scene, line, 2)};
    return i;
}

uint32_t mu_scene_stair(mu_scene *scene, uint32_t lower, uint32_t upper, const mu_point foot[2],
                        const mu_point head[2], double length_m) {
    const uint32_t i = mu_scene_portal(scene, MU_PORTAL_STAIR, lower, upper, foot[0], foot[1]);
    if (i != MU_NONE) {
        scene->site.portals.items[i].upper_line = ring_of(scene, head, 2);
        scene->site.portals.items[i].length_m = length_m;
    }
    return i;
}

uint32_t mu_scene_lift(mu_scene *scene, const mu_lift *lift, const uint32_t *cars, uint32_t count) {
    const uint32_t i = ADD(scene, scene->site.lifts);
    mu_ref *refs = mu_arena_array(scene->arena, (size_t)count + 1, sizeof *refs);
    if (i == MU_NONE || refs == NULL) {
        scene->failed = true;
        return MU_NONE;
    }
    for (uint32_t c = 0; c < count; c++) {
        refs[c] = (mu_ref){scene->site.spaces.items[cars[c]].id, cars[c]};
    }
    scene->site.lifts.items[i] = *lift;
    scene->site.lifts.items[i].cars.items = refs;
    scene->site.lifts.items[i].cars.count = count;
    return i;
}

uint32_t mu_scene_assembly(mu_scene *scene, uint32_t space, mu_point at, int64_t capacity) {
    const uint32_t i = ADD(scene, scene->site.assembly_points);
    if (i != MU_NONE) {
        const char *id = id_of(scene, 'a', i);
        scene->site.assembly_points.items[i] =
            (mu_assembly){.id = id,
                          .name = {id, id},
                          .space = {scene->site.spaces.items[space].id, space},
                          .at = at,
                          .capacity = capacity};
    }
    return i;
}

/* Occupants of no space: absent until they are put somewhere. */
static bool make_people(mu_scene *scene, uint32_t count) {
    const uint32_t groups = scene->group_count > 0 ? scene->group_count : 1;
    scene->groups = mu_arena_array(scene->arena, groups, sizeof *scene->groups);
    if (scene->groups == NULL) {
        return false;
    }
    for (uint32_t g = 0; g < groups; g++) {
        scene->groups[g] = (mu_group){.id = "people",
                                      .name = {"people", "people"},
                                      .role = "staff",
                                      .count = count,
                                      .familiar = true,
                                      .party = 1, /* those of one party wait for each other … */
                                      .party_waits_s = MU_PARTY_WAITS_S};
    }
    scene->roster.groups.items = scene->groups;
    scene->roster.groups.count = groups;
    mu_person *persons = mu_arena_array(scene->arena, (size_t)count + 1, sizeof *persons);
    const char **roles = mu_arena_array(scene->arena, 1, sizeof *roles);
    if (persons == NULL || roles == NULL) {
        return false;
    }
    roles[0] = scene->groups[0].role;
    for (uint32_t p = 0; p < count; p++) {
        const char *id = mu_arena_print(scene->arena, "people/%06u", p + 1);
        if (id == NULL) {
            return false;
        }
        persons[p] = (mu_person){.id = id,
                                 .name = {id, id},
                                 .hash = mu_name_hash(id),
                                 .kind = MU_PERSON_OCCUPANT,
                                 .mobility = scene->mobility_of != NULL ? scene->mobility_of[p]
                                                                        : MU_MOBILITY_ADULT,
                                 .space = MU_NONE,
                                 .post = MU_NONE,
                                 .party = scene->party_of != NULL ? scene->party_of[p] : MU_NONE};
    }
    scene->people = (mu_people){.roster = &scene->roster,
                                .list = {persons, count},
                                .roles = {roles, 1},
                                .occupants = count};
    return mu_people_make_parties(&scene->people, scene->arena);
}

static mu_status make_world(mu_scene *scene, uint64_t seed) {
    mu_layout layout = {{0}, {0}};
    const uint32_t people = scene->people.list.count;
    mu_layout_add(&layout, MU_SECTION_QUEUE, sizeof(mu_event), 4 * people + 64);
    mu_layout_add(&layout, MU_SECTION_STAMP, sizeof(uint16_t), people + scene->site.portals.count);
    mu_crowd_register(&scene->site, &scene->people, &layout);
    mu_portal_register(&scene->site, &layout);
    mu_smoke_register(&scene->site, &layout);
    mu_sim *sim = &scene->sim;
    const mu_status status = mu_world_create(&layout, &sim->world);
    if (status != MU_OK) {
        return status;
    }
    sim->log = mu_log_create();
    sim->stamps.first[MU_STAMPED_STEP] = people;
    sim->stamps.first[MU_STAMPED_PORTAL] = people;
    sim->site = &scene->site;
    sim->walkable = scene->walkable;
    sim->people = &scene->people;
    sim->routes = mu_route_cache_create(scene->walkable);
    sim->scratch = mu_crowd_scratch_create(scene->walkable, &scene->people);
    if (sim->log == NULL || sim->routes == NULL || sim->scratch == NULL) {
        return MU_ERR_MEMORY;
    }
    mu_world_clock(&sim->world)->seed = seed;
    mu_portal_begin(sim);
    return mu_crowd_begin(sim);
}

mu_status mu_scene_open(mu_scene *scene, uint32_t count, uint64_t seed) {
    mu_status status = scene->failed || !make_people(scene, count) ? MU_ERR_MEMORY : MU_OK;
    if (status == MU_OK) {
        scene->walkable = mu_walkable_create(&scene->site, scene->diags);
        status = scene->walkable == NULL ? MU_ERR_INPUT : make_world(scene, seed);
    }
    scene->failed = scene->failed || status != MU_OK;
    return status;
}

void mu_scene_put(mu_scene *scene, uint32_t person, uint32_t area, mu_point at) {
    mu_crowd_put(&scene->sim, person, area, at);
}

void mu_scene_send_all(mu_scene *scene, mu_goal_kind goal) {
    for (uint32_t p = 0; p < scene->people.list.count; p++) {
        mu_minds(&scene->sim)[p].evacuating = 1;
        mu_crowd_send(&scene->sim, p, (mu_goal){.kind = goal}, 0, MU_NO_RECORD);
    }
}

void mu_scene_send_out(mu_scene *scene, uint32_t person, uint32_t portal) {
    mu_sim *sim = &scene->sim;
    for (uint32_t p = 0; p < scene->site.portals.count; p++) {
        if (scene->site.portals.items[p].kind == MU_PORTAL_OUTDOOR_EDGE && p != portal) {
            mu_crowd_learn(sim, person, p, true);
        }
    }
    mu_minds(sim)[person].evacuating = 1;
    mu_crowd_send(sim, person, (mu_goal){.kind = MU_GOAL_OUTSIDE}, 0, MU_NO_RECORD);
}

static void handle(mu_sim *sim, const mu_event *event) {
    if (event->kind == MU_EVENT_CROWD_STEP) {
        mu_crowd_on_step(sim, event);
    } else if (event->kind == MU_EVENT_PERSON_MOVES) {
        mu_crowd_on_moves(sim, event);
    } else if (event->kind == MU_EVENT_PERSON_ARRIVED) {
        mu_crowd_on_arrived(sim, event);
    } else if (event->kind == MU_EVENT_FLOW_PERSON) {
        mu_crowd_on_flow_person(sim, event);
    } else if (event->kind == MU_EVENT_FLOW_GATE) {
        mu_crowd_on_flow_gate(sim, event);
    } else if (event->kind == MU_EVENT_PERSON_LOOKS) {
        mu_crowd_on_looks(sim, event);
    } else if (event->kind == MU_EVENT_LIFT_ACTS) {
        mu_lift_on_acts(sim, event);
    } else if (event->kind == MU_EVENT_PARTY_LOOKS) {
        mu_crowd_on_party(sim, event);
    }
}

bool mu_scene_run(mu_scene *scene, mu_time until_us) {
    mu_sim *sim = &scene->sim;
    mu_event event;
    while (
        mu_world_clock(&sim->world)->pending > 0 &&
        (until_us == MU_NEVER || mu_queue_first(mu_queue_of(&sim->world))->time_us <= until_us) &&
        mu_sim_next(sim, &event)) {
        handle(sim, &event);
        if (mu_world_clock(&sim->world)->status != MU_OK || mu_crowd_reserve(sim) != MU_OK ||
            mu_walkable_lacks_memory(scene->walkable)) {
            scene->failed = true;
            return false;
        }
    }
    return true;
}

mu_status mu_scene_status(mu_scene *scene) {
    const mu_status status = mu_world_clock(&scene->sim.world)->status;
    return status == MU_OK && scene->failed ? MU_ERR_MEMORY : status;
}

bool mu_scene_run_to(mu_scene *scene, mu_time until_us) {
    if (!mu_scene_run(scene, until_us)) {
        return false;
    }
    mu_world_clock(&scene->sim.world)->now_us = until_us;
    return true;
}
