/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in the rooms: gas by the zone that shares their air, smoke, and the sight of the place
 * where people are held. */
#include "core/i18n.h"
#include "drill/picture/inside.h"
#include "drill/picture/movers.h"
#include "hazard/smoke.h"
#include "hazard/visibility.h"
#include "site/vent_state.h"

static bool is_gas_about(const mu_session *s) {
    return s->plan->threat.release.given != NULL && mu_release(&s->shown)->leaks != MU_NO_RECORD &&
           mu_release(&s->shown)->gone == MU_NO_RECORD;
}

/* Of the open air, in the few incidents whose leak is outdoors. */
static double open_g_m3(const mu_session *s) {
    mu_air_drive drive = s->plan->threat.release.drive;
    drive.stops_s = mu_release(&s->shown)->stops_s;
    return mu_release_open_g_m3(&s->plan->threat.release, &drive, mu_time_to_s(s->at_us));
}

static double gas_ppm(const mu_session *s, uint32_t room, double outdoors_g_m3) {
    const mu_release_plan *plan = &s->plan->threat.release;
    const uint32_t zone = plan->zone_of[room];
    const double g_m3 = zone == MU_NONE ? outdoors_g_m3 : mu_release_air(&s->shown)[zone];
    return mu_aegl_ppm((mu_substance)plan->given->substance, g_m3);
}

static mu_gas_level gas_level(const mu_release_given *given, double ppm) {
    const int band = mu_aegl_level((mu_substance)given->substance, ppm);
    return band > 0                             ? (mu_gas_level)(MU_GAS_SMELT + band)
           : ppm >= given->smell_ppm && ppm > 0 ? MU_GAS_SMELT
                                                : MU_GAS_NONE;
}

static mu_smoke_level smoke_level(double per_m) {
    const double sight_m = mu_smoke_sight_m(per_m);
    return sight_m <= 2    ? MU_SMOKE_THICK
           : sight_m <= 5  ? MU_SMOKE_MEDIUM
           : sight_m <= 30 ? MU_SMOKE_THIN
                           : MU_SMOKE_NONE;
}

static const mu_hostage_now *hostage_now(const mu_session *s) {
    return mu_world_section(&s->shown.world, MU_SECTION_HOSTAGE);
}

static mu_sight sight_of(const mu_session *s, uint32_t room) {
    const mu_hostage_plan *plan = &s->plan->threat.hostage;
    if (plan->given == NULL || hostage_now(s)->seized == MU_NO_RECORD ||
        hostage_now(s)->resolved != MU_NO_RECORD) {
        return MU_SIGHT_NONE;
    }
    return plan->core[room] ? MU_SIGHT_HELD : plan->exposed[room] ? MU_SIGHT_SEEN : MU_SIGHT_NONE;
}

mu_status mu_rooms_frame(mu_session *session, mu_frame *frame) {
    const uint32_t count = session->scene.room_count;
    mu_frame_room *rooms = mu_arena_array(session->frame_arena, (size_t)count + 1, sizeof *rooms);
    if (rooms == NULL) {
        return MU_ERR_MEMORY;
    }
    const bool gas = is_gas_about(session);
    const double outdoors_g_m3 = gas ? open_g_m3(session) : 0;
    for (uint32_t r = 0; r < count; r++) {
        const double ppm = gas ? gas_ppm(session, r, outdoors_g_m3) : 0;
        const double per_m = mu_smoke_in(&session->shown, r);
        rooms[r] = (mu_frame_room){
            .gas_ppm = (float)ppm,
            .smoke_per_m = (float)per_m,
            .gas =
                (uint8_t)(gas ? gas_level(session->plan->threat.release.given, ppm) : MU_GAS_NONE),
            .smoke = (uint8_t)smoke_level(per_m),
            .sight = (uint8_t)sight_of(session, r),
            .car = (uint8_t)mu_car_in(session, r)};
    }
    frame->rooms = rooms;
    return MU_OK;
}

static const char *say_gas(mu_session *s, const mu_frame_room *room) {
    if (s->plan->threat.release.given == NULL) {
        return "";
    }
    const char *name = _(mu_aegl_of((mu_substance)s->plan->threat.release.given->substance)->name);
    switch ((mu_gas_level)room->gas) {
    case MU_GAS_SMELT:
        return mu_print(s, _("In the air: %.2g ppm of %s, which can be noticed; below AEGL-1"),
                        (double)room->gas_ppm, name);
    case MU_GAS_BAND_1:
    case MU_GAS_BAND_2:
    case MU_GAS_BAND_3:
        return mu_print(s, _("In the air: %.3g ppm of %s, at or above AEGL-%d for an hour"),
                        (double)room->gas_ppm, name, room->gas - MU_GAS_SMELT);
    case MU_GAS_NONE:
    case MU_GAS_LEVEL_COUNT:
        break;
    }
    return room->gas_ppm >= 0.001F
               ? mu_print(s, _("In the air: a trace of %s, below what can be noticed"), name)
               : "";
}

void mu_room_tell(mu_session *session, uint32_t room, mu_answer *out) {
    const mu_frame_room *now = &session->frame.rooms[room];
    if (now->sight != MU_SIGHT_NONE) {
        mu_answer_add(out, now->sight == MU_SIGHT_HELD ? _("People are held here")
                                                       : _("In sight of the place where people "
                                                           "are held"));
    }
    mu_answer_add(out, say_gas(session, now));
    if (now->smoke_per_m > 0) {
        mu_answer_add(out, mu_print(session, _("Smoke: one sees %.1f m; extinction %.2g per metre"),
                                    mu_smoke_sight_m((double)now->smoke_per_m),
                                    (double)now->smoke_per_m));
    }
}

/* Does a unit move air into a zone or out of it? */
static bool moves_air_of(const mu_release_plan *plan, uint32_t unit, uint32_t zone) {
    for (uint32_t f = 0; f < plan->flow_count; f++) {
        if (plan->unit[f] == unit && (plan->flows[f].from == zone || plan->flows[f].to == zone)) {
            return true;
        }
    }
    return false;
}

void mu_ventilation_tell(mu_session *session, uint32_t room, const char *language, mu_answer *out) {
    const mu_release_plan *plan = &session->plan->threat.release;
    if (plan->given == NULL || plan->zone_of[room] == MU_NONE) {
        return;
    }
    for (uint32_t u = 0; u < session->plan->site.air_units.count; u++) {
        if (!moves_air_of(plan, u, plan->zone_of[room])) {
            continue;
        }
        const mu_air_unit *unit = &session->plan->site.air_units.items[u];
        const mu_vent_now *now = &mu_vents(&session->shown)[u];
        const char *name = mu_text_in(unit->name, language);
        name = name[0] != 0 ? name : unit->id;
        const char *since = mu_say_time_of(session, now->cause);
        const bool shut = now->state == MU_AIR_UNIT_SHUT;
        mu_answer_add(out, since[0] == 0
                               ? mu_print(session, shut ? _("%s: is shut") : _("%s: runs"), name)
                               : mu_print(session,
                                          shut ? _("%s: shut since %s") : _("%s: runs since %s"),
                                          name, since));
    }
}
