/* rushes-catalogue-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-catalogue-dialog.h"

#include <glib/gi18n.h>

#include "rushes-catalogue-filter.h"
#include "rushes-catalogue-row.h"
#include "rushes-catalogue-services.h"
#include "rushes-catalogue.h"
#include "rushes-draft.h"
#include "rushes-settings.h"

/* So many rows are made in one frame, as none may come late for them. A list view holds ROWS_HELD at most. */
#define ROWS_A_FRAME 24
#define ROWS_HELD    200
/* Less than this, in pixels, nobody has scrolled. */
#define TOP 24

/* As the setting "model-sort" has them. */
enum
{
  ORDER_USE,
  ORDER_PRICE,
  ORDER_NAME,
};

struct _RushesCatalogueDialog
{
  AdwDialog parent_instance;

  RushesRegistry *registry;
  RushesDraft *draft;
  RushesCatalogue *catalogue;
  RushesCatalogueFilter *filter;
  GtkSorter *sorter;
  GListModel *shown;       /* of the catalogue: sorted, and what is looked for */
  GtkSliceListModel *made; /* of what is shown: what there are rows of */
  guint growing;           /* id of the tick callback; 0 */
  GSettings *settings;
  GPtrArray *rows; /* RushesCatalogueRow, those that show something; borrowed */
  int order;
  gboolean narrow;

  AdwWindowTitle *heading;
  GtkWidget *services_button;
  RushesCatalogueServices *services;
  GtkEditable *search;
  GtkWidget *filter_button;
  GtkCheckButton *first_frame;
  GtkCheckButton *last_frame;
  GtkCheckButton *references;
  GtkCheckButton *sound;
  GtkCheckButton *favourites;
  GtkCheckButton *local;
  GtkCheckButton *locked;
  GtkSpinButton *most;
  GtkStack *stack;
  GtkScrolledWindow *scrolled;
  GtkListView *list;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesCatalogueDialog, rushes_catalogue_dialog, ADW_TYPE_DIALOG)

/* ---- rows ---- */

static gboolean
is_chosen (RushesCatalogueDialog *self, RushesModel *model)
{
  return g_strcmp0 (rushes_draft_get_provider_id (self->draft), rushes_model_get_provider_id (model)) == 0 &&
         g_strcmp0 (rushes_draft_get_model_id (self->draft), rushes_model_get_id (model)) == 0;
}

static void
row_set_up (RushesCatalogueDialog *self, GtkListItem *cell)
{
  gtk_list_item_set_child (cell, rushes_catalogue_row_new ());
}

static void
row_bound (RushesCatalogueDialog *self, GtkListItem *cell)
{
  RushesCatalogueRow *row = RUSHES_CATALOGUE_ROW (gtk_list_item_get_child (cell));
  RushesCatalogueEntry *entry = gtk_list_item_get_item (cell);
  RushesModel *model = rushes_catalogue_entry_get_model (entry);
  g_autofree char *description = rushes_catalogue_row_describe (entry);

  g_ptr_array_add (self->rows, row);
  rushes_catalogue_row_set_narrow (row, self->narrow);
  rushes_catalogue_row_show (row, entry, is_chosen (self, model));
  gtk_list_item_set_accessible_label (cell, rushes_model_get_name (model));
  gtk_list_item_set_accessible_description (cell, description);
}

static void
row_unbound (RushesCatalogueDialog *self, GtkListItem *cell)
{
  g_ptr_array_remove_fast (self->rows, gtk_list_item_get_child (cell));
}

static void
header_set_up (RushesCatalogueDialog *self, GtkListHeader *header)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_list_header_set_child (header, label);
}

static const char *
name_section (RushesCatalogueSection section)
{
  switch (section)
    {
    case RUSHES_CATALOGUE_FAVOURITES:
      return _ ("Favourites");
    case RUSHES_CATALOGUE_LOCKED:
      return _ ("Not Set Up Yet");
    case RUSHES_CATALOGUE_RETIRED:
      return _ ("Not Offered Any More");
    case RUSHES_CATALOGUE_MODELS:
    default:
      return _ ("Ready to Use");
    }
}

static void
header_bound (RushesCatalogueDialog *self, GtkListHeader *header)
{
  RushesCatalogueEntry *entry = gtk_list_header_get_item (header);

  gtk_label_set_label (GTK_LABEL (gtk_list_header_get_child (header)),
                       name_section (rushes_catalogue_entry_get_section (entry)));
}

static void
set_narrow (RushesCatalogueDialog *self, gboolean narrow)
{
  self->narrow = narrow;
  for (guint i = 0; i < self->rows->len; i++)
    rushes_catalogue_row_set_narrow (self->rows->pdata[i], narrow);
}

static void
became_narrow (RushesCatalogueDialog *self)
{
  set_narrow (self, TRUE);
}

static void
became_wide (RushesCatalogueDialog *self)
{
  set_narrow (self, FALSE);
}

/* ---- as many as there is time for ---- */

static gboolean
grow (GtkWidget *list, GdkFrameClock *clock, gpointer data)
{
  RushesCatalogueDialog *self = data;
  guint size = gtk_slice_list_model_get_size (self->made) + ROWS_A_FRAME;
  guint n = g_list_model_get_n_items (self->shown);

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  gtk_slice_list_model_set_size (self->made, size < ROWS_HELD ? size : G_MAXUINT);
  if (size < MIN (n, ROWS_HELD))
    return G_SOURCE_CONTINUE;
  gtk_slice_list_model_set_size (self->made, G_MAXUINT);
  self->growing = 0;
  return G_SOURCE_REMOVE;
}

/* Begins with the first rows; the others follow from frame to frame. A list view holds on to a row, and not to the top
 * with its heading. */
static void
begin_anew (RushesCatalogueDialog *self)
{
  gtk_slice_list_model_set_size (self->made, ROWS_A_FRAME);
  if (self->growing == 0)
    self->growing = gtk_widget_add_tick_callback (GTK_WIDGET (self->list), grow, self, NULL);
}

/* ---- choosing ---- */

static void
choose (RushesCatalogueDialog *self, guint position)
{
  g_autoptr (RushesCatalogueEntry) entry = g_list_model_get_item (self->shown, position);
  g_autoptr (RushesCatalogueDialog) keep = g_object_ref (self);

  if (entry == NULL)
    return;
  if (rushes_catalogue_entry_get_problem (entry) != NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "catalogue.set-up", "s",
                                  rushes_provider_get_id (rushes_catalogue_entry_get_provider (entry)));
      return;
    }
  /* Closed first: a dialog that goes takes the focus back to where it was, and whoever listens may want it elsewhere.
   */
  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[CHOSEN], 0, rushes_catalogue_entry_get_model (entry));
}

static void
row_activated (RushesCatalogueDialog *self, guint position)
{
  choose (self, position);
}

static void
set_up_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *place = g_strdup_printf ("providers/%s", g_variant_get_string (parameter, NULL));

  gtk_widget_activate_action (widget, "app.preferences", "s", place);
}

/* Of the row that has the focus, or something in it has. */
static void
star_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, RUSHES_TYPE_CATALOGUE_ROW) : NULL;

  if (row == NULL && focus != NULL)
    row = gtk_widget_get_first_child (focus);
  if (RUSHES_IS_CATALOGUE_ROW (row))
    rushes_catalogue_row_star (RUSHES_CATALOGUE_ROW (row));
}

/* ---- what is looked for ---- */

static void
search_changed (RushesCatalogueDialog *self)
{
  GtkEditable *text = gtk_editable_get_delegate (self->search);

  /* Letters that were typed into the list lead here, where a space is one of them. */
  if (!gtk_widget_has_focus (GTK_WIDGET (text)))
    gtk_text_grab_focus_without_selecting (GTK_TEXT (text));
  begin_anew (self);
  g_object_set (self->filter, "search", gtk_editable_get_text (self->search), NULL);
}

/* The first Escape takes the words back, the next one closes. */
static void
search_stopped (RushesCatalogueDialog *self)
{
  if (*gtk_editable_get_text (self->search) != '\0')
    gtk_editable_set_text (self->search, "");
  else
    adw_dialog_close (ADW_DIALOG (self));
}

/* Enter takes the first that was found; without words nothing was. */
static void
search_activated (RushesCatalogueDialog *self)
{
  if (*gtk_editable_get_text (self->search) != '\0')
    choose (self, 0);
}

static void
cleared (RushesCatalogueDialog *self)
{
  gtk_editable_set_text (self->search, "");
  rushes_catalogue_filter_clear (self->filter);
  g_object_set (self->filter, "locked", TRUE, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
narrowed (RushesCatalogueDialog *self)
{
  gboolean narrowed;

  g_object_get (self->filter, "narrowed", &narrowed, NULL);
  if (narrowed)
    gtk_widget_add_css_class (self->filter_button, "accent");
  else
    gtk_widget_remove_css_class (self->filter_button, "accent");
}

static void
count (RushesCatalogueDialog *self)
{
  guint n = g_list_model_get_n_items (self->shown);
  guint all = g_list_model_get_n_items (G_LIST_MODEL (self->catalogue));
  g_autofree char *words = NULL;

  if (n == all)
    words = g_strdup_printf (ngettext ("%u model", "%u models", n), n);
  else
    /* Translators: how many models are shown, and how many there are */
    words = g_strdup_printf (ngettext ("%u of %u model", "%u of %u models", all), n, all);
  adw_window_title_set_subtitle (self->heading, words);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "nothing");
}

/* ---- the price that is looked for ---- */

static gboolean
write_most (RushesCatalogueDialog *self)
{
  double most = gtk_spin_button_get_value (self->most);
  g_autofree char *text = most > 0 ? g_strdup_printf ("%.2f", most) : g_strdup (C_ ("any price", "any"));

  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->most)), text))
    gtk_editable_set_text (GTK_EDITABLE (self->most), text);
  return TRUE;
}

static int
read_most (RushesCatalogueDialog *self, double *most)
{
  /* In the person's own way of writing numbers; anything else is no limit. */
  *most = strtod (gtk_editable_get_text (GTK_EDITABLE (self->most)), NULL);
  return TRUE;
}

/* ---- order ---- */

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  RushesCatalogueDialog *self = data;
  RushesCatalogueEntry *one = (RushesCatalogueEntry *) a, *other = (RushesCatalogueEntry *) b;

  switch (self->order)
    {
    case ORDER_PRICE:
      return rushes_catalogue_entry_compare_price (one, other);
    case ORDER_NAME:
      return rushes_catalogue_entry_compare_name (one, other);
    case ORDER_USE:
    default:
      return rushes_catalogue_entry_compare_use (one, other);
    }
}

static int
compare_sections (gconstpointer a, gconstpointer b, gpointer data)
{
  return (int) rushes_catalogue_entry_get_section ((RushesCatalogueEntry *) a) -
         (int) rushes_catalogue_entry_get_section ((RushesCatalogueEntry *) b);
}

static void
sort (RushesCatalogueDialog *self)
{
  self->order = g_settings_get_enum (self->settings, "model-sort");
  begin_anew (self);
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
}

/* Where the person is in the list is kept; at the top, that is the top. */
static void
ranked (RushesCatalogueDialog *self)
{
  if (gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->scrolled)) < TOP)
    begin_anew (self);
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  rushes_catalogue_filter_renew (self->filter);
}

static void
repriced (RushesCatalogueDialog *self)
{
  ranked (self);
  for (guint i = 0; i < self->rows->len; i++)
    rushes_catalogue_row_reprice (self->rows->pdata[i]);
}

/* ---- the widget ---- */

static void
rushes_catalogue_dialog_dispose (GObject *object)
{
  RushesCatalogueDialog *self = RUSHES_CATALOGUE_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_CATALOGUE_DIALOG);
  g_clear_object (&self->made);
  g_clear_object (&self->shown);
  g_clear_object (&self->sorter);
  g_clear_object (&self->filter);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->draft);
  g_clear_object (&self->registry);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (rushes_catalogue_dialog_parent_class)->dispose (object);
}

static void
rushes_catalogue_dialog_finalize (GObject *object)
{
  g_ptr_array_unref (RUSHES_CATALOGUE_DIALOG (object)->rows);

  G_OBJECT_CLASS (rushes_catalogue_dialog_parent_class)->finalize (object);
}

static void
rushes_catalogue_dialog_class_init (RushesCatalogueDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_catalogue_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = rushes_catalogue_dialog_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, RUSHES_TYPE_MODEL);

  gtk_widget_class_install_action (widget_class, "catalogue.set-up", "s", set_up_action);
  gtk_widget_class_install_action (widget_class, "catalogue.star", NULL, star_action);

  g_type_ensure (RUSHES_TYPE_CATALOGUE_SERVICES);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-catalogue-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesCatalogueDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, RushesCatalogueDialog, services_button);
  gtk_widget_class_bind_template_child (widget_class, RushesCatalogueDialog, services);
  gtk_widget_class_bind_template_child (widget_class, RushesCatalogueDialog, search);
  gtk_widget_class_bind_template_child (widget_class, RushesCatalogueDialog, filter_button);
  gtk_widget_class_bind_template_child (widget_class, RushesCatalogueDialog, first_frame);
  gtk_widget_class_bind_template_child (widget_class, RushesCatalogueDialog, last_frame);
  gtk_widget_class_bind_template_child (widget_class, RushesCatalogueDialog, references);
  gtk_widget_class_bind_template_child (widget_class, RushesCatalogueDialog, sound);
  gtk_widget_class_bind_template_child (widget_class, RushesCatalogueDialog, favourites);
  gtk_widget_class_bind_template_child (widget_class, RushesCatalogueDialog, local);
  gtk_widget_class_bind_template_child (widget_class, RushesCatalogueDialog, locked);
  gtk_widget_class_bind_template_child (widget_class, RushesCatalogueDialog, most);
  gtk_widget_class_bind_template_child (widget_class, RushesCatalogueDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, RushesCatalogueDialog, scrolled);
  gtk_widget_class_bind_template_child (widget_class, RushesCatalogueDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, became_narrow);
  gtk_widget_class_bind_template_callback (widget_class, became_wide);
  gtk_widget_class_bind_template_callback (widget_class, row_activated);
  gtk_widget_class_bind_template_callback (widget_class, search_changed);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, search_activated);
  gtk_widget_class_bind_template_callback (widget_class, cleared);
  gtk_widget_class_bind_template_callback (widget_class, write_most);
  gtk_widget_class_bind_template_callback (widget_class, read_most);
}

static void
set_up_filter (RushesCatalogueDialog *self)
{
  struct
  {
    const char *property;
    gpointer widget;
  } wishes[] = {
    { "first-frame", self->first_frame }, { "last-frame", self->last_frame },
    { "references", self->references },   { "sound", self->sound },
    { "favourites", self->favourites },   { "local", self->local },
    { "locked", self->locked },
  };

  self->filter = rushes_catalogue_filter_new ();
  g_settings_bind (self->settings, "locked-models", self->filter, "locked", G_SETTINGS_BIND_DEFAULT);
  for (gsize i = 0; i < G_N_ELEMENTS (wishes); i++)
    g_object_bind_property (self->filter, wishes[i].property, wishes[i].widget, "active",
                            G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->filter, "most", self->most, "value", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->filter, "notify::narrowed", G_CALLBACK (narrowed), self, G_CONNECT_SWAPPED);
}

static void
rushes_catalogue_dialog_init (RushesCatalogueDialog *self)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GAction) sorting = NULL;

  self->settings = rushes_settings_get ();
  self->order = g_settings_get_enum (self->settings, "model-sort");
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search), GTK_WIDGET (self));
  sorting = g_settings_create_action (self->settings, "model-sort");
  g_action_map_add_action (G_ACTION_MAP (actions), sorting);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "models", G_ACTION_GROUP (actions));
  set_up_filter (self);
  g_signal_connect_object (self->settings, "changed::model-sort", G_CALLBACK (sort), self, G_CONNECT_SWAPPED);
}

static void
set_up_list (RushesCatalogueDialog *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkListItemFactory) headers = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSelectionModel) selection = NULL;
  GtkSortListModel *sorted;

  g_signal_connect_object (factory, "setup", G_CALLBACK (row_set_up), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (row_bound), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (row_unbound), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (headers, "setup", G_CALLBACK (header_set_up), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (headers, "bind", G_CALLBACK (header_bound), self, G_CONNECT_SWAPPED);

  /* Sorted first, so that words in the search sort nothing anew. */
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare, self, NULL));
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->catalogue)), g_object_ref (self->sorter));
  gtk_sort_list_model_set_section_sorter (
      sorted, g_object_ref_sink (GTK_SORTER (gtk_custom_sorter_new (compare_sections, NULL, NULL))));
  self->shown =
      G_LIST_MODEL (gtk_filter_list_model_new (G_LIST_MODEL (sorted), g_object_ref (GTK_FILTER (self->filter))));
  self->made = gtk_slice_list_model_new (g_object_ref (self->shown), 0, 0);
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->made))));
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_header_factory (self->list, headers);
  gtk_list_view_set_model (self->list, selection);
  g_signal_connect_object (self->shown, "items-changed", G_CALLBACK (count), self, G_CONNECT_SWAPPED);
  count (self);
  begin_anew (self);
}

AdwDialog *
rushes_catalogue_dialog_new (RushesRegistry *registry, RushesLibrary *library, RushesDraft *draft)
{
  RushesCatalogueDialog *self;

  g_return_val_if_fail (RUSHES_IS_REGISTRY (registry), NULL);
  g_return_val_if_fail (RUSHES_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (RUSHES_IS_DRAFT (draft), NULL);

  self = g_object_new (RUSHES_TYPE_CATALOGUE_DIALOG, NULL);
  self->registry = g_object_ref (registry);
  self->draft = g_object_ref (draft);
  self->catalogue = rushes_catalogue_new (registry, library, draft);
  g_signal_connect_object (self->catalogue, "ranked", G_CALLBACK (ranked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->catalogue, "repriced", G_CALLBACK (repriced), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (self->services_button, rushes_catalogue_services_fill (self->services, registry));
  set_up_list (self);
  return ADW_DIALOG (self);
}
