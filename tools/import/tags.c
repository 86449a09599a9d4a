/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the attributes of a drawing mean: the tags of OpenStreetMap's Simple Indoor Tagging, and the
 * words that planners write into a column called "type" or "use", in English, German and Chinese.
 * Everything here is a table; IMDF's categories are the common vocabulary. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "tools/import/drawing.h"

typedef struct tag {
    const char *key, *value; /* value NULL: any */
    const char *category;
} tag;

/* The first that fits counts, so what says more stands first. */
static const tag rooms[] = {
    {"stairs", "yes", "stairs"},
    {"room", "stairs", "stairs"},
    {"elevator", "yes", "elevator"},
    {"room", "elevator", "elevator"},
    {"highway", "elevator", "elevator"},
    {"highway", "steps", "stairs"},
    {"amenity", "toilets", "restroom"},
    {"room", "toilets", "restroom"},
    {"room", "toilet", "restroom"},
    {"amenity", "restaurant", "foodservice"},
    {"amenity", "fast_food", "foodservice"},
    {"amenity", "cafe", "foodservice"},
    {"amenity", "bar", "foodservice"},
    {"amenity", "food_court", "foodservice"},
    {"room", "restaurant", "foodservice"},
    {"amenity", "parking", "parking"},
    {"amenity", "library", "library"},
    {"amenity", "theatre", "theater"},
    {"amenity", "cinema", "movietheater"},
    {"amenity", "conference_centre", "conferenceroom"},
    {"room", "disused", "nonpublic"},
    {"room", "entrance", "lobby"},
    {"room", "corridor", "walkway"},
    {"room", "class", "classroom"},
    {"room", "lecture", "auditorium"},
    {"room", "auditorium", "auditorium"},
    {"room", "conference", "conferenceroom"},
    {"room", "office", "office"},
    {"room", "storage", "storage"},
    {"room", "technical", "nonpublic"},
    {"room", "emergency", "firstaid"},
    {"room", "shop", "shop"},
    {"shop", NULL, "shop"},
    {"office", NULL, "office"},
    {"indoor", "corridor", "walkway"},
    {"indoor", "area", "walkway"},
    {"indoor", "room", "room"},
};

/* Words, or the beginnings of words, in a column that tells what a room is. */
static const tag words[] = {
    {"corridor", NULL, "walkway"},
    {"hallway", NULL, "walkway"},
    {"passage", NULL, "walkway"},
    {"flur", NULL, "walkway"},
    {"走廊", NULL, "walkway"},
    {"通道", NULL, "walkway"},
    {"过道", NULL, "walkway"},
    {"staircase", NULL, "stairs"},
    {"stair", NULL, "stairs"},
    {"treppe", NULL, "stairs"},
    {"楼梯", NULL, "stairs"},
    {"escalator", NULL, "escalator"},
    {"rolltreppe", NULL, "escalator"},
    {"扶梯", NULL, "escalator"},
    {"elevator", NULL, "elevator"},
    {"lift", NULL, "elevator"},
    {"aufzug", NULL, "elevator"},
    {"电梯", NULL, "elevator"},
    {"toilet", NULL, "restroom"},
    {"restroom", NULL, "restroom"},
    {"wc", NULL, "restroom"},
    {"sanit", NULL, "restroom"},
    {"卫生间", NULL, "restroom"},
    {"洗手间", NULL, "restroom"},
    {"厕所", NULL, "restroom"},
    {"lobby", NULL, "lobby"},
    {"foyer", NULL, "lobby"},
    {"hall", NULL, "lobby"},
    {"大堂", NULL, "lobby"},
    {"大厅", NULL, "lobby"},
    {"门厅", NULL, "lobby"},
    {"meeting", NULL, "conferenceroom"},
    {"conference", NULL, "conferenceroom"},
    {"会议", NULL, "conferenceroom"},
    {"office", NULL, "office"},
    {"büro", NULL, "office"},
    {"办公", NULL, "office"},
    {"classroom", NULL, "classroom"},
    {"教室", NULL, "classroom"},
    {"laborator", NULL, "laboratory"},
    {"lab", NULL, "laboratory"},
    {"实验", NULL, "laboratory"},
    {"library", NULL, "library"},
    {"图书", NULL, "library"},
    {"auditorium", NULL, "auditorium"},
    {"礼堂", NULL, "auditorium"},
    {"报告厅", NULL, "auditorium"},
    {"canteen", NULL, "foodservice"},
    {"restaurant", NULL, "foodservice"},
    {"食堂", NULL, "foodservice"},
    {"餐厅", NULL, "foodservice"},
    {"shop", NULL, "shop"},
    {"retail", NULL, "shop"},
    {"商店", NULL, "shop"},
    {"商铺", NULL, "shop"},
    {"store room", NULL, "storage"},
    {"storage", NULL, "storage"},
    {"仓库", NULL, "storage"},
    {"库房", NULL, "storage"},
    {"server", NULL, "serverroom"},
    {"data hall", NULL, "serverroom"},
    {"机房", NULL, "serverroom"},
    {"archive", NULL, "archive"},
    {"档案", NULL, "archive"},
    {"parking", NULL, "parking"},
    {"停车", NULL, "parking"},
    {"security", NULL, "security"},
    {"监控", NULL, "security"},
    {"control room", NULL, "security"},
    {"assembly", NULL, "auditorium"},
    {"data_centre", NULL, "serverroom"},
    {"control_room", NULL, "security"},
    {"command", NULL, "office"},
    {"store", NULL, "storage"},
    {"plant", NULL, "nonpublic"},
    {"classes", NULL, "classroom"},
    {"room", NULL, "room"},
    {"raum", NULL, "room"},
    {"房间", NULL, "room"},
};

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

/* Columns that say what a thing is, what it is called, and where. */
static const char *const type_keys[] = {"type",      "category", "use",   "usage",
                                        "function",  "kind",     "class", "roomtype",
                                        "room_type", "用途",     "类型",  NULL};
static const char *const name_keys[] = {"name", "title", "label", "room_name", "名称", NULL};
static const char *const level_keys[] = {"level",   "floor",     "storey", "story",
                                         "ordinal", "repeat_on", "楼层",   NULL};

static const char *first_of(mu_tag_value *value, const void *from, const char *const *keys) {
    const char *found = NULL;
    for (; *keys != NULL && found == NULL; keys++) {
        found = value(from, *keys);
    }
    return found;
}

static bool begins_with(const char *text, const char *word) {
    return strncasecmp(text, word, strlen(word)) == 0;
}

/* At the beginning of one of a text's words; Chinese words have no blanks between them. */
static bool holds_word(const char *text, const char *word) {
    const bool chinese = (word[0] & 0x80) != 0;
    for (const char *at = text; *at != '\0'; at++) {
        const bool starts = at == text || strchr(" _-/.", at[-1]) != NULL || chinese;
        if (starts && begins_with(at, word)) {
            return true;
        }
    }
    return false;
}

const char *mu_tags_category_of(const char *word) {
    const mu_category *known = mu_category_find(word);
    for (size_t i = 0; known == NULL && i < COUNT(words); i++) {
        if (holds_word(word, words[i].key)) {
            return words[i].category;
        }
    }
    return known != NULL ? known->name : NULL;
}

static bool is(const char *text, const char *word) {
    return text != NULL && strcasecmp(text, word) == 0;
}

static bool is_one_of(const char *text, const char *const *list) {
    for (; text != NULL && *list != NULL; list++) {
        if (begins_with(text, *list)) {
            return true;
        }
    }
    return false;
}

mu_tag_kind mu_tags_kind(mu_tag_value *value, const void *from, const char **category) {
    static const char *const doors[] = {"door", "tür", "tuer", "门", "opening", NULL};
    static const char *const exits[] = {"exit", "entrance", "ausgang", "出口", "入口", NULL};
    *category = NULL;
    const char *type = first_of(value, from, type_keys);
    if (value(from, "entrance") != NULL || is_one_of(type, exits)) {
        return MU_TAG_ENTRANCE;
    }
    if (value(from, "door") != NULL || is(value(from, "indoor"), "door") ||
        is_one_of(type, doors)) {
        return MU_TAG_DOOR;
    }
    if (is(value(from, "indoor"), "wall")) {
        return MU_TAG_WALL;
    }
    if (is(value(from, "indoor"), "level") || is(value(from, "outdoor"), "yes")) {
        return MU_TAG_OUTLINE; /* the importer makes the open ground itself */
    }
    const bool inside = value(from, "indoor") != NULL || value(from, "room") != NULL ||
                        first_of(value, from, level_keys) != NULL;
    if (!inside && (value(from, "building") != NULL || value(from, "building:part") != NULL)) {
        return MU_TAG_FOOTPRINT;
    }
    const char *told = type != NULL ? mu_tags_category_of(type) : NULL;
    const bool exact = told != NULL && strcmp(told, "room") != 0;
    for (size_t i = 0; inside && !exact && i < COUNT(rooms); i++) {
        const char *given = value(from, rooms[i].key);
        if (given != NULL && (rooms[i].value == NULL || is(given, rooms[i].value))) {
            *category = rooms[i].category;
            return MU_TAG_ROOM;
        }
    }
    *category = told;
    return *category != NULL || inside ? MU_TAG_ROOM : MU_TAG_NOTHING;
}

const char *mu_tags_name(mu_tag_value *value, const void *from) {
    return first_of(value, from, name_keys);
}

/* "0", "0;1", "-1-2" (a range), "1.5" (a landing: the level below). */
static void put_on_levels(const char *text, mu_mark *mark) {
    while (*text != '\0') {
        char *end = NULL;
        const double first = strtod(text, &end);
        if (end == text) {
            text++;
            continue;
        }
        double last = first;
        if (*end == '-' && (end[1] == '-' || (end[1] >= '0' && end[1] <= '9'))) {
            last = strtod(end + 1, &end);
        }
        for (double level = first; level <= last && level < first + 60; level++) {
            mu_mark_put_on(mark, (int64_t)(level < 0 ? level - 0.999 : level));
        }
        text = end;
    }
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* "2F" and "F2" are the first level above the ground, "B1" the first below, as signs say it. */
static bool put_by_words(const char *place, mu_mark *mark) {
    for (const char *at = place; *at != '\0'; at++) {
        const bool starts = at == place || strchr("-_ ./", at[-1]) != NULL;
        if (!starts) {
            continue;
        }
        if ((at[0] == 'B' || at[0] == 'b') && is_digit(at[1])) {
            mu_mark_put_on(mark, -strtol(at + 1, NULL, 10));
            return true;
        }
        if ((at[0] == 'F' || at[0] == 'f') && is_digit(at[1])) {
            mu_mark_put_on(mark, strtol(at + 1, NULL, 10) - 1);
            return true;
        }
        char *end = NULL;
        const long number = strtol(at, &end, 10);
        if (is_digit(at[0]) && (*end == 'F' || *end == 'f' || strncmp(end, "层", 3) == 0 ||
                                strncmp(end, "楼", 3) == 0)) {
            mu_mark_put_on(mark, number - 1);
            return true;
        }
    }
    return false;
}

void mu_tags_levels(mu_tag_value *value, const void *from, const char *place, mu_mark *mark) {
    const char *said = first_of(value, from, level_keys);
    if (said != NULL) {
        put_on_levels(said, mark);
        if (mark->ordinal_count == 0) {
            (void)put_by_words(said, mark);
        }
    }
    if (mark->ordinal_count == 0 && place != NULL) {
        (void)put_by_words(place, mark);
    }
    if (mark->ordinal_count == 0) {
        mark->level_guessed = true;
        mu_mark_put_on(mark, 0);
    }
}
