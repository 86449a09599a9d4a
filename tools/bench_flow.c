/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster bench motion`, model flow: it has no steps, so whole evacuations are timed, to the last
 * person. A snapshot of the world brings every repeat to the same start. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bench.h"
#include "command.h"
#include "core/i18n.h"
#include "crowd/flow.h"
#include "table.h"
#include "verify/scene.h"

typedef struct entry {
    const char *scene;
    mu_bench_scene kind;
    uint32_t people; /* 0: the campus, as its files have it */
} entry;

static const entry entries[] = {
    {"S1", MU_BENCH_S1, 1000},    {"S1", MU_BENCH_S1, 5000},   {"S2", MU_BENCH_S2, 5000},
    {MU_BENCH_CAMPUS, 0, 0},      {"S1L", MU_BENCH_S1L, 1000}, {"S1L", MU_BENCH_S1L, 5000},
    {"S1L", MU_BENCH_S1L, 10000}, {"S4", MU_BENCH_S4, 5000},   {"S4", MU_BENCH_S4, 10000},
};
enum { ENTRIES = sizeof entries / sizeof entries[0] };

double mu_bench_flow_bytes(const mu_sim *sim) {
    const double people = sim->people->list.count;
    const double network = mu_walkable_gate_count(sim->walkable) * (double)sizeof(mu_flow_gate) +
                           mu_walkable_area_count(sim->walkable) * (double)sizeof(mu_flow_area);
    return (double)(sizeof(mu_body) + sizeof(mu_flow_leg)) + network / people;
}

static bool play(mu_scene *scene, const void *unused, mu_bench_whole *out) {
    (void)unused;
    mu_sim *sim = &scene->sim;
    const mu_clock *clock = mu_world_clock(&sim->world);
    mu_log_truncate(sim->log, clock->log_count);
    const uint64_t before = clock->dispatched;
    const double start_s = mu_bench_now();
    const bool done = mu_scene_run(scene, MU_NEVER);
    *out = (mu_bench_whole){.cpu_s = mu_bench_now() - start_s,
                            .simulated_s = mu_time_to_s(mu_sim_now(sim)),
                            .events = (double)(mu_world_clock(&sim->world)->dispatched - before),
                            .inside = mu_crowd(sim)->walking,
                            .bytes_per_person = mu_bench_flow_bytes(sim)};
    return done;
}

static bool measure(const entry *what, uint64_t repeats, mu_bench_whole *best) {
    mu_scene *scene = mu_bench_scene_create(what->kind, what->people, 1);
    bool done = scene != NULL && !scene->failed;
    if (done) {
        mu_world_clock(&scene->sim.world)->pending = 0; /* of the walk model's steps */
        done = mu_crowd_move_by(&scene->sim, MU_MOTION_FLOW, MU_MOTION_FREE) == MU_OK &&
               mu_bench_fastest(scene, play, NULL, repeats, best);
    }
    mu_scene_destroy(scene);
    return done;
}

static double ns_per_event(const mu_bench_whole *r) {
    return r->events > 0 ? 1e9 * r->cpu_s / r->events : 0;
}

static void put_json(mu_json_out *json, const entry *what, const mu_bench_whole *r) {
    mu_json_open_flat(json, NULL, '{');
    mu_json_put_string(json, "scene", what->scene);
    mu_json_put_string(json, "model", "flow");
    mu_json_put_count(json, "n", what->people);
    mu_json_put_real(json, "dt_s", 0);
    mu_json_put_real(json, "ns_per_person_step", (double)NAN); /* there are no steps */
    mu_json_put_real(json, "ns_per_event", ns_per_event(r));
    mu_json_put_real(json, "events", r->events);
    mu_json_put_real(json, "bytes_per_person", r->bytes_per_person);
    mu_json_put_real(json, "cpu_s", r->cpu_s);
    mu_json_put_real(json, "simulated_s", r->simulated_s);
    mu_json_put_count(json, "walking_at_end", r->inside);
    mu_json_close(json, '}');
}

static void put_row(mu_table *table, const entry *what, const mu_bench_whole *r) {
    char text[7][32];
    (void)snprintf(text[0], sizeof text[0], "%u", what->people);
    (void)snprintf(text[1], sizeof text[1], "%.0f", r->events);
    (void)snprintf(text[2], sizeof text[2], "%.0f", ns_per_event(r));
    (void)snprintf(text[3], sizeof text[3], "%.0f", r->bytes_per_person);
    (void)snprintf(text[4], sizeof text[4], "%.3f", r->cpu_s);
    (void)snprintf(text[5], sizeof text[5], "%.1f", r->simulated_s);
    (void)snprintf(text[6], sizeof text[6], "%u", r->inside);
    mu_table_add(table, what->scene, text[0], text[1], text[2], text[3], text[4], text[5], text[6]);
}

static bool is_wanted(const mu_bench_request *request, uint32_t row) {
    if (request->people > 0 && entries[row].people == 0) {
        return false; /* the campus has its own */
    }
    if (request->scene != NULL && strcmp(request->scene, entries[row].scene) != 0) {
        return false;
    }
    /* With a number of people asked for, the rows of one scene are one. */
    return request->people == 0 || row == 0 ||
           strcmp(entries[row].scene, entries[row - 1].scene) != 0;
}

bool mu_bench_flow(const mu_bench_request *request, mu_json_out *json, FILE *out, uint32_t *rows) {
    mu_table *table = request->json ? NULL : mu_table_create(8);
    bool done = true;
    if (table != NULL) {
        mu_table_add(table, _("scene, by flow"), _("people"), _("events"), _("ns per event"),
                     _("bytes per person"), _("processor s"), _("simulated s"), _("still walking"));
    }
    for (uint32_t k = 0; k < ENTRIES && done; k++) {
        entry what = entries[k];
        mu_bench_whole best = {0};
        if (!is_wanted(request, k)) {
            continue;
        }
        mu_bench_outcome outcome;
        if (what.people == 0) {
            outcome = mu_bench_campus(request, MU_MOTION_FLOW, &best);
            what.people = best.people;
        } else {
            what.people = request->people > 0 ? (uint32_t)request->people : what.people;
            outcome = measure(&what, request->repeats, &best) ? MU_BENCH_MEASURED : MU_BENCH_FAILED;
        }
        done = outcome != MU_BENCH_FAILED;
        if (outcome != MU_BENCH_MEASURED) {
            (*rows)++;
            continue;
        }
        if (request->json) {
            put_json(json, &what, &best);
        } else {
            put_row(table, &what, &best);
        }
        (*rows)++;
    }
    if (!request->json) {
        mu_table_print(table, out);
    }
    mu_table_destroy(table);
    return done;
}
