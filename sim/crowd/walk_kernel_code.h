/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The code of walk_kernel.h for a number of lanes: includes lanes.h, and is included once by each
 * file that builds it, which names the result. */
#include "crowd/walk_kernel.h"
#include "crowd/walk_numbers.h"

#include "crowd/lanes.h"

#define TURN_UNIT 65536.0F /* turns are added up in whole parts of this */

/* A run this long cannot fill a list, nor can three. */
#define RUN_SHORT 48U

/* Appends those of one run; the counts are carried on. `bounded` for runs of any length. */
static inline void find_run(mu_kernel_view *view, const mu_kernel_crowd *crowd,
                            const mu_kernel_eye *eye, uint32_t first, uint32_t stop,
                            uint32_t *contacts, uint32_t most, bool bounded, uint32_t *touched) {
    const lanes x = lanes_of(crowd->x[eye->me]), y = lanes_of(crowd->y[eye->me]);
    const lanes bx = lanes_of(eye->bx), by = lanes_of(eye->by), zero = lanes_of(0);
    const lanes cutoff = lanes_of(crowd->cutoff_m * crowd->cutoff_m);
    const lanes touch = lanes_of(eye->touch_m * eye->touch_m);
    const uint32_t found_most = MU_KERNEL_MOST - 2 * LANES;
    for (uint32_t j = first; j < stop; j += LANES) {
        const lanes dx = lanes_load(crowd->x + j) - x, dy = lanes_load(crowd->y + j) - y;
        const lanes square = dx * dx + dy * dy;
        const lane_bits near = (square < cutoff) & (square > zero) & (bx * dx + by * dy >= zero);
        const uint32_t all = stop - j < LANES ? (1U << (stop - j)) - 1 : (1U << LANES) - 1;
        view->count =
            lanes_append(crowd->packing, view->found, view->count, j, lanes_mask(near) & all);
        *touched =
            lanes_append(crowd->packing, contacts, *touched, j, lanes_mask(square < touch) & all);
        if (bounded) {
            view->count = view->count > found_most ? found_most : view->count;
        }
        *touched = *touched > most - LANES ? most - LANES : *touched;
    }
}

static inline uint32_t find(mu_kernel_view *view, const mu_kernel_crowd *crowd,
                            const mu_kernel_eye *eye, uint32_t *contacts, uint32_t most) {
    uint32_t touched = 0;
    view->count = 0;
    for (int run = 0; run < 3; run++) {
        const uint32_t first = eye->first[run], stop = eye->end[run];
        if (stop - first <= RUN_SHORT) {
            find_run(view, crowd, eye, first, stop, contacts, most, false, &touched);
        } else {
            find_run(view, crowd, eye, first, stop, contacts, most, true, &touched);
        }
    }
    return touched;
}

static inline void fill(mu_kernel_view *view, const mu_kernel_crowd *crowd, uint32_t me) {
    const float x = crowd->x[me], y = crowd->y[me];
    const uint32_t count = view->count;
    uint32_t *found = view->found;
    for (uint32_t k = count; k % LANES != 0; k++) {
        found[k] = me; /* so that whole vectors can be looked up */
    }
    for (uint32_t k = 0; k < count; k += LANES) {
        lanes of[8];
        lanes_gather(&crowd->walkers->x, found + k, of);
        lanes_store(view->dx + k, of[0] - x);
        lanes_store(view->dy + k, of[1] - y);
        lanes_store(view->vx + k, of[2]);
        lanes_store(view->vy + k, of[3]);
        lanes_store(view->ex + k, of[4]);
        lanes_store(view->ey + k, of[5]);
        lanes_store(view->radius + k, of[6]);
        lanes_store(view->stands + k, of[7]);
    }
}

/* What is summed up over neighbours. */
typedef struct sums {
    lane_bits turn, followed, opposed;
    lanes room;
} sums;

/* The part of some neighbours, of whom `left` are any. */
static inline void add_turn(const mu_kernel_view *view, uint32_t k, const mu_kernel_eye *eye,
                            float radius, float ax, float ay, lane_bits any, sums *sum) {
    const lanes zero = lanes_of(0), range = lanes_of(MU_WALK_AVOID_M);
    const lanes dx = lanes_load(view->dx + k), dy = lanes_load(view->dy + k);
    const lanes vx = lanes_load(view->vx + k), vy = lanes_load(view->vy + k);
    const lanes walks = 1 - lanes_load(view->stands + k);
    const lanes distance = lanes_more(lanes_root(dx * dx + dy * dy), lanes_of(1e-6F));
    const lanes approach = lanes_more((ax - vx) * dx + (ay - vy) * dy, zero);
    const lanes gap = distance - (radius + lanes_load(view->radius + k)) -
                      approach / distance * MU_WALK_FORESIGHT_S;
    const lanes near = lanes_more(range - lanes_more(gap, zero), zero) * (1 / MU_WALK_AVOID_M);
    const lanes along =
        walks * (eye->wx * lanes_load(view->ex + k) + eye->wy * lanes_load(view->ey + k));
    const lanes strength = MU_WALK_AVOID * (near * near) * (near * near) * (1.5F - 0.5F * along);
    const lanes left =
        eye->wx * (dy + vy * MU_WALK_FORESIGHT_S) - eye->wy * (dx + vx * MU_WALK_FORESIGHT_S);
    /* Away from the side where the other will be; face to face, to the right. */
    const lane_bits to_right =
        (left > zero) | ((along < lanes_of(-0.5F)) & (lanes_size(left) < lanes_of(0.25F)));
    sum->turn += lanes_whole(lanes_pick(to_right, -strength, strength) * TURN_UNIT) & any;
}

/* Of two who would meet, the one that is further along goes first, or if neither is, the one on the
 * right; that settles arches at doors and crossings without a word. Whoever comes the other way, or
 * stands, is simply in the way. */
static inline void add_way(const mu_kernel_view *view, uint32_t k, const mu_kernel_eye *eye,
                           float radius, lanes sight, lane_bits any, sums *sum) {
    const lanes zero = lanes_of(0);
    const lanes dx = lanes_load(view->dx + k), dy = lanes_load(view->dy + k);
    const lanes ox = lanes_load(view->ex + k), oy = lanes_load(view->ey + k);
    const lanes touch = radius + lanes_load(view->radius + k);
    const lane_bits stands = lanes_load(view->stands + k) > zero;
    const lanes forward = eye->ex * dx + eye->ey * dy;
    const lanes aside = lanes_more(dx * dx + dy * dy - forward * forward, zero);
    const lanes chord = touch * touch - aside;
    const lanes gap = lanes_more(forward - lanes_root(lanes_more(chord, zero)), zero);
    const lanes lead = -(ox * dx + oy * dy) - forward;
    const lane_bits to_left = eye->ex * dy - eye->ey * dx > zero;
    const lane_bits goes_first = ~stands & (eye->ex * ox + eye->ey * oy >= lanes_of(-0.5F)) &
                                 ((lead > MU_WALK_TIE_M) | ((lead > -MU_WALK_TIE_M) & to_left));
    const lane_bits in_the_way =
        (forward > MU_WALK_BESIDE * touch) & (chord > zero) & (gap < sight) & ~goes_first & any;
    const lane_bits other_way = stands | (eye->wx * ox + eye->wy * oy < lanes_of(0.3F));
    sum->room = lanes_pick(in_the_way, lanes_less(sum->room, gap), sum->room);
    sum->followed |= in_the_way & ~other_way;
    sum->opposed |= in_the_way & other_way & (gap < lanes_of(0.15F));
}

static inline mu_kernel_answer judge(const mu_kernel_view *view, const mu_kernel_crowd *crowd,
                                     const mu_kernel_eye *eye) {
    const mu_walker *me = &crowd->walkers[eye->me];
    /* With few in front, gaps are anticipated at the free speed, so that who is faster passes. */
    const bool open = view->count <= MU_WALK_OVERTAKE;
    const float ax = open ? eye->wx * eye->free_mps : me->vx;
    const float ay = open ? eye->wy * eye->free_mps : me->vy;
    const lanes sight = lanes_of(eye->free_mps * MU_WALK_TIME_GAP_S);
    const lane_bits none = lane_bits_of(0);
    sums sum = {none, none, none, sight};
    for (uint32_t k = 0; k < view->count; k += LANES) {
        const lane_bits any = lane_numbers < lane_bits_of((int32_t)(view->count - k));
        add_turn(view, k, eye, me->radius, ax, ay, any, &sum);
        add_way(view, k, eye, me->radius, sight, any, &sum);
    }
    return (mu_kernel_answer){(float)lane_bits_sum(sum.turn) / TURN_UNIT, lanes_least(sum.room),
                              lanes_mask(sum.followed) != 0, lanes_mask(sum.opposed) != 0};
}

static mu_kernel_answer look(mu_kernel_view *view, const mu_kernel_crowd *crowd,
                             const mu_kernel_eye *eye, uint32_t *contacts, uint32_t most,
                             uint32_t *contact_count) {
    *contact_count = find(view, crowd, eye, contacts, most);
    fill(view, crowd, eye->me);
    return judge(view, crowd, eye);
}

static inline lanes lanes_inverse_length(lanes x, lanes y) {
    const lanes square = x * x + y * y;
    return lanes_pick(square > lanes_of(0), 1 / lanes_root(square), lanes_of(0));
}

static void head(uint32_t count, const float *hx, const float *hy, const float *wx, const float *wy,
                 const float *turn, float relax, float *nx, float *ny) {
    const lanes most = lanes_of(MU_WALK_TURN_MOST);
    for (uint32_t i = 0; i < count; i += LANES) {
        const lanes ax = lanes_load(wx + i), ay = lanes_load(wy + i);
        const lanes ox = lanes_load(hx + i), oy = lanes_load(hy + i);
        const lanes by = lanes_less(lanes_more(lanes_load(turn + i), -most), most);
        lanes x = ax - by * ay, y = ay + by * ax;
        const lanes size = lanes_inverse_length(x, y);
        x = ox + (x * size - ox) * relax;
        y = oy + (y * size - oy) * relax;
        const lanes again = lanes_inverse_length(x, y);
        lanes_store(nx + i, x * again);
        lanes_store(ny + i, y * again);
    }
}
