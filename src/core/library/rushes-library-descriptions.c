/* rushes-library-descriptions.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-attempt.h"

#include "rushes-library-private.h"

typedef struct
{
  char *hash;
  char *json;
} Keep;

static void
keep_free (Keep *keep)
{
  g_free (keep->hash);
  g_free (keep->json);
  g_free (keep);
}

static gboolean
write_description (RushesDatabase *database, gpointer data, GError **error)
{
  Keep *keep = data;

  return rushes_database_run (database, error, "INSERT OR IGNORE INTO descriptions (hash, json) VALUES (?, ?)", "tt",
                              keep->hash, keep->json);
}

DexFuture *
rushes_library_keep_description (RushesLibrary *self, RushesDescription *description)
{
  Keep *keep;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (RUSHES_IS_DESCRIPTION (description));

  keep = g_new0 (Keep, 1);
  keep->hash = g_strdup (rushes_description_get_hash (description));
  keep->json = json_to_string (rushes_description_get_json (description), FALSE);

  return rushes_store_write (self->store, write_description, NULL, keep, (GDestroyNotify) keep_free);
}
