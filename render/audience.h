/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audience's picture: the plan, the clock, what runs out, the current inject and its question,
 * the decisions so far. It is given what everybody may see (mu_public) and where to look, and knows
 * neither session nor tabletop: nothing hidden can reach its draw lists.
 *
 * Made to be read from the back row: letters at least 3 % of the picture's height, clocks 8 %, on
 * grounds that they differ from by 7 to 1. */
#ifndef MU_RENDER_AUDIENCE_H
#define MU_RENDER_AUDIENCE_H

#include "muster/tabletop.h"
#include "render/art.h"

/* The opening: what the exercise is for and who is what in it. */
typedef struct mu_opening {
    bool shown;
    const mu_text *goals;
    uint32_t goal_count;
    mu_text roles[24];
    uint32_t parts[24], role_count;
} mu_opening;

/* Where the facilitator looks, and how. */
typedef struct mu_look {
    uint32_t level, layers;
    const mu_wake *wake; /* for paths; NULL: there are none */
    double x, y, zoom; /* of the table, in its middle; times what shows everything */
    bool playing;
    bool paused; /* and nobody may overlook it */
    bool built;  /* buildings fill it, not the whole site */
} mu_look;

/* Everything that the picture below the moving things depends on. */
typedef struct mu_audience_key {
    mu_camera camera;
    uint32_t layers;
    char language[4];
    const mu_theme *theme;
} mu_audience_key;

typedef struct mu_audience {
    mu_pen pen;
    mu_art art;
    const mu_scenery *scene;
    mu_camera camera;
    double width, height;
    uint32_t level;
    bool laid;
    mu_box plan;
    mu_draw_list under, over;
    uint32_t under_version;
    mu_audience_key key;
} mu_audience;

/* False without memory. */
bool mu_audience_create(const mu_scenery *scene, const mu_type *type, const mu_theme *theme,
                        mu_audience *out);
void mu_audience_destroy(mu_audience *audience);
/* Makes `under` and `over` anew. `starts_at`: date and time of the incident. */
void mu_audience_draw(mu_audience *audience, const mu_public *shown, const mu_opening *opening,
                      const mu_look *look, double width, double height);

/* Both words, in every language: that this is an exercise must be clear to whoever comes in. */
#define MU_EXERCISE_TAG "EXERCISE 演练"
/* What everybody sees while the exercise is paused for safety. */
void mu_draw_stopped(const mu_pen *pen, double width, double height, const char *stop_word,
                     const char *how_to_go_on);
void mu_draw_opening(const mu_pen *pen, mu_box box, const mu_opening *opening,
                     const char *stop_word, double letters);

#endif
