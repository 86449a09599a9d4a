/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The intruder checked against the site, and given its words: which sensors can speak of it at all
 * follows from the path and from what the site has. */
#include "core/i18n.h"
#include "drill/plan_inside.h"

static void check_leg(const mu_plan *plan, uint32_t k, const char *file, mu_diags *diags) {
    const mu_leg *leg = &plan->incident.intruder.path.items[k];
    const mu_where where = {.file = file, .path = "$.intruder.path"};
    mu_check_point(plan, "incident.leg-outside", &leg->space, leg->at, &where, diags);
    const bool needs_door =
        leg->how == MU_LEG_FORCES || leg->how == MU_LEG_FOLLOWS || leg->how == MU_LEG_BADGES;
    if (needs_door && leg->through.id == NULL) {
        mu_diags_add(diags, MU_ERROR, "incident.leg-no-door", &where,
                     _("name the door in 'through'"), _("leg %u of the path has no door"), k + 1);
    } else if (leg->through.id != NULL &&
               !mu_ref_list_has(&plan->site.portals.items[leg->through.index].between,
                                leg->space.index)) {
        mu_diags_add(diags, MU_ERROR, "incident.leg-other-door", &where,
                     _("name a door of that space"), _("'%s' does not lead into '%s'"),
                     leg->through.id, leg->space.id);
    }
}

void mu_intruder_check(const mu_plan *plan, const char *file, mu_diags *diags) {
    const mu_intruder_given *given = &plan->incident.intruder;
    const mu_where where = {.file = file, .path = "$.intruder"};
    if (given->path.count == 0) {
        mu_diags_add(diags, MU_ERROR, "incident.no-path", &where,
                     _("give the path in 'intruder', leg by leg"),
                     _("an incident of kind 'intrusion' needs a path"));
    }
    for (uint32_t k = 0; k < given->path.count; k++) {
        check_leg(plan, k, file, diags);
    }
}

static bool can_sense(const mu_plan *plan, const mu_equipment *thing) {
    const mu_intruder_given *given = &plan->incident.intruder;
    for (uint32_t k = 0; k < given->path.count; k++) {
        const mu_leg *leg = &given->path.items[k];
        const mu_touch first = leg->how == MU_LEG_CLIMBS ? MU_TOUCH_FENCE : MU_TOUCH_DOOR;
        const bool dark = given->dark;
        if (mu_sensor_chance(thing, dark) > 0 &&
            (mu_sensor_minds(NULL, thing, leg, first) ||
             mu_sensor_minds(NULL, thing, leg, MU_TOUCH_PRESENCE))) {
            return true;
        }
    }
    return false;
}

static bool add_sensor(const mu_plan *plan, const mu_equipment *thing, const char **terms,
                       uint32_t *count) {
    bool fine = mu_brings_add(plan, terms, count, "detected", mu_equipment_words[thing->kind],
                              thing->guards);
    if (thing->guards != NULL) {
        fine = fine && mu_brings_add(plan, terms, count, "detected", "intrusion", thing->guards);
        if (plan->site.alarm_desk.role != NULL) {
            fine =
                fine && mu_brings_add(plan, terms, count, "assessed", "intrusion", thing->guards);
        }
    }
    return fine;
}

/* Gas goes off where a sensor can tell of an intrusion into what it protects. */
static bool add_suppression(const mu_plan *plan, const mu_equipment *thing, const char **terms,
                            uint32_t *count) {
    return thing->guards == NULL ||
           mu_brings_add(plan, terms, count, "discharged", thing->guards, NULL);
}

static bool add_leg(const mu_plan *plan, const mu_leg *leg, const char **terms, uint32_t *count) {
    const bool dark = plan->incident.intruder.dark &&
                      plan->site.spaces.items[leg->space.index].use == MU_USE_OUTDOOR;
    bool fine = mu_brings_add(plan, terms, count, "entered", leg->as, dark ? "dark" : "light");
    if (leg->how == MU_LEG_CLIMBS || leg->how == MU_LEG_FORCES) {
        fine = fine && mu_brings_add(plan, terms, count, "disturbed",
                                     leg->how == MU_LEG_CLIMBS ? "fence" : "door", leg->as);
    }
    return fine;
}

static bool add_fixed(const mu_plan *plan, const char **terms, uint32_t *count) {
    static const char *const words[] = {"turnstile", "two_person", "closed_passage"};
    static const char *const numbers[] = {"persons_per_pass", "wall_height", "wall_top"};
    bool fine = mu_brings_add(plan, terms, count, "entered", "target", NULL) &&
                (plan->roster.passes.challenged_by == NULL ||
                 mu_brings_add(plan, terms, count, "challenged", "stranger", NULL)) &&
                mu_brings_add(plan, terms, count, "assessed", "false", NULL) &&
                mu_brings_add(plan, terms, count, "denied", "interlock", NULL) &&
                mu_brings_add(plan, terms, count, "measured", "two_person", "persons") &&
                mu_brings_add(plan, terms, count, "measured", "two_person", "locks");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        fine = fine && mu_brings_add(plan, terms, count, "denied", words[i], NULL) &&
               mu_brings_add(plan, terms, count, "measured", numbers[i], NULL);
    }
    return fine;
}

uint32_t mu_intruder_terms_most(const mu_plan *plan) {
    return 3 * plan->site.equipment.count + 2 * plan->incident.intruder.path.count + 18;
}

bool mu_intruder_brings(const mu_plan *plan, const char **terms, uint32_t *count) {
    const mu_intruder_given *given = &plan->incident.intruder;
    bool fine = add_fixed(plan, terms, count);
    for (uint32_t k = 0; k < given->path.count; k++) {
        fine = fine && add_leg(plan, &given->path.items[k], terms, count);
    }
    for (uint32_t e = 0; e < plan->site.equipment.count && fine; e++) {
        const mu_equipment *thing = &plan->site.equipment.items[e];
        if (thing->kind == MU_EQUIPMENT_SUPPRESSION) {
            fine = add_suppression(plan, thing, terms, count);
        } else if (mu_sensor_kind_of(thing) != MU_SENSOR_KIND_COUNT && can_sense(plan, thing)) {
            fine = add_sensor(plan, thing, terms, count);
        }
    }
    return fine;
}

static void compile_words(const mu_plan *plan, mu_intruder_plan *out) {
    for (int k = 0; k < MU_EQUIPMENT_KIND_COUNT; k++) {
        out->word_kind[k] = mu_plan_word(plan, mu_equipment_words[k]);
    }
    out->word_fence = mu_plan_word(plan, "fence");
    out->word_door = mu_plan_word(plan, "door");
    out->word_dark = mu_plan_word(plan, "dark");
    out->word_light = mu_plan_word(plan, "light");
    out->word_target = mu_plan_word(plan, "target");
    out->word_intrusion = mu_plan_word(plan, "intrusion");
    out->word_turnstile = mu_plan_word(plan, "turnstile");
    out->word_two_person = mu_plan_word(plan, "two_person");
    out->word_passage = mu_plan_word(plan, "closed_passage");
    out->word_persons = mu_plan_word(plan, "persons");
    out->word_locks = mu_plan_word(plan, "locks");
    out->word_per_pass = mu_plan_word(plan, "persons_per_pass");
    out->word_height = mu_plan_word(plan, "wall_height");
    out->word_top = mu_plan_word(plan, "wall_top");
    out->word_interlock = mu_plan_word(plan, "interlock");
    out->word_suspect = mu_plan_word(plan, "suspect");
}

mu_status mu_intruder_compile(mu_plan *plan) {
    mu_intruder_plan *out = &plan->threat.intruder;
    const mu_intruder_given *given = &plan->incident.intruder;
    const uint32_t equipment = plan->site.equipment.count;
    out->word_as = mu_arena_array(plan->arena, (size_t)given->path.count + 1, sizeof *out->word_as);
    out->word_guards = mu_arena_array(plan->arena, (size_t)equipment + 1, sizeof *out->word_guards);
    if (out->word_as == NULL || out->word_guards == NULL) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t k = 0; k < given->path.count; k++) {
        out->word_as[k] = mu_plan_word(plan, given->path.items[k].as);
    }
    for (uint32_t e = 0; e < equipment; e++) {
        out->word_guards[e] = mu_plan_word(plan, plan->site.equipment.items[e].guards);
    }
    compile_words(plan, out);
    out->given = given;
    return MU_OK;
}
