/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facilitator's guide: everything that is said, in the order in which it is said, so that the
 * exercise goes on from paper when the projector fails. */
#include <math.h>

#include "core/i18n.h"
#include "drill/pack/sheet.h"

static void read_aloud(mu_sheet *s, const char *text) {
    if (text[0] != 0) {
        mu_doc_paragraph(&s->doc, "read", text);
    }
}

static void put_before(mu_sheet *s) {
    static const char *const lines[] = {
        N_("Sign-in sheet at the door; safety page on each chair"),
        N_("Role cards handed out, each player has said aloud which part they have"),
        N_("Log keeper, clock and this guide at hand; telephone of the simulation cell tried"),
        N_("Stop-word said aloud and repeated by everybody")};
    mu_sheet_chapter(s, _("Before you begin"));
    mu_sheet_ticks(s, lines, sizeof lines / sizeof lines[0]);
    mu_sheet_chapter_end(s);
}

static void put_opening(mu_sheet *s) {
    mu_sheet_chapter(s, _("Opening (read aloud)"));
    read_aloud(s,
               mu_say(&s->view,
                      _("Welcome. This is an exercise. We try the plan, not you: nobody is marked "
                        "and nobody is blamed. Every message begins and ends with “exercise, "
                        "exercise, exercise”. If anybody is in danger, or something real "
                        "happens, say “%s” and everything stops."),
                      mu_sheet_stop_word(s)));
    mu_sheet_paragraph(s, _("Then the goals:"));
    mu_sheet_goals(s);
    mu_sheet_paragraph(s, _("Then the situation:"));
    read_aloud(s, mu_say_text(&s->view, &s->view.plan->incident.story));
    mu_sheet_chapter_end(s);
}

static void put_cycle(mu_sheet *s) {
    mu_sheet_chapter(s, _("The four beats of each inject"));
    mu_doc_list(&s->doc);
    mu_sheet_item(s, _("Inject: read it aloud, hand the slip to whoever gets it, note the time."));
    mu_sheet_item(s, _("Question: ask the question once, to the person who has to decide."));
    mu_sheet_item(s, _("Analysis: let them talk; after three minutes ask what they know, what they "
                       "do not know, and by when they decide."));
    mu_sheet_item(s, _("Answer: one person says the decision in one sentence; the keeper writes it "
                       "into the log with the time."));
    mu_doc_list_end(&s->doc);
    mu_sheet_chapter_end(s);
}

static void put_cue(mu_sheet *s, const mu_msel_event *event) {
    const mu_view *view = &s->view;
    const mu_inject *inject = &view->plan->incident.exercise.injects.items[event->inject];
    mu_doc_open(&s->doc, "cue", NULL);
    mu_doc_heading(&s->doc, 3, NULL,
                   mu_say(view, "%s  %s  %s", mu_say_day_time(view, event->at_s), event->code,
                          mu_say_text(view, &inject->name)));
    mu_doc_paragraph(&s->doc, "small",
                     mu_say(view, _("%s → %s (%s)"), mu_say_text(view, &inject->from),
                            mu_say_text(view, &inject->to), mu_say_text(view, &inject->method)));
    read_aloud(s, mu_say_text(view, &inject->text));
    mu_doc_facts(&s->doc, 1);
    if (mu_say_text(view, &inject->question)[0] != 0) {
        mu_doc_fact(&s->doc, _("Question"), mu_say_text(view, &inject->question));
    }
    if (mu_say_text(view, &inject->expected)[0] != 0) {
        mu_doc_fact(&s->doc, _("Expected"), mu_say_text(view, &inject->expected));
    }
    if (mu_say_text(view, &inject->objective)[0] != 0) {
        mu_doc_fact(&s->doc, _("Goal"), mu_say_text(view, &inject->objective));
    }
    mu_doc_fact(&s->doc, _("Sent at / answer"), " ");
    mu_doc_facts_end(&s->doc);
    mu_doc_close(&s->doc);
}

static void put_said(mu_sheet *s, const mu_msel_event *event) {
    const mu_watch *watch = &s->watches->items[event->watch];
    mu_doc_open(&s->doc, "cue said", NULL);
    mu_doc_heading(&s->doc, 3, NULL,
                   mu_say(&s->view, "%s  %s  %s", mu_say_day_time(&s->view, event->at_s),
                          event->code, mu_say_watch(&s->view, watch)));
    mu_doc_paragraph(&s->doc, "small",
                     _("Said by control to whoever would see or hear it, where nobody plays it."));
    mu_doc_close(&s->doc);
}

static void put_script(mu_sheet *s) {
    mu_sheet_chapter(s, _("Script"));
    mu_sheet_paragraph(s,
                       _("Times are planned ones. Put all later injects off together rather than "
                         "hurry; leave an inject out rather than crowd two into one decision."));
    for (uint32_t i = 0; i < s->events.count; i++) {
        if (s->events.items[i].kind == MU_MSEL_INJECT) {
            put_cue(s, &s->events.items[i]);
        } else if (s->events.items[i].kind == MU_MSEL_INFORMATION) {
            put_said(s, &s->events.items[i]);
        }
    }
    mu_sheet_chapter_end(s);
}

static void put_stuck(mu_sheet *s) {
    mu_sheet_chapter(s, _("If it does not go as planned"));
    mu_doc_facts(&s->doc, 1);
    mu_doc_fact(
        &s->doc, _("The projector or the program fails"),
        _("Say so, hand out the floor plans, go on from this guide. The clock on the wall is "
          "the clock of the exercise; the log keeper writes every inject down."));
    mu_doc_fact(&s->doc, _("Nobody decides"),
                _("“What would you tell the police if they asked you now?” Then send the next "
                  "inject."));
    mu_doc_fact(&s->doc, _("One person decides everything"),
                _("Send that person to the telephone: the next inject goes to somebody else."));
    mu_doc_fact(&s->doc, _("They argue with the scenario"),
                _("Write it on the list of matters for afterwards, and go on."));
    mu_doc_fact(&s->doc, _("They are far ahead of the list"),
                _("Go on to the next inject at once; note the time."));
    mu_doc_fact(&s->doc, mu_say(&s->view, _("Somebody says “%s”"), mu_sheet_stop_word(s)),
                _("Everything stops. Note the time. The safety officer says whether and when it "
                  "goes on; nobody discusses it."));
    mu_doc_facts_end(&s->doc);
    mu_sheet_chapter_end(s);
}

static void put_expected(mu_sheet *s) {
    const mu_column columns[] = {{_("By the clock"), "clock"},
                                 {_("Box"), "id"},
                                 {_("What players are expected to have done"), "wide"},
                                 {_("Seen"), "hand"}};
    mu_sheet_chapter(s, _("Expected by now"));
    mu_sheet_small(s,
                   _("To keep the place by. What is missing is no fault yet: ask, do not tell."));
    mu_doc_table(&s->doc, "grid", columns, 4);
    for (uint32_t i = 0; i < s->events.count; i++) {
        const mu_msel_event *event = &s->events.items[i];
        if (event->kind == MU_MSEL_EXPECTED) {
            mu_doc_cell(&s->doc, "number", mu_say_day_time(&s->view, event->at_s));
            mu_doc_cell(&s->doc, "id", s->watches->items[event->watch].code);
            mu_doc_cell(&s->doc, NULL, mu_say_watch(&s->view, &s->watches->items[event->watch]));
            mu_doc_cell(&s->doc, "hand", "");
        }
    }
    mu_doc_table_end(&s->doc);
    mu_sheet_chapter_end(s);
}

static void put_talk(mu_sheet *s) {
    mu_sheet_chapter(s, _("Talk on the spot (20 minutes)"));
    mu_doc_list(&s->doc);
    mu_sheet_item(s, _("Round the table, players first: one thing that worked, one thing that did "
                       "not. No answers yet."));
    mu_sheet_item(s, _("Evaluators: the three times that surprised them most."));
    mu_sheet_item(s, _("For each matter: what exactly, whose, until when, and how we will see that "
                       "it is done."));
    mu_sheet_item(s, _("Matters for afterwards: read the list aloud, name who takes each."));
    mu_sheet_item(s, _("Say when the report comes, thank everybody, end the exercise aloud."));
    mu_doc_list_end(&s->doc);
    mu_page_put(&s->doc.page, "<div class=\"write\"></div>\n");
    mu_sheet_chapter_end(s);
}

void mu_sheet_guide(mu_sheet *s) {
    mu_sheet_paragraph(s,
                       _("This guide is enough by itself. With muster show the same injects are on "
                         "the screen; if that fails, go on here."));
    put_before(s);
    put_opening(s);
    put_cycle(s);
    put_script(s);
    put_stuck(s);
    put_expected(s);
    put_talk(s);
}
