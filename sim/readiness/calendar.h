/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The civil calendar of a year: days, weeks, months, working days and office hours, in whole
 * microseconds since midnight of the first day. */
#ifndef MU_READINESS_CALENDAR_H
#define MU_READINESS_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "muster/time.h"
#include "readiness/year.h"

#define MU_HOUR (INT64_C(3600) * MU_SECOND)
#define MU_DAY  (INT64_C(24) * MU_HOUR)

typedef struct mu_calendar {
    int64_t first_day; /* since 1970-01-01 */
    int64_t days;
    mu_time opens_us, closes_us; /* office hours, since midnight */
    const uint8_t *works;        /* one per day, and MU_CALENDAR_AFTER more: 1 = a working day */
} mu_calendar;

/* Days beyond the last for which working days are known. */
enum { MU_CALENDAR_AFTER = 62 };

/* Days since 1970-01-01 of a date of the Gregorian calendar, and back. */
int64_t mu_date_days(int64_t year, int month, int day);
void mu_date_of(int64_t days, int64_t *year, int *month, int *day);
/* Reads "2026-03-02" or "2026-03-02T09:00": days since 1970-01-01, and the time of day if asked. */
int64_t mu_date_read(const char *text, mu_time *clock_us);

bool mu_calendar_works(const mu_calendar *calendar, int64_t day);
/* Number of the period that a time falls into, counted from the one of the first day: hours, days,
 * weeks from Monday, calendar months. */
int64_t mu_calendar_period(const mu_calendar *calendar, mu_period period, mu_time at_us);
/* When the k-th period begins; the first may begin before the year does (then 0). */
mu_time mu_calendar_begins(const mu_calendar *calendar, mu_period period, int64_t k);
/* The earliest time at or after `at_us` in office hours of a working day. */
mu_time mu_calendar_office(const mu_calendar *calendar, mu_time at_us);
/* `at_us` and so much time in the office more. */
mu_time mu_calendar_add_office(const mu_calendar *calendar, mu_time at_us, mu_time office_us);
/* Working days from one time to another, with parts of days: office time over a day's office time.
 */
double mu_calendar_working_days(const mu_calendar *calendar, mu_time from_us, mu_time to_us);
/* Seconds in a unit of a clause's number, for comparing periods with it: a month counts as a
 * twelfth of a year of 365.25 days. 0 = no unit of time. */
double mu_calendar_unit_s(const char *unit);

#endif
