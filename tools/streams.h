/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a program may not take for granted of whoever starts it. */
#ifndef MUSTER_TOOLS_STREAMS_H
#define MUSTER_TOOLS_STREAMS_H

/* Standard input, output and error that were closed lead nowhere from now on, or the next file to
 * be opened would take their place and be written into by every message. A limit on the size of
 * files ends in a message, as a full disk does, not in a signal. */
void mu_streams_begin(void);

#endif
