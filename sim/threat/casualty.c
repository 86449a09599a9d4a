/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who becomes a casualty follows from each present person's own draw: the lowest are hurt, the
 * worst first. A bystander elsewhere changes nobody's part, and one more in the same place
 * displaces one at most. */
#include "threat/casualty.h"

#include <math.h>

#include "crowd/carry.h"
#include "crowd/flee.h"
#include "hazard/smoke.h"
#include "hazard/visibility.h"
#include "threat/threat.h"

/* One who lies in the open is seen from here by whoever is in the same space: planning assumption;
 * in smoke from less. */
#define SEEN_FROM_M 30.0

enum { DRAW_WHO, DRAW_PLAY, DRAW_REPORT }; /* occasions of MU_PURPOSE_CASUALTY */

void mu_casualty_register(const mu_people *people, mu_layout *layout) {
    mu_layout_add(layout, MU_SECTION_CASUALTY, sizeof(mu_casualty_now), people->list.count);
    mu_layout_add(layout, MU_SECTION_CASUALTIES, sizeof(mu_casualties_now), 1);
}

void mu_casualty_clear(mu_sim *sim) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        mu_casualties(sim)[p] = (mu_casualty_now){.injured = MU_NO_RECORD,
                                                  .found = MU_NO_RECORD,
                                                  .tagged = MU_NO_RECORD,
                                                  .treated = MU_NO_RECORD,
                                                  .gathered = MU_NO_RECORD,
                                                  .taken = MU_NO_RECORD,
                                                  .carer = MU_NONE};
    }
    *mu_casualties_total(sim) = (mu_casualties_now){0};
}

static mu_handle place_of(const mu_sim *sim, uint32_t person) {
    const uint32_t area = mu_bodies(sim)[person].area;
    const mu_area *in = mu_walkable_area(sim->walkable, area);
    return in->stair != MU_NONE ? MU_HANDLE(MU_THING_PORTAL, in->stair)
                                : MU_HANDLE(MU_THING_SPACE, in->space);
}

static void open_stream(const mu_sim *sim, mu_stream *stream, uint32_t person, uint32_t occasion) {
    mu_sim_stream(sim, stream, MU_PURPOSE_CASUALTY, sim->people->list.items[person].hash, occasion);
}

static bool is_present_occupant(const mu_sim *sim, uint32_t person) {
    return sim->people->list.items[person].kind == MU_PERSON_OCCUPANT &&
           mu_bodies(sim)[person].mode != MU_BODY_ABSENT;
}

static void keep_watching(mu_sim *sim, uint32_t cause) {
    mu_casualties_now *total = mu_casualties_total(sim);
    if (total->watching == 0) {
        total->watching = 1;
        mu_sim_schedule(sim, MU_CASUALTY_LOOK_US - mu_sim_now(sim) % MU_CASUALTY_LOOK_US,
                        MU_EVENT_CASUALTY_WATCHED, 0, cause, 0);
    }
}

uint32_t mu_casualty_add(mu_sim *sim, uint32_t person, mu_start_tag tag, uint32_t cause) {
    mu_casualty_now *now = &mu_casualties(sim)[person];
    if (!is_present_occupant(sim, person) || mu_is_casualty(sim, person)) {
        return MU_NO_RECORD;
    }
    mu_stream stream;
    open_stream(sim, &stream, person, DRAW_PLAY);
    now->plays = (uint32_t)tag;
    now->findings = mu_start_play(tag, &stream);
    now->injured = mu_sim_write(sim, (mu_record){.kind = MU_RECORD_INJURED,
                                                 .cause = cause,
                                                 .subject = MU_HANDLE(MU_THING_PERSON, person),
                                                 .place = place_of(sim, person),
                                                 .value = (uint32_t)tag});
    (void)mu_crowd_sense(sim, person, 0, now->injured); /* needs nobody to tell them */
    mu_crowd_lie(sim, person);
    if (now->findings.walks != 0) {
        mu_crowd_get_up(sim, person);
    }
    mu_crowd_set_state(sim, person, MU_OCCUPANT_CASUALTY, now->injured);
    mu_casualties_total(sim)->count++;
    mu_casualties_total(sim)->unfound++;
    mu_casualties_total(sim)->fresh++;
    keep_watching(sim, now->injured);
    return now->injured;
}

bool mu_casualty_is_open(const mu_sim *sim) {
    return mu_casualties_total(sim)->fresh > 0;
}

void mu_casualty_find(mu_sim *sim, uint32_t person, uint32_t by, uint32_t cause) {
    mu_casualty_now *now = &mu_casualties(sim)[person];
    if (now->injured == MU_NO_RECORD || now->found != MU_NO_RECORD) {
        return;
    }
    mu_casualties_total(sim)->unfound--;
    now->found = mu_sim_write(
        sim, (mu_record){.kind = MU_RECORD_FOUND,
                         .cause = cause,
                         .subject = MU_HANDLE(MU_THING_PERSON, person),
                         .object = MU_HANDLE(MU_THING_WORD, sim->threat->word_casualty),
                         .place = place_of(sim, person),
                         .holder = by == MU_NONE ? 0 : MU_HANDLE(MU_THING_PERSON, by)});
}

/* Can somebody see one who lies there? */
static bool sees(const mu_sim *sim, uint32_t person, uint32_t casualty) {
    const mu_body *own = &mu_bodies(sim)[person], *other = &mu_bodies(sim)[casualty];
    if (own->mode == MU_BODY_ABSENT || own->area != other->area) {
        return false;
    }
    const mu_point from = mu_crowd_at(sim, person), to = mu_crowd_at(sim, casualty);
    const double dx = from.x - to.x, dy = from.y - to.y;
    const double far_m = fmin(SEEN_FROM_M, mu_smoke_sight_m(mu_smoke_in(sim, own->area)));
    return dx * dx + dy * dy <= far_m * far_m &&
           mu_area_sees(sim->walkable, own->area, from, to, 0);
}

/* A responder on the site who sees the casualty; MU_NONE. */
static uint32_t responder_who_sees(const mu_sim *sim, uint32_t casualty) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (sim->people->list.items[p].kind != MU_PERSON_OCCUPANT && sees(sim, p, casualty)) {
            return p;
        }
    }
    return MU_NONE;
}

void mu_casualty_on_watched(mu_sim *sim, const mu_event *event) {
    (void)event;
    const mu_casualty_now *all = mu_casualties(sim);
    mu_casualties_total(sim)->watching = 0;
    mu_casualties_total(sim)->fresh = 0;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (all[p].injured != MU_NO_RECORD && all[p].found == MU_NO_RECORD) {
            const uint32_t by = responder_who_sees(sim, p);
            if (by != MU_NONE) {
                mu_casualty_find(sim, p, by, all[p].injured);
            }
        }
    }
    if (mu_casualties_total(sim)->unfound > 0) {
        keep_watching(sim, MU_NO_RECORD);
    }
}

void mu_casualty_on_reported(mu_sim *sim, const mu_event *event) {
    mu_casualty_find(sim, event->subject, MU_NONE, event->cause);
}

/* Drawing the mix. */

/* A person's place in a line; people are taken from the line in order. */
typedef struct rank {
    double value;
    uint64_t hash; /* breaks ties the same way whatever the order of files */
    uint32_t person;
} rank;

static bool comes_before(const rank *a, const rank *b) {
    return a->value < b->value || (a->value == b->value && a->hash < b->hash);
}

static bool is_in(const mu_casualties_given *given, uint32_t space, uint32_t area) {
    return mu_ref_list_has(&given->in, area) || (given->in.count == 0 && area == space);
}

typedef struct drawing {
    const mu_casualties_given *given;
    uint32_t space, level;
    mu_point at;
    bool outside; /* among those who are not in the given spaces: the nearest */
} drawing;

/* Where somebody stands in line; false: in none. */
static bool rank_of(const mu_sim *sim, const drawing *d, uint32_t person, rank *out) {
    if (!is_present_occupant(sim, person) || mu_is_casualty(sim, person) ||
        is_in(d->given, d->space, mu_bodies(sim)[person].area) == d->outside) {
        return false;
    }
    *out = (rank){.hash = sim->people->list.items[person].hash, .person = person};
    if (d->outside) {
        out->value = mu_crowd_distance(sim, person, d->level, d->at);
        return out->value <= d->given->within_m;
    }
    mu_stream stream;
    open_stream(sim, &stream, person, DRAW_WHO);
    out->value = mu_stream_uniform(&stream);
    return true;
}

/* The next in line; MU_NONE. */
static uint32_t next_in_line(const mu_sim *sim, const drawing *d) {
    rank best = {.person = MU_NONE}, own;
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (rank_of(sim, d, p, &own) && (best.person == MU_NONE || comes_before(&own, &best))) {
            best = own;
        }
    }
    return best.person;
}

/* Someone unhurt who saw it happen to them; MU_NONE. */
static bool was_seen(const mu_sim *sim, uint32_t casualty) {
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        if (is_present_occupant(sim, p) && !mu_is_casualty(sim, p) && sees(sim, p, casualty)) {
            return true;
        }
    }
    return false;
}

/* Those who were seen are reported after a while. */
static void let_witnesses_report(mu_sim *sim, const mu_dist *report_s, uint32_t first_record) {
    if (mu_dist_mean(report_s) <= 0) {
        return;
    }
    for (uint32_t p = 0; p < sim->people->list.count; p++) {
        const mu_casualty_now *now = &mu_casualties(sim)[p];
        if (now->injured == MU_NO_RECORD || now->injured < first_record || !was_seen(sim, p)) {
            continue;
        }
        mu_stream stream;
        open_stream(sim, &stream, p, DRAW_REPORT);
        mu_sim_schedule(sim, mu_time_from_s(mu_dist_draw(report_s, &stream.rng)),
                        MU_EVENT_CASUALTY_REPORTED, p, now->injured, 0);
    }
}

uint32_t mu_casualties_draw(mu_sim *sim, const mu_casualties_given *given, uint32_t space,
                            mu_point at, uint32_t cause) {
    const int64_t wanted[MU_START_TAG_COUNT] = {[MU_START_GREEN] = given->green,
                                                [MU_START_YELLOW] = given->yellow,
                                                [MU_START_RED] = given->red,
                                                [MU_START_BLACK] = given->black};
    drawing d = {.given = given,
                 .space = space,
                 .level = sim->site->spaces.items[space].level.index,
                 .at = at};
    const uint32_t first_record = mu_world_clock(&sim->world)->log_count;
    uint32_t made = 0;
    for (int tag = MU_START_BLACK; tag >= MU_START_GREEN; tag--) {
        for (int64_t k = 0; k < wanted[tag]; k++) {
            uint32_t person = next_in_line(sim, &d);
            if (person == MU_NONE && given->within_m > 0 && !d.outside) {
                d.outside = true;
                person = next_in_line(sim, &d);
            }
            if (person == MU_NONE) {
                break;
            }
            (void)mu_casualty_add(sim, person, (mu_start_tag)tag, cause);
            made++;
        }
    }
    let_witnesses_report(sim, &given->report_s, first_record);
    return made;
}
