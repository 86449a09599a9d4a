/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From degrees to metres: a transverse Mercator projection of its own, centred on the data, so that
 * distances are true to a few millionths over a campus. The centre is rounded, so that a small
 * change of the data does not move it, and an overlay may pin it, so that its coordinates stay
 * good. */
#include "tools/import/draft.h"

#include <math.h>

#include <ogr_srs_api.h>

#include "muster/diag.h"

#define CENTRE_STEP_DEG 0.001
#define EXTENT_MOST_M   20000.0
#define FAR_OFF_M       5000.0 /* metric coordinates beyond are brought near the origin, */
#define SHIFT_STEP_M    1000.0 /* by whole kilometres, so that they can still be recognised */

typedef struct bounds {
    double west, south, east, north;
    double most_x, most_y; /* that a coordinate may be */
    bool wrong;            /* a coordinate that is more, or no number */
} bounds;

static void widen(bounds *box, double longitude, double latitude) {
    if (!(fabs(longitude) <= box->most_x) || !(fabs(latitude) <= box->most_y)) { /* NaN as well */
        box->wrong = true;
        return;
    }
    box->west = fmin(box->west, longitude);
    box->east = fmax(box->east, longitude);
    box->south = fmin(box->south, latitude);
    box->north = fmax(box->north, latitude);
}

static int widen_by_point(double *x, double *y, void *data) {
    widen(data, *x, *y);
    return 1;
}

/* GEOS hands points only to a transformation, so this one copies and throws away. */
static void widen_by_shape(const mu_draft *draft, bounds *box, const GEOSGeometry *shape) {
    if (shape != NULL) {
        GEOSGeom_destroy_r(draft->geos,
                           GEOSGeom_transformXY_r(draft->geos, shape, widen_by_point, box));
    }
}

static bounds bounds_of(const mu_draft *draft) {
    bounds box = {INFINITY, INFINITY, -INFINITY, -INFINITY, 180, 90, false};
    box.most_x = draft->metric ? 1e8 : box.most_x;
    box.most_y = draft->metric ? 1e8 : box.most_y;
    for (uint32_t i = 0; i < draft->units.count; i++) {
        widen_by_shape(draft, &box, draft->units.items[i].shape);
    }
    for (uint32_t i = 0; i < draft->openings.count; i++) {
        widen(&box, draft->openings.items[i].a.x, draft->openings.items[i].a.y);
        widen(&box, draft->openings.items[i].b.x, draft->openings.items[i].b.y);
    }
    return box;
}

static mu_status check_bounds(mu_draft *draft, const bounds *box) {
    mu_where where = {draft->options->folder, NULL, 0, 0};
    if (box->wrong || !(box->west <= box->east)) {
        const bool metric = draft->metric;
        mu_diags_add(draft->diags, MU_ERROR, "import.coordinates", &where,
                     metric ? _("look for a point far off, or give the unit with --unit")
                            : _("export the plan in WGS84 longitude and latitude, as IMDF asks, or "
                                "give its unit with --unit"),
                     metric ? _("the drawing holds coordinates that are no places of one site")
                            : _("the units hold coordinates that are no longitude and latitude"));
        return MU_ERR_INPUT;
    }
    return MU_OK;
}

static OGRCoordinateTransformationH transformation(const mu_draft *draft) {
    OGRSpatialReferenceH degrees = OSRNewSpatialReference(NULL);
    OGRSpatialReferenceH metres = OSRNewSpatialReference(NULL);
    OSRImportFromEPSG(degrees, 4326);
    OSRSetWellKnownGeogCS(metres, "WGS84");
    OSRSetTM(metres, draft->origin_lat, draft->origin_lon, 1, 0, 0);
    OSRSetAxisMappingStrategy(degrees, OAMS_TRADITIONAL_GIS_ORDER);
    OSRSetAxisMappingStrategy(metres, OAMS_TRADITIONAL_GIS_ORDER);
    OGRCoordinateTransformationH made = OCTNewCoordinateTransformation(degrees, metres);
    OSRDestroySpatialReference(degrees);
    OSRDestroySpatialReference(metres);
    return made;
}

static int project_point(double *x, double *y, void *data) {
    return OCTTransform(data, 1, x, y, NULL) != 0;
}

typedef int move_point(double *x, double *y, void *data);

static void move_shape(const mu_draft *draft, move_point *move, void *data, GEOSGeometry **shape) {
    if (*shape != NULL) {
        GEOSGeometry *moved = GEOSGeom_transformXY_r(draft->geos, *shape, move, data);
        GEOSGeom_destroy_r(draft->geos, *shape);
        *shape = moved;
    }
}

static void move_all(mu_draft *draft, move_point *move, void *data) {
    for (uint32_t i = 0; i < draft->units.count; i++) {
        move_shape(draft, move, data, &draft->units.items[i].shape);
    }
    for (uint32_t i = 0; i < draft->buildings.count; i++) {
        move_shape(draft, move, data, &draft->buildings.items[i].footprint);
    }
    for (uint32_t i = 0; i < draft->openings.count; i++) {
        mu_draft_opening *opening = &draft->openings.items[i];
        move(&opening->a.x, &opening->a.y, data);
        move(&opening->b.x, &opening->b.y, data);
        opening->a = mu_point_round(opening->a);
        opening->b = mu_point_round(opening->b);
    }
}

static void find_extent(mu_draft *draft) {
    draft->low = (mu_point){INFINITY, INFINITY};
    draft->high = (mu_point){-INFINITY, -INFINITY};
    for (uint32_t i = 0; i < draft->units.count; i++) {
        double low_x = INFINITY, low_y = INFINITY, high_x = -INFINITY, high_y = -INFINITY;
        const GEOSGeometry *shape = draft->units.items[i].shape;
        if (shape != NULL &&
            GEOSGeom_getExtent_r(draft->geos, shape, &low_x, &low_y, &high_x, &high_y) == 1) {
            draft->low = (mu_point){fmin(draft->low.x, low_x), fmin(draft->low.y, low_y)};
            draft->high = (mu_point){fmax(draft->high.x, high_x), fmax(draft->high.y, high_y)};
        }
    }
}

static int shift_point(double *x, double *y, void *by) {
    const mu_point *off = by;
    *x -= off->x;
    *y -= off->y;
    return 1;
}

static double far_off(double low, double high) {
    const double middle = (low + high) / 2;
    return fabs(middle) > FAR_OFF_M ? round(middle / SHIFT_STEP_M) * SHIFT_STEP_M : 0;
}

/* A drawing in metres keeps its own coordinates, unless they are far from the origin. */
static void shift_all(mu_draft *draft, const bounds *box) {
    draft->shift_m = (mu_point){far_off(box->west, box->east), far_off(box->south, box->north)};
    move_all(draft, shift_point, &draft->shift_m);
}

static mu_status check_extent(mu_draft *draft) {
    double across = fmax(draft->high.x - draft->low.x, draft->high.y - draft->low.y);
    if (across <= EXTENT_MOST_M) {
        return MU_OK;
    }
    mu_where where = {draft->options->folder, NULL, 0, 0};
    mu_diags_add(draft->diags, MU_ERROR, "import.extent", &where,
                 _("import one site at a time; look for a unit at the wrong place"),
                 _("the units lie up to %.0f km apart"), across / 1000);
    return MU_ERR_LIMIT;
}

static mu_status project_degrees(mu_draft *draft, const bounds *box) {
    if (!draft->origin_given) {
        draft->origin_lon = round((box->west + box->east) / 2 / CENTRE_STEP_DEG) * CENTRE_STEP_DEG;
        draft->origin_lat =
            round((box->south + box->north) / 2 / CENTRE_STEP_DEG) * CENTRE_STEP_DEG;
    }
    OGRCoordinateTransformationH to = transformation(draft);
    if (to == NULL) {
        mu_where where = {draft->options->folder, NULL, 0, 0};
        mu_diags_add(draft->diags, MU_ERROR, "import.projection", &where,
                     _("install PROJ with its database (Debian: proj-data)"),
                     _("the projection to metres could not be made"));
        return MU_ERR_RUN;
    }
    move_all(draft, project_point, to);
    OCTDestroyCoordinateTransformation(to);
    return MU_OK;
}

mu_status mu_draft_project(mu_draft *draft) {
    bounds box = bounds_of(draft);
    mu_status status = check_bounds(draft, &box);
    if (status == MU_OK && draft->metric) {
        shift_all(draft, &box);
    } else if (status == MU_OK) {
        status = project_degrees(draft, &box);
    }
    if (status != MU_OK) {
        return status;
    }
    find_extent(draft);
    return check_extent(draft);
}
