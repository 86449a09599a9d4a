/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rooms that have to be cooled, and dried or moistened, drift away from their usual air while there
 * is no power for it: they warm up by so many degrees a minute, as the planner gives it, and their
 * humidity follows from that and from the air that comes in (hazard/humidity.h). At the sensor's
 * level it is too warm, too dry or too damp, and the sensor tells the desk, late or not at all.
 * With power back in time nothing happens. */
#ifndef MU_RESPONSE_CLIMATE_H
#define MU_RESPONSE_CLIMATE_H

#include "response/response.h"

/* What a sensor reads; numbered as the occasions of their draws. */
typedef enum mu_climate_reading {
    MU_CLIMATE_HEAT,
    MU_CLIMATE_DRY,
    MU_CLIMATE_DAMP,
    MU_CLIMATE_COUNT
} mu_climate_reading;

/* The word of records: "heat", "dry", "damp". */
const char *mu_climate_word(mu_climate_reading reading);
/* Is this a sensor with a level for such a reading? */
bool mu_climate_watches(const mu_equipment *sensor, mu_climate_reading reading);

/* Minutes until a room that warms up from `usual_c` is at `alarm_c`; INFINITY if it never is. */
double mu_climate_minutes(double usual_c, double alarm_c, double rise_c_per_min);

/* Something was written: is the power gone? */
void mu_climate_hear(mu_sim *sim, uint32_t record);

/* Handlers; subject: the sensor. Argument: the record with which the power went, and above its 32
 * bits the reading. */
void mu_climate_on_warm(mu_sim *sim, const mu_event *event);
void mu_climate_on_alarm(mu_sim *sim, const mu_event *event);

#endif
