/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue: a 4-ary heap, the simplest structure that serves. Handlers dominate the time of a run,
 * so nothing cleverer pays. Slots beyond `pending` are kept zero, so that the world hashes the same
 * whatever has been through the queue. */
#include "core/event.h"

#include <string.h>

static const struct {
    const char *name;
    mu_stamped stamped;
} kinds[MU_EVENT_KIND_COUNT] = {
#define MU_EVENT(NAME, stamped) {#NAME, MU_STAMPED_##stamped},
    MU_EVENTS
#undef MU_EVENT
};

const char *mu_event_name(mu_event_kind kind) {
    return kinds[kind].name;
}

mu_stamped mu_event_stamped(mu_event_kind kind) {
    return kinds[kind].stamped;
}

mu_queue_view mu_queue_of(const mu_world *world) {
    return (mu_queue_view){
        .clock = mu_world_clock(world),
        .heap = mu_world_section(world, MU_SECTION_QUEUE),
        .capacity = mu_world_count(world, MU_SECTION_QUEUE),
    };
}

/* Without a branch: which of two is earlier cannot be foreseen. */
static int before(const mu_event *a, const mu_event *b) {
    return (a->time_us < b->time_us) |
           ((a->time_us == b->time_us) & (a->sequence < b->sequence));
}

void mu_queue_push(mu_queue_view queue, mu_event event) {
    mu_clock *clock = queue.clock;
    if (clock->pending == queue.capacity) {
        clock->status = MU_ERR_LIMIT;
        return;
    }
    event.sequence = clock->next_sequence++;
    uint32_t hole = clock->pending++;
    while (hole > 0) {
        const uint32_t parent = (hole - 1) / 4;
        if (!before(&event, &queue.heap[parent])) {
            break;
        }
        queue.heap[hole] = queue.heap[parent];
        hole = parent;
    }
    queue.heap[hole] = event;
}

static uint32_t first_child(const mu_event *heap, uint32_t parent, uint32_t count) {
    const uint32_t child = 4 * parent + 1;
    const uint32_t end = child + 4 < count ? child + 4 : count;
    uint32_t best = child;
    for (uint32_t i = child + 1; i < end; i++) {
        best = before(&heap[i], &heap[best]) ? i : best;
    }
    return best;
}

mu_event mu_queue_pop(mu_queue_view queue) {
    mu_event *heap = queue.heap;
    const mu_event top = heap[0];
    const uint32_t count = --queue.clock->pending;
    const mu_event last = heap[count];
    memset(&heap[count], 0, sizeof heap[count]);
    uint32_t hole = 0;
    while (4 * hole + 1 < count) {
        const uint32_t child = first_child(heap, hole, count);
        if (!before(&heap[child], &last)) {
            break;
        }
        heap[hole] = heap[child];
        hole = child;
    }
    if (count > 0) {
        heap[hole] = last;
    }
    return top;
}
