/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the threat puts on the picture. Everything that a session reads of sim/threat stands here.
 */
#include "core/i18n.h"
#include "drill/picture/inside.h"
#include "threat/threat.h"

static const mu_item_now *item_now(const mu_session *s) {
    return mu_world_section(&s->shown.world, MU_SECTION_ITEM);
}

static bool is_there(const mu_session *s) {
    return s->plan->threat.item.given != NULL && item_now(s)->placed != MU_NO_RECORD;
}

mu_status mu_hazards_frame(mu_session *session, mu_frame *frame) {
    const mu_item_plan *plan = &session->plan->threat.item;
    if (!is_there(session)) {
        return MU_OK;
    }
    mu_frame_hazard *item = mu_arena_alloc(session->frame_arena, sizeof *item);
    if (item == NULL) {
        return MU_ERR_MEMORY;
    }
    *item = (mu_frame_hazard){.kind = MU_HAZARD_ITEM,
                              .level = session->level_of_site[plan->level],
                              .at = plan->given->at,
                              .noticed = item_now(session)->noticed != MU_NO_RECORD};
    static const mu_ring_kind kinds[2] = {MU_RING_POLICY, MU_RING_CARD};
    for (int ring = 0; ring < 2; ring++) {
        if (plan->ring_m[ring] > 0) {
            item->rings[item->ring_count++] =
                (mu_frame_ring){.radius_m = plan->ring_m[ring],
                                .kind = kinds[ring],
                                .inside = item_now(session)->inside[ring]};
        }
    }
    frame->hazards = item;
    frame->hazard_count = 1;
    return MU_OK;
}

static const char *say_ring(mu_session *s, const mu_frame_ring *ring) {
    const char *format = ring->kind == MU_RING_POLICY
                             ? _("Within the %g m that the policy demands: %u occupants")
                             : _("Within the %g m of the stand-off card: %u occupants");
    return mu_print(s, format, ring->radius_m, ring->inside);
}

bool mu_hazard_ask(mu_session *session, uint32_t hazard, const char *language, mu_answer *out) {
    if (hazard >= session->frame.hazard_count || !is_there(session)) {
        return false;
    }
    const mu_frame_hazard *item = &session->frame.hazards[hazard];
    const mu_standoff *card =
        mu_standoff_of((mu_item_category)session->plan->threat.item.given->category);
    out->title = _("The suspicious item");
    out->kind = mu_print(session, _("Looks like: %s"), _(card->name));
    mu_answer_add(out, mu_say_area(session, session->plan->threat.item.area, language));
    const mu_log *log = session->shown_log;
    mu_answer_add(
        out, mu_print(session, _("Stands there since %s"),
                      mu_say_clock(session, mu_log_get(log, item_now(session)->placed)->time_us)));
    if (item->noticed) {
        const mu_record *record = mu_log_get(log, item_now(session)->noticed);
        mu_answer_add(out, mu_print(session, _("Noticed at %s by: %s"),
                                    mu_say_clock(session, record->time_us),
                                    mu_plan_name(session->plan, record->subject, language)));
    } else {
        mu_answer_add(out, _("Nobody has noticed it yet"));
    }
    for (uint32_t i = 0; i < item->ring_count; i++) {
        mu_answer_add(out, say_ring(session, &item->rings[i]));
    }
    return true;
}
