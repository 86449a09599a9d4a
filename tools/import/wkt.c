/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Well-known text: one geometry, in metres unless told otherwise; each of its polygons is an area
 * that people walk in. It holds no doors and no uses. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/file_in.h"
#include "muster/diag.h"
#include "tools/import/drawing.h"

static char *read_text(mu_draft *draft, const char *path) {
    size_t length;
    char *text = mu_file_in_read(path, MU_FILE_IN_BYTES_MOST, &length);
    const mu_where where = {.file = path};
    if (text == NULL && errno == EFBIG) {
        mu_diags_add(draft->diags, MU_ERROR, "import.too-big", &where,
                     _("import one site at a time"), _("the file has more than 64 MB"));
    } else if (text == NULL) {
        mu_diags_add(draft->diags, MU_ERROR, "import.no-file", &where, _("look at the path"),
                     _("the file cannot be opened: %s"), strerror(errno));
    }
    return text;
}

static void add_parts(mu_drawing *drawing, const GEOSGeometry *shape) {
    mu_draft *draft = drawing->draft;
    const int type = GEOSGeomTypeId_r(draft->geos, shape);
    if (type != GEOS_POLYGON) {
        const int parts = type > GEOS_POLYGON ? GEOSGetNumGeometries_r(draft->geos, shape) : 0;
        for (int i = 0; i < parts; i++) {
            add_parts(drawing, GEOSGetGeometryN_r(draft->geos, shape, i));
        }
        return;
    }
    const char *id = mu_draft_print(draft, "area %u", (unsigned)drawing->marks.count + 1);
    mu_mark *mark =
        mu_drawing_mark(drawing, MU_MARK_ROOM, GEOSGeom_clone_r(draft->geos, shape), id);
    if (mark != NULL) {
        mu_mark_put_on(mark, 0);
    }
}

mu_status mu_wkt_read(mu_drawing *drawing, const char *path) {
    mu_draft *draft = drawing->draft;
    char *text = read_text(draft, path);
    if (text == NULL) {
        return MU_ERR_IO;
    }
    GEOSWKTReader *reader = GEOSWKTReader_create_r(draft->geos);
    GEOSGeometry *shape = GEOSWKTReader_read_r(draft->geos, reader, text);
    GEOSWKTReader_destroy_r(draft->geos, reader);
    free(text);
    if (shape == NULL) {
        mu_where where = {path, NULL, 0, 0};
        mu_diags_add(draft->diags, MU_ERROR, "import.unreadable", &where,
                     _("the file must hold one POLYGON, MULTIPOLYGON or GEOMETRYCOLLECTION"),
                     _("this is no well-known text of a geometry"));
        return MU_ERR_INPUT;
    }
    mu_drawing_set_unit(drawing, 1, 0);
    draft->unit_why = draft->options->unit_m == 0 ? _("as such files have it") : draft->unit_why;
    add_parts(drawing, shape);
    GEOSGeom_destroy_r(draft->geos, shape);
    mu_draft_note_file(draft, mu_file_name(path), path, drawing->marks.count);
    return MU_OK;
}
