/* rushes-network-group.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-network-group.h"

#include <glib/gi18n.h>

#include "rushes-http-address.h"
#include "rushes-http-provider.h"
#include "rushes-http.h"
#include "rushes-provider-settings.h"
#include "rushes-proxy.h"
#include "rushes-settings.h"
#include "rushes-test-row.h"
#include "rushes-ui.h"

struct _RushesNetworkGroup
{
  AdwPreferencesGroup parent_instance;

  RushesRegistry *registry;
  GPtrArray *rows;  /* GtkWidget: providers with a proxy of their own */
  guint generation; /* of the way that is tested */

  RushesTestRow *test;
};

G_DEFINE_FINAL_TYPE (RushesNetworkGroup, rushes_network_group, ADW_TYPE_PREFERENCES_GROUP)

static char *
get_own_proxy (RushesProvider *provider)
{
  g_autoptr (GSettings) settings = rushes_provider_settings_get (rushes_provider_get_id (provider));

  return g_settings_get_string (settings, "proxy");
}

/* ---- the test ---- */

/* The server of a service that is reached by the usual way, the default one first; NULL. */
static GUri *
find_server (RushesNetworkGroup *self)
{
  g_autoptr (GSettings) settings = rushes_settings_get ();
  g_autofree char *chosen = g_settings_get_string (settings, "default-provider");
  g_autoptr (GUri) found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->registry)); i++)
    {
      g_autoptr (RushesProvider) provider = g_list_model_get_item (G_LIST_MODEL (self->registry), i);
      g_autofree char *own = get_own_proxy (provider);
      const char *url = RUSHES_IS_HTTP_PROVIDER (provider)
                            ? rushes_http_provider_get_base_url (RUSHES_HTTP_PROVIDER (provider))
                            : NULL;
      g_autoptr (GUri) uri = url != NULL ? rushes_http_parse_address (url, NULL) : NULL;
      gboolean preferred = g_str_equal (rushes_provider_get_id (provider), chosen);

      if (uri == NULL || *own != '\0' || rushes_http_is_private_name (g_uri_get_host (uri)))
        continue;
      if (found == NULL || preferred)
        {
          g_clear_pointer (&found, g_uri_unref);
          found = g_uri_build (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                               g_uri_get_port (uri), "/", NULL, NULL);
        }
      if (preferred)
        break;
    }
  return g_steal_pointer (&found);
}

static void
show_server (RushesNetworkGroup *self)
{
  g_autoptr (GUri) uri = find_server (self);
  g_autofree char *words = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->test), uri != NULL);
  if (uri == NULL)
    return;
  /* Translators: what the test of the connection does; %s is the host of a service, “api.dev.runwayml.com”. */
  words = g_strdup_printf (_ ("Asks %s whether it is there, without a key and at no cost."), g_uri_get_host (uri));
  g_object_set (self->test, "subtitle", words, NULL);
}

/* Whatever it answered, it was reached. */
static void
tested (gpointer object, DexFuture *future, gpointer data)
{
  RushesNetworkGroup *self = object;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  g_autofree char *words = NULL;

  if (GPOINTER_TO_UINT (data) != self->generation)
    return;
  rushes_test_row_set_running (self->test, FALSE);
  if (value != NULL &&
      rushes_http_exchange_get_status (g_value_get_object (value)) != SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED)
    /* Translators: %s is a host. */
    words = g_strdup_printf (_ ("%s answers."), rushes_http_exchange_get_host (g_value_get_object (value)));
  rushes_test_row_show (self->test, words != NULL,
                        words != NULL   ? words
                        : error != NULL ? error->message
                                        : _ ("The proxy asks for a password."),
                        NULL);
}

static void
test_asked (RushesNetworkGroup *self)
{
  g_autoptr (GUri) uri = find_server (self);
  g_autoptr (RushesHttp) http = rushes_http_usual ();
  g_autoptr (SoupMessage) message = NULL;

  if (uri == NULL)
    return;
  message = soup_message_new_from_uri ("HEAD", uri);
  rushes_test_row_set_running (self->test, TRUE);
  rushes_when (rushes_http_send (http, message, NULL, FALSE, NULL), self, tested, GUINT_TO_POINTER (++self->generation),
               NULL);
}

void
rushes_network_group_forget (RushesNetworkGroup *self)
{
  g_return_if_fail (RUSHES_IS_NETWORK_GROUP (self));

  self->generation++;
  rushes_test_row_set_running (self->test, FALSE);
  rushes_test_row_show (self->test, TRUE, NULL, NULL);
}

/* ---- proxies of their own ---- */

static void
add_row (RushesNetworkGroup *self, RushesProvider *provider, const char *proxy)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "activatable", TRUE, "action-name",
                                 "preferences.show-provider", NULL);
  g_autofree char *words = g_str_equal (proxy, RUSHES_PROXY_NONE) ? g_strdup (_ ("Goes without a proxy"))
                                                                  /* Translators: %s is the address of a proxy. */
                                                                  : g_strdup_printf (_ ("Goes through %s"), proxy);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rushes_provider_get_name (provider));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", rushes_provider_get_id (provider));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

/* A page of a provider may have been open in front of this. */
static void
show_own (RushesNetworkGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->registry)); i++)
    {
      g_autoptr (RushesProvider) provider = g_list_model_get_item (G_LIST_MODEL (self->registry), i);
      g_autofree char *proxy = get_own_proxy (provider);

      if (*proxy != '\0' && RUSHES_IS_HTTP_PROVIDER (provider))
        add_row (self, provider, proxy);
    }
}

static void
rushes_network_group_map (GtkWidget *widget)
{
  RushesNetworkGroup *self = RUSHES_NETWORK_GROUP (widget);

  if (self->registry != NULL)
    {
      show_own (self);
      show_server (self);
    }

  GTK_WIDGET_CLASS (rushes_network_group_parent_class)->map (widget);
}

/* ---- the object ---- */

void
rushes_network_group_set_registry (RushesNetworkGroup *self, RushesRegistry *registry)
{
  g_return_if_fail (RUSHES_IS_NETWORK_GROUP (self));
  g_return_if_fail (RUSHES_IS_REGISTRY (registry));

  g_set_object (&self->registry, registry);
  show_own (self);
  show_server (self);
}

static void
rushes_network_group_dispose (GObject *object)
{
  RushesNetworkGroup *self = RUSHES_NETWORK_GROUP (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_NETWORK_GROUP);
  g_clear_object (&self->registry);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (rushes_network_group_parent_class)->dispose (object);
}

static void
rushes_network_group_class_init (RushesNetworkGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_network_group_dispose;
  widget_class->map = rushes_network_group_map;

  g_type_ensure (RUSHES_TYPE_TEST_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-network-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesNetworkGroup, test);
  gtk_widget_class_bind_template_callback (widget_class, test_asked);
}

static void
rushes_network_group_init (RushesNetworkGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
