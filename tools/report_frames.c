/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The run is looked at as a session at four moments, each reached from the copy of its world before
 * it; the level outdoors is drawn, and the one other level where most is going on. */
#include "report_frames.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "core/i18n.h"
#include "muster/session.h"
#ifdef MU_HAVE_SHOW
#include "render/show.h"
#endif

void mu_report_frames_free(mu_report_picture *pictures, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        free(pictures[i].svg);
    }
}

#ifdef MU_HAVE_SHOW

enum { WIDTH = 1180, HEIGHT = 700, STOPS_MOST = 4 };
#define AFTER_ORDER_US (60 * MU_SECOND)
/* Two moments closer than this look the same. */
#define APART_US (20 * MU_SECOND)

/* The report is worth having without pictures; that they are missing is said. */
static void complain(const char *why) {
    (void)mu_refuse(NULL, _("the report lacks pictures: %s"),
                    why[0] != 0 ? why : _("there is not enough memory"));
}

typedef struct stop {
    mu_time time_us;
    const char *moment;
} stop;

static const mu_replicate *replicate_of(const mu_findings *findings, uint32_t replication) {
    for (uint32_t i = 0; i < findings->reps; i++) {
        if (findings->replicates[i].replication == replication) {
            return &findings->replicates[i];
        }
    }
    return NULL;
}

static mu_time first_notice(const mu_timeline *timeline) {
    for (uint32_t i = 0; i < timeline->moment_count; i++) {
        const uint32_t kind = timeline->moments[i].kind;
        if (kind != MU_RECORD_PLACED && kind != MU_RECORD_LEAKS) {
            return timeline->moments[i].time_us;
        }
    }
    return MU_NEVER;
}

static int by_time(const void *a, const void *b) {
    const mu_time x = *(const mu_time *)a, y = *(const mu_time *)b;
    return (x > y) - (x < y);
}

/* When half of those who leave the building in this run have left it. */
static mu_time half_out(const mu_findings *findings, const mu_replicate *replicate) {
    mu_time *left = malloc((findings->occupants + 1) * sizeof *left);
    uint32_t count = 0;
    for (uint32_t i = 0; left != NULL && i < findings->occupants; i++) {
        if (replicate->left_us[i] != MU_NEVER) {
            left[count++] = replicate->left_us[i];
        }
    }
    mu_time half = MU_NEVER;
    if (left == NULL) {
        complain("");
    }
    if (count > 0) {
        qsort(left, count, sizeof *left, by_time);
        half = left[(count - 1) / 2];
    }
    free(left);
    return half;
}

static void add_stop(stop *stops, uint32_t *count, mu_time time_us, const char *moment,
                     mu_time end_us) {
    if (time_us > end_us) {
        return;
    }
    uint32_t at = *count;
    for (uint32_t i = 0; i < *count; i++) {
        if (llabs(stops[i].time_us - time_us) < APART_US) {
            return;
        }
    }
    for (; at > 0 && stops[at - 1].time_us > time_us; at--) {
        stops[at] = stops[at - 1];
    }
    stops[at] = (stop){time_us, moment};
    (*count)++;
}

static uint32_t find_stops(const mu_findings *findings, const mu_timeline *t, stop *out) {
    const mu_replicate *replicate = replicate_of(findings, t->replication);
    uint32_t count = 0;
    add_stop(out, &count, first_notice(t), _("First notice"), t->end_us);
    if (replicate != NULL && replicate->ordered_us != MU_NEVER) {
        add_stop(out, &count, replicate->ordered_us + AFTER_ORDER_US,
                 _("A minute after the first alarm or order to leave"), t->end_us);
    }
    if (replicate != NULL) {
        add_stop(out, &count, half_out(findings, replicate),
                 _("Half of those who leave the building are out"), t->end_us);
    }
    add_stop(out, &count, t->end_us, _("The end of the run"), t->end_us);
    return count;
}

/* Who goes about things as usual or is off the plan draws nobody to a level. */
static bool is_busy(const mu_frame_person *person) {
    return person->doing != MU_DOING_USUAL && person->doing != MU_DOING_OUT &&
           person->doing != MU_DOING_ON_DUTY && person->doing != MU_DOING_ROUTINE;
}

static uint32_t outdoors(const mu_plan *plan) {
    return plan->site.assembly_points.count == 0
               ? 0
               : plan->site.spaces.items[plan->site.assembly_points.items[0].space.index]
                     .level.index;
}

/* The level of the hazard, else the one with most people who are busy; `but` where there is none.
 */
static uint32_t busiest(const mu_plan *plan, const mu_frame *frame, uint32_t but) {
    if (frame->hazard_count > 0 && frame->hazards[0].level != but) {
        return frame->hazards[0].level;
    }
    uint32_t best = but, most = 0;
    for (uint32_t l = 0; l < plan->site.levels.count; l++) {
        uint32_t count = 0;
        for (uint32_t p = 0; p < frame->people_count; p++) {
            count += frame->people[p].level == l && is_busy(&frame->people[p]);
        }
        if (l != but && count > most) {
            most = count;
            best = l;
        }
    }
    return best;
}

/* False where nothing can be drawn at all. */
static bool draw(mu_session *session, const char *language, const stop *at, uint32_t level,
                 mu_report_picture *out, uint32_t *count) {
    char why[1400] = "", id[32];
    const mu_show_def def = {.session = session,
                             .language = language,
                             .width = WIDTH,
                             .height = HEIGHT,
                             .level = level,
                             .plan_only = true};
    (void)snprintf(id, sizeof id, "moment%u", *count);
    char *svg = mu_show_svg(&def, mu_time_to_s(at->time_us), id, why, sizeof why);
    if (svg != NULL) {
        out[(*count)++] = (mu_report_picture){at->time_us, at->moment, level, svg};
    } else {
        complain(why);
    }
    return svg != NULL;
}

static uint32_t draw_all(mu_session *session, const mu_plan *plan, const char *language,
                         const stop *stops, uint32_t stop_count, mu_report_picture *out) {
    uint32_t count = 0;
    const uint32_t outside = outdoors(plan);
    for (uint32_t i = 0; i < stop_count; i++) {
        (void)mu_session_seek(session, stops[i].time_us, 0);
        const mu_frame *frame = mu_session_frame(session, language);
        if (frame == NULL) {
            complain("");
            break;
        }
        const uint32_t inside = busiest(plan, frame, outside);
        if (!draw(session, language, &stops[i], outside, out, &count) ||
            (inside != outside && !draw(session, language, &stops[i], inside, out, &count))) {
            break;
        }
    }
    return count;
}

/* From the first alarm or order until the last one has left, and a little on either side. */
char *mu_report_animation_of(const mu_findings *findings, const mu_timeline *timeline,
                             mu_session *session, const char *language) {
    const mu_replicate *replicate = replicate_of(findings, timeline->replication);
    mu_time last = 0;
    for (uint32_t i = 0; replicate != NULL && i < findings->occupants; i++) {
        last = replicate->left_us[i] != MU_NEVER && replicate->left_us[i] > last
                   ? replicate->left_us[i]
                   : last;
    }
    if (last == 0 || replicate->ordered_us == MU_NEVER || last < replicate->ordered_us) {
        return NULL;
    }
    char why[1400] = "";
    const mu_show_def def = {.session = session,
                             .language = language,
                             .width = WIDTH,
                             .height = HEIGHT,
                             .level = MU_NOWHERE,
                             .plan_only = true};
    const double from_s = fmax(mu_time_to_s(replicate->ordered_us) - 10, 0);
    char *moving =
        mu_show_animation(&def, from_s, mu_time_to_s(last) + 20, "moving", why, sizeof why);
    if (moving == NULL) {
        complain(why);
    }
    return moving;
}

uint32_t mu_report_frames_of(const mu_findings *findings, const mu_timeline *timeline,
                             mu_session *session, const char *language, mu_report_picture *out) {
    stop stops[STOPS_MOST];
    return draw_all(session, findings->plan, language, stops, find_stops(findings, timeline, stops),
                    out);
}

uint32_t mu_report_frames(const mu_findings *findings, const mu_timeline *timeline,
                          const mu_played *played, const char *language, mu_report_picture *out,
                          char **animation) {
    *animation = NULL;
    mu_session_def def = mu_default_session_def(findings->plan);
    def.seed = findings->seed;
    def.replication = timeline->replication;
    def.played = played;
    mu_session *session = NULL;
    if (mu_session_create(&def, &session) != MU_OK) {
        complain("");
        return 0;
    }
    const uint32_t count = mu_report_frames_of(findings, timeline, session, language, out);
    *animation = mu_report_animation_of(findings, timeline, session, language);
    mu_session_destroy(session);
    return count;
}

#else

char *mu_report_animation_of(const mu_findings *findings, const mu_timeline *timeline,
                             mu_session *session, const char *language) {
    (void)findings;
    (void)timeline;
    (void)session;
    (void)language;
    return NULL;
}

uint32_t mu_report_frames_of(const mu_findings *findings, const mu_timeline *timeline,
                             mu_session *session, const char *language, mu_report_picture *out) {
    (void)findings;
    (void)timeline;
    (void)session;
    (void)language;
    (void)out;
    return 0;
}

uint32_t mu_report_frames(const mu_findings *findings, const mu_timeline *timeline,
                          const mu_played *played, const char *language, mu_report_picture *out,
                          char **animation) {
    *animation = NULL;
    (void)findings;
    (void)timeline;
    (void)played;
    (void)language;
    (void)out;
    return 0;
}

#endif
