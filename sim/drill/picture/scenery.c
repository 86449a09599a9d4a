/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a site to what is drawn of it. Spaces, portals, posts and equipment keep their indices, so
 * that a subject of the picture is an index of the plan. */
#include "drill/picture/scenery.h"

#include <math.h>
#include <stdlib.h>

#include "site/plane.h"

typedef struct making {
    const mu_site *site;
    mu_arena *arena;
    mu_scenery_level *levels;
    mu_scenery_room *rooms;
    mu_scenery_portal *portals;
    mu_scenery_mark *marks;
    mu_span *rings;
    mu_point *points;
    mu_scenery_lift *lifts;
    mu_scenery_view *views;
    mu_scenery_strip *strips;
    uint32_t *refs;
    uint32_t *level_at; /* place in the picture of each level of the site */
    uint32_t ring_count, point_count, mark_count, view_count, strip_count, ref_count;
} making;

static mu_room_look look_of(mu_use use) {
    switch (use) {
    case MU_USE_OUTDOOR:
        return MU_ROOM_OPEN;
    case MU_USE_PARKING:
        return MU_ROOM_PARKING;
    case MU_USE_ROOF:
        return MU_ROOM_ROOF;
    case MU_USE_CORRIDOR:
    case MU_USE_LOBBY:
        return MU_ROOM_WAY;
    case MU_USE_STAIR:
        return MU_ROOM_STAIR;
    case MU_USE_LIFT:
    case MU_USE_PLANT:
    case MU_USE_STORE:
        return MU_ROOM_SERVICE;
    case MU_USE_CONTROL_ROOM:
    case MU_USE_COMMAND:
        return MU_ROOM_KEY;
    default: /* every other use is a room */
        return MU_ROOM_PLAIN;
    }
}

static bool is_built(uint32_t look) {
    return look != MU_ROOM_OPEN && look != MU_ROOM_PARKING;
}

static void add_ring(making *m, const mu_ring *ring) {
    m->rings[m->ring_count++] = (mu_span){m->point_count, ring->count};
    for (uint32_t i = 0; i < ring->count; i++) {
        m->points[m->point_count++] = ring->items[i];
    }
}

static uint32_t level_of(const making *m, const mu_ref *space) {
    return m->level_at[m->site->spaces.items[space->index].level.index];
}

static void make_levels(making *m) {
    const mu_site *site = m->site;
    for (uint32_t l = 0; l < site->levels.count; l++) {
        const mu_level *level = &site->levels.items[l];
        uint32_t below = 0;
        for (uint32_t k = 0; k < site->levels.count; k++) {
            const double other = site->levels.items[k].elevation_m;
            below += other < level->elevation_m || (!(other > level->elevation_m) && k < l);
        }
        m->level_at[l] = below;
        m->levels[below] = (mu_scenery_level){.id = level->id,
                                              .name = level->name,
                                              .elevation_m = level->elevation_m,
                                              .low = {INFINITY, INFINITY},
                                              .high = {-INFINITY, -INFINITY},
                                              .built_low = {INFINITY, INFINITY},
                                              .built_high = {-INFINITY, -INFINITY}};
    }
}

static void make_rooms(making *m) {
    for (uint32_t s = 0; s < m->site->spaces.count; s++) {
        const mu_space *space = &m->site->spaces.items[s];
        mu_scenery_room *room = &m->rooms[s];
        *room = (mu_scenery_room){.id = space->id,
                                  .name = space->name,
                                  .level = m->level_at[space->level.index],
                                  .look = look_of(space->use),
                                  .rings = {m->ring_count, 1 + space->holes.count},
                                  .low = {INFINITY, INFINITY},
                                  .high = {-INFINITY, -INFINITY},
                                  .lift = MU_NOWHERE};
        add_ring(m, &space->polygon);
        for (uint32_t h = 0; h < space->holes.count; h++) {
            add_ring(m, (const mu_ring *)&space->holes.items[h]);
        }
        mu_scenery_level *level = &m->levels[room->level];
        for (uint32_t i = 0; i < space->polygon.count; i++) {
            mu_plane_grow(&room->low, &room->high, space->polygon.items[i]);
        }
        mu_plane_grow(&level->low, &level->high, room->low);
        mu_plane_grow(&level->low, &level->high, room->high);
        if (is_built(room->look)) {
            mu_plane_grow(&level->built_low, &level->built_high, room->low);
            mu_plane_grow(&level->built_low, &level->built_high, room->high);
        }
    }
}

static bool leads_out(const making *m, const mu_portal *portal) {
    return portal->between.count == 2 &&
           is_built(m->rooms[portal->between.items[0].index].look) !=
               is_built(m->rooms[portal->between.items[1].index].look);
}

static bool is_outdoors(const making *m, const mu_portal *portal) {
    for (uint32_t i = 0; i < portal->between.count; i++) {
        if (is_built(m->rooms[portal->between.items[i].index].look)) {
            return false;
        }
    }
    return true;
}

static bool is_lift_door(const making *m, const mu_portal *portal) {
    uint32_t car;
    for (uint32_t i = 0; i < portal->between.count && portal->kind != MU_PORTAL_LIFT; i++) {
        if (mu_lift_of(m->site, portal->between.items[i].index, &car) != MU_NONE) {
            return true;
        }
    }
    return false;
}

static mu_portal_look portal_look(const making *m, const mu_portal *portal) {
    if (is_lift_door(m, portal)) {
        return MU_PORTAL_LOOK_LIFT;
    }
    switch (portal->kind) {
    case MU_PORTAL_DOOR:
        return leads_out(m, portal) ? MU_PORTAL_LOOK_EXIT : MU_PORTAL_LOOK_DOOR;
    case MU_PORTAL_GATE:
        return MU_PORTAL_LOOK_GATE;
    case MU_PORTAL_OPENING:
        return leads_out(m, portal) ? MU_PORTAL_LOOK_EXIT : MU_PORTAL_LOOK_OPENING;
    case MU_PORTAL_TURNSTILE:
        return leads_out(m, portal) ? MU_PORTAL_LOOK_EXIT : MU_PORTAL_LOOK_GATE;
    case MU_PORTAL_LIFT:
        return MU_PORTAL_LOOK_RIDE;
    case MU_PORTAL_STAIR:
    case MU_PORTAL_ESCALATOR:
        return MU_PORTAL_LOOK_STAIR;
    case MU_PORTAL_OUTDOOR_EDGE:
        return MU_PORTAL_LOOK_EDGE;
    }
    return MU_PORTAL_LOOK_OPENING;
}

static void make_portals(making *m) {
    for (uint32_t p = 0; p < m->site->portals.count; p++) {
        const mu_portal *portal = &m->site->portals.items[p];
        mu_scenery_portal *out = &m->portals[p];
        *out = (mu_scenery_portal){.id = portal->id,
                                   .name = portal->name,
                                   .look = portal_look(m, portal),
                                   .level = level_of(m, &portal->between.items[0]),
                                   .outdoors = is_outdoors(m, portal)};
        out->upper_level = out->level;
        for (uint32_t i = 0; i < 2 && i < portal->line.count; i++) {
            out->line[i] = out->upper[i] = portal->line.items[i];
        }
        if (mu_portal_is_flight(portal) && portal->upper_line.count == 2) {
            out->upper_level = level_of(m, &portal->between.items[1]);
            out->upper[0] = portal->upper_line.items[0];
            out->upper[1] = portal->upper_line.items[1];
        }
    }
}

static mu_mark_kind post_mark(mu_post_kind kind) {
    switch (kind) {
    case MU_POST_GUARD:
    case MU_POST_NEGOTIATION:
        return MU_MARK_GUARD_POST;
    case MU_POST_KEY:
        return MU_MARK_KEY_POST;
    case MU_POST_OUTER_CORDON:
        return MU_MARK_OUTER_CORDON;
    case MU_POST_INNER_CORDON:
        return MU_MARK_INNER_CORDON;
    case MU_POST_COMMAND:
        return MU_MARK_COMMAND;
    case MU_POST_MEDICAL:
        return MU_MARK_MEDICAL;
    case MU_POST_DESK:
        return MU_MARK_DESK;
    }
    return MU_MARK_GUARD_POST;
}

static void add_mark(making *m, mu_subject_kind kind, uint32_t index, mu_mark_kind look,
                     const char *word, const char *id, mu_text name, const mu_ref *space,
                     mu_point at) {
    m->marks[m->mark_count++] = (mu_scenery_mark){.subject = {kind, index},
                                                  .kind = look,
                                                  .word = word,
                                                  .id = id,
                                                  .name = name,
                                                  .level = level_of(m, space),
                                                  .at = at};
}

static void make_marks(making *m) {
    const mu_site *site = m->site;
    for (uint32_t i = 0; i < site->equipment.count; i++) {
        const mu_equipment *e = &site->equipment.items[i];
        add_mark(m, MU_SUBJECT_EQUIPMENT, i,
                 e->kind == MU_EQUIPMENT_CAMERA || e->kind == MU_EQUIPMENT_THERMAL_CAMERA
                     ? MU_MARK_CAMERA
                     : MU_MARK_EQUIPMENT,
                 mu_equipment_words[e->kind], e->id, e->name, &e->space, e->at);
    }
    for (uint32_t i = 0; i < site->posts.count; i++) {
        const mu_post *p = &site->posts.items[i];
        add_mark(m, MU_SUBJECT_POST, i, post_mark(p->kind), mu_post_words[p->kind], p->id, p->name,
                 &p->space, p->at);
    }
    for (uint32_t i = 0; i < site->roads.count; i++) {
        const mu_road *r = &site->roads.items[i];
        add_mark(m, MU_SUBJECT_ROAD, i, MU_MARK_ROAD, NULL, r->id, r->name, &r->space, r->at);
    }
    for (uint32_t i = 0; i < site->assembly_points.count; i++) {
        const mu_assembly *a = &site->assembly_points.items[i];
        add_mark(m, MU_SUBJECT_ASSEMBLY, i, MU_MARK_ASSEMBLY, NULL, a->id, a->name, &a->space,
                 a->at);
    }
    for (uint32_t i = 0; i < site->refuges.count; i++) {
        const mu_refuge *r = &site->refuges.items[i];
        add_mark(m, MU_SUBJECT_REFUGE, i, MU_MARK_REFUGE, NULL, r->id, r->name, &r->space, r->at);
    }
}

/* --- lifts, what is in view, strips of roads --- */

static mu_span add_refs(making *m, const mu_ref_list *spaces) {
    mu_span out = {m->ref_count, 0};
    for (uint32_t k = 0; k < spaces->count; k++) {
        if (spaces->items[k].index < m->site->spaces.count) {
            m->refs[m->ref_count++] = spaces->items[k].index;
            out.count++;
        }
    }
    return out;
}

static void make_lifts(making *m) {
    for (uint32_t l = 0; l < m->site->lifts.count; l++) {
        const mu_lift *lift = &m->site->lifts.items[l];
        m->lifts[l] = (mu_scenery_lift){lift->id, lift->name, add_refs(m, &lift->cars)};
        for (uint32_t k = 0; k < m->lifts[l].cars.count; k++) {
            m->rooms[m->refs[m->lifts[l].cars.first + k]].lift = l;
        }
    }
}

static void make_views(making *m) {
    static const double radians = 0.017453292519943295; /* a degree */
    for (uint32_t k = 0; k < m->mark_count; k++) {
        const mu_subject subject = m->marks[k].subject;
        const mu_equipment *e =
            subject.kind == MU_SUBJECT_EQUIPMENT ? &m->site->equipment.items[subject.index] : NULL;
        if (e != NULL && (e->covers.count > 0 || e->view_deg > 0)) {
            m->views[m->view_count++] = (mu_scenery_view){.mark = k,
                                                          .covers = add_refs(m, &e->covers),
                                                          .faces = e->faces_deg * radians,
                                                          .wide = e->view_deg * radians,
                                                          .reach_m = e->reach_m};
        }
    }
}

static void make_strips(making *m) {
    for (uint32_t k = 0; k < m->mark_count; k++) {
        const mu_subject subject = m->marks[k].subject;
        const mu_road *road =
            subject.kind == MU_SUBJECT_ROAD ? &m->site->roads.items[subject.index] : NULL;
        if (road != NULL && road->course.count > 1) {
            m->strips[m->strip_count++] =
                (mu_scenery_strip){k, {m->point_count, road->course.count}, road->width_m};
            for (uint32_t i = 0; i < road->course.count; i++) {
                m->points[m->point_count++] = road->course.items[i];
            }
        }
    }
}

static size_t count_refs(const mu_site *site) {
    size_t refs = 1;
    for (uint32_t l = 0; l < site->lifts.count; l++) {
        refs += site->lifts.items[l].cars.count;
    }
    for (uint32_t e = 0; e < site->equipment.count; e++) {
        refs += site->equipment.items[e].covers.count;
    }
    return refs;
}

static void make_stations(making *m) {
    const mu_site *site = m->site;
    for (uint32_t i = 0; i < site->lanes.count; i++) {
        const mu_lane *l = &site->lanes.items[i];
        if (mu_lane_is_placed(l)) {
            add_mark(m, MU_SUBJECT_LANE, i, MU_MARK_LANE, NULL, l->id, l->name, &l->space, l->at);
        }
    }
    for (uint32_t i = 0; i < site->decontamination.count; i++) {
        const mu_wash *w = &site->decontamination.items[i];
        add_mark(m, MU_SUBJECT_WASH, i, MU_MARK_WASH, NULL, w->id, w->name, &w->space, w->at);
    }
}

static bool make_room(making *m) {
    const mu_site *site = m->site;
    size_t rings = 0, points = 0;
    for (uint32_t r = 0; r < site->roads.count; r++) {
        points += site->roads.items[r].course.count;
    }
    for (uint32_t s = 0; s < site->spaces.count; s++) {
        const mu_space *space = &site->spaces.items[s];
        rings += 1 + space->holes.count;
        points += space->polygon.count;
        for (uint32_t h = 0; h < space->holes.count; h++) {
            points += space->holes.items[h].count;
        }
    }
    const size_t marks = (size_t)site->equipment.count + site->posts.count + site->roads.count +
                         site->assembly_points.count + site->refuges.count + site->lanes.count +
                         site->decontamination.count;
    m->levels = mu_arena_array(m->arena, site->levels.count + 1, sizeof *m->levels);
    m->level_at = mu_arena_array(m->arena, site->levels.count + 1, sizeof *m->level_at);
    m->rooms = mu_arena_array(m->arena, site->spaces.count + 1, sizeof *m->rooms);
    m->portals = mu_arena_array(m->arena, site->portals.count + 1, sizeof *m->portals);
    m->marks = mu_arena_array(m->arena, marks + 1, sizeof *m->marks);
    m->rings = mu_arena_array(m->arena, rings + 1, sizeof *m->rings);
    m->points = mu_arena_array(m->arena, points + 1, sizeof *m->points);
    m->lifts = mu_arena_array(m->arena, site->lifts.count + 1, sizeof *m->lifts);
    m->views = mu_arena_array(m->arena, site->equipment.count + 1, sizeof *m->views);
    m->strips = mu_arena_array(m->arena, site->roads.count + 1, sizeof *m->strips);
    m->refs = mu_arena_array(m->arena, count_refs(site), sizeof *m->refs);
    return m->lifts != NULL && m->views != NULL && m->strips != NULL && m->refs != NULL &&
           m->levels != NULL && m->level_at != NULL && m->rooms != NULL && m->portals != NULL &&
           m->marks != NULL && m->rings != NULL && m->points != NULL;
}

bool mu_scenery_holds(const mu_scenery *scene, const mu_scenery_room *room, mu_point p) {
    bool inside = false;
    for (uint32_t r = 0; r < room->rings.count; r++) {
        const mu_span ring = scene->rings[room->rings.first + r];
        for (uint32_t i = 0, j = ring.count - 1; i < ring.count; j = i++) {
            const mu_point a = scene->points[ring.first + j], b = scene->points[ring.first + i];
            if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y)) {
                inside = !inside;
            }
        }
    }
    return inside;
}

mu_status mu_scenery_of_site(const mu_site *site, mu_arena *arena, mu_scenery *out) {
    making m = {.site = site, .arena = arena};
    if (!make_room(&m)) {
        return MU_ERR_MEMORY;
    }
    make_levels(&m);
    make_rooms(&m);
    make_portals(&m);
    make_marks(&m);
    make_stations(&m);
    make_lifts(&m);
    make_views(&m);
    make_strips(&m);
    *out = (mu_scenery){.site = site->name,
                        .levels = m.levels,
                        .rooms = m.rooms,
                        .portals = m.portals,
                        .marks = m.marks,
                        .rings = m.rings,
                        .points = m.points,
                        .lifts = m.lifts,
                        .views = m.views,
                        .strips = m.strips,
                        .refs = m.refs,
                        .lift_count = site->lifts.count,
                        .view_count = m.view_count,
                        .strip_count = m.strip_count,
                        .level_count = site->levels.count,
                        .room_count = site->spaces.count,
                        .portal_count = site->portals.count,
                        .mark_count = m.mark_count};
    return MU_OK;
}

mu_status mu_scenery_make(const mu_plan *plan, mu_arena *arena, mu_scenery *out) {
    const mu_status status = mu_scenery_of_site(&plan->site, arena, out);
    if (status == MU_OK) {
        out->incident = plan->incident.name;
        out->starts_at = plan->incident.starts_at;
    }
    return status;
}
