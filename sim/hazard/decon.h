/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A decontamination line: people pass stations one after the other, each with so many places and no
 * room to wait between them. Whoever is done keeps the place until the next station has one free,
 * so that a slow station at the end holds up all before it; that re-robing does is what Egan and
 * Amlôt found (IJERPH 9 (2012) 3685). The one queue is in front.
 *
 * Each station takes away nine tenths of what is left on a person: disrobing, a dry wipe, a shower
 * with towel (PRISM, 2nd ed. 2018, HHS/BARDA: the rule of tens, 0.10, 0.01, 0.001). */
#ifndef MU_HAZARD_DECON_H
#define MU_HAZARD_DECON_H

#include <stdbool.h>
#include <stdint.h>

typedef enum mu_decon_stage {
    MU_DECON_DISROBE,
    MU_DECON_WIPE,
    MU_DECON_SHOWER,
    MU_DECON_REROBE,
    MU_DECON_STAGES
} mu_decon_stage;

/* Places of each station; 0: the line does not have it. */
typedef struct mu_decon_line {
    uint32_t places[MU_DECON_STAGES];
} mu_decon_line;

/* How many places are taken; by people, by people who wait for the next station, and by nobody
 * while they are made ready again. */
typedef struct mu_decon_now {
    uint32_t taken[MU_DECON_STAGES];
} mu_decon_now;

/* The station after `stage` that the line has; the first one after -1; MU_DECON_STAGES: the way
 * out. */
int mu_decon_next(const mu_decon_line *line, int stage);
/* Has that station a place? The way out always has. */
bool mu_decon_has_room(const mu_decon_line *line, const mu_decon_now *now, int stage);
/* What is left on somebody who has passed a station, of 1 before: 0.1, 0.01, 0.001. */
double mu_decon_residual(const mu_decon_line *line, int stage);
/* People per hour that one station passes at the most. */
double mu_decon_throughput_h(uint32_t places, double service_s, double changeover_s);

#endif
