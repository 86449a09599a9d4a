/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster audit`: clauses that are judged on what stands on the site, in the stores, on the roster
 * and on paper, each with its evidence or the lack of it. */
#include <stdio.h>
#include <stdlib.h>

#include "audit/audit.h"
#include "command.h"
#include "core/i18n.h"
#include "core/json_out.h"
#include "diagnose.h"
#include "house.h"
#include "language.h"
#include "options.h"
#include "study/house_page.h"
#include "table.h"

enum {
    OPTION_POLICY,
    OPTION_ROSTER,
    OPTION_YEAR,
    OPTION_PLAYBOOKS,
    OPTION_FAIL,
    OPTION_HTML,
    OPTION_JSON
};

static const mu_option options[] = {
    {'p', "policy", N_("FILE"), N_("policy (the one that comes with Muster)")},
    {0, "roster", N_("FILE"), N_("roster (roster.json beside the site, if it is there)")},
    {0, "year", N_("FILE"), N_("year file (year.json beside the site, if it is there)")},
    {0, "playbooks", N_("DIR"), N_("folder of playbooks whose headers are audited")},
    {0, "fail-on-gap", NULL, N_("exit with 1 if any clause is missed or lacks evidence")},
    {0, "html", N_("FILE"), N_("write it as a page to print, too")},
    {0, "json", NULL, N_("print the audit as JSON")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "audit",
    .synopsis = N_("SITE [OPTION]…"),
    .summary = N_("Judges the clauses that can be judged on the site, its stores, its roster, the "
                  "headers of its playbooks and what the organisation states of itself. A clause "
                  "that nothing speaks of lacks evidence: it is neither met nor missed."),
    .details = N_("Exit status: 0 done; 1 done, and with --fail-on-gap a clause was missed or "
                  "lacks evidence; 2 wrong usage, or input that cannot be used."),
    .options = options,
};

typedef struct audited {
    const mu_house *house;
    mu_audit audit;
    mu_judgement *judged;
    uint32_t met, missed, lacking;
} audited;

static void count(audited *a) {
    for (uint32_t c = 0; c < a->house->plan->policy.clauses.count; c++) {
        if (mu_audit_lists(&a->audit, c)) {
            a->met += a->judged[c].verdict == MU_VERDICT_MET;
            a->missed += a->judged[c].verdict == MU_VERDICT_MISSED;
            a->lacking += a->judged[c].verdict == MU_VERDICT_NOT_EXERCISED;
        }
    }
}

static const char *say_verdict(const audited *a, uint32_t clause) {
    switch (a->judged[clause].verdict) {
    case MU_VERDICT_MET:
        return _("✓ met");
    case MU_VERDICT_MISSED:
        return _("✕ missed");
    case MU_VERDICT_NOT_EXERCISED:
    case MU_VERDICT_UNDECIDED:
        break;
    }
    return _("– no evidence");
}

static void print_facts(const audited *a, mu_table *table, uint32_t clause) {
    const mu_clause *given = &a->house->plan->policy.clauses.items[clause];
    bool first = true;
    for (uint32_t f = 0; f < a->audit.facts.count; f++) {
        const mu_audit_fact *fact = &a->audit.facts.items[f];
        if (fact->clause == clause) {
            mu_table_add(table, first ? given->id : "", first ? say_verdict(a, clause) : "",
                         first ? mu_house_text(&given->title) : "",
                         mu_audit_demand(a->house->plan, given, fact->demand),
                         mu_audit_value(a->house->plan, &given->demands.items[fact->demand],
                                        fact->outdated ? 0 : fact->value),
                         fact->evidence);
            first = false;
        }
    }
    if (first) {
        mu_table_add(table, given->id, say_verdict(a, clause), mu_house_text(&given->title),
                     mu_audit_demand(a->house->plan, given, 0), "–", _("nothing speaks of it"));
    }
}

static void print_text(const audited *a) {
    mu_table *table = mu_table_create(6);
    mu_table_add(table, _("clause"), _("verdict"), _("title"), _("demand"), _("found"),
                 _("evidence"));
    for (uint32_t c = 0; c < a->house->plan->policy.clauses.count; c++) {
        if (mu_audit_lists(&a->audit, c)) {
            print_facts(a, table, c);
        }
    }
    mu_table_print(table, stdout);
    mu_table_destroy(table);
    printf(_("\n%u met, %u missed, %u without evidence\n"), a->met, a->missed, a->lacking);
}

static void put_facts(const audited *a, mu_json_out *out, uint32_t clause) {
    const mu_clause *given = &a->house->plan->policy.clauses.items[clause];
    mu_json_open(out, "evidence", '[');
    for (uint32_t f = 0; f < a->audit.facts.count; f++) {
        const mu_audit_fact *fact = &a->audit.facts.items[f];
        if (fact->clause == clause) {
            mu_json_open(out, NULL, '{');
            mu_json_put_string(out, "demand", given->demands.items[fact->demand].name);
            mu_json_put_real(out, "limit", given->demands.items[fact->demand].value);
            mu_json_put_real(out, "value", fact->value);
            mu_json_put_string(out, "from", fact->stated ? "statement" : "files");
            mu_json_put_bool(out, "outdated", fact->outdated);
            mu_json_put_string(out, "text", fact->evidence);
            mu_json_close(out, '}');
        }
    }
    mu_json_close(out, ']');
}

static void print_json(const audited *a) {
    mu_json_out out = {.stream = stdout};
    mu_json_open(&out, NULL, '{');
    mu_json_open(&out, "clauses", '[');
    for (uint32_t c = 0; c < a->house->plan->policy.clauses.count; c++) {
        if (!mu_audit_lists(&a->audit, c)) {
            continue;
        }
        mu_json_open(&out, NULL, '{');
        mu_json_put_string(&out, "id", a->house->plan->policy.clauses.items[c].id);
        mu_json_put_text(&out, "title", &a->house->plan->policy.clauses.items[c].title);
        mu_json_put_string(&out, "verdict",
                           a->judged[c].verdict == MU_VERDICT_NOT_EXERCISED
                               ? "no_evidence"
                               : mu_verdict_name(a->judged[c].verdict));
        put_facts(a, &out, c);
        mu_json_close(&out, '}');
    }
    mu_json_close(&out, ']');
    mu_json_put_count(&out, "met", a->met);
    mu_json_put_count(&out, "missed", a->missed);
    mu_json_put_count(&out, "no_evidence", a->lacking);
    mu_json_close(&out, '}');
}

static int audit_house(const mu_house *house, const mu_given_options *given) {
    audited a = {.house = house,
                 .judged = calloc((size_t)house->plan->policy.clauses.count + 1, sizeof *a.judged)};
    if (a.judged == NULL ||
        mu_audit_collect(house->plan, mu_house_playbooks(house), mu_language(), &a.audit) !=
            MU_OK ||
        mu_audit_judge(&a.audit, a.judged) != MU_OK) {
        free(a.judged);
        return mu_refuse(usage.command, _("there is not enough memory"));
    }
    count(&a);
    if (given->value[OPTION_JSON] != NULL) {
        print_json(&a);
    } else {
        print_text(&a);
    }
    const char *page = given->value[OPTION_HTML];
    const mu_status written =
        page != NULL ? mu_house_write(house, page, mu_audit_page(&a.audit, a.judged, MU_VERSION))
                     : MU_OK;
    free(a.judged);
    if (written != MU_OK) {
        return mu_refuse_status(usage.command, written, house->diags);
    }
    if (page != NULL && given->value[OPTION_JSON] == NULL) {
        mu_text_printf(stdout, _("Page: %s\n"), page);
    }
    return given->value[OPTION_FAIL] != NULL && a.missed + a.lacking > 0 ? MU_EXIT_NO
                                                                         : MU_EXIT_DONE;
}

int mu_audit_main(int argc, char **argv) {
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
        status = audit_house(&house, &given);
        mu_house_close(&house);
    }
    return status;
}
