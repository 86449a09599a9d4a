/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan as a drawing, in two lists: what a run does not change (ground, rooms, walls, names),
 * which can be kept while the camera stands still, and what it does (doors, marks, people). */
#ifndef MU_RENDER_ART_H
#define MU_RENDER_ART_H

#include "render/pen.h"
#include "render/wake.h"

typedef enum mu_layer {
    MU_LAYER_NAMES = 1,  /* of rooms */
    MU_LAYER_ROUTES = 2, /* where each walk leads next */
    MU_LAYER_DENSITY = 4,
    MU_LAYER_CORDON = 8,     /* posts, and the distances round a hazard */
    MU_LAYER_TEAMS = 16,     /* who does what */
    MU_LAYER_EQUIPMENT = 32, /* cameras and stores */
    MU_LAYER_TRAILS = 64,    /* where people have walked */
    MU_LAYER_QUEUES = 128    /* who waits, and how many at which door */
} mu_layer;
#define MU_LAYERS_AT_FIRST (MU_LAYER_NAMES | MU_LAYER_CORDON | MU_LAYER_TEAMS)

/* layers.c: "paths,queues"; false where a word is none of these. */
typedef struct mu_layer_word {
    const char *word;
    uint32_t layer;
} mu_layer_word;
extern const mu_layer_word mu_layer_words[]; /* ends with NULL */
bool mu_layers_read(const char *text, uint32_t *layers);

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
    mu_box *names; /* where each name was drawn last; empty: nowhere */
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
/* Draws them if `shown`, and keeps where in art->names. */
void mu_art_labels(const mu_pen *pen, const mu_art *art, const mu_camera *camera, bool shown);
/* art_doors.c */
void mu_art_doors(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                  const mu_frame *frame);
/* art_lifts.c */
void mu_art_lifts(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                  const mu_frame *frame);
/* art_site.c: lanes of roads; shafts of lifts with the levels that they serve; what a camera sees, as
 * mu_scenery_look gives it. */
void mu_art_strips(const mu_pen *pen, const mu_art *art, const mu_camera *camera);
void mu_art_strip(const mu_pen *pen, const mu_camera *camera, const mu_sheet *sheet,
                  const mu_point *points, uint32_t count, double width_m);
void mu_art_shafts(const mu_pen *pen, const mu_art *art, const mu_camera *camera);
void mu_art_look(const mu_pen *pen, const mu_camera *camera, const mu_sheet *sheet,
                 const mu_point *points, uint32_t count, mu_colour colour);
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
/* The radii of their rings; above people. */
void mu_art_ring_numbers(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                         const mu_frame *frame);
void mu_art_crews(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                  const mu_frame *frame, uint32_t layers);
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

/* trails.c: below people; needs what `wake` has seen of the half minute before the frame. With more
 * than 2,000 people one in so many has a path: */
enum { MU_TRAILS_ONE_IN = 3 };
bool mu_art_trails_are_thinned(const mu_frame *frame);
void mu_art_trails(const mu_pen *pen, const mu_camera *camera, const mu_frame *frame,
                   const mu_wake *wake);
/* art_queues.c: spots below people, numbers above them. */
void mu_art_waiting(const mu_pen *pen, const mu_camera *camera, const mu_frame *frame);
void mu_art_queues(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                   const mu_frame *frame);
/* Where those numbers stand; returns how many there are. */
enum { MU_QUEUES_MOST = 64 };
uint32_t mu_art_queue_boxes(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                            const mu_frame *frame, mu_box boxes[MU_QUEUES_MOST]);

/* pick.c: what lies under a pixel, the smallest thing first; NOTHING where only paper does. A
 * person is told by the index into frame.people. */
mu_subject mu_art_pick(const mu_pen *pen, const mu_art *art, const mu_camera *camera,
                       const mu_frame *frame, uint32_t layers, double x, double y);

#endif
