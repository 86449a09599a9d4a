/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The widest square grid that has enough places in the area. */
#include "verify/case_place.h"

#include <math.h>
#include <stdlib.h>

#include "core/random.h"
#include "verify/measure.h"

#define BODY_M  0.46 /* room that a body takes; what is left of a cell is luck */
#define CLOSER  0.985
#define LEAST_M 0.28 /* between places: closer than people can be packed */

static uint32_t fill(const mu_ring *area, double step, mu_point *out, uint32_t most) {
    double low_x = INFINITY, low_y = INFINITY, high_x = -INFINITY, high_y = -INFINITY;
    for (uint32_t i = 0; i < area->count; i++) {
        low_x = fmin(low_x, area->items[i].x);
        low_y = fmin(low_y, area->items[i].y);
        high_x = fmax(high_x, area->items[i].x);
        high_y = fmax(high_y, area->items[i].y);
    }
    /* Spread over the whole width, whatever is left of the last cell. */
    const double columns = fmax(floor((high_x - low_x) / step + 1e-9), 1);
    const double rows = fmax(floor((high_y - low_y) / step + 1e-9), 1);
    const double dx = (high_x - low_x) / columns, dy = (high_y - low_y) / rows;
    uint32_t count = 0;
    for (double y = low_y + dy / 2; y < high_y; y += dy) {
        for (double x = low_x + dx / 2; x < high_x; x += dx) {
            if (mu_measure_inside(area, (mu_point){x, y})) {
                if (out != NULL && count < most) {
                    out[count] = (mu_point){x, y};
                }
                count++;
            }
        }
    }
    return count;
}

static void shuffle(mu_point *spots, uint32_t count, mu_stream *stream) {
    for (uint32_t i = count; i > 1; i--) {
        const uint32_t k = (uint32_t)(mu_stream_uniform(stream) * i);
        const mu_point kept = spots[i - 1];
        spots[i - 1] = spots[k];
        spots[k] = kept;
    }
}

bool mu_case_find_spots(const mu_case_people *group, uint64_t seed, mu_point *out) {
    const uint32_t count = (uint32_t)group->count;
    if (group->at.count > 0) {
        for (uint32_t k = 0; k < count; k++) {
            out[k] = group->at.items[k % group->at.count];
        }
        return true;
    }
    if (count == 0) {
        return true;
    }
    double step = sqrt(mu_measure_ring_m2(&group->area) / count);
    while (fill(&group->area, step, NULL, 0) < count && step > LEAST_M) {
        step *= CLOSER;
    }
    const uint32_t found = fill(&group->area, step, NULL, 0);
    mu_point *spots = found < count ? NULL : calloc((size_t)found + 1, sizeof *spots);
    if (spots == NULL) {
        return false;
    }
    (void)fill(&group->area, step, spots, found);
    mu_stream stream;
    mu_stream_open(&stream, seed, 0, MU_PURPOSE_PLACE, mu_name_hash(group->id), 1);
    shuffle(spots, found, &stream);
    const double off = fmax(step - BODY_M, 0);
    for (uint32_t k = 0; k < count; k++) {
        const double u = mu_stream_uniform(&stream) - 0.5, v = mu_stream_uniform(&stream) - 0.5;
        out[k] = (mu_point){spots[k].x + u * off, spots[k].y + v * off};
    }
    free(spots);
    return true;
}
