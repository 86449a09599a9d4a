/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lanes and decontamination lines: whether they work, what they have done, and who waits at a lane.
 * A lane's visitors and vehicles are numbers in the model. Here each gets a token on the line along
 * which the queue stands; those for whom that is too short are in its number alone. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "core/i18n.h"
#include "drill/picture/inside.h"
#include "response/screening.h"
#include "response/wash.h"

/* Settings: from one to the next in a queue, heads and bumpers. */
static const double PERSON_M = 0.9, VEHICLE_M = 6;

static const mu_lane *lane_of(const mu_session *s, uint32_t lane) {
    return &s->plan->site.lanes.items[lane];
}

static bool is_of_vehicles(const mu_lane *lane) {
    return strcmp(lane->of, "vehicles") == 0;
}

/* The place so many metres back from the check; false beyond the end of the line. */
static bool place(const mu_lane *lane, double back_m, mu_frame_token *out) {
    mu_point from = lane->at;
    for (uint32_t i = 0; i < lane->queue.count; i++) {
        const mu_point to = lane->queue.items[i];
        const double length = hypot(to.x - from.x, to.y - from.y);
        if (length > 0 && back_m <= length) {
            const mu_point back = {(to.x - from.x) / length, (to.y - from.y) / length};
            out->at = (mu_point){from.x + back_m * back.x, from.y + back_m * back.y};
            out->along = (mu_point){-back.x, -back.y};
            return true;
        }
        back_m -= length;
        from = to;
    }
    return false;
}

static void add_queue(const mu_session *s, uint32_t lane, mu_frame *frame, mu_frame_queue *queue,
                      mu_frame_token *tokens) {
    const mu_lane *given = lane_of(s, lane);
    const uint32_t space = given->space.index;
    const uint32_t level = s->level_of_site[s->plan->site.spaces.items[space].level.index];
    const double step = is_of_vehicles(given) ? VEHICLE_M : PERSON_M;
    *queue = (mu_frame_queue){.kind = MU_QUEUE_AT_LANE,
                              .portal = MU_NOWHERE,
                              .level = level,
                              .count = mu_lanes_now(&s->shown)[lane].queue.waiting,
                              .at = given->at,
                              .middle = given->at};
    mu_frame_token token = {.level = level, .vehicle = is_of_vehicles(given)};
    for (uint32_t i = 0; i < queue->count && place(given, step * (i + 1), &token); i++) {
        tokens[frame->token_count++] = token;
        queue->middle = (mu_point){(given->at.x + token.at.x) / 2, (given->at.y + token.at.y) / 2};
    }
}

mu_status mu_lanes_frame(mu_session *session, mu_frame *frame, mu_frame_queue *queues) {
    const uint32_t lanes = session->plan->site.lanes.count;
    size_t most = 0;
    for (uint32_t k = 0; k < lanes; k++) {
        most += mu_lanes_now(&session->shown)[k].queue.waiting;
    }
    if (most == 0) {
        return MU_OK;
    }
    mu_frame_token *tokens = mu_arena_array(session->frame_arena, most, sizeof *tokens);
    if (tokens == NULL) {
        return MU_ERR_MEMORY;
    }
    frame->tokens = tokens;
    for (uint32_t k = 0; k < lanes; k++) {
        if (mu_lane_is_placed(lane_of(session, k)) &&
            mu_lanes_now(&session->shown)[k].queue.waiting > 0) {
            add_queue(session, k, frame, &queues[frame->queue_count++], tokens);
        }
    }
    return MU_OK;
}

bool mu_station_works(const mu_session *session, mu_subject station) {
    return station.kind == MU_SUBJECT_LANE
               ? mu_lanes_now(&session->shown)[station.index].queue.busy > 0
           : station.kind == MU_SUBJECT_WASH
               ? mu_washes(&session->shown)[station.index].step != MU_NONE
               : false;
}

static void tell_lane(mu_session *s, uint32_t lane, mu_answer *out) {
    const mu_lane *given = lane_of(s, lane);
    const mu_lane_now *now = &mu_lanes_now(&s->shown)[lane];
    if (now->closed != 0) {
        mu_answer_add(out, _("Closed: people have been ordered out"));
    } else if (given->orange_only && now->tight == 0) {
        mu_answer_add(out, _("Nobody is checked before orange is declared"));
    } else if (now->tight != 0) {
        mu_answer_add(out, _("Checks as at orange: a closer look"));
    }
    mu_answer_add(out, mu_print(s, _("At work: %u of %" PRId64 "; waiting: %u"), now->queue.busy,
                                given->lanes, now->queue.waiting));
    if (now->queue.waiting > 0) {
        mu_answer_add(out,
                      mu_print(s, _("Who is next has waited %s"),
                               mu_say_clock(s, s->at_us - now->queue.since_us[now->queue.first])));
    }
    mu_answer_add(out, mu_print(s, _("Checked so far: %u"), now->served - now->queue.busy));
    mu_answer_add(out, _("Who comes this way is counted; tokens stand for them on the plan"));
}

static void tell_wash(mu_session *s, uint32_t line, mu_answer *out) {
    const mu_wash_now *now = &mu_washes(&s->shown)[line];
    uint32_t by_state[MU_WASHED_CLEAN + 1] = {0};
    for (uint32_t p = 0; p < s->plan->people.list.count; p++) {
        const mu_washed *washed = &mu_washed_of(&s->shown)[p];
        by_state[washed->state] += washed->state != MU_WASHED_NOT && washed->line == line;
    }
    mu_answer_add(out, now->step != MU_NONE
                           ? mu_print(s, _("Set up at %s"), mu_say_time_of(s, now->opened))
                       : now->opened != MU_NO_RECORD ? _("No longer at work")
                                                     : _("Not set up"));
    mu_answer_add(out, mu_print(s, _("On the way here: %u; waiting: %u; at a station: %u"),
                                by_state[MU_WASHED_COMING], by_state[MU_WASHED_QUEUES],
                                by_state[MU_WASHED_AT]));
    mu_answer_add(out, mu_print(s, _("Through with it: %u"), by_state[MU_WASHED_CLEAN]));
}

void mu_station_tell(mu_session *session, mu_subject station, mu_answer *out) {
    if (station.kind == MU_SUBJECT_LANE) {
        tell_lane(session, station.index, out);
    } else {
        tell_wash(session, station.index, out);
    }
}
