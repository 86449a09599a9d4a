/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster export redacted`: a site, a roster, the results of runs, or an incident as a folder that
 * plays its evacuation, without names, posts and places of equipment (drill/redact.h). */
#include <stdlib.h>
#include <string.h>

#include "core/file_in.h"
#include "core/file_out.h"
#include "core/i18n.h"
#include "crowd/roster.h"
#include "drill/incident.h"
#include "drill/metrics_json.h"
#include "drill/redact.h"
#include "folder.h"
#include "language.h"
#include "tools/export/export.h"

enum { FILES_MOST = 3 };

/* The text of every file as it was read. */
typedef struct texts {
    char *text[FILES_MOST];
    size_t length[FILES_MOST];
    uint32_t count;
} texts;

static void keep_text(void *context, const char *file, const char *text, size_t length) {
    texts *kept = context;
    (void)file;
    if (kept->count < FILES_MOST) {
        kept->text[kept->count] = strndup(text, length);
        kept->length[kept->count++] = length;
    }
}

static void free_texts(texts *kept) {
    for (uint32_t i = 0; i < kept->count; i++) {
        free(kept->text[i]);
    }
}

static mu_status write_text(const char *path, char *text, mu_diags *diags) {
    mu_status status = MU_ERR_MEMORY;
    if (text != NULL && path == NULL) {
        status = fputs(text, stdout) >= 0 ? MU_OK : MU_ERR_IO;
    } else if (text != NULL) {
        status = mu_file_out_write(path, text, strlen(text), diags);
    }
    free(text);
    return status;
}

static mu_status write_redacted(mu_redactor *redactor, const mu_file_kind *kind, const texts *from,
                                uint32_t index, const char *path, mu_diags *diags) {
    char *out = NULL;
    if (index >= from->count || from->text[index] == NULL) {
        return MU_ERR_MEMORY;
    }
    const mu_status status =
        mu_redact(redactor, kind, from->text[index], from->length[index], &out);
    return status == MU_OK ? write_text(path, out, diags) : status;
}

/* Site first: it says where the origin is, and which number a room has. */
static mu_status write_folder(mu_redactor *redactor, const texts *from, const char *folder,
                              mu_arena *arena, mu_diags *diags) {
    static const char *const names[] = {"incident.json", "site.json", "roster.json"};
    const mu_file_kind *const kinds[] = {NULL, &mu_site_file, &mu_roster_file};
    mu_status status = MU_OK;
    for (uint32_t i = 1; i < FILES_MOST && status == MU_OK; i++) {
        status = write_redacted(redactor, kinds[i], from, i,
                                mu_arena_print(arena, "%s/%s", folder, names[i]), diags);
    }
    char *out = NULL;
    if (status == MU_OK) {
        status = mu_redact_incident(from->text[0], from->length[0], &out);
    }
    if (status == MU_OK) {
        status = write_text(mu_arena_print(arena, "%s/%s", folder, names[0]), out, diags);
    }
    if (status == MU_OK) {
        status = write_text(mu_arena_print(arena, "%s/policy.json", folder),
                            strdup(mu_redact_policy()), diags);
    }
    return status == MU_OK ? write_text(mu_arena_print(arena, "%s/playbook.json", folder),
                                        strdup(mu_redact_playbook()), diags)
                           : status;
}

static mu_status redact_incident(const char *path, const char *folder, mu_loader *loader,
                                 texts *kept, mu_arena *arena, mu_diags *diags) {
    mu_incident incident;
    mu_site site;
    mu_roster roster;
    const mu_where where = {.file = path};
    mu_status status = mu_loader_read(loader, path, &mu_incident_file, &incident);
    if (status != MU_OK) {
        return status;
    }
    status =
        mu_loader_read(loader, mu_loader_beside(loader, path, incident.site), &mu_site_file, &site);
    if (status == MU_OK) {
        status = mu_loader_read(loader, mu_loader_beside(loader, path, incident.roster),
                                &mu_roster_file, &roster);
    }
    if (status != MU_OK) {
        return status;
    }
    if (folder == NULL || !mu_folder_make(folder)) {
        mu_diags_add(diags, MU_ERROR, "export.folder", &where, _("name one with -o DIR"),
                     _("an incident is redacted into a folder, which cannot be made"));
        return MU_ERR_IO;
    }
    mu_redactor *redactor = mu_redactor_create();
    status = redactor != NULL ? write_folder(redactor, kept, folder, arena, diags) : MU_ERR_MEMORY;
    mu_redactor_destroy(redactor);
    return status;
}

static mu_status redact_one(const char *path, const char *out, const mu_file_kind *kind,
                            mu_loader *loader, texts *kept, mu_diags *diags) {
    mu_site site;
    mu_roster roster;
    void *const into = kind == &mu_site_file ? (void *)&site : &roster;
    mu_status status = mu_loader_read(loader, path, kind, into);
    mu_redactor *redactor = mu_redactor_create();
    if (status == MU_OK) {
        status =
            redactor != NULL ? write_redacted(redactor, kind, kept, 0, out, diags) : MU_ERR_MEMORY;
    }
    mu_redactor_destroy(redactor);
    return status;
}

static bool ends_with(const char *text, const char *ending) {
    const size_t length = strlen(text), tail = strlen(ending);
    return length >= tail && strcmp(text + length - tail, ending) == 0;
}

/* Results come as JSON, or, for an .html file, as a page. */
static mu_status redact_metrics(const char *path, const char *out, mu_diags *diags) {
    size_t length = 0;
    char *whole = mu_file_in_read(path, MU_FILE_IN_BYTES_MOST, &length), *text = NULL;
    mu_redactor *redactor = mu_redactor_create();
    mu_status status = whole != NULL && redactor != NULL
                           ? mu_redact(redactor, &mu_metrics_file, whole, length, &text)
                           : MU_ERR_MEMORY;
    mu_redactor_destroy(redactor);
    free(whole);
    if (status == MU_OK && out != NULL && ends_with(out, ".html")) {
        char *page = mu_redacted_page(text, strlen(text), mu_language());
        free(text);
        text = page;
    }
    return status == MU_OK ? write_text(out, text, diags) : status;
}

mu_status mu_export_redacted(const char *path, const char *out, mu_arena *arena, mu_diags *diags) {
    const mu_file_kind *const kinds[] = {&mu_site_file, &mu_roster_file, &mu_incident_file,
                                         &mu_metrics_file};
    const mu_file_kind *kind = NULL;
    const mu_where where = {.file = path};
    texts kept = {0};
    mu_loader *loader = mu_loader_create(arena, diags);
    if (loader == NULL) {
        return MU_ERR_MEMORY;
    }
    mu_loader_watch(loader, keep_text, &kept);
    mu_status status = mu_loader_identify(loader, path, kinds, 4, &kind);
    if (status == MU_OK && kind == NULL) {
        mu_diags_add(diags, MU_ERROR, "export.redacted", &where,
                     _("policies and playbooks are not redacted: what is in them is names"),
                     _("this is no site, roster, incident or metrics.json"));
        status = MU_ERR_INPUT;
    } else if (status == MU_OK && kind == &mu_incident_file) {
        status = redact_incident(path, out, loader, &kept, arena, diags);
    } else if (status == MU_OK && kind == &mu_metrics_file) {
        status = redact_metrics(path, out, diags);
    } else if (status == MU_OK) {
        status = redact_one(path, out, kind, loader, &kept, diags);
    }
    mu_loader_destroy(loader);
    free_texts(&kept);
    return status;
}
