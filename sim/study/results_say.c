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
        format = _("%s %s: number");
    }
    (void)snprintf(out, MU_SAID_ROOM, format, clause->id, mu_text_in(clause->title, language));
}

/* Seconds as people say them. */
static void say_seconds(double value, bool sign, mu_said out) {
    const double length = fabs(value);
    const char *mark = length < 0.05 ? "" : value < 0 ? "−" : sign ? "+" : "";
    if (length < 99.95) {
        (void)snprintf(out, MU_SAID_ROOM, _("%s%.1f s"), mark, length);
    } else if (length < 7200) {
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

void mu_results_say_value(const mu_pair_finding *finding, double value, bool sign, mu_said out) {
    const char *mark = value < 0 ? "−" : sign ? "+" : "";
    if (strcmp(finding->unit, "s") == 0) {
        say_seconds(value, sign, out);
    } else if (strcmp(finding->unit, "1") == 0 && sign) {
        (void)snprintf(out, MU_SAID_ROOM, _("%s%.1f points"), mark, 100 * fabs(value));
    } else if (strcmp(finding->unit, "1") == 0) {
        (void)snprintf(out, MU_SAID_ROOM, _("%.1f %%"), 100 * value);
    } else {
        mu_results_say_number(value, sign, out);
    }
}

void mu_results_say_interval(const mu_pair_finding *finding, mu_said out) {
    mu_said low, high;
    mu_results_say_value(finding, finding->pair.low, true, low);
    mu_results_say_value(finding, finding->pair.high, true, high);
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
    say_seconds(fabs(finding->pair.mean), false, by);
    say_seconds(finding->pair.mean_x, false, x);
    say_seconds(finding->pair.mean_y, false, y);
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
    mu_results_say_value(finding, finding->pair.mean_x, false, x);
    mu_results_say_value(finding, finding->pair.mean_y, false, y);
    mu_results_say_value(finding, finding->pair.mean, true, by);
    if (finding->is_elapsed) {
        say_times(finding, name, interval, out);
    } else {
        (void)snprintf(out, MU_SAID_ROOM,
                       _("%.150s: %.40s instead of %.40s, %.40s (95 %% interval %.80s)."), name, y,
                       x, by, interval);
    }
}
