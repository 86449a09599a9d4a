/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drill pack: everything on paper that a real exercise of an incident needs, made from its
 * plan and from what the runs predict. The parts of each document follow HSEEP in English and the
 * national exercise guide (AQ/T 9007, 9009) in Chinese. */
#ifndef MU_DRILL_PACK_H
#define MU_DRILL_PACK_H

#include "drill/pack/watch.h"
#include "drill/report/report.h"

typedef enum mu_pack_paper {
    MU_PACK_PLAN,       /* exercise plan */
    MU_PACK_MANUAL,     /* situation manual, for players */
    MU_PACK_INJECTS,    /* master scenario events list */
    MU_PACK_EVALUATION, /* evaluators' sheets */
    MU_PACK_ROLES,      /* role cards */
    MU_PACK_DECISIONS,  /* decision log */
    MU_PACK_ATTENDANCE, /* sign-in sheet */
    MU_PACK_ROLL_CALL,
    MU_PACK_SAFETY,
    MU_PACK_FLOORS, /* plans with routes and cordons */
    MU_PACK_GUIDE,  /* facilitator's guide */
    MU_PACK_PAPERS
} mu_pack_paper;

typedef struct mu_pack_def {
    mu_report_def report; /* findings, language, version, the incident as the user named it */
    const mu_watch_list *watches;
} mu_pack_def;

/* "exercise-plan": its name among files. */
const char *mu_pack_file(mu_pack_paper paper);
/* Its title, translated. */
const char *mu_pack_title(mu_pack_paper paper);

/* A whole document of HTML, to be freed with free(); NULL where there is no memory. */
char *mu_pack_html(const mu_pack_def *def, mu_pack_paper which);
/* What is in the pack and who gets what. `has_pdf`: every paper is there as PDF, too. */
char *mu_pack_index(const mu_pack_def *def, bool has_pdf);

/* The list of events: injects of the exercise, what the control staff has to say in place of those
 * who do not take part, and what players are expected to do, by time. */
typedef enum mu_msel_kind {
    MU_MSEL_INJECT,      /* of the incident's file */
    MU_MSEL_INFORMATION, /* said or shown by the control staff */
    MU_MSEL_EXPECTED     /* what players are expected to do: not sent */
} mu_msel_kind;

typedef struct mu_msel_event {
    uint32_t kind;   /* mu_msel_kind */
    double at_s;     /* from the start of the run; NAN = when it comes about */
    uint32_t inject; /* of the exercise; MU_NONE */
    uint32_t watch;  /* MU_NONE */
    char code[16];
} mu_msel_event;

typedef struct mu_msel {
    mu_msel_event *items; /* by time; owned */
    uint32_t count;
} mu_msel;

MU_MUST_USE mu_status mu_pack_msel(const mu_plan *plan, const mu_watch_list *watches, mu_msel *out);
void mu_msel_destroy(mu_msel *list);
/* Columns of the list as files have it, in this order; NULL-terminated. */
extern const char *const mu_msel_columns[];
/* Writes one event's cells; false without memory. `put` is given each in the order of the columns.
 * Texts of the files are given in both languages, those of the program in the one in force. */
bool mu_msel_cells(const mu_pack_def *def, const mu_msel_event *event,
                   void (*put)(void *to, const char *cell), void *to);

#endif
