/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HAZOP without a run: what a deviation changes in the files, which remedies are tried against it,
 * and in which order they are told. */
#include <check.h>
#include <string.h>

#include "runner.h"
#include "study/hazop.h"

enum { TWO, ONE, DUMB, LONG_STEP, LINE, KIT, CAMERA, DETECTOR, ELEMENTS };

/* An organisation small enough to stand on a stack. */
typedef struct small {
    mu_arena *arena;
    mu_plan plan;
    mu_step step;
    mu_step_plan step_plan;
    mu_member members[3];
    mu_channel channel;
    mu_equipment pieces[3];
    mu_hazop_element elements[ELEMENTS];
    mu_hazop hazop;
} small;

static void lay_out(small *s) {
    *s = (small){.arena = mu_arena_create(),
                 .step = {.id = "call", .chance = 0.8},
                 .members = {{.id = "two", .count = 2, .radio = true},
                             {.id = "one", .count = 1, .radio = true},
                             {.id = "dumb", .count = 1}},
                 .channel = {.id = "line", .delivery_chance = 0.9},
                 .pieces = {{.id = "kit", .count = 3},
                            {.id = "camera", .detect_chance = 0.8, .spots_chance = 0.5},
                            {.id = "detector", .count = 1, .detect_chance = 0.6}}};
    ck_assert_ptr_nonnull(s->arena);
    s->step.when.wait_s = (mu_dist){.kind = MU_DIST_CONSTANT, .a = 30};
    s->channel.latency_s = (mu_dist){.kind = MU_DIST_CONSTANT, .a = 2};
    s->step_plan.given = &s->step;
    s->plan.response.steps.items = &s->step_plan;
    s->plan.roster.members.items = s->members;
    s->plan.site.channels.items = &s->channel;
    s->plan.site.equipment.items = s->pieces;
    static const struct {
        mu_hazop_kind kind;
        uint32_t index;
        const char *id;
    } all[ELEMENTS] = {[TWO] = {MU_HAZOP_MEMBER, 0, "two"},
                       [ONE] = {MU_HAZOP_MEMBER, 1, "one"},
                       [DUMB] = {MU_HAZOP_MEMBER, 2, "dumb"},
                       [LONG_STEP] = {MU_HAZOP_STEP, 0, "call"},
                       [LINE] = {MU_HAZOP_CHANNEL, 0, "line"},
                       [KIT] = {MU_HAZOP_EQUIPMENT, 0, "kit"},
                       [CAMERA] = {MU_HAZOP_EQUIPMENT, 1, "camera"},
                       [DETECTOR] = {MU_HAZOP_EQUIPMENT, 2, "detector"}};
    for (uint32_t k = 0; k < ELEMENTS; k++) {
        s->elements[k] = (mu_hazop_element){all[k].kind, all[k].index, all[k].id, {NULL, NULL}, 1};
    }
    s->hazop.plan = &s->plan;
    s->hazop.elements.items = s->elements;
    s->hazop.elements.count = ELEMENTS;
}

static void make_all(small *s) {
    static const bool guides[MU_HAZOP_GUIDES] = {true, true, true};
    static const bool kinds[MU_HAZOP_KINDS] = {true, true, true, true};
    lay_out(s);
    ck_assert_int_eq(mu_hazop_make(&s->hazop, guides, kinds, 600, s->arena), MU_OK);
}

static const mu_lever *find(const mu_levers *levers, const char *id) {
    for (uint32_t k = 0; k < levers->levers.count; k++) {
        if (strcmp(levers->levers.items[k].id, id) == 0) {
            return &levers->levers.items[k];
        }
    }
    return NULL;
}

START_TEST(deviations_are_changes_of_files) {
    static const struct {
        const char *id;
        int in;
        const char *pointer, *value;
    } expected[] = {
        {"person:two:lost", MU_FACTOR_ROSTER, "/members/two/count", "1"},
        {"person:two:weak", MU_FACTOR_ROSTER, "/members/two/radio", "false"},
        {"person:one:weak", MU_FACTOR_ROSTER, "/members/one/radio", "false"},
        {"person:one:lost", MU_FACTOR_ROSTER, "/members/one/routine",
         "{\"every_s\": 0.001, \"lasts_s\": 86400}"},
        {"step:call:lost", MU_FACTOR_PLAYBOOK, "/steps/call/unless", "\"started\""},
        {"step:call:late", MU_FACTOR_PLAYBOOK, "/steps/call/when/wait_s", "630"},
        {"step:call:weak", MU_FACTOR_PLAYBOOK, "/steps/call/chance", "0.4"},
        {"channel:line:lost", MU_FACTOR_SITE, "/channels/line/delivery_chance", "0"},
        {"channel:line:late", MU_FACTOR_SITE, "/channels/line/latency_s", "602"},
        {"channel:line:weak", MU_FACTOR_SITE, "/channels/line/delivery_chance", "0.45"},
        {"equipment:kit:lost", MU_FACTOR_EQUIPMENT, "/equipment/kit/count", "0"},
        {"equipment:camera:lost", MU_FACTOR_EQUIPMENT, "/equipment/camera/spots_chance", "0"},
        {"equipment:camera:lost", MU_FACTOR_EQUIPMENT, "/equipment/camera/detect_chance", "0"},
        {"equipment:camera:weak", MU_FACTOR_EQUIPMENT, "/equipment/camera/spots_chance", "0.25"},
        {"equipment:camera:weak", MU_FACTOR_EQUIPMENT, "/equipment/camera/detect_chance", "0.4"},
        {"equipment:detector:lost", MU_FACTOR_EQUIPMENT, "/equipment/detector/count", "0"},
        {"equipment:detector:lost", MU_FACTOR_EQUIPMENT, "/equipment/detector/detect_chance", "0"},
        {"equipment:detector:weak", MU_FACTOR_EQUIPMENT, "/equipment/detector/detect_chance",
         "0.3"}};
    small s;
    make_all(&s);
    const size_t rows = sizeof expected / sizeof expected[0];
    uint32_t changes = 0;
    for (size_t k = 0; k < rows; k++) {
        const mu_lever *lever = find(&s.hazop.levers, expected[k].id);
        ck_assert_msg(lever != NULL, "%s", expected[k].id);
        bool found = false;
        for (uint32_t j = 0; j < lever->changes.count; j++) {
            const mu_lever_change *change = &lever->changes.items[j];
            found = found || (change->in == expected[k].in &&
                              strcmp(change->pointer, expected[k].pointer) == 0 &&
                              strcmp(change->value, expected[k].value) == 0);
        }
        ck_assert_msg(found, "%s: %s", expected[k].id, expected[k].pointer);
    }
    for (uint32_t k = 0; k < s.hazop.levers.levers.count; k++) {
        changes += s.hazop.levers.levers.items[k].changes.count;
        ck_assert_ptr_eq(s.hazop.levers.levers.items[k].id,
                         find(&s.hazop.levers, s.hazop.levers.levers.items[k].id)->id);
    }
    /* Nothing but these; of "dumb", who has no radio to lose, only that they are lost. */
    ck_assert_uint_eq(changes, rows + 1);
    ck_assert_ptr_null(find(&s.hazop.levers, "person:dumb:weak"));
    ck_assert_ptr_nonnull(find(&s.hazop.levers, "person:dumb:lost"));
    ck_assert_uint_eq(s.hazop.deviations.count, s.hazop.levers.levers.count);
    mu_arena_destroy(s.arena);
}
END_TEST

static uint32_t number_of(const mu_hazop *hazop, const char *id) {
    return (uint32_t)(find(&hazop->levers, id) - hazop->levers.levers.items);
}

/* A third guard leaves two when one is lost. What sets the very value that is lost is no remedy. */
START_TEST(remedies_do_not_undo_what_is_lost) {
    small s;
    make_all(&s);
    mu_lever_change third[] = {
        {.in = MU_FACTOR_ROSTER, .pointer = "/members/two/count", .value = "3"},
        {.in = MU_FACTOR_ROSTER, .pointer = "/members/one/post", .value = "\"a\""}};
    mu_lever_change one[] = {
        {.in = MU_FACTOR_ROSTER, .pointer = "/members/two/count", .value = "1"}};
    mu_lever_change words[] = {
        {.in = MU_FACTOR_ROSTER, .pointer = "/members/two/count", .value = "2 or so"}};
    mu_lever_change whole[] = {
        {.in = MU_FACTOR_ROSTER, .pointer = "/members/two", .value = "null"}};
    mu_lever_change again[] = {
        {.in = MU_FACTOR_PLAYBOOK, .pointer = "/steps/call/unless", .value = "\"no\""}};
    mu_lever given[] = {
        {.id = "third"}, {.id = "one"}, {.id = "words"}, {.id = "whole"}, {.id = "again"}};
    given[0].changes.items = third;
    given[0].changes.count = 2;
    given[1].changes.items = one;
    given[2].changes.items = words;
    given[3].changes.items = whole;
    given[4].changes.items = again;
    for (int k = 1; k < 5; k++) {
        given[k].changes.count = 1;
    }
    mu_levers catalogue = {.id = "c"}, out;
    catalogue.levers.items = given;
    catalogue.levers.count = 5;
    const mu_hazop_finding findings[] = {
        {.deviation = number_of(&s.hazop, "person:two:lost"), .is_single = true},
        {.deviation = number_of(&s.hazop, "person:one:lost"), .is_single = false},
        {.deviation = number_of(&s.hazop, "step:call:lost"), .is_single = true},
        {.deviation = number_of(&s.hazop, "channel:line:lost"), .is_single = true}};
    ck_assert_int_eq(mu_hazop_remedies(&s.hazop, &catalogue, findings, 4, 2, s.arena, &out), MU_OK);
    const mu_lever *lever = find(&out, "person:two:lost+third");
    ck_assert_ptr_nonnull(lever);
    ck_assert_uint_eq(lever->changes.count, 2);
    ck_assert_str_eq(lever->changes.items[0].value, "2");
    ck_assert_str_eq(lever->changes.items[1].value, "\"a\"");
    ck_assert_ptr_nonnull(find(&out, "person:two:lost"));
    ck_assert_ptr_nonnull(find(&out, "person:two:lost+again"));
    ck_assert_ptr_null(find(&out, "person:two:lost+one"));
    ck_assert_ptr_null(find(&out, "person:two:lost+words"));
    ck_assert_ptr_null(find(&out, "person:two:lost+whole"));
    ck_assert_ptr_null(find(&out, "person:one:lost"));
    ck_assert_ptr_null(find(&out, "step:call:lost+again"));
    lever = find(&out, "step:call:lost+third");
    ck_assert_ptr_nonnull(lever);
    ck_assert_uint_eq(lever->changes.count, 3); /* both, and the loss */
    ck_assert_str_eq(lever->changes.items[0].value, "3");
    ck_assert_str_eq(lever->changes.items[2].value, "\"started\"");
    ck_assert_ptr_null(find(&out, "channel:line:lost")); /* two at the most were asked for */
    mu_arena_destroy(s.arena);
}
END_TEST

START_TEST(what_brings_back_most_comes_first) {
    mu_lever given[4] = {{.id = "a"}, {.id = "b"}, {.id = "c"}, {.id = "d"}};
    mu_levers catalogue = {.id = "c"};
    catalogue.levers.items = given;
    catalogue.levers.count = 4;
    double one[] = {1, 0, 2, 0}, two[] = {0.5, 0, 0, 1.5}, none[] = {9, 9, 9, 9};
    const mu_hazop_finding findings[] = {{.is_single = true, .each = one},
                                         {.is_single = true, .each = two},
                                         {.is_single = true},
                                         {.is_single = false, .each = none}};
    mu_hazop_remedy out[4];
    ck_assert_uint_eq(mu_hazop_rank(&catalogue, findings, 4, out), 3);
    ck_assert_uint_eq(out[0].lever, 2);
    ck_assert_uint_eq(out[1].lever, 0); /* as much as the next: in the order of the catalogue */
    ck_assert_uint_eq(out[1].points, 2);
    ck_assert_uint_eq(out[2].lever, 3);
    ck_assert_double_eq(out[1].back, 1.5);
    ck_assert_double_eq(out[2].back, 1.5);
}
END_TEST

START_TEST(each_kind_has_its_word_and_its_advice) {
    static const char *const kinds[] = {"step of a playbook", "person on duty", "channel",
                                        "equipment"};
    static const struct {
        mu_hazop_kind kind;
        mu_hazop_guide guide;
        const char *part;
    } advice[] = {{MU_HAZOP_STEP, MU_HAZOP_LATE, "deadline"},
                  {MU_HAZOP_STEP, MU_HAZOP_LOST, "second role"},
                  {MU_HAZOP_MEMBER, MU_HAZOP_WEAK, "spare radio"},
                  {MU_HAZOP_MEMBER, MU_HAZOP_LOST, "deputy"},
                  {MU_HAZOP_CHANNEL, MU_HAZOP_LATE, "second channel"},
                  {MU_HAZOP_EQUIPMENT, MU_HAZOP_WEAK, "second piece"}};
    for (int k = 0; k < MU_HAZOP_KINDS; k++) {
        ck_assert_str_eq(mu_hazop_say_kind((mu_hazop_kind)k), kinds[k]);
    }
    for (size_t k = 0; k < sizeof advice / sizeof advice[0]; k++) {
        ck_assert_ptr_nonnull(
            strstr(mu_hazop_advice(advice[k].kind, advice[k].guide), advice[k].part));
    }
    small s;
    make_all(&s);
    mu_said said;
    s.elements[TWO].name.en = "Gate";
    ck_assert_str_eq(mu_hazop_say(&s.hazop, number_of(&s.hazop, "person:two:weak"), "en", said),
                     "Gate: weaker");
    ck_assert_str_eq(mu_hazop_say(&s.hazop, number_of(&s.hazop, "step:call:late"), "en", said),
                     "call: late");
    ck_assert_str_eq(mu_hazop_say(&s.hazop, number_of(&s.hazop, "channel:line:lost"), "en", said),
                     "line: lost");
    mu_arena_destroy(s.arena);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("hazop");
    TCase *tests = tcase_create("hazop");
    tcase_add_test(tests, deviations_are_changes_of_files);
    tcase_add_test(tests, remedies_do_not_undo_what_is_lost);
    tcase_add_test(tests, what_brings_back_most_comes_first);
    tcase_add_test(tests, each_kind_has_its_word_and_its_advice);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
