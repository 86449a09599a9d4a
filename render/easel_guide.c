/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A clause of one's own: chosen from lists in plain words, read back as a sentence, tried on the
 * incident, and only then added. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/easel.h"
#include "render/i18n.h"

enum { LIMIT_ID = 4300, PICK_IDS = 6000, TRIAL_RUNS = 5 };

static const struct {
    const char *name; /* marked with N_() */
    double seconds;
} units[] = {{N_("seconds"), 1}, {N_("minutes"), 60}, {N_("hours"), 3600}};
enum { UNITS = sizeof units / sizeof units[0] };

/* One list; `any` is what stands for "whatever it is", NULL where one has to be chosen. */
static bool pick(mu_easel *e, uint32_t id, mu_box box, const char *label, mu_guide_words words,
                 const char *any, char chosen[MU_DRAFT_WORD]) {
    const mu_pen *pen = &e->pen;
    const char *names[MU_EASEL_MENU_MOST], *shown = any != NULL ? any : _("choose …");
    uint32_t count = 0;
    if (any != NULL) {
        names[count++] = any;
    }
    const uint32_t first = count;
    for (uint32_t k = 0; k < words.count && count < MU_EASEL_MENU_MOST; k++) {
        names[count++] = words.list[k].name;
        shown = strcmp(words.list[k].word, chosen) == 0 ? words.list[k].name : shown;
    }
    mu_pen_text(pen, box.x, (double)box.y - 5 * pen->unit, MU_ALIGN_LEFT, 11.5, true,
                pen->theme->soft, label);
    const uint32_t at = mu_easel_pick(e, PICK_IDS + id, box, shown, names, count);
    if (at == MU_NOWHERE) {
        return false;
    }
    memset(chosen, 0, MU_DRAFT_WORD); /* drafts are compared as a whole */
    if (at >= first && at - first < words.count) {
        (void)snprintf(chosen, MU_DRAFT_WORD, "%s", words.list[at - first].word);
    }
    e->tables.trial_version = 0;
    e->ui.again = true;
    return true;
}

static void title(const mu_easel *e, double x, double y, const char *number, const char *text) {
    const double u = e->pen.unit;
    mu_draw_round_rect(e->pen.list,
                       (mu_box){(float)x, (float)(y - 14 * u), (float)(20 * u), (float)(20 * u)},
                       10 * u, e->pen.theme->accent);
    mu_pen_text(&e->pen, x + 10 * u, y + u, MU_ALIGN_MIDDLE, 12, true, e->pen.theme->on_accent,
                number);
    mu_pen_text(&e->pen, x + 30 * u, y + u, MU_ALIGN_LEFT, 14, true, e->pen.theme->ink, text);
}

static mu_box cell(const mu_easel *e, mu_box box, int column, double y) {
    const double u = e->pen.unit, width = fmin((double)box.width - 30 * u, 820 * u) / 3;
    return (mu_box){(float)((double)box.x + 30 * u + column * width), (float)y,
                    (float)(width - 12 * u), (float)(28 * u)};
}

static void draw_start(mu_easel *e, mu_box box, double y) {
    mu_clause_draft *d = &e->tables.draft;
    mu_project *p = e->def.project;
    title(e, box.x, y, "1", _("The clock starts when"));
    const mu_guide_words events = mu_guide_events(p, e->pen.language);
    if (pick(e, 0, cell(e, box, 0, y + 34 * e->pen.unit), _("this happens *"), events, NULL,
             d->start)) {
        memset(d->start_about, 0, sizeof d->start_about);
    }
    (void)pick(e, 1, cell(e, box, 1, y + 34 * e->pen.unit), _("about"),
               mu_guide_abouts(p, d->start, e->pen.language), _("whatever it is"), d->start_about);
}

static void draw_end(mu_easel *e, mu_box box, double y) {
    mu_clause_draft *d = &e->tables.draft;
    mu_project *p = e->def.project;
    const double row = y + 34 * e->pen.unit;
    title(e, box.x, y, "2", _("It has to end with"));
    if (pick(e, 2, cell(e, box, 0, row), _("this *"), mu_guide_events(p, e->pen.language), NULL,
             d->end)) {
        memset(d->actor, 0, sizeof d->actor);
        memset(d->place, 0, sizeof d->place);
    }
    if (pick(e, 3, cell(e, box, 1, row), _("who or what"),
             mu_guide_abouts(p, d->end, e->pen.language), _("whoever it is"), d->actor)) {
        memset(d->place, 0, sizeof d->place);
    }
    (void)pick(e, 4, cell(e, box, 2, row), _("where"),
               mu_guide_places(p, d->end, d->actor, e->pen.language), _("wherever it is"),
               d->place);
}

static void draw_limit(mu_easel *e, mu_box box, double y) {
    mu_easel_tables *t = &e->tables;
    const double u = e->pen.unit, row = y + 34 * u;
    title(e, box.x, y, "3", _("Within, and who answers for it"));
    const mu_box number = cell(e, box, 0, row);
    if (mu_ui_field(&e->ui, LIMIT_ID, number, _("limit *"), &t->limit)) {
        t->trial_version = 0;
    }
    const mu_box own = cell(e, box, 1, row);
    const float wide = own.width / UNITS;
    for (uint32_t k = 0; k < UNITS; k++) {
        const mu_box one = {own.x + wide * (float)k, own.y, wide - (float)(5 * u), own.height};
        if (mu_ui_button(&e->ui, one, _(units[k].name),
                         t->limit_unit == k ? MU_UI_ON : MU_UI_PLAIN)) {
            t->limit_unit = k;
            t->trial_version = 0;
        }
    }
    char *end = NULL;
    const double value = strtod(t->limit.text, &end);
    t->draft.limit_s = end != t->limit.text && *end == '\0' && value > 0 && value < 1e6
                           ? round(value * units[t->limit_unit].seconds)
                           : 0;
    (void)pick(e, 5, cell(e, box, 2, row), _("answers for it"),
               mu_guide_roles(e->def.project, e->pen.language), _("nobody is named"),
               t->draft.owner);
}

/* --- what comes of it --- */

static void try_it(mu_easel *e) {
    mu_easel_tables *t = &e->tables;
    if (mu_guide_try(e->def.project, &t->draft, TRIAL_RUNS, &t->trial) == MU_OK) {
        t->trial_version = mu_project_version(e->def.project) + 1;
    } else {
        mu_easel_say(e, true, "%s",
                     _("The incident cannot be played; see what is wrong on the plan"));
    }
}

static void add_it(mu_easel *e) {
    char pointer[MU_EASEL_POINTER];
    if (mu_guide_add(e->def.project, &e->tables.draft, e->pen.language, pointer, sizeof pointer) !=
        MU_OK) {
        mu_easel_say(e, true, "%s", _("It cannot be added"));
        return;
    }
    (void)snprintf(e->list, sizeof e->list, "/clauses");
    uint32_t count;
    const mu_form_item *items =
        mu_project_items(e->def.project, e->papers[e->page], e->list, e->pen.language, &count);
    mu_easel_show_form(&e->whole, e->papers[e->page],
                       count > 0 ? items[count - 1].pointer : pointer); /* marked in the list */
    memset(e->whole.rows, 0, sizeof e->whole.rows);
    e->items_scroll = 1e9;
    mu_easel_say(e, false, "%s", _("Added to the policy; Ctrl+Z takes it back"));
    e->ui.again = true;
}

static void say_trial(const mu_guide_trial *t, char *out, size_t room) {
    if (t->decided == 0) {
        (void)snprintf(out, room, "%s",
                       t->undecided > 0 ? _("Undecided: every run ended before the limit")
                       : t->never_starts
                           ? _("It would not have been judged: the clock never started")
                           : _("It would not have been judged: nothing in this scenario ends it"));
        return;
    }
    char median[80];
    (void)snprintf(median, sizeof median, isfinite(t->median_s) ? _("%.0f s") : "%.0f",
                   isfinite(t->median_s) ? t->median_s : 0);
    (void)snprintf(out, room, _("Met in %u of %u runs; half the runs take at most %s"), t->met,
                   t->decided, isfinite(t->median_s) ? median : _("for ever"));
}

static void draw_sentence(mu_easel *e, mu_box box, double y) {
    mu_easel_tables *t = &e->tables;
    const double u = e->pen.unit, width = fmin((double)box.width - 30 * u, 820 * u) - 12 * u;
    const char *said = mu_guide_sentence(e->def.project, &t->draft, e->pen.language);
    const bool enough = said[0] != '\0';
    title(e, box.x, y, "4", _("Read back, and tried"));
    const mu_box card = {(float)((double)box.x + 30 * u), (float)(y + 16 * u), (float)width,
                         (float)(64 * u)};
    mu_draw_round_rect(e->pen.list, card, 6 * u, e->pen.theme->panel);
    (void)mu_pen_paragraph(&e->pen, (double)card.x + 14 * u, (double)card.y + 8 * u, width - 28 * u,
                           15, enough, enough ? e->pen.theme->ink : e->pen.theme->soft,
                           enough ? said : _("Choose what starts it, what ends it, and a limit."),
                           2, true);
    double x = (double)card.x;
    y = (double)(card.y + card.height) + 12 * u;
    char text[200];
    (void)snprintf(text, sizeof text, _("Try it on the incident (%d runs)"), TRIAL_RUNS);
    const double w = mu_ui_button_width(&e->ui, text);
    if (mu_ui_button(&e->ui, (mu_box){(float)x, (float)y, (float)w, (float)(30 * u)}, text,
                     enough ? MU_UI_MAIN : MU_UI_OFF)) {
        try_it(e);
    }
    x += w + 10 * u;
    const double w2 = mu_ui_button_width(&e->ui, _("Add it to the policy"));
    if (mu_ui_button(&e->ui, (mu_box){(float)x, (float)y, (float)w2, (float)(30 * u)},
                     _("Add it to the policy"), enough ? MU_UI_PLAIN : MU_UI_OFF)) {
        add_it(e);
        return;
    }
    if (t->trial_version == mu_project_version(e->def.project) + 1) {
        say_trial(&t->trial, text, sizeof text);
        const bool good = t->trial.decided > 0 && t->trial.met == t->trial.decided;
        mu_pen_text(&e->pen, card.x, y + 56 * u, MU_ALIGN_LEFT, 15, true,
                    t->trial.decided == 0 ? e->pen.theme->soft
                    : good                ? e->pen.theme->met
                                          : e->pen.theme->missed,
                    text);
    }
}

void mu_easel_draw_guide(mu_easel *e, mu_box box) {
    const double u = e->pen.unit;
    const mu_box inner = {box.x + (float)(10 * u), box.y, box.width - (float)(10 * u), box.height};
    if (mu_guide_events(e->def.project, e->pen.language).count == 0) {
        mu_pen_text(
            &e->pen, inner.x, (double)inner.y + 30 * u, MU_ALIGN_LEFT, 14, false,
            e->pen.theme->soft,
            _("There is no incident that can be played yet: see what is wrong on the plan"));
        return;
    }
    draw_start(e, inner, (double)box.y + 24 * u);
    draw_end(e, inner, (double)box.y + 124 * u);
    draw_limit(e, inner, (double)box.y + 224 * u);
    draw_sentence(e, inner, (double)box.y + 324 * u);
}
