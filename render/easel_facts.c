/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Beside the pointer: what something is, how large, how many it takes, and how far it is to the
 * open. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/easel.h"
#include "render/i18n.h"

enum { LINES = 8, LINE = 200 };

typedef struct facts {
    char lines[LINES][LINE];
    uint32_t count;
} facts;

static void MU_PRINTF(2, 3) add(facts *f, const char *format, ...) {
    if (f->count < LINES) {
        va_list arguments;
        va_start(arguments, format);
        (void)vsnprintf(f->lines[f->count++], LINE, format, arguments);
        va_end(arguments);
    }
}

const char *mu_easel_label_of(const mu_scenery_mark *mark) {
    return mark->word != NULL ? mu_project_word("kind", mark->word) : NULL;
}

static void add_name(facts *f, const mu_easel *e, const char *id, const char *more) {
    char name[200];
    mu_project_call(e->def.project, e->hover, e->pen.language, name, sizeof name);
    add(f, "%s%s%s%s%s", name, name[0] != '\0' ? " · " : "", strcmp(name, id) != 0 ? id : "",
        more != NULL ? " · " : "", more != NULL ? more : "");
}

/* --- the way out --- */

static const double SAME_M = 0.25;

/* The way from where the pointer is; found anew once it has gone a step. */
static void find_way(mu_easel *e) {
    const mu_point at = mu_easel_unmap(e, e->x, e->y);
    const uint64_t version = mu_project_version(e->def.project) * 64 + e->level + 1;
    if (e->way_version == version && e->way_known &&
        hypot(at.x - e->way_from.x, at.y - e->way_from.y) < SAME_M) {
        return;
    }
    e->way_known = mu_project_way_out(e->def.project, e->level, at, &e->way);
    e->way_from = at;
    e->way_version = version;
}

static void add_way(facts *f, mu_easel *e) {
    char exit[200] = "–";
    find_way(e);
    if (!e->way_known) {
        return;
    }
    const mu_way *w = &e->way;
    if (!w->is_there) {
        add(f, "%s", _("No way out without a key"));
        return;
    }
    if (w->exit != MU_NOWHERE) {
        mu_project_call(e->def.project, (mu_subject){MU_SUBJECT_PORTAL, w->exit}, e->pen.language,
                        exit, sizeof exit);
    }
    add(f, _("Way out: %.1f m, %.0f s, by %s"), w->level_m + w->stair_m, w->walk_s, exit);
    if (w->stair_m > 0) {
        add(f, _("of it %.1f m on stairs"), w->stair_m);
    } else if (isfinite(w->straight_m)) {
        add(f, _("straight %.1f m"), w->straight_m);
    }
}

static void draw_way(const mu_easel *e) {
    const mu_way *w = &e->way;
    if (!e->way_known || !w->is_there) {
        return;
    }
    bool drawing = false;
    for (uint32_t k = 0; k < w->count; k++) {
        if (w->levels[k] != e->level) {
            drawing = false;
            continue;
        }
        if (!drawing) {
            mu_draw_path(e->pen.list, e->pen.theme->exit, 2.2 * e->pen.unit, false);
            mu_draw_dashed(e->pen.list, 7 * e->pen.unit, 5 * e->pen.unit);
            drawing = true;
        }
        const mu_vec p = mu_easel_map(e, w->points[k]);
        mu_draw_point(e->pen.list, (double)p.x, (double)p.y);
    }
}

/* --- by what it is --- */

static void add_room(facts *f, mu_easel *e, uint32_t r) {
    const mu_scenery_room *room = &e->art.scene->rooms[r];
    const double area = mu_project_area(e->def.project, r);
    const double each = mu_project_metres_each(e->def.project, r);
    add_name(f, e, room->id, NULL);
    add(f, _("%.1f m² · %.1f × %.1f m"), area, room->high.x - room->low.x,
        room->high.y - room->low.y);
    if (each > 0) {
        const unsigned load = (unsigned)floor(area / each);
        add(f,
            P_("occupant load %u person, at %.1f m² each (IBC 2021, 1004.5)",
               "occupant load %u persons, at %.1f m² each (IBC 2021, 1004.5)", load),
            load, each);
    }
    if (room->look != MU_ROOM_OPEN && e->preview != NULL &&
        e->preview->version == mu_project_version(e->def.project) && r < e->preview->room_count &&
        e->preview->rooms[r].last_s > 0) {
        add(f, _("last one left after %.0f s · at most %.2f persons/m²"),
            e->preview->rooms[r].last_s, e->preview->rooms[r].most_per_m2);
    }
    if (room->lift != MU_NOWHERE) {
        add(f,
            P_("lift for %u level", "lift for %u levels",
               e->art.scene->lifts[room->lift].cars.count),
            e->art.scene->lifts[room->lift].cars.count);
    }
    if (room->look != MU_ROOM_OPEN) {
        add_way(f, e);
    }
}

static void add_portal(facts *f, mu_easel *e, uint32_t p) {
    const mu_scenery_portal *portal = &e->art.scene->portals[p];
    add_name(f, e, portal->id, NULL);
    if (portal->look == MU_PORTAL_LOOK_EDGE) {
        return;
    }
    bool regulatory;
    double width;
    const double flow = mu_project_flow(e->def.project, p, &width, &regulatory);
    add(f,
        regulatory ? _("clear width %.2f m · %.2f persons/s, %.0f a minute (regulatory)")
                   : _("clear width %.2f m · %.2f persons/s, %.0f a minute (free)"),
        width, flow, flow * 60);
    for (uint32_t k = 0; e->preview != NULL && k < e->preview->queue_count &&
                         e->preview->version == mu_project_version(e->def.project);
         k++) {
        if (e->preview->queues[k].portal == p && e->preview->queues[k].most > 1) {
            add(f, _("at most %u waited, %.0f s each on average"), e->preview->queues[k].most,
                e->preview->queues[k].person_s / fmax(e->preview->queues[k].most, 1));
        }
    }
}

static void add_hole(facts *f, const mu_easel *e, uint32_t ring) {
    const mu_span span = e->art.scene->rings[ring];
    double twice = 0;
    for (uint32_t i = 0, j = span.count - 1; i < span.count; j = i++) {
        const mu_point a = e->art.scene->points[span.first + j];
        const mu_point b = e->art.scene->points[span.first + i];
        twice += a.x * b.y - b.x * a.y;
    }
    add(f, _("pillar or bench · %.2f m²"), fabs(twice) / 2);
}

static void add_mark(facts *f, mu_easel *e) {
    const mu_scenery *scene = e->art.scene;
    for (uint32_t m = 0; m < scene->mark_count; m++) {
        const mu_scenery_mark *mark = &scene->marks[m];
        if (mark->subject.kind != e->hover.kind || mark->subject.index != e->hover.index) {
            continue;
        }
        add_name(f, e, mark->id, mu_easel_label_of(mark));
        for (uint32_t k = 0; k < scene->view_count; k++) {
            const mu_scenery_view *view = &scene->views[k];
            if (view->mark == m && view->wide > 0) {
                add(f, _("sees %.0f° wide, %.1f m far"), view->wide * 57.29577951308232,
                    view->reach_m);
            }
            if (view->mark == m) {
                add(f, P_("covers %u space", "covers %u spaces", view->covers.count),
                    view->covers.count);
            }
        }
        for (uint32_t k = 0; k < scene->strip_count; k++) {
            const mu_scenery_strip *strip = &scene->strips[k];
            double length = 0;
            for (uint32_t i = 0; strip->mark == m && i + 1 < strip->points.count; i++) {
                const mu_point a = scene->points[strip->points.first + i];
                const mu_point b = scene->points[strip->points.first + i + 1];
                length += hypot(b.x - a.x, b.y - a.y);
            }
            if (strip->mark == m) {
                add(f, _("lane %.1f m wide, %.0f m long"), strip->width_m, length);
            }
        }
        return;
    }
}

static void find_facts(facts *f, mu_easel *e) {
    const mu_scenery *scene = e->art.scene;
    if (e->hover.kind == MU_SUBJECT_ROOM && e->hover.index < scene->room_count) {
        add_room(f, e, e->hover.index);
    } else if (e->hover.kind == MU_SUBJECT_PORTAL && e->hover.index < scene->portal_count) {
        add_portal(f, e, e->hover.index);
    } else if (e->hover.kind == MU_SUBJECT_HOLE) {
        add_hole(f, e, e->hover.index);
    } else {
        add_mark(f, e);
    }
}

void mu_easel_draw_tip(mu_easel *e) {
    facts f = {.count = 0};
    const bool asks = e->tool == MU_TOOL_SELECT || e->tool == MU_TOOL_ROUND ||
                      e->tool == MU_TOOL_THING; /* the others would draw under it */
    if (!asks || e->dragging || e->point_count > 0 || !mu_box_has(e->camera.view, e->x, e->y) ||
        e->hover.kind == MU_SUBJECT_NOTHING) {
        return;
    }
    find_facts(&f, e);
    const double u = e->pen.unit;
    double w = 0;
    for (uint32_t k = 0; k < f.count; k++) {
        w = fmax(w, mu_pen_width(&e->pen, 12, k == 0, f.lines[k]));
    }
    if (f.count == 0) {
        return;
    }
    if (e->hover.kind == MU_SUBJECT_ROOM && e->tool == MU_TOOL_SELECT) {
        draw_way(e);
    }
    const mu_box view = e->camera.view;
    const double h = (10 + 17 * f.count) * u, right = (double)(view.x + view.width) - 6 * u;
    w += 18 * u;
    const double x = fmax(fmin(e->x + 14 * u, right - w), (double)view.x + 6 * u);
    const bool above = e->y + 18 * u + h > (double)(view.y + view.height) - 6 * u;
    const double y = above ? e->y - 12 * u - h : e->y + 18 * u;
    const mu_box box = {(float)x, (float)y, (float)w, (float)h};
    mu_draw_round_rect(e->pen.list, box, 5 * u, mu_fade(e->pen.theme->ink, 238));
    for (uint32_t k = 0; k < f.count; k++) {
        mu_pen_text(&e->pen, x + 9 * u, y + (18 + 17 * k) * u, MU_ALIGN_LEFT, 12, k == 0,
                    e->pen.theme->panel, f.lines[k]);
    }
}
