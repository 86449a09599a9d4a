/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast and how broad a person is, drawn once from their own stream.
 *
 * Level walking: adults uniform 1.25 ± 0.30 m/s, elderly uniform 0.80 ± 0.30 m/s (defaults of
 * FDS+Evac; Korhonen, FDS+Evac technical reference and user's guide); people with an aid Normal,
 * redrawn until within the range observed (Boyce, Shields & Silcock 1999, Fire Technology 35,
 * cited after Tinaburri 2018): crutches 0.94 / 0.30 in 0.63–1.35, stick 0.81 / 0.38 in 0.26–1.60,
 * walking frame 0.57 / 0.29 in 0.10–1.02, manual wheelchair 0.69 / 0.35 in 0.13–1.35.
 *
 * Stairs: the person's level speed times a fraction, the ratio of mid-points on stairs and on the
 * flat in IMO MSC.1/Circ.1533, Annex 3, Tables 3.4 and 3.5 (see speed.c). Wheelchairs: 0. */
#ifndef MU_CROWD_SPEED_H
#define MU_CROWD_SPEED_H

#include "core/random.h"
#include "crowd/roster.h"

typedef struct mu_gait {
    double radius_m; /* of the body's disc: uniform 0.20–0.25; wheelchair 0.35 */
    double level_mps;
    double down_mps, up_mps; /* along the slope of stairs; 0 = cannot use them unaided */
} mu_gait;

mu_gait mu_gait_draw(mu_mobility mobility, mu_stream *stream);

#endif
