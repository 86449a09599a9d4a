/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster doctor`: what this program can do on this machine, what it would use, and what to install
 * where something is missing. */
#include <cjson/cJSON.h>
#include <geos_c.h>
#include <gsl/gsl_version.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef MU_HAS_XLSX
#include <xlsxwriter.h>
#endif
#ifdef MU_HAVE_SHOW
#include <SDL.h>
#endif

#include "command.h"
#include "core/i18n.h"
#include "core/json_out.h"
#include "crowd/walk_kernel.h"
#include "language.h"
#include "limits_tell.h"
#include "memory.h"
#include "options.h"
#include "readers.h"
#include "table.h"
#ifdef MU_HAVE_SHOW
#include "render/font_find.h"
#endif

enum { OPTION_JSON, OPTION_LIMITS, OPTION_DOC };

static const mu_option options[] = {
    {0, "json", NULL, N_("print what was found as JSON")},
    {0, "limits", NULL, N_("print how much of everything is taken, instead")},
    {0, "doc", NULL, N_("with --limits: as Markdown, with reasons and what to do")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "doctor",
    .synopsis = N_("[OPTION]…"),
    .summary = N_("Looks at the program and the machine: which parts are built in and which "
                  "versions they have, which font, translation and example files will be used, "
                  "which helpers are there, and what to install where something is missing."),
    .details = N_("Exit status: 0 nothing is missing that a command needs; 1 something is; 2 wrong "
                  "usage. What was left out when the program was built, and helpers that only "
                  "spare work, are named but do not count."),
    .options = options,
};

typedef enum part_state {
    FINE,
    LEFT_OUT, /* when the program was built */
    HELPER,   /* a program beside ours is not there */
    MISSING   /* something that a command needs */
} part_state;

enum { LINES_MOST = 24 };

typedef struct findings {
    struct line {
        part_state state;
        const char *what, *advice; /* marked with N_(); advice may be NULL */
        char found[512];
    } lines[LINES_MOST];
    int count;
} findings;

static void note(findings *d, part_state state, const char *what, const char *advice,
                 const char *format, ...) {
    if (d->count == LINES_MOST) {
        return;
    }
    struct line *line = &d->lines[d->count++];
    line->state = state;
    line->what = what;
    line->advice = advice;
    va_list arguments;
    va_start(arguments, format);
    /* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): started a line above */
    (void)vsnprintf(line->found, sizeof line->found, format, arguments);
    va_end(arguments);
}

static bool find_program(const char *name, char *path, size_t room) {
    const char *folders = getenv("PATH");
    char candidate[4096];
    while (folders != NULL && *folders != 0) {
        const size_t length = strcspn(folders, ":");
        (void)snprintf(candidate, sizeof candidate, "%.*s/%s", (int)length, folders, name);
        if (length > 0 && access(candidate, X_OK) == 0) {
            (void)snprintf(path, room, "%s", candidate);
            return true;
        }
        folders += length + (folders[length] == ':');
    }
    return false;
}

static void look_at_program(findings *d) {
    note(d, FINE, N_("Muster"), NULL, "%s", MU_VERSION);
    note(d, FINE, N_("libraries"), NULL, "GSL %s, cJSON %s, GEOS %s, SQLite %s", gsl_version,
         cJSON_Version(), GEOSversion(), sqlite3_libversion());
    const bool wide = mu_kernel_best() != &mu_kernel_plain;
    note(d, FINE, N_("walking people"), NULL, "%s",
         wide ? _("in vectors (AVX2)") : _("without vectors; same results, slower"));
    note(d, FINE, N_("processors"), NULL, "%ld", sysconf(_SC_NPROCESSORS_ONLN));
    if (mu_memory_most() != UINT64_MAX) {
        note(d, FINE, N_("memory that it takes at most"), NULL, "%.1f GB",
             (double)mu_memory_most() / 1e9);
    }
}

static void look_at_threads(findings *d) {
#ifdef _OPENMP
    note(d, FINE, N_("many threads"), NULL, "OpenMP %d", _OPENMP);
#else
    note(d, LEFT_OUT, N_("many threads"), N_("build with a compiler that has OpenMP"), "%s",
         _("left out"));
#endif
#ifdef MU_HAS_MPI
    char path[4096];
    const bool runner = find_program("mpirun", path, sizeof path);
    note(d, runner ? FINE : HELPER, N_("many machines"),
         runner ? NULL : N_("apt-get install openmpi-bin"), "%s",
         runner ? "MPI, mpirun" : _("MPI, but no mpirun"));
#else
    note(d, LEFT_OUT, N_("many machines"),
         N_("apt-get install libopenmpi-dev openmpi-bin, and build again"), "%s", _("left out"));
#endif
}

static void look_at_formats(findings *d) {
    const mu_readers *readers = mu_readers_of();
    if (readers != NULL) {
        note(d, FINE, N_("floor plans of other programs"), NULL, "GDAL %s", readers->version());
    } else {
        note(d, LEFT_OUT, N_("floor plans of other programs"),
             N_("apt-get install libgdal-dev, and build again"), "%s", _("left out"));
    }
#ifdef MU_HAS_XLSX
    note(d, FINE, N_("workbooks"), NULL, "libxlsxwriter %s", lxw_version());
#else
    note(d, LEFT_OUT, N_("workbooks"), N_("apt-get install libxlsxwriter-dev, and build again"),
         "%s", _("left out"));
#endif
}

#ifdef MU_HAVE_SHOW
static void look_at_window(findings *d) {
    SDL_version version;
    SDL_GetVersion(&version);
    note(d, FINE, N_("window"), NULL, "SDL %d.%d.%d", version.major, version.minor, version.patch);
    const char *display = getenv("WAYLAND_DISPLAY");
    display = display == NULL || display[0] == 0 ? getenv("DISPLAY") : display;
    const bool there = display != NULL && display[0] != 0;
    note(d, there ? FINE : HELPER, N_("display"),
         there ? NULL : N_("pictures without a window: muster show --headless"), "%s",
         there ? display : _("none"));
    mu_font_file font;
    const bool any = mu_font_find(false, &font);
    const bool good = any && font.chinese;
    note(d, good ? FINE : MISSING, N_("font"), good ? NULL : N_("apt-get install fonts-noto-cjk"),
         "%s%s", any ? font.path : _("none"), any && !good ? _(" (no Chinese letters)") : "");
}
#else
static void look_at_window(findings *d) {
    note(d, LEFT_OUT, N_("window"),
         N_("apt-get install libsdl2-dev libsdl2-ttf-dev libsdl2-image-dev "
            "libfontconfig-dev, and build again"),
         "%s", _("left out"));
}
#endif

static void look_at_files(findings *d) {
    static const char advice[] = N_("run it from its build folder, or install it: meson install");
    char policy[MU_DATA_PATH_MOST];
    const bool there = mu_data_find("scenarios/policy/baseline.json", policy);
    note(d, there ? FINE : MISSING, N_("policy and examples"), there ? NULL : advice, "%s",
         there ? policy : _("not found"));
    /* A header's translation: it is empty where there is no catalogue, or in English. */
    const bool chinese = strcmp(mu_language(), "zh") == 0;
    const bool translated = !chinese || strcmp(_("Options:"), "Options:") != 0;
    note(d, translated ? FINE : MISSING, N_("language"), translated ? NULL : advice, "%s",
         translated ? _("English") : _("Chinese, but its catalogue was not found"));
}

static void look_at_helpers(findings *d) {
    static const struct helper {
        const char *what, *advice, *programs[4];
    } helpers[] = {
        {N_("films"), N_("apt-get install ffmpeg"), {"ffmpeg"}},
        {N_("PDF from a report"),
         N_("apt-get install chromium; or print the report from any browser"),
         {"chromium", "chromium-browser", "google-chrome"}},
    };
    for (size_t i = 0; i < sizeof helpers / sizeof *helpers; i++) {
        char path[4096];
        bool there = false;
        for (int k = 0; !there && helpers[i].programs[k] != NULL; k++) {
            there = find_program(helpers[i].programs[k], path, sizeof path);
        }
        note(d, there ? FINE : HELPER, helpers[i].what, there ? NULL : helpers[i].advice, "%s",
             there ? path : _("not there"));
    }
}

static const char *const state_words[] = {"fine", "left_out", "helper_missing", "missing"};

static void print_text(const findings *doctor) {
    static const char *const marks[] = {"✓", "–", "–", "✕"};
    mu_table *table = mu_table_create(3);
    for (int i = 0; i < doctor->count; i++) {
        const struct line *line = &doctor->lines[i];
        mu_table_add(table, marks[line->state], _(line->what), line->found);
        if (line->advice != NULL) {
            mu_table_add(table, "", "", _(line->advice));
        }
    }
    mu_table_print(table, stdout);
    mu_table_destroy(table);
}

static void print_json(const findings *doctor) {
    mu_json_out out = {.stream = stdout};
    mu_json_open(&out, NULL, '{');
    mu_json_open(&out, "found", '[');
    for (int i = 0; i < doctor->count; i++) {
        const struct line *line = &doctor->lines[i];
        mu_json_open(&out, NULL, '{');
        mu_json_put_string(&out, "what", _(line->what));
        mu_json_put_string(&out, "state", state_words[line->state]);
        mu_json_put_string(&out, "found", line->found);
        mu_json_put_string(&out, "advice", line->advice == NULL ? NULL : _(line->advice));
        mu_json_close(&out, '}');
    }
    mu_json_close(&out, ']');
    mu_json_close(&out, '}');
    (void)putchar('\n');
}

int mu_doctor_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    if (given.operand_count > 0) {
        return mu_refuse_usage(usage.command, _("no files are needed here"));
    }
    if (given.value[OPTION_DOC] != NULL && given.value[OPTION_LIMITS] == NULL) {
        return mu_refuse_usage(usage.command, _("--doc goes with --limits"));
    }
    if (given.value[OPTION_LIMITS] != NULL) {
        (given.value[OPTION_DOC] != NULL    ? mu_limits_print_page
         : given.value[OPTION_JSON] != NULL ? mu_limits_print_json
                                            : mu_limits_print_text)(stdout);
        return MU_EXIT_DONE;
    }
    findings doctor = {.count = 0};
    look_at_program(&doctor);
    look_at_threads(&doctor);
    look_at_formats(&doctor);
    look_at_window(&doctor);
    look_at_files(&doctor);
    look_at_helpers(&doctor);
    (given.value[OPTION_JSON] != NULL ? print_json : print_text)(&doctor);
    for (int i = 0; i < doctor.count; i++) {
        status = doctor.lines[i].state == MISSING ? MU_EXIT_NO : status;
    }
    return status;
}
