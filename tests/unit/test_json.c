/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scanner: what it lets pass, where it says the others are wrong, and how it numbers values;
 * and the near words of advice. */
#include <check.h>
#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/field.h"
#include "core/json_read.h"
#include "core/json_scan.h"
#include "core/near.h"
#include "runner.h"

static mu_json_doc *make_doc(const char *text, size_t length) {
    char *copy = malloc(length + 1);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, text, length);
    copy[length] = '\0';
    return mu_json_doc_create("a.json", copy, length);
}

/* --- the scanner -------------------------------------------------------------------------------
 */

static const struct {
    const char *text;
    const char *code; /* NULL: good */
    uint32_t line, column;
    const char *path;
} scanned[] = {
    {"{}", NULL, 0, 0, NULL},
    {" [1, -0.5e+3, \"\\u00e9\\ud83d\\ude00\", true, false, null, {\"a\": []}] ", NULL, 0, 0, NULL},
    {"\xef\xbb\xbf{\"bom\": 1}", NULL, 0, 0, NULL},
    {"\"\xe9\x9b\x86\xe7\xbb\x93\"", NULL, 0, 0, NULL},
    {"1.7976931348623157e308", NULL, 0, 0, NULL},
    {"0e999", NULL, 0, 0, NULL},
    {"1e-999", NULL, 0, 0, NULL},
    {"", "json.truncated", 1, 1, "$"},
    {"  \n ", "json.truncated", 1, 1, "$"},
    {"{\"a\": 1", "json.truncated", 1, 8, "$"},
    {"{\"a\": [1,\n 2", "json.truncated", 2, 3, "$.a"},
    {"{\"a", "json.truncated", 1, 2, "$"},
    {"{\"a\"", "json.truncated", 1, 5, "$"},
    {"{\"a\":", "json.truncated", 1, 6, "$.a"},
    {"{} {}", "json.trailing", 1, 4, "$"},
    {"[1] x", "json.trailing", 1, 5, "$"},
    {"[1,]", "json.syntax", 1, 3, "$"},
    {"{\"a\":1,}", "json.syntax", 1, 7, "$"},
    {"[,1]", "json.syntax", 1, 2, "$[0]"},
    {"[1 2]", "json.syntax", 1, 4, "$"},
    {"[1}", "json.syntax", 1, 3, "$"},
    {"{\"a\" 1}", "json.syntax", 1, 6, "$"},
    {"{a: 1}", "json.syntax", 1, 2, "$"},
    {"{'a': 1}", "json.syntax", 1, 2, "$"},
    {"{\"a\": 'b'}", "json.syntax", 1, 7, "$.a"},
    {"// no\n{}", "json.syntax", 1, 1, "$"},
    {"[NaN]", "json.syntax", 1, 2, "$[0]"},
    {"[-Infinity]", "json.syntax", 1, 3, "$[0]"},
    {"[True]", "json.syntax", 1, 2, "$[0]"},
    {"[nul]", "json.syntax", 1, 2, "$[0]"},
    {"[01]", "json.syntax", 1, 2, "$[0]"},
    {"[+1]", "json.syntax", 1, 2, "$[0]"},
    {"[.5]", "json.syntax", 1, 2, "$[0]"},
    {"[5.]", "json.syntax", 1, 4, "$[0]"},
    {"[1e]", "json.syntax", 1, 4, "$[0]"},
    {"[0x10]", "json.syntax", 1, 3, "$"},
    {"[\"a\nb\"]", "json.syntax", 1, 4, "$[0]"},
    {"[\"a\tb\"]", "json.control", 1, 4, "$[0]"},
    {"[\"\\x\"]", "json.syntax", 1, 4, "$[0]"},
    {"[\"\\u12g4\"]", "json.syntax", 1, 5, "$[0]"},
    {"[\"\\u0000\"]", "json.syntax", 1, 5, "$[0]"},
    {"[\"\\ud800\"]", "json.syntax", 1, 9, "$[0]"},
    {"[\"\\udc00\\ud800\"]", "json.syntax", 1, 9, "$[0]"},
    {"[\"\xff\"]", "json.encoding", 1, 3, "$[0]"},
    {"[\"\xc0\xaf\"]", "json.encoding", 1, 3, "$[0]"},         /* '/' made longer than it is */
    {"[\"\xed\xa0\x80\"]", "json.encoding", 1, 3, "$[0]"},     /* a surrogate */
    {"[\"\xf4\x90\x80\x80\"]", "json.encoding", 1, 3, "$[0]"}, /* above U+10FFFF */
    {"[\"\xe9\x9b\"]", "json.encoding", 1, 3, "$[0]"},         /* cut off */
    {"[\"\xbc\xaf\xbd\xe1\"]", "json.encoding", 1, 3, "$[0]"}, /* GBK */
    {"{\"a\": 1e999}", "json.number", 1, 7, "$.a"},
    {"[1.7976931348623159e308]", "json.number", 1, 2, "$[0]"},
    {"[1000000000000000000000000000000000000000000000000000000000000001]", "json.number", 1, 2,
     "$[0]"},
    {"{\"a\": 1,\n \"b\": 2,\n  \"\\u0061\": 3}", "json.duplicate-key", 3, 3, "$[\"\\u0061\"]"},
    {"{\"x\": {\"\": 1, \"\": 2}}", "json.duplicate-key", 1, 15, "$.x[\"\"]"},
    /* the same name written in two ways */
    {"{\"\\n\\t\": 1,\n\"\\u000a\\u0009\": 2}", "json.duplicate-key", 2, 1,
     "$[\"\\u000a\\u0009\"]"},
    {"{\"\\/\": 1,\n\"/\": 2}", "json.duplicate-key", 2, 1, "$[\"/\"]"},
    {"{\"\xc3\xa9\": 1,\n\"\\u00e9\": 2}", "json.duplicate-key", 2, 1, "$[\"\\u00e9\"]"},
    {"{\"\xe9\x9b\x86\": 1,\n\"\\u96c6\": 2}", "json.duplicate-key", 2, 1, "$[\"\\u96c6\"]"},
    {"{\"\xf0\x9f\x98\x80\": 1,\n\"\\ud83d\\ude00\": 2}", "json.duplicate-key", 2, 1,
     "$[\"\\ud83d\\ude00\"]"},
    {"{\"\\ud83d\\ude00\": 1, \"\\ud83d\\ude01\": 2}", NULL, 0, 0, NULL},
    {"[\x01]", "json.syntax", 1, 2, "$[0]"},
};

START_TEST(scanner_says_what_and_where) {
    mu_json_doc *doc = make_doc(scanned[_i].text, strlen(scanned[_i].text));
    mu_diags *diags = mu_diags_create();
    mu_arena *arena = mu_arena_create();
    const mu_status status = mu_json_scan(doc);
    cJSON *json = cJSON_ParseWithLength(doc->text, doc->length);
    mu_json_doc_report(doc, diags, arena);
    ck_assert_uint_eq(mu_diags_count(diags, MU_NOTE), scanned[_i].code ? 1 : 0);
    if (scanned[_i].code) {
        const mu_diag *diag = mu_diags_get(diags, 0);
        ck_assert_str_eq(diag->code, scanned[_i].code);
        ck_assert_str_eq(diag->where.path, scanned[_i].path);
        ck_assert_uint_eq(diag->where.line, scanned[_i].line);
        ck_assert_uint_eq(diag->where.column, scanned[_i].column);
    } else {
        ck_assert_int_eq(status, MU_OK);
    }
    ck_assert(status != MU_OK || json != NULL);
    cJSON_Delete(json);
    mu_json_doc_destroy(doc);
    mu_diags_destroy(diags);
    mu_arena_destroy(arena);
}
END_TEST

START_TEST(scanner_refuses_wide_text) {
    static const char utf16[] = "\xff\xfe{\0}\0";
    mu_json_doc *doc = make_doc(utf16, sizeof utf16 - 1);
    ck_assert_int_eq(mu_json_scan(doc), MU_ERR_INPUT);
    ck_assert_str_eq(doc->faults[0].code, "json.encoding");
    mu_json_doc_destroy(doc);
}
END_TEST

static mu_status scan_nested(uint32_t depth, uint32_t closed) {
    char *text = malloc(depth + closed + 1);
    ck_assert_ptr_nonnull(text);
    memset(text, '[', depth);
    memset(text + depth, ']', closed);
    text[depth + closed] = '\0';
    mu_json_doc *doc = mu_json_doc_create("deep.json", text, depth + closed);
    const mu_status status = mu_json_scan(doc);
    if (depth > MU_JSON_DEPTH_MOST) {
        ck_assert_str_eq(doc->faults[0].code, "json.depth");
    }
    mu_json_doc_destroy(doc);
    return status;
}

/* What is shown of a long text, or of a long key in a path, ends with a whole character. */
START_TEST(what_is_shown_ends_with_a_character) {
    static const char characters[] = "\xe4\xb8\xad\xe4\xb8\xad";
    char text[200] = "", json[400];
    memset(text, 'a', 59);
    ck_assert_int_eq(mu_json_shown(text), 59);
    memcpy(text + 59, characters, sizeof characters);
    ck_assert_int_eq(mu_json_shown(text), 59); /* the sixtieth byte is within one */
    ck_assert_int_eq(mu_json_shown(text + 2), 60);
    snprintf(json, sizeof json, "{\"%s\": {\"n\": 1}}", text);
    mu_json_doc *doc = make_doc(json, strlen(json));
    ck_assert_int_eq(mu_json_scan(doc), MU_OK);
    mu_arena *arena = mu_arena_create();
    const char *path = mu_json_doc_path(doc, 1, arena);
    char wanted[200];
    snprintf(wanted, sizeof wanted, "$[\"%.59s...\"]", text);
    ck_assert_str_eq(path, wanted);
    mu_arena_destroy(arena);
    mu_json_doc_destroy(doc);
    /* bounds of numbers that no table sets */
    const mu_field spread = {.kind = MU_FIELD_DIST}, whole = {.kind = MU_FIELD_INT};
    ck_assert_double_eq(mu_field_number_limits(&spread).least, 0);
    ck_assert_double_eq(mu_field_number_limits(&spread).most, MU_FIELD_DIST_MOST);
    ck_assert_double_eq(mu_field_number_limits(&whole).least, -MU_FIELD_INT_MOST);
}
END_TEST

START_TEST(scanner_limits_depth) {
    ck_assert_int_eq(scan_nested(64, 64), MU_OK);
    ck_assert_int_eq(scan_nested(65, 65), MU_ERR_INPUT);
    ck_assert_int_eq(scan_nested(5000000, 0), MU_ERR_INPUT);
}
END_TEST

/* A small generator of its own, so that a failure comes again. */
static uint32_t next_random(uint64_t *state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

/* Large numbers are refused exactly where strtod rounds to infinity. */
START_TEST(scanner_agrees_with_strtod_on_overflow) {
    uint64_t state = 7;
    uint32_t refused = 0;
    for (int i = 0; i < 20000; i++) {
        char text[64];
        const uint32_t zeros = next_random(&state) % 3, shift = next_random(&state) % 4;
        const uint32_t whole = 17976 + next_random(&state) % 3 - 1;
        const uint32_t more = 931348600 + next_random(&state) % 60;
        snprintf(text, sizeof text, "-%u%.*s.%u%ue%d", whole, (int)zeros, "000", more,
                 next_random(&state) % 1000, (int)(304 - zeros + shift) - 1);
        mu_json_doc *doc = make_doc(text, strlen(text));
        ck_assert_int_eq(mu_json_scan(doc), MU_OK);
        ck_assert_msg((doc->fault_count == 1) == !!isinf(strtod(text, NULL)), "%s", text);
        refused += doc->fault_count;
        mu_json_doc_destroy(doc);
    }
    ck_assert_uint_gt(refused, 2000);
    ck_assert_uint_lt(refused, 18000);
}
END_TEST

/* Writes a random value, blanks and line ends between the tokens. */
static void write_random(FILE *out, uint64_t *state, int depth) {
    static const char *const blanks[] = {"", " ", "\n", "\t\r\n  "};
    static const char *const scalars[] = {"1",           "-2.5e3",          "true", "null", "\"\"",
                                          "\"[{,\\\"\"", "\"\xe9\x97\xa8\""};
    const uint32_t kind = next_random(state) % (depth > 0 ? 4 : 2);
    fputs(blanks[next_random(state) % 4], out);
    if (kind < 2) {
        fputs(scalars[next_random(state) % 7], out);
    } else {
        const uint32_t count = next_random(state) % 5;
        fputc(kind == 2 ? '[' : '{', out);
        for (uint32_t i = 0; i < count; i++) {
            fputs(i ? "," : "", out);
            if (kind == 3) {
                fprintf(out, "%s\"k%u\"%s:", blanks[next_random(state) % 4], i,
                        blanks[next_random(state) % 4]);
            }
            write_random(out, state, depth - 1);
        }
        fputs(blanks[next_random(state) % 4], out);
        fputc(kind == 2 ? ']' : '}', out);
    }
    fputs(blanks[next_random(state) % 4], out);
}

/* Follows cJSON's tree with the scan's numbers; returns the number behind the subtree. */
static uint32_t compare_trees(const mu_json_doc *doc, const cJSON *json, uint32_t node) {
    const char first = doc->text[doc->values[node].at];
    uint32_t next = node + 1;
    ck_assert_int_eq(first == '[', !!cJSON_IsArray(json));
    ck_assert_int_eq(first == '{', !!cJSON_IsObject(json));
    ck_assert_int_eq(first == '"', !!cJSON_IsString(json));
    for (const cJSON *child = json->child; child; child = child->next) {
        if (child->string) {
            const char *key = doc->text + doc->values[next].key_at;
            ck_assert_int_eq(strncmp(key + 1, child->string, strlen(child->string)), 0);
        }
        next = compare_trees(doc, child, next);
    }
    ck_assert_uint_eq(doc->values[node].end, next);
    return next;
}

START_TEST(scanner_numbers_values_as_cjson_does) {
    uint64_t state = 11;
    for (int i = 0; i < 500; i++) {
        char *text = NULL;
        size_t length = 0;
        FILE *out = open_memstream(&text, &length);
        write_random(out, &state, 6);
        fclose(out);
        mu_json_doc *doc = mu_json_doc_create("random.json", text, length);
        ck_assert_int_eq(mu_json_scan(doc), MU_OK);
        cJSON *json = cJSON_ParseWithLength(doc->text, doc->length);
        ck_assert_ptr_nonnull(json);
        ck_assert_uint_eq(compare_trees(doc, json, 0), doc->value_count);
        cJSON_Delete(json);
        mu_json_doc_destroy(doc);
    }
}
END_TEST

/* --- near words --------------------------------------------------------------------------------
 */

START_TEST(near_distance_of_known_pairs) {
    /* Wagner and Fischer's and Levenshtein's textbook pairs; "ca" and "abc" are 3 apart under
     * optimal string alignment, where the unrestricted distance would be 2. */
    ck_assert_uint_eq(mu_near_distance("kitten", "sitting", 9), 3);
    ck_assert_uint_eq(mu_near_distance("saturday", "sunday", 9), 3);
    ck_assert_uint_eq(mu_near_distance("ca", "abc", 9), 3);
    ck_assert_uint_eq(mu_near_distance("poylgon", "polygon", 9), 1);
    ck_assert_uint_eq(mu_near_distance("Exit-Only", "exit_only", 9), 0);
    ck_assert_uint_eq(mu_near_distance("", "abc", 9), 3);
    ck_assert_uint_eq(mu_near_distance("kitten", "sitting", 2), 3); /* cut off at most + 1 */
}
END_TEST

START_TEST(near_keeps_the_nearest_three) {
    mu_near near = mu_near_start("door-12");
    static const char *const offered[] = {"gate",     "door-22", "door-1",
                                          "door-12a", "dor-11",  "door-21"};
    for (size_t i = 0; i < 6; i++) {
        mu_near_offer(&near, offered[i]);
    }
    char advice[200];
    ck_assert(mu_near_advise(&near, advice, sizeof advice));
    ck_assert_str_eq(advice, "did you mean \"door-22\", \"door-1\" or \"door-12a\"?");
}
END_TEST

START_TEST(near_names_two_or_one_that_is_it_but_for_its_case) {
    char advice[200];
    mu_near near = mu_near_start("hal");
    ck_assert(!mu_near_advise(&near, advice, sizeof advice));
    mu_near_offer(&near, "hall");
    mu_near_offer(&near, "hale");
    ck_assert(mu_near_advise(&near, advice, sizeof advice));
    ck_assert_str_eq(advice, "did you mean \"hall\" or \"hale\"?");
    mu_near_offer(&near, "HAL");
    ck_assert(mu_near_advise(&near, advice, sizeof advice));
    ck_assert_str_eq(advice, "did you mean \"HAL\"?");
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

int main(void) {
    Suite *suite = suite_create("json");
    TCase *scanner = tcase_create("scanner");
    tcase_set_timeout(scanner, 30);
    tcase_add_loop_test(scanner, scanner_says_what_and_where, 0, COUNT(scanned));
    tcase_add_test(scanner, scanner_refuses_wide_text);
    tcase_add_test(scanner, scanner_limits_depth);
    tcase_add_test(scanner, what_is_shown_ends_with_a_character);
    tcase_add_test(scanner, scanner_agrees_with_strtod_on_overflow);
    tcase_add_test(scanner, scanner_numbers_values_as_cjson_does);
    suite_add_tcase(suite, scanner);
    TCase *near = tcase_create("near");
    tcase_add_test(near, near_distance_of_known_pairs);
    tcase_add_test(near, near_keeps_the_nearest_three);
    tcase_add_test(near, near_names_two_or_one_that_is_it_but_for_its_case);
    suite_add_tcase(suite, near);
    return run_suite(suite);
}
