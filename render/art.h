/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan as a drawing, in two lists: what a run does not change (ground, rooms, walls, names),
 * which can be kept while the camera stands still, and what it does (doors, marks, people). */
#ifndef MU_RENDER_ART_H
#define MU_RENDER_ART_H

#include "render/pen.h"

typedef enum mu_layer {
    MU_LAYER_NAMES = 1,  /* of rooms */
    MU_LAYER_ROUTES = 2, /* where each walk leads next */
    MU_LAYER_DENSITY = 4,
    MU_LAYER_CORDON = 8,    /* posts, and the distances round a hazard */
    MU_LAYER_TEAMS = 16,    /* who does what */
    MU_LAYER_EQUIPMENT = 32 /* cameras and stores */
} mu_layer;
#define MU_LAYERS_AT_FIRST (MU_LAYER_NAMES | MU_LAYER_CORDON | MU_LAYER_TEAMS)

/* Where a room's name has room, in metres: three boxes of one to three lines. */
enum { MU_LABEL_BOXES = 3 };
typedef struct mu_label_box {
    mu_point at;
    double half_width, half_height;
} mu_label_box;

typedef struct mu_art {
    const mu_scenery *scene;
    uint32_t room_count;
    mu_label_box (*labels)[MU_LABEL_BOXES]; /* one per room, */
    uint64_t *shapes;                       /* and a hash of the outline that it was found for */
} mu_art;

/* False without memory. */
bool mu_art_create(const mu_scenery *scene, mu_art *out);
void mu_art_destroy(mu_art *art);
/* The same site a little changed: what was found for rooms that have kept their outline is kept.
 * False without memory, and nothing changed. */
bool mu_art_renew(mu_art *art, const mu_scenery *scene);

/* art.c: below everything that moves. */
void mu_art_under(const mu_pen *pen, const mu_art *art, const mu_camera *camera, uint32_t layers);
void mu_art_fill_room(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                      const mu_sheet *sheet, const mu_scenery_room *room, mu_colour colour);
/* Where the name of a sheet's level stands. */
mu_box mu_art_title_box(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                        const mu_sheet *sheet);
/* art_labels.c */
void mu_art_find_label(mu_art *art, uint32_t room);
void mu_art_labels(const mu_pen *pen, const mu_art *art, const mu_camera *camera);
/* art_doors.c */
void mu_art_doors(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                  const mu_frame *frame);
/* art_lifts.c */
void mu_art_lifts(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                  const mu_frame *frame);
/* art_people.c: who is pointed out has a ring; MU_NOWHERE = nobody. */
void mu_art_people(const mu_pen *pen, const mu_camera *camera, const mu_frame *frame,
                   uint32_t layers, uint32_t chosen);
double mu_art_person_radius(const mu_pen *pen, const mu_camera *camera,
                            const mu_frame_person *person);
/* art_marks.c */
void mu_art_marks(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                  const mu_frame *frame, uint32_t layers);
/* How many have come to each assembly point; above people. */
void mu_art_gathered(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                     const mu_frame *frame);
bool mu_art_shows_mark(const mu_scenery_mark *mark, uint32_t layers);
double mu_art_mark_radius(const mu_pen *pen, const mu_camera *camera);
void mu_art_hazards(const mu_pen *pen, const mu_camera *camera, const mu_frame *frame,
                    uint32_t layers);
void mu_art_crews(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                  const mu_frame *frame);
/* art_air.c: gas, smoke and sight, as tints of rooms. */
void mu_art_air(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                const mu_frame *frame);
/* art_wind.c: where the wind goes from a leak, and the zone downwind. */
void mu_art_wind(const mu_pen *pen, const mu_camera *camera, const mu_sheet *sheet,
                 const mu_frame_hazard *hazard, bool zone);
/* density.c */
void mu_art_density(const mu_pen *pen, const mu_camera *camera, const mu_scenery *scene,
                    const mu_frame *frame);
/* Persons a square metre from which each heat colour begins. */
enum { MU_HEAT_STEPS = 4 };
extern const double mu_heat_from[MU_HEAT_STEPS];

/* pick.c: what lies under a pixel, the smallest thing first; NOTHING where only paper does. A
 * person is told by the index into frame.people. */
mu_subject mu_art_pick(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                       const mu_frame *frame, uint32_t layers, double x, double y);

#endif
