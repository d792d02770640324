/* rushes-extending.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "rushes-library.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/* Whether the provider of @take is here and describes a call that makes clips of its model longer; what may still stand
 * against it is for rushes_extending_begin() to find out. */
gboolean   rushes_extending_is_known (RushesRegistry *registry,
                                      RushesTake     *take);
/* Begins to make the clip of @take longer by its service's own call: resolves to a #RushesDraft that does, of the same
 * provider, model and settings, without words, and with the length that the model adds by default. Rejects with a sentence
 * when there is no such call, when the clip is too long, or no longer there, and when the service would be asked at
 * another address or with another key than when it made the clip; nothing is sent. A @rehearsal looks for no key, and its
 * address of the clip is one to be shown. */
DexFuture *rushes_extending_begin    (RushesLibrary  *library,
                                      RushesRegistry *registry,
                                      RushesTake     *take,
                                      gboolean        rehearsal) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
