/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads an experiment file. Its walkable polygon is one space. People make for the edge of the
 * model beyond the exit line, so that they walk on over that line as those in the laboratory did.
 */
#include "verify/experiment.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "verify/experiment_parts.h"

enum { BYTES_MOST = 64 * 1024 * 1024 };

static void fault(mu_diags *diags, const char *file, const char *path, const char *text) {
    const mu_where where = {.file = file, .path = path};
    mu_diags_add(diags, MU_ERROR, "experiment.file", &where, NULL, "%s", text);
}

/* The whole of a file, ending with a 0; NULL if it cannot be read. */
static char *text_of(const char *file) {
    FILE *stream = fopen(file, "rb");
    char *text = NULL;
    if (stream != NULL && fseek(stream, 0, SEEK_END) == 0) {
        const long size = ftell(stream);
        text = size >= 0 && size < BYTES_MOST ? calloc((size_t)size + 1, 1) : NULL;
        if (text != NULL && (fseek(stream, 0, SEEK_SET) != 0 ||
                             fread(text, 1, (size_t)size, stream) != (size_t)size)) {
            free(text);
            text = NULL;
        }
    }
    if (stream != NULL) {
        (void)fclose(stream);
    }
    return text;
}

static double number(const cJSON *in, const char *key, double otherwise) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(in, key);
    return cJSON_IsNumber(item) ? item->valuedouble : otherwise;
}

static double element(const cJSON *list, int k) {
    const cJSON *item = cJSON_GetArrayItem(list, k);
    return cJSON_IsNumber(item) ? item->valuedouble : NAN;
}

static bool read_points(mu_experiment *e, const cJSON *list, int least, mu_ring *out) {
    const int count = cJSON_GetArraySize(list);
    *out = (mu_ring){NULL, 0};
    if (!cJSON_IsArray(list) || count < least) {
        return false;
    }
    out->items = mu_arena_array(e->arena, (size_t)count, sizeof *out->items);
    for (int k = 0; out->items != NULL && k < count; k++) {
        const cJSON *pair = cJSON_GetArrayItem(list, k);
        const mu_point p = {element(pair, 0), element(pair, 1)};
        if (!isfinite(p.x) || !isfinite(p.y)) {
            return false;
        }
        out->items[out->count++] = p;
    }
    return out->items != NULL;
}

static bool add_line(mu_experiment *e, const char *name, const cJSON *points, double width_m) {
    mu_ring ends;
    if (!read_points(e, points, 2, &ends) || e->line_count == MU_EXPERIMENT_LINES_MOST) {
        return false;
    }
    const mu_point a = ends.items[0], b = ends.items[1];
    const double length = sqrt((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y));
    e->lines[e->line_count++] = (mu_experiment_line){name, a, b, width_m > 0 ? width_m : length};
    return true;
}

/* "exit_flow_y-4" is measured where y = -4, over the width of the exit. */
static void add_level_lines(mu_experiment *e, const cJSON *geometry, const cJSON *measured) {
    for (const cJSON *item = measured->child; item != NULL; item = item->next) {
        if (item->string != NULL && strncmp(item->string, "exit_flow_y", 11) == 0 &&
            e->line_count < MU_EXPERIMENT_LINES_MOST) {
            const double y = strtod(item->string + 11, NULL);
            double low = INFINITY, high = -INFINITY;
            for (uint32_t k = 0; k < e->border.count; k++) {
                low = fmin(low, e->border.items[k].x);
                high = fmax(high, e->border.items[k].x);
            }
            e->lines[e->line_count++] = (mu_experiment_line){
                item->string, {low, y}, {high, y}, number(geometry, "exit_width_m", high - low)};
        }
    }
}

static bool read_lines(mu_experiment *e, const cJSON *geometry, const cJSON *measured) {
    const double width = number(geometry, "bottleneck_width_m", 0);
    const cJSON *line = cJSON_GetObjectItemCaseSensitive(geometry, "measurement_line");
    const cJSON *lines = cJSON_GetObjectItemCaseSensitive(geometry, "measurement_lines");
    if (line != NULL && !add_line(e, "", line, width)) {
        return false;
    }
    for (const cJSON *item = lines != NULL ? lines->child : NULL; item != NULL; item = item->next) {
        if (!add_line(e, item->string, item, 0)) {
            return false;
        }
    }
    add_level_lines(e, geometry, measured);
    return e->line_count > 0;
}

static bool read_agents(mu_experiment *e) {
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(e->file, "agents");
    const double starts_s = number(e->file, "t_start_s", 0);
    const int count = cJSON_GetArraySize(list);
    e->agents = mu_arena_array(e->arena, (size_t)count + 1, sizeof *e->agents);
    const cJSON *row = cJSON_IsArray(list) ? list->child : NULL;
    for (; e->agents != NULL && row != NULL; row = row->next) {
        e->agents[e->agent_count++] =
            (mu_experiment_agent){.enters_s = element(row, 1) - starts_s,
                                  .at = {element(row, 2), element(row, 3)},
                                  .velocity = {element(row, 4), element(row, 5)}};
    }
    return e->agent_count > 0;
}

static bool read_area(mu_experiment *e, const cJSON *geometry, mu_diags *diags) {
    mu_ring walkable, obstacles[64];
    uint32_t count = 0;
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(geometry, "obstacles");
    if (!read_points(e, cJSON_GetObjectItemCaseSensitive(geometry, "walkable"), 3, &walkable)) {
        return false;
    }
    for (const cJSON *item = list != NULL ? list->child : NULL; item != NULL && count < 64;
         item = item->next) {
        if (!read_points(e, item, 3, &obstacles[count++])) {
            return false;
        }
    }
    return mu_experiment_cut(e, &walkable, obstacles, count, diags);
}

/* The longest edge of the border that lies beyond the exit line, as seen from the agents. */
static bool find_exit(mu_experiment *e, const cJSON *geometry) {
    mu_ring line;
    if (!read_points(e, cJSON_GetObjectItemCaseSensitive(geometry, "exit_line"), 2, &line)) {
        return false;
    }
    const mu_point a = line.items[0], b = line.items[1];
    const mu_point along = {b.x - a.x, b.y - a.y};
    double side = 0, longest = 0;
    for (uint32_t k = 0; k < e->agent_count; k++) {
        side += along.x * (e->agents[k].at.y - a.y) - along.y * (e->agents[k].at.x - a.x);
    }
    for (uint32_t k = 0; k < e->border.count; k++) {
        const mu_point p = e->border.items[k], q = e->border.items[(k + 1) % e->border.count];
        const double at_p = along.x * (p.y - a.y) - along.y * (p.x - a.x);
        const double at_q = along.x * (q.y - a.y) - along.y * (q.x - a.x);
        const double length = fabs((q.x - p.x) * along.x + (q.y - p.y) * along.y);
        if (at_p * side < 0 && at_q * side < 0 && length > longest) {
            longest = length;
            e->exit[0] = p;
            e->exit[1] = q;
        }
    }
    return longest > 0;
}

static const char *word(const mu_experiment *e, const char *key) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(e->file, key);
    return cJSON_IsString(item) ? item->valuestring : "";
}

static const char *read_file(mu_experiment *e, mu_diags *diags) {
    const cJSON *geometry = cJSON_GetObjectItemCaseSensitive(e->file, "geometry");
    const cJSON *measured = cJSON_GetObjectItemCaseSensitive(e->file, "measured");
    e->id = word(e, "id");
    e->reference = word(e, "reference");
    e->ends_s = number(e->file, "t_end_s", 0) - number(e->file, "t_start_s", 0);
    if (!cJSON_IsObject(geometry) || !cJSON_IsObject(measured)) {
        return _("has no `geometry` or no `measured`");
    }
    if (!read_agents(e)) {
        return _("has no `agents`");
    }
    if (!read_area(e, geometry, diags)) {
        return _("has no `walkable` polygon that can be used");
    }
    if (!read_lines(e, geometry, measured) || !find_exit(e, geometry)) {
        return _("has no `measurement_line`, or no `exit_line` with an edge beyond it");
    }
    (void)read_points(e, cJSON_GetObjectItemCaseSensitive(geometry, "measurement_area"), 3,
                      &e->area);
    const cJSON *window = cJSON_GetObjectItemCaseSensitive(measured, "steady_state_window_s");
    if (cJSON_GetArraySize(window) == 2) {
        e->window_s[0] = element(window, 0);
        e->window_s[1] = element(window, 1);
    }
    return NULL;
}

mu_experiment *mu_experiment_read(const char *file, mu_diags *diags) {
    mu_experiment *e = calloc(1, sizeof *e);
    char *text = text_of(file);
    const char *why = NULL;
    if (e != NULL && text != NULL) {
        e->arena = mu_arena_create();
        e->file = cJSON_ParseWithOpts(text, NULL, 1);
        why = e->arena == NULL || e->file == NULL ? _("is no JSON") : read_file(e, diags);
    } else {
        why = _("cannot be read");
    }
    free(text);
    if (why != NULL) {
        fault(diags, file, "$", why);
        mu_experiment_destroy(e);
        return NULL;
    }
    return e;
}

void mu_experiment_destroy(mu_experiment *e) {
    if (e != NULL) {
        cJSON_Delete(e->file);
        mu_arena_destroy(e->arena);
        free(e);
    }
}

const char *mu_experiment_id(const mu_experiment *e) {
    return e->id;
}

const char *mu_experiment_reference(const mu_experiment *e) {
    return e->reference;
}
