/* rushes-model-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-model-row.h"

#include <glib/gi18n.h>

/* A list that is longer than this is searched rather than looked through. */
#define SEARCHED 8

struct _RushesModelRow
{
  AdwComboRow parent_instance;

  RushesRegistry *registry;
  RushesDraft *draft;
  gboolean following;
};

enum
{
  CHOSEN,
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

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (note, "caption");
  gtk_widget_add_css_class (note, "dim-label");
  gtk_widget_add_css_class (note, "numeric");
  gtk_widget_add_css_class (lock, "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (lock), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Cannot be used yet"), -1);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), note);
  gtk_box_append (GTK_BOX (box), lock);
  gtk_list_item_set_child (item, box);
}

static char *
describe_cost (RushesModelRow *self, RushesModel *model)
{
  const char *retired = rushes_model_get_retired (model);
  RushesPrice price;

  if (retired != NULL)
    /* Translators: %s is the date from which a service no longer offers a model */
    return g_strdup_printf (_ ("until %s"), retired);
  if (self->draft == NULL)
    return g_strdup ("");
  price = rushes_model_estimate (model, self->draft);

  return rushes_price_to_badge (&price);
}

static void
bind_item (GtkSignalListItemFactory *factory, GtkListItem *item, RushesModelRow *self)
{
  RushesModel *model = gtk_list_item_get_item (item);
  RushesProvider *provider = rushes_registry_find (self->registry, rushes_model_get_provider_id (model));
  g_autoptr (GError) problem = provider != NULL ? rushes_provider_get_problem (provider) : NULL;
  g_autofree char *cost = describe_cost (self, model);
  GtkWidget *name = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *note = gtk_widget_get_next_sibling (name);
  GtkWidget *lock = gtk_widget_get_next_sibling (note);

  gtk_label_set_label (GTK_LABEL (name), rushes_model_get_name (model));
  gtk_label_set_label (GTK_LABEL (note), cost);
  gtk_widget_set_tooltip_text (gtk_list_item_get_child (item), rushes_model_get_summary (model));
  gtk_widget_set_visible (note, problem == NULL);
  gtk_widget_set_visible (lock, problem != NULL);
  if (problem != NULL)
    gtk_widget_add_css_class (name, "dim-label");
  else
    gtk_widget_remove_css_class (name, "dim-label");
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
  RushesModel *model = gtk_list_header_get_item (header);
  RushesProvider *provider = rushes_registry_find (self->registry, rushes_model_get_provider_id (model));

  gtk_label_set_label (GTK_LABEL (gtk_list_header_get_child (header)),
                       provider != NULL ? rushes_provider_get_name (provider) : "");
}

static char *
model_name (RushesModel *model, gpointer data)
{
  return g_strdup (rushes_model_get_name (model));
}

/* ---- choosing ---- */

static void
selected (RushesModelRow *self)
{
  RushesModel *model = adw_combo_row_get_selected_item (ADW_COMBO_ROW (self));

  if (!self->following && model != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, model);
}

static gpointer
models_of (gpointer item, gpointer data)
{
  g_autoptr (RushesProvider) provider = item;

  return g_object_ref (rushes_provider_get_models (provider));
}

static void
count_models (GListModel *models, guint position, guint removed, guint added, RushesModelRow *self)
{
  adw_combo_row_set_enable_search (ADW_COMBO_ROW (self), g_list_model_get_n_items (models) > SEARCHED);
}

void
rushes_model_row_set_registry (RushesModelRow *self, RushesRegistry *registry)
{
  g_autoptr (GtkFlattenListModel) models = NULL;

  g_return_if_fail (RUSHES_IS_MODEL_ROW (self));
  g_return_if_fail (RUSHES_IS_REGISTRY (registry));
  g_return_if_fail (self->registry == NULL);

  self->registry = g_object_ref (registry);
  /* Flattening keeps each provider's models as a section of its own. */
  models = gtk_flatten_list_model_new (
      G_LIST_MODEL (gtk_map_list_model_new (G_LIST_MODEL (g_object_ref (registry)), models_of, NULL, NULL)));
  g_signal_connect_object (models, "items-changed", G_CALLBACK (count_models), self, 0);
  count_models (G_LIST_MODEL (models), 0, 0, 0, self);
  self->following = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (models));
  self->following = FALSE;
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
  GListModel *models = adw_combo_row_get_model (ADW_COMBO_ROW (self));
  guint n = models != NULL ? g_list_model_get_n_items (models) : 0;

  g_return_if_fail (RUSHES_IS_MODEL_ROW (self));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RushesModel) candidate = g_list_model_get_item (models, i);

      if (candidate != model)
        continue;
      self->following = TRUE;
      adw_combo_row_set_selected (ADW_COMBO_ROW (self), i);
      self->following = FALSE;
      return;
    }
}

static void
rushes_model_row_dispose (GObject *object)
{
  RushesModelRow *self = RUSHES_MODEL_ROW (object);

  self->following = TRUE;
  G_OBJECT_CLASS (rushes_model_row_parent_class)->dispose (object);

  g_clear_object (&self->registry);
  g_clear_object (&self->draft);
}

static void
rushes_model_row_class_init (RushesModelRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rushes_model_row_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, RUSHES_TYPE_MODEL);
}

static void
rushes_model_row_init (RushesModelRow *self)
{
  AdwComboRow *row = ADW_COMBO_ROW (self);
  g_autoptr (GtkListItemFactory) items = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkListItemFactory) headers = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkExpression) name =
      gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (model_name), NULL, NULL);

  g_signal_connect_object (items, "setup", G_CALLBACK (setup_item), self, 0);
  g_signal_connect_object (items, "bind", G_CALLBACK (bind_item), self, 0);
  g_signal_connect_object (headers, "setup", G_CALLBACK (setup_header), self, 0);
  g_signal_connect_object (headers, "bind", G_CALLBACK (bind_header), self, 0);
  adw_combo_row_set_expression (row, name);
  adw_combo_row_set_search_match_mode (row, GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  adw_combo_row_set_list_factory (row, items);
  adw_combo_row_set_header_factory (row, headers);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  g_signal_connect (self, "notify::selected-item", G_CALLBACK (selected), NULL);
}
