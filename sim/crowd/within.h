/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MU_CROWD_WITHIN_H
#define MU_CROWD_WITHIN_H

#include "crowd/crowd.h"

#define MU_RINGS 2

/* So often a way may lead over rings' edges and be kept as where it does. */
#define MU_RING_CUTS 4U

/* What is known of a way: where it leads over edges, and within which rings it is elsewhere. */
typedef struct mu_ring_way {
    uint8_t within; /* a bit per ring; MU_RING_OPEN: depends on how far along it one is */
    uint8_t cuts;   /* so many edges; more than MU_RING_CUTS: not known where */
    uint8_t between[MU_RING_CUTS + 1]; /* within which rings before the first, after it, … */
    /* Metres of the way between which it leads over each, ascending. */
    double from[MU_RING_CUTS], to[MU_RING_CUTS];
} mu_ring_way;
#define MU_RING_OPEN 0x80U

/* What is known of one person; part of a watch. */
typedef struct mu_ring_known {
    uint32_t seat;  /* in the list of those who move */
    uint32_t way;   /* a walker: number of the way that `on` holds for; 0 = of none */
    uint8_t list;   /* 0 = in none, 1 = fixed, 2 = moves */
    uint8_t turned; /* 1 = is to be looked at before the next count */
    uint8_t within; /* a bit per ring; MU_RING_OPEN: depends on how far they are on that way */
    uint8_t now;    /* then: in which rings until then, unless the queue before them moves */
    uint32_t leg;   /* number of the leg that leads along that way */
    uint32_t waiting, tickets; /* in that queue, and given out for it so far */
    uint32_t below; /* as long as fewer wait in it, it may move as it likes; 0: it may not */
    mu_time until_us;
    double per_s; /* metres on the plan that they get along it at most */
    mu_ring_way on;
} mu_ring_known;

struct mu_ring_line; /* a way that many take (within_way.h) */

typedef bool (*mu_person_counts)(const mu_sim *sim, const void *of, uint32_t person);

/* Who is, or may be, within rings around a point; part of the scratch. */
typedef struct mu_ring_watch {
    bool made;
    uint32_t level;
    mu_point at;
    double metres[MU_RINGS];
    mu_person_counts counts; /* of whom; NULL: all occupants */
    const void *of;
    uint8_t *near;              /* per area: within which rings all in it are, or MU_RING_OPEN */
    double *stretch;            /* per area: metres on the plan of a metre in it, at the most */
    uint64_t seen;              /* changes in the scratch, up to which it holds */
    mu_ring_known *known;       /* per person */
    struct mu_ring_line *lines; /* MU_RING_LINES */
    uint64_t *fixed;            /* a bit for each who is within any ring until they change area,
                                   mode, state or way */
    uint32_t *moving;           /* whose ways lead, or may lead, over an edge */
    uint32_t *turned;           /* who are to be looked at: they have changed, or go another way */
    uint32_t moving_count, turned_count;
    bool stirred;              /* somebody is listed otherwise, or a queue has moved, since … */
    mu_time until_us;          /* … the last look; if not, it holds until then */
    uint32_t inside[MU_RINGS]; /* what it told; kept up as people are listed otherwise */
    uint32_t lowest;           /* of those within any ring, by index; MU_NONE */
} mu_ring_watch;

/* Has somebody looked at before the next count. */
static inline void mu_ring_watch_note(mu_ring_watch *watch, uint32_t person) {
    if (watch->known[person].turned == 0) {
        watch->known[person].turned = 1;
        watch->turned[watch->turned_count++] = person;
    }
}
static inline void mu_ring_watch_turn(mu_ring_watch *watch, uint32_t person, uint32_t area) {
    if (watch->made && watch->near[area] == MU_RING_OPEN) {
        mu_ring_watch_note(watch, person);
    }
}
static inline void mu_ring_watch_stir(mu_ring_watch *watch, uint32_t area) {
    if (watch->made && watch->near[area] == MU_RING_OPEN) {
        watch->stirred = true;
    }
}

void mu_ring_watch_free(mu_ring_watch *watch);

/* Occupants within each of two distances of a point of a level. */
void mu_crowd_count_within(const mu_sim *sim, uint32_t level, mu_point at,
                           const double metres[MU_RINGS], uint32_t inside[MU_RINGS]);

/* Until when that which was counted last stays the same if nothing happens; 0: it has to be counted
 * again, since somebody or a queue has changed. */
mu_time mu_crowd_count_holds_us(const mu_sim *sim);

/* How many occupants within a distance of a point count, as `counts` says, which may change only
 * with somebody's area, mode or state; *first is the lowest by index of those, and left alone
 * without any. */
uint32_t mu_crowd_first_within(const mu_sim *sim, uint32_t level, mu_point at, double metres,
                               mu_person_counts counts, const void *of, uint32_t *first);

#endif
