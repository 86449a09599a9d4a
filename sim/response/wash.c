/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "response/wash.h"

#include "response/inside.h"
#include "threat/threat.h"

#define LOOK_US (5 * MU_SECOND)

static mu_decon_line line_of(const mu_sim *sim, uint32_t wash) {
    const mu_wash *w = &sim->site->decontamination.items[wash];
    return (mu_decon_line){{(uint32_t)w->disrobe_places, (uint32_t)w->wipe_places,
                            (uint32_t)w->shower_heads, (uint32_t)w->rerobe_places}};
}

void mu_wash_register(const mu_site *site, const mu_people *people, mu_layout *layout) {
    if (site->decontamination.count > 0) {
        mu_layout_add(layout, MU_SECTION_WASH, sizeof(mu_wash_now), site->decontamination.count);
        mu_layout_add(layout, MU_SECTION_WASHED, sizeof(mu_washed), people->list.count);
    }
}

void mu_wash_begin(mu_sim *sim) {
    for (uint32_t w = 0; w < sim->site->decontamination.count; w++) {
        mu_washes(sim)[w] =
            (mu_wash_now){.step = MU_NONE, .opened = MU_NO_RECORD, .last = MU_NO_RECORD};
    }
}

static uint32_t tell(mu_sim *sim, mu_record_kind kind, uint32_t person, uint32_t cause,
                     uint32_t value) {
    const mu_washed *washed = &mu_washed_of(sim)[person];
    const mu_wash *given = &sim->site->decontamination.items[washed->line];
    return mu_sim_write(sim, (mu_record){.kind = (uint16_t)kind,
                                         .cause = cause,
                                         .subject = MU_HANDLE(MU_THING_PERSON, person),
                                         .place = MU_HANDLE(MU_THING_SPACE, given->space.index),
                                         .value = value});
}

/* Who needs it. */

static bool needs_it(const mu_sim *sim, uint32_t step, uint32_t person) {
    return mu_washed_of(sim)[person].state == MU_WASHED_NOT &&
           mu_bodies(sim)[person].mode != MU_BODY_ABSENT &&
           mu_release_band(sim, person) >= (uint32_t)mu_step_plan_of(sim, step)->given->from_band;
}

static bool is_on_the_way_out(const mu_sim *sim, uint32_t person) {
    return mu_minds(sim)[person].evacuating != 0 && mu_bodies(sim)[person].mode == MU_BODY_WALKING;
}

static void send(mu_sim *sim, uint32_t wash, uint32_t person) {
    const mu_wash *given = &sim->site->decontamination.items[wash];
    mu_wash_now *now = &mu_washes(sim)[wash];
    mu_washed *washed = &mu_washed_of(sim)[person];
    *washed = (mu_washed){.state = MU_WASHED_COMING, .line = wash, .last = now->opened};
    now->inside++;
    mu_crowd_send(sim, person,
                  (mu_goal){.kind = MU_GOAL_POINT, .area = given->space.index, .at = given->at},
                  2.0, now->opened);
}

/* Sends those who are out; returns how many may still come. */
static uint32_t send_all(mu_sim *sim, uint32_t wash) {
    const uint32_t step = mu_washes(sim)[wash].step;
    uint32_t to_come = 0;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (sim->people->list.items[p].kind != MU_PERSON_OCCUPANT) {
            continue;
        }
        if (mu_release_threatens(sim, p)) {
            to_come++;
        } else if (needs_it(sim, step, p)) {
            if (mu_minds(sim)[p].state == MU_OCCUPANT_OUT) {
                send(sim, wash, p);
            } else {
                to_come += is_on_the_way_out(sim, p);
            }
        }
    }
    return to_come;
}

void mu_wash_open(mu_sim *sim, uint32_t step, uint32_t cause) {
    const uint32_t wash = mu_step_plan_of(sim, step)->wash;
    mu_wash_now *now = &mu_washes(sim)[wash];
    mu_step_of(sim, step)->state = MU_STEP_MOVING;
    now->step = step;
    now->opened = cause;
    mu_sim_schedule(sim, 0, MU_EVENT_WASH_LOOKED, wash, cause, 0);
}

void mu_wash_on_looked(mu_sim *sim, const mu_event *event) {
    const uint32_t wash = event->subject;
    mu_wash_now *now = &mu_washes(sim)[wash];
    const uint32_t to_come = send_all(sim, wash), step = now->step;
    if (to_come + now->inside > 0) {
        mu_sim_schedule(sim, LOOK_US, MU_EVENT_WASH_LOOKED, wash, event->cause, 0);
        return;
    }
    now->step = MU_NONE;
    const uint32_t last = now->last == MU_NO_RECORD ? now->opened : now->last;
    const uint32_t milestone = mu_step_record(sim, step, MU_RECORD_DECONTAMINATED, last, 0);
    mu_step_finish(sim, step, milestone);
    mu_step_retry_waiting(sim);
}

/* The line. */

static double service_s(mu_sim *sim, const mu_wash *given, uint32_t person, int stage) {
    const mu_dist *times[] = {[MU_DECON_DISROBE] = &given->disrobe_s,
                              [MU_DECON_WIPE] = &given->wipe_s,
                              [MU_DECON_SHOWER] = &given->shower_s,
                              [MU_DECON_REROBE] = &given->rerobe_s};
    const mu_person *p = &sim->people->list.items[person];
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_WORK, p->hash, (uint32_t)stage);
    return mu_dist_draw(times[stage], &stream.rng) *
           (p->mobility == MU_MOBILITY_ADULT ? 1 : given->slower_factor);
}

/* The first of those who wait to leave a station; -1 is the queue. MU_NONE. */
static uint32_t first_at(const mu_sim *sim, uint32_t wash, int stage) {
    uint32_t first = MU_NONE;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        const mu_washed *w = &mu_washed_of(sim)[p];
        const bool waits =
            stage < 0 ? w->state == MU_WASHED_QUEUES
                      : w->state == MU_WASHED_AT && w->done != 0 && w->stage == (uint32_t)stage;
        if (waits && w->line == wash &&
            (first == MU_NONE || w->order < mu_washed_of(sim)[first].order)) {
            first = p;
        }
    }
    return first;
}

static void free_place(mu_sim *sim, uint32_t wash, int stage) {
    if (stage == MU_DECON_SHOWER) {
        mu_sim_schedule(sim, mu_time_from_s(sim->site->decontamination.items[wash].changeover_s),
                        MU_EVENT_WASH_FREED, wash, mu_washes(sim)[wash].opened, 0);
    } else if (stage >= 0) {
        mu_washes(sim)[wash].line.taken[stage]--;
    }
}

/* Whoever reached the second band needs care (AEGL-2), and whoever reached the third soon: they are
 * exercise casualties from here on, who can walk, and whom the line's crew knows of. The tags are
 * what they play. */
static bool needs_care(mu_sim *sim, uint32_t person, uint32_t cause) {
    const uint32_t band = mu_release_band(sim, person);
    if (band < 2) {
        return false;
    }
    const uint32_t injured =
        mu_casualty_add(sim, person, band == 2 ? MU_START_GREEN : MU_START_YELLOW, cause);
    if (injured != MU_NO_RECORD) {
        mu_casualty_find(sim, person, MU_NONE, injured);
    }
    return injured != MU_NO_RECORD;
}

static void leave_line(mu_sim *sim, uint32_t wash, uint32_t person) {
    mu_washed *washed = &mu_washed_of(sim)[person];
    washed->state = MU_WASHED_CLEAN;
    washed->last = tell(sim, MU_RECORD_LEAVES_LINE, person, washed->last, 0);
    mu_washes(sim)[wash].inside--;
    mu_washes(sim)[wash].last = washed->last;
    if (needs_care(sim, person, washed->last)) {
        return;
    }
    mu_crowd_send(sim, person,
                  (mu_goal){.kind = MU_GOAL_ASSEMBLY, .area = sim->threat->release.shunned_points},
                  0, washed->last);
}

static void enter(mu_sim *sim, uint32_t wash, uint32_t person, int stage) {
    mu_washed *washed = &mu_washed_of(sim)[person];
    if (washed->state == MU_WASHED_QUEUES) {
        washed->last = tell(sim, MU_RECORD_ENTERS_LINE, person, washed->last, 0);
    }
    washed->state = MU_WASHED_AT;
    washed->stage = (uint32_t)stage;
    washed->done = 0;
    mu_washes(sim)[wash].line.taken[stage]++;
    const double takes_s = service_s(sim, &sim->site->decontamination.items[wash], person, stage);
    mu_sim_schedule(sim, mu_time_from_s(takes_s), MU_EVENT_WASH_DONE, person, washed->last,
                    (uint64_t)stage);
}

/* One person goes on from a station, if there is one who can. */
static bool move_one(mu_sim *sim, uint32_t wash, int stage) {
    const mu_decon_line line = line_of(sim, wash);
    const int next = mu_decon_next(&line, stage);
    const uint32_t person = first_at(sim, wash, stage);
    if (person == MU_NONE || !mu_decon_has_room(&line, &mu_washes(sim)[wash].line, next)) {
        return false;
    }
    free_place(sim, wash, stage);
    if (next == MU_DECON_STAGES) {
        leave_line(sim, wash, person);
    } else {
        enter(sim, wash, person, next);
    }
    return true;
}

/* From the way out backwards, so that room made at one station is used by the one before. */
static void move_line(mu_sim *sim, uint32_t wash) {
    for (bool moved = true; moved;) {
        moved = false;
        for (int stage = MU_DECON_STAGES - 1; stage >= -1; stage--) {
            moved = move_one(sim, wash, stage) || moved;
        }
    }
}

bool mu_wash_arrived(mu_sim *sim, uint32_t person, const mu_event *event) {
    if (sim->site->decontamination.count == 0 ||
        mu_washed_of(sim)[person].state != MU_WASHED_COMING) {
        return false;
    }
    mu_washed *washed = &mu_washed_of(sim)[person];
    mu_wash_now *now = &mu_washes(sim)[washed->line];
    if (event->argument != 0) { /* no way there */
        washed->state = MU_WASHED_CLEAN;
        now->inside--;
        return true;
    }
    washed->state = MU_WASHED_QUEUES;
    washed->order = now->arrived++;
    washed->last = tell(sim, MU_RECORD_QUEUES, person, event->cause, 0);
    move_line(sim, washed->line);
    return true;
}

void mu_wash_on_done(mu_sim *sim, const mu_event *event) {
    mu_washed *washed = &mu_washed_of(sim)[event->subject];
    const int stage = (int)event->argument;
    const mu_decon_line line = line_of(sim, washed->line);
    washed->done = 1;
    if (stage < MU_DECON_REROBE) {
        const double residual = mu_decon_residual(&line, stage);
        washed->last = tell(sim, MU_RECORD_RESIDUE, event->subject, event->cause,
                            (uint32_t)(residual * 1000 + 0.5));
    }
    move_line(sim, washed->line);
}

void mu_wash_on_freed(mu_sim *sim, const mu_event *event) {
    mu_washes(sim)[event->subject].line.taken[MU_DECON_SHOWER]--;
    move_line(sim, event->subject);
}
