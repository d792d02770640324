/* rushes-money-rows.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-money-rows.h"

#include <string.h>

#include "rushes-limits.h"

struct _RushesMoneyRows
{
  AdwPreferencesGroup parent_instance;

  GtkEditable *amount;
  GtkEditable *currency;
  GtkMenuButton *choices;
};

enum
{
  EDITED,
  ENTRY_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesMoneyRows, rushes_money_rows, ADW_TYPE_PREFERENCES_GROUP)

static char *
get_text (GtkEditable *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (row)));
}

static void
show_mistake (GtkEditable *row, gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
}

static void
edited (RushesMoneyRows *self)
{
  g_autofree char *amount = get_text (self->amount);
  g_autofree char *currency = get_text (self->currency);
  RushesMoney money;

  show_mistake (self->amount,
                *amount != '\0' && !rushes_limits_parse_money (g_strdelimit (amount, ",", '.'), NULL, &money));
  show_mistake (self->currency, *currency != '\0' && !rushes_limits_parse_money ("1", currency, &money));
  g_signal_emit (self, signals[EDITED], 0);
}

static void
activated (RushesMoneyRows *self)
{
  g_signal_emit (self, signals[ENTRY_ACTIVATED], 0);
}

static void
choose_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_editable_set_text (RUSHES_MONEY_ROWS (widget)->currency, g_variant_get_string (parameter, NULL));
}

static void
rushes_money_rows_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RUSHES_TYPE_MONEY_ROWS);

  G_OBJECT_CLASS (rushes_money_rows_parent_class)->dispose (object);
}

static void
rushes_money_rows_class_init (RushesMoneyRowsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_money_rows_dispose;

  signals[EDITED] =
      g_signal_new ("edited", RUSHES_TYPE_MONEY_ROWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENTRY_ACTIVATED] =
      g_signal_new ("entry-activated", RUSHES_TYPE_MONEY_ROWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-money-rows.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesMoneyRows, amount);
  gtk_widget_class_bind_template_child (widget_class, RushesMoneyRows, currency);
  gtk_widget_class_bind_template_child (widget_class, RushesMoneyRows, choices);
  gtk_widget_class_bind_template_callback (widget_class, edited);
  gtk_widget_class_bind_template_callback (widget_class, activated);
  gtk_widget_class_install_action (widget_class, "money.choose", "s", choose_action);
}

static void
rushes_money_rows_init (RushesMoneyRows *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rushes_money_rows_set_money (RushesMoneyRows *self, RushesMoney money)
{
  g_autofree char *amount = NULL;

  g_return_if_fail (RUSHES_IS_MONEY_ROWS (self));

  amount = money.micros >= 0 ? rushes_money_to_amount (money) : g_strdup ("");
  gtk_editable_set_text (self->amount, amount);
  gtk_editable_set_text (self->currency, money.currency != NULL ? money.currency : "");
}

void
rushes_money_rows_set_currencies (RushesMoneyRows *self, const char *const *currencies)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  g_return_if_fail (RUSHES_IS_MONEY_ROWS (self));

  for (guint i = 0; currencies[i] != NULL; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (currencies[i], NULL);

      g_menu_item_set_action_and_target (item, "money.choose", "s", currencies[i]);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (self->choices, G_MENU_MODEL (menu));
}

void
rushes_money_rows_fix_currency (RushesMoneyRows *self)
{
  g_return_if_fail (RUSHES_IS_MONEY_ROWS (self));

  gtk_widget_set_sensitive (GTK_WIDGET (self->currency), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->choices), FALSE);
}

gboolean
rushes_money_rows_read (RushesMoneyRows *self, RushesMoney *money)
{
  g_autofree char *amount = NULL;
  g_autofree char *currency = NULL;

  g_return_val_if_fail (RUSHES_IS_MONEY_ROWS (self), FALSE);

  amount = get_text (self->amount);
  currency = get_text (self->currency);

  /* Both signs for the decimals are understood, in whatever language. */
  return rushes_limits_parse_money (g_strdelimit (amount, ",", '.'), currency, money);
}

gboolean
rushes_money_rows_is_empty (RushesMoneyRows *self)
{
  g_autofree char *amount = NULL;

  g_return_val_if_fail (RUSHES_IS_MONEY_ROWS (self), TRUE);

  amount = get_text (self->amount);

  return *amount == '\0';
}
