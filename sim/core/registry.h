/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every id that the files of a plan define, and every reference that waits to be resolved. */
#ifndef MU_CORE_REGISTRY_H
#define MU_CORE_REGISTRY_H

#include <stdbool.h>

#include "core/given.h"

/* A value in one of the files read: number of the file and of the value (json_doc.h). A value of
 * MU_NONE: the entry was made from structs, and the file says nothing about it. */
typedef struct mu_registry_place {
    uint32_t doc, node;
} mu_registry_place;

typedef struct mu_registry_entry {
    const char *id;
    uint32_t index;
    mu_registry_place place;
} mu_registry_entry;

typedef struct mu_registry_wish {
    mu_ref *ref;
    mu_entity target;
    mu_registry_place place;
} mu_registry_wish;

typedef struct mu_registry_list {
    mu_registry_entry *entries; /* by id, then index, once sorted */
    uint32_t count, room;
    uint32_t next_index;
    bool sorted;
    bool in_part; /* a file that could not be read defines more */
} mu_registry_list;

typedef struct mu_registry {
    mu_registry_list lists[MU_ENTITY_COUNT];
    mu_registry_wish *wishes; /* in the order they were made */
    uint32_t wish_count, wish_room;
    bool no_memory; /* sticky */
} mu_registry;

void mu_registry_free(mu_registry *registry);

/* The index of the first of `count` entities of this kind that are about to be added. */
uint32_t mu_registry_reserve(mu_registry *registry, mu_entity entity, uint32_t count);
void mu_registry_define(mu_registry *registry, mu_entity entity, const char *id, uint32_t index,
                        mu_registry_place place);
void mu_registry_refer(mu_registry *registry, mu_ref *ref, mu_entity target,
                       mu_registry_place place);
/* Forgets every entity of this kind. */
void mu_registry_forget(mu_registry *registry, mu_entity entity);

/* Brings every list in the order that finding needs; call after the last define. */
void mu_registry_sort(mu_registry *registry);
/* NULL if there is none; the first in index order if there are several. */
const mu_registry_entry *mu_registry_find(const mu_registry *registry, mu_entity entity,
                                          const char *id);

#endif
