/* rushes-provider-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-provider-page.h"

#include <glib/gi18n.h>

#include "rushes-address-group.h"
#include "rushes-key-group.h"
#include "rushes-link.h"
#include "rushes-protocol.h"
#include "rushes-provider-settings.h"
#include "rushes-provider-status.h"
#include "rushes-proxy-group.h"
#include "rushes-take.h"
#include "rushes-takes-group.h"
#include "rushes-toast.h"
#include "rushes-ui.h"
#include "rushes-upload-group.h"

/* More than that at one provider are as many to say. */
#define COUNTED 1000

struct _RushesProviderPage
{
  AdwNavigationPage parent_instance;

  RushesProvider *provider;
  RushesRegistry *registry;
  RushesLibrary *library; /* NULL */

  AdwPreferencesGroup *summary;
  AdwSwitchRow *enabled;
  AdwActionRow *homepage;
  RushesKeyGroup *key;
  RushesAddressGroup *address;
  RushesProxyGroup *proxy;
  RushesTakesGroup *takes;
  RushesUploadGroup *upload;
  GtkWidget *removal;
};

G_DEFINE_FINAL_TYPE (RushesProviderPage, rushes_provider_page, ADW_TYPE_NAVIGATION_PAGE)

static RushesProtocol *
get_protocol (RushesProviderPage *self)
{
  return rushes_description_get_protocol (rushes_provider_get_description (self->provider));
}

static void
open_homepage (RushesProviderPage *self)
{
  rushes_link_open (GTK_WIDGET (self), rushes_protocol_get_homepage (get_protocol (self)));
}

/* What the last test said was of another way. */
static void
proxy_changed (RushesProviderPage *self)
{
  rushes_provider_status_forget (rushes_provider_status_of (self->provider));
}

/* ---- removing it ---- */

static void
removed (gpointer object, DexFuture *future, gpointer data)
{
  RushesProviderPage *self = object;
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    {
      rushes_toast_error (GTK_WIDGET (self), error);
      return;
    }
  if (dialog != NULL)
    {
      /* Translators: %s is the name of a service. */
      g_autofree char *news = g_strdup_printf (_ ("%s was removed"), rushes_provider_get_name (self->provider));

      rushes_toast (GTK_WIDGET (self), news);
      adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (dialog));
    }
}

static void
removal_answered (RushesProviderPage *self, const char *response)
{
  if (g_str_equal (response, "remove"))
    rushes_when (rushes_registry_uninstall (self->registry, rushes_provider_get_id (self->provider)), self, removed,
                 NULL, NULL);
}

static void
ask_for_removal (RushesProviderPage *self, guint n_unfinished)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Remove the Provider?"), NULL);
  const char *name = rushes_provider_get_name (self->provider);
  g_autofree char *variable = rushes_key_variable (rushes_provider_get_id (self->provider));
  g_autofree char *body = NULL;

  if (n_unfinished == 0)
    /* Translators: %s is the name of a service. */
    body = g_strdup_printf (_ ("The key and the settings of %s go with it. Clips that it made stay."), name);
  else
    body = g_strdup_printf (
        /* Translators: the name of a service, how many takes, and the name of an environment variable. */
        ngettext (
            "%s has %u take that is not finished. Its key goes with it; from then on the clip can only be fetched "
            "while %s is set.",
            "%s has %u takes that are not finished. Its key goes with it; from then on the clips can only be "
            "fetched while %s is set.",
            n_unfinished),
        name, n_unfinished, variable);
  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (dialog), body);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "remove", _ ("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (removal_answered), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
counted (gpointer object, DexFuture *future, gpointer data)
{
  RushesProviderPage *self = object;
  const GValue *value = dex_future_get_value (future, NULL);
  GPtrArray *takes = value != NULL ? g_value_get_boxed (value) : NULL;
  guint n = 0;

  for (guint i = 0; takes != NULL && i < takes->len; i++)
    if (g_strcmp0 (rushes_request_get_provider_id (rushes_take_get_request (takes->pdata[i])),
                   rushes_provider_get_id (self->provider)) == 0)
      n++;
  ask_for_removal (self, n);
}

static void
remove_provider (RushesProviderPage *self)
{
  g_autoptr (RushesTakeFilter) filter = NULL;

  if (self->library == NULL)
    {
      ask_for_removal (self, 0);
      return;
    }
  filter = rushes_take_filter_new ();
  filter->kind = RUSHES_TAKES_ACTIVE;
  rushes_when (rushes_library_page_takes (self->library, filter, NULL, COUNTED), self, counted, NULL, NULL);
}

/* ---- the object ---- */

/* Whether some model wants addresses rather than anything else. */
static gboolean
wants_addresses (RushesProvider *provider)
{
  GListModel *models = rushes_provider_get_models (provider);

  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (RushesModel) model = g_list_model_get_item (models, i);
      guint n_forms;
      const RushesPictureForm *forms = rushes_model_get_picture_forms (model, 1, &n_forms);

      if (n_forms > 0 && forms[0] == RUSHES_FORM_ADDRESS)
        return TRUE;
    }
  return FALSE;
}

static void
set_service (RushesProviderPage *self, RushesHttpProvider *service, GSettings *settings)
{
  const char *homepage = rushes_protocol_get_homepage (get_protocol (self));

  if (homepage != NULL)
    {
      g_autofree char *words = rushes_link_describe (homepage);

      adw_action_row_set_subtitle (self->homepage, words);
      gtk_widget_set_visible (GTK_WIDGET (self->homepage), TRUE);
    }
  rushes_key_group_set_provider (self->key, service);
  gtk_widget_set_visible (GTK_WIDGET (self->key), TRUE);
  rushes_address_group_set_provider (self->address, service);
  gtk_widget_set_visible (GTK_WIDGET (self->address), TRUE);
  rushes_proxy_group_set_place (self->proxy, settings, self->registry);
  gtk_widget_set_visible (GTK_WIDGET (self->proxy), TRUE);
  if (wants_addresses (self->provider))
    {
      rushes_upload_group_set_provider (self->upload, self->provider);
      gtk_widget_set_visible (GTK_WIDGET (self->upload), TRUE);
    }
  rushes_provider_status_refresh (rushes_provider_status_of (self->provider));
}

static void
rushes_provider_page_dispose (GObject *object)
{
  RushesProviderPage *self = RUSHES_PROVIDER_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_PROVIDER_PAGE);
  g_clear_object (&self->provider);
  g_clear_object (&self->registry);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (rushes_provider_page_parent_class)->dispose (object);
}

static void
rushes_provider_page_class_init (RushesProviderPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_provider_page_dispose;

  g_type_ensure (RUSHES_TYPE_KEY_GROUP);
  g_type_ensure (RUSHES_TYPE_ADDRESS_GROUP);
  g_type_ensure (RUSHES_TYPE_PROXY_GROUP);
  g_type_ensure (RUSHES_TYPE_TAKES_GROUP);
  g_type_ensure (RUSHES_TYPE_UPLOAD_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-provider-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesProviderPage, summary);
  gtk_widget_class_bind_template_child (widget_class, RushesProviderPage, enabled);
  gtk_widget_class_bind_template_child (widget_class, RushesProviderPage, homepage);
  gtk_widget_class_bind_template_child (widget_class, RushesProviderPage, key);
  gtk_widget_class_bind_template_child (widget_class, RushesProviderPage, address);
  gtk_widget_class_bind_template_child (widget_class, RushesProviderPage, proxy);
  gtk_widget_class_bind_template_child (widget_class, RushesProviderPage, takes);
  gtk_widget_class_bind_template_child (widget_class, RushesProviderPage, upload);
  gtk_widget_class_bind_template_child (widget_class, RushesProviderPage, removal);
  gtk_widget_class_bind_template_callback (widget_class, open_homepage);
  gtk_widget_class_bind_template_callback (widget_class, proxy_changed);
  gtk_widget_class_bind_template_callback (widget_class, remove_provider);
}

static void
rushes_provider_page_init (RushesProviderPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rushes_provider_page_new (RushesProvider *provider, RushesRegistry *registry, RushesLibrary *library)
{
  RushesProviderPage *self;
  g_autoptr (GSettings) settings = NULL;

  g_return_val_if_fail (RUSHES_IS_PROVIDER (provider), NULL);
  g_return_val_if_fail (RUSHES_IS_REGISTRY (registry), NULL);

  self = g_object_new (RUSHES_TYPE_PROVIDER_PAGE, "title", rushes_provider_get_name (provider), NULL);
  self->provider = g_object_ref (provider);
  self->registry = g_object_ref (registry);
  g_set_object (&self->library, library);

  settings = rushes_provider_settings_get (rushes_provider_get_id (provider));
  g_settings_bind (settings, "enabled", self->enabled, "active", G_SETTINGS_BIND_DEFAULT);
  if (rushes_provider_get_summary (provider) != NULL)
    {
      /* Groups take markup. */
      g_autofree char *summary = g_markup_escape_text (rushes_provider_get_summary (provider), -1);

      adw_preferences_group_set_description (self->summary, summary);
    }
  rushes_takes_group_set_provider (self->takes, provider);
  if (RUSHES_IS_HTTP_PROVIDER (provider))
    set_service (self, RUSHES_HTTP_PROVIDER (provider), settings);
  gtk_widget_set_visible (self->removal, rushes_registry_is_own (registry, provider));

  return GTK_WIDGET (self);
}
