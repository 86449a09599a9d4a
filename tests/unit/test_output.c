/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing files whole or not at all, and JSON as text. */
#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "comma_locale.h"
#include "core/csv_out.h"
#include "core/file_out.h"
#include "core/json_out.h"
#include "core/read_real.h"
#include "runner.h"

static char folder[64], path[96];
static mu_diags *diags;

static void setup(void) {
    (void)snprintf(folder, sizeof folder, "/tmp/muster-output-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/result.json", folder);
    diags = mu_diags_create();
}

static void teardown(void) {
    unlink(path);
    ck_assert_int_eq(rmdir(folder), 0); /* fails where a temporary file was left behind */
    mu_diags_destroy(diags);
}

static void expect_text(const char *expected) {
    char text[256] = "";
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    const size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    ck_assert_uint_eq(length, strlen(expected));
    ck_assert_str_eq(text, expected);
}

static int files_in_folder(void) {
    int count = 0;
    DIR *dir = opendir(folder);
    for (const struct dirent *one = readdir(dir); one != NULL; one = readdir(dir)) {
        count += one->d_name[0] != '.';
    }
    closedir(dir);
    return count;
}

START_TEST(a_file_appears_only_when_whole) {
    ck_assert_int_eq(mu_file_out_write(path, "old", 3, diags), MU_OK);
    mu_file_out out;
    ck_assert_int_eq(mu_file_out_open(path, &out, diags), MU_OK);
    fputs("new text", out.stream);
    fflush(out.stream);
    expect_text("old");
    ck_assert_int_eq(files_in_folder(), 2); /* in the same folder, so that the rename is one step */
    ck_assert_int_eq(mu_file_out_commit(&out, diags), MU_OK);
    expect_text("new text");
    ck_assert_int_eq(files_in_folder(), 1);
}
END_TEST

/* A name without a folder stands where one is. */
START_TEST(a_bare_name_is_written_here) {
    char before[4096], here[4096];
    ck_assert_ptr_nonnull(getcwd(before, sizeof before));
    snprintf(here, sizeof here, "%s", path);
    *strrchr(here, '/') = 0;
    ck_assert_int_eq(chdir(here), 0);
    ck_assert_int_eq(mu_file_out_write(strrchr(path, '/') + 1, "bare", 4, diags), MU_OK);
    ck_assert_int_eq(chdir(before), 0);
    expect_text("bare");
    ck_assert_int_eq(files_in_folder(), 1);
}
END_TEST

START_TEST(abandoned_leaves_the_old_one) {
    ck_assert_int_eq(mu_file_out_write(path, "old", 3, diags), MU_OK);
    mu_file_out out;
    ck_assert_int_eq(mu_file_out_open(path, &out, diags), MU_OK);
    fputs("new text", out.stream);
    mu_file_out_abandon(&out);
    expect_text("old");
    ck_assert_int_eq(files_in_folder(), 1);
}
END_TEST

START_TEST(a_failed_write_leaves_the_old_one) {
    ck_assert_int_eq(mu_file_out_write(path, "old", 3, diags), MU_OK);
    mu_file_out out;
    ck_assert_int_eq(mu_file_out_open(path, &out, diags), MU_OK);
    ck_assert_ptr_nonnull(freopen("/dev/full", "w", out.stream)); /* the disk is full */
    fputs("new text", out.stream);
    ck_assert_int_eq(mu_file_out_commit(&out, diags), MU_ERR_IO);
    ck_assert_uint_eq(mu_diags_count(diags, MU_ERROR), 1);
    ck_assert_str_eq(mu_diags_get(diags, 0)->code, "file.write");
    expect_text("old");
    ck_assert_int_eq(files_in_folder(), 1);
}
END_TEST

START_TEST(what_cannot_be_written_is_said) {
    mu_file_out out;
    ck_assert_int_eq(mu_file_out_open("/no/such/folder/x.json", &out, diags), MU_ERR_IO);
    ck_assert_int_eq(mu_file_out_open(folder, &out, diags), MU_ERR_IO); /* a folder */
    ck_assert_uint_eq(mu_diags_count(diags, MU_ERROR), 2);
    ck_assert_str_eq(mu_diags_get(diags, 0)->where.file, "/no/such/folder/x.json");
    ck_assert_int_eq(mu_file_out_write("/dev/null", "x", 1, diags), MU_OK); /* not replaced */
    struct stat status;
    ck_assert_int_eq(stat("/dev/null", &status), 0);
    ck_assert(S_ISCHR(status.st_mode));
}
END_TEST

START_TEST(a_link_is_followed) {
    char link[128];
    snprintf(link, sizeof link, "%s/link", folder);
    ck_assert_int_eq(mu_file_out_write(path, "old", 3, diags), MU_OK);
    ck_assert_int_eq(symlink(path, link), 0);
    ck_assert_int_eq(mu_file_out_write(link, "new", 3, diags), MU_OK);
    expect_text("new");
    struct stat status;
    ck_assert_int_eq(lstat(link, &status), 0);
    ck_assert(S_ISLNK(status.st_mode));
    unlink(link);
}
END_TEST

START_TEST(a_link_that_leads_out_of_its_folder_is_not) {
    char inner[128], link[192];
    snprintf(inner, sizeof inner, "%s/inner", folder);
    snprintf(link, sizeof link, "%s/link", inner);
    ck_assert_int_eq(mu_file_out_write(path, "precious", 8, diags), MU_OK);
    ck_assert_int_eq(mkdir(inner, 0777), 0);
    ck_assert_int_eq(symlink(path, link), 0);
    ck_assert_int_eq(mu_file_out_write(link, "new", 3, diags), MU_ERR_IO);
    ck_assert_str_eq(mu_diags_get(diags, mu_diags_count(diags, MU_NOTE) - 1)->code, "file.link");
    expect_text("precious");
    unlink(link);
    rmdir(inner);
}
END_TEST

/* A writer who ends without a word, as if it were killed; whether what it wrote is left. */
static int left_by_one_who_is_killed(void) {
    const pid_t child = fork();
    if (child == 0) {
        mu_file_out out;
        _exit(mu_file_out_open(path, &out, diags) == MU_OK && fputs("half", out.stream) >= 0 ? 0
                                                                                             : 1);
    }
    int status = 1;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    return files_in_folder();
}

static void write_other(const char *ending, bool there) {
    char name[128];
    snprintf(name, sizeof name, "%s%s", path, ending);
    if (there) {
        ck_assert_int_eq(access(name, F_OK), 0);
        ck_assert_int_eq(unlink(name), 0);
    } else {
        FILE *file = fopen(name, "w");
        ck_assert_ptr_nonnull(file);
        ck_assert_int_eq(fclose(file), 0);
    }
}

START_TEST(what_the_killed_left_goes) {
    static const char *const others[] = {".part",      ".1-.part",  ".1-2.part.txt",
                                         ".-1-0.part", ".1-0.Part", "2.1-0.part"};
    const int count = sizeof others / sizeof others[0];
    ck_assert_int_eq(left_by_one_who_is_killed(), 1);
    ck_assert_int_eq(mu_file_out_write(path, "new", 3, diags), MU_OK);
    ck_assert_int_eq(files_in_folder(), 1);
    expect_text("new");
    ck_assert_int_eq(left_by_one_who_is_killed(), 2);
    for (int k = 0; k < count; k++) {
        write_other(others[k], false);
    }
    mu_file_out live, other;
    ck_assert_int_eq(mu_file_out_open(path, &live, diags), MU_OK); /* clears; and goes on: */
    ck_assert_int_eq(files_in_folder(), count + 2);
    const struct timespec long_ago[2] = {{.tv_sec = 1}, {.tv_sec = 1}};
    ck_assert_int_eq(utimensat(AT_FDCWD, live.beside, long_ago, 0), 0);
    ck_assert_int_eq(mu_file_out_open(path, &other, diags), MU_OK);
    ck_assert_int_eq(files_in_folder(), count + 3); /* a slow writer keeps what it has */
    mu_file_out_abandon(&other);
    fputs("slow", live.stream);
    ck_assert_int_eq(mu_file_out_commit(&live, diags), MU_OK);
    expect_text("slow");
    for (int k = 0; k < count; k++) {
        write_other(others[k], true);
    }
}
END_TEST

START_TEST(numbers_read_back_as_themselves) {
    const double rows[] = {0.1,
                           1.0 / 3,
                           1e300,
                           5e-324,
                           DBL_MAX,
                           123456789.123,
                           0.30000000000000004,
                           -2.5e-7,
                           1e15,
                           1e22,
                           9007199254740991.0};
    char digits[32];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        mu_json_print_real(rows[i], digits);
        ck_assert_double_eq(strtod(digits, NULL), rows[i]);
    }
    mu_json_print_real(0.1, digits);
    ck_assert_str_eq(digits, "0.1");
    mu_json_print_real(42, digits);
    ck_assert_str_eq(digits, "42");
}
END_TEST

START_TEST(a_locale_changes_nothing) {
    char own[] = "/tmp/muster-locale-XXXXXX", digits[32];
    const char *end;
    if (!enter_comma_locale(own)) {
        puts("skipped: a locale with a decimal comma cannot be made here");
        return;
    }
    ck_assert_double_eq(strtod("1,5", NULL), 1.5); /* it is in force */
    mu_json_print_real(-1234.5, digits);
    ck_assert_str_eq(digits, "-1234.5");
    ck_assert_double_eq(mu_read_real("-1234.5", &end), -1234.5);
    ck_assert_str_eq(end, "");
    ck_assert_double_eq(mu_read_real("1,5", &end), 1);
    ck_assert_str_eq(end, ",5");
    ck_assert(!mu_csv_is_formula("-5.5"));
    leave_comma_locale(own);
}
END_TEST

START_TEST(numbers_are_read_out_of_text) {
    static const struct {
        const char *text;
        double value;
        const char *rest;
    } rows[] = {{"12", 12, ""},
                {" +1.5 s", 1.5, " s"},
                {"-.5x", -0.5, "x"},
                {"7.", 7, ""},
                {"2e3", 2000, ""},
                {"2e", 2, "e"},
                {"2e+", 2, "e+"},
                {"2E-1;", 0.2, ";"},
                {"1.2.3", 1.2, ".3"},
                {"0x10", 0, "x10"},
                {"1,5", 1, ",5"},
                {"1e999", (double)INFINITY, ""},
                {"-1e999", -(double)INFINITY, ""},
                {"1e-999", 0, ""},
                {"", 0, NULL},
                {"nan", 0, NULL},
                {"inf", 0, NULL},
                {"-infinity", 0, NULL},
                {".", 0, NULL},
                {"-", 0, NULL},
                {"e5", 0, NULL},
                {" word", 0, NULL},
                {"--1", 0, NULL}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *end;
        const double value = mu_read_real(rows[i].text, &end);
        ck_assert_msg(value == rows[i].value, "%s: %g", rows[i].text, value);
        ck_assert_str_eq(end, rows[i].rest != NULL ? rows[i].rest : rows[i].text);
    }
    /* exactly, however long: more digits than fit the reader's own room */
    const char *end, *tenth =
                         "0.1000000000000000055511151231257827021181583404541015625000000000000"
                         "0000000000000000000000000000000000000000000000000000000000000000001";
    ck_assert_double_eq(mu_read_real(tenth, &end), 0.1);
    ck_assert_uint_eq((size_t)(end - tenth), strlen(tenth));
}
END_TEST

static char *print(bool compact) {
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    mu_json_out out = {.stream = stream, .compact = compact};
    const mu_text one = {.en = "one", .zh = NULL}, none = {NULL, NULL};
    mu_json_open(&out, NULL, '{');
    mu_json_put_string(&out, "s", "a\"\\\n\x01\xC3\xA9\xFF\xED\xA0\x80");
    mu_json_put_real(&out, "inf", INFINITY);
    mu_json_put_real(&out, "zero", -0.0);
    mu_json_put_count(&out, "big", UINT64_MAX);
    mu_json_put_hash(&out, "hash", 0xab);
    mu_json_open_flat(&out, "list", '[');
    mu_json_put_bool(&out, NULL, true);
    mu_json_put_text(&out, NULL, &one);
    mu_json_put_int(&out, NULL, -1);
    mu_json_close(&out, ']');
    mu_json_put_text(&out, "none", &none);
    mu_json_open(&out, "empty", '{');
    mu_json_close(&out, '}');
    mu_json_close(&out, '}');
    fclose(stream);
    return text;
}

START_TEST(json_is_laid_out) {
    char *text = print(false);
    ck_assert_str_eq(text,
                     "{\n"
                     "  \"s\": \"a\\\"\\\\\\n\\u0001\xC3\xA9\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
                     "\xEF\xBF\xBD\",\n"
                     "  \"inf\": null,\n"
                     "  \"zero\": 0,\n"
                     "  \"big\": 18446744073709551615,\n"
                     "  \"hash\": \"00000000000000ab\",\n"
                     "  \"list\": [true, {\"en\": \"one\", \"zh\": \"one\"}, -1],\n"
                     "  \"none\": null,\n"
                     "  \"empty\": {}\n"
                     "}\n");
    free(text);
    text = print(true);
    ck_assert_ptr_nonnull(strstr(text, "\"list\":[true,{\"en\":\"one\",\"zh\":\"one\"},-1],"));
    ck_assert_ptr_eq(strchr(text, '\n'), text + strlen(text) - 1); /* one line */
    free(text);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("output");
    TCase *one = tcase_create("files");
    tcase_add_checked_fixture(one, setup, teardown);
    tcase_add_test(one, a_file_appears_only_when_whole);
    tcase_add_test(one, a_bare_name_is_written_here);
    tcase_add_test(one, abandoned_leaves_the_old_one);
    tcase_add_test(one, a_failed_write_leaves_the_old_one);
    tcase_add_test(one, what_cannot_be_written_is_said);
    tcase_add_test(one, a_link_is_followed);
    tcase_add_test(one, what_the_killed_left_goes);
    tcase_add_test(one, a_link_that_leads_out_of_its_folder_is_not);
    suite_add_tcase(suite, one);
    TCase *text = tcase_create("json");
    tcase_add_test(text, numbers_read_back_as_themselves);
    tcase_add_test(text, a_locale_changes_nothing);
    tcase_add_test(text, numbers_are_read_out_of_text);
    tcase_add_test(text, json_is_laid_out);
    suite_add_tcase(suite, text);
    return run_suite(suite);
}
