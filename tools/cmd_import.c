/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster import`: a floor plan in somebody else's format becomes a site, its people, a plain
 * evacuation, and a report of what was assumed on the way. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "command.h"
#include "core/i18n.h"
#include "diagnose.h"
#include "folder.h"
#include "import/import.h"
#include "import/output.h"
#include "language.h"
#include "options.h"
#include "policy_sheet.h"
#include "tree.h"

enum {
    OPTION_OUT,
    OPTION_OVERLAY,
    OPTION_LEVELS,
    OPTION_BUILDINGS,
    OPTION_OCCUPANCY,
    OPTION_STOREY,
    OPTION_STAIRS,
    OPTION_RING,
    OPTION_ID,
    OPTION_UNIT,
    OPTION_GAP,
    OPTION_LAYERS,
    OPTION_USE,
    OPTION_ACCEPT,
    OPTION_BASED_ON,
    OPTION_JSON
};

static const mu_option options[] = {
    {'o', "output", N_("DIR"),
     N_("folder that the files are written to; a policy: the file (needed)")},
    {0, "overlay", N_("FILE"), N_("what a planner adds: exits, doors, stairs, uses")},
    {0, "levels", N_("LIST"), N_("only these levels: ids or source ids, with commas between")},
    {0, "buildings", N_("LIST"), N_("only these buildings: ids, source ids or names")},
    {0, "occupancy", N_("SHARE"), N_("share of the design load that is there, 0 to 2 (0.5)")},
    {0, "storey", N_("METRES"), N_("height of a storey (3.6)")},
    {0, "stair-width", N_("METRES"), N_("clear width of flights, where they fit (1.4)")},
    {0, "ring", N_("METRES"),
     N_("open ground round a building (12, or as far as its people need to gather)")},
    {0, "id", N_("WORD"), N_("id of the site (from the venue's name)")},
    {0, "unit", N_("UNIT"), N_("of the drawing: m, dm, cm, mm, ft, in or deg (found out)")},
    {0, "gap", N_("METRES"), N_("ends of lines closer than this are joined (0.1)")},
    {0, "layers", N_("LIST"), N_("of a DXF drawing, take only these layers")},
    {0, "default-use", N_("USE"),
     N_("what rooms are taken for that the plan says nothing of (other)")},
    {0, "accept", NULL, N_("accept every door, exit and flight that the import proposes")},
    {0, "based-on", N_("POLICY"),
     N_("of a policy's sheet, write only what differs from this policy file")},
    {0, "json", NULL, N_("print the report as JSON")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "import",
    .synopsis = N_("FORMAT SOURCE… [OPTION]… -o DIR"),
    .summary = N_("Makes a site from a floor plan in somebody else's format, or a policy from a "
                  "spreadsheet."),
    .details =
        N_("FORMAT is one of\n"
           "  imdf      a folder of IMDF files (level.geojson, unit.geojson, opening.geojson…)\n"
           "  vector    polygons with attributes: GeoJSON, OpenStreetMap indoor, GeoPackage, …;\n"
           "            several files may be given, one for each level (\"…-2F.geojson\")\n"
           "  dxf       a CAD drawing: rooms are what its lines enclose\n"
           "  wkt       well-known text of polygons, in metres\n"
           "  jupedsim  the XML geometry of JuPedSim\n"
           "  rooms     a table (CSV) of rooms and doors: kind, id, name, level, use, x, y, width, "
           "depth\n"
           "  policy    a policy from a spreadsheet (CSV or XLSX); -o names the file. The columns "
           "are those of `muster export policy`, whose second sheet explains them; columns that "
           "are not there are left out, and faults are named by cell\n\n"
           "Writes site.json, roster.json, evacuation.json, import-report.md and "
           "import-report.json. The report tells the unit that was assumed and the extent, lists "
           "every unit without a way out, and proposes doors, exits and flights; an overlay file "
           "accepts them and is applied again at the next import.\n\n"
           "Exit status: 0 done; 1 done, but entries of the overlay fit nothing; 2 wrong usage, "
           "or a plan that cannot be used."),
    .options = options,
};

/* A number within limits; false: a complaint has been printed. */
static bool read_number(const char *name, const char *text, double least, double most,
                        double *out) {
    if (text == NULL) {
        return true;
    }
    char *end = NULL;
    double value = strtod(text, &end);
    if (end == text || *end != '\0' || !(value >= least && value <= most)) {
        mu_refuse_usage(usage.command, _("--%s must be a number from %g to %g, not '%s'"), name,
                        least, most, text);
        return false;
    }
    *out = value;
    return true;
}

static bool read_numbers(const mu_given_options *given, mu_import_options *out) {
    *out = (mu_import_options){.occupancy = 0.5,
                               .storey_m = 3.6,
                               .stair_width_m = 1.4,
                               .gap_m = 0.1,
                               .default_use = MU_USE_OTHER};
    return read_number("occupancy", given->value[OPTION_OCCUPANCY], 0, 2, &out->occupancy) &&
           read_number("storey", given->value[OPTION_STOREY], 2, 20, &out->storey_m) &&
           read_number("stair-width", given->value[OPTION_STAIRS], 0.6, 10, &out->stair_width_m) &&
           read_number("ring", given->value[OPTION_RING], 4, 200, &out->ring_m) &&
           read_number("gap", given->value[OPTION_GAP], 0, 2, &out->gap_m);
}

static bool is_word(const char *text) {
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    size_t length = strlen(text);
    return length > 0 && length <= 60 && strspn(text, letters) == length &&
           strchr("._-", text[0]) == NULL;
}

static const char *const format_words[] = {
    [MU_IMPORT_IMDF] = "imdf", [MU_IMPORT_VECTOR] = "vector",     [MU_IMPORT_DXF] = "dxf",
    [MU_IMPORT_WKT] = "wkt",   [MU_IMPORT_JUPEDSIM] = "jupedsim", [MU_IMPORT_ROOMS] = "rooms",
};
#define FORMATS "imdf, vector, dxf, wkt, jupedsim, rooms, policy"

static bool read_format(const mu_given_options *given, mu_import_options *out) {
    const char *word = given->operand_count > 0 ? given->operands[0] : NULL;
    for (int i = 0; word != NULL && i < (int)(sizeof format_words / sizeof format_words[0]); i++) {
        if (strcmp(word, format_words[i]) == 0) {
            out->format = (mu_import_format)i;
            return true;
        }
    }
    if (word == NULL) {
        mu_refuse_usage(usage.command, _("no format given; choose from: %s"), FORMATS);
    } else {
        mu_refuse_usage(usage.command, _("there is no format '%s'; choose from: %s"), word,
                        FORMATS);
    }
    return false;
}

static bool read_sources(const mu_given_options *given, mu_import_options *out) {
    const int count = given->operand_count - 1;
    const bool one = out->format == MU_IMPORT_IMDF;
    if (count < 1 || (one && count != 1)) {
        mu_refuse_usage(usage.command,
                        one ? _("one folder is needed, %d were given")
                            : _("a file is needed, %d were given"),
                        count);
        return false;
    }
    out->sources = (mu_string_list){(const char **)(given->operands + 1), (uint32_t)count};
    out->folder = given->operands[1];
    return true;
}

static bool read_unit(const char *word, mu_import_options *out) {
    static const struct {
        const char *word;
        double metres;
    } units[] = {{"m", 1},       {"dm", 0.1},    {"cm", 0.01}, {"mm", 0.001},
                 {"ft", 0.3048}, {"in", 0.0254}, {"deg", -1}};
    bool found = word == NULL;
    for (size_t i = 0; !found && i < sizeof units / sizeof units[0]; i++) {
        found = strcmp(word, units[i].word) == 0;
        out->unit_m = found ? units[i].metres : 0;
    }
    if (!found) {
        mu_refuse_usage(usage.command, _("--unit must be m, dm, cm, mm, ft, in or deg, not '%s'"),
                        word);
    }
    return found;
}

static bool read_use(const char *word, mu_import_options *out) {
    bool found = word == NULL;
    for (int use = 0; !found && use < MU_USE_COUNT; use++) {
        found = strcmp(word, mu_use_words[use]) == 0;
        out->default_use = found ? (mu_use)use : out->default_use;
    }
    if (!found) {
        mu_refuse_usage(usage.command,
                        _("--default-use: there is no use '%s'; `muster schema site` lists them"),
                        word);
    }
    return found;
}

static bool read_words(const mu_given_options *given, mu_import_options *out) {
    if (!read_format(given, out) || !read_sources(given, out) ||
        !read_unit(given->value[OPTION_UNIT], out) || !read_use(given->value[OPTION_USE], out)) {
        return false;
    }
    if (given->value[OPTION_OUT] == NULL) {
        mu_refuse_usage(usage.command, _("-o is missing: where the files are to be written"));
        return false;
    }
    if (given->value[OPTION_ID] != NULL && !is_word(given->value[OPTION_ID])) {
        mu_refuse_usage(usage.command,
                        _("--id must be a word of letters, digits, '.', '_' and '-', "
                          "at most 60 of them"));
        return false;
    }
    out->out = given->value[OPTION_OUT];
    out->overlay = given->value[OPTION_OVERLAY];
    out->id = given->value[OPTION_ID];
    out->accept = given->value[OPTION_ACCEPT] != NULL;
    return true;
}

/* "a,b" as a list in the arena. */
static mu_string_list split(mu_draft *draft, const char *text) {
    mu_string_list list = {NULL, 0};
    const char *at = text != NULL ? text : "";
    while (*at != '\0') {
        size_t length = strcspn(at, ",");
        if (length > 0) {
            const char **item = mu_draft_append(draft, &list, sizeof *list.items);
            *item = mu_draft_print(draft, "%.*s", (int)length, at);
        }
        at += length + (at[length] == ',');
    }
    return list;
}

/* A file of the product as the incident names it: relative to the folder that the incident is in.
 */
static const char *product_file(mu_draft *draft, const char *name) {
    char found[MU_DATA_PATH_MOST], real[PATH_MAX];
    const char *named = name;
    if (mu_data_find(name, found) && realpath(found, real) != NULL) {
        named = mu_path_from(draft->arena, draft->options->out, real);
    } else {
        mu_where where = {name, NULL, 0, 0};
        mu_diags_add(draft->diags, MU_WARNING, "import.product-file", &where,
                     _("give its place in evacuation.json"),
                     _("this file of Muster was not found; evacuation.json names it all the same"));
    }
    return mu_draft_print(draft, "%s", named);
}

static void tell_result(mu_draft *draft, bool as_json) {
    if (as_json) {
        cJSON *report = mu_report_json(draft);
        char *text = cJSON_Print(report);
        puts(text != NULL ? text : "{}");
        free(text);
        cJSON_Delete(report);
    }
    mu_tally tally = mu_draft_tally(draft, 1);
    (void)fprintf(
        stderr,
        _("%s: spaces %u, exits %u, with a way out %u, without %u; see %s/import-report.md"),
        mu_site_id(draft), (unsigned)tally.units, (unsigned)tally.exits, (unsigned)tally.out,
        (unsigned)tally.lost, draft->options->out);
    (void)fputc('\n', stderr);
}

static int import(const mu_given_options *given, mu_import_options *chosen, mu_arena *arena,
                  mu_diags *diags) {
    mu_draft *draft = mu_draft_create(arena, diags, chosen);
    chosen->levels = split(draft, given->value[OPTION_LEVELS]);
    chosen->buildings = split(draft, given->value[OPTION_BUILDINGS]);
    chosen->layers = split(draft, given->value[OPTION_LAYERS]);
    chosen->policy = product_file(draft, "scenarios/policy/baseline.json");
    chosen->playbook = product_file(draft, "scenarios/playbooks/evacuation.json");
    mu_status status = mu_import_plan(draft);
    mu_diags_print(diags, 0, MU_NOTE, stderr);
    if (status == MU_OK) {
        tell_result(draft, given->value[OPTION_JSON] != NULL);
    }
    int result = status != MU_OK    ? mu_refuse_status(usage.command, status, diags)
                 : draft->unfit > 0 ? MU_EXIT_NO
                                    : MU_EXIT_DONE;
    mu_draft_destroy(draft);
    return result;
}

static int import_policy(const mu_given_options *given, mu_arena *arena, mu_diags *diags) {
    const char *out = given->value[OPTION_OUT];
    if (given->operand_count != 2 || out == NULL) {
        return mu_refuse_usage(usage.command, _("a policy needs one sheet and -o FILE"));
    }
    const mu_status status =
        mu_policy_sheet_read(given->operands[1], given->value[OPTION_BASED_ON], out, arena, diags);
    mu_diags_print(diags, 0, MU_WARNING, stderr);
    return status == MU_OK ? MU_EXIT_DONE : mu_refuse_status(usage.command, status, diags);
}

int mu_import_main(int argc, char **argv) {
    mu_given_options given;
    mu_import_options chosen;
    int status = MU_EXIT_DONE;
    mu_tree_begin();
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    const bool is_policy = given.operand_count > 0 && strcmp(given.operands[0], "policy") == 0;
    if (!is_policy && (!read_numbers(&given, &chosen) || !read_words(&given, &chosen))) {
        return MU_EXIT_USAGE;
    }
    mu_arena *arena = mu_arena_create();
    mu_diags *diags = mu_diags_create();
    if (arena == NULL || diags == NULL) {
        status = mu_refuse(usage.command, _("there is not enough memory"));
    } else {
        status =
            is_policy ? import_policy(&given, arena, diags) : import(&given, &chosen, arena, diags);
    }
    mu_diags_destroy(diags);
    mu_arena_destroy(arena);
    return status;
}
