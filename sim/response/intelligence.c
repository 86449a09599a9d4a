/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A step of a playbook that waits for an analyst goes before the desk's own work. */
#include "response/intelligence.h"

#include <math.h>

#include "core/field.h"
#include "core/i18n.h"
#include "response/inside.h"

static const char *const level_words[MU_TIP_LEVELS + 1] = {"yellow", "orange", "red", NULL};

static const mu_field tip_fields[] = {
    {MU_FIELD_AT(mu_tip, id), .kind = MU_FIELD_ID, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Name by which other records refer to it")},
    {MU_FIELD_AT(mu_tip, at_s), .kind = MU_FIELD_REAL, .least = 0, .most = 604800, .unit = "s",
     .meaning = N_("When it comes in, from the start of the incident")},
    {MU_FIELD_AT(mu_tip, from), .kind = MU_FIELD_WORD, .flags = MU_FIELD_REQUIRED,
     .meaning = N_("Who it comes from: police, open_source, staff")},
    {MU_FIELD_AT(mu_tip, age_s), .kind = MU_FIELD_DIST, .least = 0, .most = 604800, .unit = "s",
     .meaning = N_("How old what it tells is by then")},
    {MU_FIELD_AT(mu_tip, level), .kind = MU_FIELD_ENUM, .flags = MU_FIELD_REQUIRED,
     .names = level_words,
     .meaning = N_("How far the desk's work bears it out: yellow screened, orange assessed, red "
                   "confirmed")},
    {MU_FIELD_AT(mu_tip, good_for_s), .kind = MU_FIELD_REAL, .least = 0, .most = 604800,
     .unit = "s", .meaning = N_("Once it is older the desk puts it aside; 0: it is always of use")},
};

const mu_record_type mu_tip_type = {
    .name = "tip",
    .meaning = N_("A report that reaches the intelligence desk"),
    .size = sizeof(mu_tip),
    MU_FIELD_ROWS(tip_fields),
    .defines = MU_ENTITY_NONE,
    MU_FIELD_NO_ORIGIN,
};

static mu_tip_now *tips(const mu_sim *sim) {
    return mu_world_section(&sim->world, MU_SECTION_TIP);
}

static uint32_t given_count(const mu_sim *sim) {
    return sim->response->tip_count;
}

static uint32_t all_count(const mu_sim *sim) {
    return given_count(sim) == 0 ? 0 : given_count(sim) + MU_TIP_OTHERS_MOST;
}

static bool is_other(const mu_sim *sim, uint32_t tip) {
    return tip >= given_count(sim);
}

static const mu_intelligence_desk *desk(const mu_sim *sim) {
    return &sim->site->intelligence_desk;
}

void mu_intelligence_register(const mu_response_plan *plan, mu_layout *layout) {
    if (plan->tip_count > 0) {
        mu_layout_add(layout, MU_SECTION_TIP, sizeof(mu_tip_now),
                      plan->tip_count + MU_TIP_OTHERS_MOST);
    }
}

/* Every draw about a report: how old it is, how long each level takes, whether another goes on. */
static void open_stream(const mu_sim *sim, mu_stream *stream, uint32_t tip, uint32_t what) {
    const bool other = is_other(sim, tip);
    mu_sim_stream(sim, stream, MU_PURPOSE_TIP,
                  mu_name_hash(other ? "others" : sim->response->tips[tip].id),
                  other ? tips(sim)[tip].serial * 8 + what : what);
}

static void schedule_other(mu_sim *sim) {
    const double per_h = desk(sim)->others_per_h;
    if (per_h > 0) {
        mu_stream stream;
        mu_sim_stream(sim, &stream, MU_PURPOSE_TIP, mu_name_hash("when"),
                      tips(sim)[given_count(sim)].come++);
        const mu_dist gap = {.kind = MU_DIST_EXPONENTIAL, .a = 3600 / per_h};
        mu_sim_schedule(sim, mu_time_from_s(mu_dist_draw(&gap, &stream.rng)), MU_EVENT_TIP_OTHER, 0,
                        MU_NO_RECORD, 0);
    }
}

void mu_intelligence_begin(mu_sim *sim) {
    for (uint32_t t = 0; t < all_count(sim); t++) {
        tips(sim)[t] =
            (mu_tip_now){.request = MU_NO_RECORD, .granted = MU_NO_RECORD, .person = MU_NONE};
    }
    for (uint32_t t = 0; t < given_count(sim); t++) {
        mu_sim_schedule(sim, mu_time_from_s(sim->response->tips[t].at_s), MU_EVENT_TIP_COMES, t,
                        MU_NO_RECORD, 0);
    }
    if (given_count(sim) > 0) {
        schedule_other(sim);
    }
}

static void ask(mu_sim *sim, uint32_t tip, uint32_t cause) {
    mu_tip_now *now = &tips(sim)[tip];
    now->state = MU_TIP_WAITS;
    now->request = mu_sim_record(sim, MU_RECORD_REQUESTED, cause, 0, mu_word_named(sim, "tip"), 0);
    mu_intelligence_retry(sim);
}

static uint32_t age_s(const mu_sim *sim, uint32_t tip) {
    return (uint32_t)lround(mu_time_to_s(mu_sim_now(sim) - tips(sim)[tip].seen_us));
}

void mu_intelligence_on_tip(mu_sim *sim, const mu_event *event) {
    const uint32_t tip = event->subject;
    const mu_tip *given = &sim->response->tips[tip];
    mu_stream stream;
    open_stream(sim, &stream, tip, 0);
    tips(sim)[tip].seen_us =
        mu_sim_now(sim) - mu_time_from_s(mu_dist_draw(&given->age_s, &stream.rng));
    ask(sim, tip,
        mu_sim_write(sim, (mu_record){.kind = MU_RECORD_RECEIVED,
                                      .cause = MU_NO_RECORD,
                                      .object = mu_word_named(sim, "tip"),
                                      .place = mu_word_named(sim, given->from),
                                      .value = age_s(sim, tip)}));
}

void mu_intelligence_on_other(mu_sim *sim, const mu_event *event) {
    (void)event;
    const uint32_t serial = tips(sim)[given_count(sim)].come;
    schedule_other(sim);
    for (uint32_t t = given_count(sim); t < all_count(sim); t++) {
        mu_tip_now *now = &tips(sim)[t];
        if (now->state == MU_TIP_NOT_HERE) {
            now->serial = serial;
            now->level = MU_TIP_YELLOW;
            now->seen_us = mu_sim_now(sim);
            ask(sim, t,
                mu_sim_record(sim, MU_RECORD_FALSE_ALARM, MU_NO_RECORD, 0,
                              mu_word_named(sim, "tip"), 0));
            return;
        }
    }
}

static bool goes_first(const mu_tip_now *a, const mu_tip_now *b) {
    return a->level > b->level || (a->level == b->level && a->request < b->request);
}

static uint32_t next_waiting(const mu_sim *sim) {
    uint32_t best = MU_NONE;
    for (uint32_t t = 0; t < all_count(sim); t++) {
        if (tips(sim)[t].state == MU_TIP_WAITS &&
            (best == MU_NONE || goes_first(&tips(sim)[t], &tips(sim)[best]))) {
            best = t;
        }
    }
    return best;
}

static const mu_dist *work_of(const mu_sim *sim, uint32_t level) {
    return level == MU_TIP_YELLOW   ? &desk(sim)->screen_s
           : level == MU_TIP_ORANGE ? &desk(sim)->assess_s
                                    : &desk(sim)->confirm_s;
}

static void work_on(mu_sim *sim, uint32_t tip, uint32_t person) {
    mu_tip_now *now = &tips(sim)[tip];
    mu_hand *hand = &mu_hands(sim)[person];
    const bool waited = hand->freed != MU_NO_RECORD && hand->freed > now->request;
    now->granted = mu_sim_write(sim, (mu_record){.kind = MU_RECORD_GRANTED,
                                                 .cause = now->request,
                                                 .subject = MU_HANDLE(MU_THING_PERSON, person),
                                                 .object = mu_word_named(sim, "tip"),
                                                 .holder = waited ? hand->held_by : 0});
    now->state = MU_TIP_WORKED;
    now->person = person;
    hand->state = MU_HAND_ROUTINE;
    mu_stream stream;
    open_stream(sim, &stream, tip, 1 + now->level);
    mu_sim_schedule(sim, mu_time_from_s(mu_dist_draw(work_of(sim, now->level), &stream.rng)),
                    MU_EVENT_TIP_WORKED, tip, now->granted, 0);
}

void mu_intelligence_retry(mu_sim *sim) {
    const uint32_t role =
        given_count(sim) > 0 ? mu_people_role(sim->people, desk(sim)->role) : MU_NONE;
    while (role != MU_NONE) {
        const uint32_t tip = next_waiting(sim);
        const uint32_t person = tip == MU_NONE ? MU_NONE : mu_crew_find_free(sim, role);
        if (person == MU_NONE) {
            return;
        }
        work_on(sim, tip, person);
    }
}

static bool is_stale(const mu_sim *sim, uint32_t tip) {
    const double good_for_s = is_other(sim, tip) ? 0 : sim->response->tips[tip].good_for_s;
    return good_for_s > 0 && age_s(sim, tip) > good_for_s;
}

/* Does the work on this level bear it out? */
static bool bears_out(const mu_sim *sim, uint32_t tip) {
    const uint32_t level = tips(sim)[tip].level;
    if (!is_other(sim, tip)) {
        return level <= (uint32_t)sim->response->tips[tip].level;
    }
    const double goes_on = level == MU_TIP_YELLOW   ? desk(sim)->others_screened
                           : level == MU_TIP_ORANGE ? desk(sim)->others_assessed
                                                    : 0;
    mu_stream stream;
    open_stream(sim, &stream, tip, 5 + level);
    return mu_stream_uniform(&stream) < goes_on;
}

/* What has been borne out is a warning of that level, and what has been confirmed is known. */
static uint32_t warn(mu_sim *sim, uint32_t tip, uint32_t cause) {
    const mu_tip_now *now = &tips(sim)[tip];
    const mu_handle who = MU_HANDLE(MU_THING_PERSON, now->person);
    const mu_handle from = mu_word_named(sim, sim->response->tips[tip].from);
    const uint32_t known = now->level == MU_TIP_RED
                               ? mu_sim_record(sim, MU_RECORD_VERIFIED, cause, who,
                                               mu_word_named(sim, "intelligence"), from)
                               : cause;
    return mu_sim_write(sim, (mu_record){.kind = MU_RECORD_WARNED,
                                         .cause = known,
                                         .subject = who,
                                         .object = mu_word_named(sim, level_words[now->level]),
                                         .place = from,
                                         .value = age_s(sim, tip)});
}

/* The analyst is free for whatever is next, this report's next level included. */
static void turn_away(mu_sim *sim, uint32_t tip, uint32_t done) {
    mu_tip_now *now = &tips(sim)[tip];
    const uint32_t person = now->person;
    now->person = MU_NONE;
    now->state = MU_TIP_NOT_HERE;
    mu_person_free(sim, person, mu_word_named(sim, "tip"), MU_NONE, done);
    mu_step_retry_waiting(sim);
    if (now->left == 0) {
        ask(sim, tip, done);
    }
}

/* Whoever is to be told of a warning is told before the desk goes on: a step that falls due with it
 * is due after this event, and before the second of those that are put off here. */
enum { PUT_OFF = 2 };

static void finish_level(mu_sim *sim, uint32_t tip, uint32_t granted) {
    mu_tip_now *now = &tips(sim)[tip];
    const bool stale = is_stale(sim, tip), goes_on = !stale && bears_out(sim, tip);
    now->left = !goes_on || now->level == MU_TIP_RED;
    uint32_t done = granted;
    if (!goes_on) {
        done =
            mu_sim_record(sim, MU_RECORD_ASSESSED, granted, MU_HANDLE(MU_THING_PERSON, now->person),
                          mu_word_named(sim, stale ? "stale" : "false"), mu_word_named(sim, "tip"));
    } else if (!is_other(sim, tip)) {
        done = warn(sim, tip, granted);
    }
    now->level += now->left == 0;
    mu_sim_schedule(sim, 0, MU_EVENT_TIP_WORKED, tip, done, 1);
}

void mu_intelligence_on_worked(mu_sim *sim, const mu_event *event) {
    if (event->argument == 0) {
        finish_level(sim, event->subject, event->cause);
    } else if (event->argument < PUT_OFF) {
        mu_sim_schedule(sim, 0, MU_EVENT_TIP_WORKED, event->subject, event->cause,
                        event->argument + 1);
    } else {
        turn_away(sim, event->subject, event->cause);
    }
}

bool mu_intelligence_waits(const mu_sim *sim) {
    bool waits = false;
    for (uint32_t t = 0; t < given_count(sim); t++) {
        waits = waits || tips(sim)[t].left == 0;
    }
    return waits;
}
