/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The site's own time goes before the band. */
#include "site/lock.h"

bool mu_lock_is_there(const mu_portal *portal) {
    return portal->kind == MU_PORTAL_DOOR && portal->lockable && portal->between.count == 2;
}

double mu_lock_draw(const mu_portal *portal, mu_stream *stream) {
    static const mu_dist band = {.kind = MU_DIST_UNIFORM, .a = MU_LOCK_LOW_S, .b = MU_LOCK_HIGH_S};
    const bool given = mu_dist_mean(&portal->locks_in_s) > 0;
    return mu_dist_draw(given ? &portal->locks_in_s : &band, &stream->rng);
}
