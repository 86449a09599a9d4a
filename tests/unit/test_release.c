/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole runs of a gas in a small plant: the air against closed forms, mass and people conserved at
 * every event, the same run whatever is saved and restored on the way, ventilation shut early or
 * late, masks, and the decontamination line as a queue. MUSTER_SOURCE names the source folder. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drill/run.h"
#include "loaded_plan.h"
#include "response/wash.h"
#include "runner.h"
#include "site/vent_state.h"

static mu_log *run_log;
static mu_sim sim;

static void load_plan(void) {
    load_incident("tests/plant/incident.json");
}

static void begin(uint64_t seed) {
    run_log = mu_log_create();
    ck_assert_int_eq(mu_run_begin(plan, seed, 0, run_log, &sim), MU_OK);
}

static void end(void) {
    mu_run_destroy(&sim);
    mu_log_destroy(run_log);
}

static double now_s(void) {
    return mu_time_to_s(mu_sim_now(&sim));
}

static uint32_t zone(const char *id) {
    for (uint32_t z = 0; z < plan->site.air_zones.count; z++) {
        if (strcmp(plan->site.air_zones.items[z].id, id) == 0) {
            return z;
        }
    }
    ck_abort_msg("no zone %s", id);
    return MU_NONE;
}

static mu_air_unit *unit(const char *id) {
    for (uint32_t u = 0; u < plan->site.air_units.count; u++) {
        if (strcmp(plan->site.air_units.items[u].id, id) == 0) {
            return &plan->site.air_units.items[u];
        }
    }
    ck_abort_msg("no unit %s", id);
    return NULL;
}

static const mu_record *first(mu_record_kind kind) {
    for (uint32_t i = 0; i < mu_log_count(run_log); i++) {
        if (mu_log_get(run_log, i)->kind == kind) {
            return mu_log_get(run_log, i);
        }
    }
    return NULL;
}

static double first_s(mu_record_kind kind) {
    const mu_record *record = first(kind);
    ck_assert_ptr_nonnull(record);
    return mu_time_to_s(record->time_us);
}

/* Runs until the first event at or after a time; the air is then taken on to that event. */
static void go_to(double until_s) {
    while (now_s() < until_s && mu_run_next(&sim)) {
    }
    mu_release_settle(&sim);
}

static double ppm_now(const char *id) {
    return mu_aegl_ppm(MU_SUBSTANCE_CHLORINE, mu_release_air(&sim)[zone(id)]);
}

static void check_mass(void) {
    const uint32_t zones = plan->threat.release.zone_count;
    const double *air = mu_release_air(&sim);
    double mass =
        mu_air_amount(air, zones, MU_AIR_LEFT) + mu_air_amount(air, zones, MU_AIR_REMOVED);
    for (uint32_t z = 0; z < zones; z++) {
        mass += plan->threat.release.zones[z].volume_m3 * air[z];
    }
    const double emitted = mu_air_amount(air, zones, MU_AIR_EMITTED);
    ck_assert_double_eq_tol(mass, emitted, 1e-7 * (1 + emitted));
}

START_TEST(people_and_gas_are_conserved_at_every_event) {
    begin(1);
    do {
        ck_assert(mu_crowd_conserved(&sim));
        check_mass();
    } while (mu_run_next(&sim));
    ck_assert_int_eq(mu_run_status(&sim), MU_OK);
    const double stopped_s = mu_release(&sim)->stops_s, given = 0.5;
    ck_assert_double_lt(stopped_s, 930); /* the crew closed it before it was spent */
    ck_assert_double_eq_tol(
        mu_air_amount(mu_release_air(&sim), plan->threat.release.zone_count, MU_AIR_EMITTED),
        given * (stopped_s - 30), 1e-5);
    ck_assert_ptr_nonnull(first(MU_RECORD_DISPERSED));
    end();
}
END_TEST

/* In the dosing room nothing but clean air comes in: 840 m3/h while the unit runs, 40 once it is
 * shut, 8,040 with the emergency extract. So it is one zone, and the closed form holds. */
static double one_zone(double c0, double flow_m3_h, double source_g_s, double long_s) {
    const double q = flow_m3_h / 3600, steady = source_g_s / q;
    return steady + (c0 - steady) * exp(-q / 400 * long_s);
}

START_TEST(the_dosing_room_follows_the_closed_form) {
    begin(1);
    go_to(60);
    double c = one_zone(0, 840, 0.5, now_s() - 30);
    ck_assert_double_eq_tol(mu_release_air(&sim)[zone("z.dosing")], c, 1e-6 * c);
    go_to(400);
    const double shut_s = first_s(MU_RECORD_VENTILATION_SHUT);
    c = one_zone(one_zone(0, 840, 0.5, shut_s - 30), 40, 0.5, now_s() - shut_s);
    ck_assert_double_eq_tol(mu_release_air(&sim)[zone("z.dosing")], c, 1e-6 * c);
    go_to(1000);
    const double closed_s = first_s(MU_RECORD_CONTAINED), extract_s = first_s(MU_RECORD_RESTORED);
    c = one_zone(one_zone(0, 840, 0.5, shut_s - 30), 40, 0.5, closed_s - shut_s);
    c = one_zone(c, 40, 0, extract_s - closed_s);
    c = one_zone(c, 8040, 0, now_s() - extract_s);
    ck_assert_double_eq_tol(mu_release_air(&sim)[zone("z.dosing")], c, 1e-5 * c);
    end();
}
END_TEST

/* The same leak, the unit shut 15 s after the order or 600: what is in each zone at one moment. */
static void measure(double shuts_in_s, double at_s, double *dosing, double *pumps, double *office,
                    double *shut_s) {
    unit("ahu")->shuts_in_s = (mu_dist){.kind = MU_DIST_CONSTANT, .a = shuts_in_s};
    begin(1);
    go_to(at_s);
    *dosing = ppm_now("z.dosing");
    *pumps = ppm_now("z.pumps");
    *office = ppm_now("z.office");
    const mu_record *shut = first(MU_RECORD_VENTILATION_SHUT);
    *shut_s = shut == NULL ? (double)INFINITY : mu_time_to_s(shut->time_us);
    end();
}

/* What the model alone says of the pump hall, from the flows of the file, by the same times. */
static double expected_pumps(double shut_s, double at_s) {
    const mu_air_zone zones[] = {{400, 0}, {1000, 0}};
    mu_air_flow flows[] = {{MU_AIR_OUTDOORS, 0, 840 / 3600.0, 0, false},
                           {0, 1, 820 / 3600.0, 0, false},
                           {0, MU_AIR_OUTDOORS, 20 / 3600.0, 0, false},
                           {MU_AIR_OUTDOORS, 1, 30 / 3600.0, 0, false},
                           {1, MU_AIR_OUTDOORS, 850 / 3600.0, 0, false}};
    const mu_air_point points[] = {{30, 0.5}, {930, 0.5}};
    mu_air air = {.zones = zones,
                  .flows = flows,
                  .zone_count = 2,
                  .flow_count = 5,
                  .drive = {MU_AIR_SOURCE, 0, points, 2, (double)INFINITY}};
    double state[7] = {0};
    ck_assert_int_eq(mu_air_advance(&air, 0, fmin(shut_s, at_s), state), MU_OK);
    flows[0].rate_m3_s = 40 / 3600.0;
    flows[1].rate_m3_s = 20 / 3600.0;
    flows[4].rate_m3_s = 50 / 3600.0;
    ck_assert_int_eq(mu_air_advance(&air, fmin(shut_s, at_s), at_s, state), MU_OK);
    return mu_aegl_ppm(MU_SUBSTANCE_CHLORINE, state[1]);
}

START_TEST(shutting_late_carries_the_gas_on) {
    const double at_s = 400; /* a look falls on it, and the source still runs */
    double dosing[2], pumps[2], office[2], shut_s[2];
    measure(15, at_s, &dosing[0], &pumps[0], &office[0], &shut_s[0]);
    measure(600, at_s, &dosing[1], &pumps[1], &office[1], &shut_s[1]);
    ck_assert_double_lt(shut_s[0], 150);
    ck_assert(isinf(shut_s[1]));
    ck_assert_double_gt(dosing[0], dosing[1]); /* it stays where it is */
    ck_assert_double_gt(pumps[1], 5 * pumps[0]);
    ck_assert_double_gt(office[1], 5 * office[0]);
    for (int k = 0; k < 2; k++) {
        const double expected = expected_pumps(shut_s[k], at_s);
        ck_assert_double_eq_tol(pumps[k], expected, 1e-4 * expected);
    }
}
END_TEST

START_TEST(a_run_can_be_saved_and_taken_up_again) {
    mu_run_end plain, again;
    mu_log *log = mu_log_create();
    ck_assert_int_eq(mu_run(plan, 7, 0, log, &plain), MU_OK);
    begin(7);
    while (now_s() < 150 && mu_run_next(&sim)) {
    }
    mu_world saved;
    ck_assert_int_eq(mu_world_copy(&sim.world, &saved), MU_OK);
    while (now_s() < 700 && mu_run_next(&sim)) {
    }
    ck_assert_int_eq(mu_run_restore(&sim, &saved), MU_OK);
    while (mu_run_next(&sim)) {
    }
    mu_run_result(&sim, &again);
    ck_assert_uint_eq(again.state_hash, plain.state_hash);
    ck_assert_uint_eq(mu_log_count(run_log), mu_log_count(log));
    for (uint32_t i = 0; i < mu_log_count(log); i++) {
        ck_assert_mem_eq(mu_log_get(run_log, i), mu_log_get(log, i), sizeof(mu_record));
    }
    mu_world_destroy(&saved);
    mu_log_destroy(log);
    end();
}
END_TEST

static mu_step *step(const char *id) {
    for (uint32_t s = 0; s < plan->playbooks.items[0].steps.count; s++) {
        if (strcmp(plan->playbooks.items[0].steps.items[s].id, id) == 0) {
            return &plan->playbooks.items[0].steps.items[s];
        }
    }
    ck_abort_msg("no step %s", id);
    return NULL;
}

static mu_step_plan *step_plan(const char *id) {
    for (uint32_t s = 0; s < plan->response.steps.count; s++) {
        if (strcmp(plan->response.steps.items[s].given->id, id) == 0) {
            return &plan->response.steps.items[s];
        }
    }
    ck_abort_msg("no step %s", id);
    return NULL;
}

/* The largest band of the fire crew. */
static uint32_t crew_band(void) {
    uint32_t most = 0;
    begin(1);
    while (mu_run_next(&sim)) {
    }
    for (uint32_t p = 0; p < plan->people.list.count; p++) {
        const uint32_t band = mu_release_band(&sim, p);
        most = plan->people.list.items[p].kind == MU_PERSON_UNIT && band > most ? band : most;
    }
    end();
    return most;
}

START_TEST(masks_protect_those_who_go_in) {
    ck_assert(step_plan("valve")->masked);
    ck_assert_uint_eq(crew_band(), 0);
    step_plan("valve")->masked = false;
    ck_assert_uint_eq(crew_band(), 3);
}
END_TEST

START_TEST(nobody_is_sent_downwind) {
    begin(1);
    while (mu_run_next(&sim)) {
    }
    for (uint32_t i = 0; i < mu_log_count(run_log); i++) {
        const mu_record *r = mu_log_get(run_log, i);
        if (r->kind == MU_RECORD_STATE && r->value == MU_OCCUPANT_OUT) { /* a north wind */
            ck_assert_str_eq(plan->site.spaces.items[mu_handle_index(r->place)].id, "north");
        }
    }
    ck_assert_uint_eq(mu_crowd(&sim)->in_state[MU_OCCUPANT_OUT], plan->people.occupants);
    end();
}
END_TEST

/* The wind turns the points that are kept from: south wind, north point. */
START_TEST(the_wind_chooses_the_assembly_points) {
    mu_wind wind = {.from_deg = 0, .speed_mps = 2};
    const mu_release_given *given = &plan->incident.release;
    ck_assert_uint_eq(mu_release_shunned_points(&plan->site, given, &wind), 2U); /* a.south */
    wind.from_deg = 180;
    ck_assert_uint_eq(mu_release_shunned_points(&plan->site, given, &wind), 1U); /* a.north */
    wind.from_deg = 260; /* both are abreast of it, and in the zone */
    ck_assert_uint_lt(mu_release_shunned_points(&plan->site, given, &wind), 3U);
}
END_TEST

typedef struct exits {
    double at_s[64];
    uint32_t count;
} exits;

static exits wash_everybody(void) {
    exits found = {.count = 0};
    step("decon")->from_band = 0; /* all who came out */
    begin(1);
    do {
        const mu_wash *w = &plan->site.decontamination.items[0];
        const uint32_t *taken = mu_washes(&sim)[0].line.taken;
        ck_assert_uint_le(taken[MU_DECON_DISROBE], w->disrobe_places);
        ck_assert_uint_le(taken[MU_DECON_WIPE], w->wipe_places);
        ck_assert_uint_le(taken[MU_DECON_SHOWER], w->shower_heads);
        ck_assert_uint_le(taken[MU_DECON_REROBE], w->rerobe_places);
    } while (mu_run_next(&sim));
    for (uint32_t i = 0; i < mu_log_count(run_log); i++) {
        const mu_record *r = mu_log_get(run_log, i);
        if (r->kind == MU_RECORD_LEAVES_LINE) {
            found.at_s[found.count++] = mu_time_to_s(r->time_us);
        }
    }
    end();
    return found;
}

static double per_hour(const exits *found, uint32_t from, uint32_t to) {
    return (to - from) * 3600.0 / (found->at_s[to] - found->at_s[from]);
}

/* Four heads, 90 s under the shower and 30 s until the next: 120 an hour once it is full. */
START_TEST(the_line_passes_what_its_showers_do) {
    mu_wash *w = &plan->site.decontamination.items[0];
    w->disrobe_places = w->wipe_places = w->rerobe_places = 30;
    w->changeover_s = 30;
    w->shower_s = (mu_dist){.kind = MU_DIST_CONSTANT, .a = 90};
    w->disrobe_s = (mu_dist){.kind = MU_DIST_CONSTANT, .a = 1};
    const exits found = wash_everybody();
    ck_assert_uint_eq(found.count, plan->people.occupants); /* each once, and all of them */
    ck_assert_double_le(per_hour(&found, 3, 19), 120 + 1e-9);
    ck_assert_double_ge(per_hour(&found, 3, 19), 0.95 * 120);
}
END_TEST

/* Two places to dress at 180 s each let 40 an hour through, whatever stands before them. */
START_TEST(dressing_holds_the_line_up) {
    mu_wash *w = &plan->site.decontamination.items[0];
    w->rerobe_places = 2;
    w->rerobe_s = (mu_dist){.kind = MU_DIST_CONSTANT, .a = 180};
    const exits found = wash_everybody();
    ck_assert_uint_eq(found.count, plan->people.occupants);
    ck_assert_double_eq_tol(per_hour(&found, 3, 19), 40, 1e-6);
}
END_TEST

START_TEST(what_is_left_on_people_is_told) {
    step("decon")->from_band = 0;
    begin(1);
    while (mu_run_next(&sim)) {
    }
    uint32_t count[1001] = {0};
    for (uint32_t i = 0; i < mu_log_count(run_log); i++) {
        const mu_record *r = mu_log_get(run_log, i);
        if (r->kind == MU_RECORD_RESIDUE) {
            ck_assert_uint_le(r->value, 1000);
            count[r->value]++;
        }
    }
    ck_assert_uint_eq(count[100], plan->people.occupants);
    ck_assert_uint_eq(count[10], plan->people.occupants);
    ck_assert_uint_eq(count[1], plan->people.occupants);
    end();
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("release");
    tcase_set_timeout(tcase, 120);
    tcase_add_unchecked_fixture(tcase, load_plan, drop_plan);
    tcase_add_test(tcase, people_and_gas_are_conserved_at_every_event);
    tcase_add_test(tcase, the_dosing_room_follows_the_closed_form);
    tcase_add_test(tcase, shutting_late_carries_the_gas_on);
    tcase_add_test(tcase, a_run_can_be_saved_and_taken_up_again);
    tcase_add_test(tcase, masks_protect_those_who_go_in);
    tcase_add_test(tcase, nobody_is_sent_downwind);
    tcase_add_test(tcase, the_wind_chooses_the_assembly_points);
    tcase_add_test(tcase, the_line_passes_what_its_showers_do);
    tcase_add_test(tcase, dressing_holds_the_line_up);
    tcase_add_test(tcase, what_is_left_on_people_is_told);
    Suite *suite = suite_create("release");
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
