/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The point that people mean: a corner that is near, else on the line through one, else on a grid
 * as fine as one can see. */
#include <math.h>

#include "render/easel.h"

static const double CORNER_PX = 9, LINE_PX = 6;

typedef struct snap {
    double best_corner, best_x, best_y; /* pixels */
    mu_point corner, line;
} snap;

static void offer(snap *s, const mu_easel *e, mu_point p, mu_point at) {
    const double dx = fabs(p.x - at.x) * e->camera.scale, dy = fabs(p.y - at.y) * e->camera.scale;
    if (hypot(dx, dy) < s->best_corner) {
        s->best_corner = hypot(dx, dy);
        s->corner = p;
    }
    if (dx < s->best_x) {
        s->best_x = dx;
        s->line.x = p.x;
    }
    if (dy < s->best_y) {
        s->best_y = dy;
        s->line.y = p.y;
    }
}

static bool is_in_view(const mu_easel *e, const mu_scenery_room *room) {
    const mu_vec a = mu_easel_map(e, room->low), b = mu_easel_map(e, room->high);
    const mu_box v = e->camera.view;
    return b.x >= v.x && a.x <= v.x + v.width && a.y >= v.y && b.y <= v.y + v.height;
}

static void offer_rooms(snap *s, const mu_easel *e, mu_point at) {
    const mu_scenery *scene = e->art.scene;
    for (uint32_t r = 0; scene != NULL && r < scene->room_count; r++) {
        const mu_scenery_room *room = &scene->rooms[r];
        const bool below = room->level + 1 == e->level;
        const bool own = e->moving && mu_easel_is_chosen(e, (mu_subject){MU_SUBJECT_ROOM, r});
        if ((room->level != e->level && !below) || own || !is_in_view(e, room)) {
            continue;
        }
        for (uint32_t k = 0; k < room->rings.count; k++) {
            const mu_span ring = scene->rings[room->rings.first + k];
            for (uint32_t i = 0; i < ring.count; i++) {
                offer(s, e, scene->points[ring.first + i], at);
            }
        }
    }
}

static double on_grid(const mu_easel *e, double value) {
    const double step = e->camera.scale > 40 ? 0.05 : e->camera.scale > 8 ? 0.1 : 0.5;
    return round(value / step) * step;
}

void mu_easel_snap(mu_easel *e) {
    const mu_point at = mu_easel_unmap(e, e->x, e->y);
    snap s = {CORNER_PX * e->pen.unit, LINE_PX * e->pen.unit, LINE_PX * e->pen.unit, at, at};
    e->snapped_x = e->snapped_y = false;
    e->cursor = (mu_point){on_grid(e, at.x), on_grid(e, at.y)};
    if (e->tool == MU_TOOL_SCALE) { /* of a picture, which has no corners */
        e->cursor = at;
        return;
    }
    if (e->tool == MU_TOOL_CAMERA && e->pressed) { /* the end of a look is nowhere in particular */
        return;
    }
    const bool aims = e->gripping && e->grips[e->grip].kind >= MU_GRIP_AIM;
    const bool draws =
        e->tool == MU_TOOL_ROOM || e->tool == MU_TOOL_OUTLINE || e->tool == MU_TOOL_HOLE ||
        e->tool == MU_TOOL_LIFT || e->tool == MU_TOOL_ROAD || e->tool == MU_TOOL_CAMERA ||
        e->tool == MU_TOOL_STAIR || e->tool == MU_TOOL_MEASURE || (e->gripping && !aims);
    if (!draws) {
        return;
    }
    offer_rooms(&s, e, at);
    for (uint32_t i = 0; i < e->point_count; i++) {
        offer(&s, e, e->points[i], at);
    }
    if (s.best_corner < CORNER_PX * e->pen.unit) {
        e->cursor = s.corner;
        return;
    }
    e->snapped_x = s.best_x < LINE_PX * e->pen.unit;
    e->snapped_y = s.best_y < LINE_PX * e->pen.unit;
    e->guide = s.line;
    e->cursor.x = e->snapped_x ? s.line.x : e->cursor.x;
    e->cursor.y = e->snapped_y ? s.line.y : e->cursor.y;
}
