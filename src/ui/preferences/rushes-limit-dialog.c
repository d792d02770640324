/* rushes-limit-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-limit-dialog.h"

#include <glib/gi18n.h>

#include "rushes-money-rows.h"
#include "rushes-toast.h"

struct _RushesLimitDialog
{
  AdwAlertDialog parent_instance;

  GWeakRef parent;
  const char *currency; /* interned; NULL for one of choice */

  AdwComboRow *period;
  RushesMoneyRows *money;
};

G_DEFINE_FINAL_TYPE (RushesLimitDialog, rushes_limit_dialog, ADW_TYPE_ALERT_DIALOG)

static void
follow (RushesLimitDialog *self)
{
  RushesMoney most;

  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (self), "save", rushes_money_rows_read (self->money, &most));
}

static void
rushes_limit_dialog_response (AdwAlertDialog *dialog, const char *response)
{
  RushesLimitDialog *self = RUSHES_LIMIT_DIALOG (dialog);
  RushesLimitPeriod period = adw_combo_row_get_selected (self->period);
  g_autoptr (GtkWidget) parent = g_weak_ref_get (&self->parent);
  g_autoptr (GError) error = NULL;
  RushesMoney most;
  gboolean found;

  if (g_str_equal (response, "remove"))
    rushes_limits_clear (period, self->currency, &found, &error);
  else if (g_str_equal (response, "save") && rushes_money_rows_read (self->money, &most))
    rushes_limits_set (period, most, &error);
  if (error != NULL && parent != NULL)
    rushes_toast_error (parent, error);
}

static void
rushes_limit_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RUSHES_TYPE_LIMIT_DIALOG);

  G_OBJECT_CLASS (rushes_limit_dialog_parent_class)->dispose (object);
}

static void
rushes_limit_dialog_finalize (GObject *object)
{
  g_weak_ref_clear (&RUSHES_LIMIT_DIALOG (object)->parent);

  G_OBJECT_CLASS (rushes_limit_dialog_parent_class)->finalize (object);
}

static void
rushes_limit_dialog_class_init (RushesLimitDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_limit_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = rushes_limit_dialog_finalize;
  ADW_ALERT_DIALOG_CLASS (klass)->response = rushes_limit_dialog_response;

  g_type_ensure (RUSHES_TYPE_MONEY_ROWS);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-limit-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesLimitDialog, period);
  gtk_widget_class_bind_template_child (widget_class, RushesLimitDialog, money);
  gtk_widget_class_bind_template_callback (widget_class, follow);
}

static void
rushes_limit_dialog_init (RushesLimitDialog *self)
{
  g_weak_ref_init (&self->parent, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
rushes_limit_dialog_new (GtkWidget *parent, const char *const *currencies)
{
  RushesLimitDialog *self = g_object_new (RUSHES_TYPE_LIMIT_DIALOG, "heading", _ ("Add Limit"), NULL);

  g_weak_ref_set (&self->parent, parent);
  rushes_money_rows_set_currencies (self->money, currencies);
  rushes_money_rows_set_money (self->money, (RushesMoney) { -1, currencies[0] });
  adw_alert_dialog_remove_response (ADW_ALERT_DIALOG (self), "remove");

  return ADW_DIALOG (self);
}

AdwDialog *
rushes_limit_dialog_new_for (GtkWidget *parent, RushesLimitPeriod period, RushesMoney most)
{
  RushesLimitDialog *self =
      g_object_new (RUSHES_TYPE_LIMIT_DIALOG, "heading", most.micros < 0 ? _ ("Add Limit") : _ ("Change Limit"), NULL);

  g_weak_ref_set (&self->parent, parent);
  self->currency = most.currency;
  adw_combo_row_set_selected (self->period, period);
  gtk_widget_set_sensitive (GTK_WIDGET (self->period), FALSE);
  rushes_money_rows_set_money (self->money, most);
  rushes_money_rows_fix_currency (self->money);
  if (most.micros < 0)
    adw_alert_dialog_remove_response (ADW_ALERT_DIALOG (self), "remove");

  return ADW_DIALOG (self);
}
