/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clauses as somebody names them on the command line. */
#ifndef MUSTER_TOOLS_CLAUSE_ID_H
#define MUSTER_TOOLS_CLAUSE_ID_H

#include "policy/policy.h"

/* Its index in the policy; MU_NONE after a complaint that names the nearest. */
uint32_t mu_clause_named(const char *command, const mu_policy *policy, const char *id);

#endif
