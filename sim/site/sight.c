/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Straight sight from a line. Every wall, thickened by half a body, throws a shadow: the fans of
 * the line's two ends and the parallel lanes of the line between them keep how far each direction
 * reaches before the first shadow. So asking whether a place is in sight is one look-up, exact to
 * half the breadth of a bin. The wall that a gate is in does not count here: who
 * comes along it goes round the jamb at half a body's distance, and sees the gate all the same;
 * round the next corner one does not see. */
#include "site/sight.h"

#include <stdlib.h>

#include "site/plane.h"

static const double BIN_M = 0.05; /* breadth of a bin where the fan is longest */
static const double LANE_M = 0.1;
static const double FLAT_M = MU_FLAT_M + 0.01; /* as walls are cut */
static const double TOUCHING_M = 1e-6;
static const double END_M = 1e-3; /* of a wall: a ray that meets it farther in meets it there */
static const double NEAR_SHARE = 0.95; /* of the way to walls that the line itself is close to */

enum { LEAST_BINS = 32, MOST_LANES = 1024 };

mu_sight mu_sight_of_gate(const mu_gate *gate, int side) {
    mu_point along = mu_plane_left(gate->inward[side]);
    along = mu_plane_scale(along, -1); /* ahead is to the left of along */
    mu_point middle = mu_plane_scale(mu_plane_add(gate->a[side], gate->b[side]), 0.5);
    double half = mu_plane_max(gate->width_m / 2 - MU_BODY_CLEAR_M, 0.05);
    return (mu_sight){.a = mu_plane_along(middle, along, -half),
                      .b = mu_plane_along(middle, along, half),
                      .along = along,
                      .ahead = gate->inward[side],
                      .length = 2 * half,
                      .both = gate->standing[side]};
}

mu_sight mu_sight_of_point(mu_point at) {
    return (mu_sight){.a = at, .b = at, .along = {1, 0}, .ahead = {0, 1}, .both = true};
}

/* Metres from p to the farthest corner of the area's box. */
static double farthest(const mu_area *area, mu_point p) {
    double x = mu_plane_max(p.x - area->low.x, area->high.x - p.x);
    double y = mu_plane_max(p.y - area->low.y, area->high.y - p.y);
    return sqrt(x * x + y * y);
}

size_t mu_sight_floats(const mu_area *area, mu_sight *sight) {
    double bins = 1.5 * farthest(area, sight->a) / BIN_M;
    sight->bins = (uint32_t)mu_plane_clamp(bins, LEAST_BINS, MU_SIGHT_BINS_MOST);
    sight->lanes = (uint32_t)mu_plane_clamp(sight->length / LANE_M, 1, MOST_LANES);
    return (size_t)(sight->both ? 2 : 1) * (2 * sight->bins + sight->lanes);
}

/* A thickened wall as one end of the line sees it: sideways and forwards are positive. */
typedef struct shade {
    mu_point a, b;
    double radius;
} shade;

/* What every ray asks of a shade: it is the same for all of them. */
typedef struct shade_line {
    mu_point along, normal;
    double length, off; /* of the wall's line along its normal, not below 0 */
    bool turned;        /* the normal points away from it */
    bool has_side;      /* that is turned to the origin */
    double most, end;   /* of what ray_to_side says of where; of END_M */
} shade_line;

/* How far a ray from the origin gets before the disc around `centre`; infinite if it passes. */
static inline double ray_to_disc(mu_point ray, mu_point centre, double radius) {
    double along = mu_plane_dot(ray, centre), off = mu_plane_cross(ray, centre);
    double inside = radius * radius - off * off;
    return along > 0 && inside >= 0 ? along - sqrt(inside) : INFINITY;
}

static inline shade_line line_of(const shade *wall) {
    shade_line line = {.along = mu_plane_sub(wall->b, wall->a)};
    line.length = mu_plane_length(line.along);
    if (line.length < TOUCHING_M) {
        return line;
    }
    line.normal = mu_plane_left(mu_plane_scale(line.along, 1 / line.length));
    line.off = mu_plane_dot(line.normal, wall->a);
    line.turned = line.off < 0;
    if (line.turned) {
        line.off = -line.off;
    }
    line.has_side = line.off >= wall->radius;
    line.most = line.length * line.length;
    line.end = END_M * line.length;
    return line;
}

/* The same before the straight side of the wall that is turned to the origin; `at` is how far along
 * the wall, in its lengths squared. */
static inline double ray_to_side(mu_point ray, const shade *wall, const shade_line *line,
                                 double towards, double *at) {
    const double there = (line->off - wall->radius) / towards;
    *at = mu_plane_dot(mu_plane_sub(mu_plane_scale(ray, there), wall->a), line->along);
    return there;
}

/* The same before the whole thickened wall. Whoever gets to the side well between its ends, and not
 * all but along it, gets to neither end before. */
static inline double ray_to_shade(mu_point ray, const shade *wall, const shade_line *line) {
    double there = INFINITY;
    if (line->has_side) {
        const double dot = mu_plane_dot(line->normal, ray);
        const double towards = line->turned ? -dot : dot;
        if (towards > 0) {
            double at;
            there = ray_to_side(ray, wall, line, towards, &at);
            if (towards > END_M && at > line->end && at < line->most - line->end) {
                return there;
            }
            there = at >= 0 && at <= line->most ? there : INFINITY;
        }
    }
    const double least = mu_plane_min(ray_to_disc(ray, wall->a, wall->radius),
                                      ray_to_disc(ray, wall->b, wall->radius));
    return mu_plane_min(least, there);
}

/* Counts directions from 0 (sideways) over 1 (forwards) and 2 to 4, and below 0 likewise. */
static double turn_of(mu_point d) {
    double sum = fabs(d.x) + fabs(d.y);
    double quarter = sum > 0 ? fabs(d.y) / sum : 0;
    double half = d.x >= 0 ? quarter : 2 - quarter;
    return d.y >= 0 ? half : -half;
}

static mu_point ray_of(double turn) {
    return mu_plane_unit((mu_point){1 - turn, turn});
}

/* The directions in which a disc lies: from the right tangent to the left one. */
static void tangents(mu_point centre, double radius, mu_point *right, mu_point *left) {
    double distance = mu_plane_length(centre);
    double sine = mu_plane_min(radius / distance, 1),
           cosine = sqrt(mu_plane_max(0, 1 - sine * sine));
    mu_point to = mu_plane_scale(centre, 1 / distance), across = mu_plane_left(to);
    mu_point straight = mu_plane_scale(to, cosine);
    *right = mu_plane_along(straight, across, -sine);
    *left = mu_plane_along(straight, across, sine);
}

/* The part of the quadrant 0..1 that the shade takes; false if none. */
static bool shade_range(const shade *wall, double *from, double *to) {
    mu_point right_a, left_a, right_b, left_b;
    tangents(wall->a, wall->radius, &right_a, &left_a);
    tangents(wall->b, wall->radius, &right_b, &left_b);
    mu_point right = mu_plane_cross(right_a, right_b) < 0 ? right_b : right_a;
    mu_point left = mu_plane_cross(left_a, left_b) > 0 ? left_b : left_a;
    double low = turn_of(right), high = turn_of(left);
    if (high < low) {
        high += 4;
    }
    *from = mu_plane_max(low, 0);
    *to = mu_plane_min(high, 1);
    return *from <= *to;
}

/* The bins that a shade takes; false if none. */
static bool shade_bins(const shade *wall, uint32_t bins, uint32_t *first, uint32_t *last) {
    double from, to;
    if (!shade_range(wall, &from, &to)) {
        return false;
    }
    *first = (uint32_t)(from * bins + 0.5);
    *last = (uint32_t)(to * bins + 0.5);
    return true;
}

/* Each bin speaks for the ray through its middle. */
static mu_point ray_of_bin(uint32_t bin, uint32_t bins) {
    return ray_of((bin + 0.5) / bins);
}

/* A shade that is `off` metres away reaches no nearer than that less its radius: whatever ends
 * before needs not be asked. */
static void darken_fan(const shade *wall, double off, const mu_point *rays, float *fan,
                       uint32_t bins) {
    uint32_t first, last;
    if (!shade_bins(wall, bins, &first, &last)) {
        return;
    }
    const shade_line line = line_of(wall);
    const double least = off - wall->radius - TOUCHING_M;
    for (uint32_t k = first; k < last && k < bins; k++) {
        if ((double)fan[k] > least) {
            double reach = ray_to_shade(rays[k], wall, &line);
            fan[k] = (float)mu_plane_min((double)fan[k], reach);
        }
    }
}

/* How near the wall may come: half a body, or less if the line itself is close to it. */
static double shade_radius(double off) {
    return mu_plane_min(MU_BODY_CLEAR_M, NEAR_SHARE * off);
}

/* One end of the line and the way it looks: sideways and ahead are positive. */
typedef struct stand {
    mu_point from, sideways, ahead;
} stand;

static mu_wall seen_from(const stand *at, mu_wall piece) {
    mu_point a = mu_plane_sub(piece.a, at->from), b = mu_plane_sub(piece.b, at->from);
    return (mu_wall){{mu_plane_dot(a, at->sideways), mu_plane_dot(a, at->ahead)},
                     {mu_plane_dot(b, at->sideways), mu_plane_dot(b, at->ahead)}};
}

/* In the straight line of the gate, on its far side of the jamb. */
static bool is_in_line(mu_wall piece) {
    return fabs(piece.a.y) <= FLAT_M && fabs(piece.b.y) <= FLAT_M;
}

/* How far sideways the wall that the gate is in goes on straight. */
static double own_wall_end(const mu_area_parts *parts, uint32_t pieces, const stand *at) {
    double end = MU_BODY_CLEAR_M;
    bool more = true;
    while (more) {
        more = false;
        for (uint32_t p = 0; p < pieces; p++) {
            mu_wall piece = seen_from(at, parts->pieces[p]);
            double high = mu_plane_max(piece.a.x, piece.b.x);
            if (is_in_line(piece) && high > end &&
                mu_plane_min(piece.a.x, piece.b.x) <= end + FLAT_M) {
                end = high;
                more = true;
            }
        }
    }
    return end;
}

/* Walls in line with the gate up to the next corner, and what turns back at the very jamb. */
static bool is_own_wall(mu_wall piece, double end) {
    const mu_point jamb = {MU_BODY_CLEAR_M, 0};
    bool back = piece.a.y <= FLAT_M && piece.b.y <= FLAT_M;
    bool touches =
        mu_plane_distance(piece.a, jamb) <= FLAT_M || mu_plane_distance(piece.b, jamb) <= FLAT_M;
    return (back && touches) || (is_in_line(piece) && mu_plane_max(piece.a.x, piece.b.x) <= end);
}

static stand stand_at(const mu_sight *sight, int end, int behind) {
    return (stand){.from = end == 0 ? sight->a : sight->b,
                   .sideways = mu_plane_scale(sight->along, end == 0 ? -1 : 1),
                   .ahead = mu_plane_scale(sight->ahead, behind ? -1 : 1)};
}

/* What of a piece lies before an end of the line; false if nothing does, or it is in it. */
static bool shade_of(mu_wall piece, bool is_wall, double off, shade *wall) {
    *wall = (shade){piece.a, piece.b, is_wall ? shade_radius(off) : 0};
    const double r = wall->radius;
    bool aside = (piece.a.x < -r && piece.b.x < -r) || (piece.a.y < -r && piece.b.y < -r);
    return !aside && off > TOUCHING_M;
}

/* A piece and how far it is from an end of the line. */
typedef struct distant {
    double off;
    uint32_t piece;
} distant;

static int nearest_first(const void *one, const void *other) {
    const double p = ((const distant *)one)->off, q = ((const distant *)other)->off;
    return (p > q) - (p < q);
}

enum { SORTED_AT_ONCE = 256 };

/* The nearest of some pieces first, for what is behind them changes nothing. */
static void sort_pieces(const mu_area_parts *parts, uint32_t first, uint32_t count, mu_point from,
                        distant *sorted) {
    for (uint32_t k = 0; k < count; k++) {
        const mu_wall piece = parts->pieces[first + k];
        sorted[k] = (distant){mu_plane_off(piece.a, piece.b, from), first + k};
    }
    qsort(sorted, count, sizeof *sorted, nearest_first);
}

static void darken(const mu_area_parts *parts, uint32_t pieces, uint32_t walls,
                   const distant *sorted, uint32_t count, const mu_sight *sight,
                   const mu_point *rays, int end, int behind) {
    float *fan = sight->fan + (size_t)(2 * behind + end) * sight->bins;
    const stand at = stand_at(sight, end, behind);
    const double own = sight->both ? 0 : own_wall_end(parts, pieces, &at);
    for (uint32_t k = 0; k < count; k++) {
        const mu_wall piece = seen_from(&at, parts->pieces[sorted[k].piece]);
        if (!sight->both && is_own_wall(piece, own)) {
            continue;
        }
        const double off = mu_plane_off(piece.a, piece.b, (mu_point){0, 0});
        shade wall;
        if (shade_of(piece, sorted[k].piece < walls, off, &wall)) {
            darken_fan(&wall, off, rays, fan, sight->bins);
        }
    }
}

static void make_fans(const mu_area_parts *parts, uint32_t pieces, uint32_t walls,
                      const mu_sight *sight, const mu_point *rays) {
    for (uint32_t first = 0; first < pieces; first += SORTED_AT_ONCE) {
        const uint32_t left = pieces - first, count = left < SORTED_AT_ONCE ? left : SORTED_AT_ONCE;
        distant sorted[SORTED_AT_ONCE];
        sort_pieces(parts, first, count, sight->a, sorted);
        for (int end = 0; end < 2; end++) {
            if (end == 1 && sight->length > 0) {
                sort_pieces(parts, first, count, sight->b, sorted);
            }
            for (int behind = 0; behind < (sight->both ? 2 : 1); behind++) {
                darken(parts, pieces, walls, sorted, count, sight, rays, end, behind);
            }
        }
    }
}

/* A lane is as long as the shorter of the rays at its edges. */
static void make_lanes(const mu_area_parts *parts, uint32_t pieces, uint32_t walls,
                       const mu_sight *sight, int behind, float *lane) {
    mu_point ahead = mu_plane_scale(sight->ahead, behind ? -1 : 1);
    double breadth = sight->length / sight->lanes;
    for (uint32_t p = 0; p < pieces; p++) {
        mu_wall piece = parts->pieces[p];
        mu_point a = mu_plane_sub(piece.a, sight->a), b = mu_plane_sub(piece.b, sight->a);
        shade wall = {{mu_plane_dot(a, sight->along), mu_plane_dot(a, ahead)},
                      {mu_plane_dot(b, sight->along), mu_plane_dot(b, ahead)},
                      0};
        double near = mu_plane_min(wall.a.y, wall.b.y), far = mu_plane_max(wall.a.y, wall.b.y);
        if (far < TOUCHING_M) {
            continue; /* behind, or in the line */
        }
        wall.radius = p < walls ? shade_radius(mu_plane_max(near, 0)) : 0;
        if (near <= TOUCHING_M) { /* reaches back beside the line */
            double beside = mu_plane_max(mu_plane_min(wall.a.x, wall.b.x) - sight->length,
                                         -mu_plane_max(wall.a.x, wall.b.x));
            wall.radius = p < walls ? shade_radius(mu_plane_max(beside, 0)) : 0;
        }
        double apart = wall.radius + TOUCHING_M;
        if ((wall.a.x < -apart && wall.b.x < -apart) ||
            (wall.a.x > sight->length + apart && wall.b.x > sight->length + apart)) {
            continue; /* before none of the lanes */
        }
        double before = INFINITY;
        for (uint32_t k = 0; k <= sight->lanes; k++) {
            shade moved = wall;
            moved.a.x -= k * breadth;
            moved.b.x -= k * breadth;
            shade_line line = line_of(&moved);
            double after = ray_to_shade((mu_point){0, 1}, &moved, &line);
            if (k > 0) {
                double reach = mu_plane_min(before, after);
                lane[k - 1] = (float)mu_plane_min((double)lane[k - 1], reach);
            }
            before = after;
        }
    }
}

void mu_sight_make(const mu_area *area, const mu_area_parts *parts, mu_sight *sight,
                   float *memory) {
    uint32_t walls = area->wall_count, pieces = walls + parts->span_count;
    int sides = sight->both ? 2 : 1;
    size_t floats = (size_t)sides * (2 * sight->bins + sight->lanes);
    for (size_t k = 0; k < floats; k++) {
        memory[k] = INFINITY;
    }
    mu_sight_attach(sight, memory);
    mu_point rays[MU_SIGHT_BINS_MOST];
    for (uint32_t k = 0; k < sight->bins; k++) {
        rays[k] = ray_of_bin(k, sight->bins);
    }
    make_fans(parts, pieces, walls, sight, rays);
    for (int behind = 0; behind < sides && sight->length > 0; behind++) {
        make_lanes(parts, pieces, walls, sight, behind,
                   sight->lane + (size_t)behind * sight->lanes);
    }
}

mu_point mu_sight_nearest(const mu_sight *sight, mu_point from) {
    double u = mu_plane_dot(mu_plane_sub(from, sight->a), sight->along);
    return mu_plane_along(sight->a, sight->along, mu_plane_clamp(u, 0, sight->length));
}

double mu_sight_metres(const mu_sight *sight, mu_point from) {
    return mu_plane_distance(from, mu_sight_nearest(sight, from));
}

/* From beside the line (sideways and forwards of its end) round the jamb: along the tangent of the
 * disc of half a body around it, on which the line's end is. Returns the metres to there. */
static double round_jamb(double sideways, double forwards, mu_point *way) {
    mu_point to = {MU_BODY_CLEAR_M - sideways, -forwards};
    double distance = mu_plane_length(to), radius = MU_BODY_CLEAR_M;
    if (distance < 1e-9) {
        *way = (mu_point){-1, 0};
        return radius;
    }
    to = mu_plane_scale(to, 1 / distance);
    mu_point round = mu_plane_scale(mu_plane_left(to), -1);
    if (distance <= radius) {
        *way = mu_plane_unit(mu_plane_along(round, to, distance / radius - 1));
        return sqrt(sideways * sideways + forwards * forwards);
    }
    double sine = radius / distance, cosine = sqrt(1 - sine * sine);
    *way = mu_plane_along(mu_plane_scale(to, cosine), round, sine);
    mu_point touch = mu_plane_scale(*way, distance * cosine);
    /* Round the disc by its chord: at most 3 cm too short. */
    return distance * cosine + mu_plane_distance(touch, (mu_point){-sideways, -forwards});
}

/* Where a point is as the line sees it: which fan or lane, and how far it reaches there. */
typedef struct bearing {
    int end;         /* of the line, 0 or 1; -1: straight before the line itself */
    double sideways; /* metres beside that end */
    double v;        /* metres ahead of the line */
    double metres;   /* straight to it */
} bearing;

static bearing bearing_of(const mu_sight *sight, mu_point from) {
    mu_point off = mu_plane_sub(from, sight->a);
    double u = mu_plane_dot(off, sight->along), v = mu_plane_dot(off, sight->ahead);
    if (u >= 0 && u <= sight->length && sight->length > 0) {
        return (bearing){-1, u, v, fabs(v)};
    }
    double sideways = u < 0 ? -u : u - sight->length;
    return (bearing){u < 0 ? 0 : 1, sideways, v, sqrt(sideways * sideways + v * v)};
}

static uint32_t bin_of(const mu_sight *sight, const bearing *to) {
    double forwards = fabs(to->v), sum = to->sideways + forwards;
    uint32_t bin = sum > 0 ? (uint32_t)(forwards / sum * sight->bins) : 0;
    return bin < sight->bins ? bin : sight->bins - 1;
}

static double reach_of(const mu_sight *sight, const bearing *to) {
    size_t behind = to->v < 0;
    if (to->end < 0) {
        double share = to->sideways / sight->length * sight->lanes;
        uint32_t lane = share < sight->lanes ? (uint32_t)share : sight->lanes - 1;
        return (double)sight->lane[behind * sight->lanes + lane];
    }
    return (double)sight->fan[(2 * behind + (size_t)to->end) * sight->bins + bin_of(sight, to)];
}

/* The metres, and, unless it is NULL, the direction. */
static inline double aim(const mu_sight *sight, const bearing *to, mu_point *direction) {
    const bool jamb = to->end >= 0 && !sight->both && to->v >= 0;
    if (direction == NULL) {
        mu_point way;
        return jamb ? round_jamb(to->sideways, to->v, &way) : to->metres;
    }
    if (to->end < 0) {
        *direction = mu_plane_scale(sight->ahead, to->v > 0 ? -1 : to->v < 0 ? 1 : 0);
        return to->metres;
    }
    double metres = to->metres;
    mu_point way = mu_plane_unit((mu_point){-to->sideways, -to->v});
    if (jamb) {
        metres = round_jamb(to->sideways, to->v, &way);
    }
    double outwards = to->end == 0 ? -way.x : way.x;
    *direction = mu_plane_along(mu_plane_scale(sight->along, outwards), sight->ahead, way.y);
    return metres;
}

double mu_sight_aim(const mu_sight *sight, mu_point from, mu_point *direction) {
    bearing to = bearing_of(sight, from);
    return aim(sight, &to, direction);
}

static inline bool sees(const mu_sight *sight, mu_point from, double *metres, mu_point *direction) {
    bearing to = bearing_of(sight, from);
    if (!sight->both) {
        if (to.v < 0) {
            return false;
        }
        if (to.end >= 0 && to.sideways > MU_BODY_CLEAR_M && to.v < NEAR_SHARE * MU_BODY_CLEAR_M) {
            return false; /* too close to the gate's wall, or in another opening of it */
        }
    }
    if (!(to.metres < reach_of(sight, &to) + MU_SIGHT_ROUNDING_M)) {
        return false;
    }
    *metres = aim(sight, &to, direction);
    return true;
}

bool mu_sight_sees(const mu_sight *sight, mu_point from, double *metres, mu_point *direction) {
    return sees(sight, from, metres, direction);
}

/* Whatever is further off than the place asked for cannot be before it. */
bool mu_sight_sees_alone(const mu_area *area, const mu_area_parts *parts, const mu_sight *sight,
                         mu_point from, double *metres, mu_point *direction) {
    const bearing to = bearing_of(sight, from);
    const stand at = stand_at(sight, to.end, to.v < 0);
    const uint32_t bin = bin_of(sight, &to), walls = area->wall_count;
    const mu_point ray = ray_of_bin(bin, sight->bins);
    for (uint32_t p = 0; p < walls + parts->span_count; p++) {
        const mu_wall piece = seen_from(&at, parts->pieces[p]);
        const double off = mu_plane_off(piece.a, piece.b, (mu_point){0, 0});
        shade wall;
        uint32_t first, last;
        if (off < to.metres + MU_BODY_CLEAR_M && shade_of(piece, p < walls, off, &wall) &&
            shade_bins(&wall, sight->bins, &first, &last) && bin >= first && bin < last) {
            const shade_line line = line_of(&wall);
            const float reach = (float)ray_to_shade(ray, &wall, &line);
            if (!(to.metres < (double)reach + MU_SIGHT_ROUNDING_M)) {
                return false;
            }
        }
    }
    *metres = aim(sight, &to, direction);
    return true;
}

void mu_sight_look(const mu_sight *sight, const mu_sight_runs *runs, uint32_t count,
                   const double *x, const double *y, const mu_box *boxes, double *metres) {
    for (uint32_t first = 0; first < count; first += MU_BOXED) {
        const uint32_t end = count - first < MU_BOXED ? count : first + MU_BOXED;
        uint32_t fan;
        const bool none =
            mu_sight_glance(sight, runs, &boxes[first / MU_BOXED], &fan) == MU_NONE_SEES;
        for (uint32_t n = first; n < end; n++) {
            if (none || !sees(sight, (mu_point){x[n], y[n]}, &metres[n], NULL)) {
                metres[n] = INFINITY;
            }
        }
    }
}
