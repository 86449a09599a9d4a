/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces that several papers have. */
#include <string.h>

#include "core/i18n.h"
#include "drill/pack/sheet.h"
#include "drill/workload.h"

void mu_sheet_chapter(mu_sheet *s, const char *heading) {
    static const char *const digits[] = {"〇", "一", "二", "三", "四",   "五",  "六",
                                         "七", "八", "九", "十", "十一", "十二"};
    const bool chinese = s->view.def.language[0] == 'z';
    s->chapter++;
    mu_doc_open(&s->doc, "chapter", NULL);
    mu_doc_heading(&s->doc, 2, NULL,
                   chinese ? mu_say(&s->view, "%s、%s", digits[s->chapter], heading)
                           : mu_say(&s->view, "%d. %s", s->chapter, heading));
}

void mu_sheet_chapter_end(mu_sheet *s) {
    mu_doc_close(&s->doc);
}

void mu_sheet_open(mu_sheet *s, const char *class_name, const char *heading) {
    mu_page *page = &s->doc.page;
    mu_page_print(page, "<section class=\"sheet %s\"><p class=\"mark\"><span>", class_name);
    mu_page_text(page, s->view.def.language[0] == 'z' ? "演练 / EXERCISE" : "EXERCISE / 演练");
    mu_page_put(page, "</span><span>");
    mu_page_text(page, mu_say_text(&s->view, &s->view.plan->incident.name));
    mu_page_put(page, "</span></p>\n");
    mu_doc_heading(&s->doc, 2, NULL, heading);
}

void mu_sheet_close(mu_sheet *s) {
    mu_page_put(&s->doc.page, "</section>\n");
}

void mu_sheet_blanks(mu_sheet *s, const char *const *names) {
    mu_page_put(&s->doc.page, "<div class=\"blanks\">");
    for (; *names != NULL; names++) {
        mu_page_put(&s->doc.page, "<div><span>");
        mu_page_text(&s->doc.page, _(*names));
        mu_page_put(&s->doc.page, "</span></div>");
    }
    mu_page_put(&s->doc.page, "</div>\n");
}

void mu_sheet_empty_rows(mu_sheet *s, uint32_t rows, uint32_t columns) {
    for (uint32_t i = 0; i < rows * columns; i++) {
        mu_doc_cell(&s->doc, "line", "");
    }
}

void mu_sheet_ticks(mu_sheet *s, const char *const *lines, size_t count) {
    mu_page_put(&s->doc.page, "<ul class=\"ticks\">\n");
    for (size_t i = 0; i < count; i++) {
        mu_page_put(&s->doc.page, "<li><span>");
        mu_page_text(&s->doc.page, _(lines[i]));
        mu_page_put(&s->doc.page, "</span></li>\n");
    }
    mu_page_put(&s->doc.page, "</ul>\n");
}

void mu_sheet_paragraph(mu_sheet *s, const char *text) {
    mu_doc_paragraph(&s->doc, NULL, text);
}

void mu_sheet_small(mu_sheet *s, const char *text) {
    mu_doc_paragraph(&s->doc, "small", text);
}

void mu_sheet_item(mu_sheet *s, const char *text) {
    mu_doc_item(&s->doc, text);
}

const char *mu_sheet_stop_word(const mu_sheet *s) {
    const char *given = mu_say_text(&s->view, &s->view.plan->incident.exercise.stop_word);
    return given[0] != 0 ? given : _("STOP EXERCISE");
}

uint32_t mu_sheet_count_role(const mu_sheet *s, uint32_t role) {
    return mu_workload_on_duty(s->view.plan, role);
}

bool mu_sheet_does(const mu_sheet *s, uint32_t step, uint32_t role) {
    return s->view.plan->response.steps.items[step].role == role;
}

/* A phrase inside a sentence: "Level declared: red" as "level declared: red", if its first word is
 * not in capitals throughout. */
static const char *inside(const mu_sheet *s, const char *phrase) {
    const bool word = phrase[0] >= 'A' && phrase[0] <= 'Z' && phrase[1] >= 'a' && phrase[1] <= 'z';
    return word ? mu_say(&s->view, "%c%s", phrase[0] - 'A' + 'a', phrase + 1) : phrase;
}

static const char *join_terms(const mu_sheet *s, const mu_string_list *terms, const char *between) {
    const char *said = "";
    for (uint32_t i = 0; i < terms->count; i++) {
        const char *term = mu_say_term(&s->view, terms->items[i]);
        said = mu_say_joined(&s->view, said, between, i > 0 ? inside(s, term) : term);
    }
    return said;
}

const char *mu_sheet_trigger(const mu_sheet *s, const mu_step *step) {
    const char *all = join_terms(s, &step->when.all, _(" and "));
    const char *any = join_terms(s, &step->when.any, _(" or "));
    return all[0] == 0   ? any
           : any[0] == 0 ? all
                         : mu_say(&s->view, _("%s, and %s"), all, inside(s, any));
}

/* A place is the id of a post, space or assembly point, or a word. */
const char *mu_sheet_place(const mu_sheet *s, const mu_step *step) {
    const uint32_t word =
        step->place == NULL ? MU_NONE
                            : mu_words_find(&s->view.plan->words, step->place, strlen(step->place));
    return step->place == NULL ? ""
           : word == MU_NONE   ? mu_say_word(&s->view, step->place)
                               : mu_say_thing(&s->view, MU_HANDLE(MU_THING_WORD, word));
}

void mu_sheet_goals(mu_sheet *s) {
    const mu_exercise *exercise = &s->view.plan->incident.exercise;
    mu_doc_list(&s->doc);
    for (uint32_t i = 0; i < exercise->goals.count; i++) {
        mu_doc_item(&s->doc, mu_say_text(&s->view, &exercise->goals.items[i]));
    }
    for (uint32_t i = 0; exercise->goals.count == 0 && i < s->view.capabilities.count; i++) {
        const mu_capability_row *row = &s->view.capabilities.items[i];
        if (row->exercised > 0) {
            mu_doc_item(&s->doc, mu_say(&s->view,
                                        P_("To show how well %s works: %u clause of the policy",
                                           "To show how well %s works: %u clauses of the policy",
                                           row->exercised),
                                        mu_say_capability(&s->view, row->word), row->exercised));
        }
    }
    mu_doc_list_end(&s->doc);
}

static const char *say_part(int part) {
    static const char *const names[] = {N_("facilitator"), N_("safety officer"), N_("evaluator"),
                                        N_("player"), N_("observer")};
    return part >= 0 && part < (int)(sizeof names / sizeof names[0]) ? _(names[part]) : "";
}

void mu_sheet_parts(mu_sheet *s) {
    static const char *const usual[] = {N_("exercise director"),
                                        N_("facilitator"),
                                        N_("safety officer"),
                                        N_("lead evaluator"),
                                        N_("simulation cell: speaks for all who do not take part"),
                                        N_("keeper of the log")};
    const mu_exercise *exercise = &s->view.plan->incident.exercise;
    const mu_column columns[] = {
        {_("Part"), NULL}, {_("Post"), NULL}, {_("Name, telephone"), "wide"}};
    mu_doc_table(&s->doc, "grid", columns, 3);
    for (uint32_t i = 0; i < exercise->roles.count; i++) {
        mu_doc_cell(&s->doc, NULL, say_part(exercise->roles.items[i].part));
        mu_doc_cell(&s->doc, NULL, mu_say_text(&s->view, &exercise->roles.items[i].name));
        mu_doc_cell(&s->doc, "hand", "");
    }
    for (size_t i = 0; exercise->roles.count == 0 && i < sizeof usual / sizeof usual[0]; i++) {
        mu_doc_cell(&s->doc, NULL, _(usual[i]));
        mu_doc_cell(&s->doc, NULL, "");
        mu_doc_cell(&s->doc, "hand", "");
    }
    mu_doc_table_end(&s->doc);
}

void mu_sheet_rules(mu_sheet *s) {
    mu_doc_list(&s->doc);
    mu_sheet_item(s, _("Every message, spoken or written, begins and ends with the words "
                       "“exercise, exercise, exercise”."));
    mu_sheet_item(s, mu_say(&s->view,
                            _("Whoever sees somebody in danger says “%s”. Everybody stops at once, "
                              "and nobody goes on before the safety officer says so."),
                            mu_sheet_stop_word(s)));
    mu_sheet_item(s, _("Nobody calls the police, fire brigade or ambulance for the exercise over "
                       "their public numbers: calls go to the simulation cell."));
    mu_sheet_item(s, _("Locked doors, safety devices and traffic are real: nobody forces a door, "
                       "runs on stairs or steps into the road."));
    mu_sheet_item(s,
                  _("Whoever cannot or does not want to take part wears no sign of the exercise, "
                    "and is left alone."));
    mu_sheet_item(s, _("What is not said or shown is not there. Ask exercise control."));
    mu_doc_list_end(&s->doc);
}
