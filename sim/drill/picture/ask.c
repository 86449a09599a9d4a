/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is this? Rooms, portals, marks and clauses of the picture, in words: what it is, what it is
 * doing now, and since when or why. People have a file of their own. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/i18n.h"
#include "drill/picture/inside.h"
#include "drill/picture/movers.h"

const char *mu_print(mu_session *session, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (session->frame_arena == NULL) { /* asked before any frame was made */
        session->frame_arena = mu_arena_create();
    }
    char *text = length < 0 || session->frame_arena == NULL
                     ? NULL
                     : mu_arena_alloc(session->frame_arena, (size_t)length + 1);
    if (text != NULL) {
        (void)vsnprintf(text, (size_t)length + 1, format, arguments);
    }
    va_end(arguments);
    session->lacks_words = session->lacks_words || text == NULL;
    return text != NULL ? text : "";
}

void mu_answer_add(mu_answer *answer, const char *line) {
    if (answer->line_count < MU_ANSWER_LINES && line[0] != 0) {
        answer->lines[answer->line_count++] = line;
    }
}

const char *mu_say_clock(mu_session *session, mu_time time) {
    const int64_t s = time / MU_SECOND;
    return s < 3600 ? mu_print(session, "%" PRId64 ":%02" PRId64, s / 60, s % 60)
                    : mu_print(session, "%" PRId64 ":%02" PRId64 ":%02" PRId64, s / 3600,
                               s / 60 % 60, s % 60);
}

const mu_record *mu_shown_record(const mu_session *session, uint32_t id) {
    return id < mu_log_count(session->shown_log) ? mu_log_get(session->shown_log, id) : NULL;
}

const char *mu_say_time_of(mu_session *session, uint32_t record) {
    const mu_record *shown = mu_shown_record(session, record);
    return shown != NULL ? mu_say_clock(session, shown->time_us) : "";
}

const char *mu_say_area(mu_session *session, uint32_t area, const char *language) {
    const mu_site *site = &session->plan->site;
    const mu_area *given = mu_walkable_area(session->plan->walkable, area);
    if (given->stair != MU_NONE) {
        return mu_print(
            session, _("On the stairs: %s"),
            mu_plan_name(session->plan, MU_HANDLE(MU_THING_PORTAL, given->stair), language));
    }
    const mu_space *space = &site->spaces.items[given->space];
    const char *level = mu_text_in(site->levels.items[space->level.index].name, language);
    return mu_print(session, _("In: %s, %s"),
                    mu_plan_name(session->plan, MU_HANDLE(MU_THING_SPACE, given->space), language),
                    level);
}

static bool ask_room(mu_session *s, uint32_t room, const char *language, mu_answer *out) {
    if (room >= s->plan->site.spaces.count) {
        return false;
    }
    const mu_space *space = &s->plan->site.spaces.items[room];
    uint32_t occupants = 0, responders = 0;
    for (uint32_t p = 0; p < s->frame.people_count; p++) {
        const mu_frame_person *person = &s->frame.people[p];
        if (mu_bodies(&s->shown)[person->person].area == room) {
            occupants += person->kind == MU_FRAME_OCCUPANT;
            responders += person->kind != MU_FRAME_OCCUPANT;
        }
    }
    out->title = mu_plan_name(s->plan, MU_HANDLE(MU_THING_SPACE, room), language);
    out->kind = mu_print(s, _("Room %s, %s"), space->id,
                         mu_text_in(s->plan->site.levels.items[space->level.index].name, language));
    mu_answer_add(out,
                  mu_print(s, _("In it now: %u occupants, %u responders"), occupants, responders));
    mu_room_tell(s, room, out);
    mu_lift_tell(s, room, language, out);
    mu_ventilation_tell(s, room, language, out);
    mu_answer_add(
        out, mu_print(s, _("Area: %.0f m²"), mu_walkable_area(s->plan->walkable, room)->area_m2));
    if (space->capacity > 0) {
        mu_answer_add(out, mu_print(s, _("Allowed: %" PRId64 " persons"), space->capacity));
    }
    return true;
}

static const char *portal_kind(mu_portal_kind kind) {
    switch (kind) {
    case MU_PORTAL_DOOR:
        return _("Door");
    case MU_PORTAL_GATE:
        return _("Gate");
    case MU_PORTAL_OPENING:
        return _("Opening");
    case MU_PORTAL_STAIR:
        return _("Stairs");
    case MU_PORTAL_ESCALATOR:
        return _("Escalator");
    case MU_PORTAL_LIFT:
        return _("Ride of a lift");
    case MU_PORTAL_TURNSTILE:
        return _("Turnstile");
    case MU_PORTAL_OUTDOOR_EDGE:
        return _("Edge of the model");
    }
    return "";
}

static const char *door_state(const mu_frame_portal *portal) {
    if (portal->lost != 0) {
        return _("Lost in the explosion: nobody can pass any more");
    }
    if (portal->moving != 0) {
        return _("Is moving to where it was ordered");
    }
    switch ((mu_door)portal->state) {
    case MU_DOOR_OPEN:
        return _("Open");
    case MU_DOOR_SHUT:
        return _("Closed: whoever learns of it finds another way");
    case MU_DOOR_WAIT:
        return _("Closed for the moment: people wait in front of it");
    case MU_DOOR_ONE_WAY:
        return _("One way only");
    case MU_DOOR_LOCKED:
        return _("Locked from inside against whoever is outside");
    }
    return "";
}

/* Between what it is, and how many head for it now. */
static void tell_of_portal(mu_session *s, uint32_t portal, const char *language, mu_answer *out) {
    const mu_portal *given = &s->plan->site.portals.items[portal];
    const mu_text *names[2] = {NULL, NULL};
    for (uint32_t i = 0; i < given->between.count && i < 2; i++) {
        names[i] = &s->plan->site.spaces.items[given->between.items[i].index].name;
    }
    if (names[0] != NULL && names[1] != NULL) {
        mu_answer_add(out, mu_print(s, _("Between: %s and %s"), mu_text_in(*names[0], language),
                                    mu_text_in(*names[1], language)));
    }
    uint32_t heading = 0;
    for (uint32_t p = 0; p < s->frame.people_count; p++) {
        const mu_body *body = &mu_bodies(&s->shown)[s->frame.people[p].person];
        heading += body->mode == MU_BODY_WALKING && body->gate < MU_GATE_UNCHOSEN &&
                   mu_walkable_gate(s->plan->walkable, body->gate)->portal == portal;
    }
    mu_answer_add(
        out, mu_print(s, P_("%u person heads for it now", "%u people head for it now", heading),
                      heading));
}

static bool ask_portal(mu_session *s, uint32_t portal, const char *language, mu_answer *out) {
    if (portal >= s->plan->site.portals.count) {
        return false;
    }
    const mu_portal *given = &s->plan->site.portals.items[portal];
    const mu_portal_now *now = &mu_portals(&s->shown)[portal];
    const mu_frame_portal *seen = &s->frame.portals[portal];
    out->title = mu_plan_name(s->plan, MU_HANDLE(MU_THING_PORTAL, portal), language);
    out->kind = mu_print(s, "%s %s", portal_kind(given->kind), given->id);
    mu_answer_add(out, door_state(seen));
    const mu_record *order = mu_shown_record(s, now->order);
    if (order != NULL) {
        mu_answer_add(out, mu_print(s, _("Ordered at %s: %s"), mu_say_clock(s, order->time_us),
                                    mu_say_record(s, order, language)));
    }
    mu_answer_add(out, seen->locked == 1   ? _("Needs a key: responders only")
                       : seen->locked == 2 ? _("Staff only, and everyone in an evacuation")
                                           : _("Free for everyone"));
    tell_of_portal(s, portal, language, out);
    return true;
}

static const mu_scenery_mark *mark_of(const mu_session *s, mu_subject subject, uint32_t *index) {
    for (uint32_t m = 0; m < s->scene.mark_count; m++) {
        const mu_subject one = s->scene.marks[m].subject;
        if (one.kind == subject.kind && one.index == subject.index) {
            *index = m;
            return &s->scene.marks[m];
        }
    }
    return NULL;
}

static const char *post_kind(uint32_t kind) {
    switch (kind) {
    case MU_MARK_GUARD_POST:
        return _("Guard post");
    case MU_MARK_KEY_POST:
        return _("Key post");
    case MU_MARK_OUTER_CORDON:
        return _("Post of the outer cordon");
    case MU_MARK_INNER_CORDON:
        return _("Post of the inner cordon");
    case MU_MARK_COMMAND:
        return _("Command post");
    case MU_MARK_MEDICAL:
        return _("Medical staging point");
    case MU_MARK_DESK:
        return _("Desk");
    case MU_MARK_ASSEMBLY:
        return _("Assembly point");
    case MU_MARK_ROAD:
        return _("Where help comes in");
    case MU_MARK_CAMERA:
        return _("Camera");
    case MU_MARK_REFUGE:
        return _("Place of refuge");
    case MU_MARK_LANE:
        return _("Check");
    case MU_MARK_WASH:
        return _("Decontamination line");
    default:
        return _("Equipment");
    }
}

/* Who stands within arm's reach of a post. */
static void tell_who_is_near(mu_session *s, const mu_scenery_mark *mark, const char *language,
                             mu_answer *out) {
    uint32_t told = 0;
    for (uint32_t p = 0; p < s->frame.people_count && told < 3; p++) {
        const mu_frame_person *person = &s->frame.people[p];
        const double x = person->at.x - mark->at.x, y = person->at.y - mark->at.y;
        if (person->kind != MU_FRAME_OCCUPANT && person->level == mark->level &&
            x * x + y * y < 2.25) {
            mu_answer_add(out,
                          mu_print(s, _("Here now: %s"),
                                   mu_plan_name(s->plan, MU_HANDLE(MU_THING_PERSON, person->person),
                                                language)));
            told++;
        }
    }
    if (told == 0) {
        mu_answer_add(out, _("Nobody of the response is here now"));
    }
}

static void tell_of_equipment(mu_session *s, uint32_t equipment, const char *language,
                              mu_answer *out) {
    const mu_equipment *given = &s->plan->site.equipment.items[equipment];
    const mu_stock_now *stock = &mu_stocks(&s->shown)[equipment];
    mu_answer_add(out, mu_say_area(s, given->space.index, language));
    if (given->kind == MU_EQUIPMENT_CAMERA) {
        for (uint32_t i = 0; i < given->covers.count && i < 3; i++) {
            mu_answer_add(
                out, mu_print(s, _("Has in view: %s"),
                              mu_plan_name(s->plan,
                                           MU_HANDLE(MU_THING_SPACE, given->covers.items[i].index),
                                           language)));
        }
        return;
    }
    mu_answer_add(out, mu_print(s, _("Here: %u of %" PRId64), stock->free, given->count));
    if (stock->free < (uint32_t)given->count && stock->held_by != 0) {
        mu_answer_add(
            out, mu_print(s, _("Taken by: %s"), mu_plan_name(s->plan, stock->held_by, language)));
    }
}

static bool ask_mark(mu_session *s, mu_subject subject, const char *language, mu_answer *out) {
    uint32_t index = 0;
    const mu_scenery_mark *mark = mark_of(s, subject, &index);
    if (mark == NULL) {
        return false;
    }
    const char *name = mu_text_in(mark->name, language);
    out->title = name[0] != 0 ? name : mark->id;
    out->kind = mu_print(s, "%s %s", post_kind(mark->kind), mark->id);
    switch ((mu_subject_kind)subject.kind) {
    case MU_SUBJECT_EQUIPMENT:
        tell_of_equipment(s, subject.index, language, out);
        break;
    case MU_SUBJECT_POST:
        tell_who_is_near(s, mark, language, out);
        break;
    case MU_SUBJECT_REFUGE:
        mu_refuge_tell(s, subject.index, language, out);
        break;
    case MU_SUBJECT_LANE:
    case MU_SUBJECT_WASH:
        mu_station_tell(s, subject, out);
        break;
    case MU_SUBJECT_ASSEMBLY:
        mu_answer_add(out, mu_print(s, _("Occupants here: %u"), s->frame.gathered[index]));
        break;
    default:
        break;
    }
    return true;
}

static bool ask_clause(mu_session *s, uint32_t clause, const char *language, mu_answer *out) {
    mu_clause_clock clock;
    if (clause >= s->plan->policy.clauses.count || !mu_clocks_find(s, clause, &clock)) {
        return false;
    }
    const mu_clause *given = s->plan->clauses[clause].clause;
    out->title = mu_text_in(given->title, language);
    out->kind = mu_print(s, _("Clause %s, %s"), given->id, given->source);
    mu_answer_add(out, mu_text_in(given->text, language));
    const mu_record *start = mu_log_get(s->shown_log, clock.start);
    mu_answer_add(out, mu_print(s, _("Started at %s: %s"), mu_say_clock(s, start->time_us),
                                mu_say_record(s, start, language)));
    if (clock.end != MU_NO_RECORD) {
        const mu_record *end = mu_log_get(s->shown_log, clock.end);
        mu_answer_add(out, mu_print(s, _("Ended at %s: %s"), mu_say_clock(s, end->time_us),
                                    mu_say_record(s, end, language)));
    }
    mu_answer_add(out, mu_print(s, _("Limit: %s"), mu_say_clock(s, clock.limit_us)));
    return true;
}

static bool ask_moment(mu_session *s, uint32_t moment, const char *language, mu_answer *out) {
    if (moment >= s->moments.count) {
        return false;
    }
    out->title = mu_session_say_moment(s, moment, language);
    out->kind = mu_say_clock(s, s->moments.items[moment].time_us);
    return true;
}

bool mu_session_ask(mu_session *session, mu_subject subject, const char *language, mu_answer *out) {
    mu_answer answer = {0};
    bool known = false;
    if (mu_session_is_recording(session)) {
        return session->recording.ask(session->recording.with, subject, language, out);
    }
    if (session->frame_arena == NULL) {
        return false;
    }
    switch ((mu_subject_kind)subject.kind) {
    case MU_SUBJECT_NOTHING:
    case MU_SUBJECT_HOLE: /* only an editor points at them */
        break;
    case MU_SUBJECT_PERSON:
        known = mu_person_ask(session, subject.index, language, &answer);
        break;
    case MU_SUBJECT_ROOM:
        known = ask_room(session, subject.index, language, &answer);
        break;
    case MU_SUBJECT_PORTAL:
        known = ask_portal(session, subject.index, language, &answer);
        break;
    case MU_SUBJECT_POST:
    case MU_SUBJECT_EQUIPMENT:
    case MU_SUBJECT_ASSEMBLY:
    case MU_SUBJECT_ROAD:
    case MU_SUBJECT_REFUGE:
    case MU_SUBJECT_LANE:
    case MU_SUBJECT_WASH:
        known = ask_mark(session, subject, language, &answer);
        break;
    case MU_SUBJECT_HAZARD:
        known = mu_hazard_ask(session, subject.index, language, &answer);
        break;
    case MU_SUBJECT_CLAUSE:
        known = ask_clause(session, subject.index, language, &answer);
        break;
    case MU_SUBJECT_MOMENT:
        known = ask_moment(session, subject.index, language, &answer);
        break;
    }
    if (known) {
        *out = answer;
    }
    return known;
}

bool mu_session_lacks_words(const mu_session *session) {
    return mu_session_is_recording(session)
               ? session->recording.lacks_words(session->recording.with)
               : session->lacks_words;
}
