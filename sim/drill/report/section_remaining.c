/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who was still inside when a run ended: by name, with place and reason, so that somebody can go
 * and look for them, or mend what keeps them in. */
#include "core/i18n.h"
#include "drill/report/section.h"
#include "drill/report/words.h"

/* A report is read by people: the whole list is in metrics.json. */
#define ROWS_MOST 20U

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

/* People of one group who were left in one place for one reason. */
typedef struct left_group {
    uint32_t from, space, first_person, people, most_runs;
    mu_remains why;
} left_group;

static uint32_t gather(const mu_findings *f, left_group *groups) {
    uint32_t count = 0, occupant = 0;
    for (uint32_t p = 0; p < f->plan->people.list.count; p++) {
        uint32_t first = 0;
        const mu_person *person = &f->plan->people.list.items[p];
        if (person->kind != MU_PERSON_OCCUPANT) {
            continue;
        }
        const uint32_t runs = mu_findings_runs_inside(f, occupant, &first);
        if (runs > 0) {
            const mu_replicate *one = &f->replicates[first];
            const left_group here = {.from = person->from,
                                     .space = one->remains_in[occupant],
                                     .first_person = p,
                                     .why = (mu_remains)one->remains[occupant]};
            uint32_t k = 0;
            while (k < count && !(groups[k].from == here.from && groups[k].space == here.space &&
                                  groups[k].why == here.why)) {
                k++;
            }
            if (k == count) {
                groups[count++] = here;
            }
            groups[k].people++;
            groups[k].most_runs = runs > groups[k].most_runs ? runs : groups[k].most_runs;
        }
        occupant++;
    }
    return count;
}

static void put_row(mu_doc *doc, const left_group *group) {
    const mu_view *view = doc->view;
    const mu_findings *f = view->findings;
    const mu_text *name = &f->plan->roster.groups.items[group->from].name;
    const bool alone = group->people == 1 || mu_say_text(view, name)[0] == 0;
    mu_doc_cell(doc, NULL,
                alone ? mu_say_thing(view, MU_HANDLE(MU_THING_PERSON, group->first_person))
                      : mu_say_text(view, name));
    mu_doc_cell(doc, "number", mu_say(view, "%u", group->people));
    mu_doc_cell(doc, NULL,
                group->space == MU_NONE
                    ? _("on a stair")
                    : mu_say_thing(view, MU_HANDLE(MU_THING_SPACE, group->space)));
    mu_doc_cell(doc, NULL, why_name(group->why));
    mu_doc_cell(
        doc, "number",
        mu_say(view, P_("%u of %u run", "%u of %u runs", f->reps), group->most_runs, f->reps));
}

void mu_section_remaining(mu_doc *doc) {
    const mu_view *view = doc->view;
    left_group *groups = mu_arena_array(view->arena, view->findings->occupants + 1, sizeof *groups);
    const uint32_t count = groups == NULL ? 0 : gather(view->findings, groups);
    if (count == 0) {
        return;
    }
    const mu_column columns[] = {{_("Who"), NULL},
                                 {_("How many"), "number"},
                                 {_("Where"), NULL},
                                 {_("Why"), NULL},
                                 {_("How often"), "number"}};
    mu_doc_heading(doc, 3, NULL, _("Still on the site at the end of a run"));
    mu_doc_table(doc, NULL, columns, 5);
    uint32_t people = 0;
    for (uint32_t k = 0; k < count; k++) {
        people += groups[k].people;
        if (k < ROWS_MOST) {
            put_row(doc, &groups[k]);
        }
    }
    mu_doc_table_end(doc);
    mu_doc_paragraph(doc, "small",
                     mu_say(view,
                            P_("%u person in all; metrics.json names every one.",
                               "%u people in all; metrics.json names every one.", people),
                            people));
}
