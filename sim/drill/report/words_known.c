/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that policies, rosters and sites of ours use, as people say them. A word that is not here is
 * shown as the planner wrote it. */
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
};

static const known roles[] = {
    {"staff", N_("staff")},
    {"visitor", N_("visitor")},
    {"contractor", N_("contractor")},
    {"guard", N_("guard")},
    {"operator", N_("control-room operator")},
    {"duty_head", N_("head on duty")},
    {"ert", N_("emergency response team")},
    {"police", N_("police")},
    {"fire", N_("fire service")},
    {"eod", N_("bomb disposal")},
    {"medic", N_("medic")},
    {"negotiator", N_("negotiator")},
};

static const known others[] = {
    {"persons", N_("persons")},
    {"months", N_("months")},
    {"d", N_("days")},
    {"t", N_("t")},
    {"m", N_("m")},
    {"per_year", N_("a year")},
    {"per_vehicle", N_("per vehicle")},
    {"hours_per_week", N_("hours a week")},
    {"working_days", N_("working days")},
    {"limit", N_("at most")},
    {"interval", N_("every")},
    {"radius", N_("radius")},
    {"groups", N_("groups")},
    {"levels", N_("levels")},
    {"channels", N_("channels")},
    {"count", N_("number")},
    {"rate", N_("rate")},
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

const char *mu_say_word(const mu_view *view, const char *word) {
    const char *said = FIND(owners, word);
    said = said != NULL ? said : FIND(capabilities, word);
    said = said != NULL ? said : FIND(roles, word);
    said = said != NULL ? said : FIND(others, word);
    if (said != NULL) {
        return said;
    }
    char *copy = mu_arena_copy(view->arena, word);
    if (copy == NULL) {
        return word;
    }
    for (char *c = copy; *c != 0; c++) {
        *c = *c == '_' ? ' ' : *c;
    }
    return copy;
}
