/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From logs to findings and to metrics.json and log.jsonl, with a plan of five people and a few
 * clauses made by hand. */
#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "drill/findings.h"
#include "drill/log_jsonl.h"
#include "drill/metrics_json.h"
#include "typed_log.h"

enum { CLAUSES = 4, PEOPLE = 6, REPS_MOST = 32 };

static mu_plan plan;
static mu_person people[PEOPLE];
static mu_group group;
static mu_member member;
static mu_space spaces[2];
static mu_channel channels[2];
static mu_plan_file files[1];
static typed_clause clauses[CLAUSES];
static mu_clause policy_clauses[CLAUSES];
static mu_judged_clause judged[CLAUSES];
static mu_diags *diags;

enum { POLICE_TOLD, POLICE_TOLD_TOO, ON_AVERAGE, REACHED_ALL };

static void add_clause(uint32_t i, const char *id) {
    policy_clauses[i] = clauses[i].clause;
    policy_clauses[i].id = id;
    policy_clauses[i].title = (mu_text){"title", "标题"};
    judged[i] = clauses[i].judged;
    judged[i].clause = &policy_clauses[i];
}

static void make_plan(void) {
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
                                .kind = p == 0 ? MU_PERSON_MEMBER : MU_PERSON_OCCUPANT,
                                .space = p == PEOPLE - 1 ? 1 : 0}; /* the last is in the yard */
    }
    files[0] = (mu_plan_file){"package.json", 0x0123456789abcdefU};
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

static void drop_plan(void) {
    mu_diags_destroy(diags);
}

static void put(mu_log *log, double at_s, mu_record_kind kind, uint32_t person, mu_handle place,
                uint32_t value) {
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
static mu_log *make_log(double told_s) {
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

static mu_findings *find(const double *told_s, uint32_t reps, bool quiet) {
    mu_replicate *replicates = calloc(reps, sizeof *replicates);
    for (uint32_t i = 0; i < reps; i++) {
        mu_log *log = make_log(told_s[i]);
        ck_assert_int_eq(mu_replicate_read(&plan, log, seconds(60) + seconds(told_s[i] + 1), quiet,
                                           1000 + i, i, &replicates[i]),
                         MU_OK);
        mu_log_destroy(log);
    }
    mu_findings *findings;
    ck_assert_int_eq(mu_findings_create(&plan, 7, replicates, reps, &findings), MU_OK);
    for (uint32_t i = 0; i < reps; i++) {
        mu_log *log = make_log(told_s[i]);
        ck_assert_int_eq(mu_findings_explain(findings, i, log), MU_OK);
        mu_log_destroy(log);
    }
    return findings;
}

START_TEST(one_run_is_read) {
    mu_log *log = make_log(70);
    mu_replicate one;
    ck_assert_int_eq(mu_replicate_read(&plan, log, seconds(100), true, 5, 3, &one), MU_OK);
    ck_assert_uint_eq(one.replication, 3);
    ck_assert_uint_eq(one.in_state[MU_OCCUPANT_INSIDE], 3);
    ck_assert_uint_eq(one.in_state[MU_OCCUPANT_OUT], 2);
    ck_assert_uint_eq(one.left, 3);
    ck_assert_int_eq(one.left_sum_us, seconds(90));
    ck_assert_int_eq(one.left_last_us, seconds(40));
    ck_assert_int_eq(one.left_us[3], MU_NEVER);
    ck_assert_uint_eq(one.reached, 4);
    ck_assert_int_eq(one.reached_50_us, seconds(13)); /* the third of five */
    ck_assert_int_eq(one.reached_95_us, MU_NEVER);
    ck_assert_uint_eq(one.alerted_by[0], 0);
    ck_assert_uint_eq(one.alerted_by[2], 1); /* by SMS first, whatever came later */
    ck_assert_uint_eq(one.alerted_by[4], MU_NONE);
    ck_assert_uint_eq(one.sent, 5);
    ck_assert_uint_eq(one.delivered, 1);
    ck_assert_uint_eq(one.channel_lost[0], 1);
    ck_assert_int_eq(one.ordered_us, seconds(10));
    ck_assert_uint_eq(one.exposed_peak, 3);
    ck_assert_int_eq(one.exposed_peak_at_us, seconds(50));
    ck_assert_double_eq_tol(one.exposed_person_s, 3 * 2 + 1 * 48, 1e-9);
    mu_replicate_destroy(&one);
    mu_log_destroy(log);
}
END_TEST

START_TEST(people_are_summed_over_runs) {
    const double told[2] = {50, 70};
    mu_findings *f = find(told, 2, true);
    ck_assert_uint_eq(f->occupants, 5);
    ck_assert_uint_eq(f->indoors, 4);
    ck_assert_double_eq_tol(f->evacuation_mean_s, 30, 1e-12);
    ck_assert_double_eq_tol(f->evacuation_p95_s, 40, 1e-12);
    ck_assert_double_eq_tol(f->evacuation_last_s, 40, 1e-12);
    ck_assert_double_eq_tol(f->evacuated_share, 0.75, 1e-12);
    ck_assert_double_eq_tol(f->ordered_s, 10, 1e-12);
    ck_assert_double_eq_tol(f->reached_share, 0.8, 1e-12);
    ck_assert_double_eq_tol(f->t50_s, 13, 1e-12);
    ck_assert(isinf(f->t95_s));
    ck_assert_uint_eq(f->t95_never, 2);
    ck_assert_double_eq_tol(f->channel_share[0], 0.4, 1e-12);
    ck_assert_double_eq_tol(f->channel_share[1], 0.4, 1e-12);
    double sum = 0;
    for (int s = 0; s < MU_OCCUPANT_STATE_COUNT; s++) {
        sum += f->by_state[s];
    }
    ck_assert_double_eq_tol(sum, 5, 1e-12);
    mu_findings_destroy(f);
}
END_TEST

START_TEST(curves_rise_on_a_round_grid_and_keep_who_never_left) {
    const double told[3] = {50, 55, 70};
    mu_findings *f = find(told, 3, true);
    ck_assert_uint_gt(f->curve_count, 40);
    ck_assert_uint_le(f->curve_count, 122);
    ck_assert_double_eq_tol(f->curve_s[1], 0.5, 1e-12); /* 40 s in steps of half a second */
    ck_assert_double_eq_tol(f->curve_s[f->curve_count - 1], 40, 1e-12);
    for (uint32_t t = 0; t < f->curve_count; t++) {
        const double at = f->curve_s[t];
        const double left = (at >= 20) + (at >= 30) + (at >= 40);
        const double reached = (at >= 11) + (at >= 12) + (at >= 13) + (at >= 15);
        ck_assert_double_eq_tol(f->left_share[t], left / 4, 1e-12);
        ck_assert_double_eq_tol(f->alerted_share[t], reached / 5, 1e-12);
        ck_assert_double_eq_tol(f->left_low[t], left / 4, 1e-12);
        ck_assert_double_eq_tol(f->left_high[t], left / 4, 1e-12);
    }
    mu_findings_destroy(f);
}
END_TEST

START_TEST(nobody_leaves) {
    mu_log *log = mu_log_create();
    mu_replicate *one = calloc(1, sizeof *one);
    ck_assert_int_eq(mu_replicate_read(&plan, log, seconds(1), true, 0, 0, one), MU_OK);
    mu_findings *f;
    ck_assert_int_eq(mu_findings_create(&plan, 1, one, 1, &f), MU_OK);
    ck_assert(isnan(f->evacuation_mean_s) && isnan(f->evacuation_last_s));
    ck_assert_uint_eq(f->evacuation_runs, 0);
    ck_assert_double_eq_tol(f->evacuated_share, 0, 1e-12);
    ck_assert(isinf(f->t50_s));
    ck_assert_uint_eq(f->curve_count, 1);
    ck_assert_int_eq(f->clauses[0].verdict, MU_VERDICT_NOT_EXERCISED);
    ck_assert_int_eq(f->clauses[0].reason, MU_REASON_NO_START);
    ck_assert_int_eq(f->clauses[0].rating, 'N');
    ck_assert_uint_eq(f->clauses[0].typical, MU_NONE);
    ck_assert(isnan(f->clauses[0].share));
    mu_findings_destroy(f);
    mu_log_destroy(log);
}
END_TEST

START_TEST(verdict_is_by_share) {
    double told[20];
    for (int i = 0; i < 20; i++) {
        told[i] = i < 18 ? 42 + i % 3 : 61 + i; /* 18 of 20 meet 60 s: just enough */
    }
    mu_findings *f = find(told, 20, true);
    const mu_clause_finding *c = &f->clauses[POLICE_TOLD];
    ck_assert_int_eq(c->verdict, MU_VERDICT_MET);
    ck_assert_uint_eq(c->runs, 20);
    ck_assert_uint_eq(c->met, 18);
    ck_assert_int_eq(c->rating, 'S'); /* the interval reaches below 0.9 */
    ck_assert_int_eq(c->how, MU_HOW_SIMULATED);
    ck_assert_double_eq(c->limit, 60);
    ck_assert_uint_eq(c->typical, 18); /* of the two that missed the lower */
    ck_assert_double_eq_tol(c->p90, 44, 1e-9);
    ck_assert_double_eq_tol(c->median, 43, 1e-9);
    told[17] = 62;
    mu_findings_destroy(f);
    f = find(told, 20, true);
    ck_assert_int_eq(f->clauses[POLICE_TOLD].verdict, MU_VERDICT_MISSED);
    ck_assert_int_eq(f->clauses[POLICE_TOLD].rating, 'M');
    mu_findings_destroy(f);
}
END_TEST

START_TEST(never_is_counted_and_kept) {
    const double told[4] = {50, -1, -1, 80};
    mu_findings *f = find(told, 4, true);
    const mu_clause_finding *c = &f->clauses[POLICE_TOLD];
    ck_assert_int_eq(c->verdict, MU_VERDICT_MISSED);
    ck_assert_uint_eq(c->met, 1);
    ck_assert_uint_eq(c->never, 2);
    ck_assert_double_eq_tol(c->median, 80, 1e-9);
    ck_assert(isinf(c->p90) && isinf(c->mean));
    ck_assert_int_eq(c->rating, 'U');
    ck_assert_uint_eq(c->typical, 3); /* the only one that missed and ended */
    ck_assert(c->has_chain);
    ck_assert_int_eq(c->chain_us, seconds(80));
    mu_findings_destroy(f);
    const double never[2] = {-1, -1};
    f = find(never, 2, true);
    ck_assert_uint_eq(f->clauses[POLICE_TOLD].typical, 0);
    ck_assert(!f->clauses[POLICE_TOLD].has_chain);
    mu_findings_destroy(f);
    f = find(never, 2, false); /* stopped at 60 s, limit at 70 s */
    ck_assert_int_eq(f->clauses[POLICE_TOLD].verdict, MU_VERDICT_UNDECIDED);
    ck_assert_uint_eq(f->clauses[POLICE_TOLD].undecided, 2);
    ck_assert_int_eq(f->clauses[POLICE_TOLD].rating, 'N');
    mu_findings_destroy(f);
}
END_TEST

START_TEST(mean_clause_is_judged_on_the_mean) {
    const double told[4] = {42, 42, 43, 70}; /* mean 49.25; one of four beyond 50 */
    mu_findings *f = find(told, 4, true);
    const mu_clause_finding *c = &f->clauses[ON_AVERAGE];
    ck_assert_double_eq_tol(c->mean, 49.25, 1e-9);
    ck_assert_double_eq_tol(c->share, 0.75, 1e-12);
    ck_assert_int_eq(c->verdict, MU_VERDICT_MET);
    ck_assert_int_eq(c->rating, 'S');
    mu_findings_destroy(f);
    const double slow[4] = {42, 42, 43, 74}; /* mean 50.25 */
    f = find(slow, 4, true);
    ck_assert_int_eq(f->clauses[ON_AVERAGE].verdict, MU_VERDICT_MISSED);
    ck_assert_int_eq(f->clauses[ON_AVERAGE].rating, 'M');
    mu_findings_destroy(f);
    const double steady[4] = {42, 42.1, 42.2, 42.3};
    f = find(steady, 4, true);
    ck_assert_int_eq(f->clauses[ON_AVERAGE].rating, 'P');
    mu_findings_destroy(f);
}
END_TEST

START_TEST(coverage_and_copies) {
    const double told[2] = {50, 70};
    mu_findings *f = find(told, 2, true);
    const mu_clause_finding *c = &f->clauses[REACHED_ALL];
    ck_assert_int_eq(c->verdict, MU_VERDICT_MET); /* four of five, 0.8 wanted */
    ck_assert_double_eq_tol(c->median, 0.8, 1e-12);
    const mu_clause_finding *a = &f->clauses[POLICE_TOLD], *b = &f->clauses[POLICE_TOLD_TOO];
    ck_assert_uint_eq(a->met, b->met);
    ck_assert_uint_eq(a->typical, b->typical);
    ck_assert_uint_eq(a->chain_count, b->chain_count);
    mu_findings_destroy(f);
}
END_TEST

START_TEST(wilson_published) {
    double low, high;
    mu_wilson(90, 100, &low, &high);
    ck_assert_double_eq_tol(low, 0.825634, 5e-7);
    ck_assert_double_eq_tol(high, 0.944771, 5e-7);
    mu_wilson(0, 50, &low, &high);
    ck_assert_double_eq(low, 0);
    ck_assert_double_eq_tol(high, 0.07135, 5e-6);
    mu_wilson(50, 50, &low, &high);
    ck_assert_double_eq(high, 1);
    ck_assert_double_eq_tol(low, 1 - 0.07135, 5e-6);
    for (uint32_t n = 1; n < 60; n++) { /* holds the share, and mirrors */
        for (uint32_t k = 0; k <= n; k++) {
            double other_low, other_high;
            mu_wilson(k, n, &low, &high);
            mu_wilson(n - k, n, &other_low, &other_high);
            const double share = (double)k / n;
            ck_assert(0 <= low && low <= share && share <= high && high <= 1);
            ck_assert_double_eq_tol(low, 1 - other_high, 1e-12);
        }
    }
}
END_TEST

START_TEST(percentile_ranks) {
    const uint32_t rows[][3] = {{50, 1, 1},   {50, 2, 1},   {50, 3, 2},    {50, 4, 2},
                                {95, 20, 19}, {95, 21, 20}, {95, 100, 95}, {90, 10, 9},
                                {5, 20, 1},   {5, 21, 2},   {100, 7, 7},   {1, 100, 1}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ck_assert_uint_eq(mu_percentile_rank(rows[i][0], rows[i][1]), rows[i][2]);
    }
}
END_TEST

START_TEST(rating_rule) {
    ck_assert_int_eq(mu_rate(0, 0, 0.9), 'N');
    ck_assert_int_eq(mu_rate(100, 100, 0.9), 'P'); /* lower bound 0.963 */
    ck_assert_int_eq(mu_rate(20, 20, 0.9), 'S');   /* lower bound 0.839 */
    ck_assert_int_eq(mu_rate(90, 100, 0.9), 'S');
    ck_assert_int_eq(mu_rate(89, 100, 0.9), 'M');
    ck_assert_int_eq(mu_rate(50, 100, 0.9), 'M');
    ck_assert_int_eq(mu_rate(49, 100, 0.9), 'U');
}
END_TEST

static cJSON *print_metrics(const mu_findings *findings, char **text) {
    size_t length = 0;
    FILE *stream = open_memstream(text, &length);
    ck_assert_ptr_nonnull(stream);
    mu_metrics_print(findings, "0.1.0", stream);
    ck_assert_int_eq(fclose(stream), 0);
    cJSON *json = cJSON_Parse(*text);
    ck_assert_msg(json != NULL, "not JSON: %s", *text);
    return json;
}

static const cJSON *at(const cJSON *json, const char *key) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, key);
    ck_assert_msg(item != NULL, "no '%s'", key);
    return item;
}

START_TEST(metrics_are_json_and_chains_sum) {
    const double told[3] = {50, -1, 70};
    mu_findings *f = find(told, 3, true);
    char *text = NULL, *again = NULL;
    cJSON *json = print_metrics(f, &text);
    f->jobs = 8; /* must not show */
    cJSON *same = print_metrics(f, &again);
    ck_assert_str_eq(text, again);
    ck_assert_ptr_null(strstr(text, "inf"));
    ck_assert_ptr_null(strstr(text, "nan"));
    ck_assert_str_eq(at(json, "format")->valuestring, "muster.metrics");
    ck_assert(cJSON_IsNull(at(at(json, "notification"), "t95_s")));
    ck_assert_int_eq(at(at(json, "notification"), "t95_never")->valueint, 3);
    const cJSON *clause = cJSON_GetArrayItem(at(json, "clauses"), POLICE_TOLD);
    ck_assert(cJSON_IsNull(at(clause, "mean")));
    ck_assert_int_eq(at(clause, "never")->valueint, 1);
    ck_assert_double_eq_tol(at(clause, "median")->valuedouble, 70, 1e-9);
    ck_assert_int_eq(cJSON_GetArraySize(at(clause, "ci95")), 2);
    const cJSON *chain = at(clause, "cause_chain"), *part;
    double sum = 0;
    cJSON_ArrayForEach(part, at(chain, "parts")) {
        sum += at(part, "duration_us")->valuedouble;
        ck_assert_str_ne(at(part, "part")->valuestring, "none");
    }
    ck_assert_double_eq(sum, at(chain, "total_us")->valuedouble);
    ck_assert_double_eq(sum, 70e6);
    cJSON_Delete(json);
    cJSON_Delete(same);
    free(text);
    free(again);
    mu_findings_destroy(f);
}
END_TEST

static void write_temporary(char *path, const char *text) {
    strcpy(path, "/tmp/muster-findings-XXXXXX");
    const int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
}

START_TEST(a_log_comes_back_as_it_was) {
    mu_log *log = make_log(70), *back;
    mu_record *odd = calloc(1, sizeof *odd);
    *odd = (mu_record){.time_us = seconds(90),
                       .cause = 3,
                       .kind = MU_RECORD_GRANTED,
                       .subject = MU_HANDLE(MU_THING_CHANNEL, 1),
                       .object = MU_HANDLE(MU_THING_SPACE, 1),
                       .place = word("core"),
                       .holder = MU_HANDLE(MU_THING_PERSON, 4),
                       .value = UINT32_MAX};
    mu_log_append(log, odd);
    free(odd);
    const mu_log_origin origin = {.seed = 1234567890123, .replication = 5};
    const mu_run_end end = {seconds(100), true, 0xfedcba9876543210U, 77};
    char path[64];
    write_temporary(path, "");
    ck_assert_int_eq(mu_log_write(&plan, log, &origin, &end, "0.1.0", path, diags), MU_OK);
    mu_log_origin origin_back;
    mu_run_end end_back;
    ck_assert_int_eq(mu_log_read(&plan, path, &back, &origin_back, &end_back, diags), MU_OK);
    unlink(path);
    ck_assert_uint_eq(mu_diags_count(diags, MU_NOTE), 0);
    ck_assert_uint_eq(mu_log_count(back), mu_log_count(log));
    for (uint32_t id = 0; id < mu_log_count(log); id++) {
        ck_assert_mem_eq(mu_log_get(back, id), mu_log_get(log, id), sizeof(mu_record));
    }
    ck_assert_uint_eq(origin_back.seed, origin.seed);
    ck_assert_uint_eq(origin_back.replication, 5);
    ck_assert_int_eq(end_back.end_us, end.end_us);
    ck_assert(end_back.quiet);
    ck_assert_uint_eq(end_back.state_hash, end.state_hash);
    ck_assert_uint_eq(end_back.events, 77);
    mu_replicate a, b; /* judged alike */
    ck_assert_int_eq(mu_replicate_read(&plan, log, end.end_us, true, 0, 0, &a), MU_OK);
    ck_assert_int_eq(mu_replicate_read(&plan, back, end_back.end_us, end_back.quiet, 0, 0, &b),
                     MU_OK);
    for (int i = 0; i < CLAUSES; i++) {
        ck_assert_int_eq(a.judgements[i].verdict, b.judgements[i].verdict);
        ck_assert_int_eq(a.judgements[i].value_us, b.judgements[i].value_us);
    }
    mu_replicate_destroy(&a);
    mu_replicate_destroy(&b);
    mu_log_destroy(log);
    mu_log_destroy(back);
}
END_TEST

#define HEAD                                                                                       \
    "{\"format\":\"muster.log\",\"version\":1,\"seed\":1,\"replication\":0,\"inputs\":"            \
    "[{\"name\":\"x\",\"hash\":\"0123456789abcdef\"}]}\n"
#define TAIL "{\"end_us\":9,\"quiet\":true,\"state_hash\":\"00\"}\n"

START_TEST(broken_logs_are_refused_by_line) {
    const struct {
        const char *text, *code;
        uint32_t line;
    } rows[] = {
        {"", "log.cut-off", 0},
        {"nonsense\n", "log.syntax", 1},
        {"{\"format\":\"muster.site\"}\n", "log.bad-format", 1},
        {"{\"format\":\"muster.log\",\"version\":2,\"seed\":1,\"replication\":0}\n",
         "log.bad-version", 1},
        {HEAD, "log.cut-off", 1},
        {HEAD "{\"id\":0,\"t_us\":1,\"kind\":\"started\"} x\n", "log.syntax", 2},
        {HEAD "{\"id\":0,\"t_us\":1,\"kind\":\"started\"\n", "log.syntax", 2},
        {HEAD "{\"id\":0,\"t_us\":1,\"kind\":\"stopped\"}\n", "log.bad-kind", 2},
        {HEAD "{\"id\":1,\"t_us\":1,\"kind\":\"started\"}\n", "log.bad-order", 2},
        {HEAD "{\"id\":0,\"t_us\":-1,\"kind\":\"started\"}\n", "log.bad-number", 2},
        {HEAD "{\"id\":0,\"t_us\":1.5,\"kind\":\"started\"}\n", "log.bad-number", 2},
        {HEAD "{\"id\":0,\"t_us\":1e999,\"kind\":\"started\"}\n", "log.bad-number", 2},
        {HEAD "{\"id\":0,\"t_us\":1,\"kind\":\"started\",\"cause\":0}\n", "log.bad-cause", 2},
        {HEAD "{\"id\":0,\"t_us\":1,\"kind\":\"started\",\"why\":0}\n", "log.unknown-key", 2},
        {HEAD "{\"id\":0,\"id\":0,\"t_us\":1,\"kind\":\"started\"}\n", "log.duplicate-key", 2},
        {HEAD "{\"id\":0,\"t_us\":1,\"kind\":\"started\",\"object\":\"moon\"}\n",
         "log.unknown-name", 2},
        {HEAD "{\"id\":0,\"t_us\":1,\"kind\":\"left\",\"subject\":\"person:nobody\"}\n",
         "log.unknown-name", 2},
        {HEAD "{\"id\":0,\"t_us\":1,\"kind\":\"started\"}\n{\"id\":1,\"t_us\":0,\"kind\":"
              "\"started\"}\n",
         "log.bad-order", 3},
        {HEAD TAIL "{\"id\":0,\"t_us\":10,\"kind\":\"started\"}\n", "log.after-end", 3},
        {HEAD "{\"id\":0,\"t_us\":10,\"kind\":\"started\"}\n" TAIL, "log.bad-order", 3},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char path[64];
        write_temporary(path, rows[i].text);
        mu_diags *own = mu_diags_create();
        mu_log *log = NULL;
        mu_log_origin origin;
        mu_run_end end;
        ck_assert_int_eq(mu_log_read(&plan, path, &log, &origin, &end, own), MU_ERR_INPUT);
        ck_assert_ptr_null(log);
        ck_assert_uint_eq(mu_diags_count(own, MU_ERROR), 1);
        ck_assert_str_eq(mu_diags_get(own, 0)->code, rows[i].code);
        ck_assert_uint_eq(mu_diags_get(own, 0)->where.line, rows[i].line);
        mu_diags_destroy(own);
        unlink(path);
    }
}
END_TEST

START_TEST(a_log_of_other_inputs_is_read_with_a_warning) {
    char path[64];
    write_temporary(path, HEAD TAIL);
    mu_log *log;
    mu_log_origin origin;
    mu_run_end end;
    files[0].hash++;
    ck_assert_int_eq(mu_log_read(&plan, path, &log, &origin, &end, diags), MU_OK);
    ck_assert_uint_eq(mu_diags_count(diags, MU_WARNING), 1);
    ck_assert_str_eq(mu_diags_get(diags, 0)->code, "log.other-inputs");
    mu_log_destroy(log);
    unlink(path);
    ck_assert_int_eq(mu_log_read(&plan, path, &log, &origin, &end, diags), MU_ERR_IO);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("findings");
    TCase *one = tcase_create("findings");
    tcase_add_checked_fixture(one, make_plan, drop_plan);
    tcase_add_test(one, one_run_is_read);
    tcase_add_test(one, people_are_summed_over_runs);
    tcase_add_test(one, curves_rise_on_a_round_grid_and_keep_who_never_left);
    tcase_add_test(one, nobody_leaves);
    tcase_add_test(one, verdict_is_by_share);
    tcase_add_test(one, never_is_counted_and_kept);
    tcase_add_test(one, mean_clause_is_judged_on_the_mean);
    tcase_add_test(one, coverage_and_copies);
    tcase_add_test(one, metrics_are_json_and_chains_sum);
    tcase_add_test(one, a_log_comes_back_as_it_was);
    tcase_add_test(one, broken_logs_are_refused_by_line);
    tcase_add_test(one, a_log_of_other_inputs_is_read_with_a_warning);
    suite_add_tcase(suite, one);
    TCase *small = tcase_create("statistics");
    tcase_add_test(small, wilson_published);
    tcase_add_test(small, percentile_ranks);
    tcase_add_test(small, rating_rule);
    suite_add_tcase(suite, small);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
