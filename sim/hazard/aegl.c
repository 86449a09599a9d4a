/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last T is kept as ten bins, counted from the start of the person's exposure, so that what
 * begins then is exact and what comes later is exact to a tenth of T. All bins are whole minutes
 * long. */
#include "hazard/aegl.h"

#include <math.h>
#include <string.h>

#include "core/i18n.h"

#define MINUTE_S 60.0
/* Sums of many small parts fall short of their whole by rounding. */
#define SLACK (1 - 1e-9)

static const uint32_t minutes_of[MU_AEGL_TIMES] = {10, 30, 60, 240, 480};

static const mu_aegl table[MU_SUBSTANCE_COUNT] = {
    [MU_SUBSTANCE_CHLORINE] = {N_("chlorine"),
                               "NRC AEGL vol. 4 (2004)",
                               70.906,
                               2,
                               {{0.50, 0.50, 0.50, 0.50, 0.50},
                                {2.8, 2.8, 2.0, 1.0, 0.71},
                                {50, 28, 20, 10, 7.1}}},
    [MU_SUBSTANCE_AMMONIA] = {N_("ammonia"),
                              "NRC AEGL vol. 6 (2008)",
                              17.031,
                              2,
                              {{30, 30, 30, 30, 30},
                               {220, 220, 160, 110, 110},
                               {2700, 1600, 1100, 550, 390}}},
    [MU_SUBSTANCE_HYDROGEN_CHLORIDE] = {N_("hydrogen chloride"),
                                        "NRC AEGL vol. 4 (2004)",
                                        36.461,
                                        1,
                                        {{1.8, 1.8, 1.8, 1.8, 1.8},
                                         {100, 43, 22, 11, 11},
                                         {620, 210, 100, 26, 26}}},
};

const mu_aegl *mu_aegl_of(mu_substance substance) {
    return &table[substance];
}

double mu_aegl_time_s(int column) {
    return minutes_of[column] * MINUTE_S;
}

double mu_aegl_ppm(mu_substance substance, double g_m3) {
    return g_m3 * 1000 * 24.45 / table[substance].molar_g;
}

double mu_aegl_g_m3(mu_substance substance, double ppm) {
    return ppm * table[substance].molar_g / 24.45 / 1000;
}

int mu_aegl_level(mu_substance substance, double ppm) {
    int level = 0;
    while (level < MU_AEGL_BANDS && ppm >= table[substance].ppm[level][MU_AEGL_HOUR] * SLACK) {
        level++;
    }
    return level;
}

static uint32_t bin_of(uint32_t minute, int column) {
    return minute / (minutes_of[column] / MU_EXPOSURE_BINS);
}

/* Time has gone on to a minute: bins that are about to be used again are emptied. */
static void turn_to(mu_exposure *exposure, uint32_t minute) {
    for (int c = 0; c < MU_AEGL_TIMES; c++) {
        const uint32_t last = bin_of(exposure->minutes, c), next = bin_of(minute, c);
        for (uint32_t b = last + 1; b <= next && b <= last + MU_EXPOSURE_BINS; b++) {
            exposure->load[c][b % MU_EXPOSURE_BINS] = 0;
        }
    }
    exposure->minutes = minute;
}

static double sum_of(const double *load) {
    double sum = 0;
    for (int b = 0; b < MU_EXPOSURE_BINS; b++) {
        sum += load[b];
    }
    return sum;
}

static void judge(mu_exposure *exposure, const mu_aegl *aegl) {
    for (int c = 0; c < MU_AEGL_TIMES; c++) {
        const double mean = sum_of(exposure->load[c]) / mu_aegl_time_s(c);
        while (exposure->band < MU_AEGL_BANDS &&
               mean >= pow(aegl->ppm[exposure->band][c], aegl->exponent) * SLACK) {
            exposure->band++;
        }
    }
}

/* Within one minute since the start. */
static void add_part(mu_exposure *exposure, const mu_aegl *aegl, uint32_t minute, double long_s,
                     double ppm) {
    turn_to(exposure, minute);
    for (int c = 0; c < MU_AEGL_TIMES; c++) {
        exposure->load[c][bin_of(minute, c) % MU_EXPOSURE_BINS] +=
            pow(ppm, aegl->exponent) * long_s;
    }
    judge(exposure, aegl);
}

void mu_exposure_add(mu_exposure *exposure, mu_substance substance, double from_s, double to_s,
                     double ppm) {
    if (!(ppm > 0) || !(to_s > from_s)) {
        return;
    }
    if (exposure->began == 0) {
        exposure->began = 1;
        exposure->first_s = from_s;
    }
    exposure->dose_ppm_s += ppm * (to_s - from_s);
    exposure->peak_ppm = ppm > exposure->peak_ppm ? ppm : exposure->peak_ppm;
    for (int level = mu_aegl_level(substance, ppm); level > 0; level--) {
        exposure->above_s[level - 1] += to_s - from_s;
    }
    for (double at = from_s - exposure->first_s, end = to_s - exposure->first_s; at < end;) {
        const double minute = floor(at / MINUTE_S);
        const double until = fmin((minute + 1) * MINUTE_S, end);
        add_part(exposure, &table[substance], (uint32_t)minute, until - at, ppm);
        at = until;
    }
}

double mu_exposure_equivalent(const mu_exposure *exposure, mu_substance substance, int column) {
    return pow(sum_of(exposure->load[column]) / mu_aegl_time_s(column),
               1 / table[substance].exponent);
}
