/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The closed vocabularies: kinds of record, verbs, kinds of incident. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "drill/plan_inside.h"
#include "muster/log.h"
#include "policy/term.h"
#include "response/verb.h"
#include "runner.h"

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

START_TEST(terms_say_what_is_wrong_with_them) {
    static const struct {
        const char *text, *why;
        uint32_t words;
    } rows[] = {{"declared", NULL, 0},
                {"declared:red", NULL, 1},
                {"arrived:police@outer", NULL, 3},
                {"arrived:police@", "a word is missing after ':' or '@'", 3},
                {"declared:", "a word is missing after ':' or '@'", 3},
                {"notified:@outer", "a word is missing after ':' or '@'", 3},
                {"declare:red", "no such milestone", 3},
                {"due", "no such milestone", 3},
                {"", "no such milestone", 3}};
    mu_arena *arena = mu_arena_create();
    mu_words words = {0};
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        const char *why;
        ck_assert_int_eq(mu_term_collect(rows[k].text, &words, arena, &why), rows[k].why == NULL);
        if (rows[k].why == NULL) {
            ck_assert_ptr_null(why);
        } else {
            ck_assert_str_eq(why, rows[k].why);
        }
        ck_assert_uint_eq(words.count, rows[k].words);
    }
    mu_arena_destroy(arena);
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

START_TEST(kinds_of_incident_are_in_every_table) {
    const mu_incident last = {.kind = MU_INCIDENT_VEHICLE};
    mu_incident each = {0};
    for (; each.kind <= last.kind; each.kind++) {
        ck_assert_ptr_nonnull(mu_incident_kind_words[each.kind]);
        const mu_incident_words *words = mu_incident_words_of(&each);
        ck_assert_str_eq(words->started, mu_incident_kind_words[each.kind]);
        ck_assert(words->brings != NULL && words->speaks != NULL);
    }
    ck_assert_ptr_null(mu_incident_kind_words[each.kind]);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("vocabulary");
    TCase *vocabulary = tcase_create("vocabulary");
    tcase_add_test(vocabulary, record_kinds_are_found_by_token);
    tcase_add_test(vocabulary, terms_say_what_is_wrong_with_them);
    tcase_add_test(vocabulary, verbs_bring_about_milestones);
    tcase_add_test(vocabulary, kinds_of_incident_are_in_every_table);
    suite_add_tcase(suite, vocabulary);
    return run_suite(suite);
}
