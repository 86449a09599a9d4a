/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Noticing as exposure: each person has a threshold of their own, drawn once, and notices when
 * their time in sight of the item has reached it; a guard may find it at first sight; a camera
 * decides once. Luck belongs to the person, so who else is there changes nobody's threshold. */
#include "threat/threat.h"

#include "crowd/rooms.h"
#include "crowd/within.h"
#include "site/field_of_view.h"
#include "site/service_state.h"

static mu_item_now *item_now(const mu_sim *sim) {
    return mu_world_section(&sim->world, MU_SECTION_ITEM);
}

void mu_item_register(const mu_item_plan *plan, const mu_people *people, mu_layout *layout) {
    if (plan->given != NULL) {
        mu_layout_add(layout, MU_SECTION_ITEM, sizeof(mu_item_now), 1);
        mu_layout_add(layout, MU_SECTION_WITNESS, sizeof(mu_witness), people->list.count);
    }
}

void mu_item_begin(mu_sim *sim, uint32_t started) {
    if (sim->threat->item.given == NULL) {
        return;
    }
    *item_now(sim) =
        (mu_item_now){.placed = MU_NO_RECORD, .noticed = MU_NO_RECORD, .gone = MU_NO_RECORD};
    mu_sim_schedule(sim, mu_time_from_s(sim->threat->item.given->appears_at_s),
                    MU_EVENT_ITEM_APPEARS, 0, started, 0);
}

bool mu_item_is_open(const mu_sim *sim) {
    return sim->threat->item.given != NULL && item_now(sim)->noticed == MU_NO_RECORD &&
           item_now(sim)->gone == MU_NO_RECORD;
}

static void let_cameras_watch(mu_sim *sim, uint32_t placed) {
    const uint32_t space = sim->threat->item.given->space.index;
    for (uint32_t e = 0; e < sim->site->equipment.count; e++) {
        const mu_equipment *camera = &sim->site->equipment.items[e];
        if (camera->kind != MU_EQUIPMENT_CAMERA ||
            !mu_view_sees(sim->walkable, camera, space, sim->threat->item.given->at)) {
            continue;
        }
        mu_stream stream;
        mu_sim_stream(sim, &stream, MU_PURPOSE_DETECT, mu_name_hash(camera->id), 0);
        const bool detects = mu_stream_uniform(&stream) < camera->detect_chance;
        const double delay_s = mu_dist_draw(&camera->detects_in_s, &stream.rng);
        if (detects) {
            mu_sim_schedule(sim, mu_time_from_s(delay_s), MU_EVENT_ITEM_NOTICED, e, placed, 0);
        }
    }
}

static void notice(mu_sim *sim, mu_handle who, uint32_t means) {
    mu_item_now *now = item_now(sim);
    if (now->noticed == MU_NO_RECORD && now->gone == MU_NO_RECORD) {
        now->noticed = mu_sim_record(sim, MU_RECORD_NOTICED, now->placed, who,
                                     mu_word(sim->threat->item.word_item), mu_word(means));
    }
}

/* A camera that has no power then sees it once it has, and looks again. */
void mu_item_on_noticed(mu_sim *sim, const mu_event *event) {
    if (!mu_equipment_works(sim, &sim->site->equipment.items[event->subject])) {
        if (mu_item_is_open(sim)) {
            mu_sim_schedule(sim, MU_BLIND_LOOK_US, MU_EVENT_ITEM_NOTICED, event->subject,
                            event->cause, 0);
        }
        return;
    }
    notice(sim, MU_HANDLE(MU_THING_EQUIPMENT, event->subject), sim->threat->item.word_camera);
}

/* Straight distance to the item, infinite from another level. */
static double distance_to_item(const mu_sim *sim, uint32_t person) {
    return mu_crowd_distance(sim, person, sim->threat->item.level, sim->threat->item.given->at);
}

/* From its own area only. */
static bool sees_item(const mu_sim *sim, uint32_t person) {
    const mu_body *body = &mu_bodies(sim)[person];
    return distance_to_item(sim, person) <= sim->threat->item.given->notice_radius_m &&
           mu_area_sees(sim->walkable, body->area, mu_crowd_at(sim, person),
                        sim->threat->item.given->at, 0);
}

/* Who could tell that it does not belong there: staff who know the building, and whoever is on
 * duty. */
static bool is_watchful(const mu_sim *sim, uint32_t person) {
    const mu_person *p = &sim->people->list.items[person];
    return p->kind == MU_PERSON_MEMBER ||
           (p->kind == MU_PERSON_OCCUPANT && sim->people->roster->groups.items[p->from].familiar);
}

/* A guard looks once on coming into the radius, and may find it then; else like anybody on the
 * staff, after a while. */
static bool guard_glances(mu_sim *sim, uint32_t person, mu_witness *witness, bool sees) {
    if (!sees || witness->inside != 0) {
        return false;
    }
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_NOTICE, sim->people->list.items[person].hash,
                  ++witness->passes);
    return mu_stream_uniform(&stream) < sim->threat->item.given->guard_notice_chance;
}

static bool has_seen_enough(mu_sim *sim, uint32_t person, mu_witness *witness, bool sees) {
    if (!sees) {
        return false;
    }
    witness->seen_s += mu_time_to_s(MU_ITEM_LOOK_US);
    mu_stream stream;
    mu_sim_stream(sim, &stream, MU_PURPOSE_NOTICE, sim->people->list.items[person].hash, 0);
    return witness->seen_s >= mu_dist_draw(&sim->threat->item.given->staff_notice_s, &stream.rng);
}

static bool notices(mu_sim *sim, uint32_t person, bool is_guard, mu_witness *witness) {
    const bool sees = sees_item(sim, person);
    const bool found = (is_guard && guard_glances(sim, person, witness, sees)) ||
                       has_seen_enough(sim, person, witness, sees);
    item_now(sim)->seen_by += (uint32_t)sees - witness->inside;
    witness->inside = sees;
    return found;
}

/* Are all who see it still in its area? They are few, and there as a rule. */
static bool all_are_there(const mu_sim *sim, const mu_witness *witnesses) {
    const uint32_t area = sim->threat->item.area;
    uint32_t there = 0;
    for (uint32_t p = mu_room_next(sim, area, 0); p != MU_NONE;
         p = mu_room_next(sim, area, p + 1)) {
        there += witnesses[p].inside;
    }
    return there == item_now(sim)->seen_by;
}

/* Whoever has gone to another area sees it no more. */
static void forget_those_gone(mu_sim *sim) {
    mu_witness *witnesses = mu_world_section(&sim->world, MU_SECTION_WITNESS);
    const mu_body *bodies = mu_bodies(sim);
    mu_item_now *now = item_now(sim);
    uint32_t left = now->seen_by;
    if (left == 0 || all_are_there(sim, witnesses)) {
        return;
    }
    for (uint32_t p = 0; left > 0 && p < sim->people->list.count; p++) {
        left -= witnesses[p].inside;
        if (witnesses[p].inside != 0 && bodies[p].mode != MU_BODY_ABSENT &&
            bodies[p].area != sim->threat->item.area) {
            witnesses[p].inside = 0;
            now->seen_by--;
        }
    }
}

static void look_for_witnesses(mu_sim *sim) {
    mu_witness *witnesses = mu_world_section(&sim->world, MU_SECTION_WITNESS);
    const uint32_t guard = mu_people_role(sim->people, "guard");
    const uint32_t area = sim->threat->item.area;
    forget_those_gone(sim);
    for (uint32_t p = mu_room_next(sim, area, 0); p != MU_NONE;
         p = mu_room_next(sim, area, p + 1)) {
        if (!is_watchful(sim, p)) {
            continue;
        }
        const bool is_guard = sim->people->list.items[p].role == guard;
        if (notices(sim, p, is_guard, &witnesses[p])) {
            notice(sim, MU_HANDLE(MU_THING_PERSON, p),
                   is_guard ? sim->threat->item.word_guard : sim->threat->item.word_staff);
            return;
        }
    }
}

static void tell_ring(mu_sim *sim, int ring, uint32_t inside) {
    mu_item_now *now = item_now(sim);
    if (inside != now->inside[ring]) {
        now->inside[ring] = inside;
        mu_sim_write(sim, (mu_record){.kind = MU_RECORD_EXPOSED,
                                      .cause = now->placed,
                                      .object = mu_word(sim->threat->item.word_item),
                                      .place = mu_word(sim->threat->item.word_ring[ring]),
                                      .value = inside});
    }
}

void mu_item_end(mu_sim *sim, uint32_t cause) {
    item_now(sim)->gone = cause;
    for (int ring = 0; ring < 2; ring++) {
        tell_ring(sim, ring, 0);
    }
}

/* True where it has left a trace: something was written, or somebody has seen it for longer. */
static bool look(mu_sim *sim) {
    const uint32_t records = mu_world_clock(&sim->world)->log_count;
    const bool noticed = item_now(sim)->noticed != MU_NO_RECORD;
    if (!noticed) {
        look_for_witnesses(sim);
    }
    const double *ring_m = sim->threat->item.ring_m;
    uint32_t inside[MU_RINGS] = {0, 0};
    if (ring_m[0] > 0 || ring_m[1] > 0) {
        mu_crowd_count_within(sim, sim->threat->item.level, sim->threat->item.given->at, ring_m,
                              inside);
    }
    for (int ring = 0; ring < 2; ring++) {
        if (ring_m[ring] > 0) {
            tell_ring(sim, ring, inside[ring]);
        }
    }
    return !noticed || mu_world_clock(&sim->world)->log_count != records;
}

/* From when on a look may tell something new. */
static mu_time holds_us(const mu_sim *sim) {
    const mu_item_plan *item = &sim->threat->item;
    if (item_now(sim)->noticed == MU_NO_RECORD) {
        return 0;
    }
    return item->ring_m[0] > 0 || item->ring_m[1] > 0 ? mu_crowd_count_holds_us(sim) : MU_NEVER;
}

/* The first look after a moment: every half second since the item was placed. */
static mu_time look_after_us(mu_time placed_us, mu_time after_us) {
    return placed_us + ((after_us - placed_us) / MU_ITEM_LOOK_US + 1) * MU_ITEM_LOOK_US;
}

bool mu_item_watch_on(mu_sim *sim, mu_time until_us) {
    if (sim->threat->item.given == NULL || item_now(sim)->placed == MU_NO_RECORD ||
        item_now(sim)->gone != MU_NO_RECORD) {
        return false;
    }
    mu_clock *clock = mu_world_clock(&sim->world);
    const mu_time now_us = clock->now_us;
    const mu_time placed_us = mu_log_get(sim->log, item_now(sim)->placed)->time_us;
    mu_time at_us = look_after_us(placed_us, now_us);
    sim->calm_from_us = now_us;
    sim->calm_until_us = at_us;
    while (at_us <= until_us) { /* most often the next event comes first */
        const mu_time holds = holds_us(sim);
        if (holds > at_us) {
            if (holds == MU_NEVER) {
                return false;
            }
            at_us = look_after_us(placed_us, holds - 1);
            continue;
        }
        clock->now_us = at_us;
        if (look(sim)) {
            return true;
        }
        clock->now_us = now_us;
        at_us += MU_ITEM_LOOK_US;
    }
    return false;
}

void mu_item_on_appears(mu_sim *sim, const mu_event *event) {
    const uint32_t placed =
        mu_sim_record(sim, MU_RECORD_PLACED, event->cause, 0, mu_word(sim->threat->item.word_item),
                      MU_HANDLE(MU_THING_SPACE, sim->threat->item.given->space.index));
    item_now(sim)->placed = placed;
    let_cameras_watch(sim, placed);
    (void)look(sim);
}
