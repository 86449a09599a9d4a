/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a case's names lead somewhere and its measures have what they need. */
#include <string.h>

#include "core/i18n.h"
#include "verify/case.h"
#include "verify/case_play.h"
#include "verify/measure.h"

uint32_t mu_case_find_scene(const mu_case *given, const char *id) {
    for (uint32_t i = 0; i < given->scenes.count; i++) {
        if (id == NULL || strcmp(given->scenes.items[i].id, id) == 0) {
            return i;
        }
    }
    return MU_NONE;
}

uint32_t mu_case_find_check(const mu_case *given, const char *id) {
    for (uint32_t i = 0; id != NULL && i < given->checks.count; i++) {
        if (strcmp(given->checks.items[i].id, id) == 0) {
            return i;
        }
    }
    return MU_NONE;
}

mu_case_scene mu_case_whole_scene(const mu_case *given, uint32_t scene) {
    mu_case_scene whole = given->scenes.items[scene];
    uint32_t like = whole.as != NULL ? mu_case_find_scene(given, whole.as) : MU_NONE;
    while (like < scene) { /* only scenes before it: no circles */
        const mu_case_scene *other = &given->scenes.items[like];
        if (whole.spaces.count == 0) {
            whole.spaces.items = other->spaces.items;
            whole.spaces.count = other->spaces.count;
        }
        if (whole.doors.count == 0) {
            whole.doors.items = other->doors.items;
            whole.doors.count = other->doors.count;
        }
        if (whole.people.count == 0) {
            whole.people.items = other->people.items;
            whole.people.count = other->people.count;
        }
        if (whole.lifts.count == 0) {
            whole.lifts.items = other->lifts.items;
            whole.lifts.count = other->lifts.count;
        }
        scene = like;
        like = other->as != NULL ? mu_case_find_scene(given, other->as) : MU_NONE;
    }
    return whole;
}

static bool has_space(const mu_case_scene *scene, const char *id) {
    for (uint32_t i = 0; i < scene->spaces.count; i++) {
        if (strcmp(scene->spaces.items[i].id, id) == 0) {
            return true;
        }
    }
    return false;
}
static bool has_door(const mu_case_scene *scene, const char *id, bool off_site) {
    for (uint32_t i = 0; i < scene->doors.count; i++) {
        if (strcmp(scene->doors.items[i].id, id) == 0) {
            return !off_site || scene->doors.items[i].to == NULL;
        }
    }
    return false;
}
static bool has_people(const mu_case_scene *scene, const char *id) {
    for (uint32_t i = 0; i < scene->people.count; i++) {
        const mu_case_people *people = &scene->people.items[i];
        if (strcmp(people->id, id) == 0 ||
            (people->party != NULL && strcmp(people->party, id) == 0)) {
            return true;
        }
    }
    return false;
}

static void expect_name(bool found, const char *id, mu_origin where, mu_diags *diags) {
    if (id != NULL && !found) {
        mu_diags_add(diags, MU_ERROR, "case.name", where, NULL,
                     _("there is nothing called \"%s\" here"), id);
    }
}

static void expect(bool holds, mu_origin where, mu_diags *diags, const char *text) {
    if (!holds) {
        mu_diags_add(diags, MU_ERROR, "case.incomplete", where, NULL, "%s", text);
    }
}

static bool is_in(const mu_case_space *space, mu_point point) {
    bool inside = mu_measure_inside(&space->outline, point);
    for (uint32_t h = 0; h < space->holes.count && inside; h++) {
        inside = !mu_measure_inside(&space->holes.items[h], point);
    }
    return inside;
}

/* A point beside the space would be walked to as near as its wall lets them. */
static void check_round(const mu_case_scene *scene, const mu_case_people *people, mu_diags *diags) {
    const mu_case_space *space = NULL;
    for (uint32_t i = 0; i < scene->spaces.count && space == NULL; i++) {
        const mu_case_space *one = &scene->spaces.items[i];
        space = people->space == NULL || strcmp(one->id, people->space) == 0 ? one : NULL;
    }
    for (uint32_t k = 0; space != NULL && k < people->round.count; k++) {
        const mu_point at = people->round.items[k];
        if (!is_in(space, at)) {
            mu_diags_add(
                diags, MU_ERROR, "case.round", people->origin,
                _("move the point into the space, or name the space that it is in"),
                _("point %u of the round of \"%s\", at %.10g, %.10g, is not in the space \"%s\""),
                k + 1, people->id, at.x, at.y, space->id);
        }
    }
}

static void check_scene(const mu_case *given, uint32_t index, mu_diags *diags) {
    const mu_case_scene scene = mu_case_whole_scene(given, index);
    expect_name(scene.as == NULL || mu_case_find_scene(given, scene.as) < index, scene.as,
                scene.origin, diags);
    expect(scene.spaces.count > 0, scene.origin, diags, _("the scene has no spaces"));
    for (uint32_t i = 0; i < scene.doors.count; i++) {
        const mu_case_door *door = &scene.doors.items[i];
        expect_name(has_space(&scene, door->from), door->from, door->origin, diags);
        expect_name(door->to == NULL || has_space(&scene, door->to), door->to, door->origin, diags);
    }
    for (uint32_t i = 0; i < scene.lifts.count; i++) {
        const mu_case_lift *lift = &scene.lifts.items[i];
        for (uint32_t c = 0; c < lift->cars.count; c++) {
            expect_name(has_space(&scene, lift->cars.items[c]), lift->cars.items[c], lift->origin,
                        diags);
        }
        expect_name(lift->at == NULL || has_space(&scene, lift->at), lift->at, lift->origin, diags);
    }
    for (uint32_t i = 0; i < scene.people.count; i++) {
        const mu_case_people *people = &scene.people.items[i];
        expect_name(people->space == NULL || has_space(&scene, people->space), people->space,
                    people->origin, diags);
        expect_name(people->exit == NULL || has_door(&scene, people->exit, true), people->exit,
                    people->origin, diags);
        expect_name(people->came_by == NULL || has_door(&scene, people->came_by, false),
                    people->came_by, people->origin, diags);
        expect(people->area.count > 0 || people->at.count > 0 || people->count == 0, people->origin,
               diags, _("it is not said where these people start"));
        check_round(&scene, people, diags);
    }
}

/* What a measure cannot do without. */
typedef enum need {
    NEEDS_LINE = 1,
    NEEDS_TO = 2,
    NEEDS_AREA = 4,
    NEEDS_METRES = 8,
    NEEDS_DOOR = 16,
    NEEDS_SPACE = 32,
    NEEDS_WITH = 64,
    NEEDS_OF = 128
} need;

static unsigned needs_of(mu_case_measure measure) {
    static const unsigned needs[MU_CASE_MEASURE_COUNT] = {
        [MU_CASE_TRAVEL_S] = NEEDS_LINE | NEEDS_TO,
        [MU_CASE_TRAVEL_MPS] = NEEDS_LINE | NEEDS_TO | NEEDS_METRES,
        [MU_CASE_TRAVEL_ERROR_MPS] = NEEDS_LINE | NEEDS_TO | NEEDS_METRES,
        [MU_CASE_FLIGHT_S] = NEEDS_DOOR,
        [MU_CASE_FLIGHT_MPS] = NEEDS_DOOR | NEEDS_METRES,
        [MU_CASE_FLOW] = NEEDS_LINE,
        [MU_CASE_STEADY_FLOW] = NEEDS_LINE,
        [MU_CASE_CROSSED] = NEEDS_LINE,
        [MU_CASE_LAST_S] = NEEDS_LINE,
        [MU_CASE_EMPTY_S] = NEEDS_SPACE,
        [MU_CASE_VISITED] = NEEDS_SPACE,
        [MU_CASE_DENSITY] = NEEDS_AREA,
        [MU_CASE_SPEED] = NEEDS_AREA,
        [MU_CASE_APART_M] = NEEDS_WITH,
        [MU_CASE_AREA_FLOW] = NEEDS_AREA,
        [MU_CASE_DEVIATION] = NEEDS_OF,
        [MU_CASE_LARGEST] = NEEDS_OF,
        [MU_CASE_LARGEST_AT] = NEEDS_OF,
        [MU_CASE_LINEARITY] = NEEDS_OF,
    };
    return needs[measure];
}

static void check_check(const mu_case *given, uint32_t index, mu_diags *diags) {
    const mu_case_check *check = &given->checks.items[index];
    const uint32_t scene_index = mu_case_find_scene(given, check->scene);
    const unsigned needs = needs_of(check->measure);
    expect_name(scene_index != MU_NONE, check->scene != NULL ? check->scene : "-", check->origin,
                diags);
    if (scene_index == MU_NONE) {
        return;
    }
    const mu_case_scene scene = mu_case_whole_scene(given, scene_index);
    expect_name(check->people == NULL || has_people(&scene, check->people), check->people,
                check->origin, diags);
    expect_name(check->space == NULL || has_space(&scene, check->space), check->space,
                check->origin, diags);
    expect_name(check->door == NULL || has_door(&scene, check->door, false), check->door,
                check->origin, diags);
    expect_name(check->over == NULL || mu_case_find_check(given, check->over) < index, check->over,
                check->origin, diags);
    expect_name(check->less == NULL || mu_case_find_check(given, check->less) < index, check->less,
                check->origin, diags);
    expect_name(check->with == NULL || mu_case_find_scene(given, check->with) != MU_NONE,
                check->with, check->origin, diags);
    for (uint32_t k = 0; k < check->of.count; k++) {
        expect_name(mu_case_find_check(given, check->of.items[k]) < index, check->of.items[k],
                    check->origin, diags);
    }
    const bool has_all = (!(needs & NEEDS_LINE) || check->line.count > 0) &&
                         (!(needs & NEEDS_TO) || check->to.count > 0) &&
                         (!(needs & NEEDS_AREA) || check->area.count > 0) &&
                         (!(needs & NEEDS_METRES) || check->metres > 0) &&
                         (!(needs & NEEDS_DOOR) || check->door != NULL) &&
                         (!(needs & NEEDS_SPACE) || check->space != NULL) &&
                         (!(needs & NEEDS_WITH) || check->with != NULL) &&
                         (!(needs & NEEDS_OF) || check->of.count > 0);
    expect(has_all, check->origin, diags,
           _("this measure needs more: a line, an area, a space, a door or a length"));
}

void mu_case_check_file(const mu_case *given, const char *file, mu_diags *diags) {
    const mu_where where = {.file = file, .path = "$"};
    const bool is_covered = given->not_covered.en == NULL;
    expect(is_covered == (given->scenes.count > 0 && given->checks.count > 0), &where, diags,
           _("a case has scenes and checks, or it says why it is not covered"));
    for (uint32_t i = 0; i < given->scenes.count; i++) {
        check_scene(given, i, diags);
    }
    for (uint32_t i = 0; i < given->checks.count; i++) {
        check_check(given, i, diags);
    }
}
