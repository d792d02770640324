/* rushes-thumbnailer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-thumbnailer.h"

#include <glib/gi18n.h>
#include <math.h>

#include "rushes-clip-frame.h"
#include "rushes-picture-header.h"
#include "rushes-picture-reader.h"
#include "rushes-work-line.h"

/* So many at once: one computes while the other reads. */
#define AT_ONCE 2

struct _RushesThumbnailer
{
  GObject parent_instance;

  GFile *folder;
  RushesWorkLine *line;
};

G_DEFINE_FINAL_TYPE (RushesThumbnailer, rushes_thumbnailer, G_TYPE_OBJECT)

typedef struct
{
  GFile *folder;
  GFile *source;
  gboolean is_clip;
  char *key; /* SHA-256 of what it shows */
  char *name;
  int width;
} Job;

static void
job_clear (gpointer data)
{
  Job *job = data;

  g_object_unref (job->folder);
  g_object_unref (job->source);
  g_free (job->key);
  g_free (job->name);
}

static void
job_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, job_clear);
}

static GFile *
get_place (const Job *job, const char *extension)
{
  g_autofree char *name = g_strdup_printf ("%s-%d.%s", job->key, job->width, extension);

  return g_file_get_child (job->folder, name);
}

/* A file that was spoilt, by a disk that filled up or lost power, is made again. */
static gboolean
is_whole (GFile *file, RushesContent content)
{
  RushesPictureHeader header;
  g_autofree char *contents = NULL;
  gsize size;

  if (!g_file_load_contents (file, NULL, &contents, &size, NULL, NULL))
    return FALSE;
  rushes_picture_header_read (&header, (const guint8 *) contents, size);
  return header.content == content && !header.truncated && header.width > 0 && header.height > 0;
}

static GFile *
find (const Job *job)
{
  g_autoptr (GFile) jpeg = get_place (job, "jpg");
  g_autoptr (GFile) png = get_place (job, "png");

  if (is_whole (jpeg, RUSHES_CONTENT_JPEG))
    return g_steal_pointer (&jpeg);
  if (is_whole (png, RUSHES_CONTENT_PNG))
    return g_steal_pointer (&png);
  return NULL;
}

/* As wide as asked, unless it is smaller or very tall: then no tile could show more of it. */
static GdkPixbuf *
shrink (GdkPixbuf *pixbuf, int width)
{
  int own_width = gdk_pixbuf_get_width (pixbuf), own_height = gdk_pixbuf_get_height (pixbuf);
  double scale = MIN (1.0, MIN ((double) width / own_width, 2.0 * width / own_height));
  g_autoptr (GdkPixbuf) scaled = g_object_ref (pixbuf);

  if (scale == 1)
    return g_steal_pointer (&scaled);
  return gdk_pixbuf_scale_simple (pixbuf, MAX (1, (int) lround (own_width * scale)),
                                  MAX (1, (int) lround (own_height * scale)), GDK_INTERP_BILINEAR);
}

static GFile *
make (const Job *job, GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL, small = NULL;
  RushesPictureFacts facts = { 0 };
  g_autofree char *buffer = NULL;
  g_autoptr (GFile) place = NULL;
  gsize size;
  gboolean saved;

  pixbuf = job->is_clip ? rushes_clip_frame_read (job->source, RUSHES_POSTER_FRAME, error)
                        : rushes_picture_read (job->source, job->name, 2 * job->width, &facts, error);
  if (pixbuf == NULL)
    return NULL;

  small = shrink (pixbuf, job->width);
  place = get_place (job, facts.has_alpha ? "png" : "jpg");
  saved = facts.has_alpha ? gdk_pixbuf_save_to_buffer (small, &buffer, &size, "png", error, NULL)
                          : gdk_pixbuf_save_to_buffer (small, &buffer, &size, "jpeg", error, "quality", "88", NULL);
  g_mkdir_with_parents (g_file_peek_path (job->folder), 0700);
  if (!saved ||
      !g_file_set_contents_full (g_file_peek_path (place), buffer, size, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    return NULL;

  return g_steal_pointer (&place);
}

static DexFuture *
run (gpointer data)
{
  Job *job = data;
  GFile *found = find (job);
  g_autoptr (GError) error = NULL;

  if (found == NULL && (found = make (job, &error)) == NULL)
    return dex_future_new_for_error (rushes_error_translate (error));

  return dex_future_new_take_object (found);
}

static DexFuture *
begin (gpointer data)
{
  return rushes_async_work (run, g_atomic_rc_box_acquire (data), job_unref);
}

static DexFuture *
load (RushesThumbnailer *self, GFile *source, gboolean is_clip, const char *key, const char *name, int width)
{
  Job *job = g_atomic_rc_box_new0 (Job);

  job->folder = g_object_ref (self->folder);
  job->source = g_object_ref (source);
  job->is_clip = is_clip;
  job->key = g_strdup (key);
  job->name = g_strdup (name);
  job->width = width <= 256 ? 256 : width <= 512 ? 512 : 1024;

  return rushes_work_line_push (self->line, begin, job, job_unref);
}

DexFuture *
rushes_thumbnailer_load_reference (RushesThumbnailer *self, RushesReference *reference, int width)
{
  dex_return_error_if_fail (RUSHES_IS_THUMBNAILER (self));
  dex_return_error_if_fail (RUSHES_IS_REFERENCE (reference));

  return load (self, rushes_reference_get_file (reference), FALSE, rushes_reference_get_sha256 (reference),
               rushes_reference_get_name (reference), width);
}

DexFuture *
rushes_thumbnailer_load_take (RushesThumbnailer *self, RushesTake *take, int width)
{
  static const RushesReferenceRole roles[] = { RUSHES_ROLE_FIRST_FRAME, RUSHES_ROLE_LAST_FRAME, RUSHES_ROLE_REFERENCE };
  RushesClip *clip;
  RushesRequest *request;

  dex_return_error_if_fail (RUSHES_IS_THUMBNAILER (self));
  dex_return_error_if_fail (RUSHES_IS_TAKE (take));

  clip = rushes_take_get_clip (take);
  if (clip != NULL)
    return load (self, rushes_clip_get_file (clip), TRUE, rushes_clip_get_sha256 (clip), "", width);

  request = rushes_take_get_request (take);
  for (guint i = 0; request != NULL && i < G_N_ELEMENTS (roles); i++)
    if (rushes_request_get_n_references (request, roles[i]) > 0)
      return rushes_thumbnailer_load_reference (self, rushes_request_get_reference (request, roles[i], 0), width);

  return dex_future_new_for_error (
      rushes_error_new (RUSHES_ERROR_NOT_FOUND, _ ("There is no picture of this take yet.")));
}

static void
rushes_thumbnailer_dispose (GObject *object)
{
  RushesThumbnailer *self = RUSHES_THUMBNAILER (object);

  g_clear_object (&self->folder);
  g_clear_object (&self->line);

  G_OBJECT_CLASS (rushes_thumbnailer_parent_class)->dispose (object);
}

static void
rushes_thumbnailer_class_init (RushesThumbnailerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rushes_thumbnailer_dispose;
}

static void
rushes_thumbnailer_init (RushesThumbnailer *self)
{
  self->line = rushes_work_line_new (AT_ONCE, RUSHES_LINE_NEWEST_FIRST);
}

RushesThumbnailer *
rushes_thumbnailer_new (RushesFolders *folders)
{
  RushesThumbnailer *self;

  g_return_val_if_fail (RUSHES_IS_FOLDERS (folders), NULL);

  self = g_object_new (RUSHES_TYPE_THUMBNAILER, NULL);
  self->folder = g_object_ref (rushes_folders_get_thumbnails (folders));
  return self;
}
