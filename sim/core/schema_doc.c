/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference documentation of a kind of file as Markdown: one table a record type. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/dist_form.h"
#include "core/i18n.h"
#include "core/json_out.h"
#include "core/loader.h"

enum { TYPE_ROOM = 1000 };

static const char *const kind_names[] = {
    [MU_FIELD_BOOL] = N_("true or false"),
    [MU_FIELD_INT] = N_("whole number"),
    [MU_FIELD_REAL] = N_("number"),
    [MU_FIELD_STRING] = N_("text"),
    [MU_FIELD_WORD] = N_("word"),
    [MU_FIELD_ID] = N_("id"),
    [MU_FIELD_REF] = N_("id of a %s"),
    [MU_FIELD_ENUM] = N_("one of"),
    [MU_FIELD_TEXT] = N_("text, or one for each language"),
    [MU_FIELD_POINT] = N_("point [x, y]"),
    [MU_FIELD_RING] = N_("points [[x, y], ...]"),
    [MU_FIELD_DIST] = N_("number or distribution"),
    [MU_FIELD_DATE] = N_("date"),
    [MU_FIELD_JSON] = N_("any JSON value"),
    [MU_FIELD_RECORD] = N_("object %s"),
};

static size_t print_words(char *out, size_t room, const char *const *names) {
    size_t length = (size_t)snprintf(out, room, "%s", _(kind_names[MU_FIELD_ENUM]));
    for (; *names && length < room; names++) {
        length += (size_t)snprintf(out + length, room - length, " `%s`", *names);
    }
    return length;
}

/* What stands in the column "type". */
static void print_type(char *out, size_t room, const mu_field *field) {
    char link[200];
    size_t length = 0;
    if (field->flags & MU_FIELD_LIST) {
        length = (size_t)snprintf(
            out, room, "%s ", field->flags & MU_FIELD_OR_ONE ? _("one, or a list:") : _("list:"));
    }
    switch (field->kind) {
    case MU_FIELD_REF:
        snprintf(out + length, room - length, _("id of a %s"),
                 _(mu_field_entity_name(field->target)));
        break;
    case MU_FIELD_ENUM:
        print_words(out + length, room - length, field->names);
        break;
    case MU_FIELD_RECORD:
        snprintf(link, sizeof link, "[%s](#%s)", field->record->name, field->record->name);
        snprintf(out + length, room - length, _("object %s"), link);
        break;
    case MU_FIELD_BOOL:
    case MU_FIELD_INT:
    case MU_FIELD_REAL:
    case MU_FIELD_STRING:
    case MU_FIELD_WORD:
    case MU_FIELD_ID:
    case MU_FIELD_TEXT:
    case MU_FIELD_POINT:
    case MU_FIELD_RING:
    case MU_FIELD_DIST:
    case MU_FIELD_DATE:
    case MU_FIELD_JSON:
        snprintf(out + length, room - length, "%s", _(kind_names[field->kind]));
        break;
    }
}

static void put_limits(FILE *out, mu_field_limits limits) {
    char least[32], most[32];
    mu_json_print_real(limits.least, least);
    mu_json_print_real(limits.most, most);
    fprintf(out, limits.least == limits.most ? "%s" : "%s … %s", least, most);
}

/* The column "range": of the number of items for lists and rings, of the value for numbers. */
static void put_range(FILE *out, const mu_field *field) {
    const bool is_counted = (field->flags & MU_FIELD_LIST) || field->kind == MU_FIELD_RING;
    if (field->least == 0 && field->most == 0) {
        fputs(field->flags & MU_FIELD_NOT_EMPTY ? _("at least one item") : "", out);
        return;
    }
    put_limits(out, (mu_field_limits){field->least, field->most});
    if (is_counted) {
        fprintf(out, " %s", _("items"));
    } else if (field->unit && strcmp(field->unit, "1") != 0) {
        fprintf(out, " %s", field->unit);
    }
}

static void put_fallback(FILE *out, const mu_field *field) {
    char number[32];
    if (field->flags & MU_FIELD_REQUIRED) {
        fprintf(out, "**%s**",
                field->flags & MU_FIELD_NULLABLE ? _("required, may be null") : _("required"));
        return;
    }
    if (field->flags & MU_FIELD_LIST) {
        return;
    }
    switch (field->kind) {
    case MU_FIELD_BOOL:
        fputs(field->fallback != 0 ? "true" : "false", out);
        break;
    case MU_FIELD_INT:
    case MU_FIELD_REAL:
    case MU_FIELD_DIST:
        mu_json_print_real(field->fallback, number);
        fputs(number, out);
        break;
    case MU_FIELD_ENUM:
        fprintf(out, "`%s`", field->names[(int)field->fallback]);
        break;
    case MU_FIELD_STRING:
    case MU_FIELD_WORD:
    case MU_FIELD_ID:
    case MU_FIELD_REF:
    case MU_FIELD_TEXT:
    case MU_FIELD_POINT:
    case MU_FIELD_RING:
    case MU_FIELD_DATE:
    case MU_FIELD_JSON:
    case MU_FIELD_RECORD:
        break;
    }
}

static void put_record(FILE *out, const mu_record_type *type) {
    char words[TYPE_ROOM];
    fprintf(out, "\n## %s\n\n%s.\n\n| %s | %s | %s | %s | %s |\n|---|---|---|---|---|\n",
            type->name, _(type->meaning), _("key"), _("type"), _("range"), _("default"),
            _("meaning"));
    for (uint32_t i = 0; i < type->field_count; i++) {
        const mu_field *field = &type->fields[i];
        print_type(words, sizeof words, field);
        fprintf(out, "| `%s` | %s | ", field->name, words);
        put_range(out, field);
        fputs(" | ", out);
        put_fallback(out, field);
        fprintf(out, " | %s |\n", _(field->meaning));
    }
}

static void put_values(FILE *out) {
    fprintf(out, "\n## %s\n\n", _("Values"));
    fprintf(
        out, "- %s\n",
        _("An id or a word has letters a-z and A-Z, digits, \".\", \"_\" and \"-\", starts with a "
          "letter or digit, and has at most 80 of them."));
    fprintf(out, "- %s\n",
            _("A text is a string, or {\"en\": ..., \"zh\": ...} with one or both."));
    fprintf(out, "- %s\n", _("A date is \"2026-09-15\" or \"2026-09-15T10:30\"."));
    fprintf(out, "- %s\n", _("A point is [x, y] in metres, x to the east and y to the north."));
    fprintf(out, "- %s\n\n",
            _("A distribution is a number, or an object with \"dist\", the parameters below and "
              "\"source\": where the numbers come from."));
    fprintf(out, "| dist | %s | %s |\n|---|---|---|\n", _("parameters"), _("meaning"));
    for (int kind = 0; kind < MU_DIST_KIND_COUNT; kind++) {
        const mu_dist_form *form = mu_dist_form_get((mu_dist_kind)kind);
        fprintf(out, "| `%s` |", form->word);
        for (int i = 0; i < MU_DIST_PARAMETERS_MOST && form->parameters[i].name; i++) {
            fprintf(out, " `%s`", form->parameters[i].name);
        }
        fprintf(out, " | %s |\n", _(form->meaning));
    }
}

char *mu_schema_document(const mu_file_kind *kind) {
    const mu_record_type *types[MU_FIELD_TYPES_MOST];
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    if (!out) {
        return NULL;
    }
    const uint32_t count = mu_field_collect_types(kind->root, types);
    fprintf(out, "# %s\n\n%s.\n\n", kind->format, _(kind->meaning));
    fprintf(out, _("Such a file starts with `\"format\": \"%s\", \"version\": %d`."), kind->format,
            kind->version);
    fputc('\n', out);
    for (uint32_t i = 0; i < count; i++) {
        put_record(out, types[i]);
    }
    put_values(out);
    const int failed = ferror(out);
    if (fclose(out) != 0 || failed) {
        free(text);
        return NULL;
    }
    return text;
}
