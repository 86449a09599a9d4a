/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster diff`: where two runs part. Of two builds of the program it says which event first
 * differs; of two policies under the same luck, where a change takes hold and whom it touches. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "command.h"
#include "core/i18n.h"
#include "core/json_out.h"
#include "diagnose.h"
#include "log_diff.h"
#include "options.h"
#include "table.h"

enum { OPTION_MOST, OPTION_JSON };

static const mu_option options[] = {
    {0, "most", N_("N"), N_("name at most so many persons and things that part (10)")},
    {0, "json", NULL, N_("print what differs as JSON")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "diff",
    .synopsis = N_("A B [OPTION]…"),
    .summary = N_("Holds two logs against each other and says which record first differs, what "
                  "came before it, and from when each person and thing goes another way."),
    .details = N_("A and B are log.jsonl files, or the folders that 'muster run -o' wrote. Two "
                  "runs of one seed under two policies are the same up to where the policy first "
                  "matters.\n"
                  "Exit status: 0 the same; 1 they differ; 2 wrong usage, or input that cannot be "
                  "used."),
    .options = options,
};

typedef struct pair {
    mu_log_lines a, b;
    uint64_t most;
    bool json;
} pair;

static void print_time(mu_time time, char *out, size_t room) {
    (void)snprintf(out, room, "%" PRId64 ":%02" PRId64 ".%06" PRId64, time / MU_SECOND / 60,
                   time / MU_SECOND % 60, time % MU_SECOND);
}

static const mu_log_line *line_of(const mu_log_lines *log, uint32_t at) {
    return at < log->count ? &log->items[at] : NULL;
}

static void print_line(const char *label, const mu_log_line *line, const char *absent) {
    char time[32] = "";
    (void)fputs(label, stdout);
    if (line == NULL) {
        (void)puts(absent);
        return;
    }
    print_time(line->time_us, time, sizeof time);
    printf("%s  ", time);
    mu_text_print_line(line->line, stdout);
}

/* What the two runs were made from, as far as it differs. */
static void print_heads(const pair *p) {
    cJSON *a = cJSON_Parse(p->a.head), *b = cJSON_Parse(p->b.head);
    bool whole = a != NULL && b != NULL;
    for (const cJSON *item = a != NULL ? a->child : NULL; item != NULL; item = item->next) {
        const cJSON *other = cJSON_GetObjectItemCaseSensitive(b, item->string);
        if (cJSON_Compare(item, other, 1) || strcmp(item->string, "inputs") == 0) {
            continue;
        }
        char *of_a = cJSON_PrintUnformatted(item);
        char *of_b = other != NULL ? cJSON_PrintUnformatted(other) : NULL;
        mu_text_printf(stdout, "%s: A %s, B %s\n", item->string, of_a != NULL ? of_a : "",
                       of_b != NULL ? of_b : "");
        whole = whole && of_a != NULL && (other == NULL || of_b != NULL);
        cJSON_free(of_a);
        cJSON_free(of_b);
    }
    const cJSON *file = cJSON_GetObjectItemCaseSensitive(a, "inputs");
    const cJSON *theirs = cJSON_GetObjectItemCaseSensitive(b, "inputs");
    file = file != NULL ? file->child : NULL;
    theirs = theirs != NULL ? theirs->child : NULL;
    for (; file != NULL || theirs != NULL;
         file = file != NULL ? file->next : NULL, theirs = theirs != NULL ? theirs->next : NULL) {
        const cJSON *hash = cJSON_GetObjectItemCaseSensitive(file, "hash");
        const cJSON *other = cJSON_GetObjectItemCaseSensitive(theirs, "hash");
        const cJSON *name = cJSON_GetObjectItemCaseSensitive(file != NULL ? file : theirs, "name");
        if (!cJSON_Compare(hash, other, 1) && cJSON_IsString(name)) {
            (void)fputs(_("made from another file: "), stdout);
            mu_text_print_line(name->valuestring, stdout);
        }
    }
    cJSON_Delete(a);
    cJSON_Delete(b);
    if (!whole) {
        (void)mu_refuse(usage.command, _("there is not enough memory"));
    }
}

static void print_first(const pair *p, const mu_log_diff *diff) {
    const mu_log_line *a = line_of(&p->a, diff->first), *b = line_of(&p->b, diff->first);
    char time[32] = "0:00.000000";
    if (diff->first > 0) {
        print_time(p->a.items[diff->first - 1].time_us, time, sizeof time);
    }
    printf(P_("The first %u record is the same, up to %s.",
              "The first %u records are the same, up "
              "to %s.",
              diff->first),
           diff->first, time);
    (void)puts("");
    for (uint32_t i = diff->first > 2 ? diff->first - 2 : 0; i < diff->first; i++) {
        print_line("     ", &p->a.items[i], "");
    }
    print_line("  A  ", a, _("nothing more"));
    print_line("  B  ", b, _("nothing more"));
    const mu_log_line *cause_a = a != NULL ? line_of(&p->a, a->cause) : NULL;
    const mu_log_line *cause_b = b != NULL ? line_of(&p->b, b->cause) : NULL;
    if (cause_a != NULL || cause_b != NULL) {
        (void)puts(_("Brought about by:"));
        print_line("  A  ", cause_a, _("nothing: it was given"));
        print_line("  B  ", cause_b, _("nothing: it was given"));
    }
}

static void say_line(const mu_log_line *line, char *out, size_t room) {
    char time[32];
    if (line == NULL) {
        (void)snprintf(out, room, "%s", _("nothing more"));
        return;
    }
    print_time(line->time_us, time, sizeof time);
    (void)snprintf(out, room, "%s %s", time, line->kind);
}

static void print_partings(const pair *p, const mu_log_diff *diff) {
    printf(P_("\n%u person or thing goes another way:\n",
              "\n%u persons and things go another way, the first of them:\n", diff->parting_count),
           diff->parting_count);
    mu_table *table = mu_table_create(3);
    for (uint32_t i = 0; i < diff->parting_count && i < p->most; i++) {
        char name[160], a[96], b[96];
        (void)snprintf(name, sizeof name, "  %s", diff->partings[i].who);
        say_line(diff->partings[i].a, a, sizeof a);
        say_line(diff->partings[i].b, b, sizeof b);
        mu_table_add(table, name, a, b);
    }
    mu_table_print(table, stdout);
    mu_table_destroy(table);
}

static void print_kinds(const mu_log_diff *diff) {
    (void)puts(_("\nRecords of a kind:"));
    mu_table *table = mu_table_create(3);
    mu_table_add(table, "  ", "A", "B");
    for (uint32_t i = 0; i < diff->kind_count; i++) {
        char kind[64], a[16], b[16];
        (void)snprintf(kind, sizeof kind, "  %s", diff->kinds[i].kind);
        (void)snprintf(a, sizeof a, "%u", diff->kinds[i].a);
        (void)snprintf(b, sizeof b, "%u", diff->kinds[i].b);
        mu_table_add(table, kind, a, b);
    }
    mu_table_print(table, stdout);
    mu_table_destroy(table);
}

static void print_text(const pair *p, const mu_log_diff *diff) {
    print_heads(p);
    if (diff->same) {
        printf(P_("The two logs are the same: %u record, and the same state at the end.\n",
                  "The two logs are the same: %u records, and the same state at the end.\n",
                  p->a.count),
               p->a.count);
        return;
    }
    if (diff->first == p->a.count && diff->first == p->b.count) {
        (void)puts(_("All records are the same; the ends differ:"));
        mu_text_printf(stdout, "  A  %s\n  B  %s\n", p->a.end, p->b.end);
        return;
    }
    print_first(p, diff);
    print_partings(p, diff);
    if (diff->kind_count > 0) {
        print_kinds(diff);
    }
}

static void put_line(mu_json_out *out, const char *key, const mu_log_line *line) {
    if (line == NULL) {
        mu_json_put_null(out, key);
        return;
    }
    mu_json_open_flat(out, key, '{');
    mu_json_put_real(out, "t_s", mu_time_to_s(line->time_us));
    mu_json_put_string(out, "kind", line->kind);
    mu_json_put_string(out, "line", line->line);
    mu_json_close(out, '}');
}

static void print_json(const pair *p, const mu_log_diff *diff) {
    mu_json_out out = {.stream = stdout};
    mu_json_open(&out, NULL, '{');
    mu_json_put_bool(&out, "same", diff->same);
    mu_json_put_count(&out, "same_records", diff->first);
    mu_json_put_bool(&out, "same_end", strcmp(p->a.end, p->b.end) == 0);
    put_line(&out, "a", line_of(&p->a, diff->first));
    put_line(&out, "b", line_of(&p->b, diff->first));
    mu_json_put_count(&out, "parting_count", diff->parting_count);
    mu_json_open(&out, "partings", '[');
    for (uint32_t i = 0; i < diff->parting_count && i < p->most; i++) {
        mu_json_open(&out, NULL, '{');
        mu_json_put_string(&out, "who", diff->partings[i].who);
        put_line(&out, "a", diff->partings[i].a);
        put_line(&out, "b", diff->partings[i].b);
        mu_json_close(&out, '}');
    }
    mu_json_close(&out, ']');
    mu_json_open(&out, "kinds", '[');
    for (uint32_t i = 0; i < diff->kind_count; i++) {
        mu_json_open_flat(&out, NULL, '{');
        mu_json_put_string(&out, "kind", diff->kinds[i].kind);
        mu_json_put_count(&out, "a", diff->kinds[i].a);
        mu_json_put_count(&out, "b", diff->kinds[i].b);
        mu_json_close(&out, '}');
    }
    mu_json_close(&out, ']');
    mu_json_close(&out, '}');
    (void)putchar('\n');
}

static int compare(const pair *p) {
    mu_log_diff diff;
    if (mu_log_diff_make(&p->a, &p->b, &diff) != MU_OK) {
        return mu_refuse(usage.command, _("there is not enough memory"));
    }
    if (p->json) {
        print_json(p, &diff);
    } else {
        print_text(p, &diff);
    }
    const bool same = diff.same;
    mu_log_diff_free(&diff);
    return same ? MU_EXIT_DONE : MU_EXIT_NO;
}

int mu_diff_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    pair p = {.json = given.value[OPTION_JSON] != NULL, .most = 10};
    if (given.operand_count != 2) {
        return mu_refuse_usage(usage.command, _("give two logs, or two folders of results"));
    }
    if (!mu_option_number(usage.command, "most", given.value[OPTION_MOST], 1, UINT32_MAX,
                          &p.most)) {
        return MU_EXIT_USAGE;
    }
    mu_diags *diags = mu_diags_create();
    mu_status read =
        diags != NULL ? mu_log_lines_read(given.operands[0], &p.a, diags) : MU_ERR_MEMORY;
    if (read == MU_OK) {
        read = mu_log_lines_read(given.operands[1], &p.b, diags);
    }
    if (diags == NULL) {
        return mu_refuse(usage.command, _("there is not enough memory"));
    }
    mu_diags_print(diags, 0, MU_ERROR, stderr);
    status = read == MU_OK ? compare(&p) : mu_refuse_status(usage.command, read, diags);
    mu_log_lines_free(&p.a);
    mu_log_lines_free(&p.b);
    mu_diags_destroy(diags);
    return status;
}
