/* rushes-library-history.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-library-private.h"

#include <stdlib.h>

#include "rushes-take-history.h"

/* ---- one take ---- */

typedef struct
{
  RushesFolders *folders;
  char *take_id;
  JsonNode *node;
} Describe;

static void
describe_free (Describe *describe)
{
  g_object_unref (describe->folders);
  g_free (describe->take_id);
  g_clear_pointer (&describe->node, json_node_unref);
  g_free (describe);
}

static gboolean
describe (RushesDatabase *database, gpointer data, GError **error)
{
  Describe *self = data;

  self->node = rushes_take_history_read (database, self->take_id, rushes_folders_get_clips (self->folders), error);

  return self->node != NULL;
}

static DexFuture *
described (gpointer data)
{
  Describe *self = data;

  return dex_future_new_take_boxed (JSON_TYPE_NODE, g_steal_pointer (&self->node));
}

DexFuture *
rushes_library_describe_take (RushesLibrary *self, RushesTake *take)
{
  Describe *description;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (RUSHES_IS_TAKE (take));

  description = g_new0 (Describe, 1);
  description->folders = g_object_ref (self->folders);
  description->take_id = g_strdup (rushes_take_get_id (take));

  return rushes_store_read (self->store, describe, described, description, (GDestroyNotify) describe_free);
}

/* ---- how long it takes ---- */

typedef struct
{
  char *provider_id;
  char *model_id;
  double seconds;
} Time;

static void
time_free (Time *time)
{
  g_free (time->provider_id);
  g_free (time->model_id);
  g_free (time);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}

static gboolean
read_time (RushesDatabase *database, gpointer data, GError **error)
{
  Time *self = data;
  g_autoptr (RushesQuery) query = NULL;
  g_autoptr (GError) failure = NULL;
  double times[20];
  gsize n = 0;

  query =
      rushes_database_query (database, error,
                             "SELECT (a.state_since - a.submitted) / 1e6 FROM takes t"
                             " JOIN attempts a ON a.id = t.attempt_id"
                             " WHERE t.provider = ? AND t.model = ? AND t.state = 'ready' AND a.submitted IS NOT NULL"
                             " ORDER BY t.id DESC LIMIT 20",
                             "tt", self->provider_id, self->model_id);
  if (query == NULL)
    return FALSE;
  while (n < G_N_ELEMENTS (times) && rushes_query_next (query, &failure))
    times[n++] = rushes_query_get_double (query, 0);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  qsort (times, n, sizeof times[0], compare_times);
  if (n > 0)
    self->seconds = MAX (0.0, (times[(n - 1) / 2] + times[n / 2]) / 2);

  return TRUE;
}

static DexFuture *
give_time (gpointer data)
{
  return dex_future_new_for_double (((Time *) data)->seconds);
}

DexFuture *
rushes_library_typical_time (RushesLibrary *self, const char *provider_id, const char *model_id)
{
  Time *time;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (provider_id != NULL && model_id != NULL);

  time = g_new0 (Time, 1);
  time->provider_id = g_strdup (provider_id);
  time->model_id = g_strdup (model_id);

  return rushes_store_read (self->store, read_time, give_time, time, (GDestroyNotify) time_free);
}

/* ---- how often each model was used ---- */

static gboolean
read_uses (RushesDatabase *database, gpointer data, GError **error)
{
  GHashTable *uses = data;
  g_autoptr (RushesQuery) query = NULL;
  g_autoptr (GError) failure = NULL;

  /* The index "takes_model" holds all that is asked for. */
  query = rushes_database_query (database, error,
                                 "SELECT provider || '/' || model, count (*) FROM takes GROUP BY provider, model", "");
  if (query == NULL)
    return FALSE;
  while (rushes_query_next (query, &failure))
    g_hash_table_insert (uses, g_strdup (rushes_query_get_text (query, 0)),
                         GUINT_TO_POINTER ((guint) rushes_query_get_int (query, 1)));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return TRUE;
}

static DexFuture *
give_uses (gpointer data)
{
  return dex_future_new_take_boxed (G_TYPE_HASH_TABLE, g_hash_table_ref (data));
}

DexFuture *
rushes_library_count_uses (RushesLibrary *self)
{
  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));

  return rushes_store_read (self->store, read_uses, give_uses,
                            g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                            (GDestroyNotify) g_hash_table_unref);
}

/* ---- what was typed ---- */

/* However often the same words were used, no more takes than these are looked through. */
#define PROMPTS_LOOKED_AT 5000

typedef struct
{
  guint n;
  GStrvBuilder *prompts;
} Prompts;

static void
prompts_free (Prompts *prompts)
{
  g_strv_builder_unref (prompts->prompts);
  g_free (prompts);
}

static gboolean
read_prompts (RushesDatabase *database, gpointer data, GError **error)
{
  Prompts *self = data;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (RushesQuery) query = NULL;
  g_autoptr (GError) failure = NULL;

  query =
      rushes_database_query (database, error, "SELECT prompt FROM takes WHERE deleted IS NULL ORDER BY id DESC LIMIT ?",
                             "i", (gint64) PROMPTS_LOOKED_AT);
  if (query == NULL)
    return FALSE;
  while (g_hash_table_size (seen) < self->n && rushes_query_next (query, &failure))
    {
      const char *prompt = rushes_query_get_text (query, 0);

      if (*prompt != '\0' && g_hash_table_add (seen, g_strdup (prompt)))
        g_strv_builder_add (self->prompts, prompt);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return TRUE;
}

static DexFuture *
give_prompts (gpointer data)
{
  return dex_future_new_take_boxed (G_TYPE_STRV, g_strv_builder_end (((Prompts *) data)->prompts));
}

DexFuture *
rushes_library_recent_prompts (RushesLibrary *self, guint n)
{
  Prompts *prompts;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));

  prompts = g_new0 (Prompts, 1);
  prompts->n = n;
  prompts->prompts = g_strv_builder_new ();

  return rushes_store_read (self->store, read_prompts, give_prompts, prompts, (GDestroyNotify) prompts_free);
}
