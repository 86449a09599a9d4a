/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows from the rows of a field table: limits where a row names none, and the record types
 * that a file is made of. The reader, the schema and the documentation ask here, so that they
 * agree. */
#include "core/field.h"

#include <math.h>
#include <stdbool.h>

#include "core/i18n.h"

static const char *const entity_names[MU_ENTITY_COUNT] = {
    [MU_ENTITY_NONE] = N_("thing"),
    [MU_ENTITY_LEVEL] = N_("level"),
    [MU_ENTITY_SPACE] = N_("space"),
    [MU_ENTITY_PORTAL] = N_("portal"),
    [MU_ENTITY_EQUIPMENT] = N_("piece of equipment"),
    [MU_ENTITY_POST] = N_("post"),
    [MU_ENTITY_ASSEMBLY] = N_("assembly point"),
    [MU_ENTITY_ROAD] = N_("road"),
    [MU_ENTITY_CHANNEL] = N_("channel"),
    [MU_ENTITY_GROUP] = N_("group"),
    [MU_ENTITY_MEMBER] = N_("member of staff"),
    [MU_ENTITY_UNIT] = N_("unit"),
    [MU_ENTITY_PATROL] = N_("patrol"),
    [MU_ENTITY_CLAUSE] = N_("clause"),
    [MU_ENTITY_PLAYBOOK] = N_("playbook"),
    [MU_ENTITY_STEP] = N_("step"),
    [MU_ENTITY_AIR_ZONE] = N_("air zone"),
    [MU_ENTITY_AIR_UNIT] = N_("air-handling unit"),
    [MU_ENTITY_WASH] = N_("decontamination line"),
    [MU_ENTITY_LIFT] = N_("lift"),
    [MU_ENTITY_REFUGE] = N_("place of refuge"),
    [MU_ENTITY_STAFF] = N_("kind of staff"),
    [MU_ENTITY_DUTY] = N_("duty"),
    [MU_ENTITY_HOSPITAL] = N_("hospital"),
};

static bool has_limits(const mu_field *field) {
    return field->least != 0 || field->most != 0;
}

mu_field_limits mu_field_item_limits(const mu_field *field) {
    if (has_limits(field)) {
        return (mu_field_limits){field->least, field->most};
    }
    const bool is_list = (field->flags & MU_FIELD_LIST) != 0;
    const double least = !is_list ? 3 : field->flags & MU_FIELD_NOT_EMPTY ? 1 : 0;
    return (mu_field_limits){least, is_list ? MU_FIELD_ITEMS_MOST : MU_RING_VERTICES_MOST};
}

mu_field_limits mu_field_number_limits(const mu_field *field) {
    if (has_limits(field)) {
        return (mu_field_limits){field->least, field->most};
    }
    if (field->kind == MU_FIELD_INT) {
        return (mu_field_limits){-MU_FIELD_INT_MOST, MU_FIELD_INT_MOST};
    }
    if (field->kind == MU_FIELD_DIST) {
        return (mu_field_limits){0, MU_FIELD_DIST_MOST};
    }
    if (field->kind == MU_FIELD_POINT) {
        return (mu_field_limits){-MU_FIELD_COORDINATE_MOST, MU_FIELD_COORDINATE_MOST};
    }
    return (mu_field_limits){-INFINITY, INFINITY};
}

static bool is_among(const mu_record_type *const *types, uint32_t count,
                     const mu_record_type *type) {
    for (uint32_t i = 0; i < count; i++) {
        if (types[i] == type) {
            return true;
        }
    }
    return false;
}

uint32_t mu_field_collect_types(const mu_record_type *root,
                                const mu_record_type *out[MU_FIELD_TYPES_MOST]) {
    uint32_t count = 1;
    out[0] = root;
    for (uint32_t i = 0; i < count; i++) { /* the list grows while it is walked */
        for (uint32_t j = 0; j < out[i]->field_count; j++) {
            const mu_record_type *inner = out[i]->fields[j].record;
            if (inner && count < MU_FIELD_TYPES_MOST && !is_among(out, count, inner)) {
                out[count++] = inner;
            }
        }
    }
    return count;
}

const char *mu_field_entity_name(mu_entity entity) {
    return entity_names[entity];
}
