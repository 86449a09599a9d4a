/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One corridor with rooms on both sides, people in them, and a hostage incident in one: what the
 * tests of lockdown and hostage-taking stand on. The rooms to the south are joined by doors of
 * their own and have a way out at the back; the store to the north has the corridor only. From the
 * place, only the corridor is in sight.
 *
 *     place    | store |          |
 *     ---- hall ------------------| yard
 *     a   =  b   =  c             =
 */
#ifndef TESTS_UNIT_WING_H
#define TESTS_UNIT_WING_H

#include "tiny_plan.h"

#include "response/response.h"

static const char *const wing_site =
    "{\"format\":\"muster.site\",\"version\":1,\"id\":\"wing\","
    "\"levels\":[{\"id\":\"G\",\"elevation_m\":0}],"
    "\"spaces\":["
    "{\"id\":\"hall\",\"level\":\"G\",\"use\":\"corridor\",\"building\":\"wing\","
    "\"polygon\":[[0,10],[30,10],[30,13],[0,13]]},"
    "{\"id\":\"a\",\"level\":\"G\",\"use\":\"office\",\"building\":\"wing\","
    "\"polygon\":[[0,0],[10,0],[10,10],[0,10]]},"
    "{\"id\":\"b\",\"level\":\"G\",\"use\":\"office\",\"building\":\"wing\","
    "\"polygon\":[[10,0],[20,0],[20,10],[10,10]]},"
    "{\"id\":\"c\",\"level\":\"G\",\"use\":\"office\",\"building\":\"wing\","
    "\"polygon\":[[20,0],[30,0],[30,10],[20,10]]},"
    "{\"id\":\"place\",\"level\":\"G\",\"use\":\"office\",\"building\":\"wing\","
    "\"polygon\":[[0,13],[10,13],[10,23],[0,23]]},"
    "{\"id\":\"store\",\"level\":\"G\",\"use\":\"store\",\"building\":\"wing\","
    "\"polygon\":[[12,13],[20,13],[20,20],[12,20]]},"
    "{\"id\":\"yard\",\"level\":\"G\",\"use\":\"outdoor\","
    "\"polygon\":[[30,0],[70,0],[70,23],[30,23]]}],"
    "\"portals\":["
    "{\"id\":\"door.a\",\"kind\":\"door\",\"between\":[\"a\",\"hall\"],\"line\":[[4,10],[5,10]]},"
    "{\"id\":\"door.ab\",\"kind\":\"door\",\"between\":[\"a\",\"b\"],\"line\":[[10,4],[10,5]]},"
    "{\"id\":\"door.b\",\"kind\":\"door\",\"between\":[\"b\",\"hall\"],\"line\":[[14,10],[15,10]]},"
    "{\"id\":\"door.bc\",\"kind\":\"door\",\"between\":[\"b\",\"c\"],\"line\":[[20,4],[20,5]]},"
    "{\"id\":\"door.c\",\"kind\":\"door\",\"between\":[\"c\",\"hall\"],\"line\":[[24,10],[25,10]],"
    "\"locks_in_s\":7},"
    "{\"id\":\"door.back\",\"kind\":\"door\",\"between\":[\"yard\",\"c\"],"
    "\"line\":[[30,4],[30,5]],\"zone\":\"line\"},"
    "{\"id\":\"door.main\",\"kind\":\"door\",\"between\":[\"hall\",\"yard\"],"
    "\"line\":[[30,11],[30,12]],\"zone\":\"line\"},"
    "{\"id\":\"door.place\",\"kind\":\"door\",\"between\":[\"place\",\"hall\"],"
    "\"line\":[[2,13],[3,13]]},"
    "{\"id\":\"door.store\",\"kind\":\"door\",\"between\":[\"store\",\"hall\"],"
    "\"line\":[[15,13],[16,13]]}],"
    "\"equipment\":["
    "{\"id\":\"camera\",\"kind\":\"camera\",\"space\":\"hall\",\"at\":[1,12],"
    "\"covers\":[\"place\"]},"
    "{\"id\":\"button\",\"kind\":\"duress_button\",\"space\":\"place\",\"at\":[1,20]}],"
    "\"posts\":["
    "{\"id\":\"in.c\",\"kind\":\"inner_cordon\",\"space\":\"c\",\"at\":[28,2]},"
    "{\"id\":\"in.yard\",\"kind\":\"inner_cordon\",\"space\":\"yard\",\"at\":[40,18]}],"
    "\"assembly_points\":[{\"id\":\"A\",\"space\":\"yard\",\"at\":[60,5],\"capacity\":60}],"
    "\"roads\":[{\"id\":\"in\",\"space\":\"yard\",\"at\":[66,18]}],"
    "\"channels\":["
    "{\"id\":\"pa\",\"kind\":\"pa\",\"latency_s\":2,\"delivery_chance\":1},"
    "{\"id\":\"weak\",\"kind\":\"pa\",\"latency_s\":2,\"delivery_chance\":0.6},"
    "{\"id\":\"sms\",\"kind\":\"sms\",\"latency_s\":3,\"delivery_chance\":1},"
    "{\"id\":\"voice\",\"kind\":\"in_person\",\"latency_s\":1,\"delivery_chance\":1}]}";

static const char *const wing_roster =
    "{\"format\":\"muster.roster\",\"version\":1,\"id\":\"few\","
    "\"groups\":["
    "{\"id\":\"staff.a\",\"role\":\"staff\",\"count\":6,\"in\":[\"a\"],\"familiar\":true,"
    "\"training\":\"M1\",\"phone_share\":1},"
    "{\"id\":\"staff.b\",\"role\":\"staff\",\"count\":4,\"in\":[\"b\"],\"familiar\":true,"
    "\"training\":\"M1\",\"phone_share\":1},"
    "{\"id\":\"staff.place\",\"role\":\"staff\",\"count\":5,\"in\":[\"place\"],"
    "\"familiar\":true,\"training\":\"M1\",\"phone_share\":1},"
    "{\"id\":\"staff.store\",\"role\":\"staff\",\"count\":2,\"in\":[\"store\"],"
    "\"familiar\":true,\"training\":\"M1\",\"phone_share\":1},"
    "{\"id\":\"visitors\",\"role\":\"visitor\",\"count\":3,\"in\":[\"hall\"],\"training\":\"M2\","
    "\"phone_share\":1}],"
    "\"members\":["
    "{\"id\":\"operator\",\"role\":\"operator\",\"count\":2,\"space\":\"c\",\"radio\":true},"
    "{\"id\":\"guard\",\"role\":\"guard\",\"space\":\"place\"},"
    "{\"id\":\"talker\",\"role\":\"ert\",\"skills\":[\"negotiator\"],\"count\":2,"
    "\"space\":\"yard\"}]}";

/* The hostage record of most tests; they may give their own. */
#define WING_HOSTAGE                                                                               \
    "{\"space\":\"place\",\"at\":[7,20],\"seized_at_s\":10,\"notice_s\":2,\"call_s\":30}"

typedef struct wing {
    mu_plan *plan; /* NULL: not loaded */
    mu_diags *diags;
} wing;

static inline void wing_close(wing *w) {
    mu_plan_destroy(w->plan);
    mu_diags_destroy(w->diags);
}

/* Loads the plan of an incident with this hostage record and these steps. */
static inline wing wing_try(const char *hostage, const char *steps) {
    char folder[64] = "/tmp/muster-wing-XXXXXX", path[128], *playbook, *incident;
    ck_assert_ptr_nonnull(mkdtemp(folder));
    playbook = malloc(strlen(steps) + 256);
    incident = malloc(strlen(hostage) + 512);
    ck_assert(playbook != NULL && incident != NULL);
    sprintf(playbook,
            "{\"format\":\"muster.playbook\",\"version\":1,\"id\":\"test\","
            "\"threat\":\"hostage\",\"steps\":[%s]}",
            steps);
    sprintf(incident,
            "{\"format\":\"muster.incident\",\"version\":1,\"id\":\"wing\",\"kind\":\"hostage\","
            "\"site\":\"site.json\",\"roster\":\"roster.json\",\"policy\":\"policy.json\","
            "\"playbooks\":[\"playbook.json\"],\"horizon_s\":600000,\"hostage\":%s}",
            hostage);
    const char *const files[][2] = {{"site.json", wing_site},
                                    {"roster.json", wing_roster},
                                    {"policy.json", tiny_policy},
                                    {"playbook.json", playbook},
                                    {"incident.json", incident}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        tiny_write(folder, files[i][0], files[i][1]);
    }
    snprintf(path, sizeof path, "%s/incident.json", folder);
    wing w = {.diags = mu_diags_create()};
    w.plan = mu_plan_load(path, NULL, w.diags);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i][0]);
        (void)remove(path);
    }
    (void)rmdir(folder);
    free(playbook);
    free(incident);
    return w;
}

static inline wing wing_load(const char *hostage, const char *steps) {
    wing w = wing_try(hostage, steps);
    for (size_t i = 0; w.plan == NULL && i < mu_diags_count(w.diags, MU_NOTE); i++) {
        fprintf(stderr, "%s: %s\n", mu_diags_get(w.diags, i)->where.path,
                mu_diags_get(w.diags, i)->text);
    }
    ck_assert_ptr_nonnull(w.plan);
    return w;
}

static inline bool wing_has_diag(const wing *w, const char *code) {
    for (size_t i = 0; i < mu_diags_count(w->diags, MU_NOTE); i++) {
        if (strcmp(mu_diags_get(w->diags, i)->code, code) == 0) {
            return true;
        }
    }
    return false;
}

static inline uint32_t wing_space(const wing *w, const char *id) {
    for (uint32_t s = 0; s < w->plan->site.spaces.count; s++) {
        if (strcmp(w->plan->site.spaces.items[s].id, id) == 0) {
            return s;
        }
    }
    ck_abort_msg("no space %s", id);
}

/* The n-th record of a kind; NULL. */
static inline const mu_record *wing_find(const mu_log *log, mu_record_kind kind, uint32_t n) {
    for (uint32_t i = 0; i < mu_log_count(log); i++) {
        if (mu_log_get(log, i)->kind == kind && n-- == 0) {
            return mu_log_get(log, i);
        }
    }
    return NULL;
}

static inline uint32_t wing_count(const mu_log *log, mu_record_kind kind) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < mu_log_count(log); i++) {
        n += mu_log_get(log, i)->kind == kind;
    }
    return n;
}

#endif
