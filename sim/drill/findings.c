/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Findings are made in stages from replicates alone, and then explained from the logs of the few
 * replications that are typical of a clause. */
#include "drill/findings.h"

#include <stdlib.h>
#include <string.h>

#include "drill/findings_inside.h"

/* Parts of one chain; more are merged by mu_chain. */
#define CHAIN_PARTS_MOST 256

static mu_status make_room(mu_findings *findings) {
    const uint32_t channels = findings->plan->site.channels.count + 1;
    findings->clauses = calloc(findings->plan->policy.clauses.count + 1, sizeof *findings->clauses);
    findings->channel_share = calloc(channels, sizeof *findings->channel_share);
    findings->channel_sent = calloc(channels, sizeof *findings->channel_sent);
    findings->channel_delivered = calloc(channels, sizeof *findings->channel_delivered);
    findings->channel_lost = calloc(channels, sizeof *findings->channel_lost);
    return findings->clauses != NULL && findings->channel_share != NULL &&
                   findings->channel_sent != NULL && findings->channel_delivered != NULL &&
                   findings->channel_lost != NULL
               ? MU_OK
               : MU_ERR_MEMORY;
}

static mu_status sum_gas(mu_findings *findings) {
    const mu_gas_reading **readings = malloc((findings->reps + 1) * sizeof *readings);
    if (readings == NULL) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t i = 0; i < findings->reps; i++) {
        readings[i] = &findings->replicates[i].gas;
    }
    const mu_status status = mu_gas_sum(findings->plan, readings, findings->reps, &findings->gas);
    free(readings);
    return status;
}

mu_status mu_findings_create(const mu_plan *plan, uint64_t seed, mu_replicate *replicates,
                             uint32_t reps, mu_findings **out) {
    mu_findings *findings = calloc(1, sizeof *findings);
    if (findings == NULL) {
        return MU_ERR_MEMORY;
    }
    findings->plan = plan;
    findings->seed = seed;
    findings->reps = reps;
    findings->jobs = 1;
    findings->replicates = replicates;
    mu_status status = make_room(findings);
    if (status == MU_OK) {
        mu_findings_sum_people(findings);
        status = sum_gas(findings);
    }
    if (status == MU_OK) {
        status = mu_findings_sum_unreached(findings);
    }
    if (status == MU_OK) {
        status = mu_findings_draw(findings);
    }
    if (status == MU_OK) {
        status = mu_findings_sum_siege(findings);
    }
    if (status == MU_OK) {
        mu_findings_sum_assisted(findings);
        status = mu_findings_sum_care(findings);
    }
    if (status == MU_OK) {
        status = mu_findings_judge(findings);
    }
    if (status != MU_OK) {
        findings->replicates = NULL; /* they stay the caller's */
        mu_findings_destroy(findings);
        return status;
    }
    *out = findings;
    return MU_OK;
}

static const mu_replicate *find_replicate(const mu_findings *findings, uint32_t replication) {
    for (uint32_t i = 0; i < findings->reps; i++) {
        if (findings->replicates[i].replication == replication) {
            return &findings->replicates[i];
        }
    }
    return NULL;
}

static mu_time time_of(const mu_log *log, uint32_t id) {
    return id == MU_NO_RECORD ? 0 : mu_log_get(log, id)->time_us;
}

static mu_status explain(mu_clause_finding *finding, const mu_judgement *j, const mu_log *log) {
    mu_chain_part parts[CHAIN_PARTS_MOST];
    const uint32_t count = mu_chain(log, j->start, j->end, parts, CHAIN_PARTS_MOST);
    mu_chain_part *chain = malloc((count + 1) * sizeof *chain);
    mu_record *records = malloc((count + 1) * sizeof *records);
    if (chain == NULL || records == NULL) {
        free(chain);
        free(records);
        return MU_ERR_MEMORY;
    }
    memcpy(chain, parts, count * sizeof *chain);
    for (uint32_t i = 0; i < count; i++) {
        records[i] = *mu_log_get(log, parts[i].record);
    }
    free(finding->chain);
    free(finding->chain_records);
    const mu_time long_us = time_of(log, j->end) - time_of(log, j->start);
    finding->has_chain = true;
    const uint32_t cause = mu_log_get(log, j->end)->cause;
    finding->cause = *mu_log_get(log, cause == MU_NO_RECORD ? j->end : cause);
    finding->chain_us = long_us > 0 ? long_us : 0;
    finding->chain = chain;
    finding->chain_records = records;
    finding->chain_count = count;
    return MU_OK;
}

mu_status mu_findings_explain(mu_findings *findings, uint32_t replication, const mu_log *log) {
    const mu_replicate *replicate = find_replicate(findings, replication);
    if (replicate == NULL) {
        return MU_OK;
    }
    for (uint32_t i = 0; i < findings->plan->policy.clauses.count; i++) {
        mu_clause_finding *finding = &findings->clauses[i];
        const mu_judgement *j = &replicate->judgements[i];
        if (finding->typical == replication && j->end != MU_NO_RECORD) {
            const mu_status status = explain(finding, j, log);
            if (status != MU_OK) {
                return status;
            }
        }
    }
    return MU_OK;
}

static void destroy_clauses(mu_findings *findings) {
    for (uint32_t i = 0; findings->clauses != NULL && i < findings->plan->policy.clauses.count;
         i++) {
        free(findings->clauses[i].chain);
        free(findings->clauses[i].chain_records);
    }
    free(findings->clauses);
}

void mu_findings_destroy(mu_findings *findings) {
    if (findings == NULL) {
        return;
    }
    destroy_clauses(findings);
    mu_gas_finding_destroy(&findings->gas, findings->plan);
    for (uint32_t i = 0; findings->replicates != NULL && i < findings->reps; i++) {
        mu_replicate_destroy(&findings->replicates[i]);
    }
    double *lines[] = {findings->curve_s,      findings->left_share,       findings->left_low,
                       findings->left_high,    findings->alerted_share,    findings->alerted_low,
                       findings->alerted_high, findings->channel_share,    findings->channel_sent,
                       findings->channel_lost, findings->channel_delivered};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        free(lines[i]);
    }
    free(findings->state_s);
    free(findings->state_at);
    mu_care_findings_destroy(&findings->care);
    free(findings->replicates);
    free(findings);
}
