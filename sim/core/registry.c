/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids are kept in one sorted array per kind of entity: no hash, so nothing depends on one, and
 * doubles stand side by side. */
#include "core/registry.h"

#include <stdlib.h>
#include <string.h>

#include "core/grow.h"

static void *grown(mu_registry *registry, void *items, uint32_t count, uint32_t *room,
                   size_t size) {
    void *more = mu_grow(items, count, room, size);
    registry->no_memory = registry->no_memory || more == NULL;
    return more;
}

void mu_registry_free(mu_registry *registry) {
    for (int entity = 0; entity < MU_ENTITY_COUNT; entity++) {
        free(registry->lists[entity].entries);
    }
    free(registry->wishes);
    *registry = (mu_registry){.no_memory = registry->no_memory};
}

uint32_t mu_registry_reserve(mu_registry *registry, mu_entity entity, uint32_t count) {
    mu_registry_list *list = &registry->lists[entity];
    const uint32_t first = list->next_index;
    list->next_index += count;
    return first;
}

void mu_registry_define(mu_registry *registry, mu_entity entity, const char *id, uint32_t index,
                        mu_registry_place place) {
    mu_registry_list *list = &registry->lists[entity];
    mu_registry_entry *entries =
        grown(registry, list->entries, list->count, &list->room, sizeof *entries);
    if (entries) {
        list->entries = entries;
        list->entries[list->count++] = (mu_registry_entry){id, index, place};
        list->sorted = false;
    }
}

void mu_registry_refer(mu_registry *registry, mu_ref *ref, mu_entity target,
                       mu_registry_place place) {
    mu_registry_wish *wishes = grown(registry, registry->wishes, registry->wish_count,
                                     &registry->wish_room, sizeof *wishes);
    if (wishes) {
        registry->wishes = wishes;
        registry->wishes[registry->wish_count++] = (mu_registry_wish){ref, target, place};
    }
}

void mu_registry_forget(mu_registry *registry, mu_entity entity) {
    registry->lists[entity].count = 0;
    registry->lists[entity].next_index = 0;
}

static int compare_entries(const void *left, const void *right) {
    const mu_registry_entry *a = left, *b = right;
    const int by_id = strcmp(a->id, b->id);
    return by_id ? by_id : a->index < b->index ? -1 : a->index > b->index;
}

void mu_registry_sort(mu_registry *registry) {
    for (int entity = 0; entity < MU_ENTITY_COUNT; entity++) {
        mu_registry_list *list = &registry->lists[entity];
        if (list->count && !list->sorted) {
            qsort(list->entries, list->count, sizeof *list->entries, compare_entries);
        }
        list->sorted = true;
    }
}

const mu_registry_entry *mu_registry_find(const mu_registry *registry, mu_entity entity,
                                          const char *id) {
    const mu_registry_list *list = &registry->lists[entity];
    uint32_t low = 0, high = list->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (strcmp(list->entries[middle].id, id) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const bool found = low < list->count && strcmp(list->entries[low].id, id) == 0;
    return found ? &list->entries[low] : NULL;
}
