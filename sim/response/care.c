/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What medics and bearers do for casualties: sort by START, treat the worst first, carry to the
 * collection point. Only those who have been found are known to anybody. */
#include <math.h>

#include "crowd/carry.h"
#include "crowd/refuge.h"
#include "response/inside.h"

/* A patient on another level is as far as one so many metres away. */
#define OTHER_LEVEL_M 100.0

static mu_casualty_now *casualty(const mu_sim *sim, uint32_t person) {
    return &mu_casualties(sim)[person];
}

static bool is_on_their_feet(const mu_sim *sim, uint32_t person) {
    return mu_bodies(sim)[person].mode == MU_BODY_WALKING;
}

static mu_need_of when(bool now) {
    return now ? MU_NEEDS_NOW : MU_NEEDS_LATER;
}

/* Will medics still sort? Then nobody is moved or treated before them. Whoever is found after they
 * have finished is brought out as found, and sorted by those who treat. */
static bool is_sorting_to_come(const mu_sim *sim) {
    for (uint32_t s = 0; s < sim->response->steps.count; s++) {
        const mu_step_plan *plan = mu_step_plan_of(sim, s);
        const uint32_t state = mu_step_of(sim, s)->state;
        if (plan->rounds && plan->verb == MU_VERB_TRIAGE && plan->can_start &&
            state != MU_STEP_DONE && state != MU_STEP_ABANDONED) {
            return true;
        }
    }
    return false;
}

mu_need_of mu_care_need(const mu_sim *sim, uint32_t step, uint32_t person) {
    const mu_step_plan *plan = mu_step_plan_of(sim, step);
    const mu_casualty_now *c = casualty(sim, person);
    const bool here = c->injured != MU_NO_RECORD && c->found != MU_NO_RECORD &&
                      c->taken == MU_NO_RECORD && c->given_up == 0;
    if (!here || (c->tagged != MU_NO_RECORD && (plan->tags >> c->tag & 1) == 0)) {
        return MU_NEEDS_NOTHING;
    }
    const bool free = c->carer == MU_NONE && !is_on_their_feet(sim, person);
    if (plan->verb == MU_VERB_TRIAGE) {
        return c->tagged != MU_NO_RECORD ? MU_NEEDS_NOTHING : when(free);
    }
    const bool ready = free && (c->tagged != MU_NO_RECORD || !is_sorting_to_come(sim));
    switch (plan->verb) {
    case MU_VERB_TREAT:
        return c->treated != MU_NO_RECORD
                   ? MU_NEEDS_NOTHING
                   : when(ready && (plan->place == MU_PLACE_NONE || c->gathered != MU_NO_RECORD));
    case MU_VERB_CARRY:
        return c->gathered != MU_NO_RECORD ? MU_NEEDS_NOTHING : when(ready);
    default: /* transport */
        return when(ready && c->gathered != MU_NO_RECORD &&
                    (!sim->response->treats || c->treated != MU_NO_RECORD));
    }
}

/* On the plan; those of another level come after those of one's own. */
static double distance(const mu_sim *sim, uint32_t from, uint32_t to) {
    uint32_t level, other_level;
    const mu_body *a = &mu_bodies(sim)[from], *b = &mu_bodies(sim)[to];
    const mu_point p = mu_area_on_plan(sim->walkable, a->area, mu_crowd_at(sim, from), &level);
    const mu_point q = mu_area_on_plan(sim->walkable, b->area, mu_crowd_at(sim, to), &other_level);
    const double dx = p.x - q.x, dy = p.y - q.y;
    return sqrt(dx * dx + dy * dy) + (level != other_level ? OTHER_LEVEL_M : 0);
}

/* Red before yellow before green before black; before a tag is given, all are alike. */
static int urgency(const mu_casualty_now *c) {
    static const int order[MU_START_TAG_COUNT] = {
        [MU_START_RED] = 0, [MU_START_YELLOW] = 1, [MU_START_GREEN] = 2, [MU_START_BLACK] = 3};
    return c->tagged == MU_NO_RECORD ? 0 : order[c->tag];
}

/* Does `a` come before `b` for a team that stands at `lead`? */
static bool goes_first(const mu_sim *sim, uint32_t lead, uint32_t a, uint32_t b) {
    const int urgent_a = urgency(casualty(sim, a)), urgent_b = urgency(casualty(sim, b));
    if (urgent_a != urgent_b) {
        return urgent_a < urgent_b;
    }
    const double to_a = distance(sim, lead, a), to_b = distance(sim, lead, b);
    return to_a < to_b ||
           (to_a == to_b && sim->people->list.items[a].hash < sim->people->list.items[b].hash);
}

uint32_t mu_care_choose(mu_sim *sim, uint32_t step, uint32_t lead) {
    uint32_t best = MU_NONE;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (mu_is_casualty(sim, p) && mu_care_need(sim, step, p) == MU_NEEDS_NOW &&
            (best == MU_NONE || goes_first(sim, lead, p, best))) {
            best = p;
        }
    }
    return best;
}

mu_goal mu_care_goal(const mu_sim *sim, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    return (mu_goal){.kind = MU_GOAL_POINT, .area = body->area, .at = mu_crowd_at(sim, person)};
}

static uint32_t write(mu_sim *sim, uint32_t step, uint32_t lead, mu_record_kind kind,
                      uint32_t value) {
    mu_round *round = &mu_rounds(sim)[lead];
    round->last = mu_sim_write(
        sim, (mu_record){.kind = (uint16_t)kind,
                         .cause = round->last,
                         .subject = MU_HANDLE(MU_THING_PERSON, round->person),
                         .object = MU_HANDLE(MU_THING_WORD, sim->threat->word_casualty),
                         .place = mu_care_place(sim, round->person),
                         .step = MU_HANDLE(MU_THING_STEP, step),
                         .holder = MU_HANDLE(MU_THING_PERSON, lead),
                         .value = value});
    return round->last;
}

mu_handle mu_care_place(const mu_sim *sim, uint32_t person) {
    const mu_area *area = mu_walkable_area(sim->walkable, mu_bodies(sim)[person].area);
    return area->stair != MU_NONE ? MU_HANDLE(MU_THING_PORTAL, area->stair)
                                  : MU_HANDLE(MU_THING_SPACE, area->space);
}

/* What the medic finds decides, unless the medic errs: red taken for yellow, or one tag too bad. */
static mu_start_tag sort_patient(const mu_sim *sim, uint32_t step, uint32_t person) {
    const mu_step *given = mu_step_plan_of(sim, step)->given;
    const mu_start_tag tag = mu_start_of(&casualty(sim, person)->findings);
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_CARE, sim->people->list.items[person].hash, 0);
    const double luck = mu_stream_uniform(&stream);
    if (tag == MU_START_RED && luck < given->under_triage) {
        return MU_START_YELLOW;
    }
    if ((tag == MU_START_YELLOW || tag == MU_START_GREEN) && luck < given->over_triage) {
        return (mu_start_tag)(tag + 1);
    }
    return tag;
}

/* The nearest post for casualties on the level, or on any; MU_NONE. */
static uint32_t collection_post(mu_sim *sim, uint32_t person) {
    uint32_t best = MU_NONE;
    double best_way = (double)INFINITY;
    for (uint32_t p = 0; p < sim->site->posts.count; p++) {
        const mu_post *post = &sim->site->posts.items[p];
        if (post->kind == MU_POST_MEDICAL) {
            const double way = mu_crowd_way(
                sim, person,
                (mu_goal){.kind = MU_GOAL_POINT, .area = post->space.index, .at = post->at});
            best = way < best_way ? p : best;
            best_way = way < best_way ? way : best_way;
        }
    }
    return best;
}

/* Whoever can walk is told to go to the collection point. */
static void send_walking(mu_sim *sim, uint32_t person, uint32_t cause) {
    const uint32_t post = collection_post(sim, person);
    if (casualty(sim, person)->findings.walks == 0 || post == MU_NONE ||
        casualty(sim, person)->gathered != MU_NO_RECORD) {
        return;
    }
    const mu_post *to = &sim->site->posts.items[post];
    mu_minds(sim)[person].evacuating = 1;
    mu_crowd_send(sim, person,
                  (mu_goal){.kind = MU_GOAL_POINT, .area = to->space.index, .at = to->at}, 2.0,
                  cause);
}

bool mu_care_walks(const mu_sim *sim, uint32_t person) {
    return mu_is_casualty(sim, person) && is_on_their_feet(sim, person);
}

void mu_care_arrived(mu_sim *sim, const mu_event *event) {
    mu_casualty_now *c = casualty(sim, event->subject);
    if (c->injured == MU_NO_RECORD || c->findings.walks == 0 || c->gathered != MU_NO_RECORD ||
        event->argument != 0) {
        return;
    }
    c->gathered = mu_sim_write(
        sim, (mu_record){.kind = MU_RECORD_LAID,
                         .cause = event->cause,
                         .subject = MU_HANDLE(MU_THING_PERSON, event->subject),
                         .object = MU_HANDLE(MU_THING_WORD, sim->threat->word_casualty),
                         .place = mu_care_place(sim, event->subject),
                         .value = 1});
}

static void sort_now(mu_sim *sim, uint32_t step, uint32_t lead) {
    const uint32_t person = mu_rounds(sim)[lead].person;
    mu_casualty_now *c = casualty(sim, person);
    c->tag = (uint32_t)sort_patient(sim, step, person);
    c->tagged = write(sim, step, lead, MU_RECORD_TAGGED, c->tag);
}

/* Whoever can walk is shown the way. */
static bool is_sent_walking(mu_sim *sim, uint32_t lead) {
    const uint32_t person = mu_rounds(sim)[lead].person;
    if (casualty(sim, person)->findings.walks == 0 || collection_post(sim, person) == MU_NONE) {
        return false;
    }
    casualty(sim, person)->carer = MU_NONE;
    send_walking(sim, person, mu_rounds(sim)[lead].last);
    return true;
}

void mu_care_worked(mu_sim *sim, uint32_t step, uint32_t lead) {
    const uint32_t person = mu_rounds(sim)[lead].person;
    mu_casualty_now *c = casualty(sim, person);
    switch (mu_step_plan_of(sim, step)->verb) {
    case MU_VERB_TRIAGE:
        c->carer = MU_NONE;
        sort_now(sim, step, lead);
        send_walking(sim, person, c->tagged);
        break;
    case MU_VERB_TREAT:
        c->carer = MU_NONE;
        if (c->tagged == MU_NO_RECORD) {
            sort_now(sim, step, lead);
        }
        c->treated = write(sim, step, lead, MU_RECORD_CARED, c->tag);
        break;
    case MU_VERB_CARRY:
        if (is_sent_walking(sim, lead)) {
            break;
        }
        mu_round_carry(sim, step, lead, MU_BURDEN_STRETCHER, mu_crew_goal(sim, step, lead));
        return;
    default:
        mu_ambulance_loaded(sim, step, lead);
        return;
    }
    mu_round_next(sim, step, lead);
}

void mu_care_brought(mu_sim *sim, uint32_t step, uint32_t lead) {
    const uint32_t person = mu_rounds(sim)[lead].person;
    mu_care_drop(sim, step, lead);
    if (mu_is_casualty(sim, person)) {
        casualty(sim, person)->gathered = write(sim, step, lead, MU_RECORD_LAID, 0);
    } else {
        mu_missing_brought(sim, person, mu_rounds(sim)[lead].last);
    }
    mu_round_next(sim, step, lead);
}

void mu_care_drop(mu_sim *sim, uint32_t step, uint32_t lead) {
    uint32_t team[MU_CREW_MOST];
    const uint32_t count = mu_round_team(sim, step, lead, team);
    for (uint32_t k = 0; k < count; k++) {
        mu_crowd_burden(sim, team[k], MU_BURDEN_NONE);
    }
    const uint32_t person = mu_rounds(sim)[lead].person;
    if (person != MU_NONE) {
        mu_crowd_lay_down(sim, person);
        if (casualty(sim, person)->carer == lead) {
            casualty(sim, person)->carer = MU_NONE;
        }
        if (mu_helps(sim)[person].helper == lead) {
            mu_helps(sim)[person].helper = MU_NONE;
        }
    }
}

void mu_care_give_up(mu_sim *sim, uint32_t step, uint32_t lead) {
    casualty(sim, mu_rounds(sim)[lead].person)->given_up = 1;
    mu_care_drop(sim, step, lead);
}
