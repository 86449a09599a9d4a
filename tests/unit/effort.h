/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often a test does the same with other luck: often, or, where the sanitizers make everything
 * several times slower and look at each line rather than at luck, as often as they need. */
#ifndef MU_TESTS_EFFORT_H
#define MU_TESTS_EFFORT_H

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define EFFORT(often, sanitized) (sanitized)
#endif
#endif
#ifndef EFFORT
#define EFFORT(often, sanitized) (often)
#endif

#endif
