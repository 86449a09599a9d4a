/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Teams: every role of the site and every unit from outside, and those of them who are on a step of
 * a playbook together, which is what a label on the plan says. */
#include <math.h>
#include <string.h>

#include "drill/picture/inside.h"
#include "drill/report/words.h"

const char *mu_say_role_word(mu_session *session, const char *language, const char *word) {
    const mu_text *named = mu_roster_role_name(&session->plan->roster, word);
    if (named != NULL) {
        return mu_text_in(*named, language);
    }
    const char *known = mu_known_word(word);
    if (known != NULL) {
        return known;
    }
    char *copy = mu_arena_copy(session->frame_arena, word);
    for (char *c = copy; c != NULL && *c != 0; c++) {
        *c = *c == '_' ? ' ' : *c;
    }
    return copy != NULL ? copy : word;
}

static mu_status make_teams(mu_session *s, const char *language, mu_frame *frame) {
    const mu_people *people = &s->plan->people;
    const uint32_t count = people->roles.count + s->plan->roster.units.count;
    mu_frame_team *teams = mu_arena_array(s->frame_arena, (size_t)count + 1, sizeof *teams);
    if (teams == NULL) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t r = 0; r < people->roles.count; r++) {
        teams[r].name = mu_say_role_word(s, language, people->roles.items[r]);
    }
    for (uint32_t u = 0; u < s->plan->roster.units.count; u++) {
        const mu_unit *unit = &s->plan->roster.units.items[u];
        const char *name = mu_text_in(unit->name, language);
        teams[people->roles.count + u] =
            (mu_frame_team){.name = name[0] != 0 ? name : unit->id, .kind = MU_FRAME_UNIT};
    }
    for (uint32_t p = 0; p < frame->people_count; p++) {
        mu_frame_team *team = &teams[frame->people[p].team];
        team->kind = frame->people[p].kind;
        team->on_site++;
    }
    frame->teams = teams;
    frame->team_count = count;
    return MU_OK;
}

static bool is_at_work(const mu_frame_person *person) {
    return person->doing == MU_DOING_GOING || person->doing == MU_DOING_WORKING ||
           person->doing == MU_DOING_HOLDING;
}

/* The step that somebody of the response is on. */
static uint32_t step_of(const mu_session *s, uint32_t person) {
    return mu_hands(&s->shown)[person].step;
}

static bool is_of(const mu_session *s, const mu_frame_person *p, uint32_t step, uint32_t team,
                  uint32_t level) {
    return is_at_work(p) && p->team == team && p->level == level && step_of(s, p->person) == step;
}

/* Where the one of a crew stands who is nearest to its middle: a label has to point at somebody. */
static mu_point nearest(const mu_session *s, const mu_frame *frame, uint32_t first,
                        mu_point middle) {
    const mu_frame_person *one = &frame->people[first];
    const uint32_t step = step_of(s, one->person);
    double best = INFINITY;
    mu_point at = middle;
    for (uint32_t p = first; p < frame->people_count; p++) {
        const mu_frame_person *person = &frame->people[p];
        const double away = hypot(person->at.x - middle.x, person->at.y - middle.y);
        if (is_of(s, person, step, one->team, one->level) && away < best) {
            best = away;
            at = person->at;
        }
    }
    return at;
}

/* The crew that a person begins: everyone of the same team and step on the same level. */
static mu_frame_crew gather(const mu_session *s, const mu_frame *frame, uint32_t first,
                            const char *language) {
    const mu_frame_person *one = &frame->people[first];
    const uint32_t step = step_of(s, one->person);
    uint32_t doing[MU_DOING_COUNT] = {0};
    mu_frame_crew crew = {.name = frame->teams[one->team].name,
                          .team = one->team,
                          .level = one->level,
                          .does = mu_plan_name(s->plan, MU_HANDLE(MU_THING_STEP, step), language)};
    for (uint32_t p = first; p < frame->people_count; p++) {
        const mu_frame_person *person = &frame->people[p];
        if (is_of(s, person, step, one->team, one->level)) {
            crew.count++;
            crew.at.x += person->at.x;
            crew.at.y += person->at.y;
            doing[person->doing]++;
        }
    }
    crew.at = nearest(s, frame, first, (mu_point){crew.at.x / crew.count, crew.at.y / crew.count});
    crew.doing = MU_DOING_GOING;
    for (uint32_t d = MU_DOING_WORKING; d <= MU_DOING_HOLDING; d++) {
        crew.doing = doing[d] > doing[crew.doing] ? d : crew.doing;
    }
    return crew;
}

static bool is_begun(const mu_session *s, const mu_frame *frame, uint32_t person) {
    const mu_frame_person *one = &frame->people[person];
    for (uint32_t p = 0; p < person; p++) {
        if (is_of(s, &frame->people[p], step_of(s, one->person), one->team, one->level)) {
            return true;
        }
    }
    return false;
}

mu_status mu_crews_frame(mu_session *session, const char *language, mu_frame *frame) {
    const mu_status status = make_teams(session, language, frame);
    if (status != MU_OK) {
        return status;
    }
    uint32_t working = 0;
    for (uint32_t p = 0; p < frame->people_count; p++) {
        working += is_at_work(&frame->people[p]);
    }
    mu_frame_crew *crews = mu_arena_array(session->frame_arena, (size_t)working + 1, sizeof *crews);
    if (crews == NULL) {
        return MU_ERR_MEMORY;
    }
    uint32_t count = 0;
    for (uint32_t p = 0; p < frame->people_count; p++) {
        if (is_at_work(&frame->people[p]) && !is_begun(session, frame, p)) {
            crews[count++] = gather(session, frame, p, language);
        }
    }
    frame->crews = crews;
    frame->crew_count = count;
    return MU_OK;
}
