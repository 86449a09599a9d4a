/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes polygons that geometry can be done with: coordinates on a grid of a millimetre, no points
 * closer than the tolerance, no spikes and slits thinner than it, valid rings. */
#include "tools/import/draft.h"

#include <math.h>
#include <string.h>

#include "muster/diag.h"

#define AREA_LEAST_M2 0.2 /* a smaller unit, or part of one, is drawing noise */
#define PARTS_MOST    16

typedef struct mending {
    uint32_t doubles, spikes, rings, invalid, parts;
} mending;

/* Distance of c from the segment ab. */
static double off_segment(mu_point a, mu_point b, mu_point c) {
    double dx = b.x - a.x;
    double dy = b.y - a.y;
    double square = dx * dx + dy * dy;
    double share = square > 0 ? ((c.x - a.x) * dx + (c.y - a.y) * dy) / square : 0;
    return mu_point_distance(mu_point_between(a, b, fmin(1, fmax(0, share))), c);
}

/* At b the border turns back on itself. */
static bool is_spike(mu_point a, mu_point b, mu_point c) {
    double turn = (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y);
    return turn < 0 && (off_segment(a, b, c) < MU_DRAFT_TOLERANCE_M ||
                        off_segment(b, c, a) < MU_DRAFT_TOLERANCE_M);
}

static void remove_point(mu_point *ring, uint32_t *count, uint32_t index) {
    memmove(ring + index, ring + index + 1, (*count - index - 1) * sizeof *ring);
    --*count;
}

/* Removes one fault of a ring; false where there is none left. */
static bool mend_once(mu_point *ring, uint32_t *count, mending *done) {
    for (uint32_t i = 0; i < *count; i++) {
        uint32_t next = (i + 1) % *count;
        if (mu_point_distance(ring[i], ring[next]) < MU_DRAFT_TOLERANCE_M) {
            remove_point(ring, count, next);
            done->doubles++;
            return true;
        }
    }
    for (uint32_t i = 0; i < *count; i++) {
        uint32_t next = (i + 1) % *count;
        uint32_t after = (i + 2) % *count;
        if (is_spike(ring[i], ring[next], ring[after])) {
            remove_point(ring, count, next);
            done->spikes++;
            return true;
        }
    }
    return false;
}

static GEOSGeometry *mended_ring(mu_draft *draft, const mu_outline *outline, uint32_t ring,
                                 mending *done) {
    uint32_t first = outline->starts[ring];
    uint32_t count = outline->starts[ring + 1] - first;
    mu_point *points = mu_draft_alloc(draft, count, sizeof *points);
    for (uint32_t i = 0; i < count; i++) {
        points[i] = mu_point_round(outline->points[first + i]);
    }
    while (count >= 3 && mend_once(points, &count, done)) {
    }
    return count >= 3 ? mu_polygon_make(draft, points, count) : NULL;
}

static GEOSGeometry *replace(mu_draft *draft, GEOSGeometry *old, GEOSGeometry *made) {
    if (made == NULL) {
        return old;
    }
    GEOSGeom_destroy_r(draft->geos, old);
    return made;
}

/* One polygon, mended; may come back as several, or as none (NULL). */
static GEOSGeometry *mended_polygon(mu_draft *draft, const GEOSGeometry *polygon, mending *done) {
    mu_outline outline = mu_outline_make(draft, polygon);
    GEOSGeometry *whole = outline.ring_count > 0 ? mended_ring(draft, &outline, 0, done) : NULL;
    if (whole == NULL) {
        return NULL;
    }
    if (GEOSisValid_r(draft->geos, whole) != 1) {
        done->invalid++;
        whole = replace(draft, whole, GEOSMakeValid_r(draft->geos, whole));
    }
    for (uint32_t ring = 1; ring < outline.ring_count; ring++) {
        GEOSGeometry *hole = mended_ring(draft, &outline, ring, done);
        if (hole == NULL) {
            done->rings++;
            continue;
        }
        hole = replace(draft, hole, GEOSMakeValid_r(draft->geos, hole));
        whole =
            replace(draft, whole, GEOSDifferencePrec_r(draft->geos, whole, hole, MU_DRAFT_GRID_M));
        GEOSGeom_destroy_r(draft->geos, hole);
    }
    return replace(draft, whole, GEOSGeom_setPrecision_r(draft->geos, whole, MU_DRAFT_GRID_M, 0));
}

static void tell(mu_draft *draft, const mu_draft_unit *unit, const mending *done) {
    if (done->doubles + done->spikes > 0) {
        mu_draft_remark(draft, MU_SECTION_REPAIRED, "points", unit->id,
                        _("points removed: %u closer than 1 cm to the one before, %u of spikes or "
                          "slits thinner than 1 cm"),
                        (unsigned)done->doubles, (unsigned)done->spikes);
    }
    if (done->rings > 0) {
        mu_draft_remark(draft, MU_SECTION_REPAIRED, "empty-holes", unit->id,
                        _("holes without area removed: %u"), (unsigned)done->rings);
    }
    if (done->invalid > 0) {
        mu_draft_remark(draft, MU_SECTION_REPAIRED, "self-crossing", unit->id,
                        _("the border crossed itself and was made valid"));
    }
}

/* Further parts of a unit become units of their own, named after it. */
static void add_part(mu_draft *draft, uint32_t of, GEOSGeometry *part, uint32_t number) {
    mu_draft_unit *made = MU_DRAFT_APPEND(draft, units);
    const mu_draft_unit *whole = &draft->units.items[of];
    *made = *whole;
    made->shape = NULL;
    made->id = mu_draft_print(draft, "%s-part%u", whole->id, (unsigned)number);
    mu_draft_shape(draft, draft->units.count - 1, part);
    mu_draft_remark(draft, MU_SECTION_REPAIRED, "parts", made->id,
                    _("%s is drawn as separate parts; this part of %.1f m2 became a space of its "
                      "own"),
                    draft->units.items[of].id, draft->units.items[draft->units.count - 1].area_m2);
}

bool mu_draft_set_parts(mu_draft *draft, uint32_t unit, const GEOSGeometry *geometry) {
    GEOSGeometry *parts[PARTS_MOST];
    uint32_t count = mu_polygon_parts(draft, geometry, parts, PARTS_MOST);
    uint32_t taken = 0;
    for (uint32_t i = 0; i < count; i++) {
        double area = 0;
        GEOSArea_r(draft->geos, parts[i], &area);
        if (area < AREA_LEAST_M2) {
            GEOSGeom_destroy_r(draft->geos, parts[i]);
        } else if (taken++ == 0) {
            mu_draft_shape(draft, unit, parts[i]);
        } else {
            add_part(draft, unit, parts[i], taken);
        }
    }
    return taken > 0;
}

static void clean_unit(mu_draft *draft, uint32_t index) {
    mending done = {0};
    const GEOSGeometry *drawn = draft->units.items[index].shape;
    int count = drawn != NULL ? GEOSGetNumGeometries_r(draft->geos, drawn) : 0;
    GEOSGeometry *mended = NULL;
    for (int i = 0; i < count; i++) {
        GEOSGeometry *part =
            mended_polygon(draft, GEOSGetGeometryN_r(draft->geos, drawn, i), &done);
        if (mended == NULL) {
            mended = part;
        } else if (part != NULL) {
            GEOSGeometry *both = GEOSUnionPrec_r(draft->geos, mended, part, MU_DRAFT_GRID_M);
            mended = replace(draft, mended, both);
            GEOSGeom_destroy_r(draft->geos, part);
        }
    }
    bool kept = mended != NULL && mu_draft_set_parts(draft, index, mended);
    GEOSGeom_destroy_r(draft->geos, mended);
    tell(draft, &draft->units.items[index], &done);
    if (!kept) {
        mu_draft_leave_out(draft, index, _("it is not drawn as a polygon with an area"));
    }
}

mu_status mu_draft_clean(mu_draft *draft) {
    uint32_t drawn = draft->units.count; /* parts added on the way are clean */
    for (uint32_t i = 0; i < drawn; i++) {
        if (draft->units.items[i].kept) {
            clean_unit(draft, i);
        }
    }
    for (uint32_t i = 0; i < draft->units.count; i++) {
        if (draft->units.items[i].kept) {
            return MU_OK;
        }
    }
    mu_where where = {draft->options->folder, NULL, 0, 0};
    mu_diags_add(draft->diags, MU_ERROR, "import.no-units", &where,
                 _("look at unit.geojson: its features need polygons and a level_id"),
                 _("no unit is left that could become a space"));
    return MU_ERR_INPUT;
}
