/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places are kept from the moment a vehicle sets out for a hospital that has been told, and taken
 * at the door of one that has not. When no hospital has room the nearest takes them all the same:
 * that is what its surge is for, and the report says so. */
#include "response/hospital.h"

#include "response/inside.h"

static mu_hospital_now *now_of(const mu_sim *sim, uint32_t hospital) {
    return (mu_hospital_now *)mu_world_section(&sim->world, MU_SECTION_HOSPITAL) + hospital;
}

static const mu_hospital *given_of(const mu_sim *sim, uint32_t hospital) {
    return &sim->people->roster->hospitals.items[hospital];
}

static uint32_t count_of(const mu_sim *sim) {
    return sim->people->roster->hospitals.count;
}

void mu_hospitals_register(const mu_people *people, mu_layout *layout) {
    if (people->roster->hospitals.count > 0) {
        mu_layout_add(layout, MU_SECTION_HOSPITAL, sizeof(mu_hospital_now),
                      people->roster->hospitals.count);
    }
}

void mu_hospitals_begin(mu_sim *sim) {
    for (uint32_t h = 0; h < count_of(sim); h++) {
        *now_of(sim, h) = (mu_hospital_now){0};
    }
}

void mu_hospitals_hear(mu_sim *sim, uint32_t record) {
    const mu_record *heard = mu_log_get(sim->log, record);
    const bool told = heard->kind == MU_RECORD_NOTIFIED && heard->object != 0 &&
                      heard->object == mu_word_named(sim, "hospital");
    for (uint32_t h = 0; told && h < count_of(sim); h++) {
        now_of(sim, h)->told = 1;
    }
}

/* Those who play 'deceased' need no place of care. */
static int64_t places_of(const mu_hospital *hospital, int tag) {
    switch ((mu_start_tag)tag) {
    case MU_START_RED:
        return hospital->red;
    case MU_START_YELLOW:
        return hospital->yellow;
    case MU_START_GREEN:
        return hospital->green;
    case MU_START_BLACK:
    case MU_START_TAG_COUNT:
        break;
    }
    return INT32_MAX;
}

static bool has_room(const mu_sim *sim, uint32_t hospital, const uint32_t *tags) {
    bool room = true;
    for (int tag = 0; tag < MU_START_TAG_COUNT; tag++) {
        room = room && (tags[tag] == 0 || (int64_t)now_of(sim, hospital)->taken[tag] + tags[tag] <=
                                              places_of(given_of(sim, hospital), tag));
    }
    return room;
}

/* The nearest, of those with room where that is asked; by index where two are as far. */
static uint32_t nearest(const mu_sim *sim, const uint32_t *tags, bool with_room,
                        uint32_t not_this) {
    uint32_t best = MU_NONE;
    for (uint32_t h = 0; h < count_of(sim); h++) {
        const bool fits = h != not_this && (!with_room || has_room(sim, h, tags));
        if (fits && (best == MU_NONE || given_of(sim, h)->road_m < given_of(sim, best)->road_m)) {
            best = h;
        }
    }
    return best;
}

static uint32_t keep(const mu_sim *sim, uint32_t hospital, const uint32_t *tags) {
    for (int tag = 0; tag < MU_START_TAG_COUNT; tag++) {
        now_of(sim, hospital)->taken[tag] += tags[tag];
    }
    return hospital;
}

uint32_t mu_hospital_choose(mu_sim *sim, const uint32_t *tags, bool *expected) {
    *expected = false;
    if (count_of(sim) == 0) {
        return MU_NONE;
    }
    const uint32_t close = nearest(sim, tags, false, MU_NONE);
    if (now_of(sim, close)->told == 0) {
        return close;
    }
    *expected = true;
    const uint32_t with_room = nearest(sim, tags, true, MU_NONE);
    return keep(sim, with_room != MU_NONE ? with_room : close, tags);
}

uint32_t mu_hospital_at_door(mu_sim *sim, uint32_t hospital, const uint32_t *tags) {
    const uint32_t other =
        has_room(sim, hospital, tags) ? MU_NONE : nearest(sim, tags, true, hospital);
    return keep(sim, other != MU_NONE ? other : hospital, tags);
}
