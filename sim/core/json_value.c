/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Single values: each kind of field is one short function that checks one JSON value and stores it,
 * or notes what is wrong and leaves the fallback that stands there. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/i18n.h"
#include "core/json_edit.h"
#include "core/json_read.h"
#include "core/near.h"

enum { SHOWN_MOST = 60 };

int mu_json_shown(const char *text) {
    size_t shown = strnlen(text, SHOWN_MOST + 1);
    if (shown > SHOWN_MOST) {
        for (shown = SHOWN_MOST; shown > 0 && ((unsigned char)text[shown] & 0xc0) == 0x80;) {
            shown--; /* not within a character */
        }
    }
    return (int)shown;
}

static void read_bool(mu_json_reader *reader, mu_json_item item, bool *out) {
    if (cJSON_IsBool(item.json)) {
        *out = cJSON_IsTrue(item.json) != 0;
    } else {
        mu_json_complain_type(reader, item, _("true or false"));
    }
}

bool mu_json_check_number(mu_json_reader *reader, const mu_field *field, mu_json_item item,
                          mu_field_limits limits) {
    if (!cJSON_IsNumber(item.json)) {
        mu_json_complain_type(reader, item,
                              field->kind == MU_FIELD_INT ? _("a whole number") : _("a number"));
        return false;
    }
    const double value = item.json->valuedouble;
    if (!isfinite(value)) {
        return false; /* the scan has complained */
    }
    if (value >= limits.least && value <= limits.most) {
        return true;
    }
    const bool has_unit = field->unit && strcmp(field->unit, "1") != 0;
    mu_json_complain(reader, item, "json.range", NULL,
                     _("%.15g is out of range: it must lie within %.15g and %.15g%s%s"), value,
                     limits.least, limits.most, has_unit ? " " : "", has_unit ? field->unit : "");
    return false;
}

static void read_int(mu_json_reader *reader, const mu_field *field, mu_json_item item,
                     int64_t *out) {
    if (!mu_json_check_number(reader, field, item, mu_field_number_limits(field))) {
        return;
    }
    const double value = item.json->valuedouble;
    if (value != floor(value)) {
        mu_json_complain_type(reader, item, _("a whole number"));
        return;
    }
    *out = (int64_t)value;
}

static void read_real(mu_json_reader *reader, const mu_field *field, mu_json_item item,
                      double *out) {
    if (mu_json_check_number(reader, field, item, mu_field_number_limits(field))) {
        *out = item.json->valuedouble + 0.0; /* -0 becomes 0 */
    }
}

static const char *copy(mu_json_reader *reader, const char *text) {
    const char *kept = mu_arena_copy(reader->arena, text);
    if (!kept) {
        reader->doc->no_memory = true;
    }
    return kept;
}

/* The first control character (C0 but for an allowed line break, DEL, C1), or -1. The text is valid
 * UTF-8. */
static int find_control(const char *text, bool may_break_lines) {
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        if (at[0] == '\n' && may_break_lines) {
            continue;
        }
        if (at[0] < ' ' || at[0] == 0x7f) {
            return at[0];
        }
        if (at[0] == 0xc2 && at[1] < 0xa0) {
            return at[1];
        }
    }
    return -1;
}

static size_t count_characters(const char *text) {
    size_t count = 0;
    for (; *text; text++) {
        count += ((unsigned char)*text & 0xc0) != 0x80;
    }
    return count;
}

const char *mu_json_read_string(mu_json_reader *reader, mu_json_item item, bool may_break_lines) {
    if (!cJSON_IsString(item.json)) {
        mu_json_complain_type(reader, item, _("a text in quotes"));
        return NULL;
    }
    const char *text = item.json->valuestring;
    const size_t length = count_characters(text);
    const int control = find_control(text, may_break_lines);
    if (length == 0) {
        mu_json_complain(reader, item, "json.length", _("to say nothing, leave the key out"),
                         _("the text is empty"));
    } else if (length > MU_FIELD_STRING_MOST) {
        mu_json_complain(reader, item, "json.length", NULL,
                         _("a text of %zu characters; it may have %d"), length,
                         (int)MU_FIELD_STRING_MOST);
    } else if (control >= 0) {
        mu_json_complain(reader, item, "json.control", _("leave it out"),
                         _("control character 0x%02x within a text"), (unsigned)control);
    } else {
        return copy(reader, text);
    }
    return NULL;
}

static bool is_word(const char *text) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    return text[0] != '\0' && strchr(letters, text[0]) != NULL &&
           strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") ==
               strlen(text) &&
           strlen(text) <= MU_FIELD_WORD_MOST;
}

/* A word, which ids and references are as well; NULL with faults noted. */
static const char *read_word(mu_json_reader *reader, mu_json_item item, const char *expected,
                             const char *code) {
    if (!cJSON_IsString(item.json)) {
        mu_json_complain_type(reader, item, expected);
        return NULL;
    }
    const char *text = item.json->valuestring;
    if (!is_word(text)) {
        mu_json_complain(reader, item, code,
                         _("use letters a-z and A-Z, digits, \".\", \"_\" and \"-\", starting with "
                           "a letter or digit, at most 80 of them"),
                         _("\"%.*s\" cannot serve as %s"), mu_json_shown(text), text, expected);
        return NULL;
    }
    return copy(reader, text);
}

static void read_ref(mu_json_reader *reader, const mu_field *field, mu_json_item item,
                     mu_ref *out) {
    out->id = read_word(reader, item, _("an id"), "json.id");
    if (out->id) {
        mu_registry_refer(reader->registry, out, field->target,
                          (mu_registry_place){reader->doc_index, item.node});
    }
}

/* The words one after the other, as far as there is room. */
static const char *list_words(const char *const *names, char *out, size_t room) {
    size_t length = 0;
    for (size_t i = 0; names[i] && length < room; i++) {
        length += (size_t)snprintf(out + length, room - length, "%s%s", i ? _(", ") : "", names[i]);
    }
    return out;
}

int mu_json_read_keyword(mu_json_reader *reader, mu_json_item item, const char *const *names) {
    char list[600], advice[400];
    if (!cJSON_IsString(item.json)) {
        mu_json_complain_type(reader, item, _("one word in quotes"));
        return -1;
    }
    const char *text = item.json->valuestring;
    mu_near near = mu_near_start(text);
    for (int i = 0; names[i]; i++) {
        if (strcmp(names[i], text) == 0) {
            return i;
        }
        mu_near_offer(&near, names[i]);
    }
    const bool is_near = mu_near_advise(&near, advice, sizeof advice);
    mu_json_complain(reader, item, "json.enum", is_near ? advice : NULL,
                     _("\"%.*s\" is none of %s"), mu_json_shown(text), text,
                     list_words(names, list, sizeof list));
    return -1;
}

static void read_enum(mu_json_reader *reader, const mu_field *field, mu_json_item item, int *out) {
    const int index = mu_json_read_keyword(reader, item, field->names);
    if (index >= 0) {
        *out = index;
    }
}

static void read_translations(mu_json_reader *reader, mu_json_item item, mu_text *out) {
    static const char *const languages[] = {"en", "zh"};
    const char **texts[] = {&out->en, &out->zh};
    bool seen = false;
    for (mu_json_item member = mu_json_first(item); member.json;
         member = mu_json_next(reader, member)) {
        const int at = strcmp(member.json->string, "en") == 0   ? 0
                       : strcmp(member.json->string, "zh") == 0 ? 1
                                                                : -1;
        if (at < 0) {
            mu_json_complain_key(reader, member, languages, 2);
        } else {
            seen = true;
            *texts[at] = mu_json_read_string(reader, member, true);
        }
    }
    if (!seen) {
        mu_json_complain(reader, item, "json.missing-key", NULL,
                         _("a text needs \"en\", \"zh\" or both"));
    }
    out->en = out->en ? out->en : out->zh;
    out->zh = out->zh ? out->zh : out->en;
}

static void read_text(mu_json_reader *reader, mu_json_item item, mu_text *out) {
    if (cJSON_IsObject(item.json)) {
        read_translations(reader, item, out);
    } else if (cJSON_IsString(item.json)) {
        out->en = out->zh = mu_json_read_string(reader, item, true);
    } else {
        mu_json_complain_type(reader, item, _("a text, or {\"en\": ..., \"zh\": ...}"));
    }
}

static void read_point(mu_json_reader *reader, mu_json_item item, mu_point *out) {
    static const mu_field coordinate = {.kind = MU_FIELD_POINT, .unit = "m"};
    const cJSON *x = cJSON_IsArray(item.json) ? item.json->child : NULL;
    if (!x || !x->next || x->next->next) {
        mu_json_complain_type(reader, item, _("a point [x, y]"));
        return;
    }
    const mu_json_item first = mu_json_first(item);
    const mu_json_item second = mu_json_next(reader, first);
    const mu_field_limits limits = mu_field_number_limits(&coordinate);
    const bool first_good = mu_json_check_number(reader, &coordinate, first, limits);
    if (mu_json_check_number(reader, &coordinate, second, limits) && first_good) {
        *out = (mu_point){first.json->valuedouble + 0.0, second.json->valuedouble + 0.0};
    }
}

static void read_ring(mu_json_reader *reader, const mu_field *field, mu_json_item item,
                      mu_ring *out) {
    if (!cJSON_IsArray(item.json)) {
        mu_json_complain_type(reader, item, _("a list of points [[x, y], ...]"));
        return;
    }
    const mu_field_limits limits = mu_field_item_limits(field);
    const int count = cJSON_GetArraySize(item.json);
    if (count < limits.least || count > limits.most) {
        mu_json_complain(reader, item, "json.length", NULL,
                         _("%d points in the list; it takes %.0f to %.0f"), count, limits.least,
                         limits.most);
        return;
    }
    out->items = mu_arena_array(reader->arena, (size_t)count, sizeof *out->items);
    if (!out->items) {
        reader->doc->no_memory = true;
        return;
    }
    out->count = (uint32_t)count;
    mu_json_item point = mu_json_first(item);
    for (uint32_t i = 0; i < out->count; i++, point = mu_json_next(reader, point)) {
        read_point(reader, point, &out->items[i]);
    }
}

/* A whole number of that many digits; -1 if they are not digits. */
static int read_digits(const char *text, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        value = 10 * value + (text[i] - '0');
    }
    return value;
}

static int days_in(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leaps = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leaps ? 29 : days[month - 1];
}

/* "2026-09-15": a day that the calendar has. */
static bool is_day(const char *text) {
    const int year = read_digits(text, 4), month = read_digits(text + 5, 2);
    const int day = read_digits(text + 8, 2);
    return text[4] == '-' && text[7] == '-' && year >= 0 && month >= 1 && month <= 12 && day >= 1 &&
           day <= days_in(year, month);
}

/* "T10:30". */
static bool is_time(const char *text) {
    const int hour = read_digits(text + 1, 2), minute = read_digits(text + 4, 2);
    return text[0] == 'T' && text[3] == ':' && hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
}

static bool is_date(const char *text) {
    const size_t length = strlen(text);
    return (length == 10 && is_day(text)) || (length == 16 && is_day(text) && is_time(text + 10));
}

static void read_date(mu_json_reader *reader, mu_json_item item, const char **out) {
    if (!cJSON_IsString(item.json)) {
        mu_json_complain_type(reader, item, _("a date in quotes"));
    } else if (!is_date(item.json->valuestring)) {
        mu_json_complain(reader, item, "json.date",
                         _("write \"2026-09-15\" or \"2026-09-15T10:30\""),
                         _("\"%.*s\" is no date"), mu_json_shown(item.json->valuestring),
                         item.json->valuestring);
    } else {
        *out = copy(reader, item.json->valuestring);
    }
}

/* The text of a value as it stands in the file. */
static const char *copy_value(mu_json_reader *reader, mu_json_item item) {
    const uint32_t at = reader->doc->values[item.node].at;
    const size_t length = mu_json_value_end(reader->doc, item.node) - at;
    char *text = mu_arena_alloc(reader->arena, length + 1);
    if (!text) {
        reader->doc->no_memory = true;
        return NULL;
    }
    memcpy(text, reader->doc->text + at, length);
    return text;
}

void mu_json_read_value(mu_json_reader *reader, const mu_field *field, mu_json_item item,
                        void *out) {
    switch (field->kind) {
    case MU_FIELD_BOOL:
        read_bool(reader, item, out);
        break;
    case MU_FIELD_INT:
        read_int(reader, field, item, out);
        break;
    case MU_FIELD_REAL:
        read_real(reader, field, item, out);
        break;
    case MU_FIELD_STRING:
        *(const char **)out = mu_json_read_string(reader, item, false);
        break;
    case MU_FIELD_WORD:
        *(const char **)out = read_word(reader, item, _("a word"), "json.word");
        break;
    case MU_FIELD_ID:
        *(const char **)out = read_word(reader, item, _("an id"), "json.id");
        break;
    case MU_FIELD_REF:
        read_ref(reader, field, item, out);
        break;
    case MU_FIELD_ENUM:
        read_enum(reader, field, item, out);
        break;
    case MU_FIELD_TEXT:
        read_text(reader, item, out);
        break;
    case MU_FIELD_POINT:
        read_point(reader, item, out);
        break;
    case MU_FIELD_RING:
        read_ring(reader, field, item, out);
        break;
    case MU_FIELD_DIST:
        mu_json_read_dist(reader, field, item, out);
        break;
    case MU_FIELD_DATE:
        read_date(reader, item, out);
        break;
    case MU_FIELD_JSON:
        *(const char **)out = copy_value(reader, item);
        break;
    case MU_FIELD_RECORD:
        break; /* json_read.c */
    }
}
