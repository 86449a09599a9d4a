/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `muster bench` measures. Times are of the processor, not of the wall. */
#ifndef MUSTER_TOOLS_BENCH_H
#define MUSTER_TOOLS_BENCH_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "core/json_out.h"

/* Seconds of processor time that this process has used so far. */
double mu_bench_now(void);

typedef struct mu_bench_request {
    const char *scene; /* only this one; NULL = all */
    const char *model; /* "walk" or "flow"; NULL = both */
    uint64_t people;   /* only so many; 0 = every number that the scene is measured with */
    uint64_t repeats;  /* of each; the fastest counts */
    int json;
} mu_bench_request;

/* Measures the motion models and prints tables or JSON; returns an exit status. */
int mu_bench_motion(const mu_bench_request *request, FILE *out);
/* The part of the flow model: prints its table, or puts its rows into `json`; adds their number. */
bool mu_bench_flow(const mu_bench_request *request, mu_json_out *json, FILE *out, uint32_t *rows);

/* Measures the event queue, a model of one server on it, and the fork of a world. */
int mu_bench_queue(const mu_bench_request *request, FILE *out);

#endif
