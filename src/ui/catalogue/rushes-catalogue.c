/* rushes-catalogue.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-catalogue.h"

#include <gtk/gtk.h>

#include "rushes-draft.h"
#include "rushes-favourites.h"
#include "rushes-model-list.h"
#include "rushes-ui.h"

struct _RushesCatalogue
{
  GObject parent_instance;

  RushesModelList *models;
  RushesDraft *draft;
  GListStore *entries;
  GHashTable *uses; /* "PROVIDER/MODEL" → number; NULL until the library answered */
  guint update_source;
  guint reprice_source;
};

enum
{
  RANKED,
  REPRICED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void rushes_catalogue_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RushesCatalogue,
                               rushes_catalogue,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, rushes_catalogue_list_model_init))

/* ---- as a list ---- */

static GType
rushes_catalogue_get_item_type (GListModel *list)
{
  return RUSHES_TYPE_CATALOGUE_ENTRY;
}

static guint
rushes_catalogue_get_n_items (GListModel *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (RUSHES_CATALOGUE (list)->entries));
}

static gpointer
rushes_catalogue_get_item (GListModel *list, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (RUSHES_CATALOGUE (list)->entries), position);
}

static void
rushes_catalogue_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = rushes_catalogue_get_item_type;
  iface->get_n_items = rushes_catalogue_get_n_items;
  iface->get_item = rushes_catalogue_get_item;
}

/* ---- what there is ---- */

/* The entries that there are, by their models. */
static GHashTable *
index_entries (RushesCatalogue *self)
{
  GHashTable *index = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->entries)); i++)
    {
      RushesCatalogueEntry *entry = g_list_model_get_item (G_LIST_MODEL (self->entries), i);

      g_hash_table_insert (index, rushes_catalogue_entry_get_model (entry), entry);
    }
  return index;
}

static RushesCatalogueEntry *
make_entry (RushesCatalogue *self, RushesModelChoice *choice, gboolean favourite)
{
  RushesCatalogueEntry *entry = rushes_catalogue_entry_new (rushes_model_choice_get_provider (choice),
                                                            rushes_model_choice_get_model (choice), favourite);

  rushes_catalogue_entry_set_draft (entry, self->draft);
  return entry;
}

static gboolean
is_shown (RushesCatalogue *self, GPtrArray *entries)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->entries)) != entries->len)
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      g_autoptr (RushesCatalogueEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), i);

      if (entry != entries->pdata[i])
        return FALSE;
    }
  return TRUE;
}

static void
update (RushesCatalogue *self)
{
  GListModel *choices = rushes_model_list_get_choices (self->models);
  guint n = g_list_model_get_n_items (choices);
  g_autoptr (GHashTable) before = index_entries (self);
  g_autoptr (GHashTable) favourites = rushes_favourites_read ();
  g_autoptr (GPtrArray) entries = g_ptr_array_new_full (n, g_object_unref);
  RushesProvider *provider = NULL;
  g_autoptr (GError) problem = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RushesModelChoice) choice = g_list_model_get_item (choices, i);
      RushesModel *model = rushes_model_choice_get_model (choice);
      g_autofree char *name = NULL;
      RushesCatalogueEntry *entry;

      /* Favourites stand in the list of their provider as well. */
      if (model == NULL || rushes_model_choice_get_is_favourite (choice))
        continue;
      if (rushes_model_choice_get_provider (choice) != provider)
        {
          provider = rushes_model_choice_get_provider (choice);
          g_clear_error (&problem);
          problem = rushes_provider_get_problem (provider);
        }
      name = rushes_favourites_name (model);
      entry = g_hash_table_lookup (before, model);
      entry =
          entry != NULL ? g_object_ref (entry) : make_entry (self, choice, g_hash_table_contains (favourites, name));
      rushes_catalogue_entry_rank (entry, problem != NULL ? problem->message : NULL, entries->len);
      rushes_catalogue_entry_set_uses (
          entry, self->uses != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->uses, name)) : 0);
      g_ptr_array_add (entries, entry);
    }

  if (is_shown (self, entries))
    g_signal_emit (self, signals[RANKED], 0);
  else
    g_list_store_splice (self->entries, 0, g_list_model_get_n_items (G_LIST_MODEL (self->entries)), entries->pdata,
                         entries->len);
}

static gboolean
update_soon (gpointer data)
{
  RushesCatalogue *self = data;

  self->update_source = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* Providers tell one after the other. */
static void
models_changed (RushesCatalogue *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_soon, self, NULL);
}

static void
uses_counted (gpointer object, DexFuture *future, gpointer data)
{
  RushesCatalogue *self = object;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  /* Without them the list is in the order of the services; the library says elsewhere what is the matter with it. */
  if (value == NULL)
    {
      g_warning ("The takes could not be counted: %s", error->message);
      return;
    }
  g_clear_pointer (&self->uses, g_hash_table_unref);
  self->uses = g_value_dup_boxed (value);
  models_changed (self);
}

static void
items_changed (RushesCatalogue *self, guint position, guint removed, guint added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* ---- what it costs ---- */

static gboolean
reprice (gpointer data)
{
  RushesCatalogue *self = data;

  self->reprice_source = 0;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->entries)); i++)
    {
      g_autoptr (RushesCatalogueEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), i);

      rushes_catalogue_entry_set_draft (entry, self->draft);
    }
  g_signal_emit (self, signals[REPRICED], 0);
  return G_SOURCE_REMOVE;
}

static void
draft_changed (RushesCatalogue *self)
{
  if (self->reprice_source == 0)
    self->reprice_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, reprice, self, NULL);
}

/* ---- the object ---- */

static void
rushes_catalogue_finalize (GObject *object)
{
  RushesCatalogue *self = RUSHES_CATALOGUE (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_handle_id (&self->reprice_source, g_source_remove);
  g_clear_object (&self->models);
  g_clear_object (&self->draft);
  g_object_unref (self->entries);
  g_clear_pointer (&self->uses, g_hash_table_unref);

  G_OBJECT_CLASS (rushes_catalogue_parent_class)->finalize (object);
}

static void
rushes_catalogue_class_init (RushesCatalogueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_catalogue_finalize;

  signals[RANKED] =
      g_signal_new ("ranked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REPRICED] =
      g_signal_new ("repriced", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rushes_catalogue_init (RushesCatalogue *self)
{
  self->entries = g_list_store_new (RUSHES_TYPE_CATALOGUE_ENTRY);
  g_signal_connect_object (self->entries, "items-changed", G_CALLBACK (items_changed), self, G_CONNECT_SWAPPED);
}

/* What cannot be read is as if it had never been fetched, which the list of services says. */
static void
load_lists (RushesRegistry *registry)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (registry)); i++)
    {
      g_autoptr (RushesProvider) provider = g_list_model_get_item (G_LIST_MODEL (registry), i);

      if (rushes_provider_can_list_models (provider))
        dex_future_disown (rushes_provider_load_models (provider));
    }
}

RushesCatalogue *
rushes_catalogue_new (RushesRegistry *registry, RushesLibrary *library, RushesDraft *draft)
{
  /* What a price may depend on: words and seeds are not among it. */
  static const char *const followed[] = { "notify::duration",   "notify::aspect",    "notify::resolution",
                                          "notify::frame-rate", "notify::audio",     "notify::watermark",
                                          "references-changed", "parameters-changed" };
  RushesCatalogue *self;

  g_return_val_if_fail (RUSHES_IS_REGISTRY (registry), NULL);
  g_return_val_if_fail (RUSHES_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (RUSHES_IS_DRAFT (draft), NULL);

  self = g_object_new (RUSHES_TYPE_CATALOGUE, NULL);
  self->draft = g_object_ref (draft);
  for (gsize i = 0; i < G_N_ELEMENTS (followed); i++)
    g_signal_connect_object (draft, followed[i], G_CALLBACK (draft_changed), self, G_CONNECT_SWAPPED);
  load_lists (registry);
  self->models = rushes_model_list_new (registry);
  g_signal_connect_object (self->models, "changed", G_CALLBACK (models_changed), self, G_CONNECT_SWAPPED);
  update (self);
  rushes_when (rushes_library_count_uses (library), self, uses_counted, NULL, NULL);
  return self;
}
