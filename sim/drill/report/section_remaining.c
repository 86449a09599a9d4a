/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who was still inside when a run ended: by name, with place and reason, so that somebody can go
 * and look for them, or mend what keeps them in. */
#include "core/i18n.h"
#include "drill/report/section.h"
#include "drill/report/words.h"

/* A report is read by people: the whole list is in metrics.json. */
#define ROWS_MOST 30U

static const char *why_name(mu_remains why) {
    switch (why) {
    case MU_REMAINS_UNTOLD:
        return _("no alarm or message reached them");
    case MU_REMAINS_NO_WAY:
        return _("no way out that they can use");
    case MU_REMAINS_ON_THE_WAY:
        return _("on the way when the run was stopped");
    case MU_REMAINS_REFUGE:
        return _("waits at a place of refuge, and nobody has brought them down");
    case MU_REMAINS_STAYED: /* no fault, and not listed */
    case MU_REMAINS_NOT:
    case MU_REMAINS_COUNT:
        break;
    }
    return "";
}

static void put_row(mu_doc *doc, uint32_t person, uint32_t occupant, uint32_t runs,
                    uint32_t first) {
    const mu_view *view = doc->view;
    const mu_findings *f = view->findings;
    const mu_replicate *one = &f->replicates[first];
    const uint32_t space = one->remains_in[occupant];
    mu_doc_cell(doc, "id", f->plan->people.list.items[person].id);
    mu_doc_cell(doc, NULL,
                space == MU_NONE
                    ? _("on a stair")
                    : mu_plan_name(f->plan, MU_HANDLE(MU_THING_SPACE, space), view->def.language));
    mu_doc_cell(doc, NULL, why_name((mu_remains)one->remains[occupant]));
    mu_doc_cell(doc, "number", mu_say(view, _("%u of %u runs"), runs, f->reps));
}

static uint32_t count_remaining(const mu_findings *f) {
    uint32_t count = 0, first = 0;
    for (uint32_t i = 0; i < f->occupants; i++) {
        count += mu_findings_runs_inside(f, i, &first) > 0;
    }
    return count;
}

void mu_section_remaining(mu_doc *doc) {
    const mu_view *view = doc->view;
    const mu_findings *f = view->findings;
    const uint32_t remaining = count_remaining(f);
    if (remaining == 0) {
        return;
    }
    const mu_column columns[] = {
        {_("Who"), "id"}, {_("Where"), NULL}, {_("Why"), "wide"}, {_("How often"), "number"}};
    mu_doc_heading(doc, 3, NULL, _("Still inside at the end of a run"));
    mu_doc_table(doc, NULL, columns, 4);
    uint32_t occupant = 0, rows = 0;
    for (uint32_t p = 0; p < f->plan->people.list.count && rows < ROWS_MOST; p++) {
        uint32_t first = 0;
        if (f->plan->people.list.items[p].kind != MU_PERSON_OCCUPANT) {
            continue;
        }
        const uint32_t runs = mu_findings_runs_inside(f, occupant, &first);
        if (runs > 0) {
            put_row(doc, p, occupant, runs, first);
            rows++;
        }
        occupant++;
    }
    mu_doc_table_end(doc);
    if (remaining > ROWS_MOST) {
        mu_doc_paragraph(
            doc, "small",
            mu_say(view, _("%u people in all; metrics.json names every one."), remaining));
    }
}
