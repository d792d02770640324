/* rushes-preferences.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-preferences.h"

#include "rushes-playback-page.h"
#include "rushes-providers-page.h"
#include "rushes-spending-page.h"
#include "rushes-storage-page.h"

#define PROVIDERS "providers"
#define SPENDING  "spending"
#define STORAGE   "storage"

struct _RushesPreferences
{
  AdwPreferencesDialog parent_instance;

  RushesProvidersPage *providers;
  RushesSpendingPage *spending;
  AdwPreferencesPage *playback;
  RushesStoragePage *storage;
};

G_DEFINE_FINAL_TYPE (RushesPreferences, rushes_preferences, ADW_TYPE_PREFERENCES_DIALOG)

static void
show_provider_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rushes_providers_page_show_provider (RUSHES_PREFERENCES (widget)->providers, g_variant_get_string (parameter, NULL));
}

void
rushes_preferences_show (RushesPreferences *self, const char *place)
{
  g_auto (GStrv) parts = NULL;

  g_return_if_fail (RUSHES_IS_PREFERENCES (self));
  g_return_if_fail (place != NULL);

  parts = g_strsplit (place, "/", 2);
  if (g_strcmp0 (parts[0], SPENDING) == 0 && gtk_widget_get_visible (GTK_WIDGET (self->spending)))
    adw_preferences_dialog_set_visible_page (ADW_PREFERENCES_DIALOG (self), ADW_PREFERENCES_PAGE (self->spending));
  if (g_strcmp0 (parts[0], STORAGE) == 0)
    adw_preferences_dialog_set_visible_page (ADW_PREFERENCES_DIALOG (self), ADW_PREFERENCES_PAGE (self->storage));
  if (g_strcmp0 (parts[0], PROVIDERS) != 0)
    return;
  adw_preferences_dialog_set_visible_page (ADW_PREFERENCES_DIALOG (self), ADW_PREFERENCES_PAGE (self->providers));
  if (parts[1] != NULL)
    rushes_providers_page_show_provider (self->providers, parts[1]);
}

/* A subpage whose header has the focus, which it has while there is nothing else in it, would be kept by
 * libadwaita 1.7, and the dialog with it. */
static void
rushes_preferences_closed (AdwDialog *dialog)
{
  while (adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (dialog)))
    ;
  adw_dialog_set_focus (dialog, NULL);

  if (ADW_DIALOG_CLASS (rushes_preferences_parent_class)->closed != NULL)
    ADW_DIALOG_CLASS (rushes_preferences_parent_class)->closed (dialog);
}

static void
rushes_preferences_dispose (GObject *object)
{
  RushesPreferences *self = RUSHES_PREFERENCES (object);

  /* libadwaita 1.7 does not let go of pages by itself. */
  if (self->providers != NULL)
    {
      while (adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (self)))
        ;
      adw_preferences_dialog_remove (ADW_PREFERENCES_DIALOG (self), ADW_PREFERENCES_PAGE (self->providers));
      adw_preferences_dialog_remove (ADW_PREFERENCES_DIALOG (self), ADW_PREFERENCES_PAGE (self->spending));
      adw_preferences_dialog_remove (ADW_PREFERENCES_DIALOG (self), self->playback);
      adw_preferences_dialog_remove (ADW_PREFERENCES_DIALOG (self), ADW_PREFERENCES_PAGE (self->storage));
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_PREFERENCES);

  G_OBJECT_CLASS (rushes_preferences_parent_class)->dispose (object);
}

static void
rushes_preferences_class_init (RushesPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_preferences_dispose;
  ADW_DIALOG_CLASS (klass)->closed = rushes_preferences_closed;

  g_type_ensure (RUSHES_TYPE_PLAYBACK_PAGE);
  g_type_ensure (RUSHES_TYPE_PROVIDERS_PAGE);
  g_type_ensure (RUSHES_TYPE_SPENDING_PAGE);
  g_type_ensure (RUSHES_TYPE_STORAGE_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesPreferences, playback);
  gtk_widget_class_bind_template_child (widget_class, RushesPreferences, providers);
  gtk_widget_class_bind_template_child (widget_class, RushesPreferences, spending);
  gtk_widget_class_bind_template_child (widget_class, RushesPreferences, storage);
  gtk_widget_class_install_action (widget_class, "preferences.show-provider", "s", show_provider_action);
}

static void
rushes_preferences_init (RushesPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

RushesPreferences *
rushes_preferences_new (RushesRegistry *registry, RushesLibrary *library, RushesPresets *presets)
{
  RushesPreferences *self;

  g_return_val_if_fail (RUSHES_IS_REGISTRY (registry), NULL);

  self = g_object_new (RUSHES_TYPE_PREFERENCES, NULL);
  rushes_providers_page_set_registry (self->providers, registry, library);
  rushes_spending_page_set_library (self->spending, library, registry);
  rushes_storage_page_set_library (self->storage, library, presets, registry);

  return self;
}
