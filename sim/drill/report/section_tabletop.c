/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people round the table did: the branches and how each was judged, and every inject, decision
 * and note with its time. Nothing where the report is of a batch of runs. */
#include "core/i18n.h"
#include "drill/report/section.h"
#include "drill/report/words.h"

static const char *say_time_at(const mu_view *view, mu_time time) {
    return mu_say_seconds(view, time / MU_SECOND);
}

static void put_branches(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_tabletop *table = view->def.tabletop;
    const mu_column columns[] = {{_("Branch"), NULL},          {_("Parted from"), NULL},
                                 {_("At"), "number"},          {_("Played to"), "number"},
                                 {_("Clauses met"), "number"}, {_("Missed"), "number"},
                                 {_("Undecided"), "number"},   {_("Left the building"), "number"}};
    mu_doc_table(doc, "branches", columns, (int)(sizeof columns / sizeof columns[0]));
    for (uint32_t b = 0; b < mu_tabletop_branch_count(table); b++) {
        const mu_branch *one = mu_tabletop_branch(table, b);
        const mu_report_branch *judged = &view->def.branches[b];
        const bool first = one->parent == MU_NOWHERE;
        mu_doc_cell(doc, NULL,
                    b == view->def.branch ? mu_say(view, _("%s (this report)"), one->name)
                                          : one->name);
        mu_doc_cell(doc, NULL, first ? "–" : mu_tabletop_branch(table, one->parent)->name);
        mu_doc_cell(doc, "number", first ? "–" : say_time_at(view, one->parted_us));
        mu_doc_cell(doc, "number", say_time_at(view, one->lived_us));
        mu_doc_cell(doc, "number", mu_say(view, "%u", judged->met));
        mu_doc_cell(doc, "number", mu_say(view, "%u", judged->missed));
        mu_doc_cell(doc, "number", mu_say(view, "%u", judged->undecided));
        mu_doc_cell(doc, "number", mu_say(view, "%u", judged->left));
    }
    mu_doc_table_end(doc);
}

static const char *kind_of(const mu_entry *entry) {
    switch ((mu_entry_kind)entry->kind) {
    case MU_ENTRY_SENT:
        return _("Inject");
    case MU_ENTRY_SKIPPED:
        return _("Inject skipped");
    case MU_ENTRY_POSTPONED:
        return _("Inject put off");
    case MU_ENTRY_DECISION:
        return _("Decision");
    case MU_ENTRY_NOTE:
        return _("Note");
    case MU_ENTRY_BRANCH:
        return _("New branch");
    case MU_ENTRY_STOPPED:
        return _("Paused for safety");
    case MU_ENTRY_RESUMED:
        return _("Goes on");
    case MU_ENTRY_SEEN:
    case MU_ENTRY_DRAFT:
    case MU_ENTRY_KIND_COUNT:
        break;
    }
    return "";
}

static const char *add_part(const mu_view *view, const char *said, const char *label,
                            const char *text) {
    return text[0] == 0
               ? said
               : mu_say_joined(view, said, _(". "), mu_say(view, _("%s: %s"), label, text));
}

static const char *say_entry(const mu_view *view, const mu_entry *entry) {
    const mu_tabletop *table = view->def.tabletop;
    const char *said = mu_say(view, "%s", entry->said[MU_SAID_WHAT]);
    if (entry->inject != MU_NO_INJECT) {
        const mu_inject_now inject = mu_tabletop_inject(table, entry->inject, view->def.language);
        said = mu_say(view, "%s %s", inject.id, inject.name);
        if (entry->kind == MU_ENTRY_SENT) {
            said = add_part(view, said, _("Expected"), inject.expected);
        }
    }
    said = add_part(view, said, _("Why"), entry->said[MU_SAID_WHY]);
    said = add_part(view, said, _("Not chosen"), entry->said[MU_SAID_REJECTED]);
    if (entry->act.kind != MU_ACT_NONE) {
        mu_session *session = mu_tabletop_session(table, entry->branch);
        said = add_part(
            view, said, _("In the simulation"),
            mu_say(view, "%s", mu_session_say_act(session, &entry->act, view->def.language)));
    }
    return said;
}

static void put_entries(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_tabletop *table = view->def.tabletop;
    const mu_column columns[] = {{_("Time"), "number"},
                                 {_("Branch"), NULL},
                                 {_("What"), NULL},
                                 {_("Who"), NULL},
                                 {_("In words"), "wide"}};
    mu_doc_table(doc, "entries", columns, (int)(sizeof columns / sizeof columns[0]));
    for (uint32_t e = 0; e < mu_tabletop_entry_count(table); e++) {
        const mu_entry *entry = mu_tabletop_entry(table, e);
        mu_doc_cell(doc, "number", say_time_at(view, entry->time_us));
        mu_doc_cell(doc, NULL, mu_tabletop_branch(table, entry->branch)->name);
        mu_doc_cell(doc, NULL, kind_of(entry));
        mu_doc_cell(doc, NULL, entry->said[MU_SAID_WHO]);
        mu_doc_cell(doc, "wide", say_entry(view, entry));
        if (entry->act.kind != MU_ACT_NONE &&
            mu_session_lacks_words(mu_tabletop_session(table, entry->branch))) {
            doc->page.no_memory = true;
        }
    }
    mu_doc_table_end(doc);
}

void mu_section_tabletop(mu_doc *doc) {
    const mu_view *view = doc->view;
    if (view->def.tabletop == NULL) {
        return;
    }
    mu_doc_paragraph(doc, NULL,
                     _("This report is of a tabletop: one run, with what the table decided and was "
                       "told in it, up to where it was played. Each branch was judged by the same "
                       "rules; clauses whose limit had not come by then are undecided."));
    put_branches(doc);
    mu_doc_heading(doc, 3, NULL, _("Injects, decisions and notes"));
    if (mu_tabletop_entry_count(view->def.tabletop) == 0) {
        mu_doc_paragraph(doc, NULL, _("Nothing was entered."));
        return;
    }
    put_entries(doc);
}
