/* rushes-settings.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-settings.h"

#include <gio/gsettingsbackend.h>

#define SCHEMA_ID "io.github.rushes_app.Rushes"

/* Nobody's search path need lead to the prefix that the program was installed to. */
static GSettingsSchema *
find_schema (const char *schema_id)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchemaSource) own = NULL;
  /* Nothing is installed in PKGDATADIR itself: a path that goes through it would lead nowhere. */
  g_autofree char *folder = g_canonicalize_filename (PKGDATADIR "/../glib-2.0/schemas", NULL);
  GSettingsSchema *schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, schema_id, TRUE);
  if (schema == NULL)
    own = g_settings_schema_source_new_from_directory (folder, source, FALSE, NULL);
  if (own != NULL)
    schema = g_settings_schema_source_lookup (own, schema_id, TRUE);
  if (schema == NULL)
    g_error ("The settings schema %s is not installed; start Rushes with build-aux/run, or install it.", schema_id);

  return schema;
}

/* One for the file: two would each write it from what they remember, and undo each other's changes. */
static GSettingsBackend *
get_backend (void)
{
  static GSettingsBackend *backend;

  if (backend == NULL)
    {
      g_autofree char *path = g_build_filename (g_get_user_config_dir (), "rushes", "settings.ini", NULL);

      backend = g_keyfile_settings_backend_new (path, "/", NULL);
      g_object_add_weak_pointer (G_OBJECT (backend), (gpointer *) &backend);
      return backend;
    }

  return g_object_ref (backend);
}

GSettings *
rushes_settings_open (const char *schema_id, const char *path)
{
  g_autoptr (GSettingsBackend) backend = get_backend ();
  g_autoptr (GSettingsSchema) schema = find_schema (schema_id);

  return g_settings_new_full (schema, backend, path);
}

GSettings *
rushes_settings_get (void)
{
  static GSettings *settings;

  if (settings == NULL)
    {
      settings = rushes_settings_open (SCHEMA_ID, NULL);
      g_object_add_weak_pointer (G_OBJECT (settings), (gpointer *) &settings);
      return settings;
    }

  return g_object_ref (settings);
}
