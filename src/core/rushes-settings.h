/* rushes-settings.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The program's settings, kept in $XDG_CONFIG_HOME/rushes/settings.ini whatever session bus there is, so that moving XDG_CONFIG_HOME moves them.
 * One object for each process; a reference of the caller's own. Main thread. */
GSettings *rushes_settings_get  (void) G_GNUC_WARN_UNUSED_RESULT;
/* Settings of another schema in the same file; @path is for one that has none of its own. A new object. */
GSettings *rushes_settings_open (const char *schema_id,
                                 const char *path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
