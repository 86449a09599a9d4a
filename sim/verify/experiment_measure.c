/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measures tracks as the laboratories did: flow is the number of people who cross a line over the
 * time between the crossings; steady flow takes those between the 20 % and the 80 % crossing;
 * method B takes each person's way through the measuring area over the time taken, and as density
 * the overlap of all stays with that one over the area (Zhang, Klingsch, Schadschneider & Seyfried
 * 2011, J. Stat. Mech. P06004). */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "verify/experiment_parts.h"

static mu_point at(const mu_tracks *t, uint32_t step, uint32_t agent) {
    return t->at[(size_t)step * t->agents + agent];
}

static double side_of(mu_point a, mu_point b, mu_point p) {
    return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
}

/* When an agent first crosses a piece of a line, either way; NaN: never. */
static double crossing_of(const mu_tracks *t, uint32_t agent, mu_point a, mu_point b) {
    for (uint32_t s = 1; s < t->steps; s++) {
        const mu_point p = at(t, s - 1, agent), q = at(t, s, agent);
        const double before = side_of(a, b, p), after = side_of(a, b, q);
        if (before * after > 0 || before == after || isnan(before) || isnan(after)) {
            continue;
        }
        const double part = before / (before - after);
        const mu_point x = {p.x + part * (q.x - p.x), p.y + part * (q.y - p.y)};
        const double along = (x.x - a.x) * (b.x - a.x) + (x.y - a.y) * (b.y - a.y);
        const double square = (b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y);
        if (along >= 0 && along <= square) {
            return (s - 1 + part) * t->step_s;
        }
    }
    return NAN;
}

static int by_time(const void *left, const void *right) {
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* The experiment's own number under a name with dots; NaN if it has none. */
static double measured_of(const mu_experiment *e, const char *group, const char *name) {
    const cJSON *in = cJSON_GetObjectItemCaseSensitive(e->file, "measured");
    in = group[0] != 0 ? cJSON_GetObjectItemCaseSensitive(in, group) : in;
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(in, name);
    return cJSON_IsNumber(item) ? item->valuedouble : NAN;
}

static void add(const mu_experiment *e, mu_experiment_result *out, const char *group,
                const char *name, double simulated) {
    const char *full = group[0] == 0 ? name : mu_arena_print(e->arena, "%s.%s", group, name);
    if (out->count < MU_EXPERIMENT_FIGURES_MOST && full != NULL) {
        out->figures[out->count++] =
            (mu_experiment_figure){full, simulated, measured_of(e, group, name)};
    }
}

static void measure_flow(const mu_experiment *e, const mu_tracks *t, const char *group,
                         const mu_experiment_line *line, mu_experiment_result *out) {
    double *when = calloc(t->agents, sizeof *when);
    uint32_t n = 0;
    for (uint32_t k = 0; when != NULL && k < t->agents; k++) {
        const double time = crossing_of(t, k, line->a, line->b);
        if (!isnan(time)) {
            when[n++] = time;
        }
    }
    if (when != NULL && n > 4) {
        qsort(when, n, sizeof *when, by_time);
        const double duration = when[n - 1] - when[0];
        const uint32_t low = n / 5, high = n * 4 / 5;
        const double steady = (high - low) / (when[high] - when[low]);
        add(e, out, group, "N_crossed", n);
        add(e, out, group, "t_first_s", when[0]);
        add(e, out, group, "t_last_s", when[n - 1]);
        add(e, out, group, "duration_first_to_last_s", duration);
        add(e, out, group, "mean_flow_per_s", (n - 1) / duration);
        add(e, out, group, "steady_flow_20_80_per_s", steady);
        add(e, out, group, "specific_steady_flow_per_m_s", steady / line->width_m);
    }
    free(when);
}

/* In and out of a convex area: the first time in, and the last before coming out. */
static bool stay_in(const mu_tracks *t, uint32_t agent, const mu_ring *area, double stay[2],
                    double *metres) {
    mu_point entered = {0, 0}, last = {0, 0};
    bool inside = false;
    for (uint32_t s = 0; s < t->steps; s++) {
        const mu_point p = at(t, s, agent);
        bool in = !isnan(p.x);
        int sign = 0;
        for (uint32_t k = 0; in && k < area->count; k++) {
            const double side = side_of(area->items[k], area->items[(k + 1) % area->count], p);
            in = side == 0 || sign == 0 || (side > 0) == (sign > 0);
            sign = side == 0 ? sign : side > 0 ? 1 : -1;
        }
        if (in && !inside) {
            stay[0] = s * t->step_s;
            entered = p;
            inside = true;
        } else if (!in && inside) {
            stay[1] = s * t->step_s;
            *metres = sqrt((last.x - entered.x) * (last.x - entered.x) +
                           (last.y - entered.y) * (last.y - entered.y));
            return !isnan(p.x) && stay[1] > stay[0] + 1.5 * t->step_s;
        }
        last = p;
    }
    return false;
}

static double area_of(const mu_ring *ring) {
    double sum = 0;
    for (uint32_t k = 0; k < ring->count; k++) {
        const mu_point p = ring->items[k], q = ring->items[(k + 1) % ring->count];
        sum += p.x * q.y - p.y * q.x;
    }
    return fabs(sum) / 2;
}

static void measure_area(const mu_experiment *e, const mu_tracks *t, mu_experiment_result *out) {
    double(*stay)[2] = calloc(t->agents, sizeof *stay);
    double *metres = calloc(t->agents, sizeof *metres);
    double rho = 0, v = 0;
    uint32_t n = 0;
    const double square = area_of(&e->area);
    for (uint32_t k = 0; stay != NULL && metres != NULL && k < t->agents; k++) {
        if (!stay_in(t, k, &e->area, stay[k], &metres[k])) {
            stay[k][0] = stay[k][1] = -1;
        }
    }
    for (uint32_t k = 0; stay != NULL && metres != NULL && k < t->agents; k++) {
        const double from = stay[k][0], to = stay[k][1];
        if (to < 0 || (e->window_s[1] > 0 && (from < e->window_s[0] || to > e->window_s[1]))) {
            continue;
        }
        double overlap = 0;
        for (uint32_t o = 0; o < t->agents; o++) {
            overlap += fmax(0, fmin(to, stay[o][1]) - fmax(from, stay[o][0]));
        }
        rho += overlap / (to - from) / square;
        v += metres[k] / (to - from - t->step_s);
        n++;
    }
    if (n > 0) {
        add(e, out, "method_B_mean", "rho", rho / n);
        add(e, out, "method_B_mean", "v", v / n);
        add(e, out, "method_B_mean", "n", n);
    }
    free(stay);
    free(metres);
}

/* Everyone's time from one line to another, and speed and density behind the second. */
static void measure_transit(const mu_experiment *e, const mu_tracks *t,
                            const mu_experiment_line *from, const mu_experiment_line *to,
                            mu_experiment_result *out) {
    double sum = 0;
    uint32_t n = 0;
    for (uint32_t k = 0; k < t->agents; k++) {
        const double in = crossing_of(t, k, from->a, from->b);
        const double out_s = crossing_of(t, k, to->a, to->b);
        if (!isnan(in) && !isnan(out_s)) {
            sum += out_s - in;
            n++;
        }
    }
    if (n > 0) {
        add(e, out, "transit_x3_to_y3.5_s", "mean", sum / n);
    }
}

/* Mean density and speed in a rectangle from 10 to 45 s. */
static void measure_box(const mu_experiment *e, const mu_tracks *t, mu_point low, mu_point high,
                        const char *density, const char *speed, mu_experiment_result *out) {
    double inside = 0, metres = 0, steps = 0;
    for (uint32_t s = 1; s < t->steps; s++) {
        if (s * t->step_s < 10 || s * t->step_s > 45) {
            continue;
        }
        steps++;
        for (uint32_t k = 0; k < t->agents; k++) {
            const mu_point p = at(t, s, k), q = at(t, s - 1, k);
            if (p.x >= low.x && p.x <= high.x && p.y >= low.y && p.y <= high.y && !isnan(q.x)) {
                inside++;
                metres += sqrt((p.x - q.x) * (p.x - q.x) + (p.y - q.y) * (p.y - q.y));
            }
        }
    }
    if (steps > 0 && inside > 0) {
        add(e, out, "", density, inside / steps / ((high.x - low.x) * (high.y - low.y)));
        if (speed != NULL) {
            add(e, out, "", speed, metres / inside / t->step_s);
        }
    }
}

void mu_experiment_measure(const mu_experiment *e, const mu_tracks *t, mu_experiment_result *out) {
    const mu_experiment_line *in = NULL, *behind = NULL;
    for (uint32_t k = 0; k < e->line_count; k++) {
        const mu_experiment_line *line = &e->lines[k];
        const bool named = line->name[0] != 0;
        const bool flows = !named || line->name[0] == 'e'; /* exit_flow_… */
        if (flows) {
            measure_flow(e, t, line->name, line, out);
        } else if (line->name[0] == 'i') {
            in = line;
        } else if (line->name[0] == 'o') {
            behind = line;
            measure_flow(e, t, "", line, out);
        }
    }
    if (in != NULL && behind != NULL) {
        measure_transit(e, t, in, behind, out);
    }
    if (e->area.count > 2) {
        measure_area(e, t, out);
    }
    if (!isnan(measured_of(e, "", "bottleneck_density_mean_10_45s_per_m2"))) {
        const mu_point a = e->lines[0].a, b = e->lines[0].b;
        const double half = 0.53; /* of the bottleneck's length */
        measure_box(e, t, (mu_point){a.x, a.y - half}, (mu_point){b.x, b.y + half},
                    "bottleneck_density_mean_10_45s_per_m2", "bottleneck_speed_mean_10_45s_m_s",
                    out);
        measure_box(e, t, (mu_point){a.x, a.y - half - 1}, (mu_point){b.x, b.y - half},
                    "density_in_front_3x1_mean_10_45s_per_m2", NULL, out);
    }
}
