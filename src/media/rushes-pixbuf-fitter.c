/* rushes-pixbuf-fitter.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-pixbuf-fitter.h"

#include <glib/gi18n.h>
#include <math.h>

#include "rushes-error.h"
#include "rushes-picture-reader.h"
#include "rushes-work-line.h"

struct _RushesPixbufFitter
{
  GObject parent_instance;

  RushesWorkLine *line;
};

static void rushes_pixbuf_fitter_iface_init (RushesPictureFitterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RushesPixbufFitter,
                               rushes_pixbuf_fitter,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RUSHES_TYPE_PICTURE_FITTER, rushes_pixbuf_fitter_iface_init))

/* What a thread needs; shared with the main thread, which tells the time. */
typedef struct
{
  GFile *file;
  char *name;
  RushesWorkFunc func;

  int max_edge;
  int min_edge;
  gint64 max_bytes;
  double aspect;
  GPtrArray *media_types; /* interned; empty takes all */
} Job;

static void
job_clear (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->file);
  g_clear_pointer (&job->name, g_free);
  g_clear_pointer (&job->media_types, g_ptr_array_unref);
}

static void
job_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, job_clear);
}

static GError *
refuse (char *sentence)
{
  g_autofree char *owned = sentence;
  GError *error = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, "%s", owned);

  rushes_error_set_field (error, "image");
  return error;
}

static DexFuture *
probe (gpointer data)
{
  Job *job = data;
  RushesPictureFacts facts;
  GError *error = NULL;
  /* A JPEG is walked to its end at an eighth of its size too. */
  g_autoptr (GdkPixbuf) pixbuf = rushes_picture_read (job->file, job->name, 64, &facts, &error);

  if (pixbuf == NULL)
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (RUSHES_TYPE_PICTURE_FACTS, g_boxed_copy (RUSHES_TYPE_PICTURE_FACTS, &facts));
}

/* The part of the picture that is kept, and the size it gets. */
typedef struct
{
  int x, y, width, height;
  int target_width, target_height;
} Fit;

static void
fit_init (Fit *fit, const Job *job, int width, int height)
{
  double aspect = job->aspect > 0 ? job->aspect : (double) width / height;
  double scale = 1;

  fit->width = MIN (width, (int) lround (height * aspect));
  fit->height = MIN (height, (int) lround (width / aspect));
  fit->width = MAX (fit->width, 1);
  fit->height = MAX (fit->height, 1);
  fit->x = (width - fit->width) / 2;
  fit->y = (height - fit->height) / 2;

  if (job->min_edge > 0)
    scale = MAX (scale, (double) job->min_edge / MIN (fit->width, fit->height));
  if (job->max_edge > 0)
    scale = MIN (scale, (double) job->max_edge / MAX (fit->width, fit->height));
  fit->target_width = MAX (1, (int) lround (fit->width * scale));
  fit->target_height = MAX (1, (int) lround (fit->height * scale));
}

/* Bilinear means more for gdk-pixbuf than the name says: when it reduces, every pixel of the source has its share. */
static GdkPixbuf *
scale_to (GdkPixbuf *pixbuf, int width, int height)
{
  if (gdk_pixbuf_get_width (pixbuf) == width && gdk_pixbuf_get_height (pixbuf) == height)
    return g_object_ref (pixbuf);

  return gdk_pixbuf_scale_simple (pixbuf, width, height, GDK_INTERP_BILINEAR);
}

/* JPEG has no transparency; white is what the picture was most likely drawn for. */
static GdkPixbuf *
flatten (GdkPixbuf *pixbuf)
{
  if (!gdk_pixbuf_get_has_alpha (pixbuf))
    return g_object_ref (pixbuf);

  return gdk_pixbuf_composite_color_simple (pixbuf, gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf),
                                            GDK_INTERP_NEAREST, 255, 16, 0xffffff, 0xffffff);
}

static gboolean
takes (const Job *job, const char *media_type)
{
  return job->media_types->len == 0 || g_ptr_array_find (job->media_types, media_type, NULL);
}

/* What can be written is JPEG and PNG: the source's own where it is one of them and welcome, else PNG for what can be
 * seen through, else the first that is welcome. NULL when neither is. */
static const char *
choose_media_type (const Job *job, const RushesPictureFacts *facts)
{
  const char *jpeg = g_intern_static_string ("image/jpeg");
  const char *png = g_intern_static_string ("image/png");

  if ((facts->media_type == jpeg || facts->media_type == png) && takes (job, facts->media_type))
    return facts->media_type;
  if (facts->has_alpha && takes (job, png))
    return png;
  for (guint i = 0; i < job->media_types->len; i++)
    if (job->media_types->pdata[i] == jpeg || job->media_types->pdata[i] == png)
      return job->media_types->pdata[i];

  return job->media_types->len == 0 ? jpeg : NULL;
}

static GBytes *
encode (GdkPixbuf *pixbuf, const char *media_type, int quality, GError **error)
{
  char *buffer;
  gsize size;
  g_autofree char *words = g_strdup_printf ("%d", quality);
  g_autoptr (GdkPixbuf) flat = NULL;

  if (g_str_equal (media_type, "image/png"))
    {
      if (!gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, "png", error, NULL))
        return NULL;
    }
  else
    {
      flat = flatten (pixbuf);
      if (!gdk_pixbuf_save_to_buffer (flat, &buffer, &size, "jpeg", error, "quality", words, NULL))
        return NULL;
    }

  return g_bytes_new_take (buffer, size);
}

/* Quality gives way first, then the number of pixels. A PNG has no quality, so that it becomes a JPEG where that is
 * welcome before it shrinks. */
static GBytes *
encode_within (Job *job, GdkPixbuf **pixbuf, const char **media_type, GError **error)
{
  static const int qualities[] = { 92, 85, 75, 62 };

  for (;;)
    {
      gboolean is_png = g_str_equal (*media_type, "image/png");
      int shorter = MIN (gdk_pixbuf_get_width (*pixbuf), gdk_pixbuf_get_height (*pixbuf));
      g_autoptr (GdkPixbuf) larger = NULL;

      for (guint i = 0; i < (is_png ? 1 : G_N_ELEMENTS (qualities)); i++)
        {
          g_autoptr (GBytes) bytes = encode (*pixbuf, *media_type, qualities[i], error);

          if (bytes == NULL)
            return NULL;
          if (job->max_bytes == 0 || (gint64) g_bytes_get_size (bytes) <= job->max_bytes)
            return g_steal_pointer (&bytes);
        }

      if (is_png && !gdk_pixbuf_get_has_alpha (*pixbuf) && takes (job, g_intern_static_string ("image/jpeg")))
        {
          *media_type = g_intern_static_string ("image/jpeg");
          continue;
        }
      if (shorter * 3 / 4 < MAX (job->min_edge, 16))
        {
          g_autofree char *limit = g_format_size_full (job->max_bytes, G_FORMAT_SIZE_IEC_UNITS);

          /* Translators: the second %s is a size like “20.0 MiB” */
          g_propagate_error (error,
                             refuse (g_strdup_printf (_ ("“%s” cannot be made smaller than %s, which is the most that "
                                                         "the service takes. Choose another picture."),
                                                      job->name, limit)));
          return NULL;
        }
      larger = g_steal_pointer (pixbuf);
      *pixbuf = scale_to (larger, gdk_pixbuf_get_width (larger) * 3 / 4, gdk_pixbuf_get_height (larger) * 3 / 4);
    }
}

static DexFuture *
fit (gpointer data)
{
  Job *job = data;
  g_autoptr (GdkPixbuf) whole = NULL, kept = NULL, scaled = NULL;
  g_autoptr (RushesFittedPicture) fitted = NULL;
  RushesPictureFacts facts;
  const char *media_type;
  GBytes *bytes;
  GError *error = NULL;
  Fit fit;

  if (!(whole = rushes_picture_read (job->file, job->name, 0, &facts, &error)))
    return dex_future_new_for_error (error);
  if (!(media_type = choose_media_type (job, &facts)))
    return dex_future_new_for_error (refuse (g_strdup_printf (
        _ ("“%s” cannot be brought into a format that the service takes. Choose another model or picture."),
        job->name)));

  fit_init (&fit, job, gdk_pixbuf_get_width (whole), gdk_pixbuf_get_height (whole));
  kept = gdk_pixbuf_new_subpixbuf (whole, fit.x, fit.y, fit.width, fit.height);
  scaled = scale_to (kept, fit.target_width, fit.target_height);
  g_clear_object (&kept);
  g_clear_object (&whole);
  if (!(bytes = encode_within (job, &scaled, &media_type, &error)))
    {
      g_autoptr (GError) cause = error;

      return dex_future_new_for_error (rushes_error_translate (cause));
    }

  fitted = g_new0 (RushesFittedPicture, 1);
  fitted->bytes = bytes;
  fitted->media_type = media_type;
  fitted->width = gdk_pixbuf_get_width (scaled);
  fitted->height = gdk_pixbuf_get_height (scaled);

  return dex_future_new_take_boxed (RUSHES_TYPE_FITTED_PICTURE, g_steal_pointer (&fitted));
}

/* It is the picture that cannot be used: nothing goes on elsewhere, as it does where a service takes its time. */
static DexFuture *
give_up (DexFuture *future, gpointer data)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;

  dex_future_get_value (future, &error);
  if (!g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_TIMEOUT))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_for_error (
      refuse (g_strdup_printf (_ ("“%s” takes too long to read. Save it as JPEG or PNG and try again."), job->name)));
}

static DexFuture *
begin (gpointer data)
{
  Job *job = data;
  DexFuture *work = rushes_async_work (job->func, g_atomic_rc_box_acquire (job), job_unref);

  /* A decoder that does not come back keeps its thread, but nobody waits for it. */
  return dex_future_catch (rushes_async_limit (work, RUSHES_PICTURE_SECONDS, "decoder"), give_up,
                           g_atomic_rc_box_acquire (job), job_unref);
}

static Job *
job_new (GFile *file, const char *name, RushesWorkFunc func)
{
  Job *job = g_atomic_rc_box_new0 (Job);

  job->file = g_object_ref (file);
  job->name = g_strdup (name);
  job->func = func;
  job->media_types = g_ptr_array_new ();

  return job;
}

static DexFuture *
rushes_pixbuf_fitter_probe (RushesPictureFitter *fitter, GFile *file, const char *name)
{
  return rushes_work_line_push (RUSHES_PIXBUF_FITTER (fitter)->line, begin, job_new (file, name, probe), job_unref);
}

static DexFuture *
rushes_pixbuf_fitter_fit (RushesPictureFitter *fitter, GFile *file, const char *name, const RushesPictureLimits *limits)
{
  Job *job = job_new (file, name, fit);

  job->max_edge = limits->max_edge;
  job->min_edge = limits->min_edge;
  job->max_bytes = limits->max_bytes;
  job->aspect = limits->aspect;
  for (guint i = 0; limits->media_types != NULL && limits->media_types[i] != NULL; i++)
    g_ptr_array_add (job->media_types, (gpointer) g_intern_string (limits->media_types[i]));

  return rushes_work_line_push (RUSHES_PIXBUF_FITTER (fitter)->line, begin, job, job_unref);
}

static void
rushes_pixbuf_fitter_iface_init (RushesPictureFitterInterface *iface)
{
  iface->probe = rushes_pixbuf_fitter_probe;
  iface->fit = rushes_pixbuf_fitter_fit;
}

static void
rushes_pixbuf_fitter_dispose (GObject *object)
{
  g_clear_object (&RUSHES_PIXBUF_FITTER (object)->line);

  G_OBJECT_CLASS (rushes_pixbuf_fitter_parent_class)->dispose (object);
}

static void
rushes_pixbuf_fitter_class_init (RushesPixbufFitterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rushes_pixbuf_fitter_dispose;
}

static void
rushes_pixbuf_fitter_init (RushesPixbufFitter *self)
{
  self->line = rushes_work_line_new (1, RUSHES_LINE_OLDEST_FIRST);
}

RushesPictureFitter *
rushes_pixbuf_fitter_new (void)
{
  return g_object_new (RUSHES_TYPE_PIXBUF_FITTER, NULL);
}
