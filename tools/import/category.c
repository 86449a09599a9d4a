/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a unit is for: IMDF categories to uses, and uses to the number of persons that they hold.
 * Two tables; everything that the importer assumes about people stands in them. */
#include "tools/import/draft.h"

#include <string.h>

static const mu_category categories[] = {
    {"academic", MU_USE_MEETING, false},
    {"administration", MU_USE_OFFICE, false},
    {"archive", MU_USE_ARCHIVE, false},
    {"auditorium", MU_USE_ASSEMBLY, false},
    {"brick", MU_USE_OTHER, true},
    {"classroom", MU_USE_CLASSROOM, false},
    {"column", MU_USE_OTHER, true},
    {"concert", MU_USE_ASSEMBLY, false},
    {"concrete", MU_USE_OTHER, true},
    {"conferenceroom", MU_USE_MEETING, false},
    {"drywall", MU_USE_OTHER, true},
    {"elevator", MU_USE_LIFT, false},
    {"escalator", MU_USE_STAIR, false},
    {"firstaid", MU_USE_OTHER, false},
    {"fitnessroom", MU_USE_OTHER, false},
    {"foodservice", MU_USE_ASSEMBLY, false},
    {"footbridge", MU_USE_CORRIDOR, false},
    {"glass", MU_USE_OTHER, true},
    {"huddleroom", MU_USE_MEETING, false},
    {"kitchen", MU_USE_OTHER, false},
    {"laboratory", MU_USE_LABORATORY, false},
    {"library", MU_USE_LIBRARY, false},
    {"lobby", MU_USE_LOBBY, false},
    {"lounge", MU_USE_LOBBY, false},
    {"mailroom", MU_USE_OFFICE, false},
    {"movietheater", MU_USE_ASSEMBLY, false},
    {"museum", MU_USE_ASSEMBLY, false},
    {"nonpublic", MU_USE_OTHER, false},
    {"office", MU_USE_OFFICE, false},
    {"opentobelow", MU_USE_OTHER, true},
    {"parking", MU_USE_PARKING, false},
    {"ramp", MU_USE_CORRIDOR, false},
    {"reading", MU_USE_LIBRARY, false},
    {"restroom", MU_USE_SANITARY, false},
    {"room", MU_USE_OTHER, false},
    {"security", MU_USE_CONTROL_ROOM, false},
    {"serverroom", MU_USE_DATA_CENTRE, false},
    {"shop", MU_USE_RETAIL, false},
    {"shower", MU_USE_SANITARY, false},
    {"souvenirs", MU_USE_RETAIL, false},
    {"stairs", MU_USE_STAIR, false},
    {"steps", MU_USE_STAIR, false},
    {"storage", MU_USE_STORE, false},
    {"structure", MU_USE_OTHER, true},
    {"terrace", MU_USE_ROOF, false},
    {"theater", MU_USE_ASSEMBLY, false},
    {"ticket", MU_USE_OFFICE, false},
    {"unspecified", MU_USE_OTHER, false},
    {"waitingroom", MU_USE_LOBBY, false},
    {"walkway", MU_USE_CORRIDOR, false},
    {"wardrobe", MU_USE_STORE, false},
    {"wood", MU_USE_OTHER, true},
};

const mu_category *mu_category_find(const char *name) {
    for (size_t i = 0; name != NULL && i < sizeof categories / sizeof categories[0]; i++) {
        if (mu_text_is_category(name, categories[i].name)) {
            return &categories[i];
        }
    }
    return NULL;
}

static const char *const use_labels[MU_USE_COUNT] = {
    [MU_USE_OFFICE] = N_("office"),         [MU_USE_LOBBY] = N_("lobby"),
    [MU_USE_CORRIDOR] = N_("corridor"),     [MU_USE_STAIR] = N_("stairs"),
    [MU_USE_MEETING] = N_("meeting room"),  [MU_USE_CLASSROOM] = N_("classroom"),
    [MU_USE_ASSEMBLY] = N_("assembly"),     [MU_USE_RETAIL] = N_("shop"),
    [MU_USE_LABORATORY] = N_("laboratory"), [MU_USE_LIBRARY] = N_("library"),
    [MU_USE_SANITARY] = N_("sanitary"),     [MU_USE_STORE] = N_("store"),
    [MU_USE_PLANT] = N_("plant room"),      [MU_USE_CONTROL_ROOM] = N_("control room"),
    [MU_USE_COMMAND] = N_("command room"),  [MU_USE_DATA_CENTRE] = N_("data centre"),
    [MU_USE_ARCHIVE] = N_("archive"),       [MU_USE_LIFT] = N_("lift"),
    [MU_USE_PARKING] = N_("parking"),       [MU_USE_ROOF] = N_("roof"),
    [MU_USE_OUTDOOR] = N_("outdoors"),      [MU_USE_OTHER] = N_("other"),
};

const char *mu_use_label(mu_use use) {
    return _(use_labels[use]);
}

bool mu_use_is_circulation(mu_use use) {
    return use == MU_USE_CORRIDOR || use == MU_USE_LOBBY || use == MU_USE_STAIR;
}

/* Occupant load factors as commonly tabulated from IBC table 1004.5 and NFPA 101 table 7.3.1.2.
 * They are upper bounds for design, so the command multiplies them by an occupancy share. */
enum {
    LOAD_NONE,
    LOAD_CLASS,
    LOAD_HALL,
    LOAD_FOOD,
    LOAD_OFFICE,
    LOAD_READING,
    LOAD_LAB,
    LOAD_SHOW,
    LOAD_SHOP,
    LOAD_COUNT
};

static const mu_loading loadings[LOAD_COUNT] = {
    [LOAD_NONE] = {"none", N_("nobody placed"), "不配置人员", "", false, 0, ""},
    [LOAD_CLASS] = {"class", N_("Students in classrooms"), "教室里的学生", "student", true, 1.9,
                    N_("classroom, 20 ft2 (1.9 m2) net per person")},
    [LOAD_HALL] = {"hall", N_("Students in auditoriums and halls"), "礼堂和大厅里的学生", "student",
                   true, 1.4,
                   N_("assembly with tables and chairs, 15 ft2 (1.4 m2) net per person")},
    [LOAD_FOOD] = {"canteen", N_("Guests of the canteen"), "食堂的顾客", "visitor", false, 1.4,
                   N_("assembly with tables and chairs, 15 ft2 (1.4 m2) net per person")},
    [LOAD_OFFICE] = {"office", N_("Staff in offices"), "办公室里的职员", "staff", true, 9.3,
                     N_("business, 100 ft2 (9.3 m2) gross per person")},
    [LOAD_READING] = {"reading", N_("Readers"), "阅览室的读者", "student", true, 4.6,
                      N_("library reading room, 50 ft2 (4.6 m2) net per person")},
    [LOAD_LAB] = {"laboratory", N_("Students in laboratories"), "实验室里的学生", "student", true,
                  4.6, N_("educational laboratory, 50 ft2 (4.6 m2) net per person")},
    [LOAD_SHOW] = {"exhibition", N_("Visitors of exhibitions"), "展厅的参观者", "visitor", false,
                   2.8, N_("exhibition gallery or museum, 30 ft2 (2.8 m2) net per person")},
    [LOAD_SHOP] = {"shop", N_("Customers"), "商店的顾客", "visitor", false, 2.8,
                   N_("mercantile at street level, 30 ft2 (2.8 m2) gross per person")},
};

const mu_loading *mu_loadings(uint32_t *count) {
    *count = LOAD_COUNT;
    return loadings;
}

uint32_t mu_loading_of(const char *category, mu_use use) {
    if (use == MU_USE_ASSEMBLY && mu_text_is_category(category, "foodservice")) {
        return LOAD_FOOD;
    }
    if (use == MU_USE_ASSEMBLY && mu_text_is_category(category, "museum")) {
        return LOAD_SHOW;
    }
    if (use == MU_USE_CLASSROOM) {
        return LOAD_CLASS;
    }
    if (use == MU_USE_ASSEMBLY || use == MU_USE_MEETING) {
        return LOAD_HALL;
    }
    if (use == MU_USE_OFFICE || use == MU_USE_CONTROL_ROOM || use == MU_USE_COMMAND) {
        return LOAD_OFFICE;
    }
    return use == MU_USE_LIBRARY      ? LOAD_READING
           : use == MU_USE_LABORATORY ? LOAD_LAB
           : use == MU_USE_RETAIL     ? LOAD_SHOP
                                      : LOAD_NONE;
}
