/* rushes-library-projects.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-library-private.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-draft.h"
#include "rushes-error.h"
#include "rushes-project-private.h"
#include "rushes-search.h"

#define MIN_PREFIX 6

/* ---- the list ---- */

GListModel *
rushes_library_get_projects (RushesLibrary *self)
{
  g_return_val_if_fail (RUSHES_IS_LIBRARY (self), NULL);

  return G_LIST_MODEL (self->projects);
}

static RushesProject *
get_nth (RushesLibrary *self, guint n)
{
  g_autoptr (RushesProject) project = g_list_model_get_item (G_LIST_MODEL (self->projects), n);

  /* The list keeps it. */
  return project;
}

RushesProject *
rushes_library_find_project (RushesLibrary *self, const char *id_or_name)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->projects));
  g_autofree char *prefix = NULL;
  RushesProject *match = NULL;

  g_return_val_if_fail (RUSHES_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (id_or_name != NULL, NULL);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (rushes_project_get_name (get_nth (self, i)), id_or_name))
      return get_nth (self, i);

  prefix = g_ascii_strdown (id_or_name, -1);
  for (guint i = 0; i < n && strlen (prefix) >= MIN_PREFIX; i++)
    if (g_str_has_prefix (rushes_project_get_id (get_nth (self, i)), prefix))
      {
        if (match != NULL)
          return NULL;
        match = get_nth (self, i);
      }

  return match;
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer data)
{
  int order =
      g_utf8_collate (rushes_project_get_name ((RushesProject *) a), rushes_project_get_name ((RushesProject *) b));

  return order != 0 ? order
                    : strcmp (rushes_project_get_id ((RushesProject *) a), rushes_project_get_id ((RushesProject *) b));
}

static const RushesProjectRow *
find_row (GPtrArray *rows, const char *id)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (((RushesProjectRow *) g_ptr_array_index (rows, i))->id, id))
      return g_ptr_array_index (rows, i);

  return NULL;
}

void
rushes_library_follow_projects (RushesLibrary *self, GPtrArray *rows)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean renamed = FALSE;

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->projects)); i > 0; i--)
    {
      g_autoptr (RushesProject) project = g_list_model_get_item (G_LIST_MODEL (self->projects), i - 1);
      const RushesProjectRow *row = find_row (rows, rushes_project_get_id (project));

      if (row == NULL)
        {
          g_list_store_remove (self->projects, i - 1);
          continue;
        }
      renamed |= !g_str_equal (row->name, rushes_project_get_name (project));
      rushes_project_set_row (project, row);
      g_hash_table_add (known, row->id);
    }

  /* Sorting keeps the objects, so that one that is chosen stays chosen. */
  if (renamed)
    g_list_store_sort (self->projects, compare_names, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      const RushesProjectRow *row = g_ptr_array_index (rows, i);
      g_autoptr (RushesProject) project = NULL;

      if (g_hash_table_contains (known, row->id))
        continue;
      project = rushes_project_new (row);
      g_list_store_insert_sorted (self->projects, project, compare_names, NULL);
    }
}

/* ---- changes ---- */

typedef struct
{
  RushesChange change;
  char *id;
  char *text;
} Edit;

static void
edit_free (Edit *edit)
{
  rushes_change_clear (&edit->change);
  g_free (edit->id);
  g_free (edit->text);
  g_free (edit);
}

static Edit *
edit_new (RushesLibrary *library, const char *id, const char *text)
{
  Edit *edit = g_new0 (Edit, 1);

  rushes_change_init (&edit->change, library);
  edit->id = g_strdup (id);
  edit->text = g_strdup (text);

  return edit;
}

static DexFuture *
edited (gpointer data)
{
  Edit *self = data;

  rushes_change_apply (&self->change);

  return dex_future_new_true ();
}

static void
refuse_name (GError **error, GError *reason)
{
  rushes_error_set_field (reason, "name");
  g_propagate_error (error, reason);
}

/* NULL with @error set for an empty one. */
static char *
clean_name (const char *name, GError **error)
{
  g_autofree char *clean = g_strstrip (g_utf8_make_valid (name, -1));

  if (*clean != '\0')
    return g_steal_pointer (&clean);
  refuse_name (error, rushes_error_new (RUSHES_ERROR_BAD_REQUEST, "%s", _ ("A project needs a name.")));

  return NULL;
}

static gboolean
check_name (RushesDatabase *database, const char *name, const char *own_id, GError **error)
{
  gint64 n = rushes_database_get_int (database, error,
                                      "SELECT count (*) FROM projects WHERE name = ? AND deleted IS NULL AND id <> ?",
                                      "tt", name, own_id);

  if (n > 0)
    refuse_name (error, rushes_error_new (RUSHES_ERROR_BAD_REQUEST,
                                          /* Translators: %s is a project's name */
                                          _ ("There is a project “%s” already. Choose another name."), name));

  return n == 0;
}

static gboolean
write_project (RushesDatabase *database, gpointer data, GError **error)
{
  Edit *self = data;

  return check_name (database, self->text, self->id, error) &&
         rushes_database_run (database, error, "INSERT INTO projects (id, name, created) VALUES (?, ?, ?)", "tti",
                              self->id, self->text, g_get_real_time ()) &&
         rushes_change_touch_projects (&self->change, database, error);
}

static DexFuture *
project_made (gpointer data)
{
  Edit *self = data;

  rushes_change_apply (&self->change);

  return dex_future_new_take_object (g_object_ref (rushes_library_find_project (self->change.library, self->id)));
}

DexFuture *
rushes_library_create_project (RushesLibrary *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *clean = NULL;
  g_autofree char *id = NULL;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (name != NULL);

  if ((clean = clean_name (name, &error)) == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  id = rushes_new_id ();

  return rushes_store_write (self->store, write_project, project_made, edit_new (self, id, clean),
                             (GDestroyNotify) edit_free);
}

static gboolean
write_name (RushesDatabase *database, gpointer data, GError **error)
{
  Edit *self = data;
  g_autofree char *words = rushes_search_index (self->text);

  return check_name (database, self->text, self->id, error) &&
         rushes_database_run (database, error, "UPDATE projects SET name = ? WHERE id = ?", "tt", self->text,
                              self->id) &&
         rushes_database_run (database, error,
                              "UPDATE takes_text SET project = ?"
                              " WHERE rowid IN (SELECT serial FROM takes WHERE project_id = ?)",
                              "tt", words, self->id) &&
         rushes_change_touch_projects (&self->change, database, error);
}

DexFuture *
rushes_library_rename_project (RushesLibrary *self, RushesProject *project, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *clean = NULL;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (RUSHES_IS_PROJECT (project));
  dex_return_error_if_fail (name != NULL);

  if ((clean = clean_name (name, &error)) == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return rushes_store_write (self->store, write_name, edited, edit_new (self, rushes_project_get_id (project), clean),
                             (GDestroyNotify) edit_free);
}

static gboolean
touch_takes (Edit *self, RushesDatabase *database, GPtrArray *ids, GError **error)
{
  for (guint i = 0; i < ids->len; i++)
    if (!rushes_change_touch (&self->change, database, g_ptr_array_index (ids, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
check_deletable (RushesDatabase *database, const char *id, GError **error)
{
  gint64 n_others, n_busy;

  n_others = rushes_database_get_int (database, error,
                                      "SELECT count (*) FROM projects WHERE id <> ? AND deleted IS NULL", "t", id);
  if (n_others < 0)
    return FALSE;
  n_busy = rushes_database_get_int (database, error,
                                    "SELECT count (*) FROM takes WHERE project_id = ? AND deleted IS NULL AND"
                                    " state IN ('queued', 'preparing', 'submitting', 'running', 'downloading')",
                                    "t", id);
  if (n_busy < 0)
    return FALSE;
  if (n_others == 0)
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s",
                      _ ("This is the only project. Make another one before you delete it."));
  else if (n_busy > 0)
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                      ngettext ("%d take of this project is still in work. Wait for it, or cancel it first.",
                                "%d takes of this project are still in work. Wait for them, or cancel them first.",
                                n_busy),
                      (int) n_busy);

  return n_others > 0 && n_busy == 0;
}

static gboolean
write_deletion (RushesDatabase *database, gpointer data, GError **error)
{
  Edit *self = data;
  gint64 now = g_get_real_time ();
  g_autoptr (GPtrArray) ids = NULL;

  return check_deletable (database, self->id, error) &&
         (ids = rushes_database_list_texts (database, error,
                                            "SELECT id FROM takes WHERE project_id = ? AND deleted IS NULL", "t",
                                            self->id)) != NULL &&
         rushes_database_run (database, error, "UPDATE takes SET deleted = ? WHERE project_id = ? AND deleted IS NULL",
                              "it", now, self->id) &&
         touch_takes (self, database, ids, error) &&
         rushes_database_run (database, error, "UPDATE projects SET deleted = ? WHERE id = ?", "it", now, self->id) &&
         rushes_change_touch_projects (&self->change, database, error);
}

DexFuture *
rushes_library_delete_project (RushesLibrary *self, RushesProject *project)
{
  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (RUSHES_IS_PROJECT (project));

  return rushes_store_write (self->store, write_deletion, edited,
                             edit_new (self, rushes_project_get_id (project), NULL), (GDestroyNotify) edit_free);
}

static gboolean
write_draft (RushesDatabase *database, gpointer data, GError **error)
{
  Edit *self = data;

  return rushes_database_run (database, error, "UPDATE projects SET draft = ? WHERE id = ?", "tt", self->text,
                              self->id) &&
         rushes_change_touch_projects (&self->change, database, error);
}

DexFuture *
rushes_library_save_draft (RushesLibrary *self, RushesProject *project, RushesDraft *draft)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (RUSHES_IS_PROJECT (project));
  dex_return_error_if_fail (RUSHES_IS_DRAFT (draft));

  node = rushes_draft_to_json (draft);
  text = json_to_string (node, FALSE);

  return rushes_store_write (self->store, write_draft, edited, edit_new (self, rushes_project_get_id (project), text),
                             (GDestroyNotify) edit_free);
}

static gboolean
write_defaults (RushesDatabase *database, gpointer data, GError **error)
{
  Edit *self = data;

  return rushes_database_run (database, error, "UPDATE projects SET defaults = ? WHERE id = ?", "tt", self->text,
                              self->id) &&
         rushes_change_touch_projects (&self->change, database, error);
}

/* A draft without what belongs to one take alone. */
static char *
write_down_defaults (RushesDraft *draft, GFile *folder)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  if (draft == NULL && folder == NULL)
    return NULL;
  if (draft != NULL)
    node = rushes_draft_to_json (draft);
  else
    {
      node = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (node, json_object_new ());
    }
  object = json_node_get_object (node);
  json_object_remove_member (object, "prompt");
  json_object_remove_member (object, "references");
  if (folder != NULL)
    {
      g_autofree char *uri = g_file_get_uri (folder);

      json_object_set_string_member (object, "folder", uri);
    }

  return json_to_string (node, FALSE);
}

DexFuture *
rushes_library_set_defaults (RushesLibrary *self, RushesProject *project, RushesDraft *draft, GFile *folder)
{
  g_autofree char *text = NULL;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (RUSHES_IS_PROJECT (project));
  dex_return_error_if_fail (draft == NULL || RUSHES_IS_DRAFT (draft));
  dex_return_error_if_fail (folder == NULL || G_IS_FILE (folder));

  text = write_down_defaults (draft, folder);

  return rushes_store_write (self->store, write_defaults, edited,
                             edit_new (self, rushes_project_get_id (project), text), (GDestroyNotify) edit_free);
}
