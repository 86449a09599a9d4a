/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was verified as tables and as JSON. */
#include "verify.h"

#include <math.h>

#include "core/i18n.h"
#include "core/json_out.h"
#include "table.h"

static void print_number(double value, char out[32]) {
    if (isnan(value)) {
        (void)snprintf(out, 32, "–");
    } else if (fabs(value) >= 100) {
        (void)snprintf(out, 32, "%.1f", value);
    } else {
        (void)snprintf(out, 32, "%.3f", value);
    }
}

/* One row for each number, with the groups before its name. */
static void add_figures(mu_table *table, const mu_figure *group, const char *before) {
    for (uint32_t i = 0; i < group->parts.count; i++) {
        const mu_figure *part = &group->parts.items[i];
        char name[256], cell[4][32] = {"", "", "", ""};
        (void)snprintf(name, sizeof name, "%s%s", before, part->name);
        if (part->shape == MU_FIGURE_GROUP) {
            (void)snprintf(name, sizeof name, "%s%s.", before, part->name);
            add_figures(table, part, name);
        } else if (part->shape == MU_FIGURE_NUMBER && part->meaning.quantity != MU_QUANTITY_GIVEN) {
            const double off = mu_figure_deviation(part);
            print_number(part->given, cell[0]);
            print_number(mu_figure_mean(part), cell[1]);
            print_number(mu_figure_spread(part), cell[2]);
            if (!isnan(off) && part->meaning.quantity != MU_QUANTITY_FIRST) {
                (void)snprintf(cell[3], sizeof cell[3], "%+.1f %%", 100 * off);
            }
            mu_table_add(table, name, cell[0], cell[1], cell[2], cell[3],
                         !part->judged                          ? ""
                         : fabs(off) <= MU_EXPERIMENT_TOLERANCE ? _("within 20 %")
                                                                : _("off"));
        }
    }
}

static void print_trial(const mu_trial *trial, FILE *out) {
    const mu_experiment *e = &trial->experiment;
    mu_table *table = mu_table_create(6);
    (void)fputs("\n", out);
    mu_text_print(e->id != NULL ? e->id : "", out);
    (void)fputs("\n", out);
    if (e->description != NULL) {
        mu_text_print(e->description, out);
        (void)fputs("\n", out);
    }
    mu_table_add(table, _("figure"), _("people"), _("model"), _("between runs"), _("difference"),
                 _("judged"));
    add_figures(table, &e->measured, "");
    mu_table_print(table, out);
    mu_table_destroy(table);
    (void)fprintf(out,
                  _("Mean of %u runs, mode %s. Moved off walls at first: %.1f persons, at most "
                    "%.2f m. Place taken, came in later: %.1f persons, by %.2f s on average, at "
                    "most %.2f s. Still inside at the end: %.1f."),
                  trial->seeds, mu_motion_mode_name(trial->mode), trial->clamped,
                  trial->clamped_most_m, trial->delayed, trial->delayed_mean_s,
                  trial->delayed_most_s, trial->inside);
    (void)fputc('\n', out);
}

static const char *outcome_word(mu_outcome outcome) {
    switch (outcome) {
    case MU_OUTCOME_PASSED:
        return N_("pass");
    case MU_OUTCOME_FAILED:
        return N_("FAIL");
    case MU_OUTCOME_NOT_COVERED:
        return N_("not covered");
    }
    return "";
}

void mu_verify_print(const mu_verification *verification, FILE *out) {
    mu_table *table = mu_table_create(3);
    mu_table_add(table, _("id"), _("source"), _("result"));
    for (uint32_t i = 0; i < verification->count; i++) {
        const mu_verified *item = &verification->items[i];
        const mu_experiment *e = &item->trial->experiment;
        mu_table_add(table, e->id, e->reference != NULL ? e->reference : "",
                     _(outcome_word(item->outcome)));
    }
    mu_table_print(table, out);
    mu_table_destroy(table);
    for (uint32_t i = 0; i < verification->count; i++) {
        if (verification->items[i].trial != NULL) {
            print_trial(verification->items[i].trial, out);
        }
    }
}

static void put_pairs(mu_json_out *json, const char *name, const mu_point *pairs, uint32_t count) {
    mu_json_open_flat(json, name, '[');
    for (uint32_t i = 0; i < count; i++) {
        if (isnan(pairs[i].y)) {
            mu_json_put_real(json, NULL, pairs[i].x);
        } else {
            mu_json_open(json, NULL, '[');
            mu_json_put_real(json, NULL, pairs[i].x);
            mu_json_put_real(json, NULL, pairs[i].y);
            mu_json_close(json, ']');
        }
    }
    mu_json_close(json, ']');
}

/* The given figures, or ours under the same names. */
static void put_figures(mu_json_out *json, const mu_figure *group, bool given) {
    for (uint32_t i = 0; i < group->parts.count; i++) {
        const mu_figure *part = &group->parts.items[i];
        if (part->shape == MU_FIGURE_GROUP) {
            mu_json_open(json, part->name, '{');
            put_figures(json, part, given);
            mu_json_close(json, '}');
        } else if (part->shape == MU_FIGURE_NUMBER) {
            mu_json_put_real(json, part->name, given ? part->given : mu_figure_mean(part));
        } else if (given || part->meaning.quantity == MU_QUANTITY_GIVEN) {
            put_pairs(json, part->name, part->pairs.items, part->pairs.count);
        } else if (part->found != NULL) {
            put_pairs(json, part->name, part->found, part->found_count);
        } else {
            mu_json_put_null(json, part->name);
        }
    }
}

static void put_trial(mu_json_out *json, const mu_trial *trial) {
    mu_json_open(json, "expected", '{');
    put_figures(json, &trial->experiment.measured, true);
    mu_json_close(json, '}');
    mu_json_open(json, "measured", '{');
    put_figures(json, &trial->experiment.measured, false);
    mu_json_close(json, '}');
    mu_json_put_string(json, "mode", mu_motion_mode_name(trial->mode));
    mu_json_put_count(json, "seeds", trial->seeds);
    mu_json_open_flat(json, "start", '{');
    mu_json_put_real(json, "clamped", trial->clamped);
    mu_json_put_real(json, "clamped_most_m", trial->clamped_most_m);
    mu_json_put_real(json, "delayed", trial->delayed);
    mu_json_put_real(json, "delayed_mean_s", trial->delayed_mean_s);
    mu_json_put_real(json, "delayed_most_s", trial->delayed_most_s);
    mu_json_put_real(json, "inside_at_end", trial->inside);
    mu_json_close(json, '}');
}

void mu_verify_print_json(const mu_verification *verification, FILE *out) {
    mu_json_out json = {.stream = out};
    mu_json_open(&json, NULL, '{');
    mu_json_open(&json, "cases", '[');
    for (uint32_t i = 0; i < verification->count; i++) {
        const mu_verified *item = &verification->items[i];
        mu_json_open(&json, NULL, '{');
        mu_json_put_string(&json, "id", item->trial->experiment.id);
        mu_json_put_string(&json, "source", item->trial->experiment.reference);
        put_trial(&json, item->trial);
        mu_json_put_bool(&json, "pass", item->outcome == MU_OUTCOME_PASSED);
        mu_json_put_string(&json, "file", item->file);
        mu_json_put_hash(&json, "hash", item->hash);
        mu_json_close(&json, '}');
    }
    mu_json_close(&json, ']');
    mu_json_put_string(&json, "program", verification->def.program);
    mu_json_put_count(&json, "first_seed", verification->def.first_seed);
    mu_json_close(&json, '}');
    (void)fputc('\n', out);
}
