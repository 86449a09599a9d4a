/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a gas did, read from one log, and over all runs: who reached which exposure band and for how
 * long, where it got to, when which ventilation was shut, how decontamination went. */
#ifndef MU_DRILL_GAS_FINDINGS_H
#define MU_DRILL_GAS_FINDINGS_H

#include "drill/plan.h"
#include "hazard/aegl.h"

#define MU_GAS_STEP_US (60 * MU_SECOND) /* between the points of a zone's curve */
#define MU_GAS_BANDS   (MU_AEGL_BANDS + 1)

/* One run. Zones and units are the site's. */
typedef struct mu_gas_reading {
    bool is_given;                    /* the incident has a release; else everything is empty */
    mu_time leaks_us;                 /* MU_NEVER: it never began */
    mu_time gone_us;                  /* every zone clear; MU_NEVER */
    uint32_t occupants[MU_GAS_BANDS]; /* by the largest band that each reached; 0: none */
    uint32_t responders[MU_GAS_BANDS];
    double above_s[MU_AEGL_BANDS]; /* person-seconds in air at or above the 60-minute values */
    uint32_t steps;                /* points of each curve */
    uint32_t *ppb;                 /* [zone * steps + step]; the largest told in that step */
    uint32_t *peak_ppb;            /* per zone */
    mu_time *peak_us;
    mu_time *shut_us;     /* per unit: first shut, MU_NEVER */
    mu_time *shut_for_us; /* per unit: shut in all, from the leak to the end */
    uint32_t queued, processed;
    mu_time wait_us; /* in front of the line, of all who entered it */
    uint32_t entered;
} mu_gas_reading;

MU_MUST_USE mu_status mu_gas_read(const mu_plan *plan, const mu_log *log, mu_time end_us,
                                  mu_gas_reading *out);
void mu_gas_reading_destroy(mu_gas_reading *reading);

typedef struct mu_gas_zone_finding {
    double peak_ppm; /* mean over runs */
    double peak_s;   /* since the start of the leak; NAN: none got there */
    double *ppm;     /* per step: mean over the runs in which the gas is still about */
} mu_gas_zone_finding;

typedef struct mu_gas_unit_finding {
    uint32_t runs;  /* in which it was shut */
    double after_s; /* from the start of the leak, mean over those; NAN */
    double shut_s;  /* in all, mean over runs */
} mu_gas_unit_finding;

/* All runs: means. */
typedef struct mu_gas_finding {
    bool is_given;
    double occupants[MU_GAS_BANDS], responders[MU_GAS_BANDS];
    double above_min[MU_AEGL_BANDS]; /* person-minutes */
    uint32_t gone_runs;
    double gone_s; /* from the start of the leak, mean over those runs; NAN */
    uint32_t steps;
    mu_gas_zone_finding *zones;
    mu_gas_unit_finding *units;
    double queued, processed, wait_s; /* NAN where nobody entered */
} mu_gas_finding;

MU_MUST_USE mu_status mu_gas_sum(const mu_plan *plan, const mu_gas_reading *const *readings,
                                 uint32_t reps, mu_gas_finding *out);
void mu_gas_finding_destroy(mu_gas_finding *finding, const mu_plan *plan);

#endif
