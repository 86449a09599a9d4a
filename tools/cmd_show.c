/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster show`: one run of an incident seen, in a window or as pictures. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "command.h"
#include "core/i18n.h"
#include "diagnose.h"
#include "drill/plan.h"
#include "folder.h"
#include "language.h"
#include "movie.h"
#include "muster/tabletop.h"
#include "options.h"
#include "table.h"
#include "verify/replay.h"
#include "verify/replay_view.h"
#ifdef MU_HAVE_SHOW
#include "render/desk.h"
#include "render/raster.h"
#include "render/show.h"
#endif

enum {
    OPTION_HEADLESS,
    OPTION_AT,
    OPTION_OUTPUT,
    OPTION_LEVEL,
    OPTION_SIZE,
    OPTION_POLICY,
    OPTION_SEED,
    OPTION_REP,
    OPTION_PLAN_ONLY,
    OPTION_BUILT,
    OPTION_SVG,
    OPTION_ANSWERS,
    OPTION_SESSION,
    OPTION_AUDIENCE,
    OPTION_AUDIENCE_LANG,
    OPTION_DARK,
    OPTION_EVERY,
    OPTION_MOVIE,
    OPTION_SPEED,
    OPTION_LAYERS
};

static const mu_option options[] = {
    {0, "headless", NULL, N_("no window: write pictures to the folder of -o")},
    {0, "at", N_("T,T…"),
     N_("seconds since the start: of each picture; of the window, where it opens (0)")},
    {'o', "output", N_("DIR"), N_("folder of pictures (the window's own: the present folder)")},
    {0, "level", N_("ID"), N_("show this level only (all)")},
    {0, "size", N_("WxH"), N_("of the window or picture, in pixels (1280x720)")},
    {'p', "policy", N_("FILE"), N_("judge by this policy instead of the incident's")},
    {0, "seed", N_("N"), N_("seed of all luck (the incident's)")},
    {0, "rep", N_("K"), N_("which run of that seed, counted from 0 (0)")},
    {0, "plan-only", NULL, N_("pictures: the plan fills the picture, without panels")},
    {0, "buildings", NULL, N_("begin with the buildings in view, not the whole site")},
    {0, "svg", NULL, N_("pictures as SVG instead of PNG")},
    {0, "log-answers", NULL, N_("write each answer to a click on standard error, too")},
    {0, "session", N_("FILE"),
     N_("save a tabletop in this file, or go on with the one that it holds (ID.session.jsonl in "
        "the present folder, once there is something to save)")},
    {0, "audience", NULL,
     N_("a second window for the audience; with --headless its pictures, without anything hidden")},
    {0, "audience-lang", "zh|en",
     N_("language of the audience's window and pictures, if it is not to be the desk's (Shift+L "
        "switches it)")},
    {0, "dark", NULL, N_("light on dark")},
    {0, "every", N_("S"),
     N_("pictures: one every S seconds from the first time of --at to the second, or to the end")},
    {0, "movie", N_("FILE"),
     N_("no window: an MP4 film by ffmpeg, over the same times as --every (25 pictures a second)")},
    {0, "speed", N_("N"), N_("of the film: so many times as fast as it was (30)")},
    {0, "layers", N_("LIST"),
     N_("what the plan shows at first, with commas between: names, cordon, teams, routes, density, "
        "paths, queues, equipment, none (names,cordon,teams)")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "show",
    .synopsis = N_("INCIDENT|REPLAY [OPTION]…"),
    .summary =
        N_("Opens a window on one run of an incident: the plan of each level, doors, people "
           "and teams, the hazard, the cordon, the alert level and the clauses on the clock. "
           "F1 in the window lists keys and mouse. With --headless writes the same pictures "
           "to files, identical from run to run. A REPLAY, written by 'muster run --trajectory "
           "FILE.replay', is looked at in the same way: where everyone was, and nothing else."),
    .details = N_("Exit status: 0 done; 2 wrong usage, input that cannot be used, or no window."),
    .options = options,
};

typedef struct request {
    bool replay; /* `incident` is one */
    const char *incident, *policy, *folder, *level;
    const char *session, *movie, *audience_language, *layers;
    uint64_t every, speed;
    bool headless, has_seed, plan_only, built, svg, answers, audience, dark;
    uint64_t seed, rep;
    int width, height;
    double times[MU_SHOW_TIMES_MOST];
    uint32_t time_count;
} request;

static bool read_times(const char *text, request *out) {
    out->time_count = 0;
    while (text != NULL) {
        char *end = NULL;
        const double at = strtod(text, &end);
        if (end == text || !(at >= 0) || at > 1e9 || (*end != 0 && *end != ',') ||
            out->time_count == MU_SHOW_TIMES_MOST) {
            (void)mu_refuse_usage(
                usage.command, _("--at must be times in seconds, with commas between: '%s'"), text);
            return false;
        }
        out->times[out->time_count++] = at;
        text = *end == ',' ? end + 1 : NULL;
    }
    if (out->time_count == 0) {
        out->times[out->time_count++] = 0;
    }
    return true;
}

static bool read_size(const char *text, request *out) {
    char rest = 0;
    out->width = 1280;
    out->height = 720;
    if (text != NULL &&
        (sscanf(text, "%6dx%6d%c", &out->width, &out->height, &rest) != 2 || out->width < 320 ||
         out->height < 240 || out->width > 16384 || out->height > 16384)) {
        (void)mu_refuse_usage(usage.command,
                              _("--size must be like 1280x720, from 320x240 to 16384x16384"));
        return false;
    }
    return true;
}

/* What needs a run cannot be asked of a recording. */
static bool fits_a_replay(const mu_given_options *given) {
    static const int needs_run[] = {OPTION_POLICY,  OPTION_SEED,     OPTION_REP,
                                    OPTION_SESSION, OPTION_AUDIENCE, OPTION_AUDIENCE_LANG};
    for (size_t i = 0; i < sizeof needs_run / sizeof needs_run[0]; i++) {
        if (given->value[needs_run[i]] != NULL) {
            (void)mu_refuse_usage(usage.command,
                                  _("--%s needs an incident: a replay holds where people were, and "
                                    "nothing else"),
                                  options[needs_run[i]].name);
            return false;
        }
    }
    return true;
}

static bool read_request(const mu_given_options *given, request *out) {
    *out = (request){.policy = given->value[OPTION_POLICY],
                     .folder = given->value[OPTION_OUTPUT],
                     .level = given->value[OPTION_LEVEL],
                     .headless = given->value[OPTION_HEADLESS] != NULL,
                     .has_seed = given->value[OPTION_SEED] != NULL,
                     .plan_only = given->value[OPTION_PLAN_ONLY] != NULL,
                     .built = given->value[OPTION_BUILT] != NULL,
                     .svg = given->value[OPTION_SVG] != NULL,
                     .answers = given->value[OPTION_ANSWERS] != NULL,
                     .session = given->value[OPTION_SESSION],
                     .movie = given->value[OPTION_MOVIE],
                     .layers = given->value[OPTION_LAYERS],
                     .audience_language = given->value[OPTION_AUDIENCE_LANG],
                     .speed = 30,
                     .audience = given->value[OPTION_AUDIENCE] != NULL,
                     .dark = given->value[OPTION_DARK] != NULL};
    if (given->operand_count != 1) {
        (void)mu_refuse_usage(usage.command, given->operand_count == 0
                                                 ? _("no incident file given")
                                                 : _("one incident at a time"));
        return false;
    }
    if (given->value[OPTION_EVERY] != NULL && !out->headless) {
        (void)mu_refuse_usage(usage.command, _("--every goes with --headless"));
        return false;
    }
    if (out->headless && (out->folder == NULL || out->folder[0] == 0)) {
        (void)mu_refuse_usage(usage.command, _("-o is missing: where the files are to be written"));
        return false;
    }
    if (!out->headless && (out->svg || out->plan_only)) {
        (void)mu_refuse_usage(usage.command, _("--svg and --plan-only go with --headless"));
        return false;
    }
    if (out->audience_language != NULL && strcmp(out->audience_language, "zh") != 0 &&
        strcmp(out->audience_language, "en") != 0) {
        (void)mu_refuse_usage(usage.command, _("--audience-lang must be zh or en"));
        return false;
    }
    out->incident = given->operands[0];
    out->replay = mu_replay_is_one(out->incident);
    return (!out->replay || fits_a_replay(given)) &&
           mu_option_number(usage.command, "every", given->value[OPTION_EVERY], 1, 86400,
                            &out->every) &&
           mu_option_number(usage.command, "speed", given->value[OPTION_SPEED], 1, 1000,
                            &out->speed) &&
           mu_option_number(usage.command, "seed", given->value[OPTION_SEED], 0,
                            (uint64_t)MU_FIELD_INT_MOST, &out->seed) &&
           mu_option_number(usage.command, "rep", given->value[OPTION_REP], 0, UINT32_MAX - 1,
                            &out->rep) &&
           read_times(given->value[OPTION_AT], out) && read_size(given->value[OPTION_SIZE], out);
}

#ifdef MU_HAVE_SHOW

static void print_line(void *with, const char *line) {
    (void)with;
    mu_text_print_line(line, stderr);
    (void)fflush(stderr);
}

static bool find_level(const mu_scenery *scene, const char *id, uint32_t *level) {
    *level = MU_NOWHERE;
    for (uint32_t l = 0; id != NULL && l < scene->level_count; l++) {
        if (strcmp(scene->levels[l].id, id) == 0) {
            *level = l;
        }
    }
    return id == NULL || *level != MU_NOWHERE;
}

/* A tabletop in the window: its file, and what the desk asks for. */
typedef struct table {
    const request *asked;
    mu_tabletop_def def;
    mu_tabletop *tabletop;
    char path[1024], incident[4096], policy[4096];
} table;

static bool exists(const char *path) {
    struct stat info;
    return stat(path, &info) == 0;
}

static const char *first_of(const mu_diags *diags) {
    return mu_diags_count(diags, MU_NOTE) > 0 ? mu_diags_get(diags, 0)->text
                                              : _("there is not enough memory");
}

/* An earlier session of the same name is kept under another one. */
static bool put_aside(const char *path, char *why, size_t room) {
    char other[1100];
    for (int n = 1; exists(path) && n < 1000; n++) {
        (void)snprintf(other, sizeof other, "%s.%d", path, n);
        if (!exists(other)) {
            (void)snprintf(why, room, _("%s cannot be renamed: %s"), path, strerror(errno));
            return rename(path, other) == 0;
        }
    }
    return !exists(path);
}

static bool start_file(void *with, mu_tabletop *tabletop, char *why, size_t room) {
    const table *t = with;
    mu_diags *diags = mu_diags_create();
    if (diags == NULL || !put_aside(t->path, why, room)) {
        mu_diags_destroy(diags);
        return false;
    }
    const bool fine = mu_tabletop_save_to(tabletop, t->path, diags) == MU_OK;
    if (fine) {
        mu_text_printf(stderr, _("The session is saved in %s\n"), t->path);
    } else {
        (void)snprintf(why, room, "%s", first_of(diags));
    }
    mu_diags_destroy(diags);
    return fine;
}

static mu_tabletop *resume_file(void *with, char *why, size_t room) {
    table *t = with;
    mu_diags *diags = mu_diags_create();
    mu_tabletop_def def = t->def;
    def.path = t->path;
    mu_tabletop *again = NULL;
    if (diags == NULL || mu_tabletop_resume(&def, &again, diags) != MU_OK) {
        (void)snprintf(why, room, "%s", diags != NULL ? first_of(diags) : "");
        mu_diags_destroy(diags);
        return NULL;
    }
    mu_diags_destroy(diags);
    mu_tabletop_destroy(t->tabletop);
    t->tabletop = again;
    return again;
}

/* Is there a session to go on with? One of another program or incident is refused when it is
 * opened, not passed over. */
static void find_earlier(const table *t, mu_desk_def *desk) {
    mu_diags *diags = mu_diags_create();
    mu_tabletop_origin origin = {0};
    if (diags != NULL && exists(t->path) && mu_tabletop_peek(t->path, &origin, diags) == MU_OK) {
        desk->has_earlier = true;
        desk->earlier_entries = origin.entries;
    }
    mu_tabletop_origin_free(&origin);
    mu_diags_destroy(diags);
}

static bool has_exercise(const mu_tabletop *tabletop) {
    uint32_t goals;
    (void)mu_tabletop_goals(tabletop, &goals);
    return goals > 0 || mu_tabletop_role_count(tabletop) > 0 ||
           mu_tabletop_inject_count(tabletop) > 0;
}

/* Where pictures in a row end: at the second time of --at, or with the run. */
static double end_of(mu_session *session, const request *asked) {
    if (asked->time_count > 1) {
        return asked->times[1];
    }
    while (!mu_session_look_ahead(session, 100000)) {
    }
    return mu_time_to_s(mu_session_known(session));
}

/* The times of --every; false where they are too many. */
static bool list_times(mu_session *session, request *asked) {
    const double from_s = asked->times[0], to_s = end_of(session, asked);
    const double count = floor((to_s - from_s) / (double)asked->every) + 1;
    if (!(count >= 1) || count > MU_SHOW_TIMES_MOST) {
        return false;
    }
    asked->time_count = (uint32_t)count;
    for (uint32_t k = 0; k < asked->time_count; k++) {
        asked->times[k] = from_s + (double)asked->every * k;
    }
    return true;
}

static bool add_picture(void *with, const mu_image *image) {
    return mu_movie_add(with, image->pixels, (size_t)image->width * (size_t)image->height);
}

static int film(const mu_show_def *def, const request *asked) {
    enum { PER_SECOND = 25 };
    mu_movie movie;
    char why[1400] = "";
    const double from_s = asked->times[0], to_s = end_of(def->session, asked);
    const double step_s = (double)asked->speed / PER_SECOND;
    const uint32_t count = (uint32_t)fmax((to_s - from_s) / step_s, 0) + 1;
    if (!mu_movie_open(&movie, asked->movie, def->width, def->height, PER_SECOND, why,
                       sizeof why)) {
        return mu_refuse(usage.command, "%s", why);
    }
    mu_show_def played = *def;
    played.film = (int)asked->speed;
    const bool drawn =
        mu_show_frames(&played, from_s, step_s, count, add_picture, &movie, why, sizeof why);
    return mu_movie_close(&movie, drawn, why, sizeof why) ? MU_EXIT_DONE
                                                          : mu_refuse(usage.command, "%s", why);
}

/* Where they are, for whoever made them and wants to look. */
static void print_pictures(const request *asked) {
    char line[1400];
    (void)snprintf(line, sizeof line,
                   P_("%u picture in %.1000s", "%u pictures in %.1000s", asked->time_count),
                   (unsigned)asked->time_count, asked->folder);
    mu_text_print_line(line, stdout);
}

static int show(mu_session *session, mu_tabletop *tabletop, const mu_desk_def *desk,
                request *asked) {
    if (asked->headless && asked->audience && asked->audience_language != NULL) {
        (void)mu_language_choose(asked->audience_language);
    }
    mu_show_def def = {.session = session,
                       .tabletop = tabletop,
                       .desk = desk,
                       .audience = asked->audience,
                       .audience_language = asked->audience_language,
                       .dark = asked->dark,
                       .language = mu_language(),
                       .choose_language = mu_language_choose,
                       .seed = asked->seed,
                       .replication = (uint32_t)asked->rep,
                       .width = asked->width,
                       .height = asked->height,
                       .at_s = asked->times[0],
                       .folder = asked->folder,
                       .plan_only = asked->plan_only,
                       .built_only = asked->built,
                       .told = print_line,
                       .tell_answers = asked->answers};
    char why[1400];
    if (!find_level(mu_session_scene(session), asked->level, &def.level)) {
        return mu_refuse(usage.command, _("there is no level '%s'"), asked->level);
    }
    def.layers_given = asked->layers != NULL;
    if (def.layers_given && !mu_layers_read(asked->layers, &def.layers)) {
        return mu_refuse_usage(usage.command, _("--layers has a word that is no layer: '%s'"),
                               asked->layers);
    }
    if (asked->headless && !mu_folder_make(asked->folder)) {
        return mu_refuse(usage.command, _("cannot make the folder %s: %s"), asked->folder,
                         strerror(errno));
    }
    if (asked->movie != NULL) {
        return film(&def, asked);
    }
    if (asked->every > 0 && !list_times(session, asked)) {
        return mu_refuse_usage(usage.command, _("--every would make more than %d pictures"),
                               (int)MU_SHOW_TIMES_MOST);
    }
    const bool good = asked->headless ? mu_show_pictures(&def, asked->times, asked->time_count,
                                                         asked->svg, why, sizeof why)
                                      : mu_show_window(&def, why, sizeof why);
    if (good && asked->headless) {
        print_pictures(asked);
    }
    return good ? MU_EXIT_DONE : mu_refuse(usage.command, "%s", why);
}

static int show_table(table *t, request *asked) {
    mu_desk_def desk = {
        .tabletop = t->tabletop, .resume = resume_file, .start = start_file, .with = t};
    find_earlier(t, &desk);
    desk.opening = (has_exercise(t->tabletop) && asked->times[0] <= 0) || desk.has_earlier;
    return show(mu_tabletop_session(t->tabletop, 0), t->tabletop, &desk, asked);
}

static int show_replay(request *asked, mu_diags *diags) {
    mu_session *session = NULL;
    const mu_status status = mu_replay_session(asked->incident, &session, diags);
    mu_diags_print(diags, 0, MU_WARNING, stderr);
    if (status != MU_OK) {
        return mu_refuse_status(usage.command, status, diags);
    }
    const mu_desk_def none = {.tabletop = NULL};
    const int shown = show(session, NULL, &none, asked);
    mu_session_destroy(session);
    return shown;
}

/* Files are named in the session as they can be found from anywhere. */
static const char *whole_path(const char *path, char *room, size_t size) {
    char *whole = path == NULL ? NULL : realpath(path, NULL);
    const char *found = whole != NULL ? whole : path;
    if (found != NULL) {
        (void)snprintf(room, size, "%s", found);
    }
    free(whole);
    return found == NULL ? NULL : room;
}

static int play(const mu_plan *plan, request *asked, mu_diags *diags) {
    table t = {.asked = asked,
               .def = {.session = mu_default_session_def(plan),
                       .program = MU_VERSION,
                       .wall_s = (int64_t)time(NULL)}};
    asked->seed = asked->has_seed ? asked->seed : t.def.session.seed;
    t.def.session.seed = asked->seed;
    t.def.session.replication = (uint32_t)asked->rep;
    t.def.incident = whole_path(asked->incident, t.incident, sizeof t.incident);
    t.def.policy = whole_path(asked->policy, t.policy, sizeof t.policy);
    if (asked->session != NULL) {
        (void)snprintf(t.path, sizeof t.path, "%s", asked->session);
    } else {
        (void)snprintf(t.path, sizeof t.path, "%s.session.jsonl", plan->incident.id);
    }
    if (mu_tabletop_create(&t.def, &t.tabletop, diags) != MU_OK) {
        return mu_refuse(usage.command, _("there is not enough memory"));
    }
    const int status = show_table(&t, asked);
    mu_tabletop_destroy(t.tabletop);
    return status;
}

static int load_and_play(request *asked) {
    mu_diags *diags = mu_diags_create();
    if (diags == NULL) {
        return mu_refuse(usage.command, _("there is not enough memory"));
    }
    if (asked->replay) {
        const int shown = show_replay(asked, diags);
        mu_diags_destroy(diags);
        return shown;
    }
    mu_plan *plan = mu_plan_load(asked->incident, asked->policy, diags);
    mu_diags_print(diags, 0, MU_WARNING, stderr);
    const int status = plan != NULL ? play(plan, asked, diags)
                                    : mu_refuse_status(usage.command, MU_ERR_MEMORY, diags);
    mu_plan_destroy(plan);
    mu_diags_destroy(diags);
    return status;
}

#else

static int load_and_play(request *asked) {
    (void)asked;
    return mu_refuse(usage.command,
                     _("this program was built without its window: install libsdl2-dev, "
                       "libsdl2-ttf-dev, libsdl2-image-dev and libfontconfig-dev, and build again "
                       "with meson setup --wipe"));
}

#endif

int mu_show_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    request asked;
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    return read_request(&given, &asked) ? load_and_play(&asked) : MU_EXIT_USAGE;
}
