/* rushes-library-attempts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-attempt.h"

#include <glib/gi18n.h>

#include "rushes-attempt-private.h"
#include "rushes-attempt-record.h"
#include "rushes-attempt-row.h"
#include "rushes-crowd-row.h"
#include "rushes-ledger.h"
#include "rushes-library-private.h"
#include "rushes-spending.h"
#include "rushes-stored-error.h"
#include "rushes-take-private.h"

/* ---- reading ---- */

typedef struct
{
  char *take_id;
  RushesAttempt *attempt;
} Load;

static void
load_free (Load *load)
{
  g_free (load->take_id);
  g_clear_pointer (&load->attempt, rushes_attempt_free);
  g_free (load);
}

static gboolean
read_attempt (RushesDatabase *database, gpointer data, GError **error)
{
  Load *load = data;

  load->attempt = rushes_attempt_row_load (database, load->take_id, NULL, error);

  return load->attempt != NULL;
}

static DexFuture *
give_attempt (gpointer data)
{
  Load *load = data;

  return dex_future_new_take_boxed (RUSHES_TYPE_ATTEMPT, g_steal_pointer (&load->attempt));
}

DexFuture *
rushes_library_load_attempt (RushesLibrary *self, RushesTake *take)
{
  Load *load;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (RUSHES_IS_TAKE (take));

  load = g_new0 (Load, 1);
  load->take_id = g_strdup (rushes_take_get_id (take));

  return rushes_store_read (self->store, read_attempt, give_attempt, load, (GDestroyNotify) load_free);
}

typedef struct
{
  char *take_id;
  GPtrArray *attempts;
} LoadAll;

static void
load_all_free (LoadAll *load)
{
  g_free (load->take_id);
  g_clear_pointer (&load->attempts, g_ptr_array_unref);
  g_free (load);
}

static gboolean
read_attempts (RushesDatabase *database, gpointer data, GError **error)
{
  LoadAll *load = data;

  load->attempts = rushes_attempt_row_load_all (database, load->take_id, error);

  return load->attempts != NULL;
}

static DexFuture *
give_attempts (gpointer data)
{
  LoadAll *load = data;

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&load->attempts));
}

DexFuture *
rushes_library_load_attempts (RushesLibrary *self, RushesTake *take)
{
  LoadAll *load;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (RUSHES_IS_TAKE (take));

  load = g_new0 (LoadAll, 1);
  load->take_id = g_strdup (rushes_take_get_id (take));

  return rushes_store_read (self->store, read_attempts, give_attempts, load, (GDestroyNotify) load_all_free);
}

typedef struct
{
  char *attempt_id;
  char *text;
} Describe;

static void
describe_free (Describe *describe)
{
  g_free (describe->attempt_id);
  g_free (describe->text);
  g_free (describe);
}

static gboolean
describe_attempt (RushesDatabase *database, gpointer data, GError **error)
{
  Describe *describe = data;

  describe->text = rushes_attempt_record_write (database, describe->attempt_id, error);

  return describe->text != NULL;
}

static DexFuture *
give_text (gpointer data)
{
  Describe *describe = data;

  return dex_future_new_take_string (g_steal_pointer (&describe->text));
}

DexFuture *
rushes_library_describe_attempt (RushesLibrary *self, const RushesAttempt *attempt)
{
  Describe *describe;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (attempt != NULL);

  describe = g_new0 (Describe, 1);
  describe->attempt_id = g_strdup (attempt->id);

  return rushes_store_read (self->store, describe_attempt, give_text, describe, (GDestroyNotify) describe_free);
}

/* ---- steps ---- */

typedef struct
{
  RushesChange change;
  RushesAttemptStep step;
  char *take_id;
  RushesPrice estimate;
  gboolean estimated; /* whether there is one */
  gboolean cached;
  gboolean again;
  gboolean keep_id;
  gboolean resent;
  gboolean decided;
  gboolean bounded;
  guint room;
  RushesFolders *folders;
  GArray *limits; /* of spending; NULL unless something may be set aside */
  gboolean done;
  int paused; /* read when a submit was refused; else -1 */
  RushesAttempt *after;
} Advance;

static void
advance_free (Advance *advance)
{
  rushes_change_clear (&advance->change);
  rushes_attempt_step_clear (&advance->step);
  g_object_unref (advance->folders);
  g_free (advance->take_id);
  g_clear_pointer (&advance->limits, g_array_unref);
  g_clear_pointer (&advance->after, rushes_attempt_free);
  g_free (advance);
}

/* The next attempt of a take costs what the one before was expected to, and replaces it. */
static gboolean
line_up_next (Advance *self, RushesDatabase *database, GError **error)
{
  const char *attempt_id = self->step.attempt_id;
  RushesPrice price;

  return rushes_ledger_get_held (database, attempt_id, &price, error) &&
         rushes_spending_check_anew (database, self->limits, attempt_id, &price, error) &&
         rushes_attempt_row_insert_next (database, attempt_id, self->step.runner, &price, self->keep_id, self->resent,
                                         error);
}

static gboolean
is_still_ours (Advance *self, RushesDatabase *database, gboolean *ours, GError **error)
{
  gint64 n = rushes_database_get_int (
      database, error, "SELECT count (*) FROM attempts WHERE id = ? AND runner = ? AND state = ?", "ttt",
      self->step.attempt_id, self->step.runner, rushes_take_state_to_string (self->step.from));

  *ours = n == 1;
  return n >= 0;
}

/* Prices may have changed while it was in line: what is set aside for it follows them before anything is spent. */
static gboolean
adjust_hold (Advance *self, RushesDatabase *database, GError **error)
{
  const char *attempt_id = self->step.attempt_id;
  RushesPrice held;
  gboolean ours;

  if (!rushes_ledger_get_held (database, attempt_id, &held, error) || !is_still_ours (self, database, &ours, error))
    return FALSE;
  if (!ours || rushes_price_equal (&held, &self->estimate))
    return TRUE;
  if (self->step.to == RUSHES_TAKE_STATE_SUBMITTING && !rushes_price_is_within (&self->estimate, &held) &&
      !rushes_spending_check_anew (database, self->limits, attempt_id, &self->estimate, error))
    return FALSE;

  return rushes_ledger_hold (database, attempt_id, &self->estimate, error);
}

/* Two processes that each stay within what the service bears would together pass it. */
static gboolean
check_room (Advance *self, RushesDatabase *database, GError **error)
{
  int n = rushes_crowd_row_count (database, self->folders, self->step.runner, self->step.host, self->step.key, error);

  if (n < 0)
    return FALSE;
  if ((guint) n <= self->room)
    return TRUE;
  rushes_set_error (error, RUSHES_ERROR_RATE_LIMITED, "%s",
                    _ ("Rushes works on as many takes there as it may, in its window or on a command line."));

  return FALSE;
}

static gboolean
take_step (RushesDatabase *database, gpointer data, GError **error)
{
  Advance *self = data;

  if ((self->decided &&
       !rushes_database_run (database, error, "UPDATE attempts SET runner = ? WHERE id = ? AND state = 'unconfirmed'",
                             "tt", self->step.runner, self->step.attempt_id)) ||
      (self->bounded && !check_room (self, database, error)) ||
      (self->estimated && !adjust_hold (self, database, error)) ||
      !rushes_attempt_step_take (&self->step, database, &self->done, error))
    return FALSE;
  if (!self->done)
    return self->step.to != RUSHES_TAKE_STATE_SUBMITTING ||
           (self->paused = rushes_library_read_paused (database, error)) >= 0;
  if (self->again && !line_up_next (self, database, error))
    return FALSE;
  if (self->step.to == RUSHES_TAKE_STATE_READY &&
      !rushes_database_run (database, error, "UPDATE takes SET cached = ? WHERE id = ?", "it", (gint64) self->cached,
                            self->take_id))
    return FALSE;
  self->after = rushes_attempt_row_load (database, self->take_id, self->again ? NULL : self->step.attempt_id, error);

  return self->after != NULL && rushes_change_touch (&self->change, database, self->take_id, error);
}

static DexFuture *
stepped (gpointer data)
{
  Advance *self = data;

  rushes_change_apply (&self->change);
  if (self->paused >= 0)
    rushes_library_follow_paused (self->change.library, self->paused);
  if (!self->done)
    return dex_future_new_false ();

  return dex_future_new_take_boxed (RUSHES_TYPE_ATTEMPT, g_steal_pointer (&self->after));
}

/* Only while the caller still waits, for only then its value is sure to be there. */
static DexFuture *
assign (DexFuture *future, gpointer data)
{
  const GValue *value = dex_future_get_value (future, NULL);

  if (!G_VALUE_HOLDS (value, RUSHES_TYPE_ATTEMPT))
    return dex_future_new_false ();
  rushes_attempt_assign (data, g_value_get_boxed (value));

  return dex_future_new_true ();
}

/* Whether money was spent, when the step itself does not say. */
static RushesCharged
guess_charged (RushesTakeState from, const RushesStep *step)
{
  if (step->to == RUSHES_TAKE_STATE_READY)
    return RUSHES_CHARGED_YES;
  if (step->error != NULL)
    return rushes_error_get_charged (step->error);

  return from == RUSHES_TAKE_STATE_QUEUED || from == RUSHES_TAKE_STATE_PREPARING ? RUSHES_CHARGED_NO
                                                                                 : RUSHES_CHARGED_MAYBE;
}

static Advance *
advance_new (RushesLibrary *self, RushesTake *take, const RushesAttempt *attempt, const RushesStep *step)
{
  Advance *advance = g_new0 (Advance, 1);

  rushes_change_init (&advance->change, self);
  advance->take_id = g_strdup (rushes_take_get_id (take));
  advance->step.attempt_id = g_strdup (attempt->id);
  advance->step.runner = g_strdup (rushes_library_get_runner_id (self));
  advance->step.from = attempt->state;
  advance->step.to = step->to;
  advance->step.task_id = g_strdup (step->task_id);
  advance->step.host = g_strdup (step->host);
  advance->step.poll_target = g_strdup (step->poll_target);
  advance->step.description = g_strdup (step->description);
  advance->step.key = step->key != NULL ? rushes_key_mark_copy (step->key) : NULL;
  advance->step.error = rushes_stored_error_to_text (step->error);
  advance->step.charged = guess_charged (attempt->state, step);
  advance->step.outputs = rushes_attempt_copy_outputs (step->outputs);
  advance->again = step->again;
  advance->keep_id = step->keep_id;
  advance->resent = step->resent;
  advance->decided = step->decided;
  advance->bounded = step->bounded;
  advance->room = step->room;
  advance->folders = g_object_ref (self->folders);
  advance->cached = step->cached;
  advance->step.wanted = step->wanted;
  advance->paused = -1;
  advance->estimated = step->estimate != NULL;
  if (advance->estimated)
    advance->estimate = *step->estimate;
  if (advance->again || advance->estimated)
    advance->limits = rushes_limits_read ();
  advance->step.cost.kind = RUSHES_PRICE_UNKNOWN;
  if (step->cost != NULL)
    advance->step.cost = *step->cost;
  if (step->clip != NULL)
    {
      advance->step.file = g_file_get_relative_path (rushes_folders_get_clips (self->folders), step->clip);
      advance->step.facts = *step->facts;
      advance->step.sha256 = g_strdup (step->sha256);
    }

  return advance;
}

DexFuture *
rushes_library_advance (RushesLibrary *self, RushesTake *take, RushesAttempt *attempt, const RushesStep *step)
{
  Advance *advance;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (RUSHES_IS_TAKE (take));
  dex_return_error_if_fail (attempt != NULL && g_strcmp0 (attempt->take_id, rushes_take_get_id (take)) == 0);
  dex_return_error_if_fail (step->clip == NULL || (step->facts != NULL && step->sha256 != NULL));
  dex_return_error_if_fail (step->to != RUSHES_TAKE_STATE_READY || step->clip != NULL);
  dex_return_error_if_fail (!step->again || step->to == RUSHES_TAKE_STATE_FAILED);
  dex_return_error_if_fail (rushes_take_state_can_follow (attempt->state, step->to) ||
                            (attempt->state == step->to && step->to != RUSHES_TAKE_STATE_READY));

  advance = advance_new (self, take, attempt, step);

  return dex_future_then (rushes_store_write (self->store, take_step, stepped, advance, (GDestroyNotify) advance_free),
                          assign, attempt, NULL);
}

/* ---- another try ---- */

typedef struct
{
  RushesChange change;
  char *take_id;
  char *runner;
  GArray *limits; /* RushesLimit */
  RushesConsent consent;
  RushesWishes wishes;
  RushesAttempt *attempt;
} Add;

static void
add_free (Add *add)
{
  rushes_change_clear (&add->change);
  g_free (add->take_id);
  g_free (add->runner);
  g_array_unref (add->limits);
  g_clear_pointer (&add->attempt, rushes_attempt_free);
  g_free (add);
}

/* It costs what the one before was expected to. */
static gboolean
buy_again (Add *self, RushesDatabase *database, const RushesAttempt *last, GError **error)
{
  g_autofree char *today = rushes_ledger_get_day (g_get_real_time ());
  RushesWishes wishes = rushes_wishes_join (&self->wishes, &last->wishes);
  RushesPrice price;

  return rushes_ledger_get_held (database, last->id, &price, error) &&
         rushes_spending_check (database, self->limits, &self->consent, &price, 1, today, error) &&
         rushes_spending_check_again (database, self->take_id, &self->consent, &price, error) &&
         rushes_attempt_row_insert (database, self->take_id, self->runner, &price, NULL, self->consent.most, &wishes,
                                    error);
}

static gboolean
write_attempt (RushesDatabase *database, gpointer data, GError **error)
{
  Add *self = data;
  g_autoptr (RushesAttempt) last = rushes_attempt_row_load (database, self->take_id, NULL, error);

  if (last == NULL)
    return FALSE;
  if (last->state == RUSHES_TAKE_STATE_READY)
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s",
                        _ ("This take is done. Use its recipe to make another one."));
      return FALSE;
    }
  if (!rushes_take_state_is_end (last->state) && last->state != RUSHES_TAKE_STATE_UNCONFIRMED)
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s",
                        _ ("This take is still in work. Cancel it before you try again."));
      return FALSE;
    }

  return buy_again (self, database, last, error) &&
         (self->attempt = rushes_attempt_row_load (database, self->take_id, NULL, error)) != NULL &&
         rushes_change_touch (&self->change, database, self->take_id, error);
}

static DexFuture *
added (gpointer data)
{
  Add *self = data;

  rushes_change_apply (&self->change);

  return dex_future_new_take_boxed (RUSHES_TYPE_ATTEMPT, g_steal_pointer (&self->attempt));
}

DexFuture *
rushes_library_add_attempt (RushesLibrary *self, RushesTake *take)
{
  return rushes_library_add_attempt_with_consent (self, take, NULL, NULL);
}

DexFuture *
rushes_library_add_attempt_with_consent (RushesLibrary *self,
                                         RushesTake *take,
                                         const RushesConsent *consent,
                                         const RushesWishes *wishes)
{
  Add *add;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (RUSHES_IS_TAKE (take));

  add = g_new0 (Add, 1);
  rushes_change_init (&add->change, self);
  add->take_id = g_strdup (rushes_take_get_id (take));
  add->runner = g_strdup (rushes_library_get_runner_id (self));
  add->limits = rushes_limits_read ();
  add->consent = consent != NULL ? *consent : RUSHES_CONSENT_NONE;
  add->wishes = wishes != NULL ? *wishes : RUSHES_WISHES_NONE;

  return rushes_store_write (self->store, write_attempt, added, add, (GDestroyNotify) add_free);
}

gboolean
rushes_library_is_runner (RushesLibrary *self, const char *runner)
{
  g_return_val_if_fail (RUSHES_IS_LIBRARY (self), FALSE);

  return g_strcmp0 (runner, rushes_library_get_runner_id (self)) == 0;
}

/* ---- what is not written down ---- */

void
rushes_library_report (RushesLibrary *self, RushesTake *take, double progress, const char *message)
{
  g_return_if_fail (RUSHES_IS_LIBRARY (self));
  g_return_if_fail (RUSHES_IS_TAKE (take));

  rushes_take_set_live (take, progress, message);
}

void
rushes_library_show_arrival (RushesLibrary *self, RushesTake *take, RushesArrival *arrival)
{
  g_return_if_fail (RUSHES_IS_LIBRARY (self));
  g_return_if_fail (RUSHES_IS_TAKE (take));

  rushes_take_set_arrival (take, arrival);
}

GFile *
rushes_library_get_clip_place (RushesLibrary *self, RushesTake *take, guint index, const char *extension)
{
  g_autoptr (GDateTime) created = NULL;
  g_autofree char *month = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GFile) folder = NULL;

  g_return_val_if_fail (RUSHES_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (RUSHES_IS_TAKE (take), NULL);
  g_return_val_if_fail (extension != NULL, NULL);

  created = g_date_time_new_from_unix_utc_usec (rushes_take_get_created (take));
  month = g_date_time_format (created, "%Y-%m");
  name = g_strdup_printf ("%s-%u.%s", rushes_take_get_id (take), index + 1, extension);
  folder = g_file_get_child (rushes_folders_get_clips (self->folders), month);

  return g_file_get_child (folder, name);
}
