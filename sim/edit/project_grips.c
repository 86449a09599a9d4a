/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Grips: the points by which things that are drawn are changed, and what moving one does. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "edit/project.h"
#include "edit/project_plane.h"

enum { POINTER = 240 };

static const double PICTURE_LEAST = 0.087; /* radians: 5 degrees */
static const double DOOR_LEAST_M = 0.5;    /* walkable.h: narrower ones are none */

typedef struct grips {
    mu_grip *out;
    uint32_t count, most;
} grips;

static void add(grips *g, mu_grip_kind kind, mu_point at, uint32_t level, const char *member,
                uint32_t index) {
    if (g->count < g->most) {
        mu_grip *grip = &g->out[g->count++];
        *grip = (mu_grip){.kind = kind, .at = at, .level = level};
        (void)snprintf(grip->member, sizeof grip->member, "%s/%u", member, index);
    }
}

/* Points first, so that they are found before what lies between them. */
static void add_line(grips *g, const mu_point *points, uint32_t count, uint32_t level,
                     const char *member, bool closed, bool grows) {
    for (uint32_t i = 0; i < count; i++) {
        add(g, MU_GRIP_POINT, points[i], level, member, i);
    }
    for (uint32_t i = 0; grows && i + !closed < count; i++) {
        const mu_point a = points[i], b = points[(i + 1) % count];
        add(g, MU_GRIP_BETWEEN, (mu_point){(a.x + b.x) / 2, (a.y + b.y) / 2}, level, member, i);
    }
}

static void add_ring(grips *g, const mu_scenery *scene, uint32_t ring, uint32_t level,
                     const char *member) {
    const mu_span span = scene->rings[ring];
    add_line(g, scene->points + span.first, span.count, level, member, true, true);
}

static const mu_scenery_view *view_of(const mu_scenery *scene, mu_subject subject) {
    for (uint32_t k = 0; k < scene->view_count; k++) {
        const mu_scenery_view *view = &scene->views[k];
        const mu_subject own = scene->marks[view->mark].subject;
        if (own.kind == subject.kind && own.index == subject.index && view->wide > 0) {
            return view;
        }
    }
    return NULL;
}

static mu_point ahead(mu_point from, double angle, double metres) {
    return (mu_point){from.x + cos(angle) * metres, from.y + sin(angle) * metres};
}

static void add_view(grips *g, const mu_scenery *scene, mu_subject subject) {
    const mu_scenery_view *view = view_of(scene, subject);
    if (view != NULL) {
        const mu_scenery_mark *mark = &scene->marks[view->mark];
        add(g, MU_GRIP_AIM, ahead(mark->at, view->faces, view->reach_m), mark->level, "aim", 0);
        for (uint32_t k = 0; k < 2; k++) {
            const double angle = view->faces + (k == 0 ? -0.5 : 0.5) * view->wide;
            add(g, MU_GRIP_SIDE, ahead(mark->at, angle, view->reach_m * 0.6), mark->level, "side",
                k);
        }
    }
}

static void add_strip(grips *g, const mu_scenery *scene, mu_subject subject) {
    for (uint32_t k = 0; k < scene->strip_count; k++) {
        const mu_scenery_strip *strip = &scene->strips[k];
        const mu_scenery_mark *mark = &scene->marks[strip->mark];
        if (mark->subject.kind == subject.kind && mark->subject.index == subject.index) {
            add_line(g, scene->points + strip->points.first, strip->points.count, mark->level,
                     "course", false, true);
        }
    }
}

uint32_t mu_project_grips(mu_project *project, mu_subject subject, mu_grip *out, uint32_t most) {
    const mu_scenery *scene = mu_project_scene(project);
    grips g = {out, 0, most};
    uint32_t hole;
    char member[24];
    if (subject.kind == MU_SUBJECT_ROOM && subject.index < scene->room_count) {
        const mu_scenery_room *room = &scene->rooms[subject.index];
        add_ring(&g, scene, room->rings.first, room->level, "polygon");
    } else if (subject.kind == MU_SUBJECT_HOLE) {
        const uint32_t in = mu_project_hole_room(project, subject.index, &hole);
        if (in != MU_NOWHERE) {
            (void)snprintf(member, sizeof member, "holes/%u", hole);
            add_ring(&g, scene, subject.index, scene->rooms[in].level, member);
        }
    } else if (subject.kind == MU_SUBJECT_PORTAL && subject.index < scene->portal_count) {
        const mu_scenery_portal *p = &scene->portals[subject.index];
        add_line(&g, p->line, 2, p->level, "line", false, false);
        if (p->upper_level != p->level) {
            add_line(&g, p->upper, 2, p->upper_level, "upper_line", false, false);
        }
    } else {
        add_view(&g, scene, subject);
        add_strip(&g, scene, subject);
    }
    return g.count;
}

/* --- moving --- */

/* The record that the members of a grip are of: of a hole, its room. */
static bool record_of(mu_project *project, mu_subject subject, char out[POINTER]) {
    uint32_t hole;
    if (subject.kind == MU_SUBJECT_HOLE) {
        subject =
            (mu_subject){MU_SUBJECT_ROOM, mu_project_hole_room(project, subject.index, &hole)};
    }
    return mu_project_pointer(project, subject, out, POINTER - 40);
}

static uint32_t site_paper(const mu_project *project) {
    return mu_project_find_paper(project, MU_PAPER_SITE);
}

static bool set_point(mu_project *project, const char *record, const char *member, mu_point at) {
    char place[POINTER + 40], point[80];
    (void)snprintf(place, sizeof place, "%s/%s", record, member);
    mu_point_print(at, point);
    return mu_project_set(project, site_paper(project), place, point) == MU_OK;
}

static bool aim(mu_project *project, mu_subject subject, const mu_grip *grip, mu_point to) {
    const mu_scenery *scene = mu_project_scene(project);
    const mu_scenery_view *view = view_of(scene, subject);
    if (view == NULL) {
        return false;
    }
    const mu_point from = scene->marks[view->mark].at;
    const double angle = atan2(to.y - from.y, to.x - from.x);
    if (grip->kind == MU_GRIP_AIM) {
        return mu_project_aim(project, subject, angle, view->wide,
                              hypot(to.x - from.x, to.y - from.y));
    }
    const double turned = fabs(remainder(angle - view->faces, 6.283185307179586));
    return mu_project_aim(project, subject, view->faces, fmax(2 * turned, PICTURE_LEAST),
                          view->reach_m);
}

mu_point mu_project_grip_to(mu_project *project, mu_subject subject, const mu_grip *grip,
                            mu_point to) {
    const mu_scenery *scene = mu_project_scene(project);
    if (subject.kind != MU_SUBJECT_PORTAL || subject.index >= scene->portal_count ||
        scene->portals[subject.index].look == MU_PORTAL_LOOK_STAIR) {
        return to;
    }
    const mu_point *line = scene->portals[subject.index].line;
    const bool first = strcmp(grip->member, "line/0") == 0;
    const mu_point still = first ? line[1] : line[0], own = first ? line[0] : line[1];
    const double length = hypot(own.x - still.x, own.y - still.y);
    if (!(length > 0)) {
        return to;
    }
    const mu_point along = {(own.x - still.x) / length, (own.y - still.y) / length};
    const double width =
        fmax((to.x - still.x) * along.x + (to.y - still.y) * along.y, DOOR_LEAST_M);
    const double whole = round(width * 20) / 20; /* 5 cm */
    return (mu_point){still.x + along.x * whole, still.y + along.y * whole};
}

/* A lane's last point is where help enters the model. */
static bool follow_end(mu_project *project, mu_subject subject, const char *record,
                       const mu_grip *grip, mu_point to) {
    const mu_scenery *scene = mu_project_scene(project);
    char place[POINTER + 40], room_id[100], last[24];
    (void)snprintf(place, sizeof place, "%s/course", record);
    (void)snprintf(last, sizeof last, "course/%u",
                   mu_document_count(mu_project_site(project), place) - 1);
    const uint32_t room = mu_room_at(scene, grip->level, to);
    if (subject.kind != MU_SUBJECT_ROAD || strcmp(last, grip->member) != 0 || room == MU_NOWHERE) {
        return true;
    }
    (void)snprintf(place, sizeof place, "%s/space", record);
    (void)snprintf(room_id, sizeof room_id, "\"%s\"", scene->rooms[room].id);
    return set_point(project, record, "at", to) &&
           mu_project_set(project, site_paper(project), place, room_id) == MU_OK;
}

/* A width that was typed no longer holds once the line has another length. */
static bool forget_width(mu_project *project, mu_subject subject, const char *record) {
    char place[POINTER + 20];
    (void)snprintf(place, sizeof place, "%s/width_m", record);
    return subject.kind != MU_SUBJECT_PORTAL ||
           mu_document_find(mu_project_site(project), place) == MU_NONE ||
           mu_project_remove(project, site_paper(project), place) == MU_OK;
}

static bool insert_point(mu_project *project, const char *record, const mu_grip *grip,
                         mu_point to) {
    char list[POINTER + 40], point[80];
    (void)snprintf(list, sizeof list, "%s/%s", record, grip->member);
    char *slash = strrchr(list, '/');
    const uint32_t after = (uint32_t)atoi(slash + 1);
    *slash = '\0';
    mu_point_print(to, point);
    return mu_project_insert(project, site_paper(project), list, after + 1, point) == MU_OK;
}

bool mu_project_move_grip(mu_project *project, mu_subject subject, const mu_grip *grip,
                          mu_point to) {
    char record[POINTER];
    if (!record_of(project, subject, record)) {
        return false;
    }
    if (grip->kind == MU_GRIP_AIM || grip->kind == MU_GRIP_SIDE) {
        return aim(project, subject, grip, to);
    }
    if (grip->kind == MU_GRIP_BETWEEN) {
        return insert_point(project, record, grip, to);
    }
    to = mu_project_grip_to(project, subject, grip, to);
    mu_project_begin(project);
    const bool fine = set_point(project, record, grip->member, to) &&
                      follow_end(project, subject, record, grip, to) &&
                      forget_width(project, subject, record);
    mu_project_end(project);
    return fine;
}

bool mu_project_drop_grip(mu_project *project, mu_subject subject, const mu_grip *grip) {
    char place[POINTER + 40], list[POINTER + 40], record[POINTER];
    if (grip->kind != MU_GRIP_POINT || subject.kind == MU_SUBJECT_PORTAL ||
        !record_of(project, subject, record)) {
        return false;
    }
    (void)snprintf(place, sizeof place, "%s/%s", record, grip->member);
    (void)snprintf(list, sizeof list, "%s", place);
    *strrchr(list, '/') = '\0';
    const uint32_t least = subject.kind == MU_SUBJECT_ROAD ? 2 : 3;
    return mu_document_count(mu_project_site(project), list) > least &&
           mu_project_remove(project, site_paper(project), place) == MU_OK;
}
