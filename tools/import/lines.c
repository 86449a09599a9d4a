/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rooms from a line drawing. Lines that were drawn by hand do not quite meet, so ends that lie
 * close together are joined, and an end that stops short of a wall is drawn on to it; then the
 * lines are cut where they cross, and every area that they enclose is a room or a wall. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/limits.h"
#include "muster/diag.h"
#include "tools/import/drawing.h"

#define OVERSHOOT_M   0.002 /* past a wall, so that the crossing is found in spite of rounding */
#define ROOM_LEAST_M2 0.5
#define ROOM_THIN_M   0.3 /* an area narrower than this, on average, is the inside of a wall */
#define ON_BORDER_M   0.02

void mu_lines_add(mu_draft *draft, mu_drawn_lines *lines, const GEOSGeometry *shape,
                  uint32_t mark) {
    const int type = GEOSGeomTypeId_r(draft->geos, shape);
    if (type == GEOS_POLYGON) {
        mu_lines_add(draft, lines, GEOSGetExteriorRing_r(draft->geos, shape), mark);
        return;
    }
    if (type != GEOS_LINESTRING && type != GEOS_LINEARRING) {
        const int parts = type == GEOS_POINT ? 0 : GEOSGetNumGeometries_r(draft->geos, shape);
        for (int i = 0; i < parts; i++) {
            mu_lines_add(draft, lines, GEOSGetGeometryN_r(draft->geos, shape, i), mark);
        }
        return;
    }
    const GEOSCoordSequence *points = GEOSGeom_getCoordSeq_r(draft->geos, shape);
    unsigned count = 0;
    GEOSCoordSeq_getSize_r(draft->geos, points, &count);
    for (unsigned i = 0; i + 1 < count; i++) {
        mu_drawn_line line = {.mark = mark};
        GEOSCoordSeq_getXY_r(draft->geos, points, i, &line.a.x, &line.a.y);
        GEOSCoordSeq_getXY_r(draft->geos, points, i + 1, &line.b.x, &line.b.y);
        if (mu_point_distance(line.a, line.b) > 0) {
            mu_drawn_line *added = mu_draft_append(draft, lines, sizeof *lines->items);
            *added = line;
        }
    }
}

/* An end of a line while ends are joined. */
typedef struct line_end {
    mu_point *at;
    uint32_t number;  /* 2 * line, + 1 for its second end */
    uint32_t cluster; /* the first end of those that it was joined with; MU_NONE: not yet */
} line_end;

static int by_place(const void *left, const void *right) {
    const mu_point *a = ((const line_end *)left)->at;
    const mu_point *b = ((const line_end *)right)->at;
    if (a->x != b->x) {
        return a->x < b->x ? -1 : 1;
    }
    return a->y < b->y ? -1 : a->y > b->y;
}

/* Ends within the gap of each other become one point, the westernmost of them. `lone[end]` tells of
 * each whether it met no other. */
static void join_ends(mu_draft *draft, mu_drawn_lines *lines, double gap, bool *lone) {
    const uint32_t count = 2 * lines->count;
    line_end *ends = mu_draft_alloc(draft, count, sizeof *ends);
    for (uint32_t i = 0; i < count; i++) {
        mu_drawn_line *line = &lines->items[i / 2];
        ends[i] = (line_end){i % 2 == 0 ? &line->a : &line->b, i, MU_NONE};
    }
    qsort(ends, count, sizeof *ends, by_place);
    for (uint32_t i = 0; i < count; i++) {
        if (ends[i].cluster != MU_NONE) {
            continue;
        }
        const mu_point kept = *ends[i].at;
        uint32_t members = 0;
        for (uint32_t j = i; j < count && ends[j].at->x <= kept.x + gap; j++) {
            if (ends[j].cluster == MU_NONE && mu_point_distance(kept, *ends[j].at) <= gap) {
                ends[j].cluster = i;
                members++;
            }
        }
        lone[ends[i].number] = members == 1;
    }
    for (uint32_t i = 0; i < count; i++) { /* only now, for the search goes by the old places */
        *ends[i].at = *ends[ends[i].cluster].at;
    }
}

static double share_on(mu_point at, const mu_drawn_line *line) {
    const double dx = line->b.x - line->a.x;
    const double dy = line->b.y - line->a.y;
    const double square = dx * dx + dy * dy;
    const double share =
        square > 0 ? ((at.x - line->a.x) * dx + (at.y - line->a.y) * dy) / square : 0;
    return fmin(1, fmax(0, share));
}

/* Finds the lines whose boxes a box meets. */
static GEOSSTRtree *index_of(mu_draft *draft, const mu_drawn_lines *lines) {
    GEOSSTRtree *tree = GEOSSTRtree_create_r(draft->geos, 10);
    for (uint32_t i = 0; i < lines->count; i++) {
        GEOSGeometry *box = mu_line_make(draft, lines->items[i].a, lines->items[i].b);
        GEOSSTRtree_insert_r(draft->geos, tree, box, &lines->items[i]);
        GEOSGeom_destroy_r(draft->geos, box);
    }
    return tree;
}

static void ask(mu_draft *draft, GEOSSTRtree *tree, mu_point low, mu_point high,
                GEOSQueryCallback each, void *context) {
    GEOSGeometry *box = mu_line_make(draft, low, high);
    GEOSSTRtree_query_r(draft->geos, tree, box, each, context);
    GEOSGeom_destroy_r(draft->geos, box);
}

static void count_one(void *item, void *count) {
    (void)item;
    ++*(uint64_t *)count;
}

/* Where lines lie across each other, each pair may be cut, and may close an area: how many could is
 * looked at before it is done. */
static bool can_be_cut(mu_draft *draft, GEOSSTRtree *tree, const mu_drawn_lines *lines) {
    const mu_where where = {.file = draft->options->folder};
    uint64_t twice = 0;
    for (uint32_t i = 0; i < lines->count; i++) {
        ask(draft, tree, lines->items[i].a, lines->items[i].b, count_one, &twice);
        if (!mu_limit_holds(MU_LIMIT_DRAWING_CROSSINGS, (twice - i - 1) / 2, draft->diags,
                            &where)) {
            return false;
        }
    }
    return true;
}

/* The search for the line that an end is drawn on to. */
typedef struct end_search {
    const mu_drawn_line *own, *best;
    mu_point end, foot;
    double least;
} end_search;

/* Of those that are as near, the last drawn. */
static void take_nearer(void *item, void *context) {
    const mu_drawn_line *line = item;
    end_search *search = context;
    const mu_point near = mu_point_between(line->a, line->b, share_on(search->end, line));
    const double away = mu_point_distance(search->end, near);
    if (line != search->own &&
        (away < search->least || (away == search->least && line > search->best))) {
        search->least = away;
        search->foot = near;
        search->best = line;
    }
}

/* Draws a lone end on to the nearest other line within the gap; false where there is none. Lines
 * have moved by as much themselves since the index was made. */
static bool draw_on(mu_draft *draft, GEOSSTRtree *tree, const mu_drawn_line *own, mu_point *end,
                    double gap) {
    const double reach = 2 * gap + 2 * OVERSHOOT_M;
    end_search search = {.own = own, .end = *end, .foot = *end, .least = gap};
    ask(draft, tree, (mu_point){end->x - reach, end->y - reach},
        (mu_point){end->x + reach, end->y + reach}, take_nearer, &search);
    if (search.least >= gap) {
        return false;
    }
    const double beyond = search.least > 1e-9 ? 1 + OVERSHOOT_M / search.least : 1;
    *end = mu_point_between(*end, search.foot, beyond);
    return true;
}

static GEOSGeometry *as_lines(mu_draft *draft, const mu_drawn_lines *lines) {
    GEOSGeometry **parts = mu_draft_alloc(draft, lines->count, sizeof(GEOSGeometry *));
    unsigned count = 0;
    for (uint32_t i = 0; i < lines->count; i++) {
        const mu_drawn_line *line = &lines->items[i];
        if (mu_point_distance(line->a, line->b) < MU_DRAFT_GRID_M) {
            continue; /* both of its ends were joined */
        }
        parts[count++] = mu_line_make(draft, line->a, line->b);
    }
    return GEOSGeom_createCollection_r(draft->geos, GEOS_MULTILINESTRING, parts, count);
}

GEOSGeometry *mu_lines_enclose(mu_draft *draft, mu_drawn_lines *lines, double gap_m,
                               uint32_t *loose) {
    bool *lone = mu_draft_alloc(draft, 2 * (size_t)lines->count, sizeof *lone);
    *loose = 0;
    join_ends(draft, lines, gap_m, lone);
    GEOSSTRtree *tree = index_of(draft, lines);
    const bool fine = can_be_cut(draft, tree, lines);
    for (uint32_t i = 0; fine && i < lines->count; i++) {
        mu_drawn_line *line = &lines->items[i];
        *loose += lone[2 * i] && !draw_on(draft, tree, line, &line->a, gap_m);
        *loose += lone[2 * i + 1] && !draw_on(draft, tree, line, &line->b, gap_m);
    }
    GEOSSTRtree_destroy_r(draft->geos, tree);
    if (!fine) {
        return NULL;
    }
    GEOSGeometry *drawn = as_lines(draft, lines);
    GEOSGeometry *cut = GEOSUnaryUnionPrec_r(draft->geos, drawn, MU_DRAFT_GRID_M);
    GEOSGeom_destroy_r(draft->geos, drawn);
    const GEOSGeometry *all[1] = {cut};
    GEOSGeometry *areas = cut != NULL ? GEOSPolygonize_r(draft->geos, all, 1) : NULL;
    GEOSGeom_destroy_r(draft->geos, cut);
    return areas;
}

/* Which lines are of one layer, and how much of a border lies on each. */
typedef struct layer_sums {
    const char **names; /* of a line's layer; NULL: none, or the line is no wall */
    uint32_t *first;    /* the first line of the same layer */
    double *lengths;    /* at a layer's first line */
} layer_sums;

typedef struct named_line {
    const char *layer;
    uint32_t line;
} named_line;

static int by_layer(const void *left, const void *right) {
    const named_line *a = left;
    const named_line *b = right;
    const int order = strcmp(a->layer, b->layer);
    return order != 0 ? order : a->line < b->line ? -1 : 1;
}

static layer_sums layers_of(const mu_drawing *drawing, const mu_drawn_lines *lines) {
    mu_draft *draft = drawing->draft;
    const layer_sums sums = {mu_draft_alloc(draft, lines->count, sizeof *sums.names),
                             mu_draft_alloc(draft, lines->count, sizeof *sums.first),
                             mu_draft_alloc(draft, lines->count, sizeof *sums.lengths)};
    named_line *named = mu_draft_alloc(draft, lines->count, sizeof *named);
    uint32_t count = 0;
    for (uint32_t i = 0; i < lines->count; i++) {
        const mu_mark *mark = &drawing->marks.items[lines->items[i].mark];
        sums.names[i] = mark->kind == MU_MARK_WALL ? mark->layer : NULL;
        if (sums.names[i] != NULL) {
            named[count++] = (named_line){sums.names[i], i};
        }
    }
    if (count > 1) {
        qsort(named, count, sizeof *named, by_layer);
    }
    for (uint32_t i = 0; i < count; i++) {
        const bool goes_on = i > 0 && strcmp(named[i].layer, named[i - 1].layer) == 0;
        sums.first[named[i].line] = goes_on ? sums.first[named[i - 1].line] : named[i].line;
    }
    return sums;
}

/* The layer that most of a border was drawn on; NULL where none is named. */
static const char *layer_of(layer_sums *sums, const mu_drawn_lines *lines,
                            const mu_outline *outline) {
    const char *best = NULL;
    double most = 0;
    for (uint32_t i = 0; i < lines->count; i++) {
        const mu_drawn_line *line = &lines->items[i];
        const mu_point middle = mu_point_between(line->a, line->b, 0.5);
        sums->lengths[i] = 0; /* a layer's first line comes before its others */
        if (sums->names[i] != NULL && mu_outline_may_reach(outline, middle, ON_BORDER_M) &&
            mu_outline_distance(outline, middle, NULL) < ON_BORDER_M) {
            sums->lengths[sums->first[i]] += mu_point_distance(line->a, line->b);
        }
    }
    for (uint32_t i = 0; i < lines->count; i++) {
        if (sums->lengths[i] > most) {
            most = sums->lengths[i];
            best = sums->names[i];
        }
    }
    return best;
}

typedef struct found_room {
    const char *name;
    GEOSGeometry *shape;
    mu_point low;
} found_room;

static int by_name(const void *left, const void *right) {
    const found_room *a = left;
    const found_room *b = right;
    const int order = strcmp(a->name, b->name);
    if (order != 0 || a->low.x != b->low.x) {
        return order != 0 ? order : a->low.x < b->low.x ? -1 : 1;
    }
    return a->low.y < b->low.y ? -1 : a->low.y > b->low.y;
}

/* One mark for each area that is wide enough for people; says how many are not. */
static uint32_t add_rooms(mu_drawing *drawing, const mu_drawn_lines *lines,
                          const GEOSGeometry *areas, int64_t ordinal) {
    mu_draft *draft = drawing->draft;
    const int count = areas != NULL ? GEOSGetNumGeometries_r(draft->geos, areas) : 0;
    found_room *rooms = mu_draft_alloc(draft, (size_t)count, sizeof *rooms);
    layer_sums sums = layers_of(drawing, lines);
    const mu_where where = {.file = draft->options->folder};
    uint32_t found = 0;
    uint32_t thin = 0;
    for (int i = 0; i < count; i++) {
        const GEOSGeometry *area = GEOSGetGeometryN_r(draft->geos, areas, i);
        double m2 = 0;
        double round_m = 0;
        GEOSArea_r(draft->geos, area, &m2);
        GEOSLength_r(draft->geos, area, &round_m);
        if (m2 < ROOM_LEAST_M2 || 2 * m2 / round_m < ROOM_THIN_M) {
            thin++;
            continue;
        }
        if (!mu_limit_holds(MU_LIMIT_SPACES, (uint64_t)found + 1, draft->diags, &where)) {
            break;
        }
        const mu_outline outline = mu_outline_make(draft, area);
        const char *layer = layer_of(&sums, lines, &outline);
        rooms[found++] = (found_room){layer != NULL ? layer : "room",
                                      GEOSGeom_clone_r(draft->geos, area), outline.low};
    }
    if (found > 1) {
        qsort(rooms, found, sizeof *rooms, by_name);
    }
    const double scale = drawing->scale;
    drawing->scale = 1; /* the lines are in metres by now */
    uint32_t number = 1;
    for (uint32_t i = 0; i < found; i++) {
        number = i > 0 && strcmp(rooms[i - 1].name, rooms[i].name) == 0 ? number + 1 : 1;
        const char *id = mu_draft_print(draft, "%s#%u level %lld", rooms[i].name, (unsigned)number,
                                        (long long)ordinal);
        mu_mark *mark = mu_drawing_mark(drawing, MU_MARK_ROOM, rooms[i].shape, id);
        if (mark != NULL) {
            mark->name = rooms[i].name;
            mark->category = mu_tags_category_of(rooms[i].name);
            mu_mark_put_on(mark, ordinal);
        }
    }
    drawing->scale = scale;
    return thin;
}

static bool is_on(const mu_mark *mark, int64_t ordinal) {
    for (uint32_t i = 0; i < mark->ordinal_count; i++) {
        if (mark->ordinals[i] == ordinal) {
            return true;
        }
    }
    return false;
}

static void close_level(mu_drawing *drawing, int64_t ordinal) {
    mu_draft *draft = drawing->draft;
    mu_drawn_lines lines = {0};
    for (uint32_t i = 0; i < drawing->marks.count; i++) {
        const mu_mark *mark = &drawing->marks.items[i];
        if ((mark->kind == MU_MARK_WALL || mark->kind == MU_MARK_DOOR) && is_on(mark, ordinal)) {
            mu_lines_add(draft, &lines, mark->shape, i);
        }
    }
    const uint32_t drawn = lines.count;
    uint32_t loose = 0;
    GEOSGeometry *areas = mu_lines_enclose(draft, &lines, draft->options->gap_m, &loose);
    const uint32_t thin = add_rooms(drawing, &lines, areas, ordinal);
    GEOSGeom_destroy_r(draft->geos, areas);
    mu_draft_remark(draft, MU_SECTION_JOINED, "lines", "",
                    _("level %lld: lines %u; ends closer than %.2f m were joined; ends that meet "
                      "nothing: %u; areas too small or too thin for people, taken as walls: %u"),
                    (long long)ordinal, (unsigned)drawn, draft->options->gap_m, (unsigned)loose,
                    (unsigned)thin);
}

void mu_drawing_close_lines(mu_drawing *drawing) {
    int64_t done[64];
    uint32_t count = 0;
    const uint32_t drawn = drawing->marks.count;
    for (uint32_t i = 0; i < drawn; i++) {
        const mu_mark *mark = &drawing->marks.items[i];
        if (mark->kind != MU_MARK_WALL || mark->ordinal_count == 0) {
            continue;
        }
        const int64_t ordinal = mark->ordinals[0];
        bool again = count == sizeof done / sizeof done[0];
        for (uint32_t d = 0; d < count; d++) {
            again = again || done[d] == ordinal;
        }
        if (!again) {
            done[count++] = ordinal;
            close_level(drawing, ordinal);
        }
    }
}
