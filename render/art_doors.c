/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Portals. A door is a gap in the wall with its leaf: swung open with the arc of its swing where
 * one can walk, across the gap where one cannot. Stairs show their treads from foot to head. */
#include <math.h>

#include "render/art.h"

typedef struct opening {
    mu_vec a, b;   /* ends, in pixels */
    double ux, uy; /* along */
    double length; /* pixels */
    double x, y;   /* the middle */
} opening;

static opening opening_between(mu_vec a, mu_vec b) {
    opening o = {
        .a = a, .b = b, .x = ((double)a.x + (double)b.x) / 2, .y = ((double)a.y + (double)b.y) / 2};
    const double dx = (double)b.x - (double)a.x, dy = (double)b.y - (double)a.y;
    o.length = sqrt(dx * dx + dy * dy);
    o.ux = o.length > 0 ? dx / o.length : 1;
    o.uy = o.length > 0 ? dy / o.length : 0;
    return o;
}

static opening opening_of(const mu_camera *camera, const mu_sheet *sheet, const mu_point line[2]) {
    return opening_between(mu_camera_map(camera, sheet, line[0]),
                           mu_camera_map(camera, sheet, line[1]));
}

static void bar(const mu_pen *pen, const opening *o, mu_colour colour, double width) {
    mu_draw_segment(pen->list, colour, width, o->a.x, o->a.y, o->b.x, o->b.y);
}

/* One leaf hinged at (x, y), swung a quarter of a turn from along (ux, uy). */
static void leaf(const mu_pen *pen, double x, double y, double ux, double uy, double length,
                 double side, mu_colour colour) {
    enum { STEPS = 6 };
    const double nx = -uy * side, ny = ux * side;
    mu_draw_segment(pen->list, colour, 1.3 * pen->unit, x, y, x + nx * length, y + ny * length);
    mu_draw_path(pen->list, mu_fade(colour, 120), 0.8 * pen->unit, false);
    for (int i = 0; i <= STEPS; i++) {
        const double angle = 1.5707963267948966 * i / STEPS;
        mu_draw_point(pen->list, x + length * (ux * cos(angle) + nx * sin(angle)),
                      y + length * (uy * cos(angle) + ny * sin(angle)));
    }
}

static void open_leaves(const mu_pen *pen, const opening *o, double metres, mu_colour colour) {
    if (metres <= 1.3) {
        leaf(pen, o->a.x, o->a.y, o->ux, o->uy, o->length, 1, colour);
    } else {
        leaf(pen, o->a.x, o->a.y, o->ux, o->uy, o->length / 2, 1, colour);
        leaf(pen, o->b.x, o->b.y, -o->ux, -o->uy, o->length / 2, -1, colour);
    }
}

/* Across the gap, with a cross-bar at either end, so that it is told from an open door by shape. */
static void shut_leaf(const mu_pen *pen, const opening *o, mu_colour colour, double dash) {
    const double w = 3.4 * pen->unit, tick = 4.5 * pen->unit;
    bar(pen, o, colour, w);
    if (dash > 0) {
        mu_draw_dashed(pen->list, dash, dash * 0.6);
    }
    const mu_vec ends[2] = {o->a, o->b};
    for (int i = 0; i < 2; i++) {
        mu_draw_segment(pen->list, colour, 1.6 * pen->unit, (double)ends[i].x - o->uy * tick,
                        (double)ends[i].y + o->ux * tick, (double)ends[i].x + o->uy * tick,
                        (double)ends[i].y - o->ux * tick);
    }
}

/* Points the way `out` on the plan; without one, to the left of the line. */
static void arrow(const mu_pen *pen, const opening *o, mu_point out, mu_colour colour) {
    const double x = o->x, y = o->y;
    const bool back = o->ux * -out.y - o->uy * out.x < 0;
    const double s = 5 * pen->unit, ahead = back ? -1.4 * s : 1.4 * s;
    const mu_vec tip[3] = {{(float)(x - o->uy * ahead), (float)(y + o->ux * ahead)},
                           {(float)(x + o->ux * s), (float)(y + o->uy * s)},
                           {(float)(x - o->ux * s), (float)(y - o->uy * s)}};
    mu_draw_polygon(pen->list, colour, tip, 3);
}

/* A bar in the colour of walls, with a padlock on it. */
static void locked_leaf(const mu_pen *pen, const opening *o) {
    const mu_theme *t = pen->theme;
    const double x = o->x, y = o->y;
    const double s = 3.2 * pen->unit;
    bar(pen, o, t->shut, 2 * pen->unit);
    mu_draw_circle(pen->list, x, y - s, s * 0.75, 1.2 * pen->unit, t->wall);
    const mu_box body = {(float)(x - s * 1.2), (float)(y - s * 0.7), (float)(2.4 * s),
                         (float)(2 * s)};
    mu_draw_rect(pen->list, body, t->wall);
    mu_draw_disc(pen->list, x, y + s * 0.2, s * 0.4, t->panel);
}

/* Nobody passes it any more: a cross over the gap. */
static void lost_leaf(const mu_pen *pen, const opening *o) {
    const double x = o->x, y = o->y;
    const double s = 4.5 * pen->unit;
    for (int i = 0; i < 2; i++) {
        const mu_colour colour = i == 0 ? pen->theme->panel : pen->theme->item;
        const double width = (i == 0 ? 4.2 : 2.2) * pen->unit;
        mu_draw_segment(pen->list, colour, width, x - s, y - s, x + s, y + s);
        mu_draw_segment(pen->list, colour, width, x - s, y + s, x + s, y - s);
    }
}

/* Draws what bars the door for good; false: nothing does. */
static bool barred_leaf(const mu_pen *pen, const opening *o, const mu_frame_portal *now) {
    if (now->lost != 0) {
        lost_leaf(pen, o);
        return true;
    }
    if (now->state == MU_DOOR_LOCKED) {
        locked_leaf(pen, o);
        return true;
    }
    return false;
}

void mu_symbol_door(const mu_pen *pen, mu_vec a, mu_vec b, const mu_frame_portal *now) {
    const opening o = opening_between(a, b);
    if (!barred_leaf(pen, &o, now)) {
        arrow(pen, &o, now->out, pen->theme->exit);
    }
}

static void draw_door(const mu_pen *pen, const mu_camera *camera, const mu_sheet *sheet,
                      const mu_scenery_portal *portal, const mu_frame_portal *now) {
    const mu_theme *t = pen->theme;
    const opening o = opening_of(camera, sheet, portal->line);
    const double wall = fmin(fmax(0.22 * camera->scale, 1.4 * pen->unit), 9 * pen->unit);
    const bool exit = portal->look == MU_PORTAL_LOOK_EXIT;
    const bool gate = portal->look == MU_PORTAL_LOOK_GATE;
    bar(pen, &o,
        portal->outdoors != 0 ? t->ground
        : exit                ? t->way
                              : t->room,
        wall + 1.4 * pen->unit);
    if (barred_leaf(pen, &o, now)) {
        return;
    }
    if (portal->look == MU_PORTAL_LOOK_LIFT) {
        if (now->state != MU_DOOR_OPEN) {
            bar(pen, &o, t->leaf, 1.6 * pen->unit);
        }
        return;
    }
    if (now->state == MU_DOOR_SHUT || now->state == MU_DOOR_WAIT) {
        shut_leaf(pen, &o, t->shut, now->state == MU_DOOR_WAIT ? 4 * pen->unit : 0);
        return;
    }
    if (exit) {
        bar(pen, &o, t->exit, fmax(2.4 * pen->unit, wall * 0.55));
    }
    const double metres = o.length / camera->scale;
    if (portal->look == MU_PORTAL_LOOK_DOOR && camera->scale > 9 * pen->unit) {
        open_leaves(pen, &o, metres, t->leaf);
    } else if (portal->look == MU_PORTAL_LOOK_DOOR) {
        bar(pen, &o, mu_fade(t->leaf, 150), pen->unit);
    } else if (gate) {
        bar(pen, &o, t->road, 1.5 * pen->unit);
        mu_draw_dashed(pen->list, 4 * pen->unit, 3 * pen->unit);
    }
    if (now->locked == 1) {
        bar(pen, &o, t->wall, 2 * pen->unit);
    }
    if (now->state == MU_DOOR_ONE_WAY) {
        arrow(pen, &o, now->out, t->exit);
    }
    if (now->moving != 0) {
        shut_leaf(pen, &o, mu_fade(t->shut, 150), 2.5 * pen->unit);
    }
}

static void tread(const mu_pen *pen, const mu_vec foot[2], const mu_vec head[2], double at,
                  mu_colour colour, double width) {
    mu_draw_segment(pen->list, colour, width,
                    (double)foot[0].x + at * ((double)head[0].x - (double)foot[0].x),
                    (double)foot[0].y + at * ((double)head[0].y - (double)foot[0].y),
                    (double)foot[1].x + at * ((double)head[1].x - (double)foot[1].x),
                    (double)foot[1].y + at * ((double)head[1].y - (double)foot[1].y));
}

static double between(mu_vec a, mu_vec b) {
    return hypot((double)a.x - (double)b.x, (double)a.y - (double)b.y);
}

/* The flight in full, with an arrow that points up; fainter on the lower level, where it passes
 * overhead. */
static void draw_flight(const mu_pen *pen, const mu_camera *camera, const mu_sheet *sheet,
                        const mu_scenery_portal *portal, bool lower) {
    mu_vec foot[2], head[2];
    for (int i = 0; i < 2; i++) {
        foot[i] = mu_camera_map(camera, sheet, portal->line[i]);
        head[i] = mu_camera_map(camera, sheet, portal->upper[i]);
    }
    if (between(foot[0], head[1]) + between(foot[1], head[0]) <
        between(foot[0], head[0]) + between(foot[1], head[1])) {
        const mu_vec swap = head[0];
        head[0] = head[1];
        head[1] = swap;
    }
    const mu_colour colour = mu_fade(pen->theme->leaf, lower ? 90 : 170);
    const mu_vec low = {(foot[0].x + foot[1].x) / 2, (foot[0].y + foot[1].y) / 2};
    const mu_vec high = {(head[0].x + head[1].x) / 2, (head[0].y + head[1].y) / 2};
    const double run = between(low, high);
    const int steps = (int)fmin(fmax(run / fmax(0.3 * camera->scale, 3.5 * pen->unit), 1), 60);
    for (int i = 0; i <= steps; i++) {
        tread(pen, foot, head, (double)i / steps, colour, 0.9 * pen->unit);
    }
    mu_draw_segment(pen->list, colour, 0.9 * pen->unit, foot[0].x, foot[0].y, head[0].x, head[0].y);
    mu_draw_segment(pen->list, colour, 0.9 * pen->unit, foot[1].x, foot[1].y, head[1].x, head[1].y);
    if (run > 14 * pen->unit) {
        const double ux = ((double)high.x - (double)low.x) / run;
        const double uy = ((double)high.y - (double)low.y) / run, s = 4 * pen->unit;
        const mu_colour ink = mu_fade(pen->theme->road, lower ? 140 : 230);
        mu_draw_segment(pen->list, ink, 1.2 * pen->unit, low.x, low.y, high.x, high.y);
        const mu_vec tip[3] = {high,
                               {(float)((double)high.x - ux * s * 2 - uy * s),
                                (float)((double)high.y - uy * s * 2 + ux * s)},
                               {(float)((double)high.x - ux * s * 2 + uy * s),
                                (float)((double)high.y - uy * s * 2 - ux * s)}};
        mu_draw_polygon(pen->list, ink, tip, 3);
    }
}

static void draw_stairs(const mu_pen *pen, const mu_art *art, const mu_camera *camera) {
    for (uint32_t p = 0; p < art->scene->portal_count; p++) {
        const mu_scenery_portal *portal = &art->scene->portals[p];
        if (portal->look != MU_PORTAL_LOOK_STAIR) {
            continue;
        }
        const mu_sheet *lower = mu_camera_shows(camera, portal->level, portal->line[0]);
        const mu_sheet *upper = mu_camera_shows(camera, portal->upper_level, portal->upper[0]);
        if (lower != NULL) {
            draw_flight(pen, camera, lower, portal, true);
        }
        if (upper != NULL && upper != lower) {
            draw_flight(pen, camera, upper, portal, false);
        }
    }
}

void mu_art_doors(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                  const mu_frame *frame) {
    draw_stairs(pen, art, camera);
    for (uint32_t p = 0; p < art->scene->portal_count; p++) {
        const mu_scenery_portal *portal = &art->scene->portals[p];
        const mu_sheet *sheet = mu_camera_shows(camera, portal->level, portal->line[0]);
        if (sheet == NULL || mu_camera_shows(camera, portal->level, portal->line[1]) == NULL ||
            portal->look == MU_PORTAL_LOOK_STAIR || portal->look == MU_PORTAL_LOOK_RIDE) {
            continue;
        }
        if (portal->look == MU_PORTAL_LOOK_EDGE) {
            const opening o = opening_of(camera, sheet, portal->line);
            const bool shut = frame->portals[p].state == MU_DOOR_SHUT;
            bar(pen, &o, shut ? pen->theme->shut : pen->theme->leaf, 2 * pen->unit);
            mu_draw_dashed(pen->list, 5 * pen->unit, 4 * pen->unit);
        } else {
            draw_door(pen, camera, sheet, portal, &frame->portals[p]);
        }
    }
}
