/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people call a thing of the site: its name, else what it is and the number in its id, a door
 * by the rooms that it joins. Faults speak of things by their ids, since whoever reads files needs
 * those; whoever has a plan before them is told names. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "edit/project.h"
#include "edit/project_plane.h"

/* "Office 1" of "office.1", where the id says so; else the id. */
static void by_kind(const char *id, const char *key, const char *word, char *out, size_t room) {
    const char *dot = strrchr(id, '.');
    const size_t length = word != NULL ? strlen(word) : 0;
    const bool says_kind = dot != NULL && isdigit((unsigned char)dot[1]) != 0 && length > 0 &&
                           (size_t)(dot - id) == length && strncmp(id, word, length) == 0;
    if (says_kind) {
        (void)snprintf(out, room, "%s %s", mu_project_word(key, word), dot + 1);
    } else {
        (void)snprintf(out, room, "%s", id);
    }
}

static bool by_name(mu_text name, const char *language, char *out, size_t room) {
    (void)snprintf(out, room, "%s", mu_text_in(name, language));
    return out[0] != '\0';
}

static void call_room(const mu_project *project, uint32_t index, const char *language, char *out,
                      size_t room) {
    const mu_scenery *scene = &project->scene;
    const mu_scenery_room *r = &scene->rooms[index];
    if (by_name(r->name, language, out, room)) {
        return;
    }
    if (r->lift != MU_NOWHERE) { /* a car by its lift, and where it stops */
        char lift[90];
        const char *level = mu_text_in(scene->levels[r->level].name, language);
        if (!by_name(scene->lifts[r->lift].name, language, lift, sizeof lift)) {
            by_kind(scene->lifts[r->lift].id, "use", "lift", lift, sizeof lift);
        }
        (void)snprintf(out, room, "%s · %s", lift,
                       level[0] != '\0' ? level : scene->levels[r->level].id);
    } else {
        by_kind(r->id, "use", mu_use_words[project->site.spaces.items[index].use], out, room);
    }
}

static void call_portal(const mu_project *project, uint32_t index, const char *language, char *out,
                        size_t room) {
    const mu_scenery_portal *p = &project->scene.portals[index];
    const mu_ref_list *between = &project->site.portals.items[index].between;
    char sides[2][90];
    if (by_name(p->name, language, out, room)) {
        return;
    }
    if (between->count != 2) {
        (void)snprintf(out, room, "%s", p->id);
        return;
    }
    for (uint32_t k = 0; k < 2; k++) {
        call_room(project, between->items[k].index, language, sides[k], sizeof sides[k]);
    }
    (void)snprintf(out, room, _("%s – %s"), sides[0], sides[1]);
}

void mu_project_call(mu_project *project, mu_subject subject, const char *language, char *out,
                     size_t room) {
    const mu_scenery *scene = mu_project_scene(project);
    out[0] = '\0';
    if (subject.kind == MU_SUBJECT_ROOM && subject.index < scene->room_count) {
        call_room(project, subject.index, language, out, room);
    } else if (subject.kind == MU_SUBJECT_PORTAL && subject.index < scene->portal_count) {
        call_portal(project, subject.index, language, out, room);
    } else {
        const mu_scenery_mark *mark = mu_mark_of(scene, subject);
        if (mark != NULL && !by_name(mark->name, language, out, room)) {
            by_kind(mark->id, "kind", mark->word, out, room);
        }
    }
}

/* --- ids in a sentence --- */

static bool is_in_id(char c) {
    return isalnum((unsigned char)c) != 0 || c == '_' || c == '.' || c == '-';
}

/* What is drawn of that id; NOTHING. */
static mu_subject named(mu_project *project, const char *id) {
    static const char *const lists[] = {"portals",         "equipment", "posts",
                                        "assembly_points", "roads",     "refuges"};
    const uint32_t space = mu_project_room_named(project, id);
    mu_subject found = {space != MU_NOWHERE ? MU_SUBJECT_ROOM : MU_SUBJECT_NOTHING, space};
    for (size_t k = 0; k < sizeof lists / sizeof lists[0] && found.kind == MU_SUBJECT_NOTHING;
         k++) {
        char pointer[140];
        (void)snprintf(pointer, sizeof pointer, "/%s/%.100s", lists[k], id);
        char own[140];
        if (mu_document_find(mu_project_site(project), pointer) != MU_NONE) {
            found = mu_project_subject(project, pointer);
        }
        if (!mu_project_pointer(project, found, own, sizeof own) || strcmp(own, pointer) != 0) {
            found.kind = MU_SUBJECT_NOTHING; /* a number leads to the so-manieth */
        }
    }
    return found;
}

/* Is the word an id, and no word of the sentence that is spelt like one: in quotes, in a list
 * behind a colon, or with a mark that no word of English has? */
static bool is_meant(const char *text, size_t at, size_t length) {
    const char *wide = strstr(text, "：");
    const bool quoted = at > 0 && text[at - 1] == '\'' && text[at + length] == '\'';
    return quoted || strcspn(text + at, "._") < length || memchr(text, ':', at) != NULL ||
           (wide != NULL && wide < text + at);
}

char *mu_project_with_names(mu_project *project, const char *text, const char *language) {
    char *out = NULL, id[100], name[200];
    size_t size = 0, length;
    FILE *stream = open_memstream(&out, &size);
    for (size_t at = 0; stream != NULL && text[at] != '\0'; at += length) {
        for (length = 0; is_in_id(text[at + length]);) {
            length++;
        }
        length -= length > 1 && text[at + length - 1] == '.'; /* the end of a sentence */
        (void)snprintf(id, sizeof id, "%.*s", (int)length, text + at);
        name[0] = '\0';
        if (length > 0 && length < sizeof id && is_meant(text, at, length)) {
            mu_project_call(project, named(project, id), language, name, sizeof name);
        }
        if (length == 0) {
            (void)fputc(text[at], stream);
            length = 1;
        } else {
            (void)fprintf(stream, "%.*s", name[0] != '\0' ? (int)strlen(name) : (int)length,
                          name[0] != '\0' ? name : text + at);
        }
    }
    return stream != NULL && fclose(stream) == 0 ? out : NULL;
}

void mu_project_speak(mu_project *project, const char *language) {
    if (strncmp(project->language, language, 2) != 0) {
        (void)snprintf(project->language, sizeof project->language, "%.3s", language);
        mu_checker_forget(project->checker);
    }
}
