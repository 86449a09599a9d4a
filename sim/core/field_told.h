/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Short ways to write the tables of files that Muster writes and does not read: the rows have no
 * offsets, for there is no struct to read into. */
#ifndef MU_CORE_FIELD_TOLD_H
#define MU_CORE_FIELD_TOLD_H

#include "core/field.h"

#define ALWAYS   MU_FIELD_REQUIRED
#define OR_NULL  (MU_FIELD_REQUIRED | MU_FIELD_NULLABLE)
#define LIST     (MU_FIELD_REQUIRED | MU_FIELD_LIST)
#define MOST_INT MU_FIELD_INT_MOST

#define TABLE(id, rows, title)                                                                     \
    static const mu_record_type id = {.name = #id,                                                 \
                                      .meaning = (title),                                          \
                                      MU_FIELD_ROWS(rows),                                         \
                                      .defines = MU_ENTITY_NONE,                                   \
                                      MU_FIELD_NO_ORIGIN}
#define STRING(id, flag, what)                                                                     \
    { .name = (id), .kind = MU_FIELD_STRING, .flags = (flag), .meaning = (what) }
#define TEXT(id, what)                                                                             \
    { .name = (id), .kind = MU_FIELD_TEXT, .flags = OR_NULL, .meaning = (what) }
#define WORDS(id, flag, list, what)                                                                \
    { .name = (id), .kind = MU_FIELD_ENUM, .flags = (flag), .names = (list), .meaning = (what) }
#define COUNT(id, what)                                                                            \
    { .name = (id), .kind = MU_FIELD_INT, .flags = ALWAYS, .most = MOST_INT, .meaning = (what) }
#define REAL(id, flag, of, what)                                                                   \
    { .name = (id), .kind = MU_FIELD_REAL, .flags = (flag), .unit = (of), .meaning = (what) }
#define SHARE(id, flag, what)                                                                      \
    {                                                                                              \
        .name = (id), .kind = MU_FIELD_REAL, .flags = (flag), .most = 1, .unit = "1",              \
        .meaning = (what)                                                                          \
    }
#define INSIDE(id, flag, type, what)                                                               \
    { .name = (id), .kind = MU_FIELD_RECORD, .flags = (flag), .record = &(type), .meaning = (what) }
#define LIST_OF(id, type, what)                                                                    \
    {                                                                                              \
        .name = (id), .kind = MU_FIELD_RECORD, .flags = LIST, .most = 1e9, .record = &(type),      \
        .meaning = (what)                                                                          \
    }

#endif
