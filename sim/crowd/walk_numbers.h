/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The walk model's parameters. CSM: Tordeux, Chraibi & Seyfried 2016, 'Collision-free speed model
 * for pedestrian dynamics'. AVM: Xu, Chraibi & Seyfried 2021, 'Anticipation in a velocity-based
 * model for pedestrian dynamics', Transp. Res. C 133:103464. T, foresight and strength are set by
 * the experiments that `muster verify` plays.
 *
 * No one T fits both a file of people who walk and one that leaves a queue: bottlenecks from 0.8 m
 * to 5 m wide pass 1.6 to 2.4 per metre and second (Seyfried et al. 2009, Transp. Sci. 43:395;
 * Liddle et al. 2011; AO-300 of HERMES 2009) where the curves of walking crowds end at 1.2 to 1.3
 * (Weidmann 1993; SFPE Handbook), and a gate of 0.5 m lets the next one through after 0.87 s
 * (Adrian, Seyfried & Sieben 2020). So whoever has waited follows closer until they walk freely, be
 * that beyond a short door or at the end of a long corridor that the same stream fills; a crowd
 * that only walks slowly has never waited. Through a gap where nobody can walk abreast they follow
 * less close: that one number is set by the gate of 0.5 m, and that of 0.8 m follows from it (1.6
 * to 1.9; Seyfried et al. find 1.6 to 1.8). On stairs a crowd does the opposite, as nobody steps on
 * a tread that is taken: they pass about 0.9 up and 1.1 down (SFPE Handbook; MSC.1/Circ.1533),
 * though at 1 person per square metre people still go nearly as they like (RiMEA 4.1.1, test 13).
 * Between walls 0.8 m apart they follow even further, v = (headway - 0.36 m) / 1.06 s (Seyfried et
 * al. 2005, J. Stat. Mech. P10002), where they can walk abreast they overlap like a zip and follow
 * closer (Hoogendoorn & Daamen 2005, Transp. Sci. 39:147: layers 0.45 m apart, of people who need
 * 0.55 m). Two streams that meet still pass up to
 * 1.5 per metre and second (Zhang et al. 2012, J. Stat. Mech. P02002: the abstract has clearly less
 * than in one direction; the number itself is remembered from a figure, see the case two-way), as
 * people turn a shoulder to each other: two chests are 0.24 m deep. */
#ifndef MU_CROWD_WALK_NUMBERS_H
#define MU_CROWD_WALK_NUMBERS_H

#define MU_WALK_STEP_S      0.05
#define MU_WALK_CUTOFF_M    1.4F   /* bodies further away than this do not matter */
#define MU_WALK_TIME_GAP_S  0.60F  /* T of V(s) = s / T */
#define MU_WALK_QUEUE_GAP_S 0.345F /* of those who get going out of a queue */
#define MU_WALK_QUEUED_MS   12000U /* until that is over, of those who do not pour out of one */
#define MU_WALK_FILE_GAP_S  1.06F  /* of those who walk in file where nobody can walk abreast */
#define MU_WALK_FILE_OUT_S  0.48F  /* of those who get into such a place out of a queue */
#define MU_WALK_STAIR_GAP_S 0.47F  /* on a stair */
#define MU_WALK_TREAD_GAP_S 1.2F   /* and in a crowd on one */
#define MU_WALK_TREAD_FROM  2U    /* with more in front than so many it begins to be a crowd, … */
#define MU_WALK_TREAD_OVER  3U    /* … and with so many more it is one */
#define MU_WALK_LEAD_S      0.25F /* how far ahead the one in front is expected to walk on */
#define MU_WALK_START_S     0.2F  /* to get up to speed; bodies do not start at once */
#define MU_WALK_REACTION_S  0.25  /* AVM: to turn to a new direction */
#define MU_WALK_FORESIGHT_S 0.25F /* AVM: how far ahead gaps are anticipated; 1 s there */
#define MU_WALK_AVOID       12.0F /* AVM: strength of avoiding one that is about to be touched */
#define MU_WALK_AVOID_M     0.5F  /* range; k (1 - s / range)^4 in place of k exp(-s / 0.1 m) */
#define MU_WALK_STAGGER     0.3F  /* so much more room behind somebody's shoulder than their back */
#define MU_WALK_SHY         0.012F /* of the free speed, for each who is near, … */
#define MU_WALK_SHY_MOST    4.0F   /* … and for no more than so many */
#define MU_WALK_OVERTAKE    5U /* with no more in front, gaps are anticipated at the free speed */
#define MU_WALK_TIE_M       0.05F /* with no more between them, neither of two is further along */
#define MU_WALK_BESIDE      0.15F /* of both radii: no further ahead is beside, not in the way */
#define MU_WALK_TURN_MOST   2.0F  /* tangent of the most that one is turned aside: 63 degrees */
#define MU_WALK_LOOSE       0.97F /* of the radius: the room that one keeps while things move */
#define MU_WALK_PACKED      0.68F /* in a queue that hardly moves: near the depth of a body */
#define MU_WALK_PACK_BELOW  0.185 /* of the free speed: slower than this one closes up, … */
#define MU_WALK_QUEUE_BELOW 0.25  /* … slower than this one is in a queue, … */
#define MU_WALK_QUEUE_GOES  0.44  /* … from this on one is on the way out of it, … */
#define MU_WALK_QUEUE_FREE  0.8   /* … and from this on one is out */
#define MU_WALK_SIDEWAYS    6U    /* times as fast as that one turns sideways to who comes */
#define MU_WALK_PASSING_M   0.24F /* between two who pass each other sideways */
#define MU_WALK_ABREAST_M   0.9   /* between walls: in less than that nobody can walk abreast */
#define MU_WALK_PACK_MS     4000U /* until one has closed up */
#define MU_WALK_UNPACK_MS   6000U /* until one has room again while hardly moving, … */
#define MU_WALK_STRIDE_MS   1500U /* … and so much sooner at the free speed (walk_body.h) */
#define MU_WALK_DOORWAY_M   0.8   /* from a gate: there one has room again at once */
#define MU_WALK_PACK_CALM   0.9F  /* by how much less the others then turn one aside */
#define MU_WALK_CORE        0.92F /* of the radius: bodies nearer than this are set apart */
#define MU_WALK_WALL        1.06  /* of the radius: what stays clear of walls */
#define MU_WALK_WALL_NEAR_M 0.10  /* further than that: where one begins to turn along a wall */
#define MU_WALK_ASIDE_MPS   0.5   /* of those who stand and are asked to step aside */
#define MU_WALK_ASIDE_M     1.0F  /* from how far they are */
#define MU_WALK_USUAL_MPS   1.5   /* nobody is expected to be nearer after a step than this makes */
#define MU_WALK_FASTEST_MPS 2.4   /* of any displacement, pushing included */
#define MU_WALK_PATIENCE_MS 1000U /* without progress before one begins to squeeze through */
#define MU_WALK_PRESSED_MS  5000U /* after which one makes oneself as narrow as can be */
#define MU_WALK_LOCKED_MS   15000U /* after which people who block each other make way somehow */
#define MU_WALK_LET_BY      0.5    /* of the room that they take then: nobody is stuck for good */
#define MU_WALK_CREEP       0.3F   /* of the free speed: how hard one presses on then */
#define MU_WALK_NARROWEST   0.62   /* of the radius: 0.14 m, half a body's depth (Fruin 1971) */

#endif
