/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster why`: what one person did in one run, and why, with the ways out that they might have
 * taken instead. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "core/i18n.h"
#include "core/json_out.h"
#include "core/near.h"
#include "diagnose.h"
#include "drill/why.h"
#include "language.h"
#include "options.h"
#include "playing.h"
#include "table.h"

enum { OPTION_POLICY, OPTION_MOTION, OPTION_MOTION_MODE, OPTION_SEED, OPTION_REP, OPTION_JSON };

static const mu_option options[] = {
    {'p', "policy", N_("FILE"), N_("judge by this policy instead of the incident's")},
    {0, "motion", N_("MODEL"), N_("move people by walk or by flow (the incident's)")},
    {0, "motion-mode", N_("MODE"), N_("flow through doors: free or regulatory (the incident's)")},
    {0, "seed", N_("N"), N_("seed of all luck (the incident's)")},
    {0, "rep", N_("K"), N_("which run of that seed, counted from 0 (0)")},
    {0, "json", NULL, N_("print the answer as JSON")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "why",
    .synopsis = N_("INCIDENT PERSON [OPTION]…"),
    .summary = N_("Plays one run of an incident and tells what one person learned and did, which "
                  "door to the open they made for and why, and the cheapest ways that they knew "
                  "at that moment: metres, and how many made straight for each door."),
    .details = N_("PERSON is an id as log.jsonl has it: of the third of a group, 'staff/003'.\n"
                  "Exit status: 0 done; 2 wrong usage, or input that cannot be used."),
    .options = options,
};

typedef struct request {
    const char *incident, *person, *policy;
    mu_playing play;
    bool json;
    uint64_t rep;
} request;

static bool read_request(const mu_given_options *given, request *out) {
    *out =
        (request){.policy = given->value[OPTION_POLICY], .json = given->value[OPTION_JSON] != NULL};
    if (given->operand_count != 2) {
        (void)mu_refuse_usage(
            usage.command,
            _("give an incident file and the id of a person, such as staff.marketing/001"));
        return false;
    }
    out->incident = given->operands[0];
    out->person = given->operands[1];
    return mu_playing_motion(&usage, given->value[OPTION_MOTION], given->value[OPTION_MOTION_MODE],
                             &out->play) &&
           mu_playing_runs(&usage, given->value[OPTION_SEED], NULL, NULL, &out->play) &&
           mu_option_number(usage.command, "rep", given->value[OPTION_REP], 0, UINT32_MAX - 1,
                            &out->rep);
}

/* Somebody of the group that was named without a number; else of any group; NULL if nobody. */
static const mu_person *example_for(const mu_plan *plan, const char *id) {
    const mu_person *found = NULL;
    for (uint32_t p = 0; p < plan->people.list.count; p++) {
        const mu_person *person = &plan->people.list.items[p];
        if (strncmp(person->id, id, strlen(id)) == 0) {
            return person;
        }
        if (found == NULL && person->kind == MU_PERSON_OCCUPANT) {
            found = person;
        }
    }
    return found;
}

/* The person called so; MU_NONE after a complaint that names who may have been meant. */
static uint32_t find_person(const mu_plan *plan, const char *id) {
    mu_near near = mu_near_start(id);
    for (uint32_t p = 0; p < plan->people.list.count; p++) {
        if (strcmp(plan->people.list.items[p].id, id) == 0) {
            return p;
        }
        mu_near_offer(&near, plan->people.list.items[p].id);
    }
    char advice[512] = "";
    const mu_person *example = example_for(plan, id);
    if (!mu_near_advise(&near, advice, sizeof advice) && example != NULL) {
        (void)snprintf(advice, sizeof advice,
                       _("a group of the roster and a number make an id, as in '%s'"), example->id);
    }
    (void)mu_refuse(usage.command, _("nobody in this plan is called '%s'%s%s"), id,
                    advice[0] != 0 ? _("; ") : "", advice);
    return MU_NONE;
}

static const char *name_of(const mu_plan *plan, mu_handle thing) {
    return thing != 0 ? mu_plan_name(plan, thing, mu_language()) : "";
}

static const char *state_text(uint32_t state) {
    return _(mu_occupant_state_name((mu_occupant_state)state));
}

static void say(const mu_plan *plan, const mu_why_moment *m, char *out, size_t room) {
    const char *object = name_of(plan, m->object);
    const char *door = m->door != MU_NONE ? name_of(plan, MU_HANDLE(MU_THING_PORTAL, m->door)) : "";
    const char *because =
        m->because != MU_EXIT_UNDECIDED ? _(mu_why_because((mu_exit_why)m->because)) : "";
    switch ((mu_why_what)m->what) {
    case MU_WHY_ALERTED:
        (void)snprintf(out, room, m->object != 0 ? _("learned of it: %s") : "%s",
                       m->object != 0 ? object : _("learned of it from others nearby"));
        return;
    case MU_WHY_READY:
        (void)snprintf(out, room, "%s", _("is ready to leave"));
        return;
    case MU_WHY_SETS_OUT:
    case MU_WHY_CHOSE:
        if (door[0] == 0) {
            (void)snprintf(out, room, "%s", _("sets out"));
        } else {
            (void)snprintf(out, room,
                           m->what == MU_WHY_CHOSE ? _("turns to %s: %s")
                                                   : _("sets out for %s: %s"),
                           door, because);
        }
        return;
    case MU_WHY_CLOSED:
        (void)snprintf(out, room, _("learned that it is closed: %s"), object);
        return;
    case MU_WHY_QUEUE:
        (void)snprintf(out, room, _("leaves the queue at %s for %s: it promises to be quicker"),
                       object, door);
        return;
    case MU_WHY_WAITS:
        (void)snprintf(out, room, "%s", _("stands until the rest of the party has caught up"));
        return;
    case MU_WHY_STUCK:
        (void)snprintf(out, room, "%s", _("cannot go on: knows no way that is open to them"));
        return;
    case MU_WHY_LEFT:
        (void)snprintf(out, room, _("leaves by %s"), object);
        return;
    case MU_WHY_STATE:
        (void)snprintf(out, room, _("from now on: %s"), state_text(m->state));
        return;
    case MU_WHY_COUNT:
        break;
    }
    out[0] = 0;
}

static void print_option(const mu_plan *plan, const mu_why_moment *m, const mu_exit_option *one) {
    char line[512];
    (void)snprintf(line, sizeof line,
                   P_("             %s %s: %.0f m; %u person makes straight for it",
                      "             %s %s: %.0f m; %u people make straight for it", one->waiting),
                   one->portal == m->door ? "*" : " ",
                   name_of(plan, MU_HANDLE(MU_THING_PORTAL, one->portal)), one->cost, one->waiting);
    mu_text_print_line(line, stdout);
}

static void print_answer(const mu_plan *plan, uint32_t person, const mu_why *why) {
    const mu_person *who = &plan->people.list.items[person];
    char line[1024], text[800];
    const mu_text group =
        who->kind == MU_PERSON_OCCUPANT ? plan->roster.groups.items[who->from].name : who->name;
    (void)snprintf(line, sizeof line, "%s  %s", who->id, mu_text_in(group, mu_language()));
    mu_text_print_line(line, stdout);
    for (uint32_t i = 0; i < why->moments.count; i++) {
        const mu_why_moment *m = &why->moments.items[i];
        const int64_t s = m->time_us / MU_SECOND;
        say(plan, m, text, sizeof text);
        (void)snprintf(line, sizeof line, "%4" PRId64 ":%02" PRId64 "  %s%s%s%s", s / 60, s % 60,
                       text, m->place != 0 ? " (" : "", name_of(plan, m->place),
                       m->place != 0 ? ")" : "");
        mu_text_print_line(line, stdout);
        for (uint32_t k = 0; k < m->option_count; k++) {
            print_option(plan, m, &m->options[k]);
        }
    }
    (void)puts(why->moments.count == 0
                   ? _("  learned of nothing and did nothing in this run")
                   : _("  * the door that they make for; metres are of the whole way to where they "
                       "go, one along stairs counts as 1.9"));
}

static const char *id_of(const mu_plan *plan, mu_handle thing) {
    const uint32_t index = mu_handle_index(thing);
    switch (mu_handle_thing(thing)) {
    case MU_THING_PORTAL:
        return plan->site.portals.items[index].id;
    case MU_THING_SPACE:
        return plan->site.spaces.items[index].id;
    case MU_THING_CHANNEL:
        return plan->site.channels.items[index].id;
    default:
        return thing != 0 ? mu_plan_name(plan, thing, "en") : NULL;
    }
}

static void put_moment(mu_json_out *json, const mu_plan *plan, const mu_why_moment *m) {
    mu_json_open(json, NULL, '{');
    mu_json_put_real(json, "t_s", mu_time_to_s(m->time_us));
    mu_json_put_string(json, "what", mu_why_name((mu_why_what)m->what));
    mu_json_put_string(json, "object", id_of(plan, m->object));
    mu_json_put_string(json, "place", id_of(plan, m->place));
    if (m->what == MU_WHY_STATE) {
        mu_json_put_string(json, "state", mu_occupant_state_name((mu_occupant_state)m->state));
    }
    if (m->door != MU_NONE) {
        mu_json_put_string(json, "door", plan->site.portals.items[m->door].id);
        mu_json_put_string(json, "because", mu_exit_why_name((mu_exit_why)m->because));
    }
    mu_json_open(json, "options", '[');
    for (uint32_t k = 0; k < m->option_count; k++) {
        mu_json_open(json, NULL, '{');
        mu_json_put_string(json, "door", plan->site.portals.items[m->options[k].portal].id);
        mu_json_put_real(json, "way_m", m->options[k].cost);
        mu_json_put_count(json, "heading", m->options[k].waiting);
        mu_json_close(json, '}');
    }
    mu_json_close(json, ']');
    mu_json_close(json, '}');
}

static void print_json(const mu_plan *plan, uint32_t person, const mu_why *why) {
    mu_json_out json = {.stream = stdout};
    mu_json_open(&json, NULL, '{');
    mu_json_put_string(&json, "person", plan->people.list.items[person].id);
    mu_json_open(&json, "moments", '[');
    for (uint32_t i = 0; i < why->moments.count; i++) {
        put_moment(&json, plan, &why->moments.items[i]);
    }
    mu_json_close(&json, ']');
    mu_json_close(&json, '}');
    (void)putchar('\n');
}

static int answer(mu_plan *plan, const request *asked) {
    const uint32_t person = find_person(plan, asked->person);
    mu_why why;
    if (person == MU_NONE) {
        return MU_EXIT_USAGE;
    }
    mu_playing_apply(&asked->play, plan);
    const uint64_t seed = asked->play.has_seed ? asked->play.seed : (uint64_t)plan->incident.seed;
    if (mu_why_ask(plan, seed, (uint32_t)asked->rep, person, &why) != MU_OK) {
        mu_why_clear(&why);
        return mu_refuse(usage.command, _("there is not enough memory"));
    }
    if (asked->json) {
        print_json(plan, person, &why);
    } else {
        print_answer(plan, person, &why);
    }
    mu_why_clear(&why);
    return MU_EXIT_DONE;
}

int mu_why_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    request asked;
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    if (!read_request(&given, &asked)) {
        return MU_EXIT_USAGE;
    }
    mu_diags *diags = mu_diags_create();
    if (diags == NULL) {
        return mu_refuse(usage.command, _("there is not enough memory"));
    }
    mu_plan *plan = mu_plan_load(asked.incident, asked.policy, diags);
    mu_diags_print(diags, 0, MU_WARNING, stderr);
    status =
        plan != NULL ? answer(plan, &asked) : mu_refuse_status(usage.command, MU_ERR_MEMORY, diags);
    mu_plan_destroy(plan);
    mu_diags_destroy(diags);
    return status;
}
