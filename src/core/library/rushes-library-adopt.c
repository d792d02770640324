/* rushes-library-adopt.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-attempt.h"

#include <glib/gi18n.h>

#include "rushes-attempt-row.h"
#include "rushes-library-private.h"
#include "rushes-stored-error.h"

typedef struct
{
  RushesChange change;
  RushesFolders *folders;
  char *take_id; /* NULL for all takes */
  char *runner;
} Adopt;

static void
adopt_free (Adopt *adopt)
{
  rushes_change_clear (&adopt->change);
  g_object_unref (adopt->folders);
  g_free (adopt->take_id);
  g_free (adopt->runner);
  g_free (adopt);
}

/* One unfinished attempt of somebody else. */
typedef struct
{
  char *id;
  char *take_id;
  char *runner;
  RushesTakeState state;
} Orphan;

static void
orphan_free (Orphan *orphan)
{
  g_free (orphan->id);
  g_free (orphan->take_id);
  g_free (orphan->runner);
  g_free (orphan);
}

static GPtrArray *
list_others (Adopt *self, RushesDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify) orphan_free);
  g_autoptr (RushesQuery) query = NULL;
  g_autoptr (GError) failure = NULL;

  query = rushes_database_query (database, error,
                                 "SELECT id, take_id, runner, state FROM attempts"
                                 " WHERE state NOT IN ('ready', 'failed', 'cancelled', 'expired')"
                                 " AND runner <> ?1 AND (take_id = ?2 OR (?2 IS NULL AND runner <> '" //
                                 RUSHES_RUNNER_ELSEWHERE "')) ORDER BY take_id, number",
                                 "tt", self->runner, self->take_id);
  if (query == NULL)
    return NULL;
  while (rushes_query_next (query, &failure))
    {
      Orphan *orphan = g_new0 (Orphan, 1);

      orphan->id = g_strdup (rushes_query_get_text (query, 0));
      orphan->take_id = g_strdup (rushes_query_get_text (query, 1));
      orphan->runner = g_strdup (rushes_query_get_text (query, 2));
      rushes_take_state_from_string (rushes_query_get_text (query, 3), &orphan->state);
      g_ptr_array_add (others, orphan);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  return g_steal_pointer (&others);
}

/* Whether the other side accepted it was not written down before its runner went. */
static gboolean
doubt (Adopt *self, RushesDatabase *database, const Orphan *orphan, GError **error)
{
  g_autoptr (GError) reason = NULL;
  RushesAttemptStep step = { 0 };
  gboolean done, ok;

  reason = rushes_error_new (RUSHES_ERROR_NETWORK, "%s", _ ("Rushes ended while this take was being submitted."));
  rushes_error_set_charged (reason, RUSHES_CHARGED_MAYBE);

  step.attempt_id = g_strdup (orphan->id);
  step.runner = g_strdup (self->runner);
  step.from = RUSHES_TAKE_STATE_SUBMITTING;
  step.to = RUSHES_TAKE_STATE_UNCONFIRMED;
  step.error = rushes_stored_error_to_text (reason);
  step.charged = RUSHES_CHARGED_MAYBE;
  step.cost.kind = RUSHES_PRICE_UNKNOWN;
  step.outputs = g_ptr_array_new ();
  ok = rushes_attempt_step_take (&step, database, &done, error);
  rushes_attempt_step_clear (&step);

  return ok;
}

static gboolean
adopt_one (Adopt *self, RushesDatabase *database, const Orphan *orphan, GError **error)
{
  return rushes_database_run (database, error, "UPDATE attempts SET runner = ? WHERE id = ?", "tt", self->runner,
                              orphan->id) &&
         (orphan->state != RUSHES_TAKE_STATE_SUBMITTING || doubt (self, database, orphan, error)) &&
         rushes_change_touch (&self->change, database, orphan->take_id, error);
}

static gboolean
adopt (RushesDatabase *database, gpointer data, GError **error)
{
  Adopt *self = data;
  g_autoptr (GPtrArray) others = list_others (self, database, error);
  g_autoptr (GHashTable) gone = g_hash_table_new (g_str_hash, g_str_equal);

  if (others == NULL)
    return FALSE;
  for (guint i = 0; i < others->len; i++)
    {
      const Orphan *orphan = g_ptr_array_index (others, i);
      gpointer is_gone;

      if (!g_hash_table_lookup_extended (gone, orphan->runner, NULL, &is_gone))
        {
          is_gone = GINT_TO_POINTER (rushes_runner_is_gone (self->folders, orphan->runner));
          g_hash_table_insert (gone, orphan->runner, is_gone);
        }
      if (is_gone != NULL && !adopt_one (self, database, orphan, error))
        return FALSE;
    }

  return TRUE;
}

static DexFuture *
adopted (gpointer data)
{
  Adopt *self = data;
  GPtrArray *takes = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->change.rows->len; i++)
    {
      g_autoptr (RushesTake) take =
          rushes_library_apply_row (self->change.library, g_ptr_array_index (self->change.rows, i));

      if (!g_ptr_array_find (takes, take, NULL))
        g_ptr_array_add (takes, g_steal_pointer (&take));
    }
  rushes_change_apply (&self->change);

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, takes);
}

DexFuture *
rushes_library_adopt (RushesLibrary *self, RushesTake *take)
{
  Adopt *adoption;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (take == NULL || RUSHES_IS_TAKE (take));

  adoption = g_new0 (Adopt, 1);
  rushes_change_init (&adoption->change, self);
  adoption->folders = g_object_ref (self->folders);
  adoption->take_id = take != NULL ? g_strdup (rushes_take_get_id (take)) : NULL;
  adoption->runner = g_strdup (rushes_library_get_runner_id (self));

  return rushes_store_write (self->store, adopt, adopted, adoption, (GDestroyNotify) adopt_free);
}
