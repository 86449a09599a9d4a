/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of a project share. */
#ifndef MU_EDIT_PROJECT_H
#define MU_EDIT_PROJECT_H

#include "core/arena.h"
#include "core/loader.h"
#include "edit/document.h"
#include "edit/journal.h"
#include "muster/project.h"
#include "site/site.h"

struct cJSON;
struct mu_checker;

typedef struct mu_sheet_of_paper {
    mu_document document;
    mu_paper_kind kind;
    const mu_file_kind *file;
    mu_journal_state state;
    uint32_t recovered;
    long holder;
} mu_sheet_of_paper;

struct mu_project {
    char *policy, *playbooks; /* owned copies of the def's */
    char language[4];         /* of names in what is said of faults */
    const mu_file_kind *const *kinds;
    mu_sheet_of_paper papers[MU_PAPERS_MOST];
    uint32_t paper_count;
    uint64_t step;    /* the last that was begun */
    uint32_t depth;   /* of begun steps */
    uint64_t version; /* of everything together */
    /* The site read as far as it goes, and the scene of it. */
    mu_arena *scene_arena;
    mu_site site;
    mu_scenery scene;
    uint64_t scene_version; /* of the site's document; 0 = none yet */
    mu_arena *beats_arena;  /* of the project's version: */
    mu_beat *beats;
    uint32_t beat_count;
    uint64_t beats_version;
    mu_arena *tracings_arena;
    mu_tracing *tracings;
    struct mu_tracing_steps *tracing_steps; /* NULL until a picture is moved */
    uint64_t tracings_version;              /* one more after a step of them is taken back */
    struct mu_checker *checker;
    struct mu_outcomes *outcomes; /* NULL until something is tried */
    struct mu_hours_kept *hours;  /* NULL until they are asked for */
    struct mu_happenings_kept *happenings;
    struct mu_guide_kept *guide;
    struct mu_offered *offered; /* NULL until a field asks for it */
    mu_arena *form_arena, *items_arena, *chart_arena;
    mu_form form;
    /* The items that were asked for last, as long as nothing changes. */
    mu_form_item *items;
    uint32_t item_count, items_paper;
    uint64_t items_version;
    char items_list[400], items_language[4];
    mu_chart chart;
    mu_document shipped; /* the policy that comes with Muster; not read yet: no scan */
    bool shipped_sought;
};

/* The kind of file that papers of a kind are; NULL for others. */
const mu_file_kind *mu_paper_file(mu_paper_kind kind);
mu_document *mu_project_document(mu_project *project, uint32_t paper);
/* The site's document. */
mu_document *mu_project_site(mu_project *project);
/* Is there a scene of it? False only where there is no memory. */
bool mu_project_has_scene(mu_project *project);
/* Takes up a file that is on disk, or starts one; its number, MU_NOWHERE. */
uint32_t mu_project_take_up(mu_project *project, mu_paper_kind kind, const char *path,
                            const char *text, mu_diags *diags);
/* Takes back what the step that was begun last has done, if it did anything. */
void mu_project_cancel(mu_project *project);
/* The room of the site of that id; MU_NOWHERE. */
uint32_t mu_project_room_named(mu_project *project, const char *id);
/* An id that no record of the list has yet: "room.1". */
void mu_project_free_id(mu_project *project, uint32_t paper, const char *list, const char *stem,
                        char *out, size_t room);
/* The same of a list of the site ("spaces"), and a new record at its end. */
void mu_project_free_site_id(mu_project *project, const char *list, const char *stem, char id[80]);
bool mu_project_insert_site(mu_project *project, const char *list, const char *json);
/* The text of a value, which it frees; NULL is a lack of memory, before or here. */
char *mu_value_text(struct cJSON *value);
/* Sets what stands at a place to this value, or puts it behind the last of a list. Both free it;
 * NULL is a lack of memory. */
MU_MUST_USE mu_status mu_project_put(mu_project *project, uint32_t paper, const char *pointer,
                                     struct cJSON *value);
MU_MUST_USE mu_status mu_project_append(mu_project *project, uint32_t paper, const char *list,
                                        struct cJSON *value);
/* The folder of the site's file, with its slash; "" for the present one. */
void mu_project_folder(const mu_project *project, char *out, size_t room);
/* "site.json" of a path. */
const char *mu_path_name(const char *path);
/* The keys of a record type in the order of its table. */
typedef const char *mu_keys[MU_FIELD_MOST + 1];
void mu_record_keys(const mu_record_type *type, mu_keys out);
/* The type of the record that a pointer leads to, or of the items of a list; NULL. */
const mu_record_type *mu_project_type(const mu_project *project, uint32_t paper,
                                      const char *pointer);

/* check.c */
struct mu_checker *mu_checker_create(void);
void mu_checker_destroy(struct mu_checker *checker);
/* What was found is found anew. */
void mu_checker_forget(struct mu_checker *checker);

/* called.c: a sentence with the ids of what is drawn replaced by names; the caller frees it. */
char *mu_project_with_names(mu_project *project, const char *text, const char *language);

#endif
