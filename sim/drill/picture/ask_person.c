/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is this, and why are they doing it? An occupant is explained by what they learned and when; a
 * responder by the step they are on and by what brought that step about. */
#include <math.h>

#include "core/i18n.h"
#include "crowd/exits.h"
#include "crowd/parties.h"
#include "drill/picture/inside.h"
#include "drill/picture/movers.h"
#include "drill/why.h"

static const char *name_of(mu_session *s, mu_thing thing, uint32_t index, const char *language) {
    return mu_plan_name(s->plan, MU_HANDLE(thing, index), language);
}

/* How somebody learned of it: the channel, or a person who was seen to leave. */
static const char *say_alerted(mu_session *s, const mu_mind *mind, const char *language) {
    const mu_record *record = mu_shown_record(s, mind->alerted_record);
    if (record == NULL) {
        return "";
    }
    const char *when = mu_say_clock(s, record->time_us);
    if (record->place == 0) {
        return mu_print(s, _("Learned of it at %s from others nearby"), when);
    }
    return mu_print(s, _("Learned of it at %s: %s"), when,
                    mu_plan_name(s->plan, record->place, language));
}

static const char *occupant_line(mu_session *s, const mu_frame_person *person,
                                 const mu_mind *mind) {
    switch ((mu_doing)person->doing) {
    case MU_DOING_TOLD:
        return _("Has been told to leave and is getting ready");
    case MU_DOING_LEAVING:
        return person->walking != 0
                   ? mu_print(s, _("Is leaving since %s"), mu_say_time_of(s, mind->moves_record))
                   : mu_print(s, _("Is leaving since %s, and stands still"),
                              mu_say_time_of(s, mind->moves_record));
    case MU_DOING_STUCK:
        return mind->stuck == MU_STUCK_STAIRS ? _("Cannot go on: every way has stairs")
                                              : _("Cannot go on: knows no way that is open");
    case MU_DOING_SHELTERING:
        return _("Stays in shelter");
    case MU_DOING_REFUGE:
        return mu_refuge_line(s, person->person);
    case MU_DOING_HELD:
        return _("Is held");
    case MU_DOING_HURT:
        return person->carried != 0 ? _("Is hurt, and is being carried")
               : person->lying != 0 ? _("Is hurt, and lies there")
                                    : _("Is hurt, and can walk");
    case MU_DOING_OUT:
        return mind->left_record == MU_NO_RECORD /* was out before anything began */
                   ? _("Is in the open")
                   : mu_print(s, _("Is out; left the building at %s"),
                              mu_say_time_of(s, mind->left_record));
    default:
        return person->walking != 0 ? _("Walks about, and has not been told")
                                    : _("Has not been told");
    }
}

static const char *say_next(mu_session *s, const mu_body *body, const char *language) {
    if (body->mode != MU_BODY_WALKING || body->gate >= MU_GATE_UNCHOSEN) {
        return "";
    }
    const mu_gate *gate = mu_walkable_gate(s->plan->walkable, body->gate);
    return mu_print(s, _("Makes for: %s, at %.1f m/s"),
                    name_of(s, MU_THING_PORTAL, gate->portal, language), body->speed_mps);
}

static const char *say_goal(mu_session *s, const mu_goal *goal, const char *language) {
    switch ((mu_goal_kind)goal->kind) {
    case MU_GOAL_NONE:
        return "";
    case MU_GOAL_POINT:
        for (uint32_t i = 0; i < s->plan->site.posts.count; i++) {
            const mu_post *post = &s->plan->site.posts.items[i];
            if (post->space.index == goal->area &&
                hypot(post->at.x - goal->at.x, post->at.y - goal->at.y) < 1) {
                return mu_print(s, _("On the way to: %s"), mu_text_in(post->name, language));
            }
        }
        return goal->area < s->plan->site.spaces.count
                   ? mu_print(s, _("On the way to: %s"),
                              name_of(s, MU_THING_SPACE, goal->area, language))
                   : "";
    case MU_GOAL_ASSEMBLY:
        return _("On the way to: the nearest assembly point");
    case MU_GOAL_OUTSIDE:
        return _("On the way to: the open air");
    }
    return "";
}

/* Which door to the open they make for, why, and the best of the others. */
static void tell_of_exit(mu_session *s, uint32_t person, const char *language, mu_answer *out) {
    const mu_mind *mind = &mu_minds(&s->shown)[person];
    const uint32_t door = mu_exit_of(&s->shown, person);
    mu_exit_option options[2];
    if (door == MU_NONE || mind->evacuating == 0) {
        return;
    }
    mu_answer_add(out,
                  mu_print(s, _("Leaves by: %s"), name_of(s, MU_THING_PORTAL, door, language)));
    mu_answer_add(out, mu_print(s, _("Because: %s"),
                                _(mu_why_because(mu_exit_because(&s->shown, person, door)))));
    const uint32_t count = mu_exit_options(&s->shown, person, options, 2);
    const double way = mu_crowd_way(&s->shown, person, mind->goal);
    for (uint32_t k = 0; k < count; k++) {
        if (options[k].portal != door && isfinite(way)) {
            mu_answer_add(out, mu_print(s, _("Whole way %.0f m; by %s it would be %.0f m"), way,
                                        name_of(s, MU_THING_PORTAL, options[k].portal, language),
                                        options[k].cost));
            return;
        }
    }
}

/* What they do for those they keep together with. */
static const char *say_party(mu_session *s, uint32_t person) {
    const uint32_t party = s->plan->people.list.items[person].party;
    const uint32_t keeps = mu_minds(&s->shown)[person].keeps;
    if (party == MU_NONE || s->plan->people.parties.items[party].count < 2) {
        return "";
    }
    if ((keeps & MU_KEEPS_WAITS) != 0) {
        return _("Waits until the rest of the party has caught up");
    }
    if ((keeps & MU_KEEPS_JOINS) != 0) {
        return _("Goes to the others of the party");
    }
    const uint32_t others = s->plan->people.parties.items[party].count - 1;
    return mu_print(s, P_("Keeps together with %u other", "Keeps together with %u others", others),
                    others);
}

static const char *free_line(mu_session *s, uint32_t person) {
    switch ((mu_hand_walk)mu_hands(&s->shown)[person].walk) {
    case MU_WALK_PATROL:
        return _("On the round");
    case MU_WALK_HOME:
        return _("Free, on the way back to the post");
    case MU_WALK_OUT:
        return _("Leaves what cannot be breathed");
    case MU_WALK_DESK:
        return _("On the way to another desk; cannot work meanwhile");
    case MU_WALK_NONE:
        break;
    }
    return _("Free, at the post");
}

/* The step somebody is on: how far it is, since when, and what brought it about. */
static void tell_of_step(mu_session *s, const mu_frame_person *person, const char *language,
                         mu_answer *out) {
    const uint32_t step = mu_hands(&s->shown)[person->person].step;
    const mu_step_now *now = &mu_steps(&s->shown)[step];
    mu_answer_add(out, mu_print(s, _("Step: %s"), name_of(s, MU_THING_STEP, step, language)));
    const char *since = mu_say_time_of(s, now->last);
    mu_answer_add(out, person->doing == MU_DOING_GOING
                           ? mu_print(s, _("Going there since %s"), since)
                       : person->doing == MU_DOING_HOLDING
                           ? mu_print(s, _("Done; stays there since %s"), since)
                           : mu_print(s, _("At it since %s"), since));
    const mu_record *trigger = mu_shown_record(s, now->trigger);
    if (trigger != NULL) {
        mu_answer_add(out, mu_print(s, _("Because at %s: %s"), mu_say_clock(s, trigger->time_us),
                                    mu_say_record(s, trigger, language)));
    }
}

static void tell_of_responder(mu_session *s, const mu_frame_person *person, const char *language,
                              mu_answer *out) {
    const mu_hand *hand = &mu_hands(&s->shown)[person->person];
    switch ((mu_hand_state)hand->state) {
    case MU_HAND_FREE:
        mu_answer_add(out, free_line(s, person->person));
        break;
    case MU_HAND_ROUTINE:
        mu_answer_add(out, _("Busy with everyday work, and finishes it first"));
        break;
    case MU_HAND_CALL:
        mu_answer_add(out, mu_print(s, _("Listens to a message: %s"),
                                    name_of(s, MU_THING_STEP, hand->step, language)));
        break;
    case MU_HAND_ISSUE:
        mu_answer_add(out, mu_print(s, _("Opens a store: %s"),
                                    name_of(s, MU_THING_STEP, hand->step, language)));
        break;
    case MU_HAND_RELIEF:
        mu_answer_add(out, _("The shift changes: takes over, or hands over"));
        break;
    case MU_HAND_OFF:
        mu_answer_add(out, _("Off duty, on the way out"));
        break;
    case MU_HAND_STEP:
        tell_of_step(s, person, language, out);
        break;
    }
}

static const char *mobility_word(uint8_t mobility) {
    switch ((mu_mobility)mobility) {
    case MU_MOBILITY_ADULT:
        return "";
    case MU_MOBILITY_ELDERLY:
        return _("elderly");
    case MU_MOBILITY_STICK:
        return _("walks with a stick");
    case MU_MOBILITY_CRUTCHES:
        return _("walks on crutches");
    case MU_MOBILITY_FRAME:
        return _("walks with a frame");
    case MU_MOBILITY_WHEELCHAIR:
        return _("uses a wheelchair");
    }
    return "";
}

static const char *title_of(mu_session *s, const mu_person *given, uint32_t person,
                            const char *language) {
    if (given->kind == MU_PERSON_OCCUPANT) {
        const mu_group *group = &s->plan->roster.groups.items[given->from];
        return mu_text_in(group->name, language);
    }
    return name_of(s, MU_THING_PERSON, person, language);
}

static const char *kind_of(mu_session *s, const mu_person *given, const char *language) {
    const char *role = mu_say_role_word(s, language, s->plan->people.roles.items[given->role]);
    const char *mobility = mobility_word(given->mobility);
    return mobility[0] != 0 ? mu_print(s, _("%s, %s, %s"), role, mobility, given->id)
                            : mu_print(s, _("%s, %s"), role, given->id);
}

bool mu_person_ask(mu_session *session, uint32_t person, const char *language, mu_answer *out) {
    mu_session *s = session;
    if (person >= s->frame.people_count) {
        return false;
    }
    const mu_frame_person *seen = &s->frame.people[person];
    const mu_person *given = &s->plan->people.list.items[seen->person];
    const mu_body *body = &mu_bodies(&s->shown)[seen->person];
    const mu_mind *mind = &mu_minds(&s->shown)[seen->person];
    out->title = title_of(s, given, seen->person, language);
    out->kind = kind_of(s, given, language);
    if (given->kind == MU_PERSON_OCCUPANT) {
        mu_answer_add(out, occupant_line(s, seen, mind));
        if (body->mode == MU_BODY_WALKING) {
            tell_of_exit(s, seen->person, language, out);
        }
        mu_answer_add(out, say_alerted(s, mind, language));
        mu_casualty_tell(s, seen->person, language, out);
        mu_answer_add(out, say_party(s, seen->person));
    } else {
        tell_of_responder(s, seen, language, out);
    }
    mu_answer_add(out, mu_say_area(s, body->area, language));
    if (body->mode == MU_BODY_WALKING) {
        mu_answer_add(out, say_goal(s, &mind->goal, language));
        mu_answer_add(out, say_next(s, body, language));
    }
    return true;
}
