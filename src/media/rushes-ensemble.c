/* rushes-ensemble.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-ensemble-private.h"

#include <gst/audio/audio.h>
#include <math.h>

#include "rushes-error.h"

/* What is assumed of clips that do not say. */
#define USUAL_FRAME_RATE 25.0
#define ROUNDING         1e-4
/* Milliseconds between two looks at where it is. */
#define TICK 20

enum
{
  PROP_0,
  PROP_N_CLIPS,
  PROP_VIDEO_SINK,
  PROP_HEARD,
  PROP_PLAYING,
  PROP_POSITION,
  PROP_DURATION,
  PROP_LOOP,
  PROP_RATE,
  PROP_VOLUME,
  PROP_MUTED,
  PROP_FRAME_RATE,
  PROP_HAS_AUDIO,
  N_PROPS
};

enum
{
  CLIP_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void transport_init (RushesTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RushesEnsemble,
                               rushes_ensemble,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RUSHES_TYPE_TRANSPORT, transport_init))

static void
notify (RushesEnsemble *self, int property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* ---- what all of them are together ---- */

static gboolean
is_there (const RushesEnsembleClip *clip)
{
  return clip->known && !clip->has_failed;
}

static double
get_frame_rate (RushesEnsemble *self)
{
  double rate = 0;

  for (guint i = 0; i < self->n_clips; i++)
    rate = MAX (rate, self->clips[i].facts.frame_rate);

  return rate;
}

static double
get_frame_time (RushesEnsemble *self)
{
  double rate = get_frame_rate (self);

  return 1.0 / (rate > 0 ? rate : USUAL_FRAME_RATE);
}

static double
get_duration (RushesEnsemble *self)
{
  double duration = 0;

  for (guint i = 0; i < self->n_clips; i++)
    if (is_there (&self->clips[i]))
      duration = MAX (duration, self->clips[i].facts.duration);

  return duration;
}

/* The middle of the last frame of a clip. */
static double
get_last_frame (const RushesEnsembleClip *clip)
{
  double frame = 1.0 / (clip->facts.frame_rate > 0 ? clip->facts.frame_rate : USUAL_FRAME_RATE);
  double end = clip->facts.n_frames > 0 ? clip->facts.n_frames * frame : clip->facts.duration;

  return MAX (0.0, end - frame / 2);
}

static double
get_last_moment (RushesEnsemble *self)
{
  double last = 0;

  for (guint i = 0; i < self->n_clips; i++)
    if (is_there (&self->clips[i]))
      last = MAX (last, get_last_frame (&self->clips[i]));

  return last;
}

/* The middle of the frame that is shown at a moment, where no time base's rounding can miss it. */
static double
to_frame (RushesEnsemble *self, double seconds)
{
  double frame = get_frame_time (self);

  return (floor (MAX (seconds, 0.0) / frame + ROUNDING) + 0.5) * frame;
}

static void
set_position (RushesEnsemble *self, double seconds)
{
  if (self->position == seconds)
    return;
  self->position = seconds;
  notify (self, PROP_POSITION);
}

static void
apply_sound (RushesEnsemble *self)
{
  double volume =
      gst_stream_volume_convert_volume (GST_STREAM_VOLUME_FORMAT_CUBIC, GST_STREAM_VOLUME_FORMAT_LINEAR, self->volume);

  if (self->chorus != NULL)
    rushes_chorus_set_sound (self->chorus, self->muted ? RUSHES_CHORUS_NOBODY : self->heard, volume);
}

/* ---- moving ---- */

static gboolean
on_tick (gpointer data)
{
  RushesEnsemble *self = data;
  double at;

  if (!self->moving && rushes_chorus_get_moment (self->chorus, &at))
    set_position (self, to_frame (self, at));

  return G_SOURCE_CONTINUE;
}

static void
update_tick (RushesEnsemble *self)
{
  gboolean wanted = self->playing && self->shown && self->chorus != NULL;

  if (wanted && self->tick == 0)
    self->tick = g_timeout_add (TICK, on_tick, self);
  else if (!wanted)
    g_clear_handle_id (&self->tick, g_source_remove);
}

/* One move is under way at a time; what is wished meanwhile is remembered and follows, so that dragging a slider never
 * piles up work. */
static void
move (RushesEnsemble *self)
{
  self->stale = TRUE;
  if (self->chorus == NULL || self->moving)
    return;

  self->stale = FALSE;
  self->moving = TRUE;
  rushes_chorus_move (self->chorus, self->target, self->rate, self->playing, get_frame_time (self));
  self->target = RUSHES_CHORUS_STAY;
}

static void
move_to (RushesEnsemble *self, double seconds)
{
  self->ended = FALSE;
  self->target = MIN (to_frame (self, seconds), get_last_moment (self));
  set_position (self, self->target);
  move (self);
}

static void
set_playing (RushesEnsemble *self, gboolean playing)
{
  if (self->playing == playing)
    return;
  self->playing = playing;
  update_tick (self);
  notify (self, PROP_PLAYING);
}

static void
on_moved (RushesEnsemble *self, double at)
{
  self->moving = FALSE;
  if (!self->shown)
    {
      self->shown = TRUE;
      for (guint i = 0; i < self->n_clips; i++)
        if (is_there (&self->clips[i]))
          g_signal_emit (self, signals[CLIP_CHANGED], 0, i);
    }
  update_tick (self);
  if (self->stale)
    move (self);
  else if (!self->ended)
    set_position (self, to_frame (self, at));
}

static void
on_ended (RushesEnsemble *self)
{
  /* Under a move it is the end of where one was before. */
  if (self->moving || !self->playing)
    return;
  if (self->loop)
    {
      move_to (self, 0.0);
      return;
    }

  set_playing (self, FALSE);
  move_to (self, get_last_moment (self));
  self->ended = TRUE;
  set_position (self, get_duration (self));
}

/* ---- the clips ---- */

static void
stop (RushesEnsemble *self)
{
  if (self->chorus == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->chorus, self);
  g_clear_object (&self->chorus);
  self->moving = FALSE;
  self->shown = FALSE;
  update_tick (self);
  for (guint i = 0; i < self->n_clips; i++)
    g_signal_emit (self, signals[CLIP_CHANGED], 0, i);
}

void
rushes_ensemble_notify_facts (RushesEnsemble *self)
{
  notify (self, PROP_DURATION);
  notify (self, PROP_FRAME_RATE);
  notify (self, PROP_HAS_AUDIO);
}

void
rushes_ensemble_fail (RushesEnsemble *self, guint which, const GError *error)
{
  RushesEnsembleClip *clip = &self->clips[which];

  clip->has_failed = TRUE;
  clip->error = rushes_error_translate (error);
  rushes_ensemble_notify_facts (self);
}

/* Of all that can go wrong with a good clip, sound is the likeliest. */
static void
on_failed (RushesEnsemble *self, guint which, const GError *error)
{
  RushesEnsembleClip *clip = &self->clips[which];

  if (clip->with_sound)
    clip->with_sound = FALSE;
  else
    rushes_ensemble_fail (self, which, error);
  rushes_ensemble_begin (self);
}

static void
on_codec_missing (RushesEnsemble *self, guint which, RushesMissingCodec *codec)
{
  RushesEnsembleClip *clip = &self->clips[which];

  clip->has_failed = TRUE;
  g_clear_pointer (&clip->missing_codec, rushes_missing_codec_unref);
  clip->missing_codec = rushes_missing_codec_ref (codec);
  rushes_ensemble_notify_facts (self);
  rushes_ensemble_begin (self);
}

/* From the beginning, with all that are there now, where it was. */
void
rushes_ensemble_begin (RushesEnsemble *self)
{
  g_autoptr (RushesChorus) chorus = NULL;
  gboolean any = FALSE;

  stop (self);
  for (guint i = 0; i < self->n_clips; i++)
    if (self->clips[i].is_opening)
      return;
  if (self->resting)
    return;

  chorus = rushes_chorus_new (self->n_clips);
  for (guint i = 0; i < self->n_clips; i++)
    {
      RushesEnsembleClip *clip = &self->clips[i];
      g_autoptr (GError) error = NULL;

      if (!is_there (clip))
        continue;
      if (rushes_chorus_add (chorus, i, clip->file, &clip->facts, get_last_frame (clip), self->video_sink,
                             clip->with_sound, &error))
        {
          any = TRUE;
          continue;
        }
      rushes_ensemble_fail (self, i, error);
      g_signal_emit (self, signals[CLIP_CHANGED], 0, i);
    }
  if (!any)
    {
      set_playing (self, FALSE);
      return;
    }

  self->chorus = g_steal_pointer (&chorus);
  g_signal_connect_object (self->chorus, "moved", G_CALLBACK (on_moved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chorus, "ended", G_CALLBACK (on_ended), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chorus, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chorus, "codec-missing", G_CALLBACK (on_codec_missing), self, G_CONNECT_SWAPPED);
  apply_sound (self);
  if (self->target == RUSHES_CHORUS_STAY)
    self->target = MIN (to_frame (self, self->position), get_last_moment (self));
  move (self);
}

GObject *
rushes_ensemble_get_paintable (RushesEnsemble *self, guint which)
{
  g_return_val_if_fail (RUSHES_IS_ENSEMBLE (self) && which < self->n_clips, NULL);

  return self->shown ? rushes_chorus_get_paintable (self->chorus, which) : NULL;
}

gboolean
rushes_ensemble_get_has_audio (RushesEnsemble *self, guint which)
{
  g_return_val_if_fail (RUSHES_IS_ENSEMBLE (self) && which < self->n_clips, FALSE);

  return is_there (&self->clips[which]) && self->clips[which].facts.audio_codec != NULL;
}

const GError *
rushes_ensemble_get_error (RushesEnsemble *self, guint which)
{
  g_return_val_if_fail (RUSHES_IS_ENSEMBLE (self) && which < self->n_clips, NULL);

  return self->clips[which].error;
}

RushesMissingCodec *
rushes_ensemble_get_missing_codec (RushesEnsemble *self, guint which)
{
  g_return_val_if_fail (RUSHES_IS_ENSEMBLE (self) && which < self->n_clips, NULL);

  return self->clips[which].missing_codec;
}

void
rushes_ensemble_set_resting (RushesEnsemble *self, gboolean resting)
{
  g_return_if_fail (RUSHES_IS_ENSEMBLE (self));

  resting = resting != FALSE;
  if (self->resting == resting)
    return;
  self->resting = resting;
  if (resting)
    {
      set_playing (self, FALSE);
      stop (self);
    }
  else
    rushes_ensemble_begin (self);
}

/* ---- a transport ---- */

static void
transport_seek (RushesTransport *transport, double seconds)
{
  move_to (RUSHES_ENSEMBLE (transport), seconds);
}

static void
transport_step (RushesTransport *transport, int frames)
{
  RushesEnsemble *self = RUSHES_ENSEMBLE (transport);
  double from = MIN (self->position, get_last_moment (self));
  double at;

  if (self->playing && !self->moving && self->chorus != NULL && rushes_chorus_get_moment (self->chorus, &at))
    from = to_frame (self, at);
  set_playing (self, FALSE);
  move_to (self, MAX (0.0, from + frames * get_frame_time (self)));
}

static void
transport_init (RushesTransportInterface *iface)
{
  iface->seek = transport_seek;
  iface->step = transport_step;
}

static void
rushes_ensemble_set_playing (RushesEnsemble *self, gboolean playing)
{
  playing = playing != FALSE;
  if (self->playing == playing)
    return;

  set_playing (self, playing);
  if (playing && self->ended)
    move_to (self, 0.0);
  else
    move (self);
}

static void
rushes_ensemble_set_rate (RushesEnsemble *self, double rate)
{
  if (self->rate == rate)
    return;
  self->rate = rate;
  move (self);
  notify (self, PROP_RATE);
}

static void
rushes_ensemble_set_heard (RushesEnsemble *self, guint heard)
{
  self->heard_chosen = TRUE;
  if (self->heard == heard || heard >= self->n_clips)
    return;
  self->heard = heard;
  apply_sound (self);
  notify (self, PROP_HEARD);
  notify (self, PROP_HAS_AUDIO);
}

/* ---- the object ---- */

static void
rushes_ensemble_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RushesEnsemble *self = RUSHES_ENSEMBLE (object);

  switch (id)
    {
    case PROP_HEARD:
      g_value_set_uint (value, self->heard);
      break;
    case PROP_PLAYING:
      g_value_set_boolean (value, self->playing);
      break;
    case PROP_POSITION:
      g_value_set_double (value, self->position);
      break;
    case PROP_DURATION:
      g_value_set_double (value, get_duration (self));
      break;
    case PROP_LOOP:
      g_value_set_boolean (value, self->loop);
      break;
    case PROP_RATE:
      g_value_set_double (value, self->rate);
      break;
    case PROP_VOLUME:
      g_value_set_double (value, self->volume);
      break;
    case PROP_MUTED:
      g_value_set_boolean (value, self->muted);
      break;
    case PROP_FRAME_RATE:
      g_value_set_double (value, get_frame_rate (self));
      break;
    case PROP_HAS_AUDIO:
      g_value_set_boolean (value, self->n_clips > 0 && rushes_ensemble_get_has_audio (self, self->heard));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_ensemble_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RushesEnsemble *self = RUSHES_ENSEMBLE (object);

  switch (id)
    {
    case PROP_N_CLIPS:
      self->n_clips = g_value_get_uint (value);
      self->clips = g_new0 (RushesEnsembleClip, self->n_clips);
      break;
    case PROP_VIDEO_SINK:
      self->video_sink = g_value_dup_string (value);
      break;
    case PROP_HEARD:
      rushes_ensemble_set_heard (self, g_value_get_uint (value));
      break;
    case PROP_PLAYING:
      rushes_ensemble_set_playing (self, g_value_get_boolean (value));
      break;
    case PROP_LOOP:
      if (self->loop == g_value_get_boolean (value))
        return;
      self->loop = g_value_get_boolean (value);
      notify (self, PROP_LOOP);
      break;
    case PROP_RATE:
      rushes_ensemble_set_rate (self, g_value_get_double (value));
      break;
    case PROP_VOLUME:
      if (self->volume == g_value_get_double (value))
        return;
      self->volume = g_value_get_double (value);
      apply_sound (self);
      notify (self, PROP_VOLUME);
      break;
    case PROP_MUTED:
      if (self->muted == g_value_get_boolean (value))
        return;
      self->muted = g_value_get_boolean (value);
      apply_sound (self);
      notify (self, PROP_MUTED);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_ensemble_dispose (GObject *object)
{
  RushesEnsemble *self = RUSHES_ENSEMBLE (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->chorus != NULL)
    g_signal_handlers_disconnect_by_data (self->chorus, self);
  g_clear_object (&self->chorus);
  for (guint i = 0; i < self->n_clips; i++)
    dex_clear (&self->clips[i].opening);

  G_OBJECT_CLASS (rushes_ensemble_parent_class)->dispose (object);
}

static void
rushes_ensemble_finalize (GObject *object)
{
  RushesEnsemble *self = RUSHES_ENSEMBLE (object);

  for (guint i = 0; i < self->n_clips; i++)
    {
      g_clear_object (&self->clips[i].file);
      g_clear_error (&self->clips[i].error);
      g_clear_pointer (&self->clips[i].missing_codec, rushes_missing_codec_unref);
    }
  g_free (self->clips);
  g_free (self->video_sink);

  G_OBJECT_CLASS (rushes_ensemble_parent_class)->finalize (object);
}

static void
rushes_ensemble_class_init (RushesEnsembleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read_only = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags read_write = read_only | G_PARAM_WRITABLE;
  const GParamFlags construct = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rushes_ensemble_get_property;
  object_class->set_property = rushes_ensemble_set_property;
  object_class->dispose = rushes_ensemble_dispose;
  object_class->finalize = rushes_ensemble_finalize;

  properties[PROP_N_CLIPS] = g_param_spec_uint ("n-clips", NULL, NULL, 1, 16, 1, construct);
  properties[PROP_VIDEO_SINK] = g_param_spec_string ("video-sink", NULL, NULL, NULL, construct);
  properties[PROP_HEARD] = g_param_spec_uint ("heard", NULL, NULL, 0, 16, 0, read_write);
  properties[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, read_write);
  properties[PROP_POSITION] = g_param_spec_double ("position", NULL, NULL, 0, G_MAXDOUBLE, 0, read_only);
  properties[PROP_DURATION] = g_param_spec_double ("duration", NULL, NULL, 0, G_MAXDOUBLE, 0, read_only);
  properties[PROP_LOOP] = g_param_spec_boolean ("loop", NULL, NULL, FALSE, read_write);
  properties[PROP_RATE] = g_param_spec_double ("rate", NULL, NULL, 0.1, 4, 1, read_write);
  properties[PROP_VOLUME] = g_param_spec_double ("volume", NULL, NULL, 0, 1, 1, read_write);
  properties[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, read_write);
  properties[PROP_FRAME_RATE] = g_param_spec_double ("frame-rate", NULL, NULL, 0, G_MAXDOUBLE, 0, read_only);
  properties[PROP_HAS_AUDIO] = g_param_spec_boolean ("has-audio", NULL, NULL, FALSE, read_only);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CLIP_CHANGED] = g_signal_new ("clip-changed", RUSHES_TYPE_ENSEMBLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
rushes_ensemble_init (RushesEnsemble *self)
{
  self->target = RUSHES_CHORUS_STAY;
  self->volume = 1.0;
  self->rate = 1.0;
}

RushesEnsemble *
rushes_ensemble_new (guint n_clips)
{
  return g_object_new (RUSHES_TYPE_ENSEMBLE, "n-clips", n_clips, NULL);
}
