/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan: everything given, read, checked and compiled; immutable, shared by all runs. */
#ifndef MU_DRILL_PLAN_H
#define MU_DRILL_PLAN_H

#include "core/arena.h"
#include "core/loader.h"
#include "core/words.h"
#include "crowd/people.h"
#include "drill/incident.h"
#include "muster/drill.h"
#include "policy/judge.h"
#include "policy/policy.h"
#include "response/playbook.h"
#include "response/response.h"
#include "site/site.h"
#include "site/walkable.h"
#include "threat/threat.h"

struct mu_plan {
    mu_arena *arena;
    mu_incident incident;
    mu_site site;
    mu_walkable *walkable;
    bool borrows_walkable; /* it is another plan's */
    bool shape_on_disk;    /* rooms and doors are as the site's file has them */
    mu_roster roster;
    mu_people people;
    mu_policy policy;
    mu_judged_clause *clauses; /* one per clause of the policy */
    MU_LIST_OF(mu_playbook) playbooks;
    mu_words words;
    uint32_t word_started, word_general; /* the incident's kind; "general" */
    mu_response_plan response;
    mu_threat_plan threat;
    mu_files_read files;
};

/* What a plan is loaded from, where it is not just files. */
typedef struct mu_plan_given {
    const char *incident, *policy; /* as mu_plan_load */
    struct mu_edit *edits;         /* changes to the texts of files other than the incident's */
    uint32_t edit_count;
    const mu_plan *near; /* a plan that outlives this one: where the site's file is the same, but
                            for channels and equipment, its walking distances are shared; NULL =
                            none */
    mu_loader_server *server; /* gives texts that are being edited; may be NULL */
    void *serving;
    mu_loader_watcher *watcher; /* told of every text, in order: incident, site, roster, policy, the
                                   policy that it is based on, playbooks; may be NULL */
    void *watching;
} mu_plan_given;
/* As mu_plan_load. An edit that leads nowhere is the caller's to complain of: see its `done`. */
mu_plan *mu_plan_load_given(const mu_plan_given *given, mu_diags *diags);

/* The space of the second item that the incident gives; 0: there is none. */
mu_handle mu_plan_second_place(const mu_plan *plan);
/* The name of what a handle names, in one language ("zh" or "en"): for reports. Never NULL. */
const char *mu_plan_name(const mu_plan *plan, mu_handle handle, const char *language);
/* Its id, as files write it. Never NULL. */
const char *mu_plan_id(const mu_plan *plan, mu_handle handle);

#endif
