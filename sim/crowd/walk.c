/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The walk model: one step is three phases. */
#include "crowd/walk.h"

#include "core/i18n.h"

static void step(mu_sim *sim, double step_s) {
    if (!mu_walk_gather(sim, step_s)) {
        mu_world_clock(&sim->world)->status = MU_ERR_MEMORY;
        return;
    }
    mu_walk_choose(sim, step_s);
    mu_walk_settle(sim, step_s);
}

const mu_motion mu_motion_walk = {
    .name = "walk",
    .documentation = N_(
        "Everyone is a disc with a heading. Speed is the optimal velocity of the collision-free "
        "speed model, V(s) = min(v0, s / T), s being the free way along the heading up to touching "
        "(Tordeux, Chraibi & Seyfried 2016). The heading relaxes towards the direction wanted, "
        "turned aside by neighbours in front whose gap, anticipated from both velocities, is small "
        "(Xu, Chraibi & Seyfried 2021). Departures: a polynomial with bounded range in place of "
        "the exponential; of two who would meet, the one further along goes first, and of equals "
        "the one on the right, so that no arch freezes; who is face to face keeps to the right; "
        "who is held up by others than a queue narrows to half a body's depth and tries other "
        "sides, and who meets others turns sideways, so that two pass each other shoulder by "
        "shoulder; whose back is not straight in front leaves more room, as in a zip; between "
        "walls where nobody can walk abreast people go in file with the longer T of files; among "
        "others one walks a little slower even with the way free; speeding up takes a moment, and "
        "the one in front is expected to walk on; who hardly moves closes up with the others, has "
        "room again soon after it walks, and who was slow in a queue follows closer until it walks "
        "freely (a shorter T); on stairs T grows with the crowd, as treads fill; overlaps that "
        "remain are set apart symmetrically; those who stand step aside. Mode "
        "`free`: nothing else limits a door; mode `regulatory`: no gate passes more than 1.33 "
        "persons per metre and second."),
    .step_s = MU_WALK_STEP_S,
    .step = step,
};
