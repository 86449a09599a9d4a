/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads an experiment file: strict about what a run needs, lenient about words for people. */
#include <math.h>
#include <string.h>

#include "core/i18n.h"
#include "core/json_read.h"
#include "site/plane.h"
#include "verify/experiment.h"

#define COORDINATE_MOST 1e5
#define TIME_MOST_S     1e5

typedef struct reading {
    mu_json_reader *reader;
    mu_experiment *into;
    mu_diags *diags;
} reading;

static mu_json_item member(const mu_json_reader *reader, mu_json_item object, const char *key) {
    mu_json_item item = {NULL, 0};
    if (cJSON_IsObject(object.json)) {
        item = mu_json_first(object);
        while (item.json != NULL && strcmp(item.json->string, key) != 0) {
            item = mu_json_next(reader, item);
        }
    }
    return item;
}

static mu_json_item required(const reading *r, mu_json_item object, const char *key) {
    const mu_json_item item = member(r->reader, object, key);
    if (item.json == NULL) {
        mu_json_complain(r->reader, object, "json.missing-key", NULL,
                         _("the required key \"%s\" is missing"), key);
    }
    return item;
}

static void note(const reading *r, mu_json_item item, const char *code, const char *text) {
    mu_where where = mu_json_doc_place(r->reader->doc, r->reader->doc->values[item.node].at);
    where.path = mu_json_doc_path(r->reader->doc, item.node, r->reader->arena);
    mu_diags_add(r->diags, MU_NOTE, code, &where, NULL, "%s", text);
}

static bool read_number(const reading *r, mu_json_item item, double least, double most,
                        double *out) {
    static const mu_field real = {.kind = MU_FIELD_REAL};
    if (!mu_json_check_number(r->reader, &real, item, (mu_field_limits){least, most})) {
        return false;
    }
    *out = item.json->valuedouble;
    return true;
}

static double number_of(const reading *r, mu_json_item object, const char *key, bool is_needed,
                        double least, double most) {
    double value = 0;
    const mu_json_item item = is_needed ? required(r, object, key) : member(r->reader, object, key);
    if (item.json != NULL) {
        (void)read_number(r, item, least, most, &value);
    }
    return value;
}

static const char *text_of(const reading *r, mu_json_item object, const char *key, bool is_needed) {
    const mu_json_item item = is_needed ? required(r, object, key) : member(r->reader, object, key);
    return item.json == NULL ? NULL : mu_json_read_string(r->reader, item, true);
}

static bool read_point(const reading *r, mu_json_item item, mu_point *out) {
    if (!cJSON_IsArray(item.json) || cJSON_GetArraySize(item.json) != 2) {
        mu_json_complain_type(r->reader, item, _("a point [x, y]"));
        return false;
    }
    const mu_json_item x = mu_json_first(item);
    return read_number(r, x, -COORDINATE_MOST, COORDINATE_MOST, &out->x) &&
           read_number(r, mu_json_next(r->reader, x), -COORDINATE_MOST, COORDINATE_MOST, &out->y);
}

/* Points of a list, at least `least`; a last point that repeats the first is dropped. */
static bool read_points(const reading *r, mu_json_item list, uint32_t least, mu_ring *out) {
    if (!cJSON_IsArray(list.json)) {
        mu_json_complain_type(r->reader, list, _("a list of points [[x, y], …]"));
        return false;
    }
    const uint32_t count = (uint32_t)cJSON_GetArraySize(list.json);
    mu_point *items = mu_arena_array(r->reader->arena, (size_t)count + 1, sizeof *items);
    bool whole = items != NULL;
    mu_json_item item = mu_json_first(list);
    for (uint32_t i = 0; whole && i < count; i++, item = mu_json_next(r->reader, item)) {
        whole = read_point(r, item, &items[i]);
    }
    const bool closed =
        whole && count > 1 && items[0].x == items[count - 1].x && items[0].y == items[count - 1].y;
    *out = (mu_ring){items, count - closed};
    if (whole && out->count < least) {
        mu_json_complain(r->reader, list, "json.length", NULL,
                         _("%u points; there must be at least %u"), out->count, least);
        whole = false;
    }
    return whole;
}

static bool read_line(const reading *r, mu_json_item item, mu_line *out) {
    mu_ring points;
    if (!read_points(r, item, 2, &points)) {
        return false;
    }
    if (points.count != 2) {
        mu_json_complain(r->reader, item, "json.length", NULL, _("a line has two points, not %u"),
                         points.count);
        return false;
    }
    *out = (mu_line){points.items[0], points.items[1]};
    if (mu_plane_distance(out->a, out->b) < 0.05) {
        mu_json_complain(r->reader, item, "experiment.line", NULL,
                         _("the line is shorter than 5 cm"));
        return false;
    }
    return true;
}

static bool is_line(mu_json_item item) {
    return cJSON_IsArray(item.json) && cJSON_GetArraySize(item.json) == 2 &&
           cJSON_IsArray(item.json->child) && cJSON_IsNumber(item.json->child->child);
}

static void add_line(const reading *r, mu_json_item item, const char *name, mu_named_line *lines,
                     uint32_t *count, uint32_t most) {
    mu_line line;
    if (*count == most) {
        mu_json_complain(r->reader, item, "json.length", NULL, _("more than %u lines"), most);
    } else if (read_line(r, item, &line)) {
        lines[(*count)++] =
            (mu_named_line){name != NULL ? mu_arena_copy(r->reader->arena, name) : NULL, line};
    }
}

/* A line, a list of lines, or an object of lines by their names. */
static void read_lines(const reading *r, mu_json_item item, mu_named_line *lines, uint32_t *count,
                       uint32_t most) {
    if (is_line(item) || cJSON_IsString(item.json) || cJSON_IsNumber(item.json)) {
        add_line(r, item, NULL, lines, count, most);
        return;
    }
    if (!cJSON_IsArray(item.json) && !cJSON_IsObject(item.json)) {
        mu_json_complain_type(r->reader, item, _("a line [[x, y], [x, y]], or several"));
        return;
    }
    for (mu_json_item each = mu_json_first(item); each.json != NULL;
         each = mu_json_next(r->reader, each)) {
        add_line(r, each, each.json->string, lines, count, most);
    }
}

/* Rings to keep off, from one item of a list on; what has been read before stays. */
static void add_obstacles(const reading *r, mu_json_item first, uint32_t count) {
    mu_experiment *e = r->into;
    mu_ring *items =
        mu_arena_array(r->reader->arena, (size_t)e->obstacles.count + count + 1, sizeof *items);
    if (items == NULL) {
        return;
    }
    for (uint32_t i = 0; i < e->obstacles.count; i++) {
        items[i] = e->obstacles.items[i];
    }
    e->obstacles.items = items;
    for (mu_json_item item = first; item.json != NULL; item = mu_json_next(r->reader, item)) {
        e->obstacles.count += read_points(r, item, 3, &items[e->obstacles.count]);
    }
}

static void read_obstacles(const reading *r, mu_json_item list) {
    if (!cJSON_IsArray(list.json)) {
        mu_json_complain_type(r->reader, list, _("a list [ ]"));
        return;
    }
    add_obstacles(r, mu_json_first(list), (uint32_t)cJSON_GetArraySize(list.json));
}

/* Is this a list of rings, each a list of points, rather than one ring? */
static bool is_rings(mu_json_item item) {
    return cJSON_IsArray(item.json) && cJSON_IsArray(item.json->child) &&
           cJSON_IsArray(item.json->child->child);
}

/* A ring; or as GeoJSON has it, a list of an outline and of holes. */
static void read_walkable(const reading *r, mu_json_item item) {
    if (!is_rings(item)) {
        (void)read_points(r, item, 3, &r->into->walkable);
        return;
    }
    const mu_json_item outline = mu_json_first(item);
    (void)read_points(r, outline, 3, &r->into->walkable);
    add_obstacles(r, mu_json_next(r->reader, outline), (uint32_t)cJSON_GetArraySize(item.json));
}

/* One area, or several of which the first is used. */
static void read_area(const reading *r, mu_json_item item) {
    const bool several = cJSON_IsObject(item.json) || is_rings(item);
    const mu_json_item first = several ? mu_json_first(item) : item;
    if (several && first.json != NULL && first.json->next != NULL) {
        note(r, item, "experiment.areas", _("the first of several areas is used"));
    }
    if (first.json != NULL && r->into->area.count == 0) {
        (void)read_points(r, first, 3, &r->into->area);
    }
}

/* "+y", "-x then +y", "left to right": axis words, in order. */
static void read_directions(mu_experiment *e) {
    for (const char *c = e->direction; c != NULL && *c != 0; c++) {
        const bool is_way = (c[0] == '+' || c[0] == '-') && (c[1] == 'x' || c[1] == 'y');
        if (is_way && e->way_count < MU_EXPERIMENT_EXITS_MOST) {
            const double sign = c[0] == '+' ? 1 : -1;
            e->ways[e->way_count++] = (mu_point){c[1] == 'x' ? sign : 0, c[1] == 'y' ? sign : 0};
        }
    }
}

static bool begins_with(const char *text, const char *with) {
    return strncmp(text, with, strlen(with)) == 0;
}

static void read_geometry(const reading *r, mu_json_item geometry) {
    mu_experiment *e = r->into;
    const mu_json_item walkable = required(r, geometry, "walkable");
    if (walkable.json != NULL) {
        read_walkable(r, walkable);
    }
    e->direction = text_of(r, geometry, "direction", false);
    read_directions(e);
    e->bottleneck_length_m = number_of(r, geometry, "bottleneck_length_m", false, 0, 1000);
    for (mu_json_item item = mu_json_first(geometry); item.json != NULL;
         item = mu_json_next(r->reader, item)) {
        const char *key = item.json->string;
        if (strcmp(key, "obstacles") == 0) {
            read_obstacles(r, item);
        } else if (begins_with(key, "exit") &&
                   (begins_with(key, "exit_line") || begins_with(key, "exits") ||
                    cJSON_IsArray(item.json))) {
            read_lines(r, item, e->exits, &e->exit_count, MU_EXPERIMENT_EXITS_MOST);
        } else if (begins_with(key, "measurement_line")) {
            read_lines(r, item, e->lines, &e->line_count, MU_EXPERIMENT_LINES_MOST);
        } else if (begins_with(key, "measurement_area")) {
            read_area(r, item);
        } else if (strcmp(key, "walkable") != 0 && !cJSON_IsString(item.json) &&
                   !cJSON_IsNumber(item.json)) {
            note(r, item, "experiment.unused", _("this key is not used"));
        }
    }
    if (e->exit_count == 0 && e->way_count == 0) {
        mu_json_complain(r->reader, geometry, "experiment.exit", NULL,
                         _("nothing says where people go: there is neither an \"exit_line\" nor "
                           "a \"direction\" such as \"+y\""));
    }
    if (e->line_count == 0 && e->exit_count > 0) {
        note(r, geometry, "experiment.line",
             _("there is no measurement line: crossings are those of the exit line"));
    }
}

enum { COLUMN_ID, COLUMN_TIME, COLUMN_X, COLUMN_Y, COLUMN_VX, COLUMN_VY, COLUMN_EXIT, COLUMNS };
enum { COLUMNS_NEEDED = COLUMN_VX };

/* Which value of a row is which; -1 = none. */
static bool read_columns(const reading *r, mu_json_item root, int place[COLUMNS], int *width) {
    static const char *const names[COLUMNS][6] = {
        {"id"},
        {"t_enter_s", "t_s", "t_enter"},
        {"x_m", "x", "x0"},
        {"y_m", "y", "y0"},
        {"vx0", "vx", "vx_m_s", "vx0_m_s"},
        {"vy0", "vy", "vy_m_s", "vy0_m_s"},
        {"exit", "goal", "target", "direction", "dir", "group"},
    };
    const mu_json_item list = required(r, root, "agents_columns");
    for (int c = 0; c < COLUMNS; c++) {
        place[c] = -1;
    }
    if (list.json == NULL || !cJSON_IsArray(list.json)) {
        if (list.json != NULL) {
            mu_json_complain_type(r->reader, list, _("a list [ ]"));
        }
        return false;
    }
    *width = 0;
    for (const cJSON *json = list.json->child; json != NULL; json = json->next, (*width)++) {
        for (int c = 0; cJSON_IsString(json) && c < COLUMNS; c++) {
            for (int k = 0; k < 6 && names[c][k] != NULL; k++) {
                if (place[c] < 0 && strcmp(json->valuestring, names[c][k]) == 0) {
                    place[c] = *width;
                }
            }
        }
    }
    bool whole = true;
    for (int c = 0; c < COLUMNS_NEEDED; c++) {
        if (place[c] < 0) {
            mu_json_complain(r->reader, list, "experiment.column", NULL,
                             _("there is no column \"%s\""), names[c][0]);
            whole = false;
        }
    }
    return whole;
}

/* "+x", "right", "north": the way that a word means; nothing of others. */
static mu_point way_of(const char *word) {
    static const struct {
        const char *words[4];
        mu_point way;
    } ways[] = {
        {{"+x", "x+", "right", "east"}, {1, 0}},
        {{"-x", "x-", "left", "west"}, {-1, 0}},
        {{"+y", "y+", "up", "north"}, {0, 1}},
        {{"-y", "y-", "down", "south"}, {0, -1}},
    };
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        for (size_t k = 0; k < 4; k++) {
            if (strcmp(ways[i].words[k], word) == 0) {
                return ways[i].way;
            }
        }
    }
    return (mu_point){0, 0};
}

/* The exit that is furthest that way: as many are numbered as there are ways, where there are none.
 */
static uint32_t exit_towards(const mu_experiment *e, mu_point way) {
    const uint32_t count = e->exit_count > 0 ? e->exit_count : e->way_count;
    uint32_t best = MU_NONE;
    double most = 0;
    for (uint32_t k = 0; k < count; k++) {
        const mu_line *line = &e->exits[k].line;
        const mu_point there =
            e->exit_count > 0 ? mu_plane_scale(mu_plane_add(line->a, line->b), 0.5) : e->ways[k];
        const double far = mu_plane_dot(there, way);
        if (best == MU_NONE || far > most) {
            best = k;
            most = far;
        }
    }
    return best;
}

/* Where a person goes: the name of an exit or of a direction, or +1 or -1 along the first one. */
static uint32_t read_exit(const reading *r, mu_json_item item) {
    const mu_experiment *e = r->into;
    const double sign = cJSON_IsNumber(item.json) ? item.json->valuedouble : 0;
    if ((sign == 1 || sign == -1) && e->way_count > 0) {
        return exit_towards(e, mu_plane_scale(e->ways[0], sign));
    }
    if (!cJSON_IsString(item.json)) {
        return MU_NONE;
    }
    for (uint32_t k = 0; k < e->exit_count; k++) {
        if (e->exits[k].name != NULL && strcmp(e->exits[k].name, item.json->valuestring) == 0) {
            return k;
        }
    }
    const mu_point way = way_of(item.json->valuestring);
    return way.x != 0 || way.y != 0 ? exit_towards(e, way) : MU_NONE;
}

static bool read_agent(const reading *r, mu_json_item row, const int place[COLUMNS], int width,
                       mu_experiment_agent *out) {
    if (!cJSON_IsArray(row.json) || cJSON_GetArraySize(row.json) != width) {
        mu_json_complain(r->reader, row, "experiment.row", NULL,
                         _("a person is a list of %d values, as \"agents_columns\" says"), width);
        return false;
    }
    double value[COLUMNS] = {0};
    bool whole = true;
    int at = 0;
    *out = (mu_experiment_agent){.exit = MU_NONE};
    for (mu_json_item item = mu_json_first(row); item.json != NULL;
         item = mu_json_next(r->reader, item), at++) {
        for (int c = COLUMN_TIME; c < COLUMN_EXIT; c++) {
            const double most = c == COLUMN_TIME ? TIME_MOST_S
                                : c < COLUMN_VX  ? COORDINATE_MOST
                                                 : 10;
            const bool unknown = c >= COLUMN_VX && cJSON_IsNull(item.json); /* stood, or not seen */
            if (place[c] == at && !unknown) {
                whole = read_number(r, item, -most, most, &value[c]) && whole;
            }
        }
        if (place[COLUMN_EXIT] == at) {
            out->exit = read_exit(r, item);
        }
    }
    out->enter_s = value[COLUMN_TIME];
    out->at = (mu_point){value[COLUMN_X], value[COLUMN_Y]};
    out->velocity = (mu_point){value[COLUMN_VX], value[COLUMN_VY]};
    out->where = mu_json_doc_place(r->reader->doc, r->reader->doc->values[row.node].at);
    return whole;
}

static void read_agents(const reading *r, mu_json_item root) {
    mu_experiment *e = r->into;
    int place[COLUMNS], width = 0;
    const mu_json_item list = required(r, root, "agents");
    const bool known = read_columns(r, root, place, &width);
    if (list.json == NULL || !known) {
        return;
    }
    if (!cJSON_IsArray(list.json) || list.json->child == NULL) {
        mu_json_complain_type(r->reader, list, _("a list of persons that is not empty"));
        return;
    }
    const uint32_t count = (uint32_t)cJSON_GetArraySize(list.json);
    const char *path = mu_json_doc_path(r->reader->doc, list.node, r->reader->arena);
    e->agents.items = mu_arena_array(r->reader->arena, count, sizeof *e->agents.items);
    mu_json_item row = mu_json_first(list);
    for (uint32_t i = 0; e->agents.items != NULL && i < count;
         i++, row = mu_json_next(r->reader, row)) {
        mu_experiment_agent *agent = &e->agents.items[e->agents.count];
        if (read_agent(r, row, place, width, agent)) {
            agent->where.path = mu_arena_print(r->reader->arena, "%s[%u]", path, i);
            if (agent->enter_s < e->start_s - 1e-9) {
                mu_json_complain(r->reader, row, "experiment.early", NULL,
                                 _("the person comes in at %.3f s, before the start at %.3f s"),
                                 agent->enter_s, e->start_s);
            }
            e->agents.count++;
        }
    }
}

static bool is_pair(const cJSON *json) {
    return cJSON_IsArray(json) && cJSON_GetArraySize(json) == 2 && cJSON_IsNumber(json->child) &&
           cJSON_IsNumber(json->child->next);
}

/* Numbers or pairs; a list of anything else is left empty, and is told as not understood. */
static void read_pairs(const reading *r, mu_json_item list, mu_figure *out) {
    const uint32_t count = (uint32_t)cJSON_GetArraySize(list.json);
    out->shape = MU_FIGURE_LIST;
    out->pairs.items = mu_arena_array(r->reader->arena, (size_t)count + 1, sizeof(mu_point));
    for (const cJSON *item = list.json->child; out->pairs.items != NULL && item != NULL;
         item = item->next) {
        if (!cJSON_IsNumber(item) && !is_pair(item)) {
            out->pairs.count = 0;
            out->meaning.quantity = MU_QUANTITY_UNKNOWN;
            return;
        }
        out->pairs.items[out->pairs.count++] =
            cJSON_IsNumber(item)
                ? (mu_point){item->valuedouble, NAN}
                : (mu_point){item->child->valuedouble, item->child->next->valuedouble};
    }
}

typedef struct names_around {
    const char *groups[8];
    uint32_t count;
    mu_figure_names names;
} names_around;

static bool is_judged(const mu_figure_meaning *m) {
    switch (m->quantity) {
    case MU_QUANTITY_FLOW_STEADY:
        return !m->specific;
    case MU_QUANTITY_METHOD_B:
    case MU_QUANTITY_METHOD_C:
    case MU_QUANTITY_IN_AREA:
        return m->reduction == MU_REDUCTION_MEAN && m->aspect != MU_ASPECT_COUNT;
    case MU_QUANTITY_UNKNOWN:
    case MU_QUANTITY_GIVEN:
    case MU_QUANTITY_CROSSED:
    case MU_QUANTITY_FIRST:
    case MU_QUANTITY_LAST:
    case MU_QUANTITY_DURATION:
    case MU_QUANTITY_AT_SHARE:
    case MU_QUANTITY_FLOW:
    case MU_QUANTITY_FLOW_WINDOW:
    case MU_QUANTITY_TRANSIT:
        break;
    }
    return false;
}

static void read_group(const reading *r, mu_json_item object, names_around *around, mu_figure *out);

static void read_figure(const reading *r, mu_json_item item, names_around *around, mu_figure *out) {
    out->name = mu_arena_copy(r->reader->arena, item.json->string);
    out->given = NAN;
    if (cJSON_IsObject(item.json)) {
        if (around->count == sizeof around->groups / sizeof around->groups[0]) {
            mu_json_complain(r->reader, item, "json.depth", NULL, _("figures nested too deep"));
            return;
        }
        around->groups[around->count++] = out->name;
        read_group(r, item, around, out);
        around->count--;
        return;
    }
    out->meaning =
        mu_figure_read_name(&around->names, around->groups, around->count, item.json->string);
    if (cJSON_IsArray(item.json)) {
        read_pairs(r, item, out);
    } else if (cJSON_IsNumber(item.json)) {
        out->given = item.json->valuedouble;
        out->judged = is_judged(&out->meaning);
    }
    if (out->meaning.quantity == MU_QUANTITY_UNKNOWN) {
        note(r, item, "experiment.figure",
             _("this figure's name is not understood, so it is not measured"));
    }
}

static void read_group(const reading *r, mu_json_item object, names_around *around,
                       mu_figure *out) {
    const uint32_t count = (uint32_t)cJSON_GetArraySize(object.json);
    bool by_share = false;
    out->shape = MU_FIGURE_GROUP;
    out->parts.items = mu_arena_array(r->reader->arena, (size_t)count + 1, sizeof(mu_figure));
    if (out->parts.items == NULL) {
        r->reader->doc->no_memory = true;
        return;
    }
    for (mu_json_item item = mu_json_first(object); item.json != NULL;
         item = mu_json_next(r->reader, item)) {
        mu_figure *part = &out->parts.items[out->parts.count++];
        read_figure(r, item, around, part);
        by_share = by_share || part->meaning.by_share;
    }
    for (uint32_t i = 0; i < out->parts.count; i++) { /* steady is steady throughout a group */
        out->parts.items[i].meaning.by_share |= by_share;
    }
}

static void read_measured(const reading *r, mu_json_item root) {
    mu_experiment *e = r->into;
    const mu_json_item item = required(r, root, "measured");
    const char *lines[MU_EXPERIMENT_LINES_MOST];
    for (uint32_t k = 0; k < e->line_count; k++) {
        lines[k] = e->lines[k].name;
    }
    names_around around = {.names = {lines, e->line_count, e->ways, e->way_count}};
    e->measured = (mu_figure){.given = NAN, .shape = MU_FIGURE_GROUP};
    if (item.json != NULL && !cJSON_IsObject(item.json)) {
        mu_json_complain_type(r->reader, item, _("an object { }"));
    } else if (item.json != NULL) {
        read_group(r, item, &around, &e->measured);
    }
}

static void read_form(mu_json_reader *reader, const void *root_item, void *out) {
    const reading *given = out;
    reading r = {reader, given->into, given->diags};
    mu_experiment *e = r.into;
    const mu_json_item root = *(const mu_json_item *)root_item;
    if (!cJSON_IsObject(root.json)) {
        mu_json_complain_type(reader, root, _("an object { }"));
        return;
    }
    e->id = text_of(&r, root, "id", true);
    e->reference = text_of(&r, root, "reference", false);
    e->description = text_of(&r, root, "description", false);
    (void)text_of(&r, root, "how_to_start", true);
    e->frame_rate = number_of(&r, root, "frame_rate", true, 0.1, 1000);
    e->start_s = number_of(&r, root, "t_start_s", true, -TIME_MOST_S, TIME_MOST_S);
    e->end_s = number_of(&r, root, "t_end_s", true, -TIME_MOST_S, TIME_MOST_S);
    const mu_json_item geometry = required(&r, root, "geometry");
    if (geometry.json != NULL && !cJSON_IsObject(geometry.json)) {
        mu_json_complain_type(reader, geometry, _("an object { }"));
    } else if (geometry.json != NULL) {
        read_geometry(&r, geometry);
    }
    read_agents(&r, root);
    const mu_json_item count = member(reader, root, "N");
    if (cJSON_IsNumber(count.json) && count.json->valuedouble != e->agents.count &&
        mu_json_doc_faults(reader->doc) == 0) {
        mu_json_complain(reader, count, "experiment.count", NULL,
                         _("N is %.15g, but there are %u persons"), count.json->valuedouble,
                         e->agents.count);
    }
    read_measured(&r, root);
}

mu_status mu_experiment_read(mu_loader *loader, const char *file, mu_diags *diags,
                             mu_experiment *out) {
    *out = (mu_experiment){0};
    reading given = {NULL, out, diags};
    const uint32_t files = mu_loader_file_count(loader);
    const mu_status status = mu_loader_read_form(loader, file, read_form, &given);
    if (mu_loader_file_count(loader) > files) {
        out->hash = mu_loader_file_hash(loader, files);
    }
    return status;
}
