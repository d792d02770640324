/* rushes-player.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-player-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "rushes-async.h"
#include "rushes-error.h"

/* What is assumed of a clip that does not say. */
#define USUAL_FRAME_RATE 25.0
/* A ten-thousandth of a frame is a rounding, not a place that somebody means. */
#define ROUNDING 1e-4

static void transport_init (RushesTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RushesPlayer,
                               rushes_player,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RUSHES_TYPE_TRANSPORT, transport_init))

enum
{
  PROP_0,
  PROP_VIDEO_SINK,
  PROP_FILE,
  PROP_PAINTABLE,
  PROP_PLAYING,
  PROP_POSITION,
  PROP_DURATION,
  PROP_LOOP,
  PROP_RATE,
  PROP_VOLUME,
  PROP_MUTED,
  PROP_WIDTH,
  PROP_HEIGHT,
  PROP_FRAME_RATE,
  PROP_HAS_AUDIO,
  PROP_ERROR,
  PROP_MISSING_CODEC,
  PROP_HEAD,
  PROP_BUFFERING,
  PROP_MARK_IN,
  PROP_MARK_OUT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* ---- time ---- */

double
rushes_player_get_frame_time (RushesPlayer *self)
{
  return 1.0 / (self->facts.frame_rate > 0 ? self->facts.frame_rate : USUAL_FRAME_RATE);
}

/* The middle of the last frame. Sound may be longer than the pictures; beyond the last of them there is nothing to
 * show. */
static double
get_last_frame (RushesPlayer *self)
{
  double frame = rushes_player_get_frame_time (self);
  double end = self->facts.n_frames > 0 ? self->facts.n_frames * frame : self->facts.duration;

  return MAX (0.0, end - frame / 2);
}

static void
set_position (RushesPlayer *self, double seconds)
{
  if (self->position == seconds)
    return;
  self->position = seconds;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSITION]);
}

static gboolean
is_seeking (RushesPlayer *self)
{
  return self->playback != NULL && rushes_playback_get_seeking (self->playback);
}

/* The middle of the frame on the screen. */
gboolean
rushes_player_get_shown_frame (RushesPlayer *self, double *middle)
{
  double frame = rushes_player_get_frame_time (self);
  double end;

  if (self->playback == NULL || !rushes_playback_get_frame_end (self->playback, frame, &end))
    return FALSE;

  *middle = MAX (0.0, end - frame / 2);
  return TRUE;
}

static void
follow_playback (RushesPlayer *self)
{
  double middle;

  if (!is_seeking (self) && !self->ended && rushes_player_get_shown_frame (self, &middle))
    set_position (self, middle);
  rushes_player_mind_supply (self);
}

static gboolean
on_tick (gpointer data)
{
  RushesPlayer *self = data;

  follow_playback (self);
  if (self->playing || self->arrival != NULL)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
update_tick (RushesPlayer *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
  if ((self->playing || self->arrival != NULL) && self->playback != NULL)
    self->tick =
        g_timeout_add ((guint) MAX (16.0, 1000 * rushes_player_get_frame_time (self) / self->rate), on_tick, self);
}

void
rushes_player_seek_to (RushesPlayer *self, double seconds)
{
  if (self->playback == NULL)
    return;

  self->ended = FALSE;
  set_position (self, CLAMP (seconds, 0.0, get_last_frame (self)));
  rushes_playback_seek (self->playback, self->position);
}

/* ---- what the playback says ---- */

static void
set_playing (RushesPlayer *self, gboolean playing)
{
  if (self->playing == playing)
    return;
  self->playing = playing;
  update_tick (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAYING]);
}

static void
close_playback (RushesPlayer *self)
{
  if (self->playback != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->playback, self);
      g_clear_object (&self->playback);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAINTABLE]);
    }
  self->ended = FALSE;
  update_tick (self);
}

void
rushes_player_fail (RushesPlayer *self, const GError *error)
{
  g_clear_error (&self->error);
  self->error = rushes_error_translate (error);
  set_playing (self, FALSE);
  close_playback (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static void
on_ready (RushesPlayer *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAINTABLE]);
}

static void
on_settled (RushesPlayer *self)
{
  follow_playback (self);
}

static void
on_ended (RushesPlayer *self)
{
  if (self->loop && self->playing)
    {
      rushes_player_seek_to (self, rushes_player_get_start (self));
      return;
    }

  self->ended = TRUE;
  rushes_playback_run (self->playback, FALSE);
  set_position (self, rushes_player_get_end (self));
  set_playing (self, FALSE);
}

/* Of all that can go wrong with a good clip, sound is the likeliest: no device, none that is free, a server that went
 * away. */
static void
on_failed (RushesPlayer *self, const GError *error)
{
  double position = self->position;

  if (!self->with_sound)
    {
      rushes_player_fail (self, error);
      return;
    }

  self->with_sound = FALSE;
  close_playback (self);
  rushes_player_open_playback (self);
  rushes_player_seek_to (self, position);
}

static void
on_codec_missing (RushesPlayer *self, RushesMissingCodec *codec)
{
  g_clear_pointer (&self->missing_codec, rushes_missing_codec_unref);
  self->missing_codec = rushes_missing_codec_ref (codec);
  set_playing (self, FALSE);
  close_playback (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MISSING_CODEC]);
}

/* ---- opening ---- */

void
rushes_player_open_playback (RushesPlayer *self)
{
  g_autoptr (GError) error = NULL;

  self->playback = rushes_playback_new (self->file, self->arrival, self->video_sink, self->with_sound, &error);
  if (self->playback == NULL)
    {
      rushes_player_fail (self, error);
      return;
    }

  g_signal_connect_object (self->playback, "ready", G_CALLBACK (on_ready), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->playback, "settled", G_CALLBACK (on_settled), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->playback, "ended", G_CALLBACK (on_ended), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->playback, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->playback, "codec-missing", G_CALLBACK (on_codec_missing), self, G_CONNECT_SWAPPED);

  rushes_playback_set_rate (self->playback, self->rate);
  rushes_playback_set_volume (self->playback, self->volume, self->muted);
  rushes_playback_set_stop (self->playback, self->mark_out);
  rushes_playback_run (self->playback, self->playing);
  update_tick (self);
}

void
rushes_player_notify_facts (RushesPlayer *self)
{
  static const int facts[] = { PROP_DURATION, PROP_WIDTH, PROP_HEIGHT, PROP_FRAME_RATE, PROP_HAS_AUDIO };

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[facts[i]]);
}

RushesPlayer *
rushes_player_new (void)
{
  return g_object_new (RUSHES_TYPE_PLAYER, NULL);
}

GFile *
rushes_player_get_file (RushesPlayer *self)
{
  g_return_val_if_fail (RUSHES_IS_PLAYER (self), NULL);

  return self->file;
}

void
rushes_player_clear (RushesPlayer *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  dex_clear (&self->opening);
  close_playback (self);
  rushes_player_drop_arrival (self);
  self->facts = (RushesClipFacts) { 0 };
  rushes_player_clear_marks (self);
  set_position (self, 0.0);
  rushes_player_notify_facts (self);
  if (self->error != NULL)
    {
      g_clear_error (&self->error);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
    }
  if (self->missing_codec != NULL)
    {
      g_clear_pointer (&self->missing_codec, rushes_missing_codec_unref);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MISSING_CODEC]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

void
rushes_player_set_file (RushesPlayer *self, GFile *file)
{
  g_return_if_fail (RUSHES_IS_PLAYER (self));
  g_return_if_fail (file == NULL || G_IS_FILE (file));

  if (!g_set_object (&self->file, file) && (file != NULL || self->arrival == NULL))
    return;

  /* What plays already goes on; only what its beginning did not say is still to be learned. */
  if (file != NULL && rushes_player_has_arrived (self))
    rushes_player_drop_arrival (self);
  else
    rushes_player_clear (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILE]);
  if (file == NULL)
    return;

  rushes_player_open_file (self);
}

gboolean
rushes_player_get_playing (RushesPlayer *self)
{
  g_return_val_if_fail (RUSHES_IS_PLAYER (self), FALSE);

  return self->playing;
}

void
rushes_player_set_playing (RushesPlayer *self, gboolean playing)
{
  g_return_if_fail (RUSHES_IS_PLAYER (self));

  playing = playing != FALSE;
  if (self->playing == playing)
    return;

  if (playing && self->ended)
    rushes_player_seek_to (self, rushes_player_get_start (self));
  if (self->playback != NULL && !self->stalled)
    rushes_playback_run (self->playback, playing);
  set_playing (self, playing);
}

double
rushes_player_get_position (RushesPlayer *self)
{
  g_return_val_if_fail (RUSHES_IS_PLAYER (self), 0.0);

  return self->position;
}

double
rushes_player_get_duration (RushesPlayer *self)
{
  g_return_val_if_fail (RUSHES_IS_PLAYER (self), 0.0);

  return self->facts.duration;
}

void
rushes_player_seek (RushesPlayer *self, double seconds)
{
  double frame;

  g_return_if_fail (RUSHES_IS_PLAYER (self));

  if (self->file == NULL && self->arrival == NULL)
    return;

  /* Into the middle of the frame, where no time base's rounding can miss it. */
  frame = rushes_player_get_frame_time (self);
  rushes_player_seek_to (self, (floor (seconds / frame + ROUNDING) + 0.5) * frame);
}

void
rushes_player_step (RushesPlayer *self, int frames)
{
  double frame, from;

  g_return_if_fail (RUSHES_IS_PLAYER (self));

  if (self->file == NULL && self->arrival == NULL)
    return;

  rushes_player_set_playing (self, FALSE);
  frame = rushes_player_get_frame_time (self);
  if (is_seeking (self) || !rushes_player_get_shown_frame (self, &from))
    from = self->position;
  rushes_player_seek_to (self, MAX (frame / 2, from + frames * frame));
}

static void
transport_seek (RushesTransport *transport, double seconds)
{
  rushes_player_seek (RUSHES_PLAYER (transport), seconds);
}

static void
transport_step (RushesTransport *transport, int frames)
{
  rushes_player_step (RUSHES_PLAYER (transport), frames);
}

static void
transport_init (RushesTransportInterface *iface)
{
  iface->seek = transport_seek;
  iface->step = transport_step;
}

static void
rushes_player_set_loop (RushesPlayer *self, gboolean loop)
{
  if (self->loop == loop)
    return;
  self->loop = loop;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOOP]);
}

static void
rushes_player_set_rate (RushesPlayer *self, double rate)
{
  if (self->rate == rate)
    return;
  self->rate = rate;
  update_tick (self);
  if (self->playback != NULL)
    rushes_playback_set_rate (self->playback, rate);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RATE]);
}

static void
rushes_player_set_volume (RushesPlayer *self, double volume)
{
  if (self->volume == volume)
    return;
  self->volume = volume;
  if (self->playback != NULL)
    rushes_playback_set_volume (self->playback, self->volume, self->muted);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VOLUME]);
}

static void
rushes_player_set_muted (RushesPlayer *self, gboolean muted)
{
  if (self->muted == muted)
    return;
  self->muted = muted;
  if (self->playback != NULL)
    rushes_playback_set_volume (self->playback, self->volume, self->muted);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MUTED]);
}

static void
rushes_player_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RushesPlayer *self = RUSHES_PLAYER (object);

  switch (id)
    {
    case PROP_FILE:
      g_value_set_object (value, self->file);
      break;
    case PROP_PAINTABLE:
      g_value_set_object (value, self->playback != NULL ? rushes_playback_get_paintable (self->playback) : NULL);
      break;
    case PROP_PLAYING:
      g_value_set_boolean (value, self->playing);
      break;
    case PROP_POSITION:
      g_value_set_double (value, self->position);
      break;
    case PROP_DURATION:
      g_value_set_double (value, self->facts.duration);
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
    case PROP_WIDTH:
      g_value_set_int (value, self->facts.width);
      break;
    case PROP_HEIGHT:
      g_value_set_int (value, self->facts.height);
      break;
    case PROP_FRAME_RATE:
      g_value_set_double (value, self->facts.frame_rate);
      break;
    case PROP_HAS_AUDIO:
      g_value_set_boolean (value, self->facts.audio_codec != NULL);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_MISSING_CODEC:
      g_value_set_boxed (value, self->missing_codec);
      break;
    case PROP_HEAD:
      g_value_set_int (value, self->head);
      break;
    case PROP_BUFFERING:
      g_value_set_boolean (value, self->buffering);
      break;
    case PROP_MARK_IN:
      g_value_set_double (value, self->mark_in);
      break;
    case PROP_MARK_OUT:
      g_value_set_double (value, self->mark_out);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_player_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RushesPlayer *self = RUSHES_PLAYER (object);

  switch (id)
    {
    case PROP_VIDEO_SINK:
      self->video_sink = g_value_dup_string (value);
      break;
    case PROP_FILE:
      rushes_player_set_file (self, g_value_get_object (value));
      break;
    case PROP_PLAYING:
      rushes_player_set_playing (self, g_value_get_boolean (value));
      break;
    case PROP_LOOP:
      rushes_player_set_loop (self, g_value_get_boolean (value));
      break;
    case PROP_RATE:
      rushes_player_set_rate (self, g_value_get_double (value));
      break;
    case PROP_VOLUME:
      rushes_player_set_volume (self, g_value_get_double (value));
      break;
    case PROP_MUTED:
      rushes_player_set_muted (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_player_dispose (GObject *object)
{
  RushesPlayer *self = RUSHES_PLAYER (object);

  dex_clear (&self->opening);
  close_playback (self);
  rushes_player_drop_arrival (self);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (rushes_player_parent_class)->dispose (object);
}

static void
rushes_player_finalize (GObject *object)
{
  RushesPlayer *self = RUSHES_PLAYER (object);

  g_clear_error (&self->error);
  g_clear_pointer (&self->missing_codec, rushes_missing_codec_unref);
  g_free (self->video_sink);

  G_OBJECT_CLASS (rushes_player_parent_class)->finalize (object);
}

static void
rushes_player_class_init (RushesPlayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read_only = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags read_write = read_only | G_PARAM_WRITABLE;

  object_class->get_property = rushes_player_get_property;
  object_class->set_property = rushes_player_set_property;
  object_class->dispose = rushes_player_dispose;
  object_class->finalize = rushes_player_finalize;

  properties[PROP_VIDEO_SINK] = g_param_spec_string (
      "video-sink", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, read_write);
  properties[PROP_PAINTABLE] = g_param_spec_object ("paintable", NULL, NULL, G_TYPE_OBJECT, read_only);
  properties[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, read_write);
  properties[PROP_POSITION] = g_param_spec_double ("position", NULL, NULL, 0, G_MAXDOUBLE, 0, read_only);
  properties[PROP_DURATION] = g_param_spec_double ("duration", NULL, NULL, 0, G_MAXDOUBLE, 0, read_only);
  properties[PROP_LOOP] = g_param_spec_boolean ("loop", NULL, NULL, FALSE, read_write);
  properties[PROP_RATE] = g_param_spec_double ("rate", NULL, NULL, 0.1, 4, 1, read_write);
  properties[PROP_VOLUME] = g_param_spec_double ("volume", NULL, NULL, 0, 1, 1, read_write);
  properties[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, read_write);
  properties[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, 0, G_MAXINT, 0, read_only);
  properties[PROP_HEIGHT] = g_param_spec_int ("height", NULL, NULL, 0, G_MAXINT, 0, read_only);
  properties[PROP_FRAME_RATE] = g_param_spec_double ("frame-rate", NULL, NULL, 0, G_MAXDOUBLE, 0, read_only);
  properties[PROP_HAS_AUDIO] = g_param_spec_boolean ("has-audio", NULL, NULL, FALSE, read_only);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, read_only);
  properties[PROP_MISSING_CODEC] =
      g_param_spec_boxed ("missing-codec", NULL, NULL, RUSHES_TYPE_MISSING_CODEC, read_only);
  properties[PROP_HEAD] = g_param_spec_int ("head", NULL, NULL, 0, G_MAXINT, RUSHES_HEAD_COMING, read_only);
  properties[PROP_BUFFERING] = g_param_spec_boolean ("buffering", NULL, NULL, FALSE, read_only);
  properties[PROP_MARK_IN] = g_param_spec_double ("mark-in", NULL, NULL, -1, G_MAXDOUBLE, -1, read_only);
  properties[PROP_MARK_OUT] = g_param_spec_double ("mark-out", NULL, NULL, -1, G_MAXDOUBLE, -1, read_only);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rushes_player_init (RushesPlayer *self)
{
  self->volume = 1.0;
  self->rate = 1.0;
  self->mark_in = RUSHES_NO_MARK;
  self->mark_out = RUSHES_NO_MARK;
}
