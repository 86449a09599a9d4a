/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where people have been lately, for the paths behind them: positions at every full second, taken
 * from frames. What it holds is a function of the run alone, however one came to a time: going back
 * beyond what it knows goes back by its length more and forward again. */
#ifndef MU_RENDER_WAKE_H
#define MU_RENDER_WAKE_H

#include "muster/session.h"

/* Seconds of path that are drawn, and seconds kept: so far back nothing has to be played again. */
enum { MU_WAKE_SECONDS = 30, MU_WAKE_KEPT = 4 * MU_WAKE_SECONDS };

typedef struct mu_wake_spot {
    uint32_t person; /* of the plan, ascending */
    uint32_t level;
    float x, y;
} mu_wake_spot;

/* One moment. */
typedef struct mu_wake_look {
    mu_time time_us;
    mu_wake_spot *spots;
    uint32_t count, capacity;
    bool taken;
} mu_wake_look;

typedef struct mu_wake {
    mu_wake_look looks[MU_WAKE_KEPT]; /* that of second n at n modulo their number */
    const mu_session *session;        /* that they are of, */
    uint32_t acts;                    /* with so many acts of a tabletop */
} mu_wake;

void mu_wake_forget(mu_wake *wake);
void mu_wake_free(mu_wake *wake);
/* As mu_session_seek, by way of what is missing; `language` is that of the frames. */
bool mu_wake_seek(mu_wake *wake, mu_session *session, const char *language, mu_time time,
                  uint32_t events);
/* The look at a full second; NULL where there is none. */
const mu_wake_look *mu_wake_at(const mu_wake *wake, mu_time time);

#endif
