/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A redacted metrics file as a page. It is made from the file's text alone, so that nothing can
 * stand here that was left out there. */
#include <math.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "core/i18n.h"
#include "drill/redact.h"
#include "drill/report/doc.h"
#include "drill/report/words.h"

enum { VERDICTS = 4, KINDS = 8 };

typedef struct counted {
    int by[KINDS][VERDICTS]; /* in the order of the tables below */
    int all[VERDICTS];
} counted;

static const char *const verdict_words[VERDICTS] = {"met", "missed", "undecided", "not_exercised"};

static const cJSON *member(const cJSON *of, const char *key) {
    return cJSON_GetObjectItemCaseSensitive(of, key);
}

static double number(const cJSON *of, const char *key) {
    const cJSON *item = member(of, key);
    return cJSON_IsNumber(item) ? item->valuedouble : (double)NAN;
}

static const char *string(const cJSON *of, const char *key) {
    const cJSON *item = member(of, key);
    return cJSON_IsString(item) ? item->valuestring : "";
}

static int place_in(const char *const *words, int count, const char *word) {
    for (int i = 0; i < count; i++) {
        if (strcmp(words[i], word) == 0) {
            return i;
        }
    }
    return count - 1;
}

static counted count(const cJSON *root, const char *const *kinds) {
    counted out = {0};
    const cJSON *clause;
    cJSON_ArrayForEach(clause, member(root, "clauses")) {
        const int verdict = place_in(verdict_words, VERDICTS, string(clause, "verdict"));
        out.by[place_in(kinds, KINDS, string(clause, "kind"))][verdict]++;
        out.all[verdict]++;
    }
    return out;
}

static void put_kinds(mu_doc *doc, const counted *c) {
    static const char *const names[KINDS] = {N_("deadline"), N_("rate"),     N_("coverage"),
                                             N_("stock"),    N_("physical"), N_("distance"),
                                             N_("process"),  N_("outcome")};
    const mu_column columns[] = {{_("Kind of demand"), "wide"},
                                 {_("met"), "number"},
                                 {_("missed"), "number"},
                                 {_("undecided"), "number"},
                                 {_("not exercised"), "number"}};
    mu_doc_heading(doc, 2, NULL, _("Clauses by kind of demand"));
    mu_doc_table(doc, NULL, columns, 5);
    for (int k = 0; k < KINDS; k++) {
        mu_doc_cell(doc, NULL, _(names[k]));
        for (int v = 0; v < VERDICTS; v++) {
            mu_doc_cell(doc, "number", mu_say(doc->view, "%d", c->by[k][v]));
        }
    }
    mu_doc_table_end(doc);
}

/* What was missed, gravest and surest first as they stand in the file: how grave, in how many. */
static void put_missed(mu_doc *doc, const cJSON *root) {
    const mu_column columns[] = {
        {_("How bad a miss is"), "wide"}, {_("Clauses missed"), "number"}, {_("Of them, never came about"), "number"}};
    mu_doc_heading(doc, 2, NULL, _("How grave what is missed is"));
    mu_doc_table(doc, NULL, columns, 3);
    for (int severity = 5; severity >= 1; severity--) {
        int missed = 0, never = 0;
        const cJSON *clause;
        cJSON_ArrayForEach(clause, member(root, "clauses")) {
            const bool counts = number(clause, "severity") == severity &&
                                strcmp(string(clause, "verdict"), "missed") == 0;
            missed += counts;
            never += counts && number(clause, "never") >= number(clause, "runs");
        }
        mu_doc_cell(doc, NULL, mu_say(doc->view, _("%d of 5"), severity));
        mu_doc_cell(doc, "number", mu_say(doc->view, "%d", missed));
        mu_doc_cell(doc, "number", mu_say(doc->view, "%d", never));
    }
    mu_doc_table_end(doc);
}

static void put_people(mu_doc *doc, const cJSON *root) {
    const mu_view *view = doc->view;
    const cJSON *out = member(root, "evacuation"), *told = member(root, "notification"),
                *who = member(root, "occupants");
    mu_doc_heading(doc, 2, NULL, _("People"));
    mu_doc_facts(doc, 2);
    mu_doc_fact(doc, _("People on the site"), mu_say(view, "%.0f", number(who, "total")));
    mu_doc_fact(doc, _("In buildings at the start"), mu_say(view, "%.0f", number(who, "indoors")));
    mu_doc_fact(doc, _("Occupants reached"), mu_say_percent(view, number(told, "reached_share")));
    mu_doc_fact(doc, _("Half are reached after"), mu_say_time(view, number(told, "t50_s")));
    mu_doc_fact(doc, _("Out of the building"),
                mu_say_percent(view, number(out, "evacuated_share")));
    mu_doc_fact(doc, _("Mean time"), mu_say_time(view, number(out, "mean_s")));
    mu_doc_fact(doc, /* xgettext:no-c-format */ _("95 % are out after"),
                mu_say_time(view, number(out, "p95_s")));
    mu_doc_fact(doc, _("The last one is out after"), mu_say_time(view, number(out, "last_s")));
    mu_doc_facts_end(doc);
    mu_doc_paragraph(doc, "small",
                     _("Times count from the start of the incident and are means over runs."));
}

static void put_all(mu_doc *doc, const cJSON *root) {
    static const char *const kinds[KINDS] = {"deadline", "rate",     "coverage", "stock",
                                             "physical", "distance", "process",  "outcome"};
    const counted c = count(root, kinds);
    mu_doc_paragraph(doc, "band", mu_redact_band());
    mu_doc_paragraph(doc, "kicker", _("Results of an incident, without names"));
    mu_doc_heading(doc, 1, NULL, _("An incident of the organisation"));
    mu_doc_paragraph(doc, "stamp",
                     mu_say(doc->view, _("%.0f runs; seed %.0f, %s."), number(root, "reps"),
                            number(root, "seed"), string(root, "program")));
    mu_doc_paragraph(
        doc, "headline",
        mu_say(doc->view,
               _("Of %d clauses that this incident exercises, %d are met and %d are missed."),
               c.all[0] + c.all[1] + c.all[2], c.all[0], c.all[1]));
    put_kinds(doc, &c);
    put_missed(doc, root);
    put_people(doc, root);
    mu_doc_heading(doc, 2, NULL, _("What was left out"));
    mu_doc_paragraph(
        doc, NULL,
        _("Names of people, roles, rooms and buildings; posts, equipment and where it is; "
          "channels, steps of playbooks and the numbers of the clauses. Whoever needs them asks "
          "the organisation that passed this page on."));
}

char *mu_redacted_page(const char *metrics, size_t length, const char *language) {
    mu_view view = {.arena = mu_arena_create(), .def = {.language = language}};
    cJSON *root = cJSON_ParseWithLength(metrics, length);
    mu_doc doc = {.face = MU_FACE_HTML, .view = &view};
    if (root != NULL && view.arena != NULL) {
        mu_report_head(&doc.page, language, _("Results of an incident, without names"),
                       mu_redact_band());
        put_all(&doc, root);
        mu_page_put(&doc.page, "</main>\n</body>\n</html>\n");
    }
    cJSON_Delete(root);
    mu_arena_destroy(view.arena);
    return mu_page_take(&doc.page);
}
