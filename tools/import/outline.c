/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Polygons as plain points: the small questions (which unit holds this point, how far is its
 * border) are asked some hundred thousand times, so they are answered here and not through GEOS. */
#include "tools/import/draft.h"

#include <math.h>
#include <stdlib.h>

#define ROUNDING_M 1e-6 /* far above that of a distance, whatever the drawing's zero */

double mu_point_distance(mu_point a, mu_point b) {
    return hypot(b.x - a.x, b.y - a.y);
}

mu_point mu_point_round(mu_point at) {
    /* Dividing a whole number gives the double nearest to the decimal, which prints short. */
    double x = round(at.x * MU_DRAFT_STEPS_PER_M) / MU_DRAFT_STEPS_PER_M;
    double y = round(at.y * MU_DRAFT_STEPS_PER_M) / MU_DRAFT_STEPS_PER_M;
    return (mu_point){x + 0.0, y + 0.0}; /* no negative zero */
}

mu_point mu_point_between(mu_point a, mu_point b, double share) {
    return (mu_point){a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)};
}

double mu_ring_area(const mu_point *points, uint32_t count) {
    double twice = 0;
    for (uint32_t i = 0; i < count; i++) {
        const mu_point *a = &points[i];
        const mu_point *b = &points[(i + 1) % count];
        twice += a->x * b->y - b->x * a->y;
    }
    return twice / 2;
}

static uint32_t ring_points(mu_draft *draft, const GEOSGeometry *ring, mu_point *out) {
    const GEOSCoordSequence *sequence = GEOSGeom_getCoordSeq_r(draft->geos, ring);
    unsigned count = 0;
    GEOSCoordSeq_getSize_r(draft->geos, sequence, &count);
    for (unsigned i = 0; i + 1 < count; i++) { /* the last point repeats the first */
        GEOSCoordSeq_getXY_r(draft->geos, sequence, i, &out[i].x, &out[i].y);
    }
    return count > 0 ? count - 1 : 0;
}

mu_outline mu_outline_make(mu_draft *draft, const GEOSGeometry *polygon) {
    mu_outline outline = {0};
    if (polygon == NULL || GEOSGeomTypeId_r(draft->geos, polygon) != GEOS_POLYGON ||
        GEOSisEmpty_r(draft->geos, polygon) != 0) {
        return outline;
    }
    int holes = GEOSGetNumInteriorRings_r(draft->geos, polygon);
    int total = GEOSGetNumCoordinates_r(draft->geos, polygon);
    outline.ring_count = (uint32_t)(holes > 0 ? holes : 0) + 1;
    outline.points = mu_draft_alloc(draft, (size_t)total, sizeof *outline.points);
    outline.starts = mu_draft_alloc(draft, outline.ring_count + 1, sizeof *outline.starts);
    uint32_t end = 0;
    for (uint32_t ring = 0; ring < outline.ring_count; ring++) {
        const GEOSGeometry *line =
            ring == 0 ? GEOSGetExteriorRing_r(draft->geos, polygon)
                      : GEOSGetInteriorRingN_r(draft->geos, polygon, (int)ring - 1);
        outline.starts[ring] = end;
        end += ring_points(draft, line, outline.points + end);
    }
    outline.starts[outline.ring_count] = end;
    outline.low = outline.high = outline.points[0];
    for (uint32_t i = 1; i < outline.starts[1]; i++) {
        outline.low.x = fmin(outline.low.x, outline.points[i].x);
        outline.low.y = fmin(outline.low.y, outline.points[i].y);
        outline.high.x = fmax(outline.high.x, outline.points[i].x);
        outline.high.y = fmax(outline.high.y, outline.points[i].y);
    }
    return outline;
}

bool mu_outline_holds(const mu_outline *outline, mu_point at) {
    if (outline->ring_count == 0 || at.x < outline->low.x || at.x > outline->high.x ||
        at.y < outline->low.y || at.y > outline->high.y) {
        return false;
    }
    bool inside = false; /* even-odd over all rings: holes need no case of their own */
    for (uint32_t ring = 0; ring < outline->ring_count; ring++) {
        uint32_t first = outline->starts[ring];
        uint32_t count = outline->starts[ring + 1] - first;
        for (uint32_t i = 0; i < count; i++) {
            mu_point a = outline->points[first + i];
            mu_point b = outline->points[first + (i + 1) % count];
            if ((a.y > at.y) != (b.y > at.y) &&
                at.x < a.x + (at.y - a.y) / (b.y - a.y) * (b.x - a.x)) {
                inside = !inside;
            }
        }
    }
    return inside;
}

bool mu_outline_may_reach(const mu_outline *outline, mu_point at, double reach) {
    const double wide = reach + ROUNDING_M;
    return outline->ring_count > 0 && at.x >= outline->low.x - wide &&
           at.x <= outline->high.x + wide && at.y >= outline->low.y - wide &&
           at.y <= outline->high.y + wide;
}

static mu_point nearest_of_segment(mu_point a, mu_point b, mu_point at) {
    double dx = b.x - a.x;
    double dy = b.y - a.y;
    double square = dx * dx + dy * dy;
    double share = square > 0 ? ((at.x - a.x) * dx + (at.y - a.y) * dy) / square : 0;
    return mu_point_between(a, b, fmin(1, fmax(0, share)));
}

double mu_outline_distance(const mu_outline *outline, mu_point at, mu_point *nearest) {
    double best = INFINITY;
    for (uint32_t ring = 0; ring < outline->ring_count; ring++) {
        uint32_t first = outline->starts[ring];
        uint32_t count = outline->starts[ring + 1] - first;
        for (uint32_t i = 0; i < count; i++) {
            mu_point found = nearest_of_segment(outline->points[first + i],
                                                outline->points[first + (i + 1) % count], at);
            double distance = mu_point_distance(found, at);
            if (distance < best) {
                best = distance;
                if (nearest != NULL) {
                    *nearest = found;
                }
            }
        }
    }
    return best;
}

GEOSGeometry *mu_polygon_make(mu_draft *draft, const mu_point *points, uint32_t count) {
    GEOSCoordSequence *sequence = GEOSCoordSeq_create_r(draft->geos, count + 1, 2);
    for (uint32_t i = 0; i <= count; i++) {
        const mu_point *at = &points[i % count];
        GEOSCoordSeq_setXY_r(draft->geos, sequence, i, at->x, at->y);
    }
    GEOSGeometry *ring = GEOSGeom_createLinearRing_r(draft->geos, sequence);
    return ring != NULL ? GEOSGeom_createPolygon_r(draft->geos, ring, NULL, 0) : NULL;
}

GEOSGeometry *mu_point_make(mu_draft *draft, mu_point at) {
    return GEOSGeom_createPointFromXY_r(draft->geos, at.x, at.y);
}

typedef struct sized_part {
    GEOSGeometry *polygon;
    double area;
} sized_part;

static int by_area(const void *left, const void *right) {
    double a = ((const sized_part *)left)->area;
    double b = ((const sized_part *)right)->area;
    return (a < b) - (a > b);
}

uint32_t mu_polygon_parts(mu_draft *draft, const GEOSGeometry *geometry, GEOSGeometry **parts,
                          uint32_t most) {
    int count = geometry != NULL ? GEOSGetNumGeometries_r(draft->geos, geometry) : 0;
    sized_part *found = mu_draft_alloc(draft, (size_t)(count > 0 ? count : 0), sizeof *found);
    uint32_t polygons = 0;
    for (int i = 0; i < count; i++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(draft->geos, geometry, i);
        if (GEOSGeomTypeId_r(draft->geos, part) == GEOS_POLYGON &&
            GEOSisEmpty_r(draft->geos, part) == 0) {
            found[polygons].polygon = GEOSGeom_clone_r(draft->geos, part);
            GEOSArea_r(draft->geos, part, &found[polygons++].area);
        }
    }
    qsort(found, polygons, sizeof *found, by_area);
    for (uint32_t i = 0; i < polygons; i++) {
        if (i < most) {
            parts[i] = found[i].polygon;
        } else {
            GEOSGeom_destroy_r(draft->geos, found[i].polygon);
        }
    }
    return polygons < most ? polygons : most;
}

GEOSGeometry *mu_line_make(const mu_draft *draft, mu_point a, mu_point b) {
    GEOSCoordSequence *two = GEOSCoordSeq_create_r(draft->geos, 2, 2);
    GEOSCoordSeq_setXY_r(draft->geos, two, 0, a.x, a.y);
    GEOSCoordSeq_setXY_r(draft->geos, two, 1, b.x, b.y);
    return GEOSGeom_createLineString_r(draft->geos, two);
}

GEOSGeometry *mu_area_within(mu_draft *draft, const GEOSGeometry *shape) {
    const int type = GEOSGeomTypeId_r(draft->geos, shape);
    if (type == GEOS_POLYGON) {
        return GEOSGeom_clone_r(draft->geos, shape);
    }
    if (type != GEOS_LINESTRING || GEOSisClosed_r(draft->geos, shape) != 1) {
        return NULL;
    }
    const GEOSCoordSequence *line = GEOSGeom_getCoordSeq_r(draft->geos, shape);
    GEOSGeometry *ring =
        GEOSGeom_createLinearRing_r(draft->geos, GEOSCoordSeq_clone_r(draft->geos, line));
    GEOSGeometry *area = ring != NULL ? GEOSGeom_createPolygon_r(draft->geos, ring, NULL, 0) : NULL;
    if (area != NULL && GEOSisValid_r(draft->geos, area) != 1) {
        GEOSGeometry *valid = GEOSMakeValid_r(draft->geos, area);
        GEOSGeom_destroy_r(draft->geos, area);
        area = valid;
    }
    return area;
}
