/* rushes-recent.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Puts a file that was saved or opened among those that the desktop and other programs offer as used last. */
void rushes_recent_add (GFile *file);

G_END_DECLS
