/* rushes-restored.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-archive.h"
#include "rushes-invocation.h"

G_BEGIN_DECLS

/* In a fiber: brings in what a backup that was restored holds beside the library. Presets come in at once; providers are a
 * stranger's, and each is asked about, with @yes agreed to. Says what came of it, and adds it to @result. FALSE with @error
 * when something could not be written. */
gboolean rushes_restored_bring_in (RushesInvocation  *invocation,
                                   RushesArchive     *archive,
                                   RushesLibrary     *library,
                                   gboolean           yes,
                                   JsonObject        *result,
                                   GError           **error);

G_END_DECLS
