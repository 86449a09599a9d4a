/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two short documents: what is missing comes first. */
#include "study/house_page.h"

#include <stdlib.h>

#include "core/i18n.h"
#include "drill/report/doc.h"
#include "drill/report/words.h"

typedef struct page {
    mu_doc doc;
    const mu_year_plan *plan;
    const char *language;
} page;

static const char *in(const page *p, mu_text text) {
    return mu_text_in(text, p->language);
}

static page begin(const mu_year_plan *plan, const char *language, const char *title,
                  const char *kicker) {
    page p = {.doc = {.face = MU_FACE_HTML}, .plan = plan, .language = language};
    mu_report_head(&p.doc.page, language, title, title);
    mu_doc_paragraph(&p.doc, "band", _("INTERNAL – for the organisation's own use"));
    mu_doc_paragraph(&p.doc, "kicker", kicker);
    mu_doc_heading(&p.doc, 1, NULL, title);
    mu_doc_paragraph(&p.doc, "place", in(&p, plan->site.name));
    return p;
}

static char *end(page *p, const char *version) {
    mu_doc_open(&p->doc, "chapter", NULL);
    mu_doc_heading(&p->doc, 2, NULL, _("What was read"));
    mu_doc_facts(&p->doc, 1);
    for (uint32_t i = 0; i < p->plan->files.count; i++) {
        mu_doc_fact(
            &p->doc, p->plan->files.items[i].name,
            mu_audit_say(p->plan, "%016llx", (unsigned long long)p->plan->files.items[i].hash));
    }
    mu_doc_fact(&p->doc, _("Program"), mu_audit_say(p->plan, "muster %s", version));
    mu_doc_facts_end(&p->doc);
    mu_doc_close(&p->doc);
    mu_page_put(&p->doc.page, "</main>\n</body>\n</html>\n");
    char *text = mu_page_take(&p->doc.page);
    if (mu_arena_lacks_memory(p->plan->arena)) { /* words are missing */
        free(text);
        return NULL;
    }
    return text;
}

/* The audit. */

static uint32_t count_of(const mu_audit *audit, const mu_judgement *judged, mu_verdict verdict) {
    uint32_t count = 0;
    for (uint32_t c = 0; c < audit->plan->policy.clauses.count; c++) {
        count += mu_audit_lists(audit, c) && judged[c].verdict == verdict;
    }
    return count;
}

static void put_fact(page *p, const mu_clause *clause, const mu_audit_fact *fact) {
    mu_doc_cell(&p->doc, "mark", mu_audit_demand(p->plan, clause, fact->demand));
    mu_doc_cell(&p->doc, "number",
                mu_audit_value(p->plan, &clause->demands.items[fact->demand],
                               fact->outdated ? 0 : fact->value));
    mu_doc_cell(&p->doc, NULL, fact->evidence);
    mu_doc_cell(&p->doc, "mark", fact->stated ? _("own statement") : _("files"));
}

static void put_clause(page *p, const mu_audit *audit, uint32_t clause) {
    const mu_clause *given = &p->plan->policy.clauses.items[clause];
    bool first = true;
    for (uint32_t f = 0; f < audit->facts.count; f++) {
        const mu_audit_fact *fact = &audit->facts.items[f];
        if (fact->clause == clause) {
            mu_doc_cell(&p->doc, "id", first ? given->id : "");
            mu_doc_cell(&p->doc, NULL, first ? in(p, given->title) : "");
            put_fact(p, given, fact);
            first = false;
        }
    }
    if (first) {
        mu_doc_cell(&p->doc, "id", given->id);
        mu_doc_cell(&p->doc, NULL, in(p, given->title));
        mu_doc_cell(&p->doc, "mark", mu_audit_demand(p->plan, given, 0));
        mu_doc_cell(&p->doc, "number", "–");
        mu_doc_cell(&p->doc, NULL, _("nothing speaks of it"));
        mu_doc_cell(&p->doc, "mark", "–");
    }
}

static void put_verdict(page *p, const mu_audit *audit, const mu_judgement *judged,
                        mu_verdict verdict, const char *heading) {
    const mu_column columns[] = {{_("Clause"), "id"},   {_("Demand"), "wide"},
                                 {_("Limit"), "mark"},  {_("Found"), "number"},
                                 {_("Evidence"), NULL}, {_("Shown by"), "mark"}};
    if (count_of(audit, judged, verdict) == 0) {
        return;
    }
    mu_doc_open(&p->doc, "chapter", NULL);
    mu_doc_heading(&p->doc, 2, NULL,
                   mu_audit_say(p->plan, "%s (%u)", heading, count_of(audit, judged, verdict)));
    mu_doc_table(&p->doc, "clauses", columns, 6);
    for (uint32_t c = 0; c < p->plan->policy.clauses.count; c++) {
        if (mu_audit_lists(audit, c) && judged[c].verdict == verdict) {
            put_clause(p, audit, c);
        }
    }
    mu_doc_table_end(&p->doc);
    mu_doc_close(&p->doc);
}

char *mu_audit_page(const mu_audit *audit, const mu_judgement *judged, const char *version) {
    page p = begin(audit->plan, audit->language, _("Audit of site, stores, roster and paper"),
                   _("What can be judged without playing anything"));
    mu_doc_paragraph(&p.doc, "headline",
                     mu_audit_say(audit->plan,
                                  _("%u clauses are met, %u are missed, and %u lack "
                                    "evidence. What lacks evidence is neither met "
                                    "nor missed."),
                                  count_of(audit, judged, MU_VERDICT_MET),
                                  count_of(audit, judged, MU_VERDICT_MISSED),
                                  count_of(audit, judged, MU_VERDICT_NOT_EXERCISED)));
    put_verdict(&p, audit, judged, MU_VERDICT_MISSED, _("Missed"));
    put_verdict(&p, audit, judged, MU_VERDICT_NOT_EXERCISED, _("Without evidence"));
    put_verdict(&p, audit, judged, MU_VERDICT_MET, _("Met"));
    return end(&p, version);
}

/* The lint. */

static const char *named(const page *p, uint32_t clause) {
    const mu_clause *given = &p->plan->policy.clauses.items[clause];
    return mu_audit_say(p->plan, "%s %s", given->id, in(p, given->title));
}

static void put_text(page *p, const char *name, const char *text) {
    if (text != NULL && text[0] != 0) {
        mu_doc_fact(&p->doc, name, text);
    }
}

static void put_item(page *p, const mu_lint_item *item) {
    const mu_policy *policy = &p->plan->policy;
    const mu_clause *clause = item->clause == MU_NONE ? NULL : &policy->clauses.items[item->clause];
    const mu_clause *other = item->other == MU_NONE ? NULL : &policy->clauses.items[item->other];
    mu_doc_open(&p->doc, "section", NULL);
    mu_doc_heading(&p->doc, 3, NULL, clause == NULL ? _("Roster") : named(p, item->clause));
    mu_doc_paragraph(&p->doc, NULL, item->what);
    mu_doc_facts(&p->doc, 1);
    if (clause != NULL) {
        put_text(p, _("The clause"),
                 mu_audit_say(p->plan, _("%s (%s)"), in(p, clause->text),
                              mu_audit_source(p->plan, clause)));
    }
    if (other != NULL) {
        put_text(p, other->id,
                 mu_audit_say(p->plan, _("%s (%s)"), in(p, other->text),
                              mu_audit_source(p->plan, other)));
    }
    put_text(p, _("Held against"), item->against);
    put_text(p, _("Source"),
             item->sure == MU_SURE_OWN
                 ? item->source
                 : mu_audit_say(p->plan, _("%s (%s)"), item->source, mu_sure_title(item->sure)));
    put_text(p, _("Remedy"), item->advice);
    mu_doc_facts_end(&p->doc);
    mu_doc_close(&p->doc);
}

static void put_kind(page *p, const mu_lint *lint, mu_lint_kind kind) {
    bool first = true;
    for (uint32_t i = 0; i < lint->items.count; i++) {
        if (lint->items.items[i].kind != kind) {
            continue;
        }
        if (first) {
            mu_doc_open(&p->doc, "chapter", NULL);
            mu_doc_heading(&p->doc, 2, NULL, _(mu_lint_kind_title(kind)));
            first = false;
        }
        put_item(p, &lint->items.items[i]);
    }
    if (!first) {
        mu_doc_close(&p->doc);
    }
}

char *mu_lint_page(const mu_lint *lint, const char *version) {
    page p = begin(lint->plan, lint->language, _("What is wrong with the policy"),
                   _("Held against itself, the site, the roster and published guidance"));
    mu_doc_paragraph(&p.doc, "headline",
                     mu_audit_say(lint->plan, P_("%u finding", "%u findings", lint->items.count),
                                  lint->items.count));
    for (int kind = 0; kind < MU_LINT_KIND_COUNT; kind++) {
        put_kind(&p, lint, (mu_lint_kind)kind);
    }
    return end(&p, version);
}
