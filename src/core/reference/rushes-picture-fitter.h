/* rushes-picture-fitter.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

/**
 * RushesPictureFacts:
 * @media_type: by content, interned: "image/jpeg", "image/png", "image/webp", "image/avif", "image/heic",
 *   "image/gif", "image/svg+xml", "image/bmp", "image/tiff"
 * @width: pixels as looked at, after EXIF orientation; an SVG gives its own size
 * @height: likewise
 * @has_alpha: whether it can be seen through
 * @animated: whether it has more than one frame (the first is used)
 */
typedef struct
{
  const char *media_type;
  int         width;
  int         height;
  gboolean    has_alpha;
  gboolean    animated;
} RushesPictureFacts;

#define RUSHES_TYPE_PICTURE_FACTS (rushes_picture_facts_get_type ())
GType               rushes_picture_facts_get_type (void);
RushesPictureFacts *rushes_picture_facts_copy     (const RushesPictureFacts *self);
void                rushes_picture_facts_free     (RushesPictureFacts       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesPictureFacts, rushes_picture_facts_free)

/**
 * RushesPictureLimits:
 *
 * What a service takes. Zero or NULL means no limit.
 */
typedef struct
{
  int                max_edge;    /* pixels of the longer side */
  int                min_edge;    /* pixels of the shorter side */
  gint64             max_bytes;
  double             aspect;      /* width / height to crop to, centred; 0 keeps the picture's own */
  const char *const *media_types; /* in order of preference; the first is written when the source's is not there */
} RushesPictureLimits;

/* What is sent: upright, sRGB, without EXIF, XMP, GPS or a thumbnail. */
typedef struct
{
  GBytes     *bytes;
  const char *media_type; /* interned */
  int         width;
  int         height;
} RushesFittedPicture;

#define RUSHES_TYPE_FITTED_PICTURE (rushes_fitted_picture_get_type ())
GType                rushes_fitted_picture_get_type (void);
RushesFittedPicture *rushes_fitted_picture_copy     (const RushesFittedPicture *self);
void                 rushes_fitted_picture_free     (RushesFittedPicture       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesFittedPicture, rushes_fitted_picture_free)

/**
 * RushesPictureFitter:
 *
 * What the core needs to know and do about pictures without knowing how they are decoded. The media library
 * implements it. Both calls work off the main thread, one picture at a time, and refuse pictures of more than
 * 200 megapixels or 256 MiB decoded, and such as take longer than 20 s.
 */
#define RUSHES_TYPE_PICTURE_FITTER (rushes_picture_fitter_get_type ())
G_DECLARE_INTERFACE (RushesPictureFitter, rushes_picture_fitter, RUSHES, PICTURE_FITTER, GObject)

struct _RushesPictureFitterInterface
{
  GTypeInterface parent_iface;

  DexFuture *(*probe) (RushesPictureFitter       *self,
                       GFile                     *file,
                       const char                *name);
  DexFuture *(*fit)   (RushesPictureFitter       *self,
                       GFile                     *file,
                       const char                *name,
                       const RushesPictureLimits *limits);
};

/* Decodes @file wholly and resolves to a #RushesPictureFacts, so that what passed can be rendered later.
 * Rejects with BAD_REQUEST (field "image") and a sentence that names @name and what is wrong with it: empty, a folder,
 * text, a video, truncated, a format without a loader (named), too large; NOT_FOUND becomes BAD_REQUEST too. */
DexFuture *rushes_picture_fitter_probe (RushesPictureFitter       *self,
                                        GFile                     *file,
                                        const char                *name) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #RushesFittedPicture. @limits is only read during the call. */
DexFuture *rushes_picture_fitter_fit   (RushesPictureFitter       *self,
                                        GFile                     *file,
                                        const char                *name,
                                        const RushesPictureLimits *limits) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
