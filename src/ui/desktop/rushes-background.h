/* rushes-background.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

/* Going on without a window, where the desktop wants to be asked: org.freedesktop.portal.Background. Outside a sandbox nobody is asked, nor
 * told. */

/* Resolves to whether the program may; TRUE as well where there is no portal to say otherwise. @reason is a sentence for the person. */
DexFuture *rushes_background_request (GDBusConnection *connection,
                                      const char      *reason) G_GNUC_WARN_UNUSED_RESULT;
/* What the desktop shows beside the name of the program among those that run in the background; at most 96 characters. */
void       rushes_background_say     (GDBusConnection *connection,
                                      const char      *status);

G_END_DECLS
