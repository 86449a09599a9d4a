/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session shown: in a window, or as pictures in files. Both draw the same lists with the same
 * pixels. */
#ifndef MU_RENDER_SHOW_H
#define MU_RENDER_SHOW_H

#include "muster/tabletop.h"

struct mu_desk_def;

typedef struct mu_show_def {
    mu_session *session;
    const char *language;
    bool (*choose_language)(const char *language);
    uint64_t seed;
    uint32_t replication;
    int width, height;
    uint32_t level;     /* MU_NOWHERE = all */
    uint32_t layers;    /* mu_layer, with layers_given: shown at first */
    bool layers_given;
    double at_s;        /* the window opens at this time */
    const char *folder; /* of pictures; the window saves its own there, NULL = here */
    bool plan_only;     /* pictures: the plan fills the picture, without panels */
    bool built_only;    /* pictures: buildings fill the picture */
    bool dark;          /* for dark rooms */
    int film;           /* frames: so many times as fast as it was; 0 = no film */
    /* Pictures: those of the audience; the window: with one for the audience beside it. */
    bool audience;
    const char *audience_language;  /* the window: of the audience's; NULL = the desk's */
    mu_tabletop *tabletop;          /* that `session` belongs to; of the window and the audience */
    const struct mu_desk_def *desk; /* of the window */
    /* Told answers to clicks, pictures saved and warnings, a line each; may be NULL. */
    void (*told)(void *with, const char *line);
    bool tell_answers;
    void *with;
} mu_show_def;

/* Both write why they failed, translated, into `why`, and return false then. */
bool mu_show_window(const mu_show_def *def, char *why, size_t room);
/* Pictures at these times: "TIME.png", or "TIME.svg" with `svg`, e.g. "0120.500s.png". */
bool mu_show_pictures(const mu_show_def *def, const double *times, uint32_t count, bool svg,
                      char *why, size_t room);
/* A moving picture for a page (animate.h). The caller frees it; NULL where it failed. */
char *mu_show_animation(const mu_show_def *def, double from_s, double to_s, const char *id,
                        char *why, size_t room);
/* Every picture from a time on, `step_s` apart, handed over one by one; goes on as long as `take`
 * returns true. */
struct mu_image;
bool mu_show_frames(const mu_show_def *def, double from_s, double step_s, uint32_t count,
                    bool (*take)(void *with, const struct mu_image *image), void *with, char *why,
                    size_t room);
/* The same as SVG text, to stand in one page: `id` begins every id in it. The caller frees it; NULL
 * where it failed. */
char *mu_show_svg(const mu_show_def *def, double at_s, const char *id, char *why, size_t room);

#endif
