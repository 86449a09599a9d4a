/* SPDX-License-Identifier: GPL-3.0-or-later */
/* References and ids across the files of a loader: faults are noted in the files' docs. */
#ifndef MU_CORE_LOADER_REFS_H
#define MU_CORE_LOADER_REFS_H

#include "core/field.h"
#include "core/json_doc.h"
#include "core/registry.h"

typedef struct mu_loader_file {
    mu_json_doc *doc;
    uint64_t hash;    /* of its bytes */
    uint64_t on_disk; /* the same before any change was made to them */
} mu_loader_file;

/* Notes every id of file `index` that stands in the same file before. */
void mu_loader_complain_doubles(const mu_registry *registry, const mu_loader_file *files,
                                uint32_t index);
/* Notes every id of file `index` that another file defines before. */
void mu_loader_complain_shared(const mu_registry *registry, const mu_loader_file *files,
                               uint32_t index);
/* Fills in every reference that can be, notes those that cannot; true if all could. Unless all
 * files were read, one to a kind of which nothing or only a part is known may be right: it is
 * passed over. */
bool mu_loader_resolve_refs(const mu_registry *registry, const mu_loader_file *files,
                            bool all_read);
/* Registers records that stand in memory, and the references in them, as if they had been read. */
void mu_loader_register_records(mu_registry *registry, const mu_record_type *type,
                                const mu_list *list);

#endif
