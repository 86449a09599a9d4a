/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The event queue by the hold model (Vaucher and Duval 1975): of a number of pending events the
 * earliest is taken and one put in some time later, over and over. Beside it, in the same run, a
 * heap with nothing around it, so that the ratio says what the engine's queue costs whatever the
 * machine. Then a queueing model of one server, and a copy of a world against a plain copy of
 * memory. */
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "command.h"
#include "core/event.h"
#include "core/i18n.h"
#include "core/random.h"
#include "table.h"

enum { STEPS = 4096, HOLDS = 2000000, MM1_EVENTS = 4000000, WORLD_EVENTS = 32768, COPIES = 400 };

typedef struct hold_row {
    uint32_t pending;
    double engine, bare; /* holds a second */
} hold_row;

typedef struct queue_row {
    double events_per_s, mean_in_system; /* M/M/1 at half load: 1 by theory */
    double copy_s, memcpy_s;
    size_t bytes;
} queue_row;

/* Times from one event to the next, drawn beforehand. */
static void draw_steps(mu_time steps[STEPS]) {
    mu_stream stream;
    mu_stream_open(&stream, 1, 0, MU_PURPOSE_STUDY, 1, 0);
    for (int i = 0; i < STEPS; i++) {
        steps[i] = (mu_time)gsl_ran_exponential(&stream.rng, 1e9);
    }
}

static bool make_world(uint32_t events, mu_world *out) {
    mu_layout layout = {0};
    mu_layout_add(&layout, MU_SECTION_QUEUE, sizeof(mu_event), events);
    return mu_world_create(&layout, out) == MU_OK;
}

static void keep_faster(double took_s, double *best) {
    const double holds_per_s = took_s > 0 ? HOLDS / took_s : 0;
    *best = holds_per_s > *best ? holds_per_s : *best;
}

/* Holds a second into *best, if they are more than before. False without memory. */
static bool hold_engine(uint32_t pending, const mu_time steps[STEPS], double *best) {
    mu_world world;
    if (!make_world(pending + 1, &world)) {
        return false;
    }
    const mu_queue_view queue = mu_queue_of(&world);
    for (uint32_t i = 0; i < pending; i++) {
        mu_queue_push(queue, (mu_event){.time_us = steps[i % STEPS] + i});
    }
    const double start = mu_bench_now();
    for (uint32_t i = 0; i < HOLDS; i++) {
        mu_event event = mu_queue_pop(queue);
        event.time_us += steps[i % STEPS];
        mu_queue_push(queue, event);
    }
    const double took = mu_bench_now() - start;
    mu_world_destroy(&world);
    keep_faster(took, best);
    return true;
}

static bool is_before(const mu_event *a, const mu_event *b) {
    return a->time_us < b->time_us || (a->time_us == b->time_us && a->sequence < b->sequence);
}

static void bare_push(mu_event *heap, uint32_t *count, mu_event event) {
    uint32_t hole = (*count)++;
    while (hole > 0 && is_before(&event, &heap[(hole - 1) / 4])) {
        heap[hole] = heap[(hole - 1) / 4];
        hole = (hole - 1) / 4;
    }
    heap[hole] = event;
}

static mu_event bare_pop(mu_event *heap, uint32_t *count) {
    const mu_event top = heap[0], last = heap[--*count];
    uint32_t hole = 0;
    for (uint32_t child; (child = 4 * hole + 1) < *count; hole = child) {
        const uint32_t end = child + 4 < *count ? child + 4 : *count;
        for (uint32_t i = child + 1; i < end; i++) {
            child = is_before(&heap[i], &heap[child]) ? i : child;
        }
        if (!is_before(&heap[child], &last)) {
            break;
        }
        heap[hole] = heap[child];
    }
    heap[hole] = last;
    return top;
}

static bool hold_bare(uint32_t pending, const mu_time steps[STEPS], double *best) {
    mu_event *heap = malloc(((size_t)pending + 1) * sizeof *heap);
    uint32_t count = 0, sequence = 0;
    if (heap == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < pending; i++) {
        bare_push(heap, &count,
                  (mu_event){.time_us = steps[i % STEPS] + i, .sequence = sequence++});
    }
    const double start = mu_bench_now();
    for (uint32_t i = 0; i < HOLDS; i++) {
        mu_event event = bare_pop(heap, &count);
        event.time_us += steps[i % STEPS];
        event.sequence = sequence++;
        bare_push(heap, &count, event);
    }
    const double took = mu_bench_now() - start;
    free(heap);
    keep_faster(took, best);
    return true;
}

enum { ARRIVES, LEAVES };

typedef struct server {
    mu_queue_view queue;
    mu_stream arrivals, services;
    uint64_t waiting; /* in the system */
    mu_time changed_us;
    double area; /* of the number in the system over time */
} server;

static void plan_next(server *s, uint16_t kind, mu_time now_us, gsl_rng *rng, double mean) {
    const mu_time at_us = now_us + (mu_time)gsl_ran_exponential(rng, mean);
    mu_queue_push(s->queue, (mu_event){.time_us = at_us, .kind = kind});
}

static void handle(server *s, const mu_event *event) {
    s->area += (double)s->waiting * (double)(event->time_us - s->changed_us);
    s->changed_us = event->time_us;
    if (event->kind == ARRIVES) {
        plan_next(s, ARRIVES, event->time_us, &s->arrivals.rng, 2e6);
        s->waiting++;
    } else {
        s->waiting--;
    }
    if (event->kind == LEAVES ? s->waiting > 0 : s->waiting == 1) {
        plan_next(s, LEAVES, event->time_us, &s->services.rng, 1e6);
    }
}

static bool run_mm1(queue_row *out) {
    mu_world world;
    server *s = calloc(1, sizeof *s);
    if (s == NULL || !make_world(8, &world)) {
        free(s);
        return false;
    }
    s->queue = mu_queue_of(&world);
    mu_stream_open(&s->arrivals, 1, 0, MU_PURPOSE_STUDY, 2, 0);
    mu_stream_open(&s->services, 1, 0, MU_PURPOSE_STUDY, 3, 0);
    plan_next(s, ARRIVES, 0, &s->arrivals.rng, 2e6);
    const double start = mu_bench_now();
    for (uint32_t i = 0; i < MM1_EVENTS; i++) {
        const mu_event event = mu_queue_pop(s->queue);
        handle(s, &event);
    }
    const double took = mu_bench_now() - start;
    out->events_per_s = took > 0 ? MM1_EVENTS / took : 0;
    out->mean_in_system = s->changed_us > 0 ? s->area / (double)s->changed_us : 0;
    mu_world_destroy(&world);
    free(s);
    return true;
}

/* A branch of a run: a new world, copied; against new memory of the same size, copied. */
static bool run_copies(queue_row *out) {
    mu_world world;
    if (!make_world(WORLD_EVENTS, &world)) {
        return false;
    }
    out->bytes = mu_world_bytes(&world);
    double start = mu_bench_now();
    bool done = true;
    for (int i = 0; i < COPIES && done; i++) {
        mu_world copy;
        done = mu_world_copy(&world, &copy) == MU_OK;
        if (done) {
            mu_world_destroy(&copy);
        }
    }
    out->copy_s = (mu_bench_now() - start) / COPIES;
    volatile unsigned char seen = 0; /* so that the copies are made */
    start = mu_bench_now();
    for (int i = 0; i < COPIES && done; i++) {
        unsigned char *copy = malloc(out->bytes);
        done = copy != NULL;
        if (done) {
            memcpy(copy, world.block, out->bytes);
            seen = (unsigned char)(seen + copy[(size_t)i * 64 % out->bytes]);
            free(copy);
        }
    }
    out->memcpy_s = (mu_bench_now() - start) / COPIES;
    mu_world_destroy(&world);
    return done;
}

static double ratio(double a, double b) {
    return b > 0 ? a / b : 0;
}

static void print_json(const hold_row *holds, int count, const queue_row *row, FILE *out) {
    mu_json_out json = {.stream = out};
    mu_json_open(&json, NULL, '{');
    mu_json_open(&json, "hold", '[');
    for (int i = 0; i < count; i++) {
        mu_json_open_flat(&json, NULL, '{');
        mu_json_put_count(&json, "pending", holds[i].pending);
        mu_json_put_real(&json, "holds_per_s", holds[i].engine);
        mu_json_put_real(&json, "bare_holds_per_s", holds[i].bare);
        mu_json_put_real(&json, "ratio", ratio(holds[i].engine, holds[i].bare));
        mu_json_close(&json, '}');
    }
    mu_json_close(&json, ']');
    mu_json_open_flat(&json, "mm1", '{');
    mu_json_put_real(&json, "events_per_s", row->events_per_s);
    mu_json_put_real(&json, "mean_in_system", row->mean_in_system);
    mu_json_close(&json, '}');
    mu_json_open_flat(&json, "fork", '{');
    mu_json_put_count(&json, "bytes", row->bytes);
    mu_json_put_real(&json, "fork_us", 1e6 * row->copy_s);
    mu_json_put_real(&json, "memcpy_us", 1e6 * row->memcpy_s);
    mu_json_put_real(&json, "ratio", ratio(row->copy_s, row->memcpy_s));
    mu_json_close(&json, '}');
    mu_json_close(&json, '}');
    (void)fputc('\n', out);
}

static void print_table(const hold_row *holds, int count, const queue_row *row, FILE *out) {
    mu_table *table = mu_table_create(4);
    char cells[4][40];
    mu_table_add(table, _("pending events"), _("holds a second"), _("bare heap"), _("ratio"));
    for (int i = 0; i < count; i++) {
        (void)snprintf(cells[0], sizeof cells[0], "%u", holds[i].pending);
        (void)snprintf(cells[1], sizeof cells[1], "%.3g", holds[i].engine);
        (void)snprintf(cells[2], sizeof cells[2], "%.3g", holds[i].bare);
        (void)snprintf(cells[3], sizeof cells[3], "%.2f", ratio(holds[i].engine, holds[i].bare));
        mu_table_add(table, cells[0], cells[1], cells[2], cells[3]);
    }
    mu_table_print(table, out);
    mu_table_destroy(table);
    (void)fprintf(out,
                  _("M/M/1 at half load: %.3g events a second; %.3f in the system (theory: 1)\n"),
                  row->events_per_s, row->mean_in_system);
    (void)fprintf(out, _("fork of a world of %zu bytes: %.1f us; memcpy %.1f us; ratio %.2f\n"),
                  row->bytes, 1e6 * row->copy_s, 1e6 * row->memcpy_s,
                  ratio(row->copy_s, row->memcpy_s));
}

int mu_bench_queue(const mu_bench_request *request, FILE *out) {
    static const uint32_t pending[] = {1000, 100000, 1000000};
    enum { ROWS = sizeof pending / sizeof pending[0] };
    hold_row holds[ROWS];
    mu_time steps[STEPS];
    draw_steps(steps);
    bool fine = true;
    for (int i = 0; i < ROWS; i++) {
        holds[i] = (hold_row){.pending = pending[i]};
        for (uint64_t k = 0; fine && k < request->repeats; k++) { /* by turns: the same machine */
            fine = hold_engine(pending[i], steps, &holds[i].engine) &&
                   hold_bare(pending[i], steps, &holds[i].bare);
        }
    }
    queue_row best = {0};
    for (uint64_t k = 0; fine && k < request->repeats; k++) {
        queue_row row = {0};
        fine = run_mm1(&row) && run_copies(&row);
        row.events_per_s =
            row.events_per_s > best.events_per_s ? row.events_per_s : best.events_per_s;
        row.copy_s = k > 0 && best.copy_s < row.copy_s ? best.copy_s : row.copy_s;
        row.memcpy_s = k > 0 && best.memcpy_s < row.memcpy_s ? best.memcpy_s : row.memcpy_s;
        best = row;
    }
    if (!fine) {
        return mu_refuse("bench", _("there is not enough memory"));
    }
    if (request->json) {
        print_json(holds, ROWS, &best, out);
    } else {
        print_table(holds, ROWS, &best, out);
    }
    return MU_EXIT_DONE;
}
