/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers that clauses are judged on, written into the log under the clause's id when they
 * first stand and whenever they change. An interval counts periods of the calendar from one time
 * to the next: 'monthly' asks for one in each month, not for thirty days between two. */
#include <math.h>

#include "policy/measure.h"
#include "readiness/year_state.h"

void mu_year_number(mu_year_sim *y, uint32_t serve, double value, uint32_t cause) {
    const mu_serve *plan = &y->plan->serves.items[serve];
    const mu_clause *clause = &y->plan->policy.clauses.items[plan->clause];
    mu_year_serve *now = mu_year_serve_of(y, serve);
    const double limit = clause->demands.items[plan->demand].value;
    now->occasions++;
    now->met += mu_demand_is_most(clause, plan->demand) ? value <= limit : value >= limit;
    if (now->written == 0 || now->last != value) {
        now->written = 1;
        now->last = value;
        mu_sim_measure(&y->sim, plan->object, plan->place, value, cause);
    }
}

/* A share is rounded down: nearly all is not all. */
static double as_written(double share) {
    return floor(share * MU_MEASURE_PARTS + 1e-9) / MU_MEASURE_PARTS;
}

static int64_t period_of(const mu_year_sim *y, const mu_duty *duty, mu_time at_us) {
    return mu_calendar_period(&y->plan->calendar, (mu_period)duty->period, at_us) / duty->every;
}

static double period_s(mu_period period) {
    static const char *const units[MU_PERIOD_COUNT] = {"s", "h", "d", "d", "months"};
    return mu_calendar_unit_s(units[period]) * (period == MU_PERIOD_WEEK ? 7 : 1);
}

static double periods_in_unit(const mu_duty *duty, const mu_serve *serve, int64_t periods) {
    return (double)(periods * duty->every) * period_s((mu_period)duty->period) / serve->unit_s;
}

/* Counted in whole periods where the duty falls due by the calendar, else from time to time. */
static void put_interval(mu_year_sim *y, uint32_t s, const mu_duty *duty, uint32_t record) {
    const mu_serve *serve = &y->plan->serves.items[s];
    mu_year_duty *now = mu_year_duty_of(y, serve->duty);
    if (duty->every == 0) {
        return;
    }
    const int64_t k = period_of(y, duty, mu_sim_now(&y->sim));
    if (k > now->last) {
        mu_year_number(y, s, periods_in_unit(duty, serve, k - now->last - now->excused), record);
    }
}

static double response_of(const mu_year_sim *y, const mu_serve *serve, const mu_year_job *job) {
    const mu_time now_us = mu_sim_now(&y->sim);
    return serve->working ? mu_calendar_working_days(&y->plan->calendar, job->called_us, now_us)
                          : mu_time_to_s(now_us - job->called_us) / serve->unit_s;
}

/* Examinations end with the period, so that whoever failed has been taught and examined again. */
static bool counts_at_end(const mu_duty *duty) {
    return duty->does == MU_DOES_EXAMINE;
}

static void put_done(mu_year_sim *y, uint32_t s, const mu_year_job *job, uint32_t record) {
    const mu_serve *serve = &y->plan->serves.items[s];
    const mu_duty *duty = y->plan->duties.items[serve->duty].given;
    switch (serve->asked) {
    case MU_ASKED_INTERVAL:
        put_interval(y, s, duty, record);
        break;
    case MU_ASKED_RESPONSE:
        mu_year_number(y, s, response_of(y, serve, job), record);
        break;
    case MU_ASKED_LENGTH:
        mu_year_number(y, s, mu_time_to_s(mu_sim_now(&y->sim) - job->began_us) / serve->unit_s,
                       record);
        break;
    case MU_ASKED_SHARE:
        if (!counts_at_end(duty)) {
            mu_year_number(y, s, as_written(mu_year_share(y, serve->duty)), record);
        }
        break;
    case MU_ASKED_DONE:
        mu_year_number(y, s, 1, record);
        break;
    case MU_ASKED_NUMBER:
        mu_year_number(y, s, duty->number, record);
        break;
    case MU_ASKED_COUNT:
    case MU_ASKED_HOURS:
        break;
    }
}

void mu_year_numbers_done(mu_year_sim *y, uint32_t slot, uint32_t record) {
    const mu_year_job job = *mu_year_job_of(y, slot);
    const mu_duty_plan *duty = &y->plan->duties.items[job.duty];
    mu_year_duty *now = mu_year_duty_of(y, job.duty);
    now->week_h += mu_time_to_s(mu_sim_now(&y->sim) - job.began_us) / 3600;
    for (uint32_t s = duty->serve_first; s < duty->serve_first + duty->serve_count; s++) {
        put_done(y, s, &job, record);
    }
    if (duty->given->every > 0) {
        const int64_t k = period_of(y, duty->given, mu_sim_now(&y->sim));
        now->last = k > now->last ? k : now->last;
        now->excused = 0;
    }
}

/* What is left of a share when a duty lapses: of a course whoever has sat in it, of calls those
 * that were followed; of all else nothing was covered this time. */
static double share_lapsed(const mu_year_sim *y, const mu_serve *serve, const mu_year_job *job) {
    const mu_duty_plan *duty = &y->plan->duties.items[serve->duty];
    const bool kept =
        duty->roll != MU_NONE ? job->sitting > 0 : duty->given->after != NULL && duty->walk_h <= 0;
    return kept ? as_written(mu_year_share(y, serve->duty)) : 0;
}

static void put_lapsed(mu_year_sim *y, uint32_t s, const mu_year_job *job, uint32_t record) {
    const mu_serve *serve = &y->plan->serves.items[s];
    switch (serve->asked) {
    case MU_ASKED_RESPONSE:
        mu_year_number(y, s, response_of(y, serve, job), record);
        break;
    case MU_ASKED_SHARE:
        mu_year_number(y, s, share_lapsed(y, serve, job), record);
        break;
    case MU_ASKED_DONE:
        mu_year_number(y, s, 0, record);
        break;
    case MU_ASKED_INTERVAL: /* shows when it is done again, or at the end */
    case MU_ASKED_LENGTH:
    case MU_ASKED_NUMBER:
    case MU_ASKED_COUNT:
    case MU_ASKED_HOURS:
        break;
    }
}

void mu_year_numbers_lapsed(mu_year_sim *y, uint32_t slot, uint32_t record) {
    const mu_year_job job = *mu_year_job_of(y, slot);
    const mu_duty_plan *duty = &y->plan->duties.items[job.duty];
    for (uint32_t s = duty->serve_first; s < duty->serve_first + duty->serve_count; s++) {
        put_lapsed(y, s, &job, record);
    }
}

void mu_year_numbers_for(mu_year_sim *y, const mu_ref_list *clauses, double value, uint32_t cause) {
    for (uint32_t k = 0; k < clauses->count; k++) {
        mu_sim_measure(&y->sim, mu_year_clause_word(y->plan, clauses->items[k].index), 0, value,
                       cause);
    }
}

void mu_year_numbers_week(mu_year_sim *y) {
    /* The first week may be a short one, and a week of holidays asks nothing of the offices. */
    const mu_time now_us = mu_sim_now(&y->sim);
    const bool whole = now_us >= 7 * MU_DAY &&
                       mu_calendar_office(&y->plan->calendar, now_us - 7 * MU_DAY) < now_us;
    for (uint32_t s = 0; s < y->plan->serves.count; s++) {
        const mu_serve *serve = &y->plan->serves.items[s];
        if (serve->asked == MU_ASKED_HOURS && whole) {
            mu_year_number(y, s, mu_year_duty_of(y, serve->duty)->week_h, mu_year_of(y)->started);
        }
    }
    for (uint32_t d = 0; d < y->plan->duties.count; d++) {
        mu_year_duty_of(y, d)->week_h = 0;
    }
}

/* The gap up to the end of the year, in whole periods that are over. */
static void put_last_gap(mu_year_sim *y, uint32_t s, const mu_duty *duty) {
    const mu_serve *serve = &y->plan->serves.items[s];
    const mu_year_duty *now = mu_year_duty_of(y, serve->duty);
    if (duty->every > 0) {
        const int64_t k = period_of(y, duty, mu_sim_now(&y->sim));
        if (k - now->last - now->excused > 1) {
            mu_year_number(y, s, periods_in_unit(duty, serve, k - now->last - now->excused),
                           mu_year_of(y)->started);
        }
    }
}

/* Jobs that are still open are judged by how long they have been so, if that is too long. */
static void put_open(mu_year_sim *y, uint32_t s) {
    const mu_serve *serve = &y->plan->serves.items[s];
    const double limit =
        y->plan->policy.clauses.items[serve->clause].demands.items[serve->demand].value;
    for (uint32_t slot = 0; slot < mu_year_of(y)->jobs_high; slot++) {
        const mu_year_job *job = mu_year_job_of(y, slot);
        if (job->state != MU_JOB_FREE && job->duty == serve->duty) {
            const double value = response_of(y, serve, job);
            if (value > limit) {
                mu_year_number(y, s, value, job->cause);
            }
        }
    }
}

static void put_end(mu_year_sim *y, uint32_t s) {
    const mu_serve *serve = &y->plan->serves.items[s];
    const mu_duty *duty = y->plan->duties.items[serve->duty].given;
    const uint32_t cause = mu_year_of(y)->started;
    switch (serve->asked) {
    case MU_ASKED_INTERVAL:
        put_last_gap(y, s, duty);
        break;
    case MU_ASKED_COUNT:
        mu_year_number(y, s,
                       mu_year_duty_of(y, serve->duty)->done * 365.0 / (double)y->plan->year.days,
                       cause);
        break;
    case MU_ASKED_RESPONSE:
        put_open(y, s);
        break;
    case MU_ASKED_SHARE:
        if (counts_at_end(duty)) {
            mu_year_number(y, s, as_written(mu_year_share(y, serve->duty)), cause);
        }
        break;
    case MU_ASKED_HOURS:
    case MU_ASKED_LENGTH:
    case MU_ASKED_DONE:
    case MU_ASKED_NUMBER:
        break;
    }
}

/* A clause about teams and shifts is told how the staff of the station works. */
static bool put_rota(mu_year_sim *y, uint32_t clause, uint32_t staff) {
    const mu_staff *given = y->plan->staff.items[staff].given;
    const mu_handle teams = mu_year_word(y->plan, "teams"),
                    shifts = mu_year_word(y->plan, "shifts");
    bool asked = false;
    for (uint32_t d = 0; d < y->plan->policy.clauses.items[clause].demands.count; d++) {
        asked =
            asked ||
            (teams != 0 &&
             mu_year_word(y->plan, y->plan->policy.clauses.items[clause].demands.items[d].name) ==
                 teams);
    }
    if (asked && given->pattern == MU_PATTERN_ROTA) {
        const mu_handle object = mu_year_clause_word(y->plan, clause);
        mu_sim_measure(&y->sim, object, teams, (double)given->teams, mu_year_of(y)->started);
        mu_sim_measure(&y->sim, object, shifts, 24 / given->shift_h, mu_year_of(y)->started);
    }
    return asked;
}

/* Stations: for which share of the year everybody was there. */
static void put_station(mu_year_sim *y, uint32_t station) {
    const mu_station *given = &y->plan->year.stations.items[station];
    mu_year_station_now *now = mu_year_station_of(y, station);
    if (now->there >= (uint32_t)given->persons) {
        now->manned_us += mu_sim_now(&y->sim) - now->since_us;
        now->since_us = mu_sim_now(&y->sim);
    }
    const double share = (double)now->manned_us / (double)mu_sim_now(&y->sim);
    for (uint32_t k = 0; k < given->serves.count; k++) {
        const uint32_t clause = given->serves.items[k].index;
        const mu_clause *served = &y->plan->policy.clauses.items[clause];
        /* A clause that counts persons gets the number of them, and that only where all were there
         * all the time; else one fewer. */
        if (put_rota(y, clause, given->staff.index)) {
            continue;
        }
        const bool persons =
            served->demands.count > 0 && mu_year_word(y->plan, served->demands.items[0].name) ==
                                             mu_year_word(y->plan, "persons");
        const double value = persons ? (double)given->persons - (share < 1) : as_written(share);
        mu_sim_measure(&y->sim, mu_year_clause_word(y->plan, clause), 0, value,
                       mu_year_of(y)->started);
    }
}

void mu_year_numbers_end(mu_year_sim *y) {
    for (uint32_t s = 0; s < y->plan->serves.count; s++) {
        put_end(y, s);
    }
    for (uint32_t s = 0; s < y->plan->year.stations.count; s++) {
        put_station(y, s);
    }
}
