/* rushes-fake-fitter.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-fake-fitter.h"

#include <string.h>

#include "rushes-error.h"

#define JPEG      "\xff\xd8\xff"
#define MAX_BYTES (16 * 1024)

struct _RushesFakeFitter
{
  GObject parent_instance;
};

static DexFuture *
rushes_fake_fitter_probe (RushesPictureFitter *fitter, GFile *file, const char *name)
{
  RushesPictureFacts facts = { g_intern_static_string ("image/png"), 64, 48, FALSE, FALSE };
  g_autofree char *contents = NULL;

  if (!g_file_load_contents (file, NULL, &contents, NULL, NULL, NULL) ||
      (!g_str_has_prefix (contents, "picture") && !g_str_has_prefix (contents, JPEG)))
    return dex_future_new_for_error (rushes_error_new (RUSHES_ERROR_BAD_REQUEST, "Not a picture."));
  if (g_str_has_prefix (contents, JPEG))
    facts = (RushesPictureFacts) { g_intern_static_string ("image/jpeg"), 32, 24, FALSE, FALSE };
  return dex_future_new_take_boxed (RUSHES_TYPE_PICTURE_FACTS, rushes_picture_facts_copy (&facts));
}

static DexFuture *
rushes_fake_fitter_fit (RushesPictureFitter *fitter, GFile *file, const char *name, const RushesPictureLimits *limits)
{
  RushesFittedPicture fitted = { NULL, g_intern_static_string ("image/jpeg"), 32, 24 };
  gsize size = limits->max_bytes > 0 ? (gsize) MIN (limits->max_bytes, MAX_BYTES) : MAX_BYTES;
  g_autofree char *bytes = g_strnfill (size, '.');
  g_autoptr (GBytes) contents = NULL;

  memcpy (bytes, JPEG, strlen (JPEG));
  contents = g_bytes_new (bytes, size);
  if (!g_file_query_exists (file, NULL))
    return dex_future_new_for_error (rushes_error_new (RUSHES_ERROR_BAD_REQUEST, "Not a picture."));
  fitted.bytes = contents;
  return dex_future_new_take_boxed (RUSHES_TYPE_FITTED_PICTURE, rushes_fitted_picture_copy (&fitted));
}

static void
fitter_iface_init (RushesPictureFitterInterface *iface)
{
  iface->probe = rushes_fake_fitter_probe;
  iface->fit = rushes_fake_fitter_fit;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RushesFakeFitter,
                               rushes_fake_fitter,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RUSHES_TYPE_PICTURE_FITTER, fitter_iface_init))

static void
rushes_fake_fitter_class_init (RushesFakeFitterClass *klass)
{
}

static void
rushes_fake_fitter_init (RushesFakeFitter *self)
{
}

RushesPictureFitter *
rushes_fake_fitter_new (void)
{
  return g_object_new (RUSHES_TYPE_FAKE_FITTER, NULL);
}
