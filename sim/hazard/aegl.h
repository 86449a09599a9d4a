/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Acute Exposure Guideline Levels as bands for decisions: 1 irritation, 2 needs care, 3 severe.
 * They are published for the general public and once-only exposures of constant strength. Nothing
 * here says who would die of what.
 *
 * Source: National Research Council, Acute Exposure Guideline Levels for Selected Airborne
 * Chemicals, vol. 4 (2004) for chlorine and hydrogen chloride, vol. 6 (2008) for ammonia. Exponents
 * of time scaling, C^n t = k: the same volumes (chlorine and ammonia 2, hydrogen chloride 1), after
 * ten Berge, Zwart and Appelman, J. Hazard. Mater. 13 (1986) 301.
 *
 * A real exposure is not constant. For each of the five published durations T the strength that,
 * held for T, would give the same load as the last T have given,
 *
 *     C_T = ((1/T) integral of C^n over the last T) ^ (1/n),
 *
 * is compared with the values for T, and the largest band that any T reaches is the person's. A
 * constant exposure of length T so reaches exactly the published band; as n >= 1, C_T is never
 * below the plain running mean, so this errs on the side of care. */
#ifndef MU_HAZARD_AEGL_H
#define MU_HAZARD_AEGL_H

#include <stdint.h>

typedef enum mu_substance {
    MU_SUBSTANCE_CHLORINE,
    MU_SUBSTANCE_AMMONIA,
    MU_SUBSTANCE_HYDROGEN_CHLORIDE,
    MU_SUBSTANCE_COUNT
} mu_substance;

#define MU_AEGL_BANDS 3
#define MU_AEGL_TIMES 5 /* 10, 30, 60 minutes, 4, 8 hours */
#define MU_AEGL_HOUR  2 /* the column that a single number is compared with */

typedef struct mu_aegl {
    const char *name; /* marked for translation */
    const char *source;
    double molar_g;  /* g/mol */
    double exponent; /* n */
    double ppm[MU_AEGL_BANDS][MU_AEGL_TIMES];
} mu_aegl;

const mu_aegl *mu_aegl_of(mu_substance substance);
double mu_aegl_time_s(int column);

/* At 25 °C and 101.325 kPa a mole takes up 24.45 litres: chlorine 1 ppm = 2.9 mg/m3. */
double mu_aegl_ppm(mu_substance substance, double g_m3);
double mu_aegl_g_m3(mu_substance substance, double ppm);

/* Which of the 60-minute values a concentration is at or above, 0..3: how bad a place is at a
 * moment. (The 60-minute values are those that the Protective Action Criteria of the US Department
 * of Energy use.) */
int mu_aegl_level(mu_substance substance, double ppm);

#define MU_EXPOSURE_BINS 10 /* of each duration */

/* What one person has breathed so far. All zero: nothing yet. */
typedef struct mu_exposure {
    double load[MU_AEGL_TIMES][MU_EXPOSURE_BINS]; /* ppm^n s, in turn */
    double first_s;                               /* when it began */
    double above_s[MU_AEGL_BANDS];                /* time at or above the 60-minute values */
    double dose_ppm_s;
    double peak_ppm;
    uint32_t minutes; /* whole ones since `first_s` at the last addition */
    uint32_t began;   /* 1 = `first_s` counts */
    uint32_t band;    /* the largest reached, 0..3 */
    uint32_t padding;
} mu_exposure;

/* Breathed `ppm` from one time to a later one; times never run back. */
void mu_exposure_add(mu_exposure *exposure, mu_substance substance, double from_s, double to_s,
                     double ppm);
/* C_T of one column, as of the last addition. */
double mu_exposure_equivalent(const mu_exposure *exposure, mu_substance substance, int column);

#endif
