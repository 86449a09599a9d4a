/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each frame is put together in memory and written at once; what is remembered is the frame before
 * and where the key frames lie. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/file_out.h"
#include "core/grow.h"
#include "core/i18n.h"
#include "verify/replay.h"
#include "verify/replay_form.h"

typedef struct key_frame {
    uint32_t frame;
    uint64_t at; /* byte */
} key_frame;

struct mu_replay_writer {
    mu_file_out out;
    uint32_t persons;
    mu_replay_place *last; /* as the frame before has them */
    uint8_t *bytes;        /* of the frame being put together */
    size_t count;
    uint64_t written, hash;
    uint32_t frames;
    key_frame *keys;
    uint32_t key_count, key_room;
    bool failed;
};

static void flush(mu_replay_writer *w) {
    w->failed |= fwrite(w->bytes, 1, w->count, w->out.stream) != w->count;
    w->hash = mu_replay_hash(w->hash, w->bytes, w->count);
    w->written += w->count;
    w->count = 0;
}

static void put_number(mu_replay_writer *w, uint64_t value) {
    while (value >= 0x80) {
        w->bytes[w->count++] = (uint8_t)(value | 0x80);
        value >>= 7;
    }
    w->bytes[w->count++] = (uint8_t)value;
}

static void put_signed(mu_replay_writer *w, int64_t value) {
    put_number(w, value < 0 ? ~((uint64_t)value << 1) : (uint64_t)value << 1);
}

/* Texts may be longer than a frame: they go past the buffer. */
static void put_text(mu_replay_writer *w, const char *text) {
    const size_t length = strlen(text);
    put_number(w, length);
    flush(w);
    w->failed |= fwrite(text, 1, length, w->out.stream) != length;
    w->hash = mu_replay_hash(w->hash, text, length);
    w->written += length;
}

static void put_head(mu_replay_writer *w, const mu_replay_head *head) {
    memcpy(w->bytes, MU_REPLAY_MAGIC, MU_REPLAY_MAGIC_BYTES);
    w->count = MU_REPLAY_MAGIC_BYTES;
    put_number(w, head->frame_us);
    put_number(w, head->persons);
    put_number(w, head->levels);
    put_text(w, head->title);
    put_text(w, head->program);
    for (uint32_t l = 0; l < head->levels; l++) {
        put_text(w, head->level[l].id);
        put_text(w, head->level[l].wkt);
    }
    for (uint32_t p = 0; p < head->persons; p++) {
        put_text(w, head->names[p]);
    }
}

mu_replay_writer *mu_replay_writer_open(const mu_replay_head *head, const char *file,
                                        mu_diags *diags) {
    mu_replay_writer *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return NULL;
    }
    made->persons = head->persons;
    made->hash = MU_REPLAY_HASH_START;
    made->last = calloc((size_t)head->persons + 1, sizeof *made->last);
    made->bytes = malloc((size_t)head->persons * MU_REPLAY_ENTRY_MOST + MU_REPLAY_FRAME_HEAD);
    if (made->last == NULL || made->bytes == NULL ||
        mu_file_out_open(file, &made->out, diags) != MU_OK) {
        mu_replay_writer_abandon(made);
        return NULL;
    }
    for (uint32_t p = 0; p < head->persons; p++) {
        made->last[p].level = MU_NONE;
    }
    put_head(made, head);
    flush(made);
    return made;
}

static int64_t step_of(double metres) {
    const double steps = metres * MU_REPLAY_PER_M;
    return isfinite(steps) && fabs(steps) < MU_REPLAY_FAR ? llround(steps) : 0;
}

/* What is said of a person in this frame: nothing where nothing changed. */
static void put_person(mu_replay_writer *w, uint32_t person, const mu_track_place *at, bool key,
                       uint32_t *next, uint32_t *entries) {
    mu_replay_place *last = &w->last[person];
    const mu_replay_place now = {.x = step_of(at->x), .y = step_of(at->y), .level = at->level};
    const bool here = at->level != MU_NONE;
    const bool comes = here && (key || last->level != at->level);
    const bool moved = here && (now.x != last->x || now.y != last->y);
    const bool goes = !here && !key && last->level != MU_NONE;
    if (comes || moved || goes) {
        const uint32_t kind = comes ? MU_REPLAY_COMES : goes ? MU_REPLAY_GOES : MU_REPLAY_MOVES;
        put_number(w, (uint64_t)(person - *next) * 4 + kind);
        if (comes) {
            put_number(w, now.level);
        }
        if (!goes) {
            put_signed(w, comes ? now.x : now.x - last->x);
            put_signed(w, comes ? now.y : now.y - last->y);
        }
        *next = person + 1;
        (*entries)++;
    }
    *last = here ? now : (mu_replay_place){.level = MU_NONE};
}

static void note_key(mu_replay_writer *w) {
    key_frame *keys = mu_grow(w->keys, w->key_count, &w->key_room, sizeof *keys);
    if (keys == NULL) {
        w->failed = true;
        return;
    }
    w->keys = keys;
    w->keys[w->key_count++] = (key_frame){w->frames, w->written};
}

void mu_replay_writer_put(mu_replay_writer *w, const mu_track_place *frame) {
    const bool key = w->frames % MU_REPLAY_KEYS == 0;
    uint32_t next = 0, entries = 0;
    if (key) {
        note_key(w);
    }
    /* The entries first, behind room for what stands before them. */
    w->count = MU_REPLAY_FRAME_HEAD;
    for (uint32_t p = 0; p < w->persons; p++) {
        put_person(w, p, &frame[p], key, &next, &entries);
    }
    const size_t end = w->count;
    w->count = 0;
    put_number(w, entries);
    const size_t said = w->count, whole = said + end - MU_REPLAY_FRAME_HEAD;
    w->count = 0;
    w->bytes[w->count++] = key ? MU_REPLAY_KEY : MU_REPLAY_CHANGES;
    put_number(w, whole);
    put_number(w, entries);
    memmove(w->bytes + w->count, w->bytes + MU_REPLAY_FRAME_HEAD, end - MU_REPLAY_FRAME_HEAD);
    w->count += end - MU_REPLAY_FRAME_HEAD;
    flush(w);
    w->frames++;
}

static void put_word(mu_replay_writer *w, uint64_t word) {
    for (int k = 0; k < 8; k++) {
        w->bytes[w->count++] = (uint8_t)(word >> (8 * k));
    }
}

mu_status mu_replay_writer_close(mu_replay_writer *w, mu_diags *diags) {
    w->bytes[w->count++] = MU_REPLAY_END;
    flush(w);
    const uint64_t index = w->written;
    put_number(w, w->key_count);
    for (uint32_t k = 0; k < w->key_count; k++) {
        put_number(w, w->keys[k].frame - (k > 0 ? w->keys[k - 1].frame : 0));
        put_number(w, w->keys[k].at - (k > 0 ? w->keys[k - 1].at : 0));
        flush(w);
    }
    put_word(w, index);
    put_word(w, w->frames);
    flush(w);
    put_word(w, w->hash);
    flush(w);
    mu_status status = MU_ERR_IO;
    if (!w->failed) {
        status = mu_file_out_commit(&w->out, diags);
        w->out.stream = NULL;
    } else {
        const mu_where where = {.file = w->out.path};
        mu_diags_add(diags, MU_ERROR, "io.write", &where, NULL, "%s",
                     _("the file could not be written whole"));
    }
    mu_replay_writer_abandon(w);
    return status;
}

void mu_replay_writer_abandon(mu_replay_writer *w) {
    if (w != NULL) {
        if (w->out.stream != NULL) {
            mu_file_out_abandon(&w->out);
        }
        free(w->last);
        free(w->bytes);
        free(w->keys);
        free(w);
    }
}
