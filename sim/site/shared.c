/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists by a hash of where the point is, which only grow and only at their heads: whoever reads
 * them needs no lock. What has been made once leaves a mark; the marks may be lost to others, and
 * then a field is merely kept later. */
#include "site/shared.h"

#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "site/field.h"

/* Points that few runs ask for go on coming for as long as runs do. Those that most ask for are
 * known after some fifty. */
#define BYTES_MOST (UINT64_C(64) << 20)
enum { MARKS = 4096, LISTS = 4096 };

typedef struct kept_field {
    struct kept_field *next;
    uint32_t area;
    mu_point target;
    mu_field_grid *field;
} kept_field;

struct mu_shared_fields {
    _Atomic(kept_field *) first[LISTS];
    _Atomic uint64_t bytes; /* of all fields */
    _Atomic uint64_t marks[MARKS];
};

bool mu_shared_create(mu_walkable *walkable) {
    walkable->shared = calloc(1, sizeof *walkable->shared);
    return walkable->shared != NULL;
}

void mu_shared_destroy(mu_walkable *walkable) {
    struct mu_shared_fields *shared = walkable->shared;
    for (uint32_t l = 0; shared != NULL && l < LISTS; l++) {
        kept_field *next = atomic_load(&shared->first[l]);
        while (next != NULL) {
            kept_field *gone = next;
            next = gone->next;
            mu_field_destroy(gone->field);
            free(gone);
        }
    }
    free(shared);
}

uint64_t mu_shared_hash(uint32_t area, mu_point at) {
    uint64_t bits[2];
    memcpy(bits, &at, sizeof bits);
    return mu_hash_with(mu_hash_with(bits[0], bits[1]), area);
}

static kept_field *find(kept_field *in, uint32_t area, mu_point at) {
    while (in != NULL && (in->area != area || in->target.x != at.x || in->target.y != at.y)) {
        in = in->next;
    }
    return in;
}

const mu_field_grid *mu_shared_field(const mu_walkable *walkable, uint32_t area, mu_point at) {
    _Atomic(kept_field *) *list = &walkable->shared->first[mu_shared_hash(area, at) % LISTS];
    const kept_field *found = find(atomic_load_explicit(list, memory_order_acquire), area, at);
    return found != NULL ? found->field : NULL;
}

/* True from the second time on, unless another has taken the mark's place. */
static bool was_made_before(struct mu_shared_fields *shared, uint32_t area, mu_point at) {
    const uint64_t mark = mu_shared_hash(area, at) | 1;
    _Atomic uint64_t *place = &shared->marks[mark / 2 % MARKS];
    if (atomic_load_explicit(place, memory_order_relaxed) == mark) {
        return true;
    }
    atomic_store_explicit(place, mark, memory_order_relaxed);
    return false;
}

/* Room for so many bytes more? Then they are taken. */
static bool take_bytes(struct mu_shared_fields *shared, uint64_t bytes) {
    if (atomic_fetch_add(&shared->bytes, bytes) + bytes <= BYTES_MOST) {
        return true;
    }
    atomic_fetch_sub(&shared->bytes, bytes);
    return false;
}

const mu_field_grid *mu_shared_keep(const mu_walkable *walkable, uint32_t area, mu_point at,
                                    mu_field_grid *made) {
    struct mu_shared_fields *shared = walkable->shared;
    const uint64_t bytes = mu_field_bytes(walkable, area, made);
    if (!was_made_before(shared, area, at) || !take_bytes(shared, bytes)) {
        return NULL;
    }
    kept_field *kept = malloc(sizeof *kept);
    if (kept == NULL) {
        return NULL;
    }
    _Atomic(kept_field *) *list = &shared->first[mu_shared_hash(area, at) % LISTS];
    kept_field *head = atomic_load_explicit(list, memory_order_acquire);
    do {
        const kept_field *other = find(head, area, at);
        if (other != NULL) {
            free(kept);
            atomic_fetch_sub(&shared->bytes, bytes);
            mu_field_destroy(made);
            return other->field;
        }
        *kept = (kept_field){head, area, at, made};
    } while (!atomic_compare_exchange_weak_explicit(list, &head, kept, memory_order_release,
                                                    memory_order_acquire));
    return made;
}
