/* rushes-take-doubt.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-take-doubt.h"

#include <glib/gi18n.h>

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

/* ---- submit again ---- */

typedef struct
{
  GWeakRef widget;
  RushesQueue *queue;
  RushesTake *take;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_weak_ref_clear (&question->widget);
  g_object_unref (question->queue);
  g_object_unref (question->take);
  g_free (question);
}

/* It may have been found, or submitted again elsewhere, while the dialog stood open. */
static void
answered (AdwAlertDialog *dialog, const char *response, gpointer data)
{
  Question *question = data;
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&question->widget);

  if (widget != NULL && g_str_equal (response, "submit") &&
      rushes_take_get_state (question->take) == RUSHES_TAKE_STATE_UNCONFIRMED)
    rushes_when (rushes_queue_retry (question->queue, question->take), widget, complain, NULL, NULL);
}

static char *
describe_cost (RushesRegistry *registry, RushesTake *take)
{
  RushesRequest *request = rushes_take_get_request (take);
  RushesProvider *provider = rushes_registry_find (registry, rushes_request_get_provider_id (request));
  g_autofree char *cost = rushes_price_to_display (rushes_take_get_price (take));

  /* Translators: a provider, and a price: “about $0.50”, “price unknown”. */
  return g_strdup_printf (
      _ ("%s may have accepted and charged this take already. Submitted again, it may cost twice "
         "(%s)."),
      provider != NULL ? rushes_provider_get_name (provider) : rushes_request_get_provider_id (request), cost);
}

void
rushes_take_doubt_submit_again (GtkWidget *widget, RushesQueue *queue, RushesRegistry *registry, RushesTake *take)
{
  g_autofree char *body = NULL;
  AdwDialog *dialog;
  Question *question;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (RUSHES_IS_QUEUE (queue));
  g_return_if_fail (RUSHES_IS_REGISTRY (registry));
  g_return_if_fail (RUSHES_IS_TAKE (take) && rushes_take_get_request (take) != NULL);

  body = describe_cost (registry, take);
  dialog = adw_alert_dialog_new (_ ("Submit It Again?"), body);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "submit", _ ("_Submit Again"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "submit", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");

  question = g_new0 (Question, 1);
  g_weak_ref_init (&question->widget, widget);
  question->queue = g_object_ref (queue);
  question->take = g_object_ref (take);
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered), question, question_free, 0);
  adw_dialog_present (dialog, widget);
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
