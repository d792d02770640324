/* rushes-library-salt.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-library-private.h"

static gboolean
read_salt (RushesDatabase *database, gpointer data, GError **error)
{
  gint64 *salt = data;

  *salt = rushes_database_get_int (database, error, "SELECT value FROM meta WHERE key = 'salt'", "");

  return *salt >= 0;
}

static DexFuture *
give_salt (gpointer data)
{
  return dex_future_new_for_int64 (*(gint64 *) data);
}

DexFuture *
rushes_library_get_salt (RushesLibrary *self)
{
  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));

  return rushes_store_read (self->store, read_salt, give_salt, g_new0 (gint64, 1), g_free);
}
