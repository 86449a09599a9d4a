/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and names in words. A sentence is one format with places for names, so that a translator
 * can put them in the order of their own language. */
#include "drill/report/words.h"
#include "policy/measure.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"

#define NOTHING "–"

static const char *print(const mu_view *view, const char *format, va_list *arguments) {
    va_list again;
    va_copy(again, *arguments);
    const int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = length < 0 ? NULL : mu_arena_alloc(view->arena, (size_t)length + 1);
    if (text != NULL) {
        (void)vsnprintf(text, (size_t)length + 1, format, *arguments);
    }
    return text != NULL ? text : "";
}

const char *mu_say(const mu_view *view, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const char *said = print(view, format, &arguments);
    va_end(arguments);
    return said;
}

const char *mu_say_joined(const mu_view *view, const char *said, const char *separator,
                          const char *part) {
    return mu_say(view, "%s%s%s", said, said[0] != 0 ? separator : "", part);
}

const char *mu_say_text(const mu_view *view, const mu_text *text) {
    const bool chinese = view->def.language[0] == 'z';
    const char *first = chinese ? text->zh : text->en, *other = chinese ? text->en : text->zh;
    return first != NULL ? first : other != NULL ? other : "";
}

const char *mu_say_building(const mu_view *view, const char *label) {
    const mu_site *site = &view->plan->site;
    for (uint32_t i = 0; i < site->buildings.count; i++) {
        if (strcmp(site->buildings.items[i].label, label) == 0) {
            const char *name = mu_say_text(view, &site->buildings.items[i].name);
            return name[0] != 0 ? name : label;
        }
    }
    return label;
}

/* A word that is the id of a room, building, channel, post or assembly point stands for it; NULL
 * where it is none. */
static const mu_text *place_of(const mu_site *site, const char *word) {
    for (uint32_t i = 0; i < site->spaces.count; i++) {
        if (strcmp(site->spaces.items[i].id, word) == 0) {
            return &site->spaces.items[i].name;
        }
    }
    for (uint32_t i = 0; i < site->buildings.count; i++) {
        if (strcmp(site->buildings.items[i].label, word) == 0) {
            return &site->buildings.items[i].name;
        }
    }
    for (uint32_t i = 0; i < site->channels.count; i++) {
        if (strcmp(site->channels.items[i].id, word) == 0) {
            return &site->channels.items[i].name;
        }
    }
    for (uint32_t i = 0; i < site->posts.count; i++) {
        if (strcmp(site->posts.items[i].id, word) == 0) {
            return &site->posts.items[i].name;
        }
    }
    for (uint32_t i = 0; i < site->assembly_points.count; i++) {
        if (strcmp(site->assembly_points.items[i].id, word) == 0) {
            return &site->assembly_points.items[i].name;
        }
    }
    return NULL;
}

/* An occupant goes by the name of their group and their number in it. */
static const char *say_occupant(const mu_view *view, const mu_person *person) {
    const mu_text *group = &view->plan->roster.groups.items[person->from].name;
    const char *number = strrchr(person->id, '/');
    if (mu_say_text(view, group)[0] == 0 || number == NULL) {
        return person->id;
    }
    return mu_say(view, _("%s (no. %u)"), mu_say_text(view, group),
                  (unsigned)strtoul(number + 1, NULL, 10));
}

const char *mu_say_thing(const mu_view *view, mu_handle handle) {
    const uint32_t index = mu_handle_index(handle);
    if (mu_handle_thing(handle) == MU_THING_PERSON && index < view->plan->people.list.count &&
        view->plan->people.list.items[index].kind == MU_PERSON_OCCUPANT) {
        return say_occupant(view, &view->plan->people.list.items[index]);
    }
    const char *name = mu_plan_name(view->plan, handle, view->def.language);
    if (mu_handle_thing(handle) != MU_THING_WORD) {
        return name;
    }
    const mu_text *place = place_of(&view->plan->site, name);
    if (place != NULL && mu_say_text(view, place)[0] != 0) {
        return mu_say_text(view, place);
    }
    const char *known = mu_known_word(name); /* “radius” is a zone here, not a measure */
    return known != NULL ? known : mu_say_word(view, name);
}

const char *mu_say_seconds(const mu_view *view, int64_t seconds) {
    if (seconds >= 3600) {
        return mu_say(view, "%lld:%02lld:%02lld", (long long)(seconds / 3600),
                      (long long)(seconds / 60 % 60), (long long)(seconds % 60));
    }
    return mu_say(view, "%lld:%02lld", (long long)(seconds / 60), (long long)(seconds % 60));
}

const char *mu_say_time(const mu_view *view, double seconds) {
    if (isnan(seconds)) {
        return NOTHING;
    }
    if (isinf(seconds) || seconds > 1e12) {
        return _("never");
    }
    if (seconds < 10) {
        return mu_say(view, _("%g s"), fmax(0, ceil(seconds * 10 - 1e-6)) / 10);
    }
    const int64_t whole = (int64_t)ceil(seconds - 1e-6);
    return whole >= 3600 && whole % 3600 == 0 ? mu_say(view, _("%d h"), (int)(whole / 3600))
                                              : mu_say_seconds(view, whole);
}

const char *mu_say_mean(const mu_view *view, double number) {
    return mu_say(view, number < 10 && number != floor(number) ? "%.1f" : "%.0f", number);
}

const char *mu_say_percent(const mu_view *view, double share) {
    if (isnan(share)) {
        return NOTHING;
    }
    const bool near_end = (share > 0 && share < 0.01) || (share > 0.99 && share < 1);
    return mu_say(view, near_end ? _("%.1f %%") : _("%.0f %%"), share * 100);
}

/* Seconds in a unit of time that clauses use; 0 where it is none. */
static double seconds_in(const char *unit) {
    static const struct {
        const char *name;
        double seconds;
    } units[] = {{"s", 1}, {"min", 60}, {"h", 3600}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (strcmp(unit, units[i].name) == 0) {
            return units[i].seconds;
        }
    }
    return 0;
}

const char *mu_say_value(const mu_view *view, uint32_t clause, double value) {
    const char *unit = mu_judge_unit(mu_view_clause(view, clause));
    if (isnan(value)) {
        return NOTHING;
    }
    if (seconds_in(unit) > 0) {
        return mu_say_time(view, value * seconds_in(unit));
    }
    if (strcmp(unit, "1") == 0) {
        const mu_clause *given = mu_view_clause(view, clause);
        const mu_demand *first = given->demands.count > 0 ? &given->demands.items[0] : NULL;
        const bool counts = first != NULL && first->value > 1 && strcmp(first->name, "ratio") != 0;
        return counts ? mu_say(view, "%.4g", value) : mu_say_percent(view, value);
    }
    return isinf(value) ? _("never") : mu_say(view, "%.4g %s", value, mu_say_word(view, unit));
}

static bool is(const char *word, const char *other) {
    return strcmp(word, other) == 0;
}

static const char *say_interval(const mu_view *view, const mu_demand *demand) {
    const double seconds = seconds_in(demand->unit);
    if (seconds > 0) {
        return mu_say(view, _("every %s"), mu_say_time(view, demand->value * seconds));
    }
    if (is(demand->unit, "d")) {
        return mu_say(view, P_("every day", "every %g days", demand->value), demand->value);
    }
    if (is(demand->unit, "months")) {
        return mu_say(view, P_("every month", "every %g months", demand->value), demand->value);
    }
    return mu_say(view, _("every %g %s"), demand->value, mu_say_word(view, demand->unit));
}

/* A number with its unit says enough by itself for these. */
static bool is_plain(const mu_demand *demand) {
    return is(demand->name, demand->unit) || is(demand->name, "count") ||
           is(demand->name, "rate") || is(demand->name, "limit");
}

const char *mu_say_demand(const mu_view *view, const mu_demand *demand) {
    const double seconds = seconds_in(demand->unit);
    if (is(demand->name, "required")) {
        return _("must happen");
    }
    if (is(demand->name, "limit") && seconds > 0) {
        return mu_say(view, _("within %s"), mu_say_time(view, demand->value * seconds));
    }
    if (is(demand->name, "interval")) {
        return say_interval(view, demand);
    }
    if (is(demand->name, "coverage") || is(demand->name, "share")) {
        return mu_say_percent(view, demand->value);
    }
    if (is(demand->unit, "1")) {
        return mu_say(view, _("%s: %g"), mu_say_word(view, demand->name), demand->value);
    }
    const char *amount = mu_say(view, _("%g %s"), demand->value, mu_say_word(view, demand->unit));
    return is_plain(demand) ? amount
                            : mu_say(view, _("%s %s"), mu_say_word(view, demand->name), amount);
}

const char *mu_say_bound(const mu_view *view, uint32_t clause) {
    const mu_clause *given = mu_view_clause(view, clause);
    const char *value = mu_say_value(view, clause, given->demands.items[0].value);
    return mu_measure_is_most(given) ? mu_say(view, _("at most %s"), value)
                                     : mu_say(view, _("at least %s"), value);
}

const char *mu_say_limit(const mu_view *view, uint32_t clause) {
    const mu_clause *given = mu_view_clause(view, clause);
    if (given->demands.count == 0) {
        return NOTHING;
    }
    const mu_demand *first = &given->demands.items[0];
    /* What must not grow past all that there is room for is a bound, however it is named. */
    if ((is(first->name, "required") && given->statistic != MU_STATISTIC_MOST) ||
        (given->statistic != MU_STATISTIC_LEAST && given->statistic != MU_STATISTIC_MOST)) {
        return mu_say_demand(view, first);
    }
    return mu_say_bound(view, clause);
}

const char *mu_say_runs(const mu_view *view, uint32_t clause) {
    const mu_clause_finding *finding = mu_view_finding(view, clause);
    if (finding->runs == 0) {
        return NOTHING;
    }
    return mu_say(view, P_("%u of %u run", "%u of %u runs", finding->runs), finding->met,
                  finding->runs);
}

const char *mu_say_share(const mu_view *view, uint32_t clause) {
    const mu_clause_finding *finding = mu_view_finding(view, clause);
    if (finding->runs == 0) {
        return NOTHING;
    }
    return mu_say(view, _("%s (%.0f–%.0f %%)"), mu_say_percent(view, finding->share),
                  finding->ci_low * 100, finding->ci_high * 100);
}

const char *mu_say_verdict(mu_verdict verdict) {
    return verdict == MU_VERDICT_MET         ? _("✓ met")
           : verdict == MU_VERDICT_MISSED    ? _("✕ missed")
           : verdict == MU_VERDICT_UNDECIDED ? _("? undecided")
                                             : _("– not exercised");
}

const char *mu_say_reason_title(mu_reason reason) {
    static const char *const titles[MU_REASON_COUNT] = {
        [MU_REASON_NONE] = N_("Not exercised"),
        [MU_REASON_OFF] = N_("Switched off"),
        [MU_REASON_NOT_HERE] = N_("For the year or for an audit"),
        [MU_REASON_NO_MEASURE] = N_("Not simulated yet"),
        [MU_REASON_NO_START] = N_("Not called for by this incident"),
        [MU_REASON_NO_STEP] = N_("Called for, but in no playbook"),
    };
    return _(titles[reason]);
}

const char *mu_say_reason(mu_reason reason) {
    static const char *const sentences[MU_REASON_COUNT] = {
        [MU_REASON_NONE] = N_("No reason is recorded."),
        [MU_REASON_OFF] = N_("Switched off in the policy: an illustration, not a demand."),
        [MU_REASON_NOT_HERE] = N_(
            "No single incident can judge these: they belong to the year's work (patrols, tests, "
            "training, meetings) or to an audit of what is written down."),
        [MU_REASON_NO_MEASURE] =
            N_("An incident could judge these, but what they measure is not simulated yet."),
        [MU_REASON_NO_START] = N_("What starts these did not happen in this incident."),
        [MU_REASON_NO_STEP] =
            N_("These were due, and no playbook has a step that would do them: the "
               "plan is silent."),
    };
    return _(sentences[reason]);
}

const char *mu_say_rating(char rating) {
    switch (rating) {
    case 'P':
        return _("P – performed without challenges");
    case 'S':
        return _("S – performed with some challenges");
    case 'M':
        return _("M – performed with major challenges");
    case 'U':
        return _("U – unable to be performed");
    default:
        return _("N – not exercised");
    }
}

const char *mu_say_rating_letter(char rating) {
    switch (rating) {
    case 'P':
        return _("P");
    case 'S':
        return _("S");
    case 'M':
        return _("M");
    case 'U':
        return _("U");
    default:
        return NOTHING;
    }
}

const char *mu_say_basis(mu_basis basis) {
    switch (basis) {
    case MU_BASIS_STATED:
        return _("stated");
    case MU_BASIS_ASSUMED:
        return _("assumed");
    case MU_BASIS_EXAMPLE:
        return _("example");
    }
    return "";
}

const char *mu_say_how(mu_how how) {
    switch (how) {
    case MU_HOW_SIMULATED:
        return _("simulated");
    case MU_HOW_SCHEDULED:
        return _("scheduled");
    case MU_HOW_DECLARED:
        return _("declared");
    }
    return "";
}

const char *mu_say_likelihood(int likelihood) {
    static const char *const words[] = {N_("almost never"), N_("seldom"), N_("sometimes"),
                                        N_("often"), N_("nearly always")};
    return _(words[likelihood - 1]);
}

const char *mu_say_risk(int level) {
    static const char *const words[] = {N_("low"), N_("moderate"), N_("high"), N_("very high")};
    return _(words[level]);
}

const char *mu_say_dist_source(const mu_view *view, const mu_dist *dist) {
    static const char assumption[] = "planning assumption";
    if (dist->source == NULL) {
        return _("no source given");
    }
    /* Files give a source in one language; of an assumption it is only a remark. */
    if (view->def.language[0] == 'z' && strncmp(dist->source, "planning ", 9) == 0) {
        return _("planning assumption");
    }
    if (strncmp(dist->source, assumption, sizeof assumption - 1) != 0) {
        return dist->source;
    }
    const char *rest = dist->source + sizeof assumption - 1;
    return strncmp(rest, ": ", 2) == 0
               ? mu_say(view, _("%s: %s"), _("planning assumption"), rest + 2)
               : mu_say(view, "%s%s", _("planning assumption"), rest);
}

const char *mu_say_dist(const mu_view *view, const mu_dist *dist, const char *unit) {
    const char *u = unit == NULL || strcmp(unit, "1") == 0 ? "" : mu_say_word(view, unit);
    switch (dist->kind) {
    case MU_DIST_CONSTANT:
        return mu_say(view, "%g %s", dist->a, u);
    case MU_DIST_UNIFORM:
        return mu_say(view, _("uniform, %g to %g %s"), dist->a, dist->b, u);
    case MU_DIST_TRIANGULAR:
        return mu_say(view, _("triangular, %g to %g %s, most often %g"), dist->a, dist->c, u,
                      dist->b);
    case MU_DIST_NORMAL:
        return mu_say(view, _("normal, mean %g %s, standard deviation %g"), dist->a, u, dist->b);
    case MU_DIST_LOGNORMAL:
        return mu_say(view, _("log-normal, median %g %s, sigma %g"), dist->a, u, dist->b);
    case MU_DIST_EXPONENTIAL:
        return mu_say(view, _("exponential, mean %g %s"), dist->a, u);
    case MU_DIST_GAMMA:
        return mu_say(view, _("gamma, mean %g %s, standard deviation %g"), dist->a, u, dist->b);
    case MU_DIST_WEIBULL:
        return mu_say(view, _("Weibull, scale %g %s, shape %g"), dist->a, u, dist->b);
    }
    return "";
}
