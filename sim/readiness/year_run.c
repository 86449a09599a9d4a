/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The main loop of a year: the same queue, streams, block and log as an incident's, with handlers
 * of its own. */
#include "readiness/year_run.h"

enum { JOBS_AT_FIRST = 1024, QUEUE_MARGIN = 256 };

typedef void (*handler)(mu_year_sim *y, const mu_event *event);

static void on_ends(mu_year_sim *y, const mu_event *event) {
    (void)event;
    mu_year_numbers_end(y);
    (void)mu_sim_record(&y->sim, MU_RECORD_ENDED, mu_year_of(y)->started, 0, 0, 0);
    mu_world_clock(&y->sim.world)->over = 1;
}

/* Rows in the order of core/event.h. */
static const handler handlers[] = {
    [MU_EVENT_YEAR_COMES - MU_EVENT_YEAR_COMES] = mu_year_on_comes,
    [MU_EVENT_YEAR_DUE - MU_EVENT_YEAR_COMES] = mu_year_on_due,
    [MU_EVENT_YEAR_LAPSES - MU_EVENT_YEAR_COMES] = mu_year_on_lapses,
    [MU_EVENT_YEAR_DONE - MU_EVENT_YEAR_COMES] = mu_year_on_done,
    [MU_EVENT_YEAR_SHIFT - MU_EVENT_YEAR_COMES] = mu_year_on_shift_begins,
    [MU_EVENT_YEAR_WEEK - MU_EVENT_YEAR_COMES] = mu_year_on_week,
    [MU_EVENT_YEAR_ILL - MU_EVENT_YEAR_COMES] = mu_year_on_ill,
    [MU_EVENT_YEAR_LEAVE - MU_EVENT_YEAR_COMES] = mu_year_on_leave,
    [MU_EVENT_YEAR_BACK - MU_EVENT_YEAR_COMES] = mu_year_on_back,
    [MU_EVENT_YEAR_RESIGNS - MU_EVENT_YEAR_COMES] = mu_year_on_resigns,
    [MU_EVENT_YEAR_JOINS - MU_EVENT_YEAR_COMES] = mu_year_on_joins,
    [MU_EVENT_YEAR_FAILS - MU_EVENT_YEAR_COMES] = mu_year_on_fails,
    [MU_EVENT_YEAR_TELLS - MU_EVENT_YEAR_COMES] = mu_year_on_tells,
    [MU_EVENT_YEAR_OCCURS - MU_EVENT_YEAR_COMES] = mu_year_on_occurs,
    [MU_EVENT_YEAR_EXPIRES - MU_EVENT_YEAR_COMES] = mu_year_on_expires,
    [MU_EVENT_YEAR_STOCKED - MU_EVENT_YEAR_COMES] = mu_year_on_stocked,
    [MU_EVENT_YEAR_ENDS - MU_EVENT_YEAR_COMES] = on_ends,
};

static uint32_t at_least_one(uint32_t count) {
    return count > 0 ? count : 1;
}

static mu_layout layout_of(const mu_year_plan *plan) {
    mu_layout layout = {0};
    const mu_year *year = &plan->year;
    const uint32_t queue = 4 * plan->persons + plan->duties.count + plan->assets.count +
                           MU_YEAR_LOTS * year->stores.count + QUEUE_MARGIN;
    mu_layout_add(&layout, MU_SECTION_QUEUE, sizeof(mu_event), 2 * queue);
    mu_layout_add(&layout, MU_SECTION_YEAR, sizeof(mu_year_now), 1);
    mu_layout_add(&layout, MU_SECTION_YEAR_STAFF, sizeof(mu_year_staff_now),
                  at_least_one(plan->staff.count));
    mu_layout_add(&layout, MU_SECTION_YEAR_PERSON, sizeof(mu_year_person),
                  at_least_one(plan->persons));
    mu_layout_add(&layout, MU_SECTION_YEAR_DUTY, sizeof(mu_year_duty),
                  at_least_one(plan->duties.count));
    mu_layout_add(&layout, MU_SECTION_YEAR_SERVE, sizeof(mu_year_serve),
                  at_least_one(plan->serves.count));
    mu_layout_add(&layout, MU_SECTION_YEAR_JOB, sizeof(mu_year_job), JOBS_AT_FIRST);
    mu_layout_add(&layout, MU_SECTION_YEAR_STATION, sizeof(mu_year_station_now),
                  at_least_one(year->stations.count));
    mu_layout_add(&layout, MU_SECTION_YEAR_ASSET, sizeof(mu_year_asset),
                  at_least_one(plan->assets.count));
    mu_layout_add(&layout, MU_SECTION_YEAR_WEAR, sizeof(mu_year_wear_now),
                  at_least_one(year->equipment.count));
    mu_layout_add(&layout, MU_SECTION_YEAR_SKILL, sizeof(mu_year_skill),
                  at_least_one(plan->persons * year->topics.count));
    mu_layout_add(&layout, MU_SECTION_YEAR_ROLL, 1, at_least_one(plan->persons * plan->rolls));
    mu_layout_add(&layout, MU_SECTION_YEAR_LOT, sizeof(mu_year_lot),
                  at_least_one(MU_YEAR_LOTS * year->stores.count));
    mu_layout_add(&layout, MU_SECTION_YEAR_SCORE, sizeof(mu_year_score),
                  at_least_one(plan->departments.count));
    mu_layout_add(&layout, MU_SECTION_YEAR_CONDUCT, sizeof(mu_year_conduct),
                  at_least_one(plan->persons));
    mu_layout_add(&layout, MU_SECTION_YEAR_RATING, sizeof(mu_year_rating),
                  at_least_one(plan->persons * plan->ratings));
    mu_layout_add(&layout, MU_SECTION_YEAR_TOPIC, sizeof(mu_year_topic_now),
                  at_least_one(year->topics.count));
    return layout;
}

mu_status mu_year_begin(const mu_year_plan *plan, uint64_t seed, uint32_t replication, mu_log *log,
                        mu_year_sim *out) {
    *out = (mu_year_sim){.sim = {.log = log, .site = &plan->site, .queue_margin = QUEUE_MARGIN},
                         .plan = plan};
    const mu_layout layout = layout_of(plan);
    const mu_status status = mu_world_create(&layout, &out->sim.world);
    if (status != MU_OK) {
        return status;
    }
    mu_clock *clock = mu_world_clock(&out->sim.world);
    clock->seed = seed;
    clock->replication = replication;
    clock->log_count = mu_log_count(log);
    mu_year_of(out)->end_us = mu_year_end_us(plan);
    mu_year_of(out)->started =
        mu_sim_record(&out->sim, MU_RECORD_STARTED, MU_NO_RECORD, 0, mu_year_word(plan, "year"), 0);
    /* The end is scheduled first: it comes before whatever else falls on the last midnight. */
    mu_sim_schedule(&out->sim, mu_year_of(out)->end_us, MU_EVENT_YEAR_ENDS, 0,
                    mu_year_of(out)->started, 0);
    mu_year_skills_begin(out);
    mu_year_people_begin(out);
    mu_year_jobs_begin(out);
    mu_year_things_begin(out);
    return MU_OK;
}

/* Room for what one handler may add. */
static mu_status make_room(mu_year_sim *y) {
    const mu_world *world = &y->sim.world;
    const uint32_t queue = mu_world_count(world, MU_SECTION_QUEUE);
    const uint32_t jobs = mu_world_count(world, MU_SECTION_YEAR_JOB);
    const uint32_t margin = QUEUE_MARGIN + y->plan->persons + y->plan->assets.count;
    mu_status status = MU_OK;
    if (mu_world_clock(world)->pending + margin > queue) {
        status = mu_world_grow(&y->sim.world, MU_SECTION_QUEUE, 2 * queue + margin);
    }
    if (status == MU_OK && mu_year_of(y)->jobs_high + margin > jobs) {
        status = mu_world_grow(&y->sim.world, MU_SECTION_YEAR_JOB, 2 * jobs + margin);
    }
    return status;
}

mu_status mu_year_play(mu_year_sim *y, mu_time until_us) {
    mu_event event;
    mu_status status = MU_OK;
    while (status == MU_OK && mu_world_clock(&y->sim.world)->over == 0) {
        const mu_queue_view queue = mu_queue_of(&y->sim.world);
        if (queue.clock->pending == 0 || mu_queue_first(queue)->time_us > until_us) {
            break;
        }
        status = make_room(y);
        if (status == MU_OK) {
            if (mu_sim_next(&y->sim, &event) != 0) {
                handlers[event.kind - MU_EVENT_YEAR_COMES](y, &event);
            }
            status = (mu_status)mu_world_clock(&y->sim.world)->status;
        }
    }
    return status;
}

void mu_year_destroy(mu_year_sim *y) {
    if (y->sim.world.block != NULL) {
        mu_world_destroy(&y->sim.world);
    }
}

mu_status mu_year_run(const mu_year_plan *plan, uint64_t seed, uint32_t replication, mu_log *log,
                      mu_year_sim *out) {
    const mu_status status = mu_year_begin(plan, seed, replication, log, out);
    return status == MU_OK ? mu_year_play(out, mu_year_of(out)->end_us) : status;
}
