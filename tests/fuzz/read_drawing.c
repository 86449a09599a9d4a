/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Floor plans in the forms of other programs, imported as `muster import` does it: read, repaired,
 * joined, given stairs, ways out and people, written. What comes of it must be a site that the
 * loader reads without faults: an importer may refuse, but not write what nobody can use. */
#include <stdio.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "core/loader.h"
#include "fuzz.h"
#include "tools/import/draft.h"
#include "tools/import/import.h"

static void read_again(const char *path) {
    mu_arena *arena = mu_arena_create();
    mu_diags *diags = mu_diags_create();
    mu_loader *loader = mu_loader_create(arena, diags);
    mu_site *site = mu_arena_alloc(arena, sizeof *site);
    mu_status status = mu_loader_read(loader, path, &mu_site_file, site);
    status = status == MU_OK ? mu_loader_resolve(loader) : status;
    if (status != MU_OK) {
        for (size_t i = 0; i < mu_diags_count(diags, MU_ERROR); i++) {
            fprintf(stderr, "what was imported: %s\n", mu_diags_get(diags, i)->text);
        }
        abort();
    }
    mu_loader_destroy(loader);
    mu_diags_destroy(diags);
    mu_arena_destroy(arena);
}

static void import(mu_import_format format, const char *path) {
    const char *sources[] = {path};
    const mu_import_options options = {.format = format,
                                       .sources = {sources, 1},
                                       .folder = path,
                                       .out = fuzz_path("imported"),
                                       .gap_m = 0.1,
                                       .default_use = MU_USE_OFFICE,
                                       .accept = true,
                                       .policy = "policy.json",
                                       .playbook = "playbook.json",
                                       .occupancy = 0.5,
                                       .storey_m = 3.5,
                                       .stair_width_m = 1.2};
    mu_arena *arena = mu_arena_create();
    mu_diags *diags = mu_diags_create();
    mu_draft *draft = mu_draft_create(arena, diags, &options);
    const mu_status status = mu_import_plan(draft);
    fuzz_require((status == MU_OK) == (mu_diags_count(diags, MU_ERROR) == 0));
    fuzz_check_diags(diags);
    mu_draft_destroy(draft);
    mu_diags_destroy(diags);
    mu_arena_destroy(arena);
    fuzz_reach(FUZZ_READ);
    if (status == MU_OK) {
        fuzz_reach(FUZZ_BUILT);
        read_again(fuzz_path("imported/site.json"));
    }
}

void fuzz_dxf(const uint8_t *data, size_t size) {
    import(MU_IMPORT_DXF, fuzz_file("plan.dxf", data, size));
}

void fuzz_vector(const uint8_t *data, size_t size) {
    const bool xml = size > 0 && data[0] == '<';
    import(MU_IMPORT_VECTOR, fuzz_file(xml ? "plan.osm" : "plan.geojson", data, size));
}

void fuzz_wkt(const uint8_t *data, size_t size) {
    import(MU_IMPORT_WKT, fuzz_file("plan.wkt", data, size));
}

void fuzz_jupedsim(const uint8_t *data, size_t size) {
    import(MU_IMPORT_JUPEDSIM, fuzz_file("plan.xml", data, size));
}

void fuzz_rooms(const uint8_t *data, size_t size) {
    import(MU_IMPORT_ROOMS, fuzz_file("plan.csv", data, size));
}

void fuzz_imdf(const uint8_t *data, size_t size) {
    if (fuzz_unpack(data, size)) {
        import(MU_IMPORT_IMDF, fuzz_path(""));
    }
}
