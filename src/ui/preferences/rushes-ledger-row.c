/* rushes-ledger-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-ledger-row.h"

#include <glib/gi18n.h>

#include "rushes-spending-words.h"

struct _RushesLedgerRow
{
  AdwBin parent_instance;

  gint64 id;

  GtkLabel *prompt;
  GtkLabel *facts;
  GtkLabel *amount;
  GtkWidget *verdicts;
};

G_DEFINE_FINAL_TYPE (RushesLedgerRow, rushes_ledger_row, ADW_TYPE_BIN)

static void
charged_clicked (RushesLedgerRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "ledger.charged", "x", self->id);
}

static void
not_charged_clicked (RushesLedgerRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "ledger.not-charged", "x", self->id);
}

static void
rushes_ledger_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RUSHES_TYPE_LEDGER_ROW);

  G_OBJECT_CLASS (rushes_ledger_row_parent_class)->dispose (object);
}

static void
rushes_ledger_row_class_init (RushesLedgerRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_ledger_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-ledger-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesLedgerRow, prompt);
  gtk_widget_class_bind_template_child (widget_class, RushesLedgerRow, facts);
  gtk_widget_class_bind_template_child (widget_class, RushesLedgerRow, amount);
  gtk_widget_class_bind_template_child (widget_class, RushesLedgerRow, verdicts);
  gtk_widget_class_bind_template_callback (widget_class, charged_clicked);
  gtk_widget_class_bind_template_callback (widget_class, not_charged_clicked);
}

static void
rushes_ledger_row_init (RushesLedgerRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rushes_ledger_row_new (void)
{
  return g_object_new (RUSHES_TYPE_LEDGER_ROW, NULL);
}

/* What counts is plain, what does not is dim, and what nobody knows stands out. */
static void
show_amount (RushesLedgerRow *self, const RushesLedgerEntry *entry, gboolean uncertain)
{
  const char *const classes[] = { "numeric", uncertain ? "warning" : entry->counts ? NULL : "dim-label", NULL };
  g_autofree char *amount = rushes_price_to_display (&entry->price);

  gtk_label_set_label (self->amount, amount);
  gtk_widget_set_css_classes (GTK_WIDGET (self->amount), (const char **) classes);
}

void
rushes_ledger_row_show (RushesLedgerRow *self, RushesLedgerItem *item, RushesRegistry *registry)
{
  const RushesLedgerEntry *entry;
  g_autofree char *facts = NULL;
  gboolean uncertain;

  g_return_if_fail (RUSHES_IS_LEDGER_ROW (self));

  if (item == NULL)
    return;

  entry = rushes_ledger_item_get_entry (item);
  uncertain = entry->counts && g_str_equal (entry->kind, "uncertain");
  facts = rushes_spending_words_entry (entry, registry);
  self->id = entry->id;
  gtk_label_set_label (self->prompt, entry->prompt != NULL && *entry->prompt != '\0' ? entry->prompt : _ ("No words"));
  gtk_label_set_label (self->facts, facts);
  gtk_widget_set_visible (self->verdicts, uncertain);
  show_amount (self, entry, uncertain);
}
