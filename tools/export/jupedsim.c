/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One level as the XML geometry of JuPedSim up to version 0.12: a room with a subroom for each
 * space, whose walls are open lines; doors close them, crossings between two spaces and transitions
 * to where the model, or the level, ends. Our doors stand in the middle of a wall that may be
 * thick, so the walls of a subroom run out to the ends of its doors. Kept to the schema that the
 * project published (geometry.xsd). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "drill/report/page.h"
#include "tools/export/export.h"

#define SAME_M 0.001

/* Where a door takes a piece out of an outline: from `from` on for `length`, both along it. */
typedef struct gap {
    double from, length;
    mu_point first, last; /* ends of the door, in the outline's direction */
    uint32_t portal;
} gap;

typedef struct outline {
    const mu_ring *ring;
    double *at; /* of each corner along it; one more for the whole */
    gap *gaps;
    uint32_t gap_count;
} outline;

typedef struct writing {
    const mu_site *site;
    uint32_t level;
    FILE *out;
    bool lacks_memory;
} writing;

static double away(mu_point a, mu_point b) {
    return hypot(a.x - b.x, a.y - b.y);
}

static double whole(const outline *o) {
    return o->at[o->ring->count];
}

static mu_point corner(const outline *o, uint32_t i) {
    return o->ring->items[i % o->ring->count];
}

/* The place along the outline that is nearest to a point. */
static double nearest(const outline *o, mu_point p) {
    double best = INFINITY, at = 0;
    for (uint32_t i = 0; i < o->ring->count; i++) {
        const mu_point a = corner(o, i), b = corner(o, i + 1);
        const double length = o->at[i + 1] - o->at[i];
        const double along =
            length > 0 ? ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / (length * length)
                       : 0;
        const double t = fmin(1, fmax(0, along));
        const mu_point q = {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
        if (away(p, q) < best) {
            best = away(p, q);
            at = o->at[i] + t * length;
        }
    }
    return at;
}

static mu_point point_at(const outline *o, double at) {
    at = fmod(at, whole(o));
    uint32_t i = 0;
    while (i + 1 < o->ring->count && o->at[i + 1] < at) {
        i++;
    }
    const mu_point a = corner(o, i), b = corner(o, i + 1);
    const double length = o->at[i + 1] - o->at[i], t = length > 0 ? (at - o->at[i]) / length : 0;
    return (mu_point){a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
}

/* The gap of a door: the shorter way round between where its ends meet the outline. */
static gap gap_of(const outline *o, const mu_portal *portal, uint32_t index) {
    const mu_point a = portal->line.items[0], b = portal->line.items[1];
    const double at_a = nearest(o, a), at_b = nearest(o, b);
    const double on = fmod(at_b - at_a + whole(o), whole(o));
    return on <= whole(o) / 2 ? (gap){at_a, on, a, b, index}
                              : (gap){at_b, whole(o) - on, b, a, index};
}

static int by_place(const void *a, const void *b) {
    const gap *left = a, *right = b;
    return (left->from > right->from) - (left->from < right->from);
}

static bool is_ours(const writing *w, const mu_portal *portal, uint32_t space) {
    for (uint32_t k = 0; k < portal->between.count; k++) {
        if (portal->between.items[k].index == space) {
            return portal->line.count == 2 && !mu_portal_is_flight(portal) &&
                   portal->kind != MU_PORTAL_LIFT;
        }
    }
    (void)w;
    return false;
}

/* The doors of a space in order along its outline; one that lies over another is left out. */
static void find_gaps(const writing *w, uint32_t space, outline *o) {
    for (uint32_t p = 0; p < w->site->portals.count; p++) {
        if (is_ours(w, &w->site->portals.items[p], space)) {
            o->gaps[o->gap_count++] = gap_of(o, &w->site->portals.items[p], p);
        }
    }
    qsort(o->gaps, o->gap_count, sizeof *o->gaps, by_place);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < o->gap_count; i++) {
        if (kept == 0 ||
            o->gaps[i].from >= o->gaps[kept - 1].from + o->gaps[kept - 1].length - SAME_M) {
            o->gaps[kept++] = o->gaps[i];
        }
    }
    o->gap_count = kept;
}

static void put_vertex(const writing *w, mu_point p, mu_point *before) {
    if (before == NULL || away(p, *before) > SAME_M) {
        (void)fprintf(w->out, "<vertex px=\"%.4f\" py=\"%.4f\"/>", p.x, p.y);
    }
    if (before != NULL) {
        *before = p;
    }
}

/* The wall from the end of one gap to the beginning of the next. */
static void put_wall(const writing *w, const outline *o, const gap *from, const gap *to) {
    const double start = from->from + from->length;
    double end = to->from;
    while (end < start - SAME_M) {
        end += whole(o);
    }
    mu_point before = {INFINITY, INFINITY};
    (void)fputs("        <polygon caption=\"wall\">", w->out);
    put_vertex(w, from->last, &before);
    put_vertex(w, point_at(o, start), &before);
    for (uint32_t round = 0; round < 3; round++) {
        for (uint32_t i = 0; i < o->ring->count; i++) {
            const double at = o->at[i] + round * whole(o);
            if (at > start && at < end) {
                put_vertex(w, corner(o, i), &before);
            }
        }
    }
    put_vertex(w, point_at(o, end), &before);
    put_vertex(w, to->first, &before);
    (void)fputs("</polygon>\n", w->out);
}

static void put_ring(const writing *w, const mu_ring *ring, const char *caption) {
    (void)fprintf(w->out, "<polygon caption=\"%s\">", caption);
    for (uint32_t i = 0; i <= ring->count; i++) {
        put_vertex(w, ring->items[i % ring->count], NULL);
    }
    (void)fputs("</polygon>", w->out);
}

static void put_walls(const writing *w, const outline *o) {
    if (o->gap_count == 0) {
        (void)fputs("        ", w->out);
        put_ring(w, o->ring, "wall");
        (void)fputc('\n', w->out);
    }
    for (uint32_t i = 0; i < o->gap_count; i++) {
        put_wall(w, o, &o->gaps[i], &o->gaps[(i + 1) % o->gap_count]);
    }
}

static mu_status put_space(const writing *w, uint32_t index) {
    const mu_space *space = &w->site->spaces.items[index];
    outline o = {.ring = &space->polygon,
                 .at = calloc((size_t)space->polygon.count + 1, sizeof(double)),
                 .gaps = calloc((size_t)w->site->portals.count + 1, sizeof(gap))};
    const bool fine = o.at != NULL && o.gaps != NULL;
    for (uint32_t i = 0; fine && i < space->polygon.count; i++) {
        o.at[i + 1] = o.at[i] + away(corner(&o, i), corner(&o, i + 1));
    }
    if (fine) {
        find_gaps(w, index, &o);
        (void)fprintf(w->out, "      <subroom id=\"%u\" class=\"%s\">\n", index,
                      space->use == MU_USE_STAIR ? "stair" : "subroom");
        put_walls(w, &o);
        for (uint32_t h = 0; h < space->holes.count; h++) {
            (void)fprintf(w->out, "        <obstacle id=\"%u\" caption=\"obstacle\" closed=\"1\">",
                          h);
            put_ring(w, &space->holes.items[h], "wall");
            (void)fputs("</obstacle>\n", w->out);
        }
        (void)fputs("      </subroom>\n", w->out);
    }
    free(o.at);
    free(o.gaps);
    return fine ? MU_OK : MU_ERR_MEMORY;
}

static bool is_on(const writing *w, const mu_portal *portal, uint32_t k) {
    return portal->between.count > k && portal->line.count == 2 &&
           w->site->spaces.items[portal->between.items[k].index].level.index == w->level;
}

static bool joins(const writing *w, const mu_portal *portal) {
    return is_on(w, portal, 0) && is_on(w, portal, 1);
}

static void put_line(const writing *w, const mu_portal *portal) {
    put_vertex(w, portal->line.items[0], NULL);
    put_vertex(w, portal->line.items[1], NULL);
}

static void put_crossings(const writing *w) {
    (void)fputs("      <crossings>\n", w->out);
    for (uint32_t p = 0; p < w->site->portals.count; p++) {
        const mu_portal *portal = &w->site->portals.items[p];
        if (joins(w, portal) && !mu_portal_is_flight(portal)) {
            (void)fprintf(w->out,
                          "        <crossing id=\"%u\" subroom1_id=\"%u\" subroom2_id=\"%u\">", p,
                          portal->between.items[0].index, portal->between.items[1].index);
            put_line(w, portal);
            (void)fputs("</crossing>\n", w->out);
        }
    }
    (void)fputs("      </crossings>\n", w->out);
}

/* What there is no memory for is missed when all is printed. */
static void put_text(writing *w, const char *text) {
    mu_page page = {0};
    mu_page_text(&page, text);
    char *escaped = mu_page_take(&page);
    (void)fputs(escaped != NULL ? escaped : "", w->out);
    w->lacks_memory = w->lacks_memory || escaped == NULL;
    free(escaped);
}

/* What leads off the model: -1 is JuPedSim's word for outside. */
static void put_transitions(writing *w) {
    (void)fputs("  <transitions>\n", w->out);
    for (uint32_t p = 0; p < w->site->portals.count; p++) {
        const mu_portal *portal = &w->site->portals.items[p];
        if (is_on(w, portal, 0) && portal->between.count == 1) {
            (void)fprintf(w->out, "    <transition id=\"%u\" caption=\"", p);
            put_text(w, portal->id);
            (void)fprintf(
                w->out,
                "\" type=\"emergency\" room1_id=\"%u\" subroom1_id=\"%u\" room2_id=\"-1\" "
                "subroom2_id=\"-1\">",
                w->level, portal->between.items[0].index);
            put_line(w, portal);
            (void)fputs("</transition>\n", w->out);
        }
    }
    (void)fputs("  </transitions>\n", w->out);
}

mu_status mu_export_jupedsim(const mu_site *site, uint32_t level, FILE *out) {
    writing w = {.site = site, .level = level, .out = out};
    (void)fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<geometry version=\"0.8\" caption=\"",
                out);
    put_text(&w, site->id);
    (void)fprintf(out, "\" unit=\"m\">\n  <rooms>\n    <room id=\"%u\" caption=\"", level);
    put_text(&w, site->levels.items[level].id);
    (void)fputs("\">\n", out);
    mu_status status = MU_OK;
    for (uint32_t s = 0; s < site->spaces.count && status == MU_OK; s++) {
        if (site->spaces.items[s].level.index == level) {
            status = put_space(&w, s);
        }
    }
    put_crossings(&w);
    (void)fputs("    </room>\n  </rooms>\n", out);
    put_transitions(&w);
    (void)fputs("</geometry>\n", out);
    return status == MU_OK && w.lacks_memory ? MU_ERR_MEMORY : status;
}
