/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is there: shifts and office hours, illness, leave and turnover, and the stations that have to
 * be manned before anybody is free for anything else. */
#include <math.h>
#include <string.h>

#include "readiness/year_state.h"

enum { AWAY_ILL, AWAY_LEAVE, AWAY_GONE };

uint32_t mu_year_staff_at(const mu_year_plan *plan, uint32_t person) {
    uint32_t staff = 0;
    while (staff + 1 < plan->staff.count && plan->staff.items[staff + 1].first <= person) {
        staff++;
    }
    return staff;
}

uint64_t mu_year_person_hash(const mu_year_plan *plan, uint32_t person) {
    const mu_staff_plan *staff = &plan->staff.items[mu_year_staff_at(plan, person)];
    return mu_hash_with(mu_name_hash(staff->given->id), person - staff->first);
}

/* Who of this staff has the shift: in the office all or none, else one team. */
enum { TEAM_ALL = -1, TEAM_NONE = -2 };

static int64_t team_on_shift(const mu_year_sim *y, uint32_t staff) {
    const mu_staff *given = y->plan->staff.items[staff].given;
    const mu_time now_us = mu_sim_now(&y->sim);
    if (given->pattern == MU_PATTERN_OFFICE) {
        return mu_calendar_office(&y->plan->calendar, now_us) == now_us ? TEAM_ALL : TEAM_NONE;
    }
    /* Shifts change at eight, or so many hours later. */
    const mu_time shift_us = mu_time_from_s(given->shift_h * 3600);
    return (now_us - 8 * MU_HOUR + MU_DAY) / shift_us % given->teams;
}

/* Person `k` of the staff. */
static bool is_there(const mu_year_sim *y, uint32_t staff, uint32_t k, int64_t team) {
    const mu_staff_plan *plan = &y->plan->staff.items[staff];
    const mu_year_person *p = &mu_year_persons(y)[plan->first + k];
    return p->away == 0 && p->gone == 0 &&
           (team == TEAM_ALL || (team >= 0 && k % plan->given->teams == team));
}

bool mu_year_has_shift(const mu_year_sim *y, uint32_t staff, uint32_t person) {
    const mu_staff_plan *plan = &y->plan->staff.items[staff];
    const int64_t team = team_on_shift(y, staff);
    return team == TEAM_ALL || (team >= 0 && (person - plan->first) % plan->given->teams == team);
}

bool mu_year_on_shift(const mu_year_sim *y, uint32_t staff, uint32_t person) {
    return is_there(y, staff, person - y->plan->staff.items[staff].first, team_on_shift(y, staff));
}

uint32_t mu_year_find_free(const mu_year_sim *y, uint32_t staff, bool at_station,
                           uint32_t *cursor) {
    const mu_staff_plan *plan = &y->plan->staff.items[staff];
    const uint32_t count = (uint32_t)plan->given->count;
    const int64_t team = team_on_shift(y, staff);
    uint32_t at = *cursor < count ? *cursor : 0;
    for (uint32_t k = 0; k < count; k++) {
        const mu_year_person *p = &mu_year_persons(y)[plan->first + at];
        const uint32_t next = at + 1 < count ? at + 1 : 0;
        if (p->job == 0 && (at_station || p->station == 0) && is_there(y, staff, at, team)) {
            *cursor = next;
            return plan->first + at;
        }
        at = next;
    }
    return MU_NONE;
}

/* Time is added up whenever the counts change. */
void mu_year_add_up(mu_year_sim *y, uint32_t staff) {
    mu_year_staff_now *now = mu_year_staff_of(y, staff);
    const mu_time took_us = mu_sim_now(&y->sim) - now->since_us;
    now->duty_us += took_us * now->there;
    now->busy_us += took_us * now->busy;
    now->held_us += took_us * now->held;
    now->since_us = mu_sim_now(&y->sim);
}

static void note_station(mu_year_sim *y, uint32_t station, uint32_t there) {
    const mu_station *given = &y->plan->year.stations.items[station];
    mu_year_station_now *now = mu_year_station_of(y, station);
    const uint32_t wanted = (uint32_t)given->persons;
    const bool was = now->there >= wanted, is = there >= wanted;
    if (was) {
        now->manned_us += mu_sim_now(&y->sim) - now->since_us;
    }
    now->since_us = mu_sim_now(&y->sim);
    now->there = there;
    if (was != is) {
        const mu_handle word = mu_year_word(y->plan, given->id);
        const uint32_t last = mu_year_staff_of(y, given->staff.index)->last;
        now->gaps += was;
        (void)mu_sim_write(
            &y->sim, (mu_record){.kind = is ? MU_RECORD_MANNED : MU_RECORD_UNMANNED,
                                 .cause = last != MU_NO_RECORD ? last : mu_year_of(y)->started,
                                 .object = word,
                                 .value = there});
    }
}

/* Of those who are there and at no duty, the first in line; MU_NONE. */
static uint32_t next_free(const mu_year_sim *y, uint32_t staff, const uint8_t *there) {
    const mu_staff_plan *plan = &y->plan->staff.items[staff];
    for (uint32_t k = 0; k < (uint32_t)plan->given->count; k++) {
        const mu_year_person *p = &mu_year_persons(y)[plan->first + k];
        if (there[k] != 0 && p->job == 0 && p->station == 0) {
            return plan->first + k;
        }
    }
    return MU_NONE;
}

static void man_stations(mu_year_sim *y, uint32_t staff, const uint8_t *there) {
    const mu_staff_plan *plan = &y->plan->staff.items[staff];
    mu_year_person *persons = mu_year_persons(y);
    for (uint32_t s = 0; s < y->plan->year.stations.count; s++) {
        const mu_station *station = &y->plan->year.stations.items[s];
        if (station->staff.index != staff) {
            continue;
        }
        uint32_t have = 0;
        for (uint32_t k = 0; k < (uint32_t)plan->given->count; k++) {
            mu_year_person *p = &persons[plan->first + k];
            if (p->station == s + 1) {
                p->station = there[k] != 0 ? p->station : 0;
                have += there[k] != 0;
            }
        }
        while (have < (uint32_t)station->persons) {
            const uint32_t person = next_free(y, staff, there);
            if (person == MU_NONE) {
                break;
            }
            persons[person].station = s + 1;
            have++;
        }
        note_station(y, s, have);
    }
}

enum { STAFF_MOST = 5000 }; /* as the file allows */

void mu_year_staff_look(mu_year_sim *y, uint32_t staff) {
    uint8_t there[STAFF_MOST];
    const mu_staff_plan *plan = &y->plan->staff.items[staff];
    mu_year_staff_now *now = mu_year_staff_of(y, staff);
    const int64_t team = team_on_shift(y, staff);
    mu_year_add_up(y, staff);
    for (uint32_t k = 0; k < (uint32_t)plan->given->count; k++) {
        there[k] = is_there(y, staff, k, team);
    }
    if (plan->stations > 0) {
        man_stations(y, staff, there);
    }
    now->there = now->busy = now->held = 0;
    for (uint32_t k = 0; k < (uint32_t)plan->given->count; k++) {
        const mu_year_person *p = &mu_year_persons(y)[plan->first + k];
        now->there += there[k];
        now->busy += there[k] != 0 && p->job != 0;
        now->held += there[k] != 0 && p->station != 0;
    }
}

/* One person has come or gone: where no station has to be manned, the counts change by that one. */
static void person_changes(mu_year_sim *y, uint32_t staff, uint32_t person, bool was_there) {
    const bool is = mu_year_on_shift(y, staff, person);
    mu_year_staff_now *now = mu_year_staff_of(y, staff);
    if (y->plan->staff.items[staff].stations > 0) {
        mu_year_staff_look(y, staff);
    } else if (is != was_there) {
        const uint32_t busy = mu_year_persons(y)[person].job != 0;
        mu_year_add_up(y, staff);
        now->there += is ? 1 : UINT32_MAX;
        now->busy += is ? busy : 0U - busy;
    }
    mu_year_hand_out(y, staff);
}

static void look_and_hand_out(mu_year_sim *y, uint32_t staff) {
    mu_year_staff_look(y, staff);
    mu_year_hand_out(y, staff);
}

/* The next change of shift, or of the offices opening and closing. */
static mu_time next_shift(const mu_year_sim *y, const mu_staff *staff) {
    const mu_calendar *calendar = &y->plan->calendar;
    const mu_time now_us = mu_sim_now(&y->sim);
    if (staff->pattern == MU_PATTERN_ROTA) {
        const mu_time shift_us = mu_time_from_s(staff->shift_h * 3600);
        const mu_time since_us = now_us - 8 * MU_HOUR + MU_DAY;
        return now_us + shift_us - since_us % shift_us;
    }
    const mu_time today_us = now_us / MU_DAY * MU_DAY;
    const bool open = mu_calendar_office(calendar, now_us) == now_us;
    return open ? today_us + calendar->closes_us : mu_calendar_office(calendar, now_us + 1);
}

void mu_year_on_shift_begins(mu_year_sim *y, const mu_event *event) {
    const mu_time next_us = next_shift(y, y->plan->staff.items[event->subject].given);
    mu_sim_schedule(&y->sim, next_us - mu_sim_now(&y->sim), MU_EVENT_YEAR_SHIFT, event->subject,
                    event->cause, 0);
    look_and_hand_out(y, event->subject);
}

/* Microseconds of a wait in days; each person's n-th of a purpose is drawn once. */
static mu_time days_of(mu_year_sim *y, uint32_t person, const mu_dist *days, mu_purpose purpose,
                       uint32_t n) {
    const double drawn = mu_year_draw(y, days, purpose, mu_year_person_hash(y->plan, person), n);
    return mu_time_from_s(drawn * 86400);
}

/* What falls after the year's end need not wait in the queue. */
void mu_year_later(mu_year_sim *y, mu_time wait_us, mu_event_kind kind, uint32_t subject,
                   uint32_t cause, uint64_t argument) {
    if (wait_us < mu_year_of(y)->end_us - mu_sim_now(&y->sim)) {
        mu_sim_schedule(&y->sim, wait_us, kind, subject, cause, argument);
    }
}

static uint32_t note_present(mu_year_sim *y, uint32_t person, uint32_t cause) {
    return mu_sim_record(&y->sim, MU_RECORD_PRESENT, cause, MU_HANDLE(MU_THING_PERSON, person), 0,
                         0);
}

static uint32_t note_away(mu_year_sim *y, uint32_t person, uint32_t why, uint32_t cause) {
    const uint32_t staff = mu_year_staff_at(y->plan, person);
    const uint32_t record = mu_sim_write(
        &y->sim, (mu_record){.kind = MU_RECORD_AWAY,
                             .cause = cause,
                             .subject = MU_HANDLE(MU_THING_PERSON, person),
                             .object = mu_year_word(y->plan, y->plan->staff.items[staff].given->id),
                             .value = why});
    mu_year_staff_of(y, staff)->last = record;
    return record;
}

static void schedule_illness(mu_year_sim *y, uint32_t person, uint32_t cause) {
    const mu_staff *staff = y->plan->staff.items[mu_year_staff_at(y->plan, person)].given;
    if (staff->ill_per_year > 0) {
        const mu_dist wait = {.kind = MU_DIST_EXPONENTIAL, .a = 365.25 / staff->ill_per_year};
        const mu_time wait_us =
            days_of(y, person, &wait, MU_PURPOSE_YEAR_ILL, 2 * mu_year_persons(y)[person].spells);
        mu_year_later(y, wait_us, MU_EVENT_YEAR_ILL, person, cause, 0);
    }
}

void mu_year_on_ill(mu_year_sim *y, const mu_event *event) {
    const uint32_t person = event->subject, staff = mu_year_staff_at(y->plan, person);
    mu_year_person *p = &mu_year_persons(y)[person];
    const mu_time wait_us = days_of(y, person, &y->plan->staff.items[staff].given->ill_d,
                                    MU_PURPOSE_YEAR_ILL, 2 * p->spells + 1);
    const bool was_there = mu_year_on_shift(y, staff, person);
    p->spells++;
    p->away++;
    const uint32_t record = note_away(y, person, AWAY_ILL, event->cause);
    mu_year_later(y, wait_us, MU_EVENT_YEAR_BACK, person, record, 1);
    person_changes(y, staff, person, was_there);
}

void mu_year_on_leave(mu_year_sim *y, const mu_event *event) {
    const uint32_t person = event->subject, staff = mu_year_staff_at(y->plan, person);
    const bool was_there = mu_year_on_shift(y, staff, person);
    mu_year_persons(y)[person].away++;
    const uint32_t record = note_away(y, person, AWAY_LEAVE, event->cause);
    mu_sim_schedule(&y->sim, (mu_time)event->argument * MU_DAY, MU_EVENT_YEAR_BACK, person, record,
                    0);
    person_changes(y, staff, person, was_there);
}

void mu_year_on_back(mu_year_sim *y, const mu_event *event) {
    const uint32_t person = event->subject, staff = mu_year_staff_at(y->plan, person);
    const bool was_there = mu_year_on_shift(y, staff, person);
    mu_year_persons(y)[person].away--;
    const uint32_t record = note_present(y, person, event->cause);
    if (event->argument == 1) {
        schedule_illness(y, person, record);
    }
    person_changes(y, staff, person, was_there);
}

static void schedule_resigning(mu_year_sim *y, uint32_t person, uint32_t cause) {
    const mu_staff *staff = y->plan->staff.items[mu_year_staff_at(y->plan, person)].given;
    if (staff->leaves_share > 0 && staff->leaves_share < 1) {
        /* A constant rate whose share over one year is the given one. */
        const mu_dist wait = {.kind = MU_DIST_EXPONENTIAL,
                              .a = -365.25 / log1p(-staff->leaves_share)};
        const mu_time wait_us = days_of(y, person, &wait, MU_PURPOSE_YEAR_TURNOVER,
                                        2 * mu_year_persons(y)[person].tenures);
        mu_year_later(y, wait_us, MU_EVENT_YEAR_RESIGNS, person, cause, 0);
    }
}

void mu_year_on_resigns(mu_year_sim *y, const mu_event *event) {
    const uint32_t person = event->subject, staff = mu_year_staff_at(y->plan, person);
    mu_year_person *p = &mu_year_persons(y)[person];
    const mu_time wait_us = days_of(y, person, &y->plan->staff.items[staff].given->vacancy_d,
                                    MU_PURPOSE_YEAR_TURNOVER, 2 * p->tenures + 1);
    const bool was_there = mu_year_on_shift(y, staff, person);
    p->gone = 1;
    p->tenures++;
    const uint32_t record = note_away(y, person, AWAY_GONE, event->cause);
    mu_year_later(y, wait_us, MU_EVENT_YEAR_JOINS, person, record, 0);
    person_changes(y, staff, person, was_there);
}

void mu_year_on_joins(mu_year_sim *y, const mu_event *event) {
    const uint32_t person = event->subject, staff = mu_year_staff_at(y->plan, person);
    const bool was_there = mu_year_on_shift(y, staff, person);
    mu_year_persons(y)[person].gone = 0;
    for (uint32_t t = 0; t < y->plan->year.topics.count; t++) {
        mu_year_skill *skill = mu_year_skill_of(y, person, t);
        skill->knows = skill->passed = skill->examined = 0;
    }
    mu_year_conduct_clear(y, person);
    const uint32_t record = note_present(y, person, event->cause);
    mu_year_call(y, MU_CALL_NEWCOMER, MU_NONE, person, record);
    schedule_resigning(y, person, record);
    person_changes(y, staff, person, was_there);
}

enum { LEAVE_BLOCK_D = 10 };

/* Leave is planned before the year: blocks of working days, each in its own part of the year. */
static void plan_leave(mu_year_sim *y, uint32_t person, const mu_staff *staff, uint32_t cause) {
    const int64_t blocks = (staff->leave_d + LEAVE_BLOCK_D - 1) / LEAVE_BLOCK_D;
    for (int64_t b = 0; b < blocks; b++) {
        const int64_t rest = staff->leave_d - b * LEAVE_BLOCK_D;
        const int64_t days = rest < LEAVE_BLOCK_D ? rest : LEAVE_BLOCK_D;
        const mu_dist when = {.kind = MU_DIST_UNIFORM, .a = 0, .b = 1};
        const double u = mu_year_draw(y, &when, MU_PURPOSE_YEAR_LEAVE,
                                      mu_year_person_hash(y->plan, person), (uint32_t)b);
        const mu_time at_us =
            (mu_time)(((double)b + u) / (double)blocks * (double)y->plan->year.days) * MU_DAY;
        /* Five working days are a week away. */
        mu_sim_schedule(&y->sim, at_us, MU_EVENT_YEAR_LEAVE, person, cause,
                        (uint64_t)(days / 5 * 7 + days % 5));
    }
}

void mu_year_people_begin(mu_year_sim *y) {
    const uint32_t cause = mu_year_of(y)->started;
    for (uint32_t s = 0; s < y->plan->staff.count; s++) {
        const mu_staff_plan *staff = &y->plan->staff.items[s];
        mu_year_staff_of(y, s)->last = MU_NO_RECORD;
        for (uint32_t k = 0; k < (uint32_t)staff->given->count; k++) {
            schedule_illness(y, staff->first + k, cause);
            schedule_resigning(y, staff->first + k, cause);
            plan_leave(y, staff->first + k, staff->given, cause);
        }
    }
    for (uint32_t s = 0; s < y->plan->year.stations.count; s++) {
        mu_year_station_of(y, s)->there = (uint32_t)y->plan->year.stations.items[s].persons;
    }
    for (uint32_t s = 0; s < y->plan->staff.count; s++) {
        mu_sim_schedule(&y->sim, 0, MU_EVENT_YEAR_SHIFT, s, cause, 0);
    }
}
