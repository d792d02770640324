/* rushes-library-descriptions.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-attempt.h"

#include <glib/gi18n.h>

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

typedef struct
{
  char *hash;
  char *json; /* NULL when it is not kept */
} Load;

static void
load_free (Load *load)
{
  g_free (load->hash);
  g_free (load->json);
  g_free (load);
}

static gboolean
read_description (RushesDatabase *database, gpointer data, GError **error)
{
  Load *load = data;
  g_autoptr (RushesQuery) query = NULL;
  g_autoptr (GError) failure = NULL;

  query = rushes_database_query (database, error, "SELECT json FROM descriptions WHERE hash = ?", "t", load->hash);
  if (query == NULL)
    return FALSE;
  if (rushes_query_next (query, &failure))
    load->json = g_strdup (rushes_query_get_text (query, 0));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return TRUE;
}

static DexFuture *
give_description (gpointer data)
{
  Load *load = data;
  gsize size;

  if (load->json == NULL)
    return dex_future_new_for_error (rushes_error_new (
        RUSHES_ERROR_NOT_FOUND, "%s", _ ("The library does not keep this description of a provider.")));
  size = strlen (load->json);
  return dex_future_new_take_boxed (G_TYPE_BYTES, g_bytes_new_take (g_steal_pointer (&load->json), size));
}

DexFuture *
rushes_library_load_description (RushesLibrary *self, const char *hash)
{
  Load *load;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (hash != NULL);

  load = g_new0 (Load, 1);
  load->hash = g_strdup (hash);
  return rushes_store_read (self->store, read_description, give_description, load, (GDestroyNotify) load_free);
}
