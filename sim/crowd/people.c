/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From groups, members and units to persons. Shares (of spaces by area, of aids by the planner's
 * figures) become whole persons by largest remainders, so that a group of 37 is 37 people on every
 * machine, and no draw is spent on it. */
#include "crowd/people.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/random.h"

#define MOBILITIES (MU_MOBILITY_WHEELCHAIR + 1)

/* One of several that share a whole number. */
typedef struct portion {
    double weight;
    uint32_t index;
    uint32_t count;
    double remainder;
} portion;

static int by_remainder(const void *left, const void *right) {
    const portion *a = left, *b = right;
    if (a->remainder != b->remainder) {
        return a->remainder > b->remainder ? -1 : 1;
    }
    return a->index < b->index ? -1 : a->index > b->index;
}

static int by_index(const void *left, const void *right) {
    const portion *a = left, *b = right;
    return a->index < b->index ? -1 : a->index > b->index;
}

/* Largest remainders: `total` over the weights (not all zero), ties to the lower index. */
static void apportion(portion *portions, uint32_t count, uint32_t total) {
    double sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += portions[i].weight;
    }
    uint32_t given = 0;
    for (uint32_t i = 0; i < count; i++) {
        const double quota = total * (portions[i].weight / sum);
        portions[i].count = (uint32_t)quota;
        portions[i].remainder = portions[i].weight > 0 ? quota - portions[i].count : -1;
        given += portions[i].count;
    }
    qsort(portions, count, sizeof *portions, by_remainder);
    for (uint32_t i = 0; given < total; i = (i + 1) % count) {
        portions[i].count++;
        given++;
    }
    qsort(portions, count, sizeof *portions, by_index);
}

typedef struct maker {
    const mu_site *site;
    const mu_walkable *walkable;
    const mu_roster *roster;
    mu_arena *arena;
    mu_diags *diags;
    mu_person *persons;
    uint32_t count;
    uint32_t parties;
    bool failed, no_memory;
} maker;

static void fault(maker *m, const char *code, mu_origin origin, const char *advice,
                  const char *text, const char *id) {
    m->failed = true;
    mu_diags_add(m->diags, MU_ERROR, code, origin, advice, text, id);
}

static bool count_is_fine(maker *m, int64_t count, int64_t *sum, mu_origin origin) {
    if (count < 0 || count > MU_PEOPLE_MOST || *sum + count > MU_PEOPLE_MOST) {
        m->failed = true;
        mu_diags_add(m->diags, MU_ERROR, "roster.too-many", origin,
                     _("lower a `count`; split the site into several plans if need be"),
                     _("more than %d persons in one plan"), MU_PEOPLE_MOST);
        return false;
    }
    *sum += count;
    return true;
}

/* The number of persons, or -1 if there are too many. Stops at the first fault: sums of counts that
 * are out of range say nothing. */
static int64_t count_persons(maker *m) {
    const mu_roster *roster = m->roster;
    int64_t sum = 0;
    for (uint32_t g = 0; g < roster->groups.count; g++) {
        if (!count_is_fine(m, roster->groups.items[g].count, &sum,
                           roster->groups.items[g].origin)) {
            return -1;
        }
    }
    for (uint32_t i = 0; i < roster->members.count; i++) {
        if (!count_is_fine(m, roster->members.items[i].count, &sum,
                           roster->members.items[i].origin)) {
            return -1;
        }
    }
    for (uint32_t u = 0; u < roster->units.count; u++) {
        if (!count_is_fine(m, roster->units.items[u].count, &sum, roster->units.items[u].origin)) {
            return -1;
        }
    }
    return sum;
}

static mu_person *add_person(maker *m, mu_person_kind kind, uint32_t from, const char *id) {
    mu_person *person = &m->persons[m->count];
    if (id == NULL) {
        m->no_memory = true;
        return NULL;
    }
    m->count++;
    *person = (mu_person){.id = id,
                          .name = {id, id},
                          .hash = mu_name_hash(id),
                          .kind = (uint8_t)kind,
                          .mobility = MU_MOBILITY_ADULT,
                          .from = from,
                          .space = MU_NONE,
                          .post = MU_NONE,
                          .party = MU_NONE};
    return person;
}

/* Spaces of a group with their areas, by index, each once; stair halls and what nobody may stand in
 * count 0. Returns how many, 0 if nobody can be placed. */
static uint32_t weigh_spaces(const maker *m, const mu_group *group, portion *spaces) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < group->in.count; i++) {
        const uint32_t space = group->in.items[i].index;
        if (space == MU_NONE) {
            continue;
        }
        const mu_area *area = mu_walkable_area(m->walkable, space);
        const bool usable = area->walkable && m->site->spaces.items[space].use != MU_USE_STAIR;
        spaces[count++] = (portion){.weight = usable ? area->area_m2 : 0, .index = space};
    }
    qsort(spaces, count, sizeof *spaces, by_index);
    uint32_t distinct = 0;
    double sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (distinct == 0 || spaces[i].index != spaces[distinct - 1].index) {
            spaces[distinct++] = spaces[i];
            sum += spaces[i].weight;
        }
    }
    return sum > 0 ? distinct : 0;
}

/* How many of a group have each kind of mobility; false if the shares make more than 1. */
static bool share_mobility(const mu_group *group, portion kinds[MOBILITIES]) {
    double rest = 1;
    for (uint32_t k = 0; k < MOBILITIES; k++) {
        kinds[k] = (portion){.index = k};
    }
    for (uint32_t i = 0; i < group->mobility.count; i++) {
        kinds[group->mobility.items[i].kind].weight += group->mobility.items[i].share;
        rest -= group->mobility.items[i].share;
    }
    if (rest < -1e-9) {
        return false;
    }
    kinds[MU_MOBILITY_ADULT].weight += rest > 0 ? rest : 0;
    apportion(kinds, MOBILITIES, (uint32_t)group->count);
    return true;
}

/* Deals the kinds out evenly along the group, so that every space gets its part: person k gets the
 * kind that is furthest behind its share. */
static uint8_t deal_mobility(const portion kinds[MOBILITIES], uint32_t dealt[MOBILITIES],
                             uint32_t k, uint32_t total) {
    uint32_t best = MU_MOBILITY_ADULT;
    double most = -1;
    for (uint32_t i = 0; i < MOBILITIES; i++) {
        const double behind = (double)kinds[i].count * (k + 1) / total - dealt[i];
        if (dealt[i] < kinds[i].count && behind > most) {
            most = behind;
            best = i;
        }
    }
    dealt[best]++;
    return (uint8_t)best;
}

static void place_group(maker *m, uint32_t from, const portion *spaces,
                        const portion kinds[MOBILITIES]) {
    const mu_group *group = &m->roster->groups.items[from];
    uint32_t dealt[MOBILITIES] = {0};
    uint32_t at = 0, placed = 0;
    for (uint32_t k = 0; k < (uint32_t)group->count; k++) {
        while (placed == spaces[at].count) {
            at++;
            placed = 0;
        }
        if (group->party > 0 && placed % (uint32_t)group->party == 0) {
            m->parties++; /* one does not spread over two rooms */
        }
        placed++;
        mu_person *person = add_person(m, MU_PERSON_OCCUPANT, from,
                                       mu_arena_print(m->arena, "%s/%03u", group->id, k + 1));
        if (person == NULL) {
            return;
        }
        person->space = spaces[at].index;
        person->later = group->arrives_by.id != NULL;
        person->mobility = deal_mobility(kinds, dealt, k, (uint32_t)group->count);
        person->party = group->party > 0 ? m->parties - 1 : MU_NONE;
    }
}

/* People come in by doors to the open. */
static bool came_by_is_fine(maker *m, const mu_group *group) {
    for (uint32_t i = 0; i < group->came_by.count; i++) {
        const mu_ref *door = &group->came_by.items[i];
        if (door->index < m->site->portals.count && !mu_site_leads_out(m->site, door->index)) {
            m->failed = true;
            mu_diags_add(m->diags, MU_ERROR, "roster.came-by", group->origin,
                         _("name in `came_by` doors between indoors and the open"),
                         _("the group '%s' came in by '%s', which does not lead to the open"),
                         group->id, door->id);
            return false;
        }
    }
    return true;
}

static bool by_hour_is_fine(maker *m, const mu_group *group) {
    bool fine = true;
    for (uint32_t h = 0; h < group->by_hour.count; h++) {
        fine = fine && group->by_hour.items[h] >= 0 && group->by_hour.items[h] <= 1;
    }
    if (!fine) {
        fault(m, "roster.by-hour", group->origin, _("raise `count` and give shares of it, 0 to 1"),
              _("a share in `by_hour` of the group '%s' is not within 0 and 1"), group->id);
    }
    return fine;
}

static void add_group(maker *m, uint32_t from) {
    const mu_group *group = &m->roster->groups.items[from];
    if (!by_hour_is_fine(m, group) || group->count == 0) {
        return;
    }
    portion *spaces = calloc((size_t)group->in.count + 1, sizeof *spaces);
    if (spaces == NULL) {
        m->no_memory = true;
        return;
    }
    const uint32_t count = weigh_spaces(m, group, spaces);
    portion kinds[MOBILITIES];
    if (count == 0) {
        fault(m, "roster.no-room", group->origin,
              _("name in `in` at least one space where people can stand"),
              _("the group '%s' has no space that its people could be in"), group->id);
    } else if (!share_mobility(group, kinds)) {
        fault(m, "roster.shares", group->origin, _("lower the shares in `mobility`"),
              _("the mobility shares of the group '%s' are more than 1 together"), group->id);
    } else if (came_by_is_fine(m, group)) {
        apportion(spaces, count, (uint32_t)group->count);
        place_group(m, from, spaces, kinds);
    }
    free(spaces);
}

/* One of the host's group who has no party yet: in this room, or anywhere. */
static mu_person *free_host(maker *m, uint32_t group, uint32_t space) {
    for (uint32_t i = 0; i < m->count; i++) {
        mu_person *person = &m->persons[i];
        if (person->from == group && person->party == MU_NONE &&
            (space == MU_NONE || person->space == space)) {
            return person;
        }
    }
    return NULL;
}

/* Gives the parties of a group their hosts: whoever shares the room first, then others. */
static void find_hosts_of(maker *m, uint32_t from, bool anywhere, bool *hosted) {
    const mu_group *group = &m->roster->groups.items[from];
    uint32_t missing = 0, missed = MU_NONE;
    for (uint32_t i = 0; i < m->count; i++) {
        const mu_person *guest = &m->persons[i];
        if (guest->from != from || guest->party == MU_NONE || hosted[guest->party] ||
            guest->party == missed) {
            continue;
        }
        mu_person *host = free_host(m, group->host.index, anywhere ? MU_NONE : guest->space);
        if (host != NULL) {
            host->party = guest->party;
            hosted[guest->party] = true;
        } else {
            missed = guest->party;
            missing++;
        }
    }
    if (anywhere && missing > 0) {
        mu_diags_add(m->diags, MU_WARNING, "roster.hosts", group->origin,
                     _("raise the count of that group, or make the parties larger"),
                     _("%u parties of '%s' have no host: '%s' has too few people"),
                     (unsigned)missing, group->id, group->host.id);
    }
}

static void find_hosts(maker *m) {
    bool *hosted = calloc((size_t)m->parties + 1, sizeof *hosted);
    m->no_memory = m->no_memory || hosted == NULL;
    for (int anywhere = 0; anywhere < 2 && hosted != NULL; anywhere++) {
        for (uint32_t g = 0; g < m->roster->groups.count; g++) {
            const mu_group *group = &m->roster->groups.items[g];
            if (group->party > 0 && group->host.id != NULL && group->host.index != MU_NONE) {
                find_hosts_of(m, g, anywhere != 0, hosted);
            }
        }
    }
    free(hosted);
}

/* "guard-2", then "guard-2/2", "guard-2/3", …; of units every person has a number. */
static const char *numbered(maker *m, const char *text, const char *between, uint32_t number) {
    return mu_arena_print(m->arena, "%s%s%u", text, between, number);
}

static mu_text numbered_name(maker *m, mu_text name, uint32_t number) {
    return (mu_text){
        name.en != NULL ? mu_arena_print(m->arena, "%s (no. %u)", name.en, number) : NULL,
        name.zh != NULL ? mu_arena_print(m->arena, "%s（%u号）", name.zh, number) : NULL};
}

/* Which of those who are alike have none, and whose is dead: the last ones. */
static mu_radio radio_of(const mu_member *member, uint32_t k) {
    const int64_t behind = member->count - k;
    return !member->radio || behind <= member->radios_away ? MU_RADIO_NONE
           : !member->radio_works || behind <= member->radios_away + member->radios_dead
               ? MU_RADIO_DEAD
               : MU_RADIO_WORKS;
}

static void add_member(maker *m, uint32_t from) {
    const mu_member *member = &m->roster->members.items[from];
    const bool at_post = member->post.id != NULL && member->post.index != MU_NONE;
    const bool in_space = member->space.id != NULL && member->space.index != MU_NONE;
    if (!at_post && !in_space) {
        fault(m, "roster.nowhere", member->origin, _("give the member a `post` or a `space`"),
              _("the member '%s' is nowhere on the site"), member->id);
        return;
    }
    for (uint32_t k = 0; k < (uint32_t)member->count; k++) {
        mu_person *person = add_person(m, MU_PERSON_MEMBER, from,
                                       k == 0 ? member->id : numbered(m, member->id, "/", k + 1));
        if (person == NULL) {
            return;
        }
        person->name = member->count == 1 ? member->name : numbered_name(m, member->name, k + 1);
        person->phone_given = member->phone;
        person->radio = (uint8_t)radio_of(member, k);
        person->post = at_post ? member->post.index : MU_NONE;
        person->space = member->off_duty ? MU_NONE
                        : at_post        ? m->site->posts.items[person->post].space.index
                                         : member->space.index;
    }
}

static void add_unit(maker *m, uint32_t from) {
    const mu_unit *unit = &m->roster->units.items[from];
    for (uint32_t k = 0; k < (uint32_t)unit->count; k++) {
        mu_person *person = add_person(m, MU_PERSON_UNIT, from, numbered(m, unit->id, "/", k + 1));
        if (person == NULL) {
            return;
        }
        person->name = unit->count == 1 ? unit->name : numbered_name(m, unit->name, k + 1);
    }
}

static int by_text(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static int by_id(const void *left, const void *right) {
    return strcmp(((const mu_person *)left)->id, ((const mu_person *)right)->id);
}

static const char *role_word(const mu_roster *roster, const mu_person *person) {
    const char *role = NULL;
    switch ((mu_person_kind)person->kind) {
    case MU_PERSON_OCCUPANT:
        role = roster->groups.items[person->from].role;
        break;
    case MU_PERSON_MEMBER:
        role = roster->members.items[person->from].role;
        break;
    case MU_PERSON_UNIT:
        role = roster->units.items[person->from].role;
        break;
    }
    return role != NULL ? role : "";
}

static mu_string_list collect_roles(maker *m) {
    const mu_roster *r = m->roster;
    const size_t most = (size_t)r->groups.count + r->members.count + r->units.count;
    const char **words = mu_arena_array(m->arena, most + 1, sizeof *words);
    if (words == NULL) {
        m->no_memory = true;
        return (mu_string_list){NULL, 0};
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < m->count; i++) {
        const mu_person *p = &m->persons[i];
        if (i == 0 || p->kind != p[-1].kind || p->from != p[-1].from) {
            words[count++] = role_word(r, p);
        }
    }
    qsort((void *)words, count, sizeof *words, by_text);
    uint32_t distinct = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (distinct == 0 || strcmp(words[i], words[distinct - 1]) != 0) {
            words[distinct++] = words[i];
        }
    }
    return (mu_string_list){distinct > 0 ? words : NULL, distinct};
}

static void check_ids(maker *m) {
    for (uint32_t i = 1; i < m->count; i++) {
        if (strcmp(m->persons[i].id, m->persons[i - 1].id) == 0) {
            fault(m, "roster.same-person", NULL,
                  _("give groups, members and units ids that differ from each other"),
                  _("two persons would both be called '%s'"), m->persons[i].id);
        }
    }
}

mu_status mu_people_create(const mu_site *site, const mu_walkable *walkable,
                           const mu_roster *roster, mu_arena *arena, mu_diags *diags,
                           mu_people *out) {
    maker m = {
        .site = site, .walkable = walkable, .roster = roster, .arena = arena, .diags = diags};
    const int64_t most = count_persons(&m);
    if (most < 0) {
        return MU_ERR_INPUT;
    }
    m.persons = mu_arena_array(arena, (size_t)most + 1, sizeof *m.persons);
    if (m.persons == NULL) {
        return MU_ERR_MEMORY;
    }
    for (uint32_t g = 0; g < roster->groups.count; g++) {
        add_group(&m, g);
    }
    const uint32_t occupants = m.count;
    find_hosts(&m);
    for (uint32_t i = 0; i < roster->members.count; i++) {
        add_member(&m, i);
    }
    for (uint32_t u = 0; u < roster->units.count; u++) {
        add_unit(&m, u);
    }
    /* Roles before sorting: persons of one group still stand together. */
    const mu_string_list roles = collect_roles(&m);
    qsort(m.persons, m.count, sizeof *m.persons, by_id);
    check_ids(&m);
    if (m.no_memory || m.failed) {
        return m.no_memory ? MU_ERR_MEMORY : MU_ERR_INPUT;
    }
    mu_people people = {.roster = roster,
                        .list = {m.count > 0 ? m.persons : NULL, m.count},
                        .roles = roles,
                        .occupants = occupants};
    for (uint32_t i = 0; i < m.count; i++) {
        m.persons[i].role = mu_people_role(&people, role_word(roster, &m.persons[i]));
    }
    if (!mu_people_make_parties(&people, arena)) {
        return MU_ERR_MEMORY;
    }
    *out = people;
    return MU_OK;
}

static double waits_of(const mu_people *people, const mu_person *person) {
    const mu_group *group = &people->roster->groups.items[person->from];
    return person->kind == MU_PERSON_OCCUPANT && group->party > 0 ? group->party_waits_s : 0;
}

/* New numbers in the order of first members; returns how many parties there are. */
static uint32_t renumber_parties(mu_people *people, uint32_t *number, uint32_t most) {
    uint32_t count = 0;
    for (uint32_t p = 0; p < most; p++) {
        number[p] = MU_NONE;
    }
    for (uint32_t i = 0; i < people->list.count; i++) {
        mu_person *person = &people->list.items[i];
        if (person->party != MU_NONE) {
            if (number[person->party] == MU_NONE) {
                number[person->party] = count++;
            }
            person->party = number[person->party];
        }
    }
    return count;
}

bool mu_people_make_parties(mu_people *people, mu_arena *arena) {
    uint32_t most = 0, in_parties = 0;
    for (uint32_t i = 0; i < people->list.count; i++) {
        const uint32_t party = people->list.items[i].party;
        most = party != MU_NONE && party >= most ? party + 1 : most;
        in_parties += party != MU_NONE;
    }
    uint32_t *number = mu_arena_array(arena, (size_t)most + 1, sizeof *number);
    uint32_t *members = mu_arena_array(arena, (size_t)in_parties + 1, sizeof *members);
    mu_party *parties = mu_arena_array(arena, (size_t)most + 1, sizeof *parties);
    if (number == NULL || members == NULL || parties == NULL) {
        return false;
    }
    const uint32_t count = renumber_parties(people, number, most);
    for (uint32_t i = 0; i < people->list.count; i++) {
        if (people->list.items[i].party != MU_NONE) {
            parties[people->list.items[i].party].count++;
        }
    }
    for (uint32_t p = 0, first = 0; p < count; p++) {
        parties[p].members = members + first;
        number[p] = first; /* from here on: where the party's next member goes */
        first += parties[p].count;
    }
    for (uint32_t i = 0; i < people->list.count; i++) {
        const mu_person *person = &people->list.items[i];
        if (person->party != MU_NONE) {
            mu_party *party = &parties[person->party];
            members[number[person->party]++] = i;
            party->waits_s = fmax(party->waits_s, waits_of(people, person));
        }
    }
    people->parties.items = count > 0 ? parties : NULL;
    people->parties.count = count;
    return true;
}

bool mu_person_has_skill(const mu_people *people, uint32_t person, const char *skill) {
    const mu_person *p = &people->list.items[person];
    return skill == NULL ||
           mu_string_list_has(p->kind == MU_PERSON_MEMBER
                                  ? &people->roster->members.items[p->from].skills
                                  : &people->roster->units.items[p->from].skills,
                              skill);
}

uint32_t mu_people_role(const mu_people *people, const char *role) {
    const char *const *found = people->roles.count == 0
                                   ? NULL
                                   : bsearch(&role, (const void *)people->roles.items,
                                             people->roles.count, sizeof role, by_text);
    return found == NULL ? MU_NONE : (uint32_t)(found - people->roles.items);
}

mu_text mu_person_name(const mu_people *people, uint32_t person) {
    return people->list.items[person].name;
}
