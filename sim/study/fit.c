/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Maximum likelihood: in closed form where there is one, else by bisection of the shape's equation.
 * Goodness of fit by Kolmogorov and Smirnov's distance, whose usual table does not hold where the
 * parameters come from the same data: so it is compared with data drawn from the fit. */
#include "study/fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_psi.h>

#include "core/dist_form.h"
#include "core/json_out.h"
#include "core/random.h"
#include "drill/report/svg.h"

static const mu_dist_kind kinds[MU_FIT_KINDS] = {MU_DIST_EXPONENTIAL, MU_DIST_LOGNORMAL,
                                                 MU_DIST_NORMAL, MU_DIST_GAMMA, MU_DIST_WEIBULL};

typedef struct moments {
    double mean, sd, log_mean, log_sd;
} moments;

static moments moments_of(const double *values, uint32_t count) {
    moments m = {0};
    for (uint32_t i = 0; i < count; i++) {
        m.mean += values[i] / count;
        m.log_mean += log(values[i]) / count;
    }
    for (uint32_t i = 0; i < count; i++) {
        m.sd += (values[i] - m.mean) * (values[i] - m.mean) / count;
        m.log_sd += (log(values[i]) - m.log_mean) * (log(values[i]) - m.log_mean) / count;
    }
    m.sd = sqrt(m.sd);
    m.log_sd = sqrt(m.log_sd);
    return m;
}

/* log(k) - digamma(k) = log(mean) - mean(log); the left side falls from infinity to 0. */
static double gamma_shape(const moments *m) {
    const double wanted = log(m->mean) - m->log_mean;
    double low = 1e-3, high = 1e6;
    for (int i = 0; i < 100; i++) {
        const double middle = sqrt(low * high);
        if (log(middle) - gsl_sf_psi(middle) > wanted) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return sqrt(low * high);
}

/* sum(x^k log x) / sum(x^k) - 1/k = mean(log x); rises with k. */
static double weibull_shape(const double *values, uint32_t count, const moments *m) {
    double low = 0.05, high = 50;
    for (int i = 0; i < 60; i++) {
        const double k = sqrt(low * high);
        double sum = 0, weighted = 0;
        for (uint32_t v = 0; v < count; v++) {
            const double power = exp(k * (log(values[v]) - m->log_mean));
            sum += power;
            weighted += power * log(values[v]);
        }
        if (weighted / sum - 1 / k < m->log_mean) {
            low = k;
        } else {
            high = k;
        }
    }
    return sqrt(low * high);
}

static mu_dist fit_one(mu_dist_kind kind, const double *values, uint32_t count, const moments *m) {
    mu_dist out = {.kind = kind, .a = m->mean};
    if (kind == MU_DIST_NORMAL) {
        out.b = m->sd;
    } else if (kind == MU_DIST_LOGNORMAL) {
        out.a = exp(m->log_mean);
        out.b = m->log_sd;
    } else if (kind == MU_DIST_GAMMA) {
        out.b = m->mean / sqrt(gamma_shape(m));
    } else if (kind == MU_DIST_WEIBULL) {
        const double shape = weibull_shape(values, count, m);
        double sum = 0;
        for (uint32_t v = 0; v < count; v++) {
            sum += exp(shape * (log(values[v]) - m->log_mean)) / count;
        }
        out.a = exp(m->log_mean + log(sum) / shape);
        out.b = shape;
    }
    return out;
}

/* Shape and scale of a gamma distribution that is given by mean and standard deviation. */
static double shape_of(const mu_dist *dist) {
    return (dist->a / dist->b) * (dist->a / dist->b);
}

double mu_fit_share(const mu_dist *dist, double value) {
    if (value <= 0) {
        return 0;
    }
    switch (dist->kind) {
    case MU_DIST_EXPONENTIAL:
        return gsl_cdf_exponential_P(value, dist->a);
    case MU_DIST_LOGNORMAL:
        return gsl_cdf_lognormal_P(value, log(dist->a), dist->b);
    case MU_DIST_NORMAL:
        return gsl_cdf_gaussian_P(value - dist->a, dist->b);
    case MU_DIST_GAMMA:
        return gsl_cdf_gamma_P(value, shape_of(dist), dist->a / shape_of(dist));
    case MU_DIST_WEIBULL:
        return gsl_cdf_weibull_P(value, dist->a, dist->b);
    case MU_DIST_UNIFORM:
        return fmin(fmax((value - dist->a) / (dist->b - dist->a), 0), 1);
    case MU_DIST_CONSTANT:
    case MU_DIST_TRIANGULAR:
        break;
    }
    return (double)NAN;
}

static double density(const mu_dist *dist, double value) {
    switch (dist->kind) {
    case MU_DIST_EXPONENTIAL:
        return gsl_ran_exponential_pdf(value, dist->a);
    case MU_DIST_LOGNORMAL:
        return gsl_ran_lognormal_pdf(value, log(dist->a), dist->b);
    case MU_DIST_NORMAL:
        return gsl_ran_gaussian_pdf(value - dist->a, dist->b);
    case MU_DIST_GAMMA:
        return gsl_ran_gamma_pdf(value, shape_of(dist), dist->a / shape_of(dist));
    case MU_DIST_WEIBULL:
        return gsl_ran_weibull_pdf(value, dist->a, dist->b);
    case MU_DIST_CONSTANT:
    case MU_DIST_UNIFORM:
    case MU_DIST_TRIANGULAR:
        break;
    }
    return 0;
}

/* `values` in order. */
static double distance_of(const mu_dist *dist, const double *values, uint32_t count) {
    double most = 0;
    for (uint32_t i = 0; i < count; i++) {
        const double share = mu_fit_share(dist, values[i]);
        most = fmax(most, fmax(fabs(share - (double)i / count), fabs((i + 1.0) / count - share)));
    }
    return most;
}

static int by_value(const void *a, const void *b) {
    const double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* How often data from the fit itself lie as far from their own fit. */
static double bootstrap(const mu_fit *fit, uint32_t count, uint64_t seed, uint64_t subject,
                        uint32_t repeats, double *room) {
    uint32_t as_far = 0;
    for (uint32_t r = 0; r < repeats; r++) {
        mu_stream stream;
        mu_stream_open(&stream, seed, r, MU_PURPOSE_FIT, subject, (uint32_t)fit->dist.kind);
        for (uint32_t i = 0; i < count; i++) {
            room[i] = fmax(mu_dist_draw(&fit->dist, &stream.rng), 1e-12);
        }
        qsort(room, count, sizeof *room, by_value);
        const moments m = moments_of(room, count);
        const mu_dist again = fit_one(fit->dist.kind, room, count, &m);
        as_far += distance_of(&again, room, count) >= fit->distance;
    }
    return (as_far + 1.0) / (repeats + 1.0);
}

static int by_aic(const void *a, const void *b) {
    const mu_fit *left = a, *right = b;
    return (left->aic > right->aic) - (left->aic < right->aic);
}

mu_status mu_fit_values(double *values, uint32_t count, uint64_t seed, uint64_t subject,
                        uint32_t repeats, mu_fitted *out) {
    double *room = calloc(count, sizeof *room);
    if (room == NULL) {
        return MU_ERR_MEMORY;
    }
    qsort(values, count, sizeof *values, by_value);
    const moments m = moments_of(values, count);
    *out = (mu_fitted){.mean = m.mean,
                       .sd = m.sd * sqrt(count / (count - 1.0)),
                       .least = values[0],
                       .most = values[count - 1]};
    for (int k = 0; k < MU_FIT_KINDS && m.sd > 0; k++) {
        mu_fit *fit = &out->fits[out->count++];
        fit->dist = fit_one(kinds[k], values, count, &m);
        for (uint32_t i = 0; i < count; i++) {
            fit->log_likelihood += log(density(&fit->dist, values[i]));
        }
        const int parameters = kinds[k] == MU_DIST_EXPONENTIAL ? 1 : 2;
        fit->aic = 2 * parameters - 2 * fit->log_likelihood;
        fit->distance = distance_of(&fit->dist, values, count);
        fit->p = bootstrap(fit, count, seed, subject, repeats, room);
    }
    qsort(out->fits, out->count, sizeof *out->fits, by_aic);
    free(room);
    return MU_OK;
}

enum { WIDTH = 760, HEIGHT = 260, LEFT = 44, RIGHT = 12, TOP = 26, BOTTOM = 34, STEPS = 120 };

static mu_point place(double value, double share, double most) {
    return (mu_point){LEFT + value / most * (WIDTH - LEFT - RIGHT),
                      HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)};
}

/* The curve of one fit. */
static void draw_fit(mu_page *page, const mu_fit *fit, double most, const char *class_name) {
    mu_point points[STEPS + 1];
    for (int i = 0; i <= STEPS; i++) {
        const double value = most * i / STEPS;
        points[i] = place(value, mu_fit_share(&fit->dist, value), most);
    }
    mu_svg_shape(page, class_name, points, STEPS + 1, false);
}

/* The axis ends at four round steps. */
static double round_up(double most) {
    static const double steps[] = {1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10};
    const double power = pow(10, floor(log10(most / 4)));
    for (size_t k = 0; k < sizeof steps / sizeof steps[0]; k++) {
        if (4 * steps[k] * power >= most) {
            return 4 * steps[k] * power;
        }
    }
    return most;
}

void mu_fit_chart(mu_page *page, const char *title, const double *values, uint32_t count,
                  const mu_fitted *fitted) {
    const double most = fitted->most > 0 ? round_up(fitted->most * 1.05) : 1;
    char text[64];
    mu_svg_open(page, WIDTH, HEIGHT, title);
    mu_svg_text(page, "axis-title", LEFT, 14, "start", title);
    for (int k = 0; k <= 4; k++) {
        const mu_point left = place(0, k / 4.0, most), right = place(most, k / 4.0, most);
        mu_svg_line(page, "grid", left.x, left.y, right.x, right.y);
        (void)snprintf(text, sizeof text, "%d %%", 25 * k);
        mu_svg_text(page, "tick", left.x - 6, left.y + 4, "end", text);
        const mu_point foot = place(most * k / 4, 0, most);
        (void)snprintf(text, sizeof text, "%.4g", most * k / 4);
        mu_svg_text(page, "tick", foot.x, foot.y + 16, k < 4 ? "middle" : "end", text);
    }
    for (uint32_t i = 0; i < count; i++) {
        const mu_point at = place(values[i], (i + 0.5) / count, most);
        mu_svg_circle(page, "mark-dot", at.x, at.y, 2);
    }
    if (fitted->count > 1) {
        draw_fit(page, &fitted->fits[1], most, "curve-told");
    }
    if (fitted->count > 0) {
        draw_fit(page, &fitted->fits[0], most, "curve-out");
    }
    mu_svg_close(page);
}

void mu_fit_json(const mu_dist *dist, const char *source, char *out, uint32_t room) {
    const mu_dist_form *form = mu_dist_form_get(dist->kind);
    const double numbers[MU_DIST_PARAMETERS_MOST] = {dist->a, dist->b, dist->c};
    char number[32], parts[256] = "";
    for (int k = 0; k < MU_DIST_PARAMETERS_MOST && form->parameters[k].name != NULL; k++) {
        const size_t used = strlen(parts);
        char rounded[32];
        (void)snprintf(rounded, sizeof rounded, "%.6g", numbers[k]);
        mu_json_print_real(strtod(rounded, NULL), number);
        (void)snprintf(parts + used, sizeof parts - used, ", \"%s\": %s", form->parameters[k].name,
                       number);
    }
    (void)snprintf(out, room, "{\"dist\": \"%s\"%s, \"source\": \"%s\"}", form->word, parts,
                   source);
}
