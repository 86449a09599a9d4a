/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that policies, rosters and sites of ours use, as people say them. A word that is not here
 * is shown as the planner wrote it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "drill/report/words.h"

typedef struct known {
    const char *word, *said;
} known;

static const known owners[] = {
    {"leading_group", N_("leading group")},
    {"security_head", N_("head of security")},
    {"emergency_head", N_("head of emergency response")},
    {"facilities_head", N_("head of facilities")},
    {"it_head", N_("head of information technology")},
    {"hr_head", N_("head of human resources")},
    {"logistics_head", N_("head of logistics")},
    {"intelligence_head", N_("head of intelligence")},
    {"finance_head", N_("head of finance")},
    {"liaison_officer", N_("liaison officer")},
    {"guard_captain", N_("guard captain")},
    {"control_room", N_("control room")},
    {"unassigned", N_("not assigned")},
};

static const known capabilities[] = {
    {"on_scene_security", N_("on-scene security and protection")},
    {"risk_management", N_("risk management")},
    {"training", N_("training and exercises")},
    {"physical_protection", N_("physical protective measures")},
    {"operational_communications", N_("operational communications")},
    {"command", N_("operational coordination and command")},
    {"planning", N_("planning")},
    {"screening_and_detection", N_("screening, search and detection")},
    {"logistics", N_("logistics and supplies")},
    {"infrastructure", N_("infrastructure systems")},
    {"intelligence", N_("intelligence and information sharing")},
    {"access_control", N_("access control")},
    {"situational_assessment", N_("situational assessment")},
    {"evacuation", N_("evacuation")},
    {"public_warning", N_("public information and warning")},
    {"mass_care", N_("mass care")},
    {"medical", N_("medical services")},
    {"other", N_("not assigned to a capability")},
};

static const known roles[] = {
    {"staff", N_("staff")},
    {"visitor", N_("visitor")},
    {"contractor", N_("contractor")},
    {"guard", N_("guard")},
    {"operator", N_("control-room operator")},
    {"reception", N_("reception")},
    {"engineer", N_("engineer")},
    {"guide", N_("evacuation guide")},
    {"leader", N_("leading group")},
    {"duty_head", N_("head on duty")},
    {"ert", N_("emergency response team")},
    {"intelligence", N_("intelligence desk")},
    {"logistics", N_("logistics")},
    {"police", N_("police")},
    {"police_eod", N_("police bomb disposal")},
    {"medical", N_("ambulance service")},
    {"fire", N_("fire service")},
    {"fire_hazmat", N_("fire service, hazardous materials")},
    {"neighbours", N_("neighbourhood watch")},
};

/* Units and names of demands. */
static const known measures[] = {
    {"s", N_("s")},
    {"min", N_("min")},
    {"h", N_("h")},
    {"m/s", N_("m/s")},
    {"persons", N_("persons")},
    {"months", N_("months")},
    {"d", N_("days")},
    {"t", N_("t")},
    {"m", N_("m")},
    {"per_year", N_("a year")},
    {"per_vehicle", N_("per vehicle")},
    {"hours_per_week", N_("hours a week")},
    {"working_days", N_("working days")},
    {"radius", N_("radius")},
    {"height", N_("height")},
    {"mass", N_("mass")},
    {"retention", N_("kept for")},
    {"duration", N_("for")},
    {"hours", N_("at least")},
    {"total", N_("in all")},
    {"eod", N_("bomb disposal")},
    {"medic", N_("medics")},
    {"negotiator", N_("negotiators")},
    {"appeal", N_("appeal within")},
    {"review", N_("review within")},
    {"groups", N_("groups")},
    {"levels", N_("levels")},
    {"channels", N_("channels")},
    {"ratio", N_("ratio")},
    {"count", N_("number")},
    {"items", N_("items")},
    {"teams", N_("teams")},
    {"shifts", N_("shifts")},
    {"tiers", N_("tiers")},
    {"weight", N_("weight")},
    {"drop", N_("reduction")},
    {"pass", N_("pass mark")},
    {"locks", N_("locks")},
    {"zones", N_("zones")},
    {"passages", N_("passages")},
    {"threshold", N_("threshold")},
    {"classes", N_("classes")},
    {"threats", N_("threats")},
    {"metrics", N_("metrics")},
    {"remediation", N_("weight of remediation")},
    {"drill_pass", N_("weight of drills passed")},
    {"training_coverage", N_("weight of training coverage")},
    {"intelligence_timeliness", N_("weight of timely intelligence")},
    {"age", N_("age")},
};

/* Objects and places of playbooks and clauses. */
static const known places[] = {
    {"item", N_("the item")},
    {"@item", N_("the item")},
    {"core", N_("the core area")},
    {"@core", N_("the core area")},
    {"site", N_("the site")},
    {"building", N_("the building")},
    {"radius", N_("the danger area")},
    {"key", N_("the key posts")},
    {"outer_cordon", N_("the outer cordon")},
    {"inner_cordon", N_("the inner cordon")},
    {"negotiation", N_("the negotiation point")},
    {"hostage", N_("the place where people are held")},
    {"level", N_("the floor")},
    {"elsewhere", N_("everywhere else")},
    {"protective_kit", N_("protective kits")},
    {"blast_blanket", N_("blast blankets")},
    {"eod_kit", N_("disposal kits")},
    {"medical_kit", N_("medical kits")},
    {"barrier_tape", N_("barrier tape")},
    {"gas_detector", N_("gas detectors")},
    {"stretcher", N_("stretchers")},
    {"evacuation_chair", N_("evacuation chairs")},
    {"carry_chair", N_("carry chairs")},
    {"second_item", N_("the second item")},
    {"command", N_("the command room")},
    {"desk", N_("the control desk")},
    {"security", N_("the control room")},
    {"leaders", N_("the leaders")},
    {"leading_group", N_("the leading group")},
    {"hospital", N_("the hospital")},
    {"camera", N_("a camera")},
    {"detector", N_("a gas detector")},
    {"gas", N_("the gas")},
    {"leak", N_("the leak")},
    {"ventilation", N_("the ventilation")},
    {"downwind", N_("downwind")},
    {"plant", N_("the plant")},
    {"perimeter", N_("the perimeter")},
    {"grounds", N_("the grounds")},
    {"control_zone", N_("the outer zone of the data centre")},
    {"data_centre", N_("the data centre")},
    {"archive", N_("the archive")},
    {"passage", N_("the locked passage")},
    {"suspect", N_("the suspect")},
    {"vehicle", N_("the vehicle")},
    {"mains", N_("mains power")},
    {"primary", N_("the last telephone of the site")},
    {"target", N_("the end of the path")},
    {"barrier", N_("the barrier")},
    {"turnstile", N_("the turnstile")},
    {"two_person", N_("the two-person rule")},
    {"interlock", N_("the interlock")},
    {"closed_passage", N_("a closed passage")},
    {"climate", N_("temperature or humidity")},
    {"heat", N_("heat")},
    {"dry", N_("dry air")},
    {"damp", N_("damp air")},
    {"stranger", N_("a stranger without a pass")},
    {"fire_lane", N_("the fire lane")},
    {"car_park", N_("the car park")},
    {"neighbours", N_("the neighbourhood watch")},
    {"review", N_("the review")},
    {"tip", N_("a report at the intelligence desk")},
    {"open_source", N_("open sources")},
    {"warning_yellow", N_("warning, yellow")},
    {"warning_orange", N_("warning, orange")},
    {"incident", N_("the incident")},
    {"area", N_("the area affected")},
    {"casualties", N_("the injured")},
    {"services", N_("the services of the building")},
    {"casualty", N_("casualty")},
    {"ambulance", N_("ambulance")},
    {"button", N_("button")},
    {"counter_flow", N_("counter flow")},
    {"dark", N_("dark")},
    {"door", N_("door")},
    {"door_contact", N_("door contact")},
    {"fence", N_("fence")},
    {"guards", N_("guards")},
    {"infrared", N_("infrared")},
    {"inside", N_("inside")},
    {"intrusion", N_("intrusion")},
    {"keysite", N_("keysite")},
    {"negotiators", N_("negotiators")},
    {"roof", N_("roof")},
    {"team", N_("team")},
    {"thermal_camera", N_("thermal camera")},
    {"vehicles", N_("vehicles")},
    {"vibration_cable", N_("vibration cable")},
    {"visitors", N_("visitors")},
    {"decontamination", N_("decontamination")},
    {"outer", N_("the outer cordon")},
    {"inner", N_("the inner cordon")},
    {"assembly", N_("the assembly point")},
    {"red", N_("red")},
    {"orange", N_("orange")},
    {"yellow", N_("yellow")},
};

static const char *find(const known *table, size_t count, const char *word) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(table[i].word, word) == 0) {
            return _(table[i].said);
        }
    }
    return NULL;
}

#define FIND(table, word) find(table, sizeof(table) / sizeof((table)[0]), word)

const char *mu_known_word(const char *word) {
    const char *said = FIND(roles, word);
    said = said != NULL ? said : FIND(owners, word);
    return said != NULL ? said : FIND(places, word);
}

const char *mu_known_measure(const char *word) {
    return FIND(measures, word);
}

static const char *without_underlines(const mu_view *view, const char *word) {
    char *copy = mu_arena_copy(view->arena, word);
    for (char *c = copy; c != NULL && *c != 0; c++) {
        *c = *c == '_' ? ' ' : *c;
    }
    return copy != NULL ? copy : word;
}

const char *mu_say_role(const mu_view *view, const char *word) {
    const mu_text *named = mu_roster_role_name(&view->plan->roster, word);
    if (named != NULL) {
        return mu_say_text(view, named);
    }
    const char *said = FIND(roles, word);
    said = said != NULL ? said : FIND(owners, word);
    return said != NULL ? said : without_underlines(view, word);
}

const char *mu_say_capability(const mu_view *view, const char *word) {
    const char *said = FIND(capabilities, word);
    return said != NULL ? said : without_underlines(view, word);
}

const char *mu_say_word(const mu_view *view, const char *word) {
    const char *said = FIND(measures, word);
    said = said != NULL ? said : FIND(places, word);
    return said != NULL ? said : mu_say_role(view, word);
}

/* Reads `before` and then a number; false if something else stands there. */
static bool read_number(const char **at, const char *before, int *out) {
    const size_t length = strlen(before);
    if (strncmp(*at, before, length) != 0 || (*at)[length] < '0' || (*at)[length] > '9') {
        return false;
    }
    char *end = NULL;
    *out = (int)strtol(*at + length, &end, 10);
    *at = end;
    return true;
}

/* The policies that come with Muster name the place in one form, which can be said in any language;
 * another form is shown as it is. */
const char *mu_source_said(const mu_clause *clause, char *room, size_t size) {
    int chapter = 0, section = 0, subsection = 0, item = 0;
    const char *at = clause->source;
    if (at == NULL) {
        return "–";
    }
    const bool read = read_number(&at, "security work system, chapter ", &chapter) &&
                      read_number(&at, ", section ", &section) &&
                      read_number(&at, ".", &subsection) && read_number(&at, ", item ", &item);
    if (!read || *at != 0) {
        return clause->source;
    }
    (void)snprintf(room, size, _("security work system, chapter %d, section %d.%d, item %d"),
                   chapter, section, subsection, item);
    return room;
}

const char *mu_say_source(const mu_view *view, const mu_clause *clause) {
    char room[256];
    return mu_say(view, "%s", mu_source_said(clause, room, sizeof room));
}
