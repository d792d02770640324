/* rushes-chorus.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-chorus.h"

#include <glib/gi18n.h>
#include <gst/gst.h>

#include "rushes-async.h"
#include "rushes-decoder.h"
#include "rushes-error.h"
#include "rushes-video-sink.h"

/* How often a thread that waits for pictures looks whether they are still wanted, and how often it looks at all. */
#define PATIENCE    (100 * GST_MSECOND)
#define N_PATIENCES 100
#define MOVED       "rushes-moved"

typedef struct
{
  GstElement *bin; /* NULL for a clip that is not in it; the pipeline's */
  GstElement *volume;
  RushesVideoSink video;
  double last;
} Voice;

/* What the threads share. */
typedef struct
{
  GstElement *pipeline;
  GMutex mutex; /* held while the pipeline is moved */
  int is_closed;
  gboolean runs;
  double rate;

  Voice *voices; /* do not change once it moves */
  guint n_voices;
  guint leader; /* the longest */
} Band;

struct _RushesChorus
{
  GObject parent_instance;

  Band *band;
  guint bus_watch;
  double frame_time;
};

G_DEFINE_FINAL_TYPE (RushesChorus, rushes_chorus, G_TYPE_OBJECT)

enum
{
  CHORUS_MOVED,
  ENDED,
  FAILED,
  CODEC_MISSING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- the band, in whatever thread ---- */

static void
band_clear (gpointer data)
{
  Band *band = data;

  for (guint i = 0; i < band->n_voices; i++)
    {
      gst_clear_object (&band->voices[i].volume);
      rushes_video_sink_clear (&band->voices[i].video);
    }
  g_free (band->voices);
  gst_clear_object (&band->pipeline);
  g_mutex_clear (&band->mutex);
}

static void
band_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, band_clear);
}

static gboolean
band_get_moment (Band *band, double frame_time, double *seconds)
{
  double end;

  if (!rushes_video_sink_get_frame_end (band->voices[band->leader].video.sink, frame_time, &end))
    return FALSE;

  *seconds = MAX (0.0, end - frame_time / 2);
  return TRUE;
}

/* Until each sink has its picture. What fails has said so itself; of what never comes nobody would hear. */
static gboolean
band_settle (Band *band)
{
  GstStateChangeReturn change = GST_STATE_CHANGE_ASYNC;

  for (guint i = 0; i < N_PATIENCES && change == GST_STATE_CHANGE_ASYNC; i++)
    {
      if (g_atomic_int_get (&band->is_closed))
        return FALSE;
      change = gst_element_get_state (band->pipeline, NULL, NULL, PATIENCE);
    }
  if (change == GST_STATE_CHANGE_ASYNC)
    GST_ELEMENT_ERROR (band->pipeline, STREAM, FAILED, (NULL), ("No picture came."));

  return change == GST_STATE_CHANGE_SUCCESS;
}

/* Each clip by an event of its own: beyond its end a demuxer would give no picture at all. */
static void
band_seek (Band *band, double target, double rate)
{
  for (guint i = 0; i < band->n_voices; i++)
    {
      Voice *voice = &band->voices[i];

      if (voice->bin != NULL)
        gst_element_send_event (
            voice->video.sink,
            gst_event_new_seek (rate, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, GST_SEEK_TYPE_SET,
                                (gint64) (MIN (target, voice->last) * GST_SECOND), GST_SEEK_TYPE_NONE, 0));
    }
}

typedef struct
{
  Band *band;
  double target;
  double rate;
  double frame_time;
  gboolean run;
} Move;

static void
move_free (gpointer data)
{
  Move *move = data;

  band_unref (move->band);
  g_free (move);
}

static void
tell (Band *band, double at)
{
  GstStructure *structure = gst_structure_new (MOVED, "at", G_TYPE_DOUBLE, at, NULL);

  gst_element_post_message (band->pipeline, gst_message_new_application (GST_OBJECT (band->pipeline), structure));
}

/* All stand still before they are sent anywhere, and have their pictures before they run: so they start together. */
static void
move_band (Band *band, Move *move)
{
  double at = move->target;
  gboolean goes_on = at == RUSHES_CHORUS_STAY && move->run && !band->runs && move->rate == band->rate;

  gst_element_set_state (band->pipeline, GST_STATE_PAUSED);
  if (!band_settle (band))
    return;

  if (at == RUSHES_CHORUS_STAY && !band_get_moment (band, move->frame_time, &at))
    at = 0.0;
  if (!goes_on)
    {
      band_seek (band, at, move->rate);
      if (!band_settle (band))
        return;
    }

  band->runs = move->run;
  band->rate = move->rate;
  if (move->run)
    gst_element_set_state (band->pipeline, GST_STATE_PLAYING);
  tell (band, at);
}

static void
move_in_thread (GstElement *pipeline, gpointer data)
{
  Move *move = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&move->band->mutex);

  if (!g_atomic_int_get (&move->band->is_closed))
    move_band (move->band, move);
}

/* What goes on in a pipeline has to end before it is let go, which may take as long as a sound server takes to answer.
 */
static DexFuture *
bring_to_rest (gpointer data)
{
  Band *band = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&band->mutex);

  gst_element_set_state (band->pipeline, GST_STATE_NULL);

  return dex_future_new_true ();
}

/* ---- what the pipeline says ---- */

/* Which clip a message is about; the pipeline's own are about the first. */
static guint
find_voice (RushesChorus *self, GstMessage *message)
{
  for (guint i = 0; i < self->band->n_voices; i++)
    {
      GstElement *bin = self->band->voices[i].bin;

      if (bin != NULL && (GST_MESSAGE_SRC (message) == GST_OBJECT (bin) ||
                          gst_object_has_as_ancestor (GST_MESSAGE_SRC (message), GST_OBJECT (bin))))
        return i;
    }

  return self->band->leader;
}

static void
fail (RushesChorus *self, GstMessage *message)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GError) error = rushes_error_new (RUSHES_ERROR_MEDIA, _ ("The clip cannot be played on this computer."));

  gst_message_parse_error (message, &cause, NULL);
  rushes_error_set_words (error, cause->message);
  g_signal_emit (self, signals[FAILED], 0, find_voice (self, message), error);
}

static gboolean
on_message (GstBus *bus, GstMessage *message, gpointer data)
{
  g_autoptr (RushesChorus) self = g_object_ref (data); /* whoever hears of an error lets it go */
  g_autoptr (RushesMissingCodec) codec = NULL;
  double at;

  if (self->bus_watch == 0)
    return G_SOURCE_REMOVE;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    g_signal_emit (self, signals[ENDED], 0);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    fail (self, message);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_LATENCY)
    gst_bin_recalculate_latency (GST_BIN (self->band->pipeline));
  else if (gst_message_has_name (message, MOVED))
    {
      gst_structure_get_double (gst_message_get_structure (message), "at", &at);
      g_signal_emit (self, signals[CHORUS_MOVED], 0, at);
    }
  else if ((codec = rushes_missing_codec_read (message)) != NULL)
    g_signal_emit (self, signals[CODEC_MISSING], 0, find_voice (self, message), codec);

  return G_SOURCE_CONTINUE;
}

/* ---- the clips ---- */

/* The demuxer is named, so that no plug-in has a guess at what the file may be. */
static GstElement *
build (GFile *file, const RushesClipFacts *facts, gboolean with_sound, GError **error)
{
  const char *demuxer = g_str_equal (facts->container, "mp4") ? "qtdemux" : "matroskademux";
  const char *sound = with_sound ? "demuxer.audio_0 ! queue ! decodebin ! audioconvert ! audioresample ! "
                                   "volume name=volume ! autoaudiosink"
                                 : "";
  g_autofree char *description = g_strdup_printf (
      "filesrc name=source ! %s name=demuxer demuxer.video_0 ! queue ! decodebin ! videoconvert name=pictures %s",
      demuxer, sound);
  GstElement *bin = gst_parse_bin_from_description_full (description, FALSE, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  g_autoptr (GstElement) source = NULL;

  if (bin != NULL)
    {
      rushes_decoder_keep_apart (GST_BIN (bin));
      source = gst_bin_get_by_name (GST_BIN (bin), "source");
      g_object_set (source, "location", g_file_peek_path (file), NULL);
    }

  return bin;
}

gboolean
rushes_chorus_add (RushesChorus *self,
                   guint which,
                   GFile *file,
                   const RushesClipFacts *facts,
                   double last,
                   const char *video_sink,
                   gboolean with_sound,
                   GError **error)
{
  Band *band;
  Voice *voice;
  g_autoptr (GstElement) pictures = NULL;
  g_autoptr (GError) cause = NULL;
  GError *failure;
  GstElement *bin;

  g_return_val_if_fail (RUSHES_IS_CHORUS (self), FALSE);
  g_return_val_if_fail (which < self->band->n_voices, FALSE);
  g_return_val_if_fail (g_file_is_native (file), FALSE);

  band = self->band;
  voice = &band->voices[which];
  /* A file of sound alone would keep the others waiting for its picture. */
  if (facts->width <= 0 || (bin = build (file, facts, with_sound, &cause)) == NULL)
    {
      failure = rushes_error_new (RUSHES_ERROR_MEDIA, _ ("The clip cannot be played on this computer."));
      if (cause != NULL)
        rushes_error_set_words (failure, cause->message);
      g_propagate_error (error, failure);
      return FALSE;
    }
  gst_object_ref_sink (bin);
  if (!rushes_video_sink_init (&voice->video, video_sink, error))
    {
      gst_object_unref (bin);
      return FALSE;
    }

  pictures = gst_bin_get_by_name (GST_BIN (bin), "pictures");
  gst_bin_add (GST_BIN (bin), voice->video.outer);
  gst_element_link (pictures, voice->video.outer);
  voice->volume = gst_bin_get_by_name (GST_BIN (bin), "volume");
  voice->last = last;
  voice->bin = bin;
  gst_bin_add (GST_BIN (band->pipeline), bin);
  gst_object_unref (bin); /* the pipeline has it now, for as long as the band */
  if (band->voices[band->leader].bin == NULL || last > band->voices[band->leader].last)
    band->leader = which;

  return TRUE;
}

void
rushes_chorus_move (RushesChorus *self, double target, double rate, gboolean run, double frame_time)
{
  Move *move;

  g_return_if_fail (RUSHES_IS_CHORUS (self));

  self->frame_time = frame_time;
  move = g_new (Move, 1);
  *move = (Move) { g_atomic_rc_box_acquire (self->band), target, rate, frame_time, run };
  gst_element_call_async (self->band->pipeline, move_in_thread, move, move_free);
}

gboolean
rushes_chorus_get_moment (RushesChorus *self, double *seconds)
{
  g_return_val_if_fail (RUSHES_IS_CHORUS (self), FALSE);

  return band_get_moment (self->band, self->frame_time, seconds);
}

void
rushes_chorus_set_sound (RushesChorus *self, guint heard, double volume)
{
  g_return_if_fail (RUSHES_IS_CHORUS (self));

  for (guint i = 0; i < self->band->n_voices; i++)
    if (self->band->voices[i].volume != NULL)
      g_object_set (self->band->voices[i].volume, "mute", i != heard, "volume", volume, NULL);
}

GObject *
rushes_chorus_get_paintable (RushesChorus *self, guint which)
{
  g_return_val_if_fail (RUSHES_IS_CHORUS (self), NULL);

  return self->band->voices[which].video.paintable;
}

static void
rushes_chorus_dispose (GObject *object)
{
  RushesChorus *self = RUSHES_CHORUS (object);

  g_clear_handle_id (&self->bus_watch, g_source_remove);
  if (self->band != NULL)
    {
      g_atomic_int_set (&self->band->is_closed, TRUE);
      /* What paints belongs to this thread. */
      for (guint i = 0; i < self->band->n_voices; i++)
        g_clear_object (&self->band->voices[i].video.paintable);
      dex_future_disown (rushes_async_work (bring_to_rest, g_steal_pointer (&self->band), band_unref));
    }

  G_OBJECT_CLASS (rushes_chorus_parent_class)->dispose (object);
}

static void
rushes_chorus_class_init (RushesChorusClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rushes_chorus_dispose;

  signals[CHORUS_MOVED] =
      g_signal_new ("moved", RUSHES_TYPE_CHORUS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[ENDED] = g_signal_new ("ended", RUSHES_TYPE_CHORUS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", RUSHES_TYPE_CHORUS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_UINT, G_TYPE_ERROR);
  signals[CODEC_MISSING] = g_signal_new ("codec-missing", RUSHES_TYPE_CHORUS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, G_TYPE_UINT, RUSHES_TYPE_MISSING_CODEC);
}

static void
rushes_chorus_init (RushesChorus *self)
{
}

RushesChorus *
rushes_chorus_new (guint n_clips)
{
  RushesChorus *self = g_object_new (RUSHES_TYPE_CHORUS, NULL);
  g_autoptr (GstBus) bus = NULL;

  self->band = g_atomic_rc_box_new0 (Band);
  g_mutex_init (&self->band->mutex);
  self->band->rate = 1.0;
  self->band->n_voices = n_clips;
  self->band->voices = g_new0 (Voice, n_clips);
  self->band->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  bus = gst_element_get_bus (self->band->pipeline);
  self->bus_watch = gst_bus_add_watch (bus, on_message, self);

  return self;
}
