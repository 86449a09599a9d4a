/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything in every example file can be made, changed and deleted by the editor's own operations.
 * Each file is written anew, from nothing, by what the forms do: a record is added, and into each
 * row is typed what the form of the example shows there. The result says the same. Then every
 * value is changed and every record and member taken away, and all of it taken back to the byte.
 * Records that no example has are made, too: none that a file can hold is left out. */
#include <check.h>
#include <dirent.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "audit/easi.h"
#include "core/dist_form.h"
#include "core/i18n.h"
#include "core/loader.h"
#include "edit/form.h"
#include "edit/project.h"
#include "edit/spread.h"
#include "effort.h"
#include "example_copy.h"
#include "muster/project.h"
#include "readiness/year.h"
#include "runner.h"
#include "study/levers.h"
#include "study/study.h"
#include "verify/case.h"

static const mu_file_kind *const kinds[] = {&mu_year_file,   &mu_study_file, &mu_easi_file,
                                            &mu_levers_file, &mu_case_file,  NULL};

enum { FILES_MOST = 400, PLACE = 400 };

/* Types of records of which one was taken apart, member by member. */
typedef struct seen_types {
    const mu_record_type *items[400];
    uint32_t count;
} seen_types;

typedef struct book {
    mu_project *project;
    seen_types *seen;
    mu_diags *diags;
    uint32_t example, copy; /* papers */
    const char *name;
    uint32_t records, values, changed, removed, spreads;
} book;

static char *source_path(const char *name) {
    static char room[4096];
    snprintf(room, sizeof room, "%s/%s", getenv("MUSTER_SOURCE"), name);
    return room;
}

/* Rows that outlive changes: a form is borrowed until the next one. */
typedef struct rows {
    mu_form_row *items;
    uint32_t count;
} rows;

static rows rows_of(const book *b, uint32_t paper, const char *pointer) {
    const mu_form *form = mu_project_form(b->project, paper, pointer, "en");
    ck_assert_msg(form != NULL, "%s: no form of %s", b->name, pointer);
    rows out = {calloc(form->row_count, sizeof *out.items), form->row_count};
    for (uint32_t k = 0; k < out.count; k++) {
        mu_form_row *row = &out.items[k];
        *row = form->rows[k]; /* keys and words of a choice are those of the tables */
        row->value = strdup(row->value != NULL ? row->value : "");
        row->other = row->other != NULL ? strdup(row->other) : NULL;
        row->shown = row->shown != NULL ? strdup(row->shown) : NULL;
    }
    return out;
}

static void drop_rows(rows r) {
    for (uint32_t k = 0; k < r.count; k++) {
        free((void *)r.items[k].value);
        free((void *)r.items[k].other);
        free((void *)r.items[k].shown);
    }
    free(r.items);
}

/* --- written anew --- */

static void rebuild(book *b, const char *from, const char *to);

/* Planners do not write JSON. The exception are values that the tables leave open: what was in a
 * step before it was changed, and what a study or a lever sets a member to. */
static void expect_no_json(const book *b, const char *to, const mu_form_row *row,
                           const char *typed) {
    const bool is_json = typed[0] != '\0' && strchr("[{\"", typed[0]) != NULL;
    ck_assert_msg(!is_json || row->kind == MU_FORM_JSON, "%s: %s/%s is typed as %.60s", b->name, to,
                  row->key, typed);
}

static void type_row(book *b, const char *to, const mu_form_row *row) {
    char why[300] = "";
    const char *typed = row->shown != NULL ? row->shown : row->value; /* as people see it */
    expect_no_json(b, to, row, typed);
    const mu_status status =
        mu_project_enter(b->project, b->copy, to, row->key, typed, row->other, why, sizeof why);
    ck_assert_msg(status == MU_OK, "%s: %s/%s = %.80s: %s", b->name, to, row->key, row->value, why);
    b->values++;
}

static void rebuild_list(book *b, const char *from, const char *to, uint32_t count) {
    char one[PLACE], made[PLACE];
    for (uint32_t k = 0; k < count; k++) {
        snprintf(one, sizeof one, "%s/#%u", from, k);
        if (k == 0 && mu_document_find(mu_project_document(b->project, b->copy), to) != MU_NONE) {
            snprintf(made, sizeof made, "%s/#0", to); /* came with the record */
        } else {
            ck_assert_msg(mu_project_add_record(b->project, b->copy, to, made, sizeof made) ==
                              MU_OK,
                          "%s: nothing can be added to %s", b->name, to);
        }
        rebuild(b, one, made);
    }
}

/* A distribution, from the least number: its kind, then its numbers and where they come from. */
static void rebuild_spread(book *b, const char *from, const char *to) {
    const rows r = rows_of(b, b->example, from);
    ck_assert_int_eq(mu_project_spread(b->project, b->copy, to), MU_OK);
    for (uint32_t k = 0; k < r.count; k++) {
        if (r.items[k].is_given) {
            type_row(b, to, &r.items[k]);
        }
    }
    drop_rows(r);
    b->spreads++;
}

static void rebuild(book *b, const char *from, const char *to) {
    char inner[PLACE], made[PLACE];
    const rows r = rows_of(b, b->example, from);
    b->records++;
    for (uint32_t k = 0; k < r.count; k++) {
        const mu_form_row *row = &r.items[k];
        snprintf(inner, sizeof inner, "%s/%s", from, row->key);
        snprintf(made, sizeof made, "%s/%s", to, row->key);
        const bool is_there =
            mu_document_find(mu_project_document(b->project, b->copy), made) != MU_NONE;
        if (!row->is_given) {
            continue;
        }
        if (row->kind == MU_FORM_RECORDS && row->count > 0) {
            rebuild_list(b, inner, made, row->count);
        } else if (row->kind == MU_FORM_RECORDS) {
            ck_assert_int_eq(mu_project_set(b->project, b->copy, made, "[]"), MU_OK);
        } else if (row->kind == MU_FORM_RECORD) {
            ck_assert(is_there || mu_project_set(b->project, b->copy, made, "{}") == MU_OK);
            rebuild(b, inner, made);
        } else if (row->kind == MU_FORM_SPREAD && row->shown != NULL) {
            rebuild_spread(b, inner, made);
        } else {
            type_row(b, to, row);
        }
    }
    drop_rows(r);
}

/* The same, whatever the order of members; a word alone is a list of it. */
static bool is_same(const cJSON *a, const cJSON *b) {
    if (cJSON_IsArray(a) != cJSON_IsArray(b)) {
        const cJSON *list = cJSON_IsArray(a) ? a : b, *one = list == a ? b : a;
        return cJSON_GetArraySize(list) == 1 && cJSON_Compare(list->child, one, true);
    }
    if (cJSON_GetArraySize(a) != cJSON_GetArraySize(b) ||
        (!cJSON_IsArray(a) && !cJSON_IsObject(a))) {
        return cJSON_Compare(a, b, true);
    }
    const cJSON *other = b->child;
    for (const cJSON *part = a->child; part != NULL; part = part->next) {
        if (part->string != NULL) {
            other = cJSON_GetObjectItemCaseSensitive(b, part->string);
        }
        if (other == NULL || !is_same(part, other)) {
            return false;
        }
        other = other->next;
    }
    return true;
}

static void expect_same(const book *b, const char *from, const char *to) {
    char *first = mu_project_value(b->project, b->example, from);
    char *second = mu_project_value(b->project, b->copy, to);
    ck_assert_ptr_nonnull(first);
    ck_assert_ptr_nonnull(second);
    cJSON *one = cJSON_Parse(first), *two = cJSON_Parse(second);
    size_t at = 0;
    while (first[at] != '\0' && first[at] == second[at]) {
        at++;
    }
    ck_assert_msg(is_same(one, two), "%s%s: %.200s\nbecame %.200s", b->name, from, first + at,
                  second + at);
    cJSON_Delete(one);
    cJSON_Delete(two);
    free(first);
    free(second);
}

/* --- changed and taken away --- */

/* Another value that such a row can have. */
static void another(const mu_form_row *row, char *out, size_t room) {
    const bool is_true = strcmp(row->value, "true") == 0;
    switch (row->kind) {
    case MU_FORM_SWITCH:
        snprintf(out, room, "%s", is_true ? "false" : "true");
        return;
    case MU_FORM_CHOICE:
        snprintf(out, room, "%s",
                 strcmp(row->choices[0], row->value) != 0 || row->choices[1] == NULL
                     ? row->choices[0]
                     : row->choices[1]);
        return;
    case MU_FORM_NUMBER:
    case MU_FORM_SPREAD:
        snprintf(out, room, "%s", strcmp(row->value, "7") == 0 ? "8" : "7");
        return;
    case MU_FORM_POINTS:
        snprintf(out, room, "%s", strchr(row->value, ';') ? "0, 0; 1, 2.5; 3, 4" : "8.25, 3");
        return;
    case MU_FORM_NUMBERS:
        snprintf(out, room, "%s", "0, 0.5, 1");
        return;
    case MU_FORM_JSON:
        snprintf(out, room, "%s", "[[0, 0], [1, 2.5], [3, 4]]");
        return;
    default:
        snprintf(out, room, "%s", strcmp(row->value, "other") == 0 ? "another" : "other");
        return;
    }
}

static void change_row(book *b, const char *record, const mu_form_row *row) {
    char value[200], why[300] = "", place[PLACE];
    another(row, value, sizeof value);
    const bool two = row->other != NULL;
    snprintf(place, sizeof place, "%s/%s", record, row->key);
    char *before = mu_project_value(b->project, b->copy, place);
    ck_assert_msg(mu_project_enter(b->project, b->copy, record, row->key, value,
                                   two ? "别的" : NULL, why, sizeof why) == MU_OK,
                  "%s: %s cannot be %s: %s", b->name, place, value, why);
    char *after = mu_project_value(b->project, b->copy, place);
    ck_assert_msg(after != NULL && (before == NULL || strcmp(before, after) != 0),
                  "%s: %s stays %s", b->name, place, before);
    free(before);
    free(after);
    b->changed++;
    const mu_status gone = mu_project_enter(b->project, b->copy, record, row->key, "",
                                            two ? "" : NULL, why, sizeof why);
    ck_assert_int_eq(gone, row->is_required ? MU_ERR_INPUT : MU_OK);
    b->removed += gone == MU_OK;
}

static void unmake(book *b, const char *record);

static bool is_seen(const seen_types *seen, const mu_record_type *type) {
    bool is = false;
    for (uint32_t k = 0; k < seen->count; k++) {
        is = is || seen->items[k] == type;
    }
    return is;
}

/* A record of a type that no example had so far. */
static bool make_inner(book *b, const char *inner, mu_form_row *row) {
    char made[PLACE];
    if (is_seen(b->seen, mu_project_type(b->project, b->copy, inner))) {
        return false;
    }
    row->count = row->kind == MU_FORM_RECORDS;
    ck_assert_int_eq(row->kind == MU_FORM_RECORDS
                         ? mu_project_add_record(b->project, b->copy, inner, made, sizeof made)
                         : mu_project_set(b->project, b->copy, inner, "{}"),
                     MU_OK);
    return true;
}

static void unmake_inner(book *b, const char *inner, const mu_form_row *row) {
    if (row->kind == MU_FORM_RECORD) {
        unmake(b, inner);
    }
    for (uint32_t n = row->kind == MU_FORM_RECORD ? 0 : row->count; n > 0; n--) {
        char item[PLACE + 20];
        snprintf(item, sizeof item, "%s/#%u", inner, n - 1);
        if (n == 1) { /* one of each is taken apart */
            unmake(b, item);
        }
        ck_assert_int_eq(mu_project_remove(b->project, b->copy, item), MU_OK);
        b->removed++;
    }
    if (!row->is_required) {
        ck_assert_int_eq(mu_project_remove(b->project, b->copy, inner), MU_OK);
        b->removed++;
    }
}

/* Every row of a record: typed over, then emptied. What has rows of its own comes first, and goes
 * as a whole. */
static void unmake(book *b, const char *record) {
    char inner[PLACE];
    const mu_record_type *type = mu_project_type(b->project, b->copy, record);
    if (!is_seen(b->seen, type) && b->seen->count < 400) {
        b->seen->items[b->seen->count++] = type;
    }
    const rows r = rows_of(b, b->copy, record);
    for (uint32_t k = 0; k < r.count; k++) {
        mu_form_row *row = &r.items[k];
        snprintf(inner, sizeof inner, "%s/%s", record, row->key);
        if (row->kind != MU_FORM_RECORD && row->kind != MU_FORM_RECORDS) {
            change_row(b, record, row);
        } else if (row->is_given || make_inner(b, inner, row)) {
            unmake_inner(b, inner, row);
        }
    }
    drop_rows(r);
}

/* --- files --- */

static mu_paper_kind kind_of(book *b) {
    return mu_project_paper(b->project, b->example).kind;
}

/* An empty file of the example's kind, beside nothing on the disk. */
static void start_copy(book *b) {
    char text[200], path[200];
    const mu_file_kind *file = b->project->papers[b->example].file;
    snprintf(text, sizeof text, "{\n  \"format\": \"%s\",\n  \"version\": %d\n}\n", file->format,
             file->version);
    snprintf(path, sizeof path, "/nonexistent/muster/copy.json");
    b->copy = mu_project_take_up(b->project, kind_of(b), path, text, b->diags);
    ck_assert_uint_ne(b->copy, MU_NOWHERE);
    b->project->papers[b->copy].file = file;
}

/* One record of a list at a time, so that the copy stays short; each goes again. */
static void work_through_list(book *b, const char *list, uint32_t count) {
    for (uint32_t n = 0; n < count; n++) {
        char item[PLACE], made[PLACE];
        snprintf(item, sizeof item, "%.300s/#%u", list, n);
        ck_assert_int_eq(mu_project_add_record(b->project, b->copy, list, made, sizeof made),
                         MU_OK);
        rebuild(b, item, made);
        expect_same(b, item, made);
        if (n == 0 || n + 1 == count) {
            unmake(b, made);
        }
        ck_assert_int_eq(mu_project_remove(b->project, b->copy, made), MU_OK);
        b->removed++;
    }
}

static void work_through(book *b) {
    const rows r = rows_of(b, b->example, "");
    for (uint32_t k = 0; k < r.count; k++) {
        const mu_form_row *row = &r.items[k];
        char place[PLACE];
        snprintf(place, sizeof place, "/%s", row->key);
        if (!row->is_given) {
            continue;
        }
        if (row->kind == MU_FORM_RECORDS) {
            work_through_list(b, place, row->count);
            continue;
        }
        if (row->kind == MU_FORM_RECORD) {
            ck_assert_int_eq(mu_project_set(b->project, b->copy, place, "{}"), MU_OK);
            rebuild(b, place, place);
        } else if (row->kind == MU_FORM_SPREAD && row->shown != NULL) {
            rebuild_spread(b, place, place);
        } else {
            type_row(b, "", row);
        }
        expect_same(b, place, place);
    }
    drop_rows(r);
    unmake(b, "");
}

/* Records of the example itself go, and come back to the byte. */
static void clear_example(book *b) {
    enum { ALL = 12 }; /* of a list; of a longer one some */
    char item[PLACE];
    char *before = strdup(mu_project_text(b->project, b->example));
    const rows r = rows_of(b, b->example, "");
    uint32_t gone = 0;
    for (uint32_t k = 0; k < r.count; k++) {
        const uint32_t count = r.items[k].kind == MU_FORM_RECORDS ? r.items[k].count : 0;
        for (uint32_t n = count; n > 0; n -= n < ALL ? 1 : n / ALL) {
            snprintf(item, sizeof item, "/%s/#%u", r.items[k].key, n - 1);
            ck_assert_int_eq(mu_project_remove(b->project, b->example, item), MU_OK);
            gone++;
        }
    }
    drop_rows(r);
    for (; gone > 0; gone--) {
        ck_assert(mu_project_undo(b->project));
    }
    ck_assert_msg(strcmp(before, mu_project_text(b->project, b->example)) == 0, "%s", b->name);
    free(before);
}

static void expect_saved_unchanged(book *b, const char *path) {
    struct stat first, second;
    stat(path, &first);
    ck_assert_msg(!mu_project_paper(b->project, b->example).is_changed, "%s", b->name);
    ck_assert_int_eq(mu_document_save(mu_project_document(b->project, b->example), false, b->diags),
                     MU_OK);
    stat(path, &second);
    ck_assert(first.st_ino == second.st_ino && first.st_mtim.tv_nsec == second.st_mtim.tv_nsec);
}

static book work_on(const char *path, const char *name, seen_types *seen) {
    char *site = strdup(source_path("scenarios/head-office/site.json"));
    const mu_project_def def = {.path = site, .kinds = kinds};
    book b = {.seen = seen, .diags = mu_diags_create(), .name = name};
    b.project = mu_project_open(&def, b.diags);
    ck_assert_ptr_nonnull(b.project);
    b.example = mu_project_add_file(b.project, path, b.diags);
    ck_assert_msg(b.example != MU_NOWHERE, "%s", name);
    clear_example(&b);
    expect_saved_unchanged(&b, path);
    start_copy(&b);
    work_through(&b);
    mu_project_close(b.project, false);
    mu_diags_destroy(b.diags);
    free(site);
    return b;
}

static uint32_t list_files(const char *folder, char (*out)[512], uint32_t count) {
    DIR *dir = opendir(folder);
    ck_assert_ptr_nonnull(dir);
    for (struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
        char path[512];
        struct stat info;
        const size_t length = strlen(entry->d_name);
        snprintf(path, sizeof path, "%.250s/%.200s", folder, entry->d_name);
        if (entry->d_name[0] == '.' || stat(path, &info) != 0) {
            continue;
        }
        if (S_ISDIR(info.st_mode)) {
            count = list_files(path, out, count);
        } else if (length > 5 && strcmp(entry->d_name + length - 5, ".json") == 0) {
            ck_assert_uint_lt(count, FILES_MOST);
            memcpy(out[count++], path, sizeof path);
        }
    }
    closedir(dir);
    return count;
}

/* The importer's files are the program's own: their table is not in the library. */
static bool has_a_table_here(const char *path) {
    const char *only = getenv("MUSTER_FORMS_ONLY"); /* one of them by hand */
    return strstr(path, "/imports/") == NULL && (only == NULL || strstr(path, only) != NULL);
}

START_TEST(every_example_is_made_changed_and_deleted) {
    char(*files)[512] = calloc(FILES_MOST, sizeof *files);
    const uint32_t count = list_files(source_path("scenarios"), files, 0);
    seen_types seen = {.count = 0};
    uint32_t worked = 0, records = 0, values = 0, changed = 0, removed = 0, spreads = 0;
    for (uint32_t k = 0; k < count; k += EFFORT(1, 14)) {
        if (has_a_table_here(files[k])) {
            const book b = work_on(files[k], strrchr(files[k], '/') + 1, &seen);
            worked++;
            records += b.records;
            values += b.values;
            changed += b.changed;
            removed += b.removed;
            spreads += b.spreads;
        }
    }
    printf("%u files, %u records, %u values typed, %u distributions, %u changed, %u taken away\n",
           worked, records, values, spreads, changed, removed);
    ck_assert_uint_gt(worked, EFFORT(60, 3));
    const int kinds_seen = getenv("MUSTER_FORMS_ONLY") == NULL ? EFFORT(MU_PAPER_OTHER, 0) : 0;
    for (int k = 0; k < kinds_seen; k++) {
        const mu_record_type *types[MU_FIELD_TYPES_MOST];
        const uint32_t all = mu_field_collect_types(mu_paper_file((mu_paper_kind)k)->root, types);
        for (uint32_t t = 0; t < all; t++) {
            ck_assert_msg(is_seen(&seen, types[t]), "no %s was made", types[t]->name);
        }
    }
    free(files);
}
END_TEST

/* --- values that vary --- */

static const mu_form_row *row_of(const mu_form *form, const char *key) {
    for (uint32_t k = 0; form != NULL && k < form->row_count; k++) {
        if (strcmp(form->rows[k].key, key) == 0) {
            return &form->rows[k];
        }
    }
    return NULL;
}

/* The numbers of the form are those that it takes, and in their order. */
static void expect_valid(mu_project *project, uint32_t paper, const char *pointer) {
    char why[300] = "", number[40], key[40];
    double before = -INFINITY;
    const mu_form *form = mu_project_form(project, paper, pointer, "en");
    const bool ordered = row_of(form, "low") != NULL;
    ck_assert_ptr_nonnull(form);
    for (uint32_t k = 1; k + 1 < form->row_count; k++) {
        snprintf(number, sizeof number, "%s", form->rows[k].value);
        snprintf(key, sizeof key, "%s", form->rows[k].key);
        ck_assert_msg(
            mu_project_enter(project, paper, pointer, key, number, NULL, why, sizeof why) == MU_OK,
            "%s = %s: %s", key, number, why);
        ck_assert(!ordered || atof(number) >= before);
        before = atof(number);
        form = mu_project_form(project, paper, pointer, "en");
    }
}

/* From every kind to every other, in fields of narrow and wide bounds; all taken back. */
START_TEST(a_kind_is_changed_and_the_value_stays_valid) {
    static const char *const begin[] = {"0", "900", "3600"};
    char *site = strdup(source_path("scenarios/head-office/site.json"));
    mu_diags *diags = mu_diags_create();
    const mu_project_def def = {.path = site, .kinds = kinds};
    mu_project *project = mu_project_open(&def, diags);
    char why[300];
    const uint32_t paper = mu_project_find_paper(project, MU_PAPER_SITE);
    const char *place = "/portals/#0/closes_in_s"; /* 0 to 3600 */
    char *whole = strdup(mu_project_text(project, paper));
    for (int n = 0; n < 3; n++) {
        for (int k = 0; k < 64; k++) {
            ck_assert_int_eq(mu_project_set(project, paper, place, begin[n]), MU_OK);
            const char *const *words = mu_dist_words();
            ck_assert_int_eq(
                mu_project_enter(project, paper, place, "dist", words[k / 8], NULL, why, 300),
                MU_OK);
            expect_valid(project, paper, place);
            ck_assert_int_eq(
                mu_project_enter(project, paper, place, "dist", words[k % 8], NULL, why, 300),
                MU_OK);
            expect_valid(project, paper, place);
            const mu_form *form = mu_project_form(project, paper, place, "en");
            ck_assert_str_eq(form->rows[0].value, words[k % 8]);
        }
    }
    while (mu_project_undo(project)) {
    }
    ck_assert_str_eq(whole, mu_project_text(project, paper));
    mu_project_close(project, false);
    mu_diags_destroy(diags);
    free(whole);
    free(site);
}
END_TEST

/* What can be kept is: medians of the lognormal, the normal and a number alone are one. */
START_TEST(a_change_of_kind_keeps_the_middle) {
    const mu_field field = {.kind = MU_FIELD_DIST, .least = 0, .most = 86400};
    const mu_dist from = {MU_DIST_LOGNORMAL, 900, 0.8, 0, NULL};
    const mu_dist_kind same[] = {MU_DIST_CONSTANT, MU_DIST_NORMAL};
    for (int k = 0; k < 2; k++) {
        ck_assert_double_eq_tol(mu_spread_turn(&field, &from, same[k]).a, 900, 1e-9);
    }
    const mu_dist gamma = mu_spread_turn(&field, &from, MU_DIST_GAMMA);
    ck_assert_double_eq_tol(gamma.a, 1240, 1e-9); /* 900 exp(0.32) = 1239.4, to three digits */
    const mu_dist weibull = mu_spread_turn(&field, &from, MU_DIST_WEIBULL);
    ck_assert_double_eq_tol(mu_dist_quantile(&weibull, 0.5), 900, 5);
    const mu_dist normal = mu_spread_turn(&field, &from, MU_DIST_NORMAL);
    const mu_dist back = mu_spread_turn(&field, &normal, MU_DIST_LOGNORMAL);
    ck_assert_double_gt(back.a, 899);
}
END_TEST

static void speak(const char *language);

START_TEST(a_spread_is_said_in_words) {
    static const char json[] = "{\"dist\": \"lognormal\", \"median\": 900, \"sigma\": 0.8}";
    const mu_field field = {.kind = MU_FIELD_DIST, .unit = "s"};
    mu_arena *arena = mu_arena_create();
    speak("en");
    ck_assert_ptr_null(mu_spread_say(arena, &field, "900"));
    ck_assert_str_eq(mu_spread_say(arena, &field, json),
                     "about 15 min, lognormal, half between 8.7 and 26 min");
    ck_assert_str_eq(
        mu_spread_say(arena, &field, "{\"dist\": \"uniform\", \"low\": 20, \"high\": 40}"),
        "anywhere between 20 and 40 s");
    speak("zh_CN");
    ck_assert_str_eq(mu_spread_say(arena, &field, json),
                     "约 15 分钟，对数正态，一半在 8.7 到 26 分钟之间");
    speak("en");
    mu_arena_destroy(arena);
}
END_TEST

/* What is out of bounds is refused, with the reason; a limit that is passed goes along. */
START_TEST(numbers_of_a_spread_are_watched) {
    char *site = strdup(source_path("scenarios/head-office/site.json"));
    mu_diags *diags = mu_diags_create();
    const mu_project_def def = {.path = site, .kinds = kinds};
    mu_project *project = mu_project_open(&def, diags);
    const uint32_t paper = mu_project_find_paper(project, MU_PAPER_SITE);
    const char *place = "/portals/#0/closes_in_s";
    char why[300] = "";
    ck_assert_int_eq(
        mu_project_set(project, paper, place, "{\"dist\":\"uniform\",\"low\":5,\"high\":9}"),
        MU_OK);
    ck_assert_int_eq(mu_project_enter(project, paper, place, "low", "4000", NULL, why, 300),
                     MU_ERR_INPUT);
    ck_assert_str_eq(why, "it must lie between 0 and 3600");
    ck_assert_int_eq(mu_project_enter(project, paper, place, "low", "a few", NULL, why, 300),
                     MU_ERR_INPUT);
    ck_assert_str_eq(why, "a number is wanted here");
    ck_assert_int_eq(mu_project_enter(project, paper, place, "source", "measured", NULL, why, 300),
                     MU_OK);
    char *source = mu_project_value(project, paper, "/portals/#0/closes_in_s/source");
    ck_assert_str_eq(source, "\"measured\"");
    free(source);
    ck_assert_int_eq(mu_project_enter(project, paper, place, "source", "", NULL, why, 300), MU_OK);
    ck_assert_ptr_null(mu_project_value(project, paper, "/portals/#0/closes_in_s/source"));
    ck_assert_int_eq(mu_project_enter(project, paper, place, "source", "", NULL, why, 300), MU_OK);
    ck_assert_int_eq(mu_project_enter(project, paper, place, "low", "12", NULL, why, 300), MU_OK);
    ck_assert_str_eq(row_of(mu_project_form(project, paper, place, "en"), "high")->value, "12");
    ck_assert_int_eq(mu_project_enter(project, paper, place, "high", "", NULL, why, 300),
                     MU_ERR_INPUT);
    ck_assert_int_eq(mu_project_enter(project, paper, place, "dist", "Lognormal", NULL, why, 300),
                     MU_OK);
    ck_assert_int_eq(mu_project_enter(project, paper, place, "median", "0", NULL, why, 300),
                     MU_ERR_INPUT);
    mu_project_close(project, false);
    mu_diags_destroy(diags);
    free(site);
}
END_TEST

START_TEST(words_lose_the_blanks_round_them) {
    char *roster = strdup(source_path("scenarios/head-office/package.json"));
    mu_diags *diags = mu_diags_create();
    const mu_project_def def = {.path = roster, .kinds = kinds};
    mu_project *project = mu_project_open(&def, diags);
    const uint32_t paper = mu_project_find_paper(project, MU_PAPER_ROSTER);
    char why[300] = "";
    ck_assert_int_eq(mu_project_enter(project, paper, "/members/ert.medic", "skills",
                                      "medic  ,\tdriver \t,  , cook", NULL, why, 300),
                     MU_OK);
    char *skills = mu_project_value(project, paper, "/members/ert.medic/skills");
    cJSON *own = cJSON_Parse(skills), *wanted = cJSON_Parse("[\"medic\",\"driver\",\"cook\"]");
    ck_assert_msg(cJSON_Compare(own, wanted, true), "%s", skills);
    cJSON_Delete(own);
    cJSON_Delete(wanted);
    free(skills);
    mu_project_close(project, false);
    mu_diags_destroy(diags);
    free(roster);
}
END_TEST

/* Roles and events are chosen by the names that people give them, and stay what they are. */
START_TEST(roles_and_events_are_chosen_by_name) {
    char *incident = strdup(source_path("scenarios/head-office/package.json"));
    mu_diags *diags = mu_diags_create();
    const mu_project_def def = {.path = incident, .kinds = kinds};
    mu_project *project = mu_project_open(&def, diags);
    ck_assert_ptr_nonnull(project);
    (void)mu_project_check(project, true);
    const uint32_t paper = mu_project_find_paper(project, MU_PAPER_PLAYBOOK);
    const uint32_t count = mu_document_count(mu_project_document(project, paper), "/steps");
    const char *const inner[] = {"who", "when"};
    uint32_t named = 0;
    speak("zh_CN");
    for (uint32_t k = 0; k < 2 * count; k++) {
        char place[PLACE], key[80], typed[2000], why[300] = "";
        snprintf(place, sizeof place, "/steps/#%u/%s", k / 2, inner[k % 2]);
        const mu_form *form = mu_project_form(project, paper, place, "zh");
        for (uint32_t f = 0; form != NULL && f < form->row_count; f++) {
            const mu_form_row *row = &form->rows[f];
            if (!row->is_given || row->labels == NULL) {
                continue;
            }
            named += strcmp(row->shown, row->value) != 0;
            snprintf(key, sizeof key, "%s", row->key);
            snprintf(typed, sizeof typed, "%s", row->shown);
            char *before = mu_project_value(project, paper, place);
            ck_assert_msg(
                mu_project_enter(project, paper, place, key, typed, NULL, why, sizeof why) == MU_OK,
                "%s/%s = %s: %s", place, key, typed, why);
            char *after = mu_project_value(project, paper, place);
            ck_assert_str_eq(before, after);
            free(before);
            free(after);
            form = mu_project_form(project, paper, place, "zh");
        }
    }
    speak("en");
    printf("%u of %u steps' rows have names\n", named, count);
    ck_assert_uint_gt(named, count);
    mu_project_close(project, false);
    mu_diags_destroy(diags);
    free(incident);
}
END_TEST

/* A note that was one text stays one; it is an object once both languages are given. */
START_TEST(a_note_is_written_as_it_was_given) {
    static const struct {
        const char *en, *zh, *written;
    } typed[] = {{"Open.", "", "\"Open.\""},
                 {"Still open.", "", "\"Still open.\""},
                 {"Open.", "未定。", "{\"en\":\"Open.\",\"zh\":\"未定。\"}"},
                 {"", "未定。", "{\"zh\":\"未定。\"}"}};
    char *incident = strdup(source_path("scenarios/head-office/package.json"));
    mu_diags *diags = mu_diags_create();
    const mu_project_def def = {.path = incident, .kinds = kinds};
    mu_project *project = mu_project_open(&def, diags);
    ck_assert_ptr_nonnull(project);
    const uint32_t paper = mu_project_find_paper(project, MU_PAPER_POLICY);
    const char *const place = "/clauses/4.2.3b";
    for (size_t k = 0; k < sizeof typed / sizeof typed[0]; k++) {
        char why[300] = "";
        ck_assert_msg(mu_project_enter(project, paper, place, "note", typed[k].en, typed[k].zh, why,
                                       sizeof why) == MU_OK,
                      "%s", why);
        char *text = mu_project_value(project, paper, "/clauses/4.2.3b/note");
        cJSON *written = cJSON_Parse(text), *wanted = cJSON_Parse(typed[k].written);
        ck_assert_msg(cJSON_Compare(written, wanted, true), "%s", text);
        const mu_form_row *row = row_of(mu_project_form(project, paper, place, "zh"), "note");
        ck_assert_int_eq(row->kind, MU_FORM_TEXT);
        ck_assert_str_eq(row->value, typed[k].en);
        ck_assert_str_eq(row->other, typed[k].zh);
        cJSON_Delete(written);
        cJSON_Delete(wanted);
        free(text);
    }
    mu_project_close(project, false);
    mu_diags_destroy(diags);
    free(incident);
}
END_TEST

/* --- words of lists --- */

static void speak(const char *language) {
    char path[4096 + 16];
    const ssize_t length = readlink("/proc/self/exe", path, 4096);
    ck_assert_int_gt(length, 0);
    path[length] = '\0';
    (void)snprintf(strrchr(path, '/'), 8, "/../po");
    ck_assert_ptr_nonnull(setlocale(LC_MESSAGES, "C.UTF-8"));
    setenv("LANGUAGE", language, 1);
    bindtextdomain(MU_TEXT_DOMAIN, path);
    bind_textdomain_codeset(MU_TEXT_DOMAIN, "UTF-8");
}

/* Each word is called something, and what it is called leads back to it. */
static uint32_t check_words(const mu_field *field, bool chinese) {
    uint32_t k = 0;
    for (; field->kind == MU_FIELD_ENUM && field->names[k] != NULL; k++) {
        const char *word = field->names[k], *label = mu_project_word(field->name, word);
        ck_assert_msg(label != word, "%s of %s has no name", word, field->name);
        ck_assert_msg(mu_form_word(field, label) == word, "%s of %s: %s", word, field->name, label);
        ck_assert_msg(!chinese || strpbrk(label, "\xe4\xe5\xe6\xe7\xe8\xe9") != NULL, "%s: %s",
                      word, label);
        ck_assert((field->flags & MU_FIELD_LIST) == 0 || strpbrk(label, ",") == NULL);
    }
    return k;
}

/* Verification cases are for those who make models: their measures keep the file's words. */
START_TEST(every_word_of_a_list_has_a_name) {
    const mu_file_kind *const all[] = {&mu_year_file, &mu_study_file, &mu_easi_file,
                                       &mu_levers_file};
    for (int turn = 0; turn < 2; turn++) {
        uint32_t words = 0;
        speak(turn == 0 ? "en" : "zh_CN");
        for (int k = 0; k < MU_PAPER_OTHER + 4; k++) {
            const mu_record_type *types[MU_FIELD_TYPES_MOST];
            const mu_file_kind *file =
                k < MU_PAPER_OTHER ? mu_paper_file((mu_paper_kind)k) : all[k - MU_PAPER_OTHER];
            const uint32_t count = mu_field_collect_types(file->root, types);
            for (uint32_t t = 0; t < count; t++) {
                for (uint32_t f = 0; f < types[t]->field_count; f++) {
                    words += check_words(&types[t]->fields[f], turn == 1);
                }
            }
        }
        ck_assert_uint_gt(words, 200);
    }
    speak("en");
}
END_TEST

/* What is typed without the marks of JSON, with commas of either script, and how it is shown again.
 */
START_TEST(lists_are_typed_plainly) {
    static const mu_field words = {.kind = MU_FIELD_JSON, .flags = MU_FIELD_LIST};
    static const mu_field word = {.kind = MU_FIELD_WORD};
    static const mu_field ring = {.kind = MU_FIELD_RING};
    static const mu_field rings = {.kind = MU_FIELD_RING, .flags = MU_FIELD_LIST};
    static const struct {
        const mu_field *field;
        const char *typed, *json; /* NULL: cannot be read */
    } typed[] = {{&words, "a, b，c、 d e ", "[\"a\",\"b\",\"c\",\"d e\"]"},
                 {&words, "one", "[\"one\"]"},
                 {&words, "\"2\", 3", "[\"2\",3]"},
                 {&words, "[\"a\", \"b\"]", "[\"a\",\"b\"]"},
                 {&words, "[\"a\", ", NULL},
                 {&words, "{a", NULL},
                 {&word, "a, b", "\"a, b\""},
                 {&word, "\"a", NULL},
                 {&ring, "0, 0; 4，0；4, 3", "[[0,0],[4,0],[4,3]]"},
                 {&ring, "0, 0; 4, 0 x", NULL},
                 {&ring, "\"0, 0", NULL},
                 {&ring, "0, 0; 4, 0 | 1, 1", NULL},
                 {&rings, "0, 0; 4, 0; 4, 3 | 1, 1; 2, 1; 2, 2｜5, 5",
                  "[[[0,0],[4,0],[4,3]],[[1,1],[2,1],[2,2]],[[5,5]]]"}};
    for (size_t k = 0; k < sizeof typed / sizeof typed[0]; k++) {
        char *json = mu_form_from_plain(typed[k].field, typed[k].typed);
        if (typed[k].json == NULL) {
            ck_assert_msg(json == NULL, "%s: %s", typed[k].typed, json);
            continue;
        }
        ck_assert_ptr_nonnull(json);
        cJSON *own = cJSON_Parse(json), *wanted = cJSON_Parse(typed[k].json);
        ck_assert_msg(cJSON_Compare(own, wanted, true), "%s: %s", typed[k].typed, json);
        cJSON_Delete(own);
        cJSON_Delete(wanted);
        free(json);
    }
    static const struct {
        const mu_field *field;
        const char *json, *shown; /* NULL: only as JSON */
    } shown[] = {{&words, "[\"a\", \"b c\", 3]", "a, b c, 3"},
                 {&words, "[\"a, b\", \"c\"]", NULL},
                 {&words, "[[1]]", NULL},
                 {&words, "[\"7\", \"x\"]", "\"7\", x"},
                 {&rings, "[[[0, 0], [4, 0]], [[1, 1]]]", "0, 0; 4, 0 | 1, 1"},
                 {&ring, "[[0, 0], 4]", NULL},
                 {&ring, "[[0, \"x\"]]", NULL}};
    mu_arena *arena = mu_arena_create();
    for (size_t k = 0; k < sizeof shown / sizeof shown[0]; k++) {
        const char *said = mu_form_plain(arena, shown[k].field, shown[k].json);
        ck_assert_msg(shown[k].shown == NULL ? said == NULL
                                             : said != NULL && strcmp(said, shown[k].shown) == 0,
                      "%s: %s", shown[k].json, said != NULL ? said : "NULL");
    }
    mu_arena_destroy(arena);
}
END_TEST

int main(void) {
    char folder[] = "/tmp/muster-examples-XXXXXX";
    if (!examples_copy(folder)) {
        perror(folder);
        return EXIT_FAILURE;
    }
    Suite *suite = suite_create("forms");
    TCase *all = tcase_create("forms");
    tcase_set_timeout(all, 250);
    tcase_add_test(all, a_kind_is_changed_and_the_value_stays_valid);
    tcase_add_test(all, a_change_of_kind_keeps_the_middle);
    tcase_add_test(all, a_spread_is_said_in_words);
    tcase_add_test(all, numbers_of_a_spread_are_watched);
    tcase_add_test(all, roles_and_events_are_chosen_by_name);
    tcase_add_test(all, a_note_is_written_as_it_was_given);
    tcase_add_test(all, every_word_of_a_list_has_a_name);
    tcase_add_test(all, every_example_is_made_changed_and_deleted);
    tcase_add_test(all, lists_are_typed_plainly);
    tcase_add_test(all, words_lose_the_blanks_round_them);
    suite_add_tcase(suite, all);
    const int status = run_suite(suite);
    examples_remove(folder);
    return status;
}
