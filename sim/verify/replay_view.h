/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A replay as something to be looked at. The file holds where everyone was and the floors; the
 * picture has these, how fast each one goes between two frames, and says that it has nothing
 * else. */
#ifndef MU_VERIFY_REPLAY_VIEW_H
#define MU_VERIFY_REPLAY_VIEW_H

#include "muster/diag.h"
#include "muster/session.h"

/* A session of the file; the fault is in `diags`. */
MU_MUST_USE mu_status mu_replay_session(const char *file, mu_session **out, mu_diags *diags);

#endif
