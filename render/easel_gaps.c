/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came of a try and of a run, on the plan: rooms by when the last one left or how full they
 * were, and the clauses missed where they were missed. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/easel.h"
#include "render/i18n.h"

/* --- a try --- */

static const mu_preview *shown(const mu_easel *e) {
    return e->preview != NULL && e->preview->version == mu_project_version(e->def.project) &&
                   e->outcome == NULL && e->heat != MU_HEAT_NONE &&
                   e->preview->room_count == e->art.scene->room_count
               ? e->preview
               : NULL;
}

/* By quarters of the time that the last of all took; by Fruin's bounds. */
static int step_of(const mu_easel *e, const mu_preview *p, const mu_preview_room *room) {
    if (!(room->last_s > 0)) {
        return -1;
    }
    if (e->heat == MU_HEAT_LAST) {
        const int step = (int)(room->last_s / fmax(p->last_s, 1) * MU_HEAT_STEPS);
        return step < MU_HEAT_STEPS ? step : MU_HEAT_STEPS - 1;
    }
    int step = -1;
    while (step + 1 < MU_HEAT_STEPS && room->most_per_m2 >= mu_heat_from[step + 1]) {
        step++;
    }
    return step;
}

void mu_easel_draw_heat(const mu_easel *e, const mu_pen *pen) {
    const mu_preview *p = shown(e);
    const mu_scenery *scene = e->art.scene;
    for (uint32_t r = 0; p != NULL && r < scene->room_count; r++) {
        const mu_scenery_room *room = &scene->rooms[r];
        const int step = step_of(e, p, &p->rooms[r]);
        if (room->level == e->level && step >= 0 && room->look != MU_ROOM_OPEN) {
            mu_art_fill_room(pen, &e->art, &e->camera, &e->camera.sheets[0], room,
                             mu_fade(pen->theme->heat[step + 1], 150));
        }
    }
}

/* What the colours mean, and the numbers in rooms that have space for them. */
static void draw_key(const mu_easel *e, const mu_preview *p) {
    const double u = e->pen.unit;
    const mu_box view = e->camera.view;
    const double w = 76 * u, x = (double)(view.x + view.width) - 4 * w - 14 * u;
    const double y = (double)(view.y + view.height) - 40 * u;
    const mu_box back = {(float)(x - 10 * u), (float)(y - 20 * u), (float)(4 * w + 16 * u),
                         (float)(52 * u)};
    mu_draw_round_rect(e->pen.list, back, 5 * u, mu_fade(e->pen.theme->panel, 235));
    mu_pen_text(&e->pen, x, y - 5 * u, MU_ALIGN_LEFT, 11.5, true, e->pen.theme->ink,
                e->heat == MU_HEAT_LAST ? _("The last one left the room after")
                                        : _("Persons/m² at the fullest, room by room"));
    for (int k = 0; k < MU_HEAT_STEPS; k++) {
        const mu_box box = {(float)(x + k * w), (float)y, (float)(w - 4 * u), (float)(10 * u)};
        char text[40];
        mu_draw_rect(e->pen.list, box, mu_fade(e->pen.theme->heat[k + 1], 200));
        if (e->heat == MU_HEAT_LAST) {
            (void)snprintf(text, sizeof text, "%.0f–%.0f s", p->last_s * k / MU_HEAT_STEPS,
                           p->last_s * (k + 1) / MU_HEAT_STEPS);
        } else {
            (void)snprintf(text, sizeof text, "≥ %.2f", mu_heat_from[k]);
        }
        mu_pen_text(&e->pen, x + k * w, y + 24 * u, MU_ALIGN_LEFT, 11, false, e->pen.theme->ink,
                    text);
    }
}

static void draw_numbers(const mu_easel *e, const mu_preview *p) {
    const mu_scenery *scene = e->art.scene;
    const double u = e->pen.unit;
    for (uint32_t r = 0; r < scene->room_count; r++) {
        const mu_scenery_room *room = &scene->rooms[r];
        const double wide = (room->high.x - room->low.x) * e->camera.scale;
        const double tall = (room->high.y - room->low.y) * e->camera.scale;
        if (room->level != e->level || !(p->rooms[r].last_s > 0) || wide < 46 * u ||
            tall < 40 * u || room->look == MU_ROOM_OPEN) {
            continue;
        }
        char text[24];
        (void)snprintf(text, sizeof text, e->heat == MU_HEAT_LAST ? "%.0f s" : "%.2f",
                       e->heat == MU_HEAT_LAST ? p->rooms[r].last_s : p->rooms[r].most_per_m2);
        const mu_vec at = mu_easel_map(e, (mu_point){room->low.x, room->low.y});
        mu_draw_label(e->pen.list, (double)at.x + 6 * u, (double)at.y - 6 * u, MU_ALIGN_LEFT,
                      mu_pen_font(&e->pen, 12, true), e->pen.theme->ink, e->pen.theme->panel, text,
                      strlen(text));
    }
}

/* --- gaps --- */

static const double MARK_R = 11;

/* Several at one place stand side by side. */
static mu_vec mark_of(const mu_easel *e, uint32_t gap) {
    const mu_outcome_gap *gaps = e->outcome->gaps;
    mu_vec at = mu_easel_map(e, gaps[gap].at);
    uint32_t before = 0;
    for (uint32_t k = 0; k < gap; k++) {
        before += gaps[k].level == gaps[gap].level &&
                  hypot(gaps[k].at.x - gaps[gap].at.x, gaps[k].at.y - gaps[gap].at.y) < 0.01;
    }
    const double step = 2.15 * MARK_R * e->pen.unit;
    at.x += (float)((before % 5) * step);
    at.y += (float)((before / 5) * step);
    return at;
}

static bool is_current(const mu_easel *e) {
    return e->outcome != NULL && e->outcome->version == mu_project_version(e->def.project);
}

void mu_easel_draw_gaps(const mu_easel *e) {
    const mu_preview *p = shown(e);
    if (p != NULL) {
        draw_numbers(e, p);
        draw_key(e, p);
    }
    const mu_theme *t = e->pen.theme;
    for (uint32_t k = 0; is_current(e) && k < e->outcome->gap_count; k++) {
        const mu_outcome_gap *gap = &e->outcome->gaps[k];
        if (gap->level != e->level) {
            continue;
        }
        const mu_vec at = mark_of(e, k);
        const double r = MARK_R * e->pen.unit * (e->gap == k ? 1.2 : 1);
        mu_draw_disc(e->pen.list, (double)at.x, (double)at.y, r + 2 * e->pen.unit, t->panel);
        mu_draw_disc(e->pen.list, (double)at.x, (double)at.y, r,
                     gap->place_is_known ? t->missed : mu_fade(t->missed, 90));
        mu_draw_circle(e->pen.list, (double)at.x, (double)at.y, r,
                       (e->gap == k ? 3 : 1.2) * e->pen.unit, e->gap == k ? t->accent : t->missed);
        char text[12];
        (void)snprintf(text, sizeof text, "%u", k + 1);
        mu_pen_text(&e->pen, (double)at.x, (double)at.y + 4.4 * e->pen.unit, MU_ALIGN_MIDDLE, 12,
                    true, gap->place_is_known ? t->panel : t->ink, text);
    }
}

uint32_t mu_easel_gaps_on(const mu_easel *e, uint32_t level) {
    uint32_t count = 0;
    for (uint32_t k = 0; is_current(e) && k < e->outcome->gap_count; k++) {
        count += e->outcome->gaps[k].level == level;
    }
    return count;
}

bool mu_easel_take_gap(mu_easel *e) {
    for (uint32_t k = is_current(e) ? e->outcome->gap_count : 0; k-- > 0;) {
        const mu_vec at = mark_of(e, k);
        if (e->outcome->gaps[k].level == e->level &&
            hypot((double)at.x - e->x, (double)at.y - e->y) < MARK_R * e->pen.unit) {
            e->gap = k;
            e->chosen_count = 0;
            return true;
        }
    }
    return false;
}

void mu_easel_show_gap(mu_easel *e, uint32_t gap) {
    e->gap = gap;
    e->chosen_count = 0;
    if (!is_current(e) || e->outcome->gaps[gap].level == MU_NOWHERE) {
        return;
    }
    const mu_outcome_gap *g = &e->outcome->gaps[gap];
    const mu_vec at = mu_easel_map(e, g->at);
    if (g->level != e->level || !mu_box_has(e->camera.view, (double)at.x, (double)at.y)) {
        mu_easel_look_at(e, g->level, g->at);
    }
}

static double line(const mu_easel *e, double x, double y, double width, const char *text, bool bold,
                   mu_colour colour, uint32_t most) {
    return y + mu_pen_paragraph(&e->pen, x, y, width, 12.5, bold, colour, text, most, true) +
           4 * e->pen.unit;
}

double mu_easel_draw_gap(mu_easel *e, double x, double y, double width) {
    const double u = e->pen.unit;
    const mu_outcome_gap *gap = &e->outcome->gaps[e->gap];
    const mu_theme *t = e->pen.theme;
    char text[400];
    const mu_box back = {(float)(x + width - 76 * u), (float)y, (float)(76 * u), (float)(22 * u)};
    if (mu_ui_button(&e->ui, back, _("All gaps"), MU_UI_PLAIN)) {
        e->gap = MU_NOWHERE;
        return y;
    }
    (void)snprintf(text, sizeof text, _("Gap %u of %u · %s"), e->gap + 1, e->outcome->gap_count,
                   gap->clause);
    mu_pen_text(&e->pen, x, y + 15 * u, MU_ALIGN_LEFT, 13.5, true, t->missed, text);
    y += 30 * u;
    y = line(e, x, y, width, mu_text_in(gap->text, e->pen.language), false, t->ink, 4);
    (void)snprintf(text, sizeof text, _("met in %.0f %% of %u runs"),
                   isfinite(gap->share) ? gap->share * 100 : 0, gap->runs);
    y = line(e, x, y, width, text, true, t->ink, 1);
    if (gap->value[0] != '\0' && strstr(gap->cause, gap->value) == NULL) { /* else it says so */
        (void)snprintf(text, sizeof text, _("typically %s; asked: %s"), gap->value, gap->limit);
        y = line(e, x, y, width, text, false, t->ink, 2);
    }
    y = line(e, x, y, width, gap->cause, false, t->ink, 5);
    if (gap->level == MU_NOWHERE) {
        (void)snprintf(text, sizeof text, "%s", _("It has no place on the plan"));
    } else {
        const char *name = mu_text_in(gap->place_name, e->pen.language);
        (void)snprintf(text, sizeof text,
                       gap->place_is_known ? _("Where: %s") : _("Shown at the incident: %s"),
                       name[0] != '\0' ? name : gap->place);
    }
    return line(e, x, y, width, text, false, t->soft, 2) + 6 * u;
}
