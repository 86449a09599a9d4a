/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a step has to do with air and gas, looked up once. */
#include <string.h>

#include "core/i18n.h"
#include "response/compile.h"

/* "ventilation" is every unit; else the one with this id. False: no such unit. */
static bool take_units(mu_compiler *c, mu_step_plan *step, const char *object) {
    const uint32_t count = c->given->site->air_units.count;
    const uint32_t one = mu_loader_find(c->given->loader, MU_ENTITY_AIR_UNIT, object);
    step->all_units = strcmp(object, "ventilation") == 0;
    if ((!step->all_units && one == MU_NONE) || count == 0) {
        return false;
    }
    uint32_t *units = mu_arena_array(c->arena, count, sizeof *units);
    if (units == NULL) {
        c->no_memory = true;
        return true;
    }
    for (uint32_t u = 0; u < count; u++) {
        units[u] = step->all_units ? u : one;
    }
    step->units.items = units;
    step->units.count = step->all_units ? count : 1;
    return true;
}

static void compile_units(mu_compiler *c, mu_step_plan *step) {
    const char *object = step->given->object != NULL ? step->given->object : "ventilation";
    const bool found = take_units(c, step, object);
    const bool must = step->verb == MU_VERB_SHUT_VENTILATION || step->all_units;
    if (!found && must) {
        mu_diags_add(c->diags, MU_ERROR, "playbook.no-ventilation", step->given->origin,
                     _("name one of the site's air_units, or 'ventilation' for all"),
                     _("step '%s': the site has no ventilation '%s'"), step->given->id, object);
    }
}

static void compile_wash(mu_compiler *c, mu_step_plan *step) {
    const char *place = step->given->place;
    step->wash = place == NULL ? MU_NONE : mu_loader_find(c->given->loader, MU_ENTITY_WASH, place);
    if (step->wash == MU_NONE) {
        mu_diags_add(c->diags, MU_ERROR, "playbook.no-line", step->given->origin,
                     _("name one of the site's decontamination lines as its place"),
                     _("step '%s' decontaminates, but not at a decontamination line"),
                     step->given->id);
    }
}

/* "@upwind" is every assembly point that the gas does not drift to. */
static void compile_upwind(mu_compiler *c, mu_step_plan *step) {
    const mu_incident_zones *scene = &c->given->scene;
    const char *to = step->given->to;
    if (step->verb != MU_VERB_EVACUATE || to == NULL) {
        return;
    }
    if (strcmp(to, "@upwind") != 0) {
        mu_diags_add(c->diags, MU_ERROR, "playbook.no-gathering", step->given->origin,
                     _("write @upwind, or leave 'to' out"),
                     _("step '%s' sends people to '%s', which is not known"), step->given->id, to);
    } else if (scene->downwind == NULL) {
        mu_diags_add(c->diags, MU_ERROR, "playbook.no-wind", step->given->origin,
                     _("leave 'to' out, or use this playbook with an incident that has a release"),
                     _("step '%s' sends people upwind, but nothing is released"), step->given->id);
    } else {
        step->gather.area = scene->shunned_points;
    }
}

void mu_compile_gas(mu_compiler *c, mu_step_plan *step) {
    const mu_step *given = step->given;
    step->wash = MU_NONE;
    compile_upwind(c, step);
    if (step->verb == MU_VERB_SHUT_VENTILATION ||
        (step->verb == MU_VERB_RESTORE && given->object != NULL)) {
        compile_units(c, step);
    } else if (step->verb == MU_VERB_DECONTAMINATE) {
        compile_wash(c, step);
    }
    step->masked = given->who.skill != NULL && strcmp(given->who.skill, "hazmat") == 0;
    for (uint32_t n = 0; n < given->needs.count; n++) {
        step->masked =
            step->masked || given->needs.items[n].equipment == MU_EQUIPMENT_PROTECTIVE_KIT;
    }
    step->stops_leak = step->verb == MU_VERB_CONTAIN && given->object != NULL &&
                       strcmp(given->object, "leak") == 0;
}
