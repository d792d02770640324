/* rushes-model-abilities.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-model-private.h"

#include <glib/gi18n.h>
#include <math.h>

#define MAX_REFERENCES 100

static const char *const inputs[] = { "none", "optional", "required", NULL };

void
rushes_abilities_init (RushesAbilities *self)
{
  *self = (RushesAbilities) {
    .durations = g_array_new (FALSE, FALSE, sizeof (double)),
    .resolutions = g_new0 (char *, 1),
    .aspects = g_new0 (char *, 1),
    .frame_rates = g_array_new (FALSE, FALSE, sizeof (int)),
    .has_inputs = TRUE,
  };
}

void
rushes_abilities_clear (RushesAbilities *self)
{
  g_clear_pointer (&self->durations, g_array_unref);
  g_clear_pointer (&self->resolutions, g_strfreev);
  g_clear_pointer (&self->default_resolution, g_free);
  g_clear_pointer (&self->aspects, g_strfreev);
  g_clear_pointer (&self->default_aspect, g_free);
  g_clear_pointer (&self->frame_rates, g_array_unref);
}

static gboolean
is_duration (const RushesAbilities *self, double seconds)
{
  if (self->duration_step > 0)
    {
      double steps = (seconds - self->minimum_duration) / self->duration_step;

      return seconds >= self->minimum_duration && seconds <= self->maximum_duration &&
             fabs (steps - round (steps)) < 1e-6;
    }
  for (guint i = 0; i < self->durations->len; i++)
    if (g_array_index (self->durations, double, i) == seconds)
      return TRUE;
  return FALSE;
}

static double
first_duration (const RushesAbilities *self)
{
  return self->durations->len > 0 ? g_array_index (self->durations, double, 0) : self->minimum_duration;
}

static gboolean
is_word (char **words, const char *word)
{
  return word == NULL ? words[0] == NULL : g_strv_contains ((const char *const *) words, word);
}

static gboolean
is_frame_rate (const RushesAbilities *self, int rate)
{
  for (guint i = 0; i < self->frame_rates->len; i++)
    if (g_array_index (self->frame_rates, int, i) == rate)
      return TRUE;
  return rate == 0 && self->frame_rates->len == 0;
}

static int
first_frame_rate (const RushesAbilities *self)
{
  return self->frame_rates->len > 0 ? g_array_index (self->frame_rates, int, 0) : 0;
}

/* ---- one over the other ---- */

static void
overlay_words (char ***words, char **fallback, char **rule_words, const char *rule_fallback)
{
  if (rule_words != NULL)
    {
      g_strfreev (*words);
      *words = g_strdupv (rule_words);
    }
  if (rule_fallback != NULL)
    g_set_str (fallback, rule_fallback);
  if (!is_word (*words, *fallback))
    g_set_str (fallback, (*words)[0]);
}

void
rushes_abilities_overlay (RushesAbilities *self, const RushesAbilities *rule)
{
  if (rule->durations != NULL)
    {
      g_clear_pointer (&self->durations, g_array_unref);
      self->durations = g_array_ref (rule->durations);
      self->minimum_duration = rule->minimum_duration;
      self->maximum_duration = rule->maximum_duration;
      self->duration_step = rule->duration_step;
    }
  if (rule->default_duration > 0)
    self->default_duration = rule->default_duration;
  if (!is_duration (self, self->default_duration))
    self->default_duration = first_duration (self);

  overlay_words (&self->resolutions, &self->default_resolution, rule->resolutions, rule->default_resolution);
  overlay_words (&self->aspects, &self->default_aspect, rule->aspects, rule->default_aspect);

  if (rule->frame_rates != NULL)
    {
      g_clear_pointer (&self->frame_rates, g_array_unref);
      self->frame_rates = g_array_ref (rule->frame_rates);
    }
  if (rule->default_frame_rate > 0)
    self->default_frame_rate = rule->default_frame_rate;
  if (!is_frame_rate (self, self->default_frame_rate))
    self->default_frame_rate = first_frame_rate (self);

  if (rule->has_inputs)
    {
      self->has_inputs = TRUE;
      self->first_frame = rule->first_frame;
      self->last_frame = rule->last_frame;
      self->max_references = rule->max_references;
    }
  if (rule->has_negative >= 0)
    self->has_negative = rule->has_negative;
  if (rule->has_seed >= 0)
    self->has_seed = rule->has_seed;
  if (rule->has_audio >= 0)
    self->has_audio = rule->has_audio;
}

/* ---- reading ---- */

static void
read_durations (RushesAbilities *self, RushesJsonReader *reader)
{
  JsonNode *node = rushes_json_reader_get_node (reader, "durations");

  if (node == NULL)
    return;

  self->durations = g_array_new (FALSE, FALSE, sizeof (double));
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      rushes_json_reader_enter_object (reader, "durations");
      rushes_json_reader_need (reader, "minimum", "maximum", "step", NULL);
      self->minimum_duration = rushes_json_reader_get_number (reader, "minimum", 0.1, RUSHES_MAX_SECONDS, 1);
      self->maximum_duration = rushes_json_reader_get_number (reader, "maximum", self->minimum_duration,
                                                              RUSHES_MAX_SECONDS, RUSHES_MAX_SECONDS);
      self->duration_step = rushes_json_reader_get_number (reader, "step", 0.001, RUSHES_MAX_SECONDS, 1);
      rushes_json_reader_leave (reader);
    }
  else if (rushes_json_reader_enter_list (reader, "durations"))
    {
      double last = 0;

      while (rushes_json_reader_next (reader))
        {
          double seconds = rushes_json_reader_get_number (reader, NULL, 0.1, RUSHES_MAX_SECONDS, 1);

          if (seconds <= last)
            rushes_json_reader_complain (reader, NULL, "%s", _ ("the lengths must grow."));
          last = seconds;
          g_array_append_val (self->durations, seconds);
        }
      if (self->durations->len == 0)
        rushes_json_reader_complain (reader, NULL, "%s", _ ("at least one length is expected."));
      rushes_json_reader_leave (reader);
    }
}

static void
read_words (RushesJsonReader *reader, const char *member, const char *default_member, char ***words, char **fallback)
{
  if (rushes_json_reader_has (reader, member))
    *words = rushes_json_reader_get_strings (reader, member);
  *fallback = g_strdup (rushes_json_reader_get_string (reader, default_member, NULL));
}

static void
read_sizes (RushesAbilities *self, RushesJsonReader *reader)
{
  read_words (reader, "resolutions", "default_resolution", &self->resolutions, &self->default_resolution);
  for (guint i = 0; self->resolutions != NULL && self->resolutions[i] != NULL; i++)
    {
      int width, height;

      if (!rushes_resolution_to_size (self->resolutions[i], NULL, &width, &height))
        rushes_json_reader_complain (reader, "resolutions", _ ("“%s” is no size such as 720p or 1280x720."),
                                     self->resolutions[i]);
    }

  read_words (reader, "aspects", "default_aspect", &self->aspects, &self->default_aspect);
  for (guint i = 0; self->aspects != NULL && self->aspects[i] != NULL; i++)
    if (rushes_aspect_to_ratio (self->aspects[i]) <= 0)
      rushes_json_reader_complain (reader, "aspects", _ ("“%s” is no aspect ratio such as 16:9."), self->aspects[i]);
}

static void
read_frame_rates (RushesAbilities *self, RushesJsonReader *reader)
{
  if (rushes_json_reader_enter_list (reader, "frame_rates"))
    {
      self->frame_rates = g_array_new (FALSE, FALSE, sizeof (int));
      while (rushes_json_reader_next (reader))
        {
          int rate = rushes_json_reader_get_integer (reader, NULL, 1, RUSHES_MAX_FRAME_RATE, 1);

          g_array_append_val (self->frame_rates, rate);
        }
      rushes_json_reader_leave (reader);
    }
  self->default_frame_rate = rushes_json_reader_get_integer (reader, "default_frame_rate", 1, RUSHES_MAX_FRAME_RATE, 0);
}

static void
read_inputs (RushesAbilities *self, RushesJsonReader *reader)
{
  if (!rushes_json_reader_enter_object (reader, "inputs"))
    return;

  self->has_inputs = TRUE;
  self->first_frame = rushes_json_reader_get_word (reader, "first_frame", inputs, RUSHES_INPUT_NONE);
  self->last_frame = rushes_json_reader_get_word (reader, "last_frame", inputs, RUSHES_INPUT_NONE);
  self->max_references = rushes_json_reader_get_integer (reader, "references", 0, MAX_REFERENCES, 0);
  rushes_json_reader_leave (reader);
}

static int
read_truth (RushesJsonReader *reader, const char *member)
{
  return rushes_json_reader_has (reader, member) ? rushes_json_reader_get_boolean (reader, member, FALSE) : -1;
}

/* A default must be one of the values that are written beside it, or else of the model's. */
static void
check_defaults (const RushesAbilities *self, RushesJsonReader *reader, const RushesAbilities *model)
{
  const RushesAbilities *lengths = self->durations != NULL ? self : model;
  const RushesAbilities *rates = self->frame_rates != NULL ? self : model;
  const char *wrong = NULL;

  if (self->default_frame_rate > 0 && !is_frame_rate (rates, self->default_frame_rate))
    wrong = "default_frame_rate";
  if (self->default_aspect != NULL &&
      !is_word (self->aspects != NULL ? self->aspects : model->aspects, self->default_aspect))
    wrong = "default_aspect";
  if (self->default_resolution != NULL &&
      !is_word (self->resolutions != NULL ? self->resolutions : model->resolutions, self->default_resolution))
    wrong = "default_resolution";
  if (self->default_duration > 0 && !is_duration (lengths, self->default_duration))
    wrong = "default_duration";

  if (wrong != NULL)
    rushes_json_reader_complain (reader, wrong, "%s", _ ("this is not one of the values above."));
}

void
rushes_abilities_read (RushesAbilities *self, RushesJsonReader *reader, const RushesAbilities *model)
{
  read_durations (self, reader);
  self->default_duration = rushes_json_reader_get_number (reader, "default_duration", 0.1, RUSHES_MAX_SECONDS, 0);
  read_sizes (self, reader);
  read_frame_rates (self, reader);
  read_inputs (self, reader);
  self->has_negative = read_truth (reader, "negative_prompt");
  self->has_seed = read_truth (reader, "seed");
  self->has_audio = read_truth (reader, "audio");
  check_defaults (self, reader, model);
}
