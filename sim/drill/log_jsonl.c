/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing log.jsonl. */
#include "drill/log_jsonl.h"

#include "core/file_out.h"
#include "core/json_out.h"
#include "drill/log_names.h"
#include "drill/metrics_json.h"

static void put_head(mu_json_out *out, const mu_plan *plan, const mu_log_origin *origin,
                     const char *program) {
    char text[64];
    (void)snprintf(text, sizeof text, "muster %s", program);
    mu_json_open(out, NULL, '{');
    mu_json_put_string(out, "format", MU_LOG_FORMAT);
    mu_json_put_int(out, "version", MU_LOG_VERSION);
    mu_json_put_string(out, "program", text);
    mu_json_put_count(out, "seed", origin->seed);
    mu_json_put_count(out, "replication", origin->replication);
    mu_json_put_string(out, "incident", plan->incident.id);
    mu_json_open(out, "inputs", '[');
    for (uint32_t i = 0; i < plan->files.count; i++) {
        mu_json_open(out, NULL, '{');
        mu_json_put_string(out, "name", plan->files.items[i].name);
        mu_json_put_hash(out, "hash", plan->files.items[i].hash);
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
    mu_json_open(out, "states", '['); /* what the value of a "state" record means */
    for (int state = 0; state < MU_OCCUPANT_STATE_COUNT; state++) {
        mu_json_put_string(out, NULL, mu_metrics_state_word((mu_occupant_state)state));
    }
    mu_json_close(out, ']');
    mu_json_close(out, '}');
}

static void put_record(mu_json_out *out, const mu_plan *plan, uint32_t id,
                       const mu_record *record) {
    mu_json_open(out, NULL, '{');
    mu_log_put_head(out, id, record);
    mu_log_put_handle(out, "subject", plan, record->subject);
    mu_log_put_handle(out, "object", plan, record->object);
    mu_log_put_handle(out, "place", plan, record->place);
    if (record->step != 0) {
        mu_json_put_string(out, "step", mu_plan_id(plan, record->step));
    }
    mu_log_put_handle(out, "holder", plan, record->holder);
    if (record->value != 0) {
        mu_json_put_count(out, "value", record->value);
    }
    mu_json_close(out, '}');
}

void mu_log_print(const mu_plan *plan, const mu_log *log, const mu_log_origin *origin,
                  const mu_run_end *end, const char *program, FILE *stream) {
    mu_json_out out = {.stream = stream, .compact = true};
    put_head(&out, plan, origin, program);
    const uint32_t count = mu_log_count(log);
    for (uint32_t id = 0; id < count; id++) {
        put_record(&out, plan, id, mu_log_get(log, id));
    }
    mu_json_open(&out, NULL, '{');
    mu_json_put_int(&out, "end_us", end->end_us);
    mu_json_put_bool(&out, "quiet", end->quiet);
    mu_json_put_hash(&out, "state_hash", end->state_hash);
    mu_json_put_count(&out, "events", end->events);
    mu_json_close(&out, '}');
}

mu_status mu_log_write(const mu_plan *plan, const mu_log *log, const mu_log_origin *origin,
                       const mu_run_end *end, const char *program, const char *path,
                       mu_diags *diags) {
    mu_file_out file;
    const mu_status status = mu_file_out_open(path, &file, diags);
    if (status != MU_OK) {
        return status;
    }
    mu_log_print(plan, log, origin, end, program, file.stream);
    return mu_file_out_commit(&file, diags);
}
