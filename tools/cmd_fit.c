/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster fit`: times from past drills and patrol logs become distributions that replace defaults
 * in settings, with their provenance. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "core/dist_form.h"
#include "core/file_in.h"
#include "core/file_out.h"
#include "core/grow.h"
#include "core/i18n.h"
#include "core/json_edit.h"
#include "core/json_out.h"
#include "core/random.h"
#include "diagnose.h"
#include "drill/report/doc.h"
#include "language.h"
#include "options.h"
#include "study/fit.h"
#include "table.h"

enum { OPTION_INTO, OPTION_OUTPUT, OPTION_HTML, OPTION_SEED, OPTION_JSON };

static const mu_option options[] = {
    {0, "into", N_("FILE"), N_("file of settings that the best fits are written into")},
    {'o', "output", N_("FILE"), N_("where the changed file goes (needed with --into)")},
    {0, "html", N_("FILE"), N_("write a page with plots")},
    {0, "seed", N_("N"), N_("seed of the tests of fit (1)")},
    {0, "json", NULL, N_("print the fits as JSON")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "fit",
    .synopsis = N_("LOGS.csv [OPTION]…"),
    .summary =
        N_("Fits distributions to recorded times. The file has a line of headings with the columns "
           "'setting' and 'value': setting is the place in a file that the time is of, such as "
           "/units/police.patrol_1/dispatched_in_s, and value the time in that field's unit. For "
           "each setting: exponential, log-normal, normal, gamma and Weibull by maximum "
           "likelihood, with Akaike's criterion and a test of fit. The best one that is not "
           "refused can be written into a file, with where it comes from."),
    .details = N_("Exit status: 0 done; 1 done, but some setting has too few values or no "
                  "distribution fits; 2 wrong usage, or input that cannot be used."),
    .options = options,
};

enum { LINE_MOST = 4096, REPEATS = 500 };
#define REFUSED_BELOW 0.05

typedef struct group {
    char *setting;
    double *values;
    uint32_t count, room;
    mu_fitted fitted;
    const mu_fit *best; /* NULL = none */
} group;

typedef struct groups {
    group *items;
    uint32_t count, room;
    bool no_memory;
} groups;

static group *group_of(groups *all, const char *setting) {
    for (uint32_t i = 0; i < all->count; i++) {
        if (strcmp(all->items[i].setting, setting) == 0) {
            return &all->items[i];
        }
    }
    group *items = mu_grow(all->items, all->count, &all->room, sizeof *items);
    if (items == NULL) {
        return NULL;
    }
    all->items = items;
    group *new = &all->items[all->count];
    *new = (group){.setting = strdup(setting)};
    all->count += new->setting != NULL;
    return new->setting != NULL ? new : NULL;
}

static bool add_value(groups *all, const char *setting, double value) {
    group *one = group_of(all, setting);
    if (one == NULL) {
        return false;
    }
    double *values = mu_grow(one->values, one->count, &one->room, sizeof *values);
    if (values == NULL) {
        return false;
    }
    one->values = values;
    one->values[one->count++] = value;
    return true;
}

static void free_groups(groups *all) {
    for (uint32_t i = 0; i < all->count; i++) {
        free(all->items[i].setting);
        free(all->items[i].values);
    }
    free(all->items);
}

/* The k-th field of a line, without blanks and quotes about it; changes the line. NULL: none. */
static char *field(char *line, int k) {
    char *at = line;
    for (; k > 0 && at != NULL; k--) {
        at = strchr(at, ',');
        at = at == NULL ? NULL : at + 1;
    }
    if (at == NULL) {
        return NULL;
    }
    at[strcspn(at, ",\r\n")] = 0;
    at += strspn(at, " \t\"");
    for (size_t n = strlen(at); n > 0 && strchr(" \t\"", at[n - 1]) != NULL; n--) {
        at[n - 1] = 0;
    }
    return at;
}

static int column_of(const char *heading, const char *name) {
    char line[LINE_MOST];
    for (int k = 0; k < 64; k++) {
        (void)snprintf(line, sizeof line, "%s", heading);
        const char *at = field(line, k);
        if (at == NULL) {
            return -1;
        }
        if (strcmp(at, name) == 0) {
            return k;
        }
    }
    return -1;
}

static void complain(mu_diags *diags, const char *file, uint32_t line, const char *what) {
    const mu_where where = {.file = file, .line = line};
    mu_diags_add(diags, MU_ERROR, "fit.line", &where, NULL, "%s", what);
}

static void read_line(const char *file, uint32_t number, const char *line, int setting, int value,
                      groups *all, mu_diags *diags) {
    char one[LINE_MOST], two[LINE_MOST];
    char *end;
    (void)snprintf(one, sizeof one, "%s", line);
    (void)snprintf(two, sizeof two, "%s", line);
    const char *name = field(one, setting);
    const char *digits = field(two, value);
    if (name == NULL || digits == NULL || name[0] == 0) {
        complain(diags, file, number, _("a column is missing"));
        return;
    }
    const double seconds = strtod(digits, &end);
    if (end == digits || *end != 0 || !isfinite(seconds) || seconds <= 0) {
        complain(diags, file, number, _("the value is no number above 0"));
        return;
    }
    all->no_memory = all->no_memory || !add_value(all, name, seconds);
}

static void read_csv(const char *file, groups *all, mu_diags *diags) {
    char line[LINE_MOST];
    FILE *in = mu_file_in_open(file);
    if (in == NULL) {
        mu_diags_add(diags, MU_ERROR, "fit.file", NULL, NULL, _("cannot read %s: %s"), file,
                     strerror(errno));
        return;
    }
    int setting = -1, value = -1;
    for (uint32_t number = 1; fgets(line, sizeof line, in) != NULL; number++) {
        if (number == 1) {
            setting = column_of(line, "setting");
            value = column_of(line, "value");
            if (setting < 0 || value < 0) {
                complain(diags, file, 1, _("the headings lack 'setting' or 'value'"));
                break;
            }
        } else if (line[strspn(line, " \t\r\n")] != 0) {
            read_line(file, number, line, setting, value, all, diags);
        }
    }
    (void)fclose(in);
}

static bool fit_all(groups *all, uint64_t seed) {
    for (uint32_t i = 0; i < all->count; i++) {
        group *one = &all->items[i];
        if (one->count < MU_FIT_LEAST) {
            continue;
        }
        if (mu_fit_values(one->values, one->count, seed, mu_name_hash(one->setting), REPEATS,
                          &one->fitted) != MU_OK) {
            return false;
        }
        for (uint32_t k = 0; k < one->fitted.count && one->best == NULL; k++) {
            if (one->fitted.fits[k].p >= REFUSED_BELOW) {
                one->best = &one->fitted.fits[k];
            }
        }
    }
    return true;
}

static const char *verdict_on(const group *one, const mu_fit *fit) {
    return fit == one->best ? _("best") : fit->p < REFUSED_BELOW ? _("refused") : "";
}

static const char *why_none(const group *one) {
    return one->count < MU_FIT_LEAST ? _("too few values")
           : one->fitted.count == 0  ? _("all values are the same")
                                     : _("none fits");
}

static void add_fit(mu_table *table, const group *one, uint32_t k) {
    char aic[32], distance[32], p[32], dist[256];
    const mu_fit *fit = &one->fitted.fits[k];
    mu_fit_json(&fit->dist, "", dist, sizeof dist);
    char *end = strstr(dist, ", \"source\"");
    if (end != NULL) {
        (void)snprintf(end, 2, "}");
    }
    (void)snprintf(aic, sizeof aic, "%.1f", fit->aic);
    (void)snprintf(distance, sizeof distance, "%.3f", fit->distance);
    (void)snprintf(p, sizeof p, "%.3f", fit->p);
    mu_table_add(table, k == 0 ? one->setting : "", dist, aic, distance, p, verdict_on(one, fit));
}

static void print_text(const groups *all) {
    mu_table *table = mu_table_create(6);
    mu_table_add(table, _("setting"), _("distribution"), "AIC", "KS", "p", _("verdict"));
    for (uint32_t i = 0; i < all->count; i++) {
        const group *one = &all->items[i];
        if (one->best == NULL && one->fitted.count == 0) {
            mu_table_add(table, one->setting, "–", "", "", "", why_none(one));
        }
        for (uint32_t k = 0; k < one->fitted.count; k++) {
            add_fit(table, one, k);
        }
    }
    mu_table_print(table, stdout);
    mu_table_destroy(table);
}

static void say_source(const char *file, const group *one, char *out, size_t room) {
    const char *slash = strrchr(file, '/');
    (void)snprintf(out, room,
                   "fitted by muster fit %s to %u values of %s: AIC %.1f, Kolmogorov-Smirnov p "
                   "%.3f by bootstrap",
                   MU_VERSION, one->count, slash == NULL ? file : slash + 1, one->best->aic,
                   one->best->p);
}

static void print_json(const groups *all) {
    mu_json_out out = {.stream = stdout};
    mu_json_open(&out, NULL, '{');
    mu_json_open(&out, "settings", '[');
    for (uint32_t i = 0; i < all->count; i++) {
        const group *one = &all->items[i];
        mu_json_open(&out, NULL, '{');
        mu_json_put_string(&out, "setting", one->setting);
        mu_json_put_count(&out, "values", one->count);
        mu_json_put_real(&out, "mean", one->fitted.count > 0 ? one->fitted.mean : (double)NAN);
        mu_json_open(&out, "fits", '[');
        for (uint32_t k = 0; k < one->fitted.count; k++) {
            const mu_fit *fit = &one->fitted.fits[k];
            mu_json_open_flat(&out, NULL, '{');
            mu_json_put_string(&out, "dist", mu_dist_words()[fit->dist.kind]);
            mu_json_put_real(&out, "a", fit->dist.a);
            mu_json_put_real(&out, "b", fit->dist.b);
            mu_json_put_real(&out, "aic", fit->aic);
            mu_json_put_real(&out, "ks", fit->distance);
            mu_json_put_real(&out, "p", fit->p);
            mu_json_put_bool(&out, "best", fit == one->best);
            mu_json_close(&out, '}');
        }
        mu_json_close(&out, ']');
        mu_json_close(&out, '}');
    }
    mu_json_close(&out, ']');
    mu_json_close(&out, '}');
}

/* The best fits into the file of settings. */
static mu_status write_into(const groups *all, const char *logs, const char *into,
                            const char *output, mu_diags *diags) {
    size_t length = 0;
    char *text = mu_file_in_read(into, MU_FILE_IN_BYTES_MOST, &length);
    if (text == NULL) {
        mu_diags_add(diags, MU_ERROR, "fit.file", NULL, NULL, _("cannot read %s: %s"), into,
                     strerror(errno));
        return MU_ERR_INPUT;
    }
    mu_status status = MU_OK;
    for (uint32_t i = 0; i < all->count && status == MU_OK; i++) {
        const group *one = &all->items[i];
        char source[300], value[700], *changed = NULL;
        size_t changed_length = 0;
        if (one->best == NULL) {
            continue;
        }
        say_source(logs, one, source, sizeof source);
        mu_fit_json(&one->best->dist, source, value, sizeof value);
        status = mu_json_edit(text, length, one->setting, value, &changed, &changed_length);
        if (status != MU_ERR_MEMORY && changed == NULL) {
            mu_diags_add(diags, MU_ERROR, "fit.place", NULL,
                         _("write it like /units/police.patrol_1/dispatched_in_s"),
                         _("%s has no place %s"), into, one->setting);
            status = MU_ERR_INPUT;
        }
        if (status != MU_OK) {
            break;
        }
        free(text);
        text = changed;
        length = changed_length;
    }
    if (status == MU_OK) {
        status = mu_file_out_write(output, text, length, diags);
    }
    free(text);
    return status;
}

static mu_status write_page(const groups *all, const char *logs, const char *path,
                            mu_diags *diags) {
    mu_doc doc = {.face = MU_FACE_HTML};
    char text[512];
    mu_report_head(&doc.page, mu_language(), _("Times from records"), "");
    mu_doc_heading(&doc, 1, NULL, _("Times from records"));
    mu_doc_paragraph(&doc, "place", logs);
    mu_doc_paragraph(&doc, NULL,
                     _("Dots: recorded values. Whole line: the fit with the lowest AIC. Broken "
                       "line: the second."));
    for (uint32_t i = 0; i < all->count; i++) {
        const group *one = &all->items[i];
        mu_doc_heading(&doc, 3, NULL, one->setting);
        if (one->fitted.count > 0 && mu_doc_figure(&doc, "wide")) {
            mu_fit_chart(&doc.page, one->setting, one->values, one->count, &one->fitted);
            (void)snprintf(text, sizeof text, _("%u values, mean %.4g, standard deviation %.4g"),
                           one->count, one->fitted.mean, one->fitted.sd);
            mu_doc_figure_end(&doc, text);
        }
        if (one->best != NULL) {
            char source[300];
            say_source(logs, one, source, sizeof source);
            mu_fit_json(&one->best->dist, source, text, sizeof text);
            mu_doc_code(&doc, text);
        } else {
            mu_doc_paragraph(&doc, NULL, why_none(one));
        }
    }
    mu_page_put(&doc.page, "</main>\n</body>\n</html>\n");
    char *page = mu_page_take(&doc.page);
    const mu_status status =
        page != NULL ? mu_file_out_write(path, page, strlen(page), diags) : MU_ERR_MEMORY;
    free(page);
    return status;
}

static int fit(const char *logs, const mu_given_options *given, uint64_t seed, groups *all,
               mu_diags *diags) {
    read_csv(logs, all, diags);
    if (mu_diags_count(diags, MU_ERROR) > 0) {
        return mu_refuse_status(usage.command, MU_ERR_INPUT, diags);
    }
    if (all->count == 0) {
        return mu_refuse(usage.command, _("%s has no values"), logs);
    }
    if (all->no_memory || !fit_all(all, seed)) {
        return mu_refuse(usage.command, _("there is not enough memory"));
    }
    if (given->value[OPTION_JSON] != NULL) {
        print_json(all);
    } else {
        print_text(all);
    }
    mu_status status = MU_OK;
    if (given->value[OPTION_INTO] != NULL) {
        status =
            write_into(all, logs, given->value[OPTION_INTO], given->value[OPTION_OUTPUT], diags);
    }
    if (status == MU_OK && given->value[OPTION_HTML] != NULL) {
        status = write_page(all, logs, given->value[OPTION_HTML], diags);
        if (status == MU_OK && given->value[OPTION_JSON] == NULL) {
            mu_text_printf(stdout, _("Page: %s\n"), given->value[OPTION_HTML]);
        }
    }
    if (status != MU_OK) {
        return mu_refuse_status(usage.command, status, diags);
    }
    for (uint32_t i = 0; i < all->count; i++) {
        if (all->items[i].best == NULL) {
            return MU_EXIT_NO;
        }
    }
    return MU_EXIT_DONE;
}

int mu_fit_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    uint64_t seed = 1;
    groups all = {0};
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    if (given.operand_count != 1) {
        return mu_refuse_usage(usage.command, _("name one file of records"));
    }
    if (given.value[OPTION_INTO] != NULL && given.value[OPTION_OUTPUT] == NULL) {
        return mu_refuse_usage(usage.command,
                               _("-o is missing: which file the changed one goes to"));
    }
    if (!mu_option_number(usage.command, "seed", given.value[OPTION_SEED], 0,
                          (uint64_t)MU_FIELD_INT_MOST, &seed)) {
        return MU_EXIT_USAGE;
    }
    mu_diags *diags = mu_diags_create();
    if (diags == NULL) {
        return mu_refuse(usage.command, _("there is not enough memory"));
    }
    status = fit(given.operands[0], &given, seed, &all, diags);
    mu_diags_print(diags, 0, MU_WARNING, stderr);
    free_groups(&all);
    mu_diags_destroy(diags);
    return status;
}
