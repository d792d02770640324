/* rushes-text-width.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Columns that a text takes in a terminal: Chinese characters take two, combining marks none. */
guint rushes_text_width      (const char *text);
/* Makes a text at most @width columns wide, with … at its end where something was cut off. 0 means that any width is
 * fine. */
char *rushes_text_ellipsize  (const char *text,
                              guint       width) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
