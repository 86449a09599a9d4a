/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a step says about the people it deals with: where it sends them, who of them it takes, and
 * how many see to one. */
#include <string.h>

#include "core/i18n.h"
#include "response/compile.h"
#include "response/inside.h"

static bool is_object(const mu_step_plan *step, const char *word) {
    return step->given->object != NULL && strcmp(step->given->object, word) == 0;
}

static void take_gather(mu_compiler *c, mu_step_plan *step) {
    const mu_ref_list *to = &step->given->gather_at;
    step->gather = (mu_goal){.kind = MU_GOAL_ASSEMBLY};
    for (uint32_t i = 0; i < to->count; i++) {
        if (to->items[i].index >= MU_ASSEMBLY_MOST) {
            mu_diags_add(
                c->diags, MU_ERROR, "playbook.assembly", step->given->origin,
                _("name one of the first of the site's assembly points"),
                _("step '%s': assembly point '%s' is beyond the %d that can be told apart"),
                step->given->id, to->items[i].id, MU_ASSEMBLY_MOST);
            return;
        }
    }
    const uint32_t points = c->given->site->assembly_points.count;
    for (uint32_t p = 0; p < points && p < MU_ASSEMBLY_MOST && to->count > 0; p++) {
        step->gather.area |= mu_ref_list_has(to, p) ? 0 : 1U << p;
    }
}

static uint32_t usual_tags(mu_verb verb) {
    const uint32_t hurt = 1U << MU_START_RED | 1U << MU_START_YELLOW;
    return verb == MU_VERB_CARRY ? hurt : hurt | 1U << MU_START_GREEN;
}

static void take_tags(mu_step_plan *step) {
    for (uint32_t i = 0; i < step->given->tags.count; i++) {
        step->tags |= 1U << step->given->tags.items[i];
    }
    if (step->given->tags.count == 0) {
        step->tags = usual_tags(step->verb);
    }
}

static void check_team(mu_compiler *c, const mu_step_plan *step) {
    if (step->role == MU_NONE && !step->by_actor) {
        mu_diags_add(c->diags, MU_ERROR, "playbook.no-crew", step->given->origin,
                     _("say who does it in 'who'"),
                     _("step '%s' deals with people, but nobody "
                       "does it"),
                     step->given->id);
    } else if (step->verb != MU_VERB_TRANSPORT && step->crew % step->team != 0) {
        mu_diags_add(c->diags, MU_WARNING, "playbook.odd-team", step->given->origin,
                     _("ask for a multiple of the team: the others would stand by"),
                     _("step '%s' asks for %u persons in teams of %u"), step->given->id, step->crew,
                     step->team);
    }
    if (step->verb == MU_VERB_CARRY && step->place == MU_PLACE_NONE && !step->brings_down) {
        mu_diags_add(c->diags, MU_ERROR, "playbook.no-destination", step->given->origin,
                     _("name the collection point in 'place'"),
                     _("step '%s' carries people, but does not say where to"), step->given->id);
    }
}

static void take_roll(mu_compiler *c, mu_step_plan *step) {
    if (!is_object(step, "roll_call")) {
        return;
    }
    step->roll = step->verb == MU_VERB_RECORD   ? MU_ROLL_COUNT
                 : step->verb == MU_VERB_VERIFY ? MU_ROLL_COMPARE
                                                : MU_ROLL_NONE;
    step->reach_m = mu_roll_reach_m(c->given->site, step);
    c->plan->rolls = c->plan->rolls || step->roll == MU_ROLL_COUNT;
    if (step->roll == MU_ROLL_COUNT && step->place != MU_PLACE_POINT) {
        mu_diags_add(c->diags, MU_ERROR, "playbook.no-assembly", step->given->origin,
                     _("name an assembly point in 'place'"),
                     _("step '%s' counts people, but does not say where"), step->given->id);
    }
}

void mu_compile_care(mu_compiler *c, mu_step_plan *step) {
    take_gather(c, step);
    take_roll(c, step);
    const bool of_casualties = step->verb == MU_VERB_TRIAGE || step->verb == MU_VERB_TREAT ||
                               step->verb == MU_VERB_CARRY || step->verb == MU_VERB_TRANSPORT;
    step->brings_down = step->verb == MU_VERB_CARRY && is_object(step, "refuge");
    step->rounds = step->brings_down || (of_casualties && is_object(step, "casualties")) ||
                   (step->verb == MU_VERB_SEARCH && is_object(step, "missing"));
    if (!step->rounds) {
        return;
    }
    step->team = (uint32_t)step->given->team;
    if (step->team == 0) {
        step->team = step->verb == MU_VERB_CARRY ? 2 : 1;
    }
    take_tags(step);
    check_team(c, step);
    c->plan->treats = c->plan->treats || step->verb == MU_VERB_TREAT;
}
