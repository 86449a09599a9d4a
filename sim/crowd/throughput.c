/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits by lanes and belts, from published tables. */
#include "crowd/throughput.h"

#include <math.h>

#include "crowd/flow.h"

#define AGAINST_MPS 0.1 /* whoever is on the wrong belt still gets off it */

double mu_belt_per_hour(double width_m, double mps) {
    static const double speeds[] = {0.50, 0.65, 0.75}, widths[] = {0.6, 0.8, 1.0};
    static const double persons[3][3] = {
        {3600, 4800, 6000}, {4400, 5900, 7300}, {4900, 6600, 8200}};
    const double v = fmin(fmax(mps, 0.5), 0.75), w = fmin(fmax(width_m, 0.6), 1.0);
    const int i = v < speeds[1] ? 0 : 1, k = w < widths[1] ? 0 : 1;
    const double s = (v - speeds[i]) / (speeds[i + 1] - speeds[i]);
    const double t = (w - widths[k]) / (widths[k + 1] - widths[k]);
    return (1 - s) * ((1 - t) * persons[i][k] + t * persons[i][k + 1]) +
           s * ((1 - t) * persons[i + 1][k] + t * persons[i + 1][k + 1]);
}

bool mu_belt_runs(const mu_sim *sim, uint32_t portal) {
    const mu_portal *p = &sim->site->portals.items[portal];
    return p->kind == MU_PORTAL_ESCALATOR && !(p->belt_stops && mu_crowd(sim)->alarm != 0);
}

static double width_of(const mu_portal *p) {
    const double dx = p->line.items[1].x - p->line.items[0].x;
    const double dy = p->line.items[1].y - p->line.items[0].y;
    return p->width_m > 0 ? p->width_m : sqrt(dx * dx + dy * dy);
}

double mu_portal_most_per_s(const mu_sim *sim, uint32_t portal) {
    const mu_portal *p = &sim->site->portals.items[portal];
    if (p->kind == MU_PORTAL_TURNSTILE && mu_crowd(sim)->alarm == 0) {
        return (double)p->lanes * p->lane_per_min / 60;
    }
    if (mu_belt_runs(sim, portal)) {
        const double per_hour =
            p->per_hour > 0 ? p->per_hour : mu_belt_per_hour(width_of(p), p->belt_mps);
        return per_hour / 3600;
    }
    return (double)INFINITY;
}

bool mu_throughput_matters(const mu_sim *sim) {
    for (uint32_t p = 0; p < sim->site->portals.count; p++) {
        const mu_portal_kind kind = sim->site->portals.items[p].kind;
        if (kind == MU_PORTAL_TURNSTILE || kind == MU_PORTAL_ESCALATOR) {
            return true;
        }
    }
    return false;
}

void mu_throughput_released(mu_sim *sim) {
    if (mu_flow_is_on(sim) && mu_throughput_matters(sim)) {
        const mu_flow_rules rules = *mu_flow_rules_now(sim);
        mu_flow_follow(sim, &rules);
    }
}

double mu_belt_speed(const mu_sim *sim, uint32_t portal, bool upwards, double own_mps) {
    const mu_portal *p = &sim->site->portals.items[portal];
    if (upwards == (p->belt == MU_BELT_UP)) {
        return p->belt_mps + (p->belt_walked ? own_mps : 0);
    }
    return fmax(own_mps - p->belt_mps, AGAINST_MPS);
}
