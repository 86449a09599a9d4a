/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each figure of an experiment measured in a trail, as its name says. */
#include <math.h>
#include <stdlib.h>

#include "site/plane.h"
#include "verify/experiment.h"

#define FRONT_DEPTH_M 1.0 /* of a box whose size no name says */
#define AFTER_DEPTH_M 2.0
#define MAIN_DEPTH_M  1.0 /* of the box round the main line where there is no measuring area */
#define SPEED_OVER_S  0.4 /* over which a momentary speed is measured */
#define NUDGE_M       1e-6

typedef struct measuring {
    mu_experiment *e;
    const mu_trail *trail;
    bool windowed; /* by the file's steady_state_window_s */
    double from_s, to_s;
    bool whole; /* false: no memory */
} measuring;

static mu_point middle_of(mu_line line) {
    return (mu_point){(line.a.x + line.b.x) / 2, (line.a.y + line.b.y) / 2};
}

static double length_of(mu_line line) {
    return mu_plane_distance(line.a, line.b);
}

mu_line mu_experiment_main_line(const mu_experiment *e) {
    if (e->line_count == 0) {
        return e->exit_count > 0 ? e->exits[0].line : (mu_line){{0, 0}, {0, 0}};
    }
    static const char *const main_names[] = {"main", "middle", "centre", "center", "corner", NULL};
    for (int n = 0; main_names[n] != NULL; n++) {
        for (uint32_t k = 0; k < e->line_count; k++) {
            const char *name = e->lines[k].name;
            for (int c = 0; name != NULL && name[c] == main_names[n][c]; c++) {
                if (name[c] == 0) {
                    return e->lines[k].line;
                }
            }
        }
    }
    return e->lines[e->line_count / 2].line;
}

/* The way through the main line: one of the file's directions, else from where people begin. */
static mu_point main_way(const mu_experiment *e, bool last) {
    if (e->way_count > 0) {
        return e->ways[last ? e->way_count - 1 : 0];
    }
    const mu_line line = mu_experiment_main_line(e);
    const mu_point normal = mu_plane_left(mu_plane_unit(mu_plane_sub(line.b, line.a)));
    double beyond = 0;
    for (uint32_t i = 0; i < e->agents.count; i++) {
        beyond += mu_plane_dot(normal, mu_plane_sub(middle_of(line), e->agents.items[i].at));
    }
    return beyond < 0 ? mu_plane_scale(normal, -1) : normal;
}

/* The stretch of the floor on a line parallel to an axis, between walls, that is nearest to a
 * coordinate along it. */
static bool cross_floor(const mu_experiment *e, char axis, double at, double near, double *low,
                        double *high) {
    bool found = false;
    double best = INFINITY;
    double ends[512];
    uint32_t count = 0;
    for (uint32_t r = 0; r <= e->obstacles.count; r++) {
        const mu_ring *ring = r == 0 ? &e->walkable : &e->obstacles.items[r - 1];
        for (uint32_t i = 0; i < ring->count && count < 512; i++) {
            mu_point p = ring->items[i], q = ring->items[(i + 1) % ring->count];
            if (axis == 'x') {
                p = (mu_point){p.y, p.x};
                q = (mu_point){q.y, q.x};
            }
            if ((p.y > at) != (q.y > at)) {
                ends[count++] = p.x + (q.x - p.x) * (at - p.y) / (q.y - p.y);
            }
        }
    }
    mu_measure_sort(ends, count);
    for (uint32_t k = 0; k + 1 < count; k++) {
        const double middle = (ends[k] + ends[k + 1]) / 2;
        mu_point p = axis == 'x' ? (mu_point){at, middle} : (mu_point){middle, at};
        bool is_floor = ends[k + 1] - ends[k] > NUDGE_M && mu_measure_inside(&e->walkable, p);
        for (uint32_t o = 0; is_floor && o < e->obstacles.count; o++) {
            is_floor = !mu_measure_inside(&e->obstacles.items[o], p);
        }
        const double off = near < ends[k]       ? ends[k] - near
                           : near > ends[k + 1] ? near - ends[k + 1]
                                                : 0;
        if (is_floor && off < best) {
            best = off;
            *low = ends[k];
            *high = ends[k + 1];
            found = true;
        }
    }
    return found;
}

/* The line across the floor at a coordinate. Where a wall lies just there, both sides count. */
static mu_line line_across(const mu_experiment *e, char axis, double at) {
    const mu_point main = middle_of(mu_experiment_main_line(e));
    const double near = axis == 'x' ? main.y : main.x;
    double low = near, high = near, low_2 = near, high_2 = near;
    const bool below = cross_floor(e, axis, at - NUDGE_M, near, &low, &high);
    const bool above = cross_floor(e, axis, at + NUDGE_M, near, &low_2, &high_2);
    if (!below || (above && low_2 < low)) {
        low = low_2;
    }
    if (!below || (above && high_2 > high)) {
        high = high_2;
    }
    return axis == 'x' ? (mu_line){{at, low}, {at, high}} : (mu_line){{low, at}, {high, at}};
}

static mu_line line_of(const mu_experiment *e, const mu_place_word *place) {
    switch (place->spot) {
    case MU_SPOT_NAMED:
        return e->lines[place->line].line;
    case MU_SPOT_ACROSS:
        return line_across(e, place->axis, place->coordinate);
    case MU_SPOT_MAIN:
    case MU_SPOT_BOTTLENECK:
    case MU_SPOT_FRONT:
    case MU_SPOT_AFTER:
        break;
    }
    return mu_experiment_main_line(e);
}

/* A box on a line: `from` to `to` metres along `way` from its middle. */
static void set_box(mu_line line, mu_point way, double width, double from, double to,
                    mu_point corners[4]) {
    const mu_point across = mu_plane_left(way), middle = middle_of(line);
    const double half = width / 2;
    for (int k = 0; k < 4; k++) {
        const double along = k == 0 || k == 3 ? from : to;
        const double aside = k < 2 ? -half : half;
        corners[k] = mu_plane_along(mu_plane_along(middle, way, along), across, aside);
    }
}

/* The line across the floor at an "entrance" that a figure names, if there is one. */
static bool find_entrance(const mu_experiment *e, mu_line *out) {
    for (uint32_t i = 0; i < e->measured.parts.count; i++) {
        const mu_figure *group = &e->measured.parts.items[i];
        if (group->shape == MU_FIGURE_GROUP && group->parts.count > 0 && group->name != NULL &&
            group->name[0] == 'e' && group->name[1] == 'n' &&
            group->parts.items[0].meaning.place.spot == MU_SPOT_ACROSS) {
            *out = line_of(e, &group->parts.items[0].meaning.place);
            return true;
        }
    }
    return false;
}

/* The area that a figure is about; corners are written to `box` where it is not the file's own. */
static mu_ring area_of(const mu_experiment *e, const mu_figure_meaning *m, mu_point box[4]) {
    const mu_line main = mu_experiment_main_line(e);
    const double half = e->bottleneck_length_m / 2;
    const double width = m->width_m > 0 ? m->width_m : length_of(main);
    mu_line entrance = main;
    switch (m->place.spot) {
    case MU_SPOT_BOTTLENECK:
        set_box(main, main_way(e, false), width, half > 0 ? -half : -FRONT_DEPTH_M / 2,
                half > 0 ? half : FRONT_DEPTH_M / 2, box);
        return (mu_ring){box, 4};
    case MU_SPOT_FRONT: {
        const double depth = m->depth_m > 0 ? m->depth_m : FRONT_DEPTH_M;
        const bool named = find_entrance(e, &entrance);
        const double back = named ? 0 : half;
        set_box(entrance, main_way(e, false), width, -back - depth, -back, box);
        return (mu_ring){box, 4};
    }
    case MU_SPOT_AFTER:
        set_box(main, main_way(e, true), width, half,
                half + (m->depth_m > 0 ? m->depth_m : AFTER_DEPTH_M), box);
        return (mu_ring){box, 4};
    case MU_SPOT_MAIN:
    case MU_SPOT_NAMED:
    case MU_SPOT_ACROSS:
        break;
    }
    if (e->area.count > 0 && m->place.spot == MU_SPOT_MAIN) {
        return e->area;
    }
    set_box(line_of(e, &m->place), main_way(e, false), length_of(line_of(e, &m->place)),
            -MAIN_DEPTH_M, MAIN_DEPTH_M, box);
    return (mu_ring){box, 4};
}

/* Crossings of the line of a figure, only this way if it says one. */
static bool crossings_of(measuring *m, const mu_figure_meaning *what, mu_times *out) {
    const mu_line line = line_of(m->e, &what->place);
    mu_way way = MU_WAY_ANY;
    if (what->way >= 0) {
        const mu_point right = mu_plane_scale(mu_plane_left(mu_plane_sub(line.b, line.a)), -1);
        way = mu_plane_dot(right, m->e->ways[what->way]) > 0 ? MU_WAY_RIGHTWARD : MU_WAY_LEFTWARD;
    }
    m->whole = mu_measure_crossings(m->trail, line, way, out) && m->whole;
    return m->whole;
}

/* The window of a figure: its own, the file's, or from 20 to 80 % of the main line's crossings. */
static void window_of(measuring *m, const mu_figure_meaning *what, double *from, double *to) {
    *from = what->windowed ? what->from_s : m->from_s;
    *to = what->windowed ? what->to_s : m->to_s;
}

static double measure_flow(const measuring *m, const mu_figure_meaning *what, const mu_times *times,
                           double width) {
    const bool in_window = what->windowed || (m->windowed && !what->by_share);
    double flow = NAN, from, to;
    switch (what->quantity) {
    case MU_QUANTITY_FLOW_STEADY:
    case MU_QUANTITY_FLOW_WINDOW:
        if (in_window || (what->quantity == MU_QUANTITY_FLOW_WINDOW && m->windowed)) {
            from = what->windowed ? what->from_s : m->from_s;
            to = what->windowed ? what->to_s : m->to_s;
            flow = mu_times_window_flow(times, from, to);
        } else {
            flow = mu_times_steady_flow(times);
        }
        break;
    default:
        flow = mu_times_flow(times);
    }
    return what->specific ? flow / width : flow;
}

static double measure_at_line(measuring *m, const mu_figure_meaning *what, double width) {
    mu_times times;
    double value = NAN;
    if (!crossings_of(m, what, &times)) {
        free(times.s);
        return NAN;
    }
    switch (what->quantity) {
    case MU_QUANTITY_CROSSED:
        value = times.count;
        break;
    case MU_QUANTITY_FIRST:
        value = mu_times_at(&times, 0);
        break;
    case MU_QUANTITY_LAST:
        value = mu_times_at(&times, 1);
        break;
    case MU_QUANTITY_DURATION:
        value = mu_times_at(&times, 1) - mu_times_at(&times, 0);
        break;
    case MU_QUANTITY_AT_SHARE:
        value = mu_times_at(&times, what->share);
        break;
    default:
        value = measure_flow(m, what, &times,
                             width > 0 ? width : length_of(line_of(m->e, &what->place)));
    }
    free(times.s);
    return value;
}

/* A statistic of values, which are sorted on the way. */
static double statistic_of(const mu_figure_meaning *what, double *values, uint32_t count) {
    const double mean = mu_measure_mean(values, count);
    double squares = 0;
    uint32_t numbers = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!isnan(values[i])) {
            squares += (values[i] - mean) * (values[i] - mean);
            values[numbers++] = values[i];
        }
    }
    switch (what->reduction) {
    case MU_REDUCTION_MEAN:
        return mean;
    case MU_REDUCTION_QUANTILE:
        mu_measure_sort(values, numbers);
        return mu_measure_quantile(values, numbers, what->share);
    case MU_REDUCTION_SPREAD:
        return numbers > 1 ? sqrt(squares / (numbers - 1)) : NAN;
    case MU_REDUCTION_COUNT:
        return numbers;
    }
    return NAN;
}

static double measure_transit(measuring *m, const mu_figure_meaning *what) {
    mu_times times;
    m->whole = mu_measure_transits(m->trail, line_of(m->e, &what->place), line_of(m->e, &what->to),
                                   &times) &&
               m->whole;
    const double value = m->whole ? statistic_of(what, times.s, times.count) : NAN;
    free(times.s);
    return value;
}

static bool sample(measuring *m, const mu_figure_meaning *what, mu_pairs *out) {
    mu_point box[4];
    const mu_ring area = area_of(m->e, what, box);
    double from, to;
    window_of(m, what, &from, &to);
    *out = (mu_pairs){0};
    if (isnan(from) || isnan(to)) {
        return true;
    }
    const double every = what->every_s > 0                        ? what->every_s
                         : what->quantity == MU_QUANTITY_METHOD_C ? 1
                                                                  : m->trail->frame_s;
    m->whole = (what->quantity == MU_QUANTITY_METHOD_B
                    ? mu_measure_method_b(m->trail, &area, from, to, out)
                    : mu_measure_method_c(m->trail, &area, from, to, every, SPEED_OVER_S, out)) &&
               m->whole;
    return m->whole;
}

static double measure_in_area(measuring *m, const mu_figure_meaning *what) {
    mu_pairs pairs;
    double value = NAN;
    if (sample(m, what, &pairs) && pairs.count > 0) {
        double *values = malloc(pairs.count * sizeof *values);
        m->whole = m->whole && values != NULL;
        for (uint32_t i = 0; values != NULL && i < pairs.count; i++) {
            values[i] = what->aspect == MU_ASPECT_SPEED ? pairs.items[i].speed_mps
                                                        : pairs.items[i].density_per_m2;
        }
        value = what->aspect == MU_ASPECT_COUNT ? pairs.count
                : values != NULL                ? statistic_of(what, values, pairs.count)
                                                : NAN;
        free(values);
    }
    free(pairs.items);
    return value;
}

static int compare_points(const void *left, const void *right) {
    const mu_point *a = left, *b = right;
    return a->x != b->x ? (a->x < b->x ? -1 : 1) : a->y < b->y ? -1 : a->y > b->y;
}

/* A list of pairs of the first run; those of method B by their density, as files list them. */
static void measure_list(measuring *m, mu_figure *figure) {
    const mu_quantity quantity = figure->meaning.quantity;
    mu_pairs pairs;
    if (figure->found != NULL ||
        (quantity != MU_QUANTITY_METHOD_B && quantity != MU_QUANTITY_METHOD_C &&
         quantity != MU_QUANTITY_IN_AREA) ||
        !sample(m, &figure->meaning, &pairs)) {
        return;
    }
    figure->found = calloc((size_t)pairs.count + 1, sizeof *figure->found);
    m->whole = m->whole && figure->found != NULL;
    for (uint32_t i = 0; figure->found != NULL && i < pairs.count; i++) {
        figure->found[figure->found_count++] =
            (mu_point){pairs.items[i].density_per_m2, pairs.items[i].speed_mps};
    }
    if (figure->found != NULL && quantity == MU_QUANTITY_METHOD_B) {
        qsort(figure->found, figure->found_count, sizeof *figure->found, compare_points);
    }
    free(pairs.items);
}

static void measure_number(measuring *m, mu_figure *figure, double width) {
    double value = NAN;
    switch (figure->meaning.quantity) {
    case MU_QUANTITY_UNKNOWN:
        return;
    case MU_QUANTITY_GIVEN:
        value = figure->given;
        break;
    case MU_QUANTITY_TRANSIT:
        value = measure_transit(m, &figure->meaning);
        break;
    case MU_QUANTITY_METHOD_B:
    case MU_QUANTITY_METHOD_C:
    case MU_QUANTITY_IN_AREA:
        value = measure_in_area(m, &figure->meaning);
        break;
    case MU_QUANTITY_CROSSED:
    case MU_QUANTITY_FIRST:
    case MU_QUANTITY_LAST:
    case MU_QUANTITY_DURATION:
    case MU_QUANTITY_AT_SHARE:
    case MU_QUANTITY_FLOW:
    case MU_QUANTITY_FLOW_STEADY:
    case MU_QUANTITY_FLOW_WINDOW:
        value = measure_at_line(m, &figure->meaning, width);
        break;
    }
    mu_figure_add(figure, value);
}

static double width_of(const mu_figure *group) {
    for (uint32_t i = 0; i < group->parts.count; i++) {
        const mu_figure *part = &group->parts.items[i];
        if (part->meaning.quantity == MU_QUANTITY_GIVEN && part->name[0] == 'w') {
            return part->given;
        }
    }
    return 0;
}

static void measure_group(measuring *m, mu_figure *group) {
    const double width = width_of(group);
    for (uint32_t i = 0; i < group->parts.count; i++) {
        mu_figure *part = &group->parts.items[i];
        switch (part->shape) {
        case MU_FIGURE_NUMBER:
            measure_number(m, part, width);
            break;
        case MU_FIGURE_LIST:
            measure_list(m, part);
            break;
        case MU_FIGURE_GROUP:
            measure_group(m, part);
            break;
        }
    }
}

/* The window in which the file holds things to be steady; without one, from 20 to 80 % of the
 * crossings of the main line. */
static void find_window(measuring *m) {
    const mu_figure *measured = &m->e->measured;
    for (uint32_t i = 0; i < measured->parts.count; i++) {
        const mu_figure *part = &measured->parts.items[i];
        if (part->shape == MU_FIGURE_LIST && part->meaning.quantity == MU_QUANTITY_GIVEN &&
            part->pairs.count == 2) {
            m->windowed = true;
            m->from_s = part->pairs.items[0].x;
            m->to_s = part->pairs.items[1].x;
            return;
        }
    }
    mu_times times;
    m->from_s = m->to_s = NAN;
    if (mu_measure_crossings(m->trail, mu_experiment_main_line(m->e), MU_WAY_ANY, &times)) {
        m->from_s = mu_times_at(&times, 0.2);
        m->to_s = mu_times_at(&times, 0.8);
    }
    free(times.s);
}

bool mu_experiment_measure(mu_experiment *experiment, const mu_trail *trail) {
    measuring m = {.e = experiment, .trail = trail, .whole = true};
    find_window(&m);
    measure_group(&m, &experiment->measured);
    return m.whole;
}

static bool group_holds(const mu_figure *group) {
    bool holds = true;
    for (uint32_t i = 0; i < group->parts.count; i++) {
        const mu_figure *part = &group->parts.items[i];
        holds = holds && group_holds(part) &&
                (!part->judged || fabs(mu_figure_deviation(part)) <= MU_EXPERIMENT_TOLERANCE);
    }
    return holds;
}

bool mu_experiment_holds(const mu_experiment *experiment) {
    return group_holds(&experiment->measured);
}
