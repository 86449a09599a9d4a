/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decimal numbers out of text. */
#ifndef MU_CORE_READ_REAL_H
#define MU_CORE_READ_REAL_H

/* The number at the start of `text`, behind blanks: digits with at most one point, a sign and an
 * exponent, read the same in every locale. "nan", "infinity" and "0x1p3" are words here. *end is
 * what stands behind it, or `text` where there is none, which reads as 0. "1e999" is infinite. */
double mu_read_real(const char *text, const char **end);

#endif
