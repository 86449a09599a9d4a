/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a session's file. A last line that is not whole is one that was being written when the
 * program ended: it is left out, and cut off. Anything else that is wrong is refused. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "core/file_in.h"
#include "core/i18n.h"
#include "drill/tabletop/inside.h"

typedef struct journal {
    char *text;
    size_t length, whole; /* bytes; of whole lines */
    char *at;
    uint32_t line;
} journal;

static mu_status complain(const char *path, uint32_t line, const char *text, mu_diags *diags) {
    const mu_where where = {.file = path, .line = line};
    mu_diags_add(diags, MU_ERROR, "session.not-read", &where, NULL, "%s", text);
    return MU_ERR_INPUT;
}

static bool read_whole(const char *path, journal *out) {
    *out = (journal){0};
    out->text = mu_file_in_read(path, MU_FILE_IN_BYTES_MOST, &out->length);
    out->whole = out->length;
    while (out->whole > 0 && out->text[out->whole - 1] != '\n') {
        out->whole--;
    }
    out->at = out->text;
    return out->text != NULL;
}

/* The next whole line as JSON; NULL at the end, or where it is none (then `line` > 0 names it). */
static cJSON *next_line(journal *j, bool *broken) {
    *broken = false;
    if (j->at >= j->text + j->whole) {
        return NULL;
    }
    char *end = memchr(j->at, '\n', (size_t)(j->text + j->whole - j->at));
    *end = 0;
    cJSON *line = cJSON_Parse(j->at);
    *broken = !cJSON_IsObject(line);
    j->at = end + 1;
    j->line++;
    if (*broken) {
        cJSON_Delete(line);
        return NULL;
    }
    return line;
}

static const char *string_of(const cJSON *line, const char *key) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(line, key);
    return cJSON_IsString(item) ? item->valuestring : NULL;
}

static double number_of(const cJSON *line, const char *key) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(line, key);
    return cJSON_IsNumber(item) && item->valuedouble >= 0 && item->valuedouble < 9e15
               ? item->valuedouble
               : 0;
}

static uint32_t index_of(const cJSON *line, const char *key) {
    const double number = number_of(line, key);
    return number < (double)UINT32_MAX ? (uint32_t)number : UINT32_MAX - 1;
}

static cJSON *read_head(const char *path, journal *j, mu_diags *diags) {
    bool broken;
    cJSON *head = next_line(j, &broken);
    const char *format = head == NULL ? NULL : string_of(head, "format");
    if (format == NULL || strcmp(format, "muster.session") != 0 || index_of(head, "version") != 1 ||
        string_of(head, "incident") == NULL) {
        (void)complain(path, 1, _("this is no session of a tabletop that this program can read"),
                       diags);
        cJSON_Delete(head);
        return NULL;
    }
    return head;
}

mu_status mu_tabletop_peek(const char *path, mu_tabletop_origin *out, mu_diags *diags) {
    journal j = {0};
    *out = (mu_tabletop_origin){0};
    if (!read_whole(path, &j)) {
        free(j.text);
        return complain(path, 0, strerror(errno), diags);
    }
    cJSON *head = read_head(path, &j, diags);
    if (head == NULL) {
        free(j.text);
        return MU_ERR_INPUT;
    }
    out->incident = strdup(string_of(head, "incident"));
    out->policy = string_of(head, "policy") == NULL ? NULL : strdup(string_of(head, "policy"));
    out->seed = (uint64_t)number_of(head, "seed");
    out->replication = index_of(head, "replication");
    cJSON_Delete(head);
    bool broken;
    for (cJSON *line; (line = next_line(&j, &broken)) != NULL || broken;) {
        const char *kind = line == NULL ? NULL : string_of(line, "kind");
        out->entries += kind != NULL && strcmp(kind, "seen") != 0;
        cJSON_Delete(line);
    }
    free(j.text);
    return out->incident == NULL ? MU_ERR_MEMORY : MU_OK;
}

void mu_tabletop_origin_free(mu_tabletop_origin *origin) {
    free(origin->incident);
    free(origin->policy);
    *origin = (mu_tabletop_origin){0};
}

static bool same_files(const mu_plan *plan, const cJSON *head) {
    const cJSON *files = cJSON_GetObjectItemCaseSensitive(head, "files");
    bool same = cJSON_GetArraySize(files) == (int)plan->files.count;
    for (uint32_t i = 0; same && i < plan->files.count; i++) {
        char hash[17];
        (void)snprintf(hash, sizeof hash, "%016llx", (unsigned long long)plan->files.items[i].hash);
        const cJSON *item = cJSON_GetArrayItem(files, (int)i);
        same = cJSON_IsString(item) && strcmp(item->valuestring, hash) == 0;
    }
    return same;
}

static bool kind_of(const char *word, uint32_t *out) {
    for (uint32_t k = 0; word != NULL && k < MU_ENTRY_KIND_COUNT; k++) {
        if (strcmp(mu_entry_word((mu_entry_kind)k), word) == 0) {
            *out = k;
            return true;
        }
    }
    return false;
}

static bool inject_of(const mu_plan *plan, const char *id, uint32_t *out) {
    *out = MU_NO_INJECT;
    for (uint32_t i = 0; id != NULL && i < plan->incident.exercise.injects.count; i++) {
        if (strcmp(plan->incident.exercise.injects.items[i].id, id) == 0) {
            *out = i;
        }
    }
    return id == NULL || *out != MU_NO_INJECT;
}

static bool act_of(const mu_tabletop *t, const cJSON *line, mu_act *out) {
    const char *word = string_of(line, "act"), *on = string_of(line, "on");
    *out = (mu_act){0};
    if (word == NULL) {
        return true;
    }
    out->kind = (uint32_t)mu_act_find(word);
    out->by_s = index_of(line, "by_s");
    out->what = on == NULL ? 0 : mu_log_names_find(t->names, on);
    return out->kind != MU_ACT_NONE && (on == NULL || out->what != 0);
}

/* False where it says what cannot be. */
static bool read_entry(const mu_tabletop *t, const cJSON *line, mu_entry *out) {
    *out = (mu_entry){.time_us = (mu_time)number_of(line, "t_us"),
                      .wall_s = (int64_t)number_of(line, "wall_s"),
                      .until_us = (mu_time)number_of(line, "until_us"),
                      .branch = index_of(line, "branch"),
                      .parent = index_of(line, "parent")};
    for (int k = 0; k < MU_SAID_COUNT; k++) {
        const char *said = string_of(line, mu_said_keys[k]);
        out->said[k] = said != NULL ? said : "";
    }
    if (!kind_of(string_of(line, "kind"), &out->kind) || !act_of(t, line, &out->act) ||
        !inject_of(t->plan, string_of(line, "inject"), &out->inject)) {
        return false;
    }
    if (out->kind == MU_ENTRY_DRAFT && !kind_of(string_of(line, "form"), &out->form)) {
        return false;
    }
    return out->kind == MU_ENTRY_BRANCH
               ? out->branch == t->limb_count && out->parent < t->limb_count
               : out->branch < t->limb_count;
}

static mu_status redo_line(mu_tabletop *t, const cJSON *line) {
    mu_entry entry;
    if (!read_entry(t, line, &entry)) {
        return MU_ERR_INPUT;
    }
    if (entry.kind == MU_ENTRY_DRAFT) {
        return mu_tabletop_keep_draft(t, &entry);
    }
    mu_branch *seen = entry.branch < t->limb_count ? &t->limbs[entry.branch].seen : NULL;
    if (entry.kind == MU_ENTRY_SEEN) {
        seen->lived_us = seen->lived_us > entry.time_us ? seen->lived_us : entry.time_us;
        t->here = entry.branch;
        return MU_OK;
    }
    if (entry.kind == t->draft.form) {
        t->draft.kind = MU_ENTRY_KIND_COUNT; /* it came to something */
    }
    return mu_tabletop_redo(t, &entry);
}

static mu_status redo_all(mu_tabletop *t, journal *j, mu_diags *diags) {
    bool broken;
    for (cJSON *line; (line = next_line(j, &broken)) != NULL || broken;) {
        const mu_status status = broken ? MU_ERR_INPUT : redo_line(t, line);
        cJSON_Delete(line);
        if (status != MU_OK) {
            return complain(t->def.path, j->line, _("this line of the session cannot be used"),
                            diags);
        }
    }
    return MU_OK;
}

/* From now on what is new is written behind what was whole. */
static mu_status go_on_writing(mu_tabletop *t, const journal *j, mu_diags *diags) {
    t->file = open(t->def.path, O_WRONLY | O_APPEND | O_CLOEXEC);
    if (t->file < 0 || (j->whole < j->length && ftruncate(t->file, (off_t)j->whole) != 0)) {
        return complain(t->def.path, 0, strerror(errno), diags);
    }
    return MU_OK;
}

mu_status mu_journal_replay(mu_tabletop *tabletop, mu_diags *diags) {
    mu_tabletop *t = tabletop;
    journal j = {0};
    if (!read_whole(t->def.path, &j)) {
        free(j.text);
        return complain(t->def.path, 0, strerror(errno), diags);
    }
    cJSON *head = read_head(t->def.path, &j, diags);
    mu_status status = head == NULL ? MU_ERR_INPUT : MU_OK;
    if (status == MU_OK && !same_files(t->plan, head)) {
        status = complain(t->def.path, 1,
                          _("the incident's files have changed since: the session cannot be played "
                            "again on them"),
                          diags);
    }
    if (status == MU_OK) {
        status = redo_all(t, &j, diags);
    }
    if (status == MU_OK) {
        (void)mu_session_seek(t->limbs[t->here].session, t->limbs[t->here].seen.lived_us, 0);
        status = t->def.path != NULL && !t->def.read_only ? go_on_writing(t, &j, diags) : MU_OK;
    }
    cJSON_Delete(head);
    free(j.text);
    return status;
}
