/* rushes-clip-offer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk/gdk.h>

#include "rushes-library.h"

G_BEGIN_DECLS

/**
 * RushesClipOffer:
 *
 * The files of clips, for a drag or the clipboard. Another program gets them under the names that are suggested for them;
 * these are made when it asks.
 */
#define RUSHES_TYPE_CLIP_OFFER (rushes_clip_offer_get_type ())
G_DECLARE_FINAL_TYPE (RushesClipOffer, rushes_clip_offer, RUSHES, CLIP_OFFER, GdkContentProvider)

/* Of an array of RushesTake; NULL when none of them has a clip. */
GdkContentProvider *rushes_clip_offer_new (RushesLibrary *library,
                                           GPtrArray     *takes) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
