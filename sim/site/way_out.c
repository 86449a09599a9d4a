/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks for ways out as a fire spreads backwards: from the open air over gates that can be passed,
 * first by the rules that occupants go by, then with one rule after the other left aside. The rule
 * whose absence lets an area out is the reason why it has no way. */
#include "site/way_out.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"

enum { MOST_NAMED = 12, NAMES_BYTES = 1200 };

/* What is left aside, one more each time. */
typedef struct rules {
    bool open_closed, have_key, go_against;
} rules;

static bool may_pass(const mu_walkable *walkable, const mu_gate *gate, int side, rules by) {
    const mu_portal *portal = &walkable->site->portals.items[gate->portal];
    bool leaves_flight = walkable->areas[gate->area[side]].space == MU_NONE;
    if (portal->access == MU_ACCESS_KEY && !by.have_key && !leaves_flight) {
        return false;
    }
    uint32_t into = gate->area[1 - side];
    if ((into != MU_NONE && walkable->areas[into].lift != MU_NONE) ||
        (portal->kind == MU_PORTAL_ESCALATOR && !portal->belt_stops && !leaves_flight &&
         !mu_belt_goes(portal, side))) {
        return false; /* no way out: a lift, a belt that runs against one */
    }
    switch (portal->state) {
    case MU_PORTAL_OPEN:
        return true;
    case MU_PORTAL_CLOSED:
    case MU_PORTAL_WAIT:
    case MU_PORTAL_LOCKED:
        return by.open_closed || leaves_flight;
    case MU_PORTAL_EXIT_ONLY:
    case MU_PORTAL_ONE_WAY:
        return by.go_against || side == 0;
    }
    return false;
}

/* Marks every area that gets out; `out` says which do from the start. */
static void spread(const mu_walkable *walkable, rules by, bool *out) {
    bool more = true;
    while (more) {
        more = false;
        for (uint32_t g = 0; g < walkable->gate_count; g++) {
            const mu_gate *gate = &walkable->gates[g];
            for (int side = 0; side < 2; side++) {
                uint32_t from = gate->area[side], to = gate->area[1 - side];
                if (from == MU_NONE || out[from] || (to != MU_NONE && !out[to])) {
                    continue;
                }
                if (may_pass(walkable, gate, side, by)) {
                    out[from] = true;
                    more = true;
                }
            }
        }
    }
}

static void mark(mu_walkable *walkable, const bool *out, mu_way_out as) {
    for (uint32_t a = 0; a < walkable->area_count; a++) {
        mu_area_parts *parts = &walkable->parts[a];
        if (out[a] && parts->way_out == MU_WAY_OUT_ENCLOSED) {
            parts->way_out = as;
        }
    }
}

/* Spaces without a way that hang together, for one warning. */
typedef struct group {
    const mu_walkable *walkable;
    uint32_t *members; /* areas */
    uint32_t count;
    bool *seen;
} group;

static bool has_none(const mu_walkable *walkable, uint32_t area) {
    mu_way_out way = walkable->parts[area].way_out;
    return way != MU_WAY_OUT_OPEN && way != MU_WAY_OUT_NOT_WALKABLE;
}

static void gather(group *g, uint32_t first) {
    const mu_walkable *walkable = g->walkable;
    g->members[0] = first;
    g->count = 1;
    g->seen[first] = true;
    for (uint32_t n = 0; n < g->count; n++) {
        const mu_area *area = &walkable->areas[g->members[n]];
        for (uint32_t k = 0; k < area->gate_count; k++) {
            int side;
            uint32_t gate = mu_area_gate(walkable, g->members[n], k, &side);
            uint32_t next = walkable->gates[gate].area[1 - side];
            if (next != MU_NONE && !g->seen[next] && has_none(walkable, next) &&
                walkable->parts[next].way_out == walkable->parts[first].way_out) {
                g->seen[next] = true;
                g->members[g->count++] = next;
            }
        }
    }
}

static int by_index(const void *p, const void *q) {
    const uint32_t *a = p, *b = q;
    return *a < *b ? -1 : *a > *b;
}

/* The spaces of a group by id, and how many they are. */
static uint32_t name_members(const group *g, char *names, size_t room) {
    uint32_t spaces = 0;
    size_t used = 0;
    names[0] = '\0';
    for (uint32_t n = 0; n < g->count; n++) {
        uint32_t space = g->walkable->areas[g->members[n]].space;
        if (space == MU_NONE) {
            continue;
        }
        const char *id = g->walkable->site->spaces.items[space].id;
        if (spaces < MOST_NAMED && used + strlen(id) + 8 < room) {
            used += (size_t)snprintf(names + used, room - used, spaces ? ", %s" : "%s", id);
        } else if (spaces == MOST_NAMED) {
            used += (size_t)snprintf(names + used, room - used, ", …");
        }
        spaces++;
    }
    return spaces;
}

typedef struct reason {
    mu_severity severity;
    const char *text, *advice;
} reason;

/* A key is a note only: such rooms are meant for people who have one. */
static reason reason_of(mu_way_out way) {
    switch (way) {
    case MU_WAY_OUT_NO_PORTAL:
        return (reason){MU_WARNING, _("no portal that can be walked through leads out"),
                        _("add the door that is missing; people in there cannot leave")};
    case MU_WAY_OUT_CLOSED:
        return (reason){MU_WARNING, _("only through portals that are given as closed"),
                        _("open one of them, or have the playbook open it")};
    case MU_WAY_OUT_KEY:
        return (reason){MU_NOTE, _("only through portals that need a key"),
                        _("give one of them access 'pass' if people without a key are in there")};
    case MU_WAY_OUT_AGAINST:
        return (reason){MU_WARNING, _("only against the direction of one-way portals"),
                        _("turn one round: 'between' names first the space that it leads out of")};
    case MU_WAY_OUT_ENCLOSED:
        return (reason){MU_WARNING, _("their portals lead only to one another"),
                        _("add the exit that is missing; people in there cannot leave")};
    case MU_WAY_OUT_OPEN:
    case MU_WAY_OUT_NOT_WALKABLE:
        break;
    }
    return (reason){MU_NOTE, "", NULL};
}

static void tell(const group *g, mu_diags *diags) {
    char names[NAMES_BYTES];
    uint32_t count = name_members(g, names, sizeof names);
    const mu_walkable *walkable = g->walkable;
    uint32_t space = walkable->areas[g->members[0]].space;
    reason why = reason_of(walkable->parts[g->members[0]].way_out);
    mu_diags_add(
        diags, why.severity, "site.no-exit", walkable->site->spaces.items[space].origin, why.advice,
        P_("%u space has no way out (%s): %s", "%u spaces have no way out (%s): %s", count), count,
        why.text, names);
}

static void tell_all(mu_walkable *walkable, group *g, mu_diags *diags) {
    for (uint32_t a = 0; a < walkable->site->spaces.count; a++) {
        if (!g->seen[a] && has_none(walkable, a)) {
            gather(g, a);
            qsort(g->members, g->count, sizeof *g->members, by_index);
            tell(g, diags);
        }
    }
}

bool mu_way_out_find(mu_walkable *walkable, mu_diags *diags) {
    size_t areas = walkable->area_count + 1U;
    bool *out = calloc(areas, sizeof *out), *seen = calloc(areas, sizeof *seen);
    group g = {walkable, calloc(areas, sizeof *g.members), 0, seen};
    bool done = out && seen && g.members;
    for (uint32_t a = 0; done && a < walkable->area_count; a++) {
        const mu_area *area = &walkable->areas[a];
        out[a] = area->walkable && area->outdoor;
        walkable->parts[a].way_out = !area->walkable              ? MU_WAY_OUT_NOT_WALKABLE
                                     : area->gate_count || out[a] ? MU_WAY_OUT_ENCLOSED
                                                                  : MU_WAY_OUT_NO_PORTAL;
    }
    if (done) {
        spread(walkable, (rules){0}, out);
        mark(walkable, out, MU_WAY_OUT_OPEN);
        spread(walkable, (rules){.open_closed = true}, out);
        mark(walkable, out, MU_WAY_OUT_CLOSED);
        spread(walkable, (rules){.open_closed = true, .have_key = true}, out);
        mark(walkable, out, MU_WAY_OUT_KEY);
        spread(walkable, (rules){true, true, true}, out);
        mark(walkable, out, MU_WAY_OUT_AGAINST);
        tell_all(walkable, &g, diags);
    }
    free(out);
    free(seen);
    free(g.members);
    return done;
}
