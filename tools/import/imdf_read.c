/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a folder of IMDF files (one GeoJSON file for each kind of feature) into a draft, in degrees
 * and under the source's own ids. Nothing is judged here but what cannot be read; records are
 * sorted by source id, so that the order of the features in a file never matters. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "muster/diag.h"
#include "tools/import/imdf.h"

/* An item list of a draft, sorted by source id once its file is read. */
#define SORT(list)     mu_draft_sort((list).items, (list).count, sizeof *(list).items)
#define FIND(list, id) mu_draft_find((list).items, (list).count, sizeof *(list).items, (id))

static void take_venue(mu_feature *from) {
    mu_draft *draft = mu_feature_draft(from);
    if (draft->venue == NULL) {
        draft->venue = mu_feature_label(from, "name");
    }
}

static void take_building(mu_feature *from) {
    mu_draft_building *building = MU_DRAFT_APPEND(mu_feature_draft(from), buildings);
    building->source_id = mu_feature_id(from);
    building->name = mu_feature_label(from, "name");
    building->ground = MU_NONE;
    building->footprint = mu_feature_shape(from); /* some exports draw it here as well */
}

static void take_footprint(mu_feature *from) {
    mu_draft *draft = mu_feature_draft(from);
    const char *category = mu_feature_text(from, "category");
    uint32_t found = FIND(draft->buildings, mu_feature_first(from, "building_ids"));
    if (found == MU_NONE || category == NULL || strcmp(category, "ground") != 0) {
        return;
    }
    GEOSGeometry *shape = mu_feature_shape(from);
    if (shape != NULL) {
        GEOSGeom_destroy_r(draft->geos, draft->buildings.items[found].footprint);
        draft->buildings.items[found].footprint = shape;
    }
}

static void take_level(mu_feature *from) {
    mu_draft *draft = mu_feature_draft(from);
    mu_draft_level *level = MU_DRAFT_APPEND(draft, levels);
    level->source_id = mu_feature_id(from);
    level->name = mu_feature_label(from, "name");
    level->short_name = mu_feature_label(from, "short_name");
    level->ordinal = mu_feature_integer(from, "ordinal");
    level->building = FIND(draft->buildings, mu_feature_first(from, "building_ids"));
}

static void take_unit(mu_feature *from) {
    mu_draft *draft = mu_feature_draft(from);
    const char *category = mu_feature_text(from, "category");
    mu_draft_unit *unit = MU_DRAFT_APPEND(draft, units);
    unit->source_id = mu_feature_id(from);
    unit->name = mu_feature_label(from, "name");
    unit->category = unit->drawn_category =
        category != NULL ? mu_text_latin(draft, category) : "unspecified";
    unit->level = FIND(draft->levels, mu_feature_text(from, "level_id"));
    unit->restricted = mu_feature_text(from, "restriction") != NULL;
    unit->shape = mu_feature_shape(from);
}

static void take_opening(mu_feature *from) {
    mu_draft *draft = mu_feature_draft(from);
    const char *id = mu_feature_id(from);
    GEOSGeometry *shape = mu_feature_shape(from);
    uint32_t level = FIND(draft->levels, mu_feature_text(from, "level_id"));
    bool is_line = shape != NULL && GEOSGeomTypeId_r(draft->geos, shape) == GEOS_LINESTRING;
    if (!is_line || level == MU_NONE) {
        mu_draft_remark(draft, MU_SECTION_LEFT_OUT, "opening", id, "%s",
                        is_line ? _("this opening names no level that exists")
                                : _("this opening is not drawn as a line"));
    } else {
        mu_draft_opening *opening = MU_DRAFT_APPEND(draft, openings);
        opening->source_id = id;
        opening->level = level;
        opening->restricted = mu_feature_text(from, "restriction") != NULL ||
                              mu_feature_text(from, "unit_restriction") != NULL;
        const GEOSCoordSequence *line = GEOSGeom_getCoordSeq_r(draft->geos, shape);
        unsigned count = 0;
        GEOSCoordSeq_getSize_r(draft->geos, line, &count);
        GEOSCoordSeq_getXY_r(draft->geos, line, 0, &opening->a.x, &opening->a.y);
        GEOSCoordSeq_getXY_r(draft->geos, line, count - 1, &opening->b.x, &opening->b.y);
    }
    GEOSGeom_destroy_r(draft->geos, shape);
}

static void take_anchor(mu_feature *from) {
    mu_draft *draft = mu_feature_draft(from);
    mu_draft_anchor *anchor = MU_DRAFT_APPEND(draft, anchors);
    anchor->source_id = mu_feature_id(from);
    anchor->unit_id = mu_feature_text(from, "unit_id");
}

/* Whoever occupies a unit says more about it than its category. */
static void take_occupant(mu_feature *from) {
    mu_draft *draft = mu_feature_draft(from);
    uint32_t anchor = FIND(draft->anchors, mu_feature_text(from, "anchor_id"));
    uint32_t found =
        anchor != MU_NONE ? FIND(draft->units, draft->anchors.items[anchor].unit_id) : MU_NONE;
    const char *category = mu_feature_text(from, "category");
    if (found == MU_NONE) {
        return;
    }
    mu_draft_unit *unit = &draft->units.items[found];
    const mu_category *drawn = mu_category_find(unit->drawn_category);
    bool is_room = drawn == NULL || (!drawn->solid && !mu_use_is_circulation(drawn->use) &&
                                     drawn->use != MU_USE_LIFT);
    if (is_room && mu_category_find(category) != NULL) {
        unit->category = category;
    }
    if (unit->name == NULL || unit->name[0] == '\0') {
        unit->name = mu_feature_label(from, "name");
    }
}

static mu_status check_levels(const mu_draft *draft) {
    if (draft->levels.count > 0 && draft->units.count > 0) {
        return MU_OK;
    }
    mu_where where = {draft->options->folder, NULL, 0, 0};
    mu_diags_add(draft->diags, MU_ERROR, "import.empty", &where,
                 _("only buildings whose levels and units are drawn can be imported"),
                 _("the folder holds %u levels and %u units"), (unsigned)draft->levels.count,
                 (unsigned)draft->units.count);
    return MU_ERR_INPUT;
}

/* Records are found by id, so two with the same id cannot be told apart. */
static mu_status check_twice(const mu_draft *draft) {
    for (uint32_t i = 1; i < draft->units.count; i++) {
        if (strcmp(draft->units.items[i - 1].source_id, draft->units.items[i].source_id) == 0) {
            mu_where where = {draft->options->folder, NULL, 0, 0};
            mu_diags_add(draft->diags, MU_ERROR, "import.id-twice", &where,
                         _("give every unit an id of its own"), _("two units have the id \"%s\""),
                         draft->units.items[i].source_id);
            return MU_ERR_INPUT;
        }
    }
    return MU_OK;
}

/* Of openings with one id, the westernmost stays, whatever the order in the file. */
static void drop_doubles(mu_draft *draft) {
    uint32_t kept = 1;
    for (uint32_t i = 1; i < draft->openings.count; i++) {
        mu_draft_opening *last = &draft->openings.items[kept - 1];
        const mu_draft_opening *next = &draft->openings.items[i];
        if (strcmp(last->source_id, next->source_id) != 0) {
            draft->openings.items[kept++] = *next;
            continue;
        }
        mu_draft_remark(draft, MU_SECTION_LEFT_OUT, "opening", next->source_id, "%s",
                        _("two openings have this id; one is left out"));
        if (next->a.x < last->a.x || (next->a.x == last->a.x && next->a.y < last->a.y)) {
            *last = *next;
        }
    }
    draft->openings.count = draft->openings.count > 0 ? kept : 0;
}

static int by_name(const void *left, const void *right) {
    return strcmp(((const mu_draft_file *)left)->name, ((const mu_draft_file *)right)->name);
}

/* The files of the folder that nothing was taken from. */
static void list_others(mu_draft *draft) {
    DIR *folder = opendir(draft->options->folder);
    uint32_t used = draft->files.count;
    for (struct dirent *entry = folder != NULL ? readdir(folder) : NULL; entry != NULL;
         entry = readdir(folder)) {
        bool known = strstr(entry->d_name, ".geojson") == NULL;
        for (uint32_t i = 0; i < used && !known; i++) {
            known = strcmp(draft->files.items[i].name, entry->d_name) == 0;
        }
        if (!known) {
            const char *name = mu_draft_print(draft, "%s", entry->d_name);
            mu_draft_file *file = MU_DRAFT_APPEND(draft, files);
            file->name = name;
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    qsort(draft->files.items, draft->files.count, sizeof *draft->files.items, by_name);
}

typedef struct step {
    const char *kind;
    bool required;
    mu_take_feature *take;
} step;

mu_status mu_imdf_read(mu_draft *draft) {
    /* In the order in which one kind refers to another. */
    static const step steps[] = {
        {"venue", false, take_venue},
        {"building", false, take_building},
        {"footprint", false, take_footprint},
        {"level", true, take_level},
        {"unit", true, take_unit},
        {"opening", false, take_opening},
        {"anchor", false, take_anchor},
        {"occupant", false, take_occupant},
    };
    mu_status status = MU_OK;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && status == MU_OK; i++) {
        status = mu_imdf_read_kind(draft, steps[i].kind, steps[i].required, steps[i].take);
        SORT(draft->buildings);
        SORT(draft->levels);
        SORT(draft->units);
        SORT(draft->openings);
        SORT(draft->anchors);
    }
    drop_doubles(draft);
    list_others(draft);
    draft->buildings_read = draft->buildings.count;
    draft->levels_read = draft->levels.count;
    draft->units_read = draft->units.count;
    draft->openings_read = draft->openings.count;
    if (status == MU_OK) {
        status = check_levels(draft);
    }
    return status == MU_OK ? check_twice(draft) : status;
}
