/* rushes-order.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-queue-private.h"

#include <glib/gi18n.h>

#include "rushes-error.h"

void
rushes_order_clear (RushesOrder *self)
{
  g_clear_pointer (&self->requests, g_ptr_array_unref);
  g_clear_pointer (&self->prices, g_array_unref);
}

static RushesModel *
find_model (RushesRegistry *registry, RushesDraft *draft, GError **error)
{
  const char *provider_id = rushes_draft_get_provider_id (draft);
  const char *model_id = rushes_draft_get_model_id (draft);
  RushesProvider *provider;
  RushesModel *model;
  GError *problem;

  provider = rushes_registry_require (registry, provider_id != NULL ? provider_id : "", error);
  if (provider == NULL)
    return NULL;
  if ((problem = rushes_provider_get_problem (provider)) != NULL)
    {
      g_propagate_error (error, problem);
      return NULL;
    }

  model = rushes_provider_find_model (provider, model_id);
  if (model == NULL)
    /* Translators: a provider, and the name of a model. */
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("%s has no model “%s”."), rushes_provider_get_name (provider),
                      model_id);
  return model;
}

/* All takes of one draft. */
static gboolean
freeze_one (RushesOrder *self, RushesModel *model, RushesDraft *draft, GError **error)
{
  GError *refusal = rushes_model_check (model, draft);

  if (refusal != NULL)
    {
      g_propagate_error (error, refusal);
      return FALSE;
    }

  for (int i = 0; i < rushes_draft_get_count (draft); i++)
    {
      RushesRequest *request = rushes_request_new (draft, model, i);
      RushesPrice price = rushes_model_estimate_request (model, request);

      g_ptr_array_add (self->requests, request);
      g_array_append_val (self->prices, price);
    }
  return TRUE;
}

gboolean
rushes_order_freeze (RushesOrder *self, RushesRegistry *registry, GPtrArray *drafts, GError **error)
{
  self->requests = g_ptr_array_new_with_free_func (g_object_unref);
  self->prices = g_array_new (FALSE, FALSE, sizeof (RushesPrice));

  for (guint i = 0; i < drafts->len; i++)
    {
      g_autoptr (RushesDraft) copy = rushes_draft_copy (g_ptr_array_index (drafts, i));
      RushesModel *model = find_model (registry, copy, error);

      if (model == NULL)
        return FALSE;
      rushes_draft_set_model (copy, rushes_model_get_provider_id (model), rushes_model_get_id (model));
      if (!freeze_one (self, model, copy, error))
        return FALSE;
    }
  return TRUE;
}
