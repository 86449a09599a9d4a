/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of rooms, as somebody can type it from a drawing: one row for each room or door, with the
 * columns kind (room, door, entrance), id, name, level, use, x, y, width, depth, all in metres. A
 * room is a rectangle whose south-west corner is (x, y); a door is a point on a wall. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "muster/diag.h"
#include "tools/import/drawing.h"
#include "tools/import/ogr.h"

typedef struct row {
    mu_draft *draft;
    OGRFeatureH feature;
} row;

static const char *value_of(const void *data, const char *key) {
    const row *from = data;
    /* The table calls them kind and use; tags ask for a type first. */
    return mu_ogr_text(from->draft, from->feature, key);
}

static void refuse(const row *from, const char *path, const char *column, const char *why) {
    const char *text = value_of(from, column);
    mu_where where = {path, column, (uint32_t)OGR_F_GetFID(from->feature) + 1, 0};
    mu_diags_add(from->draft->diags, MU_ERROR, "import.cell", &where,
                 _("mend the cell and import again"), "%s: '%s'", why, text != NULL ? text : "");
}

static bool read_cell(const row *from, const char *path, const char *column, double least,
                      double *out) {
    const char *text = value_of(from, column);
    char *end = NULL;
    *out = text != NULL ? strtod(text, &end) : NAN;
    if (text != NULL && end != text && *end == '\0' && *out >= least && fabs(*out) < 1e6) {
        return true;
    }
    refuse(from, path, column, _("a number of metres is needed in this column"));
    return false;
}

static GEOSGeometry *point_at(mu_draft *draft, double x, double y) {
    return mu_point_make(draft, (mu_point){x, y});
}

static bool take_room(mu_drawing *drawing, const row *from, const char *path, const char *id) {
    double x;
    double y;
    double width;
    double depth;
    if (!read_cell(from, path, "x", -1e6, &x) || !read_cell(from, path, "y", -1e6, &y) ||
        !read_cell(from, path, "width", 0.3, &width) ||
        !read_cell(from, path, "depth", 0.3, &depth)) {
        return false;
    }
    const mu_point corners[4] = {{x, y}, {x + width, y}, {x + width, y + depth}, {x, y + depth}};
    mu_mark *mark =
        mu_drawing_mark(drawing, MU_MARK_ROOM, mu_polygon_make(drawing->draft, corners, 4), id);
    const char *use = value_of(from, "use");
    if (mark != NULL) {
        mark->name = mu_tags_name(value_of, from);
        mark->category = use != NULL ? mu_tags_category_of(use) : NULL;
        mu_tags_levels(value_of, from, NULL, mark);
    }
    if (use != NULL && strcmp(use, "other") != 0 && mu_tags_category_of(use) == NULL) {
        mu_draft_remark(drawing->draft, MU_SECTION_GUESSED, "category", id,
                        _("the use \"%s\" is not known"), use);
    }
    return true;
}

static bool take_door(mu_drawing *drawing, const row *from, const char *path, const char *id,
                      bool entrance) {
    double x;
    double y;
    double width = entrance ? MU_DRAFT_EXIT_WIDTH_M : 0;
    if (!read_cell(from, path, "x", -1e6, &x) || !read_cell(from, path, "y", -1e6, &y) ||
        (value_of(from, "width") != NULL && !read_cell(from, path, "width", 0.3, &width))) {
        return false;
    }
    mu_mark *mark = mu_drawing_mark(drawing, MU_MARK_DOOR, point_at(drawing->draft, x, y), id);
    if (mark != NULL) {
        mark->width_m = width;
        mu_tags_levels(value_of, from, NULL, mark);
    }
    return true;
}

static bool take(mu_drawing *drawing, const row *from, const char *path) {
    const char *kind = value_of(from, "kind");
    const char *given = value_of(from, "id");
    const char *id = given != NULL ? given
                                   : mu_draft_print(from->draft, "row %lld",
                                                    (long long)OGR_F_GetFID(from->feature) + 1);
    if (kind == NULL || strcmp(kind, "room") == 0) {
        return take_room(drawing, from, path, id);
    }
    if (strcmp(kind, "door") == 0 || strcmp(kind, "entrance") == 0) {
        return take_door(drawing, from, path, id, strcmp(kind, "entrance") == 0);
    }
    refuse(from, path, "kind", _("the kind must be room, door or entrance"));
    return false;
}

mu_status mu_rooms_read(mu_drawing *drawing, const char *path) {
    static const char *const drivers[] = {"CSV", NULL};
    mu_draft *draft = drawing->draft;
    GDALDatasetH data = mu_ogr_open(draft, path, drivers,
                                    _("give a table with the columns kind, id, name, level, use, "
                                      "x, y, width and depth"));
    if (data == NULL) {
        return MU_ERR_INPUT;
    }
    mu_drawing_set_unit(drawing, 1, 0);
    OGRLayerH layer = GDALDatasetGetLayer(data, 0);
    bool good = true;
    uint32_t features = 0;
    OGR_L_ResetReading(layer);
    for (OGRFeatureH feature = OGR_L_GetNextFeature(layer); feature != NULL;
         feature = OGR_L_GetNextFeature(layer)) {
        const row from = {draft, feature};
        good = take(drawing, &from, path) && good;
        features++;
        OGR_F_Destroy(feature);
    }
    GDALClose(data);
    mu_draft_note_file(draft, mu_file_name(path), path, features);
    return good ? MU_OK : MU_ERR_INPUT;
}
