/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kind of record that the log can hold: MU_RECORD(NAME, token, part, milestone).
 *
 * `token` is the word that log.jsonl, playbook triggers and clauses use. `part` says what the time
 * up to this record was spent on, when a cause chain passes through it (see mu_part). `milestone`
 * is 1 where triggers and clauses may name the record, as "token", "token:object" or
 * "token:object@place".
 *
 * This file has no include guard on purpose: it is expanded several times. */

/* The run and what happens to it from outside. */
MU_RECORD(STARTED, "started", NONE, 1)         /* the incident begins; object: its kind */
MU_RECORD(ENDED, "ended", NONE, 1)             /* nothing is left to happen, or the horizon */
MU_RECORD(ALARM, "alarm", NONE, 1)             /* a plain alarm is raised */
MU_RECORD(PLACED, "placed", NONE, 1)           /* the item stands there; object item */
MU_RECORD(NOTICED, "noticed", UNNOTICED, 1)    /* object item; place: staff, guard or camera */
MU_RECORD(EXPOSED, "exposed", NONE, 0)         /* value: people inside a ring now; place: the ring */
MU_RECORD(EXPLODED, "exploded", NONE, 1)       /* object: item or second_item */

/* Casualties, as role-players of an exercise: the subject is one of them. */
MU_RECORD(INJURED, "injured", NONE, 0)         /* becomes one; value: the tag that they play */
MU_RECORD(FOUND, "found", UNNOTICED, 1)        /* somebody knows of it; holder: who found it */
MU_RECORD(TAGGED, "tagged", WORK, 0)           /* sorted by a medic; value: the tag given */
MU_RECORD(CARED, "cared", WORK, 0)             /* treated */
MU_RECORD(LAID, "laid", TRAVEL, 0)             /* at the collection point; value: 1 = walked there */
MU_RECORD(TAKEN, "taken", WORK, 1)             /* leaves the site in a vehicle; place: the unit */
MU_RECORD(SENT_ON, "sent_on", ROAD, 0)         /* turned away at a hospital without room; place:
                                                  that hospital */
MU_RECORD(ADMITTED, "admitted", ROAD, 0)       /* is at the hospital; place: that, or the unit where
                                                  the roster lists none */

/* The roll-call. */
MU_RECORD(ACCOUNTED, "accounted", NONE, 1)     /* counted; value: 1 = is on a list. Object all:
                                                  nobody is missing any more */
MU_RECORD(MISSING, "missing", NONE, 1)         /* on a list, not counted; place: last seen there;
                                                  holder: by whom */
MU_RECORD(REGISTERED, "registered", NONE, 1)   /* all visitors counted were on the register */

MU_RECORD(SEIZED, "seized", NONE, 1)           /* people are held; value: how many occupants */
MU_RECORD(LET_GO, "let_go", NONE, 1)           /* some of them; value: how many */
MU_RECORD(RESOLVED, "resolved", NONE, 1)       /* it is over; value: how many were held */
MU_RECORD(CROSSED, "crossed", NONE, 0)         /* an occupant comes into sight of the place;
                                                  value: 1 = was in sight before, elsewhere */

/* A step of a playbook. */
MU_RECORD(DUE, "due", DECISION, 0)             /* its trigger is complete and its wait over */
MU_RECORD(REQUESTED, "requested", NONE, 0)     /* people, equipment or a line asked for */
MU_RECORD(GRANTED, "granted", WAIT, 0)         /* got; `holder` held the last of it until now */
MU_RECORD(SET_OUT, "set_out", NONE, 0)         /* a responder starts to walk */
MU_RECORD(REACHED, "reached", TRAVEL, 0)       /* a responder is there */
MU_RECORD(ISSUED, "issued", WORK, 0)           /* a store has given out what the step needs */
MU_RECORD(BEGAN, "began", NONE, 0)             /* all who do it are there: work starts */
MU_RECORD(WORKED, "worked", WORK, 0)           /* the work is over */
MU_RECORD(FAILED, "failed", WORK, 0)           /* it did not succeed; tried again if it may be */
MU_RECORD(STEP, "step", NONE, 1)               /* the step is done; object: the step's id */
MU_RECORD(ABANDONED, "abandoned", WORK, 1)     /* no try left; object: the step's */
MU_RECORD(CALLED_OFF, "called_off", NONE, 0)   /* its `unless` has come */
MU_RECORD(SHORT_OF, "short_of", NONE, 1)       /* more people are asked for than there are at all;
                                                  object: role; value: how many are missing */
MU_RECORD(BROKEN_OFF, "broken_off", WORK, 0)   /* who did it had to leave; somebody else has to */
MU_RECORD(RELEASED, "released", NONE, 0)       /* a person or thing is free again */

/* Messages. */
MU_RECORD(SENT, "sent", NONE, 0)               /* over a channel */
MU_RECORD(DELIVERED, "delivered", MESSAGE, 0)  /* to one receiver */
MU_RECORD(LOST, "lost", MESSAGE, 0)            /* not delivered; one-to-one: sent again */

MU_RECORD(UNREACHED, "unreached", NONE, 0)     /* an order that no channel carries to its subject;
                                                  place: the space; value: drill/findings_reach.h */
MU_RECORD(REPLIED, "replied", MESSAGE, 0)      /* one in shelter; value: how many are known now */

MU_RECORD(MEASURED, "measured", NONE, 1)       /* a number that clauses judge; object: of what;
                                                  place: where, or which demand; value: in
                                                  thousandths (policy/measure.h) */

/* Intrusion. */
MU_RECORD(DISTURBED, "disturbed", TRAVEL, 1)   /* a barrier is touched; object: fence or door */
MU_RECORD(ENTERED, "entered", WORK, 1)         /* the intruder comes into a space; object: what it
                                                  is: grounds, data_centre, target */
MU_RECORD(DENIED, "denied", TRAVEL, 1)         /* the intruder is stopped; object: by what */
MU_RECORD(DETECTED, "detected", UNNOTICED, 1)  /* a sensor raises an alarm; object: its kind, or
                                                  intrusion: the first of what it guards; place:
                                                  what that is */
MU_RECORD(FALSE_ALARM, "false_alarm", NONE, 0) /* subject: the sensor */
MU_RECORD(ASSESSED, "assessed", WORK, 1)       /* an operator has looked at an alarm; object:
                                                  intrusion or false; place: what it guards */
MU_RECORD(DISCHARGED, "discharged", MECHANISM, 1) /* gas suppression; value: persons inside */

MU_RECORD(CHALLENGED, "challenged", UNNOTICED, 1) /* a stranger without a pass is asked; subject:
                                                  by whom; object: stranger */

/* What the site lives on, and what comes to it. */
MU_RECORD(OUT_OF_RANGE, "out_of_range", UNNOTICED, 1) /* a room's air; object: what its sensor
                                                  guards; place: heat, dry or damp */
MU_RECORD(LANE_BLOCKED, "lane_blocked", ROAD, 1) /* a parked car stops a unit; object: fire_lane */
MU_RECORD(LANE_CLEARED, "lane_cleared", WORK, 1) /* and is out of its way */
MU_RECORD(OUTAGE, "outage", NONE, 1)           /* object: mains, a channel, or primary: the last of
                                                  the site's own telephones */
MU_RECORD(BACK, "back", MECHANISM, 1)          /* it works again */
MU_RECORD(RECEIVED, "received", NONE, 1)       /* object threat: by telephone; subject: who took it.
                                                  Object tip: to the intelligence desk; place: who
                                                  it is from; value: its age in seconds */
MU_RECORD(WARNED, "warned", WORK, 1)           /* the desk bears a report out on a level; object: the
                                                  level; place: who it is from; value: its age */
MU_RECORD(RELIEF_COMES, "relief_comes", NONE, 0) /* a shift changes; object: role; holder: whom they
                                                  relieve */
MU_RECORD(HANDOVER, "handover", TRAVEL, 0)     /* they are together, and one tells the other */
MU_RECORD(RELIEVED, "relieved", WORK, 1)       /* has taken over; object: role; holder: from whom */
MU_RECORD(OFF_DUTY, "off_duty", NONE, 0)       /* goes; object: role */
MU_RECORD(LEFT_DESK, "left_desk", NONE, 1)     /* driven out by the air; object: role; place: room */
MU_RECORD(DESK_TAKEN, "desk_taken", WORK, 1)   /* works again, there; object: role; place: room */
MU_RECORD(RUNS_LOW, "runs_low", NONE, 1)       /* object: provisions; less than a day is left */
MU_RECORD(EXHAUSTED, "exhausted", NONE, 1)     /* nothing is left */
MU_RECORD(CROWDED, "crowded", NONE, 1)         /* fuller than the share at which people go one way;
                                                  object: who comes in */

/* What a verb brings about; object and place as the step says. One row per verb of verb.h. */
MU_RECORD(NOTIFIED, "notified", NONE, 1)
MU_RECORD(VERIFIED, "verified", NONE, 1)
MU_RECORD(DECLARED, "declared", NONE, 1)
MU_RECORD(ASSEMBLED, "assembled", NONE, 1)
MU_RECORD(POSTED, "posted", NONE, 1)
MU_RECORD(CLOSED, "closed", MECHANISM, 1)      /* the last portal of the zone is closed */
MU_RECORD(OPENED, "opened", MECHANISM, 1)
MU_RECORD(ORDERED, "ordered", NONE, 1)         /* an evacuation or shelter order is given */
MU_RECORD(CLEARED, "cleared", EVACUATION, 1)   /* nobody is left who was to leave; object: zone */
MU_RECORD(SHELTERED, "sheltered", NONE, 1)     /* the order to take shelter is given */
MU_RECORD(LOCKED_DOWN, "locked_down", NONE, 1) /* the order to lock the rooms is given */
MU_RECORD(LOCKED, "locked", MECHANISM, 0)      /* a door, by hand; subject: who; place: the room */
MU_RECORD(SECURED, "secured", SHELTERING, 1)   /* all in shelter, all doors locked; object: zone */
MU_RECORD(COVERED, "covered", NONE, 1)
MU_RECORD(CORDONED, "cordoned", NONE, 1)
MU_RECORD(SEARCHED, "searched", NONE, 1)
MU_RECORD(CONTAINED, "contained", NONE, 1)
MU_RECORD(NEGOTIATED, "negotiated", NONE, 1)
MU_RECORD(TRIAGED, "triaged", NONE, 1)
MU_RECORD(TREATED, "treated", NONE, 1)
MU_RECORD(CARRIED, "carried", NONE, 1)
MU_RECORD(TRANSPORTED, "transported", NONE, 1)
MU_RECORD(DECONTAMINATED, "decontaminated", WORK, 1) /* nobody is left who needs it */
MU_RECORD(VENTILATION_SHUT, "ventilation_shut", MECHANISM, 1) /* its last unit stands */
MU_RECORD(POWER_SWITCHED, "power_switched", NONE, 1)
MU_RECORD(CHANNEL_SWITCHED, "channel_switched", NONE, 1)
MU_RECORD(RECORDED, "recorded", NONE, 1)
MU_RECORD(REPORTED, "reported", NONE, 1)
MU_RECORD(HANDED_OVER, "handed_over", NONE, 1)
MU_RECORD(SWEPT, "swept", NONE, 1)
MU_RECORD(ALL_CLEAR, "all_clear", NONE, 1)
MU_RECORD(RESTORED, "restored", MECHANISM, 1)  /* runs again, where it is a thing that runs */
MU_RECORD(SUPPORTED, "supported", NONE, 1)
MU_RECORD(INVESTIGATED, "investigated", NONE, 1)

/* Help from outside. */
MU_RECORD(DISPATCHED, "dispatched", DISPATCH, 1) /* object: role of the unit */
MU_RECORD(ON_SITE, "on_site", ROAD, 1)           /* at the road's end; object: role */
MU_RECORD(ARRIVED, "arrived", NONE, 1)           /* first of a role at a kind of post or at @item */

/* Occupants. */
MU_RECORD(ALERTED, "alerted", NONE, 0)         /* learns of it; place: the channel */
MU_RECORD(MOVES, "moves", PREMOVEMENT, 0)      /* starts to walk out */
MU_RECORD(GUIDED, "guided", TRAVEL, 1)         /* the first whom a guide leads; object: people */
MU_RECORD(TOLD, "told", NONE, 0)               /* leaves in sight of others who do not know yet */
MU_RECORD(REROUTED, "rerouted", NONE, 0)       /* learned of a closed way */
MU_RECORD(LEFT, "left", TRAVEL, 0)             /* crossed the last door to the open */
MU_RECORD(REMAINS, "remains", NONE, 0)         /* inside when the run ends; `value` says why */
MU_RECORD(STATE, "state", NONE, 0)             /* occupant state changes; `value` is the new one */

/* Who cannot use stairs, and what else carries people between levels. */
MU_RECORD(REFUGE, "reached_refuge", TRAVEL, 1) /* waits there for help; place: the space */
MU_RECORD(HELP_CALLED, "help_called", MESSAGE, 1) /* their call has got through; place: the channel;
                                                     object: the refuge's space */
MU_RECORD(HELPED, "helped", WORK, 0)           /* is in the chair or on the stretcher; holder: who
                                                  leads; value: what with, mu_burden */
MU_RECORD(BROUGHT_DOWN, "brought_down", TRAVEL, 1) /* is out; holder: by whom */
MU_RECORD(LIFTS_RECALLED, "lifts_recalled", NONE, 1) /* no ordinary lift takes anybody from now on,
                                                  belts stop, turnstiles are released */
MU_RECORD(LIFT_STANDS, "lift_stands", MECHANISM, 0) /* recalled, doors open; place: the car */
MU_RECORD(ENTERED_LIFT, "entered_lift", WAIT, 0) /* place: the car */
MU_RECORD(LEFT_LIFT, "left_lift", TRAVEL, 0)   /* place: the car */

/* Gas. */
MU_RECORD(LEAKS, "leaks", NONE, 1)             /* object gas; place: the space */
MU_RECORD(SMELT, "smelt", UNNOTICED, 0)        /* a person has noticed it, and leaves */
MU_RECORD(BREATHES, "breathes", NONE, 0)       /* value: guideline level of the air they are in */
MU_RECORD(BAND, "band", NONE, 0)               /* value: band that their exposure has reached */
MU_RECORD(CONCENTRATION, "concentration", NONE, 0) /* value: ppb; place: first space of a zone */
MU_RECORD(DISPERSED, "dispersed", AIR, 1)      /* every zone is clear */
MU_RECORD(AIR_UNIT, "air_unit", MECHANISM, 0)  /* object: the unit; value: 0 runs, 1 is shut */
MU_RECORD(QUEUES, "queues", TRAVEL, 0)         /* a person has come to a decontamination line */
MU_RECORD(ENTERS_LINE, "enters_line", WAIT, 0) /* its first station has room */
MU_RECORD(RESIDUE, "residue", WORK, 0)         /* value: thousandths left on a person */
MU_RECORD(LEAVES_LINE, "leaves_line", WORK, 0) /* dressed again */

MU_RECORD(CHOSE, "chose", NONE, 0)             /* a way out that is not simply the nearest; object:
                                                  its door; value: why (crowd/exits.h) */

/* The year: what falls due, fails, is found and mended, and who is there to do it. */
MU_RECORD(FELL_DUE, "fell_due", NONE, 1)       /* object: a duty; subject: the person it is about */
MU_RECORD(DONE, "done", WORK, 1)               /* value: minutes that it took */
MU_RECORD(LAPSED, "lapsed", WAIT, 1)           /* nobody was free for it in time; value: grade of
                                                  the sanction, where it is put on record */
MU_RECORD(MANNED, "manned", WAIT, 0)           /* object: a station; value: how many are there */
MU_RECORD(UNMANNED, "unmanned", NONE, 1)       /* too few are there; value: how many */
MU_RECORD(AWAY, "away", NONE, 0)               /* subject: person; value: 0 ill, 1 leave, 2 gone */
MU_RECORD(PRESENT, "present", WAIT, 0)         /* is there again, or newly */
MU_RECORD(BROKE, "broke", NONE, 1)             /* object: kind of wear; value: which of the assets */
MU_RECORD(FAULT_FOUND, "fault_found", UNNOTICED, 1) /* place: the duty that found it; 0: by itself */
MU_RECORD(MENDED, "mended", WORK, 1)
MU_RECORD(OCCURRED, "occurred", NONE, 1)       /* object: an occasion */
MU_RECORD(EXPIRED, "expired", NONE, 1)         /* object: a store */
MU_RECORD(STOCKED, "stocked", WAIT, 1)
MU_RECORD(SCORED, "scored", NONE, 1)           /* object: a department; value: its score, tenths */
MU_RECORD(INTERVENED, "intervened", NONE, 0)   /* people at a tabletop act on the run; subject: on
                                                  what; value: mu_act_kind */
MU_RECORD(INTERIM, "interim", WORK, 1)         /* a measure holds until the thing is mended; object:
                                                  kind of wear; value: which of the assets */
MU_RECORD(RATED, "rated", NONE, 0)             /* subject: a person; object: the duty that rates;
                                                  value: points, tenths */
MU_RECORD(SANCTIONED, "sanctioned", NONE, 0)   /* subject: a person; value: grade */
MU_RECORD(REVISED, "revised", NONE, 1)         /* object: a topic; what was taught of it is old */
