/* rushes-playback.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-playback.h"

#include <glib/gi18n.h>
#include <gst/audio/audio.h>
#include <gst/pbutils/pbutils.h>
#include <gst/play/play.h>

#include "rushes-async.h"
#include "rushes-decoder.h"
#include "rushes-error.h"
#include "rushes-video-sink.h"

#define NO_TARGET (-1.0)
/* For a GstPlay that never played, which does not say that it stopped. */
#define LONGEST_STOP (500 * GST_MSECOND)

struct _RushesPlayback
{
  GObject parent_instance;

  GstPlay *play;
  RushesVideoSink video;
  RushesGrowingSource *source; /* NULL for a file that is whole */
  guint bus_watch;

  gint64 *stop;  /* where the pictures end, in nanoseconds, -1 for where the clip does; shared with GstPlay's thread */
  double target; /* where the next seek goes, NO_TARGET when none is wished */
  double rate;

  guint prerolled : 1;
  guint seeking : 1; /* GstPlay is at one; it ends with a message */
  guint stale_rate : 1;
};

G_DEFINE_FINAL_TYPE (RushesPlayback, rushes_playback, G_TYPE_OBJECT)

enum
{
  READY,
  SETTLED,
  ENDED,
  FAILED,
  CODEC_MISSING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* One seek (or change of rate, which GstPlay makes by a seek) is under way at a time; what is wished meanwhile is only
 * remembered. So dragging a slider never piles up work, and each end of a seek is known to be the one that was asked
 * for. */
static void
seek_on (RushesPlayback *self)
{
  double end;

  if (!self->prerolled || self->seeking || (self->target == NO_TARGET && !self->stale_rate))
    return;

  /* With a new rate GstPlay goes to where it believes to be, which may be the next frame: say which one is meant. */
  if (self->target == NO_TARGET && rushes_playback_get_frame_end (self, 0.0, &end))
    self->target = MAX (0.0, end - 0.001);
  if (self->stale_rate)
    gst_play_set_rate (self->play, self->rate);
  if (self->target != NO_TARGET)
    gst_play_seek (self->play, (GstClockTime) (self->target * GST_SECOND));
  self->seeking = TRUE;
  self->stale_rate = FALSE;
  self->target = NO_TARGET;
}

/* ---- what the pipeline says ---- */

static void
on_seek_done (RushesPlayback *self)
{
  self->seeking = FALSE;
  seek_on (self);
  if (!self->seeking)
    g_signal_emit (self, signals[SETTLED], 0);
}

static void
on_state_changed (RushesPlayback *self, GstPlayState state)
{
  if (state != GST_PLAY_STATE_PAUSED && state != GST_PLAY_STATE_PLAYING)
    return;

  if (!self->prerolled)
    {
      self->prerolled = TRUE;
      self->stale_rate = self->rate != 1.0;
      seek_on (self);
      g_signal_emit (self, signals[READY], 0);
    }
  if (state == GST_PLAY_STATE_PAUSED && !self->seeking)
    g_signal_emit (self, signals[SETTLED], 0);
}

static void
fail (RushesPlayback *self, const GError *cause)
{
  g_autoptr (GError) error = rushes_error_new (RUSHES_ERROR_MEDIA, _ ("The clip cannot be played on this computer."));

  rushes_error_set_words (error, cause->message);
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
on_play_message (RushesPlayback *self, GstMessage *message)
{
  g_autoptr (GError) error = NULL;
  GstPlayMessage type;
  GstPlayState state;

  gst_play_message_parse_type (message, &type);
  switch (type)
    {
    case GST_PLAY_MESSAGE_SEEK_DONE:
      on_seek_done (self);
      break;

    case GST_PLAY_MESSAGE_STATE_CHANGED:
      gst_play_message_parse_state_changed (message, &state);
      on_state_changed (self, state);
      break;

    case GST_PLAY_MESSAGE_ERROR:
      gst_play_message_parse_error (message, &error, NULL);
      fail (self, error);
      break;

    default:
      break;
    }
}

static gboolean
on_message (GstBus *bus, GstMessage *message, gpointer data)
{
  g_autoptr (RushesPlayback) self = g_object_ref (data); /* whoever hears of an error lets it go */
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesMissingCodec) codec = NULL;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    {
      /* Under a seek it is the end of where one was before. */
      if (!rushes_playback_get_seeking (self))
        g_signal_emit (self, signals[ENDED], 0);
    }
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    {
      gst_message_parse_error (message, &error, NULL);
      fail (self, error);
    }
  else if ((codec = rushes_missing_codec_read (message)) != NULL)
    g_signal_emit (self, signals[CODEC_MISSING], 0, codec);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_APPLICATION && gst_play_is_play_message (message))
    on_play_message (self, message);

  return G_SOURCE_CONTINUE;
}

/* Stands between the pipeline and GstPlay, in whatever thread posts. GstPlay must not see the end of the stream, or its
 * next pause goes back to the start, nor a redirect, which it would follow to another file or into the network. */
static GstBusSyncReply
divert_message (GstBus *bus, GstMessage *message, gpointer data)
{
  GstBus *own = data;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    {
      gst_bus_post (own, message);
      return GST_BUS_DROP;
    }
  if (gst_message_has_name (message, "redirect"))
    {
      gst_message_unref (message);
      return GST_BUS_DROP;
    }
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR || gst_is_missing_plugin_message (message))
    gst_bus_post (own, gst_message_ref (message));

  return GST_BUS_PASS;
}

/* ---- opening and letting go ---- */

void
rushes_playback_preload (gboolean paints)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find ("playbin3");
  g_autoptr (GstPluginFeature) loaded = NULL;

  if (factory != NULL)
    loaded = gst_plugin_feature_load (GST_PLUGIN_FEATURE (factory));
  if (paints)
    rushes_video_sink_preload ();
}

/* At another speed than 1 GstPlay seeks in trick mode, in which decoders leave frames out: slow motion is for seeing
 * them all. And it knows of no end but that of the clip. */
static GstPadProbeReturn
amend_seek (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstEvent *plain;
  GstFormat format;
  GstSeekFlags flags;
  GstSeekType start_type, stop_type;
  gint64 start, stop;
  double rate;

  if (GST_EVENT_TYPE (event) != GST_EVENT_SEEK)
    return GST_PAD_PROBE_OK;

  gst_event_parse_seek (event, &rate, &format, &flags, &start_type, &start, &stop_type, &stop);
  stop = __atomic_load_n ((gint64 *) data, __ATOMIC_SEQ_CST);
  if (stop <= start)
    stop = -1;
  plain =
      gst_event_new_seek (rate, format, flags & ~GST_SEEK_FLAG_TRICKMODE, start_type, start, GST_SEEK_TYPE_SET, stop);
  gst_event_set_seqnum (plain, gst_event_get_seqnum (event));
  gst_event_unref (event);
  GST_PAD_PROBE_INFO_DATA (info) = plain;

  return GST_PAD_PROBE_OK;
}

static void
on_source_setup (GstElement *pipeline, GstElement *appsrc, gpointer source)
{
  rushes_growing_source_attach (source, appsrc);
}

RushesPlayback *
rushes_playback_new (GFile *file, RushesArrival *arrival, const char *video_sink, gboolean with_sound, GError **error)
{
  g_autoptr (RushesPlayback) self = g_object_new (RUSHES_TYPE_PLAYBACK, NULL);
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstBus) pipeline_bus = NULL;
  g_autoptr (GstBus) own_bus = NULL;
  g_autoptr (GstPad) pad = NULL;
  g_autofree char *uri = file != NULL ? g_file_get_uri (file) : g_strdup ("appsrc://");
  GstStructure *settings;

  g_return_val_if_fail (file == NULL ? RUSHES_IS_ARRIVAL (arrival) : g_file_is_native (file), NULL);

  if (file == NULL && (self->source = rushes_growing_source_new (arrival, error)) == NULL)
    return NULL;

  /* A new one for each GstPlay, which leaves a handler on it that outlives it. */
  if (!rushes_video_sink_init (&self->video, video_sink, error))
    return NULL;

  pad = gst_element_get_static_pad (self->video.sink, "sink");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_UPSTREAM, amend_seek, g_atomic_rc_box_acquire (self->stop),
                     g_atomic_rc_box_release);

  self->play = gst_play_new (gst_play_video_overlay_video_renderer_new_with_sink (NULL, self->video.outer));
  settings = gst_play_get_config (self->play);
  gst_play_config_set_seek_accurate (settings, TRUE);
  gst_play_config_set_position_update_interval (settings, 0);
  gst_play_set_config (self->play, settings);

  pipeline = gst_play_get_pipeline (self->play);
  rushes_decoder_keep_apart (GST_BIN (pipeline));
  if (self->source != NULL)
    g_signal_connect (pipeline, "source-setup", G_CALLBACK (on_source_setup), self->source);
  pipeline_bus = gst_element_get_bus (pipeline);
  own_bus = gst_play_get_message_bus (self->play);
  gst_bus_set_sync_handler (pipeline_bus, divert_message, gst_object_ref (own_bus), gst_object_unref);
  self->bus_watch = gst_bus_add_watch (own_bus, on_message, self);

  gst_play_set_subtitle_track_enabled (self->play, FALSE);
  gst_play_set_audio_track_enabled (self->play, with_sound);
  gst_play_set_uri (self->play, uri);

  return g_steal_pointer (&self);
}

GObject *
rushes_playback_get_paintable (RushesPlayback *self)
{
  return self->prerolled ? self->video.paintable : NULL;
}

void
rushes_playback_run (RushesPlayback *self, gboolean running)
{
  if (running)
    gst_play_play (self->play);
  else
    gst_play_pause (self->play);
}

void
rushes_playback_seek (RushesPlayback *self, double seconds)
{
  self->target = seconds;
  seek_on (self);
}

gboolean
rushes_playback_get_seeking (RushesPlayback *self)
{
  return self->seeking || self->target != NO_TARGET;
}

void
rushes_playback_set_stop (RushesPlayback *self, double seconds)
{
  __atomic_store_n (self->stop, seconds >= 0 ? (gint64) (seconds * GST_SECOND) : -1, __ATOMIC_SEQ_CST);
}

gboolean
rushes_playback_is_starving (RushesPlayback *self)
{
  return self->source != NULL && rushes_growing_source_is_starving (self->source);
}

RushesGrowingSource *
rushes_playback_get_source (RushesPlayback *self)
{
  return self->source;
}

void
rushes_playback_set_rate (RushesPlayback *self, double rate)
{
  if (self->rate == rate)
    return;
  self->rate = rate;
  self->stale_rate = self->prerolled;
  seek_on (self);
}

void
rushes_playback_set_volume (RushesPlayback *self, double volume, gboolean muted)
{
  double linear =
      gst_stream_volume_convert_volume (GST_STREAM_VOLUME_FORMAT_CUBIC, GST_STREAM_VOLUME_FORMAT_LINEAR, volume);

  gst_play_set_volume (self->play, linear);
  gst_play_set_mute (self->play, muted);
}

gboolean
rushes_playback_get_frame_end (RushesPlayback *self, double usual, double *seconds)
{
  return rushes_video_sink_get_frame_end (self->video.sink, usual, seconds);
}

typedef struct
{
  GstPlay *play;
  RushesGrowingSource *source;
} Remains;

static void
remains_free (gpointer data)
{
  Remains *remains = data;

  gst_clear_object (&remains->play);
  g_clear_pointer (&remains->source, rushes_growing_source_free);
  g_free (remains);
}

static gboolean
says_stopped (GstMessage *message)
{
  GstPlayMessage type;
  GstPlayState state;

  /* The end of the stream is among them, too, and has nothing in it that could be asked what it is. */
  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_APPLICATION || !gst_play_is_play_message (message))
    return FALSE;
  gst_play_message_parse_type (message, &type);
  if (type != GST_PLAY_MESSAGE_STATE_CHANGED)
    return FALSE;
  gst_play_message_parse_state_changed (message, &state);
  return state == GST_PLAY_STATE_STOPPED;
}

/* Every message of GstPlay holds it. One that its own thread gives up while ours is gone already would finalize it
 * there, under the feet of that thread: so it has to be still before it is let go. */
static void
bring_to_rest (GstPlay *play)
{
  g_autoptr (GstBus) bus = gst_play_get_message_bus (play);
  gboolean stopped = FALSE;
  GstMessage *message;

  gst_play_stop (play);
  while (!stopped && (message = gst_bus_timed_pop (bus, LONGEST_STOP)) != NULL)
    {
      stopped = says_stopped (message);
      gst_message_unref (message);
    }
  gst_bus_set_flushing (bus, TRUE);
}

static DexFuture *
release (gpointer data)
{
  Remains *remains = data;

  if (remains->play != NULL)
    bring_to_rest (remains->play);
  gst_clear_object (&remains->play);

  return dex_future_new_true ();
}

/* GstPlay joins its threads when it goes, which may take as long as a sound server takes to answer. */
static void
rushes_playback_dispose (GObject *object)
{
  RushesPlayback *self = RUSHES_PLAYBACK (object);

  g_clear_handle_id (&self->bus_watch, g_source_remove);
  rushes_video_sink_clear (&self->video);
  if (self->source != NULL)
    rushes_growing_source_close (self->source);
  if (self->play != NULL || self->source != NULL)
    {
      Remains *remains = g_new0 (Remains, 1);

      remains->play = g_steal_pointer (&self->play);
      remains->source = g_steal_pointer (&self->source);
      dex_future_disown (rushes_async_work (release, remains, remains_free));
    }

  G_OBJECT_CLASS (rushes_playback_parent_class)->dispose (object);
}

static void
rushes_playback_finalize (GObject *object)
{
  g_atomic_rc_box_release (RUSHES_PLAYBACK (object)->stop);

  G_OBJECT_CLASS (rushes_playback_parent_class)->finalize (object);
}

static void
rushes_playback_class_init (RushesPlaybackClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rushes_playback_dispose;
  object_class->finalize = rushes_playback_finalize;

  signals[READY] = g_signal_new ("ready", RUSHES_TYPE_PLAYBACK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SETTLED] =
      g_signal_new ("settled", RUSHES_TYPE_PLAYBACK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENDED] = g_signal_new ("ended", RUSHES_TYPE_PLAYBACK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", RUSHES_TYPE_PLAYBACK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_ERROR);
  signals[CODEC_MISSING] = g_signal_new ("codec-missing", RUSHES_TYPE_PLAYBACK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, RUSHES_TYPE_MISSING_CODEC);
}

static void
rushes_playback_init (RushesPlayback *self)
{
  self->stop = g_atomic_rc_box_new0 (gint64);
  *self->stop = -1;
  self->target = NO_TARGET;
  self->rate = 1.0;
}
