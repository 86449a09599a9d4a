/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One number a space. */
#include "hazard/smoke.h"

void mu_smoke_register(const mu_site *site, mu_layout *layout) {
    mu_layout_add(layout, MU_SECTION_SMOKE, sizeof(double), site->spaces.count);
}

static double *smoke_of(const mu_sim *sim, uint32_t space) {
    double *all = mu_world_section(&sim->world, MU_SECTION_SMOKE);
    return space < mu_world_count(&sim->world, MU_SECTION_SMOKE) ? &all[space] : NULL;
}

double mu_smoke_in(const mu_sim *sim, uint32_t space) {
    const double *smoke = smoke_of(sim, space);
    return smoke == NULL ? 0 : *smoke;
}

void mu_smoke_set(mu_sim *sim, uint32_t space, double extinction_per_m) {
    double *smoke = smoke_of(sim, space);
    if (smoke != NULL) {
        *smoke = extinction_per_m;
    }
}
