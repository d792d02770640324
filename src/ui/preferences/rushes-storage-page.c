/* rushes-storage-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-storage-page.h"

#include "rushes-settings.h"

struct _RushesStoragePage
{
  AdwPreferencesPage parent_instance;

  GSettings *settings;

  AdwSwitchRow *recipes;
};

G_DEFINE_FINAL_TYPE (RushesStoragePage, rushes_storage_page, ADW_TYPE_PREFERENCES_PAGE)

static void
rushes_storage_page_dispose (GObject *object)
{
  RushesStoragePage *self = RUSHES_STORAGE_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_STORAGE_PAGE);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (rushes_storage_page_parent_class)->dispose (object);
}

static void
rushes_storage_page_class_init (RushesStoragePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_storage_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-storage-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesStoragePage, recipes);
}

static void
rushes_storage_page_init (RushesStoragePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = rushes_settings_get ();
  g_settings_bind (self->settings, "save-recipes", self->recipes, "active", G_SETTINGS_BIND_DEFAULT);
}
