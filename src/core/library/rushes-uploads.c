/* rushes-uploads.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-uploads.h"

#include <glib/gi18n.h>

#include "rushes-error.h"
#include "rushes-library-private.h"

/* A copy that dies sooner than this is not used again: a service may fetch it only when the take's turn comes. */
#define LIFE_LEFT (10 * G_TIME_SPAN_MINUTE)

RushesUpload *
rushes_upload_copy (const RushesUpload *self)
{
  RushesUpload *copy = g_new0 (RushesUpload, 1);

  copy->name = g_strdup (self->name);
  copy->place = g_strdup (self->place);
  copy->sha256 = g_strdup (self->sha256);
  copy->address = g_strdup (self->address);
  copy->expires = self->expires;
  copy->removal = g_strdup (self->removal);

  return copy;
}

void
rushes_upload_free (RushesUpload *self)
{
  g_free (self->name);
  g_free (self->place);
  g_free (self->sha256);
  g_free (self->address);
  g_free (self->removal);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (RushesUpload, rushes_upload, rushes_upload_copy, rushes_upload_free)

/* One request to the records; what it asks with is in @upload. */
typedef struct
{
  RushesUpload *upload;
  char *attempt_id;
  RushesUpload *found;
  gboolean any;
  GPtrArray *stale; /* RushesUpload */
} Errand;

static Errand *
errand_new (const char *place, const char *name, const char *sha256, const char *attempt_id)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->upload = g_new0 (RushesUpload, 1);
  errand->upload->place = g_strdup (place);
  errand->upload->name = g_strdup (name);
  errand->upload->sha256 = g_strdup (sha256);
  errand->attempt_id = g_strdup (attempt_id);

  return errand;
}

static void
errand_free (Errand *errand)
{
  rushes_upload_free (errand->upload);
  g_free (errand->attempt_id);
  g_clear_pointer (&errand->found, rushes_upload_free);
  g_clear_pointer (&errand->stale, g_ptr_array_unref);
  g_free (errand);
}

#define COLUMNS "name, place, sha256, uri, expires, removal"

static RushesUpload *
read_row (RushesQuery *query)
{
  RushesUpload *upload = g_new0 (RushesUpload, 1);

  upload->name = g_strdup (rushes_query_get_text (query, 0));
  upload->place = g_strdup (rushes_query_get_text (query, 1));
  upload->sha256 = g_strdup (rushes_query_get_text (query, 2));
  upload->address = g_strdup (rushes_query_get_text (query, 3));
  upload->expires = rushes_query_get_int (query, 4);
  upload->removal = g_strdup (rushes_query_get_text (query, 5));

  return upload;
}

static gboolean
note_use (RushesDatabase *database, const char *attempt_id, const char *name, GError **error)
{
  return rushes_database_run (database, error,
                              "INSERT OR IGNORE INTO attempt_uploads (attempt_id, upload) VALUES (?, ?)", "tt",
                              attempt_id, name);
}

/* ---- using one again ---- */

static RushesUpload *
read_usable (RushesDatabase *database, const RushesUpload *wanted, GError **error)
{
  g_autoptr (RushesQuery) query =
      rushes_database_query (database, error,
                             "SELECT " COLUMNS " FROM uploads"
                             " WHERE place = ?1 AND sha256 = ?2 AND uri IS NOT NULL AND removed IS NULL"
                             " AND (expires IS NULL OR expires >= ?3) ORDER BY created DESC LIMIT 1",
                             "tti", wanted->place, wanted->sha256, g_get_real_time () + LIFE_LEFT);

  return query != NULL && rushes_query_next (query, error) ? read_row (query) : NULL;
}

static gboolean
find (RushesDatabase *database, gpointer data, GError **error)
{
  Errand *self = data;
  g_autoptr (GError) failure = NULL;

  self->found = read_usable (database, self->upload, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return self->found == NULL || note_use (database, self->attempt_id, self->found->name, error);
}

static DexFuture *
found (gpointer data)
{
  Errand *self = data;

  if (self->found == NULL)
    return dex_future_new_for_error (
        rushes_error_new (RUSHES_ERROR_NOT_FOUND, "%s", _ ("No copy of this picture lies there.")));

  return dex_future_new_take_boxed (RUSHES_TYPE_UPLOAD, g_steal_pointer (&self->found));
}

DexFuture *
rushes_library_find_upload (RushesLibrary *self, const char *place, const char *sha256, const char *attempt_id)
{
  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (place != NULL && sha256 != NULL && attempt_id != NULL);

  return rushes_store_write (self->store, find, found, errand_new (place, NULL, sha256, attempt_id),
                             (GDestroyNotify) errand_free);
}

/* ---- a new one ---- */

static gboolean
begin (RushesDatabase *database, gpointer data, GError **error)
{
  Errand *self = data;

  return rushes_database_run (database, error, "INSERT INTO uploads (name, place, sha256, created) VALUES (?, ?, ?, ?)",
                              "ttti", self->upload->name, self->upload->place, self->upload->sha256,
                              g_get_real_time ()) &&
         note_use (database, self->attempt_id, self->upload->name, error);
}

DexFuture *
rushes_library_begin_upload (RushesLibrary *self,
                             const char *place,
                             const char *name,
                             const char *sha256,
                             const char *attempt_id)
{
  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (place != NULL && name != NULL && sha256 != NULL && attempt_id != NULL);

  return rushes_store_write (self->store, begin, NULL, errand_new (place, name, sha256, attempt_id),
                             (GDestroyNotify) errand_free);
}

static gboolean
finish (RushesDatabase *database, gpointer data, GError **error)
{
  Errand *self = data;

  if (!rushes_database_run (database, error,
                            "UPDATE uploads SET uri = ?, expires = nullif (?, 0), removal = ? WHERE name = ?", "titt",
                            self->upload->address, self->upload->expires, self->upload->removal, self->upload->name))
    return FALSE;
  if (rushes_database_get_changes (database) == 1)
    return TRUE;

  rushes_set_error (error, RUSHES_ERROR_NOT_FOUND, "%s", _ ("The library knows nothing of this copy of a picture."));

  return FALSE;
}

DexFuture *
rushes_library_finish_upload (RushesLibrary *self,
                              const char *name,
                              const char *address,
                              gint64 expires,
                              const char *removal)
{
  Errand *errand;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (name != NULL && address != NULL);

  errand = errand_new (NULL, name, NULL, NULL);
  errand->upload->address = g_strdup (address);
  errand->upload->expires = expires;
  errand->upload->removal = g_strdup (removal);

  return rushes_store_write (self->store, finish, NULL, errand, (GDestroyNotify) errand_free);
}

/* ---- the end of one ---- */

#define IS_STALE                                                                                                       \
  "removed IS NULL AND place LIKE 'place:%'"                                                                           \
  " AND NOT EXISTS (SELECT 1 FROM attempt_uploads AS u JOIN attempts AS a ON a.id = u.attempt_id"                      \
  "   WHERE u.upload = uploads.name AND a.state NOT IN ('ready', 'failed', 'cancelled', 'expired'))"

static gboolean
look_for_stale (RushesDatabase *database, gpointer data, GError **error)
{
  Errand *self = data;
  gint64 any = rushes_database_get_int (
      database, error, "SELECT EXISTS (SELECT 1 FROM uploads WHERE removed IS NOT NULL OR (" IS_STALE "))", "");

  self->any = any > 0;

  return any >= 0;
}

static DexFuture *
looked (gpointer data)
{
  Errand *self = data;

  return dex_future_new_for_boolean (self->any);
}

/* What is listed goes: marked so, it is not found again, and no other process begins to use it while it is removed. */
static gboolean
list_stale (RushesDatabase *database, gpointer data, GError **error)
{
  Errand *self = data;
  g_autoptr (RushesQuery) query = NULL;
  g_autoptr (GError) failure = NULL;

  if (!rushes_database_run (database, error, "UPDATE uploads SET removed = ? WHERE " IS_STALE, "i",
                            g_get_real_time ()) ||
      !(query = rushes_database_query (
            database, error, "SELECT " COLUMNS " FROM uploads WHERE removed IS NOT NULL ORDER BY created", "")))
    return FALSE;

  self->stale = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_upload_free);
  while (rushes_query_next (query, &failure))
    g_ptr_array_add (self->stale, read_row (query));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return TRUE;
}

static DexFuture *
listed (gpointer data)
{
  Errand *self = data;

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&self->stale));
}

/* Mostly there is nothing, and then nothing is written, which would wake up every process. */
static DexFuture *
list_if_any (DexFuture *future, gpointer data)
{
  RushesLibrary *self = data;
  const GValue *value = dex_future_get_value (future, NULL);

  if (!g_value_get_boolean (value))
    return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY,
                                      g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_upload_free));

  return rushes_store_write (self->store, list_stale, listed, errand_new (NULL, NULL, NULL, NULL),
                             (GDestroyNotify) errand_free);
}

DexFuture *
rushes_library_list_stale_uploads (RushesLibrary *self)
{
  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));

  return dex_future_then (rushes_store_read (self->store, look_for_stale, looked, errand_new (NULL, NULL, NULL, NULL),
                                             (GDestroyNotify) errand_free),
                          list_if_any, g_object_ref (self), g_object_unref);
}

static gboolean
forget (RushesDatabase *database, gpointer data, GError **error)
{
  Errand *self = data;

  return rushes_database_run (database, error, "DELETE FROM attempt_uploads WHERE upload = ?", "t",
                              self->upload->name) &&
         rushes_database_run (database, error, "DELETE FROM uploads WHERE name = ?", "t", self->upload->name);
}

DexFuture *
rushes_library_forget_upload (RushesLibrary *self, const char *name)
{
  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (name != NULL);

  return rushes_store_write (self->store, forget, NULL, errand_new (NULL, name, NULL, NULL),
                             (GDestroyNotify) errand_free);
}
