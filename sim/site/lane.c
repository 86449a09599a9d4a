/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue is a ring of arrival times; the formulas are the ones that planners size lanes with. */
#include "site/lane.h"

#include <math.h>

double mu_lane_rate(const mu_lane *lane, double hour) {
    for (uint32_t i = 0; i < lane->arrivals.count; i++) {
        const mu_arrivals *a = &lane->arrivals.items[i];
        if (hour >= a->from_h && hour < a->to_h) {
            return a->per_h;
        }
    }
    return 0;
}

bool mu_lane_join(mu_lane_queue *queue, mu_time now_us) {
    if (queue->waiting == MU_LANE_QUEUE) {
        return false;
    }
    queue->since_us[(queue->first + queue->waiting) % MU_LANE_QUEUE] = now_us;
    queue->waiting++;
    return true;
}

bool mu_lane_call(mu_lane_queue *queue, uint32_t lanes, mu_time *since_us) {
    if (queue->busy >= lanes || queue->waiting == 0) {
        return false;
    }
    *since_us = queue->since_us[queue->first];
    queue->since_us[queue->first] = 0;
    queue->first = (queue->first + 1) % MU_LANE_QUEUE;
    queue->waiting--;
    queue->busy++;
    return true;
}

/* Erlang's first formula by its recursion, then the second from it. */
static double chance_of_waiting(double load, uint32_t lanes) {
    double blocked = 1;
    for (uint32_t k = 1; k <= lanes; k++) {
        blocked = load * blocked / (k + load * blocked);
    }
    return lanes * blocked / (lanes - load * (1 - blocked));
}

double mu_wait_mmc(double arrivals_per_s, double service_s, uint32_t lanes) {
    const double load = arrivals_per_s * service_s;
    if (load >= lanes) {
        return (double)INFINITY;
    }
    return chance_of_waiting(load, lanes) * service_s / (lanes - load);
}

double mu_wait_mdc(double arrivals_per_s, double service_s, uint32_t lanes) {
    const double c = lanes, use = arrivals_per_s * service_s / c;
    const double markov = mu_wait_mmc(arrivals_per_s, service_s, lanes);
    if (isinf(markov) || use <= 0) {
        return markov;
    }
    const double correction = 1 + (1 - use) * (c - 1) * (sqrt(4 + 5 * c) - 2) / (16 * c * use);
    return markov / 2 * correction;
}
