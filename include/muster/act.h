/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An act: what people at a tabletop do to a running simulation, at a moment that they choose. An
 * inject brings it about, or a decision. A run with the same acts at the same times is the same
 * run. */
#ifndef MUSTER_ACT_H
#define MUSTER_ACT_H

#include <stdint.h>

#include "muster/log.h"
#include "muster/time.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mu_act_kind {
    MU_ACT_NONE,
    MU_ACT_CLOSE,    /* a portal, at once */
    MU_ACT_OPEN,     /* a portal, as the site has it */
    MU_ACT_CUT,      /* a channel; mains power where it names none */
    MU_ACT_RESTORE,  /* the same, works again */
    MU_ACT_DELAY,    /* a unit from outside: its next stage comes `by_s` later */
    MU_ACT_SUMMON,   /* a unit from outside that nobody has called yet */
    MU_ACT_DECLARE,  /* an alert level, a word of the plan */
    MU_ACT_START,    /* a step of a playbook is due now, whatever its trigger says */
    MU_ACT_CALL_OFF, /* a step of a playbook is off */
    MU_ACT_PLACE,    /* the second item that the incident gives is there from now on */
    MU_ACT_ARRIVE,   /* a group of the roster that is not on the site at first comes in */
    MU_ACT_KIND_COUNT
} mu_act_kind;

typedef struct mu_act {
    mu_time time_us; /* of the scenario; a session fills it in */
    uint32_t kind;   /* mu_act_kind */
    mu_handle what;  /* the portal, channel, unit, word, step or group; 0 = mains power */
    uint32_t by_s;   /* of DELAY: seconds; else 0 */
    uint32_t padding;
} mu_act;

/* As files have it: "close", "open" … */
const char *mu_act_word(mu_act_kind kind);
/* NONE where there is no such word. */
mu_act_kind mu_act_find(const char *word);

#ifdef __cplusplus
}
#endif
#endif
