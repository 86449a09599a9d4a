/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text is what a planner would write on a sheet of paper: days, then hours. */
#include "edit/shifts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <cjson/cJSON.h>

#include "core/i18n.h"
#include "core/json_out.h"
#include "core/read_real.h"
#include "crowd/presence.h"
#include "edit/project.h"

enum { EVERY_DAY = 127 };

void mu_span_mark(const mu_span_of_week *span, bool on[MU_HOURS_A_WEEK]) {
    const double lasts =
        span->to_h > span->from_h ? span->to_h - span->from_h : span->to_h + 24 - span->from_h;
    for (uint32_t day = 0; day < MU_DAYS_A_WEEK; day++) {
        const double from = day * 24 + span->from_h;
        for (double h = ceil(from - 0.5); (span->days >> day & 1U) != 0 && h + 0.5 < from + lasts;
             h++) {
            on[(uint32_t)h % MU_HOURS_A_WEEK] = true;
        }
    }
}

uint32_t mu_spans_of(const cJSON *shifts, mu_span_of_week out[MU_SPANS_MOST]) {
    uint32_t count = 0;
    for (const cJSON *shift = shifts != NULL ? shifts->child : NULL;
         shift != NULL && count < MU_SPANS_MOST; shift = shift->next) {
        const cJSON *from = cJSON_GetObjectItemCaseSensitive(shift, "from_h");
        const cJSON *to = cJSON_GetObjectItemCaseSensitive(shift, "to_h");
        const cJSON *days = cJSON_GetObjectItemCaseSensitive(shift, "days");
        mu_span_of_week *span = &out[count];
        *span = (mu_span_of_week){.days = cJSON_GetArraySize(days) == 0 ? EVERY_DAY : 0};
        for (const cJSON *day = cJSON_IsArray(days) ? days->child : NULL; day != NULL;
             day = day->next) {
            for (uint32_t d = 0; cJSON_IsString(day) && d < MU_DAYS_A_WEEK; d++) {
                span->days |= strcmp(day->valuestring, mu_weekday_words[d]) == 0 ? 1U << d : 0;
            }
        }
        span->from_h = cJSON_IsNumber(from) ? fmin(fmax(from->valuedouble, 0), 24) : 0;
        span->to_h = cJSON_IsNumber(to) ? fmin(fmax(to->valuedouble, 0), 24) : 24;
        count++;
    }
    return count;
}

/* --- from hours that are ticked --- */

static void add(mu_span_of_week *out, uint32_t *count, uint32_t day, double from, double to) {
    for (uint32_t k = 0; k < *count; k++) {
        if (out[k].from_h == from && out[k].to_h == to) {
            out[k].days |= 1U << day;
            return;
        }
    }
    out[(*count)++] = (mu_span_of_week){1U << day, from, to};
}

/* A run of hours from one on; longer ones are one span a day. */
static void add_run(mu_span_of_week *out, uint32_t *count, uint32_t from, uint32_t length) {
    while (length > 0) {
        const uint32_t hour = from % 24, part = length < 24 ? length : 24;
        const uint32_t end = hour + part;
        add(out, count, from / 24 % MU_DAYS_A_WEEK, hour, end > 24 ? end - 24 : end);
        from += part;
        length -= part;
    }
}

uint32_t mu_spans_from(const bool on[MU_HOURS_A_WEEK], mu_span_of_week out[MU_SPANS_MOST]) {
    uint32_t count = 0;
    for (uint32_t h = 0; h < MU_HOURS_A_WEEK; h++) {
        const bool begins = on[h] && !on[(h + MU_HOURS_A_WEEK - 1) % MU_HOURS_A_WEEK];
        uint32_t length = 0;
        while (begins && on[(h + length) % MU_HOURS_A_WEEK]) {
            length++;
        }
        add_run(out, &count, h, length);
    }
    return count;
}

/* --- from text --- */

static const char *const chinese_days[] = {"一", "二", "三", "四", "五", "六", "日"};

static const char *skip(const char *at) {
    at += strspn(at, " \t");
    return strncmp(at, "周", 3) == 0 || strncmp(at, "至", 3) == 0 ? skip(at + 3) : at;
}

static bool read_day(const char **at, uint32_t *day) {
    const char *from = skip(*at);
    for (uint32_t d = 0; d < MU_DAYS_A_WEEK; d++) {
        const bool english = strncasecmp(from, mu_weekday_words[d], 3) == 0;
        if (english || strncmp(from, chinese_days[d], 3) == 0) {
            *at = from + 3;
            *day = d;
            return true;
        }
    }
    return false;
}

static bool read_dash(const char **at) {
    const char *from = skip(*at);
    const size_t wide = strncmp(from, "–", 3) == 0 ? 3 : 0;
    if (from[0] != '-' && wide == 0 && from == *at) {
        return false;
    }
    const bool is_there = from[0] == '-' || wide > 0 || (from > *at && from[0] != ' ');
    *at = from + (from[0] == '-' ? 1 : wide);
    return is_there;
}

/* "mon", "mon-fri", or nothing: every day. */
static uint32_t read_days(const char **at) {
    uint32_t first, last, days = 0;
    while (read_day(at, &first)) {
        const char *next = *at;
        last = first;
        if (read_dash(&next) && read_day(&next, &last)) {
            *at = next;
        }
        for (uint32_t d = first;; d = (d + 1) % MU_DAYS_A_WEEK) {
            days |= 1U << d;
            if (d == last) {
                break;
            }
        }
        *at += strspn(*at, "/ ");
    }
    return days == 0 ? EVERY_DAY : days;
}

static bool read_clock(const char **at, double *out) {
    const char *from = skip(*at), *end;
    *out = mu_read_real(from, &end);
    if (end == from) {
        return false;
    }
    if (*end == ':') {
        from = end + 1;
        const double minute = mu_read_real(from, &end);
        if (end == from || !(minute >= 0 && minute < 60)) {
            return false;
        }
        *out += minute / 60;
    }
    *at = end;
    return *out >= 0 && *out <= 24;
}

bool mu_spans_read(const char *text, mu_span_of_week out[MU_SPANS_MOST], uint32_t *count) {
    const char *at = skip(text);
    *count = 0;
    if (*at == '\0' || strcmp(at, "always") == 0 || strcmp(at, _("always")) == 0) {
        return true;
    }
    while (*count < MU_SPANS_MOST) {
        mu_span_of_week *span = &out[*count];
        span->days = read_days(&at);
        if (!read_clock(&at, &span->from_h) || !read_dash(&at) || !read_clock(&at, &span->to_h)) {
            return false;
        }
        (*count)++;
        at = skip(at);
        if (*at == '\0') {
            return true;
        }
        const size_t wide = strncmp(at, "，", 3) == 0 || strncmp(at, "、", 3) == 0 ? 3 : 1;
        if (wide == 1 && *at != ',' && *at != ';') {
            return false;
        }
        at = skip(at + wide);
    }
    return false;
}

/* --- to text --- */

static const char *day_name(uint32_t day) {
    const char *const names[MU_DAYS_A_WEEK] = {_("Mon"), _("Tue"), _("Wed"), _("Thu"),
                                               _("Fri"), _("Sat"), _("Sun")};
    return names[day];
}

/* "Mon-Fri ", "Sat/Sun "; nothing for every day. */
static void print_days(uint32_t days, char *out, size_t room) {
    out[0] = '\0';
    for (uint32_t d = 0; days != EVERY_DAY && d < MU_DAYS_A_WEEK; d++) {
        uint32_t last = d;
        if ((days >> d & 1U) == 0) {
            continue;
        }
        while (last + 1 < MU_DAYS_A_WEEK && (days >> (last + 1) & 1U) != 0) {
            last++;
        }
        const size_t length = strlen(out);
        (void)snprintf(out + length, room - length, "%s%s%s%s", length > 0 ? "/" : "", day_name(d),
                       last > d ? "-" : "", last > d ? day_name(last) : "");
        d = last;
    }
    if (out[0] != '\0') {
        (void)snprintf(out + strlen(out), room - strlen(out), " ");
    }
}

static void print_clock(double hour, char out[16]) {
    const int minutes = (int)lround(hour * 60);
    (void)snprintf(out, 16, minutes % 60 == 0 ? "%d" : "%d:%02d", minutes / 60, minutes % 60);
}

const char *mu_spans_print(mu_arena *arena, const mu_span_of_week *spans, uint32_t count) {
    char text[600] = "", days[120], from[16], to[16];
    for (uint32_t k = 0; k < count; k++) {
        print_days(spans[k].days, days, sizeof days);
        print_clock(spans[k].from_h, from);
        print_clock(spans[k].to_h, to);
        const size_t length = strlen(text);
        (void)snprintf(text + length, sizeof text - length, "%s%s%s-%s", k > 0 ? ", " : "", days,
                       from, to);
    }
    return mu_arena_copy(arena, text);
}

char *mu_spans_json(const mu_span_of_week *spans, uint32_t count) {
    cJSON *list = cJSON_CreateArray();
    for (uint32_t k = 0; k < count; k++) {
        cJSON *shift = cJSON_CreateObject();
        if (spans[k].days != EVERY_DAY) {
            cJSON *days = cJSON_AddArrayToObject(shift, "days");
            for (uint32_t d = 0; d < MU_DAYS_A_WEEK; d++) {
                if ((spans[k].days >> d & 1U) != 0) {
                    cJSON_AddItemToArray(days, cJSON_CreateString(mu_weekday_words[d]));
                }
            }
        }
        (void)cJSON_AddNumberToObject(shift, "from_h", spans[k].from_h);
        (void)cJSON_AddNumberToObject(shift, "to_h", spans[k].to_h);
        cJSON_AddItemToArray(list, shift);
    }
    return mu_value_text(list);
}
