/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the writers of the pack's papers share. */
#ifndef MU_DRILL_PACK_SHEET_H
#define MU_DRILL_PACK_SHEET_H

#include "drill/pack/pack.h"
#include "drill/pack/words_watch.h"
#include "drill/report/doc.h"

typedef struct mu_sheet {
    mu_doc doc;
    mu_view view;
    const mu_watch_list *watches;
    mu_msel events;
    int chapter;
} mu_sheet;

extern const char *const mu_pack_style[];

/* One writer a paper; each writes what stands under the head. */
void mu_sheet_plan(mu_sheet *s);
void mu_sheet_manual(mu_sheet *s);
void mu_sheet_injects(mu_sheet *s);
void mu_sheet_evaluation(mu_sheet *s);
void mu_sheet_roles(mu_sheet *s);
void mu_sheet_decisions(mu_sheet *s);
void mu_sheet_attendance(mu_sheet *s);
void mu_sheet_roll_call(mu_sheet *s);
void mu_sheet_safety(mu_sheet *s);
void mu_sheet_floors(mu_sheet *s);
void mu_sheet_guide(mu_sheet *s);

/* A numbered chapter: 一、 or 1. */
void mu_sheet_chapter(mu_sheet *s, const char *heading);
void mu_sheet_chapter_end(mu_sheet *s);
/* Opens a part that begins on a page of its own, with the marking at its head. */
void mu_sheet_open(mu_sheet *s, const char *class_name, const char *heading);
void mu_sheet_close(mu_sheet *s);
/* Named blanks to be filled in by hand, two in a row; NULL-terminated. */
void mu_sheet_blanks(mu_sheet *s, const char *const *names);
/* Rows without text, for handwriting. */
void mu_sheet_empty_rows(mu_sheet *s, uint32_t rows, uint32_t columns);
/* A box to tick before a line. */
void mu_sheet_ticks(mu_sheet *s, const char *const *lines, size_t count); /* yet untranslated */
void mu_sheet_paragraph(mu_sheet *s, const char *text);
void mu_sheet_small(mu_sheet *s, const char *text);
void mu_sheet_item(mu_sheet *s, const char *text);

/* The stop-word of the exercise, or the usual one. */
const char *mu_sheet_stop_word(const mu_sheet *s);
/* Persons of a role who are there at the start, or come. */
uint32_t mu_sheet_count_role(const mu_sheet *s, uint32_t role);
/* Does a step need this role? */
bool mu_sheet_does(const mu_sheet *s, uint32_t step, uint32_t role);
/* "all of: …; any of: …": what a step waits for. */
const char *mu_sheet_trigger(const mu_sheet *s, const mu_step *step);
/* Where it is done; "" where the step gives no place. */
const char *mu_sheet_place(const mu_sheet *s, const mu_step *step);
/* The goals that the exercise gives; else what the capabilities that it calls on are. */
void mu_sheet_goals(mu_sheet *s);
/* Who has which part. */
void mu_sheet_parts(mu_sheet *s);
/* Rules that everybody follows. */
void mu_sheet_rules(mu_sheet *s);
/* The plans of all levels. `bare`: for players, without what the incident brings. */
void mu_sheet_plans(mu_sheet *s, bool bare);

#endif
