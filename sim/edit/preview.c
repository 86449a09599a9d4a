/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An evacuation tried while one draws: one run of a plain alarm in `flow`, and where people waited
 * on the way. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "crowd/flow.h"
#include "drill/findings.h"
#include "drill/run.h"
#include "edit/check.h"
#include "edit/outcome.h"

static const mu_time LOOK_US = 1000000; /* between two looks at the queues */

typedef struct watch {
    const mu_plan *plan;
    mu_preview_queue *queues; /* per portal */
    mu_preview_room *rooms;   /* per space */
    uint32_t *inside;         /* per space: persons now */
} watch;

static void look_at_rooms(const watch *w, const mu_sim *sim) {
    const uint32_t spaces = w->plan->site.spaces.count;
    memset(w->inside, 0, spaces * sizeof *w->inside);
    for (uint32_t p = 0; p < w->plan->people.list.count; p++) {
        const mu_body *body = &mu_bodies(sim)[p];
        if (w->plan->people.list.items[p].kind == MU_PERSON_OCCUPANT &&
            body->mode != MU_BODY_ABSENT && body->area < spaces) {
            w->inside[body->area]++;
        }
    }
    for (uint32_t s = 0; s < spaces; s++) {
        const double area = mu_walkable_area(w->plan->walkable, s)->area_m2;
        mu_preview_room *room = &w->rooms[s];
        room->last_s = w->inside[s] > 0 ? mu_time_to_s(mu_sim_now(sim)) : room->last_s;
        room->most_per_m2 = area > 0 ? fmax(room->most_per_m2, w->inside[s] / area) : 0;
    }
}

/* Adds what waits now, for as long as it is until the next look. */
static void look(const watch *w, const mu_sim *sim, double lasts_s) {
    look_at_rooms(w, sim);
    const uint32_t gates = mu_walkable_gate_count(w->plan->walkable);
    for (uint32_t g = 0; g < gates; g++) {
        const mu_flow_gate *gate = &mu_flow_gates(sim)[g];
        const uint32_t waiting = gate->side[0].waiting + gate->side[1].waiting;
        mu_preview_queue *q = &w->queues[mu_walkable_gate(w->plan->walkable, g)->portal];
        q->person_s += waiting * lasts_s;
        q->most = waiting > q->most ? waiting : q->most;
    }
}

/* Who waits at a door for a moment only is no queue. */
static int longest_first(const void *a, const void *b) {
    const double left = ((const mu_preview_queue *)a)->person_s;
    const double right = ((const mu_preview_queue *)b)->person_s;
    return (left < right) - (left > right);
}

static int busiest_first(const void *a, const void *b) {
    const uint32_t left = ((const mu_preview_exit *)a)->persons;
    const uint32_t right = ((const mu_preview_exit *)b)->persons;
    return (left < right) - (left > right);
}

static mu_status play(const watch *w, mu_log *log, mu_replicate *out) {
    mu_sim sim;
    mu_status status = mu_run_begin(w->plan, 1, 0, log, &sim);
    mu_time next = LOOK_US;
    while (status == MU_OK && mu_run_next(&sim) != 0) {
        while (mu_sim_now(&sim) >= next) {
            look(w, &sim, mu_time_to_s(LOOK_US));
            next += LOOK_US;
        }
    }
    mu_run_end end = {0};
    if (status == MU_OK) {
        status = mu_run_status(&sim);
        mu_run_result(&sim, &end);
    }
    mu_run_destroy(&sim);
    return status == MU_OK
               ? mu_replicate_read(w->plan, log, end.end_us, end.quiet, end.state_hash, 0, out)
               : status;
}

/* The portal of the project's scene that a portal of the plan is: both are sorted by id, but for
 * what the scene leaves out. */
static uint32_t portal_of(const mu_scenery *scene, const mu_plan *plan, uint32_t portal) {
    const char *id = plan->site.portals.items[portal].id;
    for (uint32_t p = portal < scene->portal_count ? portal : scene->portal_count; p-- > 0;) {
        if (strcmp(scene->portals[p].id, id) == 0) {
            return p;
        }
    }
    return portal < scene->portal_count && strcmp(scene->portals[portal].id, id) == 0 ? portal
                                                                                      : MU_NOWHERE;
}

/* The plan's rooms by the scene's numbers. */
static const mu_preview_room *by_scene(const mu_scenery *scene, const watch *w, mu_arena *arena) {
    mu_preview_room *out = mu_arena_array(arena, (size_t)scene->room_count + 1, sizeof *out);
    const mu_space *spaces = w->plan->site.spaces.items;
    for (uint32_t r = 0, s = 0; out != NULL && r < scene->room_count; r++) {
        while (s < w->plan->site.spaces.count && strcmp(spaces[s].id, scene->rooms[r].id) < 0) {
            s++;
        }
        if (s < w->plan->site.spaces.count && strcmp(spaces[s].id, scene->rooms[r].id) == 0) {
            out[r] = w->rooms[s];
        }
    }
    return out;
}

static void count_exits(const mu_plan *plan, const mu_log *log, mu_preview_exit *exits) {
    for (uint32_t r = 0; r < mu_log_count(log); r++) {
        const mu_record *record = mu_log_get(log, r);
        if (record->kind == MU_RECORD_LEFT && mu_handle_thing(record->object) == MU_THING_PORTAL) {
            mu_preview_exit *exit = &exits[mu_handle_index(record->object)];
            exit->persons++;
            exit->last_s = mu_time_to_s(record->time_us);
        }
    }
    for (uint32_t p = 0; p < plan->site.portals.count; p++) {
        exits[p].portal = p;
    }
}

static void tell(mu_project *project, const watch *w, const mu_log *log, mu_arena *arena,
                 mu_preview *out) {
    const mu_scenery *scene = mu_project_scene(project);
    const uint32_t portals = w->plan->site.portals.count;
    mu_preview_exit *exits = mu_arena_array(arena, (size_t)portals + 1, sizeof *exits);
    if (exits == NULL) {
        return;
    }
    count_exits(w->plan, log, exits);
    qsort(exits, portals, sizeof *exits, busiest_first);
    qsort(w->queues, portals, sizeof *w->queues, longest_first);
    for (uint32_t p = 0; p < portals; p++) {
        out->exit_count += exits[p].persons > 0;
        out->queue_count += w->queues[p].person_s > 0;
        exits[p].portal = portal_of(scene, w->plan, exits[p].portal);
        w->queues[p].portal = portal_of(scene, w->plan, w->queues[p].portal);
    }
    out->rooms = by_scene(scene, w, arena);
    out->room_count = out->rooms != NULL ? scene->room_count : 0;
    out->exits = exits;
    out->queues = w->queues;
}

const mu_preview *mu_project_preview(mu_project *project) {
    const mu_checked *checked = mu_project_checked(project);
    mu_outcomes *kept = mu_project_outcomes(project);
    const mu_plan *plan = checked->evacuation;
    mu_arena *arena = plan != NULL && kept != NULL ? mu_arena_create() : NULL;
    if (arena == NULL) {
        return NULL;
    }
    const clock_t began = clock();
    mu_arena_destroy(kept->preview_arena);
    kept->preview_arena = arena;
    kept->preview = (mu_preview){.version = project->version,
                                 .people_are_guessed = checked->people_are_guessed};
    watch w = {
        .plan = plan,
        .queues = mu_arena_array(arena, (size_t)plan->site.portals.count + 1, sizeof *w.queues),
        .rooms = mu_arena_array(arena, (size_t)plan->site.spaces.count + 1, sizeof *w.rooms),
        .inside = mu_arena_array(arena, (size_t)plan->site.spaces.count + 1, sizeof *w.inside)};
    mu_log *log = mu_log_create();
    mu_replicate run;
    const bool room = w.queues != NULL && w.rooms != NULL && w.inside != NULL && log != NULL;
    for (uint32_t p = 0; room && p < plan->site.portals.count; p++) {
        w.queues[p].portal = p;
    }
    const bool fine = room && play(&w, log, &run) == MU_OK;
    if (fine) {
        mu_preview *out = &kept->preview;
        for (uint32_t p = 0; p < plan->people.list.count; p++) {
            out->persons += plan->people.list.items[p].kind == MU_PERSON_OCCUPANT &&
                            mu_person_starts_indoors(plan, p);
        }
        out->left = run.left;
        out->mean_s = run.left > 0 ? mu_time_to_s(run.left_sum_us) / run.left : 0;
        out->p95_s = run.left > 0 ? mu_time_to_s(run.left_p95_us) : 0;
        out->last_s = run.left > 0 ? mu_time_to_s(run.left_last_us) : 0;
        mu_replicate_destroy(&run);
        tell(project, &w, log, arena, out);
        out->took_s = (double)(clock() - began) / CLOCKS_PER_SEC;
    }
    mu_log_destroy(log);
    return fine ? &kept->preview : NULL;
}
