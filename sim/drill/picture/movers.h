/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lifts and places of refuge, in words. */
#ifndef MU_DRILL_PICTURE_MOVERS_H
#define MU_DRILL_PICTURE_MOVERS_H

#include "drill/picture/inside.h"

/* Whether a room is a lift's car, and the car is there. */
mu_car mu_car_in(const mu_session *session, uint32_t room);
/* Of a room that is a lift's car; nothing of others. */
void mu_lift_tell(mu_session *session, uint32_t room, const char *language, mu_answer *out);
void mu_refuge_tell(mu_session *session, uint32_t refuge, const char *language, mu_answer *out);
/* What somebody does who is at a place of refuge. */
const char *mu_refuge_line(mu_session *session, uint32_t person);

#endif
