/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan of five occupants, a guard and four clauses, and the log of one run of it: what the tests
 * of findings and of stored logs stand on. */
#ifndef TESTS_UNIT_TYPED_PLAN_H
#define TESTS_UNIT_TYPED_PLAN_H

#include "drill/findings.h"
#include "typed_log.h"

enum { CLAUSES = 4, PEOPLE = 6 };

static mu_plan plan;
static mu_person people[PEOPLE];
static mu_group group;
static mu_member member;
static mu_space spaces[2];
static mu_channel channels[2];
static mu_file_read files[1];
static typed_clause clauses[CLAUSES];
static mu_clause policy_clauses[CLAUSES];
static mu_judged_clause judged[CLAUSES];
static mu_diags *diags;

enum { POLICE_TOLD, POLICE_TOLD_TOO, ON_AVERAGE, REACHED_ALL };

static inline void add_clause(uint32_t i, const char *id) {
    policy_clauses[i] = clauses[i].clause;
    policy_clauses[i].id = id;
    policy_clauses[i].title = (mu_text){"title", "标题"};
    judged[i] = clauses[i].judged;
    judged[i].clause = &policy_clauses[i];
}

static inline void make_plan(void) {
    memset(&plan, 0, sizeof plan);
    diags = mu_diags_create();
    group = (mu_group){.id = "staff", .name = {"staff", "员工"}};
    member = (mu_member){.id = "guard", .name = {"guard", "安保"}};
    spaces[0] = (mu_space){.id = "hall", .name = {"hall", "大厅"}, .use = MU_USE_OFFICE};
    spaces[1] = (mu_space){.id = "yard", .name = {"yard", "院子"}, .use = MU_USE_OUTDOOR};
    channels[0] = (mu_channel){.id = "pa", .name = {"speakers", "广播"}};
    channels[1] = (mu_channel){.id = "sms", .name = {"SMS", "短信"}};
    static const char *const ids[PEOPLE] = {"guard",   "staff/1", "staff/2",
                                            "staff/3", "staff/4", "staff/5"};
    for (uint32_t p = 0; p < PEOPLE; p++) {
        people[p] = (mu_person){.id = ids[p],
                                .party = MU_NONE,
                                .kind = p == 0 ? MU_PERSON_MEMBER : MU_PERSON_OCCUPANT,
                                .space = p == PEOPLE - 1 ? 1 : 0}; /* the last is in the yard */
    }
    files[0] = (mu_file_read){.name = "package.json", .hash = 0x0123456789abcdefU};
    plan.incident.id = "package";
    plan.incident.kind = MU_INCIDENT_PACKAGE;
    plan.site.id = "site";
    plan.site.spaces.items = spaces;
    plan.site.spaces.count = 2;
    plan.site.channels.items = channels;
    plan.site.channels.count = 2;
    plan.roster.groups.items = &group;
    plan.roster.groups.count = 1;
    plan.roster.members.items = &member;
    plan.roster.members.count = 1;
    plan.people.roster = &plan.roster;
    plan.people.list.items = people;
    plan.people.list.count = PEOPLE;
    plan.people.occupants = PEOPLE - 1;
    plan.words = typed_words;
    plan.files.items = files;
    plan.files.count = 1;
    make_deadline(&clauses[0], "declared:red", "notified:police", 60);
    add_clause(POLICE_TOLD, "4.2.3a");
    make_deadline(&clauses[1], "declared:red", "notified:police", 60);
    add_clause(POLICE_TOLD_TOO, "3.6.3a");
    policy_clauses[POLICE_TOLD_TOO].same_as = (mu_ref){"4.2.3a", POLICE_TOLD};
    judged[POLICE_TOLD_TOO].same_as = POLICE_TOLD;
    make_deadline(&clauses[2], "declared:red", "notified:police", 50);
    clauses[2].clause.statistic = MU_STATISTIC_MEAN;
    add_clause(ON_AVERAGE, "5.4.3b");
    make_clause(&clauses[3], MU_CLAUSE_COVERAGE, "declared:red", NULL, "coverage", 0.8, "1");
    add_clause(REACHED_ALL, "4.2.1d");
    plan.policy.id = "policy";
    plan.policy.required_share = 0.9;
    plan.policy.clauses.items = policy_clauses;
    plan.policy.clauses.count = CLAUSES;
    plan.clauses = judged;
}

static inline void drop_plan(void) {
    mu_diags_destroy(diags);
}

static inline void put(mu_log *log, double at_s, mu_record_kind kind, uint32_t person,
                       mu_handle place, uint32_t value) {
    const mu_record record = {.time_us = seconds(at_s),
                              .kind = (uint16_t)kind,
                              .cause =
                                  mu_log_count(log) == 0 ? MU_NO_RECORD : mu_log_count(log) - 1,
                              .subject = MU_HANDLE(MU_THING_PERSON, person),
                              .place = place,
                              .value = value};
    mu_log_append(log, &record);
}

/* Red at 10 s, police told `told_s` later (negative: never); everyone alerted, 1 to 3 leave. */
static inline mu_log *make_log(double told_s) {
    const mu_handle pa = MU_HANDLE(MU_THING_CHANNEL, 0), sms = MU_HANDLE(MU_THING_CHANNEL, 1);
    mu_log *log = mu_log_create();
    const uint32_t red = type_event(log, 10, MU_RECORD_DECLARED, "red");
    type_record(log, 10, MU_RECORD_ORDERED, red, "site", NULL);
    put(log, 10, MU_RECORD_SENT, 0, pa, 5);
    put(log, 11, MU_RECORD_DELIVERED, 1, pa, 1);
    put(log, 11, MU_RECORD_ALERTED, 1, pa, 0);
    put(log, 12, MU_RECORD_ALERTED, 2, pa, 0);
    put(log, 12, MU_RECORD_LOST, 3, pa, 1);
    put(log, 13, MU_RECORD_ALERTED, 3, sms, 0);
    put(log, 14, MU_RECORD_ALERTED, 3, pa, 0); /* again: changes nothing */
    put(log, 15, MU_RECORD_ALERTED, 4, sms, 0);
    put(log, 16, MU_RECORD_ALERTED, 0, sms, 0); /* no occupant: does not count */
    put(log, 20, MU_RECORD_LEFT, 1, 0, 0);
    put(log, 30, MU_RECORD_LEFT, 2, 0, 0);
    put(log, 35, MU_RECORD_LEFT, 0, 0, 0);
    put(log, 40, MU_RECORD_LEFT, 3, 0, 0);
    put(log, 45, MU_RECORD_STATE, 1, 0, MU_OCCUPANT_OUT);
    put(log, 46, MU_RECORD_STATE, 2, 0, MU_OCCUPANT_OUT);
    const mu_record near[2] = {
        {.time_us = seconds(50),
         .kind = MU_RECORD_EXPOSED,
         .cause = 0,
         .place = word("policy_radius"),
         .value = 3},
        {.time_us = seconds(52),
         .kind = MU_RECORD_EXPOSED,
         .cause = 0,
         .place = word("policy_radius"),
         .value = 1},
    };
    mu_log_append(log, &near[0]);
    mu_log_append(log, &near[1]);
    if (told_s >= 0) {
        const uint32_t worked = type_record(log, 52 > 10 + told_s ? 52 : 10 + told_s,
                                            MU_RECORD_WORKED, red, NULL, NULL);
        type_record(log, 52 > 10 + told_s ? 52 : 10 + told_s, MU_RECORD_NOTIFIED, worked, "police",
                    NULL);
    }
    return log;
}

#endif
