/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened to people and messages: every figure is a mean over runs of each run's own value,
 * and runs that have no such value are counted instead. */
#include <math.h>

#include "drill/findings_inside.h"

/* A mean of those values that there are. */
typedef struct mean {
    double sum;
    uint32_t count;
} mean;

static void add(mean *m, double value) {
    m->sum += value;
    m->count++;
}

static void add_time(mean *m, mu_time value_us) {
    if (value_us != MU_NEVER) {
        add(m, mu_time_to_s(value_us));
    }
}

static double value_of(const mean *m, double without) {
    return m->count > 0 ? m->sum / m->count : without;
}

static void sum_leaving(mu_findings *findings) {
    mean each = {0}, p95 = {0}, last = {0}, share = {0}, ordered = {0};
    for (uint32_t i = 0; i < findings->reps; i++) {
        const mu_replicate *one = &findings->replicates[i];
        if (one->left > 0) {
            add(&each, mu_time_to_s(one->left_sum_us) / one->left);
        }
        add_time(&p95, one->left_p95_us);
        add_time(&last, one->left_last_us);
        add_time(&ordered, one->ordered_us);
        if (findings->indoors > 0) {
            add(&share, (double)one->left / findings->indoors);
        }
    }
    findings->evacuation_runs = each.count;
    findings->evacuation_mean_s = value_of(&each, (double)NAN);
    findings->evacuation_p95_s = value_of(&p95, (double)NAN);
    findings->evacuation_last_s = value_of(&last, (double)NAN);
    findings->evacuated_share = value_of(&share, (double)NAN);
    findings->ordered_runs = ordered.count;
    findings->ordered_s = value_of(&ordered, (double)NAN);
}

static void sum_reach(mu_findings *findings) {
    mean share = {0}, half = {0}, most = {0};
    for (uint32_t i = 0; i < findings->reps; i++) {
        const mu_replicate *one = &findings->replicates[i];
        const uint32_t came = findings->occupants - one->in_state[MU_OCCUPANT_EXPECTED];
        if (came > 0) {
            add(&share, (double)one->reached / came);
        }
        add_time(&half, one->reached_50_us);
        add_time(&most, one->reached_95_us);
    }
    findings->reached_share = value_of(&share, (double)NAN);
    findings->t50_s = value_of(&half, (double)INFINITY);
    findings->t95_s = value_of(&most, (double)INFINITY);
    findings->t50_never = findings->reps - half.count;
    findings->t95_never = findings->reps - most.count;
}

static void sum_messages(mu_findings *findings) {
    for (uint32_t i = 0; i < findings->reps; i++) {
        const mu_replicate *one = &findings->replicates[i];
        findings->sent += one->sent;
        findings->delivered += one->delivered;
        findings->lost += one->lost;
    }
    findings->sent /= findings->reps;
    findings->delivered /= findings->reps;
    findings->lost /= findings->reps;
}

/* Occupants whom a channel was the first to reach, in one run. */
static uint32_t first_reached(const mu_findings *findings, const mu_replicate *one,
                              uint32_t channel) {
    uint32_t count = 0;
    for (uint32_t k = 0; k < findings->occupants; k++) {
        count += one->alerted_by[k] == channel;
    }
    return count;
}

static void sum_channel(mu_findings *findings, uint32_t channel) {
    double reached = 0, sent = 0, delivered = 0, lost = 0;
    for (uint32_t i = 0; i < findings->reps; i++) {
        const mu_replicate *one = &findings->replicates[i];
        sent += one->channel_sent[channel];
        delivered += one->channel_delivered[channel];
        lost += one->channel_lost[channel];
        reached += first_reached(findings, one, channel);
    }
    const double reps = findings->reps, occupants = findings->occupants;
    findings->channel_share[channel] = occupants > 0 ? reached / reps / occupants : 0;
    findings->channel_sent[channel] = sent / reps;
    findings->channel_delivered[channel] = delivered / reps;
    findings->channel_lost[channel] = lost / reps;
}

static void sum_states(mu_findings *findings) {
    for (int state = 0; state < MU_OCCUPANT_STATE_COUNT; state++) {
        mean in_state = {0};
        for (uint32_t i = 0; i < findings->reps; i++) {
            add(&in_state, findings->replicates[i].in_state[state]);
        }
        findings->by_state[state] = value_of(&in_state, 0);
    }
}

static void sum_exposure(mu_findings *findings) {
    mean peak = {0}, person_s = {0};
    for (uint32_t i = 0; i < findings->reps; i++) {
        add(&peak, findings->replicates[i].exposed_peak);
        add(&person_s, findings->replicates[i].exposed_person_s);
    }
    findings->exposed_peak = value_of(&peak, 0);
    findings->exposed_person_s = value_of(&person_s, 0);
}

uint32_t mu_findings_runs_inside(const mu_findings *findings, uint32_t occupant, uint32_t *first) {
    uint32_t runs = 0;
    for (uint32_t i = 0; i < findings->reps && findings->replicates != NULL; i++) {
        const uint8_t *remains = findings->replicates[i].remains; /* NULL: not kept */
        if (remains != NULL && remains[occupant] != MU_REMAINS_NOT &&
            remains[occupant] != MU_REMAINS_STAYED) {
            *first = runs == 0 ? i : *first;
            runs++;
        }
    }
    return runs;
}

void mu_findings_sum_people(mu_findings *findings) {
    const mu_plan *plan = findings->plan;
    findings->occupants = plan->people.occupants;
    for (uint32_t p = 0; p < plan->people.list.count; p++) {
        findings->indoors += plan->people.list.items[p].kind == MU_PERSON_OCCUPANT &&
                             mu_person_starts_indoors(plan, p);
    }
    sum_states(findings);
    sum_leaving(findings);
    sum_reach(findings);
    sum_messages(findings);
    for (uint32_t c = 0; c < plan->site.channels.count; c++) {
        sum_channel(findings, c);
    }
    sum_exposure(findings);
}
