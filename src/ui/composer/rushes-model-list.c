/* rushes-model-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-model-list.h"

#include <gtk/gtk.h>

#include "rushes-favourites.h"
#include "rushes-http-provider.h"
#include "rushes-provider-settings.h"
#include "rushes-settings.h"

/* Of the names that were typed; the oldest is forgotten first. */
#define MOST_TYPED 50

struct _RushesModelList
{
  GObject parent_instance;

  RushesRegistry *registry;
  GPtrArray *followed; /* RushesProvider, and GSettings of each */
  GListModel *choices;
  GSettings *settings;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesModelList, rushes_model_list, G_TYPE_OBJECT)

/* ---- one provider ---- */

static void
append (GListStore *section, RushesProvider *provider, RushesModel *model)
{
  g_autoptr (RushesModelChoice) choice = rushes_model_choice_new (provider, model);

  g_list_store_append (section, choice);
}

static void
append_listed (GListStore *section, RushesProvider *provider, gboolean retired)
{
  GListModel *models = rushes_provider_get_models (provider);

  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (RushesModel) model = g_list_model_get_item (models, i);

      if (rushes_model_get_is_retired (model) == retired && !rushes_model_get_is_elsewhere (model))
        append (section, provider, model);
    }
}

/* The names that were typed are kept as "PROVIDER/NAME", the latest first. The service may have listed one since. */
static void
append_typed (RushesModelList *self, GListStore *section, RushesProvider *provider)
{
  g_auto (GStrv) typed = g_settings_get_strv (self->settings, "typed-models");
  g_autofree char *prefix = g_strconcat (rushes_provider_get_id (provider), "/", NULL);

  for (guint i = 0; typed[i] != NULL; i++)
    if (g_str_has_prefix (typed[i], prefix) && typed[i][strlen (prefix)] != '\0')
      {
        RushesModel *model = rushes_provider_find_model (provider, typed[i] + strlen (prefix));

        if (!rushes_provider_lists_model (provider, model))
          append (section, provider, model);
      }
}

static GListModel *
make_section (RushesModelList *self, RushesProvider *provider)
{
  GListStore *section = g_list_store_new (RUSHES_TYPE_MODEL_CHOICE);

  append_listed (section, provider, FALSE);
  if (rushes_description_get_any_model (rushes_provider_get_description (provider)) != NULL)
    {
      append_typed (self, section, provider);
      append (section, provider, NULL);
    }
  append_listed (section, provider, TRUE);
  return G_LIST_MODEL (section);
}

/* ---- favourites ---- */

/* Those that can be used, in the order of their sections; NULL when there are none. */
static GListModel *
make_favourites (GPtrArray *usable)
{
  g_autoptr (GHashTable) names = rushes_favourites_read ();
  g_autoptr (GListStore) section = g_list_store_new (RUSHES_TYPE_MODEL_CHOICE);

  for (guint i = 0; g_hash_table_size (names) > 0 && i < usable->len; i++)
    for (guint j = 0; j < g_list_model_get_n_items (usable->pdata[i]); j++)
      {
        g_autoptr (RushesModelChoice) choice = g_list_model_get_item (usable->pdata[i], j);
        RushesModel *model = rushes_model_choice_get_model (choice);
        g_autofree char *name = model != NULL ? rushes_favourites_name (model) : NULL;
        g_autoptr (RushesModelChoice) favourite = NULL;

        if (name == NULL || rushes_model_get_is_retired (model) || !g_hash_table_contains (names, name))
          continue;
        favourite = rushes_model_choice_new_favourite (rushes_model_choice_get_provider (choice), model);
        g_list_store_append (section, favourite);
      }
  return g_list_model_get_n_items (G_LIST_MODEL (section)) > 0 ? G_LIST_MODEL (g_steal_pointer (&section)) : NULL;
}

/* ---- all of them ---- */

gboolean
rushes_model_list_offers (RushesProvider *provider)
{
  g_autoptr (GSettings) settings = NULL;

  g_return_val_if_fail (RUSHES_IS_PROVIDER (provider), FALSE);

  settings = rushes_provider_settings_get (rushes_provider_get_id (provider));
  return g_settings_get_boolean (settings, "enabled");
}

static void
fill (RushesModelList *self)
{
  GListModel *providers = G_LIST_MODEL (self->registry);
  g_autoptr (GPtrArray) usable = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) locked = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GListModel) favourites = NULL;
  GListStore *sections = g_list_store_new (G_TYPE_LIST_MODEL);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RushesProvider) provider = g_list_model_get_item (providers, i);
      g_autoptr (GError) problem = rushes_provider_get_problem (provider);

      if (rushes_model_list_offers (provider))
        g_ptr_array_add (problem == NULL ? usable : locked, make_section (self, provider));
    }
  favourites = make_favourites (usable);
  g_ptr_array_extend_and_steal (usable, g_steal_pointer (&locked));
  if (favourites != NULL)
    g_ptr_array_insert (usable, 0, g_steal_pointer (&favourites));
  g_list_store_splice (sections, 0, 0, usable->pdata, usable->len);
  g_clear_object (&self->choices);
  /* Flattening keeps each list as a section of its own. */
  self->choices = G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (sections)));
}

static void
provider_changed (RushesModelList *self)
{
  fill (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Whether there is a key only the keyring knows, and which models the service listed only the cache, which answer
 * later; the provider tells. */
static void
ask_for_rest (RushesProvider *provider)
{
  if (RUSHES_IS_HTTP_PROVIDER (provider))
    dex_future_disown (rushes_http_provider_refresh (RUSHES_HTTP_PROVIDER (provider)));
  dex_future_disown (rushes_provider_load_models (provider));
}

static void
follow_providers (RushesModelList *self)
{
  GListModel *providers = G_LIST_MODEL (self->registry);
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->followed);

  for (guint i = 0; i < before->len; i++)
    g_signal_handlers_disconnect_by_func (before->pdata[i], provider_changed, self);
  self->followed = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      RushesProvider *provider = g_list_model_get_item (providers, i);
      GSettings *settings = rushes_provider_settings_get (rushes_provider_get_id (provider));

      g_signal_connect_object (provider, "changed", G_CALLBACK (provider_changed), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (settings, "changed", G_CALLBACK (provider_changed), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->followed, provider);
      g_ptr_array_add (self->followed, settings);
      if (!g_ptr_array_find (before, provider, NULL))
        ask_for_rest (provider);
    }
}

static void
providers_changed (RushesModelList *self)
{
  follow_providers (self);
  provider_changed (self);
}

/* ---- the object ---- */

static void
rushes_model_list_finalize (GObject *object)
{
  RushesModelList *self = RUSHES_MODEL_LIST (object);

  g_clear_object (&self->registry);
  g_ptr_array_unref (self->followed);
  g_clear_object (&self->choices);
  g_object_unref (self->settings);

  G_OBJECT_CLASS (rushes_model_list_parent_class)->finalize (object);
}

static void
rushes_model_list_class_init (RushesModelListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_model_list_finalize;

  signals[CHANGED] =
      g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rushes_model_list_init (RushesModelList *self)
{
  self->followed = g_ptr_array_new_with_free_func (g_object_unref);
  self->settings = rushes_settings_get ();
  g_signal_connect_object (self->settings, "changed::favourite-models", G_CALLBACK (provider_changed), self,
                           G_CONNECT_SWAPPED);
}

RushesModelList *
rushes_model_list_new (RushesRegistry *registry)
{
  RushesModelList *self;

  g_return_val_if_fail (RUSHES_IS_REGISTRY (registry), NULL);

  self = g_object_new (RUSHES_TYPE_MODEL_LIST, NULL);
  self->registry = g_object_ref (registry);
  g_signal_connect_object (registry, "items-changed", G_CALLBACK (providers_changed), self, G_CONNECT_SWAPPED);
  follow_providers (self);
  fill (self);
  return self;
}

GListModel *
rushes_model_list_get_choices (RushesModelList *self)
{
  g_return_val_if_fail (RUSHES_IS_MODEL_LIST (self), NULL);
  return self->choices;
}

void
rushes_model_list_remember (RushesModelList *self, RushesModel *model)
{
  g_autofree char *name = NULL;
  g_auto (GStrv) typed = NULL;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  g_return_if_fail (RUSHES_IS_MODEL_LIST (self));
  g_return_if_fail (RUSHES_IS_MODEL (model));

  name = g_strdup_printf ("%s/%s", rushes_model_get_provider_id (model), rushes_model_get_id (model));
  typed = g_settings_get_strv (self->settings, "typed-models");
  g_strv_builder_add (names, name);
  for (guint i = 0; typed[i] != NULL && i < MOST_TYPED - 1; i++)
    if (!g_str_equal (typed[i], name))
      g_strv_builder_add (names, typed[i]);
  all = g_strv_builder_end (names);
  g_settings_set_strv (self->settings, "typed-models", (const char *const *) all);
  fill (self);
}
