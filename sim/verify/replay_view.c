/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between two frames of the file people are drawn where a straight line has them, unless they were
 * carried off by something that no walk explains: a lift, a gate, a change of level. */
#include "verify/replay_view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "site/plane.h"
#include "verify/floor_wkt.h"
#include "verify/replay.h"

static const double RADIUS_M = 0.2;      /* drawn so: sizes of bodies are not in the file */
static const double FASTEST_MPS = 4;     /* on foot; beyond, people are where the last frame says */
static const double STANDING_MPS = 0.05; /* and below it nobody walks */

typedef struct replay_view {
    mu_replay *replay;
    mu_arena *arena; /* the scene */
    mu_arena *texts; /* of the frame */
    mu_scenery scene;
    mu_track_place *from, *to; /* the frame shown, and the one after it */
    uint32_t at;               /* which; UINT32_MAX = none yet */
    mu_frame frame;
    mu_frame_person *people;
    mu_frame_room *rooms;
    uint32_t *on_level; /* people on each */
} replay_view;

static void destroy(void *with) {
    replay_view *view = with;
    if (view != NULL) {
        mu_replay_destroy(view->replay);
        mu_arena_destroy(view->arena);
        mu_arena_destroy(view->texts);
        free(view);
    }
}

/* --- the scene --- */

typedef struct floors {
    mu_floor_list *of_level;
    uint32_t rooms, rings, points;
} floors;

static mu_status read_floors(replay_view *view, floors *out) {
    const mu_replay_head *head = mu_replay_head_of(view->replay);
    out->of_level = mu_arena_array(view->arena, (size_t)head->levels + 1, sizeof *out->of_level);
    mu_status status = out->of_level != NULL ? MU_OK : MU_ERR_MEMORY;
    for (uint32_t l = 0; status == MU_OK && l < head->levels; l++) {
        mu_floor_list *list = &out->of_level[l];
        status = mu_floor_read_wkt(head->level[l].wkt, view->arena, list);
        out->rooms += list->count;
        for (uint32_t f = 0; status == MU_OK && f < list->count; f++) {
            out->rings += 1 + list->items[f].holes.count;
            out->points += list->items[f].outline.count;
            for (uint32_t h = 0; h < list->items[f].holes.count; h++) {
                out->points += list->items[f].holes.items[h].count;
            }
        }
    }
    return status;
}

static void widen(mu_scenery_level *level, mu_point p) {
    mu_plane_grow(&level->low, &level->high, p);
}

/* Lists of the scene while it is filled in. */
typedef struct making {
    mu_scenery_level *levels;
    mu_scenery_room *rooms;
    mu_span *rings;
    mu_point *points;
    uint32_t room_count, ring_count, point_count;
} making;

static void add_ring(making *m, const mu_ring *ring) {
    m->rings[m->ring_count++] = (mu_span){m->point_count, ring->count};
    memcpy(&m->points[m->point_count], ring->items, ring->count * sizeof *ring->items);
    m->point_count += ring->count;
}

static void add_floor(making *m, uint32_t level, const mu_floor *floor) {
    mu_scenery_level box = {.low = {INFINITY, INFINITY}, .high = {-INFINITY, -INFINITY}};
    mu_scenery_room *room = &m->rooms[m->room_count++];
    for (uint32_t i = 0; i < floor->outline.count; i++) {
        widen(&box, floor->outline.items[i]);
    }
    *room = (mu_scenery_room){.id = "",
                              .level = level,
                              .look = MU_ROOM_PLAIN,
                              .rings = {m->ring_count, 1 + floor->holes.count},
                              .low = box.low,
                              .high = box.high,
                              .lift = MU_NOWHERE};
    add_ring(m, &floor->outline);
    for (uint32_t h = 0; h < floor->holes.count; h++) {
        add_ring(m, &floor->holes.items[h]);
    }
    widen(&m->levels[level], box.low);
    widen(&m->levels[level], box.high);
}

/* A level without a floor is as large as where people were on it. */
static void widen_by_people(replay_view *view, making *m) {
    const mu_replay_head *head = mu_replay_head_of(view->replay);
    bool any = false;
    for (uint32_t l = 0; l < head->levels; l++) {
        any = any || m->levels[l].low.x > m->levels[l].high.x;
    }
    for (uint32_t f = 0; any && f < mu_replay_frames(view->replay); f++) {
        mu_replay_frame(view->replay, f, view->from);
        for (uint32_t p = 0; p < head->persons; p++) {
            if (view->from[p].level != MU_NONE) {
                widen(&m->levels[view->from[p].level],
                      (mu_point){view->from[p].x, view->from[p].y});
            }
        }
    }
    for (uint32_t l = 0; l < head->levels; l++) {
        mu_scenery_level *level = &m->levels[l];
        if (level->low.x > level->high.x) {
            level->low = level->high = (mu_point){0, 0};
        }
        if (level->high.x - level->low.x < 1 || level->high.y - level->low.y < 1) {
            widen(level, (mu_point){level->low.x - 1, level->low.y - 1});
            widen(level, (mu_point){level->high.x + 1, level->high.y + 1});
        }
        level->built_low = level->low;
        level->built_high = level->high;
    }
}

static mu_status make_scene(replay_view *view) {
    const mu_replay_head *head = mu_replay_head_of(view->replay);
    floors found = {NULL, 0, 0, 0};
    mu_status status = read_floors(view, &found);
    if (status != MU_OK) {
        return status;
    }
    making m = {.levels = mu_arena_array(view->arena, (size_t)head->levels + 1, sizeof *m.levels),
                .rooms = mu_arena_array(view->arena, (size_t)found.rooms + 1, sizeof *m.rooms),
                .rings = mu_arena_array(view->arena, (size_t)found.rings + 1, sizeof *m.rings),
                .points = mu_arena_array(view->arena, (size_t)found.points + 1, sizeof *m.points)};
    if (m.levels == NULL || m.rooms == NULL || m.rings == NULL || m.points == NULL) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t l = 0; l < head->levels; l++) {
        m.levels[l] = (mu_scenery_level){
            .id = head->level[l].id, .low = {INFINITY, INFINITY}, .high = {-INFINITY, -INFINITY}};
        for (uint32_t f = 0; f < found.of_level[l].count; f++) {
            add_floor(&m, l, &found.of_level[l].items[f]);
        }
    }
    widen_by_people(view, &m);
    view->scene = (mu_scenery){.incident = {head->title, NULL},
                               .site = {head->program, NULL},
                               .levels = m.levels,
                               .rooms = m.rooms,
                               .rings = m.rings,
                               .points = m.points,
                               .level_count = head->levels,
                               .room_count = m.room_count};
    return MU_OK;
}

/* --- a frame --- */

static void go_to(replay_view *view, uint32_t frame) {
    if (frame == view->at) {
        return;
    }
    if (view->at != UINT32_MAX && frame == view->at + 1) {
        mu_track_place *spare = view->from;
        view->from = view->to;
        view->to = spare;
    } else {
        mu_replay_frame(view->replay, frame, view->from);
    }
    /* Behind the last frame everyone stays where they are. */
    const uint32_t last = mu_replay_frames(view->replay) - 1;
    if (frame < last) {
        mu_replay_frame(view->replay, frame + 1, view->to);
    } else {
        memcpy(view->to, view->from, mu_replay_head_of(view->replay)->persons * sizeof *view->from);
    }
    view->at = frame;
}

static mu_frame_person person_at(const replay_view *view, uint32_t p, double part, double frame_s) {
    const mu_track_place *a = &view->from[p], *b = &view->to[p];
    mu_frame_person person = {.at = {a->x, a->y},
                              .person = p,
                              .level = (uint16_t)a->level,
                              .doing = MU_DOING_USUAL,
                              .radius_m = (float)RADIUS_M};
    const double dx = b->x - a->x, dy = b->y - a->y, far = hypot(dx, dy);
    if (b->level == a->level && far <= FASTEST_MPS * frame_s) {
        person.at.x += part * dx;
        person.at.y += part * dy;
        person.speed_mps = (float)(far / frame_s);
        person.walking = far > STANDING_MPS * frame_s;
        if (person.walking != 0) { /* drawn as who leaves is: the legend says that it is walking */
            person.heading = (mu_point){dx / far, dy / far};
            person.doing = MU_DOING_LEAVING;
        }
    }
    person.next = person.at;
    return person;
}

static const mu_frame *frame_at(void *with, mu_time time, const char *language) {
    (void)language;
    replay_view *view = with;
    const mu_replay_head *head = mu_replay_head_of(view->replay);
    const mu_time step = (mu_time)head->frame_us;
    const uint32_t last = mu_replay_frames(view->replay) - 1;
    const uint32_t frame = time / step < (mu_time)last ? (uint32_t)(time / step) : last;
    const double part = (double)(time - (mu_time)frame * step) / (double)step;
    go_to(view, frame);
    mu_arena_destroy(view->texts);
    view->texts = mu_arena_create();
    view->frame = (mu_frame){.time_us = time,
                             .over = frame == last,
                             .recorded = true,
                             .alert_name = "",
                             .people = view->people,
                             .rooms = view->rooms};
    memset(view->on_level, 0, head->levels * sizeof *view->on_level);
    for (uint32_t p = 0; p < head->persons; p++) {
        if (view->from[p].level != MU_NONE) {
            view->people[view->frame.people_count++] =
                person_at(view, p, fmin(part, 1), 1e-6 * (double)step);
            view->on_level[view->from[p].level]++;
        }
    }
    return view->texts != NULL ? &view->frame : NULL;
}

/* --- what something is --- */

static void add(mu_answer *answer, const char *line) {
    answer->lines[answer->line_count++] = line != NULL ? line : "";
}

static double frame_s_of(const replay_view *view) {
    return 1e-6 * (double)mu_replay_head_of(view->replay)->frame_us;
}

static bool ask_person(replay_view *view, uint32_t index, mu_answer *out) {
    if (index >= view->frame.people_count) {
        return false;
    }
    const mu_replay_head *head = mu_replay_head_of(view->replay);
    const mu_frame_person *person = &view->frame.people[index];
    *out = (mu_answer){.title = head->names[person->person], .kind = _("somebody recorded")};
    add(out, mu_arena_print(view->texts, _("On level %s, at %.1f, %.1f m"),
                            head->level[person->level].id, person->at.x, person->at.y));
    add(out, person->walking != 0
                 ? mu_arena_print(view->texts, _("Goes at %.1f m/s, from one frame to the next"),
                                  (double)person->speed_mps)
                 : _("Stands still"));
    add(out, _("Who this is, what they know and why they go there is not in the recording."));
    return true;
}

static bool ask_floor(replay_view *view, uint32_t index, mu_answer *out) {
    if (index >= view->scene.room_count) {
        return false;
    }
    const uint32_t level = view->scene.rooms[index].level;
    *out = (mu_answer){.title = view->scene.levels[level].id, .kind = _("a level's floor")};
    add(out, mu_arena_print(
                 view->texts,
                 P_("%u person on this level", "%u people on this level", view->on_level[level]),
                 view->on_level[level]));
    add(out, _("Rooms and doors are not in the recording."));
    return true;
}

/* What the file holds, and what not. */
static bool ask_file(replay_view *view, mu_answer *out) {
    const mu_replay_head *head = mu_replay_head_of(view->replay);
    *out = (mu_answer){.title = _("A recording"), .kind = head->program};
    add(out, mu_arena_print(view->texts,
                            _("It holds where %u people were, every %g s, and the floor "
                              "of each level."),
                            head->persons, frame_s_of(view)));
    add(out, _("Between two of its moments they are drawn on a straight line."));
    add(out, _("It does not hold rooms and doors, alert levels and messages, hazards and cordons, "
               "clauses and their clocks, who somebody is, what they do and why. All bodies are "
               "drawn 0.4 m wide."));
    add(out, _("Open the incident itself to see these."));
    return true;
}

static bool ask(void *with, mu_subject subject, const char *language, mu_answer *out) {
    (void)language;
    replay_view *view = with;
    if (view->texts == NULL) {
        return false;
    }
    return subject.kind == MU_SUBJECT_PERSON    ? ask_person(view, subject.index, out)
           : subject.kind == MU_SUBJECT_ROOM    ? ask_floor(view, subject.index, out)
           : subject.kind == MU_SUBJECT_NOTHING ? ask_file(view, out)
                                                : false;
}

static bool lacks_words(const void *with) {
    const replay_view *view = with;
    return view->texts == NULL || mu_arena_lacks_memory(view->texts);
}

/* --- opening --- */

static mu_status lay_out(replay_view *view) {
    const mu_replay_head *head = mu_replay_head_of(view->replay);
    view->arena = mu_arena_create();
    if (view->arena == NULL) {
        return MU_ERR_MEMORY;
    }
    const size_t persons = (size_t)head->persons + 1;
    view->from = mu_arena_array(view->arena, persons, sizeof *view->from);
    view->to = mu_arena_array(view->arena, persons, sizeof *view->to);
    view->people = mu_arena_array(view->arena, persons, sizeof *view->people);
    view->on_level = mu_arena_array(view->arena, (size_t)head->levels + 1, sizeof *view->on_level);
    if (view->from == NULL || view->to == NULL || view->people == NULL || view->on_level == NULL) {
        return MU_ERR_MEMORY;
    }
    const mu_status status = make_scene(view);
    if (status != MU_OK) {
        return status;
    }
    view->rooms =
        mu_arena_array(view->arena, (size_t)view->scene.room_count + 1, sizeof *view->rooms);
    return view->rooms != NULL ? MU_OK : MU_ERR_MEMORY;
}

static bool can_be_shown(const replay_view *view, const char *file, mu_diags *diags) {
    const mu_replay_head *head = mu_replay_head_of(view->replay);
    const uint32_t frames = mu_replay_frames(view->replay);
    const bool fine = frames > 0 && head->levels > 0 && head->levels < UINT16_MAX &&
                      head->frame_us <= (uint64_t)(INT64_MAX / 2) / frames;
    if (!fine) {
        const mu_where where = {.file = file};
        mu_diags_add(diags, MU_ERROR, "replay.empty", &where, NULL, "%s",
                     _("there is nothing in the recording that could be shown"));
    }
    return fine;
}

static mu_status open_view(replay_view *view, const char *file, mu_session **out, mu_diags *diags) {
    view->at = UINT32_MAX;
    view->replay = mu_replay_read(file, diags);
    if (view->replay == NULL || !can_be_shown(view, file, diags)) {
        return MU_ERR_INPUT;
    }
    mu_status status = lay_out(view);
    if (status == MU_ERR_INPUT) {
        const mu_where where = {.file = file};
        mu_diags_add(diags, MU_ERROR, "replay.floor", &where, NULL, "%s",
                     _("a level's floor is not a POLYGON or MULTIPOLYGON"));
    }
    if (status != MU_OK) {
        return status;
    }
    const mu_time frames = (mu_time)mu_replay_frames(view->replay);
    const mu_recording recording = {.with = view,
                                    .scene = &view->scene,
                                    .end_us = (frames - 1) *
                                              (mu_time)mu_replay_head_of(view->replay)->frame_us,
                                    .frame = frame_at,
                                    .ask = ask,
                                    .lacks_words = lacks_words,
                                    .destroy = destroy};
    return mu_session_of_recording(&recording, out);
}

mu_status mu_replay_session(const char *file, mu_session **out, mu_diags *diags) {
    replay_view *view = calloc(1, sizeof *view);
    const mu_status status = view != NULL ? open_view(view, file, out, diags) : MU_ERR_MEMORY;
    if (status != MU_OK) {
        destroy(view);
    }
    return status;
}
