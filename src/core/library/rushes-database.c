/* rushes-database.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-database.h"

#include <errno.h>
#include <glib/gi18n.h>

#include "rushes-error.h"

#define BUSY_TIMEOUT_MS 10000

struct _RushesDatabase
{
  sqlite3 *handle;
  GHashTable *statements; /* SQL to its prepared statement */
  char *folder;           /* for display */
  gboolean damaged;
};

static GError *
describe (sqlite3 *handle, int code, const char *folder)
{
  const char *words = handle != NULL ? sqlite3_errmsg (handle) : sqlite3_errstr (code);
  int system = handle != NULL ? sqlite3_system_errno (handle) : 0;

  switch (code & 0xff)
    {
    case SQLITE_FULL:
      return rushes_error_new (
          RUSHES_ERROR_STORAGE,
          _ ("The disk is full, so Rushes cannot write in its library. Free some space and try again."));
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return rushes_error_new (
          RUSHES_ERROR_STORAGE,
          _ ("The library is damaged. Start Rushes again: it sets the damaged file aside and goes on "
             "with the newest backup."));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return rushes_error_new (
          RUSHES_ERROR_STORAGE,
          _ ("Another Rushes has been writing in the library for too long. Close it and try again."));
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return rushes_error_new (RUSHES_ERROR_STORAGE,
                               /* Translators: %s is a folder */
                               _ ("Rushes cannot write in its library. Check that “%s” may be written."), folder);
    case SQLITE_IOERR:
      if (system == ENOSPC || system == EDQUOT)
        return describe (NULL, SQLITE_FULL, folder);
      return rushes_error_new (RUSHES_ERROR_STORAGE,
                               /* Translators: %s is a technical reason */
                               _ ("The library could not be read or written (%s). Check the disk it lies on."),
                               system != 0 ? g_strerror (system) : words);
    default:
      return rushes_error_new (RUSHES_ERROR_INTERNAL,
                               /* Translators: %s is a technical reason */
                               _ ("The library refused a change (%s). This is a mistake of Rushes."), words);
    }
}

static gboolean
fail (RushesDatabase *self, int code, GError **error)
{
  g_autoptr (GError) described = describe (self->handle, code, self->folder);

  if ((code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB)
    self->damaged = TRUE;
  g_propagate_error (error, g_steal_pointer (&described));

  return FALSE;
}

static void
finalize (gpointer query)
{
  sqlite3_finalize (query);
}

RushesDatabase *
rushes_database_open (const char *path, gboolean read_only, GError **error)
{
  g_autoptr (RushesDatabase) self = g_new0 (RushesDatabase, 1);
  g_autofree char *folder = g_path_get_dirname (path);
  int flags = read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  int code;

  self->folder = g_filename_display_name (folder);
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize);
  code = sqlite3_open_v2 (path, &self->handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (code != SQLITE_OK)
    {
      fail (self, code, error);
      return NULL;
    }
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_set_clientdata (self->handle, "rushes", self, NULL);

  return g_steal_pointer (&self);
}

void
rushes_database_close (RushesDatabase *self)
{
  g_clear_pointer (&self->statements, g_hash_table_unref);
  g_clear_pointer (&self->handle, sqlite3_close_v2);
  g_free (self->folder);
  g_free (self);
}

sqlite3 *
rushes_database_get_handle (RushesDatabase *self)
{
  return self->handle;
}

gboolean
rushes_database_is_damaged (RushesDatabase *self)
{
  return self->damaged;
}

gboolean
rushes_database_script (RushesDatabase *self, const char *sql, GError **error)
{
  int code = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  return code == SQLITE_OK || fail (self, code, error);
}

static RushesQuery *
prepare (RushesDatabase *self, GError **error, const char *sql, const char *types, va_list *values)
{
  RushesQuery *query = g_hash_table_lookup (self->statements, sql);
  int code = SQLITE_OK;

  if (query == NULL)
    {
      code = sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &query, NULL);
      if (code != SQLITE_OK)
        {
          fail (self, code, error);
          return NULL;
        }
      g_hash_table_insert (self->statements, g_strdup (sql), query);
    }
  g_assert (!sqlite3_stmt_busy (query));

  for (int i = 0; types[i] != '\0' && code == SQLITE_OK; i++)
    {
      switch (types[i])
        {
        case 't':
          code = sqlite3_bind_text (query, i + 1, va_arg (*values, const char *), -1, SQLITE_TRANSIENT);
          break;
        case 'i':
          code = sqlite3_bind_int64 (query, i + 1, va_arg (*values, gint64));
          break;
        case 'd':
          code = sqlite3_bind_double (query, i + 1, va_arg (*values, double));
          break;
        default:
          g_assert_not_reached ();
        }
    }
  if (code != SQLITE_OK)
    {
      rushes_query_free (query);
      fail (self, code, error);
      return NULL;
    }

  return query;
}

RushesQuery *
rushes_database_query (RushesDatabase *self, GError **error, const char *sql, const char *types, ...)
{
  RushesQuery *query;
  va_list values;

  va_start (values, types);
  query = prepare (self, error, sql, types, &values);
  va_end (values);

  return query;
}

gboolean
rushes_database_run (RushesDatabase *self, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (RushesQuery) query = NULL;
  int code;
  va_list values;

  va_start (values, types);
  query = prepare (self, error, sql, types, &values);
  va_end (values);
  if (query == NULL)
    return FALSE;

  while ((code = sqlite3_step (query)) == SQLITE_ROW)
    ;

  return code == SQLITE_DONE || fail (self, code, error);
}

gint64
rushes_database_get_int (RushesDatabase *self, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (RushesQuery) query = NULL;
  int code;
  va_list values;

  va_start (values, types);
  query = prepare (self, error, sql, types, &values);
  va_end (values);
  if (query == NULL)
    return -1;

  code = sqlite3_step (query);
  if (code == SQLITE_ROW)
    return sqlite3_column_int64 (query, 0);
  if (code == SQLITE_DONE)
    return 0;
  fail (self, code, error);

  return -1;
}

GPtrArray *
rushes_database_list_texts (RushesDatabase *self, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (RushesQuery) query = NULL;
  int code;
  va_list values;

  va_start (values, types);
  query = prepare (self, error, sql, types, &values);
  va_end (values);
  if (query == NULL)
    return NULL;

  while ((code = sqlite3_step (query)) == SQLITE_ROW)
    g_ptr_array_add (texts, g_strdup (rushes_query_get_text (query, 0)));
  if (code == SQLITE_DONE)
    return g_steal_pointer (&texts);
  fail (self, code, error);

  return NULL;
}

guint
rushes_database_get_changes (RushesDatabase *self)
{
  return sqlite3_changes (self->handle);
}

void
rushes_query_bind (RushesQuery *self, const char *name, const char *text)
{
  int index = sqlite3_bind_parameter_index (self, name);

  if (index > 0)
    sqlite3_bind_text (self, index, text, -1, SQLITE_STATIC);
}

gboolean
rushes_query_next (RushesQuery *self, GError **error)
{
  int code = sqlite3_step (self);

  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    fail (sqlite3_get_clientdata (sqlite3_db_handle (self), "rushes"), code, error);

  return FALSE;
}

const char *
rushes_query_get_text (RushesQuery *self, int column)
{
  return (const char *) sqlite3_column_text (self, column);
}

gint64
rushes_query_get_int (RushesQuery *self, int column)
{
  return sqlite3_column_int64 (self, column);
}

double
rushes_query_get_double (RushesQuery *self, int column)
{
  return sqlite3_column_double (self, column);
}

gboolean
rushes_query_is_null (RushesQuery *self, int column)
{
  return sqlite3_column_type (self, column) == SQLITE_NULL;
}

/* The statement stays prepared; it only forgets its values and its place. */
void
rushes_query_free (RushesQuery *self)
{
  sqlite3_reset (self);
  sqlite3_clear_bindings (self);
}
