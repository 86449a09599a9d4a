/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a click tells of a lift's car and of a place of refuge. */
#include "drill/picture/movers.h"

#include <inttypes.h>

#include "core/i18n.h"
#include "crowd/carry.h"
#include "crowd/lift.h"
#include "crowd/refuge.h"

static const char *say_phase(const mu_lift_now *now) {
    switch ((mu_lift_phase)now->phase) {
    case MU_LIFT_IDLE:
        return _("Stands, doors closed");
    case MU_LIFT_OPENING:
        return _("Its doors are opening");
    case MU_LIFT_OPEN:
        return _("Stands, doors open");
    case MU_LIFT_CLOSING:
        return _("Its doors are closing");
    case MU_LIFT_MOVING:
        return now->heading == MU_LIFT_UP ? _("Is going up") : _("Is going down");
    case MU_LIFT_PARKED:
        return _("Recalled: stands open and takes nobody");
    }
    return "";
}

mu_car mu_car_in(const mu_session *s, uint32_t room) {
    const mu_area *area = mu_walkable_area(s->plan->walkable, room);
    if (area->lift == MU_NONE) {
        return MU_CAR_NONE;
    }
    const mu_lift_now *now = &mu_lifts(&s->shown)[area->lift];
    return now->car != area->car ? MU_CAR_ELSEWHERE : now->riders > 0 ? MU_CAR_RIDDEN : MU_CAR_HERE;
}

void mu_lift_tell(mu_session *s, uint32_t room, const char *language, mu_answer *out) {
    const mu_area *area = mu_walkable_area(s->plan->walkable, room);
    if (area->lift == MU_NONE) {
        return;
    }
    const mu_lift *given = &s->plan->site.lifts.items[area->lift];
    const mu_lift_now *now = &mu_lifts(&s->shown)[area->lift];
    const char *name = mu_text_in(given->name, language);
    mu_answer_add(out, mu_print(s, _("Lift: %s, for %" PRId64 " persons%s"),
                                name[0] != 0 ? name : given->id, given->capacity,
                                given->evacuation ? _("; an evacuation lift") : ""));
    const mu_space *at = &s->plan->site.spaces.items[given->cars.items[now->car].index];
    const mu_level *level = &s->plan->site.levels.items[at->level.index];
    const char *level_name = mu_text_in(level->name, language);
    mu_answer_add(out, mu_print(s, _("%s, level %s; %u in it"), say_phase(now),
                                level_name[0] != 0 ? level_name : level->id, now->riders));
    mu_answer_add(out, mu_print(s, _("Trips with somebody in it: %u; most at once: %u"), now->trips,
                                now->most));
}

void mu_refuge_tell(mu_session *s, uint32_t refuge, const char *language, mu_answer *out) {
    uint32_t waiting = 0, coming = 0;
    for (uint32_t p = 0; p < s->plan->people.list.count; p++) {
        const uint32_t state = mu_minds(&s->shown)[p].state;
        if (mu_helps(&s->shown)[p].refuge == refuge) {
            waiting += state == MU_OCCUPANT_REFUGE && mu_minds(&s->shown)[p].carrier == MU_NONE;
            coming += state == MU_OCCUPANT_INSIDE;
        }
    }
    const mu_refuge *given = &s->plan->site.refuges.items[refuge];
    mu_answer_add(out, mu_print(s, _("Waiting here: %u of %" PRId64 "; on the way: %u"), waiting,
                                given->capacity, coming));
    if (given->calls.id != NULL) {
        mu_answer_add(
            out, mu_print(s, _("Call point: %s"),
                          mu_plan_name(s->plan, MU_HANDLE(MU_THING_CHANNEL, given->calls.index),
                                       language)));
    }
}

const char *mu_refuge_line(mu_session *s, uint32_t person) {
    const mu_help *help = &mu_helps(&s->shown)[person];
    if (mu_minds(&s->shown)[person].carrier != MU_NONE) {
        const uint32_t burden = mu_minds(&s->shown)[mu_minds(&s->shown)[person].carrier].burdened;
        return mu_print(s, _("Is being brought down, with %s"),
                        _(mu_burden_name((mu_burden)burden)));
    }
    if (help->given_up != 0) {
        return _("Waits at a place of refuge; helpers found no way to them");
    }
    if (help->helper != MU_NONE) {
        return mu_print(s, _("Waits at a place of refuge since %s; helpers are on their way"),
                        mu_say_time_of(s, help->reached));
    }
    return help->called != MU_NO_RECORD
               ? mu_print(s, _("Waits at a place of refuge since %s; has called at %s"),
                          mu_say_time_of(s, help->reached), mu_say_time_of(s, help->called))
               : mu_print(s, _("Waits at a place of refuge since %s; nobody has been told yet"),
                          mu_say_time_of(s, help->reached));
}
