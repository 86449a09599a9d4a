/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People during a run: where each one is, what each one wants and knows, and the motion model that
 * moves them. Threat and response speak to people through this header; motion models hide behind
 * mu_motion (motion.h). */
#ifndef MU_CROWD_CROWD_H
#define MU_CROWD_CROWD_H

#include "core/sim.h"
#include "crowd/people.h"
#include "site/portal_state.h"
#include "site/route.h"

/* Every occupant is in exactly one of these at every event; they sum to all occupants. */
typedef enum mu_occupant_state {
    MU_OCCUPANT_EXPECTED, /* not yet arrived */
    MU_OCCUPANT_INSIDE,
    MU_OCCUPANT_SHELTERING,
    MU_OCCUPANT_HELD,
    MU_OCCUPANT_CASUALTY,
    MU_OCCUPANT_OUT,    /* at an assembly point, or off the site */
    MU_OCCUPANT_TAKEN,  /* taken away by ambulance or police */
    MU_OCCUPANT_REFUGE, /* waits at a place of refuge for help: known to be there, not yet out */
    MU_OCCUPANT_STATE_COUNT
} mu_occupant_state;
const char *mu_occupant_state_name(mu_occupant_state state);
/* Of an occupant when a run begins. */
static inline mu_occupant_state mu_occupant_state_at_first(const mu_person *person) {
    return person->later != 0 ? MU_OCCUPANT_EXPECTED : MU_OCCUPANT_INSIDE;
}

typedef enum mu_body_mode {
    MU_BODY_ABSENT,  /* not on the site */
    MU_BODY_RESTING, /* stands, steps aside for those who walk */
    MU_BODY_WALKING,
    MU_BODY_LYING /* on the ground or on a stretcher: in nobody's way */
} mu_body_mode;

/* body.gate while the next gate has not been chosen yet. */
#define MU_GATE_UNCHOSEN (MU_NONE - 1)

/* Why an occupant is still inside when a run ends: `value` of a REMAINS record. */
typedef enum mu_remains {
    MU_REMAINS_NOT,
    MU_REMAINS_UNTOLD,     /* no alarm or message reached them */
    MU_REMAINS_NO_WAY,     /* know no way out that they can use */
    MU_REMAINS_ON_THE_WAY, /* the run was stopped before they were out */
    MU_REMAINS_REFUGE,     /* wait at a place of refuge, and nobody has brought them down */
    MU_REMAINS_STAYED,     /* were told to stay in, and were never told to leave */
    MU_REMAINS_COUNT
} mu_remains;
/* The word that result files use: "untold", "no_way", "on_the_way", "refuge", "stayed". */
const char *mu_remains_name(mu_remains why);

/* Hot: what the motion model touches at every step. Positions are in the area's frame. */
typedef struct mu_body {
    mu_point at;      /* of those who walk by `flow`: where they began; ask mu_crowd_at */
    mu_point heading; /* unit vector, last direction of walking */
    mu_point target;  /* point to go to once in its area; after arrival: the one gone to */
    double speed_mps; /* now */
    float radius_m;
    float level_mps; /* free speeds of this person */
    float down_mps, up_mps;
    uint32_t area;
    uint32_t gate;      /* heading for; MU_NONE = for `target`; MU_GATE_UNCHOSEN */
    uint32_t mode;      /* mu_body_mode */
    uint32_t held_ms;   /* for how long with nearly no progress: patience */
    float pace;         /* share of the free speed that smoke and burdens leave; on a belt
                           what it makes of it */
    uint16_t packed_ms; /* how far they have closed up with others in a queue */
    uint16_t queued_ms; /* how far a queue still makes them follow closely */
} mu_body;

/* Why somebody who wanted to go stands still. */
typedef enum mu_stuck {
    MU_STUCK_NOT,
    MU_STUCK_NO_WAY, /* every way that they know is closed to them */
    MU_STUCK_STAIRS  /* cannot use stairs, and every way has some */
} mu_stuck;

/* What a person wants and knows. The first 64 bytes, one line of the cache, are all that passing
 * from area to area asks for; so the whole is two of them. */
typedef struct mu_mind {
    mu_goal goal;
    uint32_t belief;       /* index of a set of portals believed closed */
    uint32_t left_record;  /* crossed the last door */
    uint32_t evacuating;   /* 1 = on the way out: doors open for them */
    uint32_t avoid;        /* portal whose queue they have left on this walk; MU_NONE */
    uint32_t burdened;     /* mu_burden (carry.h): what they have in their hands */
    uint32_t exit;         /* door to the open that they are bound to (exits.h); MU_NONE */
    uint16_t exit_why;     /* mu_exit_why */
    uint8_t stuck;         /* mu_stuck */
    uint8_t straight;      /* 1 = sees the end of the walk and goes straight for it */
    uint32_t keeps;        /* MU_KEEPS_…: what they do for their party (parties.h) */
    uint32_t closed_up_ms; /* for how long on the way to an assembly point, in its area */
    uint32_t state;        /* mu_occupant_state; responders: MU_OCCUPANT_INSIDE or EXPECTED */

    mu_goal told;            /* goal of the order that reached them; taken up after pre-movement */
    mu_point gathering;      /* assembly point that they make for in its area */
    double tolerance_m;      /* has arrived within this distance of a point goal */
    uint32_t walk_record;    /* record that began this walk: cause of the arrival */
    uint32_t alerted_record; /* MU_NO_RECORD until the alarm or message reached them */
    uint32_t moves_record;   /* MU_NO_RECORD until they start to leave */
    uint32_t carrier;        /* person who carries them; MU_NONE */
} mu_mind;
_Static_assert(sizeof(mu_mind) == 128, "two lines of the cache, and no padding");

/* What limits the flow through a door. */
typedef enum mu_motion_mode {
    MU_MOTION_FREE,       /* bodies alone: what experiments show, 1.6 to 2.4 persons/(m s) */
    MU_MOTION_REGULATORY, /* at most MU_REGULATORY_FLOW, as regulators reckon */
    MU_MOTION_MODE_COUNT
} mu_motion_mode;
/* The word that files use: "free", "regulatory". */
const char *mu_motion_mode_name(mu_motion_mode mode);
/* Persons per metre of clear width and second: IMO MSC.1/Circ.1533, Annex 3, Table 3.6. */
#define MU_REGULATORY_FLOW 1.33

/* Which motion model moves people. */
typedef enum mu_motion_kind {
    MU_MOTION_WALK, /* continuous space, by steps */
    MU_MOTION_FLOW, /* a queueing network, by events */
    MU_MOTION_KIND_COUNT
} mu_motion_kind;
/* The words that files use for both, NULL-terminated. */
extern const char *const mu_motion_words[];
extern const char *const mu_motion_mode_words[];

typedef struct mu_crowd_now {
    uint32_t in_state[MU_OCCUPANT_STATE_COUNT]; /* occupants only */
    uint32_t walking;                           /* bodies that walk */
    uint32_t stepping;                          /* 1 while CROWD_STEP events are scheduled */
    uint32_t beliefs;                           /* sets in use; 0 is what is known at the start */
    uint32_t stuck;                             /* gave up: mind.stuck is not MU_STUCK_NOT */
    uint32_t rounded;     /* beliefs that had to be taken from a set already in use */
    uint32_t incremental; /* how PD 7974-6 is read (premovement.h): 1 at the start; settable */
    uint32_t complexity;  /* of the building, B1 … B3: 2 at the start; settable */
    uint32_t carried;     /* people who are being carried */
    uint32_t burdened;    /* people with something in their hands (carry.h) */
    uint32_t step_us;     /* of the motion model; settable before anyone walks */
    uint32_t motion_mode; /* mu_motion_mode; settable at the start */
    uint32_t motion;      /* mu_motion_kind: walk at the start; mu_crowd_move_by changes it */
    uint32_t alarm;       /* 1 = lifts are recalled, belts stand, turnstiles are released */
    uint32_t all_by_lift; /* 1 = who leaves takes lifts too, until an alarm; settable */
    uint32_t guides;      /* who stand somewhere and lead to a door (guides.h) */
    uint32_t padding;
    uint64_t places; /* fingerprint of who is in which area and walks: what the scratch's
                        lists were made for */
    mu_time last_step_us;
    double premovement_factor; /* of every pre-movement time: 1 at the start; settable */
} mu_crowd_now;

/* Sections of the world, and everyone in place at time 0 (members at their posts, occupants spread
 * over their spaces without overlap as far as there is room, units absent). */
void mu_crowd_register(const mu_site *site, const mu_people *people, mu_layout *layout);
MU_MUST_USE mu_status mu_crowd_begin(mu_sim *sim);
/* Chooses the motion model and its mode, at the start and between events: the world may grow. Who
 * walks already goes on by `flow`, but nobody goes back from it. */
MU_MUST_USE mu_status mu_crowd_move_by(mu_sim *sim, mu_motion_kind motion, mu_motion_mode mode);
/* Makes room for what one more event may need. The run loop calls it between events. */
MU_MUST_USE mu_status mu_crowd_reserve(mu_sim *sim);
struct mu_crowd_scratch *mu_crowd_scratch_create(const mu_walkable *walkable,
                                                 const mu_people *people);
/* Bytes of everything that moving people needs: their bodies and the arrays worked with. */
size_t mu_crowd_bytes(const mu_sim *sim);
void mu_crowd_scratch_destroy(struct mu_crowd_scratch *scratch);

static inline mu_body *mu_bodies(const mu_sim *sim) {
    return (mu_body *)mu_world_section(&sim->world, MU_SECTION_BODY);
}
static inline mu_mind *mu_minds(const mu_sim *sim) {
    return (mu_mind *)mu_world_section(&sim->world, MU_SECTION_MIND);
}
static inline mu_crowd_now *mu_crowd(const mu_sim *sim) {
    return (mu_crowd_now *)mu_world_section(&sim->world, MU_SECTION_CROWD);
}

/* Sends a person to a goal. `cause` is the record that began the walk; a PERSON_ARRIVED event with
 * it as cause follows on arrival (with argument 1 if there is no way at all: then they stand where
 * they are, stay in their state, are counted in mu_crowd_now.stuck, and go on if they learn of a
 * way). Wheelchair users without a level way are stuck in this sense until places of refuge exist.
 * At a point that is taken by others a person has arrived as near as the others let them come;
 * at an assembly point people spread out over about one square metre each, off the doors. A new
 * goal replaces the old one; pending events of the person become stale. No-op for absent people. */
void mu_crowd_send(mu_sim *sim, uint32_t person, mu_goal goal, double tolerance_m, uint32_t cause);
/* An occupant who was not there at first comes in at or near a point, and goes to their own space.
 * No-op for everybody else. */
void mu_crowd_arrive(mu_sim *sim, uint32_t person, uint32_t area, mu_point at, uint32_t cause);
/* Stops where they are; without a PERSON_ARRIVED. */
void mu_crowd_rest(mu_sim *sim, uint32_t person);
/* Puts an absent person into the model, at or near a point. An occupant who was expected is then
 * inside. */
void mu_crowd_enter(mu_sim *sim, uint32_t person, uint32_t area, mu_point at);
/* The same exactly there, whoever else is. */
void mu_crowd_put(mu_sim *sim, uint32_t person, uint32_t area, mu_point at);
/* Changes an occupant's state and writes a STATE record. No-op if unchanged or not an occupant. */
void mu_crowd_set_state(mu_sim *sim, uint32_t person, mu_occupant_state state, uint32_t cause);
/* The person learns that a portal is closed (or open again). */
void mu_crowd_learn(mu_sim *sim, uint32_t person, uint32_t portal, bool closed);

/* An order to leave has reached an occupant: writes ALERTED (unless alerted before), draws the
 * pre-movement time (premovement.h) scaled by `response_factor`, and schedules PERSON_MOVES to
 * `goal`. Returns the ALERTED record, or MU_NO_RECORD if they had been alerted before, are not on
 * the site, or are no occupant. Who is held or hurt is told, but does not move. */
uint32_t mu_crowd_alert(mu_sim *sim, uint32_t person, mu_handle channel, double response_factor,
                        mu_goal goal, uint32_t cause);

/* The same without a will to go anywhere: only writes ALERTED. */
uint32_t mu_crowd_hear(mu_sim *sim, uint32_t person, mu_handle channel, uint32_t cause);

/* Do they carry a telephone? Of occupants, by the share of their group who do. */
bool mu_person_has_phone(const mu_sim *sim, uint32_t person);

/* Where a person is now, in the frame of their area: also on the way, whatever the motion model. */
mu_point mu_crowd_at(const mu_sim *sim, uint32_t person);
/* Straight distance on the plan from a person to a point of a level, infinite on another level. */
double mu_crowd_distance(const mu_sim *sim, uint32_t person, uint32_t level, mu_point at);
/* Nobody is further outside their area's box than one is when passing a gate. */
#define MU_AREA_BOX_M 1.0
/* False only where nobody in that area is so near. */
bool mu_area_may_be_within(const mu_walkable *walkable, uint32_t area, uint32_t level, mu_point at,
                           double metres);
/* Is that distance at most so many metres? Cheaper to ask than the distance itself. */
bool mu_crowd_is_within(const mu_sim *sim, uint32_t person, uint32_t level, mu_point at,
                        double metres);
/* Cost in level metres of the person's way to a goal; infinite if there is none. */
double mu_crowd_way(mu_sim *sim, uint32_t person, mu_goal goal);
/* The same to a point, where only a way of less than `most` matters: else `most` or more. */
double mu_crowd_way_within(mu_sim *sim, uint32_t person, mu_goal goal, double most);
/* Is there a way to a point that costs less than `most`? */
bool mu_crowd_is_way_within(mu_sim *sim, uint32_t person, mu_goal goal, double most);
/* What a way of less than `most` to any point of each area costs at the least; infinite where there
 * is none. `metres` has room for all areas. False where nothing can be said. */
bool mu_crowd_reach(mu_sim *sim, uint32_t person, double most, double *metres);
/* Is there any way to a point? */
bool mu_crowd_has_way(mu_sim *sim, uint32_t person, mu_goal goal);

/* Do the counts in mu_crowd_now agree with a recount, and sum to all occupants? For tests: to be
 * asserted at every event. */
bool mu_crowd_conserved(const mu_sim *sim);

/* Writes a REMAINS record for every occupant who is inside; at the end of a run. */
void mu_crowd_record_remaining(mu_sim *sim);

/* Moves everyone who walks by one step, and all that follows from it. */
void mu_crowd_step(mu_sim *sim);

/* A portal's state has changed: who makes for it is to know. */
void mu_crowd_on_portal(mu_sim *sim, uint32_t portal);

/* Handlers. */
void mu_crowd_on_flow_person(mu_sim *sim, const mu_event *event); /* FLOW_PERSON */
void mu_crowd_on_flow_gate(mu_sim *sim, const mu_event *event);   /* FLOW_GATE */
void mu_crowd_on_step(mu_sim *sim, const mu_event *event);        /* CROWD_STEP */
void mu_crowd_on_moves(mu_sim *sim, const mu_event *event);       /* PERSON_MOVES */
/* PERSON_ARRIVED, for occupants: whoever evacuates and got to an assembly point or into the open is
 * out (not who went to some other point, which may be indoors). No-op for others. */
void mu_crowd_on_arrived(mu_sim *sim, const mu_event *event);

#endif
