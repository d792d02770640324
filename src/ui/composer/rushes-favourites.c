/* rushes-favourites.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-favourites.h"

#include "rushes-settings.h"

#define SETTING "favourite-models"

char *
rushes_favourites_name (RushesModel *model)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (model), NULL);

  return g_strdup_printf ("%s/%s", rushes_model_get_provider_id (model), rushes_model_get_id (model));
}

GHashTable *
rushes_favourites_read (void)
{
  g_autoptr (GSettings) settings = rushes_settings_get ();
  g_auto (GStrv) names = g_settings_get_strv (settings, SETTING);
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; names[i] != NULL; i++)
    g_hash_table_add (set, g_strdup (names[i]));
  return set;
}

void
rushes_favourites_set (RushesModel *model, gboolean favourite)
{
  g_autoptr (GSettings) settings = rushes_settings_get ();
  g_auto (GStrv) names = g_settings_get_strv (settings, SETTING);
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (RUSHES_IS_MODEL (model));

  name = rushes_favourites_name (model);
  if (g_strv_contains ((const char *const *) names, name) == favourite)
    return;
  for (guint i = 0; names[i] != NULL; i++)
    if (!g_str_equal (names[i], name))
      g_strv_builder_add (kept, names[i]);
  if (favourite)
    g_strv_builder_add (kept, name);
  all = g_strv_builder_end (kept);
  g_settings_set_strv (settings, SETTING, (const char *const *) all);
}
