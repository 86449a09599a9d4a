/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distributions from records: the times of past drills and patrols, fitted by maximum likelihood to
 * the distributions that a file can hold, each with how well it fits. */
#ifndef MU_STUDY_FIT_H
#define MU_STUDY_FIT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/dist.h"
#include "drill/report/page.h"

/* Fewer than so many values are not fitted. */
enum { MU_FIT_LEAST = 8, MU_FIT_KINDS = 5 };

typedef struct mu_fit {
    mu_dist dist;
    double log_likelihood;
    double aic;      /* Akaike's criterion: lower is better */
    double distance; /* Kolmogorov and Smirnov's: largest gap between the two curves */
    double p;        /* how often data drawn from the fit itself, and fitted anew, lie as far off
                        (Lilliefors 1967, by parametric bootstrap) */
} mu_fit;

typedef struct mu_fitted {
    mu_fit fits[MU_FIT_KINDS]; /* lowest AIC first */
    uint32_t count;
    double mean, sd, least, most;
} mu_fitted;

/* `values` are sorted in place; positive, at least MU_FIT_LEAST. `repeats` of the bootstrap. */
MU_MUST_USE mu_status mu_fit_values(double *values, uint32_t count, uint64_t seed, uint64_t subject,
                                    uint32_t repeats, mu_fitted *out);
/* The distribution function. */
double mu_fit_share(const mu_dist *dist, double value);
/* The values against the best fits as one SVG element. */
void mu_fit_chart(mu_page *page, const char *title, const double *values, uint32_t count,
                  const mu_fitted *fitted);
/* A distribution as files write it; `source` becomes its provenance. At most 512 bytes. */
void mu_fit_json(const mu_dist *dist, const char *source, char *out, uint32_t room);

#endif
