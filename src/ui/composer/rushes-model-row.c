/* rushes-model-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-model-row.h"

#include <glib/gi18n.h>

#include "rushes-model-dialog.h"
#include "rushes-model-list.h"
#include "rushes-model-words.h"

/* A list that is longer than this is searched rather than looked through. */
#define SEARCHED 8
/* That are seen below the chosen one when the list comes up. */
#define LINES_BELOW 4

struct _RushesModelRow
{
  AdwComboRow parent_instance;

  RushesModelList *list;
  RushesDraft *draft;
  RushesModel *model;
  GPtrArray *bound; /* GtkListItem of the lines that are made; borrowed */
  guint n_scrolled; /* since the list came up */
  gboolean following;
};

enum
{
  CHOSEN,
  PROVIDERS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesModelRow, rushes_model_row, ADW_TYPE_COMBO_ROW)

/* ---- the rows of the list ---- */

static void
setup_item (GtkSignalListItemFactory *factory, GtkListItem *item, RushesModelRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *note = gtk_label_new (NULL);
  GtkWidget *lock = gtk_image_new_from_icon_name ("system-lock-screen-symbolic");
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (note, "caption");
  gtk_widget_add_css_class (note, "dim-label");
  gtk_widget_add_css_class (note, "numeric");
  gtk_widget_add_css_class (lock, "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (lock), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Cannot be used yet"), -1);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), note);
  gtk_box_append (GTK_BOX (box), lock);
  gtk_box_append (GTK_BOX (box), check);
  gtk_list_item_set_child (item, box);
}

/* What stands at the end of the line: how long it is there yet, or what it costs. */
static char *
describe (RushesModelRow *self, RushesModel *model)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  char *retirement = rushes_model_words_retirement (model, now);
  RushesPrice price;

  if (retirement != NULL)
    return retirement;
  if (self->draft == NULL)
    return g_strdup ("");
  price = rushes_model_estimate (model, self->draft);

  return rushes_price_to_badge (&price);
}

static void
show_item (RushesModelRow *self, GtkListItem *item)
{
  RushesModelChoice *choice = gtk_list_item_get_item (item);
  RushesModel *model = rushes_model_choice_get_model (choice);
  g_autoptr (GError) problem = rushes_provider_get_problem (rushes_model_choice_get_provider (choice));
  gboolean retired = model != NULL && rushes_model_get_is_retired (model);
  g_autofree char *words = model != NULL ? describe (self, model) : g_strdup ("");
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *name = gtk_widget_get_first_child (box);
  GtkWidget *note = gtk_widget_get_next_sibling (name);
  GtkWidget *lock = gtk_widget_get_next_sibling (note);
  GtkWidget *check = gtk_widget_get_next_sibling (lock);
  const char *summary = model != NULL ? rushes_model_get_summary (model) : NULL;

  gtk_label_set_label (GTK_LABEL (name), rushes_model_choice_get_name (choice));
  gtk_label_set_label (GTK_LABEL (note), words);
  gtk_widget_set_tooltip_text (box, problem != NULL ? problem->message : summary);
  gtk_widget_set_visible (note, *words != '\0' && (problem == NULL || retired));
  gtk_widget_set_visible (lock, problem != NULL);
  /* Its place is kept, so that what stands before it is in line. */
  gtk_widget_set_opacity (check, model != NULL && model == self->model ? 1 : 0);
  if (problem != NULL || retired)
    gtk_widget_add_css_class (name, "dim-label");
  else
    gtk_widget_remove_css_class (name, "dim-label");
}

static void
bind_item (GtkSignalListItemFactory *factory, GtkListItem *item, RushesModelRow *self)
{
  g_ptr_array_add (self->bound, item);
  show_item (self, item);
}

static void
unbind_item (GtkSignalListItemFactory *factory, GtkListItem *item, RushesModelRow *self)
{
  g_ptr_array_remove_fast (self->bound, item);
}

static void
setup_header (GtkSignalListItemFactory *factory, GtkListHeader *header, RushesModelRow *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_list_header_set_child (header, label);
}

static void
bind_header (GtkSignalListItemFactory *factory, GtkListHeader *header, RushesModelRow *self)
{
  RushesModelChoice *choice = gtk_list_header_get_item (header);

  gtk_label_set_label (GTK_LABEL (gtk_list_header_get_child (header)),
                       rushes_model_choice_get_is_favourite (choice)
                           ? _ ("Favourites")
                           : rushes_provider_get_name (rushes_model_choice_get_provider (choice)));
}

/* What is searched: "kling" finds all of Kling's, whatever it is called in the person's language. */
static char *
search_words (RushesModelChoice *choice, gpointer data)
{
  RushesProvider *provider = rushes_model_choice_get_provider (choice);

  return g_strdup_printf ("%s %s %s", rushes_provider_get_name (provider), rushes_provider_get_id (provider),
                          rushes_model_choice_get_name (choice));
}

/* ---- the one in the row ---- */

static void
setup_chosen (GtkSignalListItemFactory *factory, GtkListItem *item, RushesModelRow *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
bind_chosen (GtkSignalListItemFactory *factory, GtkListItem *item, RushesModelRow *self)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       rushes_model_choice_get_name (gtk_list_item_get_item (item)));
}

/* ---- the list comes up ---- */

static GtkWidget *
find_below (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_below (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* A list scrolls no further than it must, and its headings stand in the way: first to some lines below what is chosen,
 * then, when these have their places, to that itself. */
static gboolean
scroll (GtkWidget *list, GdkFrameClock *clock, gpointer data)
{
  RushesModelRow *self = data;
  guint n = g_list_model_get_n_items (rushes_model_list_get_choices (self->list));
  guint place = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  if (place >= n)
    return G_SOURCE_REMOVE;
  self->n_scrolled++;
  gtk_list_view_scroll_to (GTK_LIST_VIEW (list), self->n_scrolled == 1 ? MIN (place + LINES_BELOW, n - 1) : place,
                           GTK_LIST_SCROLL_NONE, NULL);
  return self->n_scrolled < 2 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* Prices are those of the draft as it is now, and the list begins where the person is. */
static void
list_mapped (GtkWidget *list, RushesModelRow *self)
{
  for (guint i = 0; i < self->bound->len; i++)
    show_item (self, self->bound->pdata[i]);
  self->n_scrolled = 0;
  gtk_widget_add_tick_callback (list, scroll, self, NULL);
}

/* ---- choosing ---- */

/* FALSE when the model is not there. */
static gboolean
select_model (RushesModelRow *self)
{
  GListModel *choices = rushes_model_list_get_choices (self->list);

  for (guint i = 0; i < g_list_model_get_n_items (choices); i++)
    {
      g_autoptr (RushesModelChoice) choice = g_list_model_get_item (choices, i);

      if (rushes_model_choice_get_model (choice) != self->model)
        continue;
      self->following = TRUE;
      adw_combo_row_set_selected (ADW_COMBO_ROW (self), i);
      self->following = FALSE;
      return TRUE;
    }
  return FALSE;
}

static void
named (AdwDialog *dialog, const char *response, RushesModelRow *self)
{
  RushesModel *model = rushes_model_dialog_get_model (dialog, response);

  if (model != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, model);
}

static void
selected (RushesModelRow *self)
{
  RushesModelChoice *choice = adw_combo_row_get_selected_item (ADW_COMBO_ROW (self));
  RushesModel *model;
  AdwDialog *dialog;

  if (self->following || choice == NULL)
    return;

  model = rushes_model_choice_get_model (choice);
  if (model != NULL)
    {
      g_signal_emit (self, signals[CHOSEN], 0, model);
      return;
    }
  /* The offer to type a name is nothing that can be chosen itself. */
  select_model (self);
  dialog = rushes_model_dialog_new (rushes_model_choice_get_provider (choice));
  g_signal_connect_object (dialog, "response", G_CALLBACK (named), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
show_choices (RushesModelRow *self)
{
  GListModel *choices = rushes_model_list_get_choices (self->list);

  self->following = TRUE;
  adw_combo_row_set_enable_search (ADW_COMBO_ROW (self), g_list_model_get_n_items (choices) > SEARCHED);
  adw_combo_row_set_model (ADW_COMBO_ROW (self), choices);
  self->following = FALSE;
}

static void
list_changed (RushesModelRow *self)
{
  show_choices (self);
  select_model (self);
  g_signal_emit (self, signals[PROVIDERS_CHANGED], 0);
}

void
rushes_model_row_set_registry (RushesModelRow *self, RushesRegistry *registry)
{
  g_return_if_fail (RUSHES_IS_MODEL_ROW (self));
  g_return_if_fail (RUSHES_IS_REGISTRY (registry));
  g_return_if_fail (self->list == NULL);

  self->list = rushes_model_list_new (registry);
  g_signal_connect_object (self->list, "changed", G_CALLBACK (list_changed), self, G_CONNECT_SWAPPED);
  show_choices (self);
}

void
rushes_model_row_set_draft (RushesModelRow *self, RushesDraft *draft)
{
  g_return_if_fail (RUSHES_IS_MODEL_ROW (self));

  g_set_object (&self->draft, draft);
}

void
rushes_model_row_set_model (RushesModelRow *self, RushesModel *model)
{
  g_return_if_fail (RUSHES_IS_MODEL_ROW (self));
  g_return_if_fail (RUSHES_IS_MODEL (model));
  g_return_if_fail (self->list != NULL);

  if (!g_set_object (&self->model, model) || select_model (self))
    return;
  rushes_model_list_remember (self->list, model);
  show_choices (self);
  select_model (self);
}

static void
rushes_model_row_dispose (GObject *object)
{
  RushesModelRow *self = RUSHES_MODEL_ROW (object);

  self->following = TRUE;
  G_OBJECT_CLASS (rushes_model_row_parent_class)->dispose (object);

  g_clear_object (&self->list);
  g_clear_object (&self->draft);
  g_clear_object (&self->model);
}

static void
rushes_model_row_finalize (GObject *object)
{
  g_ptr_array_unref (RUSHES_MODEL_ROW (object)->bound);

  G_OBJECT_CLASS (rushes_model_row_parent_class)->finalize (object);
}

static void
rushes_model_row_class_init (RushesModelRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rushes_model_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = rushes_model_row_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, RUSHES_TYPE_MODEL);
  signals[PROVIDERS_CHANGED] = g_signal_new ("providers-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                             NULL, NULL, G_TYPE_NONE, 0);
}

/* A factory whose two steps are methods of @self. */
static GtkListItemFactory *
make_factory (RushesModelRow *self, GCallback setup, GCallback bind)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", setup, self, 0);
  g_signal_connect_object (factory, "bind", bind, self, 0);
  return factory;
}

static void
rushes_model_row_init (RushesModelRow *self)
{
  AdwComboRow *row = ADW_COMBO_ROW (self);
  g_autoptr (GtkListItemFactory) chosen = make_factory (self, G_CALLBACK (setup_chosen), G_CALLBACK (bind_chosen));
  g_autoptr (GtkListItemFactory) items = make_factory (self, G_CALLBACK (setup_item), G_CALLBACK (bind_item));
  g_autoptr (GtkListItemFactory) headers = make_factory (self, G_CALLBACK (setup_header), G_CALLBACK (bind_header));
  GtkWidget *popover = find_below (GTK_WIDGET (self), GTK_TYPE_POPOVER);
  GtkWidget *list = popover != NULL ? find_below (popover, GTK_TYPE_LIST_VIEW) : NULL;
  g_autoptr (GtkExpression) words =
      gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (search_words), NULL, NULL);

  self->bound = g_ptr_array_new ();
  adw_combo_row_set_expression (row, words);
  adw_combo_row_set_search_match_mode (row, GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  adw_combo_row_set_factory (row, chosen);
  adw_combo_row_set_list_factory (row, items);
  adw_combo_row_set_header_factory (row, headers);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  g_signal_connect (self, "notify::selected-item", G_CALLBACK (selected), NULL);
  g_signal_connect_object (items, "unbind", G_CALLBACK (unbind_item), self, 0);
  if (list != NULL)
    g_signal_connect_object (list, "map", G_CALLBACK (list_mapped), self, G_CONNECT_AFTER);
}
