/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The field tables themselves: that every row can be what it says, and that schema and reference
 * documentation have every row. Whether the schema accepts what the reader accepts is tested with
 * an independent validator in tests/command/test_schema.py. */
#include <check.h>
#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/loader.h"
#include "crowd/roster.h"
#include "drill/incident.h"
#include "policy/policy.h"
#include "response/playbook.h"
#include "runner.h"
#include "site/site.h"

static const mu_file_kind *const kinds[] = {&mu_site_file, &mu_roster_file, &mu_policy_file,
                                            &mu_playbook_file, &mu_incident_file};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static size_t member_size(const mu_field *field) {
    static const size_t sizes[] = {
        [MU_FIELD_BOOL] = sizeof(bool),
        [MU_FIELD_INT] = sizeof(int64_t),
        [MU_FIELD_REAL] = sizeof(double),
        [MU_FIELD_STRING] = sizeof(char *),
        [MU_FIELD_WORD] = sizeof(char *),
        [MU_FIELD_ID] = sizeof(char *),
        [MU_FIELD_REF] = sizeof(mu_ref),
        [MU_FIELD_ENUM] = sizeof(int),
        [MU_FIELD_TEXT] = sizeof(mu_text),
        [MU_FIELD_POINT] = sizeof(mu_point),
        [MU_FIELD_RING] = sizeof(mu_ring),
        [MU_FIELD_DIST] = sizeof(mu_dist),
        [MU_FIELD_DATE] = sizeof(char *),
        [MU_FIELD_JSON] = sizeof(char *),
        [MU_FIELD_RECORD] = 0,
    };
    if (field->flags & MU_FIELD_LIST) {
        return sizeof(mu_list);
    }
    return field->kind == MU_FIELD_RECORD ? field->record->size : sizes[field->kind];
}

static int word_count(const char *const *names) {
    int count = 0;
    while (names[count]) {
        count++;
    }
    return count;
}

static void check_value_of_row(const mu_field *field) {
    const mu_field_limits limits = mu_field_number_limits(field);
    switch (field->kind) {
    case MU_FIELD_INT:
    case MU_FIELD_REAL:
    case MU_FIELD_DIST:
        ck_assert(limits.least < limits.most);
        if (!(field->flags & MU_FIELD_REQUIRED)) {
            ck_assert_double_ge(field->fallback, limits.least);
            ck_assert_double_le(field->fallback, limits.most);
        }
        break;
    case MU_FIELD_ENUM:
        ck_assert_ptr_nonnull(field->names);
        ck_assert_int_lt((int)field->fallback, word_count(field->names));
        break;
    case MU_FIELD_RECORD:
        ck_assert_ptr_nonnull(field->record);
        break;
    case MU_FIELD_REF:
        ck_assert_int_ne(field->target, MU_ENTITY_NONE);
        break;
    default:
        break;
    }
}

/* No two rows share a name or a byte of the struct. */
static void check_apart(const mu_record_type *type, uint32_t i) {
    const mu_field *a = &type->fields[i];
    for (uint32_t j = 0; j < i; j++) {
        const mu_field *b = &type->fields[j];
        ck_assert_str_ne(a->name, b->name);
        ck_assert_msg(a->offset + member_size(a) <= b->offset ||
                          b->offset + member_size(b) <= a->offset,
                      "%s: %s and %s overlap", type->name, a->name, b->name);
    }
}

static void check_type(const mu_record_type *type) {
    uint32_t ids = 0;
    ck_assert_uint_le(type->field_count, MU_FIELD_MOST);
    for (uint32_t i = 0; i < type->field_count; i++) {
        const mu_field *field = &type->fields[i];
        ck_assert_msg(field->meaning != NULL, "%s.%s has no meaning", type->name, field->name);
        ck_assert_uint_le(field->offset + member_size(field), type->size);
        ids += field->kind == MU_FIELD_ID;
        check_apart(type, i);
        if (!(field->flags & MU_FIELD_LIST)) {
            check_value_of_row(field);
        }
    }
    ck_assert_uint_le(ids, 1);
    ck_assert(type->defines == MU_ENTITY_NONE || ids == 1);
}

START_TEST(every_row_can_be_what_it_says) {
    const mu_record_type *types[MU_FIELD_TYPES_MOST];
    const uint32_t count = mu_field_collect_types(kinds[_i]->root, types);
    for (uint32_t i = 0; i < count; i++) {
        check_type(types[i]);
        for (uint32_t j = 0; j < i; j++) {
            ck_assert_str_ne(types[i]->name, types[j]->name); /* schemas name them so */
        }
    }
}
END_TEST

START_TEST(schema_has_every_row) {
    const mu_record_type *types[MU_FIELD_TYPES_MOST];
    const uint32_t count = mu_field_collect_types(kinds[_i]->root, types);
    char *text = mu_schema_print(kinds[_i]);
    ck_assert_ptr_nonnull(text);
    cJSON *schema = cJSON_Parse(text);
    ck_assert_ptr_nonnull(schema);
    const cJSON *definitions = cJSON_GetObjectItem(schema, "$defs");
    for (uint32_t i = 0; i < count; i++) {
        const cJSON *type = i ? cJSON_GetObjectItem(definitions, types[i]->name) : schema;
        const cJSON *properties = cJSON_GetObjectItem(type, "properties");
        const int headers = i ? 0 : 3; /* $schema, format, version */
        ck_assert_int_eq(cJSON_GetArraySize(properties), (int)types[i]->field_count + headers);
        for (uint32_t j = 0; j < types[i]->field_count; j++) {
            ck_assert(cJSON_HasObjectItem(properties, types[i]->fields[j].name));
        }
        ck_assert(cJSON_IsFalse(cJSON_GetObjectItem(type, "additionalProperties")));
    }
    cJSON_Delete(schema);
    free(text);
}
END_TEST

START_TEST(document_has_every_row) {
    const mu_record_type *types[MU_FIELD_TYPES_MOST];
    const uint32_t count = mu_field_collect_types(kinds[_i]->root, types);
    char *text = mu_schema_document(kinds[_i]);
    ck_assert_ptr_nonnull(text);
    for (uint32_t i = 0; i < count; i++) {
        char sought[100];
        snprintf(sought, sizeof sought, "\n## %s\n", types[i]->name);
        const char *section = strstr(text, sought);
        ck_assert_ptr_nonnull(section);
        for (uint32_t j = 0; j < types[i]->field_count; j++) {
            snprintf(sought, sizeof sought, "\n| `%s` |", types[i]->fields[j].name);
            ck_assert_ptr_nonnull(strstr(section, sought));
        }
    }
    free(text);
}
END_TEST

/* What is absent from a file is as if the fallback stood there. */
START_TEST(absent_members_get_their_fallbacks) {
    mu_arena *arena = mu_arena_create();
    mu_diags *diags = mu_diags_create();
    mu_loader *loader = mu_loader_create(arena, diags);
    mu_incident incident;
    mu_playbook playbook;
    const char *text = "{\"format\": \"muster.incident\", \"version\": 1, \"id\": \"i\", "
                       "\"kind\": \"evacuation\", \"site\": \"s\", \"roster\": \"r\"}";
    ck_assert_int_eq(
        mu_loader_read_text(loader, "i", text, strlen(text), &mu_incident_file, &incident), MU_OK);
    ck_assert_double_eq(incident.horizon_s, 7200);
    ck_assert_int_eq(incident.seed, 1);
    ck_assert_ptr_null(incident.item.space.id);
    ck_assert_uint_eq(incident.item.space.index, MU_NONE);
    ck_assert_double_eq(incident.item.notice_radius_m, 10);
    text = "{\"format\": \"muster.playbook\", \"version\": 1, \"id\": \"p\", \"threat\": \"x\", "
           "\"steps\": [{\"id\": \"a\", \"when\": {}, \"verb\": \"open\"}]}";
    ck_assert_int_eq(
        mu_loader_read_text(loader, "p", text, strlen(text), &mu_playbook_file, &playbook), MU_OK);
    const mu_step *step = &playbook.steps.items[0];
    ck_assert_ptr_null(step->who.role);
    ck_assert_int_eq(step->who.count, 1);
    ck_assert_double_eq(step->chance, 1);
    ck_assert_int_eq(step->tries, 1);
    ck_assert_int_eq(step->when.wait_s.kind, MU_DIST_CONSTANT);
    mu_loader_destroy(loader);
    mu_diags_destroy(diags);
    mu_arena_destroy(arena);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("schema");
    TCase *tables = tcase_create("tables");
    tcase_add_loop_test(tables, every_row_can_be_what_it_says, 0, KINDS);
    tcase_add_loop_test(tables, schema_has_every_row, 0, KINDS);
    tcase_add_loop_test(tables, document_has_every_row, 0, KINDS);
    tcase_add_test(tables, absent_members_get_their_fallbacks);
    suite_add_tcase(suite, tables);
    return run_suite(suite);
}
