/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clocks of clauses with a deadline: started, running, met or missed, as the log tells it so
 * far. Each record is read once; the verdict on a whole run is mu_judge's (policy/judge.h), this is
 * what one sees of it while it goes. Of a clause that is judged on every occurrence the present one
 * is shown, and a missed one is not forgotten for a later one that was met. */
#include "core/i18n.h"
#include "drill/picture/inside.h"
#include "drill/timeline.h"

#include <string.h>

static double seconds_in(const char *unit) {
    return strcmp(unit, "s") == 0     ? 1
           : strcmp(unit, "min") == 0 ? 60
           : strcmp(unit, "h") == 0   ? 3600
                                      : 0;
}

/* The limit of a deadline that can be watched in an incident; MU_NEVER if it cannot. */
static mu_time limit_of(const mu_judged_clause *judged) {
    const mu_clause *clause = judged->clause;
    if (clause->kind != MU_CLAUSE_DEADLINE || clause->off || clause->demands.count == 0 ||
        !judged->has_start || !judged->has_end || !judged->can_end || judged->same_as != MU_NONE) {
        return MU_NEVER;
    }
    const double seconds = seconds_in(clause->demands.items[0].unit);
    return seconds > 0 ? mu_time_from_s(clause->demands.items[0].value * seconds) : MU_NEVER;
}

mu_status mu_clocks_create(mu_session *session) {
    const uint32_t count = session->plan->policy.clauses.count;
    session->clocks.items =
        mu_arena_array(session->arena, (size_t)count + 1, sizeof *session->clocks.items);
    if (session->clocks.items == NULL) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t c = 0; c < count; c++) {
        const mu_judged_clause *judged = &session->plan->clauses[c];
        const mu_time limit_us = limit_of(judged);
        if (limit_us != MU_NEVER) {
            session->clocks.items[session->clocks.count++] =
                (mu_clause_clock){.clause = c,
                                  .once = judged->clause->statistic == MU_STATISTIC_FIRST,
                                  .limit_us = limit_us};
        }
    }
    mu_clocks_reset(session);
    return MU_OK;
}

void mu_clocks_reset(mu_session *session) {
    for (uint32_t i = 0; i < session->clocks.count; i++) {
        mu_clause_clock *clock = &session->clocks.items[i];
        clock->start = clock->end = MU_NO_RECORD;
        clock->early = false;
    }
    session->clocks_read = 0;
    session->alert_record = session->detected_record = MU_NO_RECORD;
    for (int k = 0; k < MU_BLASTS; k++) {
        session->exploded[k] = MU_NO_RECORD;
    }
}

static mu_time time_of(const mu_session *s, uint32_t record) {
    return mu_log_get(s->shown_log, record)->time_us;
}

static bool was_missed(const mu_session *s, const mu_clause_clock *clock) {
    return clock->end != MU_NO_RECORD &&
           time_of(s, clock->end) - time_of(s, clock->start) > clock->limit_us;
}

static void hear(mu_session *s, mu_clause_clock *clock, uint32_t id, const mu_record *record) {
    const mu_judged_clause *judged = &s->plan->clauses[clock->clause];
    if (mu_term_matches(&judged->start, record)) {
        const bool idle = clock->start == MU_NO_RECORD ||
                          (!clock->once && clock->end != MU_NO_RECORD && !was_missed(s, clock));
        if (idle) {
            clock->start = id;
            clock->end = clock->early ? id : MU_NO_RECORD;
        }
    }
    if (mu_term_matches(&judged->end, record)) {
        if (clock->start != MU_NO_RECORD && clock->end == MU_NO_RECORD) {
            clock->end = id;
        }
        clock->early =
            clock->early || record->kind == MU_RECORD_ARRIVED || record->kind == MU_RECORD_ON_SITE;
    }
}

static void hear_blast(mu_session *s, uint32_t id, const mu_record *record) {
    for (int k = 0; k < MU_BLASTS; k++) {
        const mu_blast_plan *plan = &s->plan->threat.blasts[k];
        if (plan->given != NULL && record->object == MU_HANDLE(MU_THING_WORD, plan->word)) {
            s->exploded[k] = id;
        }
    }
}

void mu_clocks_read(mu_session *session) {
    mu_session *s = session;
    for (; s->clocks_read < mu_log_count(s->shown_log); s->clocks_read++) {
        const mu_record *record = mu_log_get(s->shown_log, s->clocks_read);
        if (!mu_record_is_milestone((mu_record_kind)record->kind)) {
            continue; /* clauses speak of milestones only */
        }
        for (uint32_t i = 0; i < s->clocks.count; i++) {
            hear(s, &s->clocks.items[i], s->clocks_read, record);
        }
        if (record->kind == MU_RECORD_DECLARED || record->kind == MU_RECORD_ALL_CLEAR) {
            const bool stays =
                s->alert_record != MU_NO_RECORD &&
                mu_alert_stays(s->plan, mu_log_get(s->shown_log, s->alert_record), record);
            s->alert_record = stays ? s->alert_record : s->clocks_read;
        } else if (record->kind == MU_RECORD_DETECTED && record->subject == 0 &&
                   s->detected_record == MU_NO_RECORD) {
            s->detected_record = s->clocks_read;
        } else if (record->kind == MU_RECORD_EXPLODED) {
            hear_blast(s, s->clocks_read, record);
        }
    }
}

static mu_frame_clock clock_now(const mu_session *s, const mu_clause_clock *clock,
                                const char *language) {
    const mu_clause *clause = s->plan->clauses[clock->clause].clause;
    mu_frame_clock out = {.id = clause->id,
                          .title = mu_text_in(clause->title, language),
                          .clause = clock->clause,
                          .started_us = time_of(s, clock->start),
                          .limit_us = clock->limit_us};
    const bool ended = clock->end != MU_NO_RECORD;
    out.took_us = (ended ? time_of(s, clock->end) : s->at_us) - out.started_us;
    const bool late = out.took_us > out.limit_us;
    const bool over = mu_world_clock(&s->shown.world)->over != 0;
    out.state = ended  ? (late ? MU_CLOCK_MISSED : MU_CLOCK_MET)
                : late ? (over ? MU_CLOCK_MISSED : MU_CLOCK_LATE)
                       : MU_CLOCK_RUNNING;
    return out;
}

static const char *alert_name(mu_session *s, const char *language) {
    if (s->alert_record == MU_NO_RECORD) {
        return "";
    }
    const mu_record *record = mu_log_get(s->shown_log, s->alert_record);
    if (record->kind == MU_RECORD_ALL_CLEAR) {
        return _("all clear");
    }
    return mu_say_role_word(s, language, mu_plan_name(s->plan, record->object, language));
}

mu_status mu_clocks_frame(mu_session *session, const char *language, mu_frame *frame) {
    mu_session *s = session;
    mu_clocks_read(s);
    mu_frame_clock *out = mu_arena_array(s->frame_arena, (size_t)s->clocks.count + 1, sizeof *out);
    if (out == NULL) {
        return MU_ERR_MEMORY;
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < s->clocks.count; i++) {
        if (s->clocks.items[i].start == MU_NO_RECORD) {
            continue;
        }
        const mu_frame_clock clock = clock_now(s, &s->clocks.items[i], language);
        uint32_t at = count++;
        for (; at > 0 && out[at - 1].started_us > clock.started_us; at--) {
            out[at] = out[at - 1];
        }
        out[at] = clock;
    }
    frame->clocks = out;
    frame->clock_count = count;
    frame->alert_name = alert_name(s, language);
    frame->alert = s->alert_record == MU_NO_RECORD
                       ? MU_ALERT_NONE
                       : mu_alert_of(s->plan, mu_log_get(s->shown_log, s->alert_record));
    return MU_OK;
}

bool mu_clocks_find(const mu_session *session, uint32_t clause, mu_clause_clock *out) {
    for (uint32_t i = 0; i < session->clocks.count; i++) {
        if (session->clocks.items[i].clause == clause &&
            session->clocks.items[i].start != MU_NO_RECORD) {
            *out = session->clocks.items[i];
            return true;
        }
    }
    return false;
}
