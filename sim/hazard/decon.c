/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hazard/decon.h"

int mu_decon_next(const mu_decon_line *line, int stage) {
    do {
        stage++;
    } while (stage < MU_DECON_STAGES && line->places[stage] == 0);
    return stage;
}

bool mu_decon_has_room(const mu_decon_line *line, const mu_decon_now *now, int stage) {
    return stage == MU_DECON_STAGES || now->taken[stage] < line->places[stage];
}

double mu_decon_residual(const mu_decon_line *line, int stage) {
    double left = 1;
    for (int s = 0; s <= stage && s < MU_DECON_REROBE; s++) {
        left *= line->places[s] > 0 ? 0.1 : 1;
    }
    return left;
}

double mu_decon_throughput_h(uint32_t places, double service_s, double changeover_s) {
    return places * 3600 / (service_s + changeover_s);
}
