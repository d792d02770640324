/* rushes-missing-codec.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

typedef struct _GstMessage GstMessage;

G_BEGIN_DECLS

/**
 * RushesMissingCodec:
 *
 * What a system cannot decode the pictures of a clip of, for want of a decoder; counted references, never changed.
 */
typedef struct _RushesMissingCodec RushesMissingCodec;

#define RUSHES_TYPE_MISSING_CODEC (rushes_missing_codec_get_type ())
GType               rushes_missing_codec_get_type    (void);

/* NULL for any message but that something is missing which pictures need. */
RushesMissingCodec *rushes_missing_codec_read        (GstMessage         *message) G_GNUC_WARN_UNUSED_RESULT;
RushesMissingCodec *rushes_missing_codec_ref         (RushesMissingCodec *self);
void                rushes_missing_codec_unref       (RushesMissingCodec *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesMissingCodec, rushes_missing_codec_unref)

/* As people call it, in the language of the window: “H.265 (Main Profile)”. Borrowed. */
const char         *rushes_missing_codec_get_name    (RushesMissingCodec *self);
/* As GStreamer calls it: "video/x-h265". Borrowed. */
const char         *rushes_missing_codec_get_media   (RushesMissingCodec *self);

/* Whether this system has a program that finds and installs decoders. */
gboolean            rushes_missing_codec_can_install (void);
/* Has that program do it, which asks the person itself. Resolves to TRUE when something was installed that this process
 * now has too, to FALSE when the person did not want it; rejects with UNSUPPORTED when there is no such thing, with INTERNAL when it went wrong. */
DexFuture          *rushes_missing_codec_install     (RushesMissingCodec *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
