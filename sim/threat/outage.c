/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A service that is down comes back at the time given, or when the response has found a way round:
 * the standby supply, or the channel brought up again from elsewhere. */
#include "site/service_state.h"
#include "threat/threat.h"

static const mu_outage_plan *plan_of(const mu_sim *sim) {
    return &sim->threat->outage;
}

static uint32_t service_of(const mu_outage *outage) {
    return outage->mains ? 0 : outage->channel.index + 1;
}

static mu_handle name_of(const mu_sim *sim, uint32_t service) {
    return mu_word(service == 0 ? plan_of(sim)->word_mains
                                : plan_of(sim)->word_channel[service - 1]);
}

void mu_outage_begin(mu_sim *sim, uint32_t started) {
    for (uint32_t i = 0; i < plan_of(sim)->count; i++) {
        const mu_outage *outage = &plan_of(sim)->items[i];
        mu_sim_schedule(sim, mu_time_from_s(outage->at_s), MU_EVENT_OUTAGE_BEGINS, i, started, 0);
        if (outage->until_s > outage->at_s) {
            mu_sim_schedule(sim, mu_time_from_s(outage->until_s), MU_EVENT_OUTAGE_ENDS, i, started,
                            0);
        }
    }
}

/* No telephone of the site's own works any more. */
static bool primary_is_lost(const mu_sim *sim) {
    bool any = false, up = false;
    for (uint32_t c = 0; c < sim->site->channels.count; c++) {
        if (sim->site->channels.items[c].kind == MU_CHANNEL_TELEPHONE) {
            any = true;
            up = up || mu_channel_is_up(sim, c);
        }
    }
    return any && !up;
}

static void start_standby(mu_sim *sim, uint32_t cause) {
    if (sim->site->standby_starts) {
        mu_stream stream;
        mu_sim_stream(sim, &stream, MU_PURPOSE_OUTAGE, mu_name_hash("standby"), 0);
        mu_sim_schedule(sim, mu_time_from_s(mu_dist_draw(&sim->site->standby_s, &stream.rng)),
                        MU_EVENT_STANDBY_STARTS, 0, cause, 0);
    }
}

void mu_outage_on_begins(mu_sim *sim, const mu_event *event) {
    const mu_outage *outage = &plan_of(sim)->items[event->subject];
    const uint32_t service = service_of(outage);
    const bool was_lost = primary_is_lost(sim);
    const uint32_t record =
        mu_sim_record(sim, MU_RECORD_OUTAGE, event->cause, 0, name_of(sim, service), 0);
    mu_services(sim)[service].down = 1;
    mu_services(sim)[service].since = record;
    if (outage->mains && !outage->standby_fails) {
        start_standby(sim, record);
    }
    if (!was_lost && primary_is_lost(sim)) {
        mu_sim_record(sim, MU_RECORD_OUTAGE, record, 0, mu_word(plan_of(sim)->word_primary), 0);
    }
}

static void bring_back(mu_sim *sim, uint32_t service, uint32_t cause) {
    mu_service_now *now = &mu_services(sim)[service];
    if (now->down != 0) {
        now->down = 0;
        now->since = mu_sim_record(sim, MU_RECORD_BACK, cause, 0, name_of(sim, service), 0);
    }
}

/* Of several outages of one service that overlap, the last one's end counts. */
void mu_outage_on_ends(mu_sim *sim, const mu_event *event) {
    const uint32_t service = service_of(&plan_of(sim)->items[event->subject]);
    for (uint32_t i = 0; i < plan_of(sim)->count; i++) {
        const mu_outage *other = &plan_of(sim)->items[i];
        const mu_time until = mu_time_from_s(other->until_s);
        const bool ends = other->until_s > other->at_s;
        if (service_of(other) == service && mu_time_from_s(other->at_s) <= mu_sim_now(sim) &&
            (!ends || until > mu_sim_now(sim))) {
            return;
        }
    }
    mu_services(sim)[service].relief = 0;
    bring_back(sim, service, event->cause);
}

void mu_outage_on_standby(mu_sim *sim, const mu_event *event) {
    if (mu_services(sim)[0].standby == 0) {
        mu_sim_record(sim, MU_RECORD_POWER_SWITCHED, event->cause, 0,
                      mu_word(plan_of(sim)->word_standby), 0);
    }
}

void mu_outage_hear(mu_sim *sim, uint32_t record) {
    const mu_record heard = *mu_log_get(sim->log, record);
    if (heard.kind == MU_RECORD_POWER_SWITCHED &&
        heard.object == mu_word(plan_of(sim)->word_standby)) {
        mu_services(sim)[0].standby = 1;
    }
    for (uint32_t c = 0; heard.kind == MU_RECORD_CHANNEL_SWITCHED && c < sim->site->channels.count;
         c++) {
        if (heard.object == mu_word(plan_of(sim)->word_channel[c])) {
            mu_services(sim)[c + 1].relief = mu_services(sim)[c + 1].down;
            bring_back(sim, c + 1, record);
        }
    }
}
