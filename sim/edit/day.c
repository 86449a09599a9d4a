/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People over the hours of a day. The shares are those that a run takes (crowd/presence.h), read
 * from the roster as it stands, whatever is still wrong with it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "core/json_out.h"
#include "crowd/presence.h"
#include "edit/check.h"
#include "edit/form.h"
#include "edit/hours.h"

const char *const *mu_project_curves(void) {
    return mu_day_kind_words;
}

static uint32_t roster_of(const mu_project *project) {
    return mu_project_find_paper(project, MU_PAPER_ROSTER);
}

/* As much of a group as its shares need; `shares` is where `by_hour` is put. */
static mu_group group_of(const cJSON *json, double shares[MU_HOURS]) {
    mu_group group = {.count = 0};
    const cJSON *count = cJSON_GetObjectItemCaseSensitive(json, "count");
    const cJSON *curve = cJSON_GetObjectItemCaseSensitive(json, "day");
    const cJSON *own = cJSON_GetObjectItemCaseSensitive(json, "by_hour");
    group.count = cJSON_IsNumber(count) ? (int64_t)fmax(count->valuedouble, 0) : 0;
    for (int k = 0; cJSON_IsString(curve) && mu_day_kind_words[k] != NULL; k++) {
        group.day = strcmp(curve->valuestring, mu_day_kind_words[k]) == 0 ? k : group.day;
    }
    if (cJSON_GetArraySize(own) == MU_HOURS) {
        uint32_t h = 0;
        for (const cJSON *share = own->child; share != NULL; share = share->next) {
            shares[h++] = cJSON_IsNumber(share) ? share->valuedouble : 0;
        }
        group.by_hour.items = shares;
        group.by_hour.count = MU_HOURS;
    }
    return group;
}

static uint32_t persons_at(const mu_group *group, uint32_t weekday, uint32_t hour) {
    return (uint32_t)floor((double)group->count * mu_presence_share(group, weekday, hour) + 0.5);
}

/* --- by use --- */

/* Adds a group's people to the uses of their spaces, by area. */
static void spread(mu_project *project, const cJSON *spaces, const mu_day_group *group,
                   double by_use[MU_USE_COUNT][MU_HOURS]) {
    double area = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (const cJSON *item = spaces != NULL ? spaces->child : NULL; item != NULL;
             item = item->next) {
            const uint32_t s = mu_project_room_named(project, item->valuestring);
            if (s == MU_NOWHERE) {
                continue;
            }
            const double own = mu_project_area(project, s);
            area += pass == 0 ? own : 0;
            for (uint32_t h = 0; pass == 1 && h < MU_HOURS; h++) {
                by_use[project->site.spaces.items[s].use][h] +=
                    group->persons[h] * own / fmax(area, 1e-9);
            }
        }
    }
}

static const mu_day_use *sum_uses(mu_project *project, mu_arena *arena,
                                  double by_use[MU_USE_COUNT][MU_HOURS], uint32_t *count) {
    mu_day_use *uses = mu_arena_array(arena, MU_USE_COUNT, sizeof *uses);
    *count = 0;
    for (int use = 0; uses != NULL && use < MU_USE_COUNT; use++) {
        mu_day_use *out = &uses[*count];
        double persons = 0;
        *out =
            (mu_day_use){.use = mu_use_words[use], .metres_each = mu_use_metres_each((mu_use)use)};
        for (uint32_t s = 0; s < project->site.spaces.count; s++) {
            if (project->site.spaces.items[s].use == (mu_use)use) {
                const double area = mu_project_area(project, s);
                out->rooms++;
                out->area_m2 += area;
                out->load += out->metres_each > 0 ? (uint32_t)floor(area / out->metres_each) : 0;
            }
        }
        for (uint32_t h = 0; h < MU_HOURS; h++) {
            out->persons[h] = (uint32_t)floor(by_use[use][h] + 0.5);
            persons += by_use[use][h];
        }
        *count += persons > 0 || out->load > 0;
    }
    return uses;
}

/* --- the day --- */

static void read_group(mu_project *project, mu_arena *arena, const cJSON *json, uint32_t number,
                       const char *language, uint32_t weekday, mu_day_group *out) {
    double shares[MU_HOURS];
    const mu_group group = group_of(json, shares);
    const cJSON *role = cJSON_GetObjectItemCaseSensitive(json, "role");
    out->pointer = mu_arena_print(arena, "/groups/#%u", number);
    out->title = mu_form_title(project, arena, roster_of(project), out->pointer, language);
    out->role = mu_arena_copy(arena, cJSON_IsString(role) ? role->valuestring : "");
    out->count = (uint32_t)group.count;
    out->curve = group.by_hour.count > 0 ? "" : mu_day_kind_words[group.day];
    for (uint32_t h = 0; h < MU_HOURS; h++) {
        out->persons[h] = persons_at(&group, weekday, h);
    }
}

static void find_begin(mu_project *project, mu_day *out) {
    const uint32_t incident = mu_project_find_paper(project, MU_PAPER_INCIDENT);
    char *date = incident != MU_NOWHERE ? mu_project_string(project, incident, "/starts_at") : NULL;
    out->begins_h = -1;
    if (date != NULL && strlen(date) >= 10) {
        out->begins_h = mu_presence_hour(date, -1);
        out->begins_on = mu_presence_weekday(date);
    }
    free(date);
}

static bool read_day(mu_project *project, mu_arena *arena, const char *language, mu_day *out) {
    char *text = mu_project_value(project, roster_of(project), "/groups");
    cJSON *list = text != NULL ? cJSON_Parse(text) : NULL;
    free(text);
    const uint32_t count = (uint32_t)cJSON_GetArraySize(list);
    double by_use[MU_USE_COUNT][MU_HOURS] = {{0}};
    mu_day_group *groups = mu_arena_array(arena, (size_t)count + 1, sizeof *groups);
    (void)mu_project_scene(project);
    uint32_t k = 0;
    for (const cJSON *json = list != NULL ? list->child : NULL; groups != NULL && json != NULL;
         json = json->next, k++) {
        read_group(project, arena, json, k, language, out->weekday, &groups[k]);
        spread(project, cJSON_GetObjectItemCaseSensitive(json, "in"), &groups[k], by_use);
        for (uint32_t h = 0; h < MU_HOURS; h++) {
            out->total[h] += groups[k].persons[h];
            out->most = out->total[h] > out->most ? out->total[h] : out->most;
        }
    }
    cJSON_Delete(list);
    out->groups = groups;
    out->group_count = count;
    out->uses = sum_uses(project, arena, by_use, &out->use_count);
    find_begin(project, out);
    return groups != NULL && out->uses != NULL;
}

const mu_day *mu_project_day(mu_project *project, uint32_t weekday, const char *language) {
    mu_hours_kept *kept = mu_hours_of(project);
    if (kept == NULL || roster_of(project) == MU_NOWHERE) {
        return NULL;
    }
    if (kept->day_version == project->version + 1 && kept->day.weekday == weekday &&
        strncmp(kept->day_language, language, 2) == 0) {
        return &kept->day;
    }
    mu_arena_destroy(kept->day_arena);
    kept->day_arena = mu_arena_create();
    kept->day = (mu_day){.weekday = weekday};
    kept->day_version = project->version + 1;
    (void)snprintf(kept->day_language, sizeof kept->day_language, "%.3s", language);
    return kept->day_arena != NULL && read_day(project, kept->day_arena, language, &kept->day)
               ? &kept->day
               : NULL;
}

/* --- changes --- */

mu_status mu_project_set_curve(mu_project *project, const char *group, const char *curve) {
    char place[400], json[80];
    mu_project_begin(project);
    (void)snprintf(place, sizeof place, "%s/by_hour", group);
    mu_status status = MU_OK;
    char *own = mu_project_value(project, roster_of(project), place);
    if (own != NULL) {
        status = mu_project_remove(project, roster_of(project), place);
    }
    free(own);
    (void)snprintf(place, sizeof place, "%s/day", group);
    (void)snprintf(json, sizeof json, "\"%s\"", curve);
    status = mu_status_first(status, mu_project_set(project, roster_of(project), place, json));
    mu_project_end(project);
    return status;
}

static mu_status write_shares(mu_project *project, const char *group,
                              const double shares[MU_HOURS]) {
    char place[400], json[MU_HOURS * 34 + 4] = "[", number[32];
    for (uint32_t h = 0; h < MU_HOURS; h++) {
        mu_json_print_real(round(shares[h] * 1e6) / 1e6, number);
        (void)snprintf(json + strlen(json), sizeof json - strlen(json), "%s%s", h > 0 ? ", " : "",
                       number);
    }
    (void)snprintf(json + strlen(json), sizeof json - strlen(json), "]");
    (void)snprintf(place, sizeof place, "%s/by_hour", group);
    return mu_project_set(project, roster_of(project), place, json);
}

mu_status mu_project_set_persons(mu_project *project, const char *group, uint32_t hour,
                                 uint32_t persons) {
    char *text = mu_project_value(project, roster_of(project), group);
    cJSON *json = text != NULL ? cJSON_Parse(text) : NULL;
    free(text);
    if (json == NULL || hour >= MU_HOURS || persons > 100000) {
        cJSON_Delete(json);
        return MU_ERR_INPUT;
    }
    double given[MU_HOURS], shares[MU_HOURS];
    const mu_group old = group_of(json, given);
    cJSON_Delete(json);
    const double count = fmax((double)old.count, persons);
    for (uint32_t h = 0; h < MU_HOURS; h++) {
        const double there =
            h == hour ? persons : (double)old.count * mu_presence_share(&old, 0, h);
        shares[h] = count > 0 ? there / count : 0;
    }
    char place[400], number[20];
    mu_project_begin(project);
    mu_status status = MU_OK;
    if (count > (double)old.count) {
        (void)snprintf(place, sizeof place, "%s/count", group);
        (void)snprintf(number, sizeof number, "%.0f", count);
        status = mu_project_set(project, roster_of(project), place, number);
    }
    status = mu_status_first(status, write_shares(project, group, shares));
    mu_project_end(project);
    return status;
}
