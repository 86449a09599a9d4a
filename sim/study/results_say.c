/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Findings in words. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/i18n.h"
#include "study/results.h"

const char *mu_results_arm_name(const mu_results *results, uint32_t arm, const char *language) {
    const mu_results_arm *given = &results->arms.items[arm];
    const char *name = mu_text_in(given->name, language);
    return name[0] != '\0'                      ? name
           : strcmp(given->id, "as given") == 0 ? _("as the files stand")
                                                : given->id;
}

void mu_results_say_name(const mu_results *results, const mu_pair_finding *finding,
                         const char *language, mu_said out) {
    if (finding->kind == MU_FINDING_MEASURE) {
        (void)snprintf(out, MU_SAID_ROOM, "%s", _(mu_measure_get(finding->number).meaning));
        return;
    }
    const mu_results_clause *clause = &results->clauses.items[finding->number];
    const char *format =
        finding->kind == MU_FINDING_CLAUSE ? _("%s %s: met") : _("%s %s: time taken");
    if (finding->kind == MU_FINDING_CLAUSE_TIME && strcmp(finding->unit, "1") == 0) {
        format = _("%s %s: share reached");
    } else if (finding->kind == MU_FINDING_CLAUSE_TIME && !finding->is_elapsed) {
        format = strcmp(finding->unit, "s") == 0 ? _("%s %s: how long") : _("%s %s: number");
    }
    (void)snprintf(out, MU_SAID_ROOM, format, clause->id, mu_text_in(clause->title, language));
}

/* Seconds as people say them. Those that are read beside each other are said in the unit of the
 * longest, `scale`. */
static void say_seconds(double value, double scale, bool sign, mu_said out) {
    const double length = fabs(value);
    const char *mark = length < 0.05 ? "" : value < 0 ? "−" : sign ? "+" : "";
    if (scale < 99.95) {
        (void)snprintf(out, MU_SAID_ROOM, _("%s%.1f s"), mark, length);
    } else if (scale < 7200) {
        const long seconds = lround(length);
        (void)snprintf(out, MU_SAID_ROOM, _("%s%ld min %02ld s"), mark, seconds / 60, seconds % 60);
    } else {
        (void)snprintf(out, MU_SAID_ROOM, _("%s%.2f h"), mark, length / 3600);
    }
}

void mu_results_say_number(double value, bool sign, mu_said out) {
    const char *mark = fabs(value) < 0.005 ? "" : value < 0 ? "−" : sign ? "+" : "";
    (void)snprintf(out, MU_SAID_ROOM, "%s%.*f", mark, fabs(value) < 100 ? 2 : 0, fabs(value));
}

void mu_results_say_range(double low, double high, mu_said out) {
    mu_said from, to;
    mu_results_say_number(low, true, from);
    mu_results_say_number(high, true, to);
    (void)snprintf(out, MU_SAID_ROOM, _("%.80s to %.80s"), from, to);
}

static void say_beside(const mu_pair_finding *finding, double value, double scale, bool sign,
                       mu_said out) {
    const char *mark = value < 0 ? "−" : sign ? "+" : "";
    if (strcmp(finding->unit, "s") == 0) {
        say_seconds(value, scale, sign, out);
    } else if (strcmp(finding->unit, "1") == 0 && sign) {
        (void)snprintf(out, MU_SAID_ROOM, _("%s%.1f points"), mark, 100 * fabs(value));
    } else if (strcmp(finding->unit, "1") == 0) {
        (void)snprintf(out, MU_SAID_ROOM, _("%.1f %%"), 100 * value);
    } else {
        mu_results_say_number(value, sign, out);
    }
}

void mu_results_say_value(const mu_pair_finding *finding, double value, bool sign, mu_said out) {
    say_beside(finding, value, fabs(value), sign, out);
}

static double scale_of_difference(const mu_stat_paired *pair) {
    return fmax(fabs(pair->mean), fmax(fabs(pair->low), fabs(pair->high)));
}

void mu_results_say_means(const mu_pair_finding *finding, mu_said x, mu_said y) {
    const mu_stat_paired *pair = &finding->pair;
    const double scale = fmax(fabs(pair->mean_x), fabs(pair->mean_y));
    say_beside(finding, pair->mean_x, scale, false, x);
    say_beside(finding, pair->mean_y, scale, false, y);
}

void mu_results_say_difference(const mu_pair_finding *finding, bool sign, mu_said out) {
    const mu_stat_paired *pair = &finding->pair;
    say_beside(finding, sign ? pair->mean : fabs(pair->mean), scale_of_difference(pair), sign, out);
}

void mu_results_say_interval(const mu_pair_finding *finding, mu_said out) {
    const double scale = scale_of_difference(&finding->pair);
    mu_said low, high;
    say_beside(finding, finding->pair.low, scale, true, low);
    say_beside(finding, finding->pair.high, scale, true, high);
    (void)snprintf(out, MU_SAID_ROOM, _("%.80s to %.80s"), low, high);
}

void mu_results_say_p(double p, mu_said out) {
    (void)snprintf(out, MU_SAID_ROOM, p < 0.001 ? "< 0.001" : "%.3f", p);
}

const char *mu_results_say_sign(const mu_pair_finding *finding) {
    const int sign = mu_finding_sign(finding);
    return sign > 0 ? _("better") : sign < 0 ? _("worse") : "";
}

static void say_times(const mu_pair_finding *finding, const char *name, const char *interval,
                      mu_said out) {
    mu_said by, x, y;
    mu_results_say_difference(finding, false, by);
    mu_results_say_means(finding, x, y);
    (void)snprintf(out, MU_SAID_ROOM,
                   finding->pair.mean < 0
                       ? _("%.150s: %.40s sooner, %.40s instead of %.40s (95 %% interval %.80s).")
                       : _("%.150s: %.40s later, %.40s instead of %.40s (95 %% interval %.80s)."),
                   name, by, y, x, interval);
}

void mu_results_say(const mu_results *results, const mu_pair_finding *finding, const char *language,
                    mu_said out) {
    mu_said name, interval, x, y, by;
    mu_results_say_name(results, finding, language, name);
    mu_results_say_interval(finding, interval);
    mu_results_say_means(finding, x, y);
    mu_results_say_difference(finding, true, by);
    if (finding->is_elapsed) {
        say_times(finding, name, interval, out);
    } else {
        (void)snprintf(out, MU_SAID_ROOM,
                       _("%.150s: %.40s instead of %.40s, %.40s (95 %% interval %.80s)."), name, y,
                       x, by, interval);
    }
}
