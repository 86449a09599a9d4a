/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cause chain in words, and the headline that rests on it. Each part is said as a noun phrase
 * that fits behind its time: "0:50 waiting for the operator (busy with routine work)". */
#include <math.h>
#include <string.h>

#include "core/i18n.h"
#include "drill/report/words.h"
#include "policy/measure.h"
#include "site/service_state.h"

int64_t mu_part_from_s(const mu_clause_finding *finding, uint32_t k) {
    const mu_time at_us = k < finding->chain_count ? finding->chain[k].from_us
                                                   : finding->chain[finding->chain_count - 1].to_us;
    return (at_us - finding->chain[0].from_us + MU_SECOND - 1) / MU_SECOND;
}

int64_t mu_part_took_s(const mu_clause_finding *finding, uint32_t k) {
    return mu_part_from_s(finding, k + 1) - mu_part_from_s(finding, k);
}

static const char *say_step(const mu_view *view, const mu_record *record) {
    return mu_say_thing(view, record->step);
}

static bool same_thing(mu_handle a, mu_handle b) {
    return a != 0 && a == b;
}

/* Who waited, for whom or what, and who or what held it. */
static const char *say_wait(const mu_view *view, const mu_record *record) {
    const char *what = mu_say_thing(view, record->subject);
    const bool person = mu_handle_thing(record->subject) == MU_THING_PERSON;
    const char *step = say_step(view, record);
    if (record->subject == 0) {
        return mu_say(view, _("waiting before “%s”"), step);
    }
    if (same_thing(record->holder, record->subject)) {
        return mu_say(view, _("waiting for %s (busy with routine work) to do “%s”"), what, step);
    }
    if (mu_handle_thing(record->holder) == MU_THING_STEP) {
        return mu_say(view,
                      person ? _("waiting for %s (busy with “%s”) to do “%s”")
                             : _("waiting for %s (in use for “%s”) to do “%s”"),
                      what, mu_say_thing(view, record->holder), step);
    }
    if (mu_handle_thing(record->holder) == MU_THING_SPACE) {
        return mu_say(view,
                      _("waiting for %s (driven by the air from %s, and not yet at another "
                        "desk) to do “%s”"),
                      what, mu_say_thing(view, record->holder), step);
    }
    if (record->holder != 0) {
        return mu_say(view, _("waiting for %s (held by %s) to do “%s”"), what,
                      mu_say_thing(view, record->holder), step);
    }
    return mu_say(view, _("waiting for %s to do “%s”"), what, step);
}

static const char *say_walk(const mu_view *view, const mu_record *record) {
    const char *who = mu_say_thing(view, record->subject);
    if (record->kind == MU_RECORD_LEFT) {
        return mu_say(view, _("%s on the way out"), who);
    }
    if (record->kind == MU_RECORD_GUIDED) {
        return mu_say(view, _("until %s, the first whom a guide leads, sets out"), who);
    }
    if (mu_handle_thing(record->holder) == MU_THING_EQUIPMENT) {
        return mu_say(
            view,
            _("%s on foot to %s for “%s” (%s is nearer, but locked, and those who open it "
              "would come later)"),
            who, mu_say_thing(view, record->place), say_step(view, record),
            mu_say_thing(view, record->holder));
    }
    if (record->place != 0) {
        return mu_say(view, _("%s on foot to %s to do “%s”"), who,
                      mu_say_thing(view, record->place), say_step(view, record));
    }
    return mu_say(view, _("%s on foot to do “%s”"), who, say_step(view, record));
}

static const char *say_work(const mu_view *view, const mu_record *record) {
    const char *step = say_step(view, record);
    if (record->kind == MU_RECORD_FAILED) {
        return mu_say(view, _("an attempt at “%s” that failed"), step);
    }
    if (record->kind == MU_RECORD_BROKEN_OFF) {
        return mu_say(view, _("“%s”, broken off when %s had to leave the desk"), step,
                      mu_say_thing(view, record->subject));
    }
    if (record->kind == MU_RECORD_ISSUED) {
        return mu_say(view, _("%s being handed out for “%s”"), mu_say_thing(view, record->subject),
                      step);
    }
    if (record->kind == MU_RECORD_ABANDONED) {
        return mu_say(view, _("“%s”, given up in the end"), step);
    }
    return mu_say(view, _("doing “%s”"), step);
}

static const char *say_message(const mu_view *view, const mu_record *record) {
    const mu_handle to = record->subject != 0 ? record->subject : record->object;
    const char *whom = to != 0 ? mu_say_thing(view, to) : say_step(view, record);
    const char *over = mu_say_thing(view, record->place);
    if (record->kind == MU_RECORD_LOST) {
        return mu_say(view, _("a message to %s over %s that was lost"), whom, over);
    }
    return mu_say(view, _("a message to %s over %s"), whom, over);
}

/* At the alarm desk, and on the intruder's path: what no step of a playbook does; NULL. */
static const char *say_alarm(const mu_view *view, const mu_record *record) {
    const char *who = mu_say_thing(view, record->subject);
    switch ((mu_record_kind)record->kind) {
    case MU_RECORD_GRANTED:
        if (record->holder != 0 && record->object != 0) {
            return mu_say(view, _("the report waiting for %s (busy with %s)"), who,
                          mu_say_thing(view, record->holder));
        }
        return record->holder == 0 ? NULL
                                   : mu_say(view, _("the alarm waiting for %s (busy with %s)"), who,
                                            mu_say_thing(view, record->holder));
    case MU_RECORD_ASSESSED:
        return mu_say(view, _("%s looking at the alarm"), who);
    case MU_RECORD_WARNED:
        return mu_say(view, _("%s working on the report, up to level %s"), who,
                      mu_say_thing(view, record->object));
    case MU_RECORD_HANDOVER:
        return mu_say(view, _("%s, the next shift, on the way to take over"), who);
    case MU_RECORD_RELIEVED:
        return mu_say(view, _("one shift telling the other: %s takes over"), who);
    case MU_RECORD_CHALLENGED:
        return mu_say(view, _("until %s comes to the stranger among those without a pass"), who);
    case MU_RECORD_OUT_OF_RANGE:
        return mu_say(view,
                      strcmp(mu_plan_id(view->plan, record->place), "heat") == 0
                          ? _("the room warming up without cooling: %s")
                          : _("the room's humidity drifting without air conditioning: %s"),
                      who);
    case MU_RECORD_LANE_BLOCKED:
        return mu_say(view, _("%s on the road, up to a blocked lane"), who);
    case MU_RECORD_LANE_CLEARED:
        return mu_say(view, _("%s standing before a blocked lane"), who);
    case MU_RECORD_SENT_ON:
        return mu_say(view, _("%s on the road to a hospital without room"), who);
    case MU_RECORD_DISTURBED:
        return _("the intruder on the way");
    case MU_RECORD_ENTERED:
        return mu_say(view, _("what is in the way of the intruder holding: %s"), who);
    default:
        return NULL;
    }
}

static const char *say_record(const mu_view *view, mu_part part, const mu_record *record) {
    const char *who = record->subject != 0 ? mu_say_thing(view, record->subject)
                                           : mu_say_thing(view, record->object);
    const char *alarm = record->step == 0 ? say_alarm(view, record) : NULL;
    if (alarm != NULL) {
        return alarm;
    }
    switch (part) {
    case MU_PART_UNNOTICED:
        return mu_say(view, _("nobody had noticed; then %s did"), who);
    case MU_PART_DECISION:
        return mu_say(view, _("time to decide before “%s”"), say_step(view, record));
    case MU_PART_WAIT:
        return say_wait(view, record);
    case MU_PART_TRAVEL:
        return say_walk(view, record);
    case MU_PART_WORK:
        return say_work(view, record);
    case MU_PART_MESSAGE:
        return say_message(view, record);
    case MU_PART_MECHANISM:
        return mu_say(view, _("%s in motion"), who);
    case MU_PART_PREMOVEMENT:
        return mu_say(view, _("%s getting ready to leave"), who);
    case MU_PART_EVACUATION:
        return mu_say(view, _("%s, the last one, on the way out"), who);
    case MU_PART_DISPATCH:
        return mu_say(view, _("%s getting ready to set out"), who);
    case MU_PART_ROAD:
        return mu_say(view, _("%s on the road"), who);
    case MU_PART_AIR:
        return _("until the air was clear");
    case MU_PART_SHELTERING:
        return mu_say(view, _("%s, the last one, taking shelter"), who);
    case MU_PART_NONE:
    case MU_PART_COUNT:
        break;
    }
    return _(mu_part_name(part));
}

const char *mu_say_part(const mu_view *view, uint32_t clause, uint32_t k) {
    const mu_clause_finding *finding = mu_view_finding(view, clause);
    return say_record(view, finding->chain[k].part, &finding->chain_records[k]);
}

/* Of a share of people reached: how many were not, and why. */
static const char *say_unreached(const mu_view *view) {
    static const char *const why[MU_UNREACHED_WHY_COUNT] = {
        [MU_UNREACHED_LOST] = N_("%.1f messages lost on the way"),
        [MU_UNREACHED_NO_SPEAKER] = N_("%.1f where no loudspeaker is heard"),
        [MU_UNREACHED_NO_PHONE] = N_("%.1f without a phone"),
        [MU_UNREACHED_LEFT_OUT] = N_("%.1f whom no order had come to")};
    const mu_reach_finding *reach = &view->findings->reach;
    const char *said = "";
    for (int k = 0; k < MU_UNREACHED_WHY_COUNT; k++) {
        if (reach->why[k] > 0) {
            said = mu_say_joined(view, said, _("; "), mu_say(view, _(why[k]), reach->why[k]));
        }
    }
    const char *places = "";
    for (uint32_t k = 0; k < reach->place_count && k < 3; k++) {
        const mu_handle space = MU_HANDLE(MU_THING_SPACE, reach->places[k].space);
        places = mu_say_joined(view, places, _(", "), mu_say_thing(view, space));
    }
    return mu_say(view, _("%.1f people a run were not reached (%s), most of them in: %s"),
                  reach->persons, said, places);
}

/* Why the radio does not reach everywhere: it is out of order, or spaces have none, of which the
 * first few are named. */
static const char *say_dead_spots(const mu_view *view, double share) {
    if (share == 0) {
        return _("the radio was out of order");
    }
    const char *said = "";
    uint32_t count = 0;
    for (uint32_t s = 0; s < view->plan->site.spaces.count; s++) {
        if (mu_space_has_radio(&view->plan->site, s)) {
            continue;
        }
        if (count++ < 4) {
            said = mu_say(view, "%s%s%s", said, count > 1 ? _(", ") : "",
                          mu_say_thing(view, MU_HANDLE(MU_THING_SPACE, s)));
        }
    }
    return count == 0
               ? NULL
               : mu_say(view,
                        P_("%u space without radio: %s", "%u spaces without radio: %s", count),
                        count, said);
}

/* Of the run that the clause is explained by; NULL. */
static const mu_judgement *judgement_of_typical(const mu_view *view, uint32_t clause) {
    const mu_findings *f = view->findings;
    for (uint32_t i = 0; i < f->reps; i++) {
        if (f->replicates[i].replication == f->clauses[clause].typical) {
            return &f->replicates[i].judgements[clause];
        }
    }
    return NULL;
}

/* Of a number: what it was, against what is demanded, and where it came from. */
static const char *say_number(const mu_view *view, uint32_t clause) {
    const mu_clause_finding *finding = mu_view_finding(view, clause);
    const char *end = mu_view_clause(view, clause)->end;
    const mu_judgement *typical = judgement_of_typical(view, clause);
    const bool seldom = 2 * finding->met > finding->runs && typical != NULL;
    const char *said =
        seldom ? mu_say(view, _("in run %u only %s, where the demand is %s"), finding->typical,
                        mu_say_value(view, clause, typical->value), mu_say_bound(view, clause))
               : mu_say(view, _("typically %s, where the demand is %s"),
                        mu_say_value(view, clause, finding->median), mu_say_bound(view, clause));
    const char *dead =
        strcmp(end, "measured:radio_coverage") == 0 ? say_dead_spots(view, finding->median) : NULL;
    if (dead != NULL) {
        return mu_say(view, _("%s; %s"), said, dead);
    }
    /* Who is at the desk is counted whenever anything happens, whatever it is. */
    const bool led_there = strcmp(end, "measured:staffing") != 0;
    return led_there && finding->has_chain && finding->cause.step != 0
               ? mu_say(view, _("%s; in “%s”"), said, mu_say_thing(view, finding->cause.step))
               : said;
}

/* A step for the clause, or one that it has to wait for, asks for more people than there are at
 * all; NULL. */
static const char *say_short(const mu_view *view, uint32_t clause) {
    const mu_response_plan *plan = &view->plan->response;
    for (uint32_t s = 0; s < plan->steps.count; s++) {
        if (mu_ref_list_has(&plan->steps.items[s].given->serves, clause)) {
            const uint32_t at = mu_response_short_of(plan, s);
            if (at != MU_NONE) {
                const mu_step_plan *step = &plan->steps.items[at];
                return mu_say(view,
                              _("“%s” asks for %u of %s with the skill, and the roster has %u"),
                              mu_say_thing(view, MU_HANDLE(MU_THING_STEP, at)), step->crew,
                              mu_say_role(view, step->given->who.role), step->holders);
            }
        }
    }
    return NULL;
}

/* Who was still inside in most runs, where a clause waits for everybody to be out; NULL. */
static const char *say_left(const mu_view *view, uint32_t clause) {
    const mu_findings *f = view->findings;
    const char *end = mu_view_clause(view, clause)->end;
    uint32_t occupant = 0, most = 0, who = 0, space = MU_NONE;
    if (end == NULL || strncmp(end, "cleared", strlen("cleared")) != 0) {
        return NULL;
    }
    for (uint32_t p = 0; p < f->plan->people.list.count; p++) {
        if (f->plan->people.list.items[p].kind != MU_PERSON_OCCUPANT) {
            continue;
        }
        uint32_t first = 0;
        const uint32_t runs = mu_findings_runs_inside(f, occupant, &first);
        if (runs > most) {
            most = runs;
            who = p;
            space = f->replicates[first].remains_in[occupant];
        }
        occupant++;
    }
    return most == 0 || space == MU_NONE
               ? NULL
               : mu_say(view, _("left inside: %s, in: %s"),
                        mu_say_thing(view, MU_HANDLE(MU_THING_PERSON, who)),
                        mu_say_thing(view, MU_HANDLE(MU_THING_SPACE, space)));
}

const char *mu_say_cause(const mu_view *view, uint32_t clause) {
    const mu_clause_finding *finding = mu_view_finding(view, clause);
    const uint32_t longest = mu_view_longest_part(view, clause);
    if (mu_is_measured(&view->plan->clauses[clause]) && finding->runs > 0) {
        return say_number(view, clause);
    }
    if (mu_view_clause(view, clause)->kind == MU_CLAUSE_COVERAGE && finding->runs > 0 &&
        finding->met < finding->runs && view->findings->reach.persons > 0) {
        return say_unreached(view);
    }
    if (finding->runs > 0 && finding->never > 0 &&
        2 * finding->never >= finding->runs - finding->met) {
        const char *never = mu_say(view,
                                   P_("in %u of %u run it did not happen at all",
                                      "in %u of %u runs it did not happen at all", finding->runs),
                                   finding->never, finding->runs);
        const char *short_of = say_short(view, clause);
        const char *why = short_of != NULL ? short_of : say_left(view, clause);
        return why == NULL ? never : mu_say(view, _("%s; %s"), never, why);
    }
    if (longest == MU_NONE) {
        return _("no cause chain is known");
    }
    return mu_say(view, _("the longest part, %s, was %s"),
                  mu_say_seconds(view, mu_part_took_s(finding, longest)),
                  mu_say_part(view, clause, longest));
}

static const char *say_worst(const mu_view *view) {
    const uint32_t worst = view->gaps.items[0];
    const mu_clause *clause = mu_view_clause(view, worst);
    const mu_clause_finding *finding = mu_view_finding(view, worst);
    const char *title = mu_say_text(view, &clause->title);
    if (isinf(finding->median) || clause->kind != MU_CLAUSE_DEADLINE) {
        return mu_say(view, _("Worst: %s (%s), met in %s; %s."), title, clause->id,
                      mu_say_runs(view, worst), mu_say_cause(view, worst));
    }
    return mu_say(view, _("Worst: %s (%s), met in %s, typically %s against %s; %s."), title,
                  clause->id, mu_say_runs(view, worst), mu_say_value(view, worst, finding->median),
                  mu_say_value(view, worst, finding->limit), mu_say_cause(view, worst));
}

const char *mu_say_repeats(const mu_view *view) {
    const uint32_t count = view->missed - view->gaps.count;
    return count == 0 ? ""
                      : mu_say(view,
                               P_("%u more missed clause asks for the same as one of them.",
                                  "%u more missed clauses ask for the same as one of them.", count),
                               count);
}

const char *mu_say_headline(const mu_view *view) {
    const uint32_t all = view->plan->policy.clauses.count;
    const char *counts =
        mu_say(view, _("Of %u clauses this incident exercises %u: %u met, %u missed."), all,
               view->exercised, view->met, view->missed);
    if (view->undecided > 0) {
        counts = mu_say(view,
                        P_("%s %u is undecided, since the runs ended before its limit.",
                           "%s %u are undecided, since the runs ended before their limits.",
                           view->undecided),
                        counts, view->undecided);
    }
    if (view->gaps.count == 0) {
        return view->exercised == 0
                   ? counts
                   : mu_say(view, _("%s No gap was found; that is no proof that there is none."),
                            counts);
    }
    return mu_say(view, _("%s %s"), counts, say_worst(view));
}
