/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines and flow; areas are in measure_area.c. */
#include "verify/measure.h"

#include <math.h>
#include <stdlib.h>

#include "site/plane.h"

static int compare_reals(const void *left, const void *right) {
    const double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

void mu_measure_sort(double *values, uint32_t count) {
    if (count > 0) {
        qsort(values, count, sizeof *values, compare_reals);
    }
}

double mu_measure_mean(const double *values, uint32_t count) {
    double sum = 0;
    uint32_t numbers = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!isnan(values[i])) {
            sum += values[i];
            numbers++;
        }
    }
    return numbers > 0 ? sum / numbers : NAN;
}

double mu_measure_quantile(const double *sorted, uint32_t count, double share) {
    if (count == 0) {
        return NAN;
    }
    const double at = share * (count - 1);
    const uint32_t below = (uint32_t)floor(at);
    return below + 1 >= count ? sorted[count - 1]
                              : sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]);
}

/* How far along the step from p to q the line is crossed, 0..1; -1: not, or not this way. */
static double crossed_at(mu_point p, mu_point q, mu_line line, mu_way way) {
    const double before = mu_plane_turn(line.a, line.b, p);
    const double after = mu_plane_turn(line.a, line.b, q);
    const bool rightward = before >= 0 && after < 0, leftward = before <= 0 && after > 0;
    if (!(rightward && way != MU_WAY_LEFTWARD) && !(leftward && way != MU_WAY_RIGHTWARD)) {
        return -1;
    }
    const double t = before / (before - after);
    const mu_point at = mu_plane_along(p, mu_plane_sub(q, p), t);
    const mu_point along = mu_plane_sub(line.b, line.a);
    const double part = mu_plane_dot(mu_plane_sub(at, line.a), along);
    return part >= 0 && part <= mu_plane_dot(along, along) ? t : -1;
}

double mu_measure_crossing(const mu_trail *trail, uint32_t person, mu_line line, mu_way way,
                           double from_s) {
    const mu_trail_person *one = &trail->persons[person];
    for (uint32_t k = 1; k < one->count; k++) {
        const mu_point p = {one->at[k - 1].x, one->at[k - 1].y};
        const mu_point q = {one->at[k].x, one->at[k].y};
        if (one->at[k - 1].level != one->at[k].level) {
            continue;
        }
        const double t = crossed_at(p, q, line, way);
        const double time = mu_trail_time(trail, one->first + k - 1 + t);
        if (t >= 0 && time >= from_s) {
            return time;
        }
    }
    return NAN;
}

bool mu_measure_crossings(const mu_trail *trail, mu_line line, mu_way way, mu_times *out) {
    *out = (mu_times){0};
    out->s = calloc((size_t)trail->person_count + 1, sizeof *out->s);
    if (out->s == NULL) {
        return false;
    }
    for (uint32_t p = 0; p < trail->person_count; p++) {
        const double time = mu_measure_crossing(trail, p, line, way, -INFINITY);
        if (!isnan(time)) {
            out->s[out->count++] = time;
        }
    }
    mu_measure_sort(out->s, out->count);
    return true;
}

bool mu_measure_transits(const mu_trail *trail, mu_line from, mu_line to, mu_times *out) {
    *out = (mu_times){0};
    out->s = calloc((size_t)trail->person_count + 1, sizeof *out->s);
    if (out->s == NULL) {
        return false;
    }
    for (uint32_t p = 0; p < trail->person_count; p++) {
        const double begin = mu_measure_crossing(trail, p, from, MU_WAY_ANY, -INFINITY);
        const double end =
            isnan(begin) ? NAN : mu_measure_crossing(trail, p, to, MU_WAY_ANY, begin);
        if (!isnan(end)) {
            out->s[out->count++] = end - begin;
        }
    }
    mu_measure_sort(out->s, out->count);
    return true;
}

static double flow_between(const mu_times *times, uint32_t first, uint32_t last) {
    return last > first && times->s[last] > times->s[first]
               ? (last - first) / (times->s[last] - times->s[first])
               : NAN;
}

double mu_times_flow(const mu_times *times) {
    return times->count < 2 ? NAN : flow_between(times, 0, times->count - 1);
}

/* Index of the ceil(share N)-th. A whole number stays one whatever rounding has added to it. */
static uint32_t index_at(const mu_times *times, double share) {
    const double place = ceil(share * times->count - 1e-9);
    return place < 1 ? 0 : (uint32_t)place - 1;
}

double mu_times_at(const mu_times *times, double share) {
    return times->count == 0 ? NAN : times->s[index_at(times, share)];
}

double mu_times_steady_flow(const mu_times *times) {
    return times->count < 2 ? NAN : flow_between(times, index_at(times, 0.2), index_at(times, 0.8));
}

double mu_times_window_flow(const mu_times *times, double from_s, double to_s) {
    uint32_t first = 0;
    while (first < times->count && times->s[first] < from_s) {
        first++;
    }
    uint32_t end = first;
    while (end < times->count && times->s[end] <= to_s) {
        end++;
    }
    return end < first + 2 ? NAN : flow_between(times, first, end - 1);
}
