/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is there at which hour: curves of a day, shifts, and what nobody is there for. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "crowd/presence.h"
#include "edit/check.h"
#include "edit/shifts.h"
#include "muster/hours.h"
#include "runner.h"

/* A copy of the example, so that its files stay as they are. */
static char folder[64], incident[200];
static mu_diags *diags;
static mu_project *project;

static void setup(void) {
    char line[9000], policy[4096];
    const char *source = getenv("MUSTER_SOURCE");
    (void)snprintf(folder, sizeof folder, "/tmp/muster-hours-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(line, sizeof line,
             "mkdir %s/scenarios && cp -r '%s/scenarios/head-office' '%s/scenarios/policy' "
             "'%s/scenarios/playbooks' %s/scenarios/",
             folder, source, source, source, folder);
    ck_assert_int_eq(system(line), 0);
    snprintf(incident, sizeof incident, "%s/scenarios/head-office/package.json", folder);
    snprintf(policy, sizeof policy, "%s/scenarios/policy/baseline.json", source);
    diags = mu_diags_create();
    project = mu_project_open(&(mu_project_def){.path = incident, .policy = policy}, diags);
    ck_assert_ptr_nonnull(project);
}

static void teardown(void) {
    char line[200];
    mu_project_close(project, false);
    mu_diags_destroy(diags);
    snprintf(line, sizeof line, "rm -r %s", folder);
    ck_assert_int_eq(system(line), 0);
}

START_TEST(curves_are_those_of_the_prototype_buildings) {
    /* OfficeMedium BLDG_OCC_SCH: 0.95 from 8 to 12 and 13 to 17, half at noon; 0.3 on Saturdays */
    ck_assert_double_eq(mu_day_curve(MU_DAY_OFFICE, 0, 8), 0.95);
    ck_assert_double_eq(mu_day_curve(MU_DAY_OFFICE, 4, 12), 0.5);
    ck_assert_double_eq(mu_day_curve(MU_DAY_OFFICE, 0, 3), 0);
    ck_assert_double_eq(mu_day_curve(MU_DAY_OFFICE, 5, 10), 0.3);
    ck_assert_double_eq(mu_day_curve(MU_DAY_SHOP, 2, 15), 0.8);
    ck_assert_double_eq(mu_day_curve(MU_DAY_SCHOOL, 2, 15), 0.7);
    ck_assert_double_eq(mu_day_curve(MU_DAY_SCHOOL, 6, 10), 0);
    ck_assert_double_eq(mu_day_curve(MU_DAY_HOSPITAL, 1, 21), 0.2);
    ck_assert_double_eq(mu_day_curve(MU_DAY_ALWAYS, 6, 3), 1);
    ck_assert_uint_eq(mu_presence_weekday("2026-09-15"), 1); /* a Tuesday */
    ck_assert_uint_eq(mu_presence_weekday("2000-02-29T10:00"), 1);
    ck_assert_uint_eq(mu_presence_weekday("2028-01-02"), 6);
    static const char *const typed[] = {"abcdefghij", "-999-01-01", "2026-99-15", "9999999999",
                                        "2026-09-0T"};
    for (size_t k = 0; k < sizeof typed / sizeof typed[0]; k++) {
        ck_assert_msg(mu_presence_weekday(typed[k]) < 7, "%s", typed[k]);
        ck_assert_double_eq(mu_presence_hour(typed[k], -1), -1);
    }
    ck_assert_double_eq(mu_presence_hour("2026-09-15T10:30:45", -1), 10.5);
    ck_assert_double_eq(mu_presence_hour("2026-09-15Tinf", -1), -1);
}
END_TEST

START_TEST(hours_are_read_as_they_are_printed) {
    static const char *const texts[][2] = {
        {"8-20", "8-20"},
        {"22-6", "22-6"},
        {"mon-fri 9:30-17, sat 10-14", "Mon-Fri 9:30-17, Sat 10-14"},
        {"周一-周五 9-17", "Mon-Fri 9-17"},
        {"周一至周五 9–17", "Mon-Fri 9-17"},
        {"fri-mon 0-24", "Mon/Fri-Sun 0-24"}};
    static const char *const wrong[] = {"8",       "8-",       "x 8-20",  "8-25",  "8-20 and",
                                        "mon-fri", "8:-30-17", "8:90-17", "8:-17", "0x8-17",
                                        "nan-17",  "8-inf",    "8-1e999", "8,5-17"};
    mu_arena *arena = mu_arena_create();
    mu_span_of_week spans[MU_SPANS_MOST];
    uint32_t count;
    for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++) {
        ck_assert(mu_spans_read(texts[k][0], spans, &count));
        ck_assert_str_eq(mu_spans_print(arena, spans, count), texts[k][1]);
    }
    for (size_t k = 0; k < sizeof wrong / sizeof wrong[0]; k++) {
        ck_assert_msg(!mu_spans_read(wrong[k], spans, &count), "%s", wrong[k]);
    }
    static const char *const always[] = {"", "  ", "always"};
    for (size_t k = 0; k < sizeof always / sizeof always[0]; k++) {
        count = 7;
        ck_assert(mu_spans_read(always[k], spans, &count));
        ck_assert_uint_eq(count, 0);
    }
    /* as files have them, and back */
    static const char file[] =
        "[{\"days\":[\"mon\",\"sun\"],\"from_h\":9.5,\"to_h\":17},{\"from_h\":22,\"to_h\":6}]";
    cJSON *shifts = cJSON_Parse(file);
    ck_assert_uint_eq(mu_spans_of(shifts, spans), 2);
    ck_assert_uint_eq(spans[0].days, 1U << 0 | 1U << 6);
    ck_assert_uint_eq(spans[1].days, 0x7fU);
    ck_assert_double_eq(spans[0].from_h, 9.5);
    ck_assert_double_eq(spans[1].to_h, 6);
    char *written = mu_spans_json(spans, 2);
    cJSON *back = cJSON_Parse(written);
    ck_assert_msg(cJSON_Compare(shifts, back, true), "%s", written);
    free(written);
    cJSON_Delete(back);
    cJSON_Delete(shifts);
    /* ticked hours come back as they were: over midnight, and round the week */
    bool on[MU_HOURS_A_WEEK] = {false}, again[MU_HOURS_A_WEEK] = {false};
    for (uint32_t h = 0; h < MU_HOURS_A_WEEK; h++) {
        on[h] = h % 24 >= 22 || h % 24 < 6 || (h > 60 && h < 120);
    }
    count = mu_spans_from(on, spans);
    for (uint32_t k = 0; k < count; k++) {
        mu_span_mark(&spans[k], again);
    }
    ck_assert_mem_eq(on, again, sizeof on);
    mu_arena_destroy(arena);
}
END_TEST

static int64_t occupants(void) {
    const mu_checked *checked = mu_project_checked(project);
    ck_assert_ptr_nonnull(checked->incident);
    return checked->incident->people.occupants;
}

START_TEST(a_run_has_the_people_of_its_hour) {
    const uint32_t paper = mu_project_find_paper(project, MU_PAPER_INCIDENT);
    const int64_t all = occupants();
    const mu_day *day = mu_project_day(project, 0, "en");
    ck_assert_int_eq(day->total[10], all + 24); /* those of the coach come later, if at all */
    ck_assert_double_eq(day->begins_h, 10);
    uint32_t finance = 0;
    while (strcmp(day->groups[finance].title, "Finance staff") != 0) {
        finance++;
    }
    char group[80];
    snprintf(group, sizeof group, "%s", day->groups[finance].pointer);
    ck_assert_int_eq(mu_project_set_curve(project, group, "office"), MU_OK);
    ck_assert_int_eq(mu_project_set(project, paper, "/starts_at", "\"2026-09-15T03:00\""), MU_OK);
    ck_assert_int_eq(occupants(), all - 10);
    ck_assert_int_eq(mu_project_set_persons(project, group, 3, 4), MU_OK);
    day = mu_project_day(project, 0, "en");
    ck_assert_uint_eq(day->groups[finance].persons[3], 4);
    ck_assert_uint_eq(day->groups[finance].persons[10], 10); /* 9.5 */
    ck_assert_int_eq(occupants(), all - 6);
    /* more than there are: their number grows, other hours stay */
    ck_assert_int_eq(mu_project_set_persons(project, group, 3, 25), MU_OK);
    day = mu_project_day(project, 0, "en");
    ck_assert_uint_eq(day->groups[finance].count, 25);
    ck_assert_uint_eq(day->groups[finance].persons[3], 25);
    ck_assert_uint_eq(day->groups[finance].persons[10], 10);
    ck_assert_int_eq(occupants(), all + 15);
    ck_assert(mu_project_undo(project) && mu_project_undo(project));
    ck_assert_int_eq(occupants(), all - 10);
    /* hours of its own give way to a curve that is chosen */
    char place[120];
    snprintf(place, sizeof place, "%s/by_hour", group);
    const uint32_t roster = mu_project_find_paper(project, MU_PAPER_ROSTER);
    ck_assert_int_eq(mu_project_set_persons(project, group, 3, 4), MU_OK);
    char *by_hour = mu_project_value(project, roster, place);
    ck_assert_ptr_nonnull(by_hour);
    free(by_hour);
    ck_assert_int_eq(mu_project_set_curve(project, group, "office"), MU_OK);
    ck_assert_ptr_null(mu_project_value(project, roster, place));
    ck_assert_int_eq(occupants(), all - 10);
    /* a room that there is not is passed over, and its people are counted where the others are */
    uint32_t sums[2] = {0, 0};
    for (int k = 0; k < 2; k++) {
        day = mu_project_day(project, 0, "en");
        for (uint32_t u = 0; u < day->use_count; u++) {
            sums[k] += day->uses[u].persons[10];
        }
        snprintf(place, sizeof place, "%s/in", group);
        char *in = mu_project_value(project, roster, place), changed[400];
        snprintf(changed, sizeof changed, "[\"nowhere\", %s", strchr(in, '"'));
        ck_assert_int_eq(mu_project_set(project, roster, place, changed), MU_OK);
        free(in);
    }
    ck_assert_uint_eq(sums[0], sums[1]);
}
END_TEST

static const mu_duty_cover *cover_of(const char *name) {
    const mu_duty *duty = mu_project_duty(project, "en");
    for (uint32_t k = 0; k < duty->cover_count; k++) {
        if (strcmp(duty->covers[k].name, name) == 0) {
            return &duty->covers[k];
        }
    }
    return NULL;
}

START_TEST(what_nobody_is_there_for_is_found) {
    const mu_duty *duty = mu_project_duty(project, "en");
    uint32_t row = 0;
    while (duty->rows[row].post[0] == '\0') {
        row++;
    }
    char member[80], post[80];
    snprintf(member, sizeof member, "%s", duty->rows[row].pointer);
    snprintf(post, sizeof post, "%s", duty->rows[row].post);
    ck_assert_uint_eq(cover_of(post)->gaps, 0);
    for (uint32_t k = 0; k < duty->row_count; k++) { /* everybody who holds it goes at night */
        if (strcmp(duty->rows[k].post, post) == 0) {
            char who[80];
            snprintf(who, sizeof who, "%s", duty->rows[k].pointer);
            ck_assert_int_eq(mu_project_set_shifts(project, who, "6-22"), MU_OK);
            duty = mu_project_duty(project, "en");
        }
    }
    ck_assert_uint_eq(cover_of(post)->gaps, 7 * 8);
    ck_assert_uint_eq(cover_of(post)->persons[3], 0);
    ck_assert_uint_ge(cover_of(post)->persons[12], 1);
    /* and a run at three has them not, one at ten has */
    const uint32_t paper = mu_project_find_paper(project, MU_PAPER_INCIDENT);
    const uint32_t by_day = mu_project_checked(project)->incident->people.list.count;
    ck_assert_int_eq(mu_project_set(project, paper, "/starts_at", "\"2026-09-15T03:00\""), MU_OK);
    ck_assert_uint_lt(mu_project_checked(project)->incident->people.list.count, by_day);
    /* hours of nobody are refused; all hours are no shifts */
    bool on[MU_HOURS_A_WEEK] = {false};
    ck_assert_int_eq(mu_project_set_duty(project, member, on), MU_ERR_INPUT);
    memset(on, true, sizeof on);
    ck_assert_int_eq(mu_project_set_duty(project, member, on), MU_OK);
    ck_assert_str_eq(mu_project_duty(project, "en")->rows[row].hours, "always");
    /* and who is off duty, and relieves nobody, is there when called */
    char place[120];
    snprintf(place, sizeof place, "%s/off_duty", member);
    ck_assert_int_eq(
        mu_project_set(project, mu_project_find_paper(project, MU_PAPER_ROSTER), place, "true"),
        MU_OK);
    ck_assert_str_eq(mu_project_duty(project, "en")->rows[row].hours, "when called");
}
END_TEST

START_TEST(who_comes_later_relieves_by_the_clock) {
    int monday = 0;
    mu_shift night = {.from_h = 20, .to_h = 8}, day = {.from_h = 8, .to_h = 20}, once = night;
    once.days.items = &monday;
    once.days.count = 1;
    mu_member members[2] = {{.id = "a", .count = 2, .shifts = {&day, 1}, .comes_at_h = 8},
                            {.id = "b", .count = 2, .shifts = {&night, 1}, .comes_at_h = 20}};
    mu_roster roster = {.members = {members, 2}};
    members[1].relieves = (mu_ref){"a", 0};
    members[0].relieves = (mu_ref){NULL, MU_NONE};
    mu_presence_apply(&roster, "2026-09-15T10:00");
    ck_assert(!members[0].off_duty && members[0].count == 2);
    ck_assert(members[1].off_duty && members[1].count == 2); /* comes at 20 */
    members[1].off_duty = false;
    mu_presence_apply(&roster, "2026-09-15T03:00");
    ck_assert(members[0].count == 0); /* relieves nobody: is not there */
    ck_assert(!members[1].off_duty && members[1].relieves.id == NULL);
    ck_assert(mu_presence_is_on_duty(&(mu_member){.shifts = {&once, 1}}, 1, 7.5));
    ck_assert(!mu_presence_is_on_duty(&(mu_member){.shifts = {&once, 1}}, 1, 21));
}
END_TEST

int main(void) {
    Suite *suite = suite_create("hours");
    TCase *pure = tcase_create("pure"), *edited = tcase_create("edited");
    tcase_add_test(pure, curves_are_those_of_the_prototype_buildings);
    tcase_add_test(pure, hours_are_read_as_they_are_printed);
    tcase_add_test(pure, who_comes_later_relieves_by_the_clock);
    tcase_add_checked_fixture(edited, setup, teardown);
    tcase_set_timeout(edited, 120);
    tcase_add_test(edited, a_run_has_the_people_of_its_hour);
    tcase_add_test(edited, what_nobody_is_there_for_is_found);
    suite_add_tcase(suite, pure);
    suite_add_tcase(suite, edited);
    return run_suite(suite);
}
