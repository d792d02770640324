/* rushes-extend-option.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-generate-options.h"

G_BEGIN_DECLS

/* What --extend names: sets @options to its provider and model, and to its project unless another one is named, and gives
 * a draft that makes its clip longer. NULL with a sentence when that does not go, also for an option that does not go
 * with it. A new reference. */
RushesDraft *rushes_extend_option_read (RushesGenerateOptions  *options,
                                        RushesInvocation       *invocation,
                                        GError                **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
