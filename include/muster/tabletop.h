/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tabletop: people round a table play an incident. It is a tree of branches, each a session of
 * its own, and a list of entries: what was said, sent and decided, when, in which branch. Every
 * entry is written to the session's file as it is made, and text as it is typed, so that whoever
 * opens the file again goes on where it stopped.
 *
 * What players may see is made here as well (mu_tabletop_public), from what the site knows and what
 * has been sent: whoever draws the audience's window is given nothing else. */
#ifndef MUSTER_TABLETOP_H
#define MUSTER_TABLETOP_H

#include "muster/session.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mu_tabletop mu_tabletop;

enum { MU_BRANCHES_MOST = 16 };
#define MU_NO_INJECT UINT32_MAX /* ad hoc */

typedef enum mu_entry_kind {
    MU_ENTRY_SENT,      /* an inject */
    MU_ENTRY_SKIPPED,   /* an inject */
    MU_ENTRY_POSTPONED, /* an inject, to `until_us` */
    MU_ENTRY_DECISION,
    MU_ENTRY_NOTE,
    MU_ENTRY_BRANCH,  /* a new one begins: `branch`, from `parent` */
    MU_ENTRY_STOPPED, /* paused for safety */
    MU_ENTRY_RESUMED,
    MU_ENTRY_SEEN,  /* nothing new: how far the session has come */
    MU_ENTRY_DRAFT, /* what is being typed */
    MU_ENTRY_KIND_COUNT
} mu_entry_kind;

/* The fields that can be typed. */
typedef enum mu_typed {
    MU_SAID_WHO,
    MU_SAID_WHAT,
    MU_SAID_WHY,
    MU_SAID_REJECTED,
    MU_SAID_COUNT
} mu_typed;

typedef struct mu_entry {
    uint32_t kind; /* mu_entry_kind */
    uint32_t branch, parent;
    uint32_t inject; /* of the incident's exercise; MU_NO_INJECT */
    mu_time time_us; /* of the scenario */
    mu_time until_us;
    int64_t wall_s;                  /* of the clock on the wall, since 1970 */
    mu_act act;                      /* kind NONE where it changes nothing in the simulation */
    uint32_t form;                   /* of a draft: the kind of entry that it is to be */
    const char *said[MU_SAID_COUNT]; /* "" where nothing was; a branch's name is its WHAT */
} mu_entry;

typedef struct mu_branch {
    const char *name;
    uint32_t parent; /* MU_NOWHERE: the first */
    mu_time parted_us;
    mu_time lived_us; /* how far it has been seen */
} mu_branch;

typedef enum mu_inject_state {
    MU_INJECT_WAITING,
    MU_INJECT_SENT,
    MU_INJECT_SKIPPED
} mu_inject_state;

/* One inject as it stands in the present branch. */
typedef struct mu_inject_now {
    const char *id, *name, *text, *from, *to, *method, *question, *expected, *objective;
    mu_time due_us; /* waiting: planned or postponed to; sent: when */
    uint32_t state; /* mu_inject_state */
    mu_act act;
} mu_inject_now;

typedef struct mu_tabletop_def {
    mu_session_def session;
    const char *path;     /* of the session's file; NULL: nothing is saved */
    const char *incident; /* files, as they are to be found again */
    const char *policy;   /* NULL: the incident's */
    const char *program;
    int64_t wall_s;
    bool read_only; /* mu_tabletop_resume: nothing is to be added */
} mu_tabletop_def;

/* Opens a new session; an old file of that name is replaced. */
MU_MUST_USE mu_status mu_tabletop_create(const mu_tabletop_def *def, mu_tabletop **out,
                                         mu_diags *diags);
/* From now on all of it is saved in a file; one of that name is replaced. */
MU_MUST_USE mu_status mu_tabletop_save_to(mu_tabletop *tabletop, const char *path, mu_diags *diags);
/* Goes on with the session that def->path holds: everything is played again up to where it was. */
MU_MUST_USE mu_status mu_tabletop_resume(const mu_tabletop_def *def, mu_tabletop **out,
                                         mu_diags *diags);
void mu_tabletop_destroy(mu_tabletop *tabletop);

/* What a session's file was made from. Strings are the caller's to free. */
typedef struct mu_tabletop_origin {
    char *incident, *policy; /* policy NULL: the incident's own */
    uint64_t seed;
    uint32_t replication;
    uint32_t entries; /* that were made, without drafts */
} mu_tabletop_origin;
MU_MUST_USE mu_status mu_tabletop_peek(const char *path, mu_tabletop_origin *out, mu_diags *diags);
void mu_tabletop_origin_free(mu_tabletop_origin *origin);

/* The clock on the wall; whoever draws tells it. */
void mu_tabletop_wall(mu_tabletop *tabletop, int64_t wall_s);
/* To be called once the present session has moved: notes how far it has come. MU_ERR_IO: in the
 * session's file it could not be noted. */
mu_status mu_tabletop_seen(mu_tabletop *tabletop);

uint32_t mu_tabletop_branch_count(const mu_tabletop *tabletop);
const mu_branch *mu_tabletop_branch(const mu_tabletop *tabletop, uint32_t branch);
uint32_t mu_tabletop_here(const mu_tabletop *tabletop);
mu_session *mu_tabletop_session(const mu_tabletop *tabletop, uint32_t branch);
void mu_tabletop_go(mu_tabletop *tabletop, uint32_t branch);
/* A new branch from the present moment, which becomes the present one. NULL: the next letter. */
MU_MUST_USE mu_status mu_tabletop_part(mu_tabletop *tabletop, const char *name);

uint32_t mu_tabletop_entry_count(const mu_tabletop *tabletop);
const mu_entry *mu_tabletop_entry(const mu_tabletop *tabletop, uint32_t entry);
/* Was it made in a branch, or before that parted from where it was made? */
bool mu_tabletop_belongs(const mu_tabletop *tabletop, uint32_t entry, uint32_t branch);

const mu_text *mu_tabletop_goals(const mu_tabletop *tabletop, uint32_t *count);
/* Part 0 … 4: facilitator, safety officer, evaluator, player, observer. */
uint32_t mu_tabletop_role_count(const mu_tabletop *tabletop);
mu_text mu_tabletop_role(const mu_tabletop *tabletop, uint32_t role, uint32_t *part);
mu_text mu_tabletop_stop_word(const mu_tabletop *tabletop);
uint32_t mu_tabletop_inject_count(const mu_tabletop *tabletop);
mu_inject_now mu_tabletop_inject(const mu_tabletop *tabletop, uint32_t inject,
                                 const char *language);

/* Entries. Where the branch has been seen beyond the present moment, an inject or a decision begins
 * a new branch first: nothing that was played is overwritten. */
MU_MUST_USE mu_status mu_tabletop_send(mu_tabletop *tabletop, uint32_t inject);
MU_MUST_USE mu_status mu_tabletop_skip(mu_tabletop *tabletop, uint32_t inject);
MU_MUST_USE mu_status mu_tabletop_postpone(mu_tabletop *tabletop, uint32_t inject, mu_time by_us);
/* Of kind SENT (ad hoc), DECISION or NOTE: `said`, `act` and `kind` are taken from it. */
MU_MUST_USE mu_status mu_tabletop_enter(mu_tabletop *tabletop, const mu_entry *entry);
/* What is being typed: saved, and given back by mu_tabletop_draft after a crash. */
MU_MUST_USE mu_status mu_tabletop_type(mu_tabletop *tabletop, mu_entry_kind form,
                                       const char *const *said);
/* The last draft that came to nothing; NULL. */
const mu_entry *mu_tabletop_draft(const mu_tabletop *tabletop);
MU_MUST_USE mu_status mu_tabletop_stop(mu_tabletop *tabletop, bool stopped);
bool mu_tabletop_is_stopped(const mu_tabletop *tabletop);

/* What everybody may see. Borrowed until the next call for a frame. */
typedef struct mu_public_line {
    mu_time time_us;
    const char *who, *what, *question;
} mu_public_line;
enum { MU_PUBLIC_LINES = 6 };
typedef struct mu_public {
    const mu_scenery *scene;
    mu_frame frame; /* without what the site does not know */
    const char *branch;
    bool stopped;
    const char *stop_word;
    bool has_inject;
    mu_public_line inject; /* the last one sent */
    mu_public_line decisions[MU_PUBLIC_LINES];
    uint32_t decision_count;   /* shown; the last one first */
    mu_time since_decision_us; /* MU_NEVER: none yet */
} mu_public;
bool mu_tabletop_public(mu_tabletop *tabletop, const char *language, mu_public *out);

#ifdef __cplusplus
}
#endif
#endif
