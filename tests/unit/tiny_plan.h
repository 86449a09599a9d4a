/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan of two rooms, a handful of people and a playbook that the test writes: what the tests of
 * the response stand on. Files are written to a folder of their own and read by the real loader, so
 * a test says only what it is about. Everybody stands where they work unless a step names a place,
 * so times are sums of the constants that the test gives. */
#ifndef TESTS_UNIT_TINY_PLAN_H
#define TESTS_UNIT_TINY_PLAN_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "drill/run.h"

typedef struct tiny {
    char folder[64];
    mu_plan *plan;
    mu_log *log;
    mu_run_end end;
} tiny;

static inline void tiny_write(const char *folder, const char *name, const char *text) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static const char *const tiny_site =
    "{\"format\":\"muster.site\",\"version\":1,\"id\":\"tiny\","
    "\"levels\":[{\"id\":\"G\",\"elevation_m\":0}],"
    "\"spaces\":["
    "{\"id\":\"room\",\"level\":\"G\",\"use\":\"office\","
    "\"polygon\":[[0,0],[10,0],[10,10],[0,10]]},"
    "{\"id\":\"yard\",\"level\":\"G\",\"use\":\"outdoor\","
    "\"polygon\":[[10,0],[40,0],[40,10],[10,10]]}],"
    "\"portals\":["
    "{\"id\":\"door\",\"kind\":\"door\",\"between\":[\"room\",\"yard\"],\"line\":[[10,4],[10,6]],"
    "\"zone\":\"core\",\"closes_in_s\":7},"
    "{\"id\":\"back\",\"kind\":\"door\",\"between\":[\"room\",\"yard\"],\"line\":[[10,8],[10,9]],"
    "\"zone\":\"core\",\"closes_in_s\":3}],"
    "\"equipment\":["
    "{\"id\":\"kit\",\"kind\":\"medical_kit\",\"space\":\"room\",\"at\":[1,1],\"count\":1},"
    "{\"id\":\"blanket\",\"kind\":\"blast_blanket\",\"space\":\"room\",\"at\":[2,1],\"count\":2}],"
    "\"posts\":[{\"id\":\"desk\",\"kind\":\"desk\",\"space\":\"room\",\"at\":[5,5]}],"
    "\"assembly_points\":[{\"id\":\"A\",\"space\":\"yard\",\"at\":[30,5]}],"
    "\"roads\":[{\"id\":\"in\",\"space\":\"yard\",\"at\":[38,5]}],"
    "\"channels\":["
    "{\"id\":\"phone\",\"kind\":\"telephone\",\"latency_s\":2,\"delivery_chance\":1,\"lines\":1,"
    "\"retry_s\":4},"
    "{\"id\":\"dead\",\"kind\":\"radio\",\"latency_s\":1,\"delivery_chance\":0,\"retry_s\":4},"
    "{\"id\":\"radio\",\"kind\":\"radio\",\"latency_s\":1,\"delivery_chance\":1,\"retry_s\":4}]}";

static const char *const tiny_roster =
    "{\"format\":\"muster.roster\",\"version\":1,\"id\":\"few\","
    "\"groups\":[{\"id\":\"staff\",\"role\":\"staff\",\"count\":2,\"in\":[\"room\"],"
    "\"familiar\":true,\"training\":\"M1\"}],"
    "\"members\":["
    "{\"id\":\"operator\",\"role\":\"operator\",\"space\":\"room\",\"radio\":true,\"phone\":true},"
    "{\"id\":\"head\",\"role\":\"head\",\"space\":\"room\",\"radio\":true,\"phone\":true},"
    "{\"id\":\"medic\",\"role\":\"team\",\"skills\":[\"medic\"],\"space\":\"room\"},"
    "{\"id\":\"eod\",\"role\":\"team\",\"skills\":[\"eod\"],\"space\":\"room\"}],"
    "\"units\":[{\"id\":\"patrol\",\"role\":\"police\",\"count\":1,\"road\":\"in\","
    "\"dispatched_in_s\":30,\"distance_m\":500,\"speed_mps\":10}]}";

static const char *const tiny_policy =
    "{\"format\":\"muster.policy\",\"version\":1,\"id\":\"none\",\"clauses\":["
    "{\"id\":\"1.1.1a\",\"kind\":\"process\"}]}";

static const char *const tiny_incident =
    "{\"format\":\"muster.incident\",\"version\":1,\"id\":\"tiny\",\"kind\":\"evacuation\","
    "\"site\":\"site.json\",\"roster\":\"roster.json\",\"policy\":\"policy.json\","
    "\"playbooks\":[\"playbook.json\"],\"alarm_at_s\":10,\"horizon_s\":3600}";

/* Loads the plan with these steps (JSON objects with commas between them). */
static inline tiny tiny_load(const char *steps) {
    tiny t = {.folder = "/tmp/muster-tiny-XXXXXX"};
    ck_assert_ptr_nonnull(mkdtemp(t.folder));
    char *playbook = malloc(strlen(steps) + 256);
    ck_assert_ptr_nonnull(playbook);
    sprintf(playbook,
            "{\"format\":\"muster.playbook\",\"version\":1,\"id\":\"test\","
            "\"threat\":\"evacuation\",\"steps\":[%s]}",
            steps);
    const char *const files[][2] = {{"site.json", tiny_site},
                                    {"roster.json", tiny_roster},
                                    {"policy.json", tiny_policy},
                                    {"playbook.json", playbook},
                                    {"incident.json", tiny_incident}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        tiny_write(t.folder, files[i][0], files[i][1]);
    }
    free(playbook);
    char path[128];
    snprintf(path, sizeof path, "%s/incident.json", t.folder);
    mu_diags *diags = mu_diags_create();
    t.plan = mu_plan_load(path, NULL, diags);
    for (size_t i = 0; t.plan == NULL && i < mu_diags_count(diags, MU_NOTE); i++) {
        fprintf(stderr, "%s: %s\n", mu_diags_get(diags, i)->where.path,
                mu_diags_get(diags, i)->text);
    }
    mu_diags_destroy(diags);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", t.folder, files[i][0]);
        (void)remove(path);
    }
    (void)rmdir(t.folder);
    ck_assert_ptr_nonnull(t.plan);
    t.log = mu_log_create();
    return t;
}

static inline tiny tiny_play(const char *steps) {
    tiny t = tiny_load(steps);
    ck_assert_int_eq(mu_run(t.plan, 1, 0, t.log, &t.end), MU_OK);
    return t;
}

static inline void tiny_close(tiny *t) {
    mu_log_destroy(t->log);
    mu_plan_destroy(t->plan);
}

/* The n-th record (from 0) of a kind that belongs to a step; NULL. */
static inline const mu_record *tiny_find(const tiny *t, mu_record_kind kind, const char *step,
                                         uint32_t n) {
    for (uint32_t i = 0; i < mu_log_count(t->log); i++) {
        const mu_record *r = mu_log_get(t->log, i);
        const bool is_its = r->kind == kind && mu_handle_thing(r->step) == MU_THING_STEP &&
                            strcmp(mu_plan_id(t->plan, r->step), step) == 0;
        if (is_its && n-- == 0) {
            return r;
        }
    }
    return NULL;
}

static inline uint32_t tiny_count(const tiny *t, mu_record_kind kind, const char *step) {
    uint32_t n = 0;
    while (tiny_find(t, kind, step, n) != NULL) {
        n++;
    }
    return n;
}

/* When a step's first record of a kind was written, in seconds; it must be there. */
static inline double tiny_when(const tiny *t, mu_record_kind kind, const char *step) {
    const mu_record *r = tiny_find(t, kind, step, 0);
    ck_assert_msg(r != NULL, "no record of kind %s for step %s", mu_record_token(kind), step);
    return mu_time_to_s(r->time_us);
}

#endif
