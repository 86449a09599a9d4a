/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the state of a year to the changes of an incident's files, each as it is written there. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "loaded_year.h"
#include "runner.h"
#include "study/year_start.h"

static mu_year_plan *plan;

/* Four weeks of the head office, and whatever else is given. */
static void load(const char *rest) {
    char year[8192];
    const int length = snprintf(year, sizeof year, "\"days\": 28, %s", rest);
    ck_assert_int_lt(length, (int)sizeof year);
    plan = load_year("2026-03-02", "roster.json", year);
}

static mu_year_start sample(uint64_t seed, uint32_t day) {
    mu_year_start start;
    const mu_year_moment moment = {.seed = seed, .day = day, .hour = 10, .language = "en"};
    ck_assert_int_eq(mu_year_sample(plan, &moment, &start), MU_OK);
    ck_assert(!start.no_memory);
    return start;
}

static uint32_t index_of(const char *member) {
    for (uint32_t m = 0; m < plan->roster.members.count; m++) {
        if (strcmp(plan->roster.members.items[m].id, member) == 0) {
            return m;
        }
    }
    ck_abort_msg("%s", member);
}

static void give_skills(const char *member, const char **skills, uint32_t count) {
    mu_member *one = &plan->roster.members.items[index_of(member)];
    one->skills.items = skills;
    one->skills.count = count;
}

/* That this is the change number k, and this what is said of it. */
static void expect(const mu_year_start *start, uint32_t k, const char *pointer, const char *value,
                   const char *said) {
    ck_assert_uint_lt(k, start->edits.count);
    ck_assert_str_eq(start->edits.items[k].pointer, pointer);
    ck_assert_str_eq(start->edits.items[k].value, value);
    ck_assert_str_eq(start->said.items[k], said);
}

#define ALWAYS "\"pattern\": \"rota\", \"teams\": 1, \"shift_h\": 24"

/* Of a store some lots have expired: a part of each kind is left, rounded down. */
START_TEST(stock) {
    load("\"stores\": [{\"id\": \"med\", \"count\": 8, \"keeps_d\": {\"dist\": \"uniform\", "
         "\"low\": 15, \"high\": 60}, \"equipment\": [\"medical.ert\", \"medical.l1\", "
         "\"medical.canteen\"]}]");
    for (uint32_t e = 0; e < plan->site.equipment.count; e++) {
        if (strcmp(plan->site.equipment.items[e].id, "medical.canteen") == 0) {
            plan->site.equipment.items[e].person_days = 100;
        }
    }
    const mu_year_start start = sample(5, 18);
    ck_assert_uint_eq(start.edits.count, 3);
    expect(&start, 0, "/equipment/medical.ert/count", "1",
           "Medical kits, ready room: 1 of 2 are usable");
    expect(&start, 1, "/equipment/medical.l1", "null",
           "Medical kit, first floor: 0 of 1 are usable");
    /* The share is that of eighths of what was bought, and says of the first that it is 1/2 at
     * least. */
    const double left = strtod(start.edits.items[2].value, NULL);
    char said[100];
    snprintf(said, sizeof said, "Medical kit, canteen: %.0f of 100 person-days are usable", left);
    expect(&start, 2, "/equipment/medical.canteen/person_days", start.edits.items[2].value, said);
    ck_assert(left >= 50 && left < 100);
    mu_year_plan_destroy(plan);
}
END_TEST

START_TEST(people_away) {
    load("\"staff\": [{\"id\": \"guard\", \"count\": 40, " ALWAYS
         ", \"role\": \"guard\", \"leave_d\": 3}]");
    mu_year_start start = sample(5, 18);
    ck_assert_uint_eq(start.edits.count, 1);
    expect(&start, 0, "/members/guard.gate/count", "1", "Guards at the gate: 1 is away");
    mu_year_plan_destroy(plan);
    /* Both operators are named in a change of shift: nobody can be taken out of it. */
    load("\"staff\": [{\"id\": \"op\", \"count\": 4, " ALWAYS
         ", \"role\": \"operator\", \"ill_per_year\": 30, \"ill_d\": 20}]");
    start = sample(5, 18);
    ck_assert_uint_eq(start.edits.count, 1);
    plan->roster.members.items[index_of("operator.1")].relieves =
        (mu_ref){.id = "operator.2", .index = index_of("operator.2")};
    start = sample(5, 18);
    ck_assert_uint_eq(start.edits.count, 0);
    ck_assert_uint_eq(start.said.count, 1);
    ck_assert_str_eq(start.said.items[0],
                     "1 more of operator are away; they stay, for the roster names them");
    mu_year_plan_destroy(plan);
}
END_TEST

#define TAUGHT                                                                                     \
    "\"staff\": [{\"id\": \"people\", \"count\": 20, " ALWAYS ", \"role\": \"staff\"}, {\"id\": "  \
    "\"ert\", \"count\": 8, " ALWAYS ", \"role\": \"ert\"}], \"topics\": [{\"id\": \"drill\", "    \
    "\"half_life_d\": 2}, {\"id\": \"care\", \"half_life_d\": 1, \"skill\": \"medic\"}], "         \
    "\"duties\": [{\"id\": \"drill\", \"staff\": \"people\", \"does\": \"teach\", \"topic\": "     \
    "\"drill\", \"attends\": [\"people\"], \"hours\": 1}, {\"id\": \"care\", \"staff\": \"ert\", " \
    "\"does\": \"teach\", \"topic\": \"care\", \"attends\": [\"ert\"], \"hours\": 1}]"

/* Nothing was ever taught: groups are no longer drilled, and nobody holds the one skill; others
 * stay. */
START_TEST(what_is_not_taught) {
    static const char *three[] = {"driver", "medic", "cook"};
    load(TAUGHT);
    give_skills("ert.medic", three, 3);
    give_skills("ert.general", &three[1], 1);
    const mu_year_start start = sample(5, 18);
    uint32_t drilled = 0;
    for (uint32_t g = 0; g < plan->roster.groups.count; g++) {
        const mu_group *group = &plan->roster.groups.items[g];
        if (strcmp(group->role, "staff") == 0 && group->training == MU_TRAINING_M1) {
            char pointer[100], said[200];
            snprintf(pointer, sizeof pointer, "/groups/%s/training", group->id);
            snprintf(said, sizeof said, "%s know 0 %% of what they were taught: rated M2",
                     group->name.en);
            expect(&start, drilled++, pointer, "\"M2\"", said);
        }
    }
    ck_assert_uint_gt(drilled, 5);
    ck_assert_uint_eq(start.edits.count, drilled + 2);
    expect(&start, drilled, "/members/ert.general/skills", "[]",
           "Response team members: 2 do not hold the skill medic any more, for want of training");
    /* One always stands in, the last of the roster. */
    expect(&start, drilled + 1, "/members/ert.medic/skills", "[\"driver\", \"cook\"]",
           "Medics: 1 does not hold the skill medic any more, for want of training");
    mu_year_plan_destroy(plan);
}
END_TEST

/* More changes than there is room for at first: none is lost, and none changes. */
START_TEST(many_changes) {
    load("\"equipment\": [{\"id\": \"things\", \"life_d\": 3, \"kinds\": [\"camera\", "
         "\"medical_kit\", \"barrier_tape\", \"blast_blanket\", \"protective_kit\"]}], " TAUGHT);
    const mu_year_start start = sample(5, 18);
    ck_assert_uint_gt(start.edits.count, 33);
    ck_assert_uint_eq(start.said.count, start.edits.count);
    uint32_t broken = 0;
    for (uint32_t e = 0; e < plan->site.equipment.count; e++) {
        char pointer[100];
        snprintf(pointer, sizeof pointer, "/equipment/%s", plan->site.equipment.items[e].id);
        bool found = false;
        for (uint32_t k = 0; k < start.edits.count; k++) {
            found = found || strcmp(start.edits.items[k].pointer, pointer) == 0;
        }
        const mu_equipment_kind kind = plan->site.equipment.items[e].kind;
        ck_assert(found == (kind == MU_EQUIPMENT_CAMERA || kind == MU_EQUIPMENT_MEDICAL_KIT ||
                            kind == MU_EQUIPMENT_BARRIER_TAPE ||
                            kind == MU_EQUIPMENT_BLAST_BLANKET ||
                            kind == MU_EQUIPMENT_PROTECTIVE_KIT));
        broken += found;
    }
    ck_assert_uint_eq(broken, 25);
    mu_year_plan_destroy(plan);
}
END_TEST

/* Without a day one of the working days is taken by chance, for the same seed the same. */
START_TEST(some_day) {
    load(TAUGHT);
    bool on[32] = {false};
    for (uint64_t seed = 0; seed < 40; seed++) {
        const mu_year_start start = sample(seed, MU_NONE);
        ck_assert_str_eq(start.date, sample(seed, MU_NONE).date);
        ck_assert_int_eq(strncmp(start.date, "2026-03-", 8), 0);
        char *rest;
        const long day = strtol(start.date + 8, &rest, 10);
        ck_assert_str_eq(rest, "T10:00");
        ck_assert(day >= 2 && day <= 29);
        ck_assert(mu_calendar_works(&plan->calendar, (uint32_t)(day - 2)));
        on[day] = true;
    }
    uint32_t days = 0;
    for (int day = 0; day < 32; day++) {
        days += on[day];
    }
    ck_assert_uint_ge(days, 12);
    mu_year_start start;
    const mu_year_moment late = {.day = 28, .hour = 10, .language = "en"};
    ck_assert_int_eq(mu_year_sample(plan, &late, &start), MU_ERR_INPUT);
    mu_year_plan_destroy(plan);
}
END_TEST

/* How many radios the changes of a roster leave dead, and in lines of several; no line has more of
 * them than people. Those that the site holds are counted apart. */
typedef struct dead {
    uint32_t carried, of_several, held;
} dead;

static dead radios_of(const mu_year_start *start) {
    static const char members[] = "/members/";
    dead sum = {0};
    for (uint32_t k = 0; k < start->edits.count; k++) {
        const char *pointer = start->edits.items[k].pointer;
        if (strncmp(pointer, members, sizeof members - 1) != 0) {
            sum.held++;
            continue;
        }
        char member[100];
        const char *id = pointer + sizeof members - 1, *field = strrchr(pointer, '/') + 1;
        snprintf(member, sizeof member, "%.*s", (int)(field - 1 - id), id);
        const uint32_t all = (uint32_t)plan->roster.members.items[index_of(member)].count;
        ck_assert_str_eq(field, all == 1 ? "radio_works" : "radios_dead");
        const uint32_t count =
            all == 1 ? 1 : (uint32_t)strtoul(start->edits.items[k].value, NULL, 10);
        ck_assert(count >= 1 && count <= all);
        sum.carried += count;
        sum.of_several += all > 1 ? count : 0;
    }
    return sum;
}

/* Lines of one and of two carry a radio: each dead one is somebody's, until all are. */
START_TEST(dead_radios) {
    static const uint32_t counts[] = {1, 11, 22, 40};
    for (size_t k = 0; k < sizeof counts / sizeof counts[0]; k++) {
        char rest[200];
        snprintf(rest, sizeof rest,
                 "\"equipment\": [{\"id\": \"sets\", \"kinds\": [\"radio\"], \"count\": %u, "
                 "\"life_d\": 2}]",
                 counts[k]);
        load(rest);
        uint32_t carriers = 0;
        for (uint32_t m = 0; m < plan->roster.members.count; m++) {
            const mu_member *member = &plan->roster.members.items[m];
            carriers += member->radio ? (uint32_t)member->count : 0;
        }
        const mu_year_start start = sample(5, 18), again = sample(5, 18);
        const dead found = radios_of(&start);
        ck_assert_uint_gt(found.held, 0);
        ck_assert_uint_eq(found.carried, counts[k] < carriers ? counts[k] : carriers);
        ck_assert_uint_eq(radios_of(&again).of_several, found.of_several);
        ck_assert(counts[k] == 1 || found.of_several > 0);
        if (counts[k] >= carriers) {
            ck_assert_uint_eq(start.said.count, start.edits.count);
            uint32_t gate = 0;
            while (gate < start.edits.count && strcmp(start.edits.items[gate].pointer,
                                                      "/members/guard.gate/radios_dead") != 0) {
                gate++;
            }
            expect(&start, gate, "/members/guard.gate/radios_dead", "2",
                   "Guards at the gate: the radios of 2 of 2 are dead, and nobody has tested them");
        }
        mu_year_plan_destroy(plan);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("year start");
    TCase *tests = tcase_create("start");
    tcase_add_test(tests, stock);
    tcase_add_test(tests, people_away);
    tcase_add_test(tests, what_is_not_taught);
    tcase_add_test(tests, many_changes);
    tcase_add_test(tests, some_day);
    tcase_add_test(tests, dead_radios);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
