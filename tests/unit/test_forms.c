/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything in every example file can be made, changed and deleted by the editor's own operations.
 * Each file is written anew, from nothing, by what the forms do: a record is added, and into each
 * row is typed what the form of the example shows there. The result says the same. Then every
 * value is changed and every record and member taken away, and all of it taken back to the byte.
 * Records that no example has are made, too: none that a file can hold is left out. */
#include <check.h>
#include <dirent.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "audit/easi.h"
#include "core/i18n.h"
#include "core/loader.h"
#include "edit/form.h"
#include "edit/project.h"
#include "effort.h"
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
    uint32_t records, values, changed, removed;
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

static void type_row(book *b, const char *to, const mu_form_row *row) {
    char why[300] = "";
    const char *typed = row->shown != NULL ? row->shown : row->value; /* as people see it */
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
    ck_assert(!mu_project_paper(b->project, b->example).is_changed);
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
            strcpy(out[count++], path);
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
    uint32_t worked = 0, records = 0, values = 0, changed = 0, removed = 0;
    for (uint32_t k = 0; k < count; k += EFFORT(1, 8)) {
        if (has_a_table_here(files[k])) {
            const book b = work_on(files[k], strrchr(files[k], '/') + 1, &seen);
            worked++;
            records += b.records;
            values += b.values;
            changed += b.changed;
            removed += b.removed;
        }
    }
    printf("%u files, %u records, %u values typed, %u changed, %u taken away\n", worked, records,
           values, changed, removed);
    ck_assert_uint_gt(worked, EFFORT(60, 5));
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

/* --- words of lists --- */

static void speak(const char *language) {
    char path[4096 + 16];
    const ssize_t length = readlink("/proc/self/exe", path, 4096);
    ck_assert_int_gt(length, 0);
    path[length] = '\0';
    strcpy(strrchr(path, '/'), "/../po");
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

int main(void) {
    Suite *suite = suite_create("forms");
    TCase *all = tcase_create("forms");
    tcase_set_timeout(all, 250);
    tcase_add_test(all, every_word_of_a_list_has_a_name);
    tcase_add_test(all, every_example_is_made_changed_and_deleted);
    suite_add_tcase(suite, all);
    return run_suite(suite);
}
