/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading log.jsonl line by line. Each line is a small flat object; cJSON reads it, and what cJSON
 * lets pass (unknown and repeated keys, text behind the object, numbers that are no whole numbers)
 * is refused here. */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "core/field.h"
#include "core/file_in.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "drill/log_jsonl.h"
#include "drill/log_names.h"

typedef struct log_reader {
    const mu_plan *plan;
    mu_log_names *names;
    mu_log *log;
    mu_log_origin *origin;
    mu_run_end *end;
    mu_diags *diags;
    mu_where where;
    mu_time last_us;
    bool has_end;
} log_reader;

/* Notes a fault in the line; false. */
static bool refuse(const log_reader *r, const char *code, const char *format, ...) MU_PRINTF(3, 4);
static bool refuse(const log_reader *r, const char *code, const char *format, ...) {
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    /* clang-tidy 14 does not see va_start. NOLINTNEXTLINE(clang-analyzer-valist.*) */
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    mu_diags_add(r->diags, MU_ERROR, code, &r->where, NULL, "%s", text);
    return false;
}

/* Are all keys of the object among these (NULL-terminated), each once? */
static bool check_keys(const log_reader *r, const cJSON *line, const char *const *known) {
    uint32_t seen = 0;
    for (const cJSON *item = line->child; item != NULL; item = item->next) {
        uint32_t k = 0;
        while (known[k] != NULL && strcmp(known[k], item->string) != 0) {
            k++;
        }
        if (known[k] == NULL) {
            return refuse(r, "log.unknown-key", _("'%s' is no part of a log line"), item->string);
        }
        if ((seen >> k & 1U) != 0) {
            return refuse(r, "log.duplicate-key", _("'%s' stands here twice"), item->string);
        }
        seen |= 1U << k;
    }
    return true;
}

/* A whole number within 0..most. */
static bool take_number(const log_reader *r, const cJSON *line, const char *key, double most,
                        uint64_t *out) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(line, key);
    if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0 && item->valuedouble <= most) ||
        item->valuedouble != (double)(uint64_t)item->valuedouble) {
        return refuse(r, "log.bad-number", _("'%s' must be a whole number from 0 to %.0f"), key,
                      most);
    }
    *out = (uint64_t)item->valuedouble;
    return true;
}

/* The same, with a value for where it is left out. */
static bool take_optional(const log_reader *r, const cJSON *line, const char *key, uint32_t absent,
                          uint32_t *out) {
    uint64_t value = absent;
    if (cJSON_GetObjectItemCaseSensitive(line, key) != NULL &&
        !take_number(r, line, key, UINT32_MAX, &value)) {
        return false;
    }
    *out = (uint32_t)value;
    return true;
}

static bool take_handle(const log_reader *r, const cJSON *line, const char *key, mu_handle *out) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(line, key);
    if (item == NULL) {
        return true;
    }
    if (!cJSON_IsString(item)) {
        return refuse(r, "log.bad-name", _("'%s' must be a name"), key);
    }
    *out = strcmp(key, "step") == 0 ? mu_log_names_step(r->names, item->valuestring)
                                    : mu_log_names_find(r->names, item->valuestring);
    return *out != 0 ||
           refuse(r, "log.unknown-name", _("the plan has nothing called '%s'"), item->valuestring);
}

static bool take_kind(const log_reader *r, const cJSON *line, mu_record *record) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(line, "kind");
    if (!cJSON_IsString(item)) {
        return refuse(r, "log.bad-kind", _("'kind' must be a word"));
    }
    const mu_record_kind kind =
        mu_record_find(item->valuestring, (uint32_t)strlen(item->valuestring));
    record->kind = (uint16_t)kind;
    return kind != MU_RECORD_KIND_COUNT ||
           refuse(r, "log.bad-kind", _("there is no kind of record '%s'"), item->valuestring);
}

static bool read_record(log_reader *r, const cJSON *line) {
    static const char *const keys[] = {"id",    "t_us", "kind",   "cause", "subject", "object",
                                       "place", "step", "holder", "value", NULL};
    mu_record record = {0};
    uint64_t id = 0, time_us = 0;
    if (!check_keys(r, line, keys) || !take_number(r, line, "id", UINT32_MAX - 1, &id) ||
        !take_number(r, line, "t_us", MU_FIELD_INT_MOST, &time_us) ||
        !take_kind(r, line, &record) ||
        !take_optional(r, line, "cause", MU_NO_RECORD, &record.cause) ||
        !take_optional(r, line, "value", 0, &record.value) ||
        !take_handle(r, line, "subject", &record.subject) ||
        !take_handle(r, line, "object", &record.object) ||
        !take_handle(r, line, "place", &record.place) ||
        !take_handle(r, line, "step", &record.step) ||
        !take_handle(r, line, "holder", &record.holder)) {
        return false;
    }
    record.time_us = (mu_time)time_us;
    if (id != mu_log_count(r->log)) {
        return refuse(r, "log.bad-order", _("record %u should stand here"), mu_log_count(r->log));
    }
    if (record.cause != MU_NO_RECORD && record.cause >= id) {
        return refuse(r, "log.bad-cause", _("a record's cause must come before it"));
    }
    if (record.time_us < r->last_us) {
        return refuse(r, "log.bad-order", _("time runs back here"));
    }
    r->last_us = record.time_us;
    return mu_log_append(r->log, &record) != MU_NO_RECORD ||
           refuse(r, "memory", _("there is not enough memory"));
}

static uint64_t hash_of(const cJSON *item) {
    return cJSON_IsString(item) ? strtoull(item->valuestring, NULL, 16) : 0;
}

static bool has_same_inputs(const log_reader *r, const cJSON *inputs) {
    if (!cJSON_IsArray(inputs) || (uint32_t)cJSON_GetArraySize(inputs) != r->plan->files.count) {
        return false;
    }
    uint32_t i = 0;
    for (const cJSON *item = inputs->child; item != NULL; item = item->next) {
        const cJSON *hash = cJSON_GetObjectItemCaseSensitive(item, "hash");
        if (hash_of(hash) != r->plan->files.items[i++].hash) {
            return false;
        }
    }
    return true;
}

static bool read_head(log_reader *r, const cJSON *line) {
    static const char *const keys[] = {"format",   "version", "program", "seed", "replication",
                                       "incident", "inputs",  "states",  NULL};
    const cJSON *format = cJSON_GetObjectItemCaseSensitive(line, "format");
    if (!cJSON_IsString(format) || strcmp(format->valuestring, MU_LOG_FORMAT) != 0) {
        return refuse(r, "log.bad-format", _("this is not a log of Muster"));
    }
    uint64_t version = 0, seed = 0, replication = 0;
    if (!check_keys(r, line, keys) || !take_number(r, line, "version", 1e6, &version) ||
        !take_number(r, line, "seed", MU_FIELD_INT_MOST, &seed) ||
        !take_number(r, line, "replication", UINT32_MAX, &replication)) {
        return false;
    }
    if (version != MU_LOG_VERSION) {
        return refuse(r, "log.bad-version", _("version %d is the newest that can be read"),
                      (int)MU_LOG_VERSION);
    }
    *r->origin = (mu_log_origin){.seed = seed, .replication = (uint32_t)replication};
    if (!has_same_inputs(r, cJSON_GetObjectItemCaseSensitive(line, "inputs"))) {
        mu_diags_add(r->diags, MU_WARNING, "log.other-inputs", &r->where,
                     _("check that it belongs to this incident"),
                     _("the log was written from other input files than these"));
    }
    return true;
}

static bool read_end(log_reader *r, const cJSON *line) {
    static const char *const keys[] = {"end_us", "quiet", "state_hash", "events", NULL};
    const cJSON *quiet = cJSON_GetObjectItemCaseSensitive(line, "quiet");
    uint64_t end_us = 0, events = 0;
    if (!check_keys(r, line, keys) || !take_number(r, line, "end_us", MU_FIELD_INT_MOST, &end_us) ||
        (cJSON_GetObjectItemCaseSensitive(line, "events") != NULL &&
         !take_number(r, line, "events", MU_FIELD_INT_MOST, &events))) {
        return false;
    }
    if (!cJSON_IsBool(quiet)) {
        return refuse(r, "log.bad-end", _("'quiet' must be true or false"));
    }
    if ((mu_time)end_us < r->last_us) {
        return refuse(r, "log.bad-order", _("time runs back here"));
    }
    *r->end = (mu_run_end){
        .end_us = (mu_time)end_us,
        .quiet = cJSON_IsTrue(quiet) != 0,
        .state_hash = hash_of(cJSON_GetObjectItemCaseSensitive(line, "state_hash")),
        .events = events,
    };
    r->has_end = true;
    return true;
}

static bool read_object(log_reader *r, const cJSON *line) {
    if (r->has_end) {
        return refuse(r, "log.after-end", _("nothing may stand behind the log's last line"));
    }
    if (r->where.line == 1) {
        return read_head(r, line);
    }
    return cJSON_GetObjectItemCaseSensitive(line, "end_us") != NULL ? read_end(r, line)
                                                                    : read_record(r, line);
}

static bool read_line(log_reader *r, const char *text, size_t length) {
    const char *behind = NULL;
    cJSON *line = cJSON_ParseWithLengthOpts(text, length, &behind, 0);
    bool fine = cJSON_IsObject(line);
    for (; fine && behind < text + length; behind++) {
        fine = *behind == ' ' || *behind == '\n' || *behind == '\r' || *behind == '\t';
    }
    fine = fine ? read_object(r, line)
                : refuse(r, "log.syntax", _("each line of a log must be one JSON object"));
    cJSON_Delete(line);
    return fine;
}

/* The next line with its end, as far as one may be long and one byte more; 0: there is none. */
static size_t next_line(FILE *file, char *text) {
    size_t length = 0;
    for (int c = 0; length <= MU_LOG_LINE_MOST && c != '\n' && (c = getc_unlocked(file)) != EOF;) {
        text[length++] = (char)c;
    }
    text[length] = 0;
    return length;
}

static bool read_lines(log_reader *r, FILE *file) {
    char *text = malloc(MU_LOG_LINE_MOST + 2);
    bool fine = true;
    size_t length;
    if (text == NULL) {
        return refuse(r, "memory", _("there is not enough memory"));
    }
    while (fine && (length = next_line(file, text)) > 0) {
        r->where.line++;
        fine = mu_limit_holds(MU_LIMIT_LOG_LINE, length, r->diags, &r->where) &&
               mu_limit_holds(MU_LIMIT_LOG_RECORDS, mu_log_count(r->log), r->diags, &r->where) &&
               read_line(r, text, length);
    }
    free(text);
    if (fine && ferror(file) != 0) {
        return refuse(r, "file.read", _("the file cannot be read: %s"), strerror(errno));
    }
    return fine && (r->has_end ||
                    refuse(r, "log.cut-off", _("the log is cut off: its last line is missing")));
}

mu_status mu_log_read(const mu_plan *plan, const char *path, mu_log **log, mu_log_origin *origin,
                      mu_run_end *end, mu_diags *diags) {
    mu_log_origin read_origin = {0};
    mu_run_end read_to = {0};
    log_reader r = {.plan = plan,
                    .origin = &read_origin,
                    .end = &read_to,
                    .diags = diags,
                    .where = {.file = path}};
    FILE *file = mu_file_in_open(path);
    if (file == NULL) {
        (void)refuse(&r, "file.read", _("the file cannot be read: %s"), strerror(errno));
        return MU_ERR_IO;
    }
    r.names = mu_log_names_create(plan);
    r.log = mu_log_create();
    mu_status status = MU_ERR_MEMORY;
    if (r.names != NULL && r.log != NULL) {
        status = read_lines(&r, file) ? MU_OK : MU_ERR_INPUT;
    }
    (void)fclose(file);
    mu_log_names_destroy(r.names);
    if (status != MU_OK) {
        mu_log_destroy(r.log);
        return status;
    }
    *log = r.log;
    *origin = read_origin;
    *end = read_to;
    return MU_OK;
}
