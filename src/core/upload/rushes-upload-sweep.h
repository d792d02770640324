/* rushes-upload-sweep.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-keyring.h"
#include "rushes-library.h"
#include "rushes-upload-place.h"

G_BEGIN_DECLS

/* Removes the copies at the person's places that no unfinished attempt needs any more, also those that an earlier run of
 * the program left behind: for the start, and whenever an attempt has ended. What cannot be removed now (no network, a
 * locked keyring, a place that was taken off the list) is tried again the next time; what its place never removes is
 * forgotten. Resolves to how many are gone (an int).
 *
 * NULL means the person's own places, keyring and network; they are asked for only when there is something to remove. */
DexFuture *rushes_upload_sweep (RushesLibrary       *library,
                                RushesUploadPlaces  *places,
                                RushesKeyring       *keyring,
                                RushesHttp          *http) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
