/* rushes-general-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-general-page.h"

#include "rushes-handling.h"
#include "rushes-network-group.h"
#include "rushes-notifications-group.h"
#include "rushes-proxy-group.h"
#include "rushes-settings.h"

struct _RushesGeneralPage
{
  AdwPreferencesPage parent_instance;

  GSettings *settings;
  AdwComboRow *handling; /* in the order of RushesHandling */
  GtkWidget *search;
  RushesProxyGroup *proxy;
  RushesNetworkGroup *network;
};

G_DEFINE_FINAL_TYPE (RushesGeneralPage, rushes_general_page, ADW_TYPE_PREFERENCES_PAGE)

static void
handling_chosen (RushesGeneralPage *self)
{
  guint selected = adw_combo_row_get_selected (self->handling);

  if (self->settings != NULL && selected <= RUSHES_HANDLING_AUTO)
    g_settings_set_enum (self->settings, "handling", (int) selected);
}

static void
handling_changed (RushesGeneralPage *self)
{
  adw_combo_row_set_selected (self->handling, (guint) g_settings_get_enum (self->settings, "handling"));
}

static void
proxy_changed (RushesGeneralPage *self)
{
  rushes_network_group_forget (self->network);
}

static void
rushes_general_page_dispose (GObject *object)
{
  RushesGeneralPage *self = RUSHES_GENERAL_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_GENERAL_PAGE);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (rushes_general_page_parent_class)->dispose (object);
}

static void
rushes_general_page_class_init (RushesGeneralPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_general_page_dispose;

  g_type_ensure (RUSHES_TYPE_NETWORK_GROUP);
  g_type_ensure (RUSHES_TYPE_NOTIFICATIONS_GROUP);
  g_type_ensure (RUSHES_TYPE_PROXY_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-general-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesGeneralPage, handling);
  gtk_widget_class_bind_template_child (widget_class, RushesGeneralPage, search);
  gtk_widget_class_bind_template_child (widget_class, RushesGeneralPage, proxy);
  gtk_widget_class_bind_template_child (widget_class, RushesGeneralPage, network);
  gtk_widget_class_bind_template_callback (widget_class, handling_chosen);
  gtk_widget_class_bind_template_callback (widget_class, proxy_changed);
}

static void
rushes_general_page_init (RushesGeneralPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = rushes_settings_get ();
  g_signal_connect_object (self->settings, "changed::handling", G_CALLBACK (handling_changed), self, G_CONNECT_SWAPPED);
  handling_changed (self);
  gtk_widget_set_visible (self->search, g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS));
}

void
rushes_general_page_set_registry (RushesGeneralPage *self, RushesRegistry *registry)
{
  g_return_if_fail (RUSHES_IS_GENERAL_PAGE (self));
  g_return_if_fail (RUSHES_IS_REGISTRY (registry));

  rushes_proxy_group_set_place (self->proxy, self->settings, registry);
  rushes_network_group_set_registry (self->network, registry);
}
