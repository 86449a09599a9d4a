/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holes, lifts, cameras, roads and rounds: what their tools show while one draws, and what they
 * make of it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/easel.h"
#include "render/i18n.h"

static const double HOLE_LEAST_M = 0.1, LOOK_LEAST_M = 1;
static const double RADIANS = 0.017453292519943295; /* a degree */

static mu_point low_of(mu_point a, mu_point b) {
    return (mu_point){fmin(a.x, b.x), fmin(a.y, b.y)};
}

static mu_point high_of(mu_point a, mu_point b) {
    return (mu_point){fmax(a.x, b.x), fmax(a.y, b.y)};
}

static void choose_new(mu_easel *e, const char *list, const char *id) {
    char pointer[200];
    (void)snprintf(pointer, sizeof pointer, "/%s/%s", list, id);
    mu_easel_choose(e, mu_project_subject(e->def.project, pointer), false);
}

/* --- making --- */

static void make_hole(mu_easel *e) {
    const mu_point low = low_of(e->press_at, e->cursor), high = high_of(e->press_at, e->cursor);
    const mu_point middle = {(low.x + high.x) / 2, (low.y + high.y) / 2};
    const mu_vec at = mu_easel_map(e, middle);
    const mu_subject room =
        mu_art_pick(&e->pen, &e->art, &e->camera, &e->quiet, 0, (double)at.x, (double)at.y);
    if (high.x - low.x < HOLE_LEAST_M || high.y - low.y < HOLE_LEAST_M) {
        return;
    }
    const mu_point ring[4] = {low, {high.x, low.y}, high, {low.x, high.y}};
    if (room.kind == MU_SUBJECT_ROOM && mu_project_add_hole(e->def.project, room.index, ring, 4)) {
        const mu_span rings = mu_project_scene(e->def.project)->rooms[room.index].rings;
        mu_easel_choose(e, (mu_subject){MU_SUBJECT_HOLE, rings.first + rings.count - 1}, false);
        mu_easel_say(e, false, "%s", _("Nobody walks there now"));
    } else {
        mu_easel_say(e, true, "%s", _("It has to lie in a room or on open ground"));
    }
}

static void make_lift(mu_easel *e) {
    char id[80];
    if (mu_project_add_lift(e->def.project, low_of(e->press_at, e->cursor),
                            high_of(e->press_at, e->cursor), e->lift_levels, id)) {
        choose_new(e, "spaces", id);
        const mu_scenery *scene = mu_project_scene(e->def.project);
        const uint32_t lift = e->chosen_count == 1 && e->chosen[0].kind == MU_SUBJECT_ROOM
                                  ? scene->rooms[e->chosen[0].index].lift
                                  : MU_NOWHERE;
        mu_easel_say(e, false, _("A lift for %u levels, with its doors"),
                     lift != MU_NOWHERE ? scene->lifts[lift].cars.count : 0);
    } else {
        mu_easel_say(e, true, "%s",
                     _("A shaft is at least 1.4 m long and borders rooms on two levels"));
    }
}

static void make_camera(mu_easel *e) {
    const double dx = e->cursor.x - e->press_at.x, dy = e->cursor.y - e->press_at.y;
    char id[80];
    if (hypot(dx, dy) < LOOK_LEAST_M) {
        return;
    }
    if (mu_project_add_camera(e->def.project, mu_easel_cameras[e->camera_kind].word, e->level,
                              e->press_at, atan2(dy, dx),
                              fmin(mu_easel_typed(&e->angle_edit, 60), 360) * RADIANS,
                              hypot(dx, dy), id)) {
        choose_new(e, "equipment", id);
        mu_easel_say(e, false, _("%s placed"), id);
    } else {
        mu_easel_say(e, true, "%s", _("It has to stand in a room or on open ground"));
    }
}

void mu_easel_make_shape(mu_easel *e) {
    switch (e->tool) {
    case MU_TOOL_HOLE:
        make_hole(e);
        break;
    case MU_TOOL_LIFT:
        make_lift(e);
        break;
    case MU_TOOL_CAMERA:
        make_camera(e);
        break;
    case MU_TOOL_SCALE:
        mu_easel_change_pictures(e);
        break;
    default: /* the others make nothing of a drag */
        break;
    }
}

void mu_easel_add_stop(mu_easel *e) {
    if (e->hover.kind != MU_SUBJECT_POST) {
        mu_easel_say(e, true, "%s", _("Rounds lead from post to post: click one"));
    } else if (e->stop_count < MU_EASEL_STOPS) {
        e->stops[e->stop_count++] = e->hover;
    }
}

static void finish_road(mu_easel *e) {
    const uint32_t count = e->point_count;
    char id[80];
    e->point_count = 0;
    if (mu_project_add_road(e->def.project, e->level, e->points, count,
                            mu_easel_typed(&e->lane_edit, 4), id)) {
        choose_new(e, "roads", id);
        mu_easel_say(e, false, _("%s drawn"), id);
    } else {
        mu_easel_say(e, true, "%s", _("A lane has two points or more and ends on open ground"));
    }
}

static void finish_round(mu_easel *e) {
    char id[80];
    if (mu_project_add_beat(e->def.project, e->stops, e->stop_count, id)) {
        uint32_t count;
        (void)mu_project_beats(e->def.project, &count);
        e->beat = count - 1;
        mu_easel_say(e, false, _("%s: a round of %u posts, in the people's file"), id,
                     e->stop_count);
    }
    e->stop_count = 0;
}

void mu_easel_finish_shape(mu_easel *e) {
    if (e->tool == MU_TOOL_ROAD && e->point_count > 0) {
        finish_road(e);
    } else if (e->tool == MU_TOOL_ROUND && e->stop_count > 0) {
        finish_round(e);
    }
}

/* --- what cameras see --- */

bool mu_easel_find_looks(mu_easel *e) {
    const mu_scenery *scene = e->art.scene;
    free(e->looks);
    free(e->look_counts);
    e->looks = calloc((size_t)scene->view_count + 1, sizeof *e->looks);
    e->look_counts = calloc((size_t)scene->view_count + 1, sizeof *e->look_counts);
    for (uint32_t k = 0; e->looks != NULL && e->look_counts != NULL && k < scene->view_count; k++) {
        const mu_scenery_view *view = &scene->views[k];
        const mu_scenery_mark *mark = &scene->marks[view->mark];
        if (view->wide > 0) {
            e->look_counts[k] =
                mu_scenery_look(scene, mark->level, mark->at, view->faces, view->wide,
                                view->reach_m, e->looks[k], MU_VIEW_POINTS);
        }
    }
    return e->looks != NULL && e->look_counts != NULL;
}

void mu_easel_draw_looks(const mu_easel *e, const mu_pen *pen) {
    const mu_scenery *scene = e->art.scene;
    for (uint32_t k = 0; k < scene->view_count; k++) {
        if (e->look_counts[k] > 2 && scene->marks[scene->views[k].mark].level == e->level) {
            mu_art_look(pen, &e->camera, &e->camera.sheets[0], e->looks[k], e->look_counts[k],
                        mu_fade(pen->theme->accent, 120));
        }
    }
}

/* Of the one that is pointed at or chosen: the spaces that it covers. */
static void draw_covered(const mu_easel *e, mu_subject subject) {
    const mu_scenery *scene = e->art.scene;
    for (uint32_t k = 0; k < scene->view_count; k++) {
        const mu_scenery_view *view = &scene->views[k];
        const mu_scenery_mark *mark = &scene->marks[view->mark];
        if (mark->subject.kind != subject.kind || mark->subject.index != subject.index) {
            continue;
        }
        for (uint32_t c = 0; c < view->covers.count; c++) {
            const mu_scenery_room *room = &scene->rooms[scene->refs[view->covers.first + c]];
            if (room->level == e->level) {
                mu_art_fill_room(&e->pen, &e->art, &e->camera, &e->camera.sheets[0], room,
                                 mu_fade(e->pen.theme->accent, 34));
            }
        }
    }
}

/* --- equipment by its name --- */

/* Pixels of the design a metre from which there is room for it. */
static const double NAMES_FROM = 22;

void mu_easel_draw_marks(const mu_easel *e, const mu_pen *pen) {
    const mu_scenery *scene = e->art.scene;
    if (e->camera.scale < NAMES_FROM * pen->unit) {
        return;
    }
    for (uint32_t m = 0; m < scene->mark_count; m++) {
        const mu_scenery_mark *mark = &scene->marks[m];
        const char *label = mu_easel_label_of(mark);
        const mu_vec at = mu_easel_map(e, mark->at);
        if (mark->level == e->level && mark->subject.kind == MU_SUBJECT_EQUIPMENT &&
            label != NULL && mu_box_has(e->camera.view, (double)at.x, (double)at.y)) {
            mu_draw_label(pen->list, (double)at.x,
                          (double)at.y + mu_art_mark_radius(pen, &e->camera) + 12 * pen->unit,
                          MU_ALIGN_MIDDLE, mu_pen_font(pen, 10.5, false), pen->theme->soft,
                          pen->theme->label_halo, label, strlen(label));
        }
    }
}

/* --- rounds --- */

static void draw_leg(const mu_easel *e, const mu_pen *pen, mu_point a, mu_point b, double width,
                     mu_colour colour) {
    const mu_vec p = mu_easel_map(e, a), q = mu_easel_map(e, b);
    const double dx = (double)q.x - (double)p.x, dy = (double)q.y - (double)p.y;
    const double length = hypot(dx, dy), r = 5 * pen->unit;
    mu_draw_segment(pen->list, colour, width * pen->unit, (double)p.x, (double)p.y, (double)q.x,
                    (double)q.y);
    mu_draw_dashed(pen->list, 5 * pen->unit, 5 * pen->unit);
    if (length > 6 * r) {
        const double ux = dx / length, uy = dy / length;
        const double x = (double)p.x + dx / 2, y = (double)p.y + dy / 2;
        const mu_vec head[3] = {
            {(float)(x + ux * r), (float)(y + uy * r)},
            {(float)(x - ux * r - uy * r * 0.8), (float)(y - uy * r + ux * r * 0.8)},
            {(float)(x - ux * r + uy * r * 0.8), (float)(y - uy * r - ux * r * 0.8)}};
        mu_draw_polygon(pen->list, colour, head, 3);
    }
}

/* Legs on this level; from the last post it goes on to the first. */
static void draw_beat(const mu_easel *e, const mu_pen *pen, const mu_beat *beat, double width,
                      mu_colour colour) {
    const mu_scenery *scene = e->art.scene;
    for (uint32_t k = 0; k < beat->count && beat->count > 1; k++) {
        const mu_scenery_mark *from = &scene->marks[beat->marks[k]];
        const mu_scenery_mark *to = &scene->marks[beat->marks[(k + 1) % beat->count]];
        if (from->level == e->level && to->level == e->level && (beat->count > 2 || k == 0)) {
            draw_leg(e, pen, from->at, to->at, width, colour);
        }
    }
}

void mu_easel_draw_beats(const mu_easel *e, const mu_pen *pen) {
    uint32_t count;
    const mu_beat *beats = mu_project_beats(e->def.project, &count);
    for (uint32_t k = 0; k < count; k++) {
        draw_beat(e, pen, &beats[k], 1.3, mu_fade(pen->theme->post_ink, 120));
    }
}

static void draw_stop_numbers(const mu_easel *e, const mu_beat *beat) {
    const mu_scenery *scene = e->art.scene;
    for (uint32_t k = 0; k < beat->count; k++) {
        const mu_scenery_mark *mark = &scene->marks[beat->marks[k]];
        char text[12];
        (void)snprintf(text, sizeof text, "%u", k + 1);
        if (mark->level == e->level) {
            mu_easel_label_at(e, mark->at, 12, text);
        }
    }
}

static void draw_round_tool(const mu_easel *e) {
    uint32_t count;
    const mu_beat *beats = mu_project_beats(e->def.project, &count);
    if (e->beat < count) {
        draw_beat(e, &e->pen, &beats[e->beat], 2.4, e->pen.theme->accent);
        draw_stop_numbers(e, &beats[e->beat]);
    }
    const mu_scenery *scene = e->art.scene;
    mu_point last = {0, 0};
    bool any = false;
    for (uint32_t k = 0; k < e->stop_count; k++) {
        for (uint32_t m = 0; m < scene->mark_count; m++) {
            const mu_scenery_mark *mark = &scene->marks[m];
            if (mark->subject.kind != e->stops[k].kind ||
                mark->subject.index != e->stops[k].index) {
                continue;
            }
            if (any) {
                draw_leg(e, &e->pen, last, mark->at, 2.4, e->pen.theme->accent);
            }
            char text[12];
            (void)snprintf(text, sizeof text, "%u", k + 1);
            mu_easel_label_at(e, mark->at, 12, text);
            last = mark->at;
            any = true;
        }
    }
    if (any) {
        draw_leg(e, &e->pen, last, e->cursor, 1.6, mu_fade(e->pen.theme->accent, 150));
    }
}

/* --- while one draws --- */

static void draw_rectangle(const mu_easel *e) {
    const mu_vec p = mu_easel_map(e, e->press_at), q = mu_easel_map(e, e->cursor);
    const mu_box box = {fminf(p.x, q.x), fminf(p.y, q.y), fabsf(q.x - p.x), fabsf(q.y - p.y)};
    mu_draw_rect(e->pen.list, box,
                 mu_fade(e->pen.theme->accent, e->tool == MU_TOOL_HOLE ? 110 : 40));
    mu_draw_frame(e->pen.list, box, 2 * e->pen.unit, e->pen.theme->accent);
    mu_easel_length(e, e->press_at, (mu_point){e->cursor.x, e->press_at.y});
    mu_easel_length(e, (mu_point){e->cursor.x, e->press_at.y}, e->cursor);
}

static void draw_camera(const mu_easel *e) {
    const double dx = e->cursor.x - e->press_at.x, dy = e->cursor.y - e->press_at.y;
    const double reach = hypot(dx, dy), wide = fmin(mu_easel_typed(&e->angle_edit, 60), 360);
    mu_point ring[MU_VIEW_POINTS];
    if (reach > 0.2) {
        const uint32_t count = mu_scenery_look(e->art.scene, e->level, e->press_at, atan2(dy, dx),
                                               wide * RADIANS, reach, ring, MU_VIEW_POINTS);
        mu_art_look(&e->pen, &e->camera, &e->camera.sheets[0], ring, count,
                    mu_fade(e->pen.theme->accent, 200));
        char text[60];
        (void)snprintf(text, sizeof text, "%.0f° · %.1f m", wide, reach);
        mu_easel_label_at(e, e->cursor, 14, text);
    }
}

static void draw_road(const mu_easel *e) {
    mu_point points[MU_RING_MOST + 1];
    memcpy(points, e->points, e->point_count * sizeof *points);
    points[e->point_count] = e->cursor;
    mu_art_strip(&e->pen, &e->camera, &e->camera.sheets[0], points, e->point_count + 1,
                 mu_easel_typed(&e->lane_edit, 4));
    mu_easel_length(e, e->points[e->point_count - 1], e->cursor);
}

void mu_easel_draw_shapes(const mu_easel *e) {
    if (e->tool == MU_TOOL_SELECT && !e->dragging) {
        draw_covered(e, e->hover);
    }
    if (e->chosen_count == 1) {
        draw_covered(e, e->chosen[0]);
    }
    if ((e->tool == MU_TOOL_HOLE || e->tool == MU_TOOL_LIFT) && e->dragging) {
        draw_rectangle(e);
    } else if (e->tool == MU_TOOL_CAMERA && e->dragging) {
        draw_camera(e);
    } else if (e->tool == MU_TOOL_ROAD && e->point_count > 0) {
        draw_road(e);
    } else if (e->tool == MU_TOOL_ROUND) {
        draw_round_tool(e);
    }
}
