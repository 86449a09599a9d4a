/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each line is a small flat object; cJSON reads it. Everybody's records are brought together by
 * sorting, so that two logs are compared in one pass over both. */
#include "log_diff.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cjson/cJSON.h>

#include "core/field.h"
#include "core/file_in.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/log.h"
#include "drill/log_jsonl.h"

/* The log of a folder of results; the caller frees. NULL without memory. */
static char *log_in(const char *path) {
    struct stat status;
    const bool is_folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    char *name = malloc(strlen(path) + sizeof "/log.jsonl");
    if (name != NULL) {
        (void)sprintf(name, "%s%s", path, is_folder ? "/log.jsonl" : "");
    }
    return name;
}

static mu_status refuse(const char *path, uint32_t line, const char *text, mu_diags *diags) {
    const mu_where where = {.file = path, .line = line};
    mu_diags_add(diags, MU_ERROR, "log.read", &where, NULL, "%s", text);
    return MU_ERR_INPUT;
}

/* A copy in `room`, so that the tree can go; "" where there is none. */
static const char *text_of(const cJSON *line, const char *key, char **room) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(line, key);
    if (!cJSON_IsString(item)) {
        return "";
    }
    char *text = *room;
    const size_t size = strlen(item->valuestring) + 1;
    memcpy(text, item->valuestring, size);
    *room += size;
    return text;
}

static uint32_t number_of(const cJSON *line, const char *key) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(line, key);
    const bool fits = cJSON_IsNumber(item) && item->valuedouble >= 0 &&
                      item->valuedouble < (double)MU_LOG_LINE_NONE;
    return fits ? (uint32_t)item->valuedouble : MU_LOG_LINE_NONE;
}

/* The line without "id" and "cause", into `room`. */
static const char *bare(const char *line, char **room) {
    char *out = *room, *to = out;
    for (const char *at = line; *at != 0;) {
        size_t part = strcspn(at, ",");
        part += at[part] == ',';
        if (strncmp(at, "\"id\":", 5) != 0 && strncmp(at, "\"cause\":", 8) != 0) {
            memcpy(to, at, part);
            to += part;
        }
        at += part;
    }
    *to = 0;
    *room = to + 1;
    return out;
}

/* A log's own lines begin with "{"; behind that come its parts. What is cut out of a line is at
 * most twice as long. */
static bool read_line(const char *line, uint32_t at, char **room, mu_log_line *out) {
    cJSON *json = cJSON_Parse(line);
    const cJSON *time = cJSON_GetObjectItemCaseSensitive(json, "t_us");
    const bool good = cJSON_IsObject(json) && cJSON_IsNumber(time) && time->valuedouble >= 0 &&
                      time->valuedouble <= MU_FIELD_INT_MOST;
    if (good) {
        *out = (mu_log_line){.line = line, .time_us = (mu_time)time->valuedouble, .at = at};
        out->cause = number_of(json, "cause");
        out->kind = text_of(json, "kind", room);
        static const char *const keys[] = {"subject", "object", "place"};
        out->who = "";
        for (int k = 0; k < 3 && out->who[0] == 0; k++) {
            out->who = text_of(json, keys[k], room);
        }
        out->what = bare(line + 1, room);
    }
    cJSON_Delete(json);
    return good;
}

static uint32_t count_lines(const char *text) {
    uint32_t count = 0;
    for (const char *at = strchr(text, '\n'); at != NULL; at = strchr(at + 1, '\n')) {
        count++;
    }
    return count;
}

static bool is_head(const char *line) {
    cJSON *json = cJSON_Parse(line);
    const cJSON *format = cJSON_GetObjectItemCaseSensitive(json, "format");
    const bool is = cJSON_IsString(format) && strcmp(format->valuestring, MU_LOG_FORMAT) == 0;
    cJSON_Delete(json);
    return is;
}

/* The text has twice its length to spare: behind it lies what is cut out of its lines. */
static mu_status cut(const char *path, char *text, size_t length, mu_log_lines *out,
                     mu_diags *diags) {
    char *room = text + length + 1;
    const uint32_t lines = count_lines(text);
    for (uint32_t n = 0; n < lines; n++) {
        char *end = strchr(text, '\n');
        *end = 0;
        if (n == 0 && !is_head(text)) {
            return refuse(path, 1, _("this is not a log of Muster"), diags);
        }
        if (n == 0) {
            out->head = text;
        } else if (n + 1 == lines && strncmp(text, "{\"end_us\":", 10) == 0) {
            out->end = text;
        } else if (read_line(text, n - 1, &room, &out->items[out->count])) {
            out->count++;
        } else {
            return refuse(path, n + 1, _("this is no record of a log"), diags);
        }
        text = end + 1;
    }
    return out->end != NULL ? MU_OK : refuse(path, lines, _("the log is cut short"), diags);
}

static mu_status read_named(const char *path, mu_log_lines *out, mu_diags *diags) {
    size_t length;
    const mu_where where = {.file = path};
    if (!mu_limit_holds(MU_LIMIT_LOG_BYTES, mu_file_in_bytes(path), diags, &where)) {
        return MU_ERR_INPUT;
    }
    out->text = mu_file_in_read(path, MU_LOG_BYTES_MOST, &length);
    if (out->text == NULL) {
        return errno == ENOMEM ? MU_ERR_MEMORY : refuse(path, 0, strerror(errno), diags);
    }
    char *text = realloc(out->text, 3 * length + 2);
    out->items = calloc((size_t)count_lines(out->text) + 1, sizeof *out->items);
    out->text = text != NULL ? text : out->text;
    if (text == NULL || out->items == NULL) {
        return MU_ERR_MEMORY;
    }
    return cut(path, out->text, length, out, diags);
}

mu_status mu_log_lines_read(const char *path, mu_log_lines *out, mu_diags *diags) {
    *out = (mu_log_lines){.text = NULL};
    char *name = log_in(path);
    const mu_status status = name != NULL ? read_named(name, out, diags) : MU_ERR_MEMORY;
    free(name);
    if (status != MU_OK) {
        mu_log_lines_free(out);
    }
    return status;
}

void mu_log_lines_free(mu_log_lines *log) {
    free(log->text);
    free(log->items);
    *log = (mu_log_lines){.text = NULL};
}

static int by_who(const void *a, const void *b) {
    const mu_log_line *x = *(const mu_log_line *const *)a, *y = *(const mu_log_line *const *)b;
    const int order = strcmp(x->who, y->who);
    return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

static int by_kind(const void *a, const void *b) {
    const mu_log_line *x = *(const mu_log_line *const *)a, *y = *(const mu_log_line *const *)b;
    const int order = strcmp(x->kind, y->kind);
    return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

static int by_time(const void *a, const void *b) {
    const mu_log_parting *x = a, *y = b;
    const mu_time at = mu_log_parting_time(x), other = mu_log_parting_time(y);
    return at != other ? (at > other) - (at < other) : strcmp(x->who, y->who);
}

mu_time mu_log_parting_time(const mu_log_parting *parting) {
    const mu_time a = parting->a != NULL ? parting->a->time_us : MU_NEVER;
    const mu_time b = parting->b != NULL ? parting->b->time_us : MU_NEVER;
    return a < b ? a : b;
}

/* Records in an order of their own, NULL at the end. */
static const mu_log_line **sorted(const mu_log_lines *log,
                                  int (*order)(const void *, const void *)) {
    const mu_log_line **lines = calloc((size_t)log->count + 1, sizeof *lines);
    for (uint32_t i = 0; lines != NULL && i < log->count; i++) {
        lines[i] = &log->items[i];
    }
    if (lines != NULL) {
        qsort(lines, log->count, sizeof *lines, order);
    }
    return lines;
}

/* Which of the next two names comes first: < 0 a's, > 0 b's, 0 both. */
static int next_of(const char *a, const char *b) {
    return a == NULL ? 1 : b == NULL ? -1 : strcmp(a, b);
}

static void add_parting(const mu_log_line ***a, const mu_log_line ***b, mu_log_diff *out) {
    const char *who_a = **a != NULL ? (**a)->who : NULL, *who_b = **b != NULL ? (**b)->who : NULL;
    const char *who = next_of(who_a, who_b) <= 0 ? who_a : who_b;
    mu_log_parting found = {.who = who};
    bool part = false;
    while (true) {
        const bool has_a = **a != NULL && strcmp((**a)->who, who) == 0;
        const bool has_b = **b != NULL && strcmp((**b)->who, who) == 0;
        if (!has_a && !has_b) {
            break;
        }
        if (!part && !(has_a && has_b && strcmp((**a)->what, (**b)->what) == 0)) {
            part = true;
            found.a = has_a ? **a : NULL;
            found.b = has_b ? **b : NULL;
        }
        *a += has_a;
        *b += has_b;
    }
    if (part) {
        out->partings[out->parting_count++] = found;
    }
}

static mu_status find_partings(const mu_log_lines *a, const mu_log_lines *b, mu_log_diff *out) {
    const mu_log_line **of_a = sorted(a, by_who), **of_b = sorted(b, by_who);
    out->partings = calloc((size_t)a->count + b->count + 1, sizeof *out->partings);
    const bool good = of_a != NULL && of_b != NULL && out->partings != NULL;
    if (good) {
        for (const mu_log_line **x = of_a, **y = of_b; *x != NULL || *y != NULL;) {
            add_parting(&x, &y, out);
        }
        qsort(out->partings, out->parting_count, sizeof *out->partings, by_time);
    }
    free(of_a);
    free(of_b);
    return good ? MU_OK : MU_ERR_MEMORY;
}

static uint32_t take_kind(const mu_log_line ***lines, const char *kind) {
    uint32_t count = 0;
    for (; **lines != NULL && strcmp((**lines)->kind, kind) == 0; ++*lines) {
        count++;
    }
    return count;
}

static mu_status count_kinds(const mu_log_lines *a, const mu_log_lines *b, mu_log_diff *out) {
    const mu_log_line **of_a = sorted(a, by_kind), **of_b = sorted(b, by_kind);
    out->kinds = calloc((size_t)a->count + b->count + 1, sizeof *out->kinds);
    const bool good = of_a != NULL && of_b != NULL && out->kinds != NULL;
    for (const mu_log_line **x = of_a, **y = of_b; good && (*x != NULL || *y != NULL);) {
        const char *kind_a = *x != NULL ? (*x)->kind : NULL,
                   *kind_b = *y != NULL ? (*y)->kind : NULL;
        mu_log_kind_count one = {.kind = next_of(kind_a, kind_b) <= 0 ? kind_a : kind_b};
        one.a = take_kind(&x, one.kind);
        one.b = take_kind(&y, one.kind);
        if (one.a != one.b) {
            out->kinds[out->kind_count++] = one;
        }
    }
    free(of_a);
    free(of_b);
    return good ? MU_OK : MU_ERR_MEMORY;
}

mu_status mu_log_diff_make(const mu_log_lines *a, const mu_log_lines *b, mu_log_diff *out) {
    *out = (mu_log_diff){.same = false};
    const uint32_t both = a->count < b->count ? a->count : b->count;
    while (out->first < both && strcmp(a->items[out->first].line, b->items[out->first].line) == 0) {
        out->first++;
    }
    out->same = out->first == a->count && out->first == b->count && strcmp(a->end, b->end) == 0;
    mu_status status = find_partings(a, b, out);
    if (status == MU_OK) {
        status = count_kinds(a, b, out);
    }
    if (status != MU_OK) {
        mu_log_diff_free(out);
    }
    return status;
}

void mu_log_diff_free(mu_log_diff *diff) {
    free(diff->partings);
    free(diff->kinds);
    *diff = (mu_log_diff){.same = false};
}
