/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record's place by a click: the form gives way to the plan, and comes back with space and point.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/easel.h"
#include "render/i18n.h"

/* The plan shows where it is now. */
static void look_there(mu_easel *e, uint32_t paper, const char *record) {
    char pointer[MU_EASEL_POINTER + 10];
    (void)snprintf(pointer, sizeof pointer, "%s/space", record);
    char *id = mu_project_string(e->def.project, paper, pointer);
    const mu_scenery *scene = mu_project_scene(e->def.project);
    for (uint32_t r = 0; id != NULL && r < scene->room_count; r++) {
        if (strcmp(scene->rooms[r].id, id) == 0) {
            e->level = scene->rooms[r].level;
            e->chosen_count = 0;
            mu_easel_choose(e, (mu_subject){MU_SUBJECT_ROOM, r}, false);
        }
    }
    free(id);
    mu_easel_lay(e, false);
}

void mu_easel_pick_place(mu_easel *e, uint32_t paper, const char *record) {
    mu_easel_tables *t = &e->tables;
    char own[MU_EASEL_POINTER]; /* a form's pointer, which goes with its page */
    (void)snprintf(own, sizeof own, "%s", record);
    t->pick_from = e->page;
    (void)snprintf(t->pick_list, sizeof t->pick_list, "%s", e->list);
    mu_easel_open_page(e, MU_EASEL_PLAN);
    (void)snprintf(t->pick, sizeof t->pick, "%s", own);
    t->pick_paper = paper;
    mu_easel_choose_tool(e, MU_TOOL_SELECT);
    look_there(e, paper, own);
    mu_easel_say(e, false, "%s", _("Click where it is"));
}

static mu_status set_place(mu_easel *e, const mu_scenery_room *room, mu_point at) {
    char pointer[MU_EASEL_POINTER + 10], json[140];
    mu_project *p = e->def.project;
    mu_project_begin(p);
    (void)snprintf(pointer, sizeof pointer, "%s/space", e->tables.pick);
    (void)snprintf(json, sizeof json, "\"%s\"", room->id);
    mu_status status = mu_project_set(p, e->tables.pick_paper, pointer, json);
    if (status == MU_OK) {
        (void)snprintf(pointer, sizeof pointer, "%s/at", e->tables.pick);
        (void)snprintf(json, sizeof json, "[%.2f, %.2f]", at.x, at.y);
        status = mu_project_set(p, e->tables.pick_paper, pointer, json);
    }
    mu_project_end(p);
    return status;
}

bool mu_easel_take_place(mu_easel *e) {
    mu_easel_tables *t = &e->tables;
    if (t->pick[0] == '\0') {
        return false;
    }
    const mu_point at = mu_easel_unmap(e, e->x, e->y);
    const uint32_t room = mu_project_room_at(e->def.project, e->level, at);
    const mu_scenery_room *found =
        room != MU_NOWHERE ? &mu_project_scene(e->def.project)->rooms[room] : NULL;
    char name[200];
    mu_project_call(e->def.project, (mu_subject){MU_SUBJECT_ROOM, room}, e->pen.language, name,
                    sizeof name);
    if (found == NULL || set_place(e, found, at) != MU_OK) {
        mu_easel_say(e, true, "%s", _("It has to stand in a room or on open ground"));
        return true;
    }
    char record[MU_EASEL_POINTER];
    (void)snprintf(record, sizeof record, "%s", t->pick);
    t->pick[0] = '\0';
    e->ui.pressed = e->ui.released = false; /* it is for nothing of the page that comes */
    e->page = t->pick_from;
    (void)snprintf(e->list, sizeof e->list, "%s", t->pick_list);
    mu_easel_show_form(&e->whole, t->pick_paper, e->list[0] == '#' ? "-" : record);
    memset(e->whole.rows, 0, sizeof e->whole.rows);
    mu_easel_say(e, false, _("It is in %s now"), name);
    return true;
}
