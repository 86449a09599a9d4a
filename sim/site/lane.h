/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where people or vehicles are checked one by one: some lanes, one queue, first come first served.
 * The queue by itself is a pure model, so that its waits can be compared with theory. */
#ifndef MU_SITE_LANE_H
#define MU_SITE_LANE_H

#include <stdbool.h>

#include "core/dist.h"
#include "core/given.h"
#include "core/loader.h"
#include "muster/time.h"

/* How many come in an hour between two times of day. */
typedef struct mu_arrivals {
    double from_h, to_h; /* of the day, 0..24 */
    double per_h;
} mu_arrivals;

typedef struct mu_lane {
    mu_origin origin;
    const char *id;
    mu_text name;
    const char *of;       /* who is checked: "visitors", "vehicles": a word of terms */
    int64_t lanes;        /* that work at the same time */
    mu_dist service_s;    /* of one check */
    bool orange_only;     /* nobody is checked before orange is declared */
    double orange_factor; /* on the service from then on: a closer look */
    MU_LIST_OF(mu_arrivals) arrivals;
    const char *building; /* that they come into: label of spaces; NULL = not followed */
    int64_t inside_most;  /* persons allowed in it; 0 = not given */
    double one_way_share; /* of them, above which circulation is one-way; 0 = no such rule */
    mu_dist stays_s;      /* of one visit, until they leave again; constant 0 = they stay */
    bool metered;         /* whether entry stops at inside_most */
    bool gate, scanner;   /* a walk-through gate and a body scanner stand there */
    mu_ref space;         /* where it is; id NULL = it has no place on the plan */
    mu_point at;
    mu_ring queue; /* along which those who wait stand, from the check back; empty = not given */
} mu_lane;

extern const struct mu_record_type mu_lane_type;

static inline bool mu_lane_is_placed(const mu_lane *lane) {
    return lane->space.id != NULL;
}
/* The arrivals in an hour at a time of day. */
double mu_lane_rate(const mu_lane *lane, double hour);

#define MU_LANE_QUEUE 1024 /* more do not fit: they go away */

/* A queue now. */
typedef struct mu_lane_queue {
    uint32_t busy;  /* lanes at work */
    uint32_t first; /* place of the one who has waited longest in `since_us` */
    uint32_t waiting;
    uint32_t padding;
    mu_time since_us[MU_LANE_QUEUE];
} mu_lane_queue;

/* Somebody joins; false: no room. */
bool mu_lane_join(mu_lane_queue *queue, mu_time now_us);
/* The one who has waited longest goes to a free lane, if there are both: since when have they
 * waited? */
bool mu_lane_call(mu_lane_queue *queue, uint32_t lanes, mu_time *since_us);

/* Mean wait in the queue M/M/c (Erlang C; Kleinrock 1975, Queueing Systems I, section 3.5), for
 * arrivals per second, mean service in seconds and c lanes; infinite where they cannot keep up. */
double mu_wait_mmc(double arrivals_per_s, double service_s, uint32_t lanes);
/* Mean wait in M/D/1 (Pollaczek-Khinchine), and in M/D/c after Cosmetatos 1975 as given by Tijms
 * 2003, A First Course in Stochastic Models, section 9.6: within some per cent of exact. */
double mu_wait_mdc(double arrivals_per_s, double service_s, uint32_t lanes);

#endif
