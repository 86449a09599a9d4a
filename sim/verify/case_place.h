/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the people of a case start. */
#ifndef MU_VERIFY_CASE_PLACE_H
#define MU_VERIFY_CASE_PLACE_H

#include "verify/case.h"

/* A place for each person of a group: those that the file gives, or a square grid over its area,
 * each a little off by luck, so that bodies do not overlap where there is room. False: no room. */
bool mu_case_find_spots(const mu_case_people *group, uint64_t seed, mu_point *out);

#endif
