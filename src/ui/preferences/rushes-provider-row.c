/* rushes-provider-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-provider-row.h"

#include <glib/gi18n.h>

#include "rushes-provider-settings.h"
#include "rushes-settings.h"

struct _RushesProviderRow
{
  AdwActionRow parent_instance;

  RushesProvider *provider;
  RushesProviderStatus *status;
  GSettings *settings; /* the program's */

  AdwAvatar *avatar;
  GtkWidget *enabled;
};

enum
{
  PROP_PROVIDER = 1,
  PROP_STATUS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RushesProviderRow, rushes_provider_row, ADW_TYPE_ACTION_ROW)

static void
show_words (RushesProviderRow *self)
{
  g_autofree char *chosen = g_settings_get_string (self->settings, "default-provider");
  const char *words = rushes_provider_status_get_words (self->status);
  g_autofree char *subtitle = NULL;

  if (g_strcmp0 (chosen, rushes_provider_get_id (self->provider)) == 0)
    /* Translators: %s is a state, “Key stored”; this provider is the one that is used when none is named. */
    subtitle = g_strdup_printf (_ ("%s · Default"), words);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle != NULL ? subtitle : words);
}

RushesProvider *
rushes_provider_row_get_provider (RushesProviderRow *self)
{
  g_return_val_if_fail (RUSHES_IS_PROVIDER_ROW (self), NULL);

  return self->provider;
}

static void
rushes_provider_row_constructed (GObject *object)
{
  RushesProviderRow *self = RUSHES_PROVIDER_ROW (object);
  g_autoptr (GSettings) own = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *label = NULL;

  G_OBJECT_CLASS (rushes_provider_row_parent_class)->constructed (object);

  g_assert (RUSHES_IS_PROVIDER (self->provider));
  self->settings = rushes_settings_get ();
  self->status = g_object_ref (rushes_provider_status_of (self->provider));
  g_object_notify_by_pspec (object, properties[PROP_STATUS]);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), rushes_provider_get_name (self->provider));
  /* "Pika (fal)" has the initial P. */
  parts = g_strsplit (rushes_provider_get_name (self->provider), " (", 2);
  adw_avatar_set_text (self->avatar, parts[0]);
  /* Translators: %s is the name of a service. */
  label = g_strdup_printf (_ ("Offer %s"), rushes_provider_get_name (self->provider));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->enabled), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  own = rushes_provider_settings_get (rushes_provider_get_id (self->provider));
  g_settings_bind (own, "enabled", self->enabled, "active", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->status, "notify::words", G_CALLBACK (show_words), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::default-provider", G_CALLBACK (show_words), self,
                           G_CONNECT_SWAPPED);
  show_words (self);
}

static void
rushes_provider_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_PROVIDER:
      g_value_set_object (value, RUSHES_PROVIDER_ROW (object)->provider);
      break;
    case PROP_STATUS:
      g_value_set_object (value, RUSHES_PROVIDER_ROW (object)->status);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_provider_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_PROVIDER:
      RUSHES_PROVIDER_ROW (object)->provider = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_provider_row_dispose (GObject *object)
{
  RushesProviderRow *self = RUSHES_PROVIDER_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_PROVIDER_ROW);
  g_clear_object (&self->status);
  g_clear_object (&self->settings);
  g_clear_object (&self->provider);

  G_OBJECT_CLASS (rushes_provider_row_parent_class)->dispose (object);
}

static void
rushes_provider_row_class_init (RushesProviderRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = rushes_provider_row_constructed;
  object_class->get_property = rushes_provider_row_get_property;
  object_class->set_property = rushes_provider_row_set_property;
  object_class->dispose = rushes_provider_row_dispose;

  properties[PROP_PROVIDER] = g_param_spec_object ("provider", NULL, NULL, RUSHES_TYPE_PROVIDER,
                                                   G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATUS] = g_param_spec_object ("status", NULL, NULL, RUSHES_TYPE_PROVIDER_STATUS,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (RUSHES_TYPE_PROVIDER_STATUS);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-provider-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesProviderRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, RushesProviderRow, enabled);
}

static void
rushes_provider_row_init (RushesProviderRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rushes_provider_row_new (RushesProvider *provider)
{
  g_return_val_if_fail (RUSHES_IS_PROVIDER (provider), NULL);

  return g_object_new (RUSHES_TYPE_PROVIDER_ROW, "provider", provider, NULL);
}
