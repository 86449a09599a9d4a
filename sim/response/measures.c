/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Most of these are one line of arithmetic over the site and the roster as they are now. */
#include "response/measures.h"

#include <math.h>
#include <string.h>

#include "crowd/exits.h"
#include "policy/judge.h"
#include "response/inside.h"
#include "response/provisions.h"
#include "response/relief.h"
#include "site/service_state.h"

static mu_watch_now *watch(const mu_sim *sim) {
    return mu_world_section(&sim->world, MU_SECTION_WATCH);
}

void mu_measures_register(mu_layout *layout) {
    mu_layout_add(layout, MU_SECTION_WATCH, sizeof(mu_watch_now), 1);
}

void mu_measures_clear(mu_sim *sim) {
    *watch(sim) = (mu_watch_now){.live_since_us = MU_NEVER,
                                 .live_from_us = MU_NEVER,
                                 .staffing = UINT32_MAX,
                                 .orange = MU_NO_RECORD,
                                 .red = MU_NO_RECORD,
                                 .live = MU_NONE};
    for (int k = 0; k < MU_REVISIT_COUNT; k++) {
        watch(sim)->visited_us[k] = MU_NEVER;
    }
}

void mu_measure(mu_sim *sim, const char *of, const char *place, double value, uint32_t cause) {
    const mu_handle object = mu_word_named(sim, of);
    if (object != 0) {
        mu_sim_measure(sim, object, mu_word_named(sim, place), value, cause);
    }
}

/* What stands ready. */

static bool is_here(const mu_sim *sim, uint32_t person, uint32_t wanted) {
    return wanted != MU_NONE && sim->people->list.items[person].kind == MU_PERSON_MEMBER &&
           sim->people->list.items[person].role == wanted && mu_is_on_duty(sim, person);
}

static void measure_team(mu_sim *sim, uint32_t cause) {
    static const char *const skills[] = {"eod", "medic", "negotiator"};
    const uint32_t team = mu_people_role(sim->people, "ert");
    uint32_t total = 0, with[3] = {0};
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (is_here(sim, p, team)) {
            total++;
            for (int k = 0; k < 3; k++) {
                with[k] += mu_person_has_skill(sim->people, p, skills[k]);
            }
        }
    }
    if (team != MU_NONE) {
        mu_measure(sim, "team", "total", total, cause);
        for (int k = 0; k < 3; k++) {
            mu_measure(sim, "team", skills[k], with[k], cause);
        }
    }
}

static void measure_stock(mu_sim *sim, uint32_t cause) {
    double kits = 0;
    const uint32_t guard = mu_people_role(sim->people, "guard");
    const uint32_t team = mu_people_role(sim->people, "ert");
    uint32_t wear = 0;
    for (uint32_t e = 0; e < sim->site->equipment.count; e++) {
        const mu_equipment *thing = &sim->site->equipment.items[e];
        kits += thing->kind == MU_EQUIPMENT_PROTECTIVE_KIT ? (double)thing->count : 0;
    }
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        wear += is_here(sim, p, guard) || is_here(sim, p, team);
    }
    if (wear > 0) {
        mu_measure(sim, "protective_ratio", NULL, kits / wear, cause);
    }
    const double lasts_days = mu_provisions_last_days(sim);
    if (isfinite(lasts_days)) {
        mu_measure(sim, MU_PROVISIONS, NULL, lasts_days, cause);
    }
}

/* How many tiers the stock is kept in. */
static void measure_tiers(mu_sim *sim, uint32_t cause) {
    uint32_t seen = 0, tiers = 0;
    for (uint32_t e = 0; e < sim->site->equipment.count; e++) {
        const int64_t tier = sim->site->equipment.items[e].tier;
        tiers += tier > 0 && (seen >> tier & 1U) == 0;
        seen |= 1U << tier;
    }
    if (tiers > 0) {
        mu_measure(sim, "stock_access", "tiers", tiers, cause);
    }
}

static bool radio_reaches(const mu_sim *sim, uint32_t space, bool *any) {
    bool reaches = false;
    for (uint32_t c = 0; c < sim->site->channels.count; c++) {
        const mu_channel *channel = &sim->site->channels.items[c];
        if (channel->kind == MU_CHANNEL_RADIO) {
            *any = true;
            reaches = reaches ||
                      (!mu_ref_list_has(&channel->dead_spaces, space) && mu_channel_is_up(sim, c));
        }
    }
    return reaches;
}

static void measure_radio(mu_sim *sim, uint32_t cause) {
    uint32_t all = 0, reached = 0;
    bool any = false;
    for (uint32_t s = 0; s < sim->site->spaces.count; s++) {
        if (sim->site->spaces.items[s].use != MU_USE_LIFT) {
            all++;
            reached += radio_reaches(sim, s, &any);
        }
    }
    if (any && all > 0) {
        /* Rounded down: one dead spot is not full coverage. */
        mu_measure(sim, "radio_coverage", NULL,
                   floor(reached * MU_MEASURE_PARTS / all) / MU_MEASURE_PARTS, cause);
    }
}

static void measure_desk(mu_sim *sim, uint32_t cause) {
    const char *role = sim->site->alarm_desk.role;
    const uint32_t wanted = role == NULL ? MU_NONE : mu_people_role(sim->people, role);
    const uint32_t *first = sim->response->role_first;
    const uint32_t from = wanted == MU_NONE ? 0 : first[wanted];
    const uint32_t end = wanted == MU_NONE ? 0 : first[wanted + 1];
    uint32_t there = 0;
    for (uint32_t i = from; i < end; i++) {
        const uint32_t p = sim->response->by_role[i];
        there += is_here(sim, p, wanted) && mu_bodies(sim)[p].area < sim->site->spaces.count &&
                 sim->site->spaces.items[mu_bodies(sim)[p].area].use == MU_USE_CONTROL_ROOM;
    }
    if (role != NULL && there != watch(sim)->staffing) {
        watch(sim)->staffing = there;
        mu_measure(sim, "staffing", NULL, there, cause);
    }
}

static void measure_lanes(mu_sim *sim, uint32_t cause) {
    for (uint32_t k = 0; k < sim->site->lanes.count; k++) {
        const mu_lane *lane = &sim->site->lanes.items[k];
        if (strcmp(lane->of, "visitors") == 0) {
            mu_measure(sim, "screening_equipment", NULL, lane->gate && lane->scanner ? 1 : 0,
                       cause);
        }
    }
}

static void measure_start(mu_sim *sim, uint32_t started) {
    measure_team(sim, started);
    measure_stock(sim, started);
    measure_tiers(sim, started);
    measure_radio(sim, started);
    measure_desk(sim, started);
    measure_lanes(sim, started);
}

/* Who goes in with what. */

static bool is_core(const mu_sim *sim, const mu_step_plan *plan) {
    const mu_handle place = mu_word_handle(plan->place_word);
    return place != 0 &&
           (place == mu_word_named(sim, "core") || place == mu_word_named(sim, "item") ||
            place == mu_word_named(sim, "hostage"));
}

static bool is_protected(const mu_step_plan *plan) {
    bool is = plan->masked;
    for (uint32_t n = 0; n < plan->given->needs.count; n++) {
        is = is || plan->given->needs.items[n].equipment == MU_EQUIPMENT_PROTECTIVE_KIT ||
             plan->given->needs.items[n].equipment == MU_EQUIPMENT_EOD_KIT;
    }
    return is;
}

void mu_measure_entry(mu_sim *sim, uint32_t step, uint32_t began) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    const bool goes_in = plan->role != MU_NONE && !mu_unit_is_role(sim, plan->role);
    if (goes_in && is_core(sim, plan)) {
        mu_measure(sim, "equipped", NULL, is_protected(plan) ? 1 : 0, began);
    }
}

/* Patrols at orange. */

static int part_of(const mu_sim *sim, uint32_t space) {
    const mu_use use = sim->site->spaces.items[space].use;
    return use == MU_USE_PARKING ? MU_REVISIT_PARKING
           : use == MU_USE_ROOF  ? MU_REVISIT_ROOF
                                 : MU_REVISIT_COUNT;
}

static bool has_part(const mu_sim *sim, int part) {
    for (uint32_t s = 0; s < sim->site->spaces.count; s++) {
        if (part_of(sim, s) == part) {
            return true;
        }
    }
    return false;
}

/* Time without a visit since orange was declared, or since the last one after that. */
static void measure_gap(mu_sim *sim, int part) {
    static const char *const places[MU_REVISIT_COUNT] = {"parking", "roof"};
    const uint32_t orange = watch(sim)->orange;
    if (orange != MU_NO_RECORD && has_part(sim, part)) {
        const mu_time declared_us = mu_log_get(sim->log, orange)->time_us;
        const mu_time visited_us = watch(sim)->visited_us[part];
        const bool since = visited_us != MU_NEVER && visited_us > declared_us;
        mu_measure(sim, "revisit", places[part],
                   mu_time_to_s(mu_sim_now(sim) - (since ? visited_us : declared_us)), orange);
    }
}

void mu_measure_visit(mu_sim *sim, uint32_t space) {
    const int part = part_of(sim, space);
    if (part != MU_REVISIT_COUNT && watch(sim)->closed == 0) {
        measure_gap(sim, part);
        watch(sim)->visited_us[part] = mu_sim_now(sim);
    }
}

/* Whoever of the response comes there on a task has been there too. */
static void note_visit(mu_sim *sim, const mu_record *reached) {
    const uint32_t person = mu_handle_index(reached->subject);
    if (reached->kind == MU_RECORD_REACHED &&
        mu_handle_thing(reached->subject) == MU_THING_PERSON &&
        mu_bodies(sim)[person].area < sim->site->spaces.count) {
        mu_measure_visit(sim, mu_bodies(sim)[person].area);
    }
}

/* The live picture: for which share of the time since it first stood it was there. */

static bool sends_picture(const mu_sim *sim) {
    const uint32_t step = watch(sim)->live;
    if (step == MU_NONE) {
        return false;
    }
    const mu_ref_list *over = &mu_step_plan_of(sim, step)->given->over;
    return over->count == 0 || mu_channel_is_up(sim, over->items[0].index);
}

bool mu_measures_has_picture(const mu_sim *sim) {
    return sends_picture(sim);
}

static bool is_counted(const mu_sim *sim, uint32_t space) {
    bool counted = false;
    for (uint32_t e = 0; e < sim->site->equipment.count && !counted; e++) {
        const mu_equipment *thing = &sim->site->equipment.items[e];
        counted = thing->kind == MU_EQUIPMENT_PARKING_GUIDANCE &&
                  mu_ref_list_has(&thing->covers, space) && mu_equipment_works(sim, thing);
    }
    return counted;
}

double mu_measures_car_park(const mu_sim *sim) {
    uint32_t all = 0, counted = 0;
    for (uint32_t s = 0; s < sim->site->spaces.count; s++) {
        if (sim->site->spaces.items[s].use == MU_USE_PARKING) {
            all++;
            counted += is_counted(sim, s);
        }
    }
    return all == 0 ? 1 : floor(counted * MU_MEASURE_PARTS / all) / MU_MEASURE_PARTS;
}

/* The first order to leave: who says how many are still in the car parks? */
static void measure_car_park(mu_sim *sim, uint32_t ordered) {
    if (watch(sim)->counted == 0 && has_part(sim, MU_REVISIT_PARKING)) {
        watch(sim)->counted = 1;
        mu_measure(sim, "car_park", NULL, mu_measures_car_park(sim), ordered);
    }
}

/* Ends the time that the picture has stood, and begins it again if there is one. */
static void look_at_picture(mu_sim *sim) {
    mu_watch_now *now = watch(sim);
    if (now->live_since_us != MU_NEVER) {
        now->live_us += mu_sim_now(sim) - now->live_since_us;
    }
    now->live_since_us = sends_picture(sim) ? mu_sim_now(sim) : MU_NEVER;
    if (now->live_from_us == MU_NEVER) {
        now->live_from_us = now->live_since_us;
    }
}

/* Does any step send one? Where none does the plan is silent, which is another thing. */
static bool has_picture_step(const mu_sim *sim) {
    const mu_handle word = mu_word_named(sim, "live_picture");
    for (uint32_t s = 0; s < sim->response->steps.count; s++) {
        if (mu_step_plan_of(sim, s)->verb == MU_VERB_RECORD &&
            mu_word_handle(mu_step_plan_of(sim, s)->object_word) == word) {
            return true;
        }
    }
    return false;
}

/* Of the three that an exercise with casualties has to yield: times of evacuation, of treatment and
 * of messages. */
static void measure_yield(mu_sim *sim) {
    static const mu_record_kind wanted[] = {MU_RECORD_LEFT, MU_RECORD_CARED, MU_RECORD_DELIVERED};
    bool has[3] = {false};
    uint32_t hurt = MU_NO_RECORD;
    for (uint32_t id = mu_log_count(sim->log); id-- > 0;) {
        const mu_record_kind kind = (mu_record_kind)mu_log_get(sim->log, id)->kind;
        hurt = kind == MU_RECORD_INJURED ? id : hurt;
        for (int k = 0; k < 3; k++) {
            has[k] = has[k] || kind == wanted[k];
        }
    }
    if (hurt != MU_NO_RECORD) {
        mu_measure(sim, "drill_metrics", NULL, has[0] + has[1] + has[2], hurt);
    }
}

void mu_measures_end(mu_sim *sim) {
    mu_watch_now *now = watch(sim);
    if (now->closed != 0) {
        return;
    }
    now->closed = 1;
    measure_yield(sim);
    for (int k = 0; k < MU_REVISIT_COUNT; k++) {
        measure_gap(sim, k);
    }
    look_at_picture(sim);
    if (now->red != MU_NO_RECORD && has_picture_step(sim)) {
        const mu_time long_us = mu_sim_now(sim) - now->live_from_us;
        const double share = now->live_from_us == MU_NEVER ? 0
                             : long_us <= 0                ? 1
                                                           : (double)now->live_us / (double)long_us;
        mu_measure(sim, "live_picture", NULL, floor(share * MU_MEASURE_PARTS) / MU_MEASURE_PARTS,
                   now->red);
    }
}

/* Messages to the police and the fire service go first. */

static bool is_liaison(const mu_sim *sim, uint32_t step) {
    const uint32_t receiver = mu_step_plan_of(sim, step)->receiver;
    return receiver != MU_NONE && mu_unit_is_role(sim, receiver);
}

static bool waits_for(const mu_sim *sim, uint32_t step, uint32_t channel) {
    const mu_step_now *now = mu_step_of(sim, step);
    return now->state == MU_STEP_WANTS_LINE &&
           mu_step_plan_of(sim, step)->given->over.items[now->channel].index == channel;
}

void mu_measure_line(mu_sim *sim, uint32_t step, uint32_t channel, bool waited) {
    const uint32_t cause = mu_step_of(sim, step)->last;
    if (is_liaison(sim, step)) {
        if (waited) {
            mu_measure(sim, "liaison_first", NULL, 1, cause);
        }
        return;
    }
    for (uint32_t s = 0; s < sim->response->steps.count; s++) {
        if (s != step && waits_for(sim, s, channel) && is_liaison(sim, s)) {
            mu_measure(sim, "liaison_first", NULL, 0, cause);
        }
    }
}

static void hear_level(mu_sim *sim, const mu_record *heard, uint32_t record) {
    mu_watch_now *now = watch(sim);
    if (heard->object == mu_word_named(sim, "orange") && now->orange == MU_NO_RECORD) {
        now->orange = record;
    }
    if (heard->object == mu_word_named(sim, "red") && now->red == MU_NO_RECORD) {
        now->red = record;
    }
}

void mu_measures_hear(mu_sim *sim, uint32_t record) {
    const mu_record heard = *mu_log_get(sim->log, record);
    if (heard.kind == MU_RECORD_STARTED) {
        measure_start(sim, record);
    } else if (heard.kind == MU_RECORD_DECLARED) {
        hear_level(sim, &heard, record);
    } else if (heard.kind == MU_RECORD_CHOSE && heard.value == MU_EXIT_GUIDE &&
               watch(sim)->guided == 0) {
        watch(sim)->guided = 1;
        (void)mu_sim_record(sim, MU_RECORD_GUIDED, record, heard.subject,
                            mu_word_handle(sim->response->word_people), 0);
    } else if (heard.kind == MU_RECORD_ORDERED) {
        measure_car_park(sim, record);
    } else if (heard.kind == MU_RECORD_RELIEVED || heard.kind == MU_RECORD_OFF_DUTY) {
        measure_desk(sim, record);
    } else if (heard.kind == MU_RECORD_REACHED || heard.kind == MU_RECORD_SEIZED) {
        measure_desk(sim, record);
        note_visit(sim, &heard);
    } else if (heard.kind == MU_RECORD_RECORDED && heard.object != 0 &&
               heard.object == mu_word_named(sim, "live_picture")) {
        watch(sim)->live = mu_handle_index(heard.step);
        look_at_picture(sim);
    } else if (heard.kind == MU_RECORD_OUTAGE || heard.kind == MU_RECORD_BACK) {
        look_at_picture(sim);
        measure_radio(sim, record);
    } else if (heard.kind == MU_RECORD_ALL_CLEAR) {
        mu_measures_end(sim);
    }
}
