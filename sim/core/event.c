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
static inline mu_event *first_child(mu_event *heap, size_t child, size_t count) {
    mu_event *first = &heap[child];
    if (child + 4 <= count) {
        return earlier(first + before(first + 1, first), first + 2 + before(first + 3, first + 2));
    }
    mu_event *best = first;
    for (size_t i = child + 1; i < count; i++) {
        best = earlier(best, &heap[i]);
    }
    return best;
}

/* Of a queue larger than the processor's nearest caches: which of the four is earliest is known
 * only when they are there, so those behind all four are sent for. */
static void fetch_grandchildren(const mu_event *heap, size_t child, size_t count) {
    const size_t first = 4 * child + 1;
    if (first + 16 <= count) {
        for (size_t k = 0; k < 16; k += 2) {
            __builtin_prefetch(&heap[first + k]);
        }
    }
}

/* The same, on the way down from a hole to another. */
static inline mu_event *behind(mu_event *heap, size_t child, uint32_t count) {
    if (count > CACHED) {
        fetch_grandchildren(heap, child, count);
    }
    return first_child(heap, child, count);
}

static inline size_t child_of(const mu_event *heap, const mu_event *hole) {
    return 4 * (size_t)(hole - heap) + 1;
}

/* The last one fills the hole at the root. It belongs near the leaves nearly always: down to one by
 * the earlier children, and from there up as far as it goes. The heap is the same as if it were
 * looked for from above. */
void mu_queue_close_hole(mu_event *heap, uint32_t count) {
    const mu_event last = heap[count];
    memset(&heap[count], 0, sizeof heap[count]);
    mu_event *hole = heap;
    for (size_t child = 1; child < count; child = child_of(heap, hole)) {
        mu_event *first = behind(heap, child, count);
        *hole = *first;
        hole = first;
    }
    if (count > 0) {
        settle(heap, (uint32_t)(hole - heap), &last);
    }
}

/* From the hole at the root down, as far as others are not later. */
static mu_event *sink(mu_event *heap, uint32_t count, mu_time time_us) {
    mu_event *hole = heap;
    for (size_t child = 1; child < count; child = child_of(heap, hole)) {
        mu_event *first = behind(heap, child, count);
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
    return first_child(heap, 1, count + 1);
}
