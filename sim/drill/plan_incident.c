/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The incident checked against the site, and the threat's plan made from it. */
#include <stdio.h>
#include <string.h>

#include "core/i18n.h"
#include "drill/plan_inside.h"

static const char *const evacuation_brings[] = {"started:evacuation", "alarm:general", NULL};
static const char *const package_brings[] = {"started:package",     "placed:item",
                                             "noticed:item@staff",  "noticed:item@guard",
                                             "noticed:item@camera", NULL};
static const char *const package_speaks[] = {"policy_radius", "card_mandatory", NULL};
static const char *const chemical_brings[] = {"started:chemical",     "leaks:gas",
                                              "noticed:gas@staff",    "noticed:gas@guard",
                                              "noticed:gas@detector", "noticed:gas@operator",
                                              "dispersed:gas",        NULL};
static const char *const chemical_speaks[] = {"smell", "isolation", NULL};
static const char *const hostage_brings[] = {"started:hostage",
                                             "seized:hostage",
                                             "noticed:hostage@staff",
                                             "noticed:hostage@visitor",
                                             "noticed:hostage@guard",
                                             "noticed:hostage@camera",
                                             "noticed:hostage@button",
                                             "noticed:hostage@call",
                                             "let_go:hostage",
                                             "resolved:hostage",
                                             NULL};
static const char *const hostage_speaks[] = {"line_of_sight", NULL};
static const char *const intrusion_speaks[] = {"fence", "door", "dark", "light", NULL};
static const char *const intrusion_brings[] = {"started:intrusion", NULL};
static const char *const call_brings[] = {"started:call", "received:threat", NULL};
static const char *const vehicle_brings[] = {
    "started:vehicle",       "placed:vehicle",    "noticed:vehicle@guard",
    "noticed:vehicle@staff", "denied:barrier",    "entered:vehicle",
    "measured:barrier",      "measured:bollards", NULL};
static const char *const nothing[] = {NULL};

static const mu_incident_words kinds[] = {
    [MU_INCIDENT_EVACUATION] = {"evacuation", evacuation_brings, nothing},
    [MU_INCIDENT_PACKAGE] = {"package", package_brings, package_speaks},
    [MU_INCIDENT_CHEMICAL] = {"chemical", chemical_brings, chemical_speaks},
    [MU_INCIDENT_HOSTAGE] = {"hostage", hostage_brings, hostage_speaks},
    [MU_INCIDENT_INTRUSION] = {"intrusion", intrusion_brings, intrusion_speaks},
    [MU_INCIDENT_CALL] = {"call", call_brings, nothing},
    [MU_INCIDENT_VEHICLE] = {"vehicle", vehicle_brings, nothing},
};

const mu_incident_words *mu_incident_words_of(const mu_incident *incident) {
    return &kinds[incident->kind];
}

mu_goal mu_incident_core(const mu_incident *incident) {
    switch ((mu_incident_kind)incident->kind) {
    case MU_INCIDENT_EVACUATION:
    case MU_INCIDENT_HOSTAGE:
        break;
    case MU_INCIDENT_PACKAGE:
        return (mu_goal){
            .kind = MU_GOAL_POINT, .area = incident->item.space.index, .at = incident->item.at};
    case MU_INCIDENT_CHEMICAL:
        return (mu_goal){.kind = MU_GOAL_POINT,
                         .area = incident->release.space.index,
                         .at = incident->release.at};
    case MU_INCIDENT_CALL:
        return (mu_goal){
            .kind = MU_GOAL_POINT, .area = incident->call.space.index, .at = incident->call.at};
    case MU_INCIDENT_VEHICLE:
        return (mu_goal){.kind = MU_GOAL_POINT,
                         .area = incident->vehicle.space.index,
                         .at = incident->vehicle.at};
    case MU_INCIDENT_INTRUSION: {
        const mu_leg *last = &incident->intruder.path.items[incident->intruder.path.count - 1];
        return (mu_goal){.kind = MU_GOAL_POINT, .area = last->space.index, .at = last->at};
    }
    }
    return (mu_goal){.kind = MU_GOAL_NONE};
}

/* Which spaces lie downwind of a release, or around it, by the middle of each; NULL without memory.
 */
static const bool *downwind_of(const mu_plan *plan) {
    bool *spaces = mu_arena_array(plan->arena, (size_t)plan->site.spaces.count + 1, sizeof *spaces);
    for (uint32_t s = 0; spaces != NULL && s < plan->site.spaces.count; s++) {
        const mu_area *area = mu_walkable_area(plan->walkable, s);
        const mu_point middle = {(area->low.x + area->high.x) / 2,
                                 (area->low.y + area->high.y) / 2};
        spaces[s] = mu_release_side(&plan->incident.release, &plan->incident.wind, middle) >=
                    MU_WIND_DOWNWIND;
    }
    return spaces;
}

mu_incident_zones mu_incident_scene(const mu_plan *plan) {
    const mu_hostage_plan *hostage = &plan->threat.hostage;
    if (hostage->given != NULL) {
        return (mu_incident_zones){
            .space = hostage->area,
            .core = hostage->core,
            .exposed = hostage->exposed,
            .approach = hostage->approach,
            .place = {.kind = MU_GOAL_POINT, .area = hostage->area, .at = hostage->given->at}};
    }
    const mu_goal core = mu_incident_core(&plan->incident);
    mu_incident_zones scene = {.space = core.kind == MU_GOAL_POINT ? core.area : MU_NONE};
    if (plan->incident.kind == MU_INCIDENT_CHEMICAL) {
        scene.downwind = downwind_of(plan);
        scene.shunned_points =
            mu_release_shunned_points(&plan->site, &plan->incident.release, &plan->incident.wind);
    }
    return scene;
}

void mu_check_point(const mu_plan *plan, const char *code, const mu_ref *space, mu_point at,
                    const mu_where *where, mu_diags *diags) {
    if (space->id == NULL || !mu_area_contains(plan->walkable, space->index, at)) {
        mu_diags_add(diags, MU_ERROR, code, where, _("move it, or name the space that it is in"),
                     _("the point (%.2f, %.2f) is not in space '%s'"), at.x, at.y,
                     space->id == NULL ? "" : space->id);
    }
}

/* The second item is where it is said to be, and neither explodes before it is there. */
static void check_explosions(const mu_plan *plan, const char *file, mu_diags *diags) {
    const mu_incident *incident = &plan->incident;
    const mu_second_given *second = &incident->second_item;
    const mu_where where = {.file = file, .path = "$.second_item"};
    if (second->space.id != NULL &&
        !mu_area_contains(plan->walkable, second->space.index, second->at)) {
        mu_diags_add(diags, MU_ERROR, "incident.item-outside", &where,
                     _("move it, or name the space that it is in"),
                     _("the item at (%.2f, %.2f) is not in space '%s'"), second->at.x, second->at.y,
                     second->space.id);
    }
    if (second->by_inject && second->explosion.at_s > 0) {
        mu_diags_add(diags, MU_ERROR, "incident.inject-explodes", &where,
                     _("take the explosion out, or say when the item is put there"),
                     _("an item that an inject puts there cannot explode"));
    }
    const double put_s[MU_BLASTS] = {incident->item.appears_at_s, second->appears_at_s};
    const double at_s[MU_BLASTS] = {incident->item.explosion.at_s, second->explosion.at_s};
    for (int which = 0; which < MU_BLASTS; which++) {
        if (at_s[which] > 0 && at_s[which] <= put_s[which]) {
            mu_diags_add(diags, MU_ERROR, "incident.explodes-early", &where,
                         _("let it explode later, or be put there earlier"),
                         _("an item explodes at %g s, but is put there at %g s"), at_s[which],
                         put_s[which]);
        }
    }
}

static void check_item(const mu_plan *plan, const char *file, mu_diags *diags) {
    const mu_incident *incident = &plan->incident;
    const mu_where where = {.file = file, .path = "$.item"};
    if (incident->item.space.id == NULL) {
        mu_diags_add(diags, MU_ERROR, "incident.no-item", &where,
                     _("say in 'item' what stands where"),
                     _("an incident of kind 'package' needs an item"));
    } else if (!mu_area_contains(plan->walkable, incident->item.space.index, incident->item.at)) {
        mu_diags_add(diags, MU_ERROR, "incident.item-outside", &where,
                     _("move it, or name the space that it is in"),
                     _("the item at (%.2f, %.2f) is not in space '%s'"), incident->item.at.x,
                     incident->item.at.y, incident->item.space.id);
    }
}

mu_status mu_incident_check(const mu_plan *plan, const char *file, mu_diags *diags) {
    mu_outage_check(plan, file, diags);
    mu_tips_check(plan, file, diags);
    switch ((mu_incident_kind)plan->incident.kind) {
    case MU_INCIDENT_EVACUATION:
    case MU_INCIDENT_HOSTAGE:
        break;
    case MU_INCIDENT_PACKAGE:
        check_item(plan, file, diags);
        check_explosions(plan, file, diags);
        break;
    case MU_INCIDENT_CHEMICAL:
        mu_release_check(&plan->site, plan->walkable, &plan->incident.release, file, diags);
        break;
    case MU_INCIDENT_INTRUSION:
        mu_intruder_check(plan, file, diags);
        break;
    case MU_INCIDENT_CALL:
    case MU_INCIDENT_VEHICLE:
        mu_approach_check(plan, file, diags);
        break;
    }
    return mu_diags_count(diags, MU_ERROR) > 0 ? MU_ERR_INPUT : MU_OK;
}

/* The radius that the policy asks to clear: the largest 'radius' among its clauses, in metres. */
static double policy_radius(const mu_policy *policy) {
    double radius = 0;
    for (uint32_t i = 0; i < policy->clauses.count; i++) {
        const mu_clause *clause = &policy->clauses.items[i];
        for (uint32_t d = 0; d < clause->demands.count && !clause->off; d++) {
            const mu_demand *demand = &clause->demands.items[d];
            if (strcmp(demand->name, "radius") == 0 && strcmp(demand->unit, "m") == 0 &&
                demand->value > radius) {
                radius = demand->value;
            }
        }
    }
    return radius;
}

/* The explosion of the item, or of the second one; NULL: that one does not explode. */
static const mu_explosion_given *explosion_of(const mu_incident *incident, int which) {
    const mu_explosion_given *given =
        which == MU_BLAST_ITEM ? &incident->item.explosion : &incident->second_item.explosion;
    return incident->kind == MU_INCIDENT_PACKAGE && given->at_s > 0 ? given : NULL;
}

static bool has_second(const mu_incident *incident) {
    return incident->kind == MU_INCIDENT_PACKAGE && incident->second_item.space.id != NULL;
}

mu_handle mu_plan_second_place(const mu_plan *plan) {
    return has_second(&plan->incident)
               ? MU_HANDLE(MU_THING_SPACE, plan->incident.second_item.space.index)
               : 0;
}

static bool has_casualties(const mu_incident *incident) {
    int64_t count = 0;
    for (int which = 0; which < MU_BLASTS; which++) {
        const mu_explosion_given *given = explosion_of(incident, which);
        if (given != NULL) {
            const mu_casualties_given *c = &given->casualties;
            count += c->red + c->yellow + c->green + c->black;
        }
    }
    return count > 0 || incident->kind == MU_INCIDENT_CHEMICAL; /* those whom it hurt */
}

bool mu_brings_add(const mu_plan *plan, const char **terms, uint32_t *count, const char *token,
                   const char *object, const char *place) {
    char text[256];
    (void)snprintf(text, sizeof text, place == NULL ? "%s:%s" : "%s:%s@%s", token, object, place);
    terms[*count] = mu_arena_copy(plan->arena, text);
    return terms[(*count)++] != NULL;
}

const char *const *mu_incident_brings(const mu_plan *plan) {
    const mu_incident *incident = &plan->incident;
    const char *const *own = kinds[incident->kind].brings;
    uint32_t count = 0;
    while (own[count] != NULL) {
        count++;
    }
    const bool intrusion = incident->kind == MU_INCIDENT_INTRUSION;
    const uint32_t more =
        (intrusion ? mu_intruder_terms_most(plan) : 0) + mu_outage_terms_most(plan);
    const char **all = mu_arena_array(plan->arena, (size_t)count + more + 8, sizeof *all);
    if (all == NULL) {
        return NULL;
    }
    memcpy(all, own, count * sizeof *all);
    if ((intrusion && !mu_intruder_brings(plan, all, &count)) ||
        !mu_outage_brings(plan, all, &count)) {
        return NULL;
    }
    const char *desk = plan->site.alarm_desk.role;
    if (incident->kind == MU_INCIDENT_CHEMICAL && desk != NULL &&
        !(mu_brings_add(plan, all, &count, "left_desk", desk, NULL) &&
          mu_brings_add(plan, all, &count, "desk_taken", desk, NULL))) {
        return NULL;
    }
    if (explosion_of(incident, MU_BLAST_ITEM) != NULL) {
        all[count++] = "exploded:item";
    }
    if (explosion_of(incident, MU_BLAST_SECOND) != NULL) {
        all[count++] = "exploded:second_item";
    }
    if (has_second(incident)) {
        all[count++] = "placed:second_item";
        all[count++] = "found:second_item";
    }
    if (has_casualties(incident)) {
        all[count++] = "found:casualty";
    }
    return all;
}

/* Adds the words of the term that would make an item safe. */
static bool collect_unless(mu_plan *plan, const char *term, const char *file, mu_diags *diags) {
    const char *why;
    if (mu_term_collect(term, &plan->words, plan->arena, &why)) {
        return true;
    }
    if (why != NULL) {
        const mu_where where = {.file = file, .path = "$"};
        mu_diags_add(diags, MU_ERROR, "incident.bad-term", &where,
                     _("write it as milestone, milestone:object or milestone:object@place"),
                     _("'%s' is not a milestone: %s"), term, why);
        return true;
    }
    return false;
}

mu_status mu_threat_collect(mu_plan *plan, const char *file, mu_diags *diags) {
    static const char *const words[] = {"casualty", "senses", "second_item"};
    bool fine = true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        fine = fine && mu_words_add(&plan->words, plan->arena, words[i], strlen(words[i]));
    }
    for (int which = 0; which < MU_BLASTS; which++) {
        const mu_explosion_given *given = explosion_of(&plan->incident, which);
        if (given != NULL && given->unless != NULL) {
            fine = fine && collect_unless(plan, given->unless, file, diags);
        }
    }
    return fine ? MU_OK : MU_ERR_MEMORY;
}

static void compile_item(const mu_plan *plan, mu_item_plan *item) {
    item->given = &plan->incident.item;
    item->area = plan->incident.item.space.index;
    item->level = plan->site.spaces.items[item->area].level.index;
    item->word_item = mu_plan_word(plan, "item");
    item->word_staff = mu_plan_word(plan, "staff");
    item->word_guard = mu_plan_word(plan, "guard");
    item->word_camera = mu_plan_word(plan, "camera");
    item->ring_m[0] = policy_radius(&plan->policy);
    item->ring_m[1] = mu_standoff_of((mu_item_category)plan->incident.item.category)->mandatory_m;
    item->word_ring[0] = mu_plan_word(plan, "policy_radius");
    item->word_ring[1] = mu_plan_word(plan, "card_mandatory");
}

static mu_status compile_release(mu_plan *plan, mu_release_plan *release) {
    const mu_status status = mu_release_compile(&plan->site, &plan->incident.release,
                                                &plan->incident.wind, plan->arena, release);
    release->word_gas = mu_plan_word(plan, "gas");
    release->word_smell = mu_plan_word(plan, "smell");
    release->word_isolation = mu_plan_word(plan, "isolation");
    release->word_staff = mu_plan_word(plan, "staff");
    release->word_guard = mu_plan_word(plan, "guard");
    release->word_detector = mu_plan_word(plan, "detector");
    release->word_operator = mu_plan_word(plan, "operator");
    return status;
}

static void compile_blast(const mu_plan *plan, int which, mu_blast_plan *blast) {
    const bool second = which == MU_BLAST_SECOND;
    const mu_incident *incident = &plan->incident;
    blast->given = explosion_of(incident, which);
    if (blast->given == NULL) {
        return;
    }
    blast->area = second ? incident->second_item.space.index : incident->item.space.index;
    blast->at = second ? incident->second_item.at : incident->item.at;
    blast->level = plan->site.spaces.items[blast->area].level.index;
    blast->word = mu_plan_word(plan, second ? "second_item" : "item");
    blast->word_senses = mu_plan_word(plan, "senses");
    blast->has_unless = blast->given->unless != NULL;
    if (blast->has_unless) {
        blast->unless = mu_term_read(blast->given->unless, &plan->words);
    }
}

mu_status mu_threat_compile(mu_plan *plan) {
    mu_threat_plan *threat = &plan->threat;
    threat->word_casualty = mu_plan_word(plan, "casualty");
    mu_hostage_compile(plan);
    if (mu_outage_compile(plan) != MU_OK) {
        return MU_ERR_MEMORY;
    }
    if (plan->incident.kind == MU_INCIDENT_PACKAGE) {
        compile_item(plan, &threat->item);
    } else if (plan->incident.kind == MU_INCIDENT_CHEMICAL) {
        return compile_release(plan, &threat->release);
    } else if (plan->incident.kind == MU_INCIDENT_INTRUSION) {
        return mu_intruder_compile(plan);
    } else if (plan->incident.kind == MU_INCIDENT_CALL) {
        threat->call = (mu_call_plan){.given = &plan->incident.call,
                                      .word_threat = mu_plan_word(plan, "threat")};
    } else if (plan->incident.kind == MU_INCIDENT_VEHICLE) {
        threat->vehicle = (mu_vehicle_plan){.given = &plan->incident.vehicle,
                                            .word_vehicle = mu_plan_word(plan, "vehicle"),
                                            .word_guard = mu_plan_word(plan, "guard"),
                                            .word_staff = mu_plan_word(plan, "staff"),
                                            .word_barrier = mu_plan_word(plan, "barrier"),
                                            .word_bollards = mu_plan_word(plan, "bollards")};
    }
    if (has_second(&plan->incident)) {
        threat->second = (mu_second_plan){.given = &plan->incident.second_item,
                                          .area = plan->incident.second_item.space.index,
                                          .word = mu_plan_word(plan, "second_item")};
    }
    for (int which = 0; which < MU_BLASTS; which++) {
        compile_blast(plan, which, &threat->blasts[which]);
    }
    return MU_OK;
}

void mu_threat_check(const mu_plan *plan, const char *file, mu_diags *diags) {
    const mu_where where = {.file = file, .path = "$"};
    for (int which = 0; which < MU_BLASTS; which++) {
        const mu_blast_plan *blast = &plan->threat.blasts[which];
        if (blast->given != NULL && blast->has_unless &&
            !mu_response_can(&plan->response, &blast->unless)) {
            mu_diags_add(diags, MU_WARNING, "incident.never-safe", &where,
                         _("name a milestone that a step of the playbooks brings about"),
                         _("nothing can prevent the explosion: no step brings about '%s'"),
                         blast->given->unless);
        }
    }
}
