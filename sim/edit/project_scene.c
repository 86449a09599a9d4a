/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scene of a site that is being drawn, whatever is still wrong with it: what refers to nothing
 * is left out, a room of no level is shown on the lowest. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drill/picture/scenery.h"
#include "edit/project.h"
#include "edit/project_plane.h"

/* --- leaving out --- */

#define KEEP(list, condition)                                                                      \
    do {                                                                                           \
        uint32_t kept = 0;                                                                         \
        for (uint32_t i = 0; i < (list).count; i++) {                                              \
            if (condition) {                                                                       \
                (list).items[kept++] = (list).items[i];                                            \
            }                                                                                      \
        }                                                                                          \
        (list).count = kept;                                                                       \
    } while (0)

static bool portal_is_drawn(const mu_site *site, const mu_portal *portal) {
    bool fine = portal->id != NULL && portal->between.count > 0 && portal->line.count == 2;
    for (uint32_t k = 0; k < portal->between.count; k++) {
        fine = fine && portal->between.items[k].index < site->spaces.count;
    }
    return fine;
}

static void leave_out(mu_site *site) {
    const uint32_t spaces = site->spaces.count;
    for (uint32_t s = 0; s < spaces; s++) {
        mu_space *space = &site->spaces.items[s];
        space->level.index = space->level.index < site->levels.count ? space->level.index : 0;
    }
    KEEP(site->portals, portal_is_drawn(site, &site->portals.items[i]));
    KEEP(site->equipment, site->equipment.items[i].space.index < spaces);
    KEEP(site->posts, site->posts.items[i].space.index < spaces);
    KEEP(site->roads, site->roads.items[i].space.index < spaces);
    KEEP(site->assembly_points, site->assembly_points.items[i].space.index < spaces);
    KEEP(site->refuges, site->refuges.items[i].space.index < spaces);
    if (site->levels.count == 0) {
        site->spaces.count = site->portals.count = site->equipment.count = site->posts.count = 0;
        site->roads.count = site->assembly_points.count = site->refuges.count = 0;
    }
}

/* False without memory; what else is wrong is told by the check. */
static bool read_site(mu_project *project) {
    mu_diags *diags = mu_diags_create();
    mu_loader *loader = diags != NULL ? mu_loader_create(project->scene_arena, diags) : NULL;
    size_t length;
    const char *text = mu_document_text(mu_project_site(project), &length);
    if (loader != NULL) {
        const mu_status read =
            mu_loader_read_text(loader, "site", text, length, &mu_site_file, &project->site);
        if (read == MU_OK) {
            (void)!mu_loader_resolve(loader);
        } else {
            mu_loader_complain_dangling(loader);
        }
        leave_out(&project->site);
    }
    const bool enough = loader != NULL && !mu_diags_lacks_memory(diags) &&
                        !mu_arena_lacks_memory(project->scene_arena);
    mu_loader_destroy(loader);
    mu_diags_destroy(diags);
    return enough;
}

/* Without memory there is no scene, and whoever asks next has it tried again. */
static void have_no_scene(mu_project *project) {
    project->scene = (mu_scenery){0};
    project->site = (mu_site){0};
    project->scene_version = 0;
}

const mu_scenery *mu_project_scene(mu_project *project) {
    const uint64_t version = mu_project_site(project)->version;
    if (project->scene_version == version) {
        return &project->scene;
    }
    mu_arena_destroy(project->scene_arena);
    project->scene_arena = mu_arena_create();
    project->scene = (mu_scenery){0};
    project->site = (mu_site){0};
    project->scene_version = version;
    if (project->scene_arena == NULL || !read_site(project) ||
        mu_scenery_of_site(&project->site, project->scene_arena, &project->scene) != MU_OK) {
        have_no_scene(project);
    }
    return &project->scene;
}

bool mu_project_has_scene(mu_project *project) {
    (void)mu_project_scene(project);
    return project->scene_version == mu_project_site(project)->version;
}

/* --- pointers and subjects --- */

static const char *list_of(uint32_t kind) {
    switch ((mu_subject_kind)kind) {
    case MU_SUBJECT_ROOM:
        return "spaces";
    case MU_SUBJECT_PORTAL:
        return "portals";
    case MU_SUBJECT_POST:
        return "posts";
    case MU_SUBJECT_EQUIPMENT:
        return "equipment";
    case MU_SUBJECT_ASSEMBLY:
        return "assembly_points";
    case MU_SUBJECT_ROAD:
        return "roads";
    case MU_SUBJECT_REFUGE:
        return "refuges";
    case MU_SUBJECT_LANE:
        return "lanes";
    case MU_SUBJECT_WASH:
        return "decontamination";
    default:
        return NULL;
    }
}

const mu_scenery_mark *mu_mark_of(const mu_scenery *scene, mu_subject subject) {
    for (uint32_t m = 0; m < scene->mark_count; m++) {
        if (scene->marks[m].subject.kind == subject.kind &&
            scene->marks[m].subject.index == subject.index) {
            return &scene->marks[m];
        }
    }
    return NULL;
}

bool mu_project_pointer(mu_project *project, mu_subject subject, char *out, size_t room) {
    const mu_scenery *scene = mu_project_scene(project);
    const char *list = list_of(subject.kind), *id = NULL;
    if (subject.kind == MU_SUBJECT_ROOM && subject.index < scene->room_count) {
        id = scene->rooms[subject.index].id;
    } else if (subject.kind == MU_SUBJECT_PORTAL && subject.index < scene->portal_count) {
        id = scene->portals[subject.index].id;
    } else if (list != NULL) {
        const mu_scenery_mark *mark = mu_mark_of(scene, subject);
        id = mark != NULL ? mark->id : NULL;
    }
    if (subject.kind == MU_SUBJECT_HOLE) {
        uint32_t hole;
        const uint32_t in = mu_project_hole_room(project, subject.index, &hole);
        if (in != MU_NOWHERE) {
            (void)snprintf(out, room, "/spaces/%s/holes/%u", scene->rooms[in].id, hole);
        }
        return in != MU_NOWHERE;
    }
    if (id == NULL) {
        return false;
    }
    (void)snprintf(out, room, "/%s/%s", list, id);
    return true;
}

uint32_t mu_project_room_at(mu_project *project, uint32_t level, mu_point at) {
    const mu_scenery *scene = mu_project_scene(project);
    uint32_t found = MU_NOWHERE;
    for (uint32_t r = 0; r < scene->room_count; r++) {
        const mu_scenery_room *room = &scene->rooms[r];
        if (room->level == level && mu_scenery_holds(scene, room, at) &&
            (found == MU_NOWHERE || scene->rooms[found].look == MU_ROOM_OPEN)) {
            found = r;
        }
    }
    return found;
}

/* Rooms are sorted by id. */
uint32_t mu_project_room_named(mu_project *project, const char *id) {
    const mu_scenery *scene = mu_project_scene(project);
    uint32_t low = 0, high = scene->room_count;
    while (id != NULL && low < high) {
        const uint32_t middle = (low + high) / 2;
        const int order = strcmp(scene->rooms[middle].id, id);
        if (order == 0) {
            return middle;
        }
        low = order < 0 ? middle + 1 : low;
        high = order > 0 ? middle : high;
    }
    return MU_NOWHERE;
}

/* "/spaces/lobby/polygon/3": the list and, decoded by the document, the id. */
mu_subject mu_project_subject(mu_project *project, const char *pointer) {
    static const mu_subject nothing = {MU_SUBJECT_NOTHING, 0};
    const mu_scenery *scene = mu_project_scene(project);
    char list[40] = "", item[120] = "", place[220];
    if (sscanf(pointer, "/%39[^/]/%119[^/]", list, item) != 2) {
        return nothing;
    }
    (void)snprintf(place, sizeof place, "/%s/%s/id", list, item);
    char *id = mu_document_string(mu_project_site(project), place);
    mu_subject found = nothing;
    unsigned hole;
    for (uint32_t r = 0; id != NULL && strcmp(list, "spaces") == 0 && r < scene->room_count; r++) {
        found = strcmp(scene->rooms[r].id, id) == 0 ? (mu_subject){MU_SUBJECT_ROOM, r} : found;
    }
    if (found.kind == MU_SUBJECT_ROOM && sscanf(pointer, "/%*[^/]/%*[^/]/holes/%u", &hole) == 1 &&
        hole + 1 < scene->rooms[found.index].rings.count) {
        found = (mu_subject){MU_SUBJECT_HOLE, scene->rooms[found.index].rings.first + 1 + hole};
    }
    for (uint32_t p = 0; id != NULL && strcmp(list, "portals") == 0 && p < scene->portal_count;
         p++) {
        found = strcmp(scene->portals[p].id, id) == 0 ? (mu_subject){MU_SUBJECT_PORTAL, p} : found;
    }
    for (uint32_t m = 0; id != NULL && m < scene->mark_count; m++) {
        const mu_scenery_mark *mark = &scene->marks[m];
        const char *own = list_of(mark->subject.kind);
        if (own != NULL && strcmp(own, list) == 0 && strcmp(mark->id, id) == 0) {
            found = mark->subject;
        }
    }
    free(id);
    return found;
}
