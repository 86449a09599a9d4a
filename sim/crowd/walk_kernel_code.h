/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The code of walk_kernel.h for a number of lanes: includes lanes.h, and is included once by each
 * file that builds it, which names the result. */
#include "crowd/lanes.h"
#include "crowd/walk_kernel.h"
#include "crowd/walk_numbers.h"

#define TURN_UNIT 65536.0F /* turns are added up in whole parts of this */

static uint32_t find(mu_kernel_view *view, const mu_kernel_eye *eye, const uint32_t first[3],
                     const uint32_t end[3], uint32_t *contacts, uint32_t most) {
    const float *xs = eye->x, *ys = eye->y;
    const lanes x = lanes_of(xs[eye->me]), y = lanes_of(ys[eye->me]);
    const lanes wx = lanes_of(eye->wx), wy = lanes_of(eye->wy);
    const lanes ex = lanes_of(eye->ex), ey = lanes_of(eye->ey);
    const lanes cutoff = lanes_of(eye->cutoff_m * eye->cutoff_m), zero = lanes_of(0);
    const lanes touch = lanes_of(eye->touch_m * eye->touch_m);
    const lane_bits me = lane_bits_of((int32_t)eye->me);
    const uint32_t found_most = MU_KERNEL_MOST - LANES;
    uint32_t *found = view->found;
    uint32_t count = 0, touched = 0;
    for (int run = 0; run < 3; run++) {
        const uint32_t stop = end[run];
        const lane_bits last = lane_bits_of((int32_t)stop);
        for (uint32_t j = first[run]; j < stop; j += LANES) {
            const lane_bits index = lane_numbers + (int32_t)j;
            const lanes dx = lanes_load(xs + j) - x, dy = lanes_load(ys + j) - y;
            const lanes square = dx * dx + dy * dy;
            const lane_bits other = (index < last) & (index != me);
            const lane_bits front = (wx * dx + wy * dy >= zero) | (ex * dx + ey * dy >= zero);
            count = lanes_append(found, count, j, lanes_mask(other & (square < cutoff) & front));
            touched = lanes_append(contacts, touched, j, lanes_mask(other & (square < touch)));
            if (count > found_most - LANES || touched > most - LANES) {
                count = count > found_most - LANES ? found_most - LANES : count;
                touched = touched > most - LANES ? most - LANES : touched;
            }
        }
    }
    view->count = count;
    return touched;
}

static void fill(mu_kernel_view *view, const mu_kernel_eye *eye) {
    const float x = eye->x[eye->me], y = eye->y[eye->me];
    const uint32_t count = view->count;
    uint32_t *found = view->found;
    for (uint32_t k = count; k < count + 3; k++) {
        found[k] = eye->me; /* so that four can be looked up at a time */
    }
    for (uint32_t k = 0; k < count; k += 4) {
        four of[8];
        for (int n = 0; n < 4; n++) {
            const float *walker = &eye->walkers[found[k + (uint32_t)n]].x;
            of[n] = four_load(walker);
            of[4 + n] = four_load(walker + 4);
        }
        four_transpose(of);
        four_transpose(of + 4);
        four_store(view->dx + k, of[0] - x);
        four_store(view->dy + k, of[1] - y);
        four_store(view->vx + k, of[2]);
        four_store(view->vy + k, of[3]);
        four_store(view->ex + k, of[4]);
        four_store(view->ey + k, of[5]);
        four_store(view->radius + k, of[6]);
        four_store(view->stands + k, of[7]);
    }
}

static float turn(const mu_kernel_view *view, float radius, float wx, float wy, float ax,
                  float ay) {
    const lanes range = lanes_of(MU_WALK_AVOID_M), zero = lanes_of(0);
    lane_bits sum = lane_bits_of(0);
    for (uint32_t k = 0; k < view->count; k += LANES) {
        const lanes dx = lanes_load(view->dx + k), dy = lanes_load(view->dy + k);
        const lanes vx = lanes_load(view->vx + k), vy = lanes_load(view->vy + k);
        const lanes walks = 1 - lanes_load(view->stands + k);
        const lanes distance = lanes_more(lanes_root(dx * dx + dy * dy), lanes_of(1e-6F));
        const lanes approach = lanes_more((ax - vx) * dx + (ay - vy) * dy, zero);
        const lanes gap = distance - (radius + lanes_load(view->radius + k)) -
                          approach / distance * MU_WALK_FORESIGHT_S;
        const lanes near = lanes_more(range - lanes_more(gap, zero), zero) * (1 / MU_WALK_AVOID_M);
        const lanes along =
            walks * (wx * lanes_load(view->ex + k) + wy * lanes_load(view->ey + k));
        const lanes strength =
            MU_WALK_AVOID * (near * near) * (near * near) * (1.5F - 0.5F * along);
        const lanes left =
            wx * (dy + vy * MU_WALK_FORESIGHT_S) - wy * (dx + vx * MU_WALK_FORESIGHT_S);
        /* Away from the side where the other will be; face to face, to the right. */
        const lane_bits to_right =
            (left > zero) | ((along < lanes_of(-0.5F)) & (lanes_size(left) < lanes_of(0.25F)));
        const lanes turned = lanes_pick(to_right, -strength, strength);
        sum += lanes_whole(turned * TURN_UNIT) &
               (lane_numbers < lane_bits_of((int32_t)(view->count - k)));
    }
    return (float)lane_bits_sum(sum) / TURN_UNIT;
}

/* Of two who would meet, the one that is further along goes first; that settles arches at doors and
 * crossings without a word. Whoever comes the other way, or stands, is simply in the way. */
static mu_kernel_way ahead(const mu_kernel_view *view, float radius, float wx, float wy, float ex,
                           float ey, float sight_m) {
    const lanes sight = lanes_of(sight_m), zero = lanes_of(0);
    lanes least = sight;
    lane_bits followed = lane_bits_of(0), opposed = followed;
    for (uint32_t k = 0; k < view->count; k += LANES) {
        const lanes dx = lanes_load(view->dx + k), dy = lanes_load(view->dy + k);
        const lanes ox = lanes_load(view->ex + k), oy = lanes_load(view->ey + k);
        const lanes touch = radius + lanes_load(view->radius + k);
        const lane_bits stands = lanes_load(view->stands + k) > zero;
        const lanes forward = ex * dx + ey * dy;
        const lanes aside = lanes_more(dx * dx + dy * dy - forward * forward, zero);
        const lanes chord = touch * touch - aside;
        const lanes gap = lanes_more(forward - lanes_root(lanes_more(chord, zero)), zero);
        const lane_bits goes_first =
            ~stands & (ex * ox + ey * oy >= lanes_of(-0.5F)) & (-(ox * dx + oy * dy) > forward);
        const lane_bits in_the_way = (forward > zero) & (chord > zero) & (gap < sight) &
                                     ~goes_first &
                                     (lane_numbers < lane_bits_of((int32_t)(view->count - k)));
        const lane_bits other_way = stands | (wx * ox + wy * oy < lanes_of(0.3F));
        least = lanes_pick(in_the_way, lanes_less(least, gap), least);
        followed |= in_the_way & ~other_way;
        opposed |= in_the_way & other_way & (gap < lanes_of(0.15F));
    }
    return (mu_kernel_way){lanes_least(least), lanes_mask(followed) != 0,
                           lanes_mask(opposed) != 0};
}
