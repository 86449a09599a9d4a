/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counter-based randomness: Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011, 'Parallel random
 * numbers: as easy as 1, 2, 3'), wrapped as a gsl_rng_type. A stream is a pure function of study
 * seed, replication, purpose and subject, so luck belongs to people and things, not to the run: a
 * change of policy leaves every unrelated draw as it was. */
#ifndef MU_CORE_RANDOM_H
#define MU_CORE_RANDOM_H

#include <gsl/gsl_rng.h>
#include <stdint.h>

/* What a draw is for. Values are part of every stream: append, never renumber. */
typedef enum mu_purpose {
    MU_PURPOSE_PLACE = 1, /* where an occupant stands at the start */
    MU_PURPOSE_BODY = 2,  /* size and speed */
    MU_PURPOSE_PREMOVEMENT = 3,
    MU_PURPOSE_PHONE = 4,   /* carries one */
    MU_PURPOSE_MESSAGE = 5, /* delivery and latency */
    MU_PURPOSE_NOTICE = 6,
    MU_PURPOSE_DETECT = 7, /* a camera's analytics */
    MU_PURPOSE_WORK = 8,   /* how long a step's work takes */
    MU_PURPOSE_SUCCESS = 9,
    MU_PURPOSE_DECISION = 10, /* wait between trigger and step */
    MU_PURPOSE_ROUTINE = 11,
    MU_PURPOSE_DISPATCH = 12,
    MU_PURPOSE_ROAD = 13,
    MU_PURPOSE_MECHANISM = 14, /* a portal's movement */
    MU_PURPOSE_PATROL = 15,    /* phase of the first round */
    MU_PURPOSE_CHOICE = 16,    /* of a resting place, a door, a side */
    MU_PURPOSE_STUDY = 17,
    MU_PURPOSE_HEARSAY = 18, /* being told by someone who leaves */
    MU_PURPOSE_CASUALTY = 30, /* who becomes an exercise casualty, what they play, who reports */
    MU_PURPOSE_CARE = 31,     /* work on one patient */
    MU_PURPOSE_SEARCH = 32,   /* whether a search finds it */
    MU_PURPOSE_REGISTER = 33, /* whether somebody was entered on coming in */
    MU_PURPOSE_REACT = 40,   /* from hearing an order to take shelter to acting on it */
    MU_PURPOSE_LOCK = 41,    /* a door, by hand */
    MU_PURPOSE_HOSTAGE = 42, /* who notices it and when, who is let go */
    MU_PURPOSE_REPLY = 43,   /* whether and when one in shelter answers */
    MU_PURPOSE_EXIT = 50,    /* goes back the way they came in, follows others */
    MU_PURPOSE_SIGN = 51,    /* notices a sign and goes by it; subject: person and sign */
    MU_PURPOSE_HELP = 52,    /* a call from a place of refuge */
    MU_PURPOSE_INTRUDER = 70,    /* how long a barrier holds */
    MU_PURPOSE_SENSOR = 71,      /* whether and when a sensor finds somebody */
    MU_PURPOSE_FALSE_ALARM = 72, /* when the next one comes */
    MU_PURPOSE_ASSESS = 73,      /* how long looking at an alarm takes */
    MU_PURPOSE_OUTAGE = 74,      /* the standby supply */
    MU_PURPOSE_CALL = 75,        /* how long a call lasts */
    MU_PURPOSE_LANE = 76,        /* when the next arrives */
    MU_PURPOSE_LANE_SERVICE = 77, /* how long a check takes */
    MU_PURPOSE_LANE_STAY = 78,    /* how long somebody who came in stays */
    MU_PURPOSE_RELIEF = 79,       /* how long one shift takes to hand over to the next */
    MU_PURPOSE_ISSUE = 80,        /* how long handing something out of a store takes */
    MU_PURPOSE_PASS = 81,         /* whether somebody wears theirs */
    MU_PURPOSE_CHALLENGE = 82,    /* whether and when somebody without one is asked */
    MU_PURPOSE_CLIMATE = 83,      /* whether and when a sensor tells that it is too warm */
    MU_PURPOSE_BLOCKED = 84,      /* whether a lane is blocked, and for how long */
    MU_PURPOSE_TIP = 85,          /* reports to the intelligence desk, and work on them */
    MU_PURPOSE_DESK = 86,         /* how long logging on at another desk takes */
    MU_PURPOSE_YEAR_ILL = 110,      /* when a person falls ill, and for how long */
    MU_PURPOSE_YEAR_LEAVE = 111,    /* when leave is taken */
    MU_PURPOSE_YEAR_TURNOVER = 112, /* who resigns, and how long the place is empty */
    MU_PURPOSE_YEAR_WORK = 113,     /* how long a duty takes, when it falls due after a call */
    MU_PURPOSE_YEAR_LIFE = 114,     /* how long a thing works */
    MU_PURPOSE_YEAR_REPAIR = 115,
    MU_PURPOSE_YEAR_FIND = 116,     /* whether a look finds a fault */
    MU_PURPOSE_YEAR_OCCASION = 117,
    MU_PURPOSE_YEAR_EXAM = 118,
    MU_PURPOSE_YEAR_STOCK = 119,
    MU_PURPOSE_YEAR_MOMENT = 120,   /* the day from which an incident starts */
    MU_PURPOSE_EASI = 121,          /* detection, delay and response on a given path */
    MU_PURPOSE_FIT = 122            /* replicates of a goodness-of-fit test */
} mu_purpose;

/* Ten rounds of Philox4x32: counter and key in, four words out. */
void mu_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

/* 64-bit hash of a name: the stable id of an entity, the same in every file and order (FNV-1a with
 * a final mix). */
uint64_t mu_name_hash(const char *name);
/* Mixes a number into a hash: the id of 'the third of these'. */
uint64_t mu_hash_with(uint64_t hash, uint64_t number);

/* A stream on the stack; `rng` draws from `state`. Do not copy: rng points into the struct. */
typedef struct mu_stream_state {
    uint32_t counter[4], key[2];
    uint32_t out[4];
    uint32_t used;
} mu_stream_state;
typedef struct mu_stream {
    mu_stream_state state;
    gsl_rng rng;
} mu_stream;

extern const gsl_rng_type *const mu_rng_philox;

/* Opens the stream of one subject for one purpose. `occasion` numbers the occasions on which the
 * same subject draws for the same purpose (0, 1, …). */
void mu_stream_open(mu_stream *stream, uint64_t seed, uint32_t replication, mu_purpose purpose,
                    uint64_t subject, uint32_t occasion);
/* Uniform in [0, 1). */
double mu_stream_uniform(mu_stream *stream);

#endif
