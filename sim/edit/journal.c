/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of head, then one record a change: "C step at removed length\n", the bytes put in and a
 * line's end; "U step\n" and "R step\n". A record that is not whole is the last one, and lost. */
#include "edit/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "edit/document.h"

struct mu_journal {
    int file;
    char *path;
    bool unsynced;
};

char *mu_journal_path(const char *path) {
    const char *slash = strrchr(path, '/');
    const int folder = slash != NULL ? (int)(slash - path) + 1 : 0;
    const size_t room = strlen(path) + 16;
    char *name = malloc(room);
    if (name != NULL) {
        (void)snprintf(name, room, "%.*s.%s.unsaved", folder, path, path + folder);
    }
    return name;
}

/* Where this fails (a full disk) the work goes on unprotected; saving will say so. */
static void append(mu_journal *j, const char *bytes, size_t length) {
    while (j != NULL && length > 0) {
        const ssize_t written = write(j->file, bytes, length);
        if (written <= 0 && errno != EINTR) {
            return;
        }
        bytes += written > 0 ? written : 0;
        length -= written > 0 ? (size_t)written : 0;
        j->unsynced = true;
    }
}

void mu_journal_cut(mu_journal *journal, uint64_t step, uint32_t at, uint32_t removed,
                    const char *inserted, uint32_t length) {
    char *record = journal != NULL ? malloc(length + 100) : NULL;
    if (record == NULL) {
        return;
    }
    const int head = snprintf(record, 100, "C %" PRIu64 " %" PRIu32 " %" PRIu32 " %" PRIu32 "\n",
                              step, at, removed, length);
    memcpy(record + head, inserted, length);
    record[(size_t)head + length] = '\n';
    append(journal, record, (size_t)head + length + 1);
    free(record);
}

void mu_journal_word(mu_journal *journal, char word, uint64_t step) {
    char record[40];
    const int length = snprintf(record, sizeof record, "%c %" PRIu64 "\n", word, step);
    append(journal, record, (size_t)length);
}

void mu_journal_restart(mu_journal *journal, uint64_t hash) {
    char head[80];
    if (journal == NULL || ftruncate(journal->file, 0) != 0 ||
        lseek(journal->file, 0, SEEK_SET) != 0) {
        return;
    }
    const int length =
        snprintf(head, sizeof head, "muster unsaved changes 1 %016" PRIx64 "\n", hash);
    append(journal, head, (size_t)length);
}

void mu_journal_sync(mu_journal *journal) {
    if (journal != NULL && journal->unsynced) {
        (void)fsync(journal->file);
        journal->unsynced = false;
    }
}

/* --- recovery --- */

static char *read_all(int file, size_t *length) {
    const off_t size = lseek(file, 0, SEEK_END);
    char *text = size >= 0 ? malloc((size_t)size + 1) : NULL;
    *length = 0;
    if (text == NULL || lseek(file, 0, SEEK_SET) != 0) {
        free(text);
        return NULL;
    }
    while (*length < (size_t)size) {
        const ssize_t got = read(file, text + *length, (size_t)size - *length);
        if (got <= 0) {
            break;
        }
        *length += (size_t)got;
    }
    text[*length] = '\0';
    return text;
}

/* One record at `text`; returns behind it, NULL where it is not whole or cannot be made. */
static const char *replay_one(mu_document *d, const char *text, const char *end) {
    uint64_t step;
    uint32_t at, removed, length;
    const char *line = memchr(text, '\n', (size_t)(end - text));
    if (line == NULL) {
        return NULL;
    }
    if (sscanf(text, "C %" SCNu64 " %" SCNu32 " %" SCNu32 " %" SCNu32 "\n", &step, &at, &removed,
               &length) == 4) {
        if ((size_t)(end - line - 1) < (size_t)length + 1) {
            return NULL;
        }
        char *inserted = strndup(line + 1, length);
        d->step = step;
        const bool made = inserted != NULL && strlen(inserted) == length &&
                          mu_document_cut(d, at, removed, inserted) == MU_OK;
        free(inserted);
        return made ? line + 1 + length + 1 : NULL;
    }
    char word;
    if (sscanf(text, "%c %" SCNu64 "\n", &word, &step) != 2) {
        return NULL;
    }
    const bool made = word == 'U'   ? mu_document_undo(d, step)
                      : word == 'R' ? mu_document_redo(d, step)
                                    : false;
    return made ? line + 1 : NULL;
}

static uint32_t steps_done(const mu_document *d) {
    uint32_t steps = 0;
    for (uint32_t k = 0; k < d->done; k++) {
        steps += k == 0 || d->cuts[k].step != d->cuts[k - 1].step;
    }
    return steps;
}

/* Replays what the file holds, `*good` bytes of it; false where it is of another text. */
static bool replay(mu_document *d, const char *text, size_t length, size_t *good) {
    uint64_t hash;
    const char *end = text + length, *at = memchr(text, '\n', length);
    if (at == NULL || sscanf(text, "muster unsaved changes 1 %" SCNx64 "\n", &hash) != 1 ||
        hash != d->hash_saved) {
        return false;
    }
    for (at++; at != NULL && at < end; at = replay_one(d, at, end)) {
        *good = (size_t)(at - text);
    }
    *good = at != NULL ? length : *good;
    return true;
}

static bool lock(int file, long *holder) {
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(file, F_SETLK, &whole) == 0) {
        return true;
    }
    if (fcntl(file, F_GETLK, &whole) == 0 && whole.l_type != F_UNLCK) {
        *holder = (long)whole.l_pid;
    }
    return false;
}

/* A journal that fits no text of the file is not thrown away. */
static void put_aside(const char *path, const char *text, size_t length) {
    const size_t room = strlen(path) + 8;
    char *other = malloc(room);
    if (other == NULL) {
        return;
    }
    (void)snprintf(other, room, "%s.old", path);
    FILE *out = fopen(other, "wb");
    if (out != NULL) {
        (void)fwrite(text, 1, length, out);
        (void)fclose(out);
    }
    free(other);
}

/* The file's changes, made again; further ones are written behind them. */
static mu_journal_state recover(mu_document *d, mu_journal *j, uint32_t *changes) {
    size_t length = 0, good = 0;
    char *text = read_all(j->file, &length);
    mu_journal_state state = MU_JOURNAL_FRESH;
    const char *first = text != NULL ? memchr(text, '\n', length) : NULL;
    const bool has_changes = first != NULL && first + 1 < text + length;
    if (has_changes && replay(d, text, length, &good)) {
        *changes = steps_done(d);
        state = *changes > 0 ? MU_JOURNAL_RECOVERED : MU_JOURNAL_FRESH;
        if (ftruncate(j->file, (off_t)good) != 0 || lseek(j->file, 0, SEEK_END) < 0) {
            state = MU_JOURNAL_ASIDE; /* cannot happen to a file that was just read */
        }
    } else {
        if (has_changes) {
            put_aside(j->path, text, length);
            state = MU_JOURNAL_ASIDE;
        }
        mu_journal_restart(j, d->hash_saved);
    }
    free(text);
    return state;
}

mu_journal_state mu_journal_open(mu_document *document, uint32_t *changes, long *holder) {
    *changes = 0;
    *holder = 0;
    mu_journal *j = calloc(1, sizeof *j);
    char *path = mu_journal_path(document->path);
    const int file =
        j != NULL && path != NULL ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666) : -1;
    if (file < 0 || !lock(file, holder)) {
        const bool taken = file >= 0 && *holder != 0;
        if (file >= 0) {
            (void)close(file);
        }
        free(path);
        free(j);
        return taken ? MU_JOURNAL_TAKEN : MU_JOURNAL_NONE;
    }
    *j = (mu_journal){.file = file, .path = path};
    const mu_journal_state state = recover(document, j, changes);
    document->journal = j;
    document->step = mu_document_undo_step(document) + 1;
    return state;
}

void mu_journal_close(mu_document *document, bool keep) {
    mu_journal *j = document->journal;
    if (j == NULL) {
        return;
    }
    if (!keep) {
        (void)unlink(j->path);
    }
    (void)close(j->file);
    free(j->path);
    free(j);
    document->journal = NULL;
}
