/* rushes-sandbox.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether the program runs in a sandbox of Flatpak, where the desktop is asked for things instead of told. Any thread. */
gboolean rushes_sandbox_is_there  (void);

/* Whether @path, which need not be there, lies in what a sandbox has for itself only and loses when it ends: a person who
 * typed it means a file of the computer's, and would look for it in vain. Always FALSE outside a sandbox. Any thread. */
gboolean rushes_sandbox_hides     (const char *path);

/* The sentence for it, with the ways that work, as BAD_REQUEST; @name is for people. */
GError  *rushes_sandbox_error_new (const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
