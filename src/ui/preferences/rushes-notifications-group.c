/* rushes-notifications-group.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-notifications-group.h"

#include <gio/gdesktopappinfo.h>

#include "rushes-settings.h"
#include "rushes-toast.h"

/* The settings of notifications in GNOME, KDE Plasma and Xfce. In a sandbox none of them is seen. */
static const char *const panels[] = { "gnome-notifications-panel.desktop", "kcm_notifications.desktop",
                                      "xfce4-notifyd-config.desktop", NULL };

struct _RushesNotificationsGroup
{
  AdwPreferencesGroup parent_instance;

  GSettings *settings;
  GAppInfo *panel; /* NULL */

  GtkWidget *ready;
  GtkWidget *failed;
  GtkWidget *thumbnails;
  GtkWidget *desktop;
};

G_DEFINE_FINAL_TYPE (RushesNotificationsGroup, rushes_notifications_group, ADW_TYPE_PREFERENCES_GROUP)

/* On a desktop that others share, the one that is running: its panel says so itself by OnlyShowIn. */
static GAppInfo *
find_panel (void)
{
  for (gsize i = 0; panels[i] != NULL; i++)
    {
      g_autoptr (GDesktopAppInfo) panel = g_desktop_app_info_new (panels[i]);

      if (panel != NULL && g_desktop_app_info_get_show_in (panel, NULL))
        return G_APP_INFO (g_steal_pointer (&panel));
    }
  return NULL;
}

static void
opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) self = data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_uris_finish (G_APP_INFO (source), result, &error))
    rushes_toast_error (self, error);
}

static void
open_desktop (RushesNotificationsGroup *self)
{
  g_autoptr (GdkAppLaunchContext) context =
      gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (self)));

  g_app_info_launch_uris_async (self->panel, NULL, G_APP_LAUNCH_CONTEXT (context), NULL, opened, g_object_ref (self));
}

static void
rushes_notifications_group_dispose (GObject *object)
{
  RushesNotificationsGroup *self = RUSHES_NOTIFICATIONS_GROUP (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_NOTIFICATIONS_GROUP);
  g_clear_object (&self->settings);
  g_clear_object (&self->panel);

  G_OBJECT_CLASS (rushes_notifications_group_parent_class)->dispose (object);
}

static void
rushes_notifications_group_class_init (RushesNotificationsGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_notifications_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-notifications-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesNotificationsGroup, ready);
  gtk_widget_class_bind_template_child (widget_class, RushesNotificationsGroup, failed);
  gtk_widget_class_bind_template_child (widget_class, RushesNotificationsGroup, thumbnails);
  gtk_widget_class_bind_template_child (widget_class, RushesNotificationsGroup, desktop);
  gtk_widget_class_bind_template_callback (widget_class, open_desktop);
}

static void
rushes_notifications_group_init (RushesNotificationsGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = rushes_settings_get ();
  g_settings_bind (self->settings, "notify-ready", self->ready, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "notify-failed", self->failed, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "notify-thumbnails", self->thumbnails, "active", G_SETTINGS_BIND_DEFAULT);
  self->panel = find_panel ();
  gtk_widget_set_visible (self->desktop, self->panel != NULL);
}
