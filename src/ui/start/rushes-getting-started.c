/* rushes-getting-started.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-getting-started.h"

#include "rushes-provider-status.h"
#include "rushes-servers-page.h"
#include "rushes-service-page.h"
#include "rushes-services-page.h"
#include "rushes-ways.h"

struct _RushesGettingStarted
{
  AdwDialog parent_instance;

  RushesRegistry *registry;

  AdwNavigationView *view;
  RushesServicesPage *services;
  RushesServersPage *servers;
};

enum
{
  CHOSEN,
  TRY_NOW,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesGettingStarted, rushes_getting_started, ADW_TYPE_DIALOG)

/* ---- the ways ---- */

static void
way_chosen (RushesGettingStarted *self, const char *way)
{
  if (!g_str_equal (way, "animatic"))
    {
      adw_navigation_view_push_by_tag (self->view, way);
      return;
    }
  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[TRY_NOW], 0);
}

static void
provider_ready (RushesGettingStarted *self, RushesHttpProvider *provider)
{
  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[CHOSEN], 0, provider);
}

static void
page_ready (RushesServicePage *page)
{
  GtkWidget *self = gtk_widget_get_ancestor (GTK_WIDGET (page), RUSHES_TYPE_GETTING_STARTED);

  provider_ready (RUSHES_GETTING_STARTED (self), rushes_service_page_get_provider (page));
}

static void
key_wanted (RushesGettingStarted *self, RushesHttpProvider *provider)
{
  AdwNavigationPage *page = rushes_service_page_new (provider);

  g_signal_connect (page, "ready", G_CALLBACK (page_ready), NULL);
  adw_navigation_view_push (self->view, page);
}

/* Who has entered a key does not do so again. */
static void
service_picked (RushesGettingStarted *self, RushesHttpProvider *provider)
{
  RushesProviderStatus *status = rushes_provider_status_of (RUSHES_PROVIDER (provider));

  if (rushes_provider_status_holds_key (status) && rushes_http_provider_get_base_url (provider) != NULL)
    provider_ready (self, provider);
  else
    key_wanted (self, provider);
}

/* A service that people take for another one: see #RushesAddressGroup. */
static void
show_provider_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RushesGettingStarted *self = RUSHES_GETTING_STARTED (widget);
  RushesProvider *provider = rushes_registry_find (self->registry, g_variant_get_string (parameter, NULL));

  if (!RUSHES_IS_HTTP_PROVIDER (provider))
    return;
  adw_navigation_view_pop_to_tag (self->view, "service");
  service_picked (self, RUSHES_HTTP_PROVIDER (provider));
}

/* ---- the object ---- */

static void
rushes_getting_started_dispose (GObject *object)
{
  RushesGettingStarted *self = RUSHES_GETTING_STARTED (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_GETTING_STARTED);
  g_clear_object (&self->registry);

  G_OBJECT_CLASS (rushes_getting_started_parent_class)->dispose (object);
}

static void
rushes_getting_started_class_init (RushesGettingStartedClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_getting_started_dispose;

  signals[CHOSEN] =
      g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, RUSHES_TYPE_PROVIDER);
  signals[TRY_NOW] = g_signal_new ("try-now", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (RUSHES_TYPE_SERVERS_PAGE);
  g_type_ensure (RUSHES_TYPE_SERVICES_PAGE);
  g_type_ensure (RUSHES_TYPE_WAYS);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-getting-started.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesGettingStarted, view);
  gtk_widget_class_bind_template_child (widget_class, RushesGettingStarted, services);
  gtk_widget_class_bind_template_child (widget_class, RushesGettingStarted, servers);
  gtk_widget_class_bind_template_callback (widget_class, way_chosen);
  gtk_widget_class_bind_template_callback (widget_class, service_picked);
  gtk_widget_class_bind_template_callback (widget_class, provider_ready);
  gtk_widget_class_bind_template_callback (widget_class, key_wanted);
  gtk_widget_class_install_action (widget_class, "preferences.show-provider", "s", show_provider_action);
}

static void
rushes_getting_started_init (RushesGettingStarted *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
rushes_getting_started_new (RushesRegistry *registry, const char *way)
{
  RushesGettingStarted *self;

  g_return_val_if_fail (RUSHES_IS_REGISTRY (registry), NULL);

  self = g_object_new (RUSHES_TYPE_GETTING_STARTED, NULL);
  self->registry = g_object_ref (registry);
  rushes_services_page_set_registry (self->services, registry);
  rushes_servers_page_set_registry (self->servers, registry);
  if (way != NULL)
    adw_navigation_view_replace_with_tags (self->view, (const char *const[]) { "ways", way }, 2);

  return ADW_DIALOG (self);
}
