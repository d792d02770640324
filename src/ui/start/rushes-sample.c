/* rushes-sample.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-sample.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-upload-place.h"

#define PICTURE RESOURCE_PATH "/samples/harbour.jpg"
#define PRESET  "slow-push-in"

typedef struct
{
  RushesStudio *studio;
  RushesProject *project; /* NULL when nothing is to be made yet */
  RushesModel *model;
} Sample;

static void
sample_free (gpointer data)
{
  Sample *self = data;

  g_object_unref (self->studio);
  g_clear_object (&self->project);
  g_clear_object (&self->model);
  g_free (self);
}

static DexFuture *
import (const Sample *sample)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_resources_lookup_data (PICTURE, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  if (bytes == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return rushes_importer_import_bytes (rushes_studio_get_importer (sample->studio), bytes, _ ("Sample Picture"));
}

static void
fill_in (RushesDraft *draft, RushesModel *model, RushesReference *picture)
{
  rushes_draft_set_model (draft, rushes_model_get_provider_id (model), rushes_model_get_id (model));
  rushes_draft_set_duration (draft, rushes_model_get_default_duration (model));
  if (picture != NULL)
    rushes_draft_set_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0, picture);
}

static void
fit (RushesDraft *draft, RushesModel *model)
{
  g_autoptr (GPtrArray) notes = rushes_model_fit (model, draft);
}

/* ---- for the person to make ---- */

/* A first clip does not begin with setting up a place for pictures: who needs one gets words alone. */
static gboolean
can_send_picture (RushesModel *model)
{
  guint n_forms;
  const RushesPictureForm *forms = rushes_model_get_picture_forms (model, 0, &n_forms);

  if (rushes_model_get_input (model, RUSHES_ROLE_FIRST_FRAME) == RUSHES_INPUT_NONE)
    return FALSE;
  return n_forms != 1 || forms[0] != RUSHES_FORM_ADDRESS ||
         rushes_upload_places_choose (rushes_upload_places_get_default (), rushes_model_get_provider_id (model)) !=
             NULL;
}

static DexFuture *
compose_fiber (gpointer data)
{
  const Sample *sample = data;
  RushesDraft *draft = rushes_draft_new ();
  g_autoptr (RushesReference) picture = NULL;
  g_autoptr (GError) error = NULL;

  if (can_send_picture (sample->model) && (picture = dex_await_object (import (sample), &error)) == NULL)
    {
      g_object_unref (draft);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }
  fill_in (draft, sample->model, picture);
  /* Translators: a prompt for the sample picture, which also holds without it. English is what models know best: leave
   * it so unless you know that they understand your language as well. */
  rushes_draft_set_prompt (draft, _ ("The camera moves slowly towards a small harbour in the morning light, the boats "
                                     "sway gently and the water glitters"));
  fit (draft, sample->model);

  return dex_future_new_take_object (draft);
}

DexFuture *
rushes_sample_compose (RushesStudio *studio, RushesModel *model)
{
  Sample *sample = g_new0 (Sample, 1);

  sample->studio = g_object_ref (studio);
  sample->model = g_object_ref (model);

  return rushes_async_spawn (compose_fiber, sample, sample_free);
}

/* ---- made at once ---- */

static DexFuture *
generate_fiber (gpointer data)
{
  const Sample *sample = data;
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesReference) picture = NULL;
  g_autoptr (GPtrArray) takes = NULL;
  g_autofree char *order_id = rushes_new_id ();
  g_autoptr (GError) error = NULL;
  RushesProvider *provider;
  RushesPreset *preset;
  RushesModel *model;

  provider = rushes_registry_require (rushes_studio_get_registry (sample->studio), "animatic", &error);
  if (provider == NULL || (picture = dex_await_object (import (sample), &error)) == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  model = rushes_provider_find_model (provider, NULL);
  preset = rushes_presets_find (rushes_studio_get_presets (sample->studio), PRESET);
  fill_in (draft, model, picture);
  if (preset != NULL)
    rushes_draft_set_preset (draft, rushes_preset_get_id (preset), rushes_preset_get_prompt (preset));
  fit (draft, model);
  takes = dex_await_boxed (
      rushes_queue_generate (rushes_studio_get_queue (sample->studio), sample->project, draft, NULL, order_id), &error);
  if (takes == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_object (g_object_ref (takes->pdata[0]));
}

DexFuture *
rushes_sample_generate (RushesStudio *studio, RushesProject *project)
{
  Sample *sample = g_new0 (Sample, 1);

  sample->studio = g_object_ref (studio);
  sample->project = g_object_ref (project);

  return rushes_async_spawn (generate_fiber, sample, sample_free);
}
