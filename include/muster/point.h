/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A place on a level: metres, x to the east and y to the north. */
#ifndef MUSTER_POINT_H
#define MUSTER_POINT_H

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mu_point {
    double x, y;
} mu_point;

#ifdef __cplusplus
}
#endif
#endif
