/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kind is a slab: rooms on both sides of a corridor, a stair hall at either end, a lobby in
 * the middle of the ground floor, open ground round it. What differs is what the rooms are, how
 * deep they are and how wide the corridor is. */
#include "muster/template.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "edit/form.h"

const mu_template mu_templates[] = {
    {"office", N_("offices along a corridor, with meeting rooms and a canteen"), 4, 300},
    {"mall", N_("shops on a wide concourse, with a food court"), 2, 900},
    {"school", N_("classrooms, laboratories, a library and a hall"), 3, 700},
    {"hospital",
     N_("wards, treatment rooms and a laboratory; one patient in five cannot use stairs unaided"),
     4, 400},
    {"data-centre", N_("data halls, plant rooms and a few offices"), 2, 60},
    {"transport", N_("one large hall with shops and counters"), 1, 1200},
    {NULL, NULL, 0, 0}};

/* What stands behind a word: metres, and the uses of rooms in turn. */
typedef struct shape {
    const char *word;
    double corridor, width, depth; /* of rooms: along and across the corridor */
    uint32_t columns;
    const char *ground[6], *upper[6]; /* uses, in turn; NULL ends them */
    double stair;                     /* width of a flight */
    double door;                      /* of a room */
    double rise;                      /* from floor to floor */
} shape;

static const shape shapes[] = {
    {"office",
     2.4,
     8,
     7,
     8,
     {"office", "meeting", "office", "assembly"},
     {"office", "office", "meeting", "office"},
     1.5,
     1.2,
     4},
    {"mall", 9, 12, 16, 7, {"retail"}, {"retail", "retail", "assembly"}, 2, 2.4, 5},
    {"school",
     3,
     9,
     8,
     7,
     {"classroom", "library", "classroom", "assembly"},
     {"classroom", "classroom", "laboratory"},
     2,
     1.4,
     4},
    {"hospital",
     3,
     8,
     8,
     8,
     {"laboratory", "other", "office", "other"},
     {"other", "other", "office"},
     1.8,
     1.6,
     4.5},
    {"data-centre",
     3,
     16,
     14,
     5,
     {"plant", "data_centre", "office"},
     {"data_centre", "plant"},
     1.5,
     1.8,
     5},
    {"transport", 24, 12, 10, 7, {"retail", "office", "retail"}, {"office"}, 2.4, 3, 6},
};

static const char *const names[][3] = {
    {"office", "Office", "办公室"},
    {"meeting", "Meeting room", "会议室"},
    {"assembly", "Hall", "大厅"},
    {"retail", "Shop", "商铺"},
    {"classroom", "Classroom", "教室"},
    {"library", "Library", "图书室"},
    {"laboratory", "Laboratory", "化验室"},
    {"other", "Ward", "病房"},
    {"plant", "Plant room", "设备间"},
    {"data_centre", "Data hall", "机房"},
    {"corridor", "Corridor", "走廊"},
    {"lobby", "Lobby", "大堂"},
    {"stair", "Stair hall", "楼梯间"},
    {"sanitary", "Washroom", "卫生间"},
    {"control_room", "Control room", "监控中心"},
    {"command", "Command room", "指挥室"},
    {"outdoor", "Open ground", "室外场地"},
};

typedef struct drawing {
    mu_project *project;
    const shape *shape;
    uint32_t level;
    bool fine;
    double end_w; /* width of a stair hall */
} drawing;

static void name_it(drawing *d, const char *pointer, const char *en, const char *zh,
                    uint32_t number) {
    char place[200], json[300];
    (void)snprintf(place, sizeof place, "%s/name", pointer);
    (void)snprintf(json, sizeof json, "{\"en\": \"%s %u\", \"zh\": \"%s%u\"}", en, number, zh,
                   number);
    d->fine = mu_project_set(d->project, 0, place, json) == MU_OK && d->fine;
}

static void room(drawing *d, const char *use, double x0, double y0, double x1, double y1) {
    const mu_point ring[4] = {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}};
    char id[80], pointer[120];
    if (!mu_project_add_space(d->project, d->level, use, ring, 4, id)) {
        d->fine = false;
        return;
    }
    (void)snprintf(pointer, sizeof pointer, "/spaces/%s", id);
    const char *dot = strrchr(id, '.');
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        if (strcmp(names[k][0], use) == 0) {
            name_it(d, pointer, names[k][1], names[k][2],
                    dot != NULL ? (uint32_t)atoi(dot + 1) : 0);
        }
    }
}

static void door(drawing *d, const char *kind, double x, double y, double width) {
    const mu_door_place place = mu_project_find_door(d->project, d->level, (mu_point){x, y}, width);
    d->fine = place.found && mu_project_add_door(d->project, kind, &place, NULL) && d->fine;
}

/* --- one floor --- */

static double whole_width(const drawing *d) {
    return 2 * d->end_w + d->shape->columns * d->shape->width;
}

static const char *use_of(const drawing *d, uint32_t column, uint32_t side) {
    const char *const *uses = d->level == 0 ? d->shape->ground : d->shape->upper;
    uint32_t count = 0;
    while (count < 6 && uses[count] != NULL) {
        count++;
    }
    if (d->level == 0 && side == 0 && column == 0) {
        return "control_room";
    }
    if (d->level == 0 && side == 1 && column == 0) {
        return "command";
    }
    return uses[(column + 2 * side + d->level) % count];
}

static void draw_rooms(drawing *d) {
    const shape *s = d->shape;
    const uint32_t lobby = s->columns / 2 - 1; /* two columns wide, to the south */
    const double north = s->depth + s->corridor;
    room(d, "corridor", d->end_w, s->depth, d->end_w + s->columns * s->width, north);
    for (uint32_t k = 0; k < s->columns; k++) {
        const double x0 = d->end_w + k * s->width, x1 = x0 + s->width, middle = (x0 + x1) / 2;
        room(d, use_of(d, k, 1), x0, north, x1, north + s->depth);
        door(d, "door", middle, north, s->door);
        if (d->level == 0 && (k == lobby || k == lobby + 1)) {
            continue;
        }
        room(d, use_of(d, k, 0), x0, 0, x1, s->depth);
        door(d, "door", middle, s->depth, s->door);
    }
    if (d->level == 0) {
        const double x0 = d->end_w + lobby * s->width, x1 = x0 + 2 * s->width;
        room(d, "lobby", x0, 0, x1, s->depth);
        door(d, "opening", (x0 + x1) / 2, s->depth, fmax(3, s->door));
    }
}

static void draw_ends(drawing *d) {
    const shape *s = d->shape;
    const double wide = whole_width(d), north = 2 * s->depth + s->corridor;
    const double ends[2][2] = {{0, d->end_w}, {wide - d->end_w, wide}};
    for (int k = 0; k < 2; k++) {
        room(d, "stair", ends[k][0], s->depth, ends[k][1], north);
        room(d, "sanitary", ends[k][0], 0, ends[k][1], s->depth);
        door(d, "door", (ends[k][0] + ends[k][1]) / 2, s->depth, 1.2);
        door(d, "door", k == 0 ? d->end_w : wide - d->end_w, s->depth + s->corridor / 2,
             fmin(fmax(s->stair, 1.2), s->corridor - 0.4));
    }
}

static void draw_grounds(drawing *d) {
    const shape *s = d->shape;
    const double wide = whole_width(d), north = 2 * s->depth + s->corridor, yard = 30, side = 15;
    const uint32_t lobby = s->columns / 2 - 1;
    const double x0 = d->end_w + lobby * s->width, x1 = x0 + 2 * s->width;
    room(d, "outdoor", -side, -yard, wide + side, 0);
    room(d, "outdoor", -side, 0, 0, north);
    room(d, "outdoor", wide, 0, wide + side, north);
    door(d, "opening", -side / 2, 0, side - 1);
    door(d, "opening", wide + side / 2, 0, side - 1);
    door(d, "door", x0 + (x1 - x0) * 0.3, 0, fmax(1.8, s->door));
    door(d, "door", x0 + (x1 - x0) * 0.7, 0, fmax(1.8, s->door));
    door(d, "door", 0, s->depth + s->corridor / 2, s->stair);
    door(d, "door", wide, s->depth + s->corridor / 2, s->stair);
    d->fine = mu_project_add_thing(d->project, "assembly_points", NULL, 0,
                                   (mu_point){wide + side - 6, -yard + 6}, NULL) &&
              mu_project_add_thing(d->project, "roads", NULL, 0, (mu_point){-side + 3, -yard + 4},
                                   NULL) &&
              mu_project_add_thing(d->project, "posts", "desk", 0,
                                   (mu_point){(x0 + x1) / 2 + 2, s->depth / 2}, NULL) &&
              d->fine;
}

/* From the floor below to this one, one flight in each hall; flights lie beside each other in
 * turn. */
static void draw_flights(drawing *d) {
    const shape *s = d->shape;
    const double low = s->depth + s->corridor + 1.2, high = 2 * s->depth + s->corridor - 1.2;
    for (int k = 0; k < 2; k++) {
        const double hall = k == 0 ? 0 : whole_width(d) - d->end_w;
        const double x0 = hall + (d->level % 2 == 1 ? 0.8 : d->end_w - 0.8 - s->stair);
        const mu_point foot[2] = {{x0, low}, {x0 + s->stair, low}};
        const mu_point head[2] = {{x0, high}, {x0 + s->stair, high}};
        d->fine =
            mu_project_add_stair(d->project, d->level - 1, foot, d->level, head, NULL) && d->fine;
    }
}

/* --- people --- */

/* Numbers of a first guess are said to be one. */
static void tell_sources(drawing *d, uint32_t roster, bool wards) {
    char story[1600];
    (void)snprintf(
        story, sizeof story,
        "{\"en\": \"A first guess, to be replaced. People by the use and area of rooms "
        "(International Building Code 2021, table 1004.5), scaled to the number that was asked "
        "for. Planning assumptions: 95 %% carry a phone that gets messages, training M2%s; those "
        "on duty and units from outside name the source of their times.\", \"zh\": "
        "\"初步估计，有待替换。人数按房间用途和面积（《国际建筑规范》2021版表1004."
        "5），再按所给总数缩放。"
        "规划假设：95%%的人带有能收消息的手机，培训等级M2%"
        "s；值勤人员与外部力量的时间均注明来源。\"}",
        wards ? ", four patients to a ward, of whom 15 % use a frame and 5 % a wheelchair" : "",
        wards ? "，每间病房4名病人，其中15%用助行架、5%坐轮椅" : "");
    d->fine = mu_project_set(d->project, roster, "/story", story) == MU_OK && d->fine;
}

/* Groups made by use, all together as many as were asked for. */
static void scale_people(drawing *d, const mu_template_given *given) {
    const uint32_t roster = mu_project_add_people(d->project);
    uint32_t count = 0;
    double all = 0;
    if (roster == MU_NOWHERE) {
        d->fine = false;
        return;
    }
    (void)mu_project_items(d->project, roster, "/groups", "en", &count);
    double sizes[64] = {0};
    for (uint32_t k = 0; k < count && k < 64; k++) {
        char pointer[60];
        (void)snprintf(pointer, sizeof pointer, "/groups/%u/count", k);
        char *text = mu_project_value(d->project, roster, pointer);
        if (text != NULL && mu_form_number(text, &sizes[k])) {
            all += sizes[k];
        }
        free(text);
    }
    for (uint32_t k = 0; k < count && k < 64; k++) {
        char pointer[60], number[20];
        (void)snprintf(pointer, sizeof pointer, "/groups/%u/count", k);
        (void)snprintf(number, sizeof number, "%.0f",
                       fmax(1, round(sizes[k] * given->persons / fmax(all, 1))));
        d->fine = mu_project_set(d->project, roster, pointer, number) == MU_OK && d->fine;
    }
    tell_sources(d, roster, strcmp(given->word, "hospital") == 0);
}

static void add_wards(drawing *d, const mu_template_given *given) {
    const uint32_t roster = mu_project_add_people(d->project);
    char json[4000] = "", *rooms = mu_project_value(d->project, 0, "/spaces");
    size_t length = 0;
    uint32_t wards = 0;
    for (const char *at = rooms; at != NULL && (at = strstr(at, "\"id\": \"other.")) != NULL;
         at++) {
        const size_t id = strcspn(at + 7, "\"");
        if (length + id + 8 < sizeof json) {
            length += (size_t)snprintf(json + length, sizeof json - length, "%s\"%.*s\"",
                                       wards++ > 0 ? ", " : "", (int)id, at + 7);
        }
    }
    free(rooms);
    if (wards == 0 || strcmp(given->word, "hospital") != 0) {
        return;
    }
    char *group = malloc(sizeof json + 500);
    if (group != NULL) {
        (void)snprintf(group, sizeof json + 500,
                       "{\"id\": \"patients\", \"name\": {\"en\": \"Patients\", \"zh\": \"病人\"}, "
                       "\"role\": \"visitor\", \"count\": %u, \"familiar\": false, \"training\": "
                       "\"M2\", \"phone_share\": 0.8, \"in\": [%s], \"mobility\": [{\"kind\": "
                       "\"wheelchair\", \"share\": 0.05}, {\"kind\": \"frame\", \"share\": "
                       "0.15}]}",
                       wards * 4, json);
        d->fine = mu_project_insert(d->project, roster, "/groups", 0, group) == MU_OK && d->fine;
    }
    free(group);
}

/* --- the whole --- */

static const shape *shape_of(const char *word) {
    for (size_t k = 0; k < sizeof shapes / sizeof shapes[0]; k++) {
        if (strcmp(shapes[k].word, word) == 0) {
            return &shapes[k];
        }
    }
    return NULL;
}

static void name_site(drawing *d, const char *name) {
    char *escaped = malloc(2 * strlen(name) + 3), *to = escaped;
    if (escaped == NULL) {
        d->fine = false;
        return;
    }
    *to++ = '"';
    for (; *name != '\0'; name++) {
        if (*name == '"' || *name == '\\') {
            *to++ = '\\';
        }
        *to++ = (unsigned char)*name < ' ' ? ' ' : *name;
    }
    *to++ = '"';
    *to = '\0';
    d->fine = mu_project_set(d->project, 0, "/name", escaped) == MU_OK && d->fine;
    free(escaped);
}

bool mu_template_draw(mu_project *project, const mu_template_given *given) {
    drawing d = {.project = project, .shape = shape_of(given->word), .fine = true};
    if (d.shape == NULL) {
        return false;
    }
    d.end_w = fmax(6, 2 * d.shape->stair + 2.6);
    mu_project_begin(project);
    name_site(&d, given->name);
    for (d.level = 0; d.level < given->floors; d.level++) {
        d.fine = (d.level == 0 || mu_project_add_level(project, d.shape->rise, NULL)) && d.fine;
        draw_rooms(&d);
        draw_ends(&d);
        if (d.level == 0) {
            draw_grounds(&d);
        } else {
            draw_flights(&d);
        }
    }
    mu_project_end(project);
    add_wards(&d, given); /* before the others are scaled */
    scale_people(&d, given);
    const double x = d.end_w + (d.shape->columns / 2) * d.shape->width;
    return d.fine && mu_project_add_incident(project, "package", "lobby.1",
                                             (mu_point){x, d.shape->depth / 2}) != MU_NOWHERE;
}
