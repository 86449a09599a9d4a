/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people read, in both languages. */
#ifndef MUSTER_TEXT_H
#define MUSTER_TEXT_H

#ifdef __cplusplus
extern "C" {
#endif

/* A name or sentence in both languages; where a file gives one, it serves for both. */
typedef struct mu_text {
    const char *en, *zh;
} mu_text;

/* The text in a language ("zh" or "en"), in the other where it is missing; never NULL. */
static inline const char *mu_text_in(mu_text text, const char *language) {
    const char *own = language[0] == 'z' ? text.zh : text.en;
    const char *other = language[0] == 'z' ? text.en : text.zh;
    if (own != 0 && own[0] != 0) {
        return own;
    }
    return other != 0 ? other : "";
}

#ifdef __cplusplus
}
#endif
#endif
