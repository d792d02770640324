/* rushes-schema-sheet.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-schema-sheet.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "rushes-error.h"
#include "rushes-json-path.h"
#include "rushes-json-schema.h"
#include "rushes-model-private.h"
#include "rushes-model-sheet.h"
#include "rushes-schema-parameters.h"

#define MAX_PARAMETERS 24
#define MAX_REFERENCES 10
/* Where nothing says how many there may be. */
#define REFERENCES 4
/* Seconds, of a model that lets nobody choose: nothing is sent of it. */
#define LENGTH 5

typedef struct
{
  GPtrArray *properties; /* RushesSchemaProperty */
  GHashTable *names;
  const char *const *left_out;
  GHashTable *taken; /* RushesSchemaProperty, a set */
  JsonObject *sheet;
  JsonObject *inputs;
  JsonObject *input_names;
  JsonArray *parameters;
} Making;

/* ---- values ---- */

/* A number as requests write it out: whole ones without a point. */
static char *
write_number (double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (number == floor (number))
    return g_strdup_printf ("%.0f", number);
  return g_strdup (g_ascii_dtostr (text, sizeof text, number));
}

/* "5", 5, "5s" and 5.0 are all five seconds; 0 for other words. */
static double
to_seconds (JsonNode *node)
{
  g_autofree char *text = rushes_schema_to_text (node);
  char *end;
  double number;

  if (text == NULL)
    return 0;
  number = g_ascii_strtod (text, &end);
  if (end == text || (*end != '\0' && !g_str_equal (end, "s")))
    return 0;
  return number >= 0.1 && number <= RUSHES_MAX_SECONDS ? number : 0;
}

static void
add_number (JsonArray *list, double number)
{
  if (number == floor (number))
    json_array_add_int_element (list, (gint64) number);
  else
    json_array_add_double_element (list, number);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a, other = *(const double *) b;

  return one < other ? -1 : one > other;
}

/* ---- which property is what ---- */

static gboolean
fits (const char *word, const RushesSchemaProperty *property)
{
  gboolean is_text = property->type == RUSHES_SCHEMA_TEXT;
  gboolean is_number = property->type == RUSHES_SCHEMA_INTEGER || property->type == RUSHES_SCHEMA_NUMBER;

  if (g_str_equal (word, "prompt") || g_str_equal (word, "negative_prompt"))
    return is_text && property->choices == NULL && !property->is_address;
  if (g_str_equal (word, "first_frame") || g_str_equal (word, "last_frame") || g_str_equal (word, "references"))
    return (is_text && property->choices == NULL) || (property->type == RUSHES_SCHEMA_LIST && property->of_texts);
  if (g_str_equal (word, "resolution") || g_str_equal (word, "aspect"))
    return is_text;
  if (g_str_equal (word, "audio") || g_str_equal (word, "watermark"))
    return property->type == RUSHES_SCHEMA_BOOLEAN;
  if (g_str_equal (word, "duration"))
    return is_number || is_text;
  return is_number;
}

static RushesSchemaProperty *
find (Making *self, const char *word)
{
  char **names = g_hash_table_lookup (self->names, word);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    for (guint j = 0; j < self->properties->len; j++)
      {
        RushesSchemaProperty *property = g_ptr_array_index (self->properties, j);

        if (g_str_equal (property->name, names[i]) && !g_hash_table_contains (self->taken, property) &&
            fits (word, property))
          return property;
      }
  return NULL;
}

/* The property is what @word is. Takes @to, which may be NULL. */
static void
take (Making *self, const char *word, RushesSchemaProperty *property, JsonObject *to)
{
  JsonObject *entry = json_object_new ();

  g_hash_table_add (self->taken, property);
  json_object_set_string_member (entry, "name", property->name);
  if (property->type == RUSHES_SCHEMA_LIST)
    json_object_set_boolean_member (entry, "list", TRUE);
  if (to != NULL && json_object_get_size (to) > 0)
    json_object_set_object_member (entry, "to", to);
  else
    g_clear_pointer (&to, json_object_unref);
  json_object_set_object_member (self->input_names, word, entry);
}

/* ---- words and pictures ---- */

static const char *
need_of (const RushesSchemaProperty *property)
{
  return property->required ? "required" : "optional";
}

static void
add_prompts (Making *self)
{
  RushesSchemaProperty *prompt = find (self, "prompt");
  RushesSchemaProperty *negative;

  if (prompt != NULL)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "input", need_of (prompt));
      if (prompt->longest > 0 && prompt->longest <= 1000000)
        json_object_set_int_member (object, "limit", prompt->longest);
      json_object_set_object_member (self->sheet, "prompt", object);
      take (self, "prompt", prompt, NULL);
    }
  negative = find (self, "negative_prompt");
  if (negative != NULL)
    take (self, "negative_prompt", negative, NULL);
  json_object_set_boolean_member (self->sheet, "negative_prompt", negative != NULL);
}

static void
add_pictures (Making *self)
{
  static const char *const frames[] = { "first_frame", "last_frame" };
  RushesSchemaProperty *references;

  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      RushesSchemaProperty *frame = find (self, frames[i]);

      json_object_set_string_member (self->inputs, frames[i], frame != NULL ? need_of (frame) : "none");
      if (frame != NULL)
        take (self, frames[i], frame, NULL);
    }
  references = find (self, "references");
  if (references != NULL)
    {
      gint64 most = references->type == RUSHES_SCHEMA_TEXT ? 1 : references->most > 0 ? references->most : REFERENCES;

      json_object_set_int_member (self->inputs, "references", MIN (most, MAX_REFERENCES));
      if (references->required)
        {
          JsonArray *any_of = json_array_new ();

          json_array_add_string_element (any_of, "references");
          json_object_set_array_member (self->sheet, "any_of", any_of);
        }
      take (self, "references", references, NULL);
    }
}

/* ---- length ---- */

/* Takes @list, which grows, and @to. */
static void
set_lengths (Making *self, RushesSchemaProperty *property, GArray *numbers, JsonObject *to)
{
  JsonArray *list = json_array_new ();
  double fallback = to_seconds (property->fallback);
  double last = 0;

  g_array_sort (numbers, compare_numbers);
  for (guint i = 0; i < numbers->len; i++)
    {
      double number = g_array_index (numbers, double, i);

      if (number > last)
        add_number (list, number);
      if (number == fallback)
        rushes_schema_set_number (self->sheet, "default_duration", fallback);
      last = number;
    }
  json_object_set_array_member (self->sheet, "durations", list);
  take (self, "duration", property, to);
}

static void
set_range (Making *self, double minimum, double maximum, double fallback)
{
  JsonObject *range = json_object_new ();

  rushes_schema_set_number (range, "minimum", minimum);
  rushes_schema_set_number (range, "maximum", maximum);
  json_object_set_int_member (range, "step", 1);
  json_object_set_object_member (self->sheet, "durations", range);
  if (fallback >= minimum && fallback <= maximum && (fallback - minimum) == floor (fallback - minimum))
    rushes_schema_set_number (self->sheet, "default_duration", fallback);
}

/* FALSE when nothing of it can be understood as a length. */
static gboolean
add_seconds (Making *self, RushesSchemaProperty *property)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (JsonObject) to = json_object_new ();
  guint n_choices = rushes_schema_count_choices (property);
  double fallback = to_seconds (property->fallback);

  for (guint i = 0; i < MAX (n_choices, 1); i++)
    {
      JsonNode *node = n_choices > 0 ? json_array_get_element (property->choices, i) : property->fallback;
      double seconds = to_seconds (node);
      g_autofree char *written = write_number (seconds);

      if (seconds <= 0)
        continue;
      g_array_append_val (numbers, seconds);
      if (property->type == RUSHES_SCHEMA_TEXT)
        rushes_schema_add_spelling (to, written, node);
    }
  if (n_choices == 0 && property->type != RUSHES_SCHEMA_TEXT && property->has_minimum && property->has_maximum &&
      property->minimum >= 1 && property->maximum > property->minimum && property->maximum <= RUSHES_MAX_SECONDS)
    {
      set_range (self, property->minimum, property->maximum, fallback);
      take (self, "duration", property, NULL);
      return TRUE;
    }
  if (numbers->len == 0)
    return FALSE;
  set_lengths (self, property, numbers, g_steal_pointer (&to));
  return TRUE;
}

/* ---- frames ---- */

static void
add_frame_rates (Making *self, RushesSchemaProperty *property, int fallback)
{
  static const int usual[] = { 8, 12, 16, 24, 25, 30, 48, 50, 60 };
  JsonArray *list = json_array_new ();
  gboolean placed = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      if (!placed && usual[i] >= fallback)
        {
          json_array_add_int_element (list, fallback);
          placed = TRUE;
        }
      if (usual[i] != fallback && property->has_minimum && property->has_maximum && usual[i] >= property->minimum &&
          usual[i] <= property->maximum)
        json_array_add_int_element (list, usual[i]);
    }
  if (!placed)
    json_array_add_int_element (list, fallback);
  json_object_set_array_member (self->sheet, "frame_rates", list);
  json_object_set_int_member (self->sheet, "default_frame_rate", fallback);
  take (self, "frame_rate", property, NULL);
}

/* Of one with choices only those are offered. */
static void
add_listed_rates (Making *self, RushesSchemaProperty *property, int fallback)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < rushes_schema_count_choices (property); i++)
    {
      g_autofree char *text = rushes_schema_to_text (json_array_get_element (property->choices, i));
      gint64 rate = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;

      if (rate >= 1 && rate <= RUSHES_MAX_FRAME_RATE)
        json_array_add_int_element (list, rate);
    }
  json_object_set_array_member (self->sheet, "frame_rates", list);
  json_object_set_int_member (self->sheet, "default_frame_rate", fallback);
  take (self, "frame_rate", property, NULL);
}

/* Its default, or 0. */
static int
add_rate (Making *self)
{
  RushesSchemaProperty *property = find (self, "frame_rate");
  g_autofree char *text = property != NULL ? rushes_schema_to_text (property->fallback) : NULL;
  double rate = text != NULL ? g_ascii_strtod (text, NULL) : 0;

  if (!(rate >= 1 && rate <= RUSHES_MAX_FRAME_RATE) || rate != floor (rate))
    return 0;
  if (property->choices != NULL)
    add_listed_rates (self, property, (int) rate);
  else
    add_frame_rates (self, property, (int) rate);
  return (int) rate;
}

/* A length that is told in frames can be reckoned where it is known how many there are in a second. */
static void
add_frames (Making *self, int rate)
{
  RushesSchemaProperty *property = rate > 0 ? find (self, "frames") : NULL;
  g_autofree char *text = property != NULL ? rushes_schema_to_text (property->fallback) : NULL;
  double fallback = text != NULL ? g_ascii_strtod (text, NULL) : 0;
  double shortest, longest, seconds;

  if (property == NULL || property->choices != NULL || !(fallback >= 2 && fallback <= 100000))
    return;
  seconds = MAX (1, round ((fallback - 1) / rate));
  shortest = property->has_minimum ? MAX (1, ceil ((property->minimum - 1) / rate)) : seconds;
  longest = property->has_maximum ? MIN (RUSHES_MAX_SECONDS, floor ((property->maximum - 1) / rate)) : seconds;
  set_range (self, MIN (shortest, seconds), MAX (longest, seconds), seconds);
  take (self, "frames", property, NULL);
}

static void
add_length (Making *self)
{
  RushesSchemaProperty *property = find (self, "duration");
  gboolean has_length = property != NULL && add_seconds (self, property);
  int rate = add_rate (self);

  if (!has_length)
    add_frames (self, rate);
  if (!json_object_has_member (self->sheet, "durations"))
    {
      JsonArray *list = json_array_new ();

      json_array_add_int_element (list, LENGTH);
      json_object_set_array_member (self->sheet, "durations", list);
    }
}

/* ---- sizes ---- */

static gboolean
is_size (const char *word)
{
  int width, height;

  return rushes_resolution_to_size (word, NULL, &width, &height);
}

static gboolean
is_aspect (const char *word)
{
  double ratio = rushes_aspect_to_ratio (word);

  return ratio > 1 / 16.0 && ratio < 16;
}

/* "832*480" and "480P" are "832x480" and "480p" here. */
static char *
normalize (const char *word)
{
  char *small = g_ascii_strdown (word, -1);

  g_strdelimit (small, "*", 'x');
  return small;
}

/* The choices that are understood; FALSE when there is none. @knows_default is whether the default is one of them. */
static gboolean
add_choices (Making *self, const char *word, gboolean (*is_one) (const char *), gboolean *knows_default)
{
  RushesSchemaProperty *property = find (self, word);
  g_autofree char *member = g_strconcat (word, "s", NULL);
  g_autofree char *default_member = g_strconcat ("default_", word, NULL);
  g_autofree char *fallback = property != NULL ? rushes_schema_to_text (property->fallback) : NULL;
  g_autoptr (JsonArray) list = json_array_new ();
  g_autoptr (JsonObject) to = json_object_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  *knows_default = FALSE;
  for (guint i = 0; property != NULL && i < rushes_schema_count_choices (property); i++)
    {
      JsonNode *node = json_array_get_element (property->choices, i);
      g_autofree char *text = rushes_schema_to_text (node);
      g_autofree char *ours = text != NULL ? normalize (text) : NULL;

      if (ours == NULL || !is_one (ours) || g_hash_table_contains (seen, ours))
        continue;
      json_array_add_string_element (list, ours);
      if (!g_str_equal (ours, text))
        rushes_schema_add_spelling (to, ours, node);
      if (g_strcmp0 (text, fallback) == 0)
        {
          json_object_set_string_member (self->sheet, default_member, ours);
          *knows_default = TRUE;
        }
      g_hash_table_add (seen, g_steal_pointer (&ours));
    }
  if (json_array_get_length (list) == 0)
    return FALSE;
  json_object_set_array_member (self->sheet, member, g_steal_pointer (&list));
  take (self, word, property, g_steal_pointer (&to));
  return TRUE;
}

/* Where a model goes by itself after the picture ("auto"), it is left to. */
static void
leave_aspect_to_pictures (Making *self)
{
  JsonObject *rule = json_object_new ();
  JsonObject *when = json_object_new ();
  JsonArray *rules = json_array_new ();

  json_object_set_boolean_member (when, "picture", TRUE);
  json_object_set_object_member (rule, "when", when);
  json_object_set_array_member (rule, "aspects", json_array_new ());
  json_array_add_object_element (rules, rule);
  json_object_set_array_member (self->sheet, "rules", rules);
}

static void
add_sizes (Making *self)
{
  RushesSchemaProperty *aspect = find (self, "aspect");
  gboolean knows_default;

  add_choices (self, "resolution", is_size, &knows_default);
  if (add_choices (self, "aspect", is_aspect, &knows_default) && !knows_default && aspect->fallback != NULL)
    leave_aspect_to_pictures (self);
}

static void
add_truths (Making *self)
{
  static const char *const words[] = { "seed", "audio", "watermark" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      RushesSchemaProperty *property = find (self, words[i]);

      json_object_set_boolean_member (self->sheet, words[i], property != NULL);
      if (property != NULL)
        take (self, words[i], property, NULL);
    }
}

/* ---- parameters of the model's own ---- */

/* The first thing that the model cannot do without and that no take has; NULL. */
static const char *
add_own (Making *self)
{
  for (guint i = 0; i < self->properties->len; i++)
    {
      const RushesSchemaProperty *property = g_ptr_array_index (self->properties, i);
      gboolean is_left_out = g_strv_contains (self->left_out, property->name);
      gboolean is_full = json_array_get_length (self->parameters) >= MAX_PARAMETERS;
      JsonObject *parameter;

      if (g_hash_table_contains (self->taken, property))
        continue;
      parameter = is_left_out || is_full ? NULL : rushes_schema_make_parameter (property, self->input_names);
      if (parameter != NULL)
        json_array_add_object_element (self->parameters, parameter);
      else if (property->required && property->fallback == NULL)
        return property->name;
    }
  return NULL;
}

/* ---- all of it ---- */

static gboolean
takes_anything (Making *self)
{
  static const char *const words[] = { "prompt", "first_frame", "references" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (json_object_has_member (self->input_names, words[i]))
      return TRUE;
  return FALSE;
}

static GError *
refuse (Making *self, const char *model_id, const char *missing)
{
  g_autofree char *model = rushes_clean_words (model_id);
  g_autofree char *name = missing != NULL ? rushes_model_tidy_words (missing, RUSHES_SCHEMA_TITLE) : NULL;

  if (missing == NULL)
    /* Translators: %s is the name of a model. */
    return rushes_error_new (RUSHES_ERROR_UNSUPPORTED, _ ("“%s” takes neither a prompt nor a picture."), model);
  /* Translators: the name of a model, and what its service calls something that has to be given to it. */
  return rushes_error_new (RUSHES_ERROR_UNSUPPORTED, _ ("“%s” needs “%s”, which Rushes cannot give it."), model, name);
}

JsonNode *
rushes_schema_make_sheet (const char *model_id,
                          GPtrArray *properties,
                          GHashTable *names,
                          const char *const *left_out,
                          GError **error)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);
  g_autoptr (JsonObject) sheet = json_object_new ();
  Making self = { .properties = properties,
                  .names = names,
                  .left_out = left_out,
                  .taken = taken,
                  .sheet = sheet,
                  .inputs = json_object_new (),
                  .input_names = json_object_new (),
                  .parameters = json_array_new () };
  const char *missing;

  g_return_val_if_fail (model_id != NULL && properties != NULL && names != NULL && left_out != NULL, NULL);

  json_object_set_string_member (sheet, "id", model_id);
  json_object_set_object_member (sheet, "inputs", self.inputs);
  json_object_set_object_member (sheet, "input_names", self.input_names);
  json_object_set_array_member (sheet, "parameters", self.parameters);
  add_prompts (&self);
  add_pictures (&self);
  add_length (&self);
  add_sizes (&self);
  add_truths (&self);
  missing = add_own (&self);
  if (missing != NULL || !takes_anything (&self))
    {
      g_propagate_error (error, refuse (&self, model_id, missing));
      return NULL;
    }
  return json_node_init_object (json_node_alloc (), sheet);
}
