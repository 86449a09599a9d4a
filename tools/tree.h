/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trees of JSON that importers and exporters build piece by piece, without asking of each piece
 * whether there was memory for it. */
#ifndef MUSTER_TOOLS_TREE_H
#define MUSTER_TOOLS_TREE_H

/* From here on a tree is whole: where there is no memory for a piece, the program says so and ends
 * with status 2. Only for commands that have nothing half written while they build. */
void mu_tree_begin(void);

#endif
