/* rushes-model-stock.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-model-stock.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <errno.h>

#include "rushes-error.h"

#define VERSION  1
#define MAX_FILE (16 * 1024 * 1024)

G_DEFINE_BOXED_TYPE (RushesModelStock, rushes_model_stock, rushes_model_stock_copy, rushes_model_stock_free)

RushesModelStock *
rushes_model_stock_new (void)
{
  RushesModelStock *self = g_new0 (RushesModelStock, 1);

  self->listed = g_ptr_array_new_with_free_func (g_object_unref);
  self->schemas = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

RushesModelStock *
rushes_model_stock_copy (RushesModelStock *self)
{
  RushesModelStock *copy = g_new0 (RushesModelStock, 1);

  copy->listed = g_ptr_array_ref (self->listed);
  copy->schemas = g_ptr_array_ref (self->schemas);
  copy->time = self->time != NULL ? g_date_time_ref (self->time) : NULL;
  return copy;
}

void
rushes_model_stock_free (RushesModelStock *self)
{
  g_ptr_array_unref (self->listed);
  g_ptr_array_unref (self->schemas);
  g_clear_pointer (&self->time, g_date_time_unref);
  g_free (self);
}

GFile *
rushes_model_stock_get_file (GFile *folder, const char *provider_id, const char *base_url)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, base_url, -1);
  g_autofree char *name = g_strdup_printf ("%s-%.16s.json", provider_id, digest);

  return g_file_get_child (folder, name);
}

/* ---- models ---- */

/* Those of the sheets that can be used, each id once. */
static void
add_models (GPtrArray *models, JsonNode **sheets, guint n_sheets, guint most, RushesModelBase *base)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n_sheets && models->len < most; i++)
    {
      g_autoptr (RushesModel) model = rushes_model_base_make (base, sheets[i], NULL);

      if (model == NULL || g_hash_table_contains (seen, rushes_model_get_id (model)))
        continue;
      g_hash_table_add (seen, (gpointer) rushes_model_get_id (model));
      g_ptr_array_add (models, g_steal_pointer (&model));
    }
}

void
rushes_model_stock_set_list (RushesModelStock *self, GPtrArray *sheets, GDateTime *time, RushesModelBase *base)
{
  g_clear_pointer (&self->listed, g_ptr_array_unref);
  self->listed = g_ptr_array_new_with_free_func (g_object_unref);
  g_clear_pointer (&self->time, g_date_time_unref);
  self->time = g_date_time_ref (time);
  add_models (self->listed, (JsonNode **) sheets->pdata, sheets->len, RUSHES_MAX_LISTED, base);
}

static RushesModel *
find (GPtrArray *models, const char *id, guint *position)
{
  for (guint i = 0; i < models->len; i++)
    if (g_str_equal (rushes_model_get_id (g_ptr_array_index (models, i)), id))
      {
        if (position != NULL)
          *position = i;
        return g_ptr_array_index (models, i);
      }
  return NULL;
}

/* A schema says what a model takes, the list what it is. */
static void
add_facts (JsonObject *sheet, RushesModel *listed)
{
  static const char *const members[] = { "name", "summary", "retired", "prices" };
  JsonObject *said = json_node_get_object (rushes_model_get_sheet (listed));

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (json_object_has_member (said, members[i]) && !json_object_has_member (sheet, members[i]))
      json_object_set_member (sheet, members[i], json_node_copy (json_object_get_member (said, members[i])));
}

RushesModel *
rushes_model_stock_add_schema (RushesModelStock *self, JsonNode *sheet, RushesModelBase *base, GError **error)
{
  JsonObject *object = json_node_get_object (sheet);
  const char *id = json_object_get_string_member (object, "id");
  RushesModel *listed = find (self->listed, id, NULL);
  RushesModel *model;
  guint position;

  if (listed != NULL)
    add_facts (object, listed);
  model = rushes_model_base_make (base, sheet, error);
  if (model == NULL)
    return NULL;
  if (find (self->schemas, id, &position) != NULL)
    g_ptr_array_remove_index (self->schemas, position);
  if (self->schemas->len == RUSHES_MAX_SCHEMAS)
    g_ptr_array_remove_index (self->schemas, 0);
  g_ptr_array_add (self->schemas, model);
  return model;
}

/* ---- the file ---- */

static JsonArray *
get_list (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static void
load_models (GPtrArray *models, JsonArray *list, guint most, RushesModelBase *base)
{
  g_autoptr (GPtrArray) sheets = g_ptr_array_new ();

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    g_ptr_array_add (sheets, json_array_get_element (list, i));
  add_models (models, (JsonNode **) sheets->pdata, sheets->len, most, base);
}

static char *
read_file (GFile *file, gsize *length)
{
  const char *path = g_file_peek_path (file);
  GStatBuf facts;
  char *text = NULL;

  if (g_stat (path, &facts) != 0 || !S_ISREG (facts.st_mode) || facts.st_size > MAX_FILE)
    return NULL;
  return g_file_get_contents (path, &text, length, NULL) ? text : NULL;
}

RushesModelStock *
rushes_model_stock_load (GFile *file, RushesModelBase *base)
{
  RushesModelStock *self = rushes_model_stock_new ();
  /* Not an immutable one: it ends the program over two objects in a row. */
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *text = NULL;
  JsonObject *root;
  JsonNode *node;
  const char *time;
  gsize length;

  if (file == NULL || (text = read_file (file, &length)) == NULL ||
      !json_parser_load_from_data (parser, text, length, NULL) || (node = json_parser_get_root (parser)) == NULL ||
      !JSON_NODE_HOLDS_OBJECT (node))
    return self;

  root = json_node_get_object (node);
  if (!json_object_has_member (root, "version") || !JSON_NODE_HOLDS_VALUE (json_object_get_member (root, "version")) ||
      json_object_get_int_member (root, "version") != VERSION)
    return self;
  node = json_object_get_member (root, "time");
  time = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
  self->time = time != NULL ? g_date_time_new_from_iso8601 (time, NULL) : NULL;
  if (self->time != NULL)
    load_models (self->listed, get_list (root, "models"), RUSHES_MAX_LISTED, base);
  load_models (self->schemas, get_list (root, "schemas"), RUSHES_MAX_SCHEMAS, base);
  return self;
}

static JsonArray *
list_sheets (GPtrArray *models)
{
  JsonArray *list = json_array_sized_new (models->len);

  for (guint i = 0; i < models->len; i++)
    json_array_add_element (list, json_node_copy (rushes_model_get_sheet (g_ptr_array_index (models, i))));
  return list;
}

gboolean
rushes_model_stock_save (RushesModelStock *self, GFile *file, GError **error)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (JsonObject) root = json_object_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) problem = NULL;

  json_object_set_int_member (root, "version", VERSION);
  if (self->time != NULL)
    {
      g_autofree char *time = g_date_time_format_iso8601 (self->time);

      json_object_set_string_member (root, "time", time);
    }
  json_object_set_array_member (root, "models", list_sheets (self->listed));
  json_object_set_array_member (root, "schemas", list_sheets (self->schemas));
  node = json_node_init_object (json_node_alloc (), root);
  text = json_to_string (node, FALSE);
  if (g_mkdir_with_parents (g_file_peek_path (folder), 0700) == 0 &&
      g_file_set_contents_full (g_file_peek_path (file), text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &problem))
    return TRUE;

  name = g_filename_display_name (g_file_peek_path (folder));
  /* Translators: the first %s is a folder, the second the system's own words ("Permission denied"). */
  rushes_set_error (error, RUSHES_ERROR_STORAGE, _ ("Rushes cannot use its folder “%s”: %s."), name,
                    problem != NULL ? problem->message : g_strerror (errno));
  return FALSE;
}
