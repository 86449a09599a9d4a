/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session: one replication that can be looked at, at any time, in any order. Going back is exact:
 * copies of the world are kept along the way, and from the copy before it the run is played again.
 *
 * A look-ahead plays the run to its end a slice at a time, in front of what is shown; it leaves the
 * copies and says what happens when. */
#ifndef MUSTER_SESSION_H
#define MUSTER_SESSION_H

#include "muster/act.h"
#include "muster/drill.h"
#include "muster/frame.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mu_session mu_session;
struct mu_played;

typedef struct mu_session_def {
    const mu_plan *plan; /* must outlive the session */
    uint64_t seed;
    uint32_t replication;
    double spacing_s;      /* between two copies at the most, and closer where much goes on; doubled
                              whenever they fill the memory */
    uint64_t memory_bytes; /* for copies, at most (two are always kept) */
    /* The same replication, played before: its copies serve instead. NULL as a rule; must outlive
     * the session. */
    const struct mu_played *played;
} mu_session_def;
/* The incident's seed, replication 0, a copy a minute, 720 MB for copies. */
mu_session_def mu_default_session_def(const mu_plan *plan);

/* Fails without memory, or with the status of a run that cannot begin. */
MU_MUST_USE mu_status mu_session_create(const mu_session_def *def, mu_session **out);
void mu_session_destroy(mu_session *session);
const mu_scenery *mu_session_scene(const mu_session *session);

/* Handles at most `events` events of the look-ahead; true once it knows the end. */
bool mu_session_look_ahead(mu_session *session, uint32_t events);
/* How far the look-ahead is: the end of the run once that is known. */
mu_time mu_session_known(const mu_session *session);
bool mu_session_end_is_known(const mu_session *session);

/* Goes to a time, forwards or back, handling at most `events` events (0 = as many as it takes).
 * True once it is there: every event up to and including that time has been handled. Beyond the end
 * of the run it stays at the end. */
bool mu_session_seek(mu_session *session, mu_time time, uint32_t events);
/* The time that is shown. */
mu_time mu_session_now(const mu_session *session);
/* MU_OK, or why the run cannot go on. */
mu_status mu_session_status(const mu_session *session);
/* Of the world that is shown: equal wherever one came from. */
uint64_t mu_session_hash(const mu_session *session);
/* How many copies of the world are kept, and (where `bytes` is not NULL) how much they take. */
uint32_t mu_session_copies(const mu_session *session, uint64_t *bytes);

/* Acts of a tabletop: at the time that is shown, once every event up to it has been handled. An act
 * can follow only the last one; to do something else earlier is to branch. */
bool mu_session_can_act(const mu_session *session, const mu_act *act);
/* Only what can be done (above) should be; MU_ERR_INPUT: of a recording. Its time is taken to be
 * now. */
MU_MUST_USE mu_status mu_session_act(mu_session *session, const mu_act *act);
const mu_act *mu_session_acts(const mu_session *session, uint32_t *count);
/* "Closed: north door"; as text below. */
const char *mu_session_say_act(mu_session *session, const mu_act *act, const char *language);
/* Everything that an act of this kind could be done to now (`by_s` of DELAY: seconds); returns how
 * many, at most `most`. */
uint32_t mu_session_choices(const mu_session *session, mu_act_kind kind, uint32_t by_s, mu_act *out,
                            uint32_t most);
/* A session of its own that begins as this one is now. Without an act of its own it comes to the
 * same end. The parent must outlive it. */
MU_MUST_USE mu_status mu_session_branch(mu_session *parent, uint64_t memory_bytes,
                                        mu_session **out);
/* What has happened up to the time that is shown. */
const mu_log *mu_session_log(const mu_session *session);

/* Moments that matter, in the order of time, as far as the look-ahead has come. */
typedef enum mu_moment_kind {
    MU_MOMENT_THREAT, /* the incident begins, an item is placed or noticed, an alarm */
    MU_MOMENT_ALERT,  /* a level is declared, or the all-clear given */
    MU_MOMENT_ORDER,  /* to leave; a zone is clear */
    MU_MOMENT_HELP,   /* comes from outside */
    MU_MOMENT_STEP,   /* a step of a playbook is done */
    MU_MOMENT_ACT,    /* people at the table have acted */
    MU_MOMENT_END
} mu_moment_kind;

typedef struct mu_moment {
    mu_time time_us;
    uint32_t kind;   /* mu_moment_kind */
    uint32_t record; /* of the log */
    uint32_t alert;  /* mu_alert, of MU_MOMENT_ALERT */
} mu_moment;
const mu_moment *mu_session_moments(const mu_session *session, uint32_t *count);
/* In words. This and all text below: in `language` ("zh" or "en", which gettext must be set to as
 * well), borrowed until the next call for a frame. */
const char *mu_session_say_moment(mu_session *session, uint32_t moment, const char *language);

/* The present moment; borrowed until the next call. NULL only where there is no memory. */
const mu_frame *mu_session_frame(mu_session *session, const char *language);

enum { MU_ANSWER_LINES = 10 };
/* What something is, and what it is doing and why. */
typedef struct mu_answer {
    const char *title;
    const char *kind;
    const char *lines[MU_ANSWER_LINES];
    uint32_t line_count;
} mu_answer;
/* Call it after mu_session_frame, of a subject of that frame. False: there is no such thing. */
bool mu_session_ask(mu_session *session, mu_subject subject, const char *language, mu_answer *out);
/* Whether words of what was said since the frame was made (answers, acts) are missing for want of
 * memory. */
bool mu_session_lacks_words(const mu_session *session);

/* Something recorded, of which there is no run: a session shows it from its beginning to its end,
 * and nothing can be done to it. It has no moments, no log, no acts and no branches. */
typedef struct mu_recording {
    void *with; /* the session's from now on */
    const mu_scenery *scene;
    mu_time end_us;
    /* As mu_session_frame, mu_session_ask and mu_session_lacks_words. */
    const mu_frame *(*frame)(void *with, mu_time time, const char *language);
    bool (*ask)(void *with, mu_subject subject, const char *language, mu_answer *out);
    bool (*lacks_words)(const void *with);
    void (*destroy)(void *with);
} mu_recording;
/* Where it fails, `with` is the caller's still. */
MU_MUST_USE mu_status mu_session_of_recording(const mu_recording *recording, mu_session **out);
bool mu_session_is_recording(const mu_session *session);

#ifdef __cplusplus
}
#endif
#endif
