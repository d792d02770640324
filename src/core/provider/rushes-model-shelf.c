/* rushes-model-shelf.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-model-shelf.h"

#include "rushes-model-private.h"

struct _RushesModelShelf
{
  RushesDescription *description;
  GListStore *list;
  guint n_own;           /* of the list: those of the description, in front */
  GHashTable *by_id;     /* char * → RushesModel: all that are in the list; keys are the models' */
  GHashTable *named;     /* char * → RushesModel: names that are not in the list, as they were asked for */
  GHashTable *frozen;    /* char *, a sheet as JSON → RushesModel: of requests that were made when another was known */
  RushesModelBase *base; /* NULL until it is needed, or when there is none */
  GDateTime *time;
  char *region;
};

static void
append (RushesModelShelf *self, RushesModel *model)
{
  g_list_store_append (self->list, model);
  g_hash_table_insert (self->by_id, (char *) rushes_model_get_id (model), g_object_ref (model));
}

RushesModelShelf *
rushes_model_shelf_new (RushesDescription *description)
{
  RushesModelShelf *self = g_new0 (RushesModelShelf, 1);
  GListModel *models = rushes_description_get_models (description);

  self->description = g_object_ref (description);
  self->list = g_list_store_new (RUSHES_TYPE_MODEL);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->frozen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->n_own = g_list_model_get_n_items (models);
  for (guint i = 0; i < self->n_own; i++)
    {
      g_autoptr (RushesModel) model = g_list_model_get_item (models, i);

      append (self, model);
    }
  return self;
}

void
rushes_model_shelf_free (RushesModelShelf *self)
{
  g_clear_pointer (&self->base, rushes_model_base_unref);
  g_hash_table_unref (self->frozen);
  g_hash_table_unref (self->named);
  g_hash_table_unref (self->by_id);
  g_object_unref (self->list);
  g_object_unref (self->description);
  g_clear_pointer (&self->time, g_date_time_unref);
  g_free (self->region);
  g_free (self);
}

GListModel *
rushes_model_shelf_get_list (RushesModelShelf *self)
{
  return G_LIST_MODEL (self->list);
}

gboolean
rushes_model_shelf_lists (RushesModelShelf *self, RushesModel *model)
{
  return g_list_store_find (self->list, model, NULL);
}

RushesModel *
rushes_model_shelf_find (RushesModelShelf *self, const char *id)
{
  RushesModel *model = g_hash_table_lookup (self->by_id, id);
  const char *any = rushes_description_get_any_model (self->description);

  if (model != NULL || (model = g_hash_table_lookup (self->named, id)) != NULL)
    return model;
  if (any == NULL || *id == '\0')
    return NULL;

  model = rushes_model_rename (g_hash_table_lookup (self->by_id, any), id);
  g_hash_table_insert (self->named, g_strdup (id), model);
  return model;
}

gboolean
rushes_model_shelf_is_own (RushesModelShelf *self, const char *id)
{
  for (guint i = 0; i < self->n_own; i++)
    {
      g_autoptr (RushesModel) model = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      if (g_str_equal (rushes_model_get_id (model), id))
        return TRUE;
    }
  return FALSE;
}

RushesModelBase *
rushes_model_shelf_get_base (RushesModelShelf *self)
{
  if (self->base == NULL)
    self->base = rushes_model_base_new (self->description);
  return self->base;
}

RushesModel *
rushes_model_shelf_find_frozen (RushesModelShelf *self, RushesRequest *request)
{
  JsonNode *sheet = rushes_request_get_sheet (request);
  RushesModel *model = rushes_model_shelf_find (self, rushes_request_get_model_id (request));
  RushesModelBase *base = sheet != NULL ? rushes_model_shelf_get_base (self) : NULL;
  g_autofree char *text = NULL;
  RushesModel *frozen;

  if (base == NULL || (model != NULL && rushes_model_get_sheet (model) != NULL &&
                       json_node_equal (rushes_model_get_sheet (model), sheet)))
    return model;
  text = json_to_string (sheet, FALSE);
  if ((frozen = g_hash_table_lookup (self->frozen, text)) != NULL)
    return frozen;
  if ((frozen = rushes_model_base_make (base, sheet, NULL)) == NULL)
    return model;
  rushes_model_set_region (frozen, self->region);
  g_hash_table_insert (self->frozen, g_steal_pointer (&text), frozen);
  return frozen;
}

static RushesModel *
find_in (GPtrArray *models, const char *id)
{
  for (guint i = 0; models != NULL && i < models->len; i++)
    if (g_str_equal (rushes_model_get_id (g_ptr_array_index (models, i)), id))
      return g_ptr_array_index (models, i);
  return NULL;
}

/* Takes those that were listed out of the table, not yet of the list; gives how many they were. */
static guint
forget_listed (RushesModelShelf *self)
{
  guint n_before = g_list_model_get_n_items (G_LIST_MODEL (self->list)) - self->n_own;

  for (guint i = 0; i < n_before; i++)
    {
      g_autoptr (RushesModel) model = g_list_model_get_item (G_LIST_MODEL (self->list), self->n_own + i);

      g_hash_table_remove (self->by_id, rushes_model_get_id (model));
    }
  /* What was made up for a name may be known better now. */
  g_hash_table_remove_all (self->named);
  return n_before;
}

void
rushes_model_shelf_set_listed (RushesModelShelf *self, GPtrArray *listed, GPtrArray *schemas, GDateTime *time)
{
  g_autoptr (GPtrArray) fresh = g_ptr_array_new ();
  guint n_before = forget_listed (self);

  g_clear_pointer (&self->time, g_date_time_unref);
  self->time = time != NULL ? g_date_time_ref (time) : NULL;
  for (guint i = 0; listed != NULL && i < listed->len; i++)
    {
      const char *id = rushes_model_get_id (g_ptr_array_index (listed, i));
      RushesModel *better = find_in (schemas, id);
      RushesModel *model = better != NULL ? better : g_ptr_array_index (listed, i);

      if (g_hash_table_contains (self->by_id, id))
        continue;
      rushes_model_set_region (model, self->region);
      g_hash_table_insert (self->by_id, (char *) rushes_model_get_id (model), g_object_ref (model));
      g_ptr_array_add (fresh, model);
    }
  for (guint i = 0; schemas != NULL && i < schemas->len; i++)
    {
      RushesModel *model = g_ptr_array_index (schemas, i);

      if (g_hash_table_contains (self->by_id, rushes_model_get_id (model)))
        continue;
      rushes_model_set_region (model, self->region);
      g_hash_table_insert (self->named, g_strdup (rushes_model_get_id (model)), g_object_ref (model));
    }
  if (n_before > 0 || fresh->len > 0)
    g_list_store_splice (self->list, self->n_own, n_before, fresh->pdata, fresh->len);
}

GDateTime *
rushes_model_shelf_get_time (RushesModelShelf *self)
{
  return self->time;
}

void
rushes_model_shelf_set_region (RushesModelShelf *self, const char *region)
{
  GHashTable *const tables[] = { self->by_id, self->named, self->frozen };

  g_set_str (&self->region, region);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      GHashTableIter iter;
      gpointer model;

      g_hash_table_iter_init (&iter, tables[i]);
      while (g_hash_table_iter_next (&iter, NULL, &model))
        rushes_model_set_region (model, region);
    }
}
