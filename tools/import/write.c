/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes what an import gives: every file beside its place first, and only when all are whole are
 * they renamed, so that a folder never holds half of an import. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "muster/diag.h"
#include "tools/import/output.h"

enum { FILE_COUNT = 5, MARKDOWN = 3 };
static const char *const file_names[FILE_COUNT] = {"site.json", "roster.json", "evacuation.json",
                                                   "import-report.md", "import-report.json"};

static mu_status complain(const mu_draft *draft, const char *file) {
    mu_where where = {file, NULL, 0, 0};
    mu_diags_add(draft->diags, MU_ERROR, "import.write", &where,
                 _("see that the folder can be written to and the disk is not full"),
                 _("the file cannot be written: %s"), strerror(errno));
    return MU_ERR_IO;
}

/* The folder, with those above it. */
static mu_status make_folder(mu_draft *draft) {
    const char *path = draft->options->out;
    char *part = mu_draft_alloc(draft, strlen(path) + 1, 1);
    strcpy(part, path);
    for (char *at = part + 1; *at != '\0'; at++) {
        if (*at == '/') {
            *at = '\0';
            (void)mkdir(part, 0777); /* the last one tells whether it worked */
            *at = '/';
        }
    }
    struct stat found;
    if (mkdir(part, 0777) != 0 && (stat(part, &found) != 0 || !S_ISDIR(found.st_mode))) {
        return complain(draft, path);
    }
    return MU_OK;
}

static bool print_json(cJSON *json, FILE *out) {
    char *text = cJSON_Print(json);
    bool good = text != NULL && fprintf(out, "%s\n", text) > 0;
    free(text);
    cJSON_Delete(json);
    return good;
}

static bool print_file(mu_draft *draft, uint32_t which, FILE *out) {
    switch (which) {
    case 0:
        return print_json(mu_site_json(draft), out);
    case 1:
        return print_json(mu_roster_json(draft), out);
    case 2:
        return print_json(mu_incident_json(draft), out);
    case MARKDOWN:
        mu_report_print(draft, out);
        return true;
    default:
        return print_json(mu_report_json(draft), out);
    }
}

static const char *path_of(mu_draft *draft, uint32_t which, const char *ending) {
    return mu_draft_print(draft, "%s/%s%s", draft->options->out, file_names[which], ending);
}

static mu_status write_beside(mu_draft *draft, uint32_t which) {
    const char *path = path_of(draft, which, ".new");
    FILE *out = fopen(path, "wb");
    if (out == NULL) {
        return complain(draft, path);
    }
    bool good = print_file(draft, which, out);
    good = ferror(out) == 0 && good;
    good = fclose(out) == 0 && good;
    return good ? MU_OK : complain(draft, path);
}

mu_status mu_draft_write(mu_draft *draft) {
    mu_status status = make_folder(draft);
    for (uint32_t i = 0; i < FILE_COUNT && status == MU_OK; i++) {
        status = write_beside(draft, i);
    }
    for (uint32_t i = 0; i < FILE_COUNT; i++) {
        if (status == MU_OK && rename(path_of(draft, i, ".new"), path_of(draft, i, "")) != 0) {
            status = complain(draft, path_of(draft, i, ""));
        }
        if (status != MU_OK) {
            (void)remove(path_of(draft, i, ".new"));
        }
    }
    return status;
}
