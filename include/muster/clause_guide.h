/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A clause of one's own, step by step: from which event to which, by whom, where and within what
 * time; read back as a sentence, and tried on the incident before it is added. What can be chosen
 * is what the scenario's clauses and playbooks know of. */
#ifndef MUSTER_CLAUSE_GUIDE_H
#define MUSTER_CLAUSE_GUIDE_H

#include "muster/project.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { MU_DRAFT_WORD = 84 };

/* "" = not chosen, of an actor or a place: any. */
typedef struct mu_clause_draft {
    char start[MU_DRAFT_WORD], start_about[MU_DRAFT_WORD]; /* "declared", "red" */
    char end[MU_DRAFT_WORD], actor[MU_DRAFT_WORD],
        place[MU_DRAFT_WORD]; /* "arrived", "police", "core" */
    double limit_s;
    char owner[MU_DRAFT_WORD]; /* role that answers for it */
} mu_clause_draft;

typedef struct mu_guide_word {
    const char *word, *name; /* as files have it; in plain words */
} mu_guide_word;

typedef struct mu_guide_words {
    const mu_guide_word *list;
    uint32_t count;
} mu_guide_words;

/* Choices, by name; borrowed until the project changes. None where the scenario has faults. */
mu_guide_words mu_guide_events(mu_project *project, const char *language);
/* What or whom an event is about; `place`: where, of what was chosen. */
mu_guide_words mu_guide_abouts(mu_project *project, const char *event, const char *language);
mu_guide_words mu_guide_places(mu_project *project, const char *event, const char *about,
                               const char *language);
mu_guide_words mu_guide_roles(mu_project *project, const char *language);

/* What was chosen, as a sentence; "" until there is enough. Borrowed until the next call. */
const char *mu_guide_sentence(mu_project *project, const mu_clause_draft *draft,
                              const char *language);

typedef struct mu_guide_trial {
    uint32_t reps, decided, met, undecided, not_exercised;
    double median_s; /* NAN: nothing was judged; INFINITY: never */
    bool never_starts;
} mu_guide_trial;
/* Plays the incident so many times and judges the clause alone by the same rules as every other.
 * MU_ERR_INPUT: it cannot be played, or the draft is not enough. */
MU_MUST_USE mu_status mu_guide_try(mu_project *project, const mu_clause_draft *draft, uint32_t reps,
                                   mu_guide_trial *out);
/* Adds it to the policy; its pointer goes to `out`. One step. */
MU_MUST_USE mu_status mu_guide_add(mu_project *project, const mu_clause_draft *draft,
                                   const char *language, char *out, size_t room);

/* --- a clause beside that of the policy that comes with Muster --- */

/* Is the paper that file itself, which everybody's scenarios read? */
bool mu_project_is_shipped(const mu_project *project, uint32_t paper);
/* Has the incident go by a copy of it beside the site, which is then what is edited. MU_ERR_INPUT:
 * there is no incident, or something in it was changed already. */
MU_MUST_USE mu_status mu_project_own_policy(mu_project *project, uint32_t paper);
/* The value of a member of a clause, or of a demand in it, there; the caller frees it. NULL: the
 * clause is new, or is not of the policy. `differs` where it is another here. */
char *mu_project_shipped_value(mu_project *project, uint32_t paper, const char *pointer,
                               bool *differs);
/* Puts a member, or a whole clause, back as it is there. One step. */
MU_MUST_USE mu_status mu_project_take_shipped(mu_project *project, uint32_t paper,
                                              const char *pointer);

#ifdef __cplusplus
}
#endif
#endif
