/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists that grow at their end: one rule for all of them. */
#ifndef MU_CORE_GROW_H
#define MU_CORE_GROW_H

#include <stddef.h>
#include <stdint.h>

/* The list moved to where it has twice the room; mu_grow calls it. */
void *mu_grow_more(void *items, uint32_t *room, size_t size);

/* The list, with room for one more behind its `count` items of `size` bytes. NULL where there is no
 * memory, or where it would hold more than can be counted: then the list and its room stay as they
 * were. The caller keeps what is returned. */
static inline void *mu_grow(void *items, uint32_t count, uint32_t *room, size_t size) {
    return count < *room ? items : mu_grow_more(items, room, size);
}

#endif
