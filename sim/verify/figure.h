/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A measured figure: a number, a list of pairs, or a group of figures, with the value that a file
 * gives and the one that runs give. What a figure means is read from its name, word by word, so
 * that a file may put its figures together as it likes:
 *
 *     N_crossed, t_first_s, t_last_s, duration_first_to_last_s
 *     mean_flow_per_s, steady_flow_20_80_per_s, window_flow_per_s; with `specific`: per metre
 *     t_at_fraction_s: {"10": …}
 *     transit_x3_to_y3.5_s: {mean, p10, p50, p90, n}
 *     method_B…, method_C…: rho or density, v or speed, n, pairs
 *     density…, speed…: `bottleneck`, `in_front`, `3x1` (a box), `after_corner`; else measuring
 * area x3, y-4: at this coordinate; in, corner, …: at the line of this name; right, left, +x …: way
 *     10_45s: from 10 s to 45 s; 1s: every second; mean, p90, …: of the samples */
#ifndef MU_VERIFY_FIGURE_H
#define MU_VERIFY_FIGURE_H

#include <stdbool.h>

#include "core/given.h"

typedef enum mu_figure_shape {
    MU_FIGURE_NUMBER,
    MU_FIGURE_LIST, /* of pairs (numbers: pairs with no second) */
    MU_FIGURE_GROUP
} mu_figure_shape;

typedef enum mu_quantity {
    MU_QUANTITY_UNKNOWN,
    MU_QUANTITY_GIVEN, /* says what is measured and how; nothing to compare */
    MU_QUANTITY_CROSSED,
    MU_QUANTITY_FIRST,
    MU_QUANTITY_LAST,
    MU_QUANTITY_DURATION,
    MU_QUANTITY_AT_SHARE,
    MU_QUANTITY_FLOW,
    MU_QUANTITY_FLOW_STEADY, /* 20 to 80 %, or within the window given */
    MU_QUANTITY_FLOW_WINDOW,
    MU_QUANTITY_TRANSIT,
    MU_QUANTITY_METHOD_B,
    MU_QUANTITY_METHOD_C,
    MU_QUANTITY_IN_AREA
} mu_quantity;

typedef enum mu_aspect { MU_ASPECT_DENSITY, MU_ASPECT_SPEED, MU_ASPECT_COUNT } mu_aspect;

typedef enum mu_reduction {
    MU_REDUCTION_MEAN,
    MU_REDUCTION_QUANTILE,
    MU_REDUCTION_SPREAD, /* standard deviation */
    MU_REDUCTION_COUNT
} mu_reduction;

typedef enum mu_spot {
    MU_SPOT_MAIN,   /* the main line, the measuring area */
    MU_SPOT_NAMED,  /* a named line */
    MU_SPOT_ACROSS, /* the line across the floor at a coordinate */
    MU_SPOT_BOTTLENECK,
    MU_SPOT_FRONT,
    MU_SPOT_AFTER
} mu_spot;

typedef struct mu_place_word {
    mu_spot spot;
    char axis; /* 'x' or 'y' of MU_SPOT_ACROSS */
    double coordinate;
    uint32_t line; /* of MU_SPOT_NAMED */
} mu_place_word;

/* What a name says. */
typedef struct mu_figure_meaning {
    mu_quantity quantity;
    mu_aspect aspect;
    mu_reduction reduction;
    double share; /* of a quantile or fraction, 0..1 */
    bool specific;
    bool by_share;           /* a steady flow from 20 to 80 % */
    mu_place_word place, to; /* `to`: of a transit */
    double width_m, depth_m; /* of a box; 0 = not said */
    bool windowed;
    double from_s, to_s, every_s; /* every_s 0 = not said */
    int way;                      /* index of a direction of the file; -1 = any */
} mu_figure_meaning;

typedef struct mu_figure mu_figure;
struct mu_figure {
    const char *name; /* NULL for the root */
    mu_figure_shape shape;
    mu_figure_meaning meaning;
    bool judged;         /* counts for whether the experiment holds */
    double given;        /* NAN = none */
    double sum, squares; /* over the runs that gave a number */
    uint32_t runs;
    MU_LIST_OF(mu_point) pairs; /* given: x, y */
    mu_point *found;            /* of the first run; malloc'ed: freed by mu_figure_clear */
    uint32_t found_count;
    MU_LIST_OF(mu_figure) parts;
};

/* Mean over the runs; NAN if none gave a number. */
double mu_figure_mean(const mu_figure *figure);
/* Standard deviation between runs; NAN of fewer than two. */
double mu_figure_spread(const mu_figure *figure);
/* Mean over given, less 1; NAN where there is nothing to compare. */
double mu_figure_deviation(const mu_figure *figure);
void mu_figure_add(mu_figure *figure, double value);
/* Forgets what runs gave. */
void mu_figure_clear(mu_figure *figure);

/* Names that a word may stand for. */
typedef struct mu_figure_names {
    const char *const *lines;
    uint32_t line_count;
    const mu_point *ways;
    uint32_t way_count;
} mu_figure_names;

/* Reads the meaning of a figure from its own name and from those of the groups around it,
 * outermost first. */
mu_figure_meaning mu_figure_read_name(const mu_figure_names *names, const char *const *groups,
                                      uint32_t group_count, const char *name);

#endif
