/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clauses of metrics.json, each with its cause chain. */
#include "drill/metrics_json.h"

/* NULL in place of an empty string. */
static const char *given(const char *text) {
    return text != NULL && text[0] != 0 ? text : NULL;
}

static void put_id(mu_json_out *out, const char *key, const mu_plan *plan, mu_handle handle) {
    mu_json_put_string(out, key, handle == 0 ? NULL : given(mu_plan_id(plan, handle)));
}

static void put_name(mu_json_out *out, const char *key, const mu_plan *plan, mu_handle handle) {
    if (handle == 0) {
        mu_json_put_null(out, key);
        return;
    }
    const mu_text name = {.en = mu_plan_name(plan, handle, "en"),
                          .zh = mu_plan_name(plan, handle, "zh")};
    mu_json_put_text(out, key, &name);
}

/* The channel that a record tells of: that of its place, or the one that was waited for. */
static mu_handle channel_of(const mu_record *record) {
    if (mu_handle_thing(record->place) == MU_THING_CHANNEL) {
        return record->place;
    }
    return mu_handle_thing(record->subject) == MU_THING_CHANNEL ? record->subject : 0;
}

static void put_part(mu_json_out *out, const mu_plan *plan, const mu_chain_part *part,
                     const mu_record *record) {
    const mu_handle over = channel_of(record);
    mu_json_open(out, NULL, '{');
    mu_json_put_string(out, "part", mu_metrics_part_word(part->part));
    mu_json_put_int(out, "from_us", part->from_us);
    mu_json_put_int(out, "to_us", part->to_us);
    mu_json_put_int(out, "duration_us", part->to_us - part->from_us);
    mu_json_put_count(out, "record", part->record);
    mu_json_put_string(out, "kind", mu_record_token((mu_record_kind)record->kind));
    put_id(out, "step", plan, record->step);
    put_name(out, "step_name", plan, record->step);
    put_id(out, "who", plan, record->subject);
    put_name(out, "who_name", plan, record->subject);
    put_id(out, "what", plan, record->object);
    put_id(out, "place", plan, record->place == over ? 0 : record->place);
    put_id(out, "over", plan, over);
    put_name(out, "over_name", plan, over);
    put_id(out, "holder", plan, record->holder);
    put_name(out, "holder_name", plan, record->holder);
    mu_json_close(out, '}');
}

static void put_chain(mu_json_out *out, const mu_plan *plan, const mu_clause_finding *finding) {
    if (!finding->has_chain) {
        mu_json_put_null(out, "cause_chain");
        return;
    }
    mu_json_open(out, "cause_chain", '{');
    mu_json_put_count(out, "replication", finding->typical);
    mu_json_put_int(out, "total_us", finding->chain_us);
    mu_json_open(out, "parts", '[');
    for (uint32_t i = 0; i < finding->chain_count; i++) {
        put_part(out, plan, &finding->chain[i], &finding->chain_records[i]);
    }
    mu_json_close(out, ']');
    mu_json_close(out, '}');
}

/* What the policy says of the clause. */
static void put_clause_given(mu_json_out *out, const mu_clause *clause) {
    mu_json_put_string(out, "id", clause->id);
    mu_json_put_string(out, "same_as", clause->same_as.id);
    mu_json_put_string(out, "source", given(clause->source));
    mu_json_put_text(out, "title", &clause->title);
    mu_json_put_string(out, "system", given(clause->system));
    mu_json_put_string(out, "capability", given(clause->capability));
    mu_json_put_string(out, "owner", given(clause->owner));
    mu_json_put_int(out, "severity", clause->severity);
    mu_json_put_string(out, "kind", mu_clause_kind_name(clause->kind));
    mu_json_put_string(out, "basis", mu_basis_name(clause->basis));
    mu_json_put_string(out, "statistic", mu_statistic_name(clause->statistic));
}

static void put_interval(mu_json_out *out, const mu_clause_finding *finding) {
    if (finding->runs == 0) {
        mu_json_put_null(out, "ci95");
        return;
    }
    mu_json_open_flat(out, "ci95", '[');
    mu_json_put_real(out, NULL, finding->ci_low);
    mu_json_put_real(out, NULL, finding->ci_high);
    mu_json_close(out, ']');
}

static void put_verdict(mu_json_out *out, const mu_clause *clause,
                        const mu_clause_finding *finding) {
    const char rating[] = {finding->rating, 0};
    const bool has_limit = clause->demands.count > 0;
    mu_json_put_string(out, "verdict", mu_verdict_name(finding->verdict));
    mu_json_put_string(out, "how", mu_how_name(finding->how));
    mu_json_put_string(out, "reason",
                       finding->reason == MU_REASON_NONE ? NULL : mu_reason_name(finding->reason));
    mu_json_put_count(out, "runs", finding->runs);
    mu_json_put_count(out, "met", finding->met);
    mu_json_put_count(out, "never", finding->never);
    mu_json_put_count(out, "undecided", finding->undecided);
    mu_json_put_count(out, "not_exercised", finding->not_exercised);
    mu_json_put_real(out, "share", finding->share);
    put_interval(out, finding);
    mu_json_put_real(out, "limit", finding->limit);
    mu_json_put_string(out, "unit", has_limit ? given(clause->demands.items[0].unit) : NULL);
    mu_json_put_string(out, "value_unit", mu_judge_unit(clause));
    mu_json_put_real(out, "median", finding->median);
    mu_json_put_real(out, "p90", finding->p90);
    mu_json_put_real(out, "mean", finding->mean);
    mu_json_put_string(out, "rating", rating);
}

void mu_metrics_put_clauses(mu_json_out *out, const mu_findings *findings) {
    const mu_plan *plan = findings->plan;
    mu_json_open(out, "clauses", '[');
    for (uint32_t i = 0; i < plan->policy.clauses.count; i++) {
        const mu_clause *clause = &plan->policy.clauses.items[i];
        mu_json_open(out, NULL, '{');
        put_clause_given(out, clause);
        put_verdict(out, clause, &findings->clauses[i]);
        put_chain(out, plan, &findings->clauses[i]);
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
}
