/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Guides who stand somewhere during an evacuation and lead to one door to the open: whoever leaves
 * and has one in sight goes by the guide's door, as if it were the only one (exits.h). Known doors
 * and signs draw people less than somebody with a vest who says where to go; only a party that
 * keeps together, and a door that is known to be closed, are stronger. */
#ifndef MU_CROWD_GUIDES_H
#define MU_CROWD_GUIDES_H

#include "core/given.h"
#include "crowd/crowd.h"

#define MU_GUIDES_MOST 64

typedef struct mu_guide_now {
    uint32_t person; /* MU_NONE: this place is free */
    uint32_t door;   /* portal */
    uint32_t record; /* since */
    uint32_t led;    /* persons */
} mu_guide_now;

void mu_guides_register(mu_layout *layout);
void mu_guides_begin(mu_sim *sim);
/* From now on somebody leads to that of the doors that is nearest to them by the cost of the way.
 */
void mu_guide_place(mu_sim *sim, uint32_t person, const mu_ref_list *doors, uint32_t record);
void mu_guide_leave(mu_sim *sim, uint32_t person);
/* Looks for guides in their area, from a point of it. */
void mu_exit_look_for_guides(mu_sim *sim, uint32_t person, mu_point from);

#endif
