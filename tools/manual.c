/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In roff a backslash, a hyphen and a dot or quote at the start of a line mean something; in zsh's
 * specifications brackets, colons and quotes do. */
#include "manual.h"

#include <string.h>

#include "command.h"
#include "core/i18n.h"

/* A hyphen that is typed is a minus in roff; a line's first dot or quote is no request. */
static void put(FILE *out, const char *text) {
    bool start = true;
    for (; *text != 0; text++) {
        if (start && (*text == '.' || *text == '\'')) {
            (void)fputs("\\&", out);
        }
        if (*text == '\\') {
            (void)fputs("\\e", out);
        } else if (*text == '-') {
            (void)fputs("\\-", out);
        } else {
            (void)fputc(*text, out);
        }
        start = *text == '\n';
    }
}

static void put_line(FILE *out, const char *text) {
    put(out, text);
    (void)fputc('\n', out);
}

static void put_heading(FILE *out, const char *heading) {
    (void)fprintf(out, ".SH \"");
    put(out, heading);
    (void)fprintf(out, "\"\n");
}

/* Paragraphs are filled; lines that begin with a blank stand as they are. */
static void put_text(FILE *out, const char *text) {
    bool as_is = false;
    char line[2048];
    while (*text != 0) {
        const size_t length = strcspn(text, "\n");
        (void)snprintf(line, sizeof line, "%.*s", (int)length, text);
        text += length + (text[length] == '\n');
        if ((line[0] == ' ') != as_is) {
            as_is = !as_is;
            (void)fputs(as_is ? ".nf\n" : ".fi\n", out);
        }
        if (line[0] == 0) {
            (void)fputs(".PP\n", out);
        } else {
            put_line(out, line);
        }
    }
    if (as_is) {
        (void)fputs(".fi\n", out);
    }
}

static const char *summary_of(const char *command) {
    for (const mu_command *c = mu_commands; c->name != NULL; c++) {
        if (strcmp(c->name, command) == 0) {
            return _(c->summary);
        }
    }
    return "";
}

static void put_option(FILE *out, char letter, const char *name, const char *argument,
                       const char *meaning) {
    (void)fputs(".TP\n", out);
    if (letter != 0) {
        (void)fprintf(out, "\\fB\\-%c\\fR, ", letter);
    }
    (void)fputs("\\fB\\-\\-", out);
    put(out, name);
    (void)fputs("\\fR", out);
    if (argument != NULL) {
        (void)fputs(" \\fI", out);
        put(out, argument);
        (void)fputs("\\fR", out);
    }
    (void)fputc('\n', out);
    put_line(out, meaning);
}

static void put_language_and_help(FILE *out) {
    put_option(out, 0, "lang", "zh|en", _("language of everything that is printed or written"));
    put_option(out, 0, "verbose", NULL, _("print notes, too: what was assumed, and why"));
    put_option(out, 'h', "help", NULL, _("show this help"));
}

static void put_title(FILE *out, const char *name) {
    (void)fprintf(out, "'\\\" -*- coding: UTF-8 -*-\n.TH \"");
    for (const char *c = name; *c != 0; c++) {
        (void)fputc(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c, out);
    }
    (void)fprintf(out, "\" 1 \"\" \"muster %s\" \"%s\"\n.nh\n", MU_VERSION, _("Muster"));
}

void mu_manual_page(const mu_usage *usage, FILE *out) {
    char name[64];
    (void)snprintf(name, sizeof name, "muster-%s", usage->command);
    put_title(out, name);
    put_heading(out, _("NAME"));
    put(out, name);
    (void)fputs(" \\- ", out);
    put_line(out, summary_of(usage->command));
    put_heading(out, _("SYNOPSIS"));
    (void)fprintf(out, "\\fBmuster %s\\fR ", usage->command);
    put_line(out, _(usage->synopsis));
    put_heading(out, _("DESCRIPTION"));
    put_text(out, _(usage->summary));
    put_heading(out, _("OPTIONS"));
    for (const mu_option *o = usage->options; o->name != NULL; o++) {
        put_option(out, o->letter, o->name, o->argument == NULL ? NULL : _(o->argument),
                   _(o->meaning));
    }
    put_language_and_help(out);
    if (usage->details != NULL) {
        put_heading(out, _("DETAILS"));
        put_text(out, _(usage->details));
    }
    put_heading(out, _("SEE ALSO"));
    (void)fputs("\\fBmuster\\fR(1)\n", out);
}

void mu_manual_overview(FILE *out) {
    put_title(out, "muster");
    put_heading(out, _("NAME"));
    (void)fputs("muster \\- ", out);
    put_line(out, _("plan and judge drills for a site's security by simulation"));
    put_heading(out, _("SYNOPSIS"));
    (void)fputs("\\fBmuster\\fR ", out);
    put_line(out, _("COMMAND [OPTION]… [ARGUMENT]…"));
    put_heading(out, _("DESCRIPTION"));
    put_line(out, _("Muster plays the response to an incident many times and tells which clauses "
                    "of a policy would be missed, and why."));
    put_heading(out, _("COMMANDS"));
    for (const mu_command *c = mu_commands; c->name != NULL; c++) {
        (void)fprintf(out, ".TP\n\\fBmuster\\-%s\\fR(1)\n", c->name);
        put_line(out, _(c->summary));
    }
    put_heading(out, _("OPTIONS"));
    put_language_and_help(out);
    put_option(out, 0, "help=all", NULL, _("show the help of every command"));
    put_option(out, 0, "version", NULL, _("show the version and licence"));
    put_heading(out, _("EXIT STATUS"));
    put_line(out,
             _("Exit status: 0 done; 1 ran, but what was asked does not hold; 2 wrong usage, or "
               "input that cannot be used."));
    put_heading(out, _("ENVIRONMENT"));
    put_line(out, _("LANGUAGE, LC_ALL, LC_MESSAGES and LANG choose the language, the first that is "
                    "set; --lang comes before them."));
    put_line(out,
             _("MUSTER_VERBOSE, if set, is as good as --verbose. NO_COLOR has nothing to do: no "
               "output is coloured."));
    put_heading(out, _("EXAMPLE"));
    (void)fputs(".nf\nmuster new office\nmuster check office/package.json\n"
                "muster run office/package.json \\-o out/first\n.fi\n",
                out);
}

void mu_manual_commands(FILE *out) {
    for (const mu_command *c = mu_commands; c->name != NULL; c++) {
        (void)fprintf(out, "%s ", c->name);
    }
}

void mu_manual_bash_words(const mu_usage *usage, FILE *out) {
    for (const mu_option *o = usage->options; o->name != NULL; o++) {
        (void)fprintf(out, "--%s ", o->name);
        if (o->letter != 0) {
            (void)fprintf(out, "-%c ", o->letter);
        }
    }
    (void)fputs("--lang --verbose --help\n", out);
}

/* Within single quotes of a shell and brackets of _arguments. */
static void put_zsh(FILE *out, const char *text) {
    for (; *text != 0; text++) {
        if (*text == '\'') {
            (void)fputs("'\\''", out);
        } else {
            if (strchr("[]:\\", *text) != NULL) {
                (void)fputc('\\', out);
            }
            (void)fputc(*text, out);
        }
    }
}

static void put_zsh_option(FILE *out, const char *dashes, const char *name, const mu_option *o) {
    (void)fprintf(out, "    '%s%s[", dashes, name);
    put_zsh(out, _(o->meaning));
    (void)fputc(']', out);
    if (o->argument != NULL) {
        (void)fputc(':', out);
        put_zsh(out, _(o->argument));
        (void)fputs(":_files", out);
    }
    (void)fputs("' \\\n", out);
}

void mu_manual_zsh_words(const mu_usage *usage, FILE *out) {
    for (const mu_option *o = usage->options; o->name != NULL; o++) {
        put_zsh_option(out, "--", o->name, o);
        if (o->letter != 0) {
            const char letter[2] = {o->letter, 0};
            put_zsh_option(out, "-", letter, o);
        }
    }
}
