/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster new`: a first scenario from a template, by a few questions. */
#define _GNU_SOURCE /* program_invocation_name */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "core/i18n.h"
#include "diagnose.h"
#include "folder.h"
#include "muster/template.h"
#include "options.h"
#include "shipped.h"
#include "table.h"

enum { OPTION_TEMPLATE, OPTION_NAME, OPTION_FLOORS, OPTION_PEOPLE };

static const mu_option options[] = {
    {'t', "template", N_("KIND"), N_("office, mall, school, hospital, data-centre, transport")},
    {0, "name", N_("TEXT"), N_("what the site is called (the folder's name)")},
    {0, "floors", N_("N"), N_("storeys (as the template has)")},
    {0, "people", N_("N"), N_("how many people are there (as the template has)")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "new",
    .synopsis = N_("DIR [OPTION]…"),
    .summary =
        N_("Begins a scenario in a new folder: a drawn site, people, policy, playbook and a "
           "suspicious package in the lobby, ready to be run and to be changed with 'muster edit'. "
           "Asks in the terminal for what no option says."),
    .details = N_("Exit status: 0 done; 2 wrong usage, or the folder cannot be used."),
    .options = options,
};

/* A line that somebody types; the default where nothing is typed. False, and the default, where
 * nobody can answer. */
static bool ask(const char *question, const char *otherwise, char *out, size_t room) {
    (void)snprintf(out, room, "%s", otherwise);
    if (!isatty(STDIN_FILENO)) {
        return false;
    }
    (void)fprintf(stderr, "%s [%s]: ", question, otherwise);
    char line[300];
    if (fgets(line, sizeof line, stdin) == NULL) {
        return false;
    }
    line[strcspn(line, "\n")] = '\0';
    if (line[0] != '\0') {
        (void)snprintf(out, room, "%s", line);
    }
    return true;
}

/* By word, or by its place in the list, counted from 1. */
static const mu_template *find_template(const char *word) {
    const long place = isdigit((unsigned char)word[0]) ? strtol(word, NULL, 10) : 0;
    for (int k = 0; mu_templates[k].word != NULL; k++) {
        if (strcmp(mu_templates[k].word, word) == 0 || place == k + 1) {
            return &mu_templates[k];
        }
    }
    return NULL;
}

static const mu_template *choose_template(const char *given) {
    if (given != NULL) {
        const mu_template *found = find_template(given);
        if (found == NULL) {
            (void)mu_refuse_usage(usage.command, _("there is no template '%s'"), given);
        }
        return found;
    }
    for (int k = 0; mu_templates[k].word != NULL && isatty(STDIN_FILENO); k++) {
        (void)fprintf(stderr, "  %d  %-12s %s\n", k + 1, mu_templates[k].word,
                      _(mu_templates[k].meaning));
    }
    char word[300];
    const mu_template *found = NULL;
    while (found == NULL) {
        const bool typed = ask(_("Which kind of building"), "office", word, sizeof word);
        found = find_template(word);
        if (found == NULL) {
            (void)mu_refuse(usage.command, _("there is no template '%s'"), word);
        }
        if (!typed) {
            break;
        }
    }
    return found;
}

/* From an option, else asked for, until the answer can be used. */
static bool choose_number(const char *option, const char *value, const char *question,
                          uint32_t otherwise, uint32_t most, uint32_t *out) {
    uint64_t chosen = otherwise;
    bool fine = value != NULL && mu_option_number(usage.command, option, value, 1, most, &chosen);
    if (value == NULL) {
        char text[300], number[20];
        (void)snprintf(number, sizeof number, "%u", otherwise);
        while (!fine && ask(question, number, text, sizeof text)) {
            char *end = NULL;
            chosen = strtoull(text, &end, 10);
            fine = isdigit((unsigned char)text[0]) && *end == '\0' && chosen >= 1 && chosen <= most;
            if (!fine) {
                (void)mu_refuse(usage.command, _("a number from 1 to %u, please, not '%s'"), most,
                                text);
            }
        }
        chosen = fine ? chosen : otherwise;
        fine = true;
    }
    *out = (uint32_t)chosen;
    return fine;
}

static const char *last_part(const char *folder) {
    const char *slash = strrchr(folder, '/');
    return slash != NULL && slash[1] != '\0' ? slash + 1 : folder;
}

static int make(const char *folder, const mu_template_given *given, mu_diags *diags) {
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/site.json", folder);
    if (access(path, F_OK) == 0) {
        return mu_refuse(usage.command, _("%s is there already; name another folder"), path);
    }
    if (!mu_folder_make(folder)) {
        return mu_refuse(usage.command, _("cannot make the folder %s: %s"), folder,
                         strerror(errno));
    }
    mu_shipped shipped;
    const mu_project_def def = mu_shipped_project(path, &shipped);
    mu_project *project = mu_project_open(&def, diags);
    const bool drawn = project != NULL && mu_template_draw(project, given);
    const bool saved = drawn && mu_project_save(project, false, diags) == MU_OK;
    mu_project_close(project, false);
    mu_diags_print(diags, 0, MU_WARNING, stderr);
    if (!saved) {
        return mu_refuse(usage.command, "%s", _("the scenario could not be made"));
    }
    const char *called =
        program_invocation_name; /* lines to be copied have to work as they stand */
    mu_text_printf(stdout,
                   _("%s holds a scenario. Next:\n  %s run %s/package.json -o %s/report\n  %s edit "
                     "%s/package.json\n"),
                   folder, called, folder, folder, called, folder);
    return MU_EXIT_DONE;
}

int mu_new_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    if (given.operand_count != 1) {
        return mu_refuse_usage(usage.command, given.operand_count == 0 ? _("no folder given")
                                                                       : _("one folder at a time"));
    }
    const mu_template *kind = choose_template(given.value[OPTION_TEMPLATE]);
    mu_template_given wanted = {0};
    char name[300];
    if (kind == NULL ||
        !choose_number("floors", given.value[OPTION_FLOORS], _("How many storeys"), kind->floors,
                       MU_TEMPLATE_FLOORS_MOST, &wanted.floors) ||
        !choose_number("people", given.value[OPTION_PEOPLE], _("How many people"), kind->persons,
                       MU_TEMPLATE_PERSONS_MOST, &wanted.persons)) {
        return MU_EXIT_USAGE;
    }
    wanted.word = kind->word;
    if (given.value[OPTION_NAME] != NULL) {
        (void)snprintf(name, sizeof name, "%s", given.value[OPTION_NAME]);
    } else {
        ask(_("What is it called"), last_part(given.operands[0]), name, sizeof name);
    }
    wanted.name = name;
    mu_diags *diags = mu_diags_create();
    status = diags != NULL ? make(given.operands[0], &wanted, diags)
                           : mu_refuse(usage.command, _("there is not enough memory"));
    mu_diags_destroy(diags);
    return status;
}
