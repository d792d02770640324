/* rushes-sample.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-sample.h"

#include <glib/gi18n.h>

#include "rushes-async.h"

#define PICTURE RESOURCE_PATH "/samples/harbour.jpg"
#define PRESET  "slow-push-in"

typedef struct
{
  RushesStudio *studio;
  RushesProject *project;
} Sample;

static void
sample_free (gpointer data)
{
  Sample *self = data;

  g_object_unref (self->studio);
  g_object_unref (self->project);
  g_free (self);
}

static void
fill_in (RushesDraft *draft, RushesModel *model, RushesPreset *preset, RushesReference *picture)
{
  g_autoptr (GPtrArray) notes = NULL;

  rushes_draft_set_model (draft, rushes_model_get_provider_id (model), rushes_model_get_id (model));
  rushes_draft_set_duration (draft, rushes_model_get_default_duration (model));
  rushes_draft_set_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0, picture);
  if (preset != NULL)
    rushes_draft_set_preset (draft, rushes_preset_get_id (preset), rushes_preset_get_prompt (preset));
  notes = rushes_model_fit (model, draft);
}

static DexFuture *
sample_fiber (gpointer data)
{
  Sample *sample = data;
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesReference) picture = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) takes = NULL;
  g_autofree char *order_id = rushes_new_id ();
  g_autoptr (GError) error = NULL;
  RushesProvider *provider;

  provider = rushes_registry_require (rushes_studio_get_registry (sample->studio), "animatic", &error);
  if (provider == NULL || !(bytes = g_resources_lookup_data (PICTURE, G_RESOURCE_LOOKUP_FLAGS_NONE, &error)) ||
      !(picture = dex_await_object (
            rushes_importer_import_bytes (rushes_studio_get_importer (sample->studio), bytes, _ ("Sample Picture")),
            &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  fill_in (draft, rushes_provider_find_model (provider, NULL),
           rushes_presets_find (rushes_studio_get_presets (sample->studio), PRESET), picture);
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

  return rushes_async_spawn (sample_fiber, sample, sample_free);
}
