/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was changed in a document since it was saved, written to a file beside it as it happens, so
 * that whoever is killed loses nothing. The file is locked while the document is open, which tells
 * a second editor; the lock goes with the process, however that ends. */
#ifndef MU_EDIT_JOURNAL_H
#define MU_EDIT_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "muster/status.h"

struct mu_document;
typedef struct mu_journal mu_journal;

typedef enum mu_journal_state {
    MU_JOURNAL_FRESH,     /* nothing was left over */
    MU_JOURNAL_RECOVERED, /* changes that nobody saved were made again */
    MU_JOURNAL_ASIDE,     /* there were some, of another text of the file: kept as ….old */
    MU_JOURNAL_TAKEN,     /* another process has the document open */
    MU_JOURNAL_NONE       /* none can be written here: nothing is kept */
} mu_journal_state;

/* Opens the journal of a document that has just been read, and recovers. `*changes`: how many steps
 * were made again; `*holder`: the process that has it open, where one has. The document tells the
 * journal of its changes from here on. */
mu_journal_state mu_journal_open(struct mu_document *document, uint32_t *changes, long *holder);
/* Lets go; the file goes, unless `keep` (there are changes that were not saved). */
void mu_journal_close(struct mu_document *document, bool keep);

/* Told by the document; `journal` may be NULL. */
void mu_journal_cut(mu_journal *journal, uint64_t step, uint32_t at, uint32_t removed,
                    const char *inserted, uint32_t length);
void mu_journal_word(mu_journal *journal, char word, uint64_t step); /* 'U'ndo, 'R'edo */
void mu_journal_restart(mu_journal *journal, uint64_t hash);

/* Has what was written reach the disk: for power cuts, every few seconds. */
void mu_journal_sync(mu_journal *journal);

/* The journal's file of a path; the caller frees it. */
char *mu_journal_path(const char *path);

#endif
