/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People who could not use stairs, and lifts, under the metrics; nothing where nobody needed help
 * and no lift was recalled. */
#include "core/i18n.h"
#include "drill/report/section.h"
#include "drill/report/words.h"

static const char *say_with(const mu_view *view) {
    const char *said = "";
    for (int b = MU_BURDEN_NONE + 1; b < MU_BURDEN_COUNT; b++) {
        const double count = view->findings->assisted.with[b];
        if (count > 0) {
            said = mu_say(view, "%s%s%s: %s", said, said[0] != 0 ? _("; ") : "",
                          _(mu_burden_name((mu_burden)b)), mu_say_mean(view, count));
        }
    }
    return said[0] != 0 ? said : "–";
}

static void put_refuges(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_assisted_finding *sum = &view->findings->assisted;
    mu_doc_facts(doc, 2);
    mu_doc_fact(doc, _("Came to a place of refuge"), mu_say_mean(view, sum->reached));
    mu_doc_fact(doc, _("Their call got through"), mu_say_mean(view, sum->called));
    mu_doc_fact(doc, _("Brought out"), mu_say_mean(view, sum->brought));
    mu_doc_fact(doc, _("With"), say_with(view));
    mu_doc_fact(doc, _("Wait at the refuge, until ready to go"), mu_say_time(view, sum->waited_s));
    mu_doc_fact(doc, _("From the refuge until out"), mu_say_time(view, sum->out_s));
    mu_doc_fact(doc, _("The last one is out after"), mu_say_time(view, sum->last_s));
    mu_doc_facts_end(doc);
    mu_doc_paragraph(doc, "small",
                     mu_say(view,
                            _("Means over the %u of %u runs in which somebody waited at a place of "
                              "refuge. Whoever waits there is known to be there and counts as "
                              "inside until they have been brought out."),
                            sum->runs, view->findings->reps));
}

void mu_section_assisted(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_assisted_finding *sum = &view->findings->assisted;
    const bool lifts = view->plan->site.lifts.count > 0 && sum->recalled_runs > 0;
    if (sum->runs == 0 && !lifts) {
        return;
    }
    mu_doc_heading(doc, 3, NULL, _("People who cannot use stairs, and lifts"));
    if (sum->runs > 0) {
        put_refuges(doc);
    }
    if (lifts) {
        mu_doc_paragraph(doc, NULL,
                         mu_say(view,
                                _("Lifts were recalled in %u of %u runs; from then on none took "
                                  "anybody but helpers. Entries into lifts, on average: %s."),
                                sum->recalled_runs, view->findings->reps,
                                mu_say_mean(view, sum->entered)));
    }
}
