/* rushes-model.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-model-private.h"

G_DEFINE_FINAL_TYPE (RushesModel, rushes_model, G_TYPE_OBJECT)

static void
parameter_free (RushesParameter *parameter)
{
  g_free (parameter->name);
  g_free (parameter->title);
  g_free (parameter->subtitle);
  g_free (parameter->fallback);
  g_clear_pointer (&parameter->choices, g_ptr_array_unref);
  g_free (parameter);
}

void
rushes_rate_free (RushesRate *self)
{
  g_strfreev (self->resolutions);
  g_strfreev (self->aspects);
  g_clear_pointer (&self->parameters, g_hash_table_unref);
  g_free (self);
}

static void
rushes_model_finalize (GObject *object)
{
  RushesModel *self = RUSHES_MODEL (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->summary);
  g_free (self->provider_id);
  g_free (self->retired);
  g_array_unref (self->durations);
  g_strfreev (self->resolutions);
  g_free (self->default_resolution);
  g_strfreev (self->aspects);
  g_free (self->default_aspect);
  g_array_unref (self->frame_rates);
  g_ptr_array_unref (self->parameters);
  g_clear_pointer (&self->rates, g_ptr_array_unref);

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
  self->durations = g_array_new (FALSE, FALSE, sizeof (double));
  self->frame_rates = g_array_new (FALSE, FALSE, sizeof (int));
  self->parameters = g_ptr_array_new_with_free_func ((GDestroyNotify) parameter_free);
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

const double *
rushes_model_get_durations (RushesModel *self, gsize *n_durations)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  g_return_val_if_fail (n_durations != NULL, NULL);

  *n_durations = self->durations->len;
  return (const double *) self->durations->data;
}

gboolean
rushes_model_get_duration_range (RushesModel *self, double *minimum, double *maximum, double *step)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), FALSE);

  if (self->duration_step <= 0)
    return FALSE;

  *minimum = self->minimum_duration;
  *maximum = self->maximum_duration;
  *step = self->duration_step;
  return TRUE;
}

double
rushes_model_get_default_duration (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), 0);
  return self->default_duration;
}

const char *const *
rushes_model_get_resolutions (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  return (const char *const *) self->resolutions;
}

const char *
rushes_model_get_default_resolution (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  return self->default_resolution;
}

const char *const *
rushes_model_get_aspects (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  return (const char *const *) self->aspects;
}

const char *
rushes_model_get_default_aspect (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  return self->default_aspect;
}

const int *
rushes_model_get_frame_rates (RushesModel *self, gsize *n_rates)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  g_return_val_if_fail (n_rates != NULL, NULL);

  *n_rates = self->frame_rates->len;
  return (const int *) self->frame_rates->data;
}

int
rushes_model_get_default_frame_rate (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), 0);
  return self->default_frame_rate;
}

RushesInput
rushes_model_get_input (RushesModel *self, RushesReferenceRole role)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), RUSHES_INPUT_NONE);

  switch (role)
    {
    case RUSHES_ROLE_FIRST_FRAME:
      return self->first_frame;
    case RUSHES_ROLE_LAST_FRAME:
      return self->last_frame;
    case RUSHES_ROLE_REFERENCE:
      return self->max_references > 0 ? RUSHES_INPUT_OPTIONAL : RUSHES_INPUT_NONE;
    default:
      g_return_val_if_reached (RUSHES_INPUT_NONE);
    }
}

int
rushes_model_get_max_references (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), 0);
  return self->max_references;
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

gboolean
rushes_model_get_has_negative (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), FALSE);
  return self->has_negative;
}

gboolean
rushes_model_get_has_seed (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), FALSE);
  return self->has_seed;
}

gboolean
rushes_model_get_has_audio (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), FALSE);
  return self->has_audio;
}

gboolean
rushes_model_get_has_watermark (RushesModel *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), FALSE);
  return self->has_watermark;
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

const RushesParameter *
rushes_model_find_parameter (RushesModel *self, const char *name)
{
  for (guint i = 0; i < self->parameters->len; i++)
    {
      const RushesParameter *parameter = g_ptr_array_index (self->parameters, i);

      if (g_str_equal (parameter->name, name))
        return parameter;
    }
  return NULL;
}
