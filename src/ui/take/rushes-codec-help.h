/* rushes-codec-help.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-missing-codec.h"

G_BEGIN_DECLS

/* The kinds of system for which it is known how one comes by a decoder. */
typedef enum
{
  RUSHES_CODEC_SYSTEM_OTHER,
  RUSHES_CODEC_SYSTEM_DEBIAN,
  RUSHES_CODEC_SYSTEM_FEDORA,
  RUSHES_CODEC_SYSTEM_FLATPAK,
} RushesCodecSystem;

/* A sentence on what is missing, and that the clip is none the worse for it. */
char *rushes_codec_help_sentence (RushesMissingCodec *codec) G_GNUC_WARN_UNUSED_RESULT;
/* A sentence on what to do about it, with a command where there is one. @media is as GStreamer calls it
 * ("video/x-h265"), @name as people do. */
char *rushes_codec_help_for      (RushesCodecSystem   system,
                                  const char         *media,
                                  const char         *name) G_GNUC_WARN_UNUSED_RESULT;
/* The same for the system that this is. */
char *rushes_codec_help_here     (RushesMissingCodec *codec) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
