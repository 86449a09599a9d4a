/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is there at the hour at which an incident begins: a roster's groups by the curve of a day,
 * its members by their shifts. Pure functions, and one that puts a roster as it is at that hour. */
#ifndef MU_CROWD_PRESENCE_H
#define MU_CROWD_PRESENCE_H

#include "crowd/roster.h"

enum { MU_HOURS = 24, MU_WEEK_DAYS = 7 };

/* Share of a group's `count` that is there from this hour of the day to the next, 0..1; `weekday` 0
 * is Monday. Its own `by_hour` goes before the curve that `day` names. */
double mu_presence_share(const mu_group *group, uint32_t weekday, uint32_t hour);
/* The share that a published curve gives, whatever the group. */
double mu_day_curve(mu_day_kind day, uint32_t weekday, uint32_t hour);
/* Is the member on duty then? One without shifts always is. */
bool mu_presence_is_on_duty(const mu_member *member, uint32_t weekday, double hour);
/* Monday 0 to Sunday 6 of "2026-09-15…", by Sakamoto's rule for the Gregorian calendar; of
 * what is no date, Monday. */
uint32_t mu_presence_weekday(const char *date);
/* The time of day of a date, in hours; `otherwise` where it names none. */
double mu_presence_hour(const char *date, double otherwise);

/* The roster at the time of a date with a time of day; as it is written where there is none. Who
 * has shifts and is not on duty then comes later if they relieve somebody, and else is not there at
 * all. */
void mu_presence_apply(mu_roster *roster, const char *date);

#endif
