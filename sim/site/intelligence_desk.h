/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The site's intelligence desk: who works on reports of threats, and for how long. Each is
 * screened, what cannot be ruled out is assessed, and what is credible is confirmed. */
#ifndef MU_SITE_INTELLIGENCE_DESK_H
#define MU_SITE_INTELLIGENCE_DESK_H

#include "core/dist.h"
#include "core/field_told.h"

typedef struct mu_intelligence_desk {
    const char *role; /* NULL: nobody does */
    mu_dist screen_s, assess_s, confirm_s;
    double others_per_h;    /* reports that come to nothing */
    double others_screened; /* share of them that screening does not rule out, */
    double others_assessed; /* and of those the share that assessing does not */
} mu_intelligence_desk;

extern const struct mu_record_type mu_intelligence_desk_type;

#endif
