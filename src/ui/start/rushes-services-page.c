/* rushes-services-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-services-page.h"

#include <glib/gi18n.h>

#include "rushes-http-provider.h"
#include "rushes-protocol.h"
#include "rushes-provider-status.h"
#include "rushes-server-search.h"

struct _RushesServicesPage
{
  AdwNavigationPage parent_instance;

  GPtrArray *rows; /* AdwActionRow, each with its "provider" */

  GtkEditable *search;
  GtkStack *stack;
  GtkListBox *list;
};

enum
{
  PICKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesServicesPage, rushes_services_page, ADW_TYPE_NAVIGATION_PAGE)

static RushesProvider *
get_provider (gpointer row)
{
  return g_object_get_data (row, "provider");
}

/* ---- searching ---- */

static gboolean
has_words (const char *text, const char *words)
{
  return text != NULL && g_str_match_string (words, text, TRUE);
}

/* Also by what its models are called, which people know, and by its id, where its name is translated. */
static gboolean
is_meant (RushesProvider *provider, const char *words)
{
  GListModel *models = rushes_provider_get_models (provider);

  if (*words == '\0' || has_words (rushes_provider_get_name (provider), words) ||
      has_words (rushes_provider_get_id (provider), words) ||
      has_words (rushes_description_get_summary (rushes_provider_get_description (provider)), words))
    return TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (RushesModel) model = g_list_model_get_item (models, i);

      if (has_words (rushes_model_get_name (model), words))
        return TRUE;
    }
  return FALSE;
}

static void
search_changed (RushesServicesPage *self)
{
  g_autofree char *words = g_strstrip (g_strdup (gtk_editable_get_text (self->search)));
  guint n_shown = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      gboolean shown = is_meant (get_provider (self->rows->pdata[i]), words);

      gtk_widget_set_visible (self->rows->pdata[i], shown);
      n_shown += shown;
    }
  gtk_stack_set_visible_child_name (self->stack, n_shown > 0 ? "list" : "none");
}

static void
search_stopped (RushesServicesPage *self)
{
  if (*gtk_editable_get_text (self->search) != '\0')
    gtk_editable_set_text (self->search, "");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "window.close", NULL);
}

/* What was typed while something else had the focus. */
static void
search_started (RushesServicesPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_set_position (self->search, -1);
}

/* ---- the list ---- */

static void
row_activated (RushesServicesPage *self, GtkWidget *row)
{
  g_signal_emit (self, signals[PICKED], 0, get_provider (row));
}

/* Enter in the search takes what is left of the list. */
static void
first_wanted (RushesServicesPage *self)
{
  search_changed (self);
  for (guint i = 0; i < self->rows->len; i++)
    if (gtk_widget_get_visible (self->rows->pdata[i]))
      {
        if (*gtk_editable_get_text (self->search) != '\0')
          row_activated (self, self->rows->pdata[i]);
        return;
      }
}

static gboolean
is_service (RushesProvider *provider)
{
  return RUSHES_IS_HTTP_PROVIDER (provider) && !rushes_server_is_kind (provider);
}

/* Whoever has a key knows what the service is. */
static void
show_key (RushesProviderStatus *status, GParamSpec *pspec, GtkWidget *row)
{
  gboolean holds = rushes_provider_status_holds_key (status);
  const char *summary = rushes_description_get_summary (rushes_provider_get_description (get_provider (row)));

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), holds             ? rushes_provider_status_get_words (status)
                                                     : summary != NULL ? summary
                                                                       : "");
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (row), "mark"), holds);
}

static GtkWidget *
make_row (RushesProvider *provider)
{
  const char *name = rushes_provider_get_name (provider);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "activatable", TRUE, NULL);
  /* "Pika (fal)" has the initial P. */
  g_auto (GStrv) parts = g_strsplit (name, " (", 2);
  GtkWidget *avatar = g_object_new (ADW_TYPE_AVATAR, "size", 32, "text", parts[0], "show-initials", TRUE,
                                    "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");
  RushesProviderStatus *status = rushes_provider_status_of (provider);

  g_object_set_data_full (G_OBJECT (row), "provider", g_object_ref (provider), g_object_unref);
  g_object_set_data (G_OBJECT (row), "mark", mark);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  gtk_widget_add_css_class (mark, "success");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), avatar);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), mark);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_signal_connect_object (status, "notify::words", G_CALLBACK (show_key), row, 0);
  show_key (status, NULL, row);

  return row;
}

static void
rushes_services_page_showing (AdwNavigationPage *page)
{
  RushesServicesPage *self = RUSHES_SERVICES_PAGE (page);

  for (guint i = 0; i < self->rows->len; i++)
    rushes_provider_status_refresh (rushes_provider_status_of (get_provider (self->rows->pdata[i])));
}

static void
rushes_services_page_shown (AdwNavigationPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (RUSHES_SERVICES_PAGE (page)->search));
}

void
rushes_services_page_set_registry (RushesServicesPage *self, RushesRegistry *registry)
{
  g_return_if_fail (RUSHES_IS_SERVICES_PAGE (self));
  g_return_if_fail (RUSHES_IS_REGISTRY (registry));
  g_return_if_fail (self->rows->len == 0);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (registry)); i++)
    {
      g_autoptr (RushesProvider) provider = g_list_model_get_item (G_LIST_MODEL (registry), i);
      GtkWidget *row;

      if (!is_service (provider))
        continue;
      row = make_row (provider);
      gtk_list_box_append (self->list, row);
      g_ptr_array_add (self->rows, row);
    }
}

/* ---- the object ---- */

static void
rushes_services_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RUSHES_TYPE_SERVICES_PAGE);

  G_OBJECT_CLASS (rushes_services_page_parent_class)->dispose (object);
}

static void
rushes_services_page_finalize (GObject *object)
{
  g_ptr_array_unref (RUSHES_SERVICES_PAGE (object)->rows);

  G_OBJECT_CLASS (rushes_services_page_parent_class)->finalize (object);
}

static void
rushes_services_page_class_init (RushesServicesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rushes_services_page_dispose;
  object_class->finalize = rushes_services_page_finalize;
  ADW_NAVIGATION_PAGE_CLASS (klass)->showing = rushes_services_page_showing;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = rushes_services_page_shown;

  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, RUSHES_TYPE_HTTP_PROVIDER);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-services-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesServicesPage, search);
  gtk_widget_class_bind_template_child (widget_class, RushesServicesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RushesServicesPage, list);
  gtk_widget_class_bind_template_callback (widget_class, search_changed);
  gtk_widget_class_bind_template_callback (widget_class, search_started);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, first_wanted);
  gtk_widget_class_bind_template_callback (widget_class, row_activated);
}

static void
rushes_services_page_init (RushesServicesPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search), GTK_WIDGET (self));
}
