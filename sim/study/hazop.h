/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HAZOP by simulation: every step, person on duty, channel and piece of equipment that the base
 * runs use is lost, late or weaker, in turn, with the same luck. What must not fail is what comes
 * out, and each such point is told together with its best remedy. Deviations are changes of the
 * organisation's own files, under the bounds of a study's factors: the incident stays as given. */
#ifndef MU_STUDY_HAZOP_H
#define MU_STUDY_HAZOP_H

#include "readiness/year_plan.h"
#include "study/levers.h"
#include "study/results.h"

typedef enum mu_hazop_kind {
    MU_HAZOP_STEP,
    MU_HAZOP_MEMBER,
    MU_HAZOP_CHANNEL,
    MU_HAZOP_EQUIPMENT,
    MU_HAZOP_KINDS
} mu_hazop_kind;
/* "step", "person", "channel", "equipment" */
extern const char *const mu_hazop_kind_words[];

typedef enum mu_hazop_guide {
    MU_HAZOP_LOST, /* does not happen, is not there, carries nothing */
    MU_HAZOP_LATE, /* decided or delivered so many seconds later, without scatter of its own */
    MU_HAZOP_WEAK, /* half the chance; a person without a radio */
    MU_HAZOP_GUIDES
} mu_hazop_guide;
extern const char *const mu_hazop_guide_words[];

/* Something that the base runs use. */
typedef struct mu_hazop_element {
    mu_hazop_kind kind;
    uint32_t index; /* of the step, member, channel or piece in its plan */
    const char *id;
    mu_text name;
    uint32_t runs; /* of the base runs looked at, in how many it was used */
} mu_hazop_element;

/* An element and what is wrong with it: number k of this list is lever k of the catalogue. */
typedef struct mu_deviation {
    uint32_t element;
    mu_hazop_guide guide;
} mu_deviation;

typedef struct mu_hazop {
    const mu_plan *plan; /* as the files stand; borrowed */
    MU_LIST_OF(mu_hazop_element) elements;
    MU_LIST_OF(mu_deviation) deviations;
    mu_levers levers; /* the deviations as changes of files */
    /* Per deviation: on which share of days of the year an incident would find it so; NAN where
     * the year says nothing of it. NULL: no year was looked at. */
    double *likely;
    uint32_t likely_days, likely_years;
} mu_hazop;

/* Plays `runs` replications and lists what they use. Memory is the arena's. */
MU_MUST_USE mu_status mu_hazop_find(const mu_plan *plan, uint64_t seed, uint32_t runs,
                                    mu_arena *arena, mu_diags *diags, mu_hazop *out);
/* Lays out the deviations of the elements, with the guides and of the kinds that are flagged. */
MU_MUST_USE mu_status mu_hazop_make(mu_hazop *hazop, const bool guides[MU_HAZOP_GUIDES],
                                    const bool kinds[MU_HAZOP_KINDS], double late_s,
                                    mu_arena *arena);

/* Looks at `hour` of many working days of simulated years of the same organisation. */
MU_MUST_USE mu_status mu_hazop_likelihood(mu_hazop *hazop, const mu_year_plan *year, double hour,
                                          uint64_t seed, mu_arena *arena);
/* Rows of the risk matrix: on less than 0.1, 1, 5, 20 % of days, or more often. These bounds are
 * ours; 0: not known. */
enum { MU_HAZOP_BANDS = 5 };
int mu_hazop_band(double likely);

/* What a deviation does to one clause. */
typedef struct mu_hazop_loss {
    uint32_t clause;          /* of the results */
    double met_base, met_now; /* shares of all pairs */
    double missed, silent;    /* shares of pairs: from met to missed; from met to not exercised or
                                 undecided, which is no better */
    double p;                 /* McNemar over met or not, corrected after Holm over all deviations
                                 and clauses */
    bool own;                 /* of a step: a clause that it serves itself, and so takes with it */
    bool single;              /* met as demanded before, and not any more; no own one */
} mu_hazop_loss;

typedef struct mu_hazop_finding {
    uint32_t deviation;
    double fewer, low, high;          /* clauses met fewer a run, and the interval */
    double weight;                    /* sum over single losses: severity x share lost */
    MU_LIST_OF(mu_hazop_loss) losses; /* that survive correction, the gravest first */
    bool is_single;                   /* some loss is */
    bool tried;                       /* were the levers tried against it? */
    uint32_t remedy; /* best lever of the planner's catalogue; MU_NONE: none helps */
    double back, back_low, back_high; /* of the single losses, clauses that it brings back, a run */
    double *each; /* per lever of the catalogue: what it brings back; 0 where it does not for
                     certain */
} mu_hazop_finding;

/* Reads what the arms of the deviations' study did, the gravest first. An arm is found by the name
 * of its lever. `share` is what a policy demands of a clause. Memory is the arena's. */
MU_MUST_USE mu_status mu_hazop_measure(const mu_hazop *hazop, const mu_results *results,
                                       double share, mu_arena *arena, mu_hazop_finding **findings,
                                       uint32_t *count, mu_diags *diags);

/* The catalogue's levers, each against each of the single points among `findings` (at the most
 * `most`): "deviation" alone and "deviation+lever". A lever is applied first, so what is lost stays
 * lost; one more of somebody leaves one when one is lost. */
MU_MUST_USE mu_status mu_hazop_remedies(const mu_hazop *hazop, const mu_levers *catalogue,
                                        const mu_hazop_finding *findings, uint32_t count,
                                        uint32_t most, mu_arena *arena, mu_levers *out);
/* Fills in the best remedy of each single point from the results of that study: what brings back
 * most of the clauses that it loses; what is better elsewhere does not count. `lost_in` are the
 * results that the findings come from. */
MU_MUST_USE mu_status mu_hazop_measure_remedies(const mu_hazop *hazop, const mu_levers *catalogue,
                                                const mu_results *results,
                                                const mu_results *lost_in, mu_arena *arena,
                                                mu_hazop_finding *findings, uint32_t count,
                                                mu_diags *diags);

/* What one lever does against all the single points together. */
typedef struct mu_hazop_remedy {
    uint32_t lever, points; /* against so many it helps */
    double back;            /* clauses brought back, all of these together */
} mu_hazop_remedy;
/* In order of what they bring back; returns their number. `out` has room for every lever. */
uint32_t mu_hazop_rank(const mu_levers *catalogue, const mu_hazop_finding *findings, uint32_t count,
                       mu_hazop_remedy *out);

/* What can be said of a remedy where no lever helps: in general, and not measured. Translated. */
const char *mu_hazop_advice(mu_hazop_kind kind, mu_hazop_guide guide);
/* "Guard (gate): lost", translated. */
const char *mu_hazop_say(const mu_hazop *hazop, uint32_t deviation, const char *language,
                         mu_said out);
/* The gravest single loss decides how grave a point is: the severity of its clause, 1 to 5, and how
 * often it is lost if the thing fails. */
int64_t mu_hazop_severity(const mu_results *results, const mu_hazop_finding *finding,
                          double *lost);
double mu_hazop_likely(const mu_hazop *hazop, const mu_hazop_finding *finding); /* NAN: not known */
/* "1–5 % of days", "not in the year", translated. */
const char *mu_hazop_say_band(int band);
const char *mu_hazop_say_kind(mu_hazop_kind kind);
const char *mu_hazop_say_guide(mu_hazop_guide guide);

typedef struct mu_hazop_report {
    const mu_hazop *hazop;
    const mu_levers *catalogue;
    const mu_results *results; /* of the confirming study */
    const mu_hazop_finding *findings;
    uint32_t count, screened; /* findings; deviations that were tried */
    uint32_t screen_reps, reps;
    const bool *fits; /* per deviation: could it be set in the files? */
    const char *language, *version;
    bool redacted; /* neither names nor remedies' names: what may leave the organisation */
} mu_hazop_report;
/* The caller frees it; NULL without memory. */
char *mu_hazop_html(const mu_hazop_report *report);

#endif
