/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site/views.h"

#include <stdlib.h>

#include "site/corners.h"
#include "site/panorama.h"

void mu_views_destroy(const mu_views *views) {
    if (views != NULL) {
        mu_arena *arena = views->arena;
        mu_arena_destroy(arena); /* it holds the views themselves, too */
    }
}

static const mu_views *make(const mu_walkable *walkable, uint32_t area) {
    mu_arena *arena = mu_arena_create();
    mu_views *made = arena != NULL ? mu_arena_alloc(arena, sizeof *made) : NULL;
    if (made == NULL) {
        mu_arena_destroy(arena);
        return NULL;
    }
    *made = (mu_views){.arena = arena};
    if (!mu_corners_make(walkable, area, made) || !mu_panorama_make(walkable, area, made)) {
        mu_views_destroy(made);
        return NULL;
    }
    return made;
}

const mu_views *mu_views_of(const mu_walkable *walkable, uint32_t area) {
    _Atomic(const mu_views *) *place = &walkable->parts[area].views;
    const mu_views *known = atomic_load_explicit(place, memory_order_acquire);
    if (known != NULL) {
        return known;
    }
    const mu_views *made = make(walkable, area);
    if (made != NULL && !atomic_compare_exchange_strong_explicit(
                            place, &known, made, memory_order_acq_rel, memory_order_acquire)) {
        mu_views_destroy(made);
        return known;
    }
    return made;
}
