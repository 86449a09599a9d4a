/* SPDX-License-Identifier: GPL-3.0-or-later */
/* START triage of adults (Simple Triage and Rapid Treatment, Hoag Memorial Hospital and Newport
 * Beach Fire Department, edition of 1993; '30 - 2 - can do'): what a medic finds decides the tag,
 * and nothing else does. The patients are role-players of an exercise: the planner says how many of
 * each tag there are, and each plays findings that fit. */
#ifndef MU_HAZARD_START_H
#define MU_HAZARD_START_H

#include <stdbool.h>
#include <stdint.h>

#include "core/random.h"

typedef enum mu_start_tag {
    MU_START_GREEN,  /* minor: walks */
    MU_START_YELLOW, /* delayed */
    MU_START_RED,    /* immediate */
    MU_START_BLACK,  /* not breathing with the airway open */
    MU_START_TAG_COUNT
} mu_start_tag;

/* What a medic finds. */
typedef struct mu_start_findings {
    uint32_t walks;                 /* 1 = can */
    uint32_t breathes;              /* 1 = does */
    uint32_t breathes_after_airway; /* 1 = starts once the airway has been opened */
    uint32_t breaths_per_min;
    uint32_t radial_pulse; /* 1 = felt at the wrist */
    uint32_t refill_ms;    /* capillary refill */
    uint32_t obeys;        /* 1 = follows simple commands */
} mu_start_findings;

mu_start_tag mu_start_of(const mu_start_findings *findings);
/* Findings that give this tag: which sign an immediate patient shows is drawn. */
mu_start_findings mu_start_play(mu_start_tag tag, mu_stream *stream);
/* The word that result files use: "green", "yellow", "red", "black". */
const char *mu_start_tag_word(mu_start_tag tag);
/* All of them, NULL-terminated: the keywords of a field. */
extern const char *const mu_start_tag_words[];

#endif
