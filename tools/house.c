/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that nobody names are looked for beside the site. */
#include "house.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "core/file_out.h"
#include "core/i18n.h"
#include "diagnose.h"
#include "language.h"

enum { PLAYBOOKS_MOST = 256 };

/* "…/site.json" and "roster.json" give "…/roster.json", or NULL if there is no such file; the
 * caller frees it. False without memory. */
static bool beside(const char *site, const char *name, char **out) {
    const char *slash = strrchr(site, '/');
    const size_t folder = slash == NULL ? 0 : (size_t)(slash - site) + 1;
    char *path = malloc(folder + strlen(name) + 1);
    *out = NULL;
    if (path == NULL) {
        return false;
    }
    memcpy(path, site, folder);
    memcpy(path + folder, name, strlen(name) + 1);
    if (access(path, R_OK) == 0) {
        *out = path;
    } else {
        free(path);
    }
    return true;
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The JSON files of a folder by name; the caller frees each. False without memory. */
static bool list_folder(const char *folder, char **out, uint32_t *listed) {
    errno = 0;
    DIR *dir = opendir(folder);
    uint32_t count = 0;
    bool fine = dir != NULL || errno != ENOMEM;
    for (const struct dirent *entry = dir != NULL ? readdir(dir) : NULL;
         fine && entry != NULL && count < PLAYBOOKS_MOST; entry = readdir(dir)) {
        const size_t length = strlen(entry->d_name);
        if (length < 6 || strcmp(entry->d_name + length - 5, ".json") != 0) {
            continue;
        }
        const size_t room = strlen(folder) + length + 2;
        out[count] = malloc(room);
        fine = out[count] != NULL;
        if (fine) {
            (void)snprintf(out[count], room, "%s/%s", folder, entry->d_name);
            count++;
        }
    }
    if (dir != NULL) {
        (void)closedir(dir);
    }
    qsort(out, count, sizeof *out, by_name);
    *listed = count;
    return fine;
}

static mu_status read_playbooks(const char *folder, mu_house *house) {
    char *files[PLAYBOOKS_MOST];
    uint32_t count;
    mu_status status = list_folder(folder, files, &count) ? MU_OK : MU_ERR_MEMORY;
    if (status == MU_OK && count == 0) {
        mu_diags_add(house->diags, MU_ERROR, "playbooks.none", NULL, NULL,
                     _("there is no playbook in the folder %s"), folder);
        status = MU_ERR_INPUT;
    }
    if (status == MU_OK) {
        status = mu_audit_read_playbooks(house->plan, (const char *const *)files, count,
                                         house->diags, &house->playbooks);
        house->has_playbooks = true;
    }
    for (uint32_t i = 0; i < count; i++) {
        free(files[i]);
    }
    return status;
}

static bool read_all(const mu_house_asked *asked, const mu_year_given *given, mu_house *out) {
    if (asked->needs_year && given->year == NULL) {
        mu_diags_add(out->diags, MU_ERROR, "year.none", NULL,
                     _("name one with --year; 'muster schema year --doc' says what it holds"),
                     _("there is no year.json beside the site"));
        return false;
    }
    out->plan = mu_year_plan_load(given, out->diags);
    return out->plan != NULL &&
           (asked->playbooks == NULL || read_playbooks(asked->playbooks, out) == MU_OK);
}

bool mu_house_open(const mu_house_asked *asked, mu_house *out, int *status) {
    *out = (mu_house){.diags = mu_diags_create()};
    char *roster = NULL, *year = NULL;
    bool fine = out->diags != NULL &&
                (asked->roster != NULL || beside(asked->site, "roster.json", &roster)) &&
                (asked->year != NULL || beside(asked->site, "year.json", &year));
    char own[MU_DATA_PATH_MOST];
    const bool found = mu_data_find("scenarios/policy/baseline.json", own);
    const mu_year_given given = {.site = asked->site,
                                 .policy = asked->policy != NULL ? asked->policy
                                           : found               ? own
                                                                 : NULL,
                                 .roster = asked->roster != NULL ? asked->roster : roster,
                                 .year = asked->year != NULL ? asked->year : year};
    if (!fine) {
        *status = mu_refuse(asked->command, _("there is not enough memory"));
    } else if (given.policy == NULL) {
        *status =
            mu_refuse(asked->command,
                      _("the policy that comes with Muster was not found; name one with --policy"));
        fine = false;
    } else {
        fine = read_all(asked, &given, out);
        mu_diags_print(out->diags, 0, MU_WARNING, stderr);
        out->told = mu_diags_count(out->diags, MU_NOTE);
        *status = fine ? MU_EXIT_DONE : mu_refuse_status(asked->command, MU_ERR_MEMORY, out->diags);
    }
    free(roster);
    free(year);
    if (!fine) {
        mu_house_close(out);
    }
    return fine;
}

void mu_house_close(mu_house *house) {
    if (house->diags != NULL) {
        mu_diags_print(house->diags, house->told, MU_WARNING, stderr);
    }
    mu_year_plan_destroy(house->plan);
    mu_diags_destroy(house->diags);
    *house = (mu_house){0};
}

mu_status mu_house_write(const mu_house *house, const char *path, char *text) {
    if (text == NULL) {
        return MU_ERR_MEMORY;
    }
    const mu_status status = mu_file_out_write(path, text, strlen(text), house->diags);
    free(text);
    return status;
}

const char *mu_house_text(const mu_text *text) {
    return mu_text_in(*text, mu_language());
}
