/* rushes-thumbnailer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-thumbnailer.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <math.h>
#include <utime.h>

#include "rushes-clip-frame.h"
#include "rushes-picture-header.h"
#include "rushes-picture-reader.h"
#include "rushes-work-line.h"

/* So many at once: one computes while the other reads. */
#define AT_ONCE 2
/* What was made before is only looked up. */
#define LOOKED_UP_AT_ONCE 4

/* Some ten thousand pictures with some thousand strips. */
#define MOST_BYTES (G_GUINT64_CONSTANT (512) << 20)
/* After so many wishes it is seen whether there are more. */
#define WISHES_TO_PRUNE 512
/* Not to write at every look. */
#define SECONDS_TO_TOUCH (24 * 60 * 60)

struct _RushesThumbnailer
{
  GObject parent_instance;

  GFile *folder;
  RushesWorkLine *look_ups;
  RushesWorkLine *pictures;
  RushesWorkLine *strips;
  guint n_wishes;
};

G_DEFINE_FINAL_TYPE (RushesThumbnailer, rushes_thumbnailer, G_TYPE_OBJECT)

typedef struct
{
  GFile *folder;
  GFile *source;
  gboolean is_clip;
  gboolean is_strip;
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
  g_autofree char *name = job->is_strip ? g_strdup_printf ("%s-strip.%s", job->key, extension)
                                        : g_strdup_printf ("%s-%d.%s", job->key, job->width, extension);

  return g_file_get_child (job->folder, name);
}

/* The time of a file's last change is the day when it was looked at last, whatever the file system keeps of reading. */
static void
touch (GFile *file)
{
  GStatBuf status;

  if (g_stat (g_file_peek_path (file), &status) == 0 &&
      g_get_real_time () / G_USEC_PER_SEC - status.st_mtime > SECONDS_TO_TOUCH)
    g_utime (g_file_peek_path (file), NULL);
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
  touch (file);

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

  pixbuf = job->is_strip  ? rushes_clip_strip_read (job->source, error)
           : job->is_clip ? rushes_clip_frame_read (job->source, RUSHES_POSTER_FRAME, error)
                          : rushes_picture_read (job->source, job->name, 2 * job->width, &facts, error);
  if (pixbuf == NULL)
    return NULL;

  small = job->is_strip ? g_object_ref (pixbuf) : shrink (pixbuf, job->width);
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
have_no_picture (void)
{
  return dex_future_new_for_error (
      rushes_error_new (RUSHES_ERROR_NOT_FOUND, _ ("There is no picture of this take yet.")));
}

static DexFuture *
look_up (gpointer data)
{
  GFile *found = find (data);

  return found != NULL ? dex_future_new_take_object (found) : have_no_picture ();
}

static DexFuture *
begin_look_up (gpointer data)
{
  return rushes_async_work (look_up, g_atomic_rc_box_acquire (data), job_unref);
}

/* Another wish for the same may have been served since it was looked up. */
static DexFuture *
find_or_make (gpointer data)
{
  Job *job = data;
  GFile *found = find (job);
  g_autoptr (GError) error = NULL;

  if (found == NULL && (found = make (job, &error)) == NULL)
    return dex_future_new_for_error (rushes_error_translate (error));

  return dex_future_new_take_object (found);
}

static DexFuture *
begin_making (gpointer data)
{
  return rushes_async_work (find_or_make, g_atomic_rc_box_acquire (data), job_unref);
}

/* ---- what is kept ---- */

typedef struct
{
  char *path;
  guint64 size;
  gint64 looked_at;
} Kept;

typedef struct
{
  GFile *folder;
  guint64 size;
} Pruning;

static void
kept_clear (gpointer data)
{
  g_free (((Kept *) data)->path);
}

static void
pruning_free (gpointer data)
{
  Pruning *pruning = data;

  g_object_unref (pruning->folder);
  g_free (pruning);
}

static int
compare_kept (gconstpointer a, gconstpointer b)
{
  const Kept *first = a, *second = b;

  return (first->looked_at > second->looked_at) - (first->looked_at < second->looked_at);
}

static DexFuture *
prune (gpointer data)
{
  Pruning *pruning = data;
  const char *folder = g_file_peek_path (pruning->folder);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Kept));
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint64 size = 0;

  g_array_set_clear_func (all, kept_clear);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf status;

      if (g_stat (path, &status) != 0)
        continue;
      size += (guint64) status.st_size;
      g_array_append_val (all, ((Kept) { g_steal_pointer (&path), (guint64) status.st_size, status.st_mtime }));
    }
  if (size <= pruning->size)
    return dex_future_new_true ();

  g_array_sort (all, compare_kept);
  for (guint i = 0; i < all->len && size > pruning->size; i++)
    {
      const Kept *kept = &g_array_index (all, Kept, i);

      if (g_unlink (kept->path) == 0)
        size -= kept->size;
    }

  return dex_future_new_true ();
}

DexFuture *
rushes_thumbnailer_prune (RushesThumbnailer *self, guint64 size)
{
  Pruning *pruning;

  dex_return_error_if_fail (RUSHES_IS_THUMBNAILER (self));

  pruning = g_new (Pruning, 1);
  pruning->folder = g_object_ref (self->folder);
  pruning->size = size;

  return rushes_async_work (prune, pruning, pruning_free);
}

/* ---- wishes ---- */

typedef struct
{
  RushesWorkLine *line;
  Job *job;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_object_unref (wish->line);
  job_unref (wish->job);
  g_free (wish);
}

static DexFuture *
not_there (DexFuture *future, gpointer data)
{
  Wish *wish = data;

  return rushes_work_line_push (wish->line, begin_making, g_atomic_rc_box_acquire (wish->job), job_unref);
}

/* Takes the job. */
static DexFuture *
load (RushesThumbnailer *self, Job *job)
{
  Wish *wish = g_new (Wish, 1);

  job->folder = g_object_ref (self->folder);
  if (++self->n_wishes % WISHES_TO_PRUNE == 0)
    dex_future_disown (rushes_thumbnailer_prune (self, MOST_BYTES));

  wish->line = g_object_ref (job->is_strip ? self->strips : self->pictures);
  wish->job = job;
  return dex_future_catch (
      rushes_work_line_push (self->look_ups, begin_look_up, g_atomic_rc_box_acquire (job), job_unref), not_there, wish,
      wish_free);
}

static int
round_up (int width)
{
  return width <= 256 ? 256 : width <= 512 ? 512 : 1024;
}

static Job *
job_new (GFile *source, const char *key, const char *name, int width)
{
  Job *job = g_atomic_rc_box_new0 (Job);

  job->source = g_object_ref (source);
  job->key = g_strdup (key);
  job->name = g_strdup (name);
  job->width = round_up (width);

  return job;
}

static Job *
job_new_for_reference (RushesReference *reference, int width)
{
  return job_new (rushes_reference_get_file (reference), rushes_reference_get_sha256 (reference),
                  rushes_reference_get_name (reference), width);
}

DexFuture *
rushes_thumbnailer_load_reference (RushesThumbnailer *self, RushesReference *reference, int width)
{
  dex_return_error_if_fail (RUSHES_IS_THUMBNAILER (self));
  dex_return_error_if_fail (RUSHES_IS_REFERENCE (reference));

  return load (self, job_new_for_reference (reference, width));
}

/* The one that shows what a take begins with; NULL. */
static RushesReference *
find_reference (RushesTake *take)
{
  static const RushesReferenceRole roles[] = { RUSHES_ROLE_FIRST_FRAME, RUSHES_ROLE_LAST_FRAME, RUSHES_ROLE_REFERENCE };
  RushesRequest *request = rushes_take_get_request (take);

  for (guint i = 0; request != NULL && i < G_N_ELEMENTS (roles); i++)
    if (rushes_request_get_n_references (request, roles[i]) > 0)
      return rushes_request_get_reference (request, roles[i], 0);

  return NULL;
}

/* NULL when there is nothing to show of it. */
static Job *
job_new_for_take (RushesTake *take, int width)
{
  RushesClip *clip = rushes_take_get_clip (take);
  RushesReference *reference;
  Job *job;

  if (clip != NULL)
    {
      job = job_new (rushes_clip_get_file (clip), rushes_clip_get_sha256 (clip), "", width);
      job->is_clip = TRUE;
      return job;
    }

  reference = find_reference (take);
  return reference != NULL ? job_new_for_reference (reference, width) : NULL;
}

DexFuture *
rushes_thumbnailer_load_take (RushesThumbnailer *self, RushesTake *take, int width)
{
  Job *job;

  dex_return_error_if_fail (RUSHES_IS_THUMBNAILER (self));
  dex_return_error_if_fail (RUSHES_IS_TAKE (take));

  job = job_new_for_take (take, width);
  return job != NULL ? load (self, job) : have_no_picture ();
}

static DexFuture *
find_of_any_width (gpointer data)
{
  static const int widths[] = { 256, 512, 1024 };
  Job *job = data;

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      GFile *found;

      job->width = widths[i];
      if ((found = find (job)) != NULL)
        return dex_future_new_take_object (found);
    }
  return have_no_picture ();
}

DexFuture *
rushes_thumbnailer_find_take (RushesThumbnailer *self, RushesTake *take)
{
  Job *job;

  dex_return_error_if_fail (RUSHES_IS_THUMBNAILER (self));
  dex_return_error_if_fail (RUSHES_IS_TAKE (take));

  job = job_new_for_take (take, 0);
  if (job == NULL)
    return have_no_picture ();
  job->folder = g_object_ref (self->folder);
  return rushes_async_work (find_of_any_width, job, job_unref);
}

char *
rushes_thumbnailer_get_key (RushesThumbnailer *self, RushesTake *take, int width)
{
  RushesReference *reference;
  RushesClip *clip;

  g_return_val_if_fail (RUSHES_IS_THUMBNAILER (self), NULL);
  g_return_val_if_fail (RUSHES_IS_TAKE (take), NULL);

  clip = rushes_take_get_clip (take);
  if (clip != NULL)
    return g_strdup_printf ("%s-%d", rushes_clip_get_sha256 (clip), round_up (width));
  reference = find_reference (take);

  return reference != NULL ? g_strdup_printf ("%s-%d", rushes_reference_get_sha256 (reference), round_up (width))
                           : NULL;
}

DexFuture *
rushes_thumbnailer_load_strip (RushesThumbnailer *self, RushesClip *clip)
{
  Job *job;

  dex_return_error_if_fail (RUSHES_IS_THUMBNAILER (self));
  dex_return_error_if_fail (RUSHES_IS_CLIP (clip));

  job = job_new (rushes_clip_get_file (clip), rushes_clip_get_sha256 (clip), "", 0);
  job->is_clip = TRUE;
  job->is_strip = TRUE;

  return load (self, job);
}

void
rushes_thumbnailer_set_held (RushesThumbnailer *self, gboolean held)
{
  g_return_if_fail (RUSHES_IS_THUMBNAILER (self));

  rushes_work_line_set_held (self->pictures, held);
}

static void
rushes_thumbnailer_dispose (GObject *object)
{
  RushesThumbnailer *self = RUSHES_THUMBNAILER (object);

  g_clear_object (&self->folder);
  g_clear_object (&self->look_ups);
  g_clear_object (&self->pictures);
  g_clear_object (&self->strips);

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
  self->look_ups = rushes_work_line_new (LOOKED_UP_AT_ONCE, RUSHES_LINE_NEWEST_FIRST);
  self->pictures = rushes_work_line_new (AT_ONCE, RUSHES_LINE_NEWEST_FIRST);
  self->strips = rushes_work_line_new (1, RUSHES_LINE_NEWEST_FIRST);
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
