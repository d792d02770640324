/* rushes-picture-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-picture-reader.h"

#include <glib/gi18n.h>

#include "rushes-color-profile.h"
#include "rushes-error.h"
#include "rushes-gif-frame.h"
#include "rushes-picture-header.h"
#include "rushes-webp-frame.h"

#define MAX_PIXELS (200 * G_GINT64_CONSTANT (1000000))
#define MAX_BYTES  (256 * G_GINT64_CONSTANT (1048576))
/* A drawing has no pixels of its own: the longer side it gets when nobody asks for one, and at most. */
#define DRAWN_EDGE     2048
#define MAX_DRAWN_EDGE 8192
#define CHUNK          (256 * 1024)

/* Takes @sentence. */
static gboolean
refuse (GError **error, char *sentence)
{
  g_autofree char *owned = sentence;
  GError *refusal = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, "%s", owned);

  rushes_error_set_field (refusal, "image");
  g_propagate_error (error, refusal);
  return FALSE;
}

static gboolean
refuse_unreadable (GError **error, const char *name, const GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return refuse (error, g_strdup_printf (_ ("“%s” is not there. Check the name, or choose another picture."), name));
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return refuse (error, g_strdup_printf (_ ("“%s” may not be read: you have no permission to open it."), name));
  /* Translators: the second %s is the system's own message, a whole sentence or the like */
  return refuse (error, g_strdup_printf (_ ("“%s” cannot be read. The system says: %s"), name, cause->message));
}

static GBytes *
load (GFile *file, const char *name, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info (
      file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, &cause);
  g_autofree char *contents = NULL;
  gsize size;

  if (info == NULL)
    {
      refuse_unreadable (error, name, cause);
      return NULL;
    }
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    {
      refuse (error, g_strdup_printf (_ ("“%s” is a folder. Choose a picture in it."), name));
      return NULL;
    }
  /* A pipe or a device might never end. */
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      refuse (error, g_strdup_printf (_ ("“%s” is not a file. Choose a picture."), name));
      return NULL;
    }
  if (g_file_info_get_size (info) > MAX_BYTES)
    {
      refuse (error, g_strdup_printf (_ ("“%s” is larger than 256 MiB. Save it smaller and try again."), name));
      return NULL;
    }
  if (!g_file_load_contents (file, NULL, &contents, &size, NULL, &cause))
    {
      refuse_unreadable (error, name, cause);
      return NULL;
    }
  if (size == 0)
    {
      refuse (error, g_strdup_printf (_ ("“%s” is empty."), name));
      return NULL;
    }

  return g_bytes_new_take (g_steal_pointer (&contents), size);
}

static gboolean
check_header (const RushesPictureHeader *header, const char *name, GError **error)
{
  gboolean is_jpeg = header->content == RUSHES_CONTENT_JPEG;

  switch (header->content)
    {
    case RUSHES_CONTENT_OTHER_PICTURE:
    case RUSHES_CONTENT_DOCUMENT:
      /* Translators: the second %s is a format: “JPEG XL”, “Photoshop”, “PDF” */
      return refuse (error, g_strdup_printf (_ ("“%s” is in the format %s, which Rushes does not read. Save it as "
                                                "JPEG or PNG and try again."),
                                             name, header->title));
    case RUSHES_CONTENT_VIDEO:
      return refuse (error, g_strdup_printf (_ ("“%s” is a video. Choose a picture, or save a frame of it."), name));
    case RUSHES_CONTENT_TEXT:
      return refuse (error, g_strdup_printf (_ ("“%s” is not a picture: it is text."), name));
    case RUSHES_CONTENT_UNKNOWN:
      return refuse (error, g_strdup_printf (_ ("“%s” is not a picture that Rushes knows."), name));
    default:
      break;
    }

  if (header->width * header->height > MAX_PIXELS || header->working_bytes > 2 * MAX_BYTES ||
      (!is_jpeg && header->width * header->height * 4 > MAX_BYTES))
    return refuse (error, g_strdup_printf (_ ("“%s” is too large: %d × %d pixels. Save it smaller and try again."),
                                           name, (int) header->width, (int) header->height));
  if (header->truncated)
    return refuse (error,
                   g_strdup_printf (_ ("“%s” is cut off: its end is missing. Get it again and try once more."), name));

  return TRUE;
}

typedef struct
{
  RushesContent content;
  int edge;
  int width; /* its own, as stored */
  int height;
  gboolean too_large;
} Decoding;

static void
choose_size (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  Decoding *decoding = data;
  gint64 pixels = (gint64) width * height;
  int longer = MAX (width, height);

  decoding->width = width;
  decoding->height = height;
  if (decoding->content == RUSHES_CONTENT_SVG)
    {
      int edge = MIN (decoding->edge > 0 ? decoding->edge : MAX (longer, DRAWN_EDGE), MAX_DRAWN_EDGE);

      gdk_pixbuf_loader_set_size (loader, MAX (1, (int) ((gint64) width * edge / longer)),
                                  MAX (1, (int) ((gint64) height * edge / longer)));
    }
  else if (decoding->content == RUSHES_CONTENT_JPEG)
    {
      int divisor = 1;

      /* libjpeg decodes at a half, a quarter, an eighth for less than the price of the whole. */
      while (divisor < 8 && (pixels * 3 / (divisor * divisor) > MAX_BYTES ||
                             (decoding->edge > 0 && longer / (2 * divisor) >= decoding->edge)))
        divisor *= 2;
      if (divisor > 1)
        gdk_pixbuf_loader_set_size (loader, (width + divisor - 1) / divisor, (height + divisor - 1) / divisor);
    }
  else if (pixels * 4 > MAX_BYTES)
    decoding->too_large = TRUE;
}

/* The loader says what is wrong in words for programmers, so these are kept beside the sentence. */
static gboolean
refuse_damaged (GError **error, const char *name, const RushesPictureHeader *header, const GError *cause)
{
  GError *refusal = NULL;

  refuse (&refusal,
          g_strdup_printf (_ ("“%s” cannot be read: it is damaged, or no real %s picture."), name, header->title));
  if (cause != NULL)
    rushes_error_set_words (refusal, cause->message);
  g_propagate_error (error, refusal);
  return FALSE;
}

static gboolean
feed (GdkPixbufLoader *loader, GBytes *bytes, const Decoding *decoding, const char *name, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + (gint64) (RUSHES_PICTURE_SECONDS * G_USEC_PER_SEC);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize at = 0; at < size; at += CHUNK)
    {
      if (!gdk_pixbuf_loader_write (loader, data + at, MIN (CHUNK, size - at), error))
        return FALSE;
      if (decoding->too_large)
        return refuse (error, g_strdup_printf (_ ("“%s” is too large: %d × %d pixels. Save it smaller and try again."),
                                               name, decoding->width, decoding->height));
      if (g_get_monotonic_time () > deadline)
        return refuse (
            error, g_strdup_printf (_ ("“%s” takes too long to read. Save it as JPEG or PNG and try again."), name));
    }

  return TRUE;
}

static GdkPixbuf *
decode (GBytes *bytes,
        const RushesPictureHeader *header,
        const char *name,
        Decoding *decoding,
        gboolean *animated,
        GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_mime_type (header->media_type, NULL);
  g_autoptr (GError) cause = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GBytes) still = NULL;
  GdkPixbufAnimation *animation;
  gboolean fed;

  if (loader == NULL)
    {
      /* Translators: the second %s is a format: “HEIC”, “WebP” */
      refuse (error, g_strdup_printf (_ ("“%s” is a %s picture, and this system has no loader for that format. Install "
                                         "one, or save the picture as JPEG or PNG."),
                                      name, header->title));
      return NULL;
    }

  if (header->content == RUSHES_CONTENT_WEBP && header->animated)
    still = rushes_webp_get_first_frame (bytes);
  else if (header->content == RUSHES_CONTENT_GIF)
    still = rushes_gif_get_first_frame (bytes, animated);
  else
    still = g_bytes_ref (bytes);
  if (still == NULL)
    {
      gdk_pixbuf_loader_close (loader, NULL);
      refuse_damaged (error, name, header, NULL);
      return NULL;
    }

  g_signal_connect (loader, "size-prepared", G_CALLBACK (choose_size), decoding);
  fed = feed (loader, still, decoding, name, &cause);
  if (!gdk_pixbuf_loader_close (loader, fed ? &cause : NULL) || !fed)
    {
      if (cause != NULL && cause->domain == RUSHES_ERROR)
        g_propagate_error (error, g_steal_pointer (&cause));
      else
        refuse_damaged (error, name, header, cause);
      return NULL;
    }

  animation = gdk_pixbuf_loader_get_animation (loader);
  g_set_object (&pixbuf, gdk_pixbuf_loader_get_pixbuf (loader));
  if (animation == NULL || pixbuf == NULL)
    {
      refuse_damaged (error, name, header, NULL);
      return NULL;
    }
  *animated = *animated || header->animated || !gdk_pixbuf_animation_is_static_image (animation);

  return g_steal_pointer (&pixbuf);
}

static gboolean
can_be_seen_through (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  gsize stride = gdk_pixbuf_get_rowstride (pixbuf);
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);

  if (!gdk_pixbuf_get_has_alpha (pixbuf))
    return FALSE;
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      if (pixels[y * stride + 4 * (gsize) x + 3] != 255)
        return TRUE;

  return FALSE;
}

static void
apply_profile (GdkPixbuf *pixbuf, const RushesPictureHeader *header)
{
  const char *option = gdk_pixbuf_get_option (pixbuf, "icc-profile");
  g_autofree guint8 *icc = NULL;
  gsize size;

  if (option != NULL && (icc = g_base64_decode (option, &size)) != NULL)
    rushes_color_profile_to_srgb (pixbuf, icc, size);
  else if (header->icc != NULL)
    rushes_color_profile_to_srgb (pixbuf, header->icc, header->icc_size);
}

GdkPixbuf *
rushes_picture_read (GFile *file, const char *name, int edge, RushesPictureFacts *facts, GError **error)
{
  g_autoptr (GBytes) bytes = load (file, name, error);
  g_autoptr (GdkPixbuf) stored = NULL, upright = NULL;
  RushesPictureHeader header;
  Decoding decoding = { .edge = edge };
  gboolean animated = FALSE;
  const char *orientation;

  if (bytes == NULL)
    return NULL;
  rushes_picture_header_read (&header, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  decoding.content = header.content;
  if (!check_header (&header, name, error) || !(stored = decode (bytes, &header, name, &decoding, &animated, error)))
    return NULL;

  apply_profile (stored, &header);
  if (header.orientation != 1 && gdk_pixbuf_get_option (stored, "orientation") == NULL)
    {
      const char digit[] = { (char) ('0' + header.orientation), '\0' };

      gdk_pixbuf_set_option (stored, "orientation", digit);
    }
  orientation = gdk_pixbuf_get_option (stored, "orientation");
  upright = gdk_pixbuf_apply_embedded_orientation (stored);

  if (facts != NULL)
    {
      gboolean on_its_side = orientation != NULL && *orientation >= '5' && *orientation <= '8';

      facts->media_type = g_intern_string (header.media_type);
      facts->width = on_its_side ? decoding.height : decoding.width;
      facts->height = on_its_side ? decoding.width : decoding.height;
      facts->has_alpha = can_be_seen_through (upright);
      facts->animated = animated;
    }

  return g_steal_pointer (&upright);
}
