/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages to PDF through a Chromium without a window, where there is one. */
#ifndef MUSTER_TOOLS_TO_PDF_H
#define MUSTER_TOOLS_TO_PDF_H

#include <stdbool.h>

typedef struct mu_pdf {
    const char *browser;
    char profile[32]; /* a folder of its own, kept from page to page */
} mu_pdf;

/* False where no browser is there, or no folder can be made. */
bool mu_pdf_open(mu_pdf *pdf);
void mu_pdf_close(mu_pdf *pdf);
/* Prints a page into a file; false: it could not. */
bool mu_pdf_print(const mu_pdf *pdf, const char *html, const char *file);

#endif
