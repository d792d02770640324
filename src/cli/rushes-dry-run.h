/* rushes-dry-run.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-generate-options.h"

G_BEGIN_DECLS

/* `rushes generate --dry-run`: says what would be asked for, for @draft that was settled with stand-ins for its
 * pictures. These are read, as the real run would, but into a folder that does not outlive the call; no address is
 * opened, no take made, no library touched. Returns the exit status. In a fiber. */
int rushes_dry_run (RushesInvocation            *invocation,
                    const RushesGenerateOptions *options,
                    RushesModel                 *model,
                    RushesDraft                 *draft);

G_END_DECLS
