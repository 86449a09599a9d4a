/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a walkable from a site: checks, then borders, gates, walls, grids and fields, in that
 * order; the first three tell every fault before anything costly begins. */
#include "site/walkable.h"

#include <stdlib.h>

#include "core/i18n.h"
#include "core/limits.h"
#include "site/assembly.h"
#include "site/border.h"
#include "site/field.h"
#include "site/gates.h"
#include "site/grid.h"
#include "site/plane.h"
#include "site/route.h"
#include "site/shared.h"
#include "site/site_check.h"
#include "site/steer.h"
#include "site/views.h"
#include "site/walls.h"
#include "site/way_out.h"

/* What is needed only while a walkable is made. */
typedef struct builder {
    mu_walkable *made;
    const mu_site *site;
    mu_diags *diags;
    mu_border *borders; /* per area */
    bool *sound;        /* per space */
    mu_wall *walls;     /* grows */
    uint32_t wall_count, wall_room;
} builder;

static void *array(const builder *b, size_t count, size_t size) {
    return mu_arena_array(b->made->arena, count + 1, size);
}

static uint32_t count_stairs(const mu_site *site) {
    uint32_t count = 0;
    for (uint32_t p = 0; p < site->portals.count; p++) {
        count += mu_portal_is_flight(&site->portals.items[p]);
    }
    return count;
}

static bool make_room(builder *b) {
    mu_walkable *made = b->made;
    made->site = b->site;
    made->arena = mu_arena_create();
    if (!made->arena) {
        return false;
    }
    size_t areas = (size_t)b->site->spaces.count + count_stairs(b->site);
    size_t gates = 2 * (size_t)b->site->portals.count;
    made->area_count = (uint32_t)areas;
    made->areas = array(b, areas, sizeof *made->areas);
    made->parts = array(b, areas, sizeof *made->parts);
    made->gates = array(b, gates, sizeof *made->gates);
    made->gate_of = array(b, 2 * gates, sizeof *made->gate_of);
    made->gate_at = array(b, 2 * gates, sizeof *made->gate_at);
    b->borders = array(b, areas, sizeof *b->borders);
    b->sound = array(b, b->site->spaces.count, sizeof *b->sound);
    return made->areas && made->parts && made->gates && made->gate_of && made->gate_at &&
           b->borders && b->sound;
}

static bool make_spaces(builder *b) {
    for (uint32_t s = 0; s < b->site->spaces.count; s++) {
        const mu_space *space = &b->site->spaces.items[s];
        mu_area *area = &b->made->areas[s];
        *area = (mu_area){.space = s, .stair = MU_NONE, .level = space->level.index, .slope = 1};
        area->lift = mu_lift_of(b->site, s, &area->car);
        area->outdoor = space->use == MU_USE_OUTDOOR;
        area->walkable = b->sound[s] && (space->use != MU_USE_LIFT || area->lift != MU_NONE);
        if (b->sound[s] && !mu_border_make(space, b->made->arena, &b->borders[s])) {
            return false;
        }
    }
    return true;
}

/* The border of a flight: up its left side is -x. */
static bool make_flight(builder *b, uint32_t index, uint32_t portal, const mu_passage *passage) {
    mu_area *area = &b->made->areas[index];
    const mu_ref_list *between = &b->site->portals.items[portal].between;
    *area = (mu_area){.space = MU_NONE, .stair = portal, .lift = MU_NONE, .slope = MU_STAIR_COST};
    if (between->count > 0 && between->items[0].index < b->site->spaces.count) {
        area->level = b->site->spaces.items[between->items[0].index].level.index;
    }
    if (passage->count != 2) {
        return true;
    }
    const mu_gate *foot = &passage->gates[0], *head = &passage->gates[1];
    double width = foot->width_m, length = passage->flight_length_m;
    mu_wall *edges = array(b, 4, sizeof *edges);
    if (!edges) {
        return false;
    }
    mu_point corners[4] = {{0, 0}, {width, 0}, {width, length}, {0, length}};
    for (int e = 0; e < 4; e++) {
        edges[e] = (mu_wall){corners[e], corners[(e + 1) % 4]};
    }
    b->borders[index].items = edges;
    b->borders[index].count = 4;
    area->walkable = true;
    area->outdoor = b->made->areas[foot->area[0]].outdoor && b->made->areas[head->area[1]].outdoor;
    return true;
}

static bool sides_sound(const builder *b, uint32_t portal) {
    const mu_ref_list *between = &b->site->portals.items[portal].between;
    for (uint32_t s = 0; s < between->count; s++) {
        if (!b->sound[between->items[s].index]) {
            return false;
        }
    }
    return true;
}

static bool make_gates(builder *b) {
    mu_walkable *made = b->made;
    uint32_t flight = b->site->spaces.count;
    for (uint32_t p = 0; p < b->site->portals.count; p++) {
        bool stair = mu_portal_is_flight(&b->site->portals.items[p]);
        mu_passage passage = {.count = 0};
        if (mu_portal_is_whole(b->site, p) && sides_sound(b, p)) {
            passage = mu_passage_make(b->site, b->borders, p, flight, b->diags);
        }
        for (uint32_t g = 0; g < passage.count; g++) {
            made->gates[made->gate_count++] = passage.gates[g];
        }
        if (stair && !make_flight(b, flight++, p, &passage)) {
            return false;
        }
    }
    return true;
}

/* Lists the gates of each area, in order. */
static void list_gates(mu_walkable *made) {
    for (uint32_t g = 0; g < 2 * made->gate_count; g++) {
        uint32_t area = made->gates[g / 2].area[g % 2];
        if (area != MU_NONE) {
            made->gate_at[g] = made->areas[area].gate_count++;
        }
    }
    uint32_t first = 0;
    for (uint32_t a = 0; a < made->area_count; a++) {
        made->areas[a].first_gate = first;
        first += made->areas[a].gate_count;
    }
    for (uint32_t g = 0; g < 2 * made->gate_count; g++) {
        uint32_t area = made->gates[g / 2].area[g % 2];
        if (area != MU_NONE) {
            made->gate_of[made->areas[area].first_gate + made->gate_at[g]] = g;
        }
    }
}

/* What passing a gate costs besides the way to it: the wait for a lift, and the ride. */
static bool make_tolls(builder *b) {
    mu_walkable *made = b->made;
    made->tolls = array(b, 2 * (size_t)made->gate_count, sizeof *made->tolls);
    for (uint32_t node = 0; made->tolls && node < 2 * made->gate_count; node++) {
        const mu_gate *gate = &made->gates[node / 2];
        const uint32_t from = gate->area[node % 2], to = gate->area[1 - node % 2];
        if (from == MU_NONE || to == MU_NONE || made->areas[to].lift == MU_NONE) {
            continue;
        }
        const mu_area *car = &made->areas[to], *before = &made->areas[from];
        if (before->lift == MU_NONE) {
            made->tolls[node] = MU_LIFT_COST_M;
        } else {
            const uint32_t lower = before->car < car->car ? before->car : car->car;
            made->tolls[node] = MU_LIFT_LEVEL_MPS * mu_lift_rise_m(b->site, car->lift, lower) /
                                b->site->lifts.items[car->lift].speed_mps;
        }
    }
    return made->tolls != NULL;
}

static bool grow_walls(builder *b, uint32_t more) {
    if (b->walls && b->wall_room - b->wall_count >= more) {
        return true;
    }
    uint32_t room = b->wall_room + b->wall_room / 2 + more;
    mu_wall *walls = realloc(b->walls, room * sizeof *walls);
    if (!walls) {
        return false;
    }
    b->walls = walls;
    b->wall_room = room;
    return true;
}

/* The gates in an area's border, as pieces of it: the inside to the left. */
static bool list_spans(builder *b, uint32_t area, mu_wall *spans) {
    mu_area_parts *parts = &b->made->parts[area];
    uint32_t count = b->made->areas[area].gate_count;
    uint32_t *gates = array(b, count, sizeof *gates);
    for (uint32_t k = 0; gates && k < count; k++) {
        int side;
        uint32_t index = mu_area_gate(b->made, area, k, &side);
        const mu_gate *gate = &b->made->gates[index];
        if (!gate->standing[side]) {
            spans[parts->span_count] =
                side == 0 ? (mu_wall){gate->a[0], gate->b[0]} : (mu_wall){gate->b[1], gate->a[1]};
            gates[parts->span_count++] = index;
        }
    }
    parts->span_gate = gates;
    return gates != NULL;
}

/* Cuts an area's walls and puts them, then its spans, behind those of the areas before it. */
static bool cut_walls(builder *b, uint32_t index) {
    mu_area *area = &b->made->areas[index];
    mu_area_parts *parts = &b->made->parts[index];
    const mu_border *border = &b->borders[index];
    mu_wall *spans = malloc((area->gate_count + 1U) * sizeof *spans);
    bool done = spans && list_spans(b, index, spans);
    uint32_t count = MU_NONE, room = border->count + 4 * parts->span_count;
    for (; done && count == MU_NONE; room *= 2) {
        done = grow_walls(b, room + parts->span_count);
        if (done) {
            count = mu_walls_cut(border, spans, parts->span_count, b->walls + b->wall_count, room);
        }
    }
    if (done && b->walls) {
        area->first_wall = b->wall_count;
        area->wall_count = count;
        b->wall_count += count;
        for (uint32_t k = 0; k < parts->span_count; k++) {
            b->walls[b->wall_count++] = spans[k];
        }
    }
    free(spans);
    return done;
}

static bool make_walls(builder *b) {
    mu_walkable *made = b->made;
    for (uint32_t a = 0; a < made->area_count; a++) {
        if (made->areas[a].walkable && !cut_walls(b, a)) {
            return false;
        }
    }
    made->walls = array(b, b->wall_count, sizeof *made->walls);
    for (uint32_t w = 0; made->walls && b->walls && w < b->wall_count; w++) {
        made->walls[w] = b->walls[w];
    }
    return made->walls != NULL;
}

static void measure(mu_area *area, const mu_border *border) {
    area->area_m2 = mu_border_area(border);
    area->low = area->high = border->items[0].a;
    for (uint32_t e = 1; e < border->count; e++) {
        mu_point p = border->items[e].a;
        area->low = (mu_point){mu_plane_min(area->low.x, p.x), mu_plane_min(area->low.y, p.y)};
        area->high = (mu_point){mu_plane_max(area->high.x, p.x), mu_plane_max(area->high.y, p.y)};
    }
}

/* Measures all areas; false where their fields would take more memory than a site may. */
static bool has_room_for_fields(builder *b) {
    double values = 0;
    for (uint32_t a = 0; a < b->made->area_count; a++) {
        if (b->borders[a].items) {
            measure(&b->made->areas[a], &b->borders[a]);
            values += b->made->areas[a].walkable ? mu_grid_load(&b->made->areas[a]) : 0;
        }
    }
    const mu_origin first = b->site->spaces.count > 0 ? b->site->spaces.items[0].origin : NULL;
    const mu_where where = {.file = first != NULL ? first->file : NULL, .path = "$.spaces"};
    return mu_limit_holds(MU_LIMIT_SITE_VALUES, (uint64_t)values, b->diags, &where);
}

static bool make_fields(builder *b) {
    mu_walkable *made = b->made;
    for (uint32_t a = 0; a < made->area_count; a++) {
        mu_area *area = &made->areas[a];
        mu_area_parts *parts = &made->parts[a];
        if (!b->borders[a].items || !area->walkable) {
            continue;
        }
        parts->edges = b->borders[a].items;
        parts->edge_count = b->borders[a].count;
        parts->pieces = made->walls + area->first_wall;
        if (!mu_walls_index(area, parts, made->arena) || !mu_grid_make(made, a) ||
            !mu_steer_make(area, parts, made->arena) || !mu_field_make_all(made, a)) {
            return false;
        }
    }
    return true;
}

/* Spaces in which a body cannot walk from every portal to every other. */
static void tell_cut_off(const builder *b) {
    for (uint32_t s = 0; s < b->site->spaces.count; s++) {
        if (b->made->areas[s].walkable && b->made->parts[s].apart > 0) {
            const mu_space *space = &b->site->spaces.items[s];
            const mu_area_parts *parts = &b->made->parts[s];
            if (parts->has_gap) {
                mu_diags_add(b->diags, MU_WARNING, "site.cut-off", space->origin,
                             _("widen the passage, or divide the space where it is"),
                             _("inside space '%s' nobody gets through the gap at (%.2f, %.2f), and "
                               "no other passage joins all of its portals"),
                             space->id, parts->gap.x, parts->gap.y);
                continue;
            }
            mu_diags_add(b->diags, MU_WARNING, "site.cut-off", space->origin,
                         _("widen the passage, or divide the space where it is"),
                         _("inside space '%s' no passage wide enough for a body joins all of its "
                           "portals"),
                         space->id);
        }
    }
}

static bool build(builder *b) {
    size_t errors = mu_diags_count(b->diags, MU_ERROR);
    mu_site_check(b->site, b->diags);
    if (!make_room(b) || !mu_site_check_outlines(b->site, b->sound, b->diags) || !make_spaces(b) ||
        !make_gates(b)) {
        mu_diags_add(b->diags, MU_ERROR, "memory", NULL, NULL, _("there is not enough memory"));
        return false;
    }
    if (mu_diags_count(b->diags, MU_ERROR) > errors) {
        return false;
    }
    list_gates(b->made);
    if (!has_room_for_fields(b)) {
        return false;
    }
    if (!make_tolls(b) || !make_walls(b) || !make_fields(b) ||
        !mu_way_out_find(b->made, b->diags) || !mu_assembly_fields_make(b->made) ||
        !mu_shared_create(b->made) || !mu_mouths_make(b->made)) {
        mu_diags_add(b->diags, MU_ERROR, "memory", NULL, NULL, _("there is not enough memory"));
        return false;
    }
    tell_cut_off(b);
    mu_refuge_check(b->made, b->diags);
    if (mu_walkable_lacks_memory(b->made)) {
        mu_diags_add(b->diags, MU_ERROR, "memory", NULL, NULL, _("there is not enough memory"));
        return false;
    }
    return true;
}

bool mu_walkable_lacks_memory(const mu_walkable *walkable) {
    return atomic_load_explicit(&walkable->lacks_memory, memory_order_relaxed);
}

void mu_walkable_note_no_memory(const mu_walkable *walkable) {
    /* That something could not be made is no part of what a walkable says. */
    atomic_store_explicit(&((mu_walkable *)(uintptr_t)walkable)->lacks_memory, true,
                          memory_order_relaxed);
}

mu_walkable *mu_walkable_create(const mu_site *site, mu_diags *diags) {
    builder b = {.made = calloc(1, sizeof(mu_walkable)), .site = site, .diags = diags};
    if (b.made && !build(&b)) {
        mu_walkable_destroy(b.made);
        b.made = NULL;
    }
    free(b.walls);
    return b.made;
}

void mu_walkable_destroy(mu_walkable *walkable) {
    if (walkable) {
        mu_route_cache_destroy_spares(walkable);
        mu_assembly_fields_destroy(walkable);
        mu_shared_destroy(walkable);
        for (uint32_t a = 0; walkable->parts != NULL && a < walkable->area_count; a++) {
            mu_field_forget_all(walkable, a);
            mu_views_destroy(atomic_load(&walkable->parts[a].views));
        }
        mu_arena_destroy(walkable->arena);
        free(walkable);
    }
}
