/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is typed at the table: a decision, a note, an inject ad hoc, the name of a branch. Whatever
 * is typed is saved with every letter; Enter makes an entry of it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/desk.h"
#include "render/i18n.h"

typedef struct field_of {
    const char *label; /* NULL: the form does not ask for it */
    double lines;
} field_of;

static const char *title_of(uint32_t kind) {
    return kind == MU_ENTRY_DECISION ? _("Decision")
           : kind == MU_ENTRY_NOTE   ? _("Note")
           : kind == MU_ENTRY_BRANCH ? _("New branch")
                                     : _("Inject");
}

static void fields_of(uint32_t kind, field_of *out) {
    memset(out, 0, MU_SAID_COUNT * sizeof *out);
    if (kind == MU_ENTRY_DECISION) {
        out[MU_SAID_WHO] = (field_of){_("Who decides"), 1};
        out[MU_SAID_WHAT] = (field_of){_("What is decided"), 3};
        out[MU_SAID_WHY] = (field_of){_("Why"), 2};
        out[MU_SAID_REJECTED] = (field_of){_("What was not chosen"), 2};
    } else if (kind == MU_ENTRY_SENT) {
        out[MU_SAID_WHO] = (field_of){_("From whom"), 1};
        out[MU_SAID_WHAT] = (field_of){_("What the table is told"), 4};
    } else if (kind == MU_ENTRY_NOTE) {
        out[MU_SAID_WHO] = (field_of){_("Who notes it"), 1};
        out[MU_SAID_WHAT] = (field_of){_("What is noted; only the facilitator sees it"), 5};
    } else {
        out[MU_SAID_WHAT] = (field_of){_("Name of the branch that begins here"), 1};
    }
}

static bool may_act(uint32_t kind) {
    return kind == MU_ENTRY_DECISION || kind == MU_ENTRY_SENT;
}

void mu_desk_open_form(mu_desk *desk, mu_entry_kind kind) {
    mu_desk_form *form = &desk->form;
    mu_desk_pause(desk);
    mu_desk_say(desk, "");
    if (desk->page == MU_DESK_COMPARE) {
        mu_desk_compare(desk, false);
        (void)mu_session_seek(mu_desk_session(desk), desk->kept_us, 0);
    }
    desk->page = MU_DESK_RUN;
    if (form->open && form->kind == (uint32_t)kind) {
        return;
    }
    *form = (mu_desk_form){.open = true, .kind = (uint32_t)kind, .chosen = MU_NOWHERE, .by_min = 5};
    desk->ui.focus = kind == MU_ENTRY_BRANCH ? 1 + MU_SAID_WHAT : 1 + MU_SAID_WHO;
}

static void choose_act(mu_desk *d, uint32_t act) {
    mu_desk_form *form = &d->form;
    form->act = act;
    form->chosen = MU_NOWHERE;
    form->scroll = 0;
    form->choice_count = mu_session_choices(mu_desk_session(d), (mu_act_kind)act, form->by_min * 60,
                                            form->choices, MU_DESK_CHOICES);
}

static void save_typed(mu_desk *d) {
    const char *said[MU_SAID_COUNT];
    for (int k = 0; k < MU_SAID_COUNT; k++) {
        said[k] = d->form.said[k].text;
    }
    if (mu_desk_begin(d) &&
        mu_tabletop_type(d->table, (mu_entry_kind)d->form.kind, said) != MU_OK) {
        mu_desk_say(d, _("It could not be saved: is the disk full?"));
    }
}

static void enter(mu_desk *d) {
    mu_desk_form *form = &d->form;
    if (!mu_desk_begin(d)) {
        return;
    }
    if (form->kind == MU_ENTRY_BRANCH) {
        mu_desk_done(d, mu_tabletop_part(d->table, form->said[MU_SAID_WHAT].text),
                     _("A new branch begins here."));
        d->tab = MU_DESK_BRANCHES;
    } else {
        mu_entry entry = {.kind = form->kind};
        for (int k = 0; k < MU_SAID_COUNT; k++) {
            entry.said[k] = form->said[k].text;
        }
        if (form->chosen < form->choice_count) {
            entry.act = form->choices[form->chosen];
            entry.act.by_s = entry.act.kind == MU_ACT_DELAY ? form->by_min * 60 : 0;
        }
        if (form->said[MU_SAID_WHAT].length == 0 && entry.act.kind == MU_ACT_NONE) {
            mu_desk_say(d, _("There is nothing to enter yet."));
            return;
        }
        mu_desk_done(d, mu_tabletop_enter(d->table, &entry), _("Entered and saved."));
        d->tab = MU_DESK_TABLE;
    }
    form->open = false;
    d->scroll = 0;
}

static double draw_fields(mu_desk *d, double x, double y, double width) {
    const double u = d->view->pen.unit, top = y;
    field_of fields[MU_SAID_COUNT];
    fields_of(d->form.kind, fields);
    bool changed = false;
    for (uint32_t k = 0; k < MU_SAID_COUNT; k++) {
        if (fields[k].label == NULL) {
            continue;
        }
        const double height = (14 + 18.5 * fields[k].lines) * u;
        changed = mu_ui_field(&d->ui, k + 1,
                              (mu_box){(float)x, (float)(y + 18 * u), (float)width, (float)height},
                              fields[k].label, &d->form.said[k]) ||
                  changed;
        y += height + 30 * u;
    }
    if (changed && d->form.kind != MU_ENTRY_BRANCH) {
        save_typed(d);
    }
    return y - top;
}

static const char *act_name(uint32_t act) {
    const char *const names[MU_ACT_KIND_COUNT] = {[MU_ACT_NONE] = _("nothing"),
                                                  [MU_ACT_CLOSE] = _("close a door"),
                                                  [MU_ACT_OPEN] = _("open a door"),
                                                  [MU_ACT_CUT] = _("a means fails"),
                                                  [MU_ACT_RESTORE] = _("it works again"),
                                                  [MU_ACT_DELAY] = _("delay help"),
                                                  [MU_ACT_SUMMON] = _("call help"),
                                                  [MU_ACT_DECLARE] = _("declare"),
                                                  [MU_ACT_START] = _("begin a step"),
                                                  [MU_ACT_CALL_OFF] = _("call a step off"),
                                                  [MU_ACT_PLACE] = _("a second item appears"),
                                                  [MU_ACT_ARRIVE] = _("more visitors come")};
    return names[act];
}

static double draw_acts(mu_desk *d, double x, double y, double width) {
    const mu_pen *pen = &d->view->pen;
    const double u = pen->unit, top = y;
    mu_pen_text(pen, x, y + 13 * u, MU_ALIGN_LEFT, 11.5, true, pen->theme->soft,
                _("What it does in the simulation"));
    y += 20 * u;
    for (uint32_t k = 0; k < MU_ACT_KIND_COUNT; k++) {
        const double w = width / 2 - 3 * u;
        const mu_box box = {(float)(x + (k % 2) * (width / 2 + 3 * u)), (float)y, (float)w,
                            (float)(26 * u)};
        if (mu_ui_button(&d->ui, box, act_name(k), d->form.act == k ? MU_UI_ON : MU_UI_PLAIN)) {
            choose_act(d, k);
        }
        y += k % 2 == 1 || k + 1 == MU_ACT_KIND_COUNT ? 31 * u : 0;
    }
    return y - top + 6 * u;
}

static double draw_minutes(mu_desk *d, double x, double y, double width) {
    const mu_pen *pen = &d->view->pen;
    const double u = pen->unit;
    char said[48];
    if (d->form.act != MU_ACT_DELAY) {
        return 0;
    }
    (void)snprintf(said, sizeof said, _("by %u min"), d->form.by_min);
    mu_pen_text(pen, x + width / 2, y + 19 * u, MU_ALIGN_MIDDLE, 13, true, pen->theme->ink, said);
    if (mu_ui_button(&d->ui, (mu_box){(float)x, (float)y, (float)(40 * u), (float)(28 * u)}, "−",
                     MU_UI_PLAIN) &&
        d->form.by_min > 1) {
        d->form.by_min--;
    }
    if (mu_ui_button(
            &d->ui,
            (mu_box){(float)(x + width - 40 * u), (float)y, (float)(40 * u), (float)(28 * u)}, "+",
            MU_UI_PLAIN)) {
        d->form.by_min++;
    }
    return 36 * u;
}

static void draw_choices(mu_desk *d, double x, double y, double width, double bottom) {
    const mu_pen *pen = &d->view->pen;
    const double u = pen->unit, row = 25 * u;
    mu_desk_form *form = &d->form;
    if (form->act == MU_ACT_NONE) {
        return;
    }
    if (form->choice_count == 0) {
        (void)mu_pen_paragraph(pen, x, y, width, 12.5, false, pen->theme->soft,
                               _("There is nothing that this could be done to now."), 2, true);
        return;
    }
    const uint32_t fit = (uint32_t)fmax((bottom - y) / row, 1);
    const uint32_t most = form->choice_count > fit ? form->choice_count - fit : 0;
    form->scroll = form->scroll < most ? form->scroll : most;
    for (uint32_t i = form->scroll; i < form->choice_count && y + row <= bottom + 1; i++) {
        char said[256];
        mu_type_shorten(pen->type, mu_pen_font(pen, 12.5, false),
                        mu_session_say_act(mu_desk_session(d), &form->choices[i], pen->language),
                        width - 12 * u, said, sizeof said);
        if (mu_ui_row(&d->ui, (mu_box){(float)x, (float)y, (float)width, (float)(row - 2 * u)},
                      form->chosen == i)) {
            form->chosen = form->chosen == i ? MU_NOWHERE : i;
        }
        mu_pen_text(pen, x + 8 * u, y + 16 * u, MU_ALIGN_LEFT, 12.5, form->chosen == i,
                    pen->theme->ink, said);
        y += row;
    }
    if (most > 0) { /* how far down the list one is */
        const double whole = fit * row, top = bottom - whole;
        mu_draw_rect(pen->list,
                     (mu_box){(float)(x + width - 3 * u),
                              (float)(top + whole * form->scroll / form->choice_count),
                              (float)(3 * u), (float)(whole * fit / form->choice_count)},
                     pen->theme->line);
    }
}

static void draw_buttons(mu_desk *d, mu_box box) {
    const double u = d->view->pen.unit, y = (double)(box.y + box.height) - 52 * u;
    const double x = (double)box.x + 28 * u;
    const char *save = _("Enter it (Enter)"), *later = _("Put aside (Esc)");
    const double first = mu_ui_button_width(&d->ui, save) + 16 * u;
    if (mu_ui_button(&d->ui, (mu_box){(float)x, (float)y, (float)first, (float)(34 * u)}, save,
                     MU_UI_MAIN) ||
        mu_ui_take_key(&d->ui, MU_KEY_ENTER)) {
        enter(d);
    }
    if (mu_ui_button(&d->ui,
                     (mu_box){(float)(x + first + 10 * u), (float)y,
                              (float)(mu_ui_button_width(&d->ui, later) + 16 * u), (float)(34 * u)},
                     later, MU_UI_PLAIN) ||
        mu_ui_take_key(&d->ui, MU_KEY_ESCAPE)) {
        d->form.open = false;
    }
    if (d->words[0] != 0) {
        mu_pen_text(&d->view->pen, (double)(box.x + box.width) - 28 * u, y + 22 * u, MU_ALIGN_RIGHT,
                    13, true, d->view->pen.theme->missed, d->words);
    }
}

static mu_box form_box(const mu_desk *d) {
    const double u = d->view->pen.unit;
    const bool wide = may_act(d->form.kind);
    const double w = (wide ? 860 : 480) * u;
    const double h = (d->form.kind == MU_ENTRY_BRANCH ? 200
                      : d->form.kind == MU_ENTRY_NOTE ? 340
                                                      : 540) *
                     u;
    return (mu_box){(float)((d->view->width - w) / 2), (float)((d->view->height - h) / 2), (float)w,
                    (float)h};
}

void mu_desk_draw_form(mu_desk *desk) {
    mu_desk *d = desk;
    const mu_pen *pen = &d->view->pen;
    const double u = pen->unit;
    const mu_box box = form_box(d);
    char clock[32], said[120];
    mu_draw_rect(pen->list, (mu_box){0, 0, (float)d->view->width, (float)d->view->height},
                 mu_fade(pen->theme->paper, 190));
    mu_draw_round_rect(pen->list, box, 10 * u, pen->theme->line);
    mu_draw_round_rect(pen->list,
                       (mu_box){box.x + (float)u, box.y + (float)u, box.width - (float)(2 * u),
                                box.height - (float)(2 * u)},
                       9 * u, pen->theme->panel);
    const double x = (double)box.x + 28 * u, y = (double)box.y + 62 * u;
    mu_pen_text(pen, x, (double)box.y + 40 * u, MU_ALIGN_LEFT, 20, true, pen->theme->ink,
                title_of(d->form.kind));
    mu_clock_text(mu_session_now(mu_desk_session(d)), clock, sizeof clock);
    (void)snprintf(said, sizeof said, _("at %s, branch %s"), clock,
                   mu_tabletop_branch(d->table, mu_tabletop_here(d->table))->name);
    mu_pen_text(pen, (double)(box.x + box.width) - 28 * u, (double)box.y + 40 * u, MU_ALIGN_RIGHT,
                13, false, pen->theme->soft, said);
    const bool wide = may_act(d->form.kind);
    const double left = wide ? 400 * u : (double)box.width - 56 * u;
    (void)draw_fields(d, x, y, left);
    if (wide) {
        const double ax = x + left + 28 * u, aw = (double)box.width - left - 84 * u;
        double ay = y + draw_acts(d, ax, y, aw);
        ay += draw_minutes(d, ax, ay, aw);
        draw_choices(d, ax, ay, aw, (double)(box.y + box.height) - 66 * u);
    }
    draw_buttons(d, box);
}
