/* rushes-picture-header.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RushesContent:
 *
 * What a file is, told by its bytes. The kinds up to and with TIFF are pictures that Rushes reads.
 */
typedef enum
{
  RUSHES_CONTENT_JPEG,
  RUSHES_CONTENT_PNG,
  RUSHES_CONTENT_WEBP,
  RUSHES_CONTENT_AVIF,
  RUSHES_CONTENT_HEIC,
  RUSHES_CONTENT_GIF,
  RUSHES_CONTENT_SVG,
  RUSHES_CONTENT_BMP,
  RUSHES_CONTENT_TIFF,
  RUSHES_CONTENT_OTHER_PICTURE, /* JPEG XL, PSD, camera raw and the like */
  RUSHES_CONTENT_VIDEO,
  RUSHES_CONTENT_DOCUMENT,      /* PDF, archives */
  RUSHES_CONTENT_TEXT,          /* HTML and JSON too */
  RUSHES_CONTENT_UNKNOWN,
} RushesContent;

/**
 * RushesPictureHeader:
 * @content: what it is
 * @title: how people call the format ("JPEG", "HEIC"); NULL when it has no name of use
 * @media_type: "image/jpeg"; NULL for what is no picture of ours
 * @width: pixels as stored; 0 where only decoding tells (SVG) or the header is broken
 * @height: likewise
 * @orientation: as EXIF counts it, 1 (upright) to 8, of formats whose loader does not tell it
 * @working_bytes: what a decoder needs beside the decoded picture (a progressive JPEG keeps all coefficients)
 * @truncated: whether the end is missing for certain
 * @animated: whether it has more than one frame, as far as the header tells
 * @icc: the colour profile where the loader does not give it; borrowed from the bytes
 */
typedef struct
{
  RushesContent  content;
  const char    *title;
  const char    *media_type;
  gint64         width;
  gint64         height;
  int            orientation;
  gint64         working_bytes;
  gboolean       truncated;
  gboolean       animated;
  const guint8  *icc;
  gsize          icc_size;
} RushesPictureHeader;

/* Reads what the bytes of a whole file say, without decoding them. Never fails: what it cannot tell is left empty. */
void rushes_picture_header_read (RushesPictureHeader *self,
                                 const guint8        *data,
                                 gsize                size);

G_END_DECLS
