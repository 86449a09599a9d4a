/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log: what happened, when, to whom, caused by which record. Append-only. Everything downstream
 * of a run (metrics, verdicts, cause chains, reports) reads the log, never the world, so that one
 * evaluator judges a batch run, a tabletop and a real drill whose times were typed in. */
#ifndef MUSTER_LOG_H
#define MUSTER_LOG_H

#include <stdint.h>

#include "muster/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mu_record_kind {
#define MU_RECORD(NAME, token, part, milestone) MU_RECORD_##NAME,
#include "muster/record_kinds.h"
#undef MU_RECORD
    MU_RECORD_KIND_COUNT
} mu_record_kind;

/* What the time up to a record was spent on: the parts of a cause chain. */
typedef enum mu_part {
    MU_PART_NONE,      /* takes no time of its own */
    MU_PART_UNNOTICED, /* nobody and nothing had seen it yet */
    MU_PART_DECISION,  /* a playbook's wait between trigger and step */
    MU_PART_WAIT,      /* for a person, a thing or a line; the record names who held it */
    MU_PART_TRAVEL,    /* walking */
    MU_PART_WORK,      /* doing it */
    MU_PART_MESSAGE,   /* on its way over a channel */
    MU_PART_MECHANISM, /* a door, a bollard, a generator */
    MU_PART_PREMOVEMENT,
    MU_PART_EVACUATION, /* until the last one is out of the zone */
    MU_PART_DISPATCH,   /* a unit outside, from being told to setting out */
    MU_PART_ROAD,       /* a unit on its way to the site */
    MU_PART_AIR,        /* until the air has cleared */
    MU_PART_SHELTERING, /* until the last one is in shelter, the last door locked */
    MU_PART_COUNT
} mu_part;

/* What a record speaks of: a kind in the upper 6 bits and an index below. 0 = nothing. */
typedef uint32_t mu_handle;
typedef enum mu_thing {
    MU_THING_NOTHING,
    MU_THING_PERSON, /* index into the plan's people */
    MU_THING_STEP,   /* a step of the plan's playbooks */
    MU_THING_WORD,   /* a word of the plan's vocabulary: "police", "red", "item" */
    MU_THING_SPACE,
    MU_THING_PORTAL,
    MU_THING_EQUIPMENT,
    MU_THING_POST,
    MU_THING_CHANNEL,
    MU_THING_UNIT,
    MU_THING_HOSPITAL,
    MU_THING_GROUP /* of occupants */
} mu_thing;
/* The index is below 2^26. */
#define MU_HANDLE(thing, index) (((mu_handle)(thing) << 26) | (mu_handle)(index))
static inline mu_thing mu_handle_thing(mu_handle handle) {
    return (mu_thing)(handle >> 26);
}
static inline uint32_t mu_handle_index(mu_handle handle) {
    return handle & 0x03ffffffU;
}

#define MU_NO_RECORD UINT32_MAX

/* One record; its id is its place in the log. */
typedef struct mu_record {
    int64_t time_us;   /* since the start of the run */
    uint32_t cause;    /* id of the record that brought this one about; MU_NO_RECORD: the planner */
    mu_handle subject; /* who or what acts or is acted on */
    mu_handle object;  /* what it is about */
    mu_handle place;
    mu_handle step;   /* the playbook step it belongs to */
    mu_handle holder; /* of a WAIT part: who held what was waited for, or the work it was held by */
    uint16_t kind;    /* mu_record_kind */
    uint16_t padding;
    uint32_t value; /* a count or a state; meaning depends on the kind */
} mu_record;

typedef struct mu_log mu_log;

/* NULL without memory. */
mu_log *mu_log_create(void);
void mu_log_destroy(mu_log *log);
uint32_t mu_log_count(const mu_log *log);
/* Borrowed until the next append; id < mu_log_count(log). */
const mu_record *mu_log_get(const mu_log *log, uint32_t id);

/* The three columns of record_kinds.h: the word of log.jsonl, triggers and clauses; what the time
 * before it was; whether triggers and clauses may name it. */
const char *mu_record_token(mu_record_kind kind);
mu_part mu_record_part(mu_record_kind kind);
int mu_record_is_milestone(mu_record_kind kind);
/* The kind with this token of `length` bytes; MU_RECORD_KIND_COUNT if there is none. */
mu_record_kind mu_record_find(const char *token, uint32_t length);
/* Untranslated English, marked for translation: "walking". */
const char *mu_part_name(mu_part part);

#ifdef __cplusplus
}
#endif
#endif
