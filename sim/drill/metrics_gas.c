/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of metrics.json that tells of a gas. */
#include <math.h>

#include "drill/metrics_json.h"

static void put_bands(mu_json_out *out, const mu_gas_finding *gas) {
    mu_json_open(out, "bands", '[');
    for (int b = 1; b < MU_GAS_BANDS; b++) {
        mu_json_open_flat(out, NULL, '{');
        mu_json_put_count(out, "band", (uint64_t)b);
        mu_json_put_real(out, "occupants", gas->occupants[b]);
        mu_json_put_real(out, "responders", gas->responders[b]);
        mu_json_put_real(out, "person_minutes", gas->above_min[b - 1]);
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
}

static void put_zones(mu_json_out *out, const mu_plan *plan, const mu_gas_finding *gas) {
    mu_json_open(out, "zones", '[');
    for (uint32_t z = 0; z < plan->site.air_zones.count; z++) {
        const mu_gas_zone_finding *zone = &gas->zones[z];
        mu_json_open(out, NULL, '{');
        mu_json_put_string(out, "id", plan->site.air_zones.items[z].id);
        mu_json_put_text(out, "name", &plan->site.air_zones.items[z].name);
        mu_json_put_real(out, "peak_ppm", zone->peak_ppm);
        mu_json_put_real(out, "peak_s", zone->peak_s);
        mu_json_open(out, "curve", '[');
        for (uint32_t s = 0; s < gas->steps && zone->peak_ppm > 0; s++) {
            mu_json_open_flat(out, NULL, '{');
            mu_json_put_real(out, "t_s", mu_time_to_s(MU_GAS_STEP_US) * s);
            mu_json_put_real(out, "ppm", zone->ppm[s]);
            mu_json_close(out, '}');
        }
        mu_json_close(out, ']');
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
}

static void put_units(mu_json_out *out, const mu_plan *plan, const mu_gas_finding *gas) {
    mu_json_open(out, "ventilation", '[');
    for (uint32_t u = 0; u < plan->site.air_units.count; u++) {
        mu_json_open_flat(out, NULL, '{');
        mu_json_put_string(out, "id", plan->site.air_units.items[u].id);
        mu_json_put_text(out, "name", &plan->site.air_units.items[u].name);
        mu_json_put_count(out, "runs", gas->units[u].runs);
        mu_json_put_real(out, "shut_after_s", gas->units[u].after_s);
        mu_json_put_real(out, "shut_s", gas->units[u].shut_s);
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
}

void mu_metrics_put_gas(mu_json_out *out, const mu_findings *findings) {
    const mu_gas_finding *gas = &findings->gas;
    if (!gas->is_given) {
        mu_json_put_string(out, "gas", NULL);
        return;
    }
    mu_json_open(out, "gas", '{');
    mu_json_put_string(out, "substance",
                       mu_aegl_of((mu_substance)findings->plan->incident.release.substance)->name);
    mu_json_put_count(out, "gone_runs", gas->gone_runs);
    mu_json_put_real(out, "gone_s", gas->gone_s);
    put_bands(out, gas);
    put_zones(out, findings->plan, gas);
    put_units(out, findings->plan, gas);
    mu_json_open(out, "decontamination", '{');
    mu_json_put_real(out, "queued", gas->queued);
    mu_json_put_real(out, "processed", gas->processed);
    mu_json_put_real(out, "mean_wait_s", gas->wait_s);
    mu_json_close(out, '}');
    mu_json_close(out, '}');
}
