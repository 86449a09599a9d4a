/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a step names: its place, its zone, its people. Each word is looked up in one order, and a
 * word that names nothing is a fault that says what it could have been. */
#include <stdio.h>
#include <string.h>

#include "core/i18n.h"
#include "core/near.h"
#include "response/compile.h"

int mu_post_kind_find(const char *word) {
    for (int k = 0; mu_post_words[k] != NULL; k++) {
        if (strcmp(mu_post_words[k], word) == 0) {
            return k;
        }
    }
    return -1;
}

static void fault(mu_compiler *c, const mu_step_plan *step, const char *code, const char *advice,
                  const char *what, const char *word) {
    mu_diags_add(c->diags, MU_ERROR, code, step->given->origin, advice, what, step->given->id,
                 word);
}

static bool take_point(mu_compiler *c, mu_step_plan *step, const char *word) {
    const mu_site *site = c->given->site;
    uint32_t i = mu_loader_find(c->given->loader, MU_ENTITY_POST, word);
    step->place = MU_PLACE_POINT;
    step->at.kind = MU_GOAL_POINT;
    if (i != MU_NONE) {
        step->at.area = site->posts.items[i].space.index;
        step->at.at = site->posts.items[i].at;
        return true;
    }
    i = mu_loader_find(c->given->loader, MU_ENTITY_ASSEMBLY, word);
    if (i != MU_NONE) {
        step->at.area = site->assembly_points.items[i].space.index;
        step->at.at = site->assembly_points.items[i].at;
        return true;
    }
    i = mu_loader_find(c->given->loader, MU_ENTITY_WASH, word);
    if (i != MU_NONE) {
        step->at.area = site->decontamination.items[i].space.index;
        step->at.at = site->decontamination.items[i].at;
        return true;
    }
    i = mu_loader_find(c->given->loader, MU_ENTITY_SPACE, word);
    if (i != MU_NONE) {
        step->at.area = i;
        step->at.at = mu_area_sample(c->given->walkable, i, 0.5, 0.5, 0.5);
        return true;
    }
    return false;
}

static void take_posts(mu_compiler *c, mu_step_plan *step, int kind) {
    const mu_site *site = c->given->site;
    uint32_t *posts = mu_arena_array(c->arena, site->posts.count + 1, sizeof *posts);
    if (posts == NULL) {
        c->no_memory = true;
        return;
    }
    uint32_t count = 0;
    for (uint32_t p = 0; p < site->posts.count; p++) {
        if ((int)site->posts.items[p].kind == kind) {
            posts[count++] = p;
        }
    }
    step->place = MU_PLACE_POSTS;
    step->posts.items = posts;
    step->posts.count = count;
    if (count == 0) {
        fault(c, step, "playbook.no-post", _("add a post of this kind to the site"),
              _("step '%s': the site has no post of kind '%s'"), step->given->place);
        step->place = MU_PLACE_NONE;
    }
}

/* The nearest post of a kind to what happened, as '@negotiation': in the same building where there
 * is one. */
static mu_goal nearest_post(const mu_compiler *c, int kind) {
    const mu_site *site = c->given->site;
    const mu_goal place = c->given->scene.place;
    const mu_goal core = place.kind == MU_GOAL_POINT ? place : c->given->core;
    mu_goal best = {.kind = MU_GOAL_NONE};
    bool best_inside = false;
    double best_square = 0;
    for (uint32_t p = 0; p < site->posts.count && core.kind == MU_GOAL_POINT; p++) {
        const mu_post *post = &site->posts.items[p];
        const char *label = site->spaces.items[post->space.index].building;
        const char *own = site->spaces.items[core.area].building;
        const bool inside = label != NULL && own != NULL && strcmp(label, own) == 0;
        const double dx = post->at.x - core.at.x, dy = post->at.y - core.at.y;
        const double square = dx * dx + dy * dy;
        const bool better = best.kind == MU_GOAL_NONE || (inside && !best_inside) ||
                            (inside == best_inside && square < best_square);
        if ((int)post->kind == kind && better) {
            best = (mu_goal){.kind = MU_GOAL_POINT, .area = post->space.index, .at = post->at};
            best_inside = inside;
            best_square = square;
        }
    }
    return best;
}

/* What '@item', '@core' and '@hostage' stand for; of kind NONE where the incident has no such. */
static mu_goal scene_goal(const mu_compiler *c, const char *place) {
    const mu_incident_zones *scene = &c->given->scene;
    const int post = mu_post_kind_find(place + 1);
    if (post >= 0) {
        return nearest_post(c, post);
    }
    if (strcmp(place, "@hostage") == 0) {
        return scene->place;
    }
    if (strcmp(place, "@core") == 0 && scene->approach.kind != MU_GOAL_NONE) {
        return scene->approach;
    }
    const bool known = strcmp(place, "@core") == 0 ||
                       (strcmp(place, "@item") == 0 && scene->place.kind == MU_GOAL_NONE);
    return known ? c->given->core : (mu_goal){.kind = MU_GOAL_NONE};
}

void mu_compile_place(mu_compiler *c, mu_step_plan *step) {
    const char *place = step->given->place;
    step->place = MU_PLACE_NONE;
    step->at = (mu_goal){.kind = MU_GOAL_NONE};
    if (place == NULL) {
        return;
    }
    const int kind = mu_post_kind_find(place);
    if (strcmp(place, "@actor") == 0) {
        step->place = MU_PLACE_ACTOR;
    } else if (place[0] == '@') {
        step->place = MU_PLACE_POINT;
        step->at = scene_goal(c, place);
        if (step->at.kind == MU_GOAL_NONE) {
            fault(c, step, "playbook.no-item", _("use this playbook with an incident that has one"),
                  _("step '%s' happens at '%s', but the incident has no item"), place);
            step->place = MU_PLACE_NONE;
        }
    } else if (kind >= 0) {
        take_posts(c, step, kind);
    } else if (!take_point(c, step, place)) {
        fault(c, step, "playbook.no-place",
              _("name a post, an assembly point, a space, a kind of post, @item or @actor"),
              _("step '%s': the site has no place '%s'"), place);
        step->place = MU_PLACE_NONE;
    }
    if (step->place == MU_PLACE_POINT) {
        step->level = c->given->site->spaces.items[step->at.area].level.index;
    }
}

static void take_portals(mu_compiler *c, mu_step_plan *step, const char *label) {
    const mu_site *site = c->given->site;
    uint32_t *portals = mu_arena_array(c->arena, site->portals.count + 1, sizeof *portals);
    if (portals == NULL) {
        c->no_memory = true;
        return;
    }
    const bool non_essential = strcmp(label, "non_essential") == 0;
    uint32_t count = 0;
    for (uint32_t p = 0; p < site->portals.count; p++) {
        const mu_portal *portal = &site->portals.items[p];
        if ((non_essential && portal->non_essential) ||
            (portal->zone != NULL && strcmp(portal->zone, label) == 0)) {
            portals[count++] = p;
        }
    }
    step->zone = MU_ZONE_PORTALS;
    step->portals.items = portals;
    step->portals.count = count;
    if (count == 0) {
        fault(c, step, "playbook.no-portals", _("give the portals this label as their 'zone'"),
              _("step '%s': no portal of the site is labelled '%s'"), label);
    }
}

static void take_people_zone(mu_compiler *c, mu_step_plan *step, const char *zone) {
    const uint32_t level = mu_loader_find(c->given->loader, MU_ENTITY_LEVEL, zone);
    const uint32_t space = mu_loader_find(c->given->loader, MU_ENTITY_SPACE, zone);
    const uint32_t assembly = mu_loader_find(c->given->loader, MU_ENTITY_ASSEMBLY, zone);
    if (strcmp(zone, "site") == 0) {
        step->zone = MU_ZONE_SITE;
    } else if (strcmp(zone, "building") == 0) {
        step->zone = MU_ZONE_BUILDING;
    } else if (strcmp(zone, "radius") == 0) {
        step->zone = MU_ZONE_RADIUS;
        if (step->place != MU_PLACE_POINT || step->given->radius_m <= 0) {
            fault(c, step, "playbook.no-radius", _("give it a place such as @item, and radius_m"),
                  _("step '%s' clears a '%s', but has no centre or no size for it"), zone);
        }
    } else if (assembly != MU_NONE) {
        step->zone = MU_ZONE_ASSEMBLY;
        step->zone_index = assembly;
    } else if (level != MU_NONE) {
        step->zone = MU_ZONE_LEVEL;
        step->zone_index = level;
    } else if (space != MU_NONE) {
        step->zone = MU_ZONE_SPACE;
        step->zone_index = space;
    } else if (mu_compile_area_word(c, zone, NULL)) {
        step->zone = MU_ZONE_AREAS;
    } else {
        fault(c, step, "playbook.no-zone",
              _("use site, building, radius, a level, a space, an air zone, a building's label, or "
                "@core, @level, @around, @line_of_sight or @downwind where the incident has them"),
              _("step '%s': there is no zone '%s'"), zone);
    }
}

void mu_compile_zone(mu_compiler *c, mu_step_plan *step) {
    if (mu_verb_object(step->verb) != MU_OBJECT_ZONE) {
        return;
    }
    const char *zone = step->given->object;
    if (zone == NULL) {
        fault(c, step, "playbook.no-object", _("say which zone in 'object'"),
              _("step '%s': '%s' acts on a zone, and none is named"), mu_verb_word(step->verb));
    } else if (step->verb == MU_VERB_CLOSE || step->verb == MU_VERB_OPEN) {
        take_portals(c, step, zone);
    } else {
        take_people_zone(c, step, zone);
    }
}

static uint32_t count_holders(const mu_compiler *c, uint32_t role, const char *skill) {
    uint32_t count = 0;
    for (uint32_t i = c->plan->role_first[role]; i < c->plan->role_first[role + 1]; i++) {
        count += mu_person_has_skill(c->given->people, c->plan->by_role[i], skill);
    }
    return count;
}

/* Either of the two may be the mistake: the playbook's word or the roster's. */
static const char *advise_role(const mu_compiler *c, const char *word, const char *otherwise,
                               char *out, uint32_t room) {
    const mu_string_list *roles = &c->given->people->roles;
    mu_near near = mu_near_start(word);
    for (uint32_t i = 0; i < roles->count; i++) {
        mu_near_offer(&near, roles->items[i]);
    }
    if (near.count == 0 || near.distance[0] == 0) {
        return otherwise;
    }
    snprintf(out, room, _("the roster has the role '%s': is one of the two mistyped?"),
             near.kept[0]);
    return out;
}

static bool tells_somebody(const mu_step *step) {
    return step->verb == MU_VERB_NOTIFY || step->verb == MU_VERB_REPORT;
}

static bool names_role(const mu_step *step, const char *role) {
    return (step->who.role != NULL && strcmp(step->who.role, role) == 0) ||
           (tells_somebody(step) && step->to != NULL && strcmp(step->to, role) == 0);
}

/* A role that nobody on the roster has is one mistake, however many steps name it: the first of
 * them says so, with some of the others. */
static void fault_of_role(mu_compiler *c, const mu_step_plan *step, const char *code,
                          const char *otherwise, const char *what, const char *role) {
    enum { NAMED = 4 };
    char advice[200], others[NAMED * (MU_FIELD_WORD_MOST + 4) + 1] = "";
    uint32_t more = 0;
    for (uint32_t s = 0; s < c->plan->steps.count; s++) {
        const mu_step_plan *other = &c->plan->steps.items[s];
        if (other == step || !names_role(other->given, role)) {
            continue;
        }
        if (other < step) {
            return;
        }
        if (more++ < NAMED) {
            const size_t used = strlen(others);
            (void)snprintf(others + used, sizeof others - used, "%s'%s'", used > 0 ? _(", ") : "",
                           other->given->id);
        }
    }
    char said[512];
    (void)snprintf(said, sizeof said, what, step->given->id, role);
    const char *advised = advise_role(c, role, otherwise, advice, sizeof advice);
    if (more == 0) {
        mu_diags_add(c->diags, MU_ERROR, code, step->given->origin, advised, "%s", said);
    } else if (more <= NAMED) {
        mu_diags_add(c->diags, MU_ERROR, code, step->given->origin, advised, _("%s; also in %s"),
                     said, others);
    } else {
        mu_diags_add(c->diags, MU_ERROR, code, step->given->origin, advised,
                     _("%s; also in %s and %u more"), said, others, more - NAMED);
    }
}

static void take_receiver(mu_compiler *c, mu_step_plan *step) {
    const mu_step *given = step->given;
    step->receiver = MU_NONE;
    if (!tells_somebody(given)) {
        return;
    }
    if (given->to != NULL && strcmp(given->to, "@sheltering") == 0) {
        step->asks = true;
        return;
    }
    const char *role = given->to != NULL ? given->to : given->object;
    step->receiver = role == NULL ? MU_NONE : mu_people_role(c->given->people, role);
    if (given->to != NULL && step->receiver == MU_NONE) {
        fault_of_role(c, step, "playbook.no-receiver", _("use a role of the roster or of a unit"),
                      _("step '%s': nobody on the roster is '%s'"), given->to);
    }
}

void mu_compile_who(mu_compiler *c, mu_step_plan *step) {
    const mu_who *who = &step->given->who;
    step->role = MU_NONE;
    step->crew = (uint32_t)who->count;
    take_receiver(c, step);
    if (who->role == NULL) {
        return;
    }
    if (strcmp(who->role, "@actor") == 0) {
        step->by_actor = true;
        step->crew = 1;
        return;
    }
    step->role = mu_people_role(c->given->people, who->role);
    const char *otherwise = _("add someone to the roster, or give the step to another role");
    const char *nobody =
        _("step '%s' is for the role '%s', and nobody on the roster has it and its skill");
    if (step->role == MU_NONE) {
        fault_of_role(c, step, "playbook.nobody", otherwise, nobody, who->role);
        return;
    }
    const uint32_t holders = count_holders(c, step->role, who->skill);
    if (holders == 0) {
        fault(c, step, "playbook.nobody", otherwise, nobody, who->role);
        step->role = MU_NONE;
        return;
    }
    if (who->count == 0 && step->place == MU_PLACE_POSTS &&
        (step->verb == MU_VERB_POST || step->verb == MU_VERB_CORDON)) {
        step->crew = step->posts.count;
    }
    step->holders = holders;
    if (step->crew > holders || step->crew > MU_CREW_MOST) {
        mu_diags_add(
            c->diags, MU_WARNING, "playbook.too-few", step->given->origin,
            _("add people to the roster, or ask for fewer: the step is given up when it falls due"),
            _("step '%s' asks for %u of '%s', and the roster has %u"), step->given->id, step->crew,
            who->role, holders);
    }
}
