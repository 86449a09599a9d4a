/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of a session share. */
#ifndef MU_DRILL_PICTURE_INSIDE_H
#define MU_DRILL_PICTURE_INSIDE_H

#include "drill/played.h"
#include "muster/session.h"

/* One deadline clause as the log tells it so far. */
typedef struct mu_clause_clock {
    uint32_t clause;
    bool once;           /* the first start counts, and no other */
    bool early;          /* its end came before any start: whoever is there need not come again */
    uint32_t start, end; /* records of the pair that is shown; MU_NO_RECORD */
    mu_time limit_us;
} mu_clause_clock;

struct mu_session {
    mu_recording recording; /* frame NULL: there is none, but a run of the plan */
    const mu_plan *plan;
    mu_session_def def;
    mu_arena *arena; /* scene, clocks */
    mu_scenery scene;
    uint32_t *level_of_site; /* place in the scene of each level of the site */
    mu_sim shown, ahead;
    mu_log *shown_log, *ahead_log;
    bool ahead_over;
    mu_time at_us;    /* that is shown: every event up to it has been handled */
    mu_status status; /* of going to a time */
    mu_copies copies; /* that the look-ahead left */
    /* What people at the table have done, in the order of time, and how much of it each run has
     * seen. */
    MU_LIST_OF(mu_act) acts;
    uint32_t act_capacity, shown_acts, ahead_acts;
    /* A branch: where it comes from, where it parted, and how many acts it has from there. */
    const mu_session *parent;
    mu_time parted_us;
    uint32_t inherited;
    MU_LIST_OF(mu_moment) moments;
    uint32_t moment_capacity, moments_read; /* records of ahead_log read for moments */
    /* Clauses, from the shown log. */
    MU_LIST_OF(mu_clause_clock) clocks;
    uint32_t clocks_read;         /* records of shown_log */
    uint32_t alert_record;        /* last DECLARED or ALL_CLEAR among them; MU_NO_RECORD */
    uint32_t detected_record;     /* the first DETECTED of what is guarded; MU_NO_RECORD */
    uint32_t exploded[MU_BLASTS]; /* records among them; MU_NO_RECORD */
    /* The frame and its memory, made anew for each. */
    mu_arena *frame_arena;
    bool lacks_words; /* of those that were to be in it */
    mu_frame frame;
};

/* moments.c */
mu_status mu_moments_read(mu_session *session);
mu_alert mu_alert_of(const mu_plan *plan, const mu_record *record);
/* A record in a few words, in the frame's arena. */
const char *mu_say_record(mu_session *session, const mu_record *record, const char *language);

/* acts.c: in the frame's arena. */
const char *mu_say_act(mu_session *session, const mu_act *act, const char *language);

/* clocks.c */
mu_status mu_clocks_create(mu_session *session);
void mu_clocks_reset(mu_session *session);
void mu_clocks_read(mu_session *session);
mu_status mu_clocks_frame(mu_session *session, const char *language, mu_frame *frame);
/* Its start and end as records, for asking; false if the clause has no clock that has started. */
bool mu_clocks_find(const mu_session *session, uint32_t clause, mu_clause_clock *out);

/* hazards.c */
mu_status mu_hazards_frame(mu_session *session, mu_frame *frame);
/* The record of the first who noticed the gas; MU_NO_RECORD. */
uint32_t mu_gas_noticed(const mu_session *session);
/* ask_hazard.c */
bool mu_hazard_ask(mu_session *session, uint32_t hazard, const char *language, mu_answer *out);

/* crews.c */
mu_status mu_crews_frame(mu_session *session, const char *language, mu_frame *frame);
const char *mu_say_role_word(mu_session *session, const char *language, const char *word);

/* queues.c: marks those who wait, among `people` of the frame. */
mu_status mu_queues_frame(mu_session *session, mu_frame_person *people, mu_frame *frame);

/* lanes.c: queues at lanes, added behind the others; there is room for one a lane. */
mu_status mu_lanes_frame(mu_session *session, mu_frame *frame, mu_frame_queue *queues);
/* Whether a lane or a decontamination line is at work, and lines on it. */
bool mu_station_works(const mu_session *session, mu_subject station);
void mu_station_tell(mu_session *session, mu_subject station, mu_answer *out);

/* air.c: what is in the rooms. */
mu_status mu_rooms_frame(mu_session *session, mu_frame *frame);
/* Lines on the air of a room, and on its sight of the place where people are held. */
void mu_room_tell(mu_session *session, uint32_t room, mu_answer *out);
/* Lines on the units that move the air of a room. */
void mu_ventilation_tell(mu_session *session, uint32_t room, const char *language, mu_answer *out);

/* casualties.c */
mu_tag mu_tag_of(const mu_session *session, uint32_t person);
/* Lines on one person's hurt and care, and on what they have breathed. */
void mu_casualty_tell(mu_session *session, uint32_t person, const char *language, mu_answer *out);
/* A line on how many there are and how far they have come. */
void mu_casualties_tell(mu_session *session, mu_answer *out);

/* ask_person.c */
bool mu_person_ask(mu_session *session, uint32_t person, const char *language, mu_answer *out);

/* ask.c: text in the frame's arena. */
const char *mu_print(mu_session *session, const char *format, ...) MU_PRINTF(2, 3);
void mu_answer_add(mu_answer *answer, const char *line);
/* A record of the shown log; NULL where there is none yet. */
const mu_record *mu_shown_record(const mu_session *session, uint32_t id);
/* "6:05", "1:02:03" since the start of the run. */
const char *mu_say_clock(mu_session *session, mu_time time);
/* The same of a record of the shown log; "" where there is none yet. */
const char *mu_say_time_of(mu_session *session, uint32_t record);
/* "Lobby, ground floor" */
const char *mu_say_area(mu_session *session, uint32_t area, const char *language);

#endif
