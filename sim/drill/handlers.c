/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of handlers, and the few handlers that belong to the run itself. */
#include "drill/handlers.h"

#include "crowd/crowd.h"
#include "crowd/exits.h"
#include "crowd/lift.h"
#include "crowd/parties.h"
#include "crowd/refuge.h"
#include "response/act.h"
#include "response/alarms.h"
#include "response/climate.h"
#include "response/desk.h"
#include "response/intelligence.h"
#include "response/passes.h"
#include "response/provisions.h"
#include "response/relief.h"
#include "response/response.h"
#include "response/screening.h"
#include "response/suppression.h"
#include "response/wash.h"
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

/* Threats look at who has come where once everybody has moved. */
static void on_crowd_step(mu_sim *sim, const mu_event *event) {
    mu_crowd_on_step(sim, event);
    mu_threat_look(sim);
}

static const struct {
    mu_handler handler;
    int essential;
} table[MU_EVENT_KIND_COUNT] = {
    [MU_EVENT_INCIDENT_STARTS] = {on_incident_starts, 1},
    [MU_EVENT_ALARM_RAISED] = {on_alarm, 1},
    [MU_EVENT_ITEM_APPEARS] = {mu_item_on_appears, 1},
    [MU_EVENT_ITEM_NOTICED] = {mu_item_on_noticed, 1},
    [MU_EVENT_GAS_LEAKS] = {mu_release_on_leaks, 1},
    [MU_EVENT_GAS_LOOKED] = {mu_release_on_looked, 0},
    [MU_EVENT_GAS_NOTICED] = {mu_release_on_noticed, 1},
    [MU_EVENT_VENT_MOVED] = {mu_response_on_vent_moved, 1},
    [MU_EVENT_WASH_LOOKED] = {mu_wash_on_looked, 1},
    [MU_EVENT_WASH_DONE] = {mu_wash_on_done, 1},
    [MU_EVENT_WASH_FREED] = {mu_wash_on_freed, 1},
    [MU_EVENT_CROWD_STEP] = {on_crowd_step, 0},
    [MU_EVENT_PERSON_MOVES] = {mu_response_on_moves, 1},
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
    [MU_EVENT_CASUALTY_WATCHED] = {mu_casualty_on_watched, 0},
    [MU_EVENT_CASUALTY_REPORTED] = {mu_casualty_on_reported, 1},
    [MU_EVENT_BLAST_DUE] = {mu_blast_on_due, 1},
    [MU_EVENT_SMOKE_CLEARS] = {mu_blast_on_smoke_clears, 0},
    [MU_EVENT_SECOND_APPEARS] = {mu_second_on_appears, 1},
    [MU_EVENT_HOSTAGE_SEIZES] = {mu_hostage_on_seizes, 1},
    [MU_EVENT_HOSTAGE_SEEN] = {mu_hostage_on_seen, 1},
    [MU_EVENT_HOSTAGE_NOTICED] = {mu_hostage_on_noticed, 1},
    [MU_EVENT_HOSTAGE_LETS_GO] = {mu_hostage_on_lets_go, 1},
    [MU_EVENT_PERSON_ASKED] = {mu_response_on_asked, 1},
    [MU_EVENT_PERSON_REPLIES] = {mu_response_on_replies, 1},
    [MU_EVENT_DOOR_LOCKED] = {mu_response_on_door_locked, 1},
    [MU_EVENT_ROUND_WORKED] = {mu_round_on_worked, 1},
    [MU_EVENT_ROUND_DELIVERED] = {mu_round_on_delivered, 1},
    [MU_EVENT_ROUND_BACK] = {mu_round_on_back, 1},
    [MU_EVENT_INTRUDER_MOVES] = {mu_intruder_on_moves, 1},
    [MU_EVENT_INTRUDER_DETECTED] = {mu_intruder_on_detected, 1},
    [MU_EVENT_ALARM_FALSE] = {mu_alarms_on_false, 0},
    [MU_EVENT_ALARM_ASSESSED] = {mu_alarms_on_assessed, 0},
    [MU_EVENT_OUTAGE_BEGINS] = {mu_outage_on_begins, 1},
    [MU_EVENT_OUTAGE_ENDS] = {mu_outage_on_ends, 0},
    [MU_EVENT_STANDBY_STARTS] = {mu_outage_on_standby, 1},
    [MU_EVENT_CALL_OVER] = {mu_call_on_over, 1},
    [MU_EVENT_VEHICLE_ARRIVES] = {mu_vehicle_on_arrives, 1},
    [MU_EVENT_VEHICLE_NOTICED] = {mu_vehicle_on_noticed, 1},
    [MU_EVENT_VEHICLE_DRIVES] = {mu_vehicle_on_drives, 1},
    [MU_EVENT_LANE_ARRIVES] = {mu_screening_on_arrives, 0},
    [MU_EVENT_LANE_CHECKED] = {mu_screening_on_checked, 0},
    [MU_EVENT_LANE_LEAVES] = {mu_screening_on_leaves, 0},
    [MU_EVENT_SUPPRESSION_DUE] = {mu_suppression_on_due, 1},
    [MU_EVENT_TIP_COMES] = {mu_intelligence_on_tip, 1},
    [MU_EVENT_TIP_OTHER] = {mu_intelligence_on_other, 0},
    [MU_EVENT_TIP_WORKED] = {mu_intelligence_on_worked, 0},
    [MU_EVENT_HORIZON] = {on_horizon, 0},
    [MU_EVENT_FLOW_PERSON] = {mu_crowd_on_flow_person, 0},
    [MU_EVENT_FLOW_GATE] = {mu_crowd_on_flow_gate, 0},
    [MU_EVENT_PERSON_LOOKS] = {mu_crowd_on_looks, 0},
    [MU_EVENT_LIFT_ACTS] = {mu_lift_on_acts, 0},
    [MU_EVENT_HELP_CALLED] = {mu_refuge_on_called, 1},
    [MU_EVENT_PARTY_LOOKS] = {mu_crowd_on_party, 1},
    [MU_EVENT_RELIEF_DUE] = {mu_relief_on_due, 0},
    [MU_EVENT_RELIEF_GOES] = {mu_relief_on_goes, 0},
    [MU_EVENT_RELIEF_DONE] = {mu_relief_on_done, 0},
    [MU_EVENT_STEP_ISSUED] = {mu_response_on_issued, 1},
    [MU_EVENT_PROVISIONS_LOOKED] = {mu_provisions_on_looked, 0},
    [MU_EVENT_PASS_ASKED] = {mu_passes_on_asked, 1},
    [MU_EVENT_CLIMATE_WARM] = {mu_climate_on_warm, 1},
    [MU_EVENT_CLIMATE_ALARM] = {mu_climate_on_alarm, 1},
    [MU_EVENT_ACT_DUE] = {mu_act_on_due, 1},
    [MU_EVENT_DESK_READY] = {mu_desk_on_ready, 1},
};

mu_handler mu_handler_of(mu_event_kind kind) {
    return table[kind].handler;
}

int mu_event_is_essential(mu_event_kind kind) {
    return table[kind].essential;
}
