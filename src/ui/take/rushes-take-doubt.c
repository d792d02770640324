/* rushes-take-doubt.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-take-doubt.h"

#include <glib/gi18n.h>

#include "rushes-consent-dialog.h"
#include "rushes-limits.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

static void
complain (gpointer object, DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    rushes_toast_error (object, error);
}

/* ---- check again ---- */

static void
checked (gpointer object, DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (value == NULL)
    rushes_toast_error (object, error);
  else if (g_value_get_int (value) == 0)
    rushes_toast (object, _ ("Nothing new about this take"));
}

void
rushes_take_doubt_check (GtkWidget *widget, RushesQueue *queue, RushesTake *take)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (RUSHES_IS_QUEUE (queue));
  g_return_if_fail (RUSHES_IS_TAKE (take));

  rushes_when (rushes_queue_check (queue, take), widget, checked, NULL, NULL);
}

/* ---- made again ---- */

/* One take on its way to another attempt. */
typedef struct
{
  RushesTake *take;
  gint64 since; /* when it entered the state it was asked for in */
  RushesConsent consent;
  GError *error; /* why it was not made again; NULL */
} Candidate;

static Candidate *
candidate_new (RushesTake *take)
{
  Candidate *candidate = g_new0 (Candidate, 1);

  candidate->take = g_object_ref (take);
  candidate->since = rushes_take_get_state_since (take);
  candidate->consent = RUSHES_CONSENT_NONE;

  return candidate;
}

static void
candidate_free (Candidate *candidate)
{
  g_object_unref (candidate->take);
  g_clear_error (&candidate->error);
  g_free (candidate);
}

/* Those that one press is about, answered together, so that there is one question. */
typedef struct
{
  RushesQueue *queue;
  GPtrArray *candidates;
  guint n_open; /* not answered yet */
} Round;

/* One candidate's part in a round, which lasts as long as any. */
typedef struct
{
  Round *round;
  Candidate *candidate;
} Turn;

static void
round_clear (gpointer data)
{
  Round *round = data;

  g_object_unref (round->queue);
  g_ptr_array_unref (round->candidates);
}

static void
round_unref (gpointer data)
{
  g_rc_box_release_full (data, round_clear);
}

static void
turn_free (gpointer data)
{
  Turn *turn = data;

  round_unref (turn->round);
  g_free (turn);
}

static void make_again (GtkWidget *widget, RushesQueue *queue, GPtrArray *candidates);

typedef struct
{
  GWeakRef widget;
  RushesQueue *queue;
  GPtrArray *candidates;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_weak_ref_clear (&question->widget);
  g_object_unref (question->queue);
  g_ptr_array_unref (question->candidates);
  g_free (question);
}

static void
answered (AdwAlertDialog *dialog, const char *response, gpointer data)
{
  Question *question = data;
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&question->widget);

  if (widget == NULL || !g_str_equal (response, "agree"))
    return;

  for (guint i = 0; i < question->candidates->len; i++)
    {
      Candidate *candidate = g_ptr_array_index (question->candidates, i);

      /* What was agreed to was the take as it stood: where something became of it meanwhile, nothing was. */
      if (rushes_take_get_state_since (candidate->take) == candidate->since)
        rushes_limits_agree (&candidate->consent, candidate->error);
      else
        candidate->consent = RUSHES_CONSENT_NONE;
      candidate->since = rushes_take_get_state_since (candidate->take);
      g_clear_error (&candidate->error);
    }
  make_again (widget, question->queue, question->candidates);
}

static void
ask (GtkWidget *widget, RushesQueue *queue, GPtrArray *candidates)
{
  g_autoptr (GPtrArray) errors = g_ptr_array_new ();
  Question *question = g_new0 (Question, 1);
  AdwDialog *dialog;

  for (guint i = 0; i < candidates->len; i++)
    g_ptr_array_add (errors, ((Candidate *) g_ptr_array_index (candidates, i))->error);

  g_weak_ref_init (&question->widget, widget);
  question->queue = g_object_ref (queue);
  question->candidates = g_ptr_array_ref (candidates);
  dialog = rushes_consent_dialog_new (errors);
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered), question, question_free, 0);
  adw_dialog_present (dialog, widget);
}

static void
tried (gpointer object, DexFuture *future, gpointer data)
{
  Turn *turn = data;
  Round *round = turn->round;

  if (dex_future_get_value (future, &turn->candidate->error) == NULL && !rushes_limits_can_ask (turn->candidate->error))
    {
      rushes_toast_error (object, turn->candidate->error);
      g_clear_error (&turn->candidate->error);
    }
  if (--round->n_open > 0)
    return;

  for (guint i = round->candidates->len; i > 0; i--)
    if (((Candidate *) g_ptr_array_index (round->candidates, i - 1))->error == NULL)
      g_ptr_array_remove_index (round->candidates, i - 1);
  if (round->candidates->len > 0)
    ask (object, round->queue, round->candidates);
}

static void
make_again (GtkWidget *widget, RushesQueue *queue, GPtrArray *candidates)
{
  Round *round = g_rc_box_new0 (Round);

  round->queue = g_object_ref (queue);
  round->candidates = g_ptr_array_ref (candidates);
  round->n_open = candidates->len;
  for (guint i = 0; i < candidates->len; i++)
    {
      Turn *turn = g_new0 (Turn, 1);

      turn->round = g_rc_box_acquire (round);
      turn->candidate = g_ptr_array_index (candidates, i);
      rushes_when (rushes_queue_retry_with_consent (queue, turn->candidate->take, &turn->candidate->consent), widget,
                   tried, turn, turn_free);
    }
  round_unref (round);
}

void
rushes_take_doubt_make_again (GtkWidget *widget, RushesQueue *queue, GPtrArray *takes)
{
  g_autoptr (GPtrArray) candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) candidate_free);

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (RUSHES_IS_QUEUE (queue));
  g_return_if_fail (takes != NULL);

  for (guint i = 0; i < takes->len; i++)
    g_ptr_array_add (candidates, candidate_new (g_ptr_array_index (takes, i)));
  make_again (widget, queue, candidates);
}

/* ---- forget ---- */

void
rushes_take_doubt_forget (GtkWidget *widget, RushesQueue *queue, RushesTake *take)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (RUSHES_IS_QUEUE (queue));
  g_return_if_fail (RUSHES_IS_TAKE (take));

  rushes_when (rushes_queue_forget (queue, take), widget, complain, NULL, NULL);
}
