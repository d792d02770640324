/* rushes-service-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-service-page.h"

#include <glib/gi18n.h>

#include "rushes-address-group.h"
#include "rushes-error.h"
#include "rushes-key-group.h"
#include "rushes-protocol.h"
#include "rushes-provider-status.h"

struct _RushesServicePage
{
  AdwNavigationPage parent_instance;

  RushesHttpProvider *provider;
  RushesProviderStatus *status;
  gboolean going_on; /* as soon as what is under way went well */

  AdwPreferencesPage *page;
  RushesAddressGroup *address;
  RushesKeyGroup *key;
  GtkWidget *go_on;
  GtkLabel *go_on_label;
  GtkWidget *spinner;
};

enum
{
  READY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesServicePage, rushes_service_page, ADW_TYPE_NAVIGATION_PAGE)

/* ---- how it stands ---- */

static gboolean
is_good (RushesServicePage *self)
{
  gboolean good;

  g_object_get (self->status, "good", &good, NULL);
  return good;
}

static gboolean
is_testing (RushesServicePage *self)
{
  gboolean testing;

  g_object_get (self->status, "testing", &testing, NULL);
  return testing;
}

static gboolean
is_refused (RushesServicePage *self)
{
  const GError *failure = rushes_provider_status_get_failure (self->status);

  return g_error_matches (failure, RUSHES_ERROR, RUSHES_ERROR_AUTH) ||
         g_error_matches (failure, RUSHES_ERROR, RUSHES_ERROR_FORBIDDEN);
}

static gboolean
can_go_on (RushesServicePage *self)
{
  RushesProtocol *protocol =
      rushes_description_get_protocol (rushes_provider_get_description (RUSHES_PROVIDER (self->provider)));

  if (self->going_on || rushes_http_provider_get_base_url (self->provider) == NULL)
    return FALSE;
  if (rushes_key_group_has_typed (self->key))
    return TRUE;
  return !is_refused (self) &&
         (rushes_provider_status_holds_key (self->status) || !rushes_protocol_needs_key (protocol));
}

static void
follow (RushesServicePage *self)
{
  gboolean in_spite = rushes_provider_status_get_failure (self->status) != NULL && !is_refused (self) &&
                      !rushes_key_group_has_typed (self->key);

  gtk_label_set_label (self->go_on_label, in_spite ? _ ("Continue Anyway") : _ ("Continue"));
  gtk_widget_set_visible (self->spinner, self->going_on);
  gtk_widget_set_sensitive (self->go_on, can_go_on (self));
}

/* ---- going on ---- */

static void
set_going_on (RushesServicePage *self, gboolean going_on)
{
  self->going_on = going_on;
  follow (self);
}

static void
leave (RushesServicePage *self)
{
  set_going_on (self, FALSE);
  g_signal_emit (self, signals[READY], 0);
}

static void
go_on (RushesServicePage *self)
{
  if (!can_go_on (self))
    return;
  if (rushes_key_group_has_typed (self->key))
    {
      set_going_on (self, TRUE);
      rushes_key_group_take_typed (self->key);
    }
  else if (is_good (self) || rushes_provider_status_get_failure (self->status) != NULL)
    {
      leave (self);
    }
  else
    {
      set_going_on (self, TRUE);
      rushes_provider_status_test (self->status);
    }
}

static void
key_taken (RushesServicePage *self)
{
  rushes_provider_status_test (self->status);
  follow (self);
}

static void
key_refused (RushesServicePage *self)
{
  set_going_on (self, FALSE);
}

static void
testing_changed (RushesServicePage *self)
{
  if (is_testing (self))
    {
      follow (self);
      return;
    }
  /* Some have no question that costs nothing. */
  if (self->going_on && (is_good (self) || g_error_matches (rushes_provider_status_get_failure (self->status),
                                                            RUSHES_ERROR, RUSHES_ERROR_UNSUPPORTED)))
    {
      leave (self);
      return;
    }
  set_going_on (self, FALSE);
  if (is_good (self))
    gtk_widget_grab_focus (self->go_on);
}

/* ---- the object ---- */

RushesHttpProvider *
rushes_service_page_get_provider (RushesServicePage *self)
{
  g_return_val_if_fail (RUSHES_IS_SERVICE_PAGE (self), NULL);

  return self->provider;
}

static void
rushes_service_page_dispose (GObject *object)
{
  RushesServicePage *self = RUSHES_SERVICE_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_SERVICE_PAGE);
  g_clear_object (&self->provider);
  g_clear_object (&self->status);

  G_OBJECT_CLASS (rushes_service_page_parent_class)->dispose (object);
}

static void
rushes_service_page_class_init (RushesServicePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_service_page_dispose;

  signals[READY] =
      g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (RUSHES_TYPE_ADDRESS_GROUP);
  g_type_ensure (RUSHES_TYPE_KEY_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-service-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesServicePage, page);
  gtk_widget_class_bind_template_child (widget_class, RushesServicePage, address);
  gtk_widget_class_bind_template_child (widget_class, RushesServicePage, key);
  gtk_widget_class_bind_template_child (widget_class, RushesServicePage, go_on);
  gtk_widget_class_bind_template_child (widget_class, RushesServicePage, go_on_label);
  gtk_widget_class_bind_template_child (widget_class, RushesServicePage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, follow);
  gtk_widget_class_bind_template_callback (widget_class, key_taken);
  gtk_widget_class_bind_template_callback (widget_class, key_refused);
  gtk_widget_class_bind_template_callback (widget_class, go_on);
}

static void
rushes_service_page_init (RushesServicePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
rushes_service_page_new (RushesHttpProvider *provider)
{
  RushesServicePage *self;
  RushesDescription *description;
  const char *summary;

  g_return_val_if_fail (RUSHES_IS_HTTP_PROVIDER (provider), NULL);

  self = g_object_new (RUSHES_TYPE_SERVICE_PAGE, "title", rushes_provider_get_name (RUSHES_PROVIDER (provider)), NULL);
  description = rushes_provider_get_description (RUSHES_PROVIDER (provider));
  summary = rushes_description_get_summary (description);
  self->provider = g_object_ref (provider);
  self->status = g_object_ref (rushes_provider_status_of (RUSHES_PROVIDER (provider)));
  if (summary != NULL)
    adw_preferences_page_set_description (self->page, summary);
  rushes_key_group_set_provider (self->key, provider);
  rushes_address_group_set_provider (self->address, provider);
  /* Only of some nobody knows where they are. */
  gtk_widget_set_visible (GTK_WIDGET (self->address),
                          rushes_protocol_get_regions (rushes_description_get_protocol (description))->len == 0);
  g_signal_connect_object (provider, "changed", G_CALLBACK (follow), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->status, "notify::key-state", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->status, "notify::verdict", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->status, "notify::testing", G_CALLBACK (testing_changed), self, G_CONNECT_SWAPPED);
  rushes_provider_status_refresh (self->status);
  follow (self);

  return ADW_NAVIGATION_PAGE (self);
}
