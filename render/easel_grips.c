/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grips of the one thing that is chosen: found, drawn away, taken out. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/easel.h"
#include "render/i18n.h"

static const double REACH_PX = 8, BETWEEN_LEAST_PX = 26;

static void renew(mu_easel *e) {
    const uint64_t version = mu_project_version(e->def.project);
    const mu_subject chosen =
        e->chosen_count == 1 ? e->chosen[0] : (mu_subject){MU_SUBJECT_NOTHING, 0};
    if (e->grips_version == version + 1 && e->gripped.kind == chosen.kind &&
        e->gripped.index == chosen.index) {
        return;
    }
    e->gripped = chosen;
    e->grips_version = version + 1;
    e->grip = MU_NOWHERE;
    e->grip_count = chosen.kind != MU_SUBJECT_NOTHING
                        ? mu_project_grips(e->def.project, chosen, e->grips, MU_EASEL_GRIPS)
                        : 0;
}

/* What lies between two points is a grip only where there is room for one. */
static bool is_shown(const mu_easel *e, uint32_t k) {
    const mu_grip *g = &e->grips[k];
    if (g->level != e->level) {
        return false;
    }
    if (g->kind != MU_GRIP_BETWEEN) {
        return true;
    }
    for (uint32_t i = 0; i < e->grip_count; i++) {
        if (e->grips[i].kind == MU_GRIP_POINT &&
            hypot(e->grips[i].at.x - g->at.x, e->grips[i].at.y - g->at.y) * e->camera.scale <
                BETWEEN_LEAST_PX * e->pen.unit) {
            return false;
        }
    }
    return true;
}

void mu_easel_find_grips(mu_easel *e) {
    if (e->gripping) {
        return;
    }
    renew(e);
    e->grip = MU_NOWHERE;
    double best = REACH_PX * e->pen.unit;
    for (uint32_t k = 0; e->tool == MU_TOOL_SELECT && k < e->grip_count; k++) {
        const mu_vec p = mu_easel_map(e, e->grips[k].at);
        const double away = hypot((double)p.x - e->x, (double)p.y - e->y);
        if (away < best && is_shown(e, k)) {
            best = away;
            e->grip = k;
        }
    }
}

bool mu_easel_take_grip(mu_easel *e) {
    mu_easel_find_grips(e);
    e->gripping = e->grip != MU_NOWHERE;
    return e->gripping;
}

void mu_easel_let_grip(mu_easel *e) {
    const mu_grip grip = e->grips[e->grip];
    e->gripping = false;
    if (!mu_project_move_grip(e->def.project, e->gripped, &grip, e->cursor)) {
        mu_easel_say(e, true, "%s", _("That cannot be moved there"));
    }
    e->grip = MU_NOWHERE;
}

void mu_easel_drop_grip(mu_easel *e) {
    const mu_grip grip = e->grips[e->grip];
    e->grip = MU_NOWHERE;
    if (mu_project_drop_grip(e->def.project, e->gripped, &grip)) {
        mu_easel_say(e, false, "%s", _("The point is gone; Ctrl+Z brings it back"));
    } else {
        mu_easel_say(e, true, "%s", _("Without this point there would be no shape left"));
    }
}

/* --- as it would become --- */

/* The neighbours of a point that is drawn: the piece before and the piece after it. */
static void draw_points(const mu_easel *e) {
    const mu_grip *g = &e->grips[e->grip];
    const mu_point to = mu_project_grip_to(e->def.project, e->gripped, g, e->cursor);
    const bool open = e->gripped.kind == MU_SUBJECT_ROAD || e->gripped.kind == MU_SUBJECT_PORTAL;
    uint32_t count = 0, own = 0;
    mu_point points[MU_RING_MOST + 1];
    const size_t stem = (size_t)(strrchr(g->member, '/') - g->member);
    for (uint32_t k = 0; k < e->grip_count && count < MU_RING_MOST; k++) {
        if (e->grips[k].kind == MU_GRIP_POINT && e->grips[k].level == g->level &&
            strncmp(e->grips[k].member, g->member, stem) == 0 && e->grips[k].member[stem] == '/') {
            own = strcmp(e->grips[k].member, g->member) == 0 ? count : own;
            points[count++] = e->grips[k].at;
        }
    }
    if (g->kind == MU_GRIP_BETWEEN) {
        memmove(points + own + 2, points + own + 1, (count - own - 1) * sizeof *points);
        own++;
        count++;
    }
    points[own] = to;
    mu_easel_outline(e, points, count, !open, (mu_point){0, 0}, e->pen.theme->accent,
                     2.5 * e->pen.unit);
    if (own > 0 || !open) {
        mu_easel_length(e, points[(own + count - 1) % count], to);
    }
    if (own + 1 < count || !open) {
        mu_easel_length(e, to, points[(own + 1) % count]);
    }
}

static void draw_picture(const mu_easel *e) {
    const mu_scenery *scene = e->art.scene;
    const mu_grip *g = &e->grips[e->grip];
    for (uint32_t k = 0; k < scene->view_count; k++) {
        const mu_scenery_view *view = &scene->views[k];
        const mu_scenery_mark *mark = &scene->marks[view->mark];
        if (mark->subject.kind != e->gripped.kind || mark->subject.index != e->gripped.index) {
            continue;
        }
        const double angle = atan2(e->cursor.y - mark->at.y, e->cursor.x - mark->at.x);
        const bool aims = g->kind == MU_GRIP_AIM;
        const double turned = fabs(remainder(angle - view->faces, 6.283185307179586));
        const double wide = aims ? view->wide : fmin(fmax(2 * turned, 0.087), 6.283);
        const double reach =
            aims ? hypot(e->cursor.x - mark->at.x, e->cursor.y - mark->at.y) : view->reach_m;
        mu_point ring[MU_VIEW_POINTS];
        const uint32_t count =
            mu_scenery_look(scene, mark->level, mark->at, aims ? angle : view->faces, wide,
                            fmax(reach, 1), ring, MU_VIEW_POINTS);
        mu_art_look(&e->pen, &e->camera, &e->camera.sheets[0], ring, count,
                    mu_fade(e->pen.theme->accent, 200));
        char text[60];
        (void)snprintf(text, sizeof text, "%.0f° · %.1f m", wide * 57.29577951308232, reach);
        mu_easel_label_at(e, e->cursor, 14, text);
    }
}

void mu_easel_draw_grips(const mu_easel *e) {
    if (e->gripping) {
        if (e->grips[e->grip].kind >= MU_GRIP_AIM) {
            draw_picture(e);
        } else {
            draw_points(e);
        }
        return;
    }
    const mu_theme *t = e->pen.theme;
    for (uint32_t k = 0; k < e->grip_count && !e->moving; k++) {
        if (e->tool != MU_TOOL_SELECT || !is_shown(e, k)) {
            continue;
        }
        const mu_vec p = mu_easel_map(e, e->grips[k].at);
        const bool between = e->grips[k].kind == MU_GRIP_BETWEEN, over = k == e->grip;
        const double r = (between ? 2.6 : 3.8) * e->pen.unit * (over ? 1.4 : 1);
        if (between || e->grips[k].kind >= MU_GRIP_AIM) {
            mu_draw_disc(e->pen.list, (double)p.x, (double)p.y, r + 1.5 * e->pen.unit, t->accent);
            mu_draw_disc(e->pen.list, (double)p.x, (double)p.y, r, t->panel);
        } else {
            const float s = (float)r;
            mu_draw_rect(e->pen.list, (mu_box){p.x - s, p.y - s, 2 * s, 2 * s}, t->accent);
            mu_draw_rect(e->pen.list,
                         (mu_box){p.x - s + 1.5F, p.y - s + 1.5F, 2 * s - 3, 2 * s - 3},
                         over ? t->accent : t->panel);
        }
    }
}
