/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The XML geometry of JuPedSim up to version 0.12: rooms of subrooms, whose walls are open lines;
 * what closes them are the crossings and transitions, which are also the doors. */
#include <stdlib.h>
#include <string.h>

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_minixml.h>

#include "muster/diag.h"
#include "tools/import/drawing.h"

#define CLOSE_M 0.02 /* ends of walls and doors are given with four to six digits */

static bool is_named(const CPLXMLNode *node, const char *name) {
    return node->eType == CXT_Element && strcmp(node->pszValue, name) == 0;
}

static double number(const CPLXMLNode *node, const char *name) {
    return strtod(CPLGetXMLValue(node, name, "0"), NULL);
}

/* The vertices of a polygon or door as a line; NULL where there are fewer than two. */
static GEOSGeometry *line_of(mu_draft *draft, const CPLXMLNode *polygon) {
    unsigned count = 0;
    for (const CPLXMLNode *at = polygon->psChild; at != NULL; at = at->psNext) {
        count += is_named(at, "vertex");
    }
    if (count < 2) {
        return NULL;
    }
    GEOSCoordSequence *points = GEOSCoordSeq_create_r(draft->geos, count, 2);
    unsigned index = 0;
    for (const CPLXMLNode *at = polygon->psChild; at != NULL; at = at->psNext) {
        if (is_named(at, "vertex")) {
            GEOSCoordSeq_setXY_r(draft->geos, points, index++, number(at, "px"), number(at, "py"));
        }
    }
    return GEOSGeom_createLineString_r(draft->geos, points);
}

static void add_line(mu_draft *draft, mu_drawn_lines *lines, const CPLXMLNode *polygon) {
    GEOSGeometry *line = line_of(draft, polygon);
    if (line != NULL) {
        mu_lines_add(draft, lines, line, 0);
        GEOSGeom_destroy_r(draft->geos, line);
    }
}

static void add_polygons(mu_draft *draft, mu_drawn_lines *lines, const CPLXMLNode *of) {
    for (const CPLXMLNode *at = of->psChild; at != NULL; at = at->psNext) {
        if (is_named(at, "polygon")) {
            add_line(draft, lines, at);
        }
    }
}

typedef struct place {
    const char *room, *subroom;
} place;

static bool touches(const CPLXMLNode *door, const char *room_key, const char *subroom_key,
                    const place *at) {
    const char *room = CPLGetXMLValue(door, room_key, at->room); /* a crossing names one room */
    return strcmp(room, at->room) == 0 &&
           strcmp(CPLGetXMLValue(door, subroom_key, ""), at->subroom) == 0;
}

/* The doors of a subroom among the children of `list` ("crossings", "transitions"). */
static void add_doors_of(mu_draft *draft, mu_drawn_lines *lines, const CPLXMLNode *list,
                         const place *at) {
    for (const CPLXMLNode *door = list != NULL ? list->psChild : NULL; door != NULL;
         door = door->psNext) {
        if (door->eType == CXT_Element && (touches(door, "room1_id", "subroom1_id", at) ||
                                           touches(door, "room2_id", "subroom2_id", at))) {
            add_line(draft, lines, door);
        }
    }
}

static const CPLXMLNode *child(const CPLXMLNode *of, const char *name) {
    for (const CPLXMLNode *at = of->psChild; at != NULL; at = at->psNext) {
        if (is_named(at, name)) {
            return at;
        }
    }
    return NULL;
}

static int64_t ordinal_of(const CPLXMLNode *room, double storey_m) {
    const double storeys = number(room, "zpos") / storey_m;
    return (int64_t)(storeys < 0 ? storeys - 0.5 : storeys + 0.5);
}

/* The biggest of the areas as a mark; the rest are niches behind walls. */
static void keep_area(mu_drawing *drawing, mu_mark_kind kind, mu_drawn_lines *lines, const char *id,
                      const CPLXMLNode *room, const char *class) {
    mu_draft *draft = drawing->draft;
    uint32_t loose;
    GEOSGeometry *areas = mu_lines_enclose(draft, lines, CLOSE_M / drawing->scale, &loose);
    GEOSGeometry *parts[8];
    const uint32_t count = areas != NULL ? mu_polygon_parts(draft, areas, parts, 8) : 0;
    for (uint32_t i = 1; i < count; i++) {
        GEOSGeom_destroy_r(draft->geos, parts[i]);
    }
    GEOSGeom_destroy_r(draft->geos, areas);
    mu_mark *mark = mu_drawing_mark(drawing, kind, count > 0 ? parts[0] : NULL, id);
    if (mark == NULL) {
        mu_draft_remark(draft, MU_SECTION_LEFT_OUT, "subroom", id, "%s",
                        _("its walls and doors enclose nothing"));
        return;
    }
    const char *caption = CPLGetXMLValue(room, "caption", "");
    mark->name = caption[0] != '\0' ? mu_draft_print(draft, "%s", caption) : NULL;
    mark->category = class != NULL ? mu_tags_category_of(class) : NULL;
    mu_mark_put_on(mark, ordinal_of(room, draft->options->storey_m));
}

static void take_subroom(mu_drawing *drawing, const CPLXMLNode *root, const CPLXMLNode *room,
                         const CPLXMLNode *subroom) {
    mu_draft *draft = drawing->draft;
    const place at = {CPLGetXMLValue(room, "id", ""), CPLGetXMLValue(subroom, "id", "")};
    const char *id = mu_draft_print(draft, "room %s.%s", at.room, at.subroom);
    const CPLXMLNode *crossings = child(room, "crossings");
    mu_drawn_lines lines = {0};
    add_polygons(draft, &lines, subroom);
    add_doors_of(draft, &lines, crossings != NULL ? crossings : child(root, "crossings"), &at);
    add_doors_of(draft, &lines, child(root, "transitions"), &at);
    keep_area(drawing, MU_MARK_ROOM, &lines, id, room, CPLGetXMLValue(subroom, "class", "room"));
    uint32_t number_of = 0;
    for (const CPLXMLNode *part = subroom->psChild; part != NULL; part = part->psNext) {
        if (is_named(part, "obstacle")) {
            mu_drawn_lines around = {0};
            add_polygons(draft, &around, part);
            keep_area(drawing, MU_MARK_OBSTACLE, &around,
                      mu_draft_print(draft, "%s obstacle %u", id, (unsigned)++number_of), room,
                      NULL);
        }
    }
}

/* The levels of a door are those of the rooms that it names. */
static void put_door_on(mu_mark *door, const CPLXMLNode *from, const CPLXMLNode *rooms,
                        const CPLXMLNode *own_room, double storey_m) {
    static const char *const keys[2] = {"room1_id", "room2_id"};
    for (uint32_t side = 0; side < 2; side++) {
        const char *named = CPLGetXMLValue(from, keys[side], NULL);
        for (const CPLXMLNode *room = rooms->psChild; room != NULL; room = room->psNext) {
            const bool fits =
                named == NULL
                    ? room == own_room
                    : is_named(room, "room") && strcmp(CPLGetXMLValue(room, "id", ""), named) == 0;
            if (fits) {
                mu_mark_put_on(door, ordinal_of(room, storey_m));
            }
        }
    }
    door->ordinal_count = door->ordinal_count > 1 ? 1 : door->ordinal_count;
}

static void take_doors(mu_drawing *drawing, const CPLXMLNode *list, const CPLXMLNode *rooms,
                       const CPLXMLNode *own_room) {
    mu_draft *draft = drawing->draft;
    for (const CPLXMLNode *door = list != NULL ? list->psChild : NULL; door != NULL;
         door = door->psNext) {
        if (door->eType != CXT_Element) {
            continue;
        }
        const char *id =
            mu_draft_print(draft, "%s %s", door->pszValue, CPLGetXMLValue(door, "id", ""));
        mu_mark *mark = mu_drawing_mark(drawing, MU_MARK_DOOR, line_of(draft, door), id);
        if (mark != NULL) {
            put_door_on(mark, door, rooms, own_room, draft->options->storey_m);
        }
    }
}

static mu_status refuse(mu_draft *draft, const char *path, const char *said) {
    mu_where where = {path, NULL, 0, 0};
    mu_diags_add(draft->diags, MU_ERROR, "import.unreadable", &where,
                 _("give the geometry file of a JuPedSim project (<geometry> with <rooms>)"),
                 _("this is no JuPedSim geometry: %s"), said);
    return MU_ERR_INPUT;
}

mu_status mu_jupedsim_read(mu_drawing *drawing, const char *path) {
    mu_draft *draft = drawing->draft;
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
    CPLXMLNode *document = CPLParseXMLFile(path);
    CPLPopErrorHandler();
    if (document == NULL) {
        return refuse(draft, path, CPLGetLastErrorMsg());
    }
    const CPLXMLNode *root = CPLGetXMLNode(document, "=geometry");
    const CPLXMLNode *rooms = root != NULL ? child(root, "rooms") : NULL;
    mu_status status = MU_OK;
    if (rooms == NULL) {
        status = refuse(draft, path, _("it holds no rooms"));
    } else {
        mu_drawing_set_unit(drawing, 1, 0);
        uint32_t subrooms = 0;
        for (const CPLXMLNode *room = rooms->psChild; room != NULL; room = room->psNext) {
            for (const CPLXMLNode *part = is_named(room, "room") ? room->psChild : NULL;
                 part != NULL; part = part->psNext) {
                if (is_named(part, "subroom")) {
                    take_subroom(drawing, root, room, part);
                    subrooms++;
                }
            }
            take_doors(drawing, is_named(room, "room") ? child(room, "crossings") : NULL, rooms,
                       room);
        }
        take_doors(drawing, child(root, "crossings"), rooms, NULL);
        take_doors(drawing, child(root, "transitions"), rooms, NULL);
        mu_draft_note_file(draft, mu_file_name(path), path, subrooms);
    }
    CPLDestroyXMLNode(document);
    return status;
}
