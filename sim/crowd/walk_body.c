/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much room a body takes. While things move people keep about their shoulders' breadth to each
 * other; whoever has hardly moved for some seconds closes up with those in front, until in front of
 * a gate there stand more than twice as many on a square metre as ever walk there (Adrian, Seyfried
 * & Sieben 2020 count 7, Weidmann's curve ends at 5.4). Walls do not give, so off them one keeps as
 * before: narrow doors pass no more than they did. Whoever is held up by people who come the other
 * way turns sideways, off walls as well. */
#include "crowd/walk.h"

double mu_walk_pressed(const mu_body *body) {
    return mu_walk_share((double)body->held_ms - MU_WALK_PATIENCE_MS,
                         MU_WALK_PRESSED_MS - MU_WALK_PATIENCE_MS);
}

double mu_walk_packed(const mu_body *body) {
    return mu_walk_share((double)body->packed_ms, MU_WALK_PACK_MS);
}

double mu_walk_wall_radius(const mu_body *body) {
    return (double)body->radius_m * (1 - mu_walk_pressed(body) * (1 - MU_WALK_NARROWEST));
}

double mu_walk_radius(const mu_body *body) {
    const double loose = (double)MU_WALK_LOOSE, packed = (double)MU_WALK_PACKED;
    const double room = loose - mu_walk_packed(body) * (loose - packed);
    const double locked =
        mu_walk_share((double)body->held_ms - MU_WALK_LOCKED_MS, MU_WALK_LOCKED_MS);
    return mu_less((double)body->radius_m * room,
                   mu_walk_wall_radius(body) * (1 - locked * (1 - MU_WALK_LET_BY)));
}

/* Up by a step while one hardly moves, else down so that all is gone after so long. */
static uint16_t closing(const mu_body *body, uint32_t now, uint32_t step_ms, uint32_t gone_ms) {
    const double free_mps = (double)(body->level_mps * body->pace);
    if (body->speed_mps < MU_WALK_PACK_BELOW * free_mps) {
        return (uint16_t)(now < MU_WALK_PACK_MS ? now + step_ms : now);
    }
    const uint32_t back = step_ms * MU_WALK_PACK_MS / gone_ms;
    return (uint16_t)(now > back ? now - back : 0);
}

uint16_t mu_walk_unpack(const mu_body *body, uint32_t step_ms) {
    const uint32_t back = step_ms * MU_WALK_PACK_MS / MU_WALK_UNPACK_MS;
    return (uint16_t)(body->packed_ms > back ? body->packed_ms - back : 0);
}

uint16_t mu_walk_pack(const mu_body *body, uint32_t step_ms) {
    return closing(body, body->packed_ms, step_ms, MU_WALK_UNPACK_MS);
}

uint16_t mu_walk_sidle(const mu_body *body, uint32_t step_ms) {
    const uint32_t packed = body->packed_ms + 8 * step_ms;
    return (uint16_t)(packed < MU_WALK_PACK_MS ? packed : MU_WALK_PACK_MS);
}

uint16_t mu_walk_queue(const mu_body *body, uint32_t step_ms) {
    return closing(body, body->queued_ms, step_ms, MU_WALK_QUEUED_MS);
}

float mu_walk_time_gap(const mu_body *body) {
    const double going = 2 * MU_WALK_PACK_BELOW * (double)(body->level_mps * body->pace);
    const float goes = (float)(2 * mu_walk_share(body->speed_mps, going) - 1);
    const float queued = (float)body->queued_ms / (float)MU_WALK_PACK_MS * mu_moref(goes, 0);
    return MU_WALK_TIME_GAP_S + queued * (MU_WALK_QUEUE_GAP_S - MU_WALK_TIME_GAP_S);
}
