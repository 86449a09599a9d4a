/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads JSON files into structs by their field tables, and keeps what is needed to check a whole
 * plan: every entity's id, every reference still to resolve, every fault found. One loader serves
 * all files of a plan.
 *
 * The order is: mu_loader_read for each file; then mu_loader_resolve once. Lists of records that
 * define an entity are sorted by id when read, so the order in a file never matters; an index into
 * such a list is the entity's index. */
#ifndef MU_CORE_LOADER_H
#define MU_CORE_LOADER_H

#include <stdbool.h>

#include "core/arena.h"
#include "core/field.h"
#include "core/migrate.h"

/* A kind of file: {"format": "muster.site", "version": 1, …}. */
typedef struct mu_file_kind {
    const char *format; /* "muster.site" */
    int version;        /* the newest that is read */
    const mu_record_type *root;
    const char *meaning; /* one sentence, marked with N_() */
    const mu_migration *older; /* how older versions become newer; NULL = there were none */
} mu_file_kind;

typedef struct mu_loader mu_loader;

/* Memory comes from `arena`, faults go to `diags`; both must outlive the loader. */
mu_loader *mu_loader_create(mu_arena *arena, mu_diags *diags);
void mu_loader_destroy(mu_loader *loader);

/* Reads `file` of the given kind into `*out` (a struct of kind->root, zeroed first). Reports every
 * fault: malformed text, unknown and duplicate keys, wrong types, values out of range. MU_ERR_INPUT
 * if there was any error, MU_ERR_IO if the file could not be read. A file of an older version is
 * read as what it becomes (migrate.h), which is noted. */
MU_MUST_USE mu_status mu_loader_read(mu_loader *loader, const char *file, const mu_file_kind *kind,
                                     void *out);

/* Has these changes made to the texts of files of their format as they are read by mu_loader_read,
 * before anything else looks at them; the hash of such a file is that of the changed text. */
struct mu_edit;
void mu_loader_edit(mu_loader *loader, struct mu_edit *edits, uint32_t count);

/* Gives the text of a file that somebody is editing, borrowed until the loader has read it; NULL:
 * it is read from the disk. */
typedef const char *mu_loader_server(void *context, const char *file, size_t *length);
void mu_loader_serve(mu_loader *loader, mu_loader_server *server, void *context);

/* Told of the text of every file as it is read, changes made. */
typedef void mu_loader_watcher(void *context, const char *file, const char *text, size_t length);
void mu_loader_watch(mu_loader *loader, mu_loader_watcher *watcher, void *context);

/* Reads a file whose form is not ours, and so has neither "format" nor a table of fields: `read`
 * gets its root (a mu_json_item) and notes faults with the reader (json_read.h), which are reported
 * as those of any other file. */
struct mu_json_reader;
typedef void mu_loader_form(struct mu_json_reader *reader, const void *root, void *out);
MU_MUST_USE mu_status mu_loader_read_form(mu_loader *loader, const char *file, mu_loader_form *read,
                                          void *out);

/* As mu_loader_read, of text in memory; `name` stands for the file in messages. */
MU_MUST_USE mu_status mu_loader_read_text(mu_loader *loader, const char *name, const char *text,
                                          size_t length, const mu_file_kind *kind, void *out);

/* Reads just "format" of a file, to tell which kind it is. `*out` is NULL where none fits, which is
 * no fault; text so malformed that nobody can tell is one. */
MU_MUST_USE mu_status mu_loader_identify(mu_loader *loader, const char *file,
                                         const mu_file_kind *const *kinds, size_t kind_count,
                                         const mu_file_kind **out);

/* Fills in every mu_ref; a reference that leads nowhere is a fault that lists near names. */
MU_MUST_USE mu_status mu_loader_resolve(mu_loader *loader);
/* Instead of it where a file could not be read or had faults: notes the references that lead
 * nowhere for certain, so that a planner hears of them in the same go. */
void mu_loader_complain_dangling(mu_loader *loader);
/* Says that a file that could not be read defines more of this kind than is known: what seems to
 * lead nowhere may lead there. */
void mu_loader_lacks(mu_loader *loader, mu_entity entity);

/* For whoever merges lists of several files (a policy based on another): forgets all entities that
 * `type` defines, registers the records of `list`, which must be sorted by id, in their place, and
 * has their references resolved with the others. Call between the last read and the resolve. */
MU_MUST_USE mu_status mu_loader_redefine(mu_loader *loader, const mu_record_type *type,
                                         const mu_list *list);

/* The index of the entity with this id, or MU_NONE. Entities that several files define (the steps
 * of playbooks) are numbered on from file to file, in the order of reading. */
uint32_t mu_loader_find(const mu_loader *loader, mu_entity entity, const char *id);
/* 64-bit hash of the bytes of every file read, in order of reading. Index < count. */
uint32_t mu_loader_file_count(const mu_loader *loader);
const char *mu_loader_file_name(const mu_loader *loader, uint32_t index);
uint64_t mu_loader_file_hash(const mu_loader *loader, uint32_t index);
/* The same of the file as it is on disk, before any change was made to its text. */
uint64_t mu_loader_file_on_disk(const mu_loader *loader, uint32_t index);

/* All of that, kept in an arena after the loader is gone. MU_ERR_MEMORY. */
typedef struct mu_file_read {
    const char *name;
    uint64_t hash;    /* of its bytes */
    uint64_t on_disk; /* the same before any change was made to them */
} mu_file_read;
typedef MU_LIST_OF(mu_file_read) mu_files_read;
MU_MUST_USE mu_status mu_loader_keep_files(const mu_loader *loader, mu_arena *arena,
                                           mu_files_read *out);

/* Of two readings, both made so that every fault is heard of: the first that failed. */
static inline mu_status mu_status_first(mu_status a, mu_status b) {
    return a != MU_OK ? a : b;
}

/* `name` relative to the folder that `beside` is in; absolute names stay. In the arena. */
const char *mu_loader_beside(mu_loader *loader, const char *beside, const char *name);

/* The JSON Schema (draft 2020-12) of a kind of file as text, in the language in force. The caller
 * frees it with free(). NULL where there is no memory. */
char *mu_schema_print(const mu_file_kind *kind);
/* The reference documentation of a kind of file as Markdown. As above. */
char *mu_schema_document(const mu_file_kind *kind);

#endif
