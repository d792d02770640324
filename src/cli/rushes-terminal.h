/* rushes-terminal.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-printer.h"

G_BEGIN_DECLS

/* Asking the person who sits at the terminal. Both block: nothing else goes on meanwhile. */

/* A key from standard input, for rushes_key_forget(). On a terminal @prompt asks for it and nothing that is typed is
 * shown; a signal puts the terminal right before it does its work. Elsewhere everything up to the end is read.
 * BAD_REQUEST with a sentence for what is no key. */
char     *rushes_terminal_read_key (const char     *prompt,
                                    GError        **error) G_GNUC_WARN_UNUSED_RESULT;

/* Says @facts (what an agreement would mean, in sentences) and asks @question, to which only a y agrees. With @yes it was
 * agreed to beforehand, and nothing is asked. BAD_REQUEST where there is nobody to ask, and CANCELLED for a no. */
gboolean  rushes_terminal_agree    (const char     *facts,
                                    const char     *question,
                                    gboolean        yes,
                                    GError        **error);

G_END_DECLS
