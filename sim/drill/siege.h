/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one run says about shelter and about people who are held; read from its log alone. */
#ifndef MU_DRILL_SIEGE_H
#define MU_DRILL_SIEGE_H

#include "crowd/crowd.h"
#include "drill/plan.h"

/* An occupant's state changes. */
typedef struct mu_state_change {
    mu_time time_us;
    uint32_t from, to; /* mu_occupant_state */
} mu_state_change;

typedef struct mu_siege {
    mu_time seized_us, resolved_us;     /* MU_NEVER */
    mu_time locked_down_us, secured_us; /* the first lockdown: ordered, and its zone secured */
    uint32_t held;                      /* when it began */
    uint32_t let_go;                    /* before the end */
    double held_person_s;               /* time spent held, all together */
    uint32_t sheltered;                 /* most in shelter at once */
    uint32_t stayed_in;                 /* inside at the end because they had been told to stay */
    uint32_t doors;                     /* locked by hand */
    uint32_t crossed_untold; /* comings into sight of the place before the end: of people whom no
                                order to keep clear had reached, or who were in sight already, */
    uint32_t crossed_told;   /* and of people out of sight whom one had */
    uint32_t asked, known;   /* persons in shelter who got a message to answer, who answered */
    mu_time known_half_us;   /* until half of the most in shelter were known; MU_NEVER */
    mu_state_change *changes;
    uint32_t change_count;
} mu_siege;

/* MU_ERR_MEMORY leaves nothing to destroy. */
MU_MUST_USE mu_status mu_siege_read(const mu_plan *plan, const mu_log *log, mu_time end_us,
                                    mu_siege *out);
void mu_siege_destroy(mu_siege *siege);

#endif
