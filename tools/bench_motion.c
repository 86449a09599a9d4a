/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster bench motion`: only steps are timed; a snapshot of the world brings every repeat to the
 * same start. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "command.h"
#include "core/i18n.h"
#include "core/json_out.h"
#include "table.h"
#include "verify/scene.h"

enum { STEPS = 200, TO_THE_LAST = 0, OF_ITS_OWN = 0 };
static const double LAST_S = 1800; /* when an evacuation is given up */

/* One row that is measured. */
typedef struct entry {
    const char *scene;
    mu_bench_scene kind;
    uint32_t people; /* OF_ITS_OWN: the campus, as its files have it */
    uint32_t step_us;
    uint32_t steps; /* TO_THE_LAST: until everyone is out */
} entry;

static const entry entries[] = {
    {"S1", MU_BENCH_S1, 1000, 50000, STEPS},
    {"S1", MU_BENCH_S1, 1000, 10000, STEPS},
    {"S1", MU_BENCH_S1, 5000, 50000, STEPS},
    {"S1", MU_BENCH_S1, 5000, 10000, STEPS},
    {"S2", MU_BENCH_S2, 1000, 50000, STEPS},
    {"S2", MU_BENCH_S2, 1000, 10000, STEPS},
    {"S2", MU_BENCH_S2, 5000, 50000, STEPS},
    {"S2", MU_BENCH_S2, 5000, 10000, STEPS},
    {MU_BENCH_CAMPUS, 0, OF_ITS_OWN, 50000, TO_THE_LAST},
    {"S1L", MU_BENCH_S1L, 1000, 50000, STEPS},
    {"S1L", MU_BENCH_S1L, 5000, 50000, STEPS},
    {"S1L", MU_BENCH_S1L, 10000, 50000, STEPS},
    {"S1L", MU_BENCH_S1L, 50000, 50000, STEPS},
    {"S4", MU_BENCH_S4, 5000, 50000, STEPS},
    {"S5", MU_BENCH_S1, 1000, 50000, TO_THE_LAST},
};
enum { ENTRIES = sizeof entries / sizeof entries[0] };

static bool play(mu_scene *scene, const void *entry_of, mu_bench_whole *out) {
    const entry *what = entry_of;
    mu_sim *sim = &scene->sim;
    const double step_s = mu_time_to_s(what->step_us);
    double steps = 0, limit = what->steps > 0 ? what->steps : LAST_S / step_s;
    *out = (mu_bench_whole){0};
    const double before = mu_bench_now();
    while (steps < limit && mu_crowd(sim)->walking > 0) {
        out->person_steps += mu_crowd(sim)->walking;
        mu_world_clock(&sim->world)->now_us += what->step_us;
        mu_crowd_step(sim);
        mu_world_clock(&sim->world)->pending = 0; /* arrivals: nobody here waits for them */
        steps++;
    }
    out->cpu_s = mu_bench_now() - before;
    out->simulated_s = steps * step_s;
    out->inside = mu_crowd(sim)->walking;
    out->bytes_per_person = (double)mu_crowd_bytes(sim) / scene->people.list.count;
    return mu_world_clock(&sim->world)->status == MU_OK;
}

bool mu_bench_fastest(mu_scene *scene, mu_bench_play *how, const void *what, uint64_t repeats,
                      mu_bench_whole *best) {
    mu_world start = {NULL};
    bool done = mu_world_copy(&scene->sim.world, &start) == MU_OK;
    for (uint64_t r = 0; done && r < repeats; r++) {
        mu_world again = {NULL};
        mu_bench_whole now;
        done = mu_world_copy(&start, &again) == MU_OK;
        if (done) {
            mu_world_destroy(&scene->sim.world);
            scene->sim.world = again;
            done = how(scene, what, &now);
            if (r == 0 || now.cpu_s < best->cpu_s) {
                *best = now;
            }
        }
    }
    mu_world_destroy(&start);
    return done;
}

static bool measure(const entry *what, uint64_t repeats, mu_bench_whole *best) {
    mu_scene *scene = mu_bench_scene_create(what->kind, what->people, 1);
    bool done = scene != NULL && !scene->failed;
    if (done) {
        mu_crowd(&scene->sim)->step_us = what->step_us;
        mu_world_clock(&scene->sim.world)->pending = 0;
        done = mu_bench_fastest(scene, play, what, repeats, best);
    }
    mu_scene_destroy(scene);
    return done;
}

static double ns_per_person_step(const mu_bench_whole *r) {
    return r->person_steps > 0 ? 1e9 * r->cpu_s / r->person_steps : 0;
}

static void put_json(mu_json_out *json, const entry *what, const mu_bench_whole *r) {
    mu_json_open_flat(json, NULL, '{');
    mu_json_put_string(json, "scene", what->scene);
    mu_json_put_string(json, "model", "walk");
    mu_json_put_count(json, "n", what->people);
    mu_json_put_real(json, "dt_s", mu_time_to_s(what->step_us));
    mu_json_put_real(json, "ns_per_person_step", ns_per_person_step(r));
    mu_json_put_real(json, "bytes_per_person", r->bytes_per_person);
    mu_json_put_real(json, "cpu_s", r->cpu_s);
    mu_json_put_real(json, "simulated_s", r->simulated_s);
    mu_json_put_count(json, "walking_at_end", r->inside);
    mu_json_close(json, '}');
}

static void put_row(mu_table *table, const entry *what, const mu_bench_whole *r) {
    char text[7][32];
    (void)snprintf(text[0], sizeof text[0], "%u", what->people);
    (void)snprintf(text[1], sizeof text[1], "%.2f", mu_time_to_s(what->step_us));
    (void)snprintf(text[2], sizeof text[2], "%.1f", ns_per_person_step(r));
    (void)snprintf(text[3], sizeof text[3], "%.0f", r->bytes_per_person);
    (void)snprintf(text[4], sizeof text[4], "%.3f", r->cpu_s);
    (void)snprintf(text[5], sizeof text[5], "%.1f", r->simulated_s);
    (void)snprintf(text[6], sizeof text[6], "%u", r->inside);
    mu_table_add(table, what->scene, text[0], text[1], text[2], text[3], text[4], text[5], text[6]);
}

/* With a number of people asked for, the campus, which has its own, is no scene. */
static bool is_wanted(const mu_bench_request *request, const entry *what) {
    if (request->people > 0 && what->people == OF_ITS_OWN) {
        return false;
    }
    return request->scene == NULL || strcmp(request->scene, what->scene) == 0;
}

/* With a number of people asked for, a scene's rows that differ in nothing else are one. */
static bool is_repetition(const mu_bench_request *request, int row) {
    for (int k = 0; request->people > 0 && k < row; k++) {
        if (strcmp(entries[k].scene, entries[row].scene) == 0 &&
            entries[k].step_us == entries[row].step_us) {
            return true;
        }
    }
    return false;
}

int mu_bench_motion(const mu_bench_request *request, FILE *out) {
    mu_json_out json = {.stream = out};
    mu_table *table = request->json ? NULL : mu_table_create(8);
    int status = MU_EXIT_DONE;
    uint32_t rows = 0;
    const bool by_walk = request->model == NULL || strcmp(request->model, "walk") == 0;
    const bool by_flow = request->model == NULL || strcmp(request->model, "flow") == 0;
    if (request->json) {
        mu_json_open(&json, NULL, '{');
        mu_json_open(&json, "scenes", '[');
    } else if (by_walk) {
        mu_table_add(table, _("scene"), _("people"), _("step s"), _("ns per person-step"),
                     _("bytes per person"), _("processor s"), _("simulated s"), _("still walking"));
    }
    for (int k = 0; k < ENTRIES && status == MU_EXIT_DONE; k++) {
        entry what = entries[k];
        mu_bench_whole best = {0};
        if (!by_walk || !is_wanted(request, &what) || is_repetition(request, k)) {
            continue;
        }
        mu_bench_outcome outcome;
        if (what.people == OF_ITS_OWN) {
            outcome = mu_bench_campus(request, MU_MOTION_WALK, &best);
            what.people = best.people;
            what.step_us = (uint32_t)mu_time_from_s(best.dt_s);
        } else {
            what.people = request->people > 0 ? (uint32_t)request->people : what.people;
            outcome = measure(&what, request->repeats, &best) ? MU_BENCH_MEASURED : MU_BENCH_FAILED;
        }
        rows++;
        if (outcome == MU_BENCH_LEFT_OUT) {
            continue;
        }
        if (outcome == MU_BENCH_FAILED) {
            status = mu_refuse("bench", _("the scene %s could not be run"), what.scene);
        } else if (request->json) {
            put_json(&json, &what, &best);
        } else {
            put_row(table, &what, &best);
        }
    }
    if (by_walk && !request->json) {
        mu_table_print(table, out);
    }
    mu_table_destroy(table);
    if (by_flow && status == MU_EXIT_DONE && !mu_bench_flow(request, &json, out, &rows)) {
        status = mu_refuse("bench", _("a scene could not be run by %s"), "flow");
    }
    if (request->json) {
        mu_json_close(&json, ']');
        mu_json_close(&json, '}');
        (void)fputc('\n', out);
    }
    return rows > 0 ? status
                    : mu_refuse_usage("bench", _("there is no scene '%s'"), request->scene);
}
