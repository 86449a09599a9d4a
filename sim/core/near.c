/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edit distance in three rows of a table, given up as soon as a whole row is beyond the limit. */
#include "core/near.h"

#include <stdio.h>
#include <string.h>

#include "core/i18n.h"

enum { WORD_MOST = 80 };

static char fold(char c) {
    if (c >= 'A' && c <= 'Z') {
        return (char)(c - 'A' + 'a');
    }
    return c == '-' ? '_' : c;
}

static uint32_t least(uint32_t a, uint32_t b) {
    return a < b ? a : b;
}

/* Fills in row i of the table from the two rows before it; returns its least number. */
static uint32_t fill_row(const char *left, const char *right, size_t width, uint32_t i,
                         uint32_t rows[3][WORD_MOST + 1]) {
    uint32_t *now = rows[i % 3];
    const uint32_t *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
    const char c = fold(left[i - 1]);
    uint32_t row_least = now[0] = i;
    for (uint32_t j = 1; j <= width; j++) {
        const char d = fold(right[j - 1]);
        now[j] = least(last[j - 1] + (c != d), least(last[j], now[j - 1]) + 1);
        if (i > 1 && j > 1 && c == fold(right[j - 2]) && fold(left[i - 2]) == d) {
            now[j] = least(now[j], before[j - 2] + 1);
        }
        row_least = least(row_least, now[j]);
    }
    return row_least;
}

uint32_t mu_near_distance(const char *left, const char *right, uint32_t most) {
    const size_t height = strlen(left), width = strlen(right);
    const size_t apart = height > width ? height - width : width - height;
    if (height > WORD_MOST || width > WORD_MOST || apart > most) {
        return most + 1;
    }
    uint32_t rows[3][WORD_MOST + 1];
    for (uint32_t j = 0; j <= width; j++) {
        rows[0][j] = j;
    }
    uint32_t last_least = 0; /* a swap reaches back over one row */
    for (uint32_t i = 1; i <= height; i++) {
        const uint32_t row_least = fill_row(left, right, width, i, rows);
        if (row_least > most && last_least > most) {
            return most + 1;
        }
        last_least = row_least;
    }
    return least(rows[height % 3][width], most + 1);
}

mu_near mu_near_start(const char *word) {
    return (mu_near){.word = word};
}

/* One character in four may be wrong and one more, at most three. */
static uint32_t limit_for(const char *word) {
    return least(1 + (uint32_t)(strlen(word) / 4), 3);
}

void mu_near_offer(mu_near *near, const char *candidate) {
    uint32_t most = limit_for(near->word);
    if (near->count == MU_NEAR_KEPT) {
        if (near->distance[MU_NEAR_KEPT - 1] == 0) {
            return;
        }
        most = least(most, near->distance[MU_NEAR_KEPT - 1] - 1);
    }
    const uint32_t distance = mu_near_distance(near->word, candidate, most);
    if (distance > most) {
        return;
    }
    uint32_t at = near->count < MU_NEAR_KEPT ? near->count++ : MU_NEAR_KEPT - 1;
    for (; at > 0 && near->distance[at - 1] > distance; at--) {
        near->kept[at] = near->kept[at - 1];
        near->distance[at] = near->distance[at - 1];
    }
    near->kept[at] = candidate;
    near->distance[at] = distance;
}

bool mu_near_advise(const mu_near *near, char *out, uint32_t room) {
    const bool is_exact = near->count > 0 && near->distance[0] == 0; /* but for its case */
    switch (is_exact ? 1 : near->count) {
    case 0:
        return false;
    case 1:
        snprintf(out, room, _("did you mean \"%s\"?"), near->kept[0]);
        return true;
    case 2:
        snprintf(out, room, _("did you mean \"%s\" or \"%s\"?"), near->kept[0], near->kept[1]);
        return true;
    default:
        snprintf(out, room, _("did you mean \"%s\", \"%s\" or \"%s\"?"), near->kept[0],
                 near->kept[1], near->kept[2]);
        return true;
    }
}
