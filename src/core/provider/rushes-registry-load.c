/* rushes-registry-load.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-registry-private.h"

#include <glib/gi18n.h>

#include "rushes-error.h"

#define SHIPPED RESOURCE_PATH "/providers/"
#define ENDING  ".json"
#define LOCAL   "animatic"

/* A description from outside is no larger; a file that is has not to be read. */
#define MAX_FILE (1024 * 1024)

static void
load_shipped (RushesRegistry *self)
{
  g_auto (GStrv) names = g_resources_enumerate_children (SHIPPED, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *id = g_strndup (names[i], strlen (names[i]) - strlen (ENDING));

      /* That of the renderer ships too; main() has made its provider of it. */
      if (!g_str_equal (id, LOCAL))
        rushes_registry_insert_shipped (self, id);
    }
}

/* NULL with a STORAGE. What is no file at all, a pipe for example, could be waited for for ever. */
static GBytes *
read_file (const char *path, const char *name, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) input = NULL;
  g_autofree char *text = g_malloc (MAX_FILE + 1);
  g_autoptr (GError) reason = NULL;
  gsize length;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    rushes_set_error (error, RUSHES_ERROR_STORAGE, _ ("%s cannot be read: it is no file."), name);
  else if (!(input = g_file_read (file, NULL, &reason)) ||
           !g_input_stream_read_all (G_INPUT_STREAM (input), text, MAX_FILE + 1, &length, NULL, &reason))
    /* Translators: the name of a file, and the system's own words. */
    rushes_set_error (error, RUSHES_ERROR_STORAGE, _ ("%s cannot be read: %s."), name, reason->message);
  else
    return g_bytes_new (text, length);

  return NULL;
}

/* Somebody who can write into the folder can do more than that; still it is read as what came from outside. */
static gboolean
load_file (RushesRegistry *self, const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *display = g_filename_display_name (name);
  g_autofree char *expected = NULL;
  g_autoptr (RushesDescription) description = NULL;
  g_autoptr (GBytes) bytes = read_file (path, display, error);

  if (bytes == NULL || !(description = rushes_description_new_strange (bytes, display, error)))
    return FALSE;

  expected = g_strconcat (rushes_description_get_id (description), ENDING, NULL);
  if (!g_str_equal (expected, name))
    {
      /* Translators: the name that a file has, and the name that it should have. */
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("%s: by its “id” this file is named %s."), display,
                        expected);
      return FALSE;
    }

  rushes_registry_insert (self, description);
  return TRUE;
}

static void
load_own (RushesRegistry *self)
{
  const char *folder = g_file_peek_path (rushes_folders_get_providers (self->folders));
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ENDING) && *name != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort_values (names, (GCompareFunc) strcmp);

  for (guint i = 0; i < names->len; i++)
    {
      GError *error = NULL;

      if (!load_file (self, folder, g_ptr_array_index (names, i), &error))
        g_ptr_array_add (self->errors, error);
    }
}

void
rushes_registry_load (RushesRegistry *self, RushesFolders *folders, RushesKeyring *keyring)
{
  g_return_if_fail (RUSHES_IS_REGISTRY (self));
  g_return_if_fail (RUSHES_IS_FOLDERS (folders));
  g_return_if_fail (RUSHES_IS_KEYRING (keyring));
  g_return_if_fail (self->folders == NULL);

  self->folders = g_object_ref (folders);
  self->keyring = g_object_ref (keyring);
  self->n_local = self->entries->len;
  load_shipped (self);
  load_own (self);
}

GPtrArray *
rushes_registry_get_errors (RushesRegistry *self)
{
  g_return_val_if_fail (RUSHES_IS_REGISTRY (self), NULL);
  return self->errors;
}
