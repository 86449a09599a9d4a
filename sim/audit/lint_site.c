/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clauses against this site and this roster: distance over speed, mechanisms that take longer than
 * they may, queues that only grow, more people wanted than are on shift. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "audit/lint.h"
#include "core/i18n.h"

/* The least value that a distribution gives, or that all but one in forty exceed. */
static double low_of(const mu_dist *dist) {
    switch (dist->kind) {
    case MU_DIST_CONSTANT:
    case MU_DIST_UNIFORM:
    case MU_DIST_TRIANGULAR:
        return dist->a;
    case MU_DIST_NORMAL:
        return fmax(0, dist->a - 1.96 * dist->b);
    case MU_DIST_LOGNORMAL:
        return dist->a * exp(-1.96 * dist->b);
    case MU_DIST_EXPONENTIAL:
    case MU_DIST_GAMMA:
    case MU_DIST_WEIBULL:
        break;
    }
    return 0;
}

/* As much as all but one in forty stay below. */
static double high_of(const mu_dist *dist) {
    switch (dist->kind) {
    case MU_DIST_CONSTANT:
        return dist->a;
    case MU_DIST_UNIFORM:
        return dist->b;
    case MU_DIST_TRIANGULAR:
        return dist->c;
    case MU_DIST_NORMAL:
        return dist->a + 1.96 * dist->b;
    case MU_DIST_LOGNORMAL:
        return dist->a * exp(1.96 * dist->b);
    case MU_DIST_EXPONENTIAL:
    case MU_DIST_GAMMA:
    case MU_DIST_WEIBULL:
        break;
    }
    return 4 * mu_dist_mean(dist);
}

static void complain(mu_lint *lint, uint32_t clause, const char *what, const char *source,
                     const char *advice) {
    mu_lint_add(lint, (mu_lint_item){.kind = MU_LINT_ARITHMETIC,
                                     .clause = clause,
                                     .other = MU_NONE,
                                     .what = what,
                                     .source = source,
                                     .advice = advice});
}

/* Help from outside: the road alone, and on an ordinary day. */
static void check_unit(mu_lint *lint, uint32_t clause, const char *role, double limit_s) {
    double best_s = INFINITY, usual_s = INFINITY;
    const mu_unit *nearest = NULL;
    for (uint32_t u = 0; u < lint->plan->roster.units.count; u++) {
        const mu_unit *unit = &lint->plan->roster.units.items[u];
        if (strcmp(unit->role, role) != 0) {
            continue;
        }
        const double least_s =
            low_of(&unit->dispatched_in_s) + unit->distance_m / high_of(&unit->speed_mps);
        const double mean_s = mu_dist_mean(&unit->dispatched_in_s) +
                              unit->distance_m / mu_dist_mean(&unit->speed_mps);
        best_s = fmin(best_s, least_s);
        if (mean_s < usual_s) {
            usual_s = mean_s;
            nearest = unit;
        }
    }
    if (nearest == NULL || usual_s <= limit_s) {
        return;
    }
    const char *format =
        best_s > limit_s
            ? _("%s is %g km away: at best %.0f s, the limit is %.0f s; it cannot be met")
            : _("%s is %g km away: at best %.0f s, the limit is %.0f s, and on average it takes "
                "%.0f s: it is missed on an ordinary day");
    complain(lint, clause,
             mu_audit_say(lint->plan, format, nearest->id, nearest->distance_m / 1000, best_s,
                          limit_s, usual_s),
             _("distance over speed, roster: units"),
             _("agree a limit that the road allows, or have them nearer"));
}

static void check_arrival(mu_lint *lint, uint32_t clause) {
    const mu_clause *given = mu_lint_clause(lint, clause);
    char role[80];
    const double limit_s = mu_lint_limit_s(given);
    if (limit_s > 0 && mu_lint_begins(given->start, "notified") &&
        (mu_lint_begins(given->end, "arrived") || mu_lint_begins(given->end, "on_site"))) {
        const char *object = strchr(given->end, ':');
        (void)snprintf(role, sizeof role, "%s", object == NULL ? "" : object + 1);
        role[strcspn(role, "@")] = 0;
        check_unit(lint, clause, role, limit_s);
    }
}

/* What has to close or start, and cannot in time. */
static void check_closing(mu_lint *lint, uint32_t clause) {
    const mu_clause *given = mu_lint_clause(lint, clause);
    const double limit_s = mu_lint_limit_s(given);
    if (limit_s <= 0 || !mu_lint_begins(given->end, "closed")) {
        return;
    }
    const char *zone = strchr(given->end, ':');
    for (uint32_t p = 0; zone != NULL && p < lint->plan->site.portals.count; p++) {
        const mu_portal *portal = &lint->plan->site.portals.items[p];
        if (mu_lint_is(portal->zone, zone + 1) && low_of(&portal->closes_in_s) > limit_s) {
            complain(lint, clause,
                     mu_audit_say(lint->plan,
                                  _("%s takes at least %g s to close, the limit is %g s"),
                                  portal->id, low_of(&portal->closes_in_s), limit_s),
                     _("site: portals"), _("a faster mechanism, or a limit that it can keep"));
        }
    }
}

static void check_power(mu_lint *lint, uint32_t clause) {
    const mu_clause *given = mu_lint_clause(lint, clause);
    const double limit_s = mu_lint_limit_s(given);
    const double least_s = low_of(&lint->plan->site.standby_s);
    if (limit_s > 0 && mu_lint_begins(given->end, "power_switched") && least_s > limit_s) {
        complain(lint, clause,
                 mu_audit_say(lint->plan,
                              _("the standby supply takes at least %g s, the limit is %g s"),
                              least_s, limit_s),
                 _("site: standby_s"), _("an uninterruptible supply for what must not go dark"));
    }
}

static void check_sensor(mu_lint *lint, uint32_t clause) {
    const mu_clause *given = mu_lint_clause(lint, clause);
    const double limit_s = mu_lint_limit_s(given);
    if (limit_s <= 0 || !mu_lint_begins(given->end, "detected:vibration_cable")) {
        return;
    }
    for (uint32_t e = 0; e < lint->plan->site.equipment.count; e++) {
        const mu_equipment *thing = &lint->plan->site.equipment.items[e];
        if (thing->kind == MU_EQUIPMENT_VIBRATION_CABLE && low_of(&thing->detects_in_s) > limit_s) {
            complain(lint, clause,
                     mu_audit_say(lint->plan,
                                  _("%s alarms after %g s at the earliest, the limit "
                                    "is %g s"),
                                  thing->id, low_of(&thing->detects_in_s), limit_s),
                     _("site: equipment"), _("another sensor, or another limit"));
        }
    }
}

/* A lane that is slower than it may be, or that more come to than it can check. */
static void check_lane(mu_lint *lint, uint32_t clause) {
    const mu_clause *given = mu_lint_clause(lint, clause);
    const double limit_s = mu_lint_limit_s(given);
    for (uint32_t l = 0; l < lint->plan->site.lanes.count; l++) {
        const mu_lane *lane = &lint->plan->site.lanes.items[l];
        const double service_s = mu_dist_mean(&lane->service_s);
        if (limit_s <= 0 || given->statistic != MU_STATISTIC_MEAN ||
            !mu_lint_is(given->system, "crowd") || strcmp(lane->of, "visitors") != 0) {
            continue;
        }
        if (service_s > limit_s) {
            complain(lint, clause,
                     mu_audit_say(lint->plan,
                                  _("one check at %s takes %.1f s on average without any queue, "
                                    "the limit is %g s"),
                                  lane->id, service_s, limit_s),
                     _("site: lanes"), _("a quicker check, or a limit that it can keep"));
        }
        for (uint32_t k = 0; k < lane->arrivals.count; k++) {
            const double load =
                lane->arrivals.items[k].per_h * service_s / 3600 / (double)lane->lanes;
            if (load >= 1) {
                complain(lint, clause,
                         mu_audit_say(lint->plan,
                                      _("at %s %g come in an hour from %g h on and %d lanes check "
                                        "%.0f: the queue only grows"),
                                      lane->id, lane->arrivals.items[k].per_h,
                                      lane->arrivals.items[k].from_h, (int)lane->lanes,
                                      3600 / service_s * (double)lane->lanes),
                         _("site: lanes; a queue is stable only below one (Kleinrock 1975)"),
                         _("more lanes for the peak"));
            }
        }
    }
}

static double on_shift(const mu_lint *lint, const char *role) {
    double count = 0;
    for (uint32_t m = 0; m < lint->plan->roster.members.count; m++) {
        const mu_member *member = &lint->plan->roster.members.items[m];
        const bool works = !member->off_duty && strcmp(member->role, role) == 0;
        count += works ? (double)member->count : 0;
    }
    return count;
}

/* Every key post a guard, and there are fewer guards than key posts. */
static void check_posts(mu_lint *lint, uint32_t clause) {
    const mu_clause *given = mu_lint_clause(lint, clause);
    double posts = 0;
    for (uint32_t p = 0; p < lint->plan->site.posts.count; p++) {
        posts += lint->plan->site.posts.items[p].kind == MU_POST_KEY;
    }
    if (lint->plan->has_roster && mu_lint_is(given->end, "posted:key") &&
        posts > on_shift(lint, "guard")) {
        complain(lint, clause,
                 mu_audit_say(lint->plan, _("%g key posts and %g guards on this shift"), posts,
                              on_shift(lint, "guard")),
                 _("site: posts; roster: members"), _("more guards, or fewer key posts"));
    }
}

/* Parts of a team that add up to more than the whole. */
static void check_parts(mu_lint *lint, uint32_t clause) {
    const mu_clause *given = mu_lint_clause(lint, clause);
    const mu_demand *total = mu_lint_demand(given, "total");
    double parts = 0;
    for (uint32_t d = 0; total != NULL && d < given->demands.count; d++) {
        const mu_demand *part = &given->demands.items[d];
        parts += part != total && mu_lint_is(part->unit, total->unit) ? part->value : 0;
    }
    if (total != NULL && parts > total->value) {
        complain(lint, clause,
                 mu_audit_say(lint->plan, _("its parts add up to %g, more than the %g in all"),
                              parts, total->value),
                 given->source, _("let people hold two skills, or raise the total"));
    }
}

void mu_lint_arithmetic(mu_lint *lint) {
    for (uint32_t c = 0; c < lint->plan->policy.clauses.count; c++) {
        if (mu_lint_counts(lint, c)) {
            check_arrival(lint, c);
            check_closing(lint, c);
            check_power(lint, c);
            check_sensor(lint, c);
            check_lane(lint, c);
            check_posts(lint, c);
            check_parts(lint, c);
        }
    }
}
