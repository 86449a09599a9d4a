/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Site and incident made into zones, flows and a drive. */
#include <math.h>
#include <stdlib.h>

#include "core/i18n.h"
#include "threat/release.h"

static uint32_t index_of(mu_ref ref) {
    return ref.id == NULL ? MU_NONE : ref.index;
}

/* Checking. */

static void fault(const char *file, const char *path, mu_diags *diags, const char *code,
                  const char *advice, const char *text) {
    const mu_where where = {.file = file, .path = path};
    mu_diags_add(diags, MU_ERROR, code, &where, advice, "%s", text);
}

static void check_curve(const mu_air_point *points, uint32_t count, const char *path,
                        const char *file, mu_diags *diags) {
    if (count == 1) {
        fault(file, path, diags, "incident.release-curve", _("give its end as well"),
              _("a curve needs at least two points"));
    }
    for (uint32_t i = 1; i < count; i++) {
        if (points[i].at_s < points[i - 1].at_s) {
            fault(file, path, diags, "incident.release-curve", _("put its points in order of time"),
                  _("the curve runs back in time"));
            return;
        }
    }
}

static void check_source(const mu_release_given *given, const char *file, mu_diags *diags) {
    const int sources = (given->rate_g_s > 0) + (given->source_g_s.count > 0) +
                        (given->concentration_ppm.count > 0);
    if (sources != 1) {
        fault(file, "$.release", diags, "incident.release-source",
              _("give one of rate_g_s, source_g_s and concentration_ppm"),
              sources == 0 ? _("the release has no source") : _("the release has two sources"));
    }
    if (mu_release_is_outdoors(given) && given->concentration_ppm.count == 0) {
        fault(file, given->in_open_air ? "$.release.in_open_air" : "$.release.intake", diags, "incident.release-open-air",
              _("give concentration_ppm; how a cloud spreads outdoors is not computed"),
              _("only a concentration can be given for the open air"));
    }
    check_curve(given->source_g_s.items, given->source_g_s.count, "$.release.source_g_s", file,
                diags);
    check_curve(given->concentration_ppm.items, given->concentration_ppm.count,
                "$.release.concentration_ppm", file, diags);
}

void mu_release_check(const mu_site *site, const mu_walkable *walkable,
                      const mu_release_given *given, const char *file, mu_diags *diags) {
    const mu_where where = {.file = file, .path = "$.release"};
    if (given->space.id == NULL) {
        mu_diags_add(diags, MU_ERROR, "incident.no-release", &where,
                     _("say in 'release' what leaks where"),
                     _("an incident of kind 'chemical' needs a release"));
        return;
    }
    check_source(given, file, diags);
    if (!mu_area_contains(walkable, given->space.index, given->at)) {
        mu_diags_add(diags, MU_ERROR, "incident.release-outside", &where,
                     _("move it, or name the space that it is in"),
                     _("the release at (%.2f, %.2f) is not in space '%s'"), given->at.x,
                     given->at.y, given->space.id);
    }
    if (!mu_release_is_outdoors(given) && mu_airspace_of(site, given->space.index) == MU_NONE) {
        mu_diags_add(diags, MU_ERROR, "incident.release-no-zone", &where,
                     _("put the space into one of the site's air_zones"),
                     _("space '%s' belongs to no air zone, so where the gas goes is not known"),
                     given->space.id);
    }
    mu_erg erg;
    if (!mu_erg_of((mu_substance)given->substance, (mu_spill)given->spill, given->night, 0, &erg)) {
        fault(file, "$.release.spill", diags, "incident.release-spill",
              _("choose a container that the Guidebook lists for this substance"),
              _("the Guidebook gives no distances for this substance from such a container"));
    }
}

/* The wind. */

mu_wind_side mu_release_side(const mu_release_given *given, const mu_wind *wind, mu_point at) {
    mu_erg erg;
    if (!mu_erg_of((mu_substance)given->substance, (mu_spill)given->spill, given->night,
                   wind->speed_mps, &erg)) {
        return MU_WIND_UPWIND;
    }
    return mu_erg_side(&erg, wind->from_deg, given->at, at);
}

static uint32_t points_from(const mu_site *site, const mu_release_given *given, const mu_wind *wind,
                            mu_wind_side least) {
    uint32_t points = 0;
    for (uint32_t p = 0; p < site->assembly_points.count && p < MU_ASSEMBLY_MOST; p++) {
        if (mu_release_side(given, wind, site->assembly_points.items[p].at) >= least) {
            points |= 1U << p;
        }
    }
    return points;
}

uint32_t mu_release_shunned_points(const mu_site *site, const mu_release_given *given,
                                   const mu_wind *wind) {
    const uint32_t all = points_from(site, given, wind, MU_WIND_UPWIND);
    const uint32_t downwind = points_from(site, given, wind, MU_WIND_DOWNWIND);
    const uint32_t near = points_from(site, given, wind, MU_WIND_ISOLATED);
    return downwind != all ? downwind : near != all ? near : 0;
}

/* Compiling. */

static mu_status make_zones(const mu_site *site, mu_arena *arena, mu_release_plan *out) {
    out->zone_count = site->air_zones.count;
    out->zones = mu_arena_array(arena, (size_t)out->zone_count + 1, sizeof *out->zones);
    out->zone_of = mu_arena_array(arena, (size_t)site->spaces.count + 1, sizeof *out->zone_of);
    if (out->zones == NULL || out->zone_of == NULL) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t z = 0; z < out->zone_count; z++) {
        out->zones[z] =
            (mu_air_zone){.volume_m3 = mu_airspace_volume(site, z),
                          .deposition_per_s = site->air_zones.items[z].deposition_per_h / 3600};
    }
    for (uint32_t s = 0; s < site->spaces.count; s++) {
        out->zone_of[s] = mu_airspace_of(site, s);
    }
    return MU_OK;
}

static int compare_real(double a, double b) {
    return (a > b) - (a < b);
}

/* Flows are summed in an order that does not depend on that of the file. */
static int by_ends(const void *a, const void *b) {
    const mu_air_path *p = *(const mu_air_path *const *)a, *q = *(const mu_air_path *const *)b;
    const uint32_t keys[][2] = {{index_of(p->from), index_of(q->from)},
                                {index_of(p->to), index_of(q->to)},
                                {index_of(p->unit), index_of(q->unit)}};
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        if (keys[k][0] != keys[k][1]) {
            return keys[k][0] < keys[k][1] ? -1 : 1;
        }
    }
    const int order = compare_real(p->m3_h, q->m3_h);
    return order != 0 ? order : compare_real(p->shut_m3_h, q->shut_m3_h);
}

/* Where one unit draws it in, all other air from outdoors is clean. */
static bool is_clean(const mu_release_given *given, const mu_air_path *path) {
    return given->intake.id != NULL && index_of(path->unit) != given->intake.index;
}

static mu_status make_flows(const mu_site *site, mu_arena *arena, mu_release_plan *out) {
    const size_t count = site->air_flows.count;
    const mu_air_path **sorted = mu_arena_array(arena, count + 1, sizeof *sorted);
    out->flow_count = (uint32_t)count;
    out->flows = mu_arena_array(arena, count + 1, sizeof *out->flows);
    out->running_m3_s = mu_arena_array(arena, count + 1, sizeof *out->running_m3_s);
    out->shut_m3_s = mu_arena_array(arena, count + 1, sizeof *out->shut_m3_s);
    out->unit = mu_arena_array(arena, count + 1, sizeof *out->unit);
    if (sorted == NULL || out->flows == NULL || out->running_m3_s == NULL ||
        out->shut_m3_s == NULL || out->unit == NULL) {
        return MU_ERR_MEMORY;
    }
    for (size_t f = 0; f < count; f++) {
        sorted[f] = &site->air_flows.items[f];
    }
    qsort(sorted, count, sizeof *sorted, by_ends);
    for (size_t f = 0; f < count; f++) {
        out->flows[f] = (mu_air_flow){.from = index_of(sorted[f]->from),
                                      .to = index_of(sorted[f]->to),
                                      .filter = sorted[f]->filter,
                                      .clean = is_clean(out->given, sorted[f])};
        out->running_m3_s[f] = sorted[f]->m3_h / 3600;
        out->unit[f] = index_of(sorted[f]->unit);
        out->shut_m3_s[f] =
            out->unit[f] == MU_NONE ? out->running_m3_s[f] : sorted[f]->shut_m3_h / 3600;
    }
    return MU_OK;
}

static mu_status make_drive(const mu_site *site, const mu_release_given *given, mu_arena *arena,
                            mu_release_plan *out) {
    const mu_air_point steady[] = {{0, given->rate_g_s}, {given->lasts_s, given->rate_g_s}};
    const bool held = given->concentration_ppm.count > 0;
    const mu_air_point *from = held                          ? given->concentration_ppm.items
                               : given->source_g_s.count > 0 ? given->source_g_s.items
                                                             : steady;
    const uint32_t count = held                          ? given->concentration_ppm.count
                           : given->source_g_s.count > 0 ? given->source_g_s.count
                                                         : 2;
    mu_air_point *points = mu_arena_array(arena, count, sizeof *points);
    if (points == NULL) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        points[i].at_s = given->starts_at_s + from[i].at_s;
        points[i].value =
            held ? mu_aegl_g_m3((mu_substance)given->substance, from[i].value) : from[i].value;
    }
    out->drive = (mu_air_drive){
        .kind = held ? MU_AIR_HELD : MU_AIR_SOURCE,
        .zone = mu_release_is_outdoors(given) ? MU_AIR_OUTDOORS
                                              : mu_airspace_of(site, given->space.index),
        .points = points,
        .count = count,
        .stops_s = (double)INFINITY};
    return MU_OK;
}

mu_status mu_release_compile(const mu_site *site, const mu_release_given *given,
                             const mu_wind *wind, mu_arena *arena, mu_release_plan *out) {
    *out = (mu_release_plan){.given = given, .wind = wind};
    out->level = site->spaces.items[given->space.index].level.index;
    out->has_erg = mu_erg_of((mu_substance)given->substance, (mu_spill)given->spill, given->night,
                             wind->speed_mps, &out->erg);
    out->shunned_points = mu_release_shunned_points(site, given, wind);
    mu_status status = make_zones(site, arena, out);
    if (status == MU_OK) {
        status = make_flows(site, arena, out);
    }
    return status == MU_OK ? make_drive(site, given, arena, out) : status;
}
