/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan with people at chosen moments: pictures that whoever asked for the report has drawn. */
#include "core/i18n.h"
#include "drill/report/section.h"
#include "drill/report/words.h"

static const char *say_level(const mu_view *view, uint32_t level) {
    const mu_level *one = &view->plan->site.levels.items[level];
    const char *name = mu_say_text(view, &one->name);
    return name[0] != 0 ? name : one->id;
}

static void put_picture(mu_doc *doc, const mu_report_picture *picture) {
    if (mu_doc_figure(doc, "moment")) {
        mu_page_put(&doc->page, picture->svg);
    }
    mu_doc_figure_end(doc, mu_say(doc->view, _("%s: %s. %s"),
                                  mu_say_seconds(doc->view, picture->time_us / MU_SECOND),
                                  picture->moment, say_level(doc->view, picture->level)));
}

void mu_section_pictures(mu_doc *doc) {
    const mu_report_def *def = &doc->view->def;
    if (def->picture_count == 0) {
        mu_doc_paragraph(doc, NULL,
                         _("No pictures: the program that wrote this report was built without its "
                           "window, or found no font. “muster show” of a whole build draws them."));
        return;
    }
    mu_doc_paragraph(doc, NULL,
                     mu_say(doc->view,
                            _("Run %u, the one whose log stands beside this report: people, teams, "
                              "doors and the hazard at chosen moments, on the levels where most "
                              "was going on."),
                            def->timeline->replication));
    mu_doc_paragraph(doc, "small",
                     _("Dots are occupants: grey, not told; amber, told and not set out; blue, "
                       "leaving; light blue, in shelter; green, out. Diamonds are the site's own "
                       "response, empty on duty, filled on a step; purple is help from outside."));
    if (def->animation != NULL && mu_doc_figure(doc, "moving")) {
        mu_page_put(&doc->page, def->animation);
        mu_doc_figure_end(doc, _("The evacuation, thirty times as fast as it was"));
    }
    for (uint32_t i = 0; i < def->picture_count; i++) {
        put_picture(doc, &def->pictures[i]);
    }
}
