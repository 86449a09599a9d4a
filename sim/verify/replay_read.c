/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole file is read and played through once: numbers that end, persons and levels that exist,
 * nobody who moves without having come, key frames that say what the changes before them say, an
 * index that is where the key frames are. The hash finds what was damaged, the rest what was never
 * right. */
#include "verify/replay.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/file_in.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "verify/replay_form.h"

struct mu_replay {
    uint8_t *bytes;
    mu_replay_head head;
    mu_replay_level *level;
    const char **names;
    char *texts;      /* all of them, each with its end */
    uint64_t *key_at; /* byte of every MU_REPLAY_KEYS-th frame */
    uint32_t keys;
    uint32_t frames;
    /* What was asked for last. */
    mu_replay_place *places;
    uint32_t next; /* the frame whose bytes begin … */
    size_t at;     /* … here */
};

/* A place in the file; once anything is wrong, what is wrong stays. */
typedef struct cursor {
    const uint8_t *bytes;
    size_t at, end;
    const char *fault;
} cursor;

static uint64_t take_number(cursor *c) {
    uint64_t value = 0;
    for (int shift = 0; shift < 64 && c->at < c->end; shift += 7) {
        const uint8_t byte = c->bytes[c->at++];
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            return value;
        }
    }
    c->fault = c->fault != NULL ? c->fault : N_("a number does not end");
    return 0;
}

static int64_t take_signed(cursor *c) {
    const uint64_t value = take_number(c);
    return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
}

static void require(cursor *c, bool holds, const char *fault) {
    if (!holds && c->fault == NULL) {
        c->fault = fault;
    }
}

static uint64_t word_at(const uint8_t *bytes) {
    uint64_t word = 0;
    for (int k = 0; k < 8; k++) {
        word |= (uint64_t)bytes[k] << (8 * k);
    }
    return word;
}

/* Copies a text to `to`, which has room for the rest of the file, and moves on behind it. */
static const char *take_text(cursor *c, char **to) {
    const uint64_t length = take_number(c);
    require(c, length <= c->end - c->at, N_("a text is longer than the file"));
    if (c->fault != NULL) {
        return "";
    }
    char *text = *to;
    memcpy(text, c->bytes + c->at, length);
    text[length] = 0;
    c->at += length;
    *to += length + 1;
    return text;
}

static bool take_head(cursor *c, mu_replay *replay) {
    mu_replay_head *head = &replay->head;
    c->at = MU_REPLAY_MAGIC_BYTES;
    head->frame_us = take_number(c);
    const uint64_t persons = take_number(c), levels = take_number(c), left = c->end - c->at;
    require(c, head->frame_us > 0 && head->frame_us <= INT64_MAX, N_("frames have no length"));
    /* Each has a text, and each text its length: so there cannot be more of them than bytes. */
    require(c, persons <= left && levels <= left && persons < UINT32_MAX && levels < UINT32_MAX,
            N_("it names more people or levels than it has room for"));
    if (c->fault != NULL) {
        return true;
    }
    head->persons = (uint32_t)persons;
    head->levels = (uint32_t)levels;
    replay->level = calloc(levels + 1, sizeof *replay->level);
    replay->names = calloc(persons + 1, sizeof *replay->names);
    replay->texts = malloc(2 * left + 8); /* a text is no longer than its bytes and its end */
    if (replay->level == NULL || replay->names == NULL || replay->texts == NULL) {
        return false;
    }
    char *to = replay->texts;
    head->title = take_text(c, &to);
    head->program = take_text(c, &to);
    for (uint32_t l = 0; l < levels && c->fault == NULL; l++) {
        replay->level[l].id = take_text(c, &to);
        replay->level[l].wkt = take_text(c, &to);
    }
    for (uint32_t p = 0; p < persons && c->fault == NULL; p++) {
        replay->names[p] = take_text(c, &to);
    }
    head->level = replay->level;
    head->names = replay->names;
    return true;
}

static bool is_near(int64_t steps) {
    return steps < (int64_t)MU_REPLAY_FAR && steps > -(int64_t)MU_REPLAY_FAR;
}

static void take_entry(cursor *c, const mu_replay_head *head, mu_replay_place *places,
                       uint64_t *next) {
    const uint64_t word = take_number(c), person = *next + word / 4, kind = word % 4;
    require(c, word / 4 < head->persons && person < head->persons, N_("there is no such person"));
    if (c->fault != NULL) {
        return;
    }
    mu_replay_place *at = &places[person];
    *next = person + 1;
    if (kind == MU_REPLAY_COMES) {
        const uint64_t level = take_number(c);
        const int64_t x = take_signed(c), y = take_signed(c);
        require(c, level < head->levels, N_("there is no such level"));
        require(c, is_near(x) && is_near(y), N_("somebody is too far off"));
        *at = (mu_replay_place){.x = x, .y = y, .level = (uint32_t)level};
    } else if (kind == MU_REPLAY_MOVES) {
        const int64_t dx = take_signed(c), dy = take_signed(c);
        require(c, at->level != MU_NONE, N_("somebody moves who is not there"));
        require(c, is_near(dx) && is_near(dy) && is_near(at->x + dx) && is_near(at->y + dy),
                N_("somebody is too far off"));
        if (c->fault == NULL) {
            at->x += dx;
            at->y += dy;
        }
    } else {
        require(c, kind == MU_REPLAY_GOES && at->level != MU_NONE,
                N_("somebody goes who is not there"));
        *at = (mu_replay_place){.level = MU_NONE};
    }
}

static void clear(const mu_replay_head *head, mu_replay_place *places) {
    for (uint32_t p = 0; p < head->persons; p++) {
        places[p] = (mu_replay_place){.level = MU_NONE};
    }
}

/* One frame, at whose first byte the cursor stands. */
static void take_frame(cursor *c, const mu_replay_head *head, mu_replay_place *places) {
    const uint8_t kind = c->bytes[c->at++];
    const uint64_t bytes = take_number(c);
    require(c, bytes <= c->end - c->at, N_("a frame is longer than the file"));
    if (c->fault != NULL) {
        return;
    }
    cursor in = {c->bytes, c->at, c->at + bytes, NULL};
    const uint64_t entries = take_number(&in);
    uint64_t next = 0;
    if (kind == MU_REPLAY_KEY) {
        clear(head, places);
    }
    for (uint64_t e = 0; e < entries && in.fault == NULL; e++) {
        take_entry(&in, head, places, &next);
    }
    require(&in, in.at == in.end, N_("a frame is longer than what it says"));
    c->at = in.at;
    c->fault = in.fault;
}

static bool note_key(mu_replay *replay, uint64_t at) {
    if (replay->keys % 64 == 0) {
        uint64_t *more = realloc(replay->key_at, (replay->keys + 64U) * sizeof *more);
        if (more == NULL) {
            return false;
        }
        replay->key_at = more;
    }
    replay->key_at[replay->keys++] = at;
    return true;
}

/* Plays all frames through. False without memory. */
static bool take_frames(cursor *c, mu_replay *replay) {
    replay->places = calloc((size_t)replay->head.persons + 1, sizeof *replay->places);
    bool room = replay->places != NULL;
    if (room) {
        clear(&replay->head, replay->places);
    }
    while (room && c->fault == NULL && c->at < c->end && c->bytes[c->at] != MU_REPLAY_END) {
        const bool due = replay->frames % MU_REPLAY_KEYS == 0;
        require(c, c->bytes[c->at] == (due ? MU_REPLAY_KEY : MU_REPLAY_CHANGES),
                N_("a key frame is not where it should be"));
        if (c->fault == NULL) {
            room = !due || note_key(replay, c->at);
            take_frame(c, &replay->head, replay->places);
            require(c, replay->frames < UINT32_MAX - 1, N_("there are too many frames"));
            replay->frames++;
        }
    }
    require(c, c->at < c->end, N_("it has no end"));
    c->at++;
    replay->next = UINT32_MAX; /* from a key frame, whatever is asked for first */
    return room;
}

static void take_index(cursor *c, const mu_replay *replay) {
    const uint64_t keys = take_number(c);
    uint64_t frame = 0, at = 0;
    require(c, keys == replay->keys, N_("its index is of other key frames"));
    for (uint32_t k = 0; k < replay->keys && c->fault == NULL; k++) {
        frame += take_number(c);
        at += take_number(c);
        require(c, frame == (uint64_t)k * MU_REPLAY_KEYS && at == replay->key_at[k],
                N_("its index is of other key frames"));
    }
    require(c, c->at == c->end, N_("there is something behind its end"));
}

/* Fills in a replay whose bytes are there; false without memory. */
static bool take_all(cursor *c, mu_replay *replay, size_t count) {
    const uint8_t *bytes = replay->bytes;
    require(c,
            count >= MU_REPLAY_MAGIC_BYTES + MU_REPLAY_TAIL_BYTES &&
                memcmp(bytes, MU_REPLAY_MAGIC, MU_REPLAY_MAGIC_BYTES) == 0,
            N_("it is no replay, or one of another version"));
    if (c->fault != NULL) {
        return true;
    }
    c->end = count - MU_REPLAY_TAIL_BYTES;
    require(c, word_at(bytes + count - 8) == mu_replay_hash(MU_REPLAY_HASH_START, bytes, count - 8),
            N_("it is not whole, or was changed"));
    if (c->fault == NULL && !take_head(c, replay)) {
        return false;
    }
    if (c->fault == NULL && !take_frames(c, replay)) {
        return false;
    }
    require(c,
            c->fault != NULL ||
                (word_at(bytes + c->end) == c->at && word_at(bytes + c->end + 8) == replay->frames),
            N_("its end says other numbers than its frames"));
    if (c->fault == NULL) {
        take_index(c, replay);
    }
    return true;
}

static void tell(const char *file, size_t at, const char *fault, mu_diags *diags) {
    const mu_where where = {.file = file};
    mu_diags_add(diags, MU_ERROR, "replay.damaged", &where, NULL,
                 _("not a replay that can be read: %s (byte %zu)"), _(fault), at);
}

/* Takes the bytes over. */
static mu_replay *parse(uint8_t *bytes, size_t count, const char *file, mu_diags *diags) {
    mu_replay *replay = calloc(1, sizeof *replay);
    if (replay == NULL) {
        free(bytes);
        return NULL;
    }
    replay->bytes = bytes;
    cursor c = {.bytes = bytes, .end = count};
    const bool room = take_all(&c, replay, count);
    if (!room || c.fault != NULL) {
        if (room) {
            tell(file, c.at, c.fault, diags);
        }
        mu_replay_destroy(replay);
        return NULL;
    }
    return replay;
}

mu_replay *mu_replay_parse(const void *bytes, size_t count, const char *file, mu_diags *diags) {
    uint8_t *own = malloc(count + 1);
    if (own == NULL) {
        return NULL;
    }
    memcpy(own, bytes, count);
    return parse(own, count, file, diags);
}

mu_replay *mu_replay_read(const char *file, mu_diags *diags) {
    size_t count;
    const mu_where where = {.file = file};
    if (!mu_limit_holds(MU_LIMIT_REPLAY_BYTES, mu_file_in_bytes(file), diags, &where)) {
        return NULL;
    }
    char *bytes = mu_file_in_read(file, MU_REPLAY_BYTES_MOST, &count);
    if (bytes == NULL) {
        mu_diags_add(diags, MU_ERROR, "file.read", &where, NULL, _("the file cannot be read: %s"),
                     strerror(errno));
        return NULL;
    }
    return parse((uint8_t *)bytes, count, file, diags);
}

bool mu_replay_is_one(const char *file) {
    char start[MU_REPLAY_MAGIC_BYTES];
    FILE *stream = mu_file_in_open(file);
    const size_t count = stream != NULL ? fread(start, 1, sizeof start, stream) : 0;
    if (stream != NULL) {
        (void)fclose(stream);
    }
    /* The last letter is the version: reading says which ones can be read. */
    return count == sizeof start && memcmp(start, MU_REPLAY_MAGIC, sizeof start - 1) == 0;
}

void mu_replay_destroy(mu_replay *replay) {
    if (replay != NULL) {
        free(replay->bytes);
        free(replay->level);
        free(replay->names);
        free(replay->texts);
        free(replay->key_at);
        free(replay->places);
        free(replay);
    }
}

const mu_replay_head *mu_replay_head_of(const mu_replay *replay) {
    return &replay->head;
}

uint32_t mu_replay_frames(const mu_replay *replay) {
    return replay->frames;
}

void mu_replay_frame(mu_replay *replay, uint32_t frame, mu_track_place *out) {
    const mu_replay_head *head = &replay->head;
    if (frame >= replay->frames) {
        clear(head, replay->places);
    } else if (frame < replay->next || frame / MU_REPLAY_KEYS != replay->next / MU_REPLAY_KEYS) {
        replay->next = frame / MU_REPLAY_KEYS * MU_REPLAY_KEYS;
        replay->at = replay->key_at[frame / MU_REPLAY_KEYS];
    }
    cursor c = {.bytes = replay->bytes, .at = replay->at, .end = SIZE_MAX};
    for (; frame < replay->frames && replay->next <= frame; replay->next++) {
        take_frame(&c, head, replay->places);
    }
    replay->at = c.at;
    for (uint32_t p = 0; p < head->persons; p++) {
        const mu_replay_place *at = &replay->places[p];
        out[p] = (mu_track_place){.x = (double)at->x / MU_REPLAY_PER_M,
                                  .y = (double)at->y / MU_REPLAY_PER_M,
                                  .level = at->level};
    }
}
