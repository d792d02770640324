/* rushes-model-choice.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-model-choice.h"

#include <glib/gi18n.h>

struct _RushesModelChoice
{
  GObject parent_instance;

  RushesProvider *provider;
  RushesModel *model;
  gboolean favourite;
};

G_DEFINE_FINAL_TYPE (RushesModelChoice, rushes_model_choice, G_TYPE_OBJECT)

static void
rushes_model_choice_finalize (GObject *object)
{
  RushesModelChoice *self = RUSHES_MODEL_CHOICE (object);

  g_object_unref (self->provider);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (rushes_model_choice_parent_class)->finalize (object);
}

static void
rushes_model_choice_class_init (RushesModelChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_model_choice_finalize;
}

static void
rushes_model_choice_init (RushesModelChoice *self)
{
}

RushesModelChoice *
rushes_model_choice_new (RushesProvider *provider, RushesModel *model)
{
  RushesModelChoice *self;

  g_return_val_if_fail (RUSHES_IS_PROVIDER (provider), NULL);
  g_return_val_if_fail (model == NULL || RUSHES_IS_MODEL (model), NULL);

  self = g_object_new (RUSHES_TYPE_MODEL_CHOICE, NULL);
  self->provider = g_object_ref (provider);
  g_set_object (&self->model, model);
  return self;
}

RushesModelChoice *
rushes_model_choice_new_favourite (RushesProvider *provider, RushesModel *model)
{
  RushesModelChoice *self;

  g_return_val_if_fail (RUSHES_IS_MODEL (model), NULL);

  self = rushes_model_choice_new (provider, model);
  self->favourite = TRUE;
  return self;
}

gboolean
rushes_model_choice_get_is_favourite (RushesModelChoice *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL_CHOICE (self), FALSE);
  return self->favourite;
}

RushesProvider *
rushes_model_choice_get_provider (RushesModelChoice *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL_CHOICE (self), NULL);
  return self->provider;
}

RushesModel *
rushes_model_choice_get_model (RushesModelChoice *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL_CHOICE (self), NULL);
  return self->model;
}

const char *
rushes_model_choice_get_name (RushesModelChoice *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL_CHOICE (self), NULL);
  return self->model != NULL ? rushes_model_get_name (self->model) : _ ("Other Model…");
}
