/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From marks to a draft: levels in their order, a unit for each room on each of its levels, an
 * opening for each door. Everything is sorted by source id, so that the order in a file never
 * matters. */
#include "tools/import/drawing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/limits.h"
#include "muster/diag.h"

#define DOOR_WIDTH_M   1.0
#define DEGREES_ACROSS 0.2    /* a site wider than this is not in degrees */
#define METRES_ACROSS  4000.0 /* a drawing wider than this is in millimetres */
#define DOOR_LEAST_M   0.05

static int scale_point(double *x, double *y, void *by) {
    *x *= *(const double *)by;
    *y *= *(const double *)by;
    return 1;
}

mu_mark *mu_drawing_mark(mu_drawing *drawing, mu_mark_kind kind, GEOSGeometry *shape,
                         const char *source_id) {
    mu_draft *draft = drawing->draft;
    drawing->shapes += shape != NULL;
    if (shape == NULL || drawing->marks.count >= MU_DRAWING_SHAPES_MOST) {
        GEOSGeom_destroy_r(draft->geos, shape);
        return NULL;
    }
    if (drawing->scale != 1) {
        GEOSGeometry *scaled =
            GEOSGeom_transformXY_r(draft->geos, shape, scale_point, &drawing->scale);
        GEOSGeom_destroy_r(draft->geos, shape);
        shape = scaled;
    }
    mu_mark *mark = mu_draft_append(draft, &drawing->marks, sizeof *drawing->marks.items);
    *mark = (mu_mark){.source_id = source_id, .kind = kind, .shape = shape};
    return mark;
}

void mu_mark_put_on(mu_mark *mark, int64_t ordinal) {
    const uint32_t most = sizeof mark->ordinals / sizeof mark->ordinals[0];
    for (uint32_t i = 0; i < mark->ordinal_count; i++) {
        if (mark->ordinals[i] == ordinal) {
            return;
        }
    }
    if (mark->ordinal_count < most) {
        mark->ordinals[mark->ordinal_count++] = ordinal;
    }
}

void mu_drawing_set_unit(mu_drawing *drawing, double said_m, double across) {
    mu_draft *draft = drawing->draft;
    const double wanted = draft->options->unit_m;
    double unit = wanted;
    const char *why = _("given with --unit");
    if (wanted == 0 && said_m != 0) {
        unit = said_m;
        why = _("as its file says");
    } else if (wanted == 0) {
        unit = across <= DEGREES_ACROSS ? -1 : across > METRES_ACROSS ? 0.001 : 1;
        why = _("guessed from its extent, for its file does not say");
    }
    draft->metric = unit > 0;
    draft->unit_m = unit;
    draft->unit_why = why;
    drawing->scale = unit > 0 ? unit : 1;
}

static void drop_marks(mu_drawing *drawing) {
    for (uint32_t i = 0; i < drawing->marks.count; i++) {
        GEOSGeom_destroy_r(drawing->draft->geos, drawing->marks.items[i].shape);
    }
    drawing->marks.count = 0;
}

static int by_ordinal(const void *left, const void *right) {
    const mu_draft_level *a = left;
    const mu_draft_level *b = right;
    return a->ordinal < b->ordinal ? -1 : a->ordinal > b->ordinal;
}

static uint32_t level_of(const mu_draft *draft, int64_t ordinal) {
    for (uint32_t i = 0; i < draft->levels.count; i++) {
        if (draft->levels.items[i].ordinal == ordinal) {
            return i;
        }
    }
    return MU_NONE;
}

/* Levels that hold a room; a door alone makes none. */
static void make_levels(mu_drawing *drawing) {
    mu_draft *draft = drawing->draft;
    for (uint32_t i = 0; i < drawing->marks.count; i++) {
        const mu_mark *mark = &drawing->marks.items[i];
        for (uint32_t o = 0; mark->kind == MU_MARK_ROOM && o < mark->ordinal_count; o++) {
            if (level_of(draft, mark->ordinals[o]) == MU_NONE) {
                mu_draft_level *level = MU_DRAFT_APPEND(draft, levels);
                *level = (mu_draft_level){.ordinal = mark->ordinals[o], .building = 0};
                level->source_id = mu_draft_print(draft, "level %lld", (long long)level->ordinal);
                level->short_name = mu_draft_print(draft, "%lld", (long long)level->ordinal);
            }
        }
    }
    if (draft->levels.count > 1) {
        qsort(draft->levels.items, draft->levels.count, sizeof *draft->levels.items, by_ordinal);
    }
}

static void make_building(mu_draft *draft) {
    mu_draft_building *building = MU_DRAFT_APPEND(draft, buildings);
    *building = (mu_draft_building){.source_id = "", .ground = MU_NONE};
    building->name = draft->venue;
}

static void add_footprint(mu_drawing *drawing, mu_mark *mark) {
    mu_draft_building *beside = MU_DRAFT_APPEND(drawing->draft, buildings);
    *beside =
        (mu_draft_building){.source_id = mark->source_id, .name = mark->name, .ground = MU_NONE};
    beside->footprint = mark->shape;
    mark->shape = NULL;
}

static void add_units(mu_drawing *drawing, const mu_mark *mark) {
    mu_draft *draft = drawing->draft;
    for (uint32_t o = 0; o < mark->ordinal_count; o++) {
        mu_draft_unit *unit = MU_DRAFT_APPEND(draft, units);
        unit->source_id =
            mark->ordinal_count > 1
                ? mu_draft_print(draft, "%s@%lld", mark->source_id, (long long)mark->ordinals[o])
                : mark->source_id;
        unit->name = mark->name;
        unit->category = unit->drawn_category = mark->category != NULL ? mark->category : "room";
        unit->use_unknown = mark->category == NULL || strcmp(mark->category, "room") == 0;
        unit->level = level_of(draft, mark->ordinals[o]);
        unit->shape = GEOSGeom_clone_r(draft->geos, mark->shape);
    }
    if (mark->level_guessed && draft->levels.count > 1) {
        mu_draft_remark(draft, MU_SECTION_GUESSED, "level", mark->source_id,
                        _("the drawing does not tell its level; it is put on level %lld"),
                        (long long)mark->ordinals[0]);
    }
}

/* First and last point of a line, or the one point twice. */
static bool ends_of(const mu_draft *draft, const GEOSGeometry *shape, mu_point *a, mu_point *b) {
    const int type = GEOSGeomTypeId_r(draft->geos, shape);
    if (type != GEOS_POINT && type != GEOS_LINESTRING) {
        return false;
    }
    const GEOSCoordSequence *line = GEOSGeom_getCoordSeq_r(draft->geos, shape);
    unsigned count = 0;
    GEOSCoordSeq_getSize_r(draft->geos, line, &count);
    GEOSCoordSeq_getXY_r(draft->geos, line, 0, &a->x, &a->y);
    GEOSCoordSeq_getXY_r(draft->geos, line, count - 1, &b->x, &b->y);
    return true;
}

static void add_openings(mu_drawing *drawing, const mu_mark *mark) {
    mu_draft *draft = drawing->draft;
    mu_point a;
    mu_point b;
    const bool fits = ends_of(draft, mark->shape, &a, &b);
    for (uint32_t o = 0; fits && o < mark->ordinal_count; o++) {
        const uint32_t level = level_of(draft, mark->ordinals[o]);
        if (level == MU_NONE) {
            continue;
        }
        mu_draft_opening *opening = MU_DRAFT_APPEND(draft, openings);
        opening->source_id =
            mark->ordinal_count > 1
                ? mu_draft_print(draft, "%s@%lld", mark->source_id, (long long)mark->ordinals[o])
                : mark->source_id;
        opening->level = level;
        opening->a = a;
        opening->b = b;
        opening->width_m = mark->width_m > 0 ? mark->width_m : DOOR_WIDTH_M;
    }
    if (!fits) {
        mu_draft_remark(draft, MU_SECTION_LEFT_OUT, "opening", mark->source_id, "%s",
                        _("this opening is drawn neither as a line nor as a point"));
    }
}

static bool share_level(const mu_mark *a, const mu_mark *b) {
    for (uint32_t i = 0; i < a->ordinal_count; i++) {
        for (uint32_t j = 0; j < b->ordinal_count; j++) {
            if (a->ordinals[i] == b->ordinals[j]) {
                return true;
            }
        }
    }
    return false;
}

/* What a mark does to a room that it lies in, or beside. */
typedef void meet_room(mu_draft *draft, mu_mark *room, const mu_mark *mark);
typedef struct meeting {
    mu_draft *draft;
    const mu_mark *mark;
    meet_room *meet;
} meeting;

static void meet_one(void *item, void *context) {
    const meeting *of = context;
    if (share_level(item, of->mark)) {
        of->meet(of->draft, item, of->mark);
    }
}

/* Each mark of a kind with each room whose box meets its own. */
static void meet_rooms(mu_drawing *drawing, mu_mark_kind kind, meet_room *meet) {
    mu_draft *draft = drawing->draft;
    GEOSSTRtree *rooms = GEOSSTRtree_create_r(draft->geos, 10);
    for (uint32_t i = 0; i < drawing->marks.count; i++) {
        mu_mark *room = &drawing->marks.items[i];
        if (room->kind == MU_MARK_ROOM) {
            GEOSSTRtree_insert_r(draft->geos, rooms, room->shape, room);
        }
    }
    for (uint32_t i = 0; i < drawing->marks.count; i++) {
        meeting of = {draft, &drawing->marks.items[i], meet};
        if (of.mark->kind == kind) {
            GEOSSTRtree_query_r(draft->geos, rooms, of.mark->shape, meet_one, &of);
        }
    }
    GEOSSTRtree_destroy_r(draft->geos, rooms);
}

/* Columns and counters are cut out of the rooms they stand in. */
static void cut_obstacle(mu_draft *draft, mu_mark *room, const mu_mark *obstacle) {
    GEOSGeometry *rest =
        GEOSIntersects_r(draft->geos, room->shape, obstacle->shape) == 1
            ? GEOSDifferencePrec_r(draft->geos, room->shape, obstacle->shape, MU_DRAFT_GRID_M)
            : NULL;
    if (rest != NULL) {
        GEOSGeom_destroy_r(draft->geos, room->shape);
        room->shape = rest;
    }
}

/* The outer border of a room; who passes an inner one stands in a column. */
static GEOSGeometry *outer_border(mu_draft *draft, const GEOSGeometry *room) {
    const GEOSGeometry *whole = GEOSGeomTypeId_r(draft->geos, room) == GEOS_POLYGON
                                    ? room
                                    : GEOSGetGeometryN_r(draft->geos, room, 0);
    return GEOSGeom_clone_r(draft->geos, GEOSGetExteriorRing_r(draft->geos, whole));
}

static double longest_side(const mu_draft *draft, const GEOSGeometry *shape) {
    double low_x = 0, low_y = 0, high_x = 0, high_y = 0;
    GEOSGeom_getExtent_r(draft->geos, shape, &low_x, &low_y, &high_x, &high_y);
    return fmax(high_x - low_x, high_y - low_y);
}

/* The longest straight piece of a room's border that lies within an exit area, as a door. */
static GEOSGeometry *border_within(mu_draft *draft, const GEOSGeometry *room,
                                   const GEOSGeometry *area) {
    GEOSGeometry *border = outer_border(draft, room);
    GEOSGeometry *wider = GEOSBuffer_r(draft->geos, area, MU_DRAFT_NEAR_M, 4);
    GEOSGeometry *common =
        border != NULL && wider != NULL ? GEOSIntersection_r(draft->geos, border, wider) : NULL;
    mu_drawn_lines pieces = {0};
    if (common != NULL) {
        mu_lines_add(draft, &pieces, common, 0);
    }
    const double most = longest_side(draft, area);
    double longest = DOOR_LEAST_M;
    GEOSGeometry *best = NULL;
    for (uint32_t i = 0; i < pieces.count; i++) {
        const mu_drawn_line *piece = &pieces.items[i];
        const double length = mu_point_distance(piece->a, piece->b);
        if (length > longest) {
            longest = length;
            const double half = fmin(length, most) / 2 / length;
            GEOSGeom_destroy_r(draft->geos, best);
            best = mu_line_make(draft, mu_point_between(piece->a, piece->b, 0.5 - half),
                                mu_point_between(piece->a, piece->b, 0.5 + half));
        }
    }
    GEOSGeom_destroy_r(draft->geos, border);
    GEOSGeom_destroy_r(draft->geos, wider);
    GEOSGeom_destroy_r(draft->geos, common);
    return best;
}

/* An exit area at no border becomes a door at the nearest point of a room's border. */
static void move_to_border(mu_drawing *drawing, mu_mark *area) {
    mu_draft *draft = drawing->draft;
    GEOSGeometry *best = NULL;
    double least = INFINITY;
    for (uint32_t r = 0; r < drawing->marks.count; r++) {
        const mu_mark *room = &drawing->marks.items[r];
        double away = INFINITY;
        if (room->kind != MU_MARK_ROOM || !share_level(room, area)) {
            continue;
        }
        GEOSGeometry *border = outer_border(draft, room->shape);
        GEOSDistance_r(draft->geos, border, area->shape, &away);
        if (away < least) {
            least = away;
            GEOSGeometry *middle = GEOSGetCentroid_r(draft->geos, area->shape);
            const double along = GEOSProject_r(draft->geos, border, middle);
            GEOSGeom_destroy_r(draft->geos, best);
            best = GEOSInterpolate_r(draft->geos, border, along);
            GEOSGeom_destroy_r(draft->geos, middle);
        }
        GEOSGeom_destroy_r(draft->geos, border);
    }
    area->width_m = longest_side(draft, area->shape);
    if (best != NULL) {
        GEOSGeom_destroy_r(draft->geos, area->shape);
        area->shape = best;
        area->kind = MU_MARK_DOOR;
        mu_draft_remark(draft, MU_SECTION_GUESSED, "exit-area", area->source_id,
                        _("this exit lies %.1f m from the border; a door is made there"), least);
    }
}

static void open_exit_areas(mu_drawing *drawing) {
    mu_draft *draft = drawing->draft;
    for (uint32_t i = 0; i < drawing->marks.count; i++) {
        mu_mark *area = &drawing->marks.items[i];
        for (uint32_t r = 0; area->kind == MU_MARK_EXIT_AREA && r < drawing->marks.count; r++) {
            const mu_mark *room = &drawing->marks.items[r];
            GEOSGeometry *door = room->kind == MU_MARK_ROOM && share_level(room, area)
                                     ? border_within(draft, room->shape, area->shape)
                                     : NULL;
            if (door != NULL) {
                GEOSGeom_destroy_r(draft->geos, area->shape);
                area->shape = door;
                area->kind = MU_MARK_DOOR;
            }
        }
        if (area->kind == MU_MARK_EXIT_AREA) {
            move_to_border(drawing, area);
        }
    }
}

/* A text that stands in a room names it, and may tell its use. */
static void name_room(mu_draft *draft, mu_mark *room, const mu_mark *label) {
    if (GEOSContains_r(draft->geos, room->shape, label->shape) == 1) {
        room->name = label->name;
        const char *category = mu_tags_category_of(label->name);
        room->category = category != NULL ? category : room->category;
    }
}

static void settle(mu_drawing *drawing) {
    mu_draft *draft = drawing->draft;
    mu_drawing_close_lines(drawing);
    meet_rooms(drawing, MU_MARK_LABEL, name_room);
    meet_rooms(drawing, MU_MARK_OBSTACLE, cut_obstacle);
    open_exit_areas(drawing);
    make_building(draft);
    make_levels(drawing);
    for (uint32_t i = 0; i < drawing->marks.count; i++) {
        mu_mark *mark = &drawing->marks.items[i];
        if (mark->kind == MU_MARK_ROOM) {
            add_units(drawing, mark);
        } else if (mark->kind == MU_MARK_DOOR) {
            add_openings(drawing, mark);
        } else if (mark->kind == MU_MARK_FOOTPRINT) {
            add_footprint(drawing, mark);
        }
    }
    mu_draft_sort(draft->units.items, draft->units.count, sizeof *draft->units.items);
    mu_draft_sort(draft->openings.items, draft->openings.count, sizeof *draft->openings.items);
    draft->buildings_read = draft->buildings.count;
    draft->levels_read = draft->levels.count;
    draft->units_read = draft->units.count;
    draft->openings_read = draft->openings.count;
}

typedef mu_status read_one(mu_drawing *drawing, const char *path);

/* Rooms are compared with each other, and with all that lies in them. */
static mu_status check_count(const mu_drawing *drawing) {
    const mu_where where = {.file = drawing->draft->options->folder};
    uint64_t rooms = 0;
    for (uint32_t i = 0; i < drawing->marks.count; i++) {
        rooms += drawing->marks.items[i].kind == MU_MARK_ROOM;
    }
    return mu_limit_holds(MU_LIMIT_SPACES, rooms, drawing->draft->diags, &where) ? MU_OK
                                                                                 : MU_ERR_INPUT;
}

static mu_status check_rooms(const mu_draft *draft) {
    if (mu_diags_count(draft->diags, MU_ERROR) > 0) { /* of a limit */
        return MU_ERR_INPUT;
    }
    if (draft->units.count > 0) {
        return MU_OK;
    }
    mu_where where = {draft->options->folder, NULL, 0, 0};
    mu_diags_add(draft->diags, MU_ERROR, "import.empty", &where,
                 _("rooms are needed: polygons, or lines that enclose them; a wider --gap closes "
                   "lines that do not quite meet"),
                 _("no room was found in this drawing"));
    return MU_ERR_INPUT;
}

mu_status mu_drawing_read(mu_draft *draft) {
    static read_one *const readers[] = {
        [MU_IMPORT_VECTOR] = mu_vector_read,     [MU_IMPORT_DXF] = mu_dxf_read,
        [MU_IMPORT_WKT] = mu_wkt_read,           [MU_IMPORT_ROOMS] = mu_rooms_read,
        [MU_IMPORT_JUPEDSIM] = mu_jupedsim_read,
    };
    mu_drawing drawing = {.draft = draft, .scale = 1};
    mu_status status = MU_OK;
    for (uint32_t i = 0; i < draft->options->sources.count && status == MU_OK; i++) {
        const mu_where where = {.file = draft->options->sources.items[i]};
        status = readers[draft->options->format](&drawing, where.file);
        if (status == MU_OK &&
            !mu_limit_holds(MU_LIMIT_DRAWING_SHAPES, drawing.shapes, draft->diags, &where)) {
            status = MU_ERR_INPUT;
        }
    }
    if (status == MU_OK) {
        if (draft->venue == NULL) {
            draft->venue = mu_file_stem(draft, draft->options->folder);
        }
        status = check_count(&drawing);
    }
    if (status == MU_OK) {
        settle(&drawing);
        status = check_rooms(draft);
    }
    drop_marks(&drawing);
    return status;
}
