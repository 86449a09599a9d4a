/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What everybody may see: the frame without what the site does not know yet, and of the entries
 * what has been sent and decided up to now. What is left out here can reach no audience. */
#include "core/i18n.h"
#include "drill/tabletop/inside.h"

static mu_session *present(const mu_tabletop *t) {
    return t->limbs[t->here].session;
}

/* Hazards that somebody knows of. Returns whether one is hidden. */
static bool show_hazards(mu_session *s, mu_frame *frame) {
    mu_frame_hazard *known =
        mu_arena_array(s->frame_arena, (size_t)frame->hazard_count + 1, sizeof *known);
    uint32_t count = 0;
    for (uint32_t h = 0; known != NULL && h < frame->hazard_count; h++) {
        if (frame->hazards[h].noticed) {
            known[count++] = frame->hazards[h];
        }
    }
    const bool hidden = count < frame->hazard_count;
    frame->hazards = known;
    frame->hazard_count = count;
    return hidden;
}

/* Casualties whom nobody has found look like anybody else who has not been heard of. */
static bool show_people(mu_session *s, mu_frame *frame) {
    mu_frame_person *people =
        mu_arena_array(s->frame_arena, (size_t)frame->people_count + 1, sizeof *people);
    if (people == NULL) {
        return false;
    }
    for (uint32_t p = 0; p < frame->people_count; p++) {
        people[p] = frame->people[p];
        if (people[p].tag == MU_TAG_UNFOUND) {
            people[p].tag = MU_TAG_NONE;
            people[p].doing = MU_DOING_USUAL;
            people[p].lying = 0;
            frame->counts.hurt -= frame->counts.hurt > 0;
            frame->counts.usual++;
        }
    }
    frame->people = people;
    return true;
}

/* Gas and smoke are seen once anything is noticed; lines of sight are the response's own reckoning.
 */
static bool show_rooms(mu_session *s, mu_frame *frame, bool hidden) {
    if (!hidden) {
        return true;
    }
    mu_frame_room *rooms =
        mu_arena_array(s->frame_arena, (size_t)s->scene.room_count + 1, sizeof *rooms);
    for (uint32_t r = 0; rooms != NULL && r < s->scene.room_count; r++) {
        rooms[r] = (mu_frame_room){.car = frame->rooms[r].car};
    }
    frame->rooms = rooms;
    return rooms != NULL;
}

/* A clause's clock that began with something hidden would give it away. */
static bool began_hidden(const mu_session *s, const mu_frame_clock *clock) {
    mu_clause_clock found;
    if (!mu_clocks_find(s, clock->clause, &found)) {
        return true;
    }
    switch ((mu_record_kind)mu_log_get(s->shown_log, found.start)->kind) {
    case MU_RECORD_PLACED:
    case MU_RECORD_LEAKS:
    case MU_RECORD_SEIZED:
    case MU_RECORD_DISTURBED:
    case MU_RECORD_ENTERED:
    case MU_RECORD_STARTED:
        return true;
    default:
        return false;
    }
}

static bool show_clocks(mu_session *s, mu_frame *frame, bool hidden) {
    mu_frame_clock *clocks =
        mu_arena_array(s->frame_arena, (size_t)frame->clock_count + 1, sizeof *clocks);
    uint32_t count = 0;
    for (uint32_t c = 0; clocks != NULL && c < frame->clock_count; c++) {
        if (!hidden || !began_hidden(s, &frame->clocks[c])) {
            clocks[count++] = frame->clocks[c];
        }
    }
    frame->clocks = clocks;
    frame->clock_count = count;
    return clocks != NULL;
}

static void show_entry(const mu_tabletop *t, const mu_entry *entry, const char *language,
                       mu_public *out) {
    if (entry->kind == MU_ENTRY_SENT) {
        out->has_inject = true;
        out->inject = (mu_public_line){entry->time_us, entry->said[MU_SAID_WHO],
                                       entry->said[MU_SAID_WHAT], ""};
        if (entry->inject != MU_NO_INJECT) {
            const mu_inject *given = &t->plan->incident.exercise.injects.items[entry->inject];
            out->inject = (mu_public_line){entry->time_us, mu_text_in(given->from, language),
                                           mu_text_in(given->text, language),
                                           mu_text_in(given->question, language)};
        }
    } else if (entry->kind == MU_ENTRY_DECISION) {
        for (uint32_t i = MU_PUBLIC_LINES - 1; i > 0; i--) {
            out->decisions[i] = out->decisions[i - 1];
        }
        out->decisions[0] = (mu_public_line){entry->time_us, entry->said[MU_SAID_WHO],
                                             entry->said[MU_SAID_WHAT], ""};
        out->decision_count += out->decision_count < MU_PUBLIC_LINES;
        out->since_decision_us = out->frame.time_us - entry->time_us;
    }
}

bool mu_tabletop_public(mu_tabletop *tabletop, const char *language, mu_public *out) {
    mu_tabletop *t = tabletop;
    mu_session *s = present(t);
    const mu_frame *frame = mu_session_frame(s, language);
    if (frame == NULL) {
        return false;
    }
    *out = (mu_public){.scene = &s->scene,
                       .frame = *frame,
                       .branch = t->limbs[t->here].seen.name,
                       .stopped = mu_tabletop_is_stopped(t),
                       .stop_word = mu_text_in(mu_tabletop_stop_word(t), language),
                       .since_decision_us = MU_NEVER};
    const bool hidden = show_hazards(s, &out->frame);
    for (uint32_t e = 0; e < t->entries.count; e++) {
        if (mu_tabletop_belongs(t, e, t->here) &&
            t->entries.items[e].time_us <= out->frame.time_us) {
            show_entry(t, &t->entries.items[e], language, out);
        }
    }
    return show_people(s, &out->frame) && show_rooms(s, &out->frame, hidden) &&
           show_clocks(s, &out->frame, hidden);
}
