/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a portal's line to gates: where exactly one passes from area to area. */
#ifndef MU_SITE_GATES_H
#define MU_SITE_GATES_H

#include "site/border.h"

/* What a portal becomes. */
typedef struct mu_passage {
    uint32_t count;         /* 0: not to be walked, or a fault; a door has one gate, a stair two */
    mu_gate gates[2];       /* a stair's: foot, head */
    double flight_length_m; /* stairs: along the slope */
} mu_passage;

/* Of a portal that is whole and whose spaces are sound. `flight` is the index of a stair's area.
 * Faults (in no wall, too narrow) go to `diags`. */
mu_passage mu_passage_make(const mu_site *site, const mu_border *borders, uint32_t portal,
                           uint32_t flight, mu_diags *diags);

/* Does a door of this line and width fit between the borders of two spaces? Only then does the
 * above make one. */
bool mu_door_fits(const mu_border *one, const mu_border *other, const mu_ring *line,
                  double width_m);

#endif
