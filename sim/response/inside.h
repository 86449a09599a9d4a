/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the response share and nobody else needs. Read steps.c first: it is the life of
 * a step; the others each serve one stage of it. */
#ifndef MU_RESPONSE_INSIDE_H
#define MU_RESPONSE_INSIDE_H

#include <string.h>

#include "crowd/carry.h"
#include "response/response.h"
#include "threat/threat.h"

static inline const mu_step_plan *mu_step_plan_of(const mu_sim *sim, uint32_t step) {
    return &sim->response->steps.items[step];
}
static inline mu_step_now *mu_step_of(const mu_sim *sim, uint32_t step) {
    return &mu_steps(sim)[step];
}
static inline mu_handle mu_word_handle(uint32_t word) {
    return word == MU_NONE ? 0 : MU_HANDLE(MU_THING_WORD, word);
}
/* 0 where the plan does not have the word, or where it is NULL. */
static inline mu_handle mu_word_named(const mu_sim *sim, const char *word) {
    return mu_word_handle(word == NULL ? MU_NONE
                                       : mu_words_find(sim->response->words, word, strlen(word)));
}
/* Writes a record that belongs to a step, with the step's object and place. */
uint32_t mu_step_record(mu_sim *sim, uint32_t step, mu_record_kind kind, uint32_t cause,
                        mu_handle subject);

/* triggers.c */
bool mu_term_is_met(const mu_sim *sim, uint32_t term);

/* steps.c: the stages, in order. Each goes on to the next as soon as it can. */
void mu_step_seek_crew(mu_sim *sim, uint32_t step);
void mu_step_seek_stock(mu_sim *sim, uint32_t step);
void mu_step_gather(mu_sim *sim, uint32_t step);
void mu_step_start_work(mu_sim *sim, uint32_t step, uint32_t cause);
void mu_step_bring_about(mu_sim *sim, uint32_t step, uint32_t cause);
void mu_step_finish(mu_sim *sim, uint32_t step, uint32_t cause);
void mu_step_abandon(mu_sim *sim, uint32_t step, uint32_t cause);
/* Its `unless` has come: whatever it was doing is off. */
void mu_step_call_off(mu_sim *sim, uint32_t step, uint32_t cause);
/* Who does it has to leave: it is begun anew by somebody else. */
void mu_step_break_off(mu_sim *sim, uint32_t step, uint32_t person);
/* Its `until` has come: lets its people go. */
void mu_step_end_hold(mu_sim *sim, uint32_t step, uint32_t cause);
/* Something has become free: everything that waits tries again, by priority, then by who asked
 * first. */
void mu_step_retry_waiting(mu_sim *sim);

/* crew.c */
/* The people who do a step now; at most MU_CREW_MOST, ascending. */
uint32_t mu_crew_list(const mu_sim *sim, uint32_t step, uint32_t *out);
/* Takes free people for the step if there are enough; false if it has to wait. */
bool mu_crew_take(mu_sim *sim, uint32_t step);
/* One more free person joins a step that is under way. */
void mu_crew_add(mu_sim *sim, uint32_t step, uint32_t person);
void mu_crew_release(mu_sim *sim, uint32_t step, uint32_t cause);
/* Nothing keeps them; and, to be free for work, they sit where they can do it. */
bool mu_person_is_idle(const mu_sim *sim, uint32_t person);
bool mu_person_is_free(const mu_sim *sim, uint32_t person);
/* People are held, or free again: those of the response who are held can do nothing. */
void mu_crew_hear(mu_sim *sim, uint32_t record);
/* One free person with a role, the lowest index; MU_NONE. */
uint32_t mu_crew_find_free(const mu_sim *sim, uint32_t role);
/* Makes one person free: `held_by` is what held them until now. Does not retry what waits. */
void mu_person_free(mu_sim *sim, uint32_t person, mu_handle held_by, uint32_t step, uint32_t cause);
/* Has somebody been freed who has a post, and is at nothing and on the way to nothing? */
static inline bool mu_person_may_go_home(const mu_sim *sim, uint32_t person) {
    const mu_hand *hand = &mu_hands(sim)[person];
    return hand->freed != MU_NO_RECORD && hand->state == MU_HAND_FREE &&
           hand->walk == MU_WALK_NONE && sim->people->list.items[person].post != MU_NONE;
}
/* Everybody who is free and away from their post walks back to it. */
void mu_person_go_home(mu_sim *sim, uint32_t person);
/* Where in the model a person who belongs to a step's crew has to go. */
mu_goal mu_crew_goal(const mu_sim *sim, uint32_t step, uint32_t person);

/* stock.c */
bool mu_stock_take(mu_sim *sim, uint32_t step);
void mu_stock_return(mu_sim *sim, uint32_t step, uint32_t cause);

/* issue.c: stores that are opened by people of a role. */
#define MU_ISSUERS_MOST 8 /* as many as the site file allows */
bool mu_store_is_issued(const mu_equipment *store);
/* Those who would open one store, nearest first. */
typedef struct mu_issuers {
    uint32_t count; /* 0: it is open, or too few can come */
    uint32_t person[MU_ISSUERS_MOST];
    double way_m; /* of the last of them; 0: it is open; infinite: too few can come */
} mu_issuers;
/* For one more need of a step, after `needs` that are served from `stores` by those `chosen`: of
 * the crew, or free. */
mu_issuers mu_issue_find(mu_sim *sim, uint32_t step, uint32_t equipment, const uint32_t *stores,
                         const mu_issuers *chosen, uint32_t needs);
void mu_issue_call(mu_sim *sim, uint32_t step, const mu_issuers *chosen, uint32_t needs);
void mu_issue_set_out(mu_sim *sim, uint32_t step, uint32_t cause);
/* One of the crew has come for something: do they have to wait for it to be handed out? */
bool mu_issue_waits(mu_sim *sim, uint32_t step, uint32_t person, uint32_t reached);
void mu_issue_arrived(mu_sim *sim, uint32_t person, const mu_event *event);
void mu_issue_release(mu_sim *sim, uint32_t step, uint32_t cause);
/* One of those who were to open it cannot come: the step looks for its equipment anew. */
void mu_issue_lost(mu_sim *sim, uint32_t step, uint32_t cause);
/* steps.c: is at the store that serves a need; `passed` is a nearer one that was left aside. */
uint32_t mu_step_reached_store(mu_sim *sim, uint32_t step, uint32_t need, uint32_t person,
                               mu_handle passed, uint32_t cause);
/* steps.c: has got what they came for, and goes on. */
void mu_step_fetched(mu_sim *sim, uint32_t step, uint32_t person, uint32_t cause);

/* message.c */
void mu_message_start(mu_sim *sim, uint32_t step);
void mu_message_seek_line(mu_sim *sim, uint32_t step);
void mu_message_seek_receiver(mu_sim *sim, uint32_t step);
/* The talk is over: line and receiver are free again. */
void mu_message_end(mu_sim *sim, uint32_t step, uint32_t cause);

/* shelter.c */
/* An order to take shelter has reached somebody: `delivered` is the record of it. */
void mu_shelter_told(mu_sim *sim, uint32_t step, uint32_t person, mu_handle over,
                     uint32_t delivered);
/* Somebody's walk is over: into a room that they make for, or with no way out that keeps clear. */
void mu_shelter_arrived(mu_sim *sim, const mu_event *event);
/* The all-clear: doors that people have locked are open again, and nobody is in shelter. */
void mu_shelter_release(mu_sim *sim, uint32_t cause);
/* Is somebody in the zone's rooms still at a door? */
bool mu_shelter_is_locking(const mu_sim *sim, uint32_t step);
/* Sends word of a step's order to those who see `teller` and have not heard it. */
void mu_tell_in_person(mu_sim *sim, uint32_t step, uint32_t teller, uint32_t cause);

/* cordon.c: from its milestone on, and until those who hold it are let go. */
void mu_cordon_close(mu_sim *sim, uint32_t step, uint32_t cause);
void mu_cordon_open(mu_sim *sim, uint32_t step, uint32_t cause);
/* inquiry.c */
void mu_inquiry_send(mu_sim *sim, uint32_t step, uint32_t cause);
/* Could a message of a step over a channel reach this person where they are now? */
bool mu_channel_reaches(const mu_sim *sim, uint32_t step, uint32_t channel, uint32_t person);

/* broadcast.c, zone.c, portal_order.c, air_order.c, unit.c: what some verbs bring about. */
void mu_broadcast(mu_sim *sim, uint32_t step, uint32_t ordered);
/* Someone starts to leave (a MOVES record): those who see it may follow. */
void mu_word_of_mouth(mu_sim *sim, uint32_t record);
bool mu_zone_has(const mu_sim *sim, uint32_t step, uint32_t person);
/* Does somebody stand at an assembly point that the order clears, or tells people not to use? */
bool mu_zone_must_move_on(const mu_sim *sim, uint32_t step, uint32_t person);
/* They have got the order, and go to another point. */
void mu_zone_move_on(mu_sim *sim, uint32_t step, uint32_t person, uint32_t cause);
void mu_zone_watch(mu_sim *sim, uint32_t step, uint32_t ordered);
void mu_zone_hear(mu_sim *sim, uint32_t record);
void mu_portal_order(mu_sim *sim, uint32_t step, uint32_t cause, mu_portal_state target);
void mu_unit_tell(mu_sim *sim, uint32_t role, uint32_t cause);
/* gas.c */
/* Gets somebody who has noticed gas out of it if nothing keeps them; true if they must not go back
 * into it. */
bool mu_gas_drives_out(mu_sim *sim, uint32_t person);
/* Out, to where the gas does not drift. */
void mu_gas_go_out(mu_sim *sim, uint32_t person);
/* Somebody has noticed gas (a SMELT record). */
void mu_gas_hear(mu_sim *sim, uint32_t record);
/* Orders the step's air units; ends the step when the last has moved. */
void mu_air_order(mu_sim *sim, uint32_t step, uint32_t cause);
bool mu_unit_is_role(const mu_sim *sim, uint32_t role);

/* rounds.c: steps whose teams go from person to person. */
void mu_rounds_start(mu_sim *sim, uint32_t step);
bool mu_round_is_busy(const mu_round *round);
/* Ends the step if nobody needs it any more. */
void mu_rounds_settle(mu_sim *sim, uint32_t step);
/* Something was written that may give idle teams work. */
void mu_rounds_hear(mu_sim *sim, uint32_t record);
/* The step's people are let go: what they were at is left as it is. */
void mu_rounds_stop(mu_sim *sim, uint32_t step);
/* Is this person of the crew on a round, so that an arrival belongs to it? */
bool mu_rounds_has(const mu_sim *sim, uint32_t person);
void mu_round_arrived(mu_sim *sim, uint32_t person, const mu_event *event);
/* The people of the team that begins with `lead`; returns how many. */
uint32_t mu_round_team(const mu_sim *sim, uint32_t step, uint32_t lead, uint32_t *out);
/* All of the team walks to a goal. */
void mu_round_go(mu_sim *sim, uint32_t step, uint32_t lead, mu_goal goal, mu_round_stage stage);
/* The team takes its person up and carries them to a goal. */
void mu_round_carry(mu_sim *sim, uint32_t step, uint32_t lead, mu_burden burden, mu_goal goal);
/* Where a step takes people out to: its place, or else where it has them gather. */
mu_goal mu_round_way_out(const mu_sim *sim, uint32_t step, uint32_t lead);
/* Of those who want it the one whose goal is nearest to the team; MU_NONE. `next` is the first of
 * them by index from one on, MU_NONE without any. */
uint32_t mu_round_nearest(mu_sim *sim, uint32_t lead, uint32_t (*next)(const mu_sim *, uint32_t),
                          mu_goal (*goal_of)(const mu_sim *, uint32_t));
/* How long the step's work on one person takes. */
double mu_round_draw(const mu_sim *sim, uint32_t step, uint32_t person);
/* The team gives up its person and looks for the next. */
void mu_round_give_up(mu_sim *sim, uint32_t step, uint32_t lead);
/* Work of so long, and then ROUND_WORKED. */
void mu_round_work(mu_sim *sim, uint32_t lead, double takes_s);
/* The team is through with its person and looks for the next. */
void mu_round_next(mu_sim *sim, uint32_t step, uint32_t lead);

/* care.c: what teams do for casualties. */
typedef enum mu_need_of { MU_NEEDS_NOTHING, MU_NEEDS_LATER, MU_NEEDS_NOW } mu_need_of;
mu_need_of mu_care_need(const mu_sim *sim, uint32_t step, uint32_t person);
/* The one whom a team takes next; MU_NONE. */
uint32_t mu_care_choose(mu_sim *sim, uint32_t step, uint32_t lead);
mu_goal mu_care_goal(const mu_sim *sim, uint32_t person);
/* The team's work on its person is over. */
void mu_care_worked(mu_sim *sim, uint32_t step, uint32_t lead);
/* It has brought them to the step's place. */
void mu_care_brought(mu_sim *sim, uint32_t step, uint32_t lead);
/* Gives them up: there is no way to them, or with them. */
void mu_care_give_up(mu_sim *sim, uint32_t step, uint32_t lead);
/* Lets go of whoever the team carries or sees to. */
void mu_care_drop(mu_sim *sim, uint32_t step, uint32_t lead);
/* The space or stair where somebody is, who is on the site. */
mu_handle mu_care_place(const mu_sim *sim, uint32_t person);
/* A casualty on their own feet has got to the collection point. */
void mu_care_arrived(mu_sim *sim, const mu_event *event);
bool mu_care_walks(const mu_sim *sim, uint32_t person);

/* bring_down.c: what teams do for those who wait at places of refuge. */
mu_need_of mu_bring_down_need(const mu_sim *sim, uint32_t person);
/* The one whom a team goes to next; MU_NONE. */
uint32_t mu_bring_down_choose(mu_sim *sim, uint32_t lead);
/* They are in the chair: on the way out with them. */
void mu_bring_down_start(mu_sim *sim, uint32_t step, uint32_t lead);
void mu_bring_down_end(mu_sim *sim, uint32_t step, uint32_t lead);
void mu_bring_down_give_up(mu_sim *sim, uint32_t step, uint32_t lead);

/* ambulance.c: transport. */
void mu_ambulance_loaded(mu_sim *sim, uint32_t step, uint32_t lead);
/* A unit has come: it joins the steps that take all of its role. */
void mu_ambulance_join(mu_sim *sim, uint32_t step);

/* search.c: what a search or sweep finds. True: something that ends it. */
bool mu_search_finds(mu_sim *sim, uint32_t step, uint32_t cause);
/* Everyone who lies in a space (MU_NONE: anywhere) is found. */
void mu_search_people(mu_sim *sim, uint32_t space, uint32_t by, uint32_t cause);

/* roll.c */
/* Is the person on the roster or a register? */
bool mu_roll_lists(const mu_sim *sim, uint32_t person);
double mu_roll_reach_m(const mu_site *site, const mu_step_plan *plan);
/* Time to count those who stand at a step's place now. */
double mu_roll_counting_s(const mu_sim *sim, uint32_t step);
/* What a roll-call step's milestone brings with it. */
void mu_roll_worked(mu_sim *sim, uint32_t step, uint32_t milestone);
/* Counts one person; returns the record. */
uint32_t mu_roll_account(mu_sim *sim, uint32_t person, uint32_t by, uint32_t cause);
/* Tells that nobody is missing any more, if so. */
void mu_roll_close(mu_sim *sim, uint32_t cause);
void mu_roll_hear(mu_sim *sim, uint32_t record);

/* missing.c: searchers on their rounds. */
bool mu_missing_is_sought(const mu_sim *sim, uint32_t person);
uint32_t mu_missing_choose(mu_sim *sim, uint32_t lead);
mu_goal mu_missing_goal(const mu_sim *sim, uint32_t person);
void mu_missing_looked(mu_sim *sim, uint32_t step, uint32_t lead);
void mu_missing_give_up(mu_sim *sim, uint32_t person);
void mu_missing_brought(mu_sim *sim, uint32_t person, uint32_t cause);

/* routine.c */
void mu_routine_begin(mu_sim *sim);
void mu_patrol_arrived(mu_sim *sim, uint32_t person);

#endif
