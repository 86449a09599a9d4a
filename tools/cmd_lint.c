/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster lint`: what is wrong with a policy on this site, before anything is played. */
#include <stdio.h>

#include "audit/lint.h"
#include "command.h"
#include "core/i18n.h"
#include "core/json_out.h"
#include "diagnose.h"
#include "house.h"
#include "language.h"
#include "options.h"
#include "study/house_page.h"
#include "table.h"

enum { OPTION_POLICY, OPTION_ROSTER, OPTION_YEAR, OPTION_PLAYBOOKS, OPTION_HTML, OPTION_JSON };

static const mu_option options[] = {
    {'p', "policy", N_("FILE"), N_("policy (the one that comes with Muster)")},
    {0, "roster", N_("FILE"), N_("roster (roster.json beside the site, if it is there)")},
    {0, "year", N_("FILE"), N_("year file (year.json beside the site, if it is there)")},
    {0, "playbooks", N_("DIR"), N_("folder of playbooks")},
    {0, "html", N_("FILE"), N_("write it as a page to print, too")},
    {0, "json", NULL, N_("print what was found as JSON")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "lint",
    .synopsis = N_("SITE [OPTION]…"),
    .summary = N_("Holds a policy against itself, against the site and the roster, against the "
                  "hours of its staff, and against published guidance: clauses that contradict "
                  "each other, that cannot be met by arithmetic, that ask for more hours than "
                  "there are, that endanger people, or that are weaker than guidance. Each finding "
                  "comes with both texts and where they are written."),
    .details = N_("Exit status: 0 nothing found; 1 something was found; 2 wrong usage, or input "
                  "that cannot be used."),
    .options = options,
};

static void put_line(mu_table *table, const char *left, const char *right) {
    if (right != NULL && right[0] != 0) {
        mu_table_add(table, left, right);
    }
}

/* Where it is written, and how sure that is. */
static const char *say_source(const mu_house *house, const mu_lint_item *item) {
    return item->sure == MU_SURE_OWN
               ? item->source
               : mu_audit_say(house->plan, _("%s (%s)"), item->source, mu_sure_title(item->sure));
}

static void print_item(const mu_house *house, const mu_lint_item *item) {
    const mu_policy *policy = &house->plan->policy;
    const mu_clause *clause = item->clause == MU_NONE ? NULL : &policy->clauses.items[item->clause];
    const mu_clause *other = item->other == MU_NONE ? NULL : &policy->clauses.items[item->other];
    mu_text_print(
        mu_audit_say(house->plan, "  %s  %s", clause == NULL ? "–" : clause->id, item->what),
        stdout);
    (void)putchar('\n');
    mu_table *table = mu_table_create(2);
    if (clause != NULL) {
        put_line(table, _("      demands"), mu_house_text(&clause->text));
        put_line(table, _("      in"), mu_audit_source(house->plan, clause));
    }
    if (other != NULL) {
        put_line(table, mu_audit_say(house->plan, "      %s", other->id),
                 mu_house_text(&other->text));
    }
    put_line(table, _("      against"), item->against);
    put_line(table, _("      from"), say_source(house, item));
    put_line(table, _("      remedy"), item->advice);
    mu_table_print(table, stdout);
    mu_table_destroy(table);
}

static void print_text(const mu_house *house, const mu_lint *lint) {
    for (int kind = 0; kind < MU_LINT_KIND_COUNT; kind++) {
        uint32_t count = 0;
        for (uint32_t i = 0; i < lint->items.count; i++) {
            if (lint->items.items[i].kind != (mu_lint_kind)kind) {
                continue;
            }
            if (count++ == 0) {
                printf("%s\n\n", _(mu_lint_kind_title((mu_lint_kind)kind)));
            }
            print_item(house, &lint->items.items[i]);
            (void)putchar('\n');
        }
    }
    printf(P_("%u finding", "%u findings", lint->items.count), lint->items.count);
    (void)putchar('\n');
}

static void put_clause(mu_json_out *out, const char *key, const mu_clause *clause) {
    if (clause == NULL) {
        mu_json_put_null(out, key);
        return;
    }
    mu_json_open(out, key, '{');
    mu_json_put_string(out, "id", clause->id);
    mu_json_put_text(out, "text", &clause->text);
    mu_json_put_string(out, "source", clause->source);
    mu_json_close(out, '}');
}

static void print_json(const mu_house *house, const mu_lint *lint) {
    const mu_policy *policy = &house->plan->policy;
    mu_json_out out = {.stream = stdout};
    mu_json_open(&out, NULL, '{');
    mu_json_open(&out, "findings", '[');
    for (uint32_t i = 0; i < lint->items.count; i++) {
        const mu_lint_item *item = &lint->items.items[i];
        mu_json_open(&out, NULL, '{');
        mu_json_put_string(&out, "kind", mu_lint_kind_name(item->kind));
        put_clause(&out, "clause",
                   item->clause == MU_NONE ? NULL : &policy->clauses.items[item->clause]);
        put_clause(&out, "other",
                   item->other == MU_NONE ? NULL : &policy->clauses.items[item->other]);
        mu_json_put_string(&out, "what", item->what);
        mu_json_put_string(&out, "against", item->against);
        mu_json_put_string(&out, "source", item->source);
        mu_json_put_string(&out, "sure", mu_sure_name(item->sure));
        mu_json_put_string(&out, "advice", item->advice);
        mu_json_close(&out, '}');
    }
    mu_json_close(&out, ']');
    mu_json_put_count(&out, "count", lint->items.count);
    mu_json_close(&out, '}');
}

static int lint_house(const mu_house *house, bool json, const char *page) {
    mu_lint lint;
    if (mu_lint_run(house->plan, mu_house_playbooks(house), mu_language(), &lint) != MU_OK) {
        return mu_refuse(usage.command, _("there is not enough memory"));
    }
    if (json) {
        print_json(house, &lint);
    } else {
        print_text(house, &lint);
    }
    const mu_status written =
        page != NULL ? mu_house_write(house, page, mu_lint_page(&lint, MU_VERSION)) : MU_OK;
    if (written != MU_OK) {
        return mu_refuse_status(usage.command, written, house->diags);
    }
    if (page != NULL && !json) {
        mu_text_printf(stdout, _("Page: %s\n"), page);
    }
    return lint.items.count > 0 ? MU_EXIT_NO : MU_EXIT_DONE;
}

int mu_lint_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    mu_house house;
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    if (given.operand_count != 1) {
        return mu_refuse_usage(usage.command, _("name one site"));
    }
    const mu_house_asked asked = {.command = usage.command,
                                  .site = given.operands[0],
                                  .policy = given.value[OPTION_POLICY],
                                  .roster = given.value[OPTION_ROSTER],
                                  .year = given.value[OPTION_YEAR],
                                  .playbooks = given.value[OPTION_PLAYBOOKS]};
    if (mu_house_open(&asked, &house, &status)) {
        status = lint_house(&house, given.value[OPTION_JSON] != NULL, given.value[OPTION_HTML]);
        mu_house_close(&house);
    }
    return status;
}
