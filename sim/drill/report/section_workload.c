/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each team had to carry, what was wanted of it at once against who is there, and who waited
 * for whom. Means over the runs; the arithmetic of a peak is that of the run whose log is kept. */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "drill/report/section.h"
#include "drill/report/words.h"

enum { WAITS_MOST = 12, NEVER_MOST = 8, TASKS_MOST = 10 };

/* One role over all runs. */
typedef struct load {
    uint32_t role, on_duty, runs, short_runs, peak;
    double tasks, busy_s[MU_ACTIVITY_COUNT], used, short_s;
} load;

static load sum_role(const mu_view *view, uint32_t role) {
    const mu_findings *f = view->findings;
    load sum = {.role = role, .on_duty = mu_workload_on_duty(view->plan, role)};
    for (uint32_t i = 0; i < f->reps; i++) {
        const mu_workload *w = &f->replicates[i].workload;
        if (w->roles == NULL) {
            continue;
        }
        const mu_role_load *one = &w->roles[role];
        double busy_s = 0;
        for (int a = 0; a < MU_ACTIVITY_COUNT; a++) {
            sum.busy_s[a] += one->busy_s[a];
            busy_s += one->busy_s[a];
        }
        const double room_s = mu_time_to_s(w->to_us - w->from_us) * sum.on_duty;
        sum.used += room_s > 0 ? busy_s / room_s : 0;
        sum.tasks += one->tasks;
        sum.runs++;
        sum.short_runs += one->short_s > 0;
        sum.short_s += one->short_s;
        sum.peak = one->peak > sum.peak ? one->peak : sum.peak;
    }
    return sum;
}

/* Person-time in minutes, in hours where that is long. */
static const char *say_minutes(const mu_view *view, double seconds) {
    if (seconds <= 0) {
        return "–";
    }
    if (seconds < 60) {
        return _("< 1 min");
    }
    return seconds < 36000 ? mu_say(view, _("%.0f min"), seconds / 60)
                           : mu_say(view, _("%.0f h"), seconds / 3600);
}

static void put_load(mu_doc *doc, const load *sum) {
    const mu_view *view = doc->view;
    const double runs = sum->runs;
    mu_doc_cell(doc, NULL, mu_say_role(view, view->plan->people.roles.items[sum->role]));
    mu_doc_cell(doc, "number", mu_say(view, "%u", sum->on_duty));
    mu_doc_cell(doc, "number", mu_say_mean(view, sum->tasks / runs));
    mu_doc_cell(doc, "number", say_minutes(view, sum->busy_s[MU_ACTIVITY_WALKING] / runs));
    mu_doc_cell(doc, "number", say_minutes(view, sum->busy_s[MU_ACTIVITY_WORKING] / runs));
    mu_doc_cell(doc, "number", say_minutes(view, sum->busy_s[MU_ACTIVITY_TALKING] / runs));
    mu_doc_cell(doc, "number", say_minutes(view, sum->busy_s[MU_ACTIVITY_HOLDING] / runs));
    mu_doc_cell(doc, "number", mu_say_percent(view, sum->used / runs));
    mu_doc_cell(doc, sum->peak > sum->on_duty ? "number missed" : "number",
                mu_say(view, sum->peak > sum->on_duty ? "%u ✕" : "%u", sum->peak));
}

static void put_loads(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_column columns[] = {
        {_("Team"), NULL},          {_("On duty"), "number"},   {_("Tasks"), "number"},
        {_("On foot"), "number"},   {_("At work"), "number"},   {_("Talking"), "number"},
        {_("At a post"), "number"}, {_("Time used"), "number"}, {_("Wanted at once"), "number"}};
    mu_doc_table(doc, "loads", columns, 9);
    for (uint32_t role = 0; role < view->plan->people.roles.count; role++) {
        const load sum = sum_role(view, role);
        if (sum.tasks > 0) {
            put_load(doc, &sum);
        }
    }
    mu_doc_table_end(doc);
    mu_doc_paragraph(
        doc, "small",
        _("Person-time, means over runs, from the first task to the all-clear or the end of the "
          "run. Time used: of what those on duty have in that span; routine work is not counted. "
          "Wanted at once: the most in any run, with tasks that still wait for somebody; ✕ where "
          "that is more than there are."));
}

/* "Operator calls the police (1) + Operator raises the bollards (1)": what one moment wants. */
static const char *say_sum(const mu_view *view, const mu_timeline *t, uint32_t role,
                           mu_time at_us) {
    const char *said = "";
    uint32_t count = 0, rest = 0;
    for (uint32_t i = 0; i < t->task_count; i++) {
        const mu_task *task = &t->tasks[i];
        if (task->role != role || !mu_workload_wants(task, at_us)) {
            continue;
        }
        const uint32_t persons = mu_workload_persons(view->plan, task);
        if (count++ < TASKS_MOST) {
            said = mu_say_joined(view, said, " + ",
                                 mu_say(view, _("%s (%u)"),
                                        mu_say_thing(view, MU_HANDLE(MU_THING_STEP, task->step)),
                                        persons));
        } else {
            rest += persons;
        }
    }
    return rest == 0 ? said : mu_say(view, _("%s + others (%u)"), said, rest);
}

static const mu_role_load *kept_load(const mu_view *view, uint32_t role) {
    const mu_timeline *t = view->def.timeline;
    for (uint32_t i = 0; t != NULL && i < view->findings->reps; i++) {
        const mu_replicate *one = &view->findings->replicates[i];
        if (one->replication == t->replication && one->workload.roles != NULL) {
            return &one->workload.roles[role];
        }
    }
    return NULL;
}

static void put_short(mu_doc *doc, const load *sum) {
    const mu_view *view = doc->view;
    const mu_role_load *kept = kept_load(view, sum->role);
    const char *how_often = mu_say(
        view,
        P_("%s: %u on duty; more were wanted in %u of %u run, for %s on average.",
           "%s: %u on duty; more were wanted in %u of %u runs, for %s on average.", sum->runs),
        mu_say_role(view, view->plan->people.roles.items[sum->role]), sum->on_duty, sum->short_runs,
        sum->runs, mu_say_time(view, sum->short_s / sum->short_runs));
    if (kept == NULL || kept->peak <= sum->on_duty) {
        mu_doc_item(doc, how_often);
        return;
    }
    mu_doc_item(doc, mu_say(view, _("%s In run %u, at %s: %s = %u, and %u are there."), how_often,
                            view->def.timeline->replication,
                            mu_say_seconds(view, kept->peak_us / MU_SECOND),
                            say_sum(view, view->def.timeline, sum->role, kept->peak_us), kept->peak,
                            sum->on_duty));
}

/* A store that fewer people may open than are on duty stays shut, whoever needs it. */
static const char *say_shut_store(const mu_view *view, uint32_t equipment) {
    const mu_equipment *store = &view->plan->site.equipment.items[equipment];
    if (store->issued_by == NULL || store->issue_persons <= 0) {
        return NULL;
    }
    const uint32_t role = mu_people_role(&view->plan->people, store->issued_by);
    const uint32_t on_duty = role == MU_NONE ? 0 : mu_workload_on_duty(view->plan, role);
    return on_duty >= store->issue_persons
               ? NULL
               : mu_say(view, _("%s: %u of “%s” open it together, and %u on duty: it stays shut."),
                        mu_say_thing(view, MU_HANDLE(MU_THING_EQUIPMENT, equipment)),
                        (uint32_t)store->issue_persons, mu_say_role(view, store->issued_by),
                        on_duty);
}

static void put_shortages(mu_doc *doc) {
    const mu_view *view = doc->view;
    bool any = false;
    mu_doc_heading(doc, 3, NULL, _("What the roster cannot carry at once"));
    mu_doc_list(doc);
    for (uint32_t role = 0; role < view->plan->people.roles.count; role++) {
        const load sum = sum_role(view, role);
        if (sum.short_runs > 0) {
            put_short(doc, &sum);
            any = true;
        }
    }
    for (uint32_t e = 0; e < view->plan->site.equipment.count; e++) {
        const char *said = say_shut_store(view, e);
        if (said != NULL) {
            mu_doc_item(doc, said);
            any = true;
        }
    }
    if (!any) {
        mu_doc_item(doc, _("Nothing: in no run was more wanted of a team than it has on duty."));
    }
    mu_doc_list_end(doc);
}

enum { HOLDERS_MOST = 8 };

/* Waits of one step for the same over all runs. */
typedef struct wait_sum {
    uint32_t step, count, runs, last_run;
    mu_handle subject; /* a person stands for the role */
    double waited_s;
    mu_handle holders[HOLDERS_MOST]; /* those beyond are left out */
    double held_s[HOLDERS_MOST];
    uint32_t holder_count;
} wait_sum;

/* People of one role are one thing to wait for; what held them counts as their own work where they
 * are their own holder. */
static mu_handle kind_of(const mu_view *view, mu_handle handle) {
    const uint32_t i = mu_handle_index(handle);
    return mu_handle_thing(handle) == MU_THING_PERSON && i < view->plan->people.list.count
               ? MU_HANDLE(MU_THING_PERSON, view->plan->people.list.items[i].role)
               : handle;
}

static void add_holder(wait_sum *sum, mu_handle holder, double waited_s) {
    uint32_t k = 0;
    while (k < sum->holder_count && sum->holders[k] != holder) {
        k++;
    }
    if (k == HOLDERS_MOST) {
        return;
    }
    if (k == sum->holder_count) {
        sum->holder_count++;
        sum->holders[k] = holder;
        sum->held_s[k] = 0;
    }
    sum->held_s[k] += waited_s;
}

static void add_wait(const mu_view *view, wait_sum *sums, uint32_t *count, uint32_t run,
                     const mu_wait_time *wait) {
    const mu_handle subject = kind_of(view, wait->subject);
    const double waited_s = mu_time_to_s(wait->to_us - wait->from_us);
    uint32_t k = 0;
    while (k < *count && !(sums[k].step == wait->step && sums[k].subject == subject)) {
        k++;
    }
    if (k == *count) {
        sums[(*count)++] = (wait_sum){.step = wait->step, .last_run = MU_NONE, .subject = subject};
    }
    sums[k].count++;
    sums[k].runs += sums[k].last_run != run;
    sums[k].last_run = run;
    sums[k].waited_s += waited_s;
    add_holder(&sums[k], kind_of(view, wait->holder), waited_s);
}

static int longest_first(const void *left, const void *right) {
    const wait_sum *a = left, *b = right;
    if (a->waited_s != b->waited_s) {
        return a->waited_s > b->waited_s ? -1 : 1;
    }
    return (a->step > b->step) - (a->step < b->step);
}

/* All waits that were given something in the end, or none of them, longest first. */
static wait_sum *sum_waits(const mu_view *view, bool given, uint32_t *count) {
    const mu_findings *f = view->findings;
    uint32_t most = 0;
    for (uint32_t i = 0; i < f->reps; i++) {
        most += f->replicates[i].workload.wait_count;
    }
    wait_sum *sums = mu_arena_array(view->arena, most + 1, sizeof *sums);
    *count = 0;
    for (uint32_t i = 0; i < f->reps && sums != NULL; i++) {
        const mu_workload *w = &f->replicates[i].workload;
        for (uint32_t k = 0; k < w->wait_count; k++) {
            if ((w->waits[k].subject != 0) == given) {
                add_wait(view, sums, count, i, &w->waits[k]);
            }
        }
    }
    if (sums != NULL) {
        qsort(sums, *count, sizeof *sums, longest_first);
    }
    return sums;
}

static const char *say_kind(const mu_view *view, mu_handle kind) {
    return mu_handle_thing(kind) == MU_THING_PERSON
               ? mu_say_role(view, view->plan->people.roles.items[mu_handle_index(kind)])
               : mu_say_thing(view, kind);
}

static const char *say_holder(const mu_view *view, const wait_sum *sum, mu_handle holder) {
    if (holder == 0) {
        return mu_handle_thing(sum->subject) == MU_THING_PERSON ? _("not there yet") : "–";
    }
    return holder == sum->subject ? _("routine work") : say_kind(view, holder);
}

/* Those who held it longest, the first two. */
static const char *say_held(const mu_view *view, const wait_sum *sum) {
    const char *said = "";
    uint32_t last = MU_NONE;
    for (int n = 0; n < 2; n++) {
        uint32_t best = MU_NONE;
        for (uint32_t k = 0; k < sum->holder_count; k++) {
            if (k != last && (best == MU_NONE || sum->held_s[k] > sum->held_s[best])) {
                best = k;
            }
        }
        if (best == MU_NONE) {
            break;
        }
        said = mu_say_joined(view, said, _("; "), say_holder(view, sum, sum->holders[best]));
        last = best;
    }
    return sum->holder_count > 2 ? mu_say(view, _("%s; others"), said) : said;
}

static void put_waits(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_column columns[] = {{_("What waited"), "wide"},
                                 {_("For"), NULL},
                                 {_("Held by"), NULL},
                                 {_("In runs"), "number"},
                                 {_("Mean wait"), "number"}};
    uint32_t count = 0;
    const wait_sum *sums = sum_waits(view, true, &count);
    if (count == 0) {
        return;
    }
    mu_doc_heading(doc, 3, NULL, _("Who waited for whom"));
    mu_doc_table(doc, NULL, columns, 5);
    for (uint32_t k = 0; k < count && k < WAITS_MOST; k++) {
        mu_doc_cell(doc, NULL, mu_say_thing(view, MU_HANDLE(MU_THING_STEP, sums[k].step)));
        mu_doc_cell(doc, NULL, say_kind(view, sums[k].subject));
        mu_doc_cell(doc, NULL, say_held(view, &sums[k]));
        mu_doc_cell(doc, "number", mu_say(view, "%u / %u", sums[k].runs, view->findings->reps));
        mu_doc_cell(doc, "number", mu_say_time(view, sums[k].waited_s / sums[k].count));
    }
    mu_doc_table_end(doc);
    if (count > WAITS_MOST) {
        mu_doc_paragraph(doc, "small",
                         mu_say(view, _("The longest %d of %u, by all their waiting together."),
                                WAITS_MOST, count));
    }
}

const char *mu_say_asked(const mu_view *view, uint32_t step) {
    const mu_step_plan *plan = &view->plan->response.steps.items[step];
    const mu_step *given = plan->given;
    const uint32_t persons =
        mu_workload_persons(view->plan, &(mu_task){.step = step, .persons = 0});
    const char *said = "";
    if (plan->role != MU_NONE) {
        const char *role = mu_say_role(view, view->plan->people.roles.items[plan->role]);
        said = persons > 0 ? mu_say(view, "%u × %s", persons, role) : role;
        if (given->who.skill != NULL) {
            said = mu_say(view, _("%s (%s)"), said, mu_say_word(view, given->who.skill));
        }
    }
    for (uint32_t n = 0; n < given->needs.count; n++) {
        const mu_need *need = &given->needs.items[n];
        said = mu_say_joined(view, said, " + ",
                             mu_say(view, "%u × %s", (uint32_t)need->count,
                                    mu_say_word(view, mu_equipment_words[need->equipment])));
    }
    return said[0] != 0 ? said : "–";
}

static void put_never_given(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_column columns[] = {{_("What waited"), "wide"},
                                 {_("Asked for"), NULL},
                                 {_("In runs"), "number"},
                                 {_("Mean wait"), "number"}};
    uint32_t count = 0;
    const wait_sum *sums = sum_waits(view, false, &count);
    if (count == 0) {
        return;
    }
    mu_doc_heading(doc, 3, NULL, _("Asked for and never given"));
    mu_doc_table(doc, NULL, columns, 4);
    for (uint32_t k = 0; k < count && k < NEVER_MOST; k++) {
        mu_doc_cell(doc, NULL, mu_say_thing(view, MU_HANDLE(MU_THING_STEP, sums[k].step)));
        mu_doc_cell(doc, NULL, mu_say_asked(view, sums[k].step));
        mu_doc_cell(doc, "number", mu_say(view, "%u / %u", sums[k].runs, view->findings->reps));
        mu_doc_cell(doc, "number", mu_say_time(view, sums[k].waited_s / sums[k].count));
    }
    mu_doc_table_end(doc);
    mu_doc_paragraph(doc, "small", _("Given up, called off, or still waiting when the run ended."));
}

void mu_section_workload(mu_doc *doc) {
    put_loads(doc);
    put_shortages(doc);
    put_waits(doc);
    put_never_given(doc);
}
