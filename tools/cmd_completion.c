/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `muster completion`: what a shell needs to complete commands and options. Each command prints its
 * own part from its table (see manual.h). */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "core/i18n.h"
#include "manual.h"
#include "options.h"

static const mu_option options[] = {{0, NULL, NULL, NULL}};

static const mu_usage usage = {
    .command = "completion",
    .synopsis = N_("bash|zsh"),
    .summary =
        N_("Prints a script that completes commands, options and file names in bash or zsh."),
    .details = N_("For bash:  eval \"$(muster completion bash)\"  in ~/.bashrc\n"
                  "For zsh:   muster completion zsh > DIR/_muster  where DIR is in $fpath"),
    .options = options,
};

static void put_part(const mu_command *command, const char *kind) {
    char name[32], help[32];
    (void)snprintf(name, sizeof name, "%s", command->name);
    (void)snprintf(help, sizeof help, "--help=%s", kind);
    char *argv[] = {name, help, NULL};
    (void)command->run(2, argv);
}

static void print_bash(void) {
    printf("_muster() {\n    local word=${COMP_WORDS[COMP_CWORD]} words=\n    COMPREPLY=()\n"
           "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        words=\"");
    mu_manual_commands(stdout);
    printf("--help --help=all --version --lang --verbose\"\n    elif [ "
           "\"${COMP_WORDS[COMP_CWORD-1]}\" = "
           "--lang ]; then\n"
           "        words=\"zh en\"\n    elif [ \"${word#-}\" != \"$word\" ]; then\n"
           "        case ${COMP_WORDS[1]} in\n");
    for (const mu_command *c = mu_commands; c->name != NULL; c++) {
        printf("        %s) words=\"", c->name);
        put_part(c, "bash");
        printf("\" ;;\n");
    }
    printf("        esac\n    fi\n    if [ -n \"$words\" ]; then\n"
           "        COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n    fi\n}\n"
           "complete -o default -o bashdefault -F _muster muster\n");
}

static void print_zsh(void) {
    printf("#compdef muster\n_muster() {\n  local -a commands=(\n");
    for (const mu_command *c = mu_commands; c->name != NULL; c++) {
        printf("    '%s:", c->name);
        for (const char *text = _(c->summary); *text != 0; text++) {
            printf(*text == '\'' ? "'\\''" : *text == ':' ? "\\:" : "%c", *text);
        }
        printf("'\n");
    }
    printf(
        "  )\n  if (( CURRENT == 2 )); then\n    _describe -t commands command commands\n"
        "    compadd -- --help --help=all --version --lang --verbose\n    return\n"
        "  fi\n  local command=$words[2]\n  shift words\n  (( CURRENT-- ))\n  case $command in\n");
    for (const mu_command *c = mu_commands; c->name != NULL; c++) {
        printf("  %s) _arguments -s \\\n", c->name);
        put_part(c, "zsh");
        printf("    '--lang[%s]:zh|en:(zh en)' '--verbose[%s]' '*:file:_files' ;;\n",
               _("language of everything that is printed or written"),
               _("print notes, too: what was assumed, and why"));
    }
    printf("  esac\n}\n_muster \"$@\"\n");
}

int mu_completion_main(int argc, char **argv) {
    mu_given_options given;
    int status = MU_EXIT_DONE;
    if (!mu_options_read(&usage, argc, argv, &given, &status)) {
        return status;
    }
    static const char *const shells[] = {"bash", "zsh", NULL};
    const int shell = given.operand_count == 1 ? mu_option_place(given.operands[0], shells) : -1;
    if (shell < 0) {
        return mu_refuse_usage(usage.command, _("say which shell: bash or zsh"));
    }
    (shell == 0 ? print_bash : print_zsh)();
    return MU_EXIT_DONE;
}
