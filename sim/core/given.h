/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small types that given data is made of. Units are SI. */
#ifndef MU_CORE_GIVEN_H
#define MU_CORE_GIVEN_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "muster/diag.h"
#include "muster/point.h"
#include "muster/text.h"

#define MU_NONE UINT32_MAX /* an index that points nowhere */

/* A list in an arena: `items` is NULL where `count` is 0. Every instance has mu_list's layout. */
#define MU_LIST_OF(type)                                                                           \
    struct {                                                                                       \
        type *items;                                                                               \
        uint32_t count;                                                                            \
    }
typedef MU_LIST_OF(void) mu_list;

/* A closed ring without the repeated last point; exterior rings counter-clockwise once compiled. */
typedef MU_LIST_OF(mu_point) mu_ring;

/* What an id in a file can name. */
typedef enum mu_entity {
    MU_ENTITY_NONE,
    MU_ENTITY_LEVEL,
    MU_ENTITY_SPACE,
    MU_ENTITY_PORTAL,
    MU_ENTITY_EQUIPMENT,
    MU_ENTITY_POST,
    MU_ENTITY_ASSEMBLY,
    MU_ENTITY_ROAD,
    MU_ENTITY_CHANNEL,
    MU_ENTITY_GROUP,
    MU_ENTITY_MEMBER,
    MU_ENTITY_UNIT,
    MU_ENTITY_PATROL,
    MU_ENTITY_CLAUSE,
    MU_ENTITY_PLAYBOOK,
    MU_ENTITY_STEP,
    MU_ENTITY_AIR_ZONE,
    MU_ENTITY_AIR_UNIT,
    MU_ENTITY_WASH,
    MU_ENTITY_LIFT,
    MU_ENTITY_REFUGE,
    MU_ENTITY_STAFF,
    MU_ENTITY_DUTY,
    MU_ENTITY_HOSPITAL,
    MU_ENTITY_COUNT
} mu_entity;

/* A reference by id, resolved to an index once every file is read. */
typedef struct mu_ref {
    const char *id; /* NULL where an optional reference is absent */
    uint32_t index; /* MU_NONE until resolved */
} mu_ref;
typedef MU_LIST_OF(mu_ref) mu_ref_list;
typedef MU_LIST_OF(const char *) mu_string_list;

static inline bool mu_string_list_has(const mu_string_list *list, const char *text) {
    for (uint32_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i], text) == 0) {
            return true;
        }
    }
    return false;
}

static inline bool mu_ref_list_has(const mu_ref_list *list, uint32_t index) {
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->items[i].index == index) {
            return true;
        }
    }
    return false;
}

/* Where an entity stands in its file, kept for later messages. Borrowed from the arena. */
typedef const mu_where *mu_origin;

#endif
