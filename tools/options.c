/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading options from a table. getopt_long would read them too, but keeps its state in globals and
 * words its complaints in the C library's language, not in ours. */
#include "options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "core/i18n.h"
#include "manual.h"
#include "table.h"

static void print_options(const mu_usage *usage) {
    mu_table *table = mu_table_create(2);
    char left[96];
    for (const mu_option *option = usage->options; option->name != NULL; option++) {
        char letter[8] = "    ";
        if (option->letter != 0) {
            (void)snprintf(letter, sizeof letter, "-%c, ", option->letter);
        }
        (void)snprintf(left, sizeof left, "  %s--%s%s%s", letter, option->name,
                       option->argument != NULL ? " " : "",
                       option->argument != NULL ? _(option->argument) : "");
        mu_table_add(table, left, _(option->meaning));
    }
    mu_table_add(table, "      --lang zh|en",
                 _("language of everything that is printed or written"));
    mu_table_add(table, "      --verbose", _("print notes, too: what was assumed, and why"));
    mu_table_add(table, "  -h, --help", _("show this help"));
    mu_table_print(table, stdout);
    mu_table_destroy(table);
}

static void print_help(const mu_usage *usage) {
    printf(_("Usage: muster %s %s"), usage->command, _(usage->synopsis));
    printf("\n\n%s\n\n%s\n", _(usage->summary), _("Options:"));
    print_options(usage);
    if (usage->details != NULL) {
        printf("\n%s\n", _(usage->details));
    }
}

/* "--help=man" and its like, for who packs Muster. */
static bool print_in_form(const mu_usage *usage, const char *form) {
    if (strcmp(form, "man") == 0) {
        mu_manual_page(usage, stdout);
    } else if (strcmp(form, "bash") == 0) {
        mu_manual_bash_words(usage, stdout);
    } else if (strcmp(form, "zsh") == 0) {
        mu_manual_zsh_words(usage, stdout);
    } else {
        return false;
    }
    return true;
}

static bool is_help(const char *name, size_t length) {
    return length > 0 && length <= 4 && strncmp("help", name, length) == 0;
}

/* The option that a long name means; -1 unknown, -2 more than one could be meant. */
static int find_long(const mu_usage *usage, const char *name, size_t length) {
    int found = is_help(name, length) && length < 4 ? -2 : -1;
    for (int i = 0; usage->options[i].name != NULL; i++) {
        const char *full = usage->options[i].name;
        if (strncmp(full, name, length) != 0) {
            continue;
        }
        if (strlen(full) == length) {
            return i;
        }
        found = found == -1 ? i : -2;
    }
    return found;
}

typedef struct reading {
    const mu_usage *usage;
    int argc;
    char **argv;
    int at;
    int status;
    mu_given_options *out;
} reading;

static bool stop(reading *now, int status) {
    now->status = status;
    return false;
}

static bool read_value(reading *now, int option, const char *attached) {
    const char *name = now->usage->options[option].name;
    if (now->usage->options[option].argument == NULL) {
        if (attached != NULL) {
            return stop(
                now, mu_refuse_usage(now->usage->command, _("option --%s takes no value"), name));
        }
        now->out->value[option] = "";
        return true;
    }
    if (attached == NULL && now->at + 1 >= now->argc) {
        return stop(now,
                    mu_refuse_usage(now->usage->command, _("option --%s needs a value"), name));
    }
    now->out->value[option] = attached != NULL ? attached : now->argv[++now->at];
    return true;
}

static bool read_long(reading *now, const char *word) {
    const char *equals = strchr(word, '=');
    const size_t length = equals != NULL ? (size_t)(equals - word) : strlen(word);
    const int option = find_long(now->usage, word, length);
    if (option >= 0) {
        return read_value(now, option, equals != NULL ? equals + 1 : NULL);
    }
    if (option == -1 && equals == NULL && is_help(word, length)) {
        print_help(now->usage);
        return stop(now, MU_EXIT_DONE);
    }
    if (option == -1 && equals != NULL && length == 4 && is_help(word, length) &&
        print_in_form(now->usage, equals + 1)) {
        return stop(now, MU_EXIT_DONE);
    }
    const char *format =
        option == -2 ? _("option --%.*s could mean several") : _("unknown option --%.*s");
    return stop(now, mu_refuse_usage(now->usage->command, format, (int)length, word));
}

static bool read_letters(reading *now, const char *letters) {
    for (const char *letter = letters; *letter != 0; letter++) {
        int option = 0;
        while (now->usage->options[option].name != NULL &&
               now->usage->options[option].letter != *letter) {
            option++;
        }
        if (now->usage->options[option].name == NULL) {
            if (*letter == 'h') {
                print_help(now->usage);
                return stop(now, MU_EXIT_DONE);
            }
            return stop(now,
                        mu_refuse_usage(now->usage->command, _("unknown option -%c"), *letter));
        }
        if (now->usage->options[option].argument != NULL) {
            return read_value(now, option, letter[1] != 0 ? letter + 1 : NULL);
        }
        now->out->value[option] = "";
    }
    return true;
}

bool mu_options_read(const mu_usage *usage, int argc, char **argv, mu_given_options *out,
                     int *status) {
    memset(out, 0, sizeof *out);
    reading now = {.usage = usage, .argc = argc, .argv = argv, .at = 1, .out = out};
    bool options = true;
    int kept = 1;
    for (; now.at < argc; now.at++) {
        char *word = argv[now.at];
        if (!options || word[0] != '-' || word[1] == 0) {
            argv[kept++] = word;
        } else if (strcmp(word, "--") == 0) {
            options = false;
        } else if (!(word[1] == '-' ? read_long(&now, word + 2) : read_letters(&now, word + 1))) {
            *status = now.status;
            return false;
        }
    }
    argv[kept] = NULL;
    out->operands = argv + 1;
    out->operand_count = kept - 1;
    return true;
}

bool mu_option_number(const char *command, const char *name, const char *value, uint64_t least,
                      uint64_t most, uint64_t *out) {
    if (value == NULL) {
        return true;
    }
    char *end = NULL;
    errno = 0;
    const unsigned long long number = strtoull(value, &end, 10);
    const bool digits = value[0] >= '0' && value[0] <= '9' && *end == 0;
    if (!digits || errno != 0 || number < least || number > most) {
        (void)mu_refuse_usage(command, _("--%s must be a whole number from %llu to %llu, not '%s'"),
                              name, (unsigned long long)least, (unsigned long long)most, value);
        return false;
    }
    *out = number;
    return true;
}

int mu_option_place(const char *word, const char *const *words) {
    for (int k = 0; words[k] != NULL; k++) {
        if (strcmp(word, words[k]) == 0) {
            return k;
        }
    }
    return -1;
}

bool mu_option_word(const char *command, const char *name, const char *value,
                    const char *const *words, int *out) {
    if (value == NULL) {
        return true;
    }
    const int place = mu_option_place(value, words);
    if (place < 0) {
        (void)mu_refuse_usage(command, _("--%s is '%s'; it can be %s or %s"), name, value, words[0],
                              words[1]);
        return false;
    }
    *out = place;
    return true;
}

bool mu_options_take_flag(int *argc, char **argv, const char *flag) {
    bool found = false;
    int kept = 0, at = 0;
    for (; at < *argc && strcmp(argv[at], "--") != 0; at++) {
        if (at > 0 && strcmp(argv[at], flag) == 0) {
            found = true;
        } else {
            argv[kept++] = argv[at];
        }
    }
    while (at < *argc) {
        argv[kept++] = argv[at++];
    }
    argv[kept] = NULL;
    *argc = kept;
    return found;
}

const char *mu_options_take_language(int *argc, char **argv) {
    const char *language = NULL;
    int kept = 0, at = 0;
    for (; at < *argc && strcmp(argv[at], "--") != 0; at++) {
        if (at > 0 && strncmp(argv[at], "--lang=", 7) == 0) {
            language = argv[at] + 7;
        } else if (at > 0 && strcmp(argv[at], "--lang") == 0) {
            language = at + 1 < *argc ? argv[++at] : "";
        } else {
            argv[kept++] = argv[at];
        }
    }
    while (at < *argc) {
        argv[kept++] = argv[at++];
    }
    argv[kept] = NULL;
    *argc = kept;
    return language;
}
