/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An incident that starts from a day of the year: who of the shift is there, what is broken, which
 * radios are dead and whether anybody knows, what is left in stock, who still holds a skill, and
 * which revision of the plan people have been taught. The state becomes changes to the texts of
 * site, roster and playbooks, so that the incident reads it as if a planner had written it. */
#ifndef MU_STUDY_YEAR_START_H
#define MU_STUDY_YEAR_START_H

#include "core/json_edit.h"
#include "readiness/year_run.h"

typedef struct mu_year_start {
    MU_LIST_OF(mu_edit) edits;
    MU_LIST_OF(const char *)
    said;             /* what is otherwise than in the files, a line each; translated */
    const char *date; /* "2026-03-02T10:00" */
    uint32_t room, said_room;
    bool no_memory;
} mu_year_start;

typedef struct mu_year_moment {
    uint64_t seed;
    uint32_t day; /* counted from 0; MU_NONE: a working day by chance */
    double hour;
    const char *language;
    const char *roster_text; /* as read, for members who are split; NULL: none are */
    size_t roster_length;
    const mu_playbook *playbooks; /* of the incident */
    const char *const *playbook_files;
    uint32_t playbook_count;
} mu_year_moment;

/* Plays one year up to the moment and says how things stand. Memory is the plan's arena.
 * MU_ERR_INPUT: the day is not in the year. */
MU_MUST_USE mu_status mu_year_sample(const mu_year_plan *plan, const mu_year_moment *moment,
                                     mu_year_start *out);

#endif
