/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of what handles name: the id that files use, and the name that people read. */
#include <string.h>

#include "drill/plan.h"

static const mu_text no_text = {NULL, NULL};

/* Id and name of one thing; the name may be empty. */
static const char *look_up(const mu_plan *plan, mu_handle handle, mu_text *name) {
    const uint32_t i = mu_handle_index(handle);
    *name = no_text;
    switch (mu_handle_thing(handle)) {
    case MU_THING_NOTHING:
        return "";
    case MU_THING_PERSON:
        *name = mu_person_name(&plan->people, i);
        return plan->people.list.items[i].id;
    case MU_THING_STEP:
        *name = plan->response.steps.items[i].given->name;
        return plan->response.steps.items[i].given->id;
    case MU_THING_WORD:
        return plan->words.items[i];
    case MU_THING_SPACE:
        *name = plan->site.spaces.items[i].name;
        return plan->site.spaces.items[i].id;
    case MU_THING_PORTAL:
        *name = plan->site.portals.items[i].name;
        return plan->site.portals.items[i].id;
    case MU_THING_EQUIPMENT:
        *name = plan->site.equipment.items[i].name;
        return plan->site.equipment.items[i].id;
    case MU_THING_POST:
        *name = plan->site.posts.items[i].name;
        return plan->site.posts.items[i].id;
    case MU_THING_CHANNEL:
        *name = plan->site.channels.items[i].name;
        return plan->site.channels.items[i].id;
    case MU_THING_UNIT:
        *name = plan->roster.units.items[i].name;
        return plan->roster.units.items[i].id;
    case MU_THING_HOSPITAL:
        *name = plan->roster.hospitals.items[i].name;
        return plan->roster.hospitals.items[i].id;
    case MU_THING_GROUP:
        *name = plan->roster.groups.items[i].name;
        return plan->roster.groups.items[i].id;
    }
    return "";
}

const char *mu_plan_id(const mu_plan *plan, mu_handle handle) {
    mu_text name;
    return look_up(plan, handle, &name);
}

const char *mu_plan_name(const mu_plan *plan, mu_handle handle, const char *language) {
    mu_text name;
    const char *id = look_up(plan, handle, &name);
    const char *own = strcmp(language, "zh") == 0 ? name.zh : name.en;
    return own != NULL && own[0] != 0 ? own : id;
}
