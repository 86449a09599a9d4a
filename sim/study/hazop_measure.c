/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What deviations did. A clause that was met and is then not exercised is as lost as one that is
 * missed: the step that it speaks of no longer comes. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/hazop.h"

/* Pairs of one arm and one clause. */
typedef struct tally {
    uint32_t pairs, met_x, met_y, missed, silent, gained;
} tally;

typedef struct measuring {
    uint32_t arms, clauses;
    tally *tallies;         /* arm x clause; arm 0 is the base */
    mu_stat_running *fewer; /* per arm: clauses met fewer a run */
    const bool *counted;    /* per clause: of these only; NULL: of all */
} measuring;

/* Returns how many fewer are met: -1, 0 or 1. */
static int add_letters(measuring *m, uint32_t arm, char x, char y, uint32_t clause) {
    tally *t = &m->tallies[(size_t)arm * m->clauses + clause];
    t->pairs++;
    t->met_x += x == 'm';
    t->met_y += y == 'm';
    t->missed += x == 'm' && y == 'x';
    t->silent += x == 'm' && y != 'm' && y != 'x';
    t->gained += x != 'm' && y == 'm';
    return m->counted == NULL || m->counted[clause] ? (x == 'm') - (y == 'm') : 0;
}

static void visit(void *context, const mu_results *results, const mu_comparison *comparison,
                  const mu_compare_given *given) {
    measuring *m = context;
    const mu_series *x = given->x, *y = given->y;
    (void)results;
    for (uint32_t i = 0, j = 0; i < x->count && j < y->count;) {
        const uint32_t a = x->replications[i], b = y->replications[j];
        int fewer = 0;
        for (uint32_t c = 0; a == b && c < m->clauses; c++) {
            fewer += add_letters(m, comparison->arm_y, mu_series_letter(x, i, c),
                                 mu_series_letter(y, j, c), c);
        }
        if (a == b) {
            mu_stat_add(&m->fewer[comparison->arm_y], fewer);
        }
        i += a <= b;
        j += b <= a;
    }
}

static bool begin(measuring *m, const mu_results *results) {
    m->arms = results->arms.count;
    m->clauses = results->clauses.count;
    m->tallies = calloc((size_t)m->arms * m->clauses + 1, sizeof *m->tallies);
    m->fewer = calloc((size_t)m->arms + 1, sizeof *m->fewer);
    return m->tallies != NULL && m->fewer != NULL;
}

static void end(measuring *m) {
    free(m->tallies);
    free(m->fewer);
}

static uint32_t find_deviation(const mu_hazop *hazop, const char *id) {
    uint32_t k = 0;
    while (k < hazop->levers.levers.count && strcmp(hazop->levers.levers.items[k].id, id) != 0) {
        k++;
    }
    return k < hazop->levers.levers.count ? k : MU_NONE;
}

/* What is the same in every pair tests nothing. The p of a tally goes to its own place. */
static double *correct(const measuring *m) {
    const size_t all = (size_t)m->arms * m->clauses;
    double *p = malloc((all + 1) * sizeof *p), *tested = malloc((all + 1) * sizeof *tested);
    uint32_t count = 0;
    for (size_t i = 0; p != NULL && tested != NULL && i < all; i++) {
        const tally *t = &m->tallies[i];
        if (t->missed + t->silent + t->gained > 0) {
            tested[count++] = mu_stat_mcnemar(t->gained, t->missed + t->silent);
        }
    }
    const bool done = p != NULL && tested != NULL && mu_stat_holm(tested, count);
    count = 0;
    for (size_t i = 0; done && i < all; i++) {
        const tally *t = &m->tallies[i];
        p[i] = t->missed + t->silent + t->gained > 0 ? tested[count++] : 1;
    }
    free(tested);
    if (!done) {
        free(p);
    }
    return done ? p : NULL;
}

/* Is it a step that serves this clause? Without it the clause is not kept, which says nothing new.
 */
static bool is_own(const mu_hazop *hazop, uint32_t deviation, const char *clause) {
    const mu_hazop_element *element =
        &hazop->elements.items[hazop->deviations.items[deviation].element];
    if (element->kind != MU_HAZOP_STEP) {
        return false;
    }
    const mu_ref_list *serves = &hazop->plan->response.steps.items[element->index].given->serves;
    bool own = false;
    for (uint32_t k = 0; k < serves->count; k++) {
        own = own || strcmp(serves->items[k].id, clause) == 0;
    }
    return own;
}

static mu_hazop_loss loss_of(const tally *t, uint32_t clause, double p, double share, bool own) {
    const double pairs = t->pairs > 0 ? t->pairs : 1;
    mu_hazop_loss loss = {.clause = clause,
                          .met_base = t->met_x / pairs,
                          .met_now = t->met_y / pairs,
                          .missed = t->missed / pairs,
                          .silent = t->silent / pairs,
                          .p = p,
                          .own = own};
    loss.single = !own && loss.met_base >= share && loss.met_now < share;
    return loss;
}

typedef struct grave {
    mu_hazop_loss loss;
    double weight;
} grave;

static int by_weight(const void *a, const void *b) {
    const grave *x = a, *y = b;
    const int by = (x->weight < y->weight) - (x->weight > y->weight);
    return by != 0 ? by : (x->loss.clause > y->loss.clause) - (x->loss.clause < y->loss.clause);
}

/* The losses of one arm that survive, in order. */
static bool find_losses(const measuring *m, const mu_hazop *hazop, const mu_results *results,
                        uint32_t arm, const double *p, double share, mu_arena *arena,
                        mu_hazop_finding *out) {
    grave *found = malloc(((size_t)m->clauses + 1) * sizeof *found);
    uint32_t count = 0;
    for (uint32_t c = 0; found != NULL && c < m->clauses; c++) {
        const size_t at = (size_t)arm * m->clauses + c;
        const tally *t = &m->tallies[at];
        if (p[at] < 0.05 && t->met_y < t->met_x) {
            const bool own = is_own(hazop, out->deviation, results->clauses.items[c].id);
            const mu_hazop_loss loss = loss_of(t, c, p[at], share, own);
            const double weight =
                results->clauses.items[c].severity * (loss.met_base - loss.met_now);
            found[count++] = (grave){loss, weight};
            out->weight += loss.single ? weight : 0;
            out->is_single = out->is_single || loss.single;
        }
    }
    out->losses.items = mu_arena_array(arena, (size_t)count + 1, sizeof *out->losses.items);
    const bool enough = found != NULL && out->losses.items != NULL;
    if (enough) {
        qsort(found, count, sizeof *found, by_weight);
        for (uint32_t k = 0; k < count; k++) {
            out->losses.items[k] = found[k].loss;
        }
        out->losses.count = count;
    }
    free(found);
    return enough;
}

static int by_gravity(const void *a, const void *b) {
    const mu_hazop_finding *x = a, *y = b;
    const int weight = (x->weight < y->weight) - (x->weight > y->weight);
    const int fewer = (x->fewer < y->fewer) - (x->fewer > y->fewer);
    return weight != 0  ? weight
           : fewer != 0 ? fewer
                        : (x->deviation > y->deviation) - (x->deviation < y->deviation);
}

static bool sum_up(const measuring *m, const mu_hazop *hazop, const mu_results *results,
                   double share, mu_arena *arena, mu_hazop_finding *findings, uint32_t *count) {
    double *p = correct(m);
    bool enough = p != NULL;
    *count = 0;
    for (uint32_t arm = 1; enough && arm < m->arms; arm++) {
        const uint32_t deviation = find_deviation(hazop, results->arms.items[arm].id);
        if (deviation == MU_NONE) {
            continue;
        }
        mu_hazop_finding *out = &findings[(*count)++];
        const double half = mu_stat_half_width(&m->fewer[arm], 0.95);
        *out = (mu_hazop_finding){.deviation = deviation,
                                  .fewer = m->fewer[arm].mean,
                                  .low = m->fewer[arm].mean - half,
                                  .high = m->fewer[arm].mean + half,
                                  .remedy = MU_NONE};
        enough = find_losses(m, hazop, results, arm, p, share, arena, out);
    }
    if (enough && *count > 1) {
        qsort(findings, *count, sizeof *findings, by_gravity);
    }
    free(p);
    return enough;
}

mu_status mu_hazop_measure(const mu_hazop *hazop, const mu_results *results, double share,
                           mu_arena *arena, mu_hazop_finding **findings, uint32_t *count,
                           mu_diags *diags) {
    const mu_compare_options options = {.base = 0, .other = MU_NONE, .draws = 0};
    measuring m = {0};
    *count = 0;
    *findings = mu_arena_array(arena, (size_t)results->arms.count + 1, sizeof **findings);
    mu_status status = begin(&m, results) && *findings != NULL ? MU_OK : MU_ERR_MEMORY;
    if (status == MU_OK) {
        status = mu_results_compare(results, &options, visit, &m, diags);
    }
    if (status == MU_OK && !sum_up(&m, hazop, results, share, arena, *findings, count)) {
        status = MU_ERR_MEMORY;
    }
    end(&m);
    return status;
}

static uint32_t find_arm(const mu_results *results, const char *loss, const char *lever) {
    const size_t length = strlen(loss);
    for (uint32_t a = 0; a < results->arms.count; a++) {
        const char *id = results->arms.items[a].id;
        if (strncmp(id, loss, length) == 0 &&
            (lever == NULL ? id[length] == '\0'
                           : id[length] == '+' && strcmp(id + length + 1, lever) == 0)) {
            return a;
        }
    }
    return MU_NONE;
}

/* What one lever brings back of the clauses that are flagged. */
static mu_status try_remedy(const mu_results *results, uint32_t base, uint32_t arm, uint32_t lever,
                            const bool *counted, mu_hazop_finding *finding, mu_diags *diags) {
    const mu_compare_options options = {.base = base, .other = arm, .draws = 0};
    measuring m = {.counted = counted};
    mu_status status = begin(&m, results) ? MU_OK : MU_ERR_MEMORY;
    if (status == MU_OK) {
        status = mu_results_compare(results, &options, visit, &m, diags);
    }
    if (status == MU_OK) {
        const double half = mu_stat_half_width(&m.fewer[arm], 0.95), back = -m.fewer[arm].mean;
        if (finding->each != NULL && back - half > 0) {
            finding->each[lever] = back;
        }
        if (back - half > 0 && (finding->remedy == MU_NONE || back > finding->back)) {
            finding->remedy = lever;
            finding->back = back;
            finding->back_low = back - half;
            finding->back_high = back + half;
        }
    }
    end(&m);
    return status;
}

/* Flags the clauses of a finding's single losses. Clauses have the same numbers in both results,
 * which come from the same files; by their ids all the same. */
static bool *flag_losses(const mu_results *results, const mu_results *lost_in,
                         const mu_hazop_finding *finding) {
    bool *flags = calloc((size_t)results->clauses.count + 1, sizeof *flags);
    for (uint32_t k = 0; flags != NULL && k < finding->losses.count; k++) {
        const char *id = lost_in->clauses.items[finding->losses.items[k].clause].id;
        for (uint32_t c = 0; finding->losses.items[k].single && c < results->clauses.count; c++) {
            flags[c] = flags[c] || strcmp(results->clauses.items[c].id, id) == 0;
        }
    }
    return flags;
}

static mu_status measure_one(const mu_hazop *hazop, const mu_levers *catalogue,
                             const mu_results *results, const mu_results *lost_in,
                             mu_hazop_finding *finding, mu_diags *diags) {
    const char *loss = hazop->levers.levers.items[finding->deviation].id;
    const uint32_t base = find_arm(results, loss, NULL);
    bool *flags = flag_losses(results, lost_in, finding);
    mu_status status = flags == NULL ? MU_ERR_MEMORY : MU_OK;
    finding->tried = base != MU_NONE;
    for (uint32_t k = 0; finding->tried && k < catalogue->levers.count && status == MU_OK; k++) {
        const uint32_t arm = find_arm(results, loss, catalogue->levers.items[k].id);
        if (arm != MU_NONE) {
            status = try_remedy(results, base, arm, k, flags, finding, diags);
        }
    }
    free(flags);
    return status;
}

static int by_back(const void *a, const void *b) {
    const mu_hazop_remedy *x = a, *y = b;
    const int by = (x->back < y->back) - (x->back > y->back);
    return by != 0 ? by : (x->lever > y->lever) - (x->lever < y->lever);
}

uint32_t mu_hazop_rank(const mu_levers *catalogue, const mu_hazop_finding *findings, uint32_t count,
                       mu_hazop_remedy *out) {
    uint32_t ranked = 0;
    for (uint32_t k = 0; k < catalogue->levers.count; k++) {
        mu_hazop_remedy remedy = {.lever = k};
        for (uint32_t i = 0; i < count; i++) {
            if (findings[i].is_single && findings[i].each != NULL && findings[i].each[k] > 0) {
                remedy.points++;
                remedy.back += findings[i].each[k];
            }
        }
        if (remedy.points > 0) {
            out[ranked++] = remedy;
        }
    }
    if (ranked > 1) {
        qsort(out, ranked, sizeof *out, by_back);
    }
    return ranked;
}

int64_t mu_hazop_severity(const mu_results *results, const mu_hazop_finding *finding,
                          double *lost) {
    double worst = -1;
    int64_t severity = 1;
    *lost = 0;
    for (uint32_t k = 0; k < finding->losses.count; k++) {
        const mu_hazop_loss *loss = &finding->losses.items[k];
        const int own = results->clauses.items[loss->clause].severity;
        const double share = loss->met_base - loss->met_now;
        if (loss->single && own * share > worst) {
            worst = own * share;
            severity = own < 1 ? 1 : own > 5 ? 5 : own;
            *lost = share;
        }
    }
    return severity;
}

double mu_hazop_likely(const mu_hazop *hazop, const mu_hazop_finding *finding) {
    return hazop->likely != NULL ? hazop->likely[finding->deviation] : (double)NAN;
}

mu_status mu_hazop_measure_remedies(const mu_hazop *hazop, const mu_levers *catalogue,
                                    const mu_results *results, const mu_results *lost_in,
                                    mu_arena *arena, mu_hazop_finding *findings, uint32_t count,
                                    mu_diags *diags) {
    mu_status status = MU_OK;
    for (uint32_t i = 0; i < count && status == MU_OK; i++) {
        if (findings[i].is_single) {
            findings[i].each = mu_arena_array(arena, (size_t)catalogue->levers.count + 1,
                                              sizeof *findings[i].each);
            status = findings[i].each == NULL ? MU_ERR_MEMORY : MU_OK;
        }
        if (findings[i].is_single && status == MU_OK) {
            status = measure_one(hazop, catalogue, results, lost_in, &findings[i], diags);
        }
    }
    return status;
}
