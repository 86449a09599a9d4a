/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the mouse does on the plan, tool by tool. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/easel.h"
#include "render/i18n.h"

static const double DRAG_PX = 5;
static const double ROOM_LEAST_M = 0.3;

bool mu_easel_is_chosen(const mu_easel *e, mu_subject subject) {
    for (uint32_t k = 0; k < e->chosen_count; k++) {
        if (e->chosen[k].kind == subject.kind && e->chosen[k].index == subject.index) {
            return true;
        }
    }
    return false;
}

void mu_easel_choose(mu_easel *e, mu_subject subject, bool more) {
    if (!more) {
        e->chosen_count = 0;
    }
    if (subject.kind == MU_SUBJECT_NOTHING || e->chosen_count == MU_EASEL_CHOSEN_MOST) {
        return;
    }
    for (uint32_t k = 0; k < e->chosen_count; k++) {
        if (e->chosen[k].kind == subject.kind && e->chosen[k].index == subject.index) {
            e->chosen[k] = e->chosen[--e->chosen_count]; /* chosen once more: let go */
            return;
        }
    }
    e->chosen[e->chosen_count++] = subject;
}

static void choose_new(mu_easel *e, const char *list, const char *id) {
    char pointer[200];
    (void)snprintf(pointer, sizeof pointer, "/%s/%s", list, id);
    mu_easel_choose(e, mu_project_subject(e->def.project, pointer), false);
}

void mu_easel_choose_tool(mu_easel *e, mu_easel_tool tool) {
    if (tool != e->tool) {
        e->point_count = e->stop_count = 0;
    }
    e->tool = tool;
    e->door_place.found = false;
    e->snapped_x = e->snapped_y = false;
    e->ui.again = true;
}

void mu_easel_cancel(mu_easel *e) {
    if (e->help) {
        e->help = false;
    } else if (e->open_row != MU_NOWHERE) {
        e->open_row = MU_NOWHERE;
    } else if (e->ui.focus != 0) {
        e->ui.focus = 0;
        e->side.version = e->whole.version = 0; /* what was typed is forgotten */
    } else if (e->point_count > 0 || e->stop_count > 0 || e->dragging) {
        e->point_count = e->stop_count = 0;
    } else if (e->tool != MU_TOOL_SELECT) {
        mu_easel_choose_tool(e, MU_TOOL_SELECT);
    } else if (e->gap != MU_NOWHERE) {
        e->gap = MU_NOWHERE;
    } else {
        e->chosen_count = 0;
    }
    e->dragging = e->framing = e->moving = e->pressed = false;
    e->gripping = false;
}

/* --- choosing, moving, corners --- */

static bool ring_holds(const mu_scenery *scene, mu_span ring, mu_point p) {
    bool inside = false;
    for (uint32_t i = 0, j = ring.count - 1; i < ring.count; j = i++) {
        const mu_point a = scene->points[ring.first + j], b = scene->points[ring.first + i];
        if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y)) {
            inside = !inside;
        }
    }
    return inside;
}

static mu_subject hole_at(const mu_easel *e, mu_point at) {
    const mu_scenery *scene = e->art.scene;
    for (uint32_t r = 0; r < scene->room_count; r++) {
        const mu_scenery_room *room = &scene->rooms[r];
        for (uint32_t h = 1; room->level == e->level && h < room->rings.count; h++) {
            if (ring_holds(scene, scene->rings[room->rings.first + h], at)) {
                return (mu_subject){MU_SUBJECT_HOLE, room->rings.first + h};
            }
        }
    }
    return (mu_subject){MU_SUBJECT_NOTHING, 0};
}

/* A lane lies on the ground of others. */
static mu_subject road_at(const mu_easel *e, mu_point at, mu_subject otherwise) {
    const mu_scenery *scene = e->art.scene;
    for (uint32_t k = 0; k < scene->strip_count; k++) {
        const mu_scenery_strip *strip = &scene->strips[k];
        const mu_scenery_mark *mark = &scene->marks[strip->mark];
        for (uint32_t i = 0; mark->level == e->level && i + 1 < strip->points.count; i++) {
            const mu_point a = scene->points[strip->points.first + i];
            const mu_point b = scene->points[strip->points.first + i + 1];
            const double dx = b.x - a.x, dy = b.y - a.y, square = dx * dx + dy * dy;
            const double along =
                square > 0 ? fmin(fmax(((at.x - a.x) * dx + (at.y - a.y) * dy) / square, 0), 1) : 0;
            if (hypot(a.x + along * dx - at.x, a.y + along * dy - at.y) < strip->width_m / 2) {
                return mark->subject;
            }
        }
    }
    return otherwise;
}

static mu_subject under_pointer(const mu_easel *e) {
    if (e->art.scene == NULL) {
        return (mu_subject){MU_SUBJECT_NOTHING, 0};
    }
    const mu_subject found = mu_art_pick(&e->pen, &e->art, &e->camera, &e->quiet,
                                         MU_LAYER_CORDON | MU_LAYER_EQUIPMENT, e->x, e->y);
    const mu_point at = mu_easel_unmap(e, e->x, e->y);
    if (!mu_box_has(e->camera.view, e->x, e->y)) {
        return found;
    }
    const bool ground =
        found.kind == MU_SUBJECT_ROOM && (e->art.scene->rooms[found.index].look == MU_ROOM_OPEN ||
                                          e->art.scene->rooms[found.index].look == MU_ROOM_PARKING);
    return found.kind == MU_SUBJECT_NOTHING ? hole_at(e, at)
           : ground                         ? road_at(e, at, found)
                                            : found;
}

static void frame_choice(mu_easel *e) {
    const mu_scenery *scene = e->art.scene;
    const double left = fmin(e->press_at.x, e->cursor.x), right = fmax(e->press_at.x, e->cursor.x);
    const double low = fmin(e->press_at.y, e->cursor.y), high = fmax(e->press_at.y, e->cursor.y);
    for (uint32_t r = 0; r < scene->room_count; r++) {
        const mu_scenery_room *room = &scene->rooms[r];
        if (room->level == e->level && room->low.x >= left && room->high.x <= right &&
            room->low.y >= low && room->high.y <= high &&
            !mu_easel_is_chosen(e, (mu_subject){MU_SUBJECT_ROOM, r})) {
            mu_easel_choose(e, (mu_subject){MU_SUBJECT_ROOM, r}, true);
        }
    }
    for (uint32_t p = 0; p < scene->portal_count; p++) {
        const mu_scenery_portal *portal = &scene->portals[p];
        const mu_point *l = portal->line;
        if (portal->level == e->level && portal->look != MU_PORTAL_LOOK_RIDE &&
            fmin(l[0].x, l[1].x) >= left && fmax(l[0].x, l[1].x) <= right &&
            fmin(l[0].y, l[1].y) >= low && fmax(l[0].y, l[1].y) <= high &&
            !mu_easel_is_chosen(e, (mu_subject){MU_SUBJECT_PORTAL, p})) {
            mu_easel_choose(e, (mu_subject){MU_SUBJECT_PORTAL, p}, true);
        }
    }
    for (uint32_t m = 0; m < scene->mark_count; m++) {
        const mu_scenery_mark *mark = &scene->marks[m];
        if (mark->level == e->level && mark->at.x >= left && mark->at.x <= right &&
            mark->at.y >= low && mark->at.y <= high && !mu_easel_is_chosen(e, mark->subject)) {
            mu_easel_choose(e, mark->subject, true);
        }
    }
}

/* What is moved goes by whole decimetres, or to where its corner meets another's. */
static void finish_move(mu_easel *e) {
    mu_point by = {e->cursor.x - e->press_at.x, e->cursor.y - e->press_at.y};
    by = (mu_point){round(by.x * 20) / 20, round(by.y * 20) / 20};
    if (fabs(by.x) + fabs(by.y) > 0) {
        if (mu_project_move(e->def.project, e->chosen, e->chosen_count, by)) {
            mu_easel_say(e, false, _("Moved by %.2f, %.2f m"), by.x, by.y);
        } else {
            mu_easel_say(e, true, "%s", _("That cannot be moved there"));
        }
    }
}

static bool press_select(mu_easel *e, bool more) {
    if (!more && (mu_easel_take_grip(e) || mu_easel_take_gap(e))) {
        return true;
    }
    const mu_subject found = under_pointer(e);
    if (found.kind == MU_SUBJECT_NOTHING) {
        if (!more) {
            e->chosen_count = 0;
        }
        return true;
    }
    if (more || !mu_easel_is_chosen(e, found)) {
        mu_easel_choose(e, found, more);
    }
    return true;
}

/* --- drawing --- */

static void add_room(mu_easel *e, const mu_point *ring, uint32_t count) {
    char id[80];
    if (mu_project_add_space(e->def.project, e->level, mu_easel_uses[e->use].word, ring, count,
                             id)) {
        choose_new(e, "spaces", id);
        mu_easel_say(e, false, _("%s drawn"), id);
    }
}

static void finish_room(mu_easel *e) {
    const mu_point a = e->press_at, b = e->cursor;
    if (fabs(b.x - a.x) < ROOM_LEAST_M || fabs(b.y - a.y) < ROOM_LEAST_M) {
        return;
    }
    const double left = fmin(a.x, b.x), right = fmax(a.x, b.x);
    const double low = fmin(a.y, b.y), high = fmax(a.y, b.y);
    add_room(e, (const mu_point[]){{left, low}, {right, low}, {right, high}, {left, high}}, 4);
}

static void finish_stair(mu_easel *e) {
    const mu_scenery *scene = mu_project_scene(e->def.project);
    uint32_t low = e->stair_level, high = e->level;
    const mu_point *foot = e->points, *head = e->points + 2;
    if (low > high) { /* drawn from above */
        low = e->level;
        high = e->stair_level;
        foot = e->points + 2;
        head = e->points;
    }
    char id[80];
    e->point_count = 0;
    if (low == high || high >= scene->level_count) {
        mu_easel_say(e, true, "%s",
                     _("A flight joins two levels: draw its head on the level above"));
    } else if (mu_project_add_stair(e->def.project, low, foot, high, head, id)) {
        choose_new(e, "portals", id);
        mu_easel_say(e, false, _("%s drawn"), id);
    } else {
        mu_easel_say(e, true, "%s", _("Both ends of a flight must lie in a room"));
    }
}

static void add_thing(mu_easel *e) {
    const mu_easel_word *thing = &mu_easel_things[e->thing];
    char id[80];
    if (mu_project_add_thing(e->def.project, thing->list, thing->word, e->level, e->cursor, id)) {
        choose_new(e, thing->list, id);
        mu_easel_say(e, false, _("%s placed"), id);
    } else {
        mu_easel_say(e, true, "%s", _("It has to stand in a room or on open ground"));
    }
}

static void add_door(mu_easel *e) {
    char id[80];
    if (!e->door_place.found) {
        mu_easel_say(e, true, "%s", _("No border here is shared by two rooms"));
    } else if (mu_project_add_door(e->def.project, mu_easel_doors[e->door].word, &e->door_place,
                                   id)) {
        choose_new(e, "portals", id);
        mu_easel_say(e, false, _("%s drawn"), id);
    }
}

static void add_point(mu_easel *e) {
    if (e->tool == MU_TOOL_STAIR) {
        if (e->point_count < 2) {
            e->stair_level = e->level;
        }
        e->points[e->point_count++] = e->cursor;
        if (e->point_count == 4) {
            finish_stair(e);
        }
        return;
    }
    if (e->tool == MU_TOOL_SCALE) {
        e->point_count = e->point_count == 2 ? 0 : e->point_count;
        e->points[e->point_count++] = e->cursor;
        e->ui.focus = e->point_count == 2 ? MU_FOCUS_DISTANCE : e->ui.focus;
        return;
    }
    const mu_vec first = mu_easel_map(e, e->points[0]);
    if (e->tool == MU_TOOL_OUTLINE && e->point_count > 2 &&
        hypot((double)first.x - e->x, (double)first.y - e->y) < 9 * e->pen.unit) {
        mu_easel_finish(e);
    } else if (e->point_count < MU_RING_MOST) {
        e->points[e->point_count++] = e->cursor;
    } else {
        mu_easel_say(e, true,
                     _("an outline has %d corners at most: close it, and draw the rest as another"),
                     (int)MU_RING_MOST);
    }
}

void mu_easel_finish(mu_easel *e) {
    if (e->tool == MU_TOOL_OUTLINE && e->point_count > 2) {
        const uint32_t count = e->point_count;
        e->point_count = 0;
        add_room(e, e->points, count);
    }
    mu_easel_finish_shape(e);
    if (e->tool == MU_TOOL_SCALE && e->point_count == 2) {
        const double metres = mu_easel_typed(&e->distance_edit, 0);
        if (!(metres > 0)) {
            mu_easel_say(e, true, "%s", _("Type the distance in metres first"));
            return;
        }
        mu_easel_picture *p = mu_easel_picture_now(e);
        if (p == NULL) {
            mu_easel_say(e, true, "%s", _("This level has no picture yet: name one on the left"));
            return;
        }
        const double before = p->backdrop.metres_per_pixel;
        const mu_vec at = mu_easel_map(e, e->points[0]);
        mu_backdrop_scale(&p->backdrop, e->points[0], e->points[1], metres);
        if (e->art.scene->room_count == 0) { /* the picture stays where it is on the screen */
            mu_camera_zoom(&e->camera, before / p->backdrop.metres_per_pixel, (double)at.x,
                           (double)at.y);
        }
        e->point_count = 0;
        mu_easel_change_pictures(e);
        mu_easel_choose_tool(e, MU_TOOL_ROOM);
        mu_easel_say(e, false, "%s", _("The picture has its scale: trace the rooms"));
    }
}

/* --- the mouse --- */

void mu_easel_hover(mu_easel *e) {
    if (e->panning) {
        mu_camera_pan(&e->camera, e->x - e->press_x, e->y - e->press_y);
        e->press_x = e->x;
        e->press_y = e->y;
        return;
    }
    mu_easel_snap(e);
    if (e->pressed && !e->dragging &&
        hypot(e->x - e->press_x, e->y - e->press_y) > DRAG_PX * e->pen.unit) {
        e->dragging = true;
        e->moving = e->tool == MU_TOOL_SELECT && !e->gripping && e->chosen_count > 0 &&
                    mu_easel_is_chosen(e, e->hover);
        e->framing = e->tool == MU_TOOL_SELECT && !e->gripping && !e->moving;
    }
    if (e->dragging && e->tool == MU_TOOL_SCALE && mu_easel_picture_now(e) != NULL) {
        mu_backdrop *b = &mu_easel_picture_now(e)->backdrop;
        b->corner.x += e->cursor.x - e->press_at.x;
        b->corner.y += e->cursor.y - e->press_at.y;
        e->press_at = e->cursor;
        e->under_version++;
    }
    if (!e->dragging) {
        e->hover = under_pointer(e);
        mu_easel_find_grips(e);
    }
    if (e->tool == MU_TOOL_DOOR) {
        e->door_place =
            mu_project_find_door(e->def.project, e->level, mu_easel_unmap(e, e->x, e->y),
                                 mu_easel_typed(&e->width_edit, 1.2));
    }
}

void mu_easel_press(mu_easel *e, int button) {
    e->press_x = e->x;
    e->press_y = e->y;
    e->ui.focus = 0;
    if (button != 1) {
        e->panning = true;
        return;
    }
    mu_easel_enter_all(e, &e->side); /* what was typed goes to what was chosen then */
    mu_easel_hover(e);
    e->press_at = e->cursor;
    e->pressed = true;
    e->dragging = e->framing = e->moving = false;
    e->gripping = false;
    if (e->tool == MU_TOOL_SELECT) {
        (void)press_select(e, e->shift);
        e->hover = under_pointer(e);
    }
}

static void click(mu_easel *e) {
    if (mu_easel_take_place(e)) {
        return;
    }
    switch (e->tool) {
    case MU_TOOL_OUTLINE:
    case MU_TOOL_STAIR:
    case MU_TOOL_SCALE:
        add_point(e);
        break;
    case MU_TOOL_DOOR:
        add_door(e);
        break;
    case MU_TOOL_THING:
        add_thing(e);
        break;
    case MU_TOOL_ROAD:
        add_point(e);
        break;
    case MU_TOOL_ROUND:
        mu_easel_add_stop(e);
        break;
    case MU_TOOL_CAMERA:
        mu_easel_say(e, true, "%s", _("Press where it hangs, drag to where it looks"));
        break;
    case MU_TOOL_HOLE:
    case MU_TOOL_LIFT:
    case MU_TOOL_SELECT:
    case MU_TOOL_ROOM:
    case MU_TOOL_MEASURE:
    case MU_TOOL_COUNT:
        break;
    }
}

void mu_easel_release(mu_easel *e, int button) {
    if (button != 1) {
        e->panning = false;
        return;
    }
    if (!e->pressed) {
        return;
    }
    mu_easel_snap(e);
    if (!e->dragging) {
        click(e);
    } else if (e->gripping) {
        mu_easel_let_grip(e);
    } else if (e->moving) {
        finish_move(e);
    } else if (e->framing) {
        frame_choice(e);
    } else if (e->tool == MU_TOOL_ROOM) {
        finish_room(e);
    } else {
        mu_easel_make_shape(e);
    }
    e->pressed = e->dragging = e->framing = e->moving = false;
    e->gripping = false;
    e->ui.again = true;
}
