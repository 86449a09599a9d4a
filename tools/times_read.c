/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cell is empty (not watched), a dash (watched for in vain), a time of day with or without a date
 * ("10:07", "10:07:30.5", "2026-09-15 10:07:30", "00:10 +1 d"), or a time from the start
 * ("T+7:30"). */
#include "times_read.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/grow.h"
#include "core/i18n.h"
#include "grid.h"
#include "sheet_in.h"
#include "times_sheet.h"

enum { DAY_S = 86400 };

typedef struct reader {
    const char *path;
    const mu_pack_given *pack;
    mu_sheet_in sheet;
    uint32_t box, observed, value; /* columns */
    mu_times times;
    bool has_start, has_end;
    mu_diags *diags;
    uint32_t faults;
} reader;

static void complain(reader *r, const mu_sheet_row *row, uint32_t column, const char *advice,
                     const char *format, ...) MU_PRINTF(5, 6);
static void complain(reader *r, const mu_sheet_row *row, uint32_t column, const char *advice,
                     const char *format, ...) {
    char cell[16], text[400];
    const mu_where where = {.file = r->path, .line = row->number};
    va_list arguments;
    va_start(arguments, format);
    /* NOLINTNEXTLINE(clang-analyzer-valist.*) */
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    mu_sheet_name(row, column, cell);
    mu_diags_add(r->diags, MU_ERROR, "times.cell", &where, advice, _("cell %s: %s"), cell, text);
    r->faults++;
}

/* Days from 1970-01-01 (H. Hinnant's civil calendar arithmetic, proleptic Gregorian). */
static int64_t days_of(int year, int month, int day) {
    const int y = month <= 2 ? year - 1 : year;
    const int era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
    const int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return (int64_t)era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* A moment as a cell gives it. */
typedef struct moment {
    bool from_start, has_date;
    int64_t day_s;  /* of the date, or of "+1 d" */
    double seconds; /* of the day, or since the start */
} moment;

static const char *const why_form =
    N_("write 10:07:30, 2026-09-15 10:07:30, 00:10 +1 d or T+7:30; "
       "leave it empty where nobody watched, and put a dash where it "
       "did not happen");

/* "7:30" and "1:07:30" from the start. */
static bool read_span(const char *text, moment *out) {
    double parts[3] = {0};
    int count = 0;
    char *end = NULL;
    for (const char *at = text; count < 3; at = end + 1) {
        if (*at < '0' || *at > '9') {
            return false;
        }
        parts[count++] = strtod(at, &end);
        if (*end != ':') {
            break;
        }
    }
    *out = (moment){.from_start = true,
                    .seconds = count == 3   ? parts[0] * 3600 + parts[1] * 60 + parts[2]
                               : count == 2 ? parts[0] * 60 + parts[1]
                                            : parts[0] * 60};
    return *end == 0;
}

static const char *read_date(const char *text, moment *out) {
    int year = 0, month = 0, day = 0, length = 0;
    if (sscanf(text, "%4d%*1[-/]%2d%*1[-/]%2d%n", &year, &month, &day, &length) < 3 || length < 8 ||
        month < 1 || month > 12 || day < 1 || day > 31) {
        return text;
    }
    out->has_date = true;
    out->day_s = days_of(year, month, day) * DAY_S;
    text += length;
    return text + strspn(text, " T");
}

/* What is wrong with a cell, in words; NULL: nothing. */
static const char *read_moment(const char *text, moment *out) {
    int hour = 0, minute = 0, length = 0, days = 0, after = 0;
    double second = 0;
    *out = (moment){0};
    if (strncmp(text, "T+", 2) == 0) {
        return read_span(text + 2, out) ? NULL : _("'%s' is no time from the start");
    }
    const char *at = read_date(text, out);
    if (sscanf(at, "%2d:%2d%n", &hour, &minute, &length) < 2 || length == 0) {
        return _("'%s' is no time of day");
    }
    at += length;
    if (*at == ':') {
        char *end = NULL;
        second = at[1] >= '0' && at[1] <= '9' ? strtod(at + 1, &end) : -1;
        at = end != NULL ? end : at;
    }
    if (sscanf(at, " +%6d d%n", &days, &after) == 1 && after > 0) {
        out->day_s += (int64_t)days * DAY_S;
        at += after;
    }
    if (*at != 0) {
        return _("'%s' is no time of day");
    }
    if (hour > 23 || minute > 59 || second < 0 || second >= 60) {
        return _("'%s' is no time of day: hours go to 23, minutes and seconds to 59");
    }
    out->seconds = hour * 3600.0 + minute * 60.0 + second;
    return NULL;
}

static void refuse_form(reader *r, const mu_sheet_row *row, const char *format) {
    char text[300];
    const char *cell = mu_sheet_cell(row, r->observed);
    const char *hole = strstr(format, "%s");
    (void)snprintf(text, sizeof text, "%.*s%.80s%s", (int)(hole - format), format, cell, hole + 2);
    complain(r, row, r->observed, _(why_form), "%s", text);
}

/* Microseconds since the start; false and a fault where it cannot be. */
static bool since_start(reader *r, const mu_sheet_row *row, const moment *at, mu_time *out) {
    const mu_times *t = &r->times;
    double seconds = at->seconds;
    if (!at->from_start) {
        const int64_t day = t->start_s - t->start_s % DAY_S;
        if (at->has_date && !t->has_date) {
            complain(r, row, r->observed, _("give the date of the start, too"),
                     _("a date stands here, and the start has none"));
            return false;
        }
        seconds += (double)((at->has_date ? at->day_s : day + at->day_s) - t->start_s);
    }
    *out = (mu_time)llround(seconds * (double)MU_SECOND);
    if (*out < 0) {
        const int64_t of_day = t->start_s % DAY_S;
        complain(r, row, r->observed, _("if it was after midnight, add the date or “+1 d”"),
                 _("'%s' is before the start of the exercise (%02d:%02d:%02d)"),
                 mu_sheet_cell(row, r->observed), (int)(of_day / 3600), (int)(of_day / 60 % 60),
                 (int)(of_day % 60));
        return false;
    }
    return true;
}

static bool is_dash(const char *text) {
    static const char *const dashes[] = {"-", "–", "—", "－", "×", "x", "✕"};
    for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++) {
        if (strcmp(text, dashes[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Every other row may stay empty; the advice of a wrong time would say so. */
static bool is_given(reader *r, const mu_sheet_row *row, const char *what) {
    if (mu_sheet_cell(row, r->observed)[0] != 0) {
        return true;
    }
    complain(r, row, r->observed, _("write 2026-09-15 10:00:00, or only 10:00:00"), "%s", what);
    return false;
}

static void read_start(reader *r, const mu_sheet_row *row) {
    moment at;
    if (!is_given(r, row, _("when the exercise began is missing; every time counts from it"))) {
        return;
    }
    const char *wrong = read_moment(mu_sheet_cell(row, r->observed), &at);
    if (wrong == NULL && at.from_start) {
        wrong = _("'%s' is no time of day");
    }
    if (wrong != NULL) {
        refuse_form(r, row, wrong);
        return;
    }
    r->has_start = true;
    r->times.has_date = at.has_date;
    r->times.start_s = (at.has_date ? at.day_s : 0) + (int64_t)at.seconds;
}

static void read_end(reader *r, const mu_sheet_row *row) {
    moment at;
    if (!is_given(r, row, _("when the exercise ended is missing"))) {
        return;
    }
    const char *wrong = read_moment(mu_sheet_cell(row, r->observed), &at);
    if (wrong != NULL) {
        refuse_form(r, row, wrong);
    } else {
        r->has_end = since_start(r, row, &at, &r->times.end_us);
    }
}

static void read_over(reader *r, const mu_sheet_row *row) {
    const char *said = mu_sheet_cell(row, r->observed);
    r->times.quiet = strcmp(said, "yes") == 0 || strcmp(said, "是") == 0;
    if (!r->times.quiet && said[0] != 0 && strcmp(said, "no") != 0 && strcmp(said, "否") != 0) {
        complain(r, row, r->observed, NULL, _("'%s' is neither yes nor no"), said);
    }
}

static bool add(reader *r, const mu_observation *seen) {
    mu_times *t = &r->times;
    mu_observation *items = mu_grow(t->items, t->count, &t->room, sizeof *items);
    if (items == NULL) {
        return false;
    }
    t->items = items;
    t->items[t->count++] = *seen;
    return true;
}

static uint32_t find_box(const mu_pack_given *pack, const char *code) {
    for (uint32_t b = 0; b < pack->boxes.count; b++) {
        if (strcmp(pack->boxes.items[b].code, code) == 0) {
            return b;
        }
    }
    return MU_NONE;
}

static bool read_value(reader *r, const mu_sheet_row *row, double *out) {
    const char *text = mu_sheet_cell(row, r->value);
    char *end = NULL;
    *out = strtod(text, &end);
    if (end == text || *end != 0 || !isfinite(*out) || *out < 0) {
        complain(r, row, r->value, _("write a number, with a point: 0.98"),
                 text[0] == 0 ? _("a number is missing") : _("'%s' is no number that can be"),
                 text);
        return false;
    }
    return true;
}

static void read_box(reader *r, const mu_sheet_row *row, uint32_t box) {
    const char *text = mu_sheet_cell(row, r->observed);
    const char *number = mu_sheet_cell(row, r->value);
    const int what = r->pack->boxes.items[box].what;
    const bool counts = what == MU_WATCH_NUMBER || what == MU_WATCH_PEOPLE;
    mu_observation seen = {.box = box, .seen = MU_SEEN_CAME, .time_us = r->times.end_us};
    if (text[0] == 0 && (!counts || number[0] == 0)) {
        return;
    }
    if (is_dash(text) && number[0] == 0) {
        seen.seen = MU_SEEN_NEVER;
        seen.time_us = 0;
    } else if (text[0] != 0) {
        moment at;
        const char *wrong = read_moment(text, &at);
        if (wrong != NULL) {
            refuse_form(r, row, wrong);
            return;
        }
        if (!since_start(r, row, &at, &seen.time_us)) {
            return;
        }
        if (r->has_end && seen.time_us > r->times.end_us) {
            complain(r, row, r->observed, NULL, _("'%s' is after the end of the exercise"), text);
            return;
        }
    }
    if (seen.seen == MU_SEEN_CAME && counts && !read_value(r, row, &seen.value)) {
        return;
    }
    if (!add(r, &seen)) {
        r->faults++;
    }
}

static const mu_sheet_row *row_of(const reader *r, const char *code) {
    for (uint32_t i = 0; i < r->sheet.count; i++) {
        if (strcmp(mu_sheet_cell(&r->sheet.rows[i], r->box), code) == 0) {
            return &r->sheet.rows[i];
        }
    }
    return NULL;
}

/* The line of headings may stand below a title. */
static const mu_sheet_row *find_head(reader *r) {
    for (uint32_t i = 0; i < r->sheet.count; i++) {
        const mu_sheet_row *row = &r->sheet.rows[i];
        r->box = mu_sheet_column(row, "box");
        r->observed = mu_sheet_column(row, "observed");
        r->value = mu_sheet_column(row, "value");
        if (r->box != MU_NONE && r->observed != MU_NONE && r->value != MU_NONE) {
            return row;
        }
    }
    return NULL;
}

static void read_rows(reader *r) {
    const mu_where where = {.file = r->path};
    const mu_sheet_row *head = find_head(r);
    const mu_sheet_row *start = head == NULL ? NULL : row_of(r, MU_TIMES_START);
    const mu_sheet_row *end = head == NULL ? NULL : row_of(r, MU_TIMES_END);
    const mu_sheet_row *over = head == NULL ? NULL : row_of(r, MU_TIMES_OVER);
    if (start == NULL || end == NULL) {
        mu_diags_add(
            r->diags, MU_ERROR, "times.head", &where,
            _("fill in times.csv or times.xlsx as the pack gives it"),
            _("the columns box, observed and value, or the rows START and END are missing"));
        r->faults++;
        return;
    }
    read_start(r, start);
    if (!r->has_start) {
        return; /* nothing else can be placed in time */
    }
    read_end(r, end);
    if (over != NULL) {
        read_over(r, over);
    }
    for (const mu_sheet_row *row = head + 1; row < r->sheet.rows + r->sheet.count; row++) {
        const char *code = mu_sheet_cell(row, r->box);
        if (code[0] == 0 || row == start || row == end || row == over) {
            continue;
        }
        const uint32_t box = find_box(r->pack, code);
        if (box == MU_NONE) {
            complain(r, row, r->box, NULL, _("the pack has no box '%s'"), code);
        } else {
            read_box(r, row, box);
        }
    }
}

mu_status mu_times_read(const char *path, const mu_pack_given *pack, mu_times *out,
                        mu_diags *diags) {
    reader r = {.path = path, .pack = pack, .diags = diags};
    const mu_status status = mu_sheet_read(path, &r.sheet, diags);
    if (status != MU_OK) {
        return status;
    }
    read_rows(&r);
    mu_sheet_destroy(&r.sheet);
    if (r.faults > 0) {
        mu_times_destroy(&r.times);
        return MU_ERR_INPUT;
    }
    *out = r.times;
    return MU_OK;
}

void mu_times_destroy(mu_times *times) {
    free(times->items);
    *times = (mu_times){0};
}

/* Filling in. */

static void say_moment(int64_t start_s, mu_time at_us, char out[48]) {
    const int64_t whole = start_s + at_us / MU_SECOND;
    const int64_t of_day = whole % DAY_S, days = whole / DAY_S, rest = at_us % MU_SECOND;
    int length = snprintf(out, 48, "%02d:%02d:%02d", (int)(of_day / 3600), (int)(of_day / 60 % 60),
                          (int)(of_day % 60));
    if (rest > 0) {
        length += snprintf(out + length, 48 - (size_t)length, ".%06d", (int)rest);
    }
    if (days > 0) {
        (void)snprintf(out + length, 48 - (size_t)length, " +%d d", (int)days);
    }
}

static void put_row(mu_grid *grid, const char *code, const char *observed, const char *value) {
    mu_grid_put(grid, code);
    mu_grid_put(grid, observed);
    mu_grid_put(grid, value);
}

mu_status mu_times_fill(const char *path, const mu_pack_given *pack, const mu_observation *items,
                        uint32_t count, const mu_run_end *end, int64_t start_s, mu_diags *diags) {
    static const mu_grid_column columns[] = {
        {"box", 8, false}, {"observed", 20, true}, {"value", 12, true}};
    mu_grid grid = {.name = "times", .columns = columns, .column_count = 3};
    char text[48], value[32];
    say_moment(start_s, 0, text);
    put_row(&grid, MU_TIMES_START, text, "");
    say_moment(start_s, end->end_us, text);
    put_row(&grid, MU_TIMES_END, text, "");
    put_row(&grid, MU_TIMES_OVER, end->quiet ? "yes" : "no", "");
    for (uint32_t i = 0; i < count; i++) {
        const mu_pack_box *box = &pack->boxes.items[items[i].box];
        const bool counts = box->what == MU_WATCH_NUMBER || box->what == MU_WATCH_PEOPLE;
        (void)snprintf(value, sizeof value, "%.3f", items[i].value);
        say_moment(start_s, items[i].time_us, text);
        put_row(&grid, box->code, items[i].seen == MU_SEEN_NEVER ? "–" : text,
                counts && items[i].seen == MU_SEEN_CAME ? value : "");
    }
    const mu_status status = mu_grid_csv(&grid, path, diags);
    mu_grid_destroy(&grid);
    return status;
}
