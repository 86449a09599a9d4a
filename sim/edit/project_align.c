/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Things brought to one line. */
#include <math.h>
#include <stdlib.h>

#include "edit/project.h"
#include "edit/project_plane.h"
#include "site/plane.h"

typedef struct box {
    mu_point low, high;
} box;

/* Round what is drawn of it; false where nothing is. */
static bool box_of(const mu_scenery *scene, mu_subject subject, box *out) {
    *out = (box){{INFINITY, INFINITY}, {-INFINITY, -INFINITY}};
    const mu_scenery_mark *mark = mu_mark_of(scene, subject);
    if (subject.kind == MU_SUBJECT_ROOM && subject.index < scene->room_count) {
        mu_plane_grow(&out->low, &out->high, scene->rooms[subject.index].low);
        mu_plane_grow(&out->low, &out->high, scene->rooms[subject.index].high);
    } else if (subject.kind == MU_SUBJECT_HOLE) {
        const mu_span ring = scene->rings[subject.index];
        for (uint32_t i = 0; i < ring.count; i++) {
            mu_plane_grow(&out->low, &out->high, scene->points[ring.first + i]);
        }
    } else if (subject.kind == MU_SUBJECT_PORTAL && subject.index < scene->portal_count) {
        mu_plane_grow(&out->low, &out->high, scene->portals[subject.index].line[0]);
        mu_plane_grow(&out->low, &out->high, scene->portals[subject.index].line[1]);
    } else if (mark != NULL) {
        mu_plane_grow(&out->low, &out->high, mark->at);
    }
    return out->low.x <= out->high.x;
}

static mu_point way_to(const box *to, const box *from, mu_aligned how) {
    switch (how) {
    case MU_ALIGNED_LEFT:
        return (mu_point){to->low.x - from->low.x, 0};
    case MU_ALIGNED_RIGHT:
        return (mu_point){to->high.x - from->high.x, 0};
    case MU_ALIGNED_TOP:
        return (mu_point){0, to->high.y - from->high.y};
    case MU_ALIGNED_BOTTOM:
        return (mu_point){0, to->low.y - from->low.y};
    case MU_ALIGNED_ACROSS:
        return (mu_point){(to->low.x + to->high.x - from->low.x - from->high.x) / 2, 0};
    case MU_ALIGNED_ALONG:
        return (mu_point){0, (to->low.y + to->high.y - from->low.y - from->high.y) / 2};
    case MU_ALIGNED_COUNT:
        break;
    }
    return (mu_point){0, 0};
}

bool mu_project_align(mu_project *project, const mu_subject *subjects, uint32_t count,
                      mu_aligned how) {
    box first, own;
    if (count == 0 || !box_of(mu_project_scene(project), subjects[0], &first)) {
        return false;
    }
    bool fine = true;
    mu_project_begin(project);
    for (uint32_t k = 1; k < count; k++) { /* ids, and so numbers, stay as they are */
        if (!box_of(mu_project_scene(project), subjects[k], &own)) {
            continue;
        }
        const mu_point by = way_to(&first, &own, how);
        fine = (!(fabs(by.x) + fabs(by.y) > 0) || mu_project_move(project, &subjects[k], 1, by)) &&
               fine;
    }
    mu_project_end(project);
    return fine;
}
