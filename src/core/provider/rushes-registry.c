/* rushes-registry.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-registry.h"

#include <glib/gi18n.h>

#include "rushes-error.h"

struct _RushesRegistry
{
  GObject parent_instance;

  GPtrArray *providers; /* RushesProvider */
};

static GType
rushes_registry_get_item_type (GListModel *list)
{
  return RUSHES_TYPE_PROVIDER;
}

static guint
rushes_registry_get_n_items (GListModel *list)
{
  return RUSHES_REGISTRY (list)->providers->len;
}

static gpointer
rushes_registry_get_item (GListModel *list, guint position)
{
  RushesRegistry *self = RUSHES_REGISTRY (list);

  return position < self->providers->len ? g_object_ref (g_ptr_array_index (self->providers, position)) : NULL;
}

static void
rushes_registry_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = rushes_registry_get_item_type;
  iface->get_n_items = rushes_registry_get_n_items;
  iface->get_item = rushes_registry_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RushesRegistry,
                               rushes_registry,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, rushes_registry_list_model_init))

static void
rushes_registry_finalize (GObject *object)
{
  g_ptr_array_unref (RUSHES_REGISTRY (object)->providers);

  G_OBJECT_CLASS (rushes_registry_parent_class)->finalize (object);
}

static void
rushes_registry_class_init (RushesRegistryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_registry_finalize;
}

static void
rushes_registry_init (RushesRegistry *self)
{
  self->providers = g_ptr_array_new_with_free_func (g_object_unref);
}

RushesRegistry *
rushes_registry_new (void)
{
  return g_object_new (RUSHES_TYPE_REGISTRY, NULL);
}

void
rushes_registry_add (RushesRegistry *self, RushesProvider *provider)
{
  g_return_if_fail (RUSHES_IS_REGISTRY (self));
  g_return_if_fail (RUSHES_IS_PROVIDER (provider));
  g_return_if_fail (rushes_registry_find (self, rushes_provider_get_id (provider)) == NULL);

  g_ptr_array_add (self->providers, g_object_ref (provider));
  g_list_model_items_changed (G_LIST_MODEL (self), self->providers->len - 1, 0, 1);
}

RushesProvider *
rushes_registry_find (RushesRegistry *self, const char *id)
{
  g_return_val_if_fail (RUSHES_IS_REGISTRY (self), NULL);

  for (guint i = 0; i < self->providers->len; i++)
    {
      RushesProvider *provider = g_ptr_array_index (self->providers, i);

      if (g_strcmp0 (rushes_provider_get_id (provider), id) == 0)
        return provider;
    }
  return NULL;
}

RushesProvider *
rushes_registry_require (RushesRegistry *self, const char *id, GError **error)
{
  g_autoptr (GStrvBuilder) builder = NULL;
  g_autofree char *all = NULL;
  g_auto (GStrv) ids = NULL;
  g_autoptr (GError) refusal = NULL;
  RushesProvider *provider;

  g_return_val_if_fail (RUSHES_IS_REGISTRY (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  provider = rushes_registry_find (self, id);
  if (provider != NULL)
    return provider;

  builder = g_strv_builder_new ();
  for (guint i = 0; i < self->providers->len; i++)
    g_strv_builder_add (builder, rushes_provider_get_id (g_ptr_array_index (self->providers, i)));
  ids = g_strv_builder_end (builder);
  all = g_strjoinv (", ", ids);
  /* Translators: a name that was asked for, and a list of those there are. */
  refusal = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, _ ("There is no provider “%s”; there are: %s."), id, all);
  rushes_error_set_field (refusal, "provider");
  g_propagate_error (error, g_steal_pointer (&refusal));
  return NULL;
}
