/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers that the result rests on and that nobody has measured: the policy's own, and the
 * settings of site, roster, playbooks and incident, first those that the judged times are made of.
 */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "drill/report/section.h"
#include "drill/report/settings.h"
#include "drill/report/words.h"
#include "policy/measure.h"

enum { CLAUSES_SAID = 3, EFFECTS_MOST = 24 };

static void put_assumed(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_column columns[] = {{_("Clause"), "id"},
                                 {_("Demand"), "wide"},
                                 {_("Limit"), NULL},
                                 {_("Basis"), NULL},
                                 {_("Verdict"), "mark"}};
    mu_doc_heading(doc, 3, NULL, _("Demands whose numbers the source does not state"));
    mu_doc_table(doc, NULL, columns, 5);
    for (uint32_t i = 0; i < view->plan->policy.clauses.count; i++) {
        const mu_clause *clause = mu_view_clause(view, i);
        if (clause->basis == MU_BASIS_STATED) {
            continue;
        }
        mu_doc_cell(doc, "id", clause->id);
        mu_doc_cell(doc, NULL, mu_say_text(view, &clause->title));
        mu_doc_cell(doc, NULL, mu_say_limit(view, i));
        mu_doc_cell(doc, NULL, mu_say_basis(clause->basis));
        mu_doc_cell(doc, "mark", mu_say_verdict(mu_view_finding(view, i)->verdict));
    }
    mu_doc_table_end(doc);
}

static const char *say_holder(const mu_view *view, const mu_setting *setting) {
    const char *name = mu_say_text(view, &setting->name);
    return name[0] != 0 ? name : setting->id != NULL ? setting->id : _("this incident");
}

static bool says_the_same(const mu_setting *a, const mu_setting *b) {
    const char *sa = a->dist->source != NULL ? a->dist->source : "";
    const char *sb = b->dist->source != NULL ? b->dist->source : "";
    return a->field == b->field && a->dist->kind == b->dist->kind && a->dist->a == b->dist->a &&
           a->dist->b == b->dist->b && a->dist->c == b->dist->c && strcmp(sa, sb) == 0;
}

/* Settings that share field, numbers and source take one row, with the names of the first few. */
static const char *list_holders(const mu_view *view, const mu_setting_list *list, uint32_t i,
                                bool *done) {
    const char *said = "";
    uint32_t count = 0;
    for (uint32_t k = i; k < list->count; k++) {
        if (done[k] || !says_the_same(&list->items[i], &list->items[k])) {
            continue;
        }
        done[k] = true;
        if (count++ < 3) {
            said = mu_say_joined(view, said, _("; "), say_holder(view, &list->items[k]));
        }
    }
    return count <= 3
               ? said
               : mu_say(view, P_("%s and %u more", "%s and %u more", count - 3), said, count - 3);
}

/* In how much of the judged times a setting is, by the chains of the runs that are shown. */
typedef struct effect {
    uint32_t setting;
    uint32_t clauses, missed, decides; /* judged times that it is part of; of them missed; of them
                                          met if it took no time */
    mu_time most_us;
    const char *said;
} effect;

/* Who rides with one is in no part of a chain: nobody waits for an arrival at a hospital. */
static bool is_of_unit(const mu_view *view, mu_handle who, const char *id) {
    return mu_handle_thing(who) == MU_THING_UNIT && strcmp(mu_plan_id(view->plan, who), id) == 0;
}

/* Who noticed what after a time that is given. A guard who passes notices an item at once; whoever
 * smells gas, and a detector, waited until it came, too. */
static bool is_noticing(const mu_view *view, const mu_setting *setting, const mu_record *record) {
    static const struct {
        const char *name, *object, *by;
    } given[] = {{"staff_notice_s", "item", "staff"},      {"detects_in_s", "item", "camera"},
                 {"notice_s", "hostage", "staff"},         {"notice_s", "hostage", "guard"},
                 {"camera_notice_s", "hostage", "camera"}, {"notice_s", "vehicle", "staff"},
                 {"notice_s", "vehicle", "guard"},         {"operator_s", "gas", "operator"}};
    const char *object = mu_plan_id(view->plan, record->object);
    const char *by = mu_plan_id(view->plan, record->place);
    bool found = false;
    for (size_t k = 0; k < sizeof given / sizeof given[0]; k++) {
        found = found || (strcmp(setting->field->name, given[k].name) == 0 &&
                          strcmp(object, given[k].object) == 0 && strcmp(by, given[k].by) == 0);
    }
    return found && (strcmp(setting->record, "equipment") != 0 ||
                     strcmp(setting->id, mu_plan_id(view->plan, record->subject)) == 0);
}

/* Was this part of a chain drawn from the setting? */
static bool is_drawn_from(const mu_view *view, const mu_setting *setting, mu_part part,
                          const mu_record *record) {
    const char *name = setting->field->name, *id = setting->id != NULL ? setting->id : "";
    const char *step = record->step == 0 ? "" : mu_plan_id(view->plan, record->step);
    const char *subject = record->subject == 0 ? "" : mu_plan_id(view->plan, record->subject);
    const char *place = record->place == 0 ? "" : mu_plan_id(view->plan, record->place);
    switch (part) {
    case MU_PART_DECISION:
        return strcmp(name, "wait_s") == 0 && strcmp(id, step) == 0;
    case MU_PART_WORK:
        return record->kind == MU_RECORD_ISSUED
                   ? strcmp(name, "issue_s") == 0 && strcmp(id, subject) == 0
                   : strcmp(name, "takes_s") == 0 && strcmp(id, step) == 0;
    case MU_PART_DISPATCH:
        return strcmp(name, "dispatched_in_s") == 0 && is_of_unit(view, record->subject, id);
    case MU_PART_ROAD:
        return strcmp(name, "speed_mps") == 0 && is_of_unit(view, record->subject, id);
    case MU_PART_MECHANISM:
        return id[0] != 0 && strcmp(id, subject) == 0;
    case MU_PART_MESSAGE:
        return id[0] != 0 && mu_handle_thing(record->place) == MU_THING_CHANNEL &&
               strcmp(id, place) == 0 &&
               (strcmp(name, "retry_s") == 0) == (record->kind == MU_RECORD_LOST);
    case MU_PART_UNNOTICED:
        return record->kind == MU_RECORD_NOTICED && is_noticing(view, setting, record);
    default:
        return false;
    }
}

static mu_time time_in(const mu_view *view, const mu_setting *setting, uint32_t clause) {
    const mu_clause_finding *finding = mu_view_finding(view, clause);
    mu_time sum_us = 0;
    for (uint32_t k = 0; k < finding->chain_count; k++) {
        if (is_drawn_from(view, setting, finding->chain[k].part, &finding->chain_records[k])) {
            sum_us += finding->chain[k].to_us - finding->chain[k].from_us;
        }
    }
    return sum_us;
}

/* Times only: a share or a number is not made of the parts of its chain; and each once. */
static bool is_own_time(const mu_view *view, uint32_t clause) {
    return mu_view_finding(view, clause)->chain_count > 0 &&
           view->plan->clauses[clause].same_as == MU_NONE &&
           mu_view_clause(view, clause)->kind == MU_CLAUSE_DEADLINE &&
           !mu_is_measured(&view->plan->clauses[clause]);
}

static void add_clause(const mu_view *view, uint32_t clause, mu_time took_us, effect *out) {
    const mu_clause_finding *finding = mu_view_finding(view, clause);
    const bool missed = finding->verdict == MU_VERDICT_MISSED;
    const double limit_s =
        finding->limit * mu_judge_seconds(mu_judge_unit(mu_view_clause(view, clause)));
    const bool decides = missed && mu_time_to_s(finding->chain_us - took_us) <= limit_s;
    if (out->clauses++ < CLAUSES_SAID) {
        const char *said = mu_say(view, _("%s %s %s of %s"), mu_view_clause(view, clause)->id,
                                  missed ? "✕" : "✓", mu_say_time(view, mu_time_to_s(took_us)),
                                  mu_say_time(view, mu_time_to_s(finding->chain_us)));
        out->said = mu_say_joined(view, out->said, _("; "),
                                  decides ? mu_say(view, _("%s, met without it"), said) : said);
    }
    out->missed += missed;
    out->decides += decides;
    out->most_us = took_us > out->most_us ? took_us : out->most_us;
}

/* Missed clauses are named first. */
static effect effect_of(const mu_view *view, const mu_setting *setting, uint32_t index) {
    effect out = {.setting = index, .said = ""};
    for (int missed = 1; missed >= 0; missed--) {
        for (uint32_t c = 0; c < view->plan->policy.clauses.count; c++) {
            const bool is_missed = mu_view_finding(view, c)->verdict == MU_VERDICT_MISSED;
            const mu_time took_us =
                is_missed == (missed != 0) && is_own_time(view, c) ? time_in(view, setting, c) : 0;
            if (took_us > 0) {
                add_clause(view, c, took_us, &out);
            }
        }
    }
    return out;
}

static int gravest_first(const void *left, const void *right) {
    const effect *a = left, *b = right;
    const int64_t ranks[][2] = {{a->decides, b->decides},
                                {a->missed, b->missed},
                                {a->most_us, b->most_us},
                                {b->setting, a->setting}};
    for (size_t k = 0; k < sizeof ranks / sizeof ranks[0]; k++) {
        if (ranks[k][0] != ranks[k][1]) {
            return ranks[k][0] > ranks[k][1] ? -1 : 1;
        }
    }
    return 0;
}

/* The weak settings that judged times are made of, those that decide a verdict first. */
static void put_effects(mu_doc *doc, const mu_setting_list *list, bool *shown) {
    const mu_view *view = doc->view;
    effect *effects = mu_arena_array(view->arena, list->count + 1, sizeof *effects);
    uint32_t count = 0;
    for (uint32_t i = 0; effects != NULL && i < list->count; i++) {
        const effect one = effect_of(view, &list->items[i], i);
        if (list->items[i].weak && one.clauses > 0) {
            effects[count++] = one;
        }
    }
    mu_doc_heading(doc, 3, NULL, _("Unmeasured numbers that judged times are made of"));
    if (count == 0) {
        mu_doc_paragraph(doc, NULL, _("None."));
        return;
    }
    qsort(effects, count, sizeof *effects, gravest_first);
    count = count < EFFECTS_MOST ? count : EFFECTS_MOST;
    mu_doc_paragraph(doc, NULL,
                     _("Replace these first: with times measured at your own site. The last column "
                       "says how much of a judged time each one makes up in the run that the "
                       "clause is explained by, and whether the clause would have been met had it "
                       "taken no time."));
    const mu_column columns[] = {{_("Of"), "of"},
                                 {_("What"), NULL},
                                 {_("Value"), "value"},
                                 {_("Part of the judged time"), "wide"}};
    mu_doc_table(doc, "effects", columns, 4);
    for (uint32_t k = 0; k < count; k++) {
        const mu_setting *setting = &list->items[effects[k].setting];
        shown[effects[k].setting] = true;
        mu_doc_cell(doc, NULL, say_holder(view, setting));
        mu_doc_cell(doc, NULL, _(setting->field->meaning));
        mu_doc_cell(doc, NULL, mu_say_dist(view, setting->dist, setting->field->unit));
        mu_doc_cell(doc, NULL,
                    effects[k].clauses > CLAUSES_SAID
                        ? mu_say(view, _("%s; and %u more"), effects[k].said,
                                 effects[k].clauses - CLAUSES_SAID)
                        : effects[k].said);
    }
    mu_doc_table_end(doc);
}

/* Marks the settings of one field that belong in this table and have not been written yet. */
static void put_field(mu_doc *doc, const mu_setting_list *list, uint32_t first, bool *done) {
    const mu_view *view = doc->view;
    const mu_setting *head = &list->items[first];
    const char *meaning = _(head->field->meaning);
    for (uint32_t i = first; i < list->count; i++) {
        const mu_setting *setting = &list->items[i];
        if (done[i] || setting->field != head->field || setting->weak != head->weak) {
            continue;
        }
        mu_doc_cell(doc, NULL, meaning);
        mu_doc_cell(doc, NULL, list_holders(view, list, i, done));
        mu_doc_cell(doc, NULL, mu_say_dist(view, setting->dist, setting->field->unit));
        mu_doc_cell(doc, NULL, mu_say_dist_source(view, setting->dist));
        meaning = "";
    }
}

static void put_others(mu_doc *doc, const mu_setting_list *list, bool weak, bool *done) {
    const mu_column columns[] = {
        {_("What"), NULL}, {_("Of"), "of"}, {_("Value"), "value"}, {_("Source"), "wide"}};
    mu_doc_table(doc, "settings", columns, 4);
    for (uint32_t i = 0; i < list->count; i++) {
        if (!done[i] && list->items[i].weak == weak) {
            put_field(doc, list, i, done);
        }
    }
    mu_doc_table_end(doc);
}

void mu_section_settings(mu_doc *doc) {
    const mu_setting_list list = mu_settings_list(doc->view);
    bool *done = mu_arena_array(doc->view->arena, list.count + 1, sizeof *done);
    put_assumed(doc);
    if (done == NULL) {
        return;
    }
    memset(done, 0, (list.count + 1) * sizeof *done);
    put_effects(doc, &list, done);
    mu_doc_heading(doc, 3, NULL, _("Other settings that rest on an assumption or give no source"));
    put_others(doc, &list, true, done);
    mu_doc_heading(doc, 3, NULL, _("Settings with a published source"));
    put_others(doc, &list, false, done);
}
