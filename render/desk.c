/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/desk.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/i18n.h"

static const double TABS = 38; /* units, of the strip above the side */

bool mu_desk_has_table(const mu_desk *desk) {
    return desk->table != NULL;
}

bool mu_desk_is_stopped(const mu_desk *desk) {
    return mu_desk_has_table(desk) && mu_tabletop_is_stopped(desk->table);
}

static void read_opening(mu_desk *d) {
    const mu_tabletop *t = d->table;
    mu_opening *out = &d->opening;
    if (!mu_desk_has_table(d)) {
        return;
    }
    out->goals = mu_tabletop_goals(t, &out->goal_count);
    const uint32_t most = sizeof out->roles / sizeof out->roles[0];
    const uint32_t count = mu_tabletop_role_count(t);
    out->role_count = count < most ? count : most;
    for (uint32_t r = 0; r < out->role_count; r++) {
        out->roles[r] = mu_tabletop_role(t, r, &out->parts[r]);
    }
}

bool mu_desk_open(const mu_desk_def *def, mu_screen *view, mu_desk *out) {
    *out = (mu_desk){.def = *def,
                     .table = def->tabletop,
                     .view = view,
                     .page = def->opening ? MU_DESK_OPENING : MU_DESK_RUN,
                     .inject = MU_NOWHERE,
                     .pair = {0, 1}};
    out->ui.x = out->ui.y = -1;
    read_opening(out);
    const bool injects = mu_desk_has_table(out) && mu_tabletop_inject_count(out->table) > 0;
    out->tab = injects ? MU_DESK_INJECTS : MU_DESK_PLAN;
    view->side_head = mu_desk_has_table(out) ? TABS : 0;
    return mu_audience_create(view->scene, view->def.type, view->pen.theme, &out->audience);
}

void mu_desk_close(mu_desk *desk) {
    mu_audience_destroy(&desk->audience);
    mu_draw_free(&desk->blank);
}

mu_session *mu_desk_session(const mu_desk *desk) {
    return desk->view->def.session;
}

void mu_desk_say(mu_desk *desk, const char *words) {
    (void)snprintf(desk->words, sizeof desk->words, "%s", words);
}

void mu_desk_done(mu_desk *desk, mu_status status, const char *words) {
    switch (status) {
    case MU_OK:
        mu_desk_say(desk, words);
        break;
    case MU_ERR_IO:
        mu_desk_say(desk, _("It could not be saved: is the disk full?"));
        break;
    case MU_ERR_LIMIT:
        mu_desk_say(desk, _("There are as many branches as can be."));
        break;
    case MU_ERR_INPUT:
    case MU_ERR_MEMORY:
    case MU_ERR_RUN:
        mu_desk_say(desk, _("It could not be done."));
        break;
    }
    mu_desk_look_at_branch(desk, mu_tabletop_here(desk->table)); /* a new one may have begun */
}

void mu_desk_look_at_branch(mu_desk *desk, uint32_t branch) {
    mu_tabletop_go(desk->table, branch);
    mu_screen *view = desk->view;
    mu_session *session = mu_tabletop_session(desk->table, branch);
    if (view->def.session != session) {
        mu_screen_change(view, session);
    }
}

bool mu_desk_begin(mu_desk *desk) {
    char why[MU_DESK_WORDS] = "";
    if (!desk->begun && desk->def.start != NULL) {
        if (!desk->def.start(desk->def.with, desk->table, why, sizeof why)) {
            mu_desk_say(desk, why);
            return false;
        }
    }
    desk->begun = true;
    return true;
}

void mu_desk_pause(mu_desk *desk) {
    desk->view->playing = false;
}

/* The present branch beside its parent, or the first one beside the last. */
static void choose_pair(mu_desk *d) {
    const uint32_t here = mu_tabletop_here(d->table);
    const mu_branch *one = mu_tabletop_branch(d->table, here);
    const bool first = one->parent == MU_NOWHERE;
    d->pair[0] = first ? here : one->parent;
    d->pair[1] = first ? mu_tabletop_branch_count(d->table) - 1 : here;
    const mu_branch *other = mu_tabletop_branch(d->table, d->pair[1]);
    const mu_time lived = mu_tabletop_branch(d->table, d->pair[0])->lived_us;
    d->to_the_end = lived <= other->parted_us || other->lived_us <= other->parted_us;
}

/* The comparison moves the branches that it shows: whoever comes back is where they were. */
void mu_desk_compare(mu_desk *desk, bool on) {
    mu_desk_pause(desk);
    if (on) {
        desk->kept_us = mu_session_now(mu_desk_session(desk));
        desk->scroll = 0;
        choose_pair(desk);
        desk->compared = false;
    } else {
        desk->view->wanted = desk->kept_us;
        desk->view->seeking = true;
    }
    desk->page = on ? MU_DESK_COMPARE : MU_DESK_RUN;
}

void mu_desk_resume(mu_desk *desk) {
    mu_desk *d = desk;
    char why[MU_DESK_WORDS] = "";
    mu_tabletop *table = d->def.resume(d->def.with, why, sizeof why);
    if (table == NULL) {
        mu_desk_say(d, why);
        return;
    }
    d->table = table;
    d->begun = true;
    d->view->def.session = NULL;
    /* The scene of the session that was there before is gone; this one is the same. */
    const mu_scenery *scene = mu_session_scene(mu_tabletop_session(table, 0));
    d->view->scene = d->view->art.scene = scene;
    d->audience.scene = d->audience.art.scene = scene;
    mu_desk_look_at_branch(d, mu_tabletop_here(table));
    read_opening(d);
    d->page = MU_DESK_RUN;
    const mu_entry *draft = mu_tabletop_draft(table);
    if (draft != NULL) { /* what was being typed when it ended */
        mu_desk_open_form(d, (mu_entry_kind)draft->form);
        for (int k = 0; k < MU_SAID_COUNT; k++) {
            mu_edit_set(&d->form.said[k], draft->said[k]);
        }
        d->ui.focus = 1 + MU_SAID_WHAT;
        d->ui.again = true; /* it is to be seen before it may lose the keyboard */
    }
    mu_desk_say(d, _("Everything is as it was."));
}

void mu_desk_tick(mu_desk *desk, double elapsed_s, int64_t wall_s, bool (*more)(void *),
                  void *with) {
    mu_desk *d = desk;
    if (!mu_desk_has_table(d)) {
        mu_screen_tick(d->view, elapsed_s, more, with);
        return;
    }
    mu_tabletop_wall(d->table, wall_s);
    if (d->page == MU_DESK_COMPARE) {
        mu_desk_compare_tick(d, more, with);
        return;
    }
    mu_screen_tick(d->view, elapsed_s, more, with);
    const mu_status saved = mu_tabletop_seen(d->table);
    if (saved != MU_OK) { /* nobody may type anything for an hour that would tell */
        mu_desk_done(d, saved, "");
    }
}

bool mu_desk_is_lively(const mu_desk *desk) {
    return desk->view->playing || desk->view->seeking || desk->view->scrubbing || desk->ui.again ||
           (desk->page == MU_DESK_COMPARE && !desk->compared);
}

/* --- drawing --- */

static void draw_tabs(mu_desk *d) {
    const mu_pen *pen = &d->view->pen;
    const mu_box side = mu_screen_side_box(d->view);
    const double u = pen->unit, height = TABS * u;
    const char *const names[MU_DESK_TAB_COUNT] = {_("Plan"), _("Injects"), _("Decisions"),
                                                  _("Branches")};
    mu_draw_rect(pen->list, (mu_box){side.x, side.y - (float)height, side.width, (float)height},
                 pen->theme->panel);
    mu_draw_rect(pen->list, (mu_box){side.x, side.y - (float)height, (float)u, (float)height},
                 pen->theme->line);
    double x = (double)side.x + 8 * u, least = 0;
    for (int k = 0; k < MU_DESK_TAB_COUNT; k++) {
        least += mu_ui_button_width(&d->ui, names[k]);
    }
    const double more = ((double)side.width - 16 * u - least) / MU_DESK_TAB_COUNT;
    for (int k = 0; k < MU_DESK_TAB_COUNT; k++) {
        const double wide = mu_ui_button_width(&d->ui, names[k]) + more;
        const mu_box box = {(float)x, side.y - (float)(height - 5 * u), (float)(wide - 4 * u),
                            (float)(height - 9 * u)};
        x += wide;
        if (mu_ui_button(&d->ui, box, names[k], (int)d->tab == k ? MU_UI_ON : MU_UI_PLAIN)) {
            d->tab = (mu_desk_tab)k;
            d->scroll = 0;
        }
    }
}

static void draw_words(const mu_desk *d, mu_box side) {
    const mu_pen *pen = &d->view->pen;
    const double u = pen->unit;
    if (d->words[0] != 0) {
        (void)mu_pen_paragraph(pen, (double)side.x + 18 * u,
                               (double)(side.y + side.height) - 40 * u, (double)side.width - 36 * u,
                               12, true, pen->theme->accent, d->words, 2, true);
    }
}

/* What a recording has to say, where it has no panel of its own for that. */
static void draw_notice(const mu_desk *d) {
    const mu_pen *pen = &d->view->pen;
    const mu_box plan = d->view->camera.view;
    const double u = pen->unit, width = mu_pen_width(pen, 13, true, d->words) + 32 * u;
    if (d->words[0] != 0) {
        const mu_box box = {plan.x + plan.width / 2 - (float)(width / 2),
                            plan.y + plan.height - (float)(102 * u), (float)width, (float)(34 * u)};
        mu_draw_round_rect(pen->list, box, 6 * u, pen->theme->accent);
        mu_pen_text(pen, (double)box.x + width / 2, (double)box.y + 22 * u, MU_ALIGN_MIDDLE, 13,
                    true, pen->theme->on_accent, d->words);
    }
}

static void draw_side(mu_desk *d) {
    const mu_pen *pen = &d->view->pen;
    const mu_box side = mu_screen_side_box(d->view);
    if (!mu_desk_has_table(d)) {
        draw_notice(d);
        return;
    }
    draw_tabs(d);
    if (d->tab == MU_DESK_PLAN) {
        return;
    }
    mu_draw_rect(pen->list, side, pen->theme->panel);
    mu_draw_rect(pen->list, (mu_box){side.x, side.y, (float)pen->unit, side.height},
                 pen->theme->line);
    const mu_box box = {side.x + (float)(16 * pen->unit), side.y + (float)(6 * pen->unit),
                        side.width - (float)(32 * pen->unit),
                        side.height - (float)(50 * pen->unit)};
    if (d->tab == MU_DESK_INJECTS) { /* what is sent and what runs out, in one look */
        const float clocks = side.height * 0.36f, gap = (float)(10 * pen->unit);
        mu_box above = box;
        above.height -= clocks;
        mu_desk_draw_injects(d, above);
        const mu_box below = {box.x, above.y + above.height + gap, box.width, clocks - gap};
        mu_draw_segment(pen->list, pen->theme->line, pen->unit, box.x,
                        (double)below.y - 4 * pen->unit, (double)(box.x + box.width),
                        (double)below.y - 4 * pen->unit);
        mu_panel_clauses(d->view, below);
    } else if (d->tab == MU_DESK_TABLE) {
        mu_desk_draw_table(d, box);
    } else {
        mu_desk_draw_branches(d, box);
    }
    draw_words(d, side);
}

/* A pause that nobody overlooks, across the plan. */
static void draw_paused(const mu_desk *d) {
    const mu_pen *pen = &d->view->pen;
    const mu_theme *t = pen->theme;
    const mu_box plan = d->view->camera.view;
    const bool waits = d->view->playing || d->view->seeking || d->view->scrubbing;
    if (waits || (d->view->frame != NULL && d->view->frame->over)) {
        return;
    }
    const double u = pen->unit, width = mu_pen_width(pen, 22, true, _("PAUSED")) + 60 * u;
    const mu_box box = {plan.x + plan.width / 2 - (float)(width / 2),
                        plan.y + plan.height - (float)(58 * u), (float)width, (float)(42 * u)};
    mu_draw_round_rect(pen->list, box, 6 * u, t->alert[MU_ALERT_YELLOW]);
    mu_pen_text(pen, (double)box.x + width / 2, (double)box.y + 29 * u, MU_ALIGN_MIDDLE, 22, true,
                t->alert_ink[MU_ALERT_YELLOW], _("PAUSED"));
}

static void draw_run(mu_desk *d) {
    /* Under the page of keys lies the view alone, with its own side. */
    d->view->side_taken = d->tab != MU_DESK_PLAN && !d->view->help;
    mu_screen_draw(d->view);
    if (d->view->help) {
        return;
    }
    draw_side(d);
    draw_paused(d);
    if (d->form.open) {
        mu_desk_draw_form(d);
    }
}

static void draw_cover(mu_desk *d) {
    const mu_pen *pen = &d->view->pen;
    const double w = d->view->width, h = d->view->height;
    const bool dark = pen->theme == &mu_theme_dark; /* a bright page would dazzle a dark room */
    const mu_colour ground = dark ? pen->theme->panel : pen->theme->accent;
    const mu_colour ink = dark ? pen->theme->ink : pen->theme->on_accent;
    mu_draw_rect(pen->list, (mu_box){0, 0, (float)w, (float)h}, ground);
    mu_pen_text(pen, w / 2, h * 0.4, MU_ALIGN_MIDDLE, 40, true, dark ? pen->theme->accent : ink,
                MU_EXERCISE_TAG);
    mu_pen_text(pen, w / 2, h * 0.54, MU_ALIGN_MIDDLE, 28, true, ink,
                _("The facilitator's desk comes next: is nobody else looking?"));
    mu_pen_text(pen, w / 2, h * 0.64, MU_ALIGN_MIDDLE, 24, false, ink,
                _("Enter shows it. Any other key goes back."));
}

static mu_look look_of(const mu_desk *d) {
    const mu_screen *view = d->view;
    mu_camera whole = view->camera;
    mu_camera_fit(&whole);
    return (mu_look){.level = view->level,
                     .built = view->camera.built,
                     .layers = view->layers & ~(uint32_t)MU_LAYER_EQUIPMENT,
                     .x = view->camera.x,
                     .y = view->camera.y,
                     .wake = &view->wake,
                     .zoom = whole.scale > 0 ? view->camera.scale / whole.scale : 1,
                     .playing = view->playing || view->seeking,
                     .paused = !view->playing && !view->seeking && view->frame != NULL &&
                               !view->frame->over};
}

const char *mu_desk_audience_language(const mu_desk *desk) {
    return desk->audience_language != NULL ? desk->audience_language : desk->view->pen.language;
}

/* Is the desk itself to be seen, and not what everybody may see in its place? */
static bool is_on_screen(const mu_desk *d) {
    return d->page != MU_DESK_AUDIENCE && d->page != MU_DESK_COVER;
}

/* Of gettext, for whoever draws next. */
static bool choose_language(const mu_desk *d, const char *language) {
    return d->view->def.choose_language == NULL || d->view->def.choose_language(language);
}

static void draw_audience(mu_desk *d, double width, double height) {
    const mu_desk_page seen = is_on_screen(d) ? d->page : d->behind;
    d->opening.shown = seen == MU_DESK_OPENING;
    const char *language = mu_desk_audience_language(d);
    const bool own = language[0] != d->view->pen.language[0];
    d->audience.pen.language = language;
    d->audience.pen.theme = d->view->pen.theme;
    const mu_look look = look_of(d);
    if (own) {
        (void)choose_language(d, language);
    }
    if (mu_tabletop_public(d->table, language, &d->shown)) {
        mu_audience_draw(&d->audience, &d->shown, &d->opening, &look, width, height);
    } else {
        d->audience.over.no_memory = true;
    }
    if (own) {
        (void)choose_language(d, d->view->pen.language);
    }
}

void mu_desk_draw_page(mu_desk *desk) {
    mu_desk *d = desk;
    mu_pen pen = d->view->pen;
    pen.list = &d->view->over;
    mu_ui_begin(&d->ui, &pen);
    d->view->pen.list = &d->view->over;
    if (d->page == MU_DESK_RUN && !mu_desk_is_stopped(d)) {
        draw_run(d);
    } else {
        mu_draw_clear(&d->view->over);
        d->view->spot_count = 0;
        if (mu_desk_is_stopped(d)) {
            mu_draw_stopped(&d->view->pen, d->view->width, d->view->height,
                            mu_text_in(mu_tabletop_stop_word(d->table), d->view->pen.language),
                            _("When it is safe: Enter goes on."));
        } else if (d->page == MU_DESK_OPENING) {
            mu_desk_draw_opening(d);
        } else if (d->page == MU_DESK_COMPARE) {
            mu_desk_draw_compare(d);
        } else if (d->page == MU_DESK_COVER) {
            draw_cover(d);
        }
    }
    mu_ui_end(&d->ui);
}

void mu_desk_draw(mu_desk *desk, double audience_width, double audience_height) {
    mu_desk *d = desk;
    const bool own = d->page == MU_DESK_AUDIENCE;
    const mu_desk_page before = d->page;
    if (own) {
        draw_audience(d, d->view->width, d->view->height);
        d->ui.pressed = d->ui.released = d->ui.again = false;
        d->ui.key_count = 0;
    } else if (audience_width > 0) {
        draw_audience(d, audience_width, audience_height);
    }
    if (!own) {
        mu_desk_draw_page(d);
        /* What was pressed may have led to another page: it is drawn at once. */
        for (int n = 0; n < 3 && (d->ui.again || d->page != before) && d->page != MU_DESK_AUDIENCE;
             n++) {
            const mu_desk_page now = d->page;
            mu_desk_draw_page(d);
            if (now == d->page && !d->ui.again) {
                break;
            }
        }
    }
}

const mu_draw_list *mu_desk_under(const mu_desk *desk, uint32_t *version) {
    if (desk->page == MU_DESK_AUDIENCE) {
        *version = desk->audience.under_version + 1;
        return mu_desk_is_stopped(desk) ? &desk->blank : &desk->audience.under;
    }
    *version = desk->view->under_version + 1;
    const bool plan = desk->page == MU_DESK_RUN && !mu_desk_is_stopped(desk);
    return plan ? &desk->view->under : &desk->blank;
}

const mu_draw_list *mu_desk_over(const mu_desk *desk) {
    return desk->page == MU_DESK_AUDIENCE ? &desk->audience.over : &desk->view->over;
}
