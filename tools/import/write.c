/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes what an import gives. All files are written beside their places first, and only when all
 * are whole do they take their names, so that a folder never holds half of an import. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/file_out.h"
#include "muster/diag.h"
#include "tools/import/output.h"

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
        (void)fprintf(out, "%s\n", text); /* a failed write shows when the file is committed */
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

mu_status mu_draft_write(mu_draft *draft) {
    mu_file_out files[FILE_COUNT] = {{NULL}};
    int open = 0;
    mu_status status = make_folder(draft);
    while (status == MU_OK && open < FILE_COUNT) {
        const char *path = mu_draft_print(draft, "%s/%s", draft->options->out, file_names[open]);
        status = mu_file_out_open(path, &files[open], draft->diags);
        if (status == MU_OK) {
            status = print_file(draft, open, files[open].stream);
            open++;
        }
    }
    for (int i = 0; i < open; i++) {
        if (status == MU_OK) {
            status = mu_file_out_commit(&files[i], draft->diags);
        } else {
            mu_file_out_abandon(&files[i]);
        }
    }
    return status;
}
