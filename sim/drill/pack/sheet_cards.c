/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One card for each role that has something to do: what starts each of its steps, what to do,
 * where, with what, and the words to say. No times. */
#include "core/i18n.h"
#include "drill/pack/sheet.h"

static const char *say_needs(const mu_sheet *s, const mu_step *step) {
    const char *said = "";
    for (uint32_t n = 0; n < step->needs.count; n++) {
        const mu_need *need = &step->needs.items[n];
        said = mu_say_joined(&s->view, said, " + ",
                             mu_say(&s->view, "%u × %s", (uint32_t)need->count,
                                    mu_say_word(&s->view, mu_equipment_words[need->equipment])));
    }
    return said;
}

static const char *say_how(const mu_sheet *s, const mu_step *step) {
    const char *said = "";
    for (uint32_t c = 0; c < step->over.count; c++) {
        const mu_channel *channel = &s->view.plan->site.channels.items[step->over.items[c].index];
        said = mu_say_joined(&s->view, said, step->verb == MU_VERB_NOTIFY ? _(", else ") : _(", "),
                             mu_say_text(&s->view, &channel->name));
    }
    return said;
}

static void put_part(mu_sheet *s, const char *label, const char *text) {
    if (text[0] != 0) {
        mu_page_put(&s->doc.page, " · ");
        mu_page_text(&s->doc.page, label);
        mu_page_put(&s->doc.page, " ");
        mu_page_text(&s->doc.page, text);
    }
}

static void put_step(mu_sheet *s, const mu_step *step) {
    mu_page *page = &s->doc.page;
    const char *says = mu_say_text(&s->view, &step->says);
    mu_page_put(page, "<li><span class=\"when\">");
    mu_page_text(page, mu_sheet_trigger(s, step));
    mu_page_put(page, "</span> → ");
    mu_page_text(page, mu_say_text(&s->view, &step->name));
    put_part(s, _("where:"), mu_sheet_place(s, step));
    put_part(s, _("over:"), say_how(s, step));
    put_part(s, _("with:"), say_needs(s, step));
    put_part(s, _("until:"), step->until != NULL ? mu_say_term(&s->view, step->until) : "");
    if (says[0] != 0) {
        mu_page_put(page, "<span class=\"say\">");
        mu_page_text(page, mu_say(&s->view, _("“%s”"), says));
        mu_page_put(page, "</span>");
    }
    mu_page_put(page, "</li>\n");
}

static uint32_t count_steps(const mu_sheet *s, uint32_t role) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < s->view.plan->response.steps.count; i++) {
        count += mu_sheet_does(s, i, role);
    }
    return count;
}

/* In the order in which the playbooks give them. */
static void put_steps(mu_sheet *s, uint32_t role) {
    const mu_plan *plan = s->view.plan;
    for (uint32_t b = 0; b < plan->playbooks.count; b++) {
        for (uint32_t k = 0; k < plan->playbooks.items[b].steps.count; k++) {
            const mu_step *given = &plan->playbooks.items[b].steps.items[k];
            for (uint32_t i = 0; i < plan->response.steps.count; i++) {
                if (plan->response.steps.items[i].given == given && mu_sheet_does(s, i, role)) {
                    put_step(s, given);
                }
            }
        }
    }
}

static void put_card(mu_sheet *s, uint32_t role) {
    const char *name = mu_say_role(&s->view, s->view.plan->people.roles.items[role]);
    mu_page *page = &s->doc.page;
    mu_doc_open(&s->doc, "card", NULL);
    mu_doc_heading(&s->doc, 3, NULL, name);
    mu_doc_paragraph(&s->doc, "from",
                     mu_say(&s->view,
                            _("EXERCISE / 演练 · %u on duty · Name: ____________________"),
                            mu_sheet_count_role(s, role)));
    mu_page_put(page, "<ol>\n");
    put_steps(s, role);
    mu_page_put(page, "</ol>\n");
    mu_doc_paragraph(&s->doc, "foot",
                     mu_say(&s->view,
                            _("Danger, or something real: “%s”. Begin and end every "
                              "message with “exercise, exercise, exercise”."),
                            mu_sheet_stop_word(s)));
    mu_doc_close(&s->doc);
}

static void put_occupants(mu_sheet *s) {
    mu_doc_open(&s->doc, "card", NULL);
    mu_doc_heading(&s->doc, 3, NULL, _("Everybody else on the site"));
    mu_doc_paragraph(&s->doc, "from", "EXERCISE / 演练");
    mu_doc_list(&s->doc);
    mu_sheet_item(s, _("Go about your work. When you hear an alarm or an order, follow it."));
    mu_sheet_item(s, _("Leave by the nearest way that you know; help whoever needs help."));
    mu_sheet_item(s, _("Stay at the assembly point until you have been counted."));
    mu_doc_list_end(&s->doc);
    mu_doc_paragraph(
        &s->doc, "foot",
        mu_say(&s->view, _("Danger, or something real: “%s”."), mu_sheet_stop_word(s)));
    mu_doc_close(&s->doc);
}

void mu_sheet_roles(mu_sheet *s) {
    for (uint32_t r = 0; r < s->view.plan->people.roles.count; r++) {
        if (count_steps(s, r) > 0) {
            put_card(s, r);
        }
    }
    put_occupants(s);
}
