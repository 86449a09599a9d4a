/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes what an import gives. All files are written beside their places first, and only when all
 * are whole do they take their names, so that a folder never holds half of an import. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/file_out.h"
#include "core/loader.h"
#include "crowd/roster.h"
#include "muster/diag.h"
#include "tools/import/output.h"
#include "tools/text_whole.h"

enum { SITE, ROSTER, INCIDENT, MARKDOWN, REPORT, FILE_COUNT };
static const char *const file_names[FILE_COUNT] = {
    [SITE] = "site.json",
    [ROSTER] = "roster.json",
    [INCIDENT] = "evacuation.json",
    [MARKDOWN] = "import-report.md",
    [REPORT] = "import-report.json",
};

/* The folder, with those above it. */
static mu_status make_folder(mu_draft *draft) {
    const char *path = draft->options->out;
    size_t room = strlen(path) + 1;
    char *part = mu_draft_alloc(draft, room, 1);
    memcpy(part, path, room);
    for (char *at = part + 1; *at != '\0'; at++) {
        if (*at == '/') {
            *at = '\0';
            (void)mkdir(part, 0777); /* the last one tells whether it worked */
            *at = '/';
        }
    }
    struct stat found;
    if (mkdir(part, 0777) == 0 || (stat(part, &found) == 0 && S_ISDIR(found.st_mode))) {
        return MU_OK;
    }
    mu_where where = {path, NULL, 0, 0};
    mu_diags_add(draft->diags, MU_ERROR, "file.folder", &where, _("name another folder with -o"),
                 _("the folder cannot be made: %s"), strerror(errno));
    return MU_ERR_IO;
}

static mu_status print_json(cJSON *json, FILE *out) {
    char *text = cJSON_Print(json);
    if (text != NULL) {
        (void)fprintf(out, "%s\n", text); /* a failed write sticks to the stream */
    }
    mu_status status = text != NULL ? MU_OK : MU_ERR_MEMORY;
    free(text);
    cJSON_Delete(json);
    return status;
}

static mu_status print_file(mu_draft *draft, int which, FILE *out) {
    switch (which) {
    case SITE:
        return print_json(mu_site_json(draft), out);
    case ROSTER:
        return print_json(mu_roster_json(draft), out);
    case INCIDENT:
        return print_json(mu_incident_json(draft), out);
    case MARKDOWN:
        mu_report_print(draft, out);
        return MU_OK;
    default:
        return print_json(mu_report_json(draft), out);
    }
}

static mu_status read_back(mu_draft *draft, mu_loader *loader, cJSON *json,
                           const mu_file_kind *kind, const char *name) {
    char *text = cJSON_Print(json);
    void *into = mu_draft_alloc(draft, 1, kind->root->size);
    const mu_status status = text != NULL
                                 ? mu_loader_read_text(loader, name, text, strlen(text), kind, into)
                                 : MU_ERR_MEMORY;
    free(text);
    cJSON_Delete(json);
    return status;
}

/* What nobody could load is not written: a drawing with a level 60,000 storeys up, or with more
 * corners than a polygon may have. */
static mu_status check_usable(mu_draft *draft) {
    mu_loader *loader = mu_loader_create(draft->arena, draft->diags);
    if (loader == NULL) {
        return MU_ERR_MEMORY;
    }
    mu_status status =
        read_back(draft, loader, mu_site_json(draft), &mu_site_file, file_names[SITE]);
    status = mu_status_first(status, read_back(draft, loader, mu_roster_json(draft),
                                               &mu_roster_file, file_names[ROSTER]));
    status = status == MU_OK ? mu_loader_resolve(loader) : status;
    mu_loader_destroy(loader);
    if (status == MU_ERR_INPUT) {
        const mu_where where = {.file = draft->options->folder};
        mu_diags_add(draft->diags, MU_ERROR, "import.unusable", &where,
                     _("look at the drawing at the places named, or choose levels with --levels"),
                     _("the drawing gives a site that cannot be used, as said above; nothing is "
                       "written"));
    }
    return status;
}

/* All in memory, since what makes them may end the program for want of it. */
static mu_status print_all(mu_draft *draft, mu_text_whole made[FILE_COUNT]) {
    mu_status status = MU_OK;
    for (int i = 0; i < FILE_COUNT && status == MU_OK; i++) {
        status = mu_text_whole_begin(&made[i]);
        if (status == MU_OK) {
            status = mu_text_whole_finish(&made[i], print_file(draft, i, made[i].stream));
        }
    }
    return status;
}

static mu_status write_all(const mu_text_whole made[FILE_COUNT], const char *const *paths,
                           mu_diags *diags) {
    mu_file_out files[FILE_COUNT] = {0};
    int open = 0;
    mu_status status = MU_OK;
    for (; status == MU_OK && open < FILE_COUNT; open += status == MU_OK) {
        status = mu_file_out_open(paths[open], &files[open], diags);
        if (status == MU_OK) { /* an error sticks to the stream */
            (void)fwrite(made[open].text, 1, made[open].length, files[open].stream);
        }
    }
    for (int i = 0; i < open; i++) {
        if (status == MU_OK) {
            status = mu_file_out_commit(&files[i], diags);
        } else {
            mu_file_out_abandon(&files[i]);
        }
    }
    return status;
}

mu_status mu_draft_write(mu_draft *draft) {
    mu_text_whole made[FILE_COUNT] = {0};
    const char *paths[FILE_COUNT];
    for (int i = 0; i < FILE_COUNT; i++) {
        paths[i] = mu_draft_print(draft, "%s/%s", draft->options->out, file_names[i]);
    }
    mu_status status = check_usable(draft);
    status = status == MU_OK ? print_all(draft, made) : status;
    status = status == MU_OK ? make_folder(draft) : status;
    status = status == MU_OK ? write_all(made, paths, draft->diags) : status;
    for (int i = 0; i < FILE_COUNT; i++) {
        free(made[i].text);
    }
    return status;
}
