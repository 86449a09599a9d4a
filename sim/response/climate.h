/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rooms that have to be cooled warm up while there is no power to cool them: by so many degrees a
 * minute, as the planner gives it, from their usual temperature on. At the sensor's level it is too
 * warm, and the sensor tells the desk, late or not at all. With power back in time nothing happens.
 */
#ifndef MU_RESPONSE_CLIMATE_H
#define MU_RESPONSE_CLIMATE_H

#include "response/response.h"

/* Minutes until a room that warms up from `usual_c` is at `alarm_c`; INFINITY if it never is. */
double mu_climate_minutes(double usual_c, double alarm_c, double rise_c_per_min);

/* Something was written: is the power gone? */
void mu_climate_hear(mu_sim *sim, uint32_t record);

/* Handlers; subject: the sensor. Argument: the record with which the power went. */
void mu_climate_on_warm(mu_sim *sim, const mu_event *event);
void mu_climate_on_alarm(mu_sim *sim, const mu_event *event);

#endif
