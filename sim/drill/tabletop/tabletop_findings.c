/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drill/tabletop/tabletop_findings.h"

#include <stdlib.h>

#include "drill/tabletop/inside.h"

static const uint64_t BYTES = UINT64_C(64) << 20;

static mu_status explain(mu_findings *findings, const mu_log *log) {
    for (uint32_t c = 0; c < findings->plan->policy.clauses.count; c++) {
        if (findings->clauses[c].typical == findings->replicates[0].replication) {
            return mu_findings_explain(findings, findings->replicates[0].replication, log);
        }
    }
    return MU_OK;
}

static mu_status judge(const mu_session *s, const mu_run_end *end, mu_findings **out) {
    mu_replicate *one = calloc(1, sizeof *one);
    if (one == NULL) {
        return MU_ERR_MEMORY;
    }
    mu_status status = mu_replicate_read(s->plan, s->shown_log, end->end_us, end->quiet,
                                         end->state_hash, s->def.replication, one);
    if (status != MU_OK) {
        free(one);
        return status;
    }
    status = mu_replicate_add_workload(s->plan, s->shown_log, one);
    if (status != MU_OK) {
        mu_replicate_destroy(one);
        free(one);
        return status;
    }
    status = mu_findings_create(s->plan, s->def.seed, one, 1, out);
    if (status != MU_OK) {
        mu_replicate_destroy(one);
        free(one);
        return status;
    }
    (*out)->jobs = 1;
    status = explain(*out, s->shown_log);
    if (status != MU_OK) {
        mu_findings_destroy(*out);
    }
    return status;
}

mu_status mu_tabletop_judge(mu_tabletop *tabletop, uint32_t branch, mu_findings **findings,
                            mu_session **session, mu_run_end *end) {
    mu_session *from = mu_tabletop_session(tabletop, branch);
    (void)mu_session_seek(from, mu_tabletop_branch(tabletop, branch)->lived_us, 0);
    mu_status status = mu_session_branch(from, BYTES, session);
    if (status != MU_OK) {
        return status;
    }
    mu_run_stop(&(*session)->shown);
    mu_run_result(&(*session)->shown, end);
    status = judge(*session, end, findings);
    if (status != MU_OK) {
        mu_session_destroy(*session);
    }
    return status;
}
