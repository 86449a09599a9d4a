/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything happens at one moment, in the order: it explodes, doors and air change, some play
 * casualties, those who are near run, those who hear it are alerted. */
#include "threat/blast.h"

#include <math.h>

#include "crowd/flee.h"
#include "hazard/smoke.h"
#include "threat/threat.h"

static const mu_blast_plan *plan_of(const mu_sim *sim, uint32_t which) {
    return &sim->threat->blasts[which];
}

void mu_blast_register(const mu_blast_plan *plans, const mu_site *site, mu_layout *layout) {
    for (int k = 0; k < MU_BLASTS; k++) {
        if (plans[k].given != NULL && plans[k].given->smoke.count > 0) {
            mu_smoke_register(site, layout);
        }
    }
}

void mu_blast_begin(mu_sim *sim, uint32_t started) {
    for (uint32_t k = 0; k < MU_BLASTS; k++) {
        if (plan_of(sim, k)->given != NULL) {
            mu_sim_schedule(sim, mu_time_from_s(plan_of(sim, k)->given->at_s), MU_EVENT_BLAST_DUE,
                            k, started, 0);
        }
    }
}

/* The log remembers what has come. */
static bool is_safe(const mu_sim *sim, const mu_blast_plan *plan) {
    const uint32_t count = plan->has_unless ? mu_world_clock(&sim->world)->log_count : 0;
    for (uint32_t id = 0; id < count; id++) {
        const mu_record *record = mu_log_get(sim->log, id);
        if (mu_record_is_milestone((mu_record_kind)record->kind) &&
            mu_term_matches(&plan->unless, record)) {
            return true;
        }
    }
    return false;
}

/* For good: what had been ordered of them no longer matters. */
static void lose_doors(mu_sim *sim, const mu_ref_list *doors, uint32_t exploded) {
    for (uint32_t i = 0; i < doors->count; i++) {
        mu_portal_now *door = &mu_portals(sim)[doors->items[i].index];
        door->state = door->target = MU_PORTAL_CLOSED;
        door->order = door->cause = exploded;
        door->lost = 1;
        mu_crowd_on_portal(sim, doors->items[i].index);
    }
}

static void fill_with_smoke(mu_sim *sim, const mu_explosion_given *given, uint32_t exploded) {
    for (uint32_t i = 0; i < given->smoke.count; i++) {
        const mu_smoke_given *smoke = &given->smoke.items[i];
        mu_smoke_set(sim, smoke->space.index, smoke->extinction_per_m);
        if (smoke->clears_after_s > 0) {
            mu_sim_schedule(sim, mu_time_from_s(smoke->clears_after_s), MU_EVENT_SMOKE_CLEARS,
                            smoke->space.index, exploded, 0);
        }
    }
}

void mu_blast_on_smoke_clears(mu_sim *sim, const mu_event *event) {
    mu_smoke_set(sim, event->subject, 0);
}

static bool is_frightened(const mu_sim *sim, const mu_blast_plan *plan, uint32_t person) {
    return mu_bodies(sim)[person].area == plan->area ||
           mu_crowd_distance(sim, person, plan->level, plan->at) <= plan->given->fear_radius_m;
}

/* Through floors as well: the distance on the plan, whatever the level. */
static bool hears(const mu_sim *sim, const mu_blast_plan *plan, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    uint32_t level;
    const mu_point p = mu_area_on_plan(sim->walkable, body->area, mu_crowd_at(sim, person), &level);
    const double dx = p.x - plan->at.x, dy = p.y - plan->at.y;
    return sqrt(dx * dx + dy * dy) <= plan->given->heard_radius_m;
}

/* Which assembly points people make for who were told nothing yet: not the one where it happened.
 */
static mu_goal way_out(const mu_sim *sim, const mu_blast_plan *plan) {
    mu_goal goal = {.kind = MU_GOAL_ASSEMBLY};
    for (uint32_t p = 0; p < sim->site->assembly_points.count && p < MU_ASSEMBLY_MOST; p++) {
        if (sim->site->assembly_points.items[p].space.index == plan->area) {
            goal.area |= 1U << p;
        }
    }
    return goal;
}

/* One who has been alerted before, and only moved a little, hears it and goes; the others take
 * their time, as at any alarm. */
static void startle(mu_sim *sim, const mu_blast_plan *plan, uint32_t person, mu_goal goal,
                    uint32_t exploded) {
    const mu_mind *mind = &mu_minds(sim)[person];
    const mu_handle senses = MU_HANDLE(MU_THING_WORD, plan->word_senses);
    if (is_frightened(sim, plan, person)) {
        mu_crowd_shun(sim, person, plan->area, goal);
        mu_crowd_flee(sim, person, goal, senses, exploded);
    } else if (hears(sim, plan, person) && mind->state == MU_OCCUPANT_INSIDE &&
               mu_crowd_alert(sim, person, senses, 1, goal, exploded) == MU_NO_RECORD &&
               mind->evacuating != 0 && mind->goal.kind == MU_GOAL_POINT) {
        mu_crowd_flee(sim, person, goal, senses, exploded);
    }
}

static void explode(mu_sim *sim, uint32_t which, uint32_t cause) {
    const mu_blast_plan *plan = plan_of(sim, which);
    const uint32_t exploded =
        mu_sim_record(sim, MU_RECORD_EXPLODED, cause, 0, MU_HANDLE(MU_THING_WORD, plan->word),
                      MU_HANDLE(MU_THING_SPACE, plan->area));
    if (which == MU_BLAST_ITEM) {
        mu_item_end(sim, exploded);
    }
    lose_doors(sim, &plan->given->doors_lost, exploded);
    fill_with_smoke(sim, plan->given, exploded);
    (void)mu_casualties_draw(sim, &plan->given->casualties, plan->area, plan->at, exploded);
    const mu_goal goal = way_out(sim, plan);
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (sim->people->list.items[p].kind == MU_PERSON_OCCUPANT &&
            mu_bodies(sim)[p].mode != MU_BODY_ABSENT && !mu_is_casualty(sim, p)) {
            startle(sim, plan, p, goal, exploded);
        }
    }
}

void mu_blast_on_due(mu_sim *sim, const mu_event *event) {
    if (!is_safe(sim, plan_of(sim, event->subject))) {
        explode(sim, event->subject, event->cause);
    }
}
