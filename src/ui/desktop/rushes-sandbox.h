/* rushes-sandbox.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether the program runs in a sandbox of Flatpak, where the desktop is asked for things instead of told. */
gboolean rushes_sandbox_is_there (void);

G_END_DECLS
