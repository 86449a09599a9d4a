/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The incident is read twice: once for the files that it names, then with the changes. */
#include "from_year.h"

#include <stdlib.h>
#include <string.h>

#include "audit/audit.h"
#include "core/i18n.h"
#include "language.h"
#include "study/year_start.h"
#include "table.h"

/* Files of a plan in the order in which they are read. */
enum { FILE_SITE = 1, FILE_ROSTER = 2, FILE_POLICY = 3 };

double mu_from_year_hour(const mu_plan *plan) {
    mu_time clock_us = 10 * MU_HOUR;
    if (plan->incident.starts_at != NULL && strchr(plan->incident.starts_at, 'T') != NULL) {
        (void)mu_date_read(plan->incident.starts_at, &clock_us);
    }
    return mu_time_to_s(clock_us) / 3600;
}

static uint32_t day_of(const mu_year_plan *year, const char *day) {
    if (day == NULL) {
        return MU_NONE;
    }
    const int64_t days = mu_date_read(day, NULL) - year->calendar.first_day;
    return days < 0 || days >= year->calendar.days ? MU_NONE - 1 : (uint32_t)days;
}

static void tell(const mu_year_start *start) {
    char head[160];
    (void)snprintf(
        head, sizeof head,
        P_("Starts from %s; %u thing is otherwise than in the files:",
           "Starts from %s; %u things are otherwise than in the files:", start->said.count),
        start->date, start->said.count);
    mu_text_print_line(head, stderr);
    for (uint32_t i = 0; i < start->said.count; i++) {
        (void)fputs("  ", stderr);
        mu_text_print_line(start->said.items[i], stderr);
    }
}

/* The text of the roster, as it is read. */
typedef struct roster_seen {
    uint32_t files;
    char *text;
    size_t length;
} roster_seen;

static void see_file(void *context, const char *file, const char *text, size_t length) {
    roster_seen *seen = context;
    (void)file;
    if (seen->files++ == FILE_ROSTER) {
        seen->text = malloc(length + 1);
        seen->length = length;
        if (seen->text != NULL) {
            memcpy(seen->text, text, length);
            seen->text[length] = 0;
        }
    }
}

/* Names of the playbooks' files: the last that were read. */
static const char *const *playbook_files(const mu_plan *plain) {
    const uint32_t count = plain->files.count - plain->playbooks.count;
    const char **names =
        mu_arena_array(plain->arena, (size_t)plain->playbooks.count + 1, sizeof *names);
    for (uint32_t b = 0; names != NULL && b < plain->playbooks.count; b++) {
        names[b] = plain->files.items[count + b].name;
    }
    return names;
}

static mu_status sample(const mu_from_year *asked, const mu_year_plan *year, const mu_plan *plain,
                        const roster_seen *roster, mu_year_start *start) {
    const mu_year_moment moment = {.seed = asked->seed,
                                   .day = day_of(year, asked->day),
                                   .hour = mu_from_year_hour(plain),
                                   .language = mu_language(),
                                   .roster_text = roster->text,
                                   .roster_length = roster->length,
                                   .playbooks = plain->playbooks.items,
                                   .playbook_files = playbook_files(plain),
                                   .playbook_count = plain->playbooks.count};
    return moment.playbook_files == NULL ? MU_ERR_MEMORY : mu_year_sample(year, &moment, start);
}

/* The lines outlive the year: they move into the incident's plan. */
static void keep(const mu_from_year *asked, const mu_year_plan *year, const mu_year_start *start,
                 mu_plan *plan, mu_started *out) {
    const char *options = mu_audit_say(year, "--from-year %s --year-day %.10s --year-seed %llu",
                                       asked->year, start->date, (unsigned long long)asked->seed);
    *out = (mu_started){
        .options = mu_arena_copy(plan->arena, options),
        .said = mu_arena_array(plan->arena, (size_t)start->said.count + 1, sizeof *out->said)};
    for (uint32_t i = 0; out->said != NULL && i < start->said.count; i++) {
        out->said[out->said_count] = mu_arena_copy(plan->arena, start->said.items[i]);
        out->said_count += out->said[out->said_count] != NULL;
    }
}

static mu_plan *load_again(const mu_from_year *asked, const mu_year_plan *year,
                           const mu_plan *plain, const roster_seen *roster, mu_started *started,
                           mu_diags *diags) {
    mu_year_start start;
    const mu_status status = sample(asked, year, plain, roster, &start);
    if (status != MU_OK) {
        mu_diags_add(diags, MU_ERROR, "year.no-day", NULL, NULL,
                     status == MU_ERR_INPUT ? _("the year has no day %s")
                                            : _("the year could not be played up to the day %s"),
                     asked->day == NULL ? "" : asked->day);
        return NULL;
    }
    const mu_plan_given given = {.incident = asked->incident,
                                 .policy = asked->policy,
                                 .edits = start.edits.items,
                                 .edit_count = start.edits.count};
    mu_plan *plan = mu_plan_load_given(&given, diags);
    if (plan != NULL) {
        plan->incident.starts_at = mu_arena_copy(plan->arena, start.date);
        keep(asked, year, &start, plan, started);
        tell(&start);
    }
    return plan;
}

mu_year_plan *mu_from_year_plan(const mu_plan *incident, const char *year, mu_diags *diags) {
    const mu_year_given given = {.site = incident->files.items[FILE_SITE].name,
                                 .roster = incident->files.items[FILE_ROSTER].name,
                                 .policy = incident->files.items[FILE_POLICY].name,
                                 .year = year};
    return mu_year_plan_load(&given, diags);
}

mu_plan *mu_from_year_load(const mu_from_year *asked, mu_started *started, mu_diags *diags) {
    roster_seen roster = {0};
    const mu_plan_given first = {.incident = asked->incident,
                                 .policy = asked->policy,
                                 .watcher = see_file,
                                 .watching = &roster};
    mu_plan *plain = mu_plan_load_given(&first, diags);
    if (plain == NULL || plain->files.count <= FILE_POLICY) {
        free(roster.text);
        mu_plan_destroy(plain);
        return NULL;
    }
    mu_year_plan *year = mu_from_year_plan(plain, asked->year, diags);
    mu_plan *plan = year == NULL ? NULL : load_again(asked, year, plain, &roster, started, diags);
    free(roster.text);
    mu_year_plan_destroy(year);
    mu_plan_destroy(plain);
    return plan;
}
