/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Splitting a term is all there is to it: token, object, place. */
#include "policy/term.h"

#include <string.h>

#include "core/i18n.h"

typedef struct pieces {
    const char *token, *object, *place; /* object and place may be NULL */
    size_t token_length, object_length, place_length;
} pieces;

static pieces split(const char *text) {
    pieces p = {.token = text, .token_length = strcspn(text, ":")};
    if (text[p.token_length] == ':') {
        p.object = text + p.token_length + 1;
        p.object_length = strcspn(p.object, "@");
        if (p.object[p.object_length] == '@') {
            p.place = p.object + p.object_length + 1;
            p.place_length = strlen(p.place);
        }
    }
    return p;
}

bool mu_term_collect(const char *text, mu_words *words, mu_arena *arena, const char **why) {
    const pieces p = split(text);
    const mu_record_kind kind = mu_record_find(p.token, (uint32_t)p.token_length);
    *why = NULL;
    if (kind == MU_RECORD_KIND_COUNT || !mu_record_is_milestone(kind)) {
        *why = _("no such milestone");
        return false;
    }
    if ((p.object != NULL && p.object_length == 0) || (p.place != NULL && p.place_length == 0)) {
        *why = _("a word is missing after ':' or '@'");
        return false;
    }
    return (p.object == NULL || mu_words_add(words, arena, p.object, p.object_length)) &&
           (p.place == NULL || mu_words_add(words, arena, p.place, p.place_length));
}

mu_term mu_term_read(const char *text, const mu_words *words) {
    const pieces p = split(text);
    return (mu_term){
        .kind = mu_record_find(p.token, (uint32_t)p.token_length),
        .object = p.object == NULL ? MU_NONE : mu_words_find(words, p.object, p.object_length),
        .place = p.place == NULL ? MU_NONE : mu_words_find(words, p.place, p.place_length),
    };
}

static bool is_word(mu_handle handle, uint32_t word) {
    return word == MU_NONE || handle == MU_HANDLE(MU_THING_WORD, word);
}

bool mu_term_matches(const mu_term *term, const mu_record *record) {
    return record->kind == term->kind && is_word(record->object, term->object) &&
           is_word(record->place, term->place);
}

uint32_t mu_log_find(const mu_log *log, const mu_term *term, uint32_t id, mu_time at_us) {
    const uint32_t count = mu_log_count(log);
    for (; id < count; id++) {
        const mu_record *record = mu_log_get(log, id);
        if (record->time_us >= at_us && mu_term_matches(term, record)) {
            return id;
        }
    }
    return MU_NO_RECORD;
}
