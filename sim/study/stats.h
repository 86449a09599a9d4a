/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The statistics by which policies are compared: pure functions of numbers, each with its source.
 * Law: 'Simulation Modeling and Analysis', 5th edition 2015. */
#ifndef MU_STUDY_STATS_H
#define MU_STUDY_STATS_H

#include <stdbool.h>
#include <stdint.h>

/* Mean and variance as numbers come in (Welford 1962). */
typedef struct mu_stat_running {
    uint64_t count;
    double mean, squares; /* sum of squared deviations from the mean */
} mu_stat_running;
void mu_stat_add(mu_stat_running *running, double value);
/* n - 1 in the denominator; 0 below two numbers. */
double mu_stat_variance(const mu_stat_running *running);
/* Half of the mean's confidence interval, by Student's t; INFINITY below two numbers. */
double mu_stat_half_width(const mu_stat_running *running, double level);

/* The quantile of Student's t that a two-sided interval of this level needs. */
double mu_stat_t(double level, double degrees);

/* Paired differences y - x under common random numbers (Law 10.2.1). */
typedef struct mu_stat_paired {
    uint64_t count;
    double mean_x, mean_y, mean; /* of y - x */
    double variance;             /* of y - x */
    double low, high;            /* confidence interval of the mean difference */
    double p;                    /* two-sided; 1 where every difference is 0 */
    double correlation;          /* of x and y; NAN where either does not vary */
    double reduction;   /* (var x + var y) / var(y - x): how many times fewer runs than with
                           luck of their own; NAN where no difference varies */
    uint64_t differing; /* pairs that differ at all */
} mu_stat_paired;
mu_stat_paired mu_stat_pair(const double *x, const double *y, uint64_t count, double level);

/* Two independent samples of unequal variance (Welch 1938): degrees of freedom and interval of
 * mean(y) - mean(x). */
typedef struct mu_stat_welch {
    double degrees, low, high;
} mu_stat_welch;
mu_stat_welch mu_stat_two(const double *x, uint64_t count_x, const double *y, uint64_t count_y,
                          double level);

/* How many runs a sample of this mean and variance needs for an interval of half-width `absolute`,
 * or of `relative` (0..1) of the mean (Law 9.4.1). At least `count`, the runs that there are. */
uint64_t mu_stat_runs_absolute(double variance, uint64_t count, double absolute, double level);
uint64_t mu_stat_runs_relative(double mean, double variance, uint64_t count, double relative,
                               double level);

/* McNemar's test for pairs that differ in a yes or no, exact: `gained` pairs went from no to yes,
 * `lost` from yes to no. Two-sided p by the binomial distribution (McNemar 1947; Fleiss 2003). */
double mu_stat_mcnemar(uint64_t gained, uint64_t lost);
/* The interval of the difference of two paired proportions, gained - lost over all pairs, after
 * adding half a pair to each of the four cells (Agresti and Min 2005, Statistics in Medicine 24:
 * 729). `adjusted` false: Wald's. */
void mu_stat_paired_shares(uint64_t pairs, uint64_t gained, uint64_t lost, bool adjusted,
                           double level, double *low, double *high);

/* Holm's step-down correction (Holm 1979): p[i] becomes the adjusted value. */
bool mu_stat_holm(double *p, uint32_t count);

/* The level that each of `comparisons` intervals needs for all to hold together (Bonferroni). */
double mu_stat_bonferroni(double level, uint32_t comparisons);

/* The rank from 1 of the q-quantile: the smallest value with at least a share q at or below it. */
uint64_t mu_stat_rank(double q, uint64_t count);
/* Order statistics l and u (from 1) between which the q-quantile lies with at least this
 * probability, the narrowest around it, and their coverage (David and Nagaraja 2003, section 7.1).
 * False: there are too few numbers. */
bool mu_stat_quantile_ranks(uint64_t count, double q, double level, uint64_t *low, uint64_t *high,
                            double *coverage);
/* P(X_(low) <= quantile < X_(high)). */
double mu_stat_quantile_coverage(uint64_t count, double q, uint64_t low, uint64_t high);

/* The difference of the q-quantiles of y and x: estimated after Harrell and Davis (1982, Biometrika
 * 69: 635), with the standard error of a bootstrap that draws pairs (Wilcox and Erceg-Hurn
 * 2012, Journal of Applied Statistics 39: 2655; plain order statistics give intervals that are far
 * too wide where pairs share most of their luck). Draws are keyed by `key`: the same numbers give
 * the same interval. More than 2,000 pairs are cut into 50 sections instead, with Student's t over
 * their differences (Asmussen and Glynn 2007, section III.5). False without memory or numbers. */
typedef struct mu_stat_quantile {
    double x, y, difference, low, high;
} mu_stat_quantile;
bool mu_stat_quantile_difference(const double *x, const double *y, uint64_t count, double q,
                                 double level, uint32_t draws, uint64_t key, mu_stat_quantile *out);

/* Fewest runs whose largest value is above the 95 % quantile (say) with this confidence, and whose
 * range holds that share (Wilks 1941). */
uint32_t mu_stat_wilks_one(double share, double confidence);
uint32_t mu_stat_wilks_two(double share, double confidence);

/* Selecting the best of k systems, common random numbers allowed (Kim and Nelson 2001, ACM TOMACS
 * 11: 251, with c = 1). */
double mu_stat_kn_eta(uint32_t systems, uint32_t first, double alpha);
double mu_stat_kn_h2(uint32_t systems, uint32_t first, double alpha);
/* Runs after which a pair whose differences have this variance is decided. */
uint64_t mu_stat_kn_runs(double h2, double variance, double indifference);
/* How far apart two means must be after `runs` for the worse one to be dropped. */
double mu_stat_kn_width(double h2, double variance, double indifference, uint64_t runs);
/* The constant of Rinott (1978) and that of Dudewicz and Dalal (1975), by quadrature. */
double mu_stat_rinott(uint32_t systems, uint32_t first, double probability);
double mu_stat_dudewicz(uint32_t systems, uint32_t first, double probability);

#endif
