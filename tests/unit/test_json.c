/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reading layer: what the scanner lets pass and where it says the others are wrong, values and
 * their places, records by field tables, ids and references over several files. */
#include <check.h>
#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/json_scan.h"
#include "core/loader.h"
#include "core/near.h"
#include "drill/incident.h"
#include "muster/log.h"
#include "policy/policy.h"
#include "response/playbook.h"
#include "response/verb.h"
#include "site/site.h"

/* One loader with its surroundings. */
typedef struct desk {
    mu_arena *arena;
    mu_diags *diags;
    mu_loader *loader;
} desk;

static desk open_desk(void) {
    desk d = {.arena = mu_arena_create(), .diags = mu_diags_create()};
    d.loader = mu_loader_create(d.arena, d.diags);
    ck_assert(d.arena && d.diags && d.loader);
    return d;
}

static void close_desk(desk *d) {
    mu_loader_destroy(d->loader);
    mu_diags_destroy(d->diags);
    mu_arena_destroy(d->arena);
}

static mu_status read_text(desk *d, const char *name, const char *text, const mu_file_kind *kind,
                           void *out) {
    return mu_loader_read_text(d->loader, name, text, strlen(text), kind, out);
}

static void expect(const desk *d, size_t index, const char *code, uint32_t line, uint32_t column,
                   const char *path) {
    const mu_diag *diag = mu_diags_get(d->diags, index);
    ck_assert_msg(diag != NULL, "no diagnostic %zu, %s was expected", index, code);
    ck_assert_str_eq(diag->code, code);
    ck_assert_str_eq(diag->where.path, path);
    ck_assert_uint_eq(diag->where.line, line);
    ck_assert_uint_eq(diag->where.column, column);
    ck_assert_int_eq(diag->severity, MU_ERROR);
}

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
};

START_TEST(scanner_says_what_and_where) {
    mu_json_doc *doc = make_doc(scanned[_i].text, strlen(scanned[_i].text));
    mu_diags *diags = mu_diags_create();
    mu_arena *arena = mu_arena_create();
    const mu_status status = mu_json_scan(doc);
    cJSON *json = cJSON_ParseWithLength(doc->text, doc->length);
    mu_json_doc_report(doc, diags, arena);
    const desk d = {arena, diags, NULL};
    if (scanned[_i].code) {
        expect(&d, 0, scanned[_i].code, scanned[_i].line, scanned[_i].column, scanned[_i].path);
        ck_assert_uint_eq(mu_diags_count(diags, MU_NOTE), 1);
    } else {
        ck_assert_int_eq(status, MU_OK);
        ck_assert_uint_eq(mu_diags_count(diags, MU_NOTE), 0);
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

/* --- the reader --------------------------------------------------------------------------------
 */

static const char good_site[] =
    "{\n"
    "  \"format\": \"muster.site\", \"version\": 1, \"$schema\": \"x\",\n"
    "  \"id\": \"s\", \"name\": {\"zh\": \"\xe6\xa5\xbc\"}, \"story\": \"One.\\nTwo.\",\n"
    "  \"levels\": [{\"id\": \"L2\", \"elevation_m\": 4}, {\"id\": \"L1\", \"elevation_m\": -0}],\n"
    "  \"spaces\": [\n"
    "    {\"id\": \"yard\", \"level\": \"L1\", \"use\": \"outdoor\",\n"
    "     \"polygon\": [[0, 0], [9, 0], [9, -9]]},\n"
    "    {\"id\": \"hall\", \"level\": \"L1\", \"use\": \"control_room\", \"capacity\": 12.0,\n"
    "     \"polygon\": [[0, 0], [9, 0], [9, 9], [0, 9]], \"holes\": [[[1, 1], [2, 1], [1, 2]]]}\n"
    "  ],\n"
    "  \"portals\": [{\"id\": \"d\", \"kind\": \"door\", \"between\": [\"hall\", \"yard\"],\n"
    "    \"line\": [[1, 0], [2.5, 0]], \"closes_in_s\": {\"dist\": \"triangular\", \"low\": 1,\n"
    "    \"mode\": 2, \"high\": 4, \"source\": \"a trial\"}}],\n"
    "  \"channels\": [{\"id\": \"pa\", \"kind\": \"pa\", \"latency_s\": 5}]\n"
    "}\n";

START_TEST(reader_fills_structs) {
    desk d = open_desk();
    mu_site site;
    ck_assert_int_eq(read_text(&d, "site.json", good_site, &mu_site_file, &site), MU_OK);
    ck_assert_int_eq(mu_loader_resolve(d.loader), MU_OK);
    ck_assert_uint_eq(mu_diags_count(d.diags, MU_NOTE), 0);
    ck_assert_str_eq(site.name.en, site.name.zh);
    ck_assert_str_eq(site.story.zh, "One.\nTwo.");
    ck_assert_ptr_null(site.source.en);
    ck_assert_str_eq(site.levels.items[0].id, "L1"); /* sorted */
    ck_assert(!signbit(site.levels.items[0].elevation_m));
    const mu_space *hall = &site.spaces.items[0], *yard = &site.spaces.items[1];
    ck_assert_str_eq(hall->id, "hall");
    ck_assert_int_eq(hall->use, MU_USE_CONTROL_ROOM);
    ck_assert_int_eq(hall->capacity, 12);
    ck_assert_uint_eq(hall->holes.items[0].count, 3);
    ck_assert_uint_eq(hall->level.index, 0);
    ck_assert_double_eq(yard->polygon.items[2].y, -9);
    ck_assert_str_eq(hall->origin->path, "$.spaces[1]");
    ck_assert_str_eq(hall->origin->file, "site.json");
    ck_assert_uint_eq(hall->origin->line, 8);
    ck_assert_uint_eq(hall->origin->column, 5);
    const mu_portal *door = &site.portals.items[0];
    ck_assert_uint_eq(door->between.items[0].index, 0);
    ck_assert_uint_eq(door->between.items[1].index, 1);
    ck_assert_int_eq(door->closes_in_s.kind, MU_DIST_TRIANGULAR);
    ck_assert_double_eq(door->closes_in_s.b, 2);
    ck_assert_str_eq(door->closes_in_s.source, "a trial");
    ck_assert_int_eq(door->state, MU_PORTAL_OPEN);
    const mu_channel *pa = &site.channels.items[0];
    ck_assert_double_eq(pa->latency_s.a, 5);
    ck_assert_double_eq(pa->delivery_chance, 1); /* a fallback */
    ck_assert_double_eq(pa->retry_s.a, 10);
    ck_assert_uint_eq(mu_loader_find(d.loader, MU_ENTITY_SPACE, "yard"), 1);
    ck_assert_uint_eq(mu_loader_find(d.loader, MU_ENTITY_SPACE, "yar"), MU_NONE);
    close_desk(&d);
}
END_TEST

/* What comes between the braces of an otherwise good site, and the one fault in it. */
#define SITE_HEAD                                                                                  \
    "{\"format\":\"muster.site\",\"version\":1,\"id\":\"s\",\n"                                    \
    "\"levels\":[{\"id\":\"L\",\"elevation_m\":0}],\n"
#define SPACE "{\"id\":\"a\",\"level\":\"L\",\"use\":\"office\",\"polygon\":[[0,0],[1,0],[0,1]]"
#define DOOR  "\"id\":\"d\",\"kind\":\"door\",\"between\":[\"a\",\"a\"],\"line\":[[0,0],[1,0]]"

static const struct {
    const char *text;
    const char *code, *path, *says; /* `says`: part of text or advice */
} faulty[] = {
    {"\"spaces\":[" SPACE ",\"widht\":1}]", "json.unknown-key", "$.spaces[0].widht", "widht"},
    {"\"spaces\":[" SPACE ",\"capaciti\":1}]", "json.unknown-key", "$.spaces[0].capaciti",
     "did you mean \"capacity\"?"},
    {"\"spaces\":[{\"id\":\"a\",\"level\":\"L\",\"use\":\"office\"}]", "json.missing-key",
     "$.spaces[0]", "\"polygon\""},
    {"\"spaces\":[{\"id\":\"a\",\"level\":\"L\",\"use\":\"offise\",\"polygon\":[[0,0],[1,0],[0,1]]}"
     "]",
     "json.enum", "$.spaces[0].use", "did you mean \"office\"?"},
    {"\"spaces\":[{\"id\":\"a\",\"level\":7,\"use\":\"office\",\"polygon\":[[0,0],[1,0],[0,1]]}]",
     "json.type", "$.spaces[0].level", "expected an id, found the number 7"},
    {"\"spaces\":[{\"id\":\"a\",\"level\":\"L\",\"use\":\"office\",\"polygon\":[[0,0],[1],[0,1]]}]",
     "json.type", "$.spaces[0].polygon[1]", "a point [x, y]"},
    {"\"spaces\":[{\"id\":\"a\",\"level\":\"L\",\"use\":\"office\",\"polygon\":[[0,0],[1,\"b\"],[0,"
     "1]]}]",
     "json.type", "$.spaces[0].polygon[1][1]", "expected a number, found the text \"b\""},
    {"\"spaces\":[{\"id\":\"a\",\"level\":\"L\",\"use\":\"office\",\"polygon\":[[0,0],[1,0]]}]",
     "json.length", "$.spaces[0].polygon", "2 points"},
    {"\"spaces\":[{\"id\":\"a\",\"level\":\"L\",\"use\":\"office\",\"polygon\":[[0,0],[1,0],[9e9,1]"
     "]}]",
     "json.range", "$.spaces[0].polygon[2][0]", "within -10000000 and 10000000 m"},
    {"\"spaces\":[" SPACE ",\"capacity\":1000000000}]", "json.range", "$.spaces[0].capacity",
     "within 0 and 200000 persons"},
    {"\"spaces\":[" SPACE ",\"capacity\":1.5}]", "json.type", "$.spaces[0].capacity",
     "a whole number"},
    {"\"spaces\":[" SPACE ",\"building\":\"\"}]", "json.length", "$.spaces[0].building", "empty"},
    {"\"spaces\":[" SPACE ",\"building\":\"a\\u0007\"}]", "json.control", "$.spaces[0].building",
     "0x07"},
    {"\"spaces\":[" SPACE ",\"building\":null}]", "json.type", "$.spaces[0].building",
     "leave the key out"},
    {"\"spaces\":[" SPACE ",\"name\":{\"de\":\"x\",\"en\":\"y\"}}]", "json.unknown-key",
     "$.spaces[0].name.de", "unknown key"},
    {"\"spaces\":[" SPACE ",\"name\":{}}]", "json.missing-key", "$.spaces[0].name", "\"zh\""},
    {"\"spaces\":[]", "json.length", "$.spaces", "it takes 1 to 100000"},
    {"\"spaces\":{}", "json.type", "$.spaces", "expected a list [ ], found an object { }"},
    {"\"spaces\":[" SPACE "},[]]", "json.type", "$.spaces[1]", "expected an object { }"},
    {"\"spaces\":[" SPACE "},\n" SPACE "}]", "json.duplicate-id", "$.spaces[1].id",
     "another space in x.json, line 3, column 17"},
    {"\"spaces\":[{\"id\":\"a "
     "b\",\"level\":\"L\",\"use\":\"office\",\"polygon\":[[0,0],[1,0],[0,1]]}]",
     "json.id", "$.spaces[0].id", "cannot serve as an id"},
    {"\"spaces\":[" SPACE "}],\"portals\":[{" DOOR ",\"width_m\":-1}]", "json.range",
     "$.portals[0].width_m", "-1 is out of range: it must lie within 0 and 100 m"},
    {"\"spaces\":[" SPACE "}],\"portals\":[{" DOOR ",\"width_m\":1e400}]", "json.number",
     "$.portals[0].width_m", "1e400"},
    {"\"spaces\":[" SPACE "}],\"portals\":[{" DOOR ",\"non_essential\":1}]", "json.type",
     "$.portals[0].non_essential", "true or false"},
    {"\"spaces\":[" SPACE "}],\"portals\":[{" DOOR ",\"upper_line\":[[0,0]]}]", "json.length",
     "$.portals[0].upper_line", "it takes 2 to 2"},
    {"\"spaces\":[" SPACE "}],\"portals\":[{" DOOR ",\"closes_in_s\":-3}]", "json.range",
     "$.portals[0].closes_in_s", "0 and 3600 s"},
    {"\"spaces\":[" SPACE "}],\"portals\":[{" DOOR ",\"closes_in_s\":{}}]", "json.missing-key",
     "$.portals[0].closes_in_s", "\"dist\""},
    {"\"spaces\":[" SPACE "}],\"portals\":[{" DOOR ",\"closes_in_s\":{\"dist\":\"gauss\"}}]",
     "json.enum", "$.portals[0].closes_in_s.dist", "normal"},
    {"\"spaces\":[" SPACE "}],\"portals\":[{" DOOR
     ",\"closes_in_s\":{\"dist\":\"lognormal\",\"median\":0,\"sigma\":1}}]",
     "json.range", "$.portals[0].closes_in_s.median", "above 0"},
    {"\"spaces\":[" SPACE "}],\"portals\":[{" DOOR
     ",\"closes_in_s\":{\"dist\":\"lognormal\",\"median\":3}}]",
     "json.missing-key", "$.portals[0].closes_in_s", "\"sigma\""},
    {"\"spaces\":[" SPACE "}],\"portals\":[{" DOOR
     ",\"closes_in_s\":{\"dist\":\"uniform\",\"low\":3,\"hihg\":4,\"high\":5}}]",
     "json.unknown-key", "$.portals[0].closes_in_s.hihg", "\"high\""},
    {"\"spaces\":[" SPACE "}],\"portals\":[{" DOOR
     ",\"closes_in_s\":{\"dist\":\"triangular\",\"low\":3,\"mode\":2,\"high\":5}}]",
     "json.range", "$.portals[0].closes_in_s", "\"low\" 3 is above \"mode\" 2"},
};

START_TEST(reader_names_each_fault) {
    desk d = open_desk();
    mu_site site;
    char text[2000];
    snprintf(text, sizeof text, SITE_HEAD "%s}", faulty[_i].text);
    ck_assert_int_eq(read_text(&d, "x.json", text, &mu_site_file, &site), MU_ERR_INPUT);
    ck_assert_uint_eq(mu_diags_count(d.diags, MU_NOTE), 1);
    const mu_diag *diag = mu_diags_get(d.diags, 0);
    ck_assert_str_eq(diag->code, faulty[_i].code);
    ck_assert_str_eq(diag->where.path, faulty[_i].path);
    ck_assert_str_eq(diag->where.file, "x.json");
    ck_assert_msg(strstr(diag->text, faulty[_i].says) ||
                      (diag->advice && strstr(diag->advice, faulty[_i].says)),
                  "\"%s\" does not say \"%s\"", diag->text, faulty[_i].says);
    close_desk(&d);
}
END_TEST

START_TEST(reader_reports_all_faults_in_their_order) {
    desk d = open_desk();
    mu_site site;
    const char *text = "{\"format\": \"muster.site\", \"version\": 1, \"id\": \"s\",\n"
                       " \"spaces\": [{\"id\": \"z\", \"id\": \"y\", \"level\": true},\n"
                       "  {\"id\": \"b\", \"use\": 3, \"capacity\": -1}],\n"
                       " \"colour\": \"red\"}";
    ck_assert_int_eq(read_text(&d, "x.json", text, &mu_site_file, &site), MU_ERR_INPUT);
    ck_assert_uint_eq(mu_diags_count(d.diags, MU_ERROR), 10);
    expect(&d, 0, "json.missing-key", 1, 1, "$"); /* levels */
    expect(&d, 1, "json.missing-key", 2, 13, "$.spaces[0]");
    expect(&d, 2, "json.missing-key", 2, 13, "$.spaces[0]");
    expect(&d, 3, "json.duplicate-key", 2, 25, "$.spaces[0].id");
    expect(&d, 4, "json.type", 2, 45, "$.spaces[0].level");
    expect(&d, 5, "json.missing-key", 3, 3, "$.spaces[1]");
    expect(&d, 6, "json.missing-key", 3, 3, "$.spaces[1]");
    expect(&d, 7, "json.type", 3, 22, "$.spaces[1].use");
    expect(&d, 8, "json.range", 3, 37, "$.spaces[1].capacity");
    expect(&d, 9, "json.unknown-key", 4, 2, "$.colour");
    close_desk(&d);
}
END_TEST

static const struct {
    const char *text, *code, *says;
} headed[] = {
    {"[]", "json.type", "an object"},
    {"{}", "json.format", "\"format\" is missing"},
    {"{\"format\": 1}", "json.type", "the name of a format"},
    {"{\"format\": \"muster.roster\", \"version\": 1}", "json.format", "muster.roster"},
    {"{\"format\": \"muster.site\", \"version\": 2}", "json.version", "newer"},
    {"{\"format\": \"muster.site\", \"version\": 0}", "json.version", "1 to 1"},
    {"{\"format\": \"muster.site\", \"version\": 1.5}", "json.version", "1.5"},
    {"{\"format\": \"muster.site\", \"version\": \"1\"}", "json.type", "a whole number"},
    {"{\"format\": \"muster.site\", \"$schema\": 1, \"id\": \"s\", "
     "\"levels\": [{\"id\": \"L\", \"elevation_m\": 0}], \"spaces\": [" SPACE "}]}",
     "json.version", "\"version\" is missing"},
};

START_TEST(reader_checks_format_and_version) {
    desk d = open_desk();
    mu_site site;
    ck_assert_int_eq(read_text(&d, "x.json", headed[_i].text, &mu_site_file, &site), MU_ERR_INPUT);
    const mu_diag *diag = mu_diags_get(d.diags, 0);
    ck_assert_str_eq(diag->code, headed[_i].code);
    ck_assert(strstr(diag->text, headed[_i].says) ||
              (diag->advice && strstr(diag->advice, headed[_i].says)));
    close_desk(&d);
}
END_TEST

START_TEST(reader_lists_no_more_than_a_person_reads) {
    desk d = open_desk();
    mu_site site;
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    fputs("{\"format\": \"muster.site\", \"version\": 1", out);
    for (int i = 0; i < 5000; i++) {
        fprintf(out, ", \"unknown%d\": 0", i);
    }
    fputc('}', out);
    fclose(out);
    ck_assert_int_eq(read_text(&d, "x.json", text, &mu_site_file, &site), MU_ERR_INPUT);
    ck_assert_uint_eq(mu_diags_count(d.diags, MU_NOTE), MU_JSON_FAULTS_MOST + 1);
    const mu_diag *last = mu_diags_get(d.diags, MU_JSON_FAULTS_MOST);
    ck_assert_str_eq(last->code, "json.more");
    ck_assert_ptr_nonnull(strstr(last->text, "4003"));
    free(text);
    close_desk(&d);
}
END_TEST

/* As many spaces as a very large campus has: anything quadratic would run into the time limit. */
START_TEST(reader_takes_large_files) {
    desk d = open_desk();
    mu_site site;
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    fputs(SITE_HEAD "\"spaces\":[", out);
    for (int i = 0; i < 50000; i++) {
        fprintf(out,
                "%s\n{\"id\":\"s%d\",\"level\":\"L\",\"use\":\"office\",\"polygon\":[[%d,0],[%d,0],"
                "[%d.5,1]]}",
                i ? "," : "", (i * 7919) % 50000, i, i + 1, i);
    }
    fputs("]}", out);
    fclose(out);
    ck_assert_int_eq(read_text(&d, "large.json", text, &mu_site_file, &site), MU_OK);
    ck_assert_int_eq(mu_loader_resolve(d.loader), MU_OK);
    ck_assert_uint_eq(site.spaces.count, 50000);
    for (uint32_t i = 1; i < site.spaces.count; i++) {
        ck_assert_int_lt(strcmp(site.spaces.items[i - 1].id, site.spaces.items[i].id), 0);
    }
    ck_assert_str_eq(site.spaces.items[1].origin->path, "$.spaces[17679]"); /* "s1" */
    free(text);
    close_desk(&d);
}
END_TEST

/* --- ids and references ------------------------------------------------------------------------
 */

#define STEP(id, more)                                                                             \
    "{\"id\":\"" id "\",\"when\":{},\"verb\":\"notify\",\"object\":\"police\"" more "}"
#define PLAYBOOK(id, steps)                                                                        \
    "{\"format\":\"muster.playbook\",\"version\":1,\"id\":\"" id                                   \
    "\",\"threat\":\"bombing\",\n\"steps\":[" steps "]}"

START_TEST(references_say_what_may_be_meant) {
    desk d = open_desk();
    mu_site site;
    const char *text =
        SITE_HEAD "\"spaces\":[" SPACE "}, {\"id\":\"lobby-1\",\"level\":\"M\",\"use\":\"lobby\",\n"
                  "\"polygon\":[[0,0],[1,0],[0,1]]}],\n"
                  "\"portals\":[{\"id\":\"d\",\"kind\":\"door\",\"between\":[\"loby-1\",\n\"L\"],"
                  "\"line\":[[0,0],[1,0]]}]}";
    ck_assert_int_eq(read_text(&d, "x.json", text, &mu_site_file, &site), MU_OK);
    ck_assert_int_eq(mu_loader_resolve(d.loader), MU_ERR_INPUT);
    ck_assert_uint_eq(mu_diags_count(d.diags, MU_NOTE), 3);
    expect(&d, 0, "json.reference", 3, 104, "$.spaces[1].level");
    expect(&d, 1, "json.reference", 5, 47, "$.portals[0].between[0]");
    expect(&d, 2, "json.reference", 6, 1, "$.portals[0].between[1]");
    ck_assert_str_eq(mu_diags_get(d.diags, 0)->text, "there is no level \"M\"");
    ck_assert_str_eq(mu_diags_get(d.diags, 1)->advice, "did you mean \"lobby-1\"?");
    ck_assert_str_eq(mu_diags_get(d.diags, 2)->advice, "that id is the name of a level");
    ck_assert_uint_eq(site.portals.items[0].between.items[0].index, MU_NONE);
    close_desk(&d);
}
END_TEST

START_TEST(steps_are_numbered_over_all_playbooks) {
    desk d = open_desk();
    mu_playbook one, two;
    ck_assert_int_eq(read_text(&d, "1.json", PLAYBOOK("one", STEP("c", "") "," STEP("a", "")),
                               &mu_playbook_file, &one),
                     MU_OK);
    ck_assert_int_eq(
        read_text(&d, "2.json", PLAYBOOK("two", STEP("b", "")), &mu_playbook_file, &two), MU_OK);
    ck_assert_int_eq(mu_loader_resolve(d.loader), MU_OK);
    ck_assert_uint_eq(mu_loader_find(d.loader, MU_ENTITY_STEP, "a"), 0);
    ck_assert_uint_eq(mu_loader_find(d.loader, MU_ENTITY_STEP, "c"), 1);
    ck_assert_uint_eq(mu_loader_find(d.loader, MU_ENTITY_STEP, "b"), 2);
    ck_assert_uint_eq(mu_loader_find(d.loader, MU_ENTITY_PLAYBOOK, "two"), 1);
    ck_assert_uint_eq(mu_loader_file_count(d.loader), 2);
    ck_assert_str_eq(mu_loader_file_name(d.loader, 1), "2.json");
    ck_assert(mu_loader_file_hash(d.loader, 0) != mu_loader_file_hash(d.loader, 1));
    close_desk(&d);
}
END_TEST

START_TEST(ids_are_unique_over_all_files) {
    desk d = open_desk();
    mu_playbook one, two;
    ck_assert_int_eq(
        read_text(&d, "1.json", PLAYBOOK("one", STEP("a", "")), &mu_playbook_file, &one), MU_OK);
    ck_assert_int_eq(read_text(&d, "2.json", PLAYBOOK("one", STEP("a", ",\"serves\":[\"4.2.1a\"]")),
                               &mu_playbook_file, &two),
                     MU_OK);
    ck_assert_int_eq(mu_loader_resolve(d.loader), MU_ERR_INPUT);
    ck_assert_uint_eq(mu_diags_count(d.diags, MU_NOTE), 3);
    expect(&d, 0, "json.duplicate-id", 1, 46, "$.id");
    expect(&d, 1, "json.duplicate-id", 2, 16, "$.steps[0].id");
    expect(&d, 2, "json.reference", 2, 74, "$.steps[0].serves[0]");
    ck_assert_str_eq(mu_diags_get(d.diags, 0)->where.file, "2.json");
    ck_assert_ptr_nonnull(strstr(mu_diags_get(d.diags, 1)->text, "1.json, line 2, column 16"));
    ck_assert_str_eq(mu_diags_get(d.diags, 2)->advice,
                     "the files that were read define no clause at all");
    close_desk(&d);
}
END_TEST

/* A policy that changes another: the merged list takes the place of both. */
START_TEST(merged_lists_can_be_registered_again) {
    desk d = open_desk();
    mu_policy base, over;
    mu_playbook book;
    const char *base_text = "{\"format\":\"muster.policy\",\"version\":1,\"id\":\"b\",\"clauses\":["
                            "{\"id\":\"1a\",\"kind\":\"process\"},{\"id\":\"1c\",\"kind\":"
                            "\"process\",\"same_as\":\"1a\"}]}";
    const char *over_text = "{\"format\":\"muster.policy\",\"version\":1,\"id\":\"o\",\"based_on\":"
                            "\"b.json\",\"clauses\":["
                            "{\"id\":\"1b\",\"kind\":\"process\"},{\"id\":\"1c\",\"kind\":\"rate\","
                            "\"same_as\":\"1b\"}]}";
    ck_assert_int_eq(read_text(&d, "b.json", base_text, &mu_policy_file, &base), MU_OK);
    ck_assert_int_eq(read_text(&d, "o.json", over_text, &mu_policy_file, &over), MU_OK);
    ck_assert_int_eq(read_text(&d, "p.json", PLAYBOOK("p", STEP("a", ",\"serves\":[\"1b\"]")),
                               &mu_playbook_file, &book),
                     MU_OK);
    mu_clause merged[] = {base.clauses.items[0], over.clauses.items[0], over.clauses.items[1]};
    const mu_list list = {merged, 3};
    const mu_record_type *clause = NULL;
    for (uint32_t i = 0; i < mu_policy_file.root->field_count; i++) {
        if (strcmp(mu_policy_file.root->fields[i].name, "clauses") == 0) {
            clause = mu_policy_file.root->fields[i].record;
        }
    }
    ck_assert_int_eq(mu_loader_redefine(d.loader, clause, &list), MU_OK);
    ck_assert_int_eq(mu_loader_resolve(d.loader), MU_OK);
    ck_assert_uint_eq(mu_diags_count(d.diags, MU_NOTE), 0);
    ck_assert_uint_eq(merged[2].same_as.index, 1);
    ck_assert_uint_eq(book.steps.items[0].serves.items[0].index, 1);
    close_desk(&d);
}
END_TEST

/* --- files -------------------------------------------------------------------------------------
 */

START_TEST(files_are_read_and_told_apart) {
    char name[] = "/tmp/muster-test-XXXXXX";
    const int handle = mkstemp(name);
    ck_assert_int_ge(handle, 0);
    FILE *out = fdopen(handle, "wb");
    fputs(good_site, out);
    fclose(out);
    desk d = open_desk();
    const mu_file_kind *const kinds[] = {&mu_incident_file, &mu_site_file};
    const mu_file_kind *found = NULL;
    mu_site site;
    ck_assert_int_eq(mu_loader_identify(d.loader, name, kinds, 2, &found), MU_OK);
    ck_assert_ptr_eq(found, &mu_site_file);
    ck_assert_int_eq(mu_loader_identify(d.loader, name, kinds, 1, &found), MU_OK);
    ck_assert_ptr_null(found);
    ck_assert_int_eq(mu_loader_read(d.loader, name, &mu_site_file, &site), MU_OK);
    ck_assert_uint_eq(site.spaces.count, 2);
    ck_assert_str_eq(mu_loader_beside(d.loader, name, "x/y.json"), "/tmp/x/y.json");
    ck_assert_str_eq(mu_loader_beside(d.loader, "here.json", "y.json"), "y.json");
    ck_assert_str_eq(mu_loader_beside(d.loader, name, "/etc/y"), "/etc/y");
    remove(name);
    ck_assert_int_eq(mu_loader_read(d.loader, name, &mu_site_file, &site), MU_ERR_IO);
    ck_assert_int_eq(mu_loader_read(d.loader, "/tmp", &mu_site_file, &site), MU_ERR_IO);
    ck_assert_uint_eq(mu_diags_count(d.diags, MU_NOTE), 2);
    ck_assert_str_eq(mu_diags_get(d.diags, 0)->code, "file.read");
    ck_assert_str_eq(mu_diags_get(d.diags, 0)->where.file, name);
    close_desk(&d);
}
END_TEST

/* --- the vocabulary ----------------------------------------------------------------------------
 */

START_TEST(record_kinds_are_found_by_token) {
    for (int i = 0; i < MU_RECORD_KIND_COUNT; i++) {
        const char *token = mu_record_token((mu_record_kind)i);
        ck_assert_int_eq(mu_record_find(token, (uint32_t)strlen(token)), i);
        ck_assert_ptr_nonnull(mu_part_name(mu_record_part((mu_record_kind)i)));
    }
    ck_assert_int_eq(mu_record_find("notif", 5), MU_RECORD_KIND_COUNT);
    ck_assert_int_eq(mu_record_find("stepper", 4), MU_RECORD_STEP);
    ck_assert(mu_record_is_milestone(MU_RECORD_NOTIFIED));
    ck_assert(!mu_record_is_milestone(MU_RECORD_DUE));
    ck_assert_int_eq(mu_record_part(MU_RECORD_GRANTED), MU_PART_WAIT);
}
END_TEST

START_TEST(verbs_bring_about_milestones) {
    const char *const *words = mu_verb_words();
    for (int i = 0; i < MU_VERB_COUNT; i++) {
        ck_assert_str_eq(words[i], mu_verb_word((mu_verb)i));
        ck_assert_ptr_nonnull(mu_verb_meaning((mu_verb)i));
        ck_assert(mu_record_is_milestone(mu_verb_milestone((mu_verb)i)));
    }
    ck_assert_ptr_null(words[MU_VERB_COUNT]);
    ck_assert_int_eq(mu_verb_object(MU_VERB_DECLARE), MU_OBJECT_LEVEL);
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
    tcase_add_test(scanner, scanner_agrees_with_strtod_on_overflow);
    tcase_add_test(scanner, scanner_numbers_values_as_cjson_does);
    suite_add_tcase(suite, scanner);
    TCase *near = tcase_create("near");
    tcase_add_test(near, near_distance_of_known_pairs);
    tcase_add_test(near, near_keeps_the_nearest_three);
    suite_add_tcase(suite, near);
    TCase *reader = tcase_create("reader");
    tcase_set_timeout(reader, 30);
    tcase_add_test(reader, reader_fills_structs);
    tcase_add_loop_test(reader, reader_names_each_fault, 0, COUNT(faulty));
    tcase_add_test(reader, reader_reports_all_faults_in_their_order);
    tcase_add_loop_test(reader, reader_checks_format_and_version, 0, COUNT(headed));
    tcase_add_test(reader, reader_lists_no_more_than_a_person_reads);
    tcase_add_test(reader, reader_takes_large_files);
    suite_add_tcase(suite, reader);
    TCase *references = tcase_create("references");
    tcase_add_test(references, references_say_what_may_be_meant);
    tcase_add_test(references, steps_are_numbered_over_all_playbooks);
    tcase_add_test(references, ids_are_unique_over_all_files);
    tcase_add_test(references, merged_lists_can_be_registered_again);
    tcase_add_test(references, files_are_read_and_told_apart);
    suite_add_tcase(suite, references);
    TCase *vocabulary = tcase_create("vocabulary");
    tcase_add_test(vocabulary, record_kinds_are_found_by_token);
    tcase_add_test(vocabulary, verbs_bring_about_milestones);
    suite_add_tcase(suite, vocabulary);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
