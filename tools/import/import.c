/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order of an import: the steps of draft.h as a list, with the overlay at its two places. */
#include "tools/import/import.h"

#include "muster/diag.h"
#include "tools/import/overlay.h"
#include "tools/readers.h"

static mu_status read_overlay(mu_draft *draft, mu_overlay *overlay) {
    if (draft->options->overlay == NULL) {
        return MU_OK;
    }
    mu_status status =
        mu_overlay_read(draft->options->overlay, draft->arena, draft->diags, overlay);
    if (status == MU_OK) {
        draft->source = overlay->source;
        draft->origin_given = overlay->origin_lon <= 180;
        draft->origin_lon = overlay->origin_lon;
        draft->origin_lat = overlay->origin_lat;
    }
    return status;
}

static mu_status without_gdal(mu_draft *draft) {
    const mu_where where = {.file = draft->options->folder};
    mu_diags_add(draft->diags, MU_ERROR, "import.no-gdal", &where,
                 _("install GDAL's development files (Debian: libgdal-dev), build Muster again and "
                   "install it whole"),
                 _("GDAL, which reads floor plans, is not part of this program"));
    return MU_ERR_RUN;
}

static mu_status read_plan(mu_draft *draft) {
    const bool imdf = draft->options->format == MU_IMPORT_IMDF;
    const mu_readers *readers = mu_readers_of();
    if (readers == NULL) {
        return without_gdal(draft);
    }
    mu_status status = imdf ? readers->imdf(draft) : readers->drawing(draft);
    if (status == MU_OK) {
        status = readers->project(draft);
    }
    return status == MU_OK ? mu_draft_name(draft) : status;
}

static void make_ways(mu_draft *draft, const mu_overlay *overlay) {
    mu_draft_index_units(draft);
    mu_draft_join(draft);
    mu_draft_link_stairs(draft);
    mu_draft_trace(draft, 0);
    mu_draft_propose(draft);
    mu_overlay_apply_ways(overlay, draft);
    if (draft->options->accept) {
        mu_overlay_accept_all(draft);
    }
    mu_draft_trace(draft, 1);
    mu_draft_place_assemblies(draft);
    mu_draft_fill(draft);
}

mu_status mu_import_plan(mu_draft *draft) {
    mu_overlay overlay = {0};
    mu_status status = read_overlay(draft, &overlay);
    if (status == MU_OK) {
        status = read_plan(draft);
    }
    if (status == MU_OK) {
        mu_overlay_apply_units(&overlay, draft);
        status = mu_draft_clean(draft);
    }
    if (status == MU_OK) {
        mu_draft_measure_openings(draft);
        mu_draft_cut_overlaps(draft);
        status = mu_draft_make_outdoors(draft);
        mu_draft_lay_points(draft);
    }
    if (status == MU_OK) {
        make_ways(draft, &overlay);
        mu_draft_sort_remarks(draft);
        status = mu_draft_write(draft);
    }
    return status;
}
