/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The curves of a day are those by which the U.S. Department of Energy's commercial prototype
 * buildings (ASHRAE 90.1) are peopled: schedules "OfficeMedium BLDG_OCC_SCH", "RetailStandalone
 * BLDG_OCC_SCH", "SchoolSecondary Bldg Occ" and "Hospital BLDG_OCC_SCH", weekdays and weekends, as
 * openstudio-standards prints them. A share holds from its hour to the next. */
#include "crowd/presence.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double curves[MU_DAY_KIND_COUNT][2][MU_HOURS] = {
    [MU_DAY_OFFICE] = {{0,   0,    0,    0,    0,    0,   0.1, 0.2, 0.95, 0.95, 0.95, 0.95,
                        0.5, 0.95, 0.95, 0.95, 0.95, 0.3, 0.1, 0.1, 0.1,  0.1,  0.05, 0.05},
                       {0,   0,   0,   0,   0,   0,    0.1,  0.1, 0.3, 0.3, 0.3, 0.3,
                        0.1, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0,   0,   0,   0,   0}},
    [MU_DAY_SHOP] = {{0,   0,   0,   0,   0,   0,   0,   0.1, 0.2, 0.5, 0.5, 0.7,
                      0.7, 0.7, 0.7, 0.8, 0.7, 0.5, 0.5, 0.3, 0.3, 0,   0,   0},
                     {0,   0,   0,   0,   0,   0,   0,   0.1, 0.2, 0.5, 0.6, 0.8,
                      0.8, 0.8, 0.8, 0.8, 0.8, 0.6, 0.2, 0.2, 0.2, 0.1, 0,   0}},
    [MU_DAY_SCHOOL] = {{0,   0,   0,   0,   0,    0,    0,    0,    0.7,  0.7, 0.7, 0.7,
                        0.7, 0.7, 0.7, 0.7, 0.15, 0.15, 0.15, 0.15, 0.15, 0,   0,   0},
                       {0}},
    [MU_DAY_HOSPITAL] = {{0,   0,   0,   0,   0,   0,   0,   0.1, 0.5, 0.8, 0.8, 0.8,
                          0.8, 0.8, 0.8, 0.8, 0.8, 0.5, 0.3, 0.3, 0.2, 0.2, 0,   0},
                         {0,   0,   0,   0,   0,   0,   0,   0.1, 0.3, 0.4, 0.4, 0.4,
                          0.4, 0.4, 0.4, 0.4, 0.4, 0.1, 0.1, 0,   0,   0,   0,   0}},
};

double mu_day_curve(mu_day_kind day, uint32_t weekday, uint32_t hour) {
    return day == MU_DAY_ALWAYS ? 1 : curves[day][weekday >= 5][hour % MU_HOURS];
}

double mu_presence_share(const mu_group *group, uint32_t weekday, uint32_t hour) {
    return group->by_hour.count == MU_HOURS
               ? fmin(fmax(group->by_hour.items[hour % MU_HOURS], 0), 1)
               : mu_day_curve((mu_day_kind)group->day, weekday, hour);
}

static bool is_of_day(const mu_shift *shift, uint32_t weekday) {
    bool found = shift->days.count == 0;
    for (uint32_t i = 0; i < shift->days.count; i++) {
        found = found || shift->days.items[i] == (int)weekday;
    }
    return found;
}

/* A shift that ends before it begins goes on into the next day. */
static bool covers(const mu_shift *shift, uint32_t weekday, double hour) {
    const uint32_t yesterday = (weekday + MU_WEEK_DAYS - 1) % MU_WEEK_DAYS;
    if (shift->from_h < shift->to_h) {
        return is_of_day(shift, weekday) && hour >= shift->from_h && hour < shift->to_h;
    }
    return (is_of_day(shift, weekday) && hour >= shift->from_h) ||
           (is_of_day(shift, yesterday) && hour < shift->to_h);
}

bool mu_presence_is_on_duty(const mu_member *member, uint32_t weekday, double hour) {
    bool on = member->shifts.count == 0;
    for (uint32_t i = 0; i < member->shifts.count; i++) {
        on = on || covers(&member->shifts.items[i], weekday, hour);
    }
    return on;
}

uint32_t mu_presence_weekday(const char *date) {
    static const int months[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
    int year, month, day;
    if (sscanf(date, "%4d-%2d-%2d", &year, &month, &day) != 3 || year < 1 || month < 1 ||
        month > 12 || day < 1) {
        return 0; /* while somebody types it */
    }
    year -= month < 3;
    const int sunday_first =
        (year + year / 4 - year / 100 + year / 400 + months[month - 1] + day) % 7;
    return (uint32_t)(sunday_first + 6) % MU_WEEK_DAYS;
}

double mu_presence_hour(const char *date, double otherwise) {
    const char *clock = date == NULL ? NULL : strchr(date, 'T');
    int hour, minute = 0;
    const int read = clock == NULL ? 0 : sscanf(clock + 1, "%2d:%2d", &hour, &minute);
    return read < 1 || hour < 0 || hour > 23 || minute < 0 ? otherwise : hour + minute / 60.0;
}

/* Where those whom they relieve are not there either, nobody is relieved. */
static void drop_empty_reliefs(mu_roster *roster) {
    for (uint32_t i = 0; i < roster->members.count; i++) {
        mu_member *member = &roster->members.items[i];
        const uint32_t other = member->relieves.index;
        if (member->shifts.count > 0 && !member->off_duty && member->relieves.id != NULL &&
            other < roster->members.count && roster->members.items[other].count == 0) {
            member->relieves = (mu_ref){NULL, MU_NONE};
            member->comes_at_h = -1;
        }
    }
}

void mu_presence_apply(mu_roster *roster, const char *date) {
    const double hour = mu_presence_hour(date, -1);
    if (hour < 0) {
        return;
    }
    const uint32_t weekday = mu_presence_weekday(date);
    for (uint32_t g = 0; g < roster->groups.count; g++) {
        mu_group *group = &roster->groups.items[g];
        const double share = mu_presence_share(group, weekday, (uint32_t)hour);
        group->count =
            share < 1 ? (int64_t)floor((double)group->count * share + 0.5) : group->count;
    }
    for (uint32_t i = 0; i < roster->members.count; i++) {
        mu_member *member = &roster->members.items[i];
        if (member->shifts.count > 0) {
            const bool on = mu_presence_is_on_duty(member, weekday, hour);
            member->off_duty = !on && member->relieves.id != NULL;
            member->count = on || member->off_duty ? member->count : 0;
        }
    }
    drop_empty_reliefs(roster);
}
