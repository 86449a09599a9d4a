/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site/field_of_view.h"

#include <math.h>

#include "site/line_of_sight.h"

static const double RADIANS = 0.017453292519943295; /* a degree */

bool mu_view_holds(const mu_equipment *camera, mu_point at) {
    if (!(camera->view_deg > 0)) {
        return true;
    }
    const double dx = at.x - camera->at.x, dy = at.y - camera->at.y;
    const double away = sqrt(dx * dx + dy * dy);
    if (away > camera->reach_m) {
        return false;
    }
    const double faces = camera->faces_deg * RADIANS;
    const double ahead = dx * cos(faces) + dy * sin(faces);
    return camera->view_deg >= 360 || ahead >= away * cos(camera->view_deg * RADIANS / 2);
}

bool mu_view_sees(const mu_walkable *walkable, const mu_equipment *camera, uint32_t space,
                  mu_point at) {
    return mu_ref_list_has(&camera->covers, space) && mu_view_holds(camera, at) &&
           (!(camera->view_deg > 0) || walkable == NULL ||
            mu_line_of_sight_has(walkable, camera->space.index, camera->at, space, at));
}
