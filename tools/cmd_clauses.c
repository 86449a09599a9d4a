/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster clauses`: what a policy demands, as a table, clause by clause, or as JSON. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause_id.h"
#include "clause_judged.h"
#include "command.h"
#include "core/i18n.h"
#include "core/json_out.h"
#include "diagnose.h"
#include "drill/report/words.h"
#include "language.h"
#include "options.h"
#include "policy/policy.h"
#include "readiness/year_plan.h"
#include "table.h"

enum { OPTION_POLICY, OPTION_JSON };

static const mu_option options[] = {
    {'p', "policy", N_("FILE"), N_("read this policy instead of the one that comes with Muster")},
    {0, "json", NULL, N_("print the clauses as JSON")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "clauses",
    .synopsis = N_("[ID…] [OPTION]…"),
    .summary =
        N_("Lists the clauses of a policy: id, kind, system, whether the source states the number "
           "or it is assumed, how each can be judged, title. With ids: those clauses in full."),
    .options = options,
};

static const char *in_language(const mu_text *text) {
    const char *wanted = mu_language()[0] == 'z' ? text->zh : text->en;
    return wanted != NULL ? wanted : "";
}

static void list_ways(const mu_clause *clause, char *out, size_t room) {
    out[0] = 0;
    for (uint32_t i = 0; i < clause->judged_by.count; i++) {
        const size_t used = strlen(out);
        (void)snprintf(out + used, room - used, "%s%s", i > 0 ? _(", ") : "",
                       _(mu_how_name((mu_how)clause->judged_by.items[i])));
    }
}

static void print_table(const mu_clause *const *clauses, uint32_t count) {
    mu_table *table = mu_table_create(6);
    char ways[128];
    mu_table_add(table, _("id"), _("kind"), _("system"), _("basis"), _("judged by"), _("title"));
    for (uint32_t i = 0; i < count; i++) {
        list_ways(clauses[i], ways, sizeof ways);
        mu_table_add(table, clauses[i]->id, mu_kind_said(clauses[i]->kind),
                     mu_system_said(clauses[i]->system), _(mu_basis_name(clauses[i]->basis)), ways,
                     in_language(&clauses[i]->title));
    }
    mu_table_print(table, stdout);
    mu_table_destroy(table);
    const mu_judged_counts counts = mu_judged_count(clauses, count);
    (void)printf(_("\n%u clauses: %u judged by runs of incidents, %u by the year, %u by the audit, "
                   "%u examples that are switched off, %u by nothing.\n"),
                 counts.clauses, counts.by[MU_HOW_SIMULATED], counts.by[MU_HOW_SCHEDULED],
                 counts.by[MU_HOW_DECLARED], counts.off, counts.without);
}

static void print_row(mu_table *table, const char *name, const char *value) {
    if (value != NULL && value[0] != 0) {
        char left[64];
        (void)snprintf(left, sizeof left, "  %s", name);
        mu_table_add(table, left, value);
    }
}

static void print_clause(const mu_clause *clause) {
    char ways[128], demand[256];
    mu_text_print(clause->id, stdout);
    (void)fputs("  ", stdout);
    mu_text_print(in_language(&clause->title), stdout);
    (void)putchar('\n');
    mu_table *table = mu_table_create(2);
    list_ways(clause, ways, sizeof ways);
    print_row(table, _("text"), in_language(&clause->text));
    print_row(table, _("source"), mu_source_said(clause, demand, sizeof demand));
    print_row(table, _("kind"), mu_kind_said(clause->kind));
    print_row(table, _("system"), mu_system_said(clause->system));
    print_row(table, _("basis"), _(mu_basis_name(clause->basis)));
    for (uint32_t i = 0; i < clause->demands.count; i++) {
        print_row(table, _("demand"), mu_demand_said(clause, i, demand, sizeof demand));
    }
    print_row(table, _("judged by"), ways);
    mu_judged_rows(table, clause);
    const char *owner = mu_known_word(clause->owner);
    print_row(table, _("owner"), owner != NULL ? owner : clause->owner);
    print_row(table, _("judged as"), clause->same_as.id);
    print_row(table, _("switched off"), clause->off ? _("yes") : NULL);
    print_row(table, _("note"), in_language(&clause->note));
    mu_table_print(table, stdout);
    mu_table_destroy(table);
}

static void put_demands(mu_json_out *out, const mu_clause *clause) {
    mu_json_open_flat(out, "params", '[');
    for (uint32_t i = 0; i < clause->demands.count; i++) {
        const mu_demand *demand = &clause->demands.items[i];
        mu_json_open(out, NULL, '{');
        mu_json_put_string(out, "name", demand->name);
        mu_json_put_real(out, "value", demand->value);
        mu_json_put_string(out, "unit", demand->unit);
        mu_json_close(out, '}');
    }
    mu_json_close(out, ']');
}

static void put_ways(mu_json_out *out, const mu_clause *clause) {
    mu_json_open_flat(out, "judged_by", '[');
    for (uint32_t i = 0; i < clause->judged_by.count; i++) {
        mu_json_put_string(out, NULL, mu_how_name((mu_how)clause->judged_by.items[i]));
    }
    mu_json_close(out, ']');
}

static void put_clause(mu_json_out *out, const mu_clause *clause) {
    mu_json_open(out, NULL, '{');
    mu_json_put_string(out, "id", clause->id);
    mu_json_put_string(out, "zh", clause->text.zh);
    mu_json_put_string(out, "en", clause->text.en);
    mu_json_put_text(out, "title", &clause->title);
    mu_json_put_string(out, "kind", mu_clause_kind_name(clause->kind));
    mu_json_put_string(out, "system", clause->system);
    mu_json_put_string(out, "basis", mu_basis_name(clause->basis));
    mu_json_put_bool(out, "off", clause->off);
    mu_json_put_string(out, "owner", clause->owner);
    mu_json_put_int(out, "severity", clause->severity);
    mu_json_put_string(out, "capability", clause->capability);
    mu_json_put_string(out, "source", clause->source);
    put_demands(out, clause);
    mu_json_put_string(out, "start", clause->start);
    mu_json_put_string(out, "end", clause->end);
    mu_json_put_string(out, "same_as", clause->same_as.id);
    put_ways(out, clause);
    mu_json_put_string(out, "mode", clause->off ? "off" : mu_how_name(mu_clause_mode(clause)));
    mu_json_put_string(out, "measure", mu_clause_measure(clause));
    mu_judged_put(out, clause);
    mu_json_put_text(out, "note", &clause->note);
    mu_json_close(out, '}');
}

static void put_counts(mu_json_out *out, const mu_clause *const *clauses, uint32_t count) {
    const mu_judged_counts counts = mu_judged_count(clauses, count);
    mu_json_open_flat(out, "counts", '{');
    mu_json_put_count(out, "clauses", counts.clauses);
    for (int how = MU_HOW_SIMULATED; how <= MU_HOW_DECLARED; how++) {
        mu_json_put_count(out, mu_how_name((mu_how)how), counts.by[how]);
    }
    mu_json_put_count(out, "off", counts.off);
    mu_json_put_count(out, "without", counts.without);
    mu_json_close(out, '}');
}

static void print_json(const mu_clause *const *clauses, uint32_t count) {
    mu_json_out out = {.stream = stdout};
    mu_json_open(&out, NULL, '{');
    mu_json_open(&out, "clauses", '[');
    for (uint32_t i = 0; i < count; i++) {
        put_clause(&out, clauses[i]);
    }
    mu_json_close(&out, ']');
    put_counts(&out, clauses, count);
    mu_json_close(&out, '}');
    (void)putchar('\n');
}

/* The clauses asked for, all where none is; NULL and *status set where one does not exist. */
static const mu_clause **choose(const mu_policy *policy, const mu_given_options *given,
                                uint32_t *count, int *status) {
    const uint32_t all = policy->clauses.count;
    const mu_clause **chosen =
        calloc(all + (uint32_t)given->operand_count + 1, sizeof(const mu_clause *));
    if (chosen == NULL) {
        *status = mu_refuse(usage.command, _("there is not enough memory"));
        return NULL;
    }
    *count = 0;
    for (uint32_t i = 0; given->operand_count == 0 && i < all; i++) {
        chosen[(*count)++] = &policy->clauses.items[i];
    }
    for (int k = 0; k < given->operand_count; k++) {
        const uint32_t i = mu_clause_named(usage.command, policy, given->operands[k]);
        if (i == MU_NONE) {
            *status = MU_EXIT_USAGE;
            free(chosen);
            return NULL;
        }
        chosen[(*count)++] = &policy->clauses.items[i];
    }
    return chosen;
}

static int print_policy(const mu_policy *policy, const mu_given_options *given) {
    uint32_t count = 0;
    int status = MU_EXIT_DONE;
    const mu_clause **clauses = choose(policy, given, &count, &status);
    if (clauses == NULL) {
        return status;
    }
    if (given->value[OPTION_JSON] != NULL) {
        print_json(clauses, count);
    } else if (given->operand_count == 0) {
        print_table(clauses, count);
    } else {
        for (uint32_t i = 0; i < count; i++) {
            print_clause(clauses[i]);
        }
    }
    free(clauses);
    return MU_EXIT_DONE;
}

static int read_and_print(const char *file, const mu_given_options *given) {
    mu_policy policy = {0};
    mu_diags *diags = mu_diags_create();
    mu_arena *arena = mu_arena_create();
    mu_loader *loader = diags != NULL && arena != NULL ? mu_loader_create(arena, diags) : NULL;
    int status = MU_EXIT_USAGE;
    mu_status read = MU_OK;
    if (loader == NULL) {
        status = mu_refuse(usage.command, _("there is not enough memory"));
    } else {
        read = mu_policy_read(loader, arena, file, diags, &policy);
        read = read == MU_OK ? mu_loader_resolve(loader) : read;
    }
    if (loader != NULL && read == MU_OK) {
        mu_policy_apply(&policy, diags);
        if (mu_diags_count(diags, MU_ERROR) == 0) {
            status = print_policy(&policy, given);
        }
    }
    if (diags != NULL) {
        mu_diags_print(diags, 0, MU_NOTE, stderr);
    }
    if (read != MU_OK) {
        status = mu_refuse_status(usage.command, read, diags);
    }
    mu_loader_destroy(loader);
    mu_arena_destroy(arena);
    mu_diags_destroy(diags);
    return status;
}

int mu_clauses_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    if (given.value[OPTION_POLICY] != NULL) {
        return read_and_print(given.value[OPTION_POLICY], &given);
    }
    char file[MU_DATA_PATH_MOST];
    if (!mu_data_find("scenarios/policy/baseline.json", file)) {
        return mu_refuse(
            usage.command,
            _("the policy that comes with Muster was not found; name one with --policy"));
    }
    return read_and_print(file, &given);
}
