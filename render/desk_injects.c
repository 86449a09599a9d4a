/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of injects, what has been decided and noted, for the facilitator alone. */
#include <math.h>
#include <stdio.h>

#include "render/desk.h"
#include "render/i18n.h"

static double paragraph(const mu_pen *pen, double x, double y, double width, double size, bool bold,
                        mu_colour colour, const char *text, uint32_t most) {
    return mu_pen_paragraph(pen, x, y, width, size, bold, colour, text, most, true);
}

/* "due in 0:40", "due" … as long as it waits; when it was sent. */
static mu_colour say_state(const mu_desk *d, const mu_inject_now *inject, char *out, size_t room) {
    const mu_theme *t = d->view->pen.theme;
    const mu_time now = mu_session_now(mu_desk_session(d));
    char clock[32];
    if (inject->state != MU_INJECT_WAITING) {
        mu_clock_text(inject->due_us, clock, sizeof clock);
        (void)snprintf(out, room, inject->state == MU_INJECT_SENT ? _("sent %s") : _("skipped %s"),
                       clock);
        return inject->state == MU_INJECT_SENT ? t->met : t->soft;
    }
    const mu_time left = inject->due_us - now;
    mu_clock_text(left >= 0 ? left : -left, clock, sizeof clock);
    (void)snprintf(out, room, left >= 0 ? _("in %s") : _("due %s ago"), clock);
    return left >= 0 ? t->ink : t->late;
}

static double draw_part(const mu_pen *pen, double x, double y, double width, const char *label,
                        const char *text) {
    if (text[0] == 0) {
        return 0;
    }
    char said[1200];
    (void)snprintf(said, sizeof said, _("%s: %s"), label, text);
    return paragraph(pen, x, y, width, 12, false, pen->theme->ink, said, 4) + 2 * pen->unit;
}

static void act_on(mu_desk *d, uint32_t inject, int what) {
    if (!mu_desk_begin(d)) {
        return;
    }
    const mu_status status =
        what == 0   ? mu_tabletop_send(d->table, inject)
        : what == 1 ? mu_tabletop_skip(d->table, inject)
                    : mu_tabletop_postpone(d->table, inject, (what == 2 ? 60 : 300) * MU_SECOND);
    const char *const words[] = {_("Sent."), _("Skipped."), _("Put off by a minute."),
                                 _("Put off by five minutes.")};
    mu_desk_done(d, status, words[what]);
}

static double draw_buttons(mu_desk *d, double x, double y, double width, uint32_t inject) {
    const double u = d->view->pen.unit;
    const char *const names[] = {_("Send"), _("Skip"), _("+1 min"), _("+5 min")};
    for (int k = 0; k < 4; k++) {
        const mu_box box = {(float)(x + k * width / 4), (float)y, (float)(width / 4 - 5 * u),
                            (float)(30 * u)};
        if (mu_ui_button(&d->ui, box, names[k], k == 0 ? MU_UI_MAIN : MU_UI_PLAIN)) {
            act_on(d, inject, k);
        }
    }
    return 38 * u;
}

static double draw_details(mu_desk *d, double x, double y, double width, uint32_t index,
                           const mu_inject_now *inject) {
    const mu_pen *pen = &d->view->pen;
    const double top = y;
    char route[400];
    (void)snprintf(route, sizeof route, "%s → %s%s%s", inject->from, inject->to,
                   inject->method[0] != 0 ? " · " : "", inject->method);
    y += paragraph(pen, x, y, width, 11.5, false, pen->theme->soft, route, 2);
    y += paragraph(pen, x, y, width, 13, false, pen->theme->ink, inject->text, 6) + 2 * pen->unit;
    y += draw_part(pen, x, y, width, _("Question"), inject->question);
    y += draw_part(pen, x, y, width, _("Expected"), inject->expected);
    y += draw_part(pen, x, y, width, _("Serves"), inject->objective);
    if (inject->act.kind != MU_ACT_NONE) {
        y += draw_part(pen, x, y, width, _("In the simulation"),
                       mu_session_say_act(mu_desk_session(d), &inject->act, pen->language));
    }
    if (inject->state == MU_INJECT_WAITING) {
        y += draw_buttons(d, x, y + 4 * pen->unit, width, index) + 4 * pen->unit;
    }
    return y - top + 4 * pen->unit;
}

static double draw_inject(mu_desk *d, double x, double y, double width, uint32_t index) {
    const mu_pen *pen = &d->view->pen;
    const double u = pen->unit;
    const mu_inject_now inject = mu_tabletop_inject(d->table, index, pen->language);
    char state[64], name[200], shown[200];
    const mu_colour colour = say_state(d, &inject, state, sizeof state);
    const bool unfolded = d->inject == index;
    if (mu_ui_row(&d->ui,
                  (mu_box){(float)(x - 6 * u), (float)y, (float)(width + 12 * u), (float)(30 * u)},
                  unfolded)) {
        d->inject = unfolded ? MU_NOWHERE : index;
    }
    const double right = mu_pen_width(pen, 12, true, state) + 8 * u;
    (void)snprintf(name, sizeof name, "%s  %s", inject.id, inject.name);
    mu_type_shorten(pen->type, mu_pen_font(pen, 13, true), name, width - right - 6 * u, shown,
                    sizeof shown);
    mu_pen_text(pen, x + 2 * u, y + 20 * u, MU_ALIGN_LEFT, 13, true,
                inject.state == MU_INJECT_WAITING ? pen->theme->ink : pen->theme->soft, shown);
    mu_pen_text(pen, x + width, y + 20 * u, MU_ALIGN_RIGHT, 12, true, colour, state);
    const double row = 32 * u;
    return unfolded ? row + draw_details(d, x, y + row, width, index, &inject) : row;
}

void mu_desk_draw_injects(mu_desk *desk, mu_box box) {
    mu_desk *d = desk;
    const mu_pen *pen = &d->view->pen;
    const double u = pen->unit, x = box.x, width = box.width;
    const double bottom = (double)(box.y + box.height) - 42 * u;
    double y = box.y;
    const uint32_t count = mu_tabletop_inject_count(d->table);
    if (count == 0) {
        y += paragraph(pen, x, y, width, 12.5, false, pen->theme->soft,
                       _("The incident's file has no injects; F6 sends one ad hoc."), 3);
    }
    const uint32_t most = count > 0 ? count - 1 : 0;
    d->scroll = d->scroll < most ? d->scroll : most;
    for (uint32_t i = d->scroll; i < count && y + 30 * u < bottom; i++) {
        y += draw_inject(d, x, y, width, i);
    }
    const mu_box more = {(float)x, (float)(bottom + 8 * u), (float)width, (float)(32 * u)};
    if (mu_ui_button(&d->ui, more, _("Another inject … (F6)"), MU_UI_PLAIN)) {
        mu_desk_open_form(d, MU_ENTRY_SENT);
    }
}

static double draw_entry(mu_desk *d, double x, double y, double width, const mu_entry *entry) {
    const mu_pen *pen = &d->view->pen;
    const mu_theme *t = pen->theme;
    const double top = y;
    char clock[32], head[300];
    mu_clock_text(entry->time_us, clock, sizeof clock);
    const bool decision = entry->kind == MU_ENTRY_DECISION;
    (void)snprintf(head, sizeof head, "%s · %s%s%s", clock,
                   decision                       ? _("Decision")
                   : entry->kind == MU_ENTRY_NOTE ? _("Note")
                                                  : _("Inject"),
                   entry->said[MU_SAID_WHO][0] != 0 ? " · " : "", entry->said[MU_SAID_WHO]);
    y += paragraph(pen, x, y, width, 11.5, true, decision ? t->accent : t->soft, head, 1);
    if (entry->inject != MU_NO_INJECT) {
        const mu_inject_now inject = mu_tabletop_inject(d->table, entry->inject, pen->language);
        y += paragraph(pen, x, y, width, 13, false, t->ink, inject.name, 2);
    } else {
        y += paragraph(pen, x, y, width, 13, false, t->ink, entry->said[MU_SAID_WHAT], 4);
    }
    y += draw_part(pen, x, y, width, _("Why"), entry->said[MU_SAID_WHY]);
    y += draw_part(pen, x, y, width, _("Not chosen"), entry->said[MU_SAID_REJECTED]);
    if (entry->act.kind != MU_ACT_NONE) {
        y += paragraph(pen, x, y, width, 12, true, t->accent,
                       mu_session_say_act(mu_desk_session(d), &entry->act, pen->language), 2);
    }
    return y - top + 8 * pen->unit;
}

static bool is_shown(const mu_desk *d, uint32_t e) {
    const mu_entry *entry = mu_tabletop_entry(d->table, e);
    return (entry->kind == MU_ENTRY_DECISION || entry->kind == MU_ENTRY_NOTE ||
            entry->kind == MU_ENTRY_SENT) &&
           mu_tabletop_belongs(d->table, e, mu_tabletop_here(d->table));
}

void mu_desk_draw_table(mu_desk *desk, mu_box box) {
    mu_desk *d = desk;
    const mu_pen *pen = &d->view->pen;
    const double u = pen->unit, x = box.x, width = box.width;
    const double bottom = (double)(box.y + box.height) - 42 * u;
    double y = box.y;
    uint32_t passed = 0, shown = 0;
    for (uint32_t e = mu_tabletop_entry_count(d->table); e > 0 && y + 50 * u < bottom; e--) {
        if (is_shown(d, e - 1) && passed++ >= d->scroll) {
            y += draw_entry(d, x, y, width, mu_tabletop_entry(d->table, e - 1));
            shown++;
        }
    }
    if (shown == 0) {
        (void)paragraph(pen, x, y, width, 12.5, false, pen->theme->soft,
                        _("Nothing has been decided, noted or sent yet."), 3);
        d->scroll = 0;
    }
    const float half = (float)(width / 2);
    if (mu_ui_button(
            &d->ui,
            (mu_box){(float)x, (float)(bottom + 8 * u), half - (float)(4 * u), (float)(32 * u)},
            _("Decision … (F5)"), MU_UI_MAIN)) {
        mu_desk_open_form(d, MU_ENTRY_DECISION);
    }
    if (mu_ui_button(&d->ui,
                     (mu_box){(float)x + half + (float)(4 * u), (float)(bottom + 8 * u),
                              half - (float)(4 * u), (float)(32 * u)},
                     _("Note … (F7)"), MU_UI_PLAIN)) {
        mu_desk_open_form(d, MU_ENTRY_NOTE);
    }
}
