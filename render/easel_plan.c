/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan: below, what only changes when the site does; over it, what is chosen, what is being
 * drawn and what was tried. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/easel.h"
#include "render/i18n.h"

/* --- the camera --- */

mu_vec mu_easel_map(const mu_easel *e, mu_point at) {
    return mu_camera_map(&e->camera, &e->camera.sheets[0], at);
}

mu_point mu_easel_unmap(const mu_easel *e, double x, double y) {
    uint32_t level;
    mu_point at = {0, 0};
    (void)mu_camera_at(&e->camera, x, y, &level, &at);
    return at;
}

void mu_easel_look_at(mu_easel *e, uint32_t level, mu_point at) {
    e->level = level;
    mu_easel_lay(e, false);
    e->camera.x = at.x;
    e->camera.y = at.y;
}

/* One sheet whose metres are those of the site, so that nothing jumps when the site grows. */
void mu_easel_lay(mu_easel *e, bool fit) {
    e->hover = (mu_subject){MU_SUBJECT_NOTHING, 0}; /* another level may be shown */
    const mu_scenery *scene = mu_project_scene(e->def.project);
    mu_point low = {0, 0}, high = {40, 25};
    for (uint32_t l = 0, first = 1; l < scene->level_count; l++) {
        const mu_scenery_level *level = &scene->levels[l];
        if (level->low.x < level->high.x) {
            low = first ? level->low
                        : (mu_point){fmin(low.x, level->low.x), fmin(low.y, level->low.y)};
            high = first ? level->high
                         : (mu_point){fmax(high.x, level->high.x), fmax(high.y, level->high.y)};
            first = 0;
        }
    }
    if (scene->room_count == 0) {
        mu_easel_picture_extent(e, &low, &high);
    }
    e->camera.sheet_count = 1;
    e->camera.sheets[0] = (mu_sheet){.level = e->level, .low = low, .high = high};
    e->camera.view = mu_easel_plan_box(e);
    if (fit || !e->laid) {
        mu_camera_fit(&e->camera);
        e->laid = true;
    }
}

/* --- what lies below --- */

static bool renew_art(mu_easel *e) {
    const mu_scenery *scene = mu_project_scene(e->def.project);
    const uint64_t version = mu_project_version(e->def.project) + 1;
    if (e->art_version == version && e->art.scene == scene) {
        return true;
    }
    free(e->quiet_room);
    const size_t portals = (size_t)scene->portal_count + 1, marks = (size_t)scene->mark_count + 1;
    e->quiet_room = calloc(portals + marks, sizeof(mu_frame_portal) + sizeof(uint32_t));
    e->quiet = (mu_frame){0};
    if (e->quiet_room == NULL || !mu_art_renew(&e->art, scene) || !mu_easel_find_looks(e)) {
        return false;
    }
    e->quiet.portals = e->quiet_room;
    e->quiet.manned = (const void *)((const mu_frame_portal *)e->quiet_room + portals);
    e->art_version = version;
    e->level = e->level < scene->level_count ? e->level : 0;
    mu_easel_lay(e, false);
    return true;
}

/* Rooms that are coloured by what came of a try. */
static const mu_preview_room *heated(const mu_easel *e) {
    return e->preview != NULL && e->outcome == NULL ? e->preview->rooms : NULL;
}

static bool is_same_under(const mu_easel *e) {
    return e->under_of == e->art_version && e->under_level == e->level &&
           e->under_dark == e->def.dark && e->under_heat == e->heat &&
           e->under_rooms == heated(e) &&
           memcmp(&e->under_camera, &e->camera, sizeof e->camera) == 0 &&
           strcmp(e->under_language, e->pen.language) == 0 && e->under.count > 0;
}

static void keep_under(mu_easel *e) {
    e->under_of = e->art_version;
    e->under_level = e->level;
    e->under_dark = e->def.dark;
    e->under_heat = e->heat;
    e->under_rooms = heated(e);
    memcpy(&e->under_camera, &e->camera, sizeof e->camera); /* with what lies between members */
    (void)snprintf(e->under_language, sizeof e->under_language, "%s", e->pen.language);
    e->under_version++;
}

/* A grid of metres, as fine as there is room for. */
static void draw_grid(const mu_pen *pen, const mu_easel *e) {
    const double steps[] = {1, 5, 10, 50, 100};
    double step = 100;
    for (size_t k = sizeof steps / sizeof steps[0]; k-- > 0;) {
        step = steps[k] * e->camera.scale >= 14 * pen->unit ? steps[k] : step;
    }
    const mu_box view = e->camera.view;
    const mu_point a = mu_easel_unmap(e, (double)view.x, (double)(view.y + view.height));
    const mu_point b = mu_easel_unmap(e, (double)(view.x + view.width), (double)view.y);
    const mu_colour colour = mu_fade(pen->theme->line, 120);
    for (double x = ceil(a.x / step) * step; x < b.x; x += step) {
        const mu_vec p = mu_easel_map(e, (mu_point){x, 0});
        mu_draw_rect(pen->list, (mu_box){p.x, view.y, 1, view.height}, colour);
    }
    for (double y = ceil(a.y / step) * step; y < b.y; y += step) {
        const mu_vec p = mu_easel_map(e, (mu_point){0, y});
        mu_draw_rect(pen->list, (mu_box){view.x, p.y, view.width, 1}, colour);
    }
}

/* The level below, as lines that show through. */
static void draw_below(const mu_pen *pen, const mu_easel *e) {
    if (e->level == 0) {
        return;
    }
    const mu_scenery *scene = e->art.scene;
    for (uint32_t r = 0; r < scene->room_count; r++) {
        const mu_scenery_room *room = &scene->rooms[r];
        if (room->level != e->level - 1) {
            continue;
        }
        const mu_span ring = scene->rings[room->rings.first];
        mu_draw_path(pen->list, mu_fade(pen->theme->soft, 90), 1.2 * pen->unit, true);
        for (uint32_t i = 0; i < ring.count; i++) {
            const mu_vec p = mu_easel_map(e, scene->points[ring.first + i]);
            mu_draw_point(pen->list, (double)p.x, (double)p.y);
        }
    }
}

static void draw_under(mu_easel *e) {
    mu_pen pen = e->pen;
    pen.list = &e->under;
    mu_draw_clear(&e->under);
    mu_draw_clip(&e->under, e->camera.view);
    draw_grid(&pen, e);
    draw_below(&pen, e);
    pen.theme = &e->tracing;
    mu_art_under(&pen, &e->art, &e->camera, 0);
    pen.theme = e->pen.theme;
    mu_easel_draw_heat(e, &pen);
    mu_art_strips(&pen, &e->art, &e->camera);
    mu_art_shafts(&pen, &e->art, &e->camera);
    mu_easel_draw_looks(e, &pen);
    mu_art_labels(&pen, &e->art, &e->camera, true);
    mu_art_doors(&pen, &e->art, &e->camera, &e->quiet);
    mu_easel_draw_beats(e, &pen);
    mu_art_marks(&pen, &e->art, &e->camera, &e->quiet, MU_LAYER_CORDON | MU_LAYER_EQUIPMENT);
    mu_easel_draw_marks(e, &pen);
}

/* --- over it --- */

void mu_easel_outline(const mu_easel *e, const mu_point *points, uint32_t count, bool closed,
                      mu_point by, mu_colour colour, double width) {
    mu_draw_path(e->pen.list, colour, width, closed);
    for (uint32_t i = 0; i < count; i++) {
        const mu_vec at = mu_easel_map(e, (mu_point){points[i].x + by.x, points[i].y + by.y});
        mu_draw_point(e->pen.list, (double)at.x, (double)at.y);
    }
}

static void outline(const mu_easel *e, mu_span ring, mu_point by, mu_colour colour, double width) {
    mu_easel_outline(e, e->art.scene->points + ring.first, ring.count, true, by, colour, width);
}

static void segment(const mu_easel *e, mu_point a, mu_point b, mu_colour colour, double width) {
    const mu_vec p = mu_easel_map(e, a), q = mu_easel_map(e, b);
    mu_draw_segment(e->pen.list, colour, width * e->pen.unit, (double)p.x, (double)p.y, (double)q.x,
                    (double)q.y);
}

/* A door that is moved keeps to walls. */
static void draw_slide(const mu_easel *e, const mu_scenery_portal *portal, mu_point by,
                       mu_colour colour) {
    const mu_point *l = portal->line;
    const mu_door_place place =
        mu_project_find_door(e->def.project, e->level,
                             (mu_point){(l[0].x + l[1].x) / 2 + by.x, (l[0].y + l[1].y) / 2 + by.y},
                             hypot(l[1].x - l[0].x, l[1].y - l[0].y));
    if (place.found) {
        segment(e, place.line[0], place.line[1], colour, 6);
    }
}

static void mark_subject(const mu_easel *e, mu_subject subject, mu_colour colour) {
    const mu_scenery *scene = e->art.scene;
    const mu_point still = {0, 0};
    const mu_point by =
        e->moving ? (mu_point){e->cursor.x - e->press_at.x, e->cursor.y - e->press_at.y} : still;
    if (subject.kind == MU_SUBJECT_ROOM && subject.index < scene->room_count) {
        const mu_scenery_room *room = &scene->rooms[subject.index];
        if (room->level == e->level) {
            outline(e, scene->rings[room->rings.first], by, colour, 2.5 * e->pen.unit);
        }
        return;
    }
    if (subject.kind == MU_SUBJECT_HOLE) {
        outline(e, scene->rings[subject.index], by, colour, 2.5 * e->pen.unit);
        return;
    }
    if (subject.kind == MU_SUBJECT_PORTAL && subject.index < scene->portal_count) {
        const mu_scenery_portal *portal = &scene->portals[subject.index];
        if (e->moving && e->chosen_count == 1 && portal->level == portal->upper_level) {
            draw_slide(e, portal, by, colour);
            return;
        }
        for (int end = 0; end < 2; end++) {
            const mu_point *line = end == 0 ? portal->line : portal->upper;
            if ((end == 0 ? portal->level : portal->upper_level) == e->level) {
                segment(e, (mu_point){line[0].x + by.x, line[0].y + by.y},
                        (mu_point){line[1].x + by.x, line[1].y + by.y}, colour, 5);
            }
        }
        return;
    }
    for (uint32_t m = 0; m < scene->mark_count; m++) {
        const mu_scenery_mark *mark = &scene->marks[m];
        if (mark->subject.kind == subject.kind && mark->subject.index == subject.index &&
            mark->level == e->level) {
            const mu_vec p = mu_easel_map(e, (mu_point){mark->at.x + by.x, mark->at.y + by.y});
            mu_draw_circle(e->pen.list, (double)p.x, (double)p.y,
                           mu_art_mark_radius(&e->pen, &e->camera) * 1.35, 2.5 * e->pen.unit,
                           colour);
        }
    }
}

void mu_easel_label_at(const mu_easel *e, mu_point at, double up, const char *text) {
    const mu_vec p = mu_easel_map(e, at);
    mu_draw_label(e->pen.list, (double)p.x, (double)p.y - up * e->pen.unit, MU_ALIGN_MIDDLE,
                  mu_pen_font(&e->pen, 12, true), e->pen.theme->accent, e->pen.theme->panel, text,
                  strlen(text));
}

void mu_easel_length(const mu_easel *e, mu_point a, mu_point b) {
    char text[40];
    (void)snprintf(text, sizeof text, "%.2f m", hypot(b.x - a.x, b.y - a.y));
    mu_easel_label_at(e, (mu_point){(a.x + b.x) / 2, (a.y + b.y) / 2}, 6, text);
}

/* Lines through corners that the cursor keeps to. */
static void draw_guides(const mu_easel *e) {
    const mu_colour colour = mu_fade(e->pen.theme->accent, 130);
    const mu_box view = e->camera.view;
    const mu_vec p = mu_easel_map(e, e->guide);
    if (e->snapped_x) {
        mu_draw_rect(e->pen.list, (mu_box){p.x, view.y, 1, view.height}, colour);
    }
    if (e->snapped_y) {
        mu_draw_rect(e->pen.list, (mu_box){view.x, p.y, view.width, 1}, colour);
    }
}

static void draw_rectangle(const mu_easel *e, mu_point a, mu_point b, mu_colour fill) {
    const mu_vec p = mu_easel_map(e, a), q = mu_easel_map(e, b);
    const mu_box box = {fminf(p.x, q.x), fminf(p.y, q.y), fabsf(q.x - p.x), fabsf(q.y - p.y)};
    mu_draw_rect(e->pen.list, box, fill);
    mu_draw_frame(e->pen.list, box, 2 * e->pen.unit, e->pen.theme->accent);
}

static void draw_new(const mu_easel *e) {
    const mu_theme *t = e->pen.theme;
    if ((e->tool == MU_TOOL_ROOM && e->dragging) || e->framing) {
        draw_rectangle(e, e->press_at, e->cursor, mu_fade(t->accent, 40));
        if (!e->framing) {
            mu_easel_length(e, e->press_at, (mu_point){e->cursor.x, e->press_at.y});
            mu_easel_length(e, (mu_point){e->cursor.x, e->press_at.y}, e->cursor);
        }
    }
    for (uint32_t i = 0; i < e->point_count; i++) {
        const mu_vec p = mu_easel_map(e, e->points[i]);
        const bool pairs = e->tool == MU_TOOL_STAIR && i % 2 == 1;
        if (i > 0 && (e->tool != MU_TOOL_STAIR || pairs)) {
            segment(e, e->points[i - 1], e->points[i], t->accent, 2);
        }
        mu_draw_disc(e->pen.list, (double)p.x, (double)p.y, 4 * e->pen.unit, t->accent);
    }
    const bool open_end =
        e->point_count > 0 &&
        (e->tool == MU_TOOL_OUTLINE || (e->tool == MU_TOOL_STAIR && e->point_count % 2 == 1) ||
         (e->tool == MU_TOOL_SCALE && e->point_count == 1));
    if (open_end) {
        segment(e, e->points[e->point_count - 1], e->cursor, mu_fade(t->accent, 150), 2);
        mu_easel_length(e, e->points[e->point_count - 1], e->cursor);
    }
    if (e->tool == MU_TOOL_MEASURE && e->dragging) {
        segment(e, e->press_at, e->cursor, t->accent, 2);
        mu_easel_length(e, e->press_at, e->cursor);
    }
    if (e->tool == MU_TOOL_DOOR && e->door_place.found) {
        segment(e, e->door_place.line[0], e->door_place.line[1], t->exit, 6);
    }
}

/* Where people waited: a disc at each door, as large as the wait of all together. */
static void draw_queues(const mu_easel *e) {
    const mu_preview *p = e->preview;
    if (p == NULL || e->outcome != NULL || p->version != mu_project_version(e->def.project)) {
        return;
    }
    const mu_scenery *scene = e->art.scene;
    for (uint32_t k = 0; k < p->queue_count; k++) {
        const mu_preview_queue *q = &p->queues[k];
        if (q->portal >= scene->portal_count || q->most < 2) {
            continue;
        }
        const mu_scenery_portal *portal = &scene->portals[q->portal];
        if (portal->level != e->level) {
            continue;
        }
        const mu_point middle = {(portal->line[0].x + portal->line[1].x) / 2,
                                 (portal->line[0].y + portal->line[1].y) / 2};
        const mu_vec at = mu_easel_map(e, middle);
        const double each = q->person_s / fmax(1, p->persons);
        const int step = each > 10 ? 3 : each > 3 ? 2 : each > 1 ? 1 : 0;
        const double r = fmin(6 + 1.6 * sqrt(q->person_s), 46) * e->pen.unit;
        mu_draw_disc(e->pen.list, (double)at.x, (double)at.y, r,
                     mu_fade(e->pen.theme->heat[step], 170));
        char text[24];
        (void)snprintf(text, sizeof text, "%u", q->most);
        mu_easel_label_at(e, middle, -4, text);
    }
    for (uint32_t k = 0; k < p->exit_count; k++) {
        if (p->exits[k].portal < scene->portal_count &&
            scene->portals[p->exits[k].portal].level == e->level) {
            const mu_scenery_portal *portal = &scene->portals[p->exits[k].portal];
            char text[40];
            (void)snprintf(text, sizeof text, "%u → %.0f s", p->exits[k].persons,
                           p->exits[k].last_s);
            mu_easel_label_at(e, portal->line[0], 10, text);
        }
    }
}

static void draw_faults(const mu_easel *e) {
    uint32_t count;
    const mu_fault *faults = mu_project_faults(e->def.project, &count);
    for (uint32_t k = 0; k < count && k < 300; k++) {
        if (faults[k].severity >= MU_WARNING && faults[k].subject.kind != MU_SUBJECT_NOTHING &&
            e->faults_known) {
            mark_subject(e, faults[k].subject, mu_fade(e->pen.theme->shut, 200));
        }
    }
}

static void draw_scale_bar(const mu_easel *e) {
    const double steps[] = {1, 2, 5, 10, 20, 50, 100, 200};
    double length = 1;
    for (size_t k = 0; k < sizeof steps / sizeof steps[0]; k++) {
        length = steps[k] * e->camera.scale < 140 * e->pen.unit ? steps[k] : length;
    }
    const mu_box view = e->camera.view;
    const double u = e->pen.unit, x = (double)view.x + 14 * u;
    const double y = (double)(view.y + view.height) - 16 * u;
    mu_draw_rect(e->pen.list,
                 (mu_box){(float)x, (float)y, (float)(length * e->camera.scale), (float)(3 * u)},
                 e->pen.theme->ink);
    char text[24];
    (void)snprintf(text, sizeof text, "%.0f m", length);
    mu_draw_label(e->pen.list, x, y - 5 * u, MU_ALIGN_LEFT, mu_pen_font(&e->pen, 11.5, true),
                  e->pen.theme->ink, e->pen.theme->panel, text, strlen(text));
}

static void draw_empty(const mu_easel *e) {
    const mu_box v = e->camera.view;
    if (e->art.scene->room_count > 0 || e->picture_count > 0) {
        return;
    }
    const double x = (double)v.x + (double)v.width / 2, y = (double)v.y + (double)v.height / 2;
    const double u = e->pen.unit;
    mu_pen_text(&e->pen, x, y - 12 * u, MU_ALIGN_MIDDLE, 18, true, e->pen.theme->ink,
                _("Draw the first room"));
    mu_pen_text(&e->pen, x, y + 14 * u, MU_ALIGN_MIDDLE, 13, false, e->pen.theme->soft,
                _("Press R and drag a rectangle; or name a picture of the plan on the left and "
                  "trace it"));
}

static void place_pictures(mu_easel *e) {
    for (uint32_t k = 0; k < e->picture_count; k++) {
        mu_backdrop *b = &e->pictures[k].backdrop;
        const mu_vec corner = mu_easel_map(e, b->corner);
        b->scale = e->camera.scale;
        b->left = (double)corner.x;
        b->top = (double)corner.y;
        b->view = e->camera.view;
        b->paper = e->pen.theme->paper;
    }
}

void mu_easel_draw_plan(mu_easel *e) {
    if (!renew_art(e)) {
        return;
    }
    if (!e->laid) {
        mu_easel_lay(e, true);
    }
    if (!is_same_under(e)) {
        draw_under(e);
        keep_under(e);
    }
    place_pictures(e);
    mu_draw_clip(&e->over, e->camera.view);
    draw_queues(e);
    draw_faults(e);
    if (e->hover.kind != MU_SUBJECT_NOTHING && e->tool == MU_TOOL_SELECT) {
        mark_subject(e, e->hover, mu_fade(e->pen.theme->accent, 90));
    }
    for (uint32_t k = 0; k < e->chosen_count; k++) {
        if (!e->gripping) {
            mark_subject(e, e->chosen[k], e->pen.theme->accent);
        }
    }
    mu_easel_find_grips(e);
    mu_easel_draw_shapes(e);
    mu_easel_draw_grips(e);
    draw_guides(e);
    draw_new(e);
    mu_easel_draw_gaps(e);
    draw_scale_bar(e);
    draw_empty(e);
    mu_easel_draw_tip(e);
}
