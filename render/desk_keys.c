/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keys and the mouse do at the desk: its own keys first, then those of the view behind it. */
#include <stdio.h>

#include "render/desk.h"
#include "render/i18n.h"

static void stop_for_safety(mu_desk *d) {
    const bool stopped = mu_desk_is_stopped(d);
    mu_desk_pause(d);
    if (!stopped && mu_desk_begin(d)) {
        mu_desk_done(d, mu_tabletop_stop(d->table, true), "");
    }
}

static void switch_theme(mu_desk *d) {
    const mu_theme *next = d->view->pen.theme == &mu_theme_light ? &mu_theme_dark : &mu_theme_light;
    d->view->pen.theme = d->audience.pen.theme = next;
}

static void switch_screen(mu_desk *d) {
    if (d->page == MU_DESK_COMPARE) {
        mu_desk_compare(d, false);
    }
    if (d->page == MU_DESK_OPENING || d->page == MU_DESK_RUN) {
        d->behind = d->page;
    }
    d->page = d->page == MU_DESK_AUDIENCE ? MU_DESK_COVER : MU_DESK_AUDIENCE;
    d->under_version += 2; /* whoever keeps pictures has to begin anew */
}

/* From then on it keeps its own, whatever the desk is read in. */
static void switch_audience_language(mu_desk *d) {
    d->audience_language = mu_desk_audience_language(d)[0] == 'z' ? "en" : "zh";
    mu_desk_say(d, d->audience_language[0] == 'z' ? _("The audience reads Chinese.")
                                                  : _("The audience reads English."));
}

static void part(mu_desk *d) {
    if (mu_desk_begin(d)) {
        mu_desk_open_form(d, MU_ENTRY_BRANCH);
    }
}

/* Keys of the desk; true where it was one. */
static bool desk_key(mu_desk *d, int key) {
    if (!mu_desk_has_table(d) && key >= MU_KEY_F2 && key <= MU_KEY_F9) {
        mu_desk_say(d, _("A recording can be looked at only: no injects, decisions or branches."));
        return true;
    }
    switch (key) {
    case MU_KEY_F2:
        switch_screen(d);
        return true;
    case MU_KEY_F3:
        d->wants_window = !d->wants_window;
        return true;
    case MU_KEY_F4:
        stop_for_safety(d);
        return true;
    case MU_KEY_F5:
        mu_desk_open_form(d, MU_ENTRY_DECISION);
        return true;
    case MU_KEY_F6:
        mu_desk_open_form(d, MU_ENTRY_SENT);
        return true;
    case MU_KEY_F7:
        mu_desk_open_form(d, MU_ENTRY_NOTE);
        return true;
    case MU_KEY_F8:
        part(d);
        return true;
    case MU_KEY_F9:
        if (mu_tabletop_branch_count(d->table) > 1) {
            mu_desk_compare(d, d->page != MU_DESK_COMPARE);
        } else {
            mu_desk_say(d, _("There is one branch only: F8 begins another."));
        }
        return true;
    case MU_KEY_F10:
        switch_theme(d);
        return true;
    case 'L':
        switch_audience_language(d);
        return true;
    default:
        return false;
    }
}

static bool is_everywhere(int key) {
    return key == MU_KEY_F2 || key == MU_KEY_F3 || key == MU_KEY_F4 || key == MU_KEY_F10 ||
           key == MU_KEY_F11 || key == MU_KEY_F12;
}

/* Letters come as text. What was typed before a key belongs before it: it is used up first. */
static void type_key(mu_desk *d, int key) {
    if (key < 256 && key != '\t') {
        return;
    }
    if (d->ui.text[0] != 0) {
        mu_desk_draw_page(d);
    }
    mu_ui_key(&d->ui, key);
}

static void hear_key(mu_desk *d, int key) {
    if (mu_desk_is_stopped(d)) {
        if (key == MU_KEY_ENTER) {
            mu_desk_done(d, mu_tabletop_stop(d->table, false), "");
        } else if (key == 'L') {
            switch_audience_language(d);
        } else if (key == MU_KEY_F11 || key == MU_KEY_F12 || key == 'l') {
            mu_screen_input(d->view, &(mu_input){.kind = MU_INPUT_KEY, .key = key});
        }
        return;
    }
    if (d->page == MU_DESK_COVER) { /* only on purpose */
        d->page = key == MU_KEY_ENTER ? d->behind : MU_DESK_AUDIENCE;
        d->under_version += 2;
        return;
    }
    if (d->page == MU_DESK_AUDIENCE && key == 'l') { /* what one sees is what changes */
        switch_audience_language(d);
        return;
    }
    if (d->form.open && !is_everywhere(key)) {
        type_key(d, key);
        return;
    }
    if (d->page == MU_DESK_OPENING && !is_everywhere(key)) {
        if (key == 'L' && mu_desk_has_table(d)) {
            switch_audience_language(d);
        } else if (key == 'l' || key == 'q') {
            mu_screen_input(d->view, &(mu_input){.kind = MU_INPUT_KEY, .key = key});
        } else {
            mu_ui_key(&d->ui, key);
        }
        return;
    }
    if (key == MU_KEY_ESCAPE && d->page == MU_DESK_COMPARE) {
        mu_desk_compare(d, false);
        return;
    }
    if (!mu_desk_has_table(d)) {
        mu_desk_say(d, "");
    }
    if (!desk_key(d, key)) {
        mu_screen_input(d->view, &(mu_input){.kind = MU_INPUT_KEY, .key = key});
    }
}

static bool over_panel(const mu_desk *d, double x, double y) {
    const mu_box side = mu_screen_side_box(d->view);
    const float head = (float)(d->view->side_head * d->view->pen.unit);
    const mu_box strip = {side.x, side.y - head, side.width, head};
    return mu_box_has(strip, x, y) || (d->tab != MU_DESK_PLAN && mu_box_has(side, x, y));
}

static void hear_wheel(mu_desk *d, double wheel) {
    uint32_t *scroll = d->form.open ? &d->form.scroll : &d->scroll;
    const int by = wheel > 0 ? -1 : 1;
    *scroll = by < 0 && *scroll == 0 ? 0 : *scroll + (uint32_t)by;
}

void mu_desk_input(mu_desk *desk, const mu_input *input) {
    mu_desk *d = desk;
    if (input->kind == MU_INPUT_KEY) {
        hear_key(d, input->key);
        return;
    }
    if (input->kind == MU_INPUT_MOVE) {
        mu_ui_move(&d->ui, input->x, input->y);
    } else if (input->kind == MU_INPUT_PRESS && input->button == 1) {
        mu_ui_press(&d->ui, input->x, input->y);
    } else if (input->kind == MU_INPUT_RELEASE && input->button == 1) {
        mu_ui_release(&d->ui, input->x, input->y);
    }
    const bool covered = d->form.open || d->page != MU_DESK_RUN || mu_desk_is_stopped(d);
    const bool panel = over_panel(d, d->ui.x, d->ui.y);
    if (input->kind == MU_INPUT_WHEEL && (covered || panel)) {
        hear_wheel(d, input->wheel);
    } else if (!covered &&
               (!panel || input->kind == MU_INPUT_MOVE || input->kind == MU_INPUT_RELEASE)) {
        mu_screen_input(d->view, input);
    }
}

void mu_desk_type(mu_desk *desk, const char *text, bool composing) {
    if (composing) {
        mu_ui_compose(&desk->ui, text);
    } else {
        if (desk->ui.key_count > 0) {
            mu_desk_draw_page(desk);
        }
        mu_ui_type(&desk->ui, text);
    }
}
