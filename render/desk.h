/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facilitator's desk: the window's view with what a tabletop needs around it. Its side has
 * tabs: the plan's own panel, injects, decisions and notes, branches; forms, the opening, the
 * comparison of two branches and the pause for safety lie over the whole. It feeds the audience's
 * picture with what everybody may see. It knows no window. */
#ifndef MU_RENDER_DESK_H
#define MU_RENDER_DESK_H

#include "muster/tabletop.h"
#include "render/audience.h"
#include "render/screen.h"
#include "render/ui.h"

typedef enum mu_desk_page {
    MU_DESK_OPENING,
    MU_DESK_RUN,
    MU_DESK_COMPARE,
    MU_DESK_AUDIENCE, /* one screen: what everybody may see, in this window */
    MU_DESK_COVER     /* between that and the desk: nothing hidden shows by mistake */
} mu_desk_page;

typedef enum mu_desk_tab {
    MU_DESK_PLAN,
    MU_DESK_INJECTS,
    MU_DESK_TABLE, /* decisions and notes */
    MU_DESK_BRANCHES,
    MU_DESK_TAB_COUNT
} mu_desk_tab;

enum { MU_DESK_CHOICES = 512, MU_DESK_WORDS = 240 };

/* A decision, a note or an inject ad hoc that is being typed. */
typedef struct mu_desk_form {
    bool open;
    uint32_t kind; /* mu_entry_kind: SENT, DECISION, NOTE, BRANCH */
    mu_edit said[MU_SAID_COUNT];
    uint32_t act; /* mu_act_kind */
    mu_act choices[MU_DESK_CHOICES];
    uint32_t choice_count, chosen, scroll; /* chosen: MU_NOWHERE = none */
    uint32_t by_min;
} mu_desk_form;

typedef struct mu_desk_def mu_desk_def;
struct mu_desk_def {
    mu_tabletop *tabletop; /* is replaced by `resume` */
    /* Opens the file of an earlier session, or a new one; NULL with `why` where it cannot. */
    mu_tabletop *(*resume)(void *with, char *why, size_t room);
    bool (*start)(void *with, mu_tabletop *tabletop, char *why, size_t room);
    void *with;
    bool opening;             /* begin with goals and parts */
    bool has_earlier;         /* there is a session to go on with */
    uint32_t earlier_entries; /* in it */
};

typedef struct mu_desk {
    mu_desk_def def;
    mu_tabletop *table;
    mu_screen *view;
    mu_audience audience;
    mu_public shown;
    mu_ui ui;
    mu_opening opening;
    mu_desk_page page;
    mu_desk_tab tab;
    mu_desk_form form;
    uint32_t inject;               /* unfolded in the list; MU_NOWHERE */
    uint32_t scroll;               /* of the tab's list */
    uint32_t pair[2];              /* branches that are compared */
    mu_time kept_us;               /* where the present branch was before */
    bool to_the_end;               /* of them, and not only as far as both were played */
    bool compared;                 /* both are where they are compared */
    mu_desk_page behind;           /* what everybody sees: where the desk goes back to */
    bool begun;                    /* a file is there, if there is to be one */
    bool wants_window;             /* the audience's, of its own */
    const char *audience_language; /* NULL: whichever the desk has */
    uint32_t under_version;
    mu_draw_list blank;
    char words[MU_DESK_WORDS]; /* the last thing that went wrong, or was done */
} mu_desk;

/* False without memory; mu_desk_close is to be called in either case. The view is the caller's. */
bool mu_desk_open(const mu_desk_def *def, mu_screen *view, mu_desk *out);
void mu_desk_close(mu_desk *desk);

void mu_desk_input(mu_desk *desk, const mu_input *input);
void mu_desk_type(mu_desk *desk, const char *text, bool composing);
/* As mu_screen_tick; `wall_s` is the clock on the wall. */
void mu_desk_tick(mu_desk *desk, double elapsed_s, int64_t wall_s, bool (*more)(void *),
                  void *with);
/* Makes the lists of the desk's own window anew, and those of the audience's. */
void mu_desk_draw(mu_desk *desk, double audience_width, double audience_height);
const mu_draw_list *mu_desk_under(const mu_desk *desk, uint32_t *version);
const mu_draw_list *mu_desk_over(const mu_desk *desk);
/* Does something change by itself? */
bool mu_desk_is_lively(const mu_desk *desk);

/* Parts. */
void mu_desk_say(mu_desk *desk, const char *words);
/* Notes whether it could be done. */
void mu_desk_done(mu_desk *desk, mu_status status, const char *words);
mu_session *mu_desk_session(const mu_desk *desk);
void mu_desk_look_at_branch(mu_desk *desk, uint32_t branch);
/* Before the first entry: begins the file. False where it cannot be. */
bool mu_desk_begin(mu_desk *desk);
void mu_desk_pause(mu_desk *desk);
void mu_desk_compare(mu_desk *desk, bool on);
/* A recording has no table: it is looked at, and that is all. */
bool mu_desk_has_table(const mu_desk *desk);
bool mu_desk_is_stopped(const mu_desk *desk); /* for safety */
const char *mu_desk_audience_language(const mu_desk *desk);
void mu_desk_draw_page(mu_desk *desk);
/* Goes on with the session that was found. */
void mu_desk_resume(mu_desk *desk);

void mu_desk_draw_opening(mu_desk *desk);             /* desk_opening.c */
void mu_desk_draw_injects(mu_desk *desk, mu_box box); /* desk_injects.c */
void mu_desk_draw_table(mu_desk *desk, mu_box box);
void mu_desk_draw_branches(mu_desk *desk, mu_box box); /* desk_branches.c */
void mu_desk_draw_compare(mu_desk *desk);
void mu_desk_compare_tick(mu_desk *desk, bool (*more)(void *), void *with);
void mu_desk_open_form(mu_desk *desk, mu_entry_kind kind); /* desk_form.c */
void mu_desk_draw_form(mu_desk *desk);

#endif
