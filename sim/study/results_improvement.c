/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/results_improvement.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/i18n.h"
#include "study/store_inside.h"

static void put(mu_page *page, const char *tag, const char *class_name, const char *text) {
    mu_page_print(page, class_name != NULL ? "<%s class=\"%s\">" : "<%s>", tag, class_name);
    mu_page_text(page, text);
    mu_page_print(page, "</%s>\n", tag);
}

/* Columns from `first` to before `end` hold numbers. */
static void open_table(mu_page *page, const char *const *headings, int count, int first, int end) {
    mu_page_put(page, "<table>\n<thead><tr>");
    for (int k = 0; k < count; k++) {
        put(page, "th", k >= first && k < end ? "number" : NULL, headings[k]);
    }
    mu_page_put(page, "</tr></thead>\n<tbody>\n");
}

void mu_improvement_relative(const mu_pair_finding *finding, mu_said out) {
    const double before = finding->pair.mean_x, share = finding->pair.mean / before;
    out[0] = '\0';
    /* Of a share the points say it already; of a time that may never come the mean is cut off. */
    if (before > 0 && strcmp(finding->unit, "1") != 0 && isfinite(share) &&
        finding->never_x + finding->never_y == 0) {
        (void)snprintf(out, MU_SAID_ROOM, "%s%.0f %%",
                       share < -0.005  ? "−"
                       : share > 0.005 ? "+"
                                       : "",
                       100 * fabs(share));
    }
}

void mu_improvement_headline(mu_page *page, const mu_improvement *of) {
    for (uint32_t i = 0; i < of->comparison->count; i++) {
        const mu_pair_finding *finding = &of->comparison->findings[i];
        if (finding->kind != MU_FINDING_MEASURE || finding->number != MU_MEASURE_clauses_missed) {
            continue;
        }
        mu_said by, interval;
        mu_improvement_relative(finding, by);
        mu_results_say_interval(finding, interval);
        mu_page_put(page, "<p class=\"headline\">");
        mu_page_say(page,
                    _("Clauses missed a run: %.1f before, %.1f after (%.40s; 95 %% interval of the "
                      "difference %.100s)."),
                    finding->pair.mean_x, finding->pair.mean_y, by, interval);
        mu_page_put(page, "</p>\n");
    }
}

/* JSON of one arm's setting; NULL: as the files stand. The statement keeps it until it is stepped
 * on. */
static const char *value_of(sqlite3_stmt *row, int column) {
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text == NULL                ? _("as the files stand")
           : strcmp(text, "null") == 0 ? _("taken out")
                                       : text;
}

static mu_status write_settings(mu_page *page, const mu_improvement *of, mu_diags *diags) {
    static const char sql[] =
        "SELECT a.factor, a.target, a.pointer, x.value, y.value FROM "
        "(SELECT DISTINCT factor, target, pointer FROM setting WHERE arm IN (?1, ?2)) a "
        "LEFT JOIN setting x ON x.arm = ?1 AND x.factor = a.factor "
        "LEFT JOIN setting y ON y.arm = ?2 AND y.factor = a.factor "
        "WHERE x.value IS NOT y.value ORDER BY 1";
    sqlite3_stmt *row = mu_store_prepare(of->results->store, sql, diags);
    if (row == NULL) {
        return MU_ERR_IO;
    }
    (void)sqlite3_bind_int64(row, 1, of->comparison->arm_x);
    (void)sqlite3_bind_int64(row, 2, of->comparison->arm_y);
    const char *const headings[] = {_("setting"), _("where"), _("before"), _("after")};
    bool any = false;
    while (sqlite3_step(row) == SQLITE_ROW) {
        if (!any) {
            open_table(page, headings, 4, 0, 0);
        }
        any = true;
        mu_page_put(page, "<tr>");
        put(page, "td", NULL, (const char *)sqlite3_column_text(row, 0));
        mu_page_put(page, "<td>");
        mu_page_say(page, "%s %s", (const char *)sqlite3_column_text(row, 1),
                    (const char *)sqlite3_column_text(row, 2));
        mu_page_put(page, "</td>");
        put(page, "td", NULL, value_of(row, 3));
        put(page, "td", NULL, value_of(row, 4));
        mu_page_put(page, "</tr>\n");
    }
    mu_page_put(page, any ? "</tbody>\n</table>\n" : "");
    sqlite3_finalize(row);
    return MU_OK;
}

static const char *base_name(const char *path) {
    const char *cut = path != NULL ? strrchr(path, '/') : NULL;
    return path == NULL ? _("as the files stand") : cut != NULL ? cut + 1 : path;
}

static void write_policies(mu_page *page, const mu_improvement *of) {
    const char *x = of->results->arms.items[of->comparison->arm_x].policy;
    const char *y = of->results->arms.items[of->comparison->arm_y].policy;
    if (x != y && (x == NULL || y == NULL || strcmp(x, y) != 0)) {
        mu_page_put(page, "<p>");
        mu_page_say(page, _("Policy before: %s; after: %s."), base_name(x), base_name(y));
        mu_page_put(page, "</p>\n");
    }
}

static void say_limit(const mu_clause_scale *scale, double limit, mu_said out) {
    const mu_pair_finding like = {.unit = scale->unit};
    if (isnan(limit)) {
        (void)snprintf(out, MU_SAID_ROOM, "–");
    } else {
        mu_results_say_value(&like, limit, false, out);
    }
}

/* A demand that moved is no better response: it is told apart. */
static void write_limits(mu_page *page, const mu_improvement *of) {
    const char *const headings[] = {_("clause"), _("limit before"), _("limit after")};
    bool any = false;
    for (uint32_t c = 0; c < of->given->clauses; c++) {
        const double x = of->given->limit_x[c], y = of->given->limit_y[c];
        if (x == y || (isnan(x) && isnan(y))) {
            continue;
        }
        if (!any) {
            open_table(page, headings, 3, 1, 3);
        }
        any = true;
        const mu_results_clause *clause = &of->results->clauses.items[c];
        mu_said limit;
        mu_page_put(page, "<tr><td>");
        mu_page_say(page, "%s %s", clause->id, mu_text_in(clause->title, of->language));
        mu_page_put(page, "</td>");
        say_limit(&of->given->scales[c], x, limit);
        put(page, "td", "number", limit);
        say_limit(&of->given->scales[c], y, limit);
        put(page, "td", "number", limit);
        mu_page_put(page, "</tr>\n");
    }
    mu_page_put(page, any ? "</tbody>\n</table>\n" : "");
}

mu_status mu_improvement_changes(mu_page *page, const mu_improvement *of, mu_diags *diags) {
    put(page, "h3", NULL, _("What was changed"));
    write_policies(page, of);
    const mu_status status = write_settings(page, of, diags);
    write_limits(page, of);
    return status;
}

typedef enum state { CLOSED, FEWER, SAME, MORE, OPENED, STATES } state;

/* False: no gap, neither before nor after. */
static bool find_state(const mu_improvement *of, const mu_pair_finding *finding, state *out) {
    const bool before = finding->pair.mean_x < of->share, after = finding->pair.mean_y < of->share;
    const int sign = mu_finding_sign(finding);
    *out = before && !after ? CLOSED : !before ? OPENED : sign > 0 ? FEWER : sign < 0 ? MORE : SAME;
    return before || after;
}

static void write_gap(mu_page *page, const mu_improvement *of, const mu_pair_finding *finding,
                      state as) {
    static const char *const words[STATES] = {
        [CLOSED] = N_("gap closed"), [FEWER] = N_("remains, less often"),
        [SAME] = N_("remains"),      [MORE] = N_("remains, more often"),
        [OPENED] = N_("new gap"),
    };
    static const char *const lucky[STATES] = {
        [CLOSED] = N_("gap closed; may be luck"),
        [OPENED] = N_("new gap; may be luck"),
    };
    const int sign = mu_finding_sign(finding);
    const mu_results_clause *clause = &of->results->clauses.items[finding->number];
    mu_page_put(page, "<tr><td>");
    mu_page_say(page, "%s %s", clause->id, mu_text_in(clause->title, of->language));
    mu_page_print(page, "</td><td class=\"number\">%.0f %%</td><td class=\"number\">%.0f %%</td>",
                  100 * finding->pair.mean_x, 100 * finding->pair.mean_y);
    put(page, "td",
        sign > 0   ? "better"
        : sign < 0 ? "worse"
                   : NULL,
        sign == 0 && lucky[as] != NULL ? _(lucky[as]) : _(words[as]));
    mu_page_put(page, "</tr>\n");
}

void mu_improvement_gaps(mu_page *page, const mu_improvement *of) {
    const char *const headings[] = {_("clause"), _("met before"), _("met after"), _("gap")};
    bool any = false;
    put(page, "h3", NULL, _("Gaps before and after"));
    mu_page_put(page, "<p class=\"small\">");
    mu_page_say(page,
                _("A gap is a clause that fewer than %.0f %% of the runs that decide it meet."),
                100 * of->share);
    mu_page_put(page, "</p>\n");
    for (int wanted = CLOSED; wanted < STATES; wanted++) {
        for (uint32_t i = 0; i < of->comparison->count; i++) {
            const mu_pair_finding *finding = &of->comparison->findings[i];
            state as;
            if (finding->kind != MU_FINDING_CLAUSE || !find_state(of, finding, &as) ||
                (int)as != wanted) {
                continue;
            }
            if (!any) {
                open_table(page, headings, 4, 1, 3);
            }
            any = true;
            write_gap(page, of, finding, as);
        }
    }
    if (any) {
        mu_page_put(page, "</tbody>\n</table>\n");
    } else {
        put(page, "p", NULL, _("None, neither before nor after."));
    }
}
