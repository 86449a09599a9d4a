/* SPDX-License-Identifier: GPL-3.0-or-later */
/* metrics.json as tables of fields, from which its schema and reference come. The rows have no
 * offsets: there is no struct to read into. */
#include "core/field_told.h"
#include "core/i18n.h"
#include "drill/metrics_json.h"

static const char *const kind_words[] = {"deadline", "rate",    "coverage", "stock", "physical",
                                         "distance", "process", "outcome",  NULL};
static const char *const basis_words[] = {"stated", "assumed", "example", NULL};
static const char *const how_words[] = {"simulated", "scheduled", "declared", NULL};
static const char *const statistic_words[] = {"first", "each", "mean", "least", "most", NULL};
static const char *const verdict_words[] = {"not_exercised", "met", "missed", "undecided", NULL};
static const char *const reason_words[] = {"off",      "not_here", "no_measure",
                                           "no_start", "no_step",  NULL};
static const char *const rating_words[] = {"P", "S", "M", "U", "N", NULL};
static const char *const rated_words[] = {"predicted", NULL};
static const char *const part_words[] = {
    [MU_PART_NONE] = "none",
    [MU_PART_UNNOTICED] = "unnoticed",
    [MU_PART_DECISION] = "decision",
    [MU_PART_WAIT] = "wait",
    [MU_PART_TRAVEL] = "travel",
    [MU_PART_WORK] = "work",
    [MU_PART_MESSAGE] = "message",
    [MU_PART_MECHANISM] = "mechanism",
    [MU_PART_PREMOVEMENT] = "premovement",
    [MU_PART_EVACUATION] = "evacuation",
    [MU_PART_DISPATCH] = "dispatch",
    [MU_PART_ROAD] = "road",
    [MU_PART_AIR] = "air",
    [MU_PART_SHELTERING] = "sheltering",
    [MU_PART_COUNT] = NULL,
};

static const char *const state_words[MU_OCCUPANT_STATE_COUNT] = {
    [MU_OCCUPANT_EXPECTED] = "expected",     [MU_OCCUPANT_INSIDE] = "inside",
    [MU_OCCUPANT_SHELTERING] = "sheltering", [MU_OCCUPANT_HELD] = "held",
    [MU_OCCUPANT_CASUALTY] = "casualty",     [MU_OCCUPANT_OUT] = "out",
    [MU_OCCUPANT_TAKEN] = "taken",           [MU_OCCUPANT_REFUGE] = "refuge",
};

const char *mu_metrics_state_word(mu_occupant_state state) {
    return state_words[state];
}

const char *mu_metrics_part_word(mu_part part) {
    return part_words[part];
}

static const mu_field input_rows[] = {
    STRING("name", ALWAYS, N_("The file as it was named")),
    STRING("hash", ALWAYS, N_("64-bit hash of its bytes, 16 hexadecimal digits")),
};
TABLE(input, input_rows, N_("A file that was read"));

static const mu_field incident_rows[] = {
    STRING("id", ALWAYS, N_("Id of the incident")),
    TEXT("name", N_("Name that people read")),
    WORDS("kind", ALWAYS, mu_incident_kind_words, N_("What happens")),
    STRING("starts_at", OR_NULL, N_("Date and time of day at which it starts")),
    WORDS("motion", ALWAYS, mu_motion_words,
          N_("What moved people: walk, by steps; flow, by events")),
    STRING("motion_mode", ALWAYS, N_("What limits the flow through doors: free or regulatory")),
};
TABLE(incident, incident_rows, N_("The incident that was played"));

static const mu_field site_rows[] = {
    STRING("id", ALWAYS, N_("Id of the site")),
    TEXT("name", N_("Name that people read")),
};
TABLE(site, site_rows, N_("The site"));

static const mu_field policy_rows[] = {
    STRING("id", ALWAYS, N_("Id of the policy")),
    TEXT("name", N_("Name that people read")),
    SHARE("required_share", ALWAYS,
          N_("Share of the deciding runs that must meet a clause for the verdict 'met'")),
};
TABLE(policy, policy_rows, N_("The policy that was judged"));

#define STATE(id, what) REAL(id, ALWAYS, "persons", what)
static const mu_field states_rows[] = {
    STATE("expected", N_("Not yet arrived")),
    STATE("inside", N_("Inside")),
    STATE("sheltering", N_("Sheltering")),
    STATE("held", N_("Held by somebody")),
    STATE("casualty", N_("Injured")),
    STATE("out", N_("Out")),
    STATE("taken", N_("Taken away by ambulance or police")),
    STATE("refuge", N_("At a place of refuge, waiting for help")),
};
TABLE(states, states_rows,
      N_("Occupants by their state at the end: mean over runs; they sum to the total"));

static const mu_field moment_rows[] = {
    REAL("t_s", ALWAYS, "s", N_("Time since the start of the run")),
    STATE("expected", N_("Not yet arrived")),
    STATE("inside", N_("Inside")),
    STATE("sheltering", N_("Sheltering")),
    STATE("held", N_("Held by somebody")),
    STATE("casualty", N_("Injured")),
    STATE("out", N_("Out")),
    STATE("taken", N_("Taken away by ambulance or police")),
    STATE("refuge", N_("At a place of refuge, waiting for help")),
};
TABLE(moment, moment_rows, N_("Occupants by their state at one time: mean over runs"));

static const mu_field occupants_rows[] = {
    COUNT("total", N_("Occupants of the site; responders are not counted")),
    COUNT("indoors", N_("Of them, in a building at the start")),
    INSIDE("by_state", ALWAYS, states, N_("State at the end, mean over runs")),
    LIST_OF("over_time", moment, N_("State over time, closer together at the start")),
};
TABLE(occupants, occupants_rows, N_("The people on the site"));

static const char *const remains_words[] = {"untold", "no_way", "on_the_way", "refuge", NULL};
static const mu_field remaining_rows[] = {
    STRING("id", ALWAYS, N_("The occupant")),
    STRING("space", OR_NULL, N_("Where, in the first of these runs; null on a stair")),
    WORDS("why", ALWAYS, remains_words, N_("Why, in the first of these runs")),
    COUNT("runs", N_("Runs at whose end they were still inside")),
    COUNT("first_replication", N_("The first of these runs")),
};
TABLE(remaining, remaining_rows, N_("Someone who was still inside at the end of a run"));

static const mu_field point_rows[] = {
    REAL("t_s", ALWAYS, "s", N_("Time since the start of the run")),
    SHARE("share", ALWAYS, N_("Share by then: mean over runs")),
    SHARE("low", ALWAYS, N_("5th percentile over runs")),
    SHARE("high", ALWAYS, N_("95th percentile over runs")),
};
TABLE(point, point_rows, N_("One time of a curve"));

static const mu_field evacuation_rows[] = {
    COUNT("runs", N_("Runs in which anybody left a building; the times are means over them")),
    REAL("mean_s", OR_NULL, "s",
         N_("Time since the start of the run at which people left the building: mean over those "
            "who left")),
    REAL("p95_s", OR_NULL, "s",
         N_("95th percentile of the same: the first time by which 95 % of those who left had "
            "left")),
    REAL("last_s", OR_NULL, "s", N_("When the last of those who left had left")),
    SHARE("evacuated_share", OR_NULL, N_("Share of those indoors at the start who left")),
    COUNT("ordered_runs", N_("Runs with an alarm or an order to leave")),
    REAL("ordered_s", OR_NULL, "s",
         N_("When the first alarm or order to leave was given, mean over those runs")),
    LIST_OF("curve", point,
            N_("Share of those indoors at the start who have left; whoever never leaves keeps it "
               "below 1")),
};
TABLE(evacuation, evacuation_rows, N_("How people left the buildings"));

static const mu_field channel_rows[] = {
    STRING("id", ALWAYS, N_("Id of the channel")),
    TEXT("name", N_("Name that people read")),
    SHARE("share", ALWAYS, N_("Share of occupants whom it was the first to reach")),
    REAL("sent", ALWAYS, "1", N_("Messages sent, by receiver: mean over runs")),
    REAL("delivered", ALWAYS, "1", N_("Of them delivered")),
    REAL("lost", ALWAYS, "1", N_("Of them lost")),
};
TABLE(channel, channel_rows, N_("One channel"));

static const mu_field unreached_place_rows[] = {
    STRING("space", ALWAYS, N_("Where they were at the order")),
    TEXT("name", N_("Name that people read")),
    REAL("persons", ALWAYS, "persons", N_("Mean over runs")),
};
TABLE(unreached_place, unreached_place_rows, N_("A space with people who were not reached"));

static const mu_field unreached_rows[] = {
    COUNT("runs", N_("Runs with an alarm or order; the figures are means over them")),
    REAL("persons", ALWAYS, "persons",
         N_("Occupants who had not left at the first order and were never reached")),
    REAL("lost", ALWAYS, "persons", N_("Of them: messages to them were lost")),
    REAL("no_speaker", ALWAYS, "persons",
         N_("Of them: no loudspeaker is heard where they were, and nothing else came through")),
    REAL("no_phone", ALWAYS, "persons", N_("Of them: they carry no phone, and had to")),
    REAL("left_out", ALWAYS, "persons",
         N_("Of them: no order was meant for them, or it was still under way")),
    LIST_OF("places", unreached_place, N_("Where most of them were")),
};
TABLE(unreached, unreached_rows, N_("Who was not reached, and why"));

static const mu_field notification_rows[] = {
    SHARE("reached_share", OR_NULL, N_("Share of occupants that an alarm or message reached")),
    REAL("t50_s", OR_NULL, "s",
         N_("When half of all occupants were reached: mean over the runs in which they were")),
    COUNT("t50_never", N_("Runs in which half were never reached")),
    REAL("t95_s", OR_NULL, "s", N_("When 95 % of all occupants were reached, in the same way")),
    COUNT("t95_never", N_("Runs in which 95 % were never reached")),
    INSIDE("unreached", ALWAYS, unreached, N_("Who was not reached, and why")),
    LIST_OF("by_channel", channel, N_("Channel by channel")),
    LIST_OF("curve", point, N_("Share of all occupants reached")),
};
TABLE(notification, notification_rows, N_("How people learned of it"));

static const mu_field communications_rows[] = {
    REAL("sent", ALWAYS, "1", N_("Messages sent, by receiver: mean over runs")),
    REAL("delivered", ALWAYS, "1", N_("Of them delivered")),
    REAL("lost", ALWAYS, "1", N_("Of them lost")),
};
TABLE(communications, communications_rows, N_("Messages over all channels"));

static const mu_field exposure_rows[] = {
    REAL("peak", ALWAYS, "persons",
         N_("Most occupants at once inside the policy's radius of the item: mean over runs")),
    REAL("person_s", ALWAYS, "s",
         N_("Time spent inside it, summed over occupants: mean over runs")),
};
TABLE(exposure, exposure_rows, N_("Who was near the item, and how long"));

static const mu_field band_rows[] = {
    COUNT("band", N_("1, 2 or 3: irritation, needs care, severe (AEGL)")),
    REAL("occupants", ALWAYS, "persons", N_("Occupants whose largest band it was: mean over runs")),
    REAL("responders", ALWAYS, "persons", N_("Responders, in the same way")),
    REAL("person_minutes", ALWAYS, "min",
         N_("Time spent in air at or above the 60-minute value, summed over people: mean over "
            "runs")),
};
TABLE(band, band_rows, N_("An exposure band"));

static const mu_field air_rows[] = {
    REAL("t_s", ALWAYS, "s", N_("Time since the start of the run")),
    REAL("ppm", ALWAYS, "ppm",
         N_("Concentration: mean over the runs in which the gas is still about")),
};
TABLE(air_point, air_rows, N_("A point of a curve"));

static const mu_field zone_rows[] = {
    STRING("id", ALWAYS, N_("Id of the air zone")),
    TEXT("name", N_("Name that people read")),
    REAL("peak_ppm", ALWAYS, "ppm", N_("Highest concentration: mean over runs")),
    REAL("peak_s", OR_NULL, "s", N_("When, from the start of the leak")),
    LIST_OF("curve", air_point, N_("Concentration over time; empty where none got there")),
};
TABLE(air_zone, zone_rows, N_("Where the gas got to"));

static const mu_field vent_rows[] = {
    STRING("id", ALWAYS, N_("Id of the air-handling unit")),
    TEXT("name", N_("Name that people read")),
    COUNT("runs", N_("Runs in which it was shut")),
    REAL("shut_after_s", OR_NULL, "s", N_("When, from the start of the leak: mean over those")),
    REAL("shut_s", ALWAYS, "s", N_("How long it was shut in all: mean over runs")),
};
TABLE(vent, vent_rows, N_("An air-handling unit"));

static const mu_field wash_rows[] = {
    REAL("queued", ALWAYS, "persons", N_("People who came to the line: mean over runs")),
    REAL("processed", ALWAYS, "persons", N_("Of them, those who left it clean")),
    REAL("mean_wait_s", OR_NULL, "s", N_("Wait in front of it")),
};
TABLE(wash, wash_rows, N_("Decontamination"));

static const mu_field gas_rows[] = {
    STRING("substance", ALWAYS, N_("What was released")),
    COUNT("gone_runs", N_("Runs in which every air zone became clear")),
    REAL("gone_s", OR_NULL, "s", N_("When, from the start of the leak: mean over those")),
    LIST_OF("bands", band, N_("Who was exposed")),
    LIST_OF("zones", air_zone, N_("Every air zone of the site")),
    LIST_OF("ventilation", vent, N_("Every air-handling unit of the site")),
    INSIDE("decontamination", ALWAYS, wash, N_("Decontamination")),
};
TABLE(gas, gas_rows, N_("What a gas did"));

static const mu_field shelter_rows[] = {
    REAL("most", ALWAYS, "persons", N_("Most in shelter at once: mean over runs")),
    REAL("stayed_in", ALWAYS, "persons",
         N_("Inside at the end of a run because they had been told to stay in: mean over runs; "
            "`remaining` leaves them out")),
    COUNT("locked_down_runs", N_("Runs with a lockdown")),
    COUNT("secured_runs", N_("Runs in which the first lockdown was secured")),
    REAL("secured_s", OR_NULL, "s",
         N_("From that order until nobody in its zone was outside a shelter and the last door was "
            "locked: mean over those runs")),
    REAL("doors_locked", ALWAYS, "1", N_("Doors locked by hand: mean over runs")),
    REAL("asked", ALWAYS, "persons",
         N_("People in shelter whom a message that asks for an answer reached: mean over runs")),
    REAL("known", ALWAYS, "persons", N_("Of them, those who answered at least once")),
    COUNT("known_half_runs", N_("Runs in which half of those in shelter became known")),
    REAL("known_half_s", OR_NULL, "s",
         N_("From the order to lock down until then: mean over those runs")),
};
TABLE(shelter, shelter_rows, N_("Shelter and lockdown"));

static const mu_field hostage_rows[] = {
    COUNT("runs", N_("Runs in which people were held")),
    REAL("held", ALWAYS, "persons", N_("Occupants held at the start of it: mean over runs")),
    REAL("let_go", ALWAYS, "persons", N_("Of them let go before the end")),
    REAL("held_person_s", ALWAYS, "s", N_("Time spent held, summed over people: mean over runs")),
    COUNT("resolved_runs", N_("Runs in which it came to an end")),
    REAL("lasted_mean_s", OR_NULL, "s", N_("How long it lasted: mean over those runs")),
    REAL("lasted_median_s", OR_NULL, "s", N_("Median")),
    REAL("lasted_p95_s", OR_NULL, "s", N_("95th percentile")),
    REAL("crossed_untold", ALWAYS, "1",
         N_("Times that somebody came into sight of the place before the end whom no order to keep "
            "clear had reached, those let go among them: mean over runs")),
    REAL("crossed_told", ALWAYS, "1",
         N_("The same of people whom such an order had reached: must be 0")),
};
TABLE(hostage, hostage_rows, N_("People held"));

static const mu_field inside_rows[] = {
    COUNT("untold", N_("No alarm or message reached them")),
    COUNT("no_way", N_("Knew no way out that they could use")),
    COUNT("on_the_way", N_("The run was stopped before they were out")),
    COUNT("refuge", N_("Waited at a place of refuge")),
    COUNT("stayed", N_("Were told to stay in, and never to leave")),
};
TABLE(inside, inside_rows, N_("Occupants who were still inside when a run ended, by reason"));

static const mu_field replication_rows[] = {
    COUNT("replication", N_("Its number; with the seed it names the run")),
    STRING("state_hash", ALWAYS, N_("Hash of the world at its end, 16 hexadecimal digits")),
    REAL("end_s", ALWAYS, "s", N_("When it ended")),
    {.name = "quiet",
     .kind = MU_FIELD_BOOL,
     .flags = ALWAYS,
     .meaning = N_("Nothing was left to happen; else it was stopped at its horizon")},
    COUNT("left", N_("Of those indoors at the start: how many left")),
    REAL("mean_s", OR_NULL, "s", N_("When they left: mean")),
    REAL("p95_s", OR_NULL, "s", N_("95th percentile")),
    REAL("last_s", OR_NULL, "s", N_("The last")),
    COUNT("reached", N_("Occupants reached by an alarm or message")),
    COUNT("out", N_("Occupants who were out, or taken away, at its end")),
    INSIDE("inside", ALWAYS, inside, N_("Occupants who were not, by reason")),
};
TABLE(replication, replication_rows, N_("One run"));

static const mu_field part_rows[] = {
    WORDS("part", ALWAYS, part_words, N_("What the time was spent on")),
    COUNT("from_us", N_("Start, in microseconds since the start of the run")),
    COUNT("to_us", N_("End")),
    COUNT("duration_us", N_("From start to end")),
    COUNT("record", N_("Id, in that replication's log, of the record that ended it")),
    STRING("kind", ALWAYS, N_("Kind of that record")),
    STRING("step", OR_NULL, N_("Step of the playbook that it belongs to")),
    TEXT("step_name", N_("Name of the step")),
    STRING("who", OR_NULL, N_("Who or what it was that acted, or that was waited for")),
    TEXT("who_name", N_("Name of the same")),
    STRING("what", OR_NULL, N_("What it was about")),
    STRING("place", OR_NULL, N_("Where")),
    STRING("over", OR_NULL, N_("Channel of a message")),
    TEXT("over_name", N_("Name of the channel")),
    STRING("holder", OR_NULL, N_("Of a wait: who or what held what was waited for")),
    TEXT("holder_name", N_("Name of the same")),
};
TABLE(part, part_rows, N_("One part of a cause chain"));

static const mu_field chain_rows[] = {
    COUNT("replication", N_("The run that it is of")),
    COUNT("total_us",
          N_("From the start of the clause to its end; the parts add up to it exactly")),
    LIST_OF("parts", part, N_("The parts in the order of time, without gap or overlap")),
};
TABLE(chain, chain_rows, N_("What the time of a clause was spent on, in one run"));

static const mu_field clause_rows[] = {
    STRING("id", ALWAYS, N_("Id of the clause")),
    STRING("same_as", OR_NULL, N_("Clause that was judged in its place")),
    STRING("source", OR_NULL, N_("Document and place")),
    TEXT("title", N_("A few words")),
    STRING("system", OR_NULL, N_("Part of the security system that it belongs to")),
    STRING("capability", OR_NULL, N_("Exercise capability that it belongs to")),
    STRING("owner", OR_NULL, N_("Role that answers for it")),
    {.name = "severity",
     .kind = MU_FIELD_INT,
     .flags = ALWAYS,
     .most = 5,
     .meaning = N_("How bad a miss is: 1 minor to 5 lives")},
    WORDS("kind", ALWAYS, kind_words, N_("What kind of demand it is")),
    WORDS("basis", ALWAYS, basis_words,
          N_("Whether the source states the number, it is assumed, or given as an example")),
    WORDS("statistic", ALWAYS, statistic_words, N_("Which of several occurrences is judged")),
    WORDS("verdict", ALWAYS, verdict_words, N_("The verdict over all runs")),
    WORDS("how", ALWAYS, how_words, N_("How it was reached, or would be")),
    WORDS("reason", OR_NULL, reason_words, N_("Why it was not exercised")),
    COUNT("runs", N_("Runs that decide")),
    COUNT("met", N_("Of them, those that met it")),
    COUNT("never", N_("Of them, those that missed it because its end never came")),
    COUNT("undecided", N_("Runs that ended before its limit")),
    COUNT("not_exercised", N_("Runs in which nothing started it")),
    SHARE("share", OR_NULL, N_("Share of the deciding runs that met it")),
    {.name = "ci95",
     .kind = MU_FIELD_REAL,
     .flags = LIST | MU_FIELD_NULLABLE,
     .least = 2,
     .most = 2,
     .unit = "1",
     .meaning = N_("95 % interval of that share (Wilson)")},
    REAL("limit", OR_NULL, NULL, N_("What it demands")),
    STRING("unit", OR_NULL, N_("Unit of the limit")),
    STRING("value_unit", ALWAYS, N_("Unit of median, p90 and mean")),
    REAL("median", OR_NULL, NULL,
         N_("Value that half of the deciding runs are at least as good as; null if it never came")),
    REAL("p90", OR_NULL, NULL, N_("The same of 90 % of the deciding runs")),
    REAL("mean", OR_NULL, NULL, N_("Mean over the deciding runs; null if any never came")),
    WORDS("rating", ALWAYS, rating_words,
          N_("Predicted rating: P performed, S with some challenges, M with major challenges, U "
             "unable, N not exercised")),
    INSIDE("cause_chain", OR_NULL, chain, N_("Where the time went in a typical run")),
};
TABLE(clause, clause_rows, N_("A clause and its verdict"));

static const char *const stage_words[] = {"found", "tagged",   "treated", "gathered",
                                          "taken", "admitted", NULL};

#define TAGGED(id, what) REAL(id, ALWAYS, "persons", what)
static const mu_field tags_rows[] = {
    TAGGED("green", N_("Minor")),
    TAGGED("yellow", N_("Delayed")),
    TAGGED("red", N_("Immediate")),
    TAGGED("black", N_("Deceased")),
};
TABLE(tags, tags_rows, N_("Casualties by the START tag that they play, means over runs"));

static const mu_field stage_rows[] = {
    WORDS("stage", ALWAYS, stage_words, N_("What is done for a casualty")),
    SHARE("share", ALWAYS,
          N_("Share of the casualties for whom it was done, mean over runs; those who play "
             "'deceased' count until they are sorted")),
    REAL("t50_s", OR_NULL, "s", N_("Until it was done for half, from when they were hurt")),
    COUNT("t50_never", N_("Runs with casualties in which it was not done for half")),
    REAL("t95_s", OR_NULL, "s", N_("Until it was done for 95 %")),
    COUNT("t95_never", N_("Runs with casualties in which it was not done for 95 %")),
    REAL("last_s", OR_NULL, "s", N_("Until the last one for whom it was done")),
};
TABLE(stage, stage_rows, N_("One stage of care over all runs with casualties"));

static const mu_field care_point_rows[] = {
    REAL("t_s", ALWAYS, "s", N_("Time since they were hurt")),
    SHARE("found", ALWAYS, N_("Share of the casualties that were found by then")),
    SHARE("tagged", ALWAYS, N_("Share that were sorted")),
    SHARE("treated", ALWAYS, N_("Share that were treated")),
    SHARE("gathered", ALWAYS, N_("Share that were at the collection point")),
    SHARE("taken", ALWAYS, N_("Share that had left the site")),
    SHARE("admitted", ALWAYS, N_("Share that were at the hospital")),
};
TABLE(care_point, care_point_rows, N_("A point of the curves of care, means over runs"));

static const mu_field patient_rows[] = {
    STRING("id", ALWAYS, N_("Id of the person")),
    STRING("plays", ALWAYS, N_("Tag that they play")),
    STRING("tag", OR_NULL, N_("Tag that the medics gave; null: they were not sorted")),
    REAL("hurt_s", ALWAYS, "s", N_("When they were hurt, from the start of the run")),
    REAL("found_s", OR_NULL, "s", N_("When they were found; null: never")),
    REAL("tagged_s", OR_NULL, "s", N_("When they were sorted")),
    REAL("treated_s", OR_NULL, "s", N_("When they were treated")),
    REAL("gathered_s", OR_NULL, "s", N_("When they were at the collection point")),
    REAL("taken_s", OR_NULL, "s", N_("When they left the site")),
    REAL("admitted_s", OR_NULL, "s", N_("When they were at the hospital")),
    STRING("hospital", OR_NULL, N_("Id of the hospital; null: none, or the roster lists none")),
};
TABLE(patient, patient_rows, N_("A casualty of the first run that has any"));

static const mu_field hospital_rows[] = {
    STRING("id", ALWAYS, N_("Id of the hospital")),
    REAL("patients", ALWAYS, "persons", N_("Patients that it admitted")),
    TAGGED("green", N_("Of them, tagged green")),
    TAGGED("yellow", N_("Of them, tagged yellow")),
    TAGGED("red", N_("Of them, tagged red")),
    TAGGED("black", N_("Of them, tagged black")),
    REAL("sent_on", ALWAYS, "1", N_("Vehicles that it had to send on for want of room")),
};
TABLE(hospital, hospital_rows, N_("A hospital, means over the runs with casualties"));

static const mu_field casualties_rows[] = {
    COUNT("runs", N_("Runs with casualties; the means are over these")),
    REAL("count", ALWAYS, "persons", N_("Casualties")),
    INSIDE("by_tag", ALWAYS, tags, N_("By tag")),
    LIST_OF("stages", stage, N_("What was done for them, in the usual order")),
    LIST_OF("curve", care_point, N_("The same over time; empty without casualties")),
    LIST_OF("hospitals", hospital, N_("Who went where; empty where the roster lists none")),
    LIST_OF("patients", patient, N_("One by one, in the first run that has any")),
};
TABLE(casualties, casualties_rows, N_("Exercise casualties and their care"));

static const mu_field roll_call_rows[] = {
    COUNT("runs", N_("Runs in which the counts were compared; the means are over these")),
    REAL("compared_s", OR_NULL, "s", N_("When, from the start of the run")),
    REAL("expected", ALWAYS, "persons", N_("On a roster or register: present, known or missing")),
    REAL("present", ALWAYS, "persons", N_("Of them, counted at an assembly point")),
    REAL("known", ALWAYS, "persons", N_("Casualties that were known, so not missed")),
    REAL("missing", ALWAYS, "persons", N_("Neither: missing")),
    REAL("found", ALWAYS, "persons", N_("Of the missing, those found or come later")),
    REAL("unlisted", ALWAYS, "persons",
         N_("Counted, but on no list: nobody would have missed them")),
    COUNT("closed_runs", N_("Runs in which nobody was missing in the end")),
    REAL("closed_s", OR_NULL, "s", N_("When that was, mean over those runs")),
};
TABLE(roll_call, roll_call_rows, N_("The roll-call"));

static const mu_field with_rows[] = {
    TAGGED("stretcher", N_("On a stretcher")),
    TAGGED("evacuation_chair", N_("In an evacuation chair")),
    TAGGED("carry_chair", N_("In a carry chair")),
    TAGGED("by_hand", N_("In the helpers' hands")),
};
TABLE(with, with_rows, N_("What those who were helped were brought down with, means over runs"));

static const mu_field assisted_rows[] = {
    COUNT("runs", N_("Runs in which somebody waited at a place of refuge; the means are over "
                     "these")),
    REAL("reached", ALWAYS, "persons", N_("Came to a place of refuge")),
    REAL("called", ALWAYS, "persons", N_("Of them, whose call for help got through")),
    REAL("brought", ALWAYS, "persons", N_("Of them, brought out by helpers")),
    INSIDE("with", ALWAYS, with, N_("With what")),
    REAL("waited_s", OR_NULL, "s", N_("From the refuge until ready to go, mean over persons")),
    REAL("out_s", OR_NULL, "s", N_("From the refuge until out, mean over persons")),
    REAL("last_s", OR_NULL, "s", N_("When the last was out, from the start of the run")),
    COUNT("lifts_recalled_runs", N_("Runs in which an alarm recalled lifts")),
    REAL("lift_rides", ALWAYS, "1", N_("Entries into lifts, mean over all runs")),
};
TABLE(assisted, assisted_rows, N_("People who could not use stairs, and lifts"));

static const mu_field metrics_rows[] = {
    STRING("program", ALWAYS, N_("Program and version that wrote the file")),
    INSIDE("incident", ALWAYS, incident, N_("The incident")),
    INSIDE("site", ALWAYS, site, N_("The site")),
    INSIDE("policy", ALWAYS, policy, N_("The policy")),
    LIST_OF("inputs", input, N_("Every file that was read, and its hash")),
    {.name = "seed",
     .kind = MU_FIELD_INT,
     .flags = ALWAYS,
     .most = MOST_INT,
     .meaning = N_("Seed of the study")},
    COUNT("reps", N_("Replications")),
    INSIDE("occupants", ALWAYS, occupants, N_("The people on the site")),
    LIST_OF("remaining", remaining, N_("Everyone who was still inside at the end of a run")),
    INSIDE("evacuation", ALWAYS, evacuation, N_("How people left the buildings")),
    INSIDE("notification", ALWAYS, notification, N_("How people learned of it")),
    INSIDE("communications", ALWAYS, communications, N_("Messages")),
    INSIDE("exposure", ALWAYS, exposure, N_("Who was near the item")),
    INSIDE("gas", OR_NULL, gas, N_("What a gas did; null where none was released")),
    INSIDE("shelter", ALWAYS, shelter, N_("Shelter and lockdown")),
    INSIDE("hostage", OR_NULL, hostage, N_("People held; null where nobody was")),
    INSIDE("casualties", ALWAYS, casualties, N_("Exercise casualties and their care")),
    INSIDE("roll_call", ALWAYS, roll_call, N_("The roll-call")),
    INSIDE("assisted", ALWAYS, assisted, N_("People who could not use stairs, and lifts")),
    WORDS("ratings", ALWAYS, rated_words,
          N_("Every rating in this file is predicted by simulation, not given by an evaluator")),
    LIST_OF("clauses", clause, N_("Every clause of the policy, in its order")),
    LIST_OF("replications", replication, N_("Every run")),
};
TABLE(metrics, metrics_rows, N_("What the runs of one incident say"));

const mu_file_kind mu_metrics_file = {
    .format = "muster.metrics",
    .version = 1,
    .root = &metrics,
    .meaning = N_("Results of the runs of one incident, as `muster run` writes them"),
};
