/* rushes-model-read.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-model-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MAX_PROMPT     1000000
#define MAX_REFERENCES 100

static const char *const inputs[] = { "none", "optional", "required", NULL };
static const char *const wants[] = { "first_frame", "last_frame", "references", "prompt", NULL };
static const char *const kinds[] = { "switch", "choice", "integer", "number", "text", NULL };
static const char *const pers[] = { "second", "clip", "image", "megapixel", "1k_tokens", NULL };

G_STATIC_ASSERT (G_N_ELEMENTS (pers) == RUSHES_N_PER + 1);

char *
rushes_translate_text (const char *text)
{
  /* gettext answers the empty text with the header of the catalogue. */
  return text == NULL || *text == '\0' ? g_strdup (text) : g_strdup (gettext (text));
}

static char *
read_text (RushesJsonReader *reader, const char *member)
{
  return rushes_translate_text (rushes_json_reader_get_string (reader, member, NULL));
}

/* ---- what clips it makes ---- */

static void
read_durations (RushesModel *self, RushesJsonReader *reader)
{
  JsonNode *node = rushes_json_reader_get_node (reader, "durations");

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
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

static gboolean
is_duration (RushesModel *self, double seconds)
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

static void
read_default_duration (RushesModel *self, RushesJsonReader *reader)
{
  double first = self->durations->len > 0 ? g_array_index (self->durations, double, 0) : self->minimum_duration;

  self->default_duration = rushes_json_reader_get_number (reader, "default_duration", 0.1, RUSHES_MAX_SECONDS, first);
  if (!is_duration (self, self->default_duration))
    rushes_json_reader_complain (reader, "default_duration", "%s", _ ("this is not one of the values above."));
}

/* A list of words and the one that is taken when none is set: the first, unless @default_member says otherwise. */
static char **
read_choice (RushesJsonReader *reader, const char *member, const char *default_member, char **fallback)
{
  char **words = rushes_json_reader_get_strings (reader, member);
  const char *word = rushes_json_reader_get_string (reader, default_member, words[0]);

  if (word != NULL && !g_strv_contains ((const char *const *) words, word))
    rushes_json_reader_complain (reader, default_member, "%s", _ ("this is not one of the values above."));
  *fallback = g_strdup (word);

  return words;
}

static void
read_sizes (RushesModel *self, RushesJsonReader *reader)
{
  self->resolutions = read_choice (reader, "resolutions", "default_resolution", &self->default_resolution);
  for (guint i = 0; self->resolutions[i] != NULL; i++)
    {
      int width, height;

      if (!rushes_resolution_to_size (self->resolutions[i], NULL, &width, &height))
        rushes_json_reader_complain (reader, "resolutions", _ ("“%s” is no size such as 720p or 1280x720."),
                                     self->resolutions[i]);
    }

  self->aspects = read_choice (reader, "aspects", "default_aspect", &self->default_aspect);
  for (guint i = 0; self->aspects[i] != NULL; i++)
    if (rushes_aspect_to_ratio (self->aspects[i]) <= 0)
      rushes_json_reader_complain (reader, "aspects", _ ("“%s” is no aspect ratio such as 16:9."), self->aspects[i]);
}

static void
read_frame_rates (RushesModel *self, RushesJsonReader *reader)
{
  gboolean known = FALSE;

  if (rushes_json_reader_enter_list (reader, "frame_rates"))
    {
      while (rushes_json_reader_next (reader))
        {
          int rate = rushes_json_reader_get_integer (reader, NULL, 1, RUSHES_MAX_FRAME_RATE, 1);

          g_array_append_val (self->frame_rates, rate);
        }
      rushes_json_reader_leave (reader);
    }

  self->default_frame_rate =
      rushes_json_reader_get_integer (reader, "default_frame_rate", 1, RUSHES_MAX_FRAME_RATE,
                                      self->frame_rates->len > 0 ? g_array_index (self->frame_rates, int, 0) : 0);
  for (guint i = 0; i < self->frame_rates->len; i++)
    known |= g_array_index (self->frame_rates, int, i) == self->default_frame_rate;
  if (!known && self->default_frame_rate > 0)
    rushes_json_reader_complain (reader, "default_frame_rate", "%s", _ ("this is not one of the values above."));
}

/* ---- what it is given ---- */

static void
read_inputs (RushesModel *self, RushesJsonReader *reader)
{
  if (rushes_json_reader_enter_object (reader, "inputs"))
    {
      self->first_frame = rushes_json_reader_get_word (reader, "first_frame", inputs, RUSHES_INPUT_NONE);
      self->last_frame = rushes_json_reader_get_word (reader, "last_frame", inputs, RUSHES_INPUT_NONE);
      self->max_references = rushes_json_reader_get_integer (reader, "references", 0, MAX_REFERENCES, 0);
      rushes_json_reader_leave (reader);
    }

  if (rushes_json_reader_enter_object (reader, "prompt"))
    {
      rushes_json_reader_need (reader, "input", NULL);
      self->prompt = rushes_json_reader_get_word (reader, "input", inputs, RUSHES_INPUT_NONE);
      self->prompt_limit = rushes_json_reader_get_integer (reader, "limit", 1, MAX_PROMPT, 0);
      rushes_json_reader_leave (reader);
    }

  if (rushes_json_reader_enter_list (reader, "any_of"))
    {
      while (rushes_json_reader_next (reader))
        self->any_of |= 1 << rushes_json_reader_get_word (reader, NULL, wants, 0);
      rushes_json_reader_leave (reader);
    }

  self->has_negative = rushes_json_reader_get_boolean (reader, "negative_prompt", FALSE);
  self->has_seed = rushes_json_reader_get_boolean (reader, "seed", FALSE);
  self->has_audio = rushes_json_reader_get_boolean (reader, "audio", FALSE);
  self->has_watermark = rushes_json_reader_get_boolean (reader, "watermark", FALSE);
  self->max_count = rushes_json_reader_get_integer (reader, "max_count", 1, RUSHES_MAX_COUNT, 1);
}

/* ---- its own parameters ---- */

static void
choice_free (RushesParameterChoice *choice)
{
  g_free (choice->value);
  g_free (choice->title);
  g_free (choice);
}

static GPtrArray *
read_choices (RushesJsonReader *reader)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func ((GDestroyNotify) choice_free);

  if (rushes_json_reader_enter_list (reader, "choices"))
    {
      while (rushes_json_reader_next (reader))
        if (rushes_json_reader_enter_object (reader, NULL))
          {
            RushesParameterChoice *choice = g_new0 (RushesParameterChoice, 1);

            rushes_json_reader_need (reader, "value", "title", NULL);
            choice->value = g_strdup (rushes_json_reader_get_string (reader, "value", ""));
            choice->title = read_text (reader, "title");
            g_ptr_array_add (choices, choice);
            rushes_json_reader_leave (reader);
          }
      rushes_json_reader_leave (reader);
    }
  return choices;
}

gboolean
rushes_parameter_accepts (const RushesParameter *self, const char *value)
{
  char *end;
  double number;

  switch (self->kind)
    {
    case RUSHES_PARAMETER_SWITCH:
      return g_str_equal (value, "true") || g_str_equal (value, "false");

    case RUSHES_PARAMETER_CHOICE:
      for (guint i = 0; i < self->choices->len; i++)
        if (g_str_equal (((RushesParameterChoice *) g_ptr_array_index (self->choices, i))->value, value))
          return TRUE;
      return FALSE;

    case RUSHES_PARAMETER_INTEGER:
    case RUSHES_PARAMETER_NUMBER:
      number = g_ascii_strtod (value, &end);
      return end != value && *end == '\0' && number >= self->minimum && number <= self->maximum &&
             (self->kind == RUSHES_PARAMETER_NUMBER || number == floor (number));

    case RUSHES_PARAMETER_TEXT:
      return TRUE;

    default:
      g_return_val_if_reached (FALSE);
    }
}

/* A default is written as what it is (true, 5, "auto") and kept as text. */
static void
read_fallback (RushesParameter *parameter, RushesJsonReader *reader)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  switch (parameter->kind)
    {
    case RUSHES_PARAMETER_SWITCH:
      parameter->fallback = g_strdup (rushes_json_reader_get_boolean (reader, "default", FALSE) ? "true" : "false");
      break;

    case RUSHES_PARAMETER_INTEGER:
      parameter->fallback =
          g_strdup_printf ("%" G_GINT64_FORMAT, rushes_json_reader_get_integer (reader, "default", -G_MAXINT32,
                                                                                G_MAXINT32, parameter->minimum));
      break;

    case RUSHES_PARAMETER_NUMBER:
      g_ascii_dtostr (text, sizeof text,
                      rushes_json_reader_get_number (reader, "default", -HUGE_VAL, HUGE_VAL, parameter->minimum));
      parameter->fallback = g_strdup (text);
      break;

    case RUSHES_PARAMETER_CHOICE:
    case RUSHES_PARAMETER_TEXT:
    default:
      parameter->fallback = g_strdup (rushes_json_reader_get_string (reader, "default", ""));
      break;
    }

  if (!rushes_parameter_accepts (parameter, parameter->fallback))
    rushes_json_reader_complain (reader, "default", "%s", _ ("this is not one of the values above."));
}

static void
read_parameter (RushesModel *self, RushesJsonReader *reader)
{
  RushesParameter *parameter = g_new0 (RushesParameter, 1);

  rushes_json_reader_need (reader, "name", "title", "kind", "default", NULL);
  parameter->name = g_strdup (rushes_json_reader_get_string (reader, "name", ""));
  parameter->title = read_text (reader, "title");
  parameter->subtitle = read_text (reader, "subtitle");
  parameter->kind = rushes_json_reader_get_word (reader, "kind", kinds, RUSHES_PARAMETER_TEXT);

  if (parameter->kind == RUSHES_PARAMETER_INTEGER || parameter->kind == RUSHES_PARAMETER_NUMBER)
    {
      rushes_json_reader_need (reader, "minimum", "maximum", NULL);
      parameter->minimum = rushes_json_reader_get_number (reader, "minimum", -G_MAXINT32, G_MAXINT32, 0);
      parameter->maximum =
          rushes_json_reader_get_number (reader, "maximum", parameter->minimum, G_MAXINT32, G_MAXINT32);
    }
  if (parameter->kind == RUSHES_PARAMETER_CHOICE)
    {
      rushes_json_reader_need (reader, "choices", NULL);
      parameter->choices = read_choices (reader);
    }
  read_fallback (parameter, reader);

  if (rushes_model_find_parameter (self, parameter->name) != NULL)
    rushes_json_reader_complain (reader, "name", _ ("there is another “%s” already."), parameter->name);
  g_ptr_array_add (self->parameters, parameter);
}

/* ---- its prices ---- */

static void
read_when (RushesRate *rate, RushesJsonReader *reader)
{
  if (rushes_json_reader_has (reader, "resolutions"))
    rate->resolutions = rushes_json_reader_get_strings (reader, "resolutions");
  if (rushes_json_reader_has (reader, "aspects"))
    rate->aspects = rushes_json_reader_get_strings (reader, "aspects");
  if (rushes_json_reader_enter_object (reader, "duration"))
    {
      rate->minimum_duration = rushes_json_reader_get_number (reader, "minimum", 0, RUSHES_MAX_SECONDS, 0);
      rate->maximum_duration = rushes_json_reader_get_number (reader, "maximum", 0, RUSHES_MAX_SECONDS, HUGE_VAL);
      rushes_json_reader_leave (reader);
    }
  if (rushes_json_reader_has (reader, "audio"))
    rate->audio = rushes_json_reader_get_boolean (reader, "audio", FALSE);
  if (rushes_json_reader_has (reader, "picture"))
    rate->picture = rushes_json_reader_get_boolean (reader, "picture", FALSE);
  if (rushes_json_reader_enter_object (reader, "parameters"))
    {
      g_autoptr (GList) names = rushes_json_reader_list_members (reader);

      rate->parameters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      for (const GList *name = names; name != NULL; name = name->next)
        g_hash_table_insert (rate->parameters, g_strdup (name->data),
                             g_strdup (rushes_json_reader_get_string (reader, name->data, "")));
      rushes_json_reader_leave (reader);
    }
}

static void
read_rate (RushesModel *self, RushesJsonReader *reader)
{
  RushesRate *rate = g_new0 (RushesRate, 1);
  const char *amount, *currency;

  rate->maximum_duration = HUGE_VAL;
  rate->audio = -1;
  rate->picture = -1;
  g_ptr_array_add (self->rates, rate);

  rushes_json_reader_need (reader, "amount", "currency", "per", "as_of", "source", NULL);
  amount = rushes_json_reader_get_string (reader, "amount", "0");
  currency = rushes_json_reader_get_string (reader, "currency", "");
  if (!rushes_money_parse (amount, currency, &rate->money))
    rushes_json_reader_complain (reader, "amount", "%s", _ ("a decimal number in quotes is expected."));
  if (!g_str_has_prefix (currency, "credits:") &&
      (strlen (currency) != 3 || strspn (currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3))
    rushes_json_reader_complain (reader, "currency", "%s",
                                 _ ("a code of three capital letters or “credits:PROVIDER” is expected."));
  rate->per = rushes_json_reader_get_word (reader, "per", pers, RUSHES_PER_CLIP);

  /* For whoever keeps the file true; nothing is reckoned with them. */
  rushes_json_reader_get_string (reader, "as_of", NULL);
  rushes_json_reader_get_string (reader, "source", NULL);

  if (rushes_json_reader_enter_object (reader, "when"))
    {
      read_when (rate, reader);
      rushes_json_reader_leave (reader);
    }
}

/* Calls @read for each object of a list. */
static void
read_each (RushesModel *self,
           RushesJsonReader *reader,
           const char *member,
           void (*read) (RushesModel *self, RushesJsonReader *reader))
{
  if (!rushes_json_reader_enter_list (reader, member))
    return;
  while (rushes_json_reader_next (reader))
    if (rushes_json_reader_enter_object (reader, NULL))
      {
        read (self, reader);
        rushes_json_reader_leave (reader);
      }
  rushes_json_reader_leave (reader);
}

RushesModel *
rushes_model_read (RushesJsonReader *reader, const char *provider_id)
{
  RushesModel *self = rushes_model_new (provider_id);

  rushes_json_reader_need (reader, "id", "name", "durations", NULL);
  self->id = g_strdup (rushes_json_reader_get_string (reader, "id", ""));
  self->name = read_text (reader, "name");
  self->summary = read_text (reader, "summary");
  self->retired = g_strdup (rushes_json_reader_get_string (reader, "retired", NULL));
  if (self->retired != NULL && !g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\d$", self->retired, 0, 0))
    rushes_json_reader_complain (reader, "retired", "%s", _ ("a date such as 2026-10-01 is expected."));

  read_durations (self, reader);
  read_default_duration (self, reader);
  read_sizes (self, reader);
  read_frame_rates (self, reader);
  read_inputs (self, reader);
  read_each (self, reader, "parameters", read_parameter);
  if (rushes_json_reader_has (reader, "prices"))
    self->rates = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_rate_free);
  read_each (self, reader, "prices", read_rate);

  return self;
}

RushesModel *
rushes_model_from_json (JsonNode *node, const char *provider_id, const char *path, GError **error)
{
  g_autoptr (RushesJsonReader) reader = NULL;
  g_autoptr (RushesModel) self = NULL;

  g_return_val_if_fail (node != NULL && provider_id != NULL && path != NULL, NULL);

  reader = rushes_json_reader_new (node, path);
  self = rushes_model_read (reader, provider_id);
  return rushes_json_reader_finish (reader, error) ? g_steal_pointer (&self) : NULL;
}
