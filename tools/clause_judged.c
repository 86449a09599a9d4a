/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A way counts only if it has something to judge by: a run needs an end (or people to count from a
 * start on), the year a duty that serves the clause, the audit a fact or a statement. The first is
 * seen here; whether a year serves the clause is seen when that is played. */
#include "clause_judged.h"

#include <stdio.h>
#include <string.h>

#include "audit/audit.h"
#include "core/i18n.h"
#include "drill/report/words.h"
#include "policy/measure.h"
#include "readiness/year_plan.h"

static const char number[] = "measured:";

static bool is_number(const mu_clause *clause) {
    return clause->end != NULL && strncmp(clause->end, number, sizeof number - 1) == 0;
}

const char *mu_clause_measure(const mu_clause *clause) {
    if (clause->end == NULL) {
        return clause->kind == MU_CLAUSE_COVERAGE && clause->start != NULL ? "reached" : NULL;
    }
    return is_number(clause) ? "number" : clause->kind == MU_CLAUSE_DEADLINE ? "time" : "event";
}

static bool is_judged(const mu_clause *clause, mu_how how) {
    return mu_clause_judged_by(clause, how) &&
           (how != MU_HOW_SIMULATED || mu_clause_measure(clause) != NULL);
}

static const char *place_of(mu_how how) {
    static const char *const places[] = {
        [MU_HOW_SIMULATED] = "run", [MU_HOW_SCHEDULED] = "year", [MU_HOW_DECLARED] = "audit"};
    return places[how];
}

static void put_way(mu_json_out *out, const mu_clause *clause, mu_how how) {
    mu_json_open_flat(out, NULL, '{');
    mu_json_put_string(out, "how", mu_how_name(how));
    mu_json_put_string(out, "where", place_of(how));
    if (how == MU_HOW_SIMULATED) {
        mu_json_put_string(out, "measure", mu_clause_measure(clause));
        mu_json_put_string(out, "start", clause->start);
        mu_json_put_string(out, "end", clause->end);
        mu_json_put_string(out, "statistic", mu_statistic_name(clause->statistic));
    } else if (how == MU_HOW_DECLARED) {
        const char *fact = mu_audit_wanted(clause);
        mu_json_put_string(out, "evidence", fact != NULL ? fact : "statement");
    } else {
        mu_json_put_string(out, "evidence", "duties");
    }
    mu_json_close(out, '}');
}

void mu_judged_put(mu_json_out *out, const mu_clause *clause) {
    mu_json_open(out, "judged", '[');
    for (uint32_t i = 0; i < clause->judged_by.count; i++) {
        const mu_how how = (mu_how)clause->judged_by.items[i];
        if (is_judged(clause, how)) {
            put_way(out, clause, how);
        }
    }
    mu_json_close(out, ']');
}

static const char *statistic_said(mu_statistic statistic) {
    static const char *const said[] = {
        [MU_STATISTIC_FIRST] = N_("the first time counts"),
        [MU_STATISTIC_EACH] = N_("every time counts, the worst is told"),
        [MU_STATISTIC_MEAN] = N_("the mean counts"),
        [MU_STATISTIC_LEAST] = N_("the lowest counts"),
        [MU_STATISTIC_MOST] = N_("the highest counts"),
    };
    return _(said[statistic]);
}

static void say_run(const mu_clause *clause, char *room, size_t size) {
    if (is_number(clause)) {
        const char *name = clause->end + sizeof number - 1;
        const char *counts = statistic_said(clause->statistic);
        if (clause->start != NULL) {
            (void)snprintf(room, size, _("the number “%s”, from %s on; %s"), name, clause->start,
                           counts);
        } else {
            (void)snprintf(room, size, _("the number “%s”; %s"), name, counts);
        }
    } else if (clause->end == NULL) {
        (void)snprintf(room, size, _("the share of people reached from %s on"), clause->start);
    } else if (clause->start == NULL) {
        (void)snprintf(room, size, _("whether %s comes"), clause->end);
    } else {
        (void)snprintf(room, size, _("from %s to %s; %s"), clause->start, clause->end,
                       statistic_said(clause->statistic));
    }
}

void mu_judged_rows(mu_table *table, const mu_clause *clause) {
    for (uint32_t i = 0; i < clause->judged_by.count; i++) {
        char said[512], left[64];
        const mu_how how = (mu_how)clause->judged_by.items[i];
        if (!is_judged(clause, how)) {
            continue;
        }
        const char *fact = mu_audit_wanted(clause);
        const char *whole = how == MU_HOW_SCHEDULED
                                ? _("the duties and stations of the year that serve it")
                                : _("what the organisation states, with its evidence");
        if (how == MU_HOW_SIMULATED) {
            say_run(clause, said, sizeof said);
        } else if (how == MU_HOW_DECLARED && fact != NULL) {
            (void)snprintf(said, sizeof said, _("read from site, roster and playbooks: %s"), fact);
        } else {
            (void)snprintf(said, sizeof said, "%s", whole);
        }
        (void)snprintf(left, sizeof left, "  %s",
                       how == MU_HOW_SIMULATED   ? _("in a run")
                       : how == MU_HOW_SCHEDULED ? _("in the year")
                                                 : _("in the audit"));
        mu_table_add(table, left, said);
    }
}

mu_judged_counts mu_judged_count(const mu_clause *const *clauses, uint32_t count) {
    mu_judged_counts out = {.clauses = count};
    for (uint32_t i = 0; i < count; i++) {
        const mu_how mode = mu_clause_mode(clauses[i]);
        if (clauses[i]->off) {
            out.off++;
        } else if (is_judged(clauses[i], mode)) {
            out.by[mode]++;
        } else {
            out.without++;
        }
    }
    return out;
}

typedef struct said {
    const char *word, *text;
} said;

static const char *find(const said *table, size_t count, const char *word) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(table[i].word, word) == 0) {
            return _(table[i].text);
        }
    }
    return word;
}

const char *mu_kind_said(mu_clause_kind kind) {
    static const said kinds[] = {
        {"deadline", N_("deadline")}, {"rate", N_("rate")},         {"coverage", N_("coverage")},
        {"stock", N_("stock")},       {"physical", N_("physical")}, {"distance", N_("distance")},
        {"process", N_("process")},   {"outcome", N_("outcome")},
    };
    return find(kinds, sizeof kinds / sizeof kinds[0], mu_clause_kind_name(kind));
}

const char *mu_system_said(const char *system) {
    static const said systems[] = {
        {"accountability", N_("accountability")},
        {"appraisal", N_("appraisal")},
        {"assessment", N_("assessment")},
        {"budget", N_("budget")},
        {"command", N_("command")},
        {"comms", N_("communications")},
        {"crowd", N_("crowd")},
        {"detection", N_("detection")},
        {"drills", N_("drills")},
        {"ert", N_("response team")},
        {"evacuation", N_("evacuation")},
        {"guards", N_("guards")},
        {"improvement", N_("improvement")},
        {"intelligence", N_("intelligence")},
        {"keysite", N_("key sites")},
        {"liaison", N_("liaison")},
        {"other", N_("other")},
        {"medical", N_("medical")},
        {"orange", N_("orange alert")},
        {"organisation", N_("organisation")},
        {"package", N_("package")},
        {"patrol", N_("patrol")},
        {"perimeter", N_("perimeter")},
        {"personnel", N_("personnel")},
        {"plans", N_("plans")},
        {"police", N_("police")},
        {"power", N_("power")},
        {"recovery", N_("recovery")},
        {"red", N_("red alert")},
        {"supervision", N_("supervision")},
        {"supplies", N_("supplies")},
        {"traffic", N_("traffic")},
        {"training", N_("training")},
        {"upgrade", N_("upgrade")},
        {"yellow", N_("yellow alert")},
    };
    return find(systems, sizeof systems / sizeof systems[0], system);
}

static const char *unit_said(const char *unit) {
    static const said units[] = {{"persons", N_("persons")},
                                 {"months", N_("months")},
                                 {"d", N_("days")},
                                 {"s", N_("seconds")},
                                 {"m", N_("metres")},
                                 {"t", N_("tonnes")},
                                 {"1", ""},
                                 {"working_days", N_("working days")},
                                 {"per_year", N_("a year")},
                                 {"per_vehicle", N_("per vehicle")},
                                 {"hours_per_week", N_("hours a week")}};
    return unit[0] == '1' && unit[1] == 0 ? "" : find(units, sizeof units / sizeof units[0], unit);
}

const char *mu_demand_said(const mu_clause *clause, uint32_t demand, char *room, size_t size) {
    const mu_demand *given = &clause->demands.items[demand];
    if (strcmp(given->name, "required") == 0) {
        return _("must be");
    }
    const char *unit = unit_said(given->unit);
    char number_said[96];
    (void)snprintf(number_said, sizeof number_said,
                   mu_demand_is_most(clause, demand) ? _("at most %g%s%s") : _("at least %g%s%s"),
                   given->value, unit[0] != 0 ? " " : "", unit);
    if (clause->demands.count > 1) {
        const char *name = mu_known_measure(given->name);
        (void)snprintf(room, size, _("%s: %s"), name != NULL ? name : given->name, number_said);
    } else {
        (void)snprintf(room, size, "%s", number_said);
    }
    return room;
}
