/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of handlers, and the few handlers that belong to the run itself. */
#include "drill/handlers.h"

#include "crowd/crowd.h"
#include "response/response.h"
#include "threat/threat.h"

static void on_incident_starts(mu_sim *sim, const mu_event *event) {
    const mu_handle kind = (mu_handle)event->argument;
    const uint32_t started = mu_sim_record(sim, MU_RECORD_STARTED, MU_NO_RECORD, 0, kind, 0);
    mu_threat_begin(sim, started);
}

static void on_alarm(mu_sim *sim, const mu_event *event) {
    mu_sim_record(sim, MU_RECORD_ALARM, event->cause, 0, (mu_handle)event->argument, 0);
}

static void on_horizon(mu_sim *sim, const mu_event *event) {
    (void)sim; /* the run loop ends the run */
    (void)event;
}

static const struct {
    mu_handler handler;
    int essential;
} table[MU_EVENT_KIND_COUNT] = {
    [MU_EVENT_INCIDENT_STARTS] = {on_incident_starts, 1},
    [MU_EVENT_ALARM_RAISED] = {on_alarm, 1},
    [MU_EVENT_ITEM_APPEARS] = {mu_item_on_appears, 1},
    [MU_EVENT_ITEM_WATCHED] = {mu_item_on_watched, 0},
    [MU_EVENT_ITEM_NOTICED] = {mu_item_on_noticed, 1},
    [MU_EVENT_CROWD_STEP] = {mu_crowd_on_step, 0},
    [MU_EVENT_PERSON_MOVES] = {mu_crowd_on_moves, 1},
    [MU_EVENT_PERSON_ARRIVED] = {mu_response_on_arrived, 1},
    [MU_EVENT_PERSON_ALERTED] = {mu_response_on_alerted, 1},
    [MU_EVENT_ROUTINE_STARTS] = {mu_response_on_routine_starts, 0},
    [MU_EVENT_ROUTINE_ENDS] = {mu_response_on_routine_ends, 0},
    [MU_EVENT_PATROL_STARTS] = {mu_response_on_patrol_starts, 0},
    [MU_EVENT_PATROL_NEXT] = {mu_response_on_patrol_next, 0},
    [MU_EVENT_STEP_DUE] = {mu_response_on_due, 1},
    [MU_EVENT_STEP_WORKED] = {mu_response_on_worked, 1},
    [MU_EVENT_MESSAGE_ARRIVES] = {mu_response_on_message, 1},
    [MU_EVENT_MESSAGE_RETRIED] = {mu_response_on_retried, 1},
    [MU_EVENT_UNIT_SETS_OUT] = {mu_response_on_unit_sets_out, 1},
    [MU_EVENT_UNIT_ON_SITE] = {mu_response_on_unit_on_site, 1},
    [MU_EVENT_PORTAL_MOVED] = {mu_response_on_portal_moved, 1},
    [MU_EVENT_ZONE_WATCHED] = {mu_response_on_zone_watched, 0},
    [MU_EVENT_HORIZON] = {on_horizon, 0},
    [MU_EVENT_FLOW_PERSON] = {mu_crowd_on_flow_person, 0},
    [MU_EVENT_FLOW_GATE] = {mu_crowd_on_flow_gate, 0},
};

mu_handler mu_handler_of(mu_event_kind kind) {
    return table[kind].handler;
}

int mu_event_is_essential(mu_event_kind kind) {
    return table[kind].essential;
}
