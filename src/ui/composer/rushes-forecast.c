/* rushes-forecast.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-forecast.h"

#include <glib/gi18n.h>

#include "rushes-ui.h"

struct _RushesForecast
{
  GObject parent_instance;

  RushesPictureFitter *fitter;
  char *question; /* picture and limits, as text: an answer to another one is too late */
  char *words;
};

enum
{
  PROP_WORDS = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RushesForecast, rushes_forecast, G_TYPE_OBJECT)

static void
set_words (RushesForecast *self, const char *words)
{
  if (g_set_str (&self->words, words))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORDS]);
}

/* "JPEG" */
static const char *
name_type (const char *media_type)
{
  static const struct
  {
    const char *type, *name;
  } names[] = {
    { "image/jpeg", "JPEG" }, { "image/png", "PNG" },   { "image/webp", "WebP" }, { "image/avif", "AVIF" },
    { "image/gif", "GIF" },   { "image/heic", "HEIC" }, { "image/bmp", "BMP" },   { "image/tiff", "TIFF" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].type, media_type))
      return names[i].name;
  return media_type;
}

static void
fitted (gpointer object, DexFuture *future, gpointer question)
{
  RushesForecast *self = object;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  RushesFittedPicture *picture;
  g_autofree char *size = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *words = NULL;

  if (g_strcmp0 (self->question, question) != 0)
    return;
  if (value == NULL)
    {
      set_words (self, error->message);
      return;
    }

  picture = g_value_get_boxed (value);
  size = g_strdup_printf (RUSHES_LEFT_TO_RIGHT ("%d × %d"), picture->width, picture->height);
  bytes = g_format_size (g_bytes_get_size (picture->bytes));
  /* Translators: what a service gets of a picture: its size in pixels, its format and its bytes, “1280 × 720 JPEG, 410
   * kB” */
  words = g_strdup_printf (_ ("Will be sent as %s %s, %s"), size, name_type (picture->media_type), bytes);
  set_words (self, words);
}

static char *
describe (RushesReference *picture, const RushesPictureLimits *limits)
{
  g_autofree char *types =
      limits->media_types != NULL ? g_strjoinv (" ", (char **) limits->media_types) : g_strdup ("");

  return g_strdup_printf ("%s %d %d %" G_GINT64_FORMAT " %.6g %s", rushes_reference_get_sha256 (picture),
                          limits->max_edge, limits->min_edge, limits->max_bytes, limits->aspect, types);
}

void
rushes_forecast_set (RushesForecast *self, RushesReference *picture, const RushesPictureLimits *limits)
{
  g_autofree char *question = NULL;

  g_return_if_fail (RUSHES_IS_FORECAST (self));
  g_return_if_fail (picture == NULL || RUSHES_IS_REFERENCE (picture));

  if (picture != NULL && limits != NULL)
    question = describe (picture, limits);
  if (!g_set_str (&self->question, question))
    return;
  if (question == NULL)
    {
      set_words (self, NULL);
      return;
    }

  /* Its line is there from the beginning, so that nothing below it jumps. */
  set_words (self, "…");
  rushes_when (rushes_picture_fitter_fit (self->fitter, rushes_reference_get_file (picture),
                                          rushes_reference_get_name (picture), limits),
               self, fitted, g_strdup (question), g_free);
}

const char *
rushes_forecast_get_words (RushesForecast *self)
{
  g_return_val_if_fail (RUSHES_IS_FORECAST (self), NULL);
  return self->words;
}

static void
rushes_forecast_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_WORDS:
      g_value_set_string (value, RUSHES_FORECAST (object)->words);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_forecast_finalize (GObject *object)
{
  RushesForecast *self = RUSHES_FORECAST (object);

  g_clear_object (&self->fitter);
  g_free (self->question);
  g_free (self->words);

  G_OBJECT_CLASS (rushes_forecast_parent_class)->finalize (object);
}

static void
rushes_forecast_class_init (RushesForecastClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rushes_forecast_get_property;
  object_class->finalize = rushes_forecast_finalize;

  properties[PROP_WORDS] = g_param_spec_string ("words", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rushes_forecast_init (RushesForecast *self)
{
}

RushesForecast *
rushes_forecast_new (RushesPictureFitter *fitter)
{
  RushesForecast *self;

  g_return_val_if_fail (RUSHES_IS_PICTURE_FITTER (fitter), NULL);

  self = g_object_new (RUSHES_TYPE_FORECAST, NULL);
  self->fitter = g_object_ref (fitter);
  return self;
}
