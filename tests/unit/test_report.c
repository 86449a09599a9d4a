/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gap report on findings made by hand, with names that try to become markup: what it says, in
 * which order, and that nothing of a planner's words gets out unescaped. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "drill/redact.h"
#include "drill/report/chart.h"
#include "drill/report/page.h"
#include "drill/report/report.h"
#include "drill/report/svg.h"
#include "drill/report/words.h"
#include "runner.h"

#define EVIL "<b onclick=\"x\">'&\xe2\x80\xae`|*_[a](b)"

enum { CLAUSES = 6, REPS = 20 };

typedef struct fixture {
    mu_plan plan;
    mu_level level;
    mu_space space;
    mu_point corners[4], exit_line[2];
    mu_portal portal;
    mu_ref sides[1];
    mu_channel channel;
    mu_playbook playbook;
    mu_step step;
    mu_equipment equipment;
    mu_step_plan step_plan;
    mu_clause clauses[CLAUSES];
    mu_demand demands[CLAUSES];
    mu_judged_clause judged[CLAUSES];
    mu_clause_finding of[CLAUSES];
    mu_chain_part parts[3];
    mu_record records[3];
    double curve[2], share[2];
    mu_findings findings;
    mu_report_def def;
} fixture;

/* id, kind, limit, severity, met (of REPS; -1: not exercised), median */
static const struct {
    const char *id;
    mu_clause_kind kind;
    double limit;
    int severity, met;
    double median;
} rows[CLAUSES] = {
    {"1.1a", MU_CLAUSE_DEADLINE, 300, 3, 0, 462},  {"1.1b", MU_CLAUSE_DEADLINE, 60, 5, 8, 61.2},
    {"1.1c", MU_CLAUSE_DEADLINE, 900, 4, 20, 840}, {"1.2a", MU_CLAUSE_PROCESS, 1, 2, -1, 0},
    {"1.2b", MU_CLAUSE_RATE, 12, 2, -1, 0},        {"1.3a", MU_CLAUSE_DEADLINE, 300, 3, 0, 462},
};

static void make_clause(fixture *f, uint32_t i) {
    f->demands[i] = (mu_demand){rows[i].kind == MU_CLAUSE_PROCESS ? "required"
                                : rows[i].kind == MU_CLAUSE_RATE  ? "interval"
                                                                  : "limit",
                                rows[i].limit,
                                rows[i].kind == MU_CLAUSE_PROCESS ? "1"
                                : rows[i].kind == MU_CLAUSE_RATE  ? "months"
                                                                  : "s"};
    mu_clause *clause = &f->clauses[i];
    *clause = (mu_clause){.id = rows[i].id,
                          .source = EVIL,
                          .system = "police",
                          .kind = rows[i].kind,
                          .owner = "guard_captain",
                          .severity = rows[i].severity,
                          .capability = i < 3 ? "command" : "training",
                          .title = {i == 0 ? EVIL : "A title", "标题"},
                          .text = {EVIL, EVIL}};
    clause->demands.items = &f->demands[i];
    clause->demands.count = 1;
    f->judged[i] = (mu_judged_clause){.clause = clause, .same_as = i == 5 ? 0 : MU_NONE};
}

static void make_finding(fixture *f, uint32_t i) {
    mu_clause_finding *of = &f->of[i];
    *of = (mu_clause_finding){.share = NAN,
                              .median = NAN,
                              .p90 = NAN,
                              .rating = 'N',
                              .typical = MU_NONE,
                              .reason = MU_REASON_NOT_HERE,
                              .limit = rows[i].limit};
    if (rows[i].met < 0) {
        return;
    }
    of->runs = REPS;
    of->met = (uint32_t)rows[i].met;
    of->share = (double)of->met / REPS;
    mu_wilson(of->met, REPS, &of->ci_low, &of->ci_high);
    of->verdict = of->share >= 0.9 ? MU_VERDICT_MET : MU_VERDICT_MISSED;
    of->reason = MU_REASON_NONE;
    of->rating = mu_rate(of->met, REPS, 0.9);
    of->median = of->p90 = rows[i].median;
    of->typical = 7;
}

static void make_chain(fixture *f) {
    static const mu_time joints[] = {1000000, 1400000, 91700000, 462000001};
    static const mu_part kinds[] = {MU_PART_DECISION, MU_PART_WAIT, MU_PART_WORK};
    for (int k = 0; k < 3; k++) {
        f->parts[k] = (mu_chain_part){joints[k], joints[k + 1], kinds[k], (uint32_t)k};
        f->records[k] = (mu_record){.step = MU_HANDLE(MU_THING_STEP, 0),
                                    .subject = MU_HANDLE(MU_THING_CHANNEL, 0),
                                    .holder = MU_HANDLE(MU_THING_STEP, 0)};
    }
    f->of[0].chain = f->parts;
    f->of[0].chain_records = f->records;
    f->of[0].chain_count = 3;
    f->of[5].chain = f->parts;
    f->of[5].chain_records = f->records;
    f->of[5].chain_count = 3;
}

static void make_site(fixture *f) {
    f->level = (mu_level){.id = "g", .name = {EVIL, EVIL}};
    f->corners[1] = (mu_point){12, 0};
    f->corners[2] = (mu_point){12, 9};
    f->corners[3] = (mu_point){0, 9};
    f->space = (mu_space){.id = "room", .name = {EVIL, EVIL}, .level = {"g", 0}};
    f->space.polygon = (mu_ring){f->corners, 4};
    f->exit_line[0] = (mu_point){3, 0};
    f->exit_line[1] = (mu_point){5, 0};
    f->portal = (mu_portal){.id = "out", .kind = MU_PORTAL_OUTDOOR_EDGE};
    f->portal.between.items = f->sides;
    f->portal.between.count = 1;
    f->portal.line = (mu_ring){f->exit_line, 2};
    f->channel = (mu_channel){.id = "pa", .name = {EVIL, EVIL}};
    mu_site *site = &f->plan.site;
    site->name = (mu_text){EVIL, EVIL};
    site->levels.items = &f->level;
    site->levels.count = 1;
    site->spaces.items = &f->space;
    site->spaces.count = 1;
    site->portals.items = &f->portal;
    site->portals.count = 1;
    site->channels.items = &f->channel;
    site->channels.count = 1;
}

static void make_plan(fixture *f) {
    f->step = (mu_step){.id = "s",
                        .name = {EVIL, EVIL},
                        .takes_s = {.kind = MU_DIST_LOGNORMAL, .a = 30, .b = 0.4, .source = EVIL}};
    f->step_plan = (mu_step_plan){.given = &f->step};
    f->playbook = (mu_playbook){.id = "p", .name = {EVIL, EVIL}, .approved_by = {EVIL, EVIL}};
    f->playbook.steps.items = &f->step;
    f->playbook.steps.count = 1;
    mu_plan *plan = &f->plan;
    plan->incident.name = (mu_text){EVIL, EVIL};
    plan->incident.story = (mu_text){EVIL, EVIL};
    plan->policy.required_share = 0.9;
    plan->policy.clauses.items = f->clauses;
    plan->policy.clauses.count = CLAUSES;
    plan->clauses = f->judged;
    plan->playbooks.items = &f->playbook;
    plan->playbooks.count = 1;
    plan->response.steps.items = &f->step_plan;
    plan->response.steps.count = 1;
}

static fixture *make(void) {
    fixture *f = calloc(1, sizeof *f);
    ck_assert_ptr_nonnull(f);
    make_site(f);
    make_plan(f);
    for (uint32_t i = 0; i < CLAUSES; i++) {
        make_clause(f, i);
        make_finding(f, i);
    }
    make_chain(f);
    f->curve[1] = 100;
    f->share[1] = 1;
    mu_findings *s = &f->findings;
    *s = (mu_findings){.plan = &f->plan,
                       .seed = 42,
                       .reps = REPS,
                       .occupants = 150,
                       .evacuation_runs = REPS,
                       .curve_count = 2,
                       .curve_s = f->curve,
                       .left_share = f->share,
                       .left_low = f->share,
                       .left_high = f->share,
                       .alerted_share = f->share,
                       .alerted_low = f->share,
                       .alerted_high = f->share,
                       .channel_share = f->share,
                       .channel_sent = f->share,
                       .channel_delivered = f->share,
                       .channel_lost = f->share,
                       .clauses = f->of};
    f->def = (mu_report_def){
        .findings = s, .language = "en", .incident = "a 集.json", .version = "0.0.0"};
    return f;
}

static uint32_t count(const char *text, const char *what) {
    uint32_t found = 0;
    for (const char *at = strstr(text, what); at != NULL; at = strstr(at + 1, what)) {
        found++;
    }
    return found;
}

START_TEST(html_escapes_every_name) {
    fixture *f = make();
    char *html = mu_report_html(&f->def);
    ck_assert_ptr_nonnull(html);
    ck_assert_uint_eq(count(html, "<b onclick"), 0);
    ck_assert_uint_gt(count(html, "&lt;b onclick=&quot;x&quot;&gt;&#39;&amp;[U+202E]"), 10);
    ck_assert_uint_eq(count(html, "\xe2\x80\xae"), 0);
    ck_assert_uint_eq(count(html, "<script"), 0);
    ck_assert_uint_eq(count(html, "http"), 0); /* opens offline */
    free(html);
    free(f);
}
END_TEST

START_TEST(markdown_escapes_every_name) {
    fixture *f = make();
    char *text = mu_report_markdown(&f->def);
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_eq(count(text, "<b"), count(text, "\\<b"));
    ck_assert_uint_eq(count(text, "`|"), 0);
    ck_assert_uint_gt(count(text, "\\<b onclick=\"x\"\\>'\\&[U+202E]\\`\\|\\*\\_\\[a\\](b)"), 10);
    ck_assert_uint_eq(count(text, "\xe2\x80\xae"), 0);
    free(text);
    free(f);
}
END_TEST

static bool is_void(const char *name, size_t length) {
    static const char *const words[] = {"meta", "!DOCTYPE"};
    for (size_t i = 0; i < 2; i++) {
        if (strlen(words[i]) == length && strncmp(words[i], name, length) == 0) {
            return true;
        }
    }
    return false;
}

/* Every tag that opens closes, in order. */
START_TEST(html_tags_nest) {
    fixture *f = make();
    char *html = mu_report_html(&f->def);
    const char *open[64];
    size_t lengths[64], depth = 0;
    for (const char *at = strchr(html, '<'); at != NULL; at = strchr(at + 1, '<')) {
        const bool closes = at[1] == '/';
        const char *name = at + 1 + closes;
        const size_t length = strcspn(name, " >/\n");
        const char *end = strchr(at, '>');
        ck_assert_ptr_nonnull(end);
        if (closes) {
            ck_assert_uint_gt(depth, 0);
            depth--;
            ck_assert_msg(lengths[depth] == length && strncmp(open[depth], name, length) == 0,
                          "closes %.20s, open is %.20s", name, open[depth]);
        } else if (end[-1] != '/' && !is_void(name, length)) {
            ck_assert_uint_lt(depth, 64);
            open[depth] = name;
            lengths[depth++] = length;
        }
    }
    ck_assert_uint_eq(depth, 0);
    free(html);
    free(f);
}
END_TEST

START_TEST(gaps_come_by_severity_times_share) {
    fixture *f = make();
    mu_view view;
    ck_assert_int_eq(mu_view_create(&f->def, &view), MU_OK);
    ck_assert_uint_eq(view.exercised, 4);
    ck_assert_uint_eq(view.met, 1);
    ck_assert_uint_eq(view.missed, 3);
    /* 3 x 1.0 and 5 x 0.6 tie: the policy's order decides; 1.3a only repeats 1.1a. */
    ck_assert_uint_eq(view.gaps.count, 2);
    ck_assert_uint_eq(view.gaps.items[0], 0);
    ck_assert_uint_eq(view.gaps.items[1], 1);
    ck_assert_uint_eq(mu_view_repeat(&view, 0, 0), 5);
    ck_assert_uint_eq(mu_view_repeat(&view, 0, 1), MU_NONE);
    f->of[1].met = 7; /* 5 x 0.65 */
    mu_view_destroy(&view);
    ck_assert_int_eq(mu_view_create(&f->def, &view), MU_OK);
    ck_assert_uint_eq(view.gaps.items[0], 1);
    mu_view_destroy(&view);
    free(f);
}
END_TEST

START_TEST(capabilities_are_rated_by_their_gravest) {
    fixture *f = make();
    mu_view view;
    ck_assert_int_eq(mu_view_create(&f->def, &view), MU_OK);
    ck_assert_uint_eq(view.capabilities.count, 2);
    const mu_capability_row *command = &view.capabilities.items[0];
    ck_assert_uint_eq(command->clauses, 3);
    ck_assert_uint_eq(command->unable, 2);
    ck_assert_int_eq(command->rating, 'U'); /* 1.1b, severity 5, met in 8 of 20 */
    f->of[1].rating = 'S';
    mu_view_destroy(&view);
    ck_assert_int_eq(mu_view_create(&f->def, &view), MU_OK);
    ck_assert_int_eq(view.capabilities.items[0].rating, 'S'); /* 1.1a has severity 3 only */
    ck_assert_int_eq(view.rating, 'U');                       /* 1.3a, of training */
    mu_view_destroy(&view);
    free(f);
}
END_TEST

START_TEST(headline_says_what_matters) {
    fixture *f = make();
    f->clauses[0].title = (mu_text){"Police in the core", NULL};
    f->step.name = (mu_text){"Call", NULL};
    char *text = mu_report_headline(&f->def);
    ck_assert_str_eq(text,
                     "Of 6 clauses this incident exercises 4: 1 met, 3 missed. Worst: Police in "
                     "the core (1.1a), met in 0 of 20 runs, typically 7:42 against 5:00; the "
                     "longest part, 6:11, was doing “Call”.");
    free(text);
    free(f);
}
END_TEST

START_TEST(times_are_rounded_up) {
    static const struct {
        double seconds;
        const char *said;
    } cases[] = {{462, "7:42"},   {300, "5:00"},       {300.4, "5:01"},   {10, "0:10"},
                 {4.61, "4.7 s"}, {5, "5 s"},          {3723, "1:02:03"}, {86400, "24 h"},
                 {0, "0 s"},      {INFINITY, "never"}, {NAN, "–"},        {59.01, "1:00"}};
    fixture *f = make();
    mu_view view;
    ck_assert_int_eq(mu_view_create(&f->def, &view), MU_OK);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert_str_eq(mu_say_time(&view, cases[i].seconds), cases[i].said);
    }
    mu_view_destroy(&view);
    free(f);
}
END_TEST

START_TEST(printed_parts_add_up) {
    fixture *f = make();
    const mu_clause_finding *of = &f->of[0];
    int64_t sum = 0;
    for (uint32_t k = 0; k < of->chain_count; k++) {
        ck_assert_int_ge(mu_part_took_s(of, k), 0);
        sum += mu_part_took_s(of, k);
    }
    ck_assert_int_eq(sum, mu_part_from_s(of, of->chain_count));
    ck_assert_int_eq(sum, 462); /* 461.000001 s */
    free(f);
}
END_TEST

START_TEST(every_clause_is_listed_and_only_met_ones_ticked) {
    fixture *f = make();
    char *html = mu_report_html(&f->def);
    const char *table = strstr(html, "class=\"clauses\"");
    ck_assert_ptr_nonnull(table);
    const char *end = strstr(table, "</table>");
    char *rows_only = strndup(table, (size_t)(end - table));
    for (uint32_t i = 0; i < CLAUSES; i++) {
        ck_assert_uint_eq(count(rows_only, rows[i].id), 1);
    }
    ck_assert_uint_eq(count(rows_only, "✓"), 1);
    ck_assert_uint_eq(count(rows_only, "✕"), 3);
    ck_assert_uint_eq(count(rows_only, "– not exercised"), 2);
    free(rows_only);
    ck_assert_ptr_nonnull(
        strstr(html, "muster run &#39;a 集.json&#39; <span class=\"option\">--seed</span> 42 "
                     "<span class=\"option\">--reps</span> 20 <span "
                     "class=\"option\">--log-rep</span> 7"));
    free(html);
    free(f);
}
END_TEST

START_TEST(each_language_has_its_outline) {
    fixture *f = make();
    char *english = mu_report_markdown(&f->def);
    f->def.language = "zh";
    char *chinese = mu_report_markdown(&f->def);
    ck_assert_ptr_nonnull(strstr(english, "## 5. Areas for improvement"));
    ck_assert_ptr_nonnull(strstr(english, "## Appendix A: Improvement plan"));
    ck_assert_ptr_nonnull(strstr(chinese, "## （三）")); /* headings come from the catalogue */
    ck_assert_ptr_nonnull(strstr(chinese, "## 五、"));
    ck_assert_ptr_nonnull(strstr(chinese, "标题"));
    free(english);
    free(chinese);
    free(f);
}
END_TEST

START_TEST(the_same_findings_give_the_same_bytes) {
    fixture *f = make();
    char *one = mu_report_html(&f->def), *two = mu_report_html(&f->def);
    ck_assert_str_eq(one, two);
    free(one);
    free(two);
    free(f);
}
END_TEST

START_TEST(risk_follows_likelihood_and_severity) {
    ck_assert_int_eq(mu_view_likelihood(0), 1);
    ck_assert_int_eq(mu_view_likelihood(0.05), 2);
    ck_assert_int_eq(mu_view_likelihood(0.2), 3);
    ck_assert_int_eq(mu_view_likelihood(0.799), 4);
    ck_assert_int_eq(mu_view_likelihood(1), 5);
    ck_assert_int_eq(mu_risk_level(1, 4), 0);
    ck_assert_int_eq(mu_risk_level(1, 5), 1);
    ck_assert_int_eq(mu_risk_level(2, 5), 2);
    ck_assert_int_eq(mu_risk_level(3, 5), 3);
}
END_TEST

START_TEST(broken_utf8_cannot_pass) {
    static const struct {
        const char *bytes;
        size_t length;
        long character;
    } cases[] = {{"A", 1, 'A'},
                 {"\xc3\xa9", 2, 0xe9},
                 {"\xe6\xbc\x94", 3, 0x6f14},
                 {"\xf0\x9f\x9a\xa8", 4, 0x1f6a8},
                 {"\xc0\xaf", 1, -1},
                 {"\xe0\x80\xaf", 1, -1},
                 {"\xed\xa0\x80", 1, -1},
                 {"\xf5\x80\x80\x80", 1, -1},
                 {"\xe6\xbc", 1, -1},
                 {"\x80", 1, -1}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        long c = 0;
        ck_assert_uint_eq(mu_utf8_next(cases[i].bytes, &c), cases[i].length);
        ck_assert_int_eq(c, cases[i].character);
    }
    mu_page page = {0};
    mu_page_text(&page, "a\xff<\x01\xe2\x80\x8f");
    char *text = mu_page_take(&page);
    ck_assert_str_eq(text, "a\xef\xbf\xbd&lt;[U+0001][U+200F]");
    free(text);
}
END_TEST

START_TEST(nothing_exercised_is_no_success) {
    fixture *f = make();
    for (uint32_t i = 0; i < CLAUSES; i++) {
        f->of[i] = (mu_clause_finding){.share = NAN,
                                       .median = NAN,
                                       .p90 = NAN,
                                       .rating = 'N',
                                       .typical = MU_NONE,
                                       .reason = MU_REASON_NO_START};
    }
    char *text = mu_report_headline(&f->def);
    ck_assert_str_eq(text, "Of 6 clauses this incident exercises 0: 0 met, 0 missed.");
    free(text);
    char *html = mu_report_html(&f->def);
    ck_assert_ptr_nonnull(strstr(html, "Predicted overall rating: N – not exercised"));
    free(html);
    free(f);
}
END_TEST

/* A guard's task in two stages, a level declared, and one picture; the step's own name is hostile.
 */
START_TEST(one_run_is_told_and_shown) {
    fixture *f = make();
    static const char *roles[] = {"guard"};
    static char svg[] = "<svg><title>a picture</title></svg>";
    mu_task task = {.persons = 3, .end = MU_TASK_ABANDONED, .to_us = 90 * MU_SECOND};
    mu_stage_time stages[] = {{0, MU_ACTIVITY_WALKING, 0, 60 * MU_SECOND},
                              {0, MU_ACTIVITY_WORKING, 60 * MU_SECOND, 90 * MU_SECOND}};
    mu_record alarm = {.kind = MU_RECORD_ALARM, .time_us = 75 * MU_SECOND};
    const mu_timeline timeline = {.end_us = 100 * MU_SECOND,
                                  .tasks = &task,
                                  .task_count = 1,
                                  .stages = stages,
                                  .stage_count = 2,
                                  .moments = &alarm,
                                  .moment_count = 1};
    const mu_report_picture picture = {5 * MU_SECOND, "First notice", 0, svg};
    f->plan.people.roles.items = roles;
    f->plan.people.roles.count = 1;
    f->def.timeline = &timeline;
    char *html = mu_report_html(&f->def);
    ck_assert_uint_eq(count(html, "class=\"team-label\""), 1);
    ck_assert_uint_eq(count(html, "]`|*_[a](b) \xc3\x97"
                                  "3</text>"),
                      1);
    ck_assert_uint_eq(count(html, "class=\"team-mark\""), 1);
    ck_assert_uint_eq(count(html, "The alarm is raised"), 1);
    ck_assert_uint_eq(count(html, "class=\"team-given-up\""), 4); /* its cross, and the key's */
    ck_assert_uint_eq(count(html, "No pictures:"), 1);
    free(html);
    f->def.pictures = &picture;
    f->def.picture_count = 1;
    html = mu_report_html(&f->def);
    ck_assert_uint_eq(count(html, "No pictures:"), 0);
    ck_assert_uint_eq(count(html, svg), 1);
    ck_assert_uint_eq(count(html, "0:05: First notice."), 1);
    free(html);
    char *text = mu_report_markdown(&f->def);
    ck_assert_uint_eq(count(text, "a picture"), 0);
    ck_assert_uint_eq(count(text, "The alarm is raised"), 1);
    free(text);
    free(f);
}
END_TEST

/* Names that are easy to find again in a sentence. */
static void name_plainly(fixture *f) {
    f->channel.id = "heat";
    f->channel.name = (mu_text){"Radio", "x"};
    f->space.name = (mu_text){"Hall", "x"};
    f->portal.name = (mu_text){"Door", "x"};
    f->step.name = (mu_text){"Tell", "x"};
    f->equipment = (mu_equipment){.id = "locker", .name = {"Locker", "x"}};
    f->plan.site.equipment.items = &f->equipment;
    f->plan.site.equipment.count = 1;
}

enum {
    RADIO = MU_HANDLE(MU_THING_CHANNEL, 0),
    HALL = MU_HANDLE(MU_THING_SPACE, 0),
    DOOR = MU_HANDLE(MU_THING_PORTAL, 0),
    LOCKER = MU_HANDLE(MU_THING_EQUIPMENT, 0),
    TELL = MU_HANDLE(MU_THING_STEP, 0)
};

/* What each part of a chain is called, by who and what the record names. */
static const struct {
    mu_part part;
    mu_record record;
    const char *said;
} said_parts[] = {
    {MU_PART_UNNOTICED, {.subject = RADIO}, "nobody had noticed; then Radio did"},
    {MU_PART_WAIT, {.step = TELL}, "waiting before “Tell”"},
    {MU_PART_WAIT, {.step = TELL, .subject = RADIO}, "waiting for Radio to do “Tell”"},
    {MU_PART_WAIT,
     {.step = TELL, .subject = RADIO, .holder = RADIO},
     "waiting for Radio (busy with routine work) to do “Tell”"},
    {MU_PART_WAIT,
     {.step = TELL, .subject = RADIO, .holder = TELL},
     "waiting for Radio (in use for “Tell”) to do “Tell”"},
    {MU_PART_WAIT,
     {.step = TELL, .subject = RADIO, .holder = HALL},
     "waiting for Radio (driven by the air from Hall, and not yet at another desk) to do “Tell”"},
    {MU_PART_WAIT,
     {.step = TELL, .subject = RADIO, .holder = LOCKER},
     "waiting for Radio (held by Locker) to do “Tell”"},
    {MU_PART_TRAVEL, {.step = TELL, .subject = RADIO}, "Radio on foot to do “Tell”"},
    {MU_PART_TRAVEL,
     {.step = TELL, .subject = RADIO, .place = HALL},
     "Radio on foot to Hall to do “Tell”"},
    {MU_PART_TRAVEL,
     {.step = TELL, .subject = RADIO, .place = HALL, .holder = LOCKER},
     "Radio on foot to Hall for “Tell” (Locker is nearer, but locked, and those who open it would "
     "come later)"},
    {MU_PART_TRAVEL, {.kind = MU_RECORD_LEFT, .subject = RADIO}, "Radio on the way out"},
    {MU_PART_TRAVEL,
     {.kind = MU_RECORD_GUIDED, .step = TELL, .subject = RADIO},
     "until Radio, the first whom a guide leads, sets out"},
    {MU_PART_WORK, {.step = TELL}, "doing “Tell”"},
    {MU_PART_WORK, {.kind = MU_RECORD_FAILED, .step = TELL}, "an attempt at “Tell” that failed"},
    {MU_PART_WORK,
     {.kind = MU_RECORD_BROKEN_OFF, .step = TELL, .subject = RADIO},
     "“Tell”, broken off when Radio had to leave the desk"},
    {MU_PART_WORK,
     {.kind = MU_RECORD_ISSUED, .step = TELL, .subject = LOCKER},
     "Locker being handed out for “Tell”"},
    {MU_PART_WORK, {.kind = MU_RECORD_ABANDONED, .step = TELL}, "“Tell”, given up in the end"},
    {MU_PART_MESSAGE,
     {.step = TELL, .subject = HALL, .place = RADIO},
     "a message to Hall over Radio"},
    {MU_PART_MESSAGE,
     {.kind = MU_RECORD_LOST, .step = TELL, .subject = HALL, .place = RADIO},
     "a message to Hall over Radio that was lost"},
    {MU_PART_MECHANISM, {.subject = DOOR}, "Door in motion"},
    {MU_PART_PREMOVEMENT, {.subject = RADIO}, "Radio getting ready to leave"},
    {MU_PART_EVACUATION, {.subject = RADIO}, "Radio, the last one, on the way out"},
    {MU_PART_DISPATCH, {.subject = RADIO}, "Radio getting ready to set out"},
    {MU_PART_ROAD, {.subject = RADIO}, "Radio on the road"},
    {MU_PART_AIR, {.subject = HALL}, "until the air was clear"},
    {MU_PART_SHELTERING, {.subject = RADIO}, "Radio, the last one, taking shelter"},
    {MU_PART_WAIT,
     {.kind = MU_RECORD_GRANTED, .subject = RADIO, .holder = TELL},
     "the alarm waiting for Radio (busy with Tell)"},
    {MU_PART_WAIT,
     {.kind = MU_RECORD_GRANTED, .subject = RADIO, .holder = TELL, .object = HALL},
     "the report waiting for Radio (busy with Tell)"},
    {MU_PART_WORK, {.kind = MU_RECORD_ASSESSED, .subject = RADIO}, "Radio looking at the alarm"},
    {MU_PART_WORK,
     {.kind = MU_RECORD_WARNED, .subject = RADIO, .object = HALL},
     "Radio working on the report, up to level Hall"},
    {MU_PART_TRAVEL,
     {.kind = MU_RECORD_HANDOVER, .subject = RADIO},
     "Radio, the next shift, on the way to take over"},
    {MU_PART_WORK,
     {.kind = MU_RECORD_RELIEVED, .subject = RADIO},
     "one shift telling the other: Radio takes over"},
    {MU_PART_WAIT,
     {.kind = MU_RECORD_CHALLENGED, .subject = RADIO},
     "until Radio comes to the stranger among those without a pass"},
    {MU_PART_MECHANISM,
     {.kind = MU_RECORD_OUT_OF_RANGE, .subject = HALL, .place = RADIO},
     "the room warming up without cooling: Hall"},
    {MU_PART_MECHANISM,
     {.kind = MU_RECORD_OUT_OF_RANGE, .subject = HALL, .place = LOCKER},
     "the room's humidity drifting without air conditioning: Hall"},
    {MU_PART_ROAD,
     {.kind = MU_RECORD_LANE_BLOCKED, .subject = RADIO},
     "Radio on the road, up to a blocked lane"},
    {MU_PART_ROAD,
     {.kind = MU_RECORD_LANE_CLEARED, .subject = RADIO},
     "Radio standing before a blocked lane"},
    {MU_PART_ROAD,
     {.kind = MU_RECORD_SENT_ON, .subject = RADIO},
     "Radio on the road to a hospital without room"},
    {MU_PART_TRAVEL, {.kind = MU_RECORD_DISTURBED, .subject = HALL}, "the intruder on the way"},
    {MU_PART_MECHANISM,
     {.kind = MU_RECORD_ENTERED, .subject = HALL},
     "what is in the way of the intruder holding: Hall"},
};

START_TEST(each_part_of_a_chain_has_its_sentence) {
    fixture *f = make();
    name_plainly(f);
    mu_view view;
    ck_assert_int_eq(mu_view_create(&f->def, &view), MU_OK);
    for (size_t k = 0; k < sizeof said_parts / sizeof said_parts[0]; k++) {
        f->parts[0].part = said_parts[k].part;
        f->records[0] = said_parts[k].record;
        ck_assert_str_eq(mu_say_part(&view, 0, 0), said_parts[k].said);
    }
    mu_view_destroy(&view);
    free(f);
}
END_TEST

START_TEST(each_form_of_time_is_said) {
    static const struct {
        mu_dist dist;
        const char *said;
    } forms[] = {
        {{.kind = MU_DIST_CONSTANT, .a = 5}, "5 s"},
        {{.kind = MU_DIST_UNIFORM, .a = 1, .b = 3}, "uniform, 1 to 3 s"},
        {{.kind = MU_DIST_TRIANGULAR, .a = 1, .b = 2, .c = 4},
         "triangular, 1 to 4 s, most often 2"},
        {{.kind = MU_DIST_NORMAL, .a = 60, .b = 10}, "normal, mean 60 s, standard deviation 10"},
        {{.kind = MU_DIST_LOGNORMAL, .a = 30, .b = 0.5}, "log-normal, median 30 s, sigma 0.5"},
        {{.kind = MU_DIST_EXPONENTIAL, .a = 7}, "exponential, mean 7 s"},
        {{.kind = MU_DIST_GAMMA, .a = 4, .b = 2}, "gamma, mean 4 s, standard deviation 2"},
        {{.kind = MU_DIST_WEIBULL, .a = 4, .b = 1.5}, "Weibull, scale 4 s, shape 1.5"},
    };
    fixture *f = make();
    mu_view view;
    ck_assert_int_eq(mu_view_create(&f->def, &view), MU_OK);
    for (size_t k = 0; k < sizeof forms / sizeof forms[0]; k++) {
        ck_assert_str_eq(mu_say_dist(&view, &forms[k].dist, "s"), forms[k].said);
    }
    mu_view_destroy(&view);
    free(f);
}
END_TEST

static void expect_words(fixture *f, const char *words) {
    char *html = mu_report_html(&f->def);
    ck_assert_ptr_nonnull(html);
    ck_assert_msg(strstr(html, words) != NULL, "no '%s'", words);
    free(html);
}

START_TEST(findings_of_a_kind_have_their_words) {
    fixture *f = make();
    static const struct {
        mu_incident_kind kind;
        const char *words;
    } kinds[] = {{MU_INCIDENT_INTRUSION, "intruder over the perimeter"},
                 {MU_INCIDENT_CALL, "threat by telephone"},
                 {MU_INCIDENT_VEHICLE, "vehicle at the gate"}};
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        f->plan.incident.kind = kinds[k].kind;
        expect_words(f, kinds[k].words);
    }
    f->findings.indoors = 150;
    f->findings.ordered_runs = 5;
    f->findings.evacuation_runs = 0;
    expect_words(f, "of 150 people left the building");
    expect_words(f, "An order to leave was given, and reached nobody");
    f->findings.reached_share = 0.5;
    f->findings.t50_s = 60;
    f->findings.t50_never = 3;
    expect_words(f, "Nobody left the building in any run.");
    expect_words(f, "1:00 (in 3 runs never)");
    f->findings.siege = (mu_siege_finding){
        .sheltered = 40, .locked_down_runs = 3, .seized_runs = 3, .crossed_told = 0.5};
    expect_words(f, "of 150 people in shelter");
    expect_words(f, "Somebody who had been told to keep clear came into sight of the place");
    expect_words(f, "never");
    free(f);
}
END_TEST

/* Charts of what there is not are not drawn; of curves that change no more, the end is not. */
START_TEST(charts_of_nothing_are_empty) {
    fixture *f = make();
    mu_view view;
    double flat_s[4] = {0, 100, 500, 1000}, share[4] = {0, 1, 1, 1}, until[4] = {0, 1, 1, 0.9};
    f->findings.curve_s = flat_s;
    f->findings.left_share = f->findings.left_low = f->findings.left_high = share;
    f->findings.alerted_share = f->findings.alerted_low = f->findings.alerted_high = share;
    f->findings.curve_count = 4;
    ck_assert_int_eq(mu_view_create(&f->def, &view), MU_OK);
    mu_page page = {0};
    mu_chart_curves(&page, &view);
    char *ends_early = mu_page_take(&page);
    f->findings.alerted_share = until;
    page = (mu_page){0};
    mu_chart_curves(&page, &view);
    char *goes_on = mu_page_take(&page);
    ck_assert_ptr_nonnull(strstr(ends_early, "<svg"));
    ck_assert_str_ne(ends_early, goes_on); /* another scale: it shows 104 s of 1,000 s */
    ck_assert_ptr_nonnull(strstr(goes_on, ">16:00<"));
    ck_assert_ptr_null(strstr(ends_early, ">16:00<"));
    free(ends_early);
    free(goes_on);
    f->findings.curve_count = 1;
    f->findings.state_count = 0;
    page = (mu_page){0};
    mu_chart_curves(&page, &view);
    mu_chart_states(&page, &view);
    mu_chart_chain(&page, &view, 1); /* has no chain */
    char *nothing = mu_page_take(&page);
    ck_assert(nothing == NULL || nothing[0] == 0);
    free(nothing);
    mu_view_destroy(&view);
    free(f);
}
END_TEST

START_TEST(blanks_quotes_and_long_spans) {
    mu_page page = {0};
    mu_page_mark(&page, "one\ntwo\tthree");
    char *text = mu_page_take(&page);
    ck_assert_str_eq(text, "one two three");
    free(text);
    ck_assert_double_eq(mu_svg_time_step(36000, 10), 3600);
    ck_assert_double_eq(mu_svg_time_step(72000, 10), 7200);
    ck_assert_double_eq(mu_svg_time_step(140000, 10), 14400);
    ck_assert_double_eq(mu_svg_time_step(200000, 10), 36000);
    ck_assert_double_eq(mu_svg_time_step(700000, 10), 72000);
    ck_assert_double_eq(mu_svg_time_step(1000000, 10), 144000);
    fixture *f = make();
    f->def.incident = "it's.json"; /* as a shell wants it */
    expect_words(f, "&#39;it&#39;\\&#39;&#39;s.json&#39;");
    free(f);
}
END_TEST

START_TEST(ratings_and_rates_are_said) {
    static const char letters[] = "PSMU";
    fixture *f = make();
    mu_view view;
    ck_assert_int_eq(mu_view_create(&f->def, &view), MU_OK);
    for (int k = 0; letters[k] != 0; k++) {
        const char said[2] = {letters[k], 0};
        ck_assert_str_eq(mu_say_rating_letter(letters[k]), said);
    }
    ck_assert_str_eq(mu_say_rating_letter('?'), "–");
    f->demands[4] = (mu_demand){"interval", 3, "shifts"};
    ck_assert_str_eq(mu_say_limit(&view, 4), "every 3 shifts");
    f->demands[4] = (mu_demand){"interval", 1, "d"};
    ck_assert_str_eq(mu_say_limit(&view, 4), "every day");
    mu_view_destroy(&view);
    free(f);
}
END_TEST

/* Gas in any zone is worth a chart, and too little in all of them is not. */
START_TEST(gas_in_the_last_zone_is_charted) {
    fixture *f = make();
    mu_airspace rooms[3] = {{.id = "a"}, {.id = "b"}, {.id = "c"}};
    mu_gas_zone_finding zones[3] = {{0}};
    f->plan.site.air_zones.items = rooms;
    f->plan.site.air_zones.count = 3;
    f->findings.gas.zones = zones;
    f->findings.gas.is_given = true;
    mu_view view;
    ck_assert_int_eq(mu_view_create(&f->def, &view), MU_OK);
    ck_assert(!mu_chart_air_is_worth(&view));
    zones[2].peak_ppm = 1;
    ck_assert(mu_chart_air_is_worth(&view));
    f->findings.gas.is_given = false;
    ck_assert(!mu_chart_air_is_worth(&view));
    mu_view_destroy(&view);
    free(f);
}
END_TEST

/* Where the rules ask for parts of what is none, nothing is left of it. */
START_TEST(what_has_no_parts_is_redacted) {
    static const char text[] = "{\"format\": \"muster.site\", \"version\": 1, \"id\": \"secret\", "
                               "\"spaces\": \"secret\", \"portals\": []}";
    mu_redactor *redactor = mu_redactor_create();
    char *out = NULL;
    ck_assert_int_eq(mu_redact(redactor, &mu_site_file, text, strlen(text), &out), MU_OK);
    ck_assert_msg(strstr(out, "\"spaces\": null") != NULL, "%s", out);
    ck_assert_ptr_null(strstr(out, "secret"));
    free(out);
    mu_redactor_destroy(redactor);
}
END_TEST

/* Moments of a run, as its table tells them. */
START_TEST(each_moment_has_its_sentence) {
    static const struct {
        mu_record record;
        const char *said;
    } moments[] = {
        {{.kind = MU_RECORD_DISTURBED, .subject = DOOR},
         "The intruder is at what is in the way to: Door"},
        {{.kind = MU_RECORD_ENTERED, .subject = HALL}, "Gets in: Hall"},
        {{.kind = MU_RECORD_DENIED, .subject = DOOR}, "Is stopped at: Door"},
        {{.kind = MU_RECORD_DETECTED, .place = HALL}, "Sensors report an intrusion: Hall"},
        {{.kind = MU_RECORD_DETECTED, .subject = LOCKER, .place = HALL},
         "Sensors report temperature or humidity out of range: Hall"},
        {{.kind = MU_RECORD_OUT_OF_RANGE, .object = HALL},
         "Temperature or humidity out of range: Hall"},
        {{.kind = MU_RECORD_DISCHARGED, .subject = LOCKER, .value = 1},
         "Locker goes off with 1 person inside"},
        {{.kind = MU_RECORD_DISCHARGED, .subject = LOCKER, .value = 2},
         "Locker goes off with 2 people inside"},
        {{.kind = MU_RECORD_OUTAGE, .object = RADIO}, "Out of order: Radio"},
        {{.kind = MU_RECORD_BACK, .object = RADIO}, "Works again: Radio"},
        {{.kind = MU_RECORD_RECEIVED}, "A threat comes by telephone"},
        {{.kind = MU_RECORD_RECEIVED, .place = HALL},
         "A report reaches the intelligence desk: Hall"},
        {{.kind = MU_RECORD_WARNED, .object = HALL}, "The intelligence desk warns: Hall"},
        {{.kind = MU_RECORD_RUNS_LOW}, "Food, water and medicine last less than a day more"},
        {{.kind = MU_RECORD_EXHAUSTED}, "Food, water and medicine are used up"},
        {{.kind = MU_RECORD_NOTICED, .subject = RADIO}, "First noticed by: Radio"},
        {{.kind = MU_RECORD_SEIZED, .value = 1}, "1 person is held"},
        {{.kind = MU_RECORD_SEIZED, .value = 3}, "3 people are held"},
        {{.kind = MU_RECORD_CLEARED, .object = HALL, .place = DOOR},
         "Everybody is out: Hall (Door)"},
        {{.kind = MU_RECORD_SECURED, .object = HALL}, "In shelter, doors locked: Hall"},
        {{.kind = MU_RECORD_ORDERED, .step = TELL, .object = HALL}, "Tell"},
    };
    enum { MOMENTS = sizeof moments / sizeof moments[0] };
    fixture *f = make();
    name_plainly(f);
    f->equipment.kind = MU_EQUIPMENT_CLIMATE_SENSOR;
    mu_record records[MOMENTS];
    for (uint32_t k = 0; k < MOMENTS; k++) {
        records[k] = moments[k].record;
        records[k].time_us = (k + 1) * MU_SECOND;
    }
    const mu_timeline timeline = {
        .end_us = 100 * MU_SECOND, .moments = records, .moment_count = MOMENTS};
    f->def.timeline = &timeline;
    char *html = mu_report_html(&f->def);
    for (uint32_t k = 0; k < MOMENTS; k++) {
        char row[200];
        (void)snprintf(row, sizeof row, "<td class=\"number\">0:%02u</td><td>%s</td>", k + 1,
                       moments[k].said);
        ck_assert_msg(count(html, row) == 1, "%s", row);
    }
    free(html);
    f->plan.incident.kind = MU_INCIDENT_VEHICLE;
    records[0] = (mu_record){.kind = MU_RECORD_PLACED, .time_us = MU_SECOND};
    html = mu_report_html(&f->def);
    ck_assert_uint_eq(count(html, "<td>The vehicle stands at the gate</td>"), 1);
    free(html);
    free(f);
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("report");
    tcase_add_test(tcase, gas_in_the_last_zone_is_charted);
    tcase_add_test(tcase, what_has_no_parts_is_redacted);
    tcase_add_test(tcase, html_escapes_every_name);
    tcase_add_test(tcase, markdown_escapes_every_name);
    tcase_add_test(tcase, html_tags_nest);
    tcase_add_test(tcase, gaps_come_by_severity_times_share);
    tcase_add_test(tcase, capabilities_are_rated_by_their_gravest);
    tcase_add_test(tcase, headline_says_what_matters);
    tcase_add_test(tcase, times_are_rounded_up);
    tcase_add_test(tcase, printed_parts_add_up);
    tcase_add_test(tcase, every_clause_is_listed_and_only_met_ones_ticked);
    tcase_add_test(tcase, each_language_has_its_outline);
    tcase_add_test(tcase, the_same_findings_give_the_same_bytes);
    tcase_add_test(tcase, risk_follows_likelihood_and_severity);
    tcase_add_test(tcase, broken_utf8_cannot_pass);
    tcase_add_test(tcase, nothing_exercised_is_no_success);
    tcase_add_test(tcase, one_run_is_told_and_shown);
    tcase_add_test(tcase, each_part_of_a_chain_has_its_sentence);
    tcase_add_test(tcase, each_moment_has_its_sentence);
    tcase_add_test(tcase, each_form_of_time_is_said);
    tcase_add_test(tcase, findings_of_a_kind_have_their_words);
    tcase_add_test(tcase, ratings_and_rates_are_said);
    tcase_add_test(tcase, charts_of_nothing_are_empty);
    tcase_add_test(tcase, blanks_quotes_and_long_spans);
    Suite *suite = suite_create("report");
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
