/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario drawn, checked, tried and played without a window. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "drawn_floor.h"
#include "edit/project.h"
#include "edit/project_kind.h"
#include "muster/template.h"
#include "runner.h"

START_TEST(a_floor_is_drawn_and_checked) {
    mu_project *p = open(path);
    draw_floor(p);
    const mu_scenery *scene = mu_project_scene(p);
    ck_assert_uint_eq(scene->room_count, 4);
    ck_assert_uint_eq(scene->portal_count, 3);
    ck_assert_uint_eq(count_faults(p, MU_WARNING), 0);
    /* without its door a room has no way out, and the fault leads there */
    const mu_subject door = mu_project_subject(p, "/portals/door.1");
    ck_assert_uint_eq(door.kind, MU_SUBJECT_PORTAL);
    ck_assert(mu_project_delete(p, &door, 1));
    uint32_t count;
    ck_assert(mu_project_check(p, true));
    const mu_fault *faults = mu_project_faults(p, &count);
    bool told = false;
    for (uint32_t k = 0; k < count; k++) {
        told = told || (strstr(faults[k].text, ": Office 1") != NULL &&
                        faults[k].subject.kind == MU_SUBJECT_ROOM);
    }
    ck_assert(told);
    ck_assert(mu_project_undo(p));
    ck_assert_uint_eq(count_faults(p, MU_WARNING), 0);
    mu_project_close(p, false);
}
END_TEST

START_TEST(things_are_called_by_name) {
    mu_project *p = open(path);
    char name[200];
    draw_floor(p);
    const mu_subject door = mu_project_subject(p, "/portals/door.1");
    mu_project_call(p, door, "en", name, sizeof name);
    ck_assert_str_eq(name, "Corridor 1 – Office 1");
    const uint32_t site = mu_project_find_paper(p, MU_PAPER_SITE);
    ck_assert_int_eq(mu_project_set(p, site, "/spaces/office.1/name",
                                    "{\"en\": \"Registry\", \"zh\": \"登记处\"}"),
                     MU_OK);
    mu_project_call(p, mu_project_subject(p, "/spaces/office.1"), "zh", name, sizeof name);
    ck_assert_str_eq(name, "登记处");
    ck_assert(mu_project_delete(p, &door, 1));
    mu_project_speak(p, "zh"); /* faults name it in the language that is in force */
    uint32_t count, told = 0;
    ck_assert(mu_project_check(p, true));
    const mu_fault *faults = mu_project_faults(p, &count);
    for (uint32_t k = 0; k < count; k++) {
        told += strstr(faults[k].text, "登记处") != NULL;
    }
    ck_assert_uint_eq(told, 1);
    static const char sentence[] = "1 room: office.1, 1, 'door.2', office. corridor.1.";
    char *named = mu_project_with_names(p, sentence, "en"); /* numbers are no ids, nor are words */
    ck_assert_str_eq(named, "1 room: Registry, 1, 'Corridor 1 – Office 2', office. Corridor 1.");
    free(named);
    mu_project_call(p, (mu_subject){MU_SUBJECT_NOTHING, 0}, "en", name, sizeof name);
    ck_assert_str_eq(name, "");
    mu_project_close(p, false);
}
END_TEST

START_TEST(an_evacuation_is_tried) {
    mu_project *p = open(path);
    draw_floor(p);
    const mu_preview *preview = mu_project_preview(p);
    ck_assert_ptr_nonnull(preview);
    ck_assert(preview->people_are_guessed);
    ck_assert_uint_eq(preview->persons, 6); /* 48 m² at 13.9 m² each, twice */
    ck_assert_uint_eq(preview->left, 6);
    ck_assert_uint_eq(preview->exit_count, 1);
    ck_assert_uint_eq(preview->exits[0].persons, 6);
    ck_assert_double_gt(preview->last_s, 5);
    mu_project_close(p, false);
}
END_TEST

START_TEST(a_package_is_played) {
    mu_project *p = open(path);
    draw_floor(p);
    const uint32_t incident = mu_project_add_incident(p, "package", "corridor.1", (mu_point){8, 1});
    ck_assert_uint_ne(incident, MU_NOWHERE);
    ck_assert_uint_eq(count_faults(p, MU_ERROR), 0);
    const mu_outcome *outcome = mu_project_run(p, 3, "en");
    ck_assert_ptr_nonnull(outcome);
    ck_assert_uint_gt(outcome->met + outcome->missed, 5);
    ck_assert_double_gt(outcome->left_share, 0.6); /* noticed, called, ordered, left */
    ck_assert_int_eq(mu_project_save(p, false, diags), MU_OK);
    ck_assert(!mu_project_is_changed(p));
    mu_project_close(p, false);
    char file[200];
    snprintf(file, sizeof file, "%s/package.json", folder);
    p = open(file);
    ck_assert_uint_eq(mu_project_paper_count(p), 5);
    ck_assert_uint_eq(count_faults(p, MU_ERROR), 0);
    mu_project_close(p, false);
}
END_TEST

START_TEST(rooms_move_with_their_doors) {
    mu_project *p = open(path);
    draw_floor(p);
    char *before = strdup(mu_project_text(p, 0));
    mu_subject all[4];
    for (uint32_t k = 0; k < 4; k++) {
        all[k] = (mu_subject){MU_SUBJECT_ROOM, k};
    }
    ck_assert(mu_project_move(p, all, 4, (mu_point){100, 50}));
    ck_assert_uint_eq(count_faults(p, MU_WARNING), 0);
    const mu_scenery *scene = mu_project_scene(p);
    ck_assert_double_eq_tol(scene->marks[0].at.x, 120, 1e-9);
    uint32_t copies = 4;
    ck_assert(mu_project_copy(p, all, &copies, (mu_point){0, 40}, MU_NOWHERE));
    ck_assert_uint_eq(copies, 4);
    scene = mu_project_scene(p);
    ck_assert_uint_eq(scene->room_count, 8);
    ck_assert_uint_eq(scene->portal_count, 6);
    ck_assert_uint_eq(count_faults(p, MU_WARNING), 0);
    ck_assert(mu_project_delete(p, all, 4)); /* the copies, with all that was in them */
    scene = mu_project_scene(p);
    ck_assert_uint_eq(scene->room_count, 4);
    ck_assert_uint_eq(scene->portal_count, 3);
    ck_assert_uint_eq(scene->mark_count, 1);
    ck_assert(mu_project_undo(p));
    ck_assert(mu_project_undo(p));
    ck_assert(mu_project_undo(p));
    ck_assert(strcmp(before, mu_project_text(p, 0)) == 0);
    free(before);
    mu_project_close(p, false);
}
END_TEST

START_TEST(levels_are_joined_by_stairs) {
    mu_project *p = open(path);
    draw_floor(p);
    char level[80];
    ck_assert(mu_project_add_level(p, 4, level));
    const mu_point ring[4] = {{0, 0}, {16.2, 0}, {16.2, 8.2}, {0, 8.2}};
    ck_assert(mu_project_add_space(p, 1, "office", ring, 4, NULL));
    ck_assert_uint_gt(count_faults(p, MU_NOTE), 0);
    const mu_point foot[2] = {{1, 1}, {1, 1.9}}, head[2] = {{7, 1}, {7, 1.9}};
    ck_assert(mu_project_add_stair(p, 0, foot, 1, head, NULL));
    ck_assert_uint_eq(count_faults(p, MU_WARNING), 0);
    ck_assert_uint_gt(mu_project_preview(p)->persons, 6);
    mu_project_close(p, false);
}
END_TEST

START_TEST(forms_follow_the_tables) {
    char file[4096], why[200], pointer[200];
    snprintf(file, sizeof file, "%s/scenarios/head-office/package.json", getenv("MUSTER_SOURCE"));
    mu_project *p = open(file);
    const uint32_t roster = mu_project_find_paper(p, MU_PAPER_ROSTER);
    uint32_t count;
    const mu_form_item *items = mu_project_items(p, roster, "/members", "zh", &count);
    ck_assert_uint_gt(count, 20);
    ck_assert_str_eq(items[0].title, "监控值班员（1席）");
    const mu_form *form = mu_project_form(p, roster, "/members/operator.1", "en");
    ck_assert_str_eq(form->type, "member");
    ck_assert_str_eq(form->title, "Operator, desk 1");
    bool found = false;
    for (uint32_t k = 0; k < form->row_count; k++) {
        if (strcmp(form->rows[k].key, "post") == 0) {
            found = form->rows[k].kind == MU_FORM_REF && form->rows[k].choices[0] != NULL &&
                    strcmp(form->rows[k].value, "desk.1") == 0;
        }
    }
    ck_assert(found);
    char *before = strdup(mu_project_text(p, roster));
    ck_assert_int_eq(
        mu_project_enter(p, roster, "/members/operator.1", "count", "two", NULL, why, sizeof why),
        MU_ERR_INPUT);
    ck_assert_int_eq(
        mu_project_enter(p, roster, "/members/operator.1", "count", "2", NULL, why, sizeof why),
        MU_OK);
    ck_assert_int_eq(mu_project_enter(p, roster, "/members/operator.1", "skills", "eod, medic",
                                      NULL, why, sizeof why),
                     MU_OK);
    char *skills = mu_project_value(p, roster, "/members/operator.1/skills");
    ck_assert_str_eq(skills, "[\"eod\", \"medic\"]");
    free(skills);
    ck_assert_int_eq(
        mu_project_enter(p, roster, "/members/operator.1", "role", "", NULL, why, sizeof why),
        MU_ERR_INPUT);
    ck_assert_int_eq(mu_project_add_record(p, roster, "/groups", pointer, sizeof pointer), MU_OK);
    ck_assert_ptr_nonnull(mu_project_form(p, roster, pointer, "en"));
    while (mu_project_undo(p)) {
    }
    ck_assert(strcmp(before, mu_project_text(p, roster)) == 0);
    free(before);
    mu_project_close(p, false);
}
END_TEST

/* At, below and above 'editor-files'. */
START_TEST(open_files_end) {
    mu_project *p = open(path);
    draw_floor(p);
    char book[128];
    snprintf(book, sizeof book, "%s/a-playbook.json", folder);
    while (p->paper_count < MU_PAPERS_MOST) {
        const uint32_t next = p->paper_count;
        ck_assert_uint_eq(mu_project_take_up(p, MU_PAPER_PLAYBOOK, book, "{}\n", diags), next);
    }
    ck_assert_uint_eq(mu_diags_count(diags, MU_NOTE), 0);
    ck_assert_uint_eq(mu_project_take_up(p, MU_PAPER_PLAYBOOK, book, "{}\n", diags), MU_NOWHERE);
    ck_assert_uint_eq(mu_project_take_up(p, MU_PAPER_PLAYBOOK, book, "{}\n", NULL), MU_NOWHERE);
    ck_assert_uint_eq(mu_diags_count(diags, MU_NOTE), 1);
    ck_assert_ptr_nonnull(strstr(mu_diags_get(diags, 0)->text, "limit 'editor-files'"));
    ck_assert_uint_eq(count_faults(p, MU_ERROR), 0); /* no incident names them */
    mu_project_close(p, false);
}
END_TEST

START_TEST(what_is_renamed_is_renamed_everywhere) {
    char file[4096], why[200];
    snprintf(file, sizeof file, "%s/scenarios/head-office/package.json", getenv("MUSTER_SOURCE"));
    mu_project *p = open(file);
    const uint32_t site = mu_project_find_paper(p, MU_PAPER_SITE);
    const uint32_t playbook = mu_project_find_paper(p, MU_PAPER_PLAYBOOK);
    ck_assert_int_eq(
        mu_project_set(p, playbook, "/steps/archive.video/unless", "\"abandoned:verify\""), MU_OK);
    char *before[2] = {strdup(mu_project_text(p, site)), strdup(mu_project_text(p, playbook))};
    ck_assert_uint_eq(count_faults(p, MU_ERROR), 0);
    ck_assert_int_eq(
        mu_project_enter(p, site, "/spaces/lobby", "id", "entrance", NULL, why, sizeof why), MU_OK);
    ck_assert_int_eq(
        mu_project_enter(p, playbook, "/steps/verify", "id", "look", NULL, why, sizeof why), MU_OK);
    ck_assert_uint_eq(count_faults(p, MU_ERROR), 0); /* nothing leads nowhere */
    ck_assert_ptr_null(strstr(mu_project_text(p, playbook), "step:verify\""));
    char *unless = mu_project_value(p, playbook, "/steps/archive.video/unless");
    ck_assert_str_eq(unless, "\"abandoned:look\"");
    free(unless);
    ck_assert_uint_eq(mu_project_chart(p, playbook, "en")->dead, 0);
    ck_assert_int_eq(
        mu_project_enter(p, playbook, "/steps/look", "id", "sweep", NULL, why, sizeof why),
        MU_ERR_INPUT); /* there is one */
    ck_assert(mu_project_undo(p));
    ck_assert(mu_project_undo(p));
    ck_assert(mu_project_can_undo(p)); /* a step each, and the one before */
    ck_assert(strcmp(before[0], mu_project_text(p, site)) == 0);
    ck_assert(strcmp(before[1], mu_project_text(p, playbook)) == 0);
    free(before[0]);
    free(before[1]);
    mu_project_close(p, false);
}
END_TEST

/* A site without offices has its people on duty in whatever room there is; files that there are
 * keep their names; a name without a letter makes none. */
START_TEST(a_plant_gets_its_people) {
    char file[200];
    snprintf(file, sizeof file, "%s/bring-down.json", folder);
    FILE *taken = fopen(file, "w");
    ck_assert_ptr_nonnull(taken);
    fclose(taken);
    mu_project *p = open(path);
    add_room(p, "plant", 0, 2.2, 8, 6);
    add_room(p, "outdoor", -6, -12, 30, 14.0);
    add_door(p, 4, 2.1);
    ck_assert(mu_project_add_thing(p, "assembly_points", NULL, 0, (mu_point){20, -8}, NULL));
    const uint32_t incident = mu_project_add_incident(p, "package", "plant.1", (mu_point){4, 5});
    ck_assert_uint_ne(incident, MU_NOWHERE);
    ck_assert(mu_project_add_playbook(p, "bring-down.json"));
    char *books = mu_project_value(p, incident, "/playbooks");
    ck_assert_msg(strstr(books, "\"bring-down-2.json\"") != NULL, "%s", books);
    free(books);
    const uint32_t roster = mu_project_find_paper(p, MU_PAPER_ROSTER);
    const char *people = mu_project_text(p, roster);
    ck_assert_ptr_nonnull(strstr(people, "\"role\": \"operator\""));
    ck_assert_ptr_nonnull(strstr(people, "\"space\": \"plant.1\""));
    /* asked for again they are there already */
    char *before = strdup(people);
    bool added;
    ck_assert_int_eq(mu_project_set_kind(p, "package", &added), MU_OK);
    ck_assert_str_eq(before, mu_project_text(p, roster));
    free(before);
    mu_project_close(p, false);
    unlink(file);
    snprintf(file, sizeof file, "%s/\xe5\xb9\xb3.json", folder);
    p = open(file);
    char *id = mu_project_value(p, 0, "/id");
    ck_assert_str_eq(id, "\"site\"");
    free(id);
    mu_project_close(p, false);
}
END_TEST

/* What an incident of a kind needs is added once: gas a zone of air, an intruder a sensor; people
 * and units that there are stay. */
START_TEST(a_kind_adds_what_there_is_not) {
    static const char *const kinds[] = {"chemical", "intrusion"};
    mu_project *p = open(path);
    draw_floor(p);
    ck_assert_uint_ne(mu_project_add_incident(p, "package", "corridor.1", (mu_point){8, 1}),
                      MU_NOWHERE);
    const uint32_t roster = mu_project_find_paper(p, MU_PAPER_ROSTER);
    for (int k = 0; k < 2; k++) {
        bool added;
        ck_assert_int_eq(mu_project_set_kind(p, kinds[k], &added), MU_OK);
        const mu_site *site = &p->site;
        (void)mu_project_scene(p);
        const uint32_t zones = site->air_zones.count, sensors = site->equipment.count;
        ck_assert_uint_ge(k == 0 ? zones : sensors, 1);
        char *people = strdup(mu_project_text(p, roster));
        ck_assert_int_eq(mu_project_set_kind(p, "package", &added), MU_OK);
        ck_assert_int_eq(mu_project_set_kind(p, kinds[k], &added), MU_OK);
        (void)mu_project_scene(p);
        ck_assert_uint_eq(p->site.air_zones.count, zones);
        ck_assert_uint_eq(p->site.equipment.count, sensors);
        ck_assert_str_eq(people, mu_project_text(p, roster));
        free(people);
    }
    mu_project_close(p, false);
}
END_TEST

static void put_file(const char *name, const char *text) {
    char file[200];
    snprintf(file, sizeof file, "%s/%s", folder, name);
    FILE *out = fopen(file, "w");
    ck_assert_ptr_nonnull(out);
    fputs(text, out);
    fclose(out);
}

/* A file of an older version is edited as what it becomes; that can be taken back. */
START_TEST(an_older_file_is_brought_up) {
    put_file("roster.json", "{\"format\": \"muster.roster\", \"version\": 1, \"id\": \"old\", "
                            "\"groups\": []}");
    char file[200];
    snprintf(file, sizeof file, "%s/roster.json", folder);
    mu_project *p = open(path);
    draw_floor(p);
    const uint32_t roster = mu_project_take_up(p, MU_PAPER_ROSTER, file, NULL, diags);
    ck_assert_uint_ne(roster, MU_NOWHERE);
    ck_assert_ptr_nonnull(strstr(mu_project_text(p, roster), "\"version\": 2"));
    ck_assert(mu_project_is_changed(p));
    ck_assert(mu_project_undo(p));
    ck_assert_ptr_nonnull(strstr(mu_project_text(p, roster), "\"version\": 1"));
    ck_assert_uint_eq(mu_project_scene(p)->portal_count, 3); /* a step of its own */
    mu_project_close(p, false);
}
END_TEST

/* Who responds already is not added once more. */
START_TEST(those_who_respond_already_stay) {
    mu_project *p = open(path);
    draw_floor(p);
    const uint32_t roster = mu_project_add_people(p);
    ck_assert_int_eq(mu_project_insert(p, roster, "/members", UINT32_MAX,
                                       "{\"id\": \"eye\", \"role\": \"operator\", \"space\": "
                                       "\"office.1\"}"),
                     MU_OK);
    ck_assert_int_eq(mu_project_insert(p, roster, "/units", UINT32_MAX,
                                       "{\"id\": \"own\", \"role\": \"police\", \"count\": 2}"),
                     MU_OK);
    ck_assert_uint_ne(mu_project_add_incident(p, "package", "corridor.1", (mu_point){8, 1}),
                      MU_NOWHERE);
    static const char *const roles[] = {"operator", "police", "guard", "police_eod"};
    static const uint32_t times[] = {1, 1, 2, 1};
    for (int k = 0; k < 4; k++) {
        char role[60];
        snprintf(role, sizeof role, "\"role\": \"%s\"", roles[k]);
        uint32_t found = 0;
        for (const char *at = mu_project_text(p, roster); (at = strstr(at, role)) != NULL; at++) {
            found++;
        }
        ck_assert_msg(found == times[k], "%s: %u", roles[k], found);
    }
    mu_project_close(p, false);
}
END_TEST

/* Reads it, and takes it away. */
static void expect_file(const char *name, const char *text) {
    char file[200], found[200] = "";
    snprintf(file, sizeof file, "%s/%s", folder, name);
    FILE *in = fopen(file, "r");
    ck_assert_msg(in != NULL, "%s", name);
    found[fread(found, 1, sizeof found - 1, in)] = '\0';
    fclose(in);
    unlink(file);
    ck_assert_msg(strcmp(found, text) == 0, "%s: %s", name, found);
}

/* What stands beside the site, and was not opened, is somebody's: an incident and all that it needs
 * go by other names, whether or not anything is in those files, and saving leaves them alone. */
START_TEST(files_beside_the_site_are_left_alone) {
    static const char *const names[] = {"roster", "policy", "playbook", "package"};
    char name[100], file[200], own[300];
    for (int k = 0; k < 4; k++) {
        snprintf(name, sizeof name, "%s.json", names[k]);
        put_file(name, k < 2 ? "" : "mine");
    }
    mu_project *p = open(path);
    draw_floor(p);
    const uint32_t incident = mu_project_add_incident(p, "package", "corridor.1", (mu_point){8, 1});
    ck_assert_uint_ne(incident, MU_NOWHERE);
    ck_assert_int_eq(mu_project_save(p, false, diags), MU_OK);
    ck_assert_int_eq(mu_project_save(p, true, diags), MU_OK);
    mu_project_close(p, false);
    for (int k = 0; k < 4; k++) {
        snprintf(name, sizeof name, "%s.json", names[k]);
        expect_file(name, k < 2 ? "" : "mine");
    }
    snprintf(file, sizeof file, "%s/package-2.json", folder);
    p = open(file);
    ck_assert_uint_eq(mu_project_paper_count(p), 5);
    ck_assert_uint_eq(count_faults(p, MU_ERROR), 0);
    mu_project_close(p, false);
    for (int k = 0; k < 4; k++) {
        snprintf(own, sizeof own, "%s/%s-2.json", folder, names[k]);
        ck_assert_int_eq(unlink(own), 0);
    }
}
END_TEST

/* The site itself may have one of those names, and no file yet. */
START_TEST(papers_do_not_share_a_file) {
    snprintf(path, sizeof path, "%s/policy.json", folder);
    mu_project *p = open(path);
    draw_floor(p);
    ck_assert_uint_ne(mu_project_add_incident(p, "package", "corridor.1", (mu_point){8, 1}),
                      MU_NOWHERE);
    ck_assert_int_eq(mu_project_save(p, false, diags), MU_OK);
    mu_project_close(p, false);
    p = open(path);
    ck_assert_uint_eq(mu_project_find_paper(p, MU_PAPER_SITE), 0);
    ck_assert_uint_eq(mu_project_scene(p)->room_count, 4);
    mu_project_close(p, false);
    char own[200];
    snprintf(own, sizeof own, "%s/policy-2.json", folder);
    ck_assert_int_eq(unlink(own), 0);
}
END_TEST

/* A file that appears before the first save is asked about, even one that cannot be read. */
START_TEST(a_file_that_appears_is_asked_about) {
    mu_project *p = open(path);
    draw_floor(p);
    ck_assert_uint_ne(mu_project_add_people(p), MU_NOWHERE);
    put_file("roster.json", "theirs");
    ck_assert_int_ne(mu_project_save(p, false, diags), MU_OK);
    expect_file("roster.json", "theirs");
    char pipe[200];
    snprintf(pipe, sizeof pipe, "%s/roster.json", folder);
    ck_assert_int_eq(mkfifo(pipe, 0600), 0);
    ck_assert_int_ne(mu_project_save(p, false, diags), MU_OK);
    struct stat is;
    ck_assert_int_eq(stat(pipe, &is), 0);
    ck_assert(S_ISFIFO(is.st_mode));
    ck_assert_int_eq(unlink(pipe), 0);
    ck_assert_int_eq(mu_project_save(p, false, diags), MU_OK);
    mu_project_close(p, false);
}
END_TEST

START_TEST(templates_check_clean_and_empty) {
    for (int k = 0; mu_templates[k].word != NULL; k++) {
        mu_project *p = open(path);
        const mu_template_given given = {
            .word = mu_templates[k].word, .name = "A \"site\"", .floors = 2, .persons = 120};
        ck_assert_msg(mu_template_draw(p, &given), "%s", given.word);
        ck_assert_uint_eq(count_faults(p, MU_WARNING), 0);
        const mu_preview *preview = mu_project_preview(p);
        ck_assert_ptr_nonnull(preview);
        ck_assert_uint_gt(preview->persons, 100);
        ck_assert_uint_ge(preview->left * 100, preview->persons * 94); /* but who needs carrying */
        mu_project_close(p, false);
    }
}
END_TEST

START_TEST(clauses_that_were_changed_are_marked) {
    mu_project *p = open(path);
    draw_floor(p);
    ck_assert_uint_ne(mu_project_add_incident(p, "package", "corridor.1", (mu_point){8, 1}),
                      MU_NOWHERE);
    const uint32_t paper = mu_project_find_paper(p, MU_PAPER_POLICY);
    ck_assert_int_eq(mu_project_set(p, paper, "/clauses/4.2.3b/demands/0/value", "12345"), MU_OK);
    uint32_t count, changed = 0;
    const mu_form_item *items = mu_project_items(p, paper, "/clauses", "en", &count);
    for (uint32_t k = 0; k < count; k++) {
        changed += items[k].differs;
    }
    ck_assert_uint_gt(count, 100);
    ck_assert_uint_eq(changed, 1);
    mu_project_close(p, false);
}
END_TEST

START_TEST(a_playbook_s_faults_are_charted) {
    char file[4096];
    snprintf(file, sizeof file, "%s/scenarios/head-office/package.json", getenv("MUSTER_SOURCE"));
    mu_project *p = open(file);
    const uint32_t playbook = mu_project_find_paper(p, MU_PAPER_PLAYBOOK);
    const mu_chart *chart = mu_project_chart(p, playbook, "en");
    ck_assert_uint_gt(chart->step_count, 40);
    ck_assert_uint_eq(chart->dead + chart->loops + chart->unheld, 0);
    ck_assert_uint_gt(chart->column_count, 4);
    ck_assert_int_eq(mu_project_set(p, playbook, "/steps/verify/when/all", "[\"swept:moon\"]"),
                     MU_OK);
    ck_assert_int_eq(mu_project_set(p, playbook, "/steps/sweep/when/all", "[\"all_clear:site\"]"),
                     MU_OK);
    ck_assert_int_eq(mu_project_set(p, playbook, "/steps/video/who/role", "\"pilot\""), MU_OK);
    chart = mu_project_chart(p, playbook, "en");
    ck_assert_uint_eq(chart->dead, 1);
    ck_assert_uint_ge(chart->loops, 2);
    ck_assert_uint_eq(chart->unheld, 1);
    mu_project_close(p, false);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("project");
    TCase *drawing = tcase_create("project");
    tcase_add_checked_fixture(drawing, setup, teardown);
    tcase_set_timeout(drawing, 120);
    tcase_add_test(drawing, a_floor_is_drawn_and_checked);
    tcase_add_test(drawing, things_are_called_by_name);
    tcase_add_test(drawing, an_evacuation_is_tried);
    tcase_add_test(drawing, a_package_is_played);
    tcase_add_test(drawing, rooms_move_with_their_doors);
    tcase_add_test(drawing, levels_are_joined_by_stairs);
    tcase_add_test(drawing, forms_follow_the_tables);
    tcase_add_test(drawing, open_files_end);
    tcase_add_test(drawing, what_is_renamed_is_renamed_everywhere);
    tcase_add_test(drawing, a_plant_gets_its_people);
    tcase_add_test(drawing, a_kind_adds_what_there_is_not);
    tcase_add_test(drawing, an_older_file_is_brought_up);
    tcase_add_test(drawing, those_who_respond_already_stay);
    tcase_add_test(drawing, files_beside_the_site_are_left_alone);
    tcase_add_test(drawing, papers_do_not_share_a_file);
    tcase_add_test(drawing, a_file_that_appears_is_asked_about);
    tcase_add_test(drawing, templates_check_clean_and_empty);
    tcase_add_test(drawing, a_playbook_s_faults_are_charted);
    tcase_add_test(drawing, clauses_that_were_changed_are_marked);
    suite_add_tcase(suite, drawing);
    return run_suite(suite);
}
