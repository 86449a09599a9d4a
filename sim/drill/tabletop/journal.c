/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The session's file: a line of JSON for what it is played on, and one for each entry, appended the
 * moment it is made. A line goes out in one piece, so that a program that is killed leaves whole
 * lines; what matters is forced to the disk, so that a power cut does as well. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/i18n.h"
#include "core/json_out.h"
#include "drill/tabletop/inside.h"

const char *const mu_said_keys[MU_SAID_COUNT] = {
    [MU_SAID_WHO] = "who",
    [MU_SAID_WHAT] = "what",
    [MU_SAID_WHY] = "why",
    [MU_SAID_REJECTED] = "rejected",
};

const char *mu_entry_word(mu_entry_kind kind) {
    static const char *const words[MU_ENTRY_KIND_COUNT] = {
        [MU_ENTRY_SENT] = "sent",           [MU_ENTRY_SKIPPED] = "skipped",
        [MU_ENTRY_POSTPONED] = "postponed", [MU_ENTRY_DECISION] = "decision",
        [MU_ENTRY_NOTE] = "note",           [MU_ENTRY_BRANCH] = "branch",
        [MU_ENTRY_STOPPED] = "stopped",     [MU_ENTRY_RESUMED] = "resumed",
        [MU_ENTRY_SEEN] = "seen",           [MU_ENTRY_DRAFT] = "draft",
    };
    return words[kind];
}

static void put_entry(mu_json_out *out, const mu_tabletop *t, const mu_entry *entry) {
    mu_json_open(out, NULL, '{');
    mu_json_put_string(out, "kind", mu_entry_word((mu_entry_kind)entry->kind));
    mu_json_put_int(out, "t_us", entry->time_us);
    mu_json_put_int(out, "wall_s", entry->wall_s);
    mu_json_put_count(out, "branch", entry->branch);
    if (entry->kind == MU_ENTRY_BRANCH) {
        mu_json_put_count(out, "parent", entry->parent);
    }
    if (entry->kind <= MU_ENTRY_POSTPONED && entry->inject != MU_NO_INJECT) {
        mu_json_put_string(out, "inject",
                           t->plan->incident.exercise.injects.items[entry->inject].id);
    }
    if (entry->kind == MU_ENTRY_POSTPONED) {
        mu_json_put_int(out, "until_us", entry->until_us);
    }
    if (entry->kind == MU_ENTRY_DRAFT) {
        mu_json_put_string(out, "form", mu_entry_word((mu_entry_kind)entry->form));
    }
    for (int k = 0; k < MU_SAID_COUNT; k++) {
        if (entry->said[k] != NULL && entry->said[k][0] != 0) {
            mu_json_put_string(out, mu_said_keys[k], entry->said[k]);
        }
    }
    if (entry->act.kind != MU_ACT_NONE) {
        mu_json_put_string(out, "act", mu_act_word((mu_act_kind)entry->act.kind));
        mu_log_put_handle(out, "on", t->plan, entry->act.what);
        mu_json_put_count(out, "by_s", entry->act.by_s);
    }
    mu_json_close(out, '}');
}

static bool write_whole(int file, const char *text, size_t length) {
    while (length > 0) {
        const ssize_t written = write(file, text, length);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        text += written;
        length -= (size_t)written;
    }
    return true;
}

mu_status mu_journal_append(mu_tabletop *tabletop, const mu_entry *entry) {
    mu_tabletop *t = tabletop;
    if (t->file < 0) {
        return MU_OK;
    }
    char *text = NULL;
    size_t length = 0;
    mu_json_out out = {.stream = open_memstream(&text, &length), .compact = true};
    if (out.stream == NULL) {
        return MU_ERR_MEMORY;
    }
    put_entry(&out, t, entry);
    bool fine = fclose(out.stream) == 0 && write_whole(t->file, text, length);
    free(text);
    const bool passing = entry->kind == MU_ENTRY_DRAFT || entry->kind == MU_ENTRY_SEEN;
    if (fine && (!passing || t->wall_s > t->synced_wall_s)) {
        fine = fsync(t->file) == 0 || errno == EINVAL; /* a pipe or the like cannot be forced */
        t->synced_wall_s = t->wall_s;
    }
    return fine ? MU_OK : MU_ERR_IO;
}

static void put_head(mu_json_out *out, const mu_tabletop *t) {
    mu_json_open(out, NULL, '{');
    mu_json_put_string(out, "format", "muster.session");
    mu_json_put_int(out, "version", 1);
    mu_json_put_string(out, "program", t->def.program);
    mu_json_put_string(out, "incident", t->def.incident);
    mu_json_put_string(out, "policy", t->def.policy);
    mu_json_put_count(out, "seed", t->def.session.seed);
    mu_json_put_count(out, "replication", t->def.session.replication);
    mu_json_put_int(out, "wall_s", t->wall_s);
    mu_json_open(out, "files", '[');
    for (uint32_t i = 0; i < t->plan->files.count; i++) {
        mu_json_put_hash(out, NULL, t->plan->files.items[i].hash);
    }
    mu_json_close(out, ']');
    mu_json_close(out, '}');
}

mu_status mu_journal_create(mu_tabletop *tabletop, mu_diags *diags) {
    mu_tabletop *t = tabletop;
    char *text = NULL;
    size_t length = 0;
    mu_json_out out = {.stream = open_memstream(&text, &length), .compact = true};
    if (out.stream == NULL) {
        return MU_ERR_MEMORY;
    }
    put_head(&out, t);
    t->file = open(t->def.path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0666);
    const bool fine = fclose(out.stream) == 0 && t->file >= 0 && write_whole(t->file, text, length);
    free(text);
    if (!fine) {
        const mu_where where = {.file = t->def.path};
        mu_diags_add(diags, MU_ERROR, "session.not-written", &where, NULL,
                     _("the session cannot be saved: %s"), strerror(errno));
        return MU_ERR_IO;
    }
    return MU_OK;
}
