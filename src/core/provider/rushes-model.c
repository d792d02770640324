/* rushes-model.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-input-names.h"
#include "rushes-model-private.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (RushesModel, rushes_model, G_TYPE_OBJECT)

static void
rushes_model_finalize (GObject *object)
{
  RushesModel *self = RUSHES_MODEL (object);

  g_free (self->id);
  g_free (self->sent_as);
  g_free (self->name);
  g_free (self->summary);
  g_free (self->provider_id);
  g_free (self->retired);
  g_strfreev (self->not_in);
  g_free (self->region);
  g_hash_table_unref (self->values);
  rushes_abilities_clear (&self->can);
  g_ptr_array_unref (self->rules);
  g_hash_table_unref (self->narrowed);
  g_clear_pointer (&self->pictures, rushes_pictures_unref);
  g_clear_pointer (&self->naming, rushes_naming_unref);
  g_ptr_array_unref (self->parameters);
  g_clear_pointer (&self->rates, g_ptr_array_unref);
  g_clear_pointer (&self->input_names, rushes_input_names_unref);
  g_clear_pointer (&self->sheet, json_node_unref);

  G_OBJECT_CLASS (rushes_model_parent_class)->finalize (object);
}

static void
rushes_model_class_init (RushesModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_model_finalize;
}

static void
rushes_model_init (RushesModel *self)
{
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_node_unref);
  rushes_abilities_init (&self->can);
  self->rules = g_ptr_array_new ();
  self->narrowed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->parameters = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_parameter_free);
  self->max_count = 1;
}

RushesModel *
rushes_model_new (const char *provider_id)
{
  RushesModel *self = g_object_new (RUSHES_TYPE_MODEL, NULL);

  self->provider_id = g_strdup (provider_id);
  return self;
}

const char *
rushes_model_get_id (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  return self->id;
}

const char *
rushes_model_get_name (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  return self->name;
}

const char *
rushes_model_get_provider_id (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  return self->provider_id;
}

const char *
rushes_model_get_summary (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  return self->summary;
}

const char *
rushes_model_get_retired (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  return self->retired;
}

gboolean
rushes_model_get_is_retired (RushesModel *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");

  g_return_val_if_fail (RUSHES_IS_MODEL (self), FALSE);
  return self->retired != NULL && strcmp (today, self->retired) >= 0;
}

void
rushes_model_set_region (RushesModel *self, const char *region)
{
  g_set_str (&self->region, region);
  self->is_elsewhere =
      region != NULL && self->not_in != NULL && g_strv_contains ((const char *const *) self->not_in, region);
}

gboolean
rushes_model_get_is_elsewhere (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), FALSE);
  return self->is_elsewhere;
}

gboolean
rushes_model_get_is_offered (RushesModel *self)
{
  return !rushes_model_get_is_retired (self) && !self->is_elsewhere;
}

const char *
rushes_model_get_sent_as (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  return self->sent_as;
}

JsonNode *
rushes_model_get_sheet (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  return self->sheet;
}

JsonNode *
rushes_model_get_value (RushesModel *self, const char *name)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);
  return g_hash_table_lookup (self->values, name);
}

const double *
rushes_model_get_durations (RushesModel *self, gsize *n_durations)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  g_return_val_if_fail (n_durations != NULL, NULL);

  *n_durations = self->can.durations->len;
  return (const double *) self->can.durations->data;
}

gboolean
rushes_model_get_duration_range (RushesModel *self, double *minimum, double *maximum, double *step)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), FALSE);

  if (self->can.duration_step <= 0)
    return FALSE;

  *minimum = self->can.minimum_duration;
  *maximum = self->can.maximum_duration;
  *step = self->can.duration_step;
  return TRUE;
}

double
rushes_model_get_default_duration (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), 0);
  return self->can.default_duration;
}

const char *const *
rushes_model_get_resolutions (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  return (const char *const *) self->can.resolutions;
}

const char *
rushes_model_get_default_resolution (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  return self->can.default_resolution;
}

const char *const *
rushes_model_get_aspects (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  return (const char *const *) self->can.aspects;
}

const char *
rushes_model_get_default_aspect (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  return self->can.default_aspect;
}

const int *
rushes_model_get_frame_rates (RushesModel *self, gsize *n_rates)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  g_return_val_if_fail (n_rates != NULL, NULL);

  *n_rates = self->can.frame_rates->len;
  return (const int *) self->can.frame_rates->data;
}

int
rushes_model_get_default_frame_rate (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), 0);
  return self->can.default_frame_rate;
}

RushesInput
rushes_model_get_input (RushesModel *self, RushesReferenceRole role)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), RUSHES_INPUT_NONE);

  switch (role)
    {
    case RUSHES_ROLE_FIRST_FRAME:
      return self->can.first_frame;
    case RUSHES_ROLE_LAST_FRAME:
      return self->can.last_frame;
    case RUSHES_ROLE_REFERENCE:
      return self->can.max_references > 0 ? RUSHES_INPUT_OPTIONAL : RUSHES_INPUT_NONE;
    default:
      g_return_val_if_reached (RUSHES_INPUT_NONE);
    }
}

int
rushes_model_get_max_references (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), 0);
  return self->can.max_references;
}

RushesInput
rushes_model_get_prompt_input (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), RUSHES_INPUT_NONE);
  return self->prompt;
}

int
rushes_model_get_prompt_limit (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), 0);
  return self->prompt_limit;
}

glong
rushes_model_measure (RushesModel *self, const char *text)
{
  glong length = 0;

  g_return_val_if_fail (RUSHES_IS_MODEL (self), 0);
  g_return_val_if_fail (text != NULL, 0);

  switch (self->prompt_unit)
    {
    case RUSHES_UNIT_UTF16:
      /* What lies beyond the first plane is written as two units. */
      for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
        length += g_utf8_get_char (at) > 0xffff ? 2 : 1;
      return length;
    case RUSHES_UNIT_BYTES:
      return strlen (text);
    case RUSHES_UNIT_CHARACTERS:
    default:
      return g_utf8_strlen (text, -1);
    }
}

gboolean
rushes_model_get_has_negative (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), FALSE);
  return self->can.has_negative;
}

gboolean
rushes_model_get_has_seed (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), FALSE);
  return self->can.has_seed;
}

gboolean
rushes_model_get_has_audio (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), FALSE);
  return self->can.has_audio;
}

gboolean
rushes_model_get_has_watermark (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), FALSE);
  return self->has_watermark;
}

const RushesStretch *
rushes_model_get_stretch (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  return &self->stretch;
}

int
rushes_model_get_max_count (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), 1);
  return self->max_count;
}

GPtrArray *
rushes_model_get_parameters (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  return self->parameters;
}
