/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of PD 7974-6 as one small table, and the log-normal through two percentiles. */
#include "crowd/premovement.h"

#include <math.h>

/* Standard normal quantile at 0.99. */
static const double normal_99 = 2.3263478740408408;

/* First occupants and the 99th-percentile value, in seconds. M3 is printed as '>15 min' for both:
 * 15 min for the first, and the ratio of the M2 row between first and last. */
static const struct {
    double first_s, last_s;
} rows[2][2] = {
    {{30, 60}, {60, 120}},  /* A, awake and familiar: M1, M2 */
    {{30, 120}, {60, 180}}, /* B, awake and unfamiliar: M1, M2 */
};
static const double unmanaged_first_s = 15 * 60;

/* Way-finding in complex buildings, added to both percentiles: B1, B2, B3. */
static const double way_finding_s[2][3] = {{0, 0, 30}, {0, 30, 60}};

mu_premovement mu_premovement_of(bool familiar, mu_training training, int complexity,
                                 bool incremental) {
    const int category = familiar ? 0 : 1;
    const int row = training == MU_TRAINING_M1 ? 0 : 1;
    const int level = complexity < 1 ? 1 : complexity > 3 ? 3 : complexity;
    double first_s = rows[category][row].first_s;
    double last_s = rows[category][row].last_s + (incremental ? first_s : 0);
    if (training == MU_TRAINING_M3) {
        last_s *= unmanaged_first_s / first_s;
        first_s = unmanaged_first_s;
    }
    first_s += way_finding_s[category][level - 1];
    last_s += way_finding_s[category][level - 1];
    return (mu_premovement){
        .first_s = first_s,
        .last_s = last_s,
        .mu = (log(first_s) + log(last_s)) / 2,
        .sigma = (log(last_s) - log(first_s)) / (2 * normal_99),
    };
}
