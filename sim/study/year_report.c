/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report of a year: the writer and the style of the gap report, other chapters. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "drill/report/words.h"
#include "study/year_page.h"

const char *mu_year_text(const mu_year_page *p, mu_text given) {
    return mu_text_in(given, p->def->language);
}

const char *mu_year_say_share(const mu_year_plan *plan, double share) {
    return isfinite(share) ? mu_audit_say(plan, _("%.1f %%"), 100 * share) : "–";
}

const char *mu_year_say_number(const mu_year_plan *plan, double number) {
    return !isfinite(number) ? "–"
           : number >= 100   ? mu_audit_say(plan, "%.0f", number)
                             : mu_audit_say(plan, "%.3g", number);
}

static void chapter(mu_year_page *p, const char *heading) {
    const bool zh = p->def->language[0] == 'z';
    static const char *const digits[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八"};
    p->chapter++;
    mu_doc_open(&p->doc, "chapter", NULL);
    mu_doc_heading(&p->doc, 2, NULL,
                   zh ? mu_audit_say(p->r->plan, "%s、%s", digits[p->chapter % 9], heading)
                      : mu_audit_say(p->r->plan, "%d. %s", p->chapter, heading));
}

static uint32_t judged(const mu_year_results *r) {
    return mu_year_count(r, MU_VERDICT_MET, MU_NONE) +
           mu_year_count(r, MU_VERDICT_MISSED, MU_NONE) +
           mu_year_count(r, MU_VERDICT_UNDECIDED, MU_NONE);
}

const char *mu_year_headline(const mu_year_results *r) {
    const uint32_t missed = mu_year_count(r, MU_VERDICT_MISSED, MU_NONE);
    return mu_audit_say(
        r->plan,
        _("In %u simulated years %u of %u clauses were judged: %u met, %u missed. No duty is "
          "forgotten at random: it lapses when nobody is free for it in time."),
        r->reps, judged(r), r->plan->policy.clauses.count,
        mu_year_count(r, MU_VERDICT_MET, MU_NONE), missed);
}

static void put_cover(mu_year_page *p) {
    const mu_year_plan *plan = p->r->plan;
    mu_doc_paragraph(&p->doc, "band", _("YEAR – internal – results predicted by simulation"));
    mu_doc_paragraph(&p->doc, "kicker", _("The year and the audit (predicted)"));
    mu_doc_heading(&p->doc, 1, NULL, mu_year_text(p, plan->year.name));
    mu_doc_paragraph(&p->doc, "place", mu_year_text(p, plan->site.name));
    mu_doc_paragraph(&p->doc, "headline", mu_year_headline(p->r));
    mu_doc_paragraph(&p->doc, NULL, mu_year_text(p, plan->year.story));
}

/* How many by way of judging and verdict. */
static void put_counts(mu_year_page *p) {
    const mu_column columns[] = {{_("How"), NULL},
                                 {_("met"), "number"},
                                 {_("missed"), "number"},
                                 {_("undecided"), "number"},
                                 {_("not exercised"), "number"}};
    mu_doc_table(&p->doc, NULL, columns, 5);
    for (int how = MU_HOW_SIMULATED; how <= MU_HOW_DECLARED; how++) {
        static const mu_verdict order[] = {MU_VERDICT_MET, MU_VERDICT_MISSED, MU_VERDICT_UNDECIDED,
                                           MU_VERDICT_NOT_EXERCISED};
        mu_doc_cell(&p->doc, NULL, mu_say_how((mu_how)how));
        for (int v = 0; v < 4; v++) {
            mu_doc_cell(
                &p->doc, "number",
                mu_audit_say(p->r->plan, "%u", mu_year_count(p->r, order[v], (uint32_t)how)));
        }
    }
    mu_doc_table_end(&p->doc);
    mu_doc_paragraph(
        &p->doc, "small",
        _("Simulated: from incidents played along. Scheduled: from the year's workload, rosters, "
          "faults and training. Declared: from the site, the roster, the playbooks and what the "
          "organisation states of itself. Not exercised is never a pass."));
}

static double badness(const mu_year_results *r, uint32_t clause) {
    return (double)r->plan->policy.clauses.items[clause].severity * (1 - r->clauses[clause].share);
}

static const char *say_found(const mu_year_page *p, uint32_t clause) {
    const mu_clause *given = &p->r->plan->policy.clauses.items[clause];
    const mu_year_clause *c = &p->r->clauses[clause];
    if (c->runs == 0 || given->demands.count == 0) {
        return "–";
    }
    if (c->how == MU_HOW_SIMULATED) {
        const mu_demand shown = {given->demands.items[0].name, 0, mu_judge_unit(given)};
        return mu_audit_value(p->r->plan, &shown, c->median);
    }
    const char *typical = mu_audit_value(p->r->plan, &given->demands.items[0], c->median);
    return c->worst == c->median
               ? typical
               : mu_audit_say(p->r->plan, _("%s (%s)"), typical,
                              mu_audit_value(p->r->plan, &given->demands.items[0], c->worst));
}

/* Of the stations that serve a clause, the one that is manned least; NAN: none serves it. */
static double least_manned(const mu_year_results *r, uint32_t clause) {
    double least = (double)NAN;
    for (uint32_t s = 0; s < r->plan->year.stations.count; s++) {
        if (mu_ref_list_has(&r->plan->year.stations.items[s].serves, clause)) {
            least = fmin(r->stations[s].mean, least);
        }
    }
    return least;
}

static const char *say_evidence(const mu_year_page *p, uint32_t clause) {
    const mu_year_results *r = p->r;
    const mu_year_clause *c = &r->clauses[clause];
    if (c->incident != NULL) {
        return c->incident;
    }
    if (c->occasions > 0) {
        return mu_audit_say(r->plan, _("kept %s of %s times a year"),
                            mu_year_say_number(r->plan, c->kept),
                            mu_year_say_number(r->plan, c->occasions));
    }
    if (isfinite(least_manned(r, clause))) {
        return mu_audit_say(r->plan, _("fully manned %.2f %% of the time"),
                            floor(1e4 * least_manned(r, clause)) / 100);
    }
    for (uint32_t f = 0; r->audit != NULL && f < r->audit->facts.count; f++) {
        if (r->audit->facts.items[f].clause == clause) {
            return r->audit->facts.items[f].evidence;
        }
    }
    return c->runs > 0 ? "" : _("nothing speaks of it");
}

static void put_clause_row(mu_year_page *p, uint32_t clause) {
    const mu_year_plan *plan = p->r->plan;
    const mu_clause *given = &plan->policy.clauses.items[clause];
    const mu_year_clause *c = &p->r->clauses[clause];
    mu_doc_cell(&p->doc, "id", given->id);
    mu_doc_cell(&p->doc, NULL, mu_year_text(p, given->title));
    mu_doc_cell(&p->doc, "mark", mu_audit_demand(plan, given, 0));
    mu_doc_cell(&p->doc,
                c->verdict == MU_VERDICT_MET      ? "mark met"
                : c->verdict == MU_VERDICT_MISSED ? "mark missed"
                                                  : "mark",
                given->off ? _("– off") : mu_say_verdict(c->verdict));
    mu_doc_cell(&p->doc, "mark", mu_say_how(c->how));
    mu_doc_cell(&p->doc, "number", say_found(p, clause));
    mu_doc_cell(&p->doc, "number", mu_year_say_share(plan, c->share));
    mu_doc_cell(&p->doc, NULL, say_evidence(p, clause));
}

static void open_clauses(mu_year_page *p) {
    const mu_column columns[] = {{_("Clause"), "id"},     {_("Demand"), "wide"},
                                 {_("Limit"), "mark"},    {_("Verdict"), "mark"},
                                 {_("How"), "mark"},      {_("Typical (worst)"), "number"},
                                 {_("Met in"), "number"}, {_("Evidence"), "said"}};
    mu_doc_table(&p->doc, "clauses evidence", columns, 8);
}

/* Missed ones by severity times share missed. */
static void put_gaps(mu_year_page *p) {
    const uint32_t count = p->r->plan->policy.clauses.count;
    uint8_t *shown = calloc((size_t)count + 1, 1);
    if (shown == NULL) {
        p->doc.page.no_memory = true;
        return;
    }
    open_clauses(p);
    for (;;) {
        uint32_t worst = MU_NONE;
        for (uint32_t c = 0; c < count; c++) {
            if (shown[c] == 0 && p->r->clauses[c].verdict == MU_VERDICT_MISSED &&
                (worst == MU_NONE || badness(p->r, c) > badness(p->r, worst))) {
                worst = c;
            }
        }
        if (worst == MU_NONE) {
            break;
        }
        shown[worst] = 1;
        put_clause_row(p, worst);
    }
    mu_doc_table_end(&p->doc);
    free(shown);
}

static void put_staff(mu_year_page *p) {
    const mu_year_plan *plan = p->r->plan;
    const mu_column columns[] = {
        {_("Staff"), NULL},           {_("People"), "number"},    {_("Hours present"), "number"},
        {_("at stations"), "number"}, {_("on duties"), "number"}, {_("Busy"), "number"}};
    mu_doc_table(&p->doc, NULL, columns, 6);
    for (uint32_t s = 0; s < plan->staff.count; s++) {
        const mu_year_staff_row *row = &p->r->staff[s];
        mu_doc_cell(&p->doc, NULL, mu_year_text(p, plan->staff.items[s].given->name));
        mu_doc_cell(&p->doc, "number",
                    mu_audit_say(plan, "%d", (int)plan->staff.items[s].given->count));
        mu_doc_cell(&p->doc, "number", mu_year_say_number(plan, row->present_h.mean));
        mu_doc_cell(&p->doc, "number", mu_year_say_number(plan, row->held_h.mean));
        mu_doc_cell(&p->doc, "number", mu_year_say_number(plan, row->busy_h.mean));
        mu_doc_cell(&p->doc, "number",
                    mu_year_say_share(plan, row->present_h.mean > 0
                                                ? (row->held_h.mean + row->busy_h.mean) /
                                                      row->present_h.mean
                                                : (double)NAN));
    }
    mu_doc_table_end(&p->doc);
}

static void put_stations(mu_year_page *p) {
    const mu_year_plan *plan = p->r->plan;
    const mu_column columns[] = {
        {_("Station"), NULL}, {_("Persons"), "number"}, {_("Fully manned"), "number"}};
    if (plan->year.stations.count == 0) {
        return;
    }
    mu_doc_table(&p->doc, NULL, columns, 3);
    for (uint32_t s = 0; s < plan->year.stations.count; s++) {
        mu_doc_cell(&p->doc, NULL, mu_year_text(p, plan->year.stations.items[s].name));
        mu_doc_cell(&p->doc, "number",
                    mu_audit_say(plan, "%d", (int)plan->year.stations.items[s].persons));
        mu_doc_cell(&p->doc, "number", mu_audit_say(plan, "%.2f %%", 100 * p->r->stations[s].mean));
    }
    mu_doc_table_end(&p->doc);
}

/* Duties that were not all done. */
static void put_lapses(mu_year_page *p) {
    const mu_year_plan *plan = p->r->plan;
    const mu_column columns[] = {{_("Duty"), NULL},       {_("Staff"), NULL},
                                 {_("due"), "number"},    {_("done"), "number"},
                                 {_("lapsed"), "number"}, {_("late"), "number"}};
    mu_doc_heading(&p->doc, 3, NULL, _("Duties that were missed or late"));
    mu_doc_table(&p->doc, NULL, columns, 6);
    for (uint32_t d = 0; d < plan->duties.count; d++) {
        const mu_year_duty_row *row = &p->r->duties[d];
        if (row->lapsed.mean > 0 || row->late.mean > 0) {
            mu_doc_cell(&p->doc, NULL, mu_year_text(p, plan->duties.items[d].given->name));
            mu_doc_cell(
                &p->doc, NULL,
                mu_year_text(p, plan->staff.items[plan->duties.items[d].staff].given->name));
            mu_doc_cell(&p->doc, "number", mu_year_say_number(plan, row->came.mean));
            mu_doc_cell(&p->doc, "number", mu_year_say_number(plan, row->done.mean));
            mu_doc_cell(&p->doc, "number", mu_year_say_number(plan, row->lapsed.mean));
            mu_doc_cell(&p->doc, "number", mu_year_say_number(plan, row->late.mean));
        }
    }
    mu_doc_table_end(&p->doc);
}

static void put_wears(mu_year_page *p) {
    const mu_year_plan *plan = p->r->plan;
    const mu_column columns[] = {{_("Equipment"), NULL},       {_("Available"), "number"},
                                 {_("Enough work"), "number"}, {_("Faults a year"), "number"},
                                 {_("Days hidden"), "number"}, {_("Days until mended"), "number"},
                                 {_("Longest"), "number"},     {_("Told of itself"), "number"}};
    if (plan->year.equipment.count == 0) {
        return;
    }
    mu_doc_table(&p->doc, NULL, columns, 8);
    for (uint32_t w = 0; w < plan->year.equipment.count; w++) {
        const mu_year_wear_row *row = &p->r->wears[w];
        mu_doc_cell(&p->doc, NULL, mu_year_text(p, plan->year.equipment.items[w].name));
        mu_doc_cell(&p->doc, "number", mu_audit_say(plan, "%.2f %%", 100 * row->available.mean));
        mu_doc_cell(&p->doc, "number", mu_year_say_share(plan, row->whole.mean));
        mu_doc_cell(&p->doc, "number", mu_year_say_number(plan, row->faults.mean));
        mu_doc_cell(&p->doc, "number", mu_year_say_number(plan, row->hidden_d.mean));
        mu_doc_cell(&p->doc, "number", mu_year_say_number(plan, row->open_d.mean));
        mu_doc_cell(&p->doc, "number", mu_year_say_number(plan, row->longest_d.mean));
        mu_doc_cell(&p->doc, "number", mu_year_say_share(plan, row->told));
    }
    mu_doc_table_end(&p->doc);
}

/* Departments in the words that people use; another word as it stands. */
static const char *say_department(const char *word) {
    static const struct {
        const char *word, *said;
    } known[] = {{"security", N_("Security")},
                 {"intelligence", N_("Intelligence")},
                 {"facilities", N_("Facilities")},
                 {"emergency", N_("Emergency response")},
                 {"office", N_("Leading group and its office")},
                 {"logistics", N_("Logistics")},
                 {"personnel", N_("Personnel and training")}};
    for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
        if (strcmp(known[k].word, word) == 0) {
            return _(known[k].said);
        }
    }
    return word;
}

static void put_people(mu_year_page *p) {
    const mu_year_plan *plan = p->r->plan;
    const mu_column topics[] = {{_("Topic"), NULL},
                                {_("Known on average"), "number"},
                                {_("Known on the last day"), "number"}};
    const mu_column scores[] = {{_("Department"), NULL},
                                {_("Score"), "number"},
                                {_("Below the pass mark, a year"), "number"}};
    mu_doc_table(&p->doc, NULL, topics, 3);
    for (uint32_t t = 0; t < plan->year.topics.count; t++) {
        mu_doc_cell(&p->doc, NULL, mu_year_text(p, plan->year.topics.items[t].name));
        mu_doc_cell(&p->doc, "number", mu_year_say_share(plan, p->r->topics[t].known.mean));
        mu_doc_cell(&p->doc, "number", mu_year_say_share(plan, p->r->topics[t].at_end.mean));
    }
    mu_doc_table_end(&p->doc);
    mu_doc_table(&p->doc, NULL, scores, 3);
    for (uint32_t d = 0; d < plan->departments.count; d++) {
        if (isfinite(p->r->scores[d].mean)) {
            mu_doc_cell(&p->doc, NULL, say_department(plan->departments.items[d]));
            mu_doc_cell(&p->doc, "number", mu_year_say_number(plan, p->r->scores[d].mean));
            mu_doc_cell(&p->doc, "number", mu_year_say_number(plan, p->r->low_scores[d]));
        }
    }
    mu_doc_table_end(&p->doc);
}

static void put_stock(mu_year_page *p) {
    const mu_year_plan *plan = p->r->plan;
    mu_doc_facts(&p->doc, 2);
    for (uint32_t s = 0; s < plan->year.stores.count; s++) {
        mu_doc_fact(&p->doc, mu_year_text(p, plan->year.stores.items[s].name),
                    mu_audit_say(plan, _("%s usable, on average"),
                                 mu_year_say_share(plan, p->r->stores[s].mean)));
    }
    mu_doc_fact(&p->doc, _("Spent"),
                plan->year.budget > 0
                    ? mu_audit_say(plan, _("%.0f of %.0f (%.0f %%)"), p->r->spent.mean,
                                   plan->year.budget, 100 * p->r->spent.mean / plan->year.budget)
                    : mu_audit_say(plan, "%.0f", p->r->spent.mean));
    mu_doc_facts_end(&p->doc);
}

static void put_again(mu_year_page *p) {
    mu_doc_code(&p->doc, p->def->command);
    mu_doc_facts(&p->doc, 1);
    for (uint32_t i = 0; i < p->r->plan->files.count; i++) {
        mu_doc_fact(&p->doc, p->r->plan->files.items[i].name,
                    mu_audit_say(p->r->plan, "%016llx",
                                 (unsigned long long)p->r->plan->files.items[i].hash));
    }
    mu_doc_fact(&p->doc, _("Program"), mu_audit_say(p->r->plan, "muster %s", p->def->version));
    mu_doc_fact(&p->doc, _("Seed"),
                mu_audit_say(p->r->plan, "%llu", (unsigned long long)p->r->seed));
    mu_doc_facts_end(&p->doc);
}

static void put_all(mu_year_page *p) {
    put_cover(p);
    chapter(p, _("What was judged, and how"));
    put_counts(p);
    mu_doc_close(&p->doc);
    chapter(p, _("Areas for improvement"));
    put_gaps(p);
    mu_doc_close(&p->doc);
    chapter(p, _("Hours"));
    put_staff(p);
    put_stations(p);
    put_lapses(p);
    mu_doc_close(&p->doc);
    chapter(p, _("Equipment and the hazard ledger"));
    put_wears(p);
    mu_year_page_ledger(p);
    mu_doc_close(&p->doc);
    chapter(p, _("Training, scores and personal records"));
    put_people(p);
    mu_year_page_records(p);
    mu_doc_close(&p->doc);
    chapter(p, _("Stock and budget"));
    put_stock(p);
    mu_doc_close(&p->doc);
    chapter(p, _("All clauses"));
    open_clauses(p);
    for (uint32_t c = 0; c < p->r->plan->policy.clauses.count; c++) {
        put_clause_row(p, c);
    }
    mu_doc_table_end(&p->doc);
    mu_doc_close(&p->doc);
    chapter(p, _("How to get this result again"));
    put_again(p);
    mu_doc_close(&p->doc);
}

char *mu_year_report(const mu_year_report_def *def, bool html) {
    mu_year_page p = {
        .doc = {.face = html ? MU_FACE_HTML : MU_FACE_MARKDOWN}, .def = def, .r = def->results};
    if (html) {
        mu_report_head(&p.doc.page, def->language, mu_year_text(&p, def->results->plan->year.name),
                       def->language[0] == 'z' ? "年度 · 内部 · 仿真预测结果"
                                               : "YEAR – INTERNAL – PREDICTED BY SIMULATION");
    }
    put_all(&p);
    if (html) {
        mu_page_put(&p.doc.page, "</main>\n</body>\n</html>\n");
    }
    char *page = mu_page_take(&p.doc.page);
    if (mu_arena_lacks_memory(def->results->plan->arena)) { /* some text is missing on it */
        free(page);
        return NULL;
    }
    return page;
}
