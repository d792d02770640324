/* rushes-encoder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-encoder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <gst/app/app.h>
#include <gst/video/video.h>

#include "rushes-codec.h"
#include "rushes-disk.h"
#include "rushes-error.h"

/* Frames that wait for the encoder: enough that neither side waits for the other at every frame. */
#define WAITING_FRAMES 4

struct _RushesEncoder
{
  const RushesCodec *codec;
  GstElement *pipeline;
  GstAppSrc *video;
  GstAppSrc *sound;
  int aside; /* where the muxer keeps its data until the index, which goes first, is known */

  GstBufferPool *pool;
  GstVideoInfo info;
  GstVideoFrame mapped;
  GstBuffer *buffer;
  guint64 n_frames;

  GCancellable *cancellable;
  gulong cancelled_id;

  GMutex mutex; /* for what follows, which GStreamer's threads write */
  GCond cond;
  gboolean full;
  gboolean ended;
  GError *error;
};

static void
set_full (RushesEncoder *self, gboolean full)
{
  g_mutex_lock (&self->mutex);
  self->full = full;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static void
on_need_data (GstAppSrc *source, guint length, gpointer data)
{
  set_full (data, FALSE);
}

static void
on_enough_data (GstAppSrc *source, gpointer data)
{
  set_full (data, TRUE);
}

static GError *
translate (const GError *cause, const char *debug)
{
  GError *error;

  if (g_error_matches (cause, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NO_SPACE_LEFT))
    error = rushes_error_new (RUSHES_ERROR_STORAGE,
                              _ ("The disk has no room for the clip. Free some space and try again."));
  else if (cause->domain == GST_RESOURCE_ERROR)
    error =
        rushes_error_new (RUSHES_ERROR_STORAGE, _ ("The clip cannot be written. See that the disk has room and that "
                                                   "Rushes may write in its folder, and try again."));
  else
    error = rushes_error_new (RUSHES_ERROR_INTERNAL, _ ("Encoding the clip went wrong."));
  rushes_error_set_words (error, debug != NULL ? debug : cause->message);

  return error;
}

static GstBusSyncReply
on_message (GstBus *bus, GstMessage *message, gpointer data)
{
  RushesEncoder *self = data;

  g_mutex_lock (&self->mutex);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    self->ended = TRUE;
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR && self->error == NULL)
    {
      g_autoptr (GError) cause = NULL;
      g_autofree char *debug = NULL;

      gst_message_parse_error (message, &cause, &debug);
      self->error = translate (cause, debug);
    }
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  gst_message_unref (message);

  return GST_BUS_DROP;
}

static void
on_cancelled (GCancellable *cancellable, gpointer data)
{
  RushesEncoder *self = data;

  g_mutex_lock (&self->mutex);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static GstAppSrc *
open_source (RushesEncoder *self, const char *name, GstCaps *caps)
{
  GstAppSrc *source = GST_APP_SRC (gst_bin_get_by_name (GST_BIN (self->pipeline), name));

  gst_app_src_set_caps (source, caps);
  gst_app_src_set_stream_type (source, GST_APP_STREAM_TYPE_STREAM);
  /* Neither the bytes nor the seconds count. */
  g_object_set (source, "format", GST_FORMAT_TIME, "max-bytes", (guint64) 0, "max-time", (guint64) 0, NULL);

  return source;
}

/* A file of no name beside @path, for what is needed until the clip is whole: nothing remains of it, whatever happens.
 */
static int
open_aside (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_strconcat (path, ".XXXXXX", NULL);
  int fd = g_open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

  /* Not every file system makes files without names. */
  if (fd < 0 && (fd = g_mkstemp_full (name, O_RDWR | O_CLOEXEC, 0600)) >= 0)
    g_unlink (name);
  return fd;
}

static gboolean
build (RushesEncoder *self,
       const char *path,
       int width,
       int height,
       int frame_rate,
       const RushesCodec *sound,
       GError **error)
{
  g_autoptr (GString) description = g_string_new (NULL);
  g_autofree char *piece = rushes_codec_get_pipeline (self->codec, width, height, frame_rate);
  g_autoptr (GstElement) muxer = NULL;
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GstCaps) caps = rushes_video_caps (width, height, frame_rate);
  g_autoptr (GError) cause = NULL;

  g_string_printf (description, "%s name=muxer ! filesink name=sink appsrc name=video ! %s ! queue ! muxer.",
                   self->codec->muxer, piece);
  if (sound != NULL)
    {
      g_autofree char *sound_piece = rushes_codec_get_pipeline (sound, 0, 0, 1);

      g_string_append_printf (description, " appsrc name=sound ! %s ! queue ! muxer.", sound_piece);
    }
  self->pipeline = gst_parse_launch_full (description->str, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &cause);
  if (self->pipeline == NULL)
    {
      g_propagate_error (error, translate (cause, NULL));
      return FALSE;
    }

  sink = gst_bin_get_by_name (GST_BIN (self->pipeline), "sink");
  g_object_set (sink, "location", path, NULL);
  muxer = gst_bin_get_by_name (GST_BIN (self->pipeline), "muxer");
  if (g_str_equal (self->codec->muxer, "mp4mux"))
    {
      g_autofree char *aside = NULL;

      /* The muxer opens its file when the first frame comes, and locks up for ever when it cannot. */
      if ((self->aside = open_aside (path)) < 0)
        return rushes_disk_set_error (error, path, errno);
      aside = g_strdup_printf ("/proc/self/fd/%d", self->aside);
      g_object_set (muxer, "faststart", TRUE, "faststart-file", aside, NULL);
    }

  self->video = open_source (self, "video", caps);
  g_object_set (self->video, "max-buffers", (guint64) WAITING_FRAMES, "min-percent", 50, NULL);
  gst_app_src_set_callbacks (
      self->video, &(GstAppSrcCallbacks) { .need_data = on_need_data, .enough_data = on_enough_data }, self, NULL);
  gst_video_info_from_caps (&self->info, caps);
  self->pool = gst_video_buffer_pool_new ();
  {
    GstStructure *config = gst_buffer_pool_get_config (self->pool);

    gst_buffer_pool_config_set_params (config, caps, GST_VIDEO_INFO_SIZE (&self->info), 0, 0);
    gst_buffer_pool_set_config (self->pool, config);
    gst_buffer_pool_set_active (self->pool, TRUE);
  }
  if (sound != NULL)
    {
      g_autoptr (GstCaps) sound_caps = rushes_sound_caps ();

      self->sound = open_source (self, "sound", sound_caps);
      g_object_set (self->sound, "max-buffers", (guint64) 0, NULL);
    }

  return TRUE;
}

/* Turns what happened meanwhile into an error; with the mutex held. */
static gboolean
check (RushesEncoder *self, GError **error)
{
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      rushes_set_error (error, RUSHES_ERROR_CANCELLED, _ ("Rendering was cancelled."));
      return FALSE;
    }
  if (self->error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->error));
      return FALSE;
    }

  return TRUE;
}

RushesEncoder *
rushes_encoder_new (const char *path,
                    const char *codec,
                    int width,
                    int height,
                    int frame_rate,
                    gboolean sound,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (RushesEncoder) self = NULL;
  const RushesCodec *found;
  g_autoptr (GstBus) bus = NULL;
  gboolean fine;

  if (!rushes_codec_start_gstreamer (error) ||
      !(found = rushes_codec_find_video (codec, width, height, frame_rate, error)))
    return NULL;

  self = g_new0 (RushesEncoder, 1);
  self->aside = -1;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->codec = found;
  if (!build (self, path, width, height, frame_rate, sound ? rushes_codec_find_sound (found) : NULL, error))
    return NULL;

  if (cancellable != NULL)
    {
      self->cancellable = g_object_ref (cancellable);
      self->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), self, NULL);
    }
  bus = gst_element_get_bus (self->pipeline);
  gst_bus_set_sync_handler (bus, on_message, self, NULL);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);

  g_mutex_lock (&self->mutex);
  fine = check (self, error);
  g_mutex_unlock (&self->mutex);

  return fine ? g_steal_pointer (&self) : NULL;
}

const char *
rushes_encoder_get_codec (RushesEncoder *self)
{
  return self->codec->name;
}

gboolean
rushes_encoder_get_sound (RushesEncoder *self)
{
  return self->sound != NULL;
}

gboolean
rushes_encoder_open_frame (RushesEncoder *self, RushesFrame *frame, GError **error)
{
  gboolean fine;

  g_mutex_lock (&self->mutex);
  while ((fine = check (self, error)) && self->full)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
  if (!fine)
    return FALSE;

  if (gst_buffer_pool_acquire_buffer (self->pool, &self->buffer, NULL) != GST_FLOW_OK ||
      !gst_video_frame_map (&self->mapped, &self->info, self->buffer, GST_MAP_WRITE))
    {
      rushes_set_error (error, RUSHES_ERROR_INTERNAL, _ ("There is no memory for the frames of the clip."));
      return FALSE;
    }
  for (int i = 0; i < 3; i++)
    {
      frame->data[i] = GST_VIDEO_FRAME_PLANE_DATA (&self->mapped, i);
      frame->stride[i] = GST_VIDEO_FRAME_PLANE_STRIDE (&self->mapped, i);
    }

  return TRUE;
}

void
rushes_encoder_close_frame (RushesEncoder *self)
{
  int rate = GST_VIDEO_INFO_FPS_N (&self->info);
  GstBuffer *buffer = g_steal_pointer (&self->buffer);

  gst_video_frame_unmap (&self->mapped);
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (self->n_frames, GST_SECOND, rate);
  GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (self->n_frames + 1, GST_SECOND, rate) - GST_BUFFER_PTS (buffer);
  self->n_frames++;
  /* A pipeline that broke says so on its bus. */
  gst_app_src_push_buffer (self->video, buffer);
}

void
rushes_encoder_add_sound (RushesEncoder *self, gint16 *samples, gsize n)
{
  GstBuffer *buffer = gst_buffer_new_wrapped (samples, n * 2 * sizeof (gint16));

  GST_BUFFER_PTS (buffer) = 0;
  GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (n, GST_SECOND, 48000);
  gst_app_src_push_buffer (self->sound, buffer);
}

gboolean
rushes_encoder_finish (RushesEncoder *self, GError **error)
{
  gboolean fine;

  gst_app_src_end_of_stream (self->video);
  if (self->sound != NULL)
    gst_app_src_end_of_stream (self->sound);

  g_mutex_lock (&self->mutex);
  while ((fine = check (self, error)) && !self->ended)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);

  /* The last bytes are flushed when the file is closed. */
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  g_mutex_lock (&self->mutex);
  fine = fine && check (self, error);
  g_mutex_unlock (&self->mutex);

  return fine;
}

void
rushes_encoder_free (RushesEncoder *self)
{
  if (self->cancellable != NULL)
    g_cancellable_disconnect (self->cancellable, self->cancelled_id);
  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  if (self->buffer != NULL)
    {
      gst_video_frame_unmap (&self->mapped);
      gst_clear_buffer (&self->buffer);
    }
  if (self->pool != NULL)
    gst_buffer_pool_set_active (self->pool, FALSE);
  gst_clear_object (&self->pool);
  gst_clear_object (&self->video);
  gst_clear_object (&self->sound);
  gst_clear_object (&self->pipeline);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_clear_fd (&self->aside, NULL);
  g_free (self);
}
