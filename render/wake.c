/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/wake.h"

#include <stdlib.h>

static uint32_t place_of(mu_time time) {
    return (uint32_t)(time / MU_SECOND % MU_WAKE_KEPT);
}

const mu_wake_look *mu_wake_at(const mu_wake *wake, mu_time time) {
    if (time < 0 || time % MU_SECOND != 0) {
        return NULL;
    }
    const mu_wake_look *look = &wake->looks[place_of(time)];
    return look->taken && look->time_us == time ? look : NULL;
}

/* Everything that was seen later than a time. */
static void forget_after(mu_wake *w, mu_time time) {
    for (uint32_t i = 0; i < MU_WAKE_KEPT; i++) {
        w->looks[i].taken = w->looks[i].taken && w->looks[i].time_us <= time;
    }
}

void mu_wake_forget(mu_wake *wake) {
    forget_after(wake, -1);
    wake->session = NULL;
}

void mu_wake_free(mu_wake *wake) {
    for (uint32_t i = 0; i < MU_WAKE_KEPT; i++) {
        free(wake->looks[i].spots);
    }
    *wake = (mu_wake){0};
}

/* Another run is forgotten, and of this one what came after an act that has been added. */
static void keep_what_holds(mu_wake *w, const mu_session *session) {
    uint32_t count;
    const mu_act *acts = mu_session_acts(session, &count);
    if (w->session != session) {
        mu_wake_forget(w);
    } else if (count != w->acts) {
        forget_after(w, count > 0 ? acts[count - 1].time_us : -1);
    }
    w->session = session;
    w->acts = count;
}

/* The first second that the paths of a time need and that has not been looked at; MU_NEVER. */
static mu_time missing_before(const mu_wake *w, mu_time time) {
    const mu_time last = time / MU_SECOND;
    const mu_time first = last > MU_WAKE_SECONDS ? last - MU_WAKE_SECONDS : 0;
    for (mu_time second = first; second <= last; second++) {
        if (mu_wake_at(w, second * MU_SECOND) == NULL) {
            return second * MU_SECOND;
        }
    }
    return MU_NEVER;
}

static bool look(mu_wake *w, const mu_frame *frame, mu_time time) {
    mu_wake_look *l = &w->looks[place_of(time)];
    l->taken = false;
    if (frame == NULL) {
        return false;
    }
    if (l->capacity < frame->people_count) {
        mu_wake_spot *spots = realloc(l->spots, frame->people_count * sizeof *spots);
        if (spots == NULL) {
            return false;
        }
        l->spots = spots;
        l->capacity = frame->people_count;
    }
    for (uint32_t p = 0; p < frame->people_count; p++) {
        const mu_frame_person *one = &frame->people[p];
        l->spots[p] = (mu_wake_spot){one->person, one->level, (float)one->at.x, (float)one->at.y};
    }
    l->count = frame->people_count;
    l->time_us = time;
    l->taken = true;
    return true;
}

bool mu_wake_seek(mu_wake *wake, mu_session *session, const char *language, mu_time time,
                  uint32_t events) {
    mu_wake *w = wake;
    keep_what_holds(w, session);
    for (mu_time next; (next = missing_before(w, time)) != MU_NEVER;) {
        if (!mu_session_seek(session, next, events)) {
            return false;
        }
        if (!look(w, mu_session_frame(session, language), next)) {
            break; /* without memory paths are shorter */
        }
        if (events != 0) {
            return false;
        }
    }
    return mu_session_seek(session, time, events);
}
