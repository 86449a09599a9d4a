/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The response: playbook steps that wait for their triggers, compete for people, equipment and
 * lines, walk, work, and bring about milestones. This header holds the compiled plan and the
 * response's own part of the world.
 *
 * The life of a step: a trigger completes (all of a list: caused by the last; any of a list: by the
 * first) -> after its wait it is DUE -> people are REQUESTED and GRANTED, then equipment -> those
 * chosen SET_OUT, REACHED -> when the last is there it BEGAN -> WORKED (or FAILED, and again) ->
 * its verb brings about a milestone -> STEP. Each record's cause is the one before, so that the
 * chain back from any milestone explains every second of it. */
#ifndef MU_RESPONSE_RESPONSE_H
#define MU_RESPONSE_RESPONSE_H

#include "core/sim.h"
#include "core/words.h"
#include "crowd/crowd.h"
#include "crowd/orders.h"
#include "policy/term.h"
#include "response/playbook.h"
#include "response/verb.h"

/* Where a step happens. */
typedef enum mu_place_kind {
    MU_PLACE_NONE,  /* wherever they are */
    MU_PLACE_POINT, /* a post, an assembly point, the middle of a space, the item */
    MU_PLACE_POSTS, /* every post of a kind, one person each */
    MU_PLACE_ACTOR  /* where the one who triggered it is */
} mu_place_kind;

typedef enum mu_zone_kind {
    MU_ZONE_SITE,     /* every occupant */
    MU_ZONE_BUILDING, /* every occupant indoors */
    MU_ZONE_RADIUS,   /* within radius_m of the step's place, on its level */
    MU_ZONE_LEVEL,
    MU_ZONE_SPACE,
    MU_ZONE_ASSEMBLY, /* everyone at an assembly point */
    MU_ZONE_AREAS,    /* any other set of spaces: of a building's label, @core, @level, … */
    MU_ZONE_PORTALS   /* portals with this label, or 'non_essential': close and open */
} mu_zone_kind;

/* A portal on the line of a cordon, and the space of it that is inside. */
typedef struct mu_cordon_portal {
    uint32_t portal, inside;
} mu_cordon_portal;

typedef enum mu_roll_part {
    MU_ROLL_NONE,
    MU_ROLL_COUNT,  /* record roll_call: who stands at the place */
    MU_ROLL_COMPARE /* verify roll_call: who is missing */
} mu_roll_part;

typedef struct mu_step_plan {
    const mu_step *given;
    uint32_t playbook;
    uint64_t hash; /* of its id: the subject of its streams */
    mu_verb verb;
    uint32_t *all, *any; /* terms, by index */
    uint32_t all_count, any_count;
    uint32_t until;   /* term; MU_NONE */
    uint32_t *unless; /* terms, by index */
    uint32_t unless_count;
    bool by_actor;     /* whoever the trigger names does it */
    uint32_t role;     /* index into people->roles; MU_NONE: nobody is needed */
    uint32_t receiver; /* notify, report: role that receives it; MU_NONE: nobody of this roster */
    uint32_t object_word, place_word; /* MU_NONE where the step gives none */
    uint32_t id_word;
    mu_place_kind place;
    mu_goal at;                 /* MU_PLACE_POINT */
    uint32_t level;             /* of `at` */
    MU_LIST_OF(uint32_t) posts; /* MU_PLACE_POSTS */
    mu_zone_kind zone;
    uint32_t zone_index; /* level or space */
    bool *areas; /* per area, of an order to people: in the zone? A radius: not left out of it? */
    bool *whole; /* the zone with what is left out; NULL: nothing is */
    uint32_t elsewhere_word;
    mu_shun shun;                        /* of `avoids` */
    MU_LIST_OF(mu_cordon_portal) cordon; /* of `closes` */
    bool asks;                           /* notify: asks everybody in shelter for an answer */
    MU_LIST_OF(uint32_t) portals;        /* MU_ZONE_PORTALS */
    MU_LIST_OF(uint32_t) units;          /* air units: shut_ventilation and restore */
    bool masked;                         /* its crew wear breathing protection */
    bool stops_leak;                     /* contain: the source of the gas */
    bool all_units;                      /* the object named them all */
    uint32_t wash;                       /* decontamination line; MU_NONE */
    uint32_t crew;                       /* persons needed; 0 = every one on duty */
    uint32_t holders;                    /* who could ever do it: fewer than `crew` never will */
    bool can_start;                      /* its trigger can be met by what the others bring about */
    mu_goal gather;                      /* evacuate: where people are sent */
    bool rounds;                         /* its teams go from person to person (rounds.c) */
    bool brings_down;                    /* … who wait at places of refuge (bring_down.c) */
    mu_roll_part roll;
    double reach_m; /* roll-call: of the place, on the plan */
    uint32_t team;  /* rounds: persons in one */
    uint32_t tags;  /* rounds: a bit for each mu_start_tag that they deal with */
} mu_step_plan;

typedef struct mu_trigger_term {
    mu_term term;
    MU_LIST_OF(uint32_t) steps; /* that listen to it, ascending */
} mu_trigger_term;

/* A room that people can lock themselves into: every way into it is a door with a lock. */
typedef struct mu_room {
    uint32_t space;
    mu_point at;                  /* where those who come in make for */
    MU_LIST_OF(uint32_t) portals; /* its doors */
} mu_room;

typedef struct mu_response_plan {
    const mu_words *words;
    MU_LIST_OF(mu_room) rooms;
    uint32_t *room_of;              /* per area: index into rooms; MU_NONE */
    MU_LIST_OF(mu_step_plan) steps; /* of all playbooks, sorted by id */
    MU_LIST_OF(mu_trigger_term) terms;
    uint32_t *by_role;              /* persons on duty or in units, grouped by role */
    uint32_t *role_first;           /* where each role's group starts; role count + 1 entries */
    MU_LIST_OF(uint32_t) staff;     /* all of them, ascending */
    MU_LIST_OF(uint32_t) posted;    /* those who have a post, ascending */
    MU_LIST_OF(uint32_t) of_rounds; /* steps whose teams go from person to person, ascending */
    MU_LIST_OF(uint32_t) clears;    /* steps that clear or secure a zone by records, ascending */
    MU_LIST_OF(mu_term) producible; /* every milestone that can come about */
    bool rolls;                     /* some step counts who is there */
    uint32_t word_people, word_all, word_visitors, word_missing, word_searchers;
    double start_h;            /* time of day at which the run begins */
    uint32_t *relieves;        /* per person: whose place they take when they come; MU_NONE */
    const struct mu_tip *tips; /* of the incident, */
    uint32_t tip_count;
    const struct mu_shift_change *shift_changes; /* of the incident */
    uint32_t shift_change_count;
    bool treats; /* some step treats casualties: then only the treated leave */
} mu_response_plan;

/* Does this step order people to take shelter? */
static inline bool mu_step_shelters(const mu_step_plan *plan) {
    return plan->verb == MU_VERB_SHELTER || plan->verb == MU_VERB_LOCK_DOWN;
}
/* Is its zone looked at by the clock, not by what is written? */
static inline bool mu_step_is_watched(const mu_step_plan *plan) {
    return plan->zone == MU_ZONE_RADIUS || plan->zone == MU_ZONE_ASSEMBLY;
}

/* Of somebody's hand: stands at a store and waits until it is handed out. */
#define MU_THERE_FETCHING 2

/* What a person of the response is doing. */
typedef enum mu_hand_state {
    MU_HAND_FREE,
    MU_HAND_ROUTINE, /* background work: finishes it first */
    MU_HAND_STEP,    /* crew of `step` */
    MU_HAND_CALL,    /* listens to a message of `step` */
    MU_HAND_RELIEF,  /* comes to take over, or is handing over */
    MU_HAND_ISSUE,   /* opens a store for `step` */
    MU_HAND_OFF      /* off duty: away, or on the way out */
} mu_hand_state;

typedef enum mu_hand_walk {
    MU_WALK_NONE,
    MU_WALK_HOME,
    MU_WALK_PATROL,
    MU_WALK_OUT,
    MU_WALK_DESK /* to a reserve desk, or back to their own */
} mu_hand_walk;

/* Where somebody works who needs a desk of the control room; see desk.h. */
typedef enum mu_desk_state {
    MU_DESK_OWN,
    MU_DESK_LEFT, /* and has no other */
    MU_DESK_GOING,
    MU_DESK_LOGGING_ON,
    MU_DESK_RESERVE
} mu_desk_state;

typedef struct mu_hand {
    uint32_t state;    /* mu_hand_state */
    uint32_t step;     /* MU_NONE */
    uint32_t freed;    /* record of the last release; MU_NO_RECORD */
    uint32_t held_by;  /* handle: what held them until then */
    uint32_t routines; /* started so far: occasion of their draws */
    uint32_t rounds;   /* patrol rounds started */
    uint32_t stop;     /* of the patrol round */
    uint32_t fetching; /* needs still to be fetched before going to the place: bit set */
    uint32_t post;     /* MU_PLACE_POSTS: which one; MU_HAND_ISSUE: for which need */
    uint32_t there;    /* 1 = has reached the step's place; MU_THERE_FETCHING */
    uint32_t walk;     /* mu_hand_walk: what they walk for while free */
    uint32_t holds;    /* while they report from where they hold: that step + 1 */
    uint32_t desk;     /* mu_desk_state */
    uint32_t seat;     /* the reserve desk that they have, a post; MU_NONE */
    uint32_t left;     /* record of leaving their desk; MU_NO_RECORD */
    uint32_t taken;    /* record of working at one again since then */
} mu_hand;

typedef enum mu_step_state {
    MU_STEP_IDLE,    /* trigger not complete */
    MU_STEP_PENDING, /* trigger complete, wait running */
    MU_STEP_WANTS_CREW,
    MU_STEP_WANTS_STOCK,
    MU_STEP_GATHERING, /* on their way */
    MU_STEP_WANTS_LINE,
    MU_STEP_SENDING, /* message on its way */
    MU_STEP_WANTS_RECEIVER,
    MU_STEP_WORKING,
    MU_STEP_MOVING,  /* portals move */
    MU_STEP_ROUNDS,  /* its teams go from person to person */
    MU_STEP_HOLDING, /* done; its people stay */
    MU_STEP_DONE,
    MU_STEP_ABANDONED
} mu_step_state;

typedef struct mu_step_now {
    uint32_t state;     /* mu_step_state */
    uint32_t runs;      /* times it became due: occasion of its draws */
    uint32_t tries;     /* of the present run */
    uint32_t trigger;   /* record that completed the trigger */
    uint32_t last;      /* the record that what comes next is caused by */
    uint32_t request;   /* record of the request that is waiting, or of the last one */
    uint32_t actor;     /* person named by the trigger; MU_NONE */
    uint32_t missing;   /* people not yet there, or portals not yet moved; rounds: people seen to */
    uint32_t channel;   /* index into given->over of the channel in use */
    uint32_t receiver;  /* person who listens; MU_NONE */
    uint32_t due;       /* record of the last DUE */
    uint32_t line_held; /* 1 = has a line of the channel in use */
    uint32_t messages;  /* sent so far: occasion of their draws */
    uint32_t stock[MU_STEP_NEEDS_MOST]; /* equipment taken for each need; MU_NONE */
    uint32_t passed; /* a nearer locked store that was left aside for it; MU_NONE */
    mu_time due_us;
} mu_step_now;

/* Where a team is on its round; kept with the first of its people. */
typedef enum mu_round_stage {
    MU_ROUND_IDLE,
    MU_ROUND_WALKING, /* to the person */
    MU_ROUND_WORKING,
    MU_ROUND_BRINGING, /* carries them to the step's place */
    MU_ROUND_AWAY      /* on the road with them */
} mu_round_stage;

typedef struct mu_round {
    uint32_t stage;    /* mu_round_stage */
    uint32_t person;   /* whom they deal with; MU_NONE */
    uint32_t serial;   /* of this piece of work: events of earlier ones are stale */
    uint32_t missing;  /* of the team, not yet there */
    uint32_t last;     /* record that what comes next is caused by */
    uint32_t aboard;   /* patients in the vehicle */
    uint32_t hospital; /* that it drives to; MU_NONE */
    uint32_t expected; /* 1 = that keeps places for those aboard */
} mu_round;

/* What the roll-call knows of one person. */
typedef struct mu_roll {
    uint32_t accounted; /* record; MU_NO_RECORD: not yet */
    uint32_t missing;   /* record */
    uint32_t seen_in;   /* space where they were last seen; MU_NONE */
    uint32_t seen_by;   /* person; MU_NONE */
    uint32_t given_up;  /* 1 = was looked for and is not there */
    uint32_t helpless;  /* 1 = was found and has to be carried out */
} mu_roll;

typedef struct mu_stock_now {
    uint32_t free;
    uint32_t freed; /* record of the last return */
    uint32_t held_by;
    uint32_t padding;
} mu_stock_now;

typedef struct mu_line_now {
    uint32_t used;
    uint32_t freed;
    uint32_t held_by;
    uint32_t padding;
} mu_line_now;

typedef struct mu_unit_now {
    uint32_t told;    /* record; MU_NO_RECORD */
    uint32_t on_site; /* record */
    mu_time held_us;  /* its next stage is put off by so much */
} mu_unit_now;

/* A zone that has been ordered to clear or to take shelter; one per such step. */
typedef struct mu_zone_now {
    uint32_t ordered;   /* record; MU_NO_RECORD = not yet */
    uint32_t cleared;   /* or secured; where the order leaves something out: that too is empty */
    uint32_t elsewhere; /* where it does: nobody is left whom it concerns */
    uint32_t remaining; /* occupants who were to leave or take shelter and have not */
    uint32_t watched;
    uint32_t padding;
} mu_zone_now;

/* Why a message did not reach somebody; as the value of a record 'unreached' a bit each. */
typedef enum mu_unreached_why {
    MU_UNREACHED_LOST,       /* sent to them, and lost over every channel */
    MU_UNREACHED_NO_SPEAKER, /* no loudspeaker and no phone: where they were none is heard */
    MU_UNREACHED_NO_PHONE,   /* … and they carry none, or it has no signal there */
    MU_UNREACHED_LEFT_OUT,   /* no order was meant for them, or the run ended before it came */
    MU_UNREACHED_WHY_COUNT
} mu_unreached_why;

/* The order that a person follows, the last one that reached them. */
typedef enum mu_order_kind {
    MU_ORDER_NONE,
    MU_ORDER_LEAVE,
    MU_ORDER_SHELTER, /* go into a room, and stay */
    MU_ORDER_LOCK     /* the same, and lock the door */
} mu_order_kind;
typedef struct mu_order_now {
    uint32_t step;  /* MU_NONE */
    uint32_t kind;  /* mu_order_kind */
    uint32_t room;  /* that they are in or make for, index into rooms; MU_NONE */
    uint32_t tries; /* rooms that turned out to be locked before they got there */
    uint32_t known; /* 1 = has answered from a shelter */
    uint32_t padding;
} mu_order_now;

/* First record that met each trigger term; one element more than terms, whose `met` is the number
 * of records heard so far. */
typedef struct mu_term_now {
    uint32_t met; /* record; MU_NO_RECORD */
} mu_term_now;

/* What the incident says about the spaces around it, for the zones @core, @level (of its building,
 * where it has one), @around (in the open, a door away from that building), @line_of_sight and
 * @downwind. */
typedef struct mu_incident_zones {
    uint32_t space;      /* that it happens in; MU_NONE: none */
    const bool *core;    /* per space: of the core; NULL: `space` alone */
    const bool *exposed; /* per space: in sight of it; NULL: this incident has no line of sight */
    uint32_t shunned_points; /* assembly points that the gas drifts to, as mu_goal has them */
    const bool *downwind;    /* per space: the gas drifts there; NULL: this incident has no gas */
    mu_goal approach;        /* '@core' as a place, where it is not the incident's point itself */
    mu_goal place;           /* '@hostage' */
} mu_incident_zones;

/* Everything a step refers to is resolved here; faults (roles nobody holds, words that no place
 * has, triggers nothing produces, steps that wait for each other in a ring) go to `diags`. */
typedef struct mu_response_given {
    const mu_loader *loader; /* that read the files: finds ids */
    const mu_site *site;
    const mu_walkable *walkable;
    const mu_people *people;
    const mu_playbook *playbooks;
    uint32_t playbook_count;
    mu_goal core; /* of the incident: the item; MU_GOAL_NONE where it has no place */
    mu_incident_zones scene;
    const char *const
        *brings; /* terms of what the incident brings about by itself; NULL at the end */
    const char *const *speaks; /* further words that its records use; NULL at the end */
} mu_response_given;

/* Adds the words of all steps; before the words are sealed. */
MU_MUST_USE mu_status mu_response_collect(const mu_response_given *given, mu_words *words,
                                          mu_arena *arena, mu_diags *diags);
MU_MUST_USE mu_status mu_response_compile(const mu_response_given *given, const mu_words *words,
                                          mu_arena *arena, mu_diags *diags, mu_response_plan *out);

/* Does the term call the step off? */
bool mu_step_is_off_at(const mu_step_plan *step, uint32_t term);

/* Can any step of the plan, or the incident itself, bring about what a term names? */
bool mu_response_can(const mu_response_plan *plan, const mu_term *term);

/* The step that asks for more people than ever hold its role: `step` itself, or the first of those
 * that its trigger has to wait for. MU_NONE: there is none. */
uint32_t mu_response_short_of(const mu_response_plan *plan, uint32_t step);

void mu_response_register(const mu_response_plan *plan, const mu_site *site,
                          const mu_people *people, mu_layout *layout);
void mu_response_begin(mu_sim *sim);
/* Reads what was written to the log since the last time and lets triggers fire. */
void mu_response_hear_news(mu_sim *sim);
/* The same where there is something new; the run loop calls it after every event. */
static inline void mu_response_hear(mu_sim *sim) {
    const mu_term_now *terms = (mu_term_now *)mu_world_section(&sim->world, MU_SECTION_TERM);
    if (terms[sim->response->terms.count].met < mu_world_clock(&sim->world)->log_count) {
        mu_response_hear_news(sim);
    }
}
/* Is any step between trigger and end, or any unit on its way? */
bool mu_response_is_active(const mu_sim *sim);

static inline mu_hand *mu_hands(const mu_sim *sim) {
    return (mu_hand *)mu_world_section(&sim->world, MU_SECTION_HAND);
}
static inline mu_step_now *mu_steps(const mu_sim *sim) {
    return (mu_step_now *)mu_world_section(&sim->world, MU_SECTION_STEP);
}
static inline mu_round *mu_rounds(const mu_sim *sim) {
    return (mu_round *)mu_world_section(&sim->world, MU_SECTION_ROUND);
}
static inline mu_roll *mu_rolls(const mu_sim *sim) {
    return (mu_roll *)mu_world_section(&sim->world, MU_SECTION_ROLL);
}
static inline mu_stock_now *mu_stocks(const mu_sim *sim) {
    return (mu_stock_now *)mu_world_section(&sim->world, MU_SECTION_STOCK);
}
static inline mu_line_now *mu_lines(const mu_sim *sim) {
    return (mu_line_now *)mu_world_section(&sim->world, MU_SECTION_LINE);
}
static inline mu_unit_now *mu_units(const mu_sim *sim) {
    return (mu_unit_now *)mu_world_section(&sim->world, MU_SECTION_UNIT);
}
static inline mu_order_now *mu_orders(const mu_sim *sim) {
    return (mu_order_now *)mu_world_section(&sim->world, MU_SECTION_ORDER);
}
static inline mu_zone_now *mu_zones(const mu_sim *sim) {
    return (mu_zone_now *)mu_world_section(&sim->world, MU_SECTION_ZONE);
}

/* Handlers. */
void mu_response_on_arrived(mu_sim *sim, const mu_event *event);
void mu_response_on_moves(mu_sim *sim, const mu_event *event);
void mu_response_on_door_locked(mu_sim *sim, const mu_event *event);
void mu_response_on_asked(mu_sim *sim, const mu_event *event);
void mu_response_on_replies(mu_sim *sim, const mu_event *event);
void mu_response_on_alerted(mu_sim *sim, const mu_event *event);
void mu_response_on_routine_starts(mu_sim *sim, const mu_event *event);
void mu_response_on_routine_ends(mu_sim *sim, const mu_event *event);
void mu_response_on_patrol_starts(mu_sim *sim, const mu_event *event);
void mu_response_on_patrol_next(mu_sim *sim, const mu_event *event);
void mu_response_on_due(mu_sim *sim, const mu_event *event);
void mu_response_on_issued(mu_sim *sim, const mu_event *event);
void mu_response_on_worked(mu_sim *sim, const mu_event *event);
void mu_response_on_message(mu_sim *sim, const mu_event *event);
void mu_response_on_retried(mu_sim *sim, const mu_event *event);
void mu_response_on_unit_sets_out(mu_sim *sim, const mu_event *event);
void mu_response_on_unit_on_site(mu_sim *sim, const mu_event *event);
void mu_response_on_portal_moved(mu_sim *sim, const mu_event *event);
void mu_response_on_vent_moved(mu_sim *sim, const mu_event *event);
void mu_response_on_zone_watched(mu_sim *sim, const mu_event *event);
void mu_round_on_worked(mu_sim *sim, const mu_event *event);
void mu_round_on_delivered(mu_sim *sim, const mu_event *event);
void mu_round_on_back(mu_sim *sim, const mu_event *event);

#endif
