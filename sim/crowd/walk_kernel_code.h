/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The code of walk_kernel.h for a number of lanes: includes lanes.h, and is included once by each
 * file that builds it, which names the result. */
#include "crowd/walk_kernel.h"
#include "crowd/walk_numbers.h"

#include "crowd/lanes.h"
#include "crowd/walk_kernel_walls.h"

/* What stands in the middle of a loop has to stay in registers. */
#define ALWAYS_INLINE inline __attribute__((always_inline))

#define TURN_UNIT 65536.0F /* turns are added up in whole parts of this */

/* What one looks for: squares of the cut-off and of how near somebody may be touched. Of the former
 * it is the next smaller number. */
typedef struct search {
    lanes x, y, bx, by, cutoff, touch;
} search;

/* The next smaller number; of 0, none. */
static inline lanes lanes_before(lanes v) {
    return (lanes)((lane_bits)v - 1);
}

static ALWAYS_INLINE search search_of(const mu_kernel_crowd *crowd, uint32_t me, float bx,
                                      float by) {
    const float touch =
        crowd->core * (crowd->walkers[me].radius + crowd->widest_m) + crowd->reach_m;
    return (search){lanes_of(crowd->x[me]),
                    lanes_of(crowd->y[me]),
                    lanes_of(bx),
                    lanes_of(by),
                    lanes_before(lanes_of(crowd->cutoff_m * crowd->cutoff_m)),
                    lanes_of(touch * touch)};
}

/* Which of LANES places are near, not behind and not just here, and which so near that they may be
 * touched. */
static ALWAYS_INLINE uint32_t near_of(const search *s, const float *x, const float *y,
                                      uint32_t *touching) {
    const lanes dx = s->x - lanes_load(x), dy = s->y - lanes_load(y); /* from there */
    const lanes square = dx * dx + dy * dy;
    *touching = lanes_mask(square < s->touch);
    return lanes_mask((lanes_before(square) < s->cutoff) &
                      (s->bx * dx + s->by * dy <= lanes_of(0)));
}

/* Where the next contact of a walker goes, and where there is no more room. */
typedef struct notes {
    uint32_t *next, *end;
} notes;

static inline notes begin_notes(const mu_kernel_contacts *contacts, uint32_t me) {
    const uint32_t first = contacts->first[me];
    uint32_t *next = contacts->list + first;
    return (notes){next, contacts->room - first >= contacts->most ? next + contacts->most : next};
}
static inline void note(notes *n, uint32_t other) {
    if (n->next < n->end) {
        *n->next++ = other;
    }
}
static inline void end_notes(const mu_kernel_contacts *contacts, uint32_t me, const notes *n) {
    contacts->first[me + 1] = (uint32_t)(n->next - contacts->list);
}

static void find(mu_kernel_view *view, const mu_kernel_ring *ring, const mu_kernel_crowd *crowd,
                 const mu_kernel_eye *eye, const mu_kernel_contacts *contacts) {
    const search s = search_of(crowd, eye->me, eye->bx, eye->by);
    const uint32_t found_most = MU_KERNEL_MOST - 2 * LANES;
    notes noted = begin_notes(contacts, eye->me);
    view->count = 0;
    for (int run = 0; run < 3; run++) {
        const uint32_t stop = ring->end[run];
        for (uint32_t j = ring->first[run]; j < stop; j += LANES) {
            const uint32_t all = stop - j < LANES ? (1U << (stop - j)) - 1 : (1U << LANES) - 1;
            uint32_t touching;
            const uint32_t near = near_of(&s, crowd->x + j, crowd->y + j, &touching) & all;
            view->count = lanes_append(crowd->packing, view->found, view->count, j, near);
            view->count = view->count > found_most ? found_most : view->count;
            for (uint32_t left = touching & all; left != 0; left &= left - 1) {
                const uint32_t other = j + (uint32_t)__builtin_ctz(left);
                if (other != eye->me) {
                    note(&noted, other);
                }
            }
        }
    }
    end_notes(contacts, eye->me, &noted);
}

/* LANES pairs of one who looks and a neighbour: all of one who looks, or each of another one. What
 * is known of those who look, ... */
typedef struct eyes {
    lanes x, y, radius;
    lanes wx, wy, ex, ey; /* of mu_kernel_eye */
    lanes ax, ay;         /* how fast they are taken to go where gaps are anticipated */
    lanes stagger;        /* how much more room, by the square of how far aside somebody is */
    lanes sight;
} eyes;

/* ... and of the neighbours, as those see them. */
typedef struct seen {
    lanes dx, dy, vx, vy, ex, ey, radius, stands;
} seen;

/* What is summed up over neighbours. */
typedef struct sums {
    lane_bits turn, told; /* MU_TOLD_… */
    lanes room;
} sums;

/* The part of some neighbours, those of them that are any. */
static ALWAYS_INLINE void add_turn(const seen *other, const eyes *eye, lane_bits any, sums *sum) {
    const lanes zero = lanes_of(0), range = lanes_of(MU_WALK_AVOID_M);
    const lanes dx = other->dx, dy = other->dy, vx = other->vx, vy = other->vy;
    const lanes walks = 1 - other->stands;
    const lanes distance = lanes_more(lanes_root(dx * dx + dy * dy), lanes_of(1e-6F));
    const lanes approach = lanes_more((eye->ax - vx) * dx + (eye->ay - vy) * dy, zero);
    const lanes gap =
        distance - (eye->radius + other->radius) - approach / distance * MU_WALK_FORESIGHT_S;
    const lanes near = lanes_more(range - lanes_more(gap, zero), zero) * (1 / MU_WALK_AVOID_M);
    const lanes along = walks * (eye->wx * other->ex + eye->wy * other->ey);
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
 * stands, is simply in the way; two who face each other pass shoulder by shoulder. Whose back is
 * not straight in front leaves more room. */
static ALWAYS_INLINE void add_way(const seen *other, const eyes *eye, lane_bits any, sums *sum) {
    const lanes zero = lanes_of(0);
    const lanes dx = other->dx, dy = other->dy, ox = other->ex, oy = other->ey;
    const lanes with_me = eye->wx * ox + eye->wy * oy; /* as far as the other goes my way */
    const lane_bits faces = with_me < lanes_of(-0.5F);
    const lanes both = eye->radius + other->radius;
    const lanes touch = lanes_pick(faces, lanes_less(both, lanes_of(MU_WALK_PASSING_M)), both);
    const lane_bits stands = other->stands > zero;
    const lanes forward = eye->ex * dx + eye->ey * dy;
    const lanes aside = lanes_more(dx * dx + dy * dy - forward * forward, zero);
    const lanes chord = touch * touch - aside;
    const lanes gap = lanes_more(forward - lanes_root(lanes_more(chord, zero)), zero);
    const lanes on = lanes_more(eye->ex * other->vx + eye->ey * other->vy, zero);
    const lanes more = lanes_pick(faces, lanes_of(MU_WALK_STAGGER), aside * eye->stagger);
    const lanes way = (gap + on * MU_WALK_LEAD_S) * (1 + more);
    const lanes lead = -(ox * dx + oy * dy) - forward;
    const lane_bits to_left = eye->ex * dy - eye->ey * dx > zero;
    const lane_bits goes_first = ~stands & (eye->ex * ox + eye->ey * oy >= lanes_of(-0.5F)) &
                                 ((lead > MU_WALK_TIE_M) | ((lead > -MU_WALK_TIE_M) & to_left));
    const lane_bits in_the_way = (forward > MU_WALK_BESIDE * touch) & (chord > zero) &
                                 (way < eye->sight) & ~goes_first & any;
    const lane_bits other_way = stands | (with_me < lanes_of(0.3F));
    sum->room = lanes_pick(in_the_way, lanes_less(sum->room, way), sum->room);
    const lane_bits close_by = (gap < lanes_of(0.15F)) & MU_TOLD_OPPOSED;
    const lane_bits comes = ~stands & faces & any;
    sum->told |= (in_the_way & ((other_way & close_by) | (~other_way & MU_TOLD_FOLLOWED))) |
                 (comes & MU_TOLD_MET);
}

/* Those who look, from what is known of them as walkers, which way and how fast they would go, and
 * how many are near: with few in front, gaps are anticipated at the free speed, so that who is
 * faster passes. */
static ALWAYS_INLINE eyes eyes_of(const lanes of[8], lanes wx, lanes wy, lanes ex, lanes ey,
                                  lanes free_mps, lane_bits near) {
    const lane_bits open = near <= lane_bits_of((int32_t)MU_WALK_OVERTAKE);
    return (eyes){.x = of[0],
                  .y = of[1],
                  .radius = of[6],
                  .wx = wx,
                  .wy = wy,
                  .ex = ex,
                  .ey = ey,
                  .ax = lanes_pick(open, wx * free_mps, of[2]),
                  .ay = lanes_pick(open, wy * free_mps, of[3]),
                  .stagger = MU_WALK_STAGGER / (4 * of[6] * of[6]),
                  .sight = free_mps * (MU_WALK_TIME_GAP_S + MU_WALK_LEAD_S)};
}

/* The part of LANES neighbours, each of the one in its lane. */
static ALWAYS_INLINE void add_some(const eyes *eye, const mu_kernel_crowd *crowd,
                                   const uint32_t *which, lane_bits any, sums *sum) {
    lanes of[8];
    lanes_gather(&crowd->walkers->x, which, of);
    const seen other = {of[0] - eye->x, of[1] - eye->y, of[2], of[3], of[4], of[5], of[6], of[7]};
    add_turn(&other, eye, any, sum);
    add_way(&other, eye, any, sum);
}

static inline sums no_sums(const eyes *eye) {
    const lane_bits none = lane_bits_of(0);
    return (sums){none, none, eye->sight};
}

static inline mu_kernel_answer answer_of(const sums *sum) {
    uint32_t told = 0;
    for (int k = 0; k < LANES; k++) {
        told |= (uint32_t)sum->told[k];
    }
    return (mu_kernel_answer){(float)lane_bits_sum(sum->turn) / TURN_UNIT, lanes_least(sum->room),
                              told};
}

/* Whole vectors are looked up: fills the last with oneself. */
static inline void close_list(uint32_t *found, uint32_t count, uint32_t me) {
    const lane_bits self = lane_bits_of((int32_t)me);
    memcpy(found + count, &self, sizeof self);
}

static mu_kernel_answer judge(mu_kernel_view *view, const mu_kernel_crowd *crowd,
                              const mu_kernel_eye *eye) {
    const mu_walker *me = &crowd->walkers[eye->me];
    const lanes of[8] = {lanes_of(me->x),      lanes_of(me->y),     lanes_of(me->vx),
                         lanes_of(me->vy),     lanes_of(me->ex),    lanes_of(me->ey),
                         lanes_of(me->radius), lanes_of(me->stands)};
    const eyes all =
        eyes_of(of, lanes_of(eye->wx), lanes_of(eye->wy), lanes_of(eye->ex), lanes_of(eye->ey),
                lanes_of(eye->free_mps), lane_bits_of((int32_t)view->count));
    sums sum = no_sums(&all);
    close_list(view->found, view->count, eye->me);
    for (uint32_t k = 0; k < view->count; k += LANES) {
        const lane_bits any = lane_numbers < lane_bits_of((int32_t)(view->count - k));
        add_some(&all, crowd, view->found + k, any, &sum);
    }
    return answer_of(&sum);
}

/* Copies a run of walkers to the end of a ring. */
static ALWAYS_INLINE void copy_some(mu_kernel_ring *ring, const mu_kernel_crowd *crowd, uint32_t to,
                                    uint32_t from) {
    const lane_bits who = lane_numbers + (int32_t)from;
    memcpy(ring->who + to, &who, sizeof who);
    lanes_store(ring->x + to, lanes_load(crowd->x + from));
    lanes_store(ring->y + to, lanes_load(crowd->y + from));
}

/* Most runs are no longer than COPIED: so many are copied at any rate, as whoever is copied too
 * many is written over. The processor need not guess how long a run is then. */
#define COPIED (LANES == 8 ? 16U : 8U)
static bool surround(mu_kernel_ring *ring, const mu_kernel_crowd *crowd) {
    uint32_t count = 0;
    for (int run = 0; run < 3; run++) {
        const uint32_t first = ring->first[run], size = ring->end[run] - first;
        if (size > MU_KERNEL_RING - count) {
            return false;
        }
        for (uint32_t k = 0; k < COPIED; k += LANES) {
            copy_some(ring, crowd, count + k, first + k);
        }
        for (uint32_t k = COPIED; k < size; k += LANES) {
            copy_some(ring, crowd, count + k, first + k);
        }
        count += size;
    }
    const lanes far_away = lanes_of(1e9F); /* whoever is looked at beyond the last is not near */
    lanes_store(ring->x + count, far_away);
    lanes_store(ring->y + count, far_away);
    ring->count = count;
    return true;
}

/* Lists those in a ring who are near one; returns how many they are, and a bit for each of the last
 * 64 places of the ring's vectors who may be touched, the last vector's lowest. Nothing branches on
 * who is where. */
static ALWAYS_INLINE uint32_t find_in_ring(const mu_kernel_ring *ring, const search *s,
                                           const mu_kernel_packing *packing, uint32_t *found,
                                           uint64_t *touched) {
    const uint32_t count = ring->count;
    uint32_t *next = found;
    uint64_t bits = 0;
    for (uint32_t j = 0; j < count; j += LANES) {
        lane_bits who;
        uint32_t touching;
        memcpy(&who, ring->who + j, sizeof who);
        next += lanes_keep(packing, next, who, near_of(s, ring->x + j, ring->y + j, &touching));
        bits = bits << LANES | touching;
    }
    *touched = bits;
    return (uint32_t)(next - found);
}

/* Notes who of a ring, whose last vector is this one, may be touched by one who is in this place of
 * it. */
static void note_touched(const mu_kernel_ring *ring, uint32_t last, uint32_t place, uint32_t me,
                         uint64_t bits, const mu_kernel_contacts *contacts) {
    notes noted = begin_notes(contacts, me);
    bits &= ~(UINT64_C(1) << (last - place / LANES * LANES + place % LANES)); /* oneself */
    for (; bits != 0; bits &= bits - 1) {
        const uint32_t bit = (uint32_t)__builtin_ctzll(bits);
        note(&noted, ring->who[last + bit % LANES - bit / LANES * LANES]);
    }
    end_notes(contacts, me, &noted);
}

/* The same where there are more than there are bits. */
static void note_all_touched(const mu_kernel_ring *ring, const search *s, uint32_t me,
                             const mu_kernel_contacts *contacts) {
    notes noted = begin_notes(contacts, me);
    for (uint32_t j = 0; j < ring->count; j += LANES) {
        uint32_t left;
        (void)near_of(s, ring->x + j, ring->y + j, &left);
        for (; left != 0; left &= left - 1) {
            const uint32_t other = ring->who[j + (uint32_t)__builtin_ctz(left)];
            if (other != me) {
                note(&noted, other);
            }
        }
    }
    end_notes(contacts, me, &noted);
}

static uint32_t seek(mu_kernel_batch *batch, const mu_kernel_ring *ring,
                     const mu_kernel_crowd *crowd, const mu_kernel_contacts *contacts, uint32_t me,
                     uint32_t end) {
    const uint32_t last = (ring->count - 1) / LANES * LANES; /* one is in it oneself */
    const uint32_t middle = ring->end[0] - ring->first[0];   /* where its middle run begins */
    uint32_t k = batch->count, used = batch->used;
    for (; me < end && mu_kernel_may_take(k, used, ring->count); me++, k++) {
        const mu_walker *one = &crowd->walkers[me];
        const search s = search_of(crowd, me, crowd->wx[me] + one->ex, crowd->wy[me] + one->ey);
        uint32_t *found = batch->found + used;
        uint64_t touched;
        const uint32_t near = find_in_ring(ring, &s, crowd->packing, found, &touched);
        if (last >= 64) {
            note_all_touched(ring, &s, me, contacts);
        } else if ((touched & (touched - 1)) != 0) { /* mostly only oneself */
            note_touched(ring, last, middle + me - ring->first[1], me, touched, contacts);
        } else {
            contacts->first[me + 1] = contacts->first[me];
        }
        close_list(found, near, me);
        batch->me[k] = me;
        batch->first[k] = used;
        batch->near[k] = near;
        used += near + LANES;
    }
    batch->count = k;
    batch->used = used;
    return me;
}

/* Lists those in a batch by how many are near them, so that those in one vector have about as much
 * to look at; what is beyond the last, up to a whole vector, is the last again. */
#define SORTED_MOST 31U
static inline void sort_by_near(const mu_kernel_batch *batch, uint32_t *order) {
    uint32_t next[SORTED_MOST + 2] = {0}, count = batch->count;
    for (uint32_t k = 0; k < count; k++) {
        next[(batch->near[k] < SORTED_MOST ? batch->near[k] : SORTED_MOST) + 1]++;
    }
    for (uint32_t n = 1; n <= SORTED_MOST; n++) {
        next[n] += next[n - 1];
    }
    for (uint32_t k = 0; k < count; k++) {
        order[next[batch->near[k] < SORTED_MOST ? batch->near[k] : SORTED_MOST]++] = k;
    }
    for (; count % LANES != 0; count++) {
        order[count] = order[count - 1];
    }
}

/* LANES of a batch. */
typedef struct some {
    uint32_t me[LANES], near[LANES];
    uint32_t first[LANES]; /* into found */
    const uint32_t *found;
    uint32_t most; /* near any of them */
} some;

static inline some some_of(const mu_kernel_batch *batch, const uint32_t *order) {
    some out = {.found = batch->found, .most = 0};
    for (uint32_t n = 0; n < LANES; n++) {
        const uint32_t k = order[n];
        out.me[n] = batch->me[k];
        out.near[n] = batch->near[k];
        out.first[n] = batch->first[k];
        out.most = batch->near[k] > out.most ? batch->near[k] : out.most;
    }
    return out;
}

static ALWAYS_INLINE lanes lanes_from(const float *from, const uint32_t *which) {
#if LANES == 8
    return (lanes){from[which[0]], from[which[1]], from[which[2]], from[which[3]],
                   from[which[4]], from[which[5]], from[which[6]], from[which[7]]};
#else
    return (lanes){from[which[0]], from[which[1]], from[which[2]], from[which[3]]};
#endif
}

/* The n-th neighbour of each for every n up to the most that any has. A list holds LANES more than
 * are near: whose is at an end for longer than that reads the last of it again. */
static ALWAYS_INLINE sums sum_up(some *who, const eyes *eye, const mu_kernel_crowd *crowd) {
    sums sum = no_sums(eye);
    lane_bits near;
    memcpy(&near, who->near, sizeof near);
    for (uint32_t n = 0; n < who->most; n++) {
        uint32_t which[LANES];
        if (n > 0 && n % LANES == 0) {
            for (uint32_t k = 0; k < LANES; k++) {
                who->first[k] -= who->near[k] < n ? LANES : 0;
            }
        }
        for (uint32_t k = 0; k < LANES; k++) {
            which[k] = who->found[who->first[k] + n];
        }
        add_some(eye, crowd, which, near > lane_bits_of((int32_t)n), &sum);
    }
    return sum;
}

/* Each lane is another one who looks: so nothing need be added up across lanes, and few of them are
 * idle. */
static void decide(const mu_kernel_batch *batch, const mu_kernel_crowd *crowd,
                   const mu_kernel_answers *out) {
    uint32_t order[MU_KERNEL_BATCH];
    sort_by_near(batch, order);
    for (uint32_t k = 0; k < batch->count; k += LANES) {
        some who = some_of(batch, order + k);
        lanes of[8];
        lane_bits near;
        memcpy(&near, who.near, sizeof near);
        lanes_gather(&crowd->walkers->x, who.me, of);
        const eyes eye = eyes_of(of, lanes_from(crowd->wx, who.me), lanes_from(crowd->wy, who.me),
                                 of[4], of[5], lanes_from(crowd->speed, who.me), near);
        const sums sum = sum_up(&who, &eye, crowd);
        const lanes turn = lanes_number(sum.turn) * (1 / TURN_UNIT);
        const lane_bits told = sum.told | near << MU_TOLD_NEAR_AT;
        const uint32_t left = batch->count - k < LANES ? batch->count - k : LANES;
        for (uint32_t n = 0; n < left; n++) {
            out->turn[who.me[n]] = turn[n];
            out->room_m[who.me[n]] = sum.room[n];
            out->told[who.me[n]] = (uint32_t)told[n];
        }
    }
}

/* LANES records that follow each other, from `first` on. */
static ALWAYS_INLINE void lanes_read(const mu_walker *walkers, uint32_t first, lanes of[8]) {
    uint32_t which[LANES];
    for (uint32_t k = 0; k < LANES; k++) {
        which[k] = first + k;
    }
    lanes_gather(&walkers->x, which, of);
}

/* How far LANES walkers can go, as far as it matters to somebody with the usual time gap. Who keeps
 * a longer one sees no further: it counts in full only for who is close in front. */
static inline lanes room_on_level(lanes room, lanes share, lanes speed) {
    const float usual_s = MU_WALK_TIME_GAP_S + MU_WALK_LEAD_S;
    const lane_bits longer = share < lanes_of(1);
    if (lanes_mask(longer) == 0) {
        return room * share;
    }
    const lanes sees = room / lanes_more(speed * usual_s, lanes_of(1e-3F));
    const lanes part = share + (1 - share) * sees * sees * sees;
    return room * lanes_pick(longer, part, share);
}

/* On a stair the time gap grows with those who are near. */
static inline lanes room_on_stair(lanes room, lane_bits near) {
    const lane_bits from = lane_bits_of((int32_t)MU_WALK_TREAD_FROM);
    const lanes over = lanes_number((near - from) & (near > from));
    const lanes crowd = lanes_less(over / (float)MU_WALK_TREAD_OVER, lanes_of(1));
    const lanes gap = MU_WALK_STAIR_GAP_S + crowd * (MU_WALK_TREAD_GAP_S - MU_WALK_STAIR_GAP_S);
    return room * ((MU_WALK_TIME_GAP_S + MU_WALK_LEAD_S) / (gap + MU_WALK_LEAD_S));
}

static void take(const mu_kernel_taking *t, uint32_t first, uint32_t end) {
    const lanes zero = lanes_of(0);
    for (uint32_t i = first; i < end; i += LANES) {
        lane_bits tag, told;
        memcpy(&tag, t->tag + i, sizeof tag);
        memcpy(&told, t->answers.told + i, sizeof told);
        const lane_bits walks =
            ((tag & (int32_t)t->others) == 0) & (lane_numbers < lane_bits_of((int32_t)(end - i)));
        const lane_bits near = told >> MU_TOLD_NEAR_AT, met = (told & MU_TOLD_MET) != 0;
        const lanes share = lanes_load(t->ahead + i), room = lanes_load(t->answers.room_m + i);
        const lanes speed = lanes_load(t->speed + i), turn = lanes_load(t->turn + i);
        const lanes shy = MU_WALK_SHY * lanes_less(lanes_number(near), lanes_of(MU_WALK_SHY_MOST));
        const lanes turned = lanes_pick(met, lanes_of(1), turn) * lanes_load(t->answers.turn + i);
        lanes ahead, pace = speed;
        if (t->on_stair) {
            ahead = room_on_stair(room, near);
        } else {
            ahead = room_on_level(room, share, speed);
            pace = speed * (1 - shy);
        }
        const lane_bits hindered =
            (told & (MU_TOLD_FOLLOWED | MU_TOLD_OPPOSED)) != MU_TOLD_FOLLOWED;
        tag |= walks & ((hindered & (int32_t)t->hindered) | (met & (int32_t)t->met));
        memcpy(t->tag + i, &tag, sizeof tag);
        lanes_store(t->ahead + i, lanes_pick(walks, ahead, share));
        lanes_store(t->speed + i, lanes_pick(walks, pace, speed));
        lanes_store(t->turn + i, lanes_pick(walks, turned, turn));
        lanes_store(t->answers.room_m + i, lanes_pick(walks, zero, room));
    }
}

static uint32_t list(const mu_kernel_packing *packing, const uint32_t *tag, uint32_t bits,
                     uint32_t just, uint32_t first, uint32_t end, uint32_t *out) {
    uint32_t count = 0;
    for (uint32_t i = first; i < end; i += LANES) {
        lane_bits tags;
        memcpy(&tags, tag + i, sizeof tags);
        const uint32_t all = end - i < LANES ? (1U << (end - i)) - 1 : (1U << LANES) - 1;
        const uint32_t have = lanes_mask((tags & (int32_t)bits) == (int32_t)just) & all;
        count = lanes_append(packing, out, count, i, have);
    }
    return count;
}

static uint32_t list_touching(const mu_kernel_packing *packing, const uint32_t *tag, uint32_t bits,
                              const uint32_t *contact_first, uint32_t end, uint32_t *out) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < end; i += LANES) {
        lane_bits tags, from, to;
        memcpy(&tags, tag + i, sizeof tags);
        memcpy(&from, contact_first + i, sizeof from);
        memcpy(&to, contact_first + i + 1, sizeof to);
        const uint32_t all = end - i < LANES ? (1U << (end - i)) - 1 : (1U << LANES) - 1;
        const uint32_t have = lanes_mask((from != to) & ((tags & (int32_t)bits) == 0)) & all;
        count = lanes_append(packing, out, count, i, have);
    }
    return count;
}

/* Nobody is up to speed at once; to be slower takes no time. */
static void pace(const mu_kernel_pace *pace, const mu_kernel_crowd *crowd, uint32_t first,
                 uint32_t end) {
    const lanes zero = lanes_of(0);
    for (uint32_t i = first; i < end; i += LANES) {
        lanes of[8];
        lane_bits tag;
        lanes_read(crowd->walkers, i, of);
        memcpy(&tag, pace->tag + i, sizeof tag);
        const lane_bits walks = ((tag & (int32_t)pace->others) == 0) &
                                (lane_numbers < lane_bits_of((int32_t)(end - i)));
        const lanes was = lanes_load(pace->speed + i);
        const lanes now = lanes_root(of[2] * of[2] + of[3] * of[3]);
        const lanes start = now + lanes_more(was - now, zero) * (pace->step_s / MU_WALK_START_S);
        const lane_bits goes =
            (lanes_load(crowd->wx + i) != zero) | (lanes_load(crowd->wy + i) != zero);
        const lanes most = lanes_pick(goes, lanes_less(was, start), zero);
        const lanes room_mps =
            lanes_load(pace->ahead + i) * (1 / (MU_WALK_TIME_GAP_S + MU_WALK_LEAD_S));
        const lanes speed = lanes_less(lanes_more(room_mps, lanes_load(pace->least + i)), most);
        lanes_store(pace->speed + i, lanes_pick(walks, speed, was));
        lanes_store(pace->mx + i,
                    lanes_pick(walks, of[4] * speed * pace->step_s, lanes_load(pace->mx + i)));
        lanes_store(pace->my + i,
                    lanes_pick(walks, of[5] * speed * pace->step_s, lanes_load(pace->my + i)));
    }
}

static inline lanes lanes_inverse_length(lanes x, lanes y) {
    const lanes square = x * x + y * y;
    return lanes_pick(square > lanes_of(0), 1 / lanes_root(square), lanes_of(0));
}

static void head(uint32_t count, const mu_walker *walkers, const float *wx, const float *wy,
                 const float *turn, float relax, float *nx, float *ny) {
    const lanes most = lanes_of(MU_WALK_TURN_MOST);
    for (uint32_t i = 0; i < count; i += LANES) {
        const lanes ax = lanes_load(wx + i), ay = lanes_load(wy + i);
        lanes of[8];
        lanes_read(walkers, i, of);
        const lanes ox = of[4], oy = of[5];
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

#include "crowd/walk_kernel_steer.h"
