/* rushes-provider-settings.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-provider-settings.h"

#include "rushes-settings.h"

#define SCHEMA_ID "io.github.rushes_app.Rushes.Provider"
#define PATH      "/io/github/rushes_app/Rushes/providers/"

/* Those that somebody holds, by id. */
static GHashTable *held;

static void
forget (gpointer data, GObject *where_the_object_was)
{
  g_hash_table_remove (held, data);
  if (g_hash_table_size (held) == 0)
    g_clear_pointer (&held, g_hash_table_unref);
}

GSettings *
rushes_provider_settings_get (const char *provider_id)
{
  g_autofree char *path = NULL;
  GSettings *settings;
  char *id;

  g_return_val_if_fail (provider_id != NULL, NULL);

  settings = held != NULL ? g_hash_table_lookup (held, provider_id) : NULL;
  if (settings != NULL)
    return g_object_ref (settings);

  path = g_strconcat (PATH, provider_id, "/", NULL);
  settings = rushes_settings_open (SCHEMA_ID, path);
  if (held == NULL)
    held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  id = g_strdup (provider_id);
  g_hash_table_insert (held, id, settings);
  g_object_weak_ref (G_OBJECT (settings), forget, id);

  return settings;
}

void
rushes_provider_settings_reset (const char *provider_id)
{
  g_autoptr (GSettings) settings = rushes_provider_settings_get (provider_id);
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  g_return_if_fail (settings != NULL);

  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i] != NULL; i++)
    g_settings_reset (settings, keys[i]);
}
