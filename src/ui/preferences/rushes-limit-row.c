/* rushes-limit-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-limit-row.h"

#include <glib/gi18n.h>

/* From here on the bar warns. */
#define NEAR 0.8

struct _RushesLimitRow
{
  AdwPreferencesRow parent_instance;

  RushesLimitPeriod period;
  RushesMoney most;

  GtkLabel *currency;
  GtkLabel *amount;
  GtkLevelBar *bar;
};

G_DEFINE_FINAL_TYPE (RushesLimitRow, rushes_limit_row, ADW_TYPE_PREFERENCES_ROW)

static void
rushes_limit_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RUSHES_TYPE_LIMIT_ROW);

  G_OBJECT_CLASS (rushes_limit_row_parent_class)->dispose (object);
}

static void
rushes_limit_row_class_init (RushesLimitRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_limit_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-limit-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesLimitRow, currency);
  gtk_widget_class_bind_template_child (widget_class, RushesLimitRow, amount);
  gtk_widget_class_bind_template_child (widget_class, RushesLimitRow, bar);
}

static void
rushes_limit_row_init (RushesLimitRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* Its usual colours praise what is full. */
  gtk_level_bar_remove_offset_value (self->bar, GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (self->bar, GTK_LEVEL_BAR_OFFSET_FULL);
  gtk_level_bar_add_offset_value (self->bar, GTK_LEVEL_BAR_OFFSET_HIGH, NEAR);
  gtk_level_bar_add_offset_value (self->bar, "near", 1.0);
}

RushesLimitRow *
rushes_limit_row_new (RushesLimitPeriod period, const char *name)
{
  RushesLimitRow *self = g_object_new (RUSHES_TYPE_LIMIT_ROW, NULL);

  self->period = period;
  self->most.micros = -1;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 period == RUSHES_LIMIT_DAY ? _ ("Today") : _ ("This Month"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), -1);
  gtk_label_set_label (self->currency, name);

  return self;
}

void
rushes_limit_row_show (RushesLimitRow *self, RushesMoney spent, RushesMoney most)
{
  g_autofree char *used = NULL;
  g_autofree char *limit = NULL;
  g_autofree char *words = NULL;
  g_autofree char *description = NULL;

  g_return_if_fail (RUSHES_IS_LIMIT_ROW (self));

  self->most = most;
  used = rushes_money_to_display (spent);
  if (most.micros >= 0)
    {
      limit = rushes_money_to_display (most);
      /* Translators: two amounts of money: what is spent, and its limit. */
      words = g_strdup_printf (_ ("%s of %s"), used, limit);
    }
  else
    words = g_steal_pointer (&used);
  gtk_label_set_label (self->amount, words);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), most.micros >= 0);
  gtk_level_bar_set_value (self->bar,
                           most.micros > 0 ? MIN (1.0, spent.micros / (double) most.micros) : most.micros == 0);

  /* Translators: a currency, and what is spent of it: “USD, $2.50 of $5.00”. */
  description = g_strdup_printf (_ ("%s, %s"), gtk_label_get_label (self->currency), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

RushesLimitPeriod
rushes_limit_row_get_period (RushesLimitRow *self)
{
  g_return_val_if_fail (RUSHES_IS_LIMIT_ROW (self), RUSHES_LIMIT_DAY);

  return self->period;
}

RushesMoney
rushes_limit_row_get_most (RushesLimitRow *self)
{
  g_return_val_if_fail (RUSHES_IS_LIMIT_ROW (self), self->most);

  return self->most;
}
