/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editing files: what is not touched keeps its bytes, what was done can be taken back exactly, and
 * who is killed loses nothing. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/json_edit.h"
#include "edit/document.h"
#include "edit/journal.h"
#include "edit/layout.h"
#include "effort.h"
#include "runner.h"

static char folder[64], path[96];
static mu_diags *diags;

static char *read_file(const char *name, size_t *length) {
    FILE *file = fopen(name, "rb");
    ck_assert_ptr_nonnull(file);
    char *text = malloc(1 << 20);
    *length = fread(text, 1, (1 << 20) - 1, file);
    text[*length] = '\0';
    fclose(file);
    return text;
}

static const char *example(const char *name) {
    static char room[4096];
    snprintf(room, sizeof room, "%s/scenarios/%s", getenv("MUSTER_SOURCE"), name);
    return room;
}

static void setup(void) {
    (void)snprintf(folder, sizeof folder, "/tmp/muster-edit-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/site.json", folder);
    size_t length;
    char *text = read_file(example("head-office/site.json"), &length);
    FILE *file = fopen(path, "wb");
    fwrite(text, 1, length, file);
    fclose(file);
    free(text);
    diags = mu_diags_create();
}

static void teardown(void) {
    char other[160];
    char *journal = mu_journal_path(path);
    snprintf(other, sizeof other, "%s.old", journal);
    unlink(other);
    unlink(journal);
    free(journal);
    unlink(path);
    ck_assert_int_eq(rmdir(folder), 0);
    mu_diags_destroy(diags);
}

static char *text_of(const mu_document *document) {
    return strdup(mu_document_text(document, NULL));
}

static void expect_value(const mu_document *document, const char *pointer, const char *expected) {
    char *value = mu_document_value(document, pointer);
    ck_assert_ptr_nonnull(value);
    ck_assert_str_eq(value, expected);
    free(value);
}

/* Check prints no texts as long as a site. */
static void expect_same(const char *expected, const char *text) {
    size_t at = 0;
    while (expected[at] != '\0' && expected[at] == text[at]) {
        at++;
    }
    ck_assert_msg(expected[at] == text[at], "differs from byte %zu on: %.60s", at, text + at);
}

/* Lines that differ. */
static int lines_changed(const char *a, const char *b) {
    int count_a = 0, same = 0;
    const char *rest = b;
    for (const char *line = a; *line != '\0';) {
        const size_t length = strcspn(line, "\n") + 1;
        for (const char *other = rest; *other != '\0'; other += strcspn(other, "\n") + 1) {
            if (strncmp(line, other, length) == 0) {
                same++;
                rest = other + length;
                break;
            }
        }
        count_a++;
        line += length;
    }
    return count_a - same;
}

START_TEST(a_change_touches_its_lines_only) {
    mu_document d;
    ck_assert_int_eq(mu_document_open(path, &d, diags), MU_OK);
    char *before = text_of(&d);
    ck_assert_int_eq(mu_document_set(&d, "/spaces/lobby/capacity", "150", NULL), MU_OK);
    expect_value(&d, "/spaces/lobby/capacity", "150");
    ck_assert_int_le(lines_changed(before, mu_document_text(&d, NULL)), 2);
    ck_assert_int_eq(mu_document_set(&d, "/spaces/lobby/use", "\"retail\"", NULL), MU_OK);
    ck_assert_int_eq(mu_document_set(&d, "/spaces/west_path/capacity", "30", NULL), MU_OK);
    ck_assert_int_eq(mu_document_remove(&d, "/spaces/west_path/capacity"), MU_OK);
    ck_assert_int_eq(mu_document_set(&d, "/spaces/lobby/capacity", "120", NULL), MU_OK);
    ck_assert_int_eq(mu_document_set(&d, "/spaces/lobby/use", "\"lobby\"", NULL), MU_OK);
    expect_same(before, mu_document_text(&d, NULL)); /* as laid out as it was */
    /* what is no place, and what is no JSON, change nothing */
    ck_assert_int_eq(mu_document_set(&d, "", "1", NULL), MU_ERR_INPUT);
    ck_assert_int_eq(mu_document_set(&d, "/spaces/lobby/capacity", "[1,", NULL), MU_ERR_INPUT);
    expect_same(before, mu_document_text(&d, NULL));
    free(before);
    mu_document_close(&d);
    ck_assert_int_eq(mu_document_start("new.json", "{\"a\": ", &d), MU_ERR_INPUT);
}
END_TEST

START_TEST(a_record_of_another_look_keeps_it) {
    mu_document d;
    const char *text = "{\n\t\"a\":[\n\t\t{\"id\":\"x\",\n\t\t \"n\":  1.50}\n\t]\n}\n";
    ck_assert_int_eq(mu_document_start(path, text, &d), MU_OK);
    ck_assert_int_eq(mu_document_set(&d, "/a/x/id", "\"y\"", NULL), MU_OK);
    ck_assert_str_eq(mu_document_text(&d, NULL),
                     "{\n\t\"a\":[\n\t\t{\"id\":\"y\",\n\t\t \"n\":  1.50}\n\t]\n}\n");
    ck_assert_int_eq(mu_document_set(&d, "/a/y/n", "[1", NULL), MU_ERR_INPUT);
    ck_assert_int_eq(mu_document_set(&d, "/a/z/n", "1", NULL), MU_ERR_INPUT);
    mu_document_close(&d);
}
END_TEST

START_TEST(members_are_put_in_order) {
    static const char *const order[] = {"id", "level", "use", NULL};
    mu_document d;
    ck_assert_int_eq(
        mu_document_start(path, "{\n  \"list\": [\n    {\"id\": \"x\", \"use\": 1}\n  ]\n}", &d),
        MU_OK);
    ck_assert_int_eq(mu_document_set(&d, "/list/x/level", "2", order), MU_OK);
    expect_value(&d, "/list", "[{\"id\": \"x\", \"level\": 2, \"use\": 1}]");
    ck_assert_int_eq(mu_document_insert(&d, "/list", 0, "{\"id\": \"w\"}"), MU_OK);
    ck_assert_int_eq(mu_document_insert(&d, "/list", 9, "{\"id\": \"z\"}"), MU_OK);
    ck_assert_str_eq(mu_document_text(&d, NULL),
                     "{\n  \"list\": [\n    {\"id\": \"w\"},\n    {\"id\": \"x\", \"level\": 2, "
                     "\"use\": 1},\n    {\"id\": \"z\"}\n  ]\n}");
    ck_assert_int_eq(mu_document_remove(&d, "/list/w"), MU_OK);
    ck_assert_int_eq(mu_document_remove(&d, "/list/z"), MU_OK);
    ck_assert_int_eq(mu_document_remove(&d, "/list/x"), MU_OK);
    expect_value(&d, "/list", "[]");
    ck_assert_int_eq(mu_document_insert(&d, "/list", 0, "{\"id\": \"v\"}"), MU_OK);
    expect_value(&d, "/list/v/id", "\"v\"");
    mu_document_close(&d);
}
END_TEST

/* --- a thousand random changes --- */

static uint64_t state = 88172645463325252u;
static uint32_t luck(uint32_t below) { /* xorshift */
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state % below);
}

static void pointer_of(const mu_json_doc *doc, uint32_t node, char *out, size_t room) {
    uint32_t at = 0;
    out[0] = '\0';
    while (at != node) {
        const bool is_list = doc->text[doc->values[at].at] == '[';
        uint32_t index = 0, part = at + 1;
        while (node >= doc->values[part].end) {
            part = doc->values[part].end;
            index++;
        }
        const size_t length = strlen(out);
        if (is_list) {
            snprintf(out + length, room - length, "/%u", index);
        } else {
            const char *key = doc->text + doc->values[part].key_at + 1;
            snprintf(out + length, room - length, "/%.*s", (int)strcspn(key, "\""), key);
        }
        at = part;
    }
}

static void change_somewhere(mu_document *d) {
    static const char *const values[] = {"1.5",
                                         "\"word\"",
                                         "[[0, 0], [1.25, 3], [7, 7]]",
                                         "{\"en\": \"Name\", \"zh\": \"名称\"}",
                                         "true",
                                         "{}",
                                         "[]"};
    char pointer[800];
    const uint32_t node = 1 + luck(d->scan->value_count - 1);
    const char *value = values[luck(7)];
    pointer_of(d->scan, node, pointer, sizeof pointer);
    const char opens = d->scan->text[d->scan->values[node].at];
    switch (luck(opens == '[' ? 5 : 4)) {
    case 0:
        if (d->scan->values[node].end - node < 40) { /* not whole lists of the file */
            ck_assert_int_eq(mu_document_remove(d, pointer), MU_OK);
        }
        break;
    case 1:
        if (d->scan->values[node].end - node < 40) {
            ck_assert_int_eq(mu_document_set(d, pointer, value, NULL), MU_OK);
        }
        break;
    case 2:
        (void)snprintf(pointer + strlen(pointer), sizeof pointer - strlen(pointer), "/added");
        ck_assert_int_eq(mu_document_set(d, pointer, value, NULL),
                         opens == '{' ? MU_OK : MU_ERR_INPUT);
        break;
    default:
        ck_assert_int_eq(mu_document_insert(d, pointer, luck(6), value),
                         opens == '[' ? MU_OK : MU_ERR_INPUT);
        break;
    }
}

START_TEST(what_was_done_is_undone_to_the_byte) {
    enum { CHANGES = EFFORT(1000, 150) };
    mu_document d;
    ck_assert_int_eq(mu_document_open(path, &d, diags), MU_OK);
    char *before = text_of(&d);
    uint64_t steps = 0;
    for (int n = 0; n < CHANGES; n++) {
        d.step = ++steps;
        change_somewhere(&d);
        if (luck(10) == 0) { /* two steps back and one forth, in between */
            (void)mu_document_undo(&d, mu_document_undo_step(&d));
            (void)mu_document_undo(&d, mu_document_undo_step(&d));
            (void)mu_document_redo(&d, mu_document_redo_step(&d));
        }
    }
    ck_assert_uint_gt(d.done, CHANGES / 4);
    while (mu_document_redo(&d, mu_document_redo_step(&d))) {
    }
    char *after = text_of(&d);
    ck_assert(strcmp(before, after) != 0);
    while (mu_document_undo(&d, mu_document_undo_step(&d))) {
    }
    expect_same(before, mu_document_text(&d, NULL));
    ck_assert(!mu_document_is_changed(&d));
    while (mu_document_redo(&d, mu_document_redo_step(&d))) {
    }
    expect_same(after, mu_document_text(&d, NULL));
    free(before);
    free(after);
    mu_document_close(&d);
}
END_TEST

START_TEST(a_file_saved_unchanged_is_the_same) {
    size_t before_length, after_length;
    char *before = read_file(path, &before_length);
    mu_document d;
    ck_assert_int_eq(mu_document_open(path, &d, diags), MU_OK);
    struct stat first, second;
    stat(path, &first);
    ck_assert_int_eq(mu_document_save(&d, false, diags), MU_OK);
    stat(path, &second);
    ck_assert_uint_eq(first.st_ino, second.st_ino); /* not even written */
    ck_assert_int_eq(mu_document_set(&d, "/id", "\"other\"", NULL), MU_OK);
    ck_assert_int_eq(mu_document_save(&d, false, diags), MU_OK);
    ck_assert(mu_document_undo(&d, d.step));
    ck_assert(mu_document_is_changed(&d));
    ck_assert_int_eq(mu_document_save(&d, false, diags), MU_OK);
    char *after = read_file(path, &after_length);
    ck_assert_uint_eq(before_length, after_length);
    expect_same(before, after);
    free(before);
    free(after);
    mu_document_close(&d);
}
END_TEST

START_TEST(another_s_change_of_the_file_is_not_written_over) {
    mu_document d;
    ck_assert_int_eq(mu_document_open(path, &d, diags), MU_OK);
    FILE *file = fopen(path, "ab");
    fputs("\n", file);
    fclose(file);
    ck_assert_int_eq(mu_document_set(&d, "/id", "\"other\"", NULL), MU_OK);
    ck_assert_int_eq(mu_document_save(&d, false, diags), MU_ERR_INPUT);
    ck_assert_str_eq(mu_diags_get(diags, 0)->code, "file.changed");
    ck_assert_int_eq(mu_document_save(&d, true, diags), MU_OK);
    mu_document_close(&d);
}
END_TEST

/* --- journals --- */

/* A process of its own that opens the document, changes it and is gone without a word. */
static void die_editing(int changes) {
    const pid_t child = fork();
    if (child == 0) {
        mu_document d;
        uint32_t recovered;
        long holder;
        if (mu_document_open(path, &d, diags) != MU_OK) {
            _exit(1);
        }
        (void)mu_journal_open(&d, &recovered, &holder);
        for (int n = 0; n < changes; n++) {
            char value[16];
            snprintf(value, sizeof value, "%d", 10 + n);
            d.step++;
            if (mu_document_set(&d, "/spaces/lobby/capacity", value, NULL) != MU_OK) {
                _exit(2);
            }
        }
        (void)mu_document_undo(&d, d.step);
        _exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    ck_assert_int_eq(status, 0);
}

START_TEST(who_is_killed_loses_nothing) {
    die_editing(7);
    char *name = mu_journal_path(path); /* the last record was not written whole */
    FILE *journal = fopen(name, "ab");
    fputs("C 99 3 0 50\n\"half", journal);
    fclose(journal);
    free(name);
    mu_document d;
    uint32_t changes;
    long holder;
    ck_assert_int_eq(mu_document_open(path, &d, diags), MU_OK);
    char *before = text_of(&d);
    ck_assert_int_eq(mu_journal_open(&d, &changes, &holder), MU_JOURNAL_RECOVERED);
    ck_assert_uint_eq(changes, 6);
    expect_value(&d, "/spaces/lobby/capacity", "15");
    ck_assert(mu_document_is_changed(&d));
    while (mu_document_undo(&d, mu_document_undo_step(&d))) {
    }
    expect_same(before, mu_document_text(&d, NULL));
    free(before);
    mu_journal_close(&d, false);
    mu_document_close(&d);
}
END_TEST

START_TEST(changes_of_another_text_are_put_aside) {
    die_editing(3);
    FILE *file = fopen(path, "ab");
    fputs("\n", file);
    fclose(file);
    mu_document d;
    uint32_t changes;
    long holder;
    ck_assert_int_eq(mu_document_open(path, &d, diags), MU_OK);
    ck_assert_int_eq(mu_journal_open(&d, &changes, &holder), MU_JOURNAL_ASIDE);
    ck_assert(!mu_document_is_changed(&d));
    mu_journal_close(&d, false);
    mu_document_close(&d);
}
END_TEST

START_TEST(a_second_editor_is_told) {
    mu_document d;
    uint32_t changes;
    long holder;
    ck_assert_int_eq(mu_document_open(path, &d, diags), MU_OK);
    ck_assert_int_eq(mu_journal_open(&d, &changes, &holder), MU_JOURNAL_FRESH);
    const pid_t child = fork();
    if (child == 0) {
        mu_document other;
        uint32_t none;
        long who;
        const bool opened = mu_document_open(path, &other, diags) == MU_OK;
        const mu_journal_state found = mu_journal_open(&other, &none, &who);
        _exit(opened && found == MU_JOURNAL_TAKEN && who == (long)getppid() ? 0 : 1);
    }
    int status;
    waitpid(child, &status, 0);
    ck_assert_int_eq(status, 0);
    mu_journal_close(&d, false);
    mu_document_close(&d);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("edit");
    TCase *files = tcase_create("documents");
    tcase_add_checked_fixture(files, setup, teardown);
    tcase_set_timeout(files, 120);
    tcase_add_test(files, a_change_touches_its_lines_only);
    tcase_add_test(files, a_record_of_another_look_keeps_it);
    tcase_add_test(files, members_are_put_in_order);
    tcase_add_test(files, what_was_done_is_undone_to_the_byte);
    tcase_add_test(files, a_file_saved_unchanged_is_the_same);
    tcase_add_test(files, another_s_change_of_the_file_is_not_written_over);
    tcase_add_test(files, who_is_killed_loses_nothing);
    tcase_add_test(files, changes_of_another_text_are_put_aside);
    tcase_add_test(files, a_second_editor_is_told);
    suite_add_tcase(suite, files);
    return run_suite(suite);
}
