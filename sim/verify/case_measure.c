/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One function for each kind of measure; statistics at the end. */
#include "verify/case_measure.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/grow.h"
#include "site/plane.h"
#include "verify/measure.h"

#define SPEED_OVER_S 0.4 /* over which a momentary speed is measured */
#define EVERY_S      1.0 /* between samples of density and speed */

static bool add(mu_samples *out, double value) {
    double *items = mu_grow(out->items, out->count, &out->room, sizeof *items);
    if (items == NULL) {
        return false;
    }
    out->items = items;
    out->items[out->count++] = value;
    return true;
}

typedef struct sampling {
    const mu_case_check *check;
    const mu_case_scene *what;
    const mu_case_run *run, *with;
    mu_samples *out;
    mu_line line, to;
} sampling;

static mu_line map_line(const mu_case_run *run, const mu_ring *line) {
    return line->count < 2 ? (mu_line){{0, 0}, {0, 0}}
                           : (mu_line){mu_case_map_point(&run->map, line->items[0]),
                                       mu_case_map_point(&run->map, line->items[1])};
}

static bool counts(const sampling *s, uint32_t person) {
    const mu_case_people *group = &s->what->people.items[s->run->persons[person].group];
    return s->check->people == NULL || strcmp(group->id, s->check->people) == 0 ||
           (group->party != NULL && strcmp(group->party, s->check->people) == 0);
}

static uint32_t find_space(const mu_case_scene *what, const char *id) {
    for (uint32_t i = 0; id != NULL && i < what->spaces.count; i++) {
        if (strcmp(what->spaces.items[i].id, id) == 0) {
            return i;
        }
    }
    return MU_NONE;
}

static double travel(const sampling *s, uint32_t person) {
    const double begin = mu_measure_crossing(s->run->trail, person, s->line, MU_WAY_ANY, -INFINITY);
    return isnan(begin)
               ? NAN
               : mu_measure_crossing(s->run->trail, person, s->to, MU_WAY_ANY, begin) - begin;
}

/* Flights come after the spaces, in the order of the stairs among the doors. */
static uint32_t area_of_flight(const mu_case_scene *what, uint32_t door) {
    uint32_t area = what->spaces.count;
    for (uint32_t d = 0; d < door; d++) {
        area += what->doors.items[d].upper_line.count > 0;
    }
    return area;
}

static uint32_t frames_in(const mu_trail_person *one, uint32_t area) {
    uint32_t frames = 0;
    for (uint32_t k = 0; k < one->count; k++) {
        frames += one->at[k].area == area;
    }
    return frames;
}

static double on_flight(const sampling *s, uint32_t person) {
    const uint32_t door = mu_case_find_door(s->what, s->check->door);
    const uint32_t frames =
        frames_in(&s->run->trail->persons[person], area_of_flight(s->what, door));
    return frames > 0 ? frames * s->run->trail->frame_s : NAN;
}

/* What each person gives; NAN: nothing. */
static double of_person(const sampling *s, uint32_t person) {
    const mu_case_person *who = &s->run->persons[person];
    switch (s->check->measure) {
    case MU_CASE_TRAVEL_S:
        return travel(s, person);
    case MU_CASE_TRAVEL_MPS:
        return s->check->metres / travel(s, person);
    case MU_CASE_TRAVEL_ERROR_MPS:
        return fabs(s->check->metres / travel(s, person) - who->free_mps);
    case MU_CASE_FLIGHT_S:
        return on_flight(s, person);
    case MU_CASE_FLIGHT_MPS:
        return s->check->metres / on_flight(s, person);
    case MU_CASE_OUT_S:
        return who->out_s;
    case MU_CASE_START_S:
        return who->set_out_s;
    case MU_CASE_START_ERROR_S:
        return fabs(who->set_out_s - who->starts_s);
    case MU_CASE_FREE_MPS:
        return who->free_mps;
    default:
        return NAN;
    }
}

static bool sample_persons(const sampling *s) {
    bool whole = true;
    for (uint32_t i = 0; whole && i < s->run->count; i++) {
        const double value = counts(s, i) ? of_person(s, i) : NAN;
        whole = isnan(value) || add(s->out, value);
    }
    return whole;
}

static uint32_t count_persons(const sampling *s) {
    const uint32_t door = mu_case_find_door(s->what, s->check->door);
    const uint32_t space = find_space(s->what, s->check->space);
    uint32_t count = 0;
    for (uint32_t i = 0; i < s->run->count; i++) {
        const mu_case_person *who = &s->run->persons[i];
        if (!counts(s, i)) {
            continue;
        }
        if (s->check->measure == MU_CASE_OUT) {
            count += !isnan(who->out_s) && (door == MU_NONE || who->exit == door);
        } else if (s->check->measure == MU_CASE_INSIDE) {
            count += isnan(who->out_s);
        } else {
            count += frames_in(&s->run->trail->persons[i], space) > 0;
        }
    }
    return count;
}

/* When the last person left a space for good; NAN while somebody is there. */
static double emptied(const sampling *s) {
    const uint32_t space = find_space(s->what, s->check->space);
    uint32_t last = 0;
    for (uint32_t i = 0; i < s->run->count; i++) {
        const mu_trail_person *one = &s->run->trail->persons[i];
        for (uint32_t k = one->count; counts(s, i) && k > 0; k--) {
            if (one->at[k - 1].area == space) {
                last = one->first + k > last ? one->first + k : last;
                break;
            }
        }
    }
    return last >= s->run->trail->frames ? NAN : mu_trail_time(s->run->trail, last);
}

/* Crossings of those who count. */
static bool crossings(const sampling *s, mu_times *out) {
    *out = (mu_times){0, calloc((size_t)s->run->count + 1, sizeof *out->s)};
    for (uint32_t i = 0; out->s != NULL && i < s->run->count; i++) {
        const double time =
            counts(s, i) ? mu_measure_crossing(s->run->trail, i, s->line, MU_WAY_ANY, -INFINITY)
                         : NAN;
        if (!isnan(time)) {
            out->s[out->count++] = time;
        }
    }
    if (out->s != NULL) {
        mu_measure_sort(out->s, out->count);
    }
    return out->s != NULL;
}

static bool sample_line(const sampling *s) {
    mu_times times;
    if (!crossings(s, &times)) {
        return false;
    }
    const double width = s->check->per_metre > 0 ? s->check->per_metre : 1;
    const double value = s->check->measure == MU_CASE_FLOW ? mu_times_flow(&times) / width
                         : s->check->measure == MU_CASE_STEADY_FLOW
                             ? mu_times_steady_flow(&times) / width
                         : s->check->measure == MU_CASE_CROSSED ? times.count
                                                                : mu_times_at(&times, 1);
    free(times.s);
    return isnan(value) || add(s->out, value);
}

static bool sample_area(const sampling *s) {
    mu_point mapped[64];
    const mu_ring *given = &s->check->area;
    const uint32_t count = given->count < 64 ? given->count : 64;
    for (uint32_t i = 0; i < count; i++) {
        mapped[i] = mu_case_map_point(&s->run->map, given->items[i]);
    }
    const mu_ring area = {mapped, count};
    const double to =
        s->check->to_s > 0 ? mu_plane_min(s->check->to_s, s->run->end_s) : s->run->end_s;
    mu_pairs pairs;
    bool whole = mu_measure_method_c(s->run->trail, &area, s->check->from_s, to, EVERY_S,
                                     SPEED_OVER_S, &pairs);
    for (uint32_t i = 0; whole && i < pairs.count; i++) {
        const mu_pair *pair = &pairs.items[i];
        const double value = s->check->measure == MU_CASE_SPEED ? pair->speed_mps
                             : s->check->measure == MU_CASE_DENSITY
                                 ? pair->density_per_m2
                                 : pair->density_per_m2 * pair->speed_mps;
        whole = isnan(value) || add(s->out, value);
    }
    free(pairs.items);
    return whole;
}

/* How far apart the same persons are in two runs, at most, each drawn back into the file's frame;
 * who is there in one only counts as a kilometre. */
static double apart(const mu_case_run *a, const mu_case_run *b) {
    double most = a->count == b->count ? 0 : 1000;
    for (uint32_t i = 0; i < a->count && i < b->count; i++) {
        const mu_trail_person *p = &a->trail->persons[i], *q = &b->trail->persons[i];
        if (p->count != q->count || p->first != q->first) {
            return 1000;
        }
        for (uint32_t k = 0; k < p->count; k++) {
            const mu_point at = {p->at[k].x, p->at[k].y}, other = {q->at[k].x, q->at[k].y};
            most = mu_plane_max(most, mu_plane_distance(at, other));
        }
    }
    return most;
}

bool mu_case_sample(const mu_case *given, const mu_case_check *check, const mu_case_run *run,
                    const mu_case_run *with, mu_samples *out) {
    const mu_case_scene what = mu_case_whole_scene(given, mu_case_find_scene(given, check->scene));
    const sampling s = {.check = check,
                        .what = &what,
                        .run = run,
                        .with = with,
                        .out = out,
                        .line = map_line(run, &check->line),
                        .to = map_line(run, &check->to)};
    switch (check->measure) {
    case MU_CASE_TRAVEL_S:
    case MU_CASE_TRAVEL_MPS:
    case MU_CASE_TRAVEL_ERROR_MPS:
    case MU_CASE_FLIGHT_S:
    case MU_CASE_FLIGHT_MPS:
    case MU_CASE_OUT_S:
    case MU_CASE_START_S:
    case MU_CASE_START_ERROR_S:
    case MU_CASE_FREE_MPS:
        return sample_persons(&s);
    case MU_CASE_FLOW:
    case MU_CASE_STEADY_FLOW:
    case MU_CASE_CROSSED:
    case MU_CASE_LAST_S:
        return sample_line(&s);
    case MU_CASE_DENSITY:
    case MU_CASE_SPEED:
    case MU_CASE_AREA_FLOW:
        return sample_area(&s);
    case MU_CASE_OUT:
    case MU_CASE_INSIDE:
    case MU_CASE_VISITED:
        return add(out, count_persons(&s));
    case MU_CASE_EMPTY_S: {
        const double time = emptied(&s);
        return isnan(time) || add(out, time);
    }
    case MU_CASE_OUTSIDE:
        return add(out, run->outside);
    case MU_CASE_OVERLAP:
        return add(out, run->overlap);
    case MU_CASE_NOT_CONSERVED:
        return add(out, run->not_conserved);
    case MU_CASE_LIFT_TRIPS:
        return add(out, run->lift_trips);
    case MU_CASE_LIFT_LOAD:
        return add(out, run->lift_load);
    case MU_CASE_APART_M:
        return with == NULL || add(out, apart(run, with));
    case MU_CASE_DEVIATION:
    case MU_CASE_LARGEST:
    case MU_CASE_LARGEST_AT:
    case MU_CASE_LINEARITY:
    case MU_CASE_MEASURE_COUNT:
        break; /* of other checks: no samples */
    }
    return true;
}

/* Speeds are kept to seven digits. */
static const double SAME_SHARE = 1e-6;

static double below(const mu_dist *dist, double x) {
    switch (dist->kind) {
    case MU_DIST_CONSTANT:
        return x >= dist->a * (1 - SAME_SHARE);
    case MU_DIST_UNIFORM:
        return gsl_cdf_flat_P(x, dist->a, dist->b);
    case MU_DIST_TRIANGULAR:
        return x <= dist->a   ? 0
               : x >= dist->c ? 1
               : x < dist->b
                   ? (x - dist->a) * (x - dist->a) / ((dist->c - dist->a) * (dist->b - dist->a))
                   : 1 - (dist->c - x) * (dist->c - x) /
                             ((dist->c - dist->a) * (dist->c - dist->b));
    case MU_DIST_NORMAL:
        return gsl_cdf_gaussian_P(x - dist->a, dist->b);
    case MU_DIST_LOGNORMAL:
        return x > 0 ? gsl_cdf_gaussian_P(log(x / dist->a), dist->b) : 0;
    case MU_DIST_EXPONENTIAL:
        return x > 0 ? gsl_cdf_exponential_P(x, dist->a) : 0;
    case MU_DIST_GAMMA:
        return gsl_cdf_gamma_P(x, (dist->a / dist->b) * (dist->a / dist->b),
                               dist->b / dist->a * dist->b);
    case MU_DIST_WEIBULL:
        return x > 0 ? gsl_cdf_weibull_P(x, dist->a, dist->b) : 0;
    }
    return 0;
}

/* Kolmogorov's distribution of the greatest distance, above `lambda`. */
static double beyond(double lambda) {
    double sum = 0;
    for (int k = 1; k <= 100; k++) {
        sum += (k % 2 == 1 ? 2 : -2) * exp(-2.0 * k * k * lambda * lambda);
    }
    return lambda < 0.2 ? 1 : mu_plane_clamp(sum, 0, 1);
}

double mu_measure_ks(const double *samples, uint32_t count, const mu_dist *dist, double least,
                     double most) {
    const double from = most > 0                       ? below(dist, least)
                        : dist->kind == MU_DIST_NORMAL ? below(dist, 0)
                                                       : 0;
    const double to = most > 0 ? below(dist, most) : 1;
    double distance = 0;
    for (uint32_t i = 0; i < count; i++) {
        const double p = (below(dist, samples[i]) - from) / (to - from);
        /* A constant's function jumps: before it, nothing lies below. */
        const double before =
            dist->kind == MU_DIST_CONSTANT && samples[i] <= dist->a * (1 + SAME_SHARE) ? 0 : p;
        distance = fmax(distance, fmax(before - i / (double)count, (i + 1) / (double)count - p));
    }
    const double root = sqrt(count);
    return count == 0 ? NAN : beyond((root + 0.12 + 0.11 / root) * distance);
}

static double ks_of(const mu_case *given, const mu_case_check *check, const double *samples,
                    uint32_t count) {
    const mu_case_scene what = mu_case_whole_scene(given, mu_case_find_scene(given, check->scene));
    for (uint32_t g = 0; g < what.people.count; g++) {
        const mu_case_people *group = &what.people.items[g];
        if (check->people == NULL || strcmp(group->id, check->people) == 0) {
            const bool starts =
                check->measure == MU_CASE_START_S || check->measure == MU_CASE_START_ERROR_S;
            return starts ? mu_measure_ks(samples, count, &group->starts_s, 0, 0)
                          : mu_measure_ks(samples, count, &group->speed_mps, group->least_mps,
                                          group->most_mps);
        }
    }
    return NAN;
}

double mu_case_statistic_of(const mu_case *given, const mu_case_check *check, double *samples,
                            uint32_t count) {
    if (count == 0) {
        return NAN;
    }
    const double mean = mu_measure_mean(samples, count);
    double squares = 0;
    for (uint32_t i = 0; i < count; i++) {
        squares += (samples[i] - mean) * (samples[i] - mean);
    }
    mu_measure_sort(samples, count);
    switch (check->statistic) {
    case MU_CASE_MEAN:
        return mean;
    case MU_CASE_LEAST:
        return samples[0];
    case MU_CASE_MOST:
        return samples[count - 1];
    case MU_CASE_SUM:
        return mean * count;
    case MU_CASE_SD:
        return count > 1 ? sqrt(squares / (count - 1)) : NAN;
    case MU_CASE_QUANTILE:
        return mu_measure_quantile(samples, count, check->share);
    case MU_CASE_KS:
        return ks_of(given, check, samples, count);
    case MU_CASE_STATISTIC_COUNT:
        break;
    }
    return NAN;
}
