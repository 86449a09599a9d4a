/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the threat puts on the plan: items, where one has exploded, where people are held, where gas
 * leaks. What it does to rooms stands in air.c. */
#include "drill/picture/inside.h"

enum { HAZARDS_MOST = 7 };

static void add_ring(mu_frame_hazard *hazard, double radius_m, mu_ring_kind kind, uint32_t inside) {
    if (radius_m > 0) {
        hazard->rings[hazard->ring_count++] =
            (mu_frame_ring){.radius_m = radius_m, .kind = (uint32_t)kind, .inside = inside};
    }
}

uint32_t mu_gas_noticed(const mu_session *session) {
    uint32_t first = MU_NO_RECORD;
    for (int m = 0; m < MU_GAS_MEANS_COUNT; m++) {
        const uint32_t record = mu_release(&session->shown)->noticed[m];
        first = record < first ? record : first;
    }
    return first;
}

/* Each of these fills in one hazard; false: there is none of it now. */

static bool make_item(const mu_session *s, mu_frame_hazard *out) {
    const mu_item_plan *plan = &s->plan->threat.item;
    const mu_item_now *now = mu_world_section(&s->shown.world, MU_SECTION_ITEM);
    if (plan->given == NULL || now->placed == MU_NO_RECORD || now->gone != MU_NO_RECORD) {
        return false;
    }
    *out = (mu_frame_hazard){.kind = MU_HAZARD_ITEM,
                             .level = s->level_of_site[plan->level],
                             .at = plan->given->at,
                             .noticed = now->noticed != MU_NO_RECORD};
    add_ring(out, plan->ring_m[0], MU_RING_POLICY, now->inside[0]);
    add_ring(out, plan->ring_m[1], MU_RING_CARD, now->inside[1]);
    return true;
}

static uint32_t level_of(const mu_session *s, const mu_ref *space) {
    return s->level_of_site[s->plan->site.spaces.items[space->index].level.index];
}

static bool make_second(const mu_session *s, mu_frame_hazard *out) {
    const mu_second_plan *plan = &s->plan->threat.second;
    const mu_second_now *now = mu_world_section(&s->shown.world, MU_SECTION_SECOND);
    if (plan->given == NULL || now->placed == MU_NO_RECORD ||
        s->exploded[MU_BLAST_SECOND] != MU_NO_RECORD) {
        return false;
    }
    *out = (mu_frame_hazard){.kind = MU_HAZARD_SECOND,
                             .level = level_of(s, &plan->given->space),
                             .at = plan->given->at,
                             .noticed = now->found != MU_NO_RECORD};
    return true;
}

static bool make_blast(const mu_session *s, uint32_t which, mu_frame_hazard *out) {
    const mu_blast_plan *plan = &s->plan->threat.blasts[which];
    if (s->exploded[which] == MU_NO_RECORD) {
        return false;
    }
    *out = (mu_frame_hazard){.kind = MU_HAZARD_BLAST,
                             .level = s->level_of_site[plan->level],
                             .at = plan->at,
                             .noticed = true,
                             .of = which};
    return true;
}

static bool make_hostage(const mu_session *s, mu_frame_hazard *out) {
    const mu_hostage_plan *plan = &s->plan->threat.hostage;
    const mu_hostage_now *now = mu_world_section(&s->shown.world, MU_SECTION_HOSTAGE);
    if (plan->given == NULL || now->seized == MU_NO_RECORD) {
        return false;
    }
    *out = (mu_frame_hazard){.kind = MU_HAZARD_HOSTAGE,
                             .level = level_of(s, &plan->given->space),
                             .at = plan->given->at,
                             .noticed = now->noticed != MU_NO_RECORD,
                             .over = now->resolved != MU_NO_RECORD};
    return true;
}

/* At the point of the path that was reached last. */
static bool make_intruder(const mu_session *s, mu_frame_hazard *out) {
    const mu_intruder_plan *plan = &s->plan->threat.intruder;
    const mu_intruder_now *now = mu_world_section(&s->shown.world, MU_SECTION_INTRUDER);
    if (plan->given == NULL || s->at_us < mu_time_from_s(plan->given->starts_at_s)) {
        return false;
    }
    const uint32_t last = plan->given->path.count - 1;
    uint32_t leg = now->leg < last ? now->leg : last;
    leg -= leg > 0 && plan->given->path.items[leg].space.index != now->area;
    const mu_leg *at = &plan->given->path.items[leg];
    *out = (mu_frame_hazard){.kind = MU_HAZARD_INTRUDER,
                             .level = level_of(s, &at->space),
                             .at = at->at,
                             .noticed = s->detected_record != MU_NO_RECORD,
                             .over = now->over != MU_NO_RECORD};
    return true;
}

static bool make_gas(const mu_session *s, mu_frame_hazard *out) {
    const mu_release_plan *plan = &s->plan->threat.release;
    if (plan->given == NULL || mu_release(&s->shown)->leaks == MU_NO_RECORD) {
        return false;
    }
    const mu_release_now *now = mu_release(&s->shown);
    *out = (mu_frame_hazard){.kind = MU_HAZARD_GAS,
                             .level = s->level_of_site[plan->level],
                             .at = plan->given->at,
                             .noticed = mu_gas_noticed(s) != MU_NO_RECORD,
                             .over = now->gone != MU_NO_RECORD,
                             .windy = plan->wind != NULL};
    if (out->windy) {
        out->wind_from_deg = plan->wind->from_deg;
        out->wind_mps = plan->wind->speed_mps;
    }
    if (plan->has_erg && !out->over) {
        add_ring(out, plan->erg.isolate_m, MU_RING_ISOLATE, now->isolated);
        out->protect_m = out->windy ? plan->erg.protect_m : 0;
    }
    return true;
}

mu_status mu_hazards_frame(mu_session *session, mu_frame *frame) {
    mu_frame_hazard *all = mu_arena_array(session->frame_arena, HAZARDS_MOST, sizeof *all);
    if (all == NULL) {
        return MU_ERR_MEMORY;
    }
    uint32_t count = 0;
    mu_clocks_read(session);
    count += make_item(session, &all[count]);
    count += make_second(session, &all[count]);
    for (uint32_t k = 0; k < MU_BLASTS; k++) {
        count += make_blast(session, k, &all[count]);
    }
    count += make_hostage(session, &all[count]);
    count += make_gas(session, &all[count]);
    count += make_intruder(session, &all[count]);
    frame->hazards = all;
    frame->hazard_count = count;
    return MU_OK;
}
