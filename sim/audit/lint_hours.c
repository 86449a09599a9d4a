/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The roster's hours: what stations and duties take of each kind of staff in a year against what it
 * has, and the hours of one person against the law. */
#include <stdio.h>
#include <string.h>

#include "audit/lint.h"
#include "core/i18n.h"

static double year_h(const mu_year_plan *plan) {
    return 24.0 * (double)plan->calendar.days;
}

static double office_h(const mu_year_plan *plan) {
    double hours = 0;
    for (int64_t d = 0; d < plan->calendar.days; d++) {
        hours += plan->calendar.works[d] != 0 ? plan->year.closes_h - plan->year.opens_h : 0;
    }
    return hours;
}

/* Hours that one person is rostered for, before illness and leave. */
static double rostered_h(const mu_year_plan *plan, const mu_staff *staff) {
    return staff->pattern == MU_PATTERN_OFFICE ? office_h(plan)
                                               : year_h(plan) / (double)staff->teams;
}

static double absent_share(const mu_staff *staff) {
    const double ill_d = staff->ill_per_year * mu_dist_mean(&staff->ill_d);
    const double away_d = ill_d + (double)staff->leave_d * 7 / 5 +
                          staff->leaves_share * mu_dist_mean(&staff->vacancy_d);
    const double share = away_d / 365.25;
    return share < 1 ? share : 1;
}

/* Times in the year that a duty falls due, as far as the file says. */
static double times(const mu_year_plan *plan, uint32_t duty) {
    const mu_duty *given = plan->duties.items[duty].given;
    if (given->every > 0) {
        const mu_time length_us =
            mu_calendar_begins(&plan->calendar, (mu_period)given->period, given->every + 1) -
            mu_calendar_begins(&plan->calendar, (mu_period)given->period, 1);
        return (double)(plan->calendar.days * MU_DAY) / (double)length_us;
    }
    if (plan->duties.items[duty].call == MU_CALL_OCCASION) {
        return plan->year.occasions.items[plan->duties.items[duty].called_by].per_year;
    }
    if (plan->duties.items[duty].call == MU_CALL_DUTY &&
        plan->duties.items[duty].called_by < duty) {
        return times(plan, plan->duties.items[duty].called_by);
    }
    return 0;
}

static double duty_h(const mu_year_plan *plan, uint32_t duty) {
    const mu_duty_plan *given = &plan->duties.items[duty];
    double sittings = 1;
    if (given->given->seats > 0) {
        double attend = 0;
        for (uint32_t k = 0; k < given->given->attends.count; k++) {
            attend += (double)plan->staff.items[given->given->attends.items[k].index].given->count;
        }
        sittings = attend / (double)given->given->seats;
        sittings = sittings < 1 ? 1 : sittings;
    }
    return times(plan, duty) * sittings * (double)given->given->persons *
           (given->walk_h + mu_dist_mean(&given->given->hours));
}

/* A name, or the id where there is none. */
static const char *called(mu_text name, const char *id, const mu_lint *lint) {
    const char *text = mu_text_in(name, lint->language);
    return text[0] != 0 ? text : id;
}

/* The clause that takes most of these hours. */
static uint32_t greatest(const mu_year_plan *plan, uint32_t staff) {
    uint32_t clause = MU_NONE;
    double most = 0;
    for (uint32_t s = 0; s < plan->year.stations.count; s++) {
        const mu_station *station = &plan->year.stations.items[s];
        const double hours = year_h(plan) * (double)station->persons;
        if (station->staff.index == staff && station->serves.count > 0 && hours > most) {
            most = hours;
            clause = station->serves.items[0].index;
        }
    }
    for (uint32_t d = 0; d < plan->duties.count; d++) {
        const double hours = duty_h(plan, d);
        if (plan->duties.items[d].staff == staff && hours > most &&
            plan->duties.items[d].given->serves.count > 0) {
            most = hours;
            clause = plan->duties.items[d].given->serves.items[0].index;
        }
    }
    return clause;
}

static void check_workload(mu_lint *lint, uint32_t staff) {
    const mu_year_plan *plan = lint->plan;
    const mu_staff *given = plan->staff.items[staff].given;
    const double has = rostered_h(plan, given) * (double)given->count * (1 - absent_share(given));
    double wants = year_h(plan) * plan->staff.items[staff].stations;
    for (uint32_t d = 0; d < plan->duties.count; d++) {
        wants += plan->duties.items[d].staff == staff ? duty_h(plan, d) : 0;
    }
    if (wants > has) {
        mu_lint_add(
            lint,
            (mu_lint_item){
                .kind = MU_LINT_HOURS,
                .clause = greatest(plan, staff),
                .other = MU_NONE,
                .what = mu_audit_say(plan,
                                     _("%s: stations and duties take %.0f hours in %d days, "
                                       "and %g people have %.0f after illness and leave"),
                                     called(given->name, given->id, lint), wants,
                                     (int)plan->calendar.days, (double)given->count, has),
                .source = _("year file: staff, stations, duties"),
                .advice = mu_audit_say(plan, _("%.0f more people, or fewer hours"),
                                       (wants - has) / (has / (double)given->count) + 0.999)});
    }
}

static double week_h(const mu_staff *staff) {
    return staff->pattern == MU_PATTERN_ROTA ? 168.0 / (double)staff->teams : 0;
}

/* Hours that follow from the rota, for all staff that it is too much for. */
static void check_law(mu_lint *lint) {
    const char *said = "";
    for (uint32_t s = 0; s < lint->plan->staff.count; s++) {
        const mu_staff *given = lint->plan->staff.items[s].given;
        if (week_h(given) > 44) {
            said = mu_audit_say(lint->plan, _("%s%s%s (%d teams: %.0f hours a week)"), said,
                                said[0] != 0 ? _("; ") : "", called(given->name, given->id, lint),
                                (int)given->teams, week_h(given));
        }
    }
    uint32_t clause = MU_NONE;
    for (uint32_t c = 0; c < lint->plan->policy.clauses.count; c++) {
        if (mu_lint_demand(mu_lint_clause(lint, c), "teams") != NULL && mu_lint_counts(lint, c)) {
            clause = c;
        }
    }
    if (said[0] == 0) {
        return;
    }
    mu_lint_add(
        lint,
        (mu_lint_item){
            .kind = MU_LINT_HOURS,
            .clause = clause,
            .other = MU_NONE,
            .what = mu_audit_say(lint->plan, _("round the clock, each person works: %s"), said),
            .against = _("no more than 8 hours a day and 44 hours a week on average"),
            .source = _("Labour Law of the People's Republic of China, article 36; other working "
                        "hours need approval (article 39); the standard week is 40 hours (State "
                        "Council, Provisions on Working Hours, article 3)"),
            .sure = MU_SURE_READ,
            .advice = _("a fourth team, or an approved scheme of comprehensive working hours")});
}

/* A duty of the offices that is due within days of which none is a working day: the first week of
 * October, say. */
static void check_calendar(mu_lint *lint, const mu_duty_plan *duty) {
    const mu_year_plan *plan = lint->plan;
    const mu_duty *given = duty->given;
    if (!given->working_days || given->every == 0 || given->within_d <= 0 || duty->booked ||
        given->serves.count == 0) {
        return;
    }
    const mu_time end_us = plan->calendar.days * MU_DAY;
    for (int64_t k = 0;; k++) {
        const mu_time from_us =
            mu_calendar_begins(&plan->calendar, (mu_period)given->period, k * given->every);
        const mu_time until_us = from_us + mu_time_from_s(given->within_d * 86400);
        if (until_us >= end_us) {
            return;
        }
        if (mu_calendar_office(&plan->calendar, from_us) >= until_us) {
            int64_t year;
            int month, day;
            mu_date_of(plan->calendar.first_day + from_us / MU_DAY, &year, &month, &day);
            mu_lint_add(
                lint,
                (mu_lint_item){.kind = MU_LINT_ARITHMETIC,
                               .clause = given->serves.items[0].index,
                               .other = MU_NONE,
                               .what = mu_audit_say(
                                   plan,
                                   _("%s is due within %g days from %04d-%02d-%02d on, and none of "
                                     "them is a working day"),
                                   called(given->name, given->id, lint), given->within_d, (int)year,
                                   month, day),
                               .source = _("year file: duties, holidays"),
                               .advice = _("say what holds when the days are holidays")});
            return;
        }
    }
}

void mu_lint_hours(mu_lint *lint) {
    for (uint32_t d = 0; d < lint->plan->duties.count; d++) {
        check_calendar(lint, &lint->plan->duties.items[d]);
    }
    for (uint32_t s = 0; s < lint->plan->staff.count; s++) {
        check_workload(lint, s);
    }
    check_law(lint);
}
