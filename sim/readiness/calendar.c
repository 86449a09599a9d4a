/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates by counting days from the first of March, so that the leap day comes last (the algorithm
 * of the proleptic Gregorian calendar in eras of 400 years). */
#include "readiness/calendar.h"

#include <stdlib.h>
#include <string.h>

int64_t mu_date_days(int64_t year, int month, int day) {
    const int64_t y = month <= 2 ? year - 1 : year;
    const int64_t era = (y >= 0 ? y : y - 399) / 400;
    const int64_t of_era = y - era * 400;
    const int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void mu_date_of(int64_t days, int64_t *year, int *month, int *day) {
    const int64_t z = days + 719468;
    const int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    const int64_t of_era = z - era * 146097;
    const int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
    const int64_t m = (5 * of_year + 2) / 153;
    *day = (int)(of_year - (153 * m + 2) / 5 + 1);
    *month = (int)(m < 10 ? m + 3 : m - 9);
    *year = y + era * 400 + (*month <= 2);
}

int64_t mu_date_read(const char *text, mu_time *clock_us) {
    char *end;
    const long year = strtol(text, &end, 10);
    const long month = *end == '-' ? strtol(end + 1, &end, 10) : 1;
    const long day = *end == '-' ? strtol(end + 1, &end, 10) : 1;
    const long hour = *end == 'T' ? strtol(end + 1, &end, 10) : 0;
    const long minute = *end == ':' ? strtol(end + 1, &end, 10) : 0;
    if (clock_us != NULL) {
        *clock_us = (hour * 60 + minute) * 60 * MU_SECOND;
    }
    return mu_date_days(year, (int)month, (int)day);
}

static int64_t floor_div(int64_t a, int64_t b) {
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

/* 0 = Monday. 1970-01-01 was a Thursday. */
static int64_t weekday(int64_t day) {
    return (day + 3) - floor_div(day + 3, 7) * 7;
}

bool mu_calendar_works(const mu_calendar *calendar, int64_t day) {
    return day >= 0 && day < calendar->days + MU_CALENDAR_AFTER && calendar->works[day] != 0;
}

static int64_t month_number(int64_t day) {
    int64_t year;
    int month, of_month;
    mu_date_of(day, &year, &month, &of_month);
    return year * 12 + month - 1;
}

int64_t mu_calendar_period(const mu_calendar *calendar, mu_period period, mu_time at_us) {
    const int64_t day = floor_div(at_us, MU_DAY);
    switch (period) {
    case MU_PERIOD_HOUR:
        return floor_div(at_us, MU_HOUR);
    case MU_PERIOD_WEEK:
        return floor_div(day + weekday(calendar->first_day), 7);
    case MU_PERIOD_MONTH:
        return month_number(calendar->first_day + day) - month_number(calendar->first_day);
    case MU_PERIOD_DAY:
    case MU_PERIOD_NONE:
    case MU_PERIOD_COUNT:
        break;
    }
    return day;
}

mu_time mu_calendar_begins(const mu_calendar *calendar, mu_period period, int64_t k) {
    mu_time at_us = k * MU_DAY;
    if (period == MU_PERIOD_HOUR) {
        at_us = k * MU_HOUR;
    } else if (period == MU_PERIOD_WEEK) {
        at_us = (7 * k - weekday(calendar->first_day)) * MU_DAY;
    } else if (period == MU_PERIOD_MONTH) {
        const int64_t month = month_number(calendar->first_day) + k;
        at_us = (mu_date_days(month / 12, (int)(month % 12) + 1, 1) - calendar->first_day) * MU_DAY;
    }
    return at_us < 0 ? 0 : at_us;
}

mu_time mu_calendar_office(const mu_calendar *calendar, mu_time at_us) {
    int64_t day = floor_div(at_us, MU_DAY);
    if (mu_calendar_works(calendar, day) && at_us - day * MU_DAY < calendar->closes_us) {
        const mu_time opens_us = day * MU_DAY + calendar->opens_us;
        return at_us > opens_us ? at_us : opens_us;
    }
    do {
        day++;
    } while (day < calendar->days + MU_CALENDAR_AFTER && !mu_calendar_works(calendar, day));
    return day * MU_DAY + calendar->opens_us;
}

mu_time mu_calendar_add_office(const mu_calendar *calendar, mu_time at_us, mu_time office_us) {
    mu_time now_us = mu_calendar_office(calendar, at_us);
    for (;;) {
        const mu_time closes_us = floor_div(now_us, MU_DAY) * MU_DAY + calendar->closes_us;
        if (office_us <= closes_us - now_us || now_us > (calendar->days + 31) * MU_DAY) {
            return now_us + office_us;
        }
        office_us -= closes_us - now_us;
        now_us = mu_calendar_office(calendar, closes_us);
    }
}

double mu_calendar_working_days(const mu_calendar *calendar, mu_time from_us, mu_time to_us) {
    const mu_time day_us = calendar->closes_us - calendar->opens_us;
    mu_time sum_us = 0, now_us = mu_calendar_office(calendar, from_us);
    while (now_us < to_us && now_us < (calendar->days + MU_CALENDAR_AFTER) * MU_DAY) {
        const mu_time closes_us = floor_div(now_us, MU_DAY) * MU_DAY + calendar->closes_us;
        sum_us += (to_us < closes_us ? to_us : closes_us) - now_us;
        now_us = mu_calendar_office(calendar, closes_us);
    }
    return day_us > 0 ? (double)sum_us / (double)day_us : 0;
}

double mu_calendar_unit_s(const char *unit) {
    static const struct {
        const char *name;
        double seconds;
    } units[] = {{"s", 1},
                 {"min", 60},
                 {"h", 3600},
                 {"d", 86400},
                 {"months", 365.25 / 12 * 86400},
                 {"working_days", 86400}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (strcmp(units[i].name, unit) == 0) {
            return units[i].seconds;
        }
    }
    return 0;
}
