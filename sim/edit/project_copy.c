/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies of what is drawn, on the same level or on another. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "edit/lift_shaft.h"
#include "edit/project.h"
#include "edit/project_plane.h"

/* What is known of a thing by its index, which holds only until the first change. */
typedef struct trait {
    bool stays;    /* it comes with its lift: a car, a ride, a door of a car */
    bool flight;   /* it joins two levels */
    uint32_t rise; /* how many levels it climbs */
    bool along;    /* a door whose rooms are copied, too */
    mu_point at;   /* the middle of a door, */
    double width;
} trait;

typedef struct copying {
    mu_project *project;
    mu_subject *things;
    trait *traits;
    mu_place *from;
    char (*to)[80]; /* the new ids */
    uint32_t count;
    mu_point by;
    uint32_t level; /* MU_NOWHERE: each its own */
} copying;

static uint32_t site_paper(const mu_project *project) {
    return mu_project_find_paper(project, MU_PAPER_SITE);
}

/* A free id for each copy: "office.3" of "office.1". */
static void name_copies(const copying *c) {
    for (uint32_t k = 0; k < c->count; k++) {
        char list[60] = "", stem[80] = "";
        mu_place probe;
        (void)sscanf(c->from[k], "/%59[^/]/%79[^\n]", list, stem);
        char *dot = strrchr(stem, '.');
        if (dot != NULL && dot[1] >= '0' && dot[1] <= '9') {
            *dot = '\0';
        }
        stem[60] = '\0';
        uint32_t n = 1;
        bool taken = true;
        while (taken) {
            n++;
            (void)snprintf(c->to[k], 80, "%s.%u", stem, n);
            (void)snprintf(probe, sizeof probe, "/%s/%s", list, c->to[k]);
            taken = mu_document_find(mu_project_site(c->project), probe) != MU_NONE;
            for (uint32_t other = 0; other < k; other++) {
                taken = taken || strcmp(c->to[other], c->to[k]) == 0;
            }
        }
    }
}

static void rename_refs(const copying *c, cJSON *json) {
    for (cJSON *part = json->child; part != NULL; part = part->next) {
        for (uint32_t k = 0; cJSON_IsString(part) && k < c->count; k++) {
            const char *slash = strrchr(c->from[k], '/');
            if (slash != NULL && strcmp(part->valuestring, slash + 1) == 0) {
                (void)cJSON_SetValuestring(part, c->to[k]);
                break;
            }
        }
        rename_refs(c, part);
    }
}

/* --- to another level --- */

/* What stands at a point stands in the room of that level which holds the point. */
static bool put_in_room(const copying *c, cJSON *json) {
    const mu_scenery *scene = mu_project_scene(c->project);
    const cJSON *at = cJSON_GetObjectItemCaseSensitive(json, "at");
    const cJSON *y = at != NULL && at->child != NULL ? at->child->next : NULL;
    if (y == NULL) {
        return true;
    }
    const uint32_t room =
        mu_room_at(scene, c->level, (mu_point){at->child->valuedouble, y->valuedouble});
    (void)cJSON_DeleteItemFromObjectCaseSensitive(json, "covers"); /* spaces of the old level */
    return room != MU_NOWHERE && cJSON_ReplaceItemInObjectCaseSensitive(
                                     json, "space", cJSON_CreateString(scene->rooms[room].id));
}

/* A door joins the rooms that border on each other there. */
static bool put_in_wall(const copying *c, uint32_t k) {
    const trait *t = &c->traits[k];
    const mu_door_place place = mu_project_find_door(
        c->project, c->level, (mu_point){t->at.x + c->by.x, t->at.y + c->by.y}, t->width);
    return place.found && mu_project_add_door(c->project, "door", &place, c->to[k]);
}

/* Are the rooms of a door copied, too? */
static bool goes_with_rooms(const copying *c, uint32_t k) {
    const mu_ref_list *between = &c->project->site.portals.items[c->things[k].index].between;
    uint32_t found = 0;
    for (uint32_t i = 0; i < between->count; i++) {
        for (uint32_t o = 0; o < c->count; o++) {
            found += c->things[o].kind == MU_SUBJECT_ROOM &&
                     c->things[o].index == between->items[i].index;
        }
    }
    return found == between->count;
}

/* Is it of a lift, which serves a further level as a whole? */
static bool is_of_lift(const copying *c, mu_subject thing) {
    const mu_scenery *scene = mu_project_scene(c->project);
    if (thing.kind == MU_SUBJECT_ROOM) {
        return scene->rooms[thing.index].lift != MU_NOWHERE;
    }
    bool is = false;
    if (thing.kind == MU_SUBJECT_PORTAL) {
        const mu_ref_list *between = &c->project->site.portals.items[thing.index].between;
        for (uint32_t k = 0; k < between->count; k++) {
            is = is || scene->rooms[between->items[k].index].lift != MU_NOWHERE;
        }
    }
    return is;
}

static bool find_traits(copying *c) {
    const mu_scenery *scene = mu_project_scene(c->project);
    c->traits = calloc((size_t)c->count + 1, sizeof *c->traits);
    for (uint32_t k = 0; c->traits != NULL && k < c->count; k++) {
        const mu_subject thing = c->things[k];
        trait *t = &c->traits[k];
        t->stays = c->level != MU_NOWHERE && is_of_lift(c, thing);
        if (thing.kind == MU_SUBJECT_PORTAL) {
            const mu_scenery_portal *portal = &scene->portals[thing.index];
            const mu_point *line = portal->line;
            t->rise = portal->upper_level - portal->level;
            t->flight = c->level != MU_NOWHERE && t->rise > 0;
            t->along = goes_with_rooms(c, k);
            t->at = (mu_point){(line[0].x + line[1].x) / 2, (line[0].y + line[1].y) / 2};
            t->width = hypot(line[1].x - line[0].x, line[1].y - line[0].y);
        }
    }
    return c->traits != NULL;
}

static bool refer(cJSON *json, const char *key, uint32_t item, const char *id) {
    cJSON *list = cJSON_GetObjectItemCaseSensitive(json, key);
    return cJSON_ReplaceItemInArray(list, (int)item, cJSON_CreateString(id));
}

/* The middle of a line of a record; false where it has none. */
static bool middle_of(const cJSON *json, const char *key, mu_point *out) {
    const cJSON *line = cJSON_GetObjectItemCaseSensitive(json, key);
    const cJSON *a = line != NULL ? line->child : NULL, *b = a != NULL ? a->next : NULL;
    if (cJSON_GetArraySize(a) != 2 || cJSON_GetArraySize(b) != 2) {
        return false;
    }
    *out = (mu_point){(a->child->valuedouble + b->child->valuedouble) / 2,
                      (a->child->next->valuedouble + b->child->next->valuedouble) / 2};
    return true;
}

/* A flight joins the rooms that lie at its foot and head there: on this level, and as far above it
 * as before. */
static bool put_between_levels(const copying *c, uint32_t k, cJSON *json) {
    const mu_scenery *scene = mu_project_scene(c->project);
    const uint32_t upper = c->level + c->traits[k].rise;
    mu_point foot, head;
    if (upper >= scene->level_count || !middle_of(json, "line", &foot)) {
        return false;
    }
    head = foot;
    (void)middle_of(json, "upper_line", &head);
    const uint32_t low = mu_room_at(scene, c->level, foot), high = mu_room_at(scene, upper, head);
    return low != MU_NOWHERE && high != MU_NOWHERE &&
           refer(json, "between", 0, scene->rooms[low].id) &&
           refer(json, "between", 1, scene->rooms[high].id);
}

static bool change_level(const copying *c, uint32_t k, cJSON *json) {
    const mu_scenery *scene = mu_project_scene(c->project);
    if (c->level == MU_NOWHERE) {
        return true;
    }
    if (c->things[k].kind == MU_SUBJECT_ROOM) {
        return cJSON_ReplaceItemInObjectCaseSensitive(
            json, "level", cJSON_CreateString(scene->levels[c->level].id));
    }
    if (c->traits[k].flight) {
        return put_between_levels(c, k, json);
    }
    return c->things[k].kind == MU_SUBJECT_PORTAL || put_in_room(c, json);
}

/* --- one after the other --- */

static bool copy_one(const copying *c, uint32_t k) {
    if (c->level != MU_NOWHERE && c->things[k].kind == MU_SUBJECT_PORTAL && !c->traits[k].along &&
        !c->traits[k].flight) {
        return put_in_wall(c, k);
    }
    char *text = mu_project_value(c->project, site_paper(c->project), c->from[k]);
    cJSON *json = text != NULL ? cJSON_Parse(text) : NULL;
    free(text);
    if (json == NULL) {
        return false;
    }
    rename_refs(c, json);
    mu_points_shift(json, c->by);
    if (!change_level(c, k, json)) {
        cJSON_Delete(json);
        return false;
    }
    char list[80] = "";
    (void)sscanf(c->from[k], "%79[^\n]", list);
    char *slash = strchr(list + 1, '/');
    if (slash != NULL) {
        *slash = '\0';
    }
    return mu_project_append(c->project, site_paper(c->project), list, json) == MU_OK;
}

/* A lift for the copies of one's cars. */
static bool copy_lift(const copying *c, const char *pointer) {
    char *text = mu_project_value(c->project, site_paper(c->project), pointer), own[80];
    cJSON *json = text != NULL ? cJSON_Parse(text) : NULL;
    mu_project_free_site_id(c->project, "lifts", "lift", own);
    free(text);
    if (json == NULL) {
        return false;
    }
    rename_refs(c, json);
    (void)cJSON_ReplaceItemInObjectCaseSensitive(json, "id", cJSON_CreateString(own));
    return mu_project_append(c->project, site_paper(c->project), "/lifts", json) == MU_OK;
}

/* A lift goes straight up: on another level it is the same one, which serves that, too. */
static bool serve_level(const copying *c, const char *pointer) {
    char place[80];
    mu_shaft shaft;
    (void)snprintf(place, sizeof place, "%s/cars/#0", pointer);
    char *car = mu_project_string(c->project, site_paper(c->project), place);
    const bool is_there = mu_shaft_read(c->project, mu_project_room_named(c->project, car), &shaft);
    free(car);
    const uint64_t levels = is_there ? mu_shaft_levels(&shaft) : 0;
    return is_there && c->level < MU_LIFT_LEVELS_MOST &&
           ((levels >> c->level & 1) != 0 || mu_shaft_serve(&shaft, levels | 1ULL << c->level));
}

static bool copy_lifts(const copying *c, const bool *lifts, uint32_t count) {
    bool fine = true;
    for (uint32_t l = 0; l < count; l++) {
        char pointer[40];
        (void)snprintf(pointer, sizeof pointer, "/lifts/#%u", l);
        fine = (!lifts[l] ||
                (c->level == MU_NOWHERE ? copy_lift(c, pointer) : serve_level(c, pointer))) &&
               fine;
    }
    return fine;
}

/* Which lifts, in the order of the file, have a car that is copied. */
static bool *lifts_among(const copying *c, uint32_t *count) {
    const mu_scenery *scene = mu_project_scene(c->project);
    bool *out = calloc((size_t)scene->lift_count + 1, sizeof *out);
    *count = mu_document_count(mu_project_site(c->project), "/lifts");
    for (uint32_t l = 0; out != NULL && l < *count && l < scene->lift_count; l++) {
        char pointer[60];
        (void)snprintf(pointer, sizeof pointer, "/lifts/#%u/cars/#0", l);
        char *car = mu_project_string(c->project, site_paper(c->project), pointer);
        for (uint32_t k = 0; car != NULL && k < c->count; k++) {
            out[l] = out[l] || strcmp(strrchr(c->from[k], '/') + 1, car) == 0;
        }
        free(car);
    }
    return out;
}

static bool copy_all(copying *c, mu_subject *subjects, uint32_t given, uint32_t *copied) {
    uint32_t lift_count;
    bool fine = true;
    bool *lifts = lifts_among(c, &lift_count);
    bool *done = calloc((size_t)c->count + 1, sizeof *done);
    mu_project_begin(c->project);
    for (uint32_t turn = 0; done != NULL && turn < 2; turn++) { /* rooms first */
        for (uint32_t k = 0; k < c->count; k++) {
            if ((c->things[k].kind == MU_SUBJECT_ROOM) == (turn == 0) && c->from[k][0] == '/' &&
                c->things[k].kind != MU_SUBJECT_HOLE && !c->traits[k].stays) {
                done[k] = copy_one(c, k);
                fine = fine && (done[k] || c->level != MU_NOWHERE);
            }
        }
    }
    const bool lifted = lifts != NULL && copy_lifts(c, lifts, lift_count);
    fine = fine && (lifted || c->level != MU_NOWHERE);
    mu_project_end(c->project);
    *copied = 0;
    for (uint32_t k = 0; done != NULL && k < given; k++) {
        if (c->traits[k].stays && c->things[k].kind == MU_SUBJECT_ROOM && lifted) {
            subjects[(*copied)++] = mu_project_subject(c->project, c->from[k]); /* the same lift */
        }
        if (done[k]) {
            char *slash = strrchr(c->from[k], '/');
            (void)snprintf(slash + 1, sizeof(mu_place) - (size_t)(slash + 1 - c->from[k]), "%s",
                           c->to[k]);
            subjects[(*copied)++] = mu_project_subject(c->project, c->from[k]);
        }
    }
    free(lifts);
    free(done);
    return fine;
}

bool mu_project_copy(mu_project *project, mu_subject *subjects, uint32_t *count, mu_point by,
                     uint32_t level) {
    copying c = {.project = project, .by = by, .level = level};
    c.things = mu_project_company(project, subjects, *count, &c.count);
    c.from = c.things != NULL ? mu_project_places(project, c.things, c.count) : NULL;
    c.to = calloc((size_t)c.count + 1, sizeof *c.to);
    bool fine = c.from != NULL && c.to != NULL && find_traits(&c);
    if (fine) {
        name_copies(&c);
        fine = copy_all(&c, subjects, *count, count);
    }
    free(c.things);
    free(c.traits);
    free(c.from);
    free(c.to);
    return fine;
}
