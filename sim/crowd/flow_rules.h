/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the flow model is made of: speeds by density, capacities by width. Pure functions. */
#ifndef MU_CROWD_FLOW_RULES_H
#define MU_CROWD_FLOW_RULES_H

#include <stdbool.h>
#include <stdint.h>

/* Settings of a run. Flows are of persons per metre of width and second. */
typedef struct mu_flow_rules {
    double door_flow;          /* of a door of no width, less this for each metre of width, … */
    double door_less;          /* … since those who come along the walls hold up each other … */
    double door_least;         /* … but at least so much */
    double down_flow, up_flow; /* of flights of stairs, at either end */
    double boundary_m;         /* on either side of every width, that nobody uses */
    double most_per_m2;        /* how densely people stand who wait; no area holds more */
    uint32_t hydraulic;        /* 1 = speeds of the SFPE relation, 0 = Weidmann's */
    uint32_t turns; /* 1 = turning back from flight to flight takes its time (mu_flow_turning) */
} mu_flow_rules;

/* Weidmann 1993, 'Transporttechnik der Fußgänger': speed by density as a share of the free speed,
 * 1 - exp(-1.913 (1/D - 1/5.4)); 0 at 5.4 per square metre. */
double mu_weidmann_share(double per_m2);
/* SFPE Handbook, 5th edition, chapter 59: S = k (1 - a D) from D = 0.54 on, as a share of the speed
 * up to there; 0 at 1/a. */
double mu_hydraulic_share(double per_m2);
#define MU_HYDRAULIC_A     0.266 /* m2 per person */
#define MU_HYDRAULIC_START 0.54  /* persons per m2 up to which nobody is slowed down */

/* Usual speeds of a crowd with nobody in the way, m/s: on the level (Weidmann 1993), and along the
 * slope of stairs of 7 by 11 inches (SFPE: 0.85 k, k = 1.08). */
#define MU_FLOW_LEVEL_MPS 1.34
#define MU_FLOW_STAIR_MPS 0.925
#define MU_FLOW_DENSE     1.75 /* per m2: about where the flow is greatest */

/* The speed of somebody whose own free speed is `own_mps` among so many who walk: the crowd's, or
 * their own where that is lower. Nobody is slower than at the density of the greatest flow: whoever
 * has to stand stands in a queue, and its length is for the portal to say. */
double mu_flow_speed(const mu_flow_rules *rules, double own_mps, bool on_stairs, double per_m2);

/* Persons per second through a width; at least a little, so that nobody waits for ever. */
double mu_flow_capacity(const mu_flow_rules *rules, double flow, double width_m);

/* The specific flow of a door of this width. */
double mu_flow_door(const mu_flow_rules *rules, double width_m);
/* Persons per second who turn back from the foot of one flight to the head of the next: all take
 * the inner side, so a wider flight hardly helps unless there is an eye, so many metres, between. */
double mu_flow_turning(double width_m, double eye_m);

/* The rules of a mode: 0 = free, 1 = regulatory (mu_motion_mode). */
mu_flow_rules mu_flow_rules_of(uint32_t mode);
/* The hydraulic model as the SFPE Handbook works it: for verification against its examples. */
mu_flow_rules mu_flow_rules_hydraulic(void);

#endif
