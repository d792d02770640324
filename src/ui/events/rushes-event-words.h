/* rushes-event-words.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a stream sent, as text that may be shown: control characters are signs, and never markup. @data is valid UTF-8
 * that ends with a NUL. */

/* The first line that is not blank, as much of it as a row has room for. */
char *rushes_event_words_line  (const char *data) G_GNUC_WARN_UNUSED_RESULT;
/* All of it, with the line breaks and indents of JSON when it is that. @is_cut says whether there was more than a text
 * view can take. */
char *rushes_event_words_whole (const char *data,
                                gsize       length,
                                gboolean   *is_cut) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
