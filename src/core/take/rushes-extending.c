/* rushes-extending.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-extending.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-async.h"
#include "rushes-attempt.h"
#include "rushes-error.h"

typedef struct
{
  RushesLibrary *library;
  RushesRegistry *registry;
  RushesTake *take;
  gboolean rehearsal;
} Beginning;

static void
beginning_free (gpointer data)
{
  Beginning *self = data;

  g_object_unref (self->library);
  g_object_unref (self->registry);
  g_object_unref (self->take);
  g_free (self);
}

gboolean
rushes_extending_is_known (RushesRegistry *registry, RushesTake *take)
{
  RushesRequest *request;
  RushesProvider *provider;
  RushesModel *model;

  g_return_val_if_fail (RUSHES_IS_REGISTRY (registry), FALSE);
  g_return_val_if_fail (RUSHES_IS_TAKE (take), FALSE);

  request = rushes_take_get_request (take);
  provider = request != NULL ? rushes_registry_find (registry, rushes_request_get_provider_id (request)) : NULL;
  model = provider != NULL ? rushes_provider_find_model (provider, rushes_request_get_model_id (request)) : NULL;
  return model != NULL && rushes_model_get_stretch (model)->kind != RUSHES_STRETCH_NONE;
}

/* ---- what there is of the clip ---- */

/* The attempt whose clip the take shows. */
static const RushesAttempt *
find_maker (GPtrArray *attempts)
{
  for (guint i = 0; i < attempts->len; i++)
    {
      const RushesAttempt *attempt = g_ptr_array_index (attempts, i);

      if (attempt->state == RUSHES_TAKE_STATE_READY)
        return attempt;
    }
  return NULL;
}

static char *
make_address (const RushesOutput *output, gboolean rehearsal)
{
  gsize length = strcspn (output->uri, "?#");

  /* What came within a reply lies in a file of ours. */
  if (!g_str_has_prefix (output->uri, "http"))
    return NULL;
  return rehearsal && output->uri[length] != '\0' ? g_strdup_printf ("%.*s?…", (int) length, output->uri)
                                                  : g_strdup (output->uri);
}

static RushesExtension *
make_extension (const Beginning *self, const RushesAttempt *maker)
{
  const RushesOutput *output = maker->outputs->len > 0 ? g_ptr_array_index (maker->outputs, 0) : NULL;
  RushesExtension *extension = g_new0 (RushesExtension, 1);

  extension->take_id = g_strdup (rushes_take_get_id (self->take));
  extension->task_id = g_strdup (maker->task_id);
  extension->host = g_strdup (maker->host);
  extension->key = maker->key != NULL ? rushes_key_mark_copy (maker->key) : NULL;
  extension->seconds = rushes_clip_get_facts (rushes_take_get_clip (self->take))->duration;
  if (output != NULL)
    {
      extension->clip_id = g_strdup (output->clip_id);
      extension->address = make_address (output, self->rehearsal);
      extension->expires = output->expires;
    }
  return extension;
}

static RushesExtension *
find_extension (const Beginning *self, GError **error)
{
  g_autoptr (GPtrArray) attempts = dex_await_boxed (rushes_library_load_attempts (self->library, self->take), error);
  const RushesAttempt *maker = attempts != NULL ? find_maker (attempts) : NULL;

  if (attempts == NULL)
    return NULL;
  if (maker == NULL || maker->host == NULL || rushes_take_get_clip (self->take) == NULL)
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s",
                        _ ("Only a clip that a service has made, and that is here, can be extended."));
      return NULL;
    }
  return make_extension (self, maker);
}

/* ---- what is made of it ---- */

static RushesDraft *
make_draft (RushesTake *take, RushesModel *model, const RushesExtension *extension)
{
  RushesDraft *draft = rushes_draft_new ();
  g_autoptr (GPtrArray) notes = NULL;

  rushes_draft_set_from_request (draft, rushes_take_get_request (take));
  rushes_draft_clear (draft);
  rushes_draft_set_count (draft, 1);
  rushes_draft_set_seed (draft, -1);
  rushes_draft_set_duration (draft, 0);
  rushes_draft_set_extension (draft, extension);
  notes = rushes_model_fit (model, draft);
  return draft;
}

/* Whether its provider would take it now; what the person has yet to say is not looked at. */
static gboolean
check (const Beginning *self, RushesProvider *provider, RushesModel *model, RushesDraft *draft, GError **error)
{
  g_autoptr (RushesRequest) request = rushes_request_new (draft, model, 0);
  g_autofree char *id = rushes_new_id ();
  g_autoptr (GFile) spool =
      g_file_get_child (rushes_folders_get_spool (rushes_library_get_folders (self->library)), id);
  g_autoptr (RushesJob) job = rushes_job_new (request, id, spool, NULL);

  rushes_job_set_library (job, self->library);
  return dex_await (rushes_provider_check_extension (provider, job), error);
}

static DexFuture *
begin_fiber (gpointer data)
{
  const Beginning *self = data;
  RushesRequest *request = rushes_take_get_request (self->take);
  g_autoptr (RushesExtension) extension = NULL;
  g_autoptr (RushesDraft) draft = NULL;
  g_autoptr (GError) error = NULL;
  RushesProvider *provider;
  RushesModel *model;

  provider = rushes_registry_require (self->registry, rushes_request_get_provider_id (request), &error);
  if (provider == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  model = rushes_provider_find_model (provider, rushes_request_get_model_id (request));
  if (model == NULL)
    return dex_future_new_for_error (
        /* Translators: a provider, and the name of a model. */
        rushes_error_new (RUSHES_ERROR_BAD_REQUEST, _ ("%s has no model “%s”."), rushes_provider_get_name (provider),
                          rushes_request_get_model_id (request)));

  if ((extension = find_extension (self, &error)) == NULL ||
      (error = rushes_model_check_extension (model, extension)) != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  draft = make_draft (self->take, model, extension);
  if (!self->rehearsal && !check (self, provider, model, draft, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_take_object (g_steal_pointer (&draft));
}

DexFuture *
rushes_extending_begin (RushesLibrary *library, RushesRegistry *registry, RushesTake *take, gboolean rehearsal)
{
  Beginning *self;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (library));
  dex_return_error_if_fail (RUSHES_IS_REGISTRY (registry));
  dex_return_error_if_fail (RUSHES_IS_TAKE (take) && rushes_take_get_request (take) != NULL);

  self = g_new0 (Beginning, 1);
  self->library = g_object_ref (library);
  self->registry = g_object_ref (registry);
  self->take = g_object_ref (take);
  self->rehearsal = rehearsal;
  return rushes_async_spawn (begin_fiber, self, beginning_free);
}
