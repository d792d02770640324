/* rushes-provider-settings.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a person set for one provider: GSettings of the schema io.github.rushes_app.Rushes.Provider, in the same file as
 * the program's own. Keys: enabled (b, default true), base-url (s, '' for the description's first region), model (s, ''
 * for the description's default), time-limit (d, 0 for the description's), tries (i, -1 for the usual), delay (d, -1),
 * slots (u, 0 for the description's), proxy (s, '' for the program's), upload-place (s, the id of one; '' for the one
 * of the program). One object for each id; a reference of the caller's own. Main thread. */
GSettings *rushes_provider_settings_get   (const char *provider_id) G_GNUC_WARN_UNUSED_RESULT;
/* Everything as it was at first. */
void       rushes_provider_settings_reset (const char *provider_id);

G_END_DECLS
