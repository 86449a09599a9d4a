/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Duties fall due by the calendar, by a planner's schedule, or because something calls for them.
 * Each time is a job that waits until enough people are free; what nobody was free for in time
 * lapses. That is the whole of how a duty comes to be missed. */
#include <math.h>

#include "readiness/year_state.h"

static const mu_duty_plan *duty_of(const mu_year_sim *y, const mu_year_job *job) {
    return &y->plan->duties.items[job->duty];
}

static mu_handle duty_word(const mu_duty_plan *duty) {
    return MU_HANDLE(MU_THING_WORD, duty->word);
}

/* Whom a job is about, where that is a person. */
static mu_handle subject_of(const mu_year_sim *y, const mu_year_job *job) {
    const bool person = duty_of(y, job)->about == MU_ABOUT_PERSON;
    return person && job->subject != MU_NONE ? MU_HANDLE(MU_THING_PERSON, job->subject) : 0;
}

/* A free slot; the run loop sees to it that there is one. */
static uint32_t take_slot(mu_year_sim *y) {
    mu_year_now *now = mu_year_of(y);
    const uint32_t room = mu_world_count(&y->sim.world, MU_SECTION_YEAR_JOB);
    uint32_t slot = 0;
    while (slot < room && mu_year_job_of(y, slot)->state != MU_JOB_FREE) {
        slot++;
    }
    if (slot == room) {
        mu_world_clock(&y->sim.world)->status = MU_ERR_LIMIT;
        return MU_NONE;
    }
    now->jobs_high = slot + 1 > now->jobs_high ? slot + 1 : now->jobs_high;
    return slot;
}

static void free_slot(mu_year_sim *y, uint32_t slot) {
    mu_year_now *now = mu_year_of(y);
    *mu_year_job_of(y, slot) = (mu_year_job){0};
    while (now->jobs_high > 0 && mu_year_job_of(y, now->jobs_high - 1)->state == MU_JOB_FREE) {
        now->jobs_high--;
    }
}

/* When a called job is given up. */
static mu_time called_deadline(const mu_year_sim *y, const mu_duty *duty, mu_time due_us) {
    if (duty->limit_wd > 0) {
        const mu_calendar *calendar = &y->plan->calendar;
        return mu_calendar_add_office(
            calendar, due_us,
            (mu_time)llround(duty->limit_wd * (double)(calendar->closes_us - calendar->opens_us)));
    }
    return duty->limit_h > 0 ? due_us + mu_time_from_s(duty->limit_h * 3600) : MU_NEVER;
}

/* Plans a job; due now or later. */
static void plan_job(mu_year_sim *y, uint32_t duty, uint32_t subject, mu_time due_us,
                     mu_time deadline_us, uint32_t cause) {
    const uint32_t slot = take_slot(y);
    if (slot == MU_NONE) {
        return;
    }
    mu_year_duty *now = mu_year_duty_of(y, duty);
    mu_year_job *job = mu_year_job_of(y, slot);
    *job = (mu_year_job){.called_us = mu_sim_now(&y->sim),
                         .due_us = due_us,
                         .deadline_us = deadline_us,
                         .duty = duty,
                         .state = MU_JOB_PLANNED,
                         .serial = ++mu_year_of(y)->next_job,
                         .subject = subject,
                         .cause = cause,
                         .came = now->came};
    now->came++;
    now->open++;
    mu_sim_schedule(&y->sim, due_us - mu_sim_now(&y->sim), MU_EVENT_YEAR_DUE, slot, cause,
                    job->serial);
}

static void call_one(mu_year_sim *y, uint32_t duty, uint32_t subject, uint32_t cause) {
    const mu_duty_plan *plan = &y->plan->duties.items[duty];
    const double wait_h = mu_year_draw(y, &plan->given->wait_h, MU_PURPOSE_YEAR_WORK,
                                       mu_hash_with(plan->hash, 1), mu_year_duty_of(y, duty)->came);
    double parts_h = 0;
    if (plan->given->does == MU_DOES_MEND && subject < y->plan->assets.count) {
        const mu_asset *asset = &y->plan->assets.items[subject];
        parts_h = mu_year_draw(y, &y->plan->year.equipment.items[asset->wear].parts_h,
                               MU_PURPOSE_YEAR_REPAIR, asset->hash,
                               2 * mu_year_asset_of(y, subject)->faults);
    }
    mu_time due_us = mu_sim_now(&y->sim) + mu_time_from_s((wait_h + parts_h) * 3600);
    if (plan->given->working_days) {
        due_us = mu_calendar_office(&y->plan->calendar, due_us);
    }
    plan_job(y, duty, subject, due_us, called_deadline(y, plan->given, due_us), cause);
}

/* Luck of the call: whether a person appeals is theirs. */
static bool is_taken_up(const mu_year_sim *y, const mu_duty_plan *duty, uint32_t subject) {
    if (duty->given->taken_up >= 1) {
        return true;
    }
    const bool person = duty->about == MU_ABOUT_PERSON && subject != MU_NONE;
    const uint32_t index = (uint32_t)(duty - y->plan->duties.items);
    mu_stream stream;
    mu_sim_stream(&y->sim, &stream, MU_PURPOSE_YEAR_OCCASION,
                  mu_hash_with(person ? mu_year_person_hash(y->plan, subject) : 0, duty->hash),
                  person ? mu_year_conduct_of(y, subject)->sanctions
                         : mu_year_duty_of(y, index)->calls);
    return mu_stream_uniform(&stream) < duty->given->taken_up;
}

void mu_year_call(mu_year_sim *y, mu_call call, uint32_t by, uint32_t subject, uint32_t cause) {
    for (uint32_t d = 0; d < y->plan->duties.count; d++) {
        const mu_duty_plan *duty = &y->plan->duties.items[d];
        if (duty->call == call && duty->called_by == by) {
            const bool follows = is_taken_up(y, duty, subject);
            mu_year_duty_of(y, d)->calls++;
            if (follows) {
                call_one(y, d, subject, cause);
            }
        }
    }
}

/* By the calendar. */

static mu_time within(const mu_year_sim *y, const mu_duty *duty, int64_t k) {
    const mu_period period = (mu_period)duty->period;
    const mu_time begins_us = mu_calendar_begins(&y->plan->calendar, period, k * duty->every);
    const mu_time ends_us = mu_calendar_begins(&y->plan->calendar, period, (k + 1) * duty->every);
    if (duty->within_d > 0) {
        const mu_time within_us = begins_us + mu_time_from_s(duty->within_d * 86400);
        return within_us < ends_us ? within_us : ends_us;
    }
    return ends_us;
}

static int64_t period_now(const mu_year_sim *y, const mu_duty *duty) {
    return mu_calendar_period(&y->plan->calendar, (mu_period)duty->period, mu_sim_now(&y->sim)) /
           duty->every;
}

static void schedule_next(mu_year_sim *y, uint32_t duty, uint32_t cause) {
    const mu_duty *given = y->plan->duties.items[duty].given;
    const int64_t k = period_now(y, given) + 1;
    const mu_time next_us =
        mu_calendar_begins(&y->plan->calendar, (mu_period)given->period, k * given->every);
    if (next_us < mu_year_of(y)->end_us) {
        mu_sim_schedule(&y->sim, next_us - mu_sim_now(&y->sim), MU_EVENT_YEAR_COMES, duty, cause,
                        0);
    }
}

static const char *booking_at(const mu_year_plan *plan, uint32_t duty, uint32_t n) {
    for (uint32_t b = 0; b < plan->year.schedule.count; b++) {
        if (plan->year.schedule.items[b].duty.index == duty && n-- == 0) {
            return plan->year.schedule.items[b].at;
        }
    }
    return NULL;
}

/* Where the planner has a schedule it holds: one event at a time, in the file's order. */
static void schedule_booking(mu_year_sim *y, uint32_t duty, uint32_t cause) {
    mu_year_duty *now = mu_year_duty_of(y, duty);
    const char *at = booking_at(y->plan, duty, now->booking);
    while (at != NULL) {
        mu_time clock_us;
        const int64_t day = mu_date_read(at, &clock_us) - y->plan->calendar.first_day;
        const mu_time at_us = day * MU_DAY + clock_us;
        now->booking++;
        if (at_us >= mu_sim_now(&y->sim)) {
            mu_sim_schedule(&y->sim, at_us - mu_sim_now(&y->sim), MU_EVENT_YEAR_COMES, duty, cause,
                            1);
            return;
        }
        at = booking_at(y->plan, duty, now->booking);
    }
}

/* A week of holidays asks nothing of the offices. */
static bool has_working_day(const mu_year_sim *y, const mu_duty *duty) {
    const int64_t k = period_now(y, duty);
    const mu_time ends_us =
        mu_calendar_begins(&y->plan->calendar, (mu_period)duty->period, (k + 1) * duty->every);
    return mu_calendar_office(&y->plan->calendar, mu_sim_now(&y->sim)) < ends_us;
}

void mu_year_on_comes(mu_year_sim *y, const mu_event *event) {
    const uint32_t duty = event->subject;
    const mu_duty *given = y->plan->duties.items[duty].given;
    mu_time due_us = mu_sim_now(&y->sim);
    if (given->working_days) {
        due_us = mu_calendar_office(&y->plan->calendar, due_us);
    }
    if (event->argument == 0 && given->working_days && !has_working_day(y, given)) {
        mu_year_duty_of(y, duty)->excused++;
        schedule_next(y, duty, event->cause);
        return;
    }
    const mu_time deadline_us = event->argument == 1 || given->every == 0
                                    ? called_deadline(y, given, due_us)
                                : given->limit_h > 0 ? called_deadline(y, given, due_us)
                                                     : within(y, given, period_now(y, given));
    plan_job(y, duty, MU_NONE, due_us, deadline_us, event->cause);
    if (event->argument == 1) {
        schedule_booking(y, duty, event->cause);
    } else {
        schedule_next(y, duty, event->cause);
    }
}

/* People. */

static bool take_people(mu_year_sim *y, uint32_t slot) {
    const mu_duty_plan *duty = duty_of(y, mu_year_job_of(y, slot));
    mu_year_staff_now *staff = mu_year_staff_of(y, duty->staff);
    const uint32_t wanted = (uint32_t)duty->given->persons;
    const bool at_station = duty->given->at_station;
    if (staff->there < staff->busy + (at_station ? 0 : staff->held) + wanted) {
        return false;
    }
    uint32_t taken = 0, cursor = staff->cursor;
    for (; taken < wanted; taken++) {
        const uint32_t person = mu_year_find_free(y, duty->staff, at_station, &cursor);
        if (person == MU_NONE) {
            break;
        }
        mu_year_job_of(y, slot)->first = taken == 0 ? person : mu_year_job_of(y, slot)->first;
        mu_year_persons(y)[person].job = slot + 1;
    }
    if (taken < wanted) { /* cannot be, as counted above; give them back */
        for (uint32_t k = 0; k < (uint32_t)y->plan->staff.items[duty->staff].given->count; k++) {
            mu_year_person *p = &mu_year_persons(y)[y->plan->staff.items[duty->staff].first + k];
            p->job = p->job == slot + 1 ? 0 : p->job;
        }
        return false;
    }
    staff->cursor = cursor;
    mu_year_add_up(y, duty->staff);
    staff->busy += wanted;
    return true;
}

/* They are free again; a station that is short of people gets them first. They were taken one after
 * the other, so the search begins with the first of them. */
static void give_back(mu_year_sim *y, uint32_t slot, bool late) {
    const mu_year_job *job = mu_year_job_of(y, slot);
    const mu_duty_plan *duty = duty_of(y, job);
    const mu_staff_plan *plan = &y->plan->staff.items[duty->staff];
    mu_year_staff_now *staff = mu_year_staff_of(y, duty->staff);
    mu_year_add_up(y, duty->staff);
    uint32_t left = (uint32_t)duty->given->persons, person = job->first;
    for (uint32_t k = 0; k < (uint32_t)plan->given->count && left > 0; k++) {
        mu_year_person *p = &mu_year_persons(y)[person];
        if (p->job == slot + 1) {
            p->job = 0;
            staff->busy -= mu_year_on_shift(y, duty->staff, person);
            mu_year_worked(y, person, late);
            left--;
        }
        person = person + 1 < plan->first + (uint32_t)plan->given->count ? person + 1 : plan->first;
    }
    if (staff->held < plan->stations) {
        mu_year_staff_look(y, duty->staff);
    }
}

static bool office_only(const mu_year_sim *y, const mu_duty_plan *duty) {
    return duty->given->working_days ||
           y->plan->staff.items[duty->staff].given->pattern == MU_PATTERN_OFFICE;
}

static void begin(mu_year_sim *y, uint32_t slot) {
    mu_year_job *job = mu_year_job_of(y, slot);
    const mu_duty_plan *duty = duty_of(y, job);
    const mu_time now_us = mu_sim_now(&y->sim);
    const mu_time took_us = mu_time_from_s(mu_year_hours(y, job) * 3600);
    const mu_time ends_us = office_only(y, duty)
                                ? mu_calendar_add_office(&y->plan->calendar, now_us, took_us)
                                : now_us + took_us;
    job->state = MU_JOB_RUNS;
    job->began_us = now_us;
    mu_year_duty_of(y, job->duty)->worked_h +=
        mu_time_to_s(took_us) / 3600 * (double)duty->given->persons;
    mu_sim_schedule(&y->sim, ends_us - now_us, MU_EVENT_YEAR_DONE, slot, job->cause, job->serial);
}

/* Of the jobs that wait for this staff, the one that is first in line; MU_NONE. */
static uint32_t first_waiting(const mu_year_sim *y, uint32_t staff) {
    uint32_t best = MU_NONE;
    for (uint32_t slot = 0; slot < mu_year_of(y)->jobs_high; slot++) {
        const mu_year_job *job = mu_year_job_of(y, slot);
        if (job->state != MU_JOB_WAITS || duty_of(y, job)->staff != staff) {
            continue;
        }
        const mu_year_job *other = best == MU_NONE ? NULL : mu_year_job_of(y, best);
        const int64_t mine = duty_of(y, job)->given->priority;
        const int64_t theirs = other == NULL ? -1 : duty_of(y, other)->given->priority;
        if (other == NULL || mine > theirs || (mine == theirs && job->serial < other->serial)) {
            best = slot;
        }
    }
    return best;
}

void mu_year_hand_out(mu_year_sim *y, uint32_t staff) {
    mu_year_staff_now *now = mu_year_staff_of(y, staff);
    while (now->waiting > 0) {
        const uint32_t slot = first_waiting(y, staff);
        if (slot == MU_NONE || !take_people(y, slot)) {
            return; /* the first in line is not overtaken by what needs fewer */
        }
        now->waiting--;
        begin(y, slot);
    }
}

static mu_year_job *job_for(const mu_year_sim *y, const mu_event *event) {
    mu_year_job *job = mu_year_job_of(y, event->subject);
    return job->state != MU_JOB_FREE && job->serial == (uint32_t)event->argument ? job : NULL;
}

void mu_year_on_due(mu_year_sim *y, const mu_event *event) {
    mu_year_job *job = job_for(y, event);
    if (job == NULL) {
        return;
    }
    const mu_duty_plan *duty = duty_of(y, job);
    if (duty->given->does == MU_DOES_INTERIM && job->subject < y->plan->assets.count &&
        mu_year_asset_of(y, job->subject)->state != MU_ASSET_FOUND) {
        mu_year_duty_of(y, job->duty)->open--; /* mended before it had to be made safe */
        free_slot(y, event->subject);
        return;
    }
    job->cause = mu_sim_record(&y->sim, MU_RECORD_FELL_DUE, job->cause, subject_of(y, job),
                               duty_word(duty), 0);
    job->state = MU_JOB_WAITS;
    mu_year_staff_of(y, duty->staff)->waiting++;
    mu_year_hand_out(y, duty->staff);
    job = mu_year_job_of(y, event->subject);
    if (job->state == MU_JOB_WAITS && job->deadline_us != MU_NEVER) {
        const mu_time left_us = job->deadline_us - mu_sim_now(&y->sim);
        mu_sim_schedule(&y->sim, left_us, MU_EVENT_YEAR_LAPSES, event->subject, job->cause,
                        job->serial);
    }
}

/* What is to be blamed for goes on the record of whoever answers for it: the n-th failing has the
 * n-th grade, at most the fourth. */
static uint32_t blame(mu_year_sim *y, const mu_duty_plan *duty, uint32_t person) {
    if (!duty->given->blamed) {
        return 0;
    }
    uint32_t *failings = person != MU_NONE ? &mu_year_conduct_of(y, person)->failings
                                           : &mu_year_staff_of(y, duty->staff)->blamed;
    ++*failings;
    return *failings < 4 ? *failings : 4;
}

static uint32_t write_lapse(mu_year_sim *y, const mu_year_job *job) {
    const mu_duty_plan *duty = duty_of(y, job);
    const uint32_t last = mu_year_staff_of(y, duty->staff)->last;
    const uint32_t person = duty->given->blamed ? mu_year_answers(y, job) : MU_NONE;
    const mu_handle subject =
        person != MU_NONE ? MU_HANDLE(MU_THING_PERSON, person) : subject_of(y, job);
    const uint32_t record =
        mu_sim_write(&y->sim, (mu_record){.kind = MU_RECORD_LAPSED,
                                          .cause = last != MU_NO_RECORD ? last : job->cause,
                                          .subject = subject,
                                          .object = duty_word(duty),
                                          .value = blame(y, duty, person)});
    if (duty->given->blamed) {
        mu_year_call(y, MU_CALL_BLAMED, MU_NONE, person, record);
    }
    return record;
}

void mu_year_on_lapses(mu_year_sim *y, const mu_event *event) {
    const mu_year_job *job = job_for(y, event);
    if (job == NULL || job->state != MU_JOB_WAITS) {
        return;
    }
    const mu_year_job was = *job;
    const mu_duty_plan *duty = duty_of(y, &was);
    const uint32_t record = write_lapse(y, &was);
    if (duty->given->does == MU_DOES_MEND) { /* what is broken stays so until it is mended, late */
        mu_year_numbers_lapsed(y, event->subject, record);
        return;
    }
    mu_year_staff_of(y, duty->staff)->waiting--;
    mu_year_duty_of(y, was.duty)->lapsed++;
    mu_year_duty_of(y, was.duty)->open--;
    mu_year_count_factor(y, was.duty, false);
    mu_year_numbers_lapsed(y, event->subject, record);
    if (was.sitting > 0) {
        mu_year_course_over(y, was.duty);
    }
    free_slot(y, event->subject);
    mu_year_hand_out(y, duty->staff);
}

/* The next sitting of a course, for those who could not come. */
static void sit_again(mu_year_sim *y, uint32_t slot, mu_goes_on when, uint32_t record) {
    mu_year_job *job = mu_year_job_of(y, slot);
    job->state = MU_JOB_PLANNED;
    job->sitting++;
    job->cause = record;
    mu_time due_us = mu_sim_now(&y->sim) + (when == MU_GOES_ON_NOW ? 0 : 7 * MU_DAY);
    due_us = due_us < job->deadline_us ? due_us : job->deadline_us - 1;
    mu_sim_schedule(&y->sim, due_us - mu_sim_now(&y->sim), MU_EVENT_YEAR_DUE, slot, record,
                    job->serial);
}

void mu_year_on_done(mu_year_sim *y, const mu_event *event) {
    mu_year_job *job = job_for(y, event);
    if (job == NULL || job->state != MU_JOB_RUNS) {
        return;
    }
    const mu_duty_plan *duty = duty_of(y, job);
    const double hours = mu_time_to_s(mu_sim_now(&y->sim) - job->began_us) / 3600;
    const uint32_t record =
        mu_sim_write(&y->sim, (mu_record){.kind = MU_RECORD_DONE,
                                          .cause = job->cause,
                                          .subject = subject_of(y, job),
                                          .object = duty_word(duty),
                                          .value = (uint32_t)lround(hours * 60)});
    mu_year_of(y)->spent += duty->given->cost;
    const bool late = mu_sim_now(&y->sim) > job->deadline_us;
    give_back(y, event->subject, late);
    const mu_goes_on goes_on = mu_year_effect(y, event->subject, record);
    if (goes_on != MU_GOES_NOT_ON && mu_sim_now(&y->sim) + 1 < job->deadline_us) {
        sit_again(y, event->subject, goes_on, record);
    } else {
        const mu_year_job was = *job;
        mu_year_duty *now = mu_year_duty_of(y, job->duty);
        now->done++;
        now->open--;
        now->late += late;
        mu_year_count_factor(y, was.duty, !late && goes_on == MU_GOES_NOT_ON);
        mu_year_numbers_done(y, event->subject, record);
        mu_year_course_over(y, was.duty);
        free_slot(y, event->subject);
        if (duty->calls) {
            mu_year_call(y, MU_CALL_DUTY, was.duty, was.subject, record);
        }
    }
    mu_year_hand_out(y, duty->staff);
}

void mu_year_on_week(mu_year_sim *y, const mu_event *event) {
    mu_year_numbers_week(y);
    mu_sim_schedule(&y->sim, 7 * MU_DAY, MU_EVENT_YEAR_WEEK, 0, event->cause, 0);
}

void mu_year_jobs_begin(mu_year_sim *y) {
    const uint32_t cause = mu_year_of(y)->started;
    for (uint32_t d = 0; d < y->plan->duties.count; d++) {
        mu_year_duty_of(y, d)->last = -1;
        if (y->plan->duties.items[d].booked) {
            schedule_booking(y, d, cause);
        } else if (y->plan->duties.items[d].given->every > 0) {
            mu_sim_schedule(&y->sim, 0, MU_EVENT_YEAR_COMES, d, cause, 0);
        }
    }
    const mu_time week_us = mu_calendar_begins(&y->plan->calendar, MU_PERIOD_WEEK, 1);
    mu_sim_schedule(&y->sim, week_us, MU_EVENT_YEAR_WEEK, 0, cause, 0);
}
