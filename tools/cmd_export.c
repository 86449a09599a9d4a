/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster export`: a site, or a run's replay, for other programs. */
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "core/file_out.h"
#include "core/i18n.h"
#include "core/near.h"
#include "diagnose.h"
#include "export/export.h"
#include "options.h"
#include "policy_sheet.h"
#include "text_whole.h"
#include "tree.h"

enum { OPTION_OUT, OPTION_LEVEL, OPTION_PAPER, OPTION_BARE };

static const mu_option options[] = {
    {'o', "output", N_("FILE"),
     N_("file to write (standard output where that can be); a folder for an incident")},
    {0, "level", N_("ID"),
     N_("this level only (all; WKT and JuPedSim need one where there are several)")},
    {0, "paper", N_("SIZE"), N_("of a plan: a4 or a3 (a4)")},
    {0, "bare", NULL, N_("a plan without ways out, cordons and what the incident brings")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "export",
    .synopsis = N_("FORMAT FILE [OPTION]…"),
    .summary = N_("Writes what Muster holds for other programs and other people."),
    .details = N_(
        "FORMAT is one of\n"
        "  geojson   spaces, doors, equipment and assembly points, with the tags of OpenStreetMap "
        "indoor\n"
        "  wkt       where one can walk on one level, as JuPedSim's tools read it\n"
        "  jupedsim  one level as the XML geometry of JuPedSim up to version 0.12\n"
        "  trajectory  of a replay (`muster run --trajectory FILE.replay`): SQLite as JuPedSim "
        "writes it (.sqlite), or text; one file for each level\n"
        "  plan      the plans of an incident's site for printing (.svg, one file a sheet; .pdf; "
        ".html): ways out, exits, assembly points, scale, north, title block\n"
        "  policy    a policy as a spreadsheet (.csv or .xlsx), to be changed there and taken back "
        "with `muster import policy`\n"
        "  redacted  a site, a roster, metrics.json (as a page where FILE ends with .html), or an "
        "incident as a folder that plays its evacuation: without names, posts and equipment\n\n"
        "Coordinates are the site's own metres. For a moment of a run: `muster show "
        "--headless --svg`.\n\n"
        "Exit status: 0 done; 2 wrong usage, or a site or replay that cannot be used."),
    .options = options,
};

static bool find_level(const mu_site *site, const char *id, bool needed, uint32_t *level) {
    *level = MU_NONE;
    if (id == NULL) {
        *level = needed ? 0 : MU_NONE;
        if (!needed || site->levels.count == 1) {
            return true;
        }
    }
    mu_near near = mu_near_start(id != NULL ? id : "");
    for (uint32_t i = 0; i < site->levels.count; i++) {
        if (id != NULL && strcmp(site->levels.items[i].id, id) == 0) {
            *level = i;
            return true;
        }
        mu_near_offer(&near, site->levels.items[i].id);
    }
    char advice[512] = "";
    (void)mu_near_advise(&near, advice, sizeof advice);
    if (id == NULL) {
        mu_refuse_usage(usage.command, _("the site has %u levels: choose one with --level"),
                        (unsigned)site->levels.count);
    } else {
        mu_refuse_usage(usage.command, _("there is no level '%s'; %s"), id, advice);
    }
    return false;
}

typedef mu_status site_printer(const mu_site *site, uint32_t level, FILE *out);

static mu_status write_out(const mu_site *site, site_printer *print, uint32_t level,
                           const char *path, mu_diags *diags) {
    mu_text_whole made;
    mu_status status = mu_text_whole_begin(&made);
    if (status != MU_OK) {
        return status;
    }
    status = mu_text_whole_finish(&made, print(site, level, made.stream));
    if (status == MU_OK && path == NULL) {
        (void)fwrite(made.text, 1, made.length, stdout); /* streams.c looks at how it went */
    } else if (status == MU_OK) {
        status = mu_file_out_write(path, made.text, made.length, diags);
    }
    free(made.text);
    return status;
}

static int export_site(const mu_given_options *given, site_printer *print, bool by_level,
                       mu_arena *arena, mu_diags *diags) {
    mu_loader *loader = mu_loader_create(arena, diags);
    mu_site *site = mu_arena_alloc(arena, sizeof *site);
    if (loader == NULL || site == NULL) {
        mu_loader_destroy(loader);
        return mu_refuse(usage.command, _("there is not enough memory"));
    }
    uint32_t level;
    int status = MU_EXIT_USAGE;
    mu_status read = mu_loader_read(loader, given->operands[1], &mu_site_file, site);
    read = read == MU_OK ? mu_loader_resolve(loader) : read;
    if (read == MU_OK && find_level(site, given->value[OPTION_LEVEL], by_level, &level)) {
        const mu_status done = write_out(site, print, level, given->value[OPTION_OUT], diags);
        status = done == MU_OK ? MU_EXIT_DONE : MU_EXIT_USAGE;
        if (done != MU_OK && done != MU_ERR_MEMORY && mu_diags_count(diags, MU_ERROR) == 0) {
            status = mu_refuse(usage.command, _("the level could not be joined to one area"));
        } else {
            read = done;
        }
    }
    mu_diags_print(diags, 0, MU_ERROR, stderr);
    mu_loader_destroy(loader);
    return read != MU_OK ? mu_refuse_status(usage.command, read, diags) : status;
}

static int export_geojson(const mu_given_options *given, mu_arena *arena, mu_diags *diags) {
    return export_site(given, mu_export_geojson, false, arena, diags);
}

static int export_wkt(const mu_given_options *given, mu_arena *arena, mu_diags *diags) {
    return export_site(given, mu_export_wkt, true, arena, diags);
}

static int export_jupedsim(const mu_given_options *given, mu_arena *arena, mu_diags *diags) {
    return export_site(given, mu_export_jupedsim, true, arena, diags);
}

static int tell(mu_status done, mu_diags *diags) {
    mu_diags_print(diags, 0, MU_ERROR, stderr);
    return done == MU_OK ? MU_EXIT_DONE : mu_refuse_status(usage.command, done, diags);
}

static int export_replay(const mu_given_options *given, mu_arena *arena, mu_diags *diags) {
    if (given->value[OPTION_OUT] == NULL) {
        return mu_refuse_usage(usage.command, _("a trajectory needs -o FILE"));
    }
    return tell(mu_export_replay(given->operands[1], given->value[OPTION_LEVEL],
                                 given->value[OPTION_OUT], arena, diags),
                diags);
}

static int export_redacted(const mu_given_options *given, mu_arena *arena, mu_diags *diags) {
    return tell(mu_export_redacted(given->operands[1], given->value[OPTION_OUT], arena, diags),
                diags);
}

static int export_plan(const mu_given_options *given, mu_arena *arena, mu_diags *diags) {
    const char *paper = given->value[OPTION_PAPER] != NULL ? given->value[OPTION_PAPER] : "a4";
    const mu_export_plan_def def = {.out = given->value[OPTION_OUT],
                                    .level = given->value[OPTION_LEVEL],
                                    .paper = mu_plan_paper_named(paper),
                                    .bare = given->value[OPTION_BARE] != NULL};
    (void)arena;
    if (def.out == NULL) {
        return mu_refuse_usage(usage.command, _("a plan needs -o FILE.svg or FILE.pdf"));
    }
    if (def.paper == NULL) {
        return mu_refuse_usage(usage.command, _("--paper must be a4 or a3, not '%s'"), paper);
    }
    mu_plan *plan = mu_plan_load(given->operands[1], NULL, diags);
    const mu_status done = plan != NULL ? mu_export_plan(plan, &def, diags) : MU_ERR_INPUT;
    mu_plan_destroy(plan);
    return tell(done, diags);
}

static int export_policy(const mu_given_options *given, mu_arena *arena, mu_diags *diags) {
    if (given->value[OPTION_OUT] == NULL) {
        return mu_refuse_usage(usage.command, _("a policy needs -o FILE.csv or FILE.xlsx"));
    }
    return tell(mu_policy_sheet_write(given->operands[1], given->value[OPTION_OUT], arena, diags),
                diags);
}

static const struct format {
    const char *name;
    int (*write)(const mu_given_options *given, mu_arena *arena, mu_diags *diags);
} formats[] = {
    {"geojson", export_geojson},   {"jupedsim", export_jupedsim}, {"wkt", export_wkt},
    {"trajectory", export_replay}, {"plan", export_plan},         {"policy", export_policy},
    {"redacted", export_redacted},
};
enum { FORMATS = sizeof formats / sizeof formats[0] };

static int refuse_format(const char *format) {
    char names[200] = "";
    for (size_t i = 0; i < FORMATS; i++) {
        (void)snprintf(names + strlen(names), sizeof names - strlen(names), "%s%s",
                       i > 0 ? ", " : "", formats[i].name);
    }
    return mu_refuse_usage(usage.command,
                           format == NULL ? _("no format given; choose from: %s")
                                          : _("there is no such format; choose from: %s"),
                           names);
}

int mu_export_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    mu_tree_begin();
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    const char *name = given.operand_count > 0 ? given.operands[0] : NULL;
    const struct format *format = NULL;
    for (size_t i = 0; name != NULL && i < FORMATS; i++) {
        format = strcmp(formats[i].name, name) == 0 ? &formats[i] : format;
    }
    if (format == NULL) {
        return refuse_format(name);
    }
    if (given.operand_count != 2) {
        return mu_refuse_usage(usage.command, _("one file to read is needed, %d were given"),
                               given.operand_count - 1);
    }
    mu_arena *arena = mu_arena_create();
    mu_diags *diags = mu_diags_create();
    status = arena == NULL || diags == NULL
                 ? mu_refuse(usage.command, _("there is not enough memory"))
                 : format->write(&given, arena, diags);
    mu_diags_destroy(diags);
    mu_arena_destroy(arena);
    return status;
}
