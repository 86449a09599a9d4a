/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The open ground round a building: a ring about the ground level, less what other buildings stand
 * on, and one assembly point in it. An exit is a door into this space. Enclosed courtyards are left
 * out: whoever is in one has not left the building. */
#include "tools/import/draft.h"

#include <math.h>

#include "muster/diag.h"

#define CLOSING_M      0.3 /* gaps of walls up to twice this are closed in the hull */
#define QUARTER_STEPS  4   /* segments of a quarter circle at the ring's outer corners */
#define MITRE_LIMIT    5.0
#define PIECE_LEAST_M2 4.0
#define PIECES_MOST    16
#define ASSEMBLY_OFF_M                                                                             \
    8.0 /* least distance of an assembly point from exits; walls if it can be                      \
         */
#define ASSEMBLY_STEP_M     2.0 /* of the search for it */
#define ASSEMBLY_ASKED_MOST 250 /* places each way: farther apart where the space is larger */
#define ASSEMBLY_EDGE_M     1.5 /* from the border of the space */
#define ASSEMBLY_EACH_M2    0.5 /* for each of those who gather: they stand, and others pass by */
#define RING_LEAST_M        12.0

static GEOSGeometry *buffered(mu_draft *draft, const GEOSGeometry *shape, double by, int join) {
    return GEOSBufferWithStyle_r(draft->geos, shape, by, QUARTER_STEPS, GEOSBUF_CAP_FLAT, join,
                                 MITRE_LIMIT);
}

static GEOSGeometry *level_union(mu_draft *draft, uint32_t level) {
    GEOSGeometry **shapes = mu_draft_alloc(draft, draft->units.count, sizeof(GEOSGeometry *));
    unsigned count = 0;
    for (uint32_t i = 0; i < draft->units.count; i++) {
        const mu_draft_unit *unit = &draft->units.items[i];
        if (unit->level == level && unit->shape != NULL && unit->outline.ring_count > 0) {
            shapes[count++] = GEOSGeom_clone_r(draft->geos, unit->shape);
        }
    }
    GEOSGeometry *all =
        GEOSGeom_createCollection_r(draft->geos, GEOS_GEOMETRYCOLLECTION, shapes, count);
    GEOSGeometry *joined = GEOSUnaryUnionPrec_r(draft->geos, all, MU_DRAFT_GRID_M);
    GEOSGeom_destroy_r(draft->geos, all);
    return joined;
}

/* The exterior rings only; what they enclose is counted as courtyards. */
static GEOSGeometry *filled(mu_draft *draft, const GEOSGeometry *shape,
                            mu_draft_building *building) {
    GEOSGeometry *parts[PIECES_MOST];
    uint32_t count = mu_polygon_parts(draft, shape, parts, PIECES_MOST);
    for (uint32_t i = 0; i < count; i++) {
        mu_outline outline = mu_outline_make(draft, parts[i]);
        for (uint32_t ring = 1; ring < outline.ring_count; ring++) {
            uint32_t first = outline.starts[ring];
            double area =
                fabs(mu_ring_area(outline.points + first, outline.starts[ring + 1] - first));
            building->courtyards_m2 += area > 1 ? area : 0;
            building->courtyard_count += area > 1;
        }
        GEOSGeom_destroy_r(draft->geos, parts[i]);
        parts[i] = mu_polygon_make(draft, outline.points, outline.starts[1]);
    }
    return GEOSGeom_createCollection_r(draft->geos, GEOS_MULTIPOLYGON, parts, count);
}

static GEOSGeometry *hull_of(mu_draft *draft, mu_draft_building *building) {
    GEOSGeometry *joined = level_union(draft, building->ground);
    GEOSGeometry *wider = buffered(draft, joined, CLOSING_M, GEOSBUF_JOIN_MITRE);
    GEOSGeometry *closed = buffered(draft, wider, -CLOSING_M, GEOSBUF_JOIN_MITRE);
    GEOSGeometry *both = GEOSUnionPrec_r(draft->geos, closed, joined, MU_DRAFT_GRID_M);
    GEOSGeometry *hull = filled(draft, both, building);
    GEOSGeom_destroy_r(draft->geos, joined);
    GEOSGeom_destroy_r(draft->geos, wider);
    GEOSGeom_destroy_r(draft->geos, closed);
    GEOSGeom_destroy_r(draft->geos, both);
    return hull;
}

/* Takes one shape off another; the old one is destroyed. */
static GEOSGeometry *without(mu_draft *draft, GEOSGeometry *from, const GEOSGeometry *off) {
    GEOSGeometry *valid = off != NULL ? GEOSMakeValid_r(draft->geos, off) : NULL;
    GEOSGeometry *rest =
        valid != NULL ? GEOSDifferencePrec_r(draft->geos, from, valid, MU_DRAFT_GRID_M) : NULL;
    GEOSGeom_destroy_r(draft->geos, valid);
    if (rest == NULL) {
        return from;
    }
    GEOSGeom_destroy_r(draft->geos, from);
    return rest;
}

static void add_outdoor(mu_draft *draft, uint32_t of, GEOSGeometry *piece, uint32_t number) {
    const mu_draft_building *building = &draft->buildings.items[of];
    mu_draft_unit *made = MU_DRAFT_APPEND(draft, units);
    made->id = number == 1 ? mu_draft_print(draft, "%s-outdoor", building->id)
                           : mu_draft_print(draft, "%s-outdoor-%u", building->id, (unsigned)number);
    made->name = building->name != NULL ? building->name : building->id;
    made->category = made->drawn_category = "outdoor";
    made->use = MU_USE_OUTDOOR;
    made->level = building->ground;
    made->kept = made->outdoor = true;
    mu_draft_shape(draft, draft->units.count - 1, piece);
}

/* Radius of the crowd that gathers at a building's assembly point. */
static double crowd_m(const mu_draft *draft, uint32_t building) {
    return sqrt(mu_draft_persons(draft, building) * ASSEMBLY_EACH_M2 / acos(-1));
}

/* So much open ground that the crowd that gathers stands clear of walls and exits: else it bars the
 * way of those who come after. */
static double ring_of(const mu_draft *draft, uint32_t building) {
    const double needed = ceil(ASSEMBLY_OFF_M + 2 * crowd_m(draft, building));
    return draft->options->ring_m > 0 ? draft->options->ring_m : fmax(RING_LEAST_M, needed);
}

static void surround(mu_draft *draft, uint32_t index) {
    mu_draft_building *building = &draft->buildings.items[index];
    const double ring_m = ring_of(draft, index);
    GEOSGeometry *ring = buffered(draft, building->hull, ring_m, GEOSBUF_JOIN_ROUND);
    ring = without(draft, ring, building->hull);
    for (uint32_t other = 0; other < draft->buildings.count; other++) {
        const mu_draft_building *beside = &draft->buildings.items[other];
        if (other != index) {
            ring = without(draft, ring, beside->hull != NULL ? beside->hull : beside->footprint);
        }
    }
    GEOSGeometry *pieces[PIECES_MOST];
    uint32_t count = mu_polygon_parts(draft, ring, pieces, PIECES_MOST);
    GEOSGeom_destroy_r(draft->geos, ring);
    for (uint32_t i = 0; i < count; i++) {
        double area = 0;
        GEOSArea_r(draft->geos, pieces[i], &area);
        if (area >= PIECE_LEAST_M2) {
            add_outdoor(draft, index, pieces[i], i + 1);
        } else {
            GEOSGeom_destroy_r(draft->geos, pieces[i]);
        }
    }
    mu_draft_remark(
        draft, MU_SECTION_GUESSED, "outdoors", building->id,
        _("the ground round the building is taken as open for %.0f m; outdoor spaces made: "
          "%u"),
        ring_m, (unsigned)count);
    if (building->courtyard_count > 0) {
        mu_draft_remark(draft, MU_SECTION_LEFT_OUT, "courtyard", building->id,
                        _("enclosed courtyards and voids: %u, %.0f m2 together; no way out leads "
                          "through them"),
                        (unsigned)building->courtyard_count, building->courtyards_m2);
    }
}

mu_status mu_draft_make_outdoors(mu_draft *draft) {
    for (uint32_t i = 0; i < draft->buildings.count; i++) {
        mu_draft_building *building = &draft->buildings.items[i];
        if (building->kept && draft->levels.items[building->ground].kept) {
            building->hull = hull_of(draft, building);
        } else if (building->kept) {
            mu_draft_remark(draft, MU_SECTION_GUESSED, "no-ground", building->id,
                            _("its ground level %s was not chosen, so there is no way out"),
                            draft->levels.items[building->ground].id);
        }
    }
    for (uint32_t i = 0; i < draft->buildings.count; i++) {
        if (draft->buildings.items[i].hull != NULL) {
            surround(draft, i);
        }
    }
    return MU_OK;
}

uint32_t mu_draft_outdoor_near(const mu_draft *draft, uint32_t level, mu_point at) {
    uint32_t best = MU_NONE;
    double least = MU_DRAFT_WALL_M;
    for (uint32_t i = 0; i < draft->units.count; i++) {
        const mu_draft_unit *unit = &draft->units.items[i];
        if (unit->outdoor && unit->level == level &&
            mu_outline_may_reach(&unit->outline, at, least)) {
            bool inside = mu_outline_holds(&unit->outline, at);
            double distance = inside ? 0 : mu_outline_distance(&unit->outline, at, NULL);
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
    }
    return best;
}

/* Distance from a point to the nearest exit into an outdoor space; infinite where it has none. */
static double exit_distance(const mu_draft *draft, uint32_t outdoor, mu_point at) {
    double least = INFINITY;
    for (uint32_t i = 0; i < draft->portals.count; i++) {
        const mu_draft_portal *portal = &draft->portals.items[i];
        if (portal->between[1] == outdoor || portal->between[0] == outdoor) {
            mu_point middle = mu_point_between(portal->line[0], portal->line[1], 0.5);
            least = fmin(least, mu_point_distance(middle, at));
        }
    }
    return least;
}

/* Distance to the nearest wall of the level, or `most` where none is nearer. */
static double wall_distance(const mu_draft *draft, uint32_t level, mu_point at, double most) {
    double least = most;
    for (uint32_t i = 0; i < draft->units.count; i++) {
        const mu_draft_unit *unit = &draft->units.items[i];
        if (unit->kept && !unit->outdoor && unit->level == level &&
            mu_outline_may_reach(&unit->outline, at, least)) {
            least = fmin(least, mu_outline_distance(&unit->outline, at, NULL));
        }
    }
    return least;
}

/* How little a place suits: metres from the middle of the space's box, and from the exits; close to
 * a wall or an exit, nearer than the crowd reaches, costs more than either. Infinite: it does not
 * do at all. */
static double badness(const mu_draft *draft, uint32_t outdoor, mu_point at, double off_m,
                      double *exit_m) {
    const mu_draft_unit *unit = &draft->units.items[outdoor];
    if (!mu_outline_holds(&unit->outline, at) ||
        mu_outline_distance(&unit->outline, at, NULL) < ASSEMBLY_EDGE_M) {
        return INFINITY;
    }
    *exit_m = exit_distance(draft, outdoor, at);
    if (*exit_m < ASSEMBLY_OFF_M) {
        return INFINITY;
    }
    mu_point centre = mu_point_between(unit->outline.low, unit->outline.high, 0.5);
    double near_wall = fmax(0, off_m - wall_distance(draft, unit->level, at, off_m));
    double near_exit = fmax(0, off_m - *exit_m);
    return mu_point_distance(at, centre) + (isinf(*exit_m) ? 0 : *exit_m) +
           20 * (near_wall + near_exit);
}

/* The best of the points on a grid over the space. */
static void place_assembly(mu_draft *draft, uint32_t outdoor, double off_m) {
    const mu_draft_unit *unit = &draft->units.items[outdoor];
    const mu_outline *outline = &unit->outline;
    mu_draft_assembly best = {NULL, outdoor, outline->low, -1};
    double least = INFINITY;
    const double across = fmax(outline->high.x - outline->low.x, outline->high.y - outline->low.y);
    const double step = fmax(ASSEMBLY_STEP_M, ceil(across / ASSEMBLY_ASKED_MOST));
    for (int column = 0; outline->low.x + column * step < outline->high.x; column++) {
        for (int row = 0; outline->low.y + row * step < outline->high.y; row++) {
            mu_point at = {ceil(outline->low.x) + column * step, ceil(outline->low.y) + row * step};
            double exit_m = INFINITY;
            double bad = badness(draft, outdoor, at, off_m, &exit_m);
            if (bad < least - 1e-9) {
                least = bad;
                best.at = at;
                best.nearest_exit_m = isinf(exit_m) ? -1 : exit_m;
            }
        }
    }
    if (!isinf(least)) {
        best.id = mu_draft_print(draft, "%s-assembly", unit->id);
        mu_draft_assembly *made = MU_DRAFT_APPEND(draft, assemblies);
        *made = best;
    }
}

void mu_draft_place_assemblies(mu_draft *draft) {
    for (uint32_t i = 0; i < draft->buildings.count; i++) {
        const mu_draft_building *building = &draft->buildings.items[i];
        uint32_t widest = MU_NONE; /* outdoor pieces are made widest first */
        for (uint32_t u = 0; u < draft->units.count && widest == MU_NONE; u++) {
            const mu_draft_unit *unit = &draft->units.items[u];
            if (unit->outdoor && unit->level == building->ground) {
                widest = u;
            }
        }
        if (building->kept && widest != MU_NONE) {
            place_assembly(draft, widest, ASSEMBLY_OFF_M + crowd_m(draft, i));
        }
    }
}
