/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster easi`: the card of one path that is given. */
#include <stdio.h>

#include "audit/easi.h"
#include "command.h"
#include "core/i18n.h"
#include "core/json_out.h"
#include "diagnose.h"
#include "language.h"
#include "options.h"
#include "table.h"

enum { OPTION_REPS, OPTION_SEED, OPTION_JSON };

static const mu_option options[] = {
    {'n', "reps", N_("N"), N_("sequences played, and cards with other numbers (100000)")},
    {0, "seed", N_("N"), N_("seed of all luck (1)")},
    {0, "json", NULL, N_("print the card as JSON")},
    {0, NULL, NULL, NULL},
};

static const mu_usage usage = {
    .command = "easi",
    .synopsis = N_("PATH [OPTION]…"),
    .summary = N_("Scores one path that is given by the estimate of adversary sequence "
                  "interruption: where it is detected, what delay remains, whether the response is "
                  "in time. A sanity check beside the simulation of an intrusion; it looks for no "
                  "path. Says how sure the score is."),
    .details = N_("Exit status: 0 done; 2 wrong usage, or input that cannot be used."),
    .options = options,
};

static const char *in_language(const mu_text *text) {
    return mu_text_in(*text, mu_language());
}

static void print_card(const mu_easi *given, const mu_easi_card *card) {
    char first[32], remains[32], in_time[32], detection[32];
    mu_text_print_line(in_language(&given->name), stdout);
    (void)putchar('\n');
    mu_table *table = mu_table_create(5);
    mu_table_add(table, _("task"), _("detected"), _("first here"), _("delay left"), _("in time"));
    for (uint32_t i = 0; i < given->tasks.count; i++) {
        const mu_easi_row *row = &card->rows[i];
        (void)snprintf(detection, sizeof detection, "%.2f", given->tasks.items[i].detection);
        (void)snprintf(first, sizeof first, "%.4f", row->first);
        (void)snprintf(remains, sizeof remains, "%.0f ± %.0f s", row->remaining_s,
                       row->remaining_sd_s);
        (void)snprintf(in_time, sizeof in_time, "%.4f", row->in_time);
        mu_table_add(table, in_language(&given->tasks.items[i].name), detection, first, remains,
                     in_time);
    }
    mu_table_print(table, stdout);
    mu_table_destroy(table);
    printf(_("\nInterrupted: %.3f\n"), card->interrupted);
    printf(_("Played: %.4f ± %.4f (standard error)\n"), card->played, card->played_error);
    printf(_("If every number is unsure by %.0f %%: %.2f to %.2f (5 to 95 %%), median %.2f\n"),
           100 * given->unsure, card->low, card->high, card->median);
    if (card->critical != MU_NONE) {
        printf(_("Last detection in time on average: task %u; detected by then: %.2f. That a point "
                 "estimate stops there is why it is too hopeful.\n"),
               card->critical + 1, card->timely);
    } else {
        (void)puts(_("On average no detection is in time."));
    }
}

static void put_card(const mu_easi *given, const mu_easi_card *card) {
    mu_json_out out = {.stream = stdout};
    mu_json_open(&out, NULL, '{');
    mu_json_put_string(&out, "id", given->id);
    mu_json_put_real(&out, "interrupted", card->interrupted);
    mu_json_put_real(&out, "played", card->played);
    mu_json_put_real(&out, "played_error", card->played_error);
    mu_json_put_real(&out, "low", card->low);
    mu_json_put_real(&out, "median", card->median);
    mu_json_put_real(&out, "high", card->high);
    mu_json_put_real(&out, "timely", card->timely);
    mu_json_open(&out, "tasks", '[');
    for (uint32_t i = 0; i < given->tasks.count; i++) {
        mu_json_open_flat(&out, NULL, '{');
        mu_json_put_text(&out, "name", &given->tasks.items[i].name);
        mu_json_put_real(&out, "first", card->rows[i].first);
        mu_json_put_real(&out, "remaining_s", card->rows[i].remaining_s);
        mu_json_put_real(&out, "remaining_sd_s", card->rows[i].remaining_sd_s);
        mu_json_put_real(&out, "in_time", card->rows[i].in_time);
        mu_json_close(&out, '}');
    }
    mu_json_close(&out, ']');
    mu_json_close(&out, '}');
}

static int score(const char *file, uint64_t seed, uint64_t reps, bool json, mu_diags *diags) {
    mu_arena *arena = mu_arena_create();
    mu_loader *loader = arena == NULL ? NULL : mu_loader_create(arena, diags);
    mu_easi given;
    mu_easi_card card;
    mu_status status =
        loader == NULL ? MU_ERR_MEMORY : mu_loader_read(loader, file, &mu_easi_file, &given);
    if (status == MU_OK) {
        status = mu_easi_play(&given, seed, (uint32_t)reps, &card);
    }
    if (status == MU_OK && json) {
        put_card(&given, &card);
    } else if (status == MU_OK) {
        print_card(&given, &card);
    }
    mu_loader_destroy(loader);
    mu_diags_print(diags, 0, MU_WARNING, stderr);
    const int end = status == MU_OK ? MU_EXIT_DONE : mu_refuse_status(usage.command, status, diags);
    mu_arena_destroy(arena);
    return end;
}

int mu_easi_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    uint64_t reps = 100000, seed = 1;
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    if (given.operand_count != 1) {
        return mu_refuse_usage(usage.command, _("name one path"));
    }
    if (!mu_option_number(usage.command, "reps", given.value[OPTION_REPS], 100, 10000000, &reps) ||
        !mu_option_number(usage.command, "seed", given.value[OPTION_SEED], 0,
                          (uint64_t)MU_FIELD_INT_MOST, &seed)) {
        return MU_EXIT_USAGE;
    }
    mu_diags *diags = mu_diags_create();
    if (diags == NULL) {
        return mu_refuse(usage.command, _("there is not enough memory"));
    }
    status = score(given.operands[0], seed, reps, given.value[OPTION_JSON] != NULL, diags);
    mu_diags_destroy(diags);
    return status;
}
