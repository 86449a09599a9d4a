/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What options say about how an incident is played, for all commands that play one. */
#ifndef MU_TOOLS_PLAYING_H
#define MU_TOOLS_PLAYING_H

#include "drill/plan.h"
#include "options.h"

typedef struct mu_playing {
    const char *motion, *motion_mode; /* NULL = the incident's */
    int motion_kind, mode;            /* the same as numbers, where given */
    bool has_seed;
    uint64_t seed, reps, jobs; /* jobs: threads; 0 = one per processor */
} mu_playing;

/* The one operand is an incident, and a folder for what is written is given; false: a complaint has
 * been printed. */
bool mu_playing_operand(const mu_usage *usage, const mu_given_options *given, const char *folder,
                        const char **incident);
/* Checks values of --motion and --motion-mode; NULL where not given. */
bool mu_playing_motion(const mu_usage *usage, const char *motion, const char *mode,
                       mu_playing *out);
/* Checks values of --seed, --reps and --jobs; what is not given stays as it is in *out. */
bool mu_playing_runs(const mu_usage *usage, const char *seed, const char *reps, const char *jobs,
                     mu_playing *out);
/* Motion as given goes before the incident's. `plan` may be NULL. */
void mu_playing_apply(const mu_playing *playing, mu_plan *plan);

#endif
