/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One table of fields per kind of record. The table is the only place that knows a field's name,
 * type, unit, range, default and meaning: reading, checking, the JSON Schema, the reference
 * documentation and the factors of a study all come from it, so that they cannot drift apart. */
#ifndef MU_CORE_FIELD_H
#define MU_CORE_FIELD_H

#include <stddef.h>
#include <stdint.h>

#include "core/given.h"
#include "core/limits.h"

typedef enum mu_field_kind {
    MU_FIELD_BOOL,   /* bool */
    MU_FIELD_INT,    /* int64_t, within least..most */
    MU_FIELD_REAL,   /* double, finite, within least..most */
    MU_FIELD_STRING, /* const char *, 1 to 4,000 characters of UTF-8, no control characters */
    MU_FIELD_WORD, /* const char *, [A-Za-z0-9][A-Za-z0-9._-]*, at most 80 bytes: a role, a label */
    MU_FIELD_ID,   /* const char *, a word, unique */
    MU_FIELD_REF,  /* mu_ref to an entity of kind `target` */
    MU_FIELD_ENUM, /* int, the index into `names` */
    MU_FIELD_TEXT, /* mu_text: {"en": …, "zh": …} or one string; may have line breaks */
    MU_FIELD_POINT, /* mu_point: [x, y], each within MU_FIELD_COORDINATE_MOST of 0 */
    MU_FIELD_RING,  /* mu_ring: [[x, y], …], least..most points; both 0 = 3 and up */
    MU_FIELD_DIST,  /* mu_dist: a number or {"dist": …}, values within least..most (dist_form.h);
                       both 0 = 0..MU_FIELD_DIST_MOST */
    MU_FIELD_DATE,  /* const char *, "2026-09-15" or "2026-09-15T10:30" */
    MU_FIELD_JSON,  /* const char *, the text of any JSON value, taken over unread */
    MU_FIELD_RECORD /* a struct of `record`, inline */
} mu_field_kind;

enum {
    MU_FIELD_DIST_MOST = 1000000000,
    MU_FIELD_MOST = 64 /* fields of one record type */
};
#define MU_FIELD_INT_MOST 9007199254740991.0 /* 2^53 - 1: whole numbers that JSON keeps exactly */

enum {
    MU_FIELD_REQUIRED = 1,  /* must be present */
    MU_FIELD_LIST = 2,      /* a JSON array; the member is an MU_LIST_OF the kind's C type */
    MU_FIELD_NOT_EMPTY = 4, /* with MU_FIELD_LIST: at least one item */
    MU_FIELD_OR_ONE = 16,   /* with MU_FIELD_LIST: one value alone stands for a list of it */
    MU_FIELD_NULLABLE = 8   /* of files that Muster writes: the value may be null, the list as a
                               whole if it is one. Readers do not take null */
};

typedef struct mu_record_type mu_record_type;

typedef struct mu_field {
    const char *name;
    mu_field_kind kind;
    unsigned flags;
    size_t offset;                /* of the member in the record's struct */
    double least, most;           /* inclusive; both 0 = no range. With MU_FIELD_LIST: of the number
                                     of items; both 0 = 0..MU_FIELD_ITEMS_MOST */
    double fallback;              /* number, boolean or enum index where the field is absent */
    const char *unit;             /* "m", "s", "1"; NULL where it has none */
    const char *const *names;     /* MU_FIELD_ENUM: NULL-terminated keywords */
    mu_entity target;             /* MU_FIELD_REF */
    const mu_record_type *record; /* MU_FIELD_RECORD */
    const char *meaning;          /* one sentence in English, marked with N_() for translation */
} mu_field;

struct mu_record_type {
    const char *name;       /* "space" */
    const char *meaning;    /* one sentence, marked with N_() */
    size_t size;            /* of the struct */
    const mu_field *fields; /* at most MU_FIELD_MOST */
    uint32_t field_count;
    mu_entity defines;    /* its MU_FIELD_ID is registered as this kind of entity; or NONE */
    size_t origin_offset; /* of a mu_origin member that is filled in; SIZE_MAX = it has none */
};

typedef struct mu_field_limits {
    double least, most; /* inclusive */
} mu_field_limits;

/* How many items a list may have, or how many points a ring. */
mu_field_limits mu_field_item_limits(const mu_field *field);
/* What a number, or the values of a distribution, lie within; infinite for a MU_FIELD_REAL without
 * a range. */
mu_field_limits mu_field_number_limits(const mu_field *field);

enum { MU_FIELD_TYPES_MOST = 64 };
/* The record types that `root` is made of, each once: itself first, then as they are met. Returns
 * their number. */
uint32_t mu_field_collect_types(const mu_record_type *root,
                                const mu_record_type *out[MU_FIELD_TYPES_MOST]);

/* What an entity is called: "space". Untranslated English, marked for translation. */
const char *mu_field_entity_name(mu_entity entity);

/* For tables: the name of a field is that of the member. */
#define MU_FIELD_AT(type, member) .name = #member, .offset = offsetof(type, member)
#define MU_FIELD_COUNT(table)     ((uint32_t)(sizeof(table) / sizeof((table)[0])))
#define MU_FIELD_ROWS(table)      .fields = (table), .field_count = MU_FIELD_COUNT(table)
#define MU_FIELD_ORIGIN(type)     .origin_offset = offsetof(type, origin)
#define MU_FIELD_NO_ORIGIN        .origin_offset = SIZE_MAX

#endif
