/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thread takes the next replication, runs it, reads its log into a replicate in its own slot, and
 * keeps the log as long as there is room. A log that is wanted for a cause chain and was not kept
 * is written a second time: it is a pure function of plan, seed and replication. */
#include "study/replications.h"

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/limits.h"
#include "drill/run.h"

/* Records of all logs kept together: 40 bytes each. */
#define KEPT_RECORDS_MOST 4000000U

typedef struct study {
    const mu_plan *plan;
    uint64_t seed;
    uint32_t reps, jobs;
    mu_study_progress *progress;   /* may be NULL */
    mu_played *watched;            /* may be NULL */
    const mu_study_hearer *hearer; /* may be NULL */
    _Atomic uint64_t kept_records;
    mu_replicate *replicates; /* reps of each: */
    mu_log **logs;            /* NULL where not kept */
    mu_status *statuses;
} study;

static bool is_watched(const study *s, uint32_t replication) {
    return s->watched != NULL && s->watched->replication == replication;
}

static void keep_or_drop(study *s, uint32_t replication, mu_log *log) {
    const uint32_t records = mu_log_count(log);
    if (is_watched(s, replication) ||
        atomic_fetch_add(&s->kept_records, records) + records <= KEPT_RECORDS_MOST) {
        s->logs[replication] = log;
    } else {
        atomic_fetch_sub(&s->kept_records, records);
        mu_log_destroy(log);
    }
}

static mu_status run_one(study *s, uint32_t replication) {
    mu_log *log = mu_log_create();
    if (log == NULL) {
        return MU_ERR_MEMORY;
    }
    mu_run_end end;
    const bool watched = is_watched(s, replication);
    mu_copies *copies = watched && !s->watched->log_only ? &s->watched->copies : NULL;
    mu_status status = mu_run_with_copies(s->plan, s->seed, replication, log, copies, &end);
    if (status == MU_OK && watched) {
        s->watched->end = end;
    }
    if (status == MU_OK) {
        status = mu_replicate_read(s->plan, log, end.end_us, end.quiet, end.state_hash, replication,
                                   &s->replicates[replication]);
    }
    if (status == MU_OK) {
        status = mu_replicate_add_workload(s->plan, log, &s->replicates[replication]);
    }
    if (status == MU_OK && s->hearer != NULL) {
        status = s->hearer->hear(s->hearer->to, log, &end, replication);
    }
    if (status == MU_OK) {
        keep_or_drop(s, replication, log);
    } else {
        mu_log_destroy(log);
    }
    return status;
}

static void run_all(study *s) {
#ifdef _OPENMP
#pragma omp parallel for schedule(dynamic, 1) num_threads((int)s->jobs)
#endif
    for (uint32_t i = 0; i < s->reps; i++) {
        s->statuses[i] = run_one(s, i);
        if (s->progress != NULL) {
            atomic_fetch_add(&s->progress->done, 1);
        }
    }
}

static mu_status explain_failure(uint32_t replication, mu_status status, mu_diags *diags) {
    if (status == MU_ERR_MEMORY) {
        mu_diags_add(diags, MU_ERROR, "memory", NULL,
                     _("give fewer replications: all are held for the report, and a thousand tell "
                       "a share to 3 percentage points; for more make a study of it ('muster "
                       "batch'), which keeps a row of each on the disk. Or run fewer jobs at the "
                       "same time"),
                     _("there is not enough memory for replication %u"), replication);
    } else if (status == MU_ERR_LIMIT) {
        char events[MU_LIMIT_ROOM], instant[MU_LIMIT_ROOM], records[MU_LIMIT_ROOM];
        mu_diags_add(
            diags, MU_ERROR, "run.stopped", NULL,
            _("look for steps that start each other without taking any time, or shorten "
              "horizon_s; 'muster doctor --limits' lists the limits"),
            _("replication %u would not end: it was to take more than %s events, %s of them "
              "at one moment, or %s records"),
            replication, mu_limit_say(MU_RUN_EVENTS_MOST, "1", events),
            mu_limit_say(MU_INSTANT_EVENTS_MOST, "1", instant),
            mu_limit_say(MU_LOG_RECORDS_MOST, "1", records));
    } else {
        mu_diags_add(diags, MU_ERROR, "run.stopped", NULL, NULL,
                     _("replication %u could not go on"), replication);
    }
    return status;
}

static bool is_typical(const mu_findings *findings, uint32_t replication) {
    for (uint32_t i = 0; i < findings->plan->policy.clauses.count; i++) {
        if (findings->clauses[i].typical == replication) {
            return true;
        }
    }
    return false;
}

/* Runs one replication again for its log. */
static mu_status explain_again(const study *s, mu_findings *findings, uint32_t replication) {
    mu_log *log = mu_log_create();
    if (log == NULL) {
        return MU_ERR_MEMORY;
    }
    mu_run_end end;
    mu_status status = mu_run(s->plan, s->seed, replication, log, &end);
    if (status == MU_OK && end.state_hash != findings->replicates[replication].state_hash) {
        status = MU_ERR_RUN; /* the same run twice must be the same */
    }
    if (status == MU_OK) {
        status = mu_findings_explain(findings, replication, log);
    }
    mu_log_destroy(log);
    return status;
}

/* Each replication fills in the chains of clauses that no other one does. */
static void explain_all(study *s, mu_findings *findings) {
#ifdef _OPENMP
#pragma omp parallel for schedule(dynamic, 1) num_threads((int)s->jobs)
#endif
    for (uint32_t i = 0; i < s->reps; i++) {
        if (is_typical(findings, i)) {
            s->statuses[i] = s->logs[i] != NULL ? mu_findings_explain(findings, i, s->logs[i])
                                                : explain_again(s, findings, i);
        }
    }
}

static mu_status first_failure(const study *s, mu_diags *diags) {
    for (uint32_t i = 0; i < s->reps; i++) {
        if (s->statuses[i] != MU_OK) {
            return explain_failure(i, s->statuses[i], diags);
        }
    }
    return MU_OK;
}

static void destroy(study *s) {
    for (uint32_t i = 0; i < s->reps; i++) {
        if (s->replicates != NULL) {
            mu_replicate_destroy(&s->replicates[i]);
        }
        if (s->logs != NULL) {
            mu_log_destroy(s->logs[i]);
        }
    }
    free(s->replicates);
    free(s->logs);
    free(s->statuses);
}

/* The watched replication's log is the caller's from now on. */
static void hand_over(study *s) {
    if (s->watched != NULL && s->watched->replication < s->reps) {
        s->watched->log = s->logs[s->watched->replication];
        s->logs[s->watched->replication] = NULL;
    }
}

static mu_status sum_up(study *s, mu_findings **out, mu_diags *diags) {
    mu_findings *findings;
    mu_status status = mu_findings_create(s->plan, s->seed, s->replicates, s->reps, &findings);
    if (status != MU_OK) {
        return explain_failure(0, status, diags);
    }
    s->replicates = NULL; /* the findings have them now */
    findings->jobs = s->jobs;
    explain_all(s, findings);
    status = first_failure(s, diags);
    if (status != MU_OK) {
        mu_findings_destroy(findings);
        return status;
    }
    hand_over(s);
    *out = findings;
    return MU_OK;
}

/* Whether what all replications hold in the end can be had, at the least: better asked before the
 * first than missed after hours. It is not touched, so it takes no time. */
static bool has_room(const mu_plan *plan, uint32_t reps) {
    const mu_replicate *r = NULL;
    const size_t each = sizeof *r->left_us + sizeof *r->alerted_us + sizeof *r->unreached +
                        sizeof *r->unreached_in + sizeof *r->alerted_by + sizeof *r->remains +
                        sizeof *r->remains_in;
    const size_t bytes = (size_t)reps * (plan->people.occupants * each +
                                         plan->policy.clauses.count * sizeof *r->judgements);
    void *volatile room = malloc(bytes + 1); /* volatile: else it would not be asked at all */
    const bool has = room != NULL;
    free(room);
    return has;
}

mu_status mu_study_run(const mu_plan *plan, uint64_t seed, uint32_t reps, uint32_t jobs,
                       mu_study_progress *progress, mu_findings **out, mu_diags *diags) {
    return mu_study_run_watched(plan, seed, reps, jobs, progress, NULL, out, diags);
}

mu_status mu_study_run_watched(const mu_plan *plan, uint64_t seed, uint32_t reps, uint32_t jobs,
                               mu_study_progress *progress, mu_played *watched, mu_findings **out,
                               mu_diags *diags) {
    return mu_study_run_heard(plan, seed, reps, jobs, progress, watched, NULL, out, diags);
}

mu_status mu_study_run_heard(const mu_plan *plan, uint64_t seed, uint32_t reps, uint32_t jobs,
                             mu_study_progress *progress, mu_played *watched,
                             const mu_study_hearer *hearer, mu_findings **out, mu_diags *diags) {
    if (reps < 1 || reps > MU_STUDY_REPS_MOST) {
        mu_diags_add(diags, MU_ERROR, "study.reps", NULL, NULL,
                     _("a study has 1 to %d replications"), (int)MU_STUDY_REPS_MOST);
        return MU_ERR_LIMIT;
    }
    const uint32_t wanted = jobs == 0 ? mu_study_jobs() : jobs;
    study s = {.plan = plan,
               .seed = seed,
               .reps = reps,
               .jobs = wanted < reps ? wanted : reps,
               .progress = progress,
               .watched = watched,
               .hearer = hearer,
               .replicates = calloc(reps, sizeof *s.replicates),
               .logs = calloc(reps, sizeof(mu_log *)),
               .statuses = calloc(reps, sizeof *s.statuses)};
    mu_status status = MU_OK;
    if (s.replicates == NULL || s.logs == NULL || s.statuses == NULL || !has_room(plan, reps)) {
        status = explain_failure(0, MU_ERR_MEMORY, diags);
    } else {
        run_all(&s);
        status = first_failure(&s, diags);
    }
    if (status == MU_OK) {
        status = sum_up(&s, out, diags);
    }
    destroy(&s);
    return status;
}
