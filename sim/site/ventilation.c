/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site/ventilation.h"

#include <math.h>

#include "core/i18n.h"
#include "site/site.h"

static const double BALANCE_M3_H = 0.01;  /* still counts as balanced, */
static const double BALANCE_SHARE = 1e-3; /* and so does this share of what comes in */
static const double FASTEST_PER_S = 1;    /* air changes of a zone */

/* A zone or unit of a flow; MU_NONE: outdoors, leakage. */
static uint32_t end_of(mu_ref ref) {
    return ref.id == NULL ? MU_NONE : ref.index;
}

static double area_of(const mu_ring *ring) {
    double twice = 0;
    for (uint32_t i = 0; i < ring->count; i++) {
        const mu_point p = ring->items[i], q = ring->items[(i + 1) % ring->count];
        twice += p.x * q.y - q.x * p.y;
    }
    return fabs(twice) / 2;
}

double mu_airspace_volume(const mu_site *site, uint32_t zone) {
    const mu_airspace *given = &site->air_zones.items[zone];
    double area = 0;
    for (uint32_t i = 0; i < given->spaces.count; i++) {
        const mu_space *space = &site->spaces.items[given->spaces.items[i].index];
        area += area_of(&space->polygon);
        for (uint32_t h = 0; h < space->holes.count; h++) {
            area -= area_of(&space->holes.items[h]);
        }
    }
    return given->volume_m3 > 0 ? given->volume_m3 : area * given->height_m;
}

uint32_t mu_airspace_of(const mu_site *site, uint32_t space) {
    for (uint32_t z = 0; z < site->air_zones.count; z++) {
        if (mu_ref_list_has(&site->air_zones.items[z].spaces, space)) {
            return z;
        }
    }
    return MU_NONE;
}

static void check_spaces(const mu_site *site, mu_diags *diags) {
    for (uint32_t z = 0; z < site->air_zones.count; z++) {
        const mu_airspace *zone = &site->air_zones.items[z];
        for (uint32_t i = 0; i < zone->spaces.count; i++) {
            const uint32_t space = zone->spaces.items[i].index;
            const uint32_t first = mu_airspace_of(site, space);
            if (site->spaces.items[space].use == MU_USE_OUTDOOR) {
                mu_diags_add(diags, MU_ERROR, "site.air-outdoors", zone->origin,
                             _("take it out of the zone: the open air is no zone"),
                             _("air zone '%s' holds '%s', which is outdoors"), zone->id,
                             site->spaces.items[space].id);
            } else if (first != z) {
                mu_diags_add(
                    diags, MU_ERROR, "site.air-twice", zone->origin, _("leave it in one of them"),
                    _("space '%s' is in two air zones, '%s' and '%s'"),
                    site->spaces.items[space].id, site->air_zones.items[first].id, zone->id);
            }
        }
    }
}

static bool check_path(const mu_air_path *path, mu_diags *diags) {
    if (end_of(path->from) == end_of(path->to)) {
        mu_diags_add(diags, MU_ERROR, "site.air-nowhere", path->origin,
                     _("name two different zones, or one and leave the other out for outdoors"),
                     path->from.id == NULL ? _("an air flow has neither 'from' nor 'to'")
                                           : _("an air flow leads from a zone into itself"));
        return false;
    }
    if (path->unit.id == NULL && path->shut_m3_h > 0) {
        mu_diags_add(diags, MU_ERROR, "site.air-no-unit", path->origin,
                     _("name the 'unit', or leave 'shut_m3_h' out"),
                     _("an air flow says what passes while its unit is shut, but has no unit"));
        return false;
    }
    return true;
}

/* What the flows of one unit (MU_NONE: the leakage) bring into a zone, and take out of it. */
static void sum_flows(const mu_site *site, uint32_t unit, uint32_t zone, bool shut, double *in,
                      double *out) {
    *in = *out = 0;
    for (uint32_t f = 0; f < site->air_flows.count; f++) {
        const mu_air_path *path = &site->air_flows.items[f];
        const double rate = shut ? path->shut_m3_h : path->m3_h;
        if (end_of(path->unit) == unit) {
            *in += end_of(path->to) == zone ? rate : 0;
            *out += end_of(path->from) == zone ? rate : 0;
        }
    }
}

static void check_balance(const mu_site *site, uint32_t unit, uint32_t zone, bool shut,
                          mu_diags *diags) {
    double in, out;
    sum_flows(site, unit, zone, shut, &in, &out);
    if (fabs(in - out) <= BALANCE_M3_H + BALANCE_SHARE * in) {
        return;
    }
    const mu_airspace *given = &site->air_zones.items[zone];
    const char *advice = _("let what comes in go out: through an exhaust, a return or a leak");
    if (unit == MU_NONE) {
        mu_diags_add(diags, MU_ERROR, "site.air-balance", given->origin, advice,
                     _("leakage into air zone '%s' does not balance: %.6g m³/h in, %.6g out"),
                     given->id, in, out);
    } else {
        mu_diags_add(diags, MU_ERROR, "site.air-balance", given->origin, advice,
                     shut ? _("air zone '%s' does not balance while unit '%s' is shut: %.6g m³/h "
                              "in, %.6g out")
                          : _("air zone '%s' does not balance while unit '%s' runs: %.6g m³/h in, "
                              "%.6g out"),
                     given->id, site->air_units.items[unit].id, in, out);
    }
}

/* A zone that is blown empty in a moment is a mistake in its size or in its flows. */
static void check_speed(const mu_site *site, uint32_t zone, mu_diags *diags) {
    double most = 0;
    for (uint32_t f = 0; f < site->air_flows.count; f++) {
        const mu_air_path *path = &site->air_flows.items[f];
        most += end_of(path->from) == zone ? fmax(path->m3_h, path->shut_m3_h) : 0;
    }
    const double volume = mu_airspace_volume(site, zone);
    if (!(most <= FASTEST_PER_S * 3600 * volume) || volume <= 0) {
        mu_diags_add(diags, MU_ERROR, "site.air-size", site->air_zones.items[zone].origin,
                     _("check its volume and its flows, which are per hour"),
                     _("%.6g m³/h leave air zone '%s', which holds %.6g m³"), most,
                     site->air_zones.items[zone].id, volume);
    }
}

void mu_ventilation_check(const mu_site *site, mu_diags *diags) {
    bool sound = true;
    check_spaces(site, diags);
    for (uint32_t f = 0; f < site->air_flows.count; f++) {
        sound = check_path(&site->air_flows.items[f], diags) && sound;
    }
    for (uint32_t z = 0; z < site->air_zones.count && sound; z++) {
        check_balance(site, MU_NONE, z, false, diags);
        for (uint32_t u = 0; u < site->air_units.count; u++) {
            check_balance(site, u, z, false, diags);
            check_balance(site, u, z, true, diags);
        }
        check_speed(site, z, diags);
    }
}
