/* rushes-support-pack.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "rushes-library.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/* What somebody needs who is to find out what went wrong with a take, as one JSON file that a person can read before it is
 * sent: versions, the take with its attempts, steps, ledger and errors, the descriptions that were used, the requests as
 * they are sent, and the replies that are still kept.
 *
 * Every key that is known of the provider is replaced by "***" wherever it stands, also in base64 and percent-encoded;
 * queries of addresses and pictures are cut out, the home folder is "~"; names of pictures, the note and the name of the
 * project are left out. The library must have its fitter. @versions are further lines of "platform", name and version by turns, up to a NULL; NULL for
 * none. Resolves to a boxed GBytes. */
DexFuture *rushes_support_pack_make    (RushesLibrary       *library,
                                        RushesRegistry      *registry,
                                        RushesTake          *take,
                                        const char * const  *versions) G_GNUC_WARN_UNUSED_RESULT;
/* What such a file is called: "rushes-01987c5e-2a40.json". */
char      *rushes_support_pack_suggest (RushesTake          *take) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
