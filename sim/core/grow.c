/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Doubling: what a list of n items has cost in moving stays below n. */
#include "core/grow.h"

#include <stdlib.h>

enum { AT_FIRST = 32 };

void *mu_grow_more(void *items, uint32_t *room, size_t size) {
    const uint32_t wanted = *room > 0 ? 2 * *room : AT_FIRST;
    void *grown = wanted > *room ? realloc(items, wanted * size) : NULL;
    if (grown != NULL) {
        *room = wanted;
    }
    return grown;
}
