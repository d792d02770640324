/* rushes-take-facts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-take-facts.h"

#include <glib/gi18n.h>
#include <math.h>

#include "rushes-error.h"
#include "rushes-take-state.h"

/* Seconds; what is shorter would be shown as nothing. */
#define SHORTEST_STAGE 0.05

/* ---- lists of short facts ---- */

static void
add (GPtrArray *facts, char *fact)
{
  g_ptr_array_add (facts, fact);
}

static GPtrArray *
begin (void)
{
  return g_ptr_array_new_null_terminated (6, g_free, TRUE);
}

static char *
finish (GPtrArray *facts)
{
  /* Translators: stands between short facts in a row: "5 s, 16:9, 720p". */
  return g_strjoinv (_ (", "), (char **) facts->pdata);
}

/* ---- what was asked for ---- */

static char *
rate_words (double frame_rate)
{
  g_autofree char *number = g_strdup_printf ("%.4g", round (frame_rate * 100) / 100);

  /* Translators: frames per second. */
  return g_strdup_printf (_ ("%s fps"), number);
}

static char *
size_words (int width, int height)
{
  /* Translators: width and height in pixels. */
  return g_strdup_printf (_ ("%d × %d"), width, height);
}

static char *
seconds_words (double seconds)
{
  /* Translators: a number of seconds. */
  return g_strdup_printf (_ ("%g s"), seconds);
}

char *
rushes_take_facts_settings (RushesRequest *request, RushesModel *model)
{
  g_autoptr (GPtrArray) facts = begin ();
  const char *aspect = rushes_request_get_aspect (request);
  const char *resolution = rushes_request_get_resolution (request);
  int frame_rate = rushes_request_get_frame_rate (request);

  if (rushes_request_get_duration (request) > 0)
    add (facts, seconds_words (rushes_request_get_duration (request)));
  if (aspect != NULL)
    add (facts, g_strdup (aspect));
  if (resolution != NULL)
    add (facts, g_strdup (resolution));
  if (frame_rate > 0)
    add (facts, rate_words (frame_rate));
  if (model == NULL || rushes_model_get_has_audio (model))
    add (facts, g_strdup (rushes_request_get_audio (request) ? _ ("sound") : _ ("no sound")));

  return finish (facts);
}

char *
rushes_take_facts_extended (const RushesExtension *extension, RushesModel *model)
{
  switch (model != NULL ? rushes_model_get_stretch (model)->kind : RUSHES_STRETCH_NONE)
    {
    case RUSHES_STRETCH_WHOLE:
      /* Translators: what is in a clip that made another one longer; a number of seconds. */
      return g_strdup_printf (_ ("The whole clip: %.3g s as they were, and what is new"), extension->seconds);
    case RUSHES_STRETCH_PART:
      /* Translators: what is in a clip that made another one longer; a number of seconds. */
      return g_strdup_printf (_ ("Only what is new, to follow the %.3g s that there were"), extension->seconds);
    case RUSHES_STRETCH_NONE:
    default:
      /* Translators: a number of seconds. */
      return g_strdup_printf (_ ("A clip of %.3g s"), extension->seconds);
    }
}

char *
rushes_take_facts_value (const RushesParameter *parameter, const char *value)
{
  if (parameter->kind == RUSHES_PARAMETER_SWITCH)
    return g_strdup (g_str_equal (value, "true") ? _ ("On") : _ ("Off"));

  for (guint i = 0; parameter->choices != NULL && i < parameter->choices->len; i++)
    {
      const RushesParameterChoice *choice = g_ptr_array_index (parameter->choices, i);

      if (g_str_equal (choice->value, value))
        return g_strdup (choice->title);
    }

  return rushes_clean_words (value);
}

char *
rushes_take_facts_seed (gint64 seed)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, seed);
  GString *grouped = g_string_new (NULL);
  gsize length = strlen (digits);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && g_ascii_isdigit (digits[i - 1]) && (length - i) % 3 == 0)
        g_string_append (grouped, "\u00a0");
      g_string_append_c (grouped, digits[i]);
    }

  return g_string_free_and_steal (grouped);
}

/* ---- what came ---- */

static const char *
codec_name (const char *codec)
{
  static const struct
  {
    const char *id;
    const char *name;
  } names[] = { { "h264", "H.264" }, { "hevc", "H.265" }, { "vp8", "VP8" }, { "vp9", "VP9" }, { "av1", "AV1" } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (codec, names[i].id))
      return names[i].name;

  return codec;
}

char *
rushes_take_facts_format (const RushesClipFacts *clip)
{
  g_autoptr (GPtrArray) facts = begin ();

  if (clip->width > 0 && clip->height > 0)
    add (facts, size_words (clip->width, clip->height));
  if (clip->video_codec != NULL)
    add (facts, g_strdup (codec_name (clip->video_codec)));
  if (clip->frame_rate > 0)
    add (facts, rate_words (clip->frame_rate));
  add (facts, g_strdup (clip->audio_codec != NULL ? _ ("sound") : _ ("no sound")));
  if (clip->size > 0)
    add (facts, g_format_size ((guint64) clip->size));

  return finish (facts);
}

char *
rushes_take_facts_origin (RushesOrigin origin)
{
  g_autoptr (GPtrArray) facts = begin ();

  if (origin == RUSHES_ORIGIN_NONE)
    return g_strdup (_ ("Nothing is said in the file"));
  if (origin & RUSHES_ORIGIN_C2PA)
    /* Translators: a signed record, in a file, of how it was made; C2PA is the standard's name. */
    add (facts, g_strdup (_ ("content credentials (C2PA)")));
  if (origin & RUSHES_ORIGIN_AIGC)
    /* Translators: a mark, in a file, that it was made by a machine; AIGC is what the standard calls it. */
    add (facts, g_strdup (_ ("label for generated clips (AIGC)")));

  return finish (facts);
}

/* ---- times ---- */

char *
rushes_take_facts_span (double seconds)
{
  int whole = (int) round (seconds);

  if (seconds < 9.95)
    /* Translators: a short time in seconds. */
    return g_strdup_printf (_ ("%.1f s"), MAX (seconds, 0.0));
  if (whole < 60)
    return seconds_words (whole);

  /* Translators: minutes and seconds. */
  return g_strdup_printf (_ ("%d min %d s"), whole / 60, whole % 60);
}

static const char *
stage_name (RushesTakeState state)
{
  switch (state)
    {
    case RUSHES_TAKE_STATE_QUEUED:
      return _ ("In line");
    case RUSHES_TAKE_STATE_PREPARING:
      return _ ("Preparing");
    case RUSHES_TAKE_STATE_SUBMITTING:
      return _ ("Sending");
    case RUSHES_TAKE_STATE_RUNNING:
      return _ ("Rendering");
    case RUSHES_TAKE_STATE_DOWNLOADING:
      return _ ("Saving");
    case RUSHES_TAKE_STATE_LEFT:
    case RUSHES_TAKE_STATE_UNCONFIRMED:
      /* Translators: the time in which nobody waited for a take. */
      return _ ("Not waited for");
    case RUSHES_TAKE_STATE_READY:
    case RUSHES_TAKE_STATE_FAILED:
    case RUSHES_TAKE_STATE_CANCELLED:
    case RUSHES_TAKE_STATE_EXPIRED:
    default:
      return NULL;
    }
}

static JsonObject *
newest_attempt (JsonNode *description)
{
  JsonObject *take = JSON_NODE_HOLDS_OBJECT (description) ? json_node_get_object (description) : NULL;
  JsonArray *attempts = take != NULL ? json_object_get_array_member (take, "attempts") : NULL;

  return attempts != NULL && json_array_get_length (attempts) > 0 ? json_array_get_object_element (attempts, 0) : NULL;
}

static void
stage_free (gpointer data)
{
  RushesStage *stage = data;

  g_free (stage->name);
  g_free (stage);
}

GPtrArray *
rushes_take_facts_stages (JsonNode *description)
{
  GPtrArray *stages = g_ptr_array_new_with_free_func (stage_free);
  JsonObject *attempt = newest_attempt (description);
  JsonArray *steps = attempt != NULL ? json_object_get_array_member (attempt, "steps") : NULL;
  g_autoptr (GDateTime) before = NULL;
  const char *name = NULL;

  for (guint i = 0; steps != NULL && i < json_array_get_length (steps); i++)
    {
      JsonObject *step = json_array_get_object_element (steps, i);
      g_autoptr (GDateTime) at = g_date_time_new_from_iso8601 (json_object_get_string_member (step, "at"), NULL);
      double seconds = at != NULL && before != NULL ? g_date_time_difference (at, before) / 1e6 : 0;
      RushesTakeState state;

      if (name != NULL && seconds >= SHORTEST_STAGE)
        {
          RushesStage *stage = g_new0 (RushesStage, 1);

          stage->name = g_strdup (name);
          stage->seconds = seconds;
          g_ptr_array_add (stages, stage);
        }
      name = rushes_take_state_from_string (json_object_get_string_member (step, "state"), &state) ? stage_name (state)
                                                                                                   : NULL;
      g_clear_pointer (&before, g_date_time_unref);
      before = g_steal_pointer (&at);
    }

  return stages;
}

static gint64
get_expiry (JsonObject *attempt)
{
  JsonArray *results = json_object_get_array_member (attempt, "results");
  gint64 expiry = 0;

  for (guint i = 0; results != NULL && i < json_array_get_length (results); i++)
    {
      const char *text =
          json_object_get_string_member_with_default (json_array_get_object_element (results, i), "expires", NULL);
      g_autoptr (GDateTime) at = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

      if (at != NULL)
        expiry = MAX (expiry, g_date_time_to_unix_usec (at));
    }

  return expiry;
}

char *
rushes_take_facts_copy (JsonNode *description, gint64 now)
{
  JsonObject *attempt = newest_attempt (description);
  gint64 expiry = attempt != NULL ? get_expiry (attempt) : 0;
  g_autoptr (GDateTime) at = expiry > 0 ? g_date_time_new_from_unix_local (expiry / G_USEC_PER_SEC) : NULL;
  g_autofree char *when = NULL;

  if (at == NULL)
    return NULL;
  /* Translators: a day and a time, see g_date_time_format(): “21 December, 14:30”. */
  when = g_date_time_format (at, _ ("%-d %B, %H:%M"));

  /* Translators: %s is a day and a time. */
  return g_strdup_printf (expiry > now ? _ ("Kept until %s") : _ ("Gone since %s"), when);
}

/* ---- all of it ---- */

char *
rushes_take_facts_reply (JsonNode *description)
{
  JsonObject *attempt = newest_attempt (description);
  g_autoptr (JsonNode) node = NULL;

  if (attempt == NULL)
    return NULL;

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, attempt);

  return json_to_string (node, TRUE);
}
