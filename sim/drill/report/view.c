/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting, sorting and rating. Nothing here writes a word. */
#include "drill/report/view.h"

#include <string.h>

static bool is_exercised(const mu_clause_finding *finding) {
    return finding->verdict != MU_VERDICT_NOT_EXERCISED;
}

double mu_view_miss_share(const mu_view *view, uint32_t clause) {
    const mu_clause_finding *finding = mu_view_finding(view, clause);
    return finding->runs == 0 ? 0.0 : 1.0 - (double)finding->met / (double)finding->runs;
}

int mu_view_likelihood(double miss_share) {
    static const double bounds[] = {0.05, 0.2, 0.5, 0.8};
    int likelihood = 1;
    for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++) {
        likelihood += miss_share >= bounds[i];
    }
    return likelihood;
}

int mu_risk_level(int likelihood, int64_t severity) {
    const int64_t score = likelihood * severity;
    return (score >= 5) + (score >= 10) + (score >= 15);
}

int mu_view_risk(const mu_view *view, uint32_t clause) {
    return mu_risk_level(mu_view_likelihood(mu_view_miss_share(view, clause)),
                         mu_view_clause(view, clause)->severity);
}

bool mu_view_moves_people(const mu_view *view) {
    const mu_findings *f = view->findings;
    return f->evacuation_runs > 0 || f->reached_share > 0 || f->siege.sheltered > 0;
}

uint32_t mu_view_longest_part(const mu_view *view, uint32_t clause) {
    const mu_clause_finding *finding = mu_view_finding(view, clause);
    uint32_t longest = MU_NONE;
    mu_time most_us = -1;
    for (uint32_t k = 0; k < finding->chain_count; k++) {
        const mu_time took_us = finding->chain[k].to_us - finding->chain[k].from_us;
        if (took_us > most_us) {
            most_us = took_us;
            longest = k;
        }
    }
    return longest;
}

uint32_t mu_view_repeat(const mu_view *view, uint32_t clause, uint32_t k) {
    for (uint32_t i = 0; i < view->plan->policy.clauses.count; i++) {
        if (i != clause && view->plan->clauses[i].same_as == clause && k-- == 0) {
            return i;
        }
    }
    return MU_NONE;
}

/* What is judged elsewhere and listed there needs no block of its own. */
static bool repeats_a_gap(const mu_view *view, uint32_t clause) {
    const uint32_t same = view->plan->clauses[clause].same_as;
    return same != MU_NONE && mu_view_finding(view, same)->verdict == MU_VERDICT_MISSED;
}

static double weight(const mu_view *view, uint32_t clause) {
    return (double)mu_view_clause(view, clause)->severity * mu_view_miss_share(view, clause);
}

/* Insertion keeps the policy's order among equals; there are at most a few hundred clauses. */
static void sort_gaps(mu_view *view) {
    uint32_t *items = view->gaps.items;
    for (uint32_t i = 1; i < view->gaps.count; i++) {
        const uint32_t clause = items[i];
        uint32_t at = i;
        while (at > 0 && weight(view, items[at - 1]) < weight(view, clause)) {
            items[at] = items[at - 1];
            at--;
        }
        items[at] = clause;
    }
}

static void sort_out(mu_view *view) {
    const uint32_t count = view->plan->policy.clauses.count;
    for (uint32_t i = 0; i < count; i++) {
        const mu_clause_finding *finding = mu_view_finding(view, i);
        view->exercised += is_exercised(finding);
        if (finding->verdict == MU_VERDICT_MET) {
            view->met++;
            view->strengths.items[view->strengths.count++] = i;
        } else if (finding->verdict == MU_VERDICT_UNDECIDED) {
            view->undecided++;
            view->open.items[view->open.count++] = i;
        } else if (finding->verdict == MU_VERDICT_MISSED) {
            view->missed++;
            if (!repeats_a_gap(view, i)) {
                view->gaps.items[view->gaps.count++] = i;
            }
        }
    }
    sort_gaps(view);
}

static mu_capability_row *row_of(mu_view *view, const char *word) {
    for (uint32_t i = 0; i < view->capabilities.count; i++) {
        if (strcmp(view->capabilities.items[i].word, word) == 0) {
            return &view->capabilities.items[i];
        }
    }
    mu_capability_row *row = &view->capabilities.items[view->capabilities.count++];
    *row = (mu_capability_row){.word = word, .rating = 'N'};
    return row;
}

static int rank(char rating) {
    return rating == 'U' ? 4 : rating == 'M' ? 3 : rating == 'S' ? 2 : rating == 'P' ? 1 : 0;
}

static char lower_of(char a, char b) {
    return rank(a) >= rank(b) ? a : b;
}

static void count_rating(mu_capability_row *row, char rating) {
    row->exercised++;
    row->performed += rating == 'P';
    row->some += rating == 'S';
    row->major += rating == 'M';
    row->unable += rating == 'U';
}

/* The lowest rating of a capability's clauses of at least this severity. */
static char lowest(const mu_view *view, const char *word, int64_t severity) {
    char rating = 'N';
    for (uint32_t i = 0; i < view->plan->policy.clauses.count; i++) {
        const mu_clause *clause = mu_view_clause(view, i);
        if (is_exercised(mu_view_finding(view, i)) && clause->severity >= severity &&
            strcmp(clause->capability, word) == 0) {
            rating = lower_of(rating, mu_view_finding(view, i)->rating);
        }
    }
    return rating;
}

static void rate_capabilities(mu_view *view) {
    for (uint32_t i = 0; i < view->plan->policy.clauses.count; i++) {
        mu_capability_row *row = row_of(view, mu_view_clause(view, i)->capability);
        row->clauses++;
        if (is_exercised(mu_view_finding(view, i))) {
            count_rating(row, mu_view_finding(view, i)->rating);
        }
    }
    view->rating = 'N';
    for (uint32_t i = 0; i < view->capabilities.count; i++) {
        mu_capability_row *row = &view->capabilities.items[i];
        const char grave = lowest(view, row->word, 4);
        row->rating = grave != 'N' ? grave : lowest(view, row->word, 0);
        view->rating = lower_of(view->rating, row->rating);
    }
}

mu_status mu_view_create(const mu_report_def *def, mu_view *out) {
    mu_view view = {.def = *def, .findings = def->findings, .plan = def->findings->plan};
    const uint32_t count = view.plan->policy.clauses.count + 1;
    view.arena = mu_arena_create();
    if (view.arena == NULL) {
        return MU_ERR_MEMORY;
    }
    view.gaps.items = mu_arena_array(view.arena, count, sizeof(uint32_t));
    view.strengths.items = mu_arena_array(view.arena, count, sizeof(uint32_t));
    view.open.items = mu_arena_array(view.arena, count, sizeof(uint32_t));
    view.capabilities.items = mu_arena_array(view.arena, count, sizeof(mu_capability_row));
    if (view.gaps.items == NULL || view.strengths.items == NULL || view.open.items == NULL ||
        view.capabilities.items == NULL) {
        mu_arena_destroy(view.arena);
        return MU_ERR_MEMORY;
    }
    sort_out(&view);
    rate_capabilities(&view);
    *out = view;
    return MU_OK;
}

void mu_view_destroy(mu_view *view) {
    mu_arena_destroy(view->arena);
    *view = (mu_view){0};
}
