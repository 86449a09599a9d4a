/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "playing.h"

#include "command.h"
#include "core/i18n.h"
#include "study/replications.h"

bool mu_playing_operand(const mu_usage *usage, const mu_given_options *given, const char *folder,
                        const char **incident) {
    if (given->operand_count != 1) {
        (void)mu_refuse_usage(usage->command, given->operand_count == 0
                                                  ? _("no incident file given")
                                                  : _("one incident at a time"));
        return false;
    }
    if (folder == NULL || folder[0] == 0) {
        (void)mu_refuse_usage(usage->command,
                              _("-o is missing: where the files are to be written"));
        return false;
    }
    *incident = given->operands[0];
    return true;
}

bool mu_playing_motion(const mu_usage *usage, const char *motion, const char *mode,
                       mu_playing *out) {
    out->motion = motion;
    out->motion_mode = mode;
    return mu_option_word(usage->command, "motion", motion, mu_motion_words, &out->motion_kind) &&
           mu_option_word(usage->command, "motion-mode", mode, mu_motion_mode_words, &out->mode);
}

bool mu_playing_runs(const mu_usage *usage, const char *seed, const char *reps, const char *jobs,
                     mu_playing *out) {
    out->has_seed = seed != NULL;
    return mu_option_number(usage->command, "seed", seed, 0, (uint64_t)MU_FIELD_INT_MOST,
                            &out->seed) &&
           mu_option_number(usage->command, "reps", reps, 1, MU_STUDY_REPS_MOST, &out->reps) &&
           mu_option_number(usage->command, "jobs", jobs, 0, MU_JOBS_MOST, &out->jobs);
}

void mu_playing_apply(const mu_playing *playing, mu_plan *plan) {
    if (plan != NULL && playing->motion != NULL) {
        plan->incident.motion = playing->motion_kind;
    }
    if (plan != NULL && playing->motion_mode != NULL) {
        plan->incident.motion_mode = playing->mode;
    }
}
