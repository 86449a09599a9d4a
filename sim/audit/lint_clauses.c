/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clauses against clauses: two limits for one thing, and one duty asked for at two rates. */
#include <math.h>

#include "audit/lint.h"
#include "core/i18n.h"

/* Milestones that speak of one achievement in two ways. */
static const char *const same_end[][2] = {
    {"cordoned:outer", "arrived:police@outer_cordon"},
};

/* Milestones from which a clock starts when an incident is known: in one response they lie within
 * moments of each other, so that limits counted from them can be compared. */
static const char *const same_start[] = {"verified:incident", "declared:red", "notified:police"};

static bool is_one_of_starts(const char *term) {
    for (size_t k = 0; k < sizeof same_start / sizeof same_start[0]; k++) {
        if (mu_lint_is(term, same_start[k])) {
            return true;
        }
    }
    return false;
}

static bool starts_agree(const char *a, const char *b) {
    return mu_lint_is(a, b == NULL ? "" : b) || (is_one_of_starts(a) && is_one_of_starts(b));
}

static bool ends_agree(const char *a, const char *b) {
    for (size_t k = 0; k < sizeof same_end / sizeof same_end[0]; k++) {
        const char *const *pair = same_end[k];
        if ((mu_lint_is(a, pair[0]) && mu_lint_is(b, pair[1])) ||
            (mu_lint_is(a, pair[1]) && mu_lint_is(b, pair[0]))) {
            return true;
        }
    }
    return false;
}

static void complain_of_limits(mu_lint *lint, uint32_t a, uint32_t b) {
    const mu_clause *one = mu_lint_clause(lint, a), *two = mu_lint_clause(lint, b);
    const double first = mu_lint_limit_s(one) / 60, second = mu_lint_limit_s(two) / 60;
    mu_lint_add(lint, (mu_lint_item){.kind = MU_LINT_CONTRADICTION,
                                     .clause = a,
                                     .other = b,
                                     .what = mu_audit_say(
                                         lint->plan,
                                         _("the same has to be done within %g minutes here and "
                                           "within %g minutes there"),
                                         first, second),
                                     .source = mu_audit_source(lint->plan, two),
                                     .advice = _("keep one limit, and say from when it counts")});
}

static void compare_limits(mu_lint *lint, uint32_t a, uint32_t b) {
    const mu_clause *one = mu_lint_clause(lint, a), *two = mu_lint_clause(lint, b);
    const double first = mu_lint_limit_s(one), second = mu_lint_limit_s(two);
    if (first <= 0 || second <= 0 || first == second || one->statistic != two->statistic) {
        return;
    }
    const bool same = mu_lint_is(one->end, two->end == NULL ? "" : two->end) &&
                      mu_lint_is(one->start, two->start == NULL ? "" : two->start);
    if (same || (ends_agree(one->end, two->end) && starts_agree(one->start, two->start))) {
        complain_of_limits(lint, a, b);
    }
}

/* One duty that serves two clauses with different intervals. */
static void compare_intervals(mu_lint *lint, const mu_duty_plan *duty) {
    const mu_ref_list *serves = &duty->given->serves;
    for (uint32_t i = 0; i < serves->count; i++) {
        for (uint32_t k = i + 1; k < serves->count; k++) {
            const uint32_t a = serves->items[i].index, b = serves->items[k].index;
            const mu_demand *one = mu_lint_demand(mu_lint_clause(lint, a), "interval");
            const mu_demand *two = mu_lint_demand(mu_lint_clause(lint, b), "interval");
            if (one == NULL || two == NULL || !mu_lint_counts(lint, a) ||
                !mu_lint_counts(lint, b)) {
                continue;
            }
            const double first = one->value * mu_calendar_unit_s(one->unit);
            const double second = two->value * mu_calendar_unit_s(two->unit);
            if (fabs(first - second) > 0.02 * first) {
                mu_lint_add(lint,
                            (mu_lint_item){
                                .kind = MU_LINT_CONTRADICTION,
                                .clause = a,
                                .other = b,
                                .what = mu_audit_say(
                                    lint->plan,
                                    _("one duty (%s) is asked for every %g %s here and "
                                      "every %g %s there"),
                                    duty->given->id, one->value, one->unit, two->value, two->unit),
                                .source = mu_audit_source(lint->plan, mu_lint_clause(lint, b)),
                                .advice = _("keep one interval, or make two duties of it")});
            }
        }
    }
}

void mu_lint_contradictions(mu_lint *lint) {
    const uint32_t count = lint->plan->policy.clauses.count;
    for (uint32_t a = 0; a < count; a++) {
        for (uint32_t b = a + 1; b < count; b++) {
            if (mu_lint_counts(lint, a) && mu_lint_counts(lint, b)) {
                compare_limits(lint, a, b);
            }
        }
    }
    for (uint32_t d = 0; d < lint->plan->duties.count; d++) {
        compare_intervals(lint, &lint->plan->duties.items[d]);
    }
}
