/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tabletops of the head-office incident: branches part from what was and come to the same end where
 * nothing is done, acts change the run the same way every time, nothing that was written is lost,
 * and nothing hidden is in what everybody may see. MUSTER_SOURCE names the source folder. */
#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "drill/tabletop/inside.h"
#include "drill/tabletop/tabletop_findings.h"
#include "effort.h"
#include "loaded_plan.h"
#include "runner.h"

static mu_diags *diags;
static char path[] = "/tmp/muster-tabletop-XXXXXX";

static void load_and_name(int motion) {
    load_incident("scenarios/head-office/tabletop.json");
    plan->incident.motion = motion;
    diags = mu_diags_create();
    ck_assert_ptr_nonnull(diags);
    const int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    (void)close(file);
}

static void load_by_walk(void) {
    load_and_name(EFFORT(MU_MOTION_WALK, MU_MOTION_FLOW));
}

static void load_by_flow(void) {
    load_and_name(MU_MOTION_FLOW);
}

static void forget(void) {
    (void)remove(path);
    mu_diags_destroy(diags);
    drop_plan();
}

static mu_tabletop_def def_of(void) {
    return (mu_tabletop_def){.session = mu_default_session_def(plan),
                             .path = path,
                             .incident = "tabletop.json",
                             .program = "test",
                             .wall_s = 1000};
}

static mu_tabletop *open_table(void) {
    const mu_tabletop_def def = def_of();
    mu_tabletop *t = NULL;
    ck_assert_int_eq(mu_tabletop_create(&def, &t, diags), MU_OK);
    return t;
}

static mu_tabletop *open_again(void) {
    const mu_tabletop_def def = def_of();
    mu_tabletop *t = NULL;
    ck_assert_int_eq(mu_tabletop_resume(&def, &t, diags), MU_OK);
    return t;
}

static void go(mu_tabletop *t, double minutes) {
    mu_session *session = mu_tabletop_session(t, mu_tabletop_here(t));
    (void)mu_session_look_ahead(session, 20000);
    ck_assert(mu_session_seek(session, mu_time_from_s(minutes * 60), 0));
    mu_tabletop_seen(t);
}

static uint64_t hash_of(const mu_tabletop *t) {
    return mu_session_hash(mu_tabletop_session(t, mu_tabletop_here(t)));
}

/* A door of the lobby, as an act. */
static mu_act closing(const mu_tabletop *t) {
    mu_act act[1];
    ck_assert_uint_eq(
        mu_session_choices(mu_tabletop_session(t, mu_tabletop_here(t)), MU_ACT_CLOSE, 0, act, 1),
        1);
    return act[0];
}

static void decide(mu_tabletop *t, const char *what, mu_act act) {
    mu_entry entry = {.kind = MU_ENTRY_DECISION, .act = act};
    entry.said[MU_SAID_WHO] = "总指挥";
    entry.said[MU_SAID_WHAT] = what;
    ck_assert_int_eq(mu_tabletop_enter(t, &entry), MU_OK);
}

START_TEST(branch_without_an_act_comes_to_the_same_end) {
    mu_tabletop *t = open_table();
    go(t, 11);
    ck_assert_int_eq(mu_tabletop_part(t, NULL), MU_OK);
    ck_assert_str_eq(mu_tabletop_branch(t, 1)->name, "B");
    go(t, 30);
    const uint64_t child = hash_of(t);
    go(t, 5); /* before it parted: its parent's copies serve */
    go(t, 30);
    ck_assert_uint_eq(hash_of(t), child);
    mu_tabletop_go(t, 0);
    go(t, 30);
    ck_assert_uint_eq(hash_of(t), child);
    mu_tabletop_destroy(t);
}
END_TEST

START_TEST(acts_are_the_same_whichever_way_one_comes) {
    mu_tabletop *t = open_table();
    go(t, 30);
    const uint64_t untouched = hash_of(t);
    go(t, 6);
    decide(t, "close it", closing(t)); /* seen beyond: begins a branch */
    ck_assert_uint_eq(mu_tabletop_here(t), 1);
    go(t, 30);
    const uint64_t touched = hash_of(t);
    ck_assert_uint_ne(touched, untouched);
    go(t, 2);
    go(t, 6);
    go(t, 30);
    ck_assert_uint_eq(hash_of(t), touched);
    mu_tabletop_go(t, 0);
    go(t, 30);
    ck_assert_uint_eq(hash_of(t), untouched);
    mu_tabletop_destroy(t);
}
END_TEST

/* Nothing is left to happen at the end that is known, unless somebody acts there. */
START_TEST(at_the_known_end_one_can_act) {
    mu_tabletop *t = open_table();
    mu_session *session = mu_tabletop_session(t, mu_tabletop_here(t));
    while (!mu_session_look_ahead(session, 20000)) {
    }
    const mu_time end = mu_session_known(session);
    ck_assert(mu_session_seek(session, end, 0));
    const uint64_t before = mu_session_hash(session);
    const mu_act act = closing(t);
    ck_assert(mu_session_can_act(session, &act));
    decide(t, "close it", act);
    go(t, mu_time_to_s(end) / 60 + 1);
    ck_assert_uint_ne(hash_of(t), before);
    mu_tabletop_destroy(t);
}
END_TEST

START_TEST(a_session_goes_on_where_it_was) {
    mu_tabletop *t = open_table();
    go(t, 8);
    ck_assert_int_eq(mu_tabletop_send(t, 0), MU_OK);
    decide(t, "封闭大堂 \"now\"", closing(t));
    go(t, 20);
    ck_assert_int_eq(mu_tabletop_part(t, "evening"), MU_OK);
    go(t, 25);
    const char *typed[MU_SAID_COUNT] = {"秘书", "half a sent", NULL, NULL};
    ck_assert_int_eq(mu_tabletop_type(t, MU_ENTRY_NOTE, typed), MU_OK);
    const uint64_t hash = hash_of(t);
    const uint32_t entries = mu_tabletop_entry_count(t);
    mu_tabletop_destroy(t); /* writes nothing: as if killed */

    FILE *torn = fopen(path, "a");
    ck_assert_ptr_nonnull(torn);
    ck_assert_int_ge(fprintf(torn, "{\"kind\":\"deci"), 0);
    ck_assert_int_eq(fclose(torn), 0);

    t = open_again();
    ck_assert_uint_eq(mu_tabletop_entry_count(t), entries);
    ck_assert_uint_eq(mu_tabletop_branch_count(t), 2);
    ck_assert_str_eq(mu_tabletop_branch(t, 1)->name, "evening");
    ck_assert_str_eq(mu_tabletop_entry(t, 1)->said[MU_SAID_WHAT], "封闭大堂 \"now\"");
    ck_assert_ptr_nonnull(mu_tabletop_draft(t));
    ck_assert_str_eq(mu_tabletop_draft(t)->said[MU_SAID_WHAT], "half a sent");
    go(t, 25);
    ck_assert_uint_eq(hash_of(t), hash);
    decide(t, "later", (mu_act){0});
    mu_tabletop_destroy(t);
    t = open_again();
    ck_assert_uint_eq(mu_tabletop_entry_count(t), entries + 1);
    mu_tabletop_destroy(t);
}
END_TEST

/* At, below and above MU_BRANCHES_MOST; what is one too many is not in the session's file either.
 */
START_TEST(branches_end) {
    mu_tabletop *t = open_table();
    for (uint32_t count = 1; count < MU_BRANCHES_MOST; count++) {
        ck_assert_int_eq(mu_tabletop_part(t, NULL), MU_OK);
        ck_assert_uint_eq(mu_tabletop_branch_count(t), count + 1);
    }
    const uint32_t entries = mu_tabletop_entry_count(t);
    ck_assert_int_eq(mu_tabletop_part(t, NULL), MU_ERR_LIMIT);
    ck_assert_uint_eq(mu_tabletop_branch_count(t), MU_BRANCHES_MOST);
    ck_assert_uint_eq(mu_tabletop_entry_count(t), entries);
    mu_tabletop_destroy(t);
    t = open_again();
    ck_assert_uint_eq(mu_tabletop_branch_count(t), MU_BRANCHES_MOST);
    ck_assert_uint_eq(mu_tabletop_entry_count(t), entries);
    mu_tabletop_destroy(t);
}
END_TEST

START_TEST(injects_wait_are_put_off_skipped_and_sent) {
    mu_tabletop *t = open_table();
    ck_assert_uint_ge(mu_tabletop_inject_count(t), 3);
    const mu_time planned = mu_tabletop_inject(t, 1, "en").due_us;
    ck_assert_int_eq(mu_tabletop_postpone(t, 1, 60 * MU_SECOND), MU_OK);
    ck_assert_int_eq(mu_tabletop_inject(t, 1, "en").due_us, planned + 60 * MU_SECOND);
    go(t, 3);
    ck_assert_int_eq(mu_tabletop_part(t, NULL), MU_OK);
    ck_assert_int_eq(mu_tabletop_skip(t, 2), MU_OK);
    ck_assert_uint_eq(mu_tabletop_inject(t, 2, "en").state, MU_INJECT_SKIPPED);
    mu_tabletop_go(t, 0); /* in the first branch it still waits, and is put off all the same */
    ck_assert_uint_eq(mu_tabletop_inject(t, 2, "en").state, MU_INJECT_WAITING);
    ck_assert_int_eq(mu_tabletop_inject(t, 1, "en").due_us, planned + 60 * MU_SECOND);
    mu_tabletop_destroy(t);
}
END_TEST

START_TEST(nothing_hidden_is_public) {
    mu_tabletop *t = open_table();
    mu_public shown;
    go(t, 2); /* the item stands there, and nobody has noticed it */
    ck_assert_uint_gt(mu_session_frame(mu_tabletop_session(t, 0), "en")->hazard_count, 0);
    ck_assert(mu_tabletop_public(t, "en", &shown));
    ck_assert_uint_eq(shown.frame.hazard_count, 0);
    ck_assert(!shown.has_inject);
    ck_assert_int_eq(mu_tabletop_send(t, 0), MU_OK);
    ck_assert(mu_tabletop_public(t, "en", &shown));
    ck_assert(shown.has_inject);
    go(t, 29);
    ck_assert(mu_tabletop_public(t, "en", &shown));
    ck_assert_uint_gt(shown.frame.hazard_count, 0);
    decide(t, "later", (mu_act){0});
    ck_assert(mu_session_seek(mu_tabletop_session(t, 0), 60 * MU_SECOND, 0));
    ck_assert(mu_tabletop_public(t, "en", &shown)); /* before all of it */
    ck_assert(!shown.has_inject);
    ck_assert_uint_eq(shown.decision_count, 0);
    mu_tabletop_destroy(t);
}
END_TEST

static mu_tabletop *open_campus(const char *incident) {
    drop_plan();
    load_incident(incident);
    plan->incident.motion = MU_MOTION_FLOW;
    return open_table();
}

static const mu_frame_clock *clock_of(const mu_frame *frame, const char *clause) {
    for (uint32_t c = 0; c < frame->clock_count; c++) {
        if (strcmp(plan->policy.clauses.items[frame->clocks[c].clause].id, clause) == 0) {
            return &frame->clocks[c];
        }
    }
    return NULL;
}

/* What sensors have to find within seconds runs from the intruder's first touch, of which nobody
 * knows yet; what has begun in the open is shown all the same. */
START_TEST(clocks_of_what_is_hidden_are_not_public) {
    mu_tabletop *t = open_campus("scenarios/campus/intruder.json");
    mu_session *session = mu_tabletop_session(t, 0);
    mu_public shown;
    while (!mu_session_look_ahead(session, 100000)) {
    }
    mu_time at_us = MU_NEVER;
    for (uint32_t r = 0; r < mu_log_count(session->ahead_log) && at_us == MU_NEVER; r++) {
        const mu_record *record = mu_log_get(session->ahead_log, r);
        at_us = record->kind == MU_RECORD_DISTURBED ? record->time_us : MU_NEVER;
    }
    ck_assert(mu_session_seek(session, at_us, 0));
    const mu_frame *frame = mu_session_frame(session, "en");
    ck_assert_uint_gt(frame->hazard_count, 0);
    ck_assert_ptr_nonnull(clock_of(frame, "3.3.3a"));
    ck_assert(mu_tabletop_public(t, "en", &shown));
    ck_assert_uint_eq(shown.frame.hazard_count, 0);
    ck_assert_ptr_null(clock_of(&shown.frame, "3.3.3a"));
    mu_record declared = {.kind = MU_RECORD_DECLARED, .time_us = at_us, .cause = 0};
    for (uint32_t c = 0; c < plan->policy.clauses.count; c++) {
        if (strcmp(plan->policy.clauses.items[c].id, "3.2.1c") == 0) {
            declared.object = MU_HANDLE(MU_THING_WORD, plan->clauses[c].start.object);
        }
    }
    (void)mu_log_append(session->shown_log, &declared);
    ck_assert(mu_tabletop_public(t, "en", &shown));
    ck_assert_uint_eq(shown.frame.hazard_count, 0);
    ck_assert_ptr_nonnull(clock_of(&shown.frame, "3.2.1c"));
    ck_assert_ptr_null(clock_of(&shown.frame, "3.3.3a"));
    mu_tabletop_destroy(t);
}
END_TEST

/* Who is hurt and has not been found looks like anybody else; nobody is lost from the count. */
START_TEST(casualties_are_public_once_they_are_found) {
    mu_tabletop *t = open_campus("scenarios/campus/explosion.json");
    mu_session *session = mu_tabletop_session(t, 0);
    mu_public shown;
    ck_assert(mu_session_seek(session, 360 * MU_SECOND, 0));
    const mu_frame frame = *mu_session_frame(session, "en");
    uint32_t unfound = 0, found = 0;
    for (uint32_t p = 0; p < frame.people_count; p++) {
        unfound += frame.people[p].tag == MU_TAG_UNFOUND;
        found += frame.people[p].tag == MU_TAG_FOUND;
    }
    ck_assert_uint_gt(unfound, 0);
    ck_assert(mu_tabletop_public(t, "en", &shown));
    ck_assert_uint_eq(shown.frame.people_count, frame.people_count);
    for (uint32_t p = 0; p < frame.people_count; p++) {
        const mu_frame_person *one = &shown.frame.people[p];
        ck_assert_int_ne(one->tag, MU_TAG_UNFOUND);
        found -= one->tag == MU_TAG_FOUND;
    }
    ck_assert_uint_eq(found, 0);
    ck_assert_uint_eq(shown.frame.counts.hurt + unfound, frame.counts.hurt);
    ck_assert_uint_eq(shown.frame.counts.usual, frame.counts.usual + unfound);
    mu_tabletop_destroy(t);
}
END_TEST

/* It is there once the inject is sent, not before and not twice; and nobody has noticed it yet. */
START_TEST(an_inject_puts_the_second_item_there) {
    mu_tabletop *t = open_table();
    mu_act act;
    mu_public shown;
    go(t, 2);
    mu_session *session = mu_tabletop_session(t, 0);
    const uint32_t before = mu_session_frame(session, "en")->hazard_count;
    ck_assert_uint_eq(mu_session_choices(session, MU_ACT_PLACE, 0, &act, 1), 1);
    ck_assert_int_eq(mu_tabletop_send(t, 4), MU_OK);
    go(t, 2.1);
    ck_assert_uint_eq(mu_session_frame(session, "en")->hazard_count, before + 1);
    ck_assert_uint_eq(mu_session_choices(session, MU_ACT_PLACE, 0, &act, 1), 0);
    ck_assert(mu_tabletop_public(t, "en", &shown));
    ck_assert_uint_eq(shown.frame.hazard_count, 0);
    mu_tabletop_destroy(t);
}
END_TEST

/* --- what each act does --- */

enum { ACTS_MOST = 64 };

static bool offers(const mu_session *session, mu_act_kind kind, mu_handle what) {
    mu_act acts[ACTS_MOST];
    const uint32_t count = mu_session_choices(session, kind, 60, acts, ACTS_MOST);
    for (uint32_t k = 0; k < count; k++) {
        if (acts[k].what == what) {
            return true;
        }
    }
    return false;
}

/* Does the first act of a kind that there is, or that on `what`, and lets a minute pass. */
static mu_act do_one(mu_tabletop *t, mu_act_kind kind, mu_handle what, const char *says) {
    mu_act acts[ACTS_MOST];
    mu_session *session = mu_tabletop_session(t, mu_tabletop_here(t));
    uint32_t count = mu_session_choices(session, kind, 120, acts, ACTS_MOST), k = 0;
    while (what != 0 && k < count && acts[k].what != what) {
        k++;
    }
    ck_assert_uint_lt(k, count);
    const char *said = mu_session_say_act(session, &acts[k], "en");
    ck_assert_msg(strncmp(said, says, strlen(says)) == 0, "%s", said);
    decide(t, said, acts[k]);
    const double now_s = mu_time_to_s(mu_session_now(session));
    go(t, (now_s + 60) / 60);
    return acts[k];
}

/* The first record of a kind that the last act brought about, or that comes of what it did. */
static const mu_record *came_of_it(const mu_tabletop *t, mu_record_kind kind) {
    const mu_log *log = mu_session_log(mu_tabletop_session(t, mu_tabletop_here(t)));
    uint32_t act = MU_NO_RECORD;
    for (uint32_t r = 0; r < mu_log_count(log); r++) {
        act = mu_log_get(log, r)->kind == MU_RECORD_INTERVENED ? r : act;
    }
    ck_assert_uint_ne(act, MU_NO_RECORD);
    for (uint32_t r = act; r < mu_log_count(log); r++) {
        uint32_t from = mu_log_get(log, r)->kind == kind ? r : MU_NO_RECORD;
        while (from != MU_NO_RECORD && from > act) {
            from = mu_log_get(log, from)->cause;
        }
        if (from == act) {
            return mu_log_get(log, r);
        }
    }
    return NULL;
}

START_TEST(doors_and_channels_fail_and_work_again) {
    mu_tabletop *t = open_table();
    go(t, 2);
    mu_act act = do_one(t, MU_ACT_CLOSE, 0, "Closed: ");
    const mu_session *session = mu_tabletop_session(t, 0);
    ck_assert(!offers(session, MU_ACT_CLOSE, act.what));
    ck_assert(offers(session, MU_ACT_OPEN, act.what));
    do_one(t, MU_ACT_OPEN, act.what, "Opened: ");
    ck_assert(offers(session, MU_ACT_CLOSE, act.what));
    ck_assert(!offers(session, MU_ACT_OPEN, act.what));
    do_one(t, MU_ACT_CUT, 0, "Fails: mains power");
    ck_assert_ptr_nonnull(came_of_it(t, MU_RECORD_OUTAGE));
    ck_assert(!offers(session, MU_ACT_CUT, 0) && offers(session, MU_ACT_RESTORE, 0));
    act = do_one(t, MU_ACT_CUT, MU_HANDLE(MU_THING_CHANNEL, 0), "Fails: ");
    ck_assert(offers(session, MU_ACT_RESTORE, act.what));
    do_one(t, MU_ACT_RESTORE, act.what, "Works again: ");
    ck_assert_ptr_nonnull(came_of_it(t, MU_RECORD_BACK));
    ck_assert(offers(session, MU_ACT_CUT, act.what));
    ck_assert(offers(session, MU_ACT_RESTORE, 0)); /* the mains are still down */
    mu_tabletop_destroy(t);
}
END_TEST

START_TEST(levels_are_declared_and_units_called_by_hand) {
    mu_tabletop *t = open_table();
    go(t, 1);
    mu_act act = do_one(t, MU_ACT_DECLARE, 0, "Declared: ");
    const mu_record *declared = came_of_it(t, MU_RECORD_DECLARED);
    ck_assert_ptr_nonnull(declared);
    ck_assert_uint_eq(declared->object, act.what);
    act = do_one(t, MU_ACT_SUMMON, 0, "Called: ");
    const mu_session *session = mu_tabletop_session(t, 0);
    ck_assert(!offers(session, MU_ACT_SUMMON, act.what)); /* once is enough */
    go(t, 25);
    ck_assert_ptr_nonnull(came_of_it(t, MU_RECORD_DISPATCHED));
    ck_assert_ptr_nonnull(came_of_it(t, MU_RECORD_ON_SITE));
    mu_tabletop_destroy(t);
}
END_TEST

START_TEST(steps_begin_and_are_called_off_by_hand) {
    mu_tabletop *t = open_table();
    go(t, 2);
    mu_act act = do_one(t, MU_ACT_START, 0, "Begun: ");
    const mu_record *due = came_of_it(t, MU_RECORD_DUE);
    ck_assert_ptr_nonnull(due);
    ck_assert_uint_eq(due->step, act.what);
    const mu_session *session = mu_tabletop_session(t, 0);
    for (double minutes = 4; !offers(session, MU_ACT_CALL_OFF, act.what) && minutes < 20;
         minutes++) { /* it may be over within the minute: then the next that is under way */
        mu_act one;
        if (mu_session_choices(session, MU_ACT_CALL_OFF, 0, &one, 1) == 1) {
            act = one;
        } else {
            go(t, minutes);
        }
    }
    do_one(t, MU_ACT_CALL_OFF, act.what, "Called off: ");
    const mu_record *off = came_of_it(t, MU_RECORD_CALLED_OFF);
    ck_assert_ptr_nonnull(off);
    ck_assert_uint_eq(off->step, act.what);
    ck_assert(offers(session, MU_ACT_START, act.what));
    mu_tabletop_destroy(t);
}
END_TEST

static mu_time unit_on_site(const mu_tabletop *t) {
    const mu_log *log = mu_session_log(mu_tabletop_session(t, mu_tabletop_here(t)));
    for (uint32_t r = 0; r < mu_log_count(log); r++) {
        if (mu_log_get(log, r)->kind == MU_RECORD_ON_SITE) {
            return mu_log_get(log, r)->time_us;
        }
    }
    return MU_NEVER;
}

START_TEST(a_unit_that_is_held_up_comes_so_much_later) {
    mu_tabletop *t = open_table();
    go(t, 40);
    const mu_time before = unit_on_site(t);
    ck_assert_int_ne(before, MU_NEVER);
    go(t, 1);
    mu_act acts[ACTS_MOST];
    const uint32_t count =
        mu_session_choices(mu_tabletop_session(t, 0), MU_ACT_DELAY, 120, acts, ACTS_MOST);
    ck_assert_uint_gt(count, 0);
    for (uint32_t k = 0; k < count; k++) { /* all of them, so that the first is among them */
        ck_assert_uint_eq(acts[k].by_s, 120);
        mu_session *session = mu_tabletop_session(t, mu_tabletop_here(t));
        const char *said = mu_session_say_act(session, &acts[k], "en");
        ck_assert_msg(strncmp(said, "Delayed by 2 min: ", 18) == 0, "%s", said);
        decide(t, said, acts[k]);
    }
    go(t, 45);
    ck_assert_int_eq(unit_on_site(t) - before, 120 * MU_SECOND);
    mu_tabletop_destroy(t);
}
END_TEST

static uint32_t in_state(const mu_tabletop *t, mu_occupant_state state) {
    const mu_session *session = mu_tabletop_session(t, 0);
    const mu_log *log = mu_session_log(session);
    uint32_t count = 0;
    for (uint32_t p = 0; p < plan->people.list.count; p++) {
        const mu_person *person = &plan->people.list.items[p];
        uint32_t now = (uint32_t)mu_occupant_state_at_first(person);
        for (uint32_t r = 0; r < mu_log_count(log); r++) {
            const mu_record *record = mu_log_get(log, r);
            if (record->kind == MU_RECORD_STATE &&
                record->subject == MU_HANDLE(MU_THING_PERSON, p)) {
                now = (uint32_t)record->value;
            }
        }
        count += person->kind == MU_PERSON_OCCUPANT && now == (uint32_t)state;
    }
    return count;
}

/* A coach of visitors: nobody before, all of them once, on the way to the lobby, with the act as
 * the cause; and in the count of those on the site. */
START_TEST(more_visitors_come) {
    enum { COACH = 24 };
    mu_tabletop *t = open_table();
    mu_act act;
    go(t, 2);
    mu_session *session = mu_tabletop_session(t, 0);
    ck_assert_uint_eq(mu_session_choices(session, MU_ACT_ARRIVE, 0, &act, 1), 1);
    /* As a report asks, which draws no frame before. */
    ck_assert_str_eq(mu_session_say_act(session, &act, "en"), "Arrive: Visitors who come by coach");
    const mu_frame *frame = mu_session_frame(session, "en");
    const uint32_t before = frame->people_count;
    ck_assert_uint_eq(frame->counts.expected, COACH);
    ck_assert_uint_eq(in_state(t, MU_OCCUPANT_EXPECTED), COACH);
    ck_assert_int_eq(mu_tabletop_send(t, 5), MU_OK);
    const uint64_t hash = mu_session_hash(session);
    go(t, 2.2);
    frame = mu_session_frame(session, "en");
    ck_assert_uint_eq(frame->counts.expected, 0);
    ck_assert_uint_eq(frame->people_count, before + COACH);
    ck_assert_uint_eq(in_state(t, MU_OCCUPANT_EXPECTED), 0);
    uint32_t walking = 0;
    for (uint32_t p = 0; p < frame->people_count; p++) {
        const mu_person *person = &plan->people.list.items[frame->people[p].person];
        walking += person->later != 0 && frame->people[p].walking != 0;
    }
    ck_assert_uint_gt(walking, COACH / 2);
    ck_assert_uint_eq(mu_session_choices(session, MU_ACT_ARRIVE, 0, &act, 1), 0);
    go(t, 1);
    ck_assert_uint_eq(mu_session_frame(session, "en")->counts.expected, COACH);
    go(t, 2);
    ck_assert_uint_eq(mu_session_hash(session), hash);
    mu_tabletop_destroy(t);
}
END_TEST

START_TEST(a_branch_is_judged_as_a_run_is) {
    mu_tabletop *t = open_table();
    while (!mu_session_look_ahead(mu_tabletop_session(t, 0), 100000)) {
    }
    const mu_time end = mu_session_known(mu_tabletop_session(t, 0));
    go(t, (double)end / (60.0 * (double)MU_SECOND) + 1);
    mu_findings *findings = NULL;
    mu_session *session = NULL;
    mu_run_end run;
    ck_assert_int_eq(mu_tabletop_judge(t, 0, &findings, &session, &run), MU_OK);
    mu_findings *whole = NULL;
    ck_assert_int_eq(mu_study_run(plan, (uint64_t)plan->incident.seed, 1, 1, NULL, &whole, diags),
                     MU_OK);
    ck_assert_uint_eq(findings->replicates[0].state_hash, whole->replicates[0].state_hash);
    for (uint32_t c = 0; c < plan->policy.clauses.count; c++) {
        ck_assert_uint_eq(findings->clauses[c].verdict, whole->clauses[c].verdict);
    }
    mu_findings_destroy(findings);
    mu_findings_destroy(whole);
    mu_session_destroy(session);
    mu_tabletop_destroy(t);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("tabletop");
    /* What goes back and forth in a run, or holds it against another, meets both motions; by walk a
     * run takes six times as long. */
    TCase *walked = tcase_create("by walk");
    tcase_set_timeout(walked, 120);
    tcase_add_checked_fixture(walked, load_by_walk, forget);
    tcase_add_test(walked, branch_without_an_act_comes_to_the_same_end);
    tcase_add_test(walked, acts_are_the_same_whichever_way_one_comes);
    tcase_add_test(walked, a_branch_is_judged_as_a_run_is);
    TCase *table = tcase_create("by flow");
    tcase_set_timeout(table, 120);
    tcase_add_checked_fixture(table, load_by_flow, forget);
    tcase_add_test(table, at_the_known_end_one_can_act);
    tcase_add_test(table, a_session_goes_on_where_it_was);
    tcase_add_test(table, branches_end);
    tcase_add_test(table, injects_wait_are_put_off_skipped_and_sent);
    tcase_add_test(table, nothing_hidden_is_public);
    tcase_add_test(table, clocks_of_what_is_hidden_are_not_public);
    tcase_add_test(table, casualties_are_public_once_they_are_found);
    tcase_add_test(table, an_inject_puts_the_second_item_there);
    tcase_add_test(table, doors_and_channels_fail_and_work_again);
    tcase_add_test(table, levels_are_declared_and_units_called_by_hand);
    tcase_add_test(table, steps_begin_and_are_called_off_by_hand);
    tcase_add_test(table, a_unit_that_is_held_up_comes_so_much_later);
    tcase_add_test(table, more_visitors_come);
    suite_add_tcase(suite, walked);
    suite_add_tcase(suite, table);
    return run_suite(suite);
}
