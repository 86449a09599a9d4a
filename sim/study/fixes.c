/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/fixes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/grow.h"
#include "core/i18n.h"

enum { EACH_CLAUSE = 3 };

/* A lever that mends a clause. Oftener comes before sooner. */
typedef struct mended {
    uint32_t clause, arm;
    bool oftener;
    double gain;
    mu_said said;
} mended;

typedef struct reading {
    const char *incident, *language;
    mended *items;
    uint32_t count, room;
    bool found, no_memory;
} reading;

static void say_mended(const mu_results *results, const mu_comparison *comparison,
                       const mu_pair_finding *finding, const char *language, mu_said out) {
    const char *lever = mu_results_arm_name(results, comparison->arm_y, language);
    mu_said interval, by;
    mu_results_say_interval(finding, interval);
    mu_results_say_difference(finding, false, by);
    if (finding->kind == MU_FINDING_CLAUSE) {
        (void)snprintf(out, MU_SAID_ROOM,
                       _("%.150s: met in %.0f %% of runs instead of %.0f %% (95 %% interval of the "
                         "difference %.80s)"),
                       lever, 100 * finding->pair.mean_y, 100 * finding->pair.mean_x, interval);
    } else {
        (void)snprintf(out, MU_SAID_ROOM,
                       _("%.150s: %.60s sooner (95 %% interval %.80s), but not met more often for "
                         "certain"),
                       lever, by, interval);
    }
}

static void add(reading *r, const mu_results *results, const mu_comparison *comparison,
                const mu_pair_finding *finding) {
    mended *larger = mu_grow(r->items, r->count, &r->room, sizeof *larger);
    if (larger == NULL) {
        r->no_memory = true;
        return;
    }
    r->items = larger;
    mended *out = &r->items[r->count++];
    *out = (mended){.clause = finding->number,
                    .arm = comparison->arm_y,
                    .oftener = finding->kind == MU_FINDING_CLAUSE,
                    .gain = fabs(finding->pair.mean)};
    say_mended(results, comparison, finding, r->language, out->said);
}

static void visit(void *context, const mu_results *results, const mu_comparison *comparison,
                  const mu_compare_given *given) {
    reading *r = context;
    (void)given;
    if (strcmp(results->incidents.items[comparison->incident].id, r->incident) != 0) {
        return;
    }
    r->found = true;
    for (uint32_t i = 0; i < comparison->count; i++) {
        const mu_pair_finding *finding = &comparison->findings[i];
        const bool sooner = finding->kind == MU_FINDING_CLAUSE_TIME && finding->is_elapsed;
        if (mu_finding_sign(finding) > 0 && (finding->kind == MU_FINDING_CLAUSE || sooner)) {
            add(r, results, comparison, finding);
        }
    }
}

static int by_gain(const void *a, const void *b) {
    const mended *x = a, *y = b;
    return x->clause != y->clause     ? (x->clause > y->clause) - (x->clause < y->clause)
           : x->oftener != y->oftener ? y->oftener - x->oftener
           : x->gain < y->gain || x->gain > y->gain ? (x->gain < y->gain) - (x->gain > y->gain)
                                                    : (x->arm > y->arm) - (x->arm < y->arm);
}

/* One that mends a clause both ways is told once. */
static bool is_told(const mended *items, uint32_t first, uint32_t at) {
    bool told = false;
    for (uint32_t k = first; k < at; k++) {
        told = told || items[k].arm == items[at].arm;
    }
    return told;
}

static bool keep(const reading *r, const mu_results *results, mu_arena *arena, mu_fixes *out) {
    out->items = mu_arena_array(arena, (size_t)r->count + 1, sizeof *out->items);
    bool enough = out->items != NULL;
    for (uint32_t i = 0, first = 0, kept = 0; enough && i < r->count; i++) {
        if (i > 0 && r->items[i].clause != r->items[i - 1].clause) {
            first = i;
            kept = 0;
        }
        if (kept < EACH_CLAUSE && !is_told(r->items, first, i)) {
            const char *clause = results->clauses.items[r->items[i].clause].id;
            mu_report_fix *fix = &out->items[out->count++];
            *fix = (mu_report_fix){.clause = mu_arena_copy(arena, clause),
                                   .said = mu_arena_copy(arena, r->items[i].said)};
            enough = fix->clause != NULL && fix->said != NULL;
            kept++;
        }
    }
    return enough;
}

mu_status mu_fixes_read(const char *path, const char *incident, const char *language,
                        mu_arena *arena, mu_diags *diags, mu_fixes *out) {
    const mu_compare_options options = {.base = 0, .other = MU_NONE, .draws = 0};
    reading r = {.incident = incident, .language = language};
    mu_store *store;
    mu_results results;
    *out = (mu_fixes){0};
    mu_status status = mu_store_read(path, diags, &store);
    if (status != MU_OK) {
        return status;
    }
    status = mu_results_read(store, arena, diags, &results);
    if (status == MU_OK) {
        status = mu_results_compare(&results, &options, visit, &r, diags);
    }
    if (status == MU_OK && !r.found) {
        const mu_where where = {.file = path};
        mu_diags_add(diags, MU_ERROR, "fixes.other", &where,
                     _("give the results of muster fix on the same incident"),
                     _("these results say nothing of the incident '%s'"), incident);
        status = MU_ERR_INPUT;
    }
    if (status == MU_OK && r.count > 1) {
        qsort(r.items, r.count, sizeof *r.items, by_gain);
    }
    if (status == MU_OK && (r.no_memory || !keep(&r, &results, arena, out))) {
        status = MU_ERR_MEMORY;
    }
    free(r.items);
    mu_store_close(store);
    return status;
}
