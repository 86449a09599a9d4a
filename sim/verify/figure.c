/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of figures, word by word. What a figure is comes from its own name first, and from the
 * groups around it where its own name does not say; where, when and which way it was measured may
 * be said anywhere. */
#include "verify/figure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/read_real.h"
#include "site/plane.h"

enum { WORDS_MOST = 48, WORD_ROOM = 24 };

/* The words of a name, in order; `own` is the first of the figure's own. */
typedef struct words {
    char word[WORDS_MOST][WORD_ROOM];
    uint32_t count, own;
} words;

static void add_words(words *w, const char *name) {
    while (*name != 0 && w->count < WORDS_MOST) {
        const size_t length = strcspn(name, "_ /");
        if (length > 0) {
            (void)snprintf(w->word[w->count++], WORD_ROOM, "%.*s", (int)length, name);
        }
        name += length + (name[length] != 0);
    }
}

static bool has_from(const words *w, uint32_t from, const char *word) {
    for (uint32_t i = from; i < w->count; i++) {
        if (strcmp(w->word[i], word) == 0) {
            return true;
        }
    }
    return false;
}
static bool has(const words *w, const char *word) {
    return has_from(w, 0, word);
}
static bool own(const words *w, const char *word) {
    return has_from(w, w->own, word);
}

/* "12.5" and nothing behind it but `unit`. */
static bool is_number(const char *word, const char *unit, double *out) {
    const char *end;
    const double value = mu_read_real(word, &end);
    if (end == word || strcmp(end, unit) != 0) {
        return false;
    }
    *out = value;
    return true;
}

static bool read_place(const mu_figure_names *names, const char *word, mu_place_word *out) {
    double coordinate = 0;
    if ((word[0] == 'x' || word[0] == 'y') && is_number(word + 1, "", &coordinate)) {
        *out = (mu_place_word){MU_SPOT_ACROSS, word[0], coordinate, 0};
        return true;
    }
    for (uint32_t k = 0; k < names->line_count; k++) {
        if (names->lines[k] != NULL && strcmp(names->lines[k], word) == 0) {
            *out = (mu_place_word){MU_SPOT_NAMED, 0, 0, k};
            return true;
        }
    }
    return false;
}

static void read_places(const mu_figure_names *names, const words *w, mu_figure_meaning *out) {
    uint32_t found = 0;
    for (uint32_t i = 0; i < w->count; i++) {
        mu_place_word place;
        const bool is_front = strcmp(w->word[i], "in") == 0 && i + 1 < w->count &&
                              strcmp(w->word[i + 1], "front") == 0;
        if (!is_front && read_place(names, w->word[i], &place)) {
            *(found++ == 0 ? &out->place : &out->to) = place;
        }
    }
    if (has(w, "front") || has(w, "before")) {
        out->place.spot = MU_SPOT_FRONT;
    } else if (has(w, "after") || has(w, "behind")) {
        out->place.spot = MU_SPOT_AFTER;
    } else if (has(w, "bottleneck") && found == 0) {
        out->place.spot = MU_SPOT_BOTTLENECK;
    }
}

/* "3x1", "10_45s", "1s". */
static void read_sizes(const words *w, mu_figure_meaning *out) {
    for (uint32_t i = 0; i < w->count; i++) {
        const char *end;
        double value = 0;
        const double width = mu_read_real(w->word[i], &end);
        if (end != w->word[i] && *end == 'x' && is_number(end + 1, "", &value)) {
            out->width_m = width;
            out->depth_m = value;
        } else if (is_number(w->word[i], "s", &value)) {
            double from = 0;
            if (i > 0 && is_number(w->word[i - 1], "", &from)) {
                out->windowed = true;
                out->from_s = from;
                out->to_s = value;
            } else {
                out->every_s = value;
            }
        }
    }
}

static int find_way(const mu_figure_names *names, double x, double y) {
    for (uint32_t k = 0; k < names->way_count; k++) {
        if (names->ways[k].x * x + names->ways[k].y * y > 0.7) {
            return (int)k;
        }
    }
    return -1;
}

static void read_way(const mu_figure_names *names, const words *w, mu_figure_meaning *out) {
    static const struct {
        const char *word;
        double x, y;
    } ways[] = {
        {"right", 1, 0}, {"rightward", 1, 0}, {"east", 1, 0},   {"+x", 1, 0},  {"posx", 1, 0},
        {"left", -1, 0}, {"leftward", -1, 0}, {"west", -1, 0},  {"-x", -1, 0}, {"negx", -1, 0},
        {"up", 0, 1},    {"upward", 0, 1},    {"north", 0, 1},  {"+y", 0, 1},  {"posy", 0, 1},
        {"down", 0, -1}, {"downward", 0, -1}, {"south", 0, -1}, {"-y", 0, -1}, {"negy", 0, -1},
    };
    out->way = -1;
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        if (has(w, ways[i].word)) {
            out->way = find_way(names, ways[i].x, ways[i].y);
        }
    }
}

static void read_statistic(const words *w, mu_figure_meaning *out) {
    for (uint32_t i = 0; i < w->count; i++) {
        double percent = 0;
        if (w->word[i][0] == 'p' && is_number(w->word[i] + 1, "", &percent) && percent <= 100) {
            out->reduction = MU_REDUCTION_QUANTILE;
            out->share = percent / 100;
        }
    }
    if (own(w, "median") || own(w, "max") || own(w, "min")) {
        out->reduction = MU_REDUCTION_QUANTILE;
        out->share = own(w, "median") ? 0.5 : own(w, "max") ? 1 : 0;
    } else if (own(w, "sd") || own(w, "std")) {
        out->reduction = MU_REDUCTION_SPREAD;
    } else if (own(w, "n")) {
        out->reduction = MU_REDUCTION_COUNT;
    }
}

static void read_aspect(const words *w, mu_figure_meaning *out) {
    const bool dense = own(w, "rho") || own(w, "density");
    const bool fast = own(w, "v") || own(w, "speed") || own(w, "velocity");
    out->aspect = dense                                   ? MU_ASPECT_DENSITY
                  : fast                                  ? MU_ASPECT_SPEED
                  : own(w, "n")                           ? MU_ASPECT_COUNT
                  : has(w, "speed") && !has(w, "density") ? MU_ASPECT_SPEED
                                                          : MU_ASPECT_DENSITY;
}

static mu_quantity quantity_of(const words *w) {
    static const struct {
        const char *word, *also;
        mu_quantity quantity;
        bool own;
    } table[] = {
        {"width", NULL, MU_QUANTITY_GIVEN, true},
        {"length", NULL, MU_QUANTITY_GIVEN, true},
        {"window", "state", MU_QUANTITY_GIVEN, true},
        {"fraction", NULL, MU_QUANTITY_AT_SHARE, false},
        {"transit", NULL, MU_QUANTITY_TRANSIT, false},
        {"method", "B", MU_QUANTITY_METHOD_B, false},
        {"method", "C", MU_QUANTITY_METHOD_C, false},
        {"N", NULL, MU_QUANTITY_CROSSED, true},
        {"crossed", NULL, MU_QUANTITY_CROSSED, true},
        {"duration", NULL, MU_QUANTITY_DURATION, true},
        {"first", NULL, MU_QUANTITY_FIRST, true},
        {"last", NULL, MU_QUANTITY_LAST, true},
        {"density", NULL, MU_QUANTITY_IN_AREA, true},
        {"speed", NULL, MU_QUANTITY_IN_AREA, true},
        {"velocity", NULL, MU_QUANTITY_IN_AREA, true},
        {"flow", NULL, MU_QUANTITY_FLOW, true},
        {"density", NULL, MU_QUANTITY_IN_AREA, false},
        {"speed", NULL, MU_QUANTITY_IN_AREA, false},
        {"velocity", NULL, MU_QUANTITY_IN_AREA, false},
        {"flow", NULL, MU_QUANTITY_FLOW, false},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const uint32_t from = table[i].own ? w->own : 0;
        if (has_from(w, from, table[i].word) &&
            (table[i].also == NULL || has_from(w, from, table[i].also))) {
            return table[i].quantity;
        }
    }
    return MU_QUANTITY_UNKNOWN;
}

/* A flow is steady (20 to 80 %), of the window, or over all. Bare "line … flow" is the window's. */
static void read_flow(const words *w, mu_figure_meaning *out) {
    out->specific = own(w, "specific");
    out->by_share = has(w, "20") && has(w, "80");
    if (own(w, "steady")) {
        out->quantity = MU_QUANTITY_FLOW_STEADY;
    } else if (!own(w, "mean")) {
        out->quantity = MU_QUANTITY_FLOW_WINDOW;
    }
}

mu_figure_meaning mu_figure_read_name(const mu_figure_names *names, const char *const *groups,
                                      uint32_t group_count, const char *name) {
    words w = {.count = 0};
    mu_figure_meaning meaning = {.way = -1};
    for (uint32_t g = 0; g < group_count; g++) {
        add_words(&w, groups[g]);
    }
    w.own = w.count;
    add_words(&w, name);
    meaning.quantity = quantity_of(&w);
    read_places(names, &w, &meaning);
    read_sizes(&w, &meaning);
    read_way(names, &w, &meaning);
    read_statistic(&w, &meaning);
    read_aspect(&w, &meaning);
    double percent = 0;
    if (meaning.quantity == MU_QUANTITY_AT_SHARE) {
        const bool is_share = is_number(name, "", &percent) && percent >= 0 && percent <= 100;
        meaning.share = percent / 100;
        meaning.quantity = is_share ? MU_QUANTITY_AT_SHARE : MU_QUANTITY_UNKNOWN;
    } else if (meaning.quantity == MU_QUANTITY_FLOW) {
        read_flow(&w, &meaning);
    }
    return meaning;
}

double mu_figure_mean(const mu_figure *figure) {
    return figure->runs > 0 ? figure->sum / figure->runs : NAN;
}

double mu_figure_spread(const mu_figure *figure) {
    if (figure->runs < 2) {
        return NAN;
    }
    const double mean = mu_figure_mean(figure);
    return sqrt(mu_plane_max(figure->squares / figure->runs - mean * mean, 0) * figure->runs /
                (figure->runs - 1));
}

double mu_figure_deviation(const mu_figure *figure) {
    const double mean = mu_figure_mean(figure);
    return isnan(mean) || isnan(figure->given) || figure->given == 0 ? NAN
                                                                     : mean / figure->given - 1;
}

void mu_figure_add(mu_figure *figure, double value) {
    if (isfinite(value)) {
        figure->sum += value;
        figure->squares += value * value;
        figure->runs++;
    }
}

void mu_figure_clear(mu_figure *figure) {
    figure->sum = figure->squares = 0;
    figure->runs = 0;
    free(figure->found);
    figure->found = NULL;
    figure->found_count = 0;
    for (uint32_t i = 0; i < figure->parts.count; i++) {
        mu_figure_clear(&figure->parts.items[i]);
    }
}
