/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reader: records by their field tables, every fault in its place, ids and references over all
 * files of a plan. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/json_doc.h"
#include "core/json_edit.h"
#include "core/json_scan.h"
#include "core/loader.h"
#include "core/migrate.h"
#include "drill/incident.h"
#include "policy/policy.h"
#include "response/playbook.h"
#include "runner.h"
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
    {"\"spaces\":[]", "json.length", "$.spaces", "it takes 1 to 20000"},
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
    {"\"spaces\":[" SPACE "}],\"portals\":[{" DOOR ",\"closes_in_s\":true}]", "json.type",
     "$.portals[0].closes_in_s", "a number or a distribution"},
    {"\"spaces\":[" SPACE "}],\"portals\":[{" DOOR
     ",\"closes_in_s\":{\"low\":\"x\",\"dist\":\"uniform\",\"high\":5}}]",
     "json.type", "$.portals[0].closes_in_s.low", "expected a number, found the text \"x\""},
    {"\"spaces\":[" SPACE ",\"name\":7}]", "json.type", "$.spaces[0].name", "a text, or {"},
    {"\"spaces\":[" SPACE ",\"building\":\"a\\u0085\"}]", "json.control", "$.spaces[0].building",
     "0x85"},
    {"\"spaces\":[{\"id\":\"a\",\"level\":\"L\",\"use\":\"office\",\"polygon\":7}]", "json.type",
     "$.spaces[0].polygon", "a list of points"},
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

static const struct {
    const char *date;
    bool is_good;
} dated[] = {
    {"2026-09-15", true},        {"2026-09-15T00:00", true},  {"2024-02-29", true},
    {"2000-02-29", true},        {"2026-12-31T23:59", true},  {"2026-02-29", false},
    {"2100-02-29", false},       {"2026-04-31", false},       {"2026-00-10", false},
    {"2026-13-10", false},       {"2026-01-00", false},       {"2026-01-32", false},
    {"2026-09-15T24:00", false}, {"2026-09-15T10:60", false}, {"2026-09-15 10:30", false},
    {"2026-9-15", false},        {"20260915", false},         {"2026-09-15T10:30:00", false},
};

START_TEST(reader_knows_the_calendar) {
    desk d = open_desk();
    mu_incident incident;
    char text[300];
    snprintf(text, sizeof text,
             "{\"format\":\"muster.incident\",\"version\":1,\"id\":\"i\",\"kind\":\"evacuation\","
             "\"site\":\"s\",\"roster\":\"r\",\"starts_at\":\"%s\"}",
             dated[_i].date);
    const mu_status status = read_text(&d, "i.json", text, &mu_incident_file, &incident);
    ck_assert_int_eq(status, dated[_i].is_good ? MU_OK : MU_ERR_INPUT);
    if (dated[_i].is_good) {
        ck_assert_str_eq(incident.starts_at, dated[_i].date);
    } else {
        expect(&d, 0, "json.date", 1, 106, "$.starts_at");
    }
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

/* As many spaces as there may be: anything quadratic would run into the time limit. */
START_TEST(reader_takes_large_files) {
    desk d = open_desk();
    mu_site site;
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    fputs(SITE_HEAD "\"spaces\":[", out);
    for (int i = 0; i < MU_SPACES_MOST; i++) {
        fprintf(out,
                "%s\n{\"id\":\"s%d\",\"level\":\"L\",\"use\":\"office\",\"polygon\":[[%d,0],[%d,0],"
                "[%d.5,1]]}",
                i ? "," : "", (i * 7919) % MU_SPACES_MOST, i, i + 1, i);
    }
    fputs("]}", out);
    fclose(out);
    ck_assert_int_eq(read_text(&d, "large.json", text, &mu_site_file, &site), MU_OK);
    ck_assert_int_eq(mu_loader_resolve(d.loader), MU_OK);
    ck_assert_uint_eq(site.spaces.count, MU_SPACES_MOST);
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

/* With other faults about, a reference is a fault too where what it names was read; where the file
 * that should define it could not be read, nobody can tell. */
START_TEST(dangling_references_are_said_along_with_other_faults) {
    desk d = open_desk();
    mu_site site;
    mu_playbook book;
    const char *text = SITE_HEAD "\"spaces\":[" SPACE ",\"capacity\":-1}],\n"
                                 "\"portals\":[{\"id\":\"d\",\"kind\":\"door\","
                                 "\"between\":[\"nowhere\"],\"line\":[[0,0],[1,0]]}]}";
    ck_assert_int_eq(read_text(&d, "x.json", text, &mu_site_file, &site), MU_ERR_INPUT);
    ck_assert_int_eq(read_text(&d, "b.json", PLAYBOOK("b", STEP("a", ",\"serves\":[\"4.2.1a\"]")),
                               &mu_playbook_file, &book),
                     MU_OK);
    mu_loader_complain_dangling(d.loader);
    ck_assert_uint_eq(mu_diags_count(d.diags, MU_NOTE), 2);
    ck_assert_str_eq(mu_diags_get(d.diags, 0)->where.path, "$.spaces[0].capacity");
    ck_assert_str_eq(mu_diags_get(d.diags, 1)->where.path, "$.portals[0].between[0]");
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

/* --- policies that rest on another ---
 */

typedef struct served {
    const char *file, *text;
} served;

static const char *serve(void *context, const char *file, size_t *length) {
    for (const served *one = context; one->file != NULL; one++) {
        if (strcmp(one->file, file) == 0) {
            *length = strlen(one->text);
            return one->text;
        }
    }
    return NULL;
}

#define POLICY "{\"format\":\"muster.policy\",\"version\":1,"
#define CLAUSE(id, value)                                                                          \
    "{\"id\":\"" id "\",\"kind\":\"deadline\",\"start\":\"found:item\",\"end\":\"declared:red\","  \
    "\"demands\":[{\"name\":\"limit\",\"value\":" value ",\"unit\":\"s\"}]}"

START_TEST(changes_of_a_policy_reach_its_base) {
    const served files[] = {
        {"base.json", POLICY "\"id\":\"b\",\"clauses\":[" CLAUSE("c1", "60") "," CLAUSE(
                          "c2", "60") "," CLAUSE("c3", "60") "]}"},
        {"own.json", POLICY
         "\"id\":\"o\",\"based_on\":\"base.json\",\"changes\":[{\"clause\":\"c1\",\"value\":90},"
         "{\"clause\":\"c2\",\"switches\":true,\"off\":true},{\"clause\":\"c3\",\"demand\":"
         "\"share\",\"value\":1},"
         "{\"clause\":\"c3\",\"off\":true},{\"clause\":\"c3\"}]}"},
        {NULL, NULL}};
    desk d = open_desk();
    mu_policy policy;
    mu_loader_serve(d.loader, serve, (void *)(uintptr_t)files);
    ck_assert_int_eq(mu_policy_read(d.loader, d.arena, "own.json", d.diags, &policy), MU_OK);
    ck_assert_int_eq(mu_loader_resolve(d.loader), MU_OK);
    ck_assert_uint_eq(mu_diags_count(d.diags, MU_NOTE), 0);
    mu_policy_apply(&policy, d.diags);
    ck_assert_uint_eq(policy.clauses.count, 3);
    ck_assert_double_eq(policy.clauses.items[0].demands.items[0].value, 90);
    ck_assert(!policy.clauses.items[0].off && policy.clauses.items[1].off);
    ck_assert_double_eq(policy.clauses.items[2].demands.items[0].value, 60);
    ck_assert(!policy.clauses.items[2].off);
    static const char *const codes[] = {"policy.no-demand", "policy.no-change", "policy.no-change"};
    ck_assert_uint_eq(mu_diags_count(d.diags, MU_NOTE), 3);
    for (size_t k = 0; k < 3; k++) {
        char path[40];
        snprintf(path, sizeof path, "$.changes[%zu]", k + 2);
        ck_assert_str_eq(mu_diags_get(d.diags, k)->code, codes[k]);
        ck_assert_str_eq(mu_diags_get(d.diags, k)->where.path, path);
    }
    close_desk(&d);
}
END_TEST

START_TEST(a_policy_s_base_stands_by_itself) {
    const served files[] = {
        {"base.json", POLICY "\"id\":\"b\",\"clauses\":[" CLAUSE("c1", "60") "]}"},
        {"own.json", POLICY "\"id\":\"o\",\"based_on\":\"base.json\"}"},
        {"third.json", POLICY "\"id\":\"t\",\"based_on\":\"own.json\"}"},
        {NULL, NULL}};
    desk d = open_desk();
    mu_policy policy;
    mu_loader_serve(d.loader, serve, (void *)(uintptr_t)files);
    ck_assert_int_eq(mu_policy_read(d.loader, d.arena, "third.json", d.diags, &policy),
                     MU_ERR_INPUT);
    ck_assert_uint_eq(mu_diags_count(d.diags, MU_NOTE), 1);
    ck_assert_str_eq(mu_diags_get(d.diags, 0)->code, "policy.based-twice");
    ck_assert_str_eq(mu_diags_get(d.diags, 0)->where.file, "third.json");
    close_desk(&d);
}
END_TEST

/* A policy with a fault keeps its base unread: what refers to a clause of the base is not
 * complained of as well. */
START_TEST(a_policy_with_a_fault_lacks_its_base) {
    const served files[] = {
        {"base.json", POLICY "\"id\":\"b\",\"clauses\":[" CLAUSE("c1", "60") "]}"},
        {"own.json",
         POLICY "\"id\":\"o\",\"based_on\":\"base.json\",\"foo\":1,\"clauses\":[" CLAUSE(
             "c2", "60") "],\"changes\":["
                         "{\"clause\":\"c1\",\"value\":90}]}"},
        {"alone.json", POLICY "\"id\":\"o\",\"foo\":1,\"clauses\":[" CLAUSE(
                           "c2", "60") "],\"changes\":["
                                       "{\"clause\":\"c1\",\"value\":90}]}"},
        {NULL, NULL}};
    static const char *const names[] = {"own.json", "alone.json"};
    for (int k = 0; k < 2; k++) {
        desk d = open_desk();
        mu_policy policy;
        mu_loader_serve(d.loader, serve, (void *)(uintptr_t)files);
        ck_assert_int_eq(mu_policy_read(d.loader, d.arena, names[k], d.diags, &policy),
                         MU_ERR_INPUT);
        mu_loader_complain_dangling(d.loader);
        ck_assert_uint_eq(mu_diags_count(d.diags, MU_ERROR), (size_t)k + 1);
        ck_assert_str_eq(mu_diags_get(d.diags, 0)->code, "json.unknown-key");
        close_desk(&d);
    }
}
END_TEST

static mu_status write_anew(const mu_json_doc *doc, char *text, char **out, size_t *out_length) {
    (void)text;
    static const char newer[] = "{\"format\":\"muster.toy\",\"version\":1,\"added\":true}";
    ck_assert_uint_ne(mu_json_find(doc, "/old"), MU_NONE);
    *out = strdup(newer);
    *out_length = strlen(newer);
    return MU_OK;
}

/* A step that writes the text anew, in place of changing it where it stands. */
START_TEST(a_migration_may_write_another_text) {
    static const mu_migration rows[] = {{write_anew, "said"}, {NULL, NULL}};
    const mu_file_kind kind = {.format = "muster.toy", .version = 2, .older = rows};
    static const char text[] = "{\"format\": \"muster.toy\", \"version\": 1, \"old\": 1}";
    char *out = NULL;
    size_t length = 0;
    int from = 0;
    ck_assert_int_eq(mu_migrate(&kind, text, strlen(text), &out, &length, &from), MU_OK);
    ck_assert_int_eq(from, 1);
    ck_assert_str_eq(out, "{\"format\":\"muster.toy\",\"version\":2,\"added\":true}");
    ck_assert_uint_eq(length, strlen(out));
    free(out);
}
END_TEST

/* --- notes of clauses ---
 */

#define NOTED(note)                                                                                \
    POLICY "\"id\":\"n\",\n\"clauses\":[{\"id\":\"c\",\"kind\":\"process\",\n\"note\": " note "}]" \
           "}"

static const struct {
    const char *text, *en, *zh;
} noted[] = {
    {NOTED("\"Open.\""), "Open.", "Open."},
    {NOTED("{\"en\": \"Open.\", \"zh\": \"未定。\"}"), "Open.", "未定。"},
    {NOTED("{\"en\": \"Open.\"}"), "Open.", "Open."},
    {NOTED("{\"zh\": \"未定。\"}"), "未定。", "未定。"},
};

START_TEST(a_note_is_for_every_language_or_for_each) {
    desk d = open_desk();
    mu_policy policy;
    ck_assert_int_eq(read_text(&d, "p.json", noted[_i].text, &mu_policy_file, &policy), MU_OK);
    ck_assert_uint_eq(mu_diags_count(d.diags, MU_NOTE), 0);
    ck_assert_str_eq(policy.clauses.items[0].note.en, noted[_i].en);
    ck_assert_str_eq(policy.clauses.items[0].note.zh, noted[_i].zh);
    close_desk(&d);
}
END_TEST

static const struct {
    const char *text, *code, *path;
    uint32_t column;
} ill_noted[] = {
    {NOTED("7"), "json.type", "$.clauses[0].note", 9},
    {NOTED("[\"Open.\"]"), "json.type", "$.clauses[0].note", 9},
    {NOTED("{}"), "json.missing-key", "$.clauses[0].note", 9},
    {NOTED("{\"en\": 7}"), "json.type", "$.clauses[0].note.en", 16},
    {NOTED("{\"en\": \"Open.\", \"de\": \"Offen.\"}"), "json.unknown-key", "$.clauses[0].note.de",
     25},
};

START_TEST(a_note_of_another_type_is_refused) {
    desk d = open_desk();
    mu_policy policy;
    ck_assert_int_eq(read_text(&d, "p.json", ill_noted[_i].text, &mu_policy_file, &policy),
                     MU_ERR_INPUT);
    ck_assert_uint_eq(mu_diags_count(d.diags, MU_NOTE), 1);
    expect(&d, 0, ill_noted[_i].code, 3, ill_noted[_i].column, ill_noted[_i].path);
    ck_assert_str_eq(mu_diags_get(d.diags, 0)->where.file, "p.json");
    close_desk(&d);
}
END_TEST

/* Nobody waits for a file of gigabytes: it is not looked into. */
START_TEST(a_text_that_is_too_long_is_not_read) {
    desk d = open_desk();
    mu_site site;
    ck_assert_int_eq(mu_loader_read_text(d.loader, "x.json", good_site, MU_JSON_BYTES_MOST + 1,
                                         &mu_site_file, &site),
                     MU_ERR_INPUT);
    ck_assert_uint_eq(mu_diags_count(d.diags, MU_NOTE), 1);
    ck_assert_str_eq(mu_diags_get(d.diags, 0)->code, "json.size");
    close_desk(&d);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

int main(void) {
    Suite *suite = suite_create("loader");
    TCase *reader = tcase_create("reader");
    tcase_set_timeout(reader, 30);
    tcase_add_test(reader, reader_fills_structs);
    tcase_add_loop_test(reader, reader_names_each_fault, 0, COUNT(faulty));
    tcase_add_test(reader, reader_reports_all_faults_in_their_order);
    tcase_add_loop_test(reader, reader_checks_format_and_version, 0, COUNT(headed));
    tcase_add_loop_test(reader, reader_knows_the_calendar, 0, COUNT(dated));
    tcase_add_test(reader, reader_lists_no_more_than_a_person_reads);
    tcase_add_test(reader, reader_takes_large_files);
    suite_add_tcase(suite, reader);
    TCase *references = tcase_create("references");
    tcase_add_test(references, references_say_what_may_be_meant);
    tcase_add_test(references, dangling_references_are_said_along_with_other_faults);
    tcase_add_test(references, steps_are_numbered_over_all_playbooks);
    tcase_add_test(references, ids_are_unique_over_all_files);
    tcase_add_test(references, merged_lists_can_be_registered_again);
    tcase_add_test(references, files_are_read_and_told_apart);
    tcase_add_test(references, changes_of_a_policy_reach_its_base);
    tcase_add_test(references, a_policy_s_base_stands_by_itself);
    tcase_add_test(references, a_migration_may_write_another_text);
    tcase_add_test(references, a_policy_with_a_fault_lacks_its_base);
    tcase_add_test(references, a_text_that_is_too_long_is_not_read);
    tcase_add_loop_test(references, a_note_is_for_every_language_or_for_each, 0, COUNT(noted));
    tcase_add_loop_test(references, a_note_of_another_type_is_refused, 0, COUNT(ill_noted));
    suite_add_tcase(suite, references);
    return run_suite(suite);
}
