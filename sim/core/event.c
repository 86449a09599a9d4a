/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue: a 4-ary heap, the simplest structure that serves. Handlers dominate the time of a run,
 * so nothing cleverer pays. Taking the first leaves a hole at the root, since most handlers
 * schedule what follows: that goes in from above, and the last event need not come up first. Slots
 * beyond the heap are kept zero, so that a world whose queue has run empty hashes as one through
 * whose queue nothing ever went. */
#include "core/event.h"

#include <stddef.h>
#include <string.h>

#define CACHED 16000U /* events that fit into the nearer caches */

/* Time (never below 0) and then sequence as one number: comparing two is a subtraction with borrow
 * and no branch, for which of two is earlier cannot be foreseen. */
__extension__ typedef unsigned __int128 moment;
static moment moment_of(const mu_event *event) {
    return (moment)(uint64_t)event->time_us << 64 | event->sequence;
}

static uint32_t before(const mu_event *a, const mu_event *b) {
    return moment_of(a) < moment_of(b);
}

/* Puts an event into a hole, or above it, after the last one that is earlier. */
static void settle(mu_event *heap, uint32_t hole, const mu_event *event) {
    while (hole > 0) {
        const uint32_t parent = (hole - 1) / 4;
        if (!before(event, &heap[parent])) {
            break;
        }
        heap[hole] = heap[parent];
        hole = parent;
    }
    heap[hole] = *event;
}

/* Of two, p below q, the one that is earlier; reckoned, for a compiler may make a branch of a
 * question. */
static inline mu_event *earlier(mu_event *p, mu_event *q) {
    return __builtin_expect_with_probability(before(q, p), 1, 0.5) ? q : p;
}

/* The earliest of those behind a hole, of whom there is one at least. */
static inline mu_event *first_child(mu_event *child, const mu_event *end) {
    if (end - child >= 4) {
        return earlier(child + before(child + 1, child), child + 2 + before(child + 3, child + 2));
    }
    mu_event *best = child;
    for (mu_event *other = child + 1; other < end; other++) {
        best = earlier(best, other);
    }
    return best;
}

static inline mu_event *children_of(mu_event *heap, const mu_event *hole) {
    return heap + 4 * (hole - heap) + 1;
}

/* Of a queue larger than the processor's nearest caches: which of the four is earliest is known
 * only when they are there, so those behind all four are sent for. */
static void fetch_grandchildren(mu_event *heap, const mu_event *child, const mu_event *end) {
    const mu_event *first = children_of(heap, child);
    if (end - first >= 16) {
        for (int k = 0; k < 16; k += 2) {
            __builtin_prefetch(&first[k]);
        }
    }
}

/* The last one fills the hole at the root. It belongs near the leaves nearly always: down to one by
 * the earlier children, and from there up as far as it goes. The heap is the same as if it were
 * looked for from above. */
void mu_queue_close_hole(mu_event *heap, uint32_t count) {
    const mu_event last = heap[count];
    const mu_event *end = &heap[count];
    memset(&heap[count], 0, sizeof heap[count]);
    mu_event *hole = heap;
    for (mu_event *child = heap + 1; child < end; child = children_of(heap, hole)) {
        if (count > CACHED) {
            fetch_grandchildren(heap, child, end);
        }
        mu_event *first = first_child(child, end);
        *hole = *first;
        hole = first;
    }
    if (count > 0) {
        settle(heap, (uint32_t)(hole - heap), &last);
    }
}

/* From the hole at the root down, as far as others are not later. */
static mu_event *sink(mu_event *heap, uint32_t count, mu_time time_us) {
    const mu_event *end = &heap[count];
    mu_event *hole = heap;
    for (mu_event *child = heap + 1; child < end; child = children_of(heap, hole)) {
        if (count > CACHED) {
            fetch_grandchildren(heap, child, end);
        }
        mu_event *first = first_child(child, end);
        if (first->time_us > time_us) {
            break;
        }
        *hole = *first;
        hole = first;
    }
    return hole;
}

/* From a new place at the end up, as far as others are later. */
static mu_event *rise(mu_event *heap, uint32_t hole, mu_time time_us) {
    while (hole > 0) {
        const uint32_t parent = (hole - 1) / 4;
        if (heap[parent].time_us <= time_us) {
            break;
        }
        heap[hole] = heap[parent];
        hole = parent;
    }
    return &heap[hole];
}

/* Moves others until there is a place for an event at this time, behind all that are not later; it
 * is to be filled at once. */
mu_event *mu_queue_make_room(mu_event *heap, mu_clock *clock, mu_time time_us) {
    const uint32_t before = clock->pending++;
    if (clock->hole == 0) {
        return rise(heap, before, time_us);
    }
    clock->hole = 0;
    return sink(heap, before + 1, time_us);
}

const mu_event *mu_queue_first_below(mu_event *heap, uint32_t count) {
    return first_child(heap + 1, &heap[count + 1]);
}
