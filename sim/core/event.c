/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue: a 4-ary heap, the simplest structure that serves. Handlers dominate the time of a run,
 * so nothing cleverer pays. Taking the first leaves a hole at the root, since most handlers
 * schedule what follows: that goes in from above, and the last event need not come up first. Slots
 * beyond the heap are kept zero, so that a world whose queue has run empty hashes as one through
 * whose queue nothing ever went. */
#include "core/event.h"

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

/* Of two, i below k, the one that is earlier; reckoned, for a compiler may make a branch of a
 * question. */
static uint32_t earlier(const mu_event *heap, uint32_t i, uint32_t k) {
    return i + (k - i) * before(&heap[k], &heap[i]);
}

static inline uint32_t first_child(const mu_event *heap, uint32_t parent, uint32_t count) {
    const uint32_t child = 4 * parent + 1;
    if (child + 4 <= count) {
        return earlier(heap, earlier(heap, child, child + 1), earlier(heap, child + 2, child + 3));
    }
    uint32_t best = child;
    for (uint32_t i = child + 1; i < count; i++) {
        best = earlier(heap, best, i);
    }
    return best;
}

/* Of a queue larger than the processor's nearest caches: which of the four is earliest is known
 * only when they are there, so those behind all four are sent for. */
static void fetch_grandchildren(const mu_event *heap, uint32_t hole, uint32_t count) {
    const uint64_t first = 16 * (uint64_t)hole + 5;
    if (first + 16 <= count) {
        for (uint32_t k = 0; k < 16; k += 2) {
            __builtin_prefetch(&heap[first + k]);
        }
    }
}

/* The last one fills the hole at the root. It belongs near the leaves nearly always: down to one by
 * the earlier children, and from there up as far as it goes. The heap is the same as if it were
 * looked for from above. */
void mu_queue_close_hole(mu_event *heap, uint32_t count) {
    const mu_event last = heap[count];
    memset(&heap[count], 0, sizeof heap[count]);
    uint32_t hole = 0;
    while (4 * hole + 1 < count) {
        if (count > CACHED) {
            fetch_grandchildren(heap, hole, count);
        }
        const uint32_t child = first_child(heap, hole, count);
        heap[hole] = heap[child];
        hole = child;
    }
    if (count > 0) {
        settle(heap, hole, &last);
    }
}

/* From the hole at the root down, as far as others are not later. */
static mu_event *sink(mu_event *heap, uint32_t count, mu_time time_us) {
    uint32_t hole = 0;
    while (4 * hole + 1 < count) {
        if (count > CACHED) {
            fetch_grandchildren(heap, hole, count);
        }
        const uint32_t child = first_child(heap, hole, count);
        if (heap[child].time_us > time_us) {
            break;
        }
        heap[hole] = heap[child];
        hole = child;
    }
    return &heap[hole];
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

const mu_event *mu_queue_first_below(const mu_event *heap, uint32_t count) {
    return &heap[first_child(heap, 0, count + 1)];
}
