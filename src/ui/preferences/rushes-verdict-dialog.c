/* rushes-verdict-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-verdict-dialog.h"

#include <glib/gi18n.h>

#include "rushes-money-rows.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

struct _RushesVerdictDialog
{
  AdwAlertDialog parent_instance;

  GWeakRef parent;
  RushesLibrary *library;
  char *take_id;
  int attempt;

  RushesMoneyRows *money;
};

G_DEFINE_FINAL_TYPE (RushesVerdictDialog, rushes_verdict_dialog, ADW_TYPE_ALERT_DIALOG)

/* Nothing typed is an answer too: it cost what was expected. */
static void
follow (RushesVerdictDialog *self)
{
  RushesMoney amount;

  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (self), "charged",
                                         rushes_money_rows_is_empty (self->money) ||
                                             rushes_money_rows_read (self->money, &amount));
}

static void
written (gpointer object, DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    rushes_toast_error (object, error);
}

static void
rushes_verdict_dialog_response (AdwAlertDialog *dialog, const char *response)
{
  RushesVerdictDialog *self = RUSHES_VERDICT_DIALOG (dialog);
  g_autoptr (GtkWidget) parent = g_weak_ref_get (&self->parent);
  gboolean charged = g_str_equal (response, "charged");
  gboolean known = FALSE;
  RushesMoney amount;

  if (parent == NULL || (!charged && !g_str_equal (response, "not-charged")))
    return;
  if (charged && !rushes_money_rows_is_empty (self->money) && !(known = rushes_money_rows_read (self->money, &amount)))
    return;
  rushes_when (
      rushes_library_end_uncertain (self->library, self->take_id, self->attempt, charged, known ? &amount : NULL),
      parent, written, NULL, NULL);
}

static void
rushes_verdict_dialog_dispose (GObject *object)
{
  RushesVerdictDialog *self = RUSHES_VERDICT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_VERDICT_DIALOG);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (rushes_verdict_dialog_parent_class)->dispose (object);
}

static void
rushes_verdict_dialog_finalize (GObject *object)
{
  RushesVerdictDialog *self = RUSHES_VERDICT_DIALOG (object);

  g_weak_ref_clear (&self->parent);
  g_free (self->take_id);

  G_OBJECT_CLASS (rushes_verdict_dialog_parent_class)->finalize (object);
}

static void
rushes_verdict_dialog_class_init (RushesVerdictDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_verdict_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = rushes_verdict_dialog_finalize;
  ADW_ALERT_DIALOG_CLASS (klass)->response = rushes_verdict_dialog_response;

  g_type_ensure (RUSHES_TYPE_MONEY_ROWS);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-verdict-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesVerdictDialog, money);
  gtk_widget_class_bind_template_callback (widget_class, follow);
}

static void
rushes_verdict_dialog_init (RushesVerdictDialog *self)
{
  g_weak_ref_init (&self->parent, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static RushesVerdictDialog *
make (GtkWidget *parent, RushesLibrary *library, const RushesLedgerEntry *entry)
{
  RushesVerdictDialog *self = g_object_new (RUSHES_TYPE_VERDICT_DIALOG, NULL);

  g_weak_ref_set (&self->parent, parent);
  self->library = g_object_ref (library);
  self->take_id = g_strdup (entry->take_id);
  self->attempt = entry->attempt;

  return self;
}

AdwDialog *
rushes_verdict_dialog_new (GtkWidget *parent, RushesLibrary *library, const RushesLedgerEntry *entry)
{
  RushesVerdictDialog *self;
  g_autofree char *cost = NULL;
  g_autofree char *body = NULL;

  g_return_val_if_fail (GTK_IS_WIDGET (parent), NULL);
  g_return_val_if_fail (RUSHES_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (entry != NULL, NULL);

  self = make (parent, library, entry);
  cost = rushes_price_to_display (&entry->price);
  /* Translators: %s is a price: “about $0.50”, “price unknown”. */
  body = g_strdup_printf (_ ("Your bill says it. Without an amount it counts as it was expected (%s)."), cost);
  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (self), body);
  rushes_money_rows_set_money (self->money, (RushesMoney) { -1, entry->price.high.currency });
  rushes_money_rows_set_currencies (
      self->money,
      (const char *const[]) { entry->price.high.currency != NULL ? entry->price.high.currency : "USD", NULL });

  return ADW_DIALOG (self);
}

AdwDialog *
rushes_verdict_dialog_new_refusal (GtkWidget *parent, RushesLibrary *library, const RushesLedgerEntry *entry)
{
  AdwAlertDialog *dialog;

  g_return_val_if_fail (GTK_IS_WIDGET (parent), NULL);
  g_return_val_if_fail (RUSHES_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (entry != NULL, NULL);

  dialog = ADW_ALERT_DIALOG (make (parent, library, entry));
  adw_alert_dialog_set_heading (dialog, _ ("Not Charged?"));
  adw_alert_dialog_set_body (dialog, _ ("It will count as spent no more. This cannot be changed afterwards."));
  adw_alert_dialog_set_extra_child (dialog, NULL);
  adw_alert_dialog_remove_response (dialog, "charged");
  adw_alert_dialog_add_response (dialog, "not-charged", _ ("I Was _Not Charged"));
  adw_alert_dialog_set_default_response (dialog, "cancel");

  return ADW_DIALOG (dialog);
}
