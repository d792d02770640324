/* rushes-clip.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-clip.h"

struct _RushesClip
{
  GObject parent_instance;

  GFile *file;
  RushesClipFacts facts;
  char *sha256;
};

G_DEFINE_FINAL_TYPE (RushesClip, rushes_clip, G_TYPE_OBJECT)

typedef enum
{
  PROP_FILE = 1,
  PROP_SIZE,
  PROP_DURATION,
  PROP_WIDTH,
  PROP_HEIGHT,
  PROP_FRAME_RATE,
  PROP_VIDEO_CODEC,
  PROP_AUDIO_CODEC,
  PROP_CONTAINER,
  PROP_SHA256,
} RushesClipProperty;

static void
rushes_clip_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  RushesClip *self = RUSHES_CLIP (object);

  switch ((RushesClipProperty) property_id)
    {
    case PROP_FILE:
      g_value_set_object (value, self->file);
      break;

    case PROP_SIZE:
      g_value_set_int64 (value, self->facts.size);
      break;

    case PROP_DURATION:
      g_value_set_double (value, self->facts.duration);
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

    case PROP_VIDEO_CODEC:
      g_value_set_static_string (value, self->facts.video_codec);
      break;

    case PROP_AUDIO_CODEC:
      g_value_set_static_string (value, self->facts.audio_codec);
      break;

    case PROP_CONTAINER:
      g_value_set_static_string (value, self->facts.container);
      break;

    case PROP_SHA256:
      g_value_set_string (value, self->sha256);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
rushes_clip_finalize (GObject *object)
{
  RushesClip *self = RUSHES_CLIP (object);

  g_clear_object (&self->file);
  g_clear_pointer (&self->sha256, g_free);

  G_OBJECT_CLASS (rushes_clip_parent_class)->finalize (object);
}

static void
rushes_clip_class_init (RushesClipClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rushes_clip_get_property;
  object_class->finalize = rushes_clip_finalize;

  g_object_class_install_property (object_class, PROP_FILE,
                                   g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, flags));
  g_object_class_install_property (object_class, PROP_SIZE,
                                   g_param_spec_int64 ("size", NULL, NULL, 0, G_MAXINT64, 0, flags));
  g_object_class_install_property (object_class, PROP_DURATION,
                                   g_param_spec_double ("duration", NULL, NULL, 0, G_MAXDOUBLE, 0, flags));
  g_object_class_install_property (object_class, PROP_WIDTH,
                                   g_param_spec_int ("width", NULL, NULL, 0, G_MAXINT, 0, flags));
  g_object_class_install_property (object_class, PROP_HEIGHT,
                                   g_param_spec_int ("height", NULL, NULL, 0, G_MAXINT, 0, flags));
  g_object_class_install_property (object_class, PROP_FRAME_RATE,
                                   g_param_spec_double ("frame-rate", NULL, NULL, 0, G_MAXDOUBLE, 0, flags));
  g_object_class_install_property (object_class, PROP_VIDEO_CODEC,
                                   g_param_spec_string ("video-codec", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_AUDIO_CODEC,
                                   g_param_spec_string ("audio-codec", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_CONTAINER,
                                   g_param_spec_string ("container", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_SHA256, g_param_spec_string ("sha256", NULL, NULL, NULL, flags));
}

static void
rushes_clip_init (RushesClip *self)
{
}

RushesClip *
rushes_clip_new (GFile *file, const RushesClipFacts *facts, const char *sha256)
{
  RushesClip *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (facts != NULL, NULL);

  self = g_object_new (RUSHES_TYPE_CLIP, NULL);
  self->file = g_object_ref (file);
  self->facts = *facts;
  self->sha256 = g_strdup (sha256);

  return self;
}

GFile *
rushes_clip_get_file (RushesClip *self)
{
  g_return_val_if_fail (RUSHES_IS_CLIP (self), NULL);
  return self->file;
}

const RushesClipFacts *
rushes_clip_get_facts (RushesClip *self)
{
  g_return_val_if_fail (RUSHES_IS_CLIP (self), NULL);
  return &self->facts;
}

const char *
rushes_clip_get_sha256 (RushesClip *self)
{
  g_return_val_if_fail (RUSHES_IS_CLIP (self), NULL);
  return self->sha256;
}
