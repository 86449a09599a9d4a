/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What fails meanwhile, who comes to the lanes, and the incidents that come from outside, checked
 * and given their words. */
#include <inttypes.h>
#include <stdio.h>

#include "core/i18n.h"
#include "drill/plan_inside.h"
#include "response/climate.h"
#include "response/provisions.h"

uint32_t mu_outage_terms_most(const mu_plan *plan) {
    return 2 * plan->incident.outages.count + 7 * plan->incident.tips.count +
           plan->site.lanes.count + plan->roster.members.count + 5 * plan->site.equipment.count +
           16;
}

static bool add_outage(const mu_plan *plan, const mu_outage *outage, const char **terms,
                       uint32_t *count) {
    const char *name = outage->mains || outage->channel.id == NULL ? "mains" : outage->channel.id;
    return mu_brings_add(plan, terms, count, "outage", name, NULL) &&
           (outage->until_s <= 0 || mu_brings_add(plan, terms, count, "back", name, NULL));
}

/* A room may get too warm, too dry or too damp where mains power is lost; its sensor tells, and
 * somebody looks. */
static bool add_climate(const mu_plan *plan, const char **terms, uint32_t *count) {
    bool fine = true;
    for (uint32_t e = 0; e < plan->site.equipment.count && fine; e++) {
        const mu_equipment *thing = &plan->site.equipment.items[e];
        if (thing->kind == MU_EQUIPMENT_CLIMATE_SENSOR && thing->guards != NULL) {
            for (int r = 0; r < MU_CLIMATE_COUNT && fine; r++) {
                fine = !mu_climate_watches(thing, (mu_climate_reading)r) ||
                       mu_brings_add(plan, terms, count, "out_of_range", thing->guards,
                                     mu_climate_word((mu_climate_reading)r));
            }
            fine = fine &&
                   mu_brings_add(plan, terms, count, "detected", "climate", thing->guards) &&
                   (plan->site.alarm_desk.role == NULL ||
                    mu_brings_add(plan, terms, count, "assessed", "climate", thing->guards));
        }
    }
    return fine;
}

/* What the intelligence desk makes of a report. */
static bool add_tip(const mu_plan *plan, const mu_tip *tip, const char **terms, uint32_t *count) {
    static const char *const levels[] = {"yellow", "orange", "red"};
    bool fine = mu_brings_add(plan, terms, count, "received", "tip", tip->from) &&
                mu_brings_add(plan, terms, count, "assessed", "false", "tip") &&
                mu_brings_add(plan, terms, count, "assessed", "stale", "tip");
    for (int level = 0; fine && level <= tip->level; level++) {
        fine = mu_brings_add(plan, terms, count, "warned", levels[level], tip->from);
    }
    return fine && (tip->level < MU_TIP_RED ||
                    mu_brings_add(plan, terms, count, "verified", "intelligence", tip->from));
}

/* A unit may come upon a blocked lane. */
static bool add_lanes(const mu_plan *plan, const char **terms, uint32_t *count) {
    bool blocked = false;
    for (uint32_t r = 0; r < plan->site.roads.count; r++) {
        blocked = blocked || plan->site.roads.items[r].blocked_chance > 0;
    }
    return !blocked || (mu_brings_add(plan, terms, count, "lane_blocked", "fire_lane", NULL) &&
                        mu_brings_add(plan, terms, count, "lane_cleared", "fire_lane", NULL));
}

/* Does any step post guides who lead to a door? */
static bool somebody_leads(const mu_plan *plan) {
    bool leads = false;
    for (uint32_t b = 0; b < plan->playbooks.count; b++) {
        for (uint32_t s = 0; s < plan->playbooks.items[b].steps.count; s++) {
            leads = leads || plan->playbooks.items[b].steps.items[s].leads_to.count > 0;
        }
    }
    return leads;
}

bool mu_outage_brings(const mu_plan *plan, const char **terms, uint32_t *count) {
    bool fine = true, mains = false;
    for (uint32_t i = 0; i < plan->incident.outages.count; i++) {
        mains = mains || plan->incident.outages.items[i].mains;
        fine = fine && add_outage(plan, &plan->incident.outages.items[i], terms, count);
    }
    if (plan->incident.outages.count > 0) {
        fine = fine && mu_brings_add(plan, terms, count, "outage", "primary", NULL);
    }
    for (uint32_t i = 0; i < plan->incident.tips.count; i++) {
        fine = fine && add_tip(plan, &plan->incident.tips.items[i], terms, count);
    }
    if (mains && plan->site.standby_starts) {
        fine = fine && mu_brings_add(plan, terms, count, "power_switched", "standby", NULL);
    }
    for (uint32_t k = 0; k < plan->site.lanes.count; k++) {
        if (plan->site.lanes.items[k].one_way_share > 0) {
            fine = fine &&
                   mu_brings_add(plan, terms, count, "crowded", plan->site.lanes.items[k].of, NULL);
        }
    }
    fine = fine && (!mains || add_climate(plan, terms, count)) && add_lanes(plan, terms, count);
    if (somebody_leads(plan)) {
        fine = fine && mu_brings_add(plan, terms, count, "guided", "people", NULL);
    }
    fine = fine && mu_brings_add(plan, terms, count, "runs_low", MU_PROVISIONS, NULL) &&
           mu_brings_add(plan, terms, count, "exhausted", MU_PROVISIONS, NULL);
    for (uint32_t m = 0; m < plan->roster.members.count; m++) {
        const mu_member *member = &plan->roster.members.items[m];
        if (member->relieves.id != NULL) {
            fine = fine && mu_brings_add(plan, terms, count, "relieved", member->role, NULL);
        }
    }
    return fine;
}

void mu_outage_check(const mu_plan *plan, const char *file, mu_diags *diags) {
    for (uint32_t i = 0; i < plan->incident.outages.count; i++) {
        const mu_outage *outage = &plan->incident.outages.items[i];
        char path[64];
        (void)snprintf(path, sizeof path, "$.outages[%" PRIu32 "]", i);
        const mu_where where = {.file = file, .path = path};
        if (outage->mains == (outage->channel.id != NULL)) {
            mu_diags_add(diags, MU_ERROR, "incident.outage-of-what", &where,
                         _("give 'mains': true, or name the channel; for both, write two outages"),
                         outage->mains ? _("an outage is of mains power and of a channel")
                                       : _("an outage is of nothing"));
        }
        if (outage->until_s > 0 && outage->until_s <= outage->at_s) {
            mu_diags_add(diags, MU_ERROR, "incident.outage-ends-before", &where,
                         _("give a later 'until_s', or 0 for an outage that does not end"),
                         _("an outage from %g s ends at %g s"), outage->at_s, outage->until_s);
        }
    }
}

void mu_tips_check(const mu_plan *plan, const char *file, mu_diags *diags) {
    const mu_where where = {.file = file, .path = "$.tips"};
    if (plan->incident.tips.count > 0 && plan->site.intelligence_desk.role == NULL) {
        mu_diags_add(diags, MU_ERROR, "incident.no-intelligence-desk", &where,
                     _("give the site an 'intelligence_desk', or leave 'tips' out"),
                     _("reports come in, and the site has no intelligence desk"));
    }
}

mu_status mu_outage_compile(mu_plan *plan) {
    const uint32_t channels = plan->site.channels.count;
    mu_outage_plan *out = &plan->threat.outage;
    out->word_channel =
        mu_arena_array(plan->arena, (size_t)channels + 1, sizeof *out->word_channel);
    if (out->word_channel == NULL) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t c = 0; c < channels; c++) {
        out->word_channel[c] = mu_plan_word(plan, plan->site.channels.items[c].id);
    }
    out->items = plan->incident.outages.items;
    out->count = plan->incident.outages.count;
    out->word_mains = mu_plan_word(plan, "mains");
    out->word_standby = mu_plan_word(plan, "standby");
    out->word_primary = mu_plan_word(plan, "primary");
    return MU_OK;
}

void mu_approach_check(const mu_plan *plan, const char *file, mu_diags *diags) {
    const mu_incident *incident = &plan->incident;
    if (incident->kind == MU_INCIDENT_VEHICLE) {
        const mu_where where = {.file = file, .path = "$.vehicle"};
        mu_check_point(plan, "incident.place-outside", &incident->vehicle.space,
                       incident->vehicle.at, &where, diags);
        if (incident->vehicle.gate.id == NULL) {
            mu_diags_add(diags, MU_ERROR, "incident.no-gate", &where, _("name the gate in 'gate'"),
                         _("an incident of kind 'vehicle' needs a gate"));
        }
        return;
    }
    const mu_where where = {.file = file, .path = "$.call"};
    mu_check_point(plan, "incident.place-outside", &incident->call.space, incident->call.at, &where,
                   diags);
    if (incident->call.role == NULL ||
        mu_people_role(&plan->people, incident->call.role) == MU_NONE) {
        mu_diags_add(diags, MU_ERROR, "incident.nobody-called", &where,
                     _("use a role of the roster"), _("nobody on the roster is '%s'"),
                     incident->call.role == NULL ? "" : incident->call.role);
    }
}
