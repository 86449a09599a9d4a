/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What fails, stays hidden until it is found, and is down until it is mended; what is kept in stock
 * and expires; what comes up at no fixed time. */
#include "readiness/year_state.h"

static const mu_wear *wear_of(const mu_year_sim *y, uint32_t asset) {
    return &y->plan->year.equipment.items[y->plan->assets.items[asset].wear];
}

static mu_handle wear_word(const mu_year_sim *y, uint32_t asset) {
    return mu_year_word(y->plan, wear_of(y, asset)->id);
}

/* Enough of them work? */
static bool is_whole(const mu_year_sim *y, uint32_t wear) {
    const mu_wear *given = &y->plan->year.equipment.items[wear];
    return given->needs > 0 && mu_year_wear_of(y, wear)->working >= (uint32_t)given->needs;
}

static void count_working(mu_year_sim *y, uint32_t wear, int change) {
    mu_year_wear_now *now = mu_year_wear_of(y, wear);
    if (is_whole(y, wear)) {
        now->whole_us += mu_sim_now(&y->sim) - now->since_us;
    }
    now->since_us = mu_sim_now(&y->sim);
    now->working = (uint32_t)((int)now->working + change);
}

static uint32_t write_asset(mu_year_sim *y, uint32_t asset, mu_record_kind kind, uint32_t cause,
                            mu_handle place) {
    const uint32_t equipment = y->plan->assets.items[asset].equipment;
    const uint32_t record = mu_sim_write(
        &y->sim,
        (mu_record){.kind = (uint16_t)kind,
                    .cause = cause,
                    .subject = equipment == MU_NONE ? 0 : MU_HANDLE(MU_THING_EQUIPMENT, equipment),
                    .object = wear_word(y, asset),
                    .place = place,
                    .value = asset});
    mu_year_asset_of(y, asset)->record = record;
    return record;
}

static void schedule_failure(mu_year_sim *y, uint32_t asset, uint32_t cause) {
    const double days =
        mu_year_draw(y, &wear_of(y, asset)->life_d, MU_PURPOSE_YEAR_LIFE,
                     y->plan->assets.items[asset].hash, mu_year_asset_of(y, asset)->faults);
    mu_year_later(y, mu_time_from_s(days * 86400), MU_EVENT_YEAR_FAILS, asset, cause, 0);
}

void mu_year_on_fails(mu_year_sim *y, const mu_event *event) {
    const uint32_t asset = event->subject, wear = y->plan->assets.items[asset].wear;
    mu_year_asset *now = mu_year_asset_of(y, asset);
    now->up_us += mu_sim_now(&y->sim) - now->since_us;
    now->since_us = mu_sim_now(&y->sim);
    now->state = MU_ASSET_HIDDEN;
    now->faults++;
    mu_year_of(y)->hidden++;
    mu_year_wear_of(y, wear)->faults++;
    count_working(y, wear, -1);
    const uint32_t record = write_asset(y, asset, MU_RECORD_BROKE, event->cause, 0);
    if (wear_of(y, asset)->tells) {
        const double hours = mu_year_draw(y, &wear_of(y, asset)->tells_h, MU_PURPOSE_YEAR_FIND,
                                          y->plan->assets.items[asset].hash, now->faults);
        mu_sim_schedule(&y->sim, mu_time_from_s(hours * 3600), MU_EVENT_YEAR_TELLS, asset, record,
                        now->faults);
    }
}

void mu_year_find(mu_year_sim *y, uint32_t asset, uint32_t cause, mu_handle by) {
    mu_year_asset *now = mu_year_asset_of(y, asset);
    mu_year_wear_now *wear = mu_year_wear_of(y, y->plan->assets.items[asset].wear);
    now->state = MU_ASSET_FOUND;
    now->found_us = mu_sim_now(&y->sim);
    mu_year_of(y)->hidden--;
    wear->found++;
    wear->told += by == 0;
    wear->hidden_us += mu_sim_now(&y->sim) - now->since_us;
    /* The fault is the cause where it told of itself, else whoever looked. */
    const uint32_t record = write_asset(y, asset, MU_RECORD_FAULT_FOUND, cause, by);
    /* Whoever comes by before it tells of itself takes nothing from its telling. */
    mu_year_numbers_for(y, &wear_of(y, asset)->serves, wear_of(y, asset)->tells ? 1 : 0, record);
    mu_year_call(y, MU_CALL_FAULT_FOUND, MU_NONE, asset, record);
    if (wear_of(y, asset)->serious) {
        mu_year_call(y, MU_CALL_SERIOUS_FAULT, MU_NONE, asset, record);
    }
}

void mu_year_on_tells(mu_year_sim *y, const mu_event *event) {
    const mu_year_asset *now = mu_year_asset_of(y, event->subject);
    if (now->state == MU_ASSET_HIDDEN && now->faults == (uint32_t)event->argument) {
        mu_year_find(y, event->subject, event->cause, 0);
    }
}

void mu_year_make_safe(mu_year_sim *y, uint32_t asset, uint32_t cause) {
    if (mu_year_asset_of(y, asset)->state == MU_ASSET_FOUND) {
        (void)write_asset(y, asset, MU_RECORD_INTERIM, cause, 0);
    }
}

void mu_year_mend(mu_year_sim *y, uint32_t asset, uint32_t cause) {
    mu_year_asset *now = mu_year_asset_of(y, asset);
    const uint32_t w = y->plan->assets.items[asset].wear;
    mu_year_wear_now *wear = mu_year_wear_of(y, w);
    if (now->state != MU_ASSET_FOUND) {
        return;
    }
    const mu_time open_us = mu_sim_now(&y->sim) - now->found_us;
    now->state = MU_ASSET_WORKS;
    now->since_us = mu_sim_now(&y->sim);
    wear->mended++;
    wear->open_us += open_us;
    wear->longest_us = open_us > wear->longest_us ? open_us : wear->longest_us;
    mu_year_of(y)->spent += wear_of(y, asset)->cost;
    count_working(y, w, 1);
    const uint32_t record = write_asset(y, asset, MU_RECORD_MENDED, cause, 0);
    schedule_failure(y, asset, record);
}

/* Occasions. */

static void schedule_occasion(mu_year_sim *y, uint32_t occasion, uint32_t n, uint32_t cause) {
    const mu_occasion *given = &y->plan->year.occasions.items[occasion];
    if (given->per_year > 0) {
        const mu_dist wait = {.kind = MU_DIST_EXPONENTIAL, .a = 365.25 / given->per_year};
        const double days =
            mu_year_draw(y, &wait, MU_PURPOSE_YEAR_OCCASION, mu_name_hash(given->id), n);
        mu_sim_schedule(&y->sim, mu_time_from_s(days * 86400), MU_EVENT_YEAR_OCCURS, occasion,
                        cause, n + 1);
    }
}

void mu_year_on_occurs(mu_year_sim *y, const mu_event *event) {
    const mu_occasion *given = &y->plan->year.occasions.items[event->subject];
    const uint32_t record = mu_sim_record(&y->sim, MU_RECORD_OCCURRED, event->cause, 0,
                                          mu_year_word(y->plan, given->id), 0);
    mu_year_call(y, MU_CALL_OCCASION, event->subject, MU_NONE, record);
    if (event->argument > 0) {
        schedule_occasion(y, event->subject, (uint32_t)event->argument, event->cause);
    }
}

static void schedule_dates(mu_year_sim *y, uint32_t occasion, uint32_t cause) {
    const mu_occasion *given = &y->plan->year.occasions.items[occasion];
    for (uint32_t k = 0; k < given->dates.count; k++) {
        mu_time clock_us;
        const int64_t day =
            mu_date_read(given->dates.items[k], &clock_us) - y->plan->calendar.first_day;
        if (day >= 0 && day < y->plan->year.days) {
            mu_sim_schedule(&y->sim, day * MU_DAY + clock_us, MU_EVENT_YEAR_OCCURS, occasion, cause,
                            0);
        }
    }
}

/* Stock. */

static const mu_store *store_of(const mu_year_sim *y, uint32_t lot) {
    return &y->plan->year.stores.items[lot / MU_YEAR_LOTS];
}

static uint64_t lot_hash(const mu_year_sim *y, uint32_t lot) {
    return mu_hash_with(mu_name_hash(store_of(y, lot)->id), lot % MU_YEAR_LOTS);
}

static void shelve(mu_year_sim *y, uint32_t lot, double share, uint32_t cause) {
    mu_year_lot *now = mu_year_lot_of(y, lot);
    const double days = mu_year_draw(y, &store_of(y, lot)->keeps_d, MU_PURPOSE_YEAR_STOCK,
                                     lot_hash(y, lot), 2 * now->orders);
    now->good = 1;
    now->since_us = mu_sim_now(&y->sim);
    mu_year_later(y, mu_time_from_s(days * share * 86400), MU_EVENT_YEAR_EXPIRES, lot, cause, 0);
}

void mu_year_on_expires(mu_year_sim *y, const mu_event *event) {
    mu_year_lot *lot = mu_year_lot_of(y, event->subject);
    lot->good = 0;
    lot->good_us += mu_sim_now(&y->sim) - lot->since_us;
    (void)mu_sim_record(&y->sim, MU_RECORD_EXPIRED, event->cause, 0,
                        mu_year_word(y->plan, store_of(y, event->subject)->id), 0);
}

void mu_year_on_stocked(mu_year_sim *y, const mu_event *event) {
    const mu_store *store = store_of(y, event->subject);
    const uint32_t record = mu_sim_record(&y->sim, MU_RECORD_STOCKED, event->cause, 0,
                                          mu_year_word(y->plan, store->id), 0);
    mu_year_of(y)->spent += store->cost * (double)store->count / MU_YEAR_LOTS;
    shelve(y, event->subject, 1, record);
}

/* Whoever looks through the stores orders what has expired. */
void mu_year_order(mu_year_sim *y, uint32_t cause) {
    for (uint32_t lot = 0; lot < MU_YEAR_LOTS * y->plan->year.stores.count; lot++) {
        mu_year_lot *now = mu_year_lot_of(y, lot);
        if (now->good == 0 && now->since_us != MU_NEVER) {
            const double days = mu_year_draw(y, &store_of(y, lot)->order_d, MU_PURPOSE_YEAR_STOCK,
                                             lot_hash(y, lot), 2 * now->orders + 1);
            now->orders++;
            now->since_us = MU_NEVER; /* is on its way */
            mu_sim_schedule(&y->sim, mu_time_from_s(days * 86400), MU_EVENT_YEAR_STOCKED, lot,
                            cause, 0);
        }
    }
}

void mu_year_things_begin(mu_year_sim *y) {
    const uint32_t cause = mu_year_of(y)->started;
    for (uint32_t a = 0; a < y->plan->assets.count; a++) {
        mu_year_wear_of(y, y->plan->assets.items[a].wear)->working++;
        mu_year_asset_of(y, a)->record = cause;
        schedule_failure(y, a, cause);
    }
    for (uint32_t k = 0; k < y->plan->year.occasions.count; k++) {
        schedule_occasion(y, k, 0, cause);
        schedule_dates(y, k, cause);
    }
    for (uint32_t lot = 0; lot < MU_YEAR_LOTS * y->plan->year.stores.count; lot++) {
        /* Lots were bought one after the other: they expire so, too. */
        shelve(y, lot, (lot % MU_YEAR_LOTS + 1.0) / MU_YEAR_LOTS, cause);
    }
}
