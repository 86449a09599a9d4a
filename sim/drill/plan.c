/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loading a plan: read every file, then resolve, then check and compile in the order in which
 * things rest on each other. A stage is entered only if what it rests on is sound; until then every
 * fault of every file is reported. */
#include "drill/plan.h"

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/json_edit.h"
#include "crowd/presence.h"
#include "drill/plan_inside.h"

static mu_status read_playbooks(mu_plan *plan, mu_loader *loader, const char *incident) {
    const mu_string_list *names = &plan->incident.playbooks;
    plan->playbooks.items =
        mu_arena_array(plan->arena, (size_t)names->count + 1, sizeof *plan->playbooks.items);
    if (plan->playbooks.items == NULL) {
        return MU_ERR_MEMORY;
    }
    plan->playbooks.count = names->count;
    mu_status status = MU_OK;
    for (uint32_t i = 0; i < names->count; i++) {
        const char *file = mu_loader_beside(loader, incident, names->items[i]);
        status = mu_status_first(
            status, mu_loader_read(loader, file, &mu_playbook_file, &plan->playbooks.items[i]));
    }
    return status;
}

static mu_status read_policy(mu_plan *plan, mu_loader *loader, const char *incident,
                             const char *policy, mu_diags *diags) {
    if (policy == NULL && plan->incident.policy == NULL) {
        const mu_where where = {.file = incident, .path = "$.policy"};
        mu_diags_add(diags, MU_ERROR, "incident.no-policy", &where,
                     _("name one in the incident, or give --policy"),
                     _("the incident names no policy"));
        return MU_ERR_INPUT;
    }
    const char *file =
        policy != NULL ? policy : mu_loader_beside(loader, incident, plan->incident.policy);
    return mu_policy_read(loader, plan->arena, file, diags, &plan->policy);
}

static mu_status read_files(mu_plan *plan, mu_loader *loader, const char *incident,
                            const char *policy, mu_diags *diags) {
    mu_status status = mu_loader_read(loader, incident, &mu_incident_file, &plan->incident);
    if (status != MU_OK) {
        return status;
    }
    status = mu_loader_read(loader, mu_loader_beside(loader, incident, plan->incident.site),
                            &mu_site_file, &plan->site);
    status = mu_status_first(
        status, mu_loader_read(loader, mu_loader_beside(loader, incident, plan->incident.roster),
                               &mu_roster_file, &plan->roster));
    status = mu_status_first(status, read_policy(plan, loader, incident, policy, diags));
    status = mu_status_first(status, read_playbooks(plan, loader, incident));
    if (status != MU_OK) {
        mu_loader_complain_dangling(loader);
        return status;
    }
    return mu_loader_resolve(loader);
}

static mu_status sound(const mu_diags *diags) {
    return mu_diags_count(diags, MU_ERROR) > 0 ? MU_ERR_INPUT : MU_OK;
}

/* Whether the changes leave rooms and doors as the site's file has them: nobody walks through a
 * channel or a camera. */
static bool keeps_shape(const mu_plan_given *given) {
    bool keeps = true;
    for (uint32_t i = 0; i < given->edit_count; i++) {
        const mu_edit *edit = &given->edits[i];
        keeps = keeps && (strcmp(edit->format, "muster.site") != 0 ||
                          strncmp(edit->pointer, "/channels/", 10) == 0 ||
                          strncmp(edit->pointer, "/equipment/", 11) == 0);
    }
    return keeps;
}

/* Of the site's file, which is read second: the same, or the same in all that is walked on? */
static bool has_same_shape(const mu_plan *plan, const mu_plan *near) {
    if (near->files.count < 2 || plan->files.count < 2) {
        return false;
    }
    const mu_file_read *own = &plan->files.items[1], *other = &near->files.items[1];
    return own->hash == other->hash ||
           (plan->shape_on_disk && near->shape_on_disk && own->on_disk == other->on_disk);
}

static mu_walkable *make_walkable(mu_plan *plan, const mu_plan *near, mu_diags *diags) {
    plan->borrows_walkable = near != NULL && has_same_shape(plan, near);
    return plan->borrows_walkable ? near->walkable : mu_walkable_create(&plan->site, diags);
}

static mu_status make_site(mu_plan *plan, const mu_plan *near, mu_diags *diags) {
    mu_policy_apply(&plan->policy, diags);
    plan->walkable = make_walkable(plan, near, diags);
    if (plan->walkable == NULL) {
        return sound(diags) == MU_OK ? MU_ERR_MEMORY : MU_ERR_INPUT;
    }
    mu_exercise_leave_out(&plan->incident.exercise, &plan->roster);
    mu_presence_apply(&plan->roster, plan->incident.starts_at);
    const mu_status status = mu_people_create(&plan->site, plan->walkable, &plan->roster,
                                              plan->arena, diags, &plan->people);
    return mu_status_first(status, sound(diags));
}

static mu_response_given response_given(const mu_plan *plan, const mu_loader *loader) {
    const mu_incident_words *words = mu_incident_words_of(&plan->incident);
    return (mu_response_given){.loader = loader,
                               .site = &plan->site,
                               .walkable = plan->walkable,
                               .people = &plan->people,
                               .playbooks = plan->playbooks.items,
                               .playbook_count = plan->playbooks.count,
                               .core = mu_incident_core(&plan->incident),
                               .scene = mu_incident_scene(plan),
                               .brings = mu_incident_brings(plan),
                               .speaks = words->speaks};
}

static mu_status make_response(mu_plan *plan, const mu_loader *loader, const char *incident,
                               mu_diags *diags) {
    const mu_response_given given = response_given(plan, loader);
    if (given.brings == NULL) {
        return MU_ERR_MEMORY;
    }
    const char *started = mu_incident_words_of(&plan->incident)->started;
    mu_status status = mu_response_collect(&given, &plan->words, plan->arena, diags);
    status = mu_status_first(status, mu_threat_collect(plan, incident, diags));
    status = mu_status_first(status, mu_clauses_collect(plan, diags));
    if (status != MU_OK || sound(diags) != MU_OK) {
        return mu_status_first(status, MU_ERR_INPUT);
    }
    mu_words_seal(&plan->words);
    plan->word_general = mu_plan_word(plan, "general");
    plan->word_started = mu_plan_word(plan, started);
    status = mu_response_compile(&given, &plan->words, plan->arena, diags, &plan->response);
    plan->response.start_h = mu_presence_hour(plan->incident.starts_at, 12);
    plan->response.tips = plan->incident.tips.items;
    plan->response.tip_count = plan->incident.tips.count;
    plan->response.shift_changes = plan->incident.shift_changes.items;
    plan->response.shift_change_count = plan->incident.shift_changes.count;
    return mu_status_first(status, sound(diags));
}

static mu_status make(mu_plan *plan, mu_loader *loader, const mu_plan_given *given,
                      mu_diags *diags) {
    const char *incident = given->incident;
    mu_status status = read_files(plan, loader, incident, given->policy, diags);
    status = mu_status_first(status, mu_loader_keep_files(loader, plan->arena, &plan->files));
    if (status == MU_OK) {
        status = make_site(plan, given->near, diags);
    }
    if (status == MU_OK) {
        status = mu_incident_check(plan, incident, diags);
    }
    if (status == MU_OK) {
        status = mu_hostage_prepare(plan, incident, diags);
    }
    if (status == MU_OK) {
        status = make_response(plan, loader, incident, diags);
    }
    if (status == MU_OK) {
        status = mu_status_first(mu_threat_compile(plan), mu_clauses_compile(plan));
        mu_threat_check(plan, incident, diags);
    }
    if (status == MU_OK) {
        mu_exercise_check(plan, incident, diags);
        status = sound(diags);
    }
    return status;
}

mu_plan *mu_plan_load(const char *incident, const char *policy, mu_diags *diags) {
    return mu_plan_load_given(&(mu_plan_given){.incident = incident, .policy = policy}, diags);
}

static void tell_no_memory(const char *incident, mu_diags *diags) {
    mu_diags_add(diags, MU_ERROR, "memory", NULL, NULL, _("not enough memory to load '%s'"),
                 incident);
}

mu_plan *mu_plan_load_given(const mu_plan_given *given, mu_diags *diags) {
    mu_arena *arena = mu_arena_create();
    mu_plan *plan = arena == NULL ? NULL : mu_arena_alloc(arena, sizeof *plan);
    mu_loader *loader = plan == NULL ? NULL : mu_loader_create(arena, diags);
    if (loader == NULL) {
        tell_no_memory(given->incident, diags);
        mu_arena_destroy(arena);
        return NULL;
    }
    plan->arena = arena;
    plan->shape_on_disk = keeps_shape(given);
    mu_loader_edit(loader, given->edits, given->edit_count);
    mu_loader_serve(loader, given->server, given->serving);
    mu_loader_watch(loader, given->watcher, given->watching);
    const mu_status status = make(plan, loader, given, diags);
    mu_loader_destroy(loader);
    if (status != MU_OK) {
        if (sound(diags) == MU_OK) {
            tell_no_memory(given->incident, diags);
        }
        mu_plan_destroy(plan);
        return NULL;
    }
    return plan;
}

void mu_plan_destroy(mu_plan *plan) {
    if (plan != NULL) {
        if (!plan->borrows_walkable) {
            mu_walkable_destroy(plan->walkable);
        }
        mu_arena_destroy(plan->arena);
    }
}
