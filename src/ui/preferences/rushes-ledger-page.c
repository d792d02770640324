/* rushes-ledger-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-ledger-page.h"

#include <glib/gi18n.h>

#include "rushes-ledger-list.h"
#include "rushes-ledger-row.h"
#include "rushes-toast.h"
#include "rushes-verdict-dialog.h"

/* Windows full below what is seen, the next page is fetched. */
#define AHEAD 2

struct _RushesLedgerPage
{
  AdwNavigationPage parent_instance;

  RushesLibrary *library;
  RushesRegistry *registry;
  RushesLedgerList *entries;

  GtkStack *stack;
  AdwStatusPage *empty;
  GtkScrolledWindow *scrolled;
  GtkListView *list;
};

G_DEFINE_FINAL_TYPE (RushesLedgerPage, rushes_ledger_page, ADW_TYPE_NAVIGATION_PAGE)

/* ---- rows ---- */

static void
row_set_up (RushesLedgerPage *self, GtkListItem *cell)
{
  gtk_list_item_set_child (cell, rushes_ledger_row_new ());
}

static void
row_bound (RushesLedgerPage *self, GtkListItem *cell)
{
  RushesLedgerItem *item = gtk_list_item_get_item (cell);
  const RushesLedgerEntry *entry = rushes_ledger_item_get_entry (item);

  rushes_ledger_row_show (RUSHES_LEDGER_ROW (gtk_list_item_get_child (cell)), item, self->registry);
  gtk_list_item_set_accessible_label (cell, entry->prompt);
}

static void
row_activated (RushesLedgerPage *self, guint position)
{
  g_autoptr (RushesLedgerItem) item = g_list_model_get_item (G_LIST_MODEL (self->entries), position);
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_DIALOG);

  if (item == NULL || dialog == NULL)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "app.open-take", "s", rushes_ledger_item_get_entry (item)->take_id);
  adw_dialog_close (ADW_DIALOG (dialog));
}

/* ---- what a person knows ---- */

static RushesLedgerItem *
find_entry (RushesLedgerPage *self, gint64 id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->entries)); i++)
    {
      g_autoptr (RushesLedgerItem) item = g_list_model_get_item (G_LIST_MODEL (self->entries), i);

      if (rushes_ledger_item_get_entry (item)->id == id)
        return g_steal_pointer (&item);
    }

  return NULL;
}

static void
judge (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RushesLedgerPage *self = RUSHES_LEDGER_PAGE (widget);
  g_autoptr (RushesLedgerItem) item = find_entry (self, g_variant_get_int64 (parameter));
  const RushesLedgerEntry *entry = item != NULL ? rushes_ledger_item_get_entry (item) : NULL;

  if (entry == NULL)
    return;
  adw_dialog_present (g_str_equal (name, "ledger.charged")
                          ? rushes_verdict_dialog_new (widget, self->library, entry)
                          : rushes_verdict_dialog_new_refusal (widget, self->library, entry),
                      widget);
}

/* ---- following ---- */

static void
follow (RushesLedgerPage *self)
{
  gboolean pending;
  g_autoptr (GError) error = NULL;

  g_object_get (self->entries, "pending", &pending, "error", &error, NULL);
  if (pending)
    gtk_stack_set_visible_child_name (self->stack, "pending");
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->entries)) > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else
    gtk_stack_set_visible_child_name (self->stack, "empty");
  if (error != NULL)
    rushes_toast_error (GTK_WIDGET (self), error);
}

static void
scrolled (RushesLedgerPage *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  double page = gtk_adjustment_get_page_size (adjustment);

  if (gtk_adjustment_get_value (adjustment) + (1 + AHEAD) * page >= gtk_adjustment_get_upper (adjustment))
    rushes_ledger_list_extend (self->entries);
}

static void
rushes_ledger_page_dispose (GObject *object)
{
  RushesLedgerPage *self = RUSHES_LEDGER_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_LEDGER_PAGE);
  g_clear_object (&self->entries);
  g_clear_object (&self->registry);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (rushes_ledger_page_parent_class)->dispose (object);
}

static void
rushes_ledger_page_class_init (RushesLedgerPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_ledger_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-ledger-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesLedgerPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RushesLedgerPage, empty);
  gtk_widget_class_bind_template_child (widget_class, RushesLedgerPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, RushesLedgerPage, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated);
  gtk_widget_class_install_action (widget_class, "ledger.charged", "x", judge);
  gtk_widget_class_install_action (widget_class, "ledger.not-charged", "x", judge);
}

static void
rushes_ledger_page_init (RushesLedgerPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_up_list (RushesLedgerPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSelectionModel) selection =
      GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->entries))));
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);

  g_signal_connect_object (factory, "setup", G_CALLBACK (row_set_up), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (row_bound), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, selection);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (scrolled), self, G_CONNECT_SWAPPED);
}

AdwNavigationPage *
rushes_ledger_page_new (RushesLibrary *library, RushesRegistry *registry, gboolean uncertain)
{
  RushesLedgerPage *self;

  g_return_val_if_fail (RUSHES_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (RUSHES_IS_REGISTRY (registry), NULL);

  self = g_object_new (RUSHES_TYPE_LEDGER_PAGE, "title", uncertain ? _ ("Uncertain Amounts") : _ ("Ledger"), NULL);
  self->library = g_object_ref (library);
  self->registry = g_object_ref (registry);
  self->entries = rushes_ledger_list_new (library, uncertain);
  adw_status_page_set_title (self->empty, uncertain ? _ ("Nothing Is Uncertain") : _ ("No Entries Yet"));
  adw_status_page_set_description (self->empty,
                                   uncertain ? _ ("Of everything that was made it is known what it cost.")
                                             : _ ("What takes are expected to cost, and did cost, is kept here."));
  set_up_list (self);
  g_signal_connect_object (self->entries, "items-changed", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entries, "notify::pending", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entries, "notify::error", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  follow (self);

  return ADW_NAVIGATION_PAGE (self);
}
