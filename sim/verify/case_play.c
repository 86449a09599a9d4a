/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws a case's scene, puts its people in place, sends them off at their times and watches. */
#include "verify/case_play.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "crowd/lift.h"
#include "crowd/walk_numbers.h"
#include "hazard/smoke.h"
#include "site/plane.h"
#include "verify/case_place.h"
#include "verify/measure.h"
#include "verify/population.h"
#include "verify/trajectory.h"

#define MOVED_M     0.05 /* who has moved so far has set out */
#define TURN_M      1.0  /* how near a point of a round is near enough to go on to the next */
#define KEPT_UP_S   0.5  /* overlaps that last as long count */
#define PAIRS_MOST  200U /* persons whose overlaps are watched */
#define DEPTHS_MOST 64U

typedef struct overlap_watch {
    uint32_t depth_count; /* steps in KEPT_UP_S, and one */
    float *depths;        /* per pair, the last depth_count of them */
    uint32_t step;
} overlap_watch;

typedef struct play {
    const mu_case *given;
    mu_case_scene what; /* whole */
    mu_scene *scene;
    mu_case_run *out;
    uint32_t *next_point; /* per person: of their round */
    mu_point *stood;      /* where they were when they began to walk */
    bool *sent;
    overlap_watch overlap;
} play;

mu_point mu_case_map_point(const mu_case_map *map, mu_point p) {
    const double x = map->mirror * p.x;
    return (mu_point){map->cosine * x - map->sine * p.y + map->shift.x,
                      map->sine * x + map->cosine * p.y + map->shift.y};
}

static mu_ring map_ring(const play *p, const mu_ring *ring) {
    mu_point *items = mu_arena_array(p->scene->arena, (size_t)ring->count + 1, sizeof *items);
    for (uint32_t i = 0; items != NULL && i < ring->count; i++) {
        items[i] = mu_case_map_point(&p->out->map, ring->items[i]);
    }
    p->scene->failed = p->scene->failed || items == NULL;
    return (mu_ring){items, items != NULL ? ring->count : 0};
}

static uint32_t find_space(const mu_case_scene *what, const char *id) {
    for (uint32_t i = 0; id != NULL && i < what->spaces.count; i++) {
        if (strcmp(what->spaces.items[i].id, id) == 0) {
            return i;
        }
    }
    return id == NULL ? 0 : MU_NONE;
}

uint32_t mu_case_find_door(const mu_case_scene *what, const char *id) {
    for (uint32_t d = 0; id != NULL && d < what->doors.count; d++) {
        if (strcmp(what->doors.items[d].id, id) == 0) {
            return d;
        }
    }
    return MU_NONE;
}

static uint32_t find_level(mu_scene *scene, double elevation) {
    for (uint32_t l = 0; l < scene->site.levels.count; l++) {
        if (scene->site.levels.items[l].elevation_m == elevation) {
            return l;
        }
    }
    return mu_scene_level(scene, elevation);
}

/* The lift of which a space is a car; MU_NONE. */
static uint32_t lift_of(const mu_case_scene *what, const char *space) {
    for (uint32_t l = 0; l < what->lifts.count; l++) {
        const mu_string_list *cars = &what->lifts.items[l].cars;
        for (uint32_t c = 0; c < cars->count; c++) {
            if (strcmp(cars->items[c], space) == 0) {
                return l;
            }
        }
    }
    return MU_NONE;
}

static void draw_lift(play *p, const mu_case_lift *given) {
    uint32_t cars[MU_LIFT_CARS_MOST];
    for (uint32_t c = 0; c < given->cars.count; c++) {
        cars[c] = find_space(&p->what, given->cars.items[c]);
    }
    const mu_lift lift = {.id = given->id,
                          .name = {given->id, given->id},
                          .capacity = given->capacity,
                          .speed_mps = given->speed_mps,
                          .doors_s = given->doors_s,
                          .stays_s = given->stays_s};
    (void)mu_scene_lift(p->scene, &lift, cars, given->cars.count);
}

/* Where lifts stand when it begins, and whether they have been recalled. */
static void set_lifts(play *p) {
    mu_sim *sim = &p->scene->sim;
    for (uint32_t l = 0; l < p->what.lifts.count; l++) {
        const mu_case_lift *given = &p->what.lifts.items[l];
        mu_lift_place(sim, l, 0);
        for (uint32_t c = 0; given->at != NULL && c < given->cars.count; c++) {
            if (strcmp(given->cars.items[c], given->at) == 0) {
                mu_lift_place(sim, l, c);
            }
        }
    }
    mu_crowd(sim)->all_by_lift = p->what.lifts.count > 0;
    if (p->what.alarm) {
        mu_crowd_raise_alarm(sim, MU_NO_RECORD);
    }
}

static void count_trips(play *p) {
    const mu_sim *sim = &p->scene->sim;
    for (uint32_t l = 0; l < p->what.lifts.count; l++) {
        const mu_lift_now *now = &mu_lifts(sim)[l];
        p->out->lift_trips += now->trips;
        p->out->lift_load = now->most > p->out->lift_load ? now->most : p->out->lift_load;
    }
}

static void draw_space(play *p, const mu_case_space *given) {
    const mu_ring outline = map_ring(p, &given->outline);
    const uint32_t level = find_level(p->scene, given->elevation_m);
    const uint32_t space = mu_scene_space(p->scene,
                                          lift_of(&p->what, given->id) != MU_NONE ? MU_USE_LIFT
                                          : given->outdoor                        ? MU_USE_OUTDOOR
                                                                                  : MU_USE_ASSEMBLY,
                                          level, outline.items, outline.count);
    for (uint32_t h = 0; h < given->holes.count; h++) {
        const mu_ring hole = map_ring(p, &given->holes.items[h]);
        mu_scene_hole(p->scene, space, hole.items, hole.count);
    }
}

static void make_belt(play *p, uint32_t flight, const mu_case_door *given) {
    if (flight != MU_NONE && given->belt_mps > 0) {
        mu_portal *belt = &p->scene->site.portals.items[flight];
        belt->kind = MU_PORTAL_ESCALATOR;
        belt->belt = given->belt_down ? MU_BELT_DOWN : MU_BELT_UP;
        belt->belt_mps = given->belt_mps;
        belt->belt_walked = given->belt_walked;
        belt->belt_stops = true;
    }
}

static void draw_door(play *p, const mu_case_door *given) {
    const uint32_t from = find_space(&p->what, given->from);
    const mu_ring line = map_ring(p, &given->line), upper = map_ring(p, &given->upper_line);
    if (p->scene->failed) {
        return;
    }
    if (given->to == NULL) {
        (void)mu_scene_portal(p->scene, MU_PORTAL_OUTDOOR_EDGE, from, MU_NONE, line.items[0],
                              line.items[1]);
    } else if (upper.count == 2) {
        const uint32_t flight = mu_scene_stair(p->scene, from, find_space(&p->what, given->to),
                                               line.items, upper.items, given->length_m);
        make_belt(p, flight, given);
    } else {
        const uint32_t lift = lift_of(&p->what, given->from);
        const bool ride = lift != MU_NONE && lift == lift_of(&p->what, given->to);
        (void)mu_scene_portal(p->scene, ride ? MU_PORTAL_LIFT : MU_PORTAL_DOOR, from,
                              find_space(&p->what, given->to), line.items[0], line.items[1]);
    }
}

static mu_population population_of(const mu_case_people *group) {
    mu_population population = {
        .speed_mps = group->speed_mps, .least_mps = group->least_mps, .most_mps = group->most_mps};
    if (group->speed_mps.kind == MU_DIST_CONSTANT && group->speed_mps.a <= 0) {
        population = mu_population_laboratory;
    }
    population.radius_m = group->radius_m;
    population.up_mps = group->up_mps;
    population.down_mps = group->down_mps;
    return population;
}

/* What people of a group know of doors to the open, as a roster would say it. */
static void brief_group(play *p, uint32_t g) {
    const mu_case_people *group = &p->what.people.items[g];
    mu_group *out = &p->scene->groups[g];
    const uint32_t door = mu_case_find_door(&p->what, group->came_by);
    mu_ref *came_by = mu_arena_array(p->scene->arena, 1, sizeof *came_by);
    if (door != MU_NONE && came_by != NULL) {
        *came_by = (mu_ref){group->came_by, door};
        out->came_by.items = came_by;
        out->came_by.count = 1;
    }
    out->came_by_share = group->came_by_share;
    out->follows_share = group->follows_share;
}

static void put_group(play *p, uint32_t g, uint32_t first, const mu_point *spots) {
    const mu_case_people *group = &p->what.people.items[g];
    brief_group(p, g);
    const mu_population population = population_of(group);
    mu_sim *sim = &p->scene->sim;
    const uint32_t count = (uint32_t)group->count;
    for (uint32_t k = 0; k < count; k++) {
        const uint32_t person = first + k;
        mu_case_person *out = &p->out->persons[person];
        p->scene->people.list.items[person].from = g;
        mu_population_make(sim, person, &population);
        const mu_point spot = spots[p->what.reversed ? count - 1 - k : k];
        mu_scene_put(p->scene, person, find_space(&p->what, group->space),
                     mu_case_map_point(&p->out->map, spot));
        mu_stream stream;
        mu_sim_stream(sim, &stream, MU_PURPOSE_PREMOVEMENT,
                      p->scene->people.list.items[person].hash, 1);
        *out = (mu_case_person){.group = g,
                                .free_mps = (double)mu_bodies(sim)[person].level_mps,
                                .starts_s = mu_dist_draw(&group->starts_s, &stream.rng),
                                .set_out_s = NAN,
                                .out_s = NAN,
                                .exit = MU_NONE};
    }
}

static mu_status put_people(play *p, uint64_t seed, mu_diags *diags) {
    uint32_t first = 0;
    for (uint32_t g = 0; g < p->what.people.count; g++) {
        const mu_case_people *group = &p->what.people.items[g];
        mu_point *spots = calloc((size_t)group->count + 1, sizeof *spots);
        if (spots == NULL) {
            return MU_ERR_MEMORY;
        }
        if (!mu_case_find_spots(group, seed, spots)) {
            mu_diags_add(diags, MU_ERROR, "case.room", group->origin, NULL,
                         _("there is no room for %u persons in this area"), (unsigned)group->count);
            free(spots);
            return MU_ERR_INPUT;
        }
        put_group(p, g, first, spots);
        first += (uint32_t)group->count;
        free(spots);
    }
    return MU_OK;
}

static void send_round(play *p, uint32_t person) {
    const mu_case_people *group = &p->what.people.items[p->out->persons[person].group];
    const mu_goal goal = {
        .kind = MU_GOAL_POINT,
        .area = find_space(&p->what, group->space),
        .at = mu_case_map_point(&p->out->map, group->round.items[p->next_point[person]])};
    mu_crowd_send(&p->scene->sim, person, goal, TURN_M / 2, MU_NO_RECORD);
}

/* The point after the one that is nearest. */
static void begin_round(play *p, uint32_t person, const mu_case_people *group) {
    const mu_point at = mu_crowd_at(&p->scene->sim, person);
    double nearest = INFINITY;
    for (uint32_t i = 0; i < group->round.count; i++) {
        const double off =
            mu_plane_distance(at, mu_case_map_point(&p->out->map, group->round.items[i]));
        if (off < nearest) {
            nearest = off;
            p->next_point[person] = (i + 1) % group->round.count;
        }
    }
    send_round(p, person);
}

static void keep_going_round(play *p, uint32_t person, const mu_case_people *group) {
    const mu_point to = mu_case_map_point(&p->out->map, group->round.items[p->next_point[person]]);
    if (mu_plane_distance(mu_crowd_at(&p->scene->sim, person), to) < TURN_M) {
        p->next_point[person] = (p->next_point[person] + 1) % group->round.count;
        send_round(p, person);
    }
}

static void send(play *p, uint32_t person, const mu_case_people *group) {
    mu_sim *sim = &p->scene->sim;
    const mu_goal out = {.kind = MU_GOAL_OUTSIDE};
    if (group->round.count > 0) {
        begin_round(p, person, group);
    } else if (group->party != NULL) {
        mu_minds(sim)[person].told = out;
        mu_sim_schedule(sim, 0, MU_EVENT_PERSON_MOVES, person, MU_NO_RECORD, 0);
    } else if (group->alerted) {
        (void)mu_crowd_alert(sim, person, 0, 1, out, MU_NO_RECORD);
    } else if (group->exit != NULL) {
        mu_scene_send_out(p->scene, person, mu_case_find_door(&p->what, group->exit));
    } else {
        mu_minds(sim)[person].evacuating = 1;
        mu_crowd_send(sim, person, out, 0, MU_NO_RECORD);
    }
    p->sent[person] = true;
}

/* Sends off whose time has come; true while anybody is still to go. */
static bool send_due(play *p, double now_s) {
    bool more = false;
    for (uint32_t i = 0; i < p->out->count; i++) {
        const mu_case_people *group = &p->what.people.items[p->out->persons[i].group];
        if (!p->sent[i] && p->out->persons[i].starts_s <= now_s + 1e-9) {
            send(p, i, group);
        } else if (p->sent[i] && group->round.count > 0) {
            keep_going_round(p, i, group);
        }
        more = more || !p->sent[i];
    }
    return more;
}

static void close_doors(play *p, double now_s) {
    mu_sim *sim = &p->scene->sim;
    for (uint32_t d = 0; d < p->what.doors.count; d++) {
        const double at = p->what.doors.items[d].closes_at_s;
        if (at > 0 && at <= now_s && mu_portals(sim)[d].state != MU_PORTAL_CLOSED) {
            mu_portals(sim)[d].state = mu_portals(sim)[d].target = MU_PORTAL_CLOSED;
            for (uint32_t i = 0; i < p->out->count; i++) {
                mu_crowd_learn(sim, i, d, true);
            }
            mu_crowd_on_portal(sim, d);
        }
    }
}

static void watch_persons(play *p, double now_s) {
    const mu_sim *sim = &p->scene->sim;
    for (uint32_t i = 0; i < p->out->count; i++) {
        const mu_body *body = &mu_bodies(sim)[i];
        if (body->mode == MU_BODY_ABSENT) {
            continue;
        }
        const mu_point at = mu_crowd_at(sim, i);
        if (!mu_area_contains(sim->walkable, body->area, at)) {
            p->out->outside++;
        }
        if (body->mode != MU_BODY_WALKING) {
            p->stood[i] = at;
        } else if (isnan(p->out->persons[i].set_out_s) &&
                   mu_plane_distance(p->stood[i], at) > MOVED_M) {
            p->out->persons[i].set_out_s = now_s;
        }
    }
    p->out->not_conserved += !mu_crowd_conserved(sim);
}

/* How deep two bodies overlap, over their mean depth from chest to back. Shoulders are broader, and
 * turn: people stand closer in a queue than a disc of their breadth allows. */
static float depth_of(const mu_body *a, const mu_body *b) {
    if (a->mode == MU_BODY_ABSENT || b->mode == MU_BODY_ABSENT || a->area != b->area) {
        return 0;
    }
    const double both = MU_WALK_NARROWEST * ((double)a->radius_m + (double)b->radius_m);
    return (float)mu_plane_max((both - mu_plane_distance(a->at, b->at)) / both, 0);
}

static void watch_overlaps(play *p) {
    overlap_watch *watch = &p->overlap;
    const mu_body *bodies = mu_bodies(&p->scene->sim);
    const uint32_t n = p->out->count;
    if (watch->depths == NULL) {
        return;
    }
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t k = 0; k < i; k++) {
            float *depths = watch->depths + ((size_t)i * n + k) * watch->depth_count;
            depths[watch->step % watch->depth_count] = depth_of(&bodies[i], &bodies[k]);
            float least = depths[0];
            for (uint32_t d = 1; d < watch->depth_count && least > 0; d++) {
                least = depths[d] < least ? depths[d] : least;
            }
            p->out->overlap = mu_plane_max(p->out->overlap, (double)least);
        }
    }
    watch->step++;
}

static bool wants_overlaps(const mu_case *given) {
    for (uint32_t i = 0; i < given->checks.count; i++) {
        if (given->checks.items[i].measure == MU_CASE_OVERLAP) {
            return true;
        }
    }
    return false;
}

static mu_status walk(play *p) {
    mu_sim *sim = &p->scene->sim;
    const mu_time step_us = mu_crowd(sim)->step_us;
    bool going = true;
    for (mu_time now_us = 0; going && mu_time_to_s(now_us) <= p->what.until_s; now_us += step_us) {
        const double now_s = mu_time_to_s(now_us);
        if (!mu_scene_run_to(p->scene, now_us)) {
            return mu_scene_status(p->scene);
        }
        close_doors(p, now_s);
        const bool more = send_due(p, now_s);
        watch_persons(p, now_s);
        watch_overlaps(p);
        mu_trail_take(p->out->trail, sim);
        p->out->end_s = now_s;
        going = more || mu_crowd(sim)->walking > 0 || mu_world_clock(&sim->world)->pending > 0;
    }
    return p->out->trail->no_memory ? MU_ERR_MEMORY : mu_scene_status(p->scene);
}

/* Who left when and by which door, from the log. */
static void read_log(play *p) {
    const mu_log *log = p->scene->sim.log;
    for (uint32_t r = 0; r < mu_log_count(log); r++) {
        const mu_record *record = mu_log_get(log, r);
        if (record->kind == MU_RECORD_LEFT) {
            mu_case_person *person = &p->out->persons[mu_handle_index(record->subject)];
            person->out_s = mu_time_to_s(record->time_us);
            person->exit = mu_handle_index(record->object);
        }
    }
}

/* Which group's party each person is of: the first that has its name. */
static const uint32_t *parties_of(const play *p) {
    uint32_t *parties = mu_arena_array(p->scene->arena, (size_t)p->out->count + 1, sizeof *parties);
    uint32_t person = 0;
    for (uint32_t g = 0; parties != NULL && g < p->what.people.count; g++) {
        const mu_case_people *group = &p->what.people.items[g];
        uint32_t first = g;
        for (uint32_t h = g; group->party != NULL && h > 0; h--) {
            const char *other = p->what.people.items[h - 1].party;
            first = other != NULL && strcmp(other, group->party) == 0 ? h - 1 : first;
        }
        for (int64_t k = 0; k < group->count; k++) {
            parties[person++] = group->party != NULL ? first : MU_NONE;
        }
    }
    return parties;
}

/* Known before the scene is opened: which ways somebody can use is settled there. */
static const uint8_t *mobilities_of(const play *p) {
    uint8_t *all = mu_arena_array(p->scene->arena, (size_t)p->out->count + 1, sizeof *all);
    uint32_t person = 0;
    for (uint32_t g = 0; all != NULL && g < p->what.people.count; g++) {
        const mu_case_people *group = &p->what.people.items[g];
        for (int64_t k = 0; k < group->count; k++) {
            all[person++] = group->wheelchair ? MU_MOBILITY_WHEELCHAIR : MU_MOBILITY_ADULT;
        }
    }
    return all;
}

static mu_status open_scene(play *p, uint64_t seed, mu_diags *diags) {
    for (uint32_t i = 0; i < p->what.spaces.count; i++) {
        draw_space(p, &p->what.spaces.items[i]);
    }
    for (uint32_t i = 0; i < p->what.doors.count; i++) {
        draw_door(p, &p->what.doors.items[i]);
    }
    for (uint32_t i = 0; i < p->what.lifts.count; i++) {
        draw_lift(p, &p->what.lifts.items[i]);
    }
    p->scene->group_count = p->what.people.count;
    p->scene->party_of = parties_of(p);
    p->scene->mobility_of = mobilities_of(p);
    if (p->scene->party_of == NULL || p->scene->mobility_of == NULL) {
        return MU_ERR_MEMORY;
    }
    const mu_status status = mu_scene_open(p->scene, p->out->count, seed);
    for (size_t i = 0; status != MU_OK && i < mu_diags_count(p->scene->diags, MU_NOTE); i++) {
        const mu_diag *d = mu_diags_get(p->scene->diags, i);
        mu_diags_add(diags, d->severity, d->code, p->what.origin, NULL, "%s", d->text);
    }
    if (status != MU_OK) {
        return status;
    }
    mu_sim *sim = &p->scene->sim;
    for (uint32_t s = 0; s < p->what.spaces.count; s++) {
        mu_smoke_set(sim, s, p->what.spaces.items[s].extinction_per_m);
    }
    mu_crowd(sim)->step_us = (uint32_t)(mu_crowd(sim)->step_us * p->what.step_share + 0.5);
    set_lifts(p);
    return mu_crowd_move_by(sim, (mu_motion_kind)p->what.motion, (mu_motion_mode)p->given->mode);
}

static mu_status make_watches(play *p) {
    const uint32_t n = p->out->count;
    const double step_s = mu_time_to_s(mu_crowd(&p->scene->sim)->step_us);
    p->overlap.depth_count = (uint32_t)ceil(KEPT_UP_S / step_s) + 1;
    if (wants_overlaps(p->given) && n <= PAIRS_MOST && p->overlap.depth_count <= DEPTHS_MOST) {
        p->overlap.depths =
            calloc((size_t)n * n * p->overlap.depth_count + 1, sizeof *p->overlap.depths);
    }
    p->out->trail = mu_trail_create(n, 0, step_s);
    p->out->wkt = mu_trajectory_wkt(&p->scene->site, 0);
    return p->out->trail == NULL || p->out->wkt == NULL ? MU_ERR_MEMORY : MU_OK;
}

static mu_status run(play *p, uint64_t seed, mu_diags *diags) {
    const size_t n = (size_t)p->out->count + 1;
    p->out->persons = calloc(n, sizeof *p->out->persons);
    p->next_point = calloc(n, sizeof *p->next_point);
    p->stood = calloc(n, sizeof *p->stood);
    p->sent = calloc(n, sizeof *p->sent);
    if (p->out->persons == NULL || p->next_point == NULL || p->stood == NULL || p->sent == NULL) {
        return MU_ERR_MEMORY;
    }
    mu_status status = open_scene(p, seed, diags);
    status = status == MU_OK ? make_watches(p) : status;
    status = status == MU_OK ? put_people(p, seed, diags) : status;
    status = status == MU_OK ? walk(p) : status;
    if (status == MU_OK) {
        read_log(p);
        count_trips(p);
    }
    return status;
}

static mu_case_map map_of(const mu_case_scene *what) {
    const double turn = what->turn_deg * 3.14159265358979323846 / 180;
    return (mu_case_map){.cosine = cos(turn),
                         .sine = sin(turn),
                         .mirror = what->mirror ? -1 : 1,
                         .shift = what->shift_m};
}

mu_status mu_case_play(const mu_case *given, uint32_t scene, uint64_t seed, mu_diags *diags,
                       mu_case_run *out) {
    play p = {.given = given, .what = mu_case_whole_scene(given, scene), .out = out};
    *out = (mu_case_run){.map = map_of(&p.what)};
    for (uint32_t g = 0; g < p.what.people.count; g++) {
        out->count += (uint32_t)p.what.people.items[g].count;
    }
    p.scene = mu_scene_create();
    const mu_status status =
        p.scene == NULL ? MU_ERR_MEMORY : run(&p, seed + (uint64_t)p.what.seed_shift, diags);
    mu_scene_destroy(p.scene);
    free(p.next_point);
    free(p.stood);
    free(p.sent);
    free(p.overlap.depths);
    if (status != MU_OK) {
        mu_case_run_clear(out);
    }
    return status;
}

void mu_case_run_clear(mu_case_run *run) {
    mu_trail_destroy(run->trail);
    free(run->persons);
    free(run->wkt);
    *run = (mu_case_run){0};
}
