/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From metres on a level to pixels on the page: a drawing as wide as the page or as high as one. */
#ifndef MU_DRILL_REPORT_PLAN_MAP_H
#define MU_DRILL_REPORT_PLAN_MAP_H

#include <string.h>

#include "drill/report/chart.h"
#include "drill/report/svg.h"
#include "drill/report/view.h"

typedef struct mu_plan_map {
    mu_point low, high; /* of the level, metres */
    double scale;       /* pixels a metre */
    double left;        /* of the drawing on the page */
    double width, height;
    bool close;           /* shows buildings close up: rooms get names */
    const char *building; /* the one that it is about; NULL = all */
    mu_plan_dress dress;
} mu_plan_map;

static inline double mu_map_x(const mu_plan_map *map, double x) {
    return map->left + (x - map->low.x) * map->scale;
}
static inline double mu_map_y(const mu_plan_map *map, double y) {
    return (map->high.y - y) * map->scale;
}
static inline mu_point mu_map(const mu_plan_map *map, mu_point p) {
    return (mu_point){mu_map_x(map, p.x), mu_map_y(map, p.y)};
}
static inline bool mu_map_shows(const mu_plan_map *map, mu_point page) {
    return page.x >= map->left && page.x <= map->left + map->width && page.y >= 0 &&
           page.y <= map->height;
}

static inline bool mu_space_is_open_air(const mu_space *space) {
    return space->use == MU_USE_OUTDOOR;
}

/* Is it of the building next door, on the plan of one building? That has a plan of its own: here it
 * is drawn faintly, so that it does not seem cut off. */
static inline bool mu_space_is_beside(const mu_plan_map *map, const mu_space *space) {
    return map->building != NULL && space->building != NULL &&
           strcmp(space->building, map->building) != 0;
}

/* plan_flights.c: the treads of every flight that begins or ends on the level. */
void mu_plan_flights(mu_page *page, const mu_view *view, const mu_plan_map *map, uint32_t level);
/* plan_labels.c: names of rooms where they fit, numbers with a key where they do not. Returns the
 * height that the key takes below `y`. */
double mu_plan_labels(mu_page *page, const mu_view *view, const mu_plan_map *map, uint32_t level,
                      double y);
/* plan_labels.c: is the point inside the ring? */
bool mu_plan_contains(const mu_ring *ring, mu_point p);
/* plan_marks.c: where a level's marks stand; `out` has room for all posts and assembly points, and
 * one more. Returns how many there are. */
uint32_t mu_plan_mark_places(const mu_view *view, uint32_t level, mu_point *out);
/* plan_marks.c: the same for the numbers of rings, a few places each. */
enum { MU_PLAN_NUMBER_PLACES = 9 };
uint32_t mu_plan_number_places(const mu_view *view, const mu_plan_map *map, uint32_t level,
                               mu_point *out);
/* Posts, assembly points, roads in, the item and its rings. */
void mu_plan_marks(mu_page *page, const mu_view *view, const mu_plan_map *map, uint32_t level);
/* What the marks mean, in lines of text below `y`; returns the height taken. */
double mu_plan_legend(mu_page *page, const mu_view *view, const mu_plan_map *map, uint32_t level,
                      double y);

/* plan_routes.c: ways out from every room to the assembly points, and what the playbooks hold or
 * close; and what these marks mean, in lines below `y`: returns the height taken. */
void mu_plan_routes(mu_page *page, const mu_view *view, const mu_plan_map *map, uint32_t level);
double mu_plan_routes_legend(mu_page *page, const mu_view *view, const mu_plan_map *map, double y);

#endif
