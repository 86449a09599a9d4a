/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The relations and constants of the flow model, calibrated once on single doors and flights. */
#include "crowd/flow_rules.h"

#include <math.h>

#include "crowd/crowd.h"

/* Free mode, over the clear width. Experiments at bottlenecks find 1.6 to 2.4 through doors; the
 * values are those that the walk model reaches on the components of tests/unit/test_agree.c, so
 * that the two models answer alike: doors of 0.8 to 5 m in a wall and in the side of a corridor,
 * flights of 1 to 2.4 m, landings between flights of 1.2 to 1.8 m. */
#define FREE_DOOR       2.06
#define FREE_DOOR_LESS  0.10
#define FREE_DOOR_LEAST 1.40
#define FREE_DOWN       1.33
#define FREE_UP         1.12
/* Turning back on a landing: persons per second, and more for each metre of width; with no eye
 * between the flights and with one of 1 m or more. */
#define TURN_TIGHT       1.25
#define TURN_TIGHT_WIDTH 0.22
#define TURN_OPEN        0.95
#define TURN_OPEN_WIDTH  0.50
/* Regulatory mode caps every opening, those of flights too, at the 1.33 that the tests of IMO, NIST
 * and ISO allow at the most; bodies do not reach it going up. Between openings people walk as in
 * free mode, as they do by the walk model. */
/* SFPE Handbook, chapter 59: k / 4a on the level (k = 1.40) and on stairs of 7 by 11 inches
 * (k = 1.08), over the width less a boundary of 0.15 m on either side. */
#define HYDRAULIC_DOOR     (1.40 / (4 * MU_HYDRAULIC_A))
#define HYDRAULIC_STAIR    (1.08 / (4 * MU_HYDRAULIC_A))
#define HYDRAULIC_BOUNDARY 0.15
/* Persons per square metre who stand and wait. SFPE: the hydraulic model's greatest density. */
#define WAITING_PER_M2 (1 / MU_HYDRAULIC_A)

#define WEIDMANN_GAMMA 1.913
#define WEIDMANN_JAM   5.4
/* Densities of the greatest flow: D (1 - exp(-1.913 (1/D - 1/5.4))) is greatest at 1.75; D (1 - aD)
 * at 1 / 2a. */
#define WEIDMANN_BEST  1.75
#define HYDRAULIC_BEST (1 / (2 * MU_HYDRAULIC_A))

#define LEAST_WIDTH_M 0.1

double mu_weidmann_share(double per_m2) {
    if (per_m2 >= WEIDMANN_JAM) {
        return 0;
    }
    return per_m2 > 0 ? 1 - exp(-WEIDMANN_GAMMA * (1 / per_m2 - 1 / WEIDMANN_JAM)) : 1;
}

double mu_hydraulic_share(double per_m2) {
    if (per_m2 <= MU_HYDRAULIC_START) {
        return 1;
    }
    const double left = 1 - MU_HYDRAULIC_A * per_m2;
    return left > 0 ? left / (1 - MU_HYDRAULIC_A * MU_HYDRAULIC_START) : 0;
}

double mu_flow_speed(const mu_flow_rules *rules, double own_mps, bool on_stairs, double per_m2) {
    const double usual = on_stairs ? MU_FLOW_STAIR_MPS : MU_FLOW_LEVEL_MPS;
    const double best = rules->hydraulic != 0 ? HYDRAULIC_BEST : WEIDMANN_BEST;
    const double density = per_m2 < best ? per_m2 : best;
    const double share =
        rules->hydraulic != 0 ? mu_hydraulic_share(density) : mu_weidmann_share(density);
    const double crowd = (own_mps > usual ? own_mps : usual) * share;
    return own_mps < crowd ? own_mps : crowd;
}

double mu_flow_capacity(const mu_flow_rules *rules, double flow, double width_m) {
    const double width = width_m - 2 * rules->boundary_m;
    return flow * (width > LEAST_WIDTH_M ? width : LEAST_WIDTH_M);
}

double mu_flow_door(const mu_flow_rules *rules, double width_m) {
    return fmax(rules->door_flow - rules->door_less * width_m, rules->door_least);
}

double mu_flow_turning(double width_m, double eye_m) {
    const double open = fmin(eye_m, 1);
    return (1 - open) * (TURN_TIGHT + TURN_TIGHT_WIDTH * width_m) +
           open * (TURN_OPEN + TURN_OPEN_WIDTH * width_m);
}

mu_flow_rules mu_flow_rules_of(uint32_t mode) {
    mu_flow_rules rules = {.door_flow = FREE_DOOR,
                           .door_less = FREE_DOOR_LESS,
                           .door_least = FREE_DOOR_LEAST,
                           .turns = 1,
                           .down_flow = FREE_DOWN,
                           .up_flow = FREE_UP,
                           .most_per_m2 = WAITING_PER_M2};
    if (mode == MU_MOTION_REGULATORY) {
        rules.door_flow = rules.door_least = MU_REGULATORY_FLOW;
        rules.door_less = 0;
        rules.down_flow = fmin(FREE_DOWN, MU_REGULATORY_FLOW);
        rules.up_flow = fmin(FREE_UP, MU_REGULATORY_FLOW);
    }
    return rules;
}

mu_flow_rules mu_flow_rules_hydraulic(void) {
    return (mu_flow_rules){.door_flow = HYDRAULIC_DOOR,
                           .down_flow = HYDRAULIC_STAIR,
                           .up_flow = HYDRAULIC_STAIR,
                           .boundary_m = HYDRAULIC_BOUNDARY,
                           .most_per_m2 = WAITING_PER_M2,
                           .hydraulic = 1};
}
