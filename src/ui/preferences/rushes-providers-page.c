/* rushes-providers-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-providers-page.h"

#include <glib/gi18n.h>

#include "rushes-add-provider-dialog.h"
#include "rushes-error.h"
#include "rushes-provider-page.h"
#include "rushes-provider-row.h"
#include "rushes-provider-settings.h"
#include "rushes-settings.h"

struct _RushesProvidersPage
{
  AdwPreferencesPage parent_instance;

  RushesRegistry *registry;
  RushesLibrary *library; /* NULL */
  GSettings *settings;
  GPtrArray *rows;       /* GtkWidget, in the order of the registry */
  GPtrArray *error_rows; /* GtkWidget */
  GPtrArray *switches;   /* GSettings, of the providers */
  GtkFilter *offered;
  gboolean following;

  AdwComboRow *chosen;
  AdwSpinRow *slots;
  AdwPreferencesGroup *providers;
  AdwPreferencesGroup *errors;
};

G_DEFINE_FINAL_TYPE (RushesProvidersPage, rushes_providers_page, ADW_TYPE_PREFERENCES_PAGE)

/* ---- the default ---- */

static char *
name_provider (RushesProvider *provider, gpointer data)
{
  return g_strdup (rushes_provider_get_name (provider));
}

static void
default_chosen (RushesProvidersPage *self)
{
  RushesProvider *provider = adw_combo_row_get_selected_item (self->chosen);

  if (!self->following && provider != NULL)
    g_settings_set_string (self->settings, "default-provider", rushes_provider_get_id (provider));
}

/* What is switched off is not offered, unless it is what was chosen before. */
static gboolean
is_offered (gpointer provider, gpointer data)
{
  RushesProvidersPage *self = data;
  const char *id = rushes_provider_get_id (provider);
  g_autoptr (GSettings) settings = rushes_provider_settings_get (id);
  g_autofree char *chosen = g_settings_get_string (self->settings, "default-provider");

  return g_settings_get_boolean (settings, "enabled") || g_str_equal (id, chosen);
}

static void
show_default (RushesProvidersPage *self)
{
  g_autofree char *id = g_settings_get_string (self->settings, "default-provider");
  GListModel *providers = adw_combo_row_get_model (self->chosen);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RushesProvider) provider = g_list_model_get_item (providers, i);

      if (!g_str_equal (rushes_provider_get_id (provider), id))
        continue;
      self->following = TRUE;
      adw_combo_row_set_selected (self->chosen, i);
      self->following = FALSE;
    }
}

static void
offer (RushesProvidersPage *self)
{
  self->following = TRUE;
  gtk_filter_changed (self->offered, GTK_FILTER_CHANGE_DIFFERENT);
  self->following = FALSE;
  show_default (self);
}

/* ---- the list ---- */

gboolean
rushes_providers_page_show_provider (RushesProvidersPage *self, const char *id)
{
  RushesProvider *provider;
  GtkWidget *dialog;

  g_return_val_if_fail (RUSHES_IS_PROVIDERS_PAGE (self), FALSE);

  provider = rushes_registry_find (self->registry, id);
  dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);
  if (provider == NULL || dialog == NULL)
    return FALSE;

  while (adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (dialog)))
    ;
  adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (dialog), ADW_NAVIGATION_PAGE (rushes_provider_page_new (
                                                                            provider, self->registry, self->library)));

  return TRUE;
}

static void
row_activated (RushesProviderRow *row)
{
  RushesProvider *provider = rushes_provider_row_get_provider (row);

  gtk_widget_activate_action (GTK_WIDGET (row), "preferences.show-provider", "s", rushes_provider_get_id (provider));
}

static void
clear_rows (AdwPreferencesGroup *group, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, rows->pdata[i]);
  g_ptr_array_set_size (rows, 0);
}

/* "kites.json: models[0].name: a text is expected.": the file, and what is wrong with it. */
static GtkWidget *
make_error_row (const GError *error)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "subtitle-selectable", TRUE, NULL);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  g_autofree char *clean = rushes_clean_words (error->message);
  const char *colon = strstr (clean, ": ");
  g_autofree char *file = colon != NULL ? g_strndup (clean, colon - clean) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), file != NULL ? file : clean);
  if (file != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), colon + strlen (": "));
  gtk_widget_add_css_class (icon, "warning");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);

  return row;
}

static void
fill (RushesProvidersPage *self)
{
  GListModel *providers = G_LIST_MODEL (self->registry);
  GPtrArray *errors = rushes_registry_get_errors (self->registry);

  clear_rows (self->providers, self->rows);
  for (guint i = 0; i < self->switches->len; i++)
    g_signal_handlers_disconnect_by_func (self->switches->pdata[i], offer, self);
  g_ptr_array_set_size (self->switches, 0);
  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RushesProvider) provider = g_list_model_get_item (providers, i);
      GtkWidget *row = rushes_provider_row_new (provider);
      GSettings *own = rushes_provider_settings_get (rushes_provider_get_id (provider));

      g_signal_connect_object (own, "changed::enabled", G_CALLBACK (offer), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->switches, own);
      g_signal_connect (row, "activated", G_CALLBACK (row_activated), NULL);
      adw_preferences_group_add (self->providers, row);
      g_ptr_array_add (self->rows, row);
      rushes_provider_status_refresh (rushes_provider_status_of (provider));
    }

  clear_rows (self->errors, self->error_rows);
  for (guint i = 0; errors != NULL && i < errors->len; i++)
    {
      GtkWidget *row = make_error_row (errors->pdata[i]);

      adw_preferences_group_add (self->errors, row);
      g_ptr_array_add (self->error_rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->errors), self->error_rows->len > 0);
  show_default (self);
}

static void
add_provider (RushesProvidersPage *self)
{
  adw_dialog_present (rushes_add_provider_dialog_new (self->registry, GTK_WIDGET (self)), GTK_WIDGET (self));
}

/* ---- the object ---- */

void
rushes_providers_page_set_registry (RushesProvidersPage *self, RushesRegistry *registry, RushesLibrary *library)
{
  g_autoptr (GtkExpression) name =
      gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (name_provider), NULL, NULL);
  g_autoptr (GtkFilterListModel) offered = NULL;

  g_return_if_fail (RUSHES_IS_PROVIDERS_PAGE (self));
  g_return_if_fail (RUSHES_IS_REGISTRY (registry));
  g_return_if_fail (self->registry == NULL);

  self->registry = g_object_ref (registry);
  g_set_object (&self->library, library);
  self->following = TRUE;
  offered = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (registry)), g_object_ref (self->offered));
  adw_combo_row_set_expression (self->chosen, name);
  adw_combo_row_set_model (self->chosen, G_LIST_MODEL (offered));
  self->following = FALSE;
  /* After the list itself has followed, so that what is chosen there can be found. */
  g_signal_connect_object (registry, "items-changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->settings, "changed::default-provider", G_CALLBACK (offer), self, G_CONNECT_SWAPPED);
  fill (self);
}

static void
rushes_providers_page_dispose (GObject *object)
{
  RushesProvidersPage *self = RUSHES_PROVIDERS_PAGE (object);

  self->following = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_PROVIDERS_PAGE);
  g_clear_object (&self->registry);
  g_clear_object (&self->library);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->error_rows, g_ptr_array_unref);
  g_clear_pointer (&self->switches, g_ptr_array_unref);
  g_clear_object (&self->offered);

  G_OBJECT_CLASS (rushes_providers_page_parent_class)->dispose (object);
}

static void
rushes_providers_page_class_init (RushesProvidersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_providers_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-providers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesProvidersPage, chosen);
  gtk_widget_class_bind_template_child (widget_class, RushesProvidersPage, slots);
  gtk_widget_class_bind_template_child (widget_class, RushesProvidersPage, providers);
  gtk_widget_class_bind_template_child (widget_class, RushesProvidersPage, errors);
  gtk_widget_class_bind_template_callback (widget_class, default_chosen);
  gtk_widget_class_bind_template_callback (widget_class, add_provider);
}

static void
rushes_providers_page_init (RushesProvidersPage *self)
{
  self->following = TRUE;
  self->settings = rushes_settings_get ();
  self->rows = g_ptr_array_new ();
  self->error_rows = g_ptr_array_new ();
  self->switches = g_ptr_array_new_with_free_func (g_object_unref);
  self->offered = GTK_FILTER (gtk_custom_filter_new (is_offered, self, NULL));
  gtk_widget_init_template (GTK_WIDGET (self));
  g_settings_bind (self->settings, "slots", self->slots, "value", G_SETTINGS_BIND_DEFAULT);
  self->following = FALSE;
}
