/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One file of features through GDAL/OGR: opening it, walking it, and the few shapes in which IMDF
 * writes a value (a label in several languages, a list of ids). */
#include "tools/import/imdf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "muster/diag.h"
#include "tools/import/ogr.h"
#include <cjson/cJSON.h>

struct mu_feature {
    mu_draft *draft;
    OGRFeatureH row;
    const char *id;
    GEOSGeometry *shape; /* in degrees; NULL once taken */
};

const char *mu_feature_text(const mu_feature *from, const char *name) {
    int index = OGR_F_GetFieldIndex(from->row, name);
    if (index < 0 || OGR_F_IsFieldSetAndNotNull(from->row, index) == 0) {
        return NULL;
    }
    return mu_draft_print(from->draft, "%s", OGR_F_GetFieldAsString(from->row, index));
}

int64_t mu_feature_integer(const mu_feature *from, const char *name) {
    int index = OGR_F_GetFieldIndex(from->row, name);
    return index >= 0 ? OGR_F_GetFieldAsInteger64(from->row, index) : 0;
}

/* The first item of a list of ids, which GDAL gives as a list or as JSON text. */
const char *mu_feature_first(const mu_feature *from, const char *name) {
    int index = OGR_F_GetFieldIndex(from->row, name);
    if (index < 0 || OGR_F_IsFieldSetAndNotNull(from->row, index) == 0) {
        return NULL;
    }
    char **list = OGR_F_GetFieldAsStringList(from->row, index);
    if (list != NULL && list[0] != NULL) {
        return mu_draft_print(from->draft, "%s", list[0]);
    }
    cJSON *json = cJSON_Parse(OGR_F_GetFieldAsString(from->row, index));
    const char *first = cJSON_GetStringValue(cJSON_GetArrayItem(json, 0));
    const char *kept = first != NULL ? mu_draft_print(from->draft, "%s", first) : NULL;
    cJSON_Delete(json);
    return kept;
}

/* A label: {"en": …, "ru": …}; English, else the first language there is. NULL or text. */
const char *mu_feature_label(const mu_feature *from, const char *name) {
    const char *text = mu_feature_text(from, name);
    if (text == NULL || text[0] != '{') {
        return text != NULL && text[0] != '\0' ? mu_text_latin(from->draft, text) : NULL;
    }
    cJSON *json = cJSON_Parse(text);
    const char *value = cJSON_GetStringValue(cJSON_GetObjectItem(json, "en"));
    if ((value == NULL || value[0] == '\0') && json != NULL) {
        value = cJSON_GetStringValue(json->child);
    }
    const char *kept = value != NULL ? mu_text_latin(from->draft, value) : NULL;
    cJSON_Delete(json);
    return kept != NULL && kept[0] != '\0' ? kept : NULL;
}

static bool file_is_there(const char *path) {
    FILE *stream = fopen(path, "rb");
    if (stream != NULL) {
        fclose(stream);
    }
    return stream != NULL;
}

static uint32_t take_all(mu_draft *draft, OGRLayerH layer, mu_take_feature *take) {
    uint32_t count = 0;
    OGR_L_ResetReading(layer);
    OGRFeatureH row = OGR_L_GetNextFeature(layer);
    for (; row != NULL; row = OGR_L_GetNextFeature(layer)) {
        mu_feature from = {draft, row, NULL, NULL};
        from.id = mu_feature_text(&from, "id");
        if (from.id != NULL && from.id[0] != '\0') {
            from.shape = mu_ogr_shape(draft, row);
            take(&from);
            GEOSGeom_destroy_r(draft->geos, from.shape);
        }
        OGR_F_Destroy(row);
        count++;
    }
    return count;
}

static mu_status read_file(mu_draft *draft, const char *name, const char *path,
                           mu_take_feature *take) {
    static const char *const drivers[] = {"GeoJSON", NULL};
    GDALDatasetH data =
        mu_ogr_open(draft, path, drivers, _("export the plan again as IMDF, or mend the file"));
    if (data == NULL) {
        return MU_ERR_INPUT;
    }
    uint32_t features = take_all(draft, GDALDatasetGetLayer(data, 0), take);
    GDALClose(data);
    mu_draft_note_file(draft, name, path, features);
    return MU_OK;
}

mu_status mu_imdf_read_kind(mu_draft *draft, const char *kind, bool required,
                            mu_take_feature *take) {
    const char *name = mu_draft_print(draft, "%s.geojson", kind);
    const char *path = mu_draft_print(draft, "%s/%s", draft->options->folder, name);
    if (!file_is_there(path)) {
        mu_where where = {path, NULL, 0, 0};
        if (required) {
            mu_diags_add(draft->diags, MU_ERROR, "import.no-file", &where,
                         _("name a folder of IMDF files that holds level.geojson and unit.geojson"),
                         _("there is no such file, or it cannot be opened"));
        }
        return required ? MU_ERR_IO : MU_OK;
    }
    return read_file(draft, name, path, take);
}

GEOSGeometry *mu_feature_shape(mu_feature *from) {
    GEOSGeometry *shape = from->shape;
    from->shape = NULL;
    return shape;
}

const char *mu_feature_id(const mu_feature *from) {
    return from->id;
}

mu_draft *mu_feature_draft(const mu_feature *from) {
    return from->draft;
}
