/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of events. Injects come from the incident's file. What the control staff says comes from
 * the runs: the beginning, whatever makes the incident known, and the arrival of help from outside,
 * since that as a rule takes no part. What players are expected to do is each milestone of a step.
 * Times are typical ones of the runs. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/grow.h"
#include "core/i18n.h"
#include "drill/pack/sheet.h"

static bool add(mu_msel *list, uint32_t *room, const mu_msel_event *event) {
    mu_msel_event *items = mu_grow(list->items, list->count, room, sizeof *items);
    if (items == NULL) {
        return false;
    }
    list->items = items;
    list->items[list->count++] = *event;
    return true;
}

static bool is_said(uint32_t kind) {
    return kind == MU_RECORD_STARTED || kind == MU_RECORD_PLACED || kind == MU_RECORD_NOTICED ||
           kind == MU_RECORD_ALARM || kind == MU_RECORD_RECEIVED || kind == MU_RECORD_DETECTED ||
           kind == MU_RECORD_SEIZED || kind == MU_RECORD_EXPLODED || kind == MU_RECORD_LEAKS ||
           kind == MU_RECORD_OUTAGE || kind == MU_RECORD_DISPATCHED || kind == MU_RECORD_ON_SITE;
}

/* Does it belong to somebody who comes from outside? */
static bool is_of_unit(const mu_plan *plan, const mu_watch *watch) {
    if (watch->step == MU_NONE || plan->response.steps.items[watch->step].role == MU_NONE) {
        return false;
    }
    const uint32_t role = plan->response.steps.items[watch->step].role;
    for (uint32_t p = 0; p < plan->people.list.count; p++) {
        const mu_person *person = &plan->people.list.items[p];
        if (person->role == role && person->kind != MU_PERSON_UNIT) {
            return false;
        }
    }
    return true;
}

static bool is_worth(const mu_plan *plan, const mu_watch *watch, uint32_t *kind) {
    if (watch->seen == 0 || watch->what != MU_WATCH_TIME || isnan(watch->from_start_s)) {
        return false;
    }
    *kind =
        is_said(watch->kind) || is_of_unit(plan, watch) ? MU_MSEL_INFORMATION : MU_MSEL_EXPECTED;
    return *kind == MU_MSEL_INFORMATION || watch->step != MU_NONE ||
           watch->kind == MU_RECORD_CLEARED;
}

static int by_time(const void *a, const void *b) {
    const mu_msel_event *x = a, *y = b;
    if (x->at_s != y->at_s) {
        return x->at_s < y->at_s ? -1 : 1;
    }
    if (x->kind != y->kind) {
        return x->kind < y->kind ? -1 : 1;
    }
    return x->inject != y->inject ? (x->inject < y->inject ? -1 : 1)
                                  : (x->watch > y->watch) - (x->watch < y->watch);
}

static void number(const mu_plan *plan, mu_msel *list) {
    uint32_t said = 0, expected = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        mu_msel_event *event = &list->items[i];
        if (event->kind == MU_MSEL_INJECT) {
            (void)snprintf(event->code, sizeof event->code, "I-%.10s",
                           plan->incident.exercise.injects.items[event->inject].id);
        } else if (event->kind == MU_MSEL_INFORMATION) {
            (void)snprintf(event->code, sizeof event->code, "C-%u", ++said);
        } else {
            (void)snprintf(event->code, sizeof event->code, "E-%u", ++expected);
        }
    }
}

mu_status mu_pack_msel(const mu_plan *plan, const mu_watch_list *watches, mu_msel *out) {
    mu_msel list = {0};
    uint32_t room = 0;
    bool fine = true;
    for (uint32_t i = 0; fine && i < plan->incident.exercise.injects.count; i++) {
        const mu_msel_event event = {.kind = MU_MSEL_INJECT,
                                     .at_s = plan->incident.exercise.injects.items[i].at_s,
                                     .inject = i,
                                     .watch = MU_NONE};
        fine = add(&list, &room, &event);
    }
    for (uint32_t w = 0; fine && w < watches->count; w++) {
        mu_msel_event event = {
            .inject = MU_NONE, .watch = w, .at_s = watches->items[w].from_start_s};
        if (is_worth(plan, &watches->items[w], &event.kind)) {
            fine = add(&list, &room, &event);
        }
    }
    if (!fine) {
        mu_msel_destroy(&list);
        return MU_ERR_MEMORY;
    }
    if (list.count > 0) {
        qsort(list.items, list.count, sizeof *list.items, by_time);
    }
    number(plan, &list);
    *out = list;
    return MU_OK;
}

void mu_msel_destroy(mu_msel *list) {
    free(list->items);
    *list = (mu_msel){0};
}

/* The paper. */

static const char *say_kind(uint32_t kind) {
    return kind == MU_MSEL_INJECT        ? _("inject")
           : kind == MU_MSEL_INFORMATION ? _("said by control")
                                         : _("expected");
}

static const char *say_text(const mu_sheet *s, const mu_text *text) {
    return mu_say_text(&s->view, text);
}

static void put_inject(mu_sheet *s, const mu_msel_event *event) {
    const mu_inject *inject = &s->view.plan->incident.exercise.injects.items[event->inject];
    mu_doc_cell(&s->doc, NULL,
                mu_say(&s->view, _("%s → %s (%s)"), say_text(s, &inject->from),
                       say_text(s, &inject->to), say_text(s, &inject->method)));
    mu_doc_cell(
        &s->doc, NULL,
        mu_say(&s->view, _("%s: %s"), say_text(s, &inject->name), say_text(s, &inject->text)));
    mu_doc_cell(&s->doc, NULL, say_text(s, &inject->expected));
    mu_doc_cell(&s->doc, NULL, say_text(s, &inject->objective));
}

static const char *say_doers(const mu_sheet *s, const mu_watch *watch) {
    const mu_plan *plan = s->view.plan;
    const uint32_t role =
        watch->step == MU_NONE ? MU_NONE : plan->response.steps.items[watch->step].role;
    return role == MU_NONE ? "" : mu_say_role(&s->view, plan->people.roles.items[role]);
}

/* Nobody on the site can notice that help sets out: the emergency centre tells it to its caller.
 * What help does once there it reports to those who command. */
static const char *say_hearers(const mu_watch *watch) {
    return watch->kind == MU_RECORD_DISPATCHED
               ? _("control, for the emergency centre → who called, and the command post")
           : is_said(watch->kind) ? _("control → whoever would notice it")
                                  : _("control, for those from outside → the command post");
}

static void put_watched(mu_sheet *s, const mu_msel_event *event) {
    const mu_watch *watch = &s->watches->items[event->watch];
    const bool said = event->kind == MU_MSEL_INFORMATION;
    mu_doc_cell(&s->doc, NULL, said ? say_hearers(watch) : say_doers(s, watch));
    mu_doc_cell(&s->doc, NULL, said ? mu_say_watch(&s->view, watch) : "");
    mu_doc_cell(&s->doc, NULL, said ? "" : mu_say_watch(&s->view, watch));
    mu_doc_cell(&s->doc, NULL, mu_say_watch_clauses(&s->view, watch));
}

void mu_sheet_injects(mu_sheet *s) {
    const mu_column columns[] = {{_("No."), "id"},
                                 {_("Planned"), "clock"},
                                 {_("Kind"), "kind"},
                                 {_("From → to (how), or who"), "from"},
                                 {_("Said or shown"), "wide"},
                                 {_("Expected of players"), NULL},
                                 {_("Goal, clauses"), "goal"},
                                 {_("Sent or seen at"), "hand"}};
    mu_sheet_paragraph(s,
                       _("Injects are sent by the facilitator alone. “Said by control” stands in "
                         "for what nobody plays: leave it out where the real thing happens. "
                         "“Expected” is not sent: if it does not come within a few minutes of its "
                         "time, ask the player what is missing before you help."));
    mu_sheet_small(s, _("Planned times are typical ones of the runs, counted from the start; shift "
                        "all of them when the start shifts. The columns of msel.csv and msel.xlsx "
                        "are described in docs/pack.md."));
    mu_sheet_open(s, "first", _("Master scenario events list"));
    mu_doc_table(&s->doc, "grid events", columns, 8);
    for (uint32_t i = 0; i < s->events.count; i++) {
        const mu_msel_event *event = &s->events.items[i];
        mu_doc_cell(&s->doc, "id", event->code);
        mu_doc_cell(&s->doc, "number", mu_say_day_time(&s->view, event->at_s));
        mu_doc_cell(&s->doc, NULL, say_kind(event->kind));
        if (event->kind == MU_MSEL_INJECT) {
            put_inject(s, event);
        } else {
            put_watched(s, event);
        }
        mu_doc_cell(&s->doc, "hand", "");
    }
    mu_doc_table_end(&s->doc);
    mu_sheet_close(s);
}

/* The files. */

const char *const mu_msel_columns[] = {"serial",
                                       "kind",
                                       "status",
                                       "t_sched_s",
                                       "wall_time",
                                       "from",
                                       "to",
                                       "method",
                                       "subject_zh",
                                       "subject_en",
                                       "text_zh",
                                       "text_en",
                                       "expected_action_zh",
                                       "expected_action_en",
                                       "objective",
                                       "clause_ids",
                                       "controller",
                                       "evaluator",
                                       "t_sent",
                                       "t_action",
                                       "actual_action",
                                       "notes",
                                       NULL};

typedef void (*put_cell)(void *to, const char *cell);

static const char *or_empty(const char *text) {
    return text != NULL ? text : "";
}

static void put_both(put_cell put, void *to, const mu_text *text) {
    put(to, or_empty(text->zh != NULL ? text->zh : text->en));
    put(to, or_empty(text->en != NULL ? text->en : text->zh));
}

static void put_inject_cells(const mu_view *view, const mu_inject *inject, put_cell put, void *to) {
    put(to, mu_say_text(view, &inject->from));
    put(to, mu_say_text(view, &inject->to));
    put(to, mu_say_text(view, &inject->method));
    put_both(put, to, &inject->name);
    put_both(put, to, &inject->text);
    put_both(put, to, &inject->expected);
    put(to, mu_say_text(view, &inject->objective));
    put(to, "");
}

/* The program speaks one language at a time: the other column stays empty. */
static void put_one(const mu_view *view, put_cell put, void *to, const char *text) {
    const bool chinese = view->def.language[0] == 'z';
    put(to, chinese ? text : "");
    put(to, chinese ? "" : text);
}

static void put_watch_cells(const mu_view *view, const mu_watch *watch, bool said, put_cell put,
                            void *to) {
    const char *what = mu_say_watch(view, watch);
    const uint32_t role =
        watch->step == MU_NONE ? MU_NONE : view->plan->response.steps.items[watch->step].role;
    put(to, said ? _("exercise control") : "");
    put(to, said || role == MU_NONE ? "" : mu_say_role(view, view->plan->people.roles.items[role]));
    put(to, "");
    put_one(view, put, to, what);
    put_one(view, put, to, said ? what : "");
    put_one(view, put, to, said ? "" : what);
    put(to, "");
    put(to, mu_say_watch_clauses(view, watch));
}

bool mu_msel_cells(const mu_pack_def *def, const mu_msel_event *event,
                   void (*put)(void *to, const char *cell), void *to) {
    static const char *const kinds[] = {"inject", "information", "expected"};
    mu_view view;
    if (mu_view_create(&def->report, &view) != MU_OK) {
        return false;
    }
    put(to, event->code);
    put(to, kinds[event->kind]);
    put(to, event->kind == MU_MSEL_EXPECTED ? "expected" : "pending");
    put(to, mu_say(&view, "%.0f", fmax(0, ceil(event->at_s - 1e-6)) + 0.0));
    put(to, view.plan->incident.starts_at != NULL ? mu_say_day_time(&view, event->at_s) : "");
    if (event->kind == MU_MSEL_INJECT) {
        put_inject_cells(&view, &view.plan->incident.exercise.injects.items[event->inject], put,
                         to);
    } else {
        put_watch_cells(&view, &def->watches->items[event->watch],
                        event->kind == MU_MSEL_INFORMATION, put, to);
    }
    for (int blank = 0; blank < 6; blank++) { /* controller … notes: by hand */
        put(to, "");
    }
    const bool whole = !mu_arena_lacks_memory(view.arena);
    mu_view_destroy(&view);
    return whole;
}
