/* SPDX-License-Identifier: GPL-3.0-or-later */
/* While gas is about the air is taken on and people are looked at every few seconds; what each has
 * breathed is the mean of the air where they are then. Once the source is spent and every zone is
 * clear, nothing costs anything any more. */
#include "threat/release.h"

#include <math.h>
#include <string.h>

#include "crowd/flee.h"
#include "site/service_state.h"
#include "site/vent_state.h"
#include "threat/threat.h"

/* How often concentrations are written to the log, and below which they are nothing. */
#define TELL_S      30.0
#define NOTHING_PPM 0.001
#define PPB         1000.0

static const mu_release_plan *plan_of(const mu_sim *sim) {
    return &sim->threat->release;
}

static bool is_given(const mu_sim *sim) {
    return plan_of(sim)->given != NULL;
}

static double now_s(const mu_sim *sim) {
    return mu_time_to_s(mu_sim_now(sim));
}

void mu_release_register(const mu_release_plan *plan, const mu_site *site, const mu_people *people,
                         mu_layout *layout) {
    mu_vent_register(site, layout);
    if (plan->given != NULL) {
        mu_layout_add(layout, MU_SECTION_RELEASE, sizeof(mu_release_now), 1);
        mu_layout_add(layout, MU_SECTION_AIR, sizeof(double), mu_air_state_count(plan->zone_count));
        mu_layout_add(layout, MU_SECTION_BREATH, sizeof(mu_breath), people->list.count);
        mu_layout_add(layout, MU_SECTION_SENSOR, sizeof(mu_sensor_now), site->equipment.count);
    }
}

void mu_release_begin(mu_sim *sim, uint32_t started) {
    if (!is_given(sim)) {
        return;
    }
    *mu_release(sim) = (mu_release_now){.stops_s = (double)INFINITY,
                                        .told_s = -(double)INFINITY,
                                        .leaks = MU_NO_RECORD,
                                        .gone = MU_NO_RECORD,
                                        .stopped = MU_NO_RECORD};
    for (int m = 0; m < MU_GAS_MEANS_COUNT; m++) {
        mu_release(sim)->noticed[m] = MU_NO_RECORD;
    }
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        mu_breaths(sim)[p].smelt = MU_NO_RECORD;
    }
    mu_sim_schedule(sim, mu_time_from_s(plan_of(sim)->given->starts_at_s), MU_EVENT_GAS_LEAKS, 0,
                    started, 0);
}

bool mu_release_is_open(const mu_sim *sim) {
    return is_given(sim) && mu_release(sim)->gone == MU_NO_RECORD;
}

static double in_ppm(const mu_sim *sim, double g_m3) {
    return mu_aegl_ppm((mu_substance)plan_of(sim)->given->substance, g_m3);
}

static double zone_ppm(const mu_sim *sim, uint32_t zone) {
    return in_ppm(sim, mu_release_air(sim)[zone]);
}

/* The zone whose air a person breathes; on a flight that of its lower end; MU_NONE: open air. */
static uint32_t zone_of(const mu_sim *sim, uint32_t person) {
    const mu_area *area = mu_walkable_area(sim->walkable, mu_bodies(sim)[person].area);
    const uint32_t space = area->space != MU_NONE
                               ? area->space
                               : sim->site->portals.items[area->stair].between.items[0].index;
    return plan_of(sim)->zone_of[space];
}

uint32_t mu_release_band(const mu_sim *sim, uint32_t person) {
    return is_given(sim) ? mu_breaths(sim)[person].exposure.band : 0;
}

bool mu_release_drives_out(const mu_sim *sim, uint32_t person) {
    return mu_release_is_open(sim) && mu_breaths(sim)[person].smelt != MU_NO_RECORD &&
           mu_breaths(sim)[person].masked == 0;
}

bool mu_release_is_smelt_in(const mu_sim *sim, uint32_t space) {
    const uint32_t zone = mu_release_is_open(sim) ? plan_of(sim)->zone_of[space] : MU_NONE;
    return zone != MU_NONE && zone_ppm(sim, zone) >= plan_of(sim)->given->smell_ppm;
}

bool mu_release_threatens(const mu_sim *sim, uint32_t person) {
    return mu_release_is_open(sim) && mu_bodies(sim)[person].mode != MU_BODY_ABSENT &&
           zone_of(sim, person) != MU_NONE && zone_ppm(sim, zone_of(sim, person)) >= NOTHING_PPM;
}

/* The air. */

/* Flows as the units stand now; `flows` has room for all. */
static mu_air air_now(const mu_sim *sim, mu_air_flow *flows) {
    const mu_release_plan *plan = plan_of(sim);
    memcpy(flows, plan->flows, plan->flow_count * sizeof *flows);
    for (uint32_t f = 0; f < plan->flow_count; f++) {
        const bool shut =
            plan->unit[f] != MU_NONE && mu_vents(sim)[plan->unit[f]].state == MU_AIR_UNIT_SHUT;
        flows[f].rate_m3_s = shut ? plan->shut_m3_s[f] : plan->running_m3_s[f];
    }
    mu_air air = {.zones = plan->zones,
                  .flows = flows,
                  .zone_count = plan->zone_count,
                  .flow_count = plan->flow_count,
                  .drive = plan->drive};
    air.drive.stops_s = mu_release(sim)->stops_s;
    return air;
}

void mu_release_settle(mu_sim *sim) {
    if (!mu_release_is_open(sim) || mu_release(sim)->leaks == MU_NO_RECORD) {
        return;
    }
    mu_release_now *now = mu_release(sim);
    mu_air_flow flows[MU_AIR_FLOWS_MOST];
    const mu_air air = air_now(sim, flows);
    const mu_status status = mu_air_advance(&air, now->air_s, now_s(sim), mu_release_air(sim));
    now->air_s = now_s(sim);
    if (status != MU_OK) {
        mu_world_clock(&sim->world)->status = (uint32_t)status;
    }
}

static bool source_lasts(const mu_sim *sim) {
    mu_air_drive drive = plan_of(sim)->drive;
    drive.stops_s = mu_release(sim)->stops_s;
    return mu_air_drive_lasts(&drive, now_s(sim));
}

void mu_release_stop(mu_sim *sim, uint32_t record) {
    if (mu_release_is_open(sim)) {
        mu_release_settle(sim);
        if (source_lasts(sim)) {
            mu_release(sim)->stops_s = now_s(sim);
            mu_release(sim)->stopped = record;
        }
    }
}

/* People. */

void mu_release_mask(mu_sim *sim, uint32_t person, bool on) {
    if (is_given(sim)) {
        mu_breath *breath = &mu_breaths(sim)[person];
        breath->masked = on ? 1 : breath->masked != 0 ? 2 : 0;
    }
}

static mu_handle place_of(const mu_sim *sim, uint32_t person) {
    const mu_area *area = mu_walkable_area(sim->walkable, mu_bodies(sim)[person].area);
    return area->space != MU_NONE ? MU_HANDLE(MU_THING_SPACE, area->space)
                                  : MU_HANDLE(MU_THING_PORTAL, area->stair);
}

static uint32_t tell(mu_sim *sim, mu_record_kind kind, uint32_t person, uint32_t value) {
    return mu_sim_write(sim, (mu_record){.kind = (uint16_t)kind,
                                         .cause = mu_release(sim)->leaks,
                                         .subject = MU_HANDLE(MU_THING_PERSON, person),
                                         .object = mu_word(plan_of(sim)->word_gas),
                                         .place = place_of(sim, person),
                                         .value = value});
}

static void notice(mu_sim *sim, mu_gas_means means, mu_handle who) {
    const mu_release_plan *plan = plan_of(sim);
    const uint32_t words[] = {[MU_GAS_BY_STAFF] = plan->word_staff,
                              [MU_GAS_BY_GUARD] = plan->word_guard,
                              [MU_GAS_BY_DETECTOR] = plan->word_detector,
                              [MU_GAS_BY_OPERATOR] = plan->word_operator};
    mu_release_now *now = mu_release(sim);
    if (now->noticed[means] == MU_NO_RECORD) {
        now->noticed[means] = mu_sim_record(sim, MU_RECORD_NOTICED, now->leaks, who,
                                            mu_word(plan->word_gas), mu_word(words[means]));
    }
}

/* Staff who know that it does not belong there, and whoever is on duty, tell; others just go. */
static void report(mu_sim *sim, uint32_t person) {
    const mu_person *p = &sim->people->list.items[person];
    if (p->kind == MU_PERSON_MEMBER) {
        const bool guard = p->role == mu_people_role(sim->people, "guard");
        notice(sim, guard ? MU_GAS_BY_GUARD : MU_GAS_BY_STAFF, MU_HANDLE(MU_THING_PERSON, person));
    } else if (p->kind == MU_PERSON_OCCUPANT &&
               sim->people->roster->groups.items[p->from].familiar) {
        notice(sim, MU_GAS_BY_STAFF, MU_HANDLE(MU_THING_PERSON, person));
    }
}

/* Irritation is an alarm of its own: whoever has noticed it leaves without further thought, even in
 * the middle of getting ready. Who knows the place knows which assembly points lie upwind. */
static void leave(mu_sim *sim, uint32_t person, uint32_t smelt) {
    const mu_person *p = &sim->people->list.items[person];
    if (p->kind == MU_PERSON_OCCUPANT && mu_minds(sim)[person].state == MU_OCCUPANT_INSIDE) {
        const bool familiar = sim->people->roster->groups.items[p->from].familiar;
        mu_crowd_flee(sim, person,
                      (mu_goal){.kind = MU_GOAL_ASSEMBLY,
                                .area = familiar ? plan_of(sim)->shunned_points : 0},
                      mu_word(plan_of(sim)->word_smell), smelt);
    }
}

static void smell(mu_sim *sim, uint32_t person, double long_s) {
    mu_breath *breath = &mu_breaths(sim)[person];
    breath->smelt_s += long_s;
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_NOTICE, sim->people->list.items[person].hash, 0);
    if (breath->smelt_s < mu_dist_draw(&plan_of(sim)->given->smell_s, &stream.rng)) {
        return;
    }
    breath->smelt = tell(sim, MU_RECORD_SMELT, person, 0);
    report(sim, person);
    leave(sim, person, breath->smelt);
}

static void breathe(mu_sim *sim, uint32_t person, double ppm, double from_s, double to_s) {
    const mu_release_given *given = plan_of(sim)->given;
    mu_breath *breath = &mu_breaths(sim)[person];
    if (breath->masked == 2 && ppm < NOTHING_PPM) {
        breath->masked = 0;
    }
    const double inhaled = breath->masked != 0 || ppm < NOTHING_PPM ? 0 : ppm;
    const uint32_t level = (uint32_t)mu_aegl_level((mu_substance)given->substance, inhaled);
    const uint32_t band = breath->exposure.band;
    mu_exposure_add(&breath->exposure, (mu_substance)given->substance, from_s, to_s, inhaled);
    if (level != breath->level) {
        breath->level = level;
        tell(sim, MU_RECORD_BREATHES, person, level);
    }
    if (breath->exposure.band > band) {
        tell(sim, MU_RECORD_BAND, person, breath->exposure.band);
    }
    if (inhaled >= given->smell_ppm && breath->smelt == MU_NO_RECORD) {
        smell(sim, person, to_s - from_s);
    }
}

/* What everybody has breathed since the last look. */
static void breathe_all(mu_sim *sim) {
    mu_release_now *now = mu_release(sim);
    double *integral = &mu_release_air(sim)[plan_of(sim)->zone_count];
    const double from_s = now->look_s, to_s = now->air_s, long_s = to_s - from_s;
    mu_air_flow flows[MU_AIR_FLOWS_MOST];
    const mu_air air = air_now(sim, flows);
    const double open_ppm = in_ppm(sim, mu_release_open_g_m3(plan_of(sim), &air.drive, to_s));
    for (uint32_t p = 0; p < sim->people->list.count && long_s > 0; p++) {
        if (mu_bodies(sim)[p].mode != MU_BODY_ABSENT) {
            const uint32_t zone = zone_of(sim, p);
            breathe(sim, p, zone == MU_NONE ? open_ppm : in_ppm(sim, integral[zone] / long_s),
                    from_s, to_s);
        }
    }
    memset(integral, 0, plan_of(sim)->zone_count * sizeof *integral);
    now->look_s = to_s;
}

/* Detectors. */

static double highest_ppm(const mu_sim *sim, const mu_equipment *detector) {
    const mu_ref own = detector->space;
    const mu_ref *spaces = detector->covers.count > 0 ? detector->covers.items : &own;
    const uint32_t count = detector->covers.count > 0 ? detector->covers.count : 1;
    double highest = 0;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t zone = plan_of(sim)->zone_of[spaces[i].index];
        const double ppm = zone == MU_NONE ? 0 : zone_ppm(sim, zone);
        highest = ppm > highest ? ppm : highest;
    }
    return highest;
}

/* A detector decides once, when its level is first reached while it has power: it works, or is
 * found not to. */
static void look_at_detectors(mu_sim *sim) {
    mu_sensor_now *sensors = mu_world_section(&sim->world, MU_SECTION_SENSOR);
    for (uint32_t e = 0; e < sim->site->equipment.count; e++) {
        const mu_equipment *detector = &sim->site->equipment.items[e];
        if (detector->kind != MU_EQUIPMENT_GAS_DETECTOR || sensors[e].reached != 0 ||
            !mu_equipment_works(sim, detector) ||
            highest_ppm(sim, detector) < detector->alarm_ppm) {
            continue;
        }
        sensors[e].reached = 1;
        mu_stream stream;
        mu_sim_stream(sim, &stream, MU_PURPOSE_DETECT, mu_name_hash(detector->id), 0);
        const bool works = mu_stream_uniform(&stream) < detector->detect_chance;
        const double delay_s = mu_dist_draw(&detector->detects_in_s, &stream.rng);
        if (works) {
            mu_sim_schedule(sim, mu_time_from_s(delay_s), MU_EVENT_GAS_NOTICED, e,
                            mu_release(sim)->leaks, MU_GAS_BY_DETECTOR);
        }
    }
}

/* What is told. */

static void tell_zone(mu_sim *sim, uint32_t zone) {
    const uint32_t space = sim->site->air_zones.items[zone].spaces.items[0].index;
    const double ppb = zone_ppm(sim, zone) * PPB;
    mu_sim_write(sim, (mu_record){.kind = MU_RECORD_CONCENTRATION,
                                  .cause = mu_release(sim)->leaks,
                                  .object = mu_word(plan_of(sim)->word_gas),
                                  .place = MU_HANDLE(MU_THING_SPACE, space),
                                  .value = ppb < UINT32_MAX ? (uint32_t)ppb : UINT32_MAX});
}

static void tell_concentrations(mu_sim *sim) {
    for (uint32_t z = 0; z < plan_of(sim)->zone_count; z++) {
        if (zone_ppm(sim, z) >= NOTHING_PPM) {
            tell_zone(sim, z);
        }
    }
    mu_release(sim)->told_s = now_s(sim);
}

static void count_isolated(mu_sim *sim) {
    const mu_release_plan *plan = plan_of(sim);
    mu_release_now *now = mu_release(sim);
    uint32_t inside = 0;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        inside += sim->people->list.items[p].kind == MU_PERSON_OCCUPANT &&
                  mu_crowd_is_within(sim, p, plan->level, plan->given->at, plan->erg.isolate_m);
    }
    if (inside != now->isolated) {
        now->isolated = inside;
        mu_sim_write(sim, (mu_record){.kind = MU_RECORD_EXPOSED,
                                      .cause = now->leaks,
                                      .object = mu_word(plan->word_gas),
                                      .place = mu_word(plan->word_isolation),
                                      .value = inside});
    }
}

static bool is_clear(const mu_sim *sim) {
    const mu_release_plan *plan = plan_of(sim);
    if (source_lasts(sim)) {
        return false;
    }
    for (uint32_t z = 0; z < plan->zone_count; z++) {
        if (zone_ppm(sim, z) >= plan->given->clear_ppm) {
            return false;
        }
    }
    return true;
}

/* Nobody is looked at any more: whatever is left is no longer counted as gas. Where the response
 * shut the source off, the air could clear only from then on. */
static void end_release(mu_sim *sim) {
    mu_release_now *now = mu_release(sim);
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (mu_breaths(sim)[p].level != 0) {
            mu_breaths(sim)[p].level = 0;
            tell(sim, MU_RECORD_BREATHES, p, 0);
        }
    }
    const uint32_t cause = now->stopped != MU_NO_RECORD ? now->stopped : now->leaks;
    now->gone =
        mu_sim_record(sim, MU_RECORD_DISPERSED, cause, 0, mu_word(plan_of(sim)->word_gas), 0);
}

/* Handlers. */

void mu_release_on_leaks(mu_sim *sim, const mu_event *event) {
    const mu_release_plan *plan = plan_of(sim);
    mu_release_now *now = mu_release(sim);
    now->leaks = mu_sim_record(sim, MU_RECORD_LEAKS, event->cause, 0, mu_word(plan->word_gas),
                               MU_HANDLE(MU_THING_SPACE, plan->given->space.index));
    now->air_s = now->look_s = now_s(sim);
    mu_sim_schedule(sim, MU_RELEASE_LOOK_US, MU_EVENT_GAS_LOOKED, 0, now->leaks, 0);
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_DETECT, mu_name_hash("operator"), 0);
    const bool told = mu_stream_uniform(&stream) < plan->given->operator_chance;
    const double delay_s = mu_dist_draw(&plan->given->operator_s, &stream.rng);
    if (told) {
        mu_sim_schedule(sim, mu_time_from_s(delay_s), MU_EVENT_GAS_NOTICED, MU_NONE, now->leaks,
                        MU_GAS_BY_OPERATOR);
    }
}

void mu_release_on_noticed(mu_sim *sim, const mu_event *event) {
    notice(sim, (mu_gas_means)event->argument,
           event->subject == MU_NONE ? 0 : MU_HANDLE(MU_THING_EQUIPMENT, event->subject));
}

void mu_release_on_looked(mu_sim *sim, const mu_event *event) {
    mu_release_settle(sim);
    breathe_all(sim);
    look_at_detectors(sim);
    count_isolated(sim);
    if (now_s(sim) - mu_release(sim)->told_s >= TELL_S) {
        tell_concentrations(sim);
    }
    if (is_clear(sim)) {
        end_release(sim);
        return;
    }
    mu_sim_schedule(sim, MU_RELEASE_LOOK_US, MU_EVENT_GAS_LOOKED, 0, event->cause, 0);
}
