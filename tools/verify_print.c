/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was verified as tables and as JSON. */
#include "verify.h"

#include <math.h>

#include "core/i18n.h"
#include "core/json_out.h"
#include "language.h"
#include "table.h"
#include "verify/report.h"

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
            mu_verify_say_number(part->given, cell[0]);
            mu_verify_say_number(mu_figure_mean(part), cell[1]);
            mu_verify_say_number(mu_figure_spread(part), cell[2]);
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
    char text[MU_TRIAL_ROOM];
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
    mu_verify_say_trial(trial, text);
    (void)fprintf(out, "%s\n", text);
}

static const char *say(const mu_text *text) {
    const bool zh = mu_language()[0] == 'z';
    const char *first = zh ? text->zh : text->en, *second = zh ? text->en : text->zh;
    return first != NULL ? first : second != NULL ? second : "";
}

static void add_case(mu_table *table, const mu_verified *item) {
    const char *source = say(&item->given->source);
    if (item->outcome == MU_OUTCOME_NOT_COVERED) {
        mu_table_add(table, item->given->id, source, "", "", "", _("not covered"));
    }
    for (uint32_t c = 0; item->results != NULL && c < item->given->checks.count; c++) {
        const mu_case_check *check = &item->given->checks.items[c];
        const mu_case_result *result = &item->results[c];
        char expected[96], measured[32];
        mu_verify_say_limits(check, expected, sizeof expected);
        mu_verify_say_number(result->measured, measured);
        mu_table_add(table, c == 0 ? item->given->id : "", c == 0 ? source : "", check->id,
                     expected, measured,
                     !result->judged ? ""
                     : result->holds ? _("holds")
                                     : _("NO"));
    }
}

static void print_counts(const mu_verification *v, FILE *out) {
    unsigned count[3] = {0, 0, 0};
    for (uint32_t i = 0; i < v->count; i++) {
        count[v->items[i].outcome]++;
    }
    (void)fputc('\n', out);
    (void)fprintf(out, _("%u hold, %u do not, %u are not covered."), count[MU_OUTCOME_PASSED],
                  count[MU_OUTCOME_FAILED], count[MU_OUTCOME_NOT_COVERED]);
    (void)fputc('\n', out);
}

static void print_suites(const mu_verification *v, FILE *out) {
    mu_table *table = mu_table_create(6);
    mu_table_add(table, _("suite"), _("tests"), _("covered"), _("hold"), _("do not hold"),
                 _("left out"));
    for (int s = 0; mu_case_suites[s] != NULL; s++) {
        unsigned count[3];
        char cell[5][16];
        mu_verify_count(v, s, count);
        const unsigned numbers[] = {count[0] + count[1] + count[2], count[0] + count[1], count[0],
                                    count[1], count[2]};
        for (int k = 0; k < 5; k++) {
            (void)snprintf(cell[k], sizeof cell[k], "%u", numbers[k]);
        }
        if (numbers[0] > 0) {
            mu_table_add(table, _(mu_case_suite_name(s)), cell[0], cell[1], cell[2], cell[3],
                         cell[4]);
        }
    }
    (void)fputc('\n', out);
    mu_table_print(table, out);
    mu_table_destroy(table);
}

static void print_reasons(const mu_verification *v, FILE *out) {
    bool first = true;
    for (uint32_t i = 0; i < v->count; i++) {
        if (v->items[i].outcome == MU_OUTCOME_NOT_COVERED) {
            (void)fprintf(out, "%s%s: ", first ? "\n" : "", v->items[i].given->id);
            mu_text_print(say(&v->items[i].given->not_covered), out);
            (void)fputc('\n', out);
            first = false;
        }
    }
}

void mu_verify_print(const mu_verification *verification, FILE *out) {
    mu_table *table = mu_table_create(6);
    mu_table_add(table, _("id"), _("source"), _("measure"), _("expected"), _("measured"),
                 _("result"));
    for (uint32_t i = 0; i < verification->count; i++) {
        const mu_verified *item = &verification->items[i];
        const mu_text source = mu_verified_source(item);
        if (item->given != NULL) {
            add_case(table, item);
        } else {
            mu_table_add(table, mu_verified_id(item), say(&source), _("see below"), "", "",
                         mu_verify_say_outcome(item->outcome));
        }
    }
    mu_table_print(table, out);
    mu_table_destroy(table);
    print_reasons(verification, out);
    for (uint32_t i = 0; i < verification->count; i++) {
        if (verification->items[i].trial != NULL) {
            print_trial(verification->items[i].trial, out);
        }
    }
    print_suites(verification, out);
    print_counts(verification, out);
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

static void put_limit(mu_json_out *json, const char *key, double limit) {
    if (fabs(limit) < MU_CASE_NO_LIMIT) {
        mu_json_put_real(json, key, limit);
    }
}

static void put_case(mu_json_out *json, const mu_verified *item) {
    const mu_case *given = item->given;
    const bool played = item->results != NULL;
    mu_json_open(json, "expected", '{');
    for (uint32_t c = 0; c < given->checks.count; c++) {
        const mu_case_check *check = &given->checks.items[c];
        mu_json_open_flat(json, check->id, '{');
        put_limit(json, "value", check->value);
        put_limit(json, "least", check->least);
        put_limit(json, "most", check->most);
        mu_json_close(json, '}');
    }
    mu_json_close(json, '}');
    mu_json_open(json, "measured", '{');
    for (uint32_t c = 0; played && c < given->checks.count; c++) {
        mu_json_put_real(json, given->checks.items[c].id, item->results[c].measured);
    }
    mu_json_close(json, '}');
    mu_json_put_string(json, "suite", mu_case_suites[given->suite]);
    mu_json_put_string(json, "mode", mu_motion_mode_name((mu_motion_mode)given->mode));
    mu_json_put_count(json, "seeds", item->seeds);
    if (item->outcome == MU_OUTCOME_NOT_COVERED) {
        mu_json_put_text(json, "not_covered", &given->not_covered);
    }
}

/* Of every suite: how many tests there are, are played and hold, and which are left out. */
static void put_suites(mu_json_out *json, const mu_verification *v) {
    mu_json_open(json, "suites", '[');
    for (int s = 0; mu_case_suites[s] != NULL; s++) {
        unsigned count[3];
        mu_verify_count(v, s, count);
        if (count[0] + count[1] + count[2] == 0) {
            continue;
        }
        mu_json_open(json, NULL, '{');
        mu_json_put_string(json, "suite", mu_case_suites[s]);
        mu_json_put_count(json, "tests", count[0] + count[1] + count[2]);
        mu_json_put_count(json, "covered", count[0] + count[1]);
        mu_json_put_count(json, "hold", count[0]);
        mu_json_open_flat(json, "left_out", '[');
        for (uint32_t i = 0; i < v->count; i++) {
            const mu_verified *item = &v->items[i];
            if (item->outcome == MU_OUTCOME_NOT_COVERED && item->given->suite == s) {
                mu_json_put_string(json, NULL, item->given->id);
            }
        }
        mu_json_close(json, ']');
        mu_json_close(json, '}');
    }
    mu_json_close(json, ']');
}

void mu_verify_print_json(const mu_verification *verification, FILE *out) {
    mu_json_out json = {.stream = out};
    mu_json_open(&json, NULL, '{');
    mu_json_open(&json, "cases", '[');
    for (uint32_t i = 0; i < verification->count; i++) {
        const mu_verified *item = &verification->items[i];
        const mu_text source = mu_verified_source(item);
        mu_json_open(&json, NULL, '{');
        mu_json_put_string(&json, "id", mu_verified_id(item));
        mu_json_put_string(&json, "source", say(&source));
        if (item->given != NULL) {
            put_case(&json, item);
        } else {
            put_trial(&json, item->trial);
        }
        if (item->outcome == MU_OUTCOME_NOT_COVERED) {
            mu_json_put_null(&json, "pass");
        } else {
            mu_json_put_bool(&json, "pass", item->outcome == MU_OUTCOME_PASSED);
        }
        mu_json_put_string(&json, "file", item->file);
        mu_json_put_hash(&json, "hash", item->hash);
        mu_json_close(&json, '}');
    }
    mu_json_close(&json, ']');
    put_suites(&json, verification);
    mu_json_put_string(&json, "program", verification->def.program);
    mu_json_put_count(&json, "first_seed", verification->def.first_seed);
    mu_json_close(&json, '}');
    (void)fputc('\n', out);
}
