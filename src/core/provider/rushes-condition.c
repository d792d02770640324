/* rushes-condition.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-condition.h"

#include <glib/gi18n.h>
#include <math.h>

static const char *const modes[] = { "text", "first", "last", "first_last", "references", NULL };

/* What is NULL, 0 or -1 is not asked for. */
struct _RushesCondition
{
  GPtrArray *models; /* GPatternSpec */
  guint modes;       /* bits, 1 << RushesMode */
  int picture;       /* TRUE, FALSE; -1 */
  int extending;     /* likewise */
  int described;     /* likewise */
  char **resolutions;
  char **aspects;
  double minimum_duration;
  double maximum_duration; /* HUGE_VAL */
  int audio;               /* TRUE, FALSE; -1 */
  GHashTable *parameters;  /* char * → char * */
  char **regions;
};

RushesMode
rushes_mode_of (const RushesBrief *brief)
{
  gboolean first = brief->references[RUSHES_ROLE_FIRST_FRAME]->len > 0;
  gboolean last = brief->references[RUSHES_ROLE_LAST_FRAME]->len > 0;

  if (brief->references[RUSHES_ROLE_REFERENCE]->len > 0)
    return RUSHES_MODE_REFERENCES;
  if (first && last)
    return RUSHES_MODE_FIRST_LAST;
  return first ? RUSHES_MODE_FIRST : last ? RUSHES_MODE_LAST : RUSHES_MODE_TEXT;
}

const char *
rushes_mode_to_string (RushesMode mode)
{
  g_return_val_if_fail ((gsize) mode < G_N_ELEMENTS (modes) - 1, NULL);
  return modes[mode];
}

/* ---- reading ---- */

static GPtrArray *
read_models (RushesJsonReader *reader)
{
  g_auto (GStrv) texts = rushes_json_reader_get_strings (reader, "models");
  GPtrArray *patterns = g_ptr_array_new_with_free_func ((GDestroyNotify) g_pattern_spec_free);

  for (guint i = 0; texts[i] != NULL; i++)
    g_ptr_array_add (patterns, g_pattern_spec_new (texts[i]));
  return patterns;
}

static guint
read_modes (RushesJsonReader *reader)
{
  guint bits = 0;

  if (!rushes_json_reader_enter_list (reader, "mode"))
    return 0;
  while (rushes_json_reader_next (reader))
    bits |= 1u << rushes_json_reader_get_word (reader, NULL, modes, RUSHES_MODE_TEXT);
  rushes_json_reader_leave (reader);
  if (bits == 0)
    rushes_json_reader_complain (reader, "mode", "%s", _ ("at least one is expected."));
  return bits;
}

static char **
read_strings (RushesJsonReader *reader, const char *member)
{
  return rushes_json_reader_has (reader, member) ? rushes_json_reader_get_strings (reader, member) : NULL;
}

static int
read_truth (RushesJsonReader *reader, const char *member)
{
  return rushes_json_reader_has (reader, member) ? rushes_json_reader_get_boolean (reader, member, FALSE) : -1;
}

static GHashTable *
read_parameters (RushesJsonReader *reader)
{
  g_autoptr (GList) names = NULL;
  GHashTable *parameters;

  if (!rushes_json_reader_enter_object (reader, "parameters"))
    return NULL;

  parameters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  names = rushes_json_reader_list_members (reader);
  for (const GList *name = names; name != NULL; name = name->next)
    g_hash_table_insert (parameters, g_strdup (name->data),
                         g_strdup (rushes_json_reader_get_string (reader, name->data, "")));
  rushes_json_reader_leave (reader);
  return parameters;
}

RushesCondition *
rushes_condition_read (RushesJsonReader *reader)
{
  RushesCondition *self;

  g_return_val_if_fail (reader != NULL, NULL);

  self = g_new0 (RushesCondition, 1);
  if (rushes_json_reader_has (reader, "models"))
    self->models = read_models (reader);
  self->modes = read_modes (reader);
  self->picture = read_truth (reader, "picture");
  self->extending = read_truth (reader, "extending");
  self->described = read_truth (reader, "described");
  self->resolutions = read_strings (reader, "resolutions");
  self->aspects = read_strings (reader, "aspects");
  self->maximum_duration = HUGE_VAL;
  if (rushes_json_reader_enter_object (reader, "duration"))
    {
      self->minimum_duration = rushes_json_reader_get_number (reader, "minimum", 0, RUSHES_MAX_SECONDS, 0);
      self->maximum_duration =
          rushes_json_reader_get_number (reader, "maximum", self->minimum_duration, RUSHES_MAX_SECONDS, HUGE_VAL);
      rushes_json_reader_leave (reader);
    }
  self->audio = read_truth (reader, "audio");
  self->parameters = read_parameters (reader);
  self->regions = read_strings (reader, "region");

  return self;
}

void
rushes_condition_free (RushesCondition *self)
{
  g_clear_pointer (&self->models, g_ptr_array_unref);
  g_strfreev (self->resolutions);
  g_strfreev (self->aspects);
  g_clear_pointer (&self->parameters, g_hash_table_unref);
  g_strfreev (self->regions);
  g_free (self);
}

/* ---- asking ---- */

/* Whether the names of the model's inputs are its own. */
static gboolean
is_described (const RushesBrief *brief)
{
  return brief->sheet != NULL && JSON_NODE_HOLDS_OBJECT (brief->sheet) &&
         json_object_has_member (json_node_get_object (brief->sheet), "input_names");
}

static gboolean
is_one_of (char **words, const char *word)
{
  return words == NULL || (word != NULL && g_strv_contains ((const char *const *) words, word));
}

static gboolean
matches_one_of (GPtrArray *patterns, const char *text)
{
  if (patterns == NULL)
    return TRUE;
  for (guint i = 0; text != NULL && i < patterns->len; i++)
    if (g_pattern_spec_match_string (g_ptr_array_index (patterns, i), text))
      return TRUE;
  return FALSE;
}

static gboolean
are_set (GHashTable *wanted, GHashTable *parameters)
{
  GHashTableIter iter;
  gpointer name, value;

  if (wanted == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (g_strcmp0 (g_hash_table_lookup (parameters, name), value) != 0)
      return FALSE;
  return TRUE;
}

gboolean
rushes_condition_is_for_extending (const RushesCondition *self)
{
  return self != NULL && self->extending == TRUE;
}

gboolean
rushes_condition_holds (const RushesCondition *self, const RushesBrief *brief, const char *region)
{
  RushesMode mode;

  g_return_val_if_fail (brief != NULL, FALSE);

  if (self == NULL)
    return TRUE;

  mode = rushes_mode_of (brief);
  return matches_one_of (self->models, brief->model_id) && (self->modes == 0 || self->modes & 1u << mode) &&
         (self->picture < 0 || self->picture == (mode != RUSHES_MODE_TEXT)) &&
         (self->extending < 0 || self->extending == (brief->extension != NULL)) &&
         (self->described < 0 || self->described == is_described (brief)) &&
         is_one_of (self->resolutions, brief->resolution) && is_one_of (self->aspects, brief->aspect) &&
         brief->duration >= self->minimum_duration && brief->duration <= self->maximum_duration &&
         (self->audio < 0 || self->audio == !!brief->audio) && are_set (self->parameters, brief->parameters) &&
         is_one_of (self->regions, region);
}
