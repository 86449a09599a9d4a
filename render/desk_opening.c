/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before anything else: goals, who is what, the word that stops it, and where to begin. */
#include <stdio.h>

#include "render/desk.h"
#include "render/i18n.h"

static void begin(mu_desk *d) {
    if (mu_desk_begin(d)) {
        d->page = MU_DESK_RUN;
        mu_desk_say(d, "");
    }
}

static void draw_buttons(mu_desk *d, double x, double y) {
    const double u = d->view->pen.unit;
    char said[160];
    const bool earlier = d->def.has_earlier && !d->begun;
    if (earlier) {
        (void)snprintf(said, sizeof said,
                       P_("Go on with the earlier session (%u entry)",
                          "Go on with the earlier session (%u entries)", d->def.earlier_entries),
                       d->def.earlier_entries);
        const double width = mu_ui_button_width(&d->ui, said) + 20 * u;
        const mu_box box = {(float)x, (float)y, (float)width, (float)(44 * u)};
        if (mu_ui_button(&d->ui, box, said, MU_UI_MAIN) || mu_ui_take_key(&d->ui, MU_KEY_ENTER)) {
            mu_desk_resume(d);
            return;
        }
        x += width + 12 * u;
    }
    const char *anew = earlier ? _("Begin a new one (N)") : _("Begin (Enter)");
    const double width = mu_ui_button_width(&d->ui, anew) + 20 * u;
    const mu_box box = {(float)x, (float)y, (float)width, (float)(44 * u)};
    if (mu_ui_button(&d->ui, box, anew, earlier ? MU_UI_PLAIN : MU_UI_MAIN) ||
        mu_ui_take_key(&d->ui, earlier ? 'n' : MU_KEY_ENTER)) {
        begin(d);
    }
}

void mu_desk_draw_opening(mu_desk *desk) {
    mu_desk *d = desk;
    const mu_pen *pen = &d->view->pen;
    const mu_theme *t = pen->theme;
    const double u = pen->unit, w = d->view->width, h = d->view->height, pad = 56 * u;
    mu_draw_rect(pen->list, (mu_box){0, 0, (float)w, (float)h}, t->panel);
    const double tag = mu_pen_width(pen, 22, true, MU_EXERCISE_TAG) + 28 * u;
    mu_draw_round_rect(pen->list,
                       (mu_box){(float)pad, (float)(34 * u), (float)tag, (float)(42 * u)}, 5 * u,
                       t->accent);
    mu_pen_text(pen, pad + tag / 2, 63 * u, MU_ALIGN_MIDDLE, 22, true, t->on_accent,
                MU_EXERCISE_TAG);
    mu_pen_text(pen, pad, 136 * u, MU_ALIGN_LEFT, 40, true, t->ink,
                mu_text_in(d->view->scene->incident, pen->language));
    mu_pen_text(pen, pad, 168 * u, MU_ALIGN_LEFT, 18, false, t->soft,
                mu_text_in(d->view->scene->site, pen->language));
    mu_draw_rect(pen->list, (mu_box){(float)pad, (float)(190 * u), (float)(w - 2 * pad), (float)u},
                 t->line);
    mu_draw_opening(
        pen, (mu_box){(float)pad, (float)(212 * u), (float)(w - 2 * pad), (float)(h - 340 * u)},
        &d->opening, mu_text_in(mu_tabletop_stop_word(d->table), pen->language), 22);
    draw_buttons(d, pad, h - 96 * u);
    mu_pen_text(pen, pad, h - 26 * u, MU_ALIGN_LEFT, 13, false, t->soft,
                _("L Chinese, English · Shift+L the audience's · F10 light, dark · F3 a window for "
                  "the audience · F4 stop for "
                  "safety"));
    if (d->words[0] != 0) {
        mu_pen_text(pen, w - pad, h - 26 * u, MU_ALIGN_RIGHT, 14, true, t->missed, d->words);
    }
}
