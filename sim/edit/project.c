/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files together: a step is a number that the cuts of all of them carry, so that what was done last
 * is found whichever file it was done in. */
#include "edit/project.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "core/i18n.h"
#include "core/limits.h"
#include "crowd/roster.h"
#include "drill/incident.h"
#include "edit/guide_kept.h"
#include "edit/happenings_kept.h"
#include "edit/hours.h"
#include "edit/offered.h"
#include "edit/outcome.h"
#include "edit/tracing.h"
#include "policy/policy.h"
#include "response/playbook.h"

const mu_file_kind *mu_paper_file(mu_paper_kind kind) {
    switch (kind) {
    case MU_PAPER_SITE:
        return &mu_site_file;
    case MU_PAPER_ROSTER:
        return &mu_roster_file;
    case MU_PAPER_INCIDENT:
        return &mu_incident_file;
    case MU_PAPER_POLICY:
        return &mu_policy_file;
    case MU_PAPER_PLAYBOOK:
        return &mu_playbook_file;
    case MU_PAPER_OTHER:
    case MU_PAPER_KIND_COUNT:
        break;
    }
    return NULL;
}

const char *mu_path_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

mu_document *mu_project_document(mu_project *project, uint32_t paper) {
    return paper < project->paper_count ? &project->papers[paper].document : NULL;
}

uint32_t mu_project_find_paper(const mu_project *project, mu_paper_kind kind) {
    for (uint32_t k = 0; k < project->paper_count; k++) {
        if (project->papers[k].kind == kind) {
            return k;
        }
    }
    return MU_NOWHERE;
}

mu_document *mu_project_site(mu_project *project) {
    return mu_project_document(project, mu_project_find_paper(project, MU_PAPER_SITE));
}

void mu_project_folder(const mu_project *project, char *out, size_t room) {
    const char *path = project->papers[0].document.path;
    const char *slash = strrchr(path, '/');
    (void)snprintf(out, room, "%.*s", slash != NULL ? (int)(slash - path) + 1 : 0, path);
}

/* --- opening --- */

/* What a site cannot be without, and the channels that an alarm goes over. */
static const char new_site[] =
    "{\n"
    "  \"format\": \"muster.site\",\n"
    "  \"version\": 1,\n"
    "  \"id\": \"%s\",\n"
    "  \"levels\": [\n"
    "    {\"id\": \"G\", \"name\": {\"en\": \"Ground floor\", \"zh\": \"首层\"}, \"elevation_m\": "
    "0}\n"
    "  ],\n"
    "  \"spaces\": [],\n"
    "  \"portals\": [],\n"
    "  \"channels\": [\n"
    "    {\n"
    "      \"id\": \"alarm\", \"name\": {\"en\": \"Sounders\", \"zh\": \"警铃\"}, \"kind\": "
    "\"alarm\",\n"
    "      \"latency_s\": 0, \"delivery_chance\": 1, \"response_factor\": 1\n"
    "    }\n"
    "  ]\n"
    "}\n";

/* "new-floor" of "plans/new floor.json": letters that an id may have. */
static void id_of_path(const char *path, char *out, size_t room) {
    const char *name = mu_path_name(path);
    size_t length = 0;
    for (; *name != '\0' && *name != '.' && length + 1 < room; name++) {
        const char c = *name;
        const bool fine =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (fine || length > 0) {
            out[length++] = fine ? c : '-';
        }
    }
    out[length] = '\0';
    if (length == 0) {
        (void)snprintf(out, room, "site");
    }
}

/* A file of an older version is edited as what it becomes, as the first step, which can be taken
 * back. */
static bool bring_up(mu_project *project, mu_sheet_of_paper *p) {
    bool fine = true;
    size_t length, newer_length;
    const char *text = mu_document_text(&p->document, &length);
    char *newer = NULL;
    int from;
    if (p->file != NULL &&
        mu_migrate(p->file, text, length, &newer, &newer_length, &from) == MU_OK && newer != NULL) {
        p->document.step = ++project->step;
        fine = mu_document_cut(&p->document, 0, (uint32_t)length, newer) == MU_OK;
    }
    free(newer);
    return fine;
}

uint32_t mu_project_take_up(mu_project *project, mu_paper_kind kind, const char *path,
                            const char *text, mu_diags *diags) {
    if (project->paper_count == MU_PAPERS_MOST) {
        const mu_where where = {.file = path};
        if (diags != NULL) {
            (void)mu_limit_holds(MU_LIMIT_PAPERS, MU_PAPERS_MOST + 1, diags, &where);
        }
        return MU_NOWHERE;
    }
    mu_sheet_of_paper *p = &project->papers[project->paper_count];
    *p = (mu_sheet_of_paper){.kind = kind, .file = mu_paper_file(kind)};
    const mu_status status = text == NULL ? mu_document_open(path, &p->document, diags)
                                          : mu_document_start(path, text, &p->document);
    if (status != MU_OK) {
        return MU_NOWHERE;
    }
    p->state = mu_journal_open(&p->document, &p->recovered, &p->holder);
    if (project->step < p->document.step) {
        project->step = p->document.step;
    }
    if (!bring_up(project, p)) {
        return MU_NOWHERE;
    }
    project->version++;
    return project->paper_count++;
}

/* The files that an incident names. */
static bool open_named(mu_project *project, uint32_t incident, const char *key, mu_paper_kind kind,
                       mu_diags *diags) {
    char *name = mu_project_string(project, incident, key);
    char folder[2048], path[4096];
    if (name == NULL) {
        return true;
    }
    mu_project_folder(project, folder, sizeof folder);
    (void)snprintf(path, sizeof path, "%s%s", name[0] == '/' ? "" : folder, name);
    free(name);
    return mu_project_take_up(project, kind, path, NULL, diags) != MU_NOWHERE;
}

static bool open_playbooks(mu_project *project, uint32_t incident, mu_diags *diags) {
    const uint32_t count = mu_document_count(&project->papers[incident].document, "/playbooks");
    bool fine = true;
    for (uint32_t k = 0; k < count; k++) {
        char pointer[40];
        (void)snprintf(pointer, sizeof pointer, "/playbooks/%u", k);
        fine = open_named(project, incident, pointer, MU_PAPER_PLAYBOOK, diags) && fine;
    }
    return fine;
}

static bool open_incident(mu_project *project, const char *path, mu_diags *diags) {
    const uint32_t incident = mu_project_take_up(project, MU_PAPER_INCIDENT, path, NULL, diags);
    if (incident == MU_NOWHERE) {
        return false;
    }
    bool fine = open_named(project, incident, "/site", MU_PAPER_SITE, diags);
    fine = open_named(project, incident, "/roster", MU_PAPER_ROSTER, diags) && fine;
    fine = open_named(project, incident, "/policy", MU_PAPER_POLICY, diags) && fine;
    fine = open_playbooks(project, incident, diags) && fine;
    if (fine && mu_project_find_paper(project, MU_PAPER_SITE) == MU_NOWHERE) {
        const mu_where where = {.file = path, .path = "$.site"};
        mu_diags_add(diags, MU_ERROR, "edit.no-site", &where, NULL,
                     _("the incident names no site"));
        fine = false;
    }
    return fine;
}

static bool open_site(mu_project *project, const char *path, mu_diags *diags) {
    if (mu_project_take_up(project, MU_PAPER_SITE, path, NULL, diags) == MU_NOWHERE) {
        return false;
    }
    char folder[2048], roster[4096];
    mu_project_folder(project, folder, sizeof folder);
    (void)snprintf(roster, sizeof roster, "%sroster.json", folder);
    return access(roster, R_OK) != 0 ||
           mu_project_take_up(project, MU_PAPER_ROSTER, roster, NULL, diags) != MU_NOWHERE;
}

static bool start_site(mu_project *project, const char *path, mu_diags *diags) {
    char id[60], text[sizeof new_site + sizeof id];
    id_of_path(path, id, sizeof id);
    (void)snprintf(text, sizeof text, new_site, id);
    return mu_project_take_up(project, MU_PAPER_SITE, path, text, diags) != MU_NOWHERE;
}

/* Which of these kinds a file is; NULL, and false where it cannot be read. */
static bool identify(const char *path, const mu_file_kind *const *kinds, uint32_t count,
                     const mu_file_kind **kind, mu_diags *diags) {
    mu_arena *arena = mu_arena_create();
    mu_loader *loader = arena != NULL ? mu_loader_create(arena, diags) : NULL;
    *kind = NULL;
    const bool read =
        loader != NULL && mu_loader_identify(loader, path, kinds, count, kind) == MU_OK;
    mu_loader_destroy(loader);
    mu_arena_destroy(arena);
    return read;
}

/* What kind of file it is; a fault where it is neither a site nor an incident. */
static bool open_any(mu_project *project, const char *path, mu_diags *diags) {
    const mu_file_kind *const kinds[] = {&mu_site_file, &mu_incident_file}, *kind;
    if (identify(path, kinds, 2, &kind, diags) && kind == NULL) {
        const mu_where where = {.file = path};
        mu_diags_add(diags, MU_ERROR, "edit.kind", &where,
                     _("name a site or an incident; the files that an incident names come with it"),
                     _("this is neither a site nor an incident"));
    }
    return kind == &mu_site_file       ? open_site(project, path, diags)
           : kind == &mu_incident_file ? open_incident(project, path, diags)
                                       : false;
}

/* The papers of a project first, then the further kinds. */
static uint32_t known_kinds(const mu_project *project, const mu_file_kind **out, uint32_t room) {
    uint32_t count = 0;
    for (int k = 0; k < MU_PAPER_OTHER; k++) {
        out[count++] = mu_paper_file((mu_paper_kind)k);
    }
    for (uint32_t k = 0; project->kinds != NULL && project->kinds[k] != NULL && count < room; k++) {
        out[count++] = project->kinds[k];
    }
    return count;
}

uint32_t mu_project_add_file(mu_project *project, const char *path, mu_diags *diags) {
    const mu_file_kind *kinds[40], *kind;
    const uint32_t count = known_kinds(project, kinds, 40);
    if (!identify(path, kinds, count, &kind, diags)) {
        return MU_NOWHERE;
    }
    if (kind == NULL) {
        const mu_where where = {.file = path};
        mu_diags_add(diags, MU_ERROR, "edit.kind", &where, NULL,
                     _("this is no kind of file that can be edited"));
        return MU_NOWHERE;
    }
    mu_paper_kind paper = MU_PAPER_SITE;
    while (paper < MU_PAPER_OTHER && mu_paper_file(paper) != kind) {
        paper++;
    }
    const uint32_t number = mu_project_take_up(project, paper, path, NULL, diags);
    if (number != MU_NOWHERE) {
        project->papers[number].file = kind;
    }
    return number;
}

mu_project *mu_project_open(const mu_project_def *def, mu_diags *diags) {
    mu_project *project = calloc(1, sizeof *project);
    if (project == NULL) {
        return NULL;
    }
    project->policy = strdup(def->policy != NULL ? def->policy : "");
    project->playbooks = strdup(def->playbooks != NULL ? def->playbooks : "");
    project->kinds = def->kinds;
    project->form_arena = mu_arena_create();
    project->items_arena = mu_arena_create();
    project->checker = mu_checker_create();
    const bool room = project->policy != NULL && project->playbooks != NULL &&
                      project->form_arena != NULL && project->items_arena != NULL &&
                      project->checker != NULL;
    const bool fine =
        room && (access(def->path, F_OK) == 0 ? open_any(project, def->path, diags)
                                              : start_site(project, def->path, diags));
    if (!fine) {
        mu_project_close(project, true);
        return NULL;
    }
    return project;
}

void mu_project_close(mu_project *project, bool keep) {
    if (project == NULL) {
        return;
    }
    mu_checker_destroy(project->checker);
    mu_outcomes_destroy(project->outcomes);
    mu_guide_destroy(project->guide);
    mu_offered_destroy(project->offered);
    mu_hours_destroy(project->hours);
    mu_happenings_destroy(project->happenings);
    for (uint32_t k = 0; k < project->paper_count; k++) {
        mu_document *d = &project->papers[k].document;
        mu_journal_close(d, keep && d->done > 0 && mu_document_is_changed(d));
        mu_document_close(d);
    }
    mu_arena_destroy(project->scene_arena);
    mu_arena_destroy(project->form_arena);
    mu_arena_destroy(project->items_arena);
    mu_arena_destroy(project->chart_arena);
    mu_arena_destroy(project->beats_arena);
    mu_arena_destroy(project->tracings_arena);
    mu_tracing_steps_destroy(project->tracing_steps);
    if (project->shipped.scan != NULL) {
        mu_document_close(&project->shipped);
    }
    free(project->policy);
    free(project->playbooks);
    free(project);
}

/* --- papers --- */

uint32_t mu_project_paper_count(const mu_project *project) {
    return project->paper_count;
}

mu_paper mu_project_paper(const mu_project *project, uint32_t paper) {
    const mu_sheet_of_paper *p = &project->papers[paper];
    return (mu_paper){.kind = p->kind,
                      .path = p->document.path,
                      .is_changed = mu_document_is_changed(&p->document),
                      .is_new = p->document.hash_saved == 0,
                      .recovered = p->recovered,
                      .is_aside = p->state == MU_JOURNAL_ASIDE,
                      .holder = p->holder};
}

bool mu_project_is_changed(const mu_project *project) {
    for (uint32_t k = 0; k < project->paper_count; k++) {
        if (mu_document_is_changed(&project->papers[k].document)) {
            return true;
        }
    }
    return false;
}

mu_status mu_project_save(mu_project *project, bool anyway, mu_diags *diags) {
    mu_status status = MU_OK;
    for (uint32_t k = 0; k < project->paper_count; k++) {
        status =
            mu_status_first(status, mu_document_save(&project->papers[k].document, anyway, diags));
    }
    return status;
}

void mu_project_sync(mu_project *project) {
    for (uint32_t k = 0; k < project->paper_count; k++) {
        mu_journal_sync(project->papers[k].document.journal);
    }
}

const char *mu_project_text(const mu_project *project, uint32_t paper) {
    return mu_document_text(&project->papers[paper].document, NULL);
}

char *mu_project_value(const mu_project *project, uint32_t paper, const char *pointer) {
    return mu_document_value(&project->papers[paper].document, pointer);
}

char *mu_project_string(const mu_project *project, uint32_t paper, const char *pointer) {
    return mu_document_string(&project->papers[paper].document, pointer);
}

/* --- steps --- */

void mu_project_begin(mu_project *project) {
    if (project->depth++ == 0) {
        project->step++;
        for (uint32_t k = 0; k < project->paper_count; k++) {
            project->papers[k].document.step = project->step;
        }
    }
}

void mu_project_end(mu_project *project) {
    if (project->depth > 0) {
        project->depth--;
    }
}

static uint64_t step_to_undo(const mu_project *project) {
    uint64_t last = mu_tracing_undo_step(project);
    for (uint32_t k = 0; k < project->paper_count; k++) {
        const uint64_t step = mu_document_undo_step(&project->papers[k].document);
        last = step > last ? step : last;
    }
    return last;
}

/* The first that was taken back, unless something else was done since. */
static uint64_t step_to_redo(const mu_project *project) {
    uint64_t first = mu_tracing_redo_step(project);
    for (uint32_t k = 0; k < project->paper_count; k++) {
        const uint64_t step = mu_document_redo_step(&project->papers[k].document);
        first = step != 0 && (first == 0 || step < first) ? step : first;
    }
    return first > step_to_undo(project) ? first : 0;
}

bool mu_project_can_undo(const mu_project *project) {
    return step_to_undo(project) != 0;
}

bool mu_project_can_redo(const mu_project *project) {
    return step_to_redo(project) != 0;
}

bool mu_project_undo(mu_project *project) {
    const uint64_t step = step_to_undo(project);
    bool any = false;
    for (uint32_t k = 0; step != 0 && k < project->paper_count; k++) {
        any = mu_document_undo(&project->papers[k].document, step) || any;
    }
    project->version += any;
    return mu_tracing_undo(project, step) || any;
}

void mu_project_cancel(mu_project *project) {
    if (step_to_undo(project) == project->step) {
        (void)mu_project_undo(project);
    }
}

bool mu_project_redo(mu_project *project) {
    const uint64_t step = step_to_redo(project);
    bool any = false;
    for (uint32_t k = 0; step != 0 && k < project->paper_count; k++) {
        any = mu_document_redo(&project->papers[k].document, step) || any;
    }
    project->version += any;
    return mu_tracing_redo(project, step) || any;
}

uint64_t mu_project_version(const mu_project *project) {
    return project->version;
}

/* --- changes --- */

void mu_record_keys(const mu_record_type *type, mu_keys out) {
    uint32_t count = 0;
    for (; type != NULL && count < type->field_count; count++) {
        out[count] = type->fields[count].name;
    }
    out[count] = NULL;
}

static const mu_field *field_of(const mu_record_type *type, const char *name, size_t length) {
    for (uint32_t f = 0; f < type->field_count; f++) {
        if (strncmp(type->fields[f].name, name, length) == 0 &&
            type->fields[f].name[length] == '\0') {
            return &type->fields[f];
        }
    }
    return NULL;
}

/* Of a pointer that is read as far as `end`, one of its slashes or where it ends. */
static const mu_record_type *type_before(const mu_project *project, uint32_t paper,
                                         const char *pointer, const char *end) {
    const mu_record_type *type = project->papers[paper].file->root;
    while (pointer < end && *pointer == '/' && type != NULL) {
        const size_t length = strcspn(pointer + 1, "/");
        const mu_field *field = field_of(type, pointer + 1, length);
        type = field != NULL && field->kind == MU_FIELD_RECORD ? field->record : NULL;
        pointer += 1 + length;
        if (field != NULL && (field->flags & MU_FIELD_LIST) != 0 && pointer < end) {
            pointer += 1 + strcspn(pointer + 1, "/");
        }
    }
    return type;
}

const mu_record_type *mu_project_type(const mu_project *project, uint32_t paper,
                                      const char *pointer) {
    return type_before(project, paper, pointer, pointer + strlen(pointer));
}

/* The type of what a pointer's last key is a member of. */
static const mu_record_type *holder_type(const mu_project *project, uint32_t paper,
                                         const char *pointer) {
    const char *slash = strrchr(pointer, '/');
    return slash != NULL ? type_before(project, paper, pointer, slash) : NULL;
}

mu_status mu_project_set(mu_project *project, uint32_t paper, const char *pointer,
                         const char *json) {
    mu_keys order;
    const mu_record_type *type = holder_type(project, paper, pointer);
    mu_record_keys(type, order);
    mu_project_begin(project);
    const mu_status status = mu_document_set(&project->papers[paper].document, pointer, json,
                                             type != NULL ? order : NULL);
    mu_project_end(project);
    project->version++;
    return status;
}

char *mu_value_text(struct cJSON *value) {
    char *text = value != NULL ? cJSON_PrintUnformatted(value) : NULL;
    cJSON_Delete(value);
    return text;
}

mu_status mu_project_put(mu_project *project, uint32_t paper, const char *pointer,
                         struct cJSON *value) {
    char *text = mu_value_text(value);
    const mu_status status =
        text != NULL ? mu_project_set(project, paper, pointer, text) : MU_ERR_MEMORY;
    free(text);
    return status;
}

mu_status mu_project_insert(mu_project *project, uint32_t paper, const char *list, uint32_t index,
                            const char *json) {
    mu_document *d = &project->papers[paper].document;
    mu_status status;
    mu_project_begin(project);
    if (mu_document_find(d, list) == MU_NONE) {
        const size_t room = strlen(json) + 3;
        char *whole = malloc(room);
        if (whole != NULL) {
            (void)snprintf(whole, room, "[%s]", json);
        }
        status = whole != NULL ? mu_project_set(project, paper, list, whole) : MU_ERR_MEMORY;
        free(whole);
    } else {
        status = mu_document_insert(d, list, index, json);
    }
    mu_project_end(project);
    project->version++;
    return status;
}

mu_status mu_project_append(mu_project *project, uint32_t paper, const char *list,
                            struct cJSON *value) {
    char *text = mu_value_text(value);
    const mu_status status =
        text != NULL ? mu_project_insert(project, paper, list, UINT32_MAX, text) : MU_ERR_MEMORY;
    free(text);
    return status;
}

mu_status mu_project_remove(mu_project *project, uint32_t paper, const char *pointer) {
    mu_project_begin(project);
    const mu_status status = mu_document_remove(&project->papers[paper].document, pointer);
    mu_project_end(project);
    project->version++;
    return status;
}

void mu_project_free_id(mu_project *project, uint32_t paper, const char *list, const char *stem,
                        char *out, size_t room) {
    char pointer[200];
    uint32_t n = 0;
    do {
        (void)snprintf(out, room, "%s.%u", stem, ++n);
        (void)snprintf(pointer, sizeof pointer, "%s/%s", list, out);
    } while (mu_document_find(&project->papers[paper].document, pointer) != MU_NONE);
}
