/* SPDX-License-Identifier: GPL-3.0-or-later */
/* DXF drawings: lines on layers. Where layers are named as JuPedSim's tools name them (a walkable
 * area, jps-obstacles, jps-exits), their polygons are taken as they stand; otherwise rooms are what
 * the lines enclose, doors the lines of a layer with a door in its name, and texts name the rooms
 * that they stand in. Blocks are exploded by GDAL. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/file_in.h"
#include "core/limits.h"
#include "tools/import/drawing.h"
#include "tools/import/ogr.h"

typedef struct layer_word {
    const char *word; /* anywhere in the layer's name, whatever its case */
    mu_mark_kind kind;
} layer_word;

static const layer_word polygons[] = {
    {"walkable", MU_MARK_ROOM},
    {"jps-obstacles", MU_MARK_OBSTACLE},
    {"jps-exits", MU_MARK_EXIT_AREA},
};

static const char *const door_words[] = {"door", "tuer", "tür", "porte", "门", NULL};
static const char *const idle_words[] = {"jps-",  "text", "dim",   "hatch", "furnit",    "moebel",
                                         "möbel", "axis", "achse", "grid",  "defpoints", "标注",
                                         "家具",  "轴线", "填充",  NULL};

static bool holds(const char *name, const char *word) {
    const size_t length = strlen(word);
    for (; *name != '\0'; name++) {
        if (strncasecmp(name, word, length) == 0) {
            return true;
        }
    }
    return false;
}

static bool holds_one(const char *name, const char *const *words) {
    for (; *words != NULL; words++) {
        if (holds(name, *words)) {
            return true;
        }
    }
    return false;
}

/* Metres in the drawing's unit by its header ($INSUNITS), 0 where it does not say. */
static double unit_of(const char *path) {
    static const struct {
        int code;
        double metres;
    } units[] = {{1, 0.0254}, {2, 0.3048}, {4, 0.001}, {5, 0.01}, {6, 1}, {14, 0.1}};
    FILE *stream = mu_file_in_open(path);
    char line[128];
    int to_go = -1; /* the value stands two lines below the name, behind its group code */
    double found = 0;
    while (stream != NULL && to_go != 0 && fgets(line, sizeof line, stream) != NULL &&
           strncmp(line, "ENTITIES", 8) != 0) {
        to_go = strncmp(line, "$INSUNITS", 9) == 0 ? 2 : to_go > 0 ? to_go - 1 : to_go;
    }
    for (size_t i = 0; to_go == 0 && i < sizeof units / sizeof units[0]; i++) {
        found = strtol(line, NULL, 10) == units[i].code ? units[i].metres : found;
    }
    if (stream != NULL) {
        fclose(stream);
    }
    return found;
}

/* A drawing's file name tells its level; nothing in it does. */
static const char *no_value(const void *from, const char *key) {
    (void)from;
    (void)key;
    return NULL;
}

static bool is_chosen(const mu_draft *draft, const char *layer) {
    const mu_string_list *chosen = &draft->options->layers;
    bool found = chosen->count == 0;
    for (uint32_t i = 0; i < chosen->count; i++) {
        found = found || strcmp(chosen->items[i], layer) == 0;
    }
    return found;
}

typedef struct entity {
    mu_drawing *drawing;
    const char *layer, *place, *id;
    GEOSGeometry *shape;
} entity;

static bool keep(const entity *from, mu_mark_kind kind, GEOSGeometry *shape) {
    mu_mark *mark = mu_drawing_mark(from->drawing, kind, shape, from->id);
    if (mark != NULL) {
        mark->layer = from->layer;
        mu_tags_levels(no_value, NULL, from->place, mark);
    }
    return mark != NULL;
}

/* On a layer of JuPedSim's: 1 kept, 0 of no use, -1 another layer. */
static int keep_polygon(const entity *from) {
    for (size_t i = 0; i < sizeof polygons / sizeof polygons[0]; i++) {
        if (holds(from->layer, polygons[i].word)) {
            return keep(from, polygons[i].kind, mu_area_within(from->drawing->draft, from->shape));
        }
    }
    return -1;
}

static bool keep_text(const entity *from, const char *text) {
    mu_draft *draft = from->drawing->draft;
    mu_mark *mark = mu_drawing_mark(from->drawing, MU_MARK_LABEL,
                                    GEOSGeom_clone_r(draft->geos, from->shape), from->id);
    if (mark != NULL) {
        mark->name = mu_text_latin(draft, text);
        mu_tags_levels(no_value, NULL, from->place, mark);
    }
    return mark != NULL;
}

static bool take(const entity *from, const char *text) {
    mu_draft *draft = from->drawing->draft;
    if (!is_chosen(draft, from->layer)) {
        return false;
    }
    const int kept = keep_polygon(from);
    if (kept >= 0) {
        return kept == 1;
    }
    const int type = GEOSGeomTypeId_r(draft->geos, from->shape);
    if (type == GEOS_POINT) {
        return text != NULL && !holds(from->layer, "jps-") && keep_text(from, text);
    }
    if (draft->options->layers.count == 0 && holds_one(from->layer, idle_words)) {
        return false;
    }
    const bool is_door = holds_one(from->layer, door_words) && type == GEOS_LINESTRING;
    return keep(from, is_door ? MU_MARK_DOOR : MU_MARK_WALL,
                GEOSGeom_clone_r(draft->geos, from->shape));
}

static void take_all(mu_drawing *drawing, OGRLayerH layer, const char *path, uint32_t *features,
                     uint32_t *unused) {
    mu_draft *draft = drawing->draft;
    const char *place = mu_file_stem(draft, path);
    OGR_L_ResetReading(layer);
    for (OGRFeatureH feature; (feature = mu_ogr_next(draft, path, layer, features)) != NULL;) {
        const char *on = mu_ogr_text(draft, feature, "Layer");
        const char *handle = mu_ogr_text(draft, feature, "EntityHandle");
        const bool on_paper = mu_ogr_text(draft, feature, "PaperSpace") != NULL;
        entity from = {drawing, on != NULL ? on : "0", place, NULL, NULL};
        from.id = mu_draft_print(draft, "%s/%s/%lld", from.layer, handle != NULL ? handle : "",
                                 (long long)OGR_F_GetFID(feature));
        from.shape = on_paper ? NULL : mu_ogr_shape(draft, feature);
        const bool used = from.shape != NULL && take(&from, mu_ogr_text(draft, feature, "Text"));
        *unused += !used;
        GEOSGeom_destroy_r(draft->geos, from.shape);
        OGR_F_Destroy(feature);
    }
}

/* The greater side of all features together: each has to be read for it. */
static double across_of(OGRLayerH layer) {
    const OGREnvelope box = mu_ogr_extent(layer);
    return box.MaxX - box.MinX > box.MaxY - box.MinY ? box.MaxX - box.MinX : box.MaxY - box.MinY;
}

mu_status mu_dxf_read(mu_drawing *drawing, const char *path) {
    static const char *const drivers[] = {"DXF", NULL};
    mu_draft *draft = drawing->draft;
    GDALDatasetH data =
        mu_ogr_open(draft, path, drivers, _("save the drawing as DXF (2004 or later), not as DWG"));
    if (data == NULL) {
        return MU_ERR_INPUT;
    }
    OGRLayerH layer = GDALDatasetGetLayer(data, 0);
    const double said = unit_of(path);
    const double across = said > 0 || draft->options->unit_m != 0 ? 0 : across_of(layer);
    mu_drawing_set_unit(drawing, said > 0 ? said : across <= 4000 ? 1 : 0, across);
    if (said == 0 && draft->options->unit_m == 0) {
        draft->unit_why = _("guessed from its extent, for its file does not say");
    }
    uint32_t features = 0;
    uint32_t unused = 0;
    const char *place = mu_file_stem(draft, path);
    take_all(drawing, layer, path, &features, &unused);
    GDALClose(data);
    if (features > MU_DRAWING_FEATURES_MOST) {
        return MU_ERR_INPUT;
    }
    mu_draft_note_file(draft, mu_file_name(path), path, features);
    if (unused > 0) {
        mu_draft_remark(draft, MU_SECTION_LEFT_OUT, "entities", place,
                        _("entities on layers of no use here (dimensions, furniture, paper): %u"),
                        (unsigned)unused);
    }
    return MU_OK;
}
