/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People, messages and runs; the clauses are in metrics_clauses.c. */
#include "drill/metrics_json.h"

#include <math.h>

#include "core/file_out.h"

/* NULL in place of an empty string. */
static const char *given(const char *text) {
    return text != NULL && text[0] != 0 ? text : NULL;
}

static void put_time(mu_json_out *out, const char *key, mu_time time_us) {
    mu_json_put_real(out, key, time_us == MU_NEVER ? (double)NAN : mu_time_to_s(time_us));
}

static void put_program(mu_json_out *out, const char *program) {
    char text[64];
    (void)snprintf(text, sizeof text, "muster %s", program);
    mu_json_put_string(out, "program", text);
}

static void put_inputs(mu_json_out *out, const mu_plan *plan) {
    mu_json_open(out, "incident", '{');
    mu_json_put_string(out, "id", plan->incident.id);
    mu_json_put_text(out, "name", &plan->incident.name);
    mu_json_put_string(out, "kind", mu_incident_kind_words[plan->incident.kind]);
    mu_json_put_string(out, "starts_at", given(plan->incident.starts_at));
    mu_json_put_string(out, "motion", mu_motion_words[plan->incident.motion]);
    mu_json_put_string(out, "motion_mode",
                       mu_motion_mode_name((mu_motion_mode)plan->incident.motion_mode));
    mu_json_close(out, '}');
    mu_json_open(out, "site", '{');
    mu_json_put_string(out, "id", plan->site.id);
    mu_json_put_text(out, "name", &plan->site.name);
    mu_json_close(out, '}');
    mu_json_open(out, "policy", '{');
    mu_json_put_string(out, "id", plan->policy.id);
    mu_json_put_text(out, "name", &plan->policy.name);
    mu_json_put_real(out, "required_share", plan->policy.required_share);
    mu_json_close(out, '}');
    mu_json_open(out, "inputs", '[');
    for (uint32_t i = 0; i < plan->files.count; i++) {
        mu_json_open_flat(out, NULL, '{');
        mu_json_put_string(out, "name", plan->files.items[i].name);
        mu_json_put_hash(out, "hash", plan->files.items[i].hash);
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
}

static void put_occupants(mu_json_out *out, const mu_findings *findings) {
    mu_json_open(out, "occupants", '{');
    mu_json_put_count(out, "total", findings->occupants);
    mu_json_put_count(out, "indoors", findings->indoors);
    mu_json_open(out, "by_state", '{');
    for (int state = 0; state < MU_OCCUPANT_STATE_COUNT; state++) {
        mu_json_put_real(out, mu_metrics_state_word((mu_occupant_state)state),
                         findings->by_state[state]);
    }
    mu_json_close(out, '}');
    mu_json_open(out, "over_time", '[');
    for (uint32_t t = 0; t < findings->state_count; t++) {
        mu_json_open_flat(out, NULL, '{');
        mu_json_put_real(out, "t_s", findings->state_s[t]);
        for (int state = 0; state < MU_OCCUPANT_STATE_COUNT; state++) {
            mu_json_put_real(out, mu_metrics_state_word((mu_occupant_state)state),
                             findings->state_at[t][state]);
        }
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
    mu_json_close(out, '}');
}

static void put_hostage(mu_json_out *out, const mu_siege_finding *siege) {
    if (siege->seized_runs == 0) {
        mu_json_put_null(out, "hostage");
        return;
    }
    mu_json_open(out, "hostage", '{');
    mu_json_put_count(out, "runs", siege->seized_runs);
    mu_json_put_real(out, "held", siege->held);
    mu_json_put_real(out, "let_go", siege->let_go);
    mu_json_put_real(out, "held_person_s", siege->held_person_s);
    mu_json_put_count(out, "resolved_runs", siege->resolved_runs);
    mu_json_put_real(out, "lasted_mean_s", siege->lasted_mean_s);
    mu_json_put_real(out, "lasted_median_s", siege->lasted_median_s);
    mu_json_put_real(out, "lasted_p95_s", siege->lasted_p95_s);
    mu_json_put_real(out, "crossed_untold", siege->crossed_untold);
    mu_json_put_real(out, "crossed_told", siege->crossed_told);
    mu_json_close(out, '}');
}

static void put_shelter(mu_json_out *out, const mu_siege_finding *siege) {
    mu_json_open(out, "shelter", '{');
    mu_json_put_real(out, "most", siege->sheltered);
    mu_json_put_real(out, "stayed_in", siege->stayed_in);
    mu_json_put_count(out, "locked_down_runs", siege->locked_down_runs);
    mu_json_put_count(out, "secured_runs", siege->secured_runs);
    mu_json_put_real(out, "secured_s", siege->secured_s);
    mu_json_put_real(out, "doors_locked", siege->doors);
    mu_json_put_real(out, "asked", siege->asked);
    mu_json_put_real(out, "known", siege->known);
    mu_json_put_count(out, "known_half_runs", siege->known_half_runs);
    mu_json_put_real(out, "known_half_s", siege->known_half_s);
    mu_json_close(out, '}');
}

static void put_remaining_one(mu_json_out *out, const mu_findings *findings, uint32_t person,
                              uint32_t occupant) {
    uint32_t first = 0;
    const uint32_t runs = mu_findings_runs_inside(findings, occupant, &first);
    if (runs == 0) {
        return;
    }
    const mu_replicate *one = &findings->replicates[first];
    const uint32_t space = one->remains_in[occupant];
    mu_json_open_flat(out, NULL, '{');
    mu_json_put_string(out, "id", findings->plan->people.list.items[person].id);
    mu_json_put_string(out, "space",
                       space == MU_NONE ? NULL : findings->plan->site.spaces.items[space].id);
    mu_json_put_string(out, "why", mu_remains_name((mu_remains)one->remains[occupant]));
    mu_json_put_count(out, "runs", runs);
    mu_json_put_count(out, "first_replication", first);
    mu_json_close(out, '}');
}

/* Nobody is lost: whoever was still inside at the end of any run, by name, place and reason. */
static void put_remaining(mu_json_out *out, const mu_findings *findings) {
    uint32_t occupant = 0;
    mu_json_open(out, "remaining", '[');
    for (uint32_t p = 0; p < findings->plan->people.list.count; p++) {
        if (findings->plan->people.list.items[p].kind == MU_PERSON_OCCUPANT) {
            put_remaining_one(out, findings, p, occupant++);
        }
    }
    mu_json_close(out, ']');
}

static void put_curve(mu_json_out *out, const mu_findings *findings, const double *share,
                      const double *low, const double *high) {
    mu_json_open(out, "curve", '[');
    for (uint32_t t = 0; t < findings->curve_count; t++) {
        mu_json_open_flat(out, NULL, '{');
        mu_json_put_real(out, "t_s", findings->curve_s[t]);
        mu_json_put_real(out, "share", share[t]);
        mu_json_put_real(out, "low", low[t]);
        mu_json_put_real(out, "high", high[t]);
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
}

static void put_evacuation(mu_json_out *out, const mu_findings *findings) {
    mu_json_open(out, "evacuation", '{');
    mu_json_put_count(out, "runs", findings->evacuation_runs);
    mu_json_put_real(out, "mean_s", findings->evacuation_mean_s);
    mu_json_put_real(out, "p95_s", findings->evacuation_p95_s);
    mu_json_put_real(out, "last_s", findings->evacuation_last_s);
    mu_json_put_real(out, "evacuated_share", findings->evacuated_share);
    mu_json_put_count(out, "ordered_runs", findings->ordered_runs);
    mu_json_put_real(out, "ordered_s", findings->ordered_s);
    put_curve(out, findings, findings->left_share, findings->left_low, findings->left_high);
    mu_json_close(out, '}');
}

static void put_channels(mu_json_out *out, const mu_findings *findings) {
    mu_json_open(out, "by_channel", '[');
    for (uint32_t c = 0; c < findings->plan->site.channels.count; c++) {
        const mu_channel *channel = &findings->plan->site.channels.items[c];
        mu_json_open_flat(out, NULL, '{');
        mu_json_put_string(out, "id", channel->id);
        mu_json_put_text(out, "name", &channel->name);
        mu_json_put_real(out, "share", findings->channel_share[c]);
        mu_json_put_real(out, "sent", findings->channel_sent[c]);
        mu_json_put_real(out, "delivered", findings->channel_delivered[c]);
        mu_json_put_real(out, "lost", findings->channel_lost[c]);
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
}

/* Who was not reached although an order was out, why, and where most of them were. */
static void put_unreached(mu_json_out *out, const mu_findings *findings) {
    const mu_reach_finding *reach = &findings->reach;
    mu_json_open(out, "unreached", '{');
    mu_json_put_count(out, "runs", reach->runs);
    mu_json_put_real(out, "persons", reach->persons);
    for (int why = 0; why < MU_UNREACHED_WHY_COUNT; why++) {
        mu_json_put_real(out, mu_unreached_name((mu_unreached_why)why), reach->why[why]);
    }
    mu_json_open(out, "places", '[');
    for (uint32_t k = 0; k < reach->place_count; k++) {
        const mu_space *space = &findings->plan->site.spaces.items[reach->places[k].space];
        mu_json_open_flat(out, NULL, '{');
        mu_json_put_string(out, "space", space->id);
        mu_json_put_text(out, "name", &space->name);
        mu_json_put_real(out, "persons", reach->places[k].persons);
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
    mu_json_close(out, '}');
}

static void put_notification(mu_json_out *out, const mu_findings *findings) {
    mu_json_open(out, "notification", '{');
    mu_json_put_real(out, "reached_share", findings->reached_share);
    mu_json_put_real(out, "t50_s", findings->t50_s);
    mu_json_put_count(out, "t50_never", findings->t50_never);
    mu_json_put_real(out, "t95_s", findings->t95_s);
    mu_json_put_count(out, "t95_never", findings->t95_never);
    put_unreached(out, findings);
    put_channels(out, findings);
    put_curve(out, findings, findings->alerted_share, findings->alerted_low,
              findings->alerted_high);
    mu_json_close(out, '}');
}

static void put_messages(mu_json_out *out, const mu_findings *findings) {
    mu_json_open(out, "communications", '{');
    mu_json_put_real(out, "sent", findings->sent);
    mu_json_put_real(out, "delivered", findings->delivered);
    mu_json_put_real(out, "lost", findings->lost);
    mu_json_close(out, '}');
    mu_json_open(out, "exposure", '{');
    mu_json_put_real(out, "peak", findings->exposed_peak);
    mu_json_put_real(out, "person_s", findings->exposed_person_s);
    mu_json_close(out, '}');
}

/* Of everybody who was still inside: how many for which reason. */
static void put_inside(mu_json_out *out, const mu_findings *findings, const mu_replicate *one) {
    uint32_t count[MU_REMAINS_COUNT] = {0};
    for (uint32_t i = 0; i < findings->occupants; i++) {
        count[one->remains != NULL ? one->remains[i] : MU_REMAINS_NOT]++;
    }
    mu_json_open_flat(out, "inside", '{');
    for (uint32_t why = MU_REMAINS_UNTOLD; why < MU_REMAINS_COUNT; why++) {
        mu_json_put_count(out, mu_remains_name((mu_remains)why), count[why]);
    }
    mu_json_close(out, '}');
}

static void put_runs(mu_json_out *out, const mu_findings *findings) {
    mu_json_open(out, "replications", '[');
    for (uint32_t i = 0; i < findings->reps; i++) {
        const mu_replicate *one = &findings->replicates[i];
        const double mean_s =
            one->left > 0 ? mu_time_to_s(one->left_sum_us) / one->left : (double)NAN;
        mu_json_open_flat(out, NULL, '{');
        mu_json_put_count(out, "replication", one->replication);
        mu_json_put_hash(out, "state_hash", one->state_hash);
        put_time(out, "end_s", one->end_us);
        mu_json_put_bool(out, "quiet", one->quiet);
        mu_json_put_count(out, "left", one->left);
        mu_json_put_real(out, "mean_s", mean_s);
        put_time(out, "p95_s", one->left_p95_us);
        put_time(out, "last_s", one->left_last_us);
        mu_json_put_count(out, "reached", one->reached);
        mu_json_put_count(out, "out",
                          one->in_state[MU_OCCUPANT_OUT] + one->in_state[MU_OCCUPANT_TAKEN]);
        put_inside(out, findings, one);
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
}

void mu_metrics_print(const mu_findings *findings, const char *program, FILE *stream) {
    mu_json_out out = {.stream = stream};
    mu_json_open(&out, NULL, '{');
    mu_json_put_string(&out, "format", mu_metrics_file.format);
    mu_json_put_int(&out, "version", mu_metrics_file.version);
    put_program(&out, program);
    put_inputs(&out, findings->plan);
    mu_json_put_count(&out, "seed", findings->seed);
    mu_json_put_count(&out, "reps", findings->reps);
    put_occupants(&out, findings);
    put_remaining(&out, findings);
    put_evacuation(&out, findings);
    put_notification(&out, findings);
    put_messages(&out, findings);
    mu_metrics_put_gas(&out, findings);
    put_shelter(&out, &findings->siege);
    put_hostage(&out, &findings->siege);
    mu_metrics_put_care(&out, findings);
    mu_metrics_put_assisted(&out, findings);
    mu_json_put_string(&out, "ratings", "predicted");
    mu_metrics_put_clauses(&out, findings);
    put_runs(&out, findings);
    mu_json_close(&out, '}');
}

mu_status mu_metrics_write(const mu_findings *findings, const char *program, const char *path,
                           mu_diags *diags) {
    mu_file_out file;
    const mu_status status = mu_file_out_open(path, &file, diags);
    if (status != MU_OK) {
        return status;
    }
    mu_metrics_print(findings, program, file.stream);
    return mu_file_out_commit(&file, diags);
}
