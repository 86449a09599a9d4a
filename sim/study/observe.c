/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The difference between a clause's observed time and its typical predicted one is laid, whole, on
 * one part of the predicted chain after the other: what that part's setting would have to have
 * been, and how unusual that would be by the distribution that the files give it. Where two boxes
 * measure the setting itself, that is said beside it: then nothing has to be guessed. */
#include "study/observe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "policy/measure.h"
#include "study/fit.h"

static int by_value(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Values of the deciding runs, sorted; never is INFINITY. */
static uint32_t collect(const mu_findings *findings, uint32_t clause, double *out) {
    uint32_t count = 0;
    for (uint32_t r = 0; r < findings->reps; r++) {
        const mu_judgement *one = &findings->replicates[r].judgements[clause];
        if (one->verdict == MU_VERDICT_MET || one->verdict == MU_VERDICT_MISSED) {
            out[count++] = one->value;
        }
    }
    qsort(out, count, sizeof *out, by_value);
    return count;
}

static bool more_is_worse(const mu_clause *clause) {
    return mu_judge_is_number(clause) ? clause->demands.count > 0 && mu_measure_is_most(clause)
                                      : clause->kind != MU_CLAUSE_COVERAGE;
}

static mu_fits place(const mu_compared *one, const mu_clause *clause) {
    if (one->watched != MU_WATCHED_YES || isnan(one->value) || isnan(one->low)) {
        return MU_FITS_UNKNOWN;
    }
    if (one->value >= one->low && one->value <= one->high) {
        return MU_FITS_WITHIN;
    }
    return (one->value > one->high) == more_is_worse(clause) ? MU_FITS_WORSE : MU_FITS_BETTER;
}

static mu_compared compare(const mu_observe_def *def, uint32_t clause, double *values) {
    const mu_findings *runs = def->report.findings;
    const mu_clause_finding *seen = &def->observed->clauses[clause];
    mu_compared one = {.watched = mu_observed_watched(def->sheet, clause),
                       .value = (double)NAN,
                       .low = (double)NAN,
                       .high = (double)NAN,
                       .median = runs->clauses[clause].median};
    const uint32_t count = collect(runs, clause, values);
    if (count > 0) {
        one.low = values[mu_percentile_rank(5, count) - 1];
        one.high = values[mu_percentile_rank(95, count) - 1];
    }
    if (one.watched == MU_WATCHED_YES) {
        one.observed = seen->verdict;
        one.value = seen->runs > 0 ? seen->median : (double)NAN;
    }
    one.fits = place(&one, &runs->plan->policy.clauses.items[clause]);
    return one;
}

mu_compared *mu_observe_compare(const mu_observe_def *def, mu_arena *arena) {
    const uint32_t count = def->report.findings->plan->policy.clauses.count;
    mu_compared *out = mu_arena_array(arena, (size_t)count + 1, sizeof *out);
    double *values = mu_arena_array(arena, (size_t)def->report.findings->reps + 1, sizeof *values);
    for (uint32_t c = 0; out != NULL && values != NULL && c < count; c++) {
        out[c] = compare(def, c, values);
    }
    return values == NULL ? NULL : out;
}

/* Explaining. */

typedef struct explainer {
    const mu_observe_def *def;
    mu_arena *arena;
    mu_measured_settings measured;
    mu_explaining_list list;
    uint32_t room;
} explainer;

/* The setting that a part of a chain rests on; false where it is none (walking, waiting). */
static bool setting_of(const explainer *e, const mu_record *record, mu_explaining *out) {
    const mu_plan *plan = e->def->report.findings->plan;
    const bool of_step = record->step != 0;
    const mu_step *step =
        of_step ? plan->response.steps.items[mu_handle_index(record->step)].given : NULL;
    const mu_thing thing = mu_handle_thing(record->subject);
    const uint32_t index = mu_handle_index(record->subject);
    out->unit = "s";
    if (record->kind == MU_RECORD_DUE && of_step) {
        out->dist = &step->when.wait_s;
        out->pointer = mu_arena_print(e->arena, "/steps/%s/when/wait_s", step->id);
    } else if ((record->kind == MU_RECORD_WORKED || record->kind == MU_RECORD_FAILED) && of_step) {
        out->dist = &step->takes_s;
        out->pointer = mu_arena_print(e->arena, "/steps/%s/takes_s", step->id);
    } else if (record->kind == MU_RECORD_DISPATCHED && thing == MU_THING_UNIT) {
        out->dist = &plan->roster.units.items[index].dispatched_in_s;
        out->pointer = mu_arena_print(e->arena, "/units/%s/dispatched_in_s",
                                      plan->roster.units.items[index].id);
    } else if (record->kind == MU_RECORD_ON_SITE && thing == MU_THING_UNIT) {
        out->dist = &plan->roster.units.items[index].speed_mps;
        out->pointer =
            mu_arena_print(e->arena, "/units/%s/speed_mps", plan->roster.units.items[index].id);
        out->unit = "m/s";
    } else if (record->kind == MU_RECORD_DELIVERED &&
               mu_handle_thing(record->place) == MU_THING_CHANNEL) {
        const mu_channel *channel = &plan->site.channels.items[mu_handle_index(record->place)];
        out->dist = &channel->latency_s;
        out->pointer = mu_arena_print(e->arena, "/channels/%s/latency_s", channel->id);
    } else if (mu_record_part((mu_record_kind)record->kind) == MU_PART_MECHANISM &&
               thing == MU_THING_PORTAL) {
        const mu_portal *portal = &plan->site.portals.items[index];
        out->dist = &portal->closes_in_s;
        out->pointer = mu_arena_print(e->arena, "/portals/%s/closes_in_s", portal->id);
    }
    return out->dist != NULL && out->pointer != NULL;
}

static double measured(const explainer *e, const char *pointer) {
    for (uint32_t i = 0; i < e->measured.count; i++) {
        if (strcmp(e->measured.items[i].pointer, pointer) == 0) {
            return e->measured.items[i].value;
        }
    }
    return (double)NAN;
}

static bool set_wanted(const explainer *e, const mu_record *record, double took_s, double more_s,
                       mu_explaining *out) {
    const mu_plan *plan = e->def->report.findings->plan;
    if (took_s + more_s <= 0) {
        return false; /* not even nothing would be enough */
    }
    out->took = took_s;
    out->wanted = took_s + more_s;
    if (record->kind == MU_RECORD_ON_SITE) {
        const double road = plan->roster.units.items[mu_handle_index(record->subject)].distance_m;
        out->took = road / took_s;
        out->wanted = road / (took_s + more_s);
    }
    const double below = mu_fit_share(out->dist, out->wanted);
    out->share = out->wanted > out->took ? 1 - below : below;
    out->measured = measured(e, out->pointer);
    return true;
}

static void add_parts(explainer *e, uint32_t clause, double more_s) {
    const mu_clause_finding *finding = &e->def->report.findings->clauses[clause];
    for (uint32_t k = 0; finding->has_chain && k < finding->chain_count && e->list.count < e->room;
         k++) {
        mu_explaining one = {.clause = clause, .part = k};
        const double took_s = mu_time_to_s(finding->chain[k].to_us - finding->chain[k].from_us);
        if (setting_of(e, &finding->chain_records[k], &one) && took_s > 0 &&
            set_wanted(e, &finding->chain_records[k], took_s, more_s, &one)) {
            e->list.items[e->list.count++] = one;
        }
    }
}

/* Measured ones first, then the likeliest; what has no distribution last. */
static int by_likelihood(const void *a, const void *b) {
    const mu_explaining *x = a, *y = b;
    if (x->clause != y->clause) {
        return x->clause < y->clause ? -1 : 1;
    }
    if (isnan(x->measured) != isnan(y->measured)) {
        return isnan(x->measured) ? 1 : -1;
    }
    const double s = isnan(x->share) ? -1 : x->share, t = isnan(y->share) ? -1 : y->share;
    return s != t ? (s > t ? -1 : 1) : (x->part > y->part) - (x->part < y->part);
}

mu_explaining_list mu_observe_explain(const mu_observe_def *def, const mu_compared *compared,
                                      mu_arena *arena) {
    const mu_policy *policy = &def->report.findings->plan->policy;
    explainer e = {.def = def, .arena = arena};
    for (uint32_t c = 0; c < policy->clauses.count; c++) {
        e.room += def->report.findings->clauses[c].chain_count;
    }
    e.list.items = mu_arena_array(arena, (size_t)e.room + 1, sizeof *e.list.items);
    e.measured = mu_observed_settings(def->sheet, arena);
    for (uint32_t c = 0; e.list.items != NULL && c < policy->clauses.count; c++) {
        const mu_clause *clause = &policy->clauses.items[c];
        const double unit_s = mu_judge_is_number(clause) || clause->kind == MU_CLAUSE_COVERAGE
                                  ? 0
                                  : mu_judge_seconds(mu_judge_unit(clause));
        const bool differs =
            compared[c].fits == MU_FITS_WORSE || compared[c].fits == MU_FITS_BETTER;
        const bool again = def->report.findings->plan->clauses[c].same_as != MU_NONE;
        if (differs && !again && unit_s > 0 && isfinite(compared[c].value) &&
            isfinite(compared[c].median)) {
            add_parts(&e, c, (compared[c].value - compared[c].median) * unit_s);
        }
    }
    if (e.list.count > 0) {
        qsort(e.list.items, e.list.count, sizeof *e.list.items, by_likelihood);
    }
    return e.list;
}

char mu_observe_rating(const mu_observe_def *def, const mu_compared *compared,
                       const char *capability) {
    const mu_policy *policy = &def->report.findings->plan->policy;
    uint32_t judged = 0, met = 0, grave = 0;
    for (uint32_t c = 0; c < policy->clauses.count; c++) {
        const mu_clause *clause = &policy->clauses.items[c];
        const bool counts =
            compared[c].watched == MU_WATCHED_YES &&
            (compared[c].observed == MU_VERDICT_MET || compared[c].observed == MU_VERDICT_MISSED) &&
            (capability == NULL || strcmp(clause->capability, capability) == 0);
        judged += counts;
        met += counts && compared[c].observed == MU_VERDICT_MET;
        grave += counts && compared[c].observed == MU_VERDICT_MISSED && clause->severity >= 4;
    }
    return judged == 0         ? 'N'
           : met == judged     ? 'P'
           : grave == 0        ? 'S'
           : 2 * met >= judged ? 'M'
                               : 'U';
}
