/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is this, asked of what the threat has put on the plan. */
#include "core/i18n.h"
#include "drill/picture/inside.h"

static const char *say_ring(mu_session *s, const mu_frame_ring *ring) {
    const char *format = "";
    switch ((mu_ring_kind)ring->kind) {
    case MU_RING_POLICY:
        format = _("Within the %g m that the policy demands: %u occupants");
        break;
    case MU_RING_CARD:
        format = _("Within the %g m of the stand-off card: %u occupants");
        break;
    case MU_RING_ISOLATE:
        format = _("Within the %g m of the guidebook's isolation circle: %u occupants");
        break;
    }
    return mu_print(s, format, ring->radius_m, ring->inside);
}

static void tell_rings(mu_session *s, const mu_frame_hazard *hazard, mu_answer *out) {
    for (uint32_t i = 0; i < hazard->ring_count; i++) {
        mu_answer_add(out, say_ring(s, &hazard->rings[i]));
    }
}

/* Who noticed it and when, or that nobody has. */
static void tell_noticed(mu_session *s, uint32_t record, const char *language, mu_answer *out) {
    const mu_record *noticed = mu_shown_record(s, record);
    if (noticed == NULL) {
        mu_answer_add(out, _("Nobody has noticed it yet"));
        return;
    }
    const mu_handle by = noticed->subject != 0 ? noticed->subject : noticed->place;
    const char *who = mu_plan_name(s->plan, by, language);
    mu_answer_add(
        out,
        mu_print(s, _("Noticed at %s by: %s"), mu_say_clock(s, noticed->time_us),
                 mu_handle_thing(by) == MU_THING_WORD ? mu_say_role_word(s, language, who) : who));
}

static void ask_item(mu_session *s, const mu_frame_hazard *hazard, const char *language,
                     mu_answer *out) {
    const mu_item_plan *plan = &s->plan->threat.item;
    const mu_item_now *now = mu_world_section(&s->shown.world, MU_SECTION_ITEM);
    const mu_standoff *card = mu_standoff_of((mu_item_category)plan->given->category);
    out->title = _("The suspicious item");
    out->kind = mu_print(s, _("Looks like: %s"), _(card->name));
    mu_answer_add(out, mu_say_area(s, plan->area, language));
    mu_answer_add(out, mu_print(s, _("Stands there since %s"), mu_say_time_of(s, now->placed)));
    tell_noticed(s, now->noticed, language, out);
    tell_rings(s, hazard, out);
}

static void ask_second(mu_session *s, const mu_frame_hazard *hazard, const char *language,
                       mu_answer *out) {
    const mu_second_now *now = mu_world_section(&s->shown.world, MU_SECTION_SECOND);
    out->title = _("A second item");
    out->kind = mu_say_area(s, s->plan->threat.second.area, language);
    mu_answer_add(out, mu_print(s, _("Stands there since %s"), mu_say_time_of(s, now->placed)));
    mu_answer_add(out, hazard->noticed ? mu_print(s, _("Found by a search at %s"),
                                                  mu_say_time_of(s, now->found))
                                       : _("No search has found it yet"));
}

static void ask_blast(mu_session *s, const mu_frame_hazard *hazard, const char *language,
                      mu_answer *out) {
    out->title = hazard->of == MU_BLAST_ITEM ? _("The item has exploded here")
                                             : _("The second item has exploded here");
    out->kind = mu_say_area(s, s->plan->threat.blasts[hazard->of].area, language);
    mu_answer_add(out,
                  mu_print(s, _("Exploded at %s"), mu_say_time_of(s, s->exploded[hazard->of])));
    mu_casualties_tell(s, out);
    uint32_t lost = 0, smoky = 0;
    for (uint32_t p = 0; p < s->scene.portal_count; p++) {
        lost += s->frame.portals[p].lost;
    }
    for (uint32_t r = 0; r < s->scene.room_count; r++) {
        smoky += s->frame.rooms[r].smoke != MU_SMOKE_NONE;
    }
    mu_answer_add(out, mu_print(s, _("Doors lost: %u; rooms with smoke now: %u"), lost, smoky));
}

static void ask_hostage(mu_session *s, const char *language, mu_answer *out) {
    const mu_hostage_now *now = mu_world_section(&s->shown.world, MU_SECTION_HOSTAGE);
    out->title =
        now->resolved == MU_NO_RECORD ? _("People are held here") : _("People were held here");
    out->kind = mu_say_area(s, s->plan->threat.hostage.area, language);
    mu_answer_add(out,
                  mu_print(s, _("Since %s: %u occupants at first"), mu_say_time_of(s, now->seized),
                           mu_log_get(s->shown_log, now->seized)->value));
    tell_noticed(s, now->noticed, language, out);
    if (now->resolved != MU_NO_RECORD) {
        mu_answer_add(out, mu_print(s, _("Over at %s"), mu_say_time_of(s, now->resolved)));
        return;
    }
    mu_answer_add(out, mu_print(s, _("Held now: %u occupants"), s->frame.counts.held));
    mu_answer_add(out, mu_print(s, _("In sight of it and not held: %u occupants"), now->in_sight));
}

static const char *wind_name(double from_deg) {
    static const char *const names[8] = {N_("north"),      N_("north-east"), N_("east"),
                                         N_("south-east"), N_("south"),      N_("south-west"),
                                         N_("west"),       N_("north-west")};
    return _(names[(uint32_t)((from_deg + 22.5) / 45) % 8]);
}

static void ask_gas(mu_session *s, const mu_frame_hazard *hazard, const char *language,
                    mu_answer *out) {
    const mu_release_plan *plan = &s->plan->threat.release;
    const mu_release_now *now = mu_release(&s->shown);
    const char *name = _(mu_aegl_of((mu_substance)plan->given->substance)->name);
    out->title = mu_print(s, _("Gas leaks here: %s"), name);
    out->kind = mu_say_area(s, plan->given->space.index, language);
    mu_answer_add(out, mu_print(s, _("Since %s"), mu_say_time_of(s, now->leaks)));
    tell_noticed(s, mu_gas_noticed(s), language, out);
    if (hazard->over) {
        mu_answer_add(
            out, mu_print(s, _("Gone at %s: every zone is clear"), mu_say_time_of(s, now->gone)));
    } else if (now->stops_s <= mu_time_to_s(s->at_us)) {
        mu_answer_add(out, mu_print(s, _("The leak was closed at %s"),
                                    mu_say_clock(s, mu_time_from_s(now->stops_s))));
    }
    mu_room_tell(s, plan->given->space.index, out);
    mu_ventilation_tell(s, plan->given->space.index, language, out);
    if (hazard->windy) {
        mu_answer_add(out, mu_print(s, _("Wind from the %s, %.1f m/s"),
                                    wind_name(hazard->wind_from_deg), hazard->wind_mps));
    }
    tell_rings(s, hazard, out);
    if (hazard->protect_m > 0) {
        mu_answer_add(out,
                      mu_print(s, _("Protective action zone: %g m downwind"), hazard->protect_m));
    }
}

static void ask_intruder(mu_session *s, const mu_frame_hazard *hazard, const char *language,
                         mu_answer *out) {
    const mu_intruder_now *now = mu_world_section(&s->shown.world, MU_SECTION_INTRUDER);
    out->title = _("The intruder");
    out->kind =
        now->area == MU_NONE ? _("not in any room yet") : mu_say_area(s, now->area, language);
    mu_answer_add(out, hazard->noticed ? mu_print(s, _("Sensors have reported it at %s"),
                                                  mu_say_time_of(s, s->detected_record))
                                       : _("Nothing and nobody has noticed it"));
    if (hazard->over) {
        mu_answer_add(out, mu_print(s, _("Over at %s"), mu_say_time_of(s, now->over)));
    }
}

bool mu_hazard_ask(mu_session *session, uint32_t hazard, const char *language, mu_answer *out) {
    if (hazard >= session->frame.hazard_count) {
        return false;
    }
    const mu_frame_hazard *asked = &session->frame.hazards[hazard];
    switch ((mu_hazard_kind)asked->kind) {
    case MU_HAZARD_ITEM:
        ask_item(session, asked, language, out);
        return true;
    case MU_HAZARD_SECOND:
        ask_second(session, asked, language, out);
        return true;
    case MU_HAZARD_BLAST:
        ask_blast(session, asked, language, out);
        return true;
    case MU_HAZARD_HOSTAGE:
        ask_hostage(session, language, out);
        return true;
    case MU_HAZARD_GAS:
        ask_gas(session, asked, language, out);
        return true;
    case MU_HAZARD_INTRUDER:
        ask_intruder(session, asked, language, out);
        return true;
    case MU_HAZARD_KIND_COUNT:
        break;
    }
    return false;
}
