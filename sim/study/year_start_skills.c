/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people can do and know on the day: skills that training has kept, and the revision of the
 * plan that they have been taught. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "audit/audit.h"
#include "core/i18n.h"
#include "study/year_start_inside.h"

/* Of the staff with this role, the share for which something holds; 1 where nobody has the role. */
typedef bool holds_of(const mu_year_sim *y, uint32_t person, uint32_t topic);

static bool is_taught(const mu_year_sim *y, uint32_t staff, uint32_t topic) {
    for (uint32_t d = 0; d < y->plan->duties.count; d++) {
        const mu_duty_plan *duty = &y->plan->duties.items[d];
        if (duty->topic == topic && mu_ref_list_has(&duty->given->attends, staff)) {
            return true;
        }
    }
    return false;
}

static double share_of(const mu_year_sim *y, const char *role, uint32_t topic, holds_of *holds) {
    double all = 0, have = 0;
    for (uint32_t s = 0; s < y->plan->staff.count; s++) {
        const mu_staff_plan *staff = &y->plan->staff.items[s];
        if (staff->given->role == NULL || strcmp(staff->given->role, role) != 0 ||
            !is_taught(y, s, topic)) {
            continue;
        }
        for (uint32_t p = staff->first; p < staff->first + (uint32_t)staff->given->count; p++) {
            if (mu_year_persons(y)[p].away == 0 && mu_year_persons(y)[p].gone == 0) {
                all++;
                have += holds(y, p, topic);
            }
        }
    }
    return all > 0 ? have / all : 1;
}

/* Skills. */

static bool would_pass(const mu_year_sim *y, uint32_t person, uint32_t topic) {
    return mu_year_knows(y, person, topic, mu_sim_now(&y->sim)) >=
           y->plan->year.topics.items[topic].pass;
}

static const char *without(const mu_year_plan *plan, const mu_member *member, const char *skill) {
    const char *list = "[";
    bool first = true;
    for (uint32_t k = 0; k < member->skills.count; k++) {
        if (strcmp(member->skills.items[k], skill) != 0) {
            list =
                mu_audit_say(plan, "%s%s\"%s\"", list, first ? "" : ", ", member->skills.items[k]);
            first = false;
        }
    }
    return mu_audit_say(plan, "%s]", list);
}

static void set(const mu_year_plan *plan, mu_year_start *out, const mu_member *member,
                const char *field, const char *value) {
    mu_start_change(plan, out,
                    (mu_edit){.format = "muster.roster",
                              .pointer = mu_audit_say(plan, "/members/%s/%s", member->id, field),
                              .value = value});
}

/* A line of the roster of whom some no longer hold the skill becomes two. */
static void split(const mu_year_plan *plan, const mu_year_moment *moment, const mu_member *member,
                  const char *skill, uint32_t lost, uint32_t there, mu_year_start *out) {
    char *line = NULL;
    if (mu_json_pick(moment->roster_text, moment->roster_length,
                     mu_audit_say(plan, "/members/%s", member->id), &line) != MU_OK ||
        line == NULL) {
        out->no_memory = out->no_memory || line == NULL;
        free(line);
        return;
    }
    const char *const changes[][2] = {
        {"/id", mu_audit_say(plan, "\"%s.untrained\"", member->id)},
        {"/count", mu_audit_say(plan, "%u", lost)},
        {"/skills", without(plan, member, skill)},
    };
    for (size_t k = 0; k < sizeof changes / sizeof changes[0]; k++) {
        char *changed = NULL;
        size_t length = 0;
        if (mu_json_edit(line, strlen(line), changes[k][0], changes[k][1], &changed, &length) !=
            MU_OK) {
            out->no_memory = true;
        }
        if (changed != NULL) {
            free(line);
            line = changed;
        }
    }
    const char *kept = mu_arena_copy(plan->arena, line);
    free(line);
    out->no_memory = out->no_memory || kept == NULL;
    set(plan, out, member, "count", mu_audit_say(plan, "%u", there - lost));
    mu_start_change(plan, out,
                    (mu_edit){.format = "muster.roster", .pointer = "/members/-", .value = kept});
}

static void lose_skill(const mu_year_sim *y, const mu_year_moment *moment, uint32_t topic,
                       const mu_member *member, uint32_t lost, uint32_t there, mu_year_start *out) {
    const char *skill = y->plan->year.topics.items[topic].skill;
    if (lost < there && moment->roster_text != NULL) {
        split(y->plan, moment, member, skill, lost, there, out);
    } else {
        set(y->plan, out, member, "skills", without(y->plan, member, skill));
    }
    mu_start_tell(
        y->plan, out,
        mu_audit_say(y->plan,
                     P_("%s: %u does not hold the skill %s any more, for want of training",
                        "%s: %u do not hold the skill %s any more, for want of training", lost),
                     mu_start_name(&member->name, member->id, moment->language), lost, skill));
}

static uint32_t present(const mu_member *member, uint32_t away) {
    return away < (uint32_t)member->count ? (uint32_t)member->count - away : 0;
}

static bool may_hold(const mu_member *member, const char *skill, uint32_t away) {
    return mu_string_list_has(&member->skills, skill) && !member->off_duty &&
           present(member, away) > 0;
}

/* One always stands in, the last in the roster: a playbook that asks for the skill asks somebody.
 */
static void lose_topic(const mu_year_sim *y, const mu_year_moment *moment, uint32_t topic,
                       const uint32_t *taken, mu_year_start *out) {
    const mu_roster *roster = &y->plan->roster;
    const char *skill = y->plan->year.topics.items[topic].skill;
    uint32_t lines = 0, kept = 0;
    for (uint32_t m = 0; m < roster->members.count; m++) {
        lines += may_hold(&roster->members.items[m], skill, taken[m]);
    }
    for (uint32_t m = 0; m < roster->members.count && lines > 0; m++) {
        const mu_member *member = &roster->members.items[m];
        if (!may_hold(member, skill, taken[m])) {
            continue;
        }
        const uint32_t there = present(member, taken[m]);
        const double share = share_of(y, member->role, topic, would_pass);
        uint32_t keep = (uint32_t)floor(there * share + 1e-9);
        keep = --lines == 0 && kept == 0 && keep == 0 ? 1 : keep;
        kept += keep;
        if (keep < there) {
            lose_skill(y, moment, topic, member, there - keep, there, out);
        }
    }
}

void mu_start_skills(const mu_year_sim *y, const mu_year_moment *moment, const uint32_t *taken,
                     mu_year_start *out) {
    for (uint32_t t = 0; t < y->plan->year.topics.count; t++) {
        if (y->plan->year.topics.items[t].skill != NULL) {
            lose_topic(y, moment, t, taken, out);
        }
    }
}

/* Plans. */

static const mu_revision *last_change(const mu_playbook *book) {
    for (uint32_t r = book->revisions.count; r > 0; r--) {
        if (book->revisions.items[r - 1].was.count > 0) {
            return &book->revisions.items[r - 1];
        }
    }
    return NULL;
}

static const mu_step *step_of(const mu_playbook *book, const char *id) {
    for (uint32_t s = 0; s < book->steps.count; s++) {
        if (strcmp(book->steps.items[s].id, id) == 0) {
            return &book->steps.items[s];
        }
    }
    return NULL;
}

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* The step of the book that this text replaces, or NULL. */
static const mu_step *replaced_by(const mu_playbook *book, const char *text) {
    char *id = NULL;
    const mu_step *step = NULL;
    if (mu_json_pick(text, strlen(text), "/id", &id) == MU_OK && id != NULL && id[0] == '"') {
        id[strlen(id) - 1] = '\0';
        step = step_of(book, id + 1);
    }
    free(id);
    return step;
}

/* The people of a role as the year file calls them. */
static const char *say_role(const mu_year_sim *y, const char *role, const char *language) {
    for (uint32_t s = 0; s < y->plan->staff.count; s++) {
        const mu_staff *staff = y->plan->staff.items[s].given;
        if (staff->role != NULL && strcmp(staff->role, role) == 0) {
            return mu_start_name(&staff->name, staff->id, language);
        }
    }
    return role;
}

static void go_by_old(const mu_year_sim *y, const mu_year_moment *moment, uint32_t topic,
                      uint32_t book, mu_year_start *out) {
    const mu_playbook *given = &moment->playbooks[book];
    const mu_revision *revision = last_change(given);
    for (uint32_t k = 0; revision != NULL && k < revision->was.count; k++) {
        const mu_step *step = replaced_by(given, revision->was.items[k]);
        const double share = step == NULL || step->who.role == NULL
                                 ? 1
                                 : share_of(y, step->who.role, topic, mu_year_is_current);
        if (share >= 0.5) {
            continue;
        }
        mu_start_change(y->plan, out,
                        (mu_edit){.format = "muster.playbook",
                                  .file = base_name(moment->playbook_files[book]),
                                  .pointer = mu_audit_say(y->plan, "/steps/%s", step->id),
                                  .value = revision->was.items[k]});
        mu_start_tell(
            y->plan, out,
            mu_audit_say(y->plan,
                         _("%.0f %% of %s have been taught the plan as revised: \"%s\" is done as "
                           "before (%s)"),
                         100 * share, say_role(y, step->who.role, moment->language),
                         mu_start_name(&step->name, step->id, moment->language),
                         base_name(moment->playbook_files[book])));
    }
}

void mu_start_plans(const mu_year_sim *y, const mu_year_moment *moment, mu_year_start *out) {
    for (uint32_t t = 0; t < y->plan->year.topics.count; t++) {
        for (uint32_t b = 0; b < moment->playbook_count && mu_year_topic_of(y, t)->revisions > 0;
             b++) {
            go_by_old(y, moment, t, b, out);
        }
    }
}
